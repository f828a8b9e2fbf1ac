//! Customers whom a file names by their address alone.

use super::importing::{counts, record};
use super::world::{NOW, World};
use crate::domain::clocks::Clocks;
use crate::domain::deed::{Deed, FeedbackEdit, Reversed};
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::State;
use crate::domain::import::{ImportAuthor, ImportComment, ImportCustomer, ImportRecord};
use crate::domain::moment::DAY;
use crate::store::FilterContext;

#[test]
fn feedback_of_a_known_customer_is_of_their_company_and_undo_takes_that_back() {
    let mut world = World::new();
    let ada = |id: &str| ImportRecord {
        company: None,
        ..record(id)
    };
    let company = |world: &World, record: &ImportRecord| {
        world.get(Entity::Feedback, record.identity(), "company")
    };
    // Who was not known when it came, and whose company became known later.
    let stranger = ImportRecord {
        customer: Some(ImportCustomer {
            name: "Bob".to_owned(),
            email: Some("bob@hooli.example".to_owned()),
        }),
        ..ada("0")
    };
    world.import(std::slice::from_ref(&stranger));
    assert_eq!(company(&world, &stranger), Value::Null);

    let first = [record("1"), ada("2")];
    world.import(&first);
    let globex = company(&world, &first[0]);
    assert!(matches!(globex, Value::Thing(_)));
    assert_eq!(company(&world, &first[1]), globex, "in one file");
    let before = world.dump();
    let later = ada("3");
    let (outcome, _) = world.import(std::slice::from_ref(&later));
    assert_eq!(company(&world, &later), globex, "in another one");
    let found = |words: &str| {
        let query = crate::query::parse(words).expect("a filter");
        let context = FilterContext {
            now: NOW,
            me: None,
            clocks: Clocks::UTC,
        };
        let tally = world
            .store
            .read(|reader| reader.tally(&query, &context, None));
        tally.expect("a count").total
    };
    assert_eq!(found("company:globex is:all"), 3);
    assert_eq!(found("company:none is:all"), 1);
    assert_eq!(found("tier:enterprise is:all"), 3);
    // The same file brings nothing new, and what was corrected here stays.
    assert_eq!(
        world.import(std::slice::from_ref(&later)).1,
        counts(0, 0, 1)
    );
    assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
    assert_eq!(world.dump(), before);
    world.import(std::slice::from_ref(&later));
    world.done(Deed::EditFeedback {
        feedback: vec![later.identity()],
        edits: vec![FeedbackEdit::Company(Some("Hooli".to_owned()))],
    });
    let hooli = company(&world, &later);
    assert_ne!(hooli, globex);
    assert_eq!(
        world.import(std::slice::from_ref(&later)).1,
        counts(0, 0, 1)
    );
    assert_eq!(company(&world, &later), hooli);
}

#[test]
fn a_customer_whom_the_same_record_brings_replies_too_and_again_after_an_undo() {
    let mut world = World::new();
    let first = ImportRecord {
        customer: None,
        ..record("1")
    };
    world.import(std::slice::from_ref(&first));
    let id = first.identity();
    world.done(Deed::Ask {
        questions: vec![(id, "why?".to_owned())],
        until: NOW.plus(DAY),
    });
    let second = ImportRecord {
        customer: Some(ImportCustomer {
            name: "Grace".to_owned(),
            email: None,
        }),
        comments: vec![ImportComment {
            source_id: Some("c1".to_owned()),
            author: Some(ImportAuthor::Outsider("Grace".to_owned())),
            at: NOW,
            text: "Because.".to_owned(),
            original: None,
            to_reporter: false,
        }],
        ..first
    };
    let state = |world: &World| world.number(Entity::Feedback, id, "state");
    let (outcome, _) = world.import(std::slice::from_ref(&second));
    assert_eq!(state(&world), Some(State::Unprocessed.code()));
    let end = world.dump();
    assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
    assert_eq!(state(&world), Some(State::Waiting.code()));
    world.import(std::slice::from_ref(&second));
    assert_eq!(world.dump(), end);
}
