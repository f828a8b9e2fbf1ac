//! Generated filters: what is printed is read again, and no text can break the language.
//!
//! Texts are drawn from what the language itself is made of, so that they look like syntax.

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::query::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{1,4}",
        3 => r#"[-"\\() ,:a\x00or日🔥]{0,6}"#,
        1 => "\\PC{0,8}",
        1 => prop::sample::select(vec!["or", "AND", "none", "me", "is:mine", "-", "--", "tag:", "-(", "\""])
            .prop_map(str::to_owned),
    ]
}

fn wanted() -> impl Strategy<Value = Wanted> {
    prop_oneof![
        Just(Wanted::Nobody),
        Just(Wanted::Me),
        text().prop_map(Wanted::Named)
    ]
}

fn name_field() -> impl Strategy<Value = NameField> {
    let rows = FIELDS.iter();
    let all: Vec<NameField> = rows
        .filter_map(|row| match row.field {
            Field::Name(name) => Some(name),
            _ => None,
        })
        .collect();
    prop::sample::select(all)
}

fn fixed<T: Fixed + std::fmt::Debug>() -> impl Strategy<Value = Vec<T>> {
    let all: Vec<T> = T::WORDS.iter().map(|row| row.value).collect();
    prop::collection::vec(prop::sample::select(all), 0..4)
}

fn any_span() -> impl Strategy<Value = Option<Span>> {
    (0u32..3_000, prop::sample::select(Unit::ALL.to_vec()))
        .prop_map(|(count, unit)| Span::new(count, unit))
}

fn any_day() -> impl Strategy<Value = Option<NaiveDate>> {
    prop_oneof![
        Just(None),
        (1i32..=9999, 1u32..=12, 1u32..=31).prop_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d)),
        (1i32..=9999, 1u32..=12).prop_map(|(y, m)| NaiveDate::from_ymd_opt(y, m, 1)),
    ]
}

fn any_term() -> impl Strategy<Value = Term> {
    let ages = (any_span(), any_span()).prop_filter_map("unsound", |(a, b)| AgeRange::new(a, b));
    let dates = prop_oneof![
        (any_day(), any_day()).prop_filter_map("unsound", |(a, b)| DateRange::new(a, b)),
        (
            1i32..=9999,
            prop::option::of(1u32..=12),
            prop::option::of(1u32..=28)
        )
            .prop_filter_map("unsound", |(y, m, d)| DateRange::period(y, m, d)),
    ];
    prop_oneof![
        text().prop_map(Term::Word),
        text().prop_map(Term::Phrase),
        fixed().prop_map(Term::Is),
        fixed().prop_map(Term::Has),
        fixed().prop_map(Term::Kind),
        fixed().prop_map(Term::Importance),
        (name_field(), prop::collection::vec(wanted(), 0..4)).prop_map(|(f, v)| Term::Name(f, v)),
        prop::collection::vec(ages, 0..3).prop_map(Term::Age),
        prop::collection::vec(dates, 0..3).prop_map(Term::Received),
    ]
}

fn any_query() -> impl Strategy<Value = Query> {
    let expr = any_term()
        .prop_map(Expr::Term)
        .prop_recursive(5, 40, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Expr::And),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Expr::Or),
                inner.prop_map(|part| Expr::Not(Box::new(part))),
            ]
        });
    let sort = (
        prop::sample::select(vec![SortKey::Age, SortKey::Importance, SortKey::Company]),
        any::<bool>(),
    )
        .prop_map(|(key, reversed)| Sort { key, reversed });
    (prop::option::of(expr), prop::collection::vec(sort, 0..3))
        .prop_map(|(expr, sort)| Query { expr, sort })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_printed_query_is_read_as_the_same_query(query in any_query()) {
        let canonical = query.clone().canonical();
        let printed = query.to_string();
        prop_assert_eq!(parse(&printed), Ok(canonical.clone()), "{:?}", printed);
        prop_assert_eq!(canonical.to_string(), printed);
        prop_assert_eq!(canonical.clone().canonical(), canonical);
    }

    #[test]
    fn what_is_read_is_canonical_and_prints(text in r#"([-"\\() ,:<>.=a-z0-9\x00日]|is:|age:>|tag:|sort:|received:|importance:| or ){0,24}"#) {
        match parse(&text) {
            Ok(query) => {
                prop_assert_eq!(query.clone().canonical(), query.clone());
                prop_assert_eq!(parse(&query.to_string()), Ok(query));
            }
            Err(faults) => {
                let length = text.chars().count();
                for fault in &faults {
                    prop_assert!(fault.columns.start < fault.columns.end && fault.columns.end <= length);
                }
                let (line, carets) = excerpt(&text, &faults[0].columns);
                prop_assert!(carets.ends_with('^') && !line.is_empty());
            }
        }
    }

    #[test]
    fn no_text_breaks_the_parser(text in any::<String>()) {
        if let Ok(query) = parse(&text) {
            prop_assert_eq!(parse(&query.to_string()), Ok(query));
        }
    }

    #[test]
    fn a_text_without_a_colon_is_never_an_error(text in "[^:]{0,40}") {
        prop_assert!(parse(&text).is_ok());
    }
}
