//! UserVoice: the full export, one row per idea and supporter.
//!
//! An idea comes once, with its creator's words; each supporter is a feedback of their own, linked to the idea, so that
//! its demand counts people and not rows.

use super::posts::with_idea;
use super::who::Who;
use super::{Cells, Dialect, Ground, Others, Reads, TableDialect};
use crate::domain::feedback::Resolution;
use crate::domain::idea::Status;
use crate::domain::import::{Brought, ImportComment, ImportLink, ImportRecord, ImportState};
use crate::exchange::convert::{plans, words};
use crate::exchange::dates;
use crate::exchange::mapping::Field;
use crate::exchange::verdict::Verdict;

/// The full export.
pub const DIALECT: &Dialect = &Dialect {
    name: "uservoice-csv",
    words: "UserVoice ideas and supporters, CSV",
    tool: "uservoice",
    reads: Reads::Table(TableDialect {
        fits: |columns| {
            columns.have(&["ideaId", "ideaTitle", "ideaDescription", "userEmailAddress"])
        },
        columns: &[
            (Field::Id, "ideaId"),
            (Field::Title, "ideaTitle"),
            (Field::Body, "ideaDescription"),
            (Field::Customer, "ideaCreatorName"),
            (Field::Email, "ideaCreatorEmailAddress"),
            (Field::State, "publicStatusName"),
            (Field::Votes, "votersCount"),
            (Field::Received, "createdTimestamp"),
            (Field::Tags, "labels"),
        ],
        others: Others::Guessed { never: &[] },
        reads: &[
            "categoryName",
            "forumName",
            "ideaListNames",
            "moderationState",
            "ideaCreatorEmailAddress",
            "publicStatusName",
            "publicStatusUpdateMessage",
            "publicStatusUpdatedTimestamp",
            "publicStatusCreatorEmailAddress",
            "userName",
            "userEmailAddress",
            "linkedIdeaCreationDate",
        ],
        complete,
    }),
};

fn complete(ground: &Ground<'_>, cells: &Cells<'_>, mut record: ImportRecord) -> Verdict {
    let (line, origin) = (record.line, record.origin.clone());
    let Some(id) = record.source_id.clone() else {
        return record.into();
    };
    for column in ["categoryName", "forumName", "ideaListNames"] {
        record.tags.extend(cells.one(column).map(str::to_owned));
    }
    let answer = cells.one("publicStatusUpdateMessage");
    record
        .comments
        .extend(answer.map(|text| update(cells, text, &record)));
    // The status says where the idea stands; whether it is one at all, the moderation does.
    let moderated = cells.one("moderationState").unwrap_or_default();
    record.state = words::state(moderated, "", false);
    if record.state == ImportState::Archived {
        return record.into();
    }
    record.state = ImportState::Unprocessed;
    let supporter = supporter(ground, cells, &record);
    let mut things = with_idea(record, status(cells));
    for thing in &mut things {
        if let Brought::Idea(idea) = thing {
            idea.reason = answer
                .filter(|_| idea.status == Some(Status::WontDo))
                .map(str::to_owned);
        }
    }
    things.extend(supporter.map(|mut supporter| {
        supporter.line = line;
        supporter.ideas.push(ImportLink {
            idea: ground.key(&origin, id),
            importance: None,
        });
        Brought::from(supporter)
    }));
    Verdict::Brings(things)
}

fn status(cells: &Cells<'_>) -> Status {
    let status = cells.one("publicStatusName").and_then(plans::status);
    status.unwrap_or(Status::New)
}

/// What the team wrote when it changed the status.
fn update(cells: &Cells<'_>, text: &str, record: &ImportRecord) -> ImportComment {
    let at = cells.one("publicStatusUpdatedTimestamp");
    ImportComment {
        source_id: Some("status".to_owned()),
        author: Who::named(None, cells.one("publicStatusCreatorEmailAddress")).author(true),
        at: at
            .and_then(|at| dates::read(at, dates::Order::default()))
            .map_or(record.received, |(at, _)| at),
        text: text.to_owned(),
        original: None,
        to_reporter: true,
    }
}

/// The feedback of the supporter of this row, unless that is the creator, whose words are there already.
fn supporter(ground: &Ground<'_>, cells: &Cells<'_>, idea: &ImportRecord) -> Option<ImportRecord> {
    let email = cells.one("userEmailAddress")?;
    let creator = cells.one("ideaCreatorEmailAddress");
    if creator.is_some_and(|creator| creator.eq_ignore_ascii_case(email)) {
        return None;
    }
    let since = cells.one("linkedIdeaCreationDate");
    let since = since.and_then(|since| dates::read(since, dates::Order::default()));
    let (received, received_offset) = since.unwrap_or((idea.received, idea.received_offset));
    Some(ImportRecord {
        title: idea.title.clone(),
        source: ground.source(),
        origin: idea.origin.clone(),
        source_id: Some(format!(
            "{}:{}",
            idea.source_id.as_ref()?,
            email.to_lowercase()
        )),
        received,
        received_offset,
        customer: Who::named(cells.one("userName"), Some(email)).customer(),
        state: ImportState::Processed(Resolution::Linked),
        ..ImportRecord::default()
    })
}
