//! Holding the terminal, and handing it back exactly as it was found.
//!
//! There is one terminal per process, so its state is one static behind one lock. Whoever ends the hold (the
//! loop on quit, a panic on any thread, the last resort after a signal) calls [`restore`]; the first one acts
//! and the others find it done. After that nothing is written any more, so that a frame which was still being
//! drawn cannot scribble on the shell's screen.
//!
//! ```text
//!            enter              lend                 restore
//!   Found ──────────▶ Held ◀────────────▶ Lent ─────────────────▶ Closed
//!                      │     take_back   (editor,                    ▲
//!                      │                  suspended)                 │
//!                      └─────────────────────────────────────────────┘
//! ```
//!
//! `ratatui::init` was not used: its panic hook and its `restore` leave mouse reports and bracketed paste on,
//! and nothing in it answers a signal.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::problem::{Kind, Problem};

/// Alternate screen, bracketed paste, hidden cursor.
const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?25l";

/// Undoes [`ENTER`] and [`MOUSE_ON`], and whatever a frame that was cut short left behind: synchronized
/// update, colours. Each code is harmless where its mode is already off.
const LEAVE: &str = concat!(
    "\x1b[?2026l",
    "\x1b[?1006l\x1b[?1000l",
    "\x1b[?2004l",
    "\x1b[0m",
    "\x1b[?25h",
    "\x1b[?1049l",
);

/// Presses and the wheel, with coordinates past column 223. Movement (1002, 1003) is not asked for: the console
/// has no use for it, and a moving mouse would wake it hundreds of times a second.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";

/// Undoes [`MOUSE_ON`].
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Who has the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    /// Nobody has asked for it yet.
    Found,
    /// The console draws on it.
    Held,
    /// Handed to an editor or to the shell, to be taken back.
    Lent,
    /// Handed back for good.
    Closed,
}

/// The state of the one terminal.
#[derive(Debug)]
struct Hold {
    holder: Holder,
    mouse: bool,
    /// The line modes to start from when the terminal comes back; none to start from those it comes back with.
    modes: Option<Termios>,
}

/// To whom the terminal is lent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borrower {
    /// An editor, which may crash and leave the line modes in disorder: what it did to them is forgotten.
    Editor,
    /// The shell: line modes which its user changed in the meantime are the ones to restore at the end.
    Shell,
}

static HOLD: Mutex<Hold> = Mutex::new(Hold {
    holder: Holder::Found,
    mouse: false,
    modes: None,
});

/// A panic while the lock was held must not keep the terminal from being restored.
fn hold() -> MutexGuard<'static, Hold> {
    HOLD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to draw on the terminal; dropping it hands the terminal back for good.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Refuses where no console can be drawn, without having written a byte.
    ///
    /// # Errors
    /// Standard input or output is not a terminal, or the terminal cannot address its cells.
    pub fn check() -> Result<(), Problem> {
        let refuse = |cause: &str| {
            Problem::new(Kind::Usage, "cannot open the console here")
                .because(cause)
                .hint("run `intake` in a terminal, or use a command such as `intake list` (see `intake --help`)")
        };
        if !io::stdin().is_terminal() {
            return Err(refuse("standard input is not a terminal"));
        }
        if !io::stdout().is_terminal() {
            return Err(refuse("standard output is not a terminal"));
        }
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(refuse("this terminal (TERM=dumb) cannot move its cursor"));
        }
        Ok(())
    }

    /// Takes the terminal: raw mode, alternate screen, bracketed paste, no cursor.
    /// From here on a panic on any thread restores it before a word of the panic is printed.
    ///
    /// # Errors
    /// As for [`Guard::check`]; or the terminal refuses its modes, in which case it is left as it was found.
    pub fn enter() -> Result<Self, Problem> {
        Self::check()?;
        super::panic::restore_first();
        let mut hold = hold();
        if hold.holder != Holder::Found {
            return Err(Problem::new(
                Kind::Internal,
                "cannot take the terminal twice in one process",
            ));
        }
        take(&mut hold).map_err(|error| {
            Problem::new(Kind::Internal, "cannot take over the terminal").caused_by(&error)
        })?;
        Ok(Self(()))
    }

    /// Writes bytes to the terminal in one piece; says whether the terminal was ours to write on.
    ///
    /// # Errors
    /// The terminal has gone away.
    pub fn write(&self, bytes: &[u8]) -> io::Result<bool> {
        let hold = hold();
        if hold.holder != Holder::Held {
            return Ok(false);
        }
        put(bytes)?;
        Ok(true)
    }

    /// Hands the terminal to somebody else for a while, as it was found. Does nothing unless it is held.
    ///
    /// # Errors
    /// The terminal has gone away.
    pub fn lend(&self, borrower: Borrower) -> io::Result<()> {
        let mut hold = hold();
        if hold.holder != Holder::Held {
            return Ok(());
        }
        hold.holder = Holder::Lent;
        give_back()?;
        hold.modes = match borrower {
            Borrower::Editor => Some(tcgetattr(rustix::stdio::stdin())?),
            Borrower::Shell => None,
        };
        Ok(())
    }

    /// Takes the terminal again after [`Guard::lend`], or after a stop that came without warning (SIGSTOP),
    /// where the shell has changed the modes behind our back. The screen is blank afterwards and says so by
    /// `true`; `false` means that the terminal was handed back for good in the meantime.
    ///
    /// # Errors
    /// The terminal has gone away.
    pub fn take_back(&self) -> io::Result<bool> {
        let mut hold = hold();
        match hold.holder {
            Holder::Found | Holder::Closed => Ok(false),
            Holder::Lent => {
                if let Some(modes) = hold.modes.take() {
                    tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &modes)?;
                }
                take(&mut hold).map(|()| true)
            }
            Holder::Held => {
                // Leaving first makes the terminal remember the cursor of the shell's screen anew; entering
                // twice would overwrite it with a place on ours.
                give_back()?;
                take(&mut hold).map(|()| true)
            }
        }
    }

    /// Switches mouse reports. While the terminal is lent the wish is kept for the return.
    ///
    /// # Errors
    /// The terminal has gone away.
    pub fn set_mouse(&self, on: bool) -> io::Result<()> {
        let mut hold = hold();
        if hold.mouse == on {
            return Ok(());
        }
        hold.mouse = on;
        if hold.holder == Holder::Held {
            put(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())?;
        }
        Ok(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Hands the terminal back for good, as it was found. May be called from any thread, any number of times;
/// says whether this call was the one that took it out of our hands. Errors are not reported: a terminal that
/// cannot be written to has gone away, and there is nobody left to tell.
pub fn restore() -> bool {
    let mut hold = hold();
    close(&mut hold)
}

/// [`restore`] for the moment when a thread may be stuck inside a write, because the terminal is stopped
/// (Ctrl-S) or its far end no longer reads: then the screen cannot be cleaned, but the line modes can.
pub fn restore_without_waiting() {
    match HOLD.try_lock() {
        Ok(mut hold) => {
            close(&mut hold);
        }
        Err(std::sync::TryLockError::Poisoned(poisoned)) => {
            close(&mut poisoned.into_inner());
        }
        Err(std::sync::TryLockError::WouldBlock) => {
            let _ = crossterm::terminal::disable_raw_mode();
        }
    }
}

fn close(hold: &mut Hold) -> bool {
    let was = std::mem::replace(&mut hold.holder, Holder::Closed);
    match was {
        Holder::Held => {
            let _ = give_back();
            true
        }
        Holder::Lent => true,
        Holder::Found => {
            hold.holder = Holder::Found;
            false
        }
        Holder::Closed => false,
    }
}

fn take(hold: &mut Hold) -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()?;
    hold.holder = Holder::Held;
    let taken = put(ENTER.as_bytes()).and_then(|()| {
        if hold.mouse {
            put(MOUSE_ON.as_bytes())
        } else {
            Ok(())
        }
    });
    if taken.is_err() {
        close(hold);
    }
    taken
}

/// Modes of the screen first, then the line modes: in the other order a key pressed in between would be echoed
/// on the alternate screen. Both are tried even where one fails.
fn give_back() -> io::Result<()> {
    let screen = put(LEAVE.as_bytes());
    let line = crossterm::terminal::disable_raw_mode();
    screen.and(line)
}

fn put(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The private modes that a string of codes switches with the given final letter.
    fn modes(codes: &str, letter: char) -> Vec<&str> {
        codes
            .split("\x1b[?")
            .skip(1)
            .filter_map(|code| code.split('\x1b').next()?.strip_suffix(letter))
            .collect()
    }

    #[test]
    fn leaving_switches_off_every_mode_that_entering_switches_on() {
        let off = modes(LEAVE, 'l');
        for mode in modes(ENTER, 'h').into_iter().chain(modes(MOUSE_ON, 'h')) {
            assert!(off.contains(&mode), "mode {mode} stays on");
        }
        assert!(modes(ENTER, 'l') == ["25"] && modes(LEAVE, 'h') == ["25"]);
    }

    #[test]
    fn switching_the_mouse_off_undoes_switching_it_on() {
        let mut off = modes(MOUSE_OFF, 'l');
        off.reverse();
        assert_eq!(modes(MOUSE_ON, 'h'), off);
    }

    #[test]
    fn restoring_what_was_never_taken_writes_nothing_and_may_be_repeated() {
        assert!(!restore());
        assert!(!restore());
        restore_without_waiting();
        assert_eq!(hold().holder, Holder::Found);
    }
}
