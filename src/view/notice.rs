//! The notice on the rule above the footer. What went wrong takes more lines where it needs them: what to do about it is to be read.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::document::wrap;
use crate::app::layout::{Cells, Layout};
use crate::app::state::{Notice, Overlay, State, Tone};
use crate::domain::safe_text::SafeText;

/// Most lines that an error takes.
const MOST: usize = 3;
/// Most of them for what to do next.
const MOST_HINT: usize = 2;
/// A path that is longer is shortened in the middle where there is little room.
const LONGEST_PATH: usize = 24;

/// How many rows the notice takes, or its rule alone.
pub fn height(state: &State) -> u16 {
    let lines = parted_error(state).map_or(1, |lines| lines.len());
    u16::try_from(lines).unwrap_or(1)
}

/// Draws the rule on which the notice stands: that above the footer, which moves up for an error of several lines. Returns its cells.
pub fn rule(canvas: &mut Canvas<'_>, state: &State, layout: &Layout) -> Cells {
    let below = layout.notice;
    let height = height(state);
    let y = below.y.saturating_sub(height.saturating_sub(1));
    let cells = Cells { y, height, ..below };
    if height > 1 {
        canvas.clear(cells);
    }
    let rule = Cells { height: 1, ..cells };
    canvas.rule(rule, Role::Rule);
    rule
}

/// Draws the notice from its rule on. Returns the cells of the lowest line that it takes.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, layout: &Layout, rule: Cells) -> Cells {
    let none = Cells {
        width: 0,
        ..layout.notice
    };
    match (&state.notice, parted_error(state)) {
        (_, Some(lines)) => in_lines(canvas, layout, rule, &lines),
        (Some(notice), None) => in_one_line(canvas, layout, notice),
        (None, None) => none,
    }
}

/// An error in lines of its own: the first on the rule.
fn in_lines(
    canvas: &mut Canvas<'_>,
    layout: &Layout,
    rule: Cells,
    lines: &[(SafeText, Role)],
) -> Cells {
    let width = rule.width;
    for (y, (line, role)) in (rule.y..).zip(lines) {
        let used = canvas.words(1, y, 1, " ", *role);
        let used = used + canvas.text(1 + used, y, width.saturating_sub(2), line, *role);
        canvas.words(1 + used, y, 1, " ", *role);
    }
    layout.notice
}

/// The lines of an error that has no room in one; prompts and lists to choose from have its place.
fn parted_error(state: &State) -> Option<Vec<(SafeText, Role)>> {
    let notice = state.notice.as_ref()?;
    let free = matches!(state.overlays.last(), None | Some(Overlay::Form(_)));
    if notice.tone != Tone::Error || !free {
        return None;
    }
    let room = usize::from(state.size.0).saturating_sub(4);
    let mark = if state.settings.plain { "" } else { "✗ " };
    let words = SafeText::line(&format!("{mark}{}", notice.words));
    let hint = SafeText::line(&notice.hint);
    // ` · ` stands between them.
    let whole = match hint.is_empty() {
        true => words.width(),
        false => words.width() + hint.width() + 3,
    };
    if whole <= room {
        return None;
    }
    let hint = SafeText::line(&shortened(hint.as_str()));
    let hint = match hint.is_empty() {
        true => Vec::new(),
        false => parted(&hint, room, MOST_HINT),
    };
    let words = SafeText::line(&shortened(words.as_str()));
    let words = parted(&words, room, MOST - hint.len());
    let words = words.into_iter().map(|line| (line, Role::Error));
    let hint = hint.into_iter().map(|line| (line, Role::Dim));
    Some(words.chain(hint).collect())
}

/// A text in at most so many lines of so many cells, at least one; the last ends in an ellipsis where there are more.
pub fn parted(said: &SafeText, room: usize, most: usize) -> Vec<SafeText> {
    let ranges = wrap(said.as_str(), room);
    let mut lines: Vec<SafeText> = ranges
        .iter()
        .take(most)
        .map(|range| SafeText::line(&said.as_str()[range.clone()]))
        .collect();
    if ranges.len() > most
        && let Some(line) = lines.last_mut()
    {
        let start = ranges[most - 1].start;
        *line = SafeText::line(&said.as_str()[start..]).truncated(room);
    }
    if lines.is_empty() {
        lines.push(SafeText::default());
    }
    lines
}

/// A text with its long paths shortened: where they begin and which file it is says most.
fn shortened(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.chars().count() {
        long if long > LONGEST_PATH && word.starts_with(['/', '~']) => short_path(word),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `/home/…/intake.db`
fn short_path(path: &str) -> String {
    let first = path.get(1..).and_then(|rest| rest.find('/'));
    let last = path.trim_end_matches('/').rfind('/');
    match (first, last) {
        (Some(first), Some(last)) if first + 1 < last => {
            format!("{}/…{}", &path[..=first], &path[last..])
        }
        _ => path.to_owned(),
    }
}

fn in_one_line(canvas: &mut Canvas<'_>, layout: &Layout, notice: &Notice) -> Cells {
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
    // Words that are cut keep their distance from what stands behind them.
    let cut = hint_room > 0 && words.width() > usize::from(room - hint_room);
    let most = (room - hint_room).saturating_sub(u16::from(cut));
    let mut used = canvas.text(1, y, most, &words, role);
    if hint_room > 0 {
        if cut {
            let gap = Cells {
                x: 1 + used,
                y,
                width: room - hint_room - used,
                height: 1,
            };
            canvas.fill(gap, " ", role);
            used = room - hint_room;
        }
        used += canvas.text(1 + used, y, room - used, &hint, Role::Dim);
    }
    Cells {
        width: used + 1,
        ..layout.notice
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_path_keeps_its_beginning_and_its_file() {
        assert_eq!(
            shortened("cannot write /home/hana/product/feedback/2026/intake.db: it is full"),
            "cannot write /home/…/intake.db: it is full"
        );
        assert_eq!(
            shortened("kept in ~/.local/state/intake/intake-1.md"),
            "kept in ~/…/intake-1.md"
        );
        for as_it_is in ["/tmp/a.db was lost", "/averyveryverylongname.db", "a / b"] {
            assert_eq!(shortened(as_it_is), as_it_is);
        }
    }
}
