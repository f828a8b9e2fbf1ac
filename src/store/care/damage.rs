//! What is wrong with a file, in words, and whether it can be made anew from what is sound.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::derived::TABLES;
use crate::store::schema::{self, Name};
use crate::store::{Reader, Result};

use super::texts::lost_texts;

/// How many references that lead nowhere are named.
const NAMED: usize = 20;

/// How many faults of pages are looked at.
const PAGES: u32 = 1_000;

/// What cures a damage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cure {
    /// Nothing but a backup.
    None,
    /// Making this derived table, or this index, anew.
    Remake(String),
    /// Writing the file anew: some of its pages are lost to it.
    Compact,
}

/// What is damaged and can be made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curable {
    /// Derived tables, and indexes.
    pub(in crate::store) names: BTreeSet<String>,
    /// Whether there are pages that nothing leads to.
    pub(in crate::store) is_loose: bool,
}

impl Curable {
    /// Whether the file is to be written anew when that is done: what is made anew leaves its old pages behind.
    #[must_use]
    pub fn leaves_pages(&self) -> bool {
        self.is_loose || !self.names.is_empty()
    }

    /// What it is, in words: `table mention`, `index feedback_by_age`.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let called = |name: &String| match TABLES.contains(&name.as_str()) {
            true => format!("table {name}"),
            false => format!("index {name}"),
        };
        self.names.iter().map(called).collect()
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Damage {
    pub(super) words: String,
    pub(super) cure: Cure,
}

impl Damage {
    /// One that lasts.
    pub(super) fn lasting(words: String) -> Self {
        Self {
            words,
            cure: Cure::None,
        }
    }
}

/// Looks for one kind of damage. What was found before an error counts all the same.
pub(super) type Check = fn(&Reader<'_>, &mut Vec<Damage>) -> Result<()>;

/// All that there is to look at.
pub(super) const ALL: [Check; 5] = [
    pages,
    altered_schema,
    added_schema,
    lost_references,
    lost_texts,
];
/// What goes into a copy: what a stranger has added does no harm there.
pub(super) const KEPT: [Check; 4] = [pages, altered_schema, lost_references, lost_texts];
/// What whoever reads all rows and texts does not notice by themselves.
pub(super) const LASTING: [Check; 3] = [pages, altered_schema, lost_references];

/// What these checks find. A page that one of them stumbles over keeps none of the others from their work.
///
/// # Errors
/// When the file cannot be read for another reason than that it is damaged.
pub(super) fn find(reader: &Reader<'_>, checks: &[Check]) -> Result<Vec<Damage>> {
    let mut found = Vec::new();
    for check in checks {
        let before = found.len();
        let done = check(reader, &mut found);
        let told = found[..before].iter().any(|one| one.cure == Cure::None);
        match done {
            // It asks for a table or a column that is said to be missing.
            Err(error) if told && error.statement_fault().is_some() => {}
            Err(error) if error.is_damage() => {
                // The pages tell more of it.
                if !told && found.len() == before {
                    found.push(Damage::lasting(error.damage()));
                }
            }
            done => done?,
        }
    }
    Ok(found)
}

/// What each tree of the file is, by its root.
pub(super) struct Trees(BTreeMap<i64, (Name, String, bool)>);

impl Trees {
    pub(super) fn of(reader: &Reader<'_>) -> Result<Self> {
        let sql = "SELECT rootpage, type, name, tbl_name, sql IS NOT NULL FROM sqlite_schema WHERE rootpage > 0";
        let rows = reader.collect(sql, [], |row| {
            let name = (row.get(1)?, row.get(2)?);
            Ok((row.get(0)?, (name, row.get(3)?, row.get(4)?)))
        })?;
        Ok(Self(rows.into_iter().collect()))
    }

    /// What a line of SQLite's is about: `Tree 35 page 327: …` is about the tree whose root is page 35, and others name what they are
    /// about ([`MARKS`]).
    pub(super) fn damage(&self, line: &str) -> Damage {
        if line.ends_with(": never used") {
            let words = line.to_owned();
            let cure = Cure::Compact;
            return Damage { words, cure };
        }
        let tree = line.strip_prefix("Tree ").and_then(|rest| {
            let (root, what) = rest.split_once(' ')?;
            Some((self.0.get(&root.parse().ok()?)?, what))
        });
        if let Some(((kind, name), what)) = tree.map(|(tree, what)| (&tree.0, what)) {
            let words = format!("{kind} {name}: {what}");
            let cure = self.cure(name);
            return Damage { words, cure };
        }
        let named = MARKS.iter().filter_map(|mark| line.rsplit_once(mark));
        let mut cures = named.map(|(_, name)| self.cure(bare(name)));
        Damage {
            words: line.to_owned(),
            cure: cures.find(|cure| *cure != Cure::None).unwrap_or(Cure::None),
        }
    }

    /// What cures a damage of the table or index of that name.
    fn cure(&self, name: &str) -> Cure {
        // The full-text table itself has no tree.
        if let Some(derived) = derived(name) {
            return Cure::Remake(derived.to_owned());
        }
        let named = self.0.values().find(|((_, other), ..)| other == name);
        let Some(((kind, _), table, is_plain)) = named else {
            return Cure::None;
        };
        match derived(table) {
            Some(derived) => Cure::Remake(derived.to_owned()),
            None if kind == "index" && *is_plain => Cure::Remake(name.to_owned()),
            None => Cure::None,
        }
    }
}

/// Behind what a line of SQLite's names a table or an index: `wrong # of entries in index feedback_by_age`, `fts5: corruption found
/// reading blob 1 from table "idea_search"`, `NULL value in mention.person`, `row not in PRIMARY KEY order for mention`.
const MARKS: [&str; 4] = [" index ", " table ", " in ", " for "];

/// A name without its database, its column, its quotes and what is said behind it.
fn bare(name: &str) -> &str {
    let name = name.strip_prefix("main.").unwrap_or(name);
    let name = name.strip_prefix('"').unwrap_or(name);
    name.split(['.', ':', '"']).next().unwrap_or(name)
}

/// The derived table to which a table of the file belongs.
fn derived(table: &str) -> Option<&'static str> {
    let tables = TABLES.into_iter();
    tables.into_iter().find(|derived| {
        let part = table.strip_prefix(derived);
        part.is_some_and(|part| part.is_empty() || schema::is_shadow(derived, part))
    })
}

/// What SQLite finds wrong with the pages, with the table or index in which they are.
pub(super) fn pages(reader: &Reader<'_>, found: &mut Vec<Damage>) -> Result<()> {
    let trees = Trees::of(reader)?;
    match check(
        reader,
        &format!("PRAGMA quick_check({PAGES})"),
        &trees,
        found,
    ) {
        Err(error) if error.is_damage() => {}
        done => return done,
    }
    // It gave up at the first table that it could not read to its end.
    found.clear();
    let tables = trees.0.values().filter(|((kind, _), ..)| kind == "table");
    for ((_, name), ..) in tables {
        let before = found.len();
        match check(
            reader,
            &format!("PRAGMA quick_check(\"{name}\")"),
            &trees,
            found,
        ) {
            Err(error) if error.is_damage() && found.len() == before => found.push(Damage {
                words: format!("table {name}: {}", error.damage()),
                cure: trees.cure(name),
            }),
            Err(error) if error.is_damage() => {}
            done => done?,
        }
    }
    Ok(())
}

fn check(reader: &Reader<'_>, sql: &str, trees: &Trees, found: &mut Vec<Damage>) -> Result<()> {
    let mut statement = reader.connection().prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        let lines = text
            .lines()
            .filter(|line| *line != "ok" && !line.starts_with("***"));
        found.extend(lines.map(|line| trees.damage(line)));
    }
    Ok(())
}

/// Which of the tables and indexes that the steps of the schema make are missing, or are others.
fn altered_schema(reader: &Reader<'_>, altered: &mut Vec<Damage>) -> Result<()> {
    let expected = schema::ours()?;
    let found = schema::of(reader.connection())?;
    let mut wrong = Vec::new();
    for (object, made_by) in &expected {
        match found.get(object) {
            None => wrong.push((object, "is missing")),
            Some(sql) if sql != made_by => wrong.push((object, "is not as Intake makes it")),
            Some(_) => {}
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let tables = schema::tables_of_indexes()?;
    for ((kind, name), how) in wrong {
        let table = tables.get(name).unwrap_or(name);
        // A stranger's table or view of that name is not ours to take away.
        let is_taken = found
            .keys()
            .any(|(other, taken)| taken == name && other != kind);
        let cure = match derived(table) {
            _ if is_taken => Cure::None,
            Some(derived) => Cure::Remake(derived.to_owned()),
            None if tables.contains_key(name) => Cure::Remake(name.clone()),
            None => Cure::None,
        };
        let words = format!("{kind} {name} {how}");
        altered.push(Damage { words, cure });
    }
    Ok(())
}

/// The tables, indexes, triggers and views that somebody else has added.
fn added_schema(reader: &Reader<'_>, added: &mut Vec<Damage>) -> Result<()> {
    let expected = schema::ours()?;
    let found = schema::of(reader.connection())?;
    let strange = found.keys().filter(|object| !expected.contains_key(object));
    added.extend(
        strange
            .map(|(kind, name)| Damage::lasting(format!("{kind} {name} was not made by Intake"))),
    );
    Ok(())
}

/// Rows that refer to a row which is not there.
fn lost_references(reader: &Reader<'_>, found: &mut Vec<Damage>) -> Result<()> {
    let sql = format!(
        "SELECT \"table\", \"parent\", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 LIMIT {NAMED}"
    );
    let lost = reader.collect(&sql, [], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(1)?);
        let count: i64 = row.get(2)?;
        Ok(format!(
            "table {table}: {count} references to {parent} lead nowhere"
        ))
    })?;
    found.extend(lost.into_iter().map(Damage::lasting));
    Ok(())
}
