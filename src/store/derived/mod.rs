//! What can be computed from other rows, kept in the same transaction as those rows.
//!
//! Everything here costs what the deed itself costs, never what the workspace holds: counts go up and down by one, a
//! demand is computed again for the ideas that were concerned, a search entry for the texts that changed. [`Pending`]
//! remembers what is left to do; [`Writer::settle`] does it, once per transaction, however often a thing was touched.

mod beside;
mod counts;
mod demand;
pub(super) mod index;
mod open;
mod profiles;
mod rebuild;
mod remake;
mod settling;
mod words;

pub(super) use beside::Beside;
pub(super) use counts::Place;
pub(super) use demand::{Crowd, DEMAND_BY_TIER};
pub(super) use words::fold;

use counts::{counts, moved};

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hashbrown::HashMap;
use roaring::RoaringBitmap;
use rusqlite::types::{ToSqlOutput, Value as Column};

use super::came_from::Origins;
use super::{LocalId, Result, Writer};
use crate::domain::entity::{DELETED, Entity, Field, Value};
use crate::domain::feedback::State;
use crate::postings::Broken;

/// The derived tables.
pub(super) const TABLES: [&str; 11] = [
    "touched",
    "feedback_count",
    "idea_demand",
    "mention",
    "idea_search",
    "idea_profile",
    "search_segment",
    "search_list",
    "search_tail",
    "open_feedback",
    "came_from",
];

/// Sorts feedback without a company after every other.
const NO_COMPANY: &str = "\u{10FFFF}";

/// How long the name of a company may be, in bytes, to be remembered.
const LONGEST_KEPT: usize = 1_024;

/// What is to be computed before the commit.
#[derive(Default)]
pub(super) struct Pending {
    /// By how much the count of a (state, owner) grew or shrank.
    counts: BTreeMap<(i64, i64), i64>,
    /// Feedback whose number of links is to be counted.
    links: BTreeSet<i64>,
    /// Ideas whose demand is to be computed.
    demand: BTreeSet<i64>,
    /// Ideas of which one link came or went, and which; none where it was more than that one.
    swung: BTreeMap<i64, Option<i64>>,
    /// Whether any feedback speaks with another voice than before: for another wanter, another idea, or with another weight. A link
    /// that was taken away before no longer leads there, so its earlier contribution cannot be computed from what its feedback says
    /// now.
    voices: bool,
    /// Ideas about which something changed.
    changed: BTreeSet<i64>,
    /// Ideas whose text is to be indexed.
    texts: BTreeSet<i64>,
    /// Ideas that are known by other words, which are to be gathered anew.
    profiles: BTreeSet<i64>,
    /// Feedback whose text is to be indexed.
    indexed: RoaringBitmap,
    /// Feedback that may have become open, or be so no longer.
    opened: RoaringBitmap,
    /// New feedback that was made open.
    made_open: RoaringBitmap,
    /// What the companies of new feedback are sorted by.
    sorts: HashMap<i64, Rc<str>>,
    /// Links that were made, taken away or moved: which feedback taught which idea before, if any did.
    taught: BTreeMap<i64, Option<profiles::Lesson>>,
    /// From where new feedback came.
    origins: Origins,
    /// The time of the newest action written in this transaction.
    pub(super) at: i64,
}

/// The derived columns of a feedback row about to be made.
pub(super) struct Copies {
    pub(super) title: String,
    pub(super) company_sort: Rc<str>,
    owner: i64,
    duplicate: bool,
    /// Its text is the one that was kept last.
    is_kept: bool,
}

/// What a feedback about to be made refers to, by local keys.
#[derive(Default)]
pub(super) struct Refers {
    content: Option<i64>,
    company: Option<i64>,
    owner: Option<i64>,
    duplicate_of: Option<i64>,
}

impl Refers {
    /// Takes note of a field, and of what goes into its column.
    pub(super) fn note(&mut self, field: &Field, column: &ToSqlOutput<'_>) {
        let ToSqlOutput::Owned(Column::Integer(local)) = column else {
            return;
        };
        let end = match field.place {
            place if place == CONTENT.place => &mut self.content,
            place if place == COMPANY.place => &mut self.company,
            place if place == OWNER.place => &mut self.owner,
            place if place == DUPLICATE_OF.place => &mut self.duplicate_of,
            _ => return,
        };
        *end = Some(*local);
    }
}

// What is looked for among the fields of each new feedback.
const CONTENT: &Field = Entity::Feedback.its("content");
const COMPANY: &Field = Entity::Feedback.its("company");
const OWNER: &Field = Entity::Feedback.its("owner");
const DUPLICATE_OF: &Field = Entity::Feedback.its("duplicate_of");
const STATE: &Field = Entity::Feedback.its("state");
const RECEIVED: &Field = Entity::Feedback.its("received");
const GONE: &Field = Entity::Feedback.its(DELETED);

/// The code of the first state which is not open.
const CLOSED: i64 = State::Processed.code();

/// A feedback as the search index numbers it: by its local key.
///
/// # Errors
/// When the key is beyond what SQLite gives out in any file of ours.
fn document(feedback: LocalId) -> Result<u32> {
    u32::try_from(feedback.0).map_err(|_| Broken("a feedback has a number of another size").into())
}

/// A number among the fields of a new row.
fn number(fields: &[(&'static Field, Value)], wanted: &Field) -> i64 {
    match fields.iter().find(|(field, _)| field.place == wanted.place) {
        Some((_, Value::Integer(number))) => *number,
        _ => 0,
    }
}

/// Whether a link comes or goes when these fields are set, and stays the same otherwise.
fn is_swing(entity: Entity, fields: &[(&Field, &Value)]) -> bool {
    entity == Entity::Insight && matches!(fields, [(field, _)] if field.name == DELETED)
}

impl Writer<'_> {
    /// The derived columns of a feedback about to be made.
    pub(super) fn copies(&mut self, refers: &Refers) -> Result<Copies> {
        let newest = self.newest.take();
        let newest = newest.filter(|kept| Some(kept.local.0) == refers.content);
        let is_kept = newest.is_some();
        let title = match newest {
            Some(kept) => kept.title,
            None => self.title_of(refers.content)?,
        };
        Ok(Copies {
            title,
            company_sort: self.sort_of_new(refers.company)?,
            owner: refers.owner.unwrap_or(0),
            duplicate: refers.duplicate_of.is_some(),
            is_kept,
        })
    }

    /// What a new feedback of that company is sorted by. Many come from the same one.
    fn sort_of_new(&mut self, company: Option<i64>) -> Result<Rc<str>> {
        let Some(local) = company else {
            return Ok(self.company_sort(None)?.into());
        };
        if let Some(known) = self.pending.sorts.get(&local) {
            return Ok(Rc::clone(known));
        }
        let sort: Rc<str> = self.company_sort(company)?.into();
        // A name of a megabyte is asked for again: a file may bring thousands of them.
        if sort.len() <= LONGEST_KEPT {
            self.pending.sorts.insert(local, Rc::clone(&sort));
        }
        Ok(sort)
    }

    /// Takes note of a row that was made.
    pub(super) fn inserted(
        &mut self,
        entity: Entity,
        local: LocalId,
        fields: &[(&'static Field, Value)],
        copies: Option<Copies>,
    ) -> Result<()> {
        self.touched.note(entity, DELETED);
        match entity {
            Entity::Feedback => {
                self.pending.origins.note(fields);
                let is_kept = copies.as_ref().is_some_and(|copies| copies.is_kept);
                let is_live = number(fields, GONE) == 0;
                if is_live && number(fields, STATE) < CLOSED {
                    self.pending.made_open.insert(document(local)?);
                }
                let received = number(fields, RECEIVED);
                self.index_new(document(local)?, received, is_kept && is_live)?;
                if let Some(copies) = copies {
                    self.count_new(fields, copies.owner);
                    if copies.duplicate {
                        self.wanted_through(local)?;
                    }
                }
            }
            Entity::Idea => {
                self.pending.texts.insert(local.0);
                self.pending.profiles.insert(local.0);
                self.pending.demand.insert(local.0);
                self.pending.changed.insert(local.0);
            }
            Entity::Comment => {
                if self.may_mention(fields) {
                    self.note_mentions(local)?;
                }
                match self.commented(fields)? {
                    Some(feedback) => self.reindex(feedback),
                    None => self.part_changed(entity, local)?,
                }
            }
            Entity::Update => self.part_changed(entity, local)?,
            Entity::Insight => {
                self.pending.taught.insert(local.0, None);
                self.link_swung(local)?;
            }
            _ => self.idea_changed(entity, local)?,
        }
        Ok(())
    }

    /// Whether the text of a new comment may mention anybody; the text that was kept last is known.
    fn may_mention(&self, fields: &[(&'static Field, Value)]) -> bool {
        let text = fields.iter().find(|(field, _)| field.name == "text");
        match (text, &self.newest) {
            (Some((_, Value::Content(id))), Some(kept)) if kept.id == *id => kept.has_at,
            (text, _) => text.is_some(),
        }
    }

    /// The feedback that a new comment is about, where it is about nothing else.
    fn commented(&self, fields: &[(&'static Field, Value)]) -> Result<Option<u32>> {
        let mut about = None;
        for (field, value) in fields {
            match (field.name, value) {
                ("feedback", Value::Thing(id)) => about = Some(*id),
                ("idea" | "release_item", _) => return Ok(None),
                _ => {}
            }
        }
        match about {
            Some(id) => document(self.expect(Entity::Feedback, id)?).map(Some),
            None => Ok(None),
        }
    }

    /// Takes note of fields about to be set: what depends on the values that they still have. Answers where a feedback
    /// counted so far.
    pub(super) fn changing(
        &mut self,
        entity: Entity,
        local: LocalId,
        fields: &[(&Field, &Value)],
    ) -> Result<Option<Place>> {
        let mut place = None;
        if counts(entity, fields) {
            place = self.place(local)?;
            self.count(place, -1);
        }
        if is_swing(entity, fields) {
            self.teaches_otherwise(local)?;
        } else {
            for (field, _) in fields {
                self.field_changing(entity, local, field)?;
            }
        }
        Ok(place)
    }

    fn field_changing(&mut self, entity: Entity, local: LocalId, field: &Field) -> Result<()> {
        if entity == Entity::Insight && matches!(field.name, "feedback" | "idea" | DELETED) {
            self.teaches_otherwise(local)?;
        }
        match (entity, field.name) {
            (Entity::Feedback, DELETED | "duplicate_of") => self.wanted_through(local),
            (Entity::Idea, _) => Ok(()),
            // It leaves what it belonged to.
            (Entity::Comment, "feedback" | "idea" | "release_item")
            | (Entity::Update, "release_item")
            | (Entity::ReleaseItem, "idea") => self.part_changed(entity, local),
            _ => self.idea_changed(entity, local),
        }
    }

    /// Takes note of fields that were set. `before` is where a feedback counted until then.
    pub(super) fn changed(
        &mut self,
        entity: Entity,
        local: LocalId,
        fields: &[(&Field, &Value)],
        before: Option<Place>,
    ) -> Result<()> {
        if counts(entity, fields) {
            let place = match before.and_then(|before| moved(before, fields)) {
                None => self.place(local)?,
                moved => moved,
            };
            self.count(place, 1);
        }
        if is_swing(entity, fields) {
            return self.link_swung(local);
        }
        for (field, _) in fields {
            self.touched.note(entity, field.name);
            self.field_changed(entity, local, field)?;
        }
        Ok(())
    }

    fn field_changed(&mut self, entity: Entity, local: LocalId, field: &Field) -> Result<()> {
        match (entity, field.name) {
            (Entity::Feedback, "state" | "owner") => {
                self.pending.opened.insert(document(local)?);
                Ok(())
            }
            (Entity::Feedback, DELETED) => {
                self.pending.opened.insert(document(local)?);
                self.reindex(document(local)?);
                self.copy_company(local)?;
                self.tells_otherwise(local)?;
                self.wanted_through(local)
            }
            (Entity::Feedback, "content") => {
                self.tells_otherwise(local)?;
                self.copy_text(local)
            }
            (Entity::Feedback, "company") => {
                self.copy_company(local)?;
                self.wanted_through(local)
            }
            (Entity::Feedback, "received") => {
                // The index knows the week.
                self.reindex(document(local)?);
                self.wanted_through(local)
            }
            (Entity::Feedback, "customer" | "reporter" | "importance" | "duplicate_of") => {
                self.wanted_through(local)
            }
            (Entity::Company, "name") => {
                self.pending.sorts.remove(&local.0);
                self.rename_company(local)
            }
            (Entity::Customer, "company") => self.wanted_by_customer(local),
            (Entity::Comment, name) => {
                if name == "text" {
                    self.mention(local)?;
                }
                self.part_changed(entity, local)
            }
            (Entity::Update, "text" | "release_item" | DELETED)
            | (Entity::ReleaseItem, "idea" | DELETED) => self.part_changed(entity, local),
            (Entity::Idea, name) => {
                self.pending.changed.insert(local.0);
                match name {
                    "title" | "problem" | "solution" | "workaround" | "benefit" => {
                        self.pending.texts.insert(local.0);
                        self.pending.profiles.insert(local.0);
                    }
                    "merged_into" => {
                        self.pending.profiles.insert(local.0);
                    }
                    DELETED => {
                        self.pending.profiles.insert(local.0);
                        self.pending.demand.insert(local.0);
                    }
                    _ => {}
                }
                Ok(())
            }
            _ => self.idea_changed(entity, local),
        }
    }

    /// The feedback and the idea that a link joins.
    fn ends(&self, insight: LocalId) -> Result<(Option<i64>, Option<i64>)> {
        let sql = "SELECT feedback, idea FROM insight WHERE id = ?1";
        let ends = self.first(sql, [insight], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(ends.unwrap_or_default())
    }

    /// Takes note of a link that came or went.
    fn link_swung(&mut self, insight: LocalId) -> Result<()> {
        let (feedback, idea) = self.ends(insight)?;
        self.pending.links.extend(feedback);
        if let Some(idea) = idea {
            let swung = self.pending.swung.entry(idea);
            swung
                .and_modify(|one| *one = None)
                .or_insert(Some(insight.0));
            self.pending.changed.insert(idea);
        }
        Ok(())
    }

    /// Takes note that a comment, an update or a release item tells something else about what it belongs to: because it
    /// has changed, or because it is about to belong to something else.
    fn part_changed(&mut self, entity: Entity, local: LocalId) -> Result<()> {
        match entity {
            Entity::Comment => return self.told_by_comment(local),
            Entity::Update => self.told_by_update(local)?,
            Entity::ReleaseItem => self.told_by_item(local)?,
            _ => {}
        }
        self.idea_changed(entity, local)
    }

    /// Takes note that something about the idea to which a row belongs (if to any) has changed.
    fn idea_changed(&mut self, entity: Entity, local: LocalId) -> Result<()> {
        let idea = match entity {
            Entity::Insight => {
                let (feedback, idea) = self.ends(local)?;
                self.pending.links.extend(feedback);
                self.pending.demand.extend(idea);
                idea
            }
            Entity::Ticket | Entity::ReleaseItem | Entity::IdeaCheck => {
                let sql = format!("SELECT idea FROM {} WHERE id = ?1", entity.name());
                self.first(&sql, [local], |row| row.get(0))?.flatten()
            }
            Entity::Update => {
                let sql = "SELECT release_item.idea FROM update_note
                           JOIN release_item ON release_item.id = update_note.release_item
                           WHERE update_note.id = ?1";
                self.first(sql, [local], |row| row.get(0))?.flatten()
            }
            _ => None,
        };
        if entity == Entity::Ticket {
            // An idea is found by the keys and links of its tickets.
            self.pending.texts.extend(idea);
        }
        self.pending.changed.extend(idea);
        Ok(())
    }
}
