//! Notes in the columns in which productboard takes and gives them as a spreadsheet.

use super::{origin, via};
use crate::domain::feedback::Resolution;
use crate::domain::import::{ImportCompany, ImportRecord, ImportState};
use crate::exchange::dialects::who::Who;
use crate::exchange::dialects::{Cells, Dialect, Ground, Others, Reads, TableDialect};
use crate::exchange::html;
use crate::exchange::mapping::Field;
use crate::exchange::verdict::Verdict;

/// Notes as a spreadsheet.
pub const SHEET: &Dialect = &Dialect {
    name: "productboard-csv",
    words: "productboard notes, spreadsheet",
    tool: "productboard",
    reads: Reads::Table(TableDialect {
        fits: |columns| {
            columns.have(&["pb_id", "title", "content", "user_email", "company_domain"])
        },
        columns: &[
            (Field::Id, "pb_id"),
            (Field::Title, "title"),
            (Field::Body, "content"),
            (Field::Email, "user_email"),
            (Field::Reporter, "creator_email"),
            (Field::Owner, "owner_email"),
            (Field::Tags, "tags"),
            (Field::Url, "display_url"),
            (Field::Domain, "company_domain"),
        ],
        others: Others::Guessed {
            never: &[
                Field::Company,
                Field::Customer,
                Field::Kind,
                Field::Source,
                Field::State,
            ],
        },
        reads: &[
            "ext_id",
            "creator_email",
            "owner_email",
            "company_domain",
            "source_origin",
            "archived",
            "processed",
        ],
        complete,
    }),
};

fn complete(ground: &Ground<'_>, cells: &Cells<'_>, mut record: ImportRecord) -> Verdict {
    // An id of another tool is unique in its file only.
    match &record.source_id {
        Some(_) => record.origin = origin(ground),
        None => {
            record.source_id = cells.one("ext_id").map(str::to_owned);
            record.origin = ground.origin(None);
        }
    }
    record.source = ground.source();
    (record.body, record.original) = html::readable(&record.body);
    record.reporter = Who::named(None, cells.one("creator_email")).colleague();
    record.owner = Who::named(None, cells.one("owner_email")).colleague();
    record.company = cells.one("company_domain").map(|domain| ImportCompany {
        name: domain.to_owned(),
        domain: Some(domain.to_owned()),
        ..ImportCompany::default()
    });
    record.tags.extend(via(cells.one("source_origin")));
    let is = |name| cells.one(name).is_some_and(yes);
    record.state = match (is("archived"), is("processed")) {
        (true, _) => ImportState::Archived,
        (false, true) => ImportState::Processed(Resolution::NoAction),
        (false, false) => ImportState::Unprocessed,
    };
    record.into()
}

fn yes(cell: &str) -> bool {
    ["true", "yes", "1", "x"]
        .iter()
        .any(|word| cell.eq_ignore_ascii_case(word))
}
