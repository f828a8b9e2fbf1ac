//! A feedback that an import brings, with who wants it.

use chrono::NaiveDate;

use super::{ImportComment, ImportLink, ImportPerson, ImportState};
use crate::domain::entity::{Entity, Field, Value};
use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::id::{FeedbackId, determined};
use crate::domain::moment::Moment;
use crate::domain::untold::Untold;

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
    /// Tier, used only for a company that has none; so are the others.
    pub tier: Option<String>,
    /// Mail domain (`acme.example`).
    pub domain: Option<String>,
    /// Annual revenue, in whole units of the currency that the workspace counts in.
    pub revenue: Option<i64>,
    /// Segment.
    pub segment: Option<String>,
    /// When their contract is renewed.
    pub renewal: Option<NaiveDate>,
}

/// One feedback of a file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportRecord {
    /// Its identity, where the file is of Intake's own making or it is known by now; else it follows from where it comes from.
    pub id: Option<FeedbackId>,
    /// The line of the file where it begins, from 1; for messages, never stored.
    pub line: u64,
    /// Title, as it came; not blank.
    pub title: String,
    /// Body, as it came, or made readable where it came as HTML; may be empty.
    pub body: String,
    /// The HTML that the body was made from.
    pub original: Option<String>,
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
    /// The colleague who filed it.
    pub reporter: Option<ImportPerson>,
    /// Who wants it.
    pub customer: Option<ImportCustomer>,
    /// Their organisation.
    pub company: Option<ImportCompany>,
    /// State at its source.
    pub state: ImportState,
    /// Owner.
    pub owner: Option<ImportPerson>,
    /// Area by name, made when new.
    pub area: Option<String>,
    /// Tags, each once, not blank.
    pub tags: Vec<String>,
    /// Importance.
    pub importance: Option<Importance>,
    /// Votes at its source.
    pub votes: u32,
    /// Kind.
    pub kind: Option<FeedbackKind>,
    /// When it is needed.
    pub needed_by: Option<NaiveDate>,
    /// The version of the product that it is about.
    pub product_version: Option<String>,
    /// The edition that it is about.
    pub edition: Option<String>,
    /// Comments, the oldest first.
    pub comments: Vec<ImportComment>,
    /// The ideas that it is linked to. A link that somebody took away here stays away.
    pub ideas: Vec<ImportLink>,
    /// The source id (same source and origin) of the item that this is a duplicate of. History marks it as a duplicate
    /// where that item is in the workspace or in the same import, and as needing no action where it is not.
    pub duplicate_of: Option<String>,
    /// The identity of that item, where the file is of Intake's own making.
    pub original_id: Option<FeedbackId>,
    /// What the file says nothing about. Whatever has a value here nevertheless is told.
    pub untold: Untold,
}

impl ImportRecord {
    /// Whether it tells what a field is to be: it has a value, or the file has a place for one.
    #[must_use]
    pub fn tells(&self, field: &Field, value: &Value) -> bool {
        // Beside what a file tells, a record has its own idea of when it came and of how many voted.
        let is_blank = match field.name {
            "received" | "received_offset" => true,
            _ => matches!(value, Value::Null | Value::Integer(0)),
        };
        !(self.untold.has(field) && is_blank)
    }

    /// Whether it tells what state it is in.
    #[must_use]
    pub fn tells_state(&self) -> bool {
        const STATE: &Field = Entity::Feedback.its("state");
        let is_blank = self.state == ImportState::Unprocessed && self.original().is_none();
        !(self.untold.has(STATE) && is_blank)
    }

    /// The identity of its feedback: whoever imports the same item arrives at the same one.
    #[must_use]
    pub fn identity(&self) -> FeedbackId {
        if let Some(id) = self.id {
            return id;
        }
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
        let parts = [source.as_bytes(), origin.as_bytes(), source_id.as_bytes()];
        FeedbackId(determined("feedback", &parts))
    }

    /// The identity of the feedback that it is a duplicate of.
    #[must_use]
    pub fn original(&self) -> Option<FeedbackId> {
        let named = self.duplicate_of.as_deref();
        let named = named.map(|id| Self::identity_of(&self.source, &self.origin, id));
        self.original_id.or(named)
    }
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
