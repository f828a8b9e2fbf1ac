use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::*;
use crate::domain::chart::ChartName;
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::{FeedbackKind, FeedbackRow, Importance, State};
use crate::domain::id::FeedbackId;
use crate::domain::idea::Status;
use crate::domain::listing::{Anchor, IdeaQuery};
use crate::domain::meeting::{MeetingState, WEEKLY_SYNC};
use crate::domain::moment::DAY;
use crate::domain::release::{BETWEEN_SYNCS, Health, ReleaseKind};
use crate::domain::safe_text::SafeText;
use crate::history::commit::found;
use crate::query::parse;
use crate::store::{FilterContext, OpenOptions, StoreError};
use crate::workspace::{Clock, MeetingName, Opening, Workspace};

/// 20 November 2026, 16:00 UTC.
const NOW: Moment = Moment(1_795_190_400_000);

fn filled_at(now: Moment) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("demo.db");
    let mut store = Store::open(&path, &OpenOptions::default()).expect("a workspace");
    found(&mut store, now).expect("founded");
    if let Err(problem) = fill(&mut store, now) {
        panic!("{problem:?}");
    }
    (folder, store)
}

fn filled() -> (tempfile::TempDir, Store) {
    filled_at(NOW)
}

fn read<T>(
    store: &Store,
    ask: impl FnOnce(&crate::store::Reader<'_>) -> Result<T, StoreError>,
) -> T {
    store.read(ask).expect("a read")
}

/// What the console asks.
fn door(store: &Store) -> Workspace {
    Workspace::open(store.path(), Opening::default()).expect("a workspace")
}

fn context() -> FilterContext {
    FilterContext {
        now: NOW,
        me: None,
        clocks: crate::domain::clocks::Clocks::UTC,
    }
}

fn shown(store: &Store, filter: &str) -> Vec<FeedbackId> {
    let query = parse(filter).expect("a filter");
    let ids = store.read(|reader| reader.matching_ids(&query, &context(), 1_000));
    ids.expect("a list")
}

fn rows(store: &Store, filter: &str) -> Vec<FeedbackRow> {
    let query = parse(filter).expect("a filter");
    let window =
        store.read(|reader| reader.feedback_window(&query, &context(), &Anchor::Start, 1_000));
    window.expect("a list").rows
}

/// The idea that each item of the start view belongs to, by its title.
fn belongs() -> HashMap<String, Option<String>> {
    #[derive(Deserialize)]
    struct Inbox {
        feedback: Vec<Item>,
    }
    #[derive(Deserialize)]
    struct Item {
        title: String,
        idea: Option<String>,
    }
    let text = include_str!("../../../assets/demo/inbox.toml");
    let inbox: Inbox = toml::from_str(text).expect("an asset");
    let items = inbox.feedback.into_iter();
    items.map(|item| (item.title, item.idea)).collect()
}

#[test]
fn every_saved_view_finds_something() {
    let (_folder, store) = filled();
    let views: Vec<(String, String)> = store.read(|reader| reader.saved_views()).expect("views");
    assert!(views.len() > 3);
    for (name, filter) in views {
        // Who one is decides what is one's own; whose it is here does not matter.
        let filter = filter.replace("is:mine", "owner:@hana");
        assert!(!rows(&store, &filter).is_empty(), "{name}");
    }
}

#[test]
fn the_idea_of_nearly_every_item_of_the_start_view_is_suggested_early() {
    let (_folder, store) = filled();
    let belongs = belongs();
    let ids = shown(&store, "is:unprocessed is:unassigned");
    assert_eq!(ids.len(), belongs.len());
    let door = door(&store);
    let mut early = 0;
    let mut missed = Vec::new();
    for id in ids {
        let detail = door.feedback(id).expect("a read").expect("a feedback");
        let suggestions = door.suggestions(id, 3).expect("a read");
        let title = detail.row.title;
        let Some(wanted) = &belongs[&title] else {
            continue;
        };
        if suggestions.iter().any(|s| s.idea.title == *wanted) {
            early += 1;
        } else {
            missed.push(title);
        }
    }
    assert!(early * 10 >= (early + missed.len()) * 8, "{missed:?}");
}

#[test]
fn the_start_view_is_worth_triaging() {
    let (_folder, store) = filled();
    let rows = rows(&store, "is:unprocessed is:unassigned");
    assert!((35..=40).contains(&rows.len()), "{}", rows.len());
    let ages: Vec<i64> = rows.iter().map(|row| NOW.0 - row.received.0).collect();
    assert!(ages.iter().any(|age| *age >= 9 * DAY) && ages.iter().all(|age| *age < 10 * DAY));
    assert!(ages.iter().any(|age| *age < DAY / 24 / 4));
    for importance in Importance::ALL {
        assert!(
            rows.iter().any(|row| row.importance == Some(*importance)),
            "{importance:?}"
        );
    }
    assert!(rows.iter().any(|row| row.importance.is_none()));
    let first: Vec<&str> = rows.iter().take(6).map(|row| row.title.as_str()).collect();
    assert_eq!(
        first,
        [
            "Dark mode on mobile",
            "Bulk edit permissions",
            "Hand a board to our auditors each quarter",
            "Saved searches in channels",
            "SSO group sync drops users",
            "Quarterly export for compliance",
        ]
    );
}

#[test]
fn the_item_of_the_picture_is_as_it_is_drawn() {
    let (_folder, store) = filled();
    let rows = rows(&store, "auditors quarter is:unassigned");
    let row = rows
        .iter()
        .find(|row| row.title.starts_with("Hand a board"));
    let id = row.expect("the item").id;
    let door = door(&store);
    let detail = door.feedback(id).expect("a read").expect("the item");
    let found = door.suggestions(id, 9).expect("a read");
    let hints = door.hints(id).expect("a read");
    assert_eq!(detail.row.company.as_deref(), Some("Globex"));
    assert_eq!(detail.addressee().as_deref(), Some("@dana"));
    assert_eq!(
        hints
            .owner
            .map(|likely| likely.owner.to_string())
            .as_deref(),
        Some("@omar")
    );
    assert_eq!(detail.comments.len(), 2);
    assert!(detail.needed_by.is_some() && detail.company.and_then(|c| c.renewal).is_some());
    let drawn: Vec<_> = found
        .iter()
        .take(3)
        .map(|s| {
            (
                s.idea.title.as_str(),
                s.idea.demand,
                s.idea.when(),
                s.idea.status,
            )
        })
        .collect();
    assert_eq!(
        drawn,
        [
            (
                "Export a board as PDF or CSV",
                14,
                Some("v10.2"),
                Status::Planned
            ),
            (
                "Compliance export",
                6,
                Some("6 months"),
                Status::UnderConsideration
            ),
            ("Scheduled reports by mail", 3, None, Status::New),
        ]
    );
    let titles: Vec<&str> = found.iter().map(|s| s.idea.title.as_str()).collect();
    assert!(
        titles.contains(&"Print stylesheet for boards"),
        "{titles:?}"
    );
}

#[test]
fn every_state_source_kind_and_importance_is_there() {
    let (_folder, store) = filled();
    let all = rows(&store, "");
    assert!(all.len() >= 300, "{}", all.len());
    let count = |filter: &str| shown(&store, filter).len();
    for (filter, least) in [
        ("is:waiting", 5),
        ("is:snoozed", 5),
        ("is:archived", 8),
        ("is:duplicate", 6),
        ("is:linked", 150),
        ("has:quote", 25),
        ("is:processed", 200),
        ("owner:hana is:unprocessed", 5),
    ] {
        assert!(count(filter) >= least, "{filter}: {}", count(filter));
    }
    let sources = "salesforce zendesk email forum social interview spreadsheet github jira";
    for source in sources.split(' ') {
        assert!(all.iter().any(|row| row.source == source), "{source}");
    }
    for kind in FeedbackKind::ALL {
        assert!(all.iter().any(|row| row.kind == Some(*kind)), "{kind:?}");
    }
    for state in State::ALL {
        assert!(
            all.iter().any(|row| row.shown_state(NOW) == *state),
            "{state:?}"
        );
    }
    let owed = all.iter().filter(|row| {
        let detail = read(&store, |reader| reader.feedback_detail(row.id));
        row.state == State::Processed && detail.is_some_and(|detail| detail.answer_owed)
    });
    assert!(owed.count() >= 10);
}

#[test]
fn ideas_and_the_plan_show_every_status_and_health() {
    let (_folder, store) = filled();
    let ideas = read(&store, |reader| reader.ideas(&IdeaQuery::default()));
    assert!(ideas.len() >= 45, "{}", ideas.len());
    for status in Status::ALL {
        assert!(
            ideas.iter().any(|idea| idea.status == *status),
            "{status:?}"
        );
    }
    let plan = read(&store, |reader| {
        reader.release_plan(Some(NOW.plus(-BETWEEN_SYNCS)))
    });
    let mut healths = BTreeMap::new();
    let mut owed = 0;
    for release in &plan.releases {
        for item in &release.items {
            *healths.entry(item.health).or_insert(0) += 1;
            owed += usize::from(item.owes_update);
        }
    }
    for health in Health::ALL {
        assert!(healths.contains_key(health), "{health:?}");
    }
    assert!(owed >= 3, "{owed}");
    for kind in ReleaseKind::ALL {
        assert!(
            plan.releases
                .iter()
                .any(|r| r.release.kind == *kind && !r.items.is_empty()),
            "{kind:?}"
        );
    }
    let next = plan
        .releases
        .iter()
        .find(|r| r.release.name == "v10.2")
        .expect("v10.2");
    assert_eq!(next.items.len(), 8);
    assert_eq!(next.items[0].title, "Export a board as PDF or CSV");
    assert_eq!(next.items[1].title, "Legal hold and e-discovery");
    assert!(next.items[1].owes_update && next.items[1].health == Health::AtRisk);
}

#[test]
fn there_is_something_of_all_that_meetings_and_reports_tell() {
    let (_folder, store) = filled();
    let opening = Opening {
        clock: Clock::Fixed(NOW, crate::domain::clocks::Clocks::UTC),
        ..Opening::default()
    };
    let workspace = Workspace::open(store.path(), opening).expect("a workspace");
    let name = MeetingName {
        text: WEEKLY_SYNC.to_owned(),
        ..MeetingName::default()
    };
    let held = workspace.meeting_held(&name).expect("a sync that was held");
    let minutes = workspace.minutes(&held).expect("minutes");
    assert_eq!(held.state, MeetingState::Finished);
    let ideas = minutes
        .decisions
        .iter()
        .filter(|it| it.thing.entity == Entity::Idea);
    assert_eq!(ideas.count(), 2, "{:?}", minutes.decisions);
    assert_eq!(minutes.discussed.len(), 2);
    assert!(minutes.discussed.iter().all(|item| item.notes.is_some()));
    assert_eq!(minutes.carried_over.len(), 1);
    assert_eq!(minutes.links.len(), 1);
    let charts = workspace.charts(&[ChartName::Interviews]).expect("charts");
    assert!(charts.iter().all(|chart| !chart.is_empty()));
    let next = workspace.next_meetings(None).expect("meetings");
    let tomorrow = |at: Moment| at > NOW && at < NOW.plus(2 * DAY);
    assert!(
        next.iter().any(|one| one.at.is_some_and(tomorrow)),
        "{next:?}"
    );
    let plan = workspace.plan().expect("a plan");
    let notes = |name: &str| {
        let planned = plan.releases.iter().find(|one| one.release.name == name);
        let release = planned.expect("a release").release.id;
        let notes = workspace.release_notes(release).expect("notes");
        notes.expect("a release")
    };
    assert_eq!(notes("v10.2").promoted.len(), 1);
    assert_eq!(notes("v10.3").deprecated.len(), 1);
    assert_eq!(notes("v10.3").breaking.len(), 1);
}

#[test]
fn the_same_moment_makes_the_same_workspace() {
    let (_one, one) = filled();
    let (_two, two) = filled();
    for entity in Entity::ALL {
        let of = |store| read(store, |reader| reader.rows(*entity));
        assert_eq!(of(&one), of(&two), "{entity:?}");
    }
    for row in rows(&one, "") {
        let short = |store| read(store, |reader| reader.short_id(Entity::Feedback, row.id.0));
        assert_eq!(short(&one), short(&two));
    }
}

#[test]
fn it_can_be_told_on_any_day() {
    // A leap day, the last minute of a year, a Monday at midnight, a summer's day years ahead.
    for now in [
        1_835_438_400_000,
        1_798_761_599_000,
        1_795_392_000_000,
        1_970_000_000_000,
    ] {
        let now = Moment(now);
        let (_folder, store) = filled_at(now);
        let actions = read(&store, |reader| reader.actions(None, 10_000));
        let told: Vec<i64> = actions
            .iter()
            .rev()
            .skip(1)
            .map(|action| action.at.0)
            .collect();
        assert!(told.is_sorted() && told.iter().all(|at| *at <= now.0));
    }
}

#[test]
fn no_text_would_drive_a_terminal() {
    let (_folder, store) = filled();
    for entity in Entity::ALL {
        for (_, values) in read(&store, |reader| reader.rows(*entity)) {
            for value in values {
                let text = match value {
                    Value::Text(text) => text,
                    Value::Content(id) => {
                        let content = read(&store, |reader| reader.content(id)).expect("a text");
                        format!("{}\n{}", content.title.unwrap_or_default(), content.body)
                    }
                    _ => continue,
                };
                for line in text.lines() {
                    assert_eq!(SafeText::line(line).as_str(), line);
                }
            }
        }
    }
}
