use intake::domain::feedback::Resolution;
use intake::domain::idea::Status;
use intake::domain::import::ImportState;

use super::{LINKED, fixture, name, read};

#[test]
fn posts_of_quackback_are_read_in_both_layouts() {
    let export = read(&fixture("quackback/export.csv"));
    assert_eq!(export.words, "Quackback posts, CSV");
    let [working, open] = &export.feedback[..] else {
        panic!("{} posts", export.feedback.len())
    };
    assert_eq!(working.source_id.as_deref(), Some("post_01h"));
    assert_eq!((working.votes, name(working)), (12, "Kim Roe"));
    assert_eq!(working.tags, ["ui", "night", "features"]);
    assert_eq!(
        (working.state, open.state),
        (LINKED, ImportState::Unprocessed)
    );
    assert_eq!(export.ideas.len(), 1);
    assert_eq!(export.ideas[0].status, Some(Status::InDevelopment));
    let import = read(&fixture("quackback/import.csv"));
    assert_eq!(import.words, "Quackback posts, CSV");
    assert_eq!(import.feedback[0].source_id.as_deref(), Some("uv-17"));
    assert_eq!(
        import.feedback[0].state,
        ImportState::Processed(Resolution::NoAction)
    );
}
