//! A workspace in pieces, to be carried elsewhere, and a workspace made of such pieces.
//!
//! Restoring is no deed: what was done is in the pieces themselves, so nothing is journalled, and undo goes on where it
//! was. Pieces come in an order in which each finds what it refers to: free text, actions, rows, then what the actions
//! changed. A row may refer to one that comes later; that is looked up at the end.

mod restoring;

use uuid::Uuid;

pub use restoring::restore;

use super::error::{Error, Result};
use super::journal::{self, Change};
use crate::domain::entity::{Entity, Field, Thing, Value};
use crate::domain::moment::Moment;
use crate::problem::Problem;
use crate::store::{ActionRecord, Content, Reader};

/// One piece of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// An immutable free text and its identity.
    Content(Uuid, Content),
    /// What somebody did.
    Action(ActionPiece),
    /// A thing as it stands, deleted or not.
    Row {
        /// The thing.
        thing: Thing,
        /// The action that made it.
        made_by: Uuid,
        /// Its fields that hold something.
        fields: Vec<(&'static Field, Value)>,
    },
    /// What an action changed about one thing.
    Changes {
        /// The action.
        action: Uuid,
        /// Which chunk of the action's changes this belongs to, from 0.
        chunk: u32,
        /// The changes, all of the same thing.
        changes: Vec<Change>,
    },
    /// A saved view: its name and filter.
    View(String, String),
    /// A saved column mapping: its name and what it says.
    Mapping(String, String),
}

/// An action as it was written; see [`ActionRecord`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The fields of ActionRecord, other actions by their identity alone.
pub struct ActionPiece {
    pub id: Uuid,
    pub author: String,
    pub device: Uuid,
    pub at: Moment,
    pub verb: String,
    pub words: String,
    pub undoes: Option<Uuid>,
    pub undone_by: Option<Uuid>,
    pub changes: u64,
}

impl From<ActionRecord> for ActionPiece {
    fn from(action: ActionRecord) -> Self {
        Self {
            id: action.key.id,
            author: action.author,
            device: action.device,
            at: action.at,
            verb: action.verb,
            words: action.words,
            undoes: action.undoes.map(|key| key.id),
            undone_by: action.undone_by.map(|key| key.id),
            changes: action.changes,
        }
    }
}

/// Shows every piece of a workspace, in the order in which [`restore`] takes them: the same workspace gives the same
/// pieces, and so does one that was made of them.
///
/// # Errors
/// When the workspace cannot be read, or `visit` says so.
pub fn visit(
    reader: &Reader<'_>,
    visit: &mut dyn FnMut(Piece) -> std::result::Result<(), Problem>,
) -> std::result::Result<(), Problem> {
    pieces(reader, visit).map_err(Problem::from)
}

fn pieces(
    reader: &Reader<'_>,
    visit: &mut dyn FnMut(Piece) -> std::result::Result<(), Problem>,
) -> Result<()> {
    reader.visit_contents(|(id, content)| Ok::<_, Error>(visit(Piece::Content(id, content))?))?;
    reader.visit_actions(|action| Ok::<_, Error>(visit(Piece::Action(action.into()))?))?;
    for &entity in Entity::ALL {
        reader.visit_rows_in_order(entity, |(id, made_by, values)| {
            let fields = entity.fields().iter().zip(values);
            let fields = fields.filter(|(_, value)| *value != Value::Null).collect();
            let thing = Thing { entity, id };
            let row = Piece::Row {
                thing,
                made_by,
                fields,
            };
            Ok::<_, Error>(visit(row)?)
        })?;
    }
    reader.visit_actions(|action| changes_of(reader, &action, visit))?;
    for (name, filter) in reader.saved_views()? {
        visit(Piece::View(name, filter))?;
    }
    for (name, mapping) in reader.saved_mappings()? {
        visit(Piece::Mapping(name, mapping))?;
    }
    Ok(())
}

fn changes_of(
    reader: &Reader<'_>,
    action: &ActionRecord,
    visit: &mut dyn FnMut(Piece) -> std::result::Result<(), Problem>,
) -> Result<()> {
    for sequence in 0..reader.chunk_count(action.key.local)? {
        let Some(chunk) = reader.chunk(action.key.local, sequence)? else {
            continue;
        };
        let things = journal::decode_by_thing(&chunk.data)?;
        for changes in things.into_iter().filter(|changes| !changes.is_empty()) {
            visit(Piece::Changes {
                action: action.key.id,
                chunk: sequence,
                changes,
            })?;
        }
    }
    Ok(())
}
