//! `intake read-sheet ORDER`: the process that reads a spreadsheet for another one.
//!
//! It is nothing to be called by hand, and so in no help, manual or completion: it is taken out of the arguments before
//! they are parsed.

use std::ffi::OsString;

use super::report;
use crate::exchange::read::sheet;
use crate::problem::{Kind, Problem};

/// Does what the order says, when the arguments are one; answers the exit code.
pub(super) fn run(arguments: &[OsString]) -> Option<u8> {
    let [_, command, order] = arguments else {
        return None;
    };
    if command != sheet::COMMAND {
        return None;
    }
    Some(match sheet::serve(&order.to_string_lossy()) {
        Ok(()) => 0,
        Err(error) => {
            let words = "cannot read a spreadsheet for another process";
            report(&Problem::new(Kind::Internal, words).caused_by(&error))
        }
    })
}
