//! What a prompt says of itself: its label, what Enter will do, and whether it has several lines.

use crate::app::effect::Listed;
use crate::app::state::{AnswerQueue, FeedbackField, FieldPrompt, Pane, Purpose, Screen, State};
use crate::app::target;
use crate::app::when;
use crate::domain::deed::{IdeaTarget, Subject};
use crate::domain::id::{FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::idea::Status;
use crate::domain::meeting::{AgendaRow, AreaGroup};

/// What a prompt says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What stands before the text.
    pub label: String,
    /// What Enter will do.
    pub hint: String,
    /// Whether it has several lines.
    pub multiline: bool,
}

/// What the prompt for that purpose says of itself.
#[must_use]
pub fn about(state: &State, purpose: &Purpose) -> Words {
    let line = |label: String, hint: &str| Words {
        label,
        hint: hint.to_owned(),
        multiline: false,
    };
    let lines = |label: String, hint: &str| Words {
        label,
        hint: hint.to_owned(),
        multiline: true,
    };
    match purpose {
        Purpose::Filter => line(
            "filter".into(),
            "Tab completes · Enter keeps what is found · Esc goes back",
        ),
        Purpose::FilterTable(Pane::Plan) => line(
            "filter the plan".into(),
            "Enter keeps what is found · Esc goes back",
        ),
        Purpose::FilterTable(_) => line(
            "filter the ideas".into(),
            "words, or status:planned owner:me effort:>=l · Tab completes · Enter keeps · Esc goes back",
        ),
        Purpose::Assign(ids) => line(
            format!("assign {} to", feedback(state, ids)),
            &match target::likely_owner(state, ids) {
                Some(likely) => format!("{} · Enter assigns · - for nobody", likely.why),
                None => "Enter assigns · Tab completes · - for nobody".to_owned(),
            },
        ),
        Purpose::AssignIdeas(ids) => line(
            format!("owner of {}", ideas(state, ids)),
            "Enter assigns · Tab completes · - for nobody",
        ),
        Purpose::Answer(queue) => answer(state, queue),
        Purpose::Ask(ids) => line(
            format!("ask about {}", feedback(state, ids)),
            &format!(
                "not sent yet · Enter stores it and waits {} days · Esc keeps it as a draft",
                state.settings.waiting_days
            ),
        ),
        Purpose::WontDo(ids, target, _) => line(
            match target {
                IdeaTarget::Existing(id) => format!("why not {}", ideas(state, &[*id])),
                IdeaTarget::New(title) => format!("why not “{}”", short(title)),
            },
            &format!(
                "customers read it · Enter goes on to the {} · Esc keeps it",
                match ids.len() {
                    1 => "answer".to_owned(),
                    several => format!("answers to {several}"),
                }
            ),
        ),
        Purpose::Comment(on) => lines(
            format!("comment on {}", about_subjects(state, on)),
            "internal · Ctrl-s stores it · Alt-e opens $EDITOR · Esc keeps it as a draft",
        ),
        Purpose::Approve(idea) => line(
            format!("comment on {}", ideas(state, &[*idea])),
            "internal, for whoever closes the ticket · Enter stores it · Esc keeps it as a draft",
        ),
        Purpose::Tags(ids) => line(
            format!("tags of {}", feedback(state, ids)),
            &match current_tags(state, ids) {
                Some(tags) => format!("has {tags} · mobile adds, -export removes · Tab completes"),
                None => "mobile adds, -export removes · Tab completes".to_owned(),
            },
        ),
        Purpose::Snooze(ids) => line(
            format!("snooze {} until", feedback(state, ids)),
            &when::moments(state.now, state.settings.clocks),
        ),
        Purpose::NewIdea(ids, quote) => line(
            "new idea".into(),
            &match (ids.is_empty(), quote.is_some()) {
                (true, _) => "Enter makes it".to_owned(),
                (false, false) => format!("Enter makes it and links {}", feedback(state, ids)),
                (false, true) => format!(
                    "Enter makes it and links {} with the passage",
                    feedback(state, ids)
                ),
            },
        ),
        Purpose::StatusReason(ids, cut) => line(
            format!("why not {}", ideas(state, ids)),
            match cut {
                _ if is_out(state, ids) => {
                    "it is out: Enter sets Won't Do and takes it off the release notes · Esc leaves it"
                }
                true => "customers will read it · Enter sets Won't Do and cuts it · Esc keeps it",
                false => "customers will read it · Enter sets Won't Do · Esc keeps it as a draft",
            },
        ),
        Purpose::Update(items) => line(
            match items.len() {
                1 => format!("update of {}", release_item(state, items)),
                several => format!("update of {several} items"),
            },
            "at-risk: waits for review · or on-track, off-track, words · Enter stores it",
        ),
        Purpose::PlanSince => line("what changed since".into(), when::PAST_DAYS),
        Purpose::PlanAsOf => line("the plan as of".into(), when::PAST_DAYS),
        Purpose::StepDue(step) => line(
            match lacking(state, step.0) {
                Some(title) => format!("another day for “{}”", short(&title)),
                None => "another day".into(),
            },
            when::DAYS,
        ),
        Purpose::NewRelease => line(
            "new release".into(),
            "a name and a day, as in v10.4 2027-02-16",
        ),
        Purpose::SaveView => line(
            "name of the view".into(),
            "Enter saves the filter of the inbox · for a name in use it asks first",
        ),
        Purpose::RenameView(name) => line(
            format!("another name for “{}”", short(name)),
            "Enter renames the view",
        ),
        Purpose::Export(listed) => line(
            match listed {
                Listed::Feedback(_) => "export this feedback to".into(),
                Listed::Ideas(ids) => format!("export {} to", ideas(state, ids)),
                Listed::Plan => "export the release plan to".into(),
            },
            "a new file: .csv .jsonl .md or .xlsx tells the format · Enter writes it",
        ),
        Purpose::WriteMinutes(_) => line(
            "minutes to".into(),
            "writes .md and .html; with an ending only that one · Enter writes · Esc only reads",
        ),
        Purpose::ImportPath => line(
            "import file".into(),
            "a file or folder · Tab completes · Enter shows what would come of it",
        ),
        Purpose::ImportOrigin => line(
            "comes from".into(),
            "a host, project or file: the same next time meets the same items · Enter plans anew",
        ),
        Purpose::ImportKeep => line(
            "keep mapping as".into(),
            "a file with the same header is read by it from then on · empty keeps nothing",
        ),
        Purpose::Field(field) => field_words(state, field),
        Purpose::Meeting(prompt) => super::meeting::words(state, prompt),
    }
}

fn answer(state: &State, queue: &AnswerQueue) -> Words {
    let facts = queue.answers.get(queue.at).and_then(|(id, _)| {
        state
            .errands
            .facts
            .iter()
            .find(|facts| facts.feedback == *id)
    });
    let whom = facts
        .and_then(|facts| facts.addressee.as_deref())
        .map_or_else(|| "nobody known".to_owned(), short);
    let count = queue.answers.len();
    let (label, hint) = if count < 2 {
        let hint = match queue.turns_down {
            Some(_) => {
                "not done yet · Enter turns it down and stores the answer · Esc keeps a draft"
            }
            None => "not sent yet · Enter stores it and marks it processed · Esc keeps a draft",
        };
        (format!("answer to {whom}"), hint.to_owned())
    } else {
        let title = facts.map_or_else(String::new, |facts| {
            format!(" on “{}”", short(&facts.title))
        });
        let next = if queue.at + 1 < count {
            "Enter shows the next".to_owned()
        } else {
            match queue.turns_down {
                Some(_) => format!("Enter turns it down, stores all {count}"),
                None => format!("Enter stores all {count}, processed"),
            }
        };
        (
            format!("answer {} of {count} to {whom}{title}", queue.at + 1),
            format!("not sent yet · {next} · ↑ ↓ go through them · Esc keeps them"),
        )
    };
    Words {
        label,
        hint,
        multiline: false,
    }
}

fn field_words(state: &State, field: &FieldPrompt) -> Words {
    let (label, hint, multiline) = match field {
        FieldPrompt::Feedback(field, ids) => (
            format!("{} of {}", field.word(), feedback(state, ids)),
            match field {
                FeedbackField::NeededBy => format!("{} · - clears it", when::DAYS),
                FeedbackField::Customer | FeedbackField::Company | FeedbackField::Version => {
                    "Enter sets it · - clears it".to_owned()
                }
                FeedbackField::Area
                | FeedbackField::Kind
                | FeedbackField::Edition
                | FeedbackField::Reporter => {
                    "Enter sets it · Tab completes · - clears it".to_owned()
                }
            },
            false,
        ),
        FieldPrompt::Idea(field, ids) => (
            format!("{} of {}", field.word(), ideas(state, ids)),
            "Enter sets it · Tab completes · - clears it".to_owned(),
            false,
        ),
        FieldPrompt::Ticket(id) => (
            format!("link of {}", ideas(state, &[*id])),
            "https://… MM-1234 design · https://… Demo material · Enter adds it".to_owned(),
            false,
        ),
        FieldPrompt::NewFeedback => (
            "new feedback".to_owned(),
            "the first line is the title · Ctrl-s stores it · Alt-e $EDITOR · Esc keeps it"
                .to_owned(),
            true,
        ),
        FieldPrompt::NewPerson => (
            "new colleague".to_owned(),
            "@hana Hana Ito pm hana@example.org · only the first is needed · Enter adds".to_owned(),
            false,
        ),
        FieldPrompt::Me => (
            "I am".to_owned(),
            "in this copy, unless --as or the configuration says otherwise · - for nobody"
                .to_owned(),
            false,
        ),
        FieldPrompt::Release(_) => (
            "release".to_owned(),
            "v10.4 2027-02-16, or - for no date · Enter stores name and date".to_owned(),
            false,
        ),
    };
    Words {
        label,
        hint,
        multiline,
    }
}

/// What a thing is called on which something is missing before the weekly sync.
fn lacking(state: &State, id: uuid::Uuid) -> Option<String> {
    let rows = &state.sync.found.as_deref()?.gate.rows;
    let row = rows.iter().find(|row| row.thing.id == id)?;
    Some(row.title.clone())
}

/// How a prompt names feedback: by its title when it is one.
fn feedback(state: &State, ids: &[FeedbackId]) -> String {
    match ids {
        [id] => state
            .inbox
            .rows
            .iter()
            .find(|row| row.id == *id)
            .map(|row| row.title.as_str())
            .or_else(|| {
                let detail = state.hand.as_ref()?.detail.as_ref()?;
                (detail.row.id == *id).then_some(detail.row.title.as_str())
            })
            .map(str::to_owned)
            .or_else(|| request(state, *id).map(str::to_owned))
            .or_else(|| lacking(state, id.0))
            .map_or_else(|| "it".to_owned(), |title| format!("“{}”", short(&title))),
        several => several_items(state, several.len()),
    }
}

fn several_items(state: &State, count: usize) -> String {
    // What is marked in the inbox is not what the agenda is about.
    match state.inbox.marks.is_empty() || state.screen == Screen::Sync {
        true => format!("{count} requests"),
        false => format!("{count} marked items"),
    }
}

/// The title of a request on the agenda of the weekly sync.
fn request(state: &State, id: FeedbackId) -> Option<&str> {
    let found = state.sync.found.as_deref()?;
    let mut groups = found.agenda.rows().filter_map(|row| match row {
        AgendaRow::Requests(group) => Some(group),
        _ => None,
    });
    let requests = |group: &'_ AreaGroup| group.requests.iter().position(|(row, _)| row.id == id);
    groups.find_map(|group| Some(group.requests[requests(group)?].0.title.as_str()))
}

/// How a prompt names ideas: by its title when it is one.
fn ideas(state: &State, ids: &[IdeaId]) -> String {
    match ids {
        [id] => state
            .ideas
            .rows
            .iter()
            .find(|row| row.id == *id)
            .map_or_else(
                || "the idea".to_owned(),
                |row| format!("“{}”", short(&row.title)),
            ),
        several => format!("{} ideas", several.len()),
    }
}

/// Whether one of the ideas is released, and told in release notes.
fn is_out(state: &State, ids: &[IdeaId]) -> bool {
    let mut known = state.ideas.rows.iter().chain(target::idea_row(state));
    known.any(|row| ids.contains(&row.id) && row.status == Status::Released)
}

/// How a prompt names release items: by the title when it is one.
fn release_item(state: &State, ids: &[ReleaseItemId]) -> String {
    let releases = state.plan.plan.releases.iter();
    releases
        .flat_map(|planned| &planned.items)
        .find(|item| ids.contains(&item.id))
        .map_or_else(
            || "the release item".to_owned(),
            |item| format!("“{}”", short(&item.title)),
        )
}

fn about_subjects(state: &State, on: &[Subject]) -> String {
    match on {
        [Subject::Feedback(id)] => feedback(state, &[*id]),
        [Subject::Idea(id)] => ideas(state, &[*id]),
        [Subject::ReleaseItem(_)] => "the release item".to_owned(),
        several => several_items(state, several.len()),
    }
}

fn current_tags(state: &State, ids: &[FeedbackId]) -> Option<String> {
    let [id] = ids else { return None };
    let detail = state.hand.as_ref()?.detail.as_ref()?;
    (detail.row.id == *id && !detail.tags.is_empty()).then(|| detail.tags.join(", "))
}

/// A title as it fits into a prompt's label.
pub(in crate::app) fn short(title: &str) -> String {
    const MOST: usize = 32;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MOST - 1).collect();
    format!("{}…", cut.trim_end())
}
