//! What ideas are known by as links come and go, beside all of it gathered anew.

use uuid::Uuid;

use super::{KNOWN_BY, LINKED, TAUGHT};
use crate::domain::entity::{Entity, Value};
use crate::search::Bag;
use crate::store::sample::{extend, sample};
use crate::store::{Store, StoreError};

fn profile(store: &Store) -> String {
    let words = store.read(|reader| {
        let sql = "SELECT idea FROM idea_profile";
        let idea = reader.first(sql, [], |row| row.get(0))?;
        reader.known_by(idea.expect("a profile"))
    });
    Bag::read(&words.expect("a read")).expect("words").write()
}

/// The words as they are written.
fn written(store: &Store) -> (String, i64) {
    let written = store.read(|reader| {
        let sql = "SELECT words, lag FROM idea_profile JOIN idea_demand USING (idea)";
        reader.first(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    });
    written.expect("a read").expect("a profile")
}

fn rebuilt(store: &mut Store) -> String {
    let rebuilt = store.write(|writer| writer.rebuild_derived());
    rebuilt.expect("a rebuild");
    profile(store)
}

#[test]
fn an_idea_is_known_by_the_newest_of_many_links_however_they_come_and_go() {
    let (_folder, mut store, insights) = sample(|make| {
        let idea = make.idea("Export", &[]);
        let wish = |number: usize| make.feedback(&format!("wish w{number}w"), 1, &[]);
        // What came in last is linked first: the oldest of a backlog teaches as well.
        let mut wishes: Vec<_> = (0..KNOWN_BY + 6).rev().map(wish).collect();
        wishes.reverse();
        let link = |feedback: Uuid| make.link(feedback, idea, &[]);
        wishes.into_iter().map(link).collect::<Vec<_>>()
    });
    let has = |store: &Store, number: usize| profile(store).contains(&format!("w{number}w "));
    assert!(!has(&store, 5) && has(&store, 6) && has(&store, KNOWN_BY + 5));
    assert_eq!(profile(&store), rebuilt(&mut store));
    let last = insights[KNOWN_BY + 5];
    for (seed, insight, deleted) in [(1, last, 1), (2, insights[40], 1), (3, last, 0)] {
        extend(&mut store, seed, |make| {
            make.set(
                Entity::Insight,
                insight,
                "deleted",
                &Value::Integer(deleted),
            );
        });
        let (before, lag) = written(&store);
        assert_eq!(lag, 1, "it was put off");
        let kept = profile(&store);
        assert_ne!(before, kept);
        store.tend_profiles().expect("an idle moment");
        assert_eq!(written(&store), (kept.clone(), 0));
        assert_eq!(kept, rebuilt(&mut store));
    }
    // One is gone, and an older one counts again.
    assert!(has(&store, 5) && !has(&store, 40));
    let taught = |number: usize| {
        let taught = store.read(|reader| {
            let sql = "SELECT id FROM feedback WHERE title = ?1";
            let title = format!("wish w{number}w");
            let feedback = reader.first(sql, [title], |row| row.get(0))?;
            reader.taught_by(feedback.expect("a feedback"))
        });
        taught.expect("a read").len()
    };
    assert_eq!([4, 5, 40, KNOWN_BY + 5].map(taught), [0, 1, 0, 1]);
    assert_eq!(store.take_taught().len(), 1);
    let nothing = store.write(|_| Ok::<_, StoreError>(()));
    nothing.expect("a write");
    assert!(store.take_taught().is_empty());
}

#[test]
fn however_many_links_an_idea_has_none_but_the_newest_are_read() {
    let (_folder, store, ()) = sample(|_| ());
    for sql in [LINKED, TAUGHT] {
        let plan: Vec<String> = store
            .read(|reader| {
                let sql = format!("EXPLAIN QUERY PLAN {sql}");
                reader.collect(&sql, [1, 1], |row| row.get(3))
            })
            .expect("a plan");
        let ordered = |step: &String| !step.contains("ORDER BY");
        assert!(plan.iter().all(ordered), "{plan:?}");
        let by_idea = |step: &String| step.contains("insight_by_idea (idea=?");
        assert!(plan.iter().any(by_idea), "{plan:?}");
    }
}

#[test]
fn a_text_that_cannot_be_read_tells_nothing_and_keeps_nobody_from_the_others() {
    let (_folder, mut store, (ideas, feedback)) = sample(|make| {
        let ideas = ["Export", "Dark mode"].map(|title| make.idea(title, &[]));
        let feedback = ["spreadsheets", "nights"].map(|title| make.feedback(title, 1, &[]));
        (ideas, feedback)
    });
    let damage = "UPDATE content SET packed = x'00'
        WHERE id = (SELECT content FROM feedback WHERE title = 'spreadsheets')";
    let other = rusqlite::Connection::open(store.path()).expect("the file");
    assert_eq!(other.execute(damage, []).expect("the damage"), 1);
    extend(&mut store, 1, |make| {
        for (feedback, idea) in feedback.into_iter().zip(ideas) {
            make.link(feedback, idea, &[]);
        }
    });
    let known = |store: &Store| {
        let words = store.read(|reader| {
            let ideas: Vec<_> =
                reader.collect("SELECT idea FROM idea_profile ORDER BY idea", [], |row| {
                    row.get(0)
                })?;
            let words = ideas.into_iter().map(|idea| reader.known_by(idea));
            words.collect::<crate::store::Result<Vec<_>>>()
        });
        words.expect("the words of all")
    };
    let before = known(&store);
    assert!(
        before[0].contains("export") && before[1].contains("night"),
        "{before:?}"
    );
    assert!(
        !store.tend_profiles().expect("an idle moment"),
        "nothing is left"
    );
    let lags = "SELECT idea FROM idea_demand WHERE lag > 0";
    let lagging: Vec<i64> = store
        .read(|reader| reader.collect(lags, [], |row| row.get(0)))
        .expect("a read");
    assert_eq!(lagging, [0; 0]);
    let bags = |words: &[String]| -> Vec<String> {
        let bags = words.iter().map(|words| Bag::read(words).expect("words"));
        bags.map(|bag| bag.write()).collect()
    };
    assert_eq!(bags(&known(&store)), bags(&before));
}

#[test]
fn what_was_linked_twice_and_is_linked_no_more_is_forgotten_once() {
    // Three that say the same, of which one is linked twice.
    let (_folder, mut store, twice) = sample(|make| {
        let idea = make.idea("Export", &[]);
        let said: Vec<_> = (0..3).map(|_| make.feedback("dark mode", 1, &[])).collect();
        let [_, _, one, other] =
            [said[0], said[1], said[2], said[2]].map(|feedback| make.link(feedback, idea, &[]));
        [one, other]
    });
    extend(&mut store, 1, |make| {
        for insight in twice {
            make.set(Entity::Insight, insight, "deleted", &Value::Integer(1));
        }
    });
    let kept = profile(&store);
    assert_eq!(kept, rebuilt(&mut store));
}
