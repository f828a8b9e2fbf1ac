//! What a deed acts on: the context of the keys, and what is in hand or marked.

use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::{FeedbackRow, Quote};
use crate::domain::hints::LikelyOwner;
use crate::domain::id::{FeedbackId, IdeaId, ReleaseId, ReleaseItemId};
use crate::domain::idea::IdeaRow;
use crate::domain::meeting::{AgendaRow, Missing, Section, SectionBody};
use crate::domain::people::Handle;
use crate::domain::release::{Health, PlannedRelease, ReleaseItem, ReleaseState};
use crate::domain::safe_text::beginning;

use super::command::Context;
use super::past;
use super::state::{Face, Overlay, Pane, PlanCursor, Screen, Spot, State};

/// The context whose keys are in force.
#[must_use]
pub fn context(state: &State) -> Context {
    match state.overlays.last() {
        Some(Overlay::Prompt(_)) => Context::Entry,
        Some(Overlay::Picker(_) | Overlay::Import(_)) => Context::Picker,
        Some(Overlay::Form(_)) => Context::Form,
        None => underneath(state),
    }
}

/// The context beneath prompts and pickers: what help and palette speak of.
#[must_use]
pub fn underneath(state: &State) -> Context {
    match state.screen {
        Screen::Idea => Context::Idea,
        Screen::Timeline => Context::Timeline,
        Screen::Sync => match state.sync.face {
            Face::Agenda => Context::Sync,
            Face::Missing => Context::Missing,
        },
        Screen::Present => Context::Present,
        Screen::Minutes => Context::Minutes,
        Screen::Charts => Context::Charts,
        Screen::Past => Context::Past,
        Screen::Absent(_) => Context::Absent,
        Screen::Console => match state.focus {
            Pane::Inbox => Context::Inbox,
            Pane::Feedback if selecting(state) => Context::Passage,
            Pane::Feedback => Context::Text,
            Pane::Ideas => Context::Ideas,
            Pane::Plan if on_board(state) => Context::Board,
            Pane::Plan => Context::Plan,
        },
    }
}

/// Whether the release plan fills the screen as a board.
#[must_use]
pub fn on_board(state: &State) -> bool {
    let whole = state.screen == Screen::Console && state.focus == Pane::Plan && state.zoomed;
    whole && state.plan.board.wanted
}

fn selecting(state: &State) -> bool {
    state
        .hand
        .as_ref()
        .is_some_and(|hand| hand.selection.is_some())
}

/// The feedback under the cursor of the inbox, or the one whose text is shown.
#[must_use]
pub fn feedback_row(state: &State) -> Option<&FeedbackRow> {
    let hand = state.hand.as_ref();
    let shown = hand
        .and_then(|hand| hand.detail.as_ref())
        .map(|detail| &detail.row);
    if hand.is_some_and(|hand| hand.pinned) {
        shown
    } else {
        state.inbox.row().or(shown)
    }
}

/// The feedback that a deed acts on: the marked ones, else the one in hand.
#[must_use]
pub fn feedback(state: &State) -> Vec<FeedbackId> {
    if !state.inbox.marks.is_empty() {
        return state.inbox.marks.iter().copied().collect();
    }
    let pinned = state
        .hand
        .as_ref()
        .filter(|hand| hand.pinned)
        .map(|hand| hand.id);
    let id = pinned.or_else(|| feedback_row(state).map(|row| row.id));
    id.into_iter().collect()
}

/// Who should probably own these: known for the one in hand alone, while nobody owns it.
#[must_use]
pub fn likely_owner<'a>(state: &'a State, ids: &[FeedbackId]) -> Option<&'a LikelyOwner> {
    let hand = state.hand.as_ref().filter(|hand| ids == [hand.id])?;
    let owned = hand
        .detail
        .as_ref()
        .is_some_and(|detail| detail.row.owner.is_some());
    hand.hints.as_ref()?.owner.as_ref().filter(|_| !owned)
}

/// The idea under the cursor: of the table, of the suggestions, or the one that fills the screen.
#[must_use]
pub fn idea_row(state: &State) -> Option<&IdeaRow> {
    if state.screen == Screen::Idea {
        let view = state.idea.as_ref()?;
        return match &view.detail {
            Some(detail) => Some(&detail.row),
            None => state.ideas.rows.iter().find(|row| row.id == view.id),
        };
    }
    if state.zoomed {
        let index = *state.ideas.shown.get(state.ideas.cursor)?;
        return state.ideas.rows.get(index);
    }
    let hand = state.hand.as_ref()?;
    hand.suggestions
        .get(hand.cursor_idea)
        .map(|suggestion| &suggestion.idea)
}

/// The ideas that a deed acts on: the marked ones of the table, else the one under the cursor.
#[must_use]
pub fn ideas(state: &State) -> Vec<IdeaId> {
    if state.screen == Screen::Console && state.zoomed && !state.ideas.marks.is_empty() {
        return state.ideas.marks.iter().copied().collect();
    }
    idea_row(state).map(|row| row.id).into_iter().collect()
}

/// The release under the cursor of the plan.
#[must_use]
pub fn planned_release(state: &State) -> Option<&PlannedRelease> {
    state.plan.plan.releases.get(state.plan.cursor.release)
}

/// Its identity.
#[must_use]
pub fn release(state: &State) -> Option<ReleaseId> {
    planned_release(state).map(|planned| planned.release.id)
}

/// The release item under the cursor of the plan.
#[must_use]
pub fn release_item(state: &State) -> Option<&ReleaseItem> {
    planned_release(state)?.items.get(state.plan.cursor.item?)
}

/// The idea whose place in the release plan is marked beside the feedback in hand: the one it was linked to last, else the
/// suggestion under the cursor, which counts alone while the suggestions have the focus. `None` as long as that is not known.
#[must_use]
pub fn chosen_idea(state: &State) -> Option<IdeaId> {
    let hand = state.hand.as_ref()?;
    let suggested = hand.suggestions.get(hand.cursor_idea);
    let suggested = suggested.map(|suggestion| suggestion.idea.id);
    if state.focus == Pane::Ideas {
        return suggested;
    }
    let detail = hand.detail.as_ref()?;
    let linked = detail.links.last().map(|link| link.idea);
    linked.or(suggested)
}

/// The release to glance at beside the feedback in hand: where its idea sits, else the next one that is not out. As long as
/// its idea is not known the release stays that was shown for the feedback before.
#[must_use]
pub fn glanced(state: &State) -> Option<&PlannedRelease> {
    let releases = &state.plan.plan.releases;
    let idea = chosen_idea(state);
    if let (Some(hand), None) = (&state.hand, idea)
        && (hand.detail.is_none() || !hand.ranked)
        && let Some(before) = releases
            .iter()
            .find(|planned| Some(planned.release.id) == hand.glanced)
    {
        return Some(before);
    }
    let has_idea = |planned: &&PlannedRelease| {
        let mut items = planned.items.iter();
        items.any(|item| Some(item.idea) == idea && item.health != Health::Cut)
    };
    let to_come = |planned: &&PlannedRelease| planned.release.state != ReleaseState::Released;
    let mut with_idea = releases.iter().filter(has_idea);
    let next = || releases.iter().filter(to_come);
    with_idea
        .next()
        .or_else(|| next().find(|planned| !planned.items.is_empty()))
        .or_else(|| next().next())
}

/// The release items that a deed acts on: the marked ones, else the one under the cursor.
#[must_use]
pub fn release_items(state: &State) -> Vec<ReleaseItemId> {
    if !state.plan.marks.is_empty() {
        return state.plan.marks.iter().copied().collect();
    }
    release_item(state)
        .map(|item| item.id)
        .into_iter()
        .collect()
}

/// The one release item that a deed acts on: the marked one, else the one under the cursor; nothing when several are marked.
#[must_use]
pub fn chosen_item(state: &State) -> Option<&ReleaseItem> {
    let chosen = release_items(state);
    let [one] = chosen.as_slice() else {
        return None;
    };
    let releases = &state.plan.plan.releases;
    let mut items = releases.iter().flat_map(|planned| &planned.items);
    items.find(|item| item.id == *one)
}

/// The one thing under the cursor of whatever has the focus, whatever is marked: for copying and its timeline.
#[must_use]
pub fn thing(state: &State) -> Option<Thing> {
    match underneath(state) {
        Context::Inbox | Context::Text | Context::Passage => {
            feedback_row(state).map(|row| Thing::new(Entity::Feedback, row.id))
        }
        Context::Ideas | Context::Idea => {
            idea_row(state).map(|row| Thing::new(Entity::Idea, row.id))
        }
        Context::Plan | Context::Board => release_item(state)
            .map(|item| Thing::new(Entity::ReleaseItem, item.id))
            .or_else(|| release(state).map(|id| Thing::new(Entity::Release, id))),
        Context::Timeline => state
            .timeline
            .entries
            .get(state.timeline.cursor)
            .and_then(|entry| entry.about),
        Context::Sync | Context::Present => agenda_row(state).and_then(|row| match row {
            AgendaRow::Plan(item) => Some(Thing::new(Entity::ReleaseItem, item.item)),
            AgendaRow::Step(step) => Some(Thing::new(Entity::ActionStep, step.id)),
            AgendaRow::Queued(item) => Some(Thing::new(Entity::AgendaItem, item.id)),
            AgendaRow::Requests(_) => None,
        }),
        Context::Missing => missing(state).map(|missing| missing.thing),
        Context::Past => past_idea(state).map(|idea| Thing::new(Entity::Idea, idea)),
        Context::Minutes
        | Context::Charts
        | Context::Absent
        | Context::Entry
        | Context::Picker
        | Context::Form => None,
    }
}

/// What to call it, as it came from outside.
#[must_use]
pub fn title(state: &State) -> Option<String> {
    match underneath(state) {
        Context::Inbox | Context::Text | Context::Passage => {
            feedback_row(state).map(|row| row.title.clone())
        }
        Context::Ideas | Context::Idea => idea_row(state).map(|row| row.title.clone()),
        Context::Plan | Context::Board => release_item(state)
            .map(|item| item.title.clone())
            .or_else(|| planned_release(state).map(|planned| planned.release.name.clone())),
        Context::Sync | Context::Present => agenda_row(state).map(|row| row.title().to_owned()),
        Context::Missing => missing(state).map(|missing| missing.title.clone()),
        _ => None,
    }
}

/// The item under the cursor of the agenda: in the weekly sync, and the one that is shown large while it is held.
#[must_use]
pub fn agenda_row(state: &State) -> Option<AgendaRow<'_>> {
    let found = state.sync.found.as_deref()?;
    let Some(Spot::Item(wanted)) = state.sync.cursor.on else {
        return None;
    };
    found.agenda.rows().find(|row| row.item() == wanted)
}

/// The owner of the release item under the cursor of the agenda.
#[must_use]
pub fn agenda_owner(state: &State) -> Option<&Handle> {
    let found = state.sync.found.as_deref()?;
    let here = agenda_row(state)?.item();
    let plans = found
        .agenda
        .sections
        .iter()
        .filter_map(|section| match &section.body {
            SectionBody::Plan(owners) => Some(owners),
            _ => None,
        });
    let mut owners = plans.flatten();
    let mine = owners.find(|owner| owner.items.iter().any(|item| item.row == here))?;
    mine.owner.as_ref()
}

/// The part of the agenda under the cursor, where it is one without rows of its own.
#[must_use]
pub fn agenda_part(state: &State) -> Option<&Section> {
    let found = state.sync.found.as_deref()?;
    match state.sync.cursor.on {
        Some(Spot::Part(place)) => found.agenda.sections.get(place),
        _ => None,
    }
}

/// The idea under the cursor of the past of the release plan.
#[must_use]
pub fn past_idea(state: &State) -> Option<IdeaId> {
    let lines = past::lines(state.past.found.as_deref()?);
    let place = past::spots(&lines).get(state.past.cursor).copied()?;
    lines.get(place)?.idea()
}

/// What is missing that a remedy acts on: what is marked, else what is under the cursor.
#[must_use]
pub fn lacking(state: &State) -> Vec<&Missing> {
    let marks = &state.sync.marks;
    let Some(found) = state.sync.found.as_deref().filter(|_| !marks.is_empty()) else {
        return missing(state).into_iter().collect();
    };
    let marked = |row: &&Missing| marks.contains(&(row.kind, row.thing));
    found.gate.rows.iter().filter(marked).collect()
}

/// What is missing under the cursor of that list.
#[must_use]
pub fn missing(state: &State) -> Option<&Missing> {
    let rows = &state.sync.found.as_deref()?.gate.rows;
    let (kind, thing) = state.sync.missing.on?;
    rows.iter()
        .find(|row| row.kind == kind && row.thing == thing)
}

/// Whether the ideas on the screen are ranked for a feedback that a deed would not be about, because others are marked. A
/// range that is being marked ends with the one in hand.
#[must_use]
pub fn ranked_for_another(state: &State) -> bool {
    let inbox = &state.inbox;
    let ranging = inbox.range_from.is_some() && underneath(state) == Context::Inbox;
    let hand = state.hand.as_ref();
    !inbox.marks.is_empty() && !ranging && hand.is_some_and(|hand| !inbox.marks.contains(&hand.id))
}

/// How many suggestions are numbered on the screen for the feedback in hand: digits up to this act. They have no numbers
/// while others are marked: nobody means the ideas of one item for another.
#[must_use]
pub fn numbered(state: &State) -> usize {
    if ranked_for_another(state) {
        return 0;
    }
    let ranked = state.hand.as_ref().filter(|hand| hand.ranked);
    let found = ranked.map_or(0, |hand| hand.suggestions.len());
    numbers(state).min(found)
}

/// How many suggestions have room on the screen, and so a number, whether there are so many or not.
#[must_use]
pub fn numbers(state: &State) -> usize {
    let all_ideas = state.zoomed && state.focus == Pane::Ideas;
    if state.screen != Screen::Console || all_ideas {
        return 0;
    }
    super::layout::layout(state).suggestion_rows()
}

/// The places of the release plan on which the cursor can stand, in order: each release, and its items. With a filter only the items
/// that have its words, and the releases that have such.
#[must_use]
pub fn plan_places(state: &State) -> Vec<PlanCursor> {
    let words: Vec<String> = state
        .plan
        .filter
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let mut places = Vec::new();
    for (release, planned) in state.plan.plan.releases.iter().enumerate() {
        if !words.is_empty() && !planned.items.iter().any(|item| has_words(item, &words)) {
            continue;
        }
        places.push(PlanCursor {
            release,
            item: None,
        });
        for (place, item) in planned.items.iter().enumerate() {
            if has_words(item, &words) {
                places.push(PlanCursor {
                    release,
                    item: Some(place),
                });
            }
        }
    }
    places
}

/// How many items the release plan shows, without those that are cut.
#[must_use]
pub fn items_shown(state: &State) -> usize {
    let releases = &state.plan.plan.releases;
    let places = plan_places(state).into_iter();
    let items = places.filter_map(|place| releases.get(place.release)?.items.get(place.item?));
    items.filter(|item| item.health != Health::Cut).count()
}

fn has_words(item: &ReleaseItem, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let owner = item
        .owner
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let text = format!(
        "{}\n{}\n{owner}",
        beginning(&item.title),
        item.health.word_of(item.status)
    )
    .to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// The selected passage of the text in hand as a quote; blanks at its ends are left out, and nothing is no quote.
#[must_use]
pub fn quote(state: &State) -> Option<Quote> {
    let hand = state.hand.as_ref()?;
    let detail = hand.detail.as_ref()?;
    let selection = hand.selection.filter(|selection| selection.active)?;
    let start = selection.anchor.min(selection.head);
    let end = selection.anchor.max(selection.head);
    let passage = detail.body.get(start..end)?;
    let start = start + (passage.len() - passage.trim_start().len());
    let end = start + passage.trim().len();
    (start < end).then_some(Quote {
        revision: detail.revision,
        start,
        end,
    })
}
