//! Import: what another tool knows becomes one action, whatever its size, and so one undo step.
//!
//! The identity of a feedback follows from where it comes from, so a file that is imported again meets its own rows:
//!
//! | the row | what happens |
//! |---|---|
//! | is not there | it is made |
//! | was undone | it comes back, in the new action |
//! | says the same | nothing |
//! | has another text | a new revision |
//! | has another state, owner, tag … | it applies where the local value still is the last imported one |

mod last;
mod renew;

use std::collections::HashMap;

use uuid::Uuid;

use self::last::LastImported;
use super::commit::Context;
use super::deeds;
use super::draft::{Draft, check_length};
use super::error::{Error, Result};
use super::words::Words;
use crate::domain::deed::Outcome;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::{FeedbackKind, Importance, Resolution, State};
use crate::domain::id::{FeedbackId, determined};
use crate::domain::import::{Brought, ImportCounts, ImportPerson, ImportRecord, ImportState};
use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};
use crate::store::{Store, Writer};

/// The verb of an import.
pub(super) const IMPORT: &str = "import";

/// Imports things: all of them in one action, or (when one is faulty) nothing.
///
/// `name` is what the timeline calls their file. Undo removes what was made and sets back what was changed, as far as
/// nobody has worked on it since.
///
/// # Errors
/// The first problem that the things answer with; and when the file cannot be written.
pub fn import(
    store: &mut Store,
    context: &Context,
    name: &str,
    things: &mut dyn Iterator<Item = std::result::Result<Brought, Problem>>,
) -> std::result::Result<(Outcome, ImportCounts), Problem> {
    store.expect_many(true).map_err(Problem::from)?;
    let done: Result<(Outcome, ImportCounts)> =
        store.write(|writer| bring(writer, context, name, things));
    // What was imported stays imported, whatever becomes of the memory.
    let _ = store.expect_many(false);
    done.map_err(Problem::from)
}

/// Imports things within a transaction.
pub(super) fn bring(
    writer: &mut Writer<'_>,
    context: &Context,
    name: &str,
    things: &mut dyn Iterator<Item = std::result::Result<Brought, Problem>>,
) -> Result<(Outcome, ImportCounts)> {
    let mut draft = Draft::begin(writer, context, IMPORT, None)?;
    draft.forget_made();
    let mut importing = Importing::default();
    for thing in things {
        match thing? {
            Brought::Feedback(record) => importing.take(&mut draft, &record)?,
            Brought::Idea(_) | Brought::Release(_) | Brought::Comment(_) => {
                let summary = "cannot import ideas, releases and lone comments";
                return Err(Problem::new(Kind::Input, summary).into());
            }
        }
    }
    importing.mark_duplicates(&mut draft)?;
    let counts = importing.counts;
    let outcome = draft.finish(&Words::plain(words(name, counts)))?;
    Ok((outcome, counts))
}

/// `imported 12 feedback from issues.csv, 3 changed`.
fn words(name: &str, counts: ImportCounts) -> String {
    match (counts.created, counts.updated) {
        (0, 0) => format!("nothing new in {name}"),
        (0, updated) => format!("imported changes to {updated} feedback from {name}"),
        (created, 0) => format!("imported {created} feedback from {name}"),
        (created, updated) => {
            format!("imported {created} feedback from {name}, {updated} changed")
        }
    }
}

/// An import on its way.
#[derive(Default)]
struct Importing {
    counts: ImportCounts,
    people: HashMap<Handle, Uuid>,
    companies: HashMap<String, Uuid>,
    last: LastImported,
    /// Duplicates whose original had not come yet.
    duplicates: Vec<(Thing, FeedbackId)>,
}

/// A record with its names resolved.
struct Arrival<'r> {
    record: &'r ImportRecord,
    feedback: Thing,
    /// Facts about it at its source: these always apply.
    facts: Vec<(&'static str, Value)>,
    /// What colleagues correct and decide: each applies where nobody has.
    decisions: Vec<(&'static str, Value)>,
    /// State, resolution and original, which change together.
    triage: [(&'static str, Value); 3],
}

impl Importing {
    fn take(&mut self, draft: &mut Draft<'_, '_>, record: &ImportRecord) -> Result<()> {
        let at_line = |error: Error| match error {
            Error::Rule(problem) => {
                let place = format!("line {}", record.line);
                Problem::new(Kind::Input, format!("{place}: {}", problem.summary)).into()
            }
            error => error,
        };
        for text in [&record.title, &record.body] {
            check_length(text).map_err(at_line)?;
        }
        let arrival = self.resolve(draft, record).map_err(at_line)?;
        if !draft.is_live(arrival.feedback)? {
            self.make(draft, arrival)?;
            self.counts.created += 1;
        } else if self.renew(draft, &arrival)? {
            self.counts.updated += 1;
        } else {
            self.counts.unchanged += 1;
        }
        Ok(())
    }

    fn resolve<'r>(
        &mut self,
        draft: &mut Draft<'_, '_>,
        record: &'r ImportRecord,
    ) -> Result<Arrival<'r>> {
        let feedback = Thing::new(Entity::Feedback, record.identity());
        let reporter = self.person(draft, record.reporter.as_ref())?;
        let owner = self.person(draft, record.owner.as_ref())?;
        let company = self.company(draft, record)?;
        let customer = match &record.customer {
            Some(customer) => {
                let email = customer.email.as_deref();
                Some(deeds::customer(draft, &customer.name, email, company)?.id)
            }
            None => None,
        };
        let code = |code: Option<i64>| code.map_or(Value::Null, Value::Integer);
        let thing = |id: Option<Uuid>| id.map_or(Value::Null, Value::Thing);
        let url = record.url.clone().map_or(Value::Null, Value::Text);
        Ok(Arrival {
            record,
            feedback,
            facts: vec![
                ("url", url),
                ("received", Value::Integer(record.received.0)),
                (
                    "received_offset",
                    code(record.received_offset.map(i64::from)),
                ),
                ("votes", Value::Integer(i64::from(record.votes))),
            ],
            decisions: vec![
                ("reporter", thing(reporter)),
                ("customer", thing(customer)),
                ("company", thing(company)),
                ("owner", thing(owner)),
                ("importance", code(record.importance.map(Importance::code))),
                ("kind", code(record.kind.map(FeedbackKind::code))),
            ],
            triage: self.triage(draft, feedback, record)?,
        })
    }

    /// The state it arrives in. An original that has not come yet is looked for again at the end.
    fn triage(
        &mut self,
        draft: &Draft<'_, '_>,
        feedback: Thing,
        record: &ImportRecord,
    ) -> Result<[(&'static str, Value); 3]> {
        let mut original = None;
        if let Some(id) = record.original() {
            original = live_original(draft, feedback, id)?;
            if original.is_none() {
                self.duplicates.push((feedback, id));
            }
        }
        let (state, resolution) = match (original, record.original(), record.state) {
            (Some(_), _, _) => (State::Processed, Some(Resolution::Duplicate)),
            (None, Some(_), _) | (_, _, ImportState::Processed(Resolution::Duplicate)) => {
                (State::Processed, Some(Resolution::NoAction))
            }
            (_, _, ImportState::Processed(resolution)) => (State::Processed, Some(resolution)),
            (_, _, ImportState::Archived) => (State::Archived, None),
            (_, _, ImportState::Unprocessed) => (State::Unprocessed, None),
        };
        let resolution = resolution.map_or(Value::Null, |r| Value::Integer(r.code()));
        Ok([
            ("state", Value::Integer(state.code())),
            ("resolution", resolution),
            (
                "duplicate_of",
                original.map_or(Value::Null, |t| Value::Thing(t.id)),
            ),
        ])
    }

    fn make(&mut self, draft: &mut Draft<'_, '_>, arrival: Arrival<'_>) -> Result<()> {
        let record = arrival.record;
        let content = write_text(draft, arrival.feedback, record, None)?;
        let source_id = record.source_id.clone().map_or(Value::Null, Value::Text);
        let mut fields = vec![
            ("content", content),
            ("source", Value::Text(record.source.clone())),
            ("origin", Value::Text(record.origin.clone())),
            ("source_id", source_id),
        ];
        fields.extend(arrival.facts);
        fields.extend(arrival.decisions);
        fields.extend(arrival.triage);
        draft.create(Entity::Feedback, Some(arrival.feedback.id), fields)?;
        for tag in &record.tags {
            deeds::put_tag(draft, arrival.feedback, tag)?;
        }
        Ok(())
    }

    /// Marks the duplicates whose original came after them.
    fn mark_duplicates(&mut self, draft: &mut Draft<'_, '_>) -> Result<()> {
        let no_action = Some(Resolution::NoAction.code());
        for (feedback, id) in std::mem::take(&mut self.duplicates) {
            if draft.integer(feedback, "resolution")? != no_action {
                continue;
            }
            if let Some(original) = live_original(draft, feedback, id)? {
                draft.set(feedback, "resolution", Resolution::Duplicate.code())?;
                draft.set(feedback, "duplicate_of", Value::Thing(original.id))?;
            }
        }
        Ok(())
    }

    fn person(
        &mut self,
        draft: &mut Draft<'_, '_>,
        person: Option<&ImportPerson>,
    ) -> Result<Option<Uuid>> {
        let Some(ImportPerson { handle, .. }) = person else {
            return Ok(None);
        };
        if let Some(known) = self.people.get(handle) {
            return Ok(Some(*known));
        }
        let person = draft.person_or_new(handle)?;
        self.people.insert(handle.clone(), person);
        Ok(Some(person))
    }

    fn company(
        &mut self,
        draft: &mut Draft<'_, '_>,
        record: &ImportRecord,
    ) -> Result<Option<Uuid>> {
        let Some(company) = &record.company else {
            return Ok(None);
        };
        if let Some(known) = self.companies.get(&company.name) {
            return Ok(Some(*known));
        }
        let thing = deeds::company(draft, &company.name)?;
        if let Some(tier) = &company.tier
            && draft.value(thing, "tier")? == Value::Null
        {
            draft.set(thing, "tier", Value::Text(tier.clone()))?;
        }
        self.companies.insert(company.name.clone(), thing.id);
        Ok(Some(thing.id))
    }
}

/// The end of the chain of originals, when it is there and does not lead back.
fn live_original(draft: &Draft<'_, '_>, feedback: Thing, id: FeedbackId) -> Result<Option<Thing>> {
    let named = Thing::new(Entity::Feedback, id);
    if !draft.is_live(named)? {
        return Ok(None);
    }
    let original = deeds::original(draft, named)?;
    Ok(Some(original).filter(|original| *original != feedback))
}

/// Keeps the text of a record. Whoever imports the same texts in the same order makes the same revisions.
fn write_text(
    draft: &mut Draft<'_, '_>,
    feedback: Thing,
    record: &ImportRecord,
    previous: Option<Uuid>,
) -> Result<Value> {
    let before = previous.unwrap_or_default();
    let (title, body) = (record.title.as_bytes(), record.body.as_bytes());
    let parts: [&[u8]; 4] = [feedback.id.as_bytes(), before.as_bytes(), title, body];
    let id = determined("content", &parts);
    draft.write_revision(Some(id), &record.title, &record.body, previous)
}
