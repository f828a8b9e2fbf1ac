//! The lines of a dump as they are written and read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::domain::entity::{Entity, Field, Kind, Thing, Value};
use crate::domain::moment::Moment;
use crate::history::dump::{ActionPiece, Piece};
use crate::history::journal::Change;
use crate::store::Content;

/// How much a dump holds.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Pieces of free text.
    pub content: u64,
    /// Actions.
    pub action: u64,
    /// Rows, by the name of their kind; deleted ones included.
    pub row: BTreeMap<String, u64>,
    /// Fields that the actions changed.
    pub change: u64,
    /// Saved views.
    pub view: u64,
    /// Saved column mappings.
    pub mapping: u64,
}

/// What the first line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) version: u64,
    pub(super) device: Uuid,
    pub(super) counts: Counts,
}

/// What the last line says: how many lines come before it, and the SHA-256 of their bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    pub(super) lines: u64,
    pub(super) sha256: String,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Line {
    #[serde(rename = "intake-dump")]
    Head(Head),
    #[serde(rename = "content")]
    Content(ContentLine),
    #[serde(rename = "action")]
    Action(ActionLine),
    #[serde(rename = "row")]
    Row(RowLine),
    #[serde(rename = "change")]
    Change(ChangeLine),
    #[serde(rename = "view")]
    View(ViewLine),
    #[serde(rename = "mapping")]
    Mapping(MappingLine),
    #[serde(rename = "end")]
    End(End),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContentLine {
    id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous: Option<Uuid>,
    body: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    original: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionLine {
    id: Uuid,
    author: String,
    device: Uuid,
    at: i64,
    verb: String,
    words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undoes: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undone_by: Option<Uuid>,
    changes: u64,
}

/// Field names and values, in the order of the entity's fields when written.
#[derive(Clone, Debug, PartialEq)]
struct Fields<V>(Vec<(String, V)>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowLine {
    thing: String,
    id: Uuid,
    made_by: Uuid,
    fields: Fields<Json>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeLine {
    action: Uuid,
    chunk: u32,
    thing: String,
    id: Uuid,
    /// What each field was, and what it became.
    fields: Fields<[Json; 2]>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewLine {
    name: String,
    filter: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MappingLine {
    name: String,
    mapping: String,
}

impl<V: Serialize> Serialize for Fields<V> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Fields<V> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<V> {
            type Value = Fields<V>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("fields by name")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Fields<V>, A::Error> {
                let mut fields: Vec<(String, V)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, V>()? {
                    if fields.iter().any(|(known, _)| *known == name) {
                        let twice = format!("the field {name} is there twice");
                        return Err(serde::de::Error::custom(twice));
                    }
                    fields.push((name, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Visitor(std::marker::PhantomData))
    }
}

impl From<Piece> for Line {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Content(id, content) => Self::Content(ContentLine {
                id,
                title: content.title,
                previous: content.previous,
                body: content.body,
                original: content.original,
            }),
            Piece::Action(action) => Self::Action(action.into()),
            Piece::Row {
                thing,
                made_by,
                fields,
            } => Self::Row(RowLine {
                thing: thing.entity.name().to_owned(),
                id: thing.id,
                made_by,
                fields: Fields(
                    fields
                        .iter()
                        .map(|(field, value)| (field.name.to_owned(), written(value)))
                        .collect(),
                ),
            }),
            Piece::Changes {
                action,
                chunk,
                changes,
            } => Self::Change(change_line(action, chunk, &changes)),
            Piece::View(name, filter) => Self::View(ViewLine { name, filter }),
            Piece::Mapping(name, mapping) => Self::Mapping(MappingLine { name, mapping }),
        }
    }
}

fn change_line(action: Uuid, chunk: u32, changes: &[Change]) -> ChangeLine {
    let thing = changes.first().map(|change| change.thing);
    let both = |change: &Change| {
        let values = [written(&change.from), written(&change.to)];
        (change.field.name.to_owned(), values)
    };
    ChangeLine {
        action,
        chunk,
        thing: thing.map_or("", |thing| thing.entity.name()).to_owned(),
        id: thing.map(|thing| thing.id).unwrap_or_default(),
        fields: Fields(changes.iter().map(both).collect()),
    }
}

impl From<ActionPiece> for ActionLine {
    fn from(action: ActionPiece) -> Self {
        Self {
            id: action.id,
            author: action.author,
            device: action.device,
            at: action.at.0,
            verb: action.verb,
            words: action.words,
            undoes: action.undoes,
            undone_by: action.undone_by,
            changes: action.changes,
        }
    }
}

impl From<ActionLine> for ActionPiece {
    fn from(line: ActionLine) -> Self {
        Self {
            id: line.id,
            author: line.author,
            device: line.device,
            at: Moment(line.at),
            verb: line.verb,
            words: line.words,
            undoes: line.undoes,
            undone_by: line.undone_by,
            changes: line.changes,
        }
    }
}

/// A value as JSON: the kind of its field tells what a text is.
fn written(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Integer(number) => Json::from(*number),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Thing(id) | Value::Content(id) => Json::from(id.hyphenated().to_string()),
    }
}

/// A value of a field out of JSON; else what is wrong with it.
fn read(field: &Field, json: &Json) -> Result<Value, String> {
    let identity = |text: &str| Uuid::try_parse(text).ok();
    let value = match (field.kind, json) {
        (_, Json::Null) => Some(Value::Null),
        (Kind::Integer, Json::Number(number)) => number.as_i64().map(Value::Integer),
        (Kind::Text, Json::String(text)) => Some(Value::Text(text.clone())),
        (Kind::Thing(_), Json::String(text)) => identity(text).map(Value::Thing),
        (Kind::Content, Json::String(text)) => identity(text).map(Value::Content),
        _ => None,
    };
    let wanted = match field.kind {
        Kind::Integer => "a whole number",
        Kind::Text => "a text",
        Kind::Thing(_) | Kind::Content => "an identity (UUID)",
    };
    value.ok_or_else(|| format!("the field {} holds {json}, not {wanted}", field.name))
}

fn entity(name: &str) -> Result<Entity, String> {
    Entity::named(name).ok_or_else(|| format!("this version of Intake knows no “{name}”"))
}

fn field(entity: Entity, name: &str) -> Result<&'static Field, String> {
    let unknown = || {
        let thing = entity.name();
        format!("this version of Intake knows no field {name} of a {thing}")
    };
    entity.field(name).ok_or_else(unknown)
}

impl RowLine {
    /// The row that it tells of.
    pub(super) fn piece(self) -> Result<Piece, String> {
        let entity = entity(&self.thing)?;
        let fields = self.fields.0.into_iter().map(|(name, json)| {
            let field = field(entity, &name)?;
            Ok((field, read(field, &json)?))
        });
        Ok(Piece::Row {
            thing: Thing::new(entity, self.id),
            made_by: self.made_by,
            fields: fields.collect::<Result<_, String>>()?,
        })
    }
}

impl ChangeLine {
    /// The changes that it tells of.
    pub(super) fn piece(self) -> Result<Piece, String> {
        let entity = entity(&self.thing)?;
        let thing = Thing::new(entity, self.id);
        let changes = self.fields.0.into_iter().map(|(name, [from, to])| {
            let field = field(entity, &name)?;
            let (from, to) = (read(field, &from)?, read(field, &to)?);
            Ok(Change {
                thing,
                field,
                from,
                to,
            })
        });
        Ok(Piece::Changes {
            action: self.action,
            chunk: self.chunk,
            changes: changes.collect::<Result<_, String>>()?,
        })
    }
}

impl Line {
    /// The piece of a workspace that it tells of; `None` for the first and the last line.
    pub(super) fn piece(self) -> Result<Option<Piece>, String> {
        Ok(Some(match self {
            Self::Head(_) | Self::End(_) => return Ok(None),
            Self::Content(line) => {
                let content = Content {
                    title: line.title,
                    body: line.body,
                    original: line.original,
                    previous: line.previous,
                };
                Piece::Content(line.id, content)
            }
            Self::Action(line) => Piece::Action(line.into()),
            Self::Row(line) => line.piece()?,
            Self::Change(line) => line.piece()?,
            Self::View(line) => Piece::View(line.name, line.filter),
            Self::Mapping(line) => Piece::Mapping(line.name, line.mapping),
        }))
    }
}

impl Counts {
    /// Counts one piece more.
    pub(super) fn add(&mut self, piece: &Piece) {
        match piece {
            Piece::Content(..) => self.content += 1,
            Piece::Action(_) => self.action += 1,
            Piece::Row { thing, .. } => {
                let name = thing.entity.name().to_owned();
                *self.row.entry(name).or_default() += 1;
            }
            Piece::Changes { changes, .. } => self.change += changes.len() as u64,
            Piece::View(..) => self.view += 1,
            Piece::Mapping(..) => self.mapping += 1,
        }
    }
}
