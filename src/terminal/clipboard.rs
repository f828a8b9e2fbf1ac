//! Copying through the terminal, which works over SSH as well.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use crate::problem::{Kind, Problem};

/// The longest text that is copied, in bytes. Terminals cut the sequence at about 100,000 bytes, in base64 and
/// without a word; some stop at 74,994, which is this much text.
const LONGEST: usize = 56_000;

/// The bytes (OSC 52) that make the terminal put `text` on the clipboard. Whether it does is its own decision,
/// and it gives no answer.
///
/// # Errors
/// The text is longer than terminals take.
pub fn copy(text: &str) -> Result<Vec<u8>, Problem> {
    let problem = || {
        Problem::new(
            Kind::Refused,
            format!("cannot copy {} bytes to the clipboard", text.len()),
        )
    };
    if text.len() > LONGEST {
        return Err(problem()
            .because(format!("terminals take about {LONGEST} bytes at once"))
            .hint("mark fewer items"));
    }
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut sequence)
        .map_err(|error| problem().caused_by(&error))?;
    Ok(sequence.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_copied_cannot_end_the_sequence() {
        let bytes = copy("hi\u{1b}\\\u{7}\u{9c}").expect("it is short");
        let inner = bytes
            .strip_prefix(b"\x1b]52;c;")
            .and_then(|rest| rest.strip_suffix(b"\x1b\\"))
            .expect("one OSC 52 sequence");
        assert!(
            inner
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte))
        );
    }

    #[test]
    fn a_text_that_terminals_would_cut_is_refused() {
        let problem = copy(&"x".repeat(LONGEST + 1)).expect_err("it is too long");
        assert_eq!(problem.kind, Kind::Refused);
        assert!(copy(&"x".repeat(LONGEST)).is_ok_and(|bytes| bytes.len() < 75_000));
    }
}
