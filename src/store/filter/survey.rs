//! Which way to walk: what the conditions at the top of a filter say about the rows that can match.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::compiler::Compiler;
use super::{Rare, Route};
use crate::query::{Expr, Has, Is, NameField, Term, Wanted};
use crate::store::FilterError;

/// Up to this many rows a value counts as rare: they are looked up and sorted. A more frequent one is met soon by
/// walking the list in its order.
const RARE: i64 = 4_096;

/// What the conditions at the top of a filter say about the rows that can match.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) unprocessed: bool,
    open: bool,
    hidden: bool,
    owed: bool,
    pub(super) owner: Option<i64>,
    pub(super) few: Option<Rare>,
    /// There is more to the filter than unprocessed and one owner.
    pub(super) rest: bool,
}

impl Survey {
    /// Takes note of one condition, whose SQL and values begin at `start` and `bound`.
    pub(super) fn note(
        &mut self,
        compiler: &mut Compiler<'_>,
        part: &Expr,
        start: usize,
        bound: usize,
    ) -> Result<(), FilterError> {
        let binds = &compiler.binds[bound..];
        match part {
            Expr::Term(Term::Is(values)) => match values.as_slice() {
                [Is::Unprocessed] => (self.unprocessed, self.open) = (true, true),
                [Is::All] => {}
                [Is::Waiting | Is::Snoozed] => (self.hidden, self.rest) = (true, true),
                [Is::Duplicate] => {
                    self.few.get_or_insert(Rare::Index("feedback_by_original"));
                    self.rest = true;
                }
                [Is::Mine | Is::Unassigned] => self.owned_by(binds),
                values if values.iter().all(is_open) => {
                    // Each alternative says so, but an index is found by what holds for all of them.
                    compiler.sql.push_str(" AND f.state < 2");
                    (self.open, self.rest) = (true, true);
                }
                _ => self.rest = true,
            },
            Expr::Term(Term::Name(NameField::Owner, _)) => self.owned_by(binds),
            Expr::Term(Term::Has(values)) => {
                self.owed |= values.as_slice() == [Has::AnswerOwed];
                self.rest = true;
            }
            Expr::Term(Term::Name(field, wanted)) => {
                self.rest = true;
                if self.few.is_none() && !wanted.contains(&Wanted::Nobody) {
                    self.few = look_up(compiler, *field, start, bound)?;
                }
            }
            _ => self.rest = true,
        }
        Ok(())
    }

    fn owned_by(&mut self, binds: &[Value]) {
        match (binds, self.owner) {
            ([Value::Integer(owner)], None) => self.owner = Some(*owner),
            ([Value::Integer(owner)], Some(before)) if before == *owner => {}
            _ => self.rest = true,
        }
    }

    /// Whether only open feedback can match.
    pub(super) const fn is_open(&self) -> bool {
        self.open || self.hidden
    }

    pub(super) fn route(&self) -> Route {
        match self {
            Self {
                few: Some(rare), ..
            } => Route::Few(*rare),
            Self { hidden: true, .. } => Route::Hidden,
            Self {
                open: true,
                owner: Some(_),
                ..
            } => Route::Owned,
            Self { open: true, .. } => Route::Open,
            Self { owed: true, .. } => Route::Owed,
            _ => Route::All,
        }
    }
}

/// By what the rows with a name in `field` are found, when they are few; the condition on them begins at `start`, its
/// values at `bound`.
///
/// A tag and an idea are conditions on rows beside the feedback. Those rows are asked one by one while a list is
/// walked, and list the feedback when they are few.
fn look_up(
    compiler: &mut Compiler<'_>,
    field: NameField,
    start: usize,
    bound: usize,
) -> Result<Option<Rare>, FilterError> {
    let binds = &compiler.binds[bound..];
    let column = match field {
        NameField::Company => Rare::Index("feedback_by_company"),
        NameField::Customer => Rare::Index("feedback_by_customer"),
        NameField::Reporter => Rare::Index("feedback_by_reporter"),
        NameField::Area => Rare::Index("feedback_by_area"),
        NameField::Tag | NameField::Idea => {
            let values = vec!["?"; binds.len()].join(", ");
            let beside = match field {
                NameField::Tag => "feedback_tag x WHERE x.deleted = 0 AND x.tag COLLATE NOCASE",
                _ => "insight x WHERE x.deleted = 0 AND x.idea",
            };
            let beside = format!("{beside} IN ({values})");
            if !is_rare(compiler, &beside, binds)? {
                return Ok(None);
            }
            let keys = format!(" AND f.id IN (SELECT x.feedback FROM {beside})");
            compiler.sql.push_str(&keys);
            compiler.binds.extend_from_within(bound..);
            return Ok(Some(Rare::Keys));
        }
        NameField::Owner
        | NameField::Tier
        | NameField::Segment
        | NameField::Source
        | NameField::Release
        | NameField::Edition => return Ok(None),
    };
    let rows = format!(
        "feedback f WHERE f.deleted = 0 AND {}",
        &compiler.sql[start..]
    );
    Ok(is_rare(compiler, &rows, binds)?.then_some(column))
}

/// Whether only what is unprocessed or waiting can be that.
fn is_open(is: &Is) -> bool {
    matches!(is, Is::Unprocessed | Is::Waiting | Is::Snoozed)
}

/// Whether there are few rows (a table and a condition on it); counts no further than [`RARE`].
fn is_rare(compiler: &Compiler<'_>, rows: &str, binds: &[Value]) -> Result<bool, FilterError> {
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {RARE})");
    let found = compiler
        .names
        .reader
        .first(&sql, params_from_iter(binds), |row| row.get(0))?;
    Ok(found.unwrap_or(0) < RARE)
}
