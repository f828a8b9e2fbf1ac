use std::collections::HashMap;

use serde::Deserialize;

use super::*;
use crate::history::commit::found;
use crate::query::parse;
use crate::store::{FilterContext, OpenOptions, StoreError};

/// 20 November 2026, 16:00 UTC.
const NOW: Moment = Moment(1_795_190_400_000);

fn filled() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("demo.db");
    let mut store = Store::open(&path, &OpenOptions::default()).expect("a workspace");
    found(&mut store, NOW).expect("founded");
    if let Err(problem) = fill(&mut store, NOW) {
        panic!("{problem:?}");
    }
    (folder, store)
}

fn shown(store: &Store, filter: &str) -> Vec<crate::domain::id::FeedbackId> {
    let context = FilterContext {
        now: NOW,
        me: None,
        day_start: Moment::start_of,
    };
    let query = parse(filter).expect("a filter");
    let ids = store.read(|reader| reader.matching_ids(&query, &context, 1_000));
    ids.expect("a list")
}

/// The idea that each item of the start view belongs to, by its title.
fn belongs() -> HashMap<String, Option<String>> {
    #[derive(Deserialize)]
    struct Inbox {
        feedback: Vec<Item>,
    }
    #[derive(Deserialize)]
    struct Item {
        title: String,
        idea: Option<String>,
    }
    let text = include_str!("../../../assets/demo/inbox.toml");
    let inbox: Inbox = toml::from_str(text).expect("an asset");
    let items = inbox.feedback.into_iter();
    items.map(|item| (item.title, item.idea)).collect()
}

#[test]
fn the_idea_of_nearly_every_item_of_the_start_view_is_suggested_early() {
    let (_folder, store) = filled();
    let belongs = belongs();
    let ids = shown(&store, "is:unprocessed is:unassigned");
    assert_eq!(ids.len(), belongs.len());
    let mut early = 0;
    let mut missed = Vec::new();
    for id in ids {
        let read: Result<_, StoreError> =
            store.read(|reader| Ok((reader.feedback_detail(id)?, reader.suggestions(id, 3)?)));
        let (detail, suggestions) = read.expect("a read");
        let title = detail.expect("a feedback").row.title;
        let Some(wanted) = &belongs[&title] else {
            continue;
        };
        if suggestions.iter().any(|s| s.idea.title == *wanted) {
            early += 1;
        } else {
            missed.push(title);
        }
    }
    assert!(early * 10 >= (early + missed.len()) * 8, "{missed:?}");
}
