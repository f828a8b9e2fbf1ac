//! Texts that cannot be read: no UTF-8, or packed and damaged. SQLite's own check of the pages sees nothing of that.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Row, params_from_iter};

use super::Damage;
use crate::domain::entity::Entity;
use crate::store::key::identity;
use crate::store::{Reader, Result};

/// How many of the feedback items are named whose texts cannot be read.
const NAMED: usize = 5;

/// The tables of the journal whose texts are read beside those of the shared ones.
const JOURNAL: [&str; 2] = ["content", "action"];

/// What is wrong with some texts of a table: how many they are, and the rows of the first.
#[derive(Default)]
struct Lost {
    count: u64,
    rows: Vec<i64>,
}

/// The faults of a table's texts.
type Faults = BTreeMap<String, Lost>;

/// Texts that cannot be read, by their table and by what is wrong with them.
pub(super) fn lost_texts(reader: &Reader<'_>, found: &mut Vec<Damage>) -> Result<()> {
    let shared = Entity::ALL.iter().map(|entity| entity.name());
    for table in JOURNAL.into_iter().chain(shared) {
        let mut faults = Faults::new();
        let read = read_texts(reader, table, &mut faults);
        for (fault, lost) in faults {
            let texts = match lost.count {
                1 => "1 text".to_owned(),
                count => format!("{count} texts"),
            };
            let whose = whose(reader, table, &lost.rows)?;
            let words = format!("table {table}: {texts} cannot be read: {fault}{whose}");
            found.push(Damage::lasting(words));
        }
        read?;
    }
    Ok(())
}

fn read_texts(reader: &Reader<'_>, table: &str, faults: &mut Faults) -> Result<()> {
    let columns = "SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'";
    let mut columns: Vec<String> = reader.collect(columns, [table], |row| row.get(0))?;
    if table == "content" {
        columns.push("packed".to_owned());
    }
    if columns.is_empty() {
        return Ok(());
    }
    let columns: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
    let list = columns.join(", ");
    // The rows themselves: an index may be sound where they are not.
    let sql = format!("SELECT id, {list} FROM \"{table}\" NOT INDEXED");
    let mut statement = reader.connection().prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for index in 1..=columns.len() {
            if let Some(fault) = fault(reader, row, index)? {
                let lost = faults.entry(fault).or_default();
                lost.count += 1;
                if lost.rows.len() < NAMED {
                    lost.rows.push(row.get(0)?);
                }
            }
        }
    }
    Ok(())
}

fn fault(reader: &Reader<'_>, row: &Row<'_>, index: usize) -> Result<Option<String>> {
    Ok(match row.get_ref(index)? {
        ValueRef::Text(text) => std::str::from_utf8(text)
            .is_err()
            .then(|| "it is no UTF-8".to_owned()),
        ValueRef::Blob(packed) => {
            let checked = reader.memory().texts.check(packed);
            checked.err().map(|fault| fault.to_string())
        }
        _ => None,
    })
}

/// The feedback that these rows are, or are the texts of: ` (feedback f7kq2)`.
fn whose(reader: &Reader<'_>, table: &str, rows: &[i64]) -> Result<String> {
    let column = match table {
        "content" => "content",
        "feedback" => "id",
        _ => return Ok(String::new()),
    };
    let marks = vec!["?"; rows.len()].join(", ");
    let sql = format!(
        "SELECT key FROM feedback NOT INDEXED WHERE \"{column}\" IN ({marks}) LIMIT {NAMED}"
    );
    let mut named = Vec::new();
    for id in reader.collect(&sql, params_from_iter(rows), |row| identity(row, 0))? {
        named.push(reader.short(Entity::Feedback, id)?.0);
    }
    Ok(match named.is_empty() {
        true => String::new(),
        false => format!(" (feedback {})", named.join(", ")),
    })
}
