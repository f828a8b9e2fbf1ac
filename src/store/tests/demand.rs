//! The demand of ideas: which voices count, and when something about an idea changed last.

use super::derived::{demand, found, identity, stored_demand};
use super::{act, scratch};
use crate::domain::entity::{Entity, Value};
use crate::store::{Store, StoreError};

#[test]
fn a_link_goes_with_the_voice_that_its_feedback_had_and_not_with_the_one_it_has_now() {
    // What else changes in the transaction that takes the link away: where the customer works, and what is a duplicate.
    for (entity, name) in [
        (Entity::Customer, "company"),
        (Entity::Feedback, "duplicate_of"),
    ] {
        let (_folder, mut store) = scratch();
        let things = [
            (Entity::Company, 0),
            (Entity::Customer, 0),
            (Entity::Idea, 0),
            (Entity::Feedback, 0),
            (Entity::Feedback, 1),
            (Entity::Feedback, 2),
            (Entity::Insight, 0),
            (Entity::Insight, 1),
        ];
        let [company, customer, idea, first, second, copy, link, other] =
            things.map(|(entity, number)| identity(entity, number));
        let given = |entity: Entity, fields: &[(&str, Value)]| {
            let fields = fields.iter();
            let fields =
                fields.map(|(name, value)| (entity.field(name).expect("a field"), value.clone()));
            fields.collect::<Vec<_>>()
        };
        let to = |feedback| {
            [
                ("feedback", Value::Thing(feedback)),
                ("idea", Value::Thing(idea)),
            ]
        };
        let made = store.write(|writer| {
            let action = act(writer, 1)?;
            let mut make = |entity: Entity, id, fields: &[(&str, Value)]| {
                writer
                    .insert(entity, id, action, &given(entity, fields))
                    .map(drop)
            };
            make(Entity::Company, company, &[])?;
            make(Entity::Customer, customer, &[])?;
            make(Entity::Idea, idea, &[])?;
            make(
                Entity::Feedback,
                first,
                &[("customer", Value::Thing(customer))],
            )?;
            make(
                Entity::Feedback,
                second,
                &[("company", Value::Thing(company))],
            )?;
            make(
                Entity::Feedback,
                copy,
                &[("duplicate_of", Value::Thing(first))],
            )?;
            make(Entity::Insight, link, &to(first))?;
            make(Entity::Insight, other, &to(second))
        });
        made.expect("a world");
        let changed = store.write(|writer| {
            act(writer, 2)?;
            let gone = Entity::Insight.field("deleted").expect("a field");
            let local = writer.expect(Entity::Insight, link)?;
            writer.set(Entity::Insight, local, gone, &Value::Integer(1))?;
            let (thing, value) = match entity {
                Entity::Customer => (customer, Value::Thing(company)),
                _ => (copy, Value::Null),
            };
            let local = writer.expect(entity, thing)?;
            writer.set(entity, local, entity.field(name).expect("a field"), &value)
        });
        changed.expect("a write");
        let read =
            store.read(|reader| Ok::<_, StoreError>((stored_demand(reader)?, demand(reader)?)));
        let (stored, defined) = read.expect("a read");
        assert_eq!(stored, defined, "{name}");
        assert_eq!(stored[&idea], (1, 1), "{name}");
    }
}

#[test]
fn what_changes_about_an_idea_dates_it_and_the_rebuilt_date_is_the_same() {
    let (_folder, mut store) = scratch();
    found(&mut store);
    let changed = |store: &Store| {
        let read = store.read(|reader| {
            reader.first("SELECT changed FROM idea_demand", [], |row| {
                row.get::<_, i64>(0)
            })
        });
        read.expect("a read")
    };
    let (idea, feedback, insight) = (
        identity(Entity::Idea, 0),
        identity(Entity::Feedback, 0),
        identity(Entity::Insight, 0),
    );
    let field = |entity: Entity, name| entity.field(name).expect("a field");
    store
        .write(|writer| {
            let action = act(writer, 10)?;
            writer.insert(Entity::Idea, idea, action, &[])?;
            let action = act(writer, 20)?;
            writer
                .insert(Entity::Feedback, feedback, action, &[])
                .map(drop)
        })
        .expect("a write");
    assert_eq!(changed(&store), Some(20), "one transaction is one moment");
    store
        .write(|writer| {
            let action = act(writer, 30)?;
            let ends = [
                (field(Entity::Insight, "feedback"), Value::Thing(feedback)),
                (field(Entity::Insight, "idea"), Value::Thing(idea)),
            ];
            writer
                .insert(Entity::Insight, insight, action, &ends)
                .map(drop)
        })
        .expect("a write");
    assert_eq!(changed(&store), Some(30));
    store
        .write(|writer| {
            let action = act(writer, 40)?;
            let local = writer.expect(Entity::Feedback, feedback)?;
            writer.touch(Entity::Feedback, local, action)?;
            let importance = field(Entity::Feedback, "importance");
            writer.set(Entity::Feedback, local, importance, &Value::Integer(3))
        })
        .expect("a write");
    assert_eq!(changed(&store), Some(30), "nothing about the idea changed");
    store
        .write(|writer| {
            let action = act(writer, 50)?;
            let local = writer.expect(Entity::Insight, insight)?;
            writer.touch(Entity::Insight, local, action)?;
            writer.set(
                Entity::Insight,
                local,
                field(Entity::Insight, "deleted"),
                &Value::Integer(1),
            )
        })
        .expect("a write");
    assert_eq!(changed(&store), Some(50));
    // As it was kept, where it was lost, and where it is no time at which anything was done.
    for damage in [
        "SELECT 1",
        "DELETE FROM idea_demand",
        "UPDATE idea_demand SET changed = 77",
    ] {
        store.connection.execute_batch(damage).expect("damaged");
        store
            .write(|writer| writer.rebuild_derived())
            .expect("a rebuild");
        assert_eq!(changed(&store), Some(50), "{damage}");
    }
}
