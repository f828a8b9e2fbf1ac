//! Snooze: not now, but then.

use super::{each_feedback, triage};
use crate::domain::entity::Value;
use crate::domain::feedback::State;
use crate::domain::id::FeedbackId;
use crate::domain::moment::Moment;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words};

/// Hides unprocessed feedback until then. Undo wakes it, or sets its earlier time.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    until: Moment,
) -> Result<Words> {
    if until <= draft.now() {
        return Err(refused("cannot snooze until a moment that has passed").into());
    }
    let snoozed = each_feedback(draft, feedback, |draft, feedback| {
        let shown = triage::shown_state(draft, feedback)?;
        if shown != State::Unprocessed {
            let name = words::name(draft.reader(), feedback)?;
            let state = shown.word().to_lowercase();
            return Err(refused(format!("cannot snooze {name}: it is {state}"))
                .hint("reopen it first")
                .into());
        }
        let mut changed = triage::settle_waiting(draft, feedback)?;
        changed |= draft.set(feedback, "snoozed_until", Value::Integer(until.0))?;
        Ok(changed)
    })?;
    let until = draft.clock_words(until);
    Ok(if snoozed.is_empty() {
        Words::plain(format!("already snoozed until {until}"))
    } else {
        Words::about("snoozed", snoozed, format!("until {until}"))
    })
}
