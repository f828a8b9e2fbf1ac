use intake::domain::feedback::{Importance, Resolution};
use intake::domain::import::ImportState;

use super::{Skip, fixture, mention, name, read};

const ASIDE: Skip = Skip::Not("total or note of the report");

#[test]
fn cases_arrive_with_account_revenue_and_contact_and_without_the_notes_below() {
    let read = read(&fixture("salesforce/cases.csv"));
    assert_eq!(read.words, "Salesforce report");
    let [pdf, dark] = &read.feedback[..] else {
        panic!("{} cases", read.feedback.len())
    };
    assert_eq!(
        (&*pdf.source, &*pdf.origin),
        ("salesforce", "acme.lightning.force.com")
    );
    assert_eq!(pdf.source_id.as_deref(), Some("00001042"));
    assert_eq!(pdf.title, "Export to PDF");
    assert_eq!(name(pdf), "Kim Roe");
    let customer = pdf.customer.as_ref().expect("a customer");
    assert_eq!(customer.email.as_deref(), Some("kim@globex.example"));
    let company = pdf.company.as_ref().expect("a company");
    assert_eq!(
        (&*company.name, company.revenue),
        ("Globex", Some(12_500_000))
    );
    assert_eq!(
        company.renewal.map(|day| day.to_string()).as_deref(),
        Some("2026-12-31")
    );
    assert_eq!(
        mention(pdf.reporter.as_ref()).as_deref(),
        Some("@omar.diaz")
    );
    assert_eq!(mention(pdf.owner.as_ref()).as_deref(), Some("@hana.sato"));
    assert_eq!(pdf.importance, Some(Importance::Important));
    assert_eq!(pdf.received.rfc3339(), "2026-03-02T09:15:00Z");
    assert_eq!(
        pdf.tags,
        ["stage:Negotiation", "opportunity:Globex renewal 2026"]
    );
    assert_eq!(pdf.state, ImportState::Unprocessed);
    assert_eq!(dark.state, ImportState::Processed(Resolution::NoAction));
    let revenue = dark.company.as_ref().and_then(|company| company.revenue);
    assert_eq!(revenue, Some(1_250_000));
    let skipped: Vec<(u64, Skip)> = (9..14).map(|line| (line, ASIDE)).collect();
    assert_eq!(read.skipped, skipped);
}

#[test]
fn an_opportunity_is_filed_by_who_owns_it() {
    let read = read(&fixture("salesforce/opportunities.csv"));
    let [deal] = &read.feedback[..] else {
        panic!("{} opportunities", read.feedback.len())
    };
    assert_eq!(deal.title, "Hooli expansion");
    assert_eq!(deal.body, "They need audit logs");
    assert_eq!(deal.source_id.as_deref(), Some("0065e00000ABCDE"));
    assert_eq!(deal.received.rfc3339(), "2026-04-02T10:00:00Z");
    assert_eq!(
        mention(deal.reporter.as_ref()).as_deref(),
        Some("@omar.diaz")
    );
    assert_eq!(deal.tags, ["stage:Closed Won"], "its name is the title");
    assert_eq!(
        deal.state,
        ImportState::Unprocessed,
        "a won deal is a wish still"
    );
    assert_eq!(read.skipped, [(3, ASIDE)]);
}
