//! Linear: issues as CSV, see <https://linear.app/docs/exporting-data>. Older exports lack the last columns.

use chrono::NaiveDate;

use super::work::{self, Standing, Work, standing};
use super::{Cells, Columns, Dialect, Ground, Others, Reads, TableDialect};
use crate::domain::import::{ImportRecord, ImportRelease};
use crate::domain::release::ReleaseState;
use crate::exchange::convert::words;
use crate::exchange::mapping::Field;
use crate::exchange::verdict::Verdict;

/// What Linear exports.
pub const CSV: &Dialect = &Dialect {
    name: "linear-csv",
    words: "Linear issues, CSV",
    tool: "linear",
    reads: Reads::Table(TableDialect {
        fits: |columns: &Columns<'_>| {
            columns.have(&[
                "ID",
                "Team",
                "Title",
                "Status",
                "Estimate",
                "Cycle Number",
                "Completed",
                "Canceled",
            ])
        },
        columns: &[
            (Field::Title, "Title"),
            (Field::Body, "Description"),
            (Field::Id, "ID"),
            (Field::Received, "Created"),
            (Field::Reporter, "Creator"),
            (Field::State, "Status"),
            (Field::Tags, "Labels"),
            (Field::Owner, "Assignee"),
            (Field::Importance, "Priority"),
        ],
        others: Others::Unused,
        reads: &[
            "Team",
            "Status",
            "Completed",
            "Canceled",
            "Archived",
            "Started",
            "Labels",
            "Project",
            "Estimate",
            "Parent issue",
            "Duplicate of",
            "Creator",
            "Assignee",
            "Due Date",
            "Project Milestone",
            "Project Milestone ID",
            "Cycle Number",
            "Cycle Name",
            "Cycle Start",
            "Cycle End",
        ],
        complete: row,
    }),
};

/// Where issues live whose workspace nobody told.
const HOST: &str = "linear.app";

/// What Linear puts a `'` before, so that no spreadsheet runs it.
const DEFUSED: [char; 4] = ['+', '-', '=', '@'];

fn row(ground: &Ground<'_>, cells: &Cells<'_>, record: ImportRecord) -> Verdict {
    let one = |name: &str| cells.one(name).map(undefused);
    let origin = ground.origin(Some(HOST.to_owned()));
    let id = record.source_id.clone().unwrap_or_default();
    let standing = standing_of(cells);
    let original = one("Duplicate of")
        .filter(|original| words::is_one_id(original) && *original != id)
        .filter(|_| !matches!(standing, Standing::Open | Standing::Working));
    let labels = cells
        .one("Labels")
        .map(|labels| words::tags(labels, Some(", ")));
    let mut tags: Vec<String> = Vec::new();
    for tag in labels
        .into_iter()
        .flatten()
        .chain(one("Project").map(str::to_owned))
    {
        let tag = undefused(&tag).to_owned();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let kind = tags.iter().find_map(|tag| words::kind(tag));
    Work {
        standing: original.map_or(standing, |_| Standing::Duplicate),
        status: one("Status").map(str::to_owned),
        releases: releases(ground, cells, record.line, &origin),
        effort: one("Estimate").and_then(work::effort_of_points),
        parent: one("Parent issue").map(|parent| ground.key(&origin, parent)),
        record: ImportRecord {
            title: undefused(&record.title).to_owned(),
            body: undefused(&record.body).to_owned(),
            url: link(&origin, &id),
            reporter: one("Creator").and_then(work::colleague),
            customer: None,
            owner: one("Assignee").and_then(work::colleague),
            tags,
            kind,
            needed_by: one("Due Date").and_then(work::day),
            duplicate_of: original.map(str::to_owned),
            origin,
            ..record
        },
        ..Work::default()
    }
    .brings()
}

/// A text without the mark against formulas.
fn undefused(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| rest.starts_with(DEFUSED))
        .unwrap_or(text)
}

/// Where an issue stands: its dates decide, because statuses have any name. Linear archives what is finished by itself.
fn standing_of(cells: &Cells<'_>) -> Standing {
    let has = |name| cells.one(name).is_some();
    let status = cells.one("Status").unwrap_or_default();
    match standing(status, "") {
        Standing::Duplicate => Standing::Duplicate,
        _ if has("Canceled") => Standing::Declined,
        _ if has("Completed") => Standing::Done,
        Standing::Open | Standing::Working if has("Archived") => Standing::Shelved,
        Standing::Open if has("Started") => Standing::Working,
        said => said,
    }
}

/// The milestone of its project and the cycle, as releases. A milestone is told without a date.
fn releases(ground: &Ground<'_>, cells: &Cells<'_>, line: u64, origin: &str) -> Vec<ImportRelease> {
    let one = |name: &str| cells.one(name).map(undefused);
    let id = one("Project Milestone ID").map(str::to_owned);
    let milestone = one("Project Milestone").map(|name| ground.release(line, origin, id, name));
    let cycle = one("Cycle Number").zip(one("Cycle End").and_then(work::day));
    let cycle = cycle.map(|(number, end)| {
        let numbered = format!("{} cycle {number}", one("Team").unwrap_or_default());
        let name = one("Cycle Name").unwrap_or(&numbered);
        let start = one("Cycle Start").and_then(work::day);
        ImportRelease {
            date: Some(end),
            state: Some(state(ground.written.utc().date_naive(), start, end)),
            ..ground.release(line, origin, Some(numbered.clone()), name.trim())
        }
    });
    milestone.into_iter().chain(cycle).collect()
}

/// Where a cycle stood when the file was written.
fn state(written: NaiveDate, start: Option<NaiveDate>, end: NaiveDate) -> ReleaseState {
    if written > end {
        ReleaseState::Released
    } else if start.is_some_and(|start| start <= written) {
        ReleaseState::Active
    } else {
        ReleaseState::Planned
    }
}

/// The link to an issue, where the workspace was told (`linear.app/acme`).
fn link(origin: &str, id: &str) -> Option<String> {
    let workspace = origin.strip_prefix(HOST)?.strip_prefix('/')?;
    Some(format!("https://{HOST}/{workspace}/issue/{id}"))
}

#[cfg(test)]
mod tests;
