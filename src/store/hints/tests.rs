use uuid::Uuid;

use super::*;
use crate::domain::entity::{Entity, Value};
use crate::store::Store;
use crate::store::sample::{sample, text};

fn kin(store: &Store, of: Uuid, most: usize) -> Vec<(String, Kinship)> {
    let kin = store.read(|reader| {
        let kin = reader.kin(FeedbackId(of), most)?;
        let rows = kin.into_iter().map(|kin| {
            let row = reader.live_row(kin.shown)?.expect("a row");
            Ok((row.title, kin.by))
        });
        rows.collect::<Result<Vec<_>>>()
    });
    kin.expect("kin")
}

#[test]
fn the_area_of_a_feedback_is_its_own_or_the_one_whose_words_are_said_most() {
    let (_folder, store, ids) = sample(|make| {
        let hana = make.person("hana", "");
        let omar = make.person("omar", "");
        make.area("Boards", Some(hana), &["board", "kanban"]);
        let access = make.area("Access", Some(omar), &["SSO", "guest accounts"]);
        make.area("Nobody's", None, &["board", "sso", "guest accounts"]);
        let mut area = |title: &str, more: &[(&str, Value)]| make.feedback(title, 1, more);
        [
            area("anything", &[("area", Value::Thing(access))]),
            area("boards, more boards and one SSO", &[]),
            area("Guest Accounts and SSO on a board", &[]),
            area("the ssoapi of nobody", &[]),
            area("boards, boards, boards: guest accounts with SSO", &[]),
        ]
    });
    let found = ids.map(|id| {
        let found = store.read(|reader| match reader.area_of(FeedbackId(id))? {
            Some((area, _)) => Ok(Some(area)),
            None => {
                let (title, body) = reader.words_of(FeedbackId(id))?.unwrap_or_default();
                let by_words = reader.area_by_keyword(&title, &body)?;
                Ok::<_, crate::store::StoreError>(by_words.map(|(area, _, _)| area))
            }
        });
        found.expect("an area")
    });
    let found = found.each_ref().map(Option::as_deref);
    assert_eq!(
        found,
        [
            Some("Access"),
            Some("Boards"),
            Some("Access"),
            None,
            Some("Access")
        ]
    );
}

#[test]
fn words_that_merely_begin_like_a_keyword_are_about_something_else() {
    let (_folder, store, ()) = sample(|make| {
        let hana = make.person("hana", "");
        let omar = make.person("omar", "");
        make.area("Access", Some(hana), &["auth", "guest account"]);
        make.area("Billing", Some(omar), &["plan", "請求", "rechnung"]);
    });
    let area = |title: &str| {
        let found = store.read(|reader| reader.area_by_keyword(title, ""));
        found.expect("an area").map(|(area, _, _)| area)
    };
    for about_nothing in ["Author names", "Planet of the users", "guests", "Authority"] {
        assert_eq!(area(about_nothing), None, "{about_nothing}");
    }
    for about_it in ["Auth fails", "Guest accounts"] {
        assert_eq!(area(about_it).as_deref(), Some("Access"), "{about_it}");
    }
    let long = ["Rechnungen als PDF", "Rechnungsadresse falsch"];
    for about_it in ["Other plans", "Planning", "Planned", "新しい請求書"]
        .into_iter()
        .chain(long)
    {
        assert_eq!(area(about_it).as_deref(), Some("Billing"), "{about_it}");
    }
}

#[test]
fn kin_are_of_the_same_customer_company_or_reporter_and_not_the_same_already() {
    let (_folder, store, (one, stranger)) = sample(|make| {
        let dana = make.person("dana", "");
        let globex = make.company("Globex", "Enterprise");
        let fields = [("name", text("Eve")), ("company", Value::Thing(globex))];
        let eve = make.add(Entity::Customer, &fields);
        let of_globex = ("company", Value::Thing(globex));
        let of_eve = ("customer", Value::Thing(eve));
        let by_dana = ("reporter", Value::Thing(dana));
        let one = make.feedback(
            "one",
            9,
            &[of_eve.clone(), of_globex.clone(), by_dana.clone()],
        );
        make.feedback("of eve", 8, &[of_eve.clone(), of_globex.clone()]);
        make.feedback(
            "processed",
            7,
            &[of_globex.clone(), ("state", Value::Integer(2))],
        );
        make.feedback(
            "put away",
            6,
            &[of_globex.clone(), ("state", Value::Integer(3))],
        );
        let original = make.feedback("original", 5, &[]);
        let same = ("duplicate_of", Value::Thing(original));
        make.feedback("its duplicate", 4, &[of_globex.clone(), same]);
        let known = ("duplicate_of", Value::Thing(one));
        make.feedback("known", 3, &[of_globex.clone(), known]);
        make.feedback("by dana", 2, &[by_dana]);
        let gone = make.feedback("gone", 1, &[of_globex]);
        make.set(Entity::Feedback, gone, "deleted", &Value::Integer(1));
        (one, make.feedback("stranger", 1, &[]))
    });
    let mut found = kin(&store, one, 9);
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    let expected = [
        ("by dana", Kinship::Reporter),
        ("of eve", Kinship::Customer),
        ("original", Kinship::Company),
        ("processed", Kinship::Company),
    ];
    let expected: Vec<_> = expected.map(|(title, by)| (title.to_owned(), by)).into();
    assert_eq!(found, expected);
    assert!(kin(&store, stranger, 9).is_empty() && kin(&store, Uuid::nil(), 9).is_empty());
    assert!(kin(&store, one, 1).len() <= 3, "the newest of each alone");
}

#[test]
fn what_is_put_away_does_not_take_the_room_of_others() {
    let (_folder, store, one) = sample(|make| {
        let globex = make.company("Globex", "Enterprise");
        let of_globex = ("company", Value::Thing(globex));
        let put_away = ("state", Value::Integer(3));
        for days in [1, 2, 3, 7, 8, 9] {
            make.feedback("put away", days, &[of_globex.clone(), put_away.clone()]);
        }
        make.feedback("sought", 5, std::slice::from_ref(&of_globex));
        make.feedback("one", 4, &[of_globex])
    });
    assert_eq!(
        kin(&store, one, 2),
        [("sought".to_owned(), Kinship::Company)]
    );
}

#[test]
fn nor_does_it_with_a_customer_or_a_reporter() {
    let (_folder, store, [of_eve, by_dana]) = sample(|make| {
        let dana = make.person("dana", "");
        let eve = make.add(Entity::Customer, &[("name", text("Eve"))]);
        let ties = [
            ("customer", Value::Thing(eve)),
            ("reporter", Value::Thing(dana)),
        ];
        ties.map(|tie| {
            make.feedback("sought", 5, std::slice::from_ref(&tie));
            for days in [1, 2, 3] {
                let put_away = ("state", Value::Integer(3));
                make.feedback("put away", days, &[tie.clone(), put_away]);
            }
            make.feedback("one", 4, &[tie])
        })
    });
    let found = |of, by| (kin(&store, of, 2), vec![("sought".to_owned(), by)]);
    let (found_of_eve, expected) = found(of_eve, Kinship::Customer);
    assert_eq!(found_of_eve, expected);
    let (found_by_dana, expected) = found(by_dana, Kinship::Reporter);
    assert_eq!(found_by_dana, expected);
}

#[test]
fn the_same_text_is_found_whosever_it_is_among_many_with_its_words() {
    let (_folder, store, (one, others)) = sample(|make| {
        let mut tell = |title: &str, body: &str, more: &[(&str, Value)]| {
            let feedback = make.feedback(title, 1, more);
            make.revise(feedback, title, body);
            feedback
        };
        let wish = "They need a file with every card.";
        let oldest = tell("export A BOARD", "They need a file, with every card!", &[]);
        let put_away = ("state", Value::Integer(3));
        tell("Export a board", wish, &[put_away]);
        for number in 0..40 {
            tell(&format!("Export a board {number}"), wish, &[]);
        }
        tell("Export a board", "They need a file with every list.", &[]);
        let known = tell(
            "Export a board",
            wish,
            &[("duplicate_of", Value::Thing(oldest))],
        );
        let one = tell("Export a board", wish, &[]);
        let same = ("duplicate_of", Value::Thing(one));
        tell("Export a board", wish, &[same]);
        (one, [known, oldest])
    });
    let same = |of: Uuid, most| {
        let found = store.read(|reader| {
            let (title, body) = reader.words_of(FeedbackId(of))?.unwrap_or_default();
            let found = reader.same_texts(FeedbackId(of), (&title, &body), most)?;
            assert!(found.iter().all(|kin| kin.by == Kinship::Text));
            let rows = found.iter().map(|kin| {
                let shown = reader.live_row(kin.shown)?.expect("a row").id.0;
                Ok((reader.live_row(kin.feedback)?.expect("a row").id.0, shown))
            });
            rows.collect::<Result<Vec<_>>>()
        });
        found.expect("a read")
    };
    assert_eq!(same(one, 9), others.map(|other| (other, others[1])));
    assert_eq!(same(Uuid::nil(), 9), []);
}

#[test]
fn whoever_owns_what_is_linked_is_counted_with_the_newest() {
    let (_folder, store, (idea, first)) = sample(|make| {
        let hana = make.person("hana", "");
        let omar = make.person("omar", "");
        let idea = make.idea("Export", &[]);
        let mut first = None;
        for owner in [Some(omar), Some(hana), None, Some(hana)] {
            let owner = owner.map(|owner| ("owner", Value::Thing(owner)));
            let fields: Vec<_> = owner.into_iter().collect();
            let feedback = make.feedback("export", 1, &fields);
            first.get_or_insert(feedback);
            let ends = [
                ("feedback", Value::Thing(feedback)),
                ("idea", Value::Thing(idea)),
            ];
            make.add(Entity::Insight, &ends);
        }
        (idea, first.expect("a feedback"))
    });
    let owners = |most| {
        let nobody = FeedbackId(Uuid::nil());
        let found = store.read(|reader| reader.owners_of_linked(IdeaId(idea), nobody, most));
        let found = found.expect("owners").into_iter();
        found
            .map(|(owner, items)| (owner.as_str().to_owned(), items))
            .collect::<Vec<_>>()
    };
    let named = |name: &str, items| (name.to_owned(), items);
    assert_eq!(owners(9), [named("hana", 2), named("omar", 1)]);
    assert_eq!(owners(3), [named("hana", 2)]);
    let texts = store.read(|reader| {
        let idea = reader.local_idea(IdeaId(idea))?.expect("an idea");
        reader.linked_texts(idea, FeedbackId(first), 9)
    });
    assert_eq!(texts.expect("texts").len(), 3, "itself is not among them");
}

#[test]
fn however_much_a_company_has_sent_only_the_newest_is_read() {
    let (_folder, store, ()) = sample(|_| ());
    let linked = [LINKED_TEXTS, OWNERS, ASKERS, TITLES];
    for sql in [OF_CUSTOMER, OF_REPORTER, OF_COMPANY]
        .into_iter()
        .chain(linked)
    {
        let plan: Vec<String> = store
            .read(|reader| {
                let parameters = rusqlite::params_from_iter([1; 3].iter().take(count(sql)));
                reader.collect(&format!("EXPLAIN QUERY PLAN {sql}"), parameters, |row| {
                    row.get(3)
                })
            })
            .expect("a plan");
        let searched = |step: &String| !step.contains("TEMP") && !step.contains("SCAN f");
        assert!(plan.iter().all(searched), "{sql}: {plan:?}");
    }
}

/// How many parameters a statement has.
fn count(sql: &str) -> usize {
    (1..=9)
        .take_while(|place| sql.contains(&format!("?{place}")))
        .count()
}
