//! The screen of an import: a plan to look at and correct, then the import itself.
//!
//! ```text
//! :import ──> path ──> planning ──> plan ── Enter on a field ──> column or origin ──> planning …
//!                         │ Esc       │ Enter on the first row, or i
//!                         └─> stopped └──> importing ──> done: the notice says what came, `u` takes it back
//! ```

use super::effect::Effect;
use super::key::{Code, Key};
use super::message::Message;
use super::picker;
use super::prompt;
use super::state::{
    Choice, Import, ImportPlan, ImportProgress, ImportStage, ImportWish, Overlay, PickerRow,
    Picking, Purpose, State, Tone,
};
use super::update::is_fresh;
use crate::domain::deed::Outcome;
use crate::problem::{Kind, Problem};

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
    let Some(import) = import(state) else {
        return Vec::new();
    };
    if import.is_working() {
        return match key.code {
            Code::Esc => vec![Effect::Stop],
            _ => Vec::new(),
        };
    }
    let last = import.rows().saturating_sub(1);
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
        Code::Enter if import.on_import() => commit(state, key),
        Code::Enter => change(state),
        Code::Char('s') => {
            import.wish.skip_bad = !import.wish.skip_bad;
            plan(state)
        }
        Code::Char('i') => commit(state, key),
        Code::Char('u') => say(
            import,
            "nothing is imported yet, Esc leaves it so; afterwards u takes all of it back",
        ),
        _ => say(
            import,
            "Enter imports, or changes the row under the cursor · i imports · s leaves rows with faults out · j k move · Esc leaves",
        ),
    }
}

fn say(import: &mut Import, words: &str) -> Vec<Effect> {
    import.said = Some(words.to_owned());
    Vec::new()
}

/// Changes what is under the cursor: the column of a field, or the origin.
fn change(state: &mut State) -> Vec<Effect> {
    let Some(import) = import(state) else {
        return Vec::new();
    };
    let (Some(plan), Some(field)) = (&import.plan, import.field()) else {
        let origin = import.wish.origin.clone().unwrap_or_default();
        return prompt::open(state, Purpose::ImportOrigin, &origin);
    };
    let name = field.name.clone();
    let row = |column: Option<&str>, label: &str, note: &str| {
        let choice = Choice::Column(column.map(str::to_owned));
        picker::rows::row(choice, label, note)
    };
    let columns = plan.columns.iter();
    let mut rows: Vec<PickerRow> = columns
        .map(|(column, example)| row(Some(column), column, example))
        .collect();
    rows.push(row(None, "no column", ""));
    let title = format!("which column holds the {name}?");
    picker::open(
        state,
        Picking::ImportColumn(name),
        title,
        "Enter takes it",
        rows,
    );
    Vec::new()
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
            import.cursor = import.cursor.min(import.rows() - 1);
            // What has to be said before anything can be imported is under the cursor, and why.
            if let Some(place) = first.then(|| lacks_text(import)).flatten() {
                import.cursor = 2 + place;
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

/// Where the title stands among the fields, when neither it nor the text has a column.
fn lacks_text(import: &Import) -> Option<usize> {
    let fields = &import.plan.as_ref()?.fields;
    let is = |name: &str| {
        fields
            .iter()
            .position(|field| field.name == name && field.column.is_none())
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
mod tests {
    use super::*;
    use crate::app::bench::{Bench, NOW};
    use crate::app::state::ImportField;

    /// A console in which a file was chosen to be imported.
    fn chosen() -> Bench {
        let mut bench = Bench::new(3);
        begin(&mut bench.state, "tickets.csv".to_owned());
        bench
    }

    fn come(bench: &mut Bench, at: i64) {
        bench.send(Message::Tick(NOW.plus(at)));
        let ticket = import(&mut bench.state).expect("an import").ticket;
        let plan = Ok(Box::default());
        bench.send(Message::ImportPlanned { ticket, plan });
    }

    /// Whether that key imports at that time.
    fn imports(bench: &mut Bench, at: i64, key: &str) -> bool {
        bench.send(Message::Tick(NOW.plus(at)));
        bench.outside.clear();
        bench.keys(key);
        let import = |effect: &Effect| matches!(effect, Effect::Import { .. });
        bench.outside.iter().any(import)
    }

    #[test]
    fn a_plan_that_could_not_be_made_anew_is_tried_again_and_not_imported() {
        let mut bench = chosen();
        come(&mut bench, 1_000);
        bench.keys("s");
        let ticket = import(&mut bench.state).expect("an import").ticket;
        let plan = Err(Problem::new(Kind::NotFound, "there is no file tickets.csv"));
        bench.send(Message::ImportPlanned { ticket, plan });
        assert!(!imports(&mut bench, 2_000, "Enter"));
        let is_planned = |effect: &Effect| matches!(effect, Effect::PlanImport { .. });
        assert!(bench.outside.iter().any(is_planned));
        come(&mut bench, 3_000);
        assert!(imports(&mut bench, 4_000, "Enter"));
    }

    #[test]
    fn what_an_import_puts_above_the_cursor_is_counted() {
        // In a list that is loaded whole, in one that is not, and where all of it is below.
        for (before, more, hint) in [
            (3, 2, "2 above, g g goes there · u undo"),
            (400, 300, "300 above, g g goes there · u undo"),
            (3, 0, "u undo"),
        ] {
            let mut bench = Bench::new(before + more);
            let late = bench.world.feedback.split_off(more);
            let new = std::mem::replace(&mut bench.world.feedback, late);
            bench.send(Message::Changed);
            bench.settle();
            bench.keys("g g");
            let held = bench.at();
            begin(&mut bench.state, "tickets.csv".to_owned());
            let ticket = import(&mut bench.state).expect("an import").ticket;
            bench.world.feedback.splice(0..0, new);
            let outcome = Ok(Outcome {
                action: Some(crate::domain::id::ActionId(uuid::Uuid::from_u128(9))),
                words: "imported".to_owned(),
                made: Vec::new(),
                about: Vec::new(),
                things: Vec::new(),
            });
            bench.send(Message::Imported { ticket, outcome });
            bench.settle();
            assert_eq!(bench.at(), held);
            let notice = bench.state.notice.clone().expect("a notice");
            assert_eq!(notice.hint, hint);
            assert_eq!(bench.state.inbox.before_import, None);
        }
    }

    #[test]
    fn a_file_without_a_title_is_shown_with_the_cursor_on_it() {
        let mut bench = chosen();
        let ticket = import(&mut bench.state).expect("an import").ticket;
        let field = |name: &str, column: Option<&str>| ImportField {
            name: name.to_owned(),
            column: column.map(str::to_owned),
            because: String::new(),
            example: String::new(),
        };
        let plan = ImportPlan {
            fields: vec![
                field("title", None),
                field("body", None),
                field("received", Some("Wann")),
            ],
            columns: vec![
                ("Wann".into(), String::new()),
                ("Was".into(), String::new()),
            ],
            obstacle: Some("no column looks like a title".to_owned()),
            ..ImportPlan::default()
        };
        bench.send(Message::Tick(NOW.plus(1_000)));
        bench.send(Message::ImportPlanned {
            ticket,
            plan: Ok(Box::new(plan)),
        });
        let shown = import(&mut bench.state).expect("an import").clone();
        assert_eq!(
            shown.field().map(|field| field.name.as_str()),
            Some("title")
        );
        assert_eq!(shown.error.as_deref(), Some("no column looks like a title"));
        bench.keys("Enter ↓ Enter");
        let wish = import(&mut bench.state).expect("an import").wish.clone();
        assert_eq!(wish.map, [("title".to_owned(), Some("Was".to_owned()))]);
    }

    fn said(bench: &mut Bench) -> String {
        let said = import(&mut bench.state).and_then(|import| import.said.clone());
        said.unwrap_or_default()
    }

    #[test]
    fn a_plan_that_has_only_just_come_is_not_imported() {
        let mut bench = chosen();
        come(&mut bench, 1_000);
        assert!(!imports(&mut bench, 1_120, "Enter"));
        let words = "the plan has only just come: Enter again imports";
        assert_eq!(said(&mut bench), words);
        // Nor is the one that takes its place, by the other key neither.
        bench.send(Message::Tick(NOW.plus(2_000)));
        bench.keys("s");
        come(&mut bench, 2_000);
        assert!(!imports(&mut bench, 2_400, "i"));
        let words = "the plan has only just come: i again imports";
        assert_eq!(said(&mut bench), words);
        assert!(imports(&mut bench, 2_500, "Enter"));
        // A clock that is set back does not stand in the way.
        let mut bench = chosen();
        come(&mut bench, 1_000);
        assert!(imports(&mut bench, -60_000, "i"));
    }
}
