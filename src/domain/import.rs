//! What an import brings: one item of another tool's file, as plain data on its way into the workspace.
//!
//! Exchange makes the records from a file, history writes them: all of an import is one action and one undo step.

use std::fmt;

use super::feedback::{FeedbackKind, Importance, Resolution};
use super::id::{FeedbackId, determined};
use super::moment::Moment;
use super::people::Handle;

/// The state that an imported feedback arrives in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ImportState {
    /// Open at its source (or unknown): the inbox.
    #[default]
    Unprocessed,
    /// Finished at its source, and why.
    Processed(Resolution),
    /// Put away at its source.
    Archived,
}

impl ImportState {
    /// The word on the screen.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unprocessed => "unprocessed",
            Self::Processed(_) => "processed",
            Self::Archived => "archived",
        }
    }
}

impl fmt::Display for ImportState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Who wants it, as the file names them: a customer is matched by name and company, and made when new.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportCustomer {
    /// Name, as it came; not blank.
    pub name: String,
    /// E-mail address or account name.
    pub email: Option<String>,
}

/// Their organisation, as the file names it: a company is matched by name, and made when new.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportCompany {
    /// Name, as it came; not blank.
    pub name: String,
    /// Tier, used only for a company that has none.
    pub tier: Option<String>,
}

/// One feedback of a file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportRecord {
    /// The line of the file where it begins, from 1; for messages, never stored.
    pub line: u64,
    /// Title, as it came; not blank.
    pub title: String,
    /// Body, as it came; may be empty.
    pub body: String,
    /// What sort of tool it comes from (`github`, `spreadsheet`).
    pub source: String,
    /// The host, project or file it comes from.
    pub origin: String,
    /// Its id there. Without one, text and occurrence stand for it; see [`ImportRecord::identity`].
    pub source_id: Option<String>,
    /// How many records of the same text came before it in the same file; counts only when there is no id.
    pub occurrence: u32,
    /// A link to it at its source.
    pub url: Option<String>,
    /// When it was received.
    pub received: Moment,
    /// The zone it was written in, in minutes east of UTC, where the file tells.
    pub received_offset: Option<i32>,
    /// The colleague who filed it; somebody unknown is made, because a mention name is all it takes.
    pub reporter: Option<Handle>,
    /// Who wants it.
    pub customer: Option<ImportCustomer>,
    /// Their organisation.
    pub company: Option<ImportCompany>,
    /// State at its source.
    pub state: ImportState,
    /// Owner; somebody unknown is made.
    pub owner: Option<Handle>,
    /// Tags, each once, not blank.
    pub tags: Vec<String>,
    /// Importance.
    pub importance: Option<Importance>,
    /// Votes at its source.
    pub votes: u32,
    /// Kind.
    pub kind: Option<FeedbackKind>,
    /// The source id (same source and origin) of the item that this is a duplicate of. History marks it as a duplicate
    /// where that item is in the workspace or in the same import, and as needing no action where it is not.
    pub duplicate_of: Option<String>,
}

impl ImportRecord {
    /// The identity of its feedback: whoever imports the same item arrives at the same one.
    #[must_use]
    pub fn identity(&self) -> FeedbackId {
        match &self.source_id {
            Some(id) => Self::identity_of(&self.source, &self.origin, id),
            None => FeedbackId(determined(
                "feedback-text",
                &[
                    self.source.as_bytes(),
                    self.origin.as_bytes(),
                    self.title.as_bytes(),
                    self.body.as_bytes(),
                    &self.occurrence.to_le_bytes(),
                ],
            )),
        }
    }

    /// The identity of the feedback with that id at its source.
    #[must_use]
    pub fn identity_of(source: &str, origin: &str, source_id: &str) -> FeedbackId {
        FeedbackId(determined(
            "feedback",
            &[source.as_bytes(), origin.as_bytes(), source_id.as_bytes()],
        ))
    }

    /// The identity of the feedback that it is a duplicate of.
    #[must_use]
    pub fn original(&self) -> Option<FeedbackId> {
        self.duplicate_of
            .as_deref()
            .map(|id| Self::identity_of(&self.source, &self.origin, id))
    }
}

/// What became of the records of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// New here, or back after an undo.
    pub created: u64,
    /// Here already, and changed at their source.
    pub updated: u64,
    /// Here already, with nothing to change.
    pub unchanged: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_identifies_and_without_one_text_and_occurrence_do() {
        let with_id = |title: &str| ImportRecord {
            title: title.to_owned(),
            source: "github".to_owned(),
            origin: "github.com/a/b".to_owned(),
            source_id: Some("7".to_owned()),
            ..ImportRecord::default()
        };
        assert_eq!(with_id("a").identity(), with_id("b").identity());
        let text = |occurrence| ImportRecord {
            title: "same".to_owned(),
            occurrence,
            ..ImportRecord::default()
        };
        assert_eq!(text(0).identity(), text(0).identity());
        assert_ne!(text(0).identity(), text(1).identity());
    }

    #[test]
    fn an_original_is_of_the_same_source_and_origin() {
        let original = ImportRecord {
            source: "fider".to_owned(),
            origin: "ideas.example".to_owned(),
            source_id: Some("99".to_owned()),
            ..ImportRecord::default()
        };
        let duplicate = ImportRecord {
            source_id: Some("20".to_owned()),
            duplicate_of: Some("99".to_owned()),
            ..original.clone()
        };
        assert_eq!(duplicate.original(), Some(original.identity()));
    }
}
