//! How far an import has come: a bar on standard error where a terminal shows it, and nothing anywhere else.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::interrupt::Interrupt;
use crate::domain::pace::Pace;
use crate::exchange::progress::{Phase, Progress, Watch};

/// What is done sooner needs no bar.
const DELAY: Duration = Duration::from_millis(500);

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

/// A bar for that phase, hidden where standard error is no terminal.
fn bar(progress: &Progress) -> ProgressBar {
    let template = match progress.phase {
        Phase::Planning => "reading {bar:24} {msg} · Ctrl-C stops",
        Phase::Importing => "importing {bar:24} {msg} · Ctrl-C stops",
        Phase::Storing => "storing…",
    };
    let bar = ProgressBar::with_draw_target(Some(progress.of), ProgressDrawTarget::stderr());
    // A template of ours that could not be read would leave the bar with indicatif's own.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━━╌"));
    }
    bar
}
