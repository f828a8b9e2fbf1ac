//! What is found equals what a plain scan of the texts finds, whatever was done before.

mod world;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::clocks::Clocks;
use crate::domain::feedback::FeedbackRow;
use crate::domain::listing::Anchor;
use crate::postings::{LONGEST_PREFIX, MARK, PREFIX, decode};
use crate::query::{Expr, Query, Term, parse};
use crate::search::matches;
use crate::store::FilterContext;
use crate::store::derived::index::week;
use crate::store::sample::NOW;
pub(in crate::store) use world::add;
use world::{Step, World, step};

/// What each live feedback is found by, as the index has it.
pub(in crate::store) fn indexed(reader: &Reader<'_>) -> Result<BTreeMap<u32, BTreeSet<String>>> {
    let mut found: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    let shelf = reader.shelf()?;
    for segment in &shelf.segments {
        let mut statement = reader.connection().prepare(
            "SELECT term, documents, data FROM search_list WHERE segment = ?1 ORDER BY term",
        )?;
        let mut rows = statement.query([segment.id])?;
        while let Some(row) = rows.next()? {
            let term: String = row.get(0)?;
            if term.ends_with(PREFIX) {
                continue;
            }
            let data: Vec<u8> = row.get(2)?;
            let mut list = decode(&data, row.get(1)?, segment.base())?;
            segment.only_alive(&mut list);
            for document in list {
                found.entry(document).or_default().insert(term.clone());
            }
        }
    }
    for (document, terms) in shelf.tail.terms() {
        let terms = terms.into_iter().map(str::to_owned).collect();
        assert_eq!(found.insert(document, terms), None, "{document} is in both");
    }
    assert!(shelf.alive().iter().eq(found.keys().copied()));
    Ok(found)
}

/// What each live feedback is to be found by, by its texts.
fn told(reader: &Reader<'_>) -> Result<BTreeMap<u32, BTreeSet<String>>> {
    let mut told: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (document, text) in texts(reader)? {
        let terms = told.entry(document).or_default();
        terms.extend(search::terms(&text).iter().map(ToString::to_string));
    }
    let received = reader.collect(
        "SELECT id, received FROM feedback WHERE deleted = 0",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    for (document, received) in received {
        told.entry(document).or_default().insert(week(received));
    }
    Ok(told)
}

/// Every text of live feedback.
fn texts(reader: &Reader<'_>) -> Result<Vec<(u32, String)>> {
    reader.collect(
        "SELECT f.id, coalesce(t.title, '') FROM feedback f JOIN content t ON t.id = f.content WHERE f.deleted = 0
         UNION ALL SELECT f.id, t.body FROM feedback f JOIN content t ON t.id = f.content WHERE f.deleted = 0
         UNION ALL SELECT f.id, t.body FROM feedback f JOIN comment c ON c.feedback = f.id AND c.deleted = 0
             JOIN content t ON t.id = c.text WHERE f.deleted = 0",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn context() -> FilterContext {
    FilterContext {
        now: NOW,
        me: None,
        clocks: Clocks::UTC,
    }
}

/// Whether a feedback with these texts matches, by what would be marked in them.
fn fits(expr: &Expr, texts: &[&String]) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| fits(part, texts)),
        Expr::Or(parts) => parts.iter().any(|part| fits(part, texts)),
        Expr::Not(part) => !fits(part, texts),
        Expr::Term(Term::Word(text)) => marked(Sought::Unfinished(text), texts),
        Expr::Term(Term::Phrase(text)) => marked(Sought::Whole(text), texts),
        Expr::Term(other) => panic!("{other:?} is no text"),
    }
}

fn marked(sought: Sought<'_>, texts: &[&String]) -> bool {
    texts
        .iter()
        .any(|text| !matches(text, &[sought]).is_empty())
}

const FILTERS: &[&str] = &[
    "ex",
    "e",
    "export",
    "\"export\"",
    "export board",
    "board -export",
    "-board",
    "10.1",
    "\"10.1\"",
    "1",
    "don't",
    "dark-mode",
    "\"mode export\"",
    "\"board export\"",
    "creme",
    "日本語",
    "本語",
    "い",
    "通知",
    "通知が届",
    "แจ้ง",
    "\u{1f525}",
    "ab",
    "or near",
    "export or 日本",
    "-(dark-mode or export) board",
    "(ex -\"mode ex\") or \u{1f525}",
    "\"mode export\" or \"board export\"",
    "-\"board export\"",
    "-\"mode export\" -\"dark mode\" board",
    "-(\"mode export\" or ex-board) ex",
    "ex-ex or dark-mode or 10.1 or x",
    "(\"mode ex\" or -\"x x\") (dark-mode or v10.1)",
    "zzz",
    "*",
];

/// What nobody types, and many paste: more alternatives than are looked for one by one, and more parts than a text has.
fn long_filters() -> Vec<String> {
    let words = ["export", "ex", "board", "mode", "x", "10.1", "い"];
    let pairs = words.iter().flat_map(|one| {
        let pair = move |other: &&str| format!("\"{one} {other}\"");
        words.iter().map(pair)
    });
    let pairs: Vec<String> = pairs.collect();
    let hyphens = words.iter().map(|word| format!("dark-{word}"));
    vec![
        pairs.join(" or "),
        format!("ex -({})", pairs.join(" or ")),
        format!("-{}", pairs.join(" -")),
        hyphens.collect::<Vec<_>>().join(" or "),
        "ex-".repeat(3_000),
        "ex or x or ".repeat(900),
        "ex -x ".repeat(900),
    ]
}

/// Any filter of words and phrases.
fn filters() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(vec!["ex", "export", "board", "mode", "dark", "x", "10.1"]);
    let leaf = prop_oneof![
        word().prop_map(str::to_owned),
        (word(), word()).prop_map(|(one, two)| format!("\"{one} {two}\"")),
        (word(), word()).prop_map(|(one, two)| format!("{one}-{two}")),
    ];
    leaf.prop_recursive(3, 12, 3, |part| {
        prop_oneof![
            prop::collection::vec(part.clone(), 2..4)
                .prop_map(|all| format!("({})", all.join(" or "))),
            prop::collection::vec(part.clone(), 2..3)
                .prop_map(|all| format!("({})", all.join(" "))),
            part.prop_map(|part| format!("-{part}")),
        ]
    })
}

/// Both windows find what a scan of the texts finds.
fn both_agree(world: &World, filters: &[String]) {
    for store in world.windows() {
        let agree = |reader: &Reader<'_>| agrees(reader, filters);
        store.read(agree).expect("a read");
    }
}

fn agrees(reader: &Reader<'_>, filters: &[String]) -> Result<()> {
    assert_eq!(indexed(reader)?, told(reader)?);
    prefixes_agree(reader)?;
    assert_eq!(reader.search_health()?.faults, [""; 0]);
    let open: Vec<u32> = reader.collect(
        "SELECT id FROM feedback WHERE state < 2 AND deleted = 0 ORDER BY id",
        [],
        |row| row.get(0),
    )?;
    assert!(reader.open_bits()?.iter().eq(open.iter().copied()));
    let texts = texts(reader)?;
    let mut said: BTreeMap<u32, Vec<&String>> = BTreeMap::new();
    for (document, text) in &texts {
        said.entry(*document).or_default().push(text);
    }
    let keys: BTreeMap<Uuid, u32> = reader
        .collect(
            "SELECT key, id FROM feedback WHERE deleted = 0",
            [],
            |row| Ok((crate::store::key::identity(row, 0)?, row.get(1)?)),
        )?
        .into_iter()
        .collect();
    for filter in FILTERS
        .iter()
        .copied()
        .chain(filters.iter().map(String::as_str))
    {
        for state in ["", "is:unprocessed ", "is:processed,archived "] {
            let words = parse(filter).expect("a filter");
            let scan = |local: &u32| {
                let texts = said.get(local).map_or(&[][..], Vec::as_slice);
                let is_open = open.contains(local);
                let in_state = state.is_empty() || is_open == state.contains("unprocessed");
                in_state
                    && words
                        .clone()
                        .retain_text(search::is_searchable)
                        .expr
                        .is_none_or(|expr| fits(&expr, texts))
            };
            let expected: BTreeSet<u32> = keys.values().copied().filter(scan).collect();
            let query = parse(&format!("{state}({filter})")).expect("a filter");
            list_agrees(reader, &query, &keys, &expected);
        }
    }
    Ok(())
}

/// Every way to ask for a list gives the same rows in the same order.
fn list_agrees(
    reader: &Reader<'_>,
    query: &Query,
    keys: &BTreeMap<Uuid, u32>,
    expected: &BTreeSet<u32>,
) {
    let local = |id: &Uuid| keys[id];
    let window = |anchor: &Anchor, limit| {
        reader
            .feedback_window(query, &context(), anchor, limit)
            .expect("a window")
    };
    // Counted text by text, before anything else reads them.
    let count = || {
        reader
            .tally_some(query, &context(), None, 1)
            .expect("a count")
    };
    let mut counts = 0;
    let counted = loop {
        let counted = count();
        assert!(counted.total <= expected.len() as u64, "{query}");
        if counted.whole {
            break counted.total;
        }
        counts += 1;
        // A text with each step, or an alternative.
        assert!(
            counts <= keys.len() + query.every_text().len() + 8,
            "{query}"
        );
    };
    assert_eq!(counted, expected.len() as u64, "{query}");
    let all = window(&Anchor::Start, 1_000).rows;
    let ids: Vec<Uuid> = all.iter().map(|row| row.id.0).collect();
    assert_eq!(
        &ids.iter().map(local).collect::<BTreeSet<_>>(),
        expected,
        "{query}"
    );
    assert_eq!(ids.len(), expected.len(), "{query}");
    assert_eq!(window(&Anchor::End, 1_000).rows, all, "{query}");
    let matching = reader.matching_ids(query, &context(), 1_000).expect("ids");
    assert!(matching.iter().map(|id| id.0).eq(ids), "{query}");
    steps_agree(reader, query, &all);
    let tally = reader
        .tally(query, &context(), all.last())
        .expect("a tally");
    assert_eq!(tally.total, expected.len() as u64, "{query}");
    assert_eq!(
        tally.before.unwrap_or(0),
        (expected.len() as u64).saturating_sub(1),
        "{query}"
    );
    if let Some(middle) = all.get(all.len() / 2) {
        let after = window(&Anchor::After(Box::new(middle.clone())), 1_000).rows;
        assert_eq!(after, all[all.len() / 2 + 1..], "{query}");
        let before = window(&Anchor::Before(Box::new(middle.clone())), 1_000).rows;
        assert_eq!(before, all[..all.len() / 2], "{query}");
        let around = window(&Anchor::Around(Box::new(middle.clone())), 1_000);
        assert_eq!(around.rows, all, "{query}");
        assert_eq!(around.at, all.len() / 2, "{query}");
    }
}

/// Bit by bit, every window comes to hold what it holds at once, and grows at its end only.
fn steps_agree(reader: &Reader<'_>, query: &Query, all: &[FeedbackRow]) {
    let mut anchors = vec![Anchor::Start, Anchor::End];
    if let Some(row) = all.get(all.len() / 2) {
        anchors.push(Anchor::After(Box::new(row.clone())));
        anchors.push(Anchor::Before(Box::new(row.clone())));
        anchors.push(Anchor::Around(Box::new(row.clone())));
    }
    let some = |anchor: &Anchor, limit| {
        reader
            .feedback_window_some(query, &context(), anchor, limit, 1)
            .expect("a window")
    };
    for (anchor, limit) in anchors.iter().zip([3, 3, 2, 1_000, 4]) {
        let whole = reader.feedback_window(query, &context(), anchor, limit);
        let whole = whole.expect("a window");
        // As if no text had been read yet.
        reader.memory().proofs.take();
        let mut turns = 0;
        let found = loop {
            let found = some(anchor, limit);
            if !found.unfinished {
                break found;
            }
            match anchor {
                Anchor::Start | Anchor::After(_) => {
                    assert!(whole.rows.starts_with(&found.rows), "{query}");
                    assert!(found.after, "{query}");
                }
                Anchor::End | Anchor::Before(_) => {
                    assert!(whole.rows.ends_with(&found.rows), "{query}");
                    assert!(found.before, "{query}");
                }
                Anchor::Around(_) => {}
            }
            turns += 1;
            assert!(turns <= 1_000, "{query}");
        };
        assert_eq!(found, whole, "{query} {anchor:?}");
    }
    // As the console puts rows behind those that it has.
    reader.memory().proofs.take();
    let mut rows: Vec<FeedbackRow> = Vec::new();
    for turn in 0.. {
        let last = rows.last().cloned().map(Box::new);
        let found = some(&last.map_or(Anchor::Start, Anchor::After), 3);
        rows.extend(found.rows);
        if !found.after {
            break;
        }
        assert!(turn <= 1_000, "{query}");
    }
    assert_eq!(rows, all, "{query}");
}

/// Every prefix of every segment finds what its terms do.
fn prefixes_agree(reader: &Reader<'_>) -> Result<()> {
    let shelf = reader.shelf()?;
    for segment in &shelf.segments {
        let sql = "SELECT term FROM search_list WHERE segment = ?1";
        let terms: Vec<String> = reader.collect(sql, [segment.id], |row| row.get(0))?;
        for term in &terms {
            let ends = term.char_indices().map(|(at, c)| at + c.len_utf8());
            if term.ends_with(PREFIX) || term.starts_with(MARK) {
                continue;
            }
            for end in ends.take(LONGEST_PREFIX + 1) {
                let mut scan = roaring::RoaringBitmap::new();
                for other in terms
                    .iter()
                    .filter(|other| other.starts_with(&term[..end]) && !other.ends_with(PREFIX))
                {
                    scan |= reader.with_term(segment, other)?;
                }
                assert_eq!(reader.with_prefix(segment, &term[..end])?, scan);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_what_a_scan_finds(
        steps in prop::collection::vec(step(), 1..24),
        filters in prop::collection::vec(filters(), 4),
    ) {
        let mut world = World::new();
        for (place, step) in steps.iter().enumerate() {
            world.step(step);
            // A window that looks seldom has more to catch up with.
            if place % 4 == 3 {
                both_agree(&world, &[]);
            }
        }
        both_agree(&world, &filters);
    }
}

#[test]
fn long_input_finds_what_a_scan_finds() {
    let mut world = World::new();
    let texts = [
        "x export board",
        "x board ex export mode",
        "x dark mode",
        "dark-mode x",
        "x x ex",
        "ex ex ex",
        "mode 10.1 board",
        "い ex",
        "nothing",
    ];
    world.step(&Step::Add(texts.map(str::to_owned).to_vec(), 1));
    world.step(&Step::Comment(8, "mode export".to_owned()));
    world.step(&Step::Fold);
    world.step(&Step::Add(texts.map(str::to_owned).to_vec(), 0));
    both_agree(&world, &long_filters());
}

#[test]
fn of_alternatives_each_counts_once_and_so_many_count() {
    let word = |word: &str| Texts::word(word).expect("a word");
    let same = ["export", "Export", "export!"].map(word).to_vec();
    assert_eq!(Texts::any(same), Texts::Any(vec![word("export")]));
    let ruled_out = ["ex", "x", "Ex"]
        .map(|one| Texts::Not(Box::new(word(one))))
        .to_vec();
    let together = Texts::Any(vec![word("ex"), word("x")]);
    assert_eq!(
        Texts::all(ruled_out),
        Texts::All(vec![Texts::Not(Box::new(together))])
    );
    let many = (0..500).map(|place| word(&format!("w-{place}")));
    let Texts::Any(taken) = Texts::any(many.collect()) else {
        panic!("alternatives");
    };
    assert_eq!(taken.len(), 64);
    assert_eq!(taken.last(), Some(&word("w-63")));
}

#[test]
fn alternatives_are_looked_up_bit_by_bit_and_remembered_meanwhile() {
    let mut world = World::new();
    let texts = ["x export board", "x board export", "x dark mode"].map(str::to_owned);
    world.step(&Step::Add(texts.to_vec(), 0));
    world.step(&Step::Fold);
    let query = parse("\"export board\" or \"dark mode\" or \"board dark\"").expect("a filter");
    let read: Result<()> = world.windows()[0].read(|reader| {
        let some = || reader.feedback_window_some(&query, &context(), &Anchor::Start, 9, 9);
        for _ in 0..2 {
            let window = some().expect("a window");
            assert!(window.unfinished && window.rows.is_empty());
        }
        assert_eq!(some().expect("a window").rows.len(), 2);
        Ok(())
    });
    read.expect("a read");
}
