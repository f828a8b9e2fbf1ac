//! What the journal speaks of: entities and their fields, by stable names.
//!
//! An action must be readable by a colleague's copy of Intake and by next year's version, so its changes name entities
//! and fields by the words here, never tables, columns or local keys. The store maps them onto its tables. Fields are
//! only ever appended; their names never change.

use uuid::Uuid;

/// A kind of thing that is shared: every change to one is journalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // Each is a word of the design, described where its fields are listed.
pub enum Entity {
    Person,
    PersonArea,
    PersonTeam,
    Company,
    Customer,
    Area,
    AreaKeyword,
    DutyWeek,
    Feedback,
    FeedbackTag,
    Idea,
    IdeaCheck,
    Insight,
    Release,
    ReleaseItem,
    Update,
    Comment,
    Ticket,
    Meeting,
    Attendee,
    AgendaItem,
    AgendaDocument,
    ActionStep,
    Message,
}

/// What a field holds, in the journal and on its way to the row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing.
    Null,
    /// A number, a choice's code, a moment in milliseconds, or a flag (0, 1).
    Integer(i64),
    /// A short text; a date as `YYYY-MM-DD`.
    Text(String),
    /// Another entity, by identity.
    Thing(Uuid),
    /// A piece of free text, by identity: the text itself is a content row and never in the journal.
    Content(Uuid),
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// [`Value::Integer`] or null.
    Integer,
    /// [`Value::Text`] or null.
    Text,
    /// [`Value::Thing`] of that entity, or null.
    Thing(Entity),
    /// [`Value::Content`] or null.
    Content,
}

/// One field of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its stable name, which is also what the store calls the column.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// What the timeline calls it.
    pub word: &'static str,
}

/// The name of the field which marks a row as deleted (1) or live (0); every entity has it.
pub const DELETED: &str = "deleted";

const fn integer(name: &'static str, word: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Integer,
        word,
    }
}
const fn text(name: &'static str, word: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Text,
        word,
    }
}
const fn thing(name: &'static str, entity: Entity, word: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Thing(entity),
        word,
    }
}
const fn content(name: &'static str, word: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Content,
        word,
    }
}
const GONE: Field = integer(DELETED, "deleted");

impl Entity {
    /// Every entity, in an order in which what is referred to comes before what refers to it (as far as there is one).
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::Company,
        Self::Customer,
        Self::Area,
        Self::PersonArea,
        Self::PersonTeam,
        Self::AreaKeyword,
        Self::DutyWeek,
        Self::Feedback,
        Self::FeedbackTag,
        Self::Idea,
        Self::IdeaCheck,
        Self::Insight,
        Self::Release,
        Self::ReleaseItem,
        Self::Update,
        Self::Comment,
        Self::Meeting,
        Self::Ticket,
        Self::Attendee,
        Self::AgendaItem,
        Self::AgendaDocument,
        Self::ActionStep,
        Self::Message,
    ];

    /// Its stable name, which is also what the store calls the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::PersonArea => "person_area",
            Self::PersonTeam => "person_team",
            Self::Company => "company",
            Self::Customer => "customer",
            Self::Area => "area",
            Self::AreaKeyword => "area_keyword",
            Self::DutyWeek => "duty_week",
            Self::Feedback => "feedback",
            Self::FeedbackTag => "feedback_tag",
            Self::Idea => "idea",
            Self::IdeaCheck => "idea_check",
            Self::Insight => "insight",
            Self::Release => "release",
            Self::ReleaseItem => "release_item",
            Self::Update => "update_note",
            Self::Comment => "comment",
            Self::Ticket => "ticket",
            Self::Meeting => "meeting",
            Self::Attendee => "attendee",
            Self::AgendaItem => "agenda_item",
            Self::AgendaDocument => "agenda_document",
            Self::ActionStep => "action_step",
            Self::Message => "message",
        }
    }

    /// The entity with that stable name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|e| e.name() == name)
    }

    /// The letter with which its short ids start; `None` for what nobody types an id of.
    #[must_use]
    pub const fn letter(self) -> Option<char> {
        match self {
            Self::Feedback => Some('f'),
            Self::Idea => Some('d'),
            Self::Release => Some('r'),
            Self::ReleaseItem => Some('p'),
            Self::Person => Some('h'),
            Self::Company => Some('c'),
            Self::Meeting => Some('m'),
            Self::AgendaItem => Some('g'),
            Self::ActionStep => Some('s'),
            Self::Ticket => Some('t'),
            _ => None,
        }
    }

    /// Its fields, the deletion mark last of the first version; later versions append.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Person => {
                const {
                    &[
                        text("handle", "mention name"),
                        text("name", "name"),
                        text("email", "e-mail"),
                        integer("role", "role"),
                        GONE,
                    ]
                }
            }
            Self::PersonArea => {
                const {
                    &[
                        thing("person", Self::Person, "person"),
                        thing("area", Self::Area, "area"),
                        GONE,
                    ]
                }
            }
            Self::PersonTeam => {
                const {
                    &[
                        thing("person", Self::Person, "person"),
                        text("team", "team"),
                        GONE,
                    ]
                }
            }
            Self::Company => {
                const {
                    &[
                        text("name", "name"),
                        text("domain", "domain"),
                        text("tier", "tier"),
                        integer("revenue", "annual revenue"),
                        text("segment", "segment"),
                        text("renewal", "renewal date"),
                        GONE,
                    ]
                }
            }
            Self::Customer => {
                const {
                    &[
                        text("name", "name"),
                        text("email", "e-mail"),
                        thing("company", Self::Company, "company"),
                        GONE,
                    ]
                }
            }
            Self::Area => {
                const {
                    &[
                        text("name", "name"),
                        thing("owner", Self::Person, "owner"),
                        GONE,
                    ]
                }
            }
            Self::AreaKeyword => {
                const {
                    &[
                        thing("area", Self::Area, "area"),
                        text("keyword", "keyword"),
                        GONE,
                    ]
                }
            }
            Self::DutyWeek => {
                const {
                    &[
                        text("monday", "week of"),
                        thing("person", Self::Person, "person"),
                        GONE,
                    ]
                }
            }
            Self::Feedback => {
                const {
                    &[
                        content("content", "text"),
                        text("source", "source"),
                        text("origin", "origin"),
                        text("source_id", "source id"),
                        text("url", "link"),
                        integer("received", "received"),
                        integer("received_offset", "time zone"),
                        thing("reporter", Self::Person, "reporter"),
                        thing("customer", Self::Customer, "customer"),
                        thing("company", Self::Company, "company"),
                        integer("state", "state"),
                        integer("resolution", "resolution"),
                        integer("processed_at", "processed at"),
                        thing("owner", Self::Person, "owner"),
                        thing("area", Self::Area, "area"),
                        integer("importance", "importance"),
                        integer("kind", "kind"),
                        text("needed_by", "needed by"),
                        text("product_version", "product version"),
                        text("edition", "edition"),
                        integer("snoozed_until", "snoozed until"),
                        integer("waiting_until", "waiting until"),
                        thing("duplicate_of", Self::Feedback, "duplicate of"),
                        integer("answer_owed", "answer owed"),
                        integer("votes", "votes"),
                        GONE,
                    ]
                }
            }
            Self::FeedbackTag => {
                const {
                    &[
                        thing("feedback", Self::Feedback, "feedback"),
                        text("tag", "tag"),
                        GONE,
                    ]
                }
            }
            Self::Idea => {
                const {
                    &[
                        text("title", "title"),
                        content("problem", "problem"),
                        content("solution", "proposed solution"),
                        content("workaround", "workaround"),
                        content("benefit", "benefit"),
                        content("reason", "reason"),
                        integer("reason_missing", "reason missing"),
                        thing("owner", Self::Person, "owner"),
                        thing("area", Self::Area, "area"),
                        integer("kind", "kind"),
                        integer("status", "status"),
                        integer("effort", "effort"),
                        integer("timeframe", "timeframe"),
                        text("edition", "edition"),
                        integer("stage", "stage"),
                        thing("merged_into", Self::Idea, "merged into"),
                        text("source", "source"),
                        text("origin", "origin"),
                        text("source_id", "source id"),
                        integer("votes", "votes"),
                        GONE,
                    ]
                }
            }
            Self::IdeaCheck => {
                const {
                    &[
                        thing("idea", Self::Idea, "idea"),
                        text("item", "checklist item"),
                        integer("done", "done"),
                        GONE,
                    ]
                }
            }
            Self::Insight => {
                const {
                    &[
                        thing("feedback", Self::Feedback, "feedback"),
                        thing("idea", Self::Idea, "idea"),
                        content("quote", "quote"),
                        integer("quote_start", "quote start"),
                        integer("quote_end", "quote end"),
                        integer("importance", "importance"),
                        GONE,
                    ]
                }
            }
            Self::Release => {
                const {
                    &[
                        text("name", "name"),
                        integer("kind", "kind"),
                        text("date", "target date"),
                        integer("state", "state"),
                        GONE,
                    ]
                }
            }
            Self::ReleaseItem => {
                const {
                    &[
                        thing("release", Self::Release, "release"),
                        thing("idea", Self::Idea, "idea"),
                        text("position", "position"),
                        integer("health", "health"),
                        GONE,
                    ]
                }
            }
            Self::Update => {
                const {
                    &[
                        thing("release_item", Self::ReleaseItem, "release item"),
                        content("text", "text"),
                        integer("health", "health"),
                        thing("author", Self::Person, "author"),
                        integer("at", "at"),
                        GONE,
                    ]
                }
            }
            Self::Comment => {
                const {
                    &[
                        thing("feedback", Self::Feedback, "feedback"),
                        thing("idea", Self::Idea, "idea"),
                        thing("release_item", Self::ReleaseItem, "release item"),
                        content("text", "text"),
                        thing("author", Self::Person, "author"),
                        text("author_name", "author"),
                        integer("at", "at"),
                        integer("to_reporter", "to the reporter"),
                        GONE,
                    ]
                }
            }
            Self::Ticket => {
                const {
                    &[
                        thing("idea", Self::Idea, "idea"),
                        thing("meeting", Self::Meeting, "meeting"),
                        text("url", "link"),
                        text("ticket_key", "key"),
                        integer("kind", "kind"),
                        GONE,
                    ]
                }
            }
            Self::Meeting => {
                const {
                    &[
                        text("kind", "kind"),
                        text("title", "title"),
                        integer("at", "at"),
                        text("zone", "time zone"),
                        integer("minutes", "length"),
                        integer("state", "state"),
                        content("notes", "notes"),
                        GONE,
                    ]
                }
            }
            Self::Attendee => {
                const {
                    &[
                        thing("meeting", Self::Meeting, "meeting"),
                        thing("person", Self::Person, "person"),
                        GONE,
                    ]
                }
            }
            Self::AgendaItem => {
                const {
                    &[
                        thing("meeting", Self::Meeting, "meeting"),
                        text("title", "title"),
                        thing("presenter", Self::Person, "presenter"),
                        integer("minutes", "minutes"),
                        content("notes", "notes"),
                        integer("confidential", "confidential"),
                        integer("state", "state"),
                        text("position", "position"),
                        thing("feedback", Self::Feedback, "feedback"),
                        thing("idea", Self::Idea, "idea"),
                        thing("release_item", Self::ReleaseItem, "release item"),
                        GONE,
                    ]
                }
            }
            Self::AgendaDocument => {
                const {
                    &[
                        thing("agenda_item", Self::AgendaItem, "agenda item"),
                        text("url", "link"),
                        GONE,
                    ]
                }
            }
            Self::ActionStep => {
                const {
                    &[
                        thing("meeting", Self::Meeting, "meeting"),
                        thing("agenda_item", Self::AgendaItem, "agenda item"),
                        content("text", "text"),
                        thing("owner", Self::Person, "owner"),
                        text("due", "due"),
                        integer("done_at", "done at"),
                        GONE,
                    ]
                }
            }
            Self::Message => {
                const {
                    &[
                        integer("kind", "kind"),
                        thing("person", Self::Person, "to"),
                        thing("customer", Self::Customer, "to"),
                        thing("feedback", Self::Feedback, "feedback"),
                        thing("idea", Self::Idea, "idea"),
                        thing("release_item", Self::ReleaseItem, "release item"),
                        thing("comment", Self::Comment, "comment"),
                        content("text", "text"),
                        integer("at", "at"),
                        GONE,
                    ]
                }
            }
        }
    }

    /// The field with that name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|f| f.name == name)
    }
}

/// One thing: what a timeline, an undo or a deed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Thing {
    /// Its kind.
    pub entity: Entity,
    /// Its identity.
    pub id: Uuid,
}

impl Thing {
    /// A thing of `entity` with that identity.
    #[must_use]
    pub fn new(entity: Entity, id: impl Into<Uuid>) -> Self {
        Self {
            entity,
            id: id.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_letters_and_fields_are_unambiguous() {
        for (place, entity) in Entity::ALL.iter().enumerate() {
            assert_eq!(Entity::named(entity.name()), Some(*entity));
            for other in &Entity::ALL[place + 1..] {
                assert_ne!(entity.name(), other.name());
                assert!(entity.letter().is_none() || entity.letter() != other.letter());
            }
            let fields = entity.fields();
            assert!(fields.iter().any(|f| f.name == DELETED));
            for (index, field) in fields.iter().enumerate() {
                assert!(
                    fields[index + 1..].iter().all(|f| f.name != field.name),
                    "{}.{}",
                    entity.name(),
                    field.name
                );
            }
        }
    }
}
