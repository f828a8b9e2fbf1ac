//! The schema against the domain, and against itself.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::scratch;
use crate::domain::entity::Entity;
use crate::store::StoreError;
use crate::store::lookups::REFERENCES;
use crate::store::migrations::{MIGRATIONS, VERSION};

/// Columns of shared rows which are no fields: the conventions, and what is derived or generated.
const CONVENTIONS: &[&str] = &["id", "key", "action"];
const DERIVED: &[(&str, &[&str])] = &[(
    "feedback",
    &[
        "title",
        "company_sort",
        "links",
        "hidden_until",
        "importance_sort",
        "owner_sort",
    ],
)];

/// The class of each table, by the comment above its statement.
fn classes() -> BTreeMap<String, String> {
    let mut classes = BTreeMap::new();
    let mut comment = String::new();
    for line in MIGRATIONS.iter().flat_map(|step| step.lines()) {
        if line.starts_with("--") {
            comment.push_str(line);
        } else if let Some(rest) = line
            .strip_prefix("CREATE TABLE ")
            .or(line.strip_prefix("CREATE VIRTUAL TABLE "))
        {
            let name = rest.split_whitespace().next().expect("a name");
            let class = comment.rsplit_once("CLASS: ").map(|(_, class)| class);
            let class = class.unwrap_or_else(|| panic!("{name} has no class"));
            classes.insert(name.to_owned(), class.trim().to_owned());
            comment.clear();
        } else if let Some(name) = line.strip_prefix("DROP TABLE ") {
            classes.remove(name.trim_end_matches(';'));
            comment.clear();
        } else {
            comment.clear();
        }
    }
    classes
}

fn tables(connection: &Connection) -> Vec<(String, String)> {
    let sql = "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let mut statement = connection.prepare(sql).expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

#[test]
fn every_table_has_a_class_and_the_shared_ones_are_the_entities() {
    let (_folder, store) = scratch();
    let classes = classes();
    let all = store
        .read(|reader| Ok::<_, StoreError>(tables(reader.connection())))
        .expect("tables");
    // Shadow tables of a full-text table belong to it.
    let named: BTreeSet<&String> = all
        .iter()
        .filter(|(_, kind)| kind != "shadow")
        .map(|(name, _)| name)
        .collect();
    assert_eq!(classes.keys().collect::<BTreeSet<_>>(), named);
    for (table, class) in &classes {
        assert!(
            ["SHARED", "JOURNAL", "DERIVED", "LOCAL"].contains(&class.as_str()),
            "{table}: {class}"
        );
    }
    let shared: BTreeSet<&str> = classes
        .iter()
        .filter(|(_, class)| *class == "SHARED")
        .map(|(table, _)| table.as_str())
        .collect();
    let derived = classes.iter().filter(|(_, class)| *class == "DERIVED");
    let derived: BTreeSet<&str> = derived.map(|(table, _)| table.as_str()).collect();
    assert_eq!(derived, BTreeSet::from(crate::store::derived::TABLES));
    let entities: BTreeSet<&str> = Entity::ALL.iter().map(|entity| entity.name()).collect();
    assert_eq!(shared, entities);
}

#[test]
fn every_field_has_its_column_and_every_other_column_its_reason() {
    let (_folder, store) = scratch();
    for &entity in Entity::ALL {
        let columns: Vec<String> = store
            .read(|reader| {
                reader.collect(
                    "SELECT name FROM pragma_table_xinfo(?1)",
                    [entity.name()],
                    |row| row.get(0),
                )
            })
            .expect("columns");
        let mut expected: BTreeSet<&str> = entity.fields().iter().map(|f| f.name).collect();
        expected.extend(CONVENTIONS);
        for (table, derived) in DERIVED {
            if *table == entity.name() {
                expected.extend(*derived);
            }
        }
        let found: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
        assert_eq!(found, expected, "{}", entity.name());
    }
}

#[test]
fn every_table_is_strict() {
    let (_folder, store) = scratch();
    let loose: Vec<String> = store
        .read(|reader| {
            reader.collect(
                "SELECT name FROM pragma_table_list
                 WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'",
                [],
                |row| row.get(0),
            )
        })
        .expect("tables");
    assert!(loose.is_empty(), "{loose:?}");
}

#[test]
fn every_step_applies_to_what_the_steps_before_it_made() {
    let connection = Connection::open_in_memory().expect("SQLite");
    for step in MIGRATIONS {
        connection.execute_batch(step).expect("the step applies");
        assert!(
            step.starts_with("-- "),
            "a step begins with its explanation"
        );
    }
    assert_eq!(usize::try_from(VERSION).ok(), Some(MIGRATIONS.len()));
    let fault: Option<String> = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("a check");
    assert_eq!(fault.as_deref(), Some("ok"));
}

#[test]
fn who_refers_to_a_thing_is_found_by_an_index() {
    let (_folder, store) = scratch();
    for (_, entity, field, sql) in REFERENCES.iter() {
        let plan: Vec<String> = store
            .read(|reader| {
                reader.collect(&format!("EXPLAIN QUERY PLAN {sql}"), [1, 1], |row| {
                    row.get(3)
                })
            })
            .expect("a plan");
        assert!(
            plan.iter().all(|step| step.starts_with("SEARCH")),
            "{}.{field}: {plan:?}",
            entity.name()
        );
    }
}

#[test]
fn the_numbers_of_entities_in_the_file_never_change() {
    let names: Vec<&str> = {
        let mut all = Entity::ALL.to_vec();
        all.sort_by_key(|entity| crate::store::journal::number(*entity));
        all.iter().map(|entity| entity.name()).collect()
    };
    let expected = "person person_area person_team company customer area area_keyword duty_week feedback feedback_tag \
                    idea idea_check insight release release_item update_note comment ticket meeting attendee agenda_item \
                    agenda_document action_step message";
    assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
}
