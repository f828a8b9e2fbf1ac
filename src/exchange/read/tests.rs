use std::path::PathBuf;

use proptest::prelude::*;

use std::fs;

use super::*;

/// A file with these bytes in a folder of its own.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    (folder, path)
}

type Read = (Vec<String>, Vec<Row>, Vec<String>);

/// Columns, rows and faults of a file.
fn read(name: &str, bytes: &[u8]) -> Result<Read, ReadError> {
    let (_folder, path) = file(name, bytes);
    let table = Table::open(&path, Manner::default())?;
    let mut rows = table.rows()?;
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    loop {
        match rows.next_row()? {
            Next::Row(row) => good.push(row),
            Next::Fault(fault) | Next::Short(_, fault) => faults.push(fault.to_string()),
            Next::End => return Ok((table.columns, good, faults)),
        }
    }
}

fn words(name: &str, bytes: &[u8]) -> String {
    match read(name, bytes) {
        Err(error) => error.to_string(),
        Ok(read) => panic!("{read:?}"),
    }
}

#[test]
fn cells_come_as_they_are_written() {
    let (columns, rows, faults) = read(
        "a.csv",
        "\u{feff}title,body\r\n\"a \"\"b\"\"\",\"x\r\ny,z\"\r\n\r\n plain ,モ\r\n".as_bytes(),
    )
    .expect("read");
    assert_eq!(columns, ["title", "body"]);
    assert_eq!(rows[0].cells, ["a \"b\"", "x\r\ny,z"]);
    assert_eq!(rows[1].cells, [" plain ", "モ"]);
    assert_eq!((rows[0].line, rows[1].line), (2, 5));
    assert!(faults.is_empty());
}

#[test]
fn the_separator_shows() {
    for (separator, byte) in [(",", b','), (";", b';'), ("\t", b'\t'), ("|", b'|')] {
        let text = ["title", "text"].join(separator)
            + "\n"
            + &["a, b; c", "\"d|e\tf\""]
                .join(separator)
                .replace("a, b; c", "\"a, b; c\"")
            + "\n";
        let (_folder, path) = file("a.csv", text.as_bytes());
        let table = Table::open(&path, Manner::default()).expect("read");
        let Format::Csv(layout) = table.format else {
            panic!("{text}");
        };
        assert_eq!(layout.separator, byte, "{text}");
        assert_eq!(table.columns, ["title", "text"]);
    }
}

#[test]
fn ragged_rows_are_named_and_the_others_are_read() {
    let (_, rows, faults) =
        read("a.csv", b"id,title,body\n1,a\n2,b,c\n3,d,e,f\n4,g,h,,\n").expect("read");
    assert_eq!(
        faults,
        [
            "line 2: the row has 2 of 3 cells; the first that is missing is “body”",
            "line 4: the row has 4 cells where the header has 3",
        ]
    );
    assert_eq!(rows.len(), 2);
}

#[test]
fn a_quote_that_is_never_closed_is_an_error_with_its_line() {
    let expected =
        "the quote that opens in line 3 is never closed, so it swallows the rest of the file";
    for end in ["", "\n", "\r\n", "\n\n"] {
        let text = format!("title,body\na,b\n\"open\nb,c\nd,e{end}");
        assert_eq!(words("a.csv", text.as_bytes()), expected);
    }
    read("a.csv", b"title,body\na,\"closed\nat the end\"").expect("read");
}

#[test]
fn other_encodings_are_stated_with_their_place() {
    assert_eq!(
        words(
            "a.csv",
            "title,body\nGröße,naïve\n\u{e9}t"
                .as_bytes()
                .iter()
                .copied()
                .chain(*b"\xe9,x\n")
                .collect::<Vec<_>>()
                .as_slice()
        ),
        "it is not UTF-8: byte 0xE9 at offset 29, line 3"
    );
    assert_eq!(
        words("a.csv", b"\xff\xfet\0i"),
        "it is not UTF-16LE: byte 0x69 at offset 4, line 1"
    );
}

#[test]
fn empty_files_say_so_and_a_header_alone_is_a_table_without_rows() {
    for nothing in [&b""[..], b"\n\n", b"\xef\xbb\xbf", b"  \n"] {
        assert_eq!(words("a.csv", nothing), "it is empty");
    }
    let (columns, rows, faults) = read("a.csv", b"number,title\n").expect("read");
    assert_eq!(columns, ["number", "title"]);
    assert!(rows.is_empty() && faults.is_empty());
}

#[test]
fn repeated_and_nameless_columns_get_names_of_their_own() {
    let (_folder, path) = file("a.csv", b"Watchers,,Watchers,title\n1,2,3,4\n");
    let table = Table::open(&path, Manner::default()).expect("read");
    assert_eq!(
        table.columns,
        ["Watchers", "column 2", "Watchers (2)", "title"]
    );
    assert_eq!(table.notes.len(), 1);
}

#[test]
fn the_limits_hold_without_filling_the_memory() {
    let mut long = b"title,body\na,".to_vec();
    long.extend(std::iter::repeat_n(b'x', LONGEST_FIELD + 10));
    assert!(words("a.csv", &long).starts_with("the field that begins in line 2"));
    let wide = "a,".repeat(100_000);
    assert_eq!(
        words("a.csv", wide.as_bytes()),
        "line 1 has more than 4096 columns"
    );
    let (_, _, faults) = read(
        "a.jsonl",
        format!("{{\"body\":\"{}\"}}", "x".repeat(LONGEST_FIELD + 1)).as_bytes(),
    )
    .expect("read");
    assert_eq!(
        faults,
        ["line 1, column “body”: the text is longer than 1 MiB"]
    );
}

#[test]
fn what_is_as_long_as_may_be_is_read() {
    for (name, before, behind) in [
        ("a.csv", "title,body\na,", ""),
        ("a.csv", "title,body\na,", "\n"),
        ("a.csv", "title,body\na,\"", "\"\n"),
        ("a.jsonl", "{\"title\":\"a\",\"body\":\"", "\"}"),
    ] {
        let text = |length| format!("{before}{}{behind}", "x".repeat(length));
        let (_, rows, faults) = read(name, text(LONGEST_FIELD).as_bytes()).expect("read");
        assert_eq!((rows.len(), faults.len()), (1, 0), "{before}");
        let longer = read(name, text(LONGEST_FIELD + 1).as_bytes());
        let refused = longer.map_or(true, |(_, rows, faults)| {
            rows.is_empty() && faults.len() == 1
        });
        assert!(refused, "{before}");
    }
}

#[test]
fn carriage_returns_alone_end_lines() {
    let (_, rows, faults) = read("a.csv", b"id,title\r1,\"a\rb\"\r\r2,b\r3\r4,c\r").expect("read");
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 5, 7]);
    assert_eq!(
        faults,
        ["line 6: the row has 1 of 2 cells; the first that is missing is “title”"]
    );
    assert_eq!(
        words("a.csv", b"id,title\r1,a\r2,\"b\r"),
        "the quote that opens in line 3 is never closed, so it swallows the rest of the file"
    );
}

#[test]
fn json_lines_become_paths_and_texts() {
    let (columns, rows, faults) = read(
        "a.jsonl",
        br#"{"id":7,"user":{"login":"x"},"labels":[{"name":"bug"}],"closed":false,"none":null}

{"id":8,"title":"later \u00e9"}
"#,
    )
    .expect("read");
    assert!(faults.is_empty());
    let cell = |row: usize, name: &str| {
        let place = columns.iter().position(|c| c == name).expect(name);
        rows[row].cells[place].clone()
    };
    assert_eq!(cell(0, "id"), "7");
    assert_eq!(cell(0, "user.login"), "x");
    assert_eq!(cell(0, "labels"), r#"[{"name":"bug"}]"#);
    assert_eq!(cell(0, "closed"), "false");
    assert_eq!(cell(1, "title"), "later é");
    assert_eq!(cell(1, "user.login"), "");
    assert_eq!(rows[1].line, 3);
}

#[test]
fn broken_lines_of_json_are_named_and_the_others_are_read() {
    let deep = "[".repeat(200_000);
    let text = format!(
        "{{\"id\":1}}\n{{\"id\":2,\"id\":3}}\n{{\"é\":\"\\ud800\"}}\n{{\"n\":1e999}}\n{{\"a\":{deep}\n[1]\nplain\n{{\"id\":9}}\n"
    );
    let (_, rows, faults) = read("a.jsonl", text.as_bytes()).expect("read");
    assert_eq!(rows.len(), 2);
    let lines: Vec<&str> = faults.iter().map(|f| &f[..7]).collect();
    assert_eq!(
        lines,
        [
            "line 2,", "line 3,", "line 4,", "line 5,", "line 6,", "line 7,"
        ]
    );
    assert!(
        faults[0].contains("the key “id” occurs twice"),
        "{faults:?}"
    );
    assert!(faults[3].contains("nested deeper than 128"), "{faults:?}");
}

#[test]
fn a_file_that_changes_under_the_plan_is_refused() {
    let (_folder, path) = file("a.csv", b"title\na\n");
    let table = Table::open(&path, Manner::default()).expect("read");
    fs::write(&path, b"title\na\nb\n").expect("written");
    assert!(matches!(table.rows(), Err(ReadError::Changed)));
}

#[test]
fn what_was_defused_for_spreadsheets_is_restored() {
    let (_, rows, _) = read(
        "a.csv",
        b"title,body\n'=1+1,'@dana\n'quoted',it's - so\n'-1,\"'+a\"\n",
    )
    .expect("read");
    let cells: Vec<&str> = rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(String::as_str)
        .collect();
    assert_eq!(
        cells,
        ["=1+1", "@dana", "'quoted'", "it's - so", "-1", "+a"]
    );
}

#[test]
fn titles_are_skipped_and_columns_without_names_get_numbers() {
    let (_folder, path) = file("a.csv", b"All of May\n\nid,title,body\n1,a,b\n2,c,d\n");
    let table = Table::open(&path, Manner::default()).expect("read");
    assert_eq!(table.columns, ["id", "title", "body"]);
    assert_eq!(
        table.notes,
        ["the table begins in line 3; what stands above is left out"]
    );
    let mut rows = table.rows().expect("rows");
    let Ok(Next::Row(row)) = rows.next_row() else {
        panic!("a row")
    };
    assert_eq!((row.line, &*row.cells[1]), (4, "a"));

    let (_folder, path) = file(
        "b.csv",
        b"17,It is dark,2024-01-02\n18,It is light,2024-01-03\n",
    );
    let table = Table::open(&path, Manner::default()).expect("read");
    assert_eq!((table.header, table.columns.len()), (false, 3));
    assert!(table.notes[0].contains("--header"));
    let mut rows = table.rows().expect("rows");
    let Ok(Next::Row(row)) = rows.next_row() else {
        panic!("a row")
    };
    assert_eq!((row.line, &*row.cells[1]), (1, "It is dark"));
    let manner = Manner {
        header: Some(true),
        ..Manner::default()
    };
    assert!(Table::open(&path, manner).expect("read").header);
}

proptest! {
    /// What the csv crate writes, this reads back, whatever is in the cells.
    #[test]
    fn whatever_is_written_as_csv_reads_back(
        rows in prop::collection::vec(prop::collection::vec("[a\",;\r\n é|\t]{0,8}", 3), 1..6),
    ) {
        let mut writer = ::csv::WriterBuilder::new()
            .quote_style(::csv::QuoteStyle::Always)
            .from_writer(Vec::new());
        writer.write_record(["id", "title", "body"]).expect("written");
        for row in &rows {
            writer.write_record(row).expect("written");
        }
        let bytes = writer.into_inner().expect("written");
        let (_, good, faults) = read("a.csv", &bytes).expect("read");
        prop_assert!(faults.is_empty());
        let cells: Vec<_> = good.into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(cells, rows);
    }

    /// What the csv crate writes, in whatever encoding, this reads back when it is told which.
    #[test]
    fn every_encoding_reads_back(
        cells in prop::collection::vec("[a\",;\r\n éü€ß]{0,8}", 1..20),
        encoding in prop::sample::select(vec!["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15"]),
        mark in any::<bool>(),
    ) {
        let mut writer = ::csv::WriterBuilder::new()
            .quote_style(::csv::QuoteStyle::Always)
            .from_writer(Vec::new());
        writer.write_record(["title"]).expect("written");
        for cell in &cells {
            writer.write_record([cell]).expect("written");
        }
        let text = String::from_utf8(writer.into_inner().expect("written")).expect("text");
        let text = if mark && encoding.starts_with("utf") { format!("\u{feff}{text}") } else { text };
        let bytes: Vec<u8> = match encoding {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            name => {
                let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).expect(name);
                encoding.encode(&text).0.into_owned()
            }
        };
        let (_folder, path) = file("a.csv", &bytes);
        let manner = Manner {
            encoding: Encoding::named(encoding),
            header: Some(true),
            ..Manner::default()
        };
        let table = Table::open(&path, manner).expect("read");
        prop_assert_eq!(&table.columns, &["title"]);
        let mut rows = table.rows().expect("rows");
        for cell in &cells {
            match rows.next_row().expect("a row") {
                Next::Row(row) => prop_assert_eq!(&row.cells[0], cell),
                other => prop_assert!(false, "{:?}", other),
            }
        }
        prop_assert_eq!(rows.next_row().expect("the end"), Next::End);
    }

    /// No bytes at all make reading panic or run forever.
    #[test]
    fn no_bytes_make_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("a.csv", &bytes);
        let mut line = b"{\"a\":".to_vec();
        line.extend(&bytes);
        let _ = read("a.jsonl", &line);
    }
}
