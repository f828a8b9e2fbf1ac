//! An import as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::text;
use crate::domain::deed::Outcome;
use crate::domain::import::{ImportCounts, ImportRecord};
use crate::exchange::mapping::Why;
use crate::exchange::plan::Plan;

/// What an import would do, and what it did.
#[derive(Debug, Serialize)]
pub struct ImportJson {
    file: String,
    format: &'static str,
    mapping: Vec<MappedJson>,
    unmapped: Vec<String>,
    create: u64,
    update: u64,
    unchanged: u64,
    skipped: u64,
    faulty: u64,
    states: BTreeMap<&'static str, u64>,
    samples: Vec<SampleJson>,
    skipped_rows: Vec<RowJson>,
    faults: Vec<RowJson>,
    notes: Vec<String>,
    imported: Option<ImportedJson>,
}

#[derive(Debug, Serialize)]
struct MappedJson {
    field: &'static str,
    column: String,
    because: &'static str,
}

#[derive(Debug, Serialize)]
struct SampleJson {
    line: u64,
    title: String,
    received: String,
    source: String,
    origin: String,
    source_id: Option<String>,
    state: &'static str,
}

impl From<&ImportRecord> for SampleJson {
    fn from(record: &ImportRecord) -> Self {
        Self {
            line: record.line,
            title: record.title.clone(),
            received: record.received.rfc3339(),
            source: record.source.clone(),
            origin: record.origin.clone(),
            source_id: record.source_id.clone(),
            state: record.state.word(),
        }
    }
}

#[derive(Debug, Serialize)]
struct RowJson {
    line: u64,
    words: String,
}

/// What was imported.
#[derive(Debug, Serialize)]
pub struct ImportedJson {
    action: Option<String>,
    words: String,
    created: u64,
    updated: u64,
    unchanged: u64,
}

impl ImportedJson {
    /// The outcome of an import.
    #[must_use]
    pub fn new(outcome: &Outcome, counts: ImportCounts) -> Self {
        Self {
            action: text(outcome.action.as_ref()),
            words: outcome.words.clone(),
            created: counts.created,
            updated: counts.updated,
            unchanged: counts.unchanged,
        }
    }
}

/// The stable name of the reason why a column is taken for a field.
const fn because(why: Why) -> &'static str {
    match why {
        Why::Asked => "asked",
        Why::Name => "name",
        Why::Contents => "contents",
    }
}

impl ImportJson {
    /// A plan, and what came of it.
    #[must_use]
    pub fn new(plan: &Plan, imported: Option<ImportedJson>) -> Self {
        let column = |place: usize| plan.table.columns.get(place).cloned().unwrap_or_default();
        let mapped = plan.mapping.mapped.iter();
        Self {
            file: plan.table.path.display().to_string(),
            format: plan.table.format.word(),
            mapping: mapped
                .map(|mapped| MappedJson {
                    field: mapped.field.name(),
                    column: column(mapped.column),
                    because: because(mapped.why),
                })
                .collect(),
            unmapped: plan.mapping.unmapped.iter().map(|p| column(*p)).collect(),
            create: plan.counts.create,
            update: plan.counts.update,
            unchanged: plan.counts.unchanged,
            skipped: plan.counts.skipped,
            faulty: plan.counts.faulty,
            states: plan.states.clone(),
            samples: plan.samples.iter().map(Into::into).collect(),
            skipped_rows: plan
                .skipped
                .iter()
                .map(|(line, words)| RowJson {
                    line: *line,
                    words: words.clone(),
                })
                .collect(),
            faults: plan
                .faults
                .iter()
                .map(|fault| RowJson {
                    line: fault.line,
                    words: fault.to_string(),
                })
                .collect(),
            notes: plan.notes.clone(),
            imported,
        }
    }
}
