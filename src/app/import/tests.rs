//! What an import does with keys, and with plans that come.

use super::*;
use crate::app::bench::{Bench, NOW};
use crate::app::state::{ImportCount, ImportField};

/// The field whose column is under the cursor.
fn field_of(import: &Import) -> Option<&ImportField> {
    match import.row()? {
        ImportRow::Field(field) => Some(field),
        _ => None,
    }
}

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
fn the_head_of_a_plan_is_scrolled_to_its_last_line_and_no_further() {
    let mut bench = chosen();
    let ticket = import(&mut bench.state).expect("an import").ticket;
    let left = |number: usize| ImportCount {
        kind: "left out".to_owned(),
        count: "1 file".to_owned(),
        about: format!("{number}.json: no column looks like a title or a text"),
    };
    let plan = ImportPlan {
        counts: (0..40).map(left).collect(),
        ..ImportPlan::default()
    };
    let plan = Ok(Box::new(plan));
    bench.send(Message::ImportPlanned { ticket, plan });
    let scroll = |bench: &mut Bench| import(&mut bench.state).expect("an import").scroll;
    bench.keys("K J J");
    assert_eq!(scroll(&mut bench), 6);
    bench.keys(&"J ".repeat(40));
    let (_, room) = head::room(bench.state.size);
    assert_eq!(scroll(&mut bench), 40 - room);
    // On a larger screen no line is hidden for it.
    bench.send(Message::Resize(120, 44));
    bench.keys("K");
    let (_, larger) = head::room(bench.state.size);
    assert_eq!(scroll(&mut bench), 40 - larger - 3);
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
            reverses: None,
            touched: crate::domain::deed::Touched::ALL,
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
        field_of(&shown).map(|field| field.name.as_str()),
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
fn the_key_that_takes_the_known_origin_is_named_where_there_is_one() {
    let mut bench = chosen();
    come(&mut bench, 1_000);
    bench.keys("?");
    assert!(!said(&mut bench).contains("· o "), "{}", said(&mut bench));
    let plan = import(&mut bench.state).and_then(|import| import.plan.as_mut());
    plan.expect("a plan").elsewhere = Some((Some("acme/web".to_owned()), String::new()));
    bench.keys("?");
    let named = "i imports · o takes the known origin · s leaves";
    assert!(said(&mut bench).contains(named), "{}", said(&mut bench));
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

#[test]
fn another_sheet_and_another_kind_are_planned_anew_and_a_name_keeps_how_it_is_read() {
    let mut bench = chosen();
    let plan = ImportPlan {
        sheet: Some(("Bugs".into(), String::new())),
        sheets: vec!["Bugs".into(), "Wishes".into()],
        kinds: vec![("jira-csv", "Jira issues, CSV")],
        ..ImportPlan::default()
    };
    let come = |bench: &mut Bench| {
        let ticket = import(&mut bench.state).expect("an import").ticket;
        let plan = Ok(Box::new(plan.clone()));
        bench.send(Message::ImportPlanned { ticket, plan });
    };
    come(&mut bench);
    import(&mut bench.state).expect("an import").wish.map =
        vec![("title".to_owned(), Some("Summary".to_owned()))];
    bench.keys("j j");
    bench.keys("Enter ↓ Enter");
    come(&mut bench);
    bench.keys("j Enter ↓ Enter");
    come(&mut bench);
    bench.keys("j Enter");
    bench.type_text("weekly");
    bench.keys("Enter");
    let planned = bench.outside.iter().rev();
    let mut planned = planned.filter_map(|effect| match effect {
        Effect::PlanImport { wish, .. } => Some(wish.as_ref().clone()),
        _ => None,
    });
    // The columns that were chosen were those of the other sheet.
    let wish = ImportWish {
        path: "tickets.csv".to_owned(),
        sheet: Some("Wishes".to_owned()),
        kind: Some("jira-csv".to_owned()),
        keep: Some("weekly".to_owned()),
        ..ImportWish::default()
    };
    assert_eq!(planned.next(), Some(wish));
    // Nothing keeps nothing.
    come(&mut bench);
    bench.keys("Enter Ctrl-u Enter");
    let wish = &import(&mut bench.state).expect("an import").wish;
    assert_eq!(wish.keep, None);
}
