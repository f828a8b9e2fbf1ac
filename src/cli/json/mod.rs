//! What `--json` prints: stable field names, apart from the types of the domain so that those may change.
//!
//! Field names are snake_case and only ever added. Times are RFC 3339 in UTC, dates ISO 8601, choices their stable
//! names, people their mention names with `@`. What is not known is `null`, never left out. Texts are as they came.
//! `docs/command-line.md` lists every field, and a test compares.

mod chart;
mod difference;
mod export;
mod feedback;
mod found;
mod idea;
mod import;
mod meeting;
mod minutes;
mod notes;
mod people;
mod release;
mod timeline;

pub use chart::ChartJson;
pub use difference::PlanDifferenceJson;
pub use export::{BackupJson, RestoredJson};
pub use feedback::{FeedbackDetailJson, FeedbackJson, Likes};
pub use found::FoundJson;
pub use idea::{IdeaDetailJson, IdeaJson};
pub use import::{ImportJson, ImportedJson, MappingJson};
pub use meeting::{AgendaJson, MeetingJson, MeetingKindJson, MissingJson, RunningJson};
pub use minutes::MinutesJson;
pub use notes::{NewsJson, ReleaseNotesJson, RoadmapJson};
pub use people::{AreaJson, CompanyJson, DutyWeekJson, PersonJson};
pub use release::ReleaseJson;
pub use timeline::{ActionJson, ChangeJson, OutcomeJson};

use serde::Serialize;

use crate::domain::entity::Thing;
use crate::domain::feedback::Comment;
use crate::problem::Problem;

/// What a person types for a thing; empty for a thing that nobody types.
pub type Shorts<'a> = dyn Fn(Thing) -> Result<String, Problem> + 'a;

/// A comment.
#[derive(Debug, Serialize)]
pub struct CommentJson {
    id: String,
    author: Option<String>,
    at: String,
    text: String,
    to_reporter: bool,
}

impl From<&Comment> for CommentJson {
    fn from(comment: &Comment) -> Self {
        Self {
            id: comment.id.to_string(),
            author: comment.author.clone(),
            at: comment.at.rfc3339(),
            text: comment.text.clone(),
            to_reporter: comment.to_reporter,
        }
    }
}

/// Anything that has words for itself, as text.
fn text<T: ToString>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}
