//! `docs/command-line.md` says what is true: every command, and every field of the JSON that the program prints.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::home::Home;

const DOCUMENT: &str = include_str!("../../docs/command-line.md");

/// The words between backticks in the bullet points that begin with `*name*`, and in those inside of them.
fn documented(name: &str) -> BTreeSet<String> {
    let start = DOCUMENT
        .find(&format!("*{name}*: "))
        .unwrap_or_else(|| panic!("{name} is not documented"));
    let rest = &DOCUMENT[start + name.len() + 3..];
    let end = [". *", "\n- *", "\n\n"]
        .iter()
        .filter_map(|end| rest.find(end))
        .min()
        .unwrap_or(rest.len());
    let words = rest[..end].split('`').skip(1).step_by(2);
    words.map(ToOwned::to_owned).collect()
}

/// The names of fields at any depth, apart from maps whose keys are data.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                if name != "states" {
                    fields(value, found);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

/// What is printed has exactly the documented fields, those of `parts` included.
fn check(printed: &Value, name: &str, parts: &[&str]) {
    let mut found = BTreeSet::new();
    fields(printed, &mut found);
    let mut wanted = documented(name);
    for part in parts {
        wanted.extend(documented(part));
    }
    assert_eq!(found, wanted, "{name}");
}

#[test]
fn the_fields_of_everything_that_is_printed_are_documented() {
    let (home, [dark, boards, saved]) = Home::with_work();
    home.ok(&[
        "link",
        &boards,
        "Export boards",
        "--new",
        "--quote",
        "a file",
    ]);
    home.ok(&["company", "set", "Globex", "--tier", "Enterprise"]);
    home.ok(&["link", &dark, "Export boards"]);
    home.ok(&["duplicate", &saved, &dark]);
    home.ok(&["comment", &boards, "hm"]);
    home.ok(&["comment", "Export boards", "hm"]);
    home.ok(&["idea", "set", "Export boards", "--release", "v10.2"]);
    home.ok(&[
        "idea",
        "ticket",
        "Export boards",
        "https://example.com/7",
        "--key",
        "MM-7",
    ]);
    home.ok(&["area", "add", "Boards"]);
    home.ok(&["rotation", "set", "today", "me"]);
    let release = home.json(&["show", "v10.2", "--json"]);
    let item = release["items"][0]["short_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let outcome = home.json(&["release", "update", &item, "--text", "well", "--json"]);

    home.ok(&["add", "Found by its text", "--body", "We need snippets."]);
    let found = home.json(&["list", "is:all", "we need or boards", "--json"]);
    check(&found, "feedback", &["found"]);
    // No one feedback has it all.
    let details = [&dark, &boards, &saved].map(|id| home.json(&["show", id, "--json"]));
    check(
        &Value::Array(details.to_vec()),
        "feedback details",
        &["feedback", "person", "company", "comments"],
    );
    home.ok(&[
        "idea",
        "set",
        "Export boards",
        "--problem",
        "One file is missing.",
    ]);
    let found = home.json(&["idea", "list", "export", "file", "--json"]);
    check(&found, "idea", &["found"]);
    check(
        &home.json(&["show", "Export boards", "--json"]),
        "idea details",
        &["idea", "comments"],
    );
    check(&home.json(&["release", "list", "--json"]), "release", &[]);
    check(&home.json(&["charts", "--json"]), "chart", &[]);
    let plan = home.json(&["release", "plan", "--as-of", "today", "--json"]);
    check(&plan, "release", &[]);
    home.ok(&["idea", "set", "Export boards", "--benefit", "One file."]);
    let demo = "https://example.com/demo";
    home.ok(&[
        "idea",
        "ticket",
        "Export boards",
        demo,
        "--kind",
        "material",
    ]);
    let day = home.json(&["release", "list", "--json"])[0]["date"].clone();
    assert_eq!(day, "2026-12-16");
    for (arguments, name, parts) in [
        (
            &["roadmap"][..],
            "road map",
            &["told idea", "told release"][..],
        ),
        (
            &["release", "notes", "v10.2"],
            "release notes",
            &["told idea", "told release"],
        ),
    ] {
        let printed = home.json(&[arguments, &["--json"]].concat());
        check(&printed, name, parts);
    }
    home.json(&["news", "--json"]);
    let changes = home.json(&["release", "plan", "--since", "2020-01-01", "--json"]);
    check(&changes, "plan difference", &[]);
    check(&home.json(&["person", "list", "--json"]), "person", &[]);
    check(&home.json(&["area", "list", "--json"]), "area", &[]);
    check(&home.json(&["company", "list", "--json"]), "company", &[]);
    check(
        &home.json(&["rotation", "list", "--json"]),
        "duty week",
        &[],
    );
    check(&home.json(&["log", "--json"]), "action", &[]);
    let made = home.json(&["add", "One more", "--json"]);
    check(&made, "outcome", &[]);
    let action = outcome["action"].as_str().expect("an action");
    check(&home.json(&["log", action, "--json"]), "change", &[]);
    check(&home.json(&["config", "--json"]), "configuration", &[]);
    let kinds = home.json(&["meeting", "kinds", "--json"]);
    check(&kinds, "kind of meeting", &[]);
    home.ok(&[
        "meeting",
        "add",
        "Pricing",
        "--document",
        "https://example.com",
    ]);
    home.ok(&["meeting", "step", "Ask finance", "--due", "2026-01-02"]);
    let meetings = home.json(&["meeting", "list", "weekly-sync", "--json"]);
    check(&meetings, "meeting", &[]);
    let agenda = home.json(&["agenda", "--json"]);
    check(&agenda, "agenda", &["meeting"]);
    let missing = home.run(&["check", "--json"]);
    check(
        &serde_json::from_str(&missing.out).expect("JSON"),
        "missing",
        &[],
    );
    let at_hand = home.json(&["meeting", "start", "--json"]);
    check(&at_hand, "at hand", &[]);
    let pricing = agenda["sections"]
        .as_array()
        .and_then(|sections| {
            sections
                .iter()
                .find_map(|part| part["items"][0]["short_id"].as_str())
        })
        .expect("a queued item");
    home.ok(&["meeting", "note", pricing, "Per seat."]);
    home.ok(&["meeting", "discussed", pricing]);
    let idea = home.json(&["idea", "list", "--json"])[0]["short_id"].clone();
    let idea = idea.as_str().expect("an idea");
    home.ok(&["idea", "set", idea, "--owner", "@dana"]);
    let recording = "https://example.com/recording";
    home.ok(&["meeting", "link", "weekly-sync", recording]);
    check(&home.json(&["minutes", "--json"]), "minutes", &["meeting"]);
    check(&home.json(&["doctor", "--json"]), "finding", &[]);
    let copy = home.path("copy.db").display().to_string();
    check(&home.json(&["backup", &copy, "--json"]), "backup", &[]);

    let file = home.path("rows.csv");
    fs::write(
        &file,
        "title,id,created_at,extra\nOne,1,2026-11-01,\n,,,\nTwo,2,never,\n",
    )
    .expect("a file");
    // The same under another name is here as from elsewhere.
    let next = home.path("next.csv");
    fs::copy(&file, &next).expect("a file");
    let import = |file: &std::path::Path, how| {
        home.json(&[
            "import",
            &file.display().to_string(),
            "--skip-bad",
            how,
            "--json",
        ])
    };
    let plans = vec![import(&file, "--yes"), import(&next, "--dry-run")];
    check(&Value::Array(plans), "import", &[]);
    home.configure("config.toml", "mouse = 1\n");
    let faults = home.run(&["config", "--check", "--json"]);
    check(
        &serde_json::from_str(&faults.out).expect("JSON"),
        "fault",
        &[],
    );
}

#[test]
fn every_command_is_documented() {
    let home = Home::new();
    let help = home.ok(&["--help"]);
    let commands = help.split("Commands:\n").nth(1).expect("commands");
    let names: Vec<&str> = commands
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split(' ').next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() > 25, "{names:?}");
    for name in names {
        assert!(DOCUMENT.contains(&format!("`intake {name}")), "{name}");
    }
}
