//! Cells that a spreadsheet would run.
//!
//! A spreadsheet takes a cell of a CSV file for a formula when it begins with `=`, `+`, `-` or `@`, and one formula is
//! enough to send a sheet away or to start a program (CWE-1236; OWASP, "CSV Injection"). Such a cell gets an apostrophe
//! before it, which makes it text. Numbers stay numbers. Reading our own file takes the apostrophe off again.

use unicode_normalization::UnicodeNormalization;

use crate::domain::safe_text::is_forbidden;

/// The text as it may stand in a cell.
pub(in crate::exchange) fn defused(text: &str) -> String {
    match runs(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The text that [`defused`] made this cell of.
pub(in crate::exchange) fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest,
        _ => cell,
    }
}

/// Whether a cell could be run. Apostrophes at its beginning do not count, so that what had one before keeps it.
fn runs(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    if bare.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    // What cannot be seen is skipped by one program or another; the twins (`＝`) are folded into what they resemble.
    let seen = bare.trim_start_matches(|c: char| c.is_whitespace() || is_forbidden(c));
    let first = seen.chars().take(1).nfkc().next();
    matches!(first, Some('=' | '+' | '-' | '@')) && !is_number(bare)
}

/// Whether it is a number and nothing else: `-5.00`, `+2`, `-1e5`.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (
            number,
            exponent.strip_prefix(['-', '+']).unwrap_or(exponent),
        ),
        None => (unsigned, "0"),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    [whole, fraction, exponent]
        .iter()
        .all(|part| !part.is_empty() && digits(part))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_run_is_text_and_numbers_stay_numbers() {
        for text in [
            "=HYPERLINK(\"http://x\")",
            "+1+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(1)",
            "\t=1",
            "\rx",
            "\nx",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}x",
            " =1",
            "\u{a0}\u{200b}=1",
            "\u{feff}=1",
            "-",
            "--1",
            "-1.2.3",
            "-.",
            "+49 30 123",
            "-1e",
            "-5.",
            "\u{fe66}1",
            " -5",
            "'=1",
            "''=1",
        ] {
            assert_eq!(defused(text), format!("'{text}"), "{text:?}");
        }
        for text in [
            "", "-5.00", "-2", "+2", "-1e5", "-1.5E-3", "0", "a=1", "'quoted'", "'", "5-3", "(=1)",
        ] {
            assert_eq!(defused(text), text, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@\\-\t\r\n \u{ff1d}0-9a.e]{0,6}\\PC{0,3}") {
            let cell = defused(&text);
            prop_assert_eq!(restored(&cell), &text);
            prop_assert!(cell == text || cell.starts_with('\''));
        }
    }

    /// Everything that others have collected to attack spreadsheets with, where somebody has laid it out.
    #[test]
    fn collected_payloads_are_all_text() {
        let Some(corpus) = std::env::var_os("INTAKE_CORPUS") else {
            println!("skipped: INTAKE_CORPUS is not set");
            return;
        };
        let folder = std::path::PathBuf::from(corpus).join("hostile/csv-injection-payloads");
        let mut lines = 0;
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let bytes = std::fs::read(entry.expect("an entry").path()).expect("a file");
            for line in String::from_utf8_lossy(&bytes).lines() {
                let cell = defused(line);
                let begins = cell.chars().next();
                assert!(
                    !matches!(begins, Some('=' | '+' | '@' | '\t' | '\r')),
                    "{line}"
                );
                assert!(begins != Some('-') || is_number(&cell), "{line}");
                assert_eq!(restored(&cell), line);
                lines += 1;
            }
        }
        assert!(lines > 10, "only {lines} payloads");
    }
}
