//! Which table is found, and what its cells say.

use intake::exchange::convert::Choices;
use intake::exchange::source::Source;

use crate::workbook::{Sample, Xlsx, all, ods, program, rows, words};

fn texts<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(ToOwned::to_owned).to_vec()
}

/// A header of two columns and one row.
fn table(first: &str) -> String {
    words(1, &["Title", "Text"]) + &words(2, &[first, "x"])
}

#[test]
fn the_first_visible_sheet_with_a_header_and_a_row_is_read_and_the_others_are_named() {
    let sample = Xlsx::default()
        .sheet_in("Secret", "veryHidden", &table("hidden"))
        .sheet("Read me", &(words(1, &["One"]) + &words(2, &["two"])))
        .sheet("Heads only", &words(1, &["Title", "Text"]))
        .sheet("Feedback", &table("found"))
        .sheet("feedback 2", &table("second"))
        .save();
    let sheet = sample.open().expect("a sheet");
    assert_eq!(sheet.chosen, "Feedback");
    assert_eq!(
        sheet.sheets,
        texts(["Secret", "Read me", "Heads only", "Feedback", "feedback 2"])
    );
    assert_eq!(
        sheet.notes,
        [
            "the sheet “Feedback” is read; --sheet NAME takes another: “Read me”, “Heads only”, “feedback 2”"
        ]
    );
    assert_eq!(rows(&sheet), [(2, texts(["found", "x"]))]);

    for (wish, first) in [("FEEDBACK 2", "second"), ("#1", "hidden"), ("#5", "second")] {
        let sheet = sample.wish(wish).expect("a sheet");
        assert_eq!(rows(&sheet)[0].1[0], first, "{wish}");
        assert_eq!(sheet.notes, [""; 0]);
    }
    for wish in ["Other", "#0", "#6", "--help", "\0"] {
        let error = sample.wish(wish).expect_err("no such sheet").to_string();
        assert!(error.contains("it has “Secret”, “Read me”"), "{error}");
    }
}

#[test]
fn titles_and_labels_above_the_header_are_left_out_with_a_note() {
    let rows_of = [
        words(2, &["Open cases"]),
        words(3, &["As of", "2026-10-14"]),
        words(6, &["", "Case", "Subject", "Account", "Owner", "Opened"]),
        words(7, &["", "7", "Dark mode", "", "", ""]),
        words(9, &["", "8", "Boards", "Globex", "Hana", "today"]),
    ];
    let sample = Xlsx::default().sheet("Report", &rows_of.concat()).save();
    let sheet = sample.open().expect("a sheet");
    assert_eq!(
        sheet.columns,
        texts(["Case", "Subject", "Account", "Owner", "Opened"])
    );
    assert_eq!(
        sheet.notes,
        ["the columns are named in row 6; above it 2 rows are left out"]
    );
    let wanted = [
        (7, texts(["7", "Dark mode", "", "", ""])),
        (9, texts(["8", "Boards", "Globex", "Hana", "today"])),
    ];
    assert_eq!(rows(&sheet), wanted);
}

#[test]
fn a_labelled_line_half_as_wide_as_the_table_is_no_header() {
    let rows_of = [
        words(1, &["Generated", "2026-11-20"]),
        words(2, &["Case", "Subject", "Account", "Opened"]),
        words(3, &["7", "Dark mode", "Globex", "today"]),
    ];
    let sample = Xlsx::default().sheet("Report", &rows_of.concat()).save();
    let sheet = sample.open().expect("a sheet");
    assert_eq!(
        sheet.columns,
        texts(["Case", "Subject", "Account", "Opened"])
    );
}

#[test]
fn a_sheet_without_names_starts_with_its_first_row_and_says_so() {
    let numbers =
        r#"<row r="3"><c r="B3"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>"#;
    let sample = Xlsx::default().sheet("S", numbers).save();
    let sheet = sample.open().expect("a sheet");
    // The column on the left has no name, and holds something below.
    assert_eq!(sheet.columns, texts(["", "1"]));
    assert_eq!(rows(&sheet), [(4, texts(["2", ""]))]);
    assert_eq!(
        sheet.notes,
        ["no row looks like names of columns; row 3 is taken for that"]
    );
}

#[test]
fn a_cell_beyond_the_header_or_too_long_is_a_fault_of_its_row() {
    let long = "y".repeat((1 << 20) + 1);
    let rows = [
        words(1, &["Title", "Text"]),
        words(2, &["a", "b", "c"]),
        words(3, &["a", &long]),
        words(4, &["a", "b", " "]),
    ];
    let sample = Xlsx::default().sheet("S", &rows.concat()).save();
    let (rows, faults) = all(&sample.open().expect("a sheet")).expect("rows");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].line, 4);
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "line 2: the cell C2 lies beyond the header, which ends with column B",
            "line 3: the cell B3 is longer than 1 MiB"
        ]
    );
}

/// One cell with that style and type in the second row.
fn cell(style: usize, sort: &str, value: &str) -> String {
    let row = format!(r#"<row r="2"><c r="A2" s="{style}" t="{sort}"><v>{value}</v></c></row>"#);
    words(1, &["Title", "Text"]) + &row
}

#[test]
fn a_value_becomes_the_text_that_a_person_would_type() {
    for (style, sort, value, text) in [
        (0, "n", "3", "3"),
        (0, "n", "-0", "0"),
        (0, "n", "0.1", "0.1"),
        (0, "n", "0.30000000000000004", "0.3"),
        (0, "n", "4.1800000010000001E7", "41800000.01"),
        (0, "n", "1e300", "1e300"),
        (0, "n", "123456789012345680", "123456789012346000"),
        (0, "n", "9007199254740992", "9007199254740992"),
        (5, "n", "0.25", "0.25"),
        (0, "b", "1", "true"),
        (0, "b", "0", "false"),
        (0, "e", "#DIV/0!", "#DIV/0!"),
        (0, "str", "by a formula", "by a formula"),
        (0, "d", "2026-10-14T09:30:00", "2026-10-14T09:30:00"),
        (1, "n", "46309", "2026-10-14"),
        (2, "n", "46309.395833333336", "2026-10-14T09:30:00"),
        (2, "n", "46309", "2026-10-14"),
        (3, "n", "0.395833333333333", "09:30:00"),
        (4, "n", "1.5208333333333333", "36:30:00"),
        (1, "n", "1", "1900-01-01"),
        (1, "n", "-5", "-5"),
        (1, "n", "99999999", "99999999"),
    ] {
        let sample = Xlsx::default().sheet("S", &cell(style, sort, value)).save();
        let sheet = sample.open().expect("a sheet");
        assert_eq!(rows(&sheet)[0].1[0], text, "{value}");
    }
    let sample = Xlsx::default()
        .sheet("S", &cell(1, "n", "44847"))
        .since_1904();
    assert_eq!(
        rows(&sample.save().open().expect("a sheet"))[0].1[0],
        "2026-10-14"
    );
}

#[test]
fn texts_come_flat_and_whole() {
    let strings = "<sst><si><r><t xml:space=\"preserve\">bold </t></r><r><t>and plain</t></r><rPh><t>no</t></rPh></si>\
                   <si><t>a_x000D_\nb &amp; &#x3c;c&gt; \u{202e}</t></si></sst>";
    let shared = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>"#;
    let sample = Xlsx::default()
        .sheet("S", &(words(1, &["Title", "Text"]) + shared))
        .part("xl/sharedStrings.xml", strings)
        .save();
    let wanted = texts(["bold and plain", "a\r\nb & <c> \u{202e}"]);
    assert_eq!(rows(&sample.open().expect("a sheet")), [(2, wanted)]);
}

#[test]
fn errors_are_counted_and_macros_named() {
    let error =
        r##"<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="str"><v>#REF!</v></c></row>"##;
    let sample = Xlsx::default()
        .sheet("S", &(table("a") + error))
        .part("xl/vbaProject.bin", b"\x00")
        .save();
    let sheet = sample.open().expect("a sheet");
    assert_eq!(
        sheet.notes,
        [
            "2 cells hold an error such as #REF!, which is taken as it stands; the first is A3",
            "the spreadsheet has macros; nothing runs them"
        ]
    );
    assert_eq!(rows(&sheet)[1].1, texts(["#N/A", "#REF!"]));
}

#[test]
fn an_opendocument_sheet_reads_alike() {
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let text = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let cells = [
        r#"<table:table-cell office:value-type="float" office:value="3.0"/>"#,
        r#"<table:table-cell office:value-type="date" office:date-value="2026-10-14T09:30:00"/>"#,
        r#"<table:table-cell office:value-type="time" office:time-value="PT36H30M00S"/>"#,
        r#"<table:table-cell office:value-type="boolean" office:boolean-value="true"/>"#,
        r#"<table:table-cell table:number-columns-repeated="16000"/>"#,
    ];
    let head = ["Title", "When", "Long", "Done"].map(text).concat();
    let table = format!(
        r#"<table:table table:name="Sheet1">{}{}<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>"#,
        row(&head),
        row(&cells.concat())
    );
    let sample = Sample::new("plain.ods", &ods(&table, ""));
    let sheet = sample.open().expect("a sheet");
    assert_eq!(sheet.columns, texts(["Title", "When", "Long", "Done"]));
    let wanted = texts(["3", "2026-10-14T09:30:00", "36:30:00", "true"]);
    assert_eq!(rows(&sheet), [(2, wanted)]);
}

#[test]
fn a_sheet_of_the_old_format_reads_alike() {
    let bytes = include_bytes!("../fixtures/sheets/plain.xls");
    let sample = Sample::new("plain.xls", bytes);
    let sheet = sample.open().expect("a sheet");
    assert_eq!(sheet.chosen, "Feedback");
    assert_eq!(
        sheet.columns,
        texts(["Title", "Votes", "Created", "Account", "Weight"])
    );
    let wanted = [
        (
            4,
            texts(["Dark mode \u{2600}", "3", "2026-10-14", "Globex", "0.5"]),
        ),
        (
            5,
            texts(["Boards as PDF", "12", "2026-10-15T09:30:00", "", "#N/A"]),
        ),
    ];
    assert_eq!(rows(&sheet), wanted);
    let sheet = sample.wish("old").expect("a sheet");
    assert_eq!(rows(&sheet), [(2, texts(["From last year", "true"]))]);
}

#[test]
fn what_was_read_is_told_where_nothing_in_it_is_feedback() {
    let sizes = words(1, &["Width", "Height"]) + r#"<row r="2"><c r="A2"><v>3</v></c></row>"#;
    let sample = Xlsx::default()
        .sheet("Sizes", &sizes)
        .sheet("Feedback", &table("Dark mode"))
        .save();
    let open = |sheet: Option<&str>| {
        let choices = Choices {
            sheet: sheet.map(ToOwned::to_owned),
            program: Some(program().to_owned()),
            ..Choices::default()
        };
        Source::open(&sample.path, &choices)
    };
    let problem = open(None).expect_err("no title");
    assert_eq!(
        problem.causes.last().map(String::as_str),
        Some("the sheet “Sizes” is read; --sheet NAME takes another: “Feedback”")
    );
    let source = open(Some("feedback")).expect("a source");
    assert_eq!(source.words(), "spreadsheet");
}
