//! What history has to know of fields beside what the domain says.

use super::error::{Error, Result, noun};
use crate::domain::entity::{DELETED, Entity, Field, Thing, Value};
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

/// What a field holds that is one of some choices, by its number.
///
/// # Errors
/// When no choice has that number: the file is damaged, because a newer one is not opened. Whatever stood in its place would be
/// shown, and decided upon, as if somebody had chosen it.
pub(super) fn chosen<T>(
    thing: Thing,
    field: &str,
    code: i64,
    from_code: fn(i64) -> Option<T>,
) -> Result<T> {
    let unknown = || {
        let what = noun(thing.entity, 1);
        Problem::new(
            Kind::Storage,
            format!("cannot read the {field} of {what} {}", thing.id),
        )
        .because(format!("the file holds {code} there, which means nothing"))
        .hint("run “intake doctor” to see how far the damage goes")
    };
    from_code(code).ok_or_else(|| unknown().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deed::Deed;
    use crate::history::draft::Draft;
    use crate::history::tests::world::World;
    use crate::history::words::Words;

    #[test]
    fn what_no_choice_stands_for_is_a_fault_and_not_the_first_choice() {
        let mut world = World::new();
        let feedback = world.feedback("Dark mode");
        let set: Result<()> = world.store.write(|writer| {
            let mut draft = Draft::begin(writer, &world.context, "reopen", None)?;
            draft.set(Thing::new(Entity::Feedback, feedback), "state", 9)?;
            draft.finish(&Words::plain("broken")).map(drop)
        });
        assert!(set.is_ok());
        let archive = Deed::Archive {
            feedback: vec![feedback],
        };
        let problem = world.attempt(archive).expect_err("a fault");
        assert_eq!(problem.kind, Kind::Storage);
        assert_eq!(
            problem.summary,
            format!("cannot read the state of feedback {feedback}")
        );
        assert_eq!(
            problem.causes,
            ["the file holds 9 there, which means nothing"]
        );
    }
}
