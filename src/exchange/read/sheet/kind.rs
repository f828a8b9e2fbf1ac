//! What a file is by its first bytes, whatever its name says.

use super::refusal::Refusal;

/// What a spreadsheet is wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// A zip archive: XLSX, XLSM, XLSB, ODS.
    Zip,
    /// A compound file of Microsoft Office: XLS, and everything else with a password.
    Compound,
}

/// The magic numbers of APPNOTE 4.3.7 and 4.3.16 (the latter begins an archive of nothing) and of MS-CFB 2.2.
const MAGIC: [(&[u8], Container); 3] = [
    (b"PK\x03\x04", Container::Zip),
    (b"PK\x05\x06", Container::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Container::Compound),
];

/// The first record of a workbook of Excel 2, 3 and 4, and of a bare stream of Excel 5 (its number, then its length).
const OLD: [&[u8]; 4] = [
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
];

/// The container that a file is, by its head of some kilobytes.
///
/// # Errors
/// What else it is.
pub fn container(head: &[u8]) -> Result<Container, Refusal> {
    if let Some((_, container)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Ok(*container);
    }
    if OLD.iter().any(|record| head.starts_with(record)) {
        return Err(Refusal::Old);
    }
    let wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if wide {
        return Err(Refusal::Text);
    }
    if head.contains(&0) {
        return Err(Refusal::Other);
    }
    Err(text(&String::from_utf8_lossy(head).to_lowercase()))
}

/// Which kind of text it is; all in lower case.
fn text(head: &str) -> Refusal {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if !head.starts_with('<') && !head.starts_with("mime-version:") {
        return Refusal::Text;
    }
    let xml = [
        "urn:schemas-microsoft-com:office:spreadsheet",
        "<office:document",
    ];
    let html = ["<html", "<!doctype html", "<table", "mime-version:"];
    if xml.iter().any(|sign| head.contains(sign)) && !head.contains("<html") {
        Refusal::Xml
    } else if html.iter().any(|sign| head.contains(sign)) {
        Refusal::Html
    } else {
        Refusal::Text
    }
}
