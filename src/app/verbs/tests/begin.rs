//! Where pickers and forms begin, and what prompts say of what is typed.

use super::*;
use crate::app::picker::rows;
use crate::app::prompt::understood;
use crate::app::state::Picker;
use crate::domain::idea::{Effort, Timeframe};
use crate::domain::moment::HOUR;

/// The row under the cursor of the picker on top.
fn at(picker: &Picker) -> &str {
    picker
        .rows
        .get(picker.cursor)
        .map_or("", |row| row.label.as_str())
}

#[test]
fn a_picker_begins_at_what_is_set() {
    let begins = |state: &mut State, ways: &str| {
        keys(state, ways);
        let label = at(picker(state)).to_owned();
        state.overlays.clear();
        label
    };
    let mut state = table();
    state.ideas.rows[0].effort = Some(Effort::Large);
    state.ideas.rows[0].timeframe = Some(Timeframe::SixMonths);
    state.ideas.rows[0].release = Some("v3".to_owned());
    let first = state.ideas.rows[0].clone();
    assert_eq!(begins(&mut state, "f"), Effort::Large.word());
    assert_eq!(begins(&mut state, "T"), Timeframe::SixMonths.word());
    assert_eq!(begins(&mut state, "r"), "v3");
    assert_eq!(begins(&mut state, "S"), first.status.word());
    // Of several that differ nothing is set; what they share is.
    state.ideas.rows[1].effort = Some(Effort::Large);
    state.ideas.rows[1].status = Status::Released;
    keys(&mut state, "x x");
    assert_eq!(begins(&mut state, "f"), Effort::Large.word());
    assert_eq!(begins(&mut state, "S"), Status::New.word());
    state.ideas.rows[0].status = Status::Released;
    assert_eq!(begins(&mut state, "S"), Status::Released.word());
    state.ideas.rows[1].effort = None;
    assert_ne!(begins(&mut state, "f"), Effort::Large.word());
    state.ideas.rows[0].effort = None;
    assert_eq!(begins(&mut state, "f"), rows::UNKNOWN);
}

#[test]
fn a_time_that_is_over_is_refused_while_it_is_typed_and_not_offered() {
    let mut state = world();
    state.now = NOW.plus(6 * HOUR);
    keys(&mut state, "s");
    assert!(!prompt(&state).hint.contains("eod"));
    typed(&mut state, "eo");
    let offers = |state: &State| prompt(state).completions.len();
    assert_eq!(offers(&state), 0);
    typed(&mut state, "d");
    let said = understood(&state, prompt(&state)).unwrap_or_default();
    assert!(said.starts_with("“eod” is not in the future: write 4h"));
    assert!(!said.contains("eod,"), "{said}");
    keys(&mut state, "Ctrl-u");
    typed(&mut state, "yesterday");
    let said = understood(&state, prompt(&state)).unwrap_or_default();
    assert!(said.starts_with("“yesterday” is not in the future: write 4h"));
    // Before it comes it is offered, and understood.
    let mut state = world();
    keys(&mut state, "s");
    assert!(prompt(&state).hint.contains("next week, eod, dec 1"));
    typed(&mut state, "eo");
    assert_eq!(offers(&state), 1);
    typed(&mut state, "d");
    let said = understood(&state, prompt(&state)).unwrap_or_default();
    assert!(said.starts_with("hidden until "), "{said}");
}

#[test]
fn the_prompt_for_a_release_says_what_it_has_understood() {
    let mut state = release_plan();
    keys(&mut state, "C");
    let told = |state: &State| understood(state, prompt(state));
    assert_eq!(told(&state), None);
    typed(&mut state, "v10.4");
    let said = "“v10.4” and no day behind it, such as 16 Feb or 2027-02-16 · Enter makes it";
    assert_eq!(told(&state).as_deref(), Some(said));
    typed(&mut state, " 16 feb");
    let said = "“v10.4”, due on Tue 16 Feb 2027 · Enter makes it";
    assert_eq!(told(&state).as_deref(), Some(said));
}
