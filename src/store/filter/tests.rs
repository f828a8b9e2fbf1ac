use super::*;
use crate::domain::clocks::testing::ahead;
use crate::domain::entity::{Entity, Value as Field};
use crate::domain::listing::Anchor;
use crate::domain::moment::{DAY, MINUTE};
use crate::problem::Problem;
use crate::query::parse;
use crate::store::Store;
use crate::store::sample::{NOW, sample, text};

fn context() -> FilterContext {
    FilterContext {
        now: NOW,
        me: Handle::parse("hana").ok(),
        clocks: crate::domain::clocks::Clocks::UTC,
    }
}

/// Feedback that differs in everything a filter can ask for.
fn corpus() -> (tempfile::TempDir, Store) {
    let (folder, store, ()) = sample(|make| {
        let hana = make.person("hana", "Hana Sato");
        let dana = make.person("dana", "Dana Ölsund");
        let globex = make.company("Globex", "Enterprise");
        let gmbh = make.company("Müller, Söhne", "Team");
        make.set(Entity::Company, globex, "segment", &text("Government"));
        let ada = make.add(Entity::Customer, &[("name", text("Ada Byron"))]);
        let boards = make.add(
            Entity::Area,
            &[("name", text("Boards")), ("owner", Field::Thing(hana))],
        );
        let export = make.idea("Export a board as PDF", &[]);
        make.idea("Export members as CSV", &[]);
        let dark = make.feedback(
            "dark mode",
            9,
            &[
                ("source", text("Zendesk")),
                ("company", Field::Thing(globex)),
                ("owner", Field::Thing(hana)),
                ("area", Field::Thing(boards)),
                ("importance", Field::Integer(3)),
                ("kind", Field::Integer(0)),
                ("url", text("https://example.org/1")),
                ("needed_by", text("2027-03-31")),
            ],
        );
        let audit = make.feedback(
            "audit files",
            3,
            &[
                ("source", text("email")),
                ("company", Field::Thing(gmbh)),
                ("reporter", Field::Thing(dana)),
                ("customer", Field::Thing(ada)),
                ("importance", Field::Integer(0)),
                ("kind", Field::Integer(1)),
                ("answer_owed", Field::Integer(1)),
                ("state", Field::Integer(2)),
            ],
        );
        make.feedback("lonely", 0, &[]);
        make.feedback(
            "darker mode",
            8,
            &[
                ("duplicate_of", Field::Thing(dark)),
                ("state", Field::Integer(2)),
                ("resolution", Field::Integer(1)),
            ],
        );
        let quote = make.content("a passage");
        make.link(audit, export, &[("quote", quote)]);
        make.link(dark, export, &[]);
        let said = make.content("hm");
        make.add(
            Entity::Comment,
            &[("feedback", Field::Thing(dark)), ("text", said)],
        );
        for tag in ["mobile", "Über"] {
            make.add(
                Entity::FeedbackTag,
                &[("feedback", Field::Thing(dark)), ("tag", text(tag))],
            );
        }
        make.add(
            Entity::FeedbackTag,
            &[
                ("feedback", Field::Thing(audit)),
                ("tag", text("mobile")),
                ("deleted", Field::Integer(1)),
            ],
        );
    });
    (folder, store)
}

fn answer(
    store: &Store,
    filter: &str,
    context: &FilterContext,
) -> Result<Vec<String>, FilterError> {
    let query = parse(filter).expect("a filter");
    store.read(|reader| {
        let window = reader.feedback_window(&query, context, &Anchor::Start, 50)?;
        Ok(window.rows.into_iter().map(|row| row.title).collect())
    })
}

fn problem(store: &Store, filter: &str) -> Problem {
    answer(store, filter, &context())
        .expect_err("a wrong filter")
        .into()
}

#[test]
fn every_field_finds_what_it_says() {
    let (_folder, store) = corpus();
    let (dark, darker, audit, lonely) = ("dark mode", "darker mode", "audit files", "lonely");
    for (filter, expected) in [
        ("", &[dark, darker, audit, lonely][..]),
        ("is:all", &[dark, darker, audit, lonely]),
        ("is:unprocessed", &[dark, lonely]),
        ("is:processed,archived", &[darker, audit]),
        ("is:duplicate", &[darker]),
        ("is:linked", &[dark, audit]),
        ("is:unlinked", &[darker, lonely]),
        ("is:mine", &[dark]),
        ("owner:me,none", &[dark, darker, audit, lonely]),
        ("owner:@HANA", &[dark]),
        ("owner:\"hana sato\"", &[dark]),
        ("-owner:hana", &[darker, audit, lonely]),
        ("is:unassigned", &[darker, audit, lonely]),
        ("reporter:dana", &[audit]),
        ("reporter:\"dana ölsund\"", &[audit]),
        ("reporter:\"DANA ÖLSUND\"", &[audit]),
        ("reporter:none is:unlinked", &[darker, lonely]),
        ("area:boards", &[dark]),
        ("-area:boards", &[darker, audit, lonely]),
        ("area:none", &[darker, audit, lonely]),
        ("tag:MOBILE", &[dark]),
        ("tag:über", &[dark]),
        ("tag:none", &[darker, audit, lonely]),
        ("tag:none,mobile", &[dark, darker, audit, lonely]),
        ("company:globex", &[dark]),
        ("company:\"MÜLLER, SÖHNE\"", &[audit]),
        ("company:\"muller sohne\"", &[audit]),
        ("tag:uber", &[dark]),
        ("reporter:\"dana olsund\"", &[audit]),
        ("company:globex,none", &[dark, darker, lonely]),
        ("-company:globex", &[darker, audit, lonely]),
        ("customer:\"ada byron\"", &[audit]),
        ("tier:enterprise", &[dark]),
        ("tier:team,enterprise", &[dark, audit]),
        ("tier:none", &[darker, lonely]),
        ("segment:government", &[dark]),
        ("segment:none", &[darker, audit, lonely]),
        ("source:zendesk", &[dark]),
        ("source:none", &[darker, lonely]),
        ("importance:3", &[dark]),
        ("importance:0", &[audit]),
        ("importance:unset", &[darker, lonely]),
        ("importance:>=0", &[dark, audit]),
        ("-importance:0", &[dark, darker, lonely]),
        ("kind:bug", &[audit]),
        ("kind:none", &[darker, lonely]),
        ("-kind:bug", &[dark, darker, lonely]),
        ("has:comment", &[dark]),
        ("has:quote", &[audit]),
        ("has:url", &[dark]),
        ("-has:url", &[darker, audit, lonely]),
        ("has:answer-owed", &[audit]),
        ("has:needed-by", &[dark]),
        ("idea:\"export a board as pdf\"", &[dark, audit]),
        ("idea:board", &[dark, audit]),
        ("idea:none", &[darker, lonely]),
        ("age:>8d", &[dark, darker]),
        ("age:3d", &[audit]),
        ("age:<3d", &[lonely]),
        ("dark", &[dark, darker]),
        ("\"dark mode\"", &[dark]),
        ("dar mod", &[darker, dark]),
        ("dar mod sort:age", &[dark, darker]),
        ("-dark", &[audit, lonely]),
        ("dark or is:linked", &[dark, darker, audit]),
        ("-(dark -is:duplicate) is:processed", &[darker, audit]),
        ("* - dark", &[dark, darker]),
    ] {
        let found = answer(&store, filter, &context()).expect(filter);
        assert_eq!(found, expected, "{filter}");
    }
}

#[test]
fn days_begin_where_the_person_is() {
    let (_folder, store) = corpus();
    let day = |days: i64| {
        let moment = Moment(NOW.0 - days * DAY);
        moment.utc().date_naive()
    };
    let east = FilterContext {
        clocks: ahead::<60>(),
        ..context()
    };
    let west = FilterContext {
        clocks: ahead::<-60>(),
        ..context()
    };
    // It was received at midnight UTC: an hour into the day in the east, an hour before it in the west.
    let filter = format!("received:{}", day(3));
    assert_eq!(
        answer(&store, &filter, &east).expect("a list"),
        ["audit files"]
    );
    assert!(answer(&store, &filter, &west).expect("a list").is_empty());
    let filter = format!("received:{}..", day(3));
    assert_eq!(answer(&store, &filter, &west).expect("a list"), ["lonely"]);
}

#[test]
fn what_is_dated_in_the_future_is_younger_than_anything() {
    let (_folder, store, ()) = sample(|make| {
        for (title, ahead) in [("by other clocks", MINUTE - 1), ("soon", MINUTE)] {
            let feedback = make.feedback(title, 0, &[]);
            let received = Field::Integer(NOW.0 + ahead);
            make.set(Entity::Feedback, feedback, "received", &received);
        }
        make.feedback("in months", -100, &[]);
        make.feedback("old", 3, &[]);
    });
    let (other, soon, months, old) = ("by other clocks", "soon", "in months", "old");
    for (filter, expected) in [
        ("age:<0m", &[soon, months][..]),
        ("-age:>0m", &[soon, months]),
        ("age:0m", &[other]),
        ("age:<2d", &[other, soon, months]),
        ("age:>0d", &[old, other]),
    ] {
        let found = answer(&store, filter, &context()).expect(filter);
        assert_eq!(found, expected, "{filter}");
    }
}

#[test]
fn unknown_names_are_problems_with_a_remedy() {
    let (_folder, store) = corpus();
    for (filter, hint) in [
        ("owner:@hanna", "did you mean owner:@hana?"),
        ("reporter:Dna", "did you mean reporter:@dana?"),
        ("area:borads", "did you mean area:Boards?"),
        ("tag:mobil", "did you mean tag:mobile?"),
        ("company:globx", "did you mean company:Globex?"),
        (
            "company:\"Mullar, Söhne\"",
            "did you mean company:\"Müller, Söhne\"?",
        ),
        ("company:muller", "did you mean company:\"Müller, Söhne\"?"),
        ("tier:enterprize", "did you mean tier:Enterprise?"),
        ("source:zendes", "did you mean source:Zendesk?"),
        ("is:linked or -tag:mobile,mbile", "did you mean tag:mobile?"),
        (
            "customer:zzz",
            "to search for the text, type \"customer:zzz\" in quotes",
        ),
    ] {
        let problem = problem(&store, filter);
        assert_eq!(problem.kind, crate::problem::Kind::NotFound, "{filter}");
        assert_eq!(problem.hints, [hint], "{filter}");
    }
    let problem = problem(&store, "idea:export");
    assert_eq!(problem.hints.len(), 2);
    assert!(
        problem.hints[0].contains("Export a board as PDF"),
        "{problem:?}"
    );
}

#[test]
fn mine_needs_to_know_who_asks_but_not_that_they_exist() {
    let (_folder, store) = corpus();
    let nobody = FilterContext {
        me: None,
        ..context()
    };
    let error = answer(&store, "is:mine", &nobody).expect_err("nobody asks");
    assert!(matches!(error, FilterError::WhoAreYou));
    let stranger = FilterContext {
        me: Handle::parse("stranger").ok(),
        ..context()
    };
    assert!(
        answer(&store, "is:mine", &stranger)
            .expect("a list")
            .is_empty()
    );
    assert_eq!(
        answer(&store, "-is:mine", &stranger).expect("a list").len(),
        4
    );
}

#[test]
fn hostile_filters_are_text() {
    let (_folder, store) = corpus();
    for filter in [
        "a\"b OR *",
        "NEAR(a b)",
        "a\0b",
        "sort:age;DROP",
        "\"'; DROP TABLE feedback; --\"",
        "terms:x {a b} : c^",
    ] {
        if let Ok(query) = parse(filter) {
            let found =
                store.read(|reader| reader.feedback_window(&query, &context(), &Anchor::Start, 5));
            assert!(found.is_ok(), "{filter}: {found:?}");
        }
    }
    let many: String = (0..crate::query::MOST_TERMS)
        .map(|n| format!("word{n} "))
        .collect();
    assert!(
        answer(&store, &many, &context())
            .expect("a list")
            .is_empty()
    );
    let either = many.trim().replace(' ', " or ");
    assert!(
        answer(&store, &either, &context())
            .expect("a list")
            .is_empty()
    );
    let nested = format!("{}dark{}", "-(lonely ".repeat(60), ")".repeat(60));
    assert!(answer(&store, &nested, &context()).is_ok());
    let fields = "is:linked or -importance:3 or ".repeat(200);
    assert!(answer(&store, &fields, &context()).is_ok());
}
