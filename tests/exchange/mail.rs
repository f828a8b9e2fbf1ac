//! Mail: single messages, mailboxes and folders. The expected figures were found with Python's email and mailbox modules.

mod real;

use std::fs;
use std::path::{Path, PathBuf};

use intake::domain::import::{Brought, ImportAuthor, ImportRecord, ImportReply};
use intake::exchange::convert::Choices;
use intake::exchange::source::Source;
use intake::exchange::verdict::Verdict;

use crate::world::World;

/// What becomes of the messages of a mailbox.
fn verdicts(path: &Path) -> Vec<Verdict> {
    let choices = Choices::default();
    let source = Source::open(path, &choices).expect("mail");
    let verdicts = source.verdicts(&choices).expect("messages");
    verdicts
        .map(|verdict| verdict.expect("a verdict"))
        .collect()
}

fn things(path: &Path) -> Vec<Brought> {
    let brought = verdicts(path)
        .into_iter()
        .flat_map(|verdict| match verdict {
            Verdict::Brings(things) => things,
            Verdict::Skipped(..) | Verdict::Faults(_) => Vec::new(),
        });
    brought.collect()
}

fn records(path: &Path) -> Vec<ImportRecord> {
    things(path)
        .into_iter()
        .filter_map(Brought::into_feedback)
        .collect()
}

fn replies(path: &Path) -> Vec<ImportReply> {
    let replies = things(path).into_iter().filter_map(|thing| match thing {
        Brought::Comment(reply) => Some(reply),
        _ => None,
    });
    replies.collect()
}

/// Why messages are left out or refused.
fn reasons(path: &Path) -> Vec<String> {
    let reasons = verdicts(path)
        .into_iter()
        .filter_map(|verdict| match verdict {
            Verdict::Brings(_) => None,
            Verdict::Skipped(_, skip) => Some(skip.to_string()),
            Verdict::Faults(faults) => Some(faults[0].words.clone()),
        });
    reasons.collect()
}

/// A file with these bytes.
fn file(world: &World, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = world.folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    path
}

fn one(bytes: impl AsRef<[u8]>) -> ImportRecord {
    let world = World::new();
    let path = file(&world, "a.eml", bytes);
    records(&path).into_iter().next().expect("a message")
}

#[test]
fn a_message_arrives_with_subject_text_author_company_and_date() {
    let record = one(
        "From: =?utf-8?Q?Ren=C3=A9e?= Miller <renee@acme.example>\r\nTo: feedback@intake.example\r\n\
         Subject: Re: [BUG] =?utf-8?B?8J+Urg==?= board\r\nDate: Tue, 3 Nov 2026 09:30:00 +0530\r\n\
         Message-ID: <1@acme.example>\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\nA =E9 b\r\n> quoted\r\n\r\n--=20\r\nDana\r\n",
    );
    assert_eq!(record.title, "[BUG] 🔮 board");
    assert_eq!(record.body, "A é b\n> quoted\n\n-- \nDana");
    let customer = record.customer.expect("a customer");
    assert_eq!(customer.name, "Renée Miller");
    assert_eq!(customer.email.as_deref(), Some("renee@acme.example"));
    assert_eq!(record.company.expect("a company").name, "acme.example");
    assert_eq!(record.received.rfc3339(), "2026-11-03T04:00:00Z");
    assert_eq!(record.received_offset, Some(330));
    assert_eq!(record.source, "email");
    assert_eq!(record.origin, "single messages");
    assert_eq!(record.source_id.as_deref(), Some("1@acme.example"));
}

#[test]
fn plain_text_is_preferred_and_html_alone_is_made_readable() {
    let head = "From: a@b.example\nSubject: s\nMIME-Version: 1.0\n";
    let both = one(format!(
        "{head}Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>rich</p>\n\
         --x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\ncGxhaW4=\n--x--\n"
    ));
    assert_eq!((both.body.as_str(), both.original), ("plain", None));
    let rich = one(format!(
        "{head}Content-Type: text/html; charset=utf-8\n\n<p>rich</p><ul><li>a<li>b</ul>"
    ));
    assert_eq!(rich.body, "rich\n* a\n* b");
    assert_eq!(
        rich.original.as_deref(),
        Some("<p>rich</p><ul><li>a<li>b</ul>")
    );
}

#[test]
fn what_is_encoded_in_a_subject_stays_data_in_one_line() {
    let record = one("From: a@b.example\nSubject: =?utf-8?Q?a=0AX:_1?=\n\nx\n");
    assert_eq!(record.title, "a X: 1");
    let record = one("From: a@b.example\nSubject: =?utf-8?B?G1sySg==?=\n\nx\n");
    assert_eq!(record.title, "\u{1b}[2J");
    let named = one(
        "From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\ntext\n--x\n\
         Content-Type: image/png\nContent-Disposition: attachment; filename=\"../../.ssh/x\"\n\nzzz\n--x--\n",
    );
    assert_eq!(named.body, "text");
}

#[test]
fn a_line_that_begins_with_from_parts_messages_only_where_it_is_one() {
    let world = World::new();
    let mbox = "From a@b.example Tue Nov  3 09:30:00 2026\nFrom: a@b.example\nSubject: one\nMessage-ID: <1@b>\n\n\
        first\nFrom x Tue Nov  3 09:30:00 2026\n\nFrom there we went on.\n>From the start\n>>From twice\n> From a mail\n\n\
        From - Tue Nov 03 10:30:00 2026\r\nFrom: c@d.example\r\nSubject: two\r\n\r\nsecond\r\n\r\n\
        From 1234@xxx Tue Nov 03 09:30:00 +0100 2026\nFrom: e@f.example\nSubject: three\n\nthird\n";
    let path = file(&world, "support.mbox", mbox);
    let records = records(&path);
    let titles: Vec<&str> = records.iter().map(|record| record.title.as_str()).collect();
    assert_eq!(titles, ["one", "two", "three"]);
    assert_eq!(
        records[0].body,
        "first\nFrom x Tue Nov  3 09:30:00 2026\n\nFrom there we went on.\nFrom the start\n>From twice\n> From a mail"
    );
    assert_eq!(
        records.iter().map(|r| r.line).collect::<Vec<_>>(),
        [1, 14, 20]
    );
    assert_eq!(records[1].received.rfc3339(), "2026-11-03T10:30:00Z");
    assert_eq!(records[2].received.rfc3339(), "2026-11-03T08:30:00Z");
    assert_eq!(records[0].origin, "support.mbox");
}

#[test]
fn a_told_length_holds_where_a_message_follows_it() {
    let world = World::new();
    let body =
        "see\n\nFrom a@b.example Tue Nov  3 09:30:00 2026\nSubject: inner\n\n>From as it is\n";
    let next =
        "\nFrom c@d.example Tue Nov  3 09:30:00 2026\nFrom: c@d.example\nSubject: next\n\nx\n";
    let begin = "From a@b.example Tue Nov  3 09:30:00 2026\nFrom: a@b.example\nSubject: outer\nContent-Length: ";
    let right = format!("{begin}{}\n\n{body}{next}", body.len());
    let found = records(&file(&world, "right", right));
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].body, body.trim_end());
    assert_eq!((found[1].title.as_str(), found[1].line), ("next", 13));
    for wrong in [0, 7, body.len() + 3, 9_999_999] {
        let found = records(&file(
            &world,
            "wrong",
            format!("{begin}{wrong}\n\n{body}{next}"),
        ));
        let titles: Vec<&str> = found.iter().map(|record| record.title.as_str()).collect();
        assert_eq!(titles, ["outer", "inner", "next"], "{wrong}");
    }
}

/// Four messages: a reply that stands before what it answers, and one to something that is not there.
const CONVERSATION: &str = "From a Tue Nov  3 09:30:00 2026\nFrom: Bo <bo@b.example>\nSubject: Re: Boards\n\
    Message-ID: <2@b>\nIn-Reply-To: <1@a>\nDate: Tue, 3 Nov 2026 10:00:00 +0000\n\nMe too\n\n\
    From a Tue Nov  3 09:30:00 2026\nFrom: Al <al@a.example>\nSubject: Boards\nMessage-ID: <1@a>\n\nPrint them\n\n\
    From a Tue Nov  3 09:30:00 2026\nFrom: Cy <cy@c.example>\nSubject: Re: Boards\nMessage-ID: <3@c>\nIn-Reply-To: <2@b>\n\n\
    And me\n\n\
    From a Tue Nov  3 09:30:00 2026\nFrom: Di <di@d.example>\nSubject: Re: Older\nMessage-ID: <4@d>\nReferences: <0@z>\n\nStill\n";

#[test]
fn a_reply_becomes_a_comment_where_the_conversation_began_here_and_feedback_where_not() {
    let world = World::new();
    let path = file(&world, "box.mbox", CONVERSATION);
    let titles: Vec<String> = records(&path).into_iter().map(|r| r.title).collect();
    assert_eq!(titles, ["Boards", "Older"]);
    let found: Vec<(String, String, Option<ImportAuthor>)> = replies(&path)
        .into_iter()
        .map(|reply| (reply.on.id, reply.comment.text, reply.comment.author))
        .collect();
    let by = |name: &str| Some(ImportAuthor::Outsider(name.to_owned()));
    assert_eq!(
        found,
        [
            ("1@a".to_owned(), "Me too".to_owned(), by("Bo")),
            ("1@a".to_owned(), "And me".to_owned(), by("Cy")),
        ]
    );
    let plan = world.plan(&path).expect("a plan");
    assert_eq!(
        (plan.counts.feedback.create, plan.counts.replies.create),
        (2, 2)
    );
}

#[test]
fn messages_that_answer_each_other_in_a_circle_are_feedback() {
    let world = World::new();
    let message = |id: &str, to: &str| {
        format!(
            "From a Tue Nov  3 09:30:00 2026\nFrom: a@b.example\nSubject: {id}\nMessage-ID: <{id}>\nIn-Reply-To: <{to}>\n\nx\n\n"
        )
    };
    let mbox = [message("a", "b"), message("b", "a"), message("c", "c")].concat();
    assert_eq!(records(&file(&world, "circle", mbox)).len(), 3);
}

#[test]
fn what_is_nobodys_words_is_left_out_with_its_reason() {
    let world = World::new();
    let from = "From a Tue Nov  3 09:30:00 2026\n";
    let mbox = format!(
        "{from}From: a@b.example\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nx\n\n\
         {from}From: a@b.example\nSubject: words\nAuto-Submitted: no\n\nx\n\n\
         {from}From: MAILER-DAEMON@b.example\nSubject: Undelivered\n\nx\n\n\
         {from}From: a@b.example\nContent-Type: multipart/report; boundary=x\n\n--x\n\nfailed\n--x--\n\n\
         {from}From: a@b.example\nSubject: Sync\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n\n\
         {from}From: a@b.example\nX-Mozilla-Status: 0009\nSubject: gone\n\nx\n"
    );
    let path = file(&world, "box", mbox);
    assert_eq!(
        reasons(&path),
        [
            "automatic message",
            "delivery report",
            "delivery report",
            "calendar invitation",
            "deleted in the mail program"
        ]
    );
    assert_eq!(records(&path)[0].title, "words");
}

#[test]
fn a_folder_is_read_by_the_names_of_its_files() {
    let world = World::new();
    let folder = world.folder.path().join("Support");
    for part in ["cur", "new", "tmp", ".Sent/cur"] {
        fs::create_dir_all(folder.join(part)).expect("a folder");
    }
    let message = |subject: &str| format!("From: a@b.example\nSubject: {subject}\n\nx\n");
    for (name, subject) in [
        ("new/3.x", "three"),
        ("cur/1.x:2,S", "one"),
        ("cur/2.x:2,ST", "trashed"),
        ("cur/4.x:2,D", "unfinished"),
        ("tmp/5.x", "half"),
    ] {
        fs::write(folder.join(name), message(subject)).expect("written");
    }
    let found = records(&folder);
    let found: Vec<_> = found
        .iter()
        .map(|r| (r.title.as_str(), r.origin.as_str()))
        .collect();
    assert_eq!(found, [("one", "Support"), ("three", "Support")]);
    assert_eq!(reasons(&folder), ["deleted in the mail program", "draft"]);
    let plan = world.plan(&folder).expect("a plan");
    assert!(
        plan.notes
            .iter()
            .any(|note| note.ends_with("give them by name: .Sent"))
    );

    let loose = world.folder.path().join("loose");
    fs::create_dir(&loose).expect("a folder");
    fs::write(loose.join("b.eml"), message("b")).expect("written");
    fs::write(loose.join("a.EML"), message("a")).expect("written");
    fs::write(loose.join("notes.txt"), "no mail").expect("written");
    assert_eq!(records(&loose).len(), 2);
}

#[test]
fn a_change_after_the_plan_is_noticed() {
    let world = World::new();
    let path = file(&world, "box.mbox", CONVERSATION);
    let choices = Choices::default();
    let source = Source::open(&path, &choices).expect("mail");
    fs::write(&path, format!("{CONVERSATION}\nmore")).expect("written");
    let problem = source.verdicts(&choices).err().expect("refused");
    assert!(
        problem
            .summary
            .ends_with("it was changed after its plan was made")
    );
}

#[test]
fn mail_that_is_made_to_hurt_is_refused_with_its_reason() {
    let world = World::new();
    let head = "From: a@b.example\nSubject: s\n";
    let nested: String = (0..20_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    let messages = "Content-Type: message/rfc822\n\n".repeat(20_000);
    let long = "x".repeat((1 << 20) + 1);
    for (mail, reason) in [
        (
            format!("{head}{nested}text"),
            "the message has too many parts",
        ),
        (
            format!("{head}{messages}text"),
            "the message has too many parts",
        ),
        (
            format!("{head}X: {long}\n\nx"),
            "the header of the message is longer than 1 MiB",
        ),
        (
            format!("{head}\n{long}"),
            "the text of the message is longer than 1 MiB",
        ),
        (
            format!("{head}Content-Type: text/html\n\n<p>{long}"),
            "the text of the message is longer than 1 MiB",
        ),
    ] {
        assert_eq!(reasons(&file(&world, "a.eml", mail)), [reason]);
    }
}

#[test]
fn mail_nested_as_deep_as_the_limit_is_read() {
    let deep: String = (0..990)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    let record = one(format!("From: a@b.example\nSubject: deep\n{deep}\ntext"));
    assert_eq!(
        (record.title.as_str(), record.body.as_str()),
        ("deep", "text")
    );
    let messages = "Content-Type: message/rfc822\n\n".repeat(990);
    let record = one(format!(
        "From: a@b.example\nSubject: forwarded\n{messages}text"
    ));
    assert_eq!(record.title, "forwarded");
    // A message of messages that is encoded is not looked into.
    let inner: String = "Q29udGVudC1UeXBlOiBtZXNzYWdlL3JmYzgyMgoK\n".repeat(50_000);
    let record = one(format!(
        "From: a@b.example\nSubject: encoded\nContent-Type: message/rfc822\n\
         Content-Transfer-Encoding: base64\n\n{inner}"
    ));
    assert_eq!(record.title, "encoded");
}

#[test]
fn a_message_without_an_end_is_passed_over_and_the_next_one_is_read() {
    let world = World::new();
    let from = "From a Tue Nov  3 09:30:00 2026\nFrom: a@b.example\nSubject: ";
    let mut mbox = format!("{from}large\n\n").into_bytes();
    mbox.resize((50 << 20) + 500, b'x');
    mbox.extend_from_slice(format!("\n\n{from}small\n\nx\n").as_bytes());
    let path = file(&world, "box.mbox", mbox);
    assert_eq!(reasons(&path), ["the message is larger than 50 MiB"]);
    assert_eq!(records(&path)[0].title, "small");
}
