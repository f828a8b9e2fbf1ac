//! Who is nobody here yet, and who sits here.

use super::*;
use crate::app::command::Command;
use crate::app::state::{MeetingPrompt, Purpose};
use crate::domain::id::ActionStepId;

#[test]
fn an_owner_whom_nobody_knows_is_added_with_one_key_and_the_prompt_stays() {
    let mut state = world();
    keys(&mut state, "a Ctrl-u");
    typed(&mut state, "noor");
    let told = |state: &State| crate::app::prompt::understood(state, prompt(state));
    let hint = told(&state).unwrap_or_default();
    assert_eq!(
        hint,
        "@noor is nobody here · Alt-n adds them as a colleague"
    );
    let effects = keys(&mut state, "Alt-n");
    let Deed::SavePerson { handle: added, .. } = deed(&effects) else {
        panic!("{effects:?}");
    };
    assert_eq!(added, handle("noor"));
    done(&mut state, &effects, None);
    assert_eq!(prompt(&state).input.text, "noor");
    assert_eq!(prompt(&state).error, None);
    state.vocabulary.people = vec![(handle("noor"), String::new(), String::new())];
    assert_eq!(told(&state), None);
    assert_eq!(keys(&mut state, "Alt-n"), [], "nobody is left to add");

    let mut state = world();
    keys(&mut state, "a Ctrl-u");
    typed(&mut state, "noor");
    let refused = keys(&mut state, "Enter");
    done(&mut state, &refused, Some("there is no colleague @noor"));
    let error = prompt(&state).error.clone().expect("it was refused");
    assert_eq!(error.1, "there is no colleague @noor · Alt-n adds them");
}

#[test]
fn a_mention_of_somebody_unknown_can_be_made_known() {
    let mut state = world();
    state.vocabulary.people = vec![(handle("omar"), String::new(), String::new())];
    keys(&mut state, "c");
    typed(&mut state, "ask @noor ");
    let effects = keys(&mut state, "Alt-n");
    assert!(
        matches!(deed(&effects), Deed::SavePerson { handle: added, .. } if added == handle("noor"))
    );
    assert_eq!(prompt(&state).input.text, "ask @noor ", "nothing is lost");
}

#[test]
fn who_sits_here_is_said_in_the_console_and_taken_back_likewise() {
    let mut state = world();
    let say = |state: &mut State, name: &str| {
        crate::app::verbs::run(state, Command::Me);
        keys(state, "Ctrl-u");
        typed(state, name);
        let effects = keys(state, "Enter");
        wrote(state, &effects, Ok("it is known who you are".into()))
    };
    let effects = say(&mut state, "@noor");
    assert_eq!(state.settings.me, Some(handle("noor")));
    let counts = |effect: &Effect| {
        matches!(
            effect,
            Effect::Ask {
                question: Question::Header,
                ..
            }
        )
    };
    assert!(effects.iter().any(counts), "what is mine is counted anew");
    assert!(Command::AssignToMe.availability(&state).is_ok());
    say(&mut state, "-");
    assert_eq!(state.settings.me, None);
    let reason = Command::AssignToMe
        .availability(&state)
        .expect_err("nobody");
    assert!(reason.to_string().contains("who I am"), "{reason}");
}

#[test]
fn whoever_is_to_do_an_action_step_and_is_nobody_here_can_be_added() {
    let mut state = world();
    state.vocabulary.people = vec![(handle("omar"), String::new(), String::new())];
    state.overlays.clear();
    let step = ActionStepId(Uuid::nil());
    let purpose = Purpose::Meeting(MeetingPrompt::EditStep(step, String::new()));
    crate::app::prompt::open(&mut state, purpose, "");
    typed(&mut state, "call Globex @noor friday");
    let told = crate::app::prompt::understood(&state, prompt(&state)).unwrap_or_default();
    assert!(
        told.starts_with("@noor is nobody here · Alt-n adds them · "),
        "{told}"
    );
    let effects = keys(&mut state, "Alt-n");
    assert!(
        matches!(deed(&effects), Deed::SavePerson { handle: added, .. } if added == handle("noor"))
    );
}

#[test]
fn a_colleague_without_a_role_is_offered_by_the_name_alone() {
    let mut state = world();
    state.vocabulary.people = vec![
        (handle("omar"), "Omar Haddad".to_owned(), String::new()),
        (handle("omara"), String::new(), "PM".to_owned()),
    ];
    keys(&mut state, "c");
    typed(&mut state, "@om");
    let notes: Vec<&str> = prompt(&state)
        .completions
        .iter()
        .map(|offer| offer.note.as_str())
        .collect();
    assert_eq!(notes, ["Omar Haddad", "PM"]);
}
