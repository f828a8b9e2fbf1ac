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
                coalesce(body_of(t.body, t.packed), body_of(ct.body, ct.packed), ''), m.at, v.state, v.tries, v.error
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::{Entity, Value};
    use crate::store::sample::{sample, text};

    #[test]
    fn messages_come_newest_first_with_whom_and_what_they_are_about() {
        let (_folder, store, ()) = sample(|make| {
            let dana = make.person("dana", "Dana");
            let ada = make.add(Entity::Customer, &[("name", text("Ada"))]);
            let feedback = make.feedback("dark mode", 1, &[]);
            let idea = make.idea("Dark mode", &[]);
            let item = make.add(Entity::ReleaseItem, &[("idea", Value::Thing(idea))]);
            let said = make.content("@dana planned");
            make.add(
                Entity::Message,
                &[
                    ("kind", Value::Integer(0)),
                    ("person", Value::Thing(dana)),
                    ("feedback", Value::Thing(feedback)),
                    ("text", said.clone()),
                    ("at", Value::Integer(5)),
                ],
            );
            let comment = [("feedback", Value::Thing(feedback)), ("text", said.clone())];
            let comment = make.add(Entity::Comment, &comment);
            make.add(
                Entity::Message,
                &[
                    ("kind", Value::Integer(1)),
                    ("customer", Value::Thing(ada)),
                    ("comment", Value::Thing(comment)),
                ],
            );
            make.add(
                Entity::Message,
                &[
                    ("kind", Value::Integer(3)),
                    ("release_item", Value::Thing(item)),
                ],
            );
            make.add(
                Entity::Message,
                &[("text", said), ("deleted", Value::Integer(1))],
            );
        });
        let all = store.read(|reader| reader.outbox(10)).expect("messages");
        let kinds: Vec<MessageKind> = all.iter().map(|m| m.kind).collect();
        assert_eq!(
            kinds,
            [
                MessageKind::UpdateAsked,
                MessageKind::Question,
                MessageKind::Answer
            ]
        );
        let about = |m: &OutboxMessage| m.idea.as_ref().map(|(_, title)| title.clone());
        assert_eq!(about(&all[0]).as_deref(), Some("Dark mode"));
        assert_eq!((all[0].to.as_deref(), all[0].text.as_str()), (None, ""));
        assert_eq!(all[1].to.as_deref(), Some("Ada"));
        assert_eq!(all[1].text, "@dana planned");
        assert_eq!(all[2].to.as_deref(), Some("@dana"));
        assert_eq!(
            all[2].feedback.as_ref().map(|(_, t)| t.as_str()),
            Some("dark mode")
        );
        assert!(
            all.iter()
                .all(|m| m.delivery == Delivery::Waiting && m.tries == 0)
        );
        let newest = store.read(|reader| reader.outbox(1)).expect("a message");
        assert_eq!(newest, all[..1]);
    }
}
