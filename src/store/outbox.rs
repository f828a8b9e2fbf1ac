//! The messages of the outbox.

use super::feedback_row::choice;
use super::key::{identity, optional_identity};
use super::people::limit_value;
use super::{Reader, Result};
use crate::domain::id::{FeedbackId, IdeaId, MessageId};
use crate::domain::moment::Moment;
use crate::domain::outbox::{Delivery, MessageKind, OutboxMessage};

impl Reader<'_> {
    /// The newest `limit` messages, newest first. Those that were undone are not among them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outbox(&self, limit: usize) -> Result<Vec<OutboxMessage>> {
        self.collect(
            "SELECT m.key, m.kind, coalesce('@' || p.handle, u.name), f.key, f.title, d.key, d.title,
                coalesce(t.body, ct.body, ''), m.at, v.state, v.tries, v.error
             FROM message m
             LEFT JOIN person p ON p.id = m.person
             LEFT JOIN customer u ON u.id = m.customer
             LEFT JOIN feedback f ON f.id = m.feedback
             LEFT JOIN release_item i ON i.id = m.release_item
             LEFT JOIN idea d ON d.id = coalesce(m.idea, i.idea)
             LEFT JOIN content t ON t.id = m.text
             LEFT JOIN comment c ON c.id = m.comment
             LEFT JOIN content ct ON ct.id = c.text
             LEFT JOIN delivery v ON v.message = m.id
             WHERE m.deleted = 0 ORDER BY m.id DESC LIMIT ?1",
            [limit_value(limit)],
            |row| {
                let feedback = optional_identity(row, 3)?.map(FeedbackId);
                let idea = optional_identity(row, 5)?.map(IdeaId);
                Ok(OutboxMessage {
                    id: MessageId(identity(row, 0)?),
                    kind: choice(row, 1, MessageKind::from_code)?.unwrap_or(MessageKind::Answer),
                    to: row.get(2)?,
                    feedback: feedback.zip(row.get(4)?),
                    idea: idea.zip(row.get(6)?),
                    text: row.get(7)?,
                    at: Moment(row.get(8)?),
                    delivery: choice(row, 9, Delivery::from_code)?.unwrap_or(Delivery::Waiting),
                    tries: row.get::<_, Option<u32>>(10)?.unwrap_or(0),
                    error: row.get(11)?,
                })
            },
        )
    }
}
