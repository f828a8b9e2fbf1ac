//! Importing spreadsheets, and what only pretends to be one.

use crate::home::{Home, titles};
use crate::import::{by_title, with_file};

#[test]
fn a_spreadsheet_is_read_by_a_process_of_its_own() {
    let home = Home::new();
    let fixture = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/sheets/plain.xls"
    );
    let dry = home.ok(&["import", fixture, "--dry-run"]);
    for words in [
        "plain.xls: spreadsheet",
        "note: the sheet “Feedback” is read; --sheet NAME takes another: “Read me”, “Old”",
        "note: the columns are named in row 3; above it 1 row is left out",
        "5  2026-10-15",
        "feedback  2 new",
    ] {
        assert!(dry.contains(words), "{words}: {dry}");
    }
    home.ok(&["import", fixture, "--yes"]);
    let list = home.json(&["list", "--json"]);
    assert_eq!(titles(&list).len(), 2);
    let dark = by_title(&list, "Dark mode \u{2600}");
    assert_eq!(
        (&dark["company"], &dark["source"]),
        (&"Globex".into(), &"spreadsheet".into())
    );
    let again = home.ok(&["import", fixture, "--yes"]);
    assert!(again.contains("feedback  2 here already"), "{again}");

    home.ok(&[
        "import", fixture, "--sheet", "old", "--map", "votes=", "--yes",
    ]);
    assert_eq!(titles(&home.json(&["list", "--json"])).len(), 3);
    let missing = home.run(&["import", fixture, "--sheet", "New", "--yes"]);
    assert_eq!(missing.code, 6);
    assert!(
        missing
            .err
            .contains("it has no sheet “New”; it has “Read me”, “Feedback”, “Old”"),
        "{}",
        missing.err
    );
    assert!(missing.err.contains("--sheet '#2'"), "{}", missing.err);
}

#[test]
fn what_only_pretends_to_be_a_spreadsheet_is_read_as_what_it_is_or_refused() {
    let (home, file) = with_file("export.xls", "Title\tId\nDark mode\t7\n");
    let dry = home.ok(&["import", &file, "--dry-run"]);
    assert!(dry.contains("CSV, separated by tabs"), "{dry}");
    for (name, text, words) in [
        (
            "page.xls",
            "<html><table><tr><td>Title</td></tr></table></html>",
            "a web page",
        ),
        ("cut.xlsx", "PK\u{3}\u{4} and no more", "it is cut off"),
        ("notes.zip", "PK\u{3}\u{4} and no more", "a zip archive"),
    ] {
        let (home, file) = with_file(name, text);
        let refused = home.run(&["import", &file, "--yes"]);
        assert_eq!(refused.code, 6);
        assert!(refused.err.contains(words), "{}", refused.err);
        assert_eq!(home.run(&["list"]).out, "");
    }
}
