//! The configuration, the doctor, the manual.

use std::fs;

use serde_json::Value;

use crate::home::Home;

#[test]
fn a_wrong_configuration_is_reported_whole_and_stops_whatever_uses_it() {
    let (home, _) = Home::with_work();
    home.configure(
        "config.toml",
        "waiting_days = 0\n[views]\n\"Old\" = \"is:unprocesed\"\n",
    );
    home.configure("keymap.toml", "[inbox]\nasign = \"a\"\n");
    let said = home.refused(
        &["list"],
        5,
        &["config.toml:1:", "waiting_days", "--default"],
    );
    assert!(!said.contains("panicked"));
    assert!(
        said.contains("keymap.toml:2:1"),
        "all of them at once: {said}"
    );
    // What only other rooms can judge is told with the rest, in the order of the files.
    home.configure(
        "theme.toml",
        "[mine]\nbase = \"nowhere\"\nacent = { bold = true }\n",
    );
    let said = home.refused(
        &["config"],
        5,
        &[
            "5 faults",
            "config.toml:3:9",
            "no command `asign`",
            "nowhere",
            "role “acent”",
        ],
    );
    let place = |part: &str| said.find(part).expect("it is told");
    assert!(place("waiting_days") < place("config.toml:3:9"));
    assert!(place("config.toml:3:9") < place("keymap.toml:2:1"));
    assert!(place("keymap.toml:2:1") < place("theme.toml:2:"));
    home.configure("config.toml", "");
    assert_eq!(
        home.run(&["list"]).code,
        0,
        "keys and colours are not its own"
    );
    home.refused(&["config"], 5, &["3 faults", "keymap.toml:2:1"]);
    home.configure("theme.toml", "");
    home.configure("config.toml", "[views]\n\"Old\" = \"is:unprocesed\"\n");
    let said = home.refused(
        &["config", "--check"],
        5,
        &["config.toml:2:9", "did you mean", "keymap.toml:2:1"],
    );
    assert!(said.contains("2 faults"), "{said}");
    let doctor = home.run(&["doctor", "--json"]);
    assert_eq!(doctor.code, 5);
    let findings: Value = serde_json::from_str(&doctor.out).expect("JSON");
    let wrong = findings
        .as_array()
        .expect("an array")
        .iter()
        .find(|f| f["verdict"] == "wrong");
    assert_eq!(wrong.expect("a finding")["subject"], "configuration");
    assert!(home.run(&["completions", "bash"]).out.contains("intake"));
    assert_eq!(home.run(&["man"]).code, 0);
}

#[test]
fn the_printed_defaults_are_right_and_change_nothing() {
    let home = Home::new();
    for (which, file) in [
        ("settings", "config.toml"),
        ("keymap", "keymap.toml"),
        ("theme", "theme.toml"),
    ] {
        home.configure(file, &home.ok(&["config", "--default", which]));
    }
    assert_eq!(
        home.ok(&["config", "--default"]),
        home.ok(&["config", "--default", "settings"])
    );
    assert_eq!(
        home.ok(&["config", "--check"]),
        "the configuration is right\n"
    );
    assert_eq!(
        home.json(&["config", "--check", "--json"]),
        Value::Array(Vec::new())
    );
    let folder = home.path("config/intake");
    assert_eq!(
        home.ok(&["config", "--path"]),
        format!("{}\n", folder.display())
    );
    assert_eq!(home.json(&["config", "--json"])["me"], "@hana");
}

#[test]
fn the_doctor_finds_a_file_that_is_not_ours_and_leaves_it_alone() {
    let (home, _) = Home::with_work();
    assert!(home.ok(&["doctor"]).contains("is sound"));
    assert!(home.ok(&["doctor", "--rebuild"]).contains("derived data"));
    let foreign = home.path("notes.db");
    fs::write(&foreign, "shopping list").expect("a file");
    let said = home.run(&["-w", foreign.to_str().expect("UTF-8"), "doctor"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("wrong"), "{said:?}");
    assert_eq!(
        fs::read_to_string(&foreign).expect("still there"),
        "shopping list"
    );
}

#[test]
fn the_doctor_makes_nothing_anew_in_a_file_that_is_damaged_otherwise() {
    let (home, _) = Home::with_work();
    let workspace = home.path("work.db");
    let named = workspace.display().to_string();
    home.ok(&["backup", &named]);
    let stranger = rusqlite::Connection::open(&workspace).expect("SQLite");
    let lost = "PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF;
         INSERT INTO company (key, action, name) VALUES (zeroblob(16), 77, 'x');";
    stranger.execute_batch(lost).expect("altered");
    let sql = "SELECT (rootpage - 1) * page_size FROM sqlite_schema, pragma_page_size
         WHERE name = 'feedback_by_age'";
    let place: i64 = stranger
        .query_row(sql, [], |row| row.get(0))
        .expect("an index");
    let place = usize::try_from(place).expect("a place");
    drop(stranger);
    let mut bytes = fs::read(&workspace).expect("the file");
    bytes[place..place + 4_096].fill(0);
    fs::write(&workspace, &bytes).expect("damaged");
    // Opening it notes in the first page that it has a log.
    home.run(&["-w", &named, "doctor"]);
    let before = fs::read(&workspace).expect("the file");
    let said = home.run(&["-w", &named, "doctor", "--rebuild"]);
    assert_eq!(said.code, 1, "{said:?}");
    for words in [
        "index feedback_by_age",
        "references to action lead nowhere",
        "there is damage that this does not mend",
        "nothing was changed",
        "intake export all",
    ] {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
    assert!(fs::read(&workspace).expect("the file") == before);
}

#[test]
fn the_doctor_compares_the_search_index_with_the_feedback() {
    let (home, _) = Home::with_work();
    assert!(
        home.ok(&["doctor"])
            .contains("the index agrees with 3 feedback items")
    );
    let workspace = home.path("work.db").display().to_string();
    fs::copy(home.path("data/intake/intake.db"), &workspace).expect("a copy");
    let stranger = rusqlite::Connection::open(&workspace).expect("SQLite");
    let altered = stranger.execute_batch("UPDATE search_tail SET terms = 'nothing'");
    altered.expect("altered");
    drop(stranger);
    let said = home.run(&["-w", &workspace, "doctor"]);
    assert_eq!(said.code, 1, "{said:?}");
    for words in [
        "is sound",
        "does not say what the feedback says",
        "not found by all its words: 3",
        "doctor --rebuild",
    ] {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
    let found = home.json(&["-w", &workspace, "list", "dark", "--json"]);
    assert_eq!(found, Value::Array(Vec::new()));
    let mended = home.ok(&["-w", &workspace, "doctor", "--rebuild"]);
    assert!(mended.contains("the index agrees with 3"), "{mended}");
    assert!(
        home.ok(&["-w", &workspace, "list", "dark"])
            .contains("Dark mode")
    );
}

#[test]
fn the_manual_has_every_command_and_every_key() {
    let home = Home::new();
    let page = home.ok(&["man"]);
    for words in [
        "intake list",
        "intake release move",
        "intake wont\\-do",
        "KEYS OF THE CONSOLE",
        "EXIT STATUS",
        "Inbox and feedback",
    ] {
        assert!(page.contains(words), "the manual lacks {words}");
    }
    assert!(home.ok(&["--help"]).contains("completions"));
    assert!(home.ok(&["--version"]).starts_with("intake 0."));
}
