//! What the world of the bench consists of, by number.

use uuid::Uuid;

use super::{NOW, feedback_id, idea_id, item_id};
use crate::domain::feedback::{FeedbackDetail, FeedbackLink, FeedbackRow, State as FeedbackState};
use crate::domain::id::{ContentId, IdeaId, InsightId, ReleaseId, ShortId};
use crate::domain::idea::{IdeaRow, Status};
use crate::domain::moment::{DAY, Moment};
use crate::domain::release::{Health, Release, ReleaseItem, ReleaseKind, ReleaseState};

pub(super) fn row(number: usize) -> FeedbackRow {
    FeedbackRow {
        id: feedback_id(number),
        title: format!(
            "Wish {number}{}",
            if number % 5 == 4 { " export" } else { "" }
        ),
        company: None,
        tier: None,
        importance: None,
        received: Moment(NOW.0 - DAY),
        state: FeedbackState::Unprocessed,
        hidden_until: None,
        owner: None,
        area: None,
        source: "email".to_owned(),
        reporter: None,
        kind: None,
        links: 0,
        votes: 0,
    }
}

pub(super) fn idea(number: usize) -> IdeaRow {
    let status = Status::ALL[number % 3];
    IdeaRow {
        demand: 10 - number as i64,
        ..idea_row(idea_id(number), &format!("Idea {number}"), status)
    }
}

/// An idea of which nothing is known but its title and status.
pub(crate) fn idea_row(id: IdeaId, title: &str, status: Status) -> IdeaRow {
    IdeaRow::bare(id, title, status, NOW)
}

/// A feedback of which nothing is known but its row.
pub(crate) fn detail(row: FeedbackRow) -> FeedbackDetail {
    FeedbackDetail {
        short: ShortId("f000".to_owned()),
        revision: ContentId(Uuid::from_u128(7)),
        revisions: 1,
        body: String::new(),
        original: None,
        origin: String::new(),
        source_id: None,
        url: None,
        reporter: None,
        customer: None,
        company: None,
        tags: Vec::new(),
        needed_by: None,
        product_version: None,
        edition: None,
        resolution: None,
        duplicate_of: None,
        duplicates: 0,
        answer_owed: false,
        links: Vec::new(),
        comments: Vec::new(),
        others_of_company: 0,
        row,
    }
}

pub(super) fn link(idea: IdeaId) -> FeedbackLink {
    FeedbackLink {
        id: InsightId(idea.0),
        idea,
        title: "Idea".to_owned(),
        status: Status::New,
        release: None,
        quote: None,
    }
}

pub(super) fn release(number: usize) -> Release {
    Release {
        id: ReleaseId(Uuid::from_u128(0xB000_0000 + number as u128)),
        short: ShortId(format!("r{number}")),
        name: format!("v{number}"),
        kind: ReleaseKind::Feature,
        date: None,
        state: ReleaseState::Planned,
    }
}

pub(super) fn item(of: usize, number: usize) -> ReleaseItem {
    ReleaseItem {
        id: item_id(number),
        release: release(of).id,
        idea: idea_id(number),
        title: format!("Idea {number}"),
        owner: None,
        status: Status::Planned,
        effort: None,
        demand: Some(0),
        health: Health::OnTrack,
        update: None,
        owes_update: false,
        position: format!("{number}"),
    }
}
