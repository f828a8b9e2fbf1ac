//! A workbook of any of the formats, as rows of cells.
//!
//! This runs in the child, under its limits: the library reads shared texts whole in all formats, and XLS and ODS as a
//! whole.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use calamine::{
    Data, DataRef, OdsError, Range, Reader, SheetType, SheetVisible, XlsError, XlsbError, XlsxError,
};
use zip::ZipArchive;
use zip::result::ZipError;

use super::cell::{self, Cell};
use super::frame::Named;
use super::kind::{Container, container};
use super::refusal::Refusal;
use super::{LARGEST_INFLATED, LONGEST_ROW, MOST_CELLS};

/// How much of a file's head tells what it is, in bytes.
const HEAD: u64 = 8 * 1024;
/// How far from its end an archive has the record that begins with [`END`]: APPNOTE 4.3.16.
const TAIL: i64 = 22 + 65_535;
const END: &[u8] = b"PK\x05\x06";
/// The most characters that are told of what the library says.
const TOLD: usize = 200;

type Input = BufReader<File>;

/// Why going through rows ends early.
#[derive(Debug)]
pub enum Halt {
    /// The file is refused.
    Refused(Refusal),
    /// Nobody listens any more.
    Output(io::Error),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// A row with at least one cell in it.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its number as the spreadsheet counts, from 1.
    pub number: u64,
    /// Its cells from left to right.
    pub cells: Vec<Cell>,
}

/// A workbook.
pub struct Book {
    /// Its sheets of cells.
    pub sheets: Vec<Named>,
    /// Whether there are macros in it.
    pub macros: bool,
    inner: Inner,
}

enum Inner {
    Xlsx(Box<calamine::Xlsx<Input>>),
    Xlsb(Box<calamine::Xlsb<Input>>),
    Xls(Box<calamine::Xls<Input>>),
    Ods(Box<calamine::Ods<Input>>),
}

impl Book {
    /// Opens a workbook, whatever its format.
    ///
    /// # Errors
    /// When it is none, or is protected, cut off, damaged or forged.
    pub fn open(mut file: File) -> Result<Self, Refusal> {
        let mut head = Vec::new();
        let head_of = (&file).take(HEAD).read_to_end(&mut head);
        head_of.map_err(damaged)?;
        let (inner, macros) = match container(&head)? {
            Container::Zip => {
                let (kind, macros) = inspect(&file)?;
                file.rewind().map_err(damaged)?;
                (open_zip(kind, BufReader::new(file))?, macros)
            }
            Container::Compound => {
                let mut book = open_compound(file)?;
                // Macros that cannot be read are macros.
                let macros = !matches!(book.vba_project(), Ok(None));
                (Inner::Xls(Box::new(book)), macros)
            }
        };
        let sheets = match &inner {
            Inner::Xlsx(book) => book.sheets_metadata(),
            Inner::Xlsb(book) => book.sheets_metadata(),
            Inner::Xls(book) => book.sheets_metadata(),
            Inner::Ods(book) => book.sheets_metadata(),
        };
        let cells = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
        let named = |sheet: &calamine::Sheet| Named {
            name: sheet.name.clone(),
            visible: sheet.visible == SheetVisible::Visible,
        };
        Ok(Self {
            sheets: sheets.iter().filter(cells).map(named).collect(),
            macros,
            inner,
        })
    }

    /// Hands out the rows of a sheet, those without any cell left out.
    ///
    /// # Errors
    /// When the sheet is refused, or `take` ends it.
    pub fn rows(
        &mut self,
        sheet: usize,
        take: impl FnMut(&Line) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let name = self.sheets.get(sheet).map(|named| named.name.clone());
        let name = name.unwrap_or_default();
        let mut lines = Lines::new(take);
        match &mut self.inner {
            Inner::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(&name).map_err(of_xlsx)?;
                while let Some(cell) = cells.next_cell().map_err(of_xlsx)? {
                    lines.put(cell.get_position(), cell.get_value())?;
                }
            }
            Inner::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(&name).map_err(of_xlsb)?;
                while let Some(cell) = cells.next_cell().map_err(of_xlsb)? {
                    lines.put(cell.get_position(), cell.get_value())?;
                }
            }
            Inner::Xls(book) => lines.all(&book.worksheet_range(&name).map_err(of_xls)?)?,
            Inner::Ods(book) => lines.all(&book.worksheet_range(&name).map_err(of_ods)?)?,
        }
        lines.hand_out()
    }
}

/// Gathers cells into rows, within the limits.
struct Lines<T> {
    take: T,
    line: Line,
    bytes: usize,
    cells: u64,
}

impl<T: FnMut(&Line) -> Result<(), Halt>> Lines<T> {
    fn new(take: T) -> Self {
        Self {
            take,
            line: Line::default(),
            bytes: 0,
            cells: 0,
        }
    }

    fn all(&mut self, range: &Range<Data>) -> Result<(), Halt> {
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let row = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(top);
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            self.put((row, column.saturating_add(left)), &cell::borrowed(data))?;
        }
        Ok(())
    }

    fn put(&mut self, (row, column): (u32, u32), content: &DataRef<'_>) -> Result<(), Halt> {
        let Some(cell) = cell::of(column, content) else {
            return Ok(());
        };
        self.cells += 1;
        if self.cells > MOST_CELLS {
            return Err(Refusal::TooManyCells.into());
        }
        let number = u64::from(row) + 1;
        if number != self.line.number {
            self.hand_out()?;
            if number < self.line.number {
                return Err(Refusal::OutOfOrder(number).into());
            }
            self.line.number = number;
        }
        self.bytes += cell.text.len();
        if self.bytes > LONGEST_ROW {
            return Err(Refusal::LongRow(number).into());
        }
        self.line.cells.push(cell);
        Ok(())
    }

    /// Hands out the row that is complete.
    fn hand_out(&mut self) -> Result<(), Halt> {
        // Nothing forbids a file to name its cells from right to left, or one of them twice: then the last counts.
        let cells = &mut self.line.cells;
        if !cells.is_sorted_by(|one, next| one.column < next.column) {
            cells.reverse();
            cells.sort_by_key(|cell| cell.column);
            cells.dedup_by_key(|cell| cell.column);
        }
        if !self.line.cells.iter().all(Cell::is_blank) {
            (self.take)(&self.line)?;
        }
        self.line.cells.clear();
        self.bytes = 0;
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum ZipKind {
    Xlsx,
    Xlsb,
    Ods,
}

/// Looks at the list of an archive's parts, and unpacks none: what workbook it is, and whether there are macros.
fn inspect(file: &File) -> Result<(ZipKind, bool), Refusal> {
    let mut archive = match ZipArchive::new(BufReader::new(file)) {
        Ok(archive) => archive,
        Err(_) if !has_end(file)? => return Err(Refusal::CutOff),
        Err(error) => return Err(of_zip(error)),
    };
    let (mut kind, mut macros, mut inflated) = (None, false, 0_u64);
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number).map_err(of_zip)?;
        if part.encrypted() {
            return Err(Refusal::Password);
        }
        inflated = inflated.saturating_add(part.size());
        let name = part.name().map_err(of_zip)?.to_lowercase();
        macros |= name.ends_with("vbaproject.bin");
        let sign = match name.as_str() {
            "content.xml" => Some(ZipKind::Ods),
            "[content_types].xml" => Some(ZipKind::Xlsx),
            name if name.ends_with("workbook.bin") => Some(ZipKind::Xlsb),
            _ => None,
        };
        if sign.is_some() && !matches!(kind, Some(ZipKind::Xlsb)) {
            kind = sign;
        }
    }
    if inflated > LARGEST_INFLATED {
        return Err(Refusal::Inflated(inflated));
    }
    if archive.has_overlapping_files().map_err(of_zip)? {
        return Err(Refusal::Overlap);
    }
    Ok((kind.ok_or(Refusal::OtherArchive)?, macros))
}

/// Whether the record that ends an archive is there.
fn has_end(mut file: &File) -> Result<bool, Refusal> {
    let length = file.seek(SeekFrom::End(0)).map_err(damaged)?;
    let tail = i64::try_from(length).unwrap_or(i64::MAX).min(TAIL);
    file.seek(SeekFrom::End(-tail)).map_err(damaged)?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).map_err(damaged)?;
    Ok(end.windows(END.len()).any(|bytes| bytes == END))
}

fn open_zip(kind: ZipKind, input: Input) -> Result<Inner, Refusal> {
    Ok(match kind {
        ZipKind::Xlsx => Inner::Xlsx(Box::new(calamine::Xlsx::new(input).map_err(of_xlsx)?)),
        ZipKind::Xlsb => Inner::Xlsb(Box::new(calamine::Xlsb::new(input).map_err(of_xlsb)?)),
        ZipKind::Ods => Inner::Ods(Box::new(calamine::Ods::new(input).map_err(of_ods)?)),
    })
}

/// XLS; or what XLSX becomes with a password, which is the same container.
fn open_compound(mut file: File) -> Result<calamine::Xls<Input>, Refusal> {
    if let Err(XlsxError::Password) = calamine::Xlsx::new(BufReader::new(&file)) {
        return Err(Refusal::Password);
    }
    file.rewind().map_err(damaged)?;
    calamine::Xls::new(BufReader::new(file)).map_err(of_xls)
}

fn of_zip(error: ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Refusal::Password
        }
        other => damaged(other),
    }
}

fn of_xlsx(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Password,
        XlsxError::Zip(error) => of_zip(error),
        other => damaged(other),
    }
}

fn of_xlsb(error: XlsbError) -> Refusal {
    match error {
        XlsbError::Password => Refusal::Password,
        XlsbError::Zip(error) => of_zip(error),
        other => damaged(other),
    }
}

fn of_xls(error: XlsError) -> Refusal {
    match error {
        XlsError::Password => Refusal::Password,
        other => damaged(other),
    }
}

fn of_ods(error: OdsError) -> Refusal {
    match error {
        OdsError::Password => Refusal::Password,
        OdsError::Zip(error) => of_zip(error),
        OdsError::InvalidMime(_) => Refusal::OtherArchive,
        OdsError::CellLimitExceeded { .. } => Refusal::TooManyCells,
        other => damaged(other),
    }
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged(error.to_string().chars().take(TOLD).collect())
}
