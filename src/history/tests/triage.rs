//! The deeds on feedback.

mod linking;

use super::world::{NOW, World, handle};
use crate::domain::deed::{Deed, FeedbackEdit, IdeaTarget, NewFeedback, Subject};
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::{Importance, Quote, Resolution, State};
use crate::domain::id::{ContentId, FeedbackId, IdeaId};
use crate::domain::moment::{DAY, Moment};
use crate::history::deeds::insight_key;
use crate::problem::Kind;

fn link(feedback: FeedbackId, idea: IdeaId) -> Deed {
    Deed::Link {
        feedback: vec![feedback],
        idea: IdeaTarget::Existing(idea),
        quote: None,
    }
}

fn reported_by(world: &mut World, feedback: FeedbackId, name: &str) {
    world.done(Deed::EditFeedback {
        feedback: vec![feedback],
        edits: vec![FeedbackEdit::Reporter(Some(handle(name)))],
    });
}

#[test]
fn waiving_an_answer_says_so() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    reported_by(&mut world, feedback, "dana");
    let owed = |owed| Deed::EditFeedback {
        feedback: vec![feedback],
        edits: vec![FeedbackEdit::AnswerOwed(owed)],
    };
    assert_eq!(
        world.done(owed(true)).words,
        "noted that an answer is owed to “Dark mode”"
    );
    assert_eq!(
        world.done(owed(false)).words,
        "waived the answer to “Dark mode”"
    );
}

#[test]
fn assigning_tells_others_and_not_oneself() {
    let mut world = World::new();
    let feedback: Vec<FeedbackId> = ["a", "b", "c"].map(|t| world.feedback(t)).to_vec();
    let assign = |to: Option<&str>| Deed::Assign {
        feedback: feedback.clone(),
        owner: to.map(handle),
    };
    assert_eq!(
        world.done(assign(Some("omar"))).words,
        "assigned 3 feedback to @omar"
    );
    assert_eq!(world.live(Entity::Message).len(), 3);
    assert_eq!(world.done(assign(Some("omar"))).action, None);
    world.done(assign(Some("hana")));
    assert_eq!(world.live(Entity::Message).len(), 3);
    assert_eq!(world.done(assign(None)).words, "unassigned 3 feedback");
    let problem = world.attempt(assign(Some("omra"))).expect_err("unknown");
    assert_eq!(problem.kind, Kind::Refused);
    assert_eq!(problem.hints[0], "did you mean @omar?");
}

#[test]
fn an_answer_is_a_comment_a_message_and_the_end() {
    let mut world = World::new();
    let (feedback, idea) = (world.feedback("Dark mode"), world.idea("Themes"));
    reported_by(&mut world, feedback, "dana");
    world.done(link(feedback, idea));
    let answer = |text: &str| Deed::Answer {
        answers: vec![(feedback, text.to_owned())],
    };
    assert!(world.refused(answer(" \n")).contains("blank"));
    world.done(answer("@dana planned"));
    let state = world.number(Entity::Feedback, feedback, "state");
    assert_eq!(state, Some(State::Processed.code()));
    let resolution = world.number(Entity::Feedback, feedback, "resolution");
    assert_eq!(resolution, Some(Resolution::Linked.code()));
    assert_eq!(
        world.number(Entity::Feedback, feedback, "processed_at"),
        Some(NOW.0)
    );
    assert_eq!(
        world.number(Entity::Feedback, feedback, "answer_owed"),
        Some(0)
    );
    assert_eq!(world.live(Entity::Message).len(), 1);
    let comment = world.live(Entity::Comment)[0];
    assert_eq!(
        world.number(Entity::Comment, comment.id, "to_reporter"),
        Some(1)
    );
}

#[test]
fn a_question_hides_until_the_reporter_replies() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    reported_by(&mut world, feedback, "dana");
    let ask = |until| Deed::Ask {
        questions: vec![(feedback, "why?".to_owned())],
        until,
    };
    assert!(world.refused(ask(NOW)).contains("passed"));
    world.done(ask(NOW.plus(5 * DAY)));
    let waiting = Some(State::Waiting.code());
    assert_eq!(world.number(Entity::Feedback, feedback, "state"), waiting);
    assert_eq!(
        world.number(Entity::Feedback, feedback, "answer_owed"),
        Some(1)
    );
    let snooze = Deed::Snooze {
        feedback: vec![feedback],
        until: NOW.plus(DAY),
    };
    assert!(world.refused(snooze).contains("waiting"));
    let comment = || Deed::Comment {
        on: vec![Subject::Feedback(feedback)],
        text: "for the auditors".to_owned(),
    };
    world.act_as("omar");
    world.done(comment());
    assert_eq!(world.number(Entity::Feedback, feedback, "state"), waiting);
    world.act_as("dana");
    world.done(comment());
    assert_eq!(world.number(Entity::Feedback, feedback, "state"), Some(0));
    assert_eq!(
        world.get(Entity::Feedback, feedback, "waiting_until"),
        Value::Null
    );
}

#[test]
fn duplicates_point_at_the_original_and_owe_an_answer() {
    let mut world = World::new();
    let (one, two, three) = (
        world.feedback("1"),
        world.feedback("2"),
        world.feedback("3"),
    );
    reported_by(&mut world, three, "dana");
    let mark = |what, of| Deed::Duplicate {
        feedback: vec![what],
        of,
    };
    world.done(mark(two, one));
    world.done(mark(three, two));
    let original = world.get(Entity::Feedback, three, "duplicate_of");
    assert_eq!(original, Value::Thing(one.0));
    assert_eq!(
        world.number(Entity::Feedback, three, "answer_owed"),
        Some(1)
    );
    assert_eq!(world.number(Entity::Feedback, two, "answer_owed"), Some(0));
    assert!(world.refused(mark(one, one)).contains("itself"));
    assert!(world.refused(mark(one, three)).contains("itself"));
    world.done(Deed::Reopen {
        feedback: vec![three],
    });
    assert_eq!(
        world.get(Entity::Feedback, three, "duplicate_of"),
        Value::Null
    );
    assert_eq!(world.number(Entity::Feedback, three, "state"), Some(0));
}

#[test]
fn what_was_answered_or_waived_before_owes_nothing_as_a_duplicate_and_what_owed_owes_still() {
    let mut world = World::new();
    let original = world.feedback("original");
    let [answered, waived, owing] = ["answered", "waived", "owing"].map(|title| {
        let feedback = world.feedback(title);
        reported_by(&mut world, feedback, "dana");
        feedback
    });
    world.done(Deed::Answer {
        answers: vec![(answered, "@dana planned".to_owned())],
    });
    world.done(Deed::Process {
        feedback: vec![waived, owing],
    });
    world.done(Deed::EditFeedback {
        feedback: vec![waived],
        edits: vec![FeedbackEdit::AnswerOwed(false)],
    });
    world.done(Deed::EditFeedback {
        feedback: vec![owing],
        edits: vec![FeedbackEdit::AnswerOwed(true)],
    });
    let owed = |world: &World| {
        [answered, waived, owing].map(|it| world.number(Entity::Feedback, it, "answer_owed"))
    };
    let before = owed(&world);
    assert_eq!(before, [Some(0), Some(0), Some(1)]);
    let marked = world.done(Deed::Duplicate {
        feedback: vec![answered, waived, owing],
        of: original,
    });
    assert_eq!(owed(&world), before);
    world.undone(&marked);
    assert_eq!(owed(&world), before);
}

#[test]
fn snooze_archive_and_reopen() {
    let mut world = World::new();
    let feedback = vec![world.feedback("later")];
    let until = NOW.plus(7 * DAY);
    let snooze = || Deed::Snooze {
        feedback: feedback.clone(),
        until,
    };
    assert_eq!(
        world.done(snooze()).words,
        "snoozed until 2026-11-21 09:00 UTC"
    );
    assert_eq!(world.done(snooze()).action, None);
    world.done(Deed::Archive {
        feedback: feedback.clone(),
    });
    assert_eq!(
        world.get(Entity::Feedback, feedback[0], "snoozed_until"),
        Value::Null
    );
    assert!(world.refused(snooze()).contains("archived"));
    assert_eq!(
        world
            .done(Deed::Archive {
                feedback: feedback.clone()
            })
            .action,
        None
    );
    world.done(Deed::Reopen {
        feedback: feedback.clone(),
    });
    assert_eq!(
        world.number(Entity::Feedback, feedback[0], "state"),
        Some(0)
    );
    assert_eq!(world.done(Deed::Reopen { feedback }).action, None);
    let past = Deed::Snooze {
        feedback: vec![world.feedback("x")],
        until: Moment(0),
    };
    assert!(world.refused(past).contains("passed"));
}

#[test]
fn tags_are_one_by_one_whatever_their_case() {
    let mut world = World::new();
    let feedback = vec![world.feedback("a")];
    let tag = |add: &[&str], remove: &[&str]| Deed::Tag {
        feedback: feedback.clone(),
        add: add.iter().map(|t| (*t).to_owned()).collect(),
        remove: remove.iter().map(|t| (*t).to_owned()).collect(),
    };
    assert_eq!(
        world.done(tag(&["Mobile", " ios "], &[])).words,
        "tagged with Mobile, ios"
    );
    assert_eq!(world.done(tag(&["mobile"], &["android"])).action, None);
    world.done(tag(&[], &["MOBILE"]));
    assert_eq!(world.live(Entity::FeedbackTag).len(), 1);
    assert!(world.refused(tag(&[" "], &[])).contains("blank"));
}

#[test]
fn feedback_is_typed_in_corrected_and_revised() {
    let mut world = World::new();
    let outcome = world.done(Deed::AddFeedback(Box::new(NewFeedback {
        body: "\n Print boards \nas PDF".to_owned(),
        tags: vec!["export".to_owned()],
        owner: Some(handle("omar")),
        edits: vec![
            FeedbackEdit::Customer(Some("Ada".to_owned())),
            FeedbackEdit::Company(Some("Globex".to_owned())),
        ],
        ..NewFeedback::default()
    })));
    assert_eq!(outcome.words, "added “Print boards”");
    let feedback = FeedbackId(outcome.first(Entity::Feedback).expect("made"));
    let source = world.get(Entity::Feedback, feedback, "source");
    assert_eq!(source, Value::Text("manual".to_owned()));
    let edit = |edits| Deed::EditFeedback {
        feedback: vec![feedback],
        edits,
    };
    // The same names find the same customer and company.
    let same = vec![
        FeedbackEdit::Company(Some("GLOBEX".to_owned())),
        FeedbackEdit::Customer(Some("ada".to_owned())),
    ];
    assert_eq!(world.done(edit(same)).action, None);
    assert!(
        world
            .refused(edit(vec![FeedbackEdit::Area(Some("Bords".to_owned()))]))
            .contains("no area")
    );
    let text = |body: &str| Deed::Revise {
        feedback,
        title: "Print boards".to_owned(),
        body: body.to_owned(),
    };
    assert_eq!(world.done(text("\n Print boards \nas PDF")).action, None);
    let first = world.get(Entity::Feedback, feedback, "content");
    world.done(text("as PDF and CSV"));
    assert_ne!(world.get(Entity::Feedback, feedback, "content"), first);
    let blank = Deed::AddFeedback(Box::default());
    assert!(world.refused(blank).contains("title or a text"));
    assert!(
        world
            .refused(text(&"x".repeat((1 << 20) + 1)))
            .contains("too long")
    );
}

#[test]
fn what_is_not_there_is_named() {
    let mut world = World::new();
    let nowhere = FeedbackId(uuid::Uuid::from_u128(77));
    let problem = world
        .attempt(Deed::Archive {
            feedback: vec![nowhere],
        })
        .expect_err("not there");
    assert_eq!(problem.kind, Kind::NotFound);
    // Whatever is not here has no name; its identity tells nobody anything.
    assert_eq!(problem.summary, "this feedback is not here");
    assert!(
        !problem.to_string().contains(&nowhere.to_string()),
        "{problem}"
    );
    assert!(
        world
            .refused(Deed::Archive {
                feedback: Vec::new()
            })
            .contains("nothing")
    );
}
