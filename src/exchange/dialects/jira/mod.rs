//! Jira: issues as CSV, and as the REST API gives them.
//!
//! Shapes: <https://support.atlassian.com/jira-software-cloud/docs/export-issues/>,
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/>. An issue is known by its key, which
//! both have; the origin is the host, because the key names the project.

mod adf;
mod api;
mod table;

#[cfg(test)]
mod tests;

use super::work::{Standing, standing};
use super::{Columns, Dialect, DocumentDialect, Others, Reads, TableDialect};
use crate::exchange::mapping::Field;

/// What the REST API gives.
pub const JSON: &Dialect = &Dialect {
    name: "jira-json",
    words: "Jira issues, JSON",
    tool: "jira",
    reads: Reads::Documents(DocumentDialect {
        fits: api::fits,
        translate: api::translate,
        beside: &[],
    }),
};

/// What Jira exports as CSV, on Cloud and on a server.
pub const CSV: &Dialect = &Dialect {
    name: "jira-csv",
    words: "Jira issues, CSV",
    tool: "jira",
    reads: Reads::Table(TableDialect {
        fits: |columns: &Columns<'_>| {
            columns.have(&["Summary", "Issue key"])
                && (columns.have(&["Issue id"]) || columns.have(&["Issue Type"]))
        },
        columns: &[
            (Field::Title, "Summary"),
            (Field::Body, "Description"),
            (Field::Id, "Issue key"),
            (Field::Received, "Created"),
            (Field::Reporter, "Reporter"),
            (Field::State, "Status"),
            (Field::Resolution, "Resolution"),
            (Field::Tags, "Labels"),
            (Field::Votes, "Votes"),
            (Field::Owner, "Assignee"),
            (Field::Importance, "Priority"),
            (Field::Kind, "Issue Type"),
        ],
        others: Others::Unused,
        reads: &[
            "Project key",
            "Status",
            "Status Category",
            "Resolution",
            "Resolved",
            "Outward issue link (Duplicate)",
            "Fix versions",
            "Fix Version/s",
            "Custom field (Epic Link)",
            "Epic Link",
            "Parent key",
            "Custom field (Story Points)",
            "Custom field (Story point estimate)",
            "Story Points",
            "Original estimate",
            "Affects versions",
            "Affects Version/s",
            "Reporter",
            "Reporter Id",
            "Creator",
            "Creator Id",
            "Assignee",
            "Assignee Id",
            "Project lead",
            "Project lead id",
            "Watchers",
            "Watchers Id",
            "Labels",
            "Components",
            "Component/s",
            "Due date",
            "Comment",
            "Issue Type",
            "Sprint",
        ],
        complete: table::row,
    }),
};

/// Where an issue stands: the category of its status decides, because statuses have any name; where there is none, what
/// has a resolution is finished.
fn standing_of(
    status: &str,
    category: Option<&str>,
    resolution: Option<&str>,
    resolved: bool,
) -> Standing {
    let state = match category {
        Some(category) => category,
        None if resolved => "done",
        None => status,
    };
    let resolution = resolution.filter(|resolution| !resolution.eq_ignore_ascii_case("unresolved"));
    standing(state, resolution.unwrap_or(status))
}
