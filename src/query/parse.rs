//! Tokens into the tree.

use super::about::About;
use super::fault::Fault;
use super::field::Field;
use super::lex::{Kind, Lexer, Part, Spot, Token};
use super::read::{Said, read};
use super::tree::{Expr, Query, Term};
use super::value::Sort;
use super::{MOST_DEPTH, MOST_TERMS};

/// Reads a filter. Takes time in proportion to its length, and no stack however it is nested.
///
/// # Errors
/// Every fault at once, in the order of their columns, when a known field has a wrong value, or when there are more
/// values than [`MOST_TERMS`]. Nothing else is an error: see the [module](super). Conditions that are nested deeper than
/// [`MOST_DEPTH`] do not count.
pub fn parse(text: &str) -> Result<Query, Vec<Fault>> {
    whole(About::Feedback, text)
}

/// Reads a filter that was typed and accepted: as [`parse`], but what [`parse_typed`] has found for an open phrase stays
/// found. Its last word may be a beginning.
///
/// # Errors
/// As [`parse`].
pub fn parse_accepted(text: &str) -> Result<Query, Vec<Fault>> {
    accepted(About::Feedback, text)
}

pub(super) fn whole(about: About, text: &str) -> Result<Query, Vec<Fault>> {
    faultless(about, text, Reading::Whole)
}

pub(super) fn accepted(about: About, text: &str) -> Result<Query, Vec<Fault>> {
    faultless(about, text, Reading::Accepted)
}

pub(super) fn typed(about: About, text: &str) -> (Query, Vec<Fault>) {
    Builder::read(about, text, Reading::Typed)
}

fn faultless(about: About, text: &str, reading: Reading) -> Result<Query, Vec<Fault>> {
    let (query, faults) = Builder::read(about, text, reading);
    if faults.is_empty() {
        Ok(query)
    } else {
        Err(faults)
    }
}

/// Reads a filter that is still being typed: what can be understood, and what has to wait for more.
///
/// What is faulty in [`parse`] waits: of a field its wrong values, and a value whose quote is open. A phrase whose quote
/// is open is whole up to its last word, which may be a beginning.
#[must_use]
pub fn parse_typed(text: &str) -> (Query, Vec<Fault>) {
    typed(About::Feedback, text)
}

/// What stands between two parentheses, as far as it is read.
struct Group {
    negated: bool,
    /// The sides of `or`; never empty, the last one is being read.
    sides: Vec<Vec<Expr>>,
    /// How deep the deepest part is nested.
    depth: usize,
}

impl Group {
    fn new(negated: bool) -> Self {
        Self {
            negated,
            sides: vec![Vec::new()],
            depth: 0,
        }
    }

    fn push(&mut self, expr: Expr, depth: usize) {
        self.depth = self.depth.max(depth);
        if let Some(side) = self.sides.last_mut() {
            side.push(expr);
        }
    }

    /// The group as one condition, and how deep that is; parentheses around nothing or around one thing are none.
    fn close(self) -> Option<(Expr, usize)> {
        let mut sides = self.sides;
        sides.retain(|side| !side.is_empty());
        let last = sides.pop()?;
        let expr = match (sides.is_empty(), last) {
            (true, mut parts) if parts.len() == 1 => match (self.negated, parts.pop()?) {
                (false, only) => return Some((only, self.depth)),
                (true, Expr::Not(inner)) => return Some((*inner, self.depth.saturating_sub(1))),
                (true, only) => only,
            },
            (true, parts) => Expr::And(parts),
            (false, last) => {
                sides.push(last);
                Expr::Or(sides.into_iter().map(Expr::And).collect())
            }
        };
        Some((negate(self.negated, expr), self.depth + 1))
    }
}

fn negate(negated: bool, expr: Expr) -> Expr {
    if negated {
        Expr::Not(Box::new(expr))
    } else {
        expr
    }
}

/// How a filter is read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Reading {
    /// Whole, an open quote being closed at the end.
    #[default]
    Whole,
    /// While it is typed.
    Typed,
    /// Whole, as it was typed.
    Accepted,
}

#[derive(Default)]
struct Builder {
    about: About,
    reading: Reading,
    /// The groups that are open, the outermost first; that one is never closed.
    groups: Vec<Group>,
    /// How many values were read.
    terms: usize,
    sort: Vec<Sort>,
    faults: Vec<Fault>,
}

impl Builder {
    fn read(about: About, text: &str, reading: Reading) -> (Query, Vec<Fault>) {
        let mut builder = Self {
            about,
            reading,
            groups: vec![Group::new(false)],
            ..Self::default()
        };
        for token in Lexer::new(about, text) {
            builder.take(token);
        }
        builder.finish()
    }

    fn take(&mut self, token: Token) {
        match token.kind {
            Kind::And => {}
            Kind::Or => {
                if let Some(group) = self.groups.last_mut() {
                    group.sides.push(Vec::new());
                }
            }
            Kind::Open { negated } => self.groups.push(Group::new(negated)),
            Kind::Close => self.close(),
            Kind::Text {
                negated,
                text,
                unclosed: true,
                ..
            } if self.reading == Reading::Typed
                || self.reading == Reading::Accepted && !negated =>
            {
                self.open_phrase(negated, text, token.spot);
            }
            Kind::Text {
                negated,
                text,
                quoted,
                ..
            } => {
                let term = match text.strip_suffix('*') {
                    _ if !quoted => Term::Word(text),
                    Some(begun) => Term::Word(begun.to_owned()),
                    None => Term::Phrase(text),
                };
                self.add(negated, term, token.spot);
            }
            Kind::Field {
                negated,
                field,
                parts,
            } => self.field(negated, field, &parts, token.spot),
        }
    }

    /// A parenthesis that closes nothing is ignored: it is a slip, or a smile.
    fn close(&mut self) {
        if self.groups.len() < 2 {
            return;
        }
        let Some(group) = self.groups.pop() else {
            return;
        };
        // Deeper conditions are beyond what can be evaluated, and what nobody means: they do not count.
        if let Some((expr, depth)) = group.close()
            && depth <= MOST_DEPTH
        {
            self.push(expr, depth);
        }
    }

    fn push(&mut self, expr: Expr, depth: usize) {
        if let Some(group) = self.groups.last_mut() {
            group.push(expr, depth);
        }
    }

    /// A phrase that is still being typed: its last word may be a beginning, the others are whole.
    fn open_phrase(&mut self, negated: bool, text: String, spot: Spot) {
        // What a half-typed phrase would rule out is more than the whole one will.
        if !negated {
            let ended = text.ends_with(char::is_whitespace);
            let term = match ended {
                true => Term::Phrase(text),
                false => Term::Word(text.trim_end_matches('*').to_owned()),
            };
            self.add(false, term, spot);
        }
        if self.reading == Reading::Typed {
            self.faults.push(Fault {
                columns: spot.column..spot.column_end,
                message: "the quote is open".to_owned(),
                hint: "a second one ends the phrase".to_owned(),
            });
        }
    }

    /// Adds a condition. Of more words than [`MOST_TERMS`] the first count, for any text can be searched for.
    fn add(&mut self, negated: bool, term: Term, spot: Spot) {
        let is_text = match &term {
            // An empty one, which the canonical form would drop.
            Term::Phrase(text) | Term::Word(text) if text.is_empty() => return,
            Term::Phrase(_) | Term::Word(_) => true,
            _ => false,
        };
        let before = self.terms;
        let terms = self.terms.saturating_add(term.values());
        if terms > MOST_TERMS && is_text {
            return;
        }
        self.terms = terms;
        if self.terms <= MOST_TERMS {
            self.push(negate(negated, Expr::Term(term)), 0);
        } else if before <= MOST_TERMS {
            self.faults.push(Fault {
                columns: spot.column..spot.column_end,
                message: format!("a filter has at most {MOST_TERMS} words and values"),
                hint: "take out what is not needed".to_owned(),
            });
        }
    }

    fn field(&mut self, negated: bool, field: Field, parts: &[Part], spot: Spot) {
        if !self.about.has(field) {
            self.faults.push(elsewhere(self.about, field, spot));
            return;
        }
        let before = self.faults.len();
        self.check_empty(field, parts, spot);
        if negated && field == Field::Sort {
            self.faults.push(Fault {
                columns: spot.column..spot.column_end,
                message: "an order cannot be negated".to_owned(),
                hint: "sort:-age turns the order round".to_owned(),
            });
        }
        if self.faults.len() > before && self.reading != Reading::Typed {
            return;
        }
        let understood;
        let parts = if self.reading == Reading::Typed {
            understood = self.understood(field, parts);
            understood.as_slice()
        } else {
            parts
        };
        if parts.is_empty() || negated && field == Field::Sort {
            return;
        }
        match read(self.about, field, parts, &mut self.faults) {
            Some(Said::Term(term)) => self.add(negated, term, spot),
            Some(Said::Sort(keys)) => {
                for key in keys {
                    // The first one counts; so the list stays short however often it is repeated.
                    if !self.sort.iter().any(|earlier| earlier.key == key.key) {
                        self.sort.push(key);
                    }
                }
            }
            None => {}
        }
    }

    /// The values that can be understood as far as they are typed; the others are among the faults.
    fn understood(&mut self, field: Field, parts: &[Part]) -> Vec<Part> {
        let mut understood = Vec::with_capacity(parts.len());
        for part in parts.iter().filter(|part| !part.text.is_empty()) {
            if part.unclosed {
                self.faults.push(Fault {
                    columns: part.spot.column..part.spot.column_end,
                    message: "the quote is open".to_owned(),
                    hint: "a second one ends the value".to_owned(),
                });
            } else if read(
                self.about,
                field,
                std::slice::from_ref(part),
                &mut self.faults,
            )
            .is_some()
            {
                understood.push(part.clone());
            }
        }
        understood
    }

    fn check_empty(&mut self, field: Field, parts: &[Part], spot: Spot) {
        for (index, part) in parts.iter().enumerate() {
            if !part.text.is_empty() {
                continue;
            }
            let (columns, message) = if index == 0 {
                let message = format!("{}: has no value", field.name());
                (spot.column..part.spot.column_end, message)
            } else {
                let message = "nothing follows the comma".to_owned();
                (part.spot.column - 1..part.spot.column_end, message)
            };
            self.faults.push(Fault {
                columns,
                message,
                hint: example(field),
            });
        }
    }

    fn finish(mut self) -> (Query, Vec<Fault>) {
        // Whatever is still open is closed: a filter is searched while it is typed.
        while self.groups.len() > 1 {
            self.close();
        }
        self.faults.sort_by_key(|fault| fault.columns.start);
        let expr = self.groups.pop().and_then(Group::close);
        let query = Query {
            expr: expr.map(|(expr, _)| expr),
            sort: self.sort,
        };
        (query.canonical(), self.faults)
    }
}

/// A field of feedback among ideas.
fn elsewhere(about: About, field: Field, spot: Spot) -> Fault {
    let hint = match field {
        Field::Is => "owner:me finds what I own, status:planned where it stands".to_owned(),
        Field::Sort => {
            "the table has orders of its own; in quotes it is text to search for".to_owned()
        }
        _ => {
            let names: Vec<&str> = about.fields().iter().map(|row| row.name).collect();
            format!("there are {}", names.join(", "))
        }
    };
    Fault {
        columns: spot.column..spot.column_end,
        message: format!("{} have no {}:", about.word(), field.name()),
        hint,
    }
}

/// How a value of the field is written, without blanks, for a hint.
fn example(field: Field) -> String {
    let examples = field.row().map_or(&[][..], |row| row.examples);
    let words: Vec<&str> = if examples.is_empty() {
        field.values().iter().map(|value| value.word).collect()
    } else {
        examples.to_vec()
    };
    let shown: Vec<String> = words
        .iter()
        .take(3)
        .map(|word| format!("{}:{word}", field.name()))
        .collect();
    format!(
        "write {}, without blanks; in quotes it is text to search for",
        shown.join(" or ")
    )
}
