//! Keys as plain data, and how they are written in the keymap: `g i`, `Ctrl-d`, `S-Tab`, `Alt-Up`.

use std::fmt;

/// Which key, apart from its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as typed (upper case includes shift).
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    Function(u8),
}

/// One key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With control.
    pub control: bool,
    /// With alt (or meta).
    pub alt: bool,
    /// With shift; only for keys which are not characters (`S-Tab`).
    pub shift: bool,
}

/// The names of the keys that are not characters: the first of each is the one that is printed.
const NAMES: &[(Code, &[&str])] = &[
    (Code::Enter, &["Enter", "Return", "CR"]),
    (Code::Esc, &["Esc", "Escape"]),
    (Code::Tab, &["Tab"]),
    (Code::Backspace, &["Backspace", "BS"]),
    (Code::Delete, &["Delete", "Del"]),
    (Code::Insert, &["Insert", "Ins"]),
    (Code::Left, &["←", "Left"]),
    (Code::Right, &["→", "Right"]),
    (Code::Up, &["↑", "Up"]),
    (Code::Down, &["↓", "Down"]),
    (Code::Home, &["Home"]),
    (Code::End, &["End"]),
    (Code::PageUp, &["PgUp", "PageUp"]),
    (Code::PageDown, &["PgDn", "PageDown", "PgDown"]),
    (Code::Char(' '), &["Space"]),
];

/// Why a text is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// There is nothing in it.
    #[error("a key is missing")]
    Empty,
    /// Neither a character nor a name.
    #[error(
        "“{0}” is no key: write a character, or a name such as Enter, Esc, Tab, Space, Up, PgDn, F5"
    )]
    Unknown(String),
    /// A modifier that does not exist.
    #[error("“{0}” is no modifier: write Ctrl-, Alt- or S- before the key")]
    Modifier(String),
    /// Terminals send upper case for shift and a character.
    #[error("shift and a character is the upper-case character: write {0}")]
    ShiftedCharacter(char),
    /// Terminals cannot tell them apart.
    #[error("terminals send the same for control with either case: write Ctrl-{0}")]
    UpperControl(char),
    /// Terminals send another key for it.
    #[error("“{0}” cannot be told from {1}: terminals send the same; write {1}, or another key")]
    SentAsAnother(String, &'static str),
}

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            control: false,
            alt: false,
            shift: false,
        }
    }

    /// A character without modifiers.
    #[must_use]
    pub const fn char(character: char) -> Self {
        Self::plain(Code::Char(character))
    }

    /// A character with control.
    #[must_use]
    pub const fn control(character: char) -> Self {
        Self {
            code: Code::Char(character),
            control: true,
            alt: false,
            shift: false,
        }
    }

    /// The character that this key types into a text, if it types one.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(character) if !self.control && !self.alt => Some(character),
            _ => None,
        }
    }

    /// Reads one key: a character, a name, or either behind `Ctrl-` (`C-`), `Alt-` (`A-`, `M-`), `Shift-` (`S-`).
    ///
    /// # Errors
    /// When it names no key, or one that no terminal sends.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = text;
        if rest.is_empty() {
            return Err(NotAKey::Empty);
        }
        // The last character may itself be a dash: `-`, `Ctrl--`.
        while let Some((modifier, after)) = rest
            .split_once('-')
            .filter(|(m, a)| !m.is_empty() && !a.is_empty())
        {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "c" | "control" => key.control = true,
                "alt" | "a" | "m" | "meta" => key.alt = true,
                "shift" | "s" => key.shift = true,
                _ => return Err(NotAKey::Modifier(modifier.to_owned())),
            }
            rest = after;
        }
        key.code = Self::code(rest).ok_or_else(|| NotAKey::Unknown(text.to_owned()))?;
        if let Code::Char(character) = key.code {
            if key.shift && character != ' ' {
                return Err(NotAKey::ShiftedCharacter(
                    character.to_uppercase().next().unwrap_or(character),
                ));
            }
            if key.control && character.is_ascii_uppercase() {
                return Err(NotAKey::UpperControl(character.to_ascii_lowercase()));
            }
            // What control makes of these is what the other keys always were.
            let other = match character {
                'i' => Some("Tab"),
                'm' => Some("Enter"),
                '[' => Some("Esc"),
                _ => None,
            };
            if let Some(other) = other.filter(|_| key.control) {
                return Err(NotAKey::SentAsAnother(text.to_owned(), other));
            }
        }
        Ok(key)
    }

    fn code(text: &str) -> Option<Code> {
        let mut characters = text.chars();
        let named = NAMES
            .iter()
            .find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(text)));
        if let Some((code, _)) = named {
            return Some(*code);
        }
        match (characters.next(), characters.as_str()) {
            (Some(character), "") if !character.is_control() && !character.is_whitespace() => {
                Some(Code::Char(character))
            }
            (Some('F' | 'f'), number) => match number.parse() {
                Ok(number @ 1..=24) => Some(Code::Function(number)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Reads a sequence of keys, one after another with blanks between: `g i`.
    ///
    /// # Errors
    /// The first key that cannot be read.
    pub fn sequence(text: &str) -> Result<Vec<Self>, NotAKey> {
        let keys: Vec<Self> = text
            .split_whitespace()
            .map(Self::parse)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(NotAKey::Empty);
        }
        Ok(keys)
    }

    /// Writes a sequence of keys as [`Key::sequence`] reads it.
    #[must_use]
    pub fn write(keys: &[Self]) -> String {
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        keys.join(" ")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, word) in [
            (self.control, "Ctrl-"),
            (self.alt, "Alt-"),
            (self.shift, "S-"),
        ] {
            if held {
                f.write_str(word)?;
            }
        }
        let named = NAMES.iter().find(|(code, _)| *code == self.code);
        match (named, self.code) {
            (Some((_, names)), _) => f.write_str(names[0]),
            (None, Code::Char(character)) => write!(f, "{character}"),
            (None, Code::Function(number)) => write!(f, "F{number}"),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_read_and_printed() {
        for (text, printed) in [
            ("j", "j"),
            ("G", "G"),
            ("-", "-"),
            ("Ctrl-d", "Ctrl-d"),
            ("C-x", "Ctrl-x"),
            ("ctrl--", "Ctrl--"),
            ("M-b", "Alt-b"),
            ("S-Tab", "S-Tab"),
            ("shift-tab", "S-Tab"),
            ("Alt-Up", "Alt-↑"),
            ("Alt-↑", "Alt-↑"),
            ("pgdn", "PgDn"),
            ("space", "Space"),
            ("F5", "F5"),
            ("F", "F"),
            ("é", "é"),
        ] {
            assert_eq!(
                Key::parse(text).map(|k| k.to_string()),
                Ok(printed.to_owned()),
                "{text}"
            );
        }
        assert_eq!(
            Key::sequence(" g  i "),
            Ok(vec![Key::char('g'), Key::char('i')])
        );
    }

    #[test]
    fn what_no_terminal_sends_is_refused_with_what_to_write_instead() {
        assert_eq!(Key::parse("S-a"), Err(NotAKey::ShiftedCharacter('A')));
        assert_eq!(Key::parse("Ctrl-D"), Err(NotAKey::UpperControl('d')));
        for (text, other) in [("Ctrl-i", "Tab"), ("C-m", "Enter"), ("Alt-Ctrl-[", "Esc")] {
            let error = NotAKey::SentAsAnother(text.to_owned(), other);
            assert_eq!(Key::parse(text), Err(error));
        }
        assert_eq!(
            Key::parse("Hyper-d"),
            Err(NotAKey::Modifier("Hyper".to_owned()))
        );
        for bad in ["", "gi", "F25", "F0", "Entr", "\u{1b}", "Ctrl-"] {
            assert!(Key::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(Key::sequence("  "), Err(NotAKey::Empty));
    }

    proptest! {
        #[test]
        fn whatever_is_read_reads_back_from_its_print(text in "\\PC{0,12}") {
            if let Ok(keys) = Key::sequence(&text) {
                prop_assert_eq!(Key::sequence(&Key::write(&keys)), Ok(keys));
            }
        }
    }
}
