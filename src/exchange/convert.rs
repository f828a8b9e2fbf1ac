//! One row becomes one record: each cell read as what its column means.

pub mod money;
pub mod plans;
pub mod words;

use std::path::PathBuf;

use chrono::NaiveDate;

use super::dates;
use super::dialects::Ground;
use super::looks;
use super::mapping::{Field, Mapping};
use super::read::{Fault, Row, Spot, Table};
use crate::domain::feedback::Resolution;
use crate::domain::import::{
    ImportComment, ImportCompany, ImportCustomer, ImportPerson, ImportRecord, ImportState,
};
use crate::domain::moment::Moment;
use crate::domain::untold::Untold;

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
    /// A file in which nothing tells the title or the text is looked at all the same: whoever does says so next.
    pub textless: bool,
    /// Import what is right and leave out the rows with faults, instead of refusing the file.
    pub skip_bad: bool,
    /// The dialect, by its name, where recognising is not to decide.
    pub format: Option<String>,
    /// The encoding of the files, by its name, where it is not to be guessed.
    pub encoding: Option<String>,
    /// The sheet of each spreadsheet, by its name or number (`#2`), where it is not to be guessed.
    pub sheet: Option<String>,
    /// The executable of Intake, which reads spreadsheets; by default the one that runs.
    pub program: Option<PathBuf>,
    /// Whether the first line of a table names its columns, where that is not to be guessed.
    pub header: Option<bool>,
    /// The saved mapping, by its name, where the header is not to decide.
    pub with: Option<String>,
}

/// Makes records of rows, each by itself.
pub struct Converter<'t> {
    table: &'t Table,
    mapping: &'t Mapping,
    /// The column of each field, by the place of the field in its enumeration.
    columns: [Option<usize>; Field::ALL.len()],
    untold: Untold,
    ground: Ground<'t>,
}

/// The columns that tell a field of a feedback.
const TOLD_BY: [(&str, &[Field]); 16] = [
    ("content", &[Field::Body]),
    ("url", &[Field::Url]),
    ("received", &[Field::Received]),
    ("received_offset", &[Field::Received]),
    ("votes", &[Field::Votes]),
    ("reporter", &[Field::Reporter, Field::ReporterEmail]),
    ("customer", &[Field::Customer, Field::Email]),
    ("company", &[Field::Company]),
    ("owner", &[Field::Owner, Field::OwnerEmail]),
    ("area", &[Field::Area]),
    ("importance", &[Field::Importance]),
    ("kind", &[Field::Kind]),
    ("needed_by", &[Field::NeededBy]),
    ("product_version", &[Field::Version]),
    ("edition", &[Field::Edition]),
    (
        "state",
        &[Field::State, Field::Resolution, Field::DuplicateOf],
    ),
];

impl<'t> Converter<'t> {
    /// A converter for a table. What has no date is received when the file was last written, so that importing the same
    /// file again changes nothing.
    #[must_use]
    pub fn new(table: &'t Table, mapping: &'t Mapping, ground: Ground<'t>) -> Self {
        let mut columns = [None; Field::ALL.len()];
        for mapped in &mapping.mapped {
            columns[mapped.field as usize] = Some(mapped.column);
        }
        let is_mapped = |field: &Field| columns[*field as usize].is_some();
        let mut untold = Untold::default();
        for (field, told_by) in TOLD_BY {
            let is_chosen = field == "state" && ground.choices.state.is_some();
            if !is_chosen && !told_by.iter().any(is_mapped) {
                untold.add(field);
            }
        }
        untold.tags = !is_mapped(&Field::Tags);
        Self {
            table,
            mapping,
            columns,
            untold,
            ground,
        }
    }

    /// Reads one row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn convert(&self, row: &Row) -> Result<ImportRecord, Vec<Fault>> {
        let text = |field| {
            let column = self.column(field);
            column.map_or_else(String::new, |column| row.cells[column].clone())
        };
        Ok(ImportRecord {
            title: text(Field::Title),
            body: text(Field::Body),
            ..self.fields(row)?
        })
    }

    /// Reads one row, and takes title and text out of it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn consume(&self, row: &mut Row) -> Result<ImportRecord, Vec<Fault>> {
        let record = self.fields(row)?;
        let mut text = |field| {
            let column = self.column(field);
            column.map_or_else(String::new, |column| std::mem::take(&mut row.cells[column]))
        };
        Ok(ImportRecord {
            title: text(Field::Title),
            body: text(Field::Body),
            ..record
        })
    }

    /// All but title and text, which are taken as they came.
    fn fields(&self, row: &Row) -> Result<ImportRecord, Vec<Fault>> {
        let mut faults = Vec::new();
        let (received, received_offset) = self.received(row, &mut faults);
        let votes = self.votes(row, &mut faults);
        let needed_by = self.day(row, Field::NeededBy, &mut faults);
        let company = self.company(row, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let cell = |field| self.cell(row, field);
        let owned = |field| cell(field).map(str::to_owned);
        let source_id = owned(Field::Id);
        let url = owned(Field::Url);
        let (source, origin) = self.origin(row, source_id.as_deref(), url.as_deref());
        let (reporter, customer) = self.people(row);
        let original = owned(Field::DuplicateOf)
            .filter(|original| words::is_one_id(original) && source_id.as_ref() != Some(original));
        let state = self.ground.choices.state.unwrap_or_else(|| {
            words::state(
                cell(Field::State).unwrap_or_default(),
                cell(Field::Resolution).unwrap_or_default(),
                original.is_some(),
            )
        });
        Ok(ImportRecord {
            line: row.line,
            untold: self.untold,
            source,
            origin,
            source_id,
            url,
            received,
            received_offset,
            reporter,
            customer,
            company,
            state,
            owner: self.person(row, Field::Owner, Field::OwnerEmail),
            area: owned(Field::Area),
            needed_by,
            product_version: owned(Field::Version),
            edition: owned(Field::Edition),
            comments: self.comment(row, received).into_iter().collect(),
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
        })
    }

    /// The cell of a field, without blanks around it; `None` when there is none or nothing in it.
    fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<&'r str> {
        self.column(field)
            .map(|column| row.cells[column].trim())
            .filter(|cell| !cell.is_empty())
    }

    /// The column of a field.
    const fn column(&self, field: Field) -> Option<usize> {
        self.columns[field as usize]
    }

    fn received(&self, row: &Row, faults: &mut Vec<Fault>) -> (Moment, Option<i32>) {
        let Some(cell) = self.cell(row, Field::Received) else {
            return (self.ground.written, None);
        };
        if self.mapping.date_serial
            && let Some(moment) = dates::serial(cell)
        {
            return (dates::no_later(moment, self.ground.written), None);
        }
        match dates::read(cell, self.mapping.date_order) {
            Some((moment, None)) => (dates::no_later(moment, self.ground.written), None),
            Some(zoned) => zoned,
            None => {
                faults.push(self.fault(row, Field::Received, cell, "is not a date"));
                (self.ground.written, None)
            }
        }
    }

    /// A day; a fault where the cell is none.
    fn day(&self, row: &Row, field: Field, faults: &mut Vec<Fault>) -> Option<NaiveDate> {
        let cell = self.cell(row, field)?;
        let read = dates::read(cell, self.mapping.date_order);
        if read.is_none() {
            faults.push(self.fault(row, field, cell, "is not a date"));
        }
        read.map(|(moment, _)| moment.utc().date_naive())
    }

    /// The organisation, where the row names it.
    fn company(&self, row: &Row, faults: &mut Vec<Fault>) -> Option<ImportCompany> {
        let name = self.cell(row, Field::Company)?.to_owned();
        let owned = |field| self.cell(row, field).map(str::to_owned);
        Some(ImportCompany {
            name,
            tier: owned(Field::Tier),
            domain: self.cell(row, Field::Domain).map(words::domain),
            revenue: self.cell(row, Field::Revenue).and_then(money::whole_units),
            segment: owned(Field::Segment),
            renewal: self.day(row, Field::Renewal, faults),
        })
    }

    /// A colleague from the column that names them and the one with their address.
    fn person(&self, row: &Row, field: Field, email: Field) -> Option<ImportPerson> {
        let email = self.cell(row, email).filter(|cell| looks::is_email(cell));
        let named = self.cell(row, field).and_then(words::person);
        match (named, email) {
            (Some(person), Some(email)) => Some(ImportPerson {
                email: person.email.or_else(|| Some(email.to_owned())),
                ..person
            }),
            (named, email) => named.or_else(|| email.and_then(words::person)),
        }
    }

    /// The remark in a column of comments. A number counts them, and a list of JSON is for a dialect to read.
    fn comment(&self, row: &Row, at: Moment) -> Option<ImportComment> {
        let text = self.cell(row, Field::Comment)?;
        let is_text = !looks::is_number(text) && !text.starts_with(['[', '{']);
        is_text.then(|| ImportComment {
            source_id: None,
            author: None,
            at,
            text: text.to_owned(),
            original: None,
            to_reporter: false,
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

    /// Source and origin: what was asked for, else what the row tells, else the kind and name of the file.
    fn origin(&self, row: &Row, id: Option<&str>, url: Option<&str>) -> (String, String) {
        let linked = id.zip(url).and_then(|(id, url)| words::project_of(url, id));
        let source = self
            .ground
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
            .unwrap_or_else(|| self.ground.tool.to_owned());
        let origin = self.ground.origin(linked);
        (source, origin)
    }

    /// Reporter and customer. Somebody in a column for reporters who has a full name and no mention name is taken for
    /// an outsider, and so for the customer, unless the file names the customer apart.
    fn people(&self, row: &Row) -> (Option<ImportPerson>, Option<ImportCustomer>) {
        let email = self.cell(row, Field::Email).map(str::to_owned);
        let mut name = self.cell(row, Field::Customer).map(str::to_owned);
        let has_email = self.cell(row, Field::ReporterEmail).is_some();
        let outsider = self.cell(row, Field::Reporter).filter(|cell| {
            name.is_none()
                && !has_email
                && cell.contains(char::is_whitespace)
                && !cell.contains('<')
        });
        let reporter = match outsider {
            Some(_) => None,
            None => self.person(row, Field::Reporter, Field::ReporterEmail),
        };
        name = name.or_else(|| outsider.map(str::to_owned));
        let customer = name.or_else(|| email.clone()).map(|name| ImportCustomer {
            email: email.or_else(|| looks::is_email(&name).then(|| name.clone())),
            name,
        });
        (reporter, customer)
    }
}

#[cfg(test)]
mod tests;
