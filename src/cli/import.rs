//! `intake import`: feedback from a file of another tool.

use std::fmt::Write as _;
use std::fs;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::arguments::Format;
use super::import_plan;
use super::interrupt::Interrupt;
use super::json::{ImportJson, ImportedJson};
use super::mapping;
use super::meter::Meter;
use super::output::{Output, Result};
use super::patience::patiently;
use super::restore;
use super::session::{LOGGED, Session};
use super::table::{Column, Table};
use crate::domain::feedback::Resolution;
use crate::domain::import::ImportState;
use crate::domain::safe_text::SafeText;
use crate::exchange::convert::Choices;
use crate::exchange::dialects;
use crate::exchange::export::dump;
use crate::exchange::gather::{Given, gather};
use crate::exchange::plan::{Done, Origin, Plan};
use crate::exchange::saved::SavedMapping;
use crate::problem::{Kind, Problem};

/// Import feedback from a file: CSV, JSON, a spreadsheet or mail. The same file again adds nothing
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The files; a folder stands for the files in it, and - for standard input
    #[arg(required_unless_present = "formats", value_name = "FILE")]
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
    /// List the kinds of files that are known
    #[arg(long)]
    formats: bool,
    /// Read the file as a saved mapping says; one with the same header is used by itself
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    /// Keep how the file is read and where it comes from under a name
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
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

/// How many faults are listed on standard error where they are left out.
const LISTED: usize = 1_000;

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
    /// One undo step, however many files.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        if self.formats {
            return formats(session.output);
        }
        self.check_input()?;
        let files = gather(&self.files, std::io::stdin().lock())?;
        let folders = &files.folders;
        if let [file] = files.files.as_slice()
            && dump::is_dump_file(&file.path)
        {
            return restore::run(session, &file.path, self.dry_run, self.format);
        }
        // Of what is soon read a plan is made first, where its faults would leave a new workspace behind.
        let unasked = session.maker.is_none() || !is_small(&files.files);
        // A mapping is kept before anything is imported, and the plan makes it.
        let unasked = unasked && self.yes && self.save.is_none();
        if unasked {
            session.make()?;
        }
        let interrupt = Interrupt::listen(session.workspace.interrupter())?;
        if unasked
            && let Some((mut plan, imported)) =
                at_once(session, &interrupt, &files.files, self.choices())?
        {
            plan.folders.clone_from(folders);
            if imported.is_some() {
                session.output.stored(LOGGED);
            }
            self.show(session.output, &plan)?;
            return self.tell(session.output, &plan, imported);
        }
        let mut plan = plan(session, &interrupt, &files.files, self.choices())?;
        if plan.origin() == Some(Origin::FileName)
            && plan.check().is_ok()
            && !self.dry_run
            && self.asks(session.output)
            && let Some(origin) = ask_origin(session.output, &plan)?
        {
            let origin = Some(origin);
            plan = self::plan(
                session,
                &interrupt,
                &files.files,
                Choices {
                    origin,
                    ..self.choices()
                },
            )?;
        }
        plan.folders.clone_from(folders);
        self.show(session.output, &plan)?;
        let checked = plan.check().and_then(|()| match self.yes {
            true => plan.check_origin(),
            false => Ok(()),
        });
        checked.or_else(|problem| self.show_and(session, &plan, problem))?;
        let goes_on = !self.dry_run && !plan.is_empty();
        if goes_on && !self.yes && !self.agreed(session.output)? {
            return session.output.say("nothing was imported");
        }
        if goes_on || self.save.is_some() {
            session.output.flush()?;
            session.make()?;
            interrupt.stops(session.workspace.interrupter());
        }
        if let Some(name) = &self.save {
            let mapping = SavedMapping::of(&plan);
            patiently(
                || session.workspace.save_import_mapping(name, &mapping),
                || false,
            )?;
            session.output.stored(mapping::KEPT);
        }
        let imported = match goes_on {
            true => Some(commit(session, &interrupt, &plan)?),
            false => None,
        };
        self.tell(session.output, &plan, imported)
    }

    /// Shows the plan to whoever reads text.
    fn show(&self, output: &mut Output, plan: &Plan) -> Result {
        if !self.format.json {
            import_plan::print(output, plan)?;
            list_left_out(plan);
        }
        Ok(())
    }

    /// Says what was imported; to whoever reads JSON with the plan.
    fn tell(&self, output: &mut Output, plan: &Plan, imported: Option<Done>) -> Result {
        let imported = imported.map(|(outcome, counts)| ImportedJson::new(&outcome, counts));
        match (self.format.json, imported) {
            (true, imported) => output.object(&ImportJson::new(plan, imported)),
            (false, Some(imported)) => output.say(&imported.words),
            (false, None) if plan.is_empty() && plan.counts.total() > 0 => {
                output.say("nothing new to import")
            }
            (false, None) => Ok(()),
        }
    }

    /// Refuses what would wait for ever for input that nobody knows to type, or for an answer that nobody can give.
    fn check_input(&self) -> std::result::Result<(), Problem> {
        if !self.files.iter().any(|file| file.as_os_str() == "-") {
            return Ok(());
        }
        if std::io::stdin().is_terminal() {
            return Err(Problem::new(
                Kind::Usage,
                "cannot import standard input: it is a terminal",
            )
            .hint("pipe something into it: curl … | intake import - --dry-run"));
        }
        if self.yes || self.dry_run {
            return Ok(());
        }
        Err(nobody_to_ask().because("standard input holds what is imported, and no answers"))
    }

    fn choices(&self) -> Choices {
        Choices {
            textless: false,
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
            with: self.with.clone(),
        }
    }

    /// Shows the plan that a problem is about to whoever reads JSON, and hands the problem on.
    fn show_and(&self, session: &mut Session<'_>, plan: &Plan, problem: Problem) -> Result {
        if self.format.json {
            session.output.object(&ImportJson::new(plan, None))?;
        }
        Err(problem.into())
    }

    /// Whether somebody sits at the terminal and wants to be asked.
    fn asks(&self, output: &Output) -> bool {
        !self.yes && !self.format.json && std::io::stdin().is_terminal() && output.width().is_some()
    }

    /// Asks on the terminal. Without one there is nobody to ask.
    fn agreed(&self, output: &mut Output) -> Result<bool> {
        if !self.asks(output) {
            return Err(nobody_to_ask().into());
        }
        let answer = ask(output, "Import this? [y/N] ")?;
        Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
    }
}

/// Whether files are read so soon that nobody notices when they are read twice.
pub(super) fn is_small(files: &[Given]) -> bool {
    const SMALL: u64 = 1 << 20;
    let bytes = files.iter().map(|file| match fs::metadata(&file.path) {
        Ok(about) if about.is_dir() => SMALL,
        Ok(about) => about.len(),
        // Whatever is wrong with it shows at once.
        Err(_) => 0,
    });
    bytes.fold(0, u64::saturating_add) < SMALL
}

fn nobody_to_ask() -> Problem {
    Problem::new(Kind::Usage, "nobody can be asked whether to import")
        .hint("with --yes it is done, with --dry-run it is only shown")
}

fn plan(
    session: &Session<'_>,
    interrupt: &Interrupt,
    files: &[Given],
    choices: Choices,
) -> std::result::Result<Plan, Problem> {
    let mut meter = Meter::new(interrupt);
    interrupt.guard(|| session.workspace.plan_import(files, choices, &mut meter))
}

fn commit(session: &mut Session<'_>, interrupt: &Interrupt, plan: &Plan) -> Result<Done> {
    session.output.flush()?;
    let workspace = &mut session.workspace;
    let import = || workspace.import(plan, &mut Meter::new(interrupt));
    let done = interrupt.guard(|| patiently(import, || interrupt.asked()))?;
    session.output.stored(LOGGED);
    Ok(done)
}

/// Imports without a plan before it, which nobody would read; `None` when something is wrong that a plan has to tell.
fn at_once(
    session: &mut Session<'_>,
    interrupt: &Interrupt,
    files: &[Given],
    choices: Choices,
) -> std::result::Result<Option<(Plan, Option<Done>)>, Problem> {
    let mut meter = Meter::new(interrupt);
    interrupt.guard(|| {
        let done = session
            .workspace
            .import_at_once(files, choices, &mut meter)?;
        // SQLite does not look up while it waits for another window.
        if done.is_none() && interrupt.asked() {
            return Err(Problem::new(
                Kind::Interrupted,
                "stopped: nothing was imported",
            ));
        }
        Ok(done)
    })
}

/// Asks a question on the terminal.
fn ask(output: &mut Output, question: &str) -> Result<String> {
    output.flush()?;
    let mut stdout = std::io::stdout();
    stdout.write_all(SafeText::line(question).as_str().as_bytes())?;
    stdout.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}

/// Asks where the files come from, and proposes the origin as from which most of it is here; `None` leaves it at their names.
fn ask_origin(output: &mut Output, plan: &Plan) -> Result<Option<String>> {
    output.say("Where does this come from? A host, project or file; the same answer next time meets the same items.")?;
    let known = plan.elsewhere.as_ref().filter(|it| it.is_much());
    if let Some(known) = known {
        output.say(&format!("{}.", known.words()))?;
    }
    let known = known.and_then(|known| known.taken());
    let proposed = match (known, plan.sources.as_slice()) {
        (Some(known), _) => known,
        (None, [source]) => source.name.as_str(),
        (None, _) => "the name of each file",
    };
    let answer = ask(output, &format!("[{proposed}] "))?;
    let known = known.map(str::to_owned);
    Ok(Some(answer).filter(|answer| !answer.is_empty()).or(known))
}

/// The kinds of files that are known, by their names for `--format`.
fn formats(output: &mut Output) -> Result {
    let rows: Vec<Vec<SafeText>> = dialects::ALL
        .iter()
        .map(|dialect| {
            vec![
                SafeText::from_static(dialect.name),
                SafeText::from_static(dialect.words),
            ]
        })
        .collect();
    Table::new(&[Column::new("NAME"), Column::new("WHAT IT IS")]).rows(output, &rows)
}

/// Says on standard error what is left out because of its faults: all of it, as far as the plan names it.
fn list_left_out(plan: &Plan) {
    if !plan.choices.skip_bad || plan.faults.is_empty() {
        return;
    }
    let mut words = String::new();
    for fault in plan.faults.iter().take(LISTED) {
        // Writing to a String cannot fail.
        let _ = writeln!(words, "left out: {}", SafeText::line(&plan.place(fault)));
    }
    let more = plan.faults.len().saturating_sub(LISTED);
    if more > 0 {
        let _ = writeln!(words, "left out: {more} faults more; --json lists them");
    }
    // When nobody can read it there is nobody to tell.
    let _ = std::io::stderr().write_all(words.as_bytes());
}
