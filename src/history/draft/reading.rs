//! What is there, as a deed asks it while it is being done: its own writes included.

use uuid::Uuid;

use super::Draft;
use crate::domain::entity::{Entity, Thing, Value};
use crate::history::error::{Result, gone, merged, not_found};
use crate::history::fields::{chosen, field_of};
use crate::history::words;
use crate::store::{LocalId, Reader};

impl Draft<'_, '_> {
    /// The local key of a thing that must be live.
    ///
    /// # Errors
    /// A problem that names the thing when it is not there or is marked as deleted.
    pub(in crate::history) fn live(&self, thing: Thing) -> Result<LocalId> {
        let found = self.writer.find_live(thing.entity, thing.id)?;
        let (local, is_live) = found.ok_or_else(|| not_found(thing))?;
        if is_live {
            return Ok(local);
        }
        let name = words::name(self.writer, thing)?;
        if thing.entity == Entity::Idea
            && let Some(into) = self.reference(thing, "merged_into")?
        {
            let into = words::name(self.writer, Thing::new(Entity::Idea, into))?;
            return Err(merged(&name, &into).into());
        }
        Err(gone(thing.entity, &name).into())
    }

    /// Whether a thing is there and not marked as deleted.
    pub(in crate::history) fn is_live(&self, thing: Thing) -> Result<bool> {
        is_there(self.writer, thing)
    }

    /// A field of a thing.
    pub(in crate::history) fn value(&self, thing: Thing, field: &'static str) -> Result<Value> {
        let local = self.local(thing)?;
        let field = field_of(thing.entity, field)?;
        Ok(self.writer.value(thing.entity, local, field)?)
    }

    /// A number, or a choice's code.
    pub(in crate::history) fn integer(
        &self,
        thing: Thing,
        field: &'static str,
    ) -> Result<Option<i64>> {
        Ok(match self.value(thing, field)? {
            Value::Integer(number) => Some(number),
            _ => None,
        })
    }

    /// A choice; `None` where the field is empty.
    pub(in crate::history) fn choice<T>(
        &self,
        thing: Thing,
        field: &'static str,
        from_code: fn(i64) -> Option<T>,
    ) -> Result<Option<T>> {
        let code = self.integer(thing, field)?;
        code.map(|code| chosen(thing, field, code, from_code))
            .transpose()
    }

    /// What a field refers to: a thing or a content.
    pub(in crate::history) fn reference(
        &self,
        thing: Thing,
        field: &'static str,
    ) -> Result<Option<Uuid>> {
        Ok(match self.value(thing, field)? {
            Value::Thing(id) | Value::Content(id) => Some(id),
            _ => None,
        })
    }

    /// Some fields of a thing, in the order in which they are asked for.
    pub(in crate::history) fn values<const N: usize>(
        &self,
        thing: Thing,
        fields: [&'static str; N],
    ) -> Result<[Value; N]> {
        let local = self.local(thing)?;
        let mut asked = Vec::with_capacity(N);
        for field in fields {
            asked.push(field_of(thing.entity, field)?);
        }
        let values = self.writer.some_values(thing.entity, local, &asked)?;
        let mut values = values.into_iter();
        Ok(std::array::from_fn(|_| {
            values.next().unwrap_or(Value::Null)
        }))
    }

    /// The local key of a thing, live or not.
    pub(in crate::history) fn local(&self, thing: Thing) -> Result<LocalId> {
        Ok(self.writer.expect(thing.entity, thing.id)?)
    }
}

/// Whether a thing is there and not marked as deleted.
pub(in crate::history) fn is_there(reader: &Reader<'_>, thing: Thing) -> Result<bool> {
    let found = reader.find_live(thing.entity, thing.id)?;
    Ok(found.is_some_and(|(_, is_live)| is_live))
}
