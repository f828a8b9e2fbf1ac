use super::*;
use crate::domain::clocks::Clocks;
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::FeedbackRow;
use crate::domain::listing::{Anchor, FeedbackWindow};
use crate::query::parse;
use crate::search::Sought;
use crate::store::sample::{NOW, sample};
use crate::store::search_door::feedback_by_words;
use crate::store::{FilterContext, Store};

#[test]
fn a_word_typed_again_and_again_is_looked_for_once() {
    let (_folder, store, ()) = sample(|make| {
        make.feedback("Export boards", 1, &[]);
    });
    let asked = |word: &str| Asked::of(Sought::Unfinished(word)).expect("a word");
    let words = (0..250)
        .flat_map(|_| [asked("export"), asked("boards")])
        .collect();
    let scale: Result<Scale> = store.read(|reader| Ok(reader.rank(&[], words)?.1));
    let scale = scale.expect("a scale");
    assert_eq!(scale.asked, [asked("export"), asked("boards")]);
    assert_eq!(scale.weights.len(), 2);
    let many = (0..500).map(|place| asked(&format!("w{place}"))).collect();
    let scale: Result<Scale> = store.read(|reader| Ok(reader.rank(&[], many)?.1));
    assert_eq!(scale.expect("a scale").asked.len(), MOST_SCORED);
}

/// Feedback by title and body, the first the newest.
fn store(texts: &[(&str, &str)]) -> (tempfile::TempDir, Store) {
    let (folder, store, ()) = sample(|make| {
        for (days, (title, body)) in (0..).zip(texts) {
            let id = make.feedback(title, days, &[]);
            make.revise(id, title, body);
        }
    });
    (folder, store)
}

fn window(store: &Store, words: &str, anchor: &Anchor, limit: usize) -> FeedbackWindow {
    let query = parse(words).expect("a filter");
    let context = FilterContext {
        now: NOW,
        me: None,
        clocks: Clocks::UTC,
    };
    let window = store.read(|reader| reader.feedback_window(&query, &context, anchor, limit));
    window.expect("a window")
}

fn titles(rows: &[FeedbackRow]) -> Vec<&str> {
    rows.iter().map(|row| row.title.as_str()).collect()
}

#[test]
fn what_people_expect_first_comes_first() {
    let (_folder, store) = store(&[
        (
            "Could you assist me in finding my lost card?",
            "It is gone.",
        ),
        ("Card lost on the train", "I had it this morning."),
        (
            "Something else",
            "The lost card was blue; the audit log has it, exported.",
        ),
        ("Lost card", "What now?"),
        ("Exports of boards fail in Safari", "Since Monday."),
        ("Audit", "Please add an export."),
        ("Export as a spreadsheet", "For our audits."),
        ("Export of the audit log", "Each month."),
        ("Audit log export", "We need it."),
        ("Export", "Please."),
        ("Dark mode for the mobile application on Android", "Please."),
        ("Theme", "A dark mode would be nice, in dark offices."),
        ("通知が届かない", "アプリ"),
        ("アプリの通知", "通知が届かない"),
    ]);
    for (words, first) in [
        ("lost card", "Lost card"),
        ("card lost", "Card lost on the train"),
        ("\"lost card\"", "Lost card"),
        ("LOST CARDS", ""),
        ("export", "Export"),
        ("exports", "Exports of boards fail in Safari"),
        ("audit log export", "Audit log export"),
        ("export audit", "Audit log export"),
        ("audit", "Audit"),
        (
            "dark mode",
            "Dark mode for the mobile application on Android",
        ),
        ("dark offices", "Theme"),
        ("spreadsheet", "Export as a spreadsheet"),
        ("通知が届かない", "通知が届かない"),
    ] {
        let window = window(&store, words, &Anchor::Start, 1);
        let found = titles(&window.rows).first().copied().unwrap_or_default();
        assert_eq!(found, first, "{words}");
    }
}

#[test]
fn a_title_with_all_words_is_reached_however_old_it_is() {
    let speaks = ("Something", "the export and later an audit");
    let mut texts = vec![speaks; 20];
    texts[12] = ("Audit: the export", "x");
    texts[17] = ("Audit export", "x");
    let (_folder, store) = store(&texts);
    for words in [
        "audit export",
        "aud exp is:unprocessed",
        "audit export -zebra",
    ] {
        let all = window(&store, words, &Anchor::Start, 50).rows;
        assert_eq!(all.len(), 20, "{words}");
        assert_eq!(
            titles(&all[..3]),
            ["Audit export", "Audit: the export", "Something"]
        );
        assert_eq!(window(&store, words, &Anchor::End, 50).rows, all, "{words}");
        // Nothing comes twice, from wherever the list goes on.
        for (place, row) in all.iter().enumerate() {
            let here = || Box::new(row.clone());
            let after = window(&store, words, &Anchor::After(here()), 50);
            assert_eq!(after.rows, all[place + 1..], "{words} {place}");
            let before = window(&store, words, &Anchor::Before(here()), 50);
            assert_eq!(before.rows, all[..place], "{words} {place}");
            let query = parse(words).expect("a filter");
            let context = FilterContext {
                now: NOW,
                me: None,
                clocks: Clocks::UTC,
            };
            let tally = store.read(|reader| reader.tally(&query, &context, Some(row)));
            assert_eq!(
                tally.expect("a count").before,
                Some(place as u64),
                "{words}"
            );
        }
    }
    let phrase = window(&store, "\"audit export\"", &Anchor::Start, 50);
    assert_eq!(titles(&phrase.rows), ["Audit export"]);
    let by_words = store.read(|reader| feedback_by_words(reader, "audit export", 3));
    let sql = "SELECT id FROM feedback WHERE title LIKE 'Audit%' ORDER BY length(title)";
    let titled: Result<Vec<i64>> = store.read(|reader| reader.collect(sql, [], |row| row.get(0)));
    assert_eq!(by_words.expect("found")[..2], titled.expect("two"));
}

#[test]
fn the_place_of_what_was_reached_by_its_title_stays_when_it_is_done() {
    let mut texts = vec![("Something", "the export and later an audit"); 20];
    texts[17] = ("Audit export", "x");
    let (_folder, mut store) = store(&texts);
    let words = "audit export is:unprocessed";
    let first = window(&store, words, &Anchor::Start, 1).rows.remove(0);
    let done: Result<()> = store.write(|writer| {
        let local = writer.expect(Entity::Feedback, first.id.0)?;
        let state = Entity::Feedback.field("state").expect("a field");
        writer.set(Entity::Feedback, local, state, &Value::Integer(2))
    });
    done.expect("done");
    let around = window(&store, words, &Anchor::Around(Box::new(first)), 5);
    assert_eq!((around.at, around.rows.len()), (0, 5));
    assert!(!around.before);
}

#[test]
fn of_very_many_matches_the_titles_of_the_last_are_looked_at() {
    let few: roaring::RoaringBitmap = (1..60).collect();
    assert_eq!(super::super::looked_at(&few), few);
    let many: roaring::RoaringBitmap = (1..1_000).collect();
    let last: roaring::RoaringBitmap = (980..1_000).collect();
    assert_eq!(super::super::looked_at(&many), last);
}
