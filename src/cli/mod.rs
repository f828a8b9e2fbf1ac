//! The command line: arguments, output as text and JSON, one file per subcommand.
//!
//! ```text
//!   arguments ── setup ──> session ── the door ──> workspace
//!                             └── json, table, prose ──> output        problem ──> report ──> exit code
//! ```
//!
//! A command reads and acts through the door alone. Whatever it prints goes through `output`, where text from outside
//! becomes safe; whatever goes wrong is a problem, which [`report()`] puts on standard error.

mod action;
mod add;
mod agenda;
mod archive;
mod area;
mod arguments;
mod ask;
mod assign;
mod backup;
mod charts;
mod check;
mod comment;
mod company;
mod completions;
mod config;
mod demo;
mod doctor;
mod document;
mod duplicate;
mod export;
mod found;
mod idea;
mod import;
mod import_plan;
mod interrupt;
mod json;
mod link;
mod list;
mod log;
mod made;
mod man;
mod mapping;
mod meeting;
mod meter;
mod minutes;
mod news;
mod output;
mod patience;
mod person;
mod process;
mod read_sheet;
mod release;
mod reopen;
mod report;
mod restore;
mod roadmap;
mod rotation;
mod session;
mod setup;
mod show;
mod snooze;
mod table;
mod undo;
mod unlink;
mod wont_do;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::error::ErrorKind;
use signal_hook::consts::SIGXFSZ;

use crate::app::keymap::Keymap;
use crate::config::{Config, Folders};
use crate::domain::people::Handle;
use crate::domain::safe_text::SafeText;
use crate::problem::{Kind, Problem};
use crate::workspace::{Opening, Workspace};
use arguments::{Arguments, Command};
use output::{Output, Result, Stop, colours_wanted};
use session::{Maker, Session};
use setup::{Purpose, Setup};

/// What is left to do when the command line has done its part.
pub enum Next {
    /// Leave with that code.
    Exit(u8),
    /// Open the console.
    Console(Box<Console>),
}

/// The console that was asked for. It takes the terminal, so it is not this room's to open.
pub struct Console {
    /// The configuration.
    pub config: Config,
    /// The keys in force.
    pub keymap: Keymap,
    /// The user's folders.
    pub folders: Folders,
    /// The workspace.
    pub workspace: PathBuf,
    /// Who sits here.
    pub me: Option<Handle>,
    /// The folder of the demo, to be kept until the console is closed.
    pub scratch: Option<demo::Scratch>,
}

/// Understands the arguments (the program's own name first) and does what they ask, except for opening the console.
/// Whatever is wrong has been said on standard error.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Next {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(code) = read_sheet::run(&arguments) {
        return Next::Exit(code);
    }
    let arguments = match Arguments::of(&arguments) {
        Ok(understood) => understood,
        Err(error) => return Next::Exit(refuse(&error, &arguments)),
    };
    outlive_size_limits();
    let mut output = Output::standard();
    let done = perform(&arguments, &mut output);
    let done = match (done, output.flush()) {
        (Ok(next), Ok(())) => return next,
        (Err(stop), _) | (Ok(_), Err(stop)) => stop,
    };
    Next::Exit(match done {
        Stop::Closed => 0,
        Stop::Code(code) => code,
        Stop::Problem(problem) => report(&problem),
        Stop::Unwritten(error) => {
            let (problem, code) = output.unwritten(&error);
            report(&problem);
            code
        }
    })
}

/// Beyond the limit of a file's size a write fails, and whoever writes says so. Without a handler the signal would end the
/// process, even behind a deed that is kept already.
fn outlive_size_limits() {
    // Where it cannot be set up it is as without: nothing that is kept gets lost.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
}

/// Says on standard error what went wrong, and answers its exit code.
pub fn report(problem: &Problem) -> u8 {
    let colours = std::io::stderr().is_terminal() && colours_wanted();
    // When nobody can read it there is nobody to tell.
    let _ = std::io::stderr().write_all(report::lines(problem, colours).as_bytes());
    report::exit_code(problem.kind)
}

/// Prints what clap has to say: help and version, or what it could not understand.
fn refuse(error: &clap::Error, arguments: &[OsString]) -> u8 {
    let rendered = error.render();
    let welcome = colours_wanted();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut stdout = std::io::stdout();
            let text = match stdout.is_terminal() && welcome {
                true => rendered.ansi().to_string(),
                false => rendered.to_string(),
            };
            // `intake --help | head` is no error.
            let _ = stdout.write_all(text.as_bytes());
            0
        }
        _ => {
            let typed: Vec<String> = arguments
                .iter()
                .map(|argument| argument.to_string_lossy().into_owned())
                .collect();
            let text = report::advising_quotes(&rendered.to_string(), &typed);
            // It repeats what was typed or pasted, which may be anything.
            let text = report::repeating_little(&text, error);
            let text = SafeText::block(&text);
            let _ = std::io::stderr().write_all(text.as_str().as_bytes());
            report::exit_code(Kind::Usage)
        }
    }
}

fn perform(arguments: &Arguments, output: &mut Output) -> Result<Next> {
    let globals = &arguments.globals;
    let done = Ok(Next::Exit(0));
    match &arguments.command {
        None => {
            let setup = Setup::new(globals, Purpose::Console)?;
            made::check_folder(&setup)?;
            return Ok(console(setup, None));
        }
        Some(Command::Demo) => {
            if let Some(path) = &globals.workspace {
                let words = format!("the demo cannot be made at {}", path.display());
                return Err(Problem::new(Kind::Usage, words)
                    .because("it has a workspace of its own, fresh each time, which goes when it is closed")
                    .hint("leave out --workspace")
                    .into());
            }
            let mut setup = Setup::new(globals, Purpose::Console)?;
            let (scratch, path, me) = demo::make(&setup.folders.state, globals.me.clone())?;
            setup.workspace = path;
            setup.me = me;
            return Ok(console(setup, Some(scratch)));
        }
        Some(Command::Config(command)) => command.run(globals, output)?,
        Some(Command::Doctor(command)) => command.run(globals, output)?,
        Some(Command::Completions(command)) => command.run(output)?,
        Some(Command::Man(command)) => command.run(output)?,
        Some(command) => {
            let setup = Setup::new(globals, Purpose::Command)?;
            let (workspace, maker) = open(&setup, command.makes())?;
            let mut session = Session {
                workspace,
                maker,
                config: &setup.config,
                output,
            };
            command.run(&mut session)?;
        }
    }
    done
}

fn console(setup: Setup, scratch: Option<demo::Scratch>) -> Next {
    Next::Console(Box::new(Console {
        config: setup.config,
        keymap: setup.keymap,
        folders: setup.folders,
        workspace: setup.workspace,
        me: setup.me,
        scratch,
    }))
}

/// Opens the workspace. Only a command that makes something makes the file, and only once that is about to be written: a
/// mistyped name must not leave an empty workspace behind, and neither must a question that is answered with no.
fn open(setup: &Setup, create: bool) -> Result<(Workspace, Option<Maker<'_>>)> {
    let path: &Path = &setup.workspace;
    if create {
        made::check_folder(setup)?;
    } else if !made::is_there(path) {
        let none = format!("there is no workspace at {}", path.display());
        let why = match path.exists() {
            true => "that file is empty".to_owned(),
            false => format!("{} names that file", setup.chosen.words()),
        };
        let hint = match made::check_folder(setup) {
            Ok(()) => "“intake import FILE”, “intake add” or the console makes one there",
            Err(_) => "correct the path: there is no such folder",
        };
        return Err(Problem::new(Kind::NotFound, none)
            .because(why)
            .hint(hint)
            .into());
    }
    let opening = Opening {
        create,
        me: setup.me.clone(),
        patience: patience::TRY,
        or_read: !create,
        meetings: Some(setup.files.meetings.clone()),
        ..Opening::default()
    };
    if create && let Some(absent) = Workspace::absent(path, opening.clone())? {
        let make = move || {
            let open = || Workspace::open(path, opening.clone());
            patience::patiently(open, || false)
        };
        return Ok((absent, Some(Box::new(make))));
    }
    let open = || Workspace::open(path, opening.clone());
    Ok((patience::patiently(open, || false)?, None))
}

impl Command {
    /// Whether it makes something where nothing was, and so may make the workspace.
    const fn makes(&self) -> bool {
        match self {
            Self::Add(_) | Self::Import(_) => true,
            Self::Idea(command) => command.makes(),
            Self::Release(command) => command.makes(),
            Self::Person(command) => command.makes(),
            Self::Area(command) => command.makes(),
            Self::Company(command) => command.makes(),
            Self::Rotation(command) => command.makes(),
            _ => false,
        }
    }

    /// Does what it says, within a workspace.
    fn run(&self, session: &mut Session<'_>) -> Result {
        match self {
            Self::Import(command) => command.run(session),
            Self::Export(command) => command.run(session),
            Self::Backup(command) => command.run(session),
            Self::Mapping(command) => command.run(session),
            Self::List(command) => command.run(session),
            Self::Show(command) => command.run(session),
            Self::Add(command) => command.run(session),
            Self::Link(command) => command.run(session),
            Self::Unlink(command) => command.run(session),
            Self::Assign(command) => command.run(session),
            Self::Comment(command) => command.run(session),
            Self::Process(command) => command.run(session),
            Self::Ask(command) => command.run(session),
            Self::WontDo(command) => command.run(session),
            Self::Archive(command) => command.run(session),
            Self::Reopen(command) => command.run(session),
            Self::Duplicate(command) => command.run(session),
            Self::Snooze(command) => command.run(session),
            Self::Idea(command) => command.run(session),
            Self::Release(command) => command.run(session),
            Self::News(command) => command.run(session),
            Self::Charts(command) => command.run(session),
            Self::Roadmap(command) => command.run(session),
            Self::Person(command) => command.run(session),
            Self::Area(command) => command.run(session),
            Self::Company(command) => command.run(session),
            Self::Rotation(command) => command.run(session),
            Self::Meeting(command) => command.run(session),
            Self::Agenda(command) => command.run(session),
            Self::Check(command) => command.run(session),
            Self::Minutes(command) => command.run(session),
            Self::Undo(command) => command.run(session),
            Self::Redo(command) => command.run(session),
            Self::Log(command) => command.run(session),
            // These need no workspace and were done before one was opened.
            Self::Demo
            | Self::Config(_)
            | Self::Doctor(_)
            | Self::Completions(_)
            | Self::Man(_) => Ok(()),
        }
    }
}
