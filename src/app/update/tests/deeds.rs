//! Deeds: what they do to the list, and keys that are faster than they are.

mod marked;

use crate::app::bench::{Bench, feedback_id, idea_id, item_id};
use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::app::state::{Choice, Overlay, Tone};
use crate::app::target;
use crate::app::update::marks;
use crate::domain::deed::{Deed, IdeaTarget, Obstacle, Outcome, Reversed, Touched};
use crate::domain::id::ActionId;
use crate::domain::moment::SECOND;

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
    let hint = |bench: &Bench| bench.state.notice.clone().map(|notice| notice.hint);
    let behind = "e behind it did nothing, too";
    assert_eq!(hint(&bench).as_deref(), Some(behind));
    // All of them are named, shortly; alone it is to be typed again.
    let mut bench = Bench::new(6);
    bench.press("d 1");
    bench.settle();
    assert_eq!(hint(&bench).as_deref(), Some("type it again"));
    bench.press("e j j j j j j A P");
    let behind = "e j j j j j j A … behind it did nothing, too";
    assert_eq!(hint(&bench).as_deref(), Some(behind));
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
    assert_eq!(notice.hint, "e j behind it did nothing, too");
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
fn the_same_again_has_the_same_target_whatever_its_number_is_there() {
    let mut bench = Bench::new(6);
    bench.keys("1 j .");
    assert_eq!(bench.deeds(), [&link(&[0], 0), &link(&[1], 0)]);
    let mut bench = Bench::new(6);
    bench.keys(".");
    assert_eq!(bench.notice(), "no deed was done yet");
}

#[test]
fn what_cannot_be_repeated_is_no_reason_to_repeat_an_older_deed() {
    let mut bench = Bench::new(6);
    bench.keys("1 c x Ctrl-s j");
    assert_eq!(bench.deeds().len(), 2);
    bench.keys(".");
    assert_eq!(bench.deeds().len(), 2);
    assert_eq!(bench.notice(), "the last deed is not to be repeated: done");
    bench.keys("I 3 j .");
    assert_eq!(bench.deeds().len(), 4);
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
        reverses: None,
        touched: Touched::ALL,
        about: Vec::new(),
        things: Vec::new(),
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
    assert_eq!(
        bench.notice(),
        "d A P came while the window was too small, and did nothing"
    );
    bench.press("d");
    bench.settle();
    assert_eq!(bench.deeds().len(), 1);
}

#[test]
fn a_text_is_typed_on_while_the_window_shows_nothing_and_not_stored() {
    let mut bench = Bench::new(4);
    bench.keys("c h i");
    bench.send(Message::Resize(30, 8));
    bench.press("g h Backspace Enter Ctrl-s Tab Esc ! Ctrl-a O");
    bench.settle();
    assert!(bench.deeds().is_empty());
    bench.send(Message::Resize(80, 24));
    bench.settle();
    let Some(Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("the prompt is still there");
    };
    assert_eq!(prompt.input.text, "Ohig!");
    let told = prompt.error.as_ref().map(|(_, words)| words.as_str());
    assert_eq!(
        told,
        Some("Enter Ctrl-s Tab Esc came while the window was too small, and did nothing")
    );
    bench.keys("Ctrl-s");
    assert_eq!(bench.deeds().len(), 1);
    bench.send(Message::Resize(30, 8));
    bench.send(Message::Resize(80, 24));
    assert!(!bench.notice().contains("too small"), "{}", bench.notice());
}

#[test]
fn what_is_sought_in_a_list_is_typed_on_while_the_window_shows_nothing_and_nothing_is_chosen() {
    let sought = |bench: &Bench| match bench.state.overlays.last() {
        Some(Overlay::Picker(picker)) => picker.input.text.clone(),
        other => panic!("the picker is still there: {other:?}"),
    };
    let mut bench = Bench::new(4);
    bench.keys("i");
    bench.send(Message::Resize(30, 8));
    bench.press("d a Backspace Enter");
    bench.send(Message::Resize(80, 24));
    bench.settle();
    assert_eq!(sought(&bench), "d");
    assert!(bench.deeds().is_empty());
    // A key that chooses at once does so only where one sees it.
    let mut bench = Bench::new(4);
    bench.keys("g d f");
    bench.send(Message::Resize(30, 8));
    bench.press("l");
    bench.send(Message::Resize(80, 24));
    bench.settle();
    assert_eq!(sought(&bench), "");
    assert!(bench.deeds().is_empty());
}

#[test]
fn after_a_deed_those_lists_are_asked_for_that_it_touched() {
    let asked = |touched: Touched| {
        let mut bench = Bench::new(6);
        bench.world.touched = touched;
        bench.press("1");
        assert!(bench.work_once());
        let kinds = bench.waiting.iter().filter_map(|effect| match effect {
            Effect::Ask { question, .. } => Some(question.kind()),
            _ => None,
        });
        let kinds: Vec<&str> = kinds.collect();
        ["ideas", "plan", "vocabulary"].map(|kind| kinds.contains(&kind))
    };
    assert_eq!(asked(Touched::NOTHING), [false, false, false]);
    let plan = Touched {
        plan: true,
        ..Touched::NOTHING
    };
    assert_eq!(asked(plan), [false, true, false]);
    assert_eq!(asked(Touched::ALL), [true, true, true]);
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

#[test]
fn leaving_needs_no_waiting() {
    let mut bench = Bench::new(6);
    bench.press("d Ctrl-c");
    assert!(bench.state.leaving);
}
