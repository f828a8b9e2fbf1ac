//! Everything that is up while the console is: the guard, the screen, input and signals, one queue.

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use ratatui::buffer::Buffer;
use signal_hook::consts::SIGHUP;

use super::editor::Editor;
use super::guard::{self, Borrower, Guard};
use super::happening::Happening;
use super::input::Input;
use super::screen::Screen;
use super::signals::Signals;
use super::{clipboard, signals, suspend};
use crate::app::message::Message;
use crate::problem::{Kind, Problem};

/// Why the console ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user asked for it.
    Quit,
    /// A signal asked for it; its number.
    Signal(i32),
    /// The terminal has gone away.
    Gone,
    /// A thread died of a fault of ours, which has been printed.
    Fault,
}

impl End {
    /// The exit code of the process: 0, that of a shell for the signal (a terminal that goes away is a hangup), and
    /// that of Rust for a panic.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(signal) => signals::exit_code(signal),
            Self::Gone => signals::exit_code(SIGHUP),
            Self::Fault => 101,
        }
    }
}

/// What a happening means for the console once the terminal has been seen to.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// Something to update the state with.
    Message(Message),
    /// Nothing is left to do.
    Settled,
    /// Somebody outside asked this process to stop; [`Stage::suspend`] does it.
    SuspendAsked,
    /// It is over.
    End(End),
}

/// The terminal while it is ours. Dropping it hands the terminal back.
pub struct Stage {
    input: Input,
    signals: Signals,
    guard: Guard,
    screen: Screen,
    queue: Receiver<Happening>,
    /// What arrived while an editor ran and is not lost with the keys.
    postponed: VecDeque<Happening>,
    suspended: bool,
}

impl Stage {
    /// Takes the terminal and begins to listen; the sender is for the other threads that have something to say.
    ///
    /// # Errors
    /// There is no terminal, or the system refuses a thread; the terminal is as it was found.
    pub fn enter(
        (sender, queue): (Sender<Happening>, Receiver<Happening>),
        mut screen: Screen,
    ) -> Result<Self, Problem> {
        Guard::check()?;
        // Signals first: one that arrives a moment later must find its handler.
        let signals = Signals::listen(sender.clone()).map_err(cannot)?;
        // Of a change of its size nobody has heard until now.
        screen.fit();
        let guard = Guard::enter()?;
        let input = Input::listen(sender).map_err(cannot)?;
        Ok(Self {
            input,
            signals,
            guard,
            screen,
            queue,
            postponed: VecDeque::new(),
            suspended: false,
        })
    }

    /// A screen for [`Stage::enter`]. Its cells are a megabyte, which is taken from the system while the workspace is opened.
    #[must_use]
    pub fn screen() -> Screen {
        Screen::new()
    }

    /// A queue for [`Stage::enter`]. It is made apart so that work can begin before the terminal is taken.
    pub fn queue() -> (Sender<Happening>, Receiver<Happening>) {
        channel()
    }

    /// Waits for the next thing that happens, for as long as `patience` says, or for ever. None when time is up.
    pub fn next(&mut self, patience: Option<Duration>) -> Option<Happening> {
        if let Some(happening) = self.postponed.pop_front() {
            return Some(happening);
        }
        // All senders gone means that every thread is: there is nobody left to read the terminal.
        match patience {
            None => Some(self.queue.recv().unwrap_or(Happening::TerminalGone)),
            Some(patience) => match self.queue.recv_timeout(patience) {
                Ok(happening) => Some(happening),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => Some(Happening::TerminalGone),
            },
        }
    }

    /// The next thing that has happened already.
    pub fn next_at_once(&mut self) -> Option<Happening> {
        self.postponed
            .pop_front()
            .or_else(|| self.queue.try_recv().ok())
    }

    /// Does what a happening asks of the terminal itself, and says what is left of it for the console.
    pub fn hear(&mut self, happening: Happening) -> Heard {
        match happening {
            Happening::Typed(message) | Happening::Message(message) => Heard::Message(message),
            Happening::Resized => {
                self.repaint();
                let (columns, rows) = self.size();
                Heard::Message(Message::Resize(columns, rows))
            }
            Happening::SuspendAsked => Heard::SuspendAsked,
            Happening::Continued => match self.continued() {
                Ok(()) => Heard::Message(Message::Resumed),
                Err(_) => Heard::End(End::Gone),
            },
            Happening::EndAsked(signal) => Heard::End(End::Signal(signal)),
            Happening::TerminalGone => Heard::End(End::Gone),
            Happening::ThreadDied(_) => Heard::End(End::Fault),
        }
    }

    /// Columns and rows.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.screen.size()
    }

    /// Draws one frame, which `view` fills, saying where the cursor is to stand; nothing is sent while somebody else has the
    /// terminal.
    ///
    /// # Errors
    /// The terminal has gone away.
    pub fn draw(&mut self, view: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) -> io::Result<()> {
        self.screen.draw(&self.guard, view)
    }

    /// Takes the terminal's present size; the next frame paints every cell. For a resize, and for the user who
    /// sees a mess that somebody else wrote.
    pub fn repaint(&mut self) {
        self.screen.repaint();
    }

    /// Switches mouse reports.
    ///
    /// # Errors
    /// The terminal has gone away.
    pub fn set_mouse(&self, on: bool) -> io::Result<()> {
        self.guard.set_mouse(on)
    }

    /// Puts a text on the clipboard, as far as the terminal lets us.
    ///
    /// # Errors
    /// The text is too long, or the terminal has gone away.
    pub fn copy(&self, text: &str) -> Result<(), Problem> {
        let sequence = clipboard::copy(text)?;
        match self.guard.write(&sequence) {
            Ok(_) => Ok(()),
            Err(error) => Err(terminal_gone(&error)),
        }
    }

    /// Hands the terminal to the shell and stops. `group` says whom to stop: for Ctrl-Z all processes of the job, for
    /// a signal from outside this one. The terminal is taken again when [`Happening::Continued`] arrives. Where no
    /// shell could ever continue us nothing happens but a message that says so.
    pub fn suspend(&mut self, group: bool) -> Heard {
        if !suspend::possible() {
            return Heard::Message(Message::Told(Err(Problem::new(
                Kind::Refused,
                "cannot suspend the console",
            )
            .because(
                "no shell with job control has started it, so nothing could bring it back",
            ))));
        }
        self.input.pause();
        self.suspended = true;
        if self.guard.lend(Borrower::Shell).is_err() {
            return Heard::End(End::Gone);
        }
        if group {
            suspend::stop_the_group();
        } else {
            suspend::stop_this_process();
        }
        Heard::Settled
    }

    /// Takes the terminal again after a stop, whoever asked for it.
    fn continued(&mut self) -> Result<(), Problem> {
        self.take_back()?;
        if std::mem::take(&mut self.suspended) {
            self.input.resume();
        }
        Ok(())
    }

    /// Lets the user edit a text in their own editor. What they typed ahead before the editor was up is forgotten:
    /// it was meant for the editor, and here it would be commands.
    ///
    /// # Errors
    /// See [`Editor::edit`]; or the terminal had gone away before the editor could be started.
    pub fn edit(&mut self, editor: &Editor, text: &str, folder: &Path) -> Result<String, Problem> {
        self.input.pause();
        self.signals.editor_begins();
        let edited = self
            .guard
            .lend(Borrower::Editor)
            .map_err(|error| terminal_gone(&error))
            .and_then(|()| editor.edit(text, folder));
        self.signals.editor_ended();
        self.forget_typed_ahead();
        if self.take_back().is_err() {
            // The text comes first: the console takes it in, and then ends and keeps it as a draft.
            self.postponed.push_back(Happening::TerminalGone);
        }
        self.input.resume();
        edited
    }

    /// Hands the terminal back for good. What has happened can still be read from the queue.
    pub fn leave(&mut self) {
        // What is typed from here on is for the shell.
        self.input.pause();
        guard::restore();
    }

    fn take_back(&mut self) -> Result<(), Problem> {
        self.guard
            .take_back()
            .map_err(|error| terminal_gone(&error))?;
        self.screen.repaint();
        Ok(())
    }

    fn forget_typed_ahead(&mut self) {
        self.postponed.extend(
            self.queue
                .try_iter()
                .filter(|happening| !matches!(happening, Happening::Typed(_))),
        );
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.leave();
    }
}

fn cannot(error: io::Error) -> Problem {
    Problem::new(Kind::Internal, "cannot set the console up").caused_by(&error)
}

fn terminal_gone(error: &io::Error) -> Problem {
    Problem::new(Kind::Internal, "cannot reach the terminal any more").caused_by(error)
}
