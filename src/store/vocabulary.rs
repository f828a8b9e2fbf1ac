//! The names that a prompt can complete.
//!
//! Nothing here may read all feedback: distinct values are picked from an index one by one (each a jump to the next
//! greater one), and where there is no index a bounded sample serves.

use rusqlite::params;

use super::feedback_row::handle;
use super::{Reader, Result};
use crate::domain::listing::Vocabulary;
use crate::domain::people::Role;

/// How many companies are offered at most.
const MOST_COMPANIES: i64 = 500;

/// How many tags, tiers or segments are offered at most.
const MOST_VALUES: i64 = 2_000;

/// How many of the newest and of the oldest open feedback are looked at for sources and reporters.
const SAMPLE: i64 = 1_000;

/// Sources and reporters of recent feedback, sorted.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) sources: Vec<String>,
    pub(super) reporters: Vec<String>,
}

impl Reader<'_> {
    /// The names that prompts complete, each list sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn vocabulary(&self) -> Result<Vocabulary> {
        let people = self.collect(
            "SELECT handle, coalesce(name, ''), role FROM person WHERE deleted = 0 ORDER BY handle",
            [],
            |row| {
                let role = row.get::<_, Option<i64>>(2)?.and_then(Role::from_code);
                let role = role.map_or("", Role::word).to_owned();
                Ok(handle(row, 0)?.zip(Some((row.get(1)?, role))))
            },
        )?;
        let people = people
            .into_iter()
            .flatten()
            .map(|(handle, (name, role))| (handle, name, role));
        let areas =
            "SELECT name FROM area WHERE deleted = 0 AND name <> '' ORDER BY name COLLATE NOCASE";
        let seen = seen(self)?;
        Ok(Vocabulary {
            people: people.collect(),
            areas: self.collect(areas, [], |row| row.get(0))?,
            tags: tags(self)?,
            companies: companies(self)?,
            tiers: tiers(self)?,
            segments: segments(self)?,
            sources: seen.sources,
            reporters: seen.reporters,
        })
    }
}

/// The tags in use, sorted; of spellings that differ in case alone, one.
pub(super) fn tags(reader: &Reader<'_>) -> Result<Vec<String>> {
    distinct(reader, "feedback_tag", "tag")
}

/// The tiers of companies, sorted.
pub(super) fn tiers(reader: &Reader<'_>) -> Result<Vec<String>> {
    distinct(reader, "company", "tier")
}

/// The segments of companies, sorted.
pub(super) fn segments(reader: &Reader<'_>) -> Result<Vec<String>> {
    distinct(reader, "company", "segment")
}

/// The distinct values of an indexed column: jumps from each to the next greater one.
fn distinct(reader: &Reader<'_>, table: &str, column: &str) -> Result<Vec<String>> {
    let sql = format!(
        "WITH RECURSIVE each (value) AS (
            SELECT (SELECT {column} FROM {table} WHERE deleted = 0 AND {column} > '' COLLATE NOCASE
                    ORDER BY {column} COLLATE NOCASE LIMIT 1)
            UNION ALL
            SELECT (SELECT {column} FROM {table} WHERE deleted = 0 AND {column} > each.value COLLATE NOCASE
                    ORDER BY {column} COLLATE NOCASE LIMIT 1)
            FROM each WHERE each.value IS NOT NULL LIMIT {MOST_VALUES}
        )
        SELECT value FROM each WHERE value IS NOT NULL"
    );
    reader.collect(&sql, [], |row| row.get(0))
}

/// The companies with the most open feedback, sorted by name.
fn companies(reader: &Reader<'_>) -> Result<Vec<String>> {
    let all: Vec<String> = reader.collect(
        "SELECT name FROM company WHERE deleted = 0 AND name <> '' ORDER BY name COLLATE NOCASE LIMIT ?1",
        [MOST_COMPANIES + 1],
        |row| row.get(0),
    )?;
    if i64::try_from(all.len()).unwrap_or(i64::MAX) <= MOST_COMPANIES {
        return Ok(all);
    }
    let mut busiest: Vec<String> = reader.collect(
        "SELECT c.name FROM (
            SELECT company, count(*) AS open FROM feedback INDEXED BY feedback_by_company
            WHERE deleted = 0 AND company IS NOT NULL AND state < 2 GROUP BY company ORDER BY open DESC LIMIT ?1
         ) busy JOIN company c ON c.id = busy.company WHERE c.deleted = 0 AND c.name <> ''",
        [MOST_COMPANIES],
        |row| row.get(0),
    )?;
    busiest.sort_by_cached_key(|name| name.to_lowercase());
    Ok(busiest)
}

/// The sources and reporters of the newest and of the oldest open feedback.
pub(super) fn seen(reader: &Reader<'_>) -> Result<Seen> {
    let sample = |column: &str| {
        format!(
            "SELECT DISTINCT {column} FROM (
                SELECT * FROM (SELECT source, reporter FROM feedback INDEXED BY feedback_by_age
                    WHERE deleted = 0 ORDER BY received DESC, id DESC LIMIT ?1)
                UNION ALL
                SELECT * FROM (SELECT source, reporter FROM feedback INDEXED BY feedback_open_by_age
                    WHERE deleted = 0 AND state < 2 ORDER BY received, id LIMIT ?1)
             )"
        )
    };
    let sources = format!(
        "{} WHERE source <> '' ORDER BY source COLLATE NOCASE",
        sample("source")
    );
    let reporters = format!(
        "SELECT '@' || p.handle FROM ({}) seen JOIN person p ON p.id = seen.reporter
         WHERE p.deleted = 0 ORDER BY p.handle",
        sample("reporter")
    );
    Ok(Seen {
        sources: reader.collect(&sources, params![SAMPLE], |row| row.get(0))?,
        reporters: reader.collect(&reporters, params![SAMPLE], |row| row.get(0))?,
    })
}
