//! Timelines and changes in words.

use super::undoing::{assign, link};
use super::world::{World, handle};
use crate::domain::deed::{Deed, IdeaEdit, PersonEdit};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::TicketId;
use crate::domain::timeline::ChangeLine;
use crate::history::timeline::{change_lines, timeline};

#[test]
fn timelines_tell_what_happened_to_a_thing_by_its_name_of_today() {
    let mut world = World::new();
    let (feedback, idea) = (world.feedback("Dark mode"), world.idea("Themes"));
    let other = world.feedback("Other");
    world.done(link(feedback, idea));
    world.done(Deed::Tag {
        feedback: vec![feedback, other],
        add: vec!["ui".to_owned()],
        remove: Vec::new(),
    });
    let answered = world.done(Deed::Answer {
        answers: vec![(feedback, "@dana done".to_owned())],
    });
    world.undone(&answered);
    world.done(Deed::EditIdeas {
        ideas: vec![idea],
        edits: vec![IdeaEdit::Title("Looks".to_owned())],
    });
    assert_eq!(
        world.words(Some(Thing::new(Entity::Feedback, feedback))),
        [
            "undid: answered “Dark mode” (nobody is known to tell)",
            "answered “Dark mode” (nobody is known to tell)",
            "tagged 2 feedback with ui",
            "linked “Dark mode” to “Looks”",
            "added “Dark mode”",
        ]
    );
    assert_eq!(
        world.words(Some(Thing::new(Entity::Idea, idea))),
        [
            "edited “Looks” (title)",
            "linked “Dark mode” to “Looks”",
            "created “Looks”"
        ]
    );
    let device = world.context.device;
    let all = timeline(&world.store, device, None, None, 100).expect("reads");
    let second = timeline(&world.store, device, None, Some(all[0].action), 2).expect("reads");
    assert_eq!(second, all[1..3]);
    assert_eq!(all[3].about, None);
    assert_eq!(all[4].about, Some(Thing::new(Entity::Feedback, feedback)));
    assert_eq!(all[2].undone_by, Some(all[1].action));
    let gone = Thing::new(Entity::Ticket, TicketId(uuid::Uuid::from_u128(3)));
    assert!(timeline(&world.store, device, Some(gone), None, 1).is_err());
}

#[test]
fn changes_are_told_in_words() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    world.done(assign(feedback, "omar"));
    let line = |field: &str, from: Option<&str>, to: Option<&str>| ChangeLine {
        thing: "“Dark mode”".to_owned(),
        field: field.to_owned(),
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
    };
    let assigned = world
        .done(assign(feedback, "hana"))
        .action
        .expect("an action");
    let lines = change_lines(&world.store, assigned, 10).expect("lines");
    assert_eq!(lines, [line("owner", Some("@omar"), Some("@hana"))]);
    let archived = world
        .done(Deed::Archive {
            feedback: vec![feedback],
        })
        .action
        .expect("an action");
    let lines = change_lines(&world.store, archived, 1).expect("lines");
    assert_eq!(
        lines,
        [line("state", Some("Unprocessed"), Some("Archived"))]
    );
    let saved = world.done(Deed::SavePerson {
        handle: handle("zoe"),
        edit: PersonEdit::default(),
    });
    let undone = world.undone(&saved).action.expect("an action");
    let lines = change_lines(&world.store, undone, 10).expect("lines");
    assert_eq!(
        (lines[0].field.as_str(), lines[0].to.as_deref()),
        ("deleted", Some("yes"))
    );
    assert_eq!(lines[0].from, None);
}
