//! References to what has not come yet: they are looked at again when everything is there.

use uuid::Uuid;

use super::desk::{Desk, Look, Row, Ruling};
use super::places::Places;
use super::step::{Step, reference};
use super::triage::triage;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::{Importance, Resolution, State};
use crate::domain::id::FeedbackId;
use crate::domain::import::{ImportKey, ImportRelease, ImportReply};
use crate::history::deeds::{self, refer};
use crate::history::draft::is_there;
use crate::history::error::Result;
use crate::store::Reader;

/// A reference that waits for the end of the import.
pub(super) struct Late {
    /// What refers.
    pub(super) thing: Thing,
    /// What it refers to.
    pub(super) to: To,
    /// Whether the thing counts as created or updated anyway.
    pub(super) counted: bool,
}

/// What has not come yet.
pub(super) enum To {
    /// The original of a feedback. `decided`: this import says that it is a duplicate; else that is to be found out.
    Original { id: FeedbackId, decided: bool },
    /// An idea which a feedback asks for.
    Idea {
        key: ImportKey,
        importance: Option<Importance>,
    },
    /// The releases of an idea.
    Releases(Places),
    /// What a comment is about.
    Commented(ImportReply),
    /// The name of a release, which another one has.
    Name(String),
    /// A release which is not there and has the name of one that waits for another name.
    Release(ImportRelease),
}

impl Desk {
    /// Puts a reference off until the end.
    pub(super) fn later(&mut self, thing: Thing, to: To) {
        self.late.push(Late {
            thing,
            to,
            counted: false,
        });
    }

    /// What waited until everything is there. Releases come first, because ideas wait for them.
    pub(super) fn take_late(&mut self, reader: &Reader<'_>) -> Result<Vec<Late>> {
        let mut late = std::mem::take(&mut self.late);
        if !self.unnamed.is_empty() {
            self.give_names(reader, &late)?;
            late.sort_by_key(|late| !matches!(late.to, To::Name(_) | To::Release(_)));
        }
        Ok(late)
    }

    /// What is to be done about a reference now that everything is there. What still is not there is left alone.
    pub(super) fn look_again<'l>(
        &mut self,
        reader: &Reader<'_>,
        late: &'l Late,
    ) -> Result<Look<'l>> {
        let mut look = Look::at(late.thing, false);
        match &late.to {
            To::Original { id, decided } => {
                self.mark_duplicate(reader, &mut look, *id, *decided)?;
            }
            To::Idea { key, importance } => {
                if let Some(idea) = self.idea_of(reader, key)? {
                    self.link(reader, &mut look, idea, *importance, None)?;
                }
            }
            To::Releases(places) => self.settle(reader, &mut look, places, true)?,
            To::Commented(reply) => look = self.reply(reader, reply, true)?,
            To::Name(name) => self.take_name(reader, &mut look, name)?,
            To::Release(record) => look = self.release(reader, record, true)?,
        }
        self.pretend_originals(&look.steps);
        Ok(look)
    }

    fn mark_duplicate(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        id: FeedbackId,
        decided: bool,
    ) -> Result<()> {
        let feedback = look.thing;
        let Some(original) = self.original(reader, feedback, id)? else {
            return Ok(());
        };
        let Some(row) = Self::row(reader, feedback)? else {
            return Ok(());
        };
        let mut row = self.as_pretended(row);
        let there = duplicate(Some(original));
        if !decided && self.rule_triage(reader, &mut row, &there)? != Ruling::Apply {
            return Ok(());
        }
        for (field, value) in there {
            self.set(look, &mut row, field, value);
        }
        self.bring_along(reader, look, original)
    }

    /// The original of a duplicate, when it is there and does not lead back.
    pub(super) fn original(
        &self,
        reader: &Reader<'_>,
        feedback: Thing,
        id: FeedbackId,
    ) -> Result<Option<Uuid>> {
        let (named, is_end) = self.pretended_end(Thing::new(Entity::Feedback, id));
        let original = if is_end {
            named
        } else if is_there(reader, named)? {
            deeds::original(reader, named)?
        } else if self.is_pretended(named.id) {
            named
        } else {
            return Ok(None);
        };
        Ok(Some(original.id).filter(|original| *original != feedback.id))
    }

    /// Where nothing is written: how far the chain of originals leads by what this import would have said up to now, and
    /// whether it ends there. Else no step.
    fn pretended_end(&self, mut named: Thing) -> (Thing, bool) {
        while let Some(original) = self.originals.get(&named.id) {
            match original {
                Some(original) => named = Thing::new(Entity::Feedback, *original),
                None => return (named, true),
            }
        }
        (named, false)
    }

    /// A feedback as it would be by now, where nothing is written: a duplicate of another one, or of none.
    pub(super) fn as_pretended(&self, mut row: Row) -> Row {
        if let Some(original) = self.originals.get(&row.thing.id) {
            row.put("duplicate_of", refer(*original));
        }
        row
    }

    /// Where nothing is written: remembers what these steps would have made duplicates, and what no duplicate any more.
    pub(super) fn pretend_originals(&mut self, steps: &[Step<'_>]) {
        if !self.pretends() {
            return;
        }
        for step in steps {
            if let Step::Set(thing, "duplicate_of", original) = step {
                self.originals.insert(thing.id, reference(original));
            }
        }
    }

    /// What was a duplicate of a feedback is one of its original now.
    pub(super) fn bring_along(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        original: Uuid,
    ) -> Result<()> {
        let Some(local) = reader.find(Entity::Feedback, look.thing.id)? else {
            return Ok(());
        };
        let references = reader.references_to(Entity::Feedback, local, usize::MAX)?;
        for reference in references {
            if reference.field == "duplicate_of" {
                let duplicate = Thing::new(Entity::Feedback, reference.key.id);
                let step = Step::Set(duplicate, "duplicate_of", Value::Thing(original));
                self.names.push(&mut look.steps, step);
            }
        }
        Ok(())
    }
}

/// State, resolution and original of a duplicate; one whose original is not here needs no action.
pub(super) fn duplicate(original: Option<Uuid>) -> [(&'static str, Value); 3] {
    let resolution = match original {
        Some(_) => Resolution::Duplicate,
        None => Resolution::NoAction,
    };
    triage(State::Processed, Some(resolution), original)
}
