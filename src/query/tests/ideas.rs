//! Filters of ideas: the same language with other fields.

use chrono::Utc;

use super::*;
use crate::domain::id::IdeaId;
use crate::domain::idea::{Effort, IdeaKind, IdeaRow, Stage, Status};
use crate::domain::listing::Vocabulary;
use crate::domain::passage::Searched;
use crate::domain::people::Handle;

fn tree(text: &str) -> Query {
    let found = About::Ideas.parse(text);
    found.unwrap_or_else(|faults| panic!("{text:?}: {faults:?}"))
}

fn idea() -> IdeaRow {
    IdeaRow {
        id: IdeaId(uuid::Uuid::nil()),
        title: "Export a board".to_owned(),
        status: Status::Planned,
        demand: 12,
        insights: 3,
        votes: 0,
        effort: Some(Effort::Large),
        release: Some("v10.4".to_owned()),
        timeframe: None,
        owner: Handle::parse("hana").ok(),
        area: Some("Boards".to_owned()),
        kind: Some(IdeaKind::Feature),
        stage: Some(Stage::Beta),
        edition: None,
        changed: Utc::now().into(),
    }
}

#[test]
fn an_idea_meets_what_is_true_of_it() {
    let me = Handle::parse("hana").ok();
    let idea = idea();
    let holds = |text: &str| {
        tree(text).holds(&idea, me.as_ref(), &mut |term| match term {
            Term::Word(word) => idea.title.to_lowercase().contains(word.as_str()),
            _ => false,
        })
    };
    for text in [
        "",
        "status:planned,released",
        "owner:@hana",
        "owner:me",
        "OWNER:Hana",
        "area:boards",
        "release:V10.4",
        "edition:none",
        "timeframe:none",
        "effort:l",
        "effort:>=m",
        "effort:m..xl",
        "demand:>=10",
        "demand:12",
        "demand:..12",
        "stage:beta",
        "kind:feature -kind:bug",
        "export status:planned",
        "(mobile or export) -release:none",
        "status:new or demand:>11",
    ] {
        assert!(holds(text), "{text}");
    }
    for text in [
        "status:new",
        "-status:planned",
        "owner:none",
        "owner:@omar,none",
        "release:none",
        "edition:Enterprise",
        "effort:<l",
        "effort:none",
        "demand:<12",
        "demand:>12",
        "stage:ga,none",
        "export mobile",
        "-export",
        "timeframe:3-months",
    ] {
        assert!(!holds(text), "{text}");
    }
    // Without somebody who asks, nothing is theirs.
    assert!(!tree("owner:me").holds(&idea, None, &mut |_| true));
}

#[test]
fn what_is_printed_is_read_again() {
    for (text, printed) in [
        ("effort:>=l", "effort:l,xl"),
        ("effort:none,xs", "effort:none,xs"),
        (
            "demand:>9 demand:..5 demand:3..3",
            "demand:>=10 demand:<=5 demand:3",
        ),
        (
            "stage:ga release:\"v10, beta\"",
            "stage:general-availability release:\"v10, beta\"",
        ),
        ("kind:unset -edition:none", "kind:none -edition:none"),
        ("timeframe:future,3-months", "timeframe:3-months,future"),
        ("\"status:new\" export", "\"status:new\" export"),
        ("foo:bar", "foo:bar"),
    ] {
        assert_eq!(tree(text).to_string(), printed);
        assert_eq!(tree(printed), tree(text), "{text}");
    }
}

#[test]
fn a_wrong_value_and_a_field_of_feedback_are_faults() {
    for (text, message, hint) in [
        (
            "status:planed",
            "status: does not know “planed”",
            "did you mean status:planned?",
        ),
        (
            "stage:planned",
            "stage: does not know “planned”",
            "did you mean status:planned?",
        ),
        (
            "effort:huge",
            "effort: does not know “huge”",
            "use one of: xs, s, m, l, xl, none",
        ),
        (
            "effort:>none",
            "what nobody has estimated cannot be compared",
            "add it with a comma: effort:none,xs",
        ),
        (
            "effort:>xl",
            "nothing lies in the range “>xl”",
            "use xs, s, m, l, xl, none, >=m or s..l",
        ),
        (
            "demand:many",
            "“many” is not a number",
            "use a number: demand:>=10, demand:5..20, demand:0",
        ),
        (
            "demand:9..3",
            "nothing lies in the range “9..3”",
            "use a number: demand:>=10, demand:5..20, demand:0",
        ),
        (
            "is:mine",
            "ideas have no is:",
            "owner:me finds what I own, status:planned where it stands",
        ),
        (
            "sort:age",
            "ideas have no sort:",
            "the table has orders of its own; in quotes it is text to search for",
        ),
        (
            "tag:mobile",
            "ideas have no tag:",
            "there are status, owner, area, release, timeframe, effort, demand, kind, stage, edition",
        ),
    ] {
        let faults = About::Ideas.parse(text).expect_err(text);
        assert_eq!(faults.len(), 1, "{text}");
        assert_eq!(faults[0].message, message);
        assert_eq!(faults[0].hint, hint);
    }
    // Among feedback these are text, as they have always been.
    assert_eq!(
        parse("status:planed").map(|query| query.texts().len()),
        Ok(1)
    );
}

#[test]
fn its_fields_values_and_names_are_completed() {
    let vocabulary = Vocabulary {
        releases: vec!["v10.2".to_owned(), "v10.4".to_owned()],
        editions: vec!["Enterprise E10".to_owned()],
        ..Vocabulary::default()
    };
    let at = |text: &str| -> Vec<String> {
        let found = About::Ideas.complete(text, text.len(), &vocabulary);
        found.candidates.into_iter().map(|c| c.insert).collect()
    };
    assert_eq!(at("re"), ["release:", "status:released"]);
    assert_eq!(at("release:v"), ["v10.2", "v10.4"]);
    assert_eq!(at("edition:e"), ["\"Enterprise E10\""]);
    assert_eq!(at("effort:x"), ["xs", "xl"]);
    assert_eq!(at("demand:"), [">=10", "5..20", "0"]);
    assert_eq!(at("").len(), IDEA_FIELDS.len());
    // Not what only feedback has.
    assert_eq!(at("tag"), Vec::<String>::new());
    assert_eq!(at("is:"), Vec::<String>::new());
}

#[test]
fn every_example_of_the_reference_is_one() {
    for row in IDEA_FIELDS {
        for example in row.examples {
            tree(&format!("{}:{example}", row.name));
        }
        for value in row.field.values() {
            tree(&format!("{}:{}", row.name, value.word));
        }
    }
}

#[test]
fn ideas_with_the_words_in_their_title_are_equal_and_come_first() {
    let query = tree("export board -mobile");
    let row = |number: u128, title: &str| IdeaRow {
        id: IdeaId(uuid::Uuid::from_u128(number)),
        title: title.to_owned(),
        ..idea()
    };
    let rows = [
        row(1, "Boards as files"),
        row(2, "Export a board"),
        row(3, "Board export"),
        row(4, "Nothing of it"),
        row(5, "Files"),
    ];
    let all = [5, 3, 1].map(|number| IdeaId(uuid::Uuid::from_u128(number)));
    let searches = query.searches();
    let found: Vec<Vec<IdeaId>> = searches
        .iter()
        .map(|each| match each.len() {
            1 => Vec::new(),
            _ => all.to_vec(),
        })
        .collect();
    let title = |searched: &[Searched]| {
        let words: Vec<String> = searched.iter().map(|each| each.text.clone()).collect();
        move |title: &str| words.iter().all(|word| title.to_lowercase().contains(word))
    };
    let texts = IdeaTexts::of(&query, &found, title);
    let places = rows.each_ref().map(|row| texts.place(row));
    assert_eq!(places, [(1, 2), (0, 0), (0, 0), (2, 0), (1, 0)]);
    let query = tree("status:planned");
    let texts = IdeaTexts::of(&query, &[], title);
    assert!(rows.iter().all(|row| texts.place(row) == (0, 0)));
}
