//! Undo and redo: what they say first, what they show, and which keys they take meanwhile.

use crate::app::bench::{Bench, NOW};
use crate::app::effect::{Effect, Question};
use crate::app::keymap::Keymap;
use crate::app::message::{Message, Mouse};
use crate::config::{self, KeyPreset, Placed};
use crate::domain::deed::{Foresight, Reversed};
use crate::domain::id::ActionId;
use crate::domain::moment::DAY;
use crate::domain::pace::Underway;
use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};

/// Whether an undo or redo is on its way.
fn reverses(bench: &Bench) -> bool {
    let mut waiting = bench.waiting.iter();
    waiting.any(|effect| matches!(effect, Effect::Reverse { .. }))
}

/// The ticket of the deed, undo or redo that is on its way.
fn ticket(bench: &Bench) -> u64 {
    let mut waiting = bench.waiting.iter();
    let ticket = waiting.find_map(|effect| match effect {
        Effect::Commit { ticket, .. } | Effect::Reverse { ticket, .. } => Some(*ticket),
        _ => None,
    });
    ticket.expect("a deed on its way")
}

/// What the notice says, and what to do next.
pub(super) fn told(bench: &Bench) -> String {
    let notice = bench.state.notice.as_ref();
    notice.map_or_else(String::new, |notice| {
        format!("{} · {}", notice.words, notice.hint)
    })
}

/// A key does nothing at first but say what it would undo, and undoes it when that could be read.
#[track_caller]
fn reverses_once_read(bench: &mut Bench, keys: &str) {
    bench.press(keys);
    assert!(!reverses(bench));
    bench.settle();
    read(bench);
    bench.press(keys);
    assert!(reverses(bench));
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
        read(&mut bench);
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
    bench.keys("U U");
    let nothing = "there is nothing to do again · g t shows what was done";
    assert_eq!(told(&bench), nothing, "to press again would do nothing");
    read(&mut bench);
    bench.press("U");
    assert!(reverses(&bench));
    // And in the timeline, for what is under the cursor there.
    let mut bench = Bench::new(4);
    bench.keys("d g t F7");
    bench.press("u");
    assert!(!reverses(&bench));
    assert!(told(&bench).starts_with("u again undoes: did something"));
    bench.press("u");
    assert!(!reverses(&bench), "nobody reads so fast");
    read(&mut bench);
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
    reverses_once_read(&mut bench, "u");
    // Something was done elsewhere since: it may be another one.
    let mut bench = Bench::new(4);
    bench.keys("d F7 u");
    bench.send(Message::Changed);
    bench.settle();
    reverses_once_read(&mut bench, "u");
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
    // Nor does something that did nothing before take the place of that.
    bench.keys("F7");
    bench.press("u");
    assert!(told(&bench).ends_with("it is not yours"));
    read(&mut bench);
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
    reverses_once_read(&mut bench, "g u");
    // A deed that was refused by the workspace.
    let mut bench = Bench::new(4);
    bench.keys("d");
    bench.press("d");
    let ticket = ticket(&bench);
    bench.waiting.clear();
    let outcome = Err(Problem::new(Kind::Refused, "a rule forbids it"));
    bench.send(Message::Done { ticket, outcome });
    bench.settle();
    bench.press("u");
    assert!(!reverses(&bench));
}

/// A console whose undo has been told to be half done.
fn half_undone() -> Bench {
    let mut bench = Bench::new(6);
    bench.keys("d");
    bench.press("u");
    bench.press("u d");
    let ticket = ticket(&bench);
    let underway = Underway {
        words: "undoing: imported 9 feedback".to_owned(),
        done: 1,
        of: 2,
    };
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
        ("q", "Esc stops it · no q until then"),
    ] {
        bench.press(keys);
        assert!(told(&bench).ends_with(remark), "{}", told(&bench));
    }
    bench.settle();
    assert!(!bench.state.leaving, "q was dropped");
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
    // What is being stored cannot be stopped any more.
    let mut bench = half_undone();
    let ticket = bench.state.flight.deed.map(|(ticket, _)| ticket);
    let underway = Underway {
        words: "undoing: imported 9 feedback".to_owned(),
        done: 2,
        of: 2,
    };
    let ticket = ticket.expect("an undo");
    bench.send(Message::Reversing { ticket, underway });
    bench.press("Esc");
    assert!(bench.outside.is_empty());
    let words = "storing… undoing: imported 9 feedback · too late to stop it";
    assert_eq!(told(&bench), words);
}

#[test]
fn what_is_typed_while_an_undo_takes_long_does_nothing_afterwards() {
    let done = |bench: &Bench| bench.deeds().len();
    let mut bench = half_undone();
    bench.press("e d A j");
    assert!(told(&bench).ends_with("no j until then"));
    bench.settle();
    assert_eq!((done(&bench), bench.at()), (1, Some(1)));
    // Nor what follows at once, which is said; a moment later keys mean again what they say.
    bench.press("d");
    assert!(
        told(&bench).ends_with("d right behind it did nothing"),
        "{}",
        told(&bench)
    );
    let later = bench.state.now.plus(600);
    bench.send(Message::Tick(later));
    bench.keys("d");
    assert_eq!(done(&bench), 2);
    // Whoever waited is heard at once, and whoever has stopped it.
    let mut bench = half_undone();
    bench.press("e Esc");
    bench.settle();
    bench.keys("d");
    assert_eq!(done(&bench), 2);
    let mut bench = half_undone();
    bench.settle();
    bench.keys("d");
    assert_eq!(done(&bench), 2);
}

/// A console whose undo has been answered so.
fn answered(reversed: Reversed) -> Bench {
    let mut bench = Bench::new(40);
    bench.world.reversed = Some(reversed);
    bench
}

fn unsure(changes: u64) -> Reversed {
    Reversed::Unsure(Foresight {
        action: ActionId(uuid::Uuid::from_u128(7)),
        words: "imported 60000 feedback from wishes.csv".to_owned(),
        at: NOW.plus(-3 * DAY),
        changes,
    })
}

/// The undo or redo that is on its way: which action was confirmed.
fn confirmed(bench: &Bench) -> Option<Option<ActionId>> {
    let mut waiting = bench.waiting.iter();
    waiting.find_map(|effect| match effect {
        Effect::Reverse { confirmed, .. } => Some(*confirmed),
        _ => None,
    })
}

/// Somebody reads what is on the screen.
fn read(bench: &mut Bench) {
    let later = bench.state.now.plus(600);
    bench.send(Message::Tick(later));
    bench.settle();
}

#[test]
fn what_is_large_or_of_another_session_is_undone_when_it_was_asked_for_twice() {
    let words = "u again undoes: imported 60000 feedback from wishes.csv";
    for (changes, why) in [
        (600_000, "it changed 600000 fields"),
        (3, "done in another session, 3d ago"),
    ] {
        let mut bench = answered(unsure(changes));
        bench.press("u");
        assert_eq!(confirmed(&bench), Some(None));
        // Nobody has seen yet what the second one would undo, nor what the others would act on.
        bench.press("u d");
        bench.settle();
        let forgotten = "u d is forgotten";
        assert_eq!(told(&bench), format!("{words} · {why} · {forgotten}"));
        assert!(bench.deeds().is_empty());
        // Nor has whoever holds the key down.
        bench.keys("u u");
        assert_eq!(confirmed(&bench), None);
        let fast = "too fast to be read: u again";
        assert_eq!(told(&bench), format!("{words} · {fast}"));
        read(&mut bench);
        bench.press("u");
        let seen = ActionId(uuid::Uuid::from_u128(7));
        assert_eq!(confirmed(&bench), Some(Some(seen)));
        // Whatever comes in between asks anew.
        let mut bench = answered(unsure(changes));
        bench.keys("u j");
        read(&mut bench);
        bench.press("u");
        assert_eq!(confirmed(&bench), Some(None));
    }
    // A redo, too.
    let mut bench = answered(unsure(3));
    bench.keys("U");
    assert!(told(&bench).starts_with("U again does again: imported"));
    read(&mut bench);
    bench.press("u");
    assert_eq!(confirmed(&bench), Some(None));
}

#[test]
fn what_was_done_just_now_in_another_session_has_no_age() {
    let mut bench = answered(Reversed::Unsure(Foresight {
        action: ActionId(uuid::Uuid::from_u128(7)),
        words: "archived “Dark mode”".to_owned(),
        at: NOW,
        changes: 1,
    }));
    bench.keys("u");
    assert!(told(&bench).ends_with("done in another session just now"));
}

#[test]
fn where_others_did_all_there_is_an_undo_says_so() {
    let mut bench = answered(Reversed::NotYours);
    bench.keys("u");
    let words = "nothing that was done here is yours to undo · g t shows what others did";
    assert_eq!(told(&bench), words);
}

#[test]
fn an_undo_asks_anew_what_it_would_undo_where_that_could_not_be_read() {
    let mut bench = Bench::new(4);
    bench.keys("d F7");
    bench.press("u");
    let sequence = bench.waiting.iter().find_map(|effect| match effect {
        Effect::Ask {
            sequence,
            question: Question::Foreseen(_),
        } => Some(*sequence),
        _ => None,
    });
    bench.waiting.clear();
    let answer = Err(Problem::new(Kind::Storage, "the disk is gone"));
    let sequence = sequence.expect("a question");
    bench.send(Message::Answer { sequence, answer });
    assert_eq!(bench.notice(), "the disk is gone");
    bench.keys("u");
    assert!(told(&bench).starts_with("u again undoes: did something"));
}

#[test]
fn the_founding_of_a_workspace_is_not_asked_about_first() {
    let mut bench = Bench::new(4);
    bench.keys("d g t");
    bench.state.timeline.entries[0].lasts = true;
    bench.state.settings.me = Handle::parse("somebody.else").ok();
    bench.press("u");
    assert!(!reverses(&bench) && bench.state.warned.is_none());
    assert!(
        bench
            .notice()
            .contains("the founding of a workspace cannot be undone")
    );
}
