//! Ideas on their way out.

use serde_json::{Value as Json, json};

use super::cell::Cell;
use super::feedback::{comment_lines, comments, count};
use super::sink::{Column, Object, Record, Sink, object, row};
use crate::domain::feedback::Importance;
use crate::domain::id::IdeaId;
use crate::domain::idea::{Effort, Evidence, IdeaKind, Placement, Stage, Ticket, Timeframe};
use crate::domain::listing::IdeaSort;
use crate::domain::record::IdeaRecord;
use crate::exchange::markdown;
use crate::problem::Problem;
use crate::store::Reader;

const COLUMNS: &[Column<IdeaRecord>] = &[
    ("id", |i| Cell::Text(i.detail.row.id.to_string())),
    ("title", |i| i.detail.row.title.as_str().into()),
    ("status", |i| Cell::word(i.detail.row.status.name())),
    ("kind", |i| i.detail.row.kind.map(IdeaKind::name).into()),
    ("demand", |i| Cell::Number(i.detail.row.demand)),
    ("insights", |i| Cell::Number(i.detail.row.insights.into())),
    ("votes", |i| Cell::Number(i.detail.row.votes.into())),
    ("owner", |i| i.detail.row.owner.as_ref().into()),
    ("area", |i| i.detail.row.area.clone().into()),
    ("effort", |i| i.detail.row.effort.map(Effort::name).into()),
    ("timeframe", |i| {
        i.detail.row.timeframe.map(Timeframe::name).into()
    }),
    ("edition", |i| i.detail.row.edition.clone().into()),
    ("stage", |i| i.detail.row.stage.map(Stage::name).into()),
    ("releases", |i| {
        Cell::List(i.detail.placements.iter().map(placed).collect())
    }),
    ("problem", |i| i.detail.problem.clone().into()),
    ("solution", |i| i.detail.solution.clone().into()),
    ("workaround", |i| i.detail.workaround.clone().into()),
    ("benefit", |i| i.detail.benefit.clone().into()),
    ("reason", |i| i.detail.reason.clone().into()),
    ("reason_missing", |i| Cell::Flag(i.reason_missing)),
    ("tickets", |i| {
        Cell::List(i.detail.tickets.iter().map(|t| t.url.clone()).collect())
    }),
    ("checklist_done", |i| checked(i, true)),
    ("checklist_open", |i| checked(i, false)),
    ("comments", |i| count(i.detail.comments.len())),
    ("source", |i| i.source.clone().into()),
    ("origin", |i| i.origin.clone().into()),
    ("source_id", |i| i.source_id.clone().into()),
    ("changed", |i| Cell::utc(i.detail.row.changed)),
];

/// `v10.2 (on-track)`.
fn placed(placement: &Placement) -> String {
    format!("{} ({})", placement.name, placement.health.name())
}

/// The items of the checklist that are ticked, or those that are not any more.
fn checked(record: &IdeaRecord, wanted: bool) -> Cell {
    let checks = record.detail.checks.iter();
    let items = checks.filter(|(_, done)| *done == wanted);
    Cell::List(items.map(|(item, _)| item.clone()).collect())
}

/// Writes these ideas, which stand in that order.
pub(super) fn export(
    reader: &Reader<'_>,
    ids: impl Iterator<Item = IdeaId>,
    sort: IdeaSort,
    sink: &mut Sink<'_>,
) -> Result<(), Problem> {
    sink.begin("Ideas", COLUMNS)?;
    for id in ids {
        if let Some(record) = reader.idea_record(id)? {
            let group = match sort {
                IdeaSort::Status => record.detail.row.status.word().to_owned(),
                IdeaSort::When => markdown::inline(record.detail.row.when().unwrap_or("No date")),
                _ => String::new(),
            };
            sink.put(&record, &group)?;
        }
    }
    Ok(())
}

/// Tickets as JSON.
pub(super) fn tickets(tickets: &[Ticket]) -> Json {
    let one = |ticket: &Ticket| {
        json!({
            "id": ticket.id.to_string(),
            "url": ticket.url,
            "key": ticket.key,
            "kind": ticket.kind.name(),
        })
    };
    tickets.iter().map(one).collect()
}

fn evidence(evidence: &Evidence) -> Json {
    json!({
        "id": evidence.id.to_string(),
        "feedback_id": evidence.feedback.to_string(),
        "feedback": evidence.title,
        "customer": evidence.customer,
        "importance": evidence.importance.map(Importance::name),
        "received": Cell::utc(evidence.received).json(),
        "quote": evidence.quote,
    })
}

fn placement(placement: &Placement) -> Json {
    json!({
        "item_id": placement.item.to_string(),
        "release_id": placement.release.to_string(),
        "release": placement.name,
        "health": placement.health.name(),
    })
}

impl Record for IdeaRecord {
    fn rows(&self) -> Vec<Vec<Cell>> {
        vec![row(COLUMNS, self)]
    }

    fn object(&self) -> Object {
        let detail = &self.detail;
        let told = [
            "releases",
            "tickets",
            "checklist_done",
            "checklist_open",
            "comments",
            "insights",
        ];
        let mut object = object(COLUMNS, self);
        object.0.retain(|(name, _)| !told.contains(name));
        let check = |(item, done): &(String, bool)| json!({ "item": item, "done": done });
        object.0.extend([
            (
                "releases",
                detail.placements.iter().map(placement).collect(),
            ),
            ("tickets", tickets(&detail.tickets)),
            ("checklist", detail.checks.iter().map(check).collect()),
            ("insights", detail.evidence.iter().map(evidence).collect()),
            ("comments", comments(&detail.comments)),
        ]);
        object
    }

    fn markdown(&self) -> String {
        let mut text = markdown::deeper(&markdown::idea(&self.detail), 2);
        if !self.detail.comments.is_empty() {
            let lines = comment_lines(&self.detail.comments).join("\n");
            text.push_str(&format!("\n#### Comments\n\n{lines}\n"));
        }
        text
    }
}
