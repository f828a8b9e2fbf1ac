//! The process that reads a spreadsheet, and that may die of it.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::book::{Book, Halt, Line};
use super::cell::{Cell, Sort};
use super::frame::{self, Frame, Order, Place};
use super::survey::survey;

/// What the process may use. It cannot open anything either, neither a file nor a connection: what it reads was opened by
/// its parent.
const LIMITS: [(Resource, u64); 5] = [
    (Resource::Cpu, 15),
    (Resource::Core, 0),
    (Resource::Fsize, 0),
    (Resource::Nofile, 0),
    (Resource::As, 1 << 30),
];

/// Does what the order says with the file on standard input, and answers on standard output. This is the whole life of
/// the process which `intake read-sheet` is.
///
/// # Errors
/// When it cannot limit itself, the order makes no sense, or nobody reads the answer.
pub fn serve(order: &str) -> io::Result<()> {
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    confine()?;
    let mut output = BufWriter::with_capacity(64 * 1024, output);
    answer(&serde_json::from_str(order)?, input, &mut output)?;
    output.flush()
}

/// Takes on the limits, before the first byte of the file is read.
fn confine() -> io::Result<()> {
    for (resource, limit) in LIMITS {
        let most = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let limit = Rlimit {
            current: Some(most.min(limit)),
            // The first second too many is told from the outside, the next one is not.
            maximum: Some(most.min(limit + 1)),
        };
        // macOS knows the limit of memory and does not take it.
        if let Err(error) = setrlimit(resource, limit)
            && cfg!(target_os = "linux")
        {
            return Err(error.into());
        }
    }
    Ok(())
}

/// Answers an order about a file.
///
/// # Errors
/// When nobody reads the answer.
pub fn answer(order: &Order, input: File, output: &mut impl Write) -> io::Result<()> {
    let last = match perform(order, input, output) {
        Ok(()) => Frame::Done,
        Err(Halt::Refused(refusal)) => Frame::Refused(refusal),
        Err(Halt::Output(error)) => return Err(error),
    };
    frame::write(output, &last)
}

fn perform(order: &Order, input: File, output: &mut impl Write) -> Result<(), Halt> {
    let mut book = Book::open(input)?;
    match order {
        Order::Survey(wish) => {
            let found = survey(&mut book, wish.as_deref())?;
            frame::write(output, &Frame::Survey(found))?;
        }
        Order::Rows(place) => book.rows(place.sheet, |line| {
            if line.number > place.header {
                frame::write(output, &row(line, place))?;
            }
            Ok(())
        })?,
    }
    Ok(())
}

/// The row as far as it lies in the table.
fn row(line: &Line, place: &Place) -> Frame {
    let mut cells = Vec::new();
    for cell in line.cells.iter().filter(|cell| !cell.text.is_empty()) {
        let column = cell.column.checked_sub(place.left);
        match column.filter(|column| *column < place.width) {
            Some(column) => {
                cells.resize(usize::try_from(column).unwrap_or_default(), String::new());
                cells.push(cell.text.clone());
            }
            None if cell.is_blank() => {}
            None => return Frame::Beyond(line.number, cell.column),
        }
    }
    let too_long = |cell: &&Cell| cell.sort == Sort::TooLong;
    match line.cells.iter().find(too_long) {
        Some(cell) => Frame::TooLong(line.number, cell.column),
        None => Frame::Row(line.number, cells),
    }
}
