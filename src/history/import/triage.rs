//! The state of a feedback of a file: what it arrives in, and what becomes of it when that changes.

use uuid::Uuid;

use super::desk::{Desk, Look, Row, Ruling};
use super::late::{To, duplicate};
use crate::domain::entity::{Thing, Value};
use crate::domain::feedback::{Resolution, State};
use crate::domain::import::{ImportRecord, ImportState};
use crate::history::deeds::{code, refer};
use crate::history::error::Result;
use crate::store::Reader;

/// State, resolution and original, which change together.
pub(super) type Triage = [(&'static str, Value); 3];

impl Desk {
    /// The state it arrives in, and whether its original is to be looked for again: it has not come yet, or what the file
    /// names is a duplicate itself, which it may cease to be later in this import.
    pub(super) fn triage(
        &self,
        reader: &Reader<'_>,
        feedback: Thing,
        record: &ImportRecord,
    ) -> Result<(Triage, bool)> {
        if let Some(id) = record.original() {
            let original = self.original(reader, feedback, id)?;
            let is_open = original.is_none_or(|original| original != id.0);
            return Ok((duplicate(original), is_open));
        }
        let triage = match record.state {
            ImportState::Processed(Resolution::Duplicate) => duplicate(None),
            ImportState::Processed(resolution) => triage(State::Processed, Some(resolution), None),
            ImportState::Archived => triage(State::Archived, None, None),
            ImportState::Unprocessed => triage(State::Unprocessed, None, None),
        };
        Ok((triage, false))
    }

    /// What was asked is answered: a feedback that waits is unprocessed again.
    pub(super) fn replied(&mut self, look: &mut Look<'_>, row: &mut Row) {
        if row.integer("state") == Some(State::Waiting.code()) {
            self.set(look, row, "waiting_until", Value::Null);
            self.set(look, row, "answer_owed", Value::Integer(0));
            self.set(
                look,
                row,
                "state",
                Value::Integer(State::Unprocessed.code()),
            );
        }
    }

    /// A state that changed at its source.
    pub(super) fn renew_triage(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        row: &mut Row,
        record: &ImportRecord,
    ) -> Result<()> {
        let (there, is_open) = self.triage(reader, row.thing, record)?;
        let ruling = self.rule_triage(reader, row, &there)?;
        if let (true, Some(id)) = (is_open, record.original())
            && matches!(ruling, Ruling::Same | Ruling::Apply)
        {
            let decided = ruling == Ruling::Apply;
            self.later(row.thing, To::Original { id, decided });
        }
        if ruling == Ruling::Clash {
            for (field, value) in &there {
                if row.get(field) != value {
                    let clash = self.clash(reader, row, field, value)?;
                    look.clashes.push(clash);
                    break;
                }
            }
        }
        if ruling != Ruling::Apply {
            return Ok(());
        }
        let original = match &there[2].1 {
            Value::Thing(original) if row.get("duplicate_of") != &there[2].1 => Some(*original),
            _ => None,
        };
        for (field, value) in there {
            self.set(look, row, field, value);
        }
        match original {
            Some(original) => self.bring_along(reader, look, original),
            None => Ok(()),
        }
    }

    /// What is to become of the triage of a feedback: it applies as a whole, where nobody has decided any of it.
    pub(super) fn rule_triage(
        &mut self,
        reader: &Reader<'_>,
        row: &mut Row,
        there: &Triage,
    ) -> Result<Ruling> {
        if there.iter().all(|(field, value)| row.get(field) == value) {
            return Ok(Ruling::Same);
        }
        let mut decided = false;
        let mut same = true;
        for (field, value) in there {
            let said = self.said_of(reader, row, field)?;
            decided |= said != *row.get(field);
            same &= said == *value;
        }
        decided |= self.said_of(reader, row, "snoozed_until")? != *row.get("snoozed_until");
        decided |= self.said(reader, row)?.replied;
        Ok(match (decided, same) {
            (false, _) => Ruling::Apply,
            (true, true) => Ruling::Keep,
            (true, false) => Ruling::Clash,
        })
    }
}

/// The three fields of a state.
pub(super) fn triage(
    state: State,
    resolution: Option<Resolution>,
    original: Option<Uuid>,
) -> Triage {
    [
        ("state", Value::Integer(state.code())),
        ("resolution", code(resolution.map(Resolution::code))),
        ("duplicate_of", refer(original)),
    ]
}
