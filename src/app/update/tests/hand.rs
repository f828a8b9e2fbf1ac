//! The feedback in hand: its text, then the ideas ranked for it, then what others like it tell.

use crate::app::bench::{Bench, feedback_id, idea_id};
use crate::app::effect::{Effect, Question};
use crate::app::empty::empty_words;
use crate::app::layout::layout;
use crate::app::message::Message;
use crate::app::state::{Hand, Pane};
use crate::app::target;
use crate::domain::deed::{Deed, Outcome, Reversed, Touched};
use crate::domain::hints::{Hints, Kinship, LikelyOwner, OwnerReason, SameItem};
use crate::domain::id::{ActionId, IdeaId};
use crate::domain::moment::SECOND;
use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};

fn hand(bench: &Bench) -> &Hand {
    bench.state.hand.as_ref().expect("a hand")
}

/// Whether what is waiting asks about suggestions.
fn asks(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Ask {
            question: Question::Suggestions(_),
            ..
        }
    )
}

#[test]
fn the_text_comes_without_waiting_for_the_ideas_and_digits_mean_nothing_until_these_are_there() {
    let mut bench = Bench::new(5);
    let before = layout(&bench.state).ideas;
    bench.press("j");
    assert!(bench.work_once());
    assert!(hand(&bench).detail.is_some() && !hand(&bench).ranked);
    assert_eq!(
        layout(&bench.state).ideas,
        before,
        "the screen does not jump"
    );
    assert_eq!(empty_words(&bench.state, Pane::Ideas), None);
    bench.press("1");
    assert!(bench.notice().starts_with("1 came before these ideas"));
    let later = bench.state.now.plus(SECOND);
    bench.send(Message::Tick(later));
    let waits = empty_words(&bench.state, Pane::Ideas).expect("words");
    assert!(waits.why.contains("comparing") && waits.help.is_none());
    bench.settle();
    assert!(bench.deeds().is_empty() && hand(&bench).ranked);
    let first = hand(&bench).suggestions[0].idea.id;
    assert_eq!(hand(&bench).reasons[0].0, first, "why it fits is asked for");
    bench.keys("1");
    assert_eq!(bench.deeds().len(), 1);
}

#[test]
fn while_the_cursor_runs_only_the_ideas_of_the_last_one_are_asked_for_in_the_end() {
    let mut bench = Bench::new(9);
    bench.press("j j j");
    // What a worker drops because a newer question of the kind has come.
    let newest = bench.waiting.iter().rposition(asks).expect("a question");
    let mut place = 0;
    bench.waiting.retain(|effect| {
        place += 1;
        !asks(effect) || place - 1 == newest
    });
    bench.settle();
    assert_eq!(hand(&bench).id, feedback_id(3));
    assert!(hand(&bench).ranked && bench.state.flight.questions.is_empty());
}

#[test]
fn a_deed_asks_anew_for_all_but_the_frozen_numbers() {
    let mut bench = Bench::new(5);
    bench.press("2");
    assert!(bench.work_once());
    assert!(!bench.waiting.iter().any(asks));
    bench.settle();
    assert!(hand(&bench).suggestions[1].linked);
    bench.world.ideas[0].demand += 7;
    let raised = bench.world.ideas[0].demand;
    bench.keys("3");
    let known = &hand(&bench).suggestions;
    let same = bench.world.ideas[0].id;
    let shown = known.iter().find(|known| known.idea.id == same);
    assert_eq!(shown.map(|shown| shown.idea.demand), Some(raised));
}

#[test]
fn each_idea_under_the_cursor_is_explained_once() {
    let mut bench = Bench::new(3);
    bench.keys("Tab Tab j");
    assert_eq!(bench.state.focus, Pane::Ideas);
    assert_eq!(hand(&bench).reasons.len(), 2);
    bench.press("k j");
    assert!(bench.waiting.is_empty(), "both are known");
}

#[test]
fn the_likely_owner_and_the_likely_original_are_filled_in_even_for_fast_fingers() {
    let mut world = Bench::world(4);
    let omar = Handle::parse("@omar").expect("a handle");
    world.hints = Hints {
        owner: Some(LikelyOwner {
            owner: omar,
            why: OwnerReason::Items(4),
        }),
        same: vec![SameItem {
            row: world.feedback[3].clone(),
            by: Kinship::Company,
            score: 0.9,
            words: vec!["export".to_owned(), "auditors".to_owned()],
        }],
    };
    let mut bench = Bench::with(world, None, (120, 36));
    bench.press("j a");
    assert!(bench.state.overlays.is_empty(), "it is not known yet");
    bench.settle();
    let Some(crate::app::state::Overlay::Prompt(prompt)) = bench.state.overlays.last() else {
        panic!("no prompt: {:?}", bench.state.overlays);
    };
    assert_eq!(prompt.input.text, "@omar");
    assert!(
        prompt.hint.starts_with("owns 4 items like it"),
        "{}",
        prompt.hint
    );
    bench.keys("Esc m");
    let Some(crate::app::state::Overlay::Picker(picker)) = bench.state.overlays.last() else {
        panic!("no picker: {:?}", bench.state.overlays);
    };
    assert_eq!(picker.rows.len(), 1);
    assert!(picker.rows[0].note.starts_with("same company"));
    bench.keys("Enter");
    let duplicate = bench.deeds().pop().cloned();
    let expected = crate::domain::deed::Deed::Duplicate {
        feedback: vec![feedback_id(1)],
        of: feedback_id(3),
    };
    assert_eq!(duplicate, Some(expected));
}

#[test]
fn what_will_not_be_done_waits_for_the_ideas_that_are_like_it() {
    let mut bench = Bench::new(4);
    bench.press("j w");
    assert!(bench.state.overlays.is_empty(), "they are not known yet");
    bench.settle();
    let likest = hand(&bench).suggestions[0].idea.title.clone();
    let Some(crate::app::state::Overlay::Picker(picker)) = bench.state.overlays.last() else {
        panic!("no picker: {:?}", bench.state.overlays);
    };
    assert_eq!(picker.rows[picker.cursor].label, likest);
}

#[test]
fn the_panes_stay_where_they_are_whatever_number_of_ideas_comes() {
    for size in [(80, 24), (100, 50), (120, 36), (200, 50)] {
        let mut world = Bench::world(4);
        let ideas = std::mem::take(&mut world.ideas);
        let mut bench = Bench::with(world, None, size);
        let none = layout(&bench.state);
        bench.world.ideas = ideas;
        bench.press("j");
        while bench.work_once() {
            assert_eq!(layout(&bench.state), none, "{size:?}");
        }
        assert!(!hand(&bench).suggestions.is_empty());
    }
}

#[test]
fn the_release_that_is_glanced_at_changes_once_when_the_place_of_the_next_feedback_is_known() {
    let world = Bench::world(4);
    let name = |bench: &Bench| {
        let glanced = target::glanced(&bench.state);
        glanced.map(|planned| planned.release.name.clone())
    };
    let linked = world.plan.releases[1].items[0].idea;
    let mut bench = Bench::with(world, None, (120, 36));
    bench.world.links = vec![(feedback_id(1), linked), (feedback_id(2), linked)];
    let next = name(&bench);
    let at_its_place = Some(bench.world.plan.releases[1].release.name.clone());
    assert_ne!(next, at_its_place);
    let mut seen = vec![next.clone()];
    for _ in 0..3 {
        bench.press("j");
        seen.push(name(&bench));
        while bench.work_once() {
            seen.push(name(&bench));
        }
    }
    seen.dedup();
    assert_eq!(seen, [next.clone(), at_its_place, next]);
}

/// The titles of the ideas in sight.
fn in_sight(bench: &Bench) -> Vec<String> {
    let shown = hand(bench).suggestions.iter();
    let seen = shown.take(target::numbers(&bench.state));
    seen.map(|known| known.idea.title.clone()).collect()
}

/// Links to an idea by its name.
fn link_to(bench: &mut Bench, name: &str) {
    bench.press("i");
    bench.settle();
    bench.type_text(name);
    bench.settle();
    bench.keys("Enter");
}

/// Undoes something, after the world was made what it was before.
fn undo(bench: &mut Bench) {
    bench.world.reversed = Some(Reversed::Done(Outcome {
        reverses: None,
        touched: Touched::ALL,
        action: Some(ActionId(uuid::Uuid::from_u128(9))),
        words: "undone".to_owned(),
        made: Vec::new(),
        about: Vec::new(),
        things: Vec::new(),
    }));
    bench.keys("u");
}

#[test]
fn what_another_window_links_gives_no_number_another_meaning() {
    // With room for more numbers and without.
    for size in [(120, 36), (80, 20)] {
        let mut bench = Bench::with(Bench::world(3), None, size);
        let before = in_sight(&bench);
        let feedback = hand(&bench).id;
        bench.world.links.push((feedback, idea_id(5)));
        bench.send(Message::Changed);
        bench.settle();
        assert_eq!(in_sight(&bench)[..before.len()], before, "{size:?}");
        let shown = &hand(&bench).suggestions;
        assert!(
            shown
                .iter()
                .any(|known| known.idea.id == idea_id(5) && known.linked)
        );
        // What was taken away there loses its mark, and keeps its number; so does an idea that is gone.
        let first = shown[0].idea.id;
        bench.world.links.clear();
        bench.world.ideas.retain(|idea| idea.id != first);
        bench.send(Message::Changed);
        bench.settle();
        assert_eq!(in_sight(&bench)[..before.len()], before, "{size:?}");
        assert!(hand(&bench).suggestions.iter().all(|known| !known.linked));
        // A digit links to what it is drawn at.
        bench.keys("2");
        let linked = bench.world.links.last().map(|(_, idea)| *idea);
        assert_eq!(linked, Some(idea_of(&bench, &before[1])));
    }
}

/// The idea of that title.
fn idea_of(bench: &Bench, title: &str) -> IdeaId {
    let mut ideas = bench.world.ideas.iter();
    let found = ideas.find(|idea| idea.title == title);
    found.expect("an idea").id
}

#[test]
fn an_idea_that_was_not_among_those_shown_is_there_as_soon_as_it_is_linked_and_goes_with_the_link()
{
    let mut bench = Bench::new(3);
    let before = in_sight(&bench);
    assert_eq!(before.len(), 4);
    link_to(&mut bench, "Idea 5");
    let mut with = before.clone();
    with.push("Idea 5".to_owned());
    assert_eq!(in_sight(&bench), with);
    assert!(hand(&bench).suggestions[4].linked);
    bench.world.links.clear();
    undo(&mut bench);
    assert_eq!(in_sight(&bench), before);
}

#[test]
fn where_there_is_no_room_it_takes_the_last_number_and_the_others_keep_theirs() {
    let mut bench = Bench::with(Bench::world(3), None, (80, 20));
    let before = in_sight(&bench);
    let room = before.len();
    assert!((2..4).contains(&room), "{before:?}");
    link_to(&mut bench, "Idea 5");
    let mut with = before.clone();
    with[room - 1] = "Idea 5".to_owned();
    assert_eq!(in_sight(&bench), with);
    let behind = &hand(&bench).suggestions[room].idea.title;
    assert_eq!(*behind, before[room - 1], "it stands behind the fold");
    link_to(&mut bench, "Idea 4");
    assert_eq!(in_sight(&bench)[..room - 2], before[..room - 2]);
    assert_eq!(in_sight(&bench)[room - 2..], ["Idea 4", "Idea 5"]);
    bench.world.links.clear();
    undo(&mut bench);
    assert_eq!(in_sight(&bench), before);
}

#[test]
fn a_digit_typed_before_another_idea_has_its_number_is_dropped() {
    let mut bench = Bench::with(Bench::world(3), None, (80, 20));
    let room = in_sight(&bench).len();
    bench.keys("i");
    bench.type_text("Idea 5");
    bench.settle();
    bench.press("Enter");
    bench.press(&room.to_string());
    bench.settle();
    assert_eq!(bench.deeds().len(), 1);
    assert!(
        bench.notice().contains("nothing is linked"),
        "{}",
        bench.notice()
    );
}

#[test]
fn an_idea_that_is_gone_is_shown_no_more() {
    let mut bench = Bench::new(3);
    let gone = hand(&bench).suggestions[0].idea.clone();
    bench.world.ideas.retain(|idea| idea.id != gone.id);
    undo(&mut bench);
    let shown = &hand(&bench).suggestions;
    assert!(shown.iter().all(|known| known.idea.id != gone.id));
    assert_eq!(shown.len(), 3);
}

/// What is in sight, after another window has merged what had the first number.
fn merged_elsewhere(bench: &mut Bench) -> Vec<String> {
    let before = in_sight(bench);
    let gone = hand(bench).suggestions[0].idea.id;
    bench.world.ideas.retain(|idea| idea.id != gone);
    bench.send(Message::Changed);
    bench.settle();
    assert_eq!(in_sight(bench), before);
    before
}

#[test]
fn a_digit_that_is_refused_gives_no_number_another_meaning() {
    let mut bench = Bench::new(3);
    let before = merged_elsewhere(&mut bench);
    bench.press("1");
    let refusal = Problem::new(Kind::NotFound, "idea “Idea 0” is no longer there");
    let (ticket, _) = bench.state.flight.deed.expect("a deed on its way");
    bench.waiting.clear();
    bench.send(Message::Done {
        ticket,
        outcome: Err(refusal),
    });
    bench.settle();
    assert_eq!(in_sight(&bench), before);
}

#[test]
fn what_others_removed_keeps_its_number_behind_a_deed_and_an_undo() {
    let mut bench = Bench::new(3);
    let before = merged_elsewhere(&mut bench);
    bench.keys("2");
    assert_eq!(in_sight(&bench), before);
    bench.world.links.clear();
    undo(&mut bench);
    assert_eq!(in_sight(&bench), before);
}

#[test]
fn what_is_merged_from_here_loses_its_number() {
    let mut bench = Bench::new(3);
    let before = in_sight(&bench);
    let from = hand(&bench).suggestions[1].idea.id;
    let into = hand(&bench).suggestions[0].idea.id;
    let sent = crate::app::verbs::commit(&mut bench.state, Deed::MergeIdeas { from, into });
    bench.waiting.extend(sent);
    bench.world.ideas.retain(|idea| idea.id != from);
    bench.settle();
    assert_eq!(
        in_sight(&bench)[..2],
        [before[0].clone(), before[2].clone()]
    );
}
