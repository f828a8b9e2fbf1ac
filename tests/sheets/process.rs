//! The process that reads is believed nothing, whatever it is.

use std::path::Path;
use std::process::{Command, Stdio};

use intake::exchange::read::sheet::{Sheet, SheetError};

use crate::workbook::{Xlsx, program, words};

fn open_with(program: &str) -> SheetError {
    let rows = words(1, &["Title", "Text"]) + &words(2, &["a", "b"]);
    let sample = Xlsx::default().sheet("S", &rows).save();
    Sheet::open(&sample.path, Path::new(program), None).expect_err("no answer")
}

#[test]
fn a_program_that_answers_nonsense_nothing_or_is_not_there_is_an_error() {
    assert!(matches!(
        open_with("/nowhere/intake"),
        SheetError::NotStarted(_)
    ));
    assert!(matches!(open_with("false"), SheetError::BrokeDown(_)));
    assert!(matches!(open_with("true"), SheetError::BrokeDown(_)));
    // Repeats its arguments for ever.
    assert!(matches!(open_with("yes"), SheetError::Garbled));
    assert!(matches!(open_with("echo"), SheetError::Garbled));
}

#[test]
fn the_command_refuses_an_order_that_it_does_not_understand() {
    for order in ["", "{}", "\"Survey\"", "{\"Rows\":{}}"] {
        let said = Command::new(program())
            .args(["read-sheet", order])
            .stdin(Stdio::null())
            .output()
            .expect("it runs");
        assert!(!said.status.success(), "{order}");
        assert_eq!(said.stdout, b"");
    }
}

#[test]
fn the_command_is_in_no_help_manual_or_completion() {
    for arguments in [&["--help"][..], &["man"], &["completions", "zsh"]] {
        let said = Command::new(program()).args(arguments).output();
        let said = String::from_utf8(said.expect("it runs").stdout).expect("text");
        assert!(said.contains("import"));
        assert!(
            !said.contains("read-sheet") && !said.contains("read\\-sheet"),
            "{arguments:?}"
        );
    }
}
