//! Round trips, sizes and refusals of the journal's handwriting.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use uuid::Uuid;

use crate::domain::entity::Kind;
use crate::domain::id::{Ids, determined};
use crate::domain::moment::Moment;

fn value_of(kind: Kind) -> BoxedStrategy<Value> {
    let filled = match kind {
        Kind::Integer => any::<i64>().prop_map(Value::Integer).boxed(),
        Kind::Text => "\\PC{0,12}".prop_map(Value::Text).boxed(),
        Kind::Thing(_) => any::<u128>()
            .prop_map(|n| Value::Thing(Uuid::from_u128(n)))
            .boxed(),
        Kind::Content => any::<u128>()
            .prop_map(|n| Value::Content(Uuid::from_u128(n)))
            .boxed(),
    };
    prop_oneof![Just(Value::Null), filled].boxed()
}

fn change() -> impl Strategy<Value = Change> {
    (
        0..Entity::ALL.len(),
        any::<prop::sample::Index>(),
        0..20u128,
    )
        .prop_flat_map(|(entity, field, id)| {
            let entity = Entity::ALL[entity];
            let field = &entity.fields()[field.index(entity.fields().len())];
            (value_of(field.kind), value_of(field.kind)).prop_map(move |(from, to)| Change {
                thing: Thing::new(entity, Uuid::from_u128(id)),
                field,
                from,
                to,
            })
        })
}

proptest! {
    #[test]
    fn changes_read_back_as_they_were_written(changes in proptest::collection::vec(change(), 0..200)) {
        // An action changes a field of a thing once per chunk.
        let mut seen = HashSet::new();
        let changes: Vec<Change> =
            changes.into_iter().filter(|c| seen.insert((c.thing, c.field.name))).collect();
        let bytes = encode(&changes).expect("writes");
        let read = decode(&bytes).expect("reads");
        prop_assert_eq!(read.len(), changes.len());
        let by_thing = decode_by_thing(&bytes).expect("reads").concat();
        prop_assert_eq!(encode(&by_thing).expect("writes"), bytes);
        prop_assert_eq!(
            read.into_iter().collect::<HashSet<_>>(),
            changes.into_iter().collect::<HashSet<_>>()
        );
    }

    #[test]
    fn what_a_deed_changes_is_written_as_if_it_were_much(
        changes in proptest::collection::vec(change(), 0..90),
        long in 0..70_000_usize,
    ) {
        // One thing of each entity, as in most deeds, and as many fields as there are.
        let mut seen = HashSet::new();
        let mut changes: Vec<Change> = changes;
        changes.iter_mut().for_each(|change| {
            let one = Uuid::from_u128(change.thing.entity as u128 % 3);
            change.thing.id = one;
        });
        changes.retain(|c| seen.insert((c.thing, c.field.name)));
        let text = changes.iter_mut().find(|change| change.field.kind == Kind::Text);
        if let Some(change) = text {
            change.to = Value::Text("é".repeat(long / 2));
        }
        let entries = || changes.iter().map(Entry::from);
        let few = few::write(&entries().collect::<Vec<_>>());
        prop_assert_eq!(few, Some(encode_many(entries()).expect("writes")));
    }

    #[test]
    fn damage_is_an_error_and_never_a_crash(mut bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(&bytes);
        if let Some(first) = bytes.first_mut() {
            *first = VERSION;
        }
        let _ = decode(&bytes);
    }

    #[test]
    fn a_cut_chunk_is_refused(cut in 0.0..1.0f64) {
        let bytes = encode(&import(20)).expect("writes");
        let end = (cut * (bytes.len() - 1) as f64) as usize;
        prop_assert!(decode(&bytes[..end]).is_err());
    }
}

#[test]
fn several_things_of_one_entity_are_much() {
    let [one, other] = [1, 2].map(|thing| Change {
        thing: Thing::new(Entity::Idea, Uuid::from_u128(thing)),
        field: Entity::Idea.field("votes").expect("a field"),
        from: Value::Null,
        to: Value::Integer(1),
    });
    let [one, other] = [&one, &other].map(Entry::from);
    assert_eq!(few::write(&[one, other]), None);
    assert_eq!(few::write(&[one, one]), None, "a field is there twice");
}

/// A chunk as somebody may have prepared it.
fn forged(packed: &packed::Packed) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    rmp_serde::encode::write(&mut bytes, packed).expect("writes");
    bytes
}

#[test]
fn newer_versions_and_unknown_words_are_refused_by_name() {
    assert_eq!(decode(&[9, 0x90]), Err(Fault::Version(9)));
    let section =
        |entity: &str, field: &str| decode(&forged(&packed::Packed::forged(entity, 1, &[field])));
    assert_eq!(section("wish", "x"), Err(Fault::Unknown("wish".to_owned())));
    assert_eq!(
        section("idea", "mood"),
        Err(Fault::Unknown("idea.mood".to_owned()))
    );
}

#[test]
fn chunks_of_the_first_version_are_read_for_ever() {
    let id = Uuid::from_u128(7);
    // Two ideas; both got a title, and the second one an owner.
    let rows = Vec::<u32>::new;
    let titles = (
        "title",
        rows(),
        (vec![()], rows()),
        (vec!["a", "b"], rows()),
    );
    let owner = ("owner", vec![1], (vec![()], rows()), (vec![id], rows()));
    let mut bytes = vec![1];
    let things = vec![Uuid::from_u128(1), Uuid::from_u128(2)];
    let section = ("idea", things, (titles, owner));
    rmp_serde::encode::write(&mut bytes, &[section]).expect("writes");
    let change = |thing: u128, field: &str, to: Value| Change {
        thing: Thing::new(Entity::Idea, Uuid::from_u128(thing)),
        field: Entity::Idea.field(field).expect("a field"),
        from: Value::Null,
        to,
    };
    let (a, b) = (Value::Text("a".to_owned()), Value::Text("b".to_owned()));
    let wanted = [
        vec![change(1, "title", a)],
        vec![change(2, "title", b), change(2, "owner", Value::Thing(id))],
    ];
    assert_eq!(decode_by_thing(&bytes), Ok(wanted.to_vec()));
    bytes.pop();
    assert!(matches!(decode(&bytes), Err(Fault::Damaged(_))));
}

/// What an import journals of `count` feedback items.
fn import(count: u64) -> Vec<Change> {
    let (now, mut ids) = (Moment(1_760_000_000_000), Ids::Seeded(1));
    let reporters: Vec<Uuid> = (0..40).map(|_| ids.fresh(now)).collect();
    let mut changes = Vec::new();
    for number in 0..count {
        let source_id = format!("{}", 100_000 + number * 7);
        let id = determined(
            "feedback",
            &[b"github", b"microsoft/vscode", source_id.as_bytes()],
        );
        let mut set = |field: &str, to: Value| {
            changes.push(Change {
                thing: Thing::new(Entity::Feedback, id),
                field: Entity::Feedback.field(field).expect("a field"),
                from: Value::Null,
                to,
            });
        };
        set("deleted", Value::Integer(0));
        set("content", Value::Content(ids.fresh(now)));
        set("source", Value::Text("github".to_owned()));
        set("origin", Value::Text("microsoft/vscode".to_owned()));
        let url = format!("https://github.com/microsoft/vscode/issues/{source_id}");
        set("source_id", Value::Text(source_id));
        set("url", Value::Text(url));
        set(
            "received",
            Value::Integer(now.0 - 86_400_123 * number as i64),
        );
        set("received_offset", Value::Integer(0));
        set("state", Value::Integer((number % 3) as i64));
        set("answer_owed", Value::Integer(0));
        set("votes", Value::Integer((number % 9) as i64));
        if number % 2 == 0 {
            set("reporter", Value::Thing(reporters[number as usize % 40]));
        }
    }
    changes
}

#[test]
fn a_row_of_an_import_costs_little_more_than_its_values() {
    let bytes = encode(&import(5_000)).expect("writes");
    let row = bytes.len() / 5_000;
    println!("{row} bytes per imported row");
    assert!(row < 60, "{row} bytes per imported row");
}

#[test]
fn a_small_chunk_cannot_ask_for_all_memory() {
    let chunk = |things: usize, fields: &[&str]| {
        let bytes = forged(&packed::Packed::forged("idea", things, fields));
        assert!(bytes.len() < 200, "{}", bytes.len());
        decode(&bytes).map(|changes| changes.len())
    };
    assert_eq!(chunk(MOST_THINGS, &["title"]), Ok(MOST_THINGS));
    let too_much = [
        chunk(MOST_THINGS + 1, &["title"]),
        chunk(1, &["title", "title"]),
    ];
    for refused in too_much {
        assert!(matches!(refused, Err(Fault::Damaged(_))), "{refused:?}");
    }
    let twice = packed::Packed::forged("idea", 1, &["title"]).twice();
    assert!(matches!(decode(&forged(&twice)), Err(Fault::Damaged(_))));
}

#[test]
fn long_texts_and_those_that_begin_alike_read_back() {
    let long = "é".repeat(400);
    let texts = [
        format!("{long}a"),
        format!("{long}b"),
        long.clone(),
        "è".to_owned(),
    ];
    for repeats in [1, 5] {
        let changes: Vec<Change> = (0..texts.len() * repeats)
            .map(|number| Change {
                thing: Thing::new(Entity::Idea, Uuid::from_u128(number as u128)),
                field: Entity::Idea.field("title").expect("a field"),
                from: Value::Null,
                to: Value::Text(texts[number % texts.len()].clone()),
            })
            .collect();
        let bytes = encode(&changes).expect("writes");
        assert_eq!(decode(&bytes), Ok(changes));
    }
}
