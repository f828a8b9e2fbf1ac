//! The loop: what happened becomes messages, messages change the state, effects are carried out, one frame is drawn.

use std::collections::VecDeque;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::browser;
use super::door::Door;
use super::editor::Editor;
use super::first;
use super::guard::Guard;
use super::happening::Happening;
use super::stage::{End, Heard, Stage};
use super::timer;
use super::usher::{self, Scene, Usher};
use super::worker::{Flag, Request, Worker};
use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::app::prompt::draft;
use crate::app::state::State;
use crate::app::update;
use crate::config::{Placed, Themes};
use crate::domain::moment::{DAY, Moment};
use crate::problem::{Kind, Problem};
use crate::view;
use crate::view::colour::Depth;
use crate::view::theme::Theme;
use crate::workspace::Clock;

/// How many happenings are taken in before a frame is drawn all the same: whoever pastes a book into a list should
/// see something move.
const MOST_AT_ONCE: usize = 1_000;

/// What is said where the end takes a while. The terminal is handed back by then.
const WAITING: &str = "waiting for the disk: what was done last is not confirmed yet (Ctrl-C twice ends without that)\n";

/// What the loop needs to know besides the workspace.
pub struct Console {
    /// The state to begin with.
    pub state: State,
    /// The themes to choose from.
    pub themes: Themes,
    /// The name of the theme to begin with.
    pub theme: Placed<String>,
    /// How many colours the terminal has.
    pub depth: Depth,
    /// Command lines of editors, in the order of preference: the setting, `$VISUAL`, `$EDITOR`.
    pub editors: Vec<Option<String>>,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where the text for an editor is put.
    pub folder: PathBuf,
}

/// Runs the console on the workspace that `open` opens, until it ends. The terminal is as it was found whenever this
/// returns, and everything that was confirmed or told to be written is written.
///
/// The terminal is prepared while `open` runs, and taken when it has succeeded: a workspace that cannot be opened is reported
/// without a flash of the screen.
///
/// # Errors
/// The workspace cannot be opened, there is no terminal, or a last deed could not be written.
pub fn run<D: Door + Send + 'static>(
    mut console: Console,
    open: impl FnOnce() -> Result<D, Problem>,
) -> Result<End, Problem> {
    Guard::check()?;
    let (sender, queue) = Stage::queue();
    console.state.size = super::screen::size();
    console.state.now = console.clock.now();
    let scene = Scene {
        themes: console.themes.clone(),
        theme: console.theme.clone(),
        depth: console.depth,
        keymap: console.state.keymap.clone(),
        queue: (sender.clone(), queue),
    };
    let usher = Usher::start(scene).map_err(|error| cannot_start(&error))?;
    let mut door = open()?;
    let mut effects = usher.play(door.stop(), |hurried| {
        first::find_out(&mut console.state, &mut door, hurried)
    });
    let (theme, mut stage) = usher.finish()?;
    let size = stage.size();
    if size != console.state.size {
        let resize = Message::Resize(size.0, size.1);
        effects.extend(update::update(&mut console.state, resize));
    }
    let state = &console.state;
    if stage
        .draw(|frame| view::screen(state, &theme, frame))
        .is_err()
    {
        return Ok(End::Gone);
    }
    // From here on nothing that is read is in a hurry.
    drop(usher);
    let worker = Worker::start(door, sender.clone()).map_err(|error| cannot_start(&error))?;
    let mut running = Running {
        console,
        theme,
        stage,
        worker,
        sender,
    };
    let end = running.run(effects);
    running.close(end)
}

fn cannot_start(error: &std::io::Error) -> Problem {
    Problem::new(Kind::Internal, "cannot start the console").caused_by(error)
}

/// The loop while it runs.
struct Running {
    console: Console,
    theme: Theme,
    stage: Stage,
    worker: Worker,
    sender: std::sync::mpsc::Sender<Happening>,
}

/// Has up to `most` things heard: the first, and those that are there already. None is taken that is not heard.
fn up_to<C, T, E>(
    most: usize,
    context: &mut C,
    first: Option<T>,
    next: fn(&mut C) -> Option<T>,
    hear: fn(&mut C, T) -> ControlFlow<E>,
) -> ControlFlow<E> {
    let mut some = first;
    let mut heard = 0;
    while let Some(one) = some {
        hear(context, one)?;
        heard += 1;
        some = if heard < most { next(context) } else { None };
    }
    ControlFlow::Continue(())
}

impl Running {
    /// The loop, from the first frame on; `left` is what that did not wait for.
    fn run(&mut self, left: Vec<Effect>) -> End {
        for effect in left {
            if let ControlFlow::Break(end) = self.carry_out(effect) {
                return end;
            }
        }
        self.worker.release();
        loop {
            let patience = timer::patience(&self.console.state, self.now());
            let happening = self.stage.next(Some(patience));
            if let ControlFlow::Break(end) = self.take(Message::Tick(self.now())) {
                return end;
            }
            let heard = up_to(
                MOST_AT_ONCE,
                self,
                happening,
                |running| running.stage.next_at_once(),
                Self::hear,
            );
            if let ControlFlow::Break(end) = heard {
                return end;
            }
            if self.draw().is_err() {
                return End::Gone;
            }
            self.worker.release();
        }
    }

    fn now(&self) -> Moment {
        self.console.clock.now()
    }

    fn draw(&mut self) -> std::io::Result<()> {
        let state = &self.console.state;
        let theme = &self.theme;
        self.stage.draw(|frame| view::screen(state, theme, frame))
    }

    fn hear(&mut self, happening: Happening) -> ControlFlow<End> {
        match self.stage.hear(happening) {
            Heard::Message(message) => self.take(message),
            Heard::Settled => ControlFlow::Continue(()),
            Heard::SuspendAsked => match self.suspend(false)? {
                Some(message) => self.take(message),
                None => ControlFlow::Continue(()),
            },
            Heard::End(end) => ControlFlow::Break(end),
        }
    }

    /// Stops the process, or the whole job. Not in the middle of a write: a stopped process would keep the workspace
    /// locked for everybody else.
    fn suspend(&mut self, group: bool) -> ControlFlow<End, Option<Message>> {
        self.worker.settle();
        match self.stage.suspend(group) {
            Heard::Message(message) => ControlFlow::Continue(Some(message)),
            Heard::End(end) => ControlFlow::Break(end),
            Heard::Settled | Heard::SuspendAsked => ControlFlow::Continue(None),
        }
    }

    /// Updates the state and carries out what follows from it.
    fn take(&mut self, message: Message) -> ControlFlow<End> {
        let mut messages = VecDeque::from([message]);
        while let Some(message) = messages.pop_front() {
            for effect in update::update(&mut self.console.state, message) {
                messages.extend(self.carry_out(effect)?);
            }
        }
        ControlFlow::Continue(())
    }

    /// Carries an effect out; what comes of it at once is the next message.
    fn carry_out(&mut self, effect: Effect) -> ControlFlow<End, Option<Message>> {
        let Some(effect) = hand_over(&self.worker, effect) else {
            return ControlFlow::Continue(None);
        };
        let message = match effect {
            // What was copied has been said; whether the terminal took it, it does not tell.
            Effect::Copy(text) => self
                .stage
                .copy(&text)
                .err()
                .map(|problem| Message::Told(Err(problem))),
            Effect::Open(url) => Some(Message::Told(self.open(&url))),
            Effect::Edit(text) => {
                let edited = self.edit(&text);
                // The clock went on while the editor ran.
                self.take(Message::Tick(self.now()))?;
                Some(Message::Edited(edited))
            }
            Effect::Mouse(on) => match self.stage.set_mouse(on) {
                Ok(()) => None,
                Err(_) => return ControlFlow::Break(End::Gone),
            },
            Effect::NextTheme => Some(Message::Told(self.next_theme())),
            Effect::Redraw => {
                self.stage.repaint();
                None
            }
            Effect::Suspend => self.suspend(true)?,
            Effect::Quit => return ControlFlow::Break(End::Quit),
            Effect::Stop => {
                self.worker.stop();
                None
            }
            Effect::Ask { .. }
            | Effect::PlanImport { .. }
            | Effect::Import { .. }
            | Effect::DropWaiting
            | Effect::Commit { .. }
            | Effect::Reverse { .. }
            | Effect::Turn { .. }
            | Effect::Write { .. }
            | Effect::SaveDraft { .. } => None,
        };
        ControlFlow::Continue(message)
    }

    fn next_theme(&mut self) -> Result<String, Problem> {
        let names = self.console.themes.names();
        let at = names
            .iter()
            .position(|name| *name == self.console.theme.value);
        let count = names.len();
        let place = at.map_or(0, |at| (at + 1) % count.max(1));
        let name = names.get(place).copied().unwrap_or_default().to_owned();
        let next = Placed::built_in(name);
        self.theme = usher::theme(&self.console.themes, &next, self.console.depth)?;
        self.console.theme = next;
        // Two of them may look much alike on some terminals.
        Ok(format!(
            "theme {} ({} of {count})",
            self.console.theme.value,
            place + 1
        ))
    }

    fn open(&self, url: &str) -> Result<String, Problem> {
        let sender = self.sender.clone();
        browser::open(url, move |problem| {
            // Nobody is left to tell when the console has ended meanwhile.
            let _ = sender.send(Happening::Message(Message::Told(Err(problem))));
        })?;
        Ok(format!("opening {url}"))
    }

    /// None when the user left the text as it was.
    fn edit(&mut self, text: &str) -> Result<Option<String>, Problem> {
        let editor = Editor::choose(self.console.editors.iter().map(Option::as_deref))?;
        let edited = self.stage.edit(&editor, text, &self.console.folder)?;
        Ok((edited != text.trim_end_matches(['\n', '\r'])).then_some(edited))
    }

    /// Hands the terminal back, lets the worker write what it was told to write, and reports what could not be.
    fn close(mut self, end: End) -> Result<End, Problem> {
        // Half-written text is stored once the hands have rested; from now on they rest.
        let rest = Message::Tick(self.now().plus(DAY));
        let mut effects = update::update(&mut self.console.state, rest);
        effects.extend(draft::retry(&mut self.console.state));
        for effect in effects {
            if matches!(effect, Effect::SaveDraft { .. }) {
                hand_over(&self.worker, effect);
            }
        }
        self.stage.leave();
        self.worker.finish(|| {
            // Where nobody reads it, nobody waits.
            let _ = std::io::stderr().write_all(WAITING.as_bytes());
        });
        let failed = std::iter::from_fn(|| self.stage.next_at_once()).filter_map(failure);
        failed.reduce(together).map_or(Ok(end), Err)
    }
}

/// Two problems as one, with all that either says. That something was stopped is said last: it is what was wanted.
fn together(one: Problem, other: Problem) -> Problem {
    let stopped = |problem: &Problem| problem.kind == Kind::Interrupted;
    let (mut all, other) = match stopped(&one) && !stopped(&other) {
        true => (other, one),
        false => (one, other),
    };
    let mut causes = other.causes;
    if other.summary != all.summary {
        causes.insert(0, other.summary);
    }
    for cause in causes {
        if !all.causes.contains(&cause) {
            all.causes.push(cause);
        }
    }
    for hint in other.hints {
        if !all.hints.contains(&hint) {
            all.hints.push(hint);
        }
    }
    all
}

/// The problem of a deed that was refused or that the disk does not confirm, of a file that could not be written, or of half-written text that could not be kept, where a happening is one.
fn failure(happening: Happening) -> Option<Problem> {
    match happening {
        Happening::Message(Message::Done { outcome, .. }) => outcome.err(),
        Happening::Message(Message::Reversed { outcome, .. }) => outcome.err(),
        Happening::Message(Message::Imported { outcome, .. }) => outcome.err(),
        Happening::Message(Message::Turned(outcome)) => outcome.err(),
        Happening::Message(Message::Written { outcome, .. }) => outcome.err(),
        Happening::Message(Message::Unconfirmed(problem)) => Some(problem),
        Happening::Message(Message::Unkept { problem, text, .. }) => Some(match text {
            // Nobody else has it any more.
            Some(text) => Problem {
                hints: vec!["copy it from here, and write it again when that is mended".to_owned()],
                ..problem.because(format!("what was half written could not be kept:\n{text}"))
            },
            None => problem,
        }),
        _ => None,
    }
}

/// Gives the worker what is the worker's; anything else comes back.
fn hand_over(worker: &Worker, effect: Effect) -> Option<Effect> {
    worker.request(match effect {
        Effect::Ask { sequence, question } => {
            worker.ask(sequence, question);
            return None;
        }
        Effect::Commit { ticket, deed, seen } => Request::Commit(ticket, deed, seen),
        Effect::Reverse {
            ticket,
            reversal,
            confirmed,
        } => Request::Reverse(ticket, reversal, confirmed, Flag::default()),
        Effect::Turn { meeting, turn } => Request::Turn(meeting, turn),
        Effect::Write { ticket, writing } => Request::Write(ticket, writing),
        Effect::PlanImport { ticket, wish } => Request::PlanImport(ticket, wish, Flag::default()),
        Effect::Import { ticket } => Request::Import(ticket, Flag::default()),
        Effect::DropWaiting => Request::DropWaiting,
        Effect::SaveDraft { prompt, text } => Request::SaveDraft(prompt, text),
        other => return Some(other),
    });
    None
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    #[test]
    fn of_more_than_is_heard_at_once_nothing_is_lost() {
        let all: Vec<u32> = (0..7).collect();
        let mut desk = (VecDeque::from(all.clone()), Vec::new());
        let mut frames = Vec::new();
        while let Some(first) = desk.0.pop_front() {
            let heard = up_to::<_, _, ()>(
                3,
                &mut desk,
                Some(first),
                |desk| desk.0.pop_front(),
                |desk, one| {
                    desk.1.push(one);
                    ControlFlow::Continue(())
                },
            );
            assert!(heard.is_continue());
            frames.push(desk.1.len());
        }
        assert_eq!(desk.1, all);
        assert_eq!(frames, [3, 6, 7]);
    }

    #[test]
    fn of_several_problems_at_the_end_all_are_told_and_what_was_stopped_comes_last() {
        let stopped = Problem::new(Kind::Interrupted, "the import was stopped");
        let full = Problem::new(Kind::Storage, "the disk is full").hint("make room");
        let lost = full.clone().because("half".to_owned());
        let busy = Problem::new(Kind::Busy, "another window is writing").hint("try again");
        let all = [stopped, lost, busy].into_iter().reduce(together);
        let all = all.expect("a problem");
        assert_eq!(
            (all.kind, all.summary.as_str()),
            (Kind::Storage, "the disk is full")
        );
        assert_eq!(
            all.causes,
            [
                "half",
                "the import was stopped",
                "another window is writing"
            ]
        );
        assert_eq!(all.hints, ["make room", "try again"]);
    }

    #[test]
    fn a_text_that_could_not_be_kept_is_told_at_the_end_and_a_browser_that_would_not_start_is_not()
    {
        let problem = Problem::new(Kind::Storage, "it went wrong");
        let unkept = Message::Unkept {
            prompt: "comment:1".to_owned(),
            text: Some("half".to_owned()),
            problem: problem.clone(),
        };
        let told = failure(Happening::Message(unkept)).expect("a problem");
        assert!(told.causes[0].ends_with(":\nhalf"), "{told:?}");
        for told in [Err(problem), Ok("copied".to_owned())] {
            assert_eq!(failure(Happening::Message(Message::Told(told))), None);
        }
    }
}
