//! One row becomes one record: each cell read as what its column means.

mod words;

use std::collections::HashMap;

use uuid::Uuid;

use super::dates;
use super::mapping::{Field, Mapping};
use super::read::{Fault, Format, Row, Spot, Table};
use crate::domain::feedback::Resolution;
use crate::domain::import::{
    ImportCompany, ImportCustomer, ImportPerson, ImportRecord, ImportState,
};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;

/// What a person may say about an import beside the mapping.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Choices {
    /// Meanings of columns, as `field=column`; see [`Mapping::guess`].
    pub map: Vec<String>,
    /// The state that everything arrives in, whatever the file says.
    pub state: Option<ImportState>,
    /// The source of everything (`salesforce`).
    pub source: Option<String>,
    /// The origin of everything; by default the file's name, or the project that links lead to.
    pub origin: Option<String>,
    /// Import what is right and leave out the rows with faults, instead of refusing the file.
    pub leave_out_faults: bool,
}

/// Why a row is left out although nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Neither title nor text.
    Blank,
    /// The same id stands in an earlier line.
    Repeated {
        /// That line.
        first: u64,
    },
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Blank => f.write_str("neither a title nor a text"),
            Self::Repeated { first } => write!(f, "its id stands in line {first} already"),
        }
    }
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is imported.
    Record(Box<ImportRecord>),
    /// It is left out.
    Skipped(u64, Skip),
    /// It cannot be read: everything that is wrong with it.
    Faults(Vec<Fault>),
}

/// Makes records of rows. It remembers which identities it has seen, and nothing else of a file.
pub struct Converter<'t> {
    table: &'t Table,
    mapping: &'t Mapping,
    choices: &'t Choices,
    file: String,
    seen: HashMap<Uuid, u64>,
    occurrences: HashMap<Uuid, u32>,
}

impl<'t> Converter<'t> {
    /// A converter for one pass over a table. What has no date is received when the file was
    /// last written, so that importing the same file again changes nothing.
    #[must_use]
    pub fn new(table: &'t Table, mapping: &'t Mapping, choices: &'t Choices) -> Self {
        let file = table.path.file_name().unwrap_or(table.path.as_os_str());
        Self {
            table,
            mapping,
            choices,
            file: file.to_string_lossy().into_owned(),
            seen: HashMap::new(),
            occurrences: HashMap::new(),
        }
    }

    /// Reads one row.
    pub fn convert(&mut self, row: &Row) -> Verdict {
        let mut faults = Vec::new();
        let (title, body) = self.text(row);
        if title.trim().is_empty() {
            return Verdict::Skipped(row.line, Skip::Blank);
        }
        let (received, received_offset) = self.received(row, &mut faults);
        let votes = self.votes(row, &mut faults);
        if !faults.is_empty() {
            return Verdict::Faults(faults);
        }
        let cell = |field| self.cell(row, field);
        let owned = |field| cell(field).map(str::to_owned);
        let source_id = owned(Field::Id);
        let url = owned(Field::Url);
        let (source, origin) = self.origin(row, source_id.as_deref(), url.as_deref());
        let (reporter, customer) = self.people(row);
        let original = owned(Field::DuplicateOf)
            .filter(|original| words::is_one_id(original) && source_id.as_ref() != Some(original));
        let state = self.choices.state.unwrap_or_else(|| {
            words::state(
                cell(Field::State).unwrap_or_default(),
                cell(Field::Resolution).unwrap_or_default(),
                original.is_some(),
            )
        });
        let mut record = ImportRecord {
            line: row.line,
            title,
            body,
            source,
            origin,
            source_id,
            occurrence: 0,
            url,
            received,
            received_offset,
            reporter: reporter.map(ImportPerson::from),
            customer,
            company: owned(Field::Company).map(|name| ImportCompany {
                name,
                tier: owned(Field::Tier),
                ..ImportCompany::default()
            }),
            state,
            owner: cell(Field::Owner)
                .and_then(words::handle)
                .map(ImportPerson::from),
            tags: cell(Field::Tags)
                .map(|cell| words::tags(cell, self.mapping.tag_separator))
                .unwrap_or_default(),
            importance: cell(Field::Importance).and_then(words::importance),
            votes,
            kind: cell(Field::Kind).and_then(words::kind),
            // Only what counts as finished can be a duplicate: what is open at its source is to be looked at.
            duplicate_of: original
                .filter(|_| state == ImportState::Processed(Resolution::Duplicate)),
            ..ImportRecord::default()
        };
        match self.first_time(&mut record) {
            Ok(()) => Verdict::Record(Box::new(record)),
            Err(first) => Verdict::Skipped(row.line, Skip::Repeated { first }),
        }
    }

    /// Counts equal texts without an id, and finds ids that stood there before.
    fn first_time(&mut self, record: &mut ImportRecord) -> Result<(), u64> {
        let identity = record.identity().0;
        if record.source_id.is_none() {
            let count = self.occurrences.entry(identity).or_insert(0);
            record.occurrence = *count;
            *count += 1;
            return Ok(());
        }
        match self.seen.insert(identity, record.line) {
            None => Ok(()),
            Some(first) => {
                self.seen.insert(identity, first);
                Err(first)
            }
        }
    }

    /// The cell of a field, without blanks around it; `None` when there is none or nothing in it.
    fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<&'r str> {
        self.mapping
            .column(field)
            .map(|column| row.cells[column].trim())
            .filter(|cell| !cell.is_empty())
    }

    /// Title and text as they came; the first line of the text serves where there is no title.
    fn text(&self, row: &Row) -> (String, String) {
        let raw = |field| {
            self.mapping
                .column(field)
                .map(|column| row.cells[column].clone())
                .unwrap_or_default()
        };
        let (title, body) = (raw(Field::Title), raw(Field::Body));
        if title.trim().is_empty() {
            (words::headline(&body), body)
        } else {
            (title, body)
        }
    }

    fn received(&self, row: &Row, faults: &mut Vec<Fault>) -> (Moment, Option<i32>) {
        let Some(cell) = self.cell(row, Field::Received) else {
            return (self.table.written(), None);
        };
        dates::read(cell, self.mapping.date_order).unwrap_or_else(|| {
            faults.push(self.fault(row, Field::Received, cell, "is not a date"));
            (self.table.written(), None)
        })
    }

    fn votes(&self, row: &Row, faults: &mut Vec<Fault>) -> u32 {
        let Some(cell) = self.cell(row, Field::Votes) else {
            return 0;
        };
        let whole = cell.strip_suffix(".0").unwrap_or(cell);
        match whole.parse::<i64>() {
            Ok(votes) => u32::try_from(votes.max(0)).unwrap_or(u32::MAX),
            Err(_) => {
                faults.push(self.fault(row, Field::Votes, cell, "is not a number"));
                0
            }
        }
    }

    fn fault(&self, row: &Row, field: Field, cell: &str, words: &str) -> Fault {
        let name = self
            .mapping
            .column(field)
            .map(|column| self.table.columns[column].clone())
            .unwrap_or_default();
        let shown: String = cell.chars().take(40).collect();
        Fault {
            line: row.line,
            spot: Spot::Column(name),
            words: format!("“{shown}” {words}"),
        }
    }

    /// Source and origin: what was asked for, else where the link leads, else the kind and name of the file.
    fn origin(&self, row: &Row, id: Option<&str>, url: Option<&str>) -> (String, String) {
        let linked = id.zip(url).and_then(|(id, url)| words::project_of(url, id));
        let source = self
            .choices
            .source
            .clone()
            .or_else(|| self.cell(row, Field::Source).map(str::to_lowercase))
            .or_else(|| {
                linked
                    .as_deref()
                    .and_then(words::tool_of)
                    .map(str::to_owned)
            })
            .unwrap_or_else(|| {
                match self.table.format {
                    Format::Csv(_) => "spreadsheet",
                    Format::JsonLines => "json",
                }
                .to_owned()
            });
        let origin = self
            .choices
            .origin
            .clone()
            .or(linked)
            .unwrap_or_else(|| self.file.clone());
        (source, origin)
    }

    /// Reporter and customer. Somebody in a column for reporters who has a full name and no mention name is taken for
    /// an outsider, and so for the customer, unless the file names the customer apart.
    fn people(&self, row: &Row) -> (Option<Handle>, Option<ImportCustomer>) {
        let email = self.cell(row, Field::Email).map(str::to_owned);
        let mut name = self.cell(row, Field::Customer).map(str::to_owned);
        let reporter = self.cell(row, Field::Reporter).and_then(|cell| {
            let outsider = name.is_none() && cell.contains(char::is_whitespace);
            if outsider {
                name = Some(cell.to_owned());
                return None;
            }
            words::handle(cell)
        });
        let customer = name.or_else(|| email.clone()).map(|name| ImportCustomer {
            email: email.or_else(|| words::is_email(&name).then(|| name.clone())),
            name,
        });
        (reporter, customer)
    }
}

#[cfg(test)]
mod tests;
