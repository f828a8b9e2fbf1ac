//! What the configuration promises about rooms which it does not know.

use intake::config::{COMMENTED_DEFAULT, Settings};
use intake::query;

#[test]
fn the_saved_views_that_come_with_the_program_are_filters() {
    let views = Settings::default().views;
    assert!(!views.is_empty());
    for view in views {
        let printed = query::parse(&view.filter).map(|query| query.to_string());
        assert_eq!(
            printed.as_deref(),
            Ok(view.filter.as_str()),
            "{}",
            view.name
        );
    }
}

#[test]
fn the_documented_filters_are_filters() {
    let documented = include_str!("../docs/configuration.md");
    for text in [documented, COMMENTED_DEFAULT] {
        let filters: Vec<&str> = text
            .split('"')
            .filter(|text| text.starts_with("is:"))
            .collect();
        assert!(!filters.is_empty());
        for filter in filters {
            assert!(query::parse(filter).is_ok(), "{filter}");
        }
    }
}
