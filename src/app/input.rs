//! Typing: what keys do to a line (or lines) of text, as in readline.
//!
//! The cursor is always on a grapheme border, so that a letter with its accents, or an emoji of several people, is one
//! step. Inserting can join graphemes (a letter typed before a stray accent); the cursor then goes behind what was joined.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::key::{Code, Key};
use super::state::Input;

/// The longest text that a prompt takes, in bytes; what is pasted beyond it is left out.
pub const LONGEST: usize = 1 << 20;

/// What a key did to an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// The text changed.
    Edited,
    /// The cursor moved, or could not move further.
    Moved,
    /// The text is finished.
    Submit,
    /// The key is none for editing text.
    Ignored,
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
            killed: String::new(),
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
            killed: String::new(),
        }
    }

    /// Replaces the text and puts the cursor at this byte, or the next border behind it.
    pub fn set(&mut self, text: impl Into<String>, cursor: usize) {
        let text = text.into();
        self.text = if self.multiline {
            tidy(&text)
        } else {
            one_line(&text)
        };
        self.cursor = cursor;
        self.settle();
    }

    /// Inserts text at the cursor. In one line, line ends become blanks. Control characters are left out: nothing that
    /// can be typed or pasted here has a use for them.
    pub fn insert(&mut self, text: &str) {
        let mut text = if self.multiline {
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

    /// The characters before the cursor, counted: the column for an error or a caret.
    #[must_use]
    pub fn column(&self) -> usize {
        self.text[..self.cursor].chars().count()
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reaction {
        match (key.control, key.alt) {
            (false, false) => self.plain(key.code),
            (true, false) => self.with_control(key.code),
            (false, true) => self.with_alt(key.code),
            (true, true) => Reaction::Ignored,
        }
    }

    fn plain(&mut self, code: Code) -> Reaction {
        match code {
            Code::Char(character) if !character.is_control() => {
                self.insert(character.encode_utf8(&mut [0; 4]));
                Reaction::Edited
            }
            Code::Enter if self.multiline => {
                self.insert("\n");
                Reaction::Edited
            }
            Code::Enter => Reaction::Submit,
            Code::Backspace => self.remove(self.left(self.cursor), self.cursor),
            Code::Delete => self.remove(self.cursor, self.right(self.cursor)),
            Code::Left => self.go(self.left(self.cursor)),
            Code::Right => self.go(self.right(self.cursor)),
            Code::Home => self.go(self.line_start(self.cursor)),
            Code::End => self.go(self.line_end(self.cursor)),
            Code::Up if self.multiline => self.vertical(true),
            Code::Down if self.multiline => self.vertical(false),
            _ => Reaction::Ignored,
        }
    }

    fn with_control(&mut self, code: Code) -> Reaction {
        match code {
            Code::Char('a') => self.go(self.line_start(self.cursor)),
            Code::Char('e') => self.go(self.line_end(self.cursor)),
            Code::Char('b') => self.go(self.left(self.cursor)),
            Code::Char('f') => self.go(self.right(self.cursor)),
            Code::Char('d') => self.remove(self.cursor, self.right(self.cursor)),
            Code::Char('h') => self.remove(self.left(self.cursor), self.cursor),
            Code::Char('k') => {
                let end = self.line_end(self.cursor);
                // At the end of a line the line end itself goes, as in every editor.
                let end = if end == self.cursor {
                    self.right(end)
                } else {
                    end
                };
                self.kill(self.cursor, end)
            }
            Code::Char('u') => self.kill(self.line_start(self.cursor), self.cursor),
            Code::Char('w') => self.kill(self.blank_before(self.cursor), self.cursor),
            Code::Char('y') => {
                let killed = self.killed.clone();
                self.insert(&killed);
                Reaction::Edited
            }
            Code::Char('s') => Reaction::Submit,
            Code::Left => self.go(self.word_before(self.cursor)),
            Code::Right => self.go(self.word_after(self.cursor)),
            Code::Home => self.go(0),
            Code::End => self.go(self.text.len()),
            _ => Reaction::Ignored,
        }
    }

    fn with_alt(&mut self, code: Code) -> Reaction {
        match code {
            Code::Char('b') | Code::Left => self.go(self.word_before(self.cursor)),
            Code::Char('f') | Code::Right => self.go(self.word_after(self.cursor)),
            Code::Char('d') | Code::Delete => self.kill(self.cursor, self.word_after(self.cursor)),
            Code::Backspace => self.kill(self.word_before(self.cursor), self.cursor),
            _ => Reaction::Ignored,
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
            return Reaction::Ignored;
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

    fn typed(input: &mut Input, keys: &[Key]) {
        for key in keys {
            input.key(*key);
        }
    }

    fn alt(character: char) -> Key {
        Key {
            alt: true,
            ..Key::char(character)
        }
    }

    #[test]
    fn words_are_killed_and_yanked() {
        let mut input = Input::line("ask @dana about PDF-export");
        typed(&mut input, &[Key::control('w')]);
        assert_eq!(input.text, "ask @dana about ");
        typed(&mut input, &[Key::control('a'), Key::control('y')]);
        assert_eq!(input.text, "PDF-exportask @dana about ");
        typed(&mut input, &[Key::control('k')]);
        assert_eq!((input.text.as_str(), input.cursor), ("PDF-export", 10));
        typed(&mut input, &[alt('b'), alt('d')]);
        assert_eq!(input.text, "PDF-");
        typed(&mut input, &[Key::control('u')]);
        assert_eq!((input.text.as_str(), input.killed.as_str()), ("", "PDF-"));
    }

    #[test]
    fn a_grapheme_is_one_step() {
        let mut input = Input::line("e\u{301}👩‍👩‍👧x");
        typed(
            &mut input,
            &[Key::plain(Code::Left), Key::plain(Code::Backspace)],
        );
        assert_eq!(input.text, "e\u{301}x");
        typed(
            &mut input,
            &[Key::plain(Code::Home), Key::plain(Code::Delete)],
        );
        assert_eq!(input.text, "x");
    }

    #[test]
    fn a_letter_before_a_stray_accent_takes_the_cursor_behind_it() {
        let mut input = Input::line("\u{301}x");
        typed(&mut input, &[Key::control('a'), Key::char('e')]);
        assert_eq!((input.text.as_str(), input.cursor), ("e\u{301}x", 3));
    }

    #[test]
    fn lines_are_walked_by_column_and_submitted_by_control_s() {
        let mut input = Input::lines("first line\nab\nthird line");
        assert_eq!(input.key(Key::plain(Code::Up)), Reaction::Moved);
        assert_eq!(input.cursor, 13);
        typed(&mut input, &[Key::plain(Code::Up)]);
        assert_eq!(input.cursor, 2);
        assert_eq!(input.key(Key::plain(Code::Up)), Reaction::Ignored);
        assert_eq!(input.key(Key::plain(Code::Enter)), Reaction::Edited);
        assert_eq!(input.text, "fi\nrst line\nab\nthird line");
        assert_eq!(input.key(Key::control('s')), Reaction::Submit);
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

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            6 => any::<char>().prop_map(Code::Char),
            4 => prop::sample::select("abefkuwydhst @\u{301}\u{200d}👩한\u{1F1E9}".chars().collect::<Vec<_>>())
                .prop_map(Code::Char),
            4 => prop::sample::select(vec![
                Code::Enter, Code::Backspace, Code::Delete, Code::Left, Code::Right, Code::Up, Code::Down,
                Code::Home, Code::End, Code::Tab, Code::Esc,
            ]),
        ];
        (code, any::<bool>(), any::<bool>()).prop_map(|(code, control, alt)| Key {
            code,
            control,
            alt,
            shift: false,
        })
    }

    proptest! {
        #[test]
        fn the_cursor_stays_on_a_grapheme_border(
            text in any::<String>(),
            multiline in any::<bool>(),
            keys in prop::collection::vec(any_key(), 0..60),
            pasted in any::<String>(),
        ) {
            let mut input = if multiline { Input::lines(text) } else { Input::line(text) };
            for (place, key) in keys.into_iter().enumerate() {
                if place == 10 {
                    input.insert(&pasted);
                }
                input.key(key);
                let border = input.text.grapheme_indices(true).any(|(place, _)| place == input.cursor);
                prop_assert!(border || input.cursor == input.text.len());
                prop_assert!(multiline || !input.text.contains('\n'));
            }
        }
    }
}
