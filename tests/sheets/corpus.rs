//! Real and forged files, with what another reader finds in them.
//!
//! The figures were taken with openpyxl, xlrd, pyxlsb and odfpy. The files are no part of the project: without the
//! environment variable INTAKE_CORPUS these tests say so and pass.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use intake::exchange::read::sheet::Sheet;

use crate::workbook::{all, program};

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("INTAKE_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: INTAKE_CORPUS is not set");
    }
    folder
}

/// A file, its sheet, how many columns its table has and the first name among them, how many rows and how many of them with
/// faults, the number of the last row, and the last cell of the last row without faults.
type Table = (
    &'static str,
    &'static str,
    usize,
    &'static str,
    usize,
    usize,
    u64,
    &'static str,
);

#[rustfmt::skip]
const TABLES: &[Table] = &[
    ("OOM_alloc2.xls", "Colsale (Aug", 74, "Sales_Statement_Id", 191, 0, 192, "N"),
    ("any_sheets.ods", "Visible", 2, "1", 3, 0, 5, "This workbook contains 4 sheets: Visible, Hidden, VeryHidden and Chart"),
    ("any_sheets.xlsb", "Visible", 2, "1", 3, 0, 5, "This workbook contains 4 sheets: Visible, Hidden, VeryHidden and Chart"),
    ("biff5-rich-text-string.xls", "Sheet1", 8, "No.", 13, 0, 16, "E"),
    ("covered.ods", "sheet1", 1, "a1", 2, 0, 3, "a3"),
    ("date.xls", "Sheet1", 2, "2021-01-01", 2, 0, 3, "17"),
    ("date.xlsx", "Sheet1", 2, "2021-01-01", 2, 0, 3, "17"),
    ("date_1904.xlsb", "Sheet1", 2, "2021-01-01", 2, 0, 3, "17"),
    ("date_iso.xlsx", "Sheet", 1, "2021-01-01", 5, 0, 6, "Created with openpyxl, see https://openpyxl.readthedocs.io/en/latest/datetime.html#using-the-iso-8601-format"),
    ("empty-string.xls", "Sheet1", 1, "false", 0, 0, 0, ""),
    ("empty_shared_string.xlsx", "Sheet1", 1, "abc", 0, 0, 0, ""),
    ("errors.xlsx", "Feuil1", 1, "#DIV/0!", 6, 0, 7, "#N/A"),
    ("formula.issue.xlsx", "Sheet1", 3, "23", 0, 2, 14, ""),
    ("has_x000D_.xlsx", "Sheet1", 1, "ABC\r\nDEF", 0, 0, 0, ""),
    ("header-row.xlsx", "Sheet1", 4, "Columns", 1, 0, 10, "3"),
    ("inlineStr_cdata.xlsx", "Sheet1", 2, "Hello CDATA", 1, 0, 2, "NormalText"),
    ("inventory-table.xlsx", "Sheet1", 3, "Item", 4, 0, 5, "100"),
    ("issue221.xlsm", "Sheet1", 2, "Cell_A1", 1, 0, 2, "Cell_B2"),
    ("issue444.xls", "Sheet1", 8, "0", 9, 0, 10, "6548"),
    ("issue644.xlsx", "Sheet1", 2, "10", 9, 0, 10, "1.63346845557959"),
    ("issue_174.xlsx", "Sheet1", 11, "Your Ref #", 1, 0, 2, "My Company?"),
    ("issue_186.xlsb", "Sheet1", 1, "1.23", 4, 0, 5, "12345.67"),
    ("issue_261_fixed_by_excel.xlsx", "Some Sheet", 7, "String Value 29", 53, 0, 66, "String Value 8"),
    ("issue_419.xlsb", "Sheet1", 1, "Hello", 0, 0, 0, ""),
    ("issue_530.xlsx", "出勤分类组织汇总表", 12, "领域", 1, 0, 5, "2"),
    ("issue_565_multi_axis_shared.xlsx", "Sheet1", 11, "0", 3, 0, 4, "0"),
    ("issue_644.xlsx", "Sheet1", 2, "10", 9, 0, 10, "1.63346845557959"),
    ("issues.ods", "datatypes", 1, "1", 5, 0, 6, "2016-10-20"),
    ("issues.xlsb", "datatypes", 1, "1", 5, 0, 6, "2016-10-20"),
    ("malformed_format.xls", "2014", 23, "GENNAIO", 24, 11, 38, "Malattia"),
    ("merge_cells.xlsx", "Sheet1", 3, "Row Merge", 1, 0, 2, "Chunk Merged"),
    ("merged_range.xls", "Sheet1", 8, "A1", 2, 0, 4, "H4"),
    ("minimal_package.xlsx", "Sheet1", 36, "BKG_NUM", 193, 0, 196, "22:05"),
    ("multi-empty.ods", "Test", 1, "StringCol", 5, 0, 13, "zzz"),
    ("non_monotonic_si.xlsx", "Sheet1", 3, "1", 5, 0, 6, "18"),
    ("number_rows_repeated.ods", "Sheet1", 2, "A", 4, 0, 8, "D"),
    ("pictures_in_cell_and_over_cell.xlsx", "Sheet1", 1, "#VALUE!", 1, 0, 3, "#VALUE!"),
    ("ptgexp-truncated-operand.xls", "Tab 1", 10, "Cost", 14, 0, 24, "H:\\EXCEL\\CONFIDNT\\Investments\\[microsoft.xls]Tab 1"),
    ("richtext-after-plain.xlsx", "Sheet1", 4, "abcd", 1, 0, 2, "rval1rval2"),
    ("richtext_issue.ods", "issue2", 2, "1", 2, 0, 3, "c"),
    ("shared_formula_bench.xlsx", "Sheet1", 2, "1", 99, 0, 100, "200"),
    ("shared_formula_simple.xlsx", "Sheet1", 2, "1", 2, 0, 3, "6"),
    ("single-empty.ods", "Test", 1, "StringCol", 5, 0, 13, "zzz"),
    ("sst_continue.xls", "Sheet1", 1, "This is a long string with a serial number at the end 0001", 135, 0, 136, "New CONTINUE block"),
    ("string-ref.xlsx", "Sheet1", 1, "col1", 1, 0, 2, "-8086931554011838357"),
    ("table_with_absolute_paths.xlsx", "table", 2, "Item", 4, 0, 5, "East"),
    ("temperature-fallible.xlsx", "Sheet1", 3, "label", 4, 0, 5, "derived"),
    ("temperature-table.xlsx", "Sheet1", 2, "label", 2, 0, 3, "72"),
    ("whitespace_trim.xlsx", "inlineStr", 4, "trimmed value", 2, 0, 3, "日期 时间"),
    ("xls_cross_sheet_chart.xls", "Report", 3, "LABEL A6", 1, 0, 8, "VALUE C8"),
    ("xls_formula_columns_beyond_z.xls", "Sheet1", 1, "1", 2, 0, 3, "3"),
    ("xls_wrong_decimals.xls", "Sheet1", 1, "0.525625", 0, 0, 0, ""),
];

/// A file, and why it is refused.
#[rustfmt::skip]
const REFUSED: &[(&str, &str)] = &[
    ("capitalized_wbook_stream.xls", "none of its sheets holds a table"),
    ("empty_sheet.xlsx", "none of its sheets holds a table"),
    ("issue127.xls", "none of its sheets holds a table"),
    ("issue127.xlsx", "none of its sheets holds a table"),
    ("issue281.xlsm", "none of its sheets holds a table"),
    ("issue343.xls", "none of its sheets holds a table"),
    ("issue_385.xls", "it is protected by a password"),
    ("issue_594_dos.ods", "a sheet of it has more than 1000000 cells with something in them"),
    ("issue_666_lost_sheets.xlsb", "none of its sheets holds a table"),
    ("pass_protected.ods", "it is protected by a password"),
    ("pass_protected.xlsx", "it is protected by a password"),
    ("picture.xls", "none of its sheets holds a table"),
    ("picture.xlsx", "none of its sheets holds a table"),
    ("too_small.xls", "it is text, such as CSV, and no spreadsheet, whatever its name says"),
];

#[rustfmt::skip]
const EXPORTED: &[Table] = &[
    ("test.xls", "testfixed_converted.csv", 7, "text", 4, 1, 6, "Unicode! Σ"),
    ("sheets.xlsx", "data", 7, "text", 4, 1, 6, "Unicode! Σ"),
    ("test_skip_lines.xlsx", "Sheet1", 7, "text", 4, 1, 9, "Unicode! Σ"),
    ("sheets.xls", "data", 7, "text", 4, 1, 6, "Unicode! Σ"),
    ("dummy.xlsx", "Sheet1", 3, "a", 1, 0, 2, "3"),
    ("test_skip_lines.xls", "testfixed_converted.csv", 7, "text", 4, 1, 9, "Unicode! Σ"),
    ("dummy.xls", "Sheet1", 3, "a", 1, 0, 2, "3"),
    ("test.xlsx", "Sheet1", 7, "text", 4, 1, 6, "Unicode! Σ"),
    ("realdata/ne_1033_data.xlsx", "NE data", 14, "state", 1036, 0, 1037, "Guns, through 30 mm"),
];

fn check(folder: &Path, table: &Table) {
    let (file, sheet, width, first, rows, faulty, last, cell) = *table;
    let found = Sheet::open(&folder.join(file), program(), None);
    let found = found.unwrap_or_else(|error| panic!("{file}: {error}"));
    let (read, faults) = all(&found).unwrap_or_else(|error| panic!("{file}: {error}"));
    let named = found.columns.iter().find(|name| !name.is_empty());
    assert_eq!(
        (
            found.chosen.as_str(),
            found.columns.len(),
            read.len(),
            faults.len()
        ),
        (sheet, width, rows, faulty),
        "{file}"
    );
    assert_eq!(named.map_or("", String::as_str), first, "{file}");
    let lines = read.iter().map(|row| row.line);
    let lines = lines.chain(faults.iter().map(|fault| fault.line));
    assert_eq!(lines.max().unwrap_or_default(), last, "{file}");
    assert!(read.iter().all(|row| row.cells.len() == width), "{file}");
    let end = read
        .last()
        .and_then(|row| row.cells.iter().rfind(|cell| !cell.is_empty()));
    assert_eq!(end.map_or("", String::as_str), cell, "{file}");
}

#[test]
fn every_hostile_spreadsheet_is_read_or_refused_with_its_reason() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("hostile/spreadsheets");
    for table in TABLES {
        check(&folder, table);
    }
    for (file, reason) in REFUSED {
        let refused = Sheet::open(&folder.join(file), program(), None);
        let error = refused.expect_err(file).to_string();
        assert!(error.starts_with(reason), "{file}: {error}");
    }
    let there = fs::read_dir(&folder).expect("the folder");
    let there: BTreeSet<String> = there
        .map(|entry| {
            entry
                .expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !name.starts_with("LICENSE"))
        .collect();
    let known = TABLES.iter().map(|table| table.0);
    let known = known.chain(REFUSED.iter().map(|refused| refused.0));
    assert_eq!(there, known.map(ToOwned::to_owned).collect());
}

#[test]
fn the_exports_of_real_tools_arrive_whole() {
    let Some(corpus) = corpus() else { return };
    for table in EXPORTED {
        check(&corpus.join("import/csvkit-examples"), table);
    }
}
