//! Spreadsheets: typed cells, row by row through a scratch file, so that memory stays flat.

use std::io::{self, Write};

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::cell::{Cell, rfc3339};
use super::file::unwritable;
use crate::domain::moment::{DAY, Moment};
use crate::problem::Problem;

/// The most rows of a sheet, its header included (Excel specifications and limits).
const MOST_ROWS: u32 = 1_048_576;

/// The most characters of a cell, counted as UTF-16 does (same source).
const LONGEST_CELL: usize = 32_767;

/// What stands at the end of a text that was too long.
const CUT: &str = "… [cut here: a cell holds 32,767 characters]";

/// A number with more digits than a cell keeps is written as text.
const LARGEST_NUMBER: u64 = 999_999_999_999_999;

/// The days from the day 0 of a sheet to 1970. Before March 1900 the count is off by a day that never was.
const DAYS_TO_1970: f64 = 25_569.0;
const FIRST_DAY: f64 = 61.0;
/// The day after 31 December 9999, the last one of a sheet.
const END_OF_DAYS: f64 = 2_958_466.0;

/// A workbook in the making: a sheet, and another one where the rows of the first run out.
pub(super) struct Sheets {
    workbook: Workbook,
    title: &'static str,
    columns: Vec<&'static str>,
    sheets: usize,
    row: u32,
    most_rows: u32,
    header: Format,
    day: Format,
    moment: Format,
}

impl Sheets {
    /// A workbook without sheets.
    pub(super) fn new() -> Result<Self, Problem> {
        let mut workbook = Workbook::new();
        workbook.use_zip_large_file(true);
        Ok(Self {
            workbook,
            title: "",
            columns: Vec::new(),
            sheets: 0,
            row: 0,
            most_rows: MOST_ROWS,
            header: Format::new().set_bold(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        })
    }

    /// Begins the first sheet.
    pub(super) fn begin(
        &mut self,
        title: &'static str,
        columns: Vec<&'static str>,
    ) -> Result<(), Problem> {
        (self.title, self.columns) = (title, columns);
        self.sheet().map_err(|error| cannot(&error))
    }

    fn sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => self.title.to_owned(),
            number => format!("{} {number}", self.title),
        };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (column, name) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, *name, &self.header)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Adds a row, and answers how many of its cells were too long and were cut.
    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<u64, Problem> {
        self.add(cells).map_err(|error| cannot(&error))
    }

    fn add(&mut self, cells: &[Cell]) -> Result<u64, XlsxError> {
        if self.row >= self.most_rows {
            self.sheet()?;
        }
        let (row, mut cut) = (self.row, 0);
        self.row += 1;
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, cell) in (0_u16..).zip(cells) {
            let at = (row, column);
            match cell {
                Cell::Empty => {}
                Cell::Number(number) if number.unsigned_abs() <= LARGEST_NUMBER => {
                    #[allow(clippy::cast_precision_loss)] // Fifteen digits fit.
                    sheet.write_number(row, column, *number as f64)?;
                }
                Cell::Date(date) => day(sheet, at, Moment::start_of(*date), &self.day, cell)?,
                Cell::Moment(moment, _) => day(sheet, at, *moment, &self.moment, cell)?,
                cell => {
                    let (text, shortened) = fitting(cell.text());
                    cut += u64::from(shortened);
                    sheet.write_string(row, column, text)?;
                }
            }
        }
        Ok(cut)
    }

    /// Puts the workbook together.
    pub(super) fn finish(mut self, writer: &mut (dyn Write + Send)) -> Result<(), Problem> {
        let mut quiet = Quiet {
            writer,
            error: None,
        };
        let saved = self.workbook.save_to_writer(&mut quiet);
        match quiet.error {
            Some(error) => Err(unwritable(&error)),
            None => saved.map_err(|error| cannot(&error)),
        }
    }
}

/// Where a workbook goes: once that fails, nowhere, as if all were well. What writes archives would try to end its archive all the
/// same, and tell of its own failure on standard error.
struct Quiet<'w> {
    writer: &'w mut (dyn Write + Send),
    error: Option<io::Error>,
}

impl Quiet<'_> {
    fn noticed(&mut self, done: io::Result<usize>, all: usize) -> usize {
        let none = |written: &usize| *written > 0 || all == 0;
        let done = done.and_then(|written| match none(&written) {
            true => Ok(written),
            false => Err(io::ErrorKind::WriteZero.into()),
        });
        done.unwrap_or_else(|error| {
            self.error = Some(error);
            all
        })
    }
}

impl Write for Quiet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.error.is_some() {
            return Ok(bytes.len());
        }
        match self.writer.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            done => Ok(self.noticed(done, bytes.len())),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.error.is_none()
            && let Err(error) = self.writer.flush()
        {
            self.error = Some(error);
        }
        Ok(())
    }
}

/// A day, or a moment in UTC, as a date of the sheet; as text where a sheet has no such date.
fn day(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    moment: Moment,
    format: &Format,
    cell: &Cell,
) -> Result<(), XlsxError> {
    #[allow(clippy::cast_precision_loss)] // Milliseconds of some thousand years fit.
    let serial = moment.0 as f64 / DAY as f64 + DAYS_TO_1970;
    if (FIRST_DAY..END_OF_DAYS).contains(&serial) {
        sheet.write_number_with_format(row, column, serial, format)?;
    } else {
        let text = match cell {
            Cell::Moment(moment, _) => rfc3339(*moment, None),
            other => other.text(),
        };
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}

/// A text that fits a cell, and whether it had to be cut.
fn fitting(text: String) -> (String, bool) {
    let units = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    if text.len() <= LONGEST_CELL || units(&text) <= LONGEST_CELL {
        return (text, false);
    }
    let room = LONGEST_CELL - units(CUT);
    let mut used = 0;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    kept.push_str(CUT);
    (kept, true)
}

fn cannot(error: &XlsxError) -> Problem {
    match error {
        XlsxError::IoError(error) => unwritable(error),
        error => unwritable(&io::Error::other(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn read(sheets: Sheets) -> Xlsx<io::Cursor<Vec<u8>>> {
        let mut bytes = Vec::new();
        sheets.finish(&mut bytes).expect("a workbook");
        Xlsx::new(io::Cursor::new(bytes)).expect("a workbook")
    }

    #[test]
    fn cells_have_their_types_and_nothing_is_a_formula() {
        let mut sheets = Sheets::new().expect("a workbook");
        sheets
            .begin("Feedback", vec!["a", "b", "c", "d", "e", "f"])
            .expect("begun");
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 14).expect("a day");
        let early = chrono::NaiveDate::from_ymd_opt(1815, 12, 10).expect("a day");
        let cells = [
            Cell::from("=1+1"),
            Cell::Number(-5),
            Cell::Date(date),
            Cell::utc(Moment(1_794_646_800_000)),
            Cell::Number(i64::MAX),
            Cell::Date(early),
        ];
        assert_eq!(sheets.row(&cells).expect("a row"), 0);
        let mut book = read(sheets);
        assert_eq!(book.sheet_names(), ["Feedback"]);
        let range = book.worksheet_range("Feedback").expect("cells");
        let row: Vec<&Data> = range.rows().nth(1).expect("a row").iter().collect();
        assert_eq!(row[0], &Data::String("=1+1".to_owned()));
        assert_eq!(row[1], &Data::Float(-5.0));
        let day = |data: &Data| match data {
            Data::DateTime(time) => time.as_f64(),
            other => panic!("{other:?} is no date"),
        };
        assert_eq!((day(row[2]), day(row[3])), (46_340.0, 46_340.375));
        assert_eq!(row[4], &Data::String(i64::MAX.to_string()));
        assert_eq!(row[5], &Data::String("1815-12-10".to_owned()));
        let formulas = book.worksheet_formula("Feedback").expect("formulas");
        assert!(formulas.is_empty());
    }

    #[test]
    fn what_writes_the_archive_never_learns_that_the_disk_is_full() {
        /// A disk with so much room.
        struct Small(usize);
        impl Write for Small {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                match self.0.min(bytes.len()) {
                    0 => Err(io::ErrorKind::StorageFull.into()),
                    fitting => {
                        self.0 -= fitting;
                        Ok(fitting)
                    }
                }
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut disk = Small(3);
        let mut quiet = Quiet {
            writer: &mut disk,
            error: None,
        };
        for _ in 0..3 {
            quiet.write_all(b"four").expect("it goes on");
        }
        let error = quiet.error.map(|error| error.kind());
        assert_eq!(error, Some(io::ErrorKind::StorageFull));
        for room in [0, 100, 3_000] {
            let mut sheets = Sheets::new().expect("a workbook");
            sheets.begin("Feedback", vec!["text"]).expect("begun");
            let problem = sheets.finish(&mut Small(room)).expect_err("it is full");
            assert!(problem.hints[0].contains("make room"), "{problem:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_visibly_and_rows_go_on_in_another_sheet() {
        let mut sheets = Sheets::new().expect("a workbook");
        sheets.most_rows = 3;
        sheets.begin("Ideas", vec!["text"]).expect("begun");
        for length in [LONGEST_CELL, LONGEST_CELL + 1, 1] {
            let cut = sheets
                .row(&[Cell::Text("x".repeat(length))])
                .expect("a row");
            assert_eq!(cut, u64::from(length > LONGEST_CELL));
        }
        let (wide, cut) = fitting("\u{1f600}".repeat(20_000));
        assert!(cut && wide.ends_with(CUT) && wide.encode_utf16().count() <= LONGEST_CELL);
        let mut book = read(sheets);
        assert_eq!(book.sheet_names(), ["Ideas", "Ideas 2"]);
        let first = book.worksheet_range("Ideas").expect("cells");
        let long = first.get_value((2, 0)).expect("a cell").to_string();
        assert!(long.ends_with(CUT) && long.chars().count() == LONGEST_CELL);
        let second = book.worksheet_range("Ideas 2").expect("cells");
        assert_eq!(
            second.get_value((1, 0)),
            Some(&Data::String("x".to_owned()))
        );
    }

    #[test]
    fn what_xml_cannot_hold_does_not_break_the_sheet() {
        let text = "a\u{0}b\u{b}c\u{1b}[2J\u{fffe}\u{ffff}]]>&amp;<script>\"'\u{202e}x";
        let mut sheets = Sheets::new().expect("a workbook");
        sheets.begin("Feedback", vec!["text"]).expect("begun");
        sheets.row(&[Cell::from(text)]).expect("a row");
        let range = read(sheets).worksheet_range("Feedback").expect("sound XML");
        let cell = range.get_value((1, 0)).expect("a cell").to_string();
        assert!(cell.contains("]]>&amp;<script>\"'"), "{cell}");
    }
}
