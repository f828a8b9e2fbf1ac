//! Items of an agenda.

use clap::{Args, ValueEnum};

use super::More;
use crate::cli::arguments::Format;
use crate::cli::output::Result;
use crate::cli::session::Session;
use crate::domain::deed::{AgendaEdit, AgendaTarget, MeetingDeed, NewAgendaItem, Step, Subject};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{AgendaItemId, FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::meeting::{Sitting, WEEKLY_SYNC};
use crate::problem::{Kind, Problem};

/// The thing that an item is about.
fn subject(session: &Session<'_>, text: &str) -> std::result::Result<Subject, Problem> {
    let among = [Entity::Feedback, Entity::Idea, Entity::ReleaseItem];
    let Thing { entity, id } = session.thing(text, &among)?.thing;
    Ok(match entity {
        Entity::Idea => Subject::Idea(IdeaId(id)),
        Entity::ReleaseItem => Subject::ReleaseItem(ReleaseItemId(id)),
        _ => Subject::Feedback(FeedbackId(id)),
    })
}

/// An item by its short id; a release item stands for its row on the agenda of that meeting.
pub(super) fn target(
    session: &Session<'_>,
    text: &str,
    sitting: &Sitting,
) -> std::result::Result<AgendaTarget, Problem> {
    let thing = session
        .thing(text, &[Entity::AgendaItem, Entity::ReleaseItem])?
        .thing;
    Ok(match thing.entity {
        Entity::ReleaseItem => AgendaTarget::Generated {
            meeting: sitting.occurrence.clone(),
            about: Subject::ReleaseItem(ReleaseItemId(thing.id)),
        },
        _ => AgendaTarget::Item(AgendaItemId(thing.id)),
    })
}

fn item(session: &Session<'_>, text: &str) -> std::result::Result<AgendaItemId, Problem> {
    Ok(AgendaItemId(
        session.thing(text, &[Entity::AgendaItem])?.thing.id,
    ))
}

/// The meeting that `--meeting` names, else the next weekly sync.
pub(super) fn here(
    session: &Session<'_>,
    meeting: Option<&str>,
    more: &More,
) -> std::result::Result<Sitting, Problem> {
    more.sitting(meeting.unwrap_or(WEEKLY_SYNC), session)
}

/// Put an item on an agenda; without --meeting it is queued for the next weekly sync
#[derive(Debug, Args)]
pub(in crate::cli) struct Add {
    /// What it is called; may be left out with --about
    #[arg(required_unless_present = "about")]
    title: Option<String>,
    /// The meeting: a kind, or a short id
    #[arg(long)]
    meeting: Option<String>,
    #[command(flatten)]
    more: More,
    /// The feedback, idea or release item that it is about
    #[arg(long, value_name = "ID")]
    about: Option<String>,
    /// Who presents it: @hana, me or nobody; else whoever adds it
    #[arg(long, value_name = "WHO")]
    presenter: Option<String>,
    /// How many minutes it may take
    #[arg(long)]
    minutes: Option<u32>,
    /// A link to a document; may be repeated
    #[arg(long, value_name = "URL")]
    document: Vec<String>,
    /// It stays among those invited: minutes leave it out
    #[arg(long)]
    confidential: bool,
    #[command(flatten)]
    format: Format,
}

impl Add {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let to = match &self.meeting {
            Some(meeting) => Some(self.more.sitting(meeting, session)?.occurrence),
            None => None,
        };
        let about = self.about.as_deref().map(|text| subject(session, text));
        let presenter = self.presenter.as_deref().map(|text| session.person(text));
        let item = NewAgendaItem {
            title: self.title.clone().unwrap_or_default(),
            about: about.transpose()?.into_iter().collect(),
            presenter: presenter.transpose()?.flatten(),
            minutes: self.minutes,
            documents: self.document.clone(),
            confidential: self.confidential,
        };
        session.commit(&MeetingDeed::AddItem { to, item }.into(), self.format)
    }
}

/// Change an item: title, presenter, time box, notes, documents, confidential or not
#[derive(Debug, Args)]
pub(in crate::cli) struct Edit {
    /// The item by short id, as `intake agenda` lists it
    item: String,
    /// What it is called; an empty text clears it
    #[arg(long)]
    title: Option<String>,
    /// Who presents it: @hana, me or nobody
    #[arg(long, value_name = "WHO")]
    presenter: Option<String>,
    /// How many minutes it may take; 0 clears it
    #[arg(long)]
    minutes: Option<u32>,
    /// Replace what was noted on it; an empty text clears it
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
    /// Whether it stays among those invited
    #[arg(long)]
    confidential: Option<bool>,
    /// Add a link to a document; may be repeated
    #[arg(long, value_name = "URL")]
    document: Vec<String>,
    /// Remove a link to a document; may be repeated
    #[arg(long, value_name = "URL")]
    remove_document: Vec<String>,
    /// Whether it was discussed
    #[arg(long)]
    discussed: Option<bool>,
    #[command(flatten)]
    format: Format,
}

impl Edit {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let item = AgendaTarget::Item(item(session, &self.item)?);
        let some = |text: &String| (!text.trim().is_empty()).then(|| text.clone());
        let mut edits = Vec::new();
        edits.extend(
            self.title
                .iter()
                .map(|title| AgendaEdit::Title(some(title))),
        );
        if let Some(presenter) = &self.presenter {
            edits.push(AgendaEdit::Presenter(session.person(presenter)?));
        }
        let minutes = self.minutes.map(|minutes| (minutes > 0).then_some(minutes));
        edits.extend(minutes.map(AgendaEdit::Minutes));
        if let Some(notes) = &self.notes {
            let text = session.text(notes, "--notes")?;
            edits.push(AgendaEdit::Notes(some(&text)));
        }
        edits.extend(self.confidential.map(AgendaEdit::Confidential));
        edits.extend(self.document.iter().cloned().map(AgendaEdit::AddDocument));
        let removed = self.remove_document.iter().cloned();
        edits.extend(removed.map(AgendaEdit::RemoveDocument));
        edits.extend(self.discussed.map(AgendaEdit::Discussed));
        if edits.is_empty() {
            let nothing = Problem::new(Kind::Usage, "there is nothing to change");
            return Err(nothing.hint("--help lists what can be changed").into());
        }
        session.commit(&MeetingDeed::EditItem { item, edits }.into(), self.format)
    }
}

/// Take items off the agenda; what was promised on them stays
#[derive(Debug, Args)]
pub(in crate::cli) struct Remove {
    /// Items by short id
    #[arg(required = true, value_name = "ITEM")]
    items: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Remove {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let things = session.things(&self.items, &[Entity::AgendaItem])?;
        let items = things.into_iter().map(|thing| AgendaItemId(thing.id));
        let items = items.collect();
        session.commit(&MeetingDeed::RemoveItems { items }.into(), self.format)
    }
}

/// Move an item one place within its agenda
#[derive(Debug, Args)]
pub(in crate::cli) struct Reorder {
    /// The item by short id
    item: String,
    /// Where to
    #[arg(value_enum)]
    way: Way,
    #[command(flatten)]
    format: Format,
}

/// Towards which end.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Way {
    /// Towards the top
    Up,
    /// Towards the bottom
    Down,
}

impl Reorder {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let item = item(session, &self.item)?;
        let step = match self.way {
            Way::Up => Step::Up,
            Way::Down => Step::Down,
        };
        let on = Some(session.workspace.weekly_sync()?.occurrence);
        session.commit(
            &MeetingDeed::ReorderItem { item, step, on }.into(),
            self.format,
        )
    }
}

/// Add a paragraph to what was noted on an item
#[derive(Debug, Args)]
pub(in crate::cli) struct Note {
    /// The item by short id; a release item stands for its row on the agenda
    item: String,
    /// What to note; - reads it from standard input
    text: String,
    /// The meeting on whose agenda a release item stands; else the next weekly sync
    #[arg(long)]
    meeting: Option<String>,
    #[command(flatten)]
    more: More,
    #[command(flatten)]
    format: Format,
}

impl Note {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = here(session, self.meeting.as_deref(), &self.more)?;
        let item = target(session, &self.item, &sitting)?;
        let text = session.text(&self.text, "the note")?;
        session.commit(&MeetingDeed::Note { item, text }.into(), self.format)
    }
}

/// Mark an item as discussed
#[derive(Debug, Args)]
pub(in crate::cli) struct Discussed {
    /// The item by short id; a release item stands for its row on the agenda
    item: String,
    /// The meeting in which it was discussed; else the next weekly sync
    #[arg(long)]
    meeting: Option<String>,
    #[command(flatten)]
    more: More,
    #[command(flatten)]
    format: Format,
}

impl Discussed {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = here(session, self.meeting.as_deref(), &self.more)?;
        let item = target(session, &self.item, &sitting)?;
        let meeting = sitting.occurrence;
        session.commit(&MeetingDeed::Discuss { meeting, item }.into(), self.format)
    }
}

/// Put an item off to the next meeting of the kind
#[derive(Debug, Args)]
pub(in crate::cli) struct Carry {
    /// The item by short id
    item: String,
    /// The meeting that puts it off; else the next weekly sync
    #[arg(long)]
    meeting: Option<String>,
    #[command(flatten)]
    more: More,
    #[command(flatten)]
    format: Format,
}

impl Carry {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let sitting = here(session, self.meeting.as_deref(), &self.more)?;
        let item = item(session, &self.item)?;
        let next = session.workspace.meeting_after(&sitting)?;
        let Some(next) = next else {
            let none = format!("no meeting comes after “{}”", sitting.title);
            return Err(Problem::new(Kind::Refused, none)
                .hint("“intake meeting plan” plans one by hand")
                .into());
        };
        let deed = MeetingDeed::CarryOver {
            item,
            from: sitting.occurrence,
            to: next.occurrence,
        };
        session.commit(&deed.into(), self.format)
    }
}
