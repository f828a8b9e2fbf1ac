//! What an undo says before and after: what it would reverse, and what it is about.

use super::undoing::assign;
use super::world::World;
use crate::domain::deed::{Deed, Foreseen, Foresight, IdeaEdit, Reversal, Reversed, Subject};
use crate::domain::entity::{Entity, Thing};
use crate::history::undo::{foreseen, reverse_watched};

#[test]
fn an_undo_says_what_it_would_reverse_where_nobody_is_sure_of_it() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    let archived = world.done(Deed::Archive {
        feedback: vec![feedback],
    });
    let before = world.dump();
    let seen = |seen: &Foresight| {
        assert_eq!(Some(seen.action), archived.action);
        assert_eq!(seen.words, "archived “Dark mode”");
        assert!((1..=3).contains(&seen.changes), "{}", seen.changes);
        false
    };
    let context = &world.context;
    let newest = Reversal::Newest;
    let watch = &mut |_: &_| std::ops::ControlFlow::Continue(());
    let unsure = reverse_watched(&mut world.store, context, newest, &seen, watch).expect("reads");
    assert!(matches!(&unsure, Reversed::Unsure(seen) if seen.words == "archived “Dark mode”"));
    assert_eq!(world.dump(), before);
    // A redo tells what was done before it was undone.
    let Reversed::Done(undone) = world.reverse(Reversal::Newest) else {
        panic!("it is undone");
    };
    assert_eq!(undone.about.len(), 1);
    assert_eq!(undone.about[0].id, feedback);
    let foreseen = foreseen(&world.store, &world.context, Reversal::LastUndone).expect("reads");
    assert!(matches!(foreseen, Foreseen::It(seen) if seen.words == "archived “Dark mode”"));
}

#[test]
fn an_undo_tells_which_ideas_and_release_items_it_is_about() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let release = world.release("v10.2");
    let about = |reversed: Reversed| match reversed {
        Reversed::Done(outcome) => outcome.things,
        other => panic!("{other:?}"),
    };
    let ideas = vec![idea];
    world.done(Deed::AddToRelease {
        ideas: ideas.clone(),
        release,
    });
    // What it has made is gone; what that hangs on is there.
    let idea = Thing::new(Entity::Idea, idea);
    assert_eq!(about(world.reverse(Reversal::Newest)), [idea]);
    let again = about(world.reverse(Reversal::LastUndone));
    assert_eq!(again.len(), 2);
    assert!(
        again.contains(&idea)
            && again
                .iter()
                .any(|thing| thing.entity == Entity::ReleaseItem)
    );
    world.done(Deed::EditIdeas {
        ideas,
        edits: vec![IdeaEdit::Title("Dark themes".to_owned())],
    });
    assert_eq!(about(world.reverse(Reversal::Newest)), [idea]);
}

#[test]
fn an_undo_tells_which_feedback_it_is_about_as_far_as_it_is_there() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    let about = |reversed: Reversed| match reversed {
        Reversed::Done(outcome) => outcome.about.iter().map(|row| row.id).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    // A comment hangs on its feedback.
    world.done(Deed::Comment {
        on: vec![Subject::Feedback(feedback)],
        text: "hm".to_owned(),
    });
    assert_eq!(about(world.reverse(Reversal::Newest)), [feedback]);
    assert_eq!(about(world.reverse(Reversal::LastUndone)), [feedback]);
    // What is gone by the undo is not there to be seen.
    world.reverse(Reversal::Newest);
    assert_eq!(about(world.reverse(Reversal::Newest)), []);
    assert_eq!(about(world.reverse(Reversal::LastUndone)), [feedback]);
}

#[test]
fn who_has_done_nothing_does_not_read_what_all_others_did() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    let newest = |world: &mut World, name: &str| {
        world.act_as(name);
        let seen = world.store.watch();
        let reversed = world.reverse(Reversal::Newest);
        let seen = seen.lock().expect("nobody panics meanwhile");
        let is_walk = |sql: &String| sql.contains("action.author = ?2");
        let words = match reversed {
            Reversed::Done(outcome) => outcome.words,
            other => format!("{other:?}"),
        };
        (words, seen.statements.iter().any(is_walk))
    };
    let nothing = "NotYours".to_owned();
    assert_eq!(newest(&mut world, "zelda"), (nothing.clone(), false));
    // What came after the first deed is theirs, whatever becomes of that one.
    let first = world.done(assign(feedback, "zelda"));
    let archived = Deed::Archive {
        feedback: vec![feedback],
    };
    world.done(archived);
    world.undone(&first);
    world.act_as("omar");
    world.idea("Themes");
    let archived = "undid: archived “Dark mode”".to_owned();
    assert_eq!(newest(&mut world, "zelda"), (archived, true));
    assert_eq!(newest(&mut world, "zelda"), (nothing, true));
}
