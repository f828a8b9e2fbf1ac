//! The terms and expressions of the search room against a real full-text table, such as ideas have: what is found is what
//! `matches` marks.

use intake::query::{Term, parse};
use intake::search::{Sought, index_text, is_searchable, match_expression, matches};
use proptest::prelude::*;
use rusqlite::Connection;

/// The search table of the workspace, as its schema makes it.
fn table(texts: &[&str]) -> Connection {
    let schema = include_str!("../assets/schema/0001_workspace.sql");
    let start = schema
        .find("CREATE VIRTUAL TABLE idea_search")
        .expect("the schema has a search table");
    let length = schema[start..].find(';').expect("a statement");
    let table = Connection::open_in_memory().expect("memory");
    table
        .execute_batch(&schema[start..=start + length])
        .expect("full-text search is compiled in");
    for text in texts {
        table
            .execute(
                "INSERT INTO idea_search (terms) VALUES (?1)",
                [index_text("", text)],
            )
            .expect("inserted");
    }
    table
}

/// The numbers of the texts that an expression finds, from 1.
fn found(table: &Connection, expression: &str) -> Vec<i64> {
    let mut statement = table
        .prepare_cached("SELECT rowid FROM idea_search WHERE idea_search MATCH ?1 ORDER BY rowid")
        .expect("prepared");
    let rows = statement
        .query_map([expression], |row| row.get(0))
        .expect("queried");
    rows.collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{expression:?}: {error}"))
}

/// What a filter of words and phrases finds, asked as the workspace does.
fn filtered(table: &Connection, filter: &str) -> Vec<i64> {
    let query = parse(filter).expect("text only").retain_text(is_searchable);
    let sought: Vec<Sought<'_>> = query
        .texts()
        .into_iter()
        .filter_map(|term| match term {
            Term::Word(text) => Some(Sought::Unfinished(text)),
            Term::Phrase(text) => Some(Sought::Whole(text)),
            _ => None,
        })
        .collect();
    match_expression(&sought).map_or_else(Vec::new, |expression| found(table, &expression))
}

#[test]
fn a_person_finds_what_they_type() {
    let table = table(&[
        "Hand a board to our auditors each quarter",
        "Quarterly export for compliance: PDF, Crème brûlée",
        "モバイルで通知が届かない",
        "ไม่มีการแจ้งเตือนบนมือถือ",
        "Keyboard-only navigation in v10.1 \u{1f525}",
    ]);
    for (filter, expected) in [
        ("board", vec![1]),
        ("quart", vec![1, 2]),
        ("\"quarter\"", vec![1]),
        ("\"each quarter\"", vec![1]),
        ("\"quarter each\"", vec![]),
        ("creme pdf", vec![2]),
        ("通知", vec![3]),
        ("い", vec![3]),
        ("通知が届かない", vec![3]),
        ("通知は", vec![]),
        ("แจ้งเตือน", vec![4]),
        ("V10.1", vec![5]),
        ("keyboard-only", vec![5]),
        ("\u{1f525}", vec![5]),
    ] {
        assert_eq!(filtered(&table, filter), expected, "{filter}");
    }
}

#[test]
fn nothing_that_is_typed_is_syntax() {
    let table = table(&["a b", "near or and not", "terms"]);
    for (filter, expected) in [
        ("a\"b *", vec![1]),
        ("NEAR(a b)", vec![]),
        ("near \"OR\" NOT", vec![2]),
        ("^a", vec![1, 2]),
        ("terms:a", vec![]),
        ("{terms}", vec![3]),
        ("a\0b", vec![1]),
        ("a+b", vec![1]),
        ("' ; DROP TABLE x --", vec![]),
    ] {
        assert_eq!(filtered(&table, filter), expected, "{filter}");
    }
}

/// Text that drives terminals, hides in zero width, or looks like syntax somewhere.
const HOSTILE: &[&str] = &[
    "\x1b[2J\x1b[H",
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x1b]52;c;aGk=\x07",
    "\x1b]8;;http://x\x1b\\ok\x1b]8;;\x1b\\",
    "\x1bP$q\"p\x1b\\",
    "\x1b[?1049l",
    "\u{9b}31m",
    "\u{9d}0;t\u{9c}",
    "safe\revil",
    "a\x08\x08X",
    "\x0e\x0f\x7f\x00",
    "\u{202e}gpj.exe",
    "\u{2066}a\u{2069}",
    "\u{61c}\u{200e}\u{200f}",
    "a\u{200b}b\u{2060}c",
    "\u{e0041}\u{e0042}",
    "\u{feff}x",
    "a\u{2028}b\u{2029}c\u{85}d",
    "\u{1f468}\u{200d}\u{1f469}",
    "\u{2764}\u{fe0f}",
    "\u{3164}\u{ad}",
    "\u{fdfd}",
    "\u{fffe}\u{ffff}",
    "見た目 بحث ค้นหา खोज",
    "a\"b OR *",
    "NEAR(a b)",
    "a\0b",
    "=HYPERLINK(\"http://x\")",
    "+1+cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "<!channel> @all @org/team fixes #1",
    "$(id);'`x`",
    "-rf .. CON.md",
];

#[test]
fn hostile_text_is_found_like_any_other() {
    for text in HOSTILE {
        let table = table(&[text]);
        let words: Vec<Sought<'_>> = text.split_whitespace().map(Sought::Unfinished).collect();
        for sought in [&[Sought::Whole(text)][..], &words] {
            let expression = match_expression(sought);
            assert_eq!(expression.is_some(), is_searchable(text), "{text:?}");
            assert!(
                expression.is_none_or(|e| found(&table, &e) == [1]),
                "{text:?}"
            );
        }
        let printed = parse(text).map(|query| query.to_string());
        assert!(
            printed.is_ok_and(|printed| parse(&printed) == parse(text)),
            "{text:?}"
        );
    }
}

#[test]
fn the_longest_expression_is_still_taken() {
    let table = table(&["x"]);
    let words = vec!["x.x.x.x.x.x.x.x"; 500];
    let sought: Vec<Sought<'_>> = words.iter().map(|word| Sought::Unfinished(word)).collect();
    let expression = match_expression(&sought).expect("terms");
    assert_eq!(found(&table, &expression), [0i64; 0]);
}

#[test]
fn the_tokenizer_keeps_every_character_of_a_term() {
    let letters: Vec<String> = ('\0'..=char::MAX)
        .map(String::from)
        .filter(|text| is_searchable(text))
        .collect();
    assert!(letters.len() > 100_000);
    for some in letters.chunks(250) {
        let sought: Vec<Sought<'_>> = some.iter().map(|text| Sought::Whole(text)).collect();
        let expression = match_expression(&sought).expect("terms");
        assert_eq!(found(&table(&[&some.join(" ")]), &expression), [1]);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    "[a-c .'\"*日本語でที่ก한é\u{301}\u{200d}\u{1f468}\u{0}1]{0,16}"
}

proptest! {
    #[test]
    fn the_table_finds_what_is_marked(text in any_text(), word in any_text(), whole in any::<bool>()) {
        let table = table(&[&text]);
        let sought = if whole { Sought::Whole(&word) } else { Sought::Unfinished(&word) };
        if let Some(expression) = match_expression(&[sought]) {
            let marked = !matches(&text, &[sought]).is_empty();
            prop_assert_eq!(found(&table, &expression), vec![1; usize::from(marked)], "{}", expression);
        }
    }

    #[test]
    fn every_passage_between_blanks_finds_its_text(text in any_text(), from in 0usize..8, count in 1usize..4) {
        let words: Vec<&str> = text.split_whitespace().skip(from).take(count).collect();
        let phrase = words.join(" ");
        if let Some(expression) = match_expression(&[Sought::Whole(&phrase)]) {
            prop_assert_eq!(found(&table(&[&text]), &expression), vec![1], "{} in {:?}", expression, text);
        }
    }
}
