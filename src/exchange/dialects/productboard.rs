//! productboard: notes as a spreadsheet or by the API (version 1 and 2), features and releases.
//!
//! Ids are UUIDs, so they mean the same in every file of a workspace, and all of them have one origin: a feature is found by
//! the notes that are linked to it whichever of its files came first.
//!
//! Shapes: <https://developer.productboard.com/reference> (version 1) and
//! <https://developer.productboard.com/v2.0.0/reference> (version 2).

mod notes;
mod plan;
mod sheet;

use serde_json::{Map, Value};

use super::{Dialect, DocumentDialect, Ground, Reads};
use crate::exchange::read::Document;
use crate::exchange::verdict::{Skip, Verdict};

pub use sheet::SHEET;

/// Where ids are unique.
const ORIGIN: &str = "productboard.com";

/// What the API gives.
pub const API: &Dialect = &Dialect {
    name: "productboard-json",
    words: "productboard notes, features and releases, JSON",
    tool: "productboard",
    reads: Reads::Documents(DocumentDialect {
        fits: |object| shape(object).is_some(),
        translate,
        beside: &[],
    }),
};

/// What an object of the API is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    NoteV1,
    NoteV2,
    FeatureV1,
    FeatureV2,
    Release,
    ReleaseV2,
    Assignment,
    Other,
}

fn shape(object: &Map<String, Value>) -> Option<Shape> {
    let has = |keys: &[&str]| keys.iter().all(|key| object.contains_key(*key));
    let kind = object.get("type").and_then(Value::as_str).unwrap_or("");
    if has(&["id", "type"]) && object.get("fields").is_some_and(Value::is_object) {
        return shape_v2(object, kind);
    }
    if has(&["id", "title", "state", "displayUrl"]) {
        return Some(Shape::NoteV1);
    }
    let feature = matches!(kind, "feature" | "subfeature");
    if feature && has(&["id", "name", "status"]) && (has(&["parent"]) || has(&["timeframe"])) {
        return Some(Shape::FeatureV1);
    }
    let dated = has(&["start_date", "end_date", "granularity"]) || has(&["releaseGroup"]);
    if dated && has(&["id", "name", "state"]) {
        return Some(Shape::Release);
    }
    let both_ids = ["feature", "release"]
        .iter()
        .all(|key| object.get(*key).is_some_and(|end| end.get("id").is_some()));
    (both_ids && has(&["assigned"])).then_some(Shape::Assignment)
}

/// Objects of version 2 say what they are.
fn shape_v2(object: &Map<String, Value>, kind: &str) -> Option<Shape> {
    let fields = object.get("fields")?;
    let known = ["links", "relationships", "metadata"]
        .iter()
        .any(|key| object.contains_key(*key));
    if !known || fields.get("name").is_none() {
        return None;
    }
    Some(match kind {
        "feature" | "subfeature" => Shape::FeatureV2,
        "release" => Shape::ReleaseV2,
        _ if kind.to_lowercase().ends_with("note") => Shape::NoteV2,
        _ if fields.get("processed").is_some() => Shape::NoteV2,
        "product" | "component" | "objective" | "keyResult" | "initiative" | "releaseGroup"
        | "user" | "company" => Shape::Other,
        _ => return None,
    })
}

fn translate(ground: &Ground<'_>, document: &Document) -> Verdict {
    let skip = |what| Verdict::Skipped(document.line, Skip::Not(what));
    match shape(&document.object) {
        Some(Shape::NoteV1) => Verdict::of(notes::version_1(ground, document)),
        Some(Shape::NoteV2) => Verdict::of(notes::version_2(ground, document)),
        Some(Shape::FeatureV1) => plan::feature_1(ground, document).into(),
        Some(Shape::FeatureV2) => plan::feature_2(ground, document).into(),
        Some(Shape::Release) => plan::release(ground, document).into(),
        Some(Shape::ReleaseV2) => plan::release_2(ground, document).into(),
        Some(Shape::Assignment) => skip("assignment of a feature to a release by ids only"),
        Some(Shape::Other) => skip("neither note, feature nor release of productboard"),
        None => skip("no object of productboard"),
    }
}

/// The origin of everything.
fn origin(ground: &Ground<'_>) -> String {
    ground.origin(Some(ORIGIN.to_owned()))
}

/// How a note came to productboard, as a tag.
fn via(system: Option<&str>) -> Option<String> {
    system.map(|system| format!("via:{}", system.trim().to_lowercase()))
}
