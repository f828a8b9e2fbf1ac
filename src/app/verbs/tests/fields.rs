use super::*;
use crate::app::bench::Bench;
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

#[test]
fn links_of_an_idea_are_added_with_their_kind_and_taken_away() {
    use crate::domain::id::TicketId;
    use crate::domain::idea::{Ticket, TicketKind};
    let mut bench = Bench::new(1);
    bench.keys("g d Enter L");
    bench.type_text("https://example.com/7 Demo material");
    bench.keys("Enter");
    let Some(Deed::AddTicket { url, key, kind, .. }) = bench.deeds().last().cloned().cloned()
    else {
        panic!("a ticket");
    };
    assert_eq!(
        (url.as_str(), key.as_deref(), kind),
        ("https://example.com/7", Some("Demo"), TicketKind::Material)
    );
    bench.keys("-");
    assert!(bench.notice().contains("L adds one"), "{}", bench.notice());
    let ticket = |number: u128, key: Option<&str>| Ticket {
        id: TicketId(uuid::Uuid::from_u128(number)),
        url: format!("https://example.com/{number}"),
        key: key.map(str::to_owned),
        kind: TicketKind::Design,
    };
    let tickets = vec![ticket(1, None), ticket(2, Some("MM-2"))];
    if let Some(detail) = bench
        .state
        .idea
        .as_mut()
        .and_then(|view| view.detail.as_mut())
    {
        detail.tickets = tickets;
    }
    bench.keys("-");
    bench.type_text("MM-2");
    bench.keys("Enter");
    assert_eq!(
        bench.deeds().last().copied(),
        Some(&Deed::RemoveTicket {
            ticket: TicketId(uuid::Uuid::from_u128(2))
        })
    );
}

#[test]
fn what_general_availability_still_needs_is_told_once_it_is_near() {
    use crate::app::document::idea_document;
    use crate::domain::idea::Stage;
    let mut bench = Bench::new(1);
    bench.keys("g d Enter");
    let view = bench.state.idea.as_ref().expect("an idea");
    let mut detail = view.detail.clone().expect("its detail");
    let checklist = ["scalable".to_owned(), "documented".to_owned()];
    let text = |detail: &crate::domain::idea::IdeaDetail| {
        let lines = idea_document(detail, &checklist, &[], bench.state.now, 80).lines;
        let texts: Vec<String> = lines.iter().map(crate::app::document::Line::text).collect();
        texts.join("\n")
    };
    assert!(!text(&detail).contains("General availability"));
    detail.row.stage = Some(Stage::Beta);
    assert!(text(&detail).contains("0 of 2"));
    detail.checks = vec![("documented".to_owned(), true), ("legal".to_owned(), true)];
    let told = text(&detail);
    assert!(told.contains("General availability  2 of 3"), "{told}");
    assert!(
        told.contains("[ ] scalable · [x] documented · [x] legal"),
        "{told}"
    );
}
