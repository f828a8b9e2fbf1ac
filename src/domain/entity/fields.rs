//! The fields of every entity.

use super::{DELETED, Entity, Field, Kind};

const fn integer(name: &'static str, word: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Integer,
        word,
        place: 0,
    }
}
const fn text(name: &'static str, word: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Text,
        word,
        place: 0,
    }
}
const fn thing(name: &'static str, entity: Entity, word: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Thing(entity),
        word,
        place: 0,
    }
}
const fn content(name: &'static str, word: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Content,
        word,
        place: 0,
    }
}
const GONE: Field = integer(DELETED, "deleted");

/// Fields that know their places.
const fn numbered<const COUNT: usize>(mut fields: [Field; COUNT]) -> [Field; COUNT] {
    let mut place = 0;
    while place < COUNT {
        fields[place].place = place as u8;
        place += 1;
    }
    fields
}

impl Entity {
    /// Its fields, the deletion mark last of the first version; later versions append.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Person => {
                const {
                    &numbered([
                        text("handle", "mention name"),
                        text("name", "name"),
                        text("email", "e-mail"),
                        integer("role", "role"),
                        GONE,
                    ])
                }
            }
            Self::PersonArea => {
                const {
                    &numbered([
                        thing("person", Self::Person, "person"),
                        thing("area", Self::Area, "area"),
                        GONE,
                    ])
                }
            }
            Self::PersonTeam => {
                const {
                    &numbered([
                        thing("person", Self::Person, "person"),
                        text("team", "team"),
                        GONE,
                    ])
                }
            }
            Self::Company => {
                const {
                    &numbered([
                        text("name", "name"),
                        text("domain", "domain"),
                        text("tier", "tier"),
                        integer("revenue", "annual revenue"),
                        text("segment", "segment"),
                        text("renewal", "renewal date"),
                        GONE,
                    ])
                }
            }
            Self::Customer => {
                const {
                    &numbered([
                        text("name", "name"),
                        text("email", "e-mail"),
                        thing("company", Self::Company, "company"),
                        GONE,
                    ])
                }
            }
            Self::Area => {
                const {
                    &numbered([
                        text("name", "name"),
                        thing("owner", Self::Person, "owner"),
                        GONE,
                    ])
                }
            }
            Self::AreaKeyword => {
                const {
                    &numbered([
                        thing("area", Self::Area, "area"),
                        text("keyword", "keyword"),
                        GONE,
                    ])
                }
            }
            Self::DutyWeek => {
                const {
                    &numbered([
                        text("monday", "week of"),
                        thing("person", Self::Person, "person"),
                        GONE,
                    ])
                }
            }
            Self::Feedback => {
                const {
                    &numbered([
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
                    ])
                }
            }
            Self::FeedbackTag => {
                const {
                    &numbered([
                        thing("feedback", Self::Feedback, "feedback"),
                        text("tag", "tag"),
                        GONE,
                    ])
                }
            }
            Self::Idea => {
                const {
                    &numbered([
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
                    ])
                }
            }
            Self::IdeaCheck => {
                const {
                    &numbered([
                        thing("idea", Self::Idea, "idea"),
                        text("item", "checklist item"),
                        integer("done", "done"),
                        GONE,
                    ])
                }
            }
            Self::Insight => {
                const {
                    &numbered([
                        thing("feedback", Self::Feedback, "feedback"),
                        thing("idea", Self::Idea, "idea"),
                        content("quote", "quote"),
                        integer("quote_start", "quote start"),
                        integer("quote_end", "quote end"),
                        integer("importance", "importance"),
                        GONE,
                    ])
                }
            }
            Self::Release => {
                const {
                    &numbered([
                        text("name", "name"),
                        integer("kind", "kind"),
                        text("date", "target date"),
                        integer("state", "state"),
                        GONE,
                    ])
                }
            }
            Self::ReleaseItem => {
                const {
                    &numbered([
                        thing("release", Self::Release, "release"),
                        thing("idea", Self::Idea, "idea"),
                        text("position", "position"),
                        integer("health", "health"),
                        GONE,
                    ])
                }
            }
            Self::Update => {
                const {
                    &numbered([
                        thing("release_item", Self::ReleaseItem, "release item"),
                        content("text", "text"),
                        integer("health", "health"),
                        thing("author", Self::Person, "author"),
                        integer("at", "at"),
                        GONE,
                    ])
                }
            }
            Self::Comment => {
                const {
                    &numbered([
                        thing("feedback", Self::Feedback, "feedback"),
                        thing("idea", Self::Idea, "idea"),
                        thing("release_item", Self::ReleaseItem, "release item"),
                        content("text", "text"),
                        thing("author", Self::Person, "author"),
                        text("author_name", "author"),
                        integer("at", "at"),
                        integer("to_reporter", "to the reporter"),
                        GONE,
                    ])
                }
            }
            Self::Ticket => {
                const {
                    &numbered([
                        thing("idea", Self::Idea, "idea"),
                        thing("meeting", Self::Meeting, "meeting"),
                        text("url", "link"),
                        text("ticket_key", "key"),
                        integer("kind", "kind"),
                        GONE,
                    ])
                }
            }
            Self::Meeting => {
                const {
                    &numbered([
                        text("kind", "kind"),
                        text("title", "title"),
                        integer("at", "at"),
                        text("zone", "time zone"),
                        integer("minutes", "length"),
                        integer("state", "state"),
                        content("notes", "notes"),
                        GONE,
                        text("slot", "calendar"),
                        thing("area", Self::Area, "area"),
                        thing("person", Self::Person, "person"),
                        thing("release", Self::Release, "release"),
                        integer("started", "begun"),
                        integer("finished", "ended"),
                    ])
                }
            }
            Self::Attendee => {
                const {
                    &numbered([
                        thing("meeting", Self::Meeting, "meeting"),
                        thing("person", Self::Person, "person"),
                        GONE,
                    ])
                }
            }
            Self::AgendaItem => {
                const {
                    &numbered([
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
                    ])
                }
            }
            Self::AgendaDocument => {
                const {
                    &numbered([
                        thing("agenda_item", Self::AgendaItem, "agenda item"),
                        text("url", "link"),
                        GONE,
                    ])
                }
            }
            Self::ActionStep => {
                const {
                    &numbered([
                        thing("meeting", Self::Meeting, "meeting"),
                        thing("agenda_item", Self::AgendaItem, "agenda item"),
                        content("text", "text"),
                        thing("owner", Self::Person, "owner"),
                        text("due", "due"),
                        integer("done_at", "done at"),
                        GONE,
                    ])
                }
            }
            Self::Message => {
                const {
                    &numbered([
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
                    ])
                }
            }
        }
    }
}
