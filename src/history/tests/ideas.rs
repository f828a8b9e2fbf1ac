//! The deeds on ideas.

use super::world::{World, handle, queue};
use crate::domain::deed::{Deed, IdeaEdit, IdeaTarget, NewIdea, ReleaseEdit, Reversal, Subject};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::{Importance, Quote};
use crate::domain::id::{ContentId, FeedbackId, IdeaId, ReleaseItemId, TicketId};
use crate::domain::idea::{Effort, Status, TicketKind, Timeframe};
use crate::domain::release::{Health, ReleaseState};
use crate::history::commit::backlog;
use crate::history::deeds::insight_key;
use crate::history::draft::Draft;
use crate::history::error::Error;
use crate::history::undo::reverse;
use crate::history::words::Words;

fn edit(idea: IdeaId, edits: Vec<IdeaEdit>) -> Deed {
    Deed::EditIdeas {
        ideas: vec![idea],
        edits,
    }
}

impl World {
    /// Links a feedback to an idea with its first word as a quote, and more important than the feedback itself, as an import may.
    fn says_more(&mut self, feedback: FeedbackId, idea: IdeaId, importance: Importance) {
        let Value::Content(revision) = self.get(Entity::Feedback, feedback, "content") else {
            panic!("a text");
        };
        self.done(Deed::Link {
            feedback: vec![feedback],
            idea: IdeaTarget::Existing(idea),
            quote: Some(Quote {
                revision: ContentId(revision),
                start: 0,
                end: 1,
            }),
        });
        let link = Thing {
            entity: Entity::Insight,
            id: insight_key(feedback.0, idea.0),
        };
        let set: Result<(), Error> = self.store.write(|writer| {
            let mut draft = Draft::begin(writer, &self.context, "importance", None)?;
            draft.set(link, "importance", importance.code())?;
            draft.finish(&Words::plain("rated")).map(drop)
        });
        assert!(set.is_ok());
    }
}

#[test]
fn an_idea_comes_with_its_fields_and_links() {
    let mut world = World::new();
    let feedback = world.feedback("Dark mode");
    let outcome = world.done(Deed::CreateIdea(Box::new(NewIdea {
        title: "Themes".to_owned(),
        edits: vec![
            IdeaEdit::Effort(Some(Effort::Small)),
            IdeaEdit::Problem(Some("Eyes hurt.".to_owned())),
            IdeaEdit::Owner(Some(handle("omar"))),
            IdeaEdit::Check("Documented".to_owned(), true),
            IdeaEdit::Release(backlog()),
        ],
        from: vec![feedback],
    })));
    assert_eq!(outcome.words, "created “Themes”");
    let idea = outcome.first(Entity::Idea).expect("made");
    assert_eq!(
        world.number(Entity::Idea, idea, "status"),
        Some(Status::Planned.code())
    );
    assert_eq!(world.live(Entity::IdeaCheck).len(), 1);
    assert_eq!(world.live(Entity::Insight).len(), 1);
    let blank = Deed::CreateIdea(Box::default());
    assert!(world.refused(blank).contains("blank"));
}

#[test]
fn planned_needs_a_release_and_wont_do_a_reason() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let planned = IdeaEdit::Status(Status::Planned);
    assert!(
        world
            .refused(edit(idea, vec![planned.clone()]))
            .contains("Planned needs")
    );
    world.done(edit(idea, vec![planned, IdeaEdit::Release(backlog())]));
    let turned_down = IdeaEdit::Status(Status::WontDo);
    assert!(
        world
            .refused(edit(idea, vec![turned_down.clone()]))
            .contains("Won't Do needs")
    );
    let reason = IdeaEdit::Reason(Some("Out of scope.".to_owned()));
    world.done(edit(idea, vec![turned_down, reason]));
    assert!(
        world
            .refused(edit(idea, vec![IdeaEdit::Reason(None)]))
            .contains("Won't Do needs")
    );
}

#[test]
fn the_same_values_again_are_no_action() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let edits = || {
        vec![
            IdeaEdit::Title(" Themes ".to_owned()),
            IdeaEdit::Workaround(None),
            IdeaEdit::Check("Beta".to_owned(), false),
        ]
    };
    assert_eq!(world.done(edit(idea, edits())).action, None);
    let text = || edit(idea, vec![IdeaEdit::Benefit(Some("Calm eyes.".to_owned()))]);
    assert!(world.done(text()).action.is_some());
    assert_eq!(world.done(text()).action, None);
}

#[test]
fn merging_moves_everything_and_drops_twins() {
    let mut world = World::new();
    let (one, two) = (world.feedback("1"), world.feedback("2"));
    let (from, into) = (world.idea("Dark mode"), world.idea("Themes"));
    for (feedback, idea) in [(one, from), (two, from), (two, into)] {
        world.done(Deed::Link {
            feedback: vec![feedback],
            idea: IdeaTarget::Existing(idea),
            quote: None,
        });
    }
    let links = [from, into].map(|idea| Thing {
        entity: Entity::Insight,
        id: insight_key(two.0, idea.0),
    });
    world.says_more(two, from, Importance::Critical);
    let release = world.release("v1");
    let shared = world.item(from, release);
    let kept = world.item(into, release);
    let alone = world.item(from, backlog());
    world.done(Deed::UpdateItems {
        items: vec![shared],
        text: Some("half way".to_owned()),
        health: Some(Health::AtRisk),
    });
    world.done(Deed::Comment {
        on: vec![Subject::Idea(from)],
        text: "yes".to_owned(),
    });
    world.done(queue(Subject::Idea(from)));
    let ticket = world.done(Deed::AddTicket {
        idea: from,
        url: "https://tracker.example/1".to_owned(),
        key: Some("MM-1".to_owned()),
        kind: TicketKind::Implementation,
    });
    assert_eq!(ticket.words, "added ticket to “Dark mode”");
    let ticket = TicketId(ticket.first(Entity::Ticket).expect("made"));
    let outcome = world.done(Deed::MergeIdeas { from, into });
    assert_eq!(outcome.words, "merged into “Themes”");

    let insights: Vec<_> = world.live(Entity::Insight).iter().map(|t| t.id).collect();
    assert_eq!(insights.len(), 2);
    assert!(insights.contains(&insight_key(one.0, into.0)));
    assert!(insights.contains(&insight_key(two.0, into.0)));
    let [went, stays] = links.map(|link| {
        let said = ["quote", "quote_start", "quote_end", "importance"];
        said.map(|field| world.get(Entity::Insight, link.id, field))
    });
    assert_eq!(stays, went);
    assert_eq!(stays[3], Value::Integer(Importance::Critical.code()));
    assert_eq!(world.live(Entity::Idea).len(), 1);
    assert_eq!(
        world.number(Entity::ReleaseItem, shared, "deleted"),
        Some(1)
    );
    let note = world.live(Entity::Update)[0].id;
    assert_eq!(
        world.get(Entity::Update, note, "release_item"),
        Value::Thing(kept.0)
    );
    for (entity, id) in [
        (Entity::ReleaseItem, alone.0),
        (Entity::Ticket, ticket.0),
        (Entity::Comment, world.live(Entity::Comment)[0].id),
        (Entity::AgendaItem, world.live(Entity::AgendaItem)[0].id),
    ] {
        assert_eq!(
            world.get(entity, id, "idea"),
            Value::Thing(into.0),
            "{entity:?}"
        );
    }
    let problem = world
        .attempt(edit(from, vec![IdeaEdit::Effort(None)]))
        .expect_err("gone");
    assert_eq!(problem.causes, ["it was merged into “Themes”"]);
    assert!(
        world
            .refused(Deed::MergeIdeas { from: into, into })
            .contains("itself")
    );
    world.done(Deed::RemoveTicket { ticket });
    assert!(world.live(Entity::Ticket).is_empty());
}

#[test]
fn what_is_put_off_or_will_not_be_done_is_cut_from_the_releases_to_come() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let (v1, v2) = (world.release("v1"), world.release("v2"));
    let (shipped, planned) = (world.item(idea, v1), world.item(idea, v2));
    world.done(Deed::EditRelease {
        release: v1,
        edit: ReleaseEdit {
            state: Some(ReleaseState::Released),
            ..ReleaseEdit::default()
        },
    });
    let health =
        |world: &World, item: ReleaseItemId| world.number(Entity::ReleaseItem, item, "health");
    let turn_down = || {
        vec![
            IdeaEdit::Reason(Some("Out of scope.".to_owned())),
            IdeaEdit::Status(Status::WontDo),
        ]
    };
    let before = world.dump();
    let kept = world.done(edit(idea, turn_down()));
    assert_eq!(kept.words, "set to Won't Do, still in v2");
    assert_eq!(health(&world, planned), Some(Health::OnTrack.code()));
    reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    let with_cut = [turn_down(), vec![IdeaEdit::Cut]].concat();
    let cut = world.done(edit(idea, with_cut));
    assert_eq!(cut.words, "set to Won't Do, cut from v2");
    assert_eq!(health(&world, planned), Some(Health::Cut.code()));
    assert_eq!(health(&world, shipped), Some(Health::OnTrack.code()));
    reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    assert_eq!(world.dump(), before);
    let put_off = vec![IdeaEdit::Status(Status::Postponed)];
    let kept = world.done(edit(idea, put_off.clone()));
    assert_eq!(kept.words, "set to Postponed, still in v2");
    reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    let cut = world.done(edit(idea, [put_off, vec![IdeaEdit::Cut]].concat()));
    assert_eq!(cut.words, "set to Postponed, cut from v2");
    reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    // Of one that was turned down before, nothing is said where another one is now.
    let (plain, down) = (world.idea("Fonts"), world.idea("Icons"));
    world.item(down, v2);
    world.done(edit(down, turn_down()));
    let both = world.done(Deed::EditIdeas {
        ideas: vec![plain, down],
        edits: turn_down(),
    });
    assert_eq!(both.words, "set to Won't Do");
    let feedback = world.feedback("Colours");
    let declined = world.done(Deed::WontDo {
        feedback: vec![feedback],
        idea: IdeaTarget::Existing(idea),
        reason: "Out of scope.".to_owned(),
        cut: true,
        answers: Vec::new(),
    });
    assert_eq!(declined.words, "turned down “Themes”, cut from v2");
    assert_eq!(health(&world, planned), Some(Health::Cut.code()));
}

#[test]
fn of_several_that_are_put_off_those_that_were_cut_are_named() {
    let mut world = World::new();
    let ideas = ["Themes", "Fonts", "Icons"].map(|title| world.idea(title));
    let (v1, v2) = (world.release("v1"), world.release("v2"));
    world.item(ideas[0], v1);
    world.item(ideas[1], v1);
    world.item(ideas[1], v2);
    let cut = world.done(Deed::EditIdeas {
        ideas: ideas.to_vec(),
        edits: vec![IdeaEdit::Status(Status::Postponed), IdeaEdit::Cut],
    });
    assert_eq!(
        cut.words,
        "set 3 ideas to Postponed, cut “Themes” from v1, “Fonts” from v1, v2"
    );
    let many: Vec<IdeaId> = (0..7)
        .map(|number| world.idea(&format!("I{number}")))
        .collect();
    for idea in &many {
        world.item(*idea, v1);
    }
    let cut = world.done(Deed::EditIdeas {
        ideas: many,
        edits: vec![IdeaEdit::Status(Status::Postponed), IdeaEdit::Cut],
    });
    assert!(
        cut.words.ends_with("“I4” from v1 and 2 more"),
        "{}",
        cut.words
    );
}

#[test]
fn what_leaves_the_notes_of_a_release_says_so() {
    let mut world = World::new();
    let ideas = ["Themes", "Fonts", "Icons"].map(|title| world.idea(title));
    let v1 = world.release("v1");
    for idea in &ideas[..2] {
        world.item(*idea, v1);
    }
    let set = |ideas: &[IdeaId], status| Deed::EditIdeas {
        ideas: ideas.to_vec(),
        edits: vec![IdeaEdit::Status(status)],
    };
    world.done(set(&ideas, Status::Released));
    world.done(Deed::EditRelease {
        release: v1,
        edit: ReleaseEdit {
            state: Some(ReleaseState::Released),
            ..ReleaseEdit::default()
        },
    });
    let one = world.done(set(&ideas[..1], Status::UnderConsideration));
    assert_eq!(
        one.words,
        "set to Under Consideration, no longer in the notes of v1"
    );
    reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    let all = world.done(set(&ideas, Status::InDevelopment));
    assert_eq!(
        all.words,
        "set 3 ideas to In Development, no longer in the notes: “Themes” of v1, “Fonts” of v1"
    );
}

#[test]
fn an_idea_that_is_edited_is_named() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let edited = world.done(edit(idea, vec![IdeaEdit::Release(backlog())]));
    assert_eq!(edited.words, "edited “Themes” (release)");
}

#[test]
fn a_merge_keeps_the_further_status_and_its_timeframe() {
    let mut world = World::new();
    let set = |status| IdeaEdit::Status(status);
    let (from, into) = (world.idea("Dark mode"), world.idea("Themes"));
    let when = |timeframe| IdeaEdit::Timeframe(Some(timeframe));
    world.done(edit(
        from,
        vec![set(Status::InDevelopment), when(Timeframe::ThreeMonths)],
    ));
    world.item(into, backlog());
    world.done(edit(into, vec![when(Timeframe::Future)]));
    let before = world.dump();
    let merged = world.done(Deed::MergeIdeas { from, into });
    assert_eq!(
        merged.words,
        "merged into “Themes”, which is In Development now"
    );
    let field = |world: &World, name| world.number(Entity::Idea, into, name);
    assert_eq!(field(&world, "status"), Some(Status::InDevelopment.code()));
    assert_eq!(
        field(&world, "timeframe"),
        Some(Timeframe::ThreeMonths.code())
    );
    reverse(&mut world.store, &world.context, Reversal::Newest).expect("undone");
    assert_eq!(world.dump(), before);
    // The other way round nothing changes, and nothing is told.
    let merged = world.done(Deed::MergeIdeas {
        from: into,
        into: from,
    });
    assert_eq!(merged.words, "merged into “Dark mode”");
    assert_eq!(
        world.number(Entity::Idea, from, "timeframe"),
        Some(Timeframe::ThreeMonths.code())
    );
}

#[test]
fn what_is_turned_down_merges_with_its_like_alone() {
    let mut world = World::new();
    let (open, down) = (world.idea("Dark mode"), world.idea("Themes"));
    let turn_down = |idea| {
        edit(
            idea,
            vec![
                IdeaEdit::Reason(Some("Out of scope.".to_owned())),
                IdeaEdit::Status(Status::WontDo),
            ],
        )
    };
    world.done(turn_down(down));
    world.item(open, backlog());
    for (from, into) in [(open, down), (down, open)] {
        let problem = world
            .attempt(Deed::MergeIdeas { from, into })
            .expect_err("refused");
        assert!(problem.summary.contains("Won't Do"), "{problem:?}");
        assert_eq!(
            problem.hints,
            [
                "say Won't Do to “Dark mode” too, or give “Themes” another status, and merge them then"
            ]
        );
    }
    world.done(turn_down(open));
    let merged = world.done(Deed::MergeIdeas {
        from: open,
        into: down,
    });
    assert_eq!(merged.words, "merged into “Themes”");
}

#[test]
fn a_thing_is_queued_once() {
    let mut world = World::new();
    let idea = world.idea("Themes");
    let queued = || queue(Subject::Idea(idea));
    assert_eq!(
        world.done(queued()).words,
        "queued for the next weekly sync"
    );
    let again = world.done(queued());
    assert_eq!(
        (again.action, again.words.as_str()),
        (None, "“Themes” is queued already")
    );
}
