//! The statements that read and write the rows of an entity, made from its fields once.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use crate::domain::entity::{DELETED, Entity, Field, Kind, Value};

/// The statements about one entity.
pub(in crate::store) struct Statements {
    pub(super) find: String,
    pub(super) find_live: String,
    pub(super) uuid: String,
    pub(super) live: String,
    pub(in crate::store) maker: String,
    pub(in crate::store) touch: String,
    pub(super) values: String,
    pub(super) all: String,
    pub(in crate::store) in_order: String,
    /// By field, in their order: what reads it, and what sets it.
    fields: OnceLock<Vec<(String, String)>>,
}

static STATEMENTS: LazyLock<Vec<Statements>> = LazyLock::new(|| {
    let mut entities = Entity::ALL.to_vec();
    entities.sort_by_key(|entity| *entity as usize);
    entities.into_iter().map(Statements::of).collect()
});

impl Statements {
    fn of(entity: Entity) -> Self {
        let table = entity.name();
        let fields: Vec<String> = entity.fields().iter().map(expression).collect();
        let fields = fields.join(", ");
        Self {
            find: format!("SELECT id FROM \"{table}\" WHERE key = ?1"),
            find_live: format!("SELECT id, {DELETED} = 0 FROM \"{table}\" WHERE key = ?1"),
            uuid: format!("SELECT key FROM \"{table}\" WHERE id = ?1"),
            live: format!("SELECT {DELETED} = 0 FROM \"{table}\" WHERE id = ?1"),
            maker: format!("SELECT action FROM \"{table}\" WHERE id = ?1"),
            touch: format!(
                "INSERT OR IGNORE INTO touched (entity, thing, action) SELECT ?1, ?2, ?3
                 WHERE NOT EXISTS (SELECT 1 FROM \"{table}\" WHERE id = ?2 AND action = ?3)"
            ),
            values: format!("SELECT {fields} FROM \"{table}\" AS thing WHERE id = ?1"),
            all: format!("SELECT {fields}, thing.key FROM \"{table}\" AS thing"),
            in_order: format!(
                "SELECT {fields}, thing.key, (SELECT key FROM action WHERE id = thing.action)
                 FROM \"{table}\" AS thing ORDER BY thing.id"
            ),
            fields: OnceLock::new(),
        }
    }

    /// What reads these fields of a row. That of one field is at hand: a deed asks for some dozen of them.
    pub(super) fn get(entity: Entity, fields: &[&Field]) -> Cow<'static, str> {
        match fields {
            [field] => match Self::of_field(entity, field) {
                Some((read, _)) => Cow::Borrowed(read),
                None => Cow::Owned(reading(entity, fields)),
            },
            _ => Cow::Owned(reading(entity, fields)),
        }
    }

    /// What sets these fields, in their order, of the row that is named behind them.
    pub(in crate::store) fn set(entity: Entity, fields: &[(&Field, &Value)]) -> Cow<'static, str> {
        if let [(field, _)] = fields
            && let Some((_, set)) = Self::of_field(entity, field)
        {
            return Cow::Borrowed(set);
        }
        Cow::Owned(setting(entity, fields.iter().map(|(field, _)| field.name)))
    }

    /// Made when they are asked for first: a start asks for none.
    pub(super) fn of_field(entity: Entity, field: &Field) -> Option<&'static (String, String)> {
        let is_it = |known: &Field| known.name == field.name;
        let place = entity.fields().iter().position(is_it)?;
        let statements = Self::for_entity(entity).fields.get_or_init(|| {
            let of_one = |field: &Field| {
                let set = setting(entity, std::iter::once(field.name));
                (reading(entity, &[field]), set)
            };
            entity.fields().iter().map(of_one).collect()
        });
        statements.get(place)
    }

    pub(in crate::store) fn for_entity(entity: Entity) -> &'static Self {
        &STATEMENTS[entity as usize]
    }
}

/// What selects a field of the row `thing`: references come out as the key of what they refer to.
fn expression(field: &Field) -> String {
    let column = field.name;
    match field.kind {
        Kind::Integer | Kind::Text => format!("thing.\"{column}\""),
        Kind::Thing(entity) => format!(
            "(SELECT key FROM \"{}\" WHERE id = thing.\"{column}\")",
            entity.name()
        ),
        Kind::Content => format!("(SELECT key FROM content WHERE id = thing.\"{column}\")"),
    }
}

/// What reads these fields of the row `?1`, and behind them the local keys of the things that they refer to.
fn reading(entity: Entity, fields: &[&Field]) -> String {
    let mut sql = String::with_capacity(512);
    sql.push_str("SELECT ");
    for (place, field) in fields.iter().enumerate() {
        sql.push_str(if place > 0 { ", " } else { "" });
        match field.kind {
            Kind::Integer | Kind::Text => {
                sql.push_str("thing.\"");
                sql.push_str(field.name);
                sql.push('"');
            }
            _ => sql.push_str(&expression(field)),
        }
    }
    for (_, field) in referring(fields) {
        sql.push_str(", thing.\"");
        sql.push_str(field.name);
        sql.push('"');
    }
    sql.push_str(" FROM \"");
    sql.push_str(entity.name());
    sql.push_str("\" AS thing WHERE id = ?1");
    sql
}

/// Those among some fields that refer to things, with what they refer to.
fn referring<'f>(fields: &[&'f Field]) -> impl Iterator<Item = (Entity, &'f Field)> {
    fields.iter().filter_map(|field| match field.kind {
        Kind::Thing(target) => Some((target, *field)),
        _ => None,
    })
}

/// What sets the fields of these names, in their order, of the row that is named behind them.
fn setting<'f>(entity: Entity, names: impl Iterator<Item = &'f str>) -> String {
    let mut sql = String::with_capacity(256);
    sql.push_str("UPDATE \"");
    sql.push_str(entity.name());
    for (place, name) in names.enumerate() {
        sql.push_str(if place > 0 { ", \"" } else { "\" SET \"" });
        sql.push_str(name);
        sql.push_str("\" = ?");
    }
    sql.push_str(" WHERE id = ?");
    sql
}
