//! How far long work has come: a line on standard error where a terminal shows it, and nothing anywhere else.

use std::ops::ControlFlow;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::interrupt::Interrupt;
use crate::domain::pace::{Pace, Underway};
use crate::domain::safe_text::SafeText;
use crate::exchange::progress::{Phase, Progress, Watch};

/// What is done sooner needs no bar.
const DELAY: Duration = Duration::from_millis(500);

/// How often the time is told of work that says nothing itself.
const TICK: Duration = Duration::from_millis(250);

/// Watches an import, shows how far it is, and breaks it off at Ctrl-C.
pub(super) struct Meter<'i> {
    interrupt: &'i Interrupt,
    /// When the work began, and when this phase of it.
    started: Instant,
    phase: Phase,
    begun: Instant,
    bar: Option<ProgressBar>,
}

impl<'i> Meter<'i> {
    /// A meter that shows nothing yet.
    pub(super) fn new(interrupt: &'i Interrupt) -> Self {
        Self {
            interrupt,
            started: Instant::now(),
            phase: Phase::default(),
            begun: Instant::now(),
            bar: None,
        }
    }

    /// Takes notice of an undo or redo that is under way, and says whether to go on.
    pub(super) fn notice_reversal(&mut self, underway: &Underway) -> ControlFlow<()> {
        if self.interrupt.asked() {
            return ControlFlow::Break(());
        }
        let elapsed = self.started.elapsed();
        if elapsed < DELAY {
            return ControlFlow::Continue(());
        }
        let pace = Pace::of(underway.done, underway.of, 0, elapsed);
        let bar = self
            .bar
            .get_or_insert_with(|| bar_for(underway.of, REVERSING));
        let words = SafeText::line(&underway.words).truncated(WORDS);
        bar.set_prefix(words.to_string());
        bar.set_message(pace.to_string());
        bar.set_position(underway.done);
        ControlFlow::Continue(())
    }

    fn show(&mut self, progress: &Progress) {
        if self.phase != progress.phase {
            self.phase = progress.phase;
            self.begun = Instant::now();
            self.clear();
        }
        let elapsed = self.begun.elapsed();
        let waited = match progress.phase {
            // It is announced once, when it begins.
            Phase::Storing => self.started.elapsed(),
            Phase::Planning | Phase::Importing => elapsed,
        };
        if waited < DELAY {
            return;
        }
        let pace = Pace::of(progress.bytes, progress.of, progress.things, elapsed);
        let bar = self.bar.get_or_insert_with(|| bar(progress));
        bar.set_message(pace.to_string());
        bar.set_position(progress.bytes);
    }

    fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// The line is as it was, whatever became of the work.
impl Drop for Meter<'_> {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Watch for Meter<'_> {
    fn notice(&mut self, progress: &Progress) -> ControlFlow<()> {
        if self.interrupt.asked() {
            return ControlFlow::Break(());
        }
        self.show(progress);
        ControlFlow::Continue(())
    }
}

/// Cells for the words of what is undone.
const WORDS: usize = 48;

/// How the line of an undo or redo looks.
const REVERSING: &str = "{prefix} {bar:24} {msg} · Ctrl-C stops";

/// A bar for that phase.
fn bar(progress: &Progress) -> ProgressBar {
    let template = match progress.phase {
        Phase::Planning => "reading {bar:24} {msg} · Ctrl-C stops",
        Phase::Importing => "importing {bar:24} {msg} · Ctrl-C stops",
        Phase::Storing => "storing… {elapsed}",
    };
    let bar = bar_for(progress.of, template);
    if progress.phase == Phase::Storing {
        // It is announced once, and how much of it is left nothing tells.
        bar.enable_steady_tick(TICK);
    }
    bar
}

/// A bar that looks like that, hidden where standard error is no terminal.
fn bar_for(of: u64, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(of), ProgressDrawTarget::stderr());
    // A template of ours that could not be read would leave the bar with indicatif's own.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━━╌"));
    }
    bar
}

/// Says what is being done and for how long, for work that cannot tell how much of it is left. Its line appears when the work
/// takes longer than a moment, even while the thread that works is busy elsewhere.
pub(super) struct Steps {
    bar: ProgressBar,
    /// Ends the waiting for that moment; nothing once it has ended.
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Steps {
    /// Shows nothing yet.
    pub(super) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} · {elapsed} · Ctrl-C stops") {
            bar.set_style(style);
        }
        let (over, is_over) = channel();
        let shown = bar.clone();
        let wait = move || {
            if is_over.recv_timeout(DELAY) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        };
        // Without a thread it shows nothing.
        let thread = thread::Builder::new().name("meter".into()).spawn(wait);
        Self {
            bar,
            waiting: thread.ok().map(|thread| (over, thread)),
        }
    }

    /// Says what is being done now.
    pub(super) fn say(&self, words: impl Into<String>) {
        self.bar.set_message(words.into());
    }
}

/// The line is as it was, whatever became of the work.
impl Drop for Steps {
    fn drop(&mut self) {
        if let Some((over, thread)) = self.waiting.take() {
            drop(over);
            // A thread that panicked shows nothing any more.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
