use super::*;
use crate::domain::entity::Value;
use crate::domain::feedback::Importance;
use crate::domain::moment::DAY;
use crate::store::Store;
use crate::store::sample::{NOW, sample, text};

fn detail(store: &Store, id: Uuid) -> Option<FeedbackDetail> {
    store
        .read(|reader| reader.feedback_detail(FeedbackId(id)))
        .expect("a read")
}

#[test]
fn a_feedback_comes_with_everything_around_it() {
    let (_folder, mut store, (id, original, revision)) = sample(|make| {
        let dana = make.person("dana", "Dana");
        let globex = make.company("Globex", "Enterprise");
        make.set(Entity::Company, globex, "renewal", &text("2027-02-01"));
        let ada = make.add(
            Entity::Customer,
            &[("name", text("Ada")), ("company", Value::Thing(globex))],
        );
        let original = make.feedback("the original", 20, &[("company", Value::Thing(globex))]);
        let id = make.feedback(
            "a board for our auditors",
            6,
            &[
                ("source", text("salesforce")),
                ("origin", text("acme.my.salesforce.com")),
                ("source_id", text("00Q1")),
                ("reporter", Value::Thing(dana)),
                ("customer", Value::Thing(ada)),
                ("importance", Value::Integer(3)),
                ("needed_by", text("2027-03-31")),
                ("duplicate_of", Value::Thing(original)),
                ("answer_owed", Value::Integer(1)),
                ("resolution", Value::Integer(1)),
                ("votes", Value::Integer(4)),
            ],
        );
        for (tag, deleted) in [("pdf", 0), ("Audit", 0), ("gone", 1)] {
            make.add(
                Entity::FeedbackTag,
                &[
                    ("feedback", Value::Thing(id)),
                    ("tag", text(tag)),
                    ("deleted", Value::Integer(deleted)),
                ],
            );
        }
        let export = make.idea("Export boards", &[("status", Value::Integer(3))]);
        let later = make.add(
            Entity::Release,
            &[("name", text("v10.3")), ("date", text("2027-03-01"))],
        );
        let sooner = make.add(
            Entity::Release,
            &[("name", text("v10.2")), ("date", text("2027-01-01"))],
        );
        for (release, health) in [(later, 0), (sooner, 3)] {
            make.add(
                Entity::ReleaseItem,
                &[
                    ("release", Value::Thing(release)),
                    ("idea", Value::Thing(export)),
                    ("health", Value::Integer(health)),
                ],
            );
        }
        let (revision, body) = make.revise(id, "a board for the auditors", "we pay for a button");
        let start = body.find("button").expect("a word");
        make.link(
            id,
            export,
            &[
                ("quote", Value::Content(revision)),
                (
                    "quote_start",
                    Value::Integer(i64::try_from(start).expect("small")),
                ),
                (
                    "quote_end",
                    Value::Integer(i64::try_from(body.len()).expect("small")),
                ),
            ],
        );
        for (days, said, to_reporter) in [(1, "later", 1), (2, "sooner", 0)] {
            let said = make.content(said);
            make.add(
                Entity::Comment,
                &[
                    ("feedback", Value::Thing(id)),
                    ("text", said),
                    ("author", Value::Thing(dana)),
                    ("at", Value::Integer(NOW.0 - days * DAY)),
                    ("to_reporter", Value::Integer(to_reporter)),
                ],
            );
        }
        (id, original, revision)
    });
    let found = detail(&store, id).expect("it is here");
    assert_eq!(found.row.title, "a board for the auditors");
    assert_eq!(found.row.company.as_deref(), Some("Ada"));
    assert_eq!(found.row.importance, Some(Importance::Critical));
    assert_eq!((found.row.links, found.row.votes), (1, 4));
    assert_eq!(found.short.0.len(), 4);
    assert_eq!((found.revision, found.revisions), (ContentId(revision), 2));
    assert_eq!(found.body, "we pay for a button");
    assert_eq!(found.origin, "acme.my.salesforce.com");
    assert_eq!(found.source_id.as_deref(), Some("00Q1"));
    assert_eq!(found.addressee().as_deref(), Some("@dana"));
    assert_eq!(
        found.customer.as_ref().map(|c| c.name.as_str()),
        Some("Ada")
    );
    let company = found.company.expect("the customer's");
    assert_eq!(company.name, "Globex");
    assert_eq!(
        company.renewal.map(|d| d.to_string()).as_deref(),
        Some("2027-02-01")
    );
    assert_eq!(found.tags, ["Audit", "pdf"]);
    assert_eq!(
        found.needed_by.map(|d| d.to_string()).as_deref(),
        Some("2027-03-31")
    );
    assert_eq!(found.resolution, Some(Resolution::Duplicate));
    let (of, _, title) = found.duplicate_of.expect("a duplicate");
    assert_eq!((of, title.as_str()), (FeedbackId(original), "the original"));
    assert!(found.answer_owed);
    assert_eq!(found.others_of_company, 1);
    let said: Vec<&str> = found.comments.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(said, ["sooner", "later"]);
    assert_eq!(found.comments[1].author.as_deref(), Some("@dana"));
    assert!(found.comments[1].to_reporter && !found.comments[0].to_reporter);
    let [link] = found.links.as_slice() else {
        panic!("one link: {:?}", found.links);
    };
    assert_eq!(link.title, "Export boards");
    assert_eq!(link.status, Status::InDevelopment);
    assert_eq!(
        link.release.as_deref(),
        Some("v10.3"),
        "it was cut from the earlier one"
    );
    let quote = link.quote.clone().expect("a quote");
    assert_eq!(quote.revision, ContentId(revision));
    assert_eq!(&found.body[quote.start..quote.end], "button");

    let found = detail(&store, original).expect("it is here");
    assert_eq!((found.duplicates, found.others_of_company), (1, 0));

    crate::store::sample::extend(&mut store, 1, |make| {
        make.set(Entity::Feedback, id, "deleted", &Value::Integer(1));
    });
    assert_eq!(detail(&store, id), None);
    assert_eq!(detail(&store, Uuid::nil()), None);
}

#[test]
fn companies_of_one_name_are_told_apart_by_the_index_alone() {
    let (_folder, store, [first, other]) = sample(|make| {
        let acme = make.company("Acmé", "Enterprise");
        let namesake = make.company("ACME", "Team");
        let mut said = |company, count: u32| {
            let said = (0..count).map(|at| {
                let company = &[("company", Value::Thing(company))];
                make.feedback(&format!("wish {at}"), 1 + i64::from(at), company)
            });
            said.last().expect("one at least")
        };
        [said(acme, 3), said(namesake, 2)]
    });
    let others = |id| detail(&store, id).expect("it is here").others_of_company;
    assert_eq!((others(first), others(other)), (2, 1));

    let steps: Vec<(String, i64, Option<String>)> = store
        .read(|reader| {
            let explain = format!("EXPLAIN {OTHERS_OF_COMPANY}");
            reader.collect(&explain, params![1, 2, 3, "acme"], |row| {
                Ok((row.get("opcode")?, row.get("p1")?, row.get("p4")?))
            })
        })
        .expect("its steps");
    let of_index = |what: &Option<String>| what.as_deref().is_some_and(|it| it.starts_with("k("));
    let index = steps
        .iter()
        .find(|(step, _, what)| step == "OpenRead" && of_index(what));
    let (_, index, _) = index.expect("an index is opened");
    for (step, cursor, _) in &steps {
        assert!(
            step != "Column" || cursor == index,
            "a row is read: {steps:?}"
        );
    }
}
