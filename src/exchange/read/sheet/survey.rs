//! Which sheet of a workbook holds the table, and where in it.
//!
//! The header is the first row with at least two cells of words that is more than half as wide as the widest around it: what
//! stands above is a title, and the labelled lines that reports begin with. Failing that it is the first row with two such
//! cells, and failing that the first row with anything in it.

use super::book::{Book, Halt, Line};
use super::cell::{Cell, Sort, address};
use super::frame::{Named, Place, Survey};
use super::refusal::Refusal;
use crate::exchange::read::MOST_COLUMNS;

/// How many cells of words make a header.
const HEADER: usize = 2;
/// Among how many rows the header is looked for.
const HEAD: usize = 50;

/// Finds the table: in the sheet that is wished for, else in the first visible one with a header and a row.
///
/// # Errors
/// When there is none, or a sheet on the way is refused.
pub fn survey(book: &mut Book, wish: Option<&str>) -> Result<Survey, Halt> {
    if book.sheets.is_empty() {
        return Err(Refusal::OtherArchive.into());
    }
    let (sheet, table) = match wish {
        Some(wish) => {
            let sheet = wished(&book.sheets, wish)?;
            let empty = || Refusal::EmptySheet(wish.to_owned());
            (sheet, look(book, sheet)?.ok_or_else(empty)?)
        }
        None => guess(book)?,
    };
    let right = table.right.max(table.left);
    let width = right - table.left + 1;
    if usize::try_from(width).unwrap_or(usize::MAX) > MOST_COLUMNS {
        return Err(Refusal::TooWide.into());
    }
    Ok(Survey {
        place: Place {
            sheet,
            header: table.header,
            left: table.left,
            width,
        },
        columns: (table.left..=right).map(|c| table.name(c)).collect(),
        named: table.named || table.worded,
        rows: table.rows,
        above: table.above,
        errors: table.errors,
        first_error: table.first_error,
        sheets: book.sheets.clone(),
        macros: book.macros,
    })
}

/// The sheet of that name, else of that name whatever its case, else of that number: `#2` is the second.
fn wished(sheets: &[Named], wish: &str) -> Result<usize, Refusal> {
    let folded = wish.trim().to_lowercase();
    let exact = sheets.iter().position(|sheet| sheet.name == wish);
    let alike = || {
        sheets
            .iter()
            .position(|sheet| sheet.name.trim().to_lowercase() == folded)
    };
    let numbered = || {
        let number: usize = folded.strip_prefix('#')?.parse().ok()?;
        (1..=sheets.len()).contains(&number).then(|| number - 1)
    };
    exact.or_else(alike).or_else(numbered).ok_or_else(|| {
        let wish = wish.to_owned();
        let sheets = names(sheets);
        Refusal::NoSuchSheet { wish, sheets }
    })
}

fn guess(book: &mut Book) -> Result<(usize, Table), Halt> {
    let visible = (0..book.sheets.len()).filter(|sheet| book.sheets[*sheet].visible);
    let visible: Vec<usize> = visible.collect();
    let mut best: Option<(usize, Table)> = None;
    for sheet in visible {
        let Some(table) = look(book, sheet)? else {
            continue;
        };
        if table.merit() == Table::BEST {
            return Ok((sheet, table));
        }
        if best
            .as_ref()
            .is_none_or(|(_, best)| table.merit() > best.merit())
        {
            best = Some((sheet, table));
        }
    }
    best.ok_or_else(|| Refusal::NoTable(names(&book.sheets)).into())
}

/// The names of sheets as a person reads them; of many, the first.
pub fn names(sheets: &[Named]) -> String {
    const NAMED: usize = 10;
    let mut names: Vec<String> = sheets
        .iter()
        .take(NAMED)
        .map(|sheet| format!("“{}”", sheet.name))
        .collect();
    if sheets.len() > NAMED {
        names.push(format!("and {} more", sheets.len() - NAMED));
    }
    names.join(", ")
}

/// A table as far as it has been seen.
struct Table {
    header: u64,
    /// The cells of the header, by column.
    names: Vec<(u32, String)>,
    /// Whether the header has words enough to be one.
    named: bool,
    /// Whether there is nothing but words in it.
    worded: bool,
    left: u32,
    /// The last column of the header.
    right: u32,
    above: usize,
    rows: u64,
    errors: u64,
    first_error: String,
}

impl Table {
    const BEST: (bool, bool) = (true, true);

    fn new(line: &Line, named: bool, above: usize) -> Self {
        let cells = || line.cells.iter().filter(|cell| !cell.is_blank());
        Self {
            header: line.number,
            names: cells()
                .map(|cell| (cell.column, cell.text.clone()))
                .collect(),
            named,
            worded: cells().all(|cell| cell.sort == Sort::Text),
            left: cells().map(|cell| cell.column).min().unwrap_or_default(),
            right: cells().map(|cell| cell.column).max().unwrap_or_default(),
            above,
            rows: 0,
            errors: 0,
            first_error: String::new(),
        }
    }

    fn take(&mut self, line: &Line) {
        self.rows += 1;
        for cell in line.cells.iter().filter(|cell| !cell.is_blank()) {
            // A column of numbers or labels often has no name.
            self.left = self.left.min(cell.column);
            if cell.sort == Sort::Error {
                self.errors += 1;
                if self.first_error.is_empty() {
                    self.first_error = address(line.number, cell.column);
                }
            }
        }
    }

    /// Whether it has rows at all, then whether it has a header.
    const fn merit(&self) -> (bool, bool) {
        (self.rows > 0, self.named)
    }

    fn name(&self, column: u32) -> String {
        let found = self.names.iter().find(|(place, _)| *place == column);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

/// Looks at a whole sheet; `None` when nothing is in it.
fn look(book: &mut Book, sheet: usize) -> Result<Option<Table>, Halt> {
    let (mut head, mut table) = (Vec::new(), None);
    book.rows(sheet, |line| {
        match &mut table {
            Some(table) => Table::take(table, line),
            None => head.push(line.clone()),
        }
        if head.len() == HEAD {
            table = begin(&std::mem::take(&mut head));
        }
        Ok(())
    })?;
    Ok(table.or_else(|| begin(&head)))
}

/// The table as it begins in the first rows of a sheet.
fn begin(head: &[Line]) -> Option<Table> {
    let filled = |line: &Line| line.cells.iter().filter(|cell| !cell.is_blank()).count();
    let named = |line: &Line| {
        let words = |cell: &&Cell| !cell.is_blank() && cell.sort == Sort::Text;
        line.cells.iter().filter(words).count() >= HEADER
    };
    let widest = head.iter().map(filled).max()?;
    let wide = |line: &Line| named(line) && 2 * filled(line) > widest;
    let header = head.iter().position(wide);
    let header = header.or_else(|| head.iter().position(named));
    let place = header.unwrap_or_default();
    let mut table = Table::new(&head[place], header.is_some(), place);
    head[place + 1..].iter().for_each(|line| table.take(line));
    Some(table)
}
