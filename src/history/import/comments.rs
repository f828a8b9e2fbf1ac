//! What hangs on what a file brings: its comments, and the links from feedback to ideas.

use std::collections::HashMap;

use uuid::Uuid;

use super::desk::{Desk, Look, Row, Text, keep};
use super::late::To;
use super::step::Step;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::{Importance, State};
use crate::domain::import::{
    ImportAuthor, ImportComment, ImportKey, ImportLink, ImportRecord, ImportReply,
};
use crate::history::deeds::{code, insight_key, refer};
use crate::history::draft::is_there;
use crate::history::error::Result;
use crate::store::Reader;

/// An idea that a feedback is linked to, and the importance that the file tells of the link.
type Told = (Uuid, Option<Importance>);

impl Desk {
    /// Adds comments, and changes the text of those that nobody changed here. Answers which are new.
    pub(super) fn comments<'r>(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'r>,
        comments: &'r [ImportComment],
    ) -> Result<Vec<&'r ImportComment>> {
        let mut added = Vec::new();
        for comment in comments {
            if comment.text.trim().is_empty() {
                continue;
            }
            let text = text(comment);
            text.check()?;
            let thing = Thing::new(Entity::Comment, comment.identity(look.thing.id));
            let mut row = Self::row(reader, thing)?;
            if let Some(row) = row.as_mut().filter(|row| row.is_live()) {
                self.renew_text(reader, look, row, "text", text)?;
            } else if self.may_come(reader, row.as_mut())? {
                self.add_comment(reader, look, thing, comment)?;
                added.push(comment);
            }
        }
        Ok(added)
    }

    /// A comment that stands apart from what it is about: the feedback with that key, else the idea. What has not come yet
    /// is looked for again at the end.
    pub(super) fn reply<'r>(
        &mut self,
        reader: &Reader<'_>,
        reply: &'r ImportReply,
        at_end: bool,
    ) -> Result<Look<'r>> {
        let feedback = Thing::new(Entity::Feedback, reply.on.feedback());
        let on = if self.is_pretended(feedback.id) || is_there(reader, feedback)? {
            Some(feedback)
        } else {
            let idea = self.idea_of(reader, &reply.on)?;
            idea.map(|idea| Thing::new(Entity::Idea, idea))
        };
        let mut look = Look::at(on.unwrap_or(feedback), false);
        look.kind = Entity::Comment;
        let comments = std::slice::from_ref(&reply.comment);
        if on.is_none() {
            text(&reply.comment).check()?;
            look.waits = true;
            if !at_end {
                self.later(feedback, To::Commented(reply.clone()));
            }
            return Ok(look);
        }
        let added = self.comments(reader, &mut look, comments)?;
        look.is_new = !added.is_empty();
        if let Some(mut row) = Self::row(reader, look.thing)?.filter(Row::is_live) {
            self.heard(reader, &mut look, &mut row, None, &added)?;
        }
        Ok(look)
    }

    /// New comments on a feedback: one to the reporter is an answer, one by the reporter or the customer is a reply. What its customer
    /// is called is said beside it where the same record tells: a customer that it brings is not in the file yet.
    pub(super) fn heard(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        row: &mut Row,
        customer: Option<&str>,
        added: &[&ImportComment],
    ) -> Result<()> {
        if row.thing.entity != Entity::Feedback {
            return Ok(());
        }
        for comment in added {
            if comment.to_reporter {
                self.set(look, row, "answer_owed", Value::Integer(0));
            } else if row.integer("state") == Some(State::Waiting.code())
                && self.replies(reader, look, (row, customer), comment)?
            {
                self.replied(look, row);
            }
        }
        Ok(())
    }

    /// Whether a comment is by the reporter or the customer of a feedback.
    fn replies(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        (row, named): (&Row, Option<&str>),
        comment: &ImportComment,
    ) -> Result<bool> {
        Ok(match (&comment.author, row.get("customer")) {
            (Some(ImportAuthor::Colleague(person)), _) => {
                let author = self.person(reader, look, Some(person))?;
                author.is_some() && refer(author) == *row.get("reporter")
            }
            (Some(ImportAuthor::Outsider(name)), Value::Thing(id)) => {
                let customer = Thing::new(Entity::Customer, *id);
                let called = match Self::row(reader, customer)? {
                    Some(customer) if customer.is_live() => customer.get("name").clone(),
                    _ => named.map_or(Value::Null, |named| Value::Text(named.to_owned())),
                };
                called == Value::Text(name.trim().to_owned())
            }
            _ => false,
        })
    }

    fn add_comment<'r>(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'r>,
        thing: Thing,
        comment: &'r ImportComment,
    ) -> Result<()> {
        let (author, name) = match &comment.author {
            Some(ImportAuthor::Colleague(person)) => {
                (self.person(reader, look, Some(person))?, Value::Null)
            }
            Some(ImportAuthor::Outsider(name)) => (None, Value::Text(name.clone())),
            None => (None, Value::Null),
        };
        let content = keep(look, thing, text(comment))?;
        let fields = vec![
            (look.thing.entity.name(), Value::Thing(look.thing.id)),
            ("text", content),
            ("author", refer(author)),
            ("author_name", name),
            ("at", Value::Integer(comment.at.0)),
            (
                "to_reporter",
                Value::Integer(i64::from(comment.to_reporter)),
            ),
        ];
        self.names.push(&mut look.steps, Step::Make(thing, fields));
        Ok(())
    }

    /// Only who wrote them.
    pub(super) fn introduce_authors(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        comments: &[ImportComment],
    ) -> Result<()> {
        for comment in comments {
            text(comment).check()?;
            if let Some(ImportAuthor::Colleague(person)) = &comment.author
                && let Some(id) = self.person(reader, look, Some(person))?
            {
                self.names.need(&mut look.steps, id);
            }
        }
        Ok(())
    }

    /// Links a feedback to ideas. What is not here yet is looked for again at the end.
    pub(super) fn links(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        record: &ImportRecord,
        importance: Value,
    ) -> Result<()> {
        let (there, missing) = self.links_of(reader, record)?;
        for (idea, told) in there {
            self.link(reader, look, idea, told, Some(importance.clone()))?;
        }
        for link in missing {
            let to = To::Idea {
                key: link.idea.clone(),
                importance: link.importance,
            };
            self.later(look.thing, to);
        }
        Ok(())
    }

    /// The ideas that a feedback is linked to, each once, and the links to ideas that are not here yet. Ideas that were merged here are one, however many of them the file names.
    pub(super) fn links_of<'r>(
        &self,
        reader: &Reader<'_>,
        record: &'r ImportRecord,
    ) -> Result<(Vec<Told>, Vec<&'r ImportLink>)> {
        let (mut there, mut missing) = (Vec::new(), Vec::new());
        let mut places: HashMap<Uuid, usize> = HashMap::new();
        for link in &record.ideas {
            let Some(idea) = self.idea_of(reader, &link.idea)? else {
                missing.push(link);
                continue;
            };
            let place = *places.entry(idea).or_insert(there.len());
            match there.get_mut(place) {
                None => there.push((idea, link.importance)),
                Some((_, told)) => *told = told.or(link.importance),
            }
        }
        Ok((there, missing))
    }

    /// Links the feedback in hand to an idea. Without an importance of its own, the link has that of the feedback:
    /// `usual`, or what the row says.
    pub(super) fn link(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        idea: Uuid,
        importance: Option<Importance>,
        usual: Option<Value>,
    ) -> Result<()> {
        let feedback = look.thing;
        let thing = Thing::new(Entity::Insight, insight_key(feedback.id, idea));
        let mut row = Self::row(reader, thing)?;
        if let Some(row) = row.as_mut().filter(|row| row.is_live()) {
            if let Some(importance) = importance {
                let importance = Value::Integer(importance.code());
                self.renew(reader, look, row, "importance", importance)?;
            }
            return Ok(());
        }
        if !self.may_come(reader, row.as_mut())? {
            return Ok(());
        }
        let importance = match (importance, usual) {
            (Some(importance), _) => code(Some(importance.code())),
            (None, Some(usual)) => usual,
            (None, None) => match Self::row(reader, feedback)? {
                Some(row) => row.get("importance").clone(),
                None => Value::Null,
            },
        };
        let fields = vec![
            ("feedback", Value::Thing(feedback.id)),
            ("idea", Value::Thing(idea)),
            ("importance", importance),
        ];
        self.names.push(&mut look.steps, Step::Make(thing, fields));
        Ok(())
    }

    /// The idea with that key, or the one that it was merged into; `None` while it is not here.
    pub(super) fn idea_of(&self, reader: &Reader<'_>, key: &ImportKey) -> Result<Option<Uuid>> {
        let mut idea = Thing::new(Entity::Idea, key.idea());
        while let Some(row) = Self::row(reader, idea)? {
            match row.get("merged_into") {
                _ if row.is_live() => return Ok(Some(idea.id)),
                Value::Thing(into) => idea = Thing::new(Entity::Idea, *into),
                _ => break,
            }
        }
        Ok(Some(idea.id).filter(|id| self.is_pretended(*id)))
    }
}

/// Whether an idea was merged into another one here: whatever its source says of it, that was decided.
pub(super) fn is_merged(row: &Row) -> bool {
    !row.is_live() && *row.get("merged_into") != Value::Null
}

fn text(comment: &ImportComment) -> Text<'_> {
    Text {
        title: None,
        body: &comment.text,
        original: comment.original.as_deref(),
    }
}
