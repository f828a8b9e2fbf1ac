//! What is found equals what a plain scan of the texts finds, whatever was done before.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::FeedbackRow;
use crate::domain::listing::Anchor;
use crate::domain::moment::{DAY, Moment};
use crate::postings::{LONGEST_PREFIX, MARK, PREFIX, decode};
use crate::query::{Expr, Query, Term, parse};
use crate::search::matches;
use crate::store::derived::index::week;
use crate::store::sample::NOW;
use crate::store::tests::{act, scratch};
use crate::store::{FilterContext, LocalId, NewContent, OpenOptions, Store, StoreError, Writer};

/// What each live feedback is found by, as the index has it.
pub(in crate::store) fn indexed(reader: &Reader<'_>) -> Result<BTreeMap<u32, BTreeSet<String>>> {
    let mut found: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    let shelf = reader.shelf()?;
    for segment in &shelf.segments {
        let mut statement = reader.connection().prepare(
            "SELECT term, documents, data FROM search_list WHERE segment = ?1 ORDER BY term",
        )?;
        let mut rows = statement.query([segment.id])?;
        while let Some(row) = rows.next()? {
            let term: String = row.get(0)?;
            if term.ends_with(PREFIX) {
                continue;
            }
            let data: Vec<u8> = row.get(2)?;
            let mut list = decode(&data, row.get(1)?, segment.base())?;
            segment.only_alive(&mut list);
            for document in list {
                found.entry(document).or_default().insert(term.clone());
            }
        }
    }
    for (document, terms) in shelf.tail.terms() {
        let terms = terms.into_iter().map(str::to_owned).collect();
        assert_eq!(found.insert(document, terms), None, "{document} is in both");
    }
    assert!(shelf.alive().iter().eq(found.keys().copied()));
    Ok(found)
}

/// What each live feedback is to be found by, by its texts.
fn told(reader: &Reader<'_>) -> Result<BTreeMap<u32, BTreeSet<String>>> {
    let mut told: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (document, text) in texts(reader)? {
        let terms = told.entry(document).or_default();
        terms.extend(search::terms(&text).iter().map(ToString::to_string));
    }
    let received = reader.collect(
        "SELECT id, received FROM feedback WHERE deleted = 0",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    for (document, received) in received {
        told.entry(document).or_default().insert(week(received));
    }
    Ok(told)
}

/// Every text of live feedback.
fn texts(reader: &Reader<'_>) -> Result<Vec<(u32, String)>> {
    reader.collect(
        "SELECT f.id, coalesce(t.title, '') FROM feedback f JOIN content t ON t.id = f.content WHERE f.deleted = 0
         UNION ALL SELECT f.id, t.body FROM feedback f JOIN content t ON t.id = f.content WHERE f.deleted = 0
         UNION ALL SELECT f.id, t.body FROM feedback f JOIN comment c ON c.feedback = f.id AND c.deleted = 0
             JOIN content t ON t.id = c.text WHERE f.deleted = 0",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn context() -> FilterContext {
    FilterContext {
        now: NOW,
        me: None,
        day_start: Moment::start_of,
    }
}

/// Whether a feedback with these texts matches, by what would be marked in them.
fn fits(expr: &Expr, texts: &[&String]) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| fits(part, texts)),
        Expr::Or(parts) => parts.iter().any(|part| fits(part, texts)),
        Expr::Not(part) => !fits(part, texts),
        Expr::Term(Term::Word(text)) => marked(Sought::Unfinished(text), texts),
        Expr::Term(Term::Phrase(text)) => marked(Sought::Whole(text), texts),
        Expr::Term(other) => panic!("{other:?} is no text"),
    }
}

fn marked(sought: Sought<'_>, texts: &[&String]) -> bool {
    texts
        .iter()
        .any(|text| !matches(text, &[sought]).is_empty())
}

/// A few of everything that makes texts hard to cut.
const WORDS: &[&str] = &[
    "export",
    "exports",
    "exporting",
    "ex",
    "board",
    "Boards",
    "10.1",
    "v10.1",
    "don't",
    "dark-mode",
    "mode",
    "Crème",
    "日本語",
    "通知が届かない",
    "い",
    "แจ้งเตือน",
    "\u{1f525}",
    "a\u{200b}b",
    "x",
    "\"OR\"",
    "NEAR(a",
    "*",
];

const FILTERS: &[&str] = &[
    "ex",
    "e",
    "export",
    "\"export\"",
    "export board",
    "board -export",
    "-board",
    "10.1",
    "\"10.1\"",
    "1",
    "don't",
    "dark-mode",
    "\"mode export\"",
    "\"board export\"",
    "creme",
    "日本語",
    "本語",
    "い",
    "通知",
    "通知が届",
    "แจ้ง",
    "\u{1f525}",
    "ab",
    "or near",
    "export or 日本",
    "-(dark-mode or export) board",
    "(ex -\"mode ex\") or \u{1f525}",
    "zzz",
    "*",
];

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS);
    prop::collection::vec(word, 0..5).prop_map(|words| words.join(" "))
}

/// Something that happens to the workspace.
#[derive(Clone, Debug)]
enum Step {
    /// New feedback, so many items at once, received so many weeks ago.
    Add(Vec<String>, i64),
    /// A feedback says something else.
    Revise(usize, String),
    /// A comment on a feedback.
    Comment(usize, String),
    /// A comment is taken away or brought back.
    Retract(usize, bool),
    /// A feedback is taken away or brought back.
    Delete(usize, bool),
    /// A feedback was received at another time.
    Receive(usize, i64),
    /// A feedback is in another state.
    State(usize, i64),
    /// The hands rest: what was put off is written down.
    Tend,
    /// The tail becomes a segment.
    Fold,
    /// All segments become one.
    Merge,
    /// Everything is made anew.
    Rebuild,
    /// The workspace is closed and opened.
    Reopen,
    /// What follows is done in another window.
    Window,
    /// A deed that fails in the end.
    Fail(String),
}

fn step() -> impl Strategy<Value = Step> {
    let which = any::<usize>;
    prop_oneof![
        6 => (prop::collection::vec(words(), 1..4), 0..5_i64).prop_map(|(texts, weeks)| Step::Add(texts, weeks)),
        3 => (which(), words()).prop_map(|(which, text)| Step::Revise(which, text)),
        3 => (which(), words()).prop_map(|(which, text)| Step::Comment(which, text)),
        1 => (which(), any::<bool>()).prop_map(|(which, gone)| Step::Retract(which, gone)),
        2 => (which(), any::<bool>()).prop_map(|(which, gone)| Step::Delete(which, gone)),
        1 => (which(), 0..5_i64).prop_map(|(which, weeks)| Step::Receive(which, weeks)),
        2 => (which(), 0..4_i64).prop_map(|(which, state)| Step::State(which, state)),
        2 => Just(Step::Tend),
        2 => Just(Step::Fold),
        1 => Just(Step::Merge),
        1 => Just(Step::Rebuild),
        1 => Just(Step::Reopen),
        2 => Just(Step::Window),
        1 => words().prop_map(Step::Fail),
    ]
}

/// A workspace in two windows.
struct World {
    _folder: tempfile::TempDir,
    windows: [Store; 2],
    window: usize,
    feedback: Vec<Uuid>,
    comments: Vec<Uuid>,
    made: u128,
}

impl World {
    fn new() -> Self {
        let (folder, store) = scratch();
        let other = Store::open(store.path(), &OpenOptions::default()).expect("a second window");
        Self {
            _folder: folder,
            windows: [store, other],
            window: 0,
            feedback: Vec::new(),
            comments: Vec::new(),
            made: 0,
        }
    }

    fn write(&mut self, work: impl FnOnce(&mut Writer<'_>, LocalId) -> Result<()>) {
        let written = self.windows[self.window].write(|writer| {
            let action = act(writer, 1)?;
            work(writer, action)
        });
        written.expect("a write");
    }

    fn fresh(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made << 64 | 1)
    }

    fn set(&mut self, entity: Entity, id: Uuid, field: &str, value: Value) {
        self.write(|writer, _| {
            let local = writer.expect(entity, id)?;
            writer.set(entity, local, entity.field(field).expect("a field"), &value)
        });
    }

    fn step(&mut self, step: &Step) {
        let some = |all: &[Uuid], which: &usize| (!all.is_empty()).then(|| all[which % all.len()]);
        match step {
            Step::Add(texts, weeks) => {
                let made: Vec<_> = texts
                    .iter()
                    .map(|text| (self.fresh(), self.fresh(), text))
                    .collect();
                self.feedback.extend(made.iter().map(|(id, ..)| *id));
                self.write(|writer, action| {
                    for (id, content, text) in made {
                        add(writer, action, id, content, text, *weeks)?;
                    }
                    Ok(())
                });
            }
            Step::Revise(which, text) => {
                let content = self.fresh();
                if let Some(id) = some(&self.feedback, which) {
                    self.write(|writer, _| say(writer, content, text).map(drop));
                    self.set(Entity::Feedback, id, "content", Value::Content(content));
                }
            }
            Step::Comment(which, text) => {
                let (id, content) = (self.fresh(), self.fresh());
                if let Some(feedback) = some(&self.feedback, which) {
                    self.comments.push(id);
                    self.write(|writer, action| {
                        say(writer, content, text)?;
                        let field = |name| Entity::Comment.field(name).expect("a field");
                        let fields = [
                            (field("feedback"), Value::Thing(feedback)),
                            (field("text"), Value::Content(content)),
                        ];
                        writer
                            .insert(Entity::Comment, id, action, &fields)
                            .map(drop)
                    });
                }
            }
            Step::Retract(which, gone) => {
                if let Some(id) = some(&self.comments, which) {
                    self.set(
                        Entity::Comment,
                        id,
                        "deleted",
                        Value::Integer((*gone).into()),
                    );
                }
            }
            Step::Delete(which, gone) => {
                if let Some(id) = some(&self.feedback, which) {
                    self.set(
                        Entity::Feedback,
                        id,
                        "deleted",
                        Value::Integer((*gone).into()),
                    );
                }
            }
            Step::Receive(which, weeks) => {
                if let Some(id) = some(&self.feedback, which) {
                    let at = Value::Integer(NOW.0 - weeks * 7 * DAY);
                    self.set(Entity::Feedback, id, "received", at);
                }
            }
            Step::State(which, state) => {
                if let Some(id) = some(&self.feedback, which) {
                    self.set(Entity::Feedback, id, "state", Value::Integer(*state));
                }
            }
            Step::Tend => self.windows[self.window].tend_search().expect("tended"),
            Step::Fold => self.write(|writer, _| writer.fold_tail()),
            Step::Merge => self.write(|writer, _| writer.merge_all()),
            Step::Rebuild => self.write(|writer, _| writer.rebuild_derived()),
            Step::Reopen => {
                let path = self.windows[0].path().to_owned();
                self.windows[self.window] =
                    Store::open(&path, &OpenOptions::default()).expect("opened");
            }
            Step::Window => self.window = 1 - self.window,
            Step::Fail(text) => {
                let (id, content) = (self.fresh(), self.fresh());
                let failed: std::result::Result<(), StoreError> =
                    self.windows[self.window].write(|writer| {
                        let action = act(writer, 1)?;
                        add(writer, action, id, content, text, 0)?;
                        writer.settle()?;
                        // Read within, so that it would be remembered if anything of it were.
                        writer
                            .matching_ids(&parse("ex").expect("a filter"), &context(), 9)
                            .expect("a list");
                        Err(StoreError::UnknownContent(id))
                    });
                assert!(failed.is_err());
            }
        }
    }

    /// Both windows find what a scan of the texts finds.
    fn agrees(&self) {
        for store in &self.windows {
            store.read(agrees).expect("a read");
        }
    }
}

fn say(writer: &mut Writer<'_>, content: Uuid, text: &str) -> Result<LocalId> {
    let (title, body) = text.split_once(' ').unwrap_or((text, ""));
    let text = NewContent {
        title: Some(title),
        body,
        ..NewContent::default()
    };
    writer.add_content(content, &text)
}

pub(in crate::store) fn add(
    writer: &mut Writer<'_>,
    action: LocalId,
    id: Uuid,
    content: Uuid,
    text: &str,
    weeks: i64,
) -> Result<()> {
    say(writer, content, text)?;
    let field = |name| Entity::Feedback.field(name).expect("a field");
    let fields = [
        (field("content"), Value::Content(content)),
        (field("received"), Value::Integer(NOW.0 - weeks * 7 * DAY)),
    ];
    writer
        .insert(Entity::Feedback, id, action, &fields)
        .map(drop)
}

fn agrees(reader: &Reader<'_>) -> Result<()> {
    assert_eq!(indexed(reader)?, told(reader)?);
    prefixes_agree(reader)?;
    assert_eq!(reader.search_health()?.faults, [""; 0]);
    let open: Vec<u32> = reader.collect(
        "SELECT id FROM feedback WHERE state < 2 AND deleted = 0 ORDER BY id",
        [],
        |row| row.get(0),
    )?;
    assert!(reader.open_bits()?.iter().eq(open.iter().copied()));
    let texts = texts(reader)?;
    let mut said: BTreeMap<u32, Vec<&String>> = BTreeMap::new();
    for (document, text) in &texts {
        said.entry(*document).or_default().push(text);
    }
    let keys: BTreeMap<Uuid, u32> = reader
        .collect(
            "SELECT key, id FROM feedback WHERE deleted = 0",
            [],
            |row| Ok((crate::store::key::identity(row, 0)?, row.get(1)?)),
        )?
        .into_iter()
        .collect();
    for filter in FILTERS {
        for state in ["", "is:unprocessed ", "is:processed,archived "] {
            let words = parse(filter).expect("a filter");
            let scan = |local: &u32| {
                let texts = said.get(local).map_or(&[][..], Vec::as_slice);
                let is_open = open.contains(local);
                let in_state = state.is_empty() || is_open == state.contains("unprocessed");
                in_state
                    && words
                        .clone()
                        .retain_text(search::is_searchable)
                        .expr
                        .is_none_or(|expr| fits(&expr, texts))
            };
            let expected: BTreeSet<u32> = keys.values().copied().filter(scan).collect();
            let query = parse(&format!("{state}({filter})")).expect("a filter");
            list_agrees(reader, &query, &keys, &expected);
        }
    }
    Ok(())
}

/// Every way to ask for a list gives the same rows in the same order.
fn list_agrees(
    reader: &Reader<'_>,
    query: &Query,
    keys: &BTreeMap<Uuid, u32>,
    expected: &BTreeSet<u32>,
) {
    let local = |id: &Uuid| keys[id];
    let window = |anchor: &Anchor, limit| {
        reader
            .feedback_window(query, &context(), anchor, limit)
            .expect("a window")
    };
    // Counted text by text, before anything else reads them.
    let count = || {
        reader
            .tally_some(query, &context(), None, 1)
            .expect("a count")
    };
    let mut counts = 0;
    let counted = loop {
        let counted = count();
        assert!(counted.total <= expected.len() as u64, "{query}");
        if counted.whole {
            break counted.total;
        }
        counts += 1;
        assert!(counts <= keys.len(), "{query}");
    };
    assert_eq!(counted, expected.len() as u64, "{query}");
    let all = window(&Anchor::Start, 1_000).rows;
    let ids: Vec<Uuid> = all.iter().map(|row| row.id.0).collect();
    assert_eq!(
        &ids.iter().map(local).collect::<BTreeSet<_>>(),
        expected,
        "{query}"
    );
    assert_eq!(ids.len(), expected.len(), "{query}");
    assert_eq!(window(&Anchor::End, 1_000).rows, all, "{query}");
    let matching = reader.matching_ids(query, &context(), 1_000).expect("ids");
    assert!(matching.iter().map(|id| id.0).eq(ids), "{query}");
    steps_agree(reader, query, &all);
    let tally = reader
        .tally(query, &context(), all.last())
        .expect("a tally");
    assert_eq!(tally.total, expected.len() as u64, "{query}");
    assert_eq!(
        tally.before.unwrap_or(0),
        (expected.len() as u64).saturating_sub(1),
        "{query}"
    );
    if let Some(middle) = all.get(all.len() / 2) {
        let after = window(&Anchor::After(Box::new(middle.clone())), 1_000).rows;
        assert_eq!(after, all[all.len() / 2 + 1..], "{query}");
        let before = window(&Anchor::Before(Box::new(middle.clone())), 1_000).rows;
        assert_eq!(before, all[..all.len() / 2], "{query}");
        let around = window(&Anchor::Around(Box::new(middle.clone())), 1_000);
        assert_eq!(around.rows, all, "{query}");
        assert_eq!(around.at, all.len() / 2, "{query}");
    }
}

/// Bit by bit, every window comes to hold what it holds at once, and grows at its end only.
fn steps_agree(reader: &Reader<'_>, query: &Query, all: &[FeedbackRow]) {
    let mut anchors = vec![Anchor::Start, Anchor::End];
    if let Some(row) = all.get(all.len() / 2) {
        anchors.push(Anchor::After(Box::new(row.clone())));
        anchors.push(Anchor::Before(Box::new(row.clone())));
        anchors.push(Anchor::Around(Box::new(row.clone())));
    }
    let some = |anchor: &Anchor, limit| {
        reader
            .feedback_window_some(query, &context(), anchor, limit, 1)
            .expect("a window")
    };
    for (anchor, limit) in anchors.iter().zip([3, 3, 2, 1_000, 4]) {
        let whole = reader.feedback_window(query, &context(), anchor, limit);
        let whole = whole.expect("a window");
        // As if no text had been read yet.
        reader.memory().proofs.take();
        let mut turns = 0;
        let found = loop {
            let found = some(anchor, limit);
            if !found.unfinished {
                break found;
            }
            match anchor {
                Anchor::Start | Anchor::After(_) => {
                    assert!(whole.rows.starts_with(&found.rows), "{query}");
                    assert!(found.after, "{query}");
                }
                Anchor::End | Anchor::Before(_) => {
                    assert!(whole.rows.ends_with(&found.rows), "{query}");
                    assert!(found.before, "{query}");
                }
                Anchor::Around(_) => {}
            }
            turns += 1;
            assert!(turns <= 1_000, "{query}");
        };
        assert_eq!(found, whole, "{query} {anchor:?}");
    }
    // As the console puts rows behind those that it has.
    reader.memory().proofs.take();
    let mut rows: Vec<FeedbackRow> = Vec::new();
    for turn in 0.. {
        let last = rows.last().cloned().map(Box::new);
        let found = some(&last.map_or(Anchor::Start, Anchor::After), 3);
        rows.extend(found.rows);
        if !found.after {
            break;
        }
        assert!(turn <= 1_000, "{query}");
    }
    assert_eq!(rows, all, "{query}");
}

/// Every prefix of every segment finds what its terms do.
fn prefixes_agree(reader: &Reader<'_>) -> Result<()> {
    let shelf = reader.shelf()?;
    for segment in &shelf.segments {
        let sql = "SELECT term FROM search_list WHERE segment = ?1";
        let terms: Vec<String> = reader.collect(sql, [segment.id], |row| row.get(0))?;
        for term in &terms {
            let ends = term.char_indices().map(|(at, c)| at + c.len_utf8());
            if term.ends_with(PREFIX) || term.starts_with(MARK) {
                continue;
            }
            for end in ends.take(LONGEST_PREFIX + 1) {
                let mut scan = roaring::RoaringBitmap::new();
                for other in terms
                    .iter()
                    .filter(|other| other.starts_with(&term[..end]) && !other.ends_with(PREFIX))
                {
                    scan |= reader.with_term(segment, other)?;
                }
                assert_eq!(reader.with_prefix(segment, &term[..end])?, scan);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_what_a_scan_finds(steps in prop::collection::vec(step(), 1..24)) {
        let mut world = World::new();
        for (place, step) in steps.iter().enumerate() {
            world.step(step);
            // A window that looks seldom has more to catch up with.
            if place % 4 == 3 {
                world.agrees();
            }
        }
        world.agrees();
    }
}
