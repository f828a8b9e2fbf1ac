//! What goes over the pipes between the console and the process that reads a spreadsheet.
//!
//! The order is one argument, as JSON. The answer is frames: the length in four bytes, the lowest first, then so many
//! bytes of MessagePack. The last is [`Frame::Done`] or [`Frame::Refused`]; an answer without either was cut off.

use std::io::{self, ErrorKind, Read, Write};

use serde::{Deserialize, Serialize};

use super::LONGEST_ROW;
use super::refusal::Refusal;

/// The longest frame: the longest row, and what is told about each of its cells.
const LONGEST_FRAME: usize = LONGEST_ROW + (1 << 20);

/// What the child is to do with the file on its standard input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// Find the table: in the sheet of that name or number, or where there is one.
    Survey(Option<String>),
    /// Send its rows.
    Rows(Place),
}

/// Where a table lies in its workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// The row of the header, from 1 as the spreadsheet counts.
    pub header: u64,
    /// The first column, from 0.
    pub left: u32,
    /// How many columns.
    pub width: u32,
}

/// A sheet, as the workbook names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Whether a person sees it.
    pub visible: bool,
}

/// What a workbook holds, and where its table lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// All sheets of cells.
    pub sheets: Vec<Named>,
    /// The table.
    pub place: Place,
    /// The cells of the header, as many as the table is wide.
    pub columns: Vec<String>,
    /// Whether the header looks like one.
    pub named: bool,
    /// How many rows with something in them lie below the header.
    pub rows: u64,
    /// How many rows with something in them lie above the header.
    pub above: usize,
    /// How many cells of the table hold an error.
    pub errors: u64,
    /// The address of the first of them; empty without.
    pub first_error: String,
    /// Whether there are macros.
    pub macros: bool,
}

/// A piece of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frame {
    /// What was found.
    Survey(Survey),
    /// A row of the table, up to its last cell with something in it.
    Row(u64, Vec<String>),
    /// A row with a cell that lies beyond the table, in the column of that number from 0.
    Beyond(u64, u32),
    /// A row with a cell that is too long, in the column of that number from 0.
    TooLong(u64, u32),
    /// There is no more.
    Done,
    /// There is no reading it.
    Refused(Refusal),
}

/// Writes one frame.
///
/// # Errors
/// When the pipe is closed.
pub fn write(output: &mut impl Write, frame: &Frame) -> io::Result<()> {
    let bytes = rmp_serde::to_vec(frame).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(&bytes)
}

/// Reads one frame; `None` where the answer ends, be it in the middle of one.
///
/// # Errors
/// [`ErrorKind::InvalidData`] for a frame that cannot be; what reading the pipe says otherwise.
pub fn read(input: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<Option<Frame>> {
    let mut length = [0; 4];
    if !filled(input, &mut length)? {
        return Ok(None);
    }
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length > LONGEST_FRAME {
        return Err(ErrorKind::InvalidData.into());
    }
    buffer.resize(length, 0);
    if !filled(input, buffer)? {
        return Ok(None);
    }
    let frame = rmp_serde::from_slice(buffer);
    frame.map(Some).map_err(|_| ErrorKind::InvalidData.into())
}

fn filled(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match input.read_exact(buffer) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        other => other.map(|()| true),
    }
}
