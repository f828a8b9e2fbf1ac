//! Posts of feedback boards: somebody's words and an idea that others vote for, at once.

use crate::domain::feedback::Resolution;
use crate::domain::idea::Status;
use crate::domain::import::{
    Brought, ImportIdea, ImportKey, ImportLink, ImportRecord, ImportState,
};
use crate::exchange::convert::words::headline;

/// The idea that a post with an id is, and the post linked to it. Somebody has looked at a post whose idea is not new:
/// it is processed because it is linked.
#[must_use]
pub fn with_idea(mut record: ImportRecord, status: Status) -> Vec<Brought> {
    let Some(id) = record.source_id.clone() else {
        return vec![record.into()];
    };
    let idea = ImportIdea {
        line: record.line,
        key: ImportKey {
            source: record.source.clone(),
            origin: record.origin.clone(),
            id,
        },
        title: match record.title.trim() {
            "" => headline(&record.body),
            _ => record.title.clone(),
        },
        problem: Some(record.body.clone()).filter(|body| !body.trim().is_empty()),
        original: record.original.clone(),
        url: record.url.clone(),
        status: Some(status),
        owner: record.owner.clone(),
        votes: record.votes,
        ..ImportIdea::default()
    };
    record.ideas.push(ImportLink {
        idea: idea.key.clone(),
        importance: None,
    });
    let open = record.state == ImportState::Unprocessed && status == Status::New;
    if !open {
        record.state = ImportState::Processed(Resolution::Linked);
    }
    vec![Brought::Idea(Box::new(idea)), record.into()]
}
