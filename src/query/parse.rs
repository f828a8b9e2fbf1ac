//! Tokens into the tree.

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
/// Every fault at once, in the order of their columns, when a known field has a wrong value, when parentheses are nested
/// deeper than [`MOST_DEPTH`], or when there are more values than [`MOST_TERMS`]. Nothing else is an error: see the
/// [module](super).
pub fn parse(text: &str) -> Result<Query, Vec<Fault>> {
    let mut builder = Builder {
        groups: vec![Group::new(false)],
        ..Builder::default()
    };
    for token in Lexer::new(text) {
        builder.take(token);
    }
    builder.finish()
}

/// What stands between two parentheses, as far as it is read.
struct Group {
    negated: bool,
    /// The sides of `or`; never empty, the last one is being read.
    sides: Vec<Vec<Expr>>,
}

impl Group {
    fn new(negated: bool) -> Self {
        Self {
            negated,
            sides: vec![Vec::new()],
        }
    }

    fn push(&mut self, expr: Expr) {
        if let Some(side) = self.sides.last_mut() {
            side.push(expr);
        }
    }

    fn close(self) -> Expr {
        let sides = self.sides.into_iter().filter(|side| !side.is_empty());
        negate(self.negated, Expr::Or(sides.map(Expr::And).collect()))
    }
}

fn negate(negated: bool, expr: Expr) -> Expr {
    if negated {
        Expr::Not(Box::new(expr))
    } else {
        expr
    }
}

#[derive(Default)]
struct Builder {
    /// The groups that are open, the outermost first; that one is never closed.
    groups: Vec<Group>,
    /// How many groups were opened below [`MOST_DEPTH`] and not closed yet.
    too_deep: usize,
    /// Whether that is among the faults already; once is enough.
    was_too_deep: bool,
    /// How many values were read.
    terms: usize,
    sort: Vec<Sort>,
    faults: Vec<Fault>,
}

impl Builder {
    fn take(&mut self, token: Token) {
        match token.kind {
            Kind::And => {}
            Kind::Or => {
                if let Some(group) = self.groups.last_mut() {
                    group.sides.push(Vec::new());
                }
            }
            Kind::Open { negated } => self.open(negated, token.spot),
            Kind::Close => self.close(),
            Kind::Text {
                negated,
                text,
                quoted,
            } => {
                let term = if quoted {
                    Term::Phrase(text)
                } else {
                    Term::Word(text)
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

    fn open(&mut self, negated: bool, spot: Spot) {
        // The outermost group has no parenthesis.
        if self.groups.len() <= MOST_DEPTH {
            self.groups.push(Group::new(negated));
            return;
        }
        if !self.was_too_deep {
            self.was_too_deep = true;
            self.faults.push(Fault {
                columns: spot.column..spot.column_end,
                message: format!("parentheses are nested more than {MOST_DEPTH} deep"),
                hint: "take some parentheses away".to_owned(),
            });
        }
        self.too_deep += 1;
    }

    /// A parenthesis that closes nothing is ignored: it is a slip, or a smile.
    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if self.groups.len() > 1
            && let Some(group) = self.groups.pop()
        {
            self.push(group.close());
        }
    }

    fn push(&mut self, expr: Expr) {
        if let Some(group) = self.groups.last_mut() {
            group.push(expr);
        }
    }

    fn add(&mut self, negated: bool, term: Term, spot: Spot) {
        // An empty phrase, which the canonical form would drop.
        if matches!(&term, Term::Phrase(text) if text.is_empty()) {
            return;
        }
        let before = self.terms;
        self.terms = self.terms.saturating_add(term.values());
        if self.terms <= MOST_TERMS {
            self.push(negate(negated, Expr::Term(term)));
        } else if before <= MOST_TERMS {
            self.faults.push(Fault {
                columns: spot.column..spot.column_end,
                message: format!("a filter has at most {MOST_TERMS} words and values"),
                hint: "take out what is not needed".to_owned(),
            });
        }
    }

    fn field(&mut self, negated: bool, field: Field, parts: &[Part], spot: Spot) {
        let before = self.faults.len();
        self.check_empty(field, parts, spot);
        if negated && field == Field::Sort {
            self.faults.push(Fault {
                columns: spot.column..spot.column_end,
                message: "an order cannot be negated".to_owned(),
                hint: "sort:-age turns the order round".to_owned(),
            });
        }
        if self.faults.len() > before {
            return;
        }
        match read(field, parts, &mut self.faults) {
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

    fn finish(mut self) -> Result<Query, Vec<Fault>> {
        if !self.faults.is_empty() {
            self.faults.sort_by_key(|fault| fault.columns.start);
            return Err(self.faults);
        }
        // Whatever is still open is closed: a filter is searched while it is typed.
        while self.groups.len() > 1 {
            self.close();
        }
        Ok(Query {
            expr: self.groups.pop().map(Group::close),
            sort: self.sort,
        }
        .canonical())
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
