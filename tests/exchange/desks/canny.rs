use intake::domain::idea::Status;
use intake::domain::import::{ImportAuthor, ImportState};

use super::{LINKED, company, fixture, mention, name, read};
use crate::world::corpus;

#[test]
fn a_post_of_canny_is_an_idea_and_the_words_of_its_author() {
    let read = read(&fixture("canny/posts.json"));
    assert_eq!(read.words, "Canny posts, votes and comments, JSON");
    let (post, idea) = (&read.feedback[0], &read.ideas[0]);
    assert_eq!(post.origin, "feedback.acme.example");
    assert_eq!((name(post), company(post)), ("Kim Roe", "Globex"));
    assert_eq!(mention(post.reporter.as_ref()).as_deref(), Some("@omar"));
    assert_eq!(mention(post.owner.as_ref()).as_deref(), Some("@hana"));
    assert_eq!(post.tags, ["ui", "Feature requests", "Look"]);
    assert_eq!((post.votes, idea.votes), (27, 27));
    assert_eq!(post.ideas[0].idea, idea.key);
    assert_eq!(
        (post.state, idea.status),
        (LINKED, Some(Status::InDevelopment))
    );
    let merged = &read.feedback[1];
    assert_eq!((&*merged.title, name(merged)), ("Night theme", "Lee Park"));
    assert_eq!(merged.original(), Some(post.identity()));
    let open = &read.feedback[2];
    assert_eq!(open.state, ImportState::Unprocessed, "nobody looked at it");
    assert_eq!(read.ideas[1].status, Some(Status::New));
    assert_eq!(open.ideas.len(), 1);
    assert_eq!(name(open), "", "an admin is a colleague");
    assert_eq!(mention(open.reporter.as_ref()).as_deref(), Some("@hana"));
}

#[test]
fn votes_and_comments_of_canny_find_their_post() {
    let posts = read(&fixture("canny/posts.json"));
    let vote = &read(&fixture("canny/votes.json")).feedback[0];
    assert_eq!((name(vote), company(vote)), ("Ana Ruiz", "Hooli"));
    assert_eq!(vote.ideas[0].idea, posts.ideas[0].key);
    assert_eq!((&*vote.title, vote.state), ("Dark mode", LINKED));
    let replies = read(&fixture("canny/comments.json")).replies;
    let post = posts.feedback[0].identity();
    assert!(replies.iter().all(|reply| reply.on.feedback() == post));
    assert_eq!(
        replies[0].comment.author,
        Some(ImportAuthor::Outsider("Ana Ruiz".to_owned()))
    );
    let to_reporter: Vec<bool> = replies.iter().map(|r| r.comment.to_reporter).collect();
    assert_eq!(to_reporter, [true, false]);
}

#[test]
fn the_short_posts_of_canny_are_all_there() {
    let Some(corpus) = corpus() else { return };
    let read = read(&corpus.join("import/canny-posts/posts.json"));
    assert_eq!(read.words, "Canny posts, votes and comments, JSON");
    let votes: u32 = read.feedback.iter().map(|post| post.votes).sum();
    let bytes: usize = read.feedback.iter().map(|post| post.body.len()).sum();
    assert_eq!((read.feedback.len(), votes, bytes), (100, 3_247, 18_415));
    let first = &read.feedback[0];
    assert_eq!(first.title, "Support triple backtick codeblocks");
    assert_eq!(first.received.rfc3339(), "2016-03-07T05:24:40Z");
    assert_eq!(first.state, ImportState::Unprocessed);
    assert_eq!((read.ideas.len(), read.skipped.len()), (0, 0));
}
