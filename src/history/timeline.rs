//! Timelines: what happened to a thing or in the workspace, in words.

use uuid::Uuid;

use super::commit::FOUND;
use super::error::Result;
use super::journal::Change;
use super::obstacle;
use super::undo::{makes, things};
use super::values;
use super::words;
use crate::domain::entity::{DELETED, Thing};
use crate::domain::id::ActionId;
use crate::domain::timeline::{ChangeLine, TimelineEntry};
use crate::problem::{Kind, Problem};
use crate::store::{ActionRecord, LocalId, Reader, Store};

/// The actions of a thing (or of the workspace), newest first: at most `limit`, older than `before` when that is given.
///
/// `device` is this copy, so that an entry can say whether it was done here.
///
/// # Errors
/// When there is no such thing or action, or the file cannot be read.
pub fn timeline(
    store: &Store,
    device: Uuid,
    about: Option<Thing>,
    before: Option<ActionId>,
    limit: usize,
) -> std::result::Result<Vec<TimelineEntry>, Problem> {
    let entries: Result<Vec<TimelineEntry>> = store.read(|reader| {
        let before = before.map(|action| local(reader, action)).transpose()?;
        let actions = match about {
            Some(thing) => {
                let row = reader.expect(thing.entity, thing.id)?;
                reader.actions_of(thing.entity, row, before, limit)?
            }
            None => reader.actions(before, limit)?,
        };
        actions
            .iter()
            .map(|action| entry(reader, device, action))
            .collect()
    });
    entries.map_err(Problem::from)
}

fn local(reader: &Reader<'_>, action: ActionId) -> Result<LocalId> {
    let found = reader.find_action(action.0)?;
    let gone = || Problem::new(Kind::NotFound, "there is no such action in this workspace");
    Ok(found.ok_or_else(gone)?.key.local)
}

fn entry(reader: &Reader<'_>, device: Uuid, action: &ActionRecord) -> Result<TimelineEntry> {
    Ok(TimelineEntry {
        action: ActionId(action.key.id),
        author: obstacle::author(&action.author),
        here: action.device == device,
        at: action.at,
        words: words::resolve(reader, &action.words)?,
        changes: u32::try_from(action.changes).unwrap_or(u32::MAX),
        about: words::first_slot(&action.words),
        lasts: action.verb == FOUND,
        undoes: action.undoes.map(|key| ActionId(key.id)),
        undone_by: action.undone_by.map(|key| ActionId(key.id)),
    })
}

/// The fields that an action changed, in words: at most `limit`.
///
/// # Errors
/// When there is no such action, its journal cannot be read, or the file cannot be read.
pub fn change_lines(
    store: &Store,
    action: ActionId,
    limit: usize,
) -> std::result::Result<Vec<ChangeLine>, Problem> {
    let lines: Result<Vec<ChangeLine>> = store.read(|reader| {
        let local = local(reader, action)?;
        let mut lines = Vec::new();
        for sequence in 0..reader.chunk_count(local)? {
            for (thing, changes) in things(reader, local, sequence)? {
                if lines.len() >= limit {
                    return Ok(lines);
                }
                let name = words::name(reader, thing)?;
                for change in &changes {
                    lines.extend(line(reader, &name, change)?);
                }
            }
        }
        lines.truncate(limit);
        Ok(lines)
    });
    lines.map_err(Problem::from)
}

/// One change; nothing for the mark of a thing that was just made, whose fields tell enough.
fn line(reader: &Reader<'_>, name: &str, change: &Change) -> Result<Option<ChangeLine>> {
    if makes(change) {
        return Ok(None);
    }
    let shown = |value| values::shown(reader, change.thing.entity, change.field, value);
    let (from, to) = (shown(&change.from)?, shown(&change.to)?);
    // A mark of deletion is there or is not; it is never “no”.
    let told =
        |text: Option<String>| text.filter(|text| change.field.name != DELETED || text != "no");
    Ok(Some(ChangeLine {
        thing: name.to_owned(),
        field: change.field.word.to_owned(),
        from: told(from),
        to: told(to),
    }))
}
