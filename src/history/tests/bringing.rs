//! Imports of ideas and releases, and of what hangs on feedback.

mod merged;
mod releases;

use chrono::NaiveDate;

use super::world::{NOW, World, handle};
use crate::domain::deed::{
    AfterCut, CompanyEdit, Deed, IdeaEdit, PersonEdit, ReleaseEdit, Reversed,
};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::{Importance, State};
use crate::domain::id::{IdeaId, ReleaseItemId};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status};
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportCompany, ImportCounts, ImportIdea, ImportKey,
    ImportLink, ImportPerson, ImportPlace, ImportRecord, ImportRelease, ImportReply,
};
use crate::domain::moment::{DAY, Moment};
use crate::domain::release::{Health, ReleaseKind, ReleaseState};
use crate::history::commit::backlog;
use crate::history::import::{Assessing, Clash};
use crate::problem::Problem;

impl World {
    fn text(&self, entity: Entity, id: impl Into<uuid::Uuid>, field: &str) -> String {
        match self.get(entity, id, field) {
            Value::Text(text) => text,
            Value::Content(id) => {
                let read: Result<_, crate::store::StoreError> =
                    self.store.read(|reader| reader.content(id));
                read.expect("reads").expect("a text").body
            }
            other => panic!("{other:?}"),
        }
    }

    fn named(&self, entity: Entity, field: &str, value: &Value) -> Vec<Thing> {
        let mut live = self.live(entity);
        live.retain(|thing| self.get(entity, thing.id, field) == *value);
        live
    }

    /// The release items of an idea: release and health.
    fn places(&self, idea: IdeaId) -> Vec<(Thing, Value, Option<i64>)> {
        self.named(Entity::ReleaseItem, "idea", &Value::Thing(idea.0))
            .into_iter()
            .map(|item| {
                let release = self.get(item.entity, item.id, "release");
                (item, release, self.number(item.entity, item.id, "health"))
            })
            .collect()
    }

    fn clashes(&self, thing: &Brought) -> Vec<Clash> {
        let read: Result<_, Problem> = self
            .store
            .read(|reader| Assessing::default().assess(reader, thing));
        read.expect("assesses").clashes
    }
}

fn key(id: &str) -> ImportKey {
    ImportKey {
        source: "jira".to_owned(),
        origin: "jira.example".to_owned(),
        id: id.to_owned(),
    }
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, day).expect("a day")
}

fn release(id: &str, name: &str) -> ImportRelease {
    ImportRelease {
        line: 3,
        key: key(id),
        name: name.to_owned(),
        kind: Some(ReleaseKind::Dot),
        date: Some(day(1)),
        state: Some(ReleaseState::Active),
    }
}

fn idea(id: &str, releases: &[&str]) -> ImportIdea {
    let place = |id: &&str| ImportPlace {
        release: key(id),
        health: None,
    };
    ImportIdea {
        line: 4,
        key: key(id),
        title: format!("Idea {id}"),
        problem: Some("It hurts.".to_owned()),
        original: Some("<p>It hurts.</p>".to_owned()),
        url: Some(format!("https://jira.example/{id}")),
        ticket_key: Some(id.to_owned()),
        status: Some(Status::Planned),
        owner: Some(handle("kim").into()),
        area: Some("Boards".to_owned()),
        kind: Some(IdeaKind::Improvement),
        effort: Some(Effort::Medium),
        edition: Some("Enterprise".to_owned()),
        stage: Some(Stage::Beta),
        votes: 7,
        releases: releases.iter().map(place).collect(),
        comments: vec![comment("c1", "Soon.", false)],
        ..ImportIdea::default()
    }
}

fn comment(id: &str, text: &str, to_reporter: bool) -> ImportComment {
    ImportComment {
        source_id: Some(id.to_owned()),
        author: Some(ImportAuthor::Colleague(handle("kim").into())),
        at: Moment(NOW.0 - DAY),
        text: text.to_owned(),
        original: None,
        to_reporter,
    }
}

fn feedback(id: &str, ideas: &[&str]) -> ImportRecord {
    let link = |id: &&str| ImportLink {
        idea: key(id),
        importance: Some(Importance::Critical),
    };
    ImportRecord {
        title: format!("Issue {id}"),
        source: "jira".to_owned(),
        origin: "jira.example".to_owned(),
        source_id: Some(id.to_owned()),
        importance: Some(Importance::Important),
        ideas: ideas.iter().map(link).collect(),
        ..ImportRecord::default()
    }
}

fn things(
    feedback: &[ImportRecord],
    ideas: &[ImportIdea],
    releases: &[ImportRelease],
) -> Vec<Brought> {
    let feedback = feedback.iter().cloned().map(Brought::from);
    let ideas = ideas.iter().cloned().map(|i| Brought::Idea(Box::new(i)));
    let releases = releases.iter().cloned().map(Brought::Release);
    feedback.chain(ideas).chain(releases).collect()
}

/// Created, updated and unchanged of feedback, ideas and releases.
fn numbers(counts: ImportCounts) -> [(u64, u64, u64); 3] {
    [counts.feedback, counts.ideas, counts.releases]
        .map(|counted| (counted.created, counted.updated, counted.unchanged))
}

#[test]
fn a_history_arrives_as_insights_ideas_and_a_release_plan_in_any_order() {
    let all = things(
        &[feedback("F-1", &["A-1", "A-9"])],
        &[idea("A-1", &["10"]), idea("A-2", &[])],
        &[release("10", "v1.0")],
    );
    let mut dumps = Vec::new();
    for backwards in [false, true] {
        let mut world = World::new();
        let start = world.dump();
        let mut all = all.clone();
        if backwards {
            all.reverse();
        }
        let (outcome, counts) = world.bring(&all);
        assert_eq!(numbers(counts), [(1, 0, 0), (2, 0, 0), (1, 0, 0)]);
        assert_eq!(
            outcome.words,
            "imported 1 feedback, 2 ideas and 1 release from issues.csv"
        );
        let (first, second) = (key("A-1").idea(), key("A-2").idea());
        let v1 = key("10").release();
        assert_eq!(world.text(Entity::Idea, first, "problem"), "It hurts.");
        assert_eq!(
            world.number(Entity::Idea, first, "status"),
            Some(Status::Planned.code())
        );
        let places = world.places(first);
        assert_eq!(places.len(), 1);
        assert_eq!(
            (&places[0].1, places[0].2),
            (&Value::Thing(v1.0), Some(Health::OnTrack.code()))
        );
        // What is planned for no release goes to the backlog.
        assert_eq!(world.places(second)[0].1, Value::Thing(backlog().0));
        assert_eq!(world.text(Entity::Release, v1, "date"), "2027-03-01");
        assert_eq!(
            world.number(Entity::Release, v1, "state"),
            Some(ReleaseState::Active.code())
        );
        // The link waits for the idea that came after it; the one to an idea that never came is not there.
        let links = world.live(Entity::Insight);
        assert_eq!(links.len(), 1);
        assert_eq!(
            world.number(Entity::Insight, links[0].id, "importance"),
            Some(Importance::Critical.code())
        );
        let id = feedback("F-1", &[]).identity();
        assert_eq!(
            world.number(Entity::Feedback, id, "state"),
            Some(State::Unprocessed.code())
        );
        assert_eq!(world.live(Entity::Ticket).len(), 2);
        assert_eq!(world.live(Entity::Comment).len(), 2);
        let imported = world.dump();
        let (again, counts) = world.bring(&all);
        assert_eq!(numbers(counts), [(0, 0, 1), (0, 0, 2), (0, 0, 1)]);
        assert_eq!(again.action, None);
        assert_eq!(world.dump(), imported);

        assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
        assert_eq!(world.dump(), start);
        let (_, counts) = world.bring(&all);
        assert_eq!(numbers(counts), [(1, 0, 0), (2, 0, 0), (1, 0, 0)]);
        assert_eq!(world.dump(), imported);
        dumps.push(imported);
    }
    assert_eq!(dumps[0], dumps[1]);
}

#[test]
fn an_idea_moves_along_with_its_source_where_nobody_moved_it_here() {
    let mut world = World::new();
    let releases = [release("10", "v1.0"), release("11", "v1.1")];
    world.bring(&things(
        &[],
        &[idea("A-1", &["10"]), idea("A-2", &["10"])],
        &releases,
    ));
    let other = world.release("v9");
    let moved = world.places(key("A-2").idea())[0].0;
    world.done(Deed::MoveItems {
        items: vec![ReleaseItemId(moved.id)],
        to: other,
    });
    world.done(Deed::EditIdeas {
        ideas: vec![key("A-2").idea()],
        edits: vec![IdeaEdit::Owner(Some(handle("omar")))],
    });
    let changed = |id: &str| ImportIdea {
        title: "Renamed".to_owned(),
        owner: Some(handle("zoe").into()),
        ..idea(id, &["11"])
    };
    let again = things(&[], &[changed("A-1"), changed("A-2")], &releases);
    let mut clashes = world.clashes(&again[1]);
    clashes.sort_by_key(|clash| clash.field);
    let told: Vec<_> = clashes
        .iter()
        .map(|clash| (clash.field, clash.here.as_str(), clash.there.as_str()))
        .collect();
    assert_eq!(
        told,
        [("owner", "@omar", "@zoe"), ("release", "v9", "v1.1")]
    );
    assert!(world.clashes(&again[0]).is_empty());
    let (outcome, counts) = world.bring(&again);
    assert_eq!(numbers(counts), [(0, 0, 0), (0, 2, 0), (0, 0, 2)]);
    assert_eq!(outcome.words, "imported changes to 2 ideas from issues.csv");
    let (first, second) = (
        world.places(key("A-1").idea()),
        world.places(key("A-2").idea()),
    );
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_eq!(first[0].1, Value::Thing(key("11").release().0));
    assert_eq!(second[0].1, Value::Thing(other.0));
    assert_eq!(
        world.text(Entity::Idea, key("A-2").idea(), "title"),
        "Renamed"
    );
    let zoe = world.get(Entity::Idea, key("A-1").idea(), "owner");
    assert_ne!(world.get(Entity::Idea, key("A-2").idea(), "owner"), zoe);
    assert_eq!(numbers(world.bring(&again).1)[1], (0, 0, 2));
}

#[test]
fn what_was_removed_or_cut_here_stays_so() {
    let mut world = World::new();
    let all = things(
        &[feedback("F-1", &["A-1"])],
        &[idea("A-1", &["10"])],
        &[release("10", "v1.0")],
    );
    world.bring(&all);
    let id = feedback("F-1", &[]).identity();
    world.done(Deed::Unlink {
        feedback: vec![id],
        idea: key("A-1").idea(),
    });
    let item = world.places(key("A-1").idea())[0].0;
    world.done(Deed::CutItem {
        item: ReleaseItemId(item.id),
        then: AfterCut::Postpone,
    });
    let decided = world.dump();
    let (again, counts) = world.bring(&all);
    assert_eq!(again.action, None, "{counts:?}");
    assert_eq!(world.dump(), decided);
}

#[test]
fn rules_of_a_status_are_repaired() {
    let mut world = World::new();
    let of = |id: &str, status, reason: Option<&str>| ImportIdea {
        status,
        reason: reason.map(str::to_owned),
        ..idea(id, &[])
    };
    let unsaid = ImportIdea {
        status: None,
        ..idea("A-4", &["10"])
    };
    world.bring(&things(
        &[],
        &[
            of("A-1", Some(Status::WontDo), None),
            of("A-2", Some(Status::WontDo), Some("Too little.")),
            of("A-3", Some(Status::Released), None),
            unsaid,
        ],
        &[release("10", "v1.0")],
    ));
    let number = |id: &str, field| world.number(Entity::Idea, key(id).idea(), field);
    assert_eq!(number("A-1", "reason_missing"), Some(1));
    assert_eq!(number("A-2", "reason_missing"), Some(0));
    assert_eq!(number("A-3", "status"), Some(Status::Released.code()));
    assert!(world.places(key("A-3").idea()).is_empty());
    // What is in a release is planned, where the file does not say.
    assert_eq!(number("A-4", "status"), Some(Status::Planned.code()));
    world.bring(&things(
        &[],
        &[
            of("A-1", Some(Status::WontDo), Some("Not ours.")),
            of("A-2", Some(Status::Planned), None),
        ],
        &[],
    ));
    let number = |id: &str, field| world.number(Entity::Idea, key(id).idea(), field);
    assert_eq!(number("A-1", "reason_missing"), Some(0));
    assert_eq!(
        world.places(key("A-2").idea())[0].1,
        Value::Thing(backlog().0)
    );
}

#[test]
fn comments_are_answers_and_replies() {
    let mut world = World::new();
    let first = ImportRecord {
        reporter: Some(handle("dana").into()),
        comments: vec![comment("c1", "Why?", false)],
        ..feedback("F-1", &[])
    };
    world.bring(&things(std::slice::from_ref(&first), &[], &[]));
    let id = first.identity();
    world.done(Deed::Ask {
        questions: vec![(id, "Which board?".to_owned())],
        until: NOW.plus(DAY),
    });
    let mut reply = comment("c2", "All of them.", false);
    reply.author = Some(ImportAuthor::Colleague(handle("dana").into()));
    let lone = Brought::Comment(ImportReply {
        line: 5,
        on: key("F-1"),
        comment: reply,
    });
    let lost = Brought::Comment(ImportReply {
        line: 6,
        on: key("F-9"),
        comment: comment("c3", "Where?", false),
    });
    let (outcome, counts) = world.bring(&[lone, lost]);
    assert_eq!((counts.comments.created, counts.lost_comments), (1, 1));
    assert_eq!(
        outcome.words,
        "imported 1 comment from issues.csv; left out 1 comment, because what they are about is not here"
    );
    let state = |world: &World| world.number(Entity::Feedback, id, "state");
    assert_eq!(state(&world), Some(State::Unprocessed.code()));
    let of = world.feedback("Another");
    world.done(Deed::Duplicate {
        feedback: vec![id],
        of,
    });
    let owed = |world: &World| world.number(Entity::Feedback, id, "answer_owed");
    assert_eq!(owed(&world), Some(1));
    let answered = ImportRecord {
        comments: vec![
            comment("c1", "Why so?", false),
            comment("c4", "It will come.", true),
        ],
        ..first.clone()
    };
    let (_, counts) = world.bring(&things(std::slice::from_ref(&answered), &[], &[]));
    assert_eq!(numbers(counts)[0], (0, 1, 0));
    assert_eq!(owed(&world), Some(0));
    let kept = comment("c1", "", false).identity(id.0);
    assert_eq!(world.text(Entity::Comment, kept, "text"), "Why so?");
    // The question of the deed is a comment, too.
    assert_eq!(world.live(Entity::Comment).len(), 4);
}

#[test]
fn people_and_companies_gain_what_they_lack() {
    let mut world = World::new();
    world.done(Deed::SavePerson {
        handle: handle("omar"),
        edit: PersonEdit {
            email: Some(Some("Omar@here.example".to_owned())),
            ..PersonEdit::default()
        },
    });
    world.done(Deed::SaveCompany {
        name: "Globex".to_owned(),
        edit: CompanyEdit {
            tier: Some(Some("Free".to_owned())),
            ..CompanyEdit::default()
        },
    });
    let record = ImportRecord {
        original: Some("<b>so</b>".to_owned()),
        needed_by: Some(day(7)),
        owner: Some(ImportPerson {
            handle: handle("o-b"),
            name: Some("Omar B".to_owned()),
            email: Some("omar@here.example".to_owned()),
        }),
        company: Some(ImportCompany {
            name: "GLOBEX".to_owned(),
            tier: Some("Enterprise".to_owned()),
            revenue: Some(120_000),
            ..ImportCompany::default()
        }),
        ..feedback("F-1", &[])
    };
    let (outcome, _) = world.bring(&things(std::slice::from_ref(&record), &[], &[]));
    let id = record.identity();
    let owner = world.named(Entity::Person, "handle", &Value::Text("omar".to_owned()))[0];
    assert_eq!(
        world.get(Entity::Feedback, id, "owner"),
        Value::Thing(owner.id)
    );
    assert_eq!(world.text(Entity::Person, owner.id, "name"), "Omar B");
    let company = world.live(Entity::Company)[0].id;
    assert_eq!(world.text(Entity::Company, company, "tier"), "Free");
    assert_eq!(
        world.number(Entity::Company, company, "revenue"),
        Some(120_000)
    );
    assert_eq!(world.text(Entity::Feedback, id, "needed_by"), "2027-03-07");
    let detail: Result<_, crate::store::StoreError> =
        world.store.read(|reader| reader.feedback_detail(id));
    let detail = detail.expect("reads").expect("a feedback");
    assert_eq!(detail.original.as_deref(), Some("<b>so</b>"));
    assert!(matches!(world.take_back(&outcome), Reversed::Done(_)));
    assert_eq!(world.get(Entity::Company, company, "revenue"), Value::Null);
}
