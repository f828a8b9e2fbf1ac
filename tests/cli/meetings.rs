//! Meetings on the command line: a week of the sync, and what cannot be done.

use serde_json::Value;

use crate::home::Home;

fn id(outcome: &Value) -> String {
    let made = outcome["made"][0]["short_id"].as_str();
    made.expect("something was made").to_owned()
}

/// The section of an agenda with that title.
fn section<'a>(agenda: &'a Value, title: &str) -> &'a Value {
    let sections = agenda["sections"].as_array().expect("sections");
    let found = sections.iter().find(|section| section["title"] == title);
    found.unwrap_or_else(|| panic!("no {title} in {agenda}"))
}

fn texts<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    let list = list.as_array().expect("an array");
    list.iter().filter_map(|row| row[field].as_str()).collect()
}

#[test]
fn a_sync_is_prepared_held_and_its_rest_is_on_the_next() {
    let (home, [dark, ..]) = Home::with_work();
    home.ok(&["link", &dark, "Themes", "--new"]);
    home.ok(&["idea", "set", "Themes", "--release", "v10.2"]);
    let queue = |title: &str, more: &[&str]| {
        let mut arguments = vec!["meeting", "add", title, "--json"];
        arguments.extend(more);
        id(&home.json(&arguments))
    };
    let pricing = queue(
        "Pricing",
        &[
            "--minutes",
            "10",
            "--document",
            "https://example.com/prices",
        ],
    );
    let offsite = queue("Offsite", &["--minutes", "5"]);
    let hiring = queue("Hiring", &["--confidential"]);
    let agenda = home.json(&["agenda", "--json"]);
    let queued = &section(&agenda, "Queued items")["items"];
    assert_eq!(texts(queued, "title"), ["Pricing", "Offsite", "Hiring"]);
    assert_eq!(queued[0]["presenter"], "@hana");
    let plan = &section(&agenda, "Release plan")["release_items"];
    assert_eq!(texts(plan, "title"), ["Themes"]);
    assert_eq!(plan[0]["changes"][0], "added");
    let told = home.ok(&["agenda"]);
    assert!(
        told.contains("Themes") && told.contains("  v10.2: new release\n"),
        "{told}"
    );

    let at_hand = home.json(&["meeting", "start", "--json"]);
    assert_eq!(at_hand["title"], "Themes");
    let item = plan[0]["short_id"].as_str().expect("an id");
    home.ok(&["meeting", "note", item, "Beta on Friday."]);
    home.ok(&["meeting", "discussed", item]);
    // As people type ids elsewhere.
    let typed = pricing.to_uppercase();
    let at_hand = home.json(&["meeting", "next", "--item", &typed, "--json"]);
    assert_eq!(at_hand["minutes"], 10);
    assert_eq!(home.json(&["meeting", "pause", "--json"])["paused"], true);
    assert_eq!(home.json(&["meeting", "resume", "--json"])["paused"], false);
    home.ok(&["meeting", "note", &pricing, "Per seat."]);
    let step = [
        "meeting",
        "step",
        "Ask finance",
        "--owner",
        "me",
        "--due",
        "2026-01-02",
        "--item",
        &pricing,
        "--json",
    ];
    let step = id(&home.json(&step));
    home.ok(&["meeting", "discussed", &pricing]);
    home.ok(&["meeting", "carry", &offsite]);
    home.ok(&["meeting", "edit", &hiring, "--minutes", "3"]);
    let held = home.json(&["meeting", "show", "weekly-sync", "--json"]);
    assert_eq!(held["state"], "running");
    let sync = held["short_id"].as_str().expect("an id").to_owned();
    assert!(home.ok(&["minutes"]).contains("not over yet"));
    home.ok(&["meeting", "finish"]);
    assert_eq!(
        home.json(&["meeting", "show", &sync, "--json"])["state"],
        "finished"
    );
    home.refused(
        &["meeting", "pause"],
        4,
        &["is not being held", "meeting start"],
    );

    // The last one that was held is meant, by its kind as by its id.
    let minutes = home.ok(&["minutes", "--format", "markdown"]);
    assert_eq!(
        home.ok(&["minutes", &sync, "--format", "markdown"]),
        minutes
    );
    for part in [
        "# PM weekly sync\n",
        "### Pricing @hana\n\nPer seat.",
        "**@hana:** Ask finance (due 2 Jan 2026)",
        "## Carried over\n\n- Offsite",
        "## Inbox per week",
    ] {
        assert!(minutes.contains(part), "{part}: {minutes}");
    }
    assert!(
        !minutes.contains("Hiring") && !minutes.contains("not over yet"),
        "{minutes}"
    );
    let told = home.json(&["minutes", "--json"]);
    assert_eq!(texts(&told["discussed"], "title"), ["Themes", "Pricing"]);
    // Nobody came to the confidential one: it is on the next agenda.
    assert_eq!(told["withheld"], 0);
    let file = home.path("minutes.html");
    let name = file.display().to_string();
    home.ok(&["minutes", "-o", &name]);
    let page = std::fs::read_to_string(&file).expect("a page");
    assert!(
        page.contains("Per seat.") && page.contains("<svg "),
        "{page}"
    );
    home.refused(&["minutes", "-o", &name], 4, &["--force"]);
    home.refused(&["minutes", "--json", "-o", &name], 2, &["--json"]);
    home.refused(&["minutes", "training"], 3, &["“training” was held"]);

    let next = home.json(&["agenda", "--json"]);
    assert_ne!(next["meeting"]["id"], held["id"]);
    let queued = &section(&next, "Queued items")["items"];
    assert_eq!(texts(queued, "title"), ["Offsite", "Hiring"]);
    assert_eq!(queued[0]["carried"], true);
    let steps = &section(&next, "Action steps")["action_steps"];
    assert_eq!(texts(steps, "text"), ["Ask finance"]);
    assert_eq!(steps[0]["overdue"], true);
    let missing = home.run(&["check"]);
    assert_eq!(missing.code, 7);
    assert!(
        missing.out.contains(&format!("intake meeting done {step}")),
        "{}",
        missing.out
    );
    home.ok(&["meeting", "done", &step]);
    assert!(!home.run(&["check"]).out.contains(&step));
    // Everything is undone like other deeds.
    home.ok(&["undo"]);
    assert!(home.run(&["check"]).out.contains(&step));
}

#[test]
fn what_was_decided_by_deeds_is_in_the_minutes() {
    let (home, [dark, pdf, _]) = Home::with_work();
    home.ok(&["release", "add", "v10.3", "--date", "2027-01-16"]);
    for (title, owner) in [
        ("Themes", "@hana"),
        ("Export", "@dana"),
        ("Buyout", "@hana"),
    ] {
        home.ok(&["link", &dark, title, "--new"]);
        home.ok(&["idea", "set", title, "--release", "v10.2", "--owner", owner]);
    }
    home.ok(&["link", &dark, "Guests", "--new"]);
    let secret = ["meeting", "add", "--about", "Buyout", "--confidential"];
    home.ok(&secret);
    home.ok(&["assign", &dark, "@dana"]);
    home.ok(&["meeting", "start"]);
    let agenda = home.json(&["agenda", "--json"]);
    let items = section(&agenda, "Release plan")["release_items"].as_array();
    let item = |title: &str| {
        let mut items = items.expect("items").iter();
        let item = items.find(|item| item["title"] == title).expect("an item");
        item["short_id"].as_str().expect("an id")
    };
    home.ok(&["release", "move", item("Themes"), "v10.3"]);
    home.ok(&["release", "move", item("Buyout"), "v10.3"]);
    home.ok(&["release", "cut", item("Export"), "--to", "v10.3"]);
    home.ok(&["idea", "set", "Guests", "--status", "postponed"]);
    home.ok(&["assign", &pdf, "@dana"]);
    home.ok(&["meeting", "finish"]);
    home.ok(&["assign", &pdf, "@hana"]);
    let minutes = home.ok(&["minutes", "--format", "markdown"]);
    let decisions = "## Decisions\n\n\
        - **Themes** – moved from v10.2 to v10.3\n\
        - **Export** – cut from v10.2, now in v10.3\n\
        - **Guests** – Postponed, was New\n\
        - **Boards as PDF** – owner @dana, was nobody\n";
    assert!(minutes.contains(decisions), "{minutes}");
    assert!(!minutes.contains("Buyout –"), "{minutes}");
    let told = home.json(&["minutes", "--json"]);
    assert_eq!(
        texts(&told["decisions"], "title"),
        ["Themes", "Export", "Guests", "Boards as PDF"]
    );
    let moved = &told["decisions"][0]["changes"][0];
    assert_eq!(moved["what"], "moved");
    assert_eq!(
        (&moved["from"], &moved["to"]),
        (&"v10.2".into(), &"v10.3".into())
    );
}

#[test]
fn one_is_moved_and_left_out_and_no_other() {
    let (home, _) = Home::with_work();
    let ahead = || home.json(&["meeting", "list", "weekly-sync", "--days", "40", "--json"]);
    let before = ahead();
    let second = before[1]["calendar"].as_str().expect("a day").to_owned();
    home.ok(&["meeting", "cancel", "weekly-sync", "--on", &second]);
    let after = ahead();
    assert_eq!(
        after.as_array().map(Vec::len),
        before.as_array().map(|all| all.len() - 1)
    );
    assert_eq!(after[1]["calendar"], before[2]["calendar"]);
    home.ok(&["meeting", "restore", "weekly-sync", "--on", &second]);
    assert_eq!(texts(&ahead(), "at"), texts(&before, "at"));
    let to = format!("{second} 15:30");
    home.ok(&[
        "meeting",
        "move",
        "weekly-sync",
        "--on",
        &second,
        "--to",
        &to,
    ]);
    let moved = ahead();
    assert_ne!(moved[1]["at"], before[1]["at"]);
    assert_eq!(moved[1]["planned"], before[1]["at"]);
    assert_eq!(moved[2]["at"], before[2]["at"]);
    assert!(
        home.ok(&["meeting", "show", "weekly-sync", "--on", &second])
            .contains("moved from")
    );
    // The weekly sync is prepared from the day before on.
    let shown = home.ok(&["meeting", "show", "weekly-sync"]);
    let from = home.json(&["meeting", "show", "weekly-sync", "--json"])["prepare_from"].clone();
    let day = &from.as_str().expect("a moment")[..10];
    assert!(shown.contains(&format!("prepare from {day}")), "{shown}");
    let listed = home.ok(&["meeting", "list"]);
    assert!(listed.contains(day), "{listed}");
}

#[test]
fn kinds_of_ones_own_and_their_faults() {
    let (home, _) = Home::with_work();
    home.configure(
        "meetings/standup.toml",
        "name = \"Stand-up\"\ncadence = \"every Monday\"\ntime = \"9:15\"\nzone = \"Europe/Berlin\"\nminutes = 15\n",
    );
    let kinds = home.ok(&["meeting", "kinds"]);
    assert!(
        kinds.contains("standup") && kinds.contains("every Monday 9:15"),
        "{kinds}"
    );
    let planned = home.json(&[
        "meeting",
        "plan",
        "sprint-planning",
        "2031-03-04 10:00",
        "--minutes",
        "90",
        "--json",
    ]);
    let planned = home.json(&["meeting", "show", &id(&planned), "--json"]);
    assert_eq!(planned["at"], "2031-03-04T18:00:00Z");
    assert_eq!(planned["length"], 90);
    home.refused(
        &["agenda", "standups"],
        3,
        &["no kind of meeting", "standup"],
    );
    home.refused(
        &["agenda", "release-retrospective"],
        3,
        &["is to come", "meeting plan"],
    );
    home.configure(
        "meetings/standup.toml",
        "name = \"Stand-up\"\ncadence = \"daily\"\nzone = \"Berlin\"\nminutes = 15\n",
    );
    home.refused(
        &["meeting", "list"],
        5,
        &[
            "standup.toml:2:11",
            "every Wednesday",
            "standup.toml:3:8",
            "Europe/Berlin",
        ],
    );
    let checked = home.run(&["config", "--check"]);
    assert_eq!(checked.code, 5);
    assert!(checked.err.contains("standup.toml:2:11"), "{}", checked.err);
}

#[test]
fn what_is_heard_in_an_interview_is_feedback_and_this_weeks_is_done() {
    let (home, _) = Home::with_work();
    let owed = || home.json(&["meeting", "list", "interview", "--json"]);
    let before = owed();
    assert_eq!(texts(&before, "held_for"), ["@hana"]);
    home.ok(&[
        "meeting",
        "heard",
        "They copy the board by hand.",
        "--company",
        "Globex",
    ]);
    assert_ne!(owed()[0]["calendar"], before[0]["calendar"]);
    let heard = home.json(&["list", "source:interview", "--json"]);
    assert_eq!(texts(&heard, "title"), ["They copy the board by hand."]);
    assert_eq!(heard[0]["company"], "Globex");
}
