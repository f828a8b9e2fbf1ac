//! Values in words: what a field held, as the timeline tells it.

use super::error::Result;
use super::words;
use crate::domain::entity::{Entity, Field, Kind, Thing, Value};
use crate::domain::feedback::{FeedbackKind, Importance, Resolution, State};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, TicketKind, Timeframe};
use crate::domain::meeting::{AgendaState, MeetingState};
use crate::domain::moment::Moment;
use crate::domain::outbox::MessageKind;
use crate::domain::people::Role;
use crate::domain::release::{Health, ReleaseKind, ReleaseState};
use crate::store::Reader;

/// A value as a person reads it; nothing for nothing.
pub(super) fn shown(
    reader: &Reader<'_>,
    entity: Entity,
    field: &Field,
    value: &Value,
) -> Result<Option<String>> {
    Ok(match value {
        Value::Null => None,
        Value::Text(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Integer(number) => Some(number_shown(entity, field.name, *number)),
        Value::Thing(id) => match field.kind {
            Kind::Thing(entity) => Some(words::whole_name(reader, Thing { entity, id: *id })?),
            _ => None,
        },
        Value::Content(id) => reader.content(*id)?.map(|content| {
            let title = content.title.filter(|title| !title.trim().is_empty());
            words::quoted(&title.unwrap_or(content.body))
        }),
    })
}

fn number_shown(entity: Entity, field: &str, number: i64) -> String {
    let word = match (entity, field) {
        (Entity::Person, "role") => Role::from_code(number).map(Role::word),
        (Entity::Feedback, "state") => State::from_code(number).map(State::word),
        (Entity::Feedback, "resolution") => Resolution::from_code(number).map(Resolution::word),
        (Entity::Feedback, "kind") => FeedbackKind::from_code(number).map(FeedbackKind::word),
        (Entity::Feedback | Entity::Insight, "importance") => {
            Importance::from_code(number).map(Importance::word)
        }
        (Entity::Idea, "status") => Status::from_code(number).map(Status::word),
        (Entity::Idea, "kind") => IdeaKind::from_code(number).map(IdeaKind::word),
        (Entity::Idea, "effort") => Effort::from_code(number).map(Effort::word),
        (Entity::Idea, "timeframe") => Timeframe::from_code(number).map(Timeframe::word),
        (Entity::Idea, "stage") => Stage::from_code(number).map(Stage::word),
        (Entity::Release, "kind") => ReleaseKind::from_code(number).map(ReleaseKind::word),
        (Entity::Release, "state") => ReleaseState::from_code(number).map(ReleaseState::word),
        (Entity::ReleaseItem | Entity::Update, "health") => {
            Health::from_code(number).map(Health::word)
        }
        (Entity::Ticket, "kind") => TicketKind::from_code(number).map(TicketKind::word),
        (Entity::Meeting, "state") => MeetingState::from_code(number).map(MeetingState::word),
        (Entity::AgendaItem, "state") => AgendaState::from_code(number).map(AgendaState::word),
        (Entity::Message, "kind") => MessageKind::from_code(number).map(MessageKind::word),
        (
            _,
            "deleted" | "answer_owed" | "reason_missing" | "done" | "to_reporter" | "confidential",
        ) => Some(if number == 0 { "no" } else { "yes" }),
        _ => None,
    };
    if let Some(word) = word {
        return word.to_owned();
    }
    match field {
        "received" | "processed_at" | "snoozed_until" | "waiting_until" | "at" | "done_at"
        | "started" | "finished" => Moment(number).rfc3339(),
        _ => number.to_string(),
    }
}
