//! How much feedback there is in each state, by owner.

use rusqlite::params;

use super::{GONE, STATE, number};
use crate::domain::entity::{DELETED, Entity, Field, Value};
use crate::store::{LocalId, Result, Writer};

/// Whether a feedback counts elsewhere when these fields are set.
pub(super) fn counts(entity: Entity, fields: &[(&Field, &Value)]) -> bool {
    let decides = |name: &str| matches!(name, "state" | "owner" | DELETED);
    entity == Entity::Feedback && fields.iter().any(|(field, _)| decides(field.name))
}

/// Where a feedback counts: its state and its owner (0: nobody).
pub(in crate::store) type Place = (i64, i64);

/// Where a feedback counts when these fields have been set, as far as they tell: who owns it now they do not.
pub(super) fn moved((state, owner): Place, fields: &[(&Field, &Value)]) -> Option<Place> {
    let other = |name: &str| matches!(name, "owner" | DELETED);
    if fields.iter().any(|(field, _)| other(field.name)) {
        return None;
    }
    match fields.iter().find(|(field, _)| field.name == "state") {
        Some((_, Value::Integer(state))) => Some((*state, owner)),
        Some(_) => None,
        None => Some((state, owner)),
    }
}

impl Writer<'_> {
    /// Counts a feedback that is made with these fields.
    pub(super) fn count_new(&mut self, fields: &[(&'static Field, Value)], owner: i64) {
        if number(fields, GONE) == 0 {
            let place = (number(fields, STATE), owner);
            *self.pending.counts.entry(place).or_default() += 1;
        }
    }

    /// Where a feedback counts; `None` when it is deleted.
    pub(super) fn place(&self, feedback: LocalId) -> Result<Option<Place>> {
        let sql = "SELECT state, coalesce(owner, 0) FROM feedback WHERE id = ?1 AND deleted = 0";
        self.first(sql, [feedback], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Counts a live feedback in (+1) or out (−1) of its state and owner.
    pub(super) fn count(&mut self, place: Option<Place>, difference: i64) {
        if let Some(place) = place {
            *self.pending.counts.entry(place).or_default() += difference;
        }
    }

    pub(super) fn settle_count(&self, state: i64, owner: i64, difference: i64) -> Result<()> {
        if difference == 0 {
            return Ok(());
        }
        self.run(
            "INSERT INTO feedback_count (state, owner, total) VALUES (?1, ?2, ?3)
             ON CONFLICT (state, owner) DO UPDATE SET total = total + excluded.total",
            params![state, owner, difference],
        )?;
        Ok(())
    }
}
