//! What the file promises.

mod codes;
mod copies;
mod demand;
pub(crate) mod derived;
mod file;
mod journal;
mod lasting;
mod leftover;
mod making;
mod schema;
mod versions;
mod watch;
mod windows;

use uuid::Uuid;

use super::{LocalId, NewAction, NewContent, OpenOptions, Result, Store, Writer};
use crate::domain::entity::{Entity, Value};
use crate::domain::moment::Moment;

/// A workspace in a folder of its own, which goes away with it.
pub(super) fn scratch() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("intake.db");
    let store = Store::open(&path, &OpenOptions::default()).expect("a fresh workspace");
    (folder, store)
}

/// An action by nobody in particular.
pub(super) fn act(writer: &mut Writer<'_>, at: i64) -> Result<LocalId> {
    writer.append_action(&NewAction {
        id: Uuid::new_v4(),
        author: "hana",
        device: Uuid::nil(),
        at: Moment(at),
        verb: "test",
        words: "",
        undoes: None,
    })
}

#[test]
fn rows_come_back_as_they_went_in() {
    let (_folder, mut store) = scratch();
    let (company, feedback, text) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
    store
        .write(|writer| {
            let action = act(writer, 1)?;
            let name = Entity::Company.field("name").expect("a field");
            let company_name = [(name, Value::Text("Globex".into()))];
            writer.insert(Entity::Company, company, action, &company_name)?;
            let content = NewContent {
                title: Some("Dark mode"),
                body: "please",
                ..NewContent::default()
            };
            writer.add_content(text, &content)?;
            let field = |name| Entity::Feedback.field(name).expect("a field");
            writer.insert(
                Entity::Feedback,
                feedback,
                action,
                &[
                    (field("content"), Value::Content(text)),
                    (field("company"), Value::Thing(company)),
                    (field("importance"), Value::Null),
                ],
            )
        })
        .expect("a write");
    store
        .read(|reader| {
            let local = reader.expect(Entity::Feedback, feedback)?;
            let field = |name| Entity::Feedback.field(name).expect("a field");
            let value = |name| reader.value(Entity::Feedback, local, field(name));
            assert_eq!(value("content")?, Value::Content(text));
            assert_eq!(value("company")?, Value::Thing(company));
            assert_eq!(value("importance")?, Value::Null);
            assert_eq!(value("state")?, Value::Integer(0));
            assert_eq!(reader.rows(Entity::Feedback)?.len(), 1);
            Ok::<_, super::StoreError>(())
        })
        .expect("a read");
}
