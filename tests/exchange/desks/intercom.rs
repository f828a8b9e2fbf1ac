use intake::domain::feedback::Resolution;
use intake::domain::import::{ImportAuthor, ImportState};

use super::{fixture, mention, read};

#[test]
fn a_conversation_arrives_with_its_parts() {
    let read = read(&fixture("intercom/conversations.json"));
    assert_eq!(read.words, "Intercom conversations, JSON");
    let talk = &read.feedback[0];
    assert_eq!(talk.title, "Seats");
    assert_eq!(talk.body, "We need more seats.");
    assert_eq!(
        talk.original.as_deref(),
        Some("<p>We need <b>more seats</b>.</p>")
    );
    assert_eq!(talk.source_id.as_deref(), Some("1911149811"));
    assert_eq!(talk.received.rfc3339(), "2024-11-21T09:06:40Z");
    let customer = talk.customer.as_ref().expect("a customer");
    assert_eq!(customer.name, "Kim Roe");
    assert_eq!(customer.email.as_deref(), Some("kim@globex.example"));
    assert_eq!(mention(talk.owner.as_ref()).as_deref(), Some("@hana"));
    assert_eq!(talk.state, ImportState::Processed(Resolution::NoAction));
    assert_eq!(talk.tags, ["billing", "via:email", "priority", "rating:5"]);
    let said: Vec<(&str, bool)> = talk
        .comments
        .iter()
        .map(|comment| (&*comment.text, comment.to_reporter))
        .collect();
    assert_eq!(
        said,
        [
            ("How many?", true),
            ("Ask sales", false),
            ("Twenty", true),
            ("Quick!", true)
        ]
    );
    assert_eq!(
        talk.comments[2].author,
        Some(ImportAuthor::Outsider("Kim Roe".to_owned()))
    );
}

#[test]
fn who_began_as_a_colleague_is_the_reporter_and_the_contact_the_customer() {
    let read = read(&fixture("intercom/conversations.json"));
    let talk = &read.feedback[1];
    assert_eq!(talk.title, "Did you try the new export?");
    assert_eq!(mention(talk.reporter.as_ref()).as_deref(), Some("@hana"));
    assert_eq!(talk.customer.as_ref().map(|c| &*c.name), Some("6762f0ff"));
    assert_eq!(talk.owner, None, "nobody tells who 5 is");
    assert_eq!(talk.state, ImportState::Unprocessed, "snoozed is open");
}
