//! What the journal speaks of: entities and their fields, by stable names.
//!
//! An action must be readable by a colleague's copy of Intake and by next year's version, so its changes name entities
//! and fields by the words here, never tables, columns or local keys. The store maps them onto its tables. Fields are
//! only ever appended; their names never change.

mod fields;

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
    /// Its place among the fields of its entity.
    pub place: u8,
}

/// The name of the field which marks a row as deleted (1) or live (0); every entity has it.
pub const DELETED: &str = "deleted";

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

    /// The field with that name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|f| f.name == name)
    }

    /// The field with that name, for constants: where there is none, the program does not compile.
    #[must_use]
    pub const fn its(self, name: &str) -> &'static Field {
        let fields = self.fields();
        let mut place = 0;
        while place < fields.len() {
            if is_same(fields[place].name, name) {
                return &fields[place];
            }
            place += 1;
        }
        panic!("no such field")
    }
}

/// Whether two texts are the same, for constants.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut place = 0;
    while place < one.len() && place < other.len() && one[place] == other[place] {
        place += 1;
    }
    place == one.len() && place == other.len()
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
                assert_eq!(usize::from(field.place), index);
                assert_eq!(entity.its(field.name), field);
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
