use super::*;
use crate::app::command::Command;
use crate::app::update;
use crate::domain::deed::{FeedbackEdit, IdeaEdit};
use crate::domain::feedback::FeedbackKind;
use crate::domain::idea::Stage;

fn set(command: Command, text: &str) -> Result<Deed, (Option<usize>, String)> {
    let mut state = if matches!(command, Command::IdeaStage | Command::AddTicket) {
        table()
    } else {
        world()
    };
    update::run(&mut state, command);
    keys(&mut state, "Ctrl-u");
    typed(&mut state, text);
    let effects = keys(&mut state, "Enter");
    match state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => Err(prompt.error.clone().expect("an error")),
        _ => Ok(deed(&effects)),
    }
}

#[test]
fn fields_without_a_key_are_set_by_their_words() {
    let feedback = |edit| {
        Ok(Deed::EditFeedback {
            feedback: vec![feedback_id(1)],
            edits: vec![edit],
        })
    };
    assert_eq!(
        set(Command::FeedbackKind, "Bug"),
        feedback(FeedbackEdit::Kind(Some(FeedbackKind::Bug)))
    );
    assert_eq!(
        set(Command::FeedbackArea, "-"),
        feedback(FeedbackEdit::Area(None))
    );
    assert_eq!(
        set(Command::NeededBy, "2027-03-31"),
        feedback(FeedbackEdit::NeededBy(chrono::NaiveDate::from_ymd_opt(
            2027, 3, 31
        )))
    );
    assert_eq!(
        set(Command::Reporter, "omar"),
        feedback(FeedbackEdit::Reporter(Some(handle("omar"))))
    );
    assert_eq!(
        set(Command::Company, "Acme"),
        feedback(FeedbackEdit::Company(Some("Acme".into())))
    );
    assert_eq!(
        set(Command::IdeaStage, "beta"),
        Ok(Deed::EditIdeas {
            ideas: vec![idea_id(1)],
            edits: vec![IdeaEdit::Stage(Some(Stage::Beta))],
        })
    );
}

#[test]
fn wrong_words_name_the_right_ones() {
    let (column, words) = set(Command::FeedbackKind, "wish").expect_err("no kind");
    assert_eq!(column, Some(0));
    assert!(words.contains("request, bug, question, praise"), "{words}");
    let (_, words) = set(Command::FeedbackArea, "").expect_err("empty");
    assert!(words.contains("- to clear"), "{words}");
    assert!(set(Command::AddTicket, "MM-12").is_err());
}

#[test]
fn a_feedback_is_typed_in_by_hand() {
    let mut state = world();
    update::run(&mut state, Command::NewFeedback);
    typed(&mut state, "Title");
    keys(&mut state, "Enter");
    typed(&mut state, "Body");
    let Deed::AddFeedback(new) = deed(&keys(&mut state, "Ctrl-s")) else {
        panic!("no feedback");
    };
    assert_eq!((new.title.as_str(), new.body.as_str()), ("Title", "Body"));
}
