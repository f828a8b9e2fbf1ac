//! Deeds of somebody who had seen something that is otherwise by now.

use super::world::World;
use crate::domain::deed::{Deed, IdeaEdit, Outcome, Seen, Subject};
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::State;
use crate::domain::id::{CommentId, FeedbackId, IdeaId};
use crate::domain::idea::Effort;
use crate::domain::people::Handle;
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

/// Nobody has dealt with it.
fn fresh(feedback: FeedbackId) -> Seen {
    Seen::Stood {
        feedback,
        state: State::Unprocessed,
        hidden_until: None,
    }
}

/// What the problem says, and all that was seen as it is now, by the same words.
fn hear(mut seen: Vec<Seen>, problem: &Problem) -> (String, Vec<Seen>) {
    for (name, now) in &problem.meanwhile {
        let mut all = seen.iter_mut();
        let one = all.find(|seen| seen.name() == *name).expect("it was seen");
        one.hear(now);
        assert_eq!(one.words(), *now);
    }
    (problem.summary.clone(), seen)
}

#[test]
fn what_was_put_away_meanwhile_is_not_answered_unknowingly() {
    let mut world = World::new();
    let ids = ["Dark mode", "Export", "Themes"].map(|title| world.feedback(title));
    let seen: Vec<Seen> = ids
        .iter()
        .flat_map(|id| {
            let told = Seen::Told {
                feedback: *id,
                comments: Vec::new(),
            };
            [told, fresh(*id)]
        })
        .collect();
    let answer = Deed::Answer {
        answers: ids.iter().map(|id| (*id, "Soon.".to_owned())).collect(),
    };
    world.act_as("omar");
    world.done(Deed::Archive {
        feedback: vec![ids[1]],
    });
    let until = world.context.now.plus(86_400_000);
    world.done(Deed::Snooze {
        feedback: vec![ids[2]],
        until,
    });
    world.context.author = Some(super::world::handle("hana"));
    let before = world.dump();
    let problem = world.attempt_seen(&answer, &seen).expect_err("put away");
    assert_eq!(world.dump(), before);
    let (said, now) = hear(seen.clone(), &problem);
    assert_eq!(
        said,
        "@omar archived “Export” just now, and another one is otherwise, too"
    );
    // Where they were told something, too, one look at it suffices.
    world.act_as("omar");
    world.done(Deed::Answer {
        answers: vec![(ids[0], "It comes.".to_owned())],
    });
    world.act_as("hana");
    let problem = world.attempt_seen(&answer, &now).expect_err("told");
    let (said, now) = hear(now, &problem);
    assert_eq!(
        said,
        "@omar wrote to the reporter of “Dark mode” 1h ago: “It comes.”"
    );
    let outcome = world.attempt_seen(&answer, &now).expect("it is meant");
    assert_eq!(
        outcome.words,
        "answered 3 feedback (1 was archived; nobody is known to tell)"
    );
}

#[test]
fn what_a_deed_leaves_as_it_is_or_refuses_anyway_is_not_asked_about() {
    let mut world = World::new();
    let id = world.feedback("Dark mode");
    let feedback = vec![id];
    world.act_as("omar");
    world.done(Deed::Process {
        feedback: feedback.clone(),
    });
    world.act_as("hana");
    let process = Deed::Process {
        feedback: feedback.clone(),
    };
    let outcome = world
        .attempt_seen(&process, &[fresh(id)])
        .expect("it is so");
    assert_eq!(outcome.words, "already processed");
    let archive = Deed::Archive {
        feedback: feedback.clone(),
    };
    let problem = world.attempt_seen(&archive, &[fresh(id)]);
    assert_eq!(
        problem.expect_err("processed").summary,
        "@omar processed “Dark mode” 1h ago"
    );
    let until = world.context.now.plus(86_400_000);
    let snooze = Deed::Snooze { feedback, until };
    let problem = world.attempt_seen(&snooze, &[fresh(id)]);
    assert_eq!(
        problem.expect_err("processed").summary,
        "cannot snooze “Dark mode”: it is processed"
    );
}

#[test]
fn what_somebody_took_meanwhile_is_not_taken_from_them_unknowingly() {
    let mut world = World::new();
    let ids = ["Dark mode", "Export", "Themes"].map(|title| world.feedback(title));
    let assign = |owner: Option<&str>| Deed::Assign {
        feedback: ids.to_vec(),
        owner: owner.map(super::world::handle),
    };
    let seen: Vec<Seen> = ids
        .iter()
        .map(|id| Seen::Owned {
            feedback: *id,
            owner: None,
        })
        .collect();
    world.act_as("omar");
    let mut take = |owner: &str, which: &[FeedbackId]| {
        world.done(Deed::Assign {
            feedback: which.to_vec(),
            owner: Handle::parse(owner).ok(),
        });
    };
    take("omar", &ids[..2]);
    take("hana", &ids[2..]);
    world.context.author = Some(super::world::handle("hana"));
    let before = world.dump();
    let problem = world.attempt_seen(&assign(Some("hana")), &seen);
    let (said, now) = hear(seen.clone(), &problem.expect_err("taken"));
    assert_eq!(world.dump(), before);
    assert_eq!(
        said,
        "@omar took “Dark mode” just now, and another one is otherwise, too"
    );
    // One that belongs to the new owner already is not asked about.
    assert_eq!(now[2], seen[2]);
    let theirs = world.attempt_seen(&assign(None), &seen[2..]);
    assert_eq!(
        theirs.expect_err("given").summary,
        "@omar assigned “Themes” to @hana just now"
    );
    world
        .attempt_seen(&assign(Some("hana")), &now)
        .expect("it is meant");
}
