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

/// Statements that may sort or read what grows, by what is peculiar to them (parts of them in their order, with `…` between), and
/// what bounds them.
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
    ("INDEXED BY feedback_by_customer", "what one customer said"),
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
        "SELECT count(*) FROM feedback f INDEXED BY feedback_open_by",
        "the count of what is open and meets another condition: nothing keeps it",
    ),
    (
        "INDEXED BY feedback_open_by_age … ORDER BY f.company_sort",
        MANY_KEYS,
    ),
    (
        "INDEXED BY feedback_open_by_age … ORDER BY f.importance_sort",
        MANY_KEYS,
    ),
    (
        "INDEXED BY feedback_open_by_age … ORDER BY f.received … f.importance_sort",
        MANY_KEYS,
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

/// Statements that go along an index of what grows until they have enough, past rows that they do not want, by what is peculiar
/// to them, and what bounds how many those are.
const WALKS: &[(&str, &str)] = &[
    ("FROM company WHERE", COMPANIES),
    ("FROM company c WHERE", COMPANIES),
    ("INDEXED BY feedback_owed", "who is owed an answer"),
    (
        "SELECT source FROM feedback WHERE source = ?",
        "whether anything is of a source: until the first that is",
    ),
    (
        "INDEXED BY feedback_open_by_age … ORDER BY f.company_sort",
        MANY_KEYS,
    ),
    (
        "INDEXED BY feedback_open_by_age … ORDER BY f.importance_sort",
        MANY_KEYS,
    ),
    (
        "INDEXED BY feedback_by_age … ORDER BY f.company_sort",
        SORTED,
    ),
    (
        "INDEXED BY feedback_by_age … ORDER BY f.importance_sort",
        SORTED,
    ),
    // Known costs: a condition without an index of its own is asked of row after row until a window is full, however rare it is.
    ("f.company IN (", UNTIL_FULL),
    ("FROM company x", UNTIL_FULL),
    ("FROM feedback_tag x", UNTIL_FULL),
    ("coalesce(f.source", UNTIL_FULL),
    ("f.source COLLATE NOCASE", UNTIL_FULL),
    ("f.area IS NULL", UNTIL_FULL),
    ("f.company IS NULL", UNTIL_FULL),
    ("f.customer IS NULL", UNTIL_FULL),
    ("f.reporter IS NULL", UNTIL_FULL),
    ("FROM comment x", UNTIL_FULL),
    ("FROM insight x", UNTIL_FULL),
    ("f.answer_owed = 1", UNTIL_FULL),
    ("f.importance_sort = ?", UNTIL_FULL),
    ("f.importance_sort IN", UNTIL_FULL),
    ("f.kind IS", UNTIL_FULL),
    ("f.links > 0", UNTIL_FULL),
    ("f.links = 0", UNTIL_FULL),
    ("f.needed_by IS NOT NULL", UNTIL_FULL),
    ("f.owner_sort = ?", UNTIL_FULL),
    ("f.state = ?", UNTIL_FULL),
    ("f.url <> ''", UNTIL_FULL),
    ("f.received <", UNTIL_FULL),
    ("f.received >=", UNTIL_FULL),
];

const MANY_KEYS: &str = "an order of several keys, which no index has: all that is open is sorted";
const SORTED: &str = "what is processed, too, by company or importance: it is sorted as a whole";
const UNTIL_FULL: &str = "as many rows as lie between the matches of a window";
const COMPANIES: &str = "companies: those without a name are passed";

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

/// What a line of a plan does to a table that grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Reads all of it, or sorts what it reads.
    Whole,
    /// Goes along an index, and passes rows that it does not want.
    Walks,
    /// Makes an index of it for itself.
    MakesIndex,
}

/// What is wrong with a line of a plan, if anything.
fn fault(sql: &str, line: &str) -> Option<Fault> {
    let tables = tables(sql);
    let is_small = |name: &str| {
        let mut named = tables.iter().filter(|(alias, _)| alias == name).peekable();
        named.peek().is_some() && named.all(|(_, table)| SMALL.contains(&table.as_str()))
    };
    let mut words = line.split_whitespace();
    let (does, name) = (words.next(), words.next().unwrap_or_default());
    match does {
        Some("SCAN" | "SEARCH") if line.contains(" AUTOMATIC ") => {
            (!is_small(name)).then_some(Fault::MakesIndex)
        }
        Some("SCAN") => {
            let of_rows = name == "CONSTANT" || name.starts_with('(') || is_small(name);
            if of_rows || line.contains("VIRTUAL TABLE INDEX") {
                return None;
            }
            let walks = line.contains("USING") && sql.to_lowercase().contains("limit");
            match walks {
                true => (!wants_all(sql)).then_some(Fault::Walks),
                false => Some(Fault::Whole),
            }
        }
        Some("USE") => {
            let grows = tables
                .iter()
                .any(|(alias, table)| alias == table && !SMALL.contains(&table.as_str()));
            grows.then_some(Fault::Whole)
        }
        _ => None,
    }
}

/// Whether a statement has these parts, with `…` between them, in their order.
fn has_parts(sql: &str, parts: &str) -> bool {
    let mut rest = Some(sql);
    for part in parts.split(" … ") {
        rest = rest
            .and_then(|sql| sql.split_once(part))
            .map(|(_, rest)| rest);
    }
    rest.is_some()
}

/// Whether a statement wants every row that its index leads it past, so that it ends with its limit.
fn wants_all(sql: &str) -> bool {
    // What an index of the open or of all feedback says of each of its rows.
    const SAID: &[&str] = &[
        "f.deleted = 0",
        "f.state < 2",
        "deleted = 0",
        "state < 2",
        "1",
    ];
    let Some((_, rest)) = sql.split_once(" WHERE ") else {
        return true;
    };
    let end = rest.find(" ORDER BY").or_else(|| rest.find(" LIMIT"));
    let conditions = &rest[..end.unwrap_or(rest.len())];
    let mut conditions = conditions.split(" AND ").map(str::trim);
    conditions.all(|condition| SAID.contains(&condition))
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
            let excused = match fault {
                Fault::Whole => BOUNDED,
                Fault::Walks => WALKS,
                Fault::MakesIndex => &[],
            };
            match excused.iter().find(|(parts, _)| has_parts(sql, parts)) {
                Some((part, _)) => {
                    needed.insert(*part);
                }
                None => faults.push(format!("{fault:?}: {line}\n    {sql}")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (part, _) in BOUNDED.iter().chain(WALKS) {
        assert!(
            needed.contains(part),
            "no query with “{part}” needs an exception any more"
        );
    }
}

#[test]
fn a_walk_is_told_from_a_list_that_takes_all_it_comes_past() {
    let list = "SELECT f.id FROM feedback f INDEXED BY feedback_open_by_age WHERE f.state < 2 AND f.deleted = 0 \
        ORDER BY f.received LIMIT ?";
    let scan = "SCAN f USING INDEX feedback_open_by_age";
    assert_eq!(fault(list, scan), None);
    let rare = list.replace(" ORDER", " AND f.kind IS ? ORDER");
    assert_eq!(fault(&rare, scan), Some(Fault::Walks));
    let count = rare.replace(" LIMIT ?", "");
    assert_eq!(fault(&count, scan), Some(Fault::Whole));
    let made = "SEARCH f USING AUTOMATIC PARTIAL COVERING INDEX (company=?)";
    assert_eq!(fault(list, made), Some(Fault::MakesIndex));
    assert_eq!(
        fault("SELECT 1 FROM person p", &made.replace(" f ", " p ")),
        None
    );
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
