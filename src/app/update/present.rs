//! The weekly sync while it is held: from item to item, each within its time, each decision one key.
//!
//! Which item is at hand is kept in the file at every step ([`Effect::Turn`]) and changed here at once: nobody waits for the
//! disk to see the next item. What the file says comes back and holds.

use std::collections::BTreeSet;

use super::super::command::{Command, Context};
use super::super::document::{Here, stop_document};
use super::super::effect::Effect;
use super::super::layout::PROSE;
use super::super::present::{Mark, Show, alike, group_of, is_over, likely_owner};
use super::super::prompt;
use super::super::state::{ListCursor, Purpose, Screen, State, Tone};
use super::super::target;
use super::{answers, minutes, navigate, sync};
use crate::domain::deed::{AgendaTarget, Deed, MeetingDeed, Subject};
use crate::domain::id::{AgendaItemId, FeedbackId, MeetingId};
use crate::domain::meeting::{AgendaRow, MeetingState, Running, Turn};
use crate::domain::moment::SECOND;
use crate::domain::people::Handle;
use crate::problem::Problem;

/// How long somebody stays at least with an item that they speak about, in milliseconds.
const STAYED: i64 = 5 * SECOND;

/// `P`: begins the meeting, or takes it up where it was interrupted.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let Some(found) = &state.sync.found else {
        return Vec::new();
    };
    let sitting = found.sitting().clone();
    let afresh = sitting.held.0.is_none();
    if let (true, Some(found)) = (afresh, &mut state.sync.found) {
        // No clock of a beginning that was undone counts.
        found.running = Running::default();
    }
    if state.present.meeting.replace(sitting.id) != Some(sitting.id) || afresh {
        state.present.order.clear();
        state.present.passed = gone_through(state);
    }
    state.sync.scroll = 0;
    if state.screen != Screen::Present {
        navigate::leave_for(state, Screen::Present, state.focus, state.zoomed);
    }
    let mut effects = Vec::new();
    if sitting.state != MeetingState::Running {
        let start = MeetingDeed::Start {
            at: sitting.at.unwrap_or(state.now),
            zone: sitting.zone,
            minutes: sitting.minutes,
            meeting: sitting.occurrence,
        };
        effects.push(state.commit(start.into()));
    }
    effects.extend(take_up_again(state));
    effects
}

/// What was gone through before this window took the meeting up, of that about which nothing can be decided: its time tells.
fn gone_through(state: &State) -> BTreeSet<AgendaItemId> {
    let show = Show::of(state);
    // The clocks of a beginning that was undone tell nothing.
    let Some(show) = show.filter(|show| show.agenda.meeting.state == MeetingState::Running) else {
        return BTreeSet::new();
    };
    let behind = show.stops.iter().take(show.at.unwrap_or(usize::MAX));
    let stayed = behind.filter(|stop| show.running.taken(stop.item, state.now) >= STAYED);
    stayed.map(|stop| stop.item).collect()
}

/// Takes up the item at which one was, with its clock; the first one where none was.
fn take_up_again(state: &mut State) -> Vec<Effect> {
    let Some(show) = Show::of(state) else {
        return Vec::new();
    };
    let turn = match (show.running.at_hand, show.running.paused) {
        (Some(_), true) => Some(Turn::Hold(false)),
        (Some(_), false) => None,
        (None, _) if show.running.boxes.is_empty() => {
            let first = show.stops.iter().find(|stop| stop.mark == Mark::Ahead);
            first.map(|stop| Turn::TakeUp(Some(stop.item)))
        }
        // It is through.
        (None, _) => None,
    };
    let turned = turn.and_then(|turn| self::turn(state, turn));
    let mut effects: Vec<Effect> = turned.into_iter().collect();
    effects.extend(settle(state));
    effects
}

/// Does a step: here at once, and in the file.
fn turn(state: &mut State, turn: Turn) -> Option<Effect> {
    let now = state.now;
    let found = state.sync.found.as_mut()?;
    found.running.turn(turn, now);
    let meeting = found.sitting().id;
    state.present.turns += 1;
    Some(Effect::Turn { meeting, turn })
}

/// Takes up an item, or none.
fn take_up(state: &mut State, item: Option<AgendaItemId>) -> Vec<Effect> {
    let mut effects: Vec<Effect> = turn(state, Turn::TakeUp(item)).into_iter().collect();
    effects.extend(settle(state));
    effects
}

/// A step was done in the file, or could not be.
pub(super) fn turned(
    state: &mut State,
    outcome: Result<(MeetingId, Running), Problem>,
) -> Vec<Effect> {
    state.present.turns = state.present.turns.saturating_sub(1);
    match outcome {
        Ok((meeting, running)) => {
            let last = state.present.turns == 0;
            let found = state.sync.found.as_mut().filter(|_| last);
            if let Some(found) = found.filter(|found| found.sitting().id == meeting) {
                found.running = running;
            }
            settle(state)
        }
        Err(problem) => {
            answers::tell(state, &problem);
            // What is in the file holds.
            match state.present.turns {
                0 => sync::reload(state),
                _ => Vec::new(),
            }
        }
    }
}

/// Brings the cursor onto the item at hand, which may have changed in another window. Where it is on the agenda no more
/// (its last request has an owner now, the step is done), what stands at its place now is taken up.
pub(super) fn settle(state: &mut State) -> Vec<Effect> {
    if state.screen != Screen::Present {
        return Vec::new();
    }
    if is_over(state) && state.overlays.is_empty() {
        return ended_elsewhere(state);
    }
    let Some(show) = Show::of(state) else {
        return Vec::new();
    };
    let is_this = state.present.meeting == Some(show.agenda.meeting.id);
    let running = show.agenda.meeting.state == MeetingState::Running;
    let gone = show.running.at_hand.is_some() && show.at.is_none() && is_this && running;
    let spot = show.stop().map(|stop| stop.spot);
    let at = show.at;
    let instead = show.stops.get(state.present.place).map(|stop| stop.item);
    let requests = requests(state).unwrap_or_default();
    let items: Vec<AgendaItemId> = show.stops.iter().map(|stop| stop.item).collect();
    let order = &mut state.present.order;
    if is_this && !items.iter().all(|item| order.contains(item)) {
        *order = items;
    }
    if gone {
        return take_up(state, instead);
    }
    if state.sync.cursor.on != spot {
        state.sync.scroll = 0;
        // The requests of another area have another first one.
        state.present.request = ListCursor::default();
    }
    state.sync.cursor.on = spot;
    if let Some(at) = at {
        state.present.place = at;
    }
    state.present.request.settle(&requests);
    Vec::new()
}

/// The meeting that was presented is over: its minutes say what it came to.
fn ended_elsewhere(state: &mut State) -> Vec<Effect> {
    let effects = to_its_minutes(state, state.present.meeting);
    let words = "the meeting was ended in another window";
    state.say(Tone::Plain, words, "these are its minutes");
    effects
}

/// Leaves presenting for the minutes; from there one goes back to the agenda, which is that of the next sync now.
fn to_its_minutes(state: &mut State, meeting: Option<MeetingId>) -> Vec<Effect> {
    state.screen = Screen::Sync;
    // Where one came from the agenda, it is one step back already.
    if state
        .back
        .last()
        .is_some_and(|step| step.screen == Screen::Sync)
    {
        state.back.pop();
    }
    minutes::open(state, meeting, false)
}

/// Goes to the next item, or the one before, and marks nothing. Behind the last one the agenda is through.
pub(super) fn step(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(show) = held(state) else {
        return Vec::new();
    };
    let to = match (show.at, forward) {
        (None, true) => return is_through(state),
        (None, false) => show.stops.last(),
        (Some(0), false) => return state.refuse("this is the first item", ""),
        (Some(at), false) => show.stops.get(at - 1),
        (Some(at), true) => show.stops.get(at + 1),
    };
    let to = to.map(|stop| stop.item);
    take_up(state, to)
}

/// `gg` and `G`: the first request of an area, or the last; elsewhere the first item or the last.
pub(super) fn jump(state: &mut State, last: bool) -> Vec<Effect> {
    if let Some(requests) = requests(state) {
        let place = if last {
            requests.len().saturating_sub(1)
        } else {
            0
        };
        state.present.request.put(place, &requests);
        return Vec::new();
    }
    let to = held(state).and_then(|show| {
        let stop = if last {
            show.stops.last()
        } else {
            show.stops.first()
        };
        stop.map(|stop| stop.item)
    });
    to.map_or_else(Vec::new, |to| take_up(state, Some(to)))
}

/// The requests of the area at hand.
fn requests(state: &State) -> Option<Vec<FeedbackId>> {
    let show = held(state)?;
    let group = group_of(show.stop()?)?;
    Some(group.requests.iter().map(|(row, _)| row.id).collect())
}

/// `j` and `k`: among the requests of an area, elsewhere from item to item.
pub(super) fn move_by(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(requests) = requests(state) else {
        return step(state, forward);
    };
    let cursor = &mut state.present.request;
    let place = match forward {
        true => cursor.place + 1,
        false => cursor.place.wrapping_sub(1),
    };
    if place < requests.len() {
        cursor.put(place, &requests);
    }
    Vec::new()
}

/// Scrolls what is to be known about the item at hand; never beyond its last line.
pub(super) fn scroll(state: &mut State, lines: isize) {
    let here = Here {
        now: state.now,
        clocks: state.settings.clocks,
    };
    let show = Show::of(state);
    let document = show.as_ref().and_then(Show::stop).map(|stop| {
        let owner = target::agenda_owner(state);
        let promised = show
            .as_ref()
            .map_or_else(Vec::new, |show| show.promised_on(stop));
        stop_document(stop, (owner, &promised), here, usize::from(PROSE)).len()
    });
    let most = document.unwrap_or_default().saturating_sub(1);
    state.sync.scroll = state.sync.scroll.saturating_add_signed(lines).min(most);
}

fn is_through(state: &mut State) -> Vec<Effect> {
    let keys = state.keymap.keys(Context::Present, Command::FinishMeeting);
    let hint = keys.first().map(|key| format!("{key} ends the meeting"));
    state.refuse("the agenda is through", hint.unwrap_or_default())
}

/// `e`: discussed; on to the next that was not gone through yet.
pub(super) fn discussed(state: &mut State) -> Vec<Effect> {
    let Some(show) = held(state) else {
        return Vec::new();
    };
    let Some(stop) = show.stop() else {
        return is_through(state);
    };
    let (here, meeting) = (stop.item, show.agenda.meeting.occurrence.clone());
    let item = match stop.row {
        _ if stop.mark != Mark::Ahead => None,
        Some(AgendaRow::Plan(item)) => Some(AgendaTarget::Generated {
            meeting: meeting.clone(),
            about: Subject::ReleaseItem(item.item),
        }),
        Some(AgendaRow::Queued(item)) => Some(AgendaTarget::Item(item.id)),
        // Nothing can be decided about it.
        _ => None,
    };
    if item.is_none() {
        state.present.passed.insert(here);
    }
    let deed = item.map(|item| MeetingDeed::Discuss { meeting, item });
    go_on(state, deed)
}

/// Does a deed about the item at hand, if there is one to do, and takes up the next that was not gone through yet.
fn go_on(state: &mut State, deed: Option<MeetingDeed>) -> Vec<Effect> {
    let next = held(state).and_then(|show| show.next().map(|stop| stop.item));
    let mut effects: Vec<Effect> = deed
        .map(|deed| state.commit(deed.into()))
        .into_iter()
        .collect();
    effects.extend(take_up(state, next));
    effects
}

/// `>`: puts a queued item off to the next sync.
pub(super) fn carry_over(state: &mut State) -> Vec<Effect> {
    let Some(found) = &state.sync.found else {
        return Vec::new();
    };
    let Some(after) = &found.after else {
        return state.refuse(
            "no sync comes after this one",
            "intake meeting plan plans one",
        );
    };
    let (from, to) = (found.sitting().occurrence.clone(), after.occurrence.clone());
    let Some(AgendaRow::Queued(item)) = target::agenda_row(state) else {
        return Vec::new();
    };
    let item = item.id;
    let deed = MeetingDeed::CarryOver { item, from, to };
    match state.screen {
        Screen::Present => go_on(state, Some(deed)),
        _ => vec![state.commit(deed.into())],
    }
}

/// `d`: the action step at hand is done; on to the next item.
pub(super) fn step_done(state: &mut State) -> Vec<Effect> {
    let Some(AgendaRow::Step(step)) = target::agenda_row(state) else {
        return Vec::new();
    };
    let steps = vec![step.id];
    go_on(state, Some(MeetingDeed::FinishSteps { steps }))
}

/// `Space`: stops the clock, or starts it again.
pub(super) fn pause(state: &mut State) -> Vec<Effect> {
    let Some(paused) = held(state).map(|show| show.running.paused) else {
        return Vec::new();
    };
    turn(state, Turn::Hold(!paused)).into_iter().collect()
}

/// `F`: ends the meeting; its minutes are shown then.
pub(super) fn finish(state: &mut State) -> Vec<Effect> {
    let Some(found) = &state.sync.found else {
        return Vec::new();
    };
    let sitting = found.sitting().clone();
    // The item stays at hand, so that one who takes the end back is where they were.
    let clock = turn(state, Turn::Hold(true));
    let deed = MeetingDeed::Finish {
        at: sitting.at.unwrap_or(state.now),
        zone: sitting.zone,
        minutes: sitting.minutes,
        meeting: sitting.occurrence,
    };
    clock
        .into_iter()
        .chain([state.commit(deed.into())])
        .collect()
}

/// A deed was done: after the end of the meeting that is presented its minutes are shown.
pub(super) fn done(state: &mut State, deed: &Deed) -> Vec<Effect> {
    let Deed::Meeting(deed) = deed else {
        return Vec::new();
    };
    match deed.as_ref() {
        MeetingDeed::Finish { meeting, .. } if state.screen == Screen::Present => {
            to_its_minutes(state, Some(meeting.id()))
        }
        // Whoever moves an item wants it to come there.
        MeetingDeed::ReorderItem { .. } => {
            state.present.order.clear();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// `Enter`: the request under the cursor, or what the item is about; the clock goes on.
pub(super) fn open_row(state: &mut State) -> Vec<Effect> {
    match request(state) {
        Some((id, _)) => navigate::open_feedback(state, id),
        None => sync::open_row(state),
    }
}

/// The request under the cursor, and who is likely to take it.
pub(super) fn request(state: &State) -> Option<(FeedbackId, Option<Handle>)> {
    if state.screen != Screen::Present {
        return None;
    }
    let show = Show::of(state)?;
    let group = group_of(show.stop()?)?;
    let (row, likely) = group.requests.get(state.present.request.place)?;
    Some((row.id, likely_owner(group, likely.as_ref()).cloned()))
}

/// `a` on requests: who takes the one under the cursor; the likely owner is proposed.
pub(super) fn assign_request(state: &mut State) -> Vec<Effect> {
    let Some((id, likely)) = request(state) else {
        return Vec::new();
    };
    let likely = likely.map(|owner| owner.to_string()).unwrap_or_default();
    prompt::open(state, Purpose::Assign(vec![id]), &likely)
}

/// `A` on requests: the one under the cursor is mine.
pub(super) fn take_request(state: &mut State) -> Vec<Effect> {
    let (Some((id, _)), Some(me)) = (request(state), state.settings.me.clone()) else {
        return Vec::new();
    };
    let seen = prompt::told::owned(state, &[id]);
    let deed = Deed::Assign {
        feedback: vec![id],
        owner: Some(me),
    };
    vec![state.commit_seen(deed, seen)]
}

/// `*` on requests: all of the area that have the same likely owner as the one under the cursor get it, as one undo step.
pub(super) fn assign_all(state: &mut State) -> Vec<Effect> {
    let Some((owner, feedback)) = alike(state) else {
        return Vec::new();
    };
    let owner = Some(owner);
    let seen = prompt::told::owned(state, &feedback);
    vec![state.commit_seen(Deed::Assign { feedback, owner }, seen)]
}

/// What is presented, while it is held.
fn held(state: &State) -> Option<Show<'_>> {
    Show::of(state).filter(|show| show.agenda.meeting.state == MeetingState::Running)
}
