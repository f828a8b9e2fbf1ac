//! The language as a whole: what it means and what it refuses.

mod document;
mod generated;
mod ideas;

use chrono::NaiveDate;

use super::*;
use crate::domain::feedback::{FeedbackKind, Importance};

fn tree(text: &str) -> Query {
    parse(text).unwrap_or_else(|faults| panic!("{text:?}: {faults:?}"))
}

fn expr(text: &str) -> Expr {
    tree(text)
        .expr
        .unwrap_or_else(|| panic!("{text:?} is empty"))
}

fn term(text: &str) -> Term {
    match expr(text) {
        Expr::Term(term) => term,
        other => panic!("{text:?} is {other:?}"),
    }
}

fn word(text: &str) -> Expr {
    Expr::Term(Term::Word(text.to_owned()))
}

fn phrase(text: &str) -> Expr {
    Expr::Term(Term::Phrase(text.to_owned()))
}

fn not(part: Expr) -> Expr {
    Expr::Not(Box::new(part))
}

fn named(text: &str) -> Wanted {
    Wanted::Named(text.to_owned())
}

fn faults(text: &str) -> Vec<Fault> {
    parse(text).expect_err(text)
}

fn span(count: u32, unit: Unit) -> Option<Span> {
    Some(Span::new(count, unit).expect("short enough"))
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

#[test]
fn every_field_of_the_language_is_read() {
    assert_eq!(term("is:Unprocessed"), Term::Is(vec![Is::Unprocessed]));
    assert_eq!(
        term("OWNER:@hana,none,\"none\",me"),
        Term::Name(
            NameField::Owner,
            vec![named("@hana"), Wanted::Nobody, named("none"), Wanted::Me]
        )
    );
    assert_eq!(
        term("company:\"Acme, Inc. (EU)\",me"),
        Term::Name(
            NameField::Company,
            vec![named("Acme, Inc. (EU)"), named("me")]
        )
    );
    for (field, kind) in [
        ("area", NameField::Area),
        ("tag", NameField::Tag),
        ("customer", NameField::Customer),
        ("tier", NameField::Tier),
        ("segment", NameField::Segment),
        ("reporter", NameField::Reporter),
        ("source", NameField::Source),
        ("idea", NameField::Idea),
    ] {
        assert_eq!(
            term(&format!("{field}:日本")),
            Term::Name(kind, vec![named("日本")])
        );
    }
    assert_eq!(
        term("kind:bug,none"),
        Term::Kind(vec![None, Some(FeedbackKind::Bug)])
    );
    assert_eq!(
        term("has:quote,comment,quote"),
        Term::Has(vec![Has::Comment, Has::Quote])
    );
    assert_eq!(
        tree("sort:company,-age sort:age").sort,
        [Sort::by(SortKey::Company), Sort::by(SortKey::Age).reverse()]
    );
}

#[test]
fn curly_quotes_are_quotes_wherever_straight_ones_are() {
    for (curly, straight) in [
        ("“export board”", r#""export board""#),
        ("-“export board”", r#"-"export board""#),
        ("‘export board’ a", r#""export board" a"#),
        (
            "company:“Acme, Inc.”,‘B C’",
            r#"company:"Acme, Inc.","B C""#,
        ),
        ("-company:„Acme GmbH“", r#"-company:"Acme GmbH""#),
        ("‘we don’t know’ a", r#""we don’t know" a"#),
        ("“a \\” b", r#""a \\" b"#),
        ("“a \" b", r#""a " b"#),
    ] {
        assert_eq!(parse(curly), parse(straight), "{curly}");
    }
    // An apostrophe is none.
    assert_eq!(term("don’t"), Term::Word("don’t".to_owned()));
    // A straight quote is closed by a straight one.
    assert_eq!(term("\"a “b” c\""), Term::Phrase("a “b” c".to_owned()));
    // A name that has them is printed so that it is read again.
    let name = Term::Name(NameField::Company, vec![named("“Acme”")]);
    assert_eq!(term("company:\"“Acme”\""), name);
    let printed = tree("company:\"“Acme”\"").to_string();
    assert_eq!(tree(&printed), tree("company:\"“Acme”\""));
}

#[test]
fn importance_compares_and_never_takes_unset_for_zero() {
    use Importance::{Critical, Important, NiceToHave, NotImportant};
    for (text, expected) in [
        (">=2", vec![Some(Important), Some(Critical)]),
        (">important", vec![Some(Critical)]),
        ("<2", vec![Some(NotImportant), Some(NiceToHave)]),
        ("<=nice", vec![Some(NotImportant), Some(NiceToHave)]),
        ("1..2", vec![Some(NiceToHave), Some(Important)]),
        ("2..", vec![Some(Important), Some(Critical)]),
        ("0,unset", vec![None, Some(NotImportant)]),
        ("none", vec![None]),
        ("Nice-To-Have", vec![Some(NiceToHave)]),
    ] {
        let read = term(&format!("importance:{text}"));
        assert_eq!(read, Term::Importance(expected), "{text}");
    }
    for wrong in ["urgent", ">3", "<0", "2..1", ">unset", "4", ">", "high"] {
        assert_eq!(faults(&format!("importance:{wrong}")).len(), 1, "{wrong}");
    }
}

#[test]
fn ages_are_half_open() {
    let range = |from, to| Term::Age(vec![AgeRange::new(from, to).expect("sound")]);
    let days = |count| span(count, Unit::Days);
    assert_eq!(term("age:>7d"), range(days(7), None));
    assert_eq!(term("age:>=7D"), range(days(7), None));
    assert_eq!(term("age:<2w"), range(None, span(2, Unit::Weeks)));
    assert_eq!(term("age:7d"), range(days(7), days(8)));
    assert_eq!(term("age:90m..1d"), range(span(90, Unit::Minutes), days(1)));
    assert_eq!(term("age:..1y"), range(None, span(1, Unit::Years)));
    assert_eq!(term("age:<0m"), range(None, span(0, Unit::Minutes)));
    assert_eq!(span(2, Unit::Weeks).map(Span::seconds), Some(1_209_600));
    for wrong in [
        ">99999999999d",
        ">4294967295y",
        "7",
        "d",
        "-7d",
        "7 d",
        "14d..7d",
        "7d..1w",
        "..",
        "٣d",
        "7é",
        "7mo",
    ] {
        assert!(parse(&format!("age:{wrong}")).is_err(), "{wrong}");
    }
}

#[test]
fn dates_are_whole_days_months_or_years() {
    let range = |from, until| Term::Received(vec![DateRange::new(from, until).expect("sound")]);
    for (text, from, until) in [
        ("2026-11-01..", day(2026, 11, 1), None),
        ("..2026-11-30", None, day(2026, 12, 1)),
        ("2026-11", day(2026, 11, 1), day(2026, 12, 1)),
        ("2026-12", day(2026, 12, 1), day(2027, 1, 1)),
        ("2028", day(2028, 1, 1), day(2029, 1, 1)),
        ("2026-11-3", day(2026, 11, 3), day(2026, 11, 4)),
        ("2026-10..2026-11", day(2026, 10, 1), day(2026, 12, 1)),
        (">2026-11", day(2026, 12, 1), None),
        (">=2026-11", day(2026, 11, 1), None),
        ("<2026-11", None, day(2026, 11, 1)),
        ("<=2026-11-05", None, day(2026, 11, 6)),
    ] {
        assert_eq!(
            term(&format!("received:{text}")),
            range(from, until),
            "{text}"
        );
    }
    for wrong in [
        "2026-02-30",
        "2026-13",
        "0000",
        "26-11-01",
        "2026-11-01-01",
        "2026-11-15..2026-11-01",
        "..",
        "today",
        ">9999",
        "2026/11/01",
        "２０２６",
    ] {
        assert_eq!(faults(&format!("received:{wrong}")).len(), 1, "{wrong}");
    }
}

#[test]
fn or_binds_weaker_than_standing_side_by_side() {
    assert_eq!(
        expr("a b or c and d"),
        Expr::Or(vec![
            Expr::And(vec![word("a"), word("b")]),
            Expr::And(vec![word("c"), word("d")]),
        ])
    );
    assert_eq!(
        expr("a (b OR \"c d\") -(e f) -g"),
        Expr::And(vec![
            word("a"),
            Expr::Or(vec![word("b"), phrase("c d")]),
            not(Expr::And(vec![word("e"), word("f")])),
            not(word("g")),
        ])
    );
    assert_eq!(expr("((a) ((b)))"), expr("a b"));
    assert_eq!(expr("-(-a)"), word("a"));
}

#[test]
fn what_is_half_typed_is_forgiven() {
    assert_eq!(expr("(a or (b c"), expr("a or (b c)"));
    assert_eq!(expr("a) b)"), expr("a b"));
    assert_eq!(expr("a or"), word("a"));
    assert_eq!(expr("or or a or or b or"), expr("a or b"));
    assert_eq!(expr("\"open phrase"), phrase("open phrase"));
    assert_eq!(
        expr("company:\"open name"),
        Expr::Term(Term::Name(NameField::Company, vec![named("open name")]))
    );
    for nothing in [
        "", "  ", "or", "()", "-()", "\"\"", "-\"\"", "(", ")))", "(or)",
    ] {
        assert_eq!(tree(nothing), Query::default(), "{nothing:?}");
    }
}

#[test]
fn whatever_is_no_known_field_is_text() {
    assert_eq!(expr("foo:bar"), word("foo:bar"));
    assert_eq!(
        expr("https://example.com/a?b=c"),
        word("https://example.com/a?b=c")
    );
    assert_eq!(expr("a\"b OR *"), Expr::Or(vec![word("a\"b"), word("*")]));
    assert_eq!(
        expr("NEAR(a b)"),
        Expr::And(vec![word("NEAR"), word("a"), word("b")])
    );
    assert_eq!(expr("a\0b"), word("a\0b"));
    assert_eq!(expr("\u{1f525}"), word("\u{1f525}"));
    assert_eq!(expr("--force"), word("--force"));
    assert_eq!(
        expr("a - b"),
        Expr::And(vec![word("a"), word("-"), word("b")])
    );
    assert_eq!(expr("-or"), not(word("or")));
    assert_eq!(expr("\"is:mine\""), phrase("is:mine"));
    assert_eq!(expr("Is :mine"), Expr::And(vec![word("Is"), word(":mine")]));
    assert_eq!(expr(r#""a \"b\" c:\d \\""#), phrase(r#"a "b" c:\d \"#));
}

#[test]
fn every_fault_is_reported_with_its_column_and_remedy() {
    let found = faults("日本 is:unprocesed,mine owner: -sort:age age:>99999999999d x sort:id;DROP");
    let shown: Vec<_> = found
        .iter()
        .map(|fault| (fault.columns.clone(), fault.hint.as_str()))
        .collect();
    assert_eq!(shown.len(), 5, "{shown:#?}");
    assert_eq!(shown[0], (6..16, "did you mean is:unprocessed?"));
    assert_eq!(
        shown[1],
        (
            22..28,
            "write owner:@hana or owner:me or owner:none, without blanks; in quotes it is text to search for"
        )
    );
    assert_eq!(shown[2], (29..38, "sort:-age turns the order round"));
    assert_eq!(shown[3], (43..56, "an age is at most 1000y"));
    assert_eq!(shown[4], (64..71, "use one of: age, importance, company"));
    assert_eq!(found[4].message, "sort: does not know “id;DROP”");
    assert_eq!(faults("tag:a, b")[0].columns, 5..6);
    assert_eq!(faults("tag:,a")[0].columns, 0..4);
    for (text, hint) in [
        ("has:link", "is:linked finds what is linked to an idea"),
        ("is:Critical", "did you mean importance:critical?"),
        ("is:bug", "did you mean kind:bug?"),
        ("has:duplicate", "did you mean is:duplicate?"),
        ("sort:-compny", "did you mean sort:-company?"),
        ("importance:criticl", "did you mean importance:critical?"),
        (
            "has:none",
            "use one of: comment, quote, url, answer-owed, needed-by",
        ),
    ] {
        assert_eq!(faults(text)[0].hint, hint, "{text}");
    }
}

#[test]
fn a_problem_points_at_the_column() {
    let text = "日本 \u{1b}[2Jx is:procesed";
    let problem = problem(text, &faults(text));
    assert_eq!(problem.kind, crate::problem::Kind::Usage);
    assert_eq!(
        problem.causes,
        [
            "日本 ·[2Jx is:procesed",
            "              ^^^^^^^^",
            "column 13: is: does not know “procesed”",
        ]
    );
    assert_eq!(problem.hints, ["did you mean is:processed?"]);

    let text = format!("{}is:x{}", "word ".repeat(50), " word".repeat(50));
    let problem = super::problem(&text, &faults(&text));
    assert!(problem.causes[0].starts_with('…') && problem.causes[0].ends_with('…'));
    let column = problem.causes[1].find('^').expect("a caret");
    assert_eq!(problem.causes[0].chars().nth(column), Some('x'));

    let many = "is:x ".repeat(1_000);
    assert_eq!(
        super::problem(&many, &faults(&many))
            .causes
            .last()
            .map(String::as_str),
        Some("and 992 more")
    );
}

#[test]
fn hostile_filters_cost_no_stack_and_no_time() {
    assert_eq!(tree(&"(".repeat(500_000)), Query::default());
    assert_eq!(expr(&format!("{}a", "-(".repeat(5_000))), word("a"));
    assert!(
        parse(&"-(a ".repeat(500_000)).is_ok(),
        "what is too deep does not count"
    );
    assert!(parse(&"(".repeat(MOST_DEPTH)).is_ok());
    let balanced = format!("{}a{}", "(".repeat(MOST_DEPTH), ")".repeat(MOST_DEPTH));
    assert_eq!(expr(&balanced), word("a"));
    assert!(parse(&")".repeat(1_000_000)).is_ok());
    let restless = format!(
        "{}{}{}",
        "is:x ".repeat(50_000),
        "(".repeat(MOST_DEPTH),
        "()".repeat(50_000)
    );
    assert_eq!(faults(&restless).len(), 50_000);
    assert_eq!(tree(&"a ".repeat(100_000)).texts().len(), MOST_TERMS);
    assert_eq!(faults(&format!("tag:{}", "a,".repeat(100_000))).len(), 1);
    assert_eq!(faults(&"is:x ".repeat(100_000)).len(), 100_000);
    assert_eq!(tree(&"sort:age ".repeat(100_000)).sort.len(), 1);
    assert!(parse(&"or ".repeat(100_000)).is_ok());
    assert!(parse(&"\"".repeat(100_001)).is_ok());
    assert!(parse(&"a".repeat(5_000_000)).is_ok());
}

#[test]
fn a_filter_is_changed_term_by_term() {
    let mine = || Term::Is(vec![Is::Mine]);
    let query = tree("is:unprocessed").and(mine()).and(mine());
    assert_eq!(query.to_string(), "is:unprocessed is:mine");
    assert_eq!(tree("a or b").and(mine()).to_string(), "(a or b) is:mine");
    assert_eq!(
        tree("a sort:age,company").sort_by(Sort::by(SortKey::Importance)),
        tree("a sort:importance")
    );
    let texts: Vec<_> = tree("a -b (c or -(d -\"e f\")) is:mine")
        .texts()
        .into_iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(texts, ["a", "c", "\"e f\""]);
}

#[test]
fn text_that_cannot_be_searched_is_dropped_on_both_sides_of_or() {
    let searchable = |text: &str| text.chars().any(char::is_alphanumeric);
    for (text, expected) in [
        ("a or *", "a"),
        ("a & -\"!\" b", "a b"),
        ("- (* or -) is:mine", "is:mine"),
        ("?", ""),
    ] {
        assert_eq!(tree(text).retain_text(searchable), tree(expected), "{text}");
    }
}

#[test]
fn names_of_fields_and_values_are_unique() {
    for about in [About::Feedback, About::Ideas] {
        let rows = about.fields();
        for (index, row) in rows.iter().enumerate() {
            assert!(rows[..index].iter().all(|other| other.name != row.name));
            assert!(row.name.bytes().all(|b| b.is_ascii_lowercase()));
            assert_eq!(about.field(row.name), Some(row.field));
        }
    }
}

#[test]
fn what_is_half_typed_waits_and_the_rest_applies() {
    for (text, applies, waits) in [
        ("dark owner:", "dark", 1),
        ("is:unprocessed,", "is:unprocessed", 1),
        ("is:unprocessed,wai sort:", "is:unprocessed", 2),
        ("is:unproc dark", "dark", 1),
        ("\"dark mo", "\"dark mo*\"", 1),
        ("\"dark ", "\"dark \"", 1),
        ("\"dar", "dar", 1),
        ("\"", "", 1),
        ("dark -\"mo", "dark", 1),
        ("company:\"Acme, I", "", 1),
        ("tag:mobile,\"dark", "tag:mobile", 1),
        ("-(dark age:>", "-dark", 1),
        ("-sort:age x", "x", 1),
        ("age:>7d importance:>=2", "age:>7d importance:>=2", 0),
    ] {
        let (query, faults) = parse_typed(text);
        assert_eq!(query, tree(applies), "{text}");
        assert_eq!(faults.len(), waits, "{text}: {faults:?}");
    }
}

#[test]
fn an_open_phrase_finds_what_it_found_while_it_was_typed() {
    for text in ["\"dark mo", "a (b \"dark mo", "\"dark ", "\"dar", "\""] {
        let accepted = parse_accepted(text).expect("a filter");
        assert_eq!(accepted, parse_typed(text).0, "{text}");
        assert_eq!(tree(&accepted.to_string()), accepted, "{text}");
    }
    assert_eq!(term("\"dark mo*\""), Term::Word("dark mo".to_owned()));
    assert_eq!(tree("\"*\" dark"), tree("dark"));
    // What is ruled out, and the values of a field, could not be found before they were whole.
    for text in [
        "dark -\"mo",
        "company:\"Acme, I",
        "is:unprocessed \"dark mo\"",
    ] {
        assert_eq!(parse_accepted(text), parse(text), "{text}");
    }
    assert!(parse_accepted("owner: \"dark mo").is_err());
}

proptest::proptest! {
    #[test]
    fn what_is_understood_while_typed_is_so_when_it_is_accepted(
        text in r#"([-"\\(), :>a-o日]|is:|owner:|mobile|company:|tag:|sort:|age:7d| or ){0,10}"#,
    ) {
        let (query, faults) = parse_typed(&text);
        match parse(&text) {
            Ok(accepted) if faults.is_empty() => proptest::prop_assert_eq!(query, accepted),
            Ok(_) => proptest::prop_assert!(text.contains('"')),
            Err(_) => proptest::prop_assert!(!faults.is_empty()),
        }
    }
}
