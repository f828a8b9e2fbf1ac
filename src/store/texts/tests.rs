use std::borrow::Cow;
use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;
use zstd::bulk::Compressor;

use super::packing::Packing;
use super::*;
use crate::problem::Problem;
use crate::store::migrations::{APPLICATION_ID, MIGRATIONS};
use crate::store::tests::{act, scratch};
use crate::store::{Content, NewContent, OpenOptions, Store, StoreError, Writer};

mod samples;

/// More than a dictionary is made from.
const MANY: u128 = 1_300;

const WORDS: &str = "board card column export report filter comment owner label release customer upload screen search \
    slow fast broken missing wrong empty large small every second never always please would could should when then \
    after before while because without with from into about over under between our their your this that these those";

/// Words as people write them: some often, and the number of the text, which is its own.
fn body(number: u128) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut seed = number as usize * 7_919 + 13;
    let said = (0..60).map(|_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let place = (seed >> 33) % words.len();
        words[place * place / words.len()]
    });
    format!("own{number} {}.", said.collect::<Vec<_>>().join(" "))
}

fn texts() -> BTreeMap<Uuid, Content> {
    let text = |number| Content {
        title: Some(format!("Title {number}")).filter(|_| number % 5 > 0),
        body: body(number),
        original: Some(format!("<p>{number}</p>")).filter(|_| number % 7 == 0),
        previous: Some(Uuid::from_u128(number - 1)).filter(|_| number % 11 == 2),
    };
    let texts = (1..=MANY).map(|number| (Uuid::from_u128(number), text(number)));
    texts.collect()
}

/// Texts of feedback with these numbers, without anything that is particular to some of them.
fn plain(numbers: std::ops::Range<u128>) -> BTreeMap<Uuid, Content> {
    let text = |number| Content {
        title: Some(String::new()),
        body: body(number),
        original: None,
        previous: None,
    };
    let texts = numbers.map(|number| (Uuid::from_u128(number), text(number)));
    texts.collect()
}

/// As it is added.
fn to_add(text: &Content) -> NewContent<'_> {
    NewContent {
        title: text.title.as_deref(),
        body: &text.body,
        original: text.original.as_deref(),
        previous: text.previous,
        packed: None,
    }
}

fn add(writer: &mut Writer<'_>, texts: &BTreeMap<Uuid, Content>) -> Result<()> {
    writer.pack_texts()?;
    for (id, text) in texts {
        writer.add_content(*id, &to_add(text))?;
    }
    Ok(())
}

fn count(store: &Store, what: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {what}");
    let count = store.connection.query_row(&sql, [], |row| row.get(0));
    count.expect("a number")
}

fn all(store: &Store) -> BTreeMap<Uuid, Content> {
    let mut all = BTreeMap::new();
    let visited = store.read(|reader| {
        reader.visit_contents(|(id, text)| {
            all.insert(id, text);
            Ok::<_, StoreError>(())
        })
    });
    visited.expect("every text");
    all
}

/// A workspace with packed texts.
fn filled() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = scratch();
    store.write(|writer| add(writer, &texts())).expect("texts");
    assert!(count(&store, "content WHERE packed IS NOT NULL") > 200);
    (folder, store)
}

fn damage(store: &Store) -> Vec<String> {
    store.health().expect("it can be read").damage
}

#[test]
fn packed_texts_are_read_as_they_were_and_take_less() {
    let (_folder, store) = filled();
    let texts = texts();
    assert_eq!(all(&store), texts);
    let read = store.read(|reader| {
        for (id, text) in &texts {
            assert_eq!(reader.content(*id)?.as_ref(), Some(text));
        }
        Ok::<_, StoreError>(())
    });
    read.expect("every text");
    assert_eq!(damage(&store), [""; 0]);
    let sizes = "SELECT sum(length(packed)), sum(length(body_of(body, packed))) FROM content WHERE packed IS NOT NULL";
    let (packed, plain): (i64, i64) = store
        .connection
        .query_row(sizes, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("sizes");
    assert!(packed * 10 < plain * 7, "{packed} of {plain}");
}

/// Adds texts that were packed before it is known whether the file has that dictionary.
fn add_packed(
    writer: &mut Writer<'_>,
    texts: &BTreeMap<Uuid, Content>,
    packer: &mut Packer,
) -> Result<()> {
    writer.pack_texts_alike();
    for (id, text) in texts {
        let mut content = to_add(text);
        let packed = packer.pack(&content);
        if let Some(packed) = &packed {
            writer.pack_like(packed)?;
        }
        // Some come plain, as comments do.
        content.packed = packed.as_ref().filter(|_| id.as_u128() % 3 > 0);
        writer.add_content(*id, &content)?;
    }
    Ok(())
}

fn rows(store: &Store) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let sql = "SELECT key, packed FROM content UNION ALL SELECT x'', data FROM text_dictionary";
    let mut statement = store.connection.prepare(sql).expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

#[test]
fn who_packs_before_packs_the_same() {
    let (_folder, here) = filled();
    let (_folder, mut store) = scratch();
    let mut packer = store.read(|reader| reader.packer()).expect("a packer");
    let added = store.write(|writer| add_packed(writer, &texts(), &mut packer));
    added.expect("texts");
    assert_eq!(all(&store), texts());
    assert_eq!(rows(&store), rows(&here));
    assert_eq!(damage(&store), [""; 0]);
}

#[test]
fn what_was_packed_by_a_dictionary_that_the_file_does_not_get_is_packed_anew() {
    let (_folder, mut store) = scratch();
    let mut packer = store.read(|reader| reader.packer()).expect("a packer");
    // Another window is quicker, with other texts.
    let others = texts().into_iter().map(|(id, mut text)| {
        text.body = text.body.replace('e', "ee");
        text.previous = None;
        (Uuid::from_u128(id.as_u128() + 10_000), text)
    });
    let others: BTreeMap<Uuid, Content> = others.collect();
    store.write(|writer| add(writer, &others)).expect("texts");
    let before = count(&store, "content WHERE packed IS NOT NULL");
    let many = plain(1..2_001);
    let added = store.write(|writer| add_packed(writer, &many, &mut packer));
    added.expect("texts");
    assert_eq!(count(&store, "text_dictionary"), 1);
    assert!(count(&store, "content WHERE packed IS NOT NULL") > before + 500);
    assert_eq!(all(&store), others.into_iter().chain(many).collect());
    assert_eq!(damage(&store), [""; 0]);
}

#[test]
fn what_few_texts_or_a_deed_bring_stays_plain() {
    let (_folder, mut store) = filled();
    let packed = count(&store, "content WHERE packed IS NOT NULL");
    let (few, many) = (plain(10_000..10_500), plain(20_000..20_520));
    store.write(|writer| add(writer, &few)).expect("few texts");
    assert_eq!(count(&store, "content WHERE packed IS NOT NULL"), packed);
    store
        .write(|writer| add(writer, &many))
        .expect("many texts");
    assert_eq!(
        count(&store, "content WHERE packed IS NOT NULL"),
        packed + 8,
        "by the dictionary that is there"
    );
    assert_eq!(count(&store, "text_dictionary"), 1);
    let expected: BTreeMap<_, _> = [texts(), few, many].into_iter().flatten().collect();
    assert_eq!(all(&store), expected);
}

#[test]
fn what_is_said_below_one_feedback_again_and_again_is_no_sample() {
    let (_folder, mut store) = scratch();
    let comments = (0..200).map(|number| {
        let text = Content {
            title: None,
            body: format!("Regards, Zebulon Quixotl {number}"),
            original: None,
            previous: None,
        };
        (Uuid::from_u128(number), text)
    });
    let both: BTreeMap<Uuid, Content> = comments.chain(plain(1_000..2_000)).collect();
    store.write(|writer| add(writer, &both)).expect("texts");
    assert_eq!(count(&store, "text_dictionary"), 1);
    assert_eq!(
        count(
            &store,
            "text_dictionary WHERE instr(data, CAST('Zebulon' AS BLOB))"
        ),
        0
    );
    assert_eq!(all(&store), both);
}

#[test]
fn the_number_of_a_dictionary_that_is_gone_is_never_anothers() {
    let (_folder, store) = filled();
    let path = store.path().to_owned();
    let packed: i64 = count(&store, "content WHERE packed IS NOT NULL");
    drop(store);
    let stranger = Connection::open(&path).expect("SQLite");
    let taken = stranger.execute_batch("DELETE FROM text_dictionary");
    taken.expect("altered");
    drop(stranger);
    let mut store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
    let more = plain(50_000..51_300);
    store.write(|writer| add(writer, &more)).expect("texts");
    assert_eq!(count(&store, "text_dictionary WHERE id = 2"), 1);
    assert_eq!(count(&store, "text_dictionary"), 1);
    // What is new can be read, and what is lost says that it is, instead of being read as something else.
    store
        .read(|reader| {
            for (id, text) in &more {
                assert_eq!(reader.content(*id)?.as_ref(), Some(text));
            }
            Ok::<_, StoreError>(())
        })
        .expect("every text that is new");
    let lost = format!(
        "table content: {packed} texts cannot be read: the dictionary 1 of a packed text is missing or damaged"
    );
    assert_eq!(damage(&store), [lost]);
}

#[test]
fn a_window_that_was_open_before_reads_them() {
    let (_folder, mut store) = scratch();
    let other = Store::open(store.path(), &OpenOptions::default()).expect("a second window");
    assert!(all(&other).is_empty());
    store.write(|writer| add(writer, &texts())).expect("texts");
    assert_eq!(all(&other), texts());
}

#[test]
fn a_dictionary_that_was_rolled_back_is_forgotten() {
    let (_folder, mut store) = scratch();
    let failed: Result<()> = store.write(|writer| {
        let shifted = texts().into_iter().map(|(id, mut text)| {
            text.body = text.body.replace('e', "ee");
            (id, text)
        });
        add(writer, &shifted.collect())?;
        Err(StoreError::UnknownContent(Uuid::nil()))
    });
    assert!(failed.is_err());
    assert_eq!(count(&store, "text_dictionary"), 0);
    let mut other = Store::open(store.path(), &OpenOptions::default()).expect("a second window");
    other.write(|writer| add(writer, &texts())).expect("texts");
    assert_eq!(all(&store), texts());
}

#[test]
fn a_workspace_of_the_version_before_keeps_its_texts_and_gets_packed_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("before.db");
    let connection = Connection::open(&path).expect("SQLite");
    for step in &MIGRATIONS[..5] {
        connection.execute_batch(step).expect("a step");
    }
    let marked = connection
        .execute_batch(
            "INSERT INTO content (key, title, body) VALUES (zeroblob(16), 'Dark mode', 'please')",
        )
        .and_then(|()| connection.pragma_update(None, "application_id", APPLICATION_ID))
        .and_then(|()| connection.pragma_update(None, "user_version", 5));
    marked.expect("a workspace");
    drop(connection);
    let mut store = Store::open(&path, &OpenOptions::default()).expect("a workspace");
    store.write(|writer| add(writer, &texts())).expect("texts");
    let mut expected = texts();
    let old = Content {
        title: Some("Dark mode".to_owned()),
        body: "please".to_owned(),
        original: None,
        previous: None,
    };
    expected.insert(Uuid::nil(), old);
    assert_eq!(all(&store), expected);
    assert_eq!(damage(&store), [""; 0]);
}

/// Reads what `sql` left of the first packed text, and says what is wrong with it.
fn fault_after(sql: &str) -> (String, Vec<String>) {
    let (_folder, store) = filled();
    let path = store.path().to_owned();
    drop(store);
    let stranger = Connection::open(&path).expect("SQLite");
    stranger.execute_batch(sql).expect("altered");
    drop(stranger);
    let mut store = Store::open(&path, &OpenOptions::default()).expect("it is ours");
    let read = store.read(|reader| {
        let sql = "SELECT body_of(body, packed) FROM content WHERE packed IS NOT NULL ORDER BY id LIMIT 1";
        reader.first(sql, [], |row| row.get::<_, String>(0))
    });
    let error = read.expect_err("it cannot be read");
    let problem = Problem::from(error);
    assert!(problem.hints[0].contains("damaged"), "{problem:?}");
    // Whatever else is there can still be read and written.
    store.write(|writer| act(writer, 1)).expect("a write");
    (problem.causes.join("; "), damage(&store))
}

const FIRST: &str =
    "WHERE id = (SELECT id FROM content WHERE packed IS NOT NULL ORDER BY id LIMIT 1)";

#[test]
fn a_damaged_text_is_told_and_doctor_names_it() {
    for damaged in [
        "x''",
        "x'01'",
        "x'01ffffffffffffffff'",
        "substr(packed, 1, 20)",
        "CAST(packed || packed AS BLOB)",
        "CAST(x'01' || substr(packed, 3) AS BLOB)",
    ] {
        let sql = format!("UPDATE content SET packed = {damaged} {FIRST}");
        let (cause, damage) = fault_after(&sql);
        assert_eq!(cause, "a packed text is damaged", "{damaged}");
        assert_eq!(
            damage,
            ["table content: 1 text cannot be read: a packed text is damaged"],
            "{damaged}"
        );
    }
}

#[test]
fn a_dictionary_that_is_missing_or_damaged_is_told() {
    for sql in [
        "DELETE FROM text_dictionary",
        "UPDATE text_dictionary SET id = 300",
        "UPDATE text_dictionary SET data = zeroblob(1 << 20)",
        "UPDATE text_dictionary SET data = substr(data, 1, 40)",
        "UPDATE text_dictionary SET data = CAST(substr(data, 1, length(data) - 1) || x'00' AS BLOB)",
    ] {
        let (cause, damage) = fault_after(sql);
        let fault = "the dictionary 1 of a packed text is missing or damaged";
        assert_eq!(cause, fault, "{sql}");
        assert_eq!(damage.len(), 1, "{sql}: {damage:?}");
        assert!(damage[0].ends_with(fault), "{sql}: {damage:?}");
    }
}

#[test]
fn a_text_that_says_it_is_huge_takes_no_memory() {
    let mut unpacking = Unpacking::default();
    unpacking.add(1, &[], true);
    let zeros = vec![0; LONGEST * 8];
    let mut compressor = Compressor::new(1).expect("zstd");
    let bomb = compressor.compress(&zeros).expect("a frame");
    let mut packed = vec![1];
    packed.extend_from_slice(&bomb[4..]);
    assert_eq!(unpacking.unpack(&packed), Err(Fault::Damaged));
    // One that says less than it holds, or nothing at all.
    let honest = compressor.compress(&zeros[..2_000]).expect("a frame");
    let sized = honest[4] >> 6 == 1;
    assert!(sized, "its size takes two bytes");
    let mut liar = vec![1];
    liar.extend_from_slice(&honest[4..]);
    liar[2] = liar[2].wrapping_sub(1);
    assert_eq!(unpacking.unpack(&liar), Err(Fault::Damaged));
    compressor
        .set_parameter(zstd::zstd_safe::CParameter::ContentSizeFlag(false))
        .expect("zstd");
    let silent = compressor.compress(&zeros[..2_000]).expect("a frame");
    let mut packed = vec![1];
    packed.extend_from_slice(&silent[4..]);
    assert_eq!(unpacking.unpack(&packed), Err(Fault::Damaged));
    assert!(unpacking.plain.capacity() <= LONGEST);
}

#[test]
fn any_text_comes_back() {
    let (_folder, store) = filled();
    let texts = (
        prop::option::of(".{0,40}"),
        prop_oneof![".{0,300}", "[a-z ]{0,3000}", Just("board ".repeat(20_000))],
    );
    let store = std::cell::RefCell::new(store);
    proptest!(|(texts in prop::collection::vec(texts, 1..20))| {
        let done: Result<()> = store.borrow_mut().write(|writer| {
            let mut packing = Packing::by_the_dictionary(writer)?;
            for (title, body) in &texts {
                let content = NewContent { title: title.as_deref(), body, ..NewContent::default() };
                let packed = packing.pack(writer, &content)?.map(Cow::into_owned);
                if let Some(packed) = packed {
                    let sql = "SELECT title_of(NULL, ?1), body_of('', ?1)";
                    let found = writer.first(sql, [packed], |row| Ok((row.get(0)?, row.get(1)?)))?;
                    assert_eq!(found, Some((title.clone(), body.clone())));
                }
            }
            Ok(())
        });
        done.expect("they come back");
    });
}

proptest! {
    #[test]
    fn any_bytes_are_a_text_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let mut unpacking = Unpacking::default();
        unpacking.add(1, &[], true);
        let mut packed = vec![1, 0x20];
        packed.extend(bytes);
        if unpacking.unpack(&packed).is_ok() {
            unpacking.part(Part::Title).expect("a title");
            unpacking.part(Part::Body).expect("a body");
        }
    }
}
