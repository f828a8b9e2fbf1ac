//! By which index each list is read.

use super::*;

/// The plans of every statement that the window needs.
fn plans(store: &Store, filter: &str) -> Vec<String> {
    let query = parse(filter).expect("a filter");
    store
        .read(|reader| {
            let context = context();
            let list = reader.list(&query, &context)?;
            let position = vec![Value::Integer(1); list.order.columns().count()];
            let mut steps = vec![
                list.order.whole(Direction::Forward),
                list.order.whole(Direction::Backward),
            ];
            for direction in [Direction::Forward, Direction::Backward] {
                steps.extend(list.order.beyond(&position, direction, true));
            }
            let mut plans = Vec::new();
            for step in steps {
                let (sql, mut binds) = list.select("f.id", &step);
                binds.push(Value::Integer(50));
                let sql = format!("EXPLAIN QUERY PLAN {sql}");
                let lines = reader.collect(&sql, params_from_iter(binds), |row| {
                    row.get::<_, String>("detail")
                })?;
                plans.push(lines.join("; "));
            }
            Ok::<_, FilterError>(plans)
        })
        .expect("plans")
}

#[test]
fn the_lists_on_which_one_starts_walk_their_index() {
    let (_folder, store) = crowd();
    for (filter, family) in [
        ("is:unprocessed", "open"),
        ("is:unprocessed is:mine", "owned"),
        ("is:unprocessed is:unassigned", "owned"),
        ("is:unprocessed owner:@omar importance:3 age:>2d", "owned"),
        ("is:unprocessed area:none", "open"),
        ("is:unprocessed,waiting,snoozed", "open"),
        ("is:unprocessed,waiting owner:hana", "owned"),
    ] {
        for sort in ["age", "importance", "company"] {
            for sign in ["", "-"] {
                for plan in plans(&store, &format!("{filter} sort:{sign}{sort}")) {
                    let index = format!("INDEX feedback_{family}_by_{sort}");
                    assert!(plan.contains(&index), "{filter} {sort}: {plan}");
                    assert!(!plan.contains("TEMP B-TREE"), "{filter} {sort}: {plan}");
                    assert!(!plan.contains(';'), "{filter} {sort}: {plan}");
                }
            }
        }
    }
    for plan in plans(&store, "") {
        assert!(plan.contains("INDEX feedback_by_age"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
    for (filter, way) in [
        (
            "company:globex is:unprocessed is:unassigned",
            "INDEX feedback_by_company",
        ),
        ("company:globex,acme", "INDEX feedback_by_company"),
        ("reporter:hana is:unprocessed", "INDEX feedback_by_reporter"),
        ("is:duplicate", "INDEX feedback_by_original"),
        ("has:answer-owed", "INDEX feedback_owed"),
        // Many matches are met on the way, few are read by their keys.
        (
            "item is:unprocessed is:mine sort:company",
            "INDEX feedback_owned_by_company",
        ),
        ("item is:unprocessed", "INDEX feedback_open_by_age"),
        ("item", "INDEX feedback_by_age"),
        ("idea:none -item", "INDEX feedback_by_age"),
        (
            "is:unprocessed tag:rare",
            "SEARCH f USING INTEGER PRIMARY KEY (rowid=?)",
        ),
        ("is:unprocessed tag:frequent", "INDEX feedback_open_by_age"),
        ("is:unprocessed -tag:rare", "INDEX feedback_open_by_age"),
    ] {
        for plan in plans(&store, filter) {
            assert!(plan.contains(way), "{filter}: {plan}");
        }
    }
    for filter in ["is:snoozed", "is:waiting"] {
        for plan in plans(&store, filter) {
            assert!(
                plan.contains("INDEX feedback_hidden (hidden_until>?"),
                "{plan}"
            );
        }
    }
}

#[test]
fn few_matches_are_read_by_their_keys() {
    let (_folder, store) = crowd();
    let query = parse("item is:unprocessed is:mine sort:company").expect("a filter");
    let lines: std::result::Result<Vec<String>, FilterError> = store.read(|reader| {
        let context = context();
        let list = reader.list(&query, &context)?;
        let found = list.filter.found.as_ref().expect("words");
        let (sql, binds) = list.select_by_key(&found.set);
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        Ok(reader.collect(&sql, params_from_iter(binds), |row| row.get("detail"))?)
    });
    let plan = lines.expect("a plan").join("; ");
    assert!(
        plan.contains("SEARCH f USING INTEGER PRIMARY KEY (rowid=?)"),
        "{plan}"
    );
    assert!(!plan.contains("SCAN f"), "{plan}");
}

/// The plans of whatever asks the search index: each seeks, whatever the workspace holds.
#[test]
fn the_search_index_is_asked_by_its_keys() {
    let (_folder, store) = crowd();
    for (sql, way) in [
        (
            "SELECT documents, data FROM search_list WHERE segment = ?1 AND term = ?2",
            "SEARCH search_list USING INDEX search_list_by_term (segment=? AND term=?)",
        ),
        (
            "SELECT documents, data FROM search_list WHERE segment = ?1 AND term >= ?2 AND term < ?3",
            "SEARCH search_list USING INDEX search_list_by_term (segment=? AND term>? AND term<?)",
        ),
        (
            "SELECT documents, data, term FROM search_list
             WHERE segment = ?1 AND term < ?2 AND term >= ?3 ORDER BY term DESC LIMIT 1",
            "SEARCH search_list USING INDEX search_list_by_term (segment=? AND term>? AND term<?)",
        ),
        (
            "SELECT sequence, feedback, terms FROM search_tail WHERE sequence > ?1 ORDER BY sequence",
            "SEARCH search_tail USING INTEGER PRIMARY KEY (rowid>?)",
        ),
        (
            "SELECT max(stamp) FROM search_segment",
            "SEARCH search_segment USING COVERING INDEX",
        ),
    ] {
        let lines: std::result::Result<Vec<String>, StoreError> = store.read(|reader| {
            let parameters = sql.matches('?').count();
            let parameters = params_from_iter(vec![Value::Integer(1); parameters]);
            reader.collect(&format!("EXPLAIN QUERY PLAN {sql}"), parameters, |row| {
                row.get("detail")
            })
        });
        let plan = lines.expect("a plan").join("; ");
        assert!(plan.starts_with(way), "{sql}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{sql}: {plan}");
    }
}
