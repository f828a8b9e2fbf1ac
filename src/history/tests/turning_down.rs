//! Won't do.

use super::world::World;
use crate::domain::deed::{Deed, IdeaEdit, IdeaTarget, ReleaseEdit, Reversal, Reversed};
use crate::domain::entity::Entity;
use crate::domain::feedback::Resolution;
use crate::domain::id::IdeaId;
use crate::domain::idea::Status;
use crate::domain::release::ReleaseState;
use crate::history::undo::reverse;
use crate::problem::Kind;

#[test]
fn wont_do_keeps_the_demand_and_leaves_the_feedback_in_hand() {
    let mut world = World::new();
    let feedback = world.feedback("Fax support");
    let deed = |reason: &str| Deed::WontDo {
        feedback: vec![feedback],
        idea: IdeaTarget::New("Fax".to_owned()),
        reason: reason.to_owned(),
        cut: false,
        answers: Vec::new(),
    };
    assert!(world.refused(deed(" ")).contains("reason"));
    let outcome = world.done(deed("Nobody has a fax any more."));
    assert_eq!(outcome.words, "created “Fax” and turned it down");
    let idea = outcome.first(Entity::Idea).expect("made");
    let status = world.number(Entity::Idea, idea, "status");
    assert_eq!(status, Some(Status::WontDo.code()));
    assert_eq!(world.number(Entity::Feedback, feedback, "state"), Some(0));
    world.done(Deed::Process {
        feedback: vec![feedback],
    });
    let resolution = world.number(Entity::Feedback, feedback, "resolution");
    assert_eq!(resolution, Some(Resolution::WontDo.code()));
}

#[test]
fn wont_do_with_answers_is_one_action() {
    let mut world = World::new();
    let (one, two) = (world.feedback("Fax support"), world.feedback("Telex"));
    let before = world.dump();
    let outcome = world.done(Deed::WontDo {
        feedback: vec![one, two],
        idea: IdeaTarget::New("Fax".to_owned()),
        reason: "Nobody has a fax any more.".to_owned(),
        cut: false,
        answers: vec![(one, "We will not do it.".to_owned())],
    });
    assert_eq!(
        outcome.words,
        "created “Fax” and turned it down, and answered (nobody is known to tell)"
    );
    let resolution = world.number(Entity::Feedback, one, "resolution");
    assert_eq!(resolution, Some(Resolution::WontDo.code()));
    assert_eq!(world.number(Entity::Feedback, two, "state"), Some(0));
    let undone = reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    assert!(matches!(undone, Reversed::Done(_)), "{undone:?}");
    assert_eq!(world.dump(), before);
}

#[test]
fn what_is_released_is_not_turned_down_in_passing() {
    let mut world = World::new();
    let (feedback, idea) = (world.feedback("Threads again"), world.idea("Threads"));
    let deed = Deed::WontDo {
        feedback: vec![feedback],
        idea: IdeaTarget::Existing(idea),
        reason: "Too few ask.".to_owned(),
        cut: false,
        answers: Vec::new(),
    };
    let release = world.release("v1");
    world.item(idea, release);
    let released = |ideas: Vec<IdeaId>| Deed::EditIdeas {
        ideas,
        edits: vec![IdeaEdit::Status(Status::Released)],
    };
    world.done(released(vec![idea]));
    let problem = world.attempt(deed.clone()).expect_err("refused");
    assert_eq!(problem.kind, Kind::Refused);
    assert_eq!(
        problem.summary,
        "“Threads” is released and cannot be turned down"
    );
    world.done(Deed::EditRelease {
        release,
        edit: ReleaseEdit {
            state: Some(ReleaseState::Released),
            ..ReleaseEdit::default()
        },
    });
    let problem = world.attempt(deed).expect_err("refused");
    assert_eq!(
        problem.summary,
        "“Threads” is out in v1 and cannot be turned down"
    );
    assert!(problem.hints[0].starts_with("link it instead"));
    assert_eq!(
        world.number(Entity::Idea, idea, "status"),
        Some(Status::Released.code())
    );
}
