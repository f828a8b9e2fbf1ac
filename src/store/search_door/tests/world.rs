//! What may happen to a workspace that is open in two windows.

use proptest::prelude::*;
use uuid::Uuid;

use crate::domain::entity::{Entity, Value};
use crate::domain::moment::DAY;
use crate::query::parse;
use crate::store::sample::NOW;
use crate::store::tests::{act, scratch};
use crate::store::{LocalId, NewContent, OpenOptions, Result, Store, StoreError, Writer};

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

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS);
    prop::collection::vec(word, 0..5).prop_map(|words| words.join(" "))
}

/// Something that happens to the workspace.
#[derive(Clone, Debug)]
pub(super) enum Step {
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

pub(super) fn step() -> impl Strategy<Value = Step> {
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
pub(super) struct World {
    _folder: tempfile::TempDir,
    windows: [Store; 2],
    window: usize,
    feedback: Vec<Uuid>,
    comments: Vec<Uuid>,
    made: u128,
}

impl World {
    pub(super) fn new() -> Self {
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

    /// Does it, in the window at hand.
    pub(super) fn step(&mut self, step: &Step) {
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
                            .matching_ids(&parse("ex").expect("a filter"), &super::context(), 9)
                            .expect("a list");
                        Err(StoreError::UnknownContent(id))
                    });
                assert!(failed.is_err());
            }
        }
    }

    /// Both windows.
    pub(super) fn windows(&self) -> &[Store; 2] {
        &self.windows
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
