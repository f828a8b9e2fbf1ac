//! Links from feedback to ideas.

use uuid::Uuid;

use crate::domain::deed::IdeaTarget;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::Quote;
use crate::domain::id::determined;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};

/// The identity of the link between two things: whoever makes it makes the same.
pub(in crate::history) fn insight_key(feedback: Uuid, idea: Uuid) -> Uuid {
    determined("insight", &[feedback.as_bytes(), idea.as_bytes()])
}

/// The idea that a deed aims at, made if it is new.
pub(super) fn target(draft: &mut Draft<'_, '_>, target: &IdeaTarget) -> Result<Thing> {
    match target {
        IdeaTarget::Existing(id) => {
            let idea = Thing::new(Entity::Idea, *id);
            draft.live(idea)?;
            Ok(idea)
        }
        IdeaTarget::New(title) => {
            let title = super::named("the title of an idea", title)?;
            draft.create(
                Entity::Idea,
                None,
                vec![("title", Value::Text(title.to_owned()))],
            )
        }
    }
}

/// Links a feedback to an idea with the importance that the feedback has; answers whether anything changed.
///
/// A link that is there keeps its importance, and its quote unless there is a new one.
pub(super) fn link(
    draft: &mut Draft<'_, '_>,
    feedback: Thing,
    idea: Thing,
    quote: Option<&Quote>,
) -> Result<bool> {
    let quote = quote
        .map(|quote| check(draft, feedback, quote).map(|()| fields(quote)))
        .transpose()?;
    let id = insight_key(feedback.id, idea.id);
    let insight = Thing::new(Entity::Insight, id);
    if draft.is_live(insight)? {
        let mut changed = false;
        for (field, value) in quote.into_iter().flatten() {
            changed |= draft.set(insight, field, value)?;
        }
        return Ok(changed);
    }
    let importance = draft.value(feedback, "importance")?;
    let mut all = vec![
        ("feedback", Value::Thing(feedback.id)),
        ("idea", Value::Thing(idea.id)),
        ("importance", importance),
    ];
    all.extend(quote.into_iter().flatten());
    draft.create(Entity::Insight, Some(id), all)?;
    Ok(true)
}

fn fields(quote: &Quote) -> [(&'static str, Value); 3] {
    let place = |at: usize| Value::Integer(i64::try_from(at).unwrap_or(i64::MAX));
    [
        ("quote", Value::Content(quote.revision.0)),
        ("quote_start", place(quote.start)),
        ("quote_end", place(quote.end)),
    ]
}

/// # Errors
/// When the passage is not one of a revision of that feedback.
fn check(draft: &Draft<'_, '_>, feedback: Thing, quote: &Quote) -> Result<()> {
    let newest = draft.reference(feedback, "content")?;
    let revisions = match newest {
        Some(newest) => draft.reader().revisions(newest)?,
        None => Vec::new(),
    };
    let content = draft.reader().content(quote.revision.0)?;
    let fits = revisions.contains(&quote.revision.0)
        && content.is_some_and(|content| {
            quote.start < quote.end && content.body.get(quote.start..quote.end).is_some()
        });
    if fits {
        return Ok(());
    }
    Err(
        refused("the quoted passage is not in the text of that feedback")
            .hint("select the passage again")
            .into(),
    )
}
