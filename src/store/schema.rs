//! The schema as SQLite keeps it: a row for each object. What it should say, what it says, and changing it where no statement can.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::Result;
use super::migrations::MIGRATIONS;

/// Kind and name of an object.
pub(super) type Name = (String, String);

/// The statement that made each object; none for what SQLite makes itself.
pub(super) type Schema = BTreeMap<Name, Option<String>>;

/// SQLite's own objects apart: it makes and drops them as it pleases.
const SCHEMA: &str =
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

/// What the full-text table keeps its own tables under, behind its name.
const SHADOWS: [&str; 4] = ["_config", "_data", "_docsize", "_idx"];

/// The schema that the steps make.
pub(super) fn ours() -> Result<Schema> {
    of(&made()?)
}

/// An empty workspace in memory, of which nothing but the schema is wanted.
fn made() -> Result<Connection> {
    let connection = Connection::open_in_memory()?;
    for step in MIGRATIONS {
        connection.execute_batch(step)?;
    }
    Ok(connection)
}

/// The schema of a file.
pub(super) fn of(connection: &Connection) -> Result<Schema> {
    let mut statement = connection.prepare(SCHEMA)?;
    let rows = statement.query_map([], |row| {
        Ok(((row.get(0)?, row.get(1)?), row.get::<_, Option<String>>(2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The statements that make an object and its indexes, in the order in which they are run.
pub(super) fn statements_of(name: &str) -> Result<Vec<String>> {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND (name = ?1 OR tbl_name = ?1) ORDER BY rowid";
    let connection = made()?;
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([name], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The table of each index that a statement of the steps makes.
pub(super) fn tables_of_indexes() -> Result<BTreeMap<String, String>> {
    let sql = "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
    let connection = made()?;
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a table whose name goes on like that behind the name of a full-text table belongs to it.
pub(super) fn is_shadow(table: &str, rest: &str) -> bool {
    table == "idea_search" && SHADOWS.contains(&rest)
}

/// Takes an object out of the schema with all that belongs to it, without reading or freeing a page of it: those are lost to the
/// file until it is written anew.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn forget(connection: &Connection, name: &str) -> Result<()> {
    edit(connection, || {
        let mut names = vec![name.to_owned()];
        names.extend(
            SHADOWS
                .iter()
                .filter(|rest| is_shadow(name, rest))
                .map(|rest| format!("{name}{rest}")),
        );
        for name in names {
            let sql = "DELETE FROM sqlite_schema WHERE name = ?1 OR tbl_name = ?1";
            connection.execute(sql, [name])?;
        }
        Ok(())
    })
}

/// Does something to the rows of the schema. Whatever became of it, it is read anew, and nobody writes to it any more.
///
/// # Errors
/// Those of `work`.
pub(super) fn edit(connection: &Connection, work: impl FnOnce() -> Result<()>) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    let begun = connection.execute_batch("PRAGMA writable_schema = ON");
    let done = match begun {
        Ok(()) => work().and_then(|()| changed(connection)),
        Err(error) => Err(error.into()),
    };
    let reset = connection.execute_batch("PRAGMA writable_schema = RESET");
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    done?;
    Ok(reset?)
}

/// Other windows read the schema anew as well.
fn changed(connection: &Connection) -> Result<()> {
    let version: i64 = connection.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
    connection.execute_batch(&format!("PRAGMA schema_version = {}", version + 1))?;
    Ok(())
}
