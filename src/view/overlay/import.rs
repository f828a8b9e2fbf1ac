//! The screen of an import: what the file is, how much becomes what, which column holds what, and how far it is.

use super::{boxed, centred};
use crate::app::document::wrap;
use crate::app::import::NO_ROW;
use crate::app::import::head::{self, HeadLine, NAMES};
use crate::app::layout::Cells;
use crate::app::state::{Import, ImportPlan, ImportRow, ImportStage, State};
use crate::domain::moment::SECOND;
use crate::domain::safe_text::SafeText;
use crate::view::canvas::Canvas;
use crate::view::theme::Role;
use crate::view::{lines_above, more_lines};

/// Cells for the counts, unless they need more.
const COUNTS: u16 = 26;
/// Cells for how it is stopped, and a blank before it.
const STOPS: u16 = 10;
/// Cells of a bar.
const BAR: u16 = 24;
/// The fewest rows of the list that stay, whatever else there is to say.
const LEAST_ROWS: usize = 5;
/// Most faults and clashes, and most new things.
const MOST: usize = 4;
/// Most lines of what went wrong.
const MOST_SAID: usize = 4;

/// Draws the import. Nothing is typed into it.
pub fn draw(canvas: &mut Canvas<'_>, import: &Import, state: &State) {
    let cells = centred(state, 116, state.size.1.saturating_sub(2).min(44));
    let inside = boxed(canvas, cells, &SafeText::from_static("import"));
    let bottom = inside.y + inside.height.saturating_sub(1);
    let foot = Cells {
        y: bottom,
        height: 1,
        ..inside
    };
    let plan = import.plan.as_ref();
    let head = plan
        .map(|plan| Head::of(plan, import, state))
        .unwrap_or_default();
    // What is said leaves room for the head and the row under the cursor, but one line of it there is whatever the screen.
    let above = usize::from(inside.height).saturating_sub(head.lines.len() + 2);
    let said = said(import, inside.width, above.clamp(1, MOST_SAID));
    draw_foot(canvas, import, state, foot);
    let above = u16::try_from(said.len()).unwrap_or(0);
    for ((line, role), y) in said.iter().zip(bottom.saturating_sub(above)..) {
        canvas.text(inside.x, y, inside.width, line, *role);
    }
    // A blank line keeps them apart where there are enough.
    let room = inside.height.saturating_sub(1 + above);
    let gap = u16::from(usize::from(room) > head.lines.len() + import.rows().len().min(LEAST_ROWS));
    let body = Cells {
        height: room - gap,
        ..inside
    };
    match &import.plan {
        Some(plan) => draw_plan(canvas, import, plan, (&head, body)),
        None => {
            canvas.text(
                body.x,
                body.y,
                body.width,
                &SafeText::line(&import.wish.path),
                Role::PopupTitle,
            );
        }
    }
}

/// What went wrong, or what the last key would have been, in as many lines as it takes and there are.
fn said(import: &Import, width: u16, most: usize) -> Vec<(SafeText, Role)> {
    let (words, role) = match (&import.error, &import.said) {
        _ if import.is_working() => return Vec::new(),
        (Some(error), _) => (error, Role::Error),
        (None, Some(said)) => (said, Role::Warning),
        (None, None) => return Vec::new(),
    };
    let words = SafeText::line(words);
    let pieces = wrap(words.as_str(), usize::from(width));
    let more = pieces.len() > most;
    let pieces = pieces.into_iter().take(most).enumerate();
    let lines = pieces.map(|(place, piece)| match more && place + 1 == most {
        true => SafeText::line(&words.as_str()[piece.start..]).truncated(usize::from(width)),
        false => SafeText::line(&words.as_str()[piece]),
    });
    lines.map(|line| (line, role)).collect()
}

/// A line of the body: pieces in columns.
type Line = Vec<(u16, SafeText, Role)>;

fn draw_plan(
    canvas: &mut Canvas<'_>,
    import: &Import,
    plan: &ImportPlan,
    (head, body): (&Head, Cells),
) {
    let tail = tail(plan, import.wish.skip_bad, body.width);
    let height = usize::from(body.height);
    // The row under the cursor comes first, then the head, then the list: what does not fit beside them is left out from
    // the end.
    let lines = &head.lines[..head.lines.len().min(height.saturating_sub(1))];
    let gap = usize::from(height > lines.len() + import.rows().len().min(LEAST_ROWS));
    let room = height.saturating_sub(lines.len() + gap);
    let rows = import.rows().len().min(
        room.saturating_sub(tail.len() + 1)
            .max(LEAST_ROWS)
            .min(room),
    );
    let mut y = body.y;
    for line in lines {
        draw_line(canvas, line, body, y);
        y += 1;
    }
    if gap > 0 {
        let hidden = SafeText::line(&head.hidden());
        canvas.right(body.x + body.width, y, body.width, &hidden, Role::Dim);
    }
    y += u16::from(gap > 0);
    let top = (import.cursor + 1).saturating_sub(rows);
    for place in (top..import.rows().len()).take(rows) {
        draw_row(
            canvas,
            import,
            plan,
            place,
            Cells {
                y,
                height: 1,
                ..body
            },
        );
        y += 1;
    }
    y += 1;
    let bottom = body.y + body.height;
    for line in tail.iter().take(usize::from(bottom.saturating_sub(y))) {
        draw_line(canvas, line, body, y);
        y += 1;
    }
}

fn draw_line(canvas: &mut Canvas<'_>, line: &Line, body: Cells, y: u16) {
    for (at, text, role) in line {
        canvas.text(body.x + at, y, body.width.saturating_sub(*at), text, *role);
    }
}

/// What of the head is on the screen, and how many of its lines are hidden above and below.
#[derive(Default)]
struct Head {
    lines: Vec<Line>,
    above: usize,
    below: usize,
}

impl Head {
    fn of(plan: &ImportPlan, import: &Import, state: &State) -> Self {
        let (width, room) = head::room(state.size);
        let all = head::head(plan, width);
        let above = import.scroll.min(all.len().saturating_sub(room));
        let below = all.len().saturating_sub(above + room);
        let shown = all.into_iter().skip(above).take(room);
        Self {
            lines: shown.map(head_line).collect(),
            above,
            below,
        }
    }

    /// `3 lines above · K  9 more lines · J`; nothing where all of it is there.
    fn hidden(&self) -> String {
        let above = (self.above > 0).then(|| lines_above(self.above, "K"));
        let below = (self.below > 0).then(|| more_lines(self.below, "J"));
        let parts: Vec<String> = above.into_iter().chain(below).collect();
        parts.join("   ")
    }
}

/// What a file is, or how much becomes what.
fn head_line(line: HeadLine) -> Line {
    match line {
        HeadLine::File(name, words) => {
            let behind = name.cells() + 2;
            vec![(0, name, Role::PopupTitle), (behind, words, Role::Dim)]
        }
        HeadLine::More(words) => vec![(0, words, Role::Dim)],
        HeadLine::Count {
            kind,
            count,
            at,
            about,
        } => vec![
            (0, kind.truncated(usize::from(NAMES) - 2), Role::Dim),
            (
                NAMES,
                count.truncated(usize::from(at.saturating_sub(NAMES + 1))),
                Role::Popup,
            ),
            (at, about, Role::Dim),
        ],
    }
}

/// What is wrong, what is new, and what there is to know.
fn tail(plan: &ImportPlan, skipped: bool, width: u16) -> Vec<Line> {
    let one = |text: &str, role| vec![(0, SafeText::line(text), role)];
    let mut lines: Vec<Line> = Vec::new();
    if let Some((_, words)) = &plan.elsewhere {
        let words = SafeText::line(&format!(
            "{words}: o takes that origin, and brings their news"
        ));
        let pieces = wrap(words.as_str(), usize::from(width)).into_iter();
        lines.extend(pieces.map(|piece| one(&words.as_str()[piece], Role::Warning)));
    }
    let fault = if skipped { Role::Warning } else { Role::Error };
    lines.extend(plan.faults.iter().take(MOST).map(|text| one(text, fault)));
    lines.extend(
        plan.clashes
            .iter()
            .take(MOST)
            .map(|text| one(text, Role::Warning)),
    );
    lines.extend(plan.samples.iter().take(MOST).map(|(id, title)| {
        vec![
            (
                0,
                SafeText::line(id).truncated(usize::from(NAMES) - 2),
                Role::Faint,
            ),
            (NAMES, SafeText::line(title), Role::Popup),
        ]
    }));
    if let Some(name) = &plan.saved {
        lines.push(one(
            &format!("read as the saved mapping “{name}” says"),
            Role::Dim,
        ));
    }
    for note in &plan.notes {
        let note = SafeText::line(note);
        let pieces = wrap(note.as_str(), usize::from(width)).into_iter();
        lines.extend(pieces.map(|piece| one(&note.as_str()[piece], Role::Faint)));
    }
    lines
}

/// What imports, how the file is read, or a field.
fn draw_row(
    canvas: &mut Canvas<'_>,
    import: &Import,
    plan: &ImportPlan,
    place: usize,
    cells: Cells,
) {
    let Cells { x, y, width, .. } = cells;
    let here = place == import.cursor && !import.is_working();
    match import.rows().get(place) {
        None => {}
        Some(ImportRow::Import) => draw_import(canvas, import, plan, cells),
        Some(row) => draw_value(canvas, import, plan, *row, cells),
    }
    if here {
        canvas.tint(Cells { width, ..cells }, Role::Selection);
        canvas.symbol(x, y, if canvas.plain { ">" } else { "▌" }, Role::Accent);
    }
}

/// What imports, or why it cannot.
fn draw_import(canvas: &mut Canvas<'_>, import: &Import, plan: &ImportPlan, cells: Cells) {
    let Cells { x, y, width, .. } = cells;
    let room = width.saturating_sub(NAMES);
    canvas.words(x + 2, y, NAMES - 3, "import", Role::PopupTitle);
    let Some(obstacle) = &plan.obstacle else {
        canvas.words(x + NAMES, y, room, "as it is shown here", Role::Popup);
        return;
    };
    let helps = !plan.faults.is_empty() && !import.wish.skip_bad && obstacle != NO_ROW;
    let words = match helps {
        true => format!("not yet: {obstacle} · s leaves faults out"),
        false => obstacle.clone(),
    };
    canvas.text(x + NAMES, y, room, &SafeText::line(&words), Role::Warning);
}

/// What a row stands for, its value, how that is known, and an example.
type Told<'a> = (&'a str, Option<&'a str>, &'a str, &'a str);

/// What a row other than the first says.
fn told<'a>(import: &'a Import, plan: &'a ImportPlan, row: ImportRow<'a>) -> Told<'a> {
    match row {
        ImportRow::Import => ("import", None, "", ""),
        ImportRow::Origin => ("comes from", Some(&plan.origin.0), &plan.origin.1, ""),
        ImportRow::Sheet => match &plan.sheet {
            Some((name, because)) => ("sheet", Some(name), because, ""),
            None => ("sheet", None, "", ""),
        },
        ImportRow::Kind => ("kind of file", Some(&plan.kind.0), &plan.kind.1, ""),
        ImportRow::Keep => match &import.wish.keep {
            Some(name) => ("kept as", Some(name), "once it is imported", ""),
            None => ("keep this mapping as…", None, "for files like it", ""),
        },
        ImportRow::Field(field) => (
            &field.name,
            field.column.as_deref(),
            &field.because,
            &field.example,
        ),
    }
}

/// How the file is read, or a field with its column.
fn draw_value(
    canvas: &mut Canvas<'_>,
    import: &Import,
    plan: &ImportPlan,
    row: ImportRow<'_>,
    cells: Cells,
) {
    let Cells { x, y, width, .. } = cells;
    let (name, value, because, example) = told(import, plan, row);
    let columns = (width.saturating_sub(NAMES) / 3).max(COUNTS);
    let room = (columns - 2).min(width.saturating_sub(NAMES));
    let is_offer = value.is_none() && row == ImportRow::Keep;
    let name_room = if is_offer { NAMES + room } else { NAMES } - 3;
    canvas.text(x + 2, y, name_room, &SafeText::line(name), Role::Dim);
    match value {
        None if is_offer => 0,
        Some(value) => canvas.text(x + NAMES, y, room, &SafeText::line(value), Role::Popup),
        None => canvas.words(x + NAMES, y, room, "—", Role::Faint),
    };
    let behind = x + NAMES + columns;
    let room = (x + width).saturating_sub(behind);
    let used = canvas.text(behind, y, room, &SafeText::line(because), Role::Dim);
    let gap = used.max(15) + 2;
    if !example.is_empty() && gap < room {
        canvas.text(
            behind + gap,
            y,
            room - gap,
            &SafeText::line(example),
            Role::Faint,
        );
    }
}

/// How far it is, what is wrong, or which key does what.
fn draw_foot(canvas: &mut Canvas<'_>, import: &Import, state: &State, cells: Cells) {
    if import.is_working() {
        return draw_progress(canvas, import, state, cells);
    }
    let plan = import.plan.as_ref();
    let faults = plan.is_some_and(|plan| !plan.faults.is_empty());
    let mut keys: Vec<(&'static str, &'static str)> = Vec::new();
    let can = plan.is_some_and(|plan| plan.obstacle.is_none());
    match (import.on_import(), can) {
        (true, true) => keys.push(("Enter", "import")),
        (true, false) => {}
        (false, true) => keys.extend([("Enter", "change"), ("i", "import")]),
        (false, false) => keys.push(("Enter", "change")),
    }
    if import.known_origin().is_some() {
        keys.push(("o", "take the known origin"));
    }
    if faults {
        keys.push((
            "s",
            match import.wish.skip_bad {
                true => "refuse faults",
                false => "leave faults out",
            },
        ));
    }
    keys.extend([("↑↓", "row"), ("Esc", "leave")]);
    // Half an offer is none; how to leave is said whatever the screen.
    while keys.len() > 1 && needs(&keys) > cells.width {
        keys.remove(keys.len() - 2);
    }
    let (mut x, end) = (cells.x, cells.x + cells.width);
    for (key, words) in keys {
        x += canvas.words(x, cells.y, end.saturating_sub(x), key, Role::Key) + 1;
        x += canvas.words(x, cells.y, end.saturating_sub(x), words, Role::KeyLabel) + 2;
    }
}

/// The cells that keys and their words take.
fn needs(keys: &[(&'static str, &'static str)]) -> u16 {
    let cells = |text| SafeText::from_static(text).cells();
    let each = keys.iter();
    let each = each.map(|(key, words)| cells(key) + 1 + cells(words) + 2);
    each.sum::<u16>().saturating_sub(2)
}

fn draw_progress(canvas: &mut Canvas<'_>, import: &Import, state: &State, cells: Cells) {
    let Cells { x, y, width, .. } = cells;
    let word = match import.stage {
        _ if import.waits => "waiting for another window that writes",
        ImportStage::Planning => "reading",
        ImportStage::Planned | ImportStage::Importing => "importing",
        ImportStage::Storing => "storing…",
    };
    // How to stop it is said whatever the screen.
    let end = (x + width).saturating_sub(STOPS);
    let mut at = x + canvas.words(x, y, end.saturating_sub(x), word, Role::Popup) + 1;
    // How much of that is left nothing tells; that it goes on, its time does.
    if let (ImportStage::Storing, false, Some((begun, _))) =
        (import.stage, import.waits, import.progress)
    {
        let seconds = (state.now.0 - begun.0).max(0) / SECOND;
        let seconds = SafeText::line(&format!("{seconds}s"));
        at += canvas.text(at, y, end.saturating_sub(at), &seconds, Role::Popup) + 1;
    }
    let moves = matches!(import.stage, ImportStage::Planning | ImportStage::Importing);
    if let Some(pace) = import.pace(state.now).filter(|_| moves && !import.waits) {
        let words = SafeText::line(&pace.to_string());
        if !canvas.plain && at + BAR + 1 + words.cells() <= end {
            let full = BAR * u16::from(pace.percent) / 100;
            let bar = |width| Cells {
                x: at,
                y,
                width,
                height: 1,
            };
            canvas.fill(bar(BAR), "╌", Role::Faint);
            canvas.fill(bar(full), "━", Role::Accent);
            at += BAR + 1;
        }
        at += canvas.text(at, y, end.saturating_sub(at), &words, Role::Popup) + 1;
    }
    let at = at.min(end);
    canvas.words(at + 1, y, 3, "Esc", Role::Key);
    canvas.words(at + 5, y, 5, "stops", Role::KeyLabel);
}
