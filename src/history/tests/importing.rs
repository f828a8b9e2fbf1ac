//! Imports: once, again, after an undo, and over what colleagues have decided since.

use super::world::{NOW, World, handle};
use crate::domain::deed::{Deed, Outcome, Reversal, Reversed};
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::{Importance, Resolution, State};
use crate::domain::id::FeedbackId;
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportCompany, ImportCounts, ImportCustomer,
    ImportRecord, ImportState, Imported,
};
use crate::domain::moment::{DAY, Moment};
use crate::history::import::{Assessing, Coming, import};
use crate::history::undo::reverse;
use crate::problem::{Kind, Problem};

impl World {
    pub(super) fn import(&mut self, records: &[ImportRecord]) -> (Outcome, ImportCounts) {
        let things: Vec<Brought> = records.iter().cloned().map(Brought::from).collect();
        self.bring(&things)
    }

    /// Imports things, and holds what was counted against what was announced.
    pub(super) fn bring(&mut self, things: &[Brought]) -> (Outcome, ImportCounts) {
        let announced = self.announced(things);
        let mut packer = self.store.read(|reader| reader.packer()).expect("a packer");
        let mut brought = things
            .iter()
            .cloned()
            .map(|thing| Ok(Coming::packed(thing, &mut packer)));
        let (outcome, counted) = import(
            &mut self.store,
            &self.context,
            "issues.csv",
            &mut brought,
            &mut |_, _| {},
        )
        .expect("imports");
        assert_eq!(counted, announced, "{things:#?}");
        (outcome, counted)
    }

    /// What an import of these things would do.
    fn announced(&self, things: &[Brought]) -> ImportCounts {
        let mut assessing = Assessing::default();
        let read: Result<ImportCounts, Problem> = self.store.read(|reader| {
            for thing in things {
                assessing.assess(reader, thing)?;
            }
            assessing.conclude(reader)
        });
        read.expect("assesses")
    }

    pub(super) fn take_back(&mut self, outcome: &Outcome) -> Reversed {
        let action = outcome.action.expect("an action");
        let reversal = Reversal::Action {
            action,
            rest: false,
        };
        reverse(&mut self.store, &self.context, reversal).expect("an answer")
    }
}

/// A record whose texts nobody has packed.
fn plain(record: ImportRecord) -> Coming {
    Coming {
        thing: record.into(),
        packed: None,
    }
}

pub(super) fn counts(created: u64, updated: u64, unchanged: u64) -> ImportCounts {
    ImportCounts {
        feedback: Imported {
            created,
            updated,
            unchanged,
        },
        ..ImportCounts::default()
    }
}

pub(super) fn record(id: &str) -> ImportRecord {
    ImportRecord {
        line: 2,
        title: format!("Issue {id}"),
        body: "It should.".to_owned(),
        source: "github".to_owned(),
        origin: "github.com/a/b".to_owned(),
        source_id: Some(id.to_owned()),
        url: Some(format!("https://github.com/a/b/issues/{id}")),
        received: Moment(NOW.0 - DAY),
        received_offset: Some(60),
        reporter: Some(handle("dana").into()),
        customer: Some(ImportCustomer {
            name: "Ada".to_owned(),
            email: Some("ada@globex.example".to_owned()),
        }),
        company: Some(ImportCompany {
            name: "Globex".to_owned(),
            tier: Some("Enterprise".to_owned()),
            ..ImportCompany::default()
        }),
        owner: Some(handle("kim").into()),
        tags: vec!["ui".to_owned(), "mobile".to_owned()],
        importance: Some(Importance::Important),
        votes: 3,
        ..ImportRecord::default()
    }
}

#[test]
fn an_import_is_one_action_and_the_same_file_again_is_none() {
    let mut world = World::new();
    let start = world.dump();
    let records = [record("1"), record("2")];
    let (outcome, counted) = world.import(&records);
    assert_eq!(counted, counts(2, 0, 0));
    assert_eq!(outcome.words, "imported 2 feedback from issues.csv");
    assert!(outcome.made.is_empty());
    assert_eq!(world.live(Entity::Feedback).len(), 2);
    assert_eq!(world.live(Entity::FeedbackTag).len(), 4);
    assert_eq!(
        (
            world.live(Entity::Company).len(),
            world.live(Entity::Customer).len()
        ),
        (1, 1)
    );
    let imported = world.dump();
    let (again, counted) = world.import(&records);
    assert_eq!(
        (again.action, again.words.as_str()),
        (None, "nothing new in issues.csv")
    );
    assert_eq!(counted, counts(0, 0, 2));
    assert_eq!(world.dump(), imported);

    assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
    assert_eq!(world.dump(), start);
    let (revived, counted) = world.import(&records);
    assert_eq!(counted, counts(2, 0, 0));
    assert!(revived.action.is_some());
    assert_eq!(world.dump(), imported);
    assert_eq!(world.import(&records).1, counts(0, 0, 2));
    assert!(matches!(world.take_back(&revived), Reversed::Done(_)));
    assert_eq!(world.dump(), start);
}

#[test]
fn a_broken_record_imports_nothing_and_names_its_line() {
    let mut world = World::new();
    let before = world.dump();
    let broken = Problem::new(Kind::Input, "line 3: no");
    let mut records = [Ok(plain(record("1"))), Err(broken.clone())].into_iter();
    let problem = import(
        &mut world.store,
        &world.context,
        "x",
        &mut records,
        &mut |_, _| {},
    )
    .expect_err("broken");
    assert_eq!(problem, broken);
    let long = ImportRecord {
        body: "x".repeat((1 << 20) + 1),
        line: 7,
        ..record("1")
    };
    let problem = import(
        &mut world.store,
        &world.context,
        "x",
        &mut [Ok(plain(long))].into_iter(),
        &mut |_, _| {},
    )
    .expect_err("too long");
    assert!(problem.summary.starts_with("line 7: a text"), "{problem}");
    assert_eq!(world.dump(), before);
}

#[test]
fn what_changed_at_the_source_applies_where_nobody_has_decided() {
    let mut world = World::new();
    let (mine, theirs) = (record("1"), record("2"));
    world.import(&[mine.clone(), theirs.clone()]);
    let id = mine.identity();
    // Colleagues decide about the first.
    world.done(Deed::Assign {
        feedback: vec![id],
        owner: Some(handle("omar")),
    });
    world.done(Deed::SetImportance {
        feedback: vec![id],
        importance: Some(Importance::Critical),
    });
    world.done(Deed::Process { feedback: vec![id] });
    world.done(Deed::Tag {
        feedback: vec![id],
        add: vec!["own".to_owned()],
        remove: vec!["ui".to_owned()],
    });
    let decided = world.dump();
    assert_eq!(
        world.import(&[mine.clone(), theirs.clone()]).1,
        counts(0, 0, 2)
    );
    assert_eq!(world.dump(), decided);

    let change = |record: &ImportRecord| ImportRecord {
        title: "Renamed".to_owned(),
        owner: Some(handle("zoe").into()),
        importance: None,
        state: ImportState::Archived,
        tags: vec!["ui".to_owned(), "new".to_owned()],
        votes: 9,
        ..record.clone()
    };
    let (outcome, counted) = world.import(&[change(&mine), change(&theirs)]);
    assert_eq!(counted, counts(0, 2, 0));
    assert_eq!(
        outcome.words,
        "imported changes to 2 feedback from issues.csv"
    );
    let other = theirs.identity();
    let number = |world: &World, id: FeedbackId, field| world.number(Entity::Feedback, id, field);
    for id in [id, other] {
        assert_eq!(number(&world, id, "votes"), Some(9));
        let Value::Content(text) = world.get(Entity::Feedback, id, "content") else {
            panic!()
        };
        let revisions: Result<_, crate::store::StoreError> =
            world.store.read(|reader| reader.revisions(text));
        assert_eq!(revisions.expect("reads").len(), 2);
    }
    assert_eq!(
        number(&world, id, "importance"),
        Some(Importance::Critical.code())
    );
    assert_eq!(number(&world, id, "state"), Some(State::Processed.code()));
    assert_eq!(number(&world, other, "importance"), None);
    assert_eq!(number(&world, other, "state"), Some(State::Archived.code()));
    assert_ne!(
        world.get(Entity::Feedback, id, "owner"),
        world.get(Entity::Feedback, other, "owner")
    );
    let tags = |world: &World, id: FeedbackId| -> Vec<String> {
        let mut tags: Vec<String> = world
            .live(Entity::FeedbackTag)
            .into_iter()
            .filter(|t| world.get(t.entity, t.id, "feedback") == Value::Thing(id.0))
            .map(|t| match world.get(t.entity, t.id, "tag") {
                Value::Text(tag) => tag,
                other => panic!("{other:?}"),
            })
            .collect();
        tags.sort();
        tags
    };
    // “ui” was taken off here and stays off, “mobile” went at the source, “own” is ours.
    assert_eq!(tags(&world, id), ["new", "own"]);
    assert_eq!(tags(&world, other), ["new", "ui"]);
    assert_eq!(
        world.import(&[change(&mine), change(&theirs)]).1,
        counts(0, 0, 2)
    );
    assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
    assert_eq!(world.dump(), decided);
    // The undo took back what the import said, so the same changes count as news again.
    assert_eq!(
        world.import(&[change(&mine), change(&theirs)]).1,
        counts(0, 2, 0)
    );
}

#[test]
fn a_new_text_is_the_reply_that_was_waited_for() {
    let mut world = World::new();
    let first = record("1");
    world.import(std::slice::from_ref(&first));
    let id = first.identity();
    world.done(Deed::Ask {
        questions: vec![(id, "why?".to_owned())],
        until: NOW.plus(DAY),
    });
    let second = ImportRecord {
        body: "Because.".to_owned(),
        ..first.clone()
    };
    assert_eq!(world.import(&[second]).1, counts(0, 1, 0));
    assert_eq!(
        world.number(Entity::Feedback, id, "state"),
        Some(State::Unprocessed.code())
    );
    // Back and forth at the source: each is news.
    assert_eq!(world.import(&[first]).1, counts(0, 1, 0));
}

#[test]
fn what_a_reply_brought_back_is_looked_at_here_whatever_its_source_says_of_the_state() {
    let mut world = World::new();
    let first = record("1");
    world.import(std::slice::from_ref(&first));
    let id = first.identity();
    world.done(Deed::Ask {
        questions: vec![(id, "why?".to_owned())],
        until: NOW.plus(DAY),
    });
    // The reporter replies, and somebody closes it there.
    let second = ImportRecord {
        state: ImportState::Processed(Resolution::NoAction),
        comments: vec![ImportComment {
            source_id: Some("c1".to_owned()),
            author: Some(ImportAuthor::Colleague(handle("dana").into())),
            at: NOW,
            text: "Because.".to_owned(),
            original: None,
            to_reporter: false,
        }],
        ..first
    };
    let state = |world: &World| world.number(Entity::Feedback, id, "state");
    world.import(std::slice::from_ref(&second));
    assert_eq!(state(&world), Some(State::Unprocessed.code()));
    let (outcome, _) = world.import(std::slice::from_ref(&second));
    assert_eq!(outcome.action, None);
    assert_eq!(state(&world), Some(State::Unprocessed.code()));
    // Who has decided of it since decides.
    world.done(Deed::Process { feedback: vec![id] });
    world.done(Deed::Reopen { feedback: vec![id] });
    world.import(std::slice::from_ref(&second));
    assert_eq!(state(&world), Some(State::Processed.code()));
}

#[test]
fn duplicates_find_their_originals_before_and_after_them() {
    let mut world = World::new();
    let duplicate = |id: &str, of: &str| ImportRecord {
        duplicate_of: Some(of.to_owned()),
        ..record(id)
    };
    let records = [
        duplicate("1", "2"),
        record("2"),
        duplicate("3", "2"),
        duplicate("4", "99"),
        duplicate("5", "5"),
    ];
    assert_eq!(world.import(&records).1, counts(5, 0, 0));
    let original = Value::Thing(records[1].identity().0);
    for (index, of, resolution) in [
        (0, original.clone(), Resolution::Duplicate),
        (2, original, Resolution::Duplicate),
        (3, Value::Null, Resolution::NoAction),
        (4, Value::Null, Resolution::NoAction),
    ] {
        let id = records[index].identity();
        assert_eq!(
            world.get(Entity::Feedback, id, "duplicate_of"),
            of,
            "{index}"
        );
        assert_eq!(
            world.number(Entity::Feedback, id, "resolution"),
            Some(resolution.code())
        );
        assert_eq!(
            world.number(Entity::Feedback, id, "state"),
            Some(State::Processed.code())
        );
    }
    assert_eq!(world.import(&records).1, counts(0, 0, 5));
}

#[test]
fn a_duplicate_follows_what_its_source_names_wherever_that_stands_in_the_file() {
    let mut world = World::new();
    let duplicate = |id: &str, of: &str| ImportRecord {
        duplicate_of: Some(of.to_owned()),
        ..record(id)
    };
    let original_of = |world: &World, record: &ImportRecord| {
        world.get(Entity::Feedback, record.identity(), "duplicate_of")
    };
    let (one, two, three) = (record("1"), record("2"), duplicate("3", "2"));
    let (first, second) = (
        Value::Thing(one.identity().0),
        Value::Thing(two.identity().0),
    );
    world.import(&[one, duplicate("2", "1")]);
    // A new one comes before the one that it names, which is a duplicate up to then.
    let file = [three.clone(), two.clone()];
    assert_eq!(world.import(&file).1, counts(1, 1, 0));
    assert_eq!(original_of(&world, &three), second);
    assert_eq!(world.import(&file).1, counts(0, 0, 2));
    // And one that is known, there and back, in either order.
    for reversed in [false, true] {
        for (named, original) in [(duplicate("2", "1"), &first), (two.clone(), &second)] {
            let mut file = [three.clone(), named];
            if reversed {
                file.reverse();
            }
            world.import(&file);
            assert_eq!(original_of(&world, &three), *original, "{reversed}");
            assert_eq!(world.import(&file).1, counts(0, 0, 2), "{reversed}");
        }
    }
}

#[test]
fn an_import_that_colleagues_have_worked_on_is_not_taken_back_whole() {
    let mut world = World::new();
    let records: Vec<ImportRecord> = (0..5).map(|n| record(&n.to_string())).collect();
    let (outcome, _) = world.import(&records);
    world.done(Deed::Archive {
        feedback: vec![records[3].identity()],
    });
    let Reversed::Refused {
        obstacles,
        rest,
        action,
    } = world.take_back(&outcome)
    else {
        panic!("refused");
    };
    assert!(
        obstacles.iter().any(|o| o.field == "state"),
        "{obstacles:?}"
    );
    assert!(rest >= 4, "{rest}");
    let reversal = Reversal::Action { action, rest: true };
    let done = reverse(&mut world.store, &world.context, reversal).expect("an answer");
    assert!(matches!(done, Reversed::Done(_)), "{done:?}");
    assert_eq!(world.live(Entity::Feedback).len(), 1);
    assert_eq!(world.live(Entity::Company).len(), 1);
    assert!(world.live(Entity::FeedbackTag).is_empty());
}

#[test]
fn a_large_import_is_written_in_pieces_and_undone_as_one() {
    let mut world = World::new();
    let start = world.dump();
    let records: Vec<ImportRecord> = (0..6_000)
        .map(|n| ImportRecord {
            tags: Vec::new(),
            customer: None,
            ..record(&n.to_string())
        })
        .collect();
    let (outcome, counted) = world.import(&records);
    assert_eq!(counted.feedback.created, 6_000);
    let pieces: Result<Vec<usize>, crate::store::StoreError> = world.store.read(|reader| {
        let newest = reader.actions(None, 1)?[0].key.local;
        Ok(reader
            .chunks(newest)?
            .iter()
            .map(|chunk| chunk.data.len())
            .collect())
    });
    let pieces = pieces.expect("reads");
    assert_eq!(pieces.len(), 2);
    assert!(pieces.iter().sum::<usize>() / 6_000 < 120);
    assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
    assert_eq!(world.dump(), start);
}
