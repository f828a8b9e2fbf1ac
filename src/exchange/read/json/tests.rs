use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::exchange::read::encoding::Encoding;

/// The ids of the objects with their lines, and the faults, of a file with this text.
fn read(text: &str) -> Result<(Vec<String>, Vec<String>), ReadError> {
    let open = || Text::new(text.as_bytes(), Encoding::UTF_8);
    let shape = Shape::of(open()?, text)?;
    let mut objects = Objects::new(open()?, &shape);
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    loop {
        match objects.next_object()? {
            NextDocument::Document(Document { line, object }) => {
                good.push(format!("{line}: {}", object["id"]));
            }
            NextDocument::Fault(fault) => faults.push(fault.to_string()),
            NextDocument::End => return Ok((good, faults)),
        }
    }
}

fn ids(text: &str) -> Vec<String> {
    let (good, faults) = read(text).expect(text);
    assert_eq!(faults, Vec::<String>::new(), "{text}");
    good
}

fn refusal(text: &str) -> String {
    read(text).expect_err(text).to_string()
}

#[test]
fn objects_are_found_in_any_arrangement() {
    for (text, wanted) in [
        ("{\"id\":1}\n\n{\"id\":2}\n", ["1: 1", "3: 2"]),
        ("{\"id\":1} {\"id\":2}", ["1: 1", "1: 2"]),
        ("{\n \"id\": 1\n}\n{\n \"id\": 2\n}", ["1: 1", "4: 2"]),
        ("[{\"id\":1},\n{\"id\":2}]", ["1: 1", "2: 2"]),
        ("[{\"id\":1}]\n[]\n[{\"id\":2}]", ["1: 1", "3: 2"]),
        ("[[{\"id\":1}],[{\"id\":2}]]", ["1: 1", "1: 2"]),
        (
            "{\"total\":2,\"issues\":[{\"id\":1},{\"id\":2}]}",
            ["1: 1", "1: 2"],
        ),
        (
            "{\"tickets\":[\n{\"id\":1},\n{\"id\":2}],\"next_page\":null,\"users\":[{\"id\":9}]}",
            ["2: 1", "3: 2"],
        ),
        (
            "{\"data\":[{\"id\":1}],\"links\":{\"next\":\"x\"}}\n{\"data\":[{\"id\":2}]}",
            ["1: 1", "2: 2"],
        ),
        (
            "{\"order\":[\"b\",\"a\"],\"posts\":{\"a\":{\"id\":1},\"b\":{\"id\":2}}} {\"order\":[],\"posts\":{}}",
            ["1: 1", "1: 2"],
        ),
        (
            "[{\"items\":[{\"id\":1}]},{\"items\":[{\"id\":2}]}]",
            ["1: 1", "1: 2"],
        ),
        (
            "{\"users\":[{\"id\":9}],\"topic_list\":{\"more\":\"]\",\"topics\":[{\"id\":1},{\"id\":2}]}}",
            ["1: 1", "1: 2"],
        ),
        (
            "{\"ok\":true,\"members\":[{\"id\":1},{\"id\":2}]}",
            ["1: 1", "1: 2"],
        ),
        (
            "[{\"id\":1,\"labels\":[{\"id\":8}],\"a\\\"]\":\"}\"},{\"id\":2}]",
            ["1: 1", "1: 2"],
        ),
    ] {
        assert_eq!(ids(text), wanted, "{text}");
    }
}

#[test]
fn what_is_a_thing_itself_is_not_taken_for_a_page() {
    for text in [
        "{\"labels\":[{\"id\":8}],\"title\":\"x\",\"id\":1}",
        "{\n\"features\":[{\"id\":8}],\n\"id\":1}",
        "{\"ticket\":{\"id\":1},\"audit\":{\"events\":[]}}",
        "[{\"labels\":[{\"id\":8}],\"id\":1}]",
    ] {
        assert_eq!(ids(text), ["1: 1"], "{text}");
    }
    assert_eq!(ids("{\"issues\":[],\"total\":0}"), Vec::<String>::new());
    assert_eq!(ids("[]"), Vec::<String>::new());
}

#[test]
fn a_broken_element_is_named_by_its_place_and_the_others_are_read() {
    let text = "[\n  {\"id\": 1},\n  {\"id\": 2, \"id\": 3},\n  {\n    \"é\": \"\\ud800\"\n  },\n  \
                {\"n\": 1e999}, 7, {\"id\": 4 \"x\"},\n  {\"id\": 9}\n]";
    let (good, faults) = read(text).expect("read");
    assert_eq!(good, ["2: 1", "8: 9"]);
    let places: Vec<&str> = faults
        .iter()
        .map(|fault| fault.split(": ").next().unwrap_or_default())
        .collect();
    assert_eq!(
        places,
        [
            "line 3, column 16",
            "line 5, column 17",
            "line 7, column 13",
            "line 7, column 17",
            "line 7, column 29",
        ]
    );
    assert!(faults[0].contains("the key “id” occurs twice"));
    assert!(faults[3].ends_with("it is not an object in braces"));
    let (_, faults) =
        read("[{\"issues\":[{\"id\":1}]},\n{\"error\":\"too many requests\"}]").expect("read");
    assert_eq!(
        faults,
        ["line 2: the object has no list “issues”, as the first one has"]
    );
}

#[test]
fn what_breaks_the_rest_of_the_file_is_named_by_its_place() {
    assert_eq!(
        refusal("[{\"id\":1},\n{\"id\":"),
        "it is cut off: what begins in line 2 never ends"
    );
    assert_eq!(
        refusal("[{\"id\":1},\n{\"id\":2}"),
        "it is cut off: what begins in line 2 never ends"
    );
    assert_eq!(
        refusal("[{\"id\":1}\n{\"id\":2}]"),
        "it is not JSON: line 2, column 1: “,” is missing"
    );
    assert_eq!(
        refusal("[{\"id\":1},]"),
        "it is not JSON: line 1, column 11: “]” does not belong here"
    );
    assert_eq!(
        refusal("{\n\"issues\":[{\"é\":[1}]\n}"),
        "it is not JSON: line 2, column 18: “}” does not belong here"
    );
    assert_eq!(
        refusal(&"[".repeat(200_000)),
        "line 1 is nested deeper than 128"
    );
}

#[test]
fn nesting_is_counted_alike_whatever_lies_around_an_object() {
    for (before, around, behind) in [("", 0, ""), ("[", 1, "]"), ("{\"issues\":[", 2, "]}")] {
        let nested = |depth: usize| {
            let lists = depth - around - 1;
            let (open, close) = ("[".repeat(lists), "]".repeat(lists));
            format!("{before}{{\"id\":1,\"a\":{open}{close}}}{behind}")
        };
        let (good, faults) = read(&nested(128)).expect("read");
        assert_eq!((good.len(), faults.len()), (1, 0), "{before}");
        let told = match read(&nested(129)) {
            Ok((_, faults)) => faults.join(" "),
            Err(error) => error.to_string(),
        };
        assert!(
            told.contains("is nested deeper than 128"),
            "{before} {told}"
        );
    }
}

#[test]
fn an_object_beyond_the_limit_is_a_fault_and_not_kept() {
    let long = "x".repeat(LONGEST_ELEMENT);
    let (good, faults) = read(&format!("[{{\"a\":\"{long}\"}},\n{{\"id\":2}}]")).expect("read");
    assert_eq!(good, ["2: 2"]);
    assert_eq!(faults, ["line 1: it is longer than 16 MiB"]);
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a\"\\\\{}\\[\\],: é\n]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a\"\\\\{}\\[\\]é]{0,3}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    /// What serde_json prints, in whatever arrangement, is read as serde_json reads it.
    #[test]
    fn every_arrangement_reads_back(
        values in prop::collection::vec(value(), 1..5),
        arrangement in 0..5,
    ) {
        let things: Vec<Value> = values.into_iter().map(|v| json!({"id": 1, "v": v})).collect();
        let text = match arrangement {
            0 => serde_json::to_string_pretty(&things).expect("JSON"),
            1 => serde_json::to_string(&things).expect("JSON"),
            2 => json!({"count": [[1]], "issues": things, "users": [{"id": "]}"}]}).to_string(),
            3 => things.iter().map(|t| format!("{t:#}\n")).collect(),
            _ => things.iter().map(|t| format!("{t}\n")).collect(),
        };
        let shape = Shape::of(Text::new(text.as_bytes(), Encoding::UTF_8).expect("text"), &text).expect("a shape");
        let mut objects = Objects::new(Text::new(text.as_bytes(), Encoding::UTF_8).expect("text"), &shape);
        let mut read = Vec::new();
        while let NextDocument::Document(document) = objects.next_object().expect("read") {
            read.push(Value::Object(document.object));
        }
        prop_assert_eq!(read, things);
    }

    /// No brackets at all make it panic or run forever.
    #[test]
    fn no_brackets_make_it_stumble(text in "[\\[\\]{}\",:\\\\a1 \n]{0,60}") {
        for text in [format!("[{text}"), format!("{{\"issues\":{text}"), format!("{{{text}")] {
            let _ = read_anything(&text);
        }
    }
}

fn read_anything(text: &str) -> Result<(), ReadError> {
    let shape = Shape::of(Text::new(text.as_bytes(), Encoding::UTF_8)?, text)?;
    let mut objects = Objects::new(Text::new(text.as_bytes(), Encoding::UTF_8)?, &shape);
    while objects.next_object()? != NextDocument::End {}
    Ok(())
}
