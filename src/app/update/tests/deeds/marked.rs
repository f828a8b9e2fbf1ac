//! Deeds on what is marked, and the marks after them and after their undo.

use super::*;

#[test]
fn a_bulk_deed_is_one_deed_and_marks_serve_until_they_are_dealt_with() {
    let mut bench = Bench::new(6);
    bench.keys("x x k 1");
    assert_eq!(bench.deeds(), [&link(&[0, 1], 1)]);
    assert_eq!(bench.state.inbox.marks.len(), 2);
    bench.keys("P");
    assert!(bench.state.inbox.marks.is_empty());
    assert_eq!(bench.at(), Some(2));
    assert_eq!(bench.state.inbox.total, Some(4));
}

#[test]
fn the_ideas_of_an_item_that_is_not_marked_have_no_numbers_for_the_marked_ones() {
    let mut bench = Bench::new(6);
    bench.keys("x 1");
    assert!(bench.deeds().is_empty());
    assert_eq!(
        bench.notice(),
        "these ideas are for an item that is not marked; i finds one for the marked one"
    );
    bench.keys("x 1");
    assert!(bench.notice().ends_with("i finds one for the 2 marked"));
    assert_eq!(target::numbered(&bench.state), 0);
    // A range ends with the row under the cursor, whose ideas are on the screen.
    bench.keys("v j 1");
    assert_eq!(bench.deeds(), [&link(&[0, 1, 2, 3], 0)]);
}

#[test]
fn a_link_of_a_marked_one_that_is_not_in_hand_says_so() {
    let mut bench = Bench::new(6);
    bench.keys("1");
    assert_eq!(bench.notice(), "linked to “it”");
    bench.keys("x i Enter");
    assert_eq!(bench.notice(), "linked the marked one to “it”");
}

/// The next undo or redo reverses that action.
fn toggled(bench: &mut Bench, target: ActionId, action: u128) -> ActionId {
    let action = ActionId(uuid::Uuid::from_u128(action));
    bench.world.reversed = Some(Reversed::Done(Outcome {
        reverses: Some(target),
        touched: Touched::ALL,
        about: Vec::new(),
        things: Vec::new(),
        action: Some(action),
        words: "undone".to_owned(),
        made: Vec::new(),
    }));
    action
}

#[test]
fn what_was_marked_is_marked_again_when_the_deed_on_it_is_undone() {
    let mut bench = Bench::new(6);
    bench.keys("x x x P");
    assert!(bench.state.inbox.marks.is_empty());
    let done = bench.world.done[0].0;
    let marked = |bench: &Bench| bench.state.inbox.marks.iter().copied().collect::<Vec<_>>();
    let three = [0, 1, 2].map(feedback_id);
    let undo = toggled(&mut bench, done, 1);
    bench.keys("u");
    assert_eq!(marked(&bench), three);
    toggled(&mut bench, undo, 2);
    bench.keys("U");
    assert_eq!(marked(&bench), []);
    // The undo of another deed brings nothing back, and what is marked by now stays alone.
    toggled(&mut bench, undo, 3);
    bench.keys("u");
    assert_eq!(marked(&bench), []);
    bench.keys("x");
    let one = marked(&bench);
    toggled(&mut bench, done, 4);
    bench.keys("u");
    assert_eq!(marked(&bench), one);
}

#[test]
fn what_is_assigned_keeps_its_marks_where_the_list_still_shows_it() {
    let mut bench = Bench::new(6);
    bench.keys("x x a");
    bench.type_text("omar");
    bench.keys("Enter I 3");
    let Some(Deed::SetImportance { feedback, .. }) = bench.deeds().pop() else {
        panic!("{:?}", bench.deeds());
    };
    assert_eq!(*feedback, [0, 1].map(feedback_id));
    // Where the list is of what nobody owns, they leave it, and no mark stays behind that nobody sees.
    let mut bench = Bench::new(6);
    bench.keys("/");
    bench.type_text("is:unassigned is:unprocessed");
    bench.keys("Enter x x a");
    bench.type_text("omar");
    bench.keys("Enter");
    assert!(bench.state.inbox.marks.is_empty());
    let done = bench.world.done[0].0;
    toggled(&mut bench, done, 1);
    bench.keys("u");
    let marked: Vec<_> = bench.state.inbox.marks.iter().copied().collect();
    assert_eq!(marked, [0, 1].map(feedback_id));
}

#[test]
fn edited_ideas_and_moved_items_keep_their_marks() {
    let mut bench = Bench::new(1);
    bench.keys("g d x x f l");
    assert!(matches!(bench.deeds()[..], [Deed::EditIdeas { .. }]));
    assert_eq!(bench.state.ideas.marks.len(), 2);
    let mut bench = Bench::new(1);
    bench.keys("g r x > >");
    let deeds = bench.deeds();
    for deed in deeds {
        assert!(
            matches!(deed, Deed::MoveItems { items, .. } if *items == [item_id(0)]),
            "{deed:?}"
        );
    }
    let last = bench.state.plan.plan.releases.last().expect("a release");
    assert_eq!(last.items[0].id, item_id(0));
}

#[test]
fn edited_ideas_that_left_the_table_are_marked_again_by_the_undo() {
    let mut bench = Bench::new(1);
    bench.keys("g d x x");
    let state = &mut bench.state;
    let marked = state.ideas.marks.clone();
    let edit = Deed::EditIdeas {
        ideas: marked.iter().copied().collect(),
        edits: Vec::new(),
    };
    let action = ActionId(uuid::Uuid::from_u128(1));
    assert_eq!(marks::serve(state, &edit, Some(action)), None);
    state.ideas.shown.clear();
    marks::sift_ideas(state);
    assert!(state.ideas.marks.is_empty());
    let undo = Outcome {
        reverses: Some(action),
        touched: Touched::ALL,
        about: Vec::new(),
        things: Vec::new(),
        action: None,
        words: String::new(),
        made: Vec::new(),
    };
    marks::reversed(state, &undo);
    assert_eq!(state.ideas.marks, marked);
}
