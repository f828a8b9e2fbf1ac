use intake::domain::idea::Status;
use intake::domain::import::ImportState;

use super::{LINKED, Skip, fixture, name, read};

#[test]
fn an_idea_of_uservoice_comes_once_and_each_supporter_is_a_feedback() {
    let read = read(&fixture("uservoice/full.csv"));
    assert_eq!(read.words, "UserVoice ideas and supporters, CSV");
    let ideas: Vec<(&str, Option<Status>, Option<&str>)> = read
        .ideas
        .iter()
        .map(|idea| (&*idea.key.id, idea.status, idea.reason.as_deref()))
        .collect();
    assert_eq!(
        ideas,
        [
            ("17", Some(Status::Planned), None),
            ("18", Some(Status::WontDo), Some("It harms readers")),
            ("20", Some(Status::New), None),
        ]
    );
    let told: Vec<(&str, &str, ImportState)> = read
        .feedback
        .iter()
        .map(|f| (f.source_id.as_deref().unwrap_or(""), name(f), f.state))
        .collect();
    assert_eq!(
        told,
        [
            ("17", "Kim Roe", LINKED),
            ("17:lee@initech.example", "lee@initech.example", LINKED),
            ("17:ana@hooli.example", "ana@hooli.example", LINKED),
            ("18", "Lee Park", LINKED),
            ("19", "X", ImportState::Archived),
            ("20", "Ana Ruiz", ImportState::Unprocessed),
        ]
    );
    assert_eq!(
        read.skipped,
        [(5, Skip::Repeated { first: 4 })],
        "the same supporter twice"
    );
    let idea = &read.ideas[0];
    assert!(
        read.feedback[..3]
            .iter()
            .all(|f| f.ideas[0].idea == idea.key)
    );
    let creator = &read.feedback[0];
    assert_eq!(creator.body, "My eyes hurt");
    assert_eq!(creator.tags, ["ui", "night", "Look", "Product"]);
    assert_eq!((creator.votes, idea.votes), (3, 3));
    assert_eq!(creator.comments[0].text, "In spring");
    assert_eq!(read.feedback[1].received.rfc3339(), "2026-01-09T10:00:00Z");
    assert!(read.feedback[4].ideas.is_empty(), "spam is no idea");
}
