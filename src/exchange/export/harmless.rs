//! JSON whose texts come back as they were, and drive no terminal on their way.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::domain::safe_text::is_forbidden;

/// Writes each character that could drive a terminal or hide there as its number; any reader gets the same text.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_forbidden) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let mut after = rest[at..].chars();
            for unit in after.by_ref().take(1).collect::<String>().encode_utf16() {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Writes a value on a line of its own.
///
/// # Errors
/// When it cannot be written.
pub(super) fn line<T: Serialize>(writer: &mut impl io::Write, value: &T) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *writer, Harmless);
    value.serialize(&mut serializer)?;
    writer.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_and_drive_nothing() {
        let text = "a\u{1b}[2J\u{9b}31m \u{202e}gpj\u{e0041}\u{feff}é \"\\\n\u{7f}";
        let mut bytes = Vec::new();
        line(&mut bytes, &text).expect("writes");
        let written = String::from_utf8(bytes).expect("UTF-8");
        assert!(!written.trim_end().contains(is_forbidden), "{written}");
        assert!(written.contains("\\u202e") && written.contains("\\udb40\\udc41"));
        let back: String = serde_json::from_str(&written).expect("JSON");
        assert_eq!(back, text);
    }
}
