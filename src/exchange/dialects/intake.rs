//! Our own CSV of feedback (`intake export feedback`), back in Intake: the same things, by their identities.

use chrono::DateTime;
use uuid::Uuid;

use super::{Cells, Columns, Dialect, Ground, Others, Reads, TableDialect};
use crate::domain::feedback::{FeedbackKind, Importance, Resolution};
use crate::domain::id::FeedbackId;
use crate::domain::import::{
    ImportCompany, ImportCustomer, ImportPerson, ImportRecord, ImportState,
};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::exchange::export::{FEEDBACK_COLUMNS, restored};
use crate::exchange::mapping::Field;
use crate::exchange::read::{Fault, Spot};
use crate::exchange::verdict::Verdict;

/// What `intake export feedback` writes as CSV; docs/export.md describes the columns.
pub const INTAKE: Dialect = Dialect {
    name: "intake-csv",
    words: "feedback of Intake, CSV",
    tool: "intake",
    reads: Reads::Table(TableDialect {
        fits,
        columns: &[
            (Field::Title, "title"),
            (Field::Body, "body"),
            (Field::Id, "source_id"),
            (Field::Received, "received"),
            (Field::Reporter, "reporter"),
            (Field::Customer, "customer"),
            (Field::Email, "customer_email"),
            (Field::Company, "company"),
            (Field::Tier, "company_tier"),
            (Field::State, "state"),
            (Field::Resolution, "resolution"),
            (Field::Tags, "tags"),
            (Field::Votes, "votes"),
            (Field::Url, "url"),
            (Field::Owner, "owner"),
            (Field::Importance, "importance"),
            (Field::Kind, "kind"),
            (Field::Source, "source"),
            (Field::DuplicateOf, "duplicate_of"),
            (Field::Area, "area"),
            (Field::NeededBy, "needed_by"),
            (Field::Version, "version"),
            (Field::Edition, "edition"),
            (Field::Domain, "company_domain"),
            (Field::Revenue, "company_revenue"),
            (Field::Segment, "company_segment"),
            (Field::Renewal, "company_renewal"),
        ],
        others: Others::Unused,
        reads: &[
            "id",
            "title",
            "body",
            "source",
            "origin",
            "source_id",
            "url",
            "received",
            "reporter",
            "customer",
            "customer_email",
            "company",
            "company_tier",
            "company_domain",
            "company_revenue",
            "company_segment",
            "company_renewal",
            "state",
            "resolution",
            "owner",
            "area",
            "tags",
            "importance",
            "kind",
            "votes",
            "needed_by",
            "version",
            "edition",
            "duplicate_of",
        ],
        complete,
    }),
};

fn fits(columns: &Columns<'_>) -> bool {
    columns.have(FEEDBACK_COLUMNS)
}

/// The cells of a row as they were before they were defused, and what is wrong with them.
struct Row<'c, 'r> {
    cells: &'c Cells<'r>,
    faults: Vec<Fault>,
}

impl<'r> Row<'_, 'r> {
    /// A text as it was; `None` where the cell is empty.
    fn text(&self, name: &str) -> Option<&'r str> {
        let text = restored(self.cells.whole(name).next()?);
        Some(text).filter(|text| !text.is_empty())
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(ToOwned::to_owned)
    }

    /// A cell that must be read by `read`, where it is not empty.
    fn read<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let value = read(text);
        if value.is_none() {
            let shown: String = text.chars().take(40).collect();
            self.faults.push(Fault {
                line: self.cells.row.line,
                spot: Spot::Column(name.to_owned()),
                words: format!("“{shown}” is not what Intake writes there"),
            });
        }
        value
    }

    fn person(&mut self, name: &str) -> Option<ImportPerson> {
        let handle = self.read(name, |text| Handle::parse(text).ok());
        handle.map(ImportPerson::from)
    }
}

fn complete(_: &Ground<'_>, cells: &Cells<'_>, _: ImportRecord) -> Verdict {
    let mut row = Row {
        cells,
        faults: Vec::new(),
    };
    let record = record(&mut row);
    match row.faults.is_empty() {
        true => record.into(),
        false => Verdict::Faults(row.faults),
    }
}

fn record(row: &mut Row<'_, '_>) -> ImportRecord {
    let (received, received_offset) = row.read("received", moment).unwrap_or_default();
    let identity = |text: &str| Uuid::try_parse(text).ok().map(FeedbackId);
    ImportRecord {
        line: row.cells.row.line,
        id: row.read("id", identity),
        title: row.owned("title").unwrap_or_default(),
        body: row.owned("body").unwrap_or_default(),
        source: row.owned("source").unwrap_or_default(),
        origin: row.owned("origin").unwrap_or_default(),
        source_id: row.owned("source_id"),
        url: row.owned("url"),
        received,
        received_offset,
        reporter: row.person("reporter"),
        customer: row.owned("customer").map(|name| ImportCustomer {
            name,
            email: row.owned("customer_email"),
        }),
        company: company(row),
        state: state(row),
        owner: row.person("owner"),
        area: row.owned("area"),
        tags: row.read("tags", list).unwrap_or_default(),
        importance: row.read("importance", Importance::parse),
        votes: row.read("votes", |text| text.parse().ok()).unwrap_or(0),
        kind: row.read("kind", FeedbackKind::parse),
        needed_by: row.read("needed_by", |text| text.parse().ok()),
        product_version: row.owned("version"),
        edition: row.owned("edition"),
        original_id: row.read("duplicate_of", identity),
        ..ImportRecord::default()
    }
}

fn company(row: &mut Row<'_, '_>) -> Option<ImportCompany> {
    let name = row.owned("company")?;
    Some(ImportCompany {
        name,
        tier: row.owned("company_tier"),
        domain: row.owned("company_domain"),
        revenue: row.read("company_revenue", |text| text.parse().ok()),
        segment: row.owned("company_segment"),
        renewal: row.read("company_renewal", |text| text.parse().ok()),
    })
}

/// What waits for an answer arrives unprocessed: nobody here has asked.
fn state(row: &mut Row<'_, '_>) -> ImportState {
    let resolution = row.read("resolution", Resolution::parse);
    let known = row.read("state", |text| match text {
        "unprocessed" | "waiting" => Some(ImportState::Unprocessed),
        "processed" => Some(ImportState::Processed(
            resolution.unwrap_or(Resolution::NoAction),
        )),
        "archived" => Some(ImportState::Archived),
        _ => None,
    });
    known.unwrap_or_default()
}

/// A moment, and its zone where it is told.
fn moment(text: &str) -> Option<(Moment, Option<i32>)> {
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    let offset = (!text.ends_with('Z')).then(|| time.offset().local_minus_utc() / 60);
    Some((Moment(time.timestamp_millis()), offset))
}

/// The texts of a list: a JSON list, or parted by `; `.
fn list(text: &str) -> Option<Vec<String>> {
    match text.starts_with('[') {
        true => serde_json::from_str(text).ok(),
        false => Some(text.split("; ").map(ToOwned::to_owned).collect()),
    }
}
