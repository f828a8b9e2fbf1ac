//! The items of an agenda: what is done to one, where it goes, what is queued.

use super::*;

#[test]
fn what_is_done_to_an_item_names_it_and_says_what_is_so_now() {
    let mut world = World::new();
    let item = item_of(&world.done(add(None, "Pricing")));
    for (edit, words) in [
        (AgendaEdit::Minutes(Some(5)), "“Pricing” takes 5 minutes"),
        (AgendaEdit::Minutes(Some(1)), "“Pricing” takes 1 minute"),
        (AgendaEdit::Confidential(true), "“Pricing” is confidential"),
        (
            AgendaEdit::Confidential(false),
            "“Pricing” is not confidential any more",
        ),
    ] {
        let edits = MeetingDeed::EditItem {
            item: AgendaTarget::Item(item),
            edits: vec![edit],
        };
        assert_eq!(world.done(edits.into()).words, words);
    }
    let removed = world.done(MeetingDeed::RemoveItems { items: vec![item] }.into());
    assert_eq!(removed.words, "took “Pricing” off the agenda");
    // Without a title of its own it is called what it is about.
    let about = MeetingDeed::AddItem {
        to: None,
        item: NewAgendaItem {
            about: vec![Subject::Idea(world.idea("Themes"))],
            ..NewAgendaItem::default()
        },
    };
    let item = item_of(&world.done(about.into()));
    let removed = world.done(MeetingDeed::RemoveItems { items: vec![item] }.into());
    assert_eq!(removed.words, "took “Themes” off the agenda");
}

#[test]
fn what_is_put_off_is_once_on_the_next_agenda() {
    let mut world = World::new();
    let item = item_of(&world.done(add(None, "Pricing")));
    let note = MeetingDeed::Note {
        item: AgendaTarget::Item(item),
        text: "Per seat, perhaps.".to_owned(),
    };
    world.done(note.into());
    let carry = || -> Deed {
        MeetingDeed::CarryOver {
            item,
            from: sync(18),
            to: sync(25),
        }
        .into()
    };
    let carried = world.done(carry());
    assert_eq!(
        carried.words,
        "carried over to “PM weekly sync” of 2026-11-25"
    );
    assert_eq!(world.done(carry()).action, None);
    assert_eq!(world.number(Entity::AgendaItem, item, "state"), Some(2));
    let copy = item_of(&carried);
    assert_eq!(world.number(Entity::AgendaItem, copy, "state"), Some(0));
    assert_eq!(
        world.get(Entity::AgendaItem, copy, "meeting"),
        Value::Thing(sync(25).id().0)
    );
    let notes = world.get(Entity::AgendaItem, copy, "notes");
    assert_ne!(notes, Value::Null, "what was noted goes along");
    assert_eq!(notes, world.get(Entity::AgendaItem, item, "notes"));
    let back = MeetingDeed::CarryOver {
        item: copy,
        from: sync(25),
        to: sync(25),
    };
    assert!(world.refused(back.into()).contains("cannot be put off"));
}

#[test]
fn several_things_are_queued_at_once_and_each_only_once() {
    let mut world = World::new();
    let ideas = ["Themes", "Export", "Sync"].map(|title| Subject::Idea(world.idea(title)));
    let queue = |about: &[Subject]| -> Deed {
        let item = NewAgendaItem {
            about: about.to_vec(),
            minutes: Some(5),
            ..NewAgendaItem::default()
        };
        MeetingDeed::AddItem { to: None, item }.into()
    };
    let both = world.there_and_back(queue(&ideas[..2]));
    assert_eq!(both.words, "queued 2 agenda items for the next weekly sync");
    assert_eq!(both.made.len(), 2);
    let rest = world.done(queue(&ideas));
    assert_eq!(rest.made.len(), 1);
    let words = "queued for the next weekly sync, 2 were queued already";
    assert_eq!(rest.words, words);
    let none = world.done(queue(&ideas));
    assert_eq!(none.words, "all 3 are queued already");
    assert_eq!(none.action, None);
}
