//! Search as one types: the best fifty and their exact number, as the console asks for them at each letter.

use std::time::{Duration, Instant};

use intake::domain::feedback::FeedbackRow;
use intake::domain::listing::Anchor;
use intake::query::Query;
use intake::workspace::Workspace;

use super::bed::{self, Bed};
use super::book::Book;
use super::data::Language;
use super::measure::{Draw, Times, time};

const QUERIES: usize = 300;
const ROWS: usize = 50;
/// So long is one kind of query tried at most.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is typed, taken from what is written in some item: whatever people write, people look for; and what the language
/// of filters allows beyond that, which people write seldom and paste sometimes.
const KINDS: [&str; 10] = [
    "one letter",
    "two letters",
    "three letters",
    "four letters",
    "a word",
    "two words",
    "three words",
    "a phrase",
    "anything",
    "10,000 characters",
];

/// As many characters as the last kind has.
const LONG: usize = 10_000;

/// Measures each kind of query.
pub fn measure(bed: &Bed, language: &Language, book: &mut Book) {
    let workspace = bed::open(&bed.workspace);
    bed::settle(&workspace);
    let mut draw = Draw::of(5);
    for kind in KINDS {
        // The first one may have to read what all of them use.
        ask(&workspace, &typed(kind, bed, language, &mut draw));
        let begun = Instant::now();
        let mut times = Vec::new();
        while times.len() < QUERIES && begun.elapsed() < PATIENCE {
            let typed = typed(kind, bed, language, &mut draw);
            times.push(time(|| ask(&workspace, &typed)));
        }
        book.times_with_longest(&format!("search, {kind}"), bed.items, &Times::new(times));
    }
    let mut tell = |what: &str, all: fn(&Workspace, &str)| {
        let mut times = Vec::new();
        let begun = Instant::now();
        while times.len() < QUERIES && begun.elapsed() < PATIENCE {
            let typed = typed("a phrase", bed, language, &mut draw);
            times.push(time(|| all(&workspace, &typed)));
        }
        book.times_with_longest(
            &format!("search, a phrase, {what}"),
            bed.items,
            &Times::new(times),
        );
    };
    tell("window full", |workspace, typed| {
        fill(workspace, typed);
    });
    tell(
        "all counted",
        |workspace, typed| {
            while !ask(workspace, typed) {}
        },
    );
}

/// As the console asks: the list, and its count, as far as both can be told at once; whether all was counted.
fn ask(workspace: &Workspace, typed: &str) -> bool {
    let query = searched(typed);
    let window = workspace.inbox_on(&query, &Anchor::Start, ROWS);
    let window = window.expect("rows");
    let tally = workspace.tally_on(&query, None).expect("a count");
    assert!(tally.total >= window.rows.len() as u64 || !tally.whole);
    tally.whole
}

/// The rows that fill a window, asked for as the console does: some, and those behind them.
fn fill(workspace: &Workspace, typed: &str) -> Vec<FeedbackRow> {
    let query = searched(typed);
    let mut rows: Vec<FeedbackRow> = Vec::new();
    loop {
        let last = rows.last().cloned().map(Box::new);
        let anchor = last.map_or(Anchor::Start, Anchor::After);
        let window = workspace.inbox_on(&query, &anchor, ROWS - rows.len());
        let window = window.expect("rows");
        rows.extend(window.rows);
        if !window.after || rows.len() >= ROWS {
            return rows;
        }
    }
}

/// What is typed, among what the console starts with: of what has words, the best come first. An `or` is among what is typed.
fn searched(typed: &str) -> Query {
    bed::filter(&format!("is:unprocessed ({typed})"))
}

/// What somebody might type.
fn typed(kind: &str, bed: &Bed, language: &Language, draw: &mut Draw) -> String {
    let text = language.item(draw.next() % bed.items).body;
    let words: Vec<&str> = text
        .split([' ', '.', ','])
        .filter(|word| !word.is_empty() && !["or", "and"].contains(word))
        .collect();
    let at = draw.below(words.len() - 3);
    let some = &words[at..at + 3];
    let start = |letters: usize| words[at].chars().take(letters).collect();
    match kind {
        "one letter" => start(1),
        "two letters" => start(2),
        "three letters" => start(3),
        "four letters" => start(4),
        "a word" => words[at].to_owned(),
        "two words" => words[at..at + 2].join(" "),
        "three words" => words[at..at + 3].join(" "),
        "anything" => anything(some, draw),
        "10,000 characters" => long(&words, draw),
        _ => format!("\"{}\"", words[at..at + 2].join(" ")),
    }
}

/// Alternatives, what is ruled out, words in a row, numbers, pictures, other scripts.
fn anything(words: &[&str], draw: &mut Draw) -> String {
    let (one, two, three) = (words[0], words[1], words[2]);
    match draw.below(12) {
        0 => format!("{one} or {two} or {three}"),
        1 => format!("\"{one} {two}\" or \"{two} {three}\""),
        2 => format!("{one}-{two} or {two}-{three}"),
        3 => format!("{one} -{two}"),
        4 => format!("-\"{one} {two}\""),
        5 => format!("{one} -({two} or \"{two} {three}\")"),
        6 => format!("{one}-{two}-{three}"),
        7 => format!("\"{one} {two} {three}\""),
        8 => format!("{} or #{}", draw.below(100), draw.below(1_000_000)),
        9 => format!("{one} \u{1f525}"),
        10 => format!("日本語 or 通知 or {one}"),
        _ => format!("\"{one} {}", two.chars().take(2).collect::<String>()),
    }
}

/// What somebody pastes, or leans on a key for.
fn long(words: &[&str], draw: &mut Draw) -> String {
    let pairs: Vec<String> = words
        .windows(2)
        .map(|pair| format!("\"{}\"", pair.join(" ")))
        .collect();
    let piece = match draw.below(7) {
        0 => words.join(" ") + " ",
        1 => words.join(" or ") + " or ",
        2 => words.join("-") + "-",
        3 => pairs.join(" or ") + " or ",
        4 => format!("-{} ", pairs.join(" -")),
        5 => ('a'..='z').map(|letter| format!("{letter} or ")).collect(),
        _ => "a-".to_owned(),
    };
    piece.chars().cycle().take(LONG).collect()
}
