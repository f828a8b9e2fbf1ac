//! The names that a prompt can complete.
//!
//! Nothing here may read all feedback: distinct values are picked from an index one by one (each a jump to the next
//! greater one), and for sources, which have no index, and companies, which there may be too many of, a bounded sample
//! serves.

use super::feedback_row::{choice, handle};
use super::{Reader, Result};
use crate::domain::listing::Vocabulary;
use crate::domain::people::Role;

/// How many companies are offered at most.
const MOST_COMPANIES: i64 = 500;

/// How many tags, tiers or segments are offered at most.
const MOST_VALUES: i64 = 2_000;

/// How many of the newest and of the oldest open feedback are looked at for sources and companies.
const SAMPLE: i64 = 1_000;

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
                let role = choice(row, 2, Role::from_code)?;
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
        Ok(Vocabulary {
            people: people.collect(),
            areas: self.collect(areas, [], |row| row.get(0))?,
            tags: tags(self)?,
            companies: companies(self)?,
            tiers: tiers(self)?,
            segments: segments(self)?,
            sources: sources(self)?,
            reporters: reporters(self)?,
            releases: Vec::new(),
            editions: Vec::new(),
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

/// The companies, sorted by name; of very many those with the most of the newest and of the oldest open feedback.
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
            SELECT company, count(*) AS open FROM (
                SELECT * FROM (SELECT company FROM feedback INDEXED BY feedback_open_by_age
                    WHERE deleted = 0 AND state < 2 ORDER BY received DESC, id DESC LIMIT ?2)
                UNION ALL
                SELECT * FROM (SELECT company FROM feedback INDEXED BY feedback_open_by_age
                    WHERE deleted = 0 AND state < 2 ORDER BY received, id LIMIT ?2)
            ) WHERE company IS NOT NULL GROUP BY company ORDER BY open DESC LIMIT ?1
         ) busy JOIN company c ON c.id = busy.company WHERE c.deleted = 0 AND c.name <> ''",
        [MOST_COMPANIES, SAMPLE],
        |row| row.get(0),
    )?;
    busiest.sort_by_cached_key(|name| name.to_lowercase());
    Ok(busiest)
}

/// The sources of the newest and of the oldest open feedback, sorted.
pub(super) fn sources(reader: &Reader<'_>) -> Result<Vec<String>> {
    reader.collect(
        "SELECT DISTINCT source FROM (
            SELECT * FROM (SELECT source FROM feedback INDEXED BY feedback_by_age
                WHERE deleted = 0 ORDER BY received DESC, id DESC LIMIT ?1)
            UNION ALL
            SELECT * FROM (SELECT source FROM feedback INDEXED BY feedback_open_by_age
                WHERE deleted = 0 AND state < 2 ORDER BY received, id LIMIT ?1)
         )
         WHERE source <> '' ORDER BY source COLLATE NOCASE",
        [SAMPLE],
        |row| row.get(0),
    )
}

/// The colleagues who filed something.
fn reporters(reader: &Reader<'_>) -> Result<Vec<String>> {
    reader.collect(
        "SELECT '@' || p.handle FROM person p WHERE p.deleted = 0 AND EXISTS (
            SELECT 1 FROM feedback f WHERE f.reporter = p.id AND f.deleted = 0
         ) ORDER BY p.handle",
        [],
        |row| row.get(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::{Entity, Value};
    use crate::store::sample::{sample, text};

    #[test]
    fn words_in_use_come_once_and_sorted() {
        let (_folder, store, ()) = sample(|make| {
            let dana = make.person("dana", "Dana");
            make.person("hana", "Hana");
            make.area("boards", None, &[]);
            make.area("Access", None, &[]);
            for (name, tier) in [
                ("Globex", "Team"),
                ("acme", "team"),
                ("Hooli", "Enterprise"),
            ] {
                make.company(name, tier);
            }
            let mut last = None;
            for source in ["zendesk", "email", "zendesk", "Email", ""] {
                let fields = [("source", text(source)), ("reporter", Value::Thing(dana))];
                last = Some(make.feedback("some", 1, &fields));
            }
            let last = last.expect("one");
            for (tag, deleted) in [
                ("mobile", 0),
                ("Mobile", 0),
                ("api", 0),
                ("gone", 1),
                ("", 0),
            ] {
                make.add(
                    Entity::FeedbackTag,
                    &[
                        ("feedback", Value::Thing(last)),
                        ("tag", text(tag)),
                        ("deleted", Value::Integer(deleted)),
                    ],
                );
            }
        });
        let found = store.read(|reader| reader.vocabulary()).expect("words");
        let handles: Vec<String> = found.people.iter().map(|(h, _, _)| h.to_string()).collect();
        assert_eq!(handles, ["@dana", "@hana"]);
        assert_eq!(found.people[0].1, "Dana");
        assert_eq!(found.people[0].2, "PM");
        assert_eq!(found.areas, ["Access", "boards"]);
        assert_eq!(found.tags.len(), 2);
        assert_eq!(found.tags[0], "api");
        assert!(found.tags[1].eq_ignore_ascii_case("mobile"));
        assert_eq!(found.companies, ["acme", "Globex", "Hooli"]);
        assert_eq!(found.tiers.len(), 2);
        assert!(found.segments.is_empty());
        assert_eq!(found.sources.len(), 3);
        assert_eq!(found.reporters, ["@dana"]);
    }

    #[test]
    fn of_many_companies_those_with_the_most_open_feedback_are_offered() {
        let (_folder, store, ()) = sample(|make| {
            for number in 0..=MOST_COMPANIES {
                let company = make.company(&format!("company {number}"), "");
                if number % 100 == 7 {
                    make.feedback("some", 1, &[("company", Value::Thing(company))]);
                }
            }
        });
        let found = store.read(|reader| reader.vocabulary()).expect("words");
        let expected = [107, 207, 307, 407, 7].map(|number| format!("company {number}"));
        assert_eq!(found.companies, expected);
    }
}
