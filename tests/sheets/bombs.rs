//! Files that want more than they may have, are not what they say, or are not whole.
//!
//! Each ends with rows or with a stated reason, and the process of the test lives on.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::workbook::{Sample, Xlsx, all, archive, ods, rows, words};

const HEADER: [&str; 2] = ["Title", "Text"];

fn with(rows: &str) -> Xlsx {
    Xlsx::default().sheet("S", &(words(1, &HEADER) + rows))
}

fn table(rows: &str) -> Vec<u8> {
    ods(
        &format!(r#"<table:table table:name="S">{rows}</table:table>"#),
        "",
    )
}

#[test]
fn a_table_of_texts_that_claims_four_thousand_million() {
    let sample = with(&words(2, &["a", "b"]))
        .part(
            "xl/sharedStrings.xml",
            r#"<sst uniqueCount="4000000000"></sst>"#,
        )
        .save();
    assert_eq!(
        sample.refusal(),
        "it needs more than 1 GiB of memory to read"
    );
}

#[test]
fn cells_in_two_corners_only() {
    let corner = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let (rows, faults) = all(&with(corner).save().open().expect("a sheet")).expect("rows");
    assert_eq!(rows, []);
    assert_eq!(
        faults[0].to_string(),
        "line 1048576: the cell XFD1048576 lies beyond the header, which ends with column B"
    );
    let far = r#"<c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>"#;
    let header = words(1, &HEADER).replace("</row>", far);
    let wide = Xlsx::default().sheet("S", &header).save();
    assert_eq!(wide.refusal(), "its table is wider than 4096 columns");
}

#[test]
fn one_cell_of_500_mb() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let whole = with("").bytes();
    let mut parts = zip::ZipArchive::new(Cursor::new(whole)).expect("an archive");
    for number in 0..parts.len() {
        let part = parts.by_index(number).expect("a part");
        if !part.name().expect("a name").contains("sheet0") {
            zip.raw_copy_file(part).expect("copied");
        }
    }
    let fast = SimpleFileOptions::default().compression_level(Some(1));
    zip.start_file("xl/worksheets/sheet0.xml", fast)
        .expect("a part");
    let head = words(1, &HEADER) + r#"<row r="2"><c r="A2" t="inlineStr"><is><t>"#;
    write!(zip, "<worksheet><sheetData>{head}").expect("written");
    let piece = vec![b'a'; 1 << 20];
    for _ in 0..500 {
        zip.write_all(&piece).expect("written");
    }
    write!(zip, "</t></is></c></row></sheetData></worksheet>").expect("written");
    let bytes = zip.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 8 << 20, "{}", bytes.len());
    let sample = Sample::new("cell.xlsx", &bytes);
    assert_eq!(
        sample.refusal(),
        "it needs more than 1 GiB of memory to read"
    );
}

#[test]
fn more_cells_than_a_sheet_may_have() {
    let mut rows = words(1, &HEADER);
    for number in 2..=1_001 {
        rows += &format!(
            r#"<row r="{number}">{}</row>"#,
            "<c><v>1</v></c>".repeat(1_000)
        );
    }
    let sample = Xlsx::default().sheet("S", &rows).save();
    let wanted = "a sheet of it has more than 1000000 cells with something in them";
    assert_eq!(sample.refusal(), wanted);

    let repeated = r#"<table:table-row table:number-rows-repeated="99000"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="1000"/></table:table-row>"#;
    let refusal = Sample::new("repeated.ods", &table(repeated)).refusal();
    assert_eq!(refusal, "it needs more than 1 GiB of memory to read");
}

#[test]
fn ten_levels_of_entities() {
    let mut entities = String::from(r#"<!ENTITY e0 "ha">"#);
    for level in 1..10 {
        let below = format!("&e{};", level - 1).repeat(10);
        entities += &format!(r#"<!ENTITY e{level} "{below}">"#);
    }
    let strings = format!("<!DOCTYPE sst [{entities}]><sst><si><t>&e9;</t></si></sst>");
    let sample = with("").part("xl/sharedStrings.xml", strings).save();
    assert!(sample.refusal().starts_with("it is damaged"));
}

#[test]
fn eighty_thousand_attributes() {
    let attributes: String = (0..80_000).map(|n| format!(r#" a{n}="x""#)).collect();
    let row = format!(r#"<row r="2"{attributes}><c r="A2"{attributes}><v>1</v></c></row>"#);
    let read = rows(&with(&row).save().open().expect("a sheet"));
    assert_eq!(read[0].1[0], "1");
}

#[test]
fn parts_that_overlap() {
    let bytes = archive(&[("[Content_Types].xml", &[b'a'; 4_096]), ("b", b"b")]);
    // The entries of the central directory (APPNOTE 4.3.12) tell at byte 42 where their part lies.
    let entry = |from: usize| {
        let found = bytes[from..].windows(4).position(|w| w == b"PK\x01\x02");
        from + found.expect("an entry")
    };
    let first = entry(0);
    let second = entry(first + 4);
    let mut forged = bytes.clone();
    forged.copy_within(first + 42..first + 46, second + 42);
    let refusal = Sample::new("overlap.xlsx", &forged).refusal();
    assert!(
        refusal.contains("overlap") || refusal.starts_with("it is damaged"),
        "{refusal}"
    );
}

#[test]
fn a_part_that_would_leave_its_folder_goes_nowhere() {
    let sample = with(&words(2, &["a", "b"]))
        .part("../../escaped-from-a-spreadsheet", "out")
        .save();
    assert_eq!(rows(&sample.open().expect("a sheet")).len(), 1);
    let above = sample.path.parent().and_then(|folder| folder.parent());
    assert!(
        !above
            .expect("a folder")
            .join("escaped-from-a-spreadsheet")
            .exists()
    );
}

#[test]
fn an_archive_cut_off_anywhere_is_refused() {
    let whole = with(&words(2, &["a", "b"])).bytes();
    for length in [
        4,
        30,
        whole.len() / 3,
        whole.len() / 2,
        whole.len() - 100,
        whole.len() - 22,
    ] {
        let refusal = Sample::new("cut.xlsx", &whole[..length]).refusal();
        assert_eq!(
            refusal, "it is cut off: the end of its archive is missing",
            "{length}"
        );
    }
}

#[test]
fn damage_anywhere_is_refused_or_harmless() {
    let whole = with(&words(2, &["a", "b"])).bytes();
    for place in (0..whole.len()).step_by(whole.len() / 16) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0xFF;
        let sample = Sample::new("damaged.xlsx", &damaged);
        let told = sample.open().and_then(|sheet| all(&sheet));
        if let Err(error) = told {
            assert!(!error.to_string().is_empty());
        }
    }
}

#[test]
fn what_is_no_spreadsheet_is_named_as_what_it_is() {
    let html = "<html><body><table><tr><td>Title</td></tr></table></body></html>";
    let xml =
        r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>"#;
    let zip = archive(&[("notes.txt", b"hello")]);
    let other = ods("", "");
    for (name, bytes, words) in [
        ("page.xls", html.as_bytes(), "it is a web page (HTML)"),
        (
            "page.xlsx",
            b"\xEF\xBB\xBF <!DOCTYPE html><html>",
            "it is a web page (HTML)",
        ),
        ("old.xls", xml.as_bytes(), "written as one XML file"),
        (
            "rows.xls",
            b"Title\tText\na\tb\n",
            "it is text, such as CSV",
        ),
        ("rows.xlsx", b"Title,Text\na,b\n", "it is text, such as CSV"),
        ("wide.xls", b"\xFF\xFET\0i\0", "it is text, such as CSV"),
        (
            "biff.xls",
            b"\x09\x04\x06\x00\x00\x00\x10\x00",
            "before version 5",
        ),
        ("notes.xlsx", &zip, "an archive without a spreadsheet"),
        (
            "noise.ods",
            b"\x01\x00\x02\x03",
            "no spreadsheet, whatever its name says",
        ),
        ("empty.ods", &other, "an archive without a spreadsheet"),
        (
            "ole.xls",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more",
            "it is damaged",
        ),
    ] {
        let refusal = Sample::new(name, bytes).refusal();
        assert!(refusal.contains(words), "{name}: {refusal}");
    }
}

#[test]
fn a_password_is_named_as_such() {
    let encrypted = r#"<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>"#;
    let refusal = Sample::new("secret.ods", &ods("", encrypted)).refusal();
    assert_eq!(refusal, "it is protected by a password");
}

#[test]
fn a_workbook_without_a_table_says_which_sheets_it_has() {
    let sample = Xlsx::default()
        .sheet("Empty", "")
        .sheet("Blank", &words(3, &[" ", " "]))
        .save();
    assert_eq!(
        sample.refusal(),
        "none of its sheets holds a table (“Empty”, “Blank”)"
    );
    let error = sample.wish("Blank").expect_err("nothing there").to_string();
    assert_eq!(error, "its sheet “Blank” is empty");
}

#[test]
fn a_file_too_large_is_not_even_opened() {
    let sample = with("").save();
    let file = std::fs::File::options()
        .write(true)
        .open(&sample.path)
        .expect("a file");
    file.set_len((50 << 20) + 1).expect("enlarged");
    assert_eq!(
        sample.refusal(),
        "it has 52428801 bytes; at most 50 MiB of a spreadsheet are read"
    );
}
