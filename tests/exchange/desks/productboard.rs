use intake::domain::feedback::{Importance, Resolution, State};
use intake::domain::idea::{Status, Timeframe};
use intake::domain::import::{ImportAuthor, ImportRecord, ImportState};
use intake::domain::release::{Health, ReleaseState};

use intake::exchange::convert::Choices;
use intake::exchange::plan::{commit, plan};
use intake::store::StoreError;

use super::{Read, Skip, fixture, mention, read};
use crate::world::World;

fn notes() -> [Read; 3] {
    ["notes.csv", "notes-v1.jsonl", "notes-v2.jsonl"]
        .map(|name| read(&fixture("productboard").join(name)))
}

#[test]
fn a_note_is_the_same_feedback_from_the_sheet_and_from_both_versions_of_the_api() {
    let [sheet, first, second] = notes();
    assert_eq!(sheet.words, "productboard notes, spreadsheet");
    assert_eq!(
        first.words,
        "productboard notes, features and releases, JSON"
    );
    for other in [&first.feedback[0], &second.feedback[0]] {
        let note = &sheet.feedback[0];
        assert_eq!(note.identity(), other.identity());
        assert_eq!(note.title, other.title);
        assert_eq!(note.body, other.body);
        assert_eq!(note.original, other.original);
        assert_eq!(note.url, other.url);
        assert_eq!(note.tags, other.tags);
        let (owner, reporter) = (
            mention(other.owner.as_ref()),
            mention(other.reporter.as_ref()),
        );
        assert_eq!(mention(note.owner.as_ref()), owner);
        assert_eq!(mention(note.reporter.as_ref()), reporter);
    }
    assert_eq!(sheet.feedback[2].identity(), first.feedback[2].identity());
    assert_eq!(sheet.feedback[2].identity(), second.feedback[1].identity());
}

#[test]
fn the_sheet_gives_every_field() {
    let [sheet, ..] = notes();
    let note = &sheet.feedback[0];
    assert_eq!(note.source, "productboard");
    assert_eq!(note.origin, "productboard.com");
    assert!(note.body.starts_with("We copy every chart by hand."));
    assert!(
        note.original
            .as_deref()
            .is_some_and(|html| html.contains("<b>every chart</b>"))
    );
    let customer = note.customer.as_ref().expect("a customer");
    assert_eq!(customer.email.as_deref(), Some("kim@globex.example"));
    let company = note.company.as_ref().expect("a company");
    assert_eq!(company.domain.as_deref(), Some("globex.example"));
    assert_eq!(mention(note.owner.as_ref()).as_deref(), Some("@hana"));
    assert_eq!(mention(note.reporter.as_ref()).as_deref(), Some("@omar"));
    assert_eq!(note.tags, ["reporting", "finance", "via:zendesk"]);
    let states: Vec<ImportState> = sheet.feedback.iter().map(|note| note.state).collect();
    assert_eq!(
        states,
        [
            ImportState::Processed(Resolution::NoAction),
            ImportState::Unprocessed,
            ImportState::Archived,
            ImportState::Unprocessed,
        ]
    );
    let foreign = &sheet.feedback[3];
    assert_eq!(foreign.source_id.as_deref(), Some("crm-9"));
    assert_eq!(foreign.origin, "notes.csv");
}

#[test]
fn version_1_keeps_importance_followers_and_people() {
    let [_, notes, _] = notes();
    let note = &notes.feedback[0];
    let links: Vec<(&str, Option<Importance>)> = note
        .ideas
        .iter()
        .map(|link| (link.idea.id.as_str(), link.importance))
        .collect();
    assert_eq!(
        links,
        [
            (
                "fea70000-0001-4000-8000-000000000001",
                Some(Importance::Critical)
            ),
            (
                "fea70000-0002-4000-8000-000000000002",
                Some(Importance::NotImportant)
            ),
        ],
        "a component is no idea"
    );
    assert_eq!(note.state, ImportState::Processed(Resolution::Linked));
    assert_eq!(note.received.rfc3339(), "2026-03-02T09:15:00Z");
    assert_eq!(note.comments.len(), 1);
    assert_eq!(
        note.comments[0].text,
        "Followed in productboard by Dana Miller, Sales"
    );
    let owner = note.owner.as_ref().expect("an owner");
    assert_eq!(owner.name.as_deref(), Some("Hana Sato"));
    assert_eq!(owner.email.as_deref(), Some("hana@acme.example"));
    let named = |note: &ImportRecord| {
        let customer = note.customer.as_ref().map(|c| c.name.clone());
        let company = note.company.as_ref().map(|c| c.name.clone());
        (customer.unwrap_or_default(), company.unwrap_or_default())
    };
    let ids = named(note);
    assert_eq!(ids.0, "u0000000-0000-4000-8000-000000000001", "an id only");
    assert_eq!(ids.1, "c0000000-0000-4000-8000-000000000001");
    let dark = &notes.feedback[1];
    assert_eq!(named(dark), ("Lee Park".to_owned(), "Initech".to_owned()));
    assert_eq!(dark.received.rfc3339(), "2026-03-03T20:30:00Z");
    assert_eq!(dark.received_offset, Some(120));
    assert_eq!(notes.feedback[2].state, ImportState::Archived);
}

#[test]
fn version_2_is_read_with_its_relationships_and_conversations() {
    let [_, _, notes] = notes();
    let note = &notes.feedback[0];
    assert_eq!(note.ideas.len(), 1);
    assert_eq!(note.ideas[0].importance, None, "version 2 does not tell");
    assert_eq!(note.state, ImportState::Processed(Resolution::Linked));
    assert_eq!(
        notes.feedback[1].state,
        ImportState::Archived,
        "although it says that it is not processed"
    );
    let talk = &notes.feedback[2];
    assert_eq!(talk.body, "How do I add seats?");
    assert_eq!(talk.company.as_ref().map(|c| &*c.name), Some("Hooli"));
    let said: Vec<&str> = talk.comments.iter().map(|c| &*c.text).collect();
    assert_eq!(said, ["In the settings.", "Found it"]);
    assert!(matches!(
        talk.comments[0].author,
        Some(ImportAuthor::Colleague(_))
    ));
    assert_eq!(
        talk.comments[1].author,
        Some(ImportAuthor::Outsider("Ana Ruiz".to_owned()))
    );
    assert_eq!(talk.comments[1].at.rfc3339(), "2026-04-01T10:05:00Z");
}

#[test]
fn features_become_ideas_in_the_releases_they_are_linked_to() {
    let features = read(&fixture("productboard/features.jsonl"));
    let releases = read(&fixture("productboard/releases.jsonl"));
    let notes = read(&fixture("productboard/notes-v1.jsonl"));
    let idea = &features.ideas[0];
    assert_eq!(idea.key, notes.feedback[0].ideas[0].idea);
    assert_eq!(idea.title, "Export charts as PDF");
    assert_eq!(idea.problem.as_deref(), Some("A printable report."));
    assert_eq!(idea.status, Some(Status::InDevelopment));
    assert_eq!(idea.effort, None, "8 of what is not told");
    assert_eq!(mention(idea.owner.as_ref()).as_deref(), Some("@hana"));
    assert_eq!(idea.releases.len(), 1);
    assert_eq!(idea.releases[0].release, releases.releases[0].key);
    assert_eq!(idea.releases[0].health, Some(Health::AtRisk));
    assert_eq!(idea.timeframe, None, "the release tells when");
    let sub = &features.ideas[1];
    assert_eq!(sub.key, notes.feedback[0].ideas[1].idea);
    assert_eq!((sub.status, sub.timeframe), (Some(Status::New), None));
    assert_eq!(
        features.ideas[2].status,
        Some(Status::Postponed),
        "archived"
    );
    let component = Skip::Not("neither note, feature nor release of productboard");
    assert_eq!(features.skipped, [(4, component)]);
}

#[test]
fn releases_have_their_dates_and_states() {
    let read = read(&fixture("productboard/releases.jsonl"));
    let told: Vec<(&str, Option<String>, Option<ReleaseState>)> = read
        .releases
        .iter()
        .map(|r| (&*r.name, r.date.map(|date| date.to_string()), r.state))
        .collect();
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(
        told,
        [
            ("Winter 2026", day("2026-12-15"), Some(ReleaseState::Active)),
            (
                "Summer 2026",
                day("2026-06-30"),
                Some(ReleaseState::Released)
            ),
            ("Spring 2027", day("2027-05-31"), None),
        ]
    );
    assert_eq!(read.skipped.len(), 1, "an assignment has no names");
}

#[test]
fn a_time_without_a_release_becomes_a_timeframe() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("features.jsonl");
    // Whatever the day of the test: far ahead, and long gone.
    let feature = |id: u8, end: &str| {
        format!(
            "{{\"id\":\"{id}\",\"type\":\"feature\",\"name\":\"x\",\"status\":{{\"name\":\"Planned\"}},\
             \"timeframe\":{{\"startDate\":\"2000-01-01\",\"endDate\":\"{end}\",\"granularity\":\"month\"}}}}\n"
        )
    };
    let text = feature(1, "2150-01-01") + &feature(2, "2000-02-01");
    std::fs::write(&path, text).expect("written");
    let ideas = read(&path).ideas;
    assert_eq!(ideas[0].timeframe, Some(Timeframe::Future));
    assert_eq!(ideas[0].status, Some(Status::Planned));
    assert_eq!(ideas[1].timeframe, None);
}

/// Imports these files in one go; answers how many feedback items, ideas and releases were made.
fn import(world: &mut World, names: &[&str]) -> (u64, u64, u64) {
    let paths: Vec<_> = names
        .iter()
        .map(|name| fixture("productboard").join(name).into())
        .collect();
    let planned: Result<_, StoreError> = world.store.read(|reader| {
        let now = world.context.now;
        Ok(plan(reader, &paths, Choices::default(), now, &mut ()))
    });
    let plan = planned.expect("a reader").expect("a plan");
    let (_, counts) = commit(&mut world.store, &world.context, &plan, &mut ()).expect("imported");
    (
        counts.feedback.created,
        counts.ideas.created,
        counts.releases.created,
    )
}

#[test]
fn a_history_arrives_as_insights_ideas_and_a_release_plan_in_any_order() {
    let files = ["releases.jsonl", "features.jsonl", "notes-v1.jsonl"];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut world = World::new();
        assert_eq!(
            import(&mut world, &order.map(|file| files[file])),
            (3, 3, 3)
        );
        assert_eq!(import(&mut world, &files), (0, 0, 0), "nothing comes twice");
        let features = read(&fixture("productboard/features.jsonl"));
        let notes = read(&fixture("productboard/notes-v1.jsonl"));
        let seen: Result<_, StoreError> = world.store.read(|reader| {
            Ok((
                reader.idea_detail(features.ideas[0].key.idea())?,
                reader.feedback_detail(notes.feedback[0].identity())?,
                reader.release_plan(None)?,
            ))
        });
        let (idea, note, plan) = seen.expect("a reader");
        let idea = idea.expect("an idea");
        assert_eq!(idea.row.status, Status::InDevelopment);
        assert_eq!(
            (idea.row.insights, idea.row.demand),
            (1, 3),
            "critical to one"
        );
        assert_eq!(idea.evidence[0].importance, Some(Importance::Critical));
        assert_eq!(idea.placements[0].name, "Winter 2026");
        assert_eq!(idea.placements[0].health, Health::AtRisk);
        let note = note.expect("a note");
        assert_eq!((note.row.state, note.links.len()), (State::Processed, 2));
        assert_eq!(note.comments.len(), 1, "who follows it");
        let winter = plan
            .releases
            .iter()
            .find(|planned| planned.release.name == "Winter 2026")
            .expect("a release");
        assert_eq!(winter.release.state, ReleaseState::Active);
        assert_eq!(
            winter.release.date.map(|day| day.to_string()).as_deref(),
            Some("2026-12-15")
        );
        let items: Vec<&str> = winter.items.iter().map(|item| &*item.title).collect();
        assert_eq!(items, ["Export charts as PDF"]);
    }
}
