use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::domain::import::ImportAuthor;
use crate::exchange::convert::Choices;
use crate::exchange::dialects::testing;
use crate::exchange::source::Source;
use crate::problem::Problem;

/// An export: two members, a guest and a bot; a channel, and what is between two.
fn export() -> Vec<(&'static str, Value)> {
    vec![
        (
            "users.json",
            json!([
                {"id": "U1", "name": "dana", "team_id": "T1",
                 "profile": {"real_name": "Dana Miller", "email": "dana@acme.example"}},
                {"id": "U2", "name": "omar", "team_id": "T1", "profile": {"real_name": "Omar"}},
                {"id": "U3", "name": "gus", "team_id": "T1", "is_restricted": true,
                 "profile": {"real_name": "Gus Guest", "email": "gus@globex.example"}},
                {"id": "U4", "name": "ci", "team_id": "T1", "is_bot": true, "profile": {}},
            ]),
        ),
        ("channels.json", json!([{"id": "C1", "name": "requests"}])),
        ("dms.json", json!([{"id": "D1", "members": ["U1", "U2"]}])),
        (
            "requests/2026-11-02.json",
            json!([
                {"type": "message", "subtype": "channel_join", "user": "U1", "ts": "1793600000.000001",
                 "text": "<@U1> has joined the channel"},
                {"type": "message", "user": "U1", "ts": "1793698200.123456", "team": "T1",
                 "thread_ts": "1793698200.123456",
                 "text": "<@U3> wants PDF &amp; SVG\nsee <https://globex.example/a|their page>",
                 "reactions": [{"name": "+1", "users": ["U2", "U3"]},
                               {"name": "thumbsup::skin-tone-2", "users": ["U2"]},
                               {"name": "tada", "users": ["U4"]}]},
                {"type": "message", "user": "U4", "bot_id": "B1", "ts": "1793698201.000000", "text": "built"},
            ]),
        ),
        (
            "requests/2026-11-03.json",
            json!([
                {"type": "message", "user": "U2", "ts": "1793784600.000000",
                 "thread_ts": "1793698200.123456", "text": "Initech too, <@U1>"},
                {"type": "message", "user": "U3", "ts": "1793784700.000000", "text": "I do, in <#C1>"},
                {"type": "message", "user": "U9", "ts": "1793784800.000000", "text": "so do we",
                 "user_profile": {"real_name": "Ann Other", "team": "T9"}},
                {"type": "message", "user": "U1", "ts": "yesterday", "text": "odd"},
            ]),
        ),
        (
            "D1/2026-11-03.json",
            json!([{"type": "message", "user": "U1", "ts": "1793784600.000000", "text": "psst"}]),
        ),
    ]
}

fn zip(path: &Path, base: &str, files: &[(&str, Value)]) {
    let mut archive = ZipWriter::new(File::create(path).expect("a file"));
    for (name, value) in files {
        let options = SimpleFileOptions::default();
        archive
            .start_file(format!("{base}{name}"), options)
            .expect("begun");
        archive
            .write_all(value.to_string().as_bytes())
            .expect("written");
    }
    archive.finish().expect("finished");
}

fn folder(path: &Path, files: &[(&str, Value)]) {
    for (name, value) in files {
        let path = path.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, value.to_string()).expect("written");
    }
}

/// What an export brings, the reasons of what is left out, and the faults.
fn read(path: &Path, choices: &Choices) -> (Vec<Brought>, Vec<String>, Vec<String>) {
    let source = Source::open(path, choices).expect("an export");
    assert_eq!(source.words(), "an export of Slack");
    let (mut brought, mut reasons, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for verdict in source.verdicts(choices).expect("messages") {
        match verdict.expect("a verdict") {
            Verdict::Brings(things) => brought.extend(things),
            Verdict::Skipped(_, skip) => reasons.push(skip.to_string()),
            Verdict::Faults(found) => faults.extend(found.iter().map(ToString::to_string)),
        }
    }
    (brought, reasons, faults)
}

fn refusal(path: &Path) -> Problem {
    Source::open(path, &Choices::default()).expect_err("a refusal")
}

#[test]
fn a_message_is_feedback_and_the_answers_in_its_thread_are_comments() {
    let home = tempfile::tempdir().expect("a folder");
    folder(home.path(), &export());
    let (brought, reasons, faults) = read(home.path(), &Choices::default());
    assert_eq!(reasons, [NOTICE, BOT, DIRECT]);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].contains("no time as Slack writes it"),
        "{faults:?}"
    );
    let [
        Brought::Feedback(wish),
        Brought::Comment(reply),
        Brought::Feedback(guest),
        Brought::Feedback(stranger),
    ] = brought.as_slice()
    else {
        panic!("{brought:?}");
    };
    assert_eq!(
        wish.body,
        "@gus wants PDF & SVG\nsee their page (https://globex.example/a)"
    );
    assert_eq!(wish.received, Moment(1_793_698_200_123));
    assert_eq!((wish.origin.as_str(), wish.votes), ("T1", 2));
    assert_eq!(wish.tags, ["requests"]);
    assert_eq!(wish.source_id.as_deref(), Some("C1/1793698200.123456"));
    let reporter = wish.reporter.as_ref().expect("a colleague");
    assert_eq!(reporter.email.as_deref(), Some("dana@acme.example"));
    assert_eq!((&wish.customer, &wish.url), (&None, &None));

    assert_eq!(reply.on.feedback(), wish.identity());
    assert_eq!(reply.comment.text, "Initech too, @dana");
    assert!(
        matches!(&reply.comment.author, Some(ImportAuthor::Colleague(omar))
        if omar.name.as_deref() == Some("Omar"))
    );

    assert_eq!(guest.body, "I do, in #requests");
    let customer = guest.customer.as_ref().expect("a guest");
    assert_eq!(customer.name, "Gus Guest");
    let company = guest
        .company
        .as_ref()
        .and_then(|company| company.domain.as_deref());
    assert_eq!((company, &guest.reporter), (Some("globex.example"), &None));
    let customer = stranger
        .customer
        .as_ref()
        .expect("somebody of another workspace");
    assert_eq!(customer.name, "Ann Other");
}

#[test]
fn a_folder_with_the_files_of_another_tool_is_no_export() {
    let home = tempfile::tempdir().expect("a folder");
    let of_zendesk = [
        ("users.json", json!({"users": [], "count": 0})),
        ("groups.json", json!({"groups": [], "count": 0})),
    ];
    folder(home.path(), &of_zendesk);
    assert!(!super::export::is_export(home.path()));
    let marked = b"\xEF\xBB\xBF\r\n [";
    for name in ["users.json", "groups.json"] {
        fs::write(home.path().join(name), marked).expect("written");
    }
    assert!(super::export::is_export(home.path()));
}

#[test]
fn an_archive_brings_what_its_folder_brings_and_its_host_makes_links() {
    let home = tempfile::tempdir().expect("a folder");
    let unpacked = home.path().join("unpacked");
    folder(&unpacked, &export());
    let choices = Choices {
        origin: Some("acme.slack.com".to_owned()),
        ..Choices::default()
    };
    let wanted = read(&unpacked, &choices);
    for (name, base) in [("a.zip", ""), ("b.zip", "Acme export/")] {
        let path = home.path().join(name);
        zip(&path, base, &export());
        assert_eq!(read(&path, &choices), wanted, "{name}");
    }
    let url = wanted.0[0]
        .clone()
        .into_feedback()
        .and_then(|record| record.url);
    let link = "https://acme.slack.com/archives/C1/p1793698200123456";
    assert_eq!(url.as_deref(), Some(link));
    let mut told = export();
    told.push(("team.json", json!({"id": "T1", "domain": "acme"})));
    let path = home.path().join("told.zip");
    zip(&path, "", &told);
    assert_eq!(read(&path, &Choices::default()), wanted);
}

#[test]
fn a_broken_day_is_a_fault_and_an_unknown_folder_is_told() {
    let home = tempfile::tempdir().expect("a folder");
    folder(home.path(), &export());
    fs::write(home.path().join("requests/2026-11-02.json"), "[{\"type\":").expect("written");
    fs::create_dir(home.path().join("elsewhere")).expect("made");
    fs::write(home.path().join("elsewhere/2026-11-02.json"), "[]").expect("written");
    let (brought, _, faults) = read(home.path(), &Choices::default());
    assert_eq!((brought.len(), faults.len()), (3, 2));
    assert!(faults[0].contains("requests/2026-11-02.json"), "{faults:?}");
    let source = Source::open(home.path(), &Choices::default()).expect("an export");
    assert!(
        source.notes()[0].ends_with("elsewhere"),
        "{:?}",
        source.notes()
    );
}

#[test]
fn hostile_archives_are_refused_by_name_and_write_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("a.zip");
    let mut files = export();
    files.push(("../../escaped.json", json!([])));
    files.push(("/tmp/escaped.json", json!([])));
    zip(&path, "", &files);
    assert_eq!(read(&path, &Choices::default()).0.len(), 4);
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1);

    let whole = fs::read(&path).expect("bytes");
    fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    assert!(refusal(&path).summary.contains("damaged or cut off"));

    // The general purpose flag of every entry says that it is encrypted: APPNOTE 4.4.4.
    let mut locked = whole.clone();
    for place in 0..locked.len() - 10 {
        match &locked[place..place + 4] {
            b"PK\x03\x04" => locked[place + 6] |= 1,
            b"PK\x01\x02" => locked[place + 8] |= 1,
            _ => {}
        }
    }
    fs::write(&path, locked).expect("written");
    assert!(refusal(&path).summary.contains("with a password"));

    // Every entry says that it has 4 GiB: APPNOTE 4.4.9.
    let mut bomb = whole.clone();
    for place in 0..bomb.len() - 28 {
        if bomb[place..].starts_with(b"PK\x01\x02") {
            bomb[place + 24..place + 28].copy_from_slice(&[0xfe, 0xff, 0xff, 0xff]);
        }
    }
    fs::write(&path, bomb).expect("written");
    assert!(refusal(&path).summary.contains("at most 1 GiB"));

    // Every entry lies where the first one does: APPNOTE 4.4.16.
    let mut over = whole;
    for place in 0..over.len() - 46 {
        if over[place..].starts_with(b"PK\x01\x02") {
            over[place + 42..place + 46].fill(0);
        }
    }
    fs::write(&path, over).expect("written");
    let summary = refusal(&path).summary;
    assert!(summary.contains("zip archive"), "{summary}");
}

#[test]
fn a_file_that_lies_about_its_size_ends_the_import() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("a.zip");
    zip(&path, "", &export());
    let mut lying = fs::read(&path).expect("bytes");
    let heads: Vec<_> = (0..lying.len() - 28)
        .filter(|place| lying[*place..].starts_with(b"PK\x01\x02"))
        .collect();
    lying[heads[3] + 24..heads[3] + 28].copy_from_slice(&[9, 0, 0, 0]);
    fs::write(&path, lying).expect("written");
    let choices = Choices::default();
    let source = Source::open(&path, &choices).expect("an export");
    let first = source.verdicts(&choices).expect("messages").next();
    let problem = first.expect("one").expect_err("a problem");
    assert!(
        problem.summary.contains("zip archive"),
        "{}",
        problem.summary
    );
}

#[test]
fn messages_of_the_api_arrive_with_the_ids_that_they_have() {
    let page = json!({"ok": true, "has_more": false, "messages": [
        {"type": "message", "user": "U1", "ts": "1793698200.000100", "text": "PDF?"},
        {"type": "message", "user": "U2", "ts": "1793698300.000000",
         "thread_ts": "1793698200.000100", "text": "yes"},
        {"type": "message", "subtype": "bot_message", "ts": "1793698400.000000", "text": "built"},
    ]});
    let read = testing::read("page.json", &page.to_string());
    assert_eq!(read.words, "Slack messages, JSON");
    assert_eq!(read.feedback.len(), 1);
    let reporter = read.feedback[0].reporter.as_ref().expect("somebody");
    assert_eq!(reporter.name.as_deref(), Some("U1"));
    assert_eq!(read.replies[0].on.feedback(), read.feedback[0].identity());
    assert_eq!(read.skipped, [(1, BOT.to_owned())]);
}
