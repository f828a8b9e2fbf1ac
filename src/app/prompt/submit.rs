//! What becomes of a finished text.

use crate::app::effect::Writing;
use crate::app::state::{FieldPrompt, Pane, PastWish, Prompt, Purpose, State};
use crate::app::{flight, when};
use crate::domain::deed::{
    Deed, FeedbackEdit, IdeaEdit, IdeaTarget, MeetingDeed, NewFeedback, NewIdea, StepEdit, Subject,
};
use crate::domain::feedback::FeedbackKind;
use crate::domain::id::FeedbackId;
use crate::domain::idea::{IdeaKind, Stage, Status};
use crate::domain::likeness::nearest;
use crate::domain::listing::Vocabulary;
use crate::domain::moment::DAY;
use crate::query::{self, About, NameField, Query};

use super::complete;
use super::read::{self, Fault};
use super::words::short;

/// What a finished text turns into.
#[derive(Clone, Debug, PartialEq)]
pub enum Submission {
    /// A deed.
    Deed(Deed),
    /// A deed, after which the answer to these is opened.
    ThenAnswer(Deed, Vec<FeedbackId>),
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
    let text = prompt.input.text.trim();
    let me = state.settings.me.as_ref();
    let owner = || read::owner(text, me, &state.vocabulary);
    let deed = match &prompt.purpose {
        Purpose::Filter => {
            return filter(state, About::Feedback, &prompt.input.text).map(Submission::Filter);
        }
        Purpose::FilterTable(Pane::Ideas) => {
            filter(state, About::Ideas, &prompt.input.text)?;
            return Ok(Submission::Keep(Pane::Ideas));
        }
        Purpose::FilterTable(pane) => return Ok(Submission::Keep(*pane)),
        Purpose::SaveView => {
            let name = needed(text, "a view needs a name")?;
            if let Some(words) = replaces_view(state, &name) {
                said_once(prompt, None, words)?;
            }
            return Ok(Submission::Write(Writing::View {
                name,
                filter: state.inbox.filter.clone(),
                renamed: None,
            }));
        }
        Purpose::RenameView(before) => {
            let name = needed(text, "a view needs a name")?;
            let mut others = state.views.iter().filter(|(known, _)| known != before);
            if others.any(|(known, _)| *known == name) {
                return Err((None, format!("there is a view called “{name}” already")));
            }
            let known = state.views.iter().find(|(known, _)| known == before);
            return Ok(Submission::Write(Writing::View {
                name,
                filter: known.map_or_else(String::new, |(_, filter)| filter.clone()),
                renamed: Some(before.clone()),
            }));
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
        Purpose::ImportPath => {
            let path = needed(text, "which file? Tab completes its path")?;
            return Ok(Submission::ImportPath(path));
        }
        Purpose::PlanSince => return Ok(Submission::Past(PastWish::Since(past(state, text)?))),
        Purpose::PlanAsOf => return Ok(Submission::Past(PastWish::AsOf(past(state, text)?))),
        Purpose::ImportOrigin => return Ok(Submission::ImportOrigin(text.to_owned())),
        Purpose::ImportKeep => return Ok(Submission::ImportKeep(text.to_owned())),
        Purpose::Answer(queue) => {
            needed(
                text,
                "an answer has words; Esc, then P marks it processed without one",
            )?;
            if queue.at + 1 < queue.answers.len() {
                return Ok(Submission::NextAnswer);
            }
            let mut answers = queue.answers.clone();
            if let Some((_, answer)) = answers.get_mut(queue.at) {
                text.clone_into(answer);
            }
            Deed::Answer { answers }
        }
        Purpose::WontDo(feedback, idea, cut) => {
            let deed = Deed::WontDo {
                feedback: feedback.clone(),
                idea: idea.clone(),
                reason: needed(text, "customers will want to know why not")?,
                cut: *cut,
            };
            return Ok(Submission::ThenAnswer(deed, feedback.clone()));
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
        Purpose::Comment(on) => Deed::Comment {
            on: on.clone(),
            text: needed(text, "a comment has words")?,
        },
        Purpose::Approve(idea) => Deed::Comment {
            on: vec![Subject::Idea(*idea)],
            text: needed(text, "a comment has words")?,
        },
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
        Purpose::NewIdea(feedback, quote) => {
            let title = needed(text, "an idea needs a title")?;
            if feedback.is_empty() {
                Deed::CreateIdea(Box::new(NewIdea {
                    title,
                    ..NewIdea::default()
                }))
            } else {
                Deed::Link {
                    feedback: feedback.clone(),
                    idea: IdeaTarget::New(title),
                    quote: quote.clone(),
                }
            }
        }
        Purpose::StatusReason(ideas, cut) => {
            let reason = needed(text, "customers will want to know why not")?;
            let mut edits = vec![
                IdeaEdit::Reason(Some(reason)),
                IdeaEdit::Status(Status::WontDo),
            ];
            edits.extend(cut.then_some(IdeaEdit::Cut));
            Deed::EditIdeas {
                ideas: ideas.clone(),
                edits,
            }
        }
        Purpose::Update(items) => {
            let (health, words) = read::update(text)?;
            if let Some(meant) = read::meant_health(text) {
                let words = format!(
                    "“{}” sets no health: Tab writes {}: · Enter again stores it as words",
                    meant.typed,
                    meant.health.name()
                );
                said_once(prompt, Some(0), words)?;
            }
            Deed::UpdateItems {
                items: items.clone(),
                text: words,
                health,
            }
        }
        Purpose::StepDue(step) => MeetingDeed::EditStep {
            step: *step,
            edits: vec![StepEdit::Due(Some(
                when::day(text, state.now, state.settings.clocks).map_err(|e| (None, e))?,
            ))],
        }
        .into(),
        Purpose::NewRelease => {
            Deed::CreateRelease(read::release(&prompt.input.text, today(state))?)
        }
        Purpose::Field(FieldPrompt::Me) => {
            return owner().map(|me| Submission::Write(Writing::Me(me)));
        }
        Purpose::Field(field) => of_field(state, field, &prompt.input.text)?,
        Purpose::Meeting(meeting) => super::meeting::deed(state, meeting, text)?,
    };
    Ok(Submission::Deed(deed))
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

/// The filter as far as it can be judged here: its words, and the people and areas that it names. (Names of which only some
/// are known here, such as companies, are judged where the list is read.)
///
/// # Errors
/// The first fault, with its column in characters: a known field with a wrong value, or with a name nobody has.
pub fn filter(state: &State, about: About, text: &str) -> Result<Query, Fault> {
    let query = about.parse_accepted(text).map_err(|faults| {
        let more = match faults.len() {
            0 | 1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        faults.first().map_or_else(
            || (None, "cannot be understood".to_owned()),
            |fault| {
                (
                    Some(fault.columns.start),
                    format!("{}; {}{more}", fault.message, fault.hint),
                )
            },
        )
    })?;
    known_names(&complete::known(state, about), text, &query)?;
    if about == About::Ideas && state.settings.me.is_none() && query.asks_for_me() {
        let words = "nobody has said who you are: “who I am” in the palette does";
        let column = query::columns_of(text, ":me").map(|columns| columns.start + 1);
        return Err((column, words.to_owned()));
    }
    Ok(query)
}

/// The first name in a filter that nobody has, of those which are all known here.
#[must_use]
pub fn first_unknown(known: &Vocabulary, query: &Query) -> Option<String> {
    unknown_name(known, query).map(|(name, _)| name)
}

/// Whether somebody has each name in a filter, of those which are all known here.
///
/// # Errors
/// The first that nobody has, with its column in characters.
pub fn known_names(known: &Vocabulary, text: &str, query: &Query) -> Result<(), Fault> {
    match unknown_name(known, query) {
        None => Ok(()),
        Some((name, words)) => {
            let column = query::columns_of(text, &name).map(|columns| columns.start);
            Err((column, words))
        }
    }
}

/// The first name that nobody has, and what there is to say of it.
fn unknown_name(known: &Vocabulary, query: &Query) -> Option<(String, String)> {
    let people: Vec<&str> = known
        .people
        .iter()
        .map(|(handle, ..)| handle.as_str())
        .collect();
    let [areas, releases, editions] = [&known.areas, &known.releases, &known.editions]
        .map(|names| names.iter().map(String::as_str).collect::<Vec<&str>>());
    for (field, name) in query.names() {
        let (known, words, sign) = match field {
            NameField::Owner | NameField::Reporter => (&people, "nobody here is called", "@"),
            NameField::Area => (&areas, "there is no area", ""),
            NameField::Release => (&releases, "there is no release", ""),
            NameField::Edition => (&editions, "there is no edition", ""),
            _ => continue,
        };
        let bare = name.strip_prefix('@').unwrap_or(name).to_lowercase();
        if known.is_empty() || known.iter().any(|known| known.to_lowercase() == bare) {
            continue;
        }
        let meant = nearest(&bare, known.iter().copied());
        let meant = meant.map_or(String::new(), |meant| {
            format!("; did you mean {sign}{meant}?")
        });
        return Some((name.to_owned(), format!("{words} {sign}{bare}{meant}")));
    }
    None
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
        FieldPrompt::Feedback(name, feedback) => Deed::EditFeedback {
            feedback: feedback.clone(),
            edits: vec![feedback_edit(state, name, text.trim())?],
        },
        FieldPrompt::Idea(name, ideas) => Deed::EditIdeas {
            ideas: ideas.clone(),
            edits: vec![idea_edit(name, text.trim())?],
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

fn feedback_edit(state: &State, name: &str, text: &str) -> Result<FeedbackEdit, Fault> {
    Ok(match name {
        "area" => FeedbackEdit::Area(value(text)?),
        "kind" => FeedbackEdit::Kind(choice(
            text,
            FeedbackKind::ALL,
            FeedbackKind::parse,
            FeedbackKind::word,
        )?),
        "needed-by" => FeedbackEdit::NeededBy(match value(text)? {
            None => None,
            Some(day) => {
                Some(when::day(&day, state.now, state.settings.clocks).map_err(|e| (Some(0), e))?)
            }
        }),
        "version" => FeedbackEdit::ProductVersion(value(text)?),
        "edition" => FeedbackEdit::Edition(value(text)?),
        "reporter" => FeedbackEdit::Reporter(read::owner(
            text,
            state.settings.me.as_ref(),
            &state.vocabulary,
        )?),
        "customer" => FeedbackEdit::Customer(value(text)?),
        "company" => FeedbackEdit::Company(value(text)?),
        other => return Err((None, format!("feedback has no field “{other}”"))),
    })
}

/// One field of an idea from its words; the form reads its fields through this, too.
///
/// # Errors
/// When the words are no value of that field.
pub fn idea_edit(name: &str, text: &str) -> Result<IdeaEdit, Fault> {
    Ok(match name {
        "area" => IdeaEdit::Area(value(text)?),
        "kind" => IdeaEdit::Kind(choice(
            text,
            IdeaKind::ALL,
            IdeaKind::parse,
            IdeaKind::word,
        )?),
        "edition" => IdeaEdit::Edition(value(text)?),
        "stage" => IdeaEdit::Stage(choice(text, Stage::ALL, Stage::parse, Stage::word)?),
        other => return Err((None, format!("an idea has no field “{other}”"))),
    })
}
