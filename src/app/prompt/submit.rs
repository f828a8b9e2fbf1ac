//! What becomes of a finished text.

use crate::app::effect::Writing;
use crate::app::state::{
    AnswerQueue, FeedbackField, FieldPrompt, IdeaField, Pane, PastWish, Prompt, Purpose, State,
    TurnDown,
};
use crate::app::{flight, when};
use crate::domain::deed::{
    Deed, FeedbackEdit, IdeaEdit, IdeaTarget, MeetingDeed, NewFeedback, NewIdea, StepEdit, Subject,
};
use crate::domain::feedback::{FeedbackKind, Quote};
use crate::domain::id::{ActionStepId, FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::idea::{IdeaKind, Stage, Status};
use crate::domain::moment::DAY;
use crate::query::{About, Query};

use super::names::filter;
use super::read::{self, Fault};
use super::turning;
use super::words::short;

/// What is said where a reason is missing.
const NO_REASON: &str = "customers will want to know why not";
/// What is said where an answer that tells why not has no words.
const UNANSWERED: &str = "no words: Enter again goes on, tells nobody and leaves it open";
/// What is said where a view has no name.
const NO_NAME: &str = "a view needs a name";

/// What a finished text turns into.
#[derive(Clone, Debug, PartialEq)]
pub enum Submission {
    /// A deed.
    Deed(Deed),
    /// The answers that tell why not are opened; what is turned down is stored with them.
    Answers(TurnDown),
    /// The inbox keeps its filter.
    Filter(Query),
    /// The table or the plan keeps its filter.
    Keep(Pane),
    /// Something that is no deed is written, and said when it is.
    Write(Writing),
    /// A file is written, and the prompt stays until it is.
    WriteFirst(Writing),
    /// The plan of an import is made.
    ImportPath(String),
    /// The plan of an import is made with another origin.
    ImportOrigin(String),
    /// It is kept under that name how the file of an import is read.
    ImportKeep(String),
    /// The past of the release plan is shown.
    Past(PastWish),
    /// The next message of several.
    NextAnswer,
}

/// Reads the text of a prompt. Deeds that name unknown things are refused by whoever does them; the prompt comes back then.
///
/// # Errors
/// What is wrong with the text, and at which column if that is known.
pub fn submission(state: &State, prompt: &Prompt) -> Result<Submission, Fault> {
    let whole = &prompt.input.text;
    let text = whole.trim();
    let owner = || read::owner(text, state.settings.me.as_ref(), &state.vocabulary);
    let deed = match &prompt.purpose {
        Purpose::Filter => {
            return filter(state, About::Feedback, whole).map(Submission::Filter);
        }
        Purpose::FilterTable(pane) => return table(state, *pane, whole),
        Purpose::SaveView => return saved(state, prompt, text).map(Submission::Write),
        Purpose::RenameView(before) => {
            return renamed(state, before, text).map(Submission::Write);
        }
        Purpose::Export(listed) => {
            return Ok(Submission::Write(Writing::Export {
                listed: listed.clone(),
                path: needed(text, "a file needs a name, such as feedback.csv")?,
            }));
        }
        Purpose::WriteMinutes(meeting) => {
            return Ok(Submission::WriteFirst(Writing::Minutes {
                meeting: *meeting,
                path: needed(text, "a file needs a name, such as minutes.md")?,
            }));
        }
        Purpose::Field(FieldPrompt::Me) => {
            return owner().map(|me| Submission::Write(Writing::Me(me)));
        }
        Purpose::ImportPath => {
            let path = needed(text, "which file? Tab completes its path")?;
            return Ok(Submission::ImportPath(path));
        }
        Purpose::ImportOrigin => return Ok(Submission::ImportOrigin(text.to_owned())),
        Purpose::ImportKeep => return Ok(Submission::ImportKeep(text.to_owned())),
        Purpose::PlanSince => return Ok(Submission::Past(PastWish::Since(past(state, text)?))),
        Purpose::PlanAsOf => return Ok(Submission::Past(PastWish::AsOf(past(state, text)?))),
        Purpose::Answer(queue) => return answer(prompt, queue, text),
        Purpose::WontDo(feedback, idea, cut) => {
            return Ok(Submission::Answers(TurnDown {
                feedback: feedback.clone(),
                idea: idea.clone(),
                reason: needed(text, NO_REASON)?,
                cut: *cut,
            }));
        }
        Purpose::Assign(feedback) => Deed::Assign {
            feedback: feedback.clone(),
            owner: owner()?,
        },
        Purpose::AssignIdeas(ideas) => Deed::EditIdeas {
            ideas: ideas.clone(),
            edits: vec![IdeaEdit::Owner(owner()?)],
        },
        Purpose::Ask(ids) => ask(state, ids, text)?,
        Purpose::Comment(on) => comment(on.clone(), text)?,
        Purpose::Approve(idea) => comment(vec![Subject::Idea(*idea)], text)?,
        Purpose::Tags(feedback) => {
            let (add, remove) = read::tags(text)?;
            Deed::Tag {
                feedback: feedback.clone(),
                add,
                remove,
            }
        }
        Purpose::Snooze(feedback) => Deed::Snooze {
            feedback: feedback.clone(),
            until: when::moment(text, state.now, state.settings.clocks).map_err(|e| (None, e))?,
        },
        Purpose::NewIdea(feedback, quote) => new_idea(feedback, quote.as_ref(), text)?,
        Purpose::StatusReason(ideas, cut) => wont_do(ideas, *cut, text)?,
        Purpose::Update(items) => update(prompt, items, text)?,
        Purpose::StepDue(step) => step_due(state, *step, text)?,
        Purpose::NewRelease => Deed::CreateRelease(read::release(whole, today(state))?),
        Purpose::Field(field) => of_field(state, field, whole)?,
        Purpose::Meeting(meeting) => super::meeting::deed(state, meeting, text)?,
    };
    Ok(Submission::Deed(deed))
}

/// The table keeps its filter; that of the ideas has to be right.
fn table(state: &State, pane: Pane, text: &str) -> Result<Submission, Fault> {
    if pane == Pane::Ideas {
        filter(state, About::Ideas, text)?;
    }
    Ok(Submission::Keep(pane))
}

/// The filter of the inbox as a view.
fn saved(state: &State, prompt: &Prompt, text: &str) -> Result<Writing, Fault> {
    let name = needed(text, NO_NAME)?;
    if let Some(words) = replaces_view(state, &name) {
        said_once(prompt, None, words)?;
    }
    Ok(Writing::View {
        name,
        filter: state.inbox.filter.clone(),
        renamed: None,
    })
}

/// Says what Enter would do, once: whoever presses it again has read it.
fn said_once(prompt: &Prompt, at: Option<usize>, words: String) -> Result<(), Fault> {
    match &prompt.error {
        Some((_, said)) if *said == words => Ok(()),
        _ => Err((at, words)),
    }
}

/// What is to be said where another filter has the name of a view already.
fn replaces_view(state: &State, name: &str) -> Option<String> {
    let mut known = state.views.iter().filter(|(known, _)| known == name);
    let (_, filter) = known.find(|(_, filter)| filter.trim() != state.inbox.filter.trim())?;
    Some(format!(
        "“{}” is “{}” until now: Enter again replaces it",
        short(name),
        short(filter)
    ))
}

/// A view with another name.
fn renamed(state: &State, before: &str, text: &str) -> Result<Writing, Fault> {
    let name = needed(text, NO_NAME)?;
    let mut others = state.views.iter().filter(|(known, _)| known != before);
    if others.any(|(known, _)| *known == name) {
        return Err((None, format!("there is a view called “{name}” already")));
    }
    let known = state.views.iter().find(|(known, _)| known == before);
    Ok(Writing::View {
        name,
        filter: known.map_or_else(String::new, |(_, filter)| filter.clone()),
        renamed: Some(before.to_owned()),
    })
}

/// The answers to several, once the last one has been written.
fn answer(prompt: &Prompt, queue: &AnswerQueue, text: &str) -> Result<Submission, Fault> {
    match (&queue.turns_down, text.is_empty()) {
        (None, _) => {
            needed(
                text,
                "an answer has words; Esc, then P marks it processed without one",
            )?;
        }
        (Some(_), true) => said_once(prompt, None, UNANSWERED.to_owned())?,
        (Some(_), false) => {}
    }
    if queue.at + 1 < queue.answers.len() {
        return Ok(Submission::NextAnswer);
    }
    let mut answers = queue.answers.clone();
    if let Some((_, answer)) = answers.get_mut(queue.at) {
        text.clone_into(answer);
    }
    Ok(Submission::Deed(match queue.turns_down.clone() {
        Some(turns_down) => turning::deed(turns_down, answers),
        None => Deed::Answer { answers },
    }))
}

fn comment(on: Vec<Subject>, text: &str) -> Result<Deed, Fault> {
    Ok(Deed::Comment {
        on,
        text: needed(text, "a comment has words")?,
    })
}

fn new_idea(feedback: &[FeedbackId], quote: Option<&Quote>, text: &str) -> Result<Deed, Fault> {
    let title = needed(text, "an idea needs a title")?;
    Ok(if feedback.is_empty() {
        Deed::CreateIdea(Box::new(NewIdea {
            title,
            ..NewIdea::default()
        }))
    } else {
        Deed::Link {
            feedback: feedback.to_vec(),
            idea: IdeaTarget::New(title),
            quote: quote.cloned(),
        }
    })
}

/// The ideas will not be done, for that reason.
fn wont_do(ideas: &[IdeaId], cut: bool, text: &str) -> Result<Deed, Fault> {
    let mut edits = vec![
        IdeaEdit::Reason(Some(needed(text, NO_REASON)?)),
        IdeaEdit::Status(Status::WontDo),
    ];
    edits.extend(cut.then_some(IdeaEdit::Cut));
    Ok(Deed::EditIdeas {
        ideas: ideas.to_vec(),
        edits,
    })
}

fn update(prompt: &Prompt, items: &[ReleaseItemId], text: &str) -> Result<Deed, Fault> {
    let (health, words) = read::update(text)?;
    if let Some(meant) = read::meant_health(text) {
        let words = format!(
            "“{}” sets no health: Tab writes {}: · Enter again stores it as words",
            meant.typed,
            meant.health.name()
        );
        said_once(prompt, Some(0), words)?;
    }
    Ok(Deed::UpdateItems {
        items: items.to_vec(),
        text: words,
        health,
    })
}

fn step_due(state: &State, step: ActionStepId, text: &str) -> Result<Deed, Fault> {
    let due = when::day(text, state.now, state.settings.clocks).map_err(|e| (None, e))?;
    Ok(MeetingDeed::EditStep {
        step,
        edits: vec![StepEdit::Due(Some(due))],
    }
    .into())
}

fn today(state: &State) -> chrono::NaiveDate {
    when::today(state.now, state.settings.clocks)
}

/// A day that is not in the future.
fn past(state: &State, text: &str) -> Result<chrono::NaiveDate, Fault> {
    when::past_day(text, state.now, state.settings.clocks).map_err(|e| (None, e))
}

fn needed(text: &str, otherwise: &str) -> Result<String, Fault> {
    if text.is_empty() {
        return Err((None, otherwise.to_owned()));
    }
    Ok(text.to_owned())
}

/// A question to each reporter. The one of several is addressed here; the single one was addressed in the prompt.
fn ask(state: &State, ids: &[FeedbackId], text: &str) -> Result<Deed, Fault> {
    let addressee = |id: FeedbackId| {
        let facts = state
            .errands
            .facts
            .iter()
            .find(|facts| facts.feedback == id)?;
        facts.addressee.clone()
    };
    let bare = ids
        .first()
        .and_then(|id| addressee(*id))
        .and_then(|name| {
            text.strip_prefix(name.as_str())
                .map(|rest| rest.trim_start_matches(':').trim())
        })
        .unwrap_or(text);
    if bare.is_empty() {
        return Err((None, "what do you want to know?".to_owned()));
    }
    let questions = ids
        .iter()
        .map(|id| {
            let question = match addressee(*id) {
                _ if ids.len() == 1 => text.to_owned(),
                Some(name) => format!("{} {text}", flight::address(&name)),
                None => text.to_owned(),
            };
            (*id, question)
        })
        .collect();
    Ok(Deed::Ask {
        questions,
        until: state.now.plus(i64::from(state.settings.waiting_days) * DAY),
    })
}

fn of_field(state: &State, field: &FieldPrompt, text: &str) -> Result<Deed, Fault> {
    Ok(match field {
        FieldPrompt::Feedback(field, feedback) => Deed::EditFeedback {
            feedback: feedback.clone(),
            edits: vec![feedback_edit(state, *field, text.trim())?],
        },
        FieldPrompt::Idea(field, ideas) => Deed::EditIdeas {
            ideas: ideas.clone(),
            edits: vec![idea_edit(*field, text.trim())?],
        },
        FieldPrompt::Ticket(idea) => {
            let (url, key, kind) = read::ticket(text)?;
            Deed::AddTicket {
                idea: *idea,
                url,
                key,
                kind,
            }
        }
        FieldPrompt::NewFeedback => {
            let text = needed(text.trim(), "a feedback needs a title: its first line")?;
            let (title, body) = text.split_once('\n').unwrap_or((&text, ""));
            Deed::AddFeedback(Box::new(NewFeedback {
                title: title.trim().to_owned(),
                body: body.trim().to_owned(),
                ..NewFeedback::default()
            }))
        }
        FieldPrompt::NewPerson => {
            let (handle, edit) = read::person(text, &state.vocabulary)?;
            Deed::SavePerson { handle, edit }
        }
        // It is no deed, and was taken before.
        FieldPrompt::Me => return Err((None, "who? write a name such as @hana".to_owned())),
        FieldPrompt::Release(release) => Deed::EditRelease {
            release: *release,
            edit: read::release(text, today(state))?,
        },
    })
}

/// A value, or nothing where the words clear the field.
fn value(text: &str) -> Result<Option<String>, Fault> {
    let text = needed(text, "type a value, or - to clear the field")?;
    Ok((!read::clears(&text)).then_some(text))
}

/// One of some choices, or nothing.
fn choice<T: Copy>(
    text: &str,
    all: &[T],
    parse: impl Fn(&str) -> Option<T>,
    word: impl Fn(T) -> &'static str,
) -> Result<Option<T>, Fault> {
    let Some(text) = value(text)? else {
        return Ok(None);
    };
    parse(&text).map(Some).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|choice| word(*choice)).collect();
        (
            Some(0),
            format!("“{text}” is none of: {}", words.join(", ")),
        )
    })
}

fn feedback_edit(state: &State, field: FeedbackField, text: &str) -> Result<FeedbackEdit, Fault> {
    Ok(match field {
        FeedbackField::Area => FeedbackEdit::Area(value(text)?),
        FeedbackField::Kind => FeedbackEdit::Kind(choice(
            text,
            FeedbackKind::ALL,
            FeedbackKind::parse,
            FeedbackKind::word,
        )?),
        FeedbackField::NeededBy => FeedbackEdit::NeededBy(match value(text)? {
            None => None,
            Some(day) => {
                Some(when::day(&day, state.now, state.settings.clocks).map_err(|e| (Some(0), e))?)
            }
        }),
        FeedbackField::Version => FeedbackEdit::ProductVersion(value(text)?),
        FeedbackField::Edition => FeedbackEdit::Edition(value(text)?),
        FeedbackField::Reporter => FeedbackEdit::Reporter(read::owner(
            text,
            state.settings.me.as_ref(),
            &state.vocabulary,
        )?),
        FeedbackField::Customer => FeedbackEdit::Customer(value(text)?),
        FeedbackField::Company => FeedbackEdit::Company(value(text)?),
    })
}

/// One field of an idea from its words; the form reads its fields through this, too.
///
/// # Errors
/// When the words are no value of that field.
pub fn idea_edit(field: IdeaField, text: &str) -> Result<IdeaEdit, Fault> {
    Ok(match field {
        IdeaField::Area => IdeaEdit::Area(value(text)?),
        IdeaField::Kind => IdeaEdit::Kind(choice(
            text,
            IdeaKind::ALL,
            IdeaKind::parse,
            IdeaKind::word,
        )?),
        IdeaField::Edition => IdeaEdit::Edition(value(text)?),
        IdeaField::Stage => IdeaEdit::Stage(choice(text, Stage::ALL, Stage::parse, Stage::word)?),
    })
}
