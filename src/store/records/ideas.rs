//! Idea records.

use crate::domain::id::IdeaId;
use crate::domain::record::IdeaRecord;
use crate::store::key::to_blob;
use crate::store::{Reader, Result};

impl Reader<'_> {
    /// An idea with everything about it; `None` when it is not here or deleted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_record(&self, id: IdeaId) -> Result<Option<IdeaRecord>> {
        let Some(detail) = self.idea_with_evidence(id, usize::MAX)? else {
            return Ok(None);
        };
        let sql = "SELECT reason_missing, source, origin, source_id FROM idea WHERE key = ?1 AND deleted = 0";
        self.first(sql, [to_blob(id.0)], |row| {
            Ok(IdeaRecord {
                detail,
                reason_missing: row.get(0)?,
                source: row.get(1)?,
                origin: row.get(2)?,
                source_id: row.get(3)?,
            })
        })
    }
}
