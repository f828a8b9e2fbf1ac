//! What others like it tell about a feedback: who owns what, and which feedback might be the same.

use rusqlite::params;

use super::feedback_row::{self, handle};
use super::key::to_blob;
use super::suggestions::{Asker, IdeaTies, Wish};
use super::{LocalId, Reader, Result};
use crate::domain::feedback::FeedbackRow;
use crate::domain::hints::Kinship;
use crate::domain::id::{FeedbackId, IdeaId};
use crate::domain::people::{Area, Handle};
use crate::search::{Finder, Sought, Stems, is_same_text, keywords, terms};

/// How many bytes of a body take part in finding its area, and what has the same text. A choice, as the next: no set that was
/// measured has keywords.
const ROUTED: usize = 8_192;

/// Among so many telling words of a text the rarest are chosen, and so many titles of what has them are read: about a third of a
/// millisecond.
const MOST_LOOKED_UP: usize = 24;
const MOST_TITLES: usize = 128;

// The newest that are not put away, among the newest sixteen times as many: what is put away does not take the room of the
// others, and nobody reads all that somebody ever said.

/// Of a customer or a reporter, by the order in which they came into the file.
const OF_CUSTOMER: &str =
    "SELECT id FROM (SELECT id, state FROM feedback INDEXED BY feedback_by_customer
        WHERE customer = ?1 AND deleted = 0 AND customer IS NOT NULL ORDER BY id DESC LIMIT 16 * ?2)
    WHERE state < 3 LIMIT ?2";
const OF_REPORTER: &str =
    "SELECT id FROM (SELECT id, state FROM feedback INDEXED BY feedback_by_reporter
        WHERE reporter = ?1 AND deleted = 0 AND reporter IS NOT NULL ORDER BY id DESC LIMIT 16 * ?2)
    WHERE state < 3 LIMIT ?2";
/// Of a company, by when they were received.
const OF_COMPANY: &str = "SELECT id FROM (SELECT id, state FROM feedback INDEXED BY feedback_by_company
        WHERE company = ?1 AND deleted = 0 AND company IS NOT NULL ORDER BY received DESC, id DESC LIMIT 16 * ?2)
    WHERE state < 3 LIMIT ?2";
/// The titles of these that are not put away.
const TITLES: &str = "SELECT f.id, f.title FROM feedback f NOT INDEXED
    WHERE f.id IN (SELECT value FROM json_each(?1)) AND f.state < 3 AND f.deleted = 0";
/// The feedback linked to an idea last: a walk along the index of the links from its end.
const LINKED_TEXTS: &str = "SELECT f.title, coalesce(body_of(t.body, t.packed), '') FROM insight i
    JOIN feedback f ON f.id = i.feedback LEFT JOIN content t ON t.id = f.content
    WHERE i.idea = ?1 AND i.deleted = 0 AND f.deleted = 0 AND f.key <> ?2
    ORDER BY i.id DESC LIMIT ?3";
/// The owners of that feedback.
const OWNERS: &str = "SELECT p.handle FROM (
        SELECT f.owner AS owner FROM insight i JOIN feedback f ON f.id = i.feedback
        WHERE i.idea = ?1 AND i.deleted = 0 AND f.deleted = 0 AND f.key <> ?2
        ORDER BY i.id DESC LIMIT ?3) o
    JOIN person p ON p.id = o.owner WHERE p.deleted = 0";
/// The feedback linked to an idea last, with the company that each speaks for.
const ASKERS: &str = "SELECT f.id, coalesce(f.company, u.company) AS company
    FROM (SELECT feedback FROM insight WHERE idea = ?1 AND deleted = 0 ORDER BY id DESC LIMIT ?2) lately
    JOIN feedback f ON f.id = lately.feedback LEFT JOIN customer u ON u.id = f.customer
    WHERE f.deleted = 0 AND coalesce(f.company, u.company) IS NOT NULL";
/// So many are looked at for whether a company has asked before.
const MOST_ASKED: i64 = 16;

/// What a feedback and an idea have in common beside their words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// Whether they are in the same area; `None` where one of them is in none.
    pub area: Option<bool>,
    /// Whether the company of the feedback is known to want the idea by another feedback.
    pub company: bool,
}

/// Feedback that has something in common with another beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The feedback whose words are to be compared.
    pub feedback: LocalId,
    /// The one to show for it: its original, where it is a duplicate.
    pub shown: LocalId,
    /// What they have in common.
    pub by: Kinship,
}

/// What a feedback has in common with others.
struct Ties {
    local: i64,
    original: i64,
    customer: Option<i64>,
    company: Option<i64>,
    reporter: Option<i64>,
}

impl Reader<'_> {
    /// Feedback which might be the same as this one: of its customer, its company and its reporter the newest, at most so
    /// many of each. Not what is put away, nor what is known to be the same already.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn kin(&self, feedback: FeedbackId, most: usize) -> Result<Vec<Kin>> {
        let Some(ties) = self.ties(feedback)? else {
            return Ok(Vec::new());
        };
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let newest = |sql: &str, of: Option<i64>| match of {
            Some(of) => self.collect(sql, [of, limit], |row| row.get(0)),
            None => Ok(Vec::new()),
        };
        let mut found: Vec<(i64, Kinship)> = Vec::new();
        for (by, ids) in [
            (Kinship::Customer, newest(OF_CUSTOMER, ties.customer)?),
            (Kinship::Company, newest(OF_COMPANY, ties.company)?),
            (Kinship::Reporter, newest(OF_REPORTER, ties.reporter)?),
        ] {
            for id in ids {
                if found.iter().all(|(known, _)| *known != id) {
                    found.push((id, by));
                }
            }
        }
        self.to_compare(&ties, &found)
    }

    /// Feedback that says the same word for word as this one does, whosever it is, the newest first: at most so many of the
    /// newest that have its title and its rarest words. Not what is put away, nor what is known to be the same already.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn same_texts(
        &self,
        feedback: FeedbackId,
        (title, body): (&str, &str),
        most: usize,
    ) -> Result<Vec<Kin>> {
        let telling = keywords(&format!("{title}\n{}", beginning(body)), MOST_LOOKED_UP);
        let (Some(ties), false) = (self.ties(feedback)?, telling.is_empty()) else {
            return Ok(Vec::new());
        };
        let having = self.with_rarest_terms(&telling)?;
        let newest: Vec<u32> = having.iter().rev().take(MOST_TITLES).collect();
        let mut titled = self.collect(TITLES, [format!("{newest:?}")], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let sought = terms(title);
        titled.retain(|(id, there)| *id != ties.local && terms(there) == sought);
        titled.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(*id));
        let mut same = Vec::new();
        for (id, there) in titled.into_iter().take(most) {
            let text = self.text_of_feedback(LocalId(id))?;
            if text.is_some_and(|(_, other)| is_same_text((title, body), (&there, &other))) {
                same.push((id, Kinship::Text));
            }
        }
        self.to_compare(&ties, &same)
    }

    fn ties(&self, feedback: FeedbackId) -> Result<Option<Ties>> {
        self.first(
            "SELECT f.id, coalesce(f.duplicate_of, f.id), f.customer, coalesce(f.company, u.company), f.reporter
             FROM feedback f LEFT JOIN customer u ON u.id = f.customer WHERE f.key = ?1 AND f.deleted = 0",
            [to_blob(feedback.0)],
            |row| {
                Ok(Ties {
                    local: row.get(0)?,
                    original: row.get(1)?,
                    customer: row.get(2)?,
                    company: row.get(3)?,
                    reporter: row.get(4)?,
                })
            },
        )
    }

    /// Leaves out what is put away, itself, and what is the same already. Several may have one original.
    fn to_compare(&self, ties: &Ties, found: &[(i64, Kinship)]) -> Result<Vec<Kin>> {
        let mut kin: Vec<Kin> = Vec::new();
        for (id, by) in found {
            let original = self.first(
                "SELECT coalesce(duplicate_of, id) FROM feedback WHERE id = ?1 AND state < 3",
                [*id],
                |row| row.get::<_, i64>(0),
            )?;
            let Some(original) = original.filter(|it| *it != ties.original && *it != ties.local)
            else {
                continue;
            };
            kin.push(Kin {
                feedback: LocalId(*id),
                shown: LocalId(original),
                by: *by,
            });
        }
        Ok(kin)
    }

    /// What a feedback has in common with an idea beside its words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tie(&self, wish: &Wish, idea: LocalId, ties: &IdeaTies) -> Result<Tie> {
        let area = wish.area.zip(ties.area);
        let may_want = |company: &i64| {
            let crowd = ties.crowd.as_ref();
            crowd.is_none_or(|crowd| crowd.may_hold_company(*company))
        };
        let company = match wish.company.filter(may_want) {
            Some(company) => {
                let another = |it: &Asker| it.company == company && it.feedback != wish.local;
                self.askers(idea, ties)?.iter().any(another)
            }
            None => false,
        };
        Ok(Tie {
            area: area.map(|(one, other)| one == other),
            company,
        })
    }

    /// Which companies have asked for an idea lately, and by which feedback: read once.
    fn askers<'t>(&self, idea: LocalId, ties: &'t IdeaTies) -> Result<&'t [Asker]> {
        if let Some(known) = ties.askers.get() {
            return Ok(known);
        }
        let read = self.collect(ASKERS, params![idea, MOST_ASKED], |row| {
            Ok(Asker {
                feedback: row.get(0)?,
                company: row.get(1)?,
            })
        })?;
        Ok(ties.askers.get_or_init(|| read.into()))
    }

    /// Reads in advance what [`Reader::tie`] may ask of an idea; answers whether there was anything to read.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn prepare_tie(&self, idea: LocalId, ties: &IdeaTies) -> Result<bool> {
        let unread = ties.askers.get().is_none();
        self.askers(idea, ties)?;
        Ok(unread)
    }

    /// Title and body of a feedback.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn text_of_feedback(&self, feedback: LocalId) -> Result<Option<(String, String)>> {
        self.first(
            "SELECT f.title, coalesce(body_of(t.body, t.packed), '') FROM feedback f LEFT JOIN content t ON t.id = f.content
             WHERE f.id = ?1",
            [feedback],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The feedback that came into the file last, the newest first: at most so many, looked for among twice as many keys.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_feedback(&self, most: usize) -> Result<Vec<LocalId>> {
        let sql = "SELECT id FROM feedback WHERE id > (SELECT max(id) FROM feedback) - 2 * ?1 AND deleted = 0
            ORDER BY id DESC LIMIT ?1";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.collect(sql, [most], |row| row.get(0))
    }

    /// What the list shows of a feedback; `None` when it is deleted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn live_row(&self, feedback: LocalId) -> Result<Option<FeedbackRow>> {
        let sql = "SELECT deleted FROM feedback WHERE id = ?1";
        match self.first(sql, [feedback], |row| row.get::<_, bool>(0))? {
            Some(false) => feedback_row::row(self, feedback.0),
            _ => Ok(None),
        }
    }

    /// Titles and bodies of the feedback linked to an idea last, apart from one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn linked_texts(
        &self,
        idea: LocalId,
        except: FeedbackId,
        most: usize,
    ) -> Result<Vec<(String, String)>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.collect(
            LINKED_TEXTS,
            params![idea, to_blob(except.0), most],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Who owns the feedback linked to an idea last, apart from one, and how much of it each.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn owners_of_linked(
        &self,
        idea: IdeaId,
        except: FeedbackId,
        most: usize,
    ) -> Result<Vec<(Handle, u32)>> {
        let Some(idea) = self.local_idea(idea)? else {
            return Ok(Vec::new());
        };
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let owners = self.collect(OWNERS, params![idea, to_blob(except.0), most], |row| {
            handle(row, 0)
        })?;
        let mut counted: Vec<(Handle, u32)> = Vec::new();
        for owner in owners.into_iter().flatten() {
            match counted.iter_mut().find(|(known, _)| *known == owner) {
                Some((_, count)) => *count += 1,
                None => counted.push((owner, 1)),
            }
        }
        Ok(counted)
    }

    /// Whether somebody owns a feedback.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_owned(&self, feedback: FeedbackId) -> Result<bool> {
        let sql = "SELECT owner IS NOT NULL FROM feedback WHERE key = ?1";
        let owned = self.first(sql, [to_blob(feedback.0)], |row| row.get(0))?;
        Ok(owned.unwrap_or(false))
    }

    /// The area that a feedback is in, with its owner; `None` when it is in none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn area_of(&self, feedback: FeedbackId) -> Result<Option<(String, Option<Handle>)>> {
        self.first(
            "SELECT coalesce(a.name, ''), p.handle FROM feedback f JOIN area a ON a.id = f.area
             LEFT JOIN person p ON p.id = a.owner AND p.deleted = 0 WHERE f.key = ?1 AND a.deleted = 0",
            [to_blob(feedback.0)],
            |row| Ok((row.get(0)?, handle(row, 1)?)),
        )
    }

    /// The likely area of a text, which has an owner: its name, its owner, and how many of its keywords the text has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn area_by_keyword(
        &self,
        title: &str,
        body: &str,
    ) -> Result<Option<(String, Handle, usize)>> {
        let likely = self.likely_areas()?;
        let found = likely.of(title, body);
        Ok(found.map(|(area, owner, keywords)| (area.name.clone(), owner.clone(), keywords)))
    }

    /// What tells the likely area of many texts.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn likely_areas(&self) -> Result<LikelyAreas> {
        let stems = self.stems();
        let owned = self.areas()?.into_iter().filter_map(|area| {
            let owner = area.owner.clone()?;
            let keywords = area.keywords.iter().map(|keyword| stems.stemmed(keyword));
            let keywords: Vec<String> = keywords.collect();
            let sought: Vec<Sought<'_>> = keywords.iter().map(|it| sought(it)).collect();
            let finder = Finder::new(&sought);
            Some((area, owner, finder))
        });
        Ok(LikelyAreas {
            owned: owned.collect(),
            stems: stems.clone(),
        })
    }
}

/// As much of a body as is looked at, up to the end of a word.
fn beginning(body: &str) -> &str {
    let mut end = body.len().min(ROUTED);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    match body[..end].rfind(char::is_whitespace) {
        Some(word) if end < body.len() => &body[..word],
        _ => &body[..end],
    }
}

/// From so many letters on the beginning of a word is enough. The stems are English ones, and “Rechnungen” keeps its ending; a
/// short beginning is that of too many other words. A choice.
const LONG: usize = 6;

/// How the stem of a keyword is looked for.
fn sought(stem: &str) -> Sought<'_> {
    match stem.chars().count() >= LONG {
        true => Sought::Unfinished(stem),
        false => Sought::Whole(stem),
    }
}

/// The areas which somebody owns, with what finds their keywords: by the stems of words, so that `plan` is in “plans” and
/// “planning”, but not in “planet”, which merely begins like it.
pub struct LikelyAreas {
    owned: Vec<(Area, Handle, Finder)>,
    stems: Stems,
}

impl LikelyAreas {
    /// The area of whose keywords a text has most, its owner, and how many of them. How often they are said decides only
    /// between areas of which it has as many.
    #[must_use]
    pub fn of(&self, title: &str, body: &str) -> Option<(&Area, &Handle, usize)> {
        let text = self.stems.stemmed(&format!("{title}\n{}", beginning(body)));
        let mut best: Option<(&Area, &Handle, (usize, usize))> = None;
        for (area, owner, finder) in &self.owned {
            let said = (finder.seen(&text).count(), finder.all(&text).len());
            if said > best.as_ref().map_or((0, 0), |(_, _, most)| *most) {
                best = Some((area, owner, said));
            }
        }
        best.map(|(area, owner, (keywords, _))| (area, owner, keywords))
    }
}

#[cfg(test)]
mod tests;
