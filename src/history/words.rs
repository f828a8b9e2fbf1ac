//! What an action did, in words.
//!
//! Free text stays out of the journal, so the words of an action hold placeholders (`linked {feedback:…} to {idea:…}`)
//! which become names when a timeline is read: a renamed idea is called by its name of today, and what was erased is not
//! told by the words.

use std::borrow::Cow;

use uuid::Uuid;

use super::error::{Result, noun};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::meeting::Slot;
use crate::store::Reader;

/// How many characters of a title are quoted.
const QUOTED: usize = 60;

/// What a deed did: to these things, and what else is to be said.
///
/// The timeline reads `linked “Dark mode” to “Themes”`; the person who has just done it to one thing in hand is told
/// `linked to “Themes”`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    verb: String,
    subjects: Vec<Thing>,
    rest: String,
    named: bool,
}

impl Words {
    /// Words without a subject: `nothing to do`.
    pub(super) fn plain(words: impl Into<String>) -> Self {
        Self {
            verb: words.into(),
            ..Self::default()
        }
    }

    /// `verb`, the things it was done to (which are of one kind), and the rest.
    pub(super) fn about(verb: &str, subjects: Vec<Thing>, rest: impl Into<String>) -> Self {
        Self {
            verb: verb.to_owned(),
            subjects,
            rest: rest.into(),
            named: false,
        }
    }

    /// The same, for what is done where the thing is easily mistaken: it is named to the person, too.
    pub(super) fn by_name(self) -> Self {
        Self {
            named: true,
            ..self
        }
    }

    /// With these notes in brackets behind all else, if there are any.
    pub(super) fn noting(mut self, notes: &[String]) -> Self {
        if !notes.is_empty() {
            let notes = format!("({})", notes.join("; "));
            self.rest = match self.rest.is_empty() {
                true => notes,
                false => format!("{} {notes}", self.rest),
            };
        }
        self
    }

    /// For the journal.
    pub(super) fn template(&self) -> String {
        self.join(match self.subjects.as_slice() {
            [] => None,
            [one] => Some(slot(*one)),
            many => Some(counted(many)),
        })
    }

    /// For the person who did it, still with placeholders: a single subject is the thing in hand and goes without saying,
    /// unless there is nothing else to say.
    pub(super) fn told(&self) -> String {
        match self.subjects.as_slice() {
            [_] if !self.rest.is_empty() && !self.named => self.join(None),
            _ => self.template(),
        }
    }

    fn join(&self, subject: Option<String>) -> String {
        let parts = [
            Some(self.verb.clone()),
            subject,
            Some(self.rest.clone()).filter(|rest| !rest.is_empty()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// `3 feedback`
pub(super) fn counted(things: &[Thing]) -> String {
    let entity = things.first().map_or(Entity::Feedback, |t| t.entity);
    format!("{} {}", things.len(), noun(entity, things.len()))
}

/// The placeholder of a thing.
pub(super) fn slot(thing: Thing) -> String {
    format!("{{{}:{}}}", thing.entity.name(), thing.id.simple())
}

/// The first thing that stands in a template: what the action is about.
pub(super) fn first_slot(template: &str) -> Option<Thing> {
    pieces(template).find_map(|piece| match piece {
        Piece::Slot(thing) => Some(thing),
        Piece::Text(_) => None,
    })
}

/// The words with names in place of things.
pub(super) fn resolve(reader: &Reader<'_>, template: &str) -> Result<String> {
    let mut words = String::new();
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => words.push_str(text),
            Piece::Slot(thing) => words.push_str(&name(reader, thing)?),
        }
    }
    Ok(words)
}

enum Piece<'t> {
    Text(&'t str),
    Slot(Thing),
}

fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((thing, after)) = leading_slot(rest) {
            rest = after;
            return Some(Piece::Slot(thing));
        }
        // A brace that opens no placeholder is text.
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, character)| *character == '{')
            .map_or(rest.len(), |(at, _)| at);
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(text))
    })
}

fn leading_slot(text: &str) -> Option<(Thing, &str)> {
    let (inside, after) = text.strip_prefix('{')?.split_once('}')?;
    let (entity, id) = inside.split_once(':')?;
    let thing = Thing {
        entity: Entity::named(entity)?,
        id: Uuid::try_parse(id).ok()?,
    };
    Some((thing, after))
}

/// What a thing is called in a sentence: its title in quotes, its name, or what it is. A name may be as long as a text.
pub(super) fn name(reader: &Reader<'_>, thing: Thing) -> Result<String> {
    let name = whole_name(reader, thing)?;
    Ok(match thing.entity {
        Entity::Company
        | Entity::Customer
        | Entity::Area
        | Entity::Release
        | Entity::AreaKeyword
        | Entity::FeedbackTag
        | Entity::IdeaCheck
        | Entity::Ticket => shortened(&name).into_owned(),
        // A title is shortened within its quotes.
        _ => name,
    })
}

/// The same, with a name as long as it is.
pub(super) fn whole_name(reader: &Reader<'_>, thing: Thing) -> Result<String> {
    let Some(local) = reader.find(thing.entity, thing.id)? else {
        return Ok(format!("{} that is not here", article(thing.entity)));
    };
    let value = |field: &str| -> Result<Value> {
        match thing.entity.field(field) {
            Some(field) => Ok(reader.value(thing.entity, local, field)?),
            None => Ok(Value::Null),
        }
    };
    let text = |field: &str| -> Result<Option<String>> {
        Ok(match value(field)? {
            Value::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        })
    };
    let through = |entity: Entity, field: &str| -> Result<Option<String>> {
        match value(field)? {
            Value::Thing(id) => name(reader, Thing { entity, id }).map(Some),
            _ => Ok(None),
        }
    };
    // The copy of the title that lists show: the text has not to be read for it.
    let title = match thing.entity {
        Entity::Feedback => reader.shown_title(local)?,
        _ => String::new(),
    };
    let found = match thing.entity {
        Entity::Feedback if !title.trim().is_empty() => Some(quoted(&title)),
        Entity::Feedback => match value("content")? {
            Value::Content(id) => {
                let content = reader.content(id)?;
                content.map(|content| quoted(headline(&content.body)))
            }
            _ => None,
        },
        Entity::Idea => text("title")?.map(|title| quoted(&title)),
        Entity::Meeting => match (
            text("title")?,
            text("slot")?.and_then(|slot| Slot::parse(&slot)),
        ) {
            (Some(title), Some(Slot::Day(day))) => Some(format!("{} of {day}", quoted(&title))),
            (title, _) => title.map(|title| quoted(&title)),
        },
        Entity::ActionStep => match value("text")? {
            Value::Content(id) => reader.content(id)?.map(|content| quoted(&content.body)),
            _ => None,
        },
        Entity::AgendaItem if text("title")?.is_some() => {
            text("title")?.map(|title| quoted(&title))
        }
        Entity::Person => text("handle")?.map(|handle| format!("@{handle}")),
        Entity::Company | Entity::Customer | Entity::Area | Entity::Release => text("name")?,
        Entity::AreaKeyword => text("keyword")?,
        Entity::FeedbackTag => text("tag")?,
        Entity::DutyWeek => text("monday")?.map(|monday| format!("the week of {monday}")),
        Entity::IdeaCheck => text("item")?,
        Entity::ReleaseItem => through(Entity::Idea, "idea")?,
        Entity::Ticket => match text("ticket_key")? {
            Some(key) => Some(key),
            None => text("url")?,
        },
        Entity::Insight => match (
            through(Entity::Feedback, "feedback")?,
            through(Entity::Idea, "idea")?,
        ) {
            (Some(feedback), Some(idea)) => Some(format!("the link from {feedback} to {idea}")),
            _ => None,
        },
        Entity::Comment | Entity::Update | Entity::Message | Entity::AgendaItem => {
            let on = match through(Entity::Feedback, "feedback")? {
                Some(name) => Some(name),
                None => match through(Entity::Idea, "idea")? {
                    Some(name) => Some(name),
                    None => through(Entity::ReleaseItem, "release_item")?,
                },
            };
            // An item of an agenda is called what it is about.
            on.map(|name| match thing.entity {
                Entity::AgendaItem => name,
                entity => format!("the {} on {name}", noun(entity, 1)),
            })
        }
        _ => None,
    };
    Ok(found.unwrap_or_else(|| article(thing.entity)))
}

fn article(entity: Entity) -> String {
    match noun(entity, 1) {
        "feedback" => "feedback".to_owned(),
        noun if noun.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {noun}"),
        noun => format!("a {noun}"),
    }
}

/// A title in quotation marks, shortened.
pub(super) fn quoted(title: &str) -> String {
    format!("“{}”", shortened(headline(title)))
}

/// As much of a name as a sentence bears.
fn shortened(name: &str) -> Cow<'_, str> {
    if name.chars().nth(QUOTED).is_none() {
        return Cow::Borrowed(name);
    }
    let short: String = name.chars().take(QUOTED - 1).collect();
    Cow::Owned(format!("{}…", short.trim_end()))
}

/// The first line that is not blank.
pub(super) fn headline(text: &str) -> &str {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(entity: Entity, number: u128) -> Thing {
        Thing::new(entity, Uuid::from_u128(number))
    }

    #[test]
    fn one_subject_is_named_in_the_timeline_and_goes_without_saying_in_the_answer() {
        let idea = thing(Entity::Idea, 7);
        let one = Words::about(
            "linked",
            vec![thing(Entity::Feedback, 1)],
            format!("to {}", slot(idea)),
        );
        assert!(one.template().starts_with("linked {feedback:"));
        assert!(one.told().starts_with("linked to {idea:"));
        let by_name = one.clone().by_name();
        assert_eq!(by_name.told(), one.template());
        let two = Words::about(
            "archived",
            vec![thing(Entity::Feedback, 1), thing(Entity::Feedback, 2)],
            "",
        );
        assert_eq!(two.template(), "archived 2 feedback");
        assert_eq!(two.told(), "archived 2 feedback");
        let alone = Words::about("archived", vec![thing(Entity::Feedback, 1)], "");
        assert_eq!(alone.told(), alone.template());
    }

    #[test]
    fn placeholders_are_found_and_other_braces_are_text() {
        let idea = thing(Entity::Idea, 7);
        let template = format!("é{{x}} {{idea:zz}} {} {{", slot(idea));
        let text: String = pieces(&template)
            .map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Slot(found) => {
                    assert_eq!(found, idea);
                    "IDEA".to_owned()
                }
            })
            .collect();
        assert_eq!(text, "é{x} {idea:zz} IDEA {");
        assert_eq!(first_slot(&template), Some(idea));
        assert_eq!(first_slot("nothing"), None);
    }

    #[test]
    fn long_titles_are_shortened() {
        assert_eq!(quoted("  two\nlines"), "“two”");
        let long = quoted(&"x".repeat(100));
        assert_eq!(long.chars().count(), QUOTED + 2);
        assert!(long.ends_with("…”"));
    }
}
