//! Everything about one feedback.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rusqlite::{Row, params};
use uuid::Uuid;

use super::derived::fold;
use super::feedback_row::{self, COLUMNS, TABLES, WIDTH, byte_range, choice, set_choice};
use super::key::{identity, optional_identity, to_blob};
use super::people::date;
use super::{Reader, Result};
use crate::domain::entity::Entity;
use crate::domain::feedback::{
    Comment, FeedbackDetail, FeedbackLink, FeedbackRow, Quote, Resolution,
};
use crate::domain::id::{CommentId, ContentId, FeedbackId, IdeaId, InsightId, ShortId};
use crate::domain::idea::Status;
use crate::domain::moment::Moment;
use crate::domain::people::Company;

/// How far the other feedback of a company is counted.
const MOST_OTHERS: i64 = 1_000;

/// Of a company by the order of what is open: what it said in all may be a thousand times as much. All of one company are
/// sorted by the same word; others may share it. The index alone answers: each row read would be a page of the file, and
/// this is asked with every step of the cursor.
const OTHERS_OF_COMPANY: &str =
    "SELECT count(*) FROM (SELECT 1 FROM feedback INDEXED BY feedback_open_by_company
    WHERE company_sort = ?4 AND company = ?1 AND deleted = 0 AND state < 2 AND id <> ?2 LIMIT ?3)";
const OTHERS_OF_CUSTOMER: &str = "SELECT count(*) FROM (SELECT 1 FROM feedback
    WHERE customer = ?1 AND deleted = 0 AND state < 2 AND id <> ?2 LIMIT ?3)";

/// The release of the idea `d`: the earliest from which it was not cut; the backlog comes after all others.
pub(super) const RELEASE_OF_IDEA: &str = concat!(
    "(SELECT r.id FROM release_item p JOIN release r ON r.id = p.release
     WHERE p.idea = d.id AND p.deleted = 0 AND p.health <> 3 AND r.deleted = 0 ORDER BY ",
    order_of_releases!(),
    " LIMIT 1)"
);

/// What one statement tells of it.
struct Found {
    row: FeedbackRow,
    local: i64,
    revision: Option<Uuid>,
    /// Whether its text has changed.
    revised: bool,
    body: String,
    original: Option<String>,
    origin: String,
    source_id: Option<String>,
    url: Option<String>,
    reporter: Option<i64>,
    customer: Option<i64>,
    company: Option<i64>,
    needed_by: Option<NaiveDate>,
    product_version: Option<String>,
    edition: Option<String>,
    resolution: Option<Resolution>,
    duplicate_of: Option<i64>,
    duplicates: u32,
    answer_owed: bool,
    has_links: bool,
    has_comments: bool,
}

/// The row of the list and what that does not have. Of links and comments it says whether there are any: to prepare a question
/// takes longer than to answer it, and at the start each of them would be prepared first.
static FOUND: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {COLUMNS}, t.key, t.previous IS NOT NULL, coalesce(body_of(t.body, t.packed), ''), coalesce(f.origin, ''),
            f.source_id, f.url, f.reporter, f.customer, coalesce(f.company, u.company), f.needed_by, f.product_version,
            f.edition, f.resolution, f.duplicate_of,
            (SELECT count(*) FROM feedback d WHERE d.duplicate_of = f.id AND d.deleted = 0), f.answer_owed, t.original,
            EXISTS (SELECT 1 FROM insight i WHERE i.feedback = f.id AND i.deleted = 0),
            EXISTS (SELECT 1 FROM comment m WHERE m.feedback = f.id AND m.deleted = 0)
         FROM {TABLES} LEFT JOIN content t ON t.id = f.content LEFT JOIN customer u ON u.id = f.customer
         WHERE f.key = ?1 AND f.deleted = 0"
    )
});

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    let at = |place: usize| WIDTH + place;
    Ok(Found {
        row: feedback_row::read(row)?,
        local: row.get(WIDTH - 1)?,
        revision: optional_identity(row, at(0))?,
        revised: row.get(at(1))?,
        body: row.get(at(2))?,
        origin: row.get(at(3))?,
        source_id: row.get(at(4))?,
        url: row.get(at(5))?,
        reporter: row.get(at(6))?,
        customer: row.get(at(7))?,
        company: row.get(at(8))?,
        needed_by: date(row, at(9))?,
        product_version: row.get(at(10))?,
        edition: row.get(at(11))?,
        resolution: choice(row, at(12), Resolution::from_code)?,
        duplicate_of: row.get(at(13))?,
        duplicates: row.get(at(14))?,
        answer_owed: row.get(at(15))?,
        original: row.get(at(16))?,
        has_links: row.get(at(17))?,
        has_comments: row.get(at(18))?,
    })
}

impl Reader<'_> {
    /// Everything about a feedback; `None` when it is not here or deleted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn feedback_detail(&self, id: FeedbackId) -> Result<Option<FeedbackDetail>> {
        let Some(rest) = self.first(&FOUND, [to_blob(id.0)], found)? else {
            return Ok(None);
        };
        let company = self.company(rest.company)?;
        let others_of_company = self.others(&rest, company.as_ref())?;
        let revisions = match rest.revision {
            None => 0,
            Some(_) if !rest.revised => 1,
            Some(newest) => self.revisions(newest)?.len(),
        };
        Ok(Some(FeedbackDetail {
            short: self.short(Entity::Feedback, id.0)?,
            revision: ContentId(rest.revision.unwrap_or_default()),
            revisions: revisions.try_into().unwrap_or(u32::MAX),
            body: rest.body,
            original: rest.original,
            origin: rest.origin,
            source_id: rest.source_id,
            url: rest.url,
            reporter: self.person(rest.reporter)?,
            customer: self.customer(rest.customer)?,
            others_of_company,
            company,
            tags: self.collect(
                "SELECT tag FROM feedback_tag WHERE feedback = ?1 AND deleted = 0 AND tag <> ''
                 ORDER BY tag COLLATE NOCASE, id",
                [rest.local],
                |row| row.get(0),
            )?,
            needed_by: rest.needed_by,
            product_version: rest.product_version,
            edition: rest.edition,
            resolution: rest.resolution,
            duplicate_of: self.original(rest.duplicate_of)?,
            duplicates: rest.duplicates,
            answer_owed: rest.answer_owed,
            links: match rest.has_links {
                true => self.links(rest.local)?,
                false => Vec::new(),
            },
            comments: match rest.has_comments {
                true => comments(self, Entity::Feedback, rest.local)?,
                false => Vec::new(),
            },
            row: rest.row,
        }))
    }

    /// The short id of a thing of a kind that has one.
    pub(super) fn short(&self, entity: Entity, id: Uuid) -> Result<ShortId> {
        let short = self.short_id(entity, id)?;
        Ok(short.unwrap_or_else(|| ShortId(id.to_string())))
    }

    fn original(&self, local: Option<i64>) -> Result<Option<(FeedbackId, ShortId, String)>> {
        let Some(local) = local else { return Ok(None) };
        let found = self.first(
            "SELECT key, title FROM feedback WHERE id = ?1 AND deleted = 0",
            [local],
            |row| Ok((identity(row, 0)?, row.get(1)?)),
        )?;
        Ok(match found {
            None => None,
            Some((id, title)) => {
                let short = self.short(Entity::Feedback, id)?;
                Some((FeedbackId(id), short, title))
            }
        })
    }

    fn links(&self, feedback: i64) -> Result<Vec<FeedbackLink>> {
        let sql = format!(
            "SELECT i.key, d.key, d.title, d.status, n.name, q.key, i.quote_start, i.quote_end
             FROM insight i JOIN idea d ON d.id = i.idea
             LEFT JOIN release n ON n.id = {RELEASE_OF_IDEA}
             LEFT JOIN content q ON q.id = i.quote
             WHERE i.feedback = ?1 AND i.deleted = 0 AND d.deleted = 0 ORDER BY i.id"
        );
        self.collect(&sql, [feedback], |row| {
            let revision = optional_identity(row, 5)?;
            let quote = revision
                .zip(byte_range(row, 6)?)
                .map(|(revision, range)| Quote {
                    revision: ContentId(revision),
                    start: range.start,
                    end: range.end,
                });
            Ok(FeedbackLink {
                id: InsightId(identity(row, 0)?),
                idea: IdeaId(identity(row, 1)?),
                title: row.get(2)?,
                status: set_choice(row, 3, Status::from_code)?,
                release: row.get(4)?,
                quote,
            })
        })
    }

    /// Open feedback of the same company, else of the same customer.
    fn others(&self, of: &Found, company: Option<&Company>) -> Result<u32> {
        let count = match (company, of.customer) {
            (Some(company), _) => {
                let bound = params![of.company, of.local, MOST_OTHERS, fold(&company.name)];
                self.first(OTHERS_OF_COMPANY, bound, |row| row.get(0))
            }
            (None, Some(customer)) => {
                let bound = params![customer, of.local, MOST_OTHERS];
                self.first(OTHERS_OF_CUSTOMER, bound, |row| row.get(0))
            }
            (None, None) => return Ok(0),
        };
        Ok(count?.unwrap_or(0))
    }
}

/// The comments on a feedback, an idea or a release item, oldest first.
pub(super) fn comments(reader: &Reader<'_>, on: Entity, local: i64) -> Result<Vec<Comment>> {
    let sql = format!(
        "SELECT c.key, coalesce('@' || p.handle, c.author_name), c.at, coalesce(body_of(t.body, t.packed), ''), c.to_reporter
         FROM comment c LEFT JOIN person p ON p.id = c.author LEFT JOIN content t ON t.id = c.text
         WHERE c.{} = ?1 AND c.deleted = 0 ORDER BY c.at, c.id",
        on.name()
    );
    reader.collect(&sql, [local], |row| {
        Ok(Comment {
            id: CommentId(identity(row, 0)?),
            author: row.get(1)?,
            at: Moment(row.get(2)?),
            text: row.get(3)?,
            to_reporter: row.get(4)?,
        })
    })
}

#[cfg(test)]
mod tests;
