use std::fs;

use super::*;
use crate::exchange::read::Manner;

/// The mapping of a file with this text.
fn mapping(text: &str, asked: &[&str]) -> Result<(Table, Mapping), Problem> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file.csv");
    fs::write(&path, text).expect("written");
    let table = Table::open(&path, Manner::default()).map_err(|error| error.of(&path))?;
    let mut rows = table.rows().map_err(|error| error.of(&path))?;
    let mut samples = Vec::new();
    while let Ok(crate::exchange::read::Next::Row(row)) = rows.next_row() {
        samples.push(row.cells);
    }
    let asked: Vec<String> = asked.iter().map(|&a| a.to_owned()).collect();
    let mapping = Mapping::guess(&table, &samples, &asked)?;
    Ok((table, mapping))
}

#[test]
fn a_sheet_of_a_sales_desk_is_known_by_its_names() {
    let names = "Date,Account,Contact,Ask,Deal size,Priority,Notes,Rep\n";
    assert_eq!(
        told(names, &[]).join(" "),
        "title=Ask body=Notes received=Date reporter=Rep customer=Contact company=Account importance=Priority"
    );
    // A surer name wins.
    let told = told("Subject,Description,Notes,Ask,Rep,Reporter\n", &[]).join(" ");
    assert_eq!(told, "title=Subject body=Description reporter=Reporter");
}

#[test]
fn a_file_without_a_text_is_looked_at_where_somebody_says_next_which_column_it_is() {
    let look = |text: &str, textless| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.csv");
        fs::write(&path, text).expect("written");
        let table = Table::open(&path, Manner::default()).expect("a table");
        let samples: Vec<Vec<String>> = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect();
        Mapping::known(&table, &samples, &[], &[], &[], textless)
    };
    let sheet = "Wann,Was\n2026-01-02,Dark mode please\n";
    assert!(look(sheet, false).is_err());
    assert!(look(sheet, true).is_ok_and(|mapping| mapping.is_textless()));
    assert!(look("number,key\n1,2\n3,4\n", true).is_err());
}

/// The mapping as `field=column`.
fn told(text: &str, asked: &[&str]) -> Vec<String> {
    let (table, mapping) = mapping(text, asked).expect("a mapping");
    mapping
        .mapped
        .iter()
        .map(|m| format!("{}={}", m.field.name(), table.columns[m.column]))
        .collect()
}

#[test]
fn names_of_other_tools_are_known() {
    assert_eq!(
        told(
            "number,title,description,created_at,created_by,votes_count,comments_count,status,original_number,tags\n",
            &[]
        ),
        [
            "title=title",
            "body=description",
            "id=number",
            "received=created_at",
            "customer=created_by",
            "state=status",
            "tags=tags",
            "votes=votes_count",
            "duplicate-of=original_number",
        ]
    );
    assert_eq!(
        told(
            "Summary,Issue id,Status,Priority,Resolution,Created,Resolved,Description\n",
            &[]
        )
        .join(" "),
        "title=Summary body=Description id=Issue id received=Created state=Status \
         resolution=Resolution importance=Priority"
    );
    assert_eq!(
        told(
            "pb_id,title,content,display_url,user_email,company_domain,owner_email,tags\n",
            &[]
        )
        .join(" "),
        "title=title body=content id=pb_id email=user_email company=company_domain tags=tags \
         url=display_url owner=owner_email"
    );
}

#[test]
fn contents_tell_where_names_do_not() {
    let text = "title,when it was,where,spread\na,2024-01-02,https://x.example/1,1\nb,2024-01-03,https://x.example/2,2\n";
    let (table, mapping) = mapping(text, &[]).expect("a mapping");
    assert_eq!(
        mapping.column(Field::Received).map(|c| &*table.columns[c]),
        Some("when it was")
    );
    assert_eq!(
        mapping.column(Field::Url).map(|c| &*table.columns[c]),
        Some("where")
    );
    assert_eq!(mapping.unmapped, [3]);
}

#[test]
fn an_id_that_occurs_twice_is_no_id() {
    let text = "number,id,title\n1,a,x\n1,b,y\n";
    assert_eq!(told(text, &[])[1], "id=id");
}

#[test]
fn what_is_asked_for_comes_first() {
    let text = "Farbe,title,date\na,b,2024-01-01\n";
    assert_eq!(
        told(text, &["title=farbe", "received=", "body=#2"]),
        ["title=Farbe", "body=title"]
    );
    for (wish, summary) in [
        ("title", "cannot read the mapping “title”"),
        ("headline=x", "there is no field “headline” to map"),
        ("title=nope", "the file has no column “nope”"),
        ("title=#4", "the file has no column “#4”"),
    ] {
        let problem = mapping(text, &[wish]).expect_err("refused");
        assert_eq!(problem.summary, summary);
        assert_eq!(problem.kind, Kind::Usage);
        assert_eq!(problem.hints.len(), 1);
    }
    let twice = mapping(text, &["title=date", "body=date"]).expect_err("refused");
    assert_eq!(
        twice.summary,
        "cannot take the column “date” for both title and body"
    );
}

#[test]
fn ids_alone_are_refused_with_that_reason() {
    let text = "Issue id,Duplicate id\n1610468,1611120\n1616551,\"1284028, 1648584\"\n";
    let problem = mapping(text, &[]).expect_err("refused");
    assert!(problem.summary.ends_with("it has ids only"), "{problem}");
    assert_eq!(
        problem.causes,
        ["its columns are “Issue id”, “Duplicate id”, and none holds a title or a text"]
    );
}

#[test]
fn numbers_and_dates_are_no_ids_where_no_name_says_so() {
    for text in [
        "a,b,c\n1,2,3\n4,,6\n",
        "a\n2014-01-02\n2012-12-31\n",
        "count\n10\n",
        "id,rate.limit\n1,5000\n2,4990\n",
    ] {
        let problem = mapping(text, &["received="]).expect_err("refused");
        let words = &problem.summary;
        assert!(
            words.ends_with("no column looks like a title or a text"),
            "{words}"
        );
        assert!(problem.hints[0].contains("--map"), "{:?}", problem.hints);
    }
}

#[test]
fn where_nothing_is_guessed_the_columns_and_the_way_are_named() {
    let problem = mapping("Farbe,Ort\nDunkel,Bitte\n", &[]).expect_err("refused");
    assert_eq!(problem.causes, ["its columns are “Farbe”, “Ort”"]);
    assert!(problem.hints[0].contains("--map"), "{:?}", problem.hints);
    let headless = mapping("17,dark,2024-01-02\n18,light,2024-01-03\n", &[]).expect_err("refused");
    assert!(headless.hints[1].contains("looks like data"));
}

#[test]
fn without_names_the_words_tell() {
    assert_eq!(
        told(
            "17,It is dark,2024-01-02,I cannot read it at night\n18,It is light,2024-01-03,I cannot sleep with it\n",
            &[]
        ),
        [
            "title=column 2",
            "body=column 4",
            "id=column 1",
            "received=column 3"
        ]
    );
}

#[test]
fn separators_of_tags_show_in_the_cells() {
    let separator = |cells: &[&str]| tag_separator(cells.iter().copied());
    assert_eq!(separator(&["bug:search", "bug", "a:b:c"]), Some(":"));
    assert_eq!(
        separator(&["easy, ignored", "this-tag-has,comma"]),
        Some(", ")
    );
    assert_eq!(separator(&["a;b", "scope:x"]), Some(";"));
    assert_eq!(separator(&["a|b"]), Some("|"));
    assert_eq!(separator(&["a,b"]), Some(","));
    assert_eq!(separator(&["scope:x", "plain", "other"]), None);
    assert_eq!(separator(&["[\"a, b\"]"]), None);
    assert_eq!(separator(&[]), None);
}
