//! The text of a feedback of a file, and what becomes of one that changed there.

use uuid::Uuid;

use super::desk::{Desk, Look, Row, Text};
use super::step::Step;
use crate::domain::entity::Value;
use crate::domain::id::determined;
use crate::domain::import::ImportRecord;
use crate::history::error::Result;
use crate::store::{NewContent, Reader};

impl Desk {
    /// A text that changed at its source is a new revision, even over one that was typed in here. Answers whether it did.
    pub(super) fn renew_revision<'r>(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'r>,
        row: &mut Row,
        record: &'r ImportRecord,
    ) -> Result<bool> {
        let text = text(record);
        if text.is_in(reader, row.get("content"))? {
            return Ok(false);
        }
        let said = self.said_of(reader, row, "content")?;
        if text.is_in(reader, &said)? {
            return Ok(false);
        }
        if said != *row.get("content") {
            let clash = self.text_clash(reader, row, "content", text)?;
            look.clashes.push(clash);
        }
        let previous = match row.get("content") {
            Value::Content(id) => Some(*id),
            _ => None,
        };
        let content = keep_revision(look, record, previous);
        self.set(look, row, "content", content);
        Ok(true)
    }

    /// A title that changed at its source, where the file tells no more of the text: the rest of it stays.
    pub(super) fn renew_title<'r>(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'r>,
        row: &mut Row,
        record: &'r ImportRecord,
    ) -> Result<()> {
        let Value::Content(previous) = *row.get("content") else {
            return Ok(());
        };
        let content = reader.content(previous)?;
        let Some(content) = content.filter(|it| it.title.as_deref() != Some(&record.title)) else {
            return Ok(());
        };
        let said = self.said_of(reader, row, "content")?;
        if said != *row.get("content") {
            let known = match said {
                Value::Content(said) => reader.content(said)?,
                _ => None,
            };
            if known.is_none_or(|known| known.title.as_deref() != Some(&record.title)) {
                let clash = self.text_clash(reader, row, "content", text(record))?;
                look.clashes.push(clash);
            }
            return Ok(());
        }
        let (title, body) = (record.title.as_bytes(), content.body.as_bytes());
        let of = look.thing.id;
        let id = determined(
            "content",
            &[of.as_bytes(), previous.as_bytes(), title, body],
        );
        look.steps.push(Step::Retitle {
            id,
            title: &record.title,
            body: content.body,
            original: content.original,
            previous,
        });
        self.set(look, row, "content", Value::Content(id));
        Ok(())
    }
}

pub(super) const fn text(record: &ImportRecord) -> Text<'_> {
    Text {
        title: Some(record.title.as_str()),
        body: record.body.as_str(),
        original: match &record.original {
            Some(original) => Some(original.as_str()),
            None => None,
        },
    }
}

/// Keeps the text of a record. Whoever imports the same texts in the same order makes the same revisions.
pub(super) fn keep_revision<'r>(
    look: &mut Look<'r>,
    record: &'r ImportRecord,
    previous: Option<Uuid>,
) -> Value {
    let before = previous.unwrap_or_default();
    let (title, body) = (record.title.as_bytes(), record.body.as_bytes());
    let feedback = look.thing.id;
    let (of, before) = (feedback.as_bytes(), before.as_bytes());
    let id = match record.original.as_deref().map(str::as_bytes) {
        Some(original) => determined("content", &[of, before, title, body, original]),
        None => determined("content", &[of, before, title, body]),
    };
    let content = NewContent {
        title: Some(&record.title),
        body: &record.body,
        original: record.original.as_deref(),
        previous,
        packed: None,
    };
    look.steps.push(Step::Keep(id, content));
    Value::Content(id)
}
