//! The two sides of the pipe, each for itself.

use std::fs::File;
use std::io::{Cursor, ErrorKind, Write};
use std::path::Path;

use super::cell::letters;
use super::check::{Check, credible};
use super::child::answer;
use super::frame::{Frame, Named, Order, Place, Survey, read, write};
use super::parent::Reading;
use super::{LONGEST_ROW, MOST_CELLS, Refusal, SheetError, claims};
use crate::exchange::read::{LONGEST_FIELD, Next};

const PLACE: Place = Place {
    sheet: 0,
    header: 2,
    left: 1,
    width: 3,
};

fn survey() -> Survey {
    Survey {
        sheets: vec![Named {
            name: "S".to_owned(),
            visible: true,
        }],
        place: PLACE,
        columns: vec!["a".to_owned(), String::new(), "c".to_owned()],
        named: true,
        rows: 1,
        above: 0,
        errors: 0,
        first_error: String::new(),
        macros: false,
    }
}

#[test]
fn frames_come_back_as_they_were_sent_and_an_answer_may_end_anywhere() {
    let frames = [
        Frame::Survey(survey()),
        Frame::Row(3, vec!["x".to_owned(), "\u{1b}[2J".to_owned()]),
        Frame::Beyond(4, 9),
        Frame::Refused(Refusal::LongRow(5)),
        Frame::Done,
    ];
    let mut bytes = Vec::new();
    for frame in &frames {
        write(&mut bytes, frame).expect("written");
    }
    let mut buffer = Vec::new();
    let mut input = Cursor::new(&bytes);
    for frame in frames {
        assert_eq!(read(&mut input, &mut buffer).expect("read"), Some(frame));
    }
    for length in 0..bytes.len() {
        let mut input = Cursor::new(&bytes[..length]);
        while read(&mut input, &mut buffer)
            .expect("no nonsense")
            .is_some()
        {}
    }
}

#[test]
fn a_frame_that_cannot_be_is_refused_before_it_is_read() {
    for bytes in [&[0xFF, 0xFF, 0xFF, 0xFF, 1][..], &[2, 0, 0, 0, 0xC1, 0xC1]] {
        let error = read(&mut Cursor::new(bytes), &mut Vec::new()).expect_err("nonsense");
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }
}

fn garbled<T: std::fmt::Debug>(result: Result<T, SheetError>) {
    assert!(matches!(result, Err(SheetError::Garbled)), "{result:?}");
}

#[test]
fn what_the_child_says_has_bounds() {
    let row = |line: u64, cells: &[&str]| {
        Frame::Row(line, cells.iter().map(ToString::to_string).collect())
    };
    let mut check = Check::new(PLACE);
    let Ok(Next::Row(read)) = check.take(row(3, &["x"])) else {
        panic!("a row");
    };
    assert_eq!(
        (read.line, read.cells),
        (3, vec!["x".to_owned(), String::new(), String::new()])
    );
    garbled(check.take(row(3, &["twice"])));
    garbled(check.take(row(2, &["back"])));
    garbled(check.take(row(4, &["a", "b", "c", "d"])));
    garbled(check.take(row(4, &["x".repeat(LONGEST_FIELD + 1).as_str()])));
    garbled(check.take(Frame::Survey(survey())));
    garbled(check.take(Frame::TooLong(1, 0)));
    assert!(matches!(
        check.take(Frame::Beyond(9, u32::MAX)),
        Ok(Next::Fault(_))
    ));
    assert_eq!(check.take(Frame::Done).expect("the end"), Next::End);

    let wide = u32::try_from(LONGEST_ROW / LONGEST_FIELD + 1).expect("few");
    let mut check = Check::new(Place {
        width: wide,
        ..PLACE
    });
    let field = "x".repeat(LONGEST_FIELD);
    garbled(check.take(Frame::Row(3, vec![field; LONGEST_ROW / LONGEST_FIELD + 1])));

    let mut check = Check::new(Place {
        width: 4_000,
        ..PLACE
    });
    let full = || vec!["x".to_owned(); 4_000];
    for line in 0..MOST_CELLS / 4_000 {
        assert!(check.take(Frame::Row(line + 3, full())).is_ok());
    }
    garbled(check.take(Frame::Row(MOST_CELLS, full())));
}

#[test]
fn a_table_that_cannot_be_is_not_believed() {
    assert_eq!(credible(&survey()).expect("credible"), "S");
    for forge in [
        |survey: &mut Survey| survey.place.width = 4,
        |survey: &mut Survey| survey.place.sheet = 1,
        |survey: &mut Survey| survey.columns[0] = "x".repeat(LONGEST_FIELD + 1),
        |survey: &mut Survey| {
            survey.place.width = 5_000;
            survey.columns = vec![String::new(); 5_000];
        },
    ] {
        let mut forged = survey();
        forge(&mut forged);
        garbled(credible(&forged));
    }
}

#[test]
fn columns_are_counted_as_spreadsheets_do() {
    for (column, wanted) in [
        (0, "A"),
        (25, "Z"),
        (26, "AA"),
        (701, "ZZ"),
        (702, "AAA"),
        (16_383, "XFD"),
    ] {
        assert_eq!(letters(column), wanted);
    }
    assert_eq!(letters(u32::MAX), "MWLQKWV");
}

#[test]
fn a_spreadsheet_is_known_by_what_is_in_it_and_a_text_is_none_whatever_its_name() {
    let zip = b"PK\x03\x04\x14\x00";
    let ods = [
        &zip[..],
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    ]
    .concat();
    let office = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    for (name, head, wanted) in [
        ("cases.xlsx", &zip[..], true),
        ("CASES.XLSX", zip, true),
        ("export", &ods, true),
        ("slack.zip", zip, false),
        ("cases.dat", office, true),
        ("cases.xls", b"<html><table>", true),
        ("page.html", b"<html><table>", false),
        ("cases.xls", b"Title\tId\n", false),
        ("cases.xls", b"\xFF\xFET\0\t\0", false),
        ("cases.csv", b"Title,Id\n", false),
        ("", b"", false),
    ] {
        assert_eq!(claims(head, Path::new(name)), wanted, "{name}");
    }
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    std::io::Seek::rewind(&mut file).expect("rewound");
    file
}

#[test]
fn a_refusal_is_an_answer_too() {
    let mut said = Vec::new();
    answer(&Order::Survey(None), file(b"Title,Text\n"), &mut said).expect("answered");
    let frame = read(&mut Cursor::new(said), &mut Vec::new()).expect("a frame");
    assert_eq!(frame, Some(Frame::Refused(Refusal::Text)));
}

#[test]
#[cfg(target_os = "linux")]
fn the_process_ends_with_the_reading() {
    let sample = tempfile::NamedTempFile::new().expect("a file");
    // It repeats its arguments for as long as it lives.
    let reading = Reading::start(Path::new("yes"), sample.path(), &Order::Survey(None));
    let reading = reading.expect("it starts");
    let process = Path::new("/proc").join(reading.process().to_string());
    assert!(process.exists());
    drop(reading);
    assert!(!process.exists());
}
