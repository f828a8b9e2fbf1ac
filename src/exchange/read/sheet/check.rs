//! What the child says, held against the limits once more.

use super::cell::{address, letters};
use super::frame::{Frame, Place, Survey};
use super::refusal::SheetError;
use super::{LONGEST_ROW, MOST_CELLS};
use crate::exchange::read::{Fault, LONGEST_FIELD, MOST_COLUMNS, Next, Row, Spot};

/// The name of the chosen sheet, when what was found can be.
///
/// # Errors
/// When it cannot.
pub fn credible(survey: &Survey) -> Result<String, SheetError> {
    let fits = (1..=MOST_COLUMNS).contains(&survey.columns.len())
        && u32::try_from(survey.columns.len()) == Ok(survey.place.width);
    let short = survey
        .columns
        .iter()
        .all(|name| name.len() <= LONGEST_FIELD);
    let chosen = survey.sheets.get(survey.place.sheet);
    let chosen = chosen.filter(|_| fits && short);
    chosen
        .map(|sheet| sheet.name.clone())
        .ok_or(SheetError::Garbled)
}

/// Makes rows of the frames, in which everything has its bounds.
#[derive(Debug)]
pub struct Check {
    place: Place,
    /// The last row that came.
    line: u64,
    /// How many cells came.
    cells: u64,
}

impl Check {
    /// For the rows of that table.
    pub fn new(place: Place) -> Self {
        Self {
            place,
            line: place.header,
            cells: 0,
        }
    }

    /// The row, the fault or the end that a frame tells.
    ///
    /// # Errors
    /// When the frame can be none of them.
    pub fn take(&mut self, frame: Frame) -> Result<Next, SheetError> {
        let fault = |line, words| {
            let spot = Spot::Row;
            Next::Fault(Fault { line, spot, words })
        };
        let (line, next) = match frame {
            Frame::Done => return Ok(Next::End),
            Frame::Row(line, cells) => (line, Next::Row(self.row(line, cells)?)),
            Frame::Beyond(line, column) => {
                let last = self
                    .place
                    .left
                    .saturating_add(self.place.width.saturating_sub(1));
                let (cell, end) = (address(line, column), letters(last));
                let words =
                    format!("the cell {cell} lies beyond the header, which ends with column {end}");
                (line, fault(line, words))
            }
            Frame::TooLong(line, column) => {
                let words = format!("the cell {} is longer than 1 MiB", address(line, column));
                (line, fault(line, words))
            }
            Frame::Survey(_) | Frame::Refused(_) => return Err(SheetError::Garbled),
        };
        if line <= self.line || self.cells > MOST_CELLS {
            return Err(SheetError::Garbled);
        }
        self.line = line;
        Ok(next)
    }

    /// The row, filled up to the width of the table.
    fn row(&mut self, line: u64, mut cells: Vec<String>) -> Result<Row, SheetError> {
        let width = usize::try_from(self.place.width).unwrap_or_default();
        let short = cells.iter().all(|cell| cell.len() <= LONGEST_FIELD);
        let bytes: usize = cells.iter().map(String::len).sum();
        if cells.len() > width || !short || bytes > LONGEST_ROW {
            return Err(SheetError::Garbled);
        }
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        self.cells += u64::try_from(filled).unwrap_or(u64::MAX);
        cells.resize(width, String::new());
        Ok(Row { line, cells })
    }
}
