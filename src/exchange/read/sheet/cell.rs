//! A cell as the text that is imported.

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};

use crate::exchange::read::LONGEST_FIELD;

/// The largest whole number that a spreadsheet's numbers hold exactly: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// The last day that Excel knows, 31 December 9999, and one more.
const DAYS: f64 = 2_958_466.0;
/// What spreadsheet programs write where a formula has no result.
const ERRORS: [&str; 10] = [
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
];

/// What sort of thing stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Words.
    Text,
    /// A number, date, duration or truth.
    Value,
    /// The error of a formula, as its text.
    Error,
    /// Something longer than a field may be; its text is left out.
    TooLong,
}

/// A cell with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: u32,
    /// What stands there.
    pub text: String,
    /// What sort of thing that is.
    pub sort: Sort,
}

impl Cell {
    /// Whether there is anything to see in it.
    pub fn is_blank(&self) -> bool {
        self.sort != Sort::TooLong && self.text.trim().is_empty()
    }
}

/// The cell that the library read; `None` where nothing stands.
pub fn of(column: u32, content: &DataRef<'_>) -> Option<Cell> {
    let (text, sort) = match content {
        DataRef::Empty => return None,
        DataRef::String(text) => words(text),
        DataRef::SharedString(text) => words(text),
        DataRef::Int(number) => (number.to_string(), Sort::Value),
        DataRef::Float(value) => (number(*value), Sort::Value),
        DataRef::Bool(truth) => (truth.to_string(), Sort::Value),
        DataRef::DateTime(moment) => (date(moment), Sort::Value),
        DataRef::DateTimeIso(text) => {
            let day = text.strip_suffix("T00:00:00").unwrap_or(text);
            (words(day).0, Sort::Value)
        }
        DataRef::DurationIso(text) => (duration(text), Sort::Value),
        DataRef::Error(CellErrorType::GettingData) => ("#GETTING_DATA".to_owned(), Sort::Error),
        DataRef::Error(error) => (error.to_string(), Sort::Error),
    };
    let nothing = text.is_empty() && sort != Sort::TooLong;
    (!nothing).then_some(Cell { column, text, sort })
}

/// What the library holds whole, as what it reads cell by cell.
pub fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

fn words(text: &str) -> (String, Sort) {
    if text.len() > LONGEST_FIELD {
        return (String::new(), Sort::TooLong);
    }
    // OpenDocument and cached results of formulas have errors as text.
    let error = text.starts_with('#') && ERRORS.contains(&text);
    let sort = if error { Sort::Error } else { Sort::Text };
    (text.to_owned(), sort)
}

/// A number as a person would type it: whole ones without a point, others with the 15 digits that spreadsheets keep, so
/// that the sum of 0.1 and 0.2 is 0.3.
pub fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() <= EXACT {
        // Minus zero is zero.
        return format!("{:.0}", value + 0.0);
    }
    let kept: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    match kept.abs() {
        1e-7..1e21 => kept.to_string(),
        _ => format!("{kept:e}"),
    }
}

/// A day (`2026-10-14`), a moment (`2026-10-14T09:30:00`) or a time of day (`09:30:00`) from the number of days since the
/// workbook's first one, or a duration in hours, minutes and seconds (`36:30:00`).
fn date(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if !(0.0..DAYS).contains(&days) {
        return number(days);
    }
    if moment.is_duration() {
        let seconds = (days * 86_400.0).round();
        let (hours, rest) = ((seconds / 3_600.0).floor(), seconds % 3_600.0);
        return format!("{hours:02}:{:02}:{:02}", (rest / 60.0).floor(), rest % 60.0);
    }
    let (year, month, day, hour, minute, second, thousandths) = moment.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    let mut time = format!("{hour:02}:{minute:02}:{second:02}");
    if thousandths > 0 {
        time.push_str(&format!(".{thousandths:03}"));
    }
    match (days < 1.0, time.as_str()) {
        (true, _) => time,
        (false, "00:00:00") => day,
        (false, _) => format!("{day}T{time}"),
    }
}

/// The duration of OpenDocument (`PT36H30M00S`, ISO 8601) like one of Excel; as it is where it has another form.
fn duration(iso: &str) -> String {
    let parts = || {
        let (hours, rest) = iso.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?;
        let seconds = seconds.split_once(['.', ',']).map_or(seconds, |(s, _)| s);
        let part = |text: &str| text.parse::<u32>().ok();
        Some((part(hours)?, part(minutes)?, part(seconds)?))
    };
    parts().map_or_else(
        || words(iso).0,
        |(hours, minutes, seconds)| format!("{hours:02}:{minutes:02}:{seconds:02}"),
    )
}

/// The address of a cell as spreadsheets write it: `AB12`.
pub fn address(row: u64, column: u32) -> String {
    format!("{}{row}", letters(column))
}

/// The letters of a column, the first being `A`.
pub fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = u32::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from_u32(u32::from('A') + digit).unwrap_or('A'));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
