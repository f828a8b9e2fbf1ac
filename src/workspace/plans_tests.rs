//! The plans of every query that a day of work makes: nothing that grows with the workspace is read as a whole or sorted.
//!
//! SQLite itself tells which statements were run, so none is forgotten; each is then explained on an empty file, where the
//! planner knows no more than on a large one (nothing here is ever analysed).

mod day_tests;

use std::collections::BTreeSet;

use day_tests::{decide, look_at_lists, look_at_things, office, triage};

/// Tables that stay small, whatever comes in: people, the plan, what is kept per idea, and what is local. The table of ideas
/// is read whole by design.
const SMALL: &[&str] = &[
    "person",
    "person_area",
    "person_team",
    "area",
    "area_keyword",
    "duty_week",
    "idea",
    "idea_demand",
    "idea_profile",
    "idea_check",
    "release",
    "release_item",
    "setting",
    "draft",
    "view",
    "saved_view",
    "feedback_count",
    "ticket",
    // Some thousand texts at most before they are folded; a segment for 131,072 texts; a row of 512 bytes for 4,096 feedback.
    "search_tail",
    "search_segment",
    "open_feedback",
    // Rows that a statement makes for itself, of one thing.
    "each",
    "about",
    "voice",
    "original",
    "ranked",
];

/// Statements that may sort or walk what grows, by what is peculiar to them, and what bounds them.
const BOUNDED: &[(&str, &str)] = &[
    (
        "SELECT DISTINCT source",
        "a sample of the newest and the oldest",
    ),
    // Lists that a filter narrows: what it picks by an index is sorted, and that is a part of the workspace.
    ("INDEXED BY feedback_by_company", "what one company said"),
    (
        "INDEXED BY feedback_by_reporter",
        "what one colleague filed",
    ),
    ("INDEXED BY feedback_by_area", "what is about one area"),
    (
        "INDEXED BY feedback_by_original",
        "what is marked as a duplicate",
    ),
    ("INDEXED BY feedback_hidden", "what is snoozed or waits"),
    ("INDEXED BY feedback_owed", "who is owed an answer"),
    (
        "f.id IN (SELECT",
        "what has the words or tags that are looked for",
    ),
    // Known costs: these do grow with the workspace, and the first frame asks for none of them.
    (
        "INDEXED BY feedback_by_age",
        "orders and counts of processed feedback: only the open one has an index for each",
    ),
    (
        "f.links = 0",
        "the count of what has no idea: nothing keeps it",
    ),
    // What belongs to one thing.
    (
        "feedback_tag WHERE feedback = ?1",
        "the tags of one feedback",
    ),
    ("insight.feedback = ?1", "the links of one feedback"),
    ("i.feedback = ?1", "the links of one feedback"),
    ("insight.idea = ?1", "the links of one idea"),
    (") lately", "the newest links of one idea"),
    ("WITH RECURSIVE original", "the ideas of one feedback"),
    (
        "FROM meeting WHERE kind = ?1 AND slot >= ?2",
        "the weekly syncs from some weeks ago on",
    ),
    (
        "attendee a ON a.meeting = m.id",
        "who was invited to one meeting",
    ),
    // What goes by its own limit.
    (
        "FROM message m",
        "the newest by their keys, as many as are shown",
    ),
    ("FROM release_item p", "the release plan"),
    // Full text search by itself.
    ("bm25(", "what has the words that are looked for"),
];

/// What is asked for a document that somebody writes, while no screen waits: some of it is computed from the journal.
const DOCUMENTS: &[&str] = &[
    "answers_owed",
    "plan_at",
    "plan_difference",
    "release_notes",
    "news",
    "roadmap",
];
/// The tables of a statement, by the names under which it speaks of them.
fn tables(sql: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = sql
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut tables = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if !["from", "join", "update", "into"].contains(&word.to_lowercase().as_str()) {
            continue;
        }
        let mut rest = words[place + 1..]
            .iter()
            .filter(|word| !word.eq_ignore_ascii_case("as"));
        let Some(table) = rest.next() else { continue };
        let alias = rest.next().unwrap_or(table);
        tables.push(((*alias).to_owned(), (*table).to_owned()));
        tables.push(((*table).to_owned(), (*table).to_owned()));
    }
    tables
}

/// What is wrong with a line of a plan, if anything.
fn fault(sql: &str, line: &str) -> Option<&'static str> {
    let tables = tables(sql);
    let is_small = |name: &str| {
        let mut named = tables.iter().filter(|(alias, _)| alias == name).peekable();
        named.peek().is_some() && named.all(|(_, table)| SMALL.contains(&table.as_str()))
    };
    let mut words = line.split_whitespace();
    match words.next() {
        Some("SCAN") => {
            let name = words.next().unwrap_or_default();
            let of_rows = name == "CONSTANT" || name.starts_with('(') || is_small(name);
            let walks = line.contains("USING") && sql.to_lowercase().contains("limit");
            (!of_rows && !walks && !line.contains("VIRTUAL TABLE INDEX"))
                .then_some("reads all of a table that grows")
        }
        Some("USE") => {
            let grows = tables
                .iter()
                .any(|(alias, table)| alias == table && !SMALL.contains(&table.as_str()));
            grows.then_some("may sort all of a table that grows")
        }
        _ => None,
    }
}

#[test]
fn no_query_of_a_day_of_work_reads_or_sorts_all_of_what_grows() {
    let (_folder, mut workspace) = office();
    let statements = workspace.store.watch();
    look_at_lists(&workspace);
    look_at_things(&workspace);
    triage(&mut workspace);
    decide(&mut workspace);
    look_at_things(&workspace);
    let seen = std::mem::take(&mut *statements.lock().expect("the watch is well"));
    let mut again = seen.prepared_again;
    // Those that FTS5 holds for its own tables are its business.
    again.retain(|sql| !sql.contains("'main'."));
    assert!(again.is_empty(), "prepared anew by SQLite: {again:#?}");
    let seen = seen.statements;
    assert!(seen.len() > 200, "{} statements were seen", seen.len());
    let mut faults = Vec::new();
    let mut needed = BTreeSet::new();
    for sql in &seen {
        for line in workspace.store.explain(sql) {
            let Some(fault) = fault(sql, &line) else {
                continue;
            };
            match BOUNDED.iter().find(|(part, _)| sql.contains(part)) {
                Some((part, _)) => {
                    needed.insert(*part);
                }
                None => faults.push(format!("{fault}: {line}\n    {sql}")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (part, _) in BOUNDED {
        assert!(
            needed.contains(part),
            "no query with “{part}” needs an exception any more"
        );
    }
}

#[test]
fn all_that_can_be_asked_at_the_door_is_asked_here() {
    let door = concat!(include_str!("asking.rs"), include_str!("searching.rs"));
    let here: String = include_str!("plans_tests/day_tests.rs")
        .split_whitespace()
        .collect();
    let asked = door
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub fn "));
    for question in asked
        .filter_map(|rest| rest.split('(').next())
        .filter(|name| !DOCUMENTS.contains(name))
    {
        assert!(
            here.contains(&format!("workspace.{question}(")),
            "{question} is not asked"
        );
    }
}
