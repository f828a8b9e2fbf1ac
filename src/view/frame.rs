//! The header line, the rules between panes, and the footer.

use super::canvas::Canvas;
use super::side_by_side;
use super::theme::Role;
use crate::app::command::footer::{Item, footer};
use crate::app::layout::{Arrangement, Cells, Layout};
use crate::app::present::{Held, elsewhere};
use crate::app::state::{Pane, Screen, State};
use crate::domain::safe_text::SafeText;

/// From so many columns on the header says which program and which workspace this is.
const NAMED: u16 = 100;

/// What may be missing before the weekly sync without the rest of the header making way.
const MISSING: &str = "Weekly sync 99 missing";

/// The header: where one is and can go, what is left there, what was done today, who is on duty.
///
/// Where one can go comes first. The rest is there if it has room beside all of that, with what is missing before the weekly
/// sync, which is counted after the first frame: nothing that was there goes when it comes.
pub fn header(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) {
    let Cells { y, width, .. } = layout.header;
    let mut x = 1;
    if width >= NAMED {
        x += canvas.words(x, y, 8, "Intake", Role::Accent) + 2;
        let workspace = SafeText::line(&state.settings.workspace);
        x += canvas.text(x, y, 24, &workspace, Role::Dim) + 4;
    }
    let tabs = tabs(state);
    let sync = SafeText::from_static(MISSING).cells();
    let needed: u16 = tabs
        .iter()
        .map(|tab| match tab.short {
            Some(_) => tab.words.cells().max(sync) + 3,
            None => tab.words.cells() + 3,
        })
        .sum();
    let start = |parts: &[(SafeText, Role)]| {
        let taken: u16 = parts.iter().map(|(text, _)| text.cells()).sum();
        (width - 1).saturating_sub(taken)
    };
    let parts = match waiting(state) {
        Some(words) => vec![(SafeText::line(&words), Role::Warning)],
        None => figures(state)
            .into_iter()
            .find(|parts| x.saturating_add(needed) <= start(parts) + 1)
            .unwrap_or_default(),
    };
    let right = start(&parts);
    let mut place = right;
    for (text, role) in &parts {
        place += canvas.text(place, y, width - place, text, *role);
    }
    for tab in &tabs {
        let mut forms = std::iter::once(&tab.words).chain(&tab.short);
        let fits = |text: &&SafeText| x.saturating_add(text.cells()) < right;
        if let Some(text) = forms.find(fits) {
            let role = match tab.role {
                Some(role) => role,
                None if tab.here => Role::Title,
                None => Role::Header,
            };
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

/// A place where one is or can go.
struct Tab {
    words: SafeText,
    /// Where the words have no room.
    short: Option<SafeText>,
    here: bool,
    /// Its role where it has one of its own.
    role: Option<Role>,
}

fn tabs(state: &State) -> Vec<Tab> {
    let at = |pane: Pane| {
        state.screen == Screen::Console
            && state.focus == pane
            && (pane == Pane::Inbox || state.zoomed)
    };
    let in_inbox = state.screen == Screen::Console
        && !(state.zoomed && matches!(state.focus, Pane::Ideas | Pane::Plan));
    let in_sync = matches!(
        state.screen,
        Screen::Sync | Screen::Present | Screen::Minutes
    );
    let figures = state.header.as_ref();
    let count = |n: Option<u64>| n.map_or(String::new(), |n| format!(" {n}"));
    let inbox = format!("Inbox{}", count(figures.map(|h| h.unprocessed)));
    let ideas = format!("Ideas{}", count(figures.map(|h| h.ideas)));
    let tab = |words: &str, here| Tab {
        words: SafeText::line(words),
        short: None,
        here,
        role: None,
    };
    let mut tabs = vec![
        tab(&inbox, in_inbox),
        tab(&ideas, at(Pane::Ideas)),
        tab("Release plan", at(Pane::Plan)),
        match elsewhere(state) {
            Some(held) => Tab {
                short: Some(SafeText::line(&format!("Sync {}", held.words))),
                role: Some(if held.is_over {
                    Role::Error
                } else {
                    Role::Warning
                }),
                ..tab(&held_sync(&held), in_sync)
            },
            None => Tab {
                short: Some(SafeText::from_static("Weekly sync")),
                ..tab(&weekly_sync(state), in_sync)
            },
        },
    ];
    match state.screen {
        Screen::Timeline => tabs.push(tab("Timeline", true)),
        Screen::Charts => tabs.push(tab("Charts", true)),
        _ => {}
    }
    tabs
}

/// `Weekly sync 4 min left · g w`: it goes on while another screen is shown.
fn held_sync(held: &Held) -> String {
    match &held.key {
        Some(key) => format!("Weekly sync {} · {key}", held.words),
        None => format!("Weekly sync {}", held.words),
    }
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

/// The figures at the right of the header: how much was done and who is on duty, or only the former, which changes more
/// often.
fn figures(state: &State) -> Vec<Vec<(SafeText, Role)>> {
    let Some(figures) = &state.header else {
        return Vec::new();
    };
    let role = match figures.done_today {
        0 => Role::Dim,
        _ => Role::Good,
    };
    let done = format!("{} done today", figures.done_today);
    let done = (SafeText::line(&done), role);
    let Some(person) = &figures.on_duty else {
        return vec![vec![done]];
    };
    let person = SafeText::line(&person.to_string()).truncated(20);
    let duty = [
        (SafeText::from_static(" · "), Role::Faint),
        (person, Role::Mention),
        (SafeText::from_static(" on duty"), Role::Dim),
    ];
    let both = std::iter::once(done.clone()).chain(duty).collect();
    vec![both, vec![done]]
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

/// Where the rules between panes meet the one below them.
pub fn feet(canvas: &mut Canvas<'_>, layout: &Layout, arrangement: Arrangement, below: Cells) {
    if !side_by_side(arrangement) {
        return;
    }
    for pane in [layout.feedback, layout.ideas] {
        if pane.x > 0 {
            join(canvas, pane.x - 1, below.y, "┴");
        }
    }
}

fn join(canvas: &mut Canvas<'_>, x: u16, y: u16, symbol: &'static str) {
    if !canvas.plain {
        canvas.symbol(x, y, symbol, Role::Rule);
    }
}

/// The keys that are most useful now, as many as fit: of what stays the last first, then the others in their order.
pub fn foot(canvas: &mut Canvas<'_>, state: &State, cells: Cells) {
    let drawn = |item: &Item| {
        let (key, words) = (SafeText::line(&item.key), SafeText::line(&item.words));
        let width = (key.width() + words.width() + 1).max(item.room) as u16;
        (key, words, width)
    };
    let items = footer(state);
    let mut shown = vec![false; items.len()];
    // Behind each but the last there are two blank cells.
    let mut left = cells.width.saturating_sub(1) + 2;
    for (place, item) in items.iter().enumerate().rev() {
        let width = drawn(item).2 + 2;
        if item.stays && width <= left {
            shown[place] = true;
            left -= width;
        }
    }
    for (place, item) in items.iter().enumerate().filter(|(_, item)| !item.stays) {
        let width = drawn(item).2 + 2;
        if width > left {
            break;
        }
        shown[place] = true;
        left -= width;
    }
    let mut x = cells.x + 1;
    for (item, _) in items.iter().zip(shown).filter(|(_, shown)| *shown) {
        let (key, words, width) = drawn(item);
        let used = canvas.text(x, cells.y, width, &key, Role::Key) + 1;
        canvas.text(x + used, cells.y, width - used, &words, Role::KeyLabel);
        x += width + 2;
    }
}
