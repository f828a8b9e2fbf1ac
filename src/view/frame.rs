//! The header line, the rules between panes, the notice and the footer.

use super::canvas::Canvas;
use super::side_by_side;
use super::theme::Role;
use crate::app::command::footer::footer;
use crate::app::layout::{Arrangement, Cells, Layout};
use crate::app::state::{Pane, Screen, State, Tone};
use crate::domain::safe_text::SafeText;

/// The header: where one is, what is left, what was done today, who is on duty.
pub fn header(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) {
    let Cells { y, width, .. } = layout.header;
    let mut x = 1 + canvas.words(1, y, 8, "Intake", Role::Accent) + 2;
    if width >= 100 {
        x += canvas.text(
            x,
            y,
            24,
            &SafeText::line(&state.settings.workspace),
            Role::Dim,
        ) + 4;
    }
    let at = |pane: Pane| {
        state.screen == Screen::Console
            && state.focus == pane
            && (pane == Pane::Inbox || state.zoomed)
    };
    let in_inbox = state.screen == Screen::Console
        && !(state.zoomed && matches!(state.focus, Pane::Ideas | Pane::Plan));
    let figures = state.header.as_ref();
    let count = |n: Option<u64>| n.map_or(String::new(), |n| format!(" {n}"));
    let in_sync = matches!(
        state.screen,
        Screen::Sync | Screen::Present | Screen::Minutes
    );
    let mut tabs = vec![
        (
            format!("Inbox{}", count(figures.map(|h| h.unprocessed))),
            in_inbox,
        ),
        (
            format!("Ideas{}", count(figures.map(|h| h.ideas))),
            at(Pane::Ideas),
        ),
        ("Release plan".to_owned(), at(Pane::Plan)),
        (weekly_sync(state), in_sync),
    ];
    match state.screen {
        Screen::Timeline => tabs.push(("Timeline".to_owned(), true)),
        Screen::Charts => tabs.push(("Charts".to_owned(), true)),
        _ => {}
    }
    let tabs = tabs.into_iter();
    let tabs: Vec<(SafeText, bool)> = tabs
        .map(|(words, here)| (SafeText::line(&words), here))
        .collect();
    let last = tabs.iter().rposition(|(_, here)| *here).unwrap_or(0);
    let needed: u16 = tabs[..=last].iter().map(|(text, _)| text.cells() + 3).sum();
    let start = |parts: &[(SafeText, Role)]| {
        let taken: u16 = parts.iter().map(|(text, _)| text.cells()).sum();
        (width - 1).saturating_sub(taken)
    };
    // Where one is matters more than what was done and who is on duty.
    let mut parts = header_right(state, width, true);
    if x + needed > start(&parts) + 2 {
        parts = header_right(state, width, false);
    }
    let right = start(&parts);
    let mut place = right;
    for (text, role) in &parts {
        place += canvas.text(place, y, width - place, text, *role);
    }
    for (text, here) in &tabs {
        if x.saturating_add(text.cells()).saturating_add(1) < right {
            let role = if *here { Role::Title } else { Role::Header };
            x += canvas.text(x, y, width, text, role) + 3;
        }
    }
    canvas.rule(
        Cells {
            y: y + 1,
            ..layout.header
        },
        Role::Rule,
    );
}

/// `Weekly sync 6 missing`.
fn weekly_sync(state: &State) -> String {
    match &state.sync.note {
        Some(note) if note.missing > 0 => {
            let more = if note.more { "+" } else { "" };
            format!("Weekly sync {}{more} missing", note.missing)
        }
        _ => "Weekly sync".to_owned(),
    }
}

/// The right of the header, from the left: how much was done, unless that has no room, and who is on duty.
fn header_right(state: &State, width: u16, with_done: bool) -> Vec<(SafeText, Role)> {
    let Some(figures) = &state.header else {
        return Vec::new();
    };
    if let Some(words) = waiting(state) {
        return vec![(SafeText::line(&words), Role::Warning)];
    }
    let mut parts = Vec::new();
    if with_done {
        let role = match figures.done_today {
            0 => Role::Dim,
            _ => Role::Good,
        };
        let done = format!("{} done today", figures.done_today);
        parts.push((SafeText::line(&done), role));
    }
    if let Some(person) = figures.on_duty.as_ref().filter(|_| width >= 80) {
        if with_done {
            parts.push((SafeText::from_static(" · "), Role::Faint));
        }
        let person = SafeText::line(&person.to_string()).truncated(20);
        parts.push((person, Role::Mention));
        parts.push((SafeText::from_static(" on duty"), Role::Dim));
    }
    parts
}

/// What waits for another window, and how it is given up.
fn waiting(state: &State) -> Option<String> {
    Some(match state.flight.waiting.len() {
        0 => return None,
        1 => "1 deed waits for another window · Esc drops it".to_owned(),
        deeds => format!("{deeds} deeds wait for another window · Esc drops them"),
    })
}

/// The rules between panes, brighter around the focused one.
pub fn rules(canvas: &mut Canvas<'_>, layout: &Layout, arrangement: Arrangement) {
    let role = Role::Rule;
    let body = layout.body;
    if side_by_side(arrangement) {
        for pane in [layout.feedback, layout.ideas] {
            if pane.x > 0 {
                canvas.upright(
                    Cells {
                        x: pane.x - 1,
                        ..body
                    },
                    role,
                );
                join(canvas, pane.x - 1, body.y - 1, "┬");
                join(canvas, pane.x - 1, layout.notice.y, "┴");
            }
        }
    }
    for pane in [layout.feedback, layout.ideas, layout.plan] {
        if pane.height > 0 && pane.y > body.y {
            canvas.rule(
                Cells {
                    y: pane.y - 1,
                    ..pane
                },
                role,
            );
            if pane.x > 0 {
                join(canvas, pane.x - 1, pane.y - 1, "├");
            }
        }
    }
}

fn join(canvas: &mut Canvas<'_>, x: u16, y: u16, symbol: &'static str) {
    if !canvas.plain {
        canvas.symbol(x, y, symbol, Role::Rule);
    }
}

/// The notice on its rule, and the footer with the keys. Returns the cells that the notice takes.
pub fn foot(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) -> Cells {
    keys(canvas, state, layout.footer);
    let mut taken = Cells {
        width: 0,
        ..layout.notice
    };
    if let Some(notice) = &state.notice {
        let (role, mark) = match notice.tone {
            Tone::Done => (Role::Good, "✓ "),
            Tone::Plain => (Role::Text, ""),
            Tone::Error => (Role::Error, "✗ "),
        };
        let mut words = format!(
            " {}{} ",
            if canvas.plain { "" } else { mark },
            SafeText::line(&notice.words)
        );
        if notice.hint.is_empty() {
            words.push(' ');
        }
        let Cells { y, width, .. } = layout.notice;
        let (room, words) = (width.saturating_sub(2), SafeText::line(&words));
        // What to do next is worth more than the end of a long title.
        let hint = SafeText::line(&format!("· {} ", notice.hint));
        let hint_room = match notice.hint.is_empty() {
            true => 0,
            false => hint.cells().min(room / 2),
        };
        let mut used = canvas.text(1, y, room - hint_room, &words, role);
        if hint_room > 0 {
            if words.width() > usize::from(room - hint_room) {
                used = room - hint_room;
            }
            used += canvas.text(1 + used, y, room - used, &hint, Role::Dim);
        }
        taken.width = used + 1;
    }
    taken
}

/// The keys that are most useful now, as many as fit.
fn keys(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let mut x = cells.x + 1;
    for item in footer(state) {
        let (key, words) = (SafeText::line(&item.key), SafeText::line(&item.words));
        let width = (key.width() + words.width() + 1).max(item.room) as u16;
        if x + width > cells.x + cells.width {
            return;
        }
        let used = canvas.text(x, cells.y, width, &key, Role::Key) + 1;
        canvas.text(x + used, cells.y, width - used, &words, Role::KeyLabel);
        x += width + 2;
    }
}
