//! Marks: one by one, by range, and all that a filter shows.

use std::collections::BTreeSet;

use super::super::command::Context;
use super::super::effect::{Effect, Question};
use super::super::errands::Served;
use super::super::state::{State, Tone};
use super::super::target;
use super::scroll::Distance;
use super::{ideas, inbox, missing, plan, sync};
use crate::domain::deed::{Deed, Outcome};
use crate::domain::id::{ActionId, FeedbackId, IdeaId};

/// How many feedback are marked, or assigned, at once at most: a bulk deed of that size takes seconds, not minutes.
pub(in crate::app) const MOST: usize = 50_000;

/// Marks the row under the cursor or takes its mark away, and goes on to the next. Within a range it ends the range.
pub(super) fn mark(state: &mut State) -> Vec<Effect> {
    if end_range(state) {
        return Vec::new();
    }
    match target::underneath(state) {
        Context::Inbox | Context::Text => {
            if let Some(id) = target::feedback_row(state).map(|row| row.id) {
                toggle(&mut state.inbox.marks, id);
            }
            // Whoever reads a text wants to go on reading it.
            if target::underneath(state) == Context::Inbox {
                return inbox::move_by(state, 1);
            }
        }
        Context::Ideas => {
            if let Some(id) = target::idea_row(state).map(|row| row.id) {
                toggle(&mut state.ideas.marks, id);
                ideas::go(state, Distance::By(1));
            }
        }
        Context::Plan | Context::Board => {
            if let Some(id) = target::release_item(state).map(|item| item.id) {
                toggle(&mut state.plan.marks, id);
            }
            plan::go(state, Distance::By(1));
        }
        Context::Missing => {
            missing::mark(&mut state.sync);
            sync::go(state, Distance::By(1));
        }
        _ => {}
    }
    Vec::new()
}

fn toggle<T: Ord>(marks: &mut BTreeSet<T>, id: T) {
    if !marks.remove(&id) {
        marks.insert(id);
    }
}

/// Begins a range at the cursor, or ends the one that was begun.
pub(super) fn range(state: &mut State) -> Vec<Effect> {
    if end_range(state) {
        return Vec::new();
    }
    match target::underneath(state) {
        Context::Ideas => state.ideas.range_from = target::idea_row(state).map(|row| row.id),
        Context::Plan | Context::Board => {
            state.plan.range_from = target::release_item(state).map(|item| item.id)
        }
        _ => state.inbox.range_from = state.inbox.row().map(|row| row.id),
    }
    Vec::new()
}

/// Marks what is between the start of the range and the cursor. False when no range was begun.
pub(super) fn end_range(state: &mut State) -> bool {
    match target::underneath(state) {
        Context::Inbox => {
            let inbox = &mut state.inbox;
            let Some(from) = inbox.range_from.take() else {
                return false;
            };
            let ids = inbox.rows.iter().map(|row| row.id);
            let between = between(ids, from, inbox.cursor);
            inbox.marks.extend(between);
        }
        Context::Ideas => {
            let Some(from) = state.ideas.range_from.take() else {
                return false;
            };
            let ideas = &mut state.ideas;
            let ids = ideas
                .shown
                .iter()
                .filter_map(|index| ideas.rows.get(*index))
                .map(|row| row.id);
            let between = between(ids, from, ideas.cursor);
            ideas.marks.extend(between);
        }
        Context::Plan | Context::Board => {
            let Some(from) = state.plan.range_from.take() else {
                return false;
            };
            let places = target::plan_places(state);
            let at = places
                .iter()
                .position(|place| *place == state.plan.cursor)
                .unwrap_or(0);
            // Headings have no identity of an item: they keep their place in the count and are left out at the end.
            let releases = &state.plan.plan.releases;
            let ids: Vec<_> = places
                .iter()
                .map(|place| {
                    let planned = releases.get(place.release)?;
                    planned.items.get(place.item?).map(|item| item.id)
                })
                .collect();
            let between = between(ids.into_iter(), Some(from), at);
            state.plan.marks.extend(between.into_iter().flatten());
        }
        _ => return false,
    }
    true
}

/// What is from `from` to the place `to`, both included, whichever comes first. When `from` is no longer loaded, only the
/// end of the range is known to be meant.
fn between<T: PartialEq>(ids: impl Iterator<Item = T>, from: T, to: usize) -> Vec<T> {
    let ids: Vec<T> = ids.collect();
    let start = ids.iter().position(|id| *id == from).unwrap_or(to);
    let (low, high) = (start.min(to), start.max(to));
    ids.into_iter().skip(low).take(high - low + 1).collect()
}

/// Marks all that the filter shows.
pub(super) fn mark_all(state: &mut State) -> Vec<Effect> {
    match target::underneath(state) {
        Context::Ideas => {
            let ideas = &mut state.ideas;
            let shown = ideas
                .shown
                .iter()
                .filter_map(|index| ideas.rows.get(*index));
            ideas.marks.extend(shown.map(|row| row.id));
            let count = ideas.marks.len();
            say(state, count);
            Vec::new()
        }
        Context::Plan | Context::Board => {
            for place in target::plan_places(state) {
                let planned = state.plan.plan.releases.get(place.release);
                let item = place.item.and_then(|item| planned?.items.get(item));
                state.plan.marks.extend(item.map(|item| item.id));
            }
            let count = state.plan.marks.len();
            say(state, count);
            Vec::new()
        }
        Context::Missing => {
            let count = missing::mark_alike(&mut state.sync);
            say(state, count);
            Vec::new()
        }
        _ => {
            state.flight.settling = true;
            state.errands.sifting.feedback = None;
            let query = state.inbox.query.clone();
            vec![state.ask(Question::Matching { query, limit: MOST })]
        }
    }
}

/// All that the filter shows has come.
pub(super) fn matching(state: &mut State, ids: Vec<FeedbackId>) {
    if let Some(assigned) = state.errands.sifting.feedback.take() {
        return sift(state, &assigned, &ids);
    }
    let full = ids.len() >= MOST;
    state.inbox.marks.extend(ids);
    let count = state.inbox.marks.len();
    say(state, count);
    if full {
        let words = format!("{count} marked: no more than {MOST} are marked at once");
        state.say(Tone::Plain, words, "narrow the filter");
    }
}

fn say(state: &mut State, count: usize) {
    state.say(
        Tone::Plain,
        format!("{count} marked"),
        "Esc clears the marks",
    );
}

/// Clears the marks and the range of what has the focus. False when there were none.
pub(super) fn clear(state: &mut State) -> bool {
    match target::underneath(state) {
        Context::Inbox | Context::Text => {
            let any = state.inbox.range_from.take().is_some() | !state.inbox.marks.is_empty();
            state.inbox.marks.clear();
            any
        }
        Context::Ideas => {
            let any = state.ideas.range_from.take().is_some() | !state.ideas.marks.is_empty();
            state.ideas.marks.clear();
            any
        }
        Context::Plan | Context::Board => {
            let any = state.plan.range_from.take().is_some() | !state.plan.marks.is_empty();
            state.plan.marks.clear();
            any
        }
        Context::Missing => {
            let any = !state.sync.marks.is_empty();
            state.sync.marks.clear();
            any
        }
        _ => false,
    }
}

/// After a deed that deals with what was marked, the marks have served. After one that only adds to it they stay, for the
/// next deed is often on the same items: assign both, then answer both. Where such a deed takes rows out of the list, those
/// lose their marks: nobody sees any more that they are meant.
pub(super) fn serve(state: &mut State, deed: &Deed, action: Option<ActionId>) -> Option<Effect> {
    use Deed as D;
    let mut served = Served {
        action,
        ..Served::default()
    };
    let mut effect = None;
    match deed {
        D::Assign { .. } if !state.inbox.marks.is_empty() => {
            served.kept = state.inbox.marks.clone();
            state.errands.sifting.feedback = Some(state.inbox.marks.clone());
            let query = state.inbox.query.clone();
            effect = Some(state.ask(Question::Matching { query, limit: MOST }));
        }
        D::Answer { .. }
        | D::Process { .. }
        | D::Ask { .. }
        | D::Duplicate { .. }
        | D::Snooze { .. }
        | D::Archive { .. }
        | D::Reopen { .. } => served.feedback = std::mem::take(&mut state.inbox.marks),
        D::WontDo { answers, .. } => {
            let answered = answers.iter().map(|(id, _)| *id);
            served.feedback = answered.filter(|id| state.inbox.marks.remove(id)).collect();
        }
        D::MergeIdeas { from, .. } => served.ideas.extend(state.ideas.marks.take(from)),
        D::EditIdeas { .. } => state.errands.sifting.ideas = state.ideas.marks.clone(),
        D::AddToRelease { .. } => served.ideas = std::mem::take(&mut state.ideas.marks),
        D::UpdateItems { .. } | D::NoChange { .. } | D::CutItem { .. } => {
            served.items = std::mem::take(&mut state.plan.marks);
        }
        _ => {}
    }
    let any = !(served.feedback.is_empty()
        && served.kept.is_empty()
        && state.errands.sifting.ideas.is_empty()
        && served.ideas.is_empty()
        && served.items.is_empty());
    if any && action.is_some() {
        state.errands.served = Some(served);
    }
    effect
}

/// It is known what the filter shows: what was assigned and is not there any more loses its mark. Of more than are told at once it
/// is not known, and they keep theirs.
fn sift(state: &mut State, assigned: &BTreeSet<FeedbackId>, shown: &[FeedbackId]) {
    if shown.len() >= MOST {
        return;
    }
    let shown: BTreeSet<&FeedbackId> = shown.iter().collect();
    let gone: BTreeSet<FeedbackId> = assigned
        .iter()
        .filter(|id| !shown.contains(id))
        .copied()
        .collect();
    state.inbox.marks.retain(|id| !gone.contains(id));
    if let Some(served) = &mut state.errands.served {
        served.kept.retain(|id| !gone.contains(id));
        served.feedback.extend(gone);
    }
}

/// The table of ideas has come anew: what was edited and is not shown any more loses its mark.
pub(super) fn sift_ideas(state: &mut State) {
    let edited = std::mem::take(&mut state.errands.sifting.ideas);
    let ideas = &mut state.ideas;
    let shown = ideas
        .shown
        .iter()
        .filter_map(|index| ideas.rows.get(*index));
    let shown: BTreeSet<_> = shown.map(|row| row.id).collect();
    let is_gone = |id: &IdeaId| edited.contains(id) && !shown.contains(id);
    let gone: BTreeSet<IdeaId> = ideas.marks.iter().copied().filter(is_gone).collect();
    ideas.marks.retain(|id| !gone.contains(id));
    if let Some(served) = state.errands.served.as_mut().filter(|_| !gone.is_empty()) {
        served.kept_ideas.clone_from(&ideas.marks);
        served.ideas.extend(gone);
    }
}

/// What a deed dealt with is marked again when that is undone, unless something else is marked by now; and no more when it is
/// done again.
pub(super) fn reversed(state: &mut State, outcome: &Outcome) {
    let served = state.errands.served.as_mut();
    let (Some(served), Some(target)) = (served, outcome.reverses) else {
        return;
    };
    if served.action == Some(target) {
        served.undone_by = outcome.action;
        // Those that were kept are no other marks.
        if state.inbox.marks.is_subset(&served.kept) {
            state.inbox.marks.extend(&served.feedback);
        }
        if state.ideas.marks.is_subset(&served.kept_ideas) {
            state.ideas.marks.extend(&served.ideas);
        }
        if state.plan.marks.is_empty() {
            state.plan.marks.extend(&served.items);
        }
    } else if served.undone_by == Some(target) {
        state.inbox.marks.retain(|id| !served.feedback.contains(id));
        state.ideas.marks.retain(|id| !served.ideas.contains(id));
        state.plan.marks.retain(|id| !served.items.contains(id));
    }
}
