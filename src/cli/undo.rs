//! `intake undo` and `intake redo`.

use clap::Args;

use super::action;
use super::arguments::Format;
use super::interrupt::Interrupt;
use super::meter::Meter;
use super::output::Result;
use super::patience::patiently;
use super::session::{LOGGED, Session};
use crate::domain::deed::{Obstacle, Reversal, Reversed};
use crate::domain::timeline::TimelineEntry;
use crate::problem::{Kind, Problem};

/// Undo my newest deed, or any action
#[derive(Debug, Args)]
pub(super) struct Undo {
    #[command(flatten)]
    which: Which,
}

/// Do again what was undone last, or any action that is undone
#[derive(Debug, Args)]
pub(super) struct Redo {
    #[command(flatten)]
    which: Which,
}

/// Which action.
#[derive(Debug, Args)]
struct Which {
    /// The action, as `intake log` shows it; else the newest of mine
    action: Option<String>,
    /// Leave out what others have changed since, instead of refusing
    #[arg(long)]
    rest: bool,
    #[command(flatten)]
    format: Format,
}

impl Undo {
    /// Undo is an action of its own: nothing is erased, and `intake redo` takes it back.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let reversal = self.which.reversal(session, Reversal::Newest, |entry| {
            entry.undone_by.map(|by| {
                let by = action::short(by);
                refused("cannot undo it twice", format!("{by} has undone it"))
                    .hint("“intake redo” with its id does it again")
            })
        })?;
        self.which.reverse(session, reversal, "undo")
    }
}

impl Redo {
    /// Undoes the undo.
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result {
        let reversal = self
            .which
            .reversal(session, Reversal::LastUndone, |entry| {
                entry.undone_by.is_none().then(|| {
                    refused("cannot do it again", "it is not undone".to_owned())
                        .hint("“intake log” tells what is undone")
                })
            })?;
        self.which.reverse(session, reversal, "redo")
    }
}

/// Reverses, shows how far that is where it takes long, and ends it at Ctrl-C with nothing changed.
fn reverse(
    session: &mut Session<'_>,
    interrupt: &Interrupt,
    reversal: Reversal,
) -> std::result::Result<Reversed, Problem> {
    let workspace = &mut session.workspace;
    let reverse = || {
        let mut meter = Meter::new(interrupt);
        workspace.reverse_watched(reversal, &|_| true, &mut |underway| {
            meter.notice_reversal(underway)
        })
    };
    interrupt.guard(|| patiently(reverse, || interrupt.asked()))
}

fn refused(summary: &str, why: String) -> Problem {
    Problem::new(Kind::Refused, summary).because(why)
}

impl Which {
    /// What to reverse; `objection` says what is wrong with the action that was named.
    fn reversal(
        &self,
        session: &Session<'_>,
        newest: Reversal,
        objection: impl FnOnce(&TimelineEntry) -> Option<Problem>,
    ) -> std::result::Result<Reversal, Problem> {
        let Some(text) = &self.action else {
            return Ok(newest);
        };
        let entry = action::find(session, text)?;
        match objection(&entry) {
            Some(problem) => Err(problem),
            None => Ok(Reversal::Action {
                action: entry.action,
                rest: self.rest,
            }),
        }
    }

    fn reverse(&self, session: &mut Session<'_>, reversal: Reversal, verb: &str) -> Result {
        let interrupt = Interrupt::listen(session.workspace.interrupter())?;
        let mut reversed = reverse(session, &interrupt, reversal)?;
        // The newest deed is known only now, and the rest of it was asked for.
        if let (true, Reversed::Refused { action, .. }) = (self.rest, &reversed) {
            let action = *action;
            if !matches!(reversal, Reversal::Action { .. }) {
                let rest = Reversal::Action { action, rest: true };
                reversed = reverse(session, &interrupt, rest)?;
            }
        }
        match reversed {
            Reversed::Done(outcome) => {
                session.output.stored(LOGGED);
                session.tell(&outcome, self.format)
            }
            Reversed::NotYours => Err(Problem::new(
                Kind::Refused,
                "nothing here is yours to undo: others did all there is, or you did it on another device",
            )
            .hint("“intake log” lists all actions; “intake undo” with an id reaches any of them")
            .into()),
            // Nobody is asked here: whoever types a command has thought about it.
            Reversed::Nothing | Reversed::Unsure(_) => Err(Problem::new(
                Kind::Refused,
                format!("there is nothing to {verb}"),
            )
            .hint(format!(
                "“intake log” lists all actions; “intake {verb}” with an id reaches any of them"
            ))
            .into()),
            Reversed::Refused {
                action,
                obstacles,
                rest,
            } => Err(self
                .obstacles(verb, &action::short(action), &obstacles, rest)
                .into()),
        }
    }

    fn obstacles(&self, verb: &str, action: &str, obstacles: &[Obstacle], rest: usize) -> Problem {
        let summary = format!("cannot {verb} {action}: it would destroy what was done since");
        let mut problem = Problem::new(Kind::Refused, summary);
        for obstacle in obstacles {
            let by = match &obstacle.by {
                Some((who, when)) => format!(", {who} at {}", when.rfc3339()),
                None => String::new(),
            };
            problem = problem.because(format!(
                "{}, {}: {}{by}",
                obstacle.thing, obstacle.field, obstacle.words
            ));
        }
        match rest {
            0 => problem,
            rest if !self.rest => problem.hint(format!(
                "“intake {verb} {action} --rest” leaves that out and does the other {rest}"
            )),
            _ => problem,
        }
    }
}
