//! Every example of csvkit: what is read of it, or why it is refused.
//!
//! Rows and cells of the text files were counted with the csv module of Python. Those of the others, and the words of the
//! refusals, are what is read now: they hold it against change.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use intake::exchange::read::{Manner, Next, ReadError, Table};

use crate::world::corpus;

/// A file, how many columns it has, how many rows, how many rows with faults, and the first three cells of the first row.
type Read = (&'static str, usize, usize, usize, &'static str);

#[rustfmt::skip]
const READ: &[Read] = &[
    ("COPYING", 1, 16, 0, "Copyright (c) 2016 Christopher Groskopf and contributors "),
    ("bad.csv", 3, 1, 2, "0|mixed types.... uh oh|17"),
    ("bad_skip_lines.csv", 3, 1, 2, "0|mixed types.... uh oh|17"),
    ("blanks.csv", 6, 1, 0, "|NA|N/A"),
    ("blanks_converted.csv", 6, 1, 0, "||"),
    ("date_like_number.csv", 1, 1, 0, "4.5"),
    ("dummy.csv", 3, 1, 0, "1|2|3"),
    ("dummy.tsv", 3, 1, 0, "1|2|3"),
    ("dummy.xls", 3, 1, 0, "1|2|3"),
    ("dummy.xlsx", 3, 1, 0, "1|2|3"),
    ("dummy2.csv", 3, 1, 0, "1|2|3"),
    ("dummy3.csv", 3, 2, 0, "1|2|3"),
    ("dummy_col_shuffled.csv", 3, 1, 0, "2|3|1"),
    ("dummy_col_shuffled_ragged.csv", 4, 1, 0, "2|3|1"),
    ("foo1.csv", 3, 2, 0, "1|Jake|22"),
    ("foo2.csv", 3, 2, 0, "3|Liz|20"),
    ("iris.csv", 5, 150, 0, "5.1|3.5|1.4"),
    ("irismeta.csv", 3, 3, 0, "Iris-versicolor|http://en.wikipedia.org/wiki/Iris_versicolor|IRVE2"),
    ("join_a.csv", 3, 3, 0, "1|b|c"),
    ("join_a_short.csv", 3, 1, 2, "3|b|c"),
    ("join_b.csv", 3, 3, 0, "1|b|c"),
    ("join_no_header_row.csv", 3, 3, 0, "1|b|c"),
    ("join_short.csv", 5, 2, 0, "1|b|"),
    ("mac_newlines.csv", 3, 2, 0, "1|2|3"),
    ("no_header_row.csv", 3, 1, 0, "1|2|3"),
    ("no_header_row2.csv", 3, 1, 0, "4|5|6"),
    ("no_header_row3.csv", 3, 2, 0, "1|2|3"),
    ("null_byte.csv", 3, 1, 0, "\0|2|3"),
    ("optional_quote_characters.csv", 3, 1, 0, "1|2|3"),
    ("realdata/Datagov_FY10_EDU_recp_by_State.csv", 9, 55, 0, "ALABAMA|AL|7738"),
    ("realdata/FY09_EDU_Recipients_by_State.csv", 10, 53, 0, "ALABAMA|AL|01"),
    ("realdata/README.csv", 4, 3, 0, "Event Reports for Operating Reactors|event-notification-rpt-lastmonth.txt|http://www.data.gov/download/4028"),
    ("realdata/acs2012_5yr_population.csv", 4, 93, 0, "31001|Adams County, NE|31299"),
    ("realdata/event-notification-rpt-lastmonth.txt", 72, 72, 0, "Power Reactor|46521|PILGRIM"),
    ("realdata/ks_1033_data.csv", 14, 1575, 0, "KS|ALLEN|20001"),
    ("realdata/ne_1033_data.xlsx", 14, 1036, 0, "NE|ADAMS|31001"),
    ("sheets.xls", 7, 4, 1, "Chicago Reader|1971-01-01|40"),
    ("sheets.xlsx", 7, 4, 1, "Chicago Reader|1971-01-01|40"),
    ("sheetsxls_converted.csv", 9, 5, 0, "Chicago Tribune|1920-01-01|164"),
    ("sheetsxlsx_converted.csv", 9, 5, 0, "Chicago Tribune|1920-01-01|164"),
    ("sniff_limit.csv", 3, 1, 0, "1|2|3"),
    ("sort_ints_nulls.csv", 3, 3, 0, "1|2|3"),
    ("test.xls", 7, 4, 1, "Chicago Reader|1971-01-01|40"),
    ("test.xlsx", 7, 4, 1, "Chicago Reader|1971-01-01|40"),
    ("test_date_format.csv", 1, 2, 0, "02/01/2014"),
    ("test_date_format_converted.csv", 1, 2, 0, "2014-01-02"),
    ("test_empty_columns.csv", 5, 2, 1, "a||"),
    ("test_empty_columns_long_row.csv", 3, 1, 0, "||"),
    ("test_empty_columns_short_row.csv", 3, 0, 1, ""),
    ("test_extra_header.csv", 4, 0, 1, ""),
    ("test_geo.csv", 12, 17, 0, "dcl|Downtown Coffee Lounge|"),
    ("test_geojson.csv", 7, 3, 0, "|value0|"),
    ("test_geojson.json", 6, 3, 0, "[102.0,0.5]|Point|value0"),
    ("test_header_newline.csv", 3, 1, 0, "d|e|f"),
    ("test_ignore_case.csv", 3, 5, 0, "100|2003-01-01|a"),
    ("test_join_short_rows.csv", 3, 1, 2, "3|b|c"),
    ("test_latin1.csv", 3, 2, 0, "1|2|3"),
    ("test_literal_order.csv", 2, 3, 0, "192|1"),
    ("test_locale.csv", 3, 1, 0, "1,7|200.000.000|"),
    ("test_locale_converted.csv", 3, 1, 0, "1.7|200000000|"),
    ("test_no_leading_zeroes.csv", 3, 1, 0, "01|00.11|0.1"),
    ("test_numeric_date_format.csv", 1, 2, 0, "20140102"),
    ("test_precision.csv", 1, 1, 0, "1.234567"),
    ("test_skip_lines.csv", 3, 1, 0, "1|2|3"),
    ("test_skip_lines.xls", 7, 4, 1, "Chicago Reader|1971-01-01|40"),
    ("test_skip_lines.xlsx", 7, 4, 1, "Chicago Reader|1971-01-01|40"),
    ("test_utf16_big.csv", 3, 2, 0, "1|2|3"),
    ("test_utf16_little.csv", 3, 2, 0, "1|2|3"),
    ("test_utf8.csv", 3, 2, 0, "1|2|3"),
    ("test_utf8_bom.csv", 3, 2, 0, "1|2|3"),
    ("testdbf_converted.csv", 12, 8, 0, "27|8|2708"),
    ("testfixed", 1, 3, 0, "Chicago Sun-Times 1948-01-01 63  True 1.24        14:57:131948-01-01T14:57:13"),
    ("testfixed_converted.csv", 8, 4, 0, "Chicago Reader|1971-01-01|40"),
    ("testfixed_schema.csv", 3, 8, 0, "text|0|18"),
    ("testfixed_schema_no_inference.csv", 3, 3, 0, "a|0|6"),
    ("testfixed_skip_lines", 1, 3, 0, "Chicago Sun-Times 1948-01-01 63  True 1.24        14:57:131948-01-01T14:57:13"),
    ("testjson.json", 7, 5, 0, "true|1971-01-01|1971-01-01T04:14:00"),
    ("testjson_converted.csv", 7, 5, 0, "Chicago Reader|1.0|1971-01-01T04:14:00"),
    ("testjson_multiline.json", 3, 2, 0, "2|3|"),
    ("testjson_multiline_converted.csv", 3, 2, 0, "2|3|"),
    ("testjson_nested.json", 7, 2, 0, "true|1971-01-01T04:14:00|1.0"),
    ("testjson_nested_converted.csv", 7, 2, 0, "Chicago Reader|1.0|1971-01-01T04:14:00"),
    ("testxls_converted.csv", 8, 5, 0, "Chicago Reader|1971-01-01|40.0"),
    ("testxls_unicode_converted.csv", 3, 1, 0, "1.0|2.0|3.0"),
    ("testxlsx_converted.csv", 8, 5, 0, "Chicago Reader|1971-01-01|40"),
    ("testxlsx_noinference_converted.csv", 8, 5, 0, "Chicago Reader|1971-01-01|40"),
    ("testxlsx_unicode_converted.csv", 3, 1, 0, "1|2|3"),
];

/// A file, and why it is refused.
#[rustfmt::skip]
const REFUSED: &[(&str, &str)] = &[
    ("dummy.csv.bz2", "it is compressed with bzip2"),
    ("dummy.csv.gz", "it is compressed with gzip"),
    ("empty.csv", "it is empty"),
    ("testdbf.dbf", "it is a dBase table"),
];

/// What is read of a file, as in [`READ`].
fn read(path: &Path) -> Result<(usize, usize, usize, String), ReadError> {
    let program = Some(PathBuf::from(env!("CARGO_BIN_EXE_intake")));
    let manner = Manner {
        program,
        ..Manner::default()
    };
    let table = Table::open(path, manner)?;
    let mut rows = table.rows()?;
    let (mut good, mut faults) = (Vec::new(), 0);
    loop {
        match rows.next_row()? {
            Next::Row(row) => good.push(row.cells),
            Next::Fault(_) | Next::Short(..) => faults += 1,
            Next::End => break,
        }
    }
    let first = good.first().map_or(&[][..], Vec::as_slice);
    let first = first[..first.len().min(3)].join("|");
    Ok((table.columns.len(), good.len(), faults, first))
}

/// The files of a folder and of those in it, by their paths in it.
fn files(folder: &Path, below: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder.join(below)).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        let name = PathBuf::from(below).join(name).display().to_string();
        if entry.path().is_dir() {
            found.extend(files(folder, &name));
        } else {
            found.insert(name);
        }
    }
    found
}

#[test]
fn every_example_of_csvkit_is_read_or_refused_with_its_reason() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import/csvkit-examples");
    let mut wrong = Vec::new();
    for &(file, columns, rows, faults, first) in READ {
        let found = read(&folder.join(file)).map_err(|error| error.to_string());
        if found != Ok((columns, rows, faults, first.to_owned())) {
            wrong.push(format!("{file}: {found:?}"));
        }
    }
    for (file, reason) in REFUSED {
        let found = read(&folder.join(file)).map_err(|error| error.to_string());
        if !found.as_ref().is_err_and(|words| words.starts_with(reason)) {
            wrong.push(format!("{file}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known = READ.iter().map(|read| read.0);
    let known = known.chain(REFUSED.iter().map(|refused| refused.0));
    assert_eq!(
        files(&folder, ""),
        known.map(ToOwned::to_owned).collect::<BTreeSet<_>>()
    );
}
