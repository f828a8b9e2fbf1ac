//! Free texts, which fields refer to.

use uuid::Uuid;

use super::Draft;
use crate::domain::entity::Value;
use crate::history::error::{Result, refused};
use crate::store::NewContent;

/// How many bytes a text may have.
const LONGEST_TEXT: usize = 1 << 20;

impl Draft<'_, '_> {
    /// Keeps a free text, which a field can then refer to. A blank one is nothing.
    ///
    /// # Errors
    /// When it is longer than a text may be.
    pub(in crate::history) fn write_text(&mut self, text: &str) -> Result<Value> {
        if text.trim().is_empty() {
            return Ok(Value::Null);
        }
        check_length(text)?;
        let content = NewContent {
            body: text,
            ..NewContent::default()
        };
        self.keep_fresh(&content)
    }

    /// Keeps a free text under an identity of its own; does nothing when it is here already.
    pub(in crate::history) fn keep(&mut self, id: Uuid, content: &NewContent<'_>) -> Result<()> {
        self.writer.add_content(id, content)?;
        Ok(())
    }

    /// Keeps the text of a feedback: its first revision, or the one after `previous`.
    ///
    /// # Errors
    /// When title or body is longer than a text may be.
    pub(in crate::history) fn write_revision(
        &mut self,
        title: &str,
        body: &str,
        previous: Option<Uuid>,
    ) -> Result<Value> {
        check_length(title)?;
        check_length(body)?;
        let content = NewContent {
            title: Some(title),
            body,
            previous,
            original: None,
            packed: None,
        };
        self.keep_fresh(&content)
    }

    /// Keeps a free text under a fresh identity.
    fn keep_fresh(&mut self, content: &NewContent<'_>) -> Result<Value> {
        let id = self.context.fresh();
        self.writer.add_new_content(id, content)?;
        Ok(Value::Content(id))
    }
}

/// # Errors
/// When the text is longer than a text may be.
pub(in crate::history) fn check_length(text: &str) -> Result<()> {
    if text.len() <= LONGEST_TEXT {
        return Ok(());
    }
    Err(refused(format!(
        "a text of {} bytes is too long: {LONGEST_TEXT} bytes (1 MiB) is the most",
        text.len()
    ))
    .hint("shorten it, or keep it elsewhere and link to it")
    .into())
}
