//! The window on the inbox: loading it, paging it both ways, and keeping the cursor on its row.
//!
//! ```text
//!   before ┆ rows[0] … │ top … cursor … │ … rows[n] ┆ after
//!          ┆           └── the screen ──┘           ┆
//! ```
//!
//! About four screens are loaded; at the beginning one and a little, for which the first frame waits. When the cursor comes
//! within a screen of an edge behind which there is more, the rows
//! beyond are asked for by the row at the edge, never by a number; what is far from the cursor on the other side is let go.

use std::ops::Range;

use super::super::command::{Command, Context};
use super::super::effect::{Effect, Question};
use super::super::layout::layout;
use super::super::state::{Coming, Load, State, Tone, first_shown};
use super::super::wider::{self, Wider};
use super::{hand, searching, undoing};
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::FeedbackId;
use crate::domain::listing::{Anchor, FeedbackWindow, Tally};
use crate::domain::passage::Passage;
use crate::search::Finder;

/// Lines for rows on the screen, and so the most rows; at least one, so that there is always a page.
pub(super) fn screen(state: &State) -> usize {
    layout(state).inbox_rows().max(1)
}

/// Rows that a page has now: fewer than lines where passages stand below titles.
pub(super) fn page(state: &State) -> usize {
    let rows = shown(state);
    let below = state.inbox.rows[rows.clone()].iter();
    let below = below.map(|row| state.inbox.matches.lines(row.id) - 1);
    screen(state).saturating_sub(below.sum()).max(1)
}

/// The rows on the screen, as places in the list.
fn shown(state: &State) -> Range<usize> {
    let inbox = &state.inbox;
    let mut room = screen(state);
    let rows = inbox.rows.iter().skip(inbox.top);
    let count = rows.take_while(|row| {
        let lines = inbox.matches.lines(row.id);
        let fits = lines <= room;
        room = room.saturating_sub(lines);
        fits
    });
    inbox.top..inbox.top + count.count()
}

/// The row on that line of the list, from 0.
pub(super) fn at_line(state: &State, line: usize) -> Option<usize> {
    let inbox = &state.inbox;
    let mut before = 0;
    (inbox.top..inbox.rows.len()).find(|place| {
        before += inbox.matches.lines(inbox.rows[*place].id);
        line < before
    })
}

/// Rows that are kept loaded at most.
fn most(state: &State) -> usize {
    screen(state) * 8
}

/// Asks for a window. One that is asked for to show the list anew takes the place of what is on its way, and where that
/// went to the first or the last row, it still goes there: the cursor's own row is not where it is to be.
pub(super) fn ask(state: &mut State, load: Load) -> Effect {
    let load = match (load, state.inbox.asked) {
        (Load::Anew, end @ (Load::Start | Load::End)) if state.asked("inbox") => end,
        (load, _) => load,
    };
    let row = |row: Option<&FeedbackRow>| row.cloned().map(Box::new);
    let around = |awaited: &Coming| awaited.around.clone();
    let anchor = match load {
        Load::Anew => row(state.inbox.row())
            .or(state.inbox.awaited.as_ref().and_then(around))
            .map_or(Anchor::Start, Anchor::Around),
        Load::Sought => row(state.inbox.sought.first()).map_or(Anchor::Start, Anchor::Around),
        Load::Start => Anchor::Start,
        Load::End => Anchor::End,
        Load::After => row(state.inbox.rows.last()).map_or(Anchor::Start, Anchor::After),
        Load::Before => row(state.inbox.rows.first()).map_or(Anchor::Start, Anchor::Before),
    };
    state.inbox.asked = load;
    // It is asked for again behind the rows.
    state.forget("wider");
    let screen = screen(state);
    let limit = match state.inbox.loaded {
        true => screen * 4,
        // More than a screen, or what is behind its edge would be asked for at once.
        false => screen + screen / 4 + 1,
    };
    let query = state.inbox.query.clone();
    state.ask(Question::Inbox {
        query,
        anchor,
        limit,
    })
}

/// Takes the window in. One that is not finished is asked for again behind whatever else was asked: rows that can be shown
/// are shown, and more are put behind them as they are found; where the list would jump, it stays as it is meanwhile, unless
/// it is that of another filter.
pub(super) fn window(state: &mut State, window: FeedbackWindow) -> Vec<Effect> {
    let load = state.inbox.asked;
    let jumps = match load {
        Load::Start => window.rows.is_empty(),
        Load::Anew | Load::Sought | Load::End => true,
        Load::After | Load::Before => false,
    };
    if window.unfinished && jumps {
        return vec![ask(state, load)];
    }
    state.inbox.before_reading = None;
    let around = state.inbox.awaited.as_mut().and_then(|it| it.around.take());
    searching::end(state);
    let mut sought = std::mem::take(&mut state.inbox.sought);
    let back = sought_in(&window, &sought);
    match load {
        Load::Sought if back.is_none() => {
            // The filter hides that one; another may be shown.
            if sought.len() > 1 {
                sought.remove(0);
                state.inbox.sought = sought;
                return vec![ask(state, Load::Sought)];
            }
            undoing::hidden(state);
            return settle(state);
        }
        Load::After => append(state, window),
        Load::Before => prepend(state, window),
        Load::Anew | Load::Sought | Load::Start | Load::End => {
            let held = state.inbox.row().or(around.as_deref()).map(|row| row.id);
            replace(state, window, load, (held, back));
        }
    }
    let finder = Finder::of(&state.inbox.query.searched());
    let more = matches!(load, Load::After | Load::Before);
    let rows = state.inbox.rows.iter();
    let titles = rows.map(|row| (row.id, row.title.as_str()));
    state.inbox.matches.show(titles, &finder, !more);
    if !more {
        state.forget("passages");
    }
    let mut effects = settle(state);
    let elsewhere = state.inbox.before || state.inbox.after;
    if load == Load::Anew && back.is_none() && !sought.is_empty() {
        if elsewhere {
            // It is far away, or not in the list.
            state.inbox.sought = sought;
            effects.push(ask(state, Load::Sought));
        } else {
            undoing::hidden(state);
        }
    }
    if !more {
        effects.extend(count(state));
        tell_above(state);
        // The row may have changed though the cursor is still on it.
        if !effects.iter().any(is_feedback) {
            effects.extend(hand::reload(state));
        }
    }
    effects
}

fn is_feedback(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Ask {
            question: Question::Feedback(_),
            ..
        }
    )
}

/// The first row of a window that is sought.
fn sought_in(window: &FeedbackWindow, sought: &[FeedbackRow]) -> Option<usize> {
    let is_sought = |row: &FeedbackRow| sought.iter().any(|known| known.id == row.id);
    window.rows.iter().position(is_sought)
}

/// Shows other rows. The cursor stays on its row by identity; when that is gone, on its place, which the next one has now.
/// What came back by an undo is under the cursor, wherever that was.
fn replace(
    state: &mut State,
    window: FeedbackWindow,
    load: Load,
    (held, back): (Option<FeedbackId>, Option<usize>),
) {
    let inbox = &mut state.inbox;
    let above = inbox.cursor.saturating_sub(inbox.top);
    let same = window.rows.iter().position(|row| Some(row.id) == held);
    inbox.cursor = match load {
        Load::Start => 0,
        Load::End => usize::MAX,
        _ => back.or(same).unwrap_or(window.at),
    };
    inbox.rows = window.rows;
    inbox.before = window.before;
    inbox.after = window.after;
    inbox.loaded = true;
    inbox.cursor = inbox.cursor.min(inbox.rows.len().saturating_sub(1));
    inbox.top = inbox.cursor.saturating_sub(above);
    inbox.offset = (!inbox.before).then_some(0);
}

fn append(state: &mut State, window: FeedbackWindow) {
    let most = most(state);
    let screen = screen(state);
    let inbox = &mut state.inbox;
    inbox.after = window.after;
    for row in window.rows {
        if !inbox.rows.iter().any(|known| known.id == row.id) {
            inbox.rows.push(row);
        }
    }
    let surplus = inbox
        .rows
        .len()
        .saturating_sub(most)
        .min(inbox.top.saturating_sub(screen));
    if surplus > 0 {
        inbox.rows.drain(..surplus);
        inbox.cursor -= surplus;
        inbox.top -= surplus;
        inbox.before = true;
        inbox.offset = inbox.offset.map(|offset| offset + surplus as u64);
    }
}

fn prepend(state: &mut State, window: FeedbackWindow) {
    let most = most(state);
    let screen = screen(state);
    let inbox = &mut state.inbox;
    let mut rows = window.rows;
    rows.retain(|row| !inbox.rows.iter().any(|known| known.id == row.id));
    let more = rows.len();
    rows.append(&mut inbox.rows);
    inbox.rows = rows;
    inbox.cursor += more;
    inbox.top += more;
    inbox.before = window.before;
    inbox.offset = match inbox.offset {
        _ if !inbox.before => Some(0),
        Some(offset) => Some(offset.saturating_sub(more as u64)),
        None => None,
    };
    let keep = most.max(inbox.cursor + 2 * screen);
    if inbox.rows.len() > keep {
        inbox.rows.truncate(keep);
        inbox.after = true;
    }
}

/// Brings the cursor into the list and the list around the cursor, lets the hand follow, and asks for more rows near an
/// edge. Whatever moves the cursor or resizes the screen ends here.
pub(super) fn settle(state: &mut State) -> Vec<Effect> {
    let screen = screen(state);
    let inbox = &mut state.inbox;
    inbox.cursor = inbox.cursor.min(inbox.rows.len().saturating_sub(1));
    let lines = |place: usize| {
        let row = inbox.rows.get(place);
        row.map_or(1, |row| inbox.matches.lines(row.id))
    };
    inbox.top = first_shown(inbox.top, inbox.cursor, screen, inbox.rows.len(), lines);
    let mut effects = hand::follow(state);
    effects.extend(ask_passages(state));
    let inbox = &state.inbox;
    if inbox.loaded && !state.asked("inbox") {
        let load = if inbox.after && inbox.cursor + screen >= inbox.rows.len() {
            Some(Load::After)
        } else if inbox.before && inbox.cursor < screen {
            Some(Load::Before)
        } else {
            None
        };
        if let Some(load) = load {
            effects.push(ask(state, load));
        }
    }
    effects
}

/// Asks where the words are in the rows on the screen whose titles do not show it.
fn ask_passages(state: &mut State) -> Option<Effect> {
    if state.asked("passages") || state.asked("inbox") {
        return None;
    }
    let rows = &state.inbox.rows[shown(state)];
    let of = state.inbox.matches.due(rows.iter().map(|row| row.id));
    let query = state.inbox.query.clone();
    (!of.is_empty()).then(|| state.ask(Question::Passages { query, of }))
}

/// Takes passages in. A line that is not needed after all goes, and what came into view meanwhile is asked for.
pub(super) fn passages(
    state: &mut State,
    found: Vec<(FeedbackId, Option<Passage>)>,
) -> Vec<Effect> {
    state.inbox.matches.take(found);
    settle(state)
}

/// The first row to show so that the cursor is on the screen and the screen is filled as far as there are rows.
pub(super) fn in_view(top: usize, cursor: usize, screen: usize, rows: usize) -> usize {
    let screen = screen.max(1);
    let top = top.min(rows.saturating_sub(screen));
    if cursor < top {
        cursor
    } else if cursor >= top + screen {
        cursor + 1 - screen
    } else {
        top
    }
}

/// Asks how many rows there are, and how many come before the first loaded one. Of a list that is loaded whole that is
/// known.
fn count(state: &mut State) -> Option<Effect> {
    state.forget("tally");
    if !state.inbox.before && !state.inbox.after {
        state.inbox.total = Some(state.inbox.rows.len() as u64);
        state.inbox.at_least = false;
        return count_wider(state);
    }
    state.inbox.total = None;
    Some(count_on(state))
}

/// Asks how many rows there are; of a count that takes long, how many more.
fn count_on(state: &mut State) -> Effect {
    let first = state.inbox.rows.first().filter(|_| state.inbox.before);
    state.inbox.counting = first.map(|row| row.id);
    let before = first.cloned().map(Box::new);
    let query = state.inbox.query.clone();
    state.ask(Question::Tally { query, before })
}

/// Takes the figures in; the place is that of the row it was counted for, wherever that row is by now. What was not counted
/// yet is asked for again, behind whatever else was asked meanwhile.
pub(super) fn tally(state: &mut State, tally: &Tally) -> Vec<Effect> {
    let inbox = &mut state.inbox;
    inbox.at_least = !tally.whole;
    if !tally.whole {
        inbox.total = Some(tally.total.max(inbox.rows.len() as u64));
        return vec![count_on(state)];
    }
    inbox.total = Some(tally.total);
    let place = inbox
        .rows
        .iter()
        .position(|row| Some(row.id) == inbox.counting);
    if let (Some(before), Some(place)) = (tally.before, place) {
        inbox.offset = Some(before.saturating_sub(place as u64));
    }
    tell_above(state);
    count_wider(state).into_iter().collect()
}

/// Asks how many there are without the conditions beside the words, of whom they name or with words near to them, where the list
/// is short.
fn count_wider(state: &mut State) -> Option<Effect> {
    let query = wider::worth_counting(state)?;
    Some(state.ask(Question::Wider(query)))
}

/// Takes that figure in. One that is not whole suffices: it says that there is more.
pub(super) fn wider(state: &mut State, wider: Wider) {
    state.inbox.wider = Some(wider);
}

/// How many rows are above the cursor, if that is known, and which one it is on.
fn above(state: &State) -> Option<(FeedbackId, u64)> {
    let inbox = &state.inbox;
    let row = inbox.row()?.id;
    Some((row, inbox.offset? + inbox.cursor as u64))
}

/// An import is about to be shown. The cursor stays on its row.
pub(super) fn before_import(state: &mut State) {
    forget_errand(state);
    // Where another list is on its way, nothing is known of that one yet.
    let other = state.asked("inbox") && matches!(state.inbox.asked, Load::Start | Load::End);
    state.inbox.before_import = above(state).filter(|_| !other);
}

/// What an undo brought back is not looked for any more, nor what an import put above the cursor: something else was done
/// since, another list is shown, or this one could not be read.
pub(super) fn forget_errand(state: &mut State) {
    state.inbox.sought.clear();
    state.inbox.before_import = None;
}

/// Says how many rows an import has put above the cursor, as soon as they are counted: they may be out of sight.
fn tell_above(state: &mut State) {
    let (Some((row, before)), Some((held, now))) = (state.inbox.before_import, above(state)) else {
        return;
    };
    state.inbox.before_import = None;
    let more = now.saturating_sub(before);
    let keys = state.keymap.keys(Context::Inbox, Command::Top);
    let told = state.notice.as_mut().filter(|it| it.tone == Tone::Done);
    if let (true, Some(notice)) = (row == held && more > 0, told) {
        let top = keys.first().map_or("", String::as_str);
        let gap = if notice.hint.is_empty() { "" } else { " · " };
        notice.hint = format!("{more} above, {top} goes there{gap}{}", notice.hint);
    }
}

/// Moves the cursor by rows.
pub(super) fn move_by(state: &mut State, rows: isize) -> Vec<Effect> {
    let last = state.inbox.rows.len().saturating_sub(1);
    state.inbox.cursor = state.inbox.cursor.saturating_add_signed(rows).min(last);
    settle(state)
}

/// Goes to the first or the last row of all, loaded or not.
pub(super) fn jump(state: &mut State, end: bool) -> Vec<Effect> {
    let (beyond, load) = if end {
        (state.inbox.after, Load::End)
    } else {
        (state.inbox.before, Load::Start)
    };
    if beyond {
        state.flight.settling = true;
        return vec![ask(state, load)];
    }
    state.inbox.cursor = if end { usize::MAX } else { 0 };
    settle(state)
}
