//! What history has to know of fields beside what the domain says.

use super::error::{Error, Result, noun};
use crate::domain::entity::{DELETED, Entity, Field, Value};
use crate::problem::{Kind, Problem};

/// Whether rows of `entity` are part of the timeline of the `target` that they refer to.
pub(super) const fn hangs_on(entity: Entity, target: Entity) -> bool {
    matches!(
        target,
        Entity::Feedback
            | Entity::Idea
            | Entity::Release
            | Entity::ReleaseItem
            | Entity::Meeting
            | Entity::AgendaItem
    ) && matches!(
        entity,
        Entity::FeedbackTag
            | Entity::IdeaCheck
            | Entity::Insight
            | Entity::ReleaseItem
            | Entity::Update
            | Entity::Comment
            | Entity::Ticket
            | Entity::Attendee
            | Entity::AgendaItem
            | Entity::AgendaDocument
            | Entity::ActionStep
            | Entity::Message
    )
}

/// What a field holds when nobody has set it.
pub(super) fn at_rest(entity: Entity, field: &Field) -> Value {
    let counts = matches!(
        (entity, field.name),
        (
            Entity::Feedback,
            "received" | "state" | "answer_owed" | "votes"
        ) | (Entity::Idea, "reason_missing" | "status" | "votes")
            | (Entity::IdeaCheck, "done")
            | (Entity::Release, "kind" | "state")
            | (Entity::ReleaseItem, "health")
            | (Entity::Update | Entity::Message, "at")
            | (Entity::Comment, "at" | "to_reporter")
            | (Entity::AgendaItem, "confidential" | "state")
    );
    let names = matches!(
        (entity, field.name),
        (Entity::Person, "handle")
            | (
                Entity::Company | Entity::Customer | Entity::Area | Entity::Release,
                "name"
            )
            | (Entity::DutyWeek, "monday")
            | (Entity::Idea, "title")
            | (Entity::ReleaseItem, "position")
    );
    if counts || field.name == DELETED {
        Value::Integer(0)
    } else if names {
        Value::Text(String::new())
    } else {
        Value::Null
    }
}

/// The field of that name.
pub(super) fn field_of(entity: Entity, name: &str) -> Result<&'static Field> {
    entity.field(name).ok_or_else(|| {
        let what = format!("{} has no field {name}", noun(entity, 1));
        Error::Rule(Problem::new(Kind::Internal, what))
    })
}

/// The place of a field among the values of a row.
pub(super) fn place(entity: Entity, name: &str) -> Option<usize> {
    entity.fields().iter().position(|field| field.name == name)
}

/// Whether the values of a row say that it is live.
pub(super) fn is_live(entity: Entity, values: &[Value]) -> bool {
    let mark = place(entity, DELETED).and_then(|mark| values.get(mark));
    mark == Some(&Value::Integer(0))
}
