//! Frames: drawn in memory, sent in one piece, inside a synchronized update.

use std::io;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{Clear, ClearType};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::changes::Changes;
use super::guard::Guard;
use super::pen;

/// Holds the terminal's painting until [`END`]; terminals that do not know it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";

/// Ends [`BEGIN`].
const END: &[u8] = b"\x1b[?2026l";

/// The size to draw at where the terminal does not know its own (a serial line, a container's console).
const FALLBACK: Rect = Rect::new(0, 0, 80, 24);

/// What the terminal shows, cell by cell, and the means to change it.
///
/// In the place of ratatui's `Terminal`, which would ask for the size before each frame (and where that fails, start the
/// program `tput`), asks the terminal where the cursor is when it clears, whose answer the input thread would take, and
/// flushes after each of the cursor's commands. A frame leaves as a whole.
pub struct Screen {
    shown: Buffer,
    /// The frame in the making; blank between two of them.
    next: Buffer,
    /// Where the cursor stands in what is shown, if anywhere.
    cursor: Option<(u16, u16)>,
    /// What the terminal shows is not what we think.
    stale: bool,
}

impl Screen {
    /// A screen of the terminal's size, of which nothing is known yet but that it is blank. Writes nothing.
    pub fn new() -> Self {
        let area = size_now();
        Self {
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            cursor: None,
            stale: false,
        }
    }

    /// Columns and rows that the next frame is drawn at.
    pub fn size(&self) -> (u16, u16) {
        (self.next.area.width, self.next.area.height)
    }

    /// Takes the terminal's present size, if it is another one.
    pub fn fit(&mut self) {
        if self.size() != size() {
            self.repaint();
        }
    }

    /// Takes the terminal's present size, and forgets what it shows: the next frame paints every cell.
    pub fn repaint(&mut self) {
        let area = size_now();
        for buffer in [&mut self.shown, &mut self.next] {
            buffer.resize(area);
            buffer.reset();
        }
        self.stale = true;
    }

    /// Draws one frame: `view` fills it, and says where the cursor is to stand, if anywhere. What did not change since the
    /// frame before is not sent.
    ///
    /// # Errors
    /// The terminal has gone away.
    pub fn draw(
        &mut self,
        guard: &Guard,
        view: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>,
    ) -> io::Result<()> {
        let cursor = view(&mut self.next);
        let frame = self.frame(cursor)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        self.next.reset();
        self.cursor = cursor;
        self.stale = false;
        if !frame.is_empty() && !guard.write(&frame)? {
            // It went nowhere, so the terminal does not show it.
            self.repaint();
        }
        Ok(())
    }

    /// The bytes that turn what is shown to the next frame; none where nothing has changed.
    fn frame(&self, cursor: Option<(u16, u16)>) -> io::Result<Vec<u8>> {
        let mut bytes = BEGIN.to_vec();
        if self.stale {
            queue!(bytes, MoveTo(0, 0), Clear(ClearType::FromCursorDown))?;
        }
        let begun = bytes.len();
        pen::draw(&mut bytes, Changes::new(&self.shown, &self.next))?;
        if bytes.len() == begun && cursor == self.cursor && !self.stale {
            return Ok(Vec::new());
        }
        match cursor {
            None => queue!(bytes, Hide)?,
            Some((x, y)) => queue!(bytes, Show, MoveTo(x, y))?,
        }
        bytes.extend_from_slice(END);
        Ok(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_in_which_nothing_changed_is_not_sent() {
        let mut screen = Screen::new();
        let sends = |screen: &Screen, cursor| !screen.frame(cursor).expect("bytes").is_empty();
        assert!(!sends(&screen, None));
        assert!(sends(&screen, Some((1, 1))));
        screen.cursor = Some((1, 1));
        assert!(!sends(&screen, Some((1, 1))));
        assert!(sends(&screen, None));
        screen
            .next
            .cell_mut((0, 0))
            .expect("a cell")
            .set_symbol("x");
        assert!(sends(&screen, Some((1, 1))));
        screen.repaint();
        assert!(sends(&screen, Some((1, 1))));
    }
}
