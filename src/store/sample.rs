//! Workspaces for tests, written through the writer like real ones.

use uuid::Uuid;

use super::tests::{act, scratch};
use super::{LocalId, NewContent, Store, StoreError, Writer};
use crate::domain::entity::{Entity, Value};
use crate::domain::id::Ids;
use crate::domain::moment::{DAY, Moment};

/// The present in tests.
pub(super) const NOW: Moment = Moment(20_000 * DAY);

/// Makes the rows of a sample.
pub(super) struct Builder<'w, 'a> {
    writer: &'w mut Writer<'a>,
    action: LocalId,
    ids: Ids,
}

/// A fresh workspace with what `build` makes, and what it answers.
pub(super) fn sample<T>(
    build: impl FnOnce(&mut Builder<'_, '_>) -> T,
) -> (tempfile::TempDir, Store, T) {
    let (folder, mut store) = scratch();
    let answer = extend(&mut store, 0, build);
    (folder, store, answer)
}

/// Adds what `build` makes; `seed` keeps its identities apart from those of earlier calls.
pub(super) fn extend<T>(
    store: &mut Store,
    seed: u64,
    build: impl FnOnce(&mut Builder<'_, '_>) -> T,
) -> T {
    store
        .write(|writer| {
            let action = act(writer, NOW.0)?;
            Ok::<_, StoreError>(build(&mut Builder {
                writer,
                action,
                ids: Ids::Seeded(seed * 1_000_000),
            }))
        })
        .expect("a write")
}

/// A text as a value.
pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

impl Builder<'_, '_> {
    /// A row with those fields.
    pub(super) fn add(&mut self, entity: Entity, fields: &[(&str, Value)]) -> Uuid {
        let id = self.ids.fresh(NOW);
        self.add_as(entity, id, fields)
    }

    fn add_as(&mut self, entity: Entity, id: Uuid, fields: &[(&str, Value)]) -> Uuid {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (entity.field(name).expect("a field"), value.clone()))
            .collect();
        self.writer
            .insert(entity, id, self.action, &fields)
            .expect("a row");
        id
    }

    /// Sets a field of a row.
    pub(super) fn set(&mut self, entity: Entity, id: Uuid, field: &str, value: &Value) {
        let local = self.writer.expect(entity, id).expect("a row");
        let field = entity.field(field).expect("a field");
        self.writer.set(entity, local, field, value).expect("set");
    }

    /// A piece of free text.
    pub(super) fn content(&mut self, body: &str) -> Value {
        let id = self.ids.fresh(NOW);
        self.writer
            .add_content(
                id,
                &NewContent {
                    body,
                    ..NewContent::default()
                },
            )
            .expect("content");
        Value::Content(id)
    }

    /// A colleague.
    pub(super) fn person(&mut self, handle: &str, name: &str) -> Uuid {
        self.add(
            Entity::Person,
            &[
                ("handle", text(handle)),
                ("name", text(name)),
                ("role", Value::Integer(0)),
            ],
        )
    }

    /// A company.
    pub(super) fn company(&mut self, name: &str, tier: &str) -> Uuid {
        let fields = [("name", text(name)), ("tier", text(tier))];
        self.add(Entity::Company, &fields)
    }

    /// A feedback that was received `days` ago.
    pub(super) fn feedback(&mut self, title: &str, days: i64, more: &[(&str, Value)]) -> Uuid {
        let id = self.ids.fresh(NOW);
        self.feedback_of(id, title, days, more)
    }

    /// The same, with that identity.
    pub(super) fn feedback_of(
        &mut self,
        id: Uuid,
        title: &str,
        days: i64,
        more: &[(&str, Value)],
    ) -> Uuid {
        let revision = self.ids.fresh(NOW);
        let body = format!("the text of {title}");
        self.writer
            .add_content(
                revision,
                &NewContent {
                    title: Some(title),
                    body: &body,
                    ..NewContent::default()
                },
            )
            .expect("content");
        let mut fields = vec![
            ("content", Value::Content(revision)),
            ("received", Value::Integer(NOW.0 - days * DAY)),
        ];
        fields.extend_from_slice(more);
        self.add_as(Entity::Feedback, id, &fields)
    }

    /// A new revision of a feedback: its identity and body.
    pub(super) fn revise(&mut self, feedback: Uuid, title: &str, body: &str) -> (Uuid, String) {
        let revision = self.ids.fresh(NOW);
        let local = self
            .writer
            .expect(Entity::Feedback, feedback)
            .expect("a row");
        let field = Entity::Feedback.field("content").expect("a field");
        let before = self.writer.value(Entity::Feedback, local, field);
        let Ok(Value::Content(before)) = before else {
            panic!("a feedback has a text");
        };
        self.writer
            .add_content(
                revision,
                &NewContent {
                    title: Some(title),
                    body,
                    previous: Some(before),
                    ..NewContent::default()
                },
            )
            .expect("content");
        let value = Value::Content(revision);
        self.set(Entity::Feedback, feedback, "content", &value);
        (revision, body.to_owned())
    }

    /// An area with its keywords.
    pub(super) fn area(&mut self, name: &str, owner: Option<Uuid>, keywords: &[&str]) -> Uuid {
        let owner = owner.map_or(Value::Null, Value::Thing);
        let area = self.add(Entity::Area, &[("name", text(name)), ("owner", owner)]);
        for keyword in keywords {
            let fields = [("area", Value::Thing(area)), ("keyword", text(keyword))];
            self.add(Entity::AreaKeyword, &fields);
        }
        area
    }

    /// An idea.
    pub(super) fn idea(&mut self, title: &str, more: &[(&str, Value)]) -> Uuid {
        let mut fields = vec![("title", text(title))];
        fields.extend_from_slice(more);
        self.add(Entity::Idea, &fields)
    }

    /// A link from a feedback to an idea.
    pub(super) fn link(&mut self, feedback: Uuid, idea: Uuid, more: &[(&str, Value)]) -> Uuid {
        let mut fields = vec![
            ("feedback", Value::Thing(feedback)),
            ("idea", Value::Thing(idea)),
        ];
        fields.extend_from_slice(more);
        self.add(Entity::Insight, &fields)
    }
}
