//! Exports: files and standard output, every format with hostile text, and the way back.

use std::fs;
use std::io::{Cursor, Read};
use std::process::Stdio;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::home::Home;

/// Titles which a spreadsheet, a browser or a terminal would run.
const HOSTILE: [&str; 8] = [
    "=HYPERLINK(\"http://x\")",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\u{ff1d}1+1",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "# `a` | b",
    "\u{1b}[2Jboo \u{202e}gpj",
];

/// A body with what CSV, XML and Markdown must take care of.
const BODY: &str = "=1+1\n\"quoted\", and; more\n\n# heading\n```\n</script>\u{7}";

fn hostile() -> Home {
    let home = Home::new();
    home.ok(&["person", "add", "@dana"]);
    for title in HOSTILE {
        home.ok(&[
            "add",
            "--body",
            BODY,
            "--company=-2+3",
            "--reporter",
            "@dana",
            "--importance",
            "2",
            "--received",
            "2026-11-01",
            "--",
            title,
        ]);
    }
    home
}

fn names(home: &Home) -> Vec<String> {
    let entries = fs::read_dir(home.path("")).expect("a folder");
    entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !["data", "state", "config"].contains(&name.as_str()))
        .collect()
}

fn column<'r>(header: &csv::StringRecord, row: &'r csv::StringRecord, name: &str) -> &'r str {
    let place = header.iter().position(|column| column == name);
    &row[place.unwrap_or_else(|| panic!("no column {name}"))]
}

#[test]
fn no_cell_of_csv_runs_and_the_file_comes_back_as_it_was() {
    let home = hostile();
    let text = home.ok(&["export", "feedback"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let mut titles = Vec::new();
    for row in reader.records() {
        let row = row.expect("a row");
        for cell in &row {
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}']);
            assert!(!runs || cell.parse::<f64>().is_ok(), "{cell}");
        }
        titles.push(
            column(&header, &row, "title")
                .trim_start_matches('\'')
                .to_owned(),
        );
        assert_eq!(column(&header, &row, "body"), format!("'{BODY}"));
        assert_eq!(column(&header, &row, "company"), "'-2+3");
        assert_eq!(column(&header, &row, "reporter"), "dana");
    }
    assert_eq!(titles, HOSTILE);

    let file = home.path("feedback.csv").display().to_string();
    fs::write(&file, &text).expect("a file");
    let other = home.path("other.db").display().to_string();
    let plan = home.json(&["-w", &other, "import", &file, "--yes", "--json"]);
    assert_eq!(plan["files"][0]["format"], "feedback of Intake, CSV");
    assert_eq!(home.ok(&["-w", &other, "export", "feedback"]), text);
    // The same things: into the workspace that they are from nothing comes twice.
    let again = home.json(&["import", &file, "--yes", "--json"]);
    assert_eq!(again["feedback"]["unchanged"], HOSTILE.len());
}

#[test]
fn json_lines_hold_everything_as_it_came_and_drive_no_terminal() {
    let home = hostile();
    let text = home.ok(&["export", "feedback", "--format", "jsonl"]);
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let titles: Vec<&str> = lines
        .iter()
        .map(|line| line["title"].as_str().expect("a title"))
        .collect();
    assert_eq!(titles, HOSTILE);
    assert!(
        lines
            .iter()
            .all(|line| line["body"] == BODY && line["company"] == "-2+3")
    );
    assert_eq!(
        (&lines[0]["reporter"], &lines[0]["votes"]),
        (&"@dana".into(), &0.into())
    );
}

#[test]
fn markdown_is_a_document_and_nothing_of_it_is_markup_from_outside() {
    let home = hostile();
    let text = home.ok(&["export", "feedback", "--format", "markdown"]);
    assert!(text.starts_with("# Feedback\n\n## November 2026\n\n### "));
    for never in [
        "<img",
        "](javascript",
        "javascript:",
        "</script>",
        "\n```",
        "\n# heading",
        "\u{1b}",
        "`a`",
    ] {
        assert!(!text.contains(never), "{never}: {text}");
    }
    let headings = text.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings, 2 + HOSTILE.len());
}

#[test]
fn a_spreadsheet_has_typed_cells_and_no_formulas() {
    let home = hostile();
    let file = home.path("feedback.xlsx");
    let path = file.display().to_string();
    let said = home.ok(&["export", "feedback", "--output", &path]);
    assert!(said.contains("wrote 8 feedback to"), "{said}");
    let mut book = Xlsx::new(Cursor::new(fs::read(&file).expect("a file"))).expect("a workbook");
    let range = book.worksheet_range("Feedback").expect("cells");
    let rows: Vec<&[Data]> = range.rows().collect();
    let place = |name: &str| {
        rows[0]
            .iter()
            .position(|cell| cell == &Data::String(name.to_owned()))
    };
    let (title, votes) = (
        place("title").expect("titles"),
        place("votes").expect("votes"),
    );
    let received = place("received").expect("dates");
    assert_eq!(rows.len(), 1 + HOSTILE.len());
    assert_eq!(rows[1][title], Data::String(HOSTILE[0].to_owned()));
    assert_eq!(rows[1][votes], Data::Float(0.0));
    assert!(matches!(rows[1][received], Data::DateTime(_)));
    assert!(
        book.worksheet_formula("Feedback")
            .expect("formulas")
            .is_empty()
    );
}

#[test]
fn a_file_is_never_replaced_unasked_and_a_failure_leaves_nothing() {
    let home = hostile();
    let file = home.path("out.csv");
    let path = file.display().to_string();
    home.ok(&["export", "feedback", "-o", &path]);
    let first = fs::read_to_string(&file).expect("a file");
    home.refused(
        &["export", "ideas", "-o", &path],
        4,
        &["is there already", "--force"],
    );
    assert_eq!(fs::read_to_string(&file).expect("a file"), first);
    home.ok(&["export", "ideas", "-o", &path, "--force"]);
    assert!(
        fs::read_to_string(&file)
            .expect("a file")
            .starts_with("id,title,status")
    );
    let other = home.path("none.csv").display().to_string();
    home.refused(
        &["export", "feedback", "owner:@nobody-here", "-o", &other],
        3,
        &["nobody-here"],
    );
    home.refused(
        &["export", "feedback", "is:what", "-o", &other],
        2,
        &["is:what"],
    );
    assert_eq!(names(&home), ["out.csv"]);
}

#[test]
fn the_workspace_itself_is_never_replaced() {
    let home = hostile();
    let own = home.path("own.db").display().to_string();
    home.ok(&["-w", &own, "add", "Kept"]);
    let link = home.path("link.csv");
    std::os::unix::fs::symlink(&own, &link).expect("a link");
    for target in [own.as_str(), &link.display().to_string()] {
        for what in ["all", "feedback"] {
            let arguments = ["-w", &own, "export", what, "--format", "jsonl", "--force"];
            let arguments = [&arguments[..], &["-o", target]].concat();
            home.refused(&arguments, 4, &["it is this workspace", "another file"]);
        }
    }
    assert!(home.ok(&["-w", &own, "list"]).contains("Kept"));
}

#[test]
fn what_cannot_be_exported_so_says_what_can() {
    let home = hostile();
    let path = |name: &str| home.path(name).display().to_string();
    home.refused(
        &["export", "feedback", "-o", &path("x.doc")],
        2,
        &["x.doc", "*.csv"],
    );
    home.refused(
        &["export", "all", "-o", &path("x.csv")],
        2,
        &["JSON lines", "*.jsonl"],
    );
    home.refused(
        &["export", "releases", "v10.2"],
        2,
        &["only feedback and ideas"],
    );
    home.refused(
        &["export", "feedback", "--owner", "me"],
        2,
        &["owner:@hana"],
    );
    home.refused(
        &["export", "feedback", "-o", &path("no/x.csv")],
        1,
        &["cannot write"],
    );
    assert!(names(&home).is_empty());
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let home = hostile();
    for format in ["csv", "jsonl", "markdown", "xlsx"] {
        let mut command = home.command(&["export", "feedback", "--format", format]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("runs");
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .expect("a pipe")
            .read_to_string(&mut said)
            .expect("text");
        let status = child.wait().expect("ends");
        assert_eq!((status.code(), said.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn filters_choose_and_order() {
    let (home, [dark, ..]) = Home::with_work();
    home.ok(&["link", &dark, "Themes", "--new"]);
    home.ok(&[
        "idea",
        "set",
        "Themes",
        "--release",
        "v10.2",
        "--owner",
        "@hana",
    ]);
    home.ok(&["idea", "add", "Export boards"]);
    let rows = |arguments: &[&str]| {
        let text = home.ok(arguments);
        csv::Reader::from_reader(text.as_bytes()).records().count()
    };
    assert_eq!(rows(&["export", "feedback"]), 3);
    assert_eq!(rows(&["export", "feedback", "is:linked"]), 1);
    assert_eq!(rows(&["export", "feedback", "tag:search"]), 1);
    assert_eq!(rows(&["export", "ideas"]), 2);
    assert_eq!(rows(&["export", "ideas", "theme"]), 1);
    assert_eq!(rows(&["export", "ideas", "--owner", "@hana"]), 1);
    assert_eq!(rows(&["export", "ideas", "--status", "planned"]), 1);
    assert_eq!(rows(&["export", "ideas", "status:planned"]), 1);
    assert_eq!(rows(&["export", "ideas", "demand:>=1 release:v10.2"]), 1);
    assert_eq!(rows(&["export", "ideas", "--", "-status:planned"]), 1);
    home.refused(
        &["export", "ideas", "status:pland"],
        2,
        &["column 8", "pland", "planned"],
    );
    let ideas = home.ok(&["export", "ideas", "--format", "jsonl"]);
    let themes: Value = serde_json::from_str(ideas.lines().next().expect("an idea")).expect("JSON");
    assert_eq!(themes["releases"][0]["release"], "v10.2");
    assert_eq!(themes["insights"][0]["feedback"], "Dark mode on mobile");
    let releases = home.ok(&["export", "releases"]);
    assert!(
        releases.contains(",v10.2,feature,planned,2026-12-16,1,"),
        "{releases}"
    );
    assert!(
        home.ok(&["export", "releases", "--format", "markdown"])
            .contains("| Themes | hana |")
    );
    assert!(home.ok(&["export", "meetings"]).starts_with("meeting_id,"));
}

#[test]
fn a_dump_restores_the_workspace_and_undo_goes_on() {
    let (home, [dark, ..]) = Home::with_work();
    home.ok(&["link", &dark, "Themes", "--new"]);
    home.ok(&["undo"]);
    home.ok(&["redo"]);
    let file = home.path("all.jsonl").display().to_string();
    home.ok(&["export", "all", "-o", &file]);
    let dump = fs::read_to_string(&file).expect("a dump");
    let other = home.path("other.db").display().to_string();
    let sound = home.ok(&["-w", &other, "import", &file, "--dry-run"]);
    assert!(
        sound.contains("sound dump of 3 feedback, 1 idea, 2 releases"),
        "{sound}"
    );
    let restored = home.json(&["-w", &other, "import", &file, "--json"]);
    assert_eq!(
        (&restored["restored"], &restored["rows"]["feedback"]),
        (&true.into(), &3.into())
    );
    assert_eq!(home.ok(&["-w", &other, "export", "all"]), dump);
    assert_eq!(
        home.json(&["-w", &other, "log", "--json"]),
        home.json(&["log", "--json"])
    );
    let doctor = home.json(&["-w", &other, "doctor", "--json"]);
    let findings = doctor.as_array().expect("findings");
    assert!(
        findings.iter().all(|finding| finding["verdict"] != "wrong"),
        "{doctor}"
    );
    let undone = home.ok(&["-w", &other, "undo"]);
    assert!(
        undone.contains("undid") && undone.contains("Themes"),
        "{undone}"
    );
    home.refused(&["import", &file], 4, &["empty workspace", "-w"]);
    let piped = home.path("piped.db").display().to_string();
    let said = home.piped(&["-w", &piped, "import", "-", "--yes"], &dump);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    assert!(said.out.contains("from standard input"), "{said:?}");
    assert_eq!(home.ok(&["-w", &piped, "export", "all"]), dump);
    assert_eq!(home.ok(&["export", "all"]), dump);

    let broken = home.path("broken.jsonl").display().to_string();
    fs::write(&broken, dump.replacen("Dark mode", "Bark mode", 1)).expect("a file");
    let third = home.path("third.db").display().to_string();
    let words = ["cannot restore", "broken.jsonl", "were changed"];
    home.refused(&["-w", &third, "import", &broken], 6, &words);
    home.refused(&["-w", &third, "import", &broken, "--dry-run"], 6, &words);
    assert!(!home.path("third.db").exists());
}

/// Every signal that ends a program: what is half written goes.
#[cfg(unix)]
#[test]
fn an_interrupted_export_leaves_nothing() {
    let home = hostile();
    let path = home.path("feedback.csv").display().to_string();
    let mut command = home.command(&["export", "feedback", "-o", &path]);
    let mut child = command.spawn().expect("runs");
    let told = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(told.is_ok());
    child.wait().expect("ends");
    // Whenever the signal came, there is the whole file or none.
    let left = names(&home);
    assert!(left.is_empty() || left == ["feedback.csv"], "{left:?}");
}
