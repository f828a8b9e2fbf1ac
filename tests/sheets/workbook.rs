//! Workbooks of our own making, as small as they can be.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use intake::exchange::read::sheet::{Sheet, SheetError};
use intake::exchange::read::{Fault, Next, Row};
use zip::write::{SimpleFileOptions, ZipWriter};

/// The program that reads.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_intake"))
}

/// A file in a folder of its own, which goes with it.
pub struct Sample {
    _folder: tempfile::TempDir,
    pub path: PathBuf,
}

impl Sample {
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        Self {
            _folder: folder,
            path,
        }
    }

    pub fn open(&self) -> Result<Sheet, SheetError> {
        Sheet::open(&self.path, program(), None)
    }

    pub fn wish(&self, sheet: &str) -> Result<Sheet, SheetError> {
        Sheet::open(&self.path, program(), Some(sheet))
    }

    /// Why it is refused.
    pub fn refusal(&self) -> String {
        match self.open().and_then(|sheet| all(&sheet)) {
            Ok((rows, faults)) => panic!("{} rows and {} faults", rows.len(), faults.len()),
            Err(error) => {
                assert!(!error.hint().is_empty());
                error.to_string()
            }
        }
    }
}

/// All rows and faults of a table.
pub fn all(sheet: &Sheet) -> Result<(Vec<Row>, Vec<Fault>), SheetError> {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut reading = sheet.rows()?;
    loop {
        match reading.next_row()? {
            Next::Row(row) => rows.push(row),
            Next::Fault(fault) | Next::Short(_, fault) => faults.push(fault),
            Next::End => return Ok((rows, faults)),
        }
    }
}

/// The rows of a table which has no faults, each with its number.
pub fn rows(sheet: &Sheet) -> Vec<(u64, Vec<String>)> {
    let (rows, faults) = all(sheet).expect("rows");
    assert_eq!(faults, []);
    rows.into_iter().map(|row| (row.line, row.cells)).collect()
}

/// A zip archive of those parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

/// An XLSX in the making.
#[derive(Default)]
pub struct Xlsx {
    sheets: Vec<(String, &'static str, String)>,
    parts: Vec<(String, Vec<u8>)>,
    since_1904: bool,
}

impl Xlsx {
    /// A visible sheet with those rows, as XML.
    pub fn sheet(self, name: &str, rows: &str) -> Self {
        self.sheet_in(name, "visible", rows)
    }

    pub fn sheet_in(mut self, name: &str, state: &'static str, rows: &str) -> Self {
        self.sheets.push((name.to_owned(), state, rows.to_owned()));
        self
    }

    /// Another part of the archive.
    pub fn part(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_owned(), bytes.into()));
        self
    }

    /// With days counted from 1904.
    pub fn since_1904(mut self) -> Self {
        self.since_1904 = true;
        self
    }

    pub fn bytes(self) -> Vec<u8> {
        let mut parts = self.parts;
        let (mut list, mut links) = (String::new(), String::new());
        for (number, (name, state, rows)) in self.sheets.iter().enumerate() {
            let part = format!("xl/worksheets/sheet{number}.xml");
            list += &format!(
                r#"<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>"#
            );
            links += &format!(
                r#"<Relationship Id="r{number}" Type="x/worksheet" Target="worksheets/sheet{number}.xml"/>"#
            );
            let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
            parts.push((part, sheet.into_bytes()));
        }
        let base = u8::from(self.since_1904);
        let book = format!(
            r#"<workbook><workbookPr date1904="{base}"/><sheets>{list}</sheets></workbook>"#
        );
        let package = r#"<Relationships><Relationship Id="r" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
        // Number formats 14 (a day), 22 (a moment), 21 (a time of day), 46 (a duration), 9 (per cent).
        let formats: String = [0, 14, 22, 21, 46, 9]
            .map(|format| format!(r#"<xf numFmtId="{format}"/>"#))
            .concat();
        let styles = format!("<styleSheet><cellXfs>{formats}</cellXfs></styleSheet>");
        let links = format!("<Relationships>{links}</Relationships>");
        parts.extend([
            ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()),
            ("_rels/.rels".to_owned(), package.into()),
            ("xl/workbook.xml".to_owned(), book.into()),
            ("xl/_rels/workbook.xml.rels".to_owned(), links.into()),
            ("xl/styles.xml".to_owned(), styles.into()),
        ]);
        let parts: Vec<(&str, &[u8])> = parts
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        archive(&parts)
    }

    pub fn save(self) -> Sample {
        Sample::new("sample.xlsx", &self.bytes())
    }
}

/// A row of words at that number, from column A on; nothing for an empty one.
pub fn words(number: usize, cells: &[&str]) -> String {
    let mut row = String::new();
    for (column, text) in (b'A'..).zip(cells) {
        if !text.is_empty() {
            let column = char::from(column);
            row += &format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#);
        }
    }
    format!(r#"<row r="{number}">{row}</row>"#)
}

/// An ODS with that content between `office:spreadsheet` tags, and those entries in its manifest.
pub fn ods(tables: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = format!("<manifest:manifest>{manifest}</manifest:manifest>");
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}
