//! Care for the file: whether it is well, which `intake doctor` asks, and what is in the log moved into it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::migrations::MIGRATIONS;
use super::{Checkpoint, Located, Reader, Result, Store, StoreError};
use crate::domain::file_health::FileHealth;

/// How many references that lead nowhere are named.
const NAMED: usize = 20;

/// What SQLite keeps of a schema: kind and name of each object, and the statement that made it.
type Schema = BTreeMap<(String, String), Option<String>>;

/// SQLite's own objects apart: it makes and drops them as it pleases.
const SCHEMA: &str =
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

impl Store {
    /// Copies what it can of the log into the file, without waiting for anyone. For idle moments.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn checkpoint_passive(&self) -> Result<Checkpoint> {
        let sql = "PRAGMA wal_checkpoint(PASSIVE)";
        let done = self.connection.query_row(sql, [], |row| {
            Ok(Checkpoint {
                log: row.get(1)?,
                copied: row.get(2)?,
            })
        });
        done.map_err(|error| StoreError::from(error).at(self.path()))
    }

    /// Reads the whole file and says whether its structure is sound: its pages, that its tables are those that this
    /// version makes, and that every reference leads somewhere and every text can be read. Takes seconds on a large one.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn health(&self) -> Result<FileHealth> {
        self.read(|reader| {
            let page = reader.number("PRAGMA page_size", [])?;
            let found = reader.collect("PRAGMA quick_check", [], |row| row.get::<_, String>(0))?;
            let mut damage: Vec<String> = found.into_iter().filter(|line| line != "ok").collect();
            damage.extend(strange_schema(reader)?);
            damage.extend(lost_references(reader)?);
            damage.extend(lost_texts(reader)?);
            Ok(FileHealth {
                library: rusqlite::version(),
                schema: reader.number("PRAGMA user_version", [])?,
                damage,
                bytes: (page * reader.number("PRAGMA page_count", [])?).unsigned_abs(),
                free: (page * reader.number("PRAGMA freelist_count", [])?).unsigned_abs(),
            })
        })
    }
}

/// Where the file's tables, indexes, triggers and views are not those that the steps of the schema make.
fn strange_schema(reader: &Reader<'_>) -> Result<Vec<String>> {
    let ours = Connection::open_in_memory()?;
    for step in MIGRATIONS {
        ours.execute_batch(step)?;
    }
    let expected = schema(&ours)?;
    let found = schema(reader.connection())?;
    let mut strange = Vec::new();
    for ((kind, name), made_by) in &expected {
        match found.get(&(kind.clone(), name.clone())) {
            None => strange.push(format!("{kind} {name} is missing")),
            Some(sql) if sql != made_by => {
                strange.push(format!("{kind} {name} is not as Intake makes it"));
            }
            Some(_) => {}
        }
    }
    for (kind, name) in found.keys() {
        if !expected.contains_key(&(kind.clone(), name.clone())) {
            strange.push(format!("{kind} {name} was not made by Intake"));
        }
    }
    Ok(strange)
}

fn schema(connection: &Connection) -> Result<Schema> {
    let mut statement = connection.prepare(SCHEMA)?;
    let rows = statement.query_map([], |row| {
        Ok(((row.get(0)?, row.get(1)?), row.get::<_, Option<String>>(2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Rows that refer to a row which is not there.
fn lost_references(reader: &Reader<'_>) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT \"table\", \"parent\", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 LIMIT {NAMED}"
    );
    reader.collect(&sql, [], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(1)?);
        let count: i64 = row.get(2)?;
        Ok(format!(
            "table {table}: {count} references to {parent} lead nowhere"
        ))
    })
}

/// Packed texts that cannot be unpacked, by what is wrong with them.
fn lost_texts(reader: &Reader<'_>) -> Result<Vec<String>> {
    let mut statement = reader
        .connection()
        .prepare_cached("SELECT packed FROM content WHERE packed IS NOT NULL")?;
    let mut rows = statement.query([])?;
    let mut faults = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let packed = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        if let Err(fault) = reader.memory().texts.check(packed) {
            *faults.entry(fault).or_insert(0_u64) += 1;
        }
    }
    let faults = faults.into_iter();
    Ok(faults
        .map(|(fault, count)| format!("table content: {count} texts cannot be read: {fault}"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{act, scratch};
    use crate::store::{DraftName, OpenOptions, StoreError};

    /// Opens the file as a stranger would, alters it, and opens it as ours again.
    fn prepared(sql: &str) -> (tempfile::TempDir, Store) {
        let (folder, mut store) = scratch();
        store.write(|writer| act(writer, 1)).expect("a write");
        let path = store.path().to_owned();
        drop(store);
        let stranger = Connection::open(&path).expect("SQLite");
        stranger.execute_batch(sql).expect("altered");
        drop(stranger);
        let store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
        (folder, store)
    }

    fn damage(store: &Store) -> Vec<String> {
        store.health().expect("it can be read").damage
    }

    #[test]
    fn a_fresh_file_is_sound() {
        assert_eq!(damage(&prepared("ANALYZE").1), Vec::<String>::new());
    }

    #[test]
    fn triggers_and_views_of_a_stranger_do_nothing_and_are_named() {
        let (_folder, mut store) = prepared(
            "CREATE TRIGGER quiet BEFORE INSERT ON change_chunk BEGIN SELECT raise(IGNORE); END;
             CREATE TRIGGER loud AFTER INSERT ON action BEGIN DELETE FROM action; END;
             DROP TABLE draft; CREATE VIEW draft AS SELECT 'a' AS prompt, 'b' AS text;",
        );
        store.write(|writer| act(writer, 2)).expect("a write");
        let actions = store.read(|reader| reader.actions(None, 9));
        assert_eq!(actions.expect("a read").len(), 2);
        let draft = store.read(|reader| reader.draft(&DraftName::of("a", None)));
        assert!(draft.is_err(), "a view of a stranger was read: {draft:?}");
        let named = [
            "table draft is missing",
            "trigger loud was not made by Intake",
            "trigger quiet was not made by Intake",
            "view draft was not made by Intake",
        ];
        assert_eq!(damage(&store), named);
    }

    #[test]
    fn a_table_that_was_altered_and_an_index_that_is_gone_are_named() {
        let (_folder, store) =
            prepared("ALTER TABLE company ADD COLUMN evil TEXT; DROP INDEX feedback_hidden;");
        let named = [
            "index feedback_hidden is missing",
            "table company is not as Intake makes it",
        ];
        assert_eq!(damage(&store), named);
        let gone = store.read(|reader| {
            reader.number(
                "SELECT count(*) FROM feedback INDEXED BY feedback_hidden",
                [],
            )
        });
        let problem = crate::problem::Problem::from(gone.expect_err("there is no such index"));
        assert_eq!(problem.causes[0], "no such index: feedback_hidden");
        assert!(problem.hints[0].contains("intake doctor"), "{problem:?}");
    }

    #[test]
    fn references_that_lead_nowhere_are_counted() {
        let (_folder, store) = prepared(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO company (key, action, name) VALUES (zeroblob(16), 77, 'x'), (x'01', 78, 'y');",
        );
        assert_eq!(
            damage(&store),
            ["table company: 2 references to action lead nowhere"]
        );
    }

    #[test]
    fn what_no_column_of_ours_holds_is_an_error_that_says_what_to_do() {
        let (_folder, store) = prepared(
            "INSERT INTO company (key, action, name) VALUES (x'01', 1, CAST(x'ff9b' AS TEXT));",
        );
        for sql in ["SELECT name FROM company", "SELECT key FROM company"] {
            let read: Result<Vec<()>> = store.read(|reader| {
                reader.collect(sql, [], |row| {
                    if sql.contains("name") {
                        row.get::<_, String>(0).map(drop)
                    } else {
                        super::super::key::identity(row, 0).map(drop)
                    }
                })
            });
            let error: StoreError = read.expect_err("it cannot be read");
            let problem = crate::problem::Problem::from(error);
            assert!(problem.hints[0].contains("damaged"), "{problem:?}");
        }
    }

    #[test]
    fn revisions_in_a_circle_are_listed_once() {
        let (_folder, store) = prepared(
            "INSERT INTO content (id, key, previous, body) VALUES (1, zeroblob(16), NULL, 'a');
             UPDATE content SET previous = 1;",
        );
        let revisions = store.read(|reader| reader.revisions(uuid::Uuid::nil()));
        assert_eq!(revisions.expect("a read"), [uuid::Uuid::nil()]);
    }
}
