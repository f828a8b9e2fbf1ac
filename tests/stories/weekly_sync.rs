//! A week of the weekly sync, keys in, screens out: prepared, held with an interruption, ended, written down, and what of
//! it is on the agenda of the week after. `src/cli/meeting/story.rs` tells the same week by commands, and both come to the
//! same minutes, `weekly_sync.md` beside this file.

use std::fs;
use std::path::Path;

use intake::app::key::Key;
use intake::app::message::Message;
use intake::app::state::Overlay;
use intake::domain::deed::MeetingDeed;
use intake::domain::id::AgendaItemId;
use intake::domain::meeting::{AgendaRow, AgendaState, Running, Turn};
use intake::domain::moment::{DAY, HOUR, MINUTE, Moment, SECOND};

use crate::support::hands::{NOW, workspace, workspace_at};
use crate::support::{Console, SetUp};
use uuid::Uuid;

/// The day before the sync, and when it begins: at nine in Los Angeles.
const TUESDAY: Moment = Moment(NOW.0 + 3 * DAY);
const NINE: Moment = Moment(NOW.0 + 4 * DAY + 7 * HOUR);

/// The titles on the agenda.
fn agenda(console: &Console) -> Vec<String> {
    let found = console.state.sync.found.as_deref().expect("the sync");
    let rows = found.agenda.rows();
    rows.map(|row| row.title().to_owned()).collect()
}

/// Goes to the item with that title, which is at hand then.
fn to_item(console: &mut Console, title: &str) {
    console.press("g g");
    for _ in 0..60 {
        if intake::app::target::title(&console.state).as_deref() == Some(title) {
            return;
        }
        console.press("n");
    }
    panic!("no {title} in {:?}", agenda(console));
}

/// Types a text as it is, blanks and underscores included.
fn typed(console: &mut Console, text: &str) {
    for character in text.chars() {
        console.tell(Message::Key(Key::char(character)));
    }
}

/// The minutes that the story comes to, with `INTAKE_WRITE=1` written anew.
fn is_golden(markdown: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/weekly_sync.md");
    if std::env::var_os("INTAKE_WRITE").is_some() {
        fs::write(&path, markdown).expect("written");
    }
    let golden = fs::read_to_string(&path).expect("the minutes of the story");
    assert_eq!(markdown, golden);
}

#[test]
fn a_sync_is_prepared_held_written_down_and_its_rest_is_on_the_next() {
    let set_up = SetUp::default();
    let mut console = Console::demo(&set_up);

    // Tuesday: a request gets its owner, an item its update, and an idea is queued.
    console.anew(TUESDAY, &set_up);
    console.press("/ Ctrl-u text:is:unprocessed_is:unassigned Enter a Enter");
    let notice = console.state.notice.as_ref();
    assert_eq!(
        notice.map(|notice| notice.words.as_str()),
        Some("assigned to @jonas")
    );
    console.press("g d Q Enter g w");
    assert_eq!(agenda(&console)[0], "Export a board as PDF or CSV");
    console.press("c text:at-risk:_waits_for_the_review Enter");
    insta::assert_snapshot!("story_prepared", console.styled());

    // Wednesday: it begins.
    console.anew(NINE, &set_up).press("g w P");
    insta::assert_snapshot!("story_begun", console.styled());
    console.press("e");
    // The terminal is gone in the middle of a note, and nothing else is.
    let half = "omar asks the two";
    to_item(&mut console, "Data retention per channel");
    console.press("c");
    typed(&mut console, half);
    console.tell(Message::Tick(NINE.plus(2 * SECOND)));
    console.anew(NINE.plus(6 * MINUTE), &set_up).press("g w P");
    insta::assert_snapshot!("story_resumed", console.styled());
    console.press("c");
    match console.state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => assert_eq!(prompt.input.text, half),
        other => panic!("no prompt but {other:?}"),
    }
    typed(&mut console, " customers first");
    console.press("Enter");
    console.press("+ text:ask_the_two_customers_@omar_2026-11-27 Enter");
    console.press("e");
    to_item(&mut console, "Two-way sync of cards with Jira");
    console.press(">");
    insta::assert_snapshot!("story_carried", console.styled());
    console.press("F");
    insta::assert_snapshot!("story_over", console.styled());

    // The minutes, in both formats, to a folder of one's own; what is there is not written over.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("minutes");
    console.press("W");
    typed(&mut console, path.to_str().expect("a path"));
    console.press("Enter");
    assert!(console.state.overlays.is_empty(), "{}", console.screen());
    let markdown = fs::read_to_string(path.with_extension("md")).expect("Markdown");
    let html = fs::read_to_string(path.with_extension("html")).expect("HTML");
    assert!(html.starts_with("<!doctype html>") || html.starts_with("<!DOCTYPE html>"));
    assert!(html.contains("omar asks the two customers first"), "{html}");
    is_golden(&markdown);
    console.press("W");
    typed(&mut console, path.to_str().expect("a path"));
    console.press("Enter");
    assert!(
        console.screen().contains("is there already"),
        "{}",
        console.screen()
    );
    console.press("Esc Y");
    assert_eq!(console.copied.last(), Some(&markdown));

    // The week after: the promise and what was put off are there.
    console.anew(NINE.plus(6 * DAY), &set_up).press("g w");
    let found = console.state.sync.found.as_deref().expect("the sync");
    let steps = found.agenda.rows().filter_map(|row| match row {
        AgendaRow::Step(step) => Some((step.text.as_str(), step.overdue)),
        _ => None,
    });
    let steps: Vec<_> = steps.collect();
    assert!(
        steps.contains(&("ask the two customers", false)),
        "{steps:?}"
    );
    let carried = found.agenda.rows().filter_map(|row| match row {
        AgendaRow::Queued(item) if item.carried => Some(item.title.as_str()),
        _ => None,
    });
    let carried: Vec<&str> = carried.collect();
    assert!(
        carried.contains(&"Two-way sync of cards with Jira"),
        "{carried:?}"
    );
    assert!(
        !carried.contains(&"Data retention per channel"),
        "{carried:?}"
    );
    console.press("G");
    insta::assert_snapshot!("story_next_week", console.styled());
}

#[test]
fn what_is_shown_of_a_turn_at_once_is_what_the_file_keeps() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("acme.db");
    let mut window = workspace(&path, None, 1);
    let sync = window.weekly_sync().expect("a sync");
    let meeting = sync.id;
    // A meeting that nobody holds has no clock.
    let early = window.turn(
        meeting,
        Turn::TakeUp(Some(AgendaItemId(Uuid::from_u128(1)))),
    );
    assert_eq!(early.expect("an answer"), Running::default());
    let start = MeetingDeed::Start {
        at: NINE,
        zone: sync.zone,
        minutes: sync.minutes,
        meeting: sync.occurrence,
    };
    window.commit(&start.into()).expect("begun");
    drop(window);
    let [one, two] = [1, 2].map(|number| Some(AgendaItemId(Uuid::from_u128(number))));
    let mut shown = Running::default();
    for (minute, turn) in (0..).zip([
        Turn::Hold(true),
        Turn::TakeUp(one),
        Turn::Hold(true),
        Turn::Hold(true),
        Turn::Hold(false),
        Turn::Hold(false),
        Turn::TakeUp(two),
        Turn::TakeUp(one),
        Turn::TakeUp(one),
        Turn::Hold(true),
        Turn::TakeUp(two),
        Turn::TakeUp(None),
        Turn::Hold(false),
    ]) {
        let now = NOW.plus(minute * MINUTE);
        let kept = workspace_at(&path, None, 1, now).turn(meeting, turn);
        shown.turn(turn, now);
        shown.boxes.sort_by_key(|time| time.item);
        assert_eq!(kept.expect("kept"), shown, "{minute}: {turn:?}");
    }
}

#[test]
fn two_windows_prepare_and_hold_one_meeting() {
    let set_up = SetUp::default();
    let mut one = Console::demo(&set_up);
    let mut two = one.second_window(&SetUp {
        me: "omar",
        ..SetUp::default()
    });
    let both = |one: &mut Console, two: &mut Console| {
        // What the worker of each tells when the other has written.
        one.tell(Message::Changed);
        two.tell(Message::Changed);
        assert_eq!(agenda(one), agenda(two));
    };
    // Both queue.
    one.press("g w C text:Offsite_5m Enter");
    two.press("g w C text:Hiring_5m Enter");
    both(&mut one, &mut two);
    let queued = agenda(&one);
    for title in ["Offsite", "Hiring"] {
        let count = queued.iter().filter(|known| *known == title).count();
        assert_eq!(count, 1, "{queued:?}");
    }
    // Both begin, before either has heard of the other.
    one.press("P");
    two.press("P");
    both(&mut one, &mut two);
    // Both note the same item, and both mark it as discussed.
    for console in [&mut one, &mut two] {
        to_item(console, "Offsite");
    }
    one.press("c text:in_may Enter");
    two.press("c text:by_the_sea Enter");
    one.press("e");
    to_item(&mut two, "Offsite");
    two.press("e");
    both(&mut one, &mut two);
    let found = one.state.sync.found.as_deref().expect("the sync");
    let offsite: Vec<_> = found
        .agenda
        .rows()
        .filter_map(|row| match row {
            AgendaRow::Queued(item) if item.title == "Offsite" => Some(item),
            _ => None,
        })
        .collect();
    assert_eq!(offsite.len(), 1);
    assert_eq!(offsite[0].state, AgendaState::Discussed);
    assert_eq!(offsite[0].notes.as_deref(), Some("in may\n\nby the sea"));
    assert_eq!(
        agenda(&one).len(),
        queued.len(),
        "nothing twice, nothing lost"
    );
    // One ends it; the other one is told so and sees what it came to.
    one.press("F");
    two.tell(Message::Changed);
    let seen = two.screen();
    assert!(seen.contains("was ended in another window"), "{seen}");
    assert!(seen.contains("by the sea"), "{seen}");
}

#[test]
fn what_was_begun_by_mistake_begins_with_clocks_at_nothing() {
    let set_up = SetUp::default();
    let mut console = Console::demo(&set_up);
    console.press("g w P u");
    // Four days later it is really held.
    console.anew(NINE, &set_up).press("g w P");
    let found = console.state.sync.found.as_deref().expect("the sync");
    let at_hand = found.running.at_hand.expect("an item at hand");
    assert_eq!(found.running.taken(at_hand, NINE), 0);
    let all = found.running.boxes.iter();
    assert_eq!(all.map(|time| time.taken(NINE)).sum::<i64>(), 0);
}
