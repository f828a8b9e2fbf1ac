//! A filter as SQL: a condition on the feedback table, its values, and the way by which to walk the table.
//!
//! Every value is bound. Which index serves is decided here and said to SQLite (`INDEXED BY`) where a list is long:
//! without statistics SQLite prefers the index of everything over that of the open items, and walks a million processed
//! ones to find the first that is open. A test holds the plans.

use std::sync::Arc;

use roaring::RoaringBitmap;
use rusqlite::types::Value;

use compiler::Compiler;
use survey::Survey;

use super::Reader;
use super::names::{FilterError, Names};
use super::order::Order;
use super::search_door::{self, Found, Texts};
use crate::domain::clocks::Clocks;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::query::{Expr, Query};

mod compiler;
mod survey;

/// What a filter needs to know besides the workspace.
#[derive(Clone, Debug)]
pub struct FilterContext {
    /// The present.
    pub now: Moment,
    /// Who asks: for `is:mine` and `owner:me`.
    pub me: Option<Handle>,
    /// The clocks where they are: for the days of `received:`.
    pub clocks: Clocks,
}

/// By which rows a filter is best answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// A few rows that are found by a value, and sorted.
    Few(Rare),
    /// The open feedback of one owner (0: nobody).
    Owned,
    /// All open feedback.
    Open,
    /// What is hidden by a snooze or a question.
    Hidden,
    /// Whatever an answer is owed for.
    Owed,
    /// Everything.
    All,
}

/// By what few rows are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rare {
    /// By their local keys, which a sub-select lists.
    Keys,
    /// By this index.
    Index(&'static str),
}

/// A filter, compiled.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    /// A condition on `feedback f`.
    pub(super) condition: String,
    /// Its values.
    pub(super) binds: Vec<Value>,
    /// The way.
    pub(super) route: Route,
    /// When the filter says nothing but unprocessed and, maybe, one owner: that owner. Then it is counted by counters.
    pub(super) counted: Option<Option<i64>>,
    /// What has the words that the filter is about, if it is about any: only these rows can match.
    pub(super) found: Option<Found>,
    /// Whether what was found matches without a look at the rows.
    pub(super) told: bool,
    /// Sets of which the condition speaks by numbers, kept as long as it.
    pub(super) _sets: Vec<Arc<RoaringBitmap>>,
}

impl Filter {
    /// Whether only open feedback can match, so that a walk passes no other.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.route, Route::Owned | Route::Open | Route::Hidden)
    }

    /// The `FROM` clause for reading in this order; with `by_key`, local keys are given.
    pub(super) fn from(&self, order: &Order, by_key: bool) -> String {
        if by_key {
            return "feedback f NOT INDEXED".to_owned();
        }
        // An order without an index is sorted, but still among the open rows alone.
        let word = order.index_word();
        let index = match self.route {
            // Local keys need no index; with one, SQLite may take it for the better way.
            Route::Few(Rare::Keys) => return "feedback f NOT INDEXED".to_owned(),
            Route::Few(Rare::Index(index)) => index.to_owned(),
            Route::Owned => format!("feedback_owned_by_{}", word.unwrap_or("age")),
            Route::Open => format!("feedback_open_by_{}", word.unwrap_or("age")),
            Route::Hidden => "feedback_hidden".to_owned(),
            Route::Owed => "feedback_owed".to_owned(),
            Route::All => "feedback_by_age".to_owned(),
        };
        format!("feedback f INDEXED BY {index}")
    }
}

/// Compiles `query`, whose order is left to [`Order`].
pub(super) fn compile(
    reader: &Reader<'_>,
    query: &Query,
    context: &FilterContext,
) -> Result<Filter, FilterError> {
    let query = query.clone().retain_text(search_door::is_searchable);
    let parts = match &query.expr {
        None => &[][..],
        Some(Expr::And(parts)) => parts.as_slice(),
        Some(other) => std::slice::from_ref(other),
    };
    let mut compiler = Compiler {
        names: Names { reader },
        context,
        sql: "f.deleted = 0".to_owned(),
        binds: Vec::new(),
        sets: Vec::new(),
    };
    let mut survey = Survey::default();
    let mut texts = Vec::new();
    for part in parts {
        if let Some(text) = Texts::of(part) {
            texts.push(text);
            continue;
        }
        compiler.sql.push_str(" AND ");
        let (start, bound) = (compiler.sql.len(), compiler.binds.len());
        compiler.expr(part)?;
        survey.note(&mut compiler, part, start, bound)?;
    }
    let mut filter = Filter {
        condition: compiler.sql,
        binds: compiler.binds,
        route: survey.route(),
        counted: None,
        found: None,
        told: false,
        _sets: compiler.sets,
    };
    if texts.is_empty() {
        filter.counted = (survey.unprocessed && !survey.rest).then_some(survey.owner);
        return Ok(filter);
    }
    let mut found = reader.find_texts(&Texts::all(texts))?;
    if survey.is_open() && !found.set.is_empty() {
        found.set &= &*reader.open_bits()?;
    }
    if survey.unprocessed && !found.set.is_empty() {
        found.set -= &*reader.hidden_feedback(context.now)?;
    }
    filter.told = !survey.rest && survey.owner.is_none();
    filter.found = Some(found);
    Ok(filter)
}

#[cfg(test)]
mod tests;
