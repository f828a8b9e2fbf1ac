//! `intake doctor`: what is wrong with the terminal, the configuration and the workspace file.

use std::io::IsTerminal;
use std::ops::ControlFlow;

use clap::Args;
use serde::Serialize;

use super::arguments::{Format, Globals};
use super::interrupt::Interrupt;
use super::made;
use super::meter::Steps;
use super::output::{Output, Result, Stop, Tone, colours_wanted};
use super::report;
use super::setup;
use crate::config;
use crate::domain::file_health::FileHealth;
use crate::domain::safe_text::SafeText;
use crate::problem::{Kind, Problem};
use crate::query;
use crate::view::colour::Depth;
use crate::workspace::{Opening, Workspace};

/// Find out what is wrong with the terminal, the configuration and the workspace
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Compute what is derived (counts, demand, search) anew
    #[arg(long)]
    rebuild: bool,
    #[command(flatten)]
    format: Format,
}

/// What is looked at of the file.
const WORKSPACE: &str = "workspace";
const DERIVED: &str = "derived data";
const SEARCH: &str = "search";
const DATES: &str = "dates";

/// The filter for what is dated in the future.
const AHEAD: &str = "age:<0m";

/// How a sound workspace is made of a damaged one, where that can be read.
const RESCUE: &str = "“intake export all -o DUMP.jsonl”, and then “intake -w NEW.db import DUMP.jsonl”, make a sound workspace of it as long as all of it can be read";

/// What whoever stops it is told.
const STOPPED: &str = "stopped: not everything was looked at";

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Well,
    Warning,
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    subject: &'static str,
    verdict: Verdict,
    words: String,
    causes: Vec<String>,
    hints: Vec<String>,
    #[serde(skip)]
    code: u8,
}

impl Finding {
    fn well(subject: &'static str, words: impl Into<String>) -> Self {
        Self {
            subject,
            verdict: Verdict::Well,
            words: words.into(),
            causes: Vec::new(),
            hints: Vec::new(),
            code: 0,
        }
    }

    fn warning(subject: &'static str, words: impl Into<String>, hint: &str) -> Self {
        Self {
            verdict: Verdict::Warning,
            hints: vec![hint.to_owned()],
            ..Self::well(subject, words)
        }
    }

    fn wrong(subject: &'static str, problem: Problem) -> Self {
        Self {
            verdict: Verdict::Wrong,
            causes: problem.causes,
            hints: problem.hints,
            code: report::exit_code(problem.kind),
            ..Self::well(subject, problem.summary)
        }
    }
}

impl Doctor {
    /// Changes nothing without `--rebuild`; with it, nothing that is shared.
    pub(super) fn run(&self, globals: &Globals, output: &mut Output) -> Result {
        let mut findings = terminal();
        let mut stopped = None;
        match configuration(globals) {
            Ok((found, path)) => {
                findings.push(found);
                stopped = self.workspace(&path, &mut findings).err();
            }
            Err(found) => findings.push(*found),
        }
        if self.format.json {
            output.array(findings.iter().map(Ok))?;
        } else {
            for finding in &findings {
                print(output, finding)?;
            }
        }
        if let Some(stopped) = stopped {
            return Err(stopped.into());
        }
        match findings
            .iter()
            .map(|finding| finding.code)
            .find(|code| *code > 0)
        {
            Some(code) => Err(Stop::Code(code)),
            None => Ok(()),
        }
    }

    /// Looks at the workspace.
    ///
    /// # Errors
    /// Ctrl-C: what was found by then is in `findings`.
    fn workspace(
        &self,
        path: &std::path::Path,
        findings: &mut Vec<Finding>,
    ) -> std::result::Result<(), Problem> {
        if !made::is_there(path) {
            let words = format!("there is no workspace at {} yet", path.display());
            findings.push(Finding::well(WORKSPACE, words));
            return Ok(());
        }
        let opening = Opening {
            create: false,
            or_read: true,
            ..Opening::default()
        };
        let examined =
            Workspace::open(path, opening).and_then(|workspace| self.examine(workspace, findings));
        match examined {
            Err(problem) if problem.kind == Kind::Interrupted => {
                Err(Problem::new(Kind::Interrupted, STOPPED))
            }
            Err(problem) => {
                findings.push(Finding::wrong(WORKSPACE, problem));
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// One step after the other. At a million items they take minutes, so each says what it is, and Ctrl-C is heard.
    fn examine(
        &self,
        mut workspace: Workspace,
        findings: &mut Vec<Finding>,
    ) -> std::result::Result<(), Problem> {
        let interrupt = Interrupt::listen(workspace.interrupter()).map_err(|error| {
            Problem::new(Kind::Internal, "cannot listen for Ctrl-C").caused_by(&error)
        })?;
        let steps = Steps::new();
        // SQLite stops what is running; between two statements there is nothing that it would stop.
        let go_on = || match interrupt.asked() {
            true => Err(Problem::new(Kind::Interrupted, STOPPED)),
            false => Ok(()),
        };
        if let Some(problem) = workspace.unwritable() {
            findings.push(Finding::wrong(WORKSPACE, problem.clone()));
        }
        interrupt.guard(|| {
            steps.say("checking the file");
            let place = findings.len();
            findings.push(told(WORKSPACE, file(&workspace, &steps, &interrupt))?);
            go_on()?;
            if self.rebuild {
                steps.say("computing counts, demand and search");
                let rebuilt = rebuild(&mut workspace);
                let mended = rebuilt.is_ok() && findings[place].verdict == Verdict::Wrong;
                // What is known of the file already is told all the same.
                findings.push(told(DERIVED, rebuilt)?);
                go_on()?;
                if mended {
                    steps.say("checking the file again");
                    findings[place] = told(WORKSPACE, file(&workspace, &steps, &interrupt))?;
                    go_on()?;
                }
            }
            steps.say("comparing the search index with the feedback");
            findings.push(told(SEARCH, self.search(&workspace))?);
            go_on()?;
            if let Some(found) = ahead(&workspace).transpose() {
                findings.push(told(DATES, found)?);
            }
            Ok(())
        })
    }

    /// Whether the search index agrees with the rows.
    fn search(&self, workspace: &Workspace) -> std::result::Result<Finding, Problem> {
        let health = workspace.search_health()?;
        if health.faults.is_empty() {
            return Ok(Finding::well(
                SEARCH,
                format!(
                    "the index agrees with {} feedback items; the words of {} were compared",
                    health.feedback, health.looked_at
                ),
            ));
        }
        let summary = "the search index does not say what the feedback says";
        let mut problem = Problem::new(Kind::Storage, summary);
        problem.causes = health.faults;
        Ok(Finding::wrong(
            SEARCH,
            problem.hint(if self.rebuild {
                "make a copy with “intake backup FILE” before you do anything else, and report this"
            } else {
                "“intake doctor --rebuild” makes it anew from the feedback; nothing is lost"
            }),
        ))
    }
}

fn terminal() -> Vec<Finding> {
    const SUBJECT: &str = "terminal";
    let mut findings = Vec::new();
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let interactive = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok();
    findings.push(match (interactive, size) {
        (true, Some(size)) => {
            let words = format!("{} columns, {} rows", size.ws_col, size.ws_row);
            if size.ws_col < 60 || size.ws_row < 16 {
                Finding::warning(SUBJECT, words, "80×24 shows the list and the text together")
            } else {
                Finding::well(SUBJECT, words)
            }
        }
        _ => Finding::warning(
            SUBJECT,
            "standard input and output are no terminal",
            "the console needs one; the other commands do not",
        ),
    });
    findings.push(match variable("TERM") {
        None => Finding::warning(
            SUBJECT,
            "TERM is not set",
            "set it, for example to xterm-256color",
        ),
        Some(term) if term == "dumb" => Finding::warning(
            SUBJECT,
            "TERM is dumb",
            "the console cannot move the cursor there; use another terminal",
        ),
        Some(term) => Finding::well(SUBJECT, format!("TERM is {term}")),
    });
    let depth = Depth::of(config::ColourMode::Auto, |name| std::env::var(name).ok());
    let colours = match depth {
        Depth::None => "no colours",
        Depth::Sixteen => "16 colours",
        Depth::Palette => "256 colours",
        Depth::True => "24-bit colours",
    };
    let because = if colours_wanted() {
        ""
    } else {
        ", as the environment asks"
    };
    findings.push(Finding::well(SUBJECT, format!("{colours}{because}")));
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable);
    let utf8 = locale.as_ref().is_some_and(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    findings.push(if utf8 {
        Finding::well(SUBJECT, "the locale says UTF-8")
    } else {
        Finding::warning(
            SUBJECT,
            "the locale does not say UTF-8",
            "if letters look wrong, set LANG=C.UTF-8; Intake writes UTF-8 whatever it says",
        )
    });
    findings
}

/// The verdict on the configuration, and which workspace it leads to.
fn configuration(
    globals: &Globals,
) -> std::result::Result<(Finding, std::path::PathBuf), Box<Finding>> {
    const SUBJECT: &str = "configuration";
    let wrong = |problem| Box::new(Finding::wrong(SUBJECT, problem));
    let (folders, files) = setup::folders().map_err(wrong)?;
    let loaded = setup::load(&files);
    if !loaded.faults.is_empty() {
        return Err(wrong(config::problem(&loaded.faults)));
    }
    let (path, _) = setup::workspace(globals, &folders, &loaded.config).map_err(wrong)?;
    let words = format!("{} is right", folders.config.display());
    Ok((Finding::well(SUBJECT, words), path))
}

fn file(
    workspace: &Workspace,
    steps: &Steps,
    interrupt: &Interrupt,
) -> std::result::Result<Finding, Problem> {
    let health = workspace.health()?;
    let path = workspace.path().display();
    if !health.damage.is_empty() {
        return Ok(Finding::wrong(WORKSPACE, damaged(&path, health)));
    }
    let disagreements = workspace.disagreements(|done, of| {
        let percent = (done * 100).checked_div(of).unwrap_or(100).min(100);
        steps.say(format!(
            "comparing the history with what is there: {percent}%"
        ));
        match interrupt.asked() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })?;
    if !disagreements.is_empty() {
        let mut problem = Problem::new(
            Kind::Storage,
            format!("the journal and the rows of {path} disagree"),
        );
        problem.causes = disagreements;
        return Ok(Finding::wrong(
            WORKSPACE,
            problem.hint("make a copy with “intake backup FILE” before you do anything else, and report this"),
        ));
    }
    let free = health.free * 100 / health.bytes.max(1);
    Ok(Finding::well(
        WORKSPACE,
        format!(
            "{path} is sound: schema {}, {} kB, {free}% of it free, SQLite {}",
            health.schema,
            health.bytes / 1_000,
            health.library
        ),
    ))
}

/// What was found, a problem included; only who stops it is an error.
fn told(
    subject: &'static str,
    found: std::result::Result<Finding, Problem>,
) -> std::result::Result<Finding, Problem> {
    match found {
        Err(problem) if problem.kind != Kind::Interrupted => Ok(Finding::wrong(subject, problem)),
        found => found,
    }
}

/// How much feedback is dated in the future; nothing where there is none.
fn ahead(workspace: &Workspace) -> std::result::Result<Option<Finding>, Problem> {
    let filter = query::parse(AHEAD).map_err(|faults| query::problem(AHEAD, &faults))?;
    let items = match workspace.tally(&filter, None)?.total {
        0 => return Ok(None),
        1 => "1 feedback item is".to_owned(),
        total => format!("{total} feedback items are"),
    };
    Ok(Some(Finding::warning(
        DATES,
        format!("{items} dated in the future"),
        "“intake list 'age:<0m'” shows them. Where an import read day and month in the wrong order, write dates such as 2026-11-03 in \
         the file and import it again: items with an id are corrected, others after “intake undo” of the first import",
    )))
}

/// A damaged file, and what can be done.
fn damaged(path: &dyn std::fmt::Display, health: FileHealth) -> Problem {
    let mut problem = Problem::new(Kind::Storage, format!("{path} is damaged"));
    problem.causes = health.damage;
    problem
        .hint("copy the file, and those beside it whose names end in -wal and -shm, away before you do anything else")
        .hint(match health.can_be_remade {
            true => "“intake doctor --rebuild” makes anew what is named; nothing is lost",
            false => "“intake backup --help” says how to put a backup in its place",
        })
        .hint(RESCUE)
}

/// Computes what is derived anew.
fn rebuild(workspace: &mut Workspace) -> std::result::Result<Finding, Problem> {
    let remade = workspace.rebuild()?;
    let mut words = "counts, demand and search are new".to_owned();
    if !remade.is_empty() {
        words = format!(
            "{words}; made anew, because they were damaged or missing: {}",
            remade.join(", ")
        );
    }
    Ok(Finding::well(DERIVED, words))
}

fn print(output: &mut Output, finding: &Finding) -> Result {
    let (tone, mark) = match finding.verdict {
        Verdict::Well => (Tone::Good, "well     "),
        Verdict::Warning => (Tone::Warning, "warning  "),
        Verdict::Wrong => (Tone::Bad, "wrong    "),
    };
    output.pieces(&[
        (tone, SafeText::from_static(mark)),
        (Tone::Faint, SafeText::from_static(finding.subject)),
        (Tone::Plain, SafeText::from_static(": ")),
        (Tone::Plain, SafeText::line(&finding.words)),
    ])?;
    for (word, lines) in [("because: ", &finding.causes), ("hint: ", &finding.hints)] {
        for line in lines {
            output.say(&format!("           {word}{line}"))?;
        }
    }
    Ok(())
}
