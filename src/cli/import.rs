//! `intake import`: feedback from a file of another tool.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::arguments::Format;
use super::interrupt::Interrupt;
use super::json::{ImportJson, ImportedJson};
use super::meter::Meter;
use super::output::{Output, Result, Tone};
use super::patience::patiently;
use super::restore;
use super::session::Session;
use super::table::{Column, Table};
use crate::domain::feedback::Resolution;
use crate::domain::import::{Brought, ImportState};
use crate::domain::safe_text::SafeText;
use crate::exchange::convert::Choices;
use crate::exchange::export::dump;
use crate::exchange::mapping::Why;
use crate::exchange::plan::Plan;
use crate::exchange::source::Source;
use crate::problem::{Kind, Problem};

/// Import feedback from a file: CSV, JSON, a spreadsheet or mail. The same file again adds nothing
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The kind of file, where recognising it from its content is not to decide
    #[arg(long = "format", value_name = "NAME")]
    file_format: Option<String>,
    /// The encoding, such as windows-1252, where it is guessed wrongly
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The sheet of a spreadsheet, by name or place: --sheet Cases, --sheet '#2'
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The first line of the table names its columns
    #[arg(long, conflicts_with = "no_header")]
    header: bool,
    /// The first line of the table is a row already
    #[arg(long)]
    no_header: bool,
    /// Take a column for a field, by name or place: title=Summary, received=#3, votes= for none
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// The tool all of it comes from, such as salesforce
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// The host, project or file all of it comes from; else the name of the file
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
    /// The state that everything arrives in, whatever the file says
    #[arg(long, value_parser = state())]
    state: Option<ImportState>,
    /// Leave out the rows with faults instead of refusing the file
    #[arg(long)]
    skip_bad: bool,
    /// Show what would happen, and change nothing
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Do not ask
    #[arg(long, short = 'y')]
    yes: bool,
    #[command(flatten)]
    format: Format,
}

const STATES: [(&str, ImportState); 3] = [
    ("unprocessed", ImportState::Unprocessed),
    ("processed", ImportState::Processed(Resolution::NoAction)),
    ("archived", ImportState::Archived),
];

fn state() -> impl TypedValueParser<Value = ImportState> {
    PossibleValuesParser::new(STATES.map(|(name, _)| name)).map(|typed| {
        let found = STATES.iter().find(|(name, _)| *name == typed);
        found.map_or(ImportState::Unprocessed, |(_, state)| *state)
    })
}

impl Import {
    /// One undo step, however many rows.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        if let [file] = self.files.as_slice()
            && dump::is_dump_file(file)
        {
            return restore::run(session, file, self.dry_run, self.format);
        }
        let choices = Choices {
            map: self.map.clone(),
            state: self.state,
            source: self.source.clone(),
            origin: self.origin.clone(),
            skip_bad: self.skip_bad,
            format: self.file_format.clone(),
            encoding: self.encoding.clone(),
            sheet: self.sheet.clone(),
            program: None,
            header: match (self.header, self.no_header) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            },
        };
        let interrupt = Interrupt::listen(session.workspace.interrupter())?;
        let plan = interrupt.guard(|| {
            let mut meter = Meter::new(&interrupt);
            let workspace = &session.workspace;
            workspace.plan_import(&self.files, choices, &mut meter)
        })?;
        if !self.format.json {
            print(session.output, &plan)?;
        }
        if self.dry_run || plan.check().is_err() {
            if self.format.json {
                session.output.object(&ImportJson::new(&plan, None))?;
            }
            return Ok(plan.check()?);
        }
        if plan.is_empty() {
            return match self.format.json {
                true => session.output.object(&ImportJson::new(&plan, None)),
                false => Ok(()),
            };
        }
        if !self.yes && !self.agreed(session.output)? {
            return session.output.say("nothing was imported");
        }
        session.output.flush()?;
        let (outcome, counts) = interrupt.guard(|| {
            let stopped = || interrupt.asked();
            let import = || {
                let mut meter = Meter::new(&interrupt);
                session.workspace.import(&plan, &mut meter)
            };
            patiently(import, stopped)
        })?;
        if self.format.json {
            let imported = ImportedJson::new(&outcome, counts);
            return session
                .output
                .object(&ImportJson::new(&plan, Some(imported)));
        }
        session.output.say(&outcome.words)
    }

    /// Asks on the terminal. Without one there is nobody to ask.
    fn agreed(&self, output: &mut Output) -> Result<bool> {
        let asks = std::io::stdin().is_terminal() && output.width().is_some();
        if !asks || self.format.json {
            return Err(
                Problem::new(Kind::Usage, "nobody can be asked whether to import")
                    .hint("with --yes it is done, with --dry-run it is only shown")
                    .into(),
            );
        }
        output.flush()?;
        let mut stdout = std::io::stdout();
        stdout.write_all(b"Import this? [y/N] ")?;
        stdout.flush()?;
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

const MAPPING: [Column; 3] = [
    Column::new("FIELD"),
    Column::new("BECAUSE OF").rank(1),
    Column::new("COLUMN"),
];

/// How many new records are shown.
const SHOWN: usize = 5;

fn print(output: &mut Output, plan: &Plan) -> Result {
    for source in &plan.sources {
        print_source(output, source)?;
    }
    for thing in plan.samples.iter().take(SHOWN) {
        output.say(&sample(thing))?;
    }
    for left in &plan.skipped {
        output.say(&format!("left out line {}: {}", left.line, left.what))?;
    }
    for note in plan.notes.iter().filter(|note| **note != plan.words()) {
        output.prose("", &format!("note: {note}"))?;
    }
    let states: Vec<String> = plan
        .states
        .iter()
        .map(|(state, count)| format!("{count} {state}"))
        .collect();
    let states = match states.as_slice() {
        [] => String::new(),
        states => format!(" ({})", states.join(", ")),
    };
    let words = format!("{}{states}", plan.words());
    output.line(Tone::Strong, &SafeText::line(&words))
}

/// A file: what it is, and which column means what.
fn print_source(output: &mut Output, source: &Source) -> Result {
    let heading = format!("{}: {}", source.path.display(), source.words());
    output.line(Tone::Strong, &SafeText::line(&heading))?;
    let Some((table, mapping)) = source.mapping() else {
        return Ok(());
    };
    let column = |place: usize| table.columns.get(place).map_or("", String::as_str);
    let rows: Vec<Vec<SafeText>> = mapping
        .mapped
        .iter()
        .map(|mapped| {
            let why = match mapped.why {
                Why::Asked => "--map",
                Why::Dialect => "the format",
                Why::Name => "its name",
                Why::Contents => "its contents",
            };
            vec![
                SafeText::from_static(mapped.field.name()),
                SafeText::from_static(why),
                SafeText::line(column(mapped.column)),
            ]
        })
        .collect();
    Table::new(&MAPPING).rows(output, &rows)?;
    if mapping.unmapped.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = mapping.unmapped.iter().map(|p| column(*p)).collect();
    output.prose("", &format!("not used: {}", names.join(", ")))
}

/// One line about a thing.
fn sample(thing: &Brought) -> String {
    let line = thing.line();
    match thing {
        Brought::Feedback(record) => {
            let id = record.source_id.as_deref().unwrap_or("no id");
            let day = record.received.utc().date_naive();
            format!("line {line}: {day}  {id}  {}", record.title)
        }
        Brought::Idea(idea) => format!("line {line}: idea  {}  {}", idea.key.id, idea.title),
        Brought::Release(release) => {
            format!("line {line}: release  {}  {}", release.key.id, release.name)
        }
        Brought::Comment(reply) => format!("line {line}: comment on {}", reply.on.id),
    }
}
