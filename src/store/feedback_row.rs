//! One row of the inbox.

use std::ops::Range;
use std::sync::LazyLock;

use hashbrown::HashMap;
use rusqlite::types::Type;
use rusqlite::{Row, params_from_iter};

use super::key::identity;
use super::{Reader, Result};
use crate::domain::feedback::{FeedbackKind, FeedbackRow, Importance, State};
use crate::domain::id::FeedbackId;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;

/// The columns of a row.
///
/// A list finds the local keys of a page first and then its rows by this: were the names joined in the query of the list, a
/// list that has to be sorted would look them up for every row, not for those of the page. The customer is looked up only
/// where there is no company: there are many of them, and each lies somewhere else in the file.
pub(super) const COLUMNS: &str = "f.key, f.title,
        coalesce(c.name, (SELECT name FROM customer WHERE id = f.customer)), c.tier, f.importance, f.received, f.state,
        f.hidden_until, o.handle, a.name, coalesce(f.source, ''), r.handle, f.kind, f.links, f.votes, f.id";

/// How many columns that are: what else is selected comes behind.
pub(super) const WIDTH: usize = 16;

/// The tables of [`COLUMNS`].
pub(super) const TABLES: &str = "feedback f
     LEFT JOIN company c ON c.id = f.company
     LEFT JOIN person o ON o.id = f.owner
     LEFT JOIN area a ON a.id = f.area
     LEFT JOIN person r ON r.id = f.reporter";

/// So many rows are read by one statement: each time that one is begun costs half as much as a row.
const AT_ONCE: usize = 64;

static ONE: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {COLUMNS} FROM {TABLES} WHERE f.id = ?1"));

static MANY: LazyLock<String> = LazyLock::new(|| {
    let places = vec!["?"; AT_ONCE].join(", ");
    format!("SELECT {COLUMNS} FROM {TABLES} WHERE f.id IN ({places})")
});

/// Reads the rows of these local keys, each of which comes once, in this order. One that is gone is left out.
pub(super) fn rows(reader: &Reader<'_>, ids: &[i64]) -> Result<Vec<FeedbackRow>> {
    let mut found = HashMap::<i64, FeedbackRow>::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let sql = if some.len() > 1 { &*MANY } else { &*ONE };
        let mut statement = reader.connection().prepare_cached(sql)?;
        // A key that is named again is not read again.
        let filled = some.iter().chain(some.last().into_iter().cycle());
        let filled = filled.take(statement.parameter_count());
        let mut rows = statement.query(params_from_iter(filled))?;
        while let Some(row) = rows.next()? {
            found.insert(row.get(WIDTH - 1)?, read(row)?);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Reads the row of that local key.
pub(super) fn row(reader: &Reader<'_>, id: i64) -> Result<Option<FeedbackRow>> {
    reader.first(&ONE, [id], read)
}

/// A row out of [`COLUMNS`].
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<FeedbackRow> {
    let hidden_until: i64 = row.get(7)?;
    Ok(FeedbackRow {
        id: FeedbackId(identity(row, 0)?),
        title: row.get(1)?,
        company: row.get(2)?,
        tier: row.get(3)?,
        importance: choice(row, 4, Importance::from_code)?,
        received: Moment(row.get(5)?),
        state: set_choice(row, 6, State::from_code)?,
        hidden_until: (hidden_until > 0).then_some(Moment(hidden_until)),
        owner: handle(row, 8)?,
        area: row.get(9)?,
        source: row.get(10)?,
        reporter: handle(row, 11)?,
        kind: choice(row, 12, FeedbackKind::from_code)?,
        links: row.get(13)?,
        votes: row.get::<_, i64>(14)?.try_into().unwrap_or(0),
    })
}

/// A choice out of a column that may be null. A number that no choice has was not written by Intake: the schema says which
/// there are, and a newer one is not opened.
pub(super) fn choice<T>(
    row: &Row<'_>,
    index: usize,
    from_code: fn(i64) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    let code: Option<i64> = row.get(index)?;
    code.map(|code| known_choice(row, index, code, from_code))
        .transpose()
}

/// A choice out of a column that always holds one.
pub(super) fn set_choice<T>(
    row: &Row<'_>,
    index: usize,
    from_code: fn(i64) -> Option<T>,
) -> rusqlite::Result<T> {
    known_choice(row, index, row.get(index)?, from_code)
}

fn known_choice<T>(
    row: &Row<'_>,
    index: usize,
    code: i64,
    from_code: fn(i64) -> Option<T>,
) -> rusqlite::Result<T> {
    if let Some(choice) = from_code(code) {
        return Ok(choice);
    }
    let column = row.as_ref().column_name(index)?.to_owned();
    let unknown = Box::new(UnknownCode { column, code });
    Err(rusqlite::Error::FromSqlConversionFailure(
        index,
        Type::Integer,
        unknown,
    ))
}

/// A column holds a number that means nothing.
#[derive(Debug, thiserror::Error)]
#[error("the column {column} holds {code}, which means nothing")]
struct UnknownCode {
    column: String,
    code: i64,
}

/// A mention name out of a column that may be null.
pub(super) fn handle(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Handle>> {
    let text: Option<String> = row.get(index)?;
    Ok(text.and_then(|text| Handle::parse(&text).ok()))
}

/// A range of bytes out of two columns that may be null.
pub(super) fn byte_range(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Range<usize>>> {
    let (start, end): (Option<i64>, Option<i64>) = (row.get(index)?, row.get(index + 1)?);
    let number = |value: Option<i64>| value.and_then(|value| usize::try_from(value).ok());
    Ok(number(start)
        .zip(number(end))
        .map(|(start, end)| start..end))
}
