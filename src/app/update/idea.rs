//! The screen of one idea: what is known about it, and the cursor in its evidence.

use super::super::document::{EvidenceLine, IdeaDocument, idea_document};
use super::super::effect::{Effect, Question};
use super::super::layout::{idea_room, layout};
use super::super::state::State;
use super::inbox::in_view;
use super::scroll::Distance;
use crate::domain::idea::IdeaDetail;

/// The idea on the screen has come; an answer about another one finds nobody.
pub(super) fn loaded(state: &mut State, found: Option<Box<IdeaDetail>>) {
    let Some(view) = &mut state.idea else {
        return;
    };
    match found {
        Some(detail) if detail.row.id == view.id => {
            view.cursor = view.cursor.min(detail.evidence.len().saturating_sub(1));
            view.detail = Some(detail);
        }
        Some(_) => {}
        None => view.detail = None,
    }
}

/// Asks anew what is known about the idea on the screen.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    let id = state.idea.as_ref().map(|view| view.id);
    id.map(|id| state.ask(Question::Idea(id)))
        .into_iter()
        .collect()
}

/// Moves the cursor through the evidence of the idea on the screen, which is kept in sight with its quote. Where it is out of
/// sight, as at the top of a long idea, the text scrolls until a row can be seen, and that one is taken.
pub(super) fn go(state: &mut State, distance: Distance) {
    let Some((document, room)) = lines(state) else {
        return;
    };
    let Some(view) = &mut state.idea else {
        return;
    };
    let rows = &document.evidence;
    let top = view.scroll.min(document.lines.len().saturating_sub(room));
    let seen = |row: &&EvidenceLine| (top..top + room).contains(&row.line);
    let in_sight = rows.get(view.cursor).filter(seen).is_some();
    let to = match distance {
        Distance::By(_) if in_sight => Some(distance.from(view.cursor, rows.len())),
        Distance::By(lines) if lines > 0 => rows.iter().position(|row| seen(&row)),
        Distance::By(_) => rows.iter().rposition(|row| seen(&row)),
        Distance::Start | Distance::End => Some(distance.from(view.cursor, rows.len())),
    };
    let moved = to.is_some_and(|to| to != view.cursor);
    view.cursor = to.unwrap_or(view.cursor);
    match rows.get(view.cursor).filter(|_| moved) {
        Some(row) if distance != Distance::Start => {
            let last = row.line + row.lines.saturating_sub(1);
            view.scroll = in_view(top, last, room, document.lines.len()).min(row.line);
        }
        // At either end the text itself goes on.
        _ => scroll(state, distance),
    }
}

/// Scrolls to the row of the evidence that is in hand, where it is out of sight; answers whether it was.
pub(super) fn seek(state: &mut State) -> bool {
    let Some((document, room)) = lines(state) else {
        return false;
    };
    let Some(view) = &mut state.idea else {
        return false;
    };
    let Some(row) = document.evidence.get(view.cursor) else {
        return false;
    };
    let top = view.scroll.min(document.lines.len().saturating_sub(room));
    if (top..top + room).contains(&row.line) {
        return false;
    }
    let last = row.line + row.lines.saturating_sub(1);
    view.scroll = in_view(top, last, room, document.lines.len()).min(row.line);
    true
}

/// Scrolls the text of the idea on the screen; never beyond its last line.
pub(super) fn scroll(state: &mut State, distance: Distance) {
    let Some((document, room)) = lines(state) else {
        return;
    };
    let most = document.lines.len().saturating_sub(room);
    if let Some(view) = &mut state.idea {
        view.scroll = distance.from(view.scroll.min(most), most + 1);
    }
}

/// The lines of the idea on the screen, and how many of them there is room for.
fn lines(state: &State) -> Option<(IdeaDocument, usize)> {
    let detail = state.idea.as_ref()?.detail.as_ref()?;
    let (width, room) = idea_room(layout(state).body);
    let checklist = &state.settings.checklist;
    let document = idea_document(detail, checklist, &state.search, state.now, width);
    Some((document, room))
}
