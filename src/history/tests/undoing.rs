//! Undo and redo, and what stands in their way.

use super::world::{World, handle};
use crate::domain::deed::{
    AfterCut, CompanyEdit, Deed, FeedbackEdit, Foresight, IdeaEdit, IdeaTarget, NewFeedback,
    Outcome, Reversal, Reversed, Subject,
};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{ActionId, FeedbackId, IdeaId};
use crate::domain::idea::{Effort, Status};
use crate::history::commit::backlog;
use crate::history::timeline::timeline;
use crate::history::undo::{reverse, reverse_watched};
use crate::store::StoreError;

impl World {
    pub(super) fn reverse(&mut self, reversal: Reversal) -> Reversed {
        reverse(&mut self.store, &self.context, reversal).expect("an answer")
    }

    fn undo(&mut self, outcome: &Outcome) -> Reversed {
        let action = outcome.action.expect("an action");
        self.reverse(Reversal::Action {
            action,
            rest: false,
        })
    }

    pub(super) fn undone(&mut self, outcome: &Outcome) -> Outcome {
        match self.undo(outcome) {
            Reversed::Done(outcome) => outcome,
            other => panic!("{other:?}"),
        }
    }

    /// The words of what stands in the way, and how many changes could be undone.
    fn blocked(&mut self, outcome: &Outcome) -> (Vec<String>, usize) {
        let before = self.dump();
        match self.undo(outcome) {
            Reversed::Refused {
                obstacles, rest, ..
            } => {
                assert_eq!(self.dump(), before);
                (obstacles.into_iter().map(|o| o.words).collect(), rest)
            }
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn words(&self, about: Option<Thing>) -> Vec<String> {
        timeline(&self.store, self.context.device, about, None, 100)
            .expect("a timeline")
            .into_iter()
            .map(|entry| entry.words)
            .collect()
    }
}

pub(super) fn assign(feedback: FeedbackId, owner: &str) -> Deed {
    Deed::Assign {
        feedback: vec![feedback],
        owner: Some(handle(owner)),
    }
}

pub(super) fn link(feedback: FeedbackId, idea: IdeaId) -> Deed {
    Deed::Link {
        feedback: vec![feedback],
        idea: IdeaTarget::Existing(idea),
        quote: None,
    }
}

fn effort(idea: IdeaId, effort: Effort) -> Deed {
    Deed::EditIdeas {
        ideas: vec![idea],
        edits: vec![IdeaEdit::Effort(Some(effort))],
    }
}

#[test]
fn u_takes_back_my_newest_deed_here_and_redo_brings_it_again() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    let start = world.dump();
    world.done(assign(feedback, "omar"));
    let assigned = world.dump();
    world.done(Deed::Archive {
        feedback: vec![feedback],
    });
    let end = world.dump();
    world.act_as("omar");
    world.done(Deed::Comment {
        on: vec![Subject::Feedback(feedback)],
        text: "hm".to_owned(),
    });
    let omars = world.live(Entity::Comment);
    world.act_as("hana");
    let words = |reversed| match reversed {
        Reversed::Done(outcome) => outcome.words,
        other => format!("{other:?}"),
    };
    assert_eq!(
        words(world.reverse(Reversal::Newest)),
        "undid: archived “Dark mode”"
    );
    assert_eq!(
        words(world.reverse(Reversal::Newest)),
        "undid: assigned “Dark mode” to @omar"
    );
    let without = |world: &World| -> Vec<_> {
        world
            .dump()
            .into_iter()
            .filter(|(thing, _)| !omars.contains(thing))
            .collect()
    };
    assert_eq!(without(&world), start);
    assert_eq!(
        words(world.reverse(Reversal::LastUndone)),
        "redid: assigned “Dark mode” to @omar"
    );
    assert_eq!(without(&world), assigned);
    assert_eq!(
        words(world.reverse(Reversal::LastUndone)),
        "redid: archived “Dark mode”"
    );
    assert_eq!(without(&world), end);
    assert_eq!(world.reverse(Reversal::LastUndone), Reversed::Nothing);
    // Something new takes the place of what was undone.
    world.reverse(Reversal::Newest);
    world.done(assign(feedback, "hana"));
    assert_eq!(world.reverse(Reversal::LastUndone), Reversed::Nothing);
    // Another device has its own last deed.
    world.context.device = uuid::Uuid::from_u128(2);
    assert_eq!(world.reverse(Reversal::Newest), Reversed::NotYours);
}

#[test]
fn undo_survives_a_restart_and_toggles() {
    let mut world = World::new();
    let feedback = world.feedback("a");
    let outcome = world.done(assign(feedback, "omar"));
    let path = world.store.path().to_owned();
    world.store =
        crate::store::Store::open(&path, &crate::store::OpenOptions::default()).expect("reopens");
    for round in 0..3 {
        world.undone(&outcome);
        assert_eq!(
            world.get(Entity::Feedback, feedback, "owner"),
            Value::Null,
            "{round}"
        );
        assert!(world.live(Entity::Message).is_empty());
        let redone = world.undone(&outcome);
        assert!(
            world.get(Entity::Feedback, feedback, "owner") != Value::Null,
            "{round}"
        );
        // An undo or redo stands for its deed.
        world.undone(&redone);
        world.undone(&redone);
    }
    let entries = timeline(&world.store, world.context.device, None, None, 1).expect("reads");
    assert_eq!(entries[0].words, "redid: assigned “a” to @omar");
    assert!(entries[0].here && entries[0].undone_by.is_none());
}

#[test]
fn a_field_that_somebody_changed_since_refuses_and_the_rest_can_be_done() {
    let mut world = World::new();
    let (one, two) = (world.feedback("One"), world.feedback("Two"));
    let both = world.done(Deed::Assign {
        feedback: vec![one, two],
        owner: Some(handle("hana")),
    });
    world.act_as("dana");
    world.done(assign(one, "omar"));
    world.act_as("hana");
    let reversed = world.undo(&both);
    let Reversed::Refused {
        obstacles,
        rest,
        action,
    } = reversed
    else {
        panic!("{reversed:?}")
    };
    assert_eq!((Some(action), rest, obstacles.len()), (both.action, 1, 1));
    assert_eq!(obstacles[0].thing, "“One”");
    assert_eq!(obstacles[0].field, "owner");
    assert_eq!(
        obstacles[0].by.as_ref().map(|by| by.0.as_str()),
        Some("@dana")
    );
    assert_eq!(
        obstacles[0].words,
        "@dana has changed the owner of “One” since"
    );
    let rest = Reversal::Action { action, rest: true };
    assert!(matches!(world.reverse(rest), Reversed::Done(_)));
    assert_eq!(world.get(Entity::Feedback, two, "owner"), Value::Null);
    assert!(world.get(Entity::Feedback, one, "owner") != Value::Null);
    // Redo does what was undone, and no more.
    let redone = world.undone(&both);
    assert_eq!(redone.words, "redid: assigned 2 feedback to @hana");
    assert!(world.get(Entity::Feedback, two, "owner") != Value::Null);
}

#[test]
fn others_work_keeps_what_it_refers_to() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    let made = world.done(Deed::Link {
        feedback: vec![feedback],
        idea: IdeaTarget::New("Themes".to_owned()),
        quote: None,
    });
    let idea = IdeaId(made.first(Entity::Idea).expect("made"));
    world.act_as("omar");
    let comment = world.done(Deed::Comment {
        on: vec![Subject::Idea(idea)],
        text: "yes".to_owned(),
    });
    world.act_as("hana");
    let (words, rest) = world.blocked(&made);
    assert_eq!(
        words,
        ["the comment on “Themes” (idea: “Themes”) came since, by @omar"]
    );
    assert_eq!(rest, 1);
    world.undone(&comment);
    world.undone(&made);
    assert!(world.live(Entity::Idea).is_empty());
    // What is gone cannot come back without what it hangs on.
    let (words, rest) = world.blocked(&comment);
    assert!(words[0].contains("“Themes”, the idea of"), "{words:?}");
    assert_eq!(rest, 0);
    let action = comment.action.expect("an action");
    let tried = world.reverse(Reversal::Action { action, rest: true });
    assert!(
        matches!(tried, Reversed::Refused { rest: 0, .. }),
        "{tried:?}"
    );
}

#[test]
fn an_edited_thing_is_not_taken_away() {
    let mut world = World::new();
    let made = world.done(Deed::CreateIdea(Box::new(crate::domain::deed::NewIdea {
        title: "Themes".to_owned(),
        edits: vec![IdeaEdit::Effort(Some(Effort::Small))],
        from: Vec::new(),
    })));
    let idea = IdeaId(made.first(Entity::Idea).expect("made"));
    let edited = world.done(effort(idea, Effort::Large));
    let (words, _) = world.blocked(&made);
    assert_eq!(words, ["@hana has changed the effort of “Themes” since"]);
    world.undone(&edited);
    world.undone(&made);
    let (words, _) = world.blocked(&edited);
    assert_eq!(words, ["“Themes” is no longer there"]);
}

#[test]
fn rules_outlive_an_undo() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let edit = |edits| Deed::EditIdeas {
        ideas: vec![idea],
        edits,
    };
    let (v1, v2) = (world.release("v1"), world.release("v2"));
    let first = world.item(idea, v1);
    let second = world.done(Deed::AddToRelease {
        ideas: vec![idea],
        release: v2,
    });
    world.done(Deed::CutItem {
        item: first,
        then: AfterCut::Nothing,
    });
    let (words, rest) = world.blocked(&second);
    assert!(words[0].contains("Planned needs a release"), "{words:?}");
    assert_eq!(rest, 0);

    let reason = world.done(edit(vec![IdeaEdit::Reason(Some("No.".to_owned()))]));
    world.done(edit(vec![IdeaEdit::Status(Status::WontDo)]));
    let (words, _) = world.blocked(&reason);
    assert!(words[0].contains("Won't Do needs a reason"), "{words:?}");

    // A release which is in use stays; a name that was taken since is not given back.
    let v3 = world.done(Deed::CreateRelease(crate::domain::deed::ReleaseEdit {
        name: Some("v3".to_owned()),
        ..Default::default()
    }));
    world.undone(&v3);
    world.release("V3");
    let (words, _) = world.blocked(&v3);
    assert!(
        words[0].contains("another release of that name"),
        "{words:?}"
    );
}

#[test]
fn moving_back_does_not_put_an_idea_into_a_release_twice() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let (v1, v2) = (world.release("v1"), world.release("v2"));
    let item = world.item(idea, v1);
    let moved = world.done(Deed::MoveItems {
        items: vec![item],
        to: v2,
    });
    world.item(idea, v1);
    let (words, _) = world.blocked(&moved);
    assert!(words[0].contains("twice"), "{words:?}");
}

#[test]
fn a_merge_is_undone_and_redone_whole() {
    let mut world = World::new();
    let feedback = world.feedback("1");
    let (from, into) = (world.idea("Dark mode"), world.idea("Themes"));
    world.done(link(feedback, from));
    world.done(link(feedback, into));
    world.item(from, backlog());
    world.done(Deed::Comment {
        on: vec![Subject::Idea(from)],
        text: "x".to_owned(),
    });
    let before = world.dump();
    let merged = world.done(Deed::MergeIdeas { from, into });
    let after = world.dump();
    world.undone(&merged);
    assert_eq!(world.dump(), before);
    world.undone(&merged);
    assert_eq!(world.dump(), after);
    // Later work on what was merged into keeps standing.
    world.done(effort(into, Effort::Small));
    world.undone(&merged);
    assert_eq!(
        world.number(Entity::Idea, into, "effort"),
        Some(Effort::Small.code())
    );
}

#[test]
fn who_came_along_with_a_deed_stays_while_they_are_needed() {
    let mut world = World::new();
    let customer = |name: &str| {
        Deed::AddFeedback(Box::new(NewFeedback {
            title: name.to_owned(),
            edits: vec![
                FeedbackEdit::Company(Some("Globex".to_owned())),
                FeedbackEdit::Customer(Some("Ada".to_owned())),
            ],
            ..NewFeedback::default()
        }))
    };
    world.act_as("newcomer");
    let first = world.done(customer("one"));
    let second = world.done(customer("two"));
    let people = |world: &World| {
        (
            world.live(Entity::Company).len(),
            world.live(Entity::Customer).len(),
            world.live(Entity::Person).len(),
        )
    };
    world.undone(&first);
    assert_eq!(people(&world).0, 1);
    assert_eq!(people(&world).1, 1);
    world.undone(&first);
    world.undone(&second);
    assert_eq!((people(&world).0, people(&world).1), (1, 1));
    world.undone(&first);
    // Nobody needs them any more.
    assert_eq!(people(&world), (0, 0, 3));
    world.act_as("hana");
    // Made on purpose, they are not taken away from under somebody's work.
    let made = world.done(Deed::SaveCompany {
        name: "Hooli".to_owned(),
        edit: CompanyEdit::default(),
    });
    let feedback = world.feedback("x");
    world.done(Deed::EditFeedback {
        feedback: vec![feedback],
        edits: vec![FeedbackEdit::Company(Some("Hooli".to_owned()))],
    });
    let (words, rest) = world.blocked(&made);
    assert!(words[0].contains("“x” (company: Hooli)"), "{words:?}");
    assert_eq!(rest, 0);
}

#[test]
fn what_is_not_there_or_founded_the_workspace_is_not_undone() {
    let mut world = World::new();
    let nowhere = ActionId(uuid::Uuid::from_u128(5));
    let reversal = Reversal::Action {
        action: nowhere,
        rest: false,
    };
    let problem = reverse(&mut world.store, &world.context, reversal).expect_err("no action");
    assert_eq!(problem.kind, crate::problem::Kind::NotFound);
    let all = timeline(&world.store, world.context.device, None, None, 100).expect("reads");
    let founding = all.last().expect("one");
    assert_eq!(founding.words, "founded the workspace");
    assert!(founding.lasts && all.iter().filter(|entry| entry.lasts).count() == 1);
    let reversal = Reversal::Action {
        action: founding.action,
        rest: true,
    };
    // It is not asked first whether that is meant.
    let asked = |_: &Foresight| false;
    let watch = &mut |_: &_| std::ops::ControlFlow::Continue(());
    let context = &world.context;
    let problem = reverse_watched(&mut world.store, context, reversal, &asked, watch);
    assert!(problem.expect_err("refused").summary.contains("founding"));
    // Without a name, too, the founding is nobody's newest deed.
    world.context.author = None;
    assert_eq!(world.reverse(Reversal::Newest), Reversed::NotYours);
}

#[test]
fn a_bulk_deed_is_one_undo_step_in_several_pieces() {
    let mut world = World::new();
    let field = |name| Entity::Feedback.field(name).expect("a field");
    let made: Result<Vec<FeedbackId>, StoreError> = world.store.write(|writer| {
        let action = writer.actions(None, 1)?[0].key.local;
        (0..6_000_u128)
            .map(|number| {
                let id = uuid::Uuid::from_u128(1 << 64 | number);
                let source = (field("source"), Value::Text("test".to_owned()));
                writer.insert(Entity::Feedback, id, action, &[source])?;
                Ok(FeedbackId(id))
            })
            .collect()
    });
    let feedback = made.expect("made");
    let start = world.dump();
    let archived = world.done(Deed::Archive { feedback });
    assert_eq!(archived.words, "archived 6000 feedback");
    let pieces: Result<u32, StoreError> = world.store.read(|reader| {
        let newest = reader.actions(None, 1)?[0].key.local;
        reader.chunk_count(newest)
    });
    assert_eq!(pieces.expect("reads"), 2);
    world.undone(&archived);
    assert_eq!(world.dump(), start);
}
