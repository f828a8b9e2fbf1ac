use intake::domain::feedback::Resolution;
use intake::domain::idea::Status;
use intake::domain::import::ImportState;
use intake::exchange::convert::Choices;

use super::{LINKED, fixture, name, read, read_with};
use crate::world::corpus;

#[test]
fn a_post_of_fider_is_the_same_from_its_export_and_its_api() {
    let asked = Choices {
        origin: Some("feedback.acme.example".to_owned()),
        ..Choices::default()
    };
    let sheet = read_with(&fixture("fider/posts.csv"), &asked);
    let api = read_with(&fixture("fider/posts.json"), &asked);
    assert_eq!(sheet.words, "Fider posts, CSV");
    assert_eq!(api.words, "Fider posts, JSON");
    for (mut a, b) in sheet.feedback.into_iter().zip(api.feedback) {
        assert_eq!(a.identity(), b.identity());
        a.line = b.line;
        a.url.clone_from(&b.url);
        // A table says nothing of what it has no column for; an answer of the interface says that there is nothing.
        a.untold = b.untold;
        assert_eq!(a, b);
    }
    let (mut idea, other) = (sheet.ideas[0].clone(), &api.ideas[0]);
    idea.line = other.line;
    idea.url.clone_from(&other.url);
    assert_eq!(&idea, other);
    assert_eq!((sheet.ideas.len(), api.ideas.len()), (1, 1));
}

#[test]
fn what_is_planned_at_fider_is_an_idea_and_what_was_answered_a_comment() {
    let read = read(&fixture("fider/posts.csv"));
    let [planned, duplicate, open] = &read.feedback[..] else {
        panic!("{} posts", read.feedback.len())
    };
    assert_eq!(planned.state, LINKED);
    assert_eq!(read.ideas[0].status, Some(Status::Planned));
    assert_eq!(planned.comments[0].text, "In spring");
    assert_eq!(planned.comments[0].at.rfc3339(), "2026-02-01T10:00:00Z");
    assert_eq!(planned.tags, ["ui", "night"]);
    assert_eq!(duplicate.original(), Some(planned.identity()));
    assert_eq!((open.state, open.votes), (ImportState::Unprocessed, 5));
    assert_eq!(name(open), "Ana Ruiz");
}

#[test]
fn real_posts_of_fider_keep_their_answers() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import/fider-csv-export");
    let read_file = |name: &str| read(&folder.join(name));
    let more = read_file("more-posts.csv");
    assert_eq!(more.words, "Fider posts, CSV");
    let told: Vec<(&str, ImportState, u32, usize)> = more
        .feedback
        .iter()
        .map(|post| (&*post.title, post.state, post.votes, post.comments.len()))
        .collect();
    let declined = ImportState::Processed(Resolution::NoAction);
    let duplicate = ImportState::Processed(Resolution::Duplicate);
    assert_eq!(
        told,
        [
            ("Go is fast", declined, 4, 1),
            ("Go is great", ImportState::Unprocessed, 4, 0),
            ("Go is easy", duplicate, 4, 1),
        ]
    );
    assert_eq!(more.feedback[2].duplicate_of.as_deref(), Some("99"));
    assert_eq!(more.feedback[0].comments[0].text, "Nothing we need to do");
    assert_eq!(read_file("one-post.csv").feedback.len(), 1);
    assert_eq!(read_file("empty.csv").feedback.len(), 0);
}
