//! A prompt: it takes the rule and the footer, and grows upwards with its completions and long text.

use std::ops::Range;

use super::{boxed, typed};
use crate::app::command::{Command, Context};
use crate::app::document::wrap;
use crate::app::layout::{Cells, Layout};
use crate::app::prompt::{complete, said_last, understood};
use crate::app::state::{Input, Pane, Prompt, Purpose, State};
use crate::app::{target, wider};
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::notice::parted;
use crate::view::theme::Role;

/// Most lines of text that are shown at once.
const MOST_LINES: usize = 6;
/// Most completions that are shown at once.
const MOST_COMPLETIONS: usize = 8;
/// Most lines of what is said below the text.
const MOST_SAID: usize = 3;

/// Draws the prompt; returns where the text cursor stands.
pub fn draw(
    canvas: &mut Canvas<'_>,
    prompt: &Prompt,
    state: &State,
    layout: &Layout,
) -> Option<(u16, u16)> {
    let Cells { width, y: last, .. } = layout.footer;
    let figures = figures(prompt, state);
    let beside = match figures.is_empty() {
        true => 0,
        false => figures.cells() + 2,
    };
    let (said, role) = said(prompt, state, width.saturating_sub(beside));
    let label = Label::of(prompt, width, canvas.plain);
    let text = Shown::of(&prompt.input, width.saturating_sub(label.indent + 1));
    // From below upwards: what is said, the text, its label, what was said last, the rule.
    let foot = last.saturating_sub(said.len() as u16 - 1);
    let top = foot.saturating_sub(text.count as u16);
    let head = top.saturating_sub(u16::from(label.above));
    // With the rule above it: a match that is marked there would shine through.
    let last_said = said_last(state, prompt).filter(|_| head > 2);
    let over = head.saturating_sub(u16::from(last_said.is_some()));
    ground(canvas, width, over.saturating_sub(1)..last + 1, head > 0);
    if let Some(words) = &last_said {
        let room = width.saturating_sub(2);
        let words = SafeText::line(words).truncated(usize::from(room));
        canvas.text(1, over, room, &words, Role::Dim);
    }
    label.draw(canvas, head, width);
    let cursor = text.draw(canvas, label.indent, top);
    if prompt.proposed {
        // As what the next character takes the place of looks everywhere.
        let proposal = Cells {
            x: label.indent,
            y: top,
            width: SafeText::line(&prompt.input.text).cells().min(text.room),
            height: 1,
        };
        canvas.tint(proposal, Role::Selection);
    }
    if let Some((Some(column), _)) = &prompt.error {
        caret(canvas, prompt, label.indent, over, *column, width);
    }
    for (y, line) in (foot..).zip(&said) {
        canvas.text(1, y, width.saturating_sub(2 + beside), line, role);
    }
    let right = width.saturating_sub(1);
    canvas.right(right, last, figures.cells(), &figures, Role::Accent);
    completions(canvas, prompt, label.indent, over, width);
    Some(cursor)
}

/// Clears the rows that the prompt takes, and draws the rule at their upper edge where it is `ruled`.
fn ground(canvas: &mut Canvas<'_>, width: u16, rows: Range<u16>, ruled: bool) {
    let whole = Cells {
        x: 0,
        y: rows.start,
        width,
        height: rows.end - rows.start,
    };
    canvas.clear(whole);
    if ruled {
        canvas.rule(Cells { height: 1, ..whole }, Role::RuleFocused);
    }
}

/// What is said below the text. It takes as many lines as it needs: an error names the remedy at its end.
fn said(prompt: &Prompt, state: &State, width: u16) -> (Vec<SafeText>, Role) {
    let (words, role) = match &prompt.error {
        Some((_, message)) => (SafeText::line(message), Role::Error),
        None => match understood(state, prompt) {
            Some(words) => (SafeText::line(&words), Role::Dim),
            None => (SafeText::line(&prompt.hint), Role::Dim),
        },
    };
    if prompt.purpose == Purpose::Filter && prompt.error.is_none() {
        // What is waited for changes with every letter: the list above must not move with it.
        let room = usize::from(width.saturating_sub(2));
        return (vec![SafeText::line(&prompt.hint).truncated(room)], role);
    }
    (said_lines(&words, width), role)
}

/// What the text is for, before it or above it.
struct Label {
    words: SafeText,
    /// Beside the text it parts them, because without colour nothing else does.
    sign: SafeText,
    /// Whether it takes a line of its own: a long one does, because the text needs the width more.
    above: bool,
    /// Where the text begins.
    indent: u16,
}

impl Label {
    fn of(prompt: &Prompt, width: u16, plain: bool) -> Self {
        let width = usize::from(width);
        let words = SafeText::line(&format!(" {} ", prompt.label)).truncated(width);
        let sign = SafeText::from_static(if plain { "> " } else { "› " });
        let above = words.width() > (width / 2).min(44);
        let indent = match above {
            true => 1,
            false => words.cells() + sign.cells(),
        };
        Self {
            words,
            sign,
            above,
            indent,
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, y: u16, width: u16) {
        let used = canvas.text(0, y, width, &self.words, Role::Accent);
        if !self.above {
            canvas.text(used, y, width, &self.sign, Role::Accent);
        }
    }
}

/// How much a filter finds, while it is typed: the prompt lies over the place where the list says so.
fn figures(prompt: &Prompt, state: &State) -> SafeText {
    if prompt.error.is_some() {
        // A wrong filter finds nothing: the list is another one's.
        return SafeText::default();
    }
    if prompt.purpose == Purpose::Filter
        && let Some(told) = wider::told(state, Context::Entry, Command::EntryWiden)
    {
        return SafeText::line(&told);
    }
    let found = match prompt.purpose {
        Purpose::Filter => state.inbox.total,
        Purpose::FilterTable(Pane::Ideas) => Some(state.ideas.shown.len() as u64),
        Purpose::FilterTable(Pane::Plan) => Some(target::items_shown(state) as u64),
        _ => None,
    };
    found.map_or_else(SafeText::default, |found| {
        let more = match prompt.purpose {
            Purpose::Filter if state.inbox.at_least => "+",
            _ => "",
        };
        SafeText::line(&format!("{found}{more} found"))
    })
}

/// What is said below the text, as the lines it takes: at least one, at most [`MOST_SAID`].
pub(super) fn said_lines(said: &SafeText, width: u16) -> Vec<SafeText> {
    let room = usize::from(width.saturating_sub(2)).max(8);
    parted(said, room, MOST_SAID)
}

/// Points at the character where the fault is, on the rule above the text.
fn caret(
    canvas: &mut Canvas<'_>,
    prompt: &Prompt,
    indent: u16,
    top: u16,
    column: usize,
    width: u16,
) {
    let before: String = prompt.input.text.chars().take(column).collect();
    let x = indent.saturating_add(SafeText::line(&before).cells());
    if x < width && top > 0 && !prompt.input.multiline {
        canvas.symbol(
            x,
            top - 1,
            if canvas.plain { "v" } else { "▾" },
            Role::Error,
        );
    }
}

fn completions(canvas: &mut Canvas<'_>, prompt: &Prompt, indent: u16, top: u16, width: u16) {
    // The box stands above the prompt, however small the screen.
    let room = usize::from(top.saturating_sub(2));
    let count = prompt.completions.len().min(MOST_COMPLETIONS).min(room);
    if count == 0 {
        return;
    }
    let chosen = prompt.chosen.unwrap_or(0);
    let first = (chosen + 1).saturating_sub(count);
    let wide = prompt
        .completions
        .iter()
        .map(|c| SafeText::line(&c.label).width() + SafeText::line(&c.note).width() + 6)
        .max()
        .unwrap_or(0)
        .min(usize::from(width)) as u16;
    // Its lower edge lies on the rule above the text.
    let above = top.saturating_sub(1 + count as u16);
    let left = indent.min(width.saturating_sub(wide));
    let cells = Cells {
        x: left,
        y: above.saturating_sub(1),
        width: wide,
        height: count as u16 + 2,
    };
    boxed(canvas, cells, &SafeText::default());
    for (place, completion) in prompt
        .completions
        .iter()
        .enumerate()
        .skip(first)
        .take(count)
    {
        let y = above + (place - first) as u16;
        let row = Cells {
            x: left + 1,
            y,
            width: wide.saturating_sub(2),
            height: 1,
        };
        let used = canvas.text(
            left + 2,
            y,
            wide.saturating_sub(4),
            &SafeText::line(&completion.label),
            Role::Popup,
        );
        let room = wide.saturating_sub(used + 6);
        canvas.text(
            left + used + 4,
            y,
            room,
            &SafeText::line(&completion.note),
            Role::Dim,
        );
        let next = place == 0 && complete::is_half_mentioned(prompt);
        if prompt.chosen == Some(place) || next {
            canvas.tint(row, Role::Selection);
            let marker = if canvas.plain { ">" } else { "▌" };
            canvas.symbol(left + 1, y, marker, Role::Accent);
        }
    }
    let all = prompt.completions.len();
    if all > count {
        let more = if all == complete::MOST { "+" } else { "" };
        let words = format!(" {}-{} of {all}{more} ", first + 1, first + count);
        let words = SafeText::line(&words);
        let right = left + wide.saturating_sub(2);
        canvas.right(
            right,
            above + count as u16,
            wide.saturating_sub(2),
            &words,
            Role::Dim,
        );
    }
}

/// Those lines of a text which have room, with the one that is being typed.
struct Shown {
    text: Lines,
    first: usize,
    count: usize,
    /// Cells in a line.
    room: u16,
}

impl Shown {
    fn of(input: &Input, room: u16) -> Self {
        let text = lines(input, usize::from(room));
        let count = text.lines.len().min(MOST_LINES);
        let first = (text.row + 1)
            .saturating_sub(count)
            .min(text.lines.len() - count);
        Self {
            text,
            first,
            count,
            room,
        }
    }

    /// Draws them; returns where the text cursor stands.
    fn draw(&self, canvas: &mut Canvas<'_>, x: u16, top: u16) -> (u16, u16) {
        let mut cursor = (x, top);
        let shown = self.text.lines.iter().enumerate().skip(self.first);
        for (y, (place, line)) in (top..).zip(shown.take(self.count)) {
            if place == self.text.row {
                let column = self.text.column;
                cursor = (typed(canvas, x, y, self.room, line, column), y);
            } else {
                canvas.text(x, y, self.room, &SafeText::line(line), Role::Input);
            }
        }
        cursor
    }
}

/// Text being typed as the lines it takes, and where its cursor is among them.
struct Lines {
    lines: Vec<String>,
    row: usize,
    /// Byte offset of the cursor in its line.
    column: usize,
}

fn lines(input: &Input, width: usize) -> Lines {
    let short = || SafeText::line(&input.text).width() < width;
    if !input.multiline && !input.text.contains('\n') && short() {
        return Lines {
            lines: vec![input.text.clone()],
            row: 0,
            column: input.cursor,
        };
    }
    // Wrapped over the text as typed; each line is made safe when it is drawn.
    let ranges = wrap(&input.text, width.saturating_sub(1).max(2));
    let row = ranges
        .iter()
        .rposition(|range| range.start <= input.cursor)
        .unwrap_or(0);
    let start = ranges.get(row).map_or(0, |range| range.start);
    let mut lines: Vec<String> = Vec::new();
    for (place, range) in ranges.iter().enumerate() {
        // Blanks at a line's end belong to it while one types.
        let end = match ranges.get(place + 1) {
            Some(_) => range.end,
            None => input.text.len(),
        };
        lines.push(input.text[range.start..end.max(range.end)].to_owned());
    }
    let mut column = input.cursor - start;
    let line = lines.get(row).map_or(0, String::len);
    column = column.min(line);
    Lines { lines, row, column }
}
