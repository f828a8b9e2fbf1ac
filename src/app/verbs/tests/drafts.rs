//! Half-written text: kept, brought back, and not lost where it cannot be stored.

use super::prompts::{comment, drafts};
use super::*;
use crate::app::update;

#[test]
fn half_written_text_survives_esc_and_comes_back() {
    let mut state = world();
    comment(&mut state);
    typed(&mut state, "half");
    let effects = keys(&mut state, "Esc");
    let name = format!("comment:{}", feedback_id(1));
    assert_eq!(drafts(&effects), [(name.as_str(), Some("half"))]);
    let effects = comment(&mut state);
    let wanted = |q: &Question| *q == Question::Draft(name.clone());
    reply(
        &mut state,
        &effects,
        wanted,
        Ok(Answer::Draft(Some("half".into()))),
    );
    assert_eq!(prompt(&state).input.text, "half");
    assert_eq!(
        drafts(&keys(&mut state, "Esc")),
        [],
        "nothing was typed since"
    );
}

#[test]
fn half_written_text_that_could_not_be_stored_is_not_lost_while_the_console_is_open() {
    let mut state = world();
    comment(&mut state);
    typed(&mut state, "half");
    let name = format!("comment:{}", feedback_id(1));
    let fail = |state: &mut State, text: &str| {
        let message = Message::Unkept {
            prompt: name.clone(),
            text: Some(text.to_owned()),
            problem: Problem::new(Kind::Storage, "the disk is full"),
        };
        update::update(state, message);
    };
    update::update(&mut state, Message::Tick(NOW.plus(100)));
    fail(&mut state, "half");
    // The prompt says so, because it hides the notice.
    assert_eq!(prompt(&state).hint, "not kept yet: the disk is full");
    // Esc tries once more.
    let effects = keys(&mut state, "Esc");
    assert_eq!(drafts(&effects), [(name.as_str(), Some("half"))]);
    fail(&mut state, "half");
    let notice = state.notice.as_ref().expect("a notice");
    assert_eq!(notice.words, "the disk is full");
    // It comes back as if it had been stored, in place of what was stored before it.
    let effects = comment(&mut state);
    let wanted = |q: &Question| *q == Question::Draft(name.clone());
    let answer = Ok(Answer::Draft(Some("ha".into())));
    reply(&mut state, &effects, wanted, answer);
    assert_eq!(prompt(&state).input.text, "half");
    // Leaving the console tries for the last time.
    keys(&mut state, "Esc");
    let effects = crate::app::prompt::draft::retry(&mut state);
    assert_eq!(drafts(&effects), [(name.as_str(), Some("half"))]);
    // What is newer is on its way: the older one does not take its place.
    comment(&mut state);
    typed(&mut state, " written");
    keys(&mut state, "Esc");
    fail(&mut state, "half");
    assert!(state.errands.unkept.is_empty());
}

#[test]
fn a_draft_never_overwrites_what_is_typed_meanwhile() {
    let mut state = world();
    let effects = comment(&mut state);
    typed(&mut state, "new");
    let wanted = |q: &Question| matches!(q, Question::Draft(_));
    reply(
        &mut state,
        &effects,
        wanted,
        Ok(Answer::Draft(Some("old".into()))),
    );
    assert_eq!(prompt(&state).input.text, "new");
}

#[test]
fn text_is_stored_when_the_hands_rest() {
    let mut state = world();
    comment(&mut state);
    typed(&mut state, "so far");
    let soon = update::update(&mut state, Message::Tick(NOW.plus(10)));
    assert_eq!(drafts(&soon), []);
    let later = update::update(&mut state, Message::Tick(NOW.plus(100)));
    assert_eq!(drafts(&later).len(), 1);
    let again = update::update(&mut state, Message::Tick(NOW.plus(9_000)));
    assert_eq!(drafts(&again), []);
}

#[test]
fn what_was_typed_is_stored_once_more_when_it_is_left() {
    let mut state = world();
    comment(&mut state);
    typed(&mut state, "half");
    let stored = update::update(&mut state, Message::Tick(NOW.plus(100)));
    assert_eq!(drafts(&stored).len(), 1);
    // Meanwhile another window may have sent just that, and its deed took the draft away.
    let left = keys(&mut state, "Esc");
    let name = format!("comment:{}", feedback_id(1));
    assert_eq!(drafts(&left), [(name.as_str(), Some("half"))]);
    let notice = state.notice.as_ref().expect("a notice");
    assert_eq!(notice.words, "kept as a draft");
    // What was taken out again is no draft, and nobody says that it is one.
    state.notice = None;
    comment(&mut state);
    typed(&mut state, "x");
    update::update(&mut state, Message::Tick(NOW.plus(200)));
    keys(&mut state, "Backspace");
    assert_eq!(drafts(&keys(&mut state, "Esc")), [(name.as_str(), None)]);
    assert_eq!(state.notice, None);
}

#[test]
fn where_two_windows_write_the_same_draft_that_is_said() {
    let name = format!("comment:{}", feedback_id(1));
    let said = "another window of yours wrote here, too: both texts are kept";
    let mut state = world();
    comment(&mut state);
    typed(&mut state, "half");
    update::update(&mut state, Message::KeptBeside(name.clone()));
    assert_eq!(
        prompt(&state).hint,
        format!("{said} · the same key shows both once this is left")
    );
    keys(&mut state, "Esc");
    update::update(&mut state, Message::KeptBeside(name));
    assert_eq!(state.notice.as_ref().expect("a notice").words, said);
}

fn failed_editor(state: &mut State) {
    let problem = Problem::new(Kind::Input, "cannot read what the editor wrote")
        .because("stream did not contain valid UTF-8")
        .hint("what you wrote is kept in ~/intake-1.md");
    update::update(state, Message::Edited(Err(problem)));
    let later = state.now.plus(500);
    update::update(state, Message::Tick(later));
}

#[test]
fn an_editor_that_failed_is_told_of_in_the_prompt_and_where_the_text_is_stays_said() {
    let said = "cannot read what the editor wrote: stream did not contain valid UTF-8 · \
                what you wrote is kept in ~/intake-1.md";
    let mut state = world();
    comment(&mut state);
    failed_editor(&mut state);
    assert_eq!(prompt(&state).error, Some((None, said.to_owned())));
    assert_eq!(state.notice, None, "nobody would see it there");
    typed(&mut state, "on");
    assert_eq!(prompt(&state).error, None);
    assert_eq!(
        prompt(&state).hint,
        "what you wrote is kept in ~/intake-1.md"
    );
}

#[test]
fn an_editor_that_failed_is_told_of_in_the_form() {
    let mut state = super::forms::open_form();
    failed_editor(&mut state);
    let form = form(&state);
    let error = form.fields[form.cursor].error.as_deref();
    assert!(
        error.is_some_and(|error| error.ends_with("~/intake-1.md")),
        "{error:?}"
    );
}
