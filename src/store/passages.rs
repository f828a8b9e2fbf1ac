//! Where the words are that somebody looks for: the passage of a feedback or an idea around them.
//!
//! Only what is on the screen is asked for, and a text is read no further than the first passage that shows all of them. Texts lie in the file
//! whole, so what is bounded is how much is read in one go: whoever asks comes back for the rest, and can change their
//! mind in between.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::key::to_blob;
use super::{Reader, Result, search_door};
use crate::domain::entity::Entity;
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::{FeedbackId, IdeaId};
use crate::domain::passage::{Passage, Place};
use crate::search::{Finder, Seen};

/// From so many bytes on the others wait for the next time; the first one is always looked into.
const MOST_READ: usize = 4 << 20;

/// At most this many comments of one thing are looked into, the oldest first.
const MOST_COMMENTS: usize = 200;

const OF_FEEDBACK: &str =
    "SELECT f.id, f.title, body_of(t.body, t.packed) FROM feedback f LEFT JOIN content t ON t.id = f.content
    WHERE f.key = ?1 AND f.deleted = 0";

const OF_IDEA: &str = "SELECT d.id, d.title, body_of(p.body, p.packed), body_of(s.body, s.packed), body_of(w.body, w.packed), body_of(b.body, b.packed) FROM idea d
    LEFT JOIN content p ON p.id = d.problem LEFT JOIN content s ON s.id = d.solution
    LEFT JOIN content w ON w.id = d.workaround LEFT JOIN content b ON b.id = d.benefit
    WHERE d.key = ?1 AND d.deleted = 0";

/// What was found in the texts of one thing.
struct Looked {
    /// What the title shows.
    seen: Seen,
    /// The passage to show, and how many of the words it lacks.
    best: Option<(usize, Passage)>,
    /// How many bytes were read.
    read: usize,
}

impl Reader<'_> {
    /// For each feedback the passage that has the most of what its title does not show, of the text or else of a comment;
    /// where none of them shows any, of the id or link at its source. Nothing where there is none.
    /// In the order asked for, as many as can be read at once: at least one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn feedback_passages(
        &self,
        of: &[FeedbackId],
        finder: &Finder,
    ) -> Result<Vec<(FeedbackId, Option<Passage>)>> {
        self.passages(of, |id| {
            self.passage(Entity::Feedback, OF_FEEDBACK, to_blob(id.0), finder)
        })
    }

    /// As [`Reader::feedback_passages`], for ideas.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_passages(
        &self,
        of: &[IdeaId],
        finder: &Finder,
    ) -> Result<Vec<(IdeaId, Option<Passage>)>> {
        self.passages(of, |id| {
            self.passage(Entity::Idea, OF_IDEA, to_blob(id.0), finder)
        })
    }

    /// At most `limit` feedback with all these words, the last of which may be unfinished, best first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn feedback_found(&self, words: &str, limit: usize) -> Result<Vec<FeedbackRow>> {
        let found = search_door::feedback_by_words(self, words, limit)?;
        super::feedback_row::rows(self, &found)
    }

    fn passages<Id: Copy>(
        &self,
        of: &[Id],
        look: impl Fn(Id) -> Result<(Option<Passage>, usize)>,
    ) -> Result<Vec<(Id, Option<Passage>)>> {
        let mut found = Vec::with_capacity(of.len());
        let mut read = 0;
        for id in of {
            if read >= MOST_READ {
                break;
            }
            let (passage, bytes) = look(*id)?;
            read += bytes;
            found.push((*id, passage));
        }
        Ok(found)
    }

    /// The passage of one thing, and how many bytes were read for it. The comments are looked into where no text of its own
    /// shows all words together.
    fn passage(
        &self,
        entity: Entity,
        sql: &str,
        key: [u8; 16],
        finder: &Finder,
    ) -> Result<(Option<Passage>, usize)> {
        let Some((local, mut looked)) = self.first(sql, [key], |row| look(row, finder))? else {
            return Ok((None, 0));
        };
        if !looked.is_done() {
            self.look_into_comments(entity, local, finder, &mut looked)?;
        }
        if entity == Entity::Feedback && looked.best.is_none() && !looked.seen.all() {
            self.look_at_source(local, finder, &mut looked)?;
        }
        Ok((looked.best.map(|(_, passage)| passage), looked.read))
    }

    /// Where no text shows why a feedback was found: what it is called where it came from, its id before its link.
    fn look_at_source(&self, local: i64, finder: &Finder, looked: &mut Looked) -> Result<()> {
        let sql = "SELECT source_id, url FROM feedback WHERE id = ?1";
        looked.best = self
            .first(sql, [local], |row| {
                for index in 0..2 {
                    // As a whole: nobody knows a link by a part of it.
                    let name = text(row, index)?;
                    let marks = finder.all(name);
                    if !marks.is_empty() {
                        let passage = Passage {
                            text: name.to_owned(),
                            marks,
                            place: Place::Source,
                            ..Passage::default()
                        };
                        return Ok(Some((0, passage)));
                    }
                }
                Ok(None)
            })?
            .flatten();
        Ok(())
    }

    fn look_into_comments(
        &self,
        entity: Entity,
        local: i64,
        finder: &Finder,
        looked: &mut Looked,
    ) -> Result<()> {
        let sql = format!(
            "SELECT coalesce('@' || p.handle, c.author_name), body_of(t.body, t.packed)
             FROM comment c JOIN content t ON t.id = c.text LEFT JOIN person p ON p.id = c.author
             WHERE c.{} = ?1 AND c.deleted = 0 ORDER BY c.at LIMIT {MOST_COMMENTS}",
            entity.name()
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query([local])?;
        let mut read = 0;
        while let Some(row) = rows.next()? {
            let text = text(row, 1)?;
            read += text.len();
            looked.take_in(text, finder, || Ok(Place::Comment(row.get(0)?)))?;
            if looked.is_done() || read >= MOST_READ {
                break;
            }
        }
        Ok(())
    }
}

impl Looked {
    /// Looks into one more text: its passage is the one to show where it has more of the words than those before it.
    fn take_in(
        &mut self,
        text: &str,
        finder: &Finder,
        place: impl Fn() -> rusqlite::Result<Place>,
    ) -> rusqlite::Result<()> {
        self.read += text.len();
        let Some(spot) = finder.spot(text, &self.seen) else {
            return Ok(());
        };
        let best = self.best.as_ref();
        if best.is_none_or(|(missing, _)| spot.missing < *missing) {
            let passage = finder.passage_at(text, &spot, place()?);
            self.best = Some((spot.missing, passage));
        }
        Ok(())
    }

    /// Whether nothing can show more.
    fn is_done(&self) -> bool {
        self.seen.all() || matches!(self.best, Some((0, _)))
    }
}

/// Looks into the texts of one row: its local key, its title, then the others.
fn look(row: &Row<'_>, finder: &Finder) -> rusqlite::Result<(i64, Looked)> {
    let mut looked = Looked {
        seen: finder.seen(text(row, 1)?),
        best: None,
        read: 0,
    };
    for index in 2..row.as_ref().column_count() {
        looked.take_in(text(row, index)?, finder, || Ok(Place::Text))?;
        if looked.is_done() {
            break;
        }
    }
    Ok((row.get(0)?, looked))
}

/// A text column, empty where there is none; it is not copied.
fn text<'r>(row: &'r Row<'_>, index: usize) -> rusqlite::Result<&'r str> {
    Ok(match row.get_ref(index)? {
        ValueRef::Null => "",
        value => value.as_str()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entity::Value;
    use crate::search::Sought;
    use crate::store::sample::{sample, text};

    #[test]
    fn a_passage_is_of_the_body_else_of_a_comment() {
        let (_folder, store, ids) = sample(|make| {
            let one = make.feedback("Export boards", 1, &[]);
            make.revise(
                one,
                "Export boards",
                "Screenshots take a day. The auditors need one file.",
            );
            let other = make.feedback("Dark mode", 1, &[]);
            let words = make.content("Asked again: their auditors\nwill not wait.");
            let at = Value::Integer(5);
            make.add(
                Entity::Comment,
                &[
                    ("feedback", Value::Thing(other)),
                    ("author_name", text("Ada")),
                    ("at", at),
                    ("text", words),
                ],
            );
            let problem = make.content("Auditors cannot read boards.");
            let idea = make.add(
                Entity::Idea,
                &[
                    ("title", text("One file")),
                    ("status", Value::Integer(0)),
                    ("problem", problem),
                ],
            );
            (FeedbackId(one), FeedbackId(other), IdeaId(idea))
        });
        let finder = Finder::new(&[Sought::Unfinished("export"), Sought::Unfinished("audit")]);
        let found = store
            .read(|reader| reader.feedback_passages(&[ids.0, ids.1], &finder))
            .expect("passages");
        let first = found[0].1.as_ref().expect("a passage");
        assert_eq!(first.text, "The auditors need one file.");
        assert_eq!(first.marks.first(), Some(&(4..12)));
        let second = found[1].1.as_ref().expect("a passage");
        assert_eq!(second.text, "Asked again: their auditors will not wait.");
        assert_eq!(second.place, Place::Comment(Some("Ada".into())));
        let found = store
            .read(|reader| reader.idea_passages(&[ids.2, ids.2], &finder))
            .expect("passages");
        let of_idea = found[1].1.as_ref().expect("a passage");
        assert_eq!(of_idea.marks.first(), Some(&(0..8)));
    }

    #[test]
    fn a_number_or_link_at_the_source_is_the_passage_where_no_text_has_it() {
        let (_folder, store, ids) = sample(|make| {
            let link = "https://desk.example/tickets/1607002";
            let source = [
                ("source", text("desk")),
                ("source_id", text("1607002")),
                ("url", text(link)),
            ];
            let by_link = [("source", text("desk")), ("url", text(link))];
            let quoted = make.feedback("As 1607002 says", 1, &source);
            [
                make.feedback("Dark mode", 1, &source),
                make.feedback("Dark mode", 1, &by_link),
                quoted,
            ]
            .map(FeedbackId)
        });
        let shown = |words: &[&str]| -> Vec<Option<(String, Place)>> {
            let sought: Vec<Sought<'_>> =
                words.iter().map(|word| Sought::Unfinished(word)).collect();
            let finder = Finder::new(&sought);
            let found = store.read(|reader| reader.feedback_passages(&ids, &finder));
            let found = found.expect("passages").into_iter();
            found
                .map(|(_, passage)| passage.map(|passage| (passage.text, passage.place)))
                .collect()
        };
        let link = "https://desk.example/tickets/1607002";
        let of_source = |text: &str| Some((text.to_owned(), Place::Source));
        let expected = [of_source("1607002"), of_source(link), None];
        assert_eq!(shown(&["1607002"]), expected);
        assert_eq!(shown(&["dark", "1607002"])[0], of_source("1607002"));
        assert_eq!(shown(&[link])[0], of_source(link));
        assert_eq!(shown(&["zebra"]), [None, None, None]);
    }

    #[test]
    fn a_passage_is_of_the_comment_that_has_more_of_the_words() {
        let (_folder, store, ids) = sample(|make| {
            let mut combo = |body: &str, comments: &[&str]| {
                let id = make.feedback("Combo", 1, &[]);
                make.revise(id, "Combo", body);
                for (at, comment) in (1..).zip(comments) {
                    let words = make.content(comment);
                    let fields = [
                        ("feedback", Value::Thing(id)),
                        ("author_name", text("Ada")),
                        ("at", Value::Integer(at)),
                        ("text", words),
                    ];
                    make.add(Entity::Comment, &fields);
                }
                FeedbackId(id)
            };
            [
                combo(
                    "alpha only here",
                    &["beta", "alpha beta together", "beta and alpha"],
                ),
                combo("alpha only here", &["beta only there"]),
                combo("", &["beta only there", "beta next to alpha"]),
            ]
        });
        let finder = Finder::new(&[Sought::Unfinished("alpha"), Sought::Unfinished("beta")]);
        let found = store
            .read(|reader| reader.feedback_passages(&ids, &finder))
            .expect("passages");
        let shown = found.iter().map(|(_, passage)| {
            let passage = passage.as_ref().expect("a passage");
            passage.text.as_str()
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                "alpha beta together",
                "alpha only here",
                "beta next to alpha"
            ]
        );
    }

    #[test]
    fn large_texts_are_read_a_few_at_a_time() {
        let long = "word ".repeat(MOST_READ / 5 + 1);
        let (_folder, store, ids) = sample(|make| {
            ["a", "b"].map(|title| {
                let id = make.feedback(title, 1, &[]);
                make.revise(id, title, &long);
                FeedbackId(id)
            })
        });
        let finder = Finder::new(&[Sought::Unfinished("missing")]);
        let found = store
            .read(|reader| reader.feedback_passages(&ids, &finder))
            .expect("passages");
        assert_eq!(found, [(ids[0], None)]);
    }
}
