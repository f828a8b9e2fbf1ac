use intake::domain::feedback::Resolution;
use intake::domain::import::{ImportAuthor, ImportState};
use intake::exchange::convert::Choices;

use super::{Skip, fixture, read, read_with};

fn here() -> Choices {
    Choices {
        origin: Some("forum.acme.example".to_owned()),
        ..Choices::default()
    }
}

#[test]
fn the_first_post_of_a_topic_is_the_feedback_and_its_replies_are_comments() {
    let read = read_with(&fixture("discourse/topic.json"), &here());
    assert_eq!(read.words, "Discourse topics, JSON");
    let [topic] = &read.feedback[..] else {
        panic!("{} topics", read.feedback.len())
    };
    assert_eq!(topic.title, "Keyboard shortcuts");
    assert_eq!(topic.body, "Please add keyboard shortcuts.");
    assert_eq!(
        topic.url.as_deref(),
        Some("https://forum.acme.example/t/12")
    );
    let customer = topic.customer.as_ref().expect("a customer");
    assert_eq!(customer.name, "Kim Roe");
    assert_eq!(customer.email.as_deref(), Some("@kimroe"));
    assert_eq!(topic.tags, ["feature", "keyboard", "category:5"]);
    assert_eq!(topic.votes, 31);
    assert_eq!(topic.state, ImportState::Processed(Resolution::NoAction));
    let said: Vec<(&str, bool)> = topic
        .comments
        .iter()
        .map(|comment| (&*comment.text, comment.to_reporter))
        .collect();
    assert_eq!(
        said,
        [
            ("Which ones?", true),
            ("`j` and `k`", true),
            ("Planned for autumn", false),
        ]
    );
    assert!(matches!(
        topic.comments[0].author,
        Some(ImportAuthor::Colleague(_))
    ));
    assert_eq!(
        topic.comments[1].author,
        Some(ImportAuthor::Outsider("Lee Park".to_owned()))
    );
}

#[test]
fn a_list_of_topics_names_who_began_them() {
    let list = read_with(&fixture("discourse/latest.json"), &here());
    let topic = read_with(&fixture("discourse/topic.json"), &here());
    assert_eq!(
        list.feedback[0].identity(),
        topic.feedback[0].identity(),
        "the same topic"
    );
    assert_eq!(list.feedback[0].customer, topic.feedback[0].customer);
    let dark = &list.feedback[1];
    assert_eq!(dark.customer.as_ref().map(|c| &*c.name), Some("lee"));
    assert_eq!((dark.votes, &*dark.body), (3, ""));
    assert_eq!(dark.tags, ["ui", "category:6"]);
    assert_eq!(list.skipped.len(), 1);
    assert_eq!(list.skipped[0].1, Skip::Not("private message"));
}

#[test]
fn without_an_origin_the_file_is_the_origin() {
    let read = read(&fixture("discourse/topic.json"));
    assert_eq!(read.feedback[0].origin, "topic.json");
    assert_eq!(read.feedback[0].url, None);
}
