//! The inbox: its window, its cursor, its filter and its marks.

use crate::app::bench::{Bench, feedback_id};
use crate::app::effect::Effect;
use crate::app::message::{Answer, Message};
use crate::app::state::{Overlay, Pane};
use crate::domain::deed::Deed;
use crate::domain::feedback::State;
use crate::domain::listing::{FeedbackWindow, Tally};
use crate::domain::passage::Searched;
use crate::domain::people::Handle;

#[test]
fn the_console_starts_where_its_person_has_to_look() {
    for (me, duty, filter) in [
        (None, None, "is:unprocessed"),
        (Some("hana"), None, "is:unprocessed"),
        (Some("hana"), Some("omar"), "is:unprocessed is:mine"),
        (Some("hana"), Some("hana"), "is:unprocessed is:unassigned"),
    ] {
        let mut world = Bench::world(3);
        world.on_duty = duty.and_then(|duty| Handle::parse(duty).ok());
        let bench = Bench::with(world, me, (120, 36));
        assert_eq!(bench.state.inbox.filter, filter);
        assert_eq!(bench.state.inbox.home, filter);
        assert!(bench.state.flight.questions.is_empty());
    }
}

#[test]
fn the_cursor_moves_and_stays_in_the_list() {
    let mut bench = Bench::new(5);
    for (keys, at) in [
        ("j", 1),
        ("k k k", 0),
        ("G", 4),
        ("j", 4),
        ("g g", 0),
        ("PgDn", 4),
        ("PgUp", 0),
        ("Ctrl-d", 4),
        ("Home", 0),
        ("End", 4),
    ] {
        bench.keys(keys);
        assert_eq!(bench.at(), Some(at), "{keys}");
        assert_eq!(
            bench.state.hand.as_ref().map(|hand| hand.id),
            Some(feedback_id(at))
        );
    }
}

#[test]
fn a_long_list_is_paged_by_its_edges_and_knows_its_place() {
    let mut bench = Bench::new(2_000);
    let loaded = bench.state.inbox.rows.len();
    assert!(loaded < 400, "{loaded}");
    for step in 1..=1_000 {
        bench.keys("j");
        assert_eq!(bench.at(), Some(step));
        let inbox = &bench.state.inbox;
        assert_eq!(
            inbox.offset.map(|offset| offset + inbox.cursor as u64),
            Some(step as u64)
        );
        assert!(inbox.rows.len() < 400);
    }
    for step in (0..1_000).rev() {
        bench.keys("k");
        assert_eq!(bench.at(), Some(step));
    }
    bench.keys("G");
    assert_eq!(bench.at(), Some(1_999));
    assert_eq!(bench.state.inbox.total, Some(2_000));
    assert_eq!(
        bench
            .state
            .inbox
            .offset
            .map(|o| o + bench.state.inbox.cursor as u64),
        Some(1_999)
    );
    bench.keys("k g g");
    assert_eq!(bench.at(), Some(0));
}

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

#[test]
fn marks_are_set_one_by_one_by_range_and_all_at_once() {
    let mut bench = Bench::new(300);
    bench.keys("x j Space");
    let marks: Vec<_> = bench.state.inbox.marks.iter().copied().collect();
    assert_eq!(marks, [feedback_id(0), feedback_id(2)]);
    bench.keys("j v j j v");
    assert_eq!(bench.state.inbox.marks.len(), 5);
    bench.keys("Esc");
    assert!(bench.state.inbox.marks.is_empty());
    bench.keys("Ctrl-a");
    assert_eq!(bench.state.inbox.marks.len(), 300);
    assert_eq!(bench.notice(), "300 marked");
    // A range that is not ended is what a deed acts on.
    bench.keys("Esc g g v j j d");
    let archived = bench
        .world
        .feedback
        .iter()
        .filter(|row| row.state == State::Archived);
    assert_eq!(archived.count(), 3);
}

#[test]
fn escape_unwinds_marks_then_filter_then_view_and_never_quits() {
    let mut bench = Bench::new(40);
    bench.keys("z /");
    bench.type_text("exp");
    bench.settle();
    bench.keys("Enter x");
    bench.keys("Esc");
    assert!(bench.state.inbox.marks.is_empty());
    assert_ne!(bench.state.inbox.filter, bench.state.inbox.home);
    bench.keys("Esc");
    assert_eq!(bench.state.inbox.filter, bench.state.inbox.home);
    assert!(bench.state.zoomed);
    bench.keys("Esc");
    assert!(!bench.state.zoomed);
    bench.keys("Esc Esc Esc");
    assert!(!bench.state.leaving && bench.outside.is_empty());
    bench.keys("q");
    assert!(bench.state.leaving);
}

#[test]
fn another_window_changes_the_list_and_the_cursor_stays_on_its_row() {
    let mut bench = Bench::new(30);
    bench.keys("j j j j j");
    for row in &mut bench.world.feedback[0..3] {
        row.state = State::Processed;
    }
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(bench.at(), Some(5));
    assert_eq!(bench.state.inbox.cursor, 2);
    assert_eq!(bench.state.inbox.total, Some(27));
}

#[test]
fn the_orders_of_the_inbox_come_round() {
    let mut bench = Bench::new(3);
    let mut seen = Vec::new();
    for _ in 0..4 {
        bench.keys("O");
        seen.push(bench.state.inbox.filter.clone());
    }
    assert_eq!(
        seen,
        [
            "is:unprocessed sort:-age",
            "is:unprocessed sort:importance",
            "is:unprocessed sort:company",
            "is:unprocessed",
        ]
    );
}

#[test]
fn a_smaller_screen_keeps_the_cursor_on_it() {
    let mut bench = Bench::new(200);
    bench.keys("PgDn PgDn");
    for size in [(80, 24), (40, 10), (10, 3), (0, 0), (200, 50)] {
        bench.send(Message::Resize(size.0, size.1));
        bench.settle();
        let inbox = &bench.state.inbox;
        let rows = crate::app::layout::layout(&bench.state).inbox_rows().max(1);
        assert!(
            inbox.top <= inbox.cursor && inbox.cursor < inbox.top + rows,
            "{size:?}"
        );
    }
}

#[test]
fn panes_take_the_focus_in_turn_and_back_leads_back() {
    let mut bench = Bench::new(3);
    bench.keys("Tab Tab Tab");
    assert_eq!(bench.state.focus, Pane::Plan);
    bench.keys("Tab S-Tab S-Tab");
    assert_eq!(bench.state.focus, Pane::Ideas);
    bench.keys("g i Enter");
    assert_eq!(bench.state.focus, Pane::Feedback);
    bench.keys("Esc");
    assert_eq!(bench.state.focus, Pane::Inbox);
}

#[test]
fn an_unknown_key_says_so_and_a_sequence_can_be_left() {
    let mut bench = Bench::new(3);
    bench.keys("F7");
    assert_eq!(bench.notice(), "F7 does nothing here");
    bench.keys("g");
    assert_eq!(bench.state.pending.len(), 1);
    bench.keys("Esc");
    assert!(bench.state.pending.is_empty());
    assert_eq!(bench.at(), Some(0));
}

/// What the prompt says about what was typed.
fn hint(bench: &Bench) -> &str {
    match bench.state.overlays.last() {
        Some(Overlay::Prompt(prompt)) if prompt.error.is_none() => &prompt.hint,
        other => panic!("no prompt, or one with an error: {other:?}"),
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
        ("@ha", "nobody here is called @ha; did you mean @hana?", 8),
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
fn answer_some(bench: &mut Bench, rows: std::ops::Range<usize>) {
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

#[test]
fn a_list_on_its_way_to_an_end_still_goes_there_when_it_is_reloaded() {
    let mut bench = Bench::new(2_000);
    bench.keys("/");
    bench.type_text("exp");
    bench.press("Enter");
    // Another window has written meanwhile.
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!((bench.state.inbox.cursor, bench.at()), (0, Some(4)));
    bench.press("G");
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(bench.at(), Some(1_999));
    // Leaving the prompt goes nowhere but back.
    bench.keys("k k /");
    bench.type_text("wish");
    bench.press("Esc");
    bench.settle();
    assert_eq!(bench.at(), Some(1_989));
}

#[test]
fn the_palette_finds_feedback_by_its_text_below_what_fits_by_name() {
    let mut bench = Bench::new(20);
    bench.keys(":");
    bench.type_text("scree");
    let rows = |bench: &Bench| match bench.state.overlays.last() {
        Some(Overlay::Picker(picker)) => (picker.cursor, picker.rows.clone()),
        other => panic!("no palette: {other:?}"),
    };
    let (_, before) = rows(&bench);
    assert!(before.iter().all(|row| row.passage.is_none()));
    // Of five letters the newest question alone is answered, and what fits by name stays where it is.
    bench.settle();
    let (cursor, found) = rows(&bench);
    assert_eq!(found[..before.len()], before[..]);
    assert_eq!(found.len(), before.len() + 12);
    assert!(
        found[before.len()..]
            .iter()
            .all(|row| row.group == "Feedback")
    );
    let passage = found[before.len()].passage.as_ref().expect("a passage");
    assert!(passage.text.contains("screenshots"));
    assert_eq!(cursor, 0);
    bench.keys("Up Enter");
    let hand = bench.state.hand.as_ref().expect("a feedback");
    assert!(hand.pinned && hand.id == feedback_id(11));
    assert_eq!(bench.state.focus, Pane::Feedback);
    bench.keys(":");
    bench.send(Message::Paste("\u{202e}\"(-or* \u{1b}[2J".repeat(700)));
    bench.settle();
    bench.keys("Ctrl-u");
    assert!(rows(&bench).1.iter().all(|row| row.passage.is_none()));
}
