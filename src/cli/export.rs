//! `intake export`: what is in the workspace as a file for other tools.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, ValueEnum};
use signal_hook::consts::{SIGHUP, SIGQUIT, SIGTERM};

use super::arguments::ToFile;
use super::document::WHOLE;
use super::idea::{self, Narrowed};
use super::interrupt::Interrupt;
use super::output::{Result, Stop};
use super::session::Session;
use crate::domain::safe_text::SafeText;
use crate::exchange::export::{Format, What};
use crate::problem::{Kind, Problem};
use crate::query;

/// Export feedback, ideas, the release plan or meetings for other tools, or all of the workspace
///
/// CSV, JSON lines, Markdown or XLSX. The whole workspace is a dump in JSON lines, with its history, which `intake import`
/// restores into an empty workspace.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to export
    what: Subject,
    /// Of feedback or ideas: a filter, as for `intake list` and `intake idea list`; else all of them
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    #[command(flatten)]
    narrowed: Narrowed,
    /// The format; else the extension of the file tells, else CSV
    #[arg(long, value_enum)]
    format: Option<Written>,
    #[command(flatten)]
    to: ToFile,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// One row for each feedback
    Feedback,
    /// One row for each idea
    Ideas,
    /// One row for each release item
    Releases,
    /// One row for each agenda item and action step
    Meetings,
    /// The whole workspace with its history
    All,
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Written {
    /// Comma-separated values
    Csv,
    /// One JSON object a line
    Jsonl,
    /// A document
    Markdown,
    /// A spreadsheet
    Xlsx,
}

impl Export {
    /// Changes nothing in the workspace.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let what = self.what(session)?;
        let file = self.to.file();
        let format = self.format(file)?;
        let interrupt = Interrupt::listen(session.workspace.interrupter())?;
        let ended = Arc::new(AtomicBool::new(false));
        for signal in [SIGTERM, SIGHUP, SIGQUIT] {
            signal_hook::flag::register(signal, Arc::clone(&ended))?;
        }
        let stopped = || interrupt.asked() || ended.load(Ordering::Relaxed);
        interrupt.guard(|| match file {
            Some(path) => self.keep(session, (&what, format), path, &stopped),
            None => self.print(session, (&what, format), &stopped),
        })
    }

    /// Writes to a file, and says so.
    fn keep(
        &self,
        session: &mut Session<'_>,
        request: (&What, Format),
        path: &Path,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result {
        let done = session
            .workspace
            .export_to_file(request, path, self.to.force, stopped)?;
        session.output.stored(WHOLE);
        let words = format!("wrote {} to {}", done.words(request.0), path.display());
        session.output.say(&words)
    }

    fn what(&self, session: &Session<'_>) -> Result<What> {
        let filter = self.filter.join(" ");
        if self.narrowed.is_narrowed() && self.what != Subject::Ideas {
            return Err(usage("--status, --owner and --area narrow ideas alone")
                .hint("for feedback, write a filter: owner:@hana area:Boards")
                .into());
        }
        let whole = !matches!(self.what, Subject::Feedback | Subject::Ideas);
        if whole && !filter.is_empty() {
            return Err(usage("only feedback and ideas can be filtered")
                .hint("leave the filter out: releases, meetings and all are exported whole")
                .into());
        }
        Ok(match self.what {
            Subject::Feedback => What::Feedback(
                query::parse(&filter).map_err(|faults| query::problem(&filter, &faults))?,
            ),
            Subject::Ideas => {
                let query = self.narrowed.query(session)?;
                What::Ideas(query, idea::filter::read(session, &filter)?)
            }
            Subject::Releases => What::Releases(session.workspace.updates_asked_since()?),
            Subject::Meetings => What::Meetings,
            Subject::All => What::All,
        })
    }

    fn format(&self, file: Option<&Path>) -> Result<Format> {
        let asked = self.format.map(|format| match format {
            Written::Csv => Format::Csv,
            Written::Jsonl => Format::JsonLines,
            Written::Markdown => Format::Markdown,
            Written::Xlsx => Format::Xlsx,
        });
        let told = asked.or_else(|| file.and_then(Format::of));
        match (told, self.what, file) {
            (Some(format), ..) => Ok(format),
            (None, Subject::All, _) => Ok(Format::JsonLines),
            (None, _, None) => Ok(Format::Csv),
            (None, _, Some(path)) => {
                Ok(Format::told_by(path)
                    .map_err(|problem| problem.hint("or say it with --format"))?)
            }
        }
    }

    /// Writes to standard output: to a terminal made safe, elsewhere as it is.
    fn print(
        &self,
        session: &mut Session<'_>,
        request: (&What, Format),
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result {
        let terminal = io::stdout().is_terminal();
        if terminal && request.1 == Format::Xlsx {
            return Err(usage("a spreadsheet cannot be shown in a terminal")
                .hint("name a file for it: --output FILE.xlsx")
                .into());
        }
        let mut stdout = Standard {
            writer: BufWriter::with_capacity(64 << 10, io::stdout()),
            line: terminal.then(Vec::new),
            stopped,
            closed: false,
        };
        let done = session.workspace.export(request, &mut stdout);
        let done = done.and_then(|done| match stdout.flush() {
            Ok(()) => Ok(done),
            Err(error) => {
                Err(Problem::new(Kind::Storage, "cannot write the export").caused_by(&error))
            }
        });
        match done {
            _ if stdout.closed => Err(Stop::Closed),
            Err(_) if stopped() => Err(Stop::Code(130)),
            Err(problem) => Err(problem.into()),
            Ok(done) if done.cut > 0 => {
                // The output itself is for a program.
                let words = SafeText::line(&done.words(request.0)).to_string();
                Ok(writeln!(io::stderr(), "note:    {words}")?)
            }
            Ok(_) => Ok(()),
        }
    }
}

fn usage(words: &str) -> Problem {
    Problem::new(Kind::Usage, words)
}

/// Standard output.
struct Standard<'s> {
    writer: BufWriter<io::Stdout>,
    /// The line so far, where a terminal reads it.
    line: Option<Vec<u8>>,
    stopped: &'s (dyn Fn() -> bool + Sync),
    /// Nobody reads on.
    closed: bool,
}

impl Standard<'_> {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(line) = &mut self.line else {
            return self.writer.write_all(bytes);
        };
        line.extend_from_slice(bytes);
        while let Some(end) = line.iter().position(|byte| *byte == b'\n') {
            let rest = line.split_off(end + 1);
            let text = SafeText::block(&String::from_utf8_lossy(line)).to_string();
            *line = rest;
            writeln!(self.writer, "{}", text.trim_end_matches('\n'))?;
        }
        Ok(())
    }

    fn noticed<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            self.closed |= error.kind() == io::ErrorKind::BrokenPipe;
        }
        done
    }
}

impl Write for Standard<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.stopped)() {
            return Err(io::Error::other("it was stopped"));
        }
        let sent = self.send(bytes);
        self.noticed(sent).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.writer.flush();
        self.noticed(flushed)
    }
}
