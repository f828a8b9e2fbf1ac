//! The syntax tree, and what a front end does to it.

use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, Timeframe};

use crate::domain::passage::Searched;

use super::range::{AgeRange, CountRange, DateRange};
use super::value::{Has, Is, NameField, Sort, Wanted};

/// A filter: which feedback, in which order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    /// The condition; `None` lets everything through.
    pub expr: Option<Expr>,
    /// The order, first key first; empty leaves it to the list.
    pub sort: Vec<Sort>,
}

/// A condition.
///
/// What [`parse`](super::parse()) returns is canonical: `And` and `Or` have two parts or more and never one of their own
/// kind directly inside, `Not` never holds a `Not`, and no list of values is empty. Trees built by hand become so by
/// [`Query::canonical`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// Every part holds.
    And(Vec<Expr>),
    /// At least one part holds.
    Or(Vec<Expr>),
    /// The part does not hold.
    Not(Box<Expr>),
    /// One condition.
    Term(Term),
}

/// One condition. Where it has several values, one of them suffices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A bare word, or what is quoted up to a `*`: the text has its terms, in this order, and the last may be unfinished.
    /// Whatever is in it is text, never syntax.
    Word(String),
    /// A quoted phrase: the text has its terms, whole and in this order.
    Phrase(String),
    /// A state.
    Is(Vec<Is>),
    /// Something it has.
    Has(Vec<Has>),
    /// A kind; `None` is unset.
    Kind(Vec<Option<FeedbackKind>>),
    /// An importance; `None` is unset. Comparisons such as `>=2` are spelled out here.
    Importance(Vec<Option<Importance>>),
    /// A name, which the workspace resolves: without regard to case.
    Name(NameField, Vec<Wanted>),
    /// How long ago it was received.
    Age(Vec<AgeRange>),
    /// The days on which it was received.
    Received(Vec<DateRange>),
    /// A condition on an idea, names apart; it holds for no feedback.
    Idea(IdeaTerm),
}

/// A condition that ideas alone can meet. `None` among the values is unset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdeaTerm {
    /// A status.
    Status(Vec<Status>),
    /// A timeframe.
    Timeframe(Vec<Option<Timeframe>>),
    /// An effort. Comparisons such as `>=l` are spelled out here.
    Effort(Vec<Option<Effort>>),
    /// A demand.
    Demand(Vec<CountRange>),
    /// A kind.
    Kind(Vec<Option<IdeaKind>>),
    /// A stage.
    Stage(Vec<Option<Stage>>),
}

impl From<Term> for Expr {
    fn from(term: Term) -> Self {
        Self::Term(term)
    }
}

impl Expr {
    /// The canonical form; `None` when nothing is left of it. See [`Expr`].
    #[must_use]
    pub fn canonical(self) -> Option<Self> {
        match self {
            Self::And(parts) => gather(parts, Self::And, |part| match part {
                Self::And(inner) => Ok(inner),
                other => Err(other),
            }),
            Self::Or(parts) => gather(parts, Self::Or, |part| match part {
                Self::Or(inner) => Ok(inner),
                other => Err(other),
            }),
            Self::Not(part) => part.canonical().map(|part| match part {
                Self::Not(inner) => *inner,
                other => Self::Not(Box::new(other)),
            }),
            Self::Term(term) => term.canonical().map(Self::Term),
        }
    }

    /// Drops every term that `keep` refuses, wherever it stands.
    fn retain(self, keep: &impl Fn(&Term) -> bool) -> Option<Self> {
        match self {
            Self::And(parts) => Some(Self::And(retain_each(parts, keep))),
            Self::Or(parts) => Some(Self::Or(retain_each(parts, keep))),
            Self::Not(part) => part.retain(keep).map(|part| Self::Not(Box::new(part))),
            Self::Term(term) => keep(&term).then_some(Self::Term(term)),
        }
    }

    /// Puts other words in the place of those that are asked for, where `other` has some.
    fn reword(&mut self, other: &mut impl FnMut(&str) -> Option<String>) {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                parts.iter_mut().for_each(|part| part.reword(other));
            }
            Self::Term(Term::Word(word)) => {
                if let Some(other) = other(word) {
                    *word = other;
                }
            }
            Self::Not(_) | Self::Term(_) => {}
        }
    }

    /// Collects the names that are asked for, and those that are ruled out.
    fn gather_names<'a>(&'a self, found: &mut Vec<(NameField, &'a str)>) {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.gather_names(found);
                }
            }
            Self::Not(part) => part.gather_names(found),
            Self::Term(Term::Name(field, wanted)) => {
                found.extend(wanted.iter().filter_map(|wanted| match wanted {
                    Wanted::Named(name) => Some((*field, name.as_str())),
                    Wanted::Nobody | Wanted::Me => None,
                }));
            }
            Self::Term(_) => {}
        }
    }

    /// Collects every word and phrase once.
    fn gather_every_text<'a>(&'a self, found: &mut Vec<&'a Term>) {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.gather_every_text(found);
                }
            }
            Self::Not(part) => part.gather_every_text(found),
            Self::Term(term @ (Term::Word(_) | Term::Phrase(_))) if !found.contains(&term) => {
                found.push(term);
            }
            Self::Term(_) => {}
        }
    }

    /// Collects the words and phrases that are asked for, not those that are ruled out.
    /// Whether there is no other condition in it than words and phrases.
    fn is_about_words(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().all(Self::is_about_words),
            Self::Not(part) => part.is_about_words(),
            Self::Term(term) => matches!(term, Term::Word(_) | Term::Phrase(_)),
        }
    }

    /// Whether there are words in it that a match may have.
    fn asks_for_words(&self) -> bool {
        let mut found = Vec::new();
        self.gather_text(true, &mut found);
        !found.is_empty()
    }

    fn gather_text<'a>(&'a self, wanted: bool, found: &mut Vec<&'a Term>) {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.gather_text(wanted, found);
                }
            }
            Self::Not(part) => part.gather_text(!wanted, found),
            Self::Term(term @ (Term::Word(_) | Term::Phrase(_))) if wanted => found.push(term),
            Self::Term(_) => {}
        }
    }
}

fn retain_each(parts: Vec<Expr>, keep: &impl Fn(&Term) -> bool) -> Vec<Expr> {
    parts
        .into_iter()
        .filter_map(|part| part.retain(keep))
        .collect()
}

/// Makes each part canonical, takes the parts of parts of the same kind up, and unwraps a single one.
fn gather(
    parts: Vec<Expr>,
    wrap: fn(Vec<Expr>) -> Expr,
    open: fn(Expr) -> Result<Vec<Expr>, Expr>,
) -> Option<Expr> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts.into_iter().filter_map(Expr::canonical) {
        match open(part) {
            Ok(inner) => flat.extend(inner),
            Err(part) => flat.push(part),
        }
    }
    if flat.len() > 1 {
        Some(wrap(flat))
    } else {
        flat.pop()
    }
}

impl Term {
    /// The canonical form: fixed values in their own order, nothing twice, no `*` at the end of a phrase, which would leave its
    /// last word unfinished. `None` for a text or a list without anything in it.
    #[must_use]
    pub fn canonical(self) -> Option<Self> {
        match self {
            Self::Word(text) if text.is_empty() => None,
            Self::Word(text) => Some(Self::Word(text)),
            Self::Phrase(mut text) => {
                text.truncate(text.trim_end_matches('*').len());
                (!text.is_empty()).then_some(Self::Phrase(text))
            }
            Self::Is(values) => sorted(values).map(Self::Is),
            Self::Has(values) => sorted(values).map(Self::Has),
            Self::Kind(values) => sorted(values).map(Self::Kind),
            Self::Importance(values) => sorted(values).map(Self::Importance),
            Self::Name(field, values) => {
                let mut seen = std::collections::HashSet::new();
                let values: Vec<_> = values
                    .into_iter()
                    .filter(|value| *value != Wanted::Named(String::new()))
                    .filter(|value| *value != Wanted::Me || field.is_person())
                    .filter(|value| seen.insert(value.clone()))
                    .collect();
                (!values.is_empty()).then_some(Self::Name(field, values))
            }
            Self::Age(values) => distinct(values).map(Self::Age),
            Self::Received(values) => distinct(values).map(Self::Received),
            Self::Idea(term) => term.canonical().map(Self::Idea),
        }
    }

    /// What is searched for, where it is a word or a phrase.
    pub(super) fn searched(&self) -> Option<Searched> {
        let (text, whole) = match self {
            Self::Word(text) => (text, false),
            Self::Phrase(text) => (text, true),
            _ => return None,
        };
        Some(Searched {
            text: text.clone(),
            whole,
        })
    }

    /// How many values it has: the measure of [`MOST_TERMS`](super::MOST_TERMS).
    pub(super) fn values(&self) -> usize {
        match self {
            Self::Word(_) | Self::Phrase(_) => 1,
            Self::Is(values) => values.len(),
            Self::Has(values) => values.len(),
            Self::Kind(values) => values.len(),
            Self::Importance(values) => values.len(),
            Self::Name(_, values) => values.len(),
            Self::Age(values) => values.len(),
            Self::Received(values) => values.len(),
            Self::Idea(term) => term.values(),
        }
    }
}

impl IdeaTerm {
    fn canonical(self) -> Option<Self> {
        match self {
            Self::Status(values) => sorted(values).map(Self::Status),
            Self::Timeframe(values) => sorted(values).map(Self::Timeframe),
            Self::Effort(values) => sorted(values).map(Self::Effort),
            Self::Demand(values) => distinct(values).map(Self::Demand),
            Self::Kind(values) => sorted(values).map(Self::Kind),
            Self::Stage(values) => sorted(values).map(Self::Stage),
        }
    }

    fn values(&self) -> usize {
        match self {
            Self::Status(values) => values.len(),
            Self::Timeframe(values) => values.len(),
            Self::Effort(values) => values.len(),
            Self::Demand(values) => values.len(),
            Self::Kind(values) => values.len(),
            Self::Stage(values) => values.len(),
        }
    }
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Option<Vec<T>> {
    values.sort_unstable();
    values.dedup();
    (!values.is_empty()).then_some(values)
}

fn distinct<T: Copy + Eq + std::hash::Hash>(values: Vec<T>) -> Option<Vec<T>> {
    let mut seen = std::collections::HashSet::new();
    let values: Vec<_> = values.into_iter().filter(|v| seen.insert(*v)).collect();
    (!values.is_empty()).then_some(values)
}

impl Query {
    /// Unprocessed feedback that nobody owns, of that area, or of none.
    #[must_use]
    pub fn unassigned_in(area: Option<&str>) -> Self {
        let area = area.map_or(Wanted::Nobody, |area| Wanted::Named(area.to_owned()));
        Self::default()
            .and(Term::Is(vec![Is::Unprocessed]))
            .and(Term::Is(vec![Is::Unassigned]))
            .and(Term::Name(NameField::Area, vec![area]))
    }

    /// The canonical form: see [`Expr`] and [`Term::canonical`]; a sort key that comes again is dropped.
    #[must_use]
    pub fn canonical(self) -> Self {
        let mut sort: Vec<Sort> = Vec::with_capacity(self.sort.len());
        for each in self.sort {
            if !sort.iter().any(|earlier| earlier.key == each.key) {
                sort.push(each);
            }
        }
        Self {
            expr: self.expr.and_then(Expr::canonical),
            sort,
        }
    }

    /// Narrows the filter by one more condition; one that is there already is not added again.
    #[must_use]
    pub fn and(self, expr: impl Into<Expr>) -> Self {
        let Some(added) = expr.into().canonical() else {
            return self;
        };
        let mut parts = self.parts();
        if !parts.contains(&added) {
            parts.push(added);
        }
        self.with_parts(parts)
    }

    /// The same filter in this order instead.
    #[must_use]
    pub fn sort_by(self, sort: Sort) -> Self {
        Self {
            expr: self.expr,
            sort: vec![sort],
        }
    }

    /// The words and phrases that a match has, for highlighting: those behind `-` are left out.
    #[must_use]
    pub fn texts(&self) -> Vec<&Term> {
        let mut found = Vec::new();
        if let Some(expr) = &self.expr {
            expr.gather_text(true, &mut found);
        }
        found
    }

    /// Every word and phrase, those behind `-` too, once each, in the order of the text.
    #[must_use]
    pub fn every_text(&self) -> Vec<&Term> {
        let mut found = Vec::new();
        if let Some(expr) = &self.expr {
            expr.gather_every_text(&mut found);
        }
        found
    }

    /// Whether what answers it best comes first in a list of feedback: it asks for no order, and every match has words that
    /// `is_searchable` says can be searched for. Where words are but one side of an `or` beside a condition, the other side has
    /// matches that answer nothing, and the list goes by age.
    #[must_use]
    pub fn is_ranked(&self, is_searchable: impl Fn(&str) -> bool) -> bool {
        if !self.sort.is_empty() || self.expr.is_none() {
            return false;
        }
        let parts = self.clone().retain_text(is_searchable).parts();
        parts
            .iter()
            .any(|part| part.is_about_words() && part.asks_for_words())
    }

    /// What a match has of words and phrases, for highlighting: as [`Query::texts`].
    #[must_use]
    pub fn searched(&self) -> Vec<Searched> {
        self.texts()
            .into_iter()
            .filter_map(Term::searched)
            .collect()
    }

    /// Whether it depends on who asks.
    #[must_use]
    pub fn asks_for_me(&self) -> bool {
        fn asks(expr: &Expr) -> bool {
            match expr {
                Expr::And(parts) | Expr::Or(parts) => parts.iter().any(asks),
                Expr::Not(part) => asks(part),
                Expr::Term(Term::Name(_, wanted)) => wanted.contains(&Wanted::Me),
                Expr::Term(Term::Is(values)) => values.contains(&Is::Mine),
                Expr::Term(_) => false,
            }
        }
        self.expr.as_ref().is_some_and(asks)
    }

    /// The names that it asks for, each with its field, in the order of the text.
    #[must_use]
    pub fn names(&self) -> Vec<(NameField, &str)> {
        let mut found = Vec::new();
        if let Some(expr) = &self.expr {
            expr.gather_names(&mut found);
        }
        found
    }

    /// Drops the words and phrases that `keep` refuses.
    ///
    /// A text without a letter, a digit or a picture (`-`, `*`, `&`) is kept in the tree, so that a filter prints as it
    /// was typed, but cannot be searched for. Whoever evaluates the filter drops it first: as a condition that holds
    /// always it would let everything through on one side of an `or`, as one that never holds it would hide everything.
    #[must_use]
    pub fn retain_text(self, keep: impl Fn(&str) -> bool) -> Self {
        self.retain(|term| match term {
            Term::Word(text) | Term::Phrase(text) => keep(text),
            _ => true,
        })
    }

    /// Drops the conditions that `keep` refuses, wherever they stand.
    #[must_use]
    pub fn retain(self, keep: impl Fn(&Term) -> bool) -> Self {
        Self {
            expr: self.expr.and_then(|expr| expr.retain(&keep)),
            sort: self.sort,
        }
        .canonical()
    }

    /// Its words and phrases, in their order, without its other conditions.
    #[must_use]
    pub fn words_alone(&self) -> Self {
        let is_text = |term: &Term| matches!(term, Term::Word(_) | Term::Phrase(_));
        self.clone().retain(is_text)
    }

    /// The same with other words in the place of those that a match has, where `other` has some; `None` where it has none.
    #[must_use]
    pub fn reword(&self, other: &mut impl FnMut(&str) -> Option<String>) -> Option<Self> {
        let mut reworded = self.clone();
        reworded.expr.as_mut()?.reword(other);
        let reworded = reworded.canonical();
        (reworded != *self).then_some(reworded)
    }

    /// The conditions at the top, all of which must hold.
    pub(super) fn parts(&self) -> Vec<Expr> {
        match &self.expr {
            None => Vec::new(),
            Some(Expr::And(parts)) => parts.clone(),
            Some(other) => vec![other.clone()],
        }
    }

    pub(super) fn with_parts(self, parts: Vec<Expr>) -> Self {
        Self {
            expr: Expr::And(parts).canonical(),
            sort: self.sort,
        }
    }
}
