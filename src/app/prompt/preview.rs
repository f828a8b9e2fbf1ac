//! What a prompt has understood, while it is typed: the day or time that is meant, and who is mentioned.

use super::complete;
use crate::app::state::{FieldPrompt, Prompt, Purpose, State};
use crate::app::{date, when};
use crate::domain::people::mentions;

/// The day or time that the text means, and what Enter does with it, or who of those that a text mentions is nobody here; `None`
/// where there is nothing to tell (yet).
#[must_use]
pub fn understood(state: &State, prompt: &Prompt) -> Option<String> {
    let (now, utc_offset) = (state.now, state.settings.utc_offset);
    let text = prompt.input.text.trim();
    let told = |day| date::with_weekday(day, when::today(now, utc_offset));
    let day = || when::day(text, now, utc_offset).map(told);
    // Until it is whole, Enter does not store the text.
    if complete::is_half_mentioned(prompt)
        && let Some(first) = prompt.completions.first()
    {
        let whom = &first.label;
        return Some(format!(
            "Enter takes {whom} · Tab goes through them · a blank leaves it as it is"
        ));
    }
    let past = || when::past_day(text, now, utc_offset).map(told);
    Some(match &prompt.purpose {
        Purpose::Snooze(_) => {
            let until = when::moment(text, now, utc_offset).ok()?;
            let until = date::with_time(until, now, utc_offset);
            format!("hidden until {until} · Enter hides it")
        }
        Purpose::StepDue(_) => format!("due on {} · Enter stores it", day().ok()?),
        Purpose::PlanSince => format!("since {} · Enter shows it", past().ok()?),
        Purpose::PlanAsOf => format!("as of the end of {} · Enter shows it", past().ok()?),
        Purpose::Field(FieldPrompt::Feedback("needed-by", _)) => {
            format!("needed by {} · Enter stores it", day().ok()?)
        }
        purpose if takes_mentions(purpose) => {
            let nobody = mentions_nobody(state, prompt)?;
            format!("{nobody} is nobody here · {}", prompt.hint)
        }
        _ => return None,
    })
}

/// Whether people are mentioned in what such a prompt asks for.
pub(super) const fn takes_mentions(purpose: &Purpose) -> bool {
    matches!(
        purpose,
        Purpose::Answer(_)
            | Purpose::Ask(_)
            | Purpose::Comment(_)
            | Purpose::Approve(_)
            | Purpose::Update(_)
    )
}

/// The first name in a text that nobody here has; one that may still be typed on is none. Nothing as long as nobody is known.
fn mentions_nobody(state: &State, prompt: &Prompt) -> Option<String> {
    let people = &state.vocabulary.people;
    if people.is_empty() || !prompt.completions.is_empty() {
        return None;
    }
    let is_known = |name: &str| people.iter().any(|(handle, ..)| handle.as_str() == name);
    let mentioned = mentions(&prompt.input.text).into_iter();
    let mut unknown = mentioned.filter(|name| !is_known(name));
    unknown.next().map(|name| format!("@{name}"))
}
