//! Ideas, releases, people.

use serde_json::Value;

use crate::home::{Home, titles};

#[test]
fn ideas_and_releases_are_made_changed_and_shown() {
    let (home, [dark, boards, _]) = Home::with_work();
    home.ok(&[
        "idea",
        "add",
        "Dark mode",
        "--from",
        &dark,
        "--effort",
        "M",
        "--benefit",
        "calm eyes",
    ]);
    home.ok(&["idea", "add", "Night mode", "--from", &boards]);
    home.refused(
        &["idea", "set", "Dark mode", "--status", "planned"],
        4,
        &["release"],
    );
    home.ok(&[
        "idea",
        "set",
        "Dark mode",
        "--status",
        "planned",
        "--release",
        "v10.2",
        "--owner",
        "me",
    ]);
    let idea = home.json(&["idea", "show", "Dark mode", "--json"]);
    assert_eq!(
        (
            &idea["status"],
            &idea["release"],
            &idea["effort"],
            &idea["owner"]
        ),
        (
            &"planned".into(),
            &"v10.2".into(),
            &"m".into(),
            &"@hana".into()
        )
    );
    assert_eq!(idea["demand"], 3);
    let list = home.json(&["idea", "list", "--json"]);
    assert_eq!(titles(&list), ["Dark mode", "Night mode"]);
    assert_eq!(
        titles(&home.json(&["idea", "list", "night", "--json"])),
        ["Night mode"]
    );
    for (filter, found) in [
        ("status:planned", &["Dark mode"][..]),
        ("-status:planned", &["Night mode"]),
        ("mode demand:>=3", &["Dark mode"]),
        ("dark or night owner:none", &["Dark mode", "Night mode"]),
        ("release:v10.2 owner:me effort:m", &["Dark mode"]),
        ("release:none", &["Night mode"]),
        ("status:released", &[]),
    ] {
        let list = home.json(&["idea", "list", "--json", "--", filter]);
        assert_eq!(titles(&list), found, "{filter}");
    }
    // A title of nothing else answers no better: what is wanted comes first, as in the console.
    home.ok(&["idea", "add", "Mode"]);
    let list = home.json(&["idea", "list", "--json", "mode"]);
    assert_eq!(titles(&list), ["Dark mode", "Night mode", "Mode"]);
    home.ok(&["undo"]);
    for (filter, code, words) in [
        (
            "status:pland",
            2,
            &["column 8", "did you mean", "planned"][..],
        ),
        ("is:mine", 2, &["column 1", "owner:me"]),
        (
            "mode release:v10.3",
            3,
            &["              ^^^^^", "v10.3", "v10.2"],
        ),
        (
            "owner:@hanna",
            3,
            &["      ^^^^^^", "did you mean owner:@hana"],
        ),
        (
            "edition:Enterprse",
            3,
            &["edition:Enterprse, which", "        ^^^^^^^^^"],
        ),
        (
            "edition:\"enterprse e20\"",
            3,
            &["did you mean edition:\"Enterprise E20\"?"],
        ),
        ("owner:me", 2, &["--as"]),
    ] {
        home.refused(&["idea", "list", filter], code, words);
    }
    home.ok(&["person", "add", "@noor", "--name", "Noor Aziz"]);
    home.ok(&["idea", "set", "Night mode", "--owner", "@noor"]);
    for filter in ["owner:\"noor aziz\"", "owner:noor", "-owner:Hana"] {
        let list = home.json(&["idea", "list", "--json", "--", filter]);
        assert_eq!(titles(&list), ["Night mode"], "{filter}");
    }
    home.ok(&["idea", "set", "Dark mode", "--effort", "none"]);
    assert_eq!(
        home.json(&["show", "Dark mode", "--json"])["effort"],
        Value::Null
    );
    home.ok(&["idea", "merge", "Night mode", "Dark mode"]);
    assert_eq!(
        home.json(&["show", "Dark mode", "--json"])["insight_count"],
        2
    );

    home.ok(&["release", "add", "v10.3", "--kind", "dot"]);
    home.ok(&[
        "release",
        "set",
        "v10.3",
        "--date",
        "2027-01-20",
        "--state",
        "active",
    ]);
    let release = home.json(&["release", "show", "v10.2", "--json"]);
    let item = release["items"][0]["short_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    // It has only just come into the plan: the next sync asks for no update of it.
    assert_eq!(release["items"][0]["update_owed"], false);
    home.ok(&[
        "release",
        "update",
        &item,
        "--text",
        "half done",
        "--health",
        "at-risk",
    ]);
    home.ok(&["release", "move", &item, "v10.3"]);
    let moved = home.json(&["show", "v10.3", "--json"]);
    assert_eq!(moved["items"][0]["health"], "at-risk");
    assert_eq!(moved["items"][0]["update"]["text"], "half done");
    home.ok(&["release", "cut", &item, "--postpone"]);
    assert_eq!(
        home.json(&["show", "Dark mode", "--json"])["status"],
        "postponed"
    );
    let names: Vec<String> = home
        .json(&["release", "list", "--json"])
        .as_array()
        .expect("an array")
        .iter()
        .map(|release| release["name"].as_str().expect("a name").to_owned())
        .collect();
    assert_eq!(names, ["v10.2", "v10.3", "backlog"]);
}

#[test]
fn what_was_shipped_stays_and_what_is_turned_down_is_cut_when_asked_to() {
    let (home, _) = Home::with_work();
    let item_of = |home: &Home, release: &str| {
        let release = home.json(&["release", "show", release, "--json"]);
        let id = release["items"][0]["short_id"].as_str().expect("an id");
        id.to_owned()
    };
    home.ok(&["idea", "add", "Dark mode", "--release", "v10.2"]);
    home.ok(&["release", "set", "v10.2", "--state", "released"]);
    let shipped = item_of(&home, "v10.2");
    home.refused(
        &["release", "move", &shipped, "backlog"],
        4,
        &["v10.2 is out", "cut it there"],
    );
    home.ok(&["idea", "add", "Fax", "--release", "backlog"]);
    // A beginning of a choice is taken for it.
    let never = ["idea", "set", "Fax", "--status", "wont", "--reason", "No."];
    let said = home.ok(&never);
    assert!(said.contains("still in backlog"), "{said}");
    let shown = home.ok(&["release", "show", "backlog"]);
    assert!(shown.contains("won't do"), "{shown}");
    assert!(!shown.contains("on track"), "{shown}");
    home.refused(
        &["idea", "merge", "Fax", "Dark mode"],
        4,
        &["Won't Do", "another status"],
    );
    home.ok(&["undo"]);
    let said = home.ok(&[&never[..], &["--cut"]].concat());
    assert!(said.contains("cut from backlog"), "{said}");
}

#[test]
fn people_areas_companies_and_the_rotation() {
    let (home, _) = Home::with_work();
    home.ok(&["person", "set", "@dana", "--email", "dana@example.com"]);
    let people = home.json(&["person", "list", "--json"]);
    assert_eq!(people[0]["email"], "dana@example.com");
    home.refused(&["person", "add", "@dana"], 4, &["known already"]);
    home.refused(
        &["person", "set", "@nobody-here"],
        3,
        &["there is no colleague"],
    );
    home.ok(&[
        "area",
        "add",
        "Boards",
        "--owner",
        "@hana",
        "--keyword",
        "board",
    ]);
    home.ok(&[
        "area",
        "set",
        "boards",
        "--keyword",
        "card",
        "--no-keyword",
        "board",
    ]);
    let areas = home.json(&["area", "list", "--json"]);
    assert_eq!(
        (&areas[0]["name"], &areas[0]["keywords"]),
        (&"Boards".into(), &vec!["card"].into())
    );
    home.ok(&[
        "company",
        "set",
        "globex",
        "--tier",
        "Enterprise",
        "--revenue",
        "120000",
        "--renewal",
        "2027-02-01",
    ]);
    home.ok(&["company", "add", "Initech"]);
    let companies = home.json(&["company", "list", "--json"]);
    assert_eq!(
        (&companies[0]["revenue"], &companies[0]["renewal"]),
        (&120_000.into(), &"2027-02-01".into())
    );
    home.ok(&["rotation", "set", "today", "@hana"]);
    home.refused(
        &["rotation", "add", "today", "@dana"],
        4,
        &["@hana is on duty"],
    );
    assert_eq!(
        home.json(&["rotation", "list", "--json"])[0]["person"],
        "@hana"
    );
}
