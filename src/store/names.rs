//! The names in a filter, found in the workspace before the query runs: local keys serve the indexes, and a name that
//! does not exist is an error with a remedy instead of an empty list.
//!
//! Names are compared as a search compares text ([`Name`]). SQLite's own comparison (`NOCASE`, which the indexes have) folds ASCII
//! alone, so a name with other letters is compared here, one by one.

use std::path::Path;

use rusqlite::Params;

use super::{Located, Reader, Result, StoreError, resolve, vocabulary};
use crate::domain::likeness::nearest;
use crate::domain::people::{called, nearest_person};
use crate::problem::{Kind, Problem};
use crate::query::{Field, NameField, Query, UnknownName, columns_of, excerpt};
use crate::search::Name;

/// So many names that begin alike are compared at most where one of them is sought.
const MOST_ALIKE: usize = 1_000;
/// So many names of one range of their index are looked at for those that begin with a text: some tenths of a millisecond.
const MOST_LOOKED_AT: usize = 500;

/// Why a filter cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// There is no such name.
    #[error("{0}")]
    Unknown(UnknownName),
    /// Several ideas have a name like that.
    #[error("the filter asks for idea:{name}, which fits several ideas")]
    Ambiguous {
        /// The name, as it was typed.
        name: String,
        /// Some of them: short id and title.
        candidates: Vec<(String, String)>,
    },
    /// The filter says `mine` or `me`, and nobody has said who that is.
    #[error("the filter asks for what is yours, and it is not known who you are")]
    WhoAreYou,
    /// The file could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl FilterError {
    /// Whether the read was stopped on purpose.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_interrupted())
    }
}

impl Located for FilterError {
    fn at(self, path: &Path) -> Self {
        match self {
            Self::Store(error) => Self::Store(error.at(path)),
            other => other,
        }
    }
}

impl From<rusqlite::Error> for FilterError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl FilterError {
    /// As a person sees it, with the filter and a line of carets under the name.
    #[must_use]
    pub fn problem(self, query: &Query) -> Problem {
        let filter = query.to_string();
        match self {
            Self::Unknown(unknown) => unknown.problem(&filter),
            Self::Ambiguous { ref name, .. } => {
                let columns = columns_of(&filter, name);
                let mut problem = Problem::from(self);
                if let Some(columns) = columns {
                    let (line, carets) = excerpt(&filter, &columns);
                    problem.causes.splice(0..0, [line, carets]);
                }
                problem
            }
            Self::WhoAreYou | Self::Store(_) => self.into(),
        }
    }
}

impl From<FilterError> for Problem {
    fn from(error: FilterError) -> Self {
        let problem = Self::new(Kind::NotFound, error.to_string());
        match error {
            FilterError::Store(error) => error.into(),
            FilterError::Unknown(unknown) => unknown.into(),
            FilterError::Ambiguous { name, candidates } => {
                let problem = problem.blaming(Field::Name(NameField::Idea).name(), name);
                let each = candidates
                    .iter()
                    .map(|(short, title)| format!("idea:{short} is “{title}”"));
                each.fold(problem, Self::hint)
            }
            FilterError::WhoAreYou => Self {
                kind: Kind::Usage,
                ..problem
            }
            .hint("say who you are: “who I am” in the palette, --as @handle, or the configuration"),
        }
    }
}

/// The names of a workspace.
pub(super) struct Names<'a> {
    pub(super) reader: &'a Reader<'a>,
}

impl Names<'_> {
    /// The colleagues with that mention name, else with that full name.
    pub(super) fn people(
        &self,
        field: NameField,
        name: &str,
    ) -> std::result::Result<Vec<i64>, FilterError> {
        let sql = "SELECT id, handle, coalesce(name, '') FROM person WHERE deleted = 0";
        let all: Vec<(i64, String, String)> = self
            .reader
            .collect(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let people = all
            .iter()
            .map(|(id, handle, name)| (*id, handle.as_str(), name.as_str()));
        let mut found = called(name, people.clone());
        if found.is_empty() {
            found = Name::of(name).among(people.clone().map(|(id, _, name)| (id, name)));
        }
        if !found.is_empty() {
            return Ok(found);
        }
        Err(unknown(field, name, nearest_person(name, people)))
    }

    /// The areas of that name.
    pub(super) fn areas(&self, name: &str) -> std::result::Result<Vec<i64>, FilterError> {
        let all = self.pairs("SELECT id, name FROM area WHERE deleted = 0")?;
        let found = same(&all, name);
        if found.is_empty() {
            let meant = nearest(name, all.iter().map(|(_, name)| name.as_str()));
            return Err(unknown(NameField::Area, name, meant.map(ToOwned::to_owned)));
        }
        Ok(found)
    }

    /// The companies of that name.
    pub(super) fn companies(&self, name: &str) -> std::result::Result<Vec<i64>, FilterError> {
        self.indexed(NameField::Company, "company", name)
    }

    /// The customers of that name.
    pub(super) fn customers(&self, name: &str) -> std::result::Result<Vec<i64>, FilterError> {
        self.indexed(NameField::Customer, "customer", name)
    }

    /// The ideas with that title or short id, else the one whose title has the text in it.
    pub(super) fn ideas(&self, name: &str) -> std::result::Result<Vec<i64>, FilterError> {
        match resolve::idea(self.reader, name)? {
            resolve::Found::Ids(ids) => Ok(ids),
            resolve::Found::Several(candidates) => Err(FilterError::Ambiguous {
                name: name.to_owned(),
                candidates,
            }),
            resolve::Found::Nothing(meant) => Err(unknown(NameField::Idea, name, meant)),
        }
    }

    /// The spellings in use of a tag, a tier, a segment or a source.
    pub(super) fn spellings(
        &self,
        field: NameField,
        name: &str,
    ) -> std::result::Result<Vec<String>, FilterError> {
        let one = match field {
            NameField::Tag => {
                "SELECT tag FROM feedback_tag WHERE tag = ? COLLATE NOCASE AND deleted = 0 LIMIT 1"
            }
            NameField::Tier => {
                "SELECT tier FROM company WHERE tier = ? COLLATE NOCASE AND deleted = 0 LIMIT 1"
            }
            NameField::Segment => {
                "SELECT segment FROM company WHERE segment = ? COLLATE NOCASE AND deleted = 0 LIMIT 1"
            }
            _ => {
                "SELECT source FROM feedback WHERE source = ? COLLATE NOCASE AND deleted = 0 LIMIT 1"
            }
        };
        let mut found: Vec<String> = self.reader.collect(one, [name], |row| row.get(0))?;
        if name.is_ascii() && !found.is_empty() {
            return Ok(found);
        }
        let all = match field {
            NameField::Tag => vocabulary::tags(self.reader)?,
            NameField::Tier => vocabulary::tiers(self.reader)?,
            NameField::Segment => vocabulary::segments(self.reader)?,
            _ => vocabulary::sources(self.reader)?,
        };
        let others = Name::of(name).among(all.iter().map(|each| (each, each.as_str())));
        found.extend(others.into_iter().cloned());
        if found.is_empty() {
            let meant = nearest(name, all.iter().map(String::as_str));
            return Err(unknown(field, name, meant.map(ToOwned::to_owned)));
        }
        Ok(found)
    }

    /// By the index where it can be, else one by one.
    fn indexed(
        &self,
        field: NameField,
        table: &'static str,
        name: &str,
    ) -> std::result::Result<Vec<i64>, FilterError> {
        let sql = format!("SELECT id FROM {table} WHERE name = ? COLLATE NOCASE AND deleted = 0");
        let mut by_index = match name.is_ascii() {
            true => self.ids(&sql, [name])?,
            false => Vec::new(),
        };
        if by_index.is_empty() {
            by_index = same(&self.reader.names_begun(table, name, MOST_ALIKE)?, name);
        }
        if !by_index.is_empty() {
            return Ok(by_index);
        }
        let all = self.pairs(&format!("SELECT id, name FROM {table} WHERE deleted = 0"))?;
        let found = same(&all, name);
        if found.is_empty() {
            let names = || all.iter().map(|(_, name)| name.as_str());
            let meant = nearest(name, names()).or_else(|| only_begun(name, names()));
            return Err(unknown(field, name, meant.map(ToOwned::to_owned)));
        }
        Ok(found)
    }

    fn ids(&self, sql: &str, values: impl Params) -> Result<Vec<i64>> {
        self.reader.collect(sql, values, |row| row.get(0))
    }

    fn pairs(&self, sql: &str) -> Result<Vec<(i64, String)>> {
        let pair = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.reader.collect(sql, [], pair)
    }
}

impl Reader<'_> {
    /// At most so many of those in a table whose names begin with the text, as a search compares it: local keys and names, in the
    /// order of the names.
    ///
    /// The index folds ASCII alone, so it is asked for whatever may be such a name. That may be a great part of all names where
    /// people write other letters, so only the first of each range are looked at, behind those that are written as the text is,
    /// or as names are.
    pub(super) fn names_begun(
        &self,
        table: &'static str,
        text: &str,
        most: usize,
    ) -> Result<Vec<(i64, String)>> {
        let sought = Name::of(text);
        let mut statement = self.connection().prepare_cached(&begun(table))?;
        let mut found: Vec<(i64, String)> = Vec::new();
        for (start, end) in ranges(text, &sought) {
            let mut rows = statement.query((start, end))?;
            let mut left = MOST_LOOKED_AT;
            while found.len() < most
                && left > 0
                && let Some(row) = rows.next()?
            {
                left -= 1;
                let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
                let is_known = || found.iter().any(|(known, _)| *known == id);
                if sought.begins(&name) && !is_known() {
                    found.push((id, name));
                }
            }
        }
        // Each of the ranges is in order.
        found.sort_by_cached_key(|(_, name)| name.to_ascii_lowercase());
        Ok(found)
    }
}

/// The statement for names in a range of the index.
fn begun(table: &str) -> String {
    format!(
        "SELECT id, name FROM {table} WHERE name >= ?1 COLLATE NOCASE AND name < ?2 COLLATE NOCASE AND deleted = 0
         ORDER BY name COLLATE NOCASE"
    )
}

/// The ranges of the index in which there are names that begin with the text, the likeliest first.
fn ranges(text: &str, sought: &Name) -> Vec<(String, String)> {
    let first = sought.first().unwrap_or_default();
    let written = spellings(text).into_iter().chain(starts(text));
    let written = written.chain([first.to_owned()]);
    let mut all: Vec<(String, String)> = written
        .filter(|start| !start.is_empty())
        .map(|start| (start.clone(), format!("{start}{}", char::MAX)))
        .collect();
    // A letter with an accent stands behind all plain ones, wherever it stands in the word.
    let plain = first.bytes().take_while(u8::is_ascii).count();
    let accented = (0..=plain).filter_map(|at| first.get(..at));
    all.extend(
        accented.map(|before| (format!("{before}\u{80}"), format!("{before}{}", char::MAX))),
    );
    all
}

/// A text with other letters than those of ASCII as it is, and as names are written: large letters only where a word begins, or
/// everywhere, or nowhere.
fn spellings(text: &str) -> Vec<String> {
    if text.is_ascii() {
        return Vec::new();
    }
    let small = text.to_lowercase();
    let mut begins = true;
    let mut name = String::with_capacity(text.len());
    for letter in small.chars() {
        match begins {
            true => name.extend(letter.to_uppercase()),
            false => name.push(letter),
        }
        begins = letter.is_whitespace();
    }
    vec![text.to_owned(), name, text.to_uppercase(), small]
}

/// What the names that begin with the text begin with, as far as the index can tell.
fn starts(text: &str) -> Vec<String> {
    let Some((at, letter)) = text.char_indices().find(|(_, c)| !c.is_ascii()) else {
        return vec![text.to_owned()];
    };
    let before = text.get(..at).unwrap_or_default();
    let small: String = letter.to_lowercase().collect();
    let mut all = vec![format!("{before}{small}")];
    let large: String = letter.to_uppercase().collect();
    if large != small {
        all.push(format!("{before}{large}"));
    }
    all
}

/// The keys of those that are called `name`.
fn same(all: &[(i64, String)], name: &str) -> Vec<i64> {
    Name::of(name).among(all.iter().map(|(id, each)| (*id, each.as_str())))
}

/// The one of these names that begins so.
fn only_begun<'a>(begin: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let sought = Name::of(begin);
    let mut begun = names.filter(|name| sought.begins(name));
    begun.next().filter(|_| begun.next().is_none())
}

fn unknown(field: NameField, name: &str, meant: Option<String>) -> FilterError {
    FilterError::Unknown(UnknownName {
        field,
        name: name.to_owned(),
        meant,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::sample;

    #[test]
    fn names_that_begin_alike_are_a_range_of_their_index() {
        let (_folder, store, ()) = sample(|_| ());
        for table in ["company", "customer"] {
            let sql = format!("EXPLAIN QUERY PLAN {}", begun(table));
            let plan: Vec<String> = store
                .read(|reader| reader.collect(&sql, ("a", "b"), |row| row.get(3)))
                .expect("a plan");
            let [step] = plan.as_slice() else {
                panic!("one step: {plan:?}");
            };
            let by_name = format!("{table}_by_name (name>? AND name<?)");
            assert!(step.contains(&by_name), "{step}");
        }
        assert_eq!(spellings("muller"), [""; 0]);
        assert_eq!(
            spellings("иван П"),
            ["иван П", "Иван П", "ИВАН П", "иван п"]
        );
        assert_eq!(starts("muller"), ["muller"]);
        assert_eq!(starts("Müller"), ["Mü", "MÜ"]);
        assert_eq!(starts("日本"), ["日"]);
    }
}
