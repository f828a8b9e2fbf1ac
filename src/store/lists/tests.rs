mod plans;

use rusqlite::params_from_iter;

use super::*;
use crate::domain::entity::{Entity, Value as Field};
use crate::domain::feedback::{Importance, State};
use crate::domain::moment::DAY;
use crate::domain::people::Handle;
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

/// Sixty feedback items: several days, importances, companies and owners, with ties in each; some hidden, some
/// whose hiding is over, some done, one deleted.
fn crowd() -> (tempfile::TempDir, Store) {
    let (folder, store, ()) = sample(|make| {
        let owners = [
            make.person("hana", "Hana Sato"),
            make.person("omar", "Omar"),
        ];
        let companies = ["Globex", "acme", "Émile"].map(|name| make.company(name, "Enterprise"));
        for number in 0..60_i64 {
            let mut fields = vec![("source", text("email"))];
            if number % 4 > 0 {
                fields.push(("importance", Field::Integer(number % 4)));
            }
            if let Some(owner) = owners.get(usize::try_from(number % 3).expect("small")) {
                fields.push(("owner", Field::Thing(*owner)));
            }
            if let Some(company) = companies.get(usize::try_from(number % 5).expect("small")) {
                fields.push(("company", Field::Thing(*company)));
            }
            match number % 10 {
                3 => fields.push(("snoozed_until", Field::Integer(NOW.0 + DAY))),
                4 => fields.push(("snoozed_until", Field::Integer(NOW.0 - 1))),
                5 => fields.extend([
                    ("state", Field::Integer(1)),
                    ("waiting_until", Field::Integer(NOW.0 + DAY)),
                ]),
                6 => fields.extend([
                    ("state", Field::Integer(1)),
                    ("waiting_until", Field::Integer(NOW.0)),
                ]),
                7 => fields.extend([
                    ("state", Field::Integer(2)),
                    ("processed_at", Field::Integer(NOW.0)),
                ]),
                8 => fields.push(("state", Field::Integer(3))),
                _ => {}
            }
            let id = make.feedback(&format!("item {number}"), number * 7 % 11, &fields);
            if number == 1 {
                // As many rows as a frequent tag would have; that they are of one feedback does not matter.
                let tags = std::iter::once("rare").chain(std::iter::repeat_n("frequent", 4_096));
                for tag in tags {
                    let fields = [("feedback", Field::Thing(id)), ("tag", text(tag))];
                    make.add(Entity::FeedbackTag, &fields);
                }
            }
            if number == 50 {
                make.set(Entity::Feedback, id, "deleted", &Field::Integer(1));
            }
        }
    });
    (folder, store)
}

fn window(store: &Store, filter: &str, anchor: &Anchor, limit: usize) -> FeedbackWindow {
    let query = parse(filter).expect("a filter");
    store
        .read(|reader| reader.feedback_window(&query, &context(), anchor, limit))
        .expect("a window")
}

fn tally(store: &Store, filter: &str, before: Option<&FeedbackRow>) -> Tally {
    let query = parse(filter).expect("a filter");
    store
        .read(|reader| reader.tally(&query, &context(), before))
        .expect("a tally")
}

fn all(store: &Store, filter: &str) -> Vec<FeedbackRow> {
    window(store, filter, &Anchor::Start, 1_000).rows
}

fn titles(rows: &[FeedbackRow]) -> Vec<&str> {
    rows.iter().map(|row| row.title.as_str()).collect()
}

const FILTERS: [&str; 7] = [
    "",
    "is:unprocessed",
    "is:unprocessed is:mine",
    "is:unprocessed is:unassigned",
    "is:waiting or is:snoozed",
    "is:unprocessed,snoozed is:unassigned",
    "company:globex,none",
];

const SORTS: [&str; 8] = [
    "",
    "sort:age",
    "sort:-age",
    "sort:importance",
    "sort:-importance",
    "sort:company",
    "sort:-company",
    "sort:importance sort:-age",
];

/// Every filter in every order.
fn each_list(mut check: impl FnMut(&str)) {
    for filter in FILTERS {
        for sort in SORTS {
            check(&format!("{filter} {sort}"));
        }
    }
}

#[test]
fn a_list_is_in_its_order() {
    let (_folder, store) = crowd();
    let importance = |row: &FeedbackRow| row.importance.map_or(1, |i| -i.code());
    let company = |row: &FeedbackRow| match row.company.as_deref() {
        Some("acme") => 1,
        Some("Émile") => 2,
        Some(_) => 3,
        None => 4,
    };
    for filter in FILTERS {
        let sorted = |sort: &str| all(&store, &format!("{filter} {sort}"));
        let natural = sorted("");
        assert!(natural.is_sorted_by_key(|row| row.received), "{filter}");
        assert!(sorted("sort:importance").is_sorted_by_key(|r| (importance(r), r.received)));
        assert!(sorted("sort:company").is_sorted_by_key(|r| (company(r), r.received)));
        let newest_first = |r: &FeedbackRow| (importance(r), -r.received.0);
        assert!(sorted("sort:importance sort:-age").is_sorted_by_key(newest_first));
        for key in ["age", "importance", "company"] {
            let mut turned = sorted(&format!("sort:-{key}"));
            turned.reverse();
            assert_eq!(turned, sorted(&format!("sort:{key}")), "{filter} {key}");
        }
    }
}

#[test]
fn the_list_of_what_is_unprocessed_has_what_a_person_sees_as_such() {
    let (_folder, store) = crowd();
    let shown = |filter: &str| all(&store, filter).len();
    let everything = all(&store, "");
    assert_eq!(everything.len(), 59);
    let unprocessed = everything.iter().filter(|row| {
        let hidden = row.state == State::Unprocessed && row.hidden_until.is_some_and(|u| u > NOW);
        row.shown_state(NOW) == State::Unprocessed && !hidden
    });
    assert_eq!(shown("is:unprocessed"), unprocessed.count());
    assert_eq!(shown("is:waiting"), 6);
    assert_eq!(shown("is:snoozed"), 6);
    assert_eq!(shown("is:processed"), 6);
    assert_eq!(shown("is:archived"), 6);
    let parts = ["unprocessed", "waiting", "snoozed", "processed", "archived"];
    let parts = parts.map(|is| shown(&format!("is:{is}")));
    assert_eq!(parts.iter().sum::<usize>(), shown("is:all"));
}

#[test]
fn what_is_hidden_comes_back_by_the_clock_and_not_before() {
    let (_folder, mut store) = crowd();
    let query = parse("is:unprocessed sort:company").expect("a filter");
    let shown = |store: &Store, now: i64| {
        let context = FilterContext {
            now: Moment(now),
            ..context()
        };
        let shown = store.read(|reader| {
            let window = reader.feedback_window(&query, &context, &Anchor::Start, 100)?;
            let whole = reader.list(&query, &context)?;
            // Told row by row, as where other conditions are asked, too.
            let sql = format!(
                "SELECT count(*) FROM feedback f WHERE {}",
                whole.filter.condition
            );
            let binds = params_from_iter(&whole.filter.binds);
            let told: Option<i64> = reader.first(&sql, binds, |row| row.get(0))?;
            Ok::<_, FilterError>((window.rows.len() as i64, told))
        });
        let (shown, told) = shown.expect("rows");
        assert_eq!(told, Some(shown));
        shown
    };
    let now = shown(&store, NOW.0);
    assert_eq!(shown(&store, NOW.0 + DAY - 1), now);
    assert_eq!(shown(&store, NOW.0 + DAY), now + 12);
    assert_eq!(shown(&store, NOW.0), now, "the clock was put back");
    assert!(shown(&store, NOW.0 - 2) < now);
    let rows = all(&store, "is:unprocessed");
    let row = rows.iter().find(|row| row.state == State::Unprocessed);
    let row = row.expect("one that can be snoozed");
    crate::store::sample::extend(&mut store, 1, |make| {
        let later = Field::Integer(NOW.0 + 3 * DAY);
        make.set(Entity::Feedback, row.id.0, "snoozed_until", &later);
    });
    assert_eq!(shown(&store, NOW.0), now - 1);
}

#[test]
fn pages_join_without_gap_or_repetition_in_both_directions() {
    let (_folder, store) = crowd();
    each_list(|filter| {
        let expected = all(&store, filter);
        for limit in [1, 7] {
            let mut page = window(&store, filter, &Anchor::Start, limit);
            assert!(!page.before);
            let mut forward = page.rows.clone();
            while page.after {
                let last = page.rows.last().expect("a row before more rows").clone();
                page = window(&store, filter, &Anchor::After(Box::new(last)), limit);
                assert!(page.before && !page.rows.is_empty());
                forward.extend(page.rows.clone());
            }
            assert_eq!(titles(&forward), titles(&expected), "{filter:?} forward");

            let mut page = window(&store, filter, &Anchor::End, limit);
            assert!(!page.after);
            let mut backward = page.rows.clone();
            while page.before {
                let first = page.rows.first().expect("a row after more rows").clone();
                page = window(&store, filter, &Anchor::Before(Box::new(first)), limit);
                assert!(page.after && !page.rows.is_empty());
                backward.splice(0..0, page.rows.clone());
            }
            assert_eq!(titles(&backward), titles(&expected), "{filter:?} backward");
        }
    });
}

#[test]
fn a_window_around_a_row_is_full_and_knows_where_the_row_is() {
    let (_folder, store) = crowd();
    each_list(|filter| {
        let expected = all(&store, filter);
        for (place, row) in expected.iter().enumerate() {
            let anchor = Anchor::Around(Box::new(row.clone()));
            let found = window(&store, filter, &anchor, 8);
            assert_eq!(found.rows.len(), expected.len().min(8), "{filter:?}");
            assert_eq!(found.rows.get(found.at), Some(row));
            let first = place - found.at;
            let shown = &expected[first..first + found.rows.len()];
            assert_eq!(titles(&found.rows), titles(shown));
            assert_eq!(found.before, first > 0);
            assert_eq!(found.after, first + found.rows.len() < expected.len());
            let tally = tally(&store, filter, Some(row));
            assert_eq!(tally.before, Some(place as u64), "{filter:?}");
            assert_eq!(tally.total, expected.len() as u64, "{filter:?}");
        }
    });
}

#[test]
fn a_row_that_left_the_list_still_marks_its_place() {
    let (_folder, mut store) = crowd();
    for sort in ["", "sort:importance", "sort:company"] {
        let filter = format!("is:unprocessed {sort}");
        let before = all(&store, &filter);
        let (gone, next) = (before[5].clone(), before[6].clone());
        crate::store::sample::extend(&mut store, 1, |make| {
            make.set(Entity::Feedback, gone.id.0, "state", &Field::Integer(2));
            let other = gone.importance.map_or(3, |_| 0);
            make.set(
                Entity::Feedback,
                gone.id.0,
                "importance",
                &Field::Integer(other),
            );
        });
        let found = window(&store, &filter, &Anchor::Around(Box::new(gone)), 6);
        assert_eq!(found.rows.get(found.at), Some(&next), "{filter}");
        assert!(found.before);
    }
}

#[test]
fn a_row_that_moved_within_the_list_is_followed() {
    let (_folder, mut store) = crowd();
    let filter = "is:unprocessed sort:importance";
    let mut row = all(&store, filter).pop().expect("a row");
    assert_eq!(row.importance, None);
    crate::store::sample::extend(&mut store, 1, |make| {
        make.set(Entity::Feedback, row.id.0, "importance", &Field::Integer(3));
    });
    let found = window(&store, filter, &Anchor::Around(Box::new(row.clone())), 6);
    row.importance = Some(Importance::Critical);
    assert_eq!(found.rows.get(found.at), Some(&row));
}

#[test]
fn an_empty_list_is_empty_from_everywhere() {
    let (_folder, store) = crowd();
    let row = all(&store, "")[3].clone();
    for anchor in [
        Anchor::Start,
        Anchor::End,
        Anchor::Around(Box::new(row.clone())),
        Anchor::After(Box::new(row.clone())),
        Anchor::Before(Box::new(row.clone())),
    ] {
        let found = window(&store, "is:archived is:duplicate", &anchor, 5);
        assert_eq!(found, FeedbackWindow::default());
        let found = window(&store, "is:unprocessed", &anchor, 0);
        assert!(found.rows.is_empty());
    }
}

#[test]
fn all_that_match_come_in_order_up_to_the_limit() {
    let (_folder, store) = crowd();
    let filter = "is:unprocessed sort:-company";
    let query = parse(filter).expect("a filter");
    let expected: Vec<FeedbackId> = all(&store, filter).iter().map(|row| row.id).collect();
    for limit in [0, 4, 1_000] {
        let found = store
            .read(|reader| reader.matching_ids(&query, &context(), limit))
            .expect("identities");
        assert_eq!(found, expected[..expected.len().min(limit)]);
    }
}

#[test]
fn counters_agree_with_counting() {
    let (_folder, store) = crowd();
    for filter in &FILTERS[1..4] {
        let query = parse(filter).expect("a filter");
        let counted = store
            .read(|reader| {
                let context = context();
                let list = reader.list(&query, &context)?;
                assert!(list.filter.counted.is_some());
                let step = list.order.whole(Direction::Forward);
                Ok::<_, FilterError>(list.count(&step)?)
            })
            .expect("a count");
        assert_eq!(tally(&store, filter, None).total, counted, "{filter}");
    }
}
