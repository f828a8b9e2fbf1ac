//! Prompts about meetings: notes, action steps, items of an agenda.
//!
//! What belongs to a text is typed at its end, in any order: `call Globex @omar friday`,
//! `Pricing of guests 10m @hana https://… !`. What is not understood there is text.

use crate::app::agenda;
use crate::app::state::{Completion, MeetingPrompt, State};
use crate::domain::deed::{
    AgendaEdit, AgendaTarget, Deed, MeetingDeed, NewAgendaItem, StepEdit, Subject,
};

use super::complete;
use super::promise::{self, last_word, mentioned};
use super::read::{self, Fault};
use super::words::{Words, short};

/// What the prompt says of itself.
pub(super) fn words(state: &State, prompt: &MeetingPrompt) -> Words {
    let line = |label: String, hint: &str| Words {
        label,
        hint: hint.to_owned(),
        multiline: false,
    };
    const STEP: &str = "at its end @who and until when: friday, 2w, 2026-12-01";
    match prompt {
        MeetingPrompt::Note(_, title) => line(
            format!("note on “{}”", short(title)),
            "Enter adds it to what was noted · Esc keeps it as a draft",
        ),
        MeetingPrompt::Step { .. } => line(
            "action step".to_owned(),
            &match state.settings.me {
                Some(_) => format!("{STEP} · without @who it is yours · Enter notes it"),
                None => format!("{STEP} · Enter notes it"),
            },
        ),
        MeetingPrompt::EditStep(..) => line(
            "action step".to_owned(),
            &format!("{STEP} · Enter changes it"),
        ),
        MeetingPrompt::StepOwner(_, text) => line(
            format!("owner of “{}”", short(text)),
            "Enter assigns · Tab completes · - for nobody",
        ),
        MeetingPrompt::Presenter(_, title) => line(
            format!("presenter of “{}”", short(title)),
            "Enter sets it · Tab completes · - for nobody",
        ),
        MeetingPrompt::Queue { about, .. } => {
            let what = match about.len() {
                0 | 1 => "queue".to_owned(),
                several => format!("queue {several} items"),
            };
            let (at_end, them) = match about.len() {
                0 | 1 => ("at its end ", "it"),
                _ => ("each with ", "them"),
            };
            let meeting = match &state.sync.note {
                Some(note) => agenda::named(state, &note.sitting),
                None => "the next weekly sync".to_owned(),
            };
            line(
                what,
                &format!(
                    "for {meeting} · {at_end}10m, @presenter, https://document, ! confidential · Enter queues {them}"
                ),
            )
        }
    }
}

/// Under what name its half-written text is kept; `None` when it is not.
pub(super) fn draft(prompt: &MeetingPrompt) -> Option<String> {
    match prompt {
        MeetingPrompt::Note(AgendaTarget::Item(id), _) => Some(format!("note:{id}")),
        // What was begun on one item is not to be noted on another.
        MeetingPrompt::Step { meeting, item } => Some(match item {
            None => format!("action-step:{}", meeting.id()),
            Some(AgendaTarget::Item(id)) => format!("action-step:{id}"),
            Some(AgendaTarget::Generated { meeting, about }) => match about {
                Subject::Feedback(id) => format!("action-step:{}:{id}", meeting.id()),
                Subject::Idea(id) => format!("action-step:{}:{id}", meeting.id()),
                Subject::ReleaseItem(id) => format!("action-step:{}:{id}", meeting.id()),
            },
        }),
        MeetingPrompt::Queue { about, .. } if about.is_empty() => Some("agenda-item".to_owned()),
        _ => None,
    }
}

/// What Tab offers.
pub(super) fn offers(
    state: &State,
    prompt: &MeetingPrompt,
    text: &str,
    cursor: usize,
) -> Vec<Completion> {
    match prompt {
        MeetingPrompt::StepOwner(..) | MeetingPrompt::Presenter(..) => {
            complete::handles(text, &state.vocabulary)
        }
        _ => complete::mention(text, cursor, &state.vocabulary),
    }
}

/// The deed of a finished text.
///
/// # Errors
/// What is wrong with it.
pub(super) fn deed(state: &State, prompt: &MeetingPrompt, text: &str) -> Result<Deed, Fault> {
    let me = state.settings.me.as_ref();
    let owner = || read::owner(text, me, &state.vocabulary);
    let deed = match prompt {
        MeetingPrompt::Note(item, _) => MeetingDeed::Note {
            item: item.clone(),
            text: some(text, "a note has words")?,
        },
        MeetingPrompt::Step { meeting, item } => {
            let promise = promise::read(state, text)?;
            MeetingDeed::AddStep {
                meeting: Some(meeting.clone()),
                item: item.clone(),
                text: promise.text,
                owner: promise.owner.unwrap_or_else(|| me.cloned()),
                due: promise.due,
            }
        }
        MeetingPrompt::EditStep(step, was) => {
            let promise = promise::read_again(state, text, was)?;
            MeetingDeed::EditStep {
                step: *step,
                edits: vec![
                    StepEdit::Text(promise.text),
                    StepEdit::Owner(promise.owner.flatten()),
                    StepEdit::Due(promise.due),
                ],
            }
        }
        MeetingPrompt::StepOwner(step, _) => MeetingDeed::EditStep {
            step: *step,
            edits: vec![StepEdit::Owner(owner()?)],
        },
        MeetingPrompt::Presenter(item, _) => MeetingDeed::EditItem {
            item: AgendaTarget::Item(*item),
            edits: vec![AgendaEdit::Presenter(owner()?)],
        },
        MeetingPrompt::Queue { to, about, title } => MeetingDeed::AddItem {
            to: to.clone(),
            item: new_item(state, text, about, title)?,
        },
    };
    Ok(deed.into())
}

pub(super) fn some(text: &str, missing: &str) -> Result<String, Fault> {
    match text.trim() {
        "" => Err((None, missing.to_owned())),
        text => Ok(text.to_owned()),
    }
}

/// Minutes as they are written: `10m`, `10min`.
fn minutes(word: &str) -> Option<u32> {
    let digits = word
        .strip_suffix("min")
        .or_else(|| word.strip_suffix('m'))
        .or_else(|| word.strip_suffix('\''))?;
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

fn new_item(
    state: &State,
    text: &str,
    about: &[Subject],
    title: &str,
) -> Result<NewAgendaItem, Fault> {
    // What was proposed is left whole, whatever it ends with.
    let proposed = match text.trim_start().strip_prefix(title) {
        Some(rest) if !about.is_empty() && (rest.is_empty() || rest.starts_with(' ')) => title,
        _ => "",
    };
    let mut rest = text.trim_start()[proposed.len()..].trim();
    let mut item = NewAgendaItem {
        about: about.to_vec(),
        ..NewAgendaItem::default()
    };
    while let Some((before, word)) = last_word(rest) {
        let lower = word.to_lowercase();
        if word == "!" {
            item.confidential = true;
        } else if lower.starts_with("https://") || lower.starts_with("http://") {
            item.documents.insert(0, word.to_owned());
        } else if let Some(length) = minutes(&lower) {
            // The last counts: it was typed behind what was proposed.
            item.minutes.get_or_insert(length);
        } else if let (None, Some(who)) = (&item.presenter, mentioned(state, word)) {
            item.presenter = Some(who);
        } else {
            break;
        }
        rest = before;
    }
    let written = format!("{proposed} {rest}");
    let written = written.trim();
    if about.is_empty() {
        item.title = some(written, "an item needs a title")?;
    } else if about.len() > 1 && !written.is_empty() {
        let words = format!(
            "“{}” would be the title of all: type only 10m, @presenter, https://document or !",
            short(written)
        );
        return Err((None, words));
    } else if written != title {
        // Left as it was proposed, it is called what the thing is called, whatever that comes to be.
        written.clone_into(&mut item.title);
    }
    Ok(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::bench::Bench;
    use crate::app::bench::feedback_id;
    use crate::domain::people::Handle;

    fn on_bench(me: Option<&str>) -> State {
        Bench::with(Bench::world(1), me, (120, 36)).state
    }

    #[test]
    fn a_promise_without_a_name_is_ones_own() {
        let meeting = on_bench(Some("hana"));
        let occurrence = crate::domain::meeting::Occurrence {
            kind: "weekly-sync".to_owned(),
            slot: crate::domain::meeting::Slot::Release,
            scope: None,
            title: String::new(),
        };
        let prompt = MeetingPrompt::Step {
            meeting: occurrence,
            item: None,
        };
        let Ok(Deed::Meeting(deed)) = deed(&meeting, &prompt, "call Globex") else {
            panic!("a deed");
        };
        let MeetingDeed::AddStep { owner, .. } = *deed else {
            panic!("a step");
        };
        assert_eq!(owner, Handle::parse("hana").ok());
    }

    #[test]
    fn minutes_presenter_documents_and_the_mark_stand_at_the_end_of_an_item() {
        let state = on_bench(None);
        let item = new_item(
            &state,
            "Pricing of guests ! 10min https://x.test/a @hana https://x.test/b",
            &[],
            "",
        )
        .expect("an item");
        assert_eq!(item.title, "Pricing of guests");
        assert_eq!(item.minutes, Some(10));
        assert_eq!(item.presenter, Handle::parse("hana").ok());
        assert_eq!(item.documents, ["https://x.test/a", "https://x.test/b"]);
        assert!(item.confidential);
        assert!(new_item(&state, " 5m !", &[], "").is_err());
        for title in ["Wow!", "4m", "At 10m depth", "+5m"] {
            let item = new_item(&state, &format!("x {title} y"), &[], "").expect("an item");
            assert_eq!(item.title, format!("x {title} y"));
        }
    }

    #[test]
    fn a_proposed_title_is_left_to_the_thing_whatever_it_ends_with() {
        let state = on_bench(None);
        let about = [Subject::Feedback(feedback_id(0))];
        let read = |text: &str| new_item(&state, text, &about, "Cut to 5m").expect("an item");
        let item = read("Cut to 5m 10m");
        assert_eq!((item.title.as_str(), item.minutes), ("", Some(10)));
        let item = read("Cut to 5m 5m 10m !");
        assert_eq!((item.title.as_str(), item.minutes), ("", Some(10)));
        assert_eq!(read("Cut to 5m").minutes, None);
        assert_eq!(read("Cut to 5m again 5m").title, "Cut to 5m again");
        assert_eq!(read("Other words 3m").title, "Other words");
        assert_eq!(read("").title, "");
    }
}
