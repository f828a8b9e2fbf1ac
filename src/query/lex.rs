//! Characters into tokens. Total: every text has tokens, whatever is in it.

use super::about::About;
use super::field::Field;

/// Where a token stands: bytes for completion, characters for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// First character, from 0.
    pub column: usize,
    /// One past the last character.
    pub column_end: usize,
}

/// One value of a field, between commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The value, without its quotes and escapes.
    pub text: String,
    /// Whether it was quoted, so that `"none"` is a name.
    pub quoted: bool,
    /// Whether a quote was opened and runs to the end of the filter.
    pub unclosed: bool,
    /// Where it stands, quotes included.
    pub spot: Spot,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(` or `-(`
    Open { negated: bool },
    /// `)`
    Close,
    /// `or`
    Or,
    /// `and`, which means the same as nothing.
    And,
    /// A word or a quoted phrase.
    Text {
        negated: bool,
        text: String,
        quoted: bool,
        /// Whether a quote was opened and runs to the end of the filter.
        unclosed: bool,
    },
    /// A known field with its values; there is at least one, perhaps empty.
    Field {
        negated: bool,
        field: Field,
        parts: Vec<Part>,
    },
}

/// A token and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub spot: Spot,
}

/// Whether `text`, typed as it is, is one word and nothing else.
pub(super) fn is_bare_word(text: &str) -> bool {
    // A word must be one whatever it is about; all fields are known there.
    let mut lexer = Lexer::new(About::Ideas, text);
    let Some(Token { kind, spot }) = lexer.next() else {
        return false;
    };
    let whole = spot.start == 0 && spot.end == text.len();
    whole
        && matches!(kind, Kind::Text { negated: false, quoted: false, text: word, .. } if word == text)
}

/// Whether `text`, typed as a value of a field, needs no quotes.
pub(super) fn is_bare_value(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(is_quote) && !text.contains(|c| ends_word(c) || c == ',')
}

/// Whether a word ends before this character.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || c == '(' || c == ')'
}

/// Whether a quote is opened by this character: a straight one, or one that a keyboard or a chat has made of it.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‘')
}

/// Whether a quote that was opened by the one character is closed by the other, which `next` follows. A curly apostrophe
/// within a word closes none.
fn closes(open: char, c: char, next: Option<char>) -> bool {
    match open {
        '"' => c == '"',
        '‘' => c == '’' && next.is_none_or(|next| ends_word(next) || next == ','),
        _ => matches!(c, '"' | '“' | '”'),
    }
}

/// Reads tokens one after the other, each character once.
pub(super) struct Lexer<'a> {
    about: About,
    text: &'a str,
    byte: usize,
    column: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(about: About, text: &'a str) -> Self {
        Self {
            about,
            text,
            byte: 0,
            column: 0,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.byte..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.byte += c.len_utf8();
        self.column += 1;
        Some(c)
    }

    fn here(&self) -> Spot {
        Spot {
            start: self.byte,
            end: self.byte,
            column: self.column,
            column_end: self.column,
        }
    }

    fn since(&self, start: Spot) -> Spot {
        Spot {
            end: self.byte,
            column_end: self.column,
            ..start
        }
    }

    /// Reads up to the closing quote or, if there is none, to the end: a filter is searched while it is typed.
    /// Says whether there was one.
    fn quoted(&mut self, open: char, into: &mut String) -> bool {
        while let Some(c) = self.bump() {
            match (c, self.peek()) {
                (c, next) if closes(open, c, next) => return true,
                ('\\', Some(escaped @ ('"' | '\\'))) => {
                    self.bump();
                    into.push(escaped);
                }
                _ => into.push(c),
            }
        }
        false
    }

    /// The field whose name and colon come next. Nothing is read.
    fn field(&self) -> Option<(Field, usize)> {
        let rest = self.rest();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = rest.get(..letters)?;
        rest.get(letters..)?.strip_prefix(':')?;
        Some((self.about.field(name)?, letters + 1))
    }

    fn parts(&mut self) -> Vec<Part> {
        let mut parts = Vec::new();
        loop {
            let start = self.here();
            let mut text = String::new();
            let open = self.peek().filter(|c| is_quote(*c));
            let quoted = open.is_some();
            let mut unclosed = false;
            if let Some(open) = open {
                self.bump();
                unclosed = !self.quoted(open, &mut text);
            }
            while let Some(c) = self.peek().filter(|c| !ends_word(*c) && *c != ',') {
                text.push(c);
                self.bump();
            }
            parts.push(Part {
                text,
                quoted,
                unclosed,
                spot: self.since(start),
            });
            if self.peek() == Some(',') {
                self.bump();
            } else {
                return parts;
            }
        }
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let start = self.byte;
        while self.peek().is_some_and(|c| !ends_word(c)) {
            self.bump();
        }
        rest.get(..self.byte - start).unwrap_or("")
    }

    /// The rest of a phrase whose opening quote was read.
    fn phrase(&mut self, open: char, negated: bool) -> Kind {
        let mut text = String::new();
        let unclosed = !self.quoted(open, &mut text);
        Kind::Text {
            negated,
            text,
            quoted: true,
            unclosed,
        }
    }

    fn field_or_word(&mut self, negated: bool) -> Kind {
        if let Some((field, length)) = self.field() {
            // The name and its colon are ASCII: bytes are characters.
            self.byte += length;
            self.column += length;
            let parts = self.parts();
            return Kind::Field {
                negated,
                field,
                parts,
            };
        }
        match self.word() {
            word if !negated && word.eq_ignore_ascii_case("or") => Kind::Or,
            word if !negated && word.eq_ignore_ascii_case("and") => Kind::And,
            word => Kind::Text {
                negated,
                text: word.to_owned(),
                quoted: false,
                unclosed: false,
            },
        }
    }

    /// Whether a `-` comes next that negates what follows it. A dash alone or two of them (`--force`) are text.
    fn negates(&self) -> bool {
        let mut ahead = self.rest().chars();
        ahead.next() == Some('-')
            && ahead
                .next()
                .is_some_and(|c| c != '-' && c != ')' && !c.is_whitespace())
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        while self.peek()?.is_whitespace() {
            self.bump();
        }
        let start = self.here();
        let negated = self.negates();
        if negated {
            self.bump();
        }
        let kind = match self.peek()? {
            '(' => {
                self.bump();
                Kind::Open { negated }
            }
            ')' => {
                self.bump();
                Kind::Close
            }
            open if is_quote(open) => {
                self.bump();
                self.phrase(open, negated)
            }
            _ => self.field_or_word(negated),
        };
        Some(Token {
            kind,
            spot: self.since(start),
        })
    }
}
