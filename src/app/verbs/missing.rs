//! Verbs on what is missing before the weekly sync: each does what is missing, to all that is marked, else to what is in
//! hand. The row goes when it is done, and the cursor stays on its place.

use crate::app::effect::{Effect, Question};
use crate::app::picker::{self, plan, rows};
use crate::app::state::{Choice, PickerRow, Picking, Purpose, State};
use crate::app::{prompt, target};
use crate::domain::deed::{AgendaEdit, AgendaTarget, Deed, FeedbackEdit, MeetingDeed};
use crate::domain::id::{ActionStepId, FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::meeting::{AgendaRow, MissingKind, QueuedItem, USUAL_BOX, shown};

use super::commit;
use super::inbox::answer_these;

fn ids<T>(state: &State, id: impl Fn(uuid::Uuid) -> T) -> Vec<T> {
    let lacking = target::lacking(state).into_iter();
    lacking.map(|missing| id(missing.thing.id)).collect()
}

fn kind(state: &State) -> Option<MissingKind> {
    target::lacking(state).first().map(|missing| missing.kind)
}

/// `a`: gives requests an owner; who is likely for all of them is filled in.
pub fn assign(state: &mut State) -> Vec<Effect> {
    let lacking = target::lacking(state);
    let likely = lacking.first().and_then(|missing| missing.who.as_ref());
    let alike = lacking.iter().all(|missing| missing.who.as_ref() == likely);
    let likely = likely.filter(|_| alike).map(ToString::to_string);
    let feedback = ids(state, FeedbackId);
    prompt::open(
        state,
        Purpose::Assign(feedback),
        &likely.unwrap_or_default(),
    )
}

/// `c`: an update with its health; of an action step another day; on an idea the comment that it will not be done.
pub fn note(state: &mut State) -> Vec<Effect> {
    match kind(state) {
        Some(MissingKind::ApprovalMissing) => match ids(state, IdeaId).first() {
            Some(idea) => prompt::open(state, Purpose::Approve(*idea), ""),
            None => Vec::new(),
        },
        Some(MissingKind::StepOverdue) => match ids(state, ActionStepId).first() {
            Some(step) => prompt::open(state, Purpose::StepDue(*step), ""),
            None => Vec::new(),
        },
        _ => {
            let items = ids(state, ReleaseItemId);
            prompt::open(state, Purpose::Update(items), "")
        }
    }
}

/// `=`: nothing has changed.
pub fn no_change(state: &mut State) -> Vec<Effect> {
    let items = ids(state, ReleaseItemId);
    commit(state, Deed::NoChange { items })
}

/// `r`: moves items out of the backlog into a release.
pub fn place(state: &mut State) -> Vec<Effect> {
    let items = ids(state, ReleaseItemId);
    let all = plan::move_to(state, &items);
    if all.is_empty() && state.plan.loaded {
        return state.refuse("there is no release yet", "C in the release plan makes one");
    }
    picker::open(
        state,
        Picking::MoveItems(items),
        "move to release",
        "Enter moves it there",
        all,
    );
    match state.plan.loaded {
        true => Vec::new(),
        false => vec![state.ask(Question::Plan)],
    }
}

/// `w`: why an idea will not be done.
pub fn reason(state: &mut State) -> Vec<Effect> {
    let ideas = ids(state, IdeaId);
    prompt::open(state, Purpose::StatusReason(ideas, false), "")
}

/// `e`: the answer to the reporter.
pub fn answer(state: &mut State) -> Vec<Effect> {
    let feedback = ids(state, FeedbackId);
    answer_these(state, feedback)
}

/// `d`: an action step is done.
pub fn done(state: &mut State) -> Vec<Effect> {
    let steps = ids(state, ActionStepId);
    commit(state, MeetingDeed::FinishSteps { steps }.into())
}

/// `-`: the reporter need not be answered.
pub fn waive(state: &mut State) -> Vec<Effect> {
    let feedback = ids(state, FeedbackId);
    commit(
        state,
        Deed::EditFeedback {
            feedback,
            edits: vec![FeedbackEdit::AnswerOwed(false)],
        },
    )
}

/// `[`: what could be shorter, and what could wait for the next sync.
pub fn shorten(state: &mut State) -> Vec<Effect> {
    let all = shorter(state);
    if all.is_empty() {
        return state.refuse(
            "nothing is queued that could be shorter",
            "the parts of the agenda have their minutes from the configuration",
        );
    }
    picker::open(
        state,
        Picking::Shorten,
        "the agenda takes too long",
        "Enter chooses · u undoes it",
        all,
    );
    Vec::new()
}

/// The queued items, the longest first: each with how much shorter it could be, and put off.
fn shorter(state: &State) -> Vec<PickerRow> {
    let Some(found) = state.sync.found.as_deref() else {
        return Vec::new();
    };
    let over = found.agenda.over();
    let mut items: Vec<&QueuedItem> = found
        .agenda
        .rows()
        .filter_map(|row| match row {
            AgendaRow::Queued(item) if item.waits() => Some(item),
            _ => None,
        })
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.minutes.unwrap_or(USUAL_BOX)));
    let when = found.after.as_ref().map(|after| {
        let at = after.at.map(|at| shown(at, &after.zone));
        at.unwrap_or_else(|| "the next sync".to_owned())
    });
    let mut all = Vec::new();
    for item in &items {
        let minutes = item.minutes.unwrap_or(USUAL_BOX);
        let saves = |minutes: u32| match minutes >= over {
            true => format!("saves {minutes} · enough"),
            false => format!("saves {minutes}"),
        };
        for less in lengths(minutes, over) {
            let deed = MeetingDeed::EditItem {
                item: AgendaTarget::Item(item.id),
                edits: vec![AgendaEdit::Minutes(Some(less))],
            };
            let label = format!("{less} instead of {minutes} min");
            all.push(row(item, &label, deed, saves(minutes - less)));
        }
        if let (Some(after), Some(when)) = (&found.after, &when) {
            let deed = MeetingDeed::CarryOver {
                item: item.id,
                from: found.sitting().occurrence.clone(),
                to: after.occurrence.clone(),
            };
            all.push(row(
                item,
                &format!("put off to {when}"),
                deed,
                saves(minutes),
            ));
        }
    }
    all
}

/// The lengths that are offered, the longest first: what just suffices, where there is such, half and a quarter.
fn lengths(minutes: u32, over: u32) -> Vec<u32> {
    let mut all = vec![
        minutes.saturating_sub(over),
        (minutes / 2).max(1),
        (minutes / 4).max(1),
    ];
    all.retain(|less| (1..minutes).contains(less));
    all.sort_unstable_by_key(|less| std::cmp::Reverse(*less));
    all.dedup();
    all
}

fn row(item: &QueuedItem, label: &str, deed: MeetingDeed, note: String) -> PickerRow {
    PickerRow {
        group: item.title.clone(),
        ..rows::row(Choice::Deed(Box::new(deed.into())), label, note)
    }
}
