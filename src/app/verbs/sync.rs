//! Verbs on the agenda of the weekly sync: each acts on the row under the cursor.

use std::collections::BTreeSet;

use crate::app::effect::{Effect, Question};
use crate::app::errands::Awaited;
use crate::app::prompt::promise;
use crate::app::state::{MeetingPrompt, Overlay, Purpose, State};
use crate::app::update::MOST_AT_ONCE;
use crate::app::{prompt, target};
use crate::domain::deed::{AgendaEdit, AgendaTarget, Deed, MeetingDeed, Step, Subject};
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::{AgendaItemId, FeedbackId};
use crate::domain::meeting::{Agenda, AgendaRow, AgendaState, Occurrence, QueuedItem, USUAL_BOX};
use crate::domain::people::Handle;

use super::commit;
use super::inbox::hold;

/// The minutes that a time box has one after another: fine below five, then as meetings are cut.
const BOXES: &[u32] = &[1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 45, 60, 90, 120];

/// Which meeting the agenda is of.
fn meeting(state: &State) -> Option<Occurrence> {
    let found = state.sync.found.as_ref()?;
    Some(found.sitting().occurrence.clone())
}

/// The agenda item under the cursor, where notes can be kept on it.
#[must_use]
pub fn item(state: &State) -> Option<AgendaTarget> {
    match target::agenda_row(state)? {
        AgendaRow::Plan(item) => Some(AgendaTarget::Generated {
            meeting: meeting(state)?,
            about: Subject::ReleaseItem(item.item),
        }),
        AgendaRow::Queued(item) => Some(AgendaTarget::Item(item.id)),
        AgendaRow::Step(_) | AgendaRow::Requests(_) => None,
    }
}

fn queued(state: &State) -> Option<&QueuedItem> {
    match target::agenda_row(state)? {
        AgendaRow::Queued(item) => Some(item),
        _ => None,
    }
}

fn ask(state: &mut State, prompt: MeetingPrompt, text: &str) -> Vec<Effect> {
    prompt::open(state, Purpose::Meeting(prompt), text)
}

fn named(owner: Option<&Handle>) -> String {
    owner.map(ToString::to_string).unwrap_or_default()
}

/// `c`: a note; how a release item does; the words of an action step.
pub fn note(state: &mut State) -> Vec<Effect> {
    let (purpose, text) = match target::agenda_row(state) {
        Some(AgendaRow::Plan(item)) => (Purpose::Update(vec![item.item]), String::new()),
        Some(AgendaRow::Queued(queued)) => {
            let target = AgendaTarget::Item(queued.id);
            let note = MeetingPrompt::Note(target, queued.title.clone());
            (Purpose::Meeting(note), String::new())
        }
        Some(AgendaRow::Step(step)) => {
            let edit = MeetingPrompt::EditStep(step.id, step.text.clone());
            let text = promise::written(state, &step.text, step.owner.as_ref(), step.due);
            (Purpose::Meeting(edit), text)
        }
        Some(AgendaRow::Requests(_)) | None => return Vec::new(),
    };
    prompt::open(state, purpose, &text)
}

/// `=`: nothing has changed.
pub fn no_change(state: &mut State) -> Vec<Effect> {
    let Some(AgendaRow::Plan(item)) = target::agenda_row(state) else {
        return Vec::new();
    };
    let items = vec![item.item];
    if let Some(update) = &item.update
        && update.has_said_it(item.owes_update, state.now)
    {
        let at = update.at;
        return super::plan::said_already(state, 1, Some(at));
    }
    commit(state, Deed::NoChange { items })
}

/// `+`: an action step, of the item under the cursor where it can have some.
pub fn add_step(state: &mut State) -> Vec<Effect> {
    let Some(meeting) = meeting(state) else {
        return Vec::new();
    };
    let item = item(state);
    ask(state, MeetingPrompt::Step { meeting, item }, "")
}

/// `a`: the owner, or who presents it.
pub fn owner(state: &mut State) -> Vec<Effect> {
    let Some(row) = target::agenda_row(state) else {
        return Vec::new();
    };
    let mut left = None;
    let (purpose, owner) = match row {
        AgendaRow::Plan(item) => (
            Purpose::AssignIdeas(vec![item.idea]),
            named(target::agenda_owner(state)),
        ),
        AgendaRow::Step(step) => (
            Purpose::Meeting(MeetingPrompt::StepOwner(step.id, step.text.clone())),
            named(step.owner.as_ref()),
        ),
        AgendaRow::Queued(item) => (
            Purpose::Meeting(MeetingPrompt::Presenter(item.id, item.title.clone())),
            named(item.presenter.as_ref()),
        ),
        // Of those without an area only the listed ones were looked at for an area that is likely.
        AgendaRow::Requests(group) if group.beyond().is_some() && group.area.is_some() => {
            // What the listed ones point at tells nothing of the others.
            let likely = named(group.likely_owner.as_ref());
            let (row, area) = (group.row, group.area.clone());
            return ask_for_all(state, row, area, likely);
        }
        AgendaRow::Requests(group) => {
            let likely = likely(group.likely_owner.as_ref(), &group.requests);
            left = group.beyond();
            let ids = group.requests.iter().map(|(row, _)| row.id).collect();
            (Purpose::Assign(ids), named(likely))
        }
    };
    let effects = prompt::open(state, purpose, &owner);
    say_what_is_left(state, left);
    effects
}

/// Says in the prompt of how many requests the owner stays open, if of some.
fn say_what_is_left(state: &mut State, left: Option<String>) {
    if let (Some(Overlay::Prompt(prompt)), Some(left)) = (state.overlays.last_mut(), left)
        && let Purpose::Assign(these) = &prompt.purpose
    {
        let (these, hint) = (these.len(), &prompt.hint);
        prompt.hint = format!("the oldest {these}; {left} stay open · {hint}");
    }
}

/// Asks for the requests of a group of which the agenda lists the oldest alone; keys wait for them.
fn ask_for_all(
    state: &mut State,
    row: AgendaItemId,
    area: Option<String>,
    likely: String,
) -> Vec<Effect> {
    let limit = MOST_AT_ONCE;
    let question = Question::Unassigned { area, limit };
    hold(state, question, Awaited::Requests(row, likely))
}

/// Opens the prompt for the owner of all requests of a group: these, of so many. Those that stand under an area which is only
/// likely are of that group.
pub(super) fn assign_all(
    state: &mut State,
    row: AgendaItemId,
    likely: &str,
    (mut ids, total): (Vec<FeedbackId>, u64),
) -> Vec<Effect> {
    let found = ids.len();
    let elsewhere = listed_elsewhere(state, row);
    ids.retain(|id| !elsewhere.contains(id));
    if ids.is_empty() {
        return state.refuse("none of these requests is without an owner any more", "");
    }
    let effects = prompt::open(state, Purpose::Assign(ids), likely);
    let left = total.saturating_sub(found as u64);
    say_what_is_left(state, (left > 0).then(|| format!("{left} more")));
    effects
}

/// The requests that the agenda lists in other groups.
fn listed_elsewhere(state: &State, row: AgendaItemId) -> BTreeSet<FeedbackId> {
    let agenda = state.sync.found.iter().map(|found| &found.agenda);
    let groups = agenda.flat_map(Agenda::rows).filter_map(|row| match row {
        AgendaRow::Requests(group) => Some(group),
        _ => None,
    });
    let others = groups.filter(|group| group.row != row);
    others
        .flat_map(|group| &group.requests)
        .map(|(row, _)| row.id)
        .collect()
}

/// Who is likely to take all of these: the owner of their area, else the one whom all of them point at.
fn likely<'a>(
    of_area: Option<&'a Handle>,
    requests: &'a [(FeedbackRow, Option<Handle>)],
) -> Option<&'a Handle> {
    of_area.or_else(|| {
        let first = requests.first()?.1.as_ref()?;
        let all = requests.iter().all(|(_, who)| who.as_ref() == Some(first));
        all.then_some(first)
    })
}

/// `d`: the action step is done.
pub fn finish(state: &mut State) -> Vec<Effect> {
    let Some(AgendaRow::Step(step)) = target::agenda_row(state) else {
        return Vec::new();
    };
    let steps = vec![step.id];
    commit(state, MeetingDeed::FinishSteps { steps }.into())
}

fn edit(state: &mut State, edit: AgendaEdit) -> Vec<Effect> {
    let Some(item) = item(state) else {
        return Vec::new();
    };
    let edits = vec![edit];
    commit(state, MeetingDeed::EditItem { item, edits }.into())
}

/// `[` and `]`: less time, more time.
pub fn minutes(state: &mut State, longer: bool) -> Vec<Effect> {
    let Some(now) = queued(state).map(|item| item.minutes.unwrap_or(USUAL_BOX)) else {
        return Vec::new();
    };
    let next = match longer {
        true => BOXES.iter().find(|minutes| **minutes > now),
        false => BOXES.iter().rev().find(|minutes| **minutes < now),
    };
    match next {
        Some(minutes) => edit(state, AgendaEdit::Minutes(Some(*minutes))),
        None => state.refuse("that is as long as an item gets", ""),
    }
}

/// `!`: stays among those invited, or not.
pub fn confidential(state: &mut State) -> Vec<Effect> {
    match queued(state).map(|item| item.confidential) {
        Some(now) => edit(state, AgendaEdit::Confidential(!now)),
        None => Vec::new(),
    }
}

/// `e`: it was discussed, or was not.
pub fn discussed(state: &mut State) -> Vec<Effect> {
    let done = match target::agenda_row(state) {
        Some(AgendaRow::Plan(item)) => item.discussed,
        Some(AgendaRow::Queued(item)) => item.state == AgendaState::Discussed,
        _ => return Vec::new(),
    };
    if done {
        return edit(state, AgendaEdit::Discussed(false));
    }
    match (meeting(state), item(state)) {
        (Some(meeting), Some(item)) => commit(state, MeetingDeed::Discuss { meeting, item }.into()),
        _ => Vec::new(),
    }
}

/// `Alt-↑` and `Alt-↓`: one place up or down among the queued items.
pub fn reorder(state: &mut State, step: Step) -> Vec<Effect> {
    let on = meeting(state);
    match queued(state).map(|item| item.id) {
        Some(item) => commit(state, MeetingDeed::ReorderItem { item, step, on }.into()),
        None => Vec::new(),
    }
}

/// `X`: takes a queued item off, or an action step back.
pub fn remove(state: &mut State) -> Vec<Effect> {
    let deed = match target::agenda_row(state) {
        Some(AgendaRow::Queued(item)) => MeetingDeed::RemoveItems {
            items: vec![item.id],
        },
        Some(AgendaRow::Step(step)) => MeetingDeed::RemoveSteps {
            steps: vec![step.id],
        },
        _ => return Vec::new(),
    };
    commit(state, deed.into())
}

/// `C`: an item for this meeting.
pub fn create(state: &mut State) -> Vec<Effect> {
    let to = meeting(state);
    let prompt = MeetingPrompt::Queue {
        to,
        about: Vec::new(),
        title: String::new(),
    };
    ask(state, prompt, "")
}

/// `Q`: queues those things for the next weekly sync. One may be given another title there.
pub fn queue(state: &mut State, about: Vec<Subject>) -> Vec<Effect> {
    let title = match about.len() {
        1 => target::title(state).unwrap_or_default(),
        _ => String::new(),
    };
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!("{title} {USUAL_BOX}m").trim_start().to_owned();
    let prompt = MeetingPrompt::Queue {
        to: None,
        about,
        title,
    };
    let mut effects = ask(state, prompt, &text);
    if state.sync.note.is_none() {
        effects.push(state.ask(crate::app::effect::Question::NextSync));
    }
    effects
}
