//! What an undo brings back is shown, wherever the cursor was.

use super::undoing::told;
use crate::app::bench::{Bench, feedback_id, idea_id, item_id};
use crate::domain::deed::{Outcome, Reversed, Touched};
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::State as FeedbackState;
use crate::domain::id::ActionId;

/// What an undo answers that is about these feedback.
fn undone(bench: &Bench, about: &[usize]) -> Reversed {
    let row = |number: &usize| bench.world.feedback[*number].clone();
    Reversed::Done(Outcome {
        reverses: None,
        touched: Touched::ALL,
        action: Some(ActionId(uuid::Uuid::from_u128(8))),
        words: "undone".to_owned(),
        made: Vec::new(),
        about: about.iter().map(row).collect(),
        things: Vec::new(),
    })
}

/// Whether the row under the cursor is on the screen.
fn in_sight(bench: &Bench) -> bool {
    let inbox = &bench.state.inbox;
    let rows = crate::app::layout::layout(&bench.state).inbox_rows();
    (inbox.top..inbox.top + rows).contains(&inbox.cursor)
}

#[test]
fn what_an_undo_brings_back_is_under_the_cursor_and_on_the_screen() {
    // Just above the first row on the screen.
    let mut bench = Bench::new(200);
    bench.keys("G Ctrl-u Ctrl-u");
    let top = bench.state.inbox.top;
    let above = bench.state.inbox.rows[top].id.0.as_u128() as usize - 0xF000_0000 - 1;
    bench.world.reversed = Some(undone(&bench, &[above]));
    bench.keys("u");
    assert_eq!(bench.at(), Some(above));
    assert!(in_sight(&bench));
    assert_eq!(
        bench.state.hand.as_ref().map(|hand| hand.id),
        Some(feedback_id(above))
    );
    // Far away; of several the first.
    let mut bench = Bench::new(500);
    bench.world.reversed = Some(undone(&bench, &[450, 449, 460]));
    bench.keys("u");
    assert!(
        bench.at().is_some_and(|at| (449..=460).contains(&at)),
        "{:?}",
        bench.at()
    );
    assert!(in_sight(&bench));
    // What the list does not show leaves the cursor where it is.
    let mut bench = Bench::new(500);
    bench.keys("j j");
    bench.world.feedback[300].state = FeedbackState::Processed;
    bench.world.reversed = Some(undone(&bench, &[300]));
    bench.keys("u");
    assert_eq!(bench.at(), Some(2));
    // Of several it is the first that is shown.
    bench.world.reversed = Some(undone(&bench, &[300, 450]));
    bench.keys("u");
    assert_eq!(bench.at(), Some(450));
    bench.keys("g g j j");
    // Where more came back than is told, what is told stands anywhere.
    let some: Vec<usize> = (450..470).collect();
    bench.world.reversed = Some(undone(&bench, &some));
    bench.keys("u");
    assert_eq!(bench.at(), Some(2));
    // So does an undo on another screen.
    bench.world.reversed = Some(undone(&bench, &[7]));
    bench.keys("g t U Esc");
    assert_eq!(bench.at(), Some(2));
}

#[test]
fn what_an_undo_brings_back_in_the_ideas_and_in_the_plan_is_under_the_cursor() {
    let undone = |things: &[Thing]| {
        Some(Reversed::Done(Outcome {
            reverses: None,
            touched: Touched::ALL,
            action: Some(ActionId(uuid::Uuid::from_u128(8))),
            words: "undone".to_owned(),
            made: Vec::new(),
            about: Vec::new(),
            things: things.to_vec(),
        }))
    };
    let idea = |number| Thing::new(Entity::Idea, idea_id(number));
    let item = |number| Thing::new(Entity::ReleaseItem, item_id(number));
    let under = |bench: &Bench| crate::app::target::title(&bench.state);
    let mut bench = Bench::new(4);
    bench.keys("g d");
    let last = bench.state.ideas.rows[bench.state.ideas.shown[5]].clone();
    bench.world.reversed = undone(&[Thing::new(Entity::Idea, last.id)]);
    bench.keys("u");
    assert_eq!(under(&bench).as_deref(), Some(last.title.as_str()));
    // One that the filter hides leaves it where it is, and that is said.
    bench.keys("g g /");
    bench.type_text(&bench.state.ideas.rows[0].title.clone());
    bench.keys("Enter");
    let first = under(&bench);
    let other = bench
        .state
        .ideas
        .rows
        .iter()
        .find(|row| Some(&row.title) != first.as_ref());
    bench.world.reversed = undone(&[Thing::new(Entity::Idea, other.expect("another").id)]);
    bench.keys("u");
    assert_eq!(under(&bench), first);
    assert_eq!(
        told(&bench),
        "undone · filter hides it, Esc clears it · U redo"
    );
    // In the plan it is the item, else that of the idea.
    let mut bench = Bench::new(4);
    bench.keys("g r g g");
    let at = |bench: &Bench| crate::app::target::release_item(&bench.state).map(|item| item.id);
    bench.world.reversed = undone(&[idea(0), item(3)]);
    bench.keys("u");
    assert_eq!(at(&bench), Some(item_id(3)));
    let of = bench.world.plan.releases[0].items[1].clone();
    bench.world.reversed = undone(&[Thing::new(Entity::Idea, of.idea)]);
    bench.keys("U");
    assert_eq!(at(&bench), Some(of.id));
    bench.keys("/");
    bench.type_text("nothing has this");
    bench.keys("Enter");
    bench.world.reversed = undone(&[item(3)]);
    bench.keys("u");
    assert!(told(&bench).starts_with("undone · filter hides it, Esc clears"));
    // On another screen nothing is sought.
    bench.keys("Esc g t");
    bench.world.reversed = undone(&[item(3)]);
    bench.keys("U");
    assert!(bench.state.plan.sought.is_empty());
}

#[test]
fn an_undo_of_what_the_filter_hides_says_so_and_how_it_is_found() {
    let hides = "undone · filter hides it, : finds it · U redo";
    // In a list that is loaded whole, and in one that is not.
    for feedback in [4, 500] {
        let mut bench = Bench::new(feedback);
        bench.world.feedback[3].state = FeedbackState::Processed;
        bench.world.reversed = Some(undone(&bench, &[3]));
        bench.keys("u");
        assert_eq!(told(&bench), hides, "{feedback}");
        // What is done again leaves the list as it did before.
        bench.world.reversed = Some(undone(&bench, &[3]));
        bench.keys("U");
        assert!(!told(&bench).contains("hides"), "{}", told(&bench));
        // Of several, one that is shown is enough.
        bench.world.reversed = Some(undone(&bench, &[3, 1]));
        bench.keys("u");
        assert_eq!(told(&bench), "undone · U redo", "{feedback}");
        assert_eq!(bench.at(), Some(1));
    }
    // What is gone by the undo is not hidden.
    let mut bench = Bench::new(4);
    bench.world.reversed = Some(undone(&bench, &[]));
    bench.keys("u");
    assert_eq!(told(&bench), "undone · U redo");
}
