//! The inbox: its window, its cursor and its marks.

use crate::app::bench::{Bench, feedback_id, idea_id};
use crate::app::message::Message;
use crate::app::state::{Overlay, Pane};
use crate::app::target;
use crate::domain::feedback::State;
use crate::domain::moment::{MINUTE, SECOND};
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

#[test]
fn what_the_clock_brings_back_is_asked_for_as_soon_as_nobody_is_in_the_middle_of_something() {
    let mut bench = Bench::new(3);
    let minute = bench.state.now.plus(MINUTE);
    bench.press("?");
    bench.settle();
    bench.send(Message::Tick(minute));
    assert!(bench.waiting.is_empty(), "help is read");
    bench.keys("Esc");
    bench.send(Message::Tick(minute.plus(SECOND)));
    assert!(bench.state.asked("inbox"));
    bench.settle();
    bench.send(Message::Tick(minute.plus(2 * SECOND)));
    assert!(bench.waiting.is_empty(), "once in a minute");
}

#[test]
fn the_idea_under_the_cursor_stays_when_its_pane_takes_the_screen_and_gives_it_back() {
    let under = |bench: &Bench| target::idea_row(&bench.state).map(|row| row.id);
    let mut bench = Bench::new(3);
    bench.keys("Tab Tab");
    for _ in 0..4 {
        let idea = under(&bench);
        assert!(idea.is_some() && !bench.state.zoomed);
        bench.keys("z");
        assert_eq!((under(&bench), bench.state.zoomed), (idea, true));
        bench.keys("Esc");
        assert_eq!((under(&bench), bench.state.zoomed), (idea, false));
        bench.keys("j");
    }
    // A filter that hides it is taken away.
    let idea = under(&bench);
    bench.keys("z");
    let other = bench
        .state
        .ideas
        .rows
        .iter()
        .find(|row| Some(row.id) != idea);
    let title = other.map(|row| format!("\"{}\"", row.title));
    bench.keys("z g d /");
    bench.type_text(&title.unwrap_or_default());
    bench.keys("Enter");
    assert_eq!(bench.state.ideas.shown.len(), 1);
    bench.keys("g i Tab Tab z");
    assert_eq!(under(&bench), idea);
    // One that has a number is under the cursor there, too, when the table gives the screen back.
    let suggested = |bench: &Bench| {
        bench
            .state
            .hand
            .as_ref()
            .map(|hand| hand.suggestions[1].idea.id)
    };
    let second = suggested(&bench);
    bench.keys("g g");
    for _ in 0..bench.state.ideas.shown.len() {
        if under(&bench) != second {
            bench.keys("j");
        }
    }
    bench.keys("z");
    assert_eq!((under(&bench), bench.state.zoomed), (second, false));
}

#[test]
fn the_table_is_as_it_was_left_where_the_pane_has_no_number_for_its_idea() {
    let under = |bench: &Bench| target::idea_row(&bench.state).map(|row| row.id);
    let mut bench = Bench::new(3);
    bench.keys("g d G");
    let last = under(&bench);
    let hand = bench.state.hand.as_ref().expect("a hand");
    assert!(
        hand.suggestions
            .iter()
            .all(|known| Some(known.idea.id) != last)
    );
    bench.keys("z");
    assert_ne!(under(&bench), last);
    bench.keys("z");
    assert_eq!(under(&bench), last);
    // Where the cursor of the pane was moved, that is what is meant.
    bench.keys("z j");
    let chosen = under(&bench);
    bench.keys("z");
    assert_eq!(under(&bench), chosen);
}

#[test]
fn the_last_idea_is_on_the_screen_below_the_heads_of_its_table() {
    for size in [(80, 24), (120, 36), (200, 50)] {
        let mut world = Bench::world(1);
        let like = world.ideas[0].clone();
        world.ideas = (0..60)
            .map(|number| {
                let mut idea = like.clone();
                (idea.id, idea.title) = (idea_id(number), format!("Idea {number}"));
                idea
            })
            .collect();
        let mut bench = Bench::with(world, None, size);
        bench.keys("g d G");
        let ideas = &bench.state.ideas;
        let drawn = usize::from(crate::app::layout::layout(&bench.state).body.height) - 2;
        assert_eq!(ideas.cursor, 59);
        assert!(ideas.top + drawn > ideas.cursor, "{size:?}: {}", ideas.top);
    }
}
