//! Deeds of somebody who had seen something that is otherwise by now.

use super::world::World;
use crate::domain::deed::{Deed, IdeaEdit, Outcome, Seen, Subject};
use crate::domain::entity::{Entity, Value};
use crate::domain::id::{CommentId, FeedbackId, IdeaId};
use crate::domain::idea::Effort;
use crate::history::commit::commit_seen;
use crate::problem::{Kind, Problem};

fn edit(idea: IdeaId, edits: Vec<IdeaEdit>) -> Deed {
    let ideas = vec![idea];
    Deed::EditIdeas { ideas, edits }
}

impl World {
    fn attempt_seen(&mut self, deed: &Deed, seen: &[Seen]) -> Result<Outcome, Problem> {
        commit_seen(&mut self.store, &self.context, deed, seen)
    }
}

#[test]
fn fields_that_were_changed_meanwhile_are_left_and_told() {
    let mut world = World::new();
    let idea = world.idea("Export a board");
    let words = |field, words: &str| Seen::Field {
        idea,
        field,
        words: words.to_owned(),
    };
    let seen = [
        words("title", "Export a board"),
        words("problem", ""),
        words("effort", ""),
    ];
    let mine = edit(
        idea,
        vec![
            IdeaEdit::Title("Export".to_owned()),
            IdeaEdit::Problem(Some("Screenshots".to_owned())),
            IdeaEdit::Effort(Some(Effort::Large)),
        ],
    );
    world.act_as("omar");
    world.done(edit(
        idea,
        vec![
            IdeaEdit::Problem(Some("Paper\nis patient.".to_owned())),
            IdeaEdit::Effort(Some(Effort::Small)),
        ],
    ));
    world.act_as("hana");
    let before = world.dump();
    let problem = world.attempt_seen(&mine, &seen).expect_err("changed");
    assert_eq!(world.dump(), before);
    assert_eq!(problem.kind, Kind::Refused);
    assert_eq!(
        problem.summary,
        "“Export a board” was changed meanwhile: problem, effort"
    );
    let now = [("problem", "Paper\nis patient."), ("effort", "S")];
    let now = now.map(|(field, words)| (field.to_owned(), words.to_owned()));
    assert_eq!(problem.meanwhile, now);
    // Whoever has seen it does it knowingly.
    let seen = [
        words("title", "Export a board"),
        words("problem", "Paper\nis patient."),
        words("effort", "S"),
    ];
    world.attempt_seen(&mine, &seen).expect("as it was seen");
    let title = world.get(Entity::Idea, idea, "title");
    assert_eq!(title, Value::Text("Export".to_owned()));
}

#[test]
fn a_reporter_is_not_told_twice_unknowingly() {
    let mut world = World::new();
    let ids = ["Dark mode", "Export"].map(|title| world.feedback(title));
    let answer = |text: &str| Deed::Answer {
        answers: ids.iter().map(|id| (*id, text.to_owned())).collect(),
    };
    let told = |feedback: FeedbackId, comments: &[CommentId]| Seen::Told {
        feedback,
        comments: comments.to_vec(),
    };
    let seen = ids.map(|id| told(id, &[]));
    world.act_as("omar");
    let theirs = world.done(Deed::Answer {
        answers: vec![(ids[1], "It comes.".to_owned())],
    });
    let comment = CommentId(theirs.first(Entity::Comment).expect("a comment"));
    world.act_as("hana");
    let before = world.dump();
    let problem = world.attempt_seen(&answer("Soon."), &seen);
    let problem = problem.expect_err("told already");
    assert_eq!(world.dump(), before);
    assert_eq!(
        problem.summary,
        "@omar wrote to the reporter of “Export” 1h ago: “It comes.”"
    );
    assert_eq!(
        problem.meanwhile,
        [(ids[1].to_string(), comment.to_string())]
    );
    let seen = [told(ids[0], &[]), told(ids[1], &[comment])];
    world.attempt_seen(&answer("Soon."), &seen).expect("known");
    // An internal comment is no answer.
    let id = world.feedback("Themes");
    world.done(Deed::Comment {
        on: vec![Subject::Feedback(id)],
        text: "sure?".to_owned(),
    });
    let mine = Deed::Answer {
        answers: vec![(id, "Soon.".to_owned())],
    };
    world.attempt_seen(&mine, &[told(id, &[])]).expect("silent");
}
