//! Mail that was really sent, from the corpus: what arrives of it, compared with what others read in it.

use super::*;
use crate::world::corpus;

/// What is in a message: file, title, e-mail address, date (empty where it has none) and bytes of text.
type Expected = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    usize,
);

const EXPECTED: &[Expected] = &[
    ("malformed/003", "", "", "", 4),
    ("malformed/005", "", "", "", 4),
    ("malformed/009", "", "", "", 1),
    ("malformed/013", "", "", "", 51),
    (
        "malformed/015",
        "Hello world",
        "test@example.org",
        "2007-05-23T01:58:08Z",
        28,
    ),
    ("malformed/016", "", "", "", 8),
    ("malformed/017", "Hello world", "test@example.org", "", 0),
    ("malformed/018", "", "", "", 233),
    (
        "malformed/019",
        "Sprint 3 multipart fixture",
        "",
        "2026-04-07T10:00:01Z",
        0,
    ),
    (
        "malformed/020",
        "test multipart, related first, with image",
        "test@example.com",
        "2016-02-27T16:11:45Z",
        349,
    ),
    (
        "malformed/021",
        "test multipart, related first",
        "test@example.com",
        "2016-02-27T16:11:45Z",
        404,
    ),
    (
        "malformed/022",
        "broken rfc822 attachment",
        "a@example.com",
        "",
        5,
    ),
    (
        "rfc/000",
        "A multipart example",
        "nsb@nsb.fv.com",
        "1994-10-07T23:15:05Z",
        373,
    ),
    ("rfc/001", "whatever", "", "", 0),
    (
        "rfc/002",
        "Map of Argentina with Description",
        "vice-president@whitehouse.gov",
        "",
        61,
    ),
    (
        "rfc/003",
        "Formatted text mail",
        "nsb@bellcore.com",
        "1993-03-22T17:41:09Z",
        47,
    ),
    (
        "rfc/004",
        "Internet Digest, volume 42",
        "",
        "1994-03-22T13:34:51Z",
        44,
    ),
    (
        "rfc/005",
        "Sample message",
        "nsb@bellcore.com",
        "1993-03-22T07:56:48Z",
        155,
    ),
    (
        "rfc/006",
        "Multipart Email Example",
        "sender@example.com",
        "",
        86,
    ),
    ("rfc/007", "RFC 8621 Section 4.1.4 test", "", "", 7),
    ("rfc/008", "", "", "", 54),
    (
        "rfc/009",
        "whatever",
        "whoever@example.com",
        "2009-10-09T22:30:04Z",
        5,
    ),
    ("thirdparty/000", "", "", "", 167),
    ("thirdparty/001", "", "", "", 239),
    ("thirdparty/002", "", "", "", 40),
    ("thirdparty/003", "", "", "", 125),
    ("thirdparty/004", "", "", "", 166),
    ("thirdparty/005", "", "", "", 74),
    ("thirdparty/006", "Hide and seek", "", "", 27),
    (
        "thirdparty/008",
        "",
        "user@domain.org",
        "2007-03-24T21:00:00Z",
        12,
    ),
    ("thirdparty/009", "In parts", "", "", 48),
    ("thirdparty/010", "こんにちは", "", "", 18),
    (
        "thirdparty/011",
        "small image",
        "dummy@xyz-webserver.abcd-gestion.local",
        "2022-07-18T15:19:52Z",
        0,
    ),
    ("thirdparty/013", "", "", "2022-08-19T13:10:40Z", 1),
    (
        "thirdparty/014",
        "need some help",
        "calpas2007@yahoo.fr",
        "2011-03-09T11:19:45Z",
        471,
    ),
    (
        "thirdparty/015",
        "(#5290765) Proxmox Shop E-Mails",
        "jsterr@proxforge.de",
        "2026-02-13T21:38:16Z",
        1523,
    ),
    (
        "thirdparty/016",
        "25 HTML + embedded image",
        "test@example.com",
        "2017-12-30T18:26:23Z",
        17,
    ),
    (
        "thirdparty/017",
        "27 plaintext + (HTML + embedded image)",
        "test@example.com",
        "2017-12-30T18:36:00Z",
        17,
    ),
    (
        "thirdparty/018",
        "29 (HTML + embedded image) + attachment",
        "test@example.com",
        "2017-12-30T19:19:46Z",
        17,
    ),
    (
        "thirdparty/019",
        "30 plaintext + (HTML + embedded image) + attachment",
        "test@example.com",
        "2017-12-30T19:50:01Z",
        17,
    ),
    (
        "legacy/010",
        "Die Hasen und die Frösche",
        "dwsauder@example.com",
        "2000-05-19T05:10:27Z",
        752,
    ),
    (
        "legacy/052",
        "Die Hasen und die Frösche (Microsoft Outlook 00)",
        "doug@example.com",
        "2000-05-17T23:28:40Z",
        750,
    ),
];

#[test]
fn real_messages_arrive_with_what_others_read_in_them() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import/mail/eml");
    for (name, title, email, date, bytes) in EXPECTED {
        let path = folder.join(name).with_extension("eml");
        let record = records(&path).into_iter().next().expect("a message");
        let customer = record.customer.and_then(|customer| customer.email);
        assert_eq!(record.title, *title, "{name}");
        assert_eq!(customer.as_deref().unwrap_or_default(), *email, "{name}");
        if !date.is_empty() {
            assert_eq!(record.received.rfc3339(), *date, "{name}");
        }
        assert_eq!(record.body.len(), *bytes, "{name}");
    }
    let mut files = Vec::new();
    crate::world::files(&folder, &mut files);
    files.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    assert_eq!(files.len(), 107);
    let world = World::new();
    let (mut imported, mut blank) = (0, 0);
    for path in files {
        let plan = world.plan(&path).expect("a plan");
        assert_eq!(plan.counts.total(), 1, "{}", path.display());
        imported += plan.counts.feedback.create;
        blank += plan
            .reasons
            .get("neither a title nor a text")
            .copied()
            .unwrap_or(0);
    }
    assert_eq!((imported, blank), (99, 8));
}

#[test]
fn real_mailboxes_arrive_whole() {
    let Some(corpus) = corpus() else { return };
    let world = World::new();
    for (name, new, repeated) in [
        ("complex", 2, 0),
        ("iso8859_encoding", 1, 0),
        ("multipart", 2, 0),
        ("no_fields", 3, 3),
        ("single", 1, 0),
        ("unixfrom_encoding", 1, 0),
        ("unknown_encoding", 1, 0),
    ] {
        let path = corpus.join(format!("import/perceval-fixtures/mbox/mbox_{name}.mbox"));
        let counts = world.plan(&path).expect("a plan").counts;
        let found = (counts.feedback.create, counts.skipped, counts.total());
        assert_eq!(found, (new, repeated, new + repeated), "{name}");
    }
    let of = |name: &str| {
        let path = corpus.join(format!("import/perceval-fixtures/mbox/mbox_{name}.mbox"));
        let record = records(&path).into_iter().next().expect("a message");
        let customer = record.customer.expect("an author");
        (record.title, customer.name, customer.email, record.origin)
    };
    let wanted = |title: &str, name: &str, email: &str, origin: &str| {
        let [title, name, origin] = [title, name, origin].map(str::to_owned);
        (title, name, Some(email.to_owned()), origin)
    };
    assert_eq!(
        of("complex"),
        wanted(
            "Revisiting the Gnome Bindings",
            "Eugenia Loli-Queru",
            "eloli@hotmail.com",
            "desktop-devel-list.gnome.org"
        )
    );
    assert_eq!(
        of("iso8859_encoding"),
        wanted(
            "[ovs-dev] Remittance Advice",
            "Luc\u{fffd}a Charlie",
            "lucíacharlie@wellsfargo.com",
            "mbox_iso8859_encoding.mbox"
        )
    );
}
