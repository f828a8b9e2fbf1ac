//! Release records.

use crate::domain::entity::Entity;
use crate::domain::moment::Moment;
use crate::domain::record::{ReleaseRecord, UpdateRecord};
use crate::domain::release::Health;
use crate::store::detail::comments;
use crate::store::feedback_row::choice;
use crate::store::{Reader, Result};

impl Reader<'_> {
    /// Every release in the order of the plan, with all that was said about its items; updates are asked for that were not given
    /// since `asked`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn release_records(&self, asked: Option<Moment>) -> Result<Vec<ReleaseRecord>> {
        let mut records = Vec::new();
        for planned in self.release_plan(asked)?.releases {
            let mut said = Vec::with_capacity(planned.items.len());
            for item in &planned.items {
                let local = self.expect(Entity::ReleaseItem, item.id.0)?.0;
                let comments = comments(self, Entity::ReleaseItem, local)?;
                said.push((self.update_records(local)?, comments));
            }
            records.push(ReleaseRecord { planned, said });
        }
        Ok(records)
    }

    fn update_records(&self, item: i64) -> Result<Vec<UpdateRecord>> {
        self.collect(
            "SELECT body_of(t.body, t.packed), n.health, '@' || p.handle, n.at FROM update_note n
             LEFT JOIN content t ON t.id = n.text LEFT JOIN person p ON p.id = n.author
             WHERE n.release_item = ?1 AND n.deleted = 0 ORDER BY n.at, n.id",
            [item],
            |row| {
                Ok(UpdateRecord {
                    text: row.get(0)?,
                    health: choice(row, 1, Health::from_code)?,
                    author: row.get(2)?,
                    at: Moment(row.get(3)?),
                })
            },
        )
    }
}
