//! The filter of the inbox: while it is typed, while texts are still being read for it, and what it found.

use crate::app::bench::{Bench, feedback_id};
use crate::app::effect::{Effect, Question};
use crate::app::message::{Answer, Message};
use crate::app::state::Overlay;
use crate::domain::deed::Deed;
use crate::domain::listing::{FeedbackWindow, Tally};
use crate::domain::passage::Searched;
use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};

#[test]
fn a_filter_narrows_while_it_is_typed_and_only_its_newest_answer_counts() {
    let mut bench = Bench::new(40);
    bench.keys("/");
    bench.settle();
    bench.type_text("exp");
    // Three filters were asked for; the first two answers are stale.
    let before = bench.state.inbox.rows.len();
    bench.work_once();
    bench.work_once();
    assert_eq!(bench.state.inbox.rows.len(), before);
    bench.settle();
    assert_eq!(bench.state.inbox.rows.len(), 8);
    bench.keys("Enter");
    assert!(bench.state.overlays.is_empty());
    assert_eq!(bench.state.inbox.filter.trim(), "is:unprocessed exp");
    assert_eq!(bench.state.search, Searched::words("exp"));
    bench.keys("Esc");
    assert_eq!(bench.state.inbox.filter, "is:unprocessed");
    assert_eq!(bench.state.inbox.rows.len(), 40);
}

#[test]
fn a_filter_that_is_left_is_as_if_it_had_never_been_typed() {
    let mut bench = Bench::new(40);
    bench.keys("j j /");
    bench.type_text("exp");
    bench.settle();
    assert_eq!(bench.state.inbox.rows.len(), 8);
    bench.keys("Esc");
    assert_eq!(bench.state.inbox.filter, "is:unprocessed");
    assert_eq!(bench.state.inbox.rows.len(), 40);
}

#[test]
fn a_wrong_filter_points_at_its_fault_and_leaves_the_list_alone() {
    let mut bench = Bench::new(10);
    bench.keys("/");
    bench.send(Message::Paste("importance:huge".to_owned()));
    bench.settle();
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("a prompt");
    };
    assert_eq!(prompt.error, None, "it may not be typed to its end");
    assert!(prompt.hint.starts_with("not yet: "), "{}", prompt.hint);
    bench.keys("Enter");
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("the prompt stays");
    };
    let (column, words) = prompt.error.clone().expect("a fault");
    assert!(column.is_some() && words.contains("huge"), "{words}");
    assert_eq!(bench.state.inbox.rows.len(), 10);
}

#[test]
fn a_filter_refused_by_enter_brings_back_the_list_that_was_narrowed_before() {
    let mut bench = Bench::new(40);
    bench.keys("/");
    bench.type_text("export");
    bench.keys("Enter");
    assert_eq!(bench.state.inbox.rows.len(), 8);
    bench.keys("j /");
    let kept = bench.state.inbox.filter.clone();
    let at = bench.at();
    bench.keys("Ctrl-u");
    bench.type_text("is:foo");
    assert_eq!(bench.state.inbox.rows.len(), 40, "what is left of it");
    bench.keys("Enter");
    bench.settle();
    let wrong = match bench.state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => prompt.error.is_some() && prompt.input.text == "is:foo",
        _ => false,
    };
    assert!(wrong, "the prompt stays with what was typed");
    assert_eq!(bench.state.inbox.rows.len(), 8);
    assert_eq!((&bench.state.inbox.filter, bench.at()), (&kept, at));
    // It goes on with the next letter, and Esc leaves it as before.
    bench.keys("Backspace Backspace Backspace Backspace");
    bench.settle();
    assert_ne!(bench.state.inbox.rows.len(), 8);
    bench.keys("Esc");
    bench.settle();
    assert_eq!((&bench.state.inbox.filter, bench.at()), (&kept, at));
}

#[test]
fn a_filter_that_names_what_nobody_knows_leaves_the_list_as_it_was() {
    let refuse = |bench: &mut Bench| {
        let mut waiting = bench.waiting.iter().rev();
        let newest = waiting.find_map(|effect| match effect {
            Effect::Ask {
                sequence,
                question: Question::Inbox { .. },
            } => Some(*sequence),
            _ => None,
        });
        bench.send(Message::Answer {
            sequence: newest.expect("the list is read for it"),
            answer: Err(Problem::new(Kind::Usage, "nobody knows foo").hint("try bar")),
        });
        bench.settle();
    };
    let in_prompt = |bench: &Bench| match bench.state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => (
            prompt.input.text.clone(),
            prompt.error.clone().map(|(_, words)| words),
        ),
        other => panic!("the prompt is back: {other:?}"),
    };
    let fault = Some("nobody knows foo; try bar".to_owned());
    let mut bench = Bench::new(40);
    bench.keys("/");
    bench.type_text("export");
    bench.keys("Enter j");
    let kept = (bench.state.inbox.filter.clone(), bench.at());
    let as_before = |bench: &Bench| {
        assert_eq!((bench.state.inbox.filter.clone(), bench.at()), kept);
        assert_eq!(bench.state.inbox.rows.len(), 8);
    };
    // However quickly Enter follows, and what is typed behind it.
    bench.press("/ Ctrl-u");
    bench.send(Message::Paste("company:foo".to_owned()));
    bench.press("Enter j");
    refuse(&mut bench);
    assert_eq!(in_prompt(&bench), ("company:foo".to_owned(), fault.clone()));
    as_before(&bench);
    bench.keys("Esc");
    as_before(&bench);
    // A saved view can name what is gone, too.
    bench.state.views = vec![("foo".to_owned(), "company:foo".to_owned())];
    bench.press("\' Enter");
    refuse(&mut bench);
    assert_eq!(in_prompt(&bench), ("company:foo".to_owned(), fault));
    as_before(&bench);
    assert_eq!(bench.state.shown_view(), None);
}

#[test]
fn matches_of_the_last_search_are_walked() {
    let mut bench = Bench::new(20);
    bench.keys("/");
    bench.type_text("export");
    bench.settle();
    bench.keys("Enter Esc g g");
    assert_eq!(bench.state.inbox.rows.len(), 20);
    bench.keys("n");
    assert_eq!(bench.at(), Some(4));
    bench.keys("n n N");
    assert_eq!(bench.at(), Some(9));
    bench.keys("G n");
    assert!(bench.notice().contains("nowhere else"));
}

/// What the prompt says about what was typed.
fn hint(bench: &Bench) -> &str {
    match bench.state.overlays.last() {
        Some(Overlay::Prompt(prompt)) if prompt.error.is_none() => &prompt.hint,
        other => panic!("no prompt, or one with an error: {other:?}"),
    }
}

#[test]
fn the_name_of_a_condition_is_none_of_the_words_searched_for() {
    let mut bench = Bench::new(40);
    for before in ["", "export"] {
        bench.keys("/ Ctrl-u");
        bench.type_text(before);
        bench.keys("Enter / Ctrl-u");
        for letters in ["comp", "any", ":acme"] {
            bench.type_text(letters);
            bench.settle();
        }
        bench.keys("Enter");
        let words = bench
            .state
            .search
            .iter()
            .map(|searched| searched.text.as_str());
        assert_eq!(words.collect::<Vec<_>>().join(" "), before);
    }
}

#[test]
fn a_half_typed_filter_shows_what_is_complete_and_says_what_it_waits_for() {
    let mut bench = Bench::new(40);
    bench.state.vocabulary.people = vec![(
        Handle::parse("hana").expect("a handle"),
        "Hana".to_owned(),
        "PM".to_owned(),
    )];
    bench.keys("/");
    for (typed, waits, rows) in [
        ("exp", "", 8),
        (" owner:", "owner: has no value", 8),
        (
            "@ha",
            "nobody here is called @ha; did you mean owner:@hana?",
            8,
        ),
        (" \"dark", "the quote is open", 0),
    ] {
        bench.type_text(typed);
        bench.settle();
        assert!(hint(&bench).contains(waits), "{typed}: {}", hint(&bench));
        assert_eq!(bench.state.inbox.rows.len(), rows, "{typed}");
    }
    bench.keys("Ctrl-u");
    for text in [
        "\"",
        "(((((",
        "or or -",
        "**",
        "\u{1f525}",
        "\u{202e}a\u{200b}b",
        "is: age:> sort:",
    ] {
        bench.type_text(text);
        bench.settle();
        hint(&bench);
        assert!(bench.state.notice.is_none(), "{text}: {}", bench.notice());
    }
    bench.send(Message::Paste("x(\"y: ".repeat(1_500)));
    bench.settle();
    hint(&bench);
    bench.keys("Esc");
    assert_eq!(bench.state.inbox.rows.len(), 40);
}

#[test]
fn leaving_the_prompt_brings_back_the_rows_the_cursor_and_the_scroll_at_once() {
    let mut bench = Bench::new(400);
    bench.keys("Ctrl-d Ctrl-d Ctrl-d Ctrl-d k k");
    bench.settle();
    let before = bench.state.clone();
    assert!(before.inbox.top > 0);
    bench.keys("/");
    bench.type_text("exp");
    bench.settle();
    assert_eq!(bench.at(), Some(4), "the first that is found");
    bench.press("Esc");
    // Before anything is answered.
    assert_eq!(bench.state.inbox.rows, before.inbox.rows);
    assert_eq!(bench.state.inbox.cursor, before.inbox.cursor);
    assert_eq!(bench.state.inbox.top, before.inbox.top);
    assert_eq!(bench.state.search, before.search);
    bench.settle();
    assert_eq!(bench.state.inbox.row(), before.inbox.row());
    assert_eq!(bench.state.hand, before.hand);
    let above = |state: &crate::app::state::State| state.inbox.cursor - state.inbox.top;
    assert_eq!(above(&bench.state), above(&before));
}

#[test]
fn what_was_asked_about_the_list_of_an_older_filter_finds_nobody() {
    let mut bench = Bench::new(2_000);
    bench.keys("/");
    bench.type_text("x");
    let waiting = |bench: &Bench, kind: &str| bench.state.asked(kind);
    assert!(waiting(&bench, "inbox"));
    bench.work_once();
    bench.keys("Backspace");
    bench.type_text("exp");
    assert!(!waiting(&bench, "tally") && !waiting(&bench, "passages"));
    bench.settle();
    assert_eq!(bench.state.inbox.total, Some(400));
}

#[test]
fn a_count_that_takes_long_says_how_far_it_is_and_goes_on() {
    let mut bench = Bench::new(2_000);
    bench.keys("/");
    bench.type_text("exp");
    let is_count = |effect: &Effect| matches!(effect, Effect::Ask { question, .. } if question.kind() == "tally");
    while !bench.waiting.iter().any(is_count) {
        assert!(bench.work_once(), "it is counted");
    }
    let place = bench.waiting.iter().position(is_count);
    let asked = place.and_then(|place| bench.waiting.remove(place));
    let Some(Effect::Ask { sequence, .. }) = asked else {
        panic!("a question");
    };
    let some = Tally {
        total: 390,
        before: None,
        whole: false,
    };
    let answer = Ok(Answer::Tally(some));
    bench.send(Message::Answer { sequence, answer });
    let inbox = &bench.state.inbox;
    assert_eq!((inbox.total, inbox.at_least), (Some(390), true));
    bench.settle();
    let inbox = &bench.state.inbox;
    assert_eq!((inbox.total, inbox.at_least), (Some(400), false));
}

/// Answers the newest question about the list with some of its rows, as when no more texts have been read, and whatever else
/// was asked.
pub(super) fn answer_some(bench: &mut Bench, rows: std::ops::Range<usize>) {
    let is_window = |effect: &Effect| matches!(effect, Effect::Ask { question, .. } if question.kind() == "inbox");
    let asked = bench.waiting.iter().rposition(is_window);
    let asked = asked.and_then(|place| bench.waiting.remove(place));
    bench.settle();
    let Some(Effect::Ask { sequence, question }) = asked else {
        panic!("a question about the list");
    };
    let Some(Answer::Inbox(window)) = bench.world.answer(&question) else {
        panic!("a window");
    };
    let answer = Ok(Answer::Inbox(FeedbackWindow {
        after: true,
        rows: window.rows[rows].to_vec(),
        unfinished: true,
        ..window
    }));
    bench.send(Message::Answer { sequence, answer });
}

#[test]
fn a_list_whose_texts_are_still_being_read_grows_below_and_nothing_jumps() {
    let mut bench = Bench::new(2_000);
    let before = bench.state.inbox.rows.clone();
    bench.keys("/");
    bench.type_text("exp");
    answer_some(&mut bench, 0..0);
    assert_eq!(bench.state.inbox.rows, before, "nothing to show yet");
    answer_some(&mut bench, 0..3);
    let first: Vec<_> = bench.state.inbox.rows.iter().map(|row| row.id).collect();
    assert_eq!((first.len(), bench.state.inbox.cursor), (3, 0));
    bench.press("Enter");
    answer_some(&mut bench, 0..0);
    bench.press("j");
    bench.press("j");
    assert_eq!(bench.state.inbox.cursor, 2, "keys do not wait for the rest");
    answer_some(&mut bench, 0..2);
    let inbox = &bench.state.inbox;
    assert_eq!((inbox.rows.len(), inbox.cursor, inbox.top), (5, 2, 0));
    assert!(inbox.rows.iter().map(|row| row.id).take(3).eq(first));
    bench.settle();
    let inbox = &bench.state.inbox;
    assert_eq!((inbox.total, inbox.cursor, inbox.top), (Some(400), 2, 0));
    assert!(inbox.rows.len() > 36);
}

#[test]
fn the_last_row_is_jumped_to_when_it_is_known() {
    let mut bench = Bench::new(2_000);
    let before = bench.state.inbox.rows.clone();
    bench.press("G");
    answer_some(&mut bench, 0..1);
    assert_eq!(bench.state.inbox.rows, before);
    bench.press("k");
    bench.settle();
    assert_eq!(bench.at(), Some(1_998), "keys wait for the jump");
}

#[test]
fn the_next_match_is_not_nowhere_while_texts_are_read() {
    let mut bench = Bench::new(2_000);
    bench.keys("/");
    bench.type_text("exp");
    answer_some(&mut bench, 0..1);
    bench.press("Enter");
    answer_some(&mut bench, 0..0);
    bench.press("n");
    assert_eq!((bench.state.inbox.cursor, &bench.state.notice), (0, &None));
    bench.settle();
    bench.press("n");
    assert_eq!(bench.state.inbox.cursor, 1);
}

#[test]
fn rows_whose_title_does_not_show_the_words_have_a_passage_below_it() {
    let mut bench = Bench::new(40);
    bench.keys("/");
    bench.type_text("screen exp");
    bench.settle();
    let inbox = &bench.state.inbox;
    assert_eq!(inbox.rows.len(), 8);
    let row = inbox.row().expect("a row");
    assert_eq!(inbox.matches.lines(row.id), 2);
    let found = inbox.matches.of(row.id).expect("matches");
    assert!(
        found
            .passage
            .as_ref()
            .is_some_and(|p| p.text.contains("screenshots"))
    );
    assert!(!found.title.is_empty());
    // Every line of two rows leads to its row, and a page is what is on the screen.
    let lines = crate::app::layout::layout(&bench.state).inbox_rows();
    bench.keys("Enter G");
    assert_eq!(bench.state.inbox.cursor, 7);
    assert!(bench.state.inbox.top > 0 || lines >= 16);
}

#[test]
fn the_matches_of_the_filter_are_walked_beyond_what_is_loaded() {
    let mut bench = Bench::new(2_000);
    bench.keys("/");
    bench.type_text("exp");
    bench.settle();
    bench.keys("Enter");
    for _ in 0..399 {
        bench.keys("n");
        bench.settle();
    }
    assert_eq!(bench.notice(), "");
    bench.keys("n");
    assert!(bench.notice().contains("nowhere else"));
    bench.keys("N");
    assert_eq!(bench.at(), Some(1_994));
}

#[test]
fn while_a_filter_is_typed_the_cursor_is_on_its_first_row() {
    // In one burst, and at leisure: where the cursor was, or what was half typed, leaves no trace.
    let typed = [
        ["exp is:unprocessed", " sort:-age"],
        ["is:unassigned", " exp sort:-age"],
    ];
    for (at_leisure, filters) in [(false, typed[0]), (true, typed[0]), (true, typed[1])] {
        let mut bench = Bench::new(2_000);
        bench.keys("G /");
        bench.press("Ctrl-u");
        for filter in filters {
            for character in filter.chars() {
                bench.type_text(&character.to_string());
                if at_leisure {
                    bench.settle();
                }
            }
            bench.settle();
            let inbox = &bench.state.inbox;
            assert_eq!((inbox.cursor, inbox.top), (0, 0), "{filter}");
            assert_eq!(inbox.offset, Some(0), "{filter}");
        }
        bench.press("Enter P");
        bench.settle();
        let expected = Deed::Process {
            feedback: vec![feedback_id(4)],
        };
        assert_eq!(bench.deeds(), [&expected]);
    }
}
