//! The weekly sync: opening it, its two faces, its cursors.

use super::super::agenda::{self, AgendaLine};
use super::super::document::agenda_document;
use super::super::effect::{Effect, Question};
use super::super::layout::{self, PROSE};
use super::super::prompt::words;
use super::super::state::{Face, Overlay, Purpose, Screen, Spot, State, Sync, SyncNote, Tone};
use super::super::target;
use super::inbox::in_view;
use super::scroll::Distance;
use super::{answers, filter, mouse, navigate};
use crate::domain::deed::{Deed, MeetingDeed, Outcome, Subject};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{AgendaItemId, FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::meeting::{AgendaRow, AreaGroup, MeetingState, SectionBody, Sitting};
use crate::problem::Problem;
use crate::query::Query;

/// Shows the agenda of the weekly sync, whichever face was shown last; Esc leads back.
pub fn open(state: &mut State) -> Vec<Effect> {
    navigate::leave_for(state, Screen::Sync, state.focus, state.zoomed);
    state.sync.face = Face::Agenda;
    state.sync.scroll = 0;
    reload(state)
}

/// Shows the other face.
pub(super) fn turn(state: &mut State) -> Vec<Effect> {
    state.sync.face = match state.sync.face {
        Face::Agenda => Face::Missing,
        Face::Missing => Face::Agenda,
    };
    state.sync.scroll = 0;
    settle(state);
    Vec::new()
}

/// Asks for how the weekly sync stands.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    state.sync.since.get_or_insert(state.now);
    vec![state.ask(Question::Sync)]
}

/// It has come. The cursors stay on what they stood on.
pub(super) fn loaded(state: &mut State, mut found: Box<Sync>) -> Vec<Effect> {
    // What was turned to here holds, also while the file is locked and does not know of it.
    let shown = state
        .sync
        .found
        .as_mut()
        .filter(|_| state.present.turns > 0);
    if let Some(shown) = shown.filter(|shown| shown.sitting().id == found.sitting().id) {
        std::mem::swap(&mut found.running, &mut shown.running);
    }
    let note = SyncNote::of(found.sitting(), &found.gate);
    let effects = follow_plan(state, Some(&note));
    state.sync.note = Some(note);
    if let Some(before) = state.sync.before_undo.take() {
        let mut now = super::missing::lacks(&found.gate).into_iter();
        if let Some(back) = now.find(|lack| !before.contains(lack)) {
            state.sync.missing.on = Some(back);
        }
    }
    state.sync.found = Some(found);
    state.sync.trouble = None;
    settle(state);
    effects
}

/// What the header says about the next one has come; a prompt that queues something for it says which one it is. Where one is
/// held, how it goes is asked for, too: the header says so on every screen.
pub(super) fn noted(state: &mut State, note: Option<Box<SyncNote>>) -> Vec<Effect> {
    let mut effects = follow_plan(state, note.as_deref());
    state.sync.note = note.map(|note| *note);
    say_which(state);
    let state_of = |sitting: &Sitting| (sitting.id, sitting.state);
    let told = state.sync.note.as_ref().map(|note| state_of(&note.sitting));
    let known = state.sync.found.as_ref();
    let known = known.map(|found| state_of(found.sitting()));
    let is_held =
        |of: Option<(_, MeetingState)>| of.is_some_and(|of| of.1 == MeetingState::Running);
    if told != known && (is_held(told) || is_held(known)) {
        effects.extend(reload(state));
    }
    effects
}

/// Asks for the plan again where the sync is another one now, or ends otherwise: which updates are owed goes by the one before,
/// for which the first frame did not wait, and which may end while the console is open.
fn follow_plan(state: &mut State, note: Option<&SyncNote>) -> Vec<Effect> {
    let of = |note: &SyncNote| (note.sitting.id, note.sitting.end());
    let now = note.map(of);
    if now.is_none() || now == state.sync.note.as_ref().map(of) {
        return Vec::new();
    }
    vec![state.ask(Question::Plan)]
}

fn say_which(state: &mut State) {
    let Some(Overlay::Prompt(prompt)) = state.overlays.last() else {
        return;
    };
    let queues = Purpose::is_queue(&prompt.purpose);
    let hint = words::about(state, &prompt.purpose).hint;
    if let (true, Some(Overlay::Prompt(prompt))) = (queues, state.overlays.last_mut()) {
        prompt.hint = hint;
    }
}

/// A deed has made something: the cursor goes to an item that was queued here.
pub(super) fn made(state: &mut State, deed: &Deed, outcome: &Outcome) {
    let queues =
        matches!(deed, Deed::Meeting(deed) if matches!(**deed, MeetingDeed::AddItem { .. }));
    if let (true, Screen::Sync, Some(item)) =
        (queues, state.screen, outcome.first(Entity::AgendaItem))
    {
        state.sync.cursor.on = Some(Spot::Item(AgendaItemId(item)));
    }
}

/// A deed was undone: what is missing again by that will be under the cursor.
pub(super) fn undone(state: &mut State) {
    let found = state
        .sync
        .found
        .as_ref()
        .filter(|_| state.screen == Screen::Sync);
    state.sync.before_undo = found.map(|found| super::missing::lacks(&found.gate));
}

/// It could not be found out. What is wrong is shown in place of the agenda while there is none.
pub(super) fn failed(state: &mut State, problem: &Problem) {
    state.sync.trouble = Some(answers::in_one_line(problem));
}

/// Moves the cursor of the face that is shown.
pub(super) fn go(state: &mut State, distance: Distance) {
    let Some(found) = &state.sync.found else {
        return;
    };
    match state.sync.face {
        Face::Agenda => {
            let spots = agenda::spots(&found.agenda);
            let place = distance.from(state.sync.cursor.place, spots.len());
            state.sync.cursor.put(place, &spots);
        }
        Face::Missing => {
            let place = distance.from(state.sync.missing.place, found.gate.rows.len());
            let lacks = super::missing::lacks(&found.gate);
            state.sync.missing.put(place, &lacks);
        }
    }
    state.sync.scroll = 0;
    settle(state);
}

/// Scrolls the detail; never beyond its last line.
pub(super) fn scroll(state: &mut State, lines: isize) {
    let (room, all) = detail_extent(state);
    let view = &mut state.sync;
    view.scroll = view
        .scroll
        .saturating_add_signed(lines)
        .min(all.saturating_sub(room));
}

/// How many lines of the detail are on the screen, and how many it has.
fn detail_extent(state: &State) -> (usize, usize) {
    let cells = layout::sync(state).detail;
    let width = usize::from(cells.width.saturating_sub(2).min(PROSE));
    let room = usize::from(cells.height);
    (room, agenda_document(state, width).len())
}

/// Puts the cursor of the face that is shown on the row in that cell.
pub(super) fn press(state: &mut State, column: u16, row: u16) {
    let places = layout::sync(state);
    let (cells, beside) = (places.list, places.is_beside());
    if !mouse::has(cells, column, row) {
        return;
    }
    let line = usize::from(row - cells.y);
    let Some(found) = &state.sync.found else {
        return;
    };
    match state.sync.face {
        Face::Agenda => {
            let lines = agenda::lines(&found.agenda);
            let spot = lines.get(line + state.sync.cursor.top);
            state.sync.cursor.on = spot.and_then(|line| line.spot()).or(state.sync.cursor.on);
        }
        Face::Missing => {
            let lacks = super::missing::lacks(&found.gate);
            let place = super::missing::at_line(found, beside, line + state.sync.missing.top);
            if let Some(place) = place {
                state.sync.missing.put(place, &lacks);
            }
        }
    }
    state.sync.scroll = 0;
    settle(state);
}

/// Puts the cursor of the agenda on that item.
pub fn show(state: &mut State, item: AgendaItemId) {
    state.sync.cursor.on = Some(Spot::Item(item));
    state.sync.scroll = 0;
    settle(state);
}

/// Brings the cursors onto rows that there are, and the lists around them.
pub(super) fn settle(state: &mut State) {
    let Some(found) = &state.sync.found else {
        return;
    };
    let spots = agenda::spots(&found.agenda);
    state.sync.cursor.settle(&spots);
    // Without a row in hand the list has more room.
    let cells = layout::sync(state);
    let room = usize::from(cells.list.height).max(1);
    let view = &mut state.sync;
    let Some(found) = &view.found else {
        return;
    };
    let lines = agenda::lines(&found.agenda);
    let at = |line: &AgendaLine<'_>| line.spot().is_some() && line.spot() == view.cursor.on;
    let row = lines.iter().position(at).unwrap_or(0);
    // The first row is shown with the headings above it and the last one with what is below, as far as there is room.
    let last = lines.len().saturating_sub(1);
    let place = view.cursor.place;
    for line in [
        if place + 1 >= spots.len() { last } else { row },
        if place == 0 { 0 } else { row },
        row,
    ] {
        view.cursor.top = in_view(view.cursor.top, line, room, lines.len());
    }
    super::missing::settle(view, cells.is_beside(), room);
}

/// Opens what is under the cursor of the agenda; that a step and a topic of its own are whole there says their
/// availability.
pub(super) fn open_row(state: &mut State) -> Vec<Effect> {
    let Some(row) = target::agenda_row(state) else {
        return open_part(state);
    };
    let thing = match row {
        AgendaRow::Plan(item) => Thing::new(Entity::Idea, item.idea),
        AgendaRow::Requests(group) => {
            let group = group.clone();
            return open_requests(state, &group);
        }
        AgendaRow::Queued(item) => match item.about {
            Some(Subject::Feedback(id)) => Thing::new(Entity::Feedback, id),
            Some(Subject::Idea(id)) => Thing::new(Entity::Idea, id),
            Some(Subject::ReleaseItem(id)) => Thing::new(Entity::ReleaseItem, id),
            None => return Vec::new(),
        },
        AgendaRow::Step(_) => return Vec::new(),
    };
    open_thing(state, thing)
}

/// Opens the requests of an area. Where that is only likely, nobody has said one yet, and no filter finds what has its words: the
/// only request is opened, and of several it is said that others are beside them.
fn open_requests(state: &mut State, group: &AreaGroup) -> Vec<Effect> {
    if let ([(only, _)], true) = (group.requests.as_slice(), group.guessed) {
        return navigate::open_feedback(state, only.id);
    }
    let area = group.area.as_deref().filter(|_| !group.guessed);
    let query = Query::unassigned_in(area);
    let effects = filter::show_view(state, &query.to_string());
    if group.guessed {
        let count = group.requests.len();
        let words = format!(
            "all without an area: “{}” is likely of {count}",
            group.title
        );
        state.say(Tone::Plain, words, "Esc leads back to them");
    }
    effects
}

/// Opens a part that has no rows of its own: the feedback that its filter shows.
fn open_part(state: &mut State) -> Vec<Effect> {
    let filter = match target::agenda_part(state).map(|section| &section.body) {
        Some(SectionBody::Feedback(shown)) => shown.filter.clone(),
        _ => return Vec::new(),
    };
    filter::show_view(state, &filter)
}

/// Shows a thing where it is at home; Esc leads back.
pub(super) fn open_thing(state: &mut State, thing: Thing) -> Vec<Effect> {
    match thing.entity {
        Entity::Feedback => navigate::open_feedback(state, FeedbackId(thing.id)),
        Entity::Idea => navigate::open_idea(state, IdeaId(thing.id)),
        Entity::ReleaseItem => match idea_of(state, ReleaseItemId(thing.id)) {
            Some(idea) => navigate::open_idea(state, idea),
            None => state.refuse("this release item is gone", ""),
        },
        // Steps and the meeting itself are on the agenda.
        _ => {
            state.sync.face = Face::Agenda;
            let found = state.sync.found.as_ref();
            let row = found.and_then(|found| {
                found
                    .agenda
                    .rows()
                    .find(|row| matches!(row, AgendaRow::Step(step) if step.id.0 == thing.id))
            });
            match row.map(AgendaRow::item) {
                Some(item) => show(state, item),
                None => settle(state),
            }
            Vec::new()
        }
    }
}

/// The idea of a release item, as far as the agenda or the plan knows it.
fn idea_of(state: &State, id: ReleaseItemId) -> Option<IdeaId> {
    let found = state.sync.found.as_ref();
    let on_agenda = found.and_then(|found| {
        found.agenda.rows().find_map(|row| match row {
            AgendaRow::Plan(item) if item.item == id => Some(item.idea),
            _ => None,
        })
    });
    let planned = state.plan.plan.releases.iter();
    let mut items = planned.flat_map(|planned| &planned.items);
    on_agenda.or_else(|| items.find(|item| item.id == id).map(|item| item.idea))
}
