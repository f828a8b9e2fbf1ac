//! Copies of texts for lists, and their terms for search.

use rusqlite::params;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{NO_COMPANY, document};
use crate::domain::people::mentions;
use crate::search::index_text;
use crate::store::{LocalId, Result, Writer};

/// How much of a company's name takes part in sorting.
const SORT_LENGTH: usize = 64;

/// A name as it is sorted: without case and accents.
pub(in crate::store) fn fold(name: &str) -> String {
    name.trim()
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .take(SORT_LENGTH)
        .collect()
}

impl Writer<'_> {
    /// The title of a content row; empty without one.
    pub(super) fn title_of(&self, content: Option<i64>) -> Result<String> {
        let Some(content) = content else {
            return Ok(String::new());
        };
        let sql = "SELECT coalesce(title_of(title, packed), '') FROM content WHERE id = ?1";
        Ok(self
            .first(sql, [content], |row| row.get(0))?
            .unwrap_or_default())
    }

    /// What a feedback of that company is sorted by.
    pub(super) fn company_sort(&self, company: Option<i64>) -> Result<String> {
        let Some(company) = company else {
            return Ok(NO_COMPANY.to_owned());
        };
        let sql = "SELECT name FROM company WHERE id = ?1";
        let name: Option<String> = self.first(sql, [company], |row| row.get(0))?;
        Ok(name.map_or_else(|| NO_COMPANY.to_owned(), |name| fold(&name)))
    }

    /// Copies the title of a feedback from its latest revision, whose text is to be indexed.
    pub(super) fn copy_text(&mut self, feedback: LocalId) -> Result<()> {
        self.copy_title(feedback)?;
        self.reindex(document(feedback)?);
        Ok(())
    }

    /// Copies the title of a feedback from its latest revision.
    pub(super) fn copy_title(&self, feedback: LocalId) -> Result<()> {
        let sql = "SELECT content FROM feedback WHERE id = ?1";
        let content = self.first(sql, [feedback], |row| row.get(0))?.flatten();
        let title = self.title_of(content)?;
        self.run(
            "UPDATE feedback SET title = ?2 WHERE id = ?1",
            params![feedback, title],
        )
        .map(drop)
    }

    /// Copies the sort key of a feedback from its company.
    pub(super) fn copy_company(&self, feedback: LocalId) -> Result<()> {
        let sql = "SELECT company FROM feedback WHERE id = ?1";
        let company = self.first(sql, [feedback], |row| row.get(0))?.flatten();
        let sort = self.company_sort(company)?;
        self.run(
            "UPDATE feedback SET company_sort = ?2 WHERE id = ?1 AND company_sort <> ?2",
            params![feedback, sort],
        )
        .map(drop)
    }

    /// Copies the sort key of every live feedback of a company; that of deleted ones is copied when they come back.
    pub(super) fn rename_company(&self, company: LocalId) -> Result<()> {
        let sort = self.company_sort(Some(company.0))?;
        self.run(
            "UPDATE feedback SET company_sort = ?2 WHERE company = ?1 AND deleted = 0",
            params![company, sort],
        )
        .map(drop)
    }

    /// Takes note that a comment belongs, or belonged, to what is found by its text; and that something about its idea has
    /// changed.
    pub(super) fn told_by_comment(&mut self, comment: LocalId) -> Result<()> {
        let sql = "SELECT feedback, idea, (SELECT i.idea FROM release_item i WHERE i.id = comment.release_item)
             FROM comment WHERE id = ?1";
        let about: Option<(Option<LocalId>, Option<i64>, Option<i64>)> =
            self.first(sql, [comment], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let (feedback, idea, planned) = about.unwrap_or_default();
        if let Some(feedback) = feedback {
            self.reindex(document(feedback)?);
        }
        self.pending.texts.extend(idea.or(planned));
        self.pending.changed.extend(idea);
        Ok(())
    }

    /// Takes note that an update belongs, or belonged, to an idea that is found by its text.
    pub(super) fn told_by_update(&mut self, update: LocalId) -> Result<()> {
        let sql = "SELECT i.idea FROM update_note u JOIN release_item i ON i.id = u.release_item WHERE u.id = ?1";
        let idea: Option<Option<i64>> = self.first(sql, [update], |row| row.get(0))?;
        self.pending.texts.extend(idea.flatten());
        Ok(())
    }

    /// Takes note that an idea is, or was, found by what is said about a release item.
    pub(super) fn told_by_item(&mut self, item: LocalId) -> Result<()> {
        let sql = "SELECT idea FROM release_item WHERE id = ?1";
        let idea: Option<Option<i64>> = self.first(sql, [item], |row| row.get(0))?;
        self.pending.texts.extend(idea.flatten());
        Ok(())
    }

    /// Indexes the texts of an idea: its own, the keys and links of its tickets, the comments on it and on its release items, and
    /// their updates.
    pub(super) fn index_idea(&self, idea: i64) -> Result<()> {
        let sql = "SELECT title FROM idea WHERE id = ?1
            UNION ALL SELECT body_of(t.body, t.packed) FROM idea i JOIN content t
                ON t.id IN (i.problem, i.solution, i.workaround, i.benefit) WHERE i.id = ?1
            UNION ALL SELECT coalesce(ticket_key, '') || ' ' || coalesce(url, '') FROM ticket WHERE idea = ?1 AND deleted = 0
            UNION ALL SELECT body_of(t.body, t.packed) FROM comment c JOIN content t ON t.id = c.text WHERE c.idea = ?1 AND c.deleted = 0
            UNION ALL SELECT body_of(t.body, t.packed) FROM release_item i JOIN comment c ON c.release_item = i.id AND c.deleted = 0
                JOIN content t ON t.id = c.text WHERE i.idea = ?1 AND i.deleted = 0
            UNION ALL SELECT body_of(t.body, t.packed) FROM release_item i JOIN update_note u ON u.release_item = i.id AND u.deleted = 0
                JOIN content t ON t.id = u.text WHERE i.idea = ?1 AND i.deleted = 0";
        let texts: Vec<String> = self.collect(sql, [idea], |row| row.get(0))?;
        self.run(
            "INSERT OR REPLACE INTO idea_search (rowid, terms) VALUES (?1, ?2)",
            params![idea, index_text("", &texts.join("\n"))],
        )
        .map(drop)
    }

    /// Notes whom a comment mentions now.
    pub(super) fn mention(&self, comment: LocalId) -> Result<()> {
        self.run("DELETE FROM mention WHERE comment = ?1", [comment])?;
        self.note_mentions(comment)
    }

    /// Notes whom a comment mentions, of which nothing is noted yet.
    pub(super) fn note_mentions(&self, comment: LocalId) -> Result<()> {
        let sql = "SELECT body_of(body, packed) FROM content WHERE id = (SELECT text FROM comment WHERE id = ?1)";
        let text: Option<String> = self.first(sql, [comment], |row| row.get(0))?;
        for handle in mentions(&text.unwrap_or_default()) {
            self.run(
                "INSERT INTO mention (comment, handle) VALUES (?1, ?2)",
                params![comment, handle],
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_without_case_and_accents() {
        assert_eq!(fold(" Émile Ltd "), "emile ltd");
        assert!(fold("Zürich").as_str() < NO_COMPANY);
        assert_eq!(fold(&"x".repeat(300)).len(), SORT_LENGTH);
    }
}
