//! Reports: the release plan, now, in the past, and what changed.

use std::fs;

use crate::home::Home;

#[test]
fn what_changed_in_the_release_plan_is_told() {
    let (home, _) = Home::with_work();
    home.ok(&["release", "add", "v10.3"]);
    home.ok(&["idea", "add", "Export boards", "--release", "v10.2"]);
    let release = home.json(&["show", "v10.2", "--json"]);
    let item = release["items"][0]["short_id"].as_str().expect("an id");
    home.ok(&[
        "release",
        "update",
        item,
        "--text",
        "slow *disk*",
        "--health",
        "at-risk",
    ]);

    let text = home.ok(&["release", "plan"]);
    for part in [
        "Release plan\n",
        "v10.2 16 Dec 2026 · feature release · planned",
        "Export boards",
        "at risk",
        "slow *disk*",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let changes = home.json(&["release", "plan", "--since", "yesterday", "--json"]);
    assert_eq!(changes["releases"][0]["name"], "v10.2");
    assert_eq!(
        changes["releases"][0]["items"][0]["changes"][0]["change"],
        "added"
    );
    let changes = home.json(&[
        "release", "plan", "--since", "2w", "--as-of", "1w", "--json",
    ]);
    assert_eq!(changes["releases"], serde_json::json!([]));
    let past = home.json(&["release", "plan", "--as-of", "yesterday", "--json"]);
    assert_eq!(past, serde_json::json!([]));
    let today = home.json(&["release", "plan", "--as-of", "today", "--json"]);
    assert_eq!(today[0]["items"][0]["update"]["text"], "slow *disk*");
    assert!(today[0]["items"][0]["demand"].is_null());

    let markdown = home.ok(&["release", "plan", "--format", "markdown"]);
    assert!(markdown.contains("slow \\*disk\\* |"), "{markdown}");
    let file = home.path("plan.html");
    let name = file.display().to_string();
    home.ok(&["release", "plan", "--since", "yesterday", "-o", &name]);
    let page = fs::read_to_string(&file).expect("a page");
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains("Export boards"),
        "{page}"
    );
    home.refused(
        &["release", "plan", "-o", &name],
        4,
        &["there already", "--force"],
    );
    home.ok(&["release", "plan", "-o", &name, "--force"]);
    home.refused(&["release", "plan", "-o", "plan"], 2, &["*.html"]);
    home.refused(
        &["release", "plan", "--since", "tomorrow"],
        2,
        &["last wednesday"],
    );
    home.refused(
        &["release", "plan", "--since", "today", "--as-of", "2w"],
        2,
        &["later"],
    );
    home.refused(&["release", "plan", "--json", "-o", &name], 2, &["--json"]);
}

#[test]
fn notes_news_and_the_road_map_are_written() {
    let (home, _) = Home::with_work();
    home.ok(&[
        "release",
        "add",
        "v10.1",
        "--date",
        "2026-01-10",
        "--state",
        "released",
    ]);
    let add = |title: &str, more: &[&str]| {
        let mut arguments = vec!["idea", "add", title];
        arguments.extend(more);
        home.ok(&arguments);
    };
    add(
        "Export boards",
        &[
            "--release",
            "v10.2",
            "--kind",
            "feature",
            "--benefit",
            "No more screenshots.",
            "--edition",
            "E20",
        ],
    );
    add(
        "TLS 1.1 goes",
        &[
            "--release",
            "v10.2",
            "--kind",
            "breaking-change",
            "--workaround",
            "Upgrade first.",
        ],
    );
    add(
        "Slow search",
        &[
            "--release",
            "v10.1",
            "--kind",
            "bug",
            "--status",
            "released",
        ],
    );
    home.ok(&[
        "idea",
        "ticket",
        "Export boards",
        "https://example.com/demo",
        "--kind",
        "material",
        "--key",
        "Demo",
    ]);

    let notes = home.ok(&["release", "notes", "v10.2", "--format", "markdown"]);
    for part in [
        "# Release notes: v10.2",
        "## Breaking changes\n\n- TLS 1.1 goes\n  - What to do: Upgrade first.",
        "- Export boards (E20)",
    ] {
        assert!(notes.contains(part), "{part}: {notes}");
    }
    assert!(!notes.contains("screenshots"), "{notes}");
    let news = home.ok(&["news", "--since", "yesterday"]);
    assert!(news.contains("Fixed\n- Slow search"), "{news}");
    let said = home.run(&["roadmap"]);
    assert!(
        said.out.contains("No more screenshots.")
            && said.out.contains("Demo <https://example.com/demo>"),
        "{said:?}"
    );
    assert!(
        said.err.contains("want of a benefit: 1 planned idea"),
        "{said:?}"
    );
    let page = home.run(&["roadmap", "--format", "html"]).out;
    assert!(
        page.contains("<a href=\"https://example.com/demo\""),
        "{page}"
    );
    home.refused(&["release", "notes", "v99"], 3, &["v99"]);

    let notes = home.json(&["release", "notes", "v10.2", "--json"]);
    assert_eq!(notes["release"]["name"], "v10.2");
    assert_eq!(notes["draft"], true);
    assert_eq!(notes["breaking"][0]["workaround"], "Upgrade first.");
    assert_eq!(notes["added"][0]["title"], "Export boards");
    let news = home.json(&["news", "--since", "yesterday", "--json"]);
    assert_eq!(news["fixed"][0]["title"], "Slow search");
    let said = home.run(&["roadmap", "--json"]);
    let map: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((map["without_benefit"].as_u64(), &*said.err), (Some(1), ""));
    let item = &map["releases"][0]["items"][0];
    assert_eq!(item["materials"][0]["key"], "Demo");
    home.refused(&["roadmap", "--json", "--format", "html"], 2, &["--json"]);
}

#[test]
fn charts_are_drawn_and_told() {
    let (home, [dark, ..]) = Home::with_work();
    home.ok(&["assign", &dark, "@hana"]);
    home.ok(&["process", &dark]);
    let text = home.ok(&["charts"]);
    for title in [
        "Inbox per week",
        "Age of what is unprocessed",
        "Days until processed",
        "Load per owner",
    ] {
        assert!(text.contains(title), "{title}: {text}");
    }
    let json = home.json(&["charts", "inbox", "age", "--json"]);
    assert_eq!(
        (&json[0]["chart"], &json[1]["chart"]),
        (&"inbox".into(), &"age".into())
    );
    assert_eq!(json[0]["series"][1]["values"][11], 1.0);
    let ages = json[1]["series"][0]["values"].as_array().expect("ages");
    assert!(
        (ages
            .iter()
            .filter_map(serde_json::Value::as_f64)
            .sum::<f64>()
            - 2.0)
            .abs()
            < 1e-9
    );
    let file = home.path("load.svg");
    let name = file.display().to_string();
    home.ok(&["charts", "load", "-o", &name]);
    assert!(
        fs::read_to_string(&file)
            .expect("a drawing")
            .contains("nobody")
    );
    let page = home.ok(&["charts", "--format", "html"]);
    assert!(
        page.contains("<svg ") && page.contains("<details>"),
        "{page}"
    );
    home.refused(&["charts", "moon"], 2, &["interviews"]);
    home.refused(&["news", "--format", "svg"], 2, &["intake charts"]);
}
