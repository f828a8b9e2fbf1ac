//! Importing files of other tools.

use std::fs;

use serde_json::Value;

use crate::home::{Home, titles};

pub(crate) const FILE: &str = "\
Summary,Ticket,Opened,Text,Secret
Dark mode on mobile,7,2026-11-01,\"It is bright, at night\",x
\"=cmd|' /C calc'!A0\",8,2026-11-02,\u{1b}[2Jboo,y
Boards as PDF,9,2026-11-03,,z
";

pub(crate) fn with_file(name: &str, text: &str) -> (Home, String) {
    let home = Home::new();
    let path = home.path(name);
    fs::write(&path, text).expect("a file");
    (home, path.display().to_string())
}

pub(crate) fn by_title(list: &Value, title: &str) -> Value {
    let rows = list.as_array().expect("an array");
    let found = rows.iter().find(|row| row["title"] == title);
    found.expect("that title").clone()
}

#[test]
fn a_file_is_shown_then_imported_and_again_adds_nothing() {
    let (home, file) = with_file("tickets.csv", FILE);
    let arguments = ["import", &file, "--map", "id=Ticket"];
    let dry = home.ok(&[&arguments[..], &["--dry-run"]].concat());
    for words in [
        "title",
        "Summary",
        "its name",
        "--map",
        "not used: Secret",
        "feedback  3 new",
    ] {
        assert!(dry.contains(words), "{words}: {dry}");
    }
    assert!(!dry.contains('\u{1b}'));
    // Nor is a workspace made for it.
    assert!(!home.path("data").exists());

    let done = home.json(&[&arguments[..], &["--yes", "--json"]].concat());
    assert_eq!(
        (&done["feedback"]["create"], &done["imported"]["created"]),
        (&3.into(), &3.into())
    );
    assert_eq!(done["files"][0]["mapping"][0]["field"], "title");
    let list = home.json(&["list", "--json"]);
    assert_eq!(titles(&list).len(), 3);
    let dark = by_title(&list, "Dark mode on mobile");
    assert_eq!(dark["received"], "2026-11-01T10:00:00Z");
    let detail = home.json(&["show", dark["short_id"].as_str().expect("an id"), "--json"]);
    assert_eq!(
        (&detail["source_id"], &detail["body"]),
        (&"7".into(), &"It is bright, at night".into())
    );

    let again = home.ok(&[&arguments[..], &["--yes"]].concat());
    assert!(again.contains("feedback  3 here already"), "{again}");
    // One import is one undo.
    home.ok(&["undo"]);
    assert_eq!(home.ok(&["list", "is:all"]), "");
}

#[test]
fn what_is_not_understood_in_a_folder_is_left_out_and_told() {
    let home = Home::new();
    let folder = home.path("export");
    fs::create_dir(&folder).expect("a folder");
    fs::create_dir(folder.join("pictures")).expect("a folder");
    fs::write(folder.join("tickets.csv"), FILE).expect("a file");
    fs::write(
        folder.join("LICENSE"),
        "Anybody may use this,\nfor whatever it is.\n",
    )
    .expect("a file");
    let name = folder.display().to_string();
    let told = home.json(&["import", &name, "--dry-run", "--json"]);
    let left_out = &told["left_out"][0];
    assert_eq!(left_out["file"], "LICENSE");
    assert_eq!(told["feedback"]["create"], 3);
    let words = left_out["words"].as_str().expect("a reason");
    let done = home.ok(&["import", &name, "--yes"]);
    let lines = format!(
        "left out  1 file    LICENSE: {words}\n\
         left out  1 folder  pictures; give it by name to read it\n"
    );
    assert!(done.contains(&lines), "{done}");
    assert_eq!(told["left_out_folders"][0], "pictures");
    assert_eq!(titles(&home.json(&["list", "--json"])).len(), 3);
    // Named by itself it is meant.
    let licence = folder.join("LICENSE").display().to_string();
    home.refused(&["import", &licence, "--yes"], 6, &["LICENSE", words]);
    fs::remove_file(folder.join("tickets.csv")).expect("gone");
    home.refused(&["import", &name, "--yes"], 6, &["LICENSE", words]);
    fs::remove_file(folder.join("LICENSE")).expect("gone");
    home.refused(
        &["import", &name, "--yes"],
        6,
        &["only folders", "pictures", "hint:"],
    );
}

#[test]
fn a_file_that_cannot_be_imported_says_why_and_changes_nothing() {
    let (home, file) = with_file("ids.csv", "bug_id\n1\n2\n");
    home.refused(
        &["import", &file, "--yes"],
        6,
        &["ids.csv", "ids only", "“bug_id”", "hint:"],
    );
    let (_, missing) = with_file("x", "");
    home.refused(
        &["import", &format!("{missing}.csv"), "--yes"],
        6,
        &["x.csv"],
    );
    let good = home.path("good.csv");
    fs::write(&good, FILE).expect("a file");
    let good = good.display().to_string();
    home.refused(
        &["import", &good, "--map", "id=Nummer", "--yes"],
        2,
        &["Nummer", "Ticket"],
    );
    home.refused(&["import", &good, "--json"], 2, &["--yes", "--dry-run"]);
    assert!(!home.path("data").exists());
    home.ok(&["add", "First"]);
    home.refused(&["import", &good, "--json"], 2, &["--yes", "--dry-run"]);
    assert_eq!(titles(&home.json(&["list", "is:all", "--json"])), ["First"]);
}

#[test]
fn rows_with_faults_refuse_the_file_unless_they_are_left_out() {
    let text = "title,id,created_at\nGood,1,2026-11-01\nBad,2,yesterday-ish\n";
    let (home, file) = with_file("faulty.csv", text);
    let said = home.run(&["import", &file, "--yes"]);
    assert_eq!(said.code, 6, "{said:?}");
    for words in ["line 3", "created_at", "yesterday-ish", "--skip-bad"] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    assert!(!home.path("data").exists());
    let said = home.run(&["import", &file, "--yes", "--skip-bad"]);
    assert_eq!(said.code, 0, "{said:?}");
    // Never silently.
    assert!(said.err.starts_with("left out: line 3"), "{said:?}");
    assert_eq!(titles(&home.json(&["list", "--json"])), ["Good"]);
}

#[test]
fn a_file_without_a_row_that_can_be_read_is_refused_whatever_is_left_out() {
    for (name, text) in [
        (
            "faulty.csv",
            "title,id,created_at\nBad,1,soon\nWorse,2,never\n",
        ),
        (
            "faulty.json",
            r#"[{"title": "Bad", "id": 1, "created_at": "soon"}, {"title": "Worse", "id": 2, "created_at": "never"}]"#,
        ),
    ] {
        let (home, file) = with_file(name, text);
        for more in [&["--yes"][..], &["--dry-run", "--json"], &[]] {
            for left_out in [&["--skip-bad"][..], &[]] {
                let arguments = [&["import", file.as_str()], more, left_out].concat();
                let said = home.run(&arguments);
                assert_eq!(said.code, 6, "{arguments:?}: {said:?}");
                for words in ["no row of it can be read", "soon", "mend the file"] {
                    assert!(said.err.contains(words), "{arguments:?}: {said:?}");
                }
                assert!(!said.err.contains("with --skip-bad"), "{said:?}");
            }
        }
        assert!(!home.path("data").exists());
    }
}

#[test]
fn replies_alone_are_new_once_and_those_on_nothing_are_left_out() {
    let (home, issues) = with_file(
        "issues.json",
        r#"[{"number": 7, "title": "Dark mode", "state": "open", "labels": [], "created_at": "2026-11-01T10:00:00Z",
            "html_url": "https://github.com/acme/app/issues/7", "url": "https://api.github.com/repos/acme/app/issues/7",
            "user": {"login": "dana"}, "body": "Please"}]"#,
    );
    let reply = |issue: u32, id: u32| {
        format!(
            r#"{{"id": {id}, "body": "Me too", "created_at": "2026-11-02T10:00:00Z", "user": {{"login": "omar"}},
                "issue_url": "https://api.github.com/repos/acme/app/issues/{issue}",
                "html_url": "https://github.com/acme/app/issues/{issue}#issuecomment-{id}"}}"#
        )
    };
    let replies = home.path("replies.json");
    std::fs::write(&replies, format!("[{}, {}]", reply(7, 1), reply(8, 2))).expect("written");
    let replies = replies.display().to_string();
    home.ok(&["import", &issues, "--yes"]);
    for words in [
        "replies   1 new",
        "left out  1",
        "neither here nor in the file",
    ] {
        let plan = home.ok(&["import", &replies, "--dry-run"]);
        assert!(plan.contains(words), "{words}: {plan}");
    }
    home.ok(&["import", &replies, "--yes"]);
    let again = home.json(&["import", &replies, "--yes", "--json"]);
    assert_eq!(
        (&again["replies"]["unchanged"], &again["replies"]["create"]),
        (&1.into(), &0.into())
    );
    assert_eq!(
        (&again["lost_replies"], &again["imported"]),
        (&1.into(), &Value::Null)
    );
    let said = home.ok(&["import", &replies, "--yes"]);
    assert!(said.ends_with("nothing new to import\n"), "{said}");
}

#[test]
fn what_holds_no_message_is_not_called_a_table_without_rows() {
    let (home, file) = with_file("no.csv", "id,title\n1,a\n");
    let said = home.ok(&["import", &file, "--format", "mbox", "--yes"]);
    assert!(
        said.contains("nothing in it is what this format has"),
        "{said}"
    );
}

#[test]
fn an_empty_file_imports_nothing_and_says_so() {
    let (home, file) = with_file("empty.csv", "title,description\n");
    let said = home.ok(&["import", &file, "--yes"]);
    assert!(said.contains("nothing to import"), "{said}");
}

#[test]
fn what_is_kept_under_a_name_reads_every_file_with_that_header() {
    let (home, file) = with_file("tickets.csv", FILE);
    let said = home.ok(&[
        "import",
        &file,
        "--yes",
        "--map",
        "id=Ticket",
        "--map",
        "body=",
        "--origin",
        "desk.acme.com",
        "--save",
        "desk",
    ]);
    assert!(said.contains("origin: desk.acme.com"), "{said}");
    let listed = home.json(&["mapping", "list", "--json"]);
    assert_eq!(
        (&listed[0]["name"], &listed[0]["origin"]),
        (&"desk".into(), &"desk.acme.com".into())
    );
    let shown = home.ok(&["mapping", "show", "desk"]);
    assert!(
        shown.contains("Ticket") && !shown.contains("Text"),
        "{shown}"
    );

    // Another name, another day, one thing more: the rest is known.
    let more = home.path("december.csv");
    fs::write(&more, format!("{FILE}New,10,2026-12-01,,\n")).expect("a file");
    let more = more.display().to_string();
    let plan = home.json(&["import", &more, "--dry-run", "--json"]);
    assert_eq!(
        (&plan["feedback"]["create"], &plan["feedback"]["unchanged"]),
        (&1.into(), &3.into())
    );
    assert_eq!(
        (&plan["saved_mapping"], &plan["origin_from"]),
        (&"desk".into(), &"asked".into())
    );
    // What is said now comes before what is kept.
    let plan = home.json(&[
        "import",
        &more,
        "--with",
        "desk",
        "--map",
        "body=Text",
        "--origin",
        "other",
        "--dry-run",
        "--json",
    ]);
    assert_eq!(
        (&plan["feedback"]["create"], &plan["origins"][0]),
        (&4.into(), &"other".into())
    );
    // A file that it does not fit is refused with the names, and by itself it is left alone.
    let other = home.path("other.csv");
    fs::write(&other, FILE.replace("Ticket", "Nummer")).expect("a file");
    let other = other.display().to_string();
    home.refused(
        &["import", &other, "--with", "desk", "--yes"],
        6,
        &["desk", "“Ticket”"],
    );
    let plan = home.json(&["import", &other, "--dry-run", "--json"]);
    assert_eq!(
        (&plan["saved_mapping"], &plan["origin_from"]),
        (&Value::Null, &"file".into())
    );
    home.refused(
        &["import", &other, "--with", "dsk", "--yes"],
        3,
        &["dsk", "desk"],
    );
    home.ok(&["mapping", "remove", "desk"]);
    assert_eq!(home.ok(&["mapping", "list"]), "");
    home.refused(&["mapping", "remove", "desk"], 3, &["desk"]);
}

#[test]
fn standard_input_and_folders_are_imported_like_files() {
    let home = Home::new();
    let arguments = [
        "import",
        "-",
        "--yes",
        "--origin",
        "desk",
        "--map",
        "id=Ticket",
    ];
    home.pipe(&arguments, FILE);
    assert_eq!(titles(&home.json(&["list", "--json"])).len(), 3);
    let folder = home.path("exports");
    fs::create_dir(&folder).expect("a folder");
    for (name, id) in [("a.csv", 1), ("b.csv", 2)] {
        fs::write(folder.join(name), format!("title,id\nOf {name},{id}\n")).expect("a file");
    }
    let folder = folder.display().to_string();
    let done = home.json(&["import", &folder, "--yes", "--json"]);
    assert_eq!(done["imported"]["created"], 2);
    assert_eq!(done["origins"], serde_json::json!(["a.csv", "b.csv"]));
    let formats = home.ok(&["import", "--formats"]);
    home.refused(
        &["import", &folder, "--format", "nonsense", "--yes"],
        2,
        &[
            "nonsense",
            formats.split_whitespace().next().expect("a format"),
        ],
    );
}

#[test]
fn standard_input_is_shown_without_a_host_and_never_waits_for_an_answer() {
    let home = Home::new();
    let said = home.piped(&["import", "-", "--dry-run"], FILE);
    assert_eq!(said.code, 0, "{said:?}");
    for words in [
        "standard input: CSV",
        "3 new",
        "origin: standard input",
        "--origin",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    // Beside a file, and from links in it.
    let file = home.path("b.csv");
    fs::write(&file, "title,id\nOf a file,1\n").expect("a file");
    let links = "title,id,url\nOf a link,7,https://desk.example/issues/7\n";
    let file = file.display().to_string();
    let said = home.piped(&["import", "-", &file, "--yes", "--json"], links);
    let done: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(done["imported"]["created"], 2);
    assert_eq!(done["files"][0]["file"], "standard input");
    assert_eq!(
        done["origins"],
        serde_json::json!(["b.csv", "desk.example"])
    );
    let said = home.piped(&["import", "-"], FILE);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    for words in [
        "nobody can be asked",
        "standard input",
        "--yes",
        "--dry-run",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    for (text, words) in [("", "it is empty"), ("\u{1}\0\0\u{2}", "standard input")] {
        let said = home.piped(&["import", "-", "--yes"], text);
        assert_eq!(said.code, 6, "{said:?}");
        assert!(said.err.contains(words), "{}", said.err);
        // Not where it is kept meanwhile.
        assert!(
            said.err.contains("cannot import standard input:"),
            "{}",
            said.err
        );
    }
    assert_eq!(titles(&home.json(&["list", "--json"])).len(), 2);
}

/// The real files, where somebody has laid them out.
#[test]
fn real_exports_are_taken_as_they_are() {
    let Some(corpus) = std::env::var_os("INTAKE_CORPUS") else {
        println!("skipped: INTAKE_CORPUS is not set");
        return;
    };
    let corpus = std::path::PathBuf::from(corpus).join("import");
    for folder in ["vscode-issues-csv", "bugzilla-csv", "fider-csv-export"] {
        for entry in fs::read_dir(corpus.join(folder)).expect("a folder") {
            // Some of them hold the same things under other names.
            let home = Home::new();
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "csv") {
                continue;
            }
            let file = path.display().to_string();
            let said = home.run(&["import", &file, "--yes", "--json"]);
            if file.ends_with("SeaMonkey_bugs-combined.csv") {
                assert_eq!(said.code, 6, "{said:?}");
                assert!(said.err.contains("title"), "{said:?}");
                continue;
            }
            assert_eq!((said.code, said.err.as_str()), (0, ""), "{file}");
            let json: Value = serde_json::from_str(&said.out).expect("JSON");
            if file.ends_with("empty.csv") {
                assert_eq!(
                    (&json["feedback"]["create"], &json["imported"]),
                    (&0.into(), &Value::Null)
                );
                continue;
            }
            assert!(
                json["imported"]["created"].as_u64() > Some(0),
                "{file}: {json}"
            );
            let again = home.json(&["import", &file, "--yes", "--json"]);
            assert_eq!(
                (&again["feedback"]["create"], &again["feedback"]["update"]),
                (&0.into(), &0.into()),
                "{file}"
            );
        }
    }
}

#[test]
fn a_pipe_or_a_device_is_refused_and_not_waited_for() {
    let home = Home::new();
    let pipe = home.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    let pipe = pipe.display().to_string();
    for file in [pipe.as_str(), "/dev/zero"] {
        for format in [&[][..], &["--format", "mbox"], &["--format", "maildir"]] {
            let arguments = [&["import", file, "--yes"][..], format].concat();
            home.refused(&arguments, 6, &["a pipe or a device", "| intake import -"]);
        }
    }
}

#[test]
fn what_is_imported_without_a_question_is_told_as_a_dry_run_tells_it() {
    let changed = FILE.replace("Dark mode", "Darker mode") + "Four,10,2026-11-04,,\nFive,10,,,\n";
    let faulty = FILE.to_owned() + "Six,11,some day,,\n";
    for json in [false, true] {
        let (home, file) = with_file("tickets.csv", FILE);
        let mut arguments = vec!["import", &file, "--map", "id=Ticket", "--skip-bad"];
        arguments.extend(json.then_some("--json"));
        for text in [FILE, FILE, &changed, &faulty, "Summary,Ticket\n"] {
            fs::write(&file, text).expect("a file");
            let dry = home.run(&[&arguments[..], &["--dry-run"]].concat());
            let done = home.run(&[&arguments[..], &["--yes"]].concat());
            assert_eq!((dry.code, &dry.err), (done.code, &done.err), "{done:?}");
            if json {
                let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
                let (dry, mut done) = (read(&dry.out), read(&done.out));
                done["imported"] = Value::Null;
                assert_eq!(dry, done);
            } else {
                assert!(done.out.starts_with(&dry.out), "{dry:?} {done:?}");
            }
        }
    }
}
