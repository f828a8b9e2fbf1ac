//! An action in the making: what a deed writes goes through here, to the rows and to the journal at once.

use uuid::Uuid;

use super::commit::Context;
use super::error::Result;
use super::fields::{at_rest, field_of};
use super::journal;
use super::open::Open;
use super::scribe::{Ready, Scribe};
use super::touching;
use super::words::{self, Words};
use crate::domain::deed::{Outcome, Touched};
use crate::domain::entity::{DELETED, Entity, Field, Thing, Value};
use crate::domain::id::ActionId;
use crate::domain::moment::{Moment, clocks};
use crate::domain::people::Handle;
use crate::store::{ActionRecord, Chunk, LocalId, NewAction, Packed, Reader, Writer};

mod reading;
mod texts;

pub(super) use reading::is_there;
pub(super) use texts::check_length;

/// An action in the making.
///
/// Its changes are written to the journal in chunks, so that memory stays flat however much a deed touches.
pub(super) struct Draft<'d, 'w> {
    writer: &'d mut Writer<'w>,
    context: &'d Context,
    action: LocalId,
    id: Uuid,
    /// An undo or redo: found through what it reverses, so it touches nothing by itself.
    reversal: bool,
    open: Open,
    sequence: u32,
    written: u64,
    made: Vec<Thing>,
    keeps_made: bool,
    /// The colleague who does this, once that was asked.
    author: Option<Uuid>,
    /// Who lays out the chunks of an import.
    scribe: Option<Scribe>,
}

impl<'d, 'w> Draft<'d, 'w> {
    /// Starts an action, which `reverses` another one or none.
    pub(super) fn begin(
        writer: &'d mut Writer<'w>,
        context: &'d Context,
        verb: &str,
        reverses: Option<LocalId>,
    ) -> Result<Self> {
        let id = context.fresh();
        let author = context.author.as_ref().map_or("", Handle::as_str);
        let action = writer.append_action(&NewAction {
            id,
            author,
            device: context.device,
            at: context.now,
            verb,
            words: "",
            undoes: reverses,
        })?;
        Ok(Self {
            writer,
            context,
            action,
            id,
            reversal: reverses.is_some(),
            open: Open::default(),
            sequence: 0,
            written: 0,
            made: Vec::new(),
            keeps_made: true,
            author: None,
            scribe: None,
        })
    }

    /// Ends the action: its last chunk, its words, its number of changes. An action without changes leaves no trace.
    pub(super) fn finish(mut self, words: &Words) -> Result<Outcome> {
        if !self.is_empty() && !self.reversal {
            self.author()?;
        }
        let only = match (&self.scribe, self.sequence) {
            (None, 0) => self.lay_out()?,
            _ => None,
        };
        if let Some(only) = &only {
            self.tell_of(only)?;
        } else {
            self.flush()?;
        }
        if let Some(scribe) = self.scribe.take() {
            for ready in scribe.rest() {
                self.write_down(ready?)?;
            }
        }
        let told = words::resolve(self.writer, &words.told())?;
        let action = if self.written == 0 {
            self.writer.drop_action(self.action)?;
            self.made.clear();
            None
        } else {
            let only = only.map(|only| Chunk {
                sequence: only.sequence,
                version: u32::from(journal::VERSION),
                data: only.data,
            });
            self.writer
                .finish_action(self.action, &words.template(), self.written, only)?;
            Some(ActionId(self.id))
        };
        Ok(Outcome {
            action,
            words: told,
            made: self.made,
            about: Vec::new(),
            things: Vec::new(),
            reverses: None,
            touched: Touched::ALL,
        })
    }

    /// The action.
    pub(super) const fn action(&self) -> LocalId {
        self.action
    }

    /// Whether nothing has changed so far.
    pub(super) fn is_empty(&self) -> bool {
        self.sequence == 0 && self.open.count() == 0
    }

    /// Stops remembering what is made: an import makes too much.
    pub(super) fn forget_made(&mut self) {
        self.keeps_made = false;
    }

    /// Has done last, or by other threads, what need not be done with each row: an import makes many.
    pub(super) fn expect_many(&mut self) -> Result<()> {
        self.scribe = Some(Scribe::default());
        Ok(self.writer.index_last()?)
    }

    /// Has the texts packed as that was.
    pub(super) fn pack_like(&mut self, packed: &Packed) -> Result<()> {
        Ok(self.writer.pack_like(packed)?)
    }

    /// Takes note that nothing new comes any more: what is done beside is brought to its end meanwhile.
    pub(super) fn came_to_an_end(&mut self) -> Result<()> {
        Ok(self.writer.end_beside()?)
    }

    /// Builds them: from now on everything is quickly found again.
    pub(super) fn index(&mut self) -> Result<()> {
        Ok(self.writer.index()?)
    }

    /// How many fields changed so far.
    pub(super) fn count(&self) -> u64 {
        self.written + self.open.count() as u64
    }

    /// Marks the action which this one reverses as no longer in effect, and what that one reversed as in effect again.
    pub(super) fn mark_reversed(&mut self, target: &ActionRecord) -> Result<()> {
        self.writer
            .mark_undone(target.key.local, Some(self.action))?;
        if let Some(original) = target.undoes {
            self.writer.mark_undone(original.local, None)?;
        }
        Ok(())
    }

    /// When the deed is done.
    pub(super) fn now(&self) -> Moment {
        self.context.now
    }

    /// A moment in the words of a deed, as clocks show it where it is done: the day, and the time where that is not its beginning. It
    /// is read elsewhere, too, so a time says which clocks show it.
    pub(super) fn clock_words(&self, at: Moment) -> String {
        let here = self.context.clocks;
        let local = here.shown(at);
        let day = local.format("%Y-%m-%d");
        match local.format("%H:%M").to_string() {
            time if time == "00:00" => day.to_string(),
            time => format!("{day} {time} {}", clocks(here.ahead_at(at))),
        }
    }

    /// Reads what is there, this action's own writes included.
    pub(super) fn reader(&self) -> &Reader<'w> {
        self.writer
    }

    /// The mention name of whoever does this.
    pub(super) fn author_handle(&self) -> Option<&'d Handle> {
        self.context.author.as_ref()
    }

    /// The colleague who does this, if it was asked before who that is.
    pub(super) const fn known_author(&self) -> Option<Uuid> {
        self.author
    }

    /// Remembers who does this.
    pub(super) const fn keep_author(&mut self, author: Uuid) {
        self.author = Some(author);
    }

    /// Whether that is the mention name of whoever does this.
    pub(super) fn is_author(&self, handle: &Handle) -> bool {
        self.author_handle() == Some(handle)
    }

    /// Sets a field; answers whether that changed it. Undo sets it back.
    pub(super) fn set(
        &mut self,
        thing: Thing,
        field: &'static str,
        to: impl Into<Held>,
    ) -> Result<bool> {
        self.set_all(thing, vec![(field, to.into().0)])
    }

    /// Sets several fields, each of them once; answers whether that changed any. Undo sets them back.
    pub(super) fn set_all(
        &mut self,
        thing: Thing,
        fields: Vec<(&'static str, Value)>,
    ) -> Result<bool> {
        if fields.is_empty() {
            return Ok(false);
        }
        let local = self.local(thing)?;
        let mut named = Vec::with_capacity(fields.len());
        for (name, _) in &fields {
            named.push(field_of(thing.entity, name)?);
        }
        let before = self.writer.some_values(thing.entity, local, &named)?;
        let mut changes = Vec::with_capacity(fields.len());
        for ((name, to), from) in fields.into_iter().zip(before) {
            changes.push((name, from, to));
        }
        self.set_known(thing, changes)
    }

    /// The same where it was just read what the fields are: `from` and `to` of each.
    pub(super) fn set_known(
        &mut self,
        thing: Thing,
        fields: Vec<(&'static str, Value, Value)>,
    ) -> Result<bool> {
        let entity = thing.entity;
        let local = self.local(thing)?;
        let mut changes: Vec<(&'static Field, Value, Value)> = Vec::with_capacity(fields.len());
        for (name, from, to) in fields {
            if from != to {
                changes.push((field_of(entity, name)?, from, to));
            }
        }
        let set: Vec<(&Field, &Value)> =
            changes.iter().map(|(field, _, to)| (*field, to)).collect();
        self.writer.set_all(entity, local, &set)?;
        let any = !changes.is_empty();
        for (field, from, to) in changes {
            self.record(thing, field, from, to)?;
        }
        Ok(any)
    }

    /// Makes a thing; without an identity it gets a fresh one. Undo marks it as deleted.
    ///
    /// A thing of that identity which is marked as deleted comes back with these fields and no others; one that is live
    /// gets them.
    pub(super) fn create(
        &mut self,
        entity: Entity,
        id: Option<Uuid>,
        fields: Vec<(&'static str, Value)>,
    ) -> Result<Thing> {
        let known = match id {
            Some(id) => self.writer.find(entity, id)?,
            // Nothing has a fresh identity yet.
            None => None,
        };
        let id = id.unwrap_or_else(|| self.context.fresh());
        let thing = Thing { entity, id };
        match known {
            None => self.insert(thing, fields)?,
            Some(local) if self.writer.is_live(entity, local)? => {
                self.set_all(thing, fields)?;
            }
            Some(_) => self.revive(thing, &fields)?,
        }
        if self.keeps_made {
            self.made.push(thing);
        }
        Ok(thing)
    }

    /// Makes a thing of which it is known that it is not there, not even marked as deleted, with these fields, none of which
    /// is nothing: otherwise like [`Draft::create`].
    pub(super) fn create_new(
        &mut self,
        thing: Thing,
        fields: Vec<(&'static Field, Value)>,
    ) -> Result<()> {
        self.insert_new(thing, fields)?;
        if self.keeps_made {
            self.made.push(thing);
        }
        Ok(())
    }

    /// Makes what the deed is not about, and which its outcome therefore does not name.
    pub(super) fn create_in_passing(
        &mut self,
        entity: Entity,
        id: Uuid,
        fields: Vec<(&'static str, Value)>,
    ) -> Result<Thing> {
        let keeps_made = std::mem::replace(&mut self.keeps_made, false);
        let made = self.create(entity, Some(id), fields);
        self.keeps_made = keeps_made;
        made
    }

    fn insert(&mut self, thing: Thing, fields: Vec<(&'static str, Value)>) -> Result<()> {
        let entity = thing.entity;
        let fields = fields
            .into_iter()
            .filter(|(_, value)| *value != Value::Null)
            .map(|(name, value)| Ok((field_of(entity, name)?, value)))
            .collect::<Result<Vec<_>>>()?;
        self.insert_new(thing, fields)
    }

    fn insert_new(&mut self, thing: Thing, fields: Vec<(&'static Field, Value)>) -> Result<()> {
        self.writer
            .insert(thing.entity, thing.id, self.action, &fields)?;
        if self.open.is_full_for(thing) {
            self.flush()?;
        }
        self.open.make(thing, fields);
        Ok(())
    }

    fn revive(&mut self, thing: Thing, fields: &[(&'static str, Value)]) -> Result<()> {
        let mut all = Vec::with_capacity(thing.entity.fields().len());
        for field in thing.entity.fields().iter().filter(|f| f.name != DELETED) {
            let given = fields.iter().find(|(name, _)| *name == field.name);
            let value = match given {
                Some((_, Value::Null)) | None => at_rest(thing.entity, field),
                Some((_, value)) => value.clone(),
            };
            all.push((field.name, value));
        }
        all.push((DELETED, Value::Integer(0)));
        self.set_all(thing, all)?;
        Ok(())
    }

    /// Marks a thing as deleted; answers whether it was live. Undo brings it back as it was.
    pub(super) fn delete(&mut self, thing: Thing) -> Result<bool> {
        self.set(thing, DELETED, 1)
    }

    fn record(
        &mut self,
        thing: Thing,
        field: &'static Field,
        from: Value,
        to: Value,
    ) -> Result<()> {
        if self.open.is_full_for(thing) {
            self.flush()?;
        }
        self.open.set(thing, field, from, to);
        Ok(())
    }

    /// Ends a chunk, so that what is made so far and what is changed from here on are told apart: where an undo leaves a
    /// row because others refer to it, it still takes back what this action did to the row after it was made.
    pub(super) fn divide(&mut self) -> Result<()> {
        self.flush()
    }

    /// Writes the changes so far as a chunk.
    fn flush(&mut self) -> Result<()> {
        if self.open.makes_all()
            && let Some(scribe) = &mut self.scribe
        {
            let ready = scribe.take(self.sequence, self.open.take())?;
            self.sequence += 1;
            return ready
                .into_iter()
                .try_for_each(|ready| self.write_down(ready));
        }
        match self.lay_out()? {
            Some(ready) => self.write_down(ready),
            None => Ok(()),
        }
    }

    /// The changes so far as a chunk; `None` where there are none.
    fn lay_out(&mut self) -> Result<Option<Ready>> {
        let things = self.open.take();
        if things.iter().all(|done| done.count() == 0) {
            return Ok(None);
        }
        let mut ready = Ready::of(self.sequence, &things)?;
        if self.reversal {
            ready.about.clear();
        }
        self.sequence += 1;
        Ok(Some(ready))
    }

    fn write_down(&mut self, ready: Ready) -> Result<()> {
        let version = u32::from(journal::VERSION);
        self.writer
            .append_chunk(self.action, ready.sequence, version, &ready.data)?;
        self.tell_of(&ready)
    }

    /// Counts a chunk, and notes what it is about.
    fn tell_of(&mut self, ready: &Ready) -> Result<()> {
        self.written += ready.changes;
        let mut about = ready.about.clone();
        touching::hung_on(&mut about, |thing, field| self.value(thing, field.name))?;
        touching::note(self.writer, self.action, about)
    }
}

/// A value on its way into a field.
pub(super) struct Held(Value);

impl From<Value> for Held {
    fn from(value: Value) -> Self {
        Self(value)
    }
}
impl From<i64> for Held {
    fn from(number: i64) -> Self {
        Self(Value::Integer(number))
    }
}
