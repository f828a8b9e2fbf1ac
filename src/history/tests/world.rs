//! A small workspace in a scratch folder, with the clock and the identities pinned.

use std::sync::Mutex;

use uuid::Uuid;

use crate::domain::deed::{
    Deed, MeetingDeed, NewAgendaItem, NewFeedback, NewIdea, Outcome, PersonEdit, ReleaseEdit,
    Subject,
};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{FeedbackId, IdeaId, Ids, ReleaseId, ReleaseItemId};
use crate::domain::moment::{HOUR, Moment};
use crate::domain::people::Handle;
use crate::history::commit::{Context, commit, found};
use crate::problem::Problem;
use crate::store::{OpenOptions, Store, StoreError};

/// When the world begins: 14 November 2026, 09:00 UTC.
pub(in crate::history) const NOW: Moment = Moment(1_794_646_800_000);

pub(in crate::history) struct World {
    pub(in crate::history) store: Store,
    pub(in crate::history) context: Context,
    _folder: tempfile::TempDir,
}

pub(in crate::history) fn handle(name: &str) -> Handle {
    Handle::parse(name).expect("a handle")
}

/// Puts a thing on the agenda of the next weekly sync.
pub(in crate::history) fn queue(about: Subject) -> Deed {
    let item = NewAgendaItem {
        about: vec![about],
        ..NewAgendaItem::default()
    };
    MeetingDeed::AddItem { to: None, item }.into()
}

impl World {
    /// A fresh workspace in which @hana acts and @omar and @dana are known.
    pub(in crate::history) fn new() -> Self {
        let mut world = Self::empty();
        for name in ["omar", "dana"] {
            world.done(Deed::SavePerson {
                handle: handle(name),
                edit: PersonEdit::default(),
            });
        }
        world
    }

    /// A fresh workspace in which nothing was done.
    pub(in crate::history) fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("world.db");
        let mut store = Store::open(&path, &OpenOptions::default()).expect("a workspace");
        found(&mut store, NOW).expect("founded");
        Self {
            store,
            context: Context {
                author: Some(handle("hana")),
                device: Uuid::from_u128(1),
                now: NOW,
                clocks: crate::domain::clocks::Clocks::UTC,
                ids: Mutex::new(Ids::Seeded(1)),
            },
            _folder: folder,
        }
    }

    /// Time passes, somebody acts.
    pub(in crate::history) fn act_as(&mut self, name: &str) {
        self.context.author = Some(handle(name));
        self.context.now = self.context.now.plus(HOUR);
    }

    pub(in crate::history) fn attempt(&mut self, deed: Deed) -> Result<Outcome, Problem> {
        commit(&mut self.store, &self.context, &deed)
    }

    pub(in crate::history) fn done(&mut self, deed: Deed) -> Outcome {
        match self.attempt(deed) {
            Ok(outcome) => outcome,
            Err(problem) => panic!("{problem} {problem:?}"),
        }
    }

    /// The summary of the problem that the deed runs into, and that it changed nothing.
    pub(in crate::history) fn refused(&mut self, deed: Deed) -> String {
        let before = self.dump();
        let problem = self.attempt(deed).expect_err("refused");
        assert_eq!(self.dump(), before);
        problem.summary
    }

    pub(in crate::history) fn feedback(&mut self, title: &str) -> FeedbackId {
        let outcome = self.done(Deed::AddFeedback(Box::new(NewFeedback {
            title: title.to_owned(),
            body: format!("{title}, please."),
            ..NewFeedback::default()
        })));
        FeedbackId(outcome.first(Entity::Feedback).expect("made"))
    }

    pub(in crate::history) fn idea(&mut self, title: &str) -> IdeaId {
        let outcome = self.done(Deed::CreateIdea(Box::new(NewIdea {
            title: title.to_owned(),
            ..NewIdea::default()
        })));
        IdeaId(outcome.first(Entity::Idea).expect("made"))
    }

    pub(in crate::history) fn release(&mut self, name: &str) -> ReleaseId {
        let outcome = self.done(Deed::CreateRelease(ReleaseEdit {
            name: Some(name.to_owned()),
            ..ReleaseEdit::default()
        }));
        ReleaseId(outcome.first(Entity::Release).expect("made"))
    }

    /// Puts an idea into a release.
    pub(in crate::history) fn item(&mut self, idea: IdeaId, release: ReleaseId) -> ReleaseItemId {
        let outcome = self.done(Deed::AddToRelease {
            ideas: vec![idea],
            release,
        });
        ReleaseItemId(outcome.first(Entity::ReleaseItem).expect("made"))
    }

    pub(in crate::history) fn get(
        &self,
        entity: Entity,
        id: impl Into<Uuid>,
        field: &str,
    ) -> Value {
        let id = id.into();
        let field = entity.field(field).expect("a field");
        let read: Result<Value, StoreError> = self
            .store
            .read(|reader| reader.value(entity, reader.expect(entity, id)?, field));
        read.expect("a value")
    }

    pub(in crate::history) fn number(
        &self,
        entity: Entity,
        id: impl Into<Uuid>,
        field: &str,
    ) -> Option<i64> {
        match self.get(entity, id, field) {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// The live rows of an entity.
    pub(in crate::history) fn live(&self, entity: Entity) -> Vec<Thing> {
        let rows: Result<_, StoreError> = self.store.read(|reader| reader.rows(entity));
        rows.expect("rows")
            .into_iter()
            .filter(|(_, values)| values[mark(entity)] == Value::Integer(0))
            .map(|(id, _)| Thing { entity, id })
            .collect()
    }

    /// Every live shared row.
    pub(in crate::history) fn dump(&self) -> Vec<(Thing, Vec<Value>)> {
        let mut dump = Vec::new();
        for &entity in Entity::ALL {
            let rows: Result<_, StoreError> = self.store.read(|reader| reader.rows(entity));
            dump.extend(
                rows.expect("rows")
                    .into_iter()
                    .filter(|(_, values)| values[mark(entity)] == Value::Integer(0))
                    .map(|(id, values)| (Thing { entity, id }, values)),
            );
        }
        dump
    }
}

/// Where the mark of deletion stands among the fields.
fn mark(entity: Entity) -> usize {
    entity
        .fields()
        .iter()
        .position(|field| field.name == crate::domain::entity::DELETED)
        .expect("every entity has one")
}
