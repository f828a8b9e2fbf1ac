//! The first frame: what it shows is found out by the thread that opened the workspace, while another one sees to the terminal.
//!
//! Each of the first questions follows from the answer to the one before: the header says which list is shown, the list
//! which feedback is in hand. To wake a thread takes longer than to answer one of them, a new thread above all; so they are
//! asked and answered where the program began, and the worker gets the workspace when the frame is drawn.
//!
//! ```text
//!   main    opens the workspace ── asks and answers ─────────┐ draws, and starts the worker
//!   usher   theme, keys, cells ──┘ signals, raw mode, input ─┘ stops what takes too long
//! ```

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::door::{Door, Stop};
use super::happening::Happening;
use super::stage::Stage;
use super::timer;
use crate::app::effect::Effect;
use crate::app::keymap::Keymap;
use crate::app::message::Message;
use crate::app::state::State;
use crate::app::update;
use crate::config::{self, Placed, Themes};
use crate::problem::{Kind, Problem};
use crate::view::colour::Depth;
use crate::view::theme::Theme;

/// How long the first frame waits for its first rows. Longer, and an empty console is better than none.
const FIRST_ROWS: Duration = Duration::from_millis(100);

/// How often whatever takes longer is told to stop: it may be between two statements, where nothing hears it.
const AGAIN: Duration = Duration::from_millis(10);

/// What the terminal is prepared with.
pub(super) struct Scene {
    /// The themes to choose from.
    pub(super) themes: Themes,
    /// The name of the theme to begin with.
    pub(super) theme: Placed<String>,
    /// How many colours the terminal has.
    pub(super) depth: Depth,
    /// The keys, which are looked at, so that they are there.
    pub(super) keymap: Keymap,
    /// The queue of the console.
    pub(super) queue: (Sender<Happening>, Receiver<Happening>),
}

/// The thread that prepares the terminal, takes it when it is told that the workspace is open, and sees to it that the first
/// answers do not take too long. Dropping it leaves the terminal alone, or as it was found, unless it was handed out.
pub(super) struct Usher {
    opened: Option<Sender<Opened>>,
    staged: Receiver<Staged>,
}

/// The workspace is open.
struct Opened {
    /// Stops what is being answered.
    stop: Stop,
    hurried: Arc<AtomicBool>,
    /// Hangs up when all is answered.
    answered: Receiver<()>,
}

type Staged = Result<(Theme, Stage), Problem>;

impl Usher {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system refuses it.
    pub(super) fn start(scene: Scene) -> io::Result<Self> {
        let (opened, is_open) = channel::<Opened>();
        let (stage, staged) = channel();
        thread::Builder::new().name("usher".into()).spawn(move || {
            std::hint::black_box(scene.keymap.bindings());
            let prepared = theme(&scene.themes, &scene.theme, scene.depth)
                .map(|theme| (theme, Stage::screen()));
            // Nobody says so where the workspace could not be opened.
            let Ok(opened) = is_open.recv() else { return };
            let _ = stage.send(
                prepared
                    .and_then(|(theme, screen)| Ok((theme, Stage::enter(scene.queue, screen)?))),
            );
            opened.watch();
        })?;
        Ok(Self {
            opened: Some(opened),
            staged,
        })
    }

    /// Has the terminal taken while `answer` answers the first questions, which is told when it takes too long; then `stop`
    /// stops what it reads, too.
    pub(super) fn play<T>(&self, stop: Stop, answer: impl FnOnce(&AtomicBool) -> T) -> T {
        let hurried = Arc::new(AtomicBool::new(false));
        let (answers, answered) = channel();
        if let Some(opened) = &self.opened {
            // A dead thread is found out in the end.
            let _ = opened.send(Opened {
                stop,
                hurried: Arc::clone(&hurried),
                answered,
            });
        }
        let answer = answer(&hurried);
        drop(answers);
        answer
    }

    /// The terminal, taken, and the theme.
    ///
    /// # Errors
    /// The theme has faults, or the terminal refuses; it is as it was found.
    pub(super) fn finish(&self) -> Staged {
        self.staged.recv().unwrap_or_else(|_| {
            Err(Problem::new(Kind::Internal, "cannot start the console")
                .because("a fault of ours stopped the thread that sees to the terminal"))
        })
    }
}

impl Drop for Usher {
    /// Waits for the thread: it stops nothing afterwards, and where it is just taking the terminal, that is handed back.
    fn drop(&mut self) {
        self.opened = None;
        while self.staged.recv().is_ok() {}
    }
}

impl Opened {
    fn watch(&self) {
        let mut patience = FIRST_ROWS;
        while let Err(RecvTimeoutError::Timeout) = self.answered.recv_timeout(patience) {
            self.hurried.store(true, Ordering::SeqCst);
            (self.stop)();
            patience = AGAIN;
        }
    }
}

/// The theme of that name.
///
/// # Errors
/// There is none, or it has faults.
pub(super) fn theme(
    themes: &Themes,
    name: &Placed<String>,
    depth: Depth,
) -> Result<Theme, Problem> {
    Theme::named(themes, name, depth).map_err(|faults| config::problem(&faults))
}

/// Asks and answers until nothing is awaited that the first frame shows. What comes back is for the loop: other effects, and
/// questions which the first frame does not wait for, or which there was no time for.
pub(super) fn find_out(
    state: &mut State,
    door: &mut impl Door,
    hurried: &AtomicBool,
) -> Vec<Effect> {
    let mut left = Vec::new();
    let mut effects = VecDeque::from(update::start(state));
    while let Some(effect) = effects.pop_front() {
        match effect {
            Effect::Ask { sequence, question } if !timer::can_wait(question.kind()) => {
                let answer = door.answer(question.clone());
                if hurried.load(Ordering::SeqCst) {
                    // It may have been stopped; the worker answers it when the frame is drawn.
                    left.push(Effect::Ask { sequence, question });
                    left.extend(effects);
                    break;
                }
                effects.extend(update::update(state, Message::Answer { sequence, answer }));
            }
            other => left.push(other),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::Question;
    use crate::app::keymap::Keymap;
    use crate::app::state::Settings;
    use crate::domain::moment::Moment;
    use crate::terminal::desk::Desk;
    use crate::workspace::{Opening, Workspace};

    fn state() -> State {
        let settings = Settings {
            me: None,
            workspace: "acme.db".into(),
            mouse: true,
            reduced_motion: false,
            plain: false,
            editions: Vec::new(),
            checklist: Vec::new(),
            waiting_days: 5,
            answer_template: None,
            utc_offset: 0,
        };
        State::new(settings, Keymap::default(), (80, 24), Moment(0))
    }

    /// What is found out about a new workspace, and the kinds of questions that are left.
    fn begun(hurried: bool) -> (State, Vec<Effect>, Vec<&'static str>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("acme.db");
        let workspace = Workspace::open(&path, Opening::default()).expect("a workspace");
        let mut desk = Desk::new(workspace, Vec::new()).expect("a desk");
        let mut state = state();
        let left = find_out(&mut state, &mut desk, &AtomicBool::new(hurried));
        let kinds = left.iter().filter_map(|effect| match effect {
            Effect::Ask { question, .. } => Some(question.kind()),
            _ => None,
        });
        let kinds = kinds.collect();
        (state, left, kinds)
    }

    #[test]
    fn what_the_first_frame_shows_is_there_and_the_rest_is_left_to_be_asked() {
        let (state, left, kinds) = begun(false);
        assert!(state.header.is_some() && state.inbox.loaded && state.plan.loaded);
        assert_eq!(kinds, ["ideas", "views", "vocabulary", "next-sync"]);
        assert!(left.contains(&Effect::Mouse(true)));
        let awaited = state.flight.questions.iter().map(|(_, kind)| *kind);
        assert_eq!(awaited.collect::<Vec<_>>(), kinds);
    }

    #[test]
    fn whoever_is_in_a_hurry_gets_what_there_is() {
        let (state, left, kinds) = begun(true);
        assert!(state.header.is_none() && state.asked("header"));
        assert_eq!(kinds, [Question::Header.kind()]);
        assert!(left.contains(&Effect::Mouse(true)));
    }

    #[test]
    fn what_takes_too_long_is_told_to_stop_until_it_has() {
        let (answers, answered) = channel::<()>();
        let (stopping, stopped) = channel();
        let hurried = Arc::new(AtomicBool::new(false));
        let opened = Opened {
            stop: Box::new(move || stopping.send(()).expect("the test listens")),
            hurried: Arc::clone(&hurried),
            answered,
        };
        let watching = thread::spawn(move || opened.watch());
        for _ in 0..2 {
            assert_eq!(stopped.recv(), Ok(()));
        }
        assert!(hurried.load(Ordering::SeqCst));
        drop(answers);
        watching.join().expect("it ends");
    }
}
