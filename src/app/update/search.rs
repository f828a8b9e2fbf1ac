//! `n` and `N`: from match to match of the words that were searched for last.

use super::super::command::Context;
use super::super::document::{Ink, feedback_document, hand_document, line_of_passage};
use super::super::effect::Effect;
use super::super::prompt::words;
use super::super::state::{State, Tone};
use super::super::target;
use super::scroll::{self, Distance};
use super::{ideas, inbox, plan};
use crate::search::Finder;

/// Moves to the next row whose title has one of the words, or the one before; in a text to the next line with a match.
pub(super) fn find(state: &mut State, forward: bool) -> Vec<Effect> {
    let finder = Finder::of(&state.search);
    let has = |title: &str| finder.seen(title).any();
    match target::underneath(state) {
        // Whatever the filter shows has its words, loaded or not.
        Context::Inbox if state.inbox.query.searched() == state.search => {
            let before = state.inbox.row().map(|row| row.id);
            let effects = inbox::move_by(state, if forward { 1 } else { -1 });
            let more = if forward {
                state.inbox.after
            } else {
                state.inbox.before
            };
            // What is still being read is not nowhere.
            if more || state.inbox.row().map(|row| row.id) != before {
                return effects;
            }
        }
        Context::Inbox => {
            let matches = state.inbox.rows.iter().map(|row| has(&row.title)).collect();
            if let Some(place) = beyond(matches, state.inbox.cursor, forward) {
                state.inbox.cursor = place;
                return inbox::settle(state);
            }
        }
        Context::Ideas if state.zoomed => {
            let rows = &state.ideas.rows;
            let all = state.ideas.query.searched() == state.search;
            let shown = state
                .ideas
                .shown
                .iter()
                .filter_map(|index| rows.get(*index));
            let matches = shown.map(|row| all || has(&row.title)).collect();
            if let Some(place) = beyond(matches, state.ideas.cursor, forward) {
                state.ideas.cursor = place;
                ideas::settle(state);
                return Vec::new();
            }
        }
        Context::Plan | Context::Board => {
            let places = target::plan_places(state);
            let releases = &state.plan.plan.releases;
            let matches = places
                .iter()
                .map(|place| {
                    let item = releases
                        .get(place.release)
                        .and_then(|planned| planned.items.get(place.item?));
                    item.is_some_and(|item| has(&item.title))
                })
                .collect();
            let at = places
                .iter()
                .position(|place| *place == state.plan.cursor)
                .unwrap_or(0);
            if let Some(place) = beyond(matches, at, forward) {
                state.plan.cursor = places[place];
                plan::settle(state);
                return Vec::new();
            }
        }
        Context::Text if text(state, forward) => return Vec::new(),
        _ => {}
    }
    let words: Vec<&str> = state.search.iter().map(|s| s.text.as_str()).collect();
    let words = format!("“{}” is nowhere else here", words::short(&words.join(" ")));
    state.say(Tone::Plain, words, "");
    Vec::new()
}

/// The nearest match behind (or before) `at`; not the place itself, and not around the end.
fn beyond(matches: Vec<bool>, at: usize, forward: bool) -> Option<usize> {
    if forward {
        (at + 1..matches.len()).find(|place| matches[*place])
    } else {
        (0..at.min(matches.len()))
            .rev()
            .find(|place| matches[*place])
    }
}

/// Scrolls the text in hand so that the next line with a match is at its top, as far as there are lines below it.
fn text(state: &mut State, forward: bool) -> bool {
    let (width, _) = scroll::text_room(state);
    let Some(hand) = &state.hand else {
        return false;
    };
    let lines = hand_document(state, width);
    let matches = lines
        .iter()
        .map(|line| line.pieces.iter().any(|piece| piece.ink == Ink::Match))
        .collect();
    let before = hand.scroll;
    let Some(place) = beyond(matches, before, forward) else {
        return false;
    };
    scroll::text(state, Distance::Start);
    scroll::text(
        state,
        Distance::By(isize::try_from(place).unwrap_or(isize::MAX)),
    );
    state
        .hand
        .as_ref()
        .is_some_and(|hand| hand.scroll != before)
}

/// Opens the text in hand at the passage that the list shows of it, where the title does not show all words: two lines before
/// it, so that one sees where it stands.
pub(super) fn open_at_match(state: &mut State) {
    const ABOVE: usize = 2;
    let (width, room) = scroll::text_room(state);
    let Some(hand) = &state.hand else {
        return;
    };
    let Some(detail) = &hand.detail else {
        return;
    };
    let searched = state.inbox.query.searched();
    let finder = Finder::of(&searched);
    if hand.pinned || finder.is_empty() || finder.seen(&detail.row.title).all() {
        return;
    }
    let offset = state.settings.clocks;
    let lines = feedback_document(
        detail,
        hand.hints.as_ref(),
        &searched,
        state.now,
        offset,
        width,
    );
    let first = line_of_passage(detail, &lines, &searched, state.now, width);
    // What is on the screen anyway needs no scrolling.
    if let (Some(line), Some(hand)) = (first.filter(|line| *line >= room), &mut state.hand) {
        hand.scroll = line
            .saturating_sub(ABOVE)
            .min(lines.len().saturating_sub(room));
    }
}
