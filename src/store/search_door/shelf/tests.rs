//! What deeds put off is found at once, and written down when the hands rest.

use crate::domain::entity::{DELETED, Entity, Value};
use crate::store::derived::index::{PUT_OFF, WORTH_A_SEGMENT};
use crate::store::sample::{extend, sample};
use crate::store::{OpenOptions, Store, StoreError};

/// How many rows the tail has, and of how many the terms are not written yet.
fn tail(store: &Store) -> (i64, i64) {
    let sql = "SELECT count(*), count(*) FILTER (WHERE terms IS NULL) FROM search_tail";
    let counted = store.read(|reader| reader.first(sql, [], |row| Ok((row.get(0)?, row.get(1)?))));
    counted.expect("a read").expect("a row")
}

fn found(store: &Store, term: &str) -> u64 {
    let found = store.read(|reader| Ok::<_, StoreError>(reader.shelf()?.tail.find(term)));
    found.expect("a read").len()
}

#[test]
fn a_deed_puts_the_terms_off_and_an_idle_moment_writes_them_down() {
    let (_folder, mut store, feedback) = sample(|make| make.feedback("dark mode", 1, &[]));
    assert_eq!(tail(&store), (1, 1));
    assert_eq!(found(&store, "dark"), 1, "who asks does not wait for that");
    extend(&mut store, 1, |make| {
        let text = make.content("@hana nights");
        let said = [("feedback", Value::Thing(feedback)), ("text", text)];
        make.add(Entity::Comment, &said);
    });
    assert_eq!((tail(&store), found(&store, "nights")), ((2, 2), 1));
    store.tend_search().expect("an idle moment");
    assert_eq!((tail(&store), found(&store, "nights")), ((2, 0), 1));
    let other = Store::open(store.path(), &OpenOptions::default());
    let other = other.expect("another window");
    assert_eq!((found(&other, "nights"), found(&other, "dark")), (1, 1));
    extend(&mut store, 2, |make| {
        make.set(Entity::Feedback, feedback, DELETED, &Value::Integer(1));
    });
    assert_eq!((tail(&other), found(&other, "dark")), ((3, 1), 0));
    let health = other.search_health().expect("it can be read");
    assert_eq!(health.faults, [""; 0]);
}

#[test]
fn whether_it_is_open_is_put_off_with_the_terms_and_told_at_once() {
    let (_folder, mut store, (answered, other)) = sample(|make| {
        let answered = make.feedback("dark mode", 1, &[]);
        (answered, make.feedback("a map", 2, &[]))
    });
    store.tend_search().expect("an idle moment");
    let bits = |store: &Store| {
        let sql = "SELECT hex(substr(bits, 1, 1)) FROM open_feedback";
        let bits = store.read(|reader| reader.first(sql, [], |row| row.get::<_, String>(0)));
        bits.expect("a read").expect("a block")
    };
    let open = |store: &Store| {
        let open = store.read(|reader| reader.open_bits());
        open.expect("a read").iter().collect::<Vec<_>>()
    };
    assert_eq!((bits(&store).as_str(), open(&store)), ("06", vec![1, 2]));
    extend(&mut store, 1, |make| {
        let text = make.content("Thank you.");
        let said = [("feedback", Value::Thing(answered)), ("text", text)];
        make.add(Entity::Comment, &said);
        make.set(Entity::Feedback, answered, "state", &Value::Integer(2));
    });
    assert_eq!((bits(&store).as_str(), open(&store)), ("06", vec![2]));
    // Of the same block, and no text of it has changed.
    extend(&mut store, 2, |make| {
        make.set(Entity::Feedback, other, "state", &Value::Integer(3));
    });
    assert_eq!((bits(&store).as_str(), open(&store)), ("02", vec![]));
    extend(&mut store, 3, |make| {
        make.set(Entity::Feedback, other, "state", &Value::Integer(0));
    });
    store.tend_search().expect("an idle moment");
    assert_eq!((bits(&store).as_str(), open(&store)), ("04", vec![2]));
    let health = store.search_health().expect("it can be read");
    assert_eq!(health.faults, [""; 0]);
}

#[test]
fn without_idle_moments_little_is_put_off() {
    let (_folder, mut store, ()) = sample(|_| ());
    for seed in 1..200 {
        extend(&mut store, seed, |make| make.feedback("a wish", 1, &[]));
    }
    let (rows, put_off) = tail(&store);
    assert_eq!(rows, 199);
    assert!((0..64).contains(&put_off), "{put_off}");
    assert_eq!(found(&store, "wish"), 199);
    assert_eq!(
        store.search_health().expect("it can be read").faults,
        [""; 0]
    );
}

#[test]
fn many_texts_at_once_or_a_long_tail_are_not_left_to_a_search() {
    let (_folder, mut store, ()) = sample(|make| {
        for number in 0..=PUT_OFF {
            make.feedback(&format!("wish {number}"), 1, &[]);
        }
    });
    assert_eq!(tail(&store), (PUT_OFF as i64 + 1, 0));
    for seed in 1..40 {
        extend(&mut store, seed, |make| {
            for number in 0..=PUT_OFF * 2 {
                make.feedback(&format!("wish {number}"), 1, &[]);
            }
        });
    }
    assert!(tail(&store).0 > WORTH_A_SEGMENT);
    extend(&mut store, 40, |make| make.feedback("the last", 1, &[]));
    assert_eq!(tail(&store).1, 0);
    store.tend_search().expect("an idle moment");
    assert_eq!(tail(&store), (0, 0), "it is a segment now");
}

#[test]
fn a_text_that_cannot_be_read_takes_no_search_away() {
    let (_folder, mut store, damaged) = sample(|make| {
        make.feedback("spreadsheets", 1, &[]);
        make.feedback("nights", 1, &[])
    });
    let damage = "UPDATE content SET packed = x'00'
        WHERE id = (SELECT content FROM feedback WHERE title = 'nights')";
    let other = rusqlite::Connection::open(store.path()).expect("the file");
    assert_eq!(other.execute(damage, []).expect("the damage"), 1);
    extend(&mut store, 1, |make| {
        let said = make.content("a comment on it");
        let said = [("feedback", Value::Thing(damaged)), ("text", said)];
        make.add(Entity::Comment, &said);
    });
    assert_eq!(
        (found(&store, "spreadsheets"), found(&store, "comment")),
        (1, 0)
    );
    store.tend_search().expect("an idle moment");
    assert_eq!(tail(&store).1, 0);
}
