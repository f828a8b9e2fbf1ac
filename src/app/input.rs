//! Typing: what keys do to a line (or lines) of text, as in readline.
//!
//! The cursor is always on a grapheme border, so that a letter with its accents, or an emoji of several people, is one
//! step. Inserting can join graphemes (a letter typed before a stray accent); the cursor then goes behind what was joined.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::key::{Code, Key};
use super::state::Input;

/// The longest text that a prompt takes, in bytes; what is pasted beyond it is left out.
pub const LONGEST: usize = 1 << 20;

/// One way of editing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts a character at the cursor; control characters are left out.
    Type(char),
    /// Begins a new line, where there can be several.
    Newline,
    /// Moves by a grapheme.
    Left,
    /// Moves by a grapheme.
    Right,
    /// Moves to the start of this word or the one before.
    WordLeft,
    /// Moves behind the end of this word or the next.
    WordRight,
    /// Moves to the start of the line.
    LineStart,
    /// Moves to the end of the line.
    LineEnd,
    /// Moves to the line above.
    LineUp,
    /// Moves to the line below.
    LineDown,
    /// Deletes the grapheme before the cursor.
    DeleteLeft,
    /// Deletes the grapheme behind the cursor.
    DeleteRight,
    /// Deletes back to the blank before this word.
    DeleteWordLeft,
    /// Deletes to the end of this word or the next.
    DeleteWordRight,
    /// Deletes from the start of the line.
    KillToStart,
    /// Deletes to the end of the line; at the end, the line end.
    KillToEnd,
    /// Puts back what was deleted last (words and lines).
    Yank,
}

impl Edit {
    /// The way of editing that a key means: the keys of readline. Whether Enter submits, Tab completes or Esc leaves is
    /// the business of whoever holds the input.
    #[must_use]
    pub fn of(key: Key) -> Option<Self> {
        Some(match (key.code, key.control, key.alt) {
            (Code::Char(character), false, false) => Self::Type(character),
            (Code::Left, false, false) | (Code::Char('b'), true, false) => Self::Left,
            (Code::Right, false, false) | (Code::Char('f'), true, false) => Self::Right,
            (Code::Char('b'), false, true) | (Code::Left, ..) => Self::WordLeft,
            (Code::Char('f'), false, true) | (Code::Right, ..) => Self::WordRight,
            (Code::Char('a'), true, false) | (Code::Home, ..) => Self::LineStart,
            (Code::Char('e'), true, false) | (Code::End, ..) => Self::LineEnd,
            (Code::Up, false, false) => Self::LineUp,
            (Code::Down, false, false) => Self::LineDown,
            (Code::Backspace, false, false) => Self::DeleteLeft,
            (Code::Delete, false, false) | (Code::Char('d'), true, false) => Self::DeleteRight,
            (Code::Char('w'), true, false) | (Code::Backspace, ..) => Self::DeleteWordLeft,
            (Code::Char('d'), false, true) | (Code::Delete, ..) => Self::DeleteWordRight,
            (Code::Char('u'), true, false) => Self::KillToStart,
            (Code::Char('k'), true, false) => Self::KillToEnd,
            (Code::Char('y'), true, false) => Self::Yank,
            _ => return None,
        })
    }
}

/// What editing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// The text changed.
    Edited,
    /// The text is as it was.
    Moved,
    /// There is no line in that direction.
    Edge,
}

impl Input {
    /// A line with this text and the cursor at its end.
    #[must_use]
    pub fn line(text: impl Into<String>) -> Self {
        let text = one_line(&text.into());
        Self {
            cursor: text.len(),
            text,
            multiline: false,
            keeps_lines: false,
            killed: String::new(),
        }
    }

    /// A line with this text and the cursor at its end, which Enter submits, but which may have line ends: those of an editor
    /// or of what is pasted.
    #[must_use]
    pub fn paragraphs(text: impl Into<String>) -> Self {
        let text = tidy(&text.into());
        Self {
            cursor: text.len(),
            text,
            keeps_lines: true,
            ..Self::default()
        }
    }

    /// Lines with this text and the cursor at their end.
    #[must_use]
    pub fn lines(text: impl Into<String>) -> Self {
        let text = tidy(&text.into());
        Self {
            cursor: text.len(),
            text,
            multiline: true,
            keeps_lines: true,
            killed: String::new(),
        }
    }

    /// Replaces the text and puts the cursor at this byte, or the next border behind it.
    pub fn set(&mut self, text: impl Into<String>, cursor: usize) {
        let text = text.into();
        self.text = if self.keeps_lines {
            tidy(&text)
        } else {
            one_line(&text)
        };
        self.cursor = cursor;
        self.settle();
    }

    /// Inserts text at the cursor. Where line ends are not kept they become blanks. Control characters are left out: nothing that
    /// can be typed or pasted here has a use for them.
    pub fn insert(&mut self, text: &str) {
        let mut text = if self.keeps_lines {
            tidy(text)
        } else {
            one_line(text)
        };
        let room = LONGEST.saturating_sub(self.text.len());
        if text.len() > room {
            let mut end = room;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        self.text.insert_str(self.cursor, &text);
        self.cursor += text.len();
        self.settle();
    }

    /// Carries out one way of editing.
    pub fn edit(&mut self, edit: Edit) -> Reaction {
        let at = self.cursor;
        match edit {
            Edit::Type(character) if character.is_control() => Reaction::Moved,
            Edit::Type(character) => {
                self.insert(character.encode_utf8(&mut [0; 4]));
                Reaction::Edited
            }
            Edit::Newline if self.multiline => {
                self.insert("\n");
                Reaction::Edited
            }
            Edit::Newline => Reaction::Moved,
            Edit::Left => self.go(self.left(at)),
            Edit::Right => self.go(self.right(at)),
            Edit::WordLeft => self.go(self.word_before(at)),
            Edit::WordRight => self.go(self.word_after(at)),
            Edit::LineStart => self.go(self.line_start(at)),
            Edit::LineEnd => self.go(self.line_end(at)),
            Edit::LineUp => self.vertical(true),
            Edit::LineDown => self.vertical(false),
            Edit::DeleteLeft => self.remove(self.left(at), at),
            Edit::DeleteRight => self.remove(at, self.right(at)),
            Edit::DeleteWordLeft => self.kill(self.blank_before(at), at),
            Edit::DeleteWordRight => self.kill(at, self.word_after(at)),
            Edit::KillToStart => self.kill(self.line_start(at), at),
            Edit::KillToEnd => {
                let end = self.line_end(at);
                // At the end of a line the line end itself goes, as in every editor.
                self.kill(at, if end == at { self.right(end) } else { end })
            }
            Edit::Yank => {
                let killed = self.killed.clone();
                self.insert(&killed);
                Reaction::Edited
            }
        }
    }

    fn go(&mut self, to: usize) -> Reaction {
        self.cursor = to;
        Reaction::Moved
    }

    fn remove(&mut self, from: usize, to: usize) -> Reaction {
        if from == to {
            return Reaction::Moved;
        }
        self.text.replace_range(from..to, "");
        self.cursor = from;
        self.settle();
        Reaction::Edited
    }

    fn kill(&mut self, from: usize, to: usize) -> Reaction {
        if from != to {
            self.killed = self.text[from..to].to_owned();
        }
        self.remove(from, to)
    }

    /// The same column in the line above or below, counted in graphemes; the end of a shorter line.
    fn vertical(&mut self, up: bool) -> Reaction {
        let start = self.line_start(self.cursor);
        let column = self.text[start..self.cursor].graphemes(true).count();
        let line = if up {
            start.checked_sub(1).map(|end| self.line_start(end))
        } else {
            let end = self.line_end(self.cursor);
            (end < self.text.len()).then_some(end + 1)
        };
        let Some(line) = line else {
            return Reaction::Edge;
        };
        let end = self.line_end(line);
        self.cursor = self.text[line..end]
            .grapheme_indices(true)
            .nth(column)
            .map_or(end, |(place, _)| line + place);
        self.settle();
        Reaction::Moved
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |place| place + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |place| at + place)
    }

    fn left(&self, at: usize) -> usize {
        self.text[..at]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(place, _)| place)
    }

    fn right(&self, at: usize) -> usize {
        self.text[at..]
            .graphemes(true)
            .next()
            .map_or(at, |grapheme| at + grapheme.len())
    }

    fn word_before(&self, at: usize) -> usize {
        self.before(at, |g| g.chars().any(char::is_alphanumeric))
    }

    fn blank_before(&self, at: usize) -> usize {
        self.before(at, |g| !g.chars().all(char::is_whitespace))
    }

    /// Where the run of graphemes `within` that ends before `at` (others between skipped) begins.
    fn before(&self, at: usize, within: impl Fn(&str) -> bool) -> usize {
        let mut start = at;
        let mut inside = false;
        for (place, grapheme) in self.text[..at].grapheme_indices(true).rev() {
            if within(grapheme) {
                inside = true;
            } else if inside {
                break;
            }
            start = place;
        }
        start
    }

    fn word_after(&self, at: usize) -> usize {
        let mut inside = false;
        for (place, grapheme) in self.text[at..].grapheme_indices(true) {
            if grapheme.chars().any(char::is_alphanumeric) {
                inside = true;
            } else if inside {
                return at + place;
            }
        }
        self.text.len()
    }

    /// Moves the cursor forward to the next grapheme border, if it is not on one.
    fn settle(&mut self) {
        let length = self.text.len();
        self.cursor = self.cursor.min(length);
        while !self.text.is_char_boundary(self.cursor) {
            self.cursor += 1;
        }
        let mut border = GraphemeCursor::new(self.cursor, length, true);
        if !border.is_boundary(&self.text, 0).unwrap_or(true) {
            self.cursor = border
                .next_boundary(&self.text, 0)
                .ok()
                .flatten()
                .unwrap_or(length);
        }
    }
}

/// Text without control characters but with its line ends, which are all `\n`; tabs are blanks.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' => Some('\n'),
            '\t' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// Text in one line: line ends are blanks.
fn one_line(text: &str) -> String {
    tidy(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edits(input: &mut Input, edits: &[Edit]) {
        for edit in edits {
            input.edit(*edit);
        }
    }

    #[test]
    fn words_are_killed_and_yanked() {
        let mut input = Input::line("ask @dana about PDF-export");
        edits(&mut input, &[Edit::DeleteWordLeft]);
        assert_eq!(input.text, "ask @dana about ");
        edits(&mut input, &[Edit::LineStart, Edit::Yank]);
        assert_eq!(input.text, "PDF-exportask @dana about ");
        edits(&mut input, &[Edit::KillToEnd]);
        assert_eq!((input.text.as_str(), input.cursor), ("PDF-export", 10));
        edits(&mut input, &[Edit::WordLeft, Edit::DeleteWordRight]);
        assert_eq!(input.text, "PDF-");
        edits(&mut input, &[Edit::KillToStart]);
        assert_eq!((input.text.as_str(), input.killed.as_str()), ("", "PDF-"));
    }

    #[test]
    fn a_grapheme_is_one_step() {
        let mut input = Input::line("e\u{301}👩\u{200d}👩\u{200d}👧x");
        edits(&mut input, &[Edit::Left, Edit::DeleteLeft]);
        assert_eq!(input.text, "e\u{301}x");
        edits(&mut input, &[Edit::LineStart, Edit::DeleteRight]);
        assert_eq!(input.text, "x");
    }

    #[test]
    fn a_letter_before_a_stray_accent_takes_the_cursor_behind_it() {
        let mut input = Input::line("\u{301}x");
        edits(&mut input, &[Edit::LineStart, Edit::Type('e')]);
        assert_eq!((input.text.as_str(), input.cursor), ("e\u{301}x", 3));
    }

    #[test]
    fn lines_are_walked_by_column() {
        let mut input = Input::lines("first line\nab\nthird line");
        assert_eq!(input.edit(Edit::LineUp), Reaction::Moved);
        assert_eq!(input.cursor, 13);
        edits(&mut input, &[Edit::LineUp]);
        assert_eq!(input.cursor, 2);
        assert_eq!(input.edit(Edit::LineUp), Reaction::Edge);
        assert_eq!(input.edit(Edit::Newline), Reaction::Edited);
        assert_eq!(input.text, "fi\nrst line\nab\nthird line");
        assert_eq!(Input::line("a").edit(Edit::LineDown), Reaction::Edge);
    }

    #[test]
    fn paragraphs_are_kept_where_enter_ends_the_text() {
        let mut input = Input::paragraphs("one\r\n\r\ntwo");
        assert_eq!(input.text, "one\n\ntwo");
        assert_eq!(input.edit(Edit::Newline), Reaction::Moved);
        input.insert("\nthree");
        assert_eq!(input.text, "one\n\ntwo\nthree");
        assert_eq!(input.edit(Edit::LineUp), Reaction::Moved);
        input.set("a\nb", 0);
        assert_eq!(input.text, "a\nb");
    }

    #[test]
    fn a_paste_into_one_line_has_no_line_ends_and_no_controls() {
        let mut input = Input::line("");
        input.insert("a\r\nb\u{1b}[2Jc\td");
        assert_eq!(input.text, "a b[2Jc d");
        let mut input = Input::lines("");
        input.insert("a\r\nb");
        assert_eq!(input.text, "a\nb");
    }

    fn any_edit() -> impl Strategy<Value = Edit> {
        let joining = "ab \u{301}\u{200d}👩한\u{1F1E9}"
            .chars()
            .collect::<Vec<_>>();
        prop_oneof![
            2 => any::<char>().prop_map(Edit::Type),
            2 => prop::sample::select(joining).prop_map(Edit::Type),
            6 => prop::sample::select(vec![
                Edit::Newline, Edit::Left, Edit::Right, Edit::WordLeft, Edit::WordRight, Edit::LineStart,
                Edit::LineEnd, Edit::LineUp, Edit::LineDown, Edit::DeleteLeft, Edit::DeleteRight,
                Edit::DeleteWordLeft, Edit::DeleteWordRight, Edit::KillToStart, Edit::KillToEnd, Edit::Yank,
            ]),
        ]
    }

    proptest! {
        #[test]
        fn the_cursor_stays_on_a_grapheme_border(
            text in any::<String>(),
            multiline in any::<bool>(),
            edits in prop::collection::vec(any_edit(), 0..60),
            pasted in any::<String>(),
        ) {
            let mut input = if multiline { Input::lines(text) } else { Input::line(text) };
            for (place, edit) in edits.into_iter().enumerate() {
                if place == 10 {
                    input.insert(&pasted);
                }
                input.edit(edit);
                let border = input.text.grapheme_indices(true).any(|(place, _)| place == input.cursor);
                prop_assert!(border || input.cursor == input.text.len());
                prop_assert!(multiline || !input.text.contains('\n'));
            }
        }
    }
}
