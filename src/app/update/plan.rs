//! The release plan: its cursor moves over the headings of releases and their items.

use super::super::effect::Effect;
use super::super::layout::layout;
use super::super::state::{Pane, PlanCursor, Screen, State};
use super::super::target;
use super::super::verbs;
use super::inbox::in_view;
use super::scroll::Distance;
use super::{board, ideas, undoing};
use crate::domain::deed::{Deed, Outcome};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::ReleaseId;
use crate::domain::listing::IdeaSort;
use crate::domain::release::ReleasePlan;

/// The plan has come. The cursor stays on its item by identity, wherever that is now; else on its place.
pub(super) fn loaded(state: &mut State, plan: ReleasePlan) {
    let item = target::release_item(state).map(|item| item.id);
    let release = target::release(state);
    let first = !state.plan.loaded;
    state.plan.plan = plan;
    state.plan.loaded = true;
    let releases = &state.plan.plan.releases;
    let of_item = item.and_then(|id| {
        releases.iter().enumerate().find_map(|(release, planned)| {
            let place = planned.items.iter().position(|item| item.id == id)?;
            Some(PlanCursor {
                release,
                item: Some(place),
            })
        })
    });
    if let Some(cursor) = of_item {
        state.plan.cursor = cursor;
    } else if first {
        state.plan.cursor = beginning(state);
    } else if let Some(place) = releases
        .iter()
        .position(|planned| Some(planned.release.id) == release)
    {
        state.plan.cursor.release = place;
    }
    settle(state);
    go_to_sought(state);
    if state.ideas.order == IdeaSort::When {
        ideas::arrange(state);
    }
}

/// What was made in the plan gets its cursor when it comes: a release, or the item of an idea that was added to one.
pub(super) fn seek_made(state: &mut State, deed: &Deed, outcome: &Outcome) {
    let made = match deed {
        Deed::CreateRelease(_) => Entity::Release,
        Deed::AddToRelease { .. } => Entity::ReleaseItem,
        _ => return,
    };
    if (state.screen, state.focus) == (Screen::Console, Pane::Plan) {
        let things = outcome.made.iter().copied();
        state.plan.sought = things.filter(|thing| thing.entity == made).collect();
    }
}

/// Puts the cursor on what an undo or redo brought back, or on what was made.
fn go_to_sought(state: &mut State) {
    let sought = std::mem::take(&mut state.plan.sought);
    let releases = &state.plan.plan.releases;
    let found = releases.iter().enumerate().flat_map(|(release, planned)| {
        let itself = Thing::new(Entity::Release, planned.release.id);
        let itself = sought.contains(&itself).then_some(PlanCursor {
            release,
            item: None,
        });
        let items = planned.items.iter().enumerate();
        let items = items.filter(|(_, item)| {
            sought.contains(&Thing::new(Entity::ReleaseItem, item.id))
                || sought.contains(&Thing::new(Entity::Idea, item.idea))
        });
        let items = items.map(move |(place, _)| PlanCursor {
            release,
            item: Some(place),
        });
        itself.into_iter().chain(items)
    });
    let found: Vec<PlanCursor> = found.collect();
    let places = target::plan_places(state);
    if let Some(place) = found.iter().find(|place| places.contains(place)) {
        state.plan.cursor = *place;
        settle(state);
    } else if !found.is_empty() {
        undoing::hidden(state);
    }
}

/// The first item of the first release that is not out yet.
fn beginning(state: &State) -> PlanCursor {
    use crate::domain::release::ReleaseState;
    let releases = &state.plan.plan.releases;
    let release = releases
        .iter()
        .position(|planned| planned.release.state != ReleaseState::Released)
        .unwrap_or(0);
    let any = releases
        .get(release)
        .is_some_and(|planned| !planned.items.is_empty());
    PlanCursor {
        release,
        item: any.then_some(0),
    }
}

/// Filters the plan by words, as they are typed: the cursor goes to the first item that has them. Without words everything is
/// shown, and the cursor stays on its item.
pub(super) fn search(state: &mut State, words: &str) {
    words.clone_into(&mut state.plan.filter);
    let places = target::plan_places(state);
    if !words.trim().is_empty() {
        let first = places.iter().find(|place| place.item.is_some());
        state.plan.cursor = first.copied().unwrap_or_default();
        state.plan.top = 0;
    } else if state.plan.cursor.release >= state.plan.plan.releases.len() {
        state.plan.cursor = beginning(state);
    }
    settle(state);
}

/// Moves the cursor.
pub(super) fn go(state: &mut State, distance: Distance) {
    if target::on_board(state) {
        return board::go(state, distance);
    }
    let places = target::plan_places(state);
    let cursor = state.plan.cursor;
    let from = places
        .iter()
        .position(|place| *place == cursor)
        .unwrap_or(0);
    if let Some(place) = places.get(distance.from(from, places.len())) {
        state.plan.cursor = *place;
    }
    settle(state);
}

/// Puts the cursor on that release.
pub(super) fn show(state: &mut State, id: ReleaseId) {
    let release = state
        .plan
        .plan
        .releases
        .iter()
        .position(|planned| planned.release.id == id);
    if let Some(release) = release {
        state.plan.cursor = PlanCursor {
            release,
            item: None,
        };
    }
    settle(state);
}

/// Enter on the heading of a release: goes to its first item that is shown, and into its name and date where it has none.
pub(super) fn enter(state: &mut State) -> Vec<Effect> {
    let release = state.plan.cursor.release;
    let mut places = target::plan_places(state).into_iter();
    match places.find(|place| place.release == release && place.item.is_some()) {
        Some(first) => {
            state.plan.cursor = first;
            settle(state);
            Vec::new()
        }
        None => verbs::plan::edit_release(state),
    }
}

/// Brings the cursor onto a place that there is, and the table or the board around it.
pub(super) fn settle(state: &mut State) {
    let places = target::plan_places(state);
    let cursor = state.plan.cursor;
    if !places.contains(&cursor) {
        // The place itself, else the one before it in the same release, else the last of all.
        let before = places
            .iter()
            .rev()
            .find(|place| (place.release, place.item) <= (cursor.release, cursor.item));
        // Where the filter leaves nothing, the cursor is on nothing: what is not shown is not in hand.
        let nowhere = PlanCursor {
            release: state.plan.plan.releases.len(),
            item: None,
        };
        state.plan.cursor = before.or(places.first()).copied().unwrap_or(nowhere);
    }
    if target::on_board(state) {
        return board::settle(state);
    }
    let lines = lines(&places);
    let at = places.iter().position(|place| *place == state.plan.cursor);
    let line = at.and_then(|place| lines.get(place)).copied().unwrap_or(0);
    let all = lines.last().map_or(0, |last| last + 1);
    let room = usize::from(layout(state).plan.height.saturating_sub(1));
    if room == 0 {
        // It is not on the screen: where it is scrolled to would be lost.
        return;
    }
    state.plan.top = in_view(state.plan.top, line, room, all);
}

/// The table has come into view, or has another size: the heading of the release that the cursor is in is shown with it,
/// where both have room.
pub(super) fn arrived(state: &mut State) {
    settle(state);
    if target::on_board(state) {
        return;
    }
    let places = target::plan_places(state);
    let lines = lines(&places);
    let line_of = |wanted: PlanCursor| {
        let place = places.iter().position(|place| *place == wanted)?;
        lines.get(place).copied()
    };
    let heading = PlanCursor {
        item: None,
        ..state.plan.cursor
    };
    let room = usize::from(layout(state).plan.height.saturating_sub(1));
    if let (Some(heading), Some(line)) = (line_of(heading), line_of(state.plan.cursor))
        && line - heading < room
    {
        state.plan.top = state.plan.top.min(heading);
    }
}

/// The line of each place of the table. Between releases there is a blank line, and a release without items has a line
/// that says so.
fn lines(places: &[PlanCursor]) -> Vec<usize> {
    let mut lines = Vec::with_capacity(places.len());
    let mut next = 0;
    for (place, cursor) in places.iter().enumerate() {
        if place > 0 && cursor.item.is_none() {
            next += 1;
        }
        lines.push(next);
        next += 1;
        let alone = places
            .get(place + 1)
            .is_none_or(|after| after.item.is_none());
        if cursor.item.is_none() && alone {
            next += 1;
        }
    }
    lines
}

/// The place in that line of the table, from 0.
pub(super) fn at_line(state: &State, wanted: usize) -> Option<PlanCursor> {
    let places = target::plan_places(state);
    let lines = lines(&places);
    let place = lines.iter().position(|line| *line == wanted)?;
    places.get(place).copied()
}
