//! Listing and triaging feedback; undo and the log.

use serde_json::Value;

use crate::home::{Home, titles};

#[test]
fn feedback_is_listed_by_filter_order_and_limit() {
    let (home, ids) = Home::with_work();
    assert_eq!(
        titles(&home.json(&["list", "--json"])),
        ["Saved searches", "Dark mode on mobile", "Boards as PDF"]
    );
    let found = home.json(&["list", "is:unprocessed importance:critical", "--json"]);
    assert_eq!(titles(&found), ["Dark mode on mobile"]);
    assert_eq!(found[0]["short_id"], *ids[0]);
    let words = home.json(&["list", "boards", "pdf", "--json"]);
    assert_eq!(titles(&words), ["Boards as PDF"]);
    let newest = home.json(&["list", "sort:-age", "--limit", "1", "--json"]);
    assert_eq!(titles(&newest), ["Boards as PDF"]);
    assert_eq!(home.ok(&["list", "nothing-like-that"]), "");
    assert_eq!(home.ok(&["list", "nothing-like-that", "--json"]), "[]\n");
    let text = home.ok(&["list", "company:Globex"]);
    assert_eq!(
        text,
        format!(
            "{}  critical  now  unprocessed  Globex    Dark mode on mobile\n",
            ids[0]
        )
    );
}

#[test]
fn a_wrong_filter_is_pointed_at_and_lists_nothing() {
    let (home, _) = Home::with_work();
    let said = home.refused(
        &["list", "is:unprocesed age:>7"],
        2,
        &["hint:    did you mean"],
    );
    assert!(
        said.starts_with(
            "error:   cannot understand the filter\n\
             because: is:unprocesed age:>7\n         \u{20}  ^^^^^^^^^^\n"
        ),
        "{said}"
    );
}

#[test]
fn every_deed_on_feedback_is_done_and_can_be_undone() {
    let (home, [dark, boards, saved]) = Home::with_work();
    let before = home.json(&["list", "is:all", "--json"]);
    let state = |id: &str| home.json(&["show", id, "--json"]);

    home.ok(&["assign", &dark, &saved, "me"]);
    assert_eq!(state(&saved)["owner"], "@hana");
    home.ok(&["link", &dark, &saved, "Dark mode", "--new"]);
    assert_eq!(state(&dark)["links"][0]["title"], "Dark mode");
    home.ok(&[
        "link",
        "--quote",
        "a file",
        &boards,
        "--new",
        "Export boards",
    ]);
    let quote = &state(&boards)["links"][0]["quote"];
    assert_eq!(
        (quote["start"].as_u64(), quote["end"].as_u64()),
        (Some(8), Some(14))
    );
    home.ok(&["unlink", &saved, "dark mode"]);
    assert_eq!(state(&saved)["links"], Value::Array(Vec::new()));
    home.ok(&["comment", &dark, "ask the mobile team"]);
    assert_eq!(state(&dark)["comments"][0]["text"], "ask the mobile team");
    home.ok(&["ask", &boards, "Which format?", "--until", "3d"]);
    assert_eq!(state(&boards)["state"], "waiting");
    home.ok(&["reopen", &boards]);
    assert_eq!(state(&boards)["state"], "unprocessed");
    home.ok(&["process", &boards, "--answer", "@dana it is planned"]);
    let answered = state(&boards);
    assert_eq!(answered["state"], "processed");
    assert_eq!(answered["answer_owed"], false);
    assert_eq!(answered["comments"][1]["to_reporter"], true);
    home.ok(&["duplicate", &saved, &dark]);
    assert_eq!(state(&saved)["duplicate_of"]["short_id"], *dark);
    home.ok(&["reopen", &saved]);
    home.ok(&["snooze", &saved, "2w"]);
    assert_eq!(
        titles(&home.json(&["list", "is:snoozed", "--json"])),
        ["Saved searches"]
    );
    home.ok(&[
        "wont-do",
        &saved,
        "Searches",
        "--new",
        "--reason",
        "the palette does it",
    ]);
    assert_eq!(state(&saved)["links"][0]["status"], "wont-do");
    home.ok(&["archive", &dark, &saved]);
    assert_eq!(
        titles(&home.json(&["list", "is:archived", "--json"])).len(),
        2
    );
    home.ok(&["process", &boards]);

    // Two archived at once were one step; all of them take one undo each, from other processes.
    home.ok(&["undo"]);
    assert_eq!(home.ok(&["list", "is:archived"]), "");
    for _ in 0..12 {
        home.ok(&["undo"]);
    }
    assert_eq!(home.json(&["list", "is:all", "--json"]), before);
    home.ok(&["redo"]);
    assert_eq!(state(&dark)["owner"], "@hana");
}

#[test]
fn an_undo_that_would_destroy_later_work_is_refused_and_offers_the_rest() {
    let (home, [dark, boards, _]) = Home::with_work();
    let made = home.json(&["assign", &dark, &boards, "@hana", "--json"]);
    let action = made["action"].as_str().expect("an action");
    let later = home.run(&["--as", "@dana", "assign", &dark, "@dana"]);
    assert_eq!(later.code, 0, "{later:?}");
    let said = home.refused(
        &["--as", "@hana", "undo", action],
        4,
        &["cannot undo a", "Dark mode on mobile", "@dana", "--rest"],
    );
    let short = said
        .split("intake undo ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .expect("an id to type");
    home.ok(&["undo", short, "--rest"]);
    assert_eq!(
        home.json(&["show", &boards, "--json"])["owner"],
        Value::Null
    );
    assert_eq!(home.json(&["show", &dark, "--json"])["owner"], "@dana");
    home.refused(&["undo", action], 4, &["cannot undo it twice"]);
    home.refused(&["redo", "azzzzzzzz"], 3, &["there is no action"]);
}

#[test]
fn the_log_tells_who_did_what_and_which_fields_changed() {
    let (home, [dark, ..]) = Home::with_work();
    home.ok(&["assign", &dark, "@dana"]);
    let log = home.json(&["log", &dark, "--json"]);
    assert_eq!(log.as_array().map(Vec::len), Some(2));
    assert_eq!(
        (&log[0]["author"], &log[0]["here"]),
        (&"@hana".into(), &true.into())
    );
    let action = log[0]["short_id"].as_str().expect("an id");
    let changes = home.json(&["log", action, "--json"]);
    assert_eq!(
        (&changes[0]["field"], &changes[0]["to"]),
        (&"owner".into(), &"@dana".into())
    );
    let all = home.ok(&["log"]);
    assert!(all.lines().count() >= 7 && all.starts_with(action), "{all}");
    assert_eq!(home.ok(&["log", "--limit", "2"]).lines().count(), 2);
}

#[test]
fn words_are_found_with_the_passage_that_has_them() {
    let (home, _) = Home::with_work();
    home.ok(&[
        "add",
        "Quarterly report",
        "--body",
        "Screenshots take a day. Our auditors need one file.",
    ]);
    let text = home.ok(&["list", "audit"]);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(
        text.ends_with("Quarterly report  Our auditors need one file.\n"),
        "{text}"
    );
    let found = home.json(&["list", "quarter", "audit", "--json"]);
    assert_eq!(found[0]["title_matches"][0]["end"], 9);
    assert_eq!(found[0]["snippet"]["text"], "Our auditors need one file.");
    assert_eq!(found[0]["snippet"]["place"], "text");
    assert_eq!(found[0]["snippet"]["matches"][0]["start"], 4);
    let titled = home.json(&["list", "quarterly", "--json"]);
    assert_eq!(titled[0]["snippet"], Value::Null);
}

#[test]
fn a_search_that_finds_nothing_says_what_would() {
    let (home, _) = Home::with_work();
    for (typed, hint) in [
        (&["boarded"][..], "hint:    “board” finds 1\n"),
        (&["mobiel"], "hint:    “mobile” finds 1\n"),
        (
            &["is:processed", "searching"],
            "hint:    “search” finds 1\n",
        ),
        (
            &["is:processed", "dark"],
            "hint:    “dark” finds 1, without the other conditions\n",
        ),
        (&["zebra"], ""),
        (&["globex"], "hint:    “company:Globex” finds 1\n"),
        (&["Dana"], "hint:    “reporter:@dana” finds 1\n"),
        (
            &["mode", "globex", "is:processed"],
            "hint:    “company:Globex mode” finds 1\n",
        ),
        (&["\"mode dark\""], "hint:    “mode dark” finds 1\n"),
        (&["NOT", "dark"], "hint:    NOT is text here; write -dark\n"),
        (
            &["status:new"],
            "hint:    status: is a field of ideas: intake idea list narrows by it\n",
        ),
        (
            &["compny:globex"],
            "hint:    compny: is no field, did you mean company:?\n",
        ),
        (&["dark"], ""),
        (&["is:processed"], ""),
    ] {
        for json in [&[][..], &["--json"]] {
            let said = home.run(&[&["list"][..], typed, json].concat());
            assert_eq!((said.code, said.err.as_str()), (0, hint), "{typed:?}");
        }
    }
}

#[test]
fn any_text_can_be_searched_for() {
    let (home, _) = Home::with_work();
    let long = "auditors (\"-or* ".repeat(700);
    for text in [
        "\"",
        "\"\"\"",
        "((((",
        "or or and",
        "*",
        "\u{1f525}",
        "\u{202e}x",
        "\"is:mine\"",
        "NEAR(a b)",
        "a\"b OR *",
        &long,
    ] {
        for list in [&["list", "--", text][..], &["idea", "list", "--", text]] {
            let said = home.run(list);
            assert_eq!(said.code, 0, "{text}: {said:?}");
            // Where nothing has all of it, a hint may say what is there.
            let mut lines = said.err.lines();
            assert!(lines.all(|line| line.starts_with("hint:")), "{said:?}");
        }
    }
}

#[test]
fn a_word_behind_a_dash_that_is_taken_for_an_option_is_told_how_to_be_quoted() {
    let (home, _) = Home::with_work();
    for (arguments, meant) in [
        (
            &["list", "mode", "-mobile"][..],
            "intake list -- 'mode -mobile'\n",
        ),
        (
            &["list", "-mobile", "--json", "mode"],
            "intake list --json -- '-mobile mode'\n",
        ),
        (
            &["idea", "list", "-mobile"],
            "intake idea list -- '-mobile'\n",
        ),
        (
            &["export", "ideas", "a", "-b"],
            "intake export ideas -- 'a -b'\n",
        ),
        (
            &["list", "-mobile", "-n", "3"],
            "intake list -- 'mode -mobile'\n",
        ),
    ] {
        let tip = format!("  tip: write the filter in one pair of quotes behind --: {meant}");
        home.refused(arguments, 2, &[&tip]);
    }
    let said = home.refused(&["list", "mode", "--limt"], 2, &["'--limit'"]);
    assert!(!said.contains("in one pair of quotes"), "{said}");
}
