//! What a prompt for a day or a time has understood, while it is typed.

use crate::app::state::{FieldPrompt, Prompt, Purpose, State};
use crate::app::when;

/// The day or time that the text means, and what Enter does with it; `None` where it is none (yet), or none is asked for.
#[must_use]
pub fn understood(state: &State, prompt: &Prompt) -> Option<String> {
    let (now, utc_offset) = (state.now, state.settings.utc_offset);
    let text = prompt.input.text.trim();
    let day = || when::day(text, now, utc_offset).map(when::day_words);
    let past = || when::past_day(text, now, utc_offset).map(when::day_words);
    Some(match &prompt.purpose {
        Purpose::Snooze(_) => {
            let until = when::moment(text, now, utc_offset).ok()?;
            let until = when::moment_words(until, utc_offset);
            format!("hidden until {until} · Enter hides it")
        }
        Purpose::StepDue(_) => format!("due on {} · Enter stores it", day().ok()?),
        Purpose::PlanSince => format!("since {} · Enter shows it", past().ok()?),
        Purpose::PlanAsOf => format!("as of the end of {} · Enter shows it", past().ok()?),
        Purpose::Field(FieldPrompt::Feedback("needed-by", _)) => {
            format!("needed by {} · Enter stores it", day().ok()?)
        }
        _ => return None,
    })
}
