//! CSV and its relatives: rows of cells under a header.

mod layout;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr3};

pub use layout::{Layout, NONE};

use super::text::{Text, count};
use super::{LONGEST_FIELD, MOST_COLUMNS, Next, ReadError, Row};

/// Cells with more room than that are not kept for the next record.
const LONGEST_SPARE: usize = 1024;

/// How many cells a row has too many or too few, and where.
fn ragged(line: u64, cells: usize, columns: &[String]) -> super::Fault {
    let wanted = columns.len();
    let words = if cells < wanted {
        format!(
            "the row has {cells} of {wanted} cells; the first that is missing is “{}”",
            columns[cells]
        )
    } else {
        format!("the row has {cells} cells where the header has {wanted}")
    };
    super::Fault {
        line,
        spot: super::Spot::Row,
        words,
    }
}

/// Records of cells, cell by cell, so that neither a long field nor a wide row can fill the memory.
pub struct Records<'f> {
    text: Text<'f>,
    separator: u8,
    core: Reader,
    field: Vec<u8>,
    /// The line that is read, from 1.
    line: u64,
    /// How many cells the last record had.
    wide: usize,
    /// Cells that nobody needs any more, for those of the next record.
    spare: Vec<String>,
    ended: bool,
}

enum Cell {
    Text(String, bool),
    End,
}

impl<'f> Records<'f> {
    /// Reads `text` as cells parted by `separator`.
    #[must_use]
    pub fn new(text: Text<'f>, separator: u8) -> Self {
        Self {
            text,
            separator,
            core: ReaderBuilder::new().delimiter(separator).build(),
            field: vec![0; 4096],
            line: 1,
            wide: 0,
            spare: Vec::new(),
            ended: false,
        }
    }

    /// Takes the cells of a record back, so that the next one need not ask for as much memory again. Long ones are let go: one
    /// of each column would add up.
    fn reuse(&mut self, mut cells: Vec<String>) {
        cells.retain(|cell| cell.capacity() <= LONGEST_SPARE);
        self.spare = cells;
    }

    /// The next record and the line it begins on; `None` at the end. Blank lines are no records.
    ///
    /// # Errors
    /// When the file cannot be read, is not UTF-8, leaves a quote open, or passes a limit.
    pub fn next_record(&mut self) -> Result<Option<(u64, Vec<String>)>, ReadError> {
        match self.whole_record()? {
            Some(record) => Ok(Some(record)),
            None => self.record_by_cells(),
        }
    }

    fn record_by_cells(&mut self) -> Result<Option<(u64, Vec<String>)>, ReadError> {
        let mut cells = Vec::with_capacity(self.wide);
        let mut begin = None;
        loop {
            match self.cell(&mut begin)? {
                Cell::End => return Ok(None),
                Cell::Text(text, last) => {
                    cells.push(text);
                    if last {
                        self.wide = cells.len();
                        return Ok(Some((begin.unwrap_or(1), cells)));
                    }
                    if cells.len() >= MOST_COLUMNS {
                        return Err(ReadError::TooWide {
                            line: begin.unwrap_or(1),
                        });
                    }
                }
            }
        }
    }

    /// The next record, where all of it is in the piece of the file at hand, which is so for most: whoever looks for
    /// separators and quotes need not look at every byte, as csv-core does. `None`, and nothing is read, where that has
    /// to find out what it is.
    fn whole_record(&mut self) -> Result<Option<(u64, Vec<String>)>, ReadError> {
        // Before its first record csv-core looks for a byte order mark; between two records it knows nothing that matters.
        if self.wide == 0 || self.ended {
            return Ok(None);
        }
        let line_end = self.text.line_end();
        let piece = self.text.piece()?;
        let is_end = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        let blank = piece.iter().take_while(is_end).count();
        let mut cells = std::mem::take(&mut self.spare);
        cells.reserve(self.wide.saturating_sub(cells.len()));
        let mut read = blank;
        let mut place = 0;
        loop {
            if place == cells.len() {
                cells.push(String::new());
            }
            let Some(length) = whole_cell(&piece[read..], self.separator, &mut cells[place]) else {
                return Ok(None);
            };
            place += 1;
            read += length + 1;
            if piece[read - 1] != self.separator {
                break;
            }
            if place >= MOST_COLUMNS {
                return Ok(None);
            }
        }
        cells.truncate(place);
        let begin = self.line + count(&piece[..blank], line_end);
        self.line += count(&piece[..read], line_end);
        self.text.consume(read);
        self.wide = cells.len();
        Ok(Some((begin, cells)))
    }

    /// How many bytes of the file have been read.
    const fn bytes(&self) -> u64 {
        self.text.bytes()
    }

    fn cell(&mut self, begin: &mut Option<u64>) -> Result<Cell, ReadError> {
        if self.ended {
            return Ok(Cell::End);
        }
        let mut length = 0;
        let mut start = self.line;
        let line_end = self.text.line_end();
        // Blank lines before a record belong to nothing.
        let mut blank = begin.is_none();
        loop {
            let piece = self.text.piece()?;
            let at_end = piece.is_empty();
            // A line end more: inside quotes it is text, which tells that a quote is open; elsewhere it ends the record.
            let input: &[u8] = if at_end { b"\n" } else { piece };
            let (outcome, read, written) = self.core.read_field(input, &mut self.field[length..]);
            if blank {
                let is_end = |byte: &&u8| matches!(byte, b'\n' | b'\r');
                let ends = input[..read].iter().take_while(is_end).count();
                start += count(&input[..ends], line_end);
                blank = ends == read;
            }
            if !at_end {
                self.line += count(&input[..read], line_end);
                self.text.consume(read);
            }
            length += written;
            match outcome {
                ReadFieldResult::InputEmpty if at_end && written > 0 => {
                    return Err(ReadError::OpenQuote { line: start });
                }
                ReadFieldResult::InputEmpty if at_end => {
                    self.ended = true;
                    return Ok(Cell::End);
                }
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => {
                    if length > LONGEST_FIELD {
                        return Err(ReadError::LongField { line: start });
                    }
                    // One byte more than there may be: the longest cell is not told from a longer one by a full buffer.
                    let room = (self.field.len() * 2).min(LONGEST_FIELD + 1);
                    self.field.resize(room, 0);
                }
                ReadFieldResult::Field { .. } if length > LONGEST_FIELD => {
                    return Err(ReadError::LongField { line: start });
                }
                ReadFieldResult::Field { record_end } => {
                    self.ended = at_end;
                    begin.get_or_insert(start);
                    // The text is valid UTF-8 and the quotes and separators taken out of it are single bytes.
                    let text = match std::str::from_utf8(&self.field[..length]) {
                        Ok(text) => text.to_owned(),
                        Err(_) => String::from_utf8_lossy(&self.field[..length]).into_owned(),
                    };
                    return Ok(Cell::Text(text, record_end));
                }
                ReadFieldResult::End => return Ok(Cell::End),
            }
        }
    }
}

/// Makes the cell at the beginning of these bytes that `cell`, and answers how many of them it takes, without what ends it: a
/// separator or the end of a line. `None` where the end is not here, and where something stands behind a closing quote.
fn whole_cell(bytes: &[u8], separator: u8, cell: &mut String) -> Option<usize> {
    cell.clear();
    let text = |bytes| std::str::from_utf8(bytes).ok();
    let Some(mut rest) = bytes.strip_prefix(b"\"") else {
        let end = memchr3(separator, b'\n', b'\r', bytes)?;
        cell.push_str(text(&bytes[..end])?);
        return Some(end);
    };
    loop {
        let quote = memchr(b'"', rest)?;
        cell.push_str(text(&rest[..quote])?);
        let behind = *rest.get(quote + 1)?;
        rest = &rest[quote + 1..];
        if behind == separator || matches!(behind, b'\n' | b'\r') {
            return Some(bytes.len() - rest.len());
        }
        // Two quotes are one that belongs to the text.
        rest = rest.strip_prefix(b"\"")?;
        cell.push('"');
    }
}

/// Takes off the apostrophe that exports put before what a spreadsheet would run, which is how OWASP and Linear have it.
fn restore(cell: &mut String) {
    if let [b'\'', b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r', ..] = cell.as_bytes() {
        cell.remove(0);
    }
}

/// The rows of a CSV file under its header.
pub struct Rows<'f> {
    records: Records<'f>,
    columns: Vec<String>,
}

impl<'f> Rows<'f> {
    /// Skips the header and what stands before it, and reads on.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn new(text: Text<'f>, layout: Layout, columns: Vec<String>) -> Result<Self, ReadError> {
        let mut records = Records::new(text, layout.separator);
        for _ in 0..layout.before + usize::from(layout.header) {
            records.next_record()?;
        }
        Ok(Self { records, columns })
    }

    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.records.bytes()
    }

    /// Takes the cells of a row back that nobody needs any more.
    pub fn reuse(&mut self, row: Row) {
        self.records.reuse(row.cells);
    }

    /// The next row, or what is wrong with it.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_row(&mut self) -> Result<Next, ReadError> {
        let Some((line, mut cells)) = self.records.next_record()? else {
            return Ok(Next::End);
        };
        // A separator at the end of each line is a habit of some tools, not a cell.
        while cells.len() > self.columns.len() && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.len() != self.columns.len() {
            let fault = ragged(line, cells.len(), &self.columns);
            let short = cells.len() < self.columns.len();
            cells.resize(self.columns.len(), String::new());
            return Ok(if short {
                Next::Short(Row { line, cells }, fault)
            } else {
                Next::Fault(fault)
            });
        }
        cells.iter_mut().for_each(restore);
        Ok(Next::Row(Row { line, cells }))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;
    use crate::exchange::read::encoding::Encoding;

    /// Hands out a few bytes at a time.
    struct Sips<'b>(&'b [u8], usize);

    impl Read for Sips<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let sip = self.1.min(buffer.len());
            (&mut self.0).take(sip as u64).read(buffer)
        }
    }

    /// What is read, each record with the line that is reached behind it.
    fn records<'t>(
        text: &'t str,
        sip: usize,
        next: impl Fn(&mut Records<'t>) -> Result<Option<(u64, Vec<String>)>, ReadError>,
    ) -> Vec<String> {
        let text = Text::new(Sips(text.as_bytes(), sip), Encoding::UTF_8).expect("text");
        let mut records = Records::new(text, b',');
        let mut told = Vec::new();
        loop {
            let next = next(&mut records);
            let ended = !matches!(next, Ok(Some(_)));
            told.push(format!("{next:?}, then {}", records.bytes()));
            if ended {
                return told;
            }
        }
    }

    proptest! {
        #[test]
        fn a_record_is_the_same_as_a_whole_and_cell_by_cell(
            text in "(a|é|\"|\"\"|,|,\"|\",|\n|\"\n|\r\n|\r|\u{feff}| ){0,40}",
            sip in prop_oneof![1..9_usize, Just(4_096)],
        ) {
            let whole = records(&text, sip, Records::next_record);
            let by_cells = records(&text, sip, Records::record_by_cells);
            prop_assert_eq!(whole, by_cells);
        }
    }

    #[test]
    fn a_usual_record_is_read_as_a_whole() {
        let text = "a,b\n1,\"x \"\"y\"\"\nz\"\r\n\r\n2,\n";
        let text = Text::new(text.as_bytes(), Encoding::UTF_8).expect("text");
        let mut records = Records::new(text, b',');
        assert_eq!(records.whole_record().expect("read"), None);
        records.next_record().expect("read").expect("a header");
        for (line, cells) in [(2, ["1", "x \"y\"\nz"]), (5, ["2", ""])] {
            let read = records.whole_record().expect("read");
            assert_eq!(read, Some((line, cells.map(str::to_owned).to_vec())));
        }
        assert_eq!(records.whole_record().expect("read"), None);
        assert_eq!(records.next_record().expect("read"), None);
    }
}
