//! Features and releases as the API gives them: ideas and the release plan.

use chrono::NaiveDate;
use serde_json::Value;

use super::notes::relationships;
use super::origin;
use crate::domain::idea::{IdeaKind, Status};
use crate::domain::import::{Brought, ImportIdea, ImportPlace, ImportRelease};
use crate::domain::release::Health;
use crate::exchange::convert::{plans, words};
use crate::exchange::dialects::Ground;
use crate::exchange::dialects::value;
use crate::exchange::dialects::who::Who;
use crate::exchange::read::Document;

pub fn feature_1(ground: &Ground<'_>, feature: &Document) -> Brought {
    idea(ground, feature, Vec::new())
}

pub fn feature_2(ground: &Ground<'_>, feature: &Document) -> Brought {
    let origin = origin(ground);
    let health = feature.text("fields.health.status").and_then(health);
    let places = relationships(feature)
        .into_iter()
        .filter(|(_, target)| target["type"] == "release")
        .filter_map(|(_, target)| value::id(target.get("id")?))
        .map(|id| ImportPlace {
            release: ground.key(&origin, id),
            health,
        })
        .collect();
    let mut flat = flat(feature);
    // The URL of version 2 stands where version 1 has it.
    flat.object.extend(
        feature
            .at("links")
            .map(|links| ("links".to_owned(), links.clone())),
    );
    idea(ground, &flat, places)
}

/// The fields of an object of version 2 beside its id, as in version 1.
fn flat(document: &Document) -> Document {
    let mut flat = document.inner("fields").unwrap_or_else(|| document.clone());
    flat.object
        .extend(document.at("id").map(|id| ("id".to_owned(), id.clone())));
    flat
}

fn idea(ground: &Ground<'_>, feature: &Document, releases: Vec<ImportPlace>) -> Brought {
    let (problem, original) = feature.html("description");
    let status = feature.text("status.name").and_then(plans::status);
    let archived = feature.at("archived").and_then(Value::as_bool) == Some(true);
    Brought::Idea(Box::new(ImportIdea {
        line: feature.line,
        key: ground.key(&origin(ground), feature.id("id").unwrap_or_default()),
        title: feature.text("name").unwrap_or_default().to_owned(),
        problem: Some(problem).filter(|problem| !problem.trim().is_empty()),
        original,
        url: feature.text("links.html").map(str::to_owned),
        status: match status {
            Some(Status::Released | Status::WontDo) => status,
            _ if archived => Some(Status::Postponed),
            _ => status,
        },
        owner: Who::at(feature.at("owner")).colleague(),
        kind: Some(IdeaKind::Feature),
        effort: ["effort", "effort.name"]
            .iter()
            .find_map(|path| feature.text(path).and_then(plans::effort)),
        timeframe: last_day(feature)
            .filter(|_| releases.is_empty())
            .and_then(|day| plans::timeframe(day, ground.written)),
        releases,
        ..ImportIdea::default()
    }))
}

pub fn release_2(ground: &Ground<'_>, document: &Document) -> Brought {
    release(ground, &flat(document))
}

pub fn release(ground: &Ground<'_>, release: &Document) -> Brought {
    let state = ["state", "status.name", "status"]
        .iter()
        .find_map(|path| release.text(path).and_then(plans::release_state));
    Brought::Release(ImportRelease {
        line: release.line,
        key: ground.key(&origin(ground), release.id("id").unwrap_or_default()),
        name: release.text("name").unwrap_or_default().to_owned(),
        kind: None,
        date: last_day(release),
        state,
    })
}

/// The day by which something is to be there: the end of its time, else its beginning.
fn last_day(document: &Document) -> Option<NaiveDate> {
    [
        "timeframe.endDate",
        "end_date",
        "timeframe.startDate",
        "start_date",
    ]
    .iter()
    .find_map(|path| document.text(path)?.get(..10)?.parse().ok())
}

fn health(text: &str) -> Option<Health> {
    Some(match words::plain(text).as_str() {
        "ontrack" | "on track" => Health::OnTrack,
        "atrisk" | "at risk" => Health::AtRisk,
        "offtrack" | "off track" => Health::OffTrack,
        _ => return None,
    })
}
