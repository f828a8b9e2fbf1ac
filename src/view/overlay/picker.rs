//! A picker: a box with what was typed and the rows that fit it. Help and the palette are drawn by it too.

use super::{boxed, centred, typed};
use crate::app::document::wrap;
use crate::app::layout::Cells;
use crate::app::state::{Choice, Picker, PickerRow, State};
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::matched;
use crate::view::theme::Role;

/// Most cells for the keys of commands.
const MOST_KEYS: u16 = 16;

/// Draws the picker; returns where the text cursor stands.
pub fn draw(canvas: &mut Canvas<'_>, picker: &Picker, state: &State) -> Option<(u16, u16)> {
    // As high as everything it could show, so that it does not move while one types.
    let groups = list_lines(&picker.all)
        .len()
        .max(list_lines(&picker.rows).len());
    let tall = (groups + picker.obstacles.len() + 4).clamp(8, 32) as u16;
    let cells = centred(state, 96, tall.min(state.size.1.saturating_sub(2)));
    let mut inside = boxed(canvas, cells, &SafeText::row(&picker.title));
    for obstacle in &picker.obstacles {
        if inside.height < 6 {
            break;
        }
        canvas.text(
            inside.x,
            inside.y,
            inside.width,
            &SafeText::line(&obstacle.words),
            Role::Warning,
        );
        inside.y += 1;
        inside.height -= 1;
    }
    let prompt = if canvas.plain { "> " } else { "› " };
    canvas.text(
        inside.x,
        inside.y,
        2,
        &SafeText::from_static(prompt),
        Role::Accent,
    );
    let column = typed(
        canvas,
        inside.x + 2,
        inside.y,
        inside.width.saturating_sub(2),
        &picker.input.text,
        picker.input.cursor,
    );
    let cursor = (column, inside.y);
    let (shown, all) = (known(&picker.rows), known(&picker.all));
    let figures = SafeText::line(&format!("{shown} of {}", all.max(shown)));
    let room = inside.width.saturating_sub(figures.cells() + 2);
    let hint = wrapped(&hint(picker, inside), room);
    let list = Cells {
        y: inside.y + 1,
        height: inside.height.saturating_sub(1 + hint.len() as u16),
        ..inside
    };
    rows(canvas, picker, list);
    let last = inside.y + inside.height.saturating_sub(1);
    canvas.right(inside.x + inside.width, last, 20, &figures, Role::Dim);
    for (y, line) in (list.y + list.height..).zip(&hint) {
        canvas.text(inside.x, y, room, line, Role::Dim);
    }
    Some(cursor)
}

/// What is said below the rows: what Enter does to the chosen one, or why it does nothing.
fn hint(picker: &Picker, list: Cells) -> SafeText {
    if let Some(explanation) = cut_explanation(picker, list) {
        return explanation;
    }
    let chosen = picker.rows.get(picker.cursor);
    // Why a command cannot run now stands in its row.
    let refused = chosen.filter(|row| !matches!(row.choice, Choice::Command(_)));
    match refused.and_then(|row| row.disabled.as_deref()) {
        Some(reason) => SafeText::line(&format!("Enter does nothing here: {reason}")),
        None if none_chosen(picker) => SafeText::from_static(NONE_CHOSEN),
        None => SafeText::line(&picker.hint),
    }
}

/// How many of the rows are there already: one that would make something is none.
fn known(rows: &[PickerRow]) -> usize {
    let made = |row: &&PickerRow| matches!(row.choice, Choice::NewIdea(_));
    rows.len() - rows.iter().filter(made).count()
}

/// What is said where Enter would do nothing.
const NONE_CHOSEN: &str = "nothing is chosen yet: ↓ goes to the first · or type some words";

/// Whether there are rows, and the cursor is on none of them.
fn none_chosen(picker: &Picker) -> bool {
    !picker.rows.is_empty() && picker.cursor >= picker.rows.len()
}

/// Cells for the keys of commands.
fn key_column(picker: &Picker) -> u16 {
    let keys = picker
        .rows
        .iter()
        .map(|row| SafeText::line(&row.key).cells());
    keys.max().unwrap_or(0).min(MOST_KEYS)
}

/// Where the names and the explanations of commands begin, and how wide the names may be.
fn command_columns(list: Cells, keys: u16) -> (u16, u16, u16) {
    let names_at = list.x + 2 + keys + 2;
    let names = ((list.x + list.width).saturating_sub(names_at) / 3).clamp(12, 24);
    (names_at, names, names_at + names + 2)
}

/// The explanation of the command under the cursor, where its row has no room for all of it.
fn cut_explanation(picker: &Picker, list: Cells) -> Option<SafeText> {
    let row = picker.rows.get(picker.cursor)?;
    let keys = key_column(picker);
    if keys == 0 || !matches!(row.choice, Choice::Command(_)) {
        return None;
    }
    let note = SafeText::line(row.disabled.as_deref().unwrap_or(&row.note));
    let (.., note_at) = command_columns(list, keys);
    (note.cells() > (list.x + list.width).saturating_sub(note_at)).then_some(note)
}

/// A text as the one or two lines it takes.
fn wrapped(text: &SafeText, width: u16) -> Vec<SafeText> {
    let lines = wrap(text.as_str(), usize::from(width).max(8));
    let line = |range: &std::ops::Range<usize>| SafeText::line(&text.as_str()[range.clone()]);
    lines.iter().take(2).map(line).collect()
}

/// A line of the list: the heading of a group, or a row.
enum ListLine {
    Group(usize),
    Row(usize),
    /// The passage of that row.
    Passage(usize),
}

fn list_lines(rows: &[PickerRow]) -> Vec<ListLine> {
    let mut lines = Vec::new();
    let mut group = "";
    for (place, row) in rows.iter().enumerate() {
        if row.group != group && !row.group.is_empty() {
            lines.push(ListLine::Group(place));
        }
        group = &row.group;
        lines.push(ListLine::Row(place));
        if row.passage.is_some() {
            lines.push(ListLine::Passage(place));
        }
    }
    lines
}

fn rows(canvas: &mut Canvas<'_>, picker: &Picker, list: Cells) {
    if picker.rows.is_empty() {
        let why = if picker.input.text.is_empty() {
            "Nothing to offer yet. Type a few words of it."
        } else {
            "Nothing fits what you typed. Backspace widens it."
        };
        canvas.words(list.x, list.y, list.width, why, Role::Faint);
        return;
    }
    let lines = list_lines(&picker.rows);
    let room = usize::from(list.height);
    let at = lines
        .iter()
        .position(|line| matches!(line, ListLine::Row(place) if *place == picker.cursor));
    // Where no row is chosen, the first heading is shown: it says what the rows are.
    let top = at
        .map_or(0, |at| (at + 1).saturating_sub(room.saturating_sub(3)))
        .min(lines.len().saturating_sub(room));
    let keys = key_column(picker);
    for (place, line) in lines.iter().enumerate().skip(top).take(room) {
        let y = list.y + (place - top) as u16;
        match line {
            ListLine::Group(row) => {
                let group = picker.rows.get(*row).map_or("", |row| row.group.as_str());
                canvas.text(list.x, y, list.width, &SafeText::line(group), Role::Header);
            }
            ListLine::Passage(row) => {
                let found = picker.rows.get(*row);
                if let Some(found) = found.and_then(|row| row.passage.as_ref()) {
                    let width = list.width.saturating_sub(4);
                    matched::passage(canvas, list.x + 4, y, width, found);
                }
            }
            ListLine::Row(row) => {
                if let Some(row_data) = picker.rows.get(*row) {
                    row_line(canvas, row_data, list, y, keys, *row == picker.cursor);
                }
            }
        }
    }
}

fn row_line(
    canvas: &mut Canvas<'_>,
    row: &PickerRow,
    list: Cells,
    y: u16,
    keys: u16,
    cursor: bool,
) {
    let right = list.x + list.width;
    let note = SafeText::line(row.disabled.as_deref().unwrap_or(&row.note));
    let label = SafeText::row(&row.label);
    let mut x = list.x + 2;
    // Commands stand in columns: key, name, what it does. Everything else has its figures at the right.
    let thing = matches!(
        row.choice,
        Choice::Idea(_)
            | Choice::Feedback(_)
            | Choice::Release(_)
            | Choice::Person(_)
            | Choice::Company(_)
    );
    let (label_room, note_at) = if keys > 0 && !thing {
        canvas.text(x, y, keys, &SafeText::line(&row.key), Role::Key);
        let (names_at, names, note_at) = command_columns(list, keys);
        x = names_at;
        (names, note_at)
    } else {
        let (room, wide) = shares(right.saturating_sub(x), label.cells(), note.cells());
        (room, right.saturating_sub(wide))
    };
    canvas.text(note_at, y, right.saturating_sub(note_at), &note, Role::Dim);
    let role = if row.disabled.is_some() {
        Role::Disabled
    } else {
        Role::Popup
    };
    canvas.text(x, y, label_room, &label, role);
    highlight(canvas, row, x, y, label_room);
    if cursor {
        canvas.tint(
            Cells {
                x: list.x,
                y,
                width: list.width,
                height: 1,
            },
            Role::Selection,
        );
        canvas.symbol(
            list.x,
            y,
            if canvas.plain { ">" } else { "▌" },
            Role::Accent,
        );
    }
}

/// The gap between a name and its note.
const GAP: u16 = 2;

/// How many cells of a row its name and its note get: the name what the note leaves, which has a third of the row where it needs
/// more than that, and what a short name leaves.
fn shares(row: u16, name: u16, note: u16) -> (u16, u16) {
    let for_note = match note {
        0 => 0,
        _ => note.saturating_add(GAP).min(row / 3),
    };
    let name = name.min(row - for_note);
    (name, note.min(row.saturating_sub(name + GAP)))
}

/// Underlays the letters that the typed words match.
fn highlight(canvas: &mut Canvas<'_>, row: &PickerRow, x: u16, y: u16, room: u16) {
    let mut at = 0;
    for (place, character) in row.label.chars().enumerate() {
        let width = SafeText::line(character.encode_utf8(&mut [0; 4])).cells();
        if at + width > room {
            return;
        }
        if row.matches.contains(&place) {
            canvas.tint(
                Cells {
                    x: x + at,
                    y,
                    width,
                    height: 1,
                },
                Role::Accent,
            );
        }
        at += width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::Picking;

    #[test]
    fn where_enter_does_nothing_the_hint_says_so() {
        let mut row = crate::app::picker::rows::row(
            Choice::Idea(crate::domain::id::IdeaId(uuid::Uuid::nil())),
            "Dark mode",
            "Released",
        );
        let said = |row: &PickerRow| {
            let picker = Picker {
                hint: "Enter goes on".to_owned(),
                rows: vec![row.clone()],
                cursor: 0,
                ..Picker::new(Picking::Palette, vec![row.clone()])
            };
            hint(&picker, Cells::default()).as_str().to_owned()
        };
        assert_eq!(said(&row), "Enter goes on");
        row.disabled = Some("it is out: link it instead".to_owned());
        assert_eq!(
            said(&row),
            "Enter does nothing here: it is out: link it instead"
        );
    }

    #[test]
    fn a_name_gets_all_of_the_row_that_its_note_leaves() {
        for (name, note, expected) in [
            // Both have room.
            (20, 10, (20, 10)),
            (70, 18, (70, 18)),
            // A short note leaves all but itself and the gap to a long name, and none leaves all.
            (200, 4, (84, 4)),
            (200, 0, (90, 0)),
            // A long one gets a third beside a long name, and more beside a short one.
            (200, 80, (60, 28)),
            (30, 80, (30, 58)),
        ] {
            assert_eq!(shares(90, name, note), expected, "{name} {note}");
        }
        for row in 0..4 {
            let (name, note) = shares(row, 9, 9);
            assert!(name + note <= row, "{row}");
        }
    }
}
