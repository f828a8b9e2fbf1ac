//! The usher sees to the terminal while the thread that opened the workspace finds out what the first frame shows.
//!
//! ```text
//!   main    opens the workspace ── asks and answers ─────────┐ draws, and starts the worker
//!   usher   theme, keys, cells ──┘ signals, raw mode, input ─┘ stops what takes too long
//! ```

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::door::Stop;
use super::happening::Happening;
use super::stage::Stage;
use crate::app::keymap::Keymap;
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
pub(super) struct Usher<S = (Theme, Stage)> {
    opened: Option<Sender<Opened>>,
    staged: Receiver<Result<S, Problem>>,
}

/// The workspace is open.
struct Opened {
    /// Stops what is being answered.
    stop: Stop,
    hurried: Arc<AtomicBool>,
    /// Hangs up when all is answered.
    answered: Receiver<()>,
}

impl Usher {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system refuses it.
    pub(super) fn start(scene: Scene) -> io::Result<Self> {
        let prepare = move || {
            std::hint::black_box(scene.keymap.bindings());
            let theme = theme(&scene.themes, &scene.theme, scene.depth)?;
            Ok((theme, Stage::screen()))
        };
        let queue = scene.queue;
        Self::with(prepare, |(theme, screen)| {
            Ok((theme, Stage::enter(queue, screen)?))
        })
    }
}

impl<S: Send + 'static> Usher<S> {
    /// Starts the thread, which prepares at once, and takes with what is prepared when the workspace is open.
    fn with<P>(
        prepare: impl FnOnce() -> Result<P, Problem> + Send + 'static,
        take: impl FnOnce(P) -> Result<S, Problem> + Send + 'static,
    ) -> io::Result<Self> {
        let (opened, is_open) = channel::<Opened>();
        let (stage, staged) = channel();
        thread::Builder::new().name("usher".into()).spawn(move || {
            let prepared = prepare();
            // Nobody says so where the workspace could not be opened.
            let Ok(opened) = is_open.recv() else { return };
            let _ = stage.send(prepared.and_then(take));
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
    pub(super) fn finish(&self) -> Result<S, Problem> {
        self.staged.recv().unwrap_or_else(|_| {
            Err(Problem::new(Kind::Internal, "cannot start the console")
                .because("a fault of ours stopped the thread that sees to the terminal"))
        })
    }
}

impl<S> Drop for Usher<S> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What is taken, and given back when it is dropped.
    struct Taken(Sender<&'static str>);

    impl Drop for Taken {
        fn drop(&mut self) {
            let _ = self.0.send("given back");
        }
    }

    /// An usher that prepares so, and what it tells of the taking.
    fn usher(
        prepare: impl FnOnce() -> Result<(), Problem> + Send + 'static,
    ) -> (Usher<Taken>, Receiver<&'static str>) {
        let (teller, told) = channel();
        let usher = Usher::with(prepare, move |()| {
            teller.send("taken").expect("the test listens");
            Ok(Taken(teller))
        });
        (usher.expect("a thread"), told)
    }

    fn unheard() -> Stop {
        Box::new(|| ())
    }

    #[test]
    fn the_terminal_is_taken_when_the_workspace_is_open_and_kept_by_whoever_gets_it() {
        let (usher, told) = usher(|| Ok(()));
        let answered = usher.play(unheard(), |_| told.recv());
        assert_eq!(answered, Ok("taken"));
        let taken = usher.finish().ok();
        drop(usher);
        assert!(told.try_recv().is_err());
        drop(taken.expect("a terminal"));
        assert_eq!(told.recv(), Ok("given back"));
    }

    #[test]
    fn where_no_workspace_was_opened_the_terminal_is_left_alone() {
        let (usher, told) = usher(|| Ok(()));
        drop(usher);
        assert!(told.recv().is_err());
    }

    #[test]
    fn a_terminal_that_nobody_wants_any_more_is_given_back_before_the_usher_is_gone() {
        let (usher, told) = usher(|| Ok(()));
        usher.play(unheard(), |_| ());
        drop(usher);
        assert_eq!(told.try_iter().collect::<Vec<_>>(), ["taken", "given back"]);
    }

    #[test]
    fn what_is_wrong_with_the_theme_is_said_before_the_terminal_is_taken() {
        let faulty = || Err(Problem::new(Kind::Configuration, "no theme `dusk`"));
        let (usher, told) = usher(faulty);
        usher.play(unheard(), |_| ());
        let problem = usher.finish().err().expect("a problem");
        assert_eq!(problem.summary, "no theme `dusk`");
        drop(usher);
        assert!(told.recv().is_err());
    }

    #[test]
    fn a_fault_of_ours_in_its_thread_is_told_instead_of_waited_for() {
        let (usher, _told) = usher(|| panic!("as it should be"));
        let answer = usher.play(unheard(), |_| 7);
        let problem = usher.finish().err().expect("a problem");
        assert_eq!((answer, problem.kind), (7, Kind::Internal));
    }

    #[test]
    fn an_answer_that_takes_too_long_is_hurried_and_stopped_while_the_terminal_is_taken() {
        let (usher, _told) = usher(|| Ok(()));
        let (stopping, stopped) = channel();
        let stop = move || stopping.send(()).expect("the test listens");
        let hurried = usher.play(Box::new(stop), |hurried| {
            assert_eq!(stopped.recv(), Ok(()));
            hurried.load(Ordering::SeqCst)
        });
        assert!(hurried && usher.finish().is_ok());
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
