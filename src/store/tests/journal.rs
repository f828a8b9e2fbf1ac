//! The journal as rows.

use uuid::Uuid;

use super::scratch;
use crate::domain::entity::Entity;
use crate::domain::moment::Moment;
use crate::store::{ActionRecord, LocalId, NewAction, Result, StoreError, Writer};

const HERE: Uuid = Uuid::from_u128(1);
const THERE: Uuid = Uuid::from_u128(2);

fn act(
    writer: &mut Writer<'_>,
    author: &str,
    device: Uuid,
    undoes: Option<LocalId>,
) -> Result<LocalId> {
    let action = writer.append_action(&NewAction {
        id: Uuid::new_v4(),
        author,
        device,
        at: Moment(1),
        verb: "test",
        words: "…",
        undoes,
    })?;
    if let Some(undone) = undoes {
        writer.mark_undone(undone, Some(action))?;
    }
    Ok(action)
}

fn locals(records: &[ActionRecord]) -> Vec<LocalId> {
    records.iter().map(|record| record.key.local).collect()
}

fn local(record: Option<ActionRecord>) -> Option<LocalId> {
    record.map(|record| record.key.local)
}

#[test]
fn the_newest_action_is_looked_for_by_hand_and_device() {
    let (_folder, mut store) = scratch();
    store
        .write(|writer| {
            let first = act(writer, "hana", HERE, None)?;
            let second = act(writer, "hana", HERE, None)?;
            act(writer, "hana", THERE, None)?;
            act(writer, "omar", HERE, None)?;
            assert_eq!(
                local(writer.newest_in_effect("hana", HERE, LocalId(0))?),
                Some(second)
            );
            assert_eq!(local(writer.newest_undo("hana", HERE)?), None);

            let undo = act(writer, "hana", HERE, Some(second))?;
            assert_eq!(
                local(writer.newest_in_effect("hana", HERE, LocalId(0))?),
                Some(first)
            );
            assert_eq!(local(writer.newest_undo("hana", HERE)?), Some(undo));

            let redo = act(writer, "hana", HERE, Some(undo))?;
            writer.mark_undone(second, None)?;
            assert_eq!(
                local(writer.newest_in_effect("hana", HERE, LocalId(0))?),
                Some(second)
            );
            assert_eq!(local(writer.newest_undo("hana", HERE)?), None);
            let record = writer.action(undo)?.expect("it is there");
            assert_eq!(record.undoes.map(|key| key.local), Some(second));
            assert_eq!(record.undone_by.map(|key| key.local), Some(redo));
            assert_eq!(writer.find_action(record.key.id)?, Some(record));
            Ok::<_, StoreError>(())
        })
        .expect("a write");
}

#[test]
fn the_actions_of_a_thing_include_what_undoes_them() {
    let (_folder, mut store) = scratch();
    store
        .write(|writer| {
            let made = act(writer, "hana", HERE, None)?;
            let person = writer.insert(Entity::Person, Uuid::new_v4(), made, &[])?;
            act(writer, "hana", HERE, None)?;
            let touched = act(writer, "omar", THERE, None)?;
            writer.touch(Entity::Person, person, touched)?;
            writer.touch(Entity::Person, person, touched)?;
            writer.touch(Entity::Company, person, made)?;
            let undo = act(writer, "omar", THERE, Some(touched))?;
            let redo = act(writer, "omar", THERE, Some(undo))?;
            let all = writer.actions_of(Entity::Person, person, None, 10)?;
            assert_eq!(locals(&all), [redo, undo, touched, made]);
            let older = writer.actions_of(Entity::Person, person, Some(undo), 1)?;
            assert_eq!(locals(&older), [touched]);
            let later = writer.later_actions_touching(Entity::Person, person, made)?;
            assert_eq!(locals(&later), [touched, undo, redo]);
            assert_eq!(writer.maker(Entity::Person, person)?, Some(made));
            assert_eq!(locals(&writer.actions(Some(undo), 1)?), [touched]);
            Ok::<_, StoreError>(())
        })
        .expect("a write");
}

#[test]
fn chunks_come_back_in_order() {
    let (_folder, mut store) = scratch();
    let action = store
        .write(|writer| {
            let action = act(writer, "", HERE, None)?;
            writer.append_chunk(action, 1, 1, b"two")?;
            writer.append_chunk(action, 0, 1, b"one")?;
            assert!(writer.append_chunk(action, 0, 1, b"again").is_err());
            writer.finish_action(action, "did it", 7, None)?;
            Ok::<_, StoreError>(action)
        })
        .expect("a write");
    store
        .read(|reader| {
            let chunks = reader.chunks(action)?;
            let data: Vec<&[u8]> = chunks.iter().map(|chunk| &chunk.data[..]).collect();
            assert_eq!(data, [b"one", b"two"]);
            assert_eq!(reader.chunk(action, 1)?.as_ref(), chunks.get(1));
            assert_eq!(reader.chunk(action, 2)?, None);
            let record = reader.action(action)?.expect("it is there");
            assert_eq!((record.words.as_str(), record.changes), ("did it", 7));
            Ok::<_, StoreError>(())
        })
        .expect("a read");
}
