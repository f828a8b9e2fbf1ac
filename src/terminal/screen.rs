//! Frames: drawn in memory, sent in one piece, inside a synchronized update.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::guard::Guard;

/// Holds the terminal's painting until [`END`]; terminals that do not know it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";

/// Ends [`BEGIN`].
const END: &[u8] = b"\x1b[?2026l";

/// The size to draw at where the terminal does not know its own (a serial line, a container's console).
const FALLBACK: Rect = Rect::new(0, 0, 80, 24);

/// The bytes of the frame in the making. ratatui's backend flushes after every cursor command, so flushing is
/// ignored and the frame leaves as a whole.
#[derive(Clone, Debug, Default)]
struct Ink(Arc<Mutex<Vec<u8>>>);

impl Ink {
    /// It is shared because ratatui keeps the writer to itself; nobody ever waits for it.
    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Ink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the terminal shows, cell by cell, and the means to change it.
///
/// The viewport is fixed and resized by us: ratatui would ask for the size before each frame (and where that
/// fails, start the program `tput`), and its `clear` asks the terminal where the cursor is, whose answer the
/// input thread would take.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Ink>>,
    ink: Ink,
}

impl Screen {
    /// A screen of the terminal's size, of which nothing is known yet. Writes nothing.
    ///
    /// # Errors
    /// None today; ratatui's signature has one.
    pub fn new() -> io::Result<Self> {
        let ink = Ink::default();
        let terminal = Terminal::with_options(
            CrosstermBackend::new(ink.clone()),
            TerminalOptions {
                viewport: Viewport::Fixed(size_now()),
            },
        )?;
        Ok(Self { terminal, ink })
    }

    /// Columns and rows that the next frame is drawn at.
    pub fn size(&mut self) -> (u16, u16) {
        let area = self.terminal.get_frame().area();
        (area.width, area.height)
    }

    /// Takes the terminal's present size, if it is another one.
    ///
    /// # Errors
    /// None today; ratatui's signature has one.
    pub fn fit(&mut self) -> io::Result<()> {
        match self.size() == size() {
            true => Ok(()),
            false => self.repaint(),
        }
    }

    /// Takes the terminal's present size, and forgets what it shows: the next frame paints every cell.
    ///
    /// # Errors
    /// None today; ratatui's signature has one.
    pub fn repaint(&mut self) -> io::Result<()> {
        self.terminal.resize(size_now())
    }

    /// Draws one frame. What did not change since the frame before is not sent.
    ///
    /// # Errors
    /// The terminal has gone away.
    pub fn draw(&mut self, guard: &Guard, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(view)?;
        let painted = std::mem::take(&mut *self.ink.bytes());
        let mut frame = Vec::with_capacity(BEGIN.len() + painted.len() + END.len());
        frame.extend_from_slice(BEGIN);
        frame.extend_from_slice(&painted);
        frame.extend_from_slice(END);
        if !guard.write(&frame)? {
            // It went nowhere, so the terminal does not show it.
            self.repaint()?;
        }
        Ok(())
    }
}

/// Columns and rows that the terminal has now.
pub fn size() -> (u16, u16) {
    let area = size_now();
    (area.width, area.height)
}

fn size_now() -> Rect {
    match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Rect::new(0, 0, size.ws_col, size.ws_row),
        _ => FALLBACK,
    }
}
