//! What is written that is no deed: files, from the prompt to the word that they are there.

use super::*;
use crate::app::effect::{Listed, Writing};
use crate::app::state::Purpose;

#[test]
fn the_file_for_the_minutes_is_asked_for_until_it_is_written() {
    let mut state = world();
    let meeting = crate::domain::id::MeetingId(uuid::Uuid::from_u128(7));
    let enter = |state: &mut State| {
        let effects = keys(state, "Enter q");
        assert!(super::super::waiting(state), "keys wait for the file");
        effects
    };
    crate::app::prompt::open(&mut state, Purpose::WriteMinutes(meeting), "minutes.md");
    let effects = enter(&mut state);
    let there = Problem::new(Kind::Refused, "minutes.md is there already");
    wrote(&mut state, &effects, Err(there));
    let error = prompt(&state).error.clone().expect("it was refused");
    assert_eq!(error.1, "minutes.md is there already");
    let effects = enter(&mut state);
    let left = wrote(&mut state, &effects, Ok("wrote minutes.md".into()));
    assert!(state.overlays.is_empty());
    assert_eq!(
        left,
        [Effect::Quit],
        "what was typed behind it comes after it"
    );

    // What waits for another window keeps nobody, and another prompt stays as it is.
    let mut state = world();
    crate::app::prompt::open(&mut state, Purpose::WriteMinutes(meeting), "minutes.md");
    let effects = enter(&mut state);
    let ticket = ticket(&effects);
    update(&mut state, Message::Waits { ticket });
    assert!(!super::super::waiting(&state) && state.flight.waiting.len() == 1);
    keys(&mut state, "Esc c");
    wrote(&mut state, &effects, Ok("wrote minutes.md".into()));
    assert!(matches!(prompt(&state).purpose, Purpose::Comment(_)));
    assert!(state.flight.waiting.is_empty());
}

#[test]
fn what_the_list_shows_is_exported_to_a_file_that_is_named() {
    let exported = |state: &mut State| {
        keys(state, ":");
        typed(state, "export…");
        keys(state, "Enter");
        assert!(keys(state, "Enter").is_empty(), "a file needs a name");
        assert!(prompt(state).error.is_some());
        typed(state, "out.csv");
        let asked = keys(state, "Enter")
            .into_iter()
            .find_map(|effect| match effect {
                Effect::Write { writing, ticket } => match *writing {
                    Writing::Export { listed, path } => Some((listed, path, ticket)),
                    _ => None,
                },
                _ => None,
            });
        asked.expect("a file is written")
    };
    let mut state = world();
    let (listed, path, ticket) = exported(&mut state);
    assert_eq!(
        (listed, path.as_str()),
        (Listed::Feedback(state.inbox.query.clone()), "out.csv")
    );
    let outcome = Ok("wrote 3 feedback to out.csv".to_owned());
    update(&mut state, Message::Written { ticket, outcome });
    assert_eq!(
        state.notice.as_ref().map(|notice| notice.words.as_str()),
        Some("wrote 3 feedback to out.csv")
    );

    let mut state = table();
    let shown: Vec<_> = state
        .ideas
        .shown
        .iter()
        .map(|place| state.ideas.rows[*place].id)
        .collect();
    assert_eq!(exported(&mut state).0, Listed::Ideas(shown));
    assert_eq!(exported(&mut release_plan()).0, Listed::Plan);
}
