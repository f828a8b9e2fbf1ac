//! `docs/filter.md` says what is so.

use super::*;

#[test]
fn the_document_holds_the_reference() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/filter.md");
    let document = std::fs::read_to_string(path).expect("docs/filter.md");
    assert!(
        document.contains(&reference(About::Feedback)),
        "docs/filter.md must contain exactly this text:\n\n{}",
        reference(About::Feedback)
    );
    assert!(
        document.contains(&reference(About::Ideas)),
        "docs/filter.md must contain exactly this text:\n\n{}",
        reference(About::Ideas)
    );
}

#[test]
fn every_filter_in_the_document_is_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/filter.md");
    let document = std::fs::read_to_string(path).expect("docs/filter.md");
    let mut tried = 0;
    for block in document.split("```text\n").skip(1) {
        let block = block.split("```").next().unwrap_or("");
        for line in block.lines() {
            let query = tree(line);
            assert_ne!(query, Query::default(), "{line}");
            assert_eq!(tree(&query.to_string()), query, "{line}");
            tried += 1;
        }
    }
    assert!(tried >= 10, "only {tried} examples");
    for row in FIELDS {
        for example in row.examples {
            tree(&format!("{}:{example}", row.name));
        }
        for value in row.field.values() {
            tree(&format!("{}:{}", row.name, value.word));
        }
    }
}

#[test]
fn the_error_in_the_document_is_the_real_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/filter.md");
    let document = std::fs::read_to_string(path).expect("docs/filter.md");
    let text = "is:unprocesed age:>7";
    let shown = problem(text, &faults(text)).causes.join("\n");
    assert!(
        document.contains(&format!("```console\n{shown}\n```")),
        "{shown}"
    );
}
