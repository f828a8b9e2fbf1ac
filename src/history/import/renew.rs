//! A record that was imported before: what changed at its source since.

use std::collections::HashSet;

use super::last::Said;
use super::{Arrival, Importing, write_text};
use crate::domain::entity::{DELETED, Entity, Thing, Value};
use crate::domain::import::ImportRecord;
use crate::history::deeds;
use crate::history::draft::Draft;
use crate::history::error::Result;

impl Importing {
    /// Applies what changed at the source; answers whether anything did.
    pub(super) fn renew(
        &mut self,
        draft: &mut Draft<'_, '_>,
        arrival: &Arrival<'_>,
    ) -> Result<bool> {
        let feedback = arrival.feedback;
        let mut changed = self.renew_text(draft, arrival)?;
        if !says_the_same(draft, arrival)? {
            changed |= self.renew_fields(draft, arrival)?;
        }
        changed |= self.renew_tags(draft, feedback, arrival.record)?;
        Ok(changed)
    }

    fn renew_fields(&mut self, draft: &mut Draft<'_, '_>, arrival: &Arrival<'_>) -> Result<bool> {
        let feedback = arrival.feedback;
        let mut changed = false;
        for (field, value) in &arrival.facts {
            changed |= draft.set(feedback, field, value.clone())?;
        }
        let mut said = None;
        for (field, value) in &arrival.decisions {
            let current = draft.value(feedback, field)?;
            if current == *value {
                continue;
            }
            let said = self.said(draft, feedback, &mut said)?;
            if *said.of(field, &current) != current {
                continue;
            }
            changed |= match (*field, value) {
                ("importance", Value::Integer(code)) => deeds::rate(draft, feedback, Some(*code))?,
                ("importance", _) => deeds::rate(draft, feedback, None)?,
                _ => draft.set(feedback, field, value.clone())?,
            };
        }
        changed |= self.renew_triage(draft, arrival, &mut said)?;
        Ok(changed)
    }

    /// A text that changed at its source is a new revision, even over one that was typed in here; and a reply, when the
    /// feedback waits for one.
    fn renew_text(&mut self, draft: &mut Draft<'_, '_>, arrival: &Arrival<'_>) -> Result<bool> {
        let (feedback, record) = (arrival.feedback, arrival.record);
        let current = draft.value(feedback, "content")?;
        if is_text(draft, &current, record)? {
            return Ok(false);
        }
        let said = self.last.about(draft.reader(), feedback)?;
        if is_text(draft, said.of("content", &current), record)? {
            return Ok(false);
        }
        let previous = match current {
            Value::Content(id) => Some(id),
            _ => None,
        };
        let content = write_text(draft, feedback, record, previous)?;
        let changed = draft.set(feedback, "content", content)?;
        deeds::replied(draft, feedback)?;
        Ok(changed)
    }

    fn renew_triage(
        &mut self,
        draft: &mut Draft<'_, '_>,
        arrival: &Arrival<'_>,
        said: &mut Option<Said>,
    ) -> Result<bool> {
        let feedback = arrival.feedback;
        let mut differs = false;
        for (field, value) in &arrival.triage {
            differs |= draft.value(feedback, field)? != *value;
        }
        if !differs {
            return Ok(false);
        }
        let said = self.said(draft, feedback, said)?;
        for field in ["state", "resolution", "duplicate_of", "snoozed_until"] {
            let current = draft.value(feedback, field)?;
            if *said.of(field, &current) != current {
                return Ok(false);
            }
        }
        let mut changed = false;
        for (field, value) in &arrival.triage {
            changed |= draft.set(feedback, field, value.clone())?;
        }
        Ok(changed)
    }

    /// Tags come and go one by one: one that was taken off here stays off, one that was put on here stays on.
    fn renew_tags(
        &mut self,
        draft: &mut Draft<'_, '_>,
        feedback: Thing,
        record: &ImportRecord,
    ) -> Result<bool> {
        let mut changed = false;
        let mut wanted = HashSet::new();
        for tag in &record.tags {
            let thing = Thing::new(Entity::FeedbackTag, deeds::tag_key(feedback.id, tag));
            wanted.insert(thing.id);
            let put = match draft.reader().find(thing.entity, thing.id)? {
                Some(_) if draft.is_live(thing)? => false,
                Some(_) => self.was(draft, thing, 1)?,
                None => true,
            };
            changed |= put && deeds::put_tag(draft, feedback, tag)?;
        }
        let local = draft.local(feedback)?;
        for tag in draft.reader().tags_of(local)? {
            let thing = Thing::new(Entity::FeedbackTag, tag.key.id);
            if !wanted.contains(&thing.id) && self.was(draft, thing, 0)? {
                changed |= draft.delete(thing)?;
            }
        }
        Ok(changed)
    }

    /// Whether the last import left a thing with that mark of deletion.
    fn was(&mut self, draft: &Draft<'_, '_>, thing: Thing, mark: i64) -> Result<bool> {
        let said = self.last.about(draft.reader(), thing)?;
        let current = draft.value(thing, DELETED)?;
        Ok(said.anything && *said.of(DELETED, &current) == Value::Integer(mark))
    }

    /// What imports said about a feedback, read when it is first asked for.
    fn said<'s>(
        &mut self,
        draft: &Draft<'_, '_>,
        feedback: Thing,
        said: &'s mut Option<Said>,
    ) -> Result<&'s Said> {
        match said {
            Some(said) => Ok(said),
            none => Ok(none.insert(self.last.about(draft.reader(), feedback)?)),
        }
    }
}

/// Whether the row holds every field of the record: the common case, decided by one look at the row.
fn says_the_same(draft: &Draft<'_, '_>, arrival: &Arrival<'_>) -> Result<bool> {
    let local = draft.local(arrival.feedback)?;
    let values = draft.reader().values(Entity::Feedback, local)?;
    let holds = |(name, value): &(&'static str, Value)| {
        let fields = Entity::Feedback.fields().iter();
        fields
            .zip(&values)
            .any(|(field, held)| field.name == *name && held == value)
    };
    let mut all = arrival.facts.iter().chain(&arrival.decisions);
    Ok(all.all(holds) && arrival.triage.iter().all(holds))
}

/// Whether a content is the text of the record.
fn is_text(draft: &Draft<'_, '_>, content: &Value, record: &ImportRecord) -> Result<bool> {
    let Value::Content(id) = content else {
        return Ok(false);
    };
    Ok(draft.reader().content(*id)?.is_some_and(|content| {
        content.body == record.body && content.title.as_deref() == Some(record.title.as_str())
    }))
}
