//! The screen of an import: a plan to look at and correct, then the import itself.
//!
//! ```text
//! :import ──> path ──> planning ──> plan ── Enter on another row ──> column, origin, sheet … ──> planning …
//!                         │ Esc       │ Enter on the first row, or i
//!                         └─> stopped └──> importing ──> done: the notice says what came, `u` takes it back
//! ```

pub mod head;

use super::effect::Effect;
use super::key::{Code, Key};
use super::message::Message;
use super::picker;
use super::prompt;
use super::state::{
    Choice, Import, ImportPlan, ImportProgress, ImportRow, ImportStage, ImportWish, Overlay,
    PickerRow, Picking, Purpose, State, Tone,
};
use super::update::is_fresh;
use crate::domain::deed::Outcome;
use crate::problem::{Kind, Problem};

/// Lines that `J` and `K` scroll by.
const SCROLL: isize = 3;
/// Why a file cannot be imported whose rows all have faults: to leave them out would leave nothing.
pub const NO_ROW: &str = "no row of it can be read";

/// Asks which file.
pub fn open(state: &mut State) -> Vec<Effect> {
    prompt::open(state, Purpose::ImportPath, "")
}

/// Begins with a file: its plan is made.
pub fn begin(state: &mut State, path: String) -> Vec<Effect> {
    let wish = ImportWish {
        path,
        ..ImportWish::default()
    };
    state.overlays.push(Overlay::Import(Box::new(Import {
        ticket: 0,
        wish,
        stage: ImportStage::Planning,
        plan: None,
        progress: None,
        waits: false,
        error: None,
        said: None,
        cursor: 0,
        scroll: 0,
        since: state.now,
        stale: false,
    })));
    plan(state)
}

/// The import on the screen, whatever lies over it.
fn import(state: &mut State) -> Option<&mut Import> {
    state
        .overlays
        .iter_mut()
        .rev()
        .find_map(|overlay| match overlay {
            Overlay::Import(import) => Some(&mut **import),
            _ => None,
        })
}

/// Makes the plan, or makes it anew after something was changed.
fn plan(state: &mut State) -> Vec<Effect> {
    state.flight.last += 1;
    let ticket = state.flight.last;
    let Some(import) = import(state) else {
        return Vec::new();
    };
    import.ticket = ticket;
    import.stage = ImportStage::Planning;
    import.progress = None;
    import.error = None;
    let wish = Box::new(import.wish.clone());
    vec![Effect::PlanImport { ticket, wish }]
}

/// Imports what the plan says. A key that comes right behind the plan was meant for what was on the screen before: nobody has
/// read it so fast.
fn commit(state: &mut State, key: Key) -> Vec<Effect> {
    state.flight.last += 1;
    let (ticket, now) = (state.flight.last, state.now);
    let Some(import) = import(state) else {
        return Vec::new();
    };
    let obstacle = import.plan.as_ref().and_then(|plan| plan.obstacle.clone());
    if obstacle.is_some() || import.plan.is_none() {
        import.error = obstacle;
        return Vec::new();
    }
    // What could not be planned is not imported as it was before: the plan is tried again.
    if import.stale {
        return plan(state);
    }
    if is_fresh(now, import.since) {
        let words = format!("the plan has only just come: {key} again imports");
        return say(import, &words);
    }
    import.ticket = ticket;
    import.stage = ImportStage::Importing;
    import.progress = None;
    import.error = None;
    vec![Effect::Import { ticket }]
}

/// Takes a key.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    let size = state.size;
    let Some(import) = import(state) else {
        return Vec::new();
    };
    if import.is_working() {
        return match key.code {
            Code::Esc => vec![Effect::Stop],
            _ => Vec::new(),
        };
    }
    let last = import.rows().len().saturating_sub(1);
    import.said = None;
    match key.code {
        Code::Esc => {
            state.overlays.pop();
            Vec::new()
        }
        Code::Down | Code::Char('j') => {
            import.cursor = (import.cursor + 1).min(last);
            Vec::new()
        }
        Code::Tab if !key.shift => {
            import.cursor = (import.cursor + 1).min(last);
            Vec::new()
        }
        Code::Up | Code::Tab | Code::Char('k') => {
            import.cursor = import.cursor.saturating_sub(1);
            Vec::new()
        }
        Code::Char('J' | 'K') => {
            let lines = if key.code == Code::Char('J') {
                SCROLL
            } else {
                -SCROLL
            };
            head::scroll(import, size, lines);
            Vec::new()
        }
        Code::Enter if import.on_import() => commit(state, key),
        Code::Enter => change(state),
        Code::Char('s') => {
            import.wish.skip_bad = !import.wish.skip_bad;
            plan(state)
        }
        Code::Char('i') => commit(state, key),
        Code::Char('o') if import.known_origin().is_some() => {
            import.wish.origin = import.known_origin().map(str::to_owned);
            plan(state)
        }
        Code::Char('u') => say(
            import,
            "nothing is imported yet, Esc leaves it so; afterwards u takes all of it back",
        ),
        _ => {
            let words = keys(import);
            say(import, &words)
        }
    }
}

/// Which key does what.
fn keys(import: &Import) -> String {
    let origin = match import.known_origin() {
        Some(_) => "o takes the known origin · ",
        None => "",
    };
    format!(
        "Enter imports, or changes the row under the cursor · i imports · {origin}s leaves rows with faults out · j k move · J K scroll · Esc leaves"
    )
}

fn say(import: &mut Import, words: &str) -> Vec<Effect> {
    import.said = Some(words.to_owned());
    Vec::new()
}

/// Changes what is under the cursor: the column of a field, the origin, or how the file is read.
fn change(state: &mut State) -> Vec<Effect> {
    let Some(import) = import(state) else {
        return Vec::new();
    };
    let wish = &import.wish;
    let (Some(plan), Some(row)) = (&import.plan, import.row()) else {
        return Vec::new();
    };
    let now = match row {
        ImportRow::Sheet => plan.sheet.as_ref().map(|(name, _)| name.clone()),
        ImportRow::Kind => wish.kind.clone(),
        ImportRow::Field(field) => field.column.clone(),
        ImportRow::Import | ImportRow::Origin | ImportRow::Keep => None,
    };
    let choice = |name: Option<&str>, label: &str, note: &str| {
        let choice = Choice::Column(name.map(str::to_owned));
        picker::rows::row(choice, label, note)
    };
    let (picking, title, rows): (Picking, String, Vec<PickerRow>) = match row {
        ImportRow::Import => return Vec::new(),
        ImportRow::Origin => {
            let known = import.known_origin().map(str::to_owned);
            let origin = wish.origin.clone().or(known).unwrap_or_default();
            return prompt::open(state, Purpose::ImportOrigin, &origin);
        }
        ImportRow::Keep => {
            let name = wish.keep.as_ref().or(plan.saved.as_ref());
            let name = name.cloned().unwrap_or_default();
            return prompt::open(state, Purpose::ImportKeep, &name);
        }
        ImportRow::Sheet => {
            let read = plan.sheet.as_ref().map(|(name, _)| name);
            let sheets = plan.sheets.iter().map(|name| {
                let note = if read == Some(name) { "is read" } else { "" };
                choice(Some(name), name, note)
            });
            (
                Picking::ImportSheet,
                "which sheet is read?".to_owned(),
                sheets.collect(),
            )
        }
        ImportRow::Kind => {
            let kinds = plan.kinds.iter();
            let kinds = kinds.map(|(name, words)| choice(Some(name), words, name));
            let rows = std::iter::once(choice(None, "find out by its contents", "")).chain(kinds);
            (
                Picking::ImportKind,
                "which kind of file is it?".to_owned(),
                rows.collect(),
            )
        }
        ImportRow::Field(field) => {
            let columns = plan.columns.iter();
            let columns = columns.map(|(column, example)| choice(Some(column), column, example));
            let none = std::iter::once(choice(None, "no column", ""));
            (
                Picking::ImportColumn(field.name.clone()),
                format!("which column holds the {}?", field.name),
                columns.chain(none).collect(),
            )
        }
    };
    picker::open(state, picking, title, "Enter takes it", rows);
    if let Some(now) = now {
        picker::begin_at(state, |row| row.choice == Choice::Column(Some(now.clone())));
    }
    Vec::new()
}

/// A sheet was chosen. The columns that were chosen are those of another one.
pub fn take_sheet(state: &mut State, sheet: Option<String>) -> Vec<Effect> {
    let Some(import) = import(state) else {
        return Vec::new();
    };
    import.wish.sheet = sheet;
    import.wish.map.clear();
    plan(state)
}

/// A kind of file was chosen; none leaves it to the file.
pub fn take_kind(state: &mut State, kind: Option<String>) -> Vec<Effect> {
    let Some(import) = import(state) else {
        return Vec::new();
    };
    import.wish.kind = kind;
    plan(state)
}

/// A name was typed under which it is kept how the file is read; nothing keeps nothing. Where there is nothing new to import,
/// that can be done all the same, as the plan says then.
pub fn take_name(state: &mut State, name: &str) -> Vec<Effect> {
    let Some(import) = import(state) else {
        return Vec::new();
    };
    import.wish.keep = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    plan(state)
}

/// A column was chosen for a field. What was chosen for another field before and is the same column holds no more.
pub fn take_column(state: &mut State, field: String, column: Option<String>) -> Vec<Effect> {
    let Some(import) = import(state) else {
        return Vec::new();
    };
    let others = |(known, taken): &(String, Option<String>)| {
        *known != field && (taken.is_none() || *taken != column)
    };
    import.wish.map.retain(others);
    // Whatever holds that column now gives it up.
    let holder = import.plan.iter().flat_map(|plan| &plan.fields);
    let mut given_up: Vec<(String, Option<String>)> = holder
        .filter(|other| column.is_some() && other.column == column && other.name != field)
        .map(|other| (other.name.clone(), None))
        .collect();
    import.wish.map.append(&mut given_up);
    import.wish.map.push((field, column));
    plan(state)
}

/// The origin was typed; nothing leaves it to the file.
pub fn take_origin(state: &mut State, origin: &str) -> Vec<Effect> {
    let Some(import) = import(state) else {
        return Vec::new();
    };
    import.wish.origin = Some(origin.trim().to_owned()).filter(|origin| !origin.is_empty());
    plan(state)
}

/// Takes what the worker says of the import.
pub fn heard(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::ImportProgress { ticket, progress } => advanced(state, ticket, progress),
        Message::ImportPlanned { ticket, plan } => return planned(state, ticket, plan),
        Message::Imported { ticket, outcome } => return imported(state, ticket, outcome),
        _ => {}
    }
    Vec::new()
}

fn advanced(state: &mut State, ticket: u64, progress: ImportProgress) {
    let now = state.now;
    let Some(import) = import(state).filter(|import| import.ticket == ticket) else {
        return;
    };
    import.waits = false;
    let begun = match import.progress {
        Some((begun, known)) if known.stage == progress.stage => begun,
        _ => now,
    };
    import.stage = progress.stage;
    import.progress = Some((begun, progress));
}

fn planned(state: &mut State, ticket: u64, made: Result<Box<ImportPlan>, Problem>) -> Vec<Effect> {
    let now = state.now;
    let Some(import) = import(state).filter(|import| import.ticket == ticket) else {
        return Vec::new();
    };
    import.stage = ImportStage::Planned;
    import.progress = None;
    import.since = now;
    match made {
        Ok(plan) => {
            let first = import.plan.replace(*plan).is_none();
            import.stale = false;
            import.cursor = import.cursor.min(import.rows().len() - 1);
            // What has to be said before anything can be imported is under the cursor, and why.
            if let Some(place) = first.then(|| lacks_text(import)).flatten() {
                import.cursor = place;
                import.error = import.plan.as_ref().and_then(|plan| plan.obstacle.clone());
            }
            Vec::new()
        }
        // What was there before stays to be corrected.
        Err(problem) if import.plan.is_some() => {
            import.error = Some(told(&problem));
            import.stale = true;
            Vec::new()
        }
        Err(problem) => {
            let path = import.wish.path.clone();
            leave(state);
            match problem.kind {
                Kind::Interrupted => {
                    state.say(Tone::Plain, problem.summary, "");
                    Vec::new()
                }
                // The path may be mistyped.
                _ => reopen(state, &path, &problem),
            }
        }
    }
}

/// Which row is that of the title, else of the text, when neither has a column.
fn lacks_text(import: &Import) -> Option<usize> {
    let rows = import.rows();
    let is = |name: &str| {
        rows.iter().position(|row| match row {
            ImportRow::Field(field) => field.name == name && field.column.is_none(),
            _ => false,
        })
    };
    is("body").and(is("title"))
}

/// The prompt for the path again, with what is wrong with it.
fn reopen(state: &mut State, path: &str, problem: &Problem) -> Vec<Effect> {
    let effects = prompt::open(state, Purpose::ImportPath, path);
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() {
        prompt.error = Some((None, told(problem)));
    }
    effects
}

fn imported(state: &mut State, ticket: u64, outcome: Result<Outcome, Problem>) -> Vec<Effect> {
    let Some(import) = import(state).filter(|import| import.ticket == ticket) else {
        return Vec::new();
    };
    import.stage = ImportStage::Planned;
    import.progress = None;
    import.waits = false;
    match outcome {
        Ok(outcome) => {
            leave(state);
            super::update::imported(state, &outcome)
        }
        Err(problem) => {
            import.error = Some(told(&problem));
            Vec::new()
        }
    }
}

/// Takes the screen away, and what lies over it.
fn leave(state: &mut State) {
    let at = state
        .overlays
        .iter()
        .position(|overlay| matches!(overlay, Overlay::Import(_)));
    state.overlays.truncate(at.unwrap_or(state.overlays.len()));
}

/// A problem in one line.
fn told(problem: &Problem) -> String {
    match problem.causes.first() {
        Some(cause) => format!("{}: {cause}", problem.summary),
        None => problem.summary.clone(),
    }
}

/// Another window writes, and the import waits for it. Answers whether it is the import that waits.
pub fn waits(state: &mut State, ticket: u64) -> bool {
    match import(state).filter(|import| import.ticket == ticket) {
        Some(import) => {
            import.waits = true;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests;
