//! What a prompt has understood, while it is typed: the day or time that is meant, and who is mentioned.

use super::{asks_for_person, complete, promise, read};
use crate::app::command::{Command, Context};
use crate::app::state::{FeedbackField, FieldPrompt, Prompt, Purpose, State};
use crate::app::{date, when};
use crate::domain::clocks::Clocks;
use crate::domain::id::ReleaseItemId;
use crate::domain::meeting::AgendaRow;
use crate::domain::moment::Moment;
use crate::domain::people::{Handle, mentions};
use crate::domain::release::Update;

/// The day or time that the text means, and what Enter does with it, or who of those that a text mentions is nobody here; `None`
/// where there is nothing to tell (yet).
#[must_use]
pub fn understood(state: &State, prompt: &Prompt) -> Option<String> {
    let (now, clocks) = (state.now, state.settings.clocks);
    let text = prompt.input.text.trim();
    let told = |day| date::with_weekday(day, when::today(now, clocks));
    let day = || when::day(text, now, clocks).map(told);
    // Until it is whole, Enter does not store the text.
    if complete::is_half_mentioned(prompt)
        && let Some(first) = prompt.completions.first()
    {
        let whom = &first.label;
        return Some(format!(
            "Enter takes {whom} · Tab goes through them · a blank leaves it as it is"
        ));
    }
    let past = || when::past_day(text, now, clocks).map(told);
    Some(match &prompt.purpose {
        Purpose::Snooze(_) if when::is_over(text, now, clocks) => {
            when::not_to_come(text, now, clocks)
        }
        Purpose::Snooze(_) => {
            let until = when::moment(text, now, clocks).ok()?;
            let until = date::with_time(until, now, clocks);
            format!("hidden until {until} · Enter hides it")
        }
        Purpose::StepDue(_) => format!("due on {} · Enter stores it", day().ok()?),
        Purpose::PlanSince => format!("since {} · Enter shows it", past().ok()?),
        Purpose::PlanAsOf => format!("as of the end of {} · Enter shows it", past().ok()?),
        Purpose::NewRelease => format!("{} · Enter makes it", release(text, now, clocks)?),
        Purpose::Field(FieldPrompt::Release(_)) => {
            format!("{} · Enter stores it", release(text, now, clocks)?)
        }
        Purpose::Field(FieldPrompt::Feedback(FeedbackField::NeededBy, _)) => {
            format!("needed by {} · Enter stores it", day().ok()?)
        }
        Purpose::Tags(_) => tags(text)?,
        purpose => {
            let Some((nobody, hint)) = add_hint(state, prompt) else {
                return match purpose {
                    Purpose::Meeting(meeting) => promise::understood(state, meeting, text),
                    _ => None,
                };
            };
            match is_name(&prompt.purpose) {
                true => format!("{nobody} is nobody here · {hint} as a colleague"),
                false => format!("{nobody} is nobody here · {hint} · {}", prompt.hint),
            }
        }
    })
}

/// `adds md, code · removes foo`
fn tags(text: &str) -> Option<String> {
    let (add, remove) = read::tags(text).ok()?;
    let named = |verb: &str, tags: &[String]| {
        (!tags.is_empty()).then(|| format!("{verb} {}", tags.join(", ")))
    };
    let told = [named("adds", &add), named("removes", &remove)];
    let told: Vec<String> = told.into_iter().flatten().collect();
    Some(format!("{} · Enter stores it", told.join(" · ")))
}

/// `v10.4, due on Tue 16 Feb 2027`: the name of a release and its day, as they are understood.
fn release(text: &str, now: Moment, clocks: Clocks) -> Option<String> {
    let today = when::today(now, clocks);
    let edit = read::release(text, today).ok()?;
    let name = edit.name?;
    Some(match edit.date {
        Some(Some(day)) => format!("“{name}”, due on {}", date::with_weekday(day, today)),
        Some(None) => format!("“{name}” without a day"),
        None => format!("“{name}” and no day behind it, such as 16 Feb or 2027-02-16"),
    })
}

/// Whom a text names whom nobody knows here, and the key that adds them.
#[must_use]
pub fn add_hint(state: &State, prompt: &Prompt) -> Option<(Handle, String)> {
    let nobody = match &prompt.purpose {
        purpose if takes_mentions(purpose) => mentions_nobody(state, prompt)?,
        // Whoever sits here is made with the first deed.
        Purpose::Field(FieldPrompt::Me) => return None,
        purpose if is_name(purpose) => named_nobody(state, prompt)?,
        // `call Globex @omar friday`
        Purpose::Meeting(_) => mentions_nobody(state, prompt)?,
        _ => return None,
    };
    let keys = state.keymap.keys(Context::Entry, Command::EntryAddPerson);
    Some((nobody, format!("{} adds them", keys.first()?)))
}

/// Whether the whole text is somebody's name.
fn is_name(purpose: &Purpose) -> bool {
    let reporter = matches!(
        purpose,
        Purpose::Field(FieldPrompt::Feedback(FeedbackField::Reporter, _))
    );
    reporter || asks_for_person(purpose)
}

/// The name that is the whole text, when nobody here has it or one that begins so.
fn named_nobody(state: &State, prompt: &Prompt) -> Option<Handle> {
    let text = prompt.input.text.trim();
    if read::clears(text) || matches!(text, "me" | "@me") {
        return None;
    }
    let handle = Handle::parse(text).ok()?;
    let mut people = state.vocabulary.people.iter();
    let begun = people.any(|(known, ..)| known.as_str().starts_with(handle.as_str()));
    (!begun && state.settings.me.as_ref() != Some(&handle)).then_some(handle)
}

/// What was said last of the one release item that an update is written of, by whom and how long ago; `None` in other prompts,
/// for several items, and where nothing is known of it.
#[must_use]
pub fn said_last(state: &State, prompt: &Prompt) -> Option<String> {
    let Purpose::Update(items) = &prompt.purpose else {
        return None;
    };
    let [id] = items.as_slice() else {
        return None;
    };
    let update = last_update(state, *id)?;
    let Some(update) = update else {
        return Some("no update so far".to_owned());
    };
    let age = match update.at.age(state.now).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    };
    let author = update.author.as_deref();
    let author = author.map_or_else(String::new, |author| format!(" by {author}"));
    let said = update.text.as_deref().unwrap_or("no change");
    Some(format!("last update {age}{author}: {said}"))
}

/// The last update of a release item, from the plan or the agenda of the weekly sync; the outer `None` when it is in neither.
fn last_update(state: &State, id: ReleaseItemId) -> Option<Option<&Update>> {
    let releases = state.plan.plan.releases.iter();
    let mut items = releases.flat_map(|planned| &planned.items);
    if let Some(item) = items.find(|item| item.id == id) {
        return Some(item.update.as_ref());
    }
    let found = state.sync.found.as_deref()?;
    found.agenda.rows().find_map(|row| match row {
        AgendaRow::Plan(item) if item.item == id => Some(item.update.as_ref()),
        _ => None,
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
fn mentions_nobody(state: &State, prompt: &Prompt) -> Option<Handle> {
    let people = &state.vocabulary.people;
    if people.is_empty() || !prompt.completions.is_empty() {
        return None;
    }
    let is_known = |name: &str| people.iter().any(|(handle, ..)| handle.as_str() == name);
    let mentioned = mentions(&prompt.input.text).into_iter();
    let mut unknown = mentioned.filter(|name| !is_known(name));
    unknown.next().and_then(|name| Handle::parse(&name).ok())
}
