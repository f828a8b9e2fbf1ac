//! What is kept step by step equals what is computed from scratch, and what the definitions say.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;
use rusqlite::types::Value as Column;
use uuid::Uuid;

use super::{act, scratch};
use crate::domain::entity::{Entity, Field, Kind, Value};
use crate::search::Bag;
use crate::store::{LocalId, NewContent, Reader, Result, Store, StoreError, Writer};

/// The entities of the small world, with the fields in which it changes.
const WORLD: &[(Entity, &[&str])] = &[
    (Entity::Company, &["name", "deleted"]),
    (Entity::Customer, &["company", "deleted"]),
    (
        Entity::Feedback,
        &[
            "content",
            "company",
            "customer",
            "reporter",
            "received",
            "importance",
            "duplicate_of",
            "state",
            "owner",
            "deleted",
        ],
    ),
    (Entity::Idea, &["title", "problem", "benefit", "deleted"]),
    (
        Entity::Insight,
        &["feedback", "idea", "importance", "deleted"],
    ),
    (Entity::Comment, &["text", "idea", "feedback", "deleted"]),
];

/// How many rows of each entity there are at most.
const ROWS: u8 = 5;

/// How many of them are there from the start.
const FOUNDED: u8 = 4;

const TEXTS: &[(&str, &str)] = &[
    ("", ""),
    ("Dark mode", "for @hana and @Omar, please"),
    ("暗い画面", "日本語 dark-mode"),
    ("Ünïcode \u{202e}", "@hana @hana.\0 \"OR\""),
];

pub(super) fn identity(entity: Entity, row: u8) -> Uuid {
    // The random bytes differ from the order in which rows are made.
    Uuid::from_u128((entity as u128) << 64 | u128::from(row.wrapping_mul(151)) << 8 | 1)
}

/// One random step: sets a field of a row or some at once, or makes the row when it is not there yet, with random fields.
#[derive(Clone, Debug)]
struct Step {
    entity: usize,
    row: u8,
    field: usize,
    values: Vec<u8>,
}

fn step() -> impl Strategy<Value = Step> {
    let values = prop::collection::vec(any::<u8>(), 10);
    // Feedback and insights are what matters most.
    let entity = prop_oneof![0..WORLD.len(), Just(1), Just(2), Just(2), Just(4)];
    (entity, 0..ROWS, any::<usize>(), values).prop_map(|(entity, row, field, values)| Step {
        entity,
        row,
        field,
        values,
    })
}

/// A value that suits the field; `None` when it would refer to a row that is not there.
fn value(reader: &Reader<'_>, field: &Field, choice: u8) -> Result<Option<Value>> {
    let number = i64::from(choice);
    Ok(match (field.kind, field.name) {
        (_, "deleted") => Some(Value::Integer(i64::from(choice.is_multiple_of(7)))),
        (_, "state" | "received") => Some(Value::Integer(number % 4)),
        (Kind::Integer, _) if choice % 5 == 4 => Some(Value::Null),
        (Kind::Integer, _) => Some(Value::Integer(number % 4)),
        (Kind::Text, _) => Some(Value::Text(format!("Émile {}", choice % 4))),
        (Kind::Content, _) => Some(Value::Content(Uuid::from_u128(u128::from(choice % 4) + 1))),
        (_, "company") if choice < 128 => Some(Value::Null),
        (Kind::Thing(_), _) if choice.is_multiple_of(6) => Some(Value::Null),
        (Kind::Thing(target), _) => {
            // Few ideas, so that each has many voices.
            let rows = if target == Entity::Idea { 2 } else { ROWS };
            let id = identity(target, choice % rows);
            reader.find(target, id)?.map(|_| Value::Thing(id))
        }
    })
}

fn apply(writer: &mut Writer<'_>, action: LocalId, step: &Step) -> Result<()> {
    let (entity, names) = WORLD[step.entity];
    let fields: Vec<&'static Field> = names.iter().filter_map(|n| entity.field(n)).collect();
    let id = identity(entity, step.row);
    if let Some(local) = writer.find(entity, id)? {
        let many = usize::from(step.values[9] % 3 + 1).min(fields.len());
        let mut given = Vec::new();
        for place in 0..many {
            let field = fields[(step.field % fields.len() + place) % fields.len()];
            if let Some(value) = value(writer, field, step.values[place])? {
                given.push((field, value));
            }
        }
        let given: Vec<(&Field, &Value)> = given.iter().map(|(f, v)| (*f, v)).collect();
        return writer.set_all(entity, local, &given);
    }
    let mut given = Vec::new();
    for (place, field) in fields.into_iter().enumerate() {
        if let Some(value) = value(writer, field, step.values[place])? {
            given.push((field, value));
        }
    }
    writer.insert(entity, id, action, &given).map(drop)
}

/// Makes most rows of the small world, each with the fields that `values` chooses for it.
fn populate(store: &mut Store, values: &[u8]) {
    let mut values = values.chunks_exact(10);
    store
        .write(|writer| {
            let action = act(writer, 1)?;
            for entity in 0..WORLD.len() {
                for row in 0..FOUNDED {
                    let values = values.next().expect("enough").to_vec();
                    let field = 0;
                    let step = Step {
                        entity,
                        row,
                        field,
                        values,
                    };
                    apply(writer, action, &step)?;
                }
            }
            Ok::<_, StoreError>(())
        })
        .expect("a populated world");
}

/// Two people, and the texts.
pub(super) fn found(store: &mut Store) {
    store
        .write(|writer| {
            let action = act(writer, 1)?;
            for row in 0..2 {
                writer.insert(Entity::Person, identity(Entity::Person, row), action, &[])?;
            }
            for (place, (title, body)) in TEXTS.iter().enumerate() {
                let text = NewContent {
                    title: Some(title),
                    body,
                    ..NewContent::default()
                };
                writer.add_content(Uuid::from_u128(place as u128 + 1), &text)?;
            }
            Ok::<_, StoreError>(())
        })
        .expect("a small world");
}

/// Everything derived, apart from the time of the last change (which the journal bounds but does not fix).
pub(crate) fn derived(reader: &Reader<'_>) -> Result<Vec<Vec<Vec<Column>>>> {
    let connection = reader.connection();
    connection.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.idea_search_words USING fts5vocab('main', 'idea_search', 'instance')",
    )?;
    let mut all: Vec<Vec<Vec<Column>>> = [
        "SELECT * FROM feedback_count WHERE total <> 0 ORDER BY 1, 2",
        "SELECT idea, demand, insights FROM idea_demand ORDER BY 1",
        "SELECT idea, mark IS NOT NULL FROM idea_demand ORDER BY 1",
        "SELECT * FROM mention ORDER BY 1, 2",
        "SELECT * FROM touched ORDER BY 1, 2, 3",
        "SELECT id, title, company_sort, links FROM feedback WHERE deleted = 0 ORDER BY 1",
        "SELECT * FROM temp.idea_search_words ORDER BY 1, 2, 3, 4",
    ]
    .iter()
    .map(|sql| {
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|c| row.get(c)).collect())?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    })
    .collect::<Result<_>>()?;
    // Wherever that stands.
    let open = reader.open_feedback()?.into_iter();
    all.push(
        open.map(|local| vec![Column::Integer(local.into())])
            .collect(),
    );
    // However it is divided into parts.
    let indexed = crate::store::search_door::tests::indexed(reader)?;
    let terms = indexed.into_iter().flat_map(|(document, terms)| {
        let terms = terms.into_iter().map(Column::Text);
        terms.map(move |term| vec![Column::Integer(document.into()), term])
    });
    all.push(terms.collect());
    // Wherever they are written.
    let sql = "SELECT idea FROM idea_profile ORDER BY idea";
    let ideas: Vec<LocalId> = reader.collect(sql, [], |row| row.get(0))?;
    let profiles = ideas.into_iter().map(|idea| reader.known_by(idea));
    let profiles: Vec<String> = profiles.collect::<Result<_>>()?;
    let words = profiles
        .iter()
        .map(|words| Bag::read(words).map(|bag| bag.write()));
    all.push(
        words
            .map(|words| vec![Column::Text(words.expect("words"))])
            .collect(),
    );
    Ok(all)
}

/// The rows of an entity by identity, each field by its name.
fn world(
    reader: &Reader<'_>,
    entity: Entity,
) -> Result<BTreeMap<Uuid, HashMap<&'static str, Value>>> {
    let names = entity.fields().iter().map(|field| field.name);
    let rows = reader.rows(entity)?.into_iter();
    Ok(rows
        .map(|(id, values)| (id, names.clone().zip(values).collect()))
        .collect())
}

/// What decides which voice of a wanter counts: when its feedback was received, then chance, then its own insights.
type Rank = (i64, [u8; 16], i64);

/// Demand and insights of each live idea, by the words of the definition and without any SQL.
pub(super) fn demand(reader: &Reader<'_>) -> Result<BTreeMap<Uuid, (i64, i64)>> {
    let [feedback, ideas, insights, customers] = [
        world(reader, Entity::Feedback)?,
        world(reader, Entity::Idea)?,
        world(reader, Entity::Insight)?,
        world(reader, Entity::Customer)?,
    ];
    let live = |row: &HashMap<_, _>| row["deleted"] == Value::Integer(0);
    let number = |value: &Value, unset| match value {
        Value::Integer(number) => *number,
        _ => unset,
    };
    let wanter = |id: Uuid| {
        let row = &feedback[&id];
        let employer = match &row["customer"] {
            Value::Thing(customer) => customers[customer]["company"].clone(),
            _ => Value::Null,
        };
        [
            &row["company"],
            &employer,
            &row["customer"],
            &row["reporter"],
        ]
        .into_iter()
        .find(|value| **value != Value::Null)
        .cloned()
        .unwrap_or(Value::Thing(id))
    };
    let mut result = BTreeMap::new();
    for (idea, _) in ideas.iter().filter(|(_, row)| live(row)) {
        // (feedback, local order of the voice, importance)
        let mut voices: Vec<(Uuid, i64, i64)> = Vec::new();
        for (id, row) in insights.iter().filter(|(_, row)| live(row)) {
            if let (Value::Thing(from), Value::Thing(to)) = (&row["feedback"], &row["idea"])
                && to == idea
                && live(&feedback[from])
            {
                let local = reader.expect(Entity::Insight, *id)?;
                voices.push((*from, local.0, number(&row["importance"], 1)));
            }
        }
        let direct = voices.len();
        let mut reached: BTreeSet<Uuid> = BTreeSet::new();
        let mut next: Vec<Uuid> = voices.iter().map(|voice| voice.0).collect();
        while let Some(original) = next.pop() {
            for (id, row) in feedback.iter().filter(|(_, row)| live(row)) {
                if row["duplicate_of"] == Value::Thing(original) && reached.insert(*id) {
                    voices.push((*id, 0, number(&row["importance"], 1)));
                    next.push(*id);
                }
            }
        }
        let mut latest: HashMap<Value, (Rank, i64)> = HashMap::new();
        for (id, order, importance) in voices {
            let rank = (
                number(&feedback[&id]["received"], 0),
                crate::store::key::to_blob(id),
                order,
            );
            let place = latest.entry(wanter(id)).or_insert((rank, importance));
            if rank > place.0 {
                *place = (rank, importance);
            }
        }
        let sum = latest.values().map(|(_, importance)| importance).sum();
        result.insert(*idea, (sum, i64::try_from(direct).expect("few")));
    }
    Ok(result)
}

pub(super) fn stored_demand(reader: &Reader<'_>) -> Result<BTreeMap<Uuid, (i64, i64)>> {
    let rows: Vec<(LocalId, i64, i64)> = reader.collect(
        "SELECT idea, demand, insights FROM idea_demand",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    rows.into_iter()
        .map(|(idea, demand, insights)| Ok((reader.uuid(Entity::Idea, idea)?, (demand, insights))))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn kept_step_by_step_equals_computed_from_scratch(
        values in prop::collection::vec(any::<u8>(), WORLD.len() * FOUNDED as usize * 10),
        transactions in prop::collection::vec(prop::collection::vec(step(), 1..8), 1..48)
    ) {
        let (_folder, mut store) = scratch();
        found(&mut store);
        populate(&mut store, &values);
        for steps in &transactions {
            store
                .write(|writer| {
                    let action = act(writer, 1)?;
                    steps.iter().try_for_each(|step| apply(writer, action, step))
                })
                .expect("a write");
            let kept = store.read(derived).expect("a read");
            let (defined, stored) = store
                .read(|reader| Ok::<_, StoreError>((demand(reader)?, stored_demand(reader)?)))
                .expect("a read");
            prop_assert_eq!(stored, defined);
            let rebuilt = store
                .write(|writer| {
                    act(writer, 1).and_then(|action| {
                        writer.rebuild_derived()?;
                        let rebuilt = derived(writer)?;
                        writer.drop_action(action)?;
                        Ok(rebuilt)
                    })
                })
                .expect("a rebuild");
            prop_assert_eq!(kept, rebuilt);
        }
    }
}

#[test]
fn a_value_must_suit_its_field_and_refer_to_what_is_there() {
    let (_folder, mut store) = scratch();
    found(&mut store);
    let field = |name| Entity::Feedback.field(name).expect("a field");
    let attempts = [
        (field("state"), Value::Text("0".into())),
        (field("source"), Value::Integer(1)),
        (field("company"), Value::Thing(Uuid::nil())),
        (field("content"), Value::Content(Uuid::nil())),
        (field("content"), Value::Thing(Uuid::from_u128(1))),
        (field("state"), Value::Null),
    ];
    for (field, value) in attempts {
        let shown = format!("{} = {value:?}", field.name);
        let written = store.write(|writer| {
            let action = act(writer, 1)?;
            writer.insert(Entity::Feedback, Uuid::new_v4(), action, &[(field, value)])
        });
        assert!(written.is_err(), "{shown}");
    }
    let unknown = store.write(|writer| {
        writer.set(
            Entity::Feedback,
            LocalId(99),
            field("votes"),
            &Value::Integer(1),
        )
    });
    assert!(matches!(unknown, Err(StoreError::UnknownRow { .. })));
    let rows = store.read(|reader| reader.rows(Entity::Feedback));
    assert!(rows.expect("a read").is_empty());
}

#[test]
fn feedback_that_comes_back_sorts_by_the_new_name_of_its_company() {
    let (_folder, mut store) = scratch();
    found(&mut store);
    let (feedback, company) = (identity(Entity::Feedback, 0), identity(Entity::Company, 0));
    let sort = store.write(|writer| {
        let action = act(writer, 1)?;
        let renamed = writer.insert(Entity::Company, company, action, &[])?;
        let field = |name| Entity::Feedback.field(name).expect("a field");
        let of_company = [(field("company"), Value::Thing(company))];
        let local = writer.insert(Entity::Feedback, feedback, action, &of_company)?;
        writer.set(
            Entity::Feedback,
            local,
            field("deleted"),
            &Value::Integer(1),
        )?;
        let name = Entity::Company.field("name").expect("a field");
        writer.set(Entity::Company, renamed, name, &Value::Text("Émile".into()))?;
        writer.set(
            Entity::Feedback,
            local,
            field("deleted"),
            &Value::Integer(0),
        )?;
        let sql = "SELECT company_sort FROM feedback";
        writer.first(sql, [], |row| row.get::<_, String>(0))
    });
    assert_eq!(sort.expect("a write").as_deref(), Some("emile"));
}
