//! The schema, one file per step.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Result, StoreError};

/// Marks a file as ours: "Ntke" in ASCII, in the header of every workspace.
pub(super) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"Ntke");

/// Every step in order; the number of the last one is the version of the schema.
pub(super) const MIGRATIONS: &[&str] = &[
    // The whole workspace.
    include_str!("../../assets/schema/0001_workspace.sql"),
    // What came as HTML; colleagues by their e-mail address.
    include_str!("../../assets/schema/0002_originals.sql"),
    // What ideas are known by.
    include_str!("../../assets/schema/0003_profiles.sql"),
    // Search over feedback by posting lists.
    include_str!("../../assets/schema/0004_search.sql"),
    // Occurrences of meetings.
    include_str!("../../assets/schema/0005_meetings.sql"),
    // Packed texts; the lists of the search index.
    include_str!("../../assets/schema/0006_smaller.sql"),
    // Fewer pages for a deed.
    include_str!("../../assets/schema/0007_fewer_pages.sql"),
    // What else a company has open by its index; what a deed leaves for later.
    include_str!("../../assets/schema/0008_company_in_its_index.sql"),
    // What is open is left for later with the terms.
    include_str!("../../assets/schema/0009_open_left_for_later.sql"),
    // From where feedback came.
    include_str!("../../assets/schema/0010_where_it_came_from.sql"),
    // The links of an idea as they were made.
    include_str!("../../assets/schema/0011_newest_links.sql"),
];

/// The version of the schema which this program knows.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// What the file says about itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Ours, and now at [`VERSION`].
    Ours,
    /// Ours, but of this newer version. Nothing was changed.
    Newer(i64),
    /// Somebody else's. Nothing was changed.
    Foreign,
}

/// Brings the file to [`VERSION`], and has what a file of an earlier one did not keep computed by `then`.
///
/// All of it is one transaction under the write lock, and the version is read again within it, so that two processes
/// which open a fresh path at once both succeed and a crash leaves either nothing or everything: a file of this version
/// need not be asked whether anything is missing.
///
/// # Errors
/// When the file cannot be read or written, or stays locked; and those of `then`.
pub(super) fn migrate<E: From<rusqlite::Error>>(
    connection: &mut Connection,
    then: impl FnOnce(&Transaction<'_>) -> std::result::Result<(), E>,
) -> std::result::Result<Found, E> {
    let found = inspect(connection)?;
    if !matches!(found, Found::Ours) || version(connection)? == VERSION {
        return Ok(found);
    }
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    let found = inspect(&transaction)?;
    if matches!(found, Found::Ours) {
        let done = usize::try_from(version(&transaction)?).unwrap_or(0);
        for step in &MIGRATIONS[done..] {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        // A new file has nothing to compute it from.
        if (1..MIGRATIONS.len()).contains(&done) {
            then(&transaction)?;
        }
    }
    transaction.commit()?;
    Ok(found)
}

/// An empty file counts as ours: it is a workspace which is about to be made.
fn inspect(connection: &Connection) -> rusqlite::Result<Found> {
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != APPLICATION_ID {
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
        let fresh = application == 0 && tables == 0 && version(connection)? == 0;
        return Ok(if fresh { Found::Ours } else { Found::Foreign });
    }
    let version = version(connection)?;
    Ok(match version {
        1..=VERSION => Found::Ours,
        // Mark and version are written in one transaction.
        ..1 => Found::Foreign,
        _ => Found::Newer(version),
    })
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    // Kept ready: it is asked before each write.
    let mut statement = connection.prepare_cached("PRAGMA user_version")?;
    statement.query_row([], |row| row.get(0))
}

/// Refuses a file which a newer program has changed while this one had it open.
///
/// # Errors
/// It was changed, and is to be opened with that program.
pub(super) fn is_known(connection: &Connection, path: &Path) -> Result<()> {
    match version(connection) {
        Ok(found) if found > VERSION => Err(StoreError::Migrated {
            path: path.to_owned(),
            found,
            known: VERSION,
        }),
        // Whatever else is wrong says what was attempted.
        _ => Ok(()),
    }
}
