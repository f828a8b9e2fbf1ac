//! What is printed, and what is said about wrong arguments.

use std::io::{BufRead, BufReader, Read};

use crate::home::Home;

#[test]
fn wrong_arguments_name_the_place_and_the_remedy_and_change_nothing() {
    let (home, [dark, ..]) = Home::with_work();
    let before = home.ok(&["log"]);
    home.refused(
        &["archive", &dark, "fzzzz", "nothing"],
        3,
        &["“fzzzz”", "“nothing”", "hint:"],
    );
    home.refused(&["archive"], 2, &["ID", "--help"]);
    home.refused(&["assign", &dark], 2, &["OWNER is missing"]);
    home.refused(&["assign", &dark, "a b"], 2, &["“a b”", "@hana"]);
    home.refused(&["assign", &dark, "me"], 2, &["--as @hana"]);
    home.refused(&["snooze", &dark, "soon"], 2, &["soon", "3d"]);
    home.refused(
        &["idea", "list", "--status", "pland"],
        2,
        &["pland", "planned"],
    );
    home.refused(&["--as", "a b", "list"], 2, &["--as", "mention name"]);
    home.refused(&["lst"], 2, &["lst", "list"]);
    home.refused(
        &["link", &dark, "No such idea"],
        3,
        &["No such idea", "--new"],
    );
    home.refused(&["idea", "set", "f"], 3, &["there is no idea"]);
    home.refused(
        &["wont-do", &dark, "X", "--new", "--reason", " "],
        4,
        &["reason"],
    );
    assert_eq!(home.ok(&["log"]), before);
}

#[test]
fn a_name_that_nobody_has_is_told_alike_for_feedback_and_ideas() {
    let (home, _) = Home::with_work();
    home.ok(&["idea", "add", "Dark mode"]);
    for filter in ["owner:@nobodyy", "owner:@hanna"] {
        let feedback = home.refused(
            &["list", filter],
            3,
            &["which this workspace does not know"],
        );
        assert_eq!(
            home.refused(&["idea", "list", filter], 3, &["^^^^"]),
            feedback
        );
    }
}

#[test]
fn what_was_typed_is_repeated_only_as_far_as_it_helps() {
    let (home, [dark, ..]) = Home::with_work();
    let long = "x".repeat(100_000);
    for arguments in [
        &["show", &long][..],
        &["assign", &dark, &long],
        &["--as", &long, "list"],
        &["snooze", &dark, &long],
        &["add", "y", "--importance", &long],
        &[&long],
        &["list", &format!("owner:{long}")],
        &["idea", "list", &format!("is:{long}")],
    ] {
        let said = home.run(arguments);
        assert!((2..=3).contains(&said.code), "{said:?}");
        assert!(said.err.contains('…'), "{}", said.err);
        assert!(said.err.len() < 2_000, "{} bytes", said.err.len());
    }
    let ids: Vec<String> = (0..40).map(|id| format!("zz{}", id % 30)).collect();
    let mut arguments = vec!["archive"];
    arguments.extend(ids.iter().map(String::as_str));
    let said = home.refused(
        &arguments,
        3,
        &["what 30 of the arguments are", "and 10 more"],
    );
    assert_eq!(said.matches("there is no feedback").count(), 20);
}

#[test]
fn hostile_text_is_marked_in_text_and_whole_in_json() {
    let home = Home::new();
    let title = "x \u{1b}[2J\u{202e}y\u{9b}31m\u{7f}\u{200b}\u{e0041}";
    home.ok(&[
        "add",
        title,
        "--body",
        "\u{1b}]52;c;aGk=\u{7}",
        "--company",
        "\u{1b}[31mred",
    ]);
    let id = home.json(&["list", "--json"])[0]["short_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    assert_eq!(home.json(&["show", &id, "--json"])["title"], title);
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["show", &id],
        &["show", &id, "--json"],
        &["log"],
        &["log", "--json"],
        &["company", "list"],
        &["company", "list", "--json"],
    ] {
        let text = home.ok(arguments);
        let hides = ['\u{202e}', '\u{200b}', '\u{e0041}'];
        let bad = |c: char| (c.is_control() && c != '\n') || hides.contains(&c);
        assert!(!text.contains(bad), "{arguments:?}: {text:?}");
    }
    let said = home.refused(&["show", "\u{1b}[2J"], 3, &["␛[2J"]);
    assert!(!said.contains('\u{1b}'));
    let said = home.refused(
        &["list", "--\u{1b}[2J\u{202e}"],
        2,
        &["unexpected", "‹202E›"],
    );
    assert!(!said.contains('\u{1b}'));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let (home, _) = Home::with_work();
    // More than a pipe holds, so that the writer must notice.
    home.pipe(&["add", "Long", "--body", "-"], &"word ".repeat(40_000));
    let id = home.json(&["list", "long", "--json"])[0]["short_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    for arguments in [
        &["show", &id, "--json"][..],
        &["show", &id],
        &["completions", "zsh"],
        &["man"],
    ] {
        let mut child = home.command(arguments).spawn().expect("runs");
        let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        drop(reader);
        let status = child.wait().expect("ends");
        let mut err = String::new();
        child
            .stderr
            .take()
            .expect("a pipe")
            .read_to_string(&mut err)
            .expect("UTF-8");
        assert_eq!(
            (status.code(), err.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn long_texts_come_from_standard_input() {
    let home = Home::new();
    home.pipe(
        &["add", "From a pipe", "--body", "-"],
        "one\ntwo, ünïcode\n",
    );
    let id = home.json(&["list", "--json"])[0]["short_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    assert_eq!(
        home.json(&["show", &id, "--json"])["body"],
        "one\ntwo, ünïcode\n"
    );
}
