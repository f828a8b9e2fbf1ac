use std::collections::BTreeMap;

use intake::domain::feedback::{FeedbackKind, Importance, Resolution};
use intake::domain::import::{ImportAuthor, ImportState};
use intake::exchange::convert::Choices;
use intake::exchange::source::Source;

use super::{fixture, mention, read};
use crate::world::{corpus, files};

#[test]
fn a_ticket_arrives_with_the_people_beside_it() {
    let read = read(&fixture("zendesk/tickets.json"));
    assert_eq!(read.words, "Zendesk tickets, JSON");
    let ticket = &read.feedback[0];
    assert_eq!(ticket.source, "zendesk");
    assert_eq!(ticket.origin, "acme.zendesk.com");
    assert_eq!(ticket.source_id.as_deref(), Some("35436"));
    assert_eq!(
        ticket.url.as_deref(),
        Some("https://acme.zendesk.com/agent/tickets/35436")
    );
    let customer = ticket.customer.as_ref().expect("a customer");
    assert_eq!(customer.name, "Kim Roe");
    assert_eq!(customer.email.as_deref(), Some("kim@globex.example"));
    let company = ticket.company.as_ref().expect("a company");
    assert_eq!(company.name, "Globex");
    assert_eq!(company.domain.as_deref(), Some("globex.example"));
    assert_eq!(mention(ticket.reporter.as_ref()).as_deref(), Some("@omar"));
    assert_eq!(mention(ticket.owner.as_ref()).as_deref(), Some("@hana"));
    assert_eq!(ticket.kind, Some(FeedbackKind::Bug));
    assert_eq!(ticket.importance, Some(Importance::Important));
    assert_eq!(ticket.state, ImportState::Unprocessed);
    assert_eq!(
        ticket.needed_by.map(|day| day.to_string()).as_deref(),
        Some("2026-03-01")
    );
    assert_eq!(
        ticket.tags,
        ["printing", "enterprise", "via:web", "satisfaction:bad"]
    );
}

#[test]
fn the_first_comment_is_the_description_and_the_others_are_comments() {
    let read = read(&fixture("zendesk/tickets.json"));
    let ticket = &read.feedback[0];
    assert_eq!(ticket.body, "The legend is missing.");
    assert_eq!(
        ticket.original.as_deref(),
        Some("<p>The <b>legend</b> is missing.</p>")
    );
    let said: Vec<(&str, bool)> = ticket
        .comments
        .iter()
        .map(|comment| (&*comment.text, comment.to_reporter))
        .collect();
    assert_eq!(
        said,
        [
            ("Which printer?", true),
            ("Looks like #12", false),
            ("Still waiting", true)
        ]
    );
    let Some(ImportAuthor::Colleague(hana)) = &ticket.comments[0].author else {
        panic!("an agent is a colleague")
    };
    assert_eq!(hana.name.as_deref(), Some("Hana Sato"));
    assert_eq!(
        ticket.comments[2].author,
        Some(ImportAuthor::Outsider("Kim Roe".to_owned()))
    );
}

#[test]
fn whom_nobody_names_is_known_by_the_mail_or_the_id() {
    let read = read(&fixture("zendesk/tickets.json"));
    let ticket = &read.feedback[1];
    let customer = ticket.customer.as_ref().expect("a customer");
    assert_eq!(customer.name, "Ana Ruiz");
    assert_eq!(customer.email.as_deref(), Some("ana@hooli.example"));
    assert_eq!(ticket.company.as_ref().map(|c| &*c.name), Some("888"));
    assert_eq!(
        (ticket.reporter.as_ref(), ticket.owner.as_ref()),
        (None, None)
    );
    assert_eq!(ticket.tags, ["via:email"]);
    assert_eq!(ticket.state, ImportState::Processed(Resolution::NoAction));
}

/// The tickets of the real files, by their ids; whatever else there is holds none.
const TICKETS: &[(&str, &[&str])] = &[
    ("GET/search_ticket.json", &["4"]),
    ("GET/ticket.json", &["2"]),
    ("GET/ticket_custom_field.json", &["4"]),
    ("GET/ticket_show_many.json", &["2", "3"]),
    ("GET/tickets.json", &["2", "3"]),
    ("POST/ticket.json", &["4"]),
    ("PUT/ticket.json", &["2"]),
    ("ticket_result.json", &["4"]),
];

#[test]
fn real_files_are_tickets_or_left_out_with_a_reason() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import/zendesk-fixtures");
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let tickets: BTreeMap<&str, &[&str]> = TICKETS.iter().copied().collect();
    let mut seen = 0;
    for path in paths.iter().filter(|path| path.extension().is_some()) {
        let name = path.strip_prefix(&folder).expect("below").to_string_lossy();
        match Source::open(path, &Choices::default()) {
            Ok(_) => {
                let read = read(path);
                let ids: Vec<&str> = read
                    .feedback
                    .iter()
                    .filter_map(|record| record.source_id.as_deref())
                    .collect();
                assert_eq!(ids, tickets.get(&*name).copied().unwrap_or(&[]), "{name}");
                assert_eq!(ids.is_empty(), !read.skipped.is_empty(), "{name}");
                seen += usize::from(!ids.is_empty());
            }
            Err(problem) => {
                assert!(!tickets.contains_key(&*name), "{name}: {problem}");
                assert!(!problem.causes.is_empty(), "{name}: {problem}");
            }
        }
    }
    assert_eq!((paths.len(), seen), (82, TICKETS.len()));
}

#[test]
fn real_tickets_keep_their_words_and_people() {
    let Some(corpus) = corpus() else { return };
    let read = read(&corpus.join("import/zendesk-fixtures/GET/tickets.json"));
    let [mail, web] = &read.feedback[..] else {
        panic!("{} tickets", read.feedback.len())
    };
    assert_eq!(mail.title, "Mail to create fixture ticket for testing");
    assert_eq!(mail.body.chars().count(), 61);
    assert_eq!(mail.received.rfc3339(), "2019-06-03T02:23:47Z");
    assert_eq!(mail.origin, "d3v-terraform-provider.zendesk.com");
    assert_eq!(mail.state, ImportState::Processed(Resolution::NoAction));
    let customer = mail.customer.as_ref().expect("a customer");
    assert_eq!(customer.name, "Yosuke Tamura");
    assert_eq!(mail.tags, ["via:email"]);
    assert_eq!((&*web.title, &*web.body), ("にゃー", "ぬこすけ"));
    assert_eq!(
        web.customer.as_ref().map(|c| &*c.name),
        Some("377922500012")
    );
}
