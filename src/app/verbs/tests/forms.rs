//! The form of an idea: what is stored of it, and what it refuses.

use super::*;
use crate::domain::deed::{IdeaEdit, Seen};
use crate::domain::idea::Effort;

pub(super) fn open_form() -> State {
    let mut state = table();
    let effects = keys(&mut state, "e");
    let known = idea_detail(idea(1, "Export a board as PDF", Status::New));
    reply(
        &mut state,
        &effects,
        |q| matches!(q, Question::Idea(_)),
        Ok(Answer::Idea(Some(Box::new(known)))),
    );
    state
}

/// What the deed among effects expects of which fields.
fn seen(effects: &[Effect]) -> Vec<(&str, &str)> {
    let seen = effects.iter().find_map(|effect| match effect {
        Effect::Commit { seen, .. } => Some(seen),
        _ => None,
    });
    let seen = seen.into_iter().flatten();
    seen.filter_map(|seen| match seen {
        Seen::Field { field, words, .. } => Some((*field, words.as_str())),
        _ => None,
    })
    .collect()
}

fn go_to(state: &mut State, name: &str) {
    while form(state).fields[form(state).cursor].name != name {
        keys(state, "Tab");
    }
}

#[test]
fn a_form_stores_only_what_was_changed() {
    let mut state = open_form();
    typed(&mut state, "!");
    go_to(&mut state, "problem");
    keys(&mut state, "Enter");
    typed(&mut state, "More");
    go_to(&mut state, "effort");
    typed(&mut state, "xl");
    go_to(&mut state, "checklist");
    keys(&mut state, "Space");
    let effects = keys(&mut state, "Ctrl-s");
    assert_eq!(
        deed(&effects),
        edited(vec![
            IdeaEdit::Title("Export a board as PDF!".into()),
            IdeaEdit::Problem(Some("Screenshots take a day\nMore".into())),
            IdeaEdit::Effort(Some(Effort::ExtraLarge)),
            IdeaEdit::Check("scalable".into(), true),
        ])
    );
    assert!(state.overlays.is_empty());
}

#[test]
fn a_checklist_in_a_form_begins_at_its_first_item_and_takes_nothing_but_ticks() {
    let mut state = open_form();
    go_to(&mut state, "checklist");
    let text = |state: &State| form(state).fields[form(state).cursor].input.text.clone();
    let before = text(&state);
    keys(&mut state, "x Backspace → End Ctrl-u Alt-e");
    assert_eq!(text(&state), before);
    let error = form(&state).fields[form(&state).cursor].error.clone();
    assert!(error.is_some_and(|error| error.starts_with("Space ticks an item")));
    keys(&mut state, "Space");
    assert_eq!(text(&state), "[x] scalable\n[x] secure");
    keys(&mut state, "↓ Space");
    assert_eq!(text(&state), "[x] scalable\n[ ] secure");
    assert_eq!(form(&state).fields[form(&state).cursor].error, None);
    keys(&mut state, "Enter");
    assert_eq!(form(&state).fields[form(&state).cursor].name, "tickets");
}

#[test]
fn a_form_points_at_the_field_that_is_wrong() {
    let mut state = open_form();
    go_to(&mut state, "status");
    keys(&mut state, "Ctrl-u");
    typed(&mut state, "Planned");
    go_to(&mut state, "effort");
    typed(&mut state, "huge");
    assert_eq!(keys(&mut state, "Ctrl-s"), []);
    let wrong: Vec<&str> = form(&state)
        .fields
        .iter()
        .filter(|field| field.error.is_some())
        .map(|field| field.name)
        .collect();
    assert_eq!(wrong, ["effort", "release"]);
    assert_eq!(form(&state).fields[form(&state).cursor].name, "effort");
}

fn error(state: &State, name: &str) -> Option<String> {
    let field = form(state).fields.iter().find(|field| field.name == name);
    field.expect("a field").error.clone()
}

#[test]
fn what_somebody_else_has_changed_meanwhile_is_shown_before_it_is_replaced() {
    let mut state = open_form();
    typed(&mut state, "!");
    go_to(&mut state, "effort");
    typed(&mut state, "xl");
    let effects = keys(&mut state, "Ctrl-s");
    assert_eq!(
        seen(&effects),
        [("title", "Export a board as PDF"), ("effort", "")]
    );
    let problem = Problem::new(Kind::Refused, "changed meanwhile")
        .meanwhile("title", "Boards  on\u{7} paper")
        .meanwhile("effort", "S");
    refused(&mut state, &effects, problem);
    assert_eq!(form(&state).cursor, 0, "the first that was changed");
    assert_eq!(form(&state).fields[0].input.text, "Export a board as PDF!");
    assert_eq!(
        error(&state, "title").as_deref(),
        Some("changed meanwhile; Ctrl-s again stores yours in place of “Boards on\u{7} paper”")
    );
    assert!(error(&state, "effort").is_some_and(|error| error.ends_with("“S”")));
    // The same again is meant, as long as nobody changes it once more.
    let again = keys(&mut state, "Ctrl-s");
    assert_eq!(deed(&again), deed(&effects));
    assert_eq!(
        seen(&again),
        [("title", "Boards  on\u{7} paper"), ("effort", "S")]
    );
}

#[test]
fn a_release_that_somebody_else_has_chosen_meanwhile_is_left_and_the_rest_is_stored() {
    let mut state = open_form();
    typed(&mut state, "!");
    let release = form(&state)
        .fields
        .iter()
        .position(|it| it.name == "release");
    let release = release.expect("a field");
    let effects = keys(&mut state, "Ctrl-s");
    let problem = Problem::new(Kind::Refused, "changed meanwhile").meanwhile("release", "v9");
    refused(&mut state, &effects, problem);
    assert_eq!(form(&state).cursor, release);
    assert_eq!(form(&state).fields[release].input.text, "v9");
    assert!(error(&state, "release").is_some_and(|error| error.starts_with("it is in v9")));
    assert_eq!(deed(&keys(&mut state, "Ctrl-s")), deed(&effects));
}

#[test]
fn a_form_kept_as_a_draft_knows_what_it_was_written_over() {
    let mut state = open_form();
    typed(&mut state, "!");
    let effects = keys(&mut state, "Esc");
    let text = effects.iter().find_map(|effect| match effect {
        Effect::SaveDraft { text, .. } => text.clone(),
        _ => None,
    });
    let mut state = table();
    let effects = keys(&mut state, "e");
    let known = idea_detail(idea(1, "Boards on paper", Status::New));
    let known = Ok(Answer::Idea(Some(Box::new(known))));
    let effects = reply(
        &mut state,
        &effects,
        |q| matches!(q, Question::Idea(_)),
        known,
    );
    let draft = Ok(Answer::Draft(text));
    reply(
        &mut state,
        &effects,
        |q| matches!(q, Question::Draft(_)),
        draft,
    );
    assert_eq!(form(&state).fields[0].input.text, "Export a board as PDF!");
    assert_eq!(
        error(&state, "title").as_deref(),
        Some("changed since you wrote this, to “Boards on paper”")
    );
    let effects = keys(&mut state, "Ctrl-s");
    assert_eq!(seen(&effects), [("title", "Export a board as PDF")]);
}

#[test]
fn a_form_left_half_way_goes_on_where_it_was() {
    let mut state = open_form();
    go_to(&mut state, "workaround");
    typed(&mut state, "print\nit — 한");
    let effects = keys(&mut state, "Esc");
    let [
        Effect::SaveDraft {
            prompt: name,
            text: Some(text),
        },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}");
    };
    let mut again = table();
    let effects = keys(&mut again, "e");
    let known = idea_detail(idea(1, "Export a board as PDF", Status::New));
    let effects = reply(
        &mut again,
        &effects,
        |q| matches!(q, Question::Idea(_)),
        Ok(Answer::Idea(Some(Box::new(known)))),
    );
    reply(
        &mut again,
        &effects,
        |q| *q == Question::Draft(name.clone()),
        Ok(Answer::Draft(Some(text.clone()))),
    );
    go_to(&mut again, "workaround");
    let field = &form(&again).fields[form(&again).cursor];
    assert_eq!(
        field.input.text, "printit — 한",
        "typed letters are never line ends"
    );
}

#[test]
fn the_form_names_the_keys_that_add_a_ticket_and_take_one_away() {
    let mut state = open_form();
    go_to(&mut state, "tickets");
    typed(&mut state, "x");
    let field = &form(&state).fields[form(&state).cursor];
    assert_eq!(
        field.error.as_deref(),
        Some("not in the form: behind Esc L adds a ticket or another link, - takes one away")
    );
}

#[test]
fn the_editor_is_offered_where_something_can_be_typed() {
    use crate::app::command::footer::footer;
    let mut state = open_form();
    let offered = |state: &State| footer(state).iter().any(|item| item.key == "Alt-e");
    assert!(offered(&state));
    for fixed in ["checklist", "tickets"] {
        go_to(&mut state, fixed);
        assert!(!offered(&state), "{fixed}");
    }
}
