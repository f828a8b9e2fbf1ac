//! Won't do: say why, keep the demand, and tell the reporters.

use super::edit_ideas::left;
use super::{answer, each_feedback, insights, placing};
use crate::domain::deed::IdeaTarget;
use crate::domain::entity::Thing;
use crate::domain::id::FeedbackId;
use crate::domain::idea::Status;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words, slot};

/// Links the feedback to the idea and gives that the status and the reason; if asked to, cuts it from the releases to come.
/// What has an answer is answered and processed, the rest stays as it is. Undo takes all of it back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    idea: &IdeaTarget,
    (reason, cut): (&str, bool),
    answers: &[(FeedbackId, String)],
) -> Result<Words> {
    if reason.trim().is_empty() {
        return Err(refused("Won't Do needs a reason that can be shown to a customer").into());
    }
    let is_new = matches!(idea, IdeaTarget::New(_));
    let idea = insights::target(draft, idea)?;
    not_out(draft, idea)?;
    let was_in = placing::named_to_come(draft, idea)?;
    let mut changed = turn_down(draft, idea, reason)?;
    if cut {
        changed |= placing::cut(draft, idea)?;
    }
    let linked = each_feedback(draft, feedback, |draft, feedback| {
        insights::link(draft, feedback, idea, None)
    })?;
    changed |= !linked.is_empty();
    let left = left(draft, idea, was_in)?;
    let answered = answered(draft, answers)?;
    let idea = slot(idea);
    Ok(Words::plain(match () {
        () if is_new => format!("created {idea} and turned it down{answered}"),
        () if changed => format!("turned down {idea}{left}{answered}"),
        () => format!("{idea} is turned down already{left}{answered}"),
    }))
}

/// Gives the answers, and says so as the end of a sentence: a single one is about what is in hand.
fn answered(draft: &mut Draft<'_, '_>, answers: &[(FeedbackId, String)]) -> Result<String> {
    if answers.is_empty() {
        return Ok(String::new());
    }
    let (answered, notes) = answer::give(draft, answers)?;
    let several = match answered.as_slice() {
        [_] => String::new(),
        many => format!(" {}", words::counted(many)),
    };
    let notes = match notes.is_empty() {
        true => String::new(),
        false => format!(" ({})", notes.join("; ")),
    };
    Ok(format!(", and answered{several}{notes}"))
}

/// # Errors
/// When the idea is released: a feedback that asks for what is there is linked to it, and nothing is turned down in passing that
/// customers have.
fn not_out(draft: &Draft<'_, '_>, idea: Thing) -> Result<()> {
    if placing::status(draft, idea)? != Some(Status::Released) {
        return Ok(());
    }
    let name = words::name(draft.reader(), idea)?;
    let is_out = match placing::named_out(draft, idea)? {
        Some(releases) => format!("is out in {}", words::resolve(draft.reader(), &releases)?),
        None => "is released".to_owned(),
    };
    Err(
        refused(format!("{name} {is_out} and cannot be turned down"))
            .hint("link it instead, or set the status of the idea by hand first")
            .into(),
    )
}

/// Gives an idea the status Won't Do and its reason.
fn turn_down(draft: &mut Draft<'_, '_>, idea: Thing, reason: &str) -> Result<bool> {
    let mut changed = super::edit_ideas::set_text(draft, idea, "reason", Some(reason))?;
    changed |= draft.set(idea, "reason_missing", 0)?;
    changed |= draft.set(idea, "status", Status::WontDo.code())?;
    Ok(changed)
}
