//! Deeds: what they do to the list, and keys that are faster than they are.

use crate::app::bench::{Bench, feedback_id, idea_id, item_id};
use crate::app::effect::Effect;
use crate::app::keymap::Keymap;
use crate::app::message::{Message, Mouse};
use crate::app::state::{Choice, Overlay, Tone};
use crate::app::target;
use crate::config::{self, KeyPreset, Placed};
use crate::domain::deed::{Deed, IdeaTarget, Obstacle, Outcome, Reversed};
use crate::domain::id::ActionId;
use crate::domain::moment::SECOND;
use crate::domain::pace::Underway;
use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};

fn link(feedback: &[usize], idea: usize) -> Deed {
    Deed::Link {
        feedback: feedback.iter().map(|number| feedback_id(*number)).collect(),
        idea: IdeaTarget::Existing(idea_id(idea)),
        quote: None,
    }
}

#[test]
fn a_deed_that_takes_the_row_out_leaves_the_cursor_on_its_place() {
    let mut bench = Bench::new(5);
    bench.keys("j j d");
    assert_eq!(bench.at(), Some(3));
    assert_eq!(bench.state.inbox.cursor, 2);
    assert_eq!(
        bench.state.hand.as_ref().map(|hand| hand.id),
        Some(feedback_id(3))
    );
    assert_eq!(bench.state.inbox.total, Some(4));
    assert_eq!(
        bench
            .state
            .notice
            .as_ref()
            .map(|n| (n.tone, n.hint.as_str())),
        Some((Tone::Done, "u undo"))
    );
    // The last row has no next one: the one before it is in hand.
    bench.keys("G d");
    assert_eq!(bench.at(), Some(3));
}

#[test]
fn a_deed_after_which_the_row_still_matches_leaves_the_cursor_on_it_and_its_numbers_as_they_are() {
    let mut bench = Bench::new(5);
    bench.keys("j");
    let order = |bench: &Bench| -> Vec<_> {
        let hand = bench.state.hand.as_ref().expect("a hand");
        hand.suggestions
            .iter()
            .map(|suggestion| suggestion.idea.id)
            .collect()
    };
    let before = order(&bench);
    bench.world.ideas.reverse();
    bench.keys("2");
    assert_eq!(bench.at(), Some(1));
    assert_eq!(order(&bench), before);
    let hand = bench.state.hand.as_ref().expect("a hand");
    let linked: Vec<bool> = hand
        .suggestions
        .iter()
        .map(|suggestion| suggestion.linked)
        .collect();
    assert_eq!(linked, [false, true, false, false]);
    assert_eq!(bench.state.inbox.rows[1].links, 1);
    assert!(
        bench.deeds()[0]
            == &Deed::Link {
                feedback: vec![feedback_id(1)],
                idea: IdeaTarget::Existing(before[1]),
                quote: None,
            }
    );
}

#[test]
fn keys_typed_while_a_deed_is_on_its_way_act_on_what_comes_next() {
    let mut bench = Bench::new(6);
    bench.press("d d j d");
    // Nothing was answered yet: one deed is on its way, three keys wait.
    assert_eq!(bench.waiting.len(), 1);
    assert_eq!(bench.state.flight.typed_ahead.len(), 3);
    bench.settle();
    assert!(bench.state.flight.typed_ahead.is_empty());
    let archived = |number: usize| Deed::Archive {
        feedback: vec![feedback_id(number)],
    };
    assert_eq!(bench.deeds(), [&archived(0), &archived(1), &archived(3)]);
    assert_eq!(bench.at(), Some(4));
}

#[test]
fn a_digit_typed_before_other_suggestions_were_drawn_is_dropped_and_says_so() {
    let mut bench = Bench::new(6);
    bench.press("d 1 e");
    bench.settle();
    assert_eq!(bench.deeds().len(), 1);
    assert_eq!(bench.at(), Some(1));
    // What was typed behind it was meant for what it would have linked.
    assert!(bench.state.overlays.is_empty());
    let words = "1 came before these ideas were on the screen: nothing is linked";
    assert_eq!(bench.notice(), words);
}

#[test]
fn what_is_typed_behind_a_digit_that_came_too_early_does_nothing_until_the_hands_rest() {
    let mut bench = Bench::new(6);
    bench.press("j");
    assert!(bench.work_once());
    bench.press("1 e");
    bench.settle();
    bench.press("j");
    assert_eq!(bench.at(), Some(1));
    assert!(bench.deeds().is_empty() && bench.state.overlays.is_empty());
    let notice = bench.state.notice.clone().expect("a notice");
    assert!(notice.words.starts_with("1 came before"), "{notice:?}");
    assert_eq!(notice.hint, "j behind it did nothing, too");
    let later = bench.state.now.plus(SECOND);
    bench.send(Message::Tick(later));
    bench.keys("1");
    assert_eq!(bench.deeds().len(), 1);
    // One may always leave.
    let mut bench = Bench::new(6);
    bench.press("j 1 Ctrl-c");
    assert!(bench.state.leaving);
}

#[test]
fn a_digit_behind_a_jump_or_a_key_that_waits_means_nothing_that_was_seen() {
    for keys in ["j o 1", "G 1", "/ x Enter 1"] {
        let mut bench = Bench::new(1_000);
        bench.press(keys);
        bench.settle();
        assert!(bench.deeds().is_empty(), "{keys}");
    }
}

#[test]
fn digits_for_the_item_that_stays_in_hand_are_played() {
    let mut bench = Bench::new(6);
    bench.press("1 2");
    bench.settle();
    assert_eq!(bench.deeds(), [&link(&[0], 0), &link(&[0], 1)]);
}

#[test]
fn a_digit_is_refused_where_it_is_not_drawn() {
    let mut bench = Bench::new(6);
    bench.keys("9");
    assert!(bench.deeds().is_empty());
    assert_eq!(bench.notice(), "there is no number 9 on the screen");
    bench.keys("z 1");
    assert!(bench.deeds().is_empty());
    bench.keys("z");
    bench.press("j 1");
    bench.settle();
    assert!(bench.deeds().is_empty());
}

#[test]
fn a_bulk_deed_is_one_deed_and_marks_serve_until_they_are_dealt_with() {
    let mut bench = Bench::new(6);
    bench.keys("x x 1");
    assert_eq!(bench.deeds(), [&link(&[0, 1], 2)]);
    assert_eq!(bench.state.inbox.marks.len(), 2);
    bench.keys("P");
    assert!(bench.state.inbox.marks.is_empty());
    assert_eq!(bench.at(), Some(2));
    assert_eq!(bench.state.inbox.total, Some(4));
}

#[test]
fn the_same_again_has_the_same_target_whatever_its_number_is_there() {
    let mut bench = Bench::new(6);
    bench.keys("1 j .");
    assert_eq!(bench.deeds(), [&link(&[0], 0), &link(&[1], 0)]);
    let mut bench = Bench::new(6);
    bench.keys(".");
    assert_eq!(bench.notice(), "no deed was done yet");
}

#[test]
fn an_undo_that_is_refused_shows_why_and_offers_the_rest() {
    let mut bench = Bench::new(6);
    let action = ActionId(uuid::Uuid::from_u128(1));
    bench.world.reversed = Some(Reversed::Refused {
        action,
        obstacles: vec![Obstacle {
            thing: "“Wish 1”".to_owned(),
            field: "owner".to_owned(),
            by: None,
            words: "changed since".to_owned(),
        }],
        rest: 2,
    });
    bench.keys("u");
    let Some(Overlay::Picker(picker)) = bench.state.overlays.last() else {
        panic!("a picker");
    };
    assert_eq!(picker.obstacles.len(), 1);
    assert_eq!(picker.rows[1].choice, Choice::UndoRest(action));
    bench.world.reversed = Some(Reversed::Done(Outcome {
        action: Some(action),
        words: "undone".to_owned(),
        made: Vec::new(),
    }));
    bench.keys("↓ Enter");
    assert!(bench.state.overlays.is_empty());
    assert_eq!(bench.notice(), "undone");
    bench.keys("u");
    assert_eq!(bench.notice(), "there is nothing to undo");
}

/// Whether an undo or redo is on its way.
fn reverses(bench: &Bench) -> bool {
    let mut waiting = bench.waiting.iter();
    waiting.any(|effect| matches!(effect, Effect::Reverse { .. }))
}

/// What the notice says, and what to do next.
fn told(bench: &Bench) -> String {
    let notice = bench.state.notice.as_ref();
    notice.map_or_else(String::new, |notice| {
        format!("{} · {}", notice.words, notice.hint)
    })
}

#[test]
fn until_a_deed_is_done_an_undo_after_a_key_that_did_nothing_says_first_what_it_would_undo() {
    // A digit without a number on the screen, and a key that means nothing; whatever was pressed in between.
    for keys in ["Tab z 1", "F7", "F7 Esc", "F7 ? Esc", "F7 j", "F7 U U"] {
        let mut bench = Bench::new(4);
        bench.keys("d");
        bench.keys(keys);
        bench.press("u");
        assert!(!reverses(&bench), "{keys}");
        bench.settle();
        let words = "u again undoes: did something · what you tried did nothing";
        assert_eq!(told(&bench), words, "{keys}");
        bench.press("u");
        assert!(reverses(&bench), "{keys}");
    }
    // At once again: what comes in between asks for it anew.
    let mut bench = Bench::new(4);
    bench.keys("d F7 u j");
    bench.press("u");
    assert!(!reverses(&bench));
    // A deed ends it.
    let mut bench = Bench::new(4);
    bench.keys("F7 d");
    bench.press("u");
    assert!(reverses(&bench));
    // So for what is done again, and where there is nothing.
    let mut bench = Bench::new(4);
    bench.keys("F7 u");
    assert_eq!(bench.notice(), "there is nothing to undo");
    bench.keys("U");
    assert_eq!(bench.notice(), "there is nothing to do again");
    bench.press("U");
    assert!(reverses(&bench));
    // And in the timeline, for what is under the cursor there.
    let mut bench = Bench::new(4);
    bench.keys("d g t F7");
    bench.press("u");
    assert!(!reverses(&bench));
    assert!(told(&bench).starts_with("u again undoes: did something"));
    bench.press("u");
    assert!(reverses(&bench));
    // The mouse does no deed.
    let mut bench = Bench::new(4);
    bench.state.settings.mouse = true;
    bench.keys("d F7");
    bench.send(Message::Mouse {
        action: Mouse::WheelDown,
        column: 3,
        row: 8,
    });
    bench.settle();
    bench.press("u");
    assert!(!reverses(&bench));
}

#[test]
fn what_an_undo_would_reverse_is_confirmed_only_by_whoever_could_see_it() {
    // Twice, before there was an answer.
    let mut bench = Bench::new(4);
    bench.keys("d F7");
    bench.press("u");
    bench.press("u");
    assert!(!reverses(&bench));
    bench.settle();
    bench.press("u");
    assert!(reverses(&bench));
    // Something was done elsewhere since: it may be another one.
    let mut bench = Bench::new(4);
    bench.keys("d F7 u");
    bench.send(Message::Changed);
    bench.settle();
    bench.press("u");
    assert!(!reverses(&bench));
    bench.settle();
    bench.press("u");
    assert!(reverses(&bench));
}

#[test]
fn a_deed_of_somebody_else_is_undone_only_when_it_was_asked_for_twice() {
    let mut bench = Bench::new(4);
    bench.keys("d g t");
    assert!(!bench.state.idle);
    bench.state.settings.me = Handle::parse("somebody.else").ok();
    bench.press("u");
    assert!(!reverses(&bench));
    assert!(told(&bench).ends_with("it is not yours"));
    bench.press("u");
    assert!(reverses(&bench));
}

#[test]
fn an_undo_of_two_keys_and_a_deed_that_was_refused_count_as_what_they_are() {
    // An undo of two keys is one key.
    let mut bench = Bench::new(4);
    let placed = |text: &str| Placed::built_in(text.to_owned());
    let undo = config::Binding {
        context: placed("everywhere"),
        command: placed("undo"),
        keys: vec![placed("g u")],
    };
    bench.state.keymap = Keymap::build(KeyPreset::Default, &[undo]).expect("a keymap");
    bench.keys("d F7");
    bench.press("g u");
    assert!(!reverses(&bench));
    bench.settle();
    bench.press("g u");
    assert!(reverses(&bench));
    // A deed that was refused by the workspace.
    let mut bench = Bench::new(4);
    bench.keys("d");
    bench.press("d");
    let ticket = bench.waiting.iter().find_map(|effect| match effect {
        Effect::Commit { ticket, .. } => Some(*ticket),
        _ => None,
    });
    bench.waiting.clear();
    let outcome = Err(Problem::new(Kind::Refused, "a rule forbids it"));
    let ticket = ticket.expect("a deed");
    bench.send(Message::Done { ticket, outcome });
    bench.settle();
    bench.press("u");
    assert!(!reverses(&bench));
}

#[test]
fn a_window_that_shows_nothing_takes_no_key_but_those_that_leave() {
    let mut bench = Bench::new(4);
    bench.send(Message::Resize(30, 8));
    bench.settle();
    bench.press("d A P");
    assert!(bench.deeds().is_empty() && bench.state.overlays.is_empty());
    bench.press("Ctrl-c");
    assert!(bench.state.leaving);
    bench.state.leaving = false;
    bench.send(Message::Resize(80, 24));
    bench.settle();
    bench.press("d");
    bench.settle();
    assert_eq!(bench.deeds().len(), 1);
}

#[test]
fn moving_an_item_twice_moves_the_same_item() {
    let mut bench = Bench::new(2);
    bench.keys("g r");
    assert_eq!(
        target::release_item(&bench.state).map(|item| item.id),
        Some(item_id(0))
    );
    bench.press("> >");
    bench.settle();
    assert_eq!(bench.deeds().len(), 2);
    assert_eq!(bench.state.plan.cursor.release, 2);
    assert_eq!(
        target::release_item(&bench.state).map(|item| item.id),
        Some(item_id(0))
    );
    bench.keys(">");
    assert!(
        bench.notice().contains("no release after"),
        "{}",
        bench.notice()
    );
}

#[test]
fn a_command_that_needs_what_is_still_being_read_waits_for_it() {
    let mut bench = Bench::new(6);
    bench.press("j o");
    assert!(bench.outside.is_empty());
    bench.settle();
    assert_eq!(bench.outside.len(), 1);
}

/// A console whose undo has been told to be half done.
fn half_undone() -> Bench {
    let mut bench = Bench::new(6);
    bench.keys("d");
    bench.press("u");
    bench.press("u d");
    let ticket = bench.waiting.iter().find_map(|effect| match effect {
        Effect::Reverse { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let underway = Underway {
        words: "undoing: imported 9 feedback".to_owned(),
        done: 1,
        of: 2,
    };
    let ticket = ticket.expect("an undo");
    bench.send(Message::Reversing { ticket, underway });
    bench
}

#[test]
fn an_undo_that_takes_long_says_how_far_it_is_and_takes_no_other() {
    let mut bench = half_undone();
    assert_eq!(
        told(&bench),
        "50% undoing: imported 9 feedback · Esc stops it · u d is forgotten"
    );
    for (keys, remark) in [
        ("u", "Esc stops it · no u until then"),
        ("U", "Esc stops it · no U until then"),
        ("q", "Esc stops it · q waits until then"),
    ] {
        bench.press(keys);
        assert!(told(&bench).ends_with(remark), "{}", told(&bench));
    }
    assert!(!bench.state.leaving);
    bench.settle();
    assert!(bench.state.leaving, "q was kept");
    let undone = bench.outside.iter().filter(|e| **e == Effect::Stop).count();
    assert_eq!(undone, 0);
    // Esc stops it, and what waits for it is forgotten.
    let mut bench = half_undone();
    bench.press("q Esc");
    assert_eq!(bench.outside, [Effect::Stop]);
    assert!(told(&bench).ends_with("stopping"));
    bench.settle();
    assert!(!bench.state.leaving && bench.state.flight.underway.is_none());
    // Leaving needs no waiting.
    let mut bench = half_undone();
    bench.press("Ctrl-c");
    assert!(bench.state.leaving);
}

#[test]
fn leaving_needs_no_waiting() {
    let mut bench = Bench::new(6);
    bench.press("d Ctrl-c");
    assert!(bench.state.leaving);
}
