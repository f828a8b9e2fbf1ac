//! The tree into text that parses into the same tree.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::lex::{is_bare_value, is_bare_word};
use super::range::{AgeRange, CountRange, DateRange, Span};
use super::tree::{Expr, IdeaTerm, Query, Term};
use super::value::{Fixed, NameField, Sort, Wanted};

/// `parse(&query.to_string())` is the query in its canonical form, unless it was built larger than a filter may be.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Query { expr, sort } = self.clone().canonical();
        if let Some(expr) = &expr {
            write_expr(f, expr)?;
        }
        if !sort.is_empty() {
            let gap = if expr.is_some() { " " } else { "" };
            write!(f, "{gap}sort:")?;
            write_list(f, &sort)?;
        }
        Ok(())
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.reversed { "-" } else { "" };
        write!(f, "{sign}{}", self.key.word())
    }
}

/// The condition as it is typed. One without any value is not canonical, and prints as a field without a value.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) if is_bare_word(text) => f.write_str(text),
            Self::Word(text) => f.write_str(&quoted(&format!("{text}*"))),
            Self::Phrase(text) => f.write_str(&quoted(text)),
            Self::Is(values) => write_fixed(f, "is", values),
            Self::Has(values) => write_fixed(f, "has", values),
            Self::Kind(values) => write_fixed(f, "kind", values),
            Self::Importance(values) => write_fixed(f, "importance", values),
            Self::Name(field, values) => {
                write!(f, "{}:", super::field::Field::Name(*field).name())?;
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        f.write_str(",")?;
                    }
                    write_wanted(f, *field, value)?;
                }
                Ok(())
            }
            Self::Age(ranges) => {
                f.write_str("age:")?;
                write_list(f, ranges)
            }
            Self::Received(ranges) => {
                f.write_str("received:")?;
                write_list(f, ranges)
            }
            Self::Idea(term) => write!(f, "{term}"),
        }
    }
}

impl fmt::Display for IdeaTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(values) => write_fixed(f, "status", values),
            Self::Timeframe(values) => write_fixed(f, "timeframe", values),
            Self::Effort(values) => write_fixed(f, "effort", values),
            Self::Kind(values) => write_fixed(f, "kind", values),
            Self::Stage(values) => write_fixed(f, "stage", values),
            Self::Demand(ranges) => {
                f.write_str("demand:")?;
                write_list(f, ranges)
            }
        }
    }
}

impl fmt::Display for CountRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from(), self.to()) {
            (from, None) => write!(f, ">={from}"),
            (from, Some(to)) if from == to => write!(f, "{from}"),
            (0, Some(to)) => write!(f, "<={to}"),
            (from, Some(to)) => write!(f, "{from}..{to}"),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count(), self.unit().letter())
    }
}

impl fmt::Display for AgeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.at_least(), self.below()) {
            (Some(from), Some(to)) if to == from.next() => write!(f, "{from}"),
            (Some(from), Some(to)) => write!(f, "{from}..{to}"),
            (Some(from), None) => write!(f, ">{from}"),
            (None, Some(to)) => write!(f, "<{to}"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = self.from();
        let last = self.until().and_then(|until| until.pred_opt());
        if let (Some(from), Some(last)) = (from, last) {
            let (year, month) = (from.year(), from.month());
            if DateRange::period(year, None, None) == Some(*self) {
                return write!(f, "{year:04}");
            }
            if DateRange::period(year, Some(month), None) == Some(*self) {
                return write!(f, "{year:04}-{month:02}");
            }
            if from == last {
                return write_day(f, from);
            }
        }
        if let Some(from) = from {
            write_day(f, from)?;
        }
        f.write_str("..")?;
        last.map_or(Ok(()), |last| write_day(f, last))
    }
}

fn write_day(f: &mut fmt::Formatter<'_>, day: NaiveDate) -> fmt::Result {
    write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

fn write_expr(f: &mut fmt::Formatter<'_>, expr: &Expr) -> fmt::Result {
    match expr {
        Expr::Term(term) => write!(f, "{term}"),
        Expr::Not(part) => {
            f.write_str("-")?;
            match part.as_ref() {
                // `---force` would be a word of its own.
                Expr::Term(Term::Word(word)) if word.starts_with('-') => write_group(f, part),
                Expr::Term(_) => write_expr(f, part),
                _ => write_group(f, part),
            }
        }
        Expr::And(parts) => {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    f.write_str(" ")?;
                }
                match part {
                    Expr::Or(_) => write_group(f, part)?,
                    _ => write_expr(f, part)?,
                }
            }
            Ok(())
        }
        Expr::Or(parts) => {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    f.write_str(" or ")?;
                }
                write_expr(f, part)?;
            }
            Ok(())
        }
    }
}

fn write_group(f: &mut fmt::Formatter<'_>, expr: &Expr) -> fmt::Result {
    f.write_str("(")?;
    write_expr(f, expr)?;
    f.write_str(")")
}

fn write_list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, values: &[T]) -> fmt::Result {
    for (index, value) in values.iter().enumerate() {
        let gap = if index > 0 { "," } else { "" };
        write!(f, "{gap}{value}")?;
    }
    Ok(())
}

fn write_fixed<T: Fixed>(f: &mut fmt::Formatter<'_>, field: &str, values: &[T]) -> fmt::Result {
    let words: Vec<&str> = values.iter().map(|value| value.word()).collect();
    write!(f, "{field}:{}", words.join(","))
}

fn write_wanted(f: &mut fmt::Formatter<'_>, field: NameField, value: &Wanted) -> fmt::Result {
    match value {
        Wanted::Nobody => f.write_str("none"),
        Wanted::Me => f.write_str("me"),
        Wanted::Named(name) => f.write_str(&name_value(field, name)),
    }
}

/// A name as it is typed behind its field: in quotes where it would mean something else without them.
pub(super) fn name_value(field: NameField, name: &str) -> String {
    let keyword =
        name.eq_ignore_ascii_case("none") || (field.is_person() && name.eq_ignore_ascii_case("me"));
    if is_bare_value(name) && !keyword {
        name.to_owned()
    } else {
        quoted(name)
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
