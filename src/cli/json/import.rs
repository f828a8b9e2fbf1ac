//! An import as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::text;
use crate::domain::deed::Outcome;
use crate::domain::import::{Brought, ImportCounts, ImportKey};
use crate::exchange::gather::shown;
use crate::exchange::mapping::{Mapping, Why};
use crate::exchange::opened::LeftOut;
use crate::exchange::plan::{Clashing, Elsewhere, Fates, Named, Plan};
use crate::exchange::read::Table;
use crate::exchange::saved::SavedMapping;
use crate::exchange::source::Source;

/// What an import would do, and what it did.
#[derive(Debug, Serialize)]
pub struct ImportJson {
    files: Vec<FileJson>,
    left_out: Vec<LeftOutJson>,
    left_out_folders: Vec<String>,
    origin_from: Option<&'static str>,
    origins: Vec<String>,
    elsewhere: Option<ElsewhereJson>,
    saved_mapping: Option<String>,
    feedback: FatesJson,
    ideas: FatesJson,
    releases: FatesJson,
    replies: FatesJson,
    lost_replies: u64,
    clashes: Vec<ClashJson>,
    clash_count: u64,
    skipped: u64,
    faulty: u64,
    states: BTreeMap<&'static str, u64>,
    reasons: Vec<ReasonJson>,
    samples: Vec<SampleJson>,
    skipped_rows: Vec<RowJson>,
    faults: Vec<RowJson>,
    notes: Vec<String>,
    imported: Option<ImportedJson>,
}

#[derive(Debug, Serialize)]
struct FileJson {
    file: String,
    format: String,
    mapping: Vec<MappedJson>,
    read: Vec<String>,
    unused: Vec<String>,
}

impl From<&Source> for FileJson {
    fn from(source: &Source) -> Self {
        let others = source.others();
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Self {
            file: shown(&source.path),
            format: source.words(),
            mapping: source.mapping().map_or_else(Vec::new, told),
            read: owned(others.read),
            unused: owned(others.unused),
        }
    }
}

/// What is here already as from another origin.
#[derive(Debug, Serialize)]
struct ElsewhereJson {
    origins: Vec<String>,
    taken: Option<String>,
    count: u64,
    of: u64,
    exact: bool,
}

impl From<&Elsewhere> for ElsewhereJson {
    fn from(elsewhere: &Elsewhere) -> Self {
        Self {
            origins: elsewhere.origins.clone(),
            taken: elsewhere.taken().map(str::to_owned),
            count: elsewhere.count,
            of: elsewhere.of,
            exact: elsewhere.exact,
        }
    }
}

/// A file of a folder that is left out.
#[derive(Debug, Serialize)]
struct LeftOutJson {
    file: String,
    words: String,
}

impl From<&LeftOut> for LeftOutJson {
    fn from(left: &LeftOut) -> Self {
        Self {
            file: left.file.clone(),
            words: left.words.clone(),
        }
    }
}

/// The columns that hold a field, and which.
fn told((table, mapping): (&Table, &Mapping)) -> Vec<MappedJson> {
    let column = |place: usize| table.columns.get(place).cloned().unwrap_or_default();
    let mapped = mapping.mapped.iter().map(|mapped| MappedJson {
        field: mapped.field.name(),
        column: column(mapped.column),
        because: because(mapped.why),
    });
    mapped.collect()
}

#[derive(Debug, Serialize)]
struct FatesJson {
    create: u64,
    update: u64,
    unchanged: u64,
}

impl From<Fates> for FatesJson {
    fn from(fates: Fates) -> Self {
        Self {
            create: fates.create,
            update: fates.update,
            unchanged: fates.unchanged,
        }
    }
}

#[derive(Debug, Serialize)]
struct MappedJson {
    field: &'static str,
    column: String,
    because: &'static str,
}

#[derive(Debug, Serialize)]
struct SampleJson {
    thing: &'static str,
    line: u64,
    title: String,
    received: Option<String>,
    source: String,
    origin: String,
    source_id: Option<String>,
    state: Option<&'static str>,
}

impl From<&Brought> for SampleJson {
    fn from(thing: &Brought) -> Self {
        let keyed = |thing, line, title: &str, key: &ImportKey| Self {
            thing,
            line,
            title: title.to_owned(),
            received: None,
            source: key.source.clone(),
            origin: key.origin.clone(),
            source_id: Some(key.id.clone()),
            state: None,
        };
        match thing {
            Brought::Feedback(record) => Self {
                thing: "feedback",
                line: record.line,
                title: record.title.clone(),
                received: Some(record.received.rfc3339()),
                source: record.source.clone(),
                origin: record.origin.clone(),
                source_id: record.source_id.clone(),
                state: Some(record.state.word()),
            },
            Brought::Idea(idea) => keyed("idea", idea.line, &idea.title, &idea.key),
            Brought::Release(release) => {
                keyed("release", release.line, &release.name, &release.key)
            }
            Brought::Comment(reply) => keyed("comment", reply.line, &reply.comment.text, &reply.on),
        }
    }
}

#[derive(Debug, Serialize)]
struct ReasonJson {
    words: String,
    count: u64,
}

#[derive(Debug, Serialize)]
struct RowJson {
    file: String,
    line: u64,
    words: String,
}

/// A field that changed both here and at its source.
#[derive(Debug, Serialize)]
struct ClashJson {
    file: String,
    line: u64,
    title: String,
    field: &'static str,
    here: String,
    there: String,
}

impl From<&Named<Clashing>> for ClashJson {
    fn from(named: &Named<Clashing>) -> Self {
        let Clashing { title, clash } = &named.what;
        Self {
            file: named.file.clone(),
            line: named.line,
            title: title.clone(),
            field: clash.field,
            here: clash.here.clone(),
            there: clash.there.clone(),
        }
    }
}

/// How a kind of file is read.
#[derive(Debug, Serialize)]
pub struct MappingJson {
    name: String,
    format: Option<String>,
    encoding: Option<String>,
    sheet: Option<String>,
    source: Option<String>,
    origin: Option<String>,
    columns: Vec<String>,
    map: Vec<String>,
}

impl MappingJson {
    /// The mapping of that name.
    #[must_use]
    pub fn new(name: &str, mapping: &SavedMapping) -> Self {
        Self {
            name: name.to_owned(),
            format: mapping.format.clone(),
            encoding: mapping.encoding.clone(),
            sheet: mapping.sheet.clone(),
            source: mapping.source.clone(),
            origin: mapping.origin.clone(),
            columns: mapping.columns.clone(),
            map: mapping.map.clone(),
        }
    }
}

/// What was imported.
#[derive(Debug, Serialize)]
pub struct ImportedJson {
    action: Option<String>,
    /// What the timeline says of it.
    pub words: String,
    created: u64,
    updated: u64,
    unchanged: u64,
}

impl ImportedJson {
    /// The outcome of an import.
    #[must_use]
    pub fn new(outcome: &Outcome, counts: ImportCounts) -> Self {
        let counts = counts.all();
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
        Why::Dialect => "format",
        Why::Name => "name",
        Why::Contents => "contents",
    }
}

impl ImportJson {
    /// A plan, and what came of it.
    #[must_use]
    pub fn new(plan: &Plan, imported: Option<ImportedJson>) -> Self {
        Self {
            files: plan.sources.iter().map(Into::into).collect(),
            left_out: plan.left_out.iter().map(Into::into).collect(),
            left_out_folders: plan.folders.clone(),
            origin_from: plan.origin().map(|origin| origin.name()),
            origins: plan.origins().cloned().collect(),
            elsewhere: plan.elsewhere.as_ref().map(ElsewhereJson::from),
            saved_mapping: plan.saved.clone(),
            feedback: plan.counts.feedback.into(),
            ideas: plan.counts.ideas.into(),
            releases: plan.counts.releases.into(),
            replies: plan.counts.replies.into(),
            lost_replies: plan.counts.lost_replies,
            clashes: plan.clashes.iter().map(Into::into).collect(),
            clash_count: plan.counts.clashes,
            skipped: plan.counts.skipped,
            faulty: plan.counts.faulty,
            states: plan.states.clone(),
            reasons: plan
                .reasons
                .iter()
                .map(|(words, count)| ReasonJson {
                    words: (*words).to_owned(),
                    count: *count,
                })
                .collect(),
            samples: plan.samples.iter().map(Into::into).collect(),
            skipped_rows: plan.skipped.iter().map(|it| row(plan, it)).collect(),
            faults: plan.faults.iter().map(|it| row(plan, it)).collect(),
            notes: plan.notes.clone(),
            imported,
        }
    }
}

fn row(plan: &Plan, named: &Named<impl std::fmt::Display>) -> RowJson {
    let file = named.file.clone();
    RowJson {
        file: match plan.message(named) {
            Some(message) => format!("{file}/{message}"),
            None => file,
        },
        line: named.line,
        words: named.what.to_string(),
    }
}
