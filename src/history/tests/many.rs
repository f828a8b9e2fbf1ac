//! Imports of so much that parts of the work are done last, or on other threads.

use super::importing::counts;
use super::world::{NOW, World, handle};
use crate::domain::deed::Reversed;
use crate::domain::entity::{Entity, Value};
use crate::domain::import::{Brought, ImportAuthor, ImportComment, ImportRecord};
use crate::domain::moment::{DAY, Moment};
use crate::history::rebuild::compare;

/// More than a chunk of the journal and several batches of texts hold.
const MANY: usize = 1_800;

/// Feedback with two tags; every seventh with a comment, which is more to be found by.
fn record(number: usize) -> Brought {
    let comment = ImportComment {
        source_id: Some(format!("c{number}")),
        author: Some(ImportAuthor::Colleague(handle("kim").into())),
        at: Moment(NOW.0 - DAY),
        text: format!("answer{number}"),
        original: None,
        to_reporter: false,
    };
    Brought::from(ImportRecord {
        line: number as u64 + 2,
        title: format!("Title {number}"),
        body: format!("It should word{number}. {}", prose(number)),
        source: "github".to_owned(),
        origin: "github.com/a/b".to_owned(),
        source_id: Some(number.to_string()),
        received: Moment(NOW.0 - DAY * (number as i64 % 50)),
        tags: vec!["ui".to_owned(), format!("tag{}", number % 9)],
        comments: Some(comment)
            .filter(|_| number.is_multiple_of(7))
            .into_iter()
            .collect(),
        ..ImportRecord::default()
    })
}

/// Words that many others have as well, so that the texts are packed.
fn prose(number: usize) -> String {
    let words = "when a board has many cards the export takes an hour and our auditors cannot read what comes out of it \
                 because every column that nobody named is called untitled in the sheet";
    let words: Vec<&str> = words.split_whitespace().collect();
    let said = (0..20).map(|place| words[(number * 7 + place * place) % words.len()]);
    said.collect::<Vec<_>>().join(" ")
}

fn records() -> Vec<Brought> {
    (0..MANY).map(record).collect()
}

/// The file, its journal and its search index say the same.
fn is_well(world: &World) {
    let health = world.store.health().expect("readable");
    assert_eq!(health.damage, [""; 0]);
    let search = world.store.search_health().expect("readable");
    assert_eq!(search.faults, [""; 0]);
    assert_eq!(search.feedback, world.live(Entity::Feedback).len() as u64);
    let found = compare(&world.store).expect("a journal");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn many_things_are_imported_and_undone_as_few_are() {
    let mut world = World::empty();
    let start = world.dump();
    let (outcome, counted) = world.bring(&records());
    assert_eq!(counted, counts(MANY as u64, 0, 0));
    is_well(&world);
    let imported = world.dump();
    let (again, counted) = world.bring(&records());
    assert_eq!(
        (again.action, counted),
        (None, counts(0, 0, MANY as u64)),
        "the same rows"
    );
    assert_eq!(world.dump(), imported);
    assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
    assert_eq!(world.dump(), start);
    is_well(&world);
    assert_eq!(world.bring(&records()).1, counts(MANY as u64, 0, 0));
    assert_eq!(world.dump(), imported);
    is_well(&world);
}

#[test]
fn many_things_come_to_those_that_are_there() {
    let mut world = World::new();
    world.feedback("It was here before");
    world.bring(&records()[..MANY / 3]);
    let changed = |mut thing: Brought| {
        if let Brought::Feedback(record) = &mut thing
            && record.line % 5 == 0
        {
            record.body = format!("{} Really.", record.body);
        }
        thing
    };
    let all: Vec<Brought> = records().into_iter().map(changed).collect();
    let before = MANY as u64 / 3;
    let renewed = (2..before + 2).filter(|line| line % 5 == 0).count() as u64;
    let (_, counted) = world.bring(&all);
    let new = MANY as u64 - before;
    assert_eq!(counted, counts(new, renewed, before - renewed));
    is_well(&world);
}

#[test]
fn a_duplicate_finds_its_original_far_before_it() {
    let mut world = World::empty();
    let mut things = records();
    if let Some(Brought::Feedback(last)) = things.last_mut() {
        last.duplicate_of = Some("3".to_owned());
    }
    let identity = |thing: &Brought| match thing {
        Brought::Feedback(record) => record.identity(),
        other => panic!("{other:?}"),
    };
    let (original, duplicate) = (identity(&things[3]), identity(&things[MANY - 1]));
    world.bring(&things);
    assert_eq!(
        world.get(Entity::Feedback, duplicate, "duplicate_of"),
        Value::Thing(original.0)
    );
    is_well(&world);
}
