//! `.`: the last deed once more, to what is in hand.

use super::super::command::Context;
use super::super::effect::Effect;
use super::super::state::{Again, State, TurnDown};
use super::super::{target, verbs};
use crate::domain::deed::{Deed, IdeaTarget, Outcome};
use crate::domain::entity::Entity;
use crate::domain::id::{FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::meeting::AgendaRow;

/// What a deed is done to that can be done to something else as well.
enum Aim<'d> {
    Feedback(&'d mut Vec<FeedbackId>),
    Ideas(&'d mut Vec<IdeaId>),
    /// Release items, in the plan and on the agenda.
    Items(&'d mut Vec<ReleaseItemId>),
    /// Release items in the plan alone.
    Moved(&'d mut Vec<ReleaseItemId>),
}

/// What a deed is done to; `None` for one that is for this thing alone, such as an answer, whose words are for one reporter.
fn aim(deed: &mut Deed) -> Option<Aim<'_>> {
    use Deed as D;
    Some(match deed {
        D::Link { feedback: ids, .. }
        | D::Unlink { feedback: ids, .. }
        | D::Assign { feedback: ids, .. }
        | D::SetImportance { feedback: ids, .. }
        | D::Process { feedback: ids }
        | D::WontDo { feedback: ids, .. }
        | D::Duplicate { feedback: ids, .. }
        | D::Snooze { feedback: ids, .. }
        | D::Archive { feedback: ids }
        | D::Reopen { feedback: ids }
        | D::Tag { feedback: ids, .. }
        | D::EditFeedback { feedback: ids, .. } => Aim::Feedback(ids),
        D::EditIdeas { ideas: ids, .. } | D::AddToRelease { ideas: ids, .. } => Aim::Ideas(ids),
        D::UpdateItems { items: ids, .. } | D::NoChange { items: ids } => Aim::Items(ids),
        D::MoveItems { items: ids, .. } => Aim::Moved(ids),
        _ => return None,
    })
}

/// Keeps a deed for `.`. An idea that it has made is its target from then on: to repeat it is not to make a second one. One
/// that cannot be repeated takes the place of the deed before it: nobody means that any more.
pub(super) fn remember(state: &mut State, mut deed: Deed, outcome: &Outcome) {
    let made = outcome.first(Entity::Idea).map(IdeaId);
    if let (Deed::Link { idea, .. } | Deed::WontDo { idea, .. }, Some(made)) = (&mut deed, made)
        && matches!(idea, IdeaTarget::New(_))
    {
        *idea = IdeaTarget::Existing(made);
    }
    // A quote is a passage of one text.
    if let Deed::Link { quote, .. } = &mut deed {
        *quote = None;
    }
    state.again = Some(match aim(&mut deed) {
        Some(_) => Again::Deed(Box::new(deed)),
        None => Again::Nothing(outcome.words.clone()),
    });
}

/// The deed done to what is in hand now; `None` when there is nothing of the kind in hand. Answers in it are still those to the
/// reporters before.
pub(in super::super) fn again(state: &State, deed: &Deed) -> Option<Deed> {
    // Only what the cursor or the marks show: a feedback or an item that is in hand out of sight is not meant.
    let here = target::underneath(state);
    let on = |contexts: &[Context]| contexts.contains(&here).then_some(());
    let texts = [Context::Inbox, Context::Text, Context::Passage];
    let in_plan = || {
        on(&[Context::Plan, Context::Board])?;
        Some(target::release_items(state)).filter(|ids| !ids.is_empty())
    };
    let mut deed = deed.clone();
    match aim(&mut deed)? {
        Aim::Feedback(ids) => {
            on(&texts).or_else(|| on(&[Context::Ideas]).filter(|()| !state.zoomed))?;
            *ids = Some(target::feedback(state)).filter(|ids| !ids.is_empty())?;
        }
        Aim::Ideas(ids) => {
            on(&[Context::Ideas, Context::Idea])?;
            *ids = Some(target::ideas(state)).filter(|ids| !ids.is_empty())?;
        }
        Aim::Items(ids) => {
            *ids = match target::agenda_row(state) {
                Some(AgendaRow::Plan(item)) if on(&[Context::Sync, Context::Present]).is_some() => {
                    vec![item.item]
                }
                _ => in_plan()?,
            };
        }
        Aim::Moved(ids) => *ids = in_plan()?,
    }
    Some(deed)
}

/// Does the last deed again, to what is in hand.
pub(super) fn repeat(state: &mut State) -> Vec<Effect> {
    let deed = match &state.again {
        Some(Again::Deed(deed)) => again(state, deed),
        _ => None,
    };
    match deed {
        // Other reporters read other answers, which are shown first.
        Some(Deed::WontDo {
            feedback,
            idea,
            reason,
            cut,
            answers,
        }) if !answers.is_empty() => {
            let turns_down = TurnDown {
                feedback,
                idea,
                reason,
                cut,
            };
            verbs::inbox::answer_to_turn_down(state, turns_down)
        }
        deed => deed.map(|deed| state.commit(deed)).into_iter().collect(),
    }
}
