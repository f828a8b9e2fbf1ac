//! Where imported things come from, when nothing but the name of their file tells.

use std::fs;

use serde_json::Value;

use crate::home::{Home, titles};

/// A weekly export: bugs with those numbers.
fn bugs(numbers: std::ops::Range<u32>) -> String {
    let rows = numbers.map(|number| format!("{number},Bug {number}\n"));
    format!("id,title\n{}", rows.collect::<String>())
}

fn written(home: &Home, name: &str, text: &str) -> String {
    let path = home.path(name);
    fs::write(&path, text).expect("a file");
    path.display().to_string()
}

#[test]
fn a_weekly_export_under_a_new_name_is_not_made_anew_unasked() {
    let home = Home::new();
    let first = written(&home, "bugs-2026-11-16.csv", &bugs(0..300));
    home.ok(&["import", &first, "--yes"]);
    let text = bugs(7..307).replace("Bug 8\n", "Bug 8 on Sundays\n");
    let next = written(&home, "bugs-2026-11-23.csv", &text);

    let plan = home.ok(&["import", &next, "--dry-run"]);
    let words = "292 of them are here as from “bugs-2026-11-16.csv”: --origin “bugs-2026-11-16.csv” brings their news";
    assert!(plan.contains(words), "{plan}");
    let plan = home.json(&["import", &next, "--dry-run", "--json"]);
    let elsewhere = serde_json::json!({
        "origins": ["bugs-2026-11-16.csv"], "taken": "bugs-2026-11-16.csv", "count": 292, "of": 300, "exact": true
    });
    assert_eq!(plan["elsewhere"], elsewhere);
    let said = home.run(&["import", &next, "--yes"]);
    assert_eq!(said.code, 6, "{said:?}");
    for words in ["292 of them", "--origin “bugs-2026-11-16.csv”"] {
        assert!(said.err.contains(words), "{words}: {said:?}");
    }
    let log = home.json(&["log", "--json"]);
    assert_eq!(log.as_array().map(Vec::len), Some(2), "{log}");

    let origin = ["--origin", "bugs-2026-11-16.csv"];
    let done = home.json(&[&["import", &next, "--yes", "--json"], &origin[..]].concat());
    assert_eq!(
        (&done["feedback"]["create"], &done["feedback"]["update"]),
        (&7.into(), &1.into())
    );
    // Whoever says that it comes from elsewhere is believed.
    home.ok(&["import", &next, "--yes", "--origin", "others"]);
}

#[test]
fn the_same_numbers_of_other_things_are_no_sign_of_where_they_come_from() {
    let home = Home::new();
    let bugs = written(&home, "bugs.csv", &bugs(0..20));
    home.ok(&["import", &bugs, "--yes"]);
    let wishes = (0..20).map(|number| format!("{number},Wish {number}\n"));
    let wishes = format!("id,title\n{}", wishes.collect::<String>());
    let wishes = written(&home, "wishes.csv", &wishes);
    let done = home.json(&["import", &wishes, "--yes", "--json"]);
    assert_eq!(
        (&done["elsewhere"], &done["feedback"]["create"]),
        (&Value::Null, &20.into())
    );
    // Nor is a file that brings mostly news refused; it is told all the same.
    let some = written(
        &home,
        "more.csv",
        "id,title\n3,Bug 3\n31,Wish 31\n32,Wish 32\n",
    );
    let done = home.ok(&["import", &some, "--yes"]);
    assert!(
        done.contains("1 of them is here as from “bugs.csv”"),
        "{done}"
    );
    assert_eq!(titles(&home.json(&["list", "is:all", "--json"])).len(), 43);
}

#[test]
fn a_year_behind_its_months_and_an_export_that_has_grown_are_not_made_anew_unasked() {
    let home = Home::new();
    for (name, range) in [("jan.csv", 0..10), ("feb.csv", 10..20), ("mar.csv", 20..30)] {
        let month = written(&home, name, &bugs(range));
        home.ok(&["import", &month, "--yes"]);
    }
    let quarter = written(&home, "q1.csv", &bugs(0..30));
    let grown = written(&home, "mar-more.csv", &bugs(20..60));
    let count = || titles(&home.json(&["list", "is:all", "--json"])).len();
    for (file, words) in [
        (
            &quarter,
            &["30 of them", "“jan.csv”", "each file by itself"][..],
        ),
        (&grown, &["10 of them", "--origin “mar.csv” brings"]),
    ] {
        let said = home.run(&["import", file, "--yes"]);
        assert_eq!((said.code, count()), (6, 30), "{said:?}");
        for words in words {
            assert!(said.err.contains(words), "{words}: {said:?}");
        }
    }
    home.ok(&["import", &grown, "--yes", "--origin", "mar.csv"]);
    assert_eq!(count(), 60);
}

#[test]
fn of_several_files_none_is_taken_for_what_another_one_was() {
    let home = Home::new();
    let first = written(&home, "app-w1.csv", &bugs(1..11));
    home.ok(&["import", &first, "--yes"]);
    let app = written(&home, "app-w2.csv", &bugs(1..13));
    let web = written(
        &home,
        "web-w2.csv",
        "Issue id,Summary\n1,Web one\n2,Web two\n",
    );
    let said = home.run(&["import", &app, &web, "--yes"]);
    assert_eq!(said.code, 6, "{said:?}");
    assert!(said.err.contains("import each file by itself"), "{said:?}");
    assert!(!said.err.contains("brings their news"), "{said:?}");
}
