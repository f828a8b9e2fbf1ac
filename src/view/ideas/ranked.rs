//! The ideas ranked for the feedback in hand, with why the one under the cursor fits.

use super::super::canvas::Canvas;
use super::super::ink;
use super::super::table::gutter;
use super::super::theme::Role;
use crate::app::document::wrap;
use crate::app::layout::{Cells, Layout};
use crate::app::state::{Hand, Pane, Screen, State};
use crate::app::target::ranked_for_another;
use crate::domain::hints::Reason;
use crate::domain::idea::Suggestion;
use crate::domain::safe_text::SafeText;

/// How many of the words that an idea shares with the feedback are named: the first few say enough.
const MOST_WORDS: usize = 4;
/// Cells before the title: its number, and how well it fits.
const BEFORE: u16 = 9;
/// Most cells of when an idea comes.
const MOST_WHEN: u16 = 9;
/// Most lines of a title that its row has cut.
const MOST_LINES: usize = 2;

/// How wide the figures at the right of a suggestion are, by the width of the pane and what there is to say: demand, effort,
/// when, status. One in which nobody says anything leaves its room to the titles.
struct Figures {
    demand: u16,
    effort: u16,
    when: u16,
    status: u16,
}

impl Figures {
    fn fit(width: u16, shown: &[Suggestion]) -> Self {
        let widest = |cells: &dyn Fn(&Suggestion) -> u16| shown.iter().map(cells).max();
        let told = |says: bool, cells: u16| if says { cells } else { 0 };
        let status = |brief| {
            let cells = |known: &Suggestion| ink::status_word(known.idea.status, brief).cells();
            widest(&cells).unwrap_or(0).max(6)
        };
        let when = |known: &Suggestion| {
            known
                .idea
                .when()
                .map_or(0, |when| SafeText::line(when).cells())
        };
        let when = widest(&when).unwrap_or(0);
        let has_effort = shown.iter().any(|known| known.idea.effort.is_some());
        let figures = Self {
            demand: if width < 40 { 4 } else { 6 },
            effort: told(width >= 56 && has_effort, 6),
            when: told(width >= 40 && when > 0, when.clamp(4, MOST_WHEN)),
            status: told(width >= 68, status(false)),
        };
        // The status is abbreviated rather than a title cut.
        let longest = widest(&|known: &Suggestion| SafeText::row(&known.idea.title).cells());
        if figures.status > 0 && longest.unwrap_or(0) > figures.title(width) {
            return Self {
                status: status(true),
                ..figures
            };
        }
        figures
    }

    /// How many cells are left for the titles.
    fn title(&self, width: u16) -> u16 {
        let figures = [self.demand, self.effort, self.when, self.status];
        let taken = figures.iter().filter(|w| **w > 0).map(|w| w + 1);
        width.saturating_sub(BEFORE + 1 + taken.sum::<u16>())
    }
}

/// Draws the ranked ideas, and below them why the one under the cursor fits.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) {
    let cells = layout.ideas;
    let used = super::super::title(canvas, state, cells, Pane::Ideas, "Ideas");
    let numbers = !ranked_for_another(state);
    canvas.words(
        cells.x + used + 3,
        cells.y,
        cells.width / 3,
        if numbers {
            "like this one"
        } else {
            "like this unmarked one"
        },
        Role::Dim,
    );
    let Some(hand) = &state.hand else {
        return;
    };
    let shown = shown(hand, layout);
    let figures = Figures::fit(cells.width, shown);
    heads(canvas, cells, &figures);
    for (place, suggestion) in shown.iter().enumerate() {
        let y = cells.y + 1 + place as u16;
        if state.focus == Pane::Ideas && place == hand.cursor_idea {
            gutter(canvas, cells, y, true, true, false);
        }
        let number = numbers.then_some(place + 1);
        suggestion_row(canvas, cells, y, number, suggestion, &figures);
    }
    if hand.suggestions.is_empty() {
        super::super::empty(canvas, state, Pane::Ideas, cells, cells.y + 1);
    }
    if !shown.is_empty() {
        below(
            canvas,
            hand,
            (cells, room_below(hand, layout)),
            numbers,
            figures.title(cells.width),
        );
    }
}

/// Says on the rule above the keys why the idea under the cursor fits, where its pane has no line to say it. Returns how many
/// cells that took.
pub fn on_rule(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) -> u16 {
    let Some(hand) = &state.hand else {
        return 0;
    };
    let is_drawn = state.screen == Screen::Console && !state.zoomed && layout.ideas.height > 0;
    if !is_drawn || shown(hand, layout).is_empty() || room_below(hand, layout) > 0 {
        return 0;
    }
    let Cells { x, y, width, .. } = layout.notice;
    let room = width.saturating_sub(4);
    match reason(hand, room, !ranked_for_another(state)) {
        Some(told) if told.cells() > 0 => {
            let words = SafeText::line(&format!(" {told} "));
            1 + canvas.text(x + 1, y, room + 2, &words, Role::Dim)
        }
        _ => 0,
    }
}

/// The suggestions that have a row.
fn shown<'h>(hand: &'h Hand, layout: &Layout) -> &'h [Suggestion] {
    let rows = layout.suggestion_rows().min(hand.suggestions.len());
    &hand.suggestions[..rows]
}

/// How many lines of the pane are free below the suggestions.
fn room_below(hand: &Hand, layout: &Layout) -> u16 {
    let rows = shown(hand, layout).len() as u16;
    layout.ideas.height.saturating_sub(1 + rows)
}

/// Draws what the rows could not say of the suggestion under the cursor: its title where that was cut, as far as there are
/// lines, and why it is suggested. Below a blank line, where there is room for one.
fn below(
    canvas: &mut Canvas<'_>,
    hand: &Hand,
    (cells, lines): (Cells, u16),
    numbers: bool,
    title_room: u16,
) {
    let Some(suggestion) = under_cursor(hand) else {
        return;
    };
    let room = cells.width.saturating_sub(2);
    let most = usize::from(lines.saturating_sub(1)).min(MOST_LINES);
    let title = SafeText::row(&suggestion.idea.title);
    let mut told: Vec<(SafeText, Role)> = Vec::new();
    if most > 0 && title.cells() > title_room {
        let number = match numbers {
            true => format!("{}: ", hand.cursor_idea + 1),
            false => String::new(),
        };
        let whole = SafeText::line(&format!(
            "{number}{title} · {}",
            suggestion.idea.status.word()
        ));
        let pieces = wrap(whole.as_str(), usize::from(room));
        let more = pieces.len() > most;
        let pieces = pieces.into_iter().take(most).enumerate();
        told.extend(pieces.map(|(place, piece)| {
            let line = match more && place + 1 == most {
                true => SafeText::line(&whole.as_str()[piece.start..]).truncated(usize::from(room)),
                false => SafeText::line(&whole.as_str()[piece]),
            };
            (line, Role::Dim)
        }));
    }
    let numbers = numbers && told.is_empty();
    told.extend(reason(hand, room, numbers).map(|words| (words, Role::Faint)));
    let first = cells.y + cells.height - lines;
    let gap = u16::from(told.len() < usize::from(lines));
    for ((words, role), y) in told.iter().zip(first + gap..cells.y + cells.height) {
        canvas.text(cells.x + 1, y, room, words, *role);
    }
}

/// The suggestion under the cursor.
fn under_cursor(hand: &Hand) -> Option<&Suggestion> {
    let last = hand.suggestions.len().saturating_sub(1);
    hand.suggestions.get(hand.cursor_idea.min(last))
}

fn heads(canvas: &mut Canvas<'_>, cells: Cells, figures: &Figures) {
    let mut right = (cells.x + cells.width).saturating_sub(1);
    for (width, head, at_right) in [
        (figures.status, "status", false),
        (figures.when, "when", false),
        (figures.effort, "effort", false),
        (figures.demand, "demand", true),
    ] {
        if width == 0 {
            continue;
        }
        let x = right - width;
        let head = SafeText::from_static(head);
        if at_right {
            canvas.right(right, cells.y, width, &head, Role::Dim);
        } else {
            canvas.text(x, cells.y, width, &head, Role::Dim);
        }
        right = x.saturating_sub(1);
    }
}

fn suggestion_row(
    canvas: &mut Canvas<'_>,
    cells: Cells,
    y: u16,
    number: Option<usize>,
    suggestion: &Suggestion,
    figures: &Figures,
) {
    let idea = &suggestion.idea;
    let mut x = cells.x + 1;
    match number {
        Some(number) => canvas.text(x, y, 1, &SafeText::line(&number.to_string()), Role::Key),
        None => canvas.words(x, y, 1, "·", Role::Faint),
    };
    x += 2;
    if suggestion.linked {
        canvas.words(
            x,
            y,
            4,
            if canvas.plain { "link" } else { "✓   " },
            Role::Marked,
        );
    } else {
        bar(canvas, x, y, suggestion.score);
    }
    x += 6;
    let right = (cells.x + cells.width).saturating_sub(1);
    let room = figures.title(cells.width);
    let role = if suggestion.linked {
        Role::Title
    } else {
        Role::Text
    };
    canvas.text(x, y, room, &SafeText::row(&idea.title), role);
    let mut right = right;
    let effort = idea.effort.map_or("—", |effort| effort.word());
    let when = idea.when().unwrap_or("—");
    let when_role = if idea.release.is_some() {
        Role::Good
    } else {
        Role::Dim
    };
    for (width, text, role, at_right) in [
        (
            figures.status,
            ink::status_word(
                idea.status,
                figures.status < SafeText::from_static(idea.status.word()).cells(),
            ),
            ink::status(idea.status),
            false,
        ),
        (figures.when, SafeText::line(when), when_role, false),
        (
            figures.effort,
            SafeText::from_static(effort),
            Role::Dim,
            false,
        ),
        (
            figures.demand,
            SafeText::line(&idea.demand.to_string()),
            Role::Text,
            true,
        ),
    ] {
        if width == 0 {
            continue;
        }
        let x = right - width;
        if at_right {
            canvas.right(right, y, width, &text, role);
        } else {
            canvas.text(x, y, width, &text, role);
        }
        right = x.saturating_sub(1);
    }
}

/// Four cells that say how well an idea fits.
fn bar(canvas: &mut Canvas<'_>, x: u16, y: u16, score: f32) {
    let score = score.clamp(0.0, 1.0);
    if canvas.plain {
        canvas.text(
            x,
            y,
            4,
            &SafeText::line(&format!("{:.0}%", score * 100.0)),
            Role::Dim,
        );
        return;
    }
    let full = (score * 4.0).round().clamp(1.0, 4.0) as u16;
    for place in 0..4 {
        let (symbol, role) = if place < full {
            ("━", Role::SuggestionBar)
        } else {
            ("╌", Role::Faint)
        };
        canvas.symbol(x + place, y, symbol, role);
    }
}

/// Why the suggestion under the cursor is one: as many words as leave room for how many items are like it.
fn reason(hand: &Hand, room: u16, numbers: bool) -> Option<SafeText> {
    let suggestion = under_cursor(hand)?;
    let mut known = hand.reasons.iter();
    let known = known.find(|(id, _)| *id == suggestion.idea.id);
    let told = (1..=MOST_WORDS)
        .rev()
        .map(|most| told(suggestion.linked, known.map(|(_, why)| why), most))
        .map(|told| match numbers && !told.is_empty() {
            true => format!("{}: {told}", hand.cursor_idea + 1),
            false => told,
        })
        .map(|told| SafeText::line(&told));
    told.reduce(|longer, shorter| {
        if longer.cells() <= room {
            longer
        } else {
            shorter
        }
    })
}

/// What is told of a suggestion, with so many words that it shares with the feedback at most.
fn told(linked: bool, why: Option<&Reason>, most: usize) -> String {
    let mut parts = Vec::new();
    if linked {
        parts.push("linked · - unlinks".to_owned());
    }
    if let Some(why) = why {
        let mut brief = why.clone();
        brief.words.truncate(most);
        parts.push(brief.to_string());
    }
    parts.join(" · ")
}
