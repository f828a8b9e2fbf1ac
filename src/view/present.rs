//! The weekly sync while it is held: the item at hand, large, with its time; the others small beside it.

mod aside;
mod requests;

use super::canvas::Canvas;
use super::digits::{self, Size};
use super::feedback::draw_line;
use super::theme::Role;
use crate::app::command::{Command, Context};
use crate::app::document::{Here, stop_about, stop_document, wrap};
use crate::app::layout::{Cells, PROSE};
use crate::app::present::{Clock, Mark, Pace, Show, Stop, coarse, given, is_over, minutes};
use crate::app::state::State;
use crate::app::target;
use crate::domain::meeting::{AgendaRow, MeetingState, shown};
use crate::domain::safe_text::SafeText;

/// From this width on the other items stand beside the one at hand.
const WITH_ASIDE: u16 = 110;
/// Blank columns at either side of what is large.
const AIR: u16 = 3;

/// Draws the item at hand, or that the agenda is through.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let Some(show) = Show::of(state) else {
        return;
    };
    let aside = match cells.width {
        ..WITH_ASIDE => 0,
        wide => (wide / 3).min(60),
    };
    let main = Cells {
        width: cells.width - aside,
        ..cells
    };
    if aside > 0 {
        let beside = Cells {
            x: main.width,
            width: aside,
            ..cells
        };
        canvas.upright(beside, Role::Rule);
        let inner = Cells {
            x: beside.x + 1,
            width: aside - 1,
            ..beside
        };
        aside::draw(canvas, state, &show, inner);
    }
    if !is_over(state) {
        strip(canvas, state, &show, main);
    }
    let inner = Cells {
        x: main.x + AIR,
        y: main.y + 2,
        width: main.width.saturating_sub(AIR + 2),
        height: main.height.saturating_sub(2),
    };
    if is_over(state) || show.agenda.meeting.state != MeetingState::Running {
        return not_held(canvas, state, inner);
    }
    match show.stop() {
        Some(stop) => item(canvas, state, &show, stop, inner),
        None => through(canvas, state, &show, inner),
    }
}

/// Which meeting, how far it has come, and how long it has taken as a whole.
fn strip(canvas: &mut Canvas<'_>, state: &State, show: &Show<'_>, cells: Cells) {
    let meeting = &show.agenda.meeting;
    let right = cells.x + cells.width.saturating_sub(2);
    let whole = show.whole(state.now);
    let words = whole.spent(coarse(state));
    let role = match whole.pace() {
        Pace::Over => Role::Bad,
        Pace::Soon => Role::Warning,
        Pace::Calm => Role::Dim,
    };
    let mut left = canvas.right(right, cells.y, 24, &SafeText::line(&words), role);
    if let Some(at) = show.at {
        let words = format!("{} of {}   ", at + 1, show.stops.len());
        left = canvas.right(left, cells.y, 16, &SafeText::line(&words), Role::Text);
    }
    let x = cells.x + 1;
    let room = left.saturating_sub(x + 2);
    let title = SafeText::line(&meeting.title);
    let used = canvas.text(x, cells.y, room, &title, Role::Accent);
    if let Some(at) = meeting.at {
        let when = SafeText::line(&format!("  {}", shown(at, &meeting.zone)));
        if used + when.cells() <= room {
            canvas.text(x + used, cells.y, room - used, &when, Role::Dim);
        }
    }
}

/// The item at hand.
fn item(canvas: &mut Canvas<'_>, state: &State, show: &Show<'_>, stop: &Stop<'_>, cells: Cells) {
    let here = Here {
        now: state.now,
        clocks: state.settings.clocks,
    };
    let bottom = cells.y + cells.height;
    let mut y = cells.y;
    if let Some(clock) = show.clock(state.now) {
        let part = show.part(state.now);
        y = headed(canvas, state, stop, (clock, part), (cells, here));
    }
    let below = Cells {
        y,
        height: bottom.saturating_sub(y + 2),
        ..cells
    };
    if let Some(AgendaRow::Requests(group)) = stop.row {
        requests::draw(canvas, state, group, below);
    } else {
        let width = below.width.min(PROSE);
        let owner = target::agenda_owner(state);
        let promised = show.promised_on(stop);
        let lines = stop_document(stop, (owner, &promised), here, usize::from(width));
        let room = usize::from(below.height);
        let scroll = state.sync.scroll.min(lines.len().saturating_sub(room));
        for (place, line) in lines.iter().skip(scroll).take(room).enumerate() {
            draw_line(canvas, below.x, below.y + place as u16, width, line, None);
        }
        let more = lines.len().saturating_sub(scroll + room);
        if more > 0 {
            let words = SafeText::line(&super::more_lines(more, "J"));
            let y = below.y + below.height;
            canvas.right(cells.x + cells.width, y, 24, &words, Role::Dim);
        }
    }
    next(canvas, state, show, cells, bottom.saturating_sub(1));
}

/// What it is about, its title, the clock at the right, and the time box as a bar. Returns the line below.
fn headed(
    canvas: &mut Canvas<'_>,
    state: &State,
    stop: &Stop<'_>,
    (clock, part): (Clock, Option<Clock>),
    (cells, here): (Cells, Here),
) -> u16 {
    let size = match (cells.width, cells.height) {
        (64.., 24..) => Size::Large,
        _ => Size::Small,
    };
    let quiet = coarse(state);
    // When the time of the part is over, none is left for what stands in it.
    let late = part.map(Clock::pace).filter(|pace| *pace == Pace::Over);
    let role = match (clock.paused, clock.pace().max(late.unwrap_or(Pace::Calm))) {
        (true, _) => Role::Dim,
        (_, Pace::Calm) => Role::Good,
        (_, Pace::Soon) => Role::Warning,
        (_, Pace::Over) => Role::Bad,
    };
    let right = cells.x + cells.width;
    let figure = clock.figure();
    let (words, taken) = match quiet {
        true => (clock.words(), 0),
        false => (clock.meaning(), digits::width(&figure, size)),
    };
    if !quiet {
        digits::draw(canvas, right - taken, cells.y, &figure, size, role);
    }
    let under = match quiet {
        true => cells.y,
        false => cells.y + size.height(),
    };
    let words = match clock.paused {
        true => format!("paused · {words}"),
        false => words,
    };
    let words = SafeText::line(&words);
    let role = if clock.paused { Role::Warning } else { role };
    canvas.right(right, under, cells.width, &words, role);
    let side = if quiet {
        words.cells()
    } else {
        taken.max(words.cells())
    };
    let room = cells.width.saturating_sub(side + 3).max(16);
    let about = SafeText::line(&stop_about(stop, here).join(" · "));
    canvas.text(cells.x, cells.y, room, &about, Role::Dim);
    let (title, most) = (SafeText::row(stop.title()), size.height() - 1);
    let lines = wrap(title.as_str(), usize::from(room));
    let last = usize::from(most).min(lines.len());
    for (place, range) in lines.iter().take(last).enumerate() {
        // What does not fit shows at the end of the last line that it goes on.
        let end = if place + 1 == last {
            title.as_str().len()
        } else {
            range.end
        };
        let line = SafeText::line(&title.as_str()[range.start..end]);
        let y = cells.y + 1 + place as u16;
        canvas.text(cells.x, y, room, &line, Role::Title);
    }
    if let Some(part) = part {
        let words = SafeText::line(&format!("part {}", part.spent(quiet)));
        let role = match part.pace() {
            Pace::Over => Role::Bad,
            Pace::Soon => Role::Warning,
            Pace::Calm => Role::Dim,
        };
        canvas.text(cells.x, cells.y + size.height(), room, &words, role);
    }
    let y = cells.y + size.height() + 1;
    bar(canvas, clock, quiet, Cells { y, ..cells });
    y + 2
}

/// The time box as a line that fills.
fn bar(canvas: &mut Canvas<'_>, clock: Clock, quiet: bool, cells: Cells) {
    let Some(given) = clock.given.filter(|given| *given > 0) else {
        return canvas.rule(cells, Role::Rule);
    };
    if canvas.plain {
        return;
    }
    let taken = match quiet {
        true => clock.taken - clock.taken % 60_000,
        false => clock.taken,
    };
    let filled = taken.clamp(0, given) * i64::from(cells.width) / given;
    let filled = u16::try_from(filled).unwrap_or(cells.width);
    canvas.fill(Cells { height: 1, ..cells }, "─", Role::Rule);
    let role = match (clock.paused, clock.pace()) {
        (true, _) => Role::Dim,
        (_, Pace::Calm) => Role::Good,
        (_, Pace::Soon) => Role::Warning,
        (_, Pace::Over) => Role::Bad,
    };
    let done = Cells {
        width: filled,
        height: 1,
        ..cells
    };
    canvas.fill(done, "━", role);
}

/// What comes after it: where one goes on to, and where another one follows that was gone through already, that, too.
fn next(canvas: &mut Canvas<'_>, state: &State, show: &Show<'_>, cells: Cells, y: u16) {
    let line = Cells {
        y,
        height: 1,
        ..cells
    };
    let (next, following) = (show.next(), show.following());
    let same = |a: &Stop<'_>, b: &Stop<'_>| a.item == b.item;
    match (next, following) {
        (Some(next), Some(other)) if !same(next, other) => {
            let half = Cells {
                width: cells.width / 2,
                ..line
            };
            let go_on = key_of(state, Command::GoOn);
            let step = key_of(state, Command::NextItem);
            stop_in_line(canvas, &go_on, next, half);
            let x = half.x + half.width + 2;
            let width = (cells.x + cells.width).saturating_sub(x);
            stop_in_line(canvas, &step, other, Cells { x, width, ..half });
        }
        (Some(next), _) => stop_in_line(canvas, "next", next, line),
        (None, _) => {
            let before = show.stops.iter().take(show.at.unwrap_or(0));
            let mut words = match before.filter(|stop| stop.mark == Mark::Ahead).count() {
                0 => "the last one: then the meeting can be ended".to_owned(),
                1 => "the last one · 1 item before was not discussed".to_owned(),
                more => format!("the last one · {more} items before were not discussed"),
            };
            if let Some(other) = following {
                let step = key_of(state, Command::NextItem);
                words.push_str(&format!(" · {step}  {}", other.title()));
            }
            let words = SafeText::line(&words);
            canvas.text(cells.x, y, cells.width, &words, Role::Faint);
        }
    }
}

fn key_of(state: &State, command: Command) -> String {
    let keys = state.keymap.keys(Context::Present, command);
    keys.into_iter().next().unwrap_or_default()
}

/// A stop in one line: how one gets there, its title, how long it may take.
fn stop_in_line(canvas: &mut Canvas<'_>, how: &str, stop: &Stop<'_>, cells: Cells) {
    let how = SafeText::line(how);
    let used = canvas.text(cells.x, cells.y, 8, &how, Role::Faint);
    let note = match given(stop) {
        Some(given) if given % 60_000 == 0 => format!("  {} min", given / 60_000),
        Some(given) => format!("  {}", minutes(given)),
        None => String::new(),
    };
    let note = SafeText::line(&note);
    let x = cells.x + used + 2;
    let room = cells.width.saturating_sub(used + 2 + note.cells());
    let title = SafeText::row(stop.title());
    let used = canvas.text(x, cells.y, room, &title, Role::Dim);
    canvas.text(x + used, cells.y, note.cells(), &note, Role::Faint);
}

/// All items were gone through: what is left to say, and how the meeting is ended.
fn through(canvas: &mut Canvas<'_>, state: &State, show: &Show<'_>, cells: Cells) {
    let width = cells.width;
    let put_off = show.stops.iter().filter(|stop| stop.mark == Mark::PutOff);
    let left = show.stops.iter().filter(|stop| stop.mark == Mark::Ahead);
    let left: Vec<&Stop<'_>> = left.collect();
    let title = match left.is_empty() {
        true => "The agenda is through",
        false => "The end of the agenda",
    };
    canvas.words(cells.x, cells.y, width, title, Role::Title);
    let whole = show.whole(state.now);
    let mut words = format!("{} of {} items", show.behind(), show.stops.len());
    match put_off.count() {
        0 => {}
        count => words.push_str(&format!(" · {count} carried over")),
    }
    words.push_str(&format!(" · {} ", whole.taken / 60_000));
    words.push_str(&format!("of {} minutes", show.agenda.meeting.minutes));
    canvas.text(
        cells.x,
        cells.y + 1,
        width,
        &SafeText::line(&words),
        Role::Dim,
    );
    let mut y = cells.y + 3;
    if !left.is_empty() {
        canvas.words(cells.x, y, width, "Not discussed", Role::Warning);
        y += 1;
        for words in not_discussed(&left) {
            canvas.text(
                cells.x + 2,
                y,
                width.saturating_sub(2),
                &SafeText::line(&words),
                Role::Text,
            );
            y += 1;
        }
        y += 1;
    }
    let mut x = cells.x;
    for (command, does) in [
        (Command::FinishMeeting, "ends the meeting"),
        (Command::PreviousItem, "goes back"),
    ] {
        x += key(canvas, state, command, does, Cells { x, y, ..cells });
    }
}

/// What was not discussed: queued items by their titles, since they stay for the next agenda, and of the rest how many.
fn not_discussed(left: &[&Stop<'_>]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for stop in left {
        match stop.row {
            Some(AgendaRow::Queued(item)) => {
                lines.push(format!("{}: stays for the next agenda", item.title));
            }
            _ => {
                let title = stop.section.title.as_str();
                match counted.iter_mut().find(|(known, _)| *known == title) {
                    Some((_, count)) => *count += 1,
                    None => counted.push((title, 1)),
                }
            }
        }
    }
    let counted = counted.into_iter().map(|(title, count)| match count {
        1 => format!("{title}: 1 item"),
        more => format!("{title}: {more} items"),
    });
    counted.chain(lines).take(10).collect()
}

/// The meeting is not being held: it was ended in another window, or its beginning was taken back.
fn not_held(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let over = is_over(state);
    let words = match over {
        true => "This meeting was ended in another window.",
        false => "This meeting is not being held.",
    };
    canvas.words(cells.x, cells.y, cells.width, words, Role::Title);
    let keys = [
        (Command::WriteMinutes, "shows its minutes"),
        (Command::Back, "goes back to the agenda"),
    ];
    let (mut x, y) = (cells.x, cells.y + 2);
    for (command, does) in keys.into_iter().skip(usize::from(!over)) {
        x += key(canvas, state, command, does, Cells { x, y, ..cells });
    }
}

/// A key and what it does; returns the columns used, air included.
fn key(
    canvas: &mut Canvas<'_>,
    state: &State,
    command: Command,
    does: &'static str,
    cells: Cells,
) -> u16 {
    let keys = state.keymap.keys(Context::Present, command);
    let Some(key) = keys.first() else {
        return 0;
    };
    let used = canvas.text(
        cells.x,
        cells.y,
        cells.width,
        &SafeText::line(key),
        Role::Key,
    ) + 1;
    used + canvas.words(cells.x + used, cells.y, cells.width, does, Role::Dim) + 3
}
