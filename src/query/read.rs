//! The values of one field into a term, or the faults in them.

use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, Timeframe};
use crate::domain::likeness::nearest;

use super::about::About;
use super::fault::{Fault, typed};
use super::field::{Field, IdeaField};
use super::lex::Part;
use super::range::{AgeRange, CountRange, DateRange, Span, Unit};
use super::tree::{IdeaTerm, Term};
use super::value::{Fixed, Has, Is, NameField, Sort, SortKey, Wanted};

/// What a field says.
pub(super) enum Said {
    /// A condition.
    Term(Term),
    /// An order.
    Sort(Vec<Sort>),
}

/// A message and a hint.
type Wrong = (String, String);

/// Reads every value; `None` when one of them is wrong, with a fault for each that is.
pub(super) fn read(
    about: About,
    field: Field,
    parts: &[Part],
    faults: &mut Vec<Fault>,
) -> Option<Said> {
    match field {
        Field::Is => each(parts, faults, |p| fixed::<Is>(about, field, &p.text))
            .map(|values| Said::Term(Term::Is(values))),
        Field::Has => each(parts, faults, |p| fixed::<Has>(about, field, &p.text))
            .map(|values| Said::Term(Term::Has(values))),
        Field::Kind => each(parts, faults, |p| {
            fixed::<Option<FeedbackKind>>(about, field, &p.text)
        })
        .map(|values| Said::Term(Term::Kind(values))),
        Field::Importance => each(parts, faults, |p| importance(&p.text))
            .map(|values| Said::Term(Term::Importance(values.concat()))),
        Field::Name(name) => each(parts, faults, |p| Ok(wanted(name, p)))
            .map(|values| Said::Term(Term::Name(name, values))),
        Field::Age => {
            each(parts, faults, |p| age(&p.text)).map(|values| Said::Term(Term::Age(values)))
        }
        Field::Received => each(parts, faults, |p| received(&p.text))
            .map(|values| Said::Term(Term::Received(values))),
        Field::Sort => each(parts, faults, |p| sort(&p.text)).map(Said::Sort),
        Field::Idea(of_idea) => idea(of_idea, parts, faults).map(|t| Said::Term(Term::Idea(t))),
    }
}

/// The values of a field that ideas alone have.
fn idea(of_idea: IdeaField, parts: &[Part], faults: &mut Vec<Fault>) -> Option<IdeaTerm> {
    const ABOUT: About = About::Ideas;
    let field = Field::Idea(of_idea);
    match of_idea {
        IdeaField::Status => {
            each(parts, faults, |p| fixed::<Status>(ABOUT, field, &p.text)).map(IdeaTerm::Status)
        }
        IdeaField::Timeframe => each(parts, faults, |p| {
            fixed::<Option<Timeframe>>(ABOUT, field, &p.text)
        })
        .map(IdeaTerm::Timeframe),
        IdeaField::Effort => {
            each(parts, faults, |p| effort(&p.text)).map(|values| IdeaTerm::Effort(values.concat()))
        }
        IdeaField::Demand => each(parts, faults, |p| demand(&p.text)).map(IdeaTerm::Demand),
        IdeaField::Kind => each(parts, faults, |p| {
            fixed::<Option<IdeaKind>>(ABOUT, field, &p.text)
        })
        .map(IdeaTerm::Kind),
        IdeaField::Stage => each(parts, faults, |p| {
            fixed::<Option<Stage>>(ABOUT, field, &p.text)
        })
        .map(IdeaTerm::Stage),
    }
}

fn each<T>(
    parts: &[Part],
    faults: &mut Vec<Fault>,
    read: impl Fn(&Part) -> Result<T, Wrong>,
) -> Option<Vec<T>> {
    let mut values = Vec::with_capacity(parts.len());
    for part in parts {
        match read(part) {
            Ok(value) => values.push(value),
            Err((message, hint)) => faults.push(Fault {
                columns: part.spot.column..part.spot.column_end,
                message,
                hint,
            }),
        }
    }
    (values.len() == parts.len()).then_some(values)
}

fn fixed<T: Fixed>(about: About, field: Field, text: &str) -> Result<T, Wrong> {
    T::read(text).ok_or_else(|| {
        let message = format!("{}: does not know {}", field.name(), typed(text));
        (message, remedy(about, field, text))
    })
}

/// What was probably meant, else everything there is.
fn remedy(about: About, field: Field, text: &str) -> String {
    let elsewhere = match (field, text.to_ascii_lowercase().as_str()) {
        (Field::Has, "link" | "links" | "idea") => {
            Some("is:linked finds what is linked to an idea")
        }
        (Field::Has, "owner") => Some("-is:unassigned finds what has an owner"),
        (Field::Is, "new" | "open" | "unread" | "todo") => {
            Some("is:unprocessed finds what nobody has dealt with")
        }
        (Field::Is, "done" | "closed" | "resolved") => {
            Some("is:processed finds what is dealt with")
        }
        (Field::Is, "assigned") => Some("-is:unassigned finds what has an owner"),
        (Field::Is, "me" | "my") => Some("is:mine finds what I own"),
        (Field::Sort, "date" | "received" | "oldest") => Some("sort:age puts the oldest first"),
        (Field::Sort, "-received" | "-date" | "newest") => Some("sort:-age puts the newest first"),
        _ => None,
    };
    if let Some(hint) = elsewhere {
        return hint.to_owned();
    }
    let mut others = about.fields().iter();
    if let Some(other) = others.find(|row| knows(row.field, text)) {
        return format!("did you mean {}:{}?", other.name, text.to_ascii_lowercase());
    }
    let (sign, bare) = match text.strip_prefix('-') {
        Some(bare) if field == Field::Sort => ("-", bare),
        _ => ("", text),
    };
    let words: Vec<&'static str> = field.values().iter().map(|value| value.word).collect();
    match nearest(bare, words.iter().copied()) {
        Some(word) => format!("did you mean {}:{sign}{word}?", field.name()),
        None => format!("use one of: {}", words.join(", ")),
    }
}

/// Whether the text is one of the field's fixed words, those that mean nothing without their field apart.
fn knows(field: Field, text: &str) -> bool {
    let mut values = field.values().into_iter();
    !matches!(field, Field::Name(_) | Field::Sort)
        && !matches!(text, "none" | "unset" | "all" | "not")
        && values.any(|value| value.word.eq_ignore_ascii_case(text))
}

fn wanted(field: NameField, part: &Part) -> Wanted {
    if !part.quoted && part.text.eq_ignore_ascii_case("none") {
        Wanted::Nobody
    } else if !part.quoted && field.is_person() && part.text.eq_ignore_ascii_case("me") {
        Wanted::Me
    } else {
        Wanted::Named(part.text.clone())
    }
}

fn sort(text: &str) -> Result<Sort, Wrong> {
    let (name, reversed) = match text.strip_prefix('-') {
        Some(name) => (name, true),
        None => (text, false),
    };
    match SortKey::read(name) {
        Some(key) => Ok(Sort { key, reversed }),
        None => fixed::<SortKey>(About::Feedback, Field::Sort, text).map(Sort::by),
    }
}

/// A value with comparisons. A bound that was left out is the empty text, in [`Bounds::Between`] only.
enum Bounds<'a> {
    Exactly(&'a str),
    Over(&'a str),
    AtLeast(&'a str),
    Under(&'a str),
    AtMost(&'a str),
    Between(&'a str, &'a str),
}

fn bounds(text: &str) -> Bounds<'_> {
    if let Some(rest) = text.strip_prefix(">=") {
        Bounds::AtLeast(rest)
    } else if let Some(rest) = text.strip_prefix('>') {
        Bounds::Over(rest)
    } else if let Some(rest) = text.strip_prefix("<=") {
        Bounds::AtMost(rest)
    } else if let Some(rest) = text.strip_prefix('<') {
        Bounds::Under(rest)
    } else if let Some((from, to)) = text.split_once("..") {
        Bounds::Between(from, to)
    } else {
        Bounds::Exactly(text)
    }
}

/// Reads the bound unless it was left out.
fn open<T>(text: &str, read: impl Fn(&str) -> Result<T, Wrong>) -> Result<Option<T>, Wrong> {
    if text.is_empty() {
        Ok(None)
    } else {
        read(text).map(Some)
    }
}

fn empty_range(text: &str, hint: &str) -> Wrong {
    (
        format!("nothing lies in the range {}", typed(text)),
        hint.to_owned(),
    )
}

const IMPORTANCE_HINT: &str = "use critical, important, nice, not, unset, 0 to 3, >=2 or 1..2";

fn importance(text: &str) -> Result<Vec<Option<Importance>>, Wrong> {
    let one = |text: &str| fixed::<Option<Importance>>(About::Feedback, Field::Importance, text);
    let unset = || {
        (
            "unset is not a degree of importance: it cannot be compared".to_owned(),
            "add it with a comma: importance:unset,not".to_owned(),
        )
    };
    levels(text, Importance::ALL, one, &unset, IMPORTANCE_HINT)
}

fn effort(text: &str) -> Result<Vec<Option<Effort>>, Wrong> {
    let field = Field::Idea(IdeaField::Effort);
    let one = |text: &str| fixed::<Option<Effort>>(About::Ideas, field, text);
    let unset = || {
        (
            "what nobody has estimated cannot be compared".to_owned(),
            "add it with a comma: effort:none,xs".to_owned(),
        )
    };
    let hint = "use xs, s, m, l, xl, none, >=m or s..l";
    levels(text, Effort::ALL, one, &unset, hint)
}

/// One of some levels, or those that a comparison lets through. `all` of them are in order, the least first.
fn levels<T: Copy + Ord>(
    text: &str,
    all: &[T],
    one: impl Fn(&str) -> Result<Option<T>, Wrong>,
    unset: &dyn Fn() -> Wrong,
    hint: &str,
) -> Result<Vec<Option<T>>, Wrong> {
    let level = |text: &str| one(text)?.ok_or_else(unset);
    let place = |text: &str| level(text).map(|level| all.iter().filter(|l| **l < level).count());
    let within: Range<usize> = match bounds(text) {
        Bounds::Exactly(text) => return one(text).map(|level| vec![level]),
        Bounds::Over(from) => place(from)? + 1..all.len(),
        Bounds::AtLeast(from) => place(from)?..all.len(),
        Bounds::Under(to) => 0..place(to)?,
        Bounds::AtMost(to) => 0..place(to)? + 1,
        Bounds::Between(from, to) => {
            let from = open(from, place)?.unwrap_or(0);
            from..open(to, place)?.map_or(all.len(), |to| to + 1)
        }
    };
    let found = all.get(within).unwrap_or(&[]);
    if found.is_empty() {
        Err(empty_range(text, hint))
    } else {
        Ok(found.iter().copied().map(Some).collect())
    }
}

const DEMAND_HINT: &str = "use a number: demand:>=10, demand:5..20, demand:0";

fn demand(text: &str) -> Result<CountRange, Wrong> {
    let number = |text: &str| -> Result<u32, Wrong> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = digits.then(|| text.parse().ok()).flatten();
        number.ok_or_else(|| {
            let message = format!("{} is not a number", typed(text));
            (message, DEMAND_HINT.to_owned())
        })
    };
    let found = match bounds(text) {
        Bounds::Exactly(one) => CountRange::new(number(one)?, Some(number(one)?)),
        Bounds::Over(from) => number(from)?
            .checked_add(1)
            .and_then(|from| CountRange::new(from, None)),
        Bounds::AtLeast(from) => CountRange::new(number(from)?, None),
        Bounds::Under(to) => number(to)?
            .checked_sub(1)
            .and_then(|to| CountRange::new(0, Some(to))),
        Bounds::AtMost(to) => CountRange::new(0, Some(number(to)?)),
        Bounds::Between("", "") => None,
        Bounds::Between(from, to) => {
            CountRange::new(open(from, number)?.unwrap_or(0), open(to, number)?)
        }
    };
    found.ok_or_else(|| empty_range(text, DEMAND_HINT))
}

const AGE_HINT: &str = "use a number and m, h, d, w or y: age:>7d, age:<2w, age:7d..14d";

fn age(text: &str) -> Result<AgeRange, Wrong> {
    let (from, to) = match bounds(text) {
        Bounds::Exactly(one) => {
            let from = span(one)?;
            (Some(from), Some(from.next()))
        }
        Bounds::Over(from) | Bounds::AtLeast(from) => (Some(span(from)?), None),
        Bounds::Under(to) | Bounds::AtMost(to) => (None, Some(span(to)?)),
        Bounds::Between(from, to) => (open(from, span)?, open(to, span)?),
    };
    AgeRange::new(from, to).ok_or_else(|| {
        let hint = match (from, to) {
            (Some(from), Some(to)) if from.seconds() > to.seconds() => {
                "the younger age comes first: age:7d..14d"
            }
            _ => AGE_HINT,
        };
        empty_range(text, hint)
    })
}

fn span(text: &str) -> Result<Span, Wrong> {
    let wrong = || {
        let message = format!("{} is not an age", typed(text));
        (message, AGE_HINT.to_owned())
    };
    let letter = text.chars().next_back().ok_or_else(wrong)?;
    let number = text
        .strip_suffix(letter)
        .filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        .ok_or_else(wrong)?;
    let unit = Unit::ALL
        .into_iter()
        .find(|unit| unit.letter() == letter.to_ascii_lowercase())
        .ok_or_else(wrong)?;
    // All digits: the only way to fail is to be too large.
    number
        .parse()
        .ok()
        .and_then(|count| Span::new(count, unit))
        .ok_or_else(|| {
            (
                format!("{} is too long an age", typed(text)),
                "an age is at most 1000y".to_owned(),
            )
        })
}

const DATE_HINT: &str = "use a day, a month or a year: received:2026-11-03, received:2026-11, received:2026-11-01..; relative: age:<7d";

fn received(text: &str) -> Result<DateRange, Wrong> {
    let first = |text: &str| period(text).map(|period| period.from());
    let after = |text: &str| period(text).map(|period| period.until());
    let (from, until): (Option<NaiveDate>, Option<NaiveDate>) = match bounds(text) {
        Bounds::Exactly(one) => (first(one)?, after(one)?),
        Bounds::Over(from) => (after(from)?, None),
        Bounds::AtLeast(from) => (first(from)?, None),
        Bounds::Under(to) => (None, first(to)?),
        Bounds::AtMost(to) => (None, after(to)?),
        Bounds::Between(from, to) => (open(from, first)?.flatten(), open(to, after)?.flatten()),
    };
    DateRange::new(from, until).ok_or_else(|| {
        let hint = match (from, until) {
            (Some(from), Some(until)) if from >= until => {
                "the earlier day comes first: received:2026-11-01..2026-11-15"
            }
            _ => DATE_HINT,
        };
        empty_range(text, hint)
    })
}

fn period(text: &str) -> Result<DateRange, Wrong> {
    let wrong = || {
        let message = format!("{} is not a date", typed(text));
        (message, DATE_HINT.to_owned())
    };
    let mut numbers = Vec::with_capacity(3);
    for (index, digits) in text.split('-').enumerate() {
        let length = digits.len();
        let fits = if index == 0 {
            length == 4
        } else {
            index < 3 && (1..=2).contains(&length)
        };
        if !fits || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        numbers.push(digits.parse::<u32>().map_err(|_| wrong())?);
    }
    let year = numbers
        .first()
        .and_then(|year| i32::try_from(*year).ok())
        .ok_or_else(wrong)?;
    DateRange::period(year, numbers.get(1).copied(), numbers.get(2).copied()).ok_or_else(|| {
        let message = format!("{} is not in the calendar", typed(text));
        (message, DATE_HINT.to_owned())
    })
}
