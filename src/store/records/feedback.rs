//! Feedback records.

use rusqlite::Row;

use crate::domain::entity::Entity;
use crate::domain::feedback::{FeedbackKind, Importance, Resolution, State};
use crate::domain::id::{FeedbackId, IdeaId, InsightId};
use crate::domain::idea::Status;
use crate::domain::moment::Moment;
use crate::domain::record::{FeedbackRecord, LinkRecord};
use crate::query::Query;
use crate::store::detail::comments;
use crate::store::feedback_row::{choice, handle, set_choice};
use crate::store::ideas::passage;
use crate::store::key::{identity, optional_identity};
use crate::store::people::date;
use crate::store::{FilterContext, FilterError, Reader, Result, StoreError};

const RECORD: &str = "SELECT f.key, f.title, coalesce(body_of(t.body, t.packed), ''), coalesce(f.source, ''), coalesce(f.origin, ''), f.source_id, f.url,
        f.received, f.received_offset, r.handle, f.customer, coalesce(f.company, u.company), f.state, f.hidden_until,
        f.resolution, f.processed_at, o.handle, a.name, f.importance, f.kind, f.votes, f.needed_by, f.product_version,
        f.edition, d.key, f.answer_owed, f.links
     FROM feedback f
     LEFT JOIN content t ON t.id = f.content
     LEFT JOIN person r ON r.id = f.reporter
     LEFT JOIN customer u ON u.id = f.customer
     LEFT JOIN person o ON o.id = f.owner
     LEFT JOIN area a ON a.id = f.area
     LEFT JOIN feedback d ON d.id = f.duplicate_of AND d.deleted = 0
     WHERE f.id = ?1";

/// What a record refers to by local keys.
struct Rest {
    customer: Option<i64>,
    company: Option<i64>,
    links: i64,
}

impl Reader<'_> {
    /// Shows every feedback that `query` shows, in its order, to `visit`; stops at its first error. One is held at a
    /// time. An order for which there is no index sorts local keys, some dozen bytes for each row.
    ///
    /// # Errors
    /// When the filter names what does not exist, the file cannot be read, or `visit` says so.
    pub fn visit_feedback<E: From<StoreError>>(
        &self,
        query: &Query,
        context: &FilterContext,
        mut visit: impl FnMut(FeedbackRecord) -> std::result::Result<(), E>,
    ) -> std::result::Result<std::result::Result<(), E>, FilterError> {
        let mut visited = Ok(());
        self.each_match(query, context, &mut |local| {
            if let Some(record) = self.feedback_record(local)? {
                visited = visit(record);
            }
            Ok(visited.is_ok())
        })?;
        Ok(visited)
    }

    fn feedback_record(&self, local: i64) -> Result<Option<FeedbackRecord>> {
        let Some((mut record, rest)) = self.first(RECORD, [local], read)? else {
            return Ok(None);
        };
        record.customer = match rest.customer {
            Some(_) => self.customer(rest.customer)?,
            None => None,
        };
        record.company = match rest.company {
            Some(_) => self.company(rest.company)?,
            None => None,
        };
        if rest.links > 0 {
            record.links = self.link_records(local)?;
        }
        record.tags = self.collect(
            "SELECT tag FROM feedback_tag WHERE feedback = ?1 AND deleted = 0 AND tag <> ''
             ORDER BY tag COLLATE NOCASE, id",
            [local],
            |row| row.get(0),
        )?;
        record.comments = comments(self, Entity::Feedback, local)?;
        Ok(Some(record))
    }

    fn link_records(&self, feedback: i64) -> Result<Vec<LinkRecord>> {
        self.collect(
            "SELECT i.key, d.key, d.title, d.status, i.importance, '', body_of(q.body, q.packed), i.quote_start, i.quote_end
             FROM insight i JOIN idea d ON d.id = i.idea LEFT JOIN content q ON q.id = i.quote
             WHERE i.feedback = ?1 AND i.deleted = 0 AND d.deleted = 0 ORDER BY i.id",
            [feedback],
            |row| {
                Ok(LinkRecord {
                    id: InsightId(identity(row, 0)?),
                    idea: IdeaId(identity(row, 1)?),
                    title: row.get(2)?,
                    status: set_choice(row, 3, Status::from_code)?,
                    importance: choice(row, 4, Importance::from_code)?,
                    quote: passage(row)?,
                })
            },
        )
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<(FeedbackRecord, Rest)> {
    let moment = |index| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(index)?.map(Moment));
    let record = FeedbackRecord {
        id: FeedbackId(identity(row, 0)?),
        title: row.get(1)?,
        body: row.get(2)?,
        source: row.get(3)?,
        origin: row.get(4)?,
        source_id: row.get(5)?,
        url: row.get(6)?,
        received: Moment(row.get(7)?),
        received_offset: row.get(8)?,
        reporter: handle(row, 9)?,
        customer: None,
        company: None,
        state: set_choice(row, 12, State::from_code)?,
        hidden_until: moment(13)?.filter(|moment| moment.0 > 0),
        resolution: choice(row, 14, Resolution::from_code)?,
        processed: moment(15)?,
        owner: handle(row, 16)?,
        area: row.get(17)?,
        tags: Vec::new(),
        importance: choice(row, 18, Importance::from_code)?,
        kind: choice(row, 19, FeedbackKind::from_code)?,
        votes: row.get::<_, i64>(20)?.try_into().unwrap_or(0),
        needed_by: date(row, 21)?,
        version: row.get(22)?,
        edition: row.get(23)?,
        duplicate_of: optional_identity(row, 24)?.map(FeedbackId),
        answer_owed: row.get(25)?,
        links: Vec::new(),
        comments: Vec::new(),
    };
    let rest = Rest {
        customer: row.get(10)?,
        company: row.get(11)?,
        links: row.get(26)?,
    };
    Ok((record, rest))
}
