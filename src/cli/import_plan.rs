//! The plan of an import on the terminal: what the files are, what becomes of them, and what to know before it is done.

use super::output::{Output, Result, Tone};
use super::report::shortened;
use super::table::{Column, Table};
use crate::domain::import::Brought;
use crate::domain::safe_text::SafeText;
use crate::exchange::gather::{STANDARD_INPUT, shown};
use crate::exchange::mapping::{Mapped, Why};
use crate::exchange::plan::{Origin, Plan};
use crate::exchange::source::Source;

/// How many new things are shown.
const SHOWN: usize = 5;

const MAPPING: [Column; 3] = [
    Column::new("FIELD"),
    Column::new("BECAUSE OF").rank(1),
    Column::new("COLUMN"),
];

/// Heads would repeat what the cells say themselves.
const COUNTS: [Column; 3] = [Column::new(""), Column::new(""), Column::new("")];

const SAMPLES: [Column; 4] = [
    Column::new("LINE").right().rank(1),
    Column::new("DATE").rank(2),
    Column::new("ID").most(16),
    Column::new("TITLE"),
];

/// Prints a plan.
///
/// # Errors
/// When nobody reads on, or the disk is full.
pub(super) fn print(output: &mut Output, plan: &Plan) -> Result {
    for source in &plan.sources {
        print_source(output, source, plan.saved.is_some())?;
    }
    print_counts(output, plan)?;
    print_samples(output, plan)?;
    print_clashes(output, plan)?;
    if let Some(name) = &plan.saved {
        output.prose("", &format!("read as the saved mapping “{name}” says"))?;
    }
    if let Some(origin) = plan.origin() {
        output.prose("", &words_of(origin, plan))?;
    }
    if let Some(elsewhere) = &plan.elsewhere {
        let words = format!("{}: {}", elsewhere.words(), elsewhere.advice());
        output.line(Tone::Warning, &SafeText::line(&words))?;
    }
    for note in &plan.notes {
        output.prose("", &format!("note: {note}"))?;
    }
    Ok(())
}

/// Where the things come from, and what that means where nothing tells it.
fn words_of(origin: Origin<'_>, plan: &Plan) -> String {
    let piped = plan.sources.iter().any(|s| s.name == STANDARD_INPUT);
    match origin {
        Origin::Asked(name) => format!("origin: {name}"),
        Origin::Told(names) => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            format!("origin: {}, as the file tells", names.join(", "))
        }
        Origin::FileName if piped => "origin: standard input, because nothing in it tells another. Whatever else comes that way \
             would share its ids; --origin says where it really comes from"
            .to_owned(),
        Origin::FileName => "origin: the name of the file, because nothing in it tells another. A file of another name would \
             bring the same again; --origin says where it really comes from"
            .to_owned(),
    }
}

/// A file: what it is, and which column means what.
fn print_source(output: &mut Output, source: &Source, saved: bool) -> Result {
    let heading = format!("{}: {}", shown(&source.path), source.words());
    output.line(Tone::Strong, &SafeText::line(&heading))?;
    let Some((table, mapping)) = source.mapping() else {
        return Ok(());
    };
    let column = |place: usize| table.columns.get(place).map_or("", String::as_str);
    let is_known = mapping
        .mapped
        .iter()
        .any(|mapped| mapped.why == Why::Dialect);
    // A tool's own columns are no news; what somebody has asked for is.
    let shown = |mapped: &&Mapped| !is_known || mapped.why == Why::Asked;
    let rows: Vec<Vec<SafeText>> = mapping
        .mapped
        .iter()
        .filter(shown)
        .map(|mapped| {
            vec![
                SafeText::from_static(mapped.field.name()),
                SafeText::from_static(because(mapped.why, saved)),
                SafeText::line(column(mapped.column)),
            ]
        })
        .collect();
    Table::new(&MAPPING).rows(output, &rows)?;
    let words = source.columns_in_words();
    words.map_or(Ok(()), |words| output.prose("", &words))
}

fn because(why: Why, saved: bool) -> &'static str {
    match why {
        Why::Asked if saved => "saved or --map",
        Why::Asked => "--map",
        Why::Dialect => "the format",
        Why::Name => "its name",
        Why::Contents => "its contents",
    }
}

/// What becomes of everything, a line for each kind.
fn print_counts(output: &mut Output, plan: &Plan) -> Result {
    let lines = plan.lines();
    let rows = lines.iter().map(|line| {
        vec![
            SafeText::from_static(line.kind),
            SafeText::line(&line.count),
            SafeText::line(&line.about),
        ]
    });
    Table::new(&COUNTS).rows(output, &rows.collect::<Vec<_>>())
}

fn print_samples(output: &mut Output, plan: &Plan) -> Result {
    let samples = plan.samples.iter().take(SHOWN);
    let rows: Vec<Vec<SafeText>> = samples.map(sample).collect();
    Table::new(&SAMPLES).rows(output, &rows)
}

fn sample(thing: &Brought) -> Vec<SafeText> {
    let (day, id, title) = match thing {
        Brought::Feedback(record) => (
            record.received.utc().date_naive().to_string(),
            record.source_id.as_deref().unwrap_or_default(),
            record.title.clone(),
        ),
        Brought::Idea(idea) => (
            String::new(),
            idea.key.id.as_str(),
            format!("idea: {}", idea.title),
        ),
        Brought::Release(release) => (
            String::new(),
            release.key.id.as_str(),
            format!("release: {}", release.name),
        ),
        Brought::Comment(reply) => (String::new(), reply.on.id.as_str(), "comment".to_owned()),
    };
    vec![
        SafeText::line(&thing.line().to_string()),
        SafeText::line(&day),
        SafeText::line(&shortened(id)),
        SafeText::line(&shortened(&title)),
    ]
}

fn print_clashes(output: &mut Output, plan: &Plan) -> Result {
    for clash in plan.clashes.iter().take(SHOWN) {
        let what = &clash.what;
        let place = plan.message(clash);
        let place = place.unwrap_or_else(|| format!("line {}", clash.line));
        let words = format!(
            "{place}: {} of “{}” is {} here and {} there",
            what.clash.field,
            shortened(&what.title),
            shortened(&what.clash.here),
            shortened(&what.clash.there)
        );
        output.line(Tone::Warning, &SafeText::line(&words))?;
    }
    match plan.counts.clashes.checked_sub(SHOWN as u64) {
        None | Some(0) => Ok(()),
        Some(more) => output.line(
            Tone::Warning,
            &SafeText::line(&format!(
                "and {more} clashes more; --json lists the first twenty"
            )),
        ),
    }
}
