//! From where feedback came, and feedback by its number or link there.
//!
//! The identity of what an import brings is computed from source, origin and id
//! ([`ImportRecord::identity_of`]). So no index of ids is kept: an id that somebody types is looked up as that of each origin.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;
use rusqlite::params;

use super::{Reader, Result, Writer};
use crate::domain::entity::{Entity, Field, Thing, Value};
use crate::domain::import::ImportRecord;
use crate::search::{leads_to, plain_link, reference};

/// How many origins are tried; somebody who imports files under new names again and again has more.
const MOST_ORIGINS: u32 = 128;

/// How many noted under one link are found.
const MOST_LINKED: u32 = 1_000;

const SOURCE: &Field = Entity::Feedback.its("source");
const ORIGIN: &Field = Entity::Feedback.its("origin");
const SOURCE_ID: &Field = Entity::Feedback.its("source_id");

/// The origins of feedback made in this transaction.
#[derive(Default)]
pub(super) struct Origins {
    new: BTreeSet<(String, String)>,
    /// The newest: that of the next one, too, nearly always.
    last: (String, String),
}

impl Origins {
    /// Takes note of where a new feedback came from.
    pub(super) fn note(&mut self, fields: &[(&'static Field, Value)]) {
        let text = |wanted: &Field| match fields.iter().find(|(it, _)| it.place == wanted.place) {
            Some((_, Value::Text(text))) => Some(text),
            _ => None,
        };
        let (Some(source), Some(origin), Some(_)) = (text(SOURCE), text(ORIGIN), text(SOURCE_ID))
        else {
            return;
        };
        if (&self.last.0, &self.last.1) != (source, origin) {
            self.last = (source.clone(), origin.clone());
            self.new.insert(self.last.clone());
        }
    }
}

impl Reader<'_> {
    /// Whether anything here is known to have come from elsewhere.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_origins(&self) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM came_from)
            OR EXISTS (SELECT 1 FROM idea WHERE source IS NOT NULL AND source_id IS NOT NULL)";
        Ok(self.first(sql, [], |row| row.get(0))?.unwrap_or(false))
    }

    /// From where the things of a source came, the last names first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn origins_of(&self, source: &str) -> Result<Vec<String>> {
        let sql = "SELECT origin FROM came_from WHERE source = ?1
            UNION SELECT origin FROM idea WHERE source = ?1 AND origin IS NOT NULL AND source_id IS NOT NULL
            ORDER BY origin DESC LIMIT ?2";
        self.collect(sql, params![source, MOST_ORIGINS], |row| row.get(0))
    }

    /// The title of a feedback or an idea that is here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn live_title(&self, thing: Thing) -> Result<Option<String>> {
        let Some((local, true)) = self.find_live(thing.entity, thing.id)? else {
            return Ok(None);
        };
        let sql = match thing.entity {
            Entity::Idea => "SELECT title FROM idea WHERE id = ?1",
            _ => "SELECT title FROM feedback WHERE id = ?1",
        };
        self.first(sql, [local], |row| row.get(0))
    }

    /// The live feedback which a word may name: by its id or its link at its source.
    pub(super) fn named_by(&self, word: &str) -> Result<RoaringBitmap> {
        let mut found = RoaringBitmap::new();
        let Some(reference) = reference(word) else {
            return Ok(found);
        };
        for link in &reference.spelled {
            let sql = "SELECT id FROM feedback INDEXED BY feedback_by_link
                WHERE url = ?1 AND url IS NOT NULL AND source_id IS NULL AND deleted = 0 LIMIT ?2";
            found
                .extend(self.collect(sql, params![link, MOST_LINKED], |row| row.get::<_, u32>(0))?);
        }
        let origins: Vec<(String, String)> = self.collect(
            "SELECT source, origin FROM came_from LIMIT ?1",
            [MOST_ORIGINS],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for id in &reference.ids {
            for (source, origin) in &origins {
                let key = ImportRecord::identity_of(source, origin, id);
                let Some((local, true)) = self.find_live(Entity::Feedback, key.0)? else {
                    continue;
                };
                let document = u32::try_from(local.0);
                let is_it = match &reference.link {
                    Some(link) => is_of(link, origin) || self.has_link(local, link)?,
                    None => true,
                };
                if let (true, Ok(document)) = (is_it, document) {
                    found.insert(document);
                }
            }
        }
        Ok(found)
    }

    /// Whether that link, as [`plain_link`] has it, leads to a feedback.
    fn has_link(&self, feedback: super::LocalId, link: &str) -> Result<bool> {
        let sql = "SELECT url FROM feedback WHERE id = ?1";
        let url: Option<Option<String>> = self.first(sql, [feedback], |row| row.get(0))?;
        Ok(url
            .flatten()
            .is_some_and(|url| leads_to(link, &plain_link(&url))))
    }
}

/// Whether a link leads to an origin that is a host or a project.
fn is_of(link: &str, origin: &str) -> bool {
    let origin = plain_link(origin);
    let rest = link.strip_prefix(origin.as_str());
    origin.contains('.') && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Writer<'_> {
    /// Keeps the origins of what was made.
    pub(super) fn settle_origins(&self, origins: &Origins) -> Result<()> {
        for (source, origin) in &origins.new {
            self.run(
                "INSERT OR IGNORE INTO came_from (source, origin) VALUES (?1, ?2)",
                params![source, origin],
            )?;
        }
        Ok(())
    }

    /// Finds out again where all feedback came from.
    pub(super) fn rebuild_origins(&self) -> Result<()> {
        self.run("DELETE FROM came_from", [])?;
        self.run(
            "INSERT INTO came_from (source, origin) SELECT DISTINCT source, origin FROM feedback
             WHERE source IS NOT NULL AND origin IS NOT NULL AND source_id IS NOT NULL",
            [],
        )
        .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clocks::Clocks;
    use crate::domain::listing::Anchor;
    use crate::domain::moment::Moment;
    use crate::query::parse;
    use crate::store::sample::{Builder, extend, sample, text};
    use crate::store::{FilterContext, LocalId, OpenOptions, Store, search_door};

    fn imported(
        make: &mut Builder<'_, '_>,
        title: &str,
        origin: &str,
        id: &str,
        more: &[(&'static str, Value)],
    ) {
        let mut fields = vec![
            ("source", text("tool")),
            ("origin", text(origin)),
            ("source_id", text(id)),
        ];
        fields.extend_from_slice(more);
        let key = ImportRecord::identity_of("tool", origin, id);
        make.feedback_of(key.0, title, 1, &fields);
    }

    fn listed(store: &Store, filter: &str) -> Vec<String> {
        let context = FilterContext {
            now: Moment(0),
            me: None,
            clocks: Clocks::UTC,
        };
        let query = parse(filter).expect("a filter");
        let window =
            store.read(|reader| reader.feedback_window(&query, &context, &Anchor::Start, 9));
        let mut titles: Vec<String> = window
            .expect("rows")
            .rows
            .into_iter()
            .map(|row| row.title)
            .collect();
        titles.sort();
        titles
    }

    fn titles(store: &Store, word: &str) -> Vec<String> {
        let found = store.read(|reader| {
            let found = reader.named_by(word)?;
            let rows = found.iter().map(|local| {
                let row = reader.live_row(LocalId(i64::from(local)))?;
                Ok(row.expect("a live one").title)
            });
            rows.collect::<Result<Vec<_>>>()
        });
        found.expect("titles")
    }

    #[test]
    fn a_workspace_of_a_version_that_did_not_keep_origins_is_brought_along() {
        let (_folder, mut store, ()) = sample(|make| {
            imported(make, "an issue", "jira.example", "PT-2", &[]);
            let theme = make.idea("Themes", &[]);
            let ticket = [("idea", Value::Thing(theme)), ("ticket_key", text("PT-7"))];
            make.add(Entity::Ticket, &ticket);
        });
        let path = store.path().to_owned();
        let old = store.write(|writer| {
            writer.run("DROP TABLE came_from", [])?;
            writer.run("DROP INDEX feedback_by_link", [])?;
            let none = "INSERT INTO idea_search (idea_search) VALUES ('delete-all')";
            writer.run(none, [])?;
            writer.run("PRAGMA user_version = 9", [])
        });
        old.expect("the version before");
        drop(store);
        let store = Store::open(&path, &OpenOptions::default()).expect("it is brought along");
        assert_eq!(titles(&store, "PT-2"), ["an issue"]);
        assert_eq!(ideas(&store, "pt-7"), 1);
    }

    fn ideas(store: &Store, words: &str) -> usize {
        let found = store.read(|reader| search_door::ideas_by_words(reader, words));
        found.expect("ideas").map_or(0, |found| found.len())
    }

    #[test]
    fn an_idea_is_found_by_the_keys_and_links_of_the_tickets_that_it_has() {
        let (_folder, mut store, (theme, ticket)) = sample(|make| {
            let theme = make.idea("Themes", &[]);
            let fields = [
                ("idea", Value::Thing(theme)),
                ("ticket_key", text("PT-7")),
                ("url", text("https://jira.example/browse/PT-7")),
            ];
            (theme, make.add(Entity::Ticket, &fields))
        });
        let found = |store: &Store| {
            ["PT-7", "https://jira.example/browse/PT-7", "PT-8"].map(|word| ideas(store, word))
        };
        assert_eq!(found(&store), [1, 1, 0]);
        for link in [
            "http://www.jira.example/browse/PT-7/",
            "HTTPS://Jira.Example/browse/PT-7",
            "www.jira.example/browse/pt-7#comment-3",
            "https://jira.example/browse/PT-7?page=comments",
        ] {
            assert_eq!(ideas(&store, link), 1, "{link}");
            assert_eq!(ideas(&store, &format!("themes {link}")), 1, "{link}");
            assert_eq!(ideas(&store, &format!("else {link}")), 0, "{link}");
        }
        for link in [
            "https://jira.example/browse/PT-70",
            "https://jira.example/browse/P-7",
            "https://jira.example/?page=7",
        ] {
            assert_eq!(ideas(&store, link), 0, "{link}");
        }
        extend(&mut store, 1, |make| {
            make.set(Entity::Ticket, ticket, "ticket_key", &text("PT-8"))
        });
        assert_eq!(found(&store), [1, 1, 1]);
        extend(&mut store, 2, |make| {
            make.set(Entity::Ticket, ticket, "deleted", &Value::Integer(1))
        });
        assert_eq!(found(&store), [0, 0, 0]);
        extend(&mut store, 3, |make| {
            make.set(Entity::Idea, theme, "title", &text("PT-7"))
        });
        assert_eq!(found(&store)[0], 1);
    }

    #[test]
    fn feedback_is_found_by_its_number_and_its_link_whatever_its_origin() {
        let (_folder, store, ()) = sample(|make| {
            let link = ("url", text("https://support.example/tickets/31884"));
            imported(
                make,
                "a ticket",
                "zendesk.csv",
                "31884",
                std::slice::from_ref(&link),
            );
            imported(make, "an issue", "jira.example", "PT-2", &[]);
            imported(make, "another", "github.com/acme/app", "31884", &[]);
            imported(make, "with a sign", "list.csv", "#12", &[]);
            imported(
                make,
                "gone",
                "jira.example",
                "PT-3",
                &[("deleted", Value::Integer(1))],
            );
            make.feedback("31884 in its title", 1, &[]);
            let noted = ("url", text("https://chat.example/p/Xyz/"));
            make.feedback("noted by hand", 1, std::slice::from_ref(&noted));
            make.feedback(
                "noted again",
                1,
                &[noted.clone(), ("deleted", Value::Integer(1))],
            );
        });
        assert_eq!(titles(&store, "31884"), ["a ticket", "another"]);
        assert_eq!(titles(&store, "pt-2"), ["an issue"]);
        assert_eq!(titles(&store, "12"), ["with a sign"]);
        assert_eq!(titles(&store, "#12"), ["with a sign"]);
        assert_eq!(
            titles(&store, "HTTPS://Support.example/tickets/31884?page=2"),
            ["a ticket"]
        );
        assert_eq!(
            titles(&store, "https://jira.example/browse/PT-2"),
            ["an issue"]
        );
        assert_eq!(
            titles(&store, "https://support.example/tickets/31884#c"),
            ["a ticket"]
        );
        assert_eq!(
            titles(&store, "https://github.com/acme/app/issues/31884"),
            ["another"]
        );
        assert_eq!(
            listed(&store, "31884"),
            ["31884 in its title", "a ticket", "another"]
        );
        assert_eq!(listed(&store, "31884 ticket is:unprocessed"), ["a ticket"]);
        assert_eq!(listed(&store, "pt-2 or is:archived"), ["an issue"]);
        assert_eq!(listed(&store, "-31884 -pt-2 -#12"), ["noted by hand"]);
        assert_eq!(listed(&store, "\"31884\""), ["31884 in its title"]);
        for link in [
            "http://chat.example/p/Xyz",
            "https://www.chat.example/p/Xyz/#m5",
            "HTTPS://Chat.Example/p/Xyz",
            "https://chat.example/p/Xyz?thread=7",
        ] {
            assert_eq!(titles(&store, link), ["noted by hand"], "{link}");
        }
        for nothing in [
            "PT-3",
            "export",
            "4711",
            "https://else.example/31884",
            "https://chat.example/p/",
            "",
        ] {
            assert!(titles(&store, nothing).is_empty(), "{nothing}");
        }
    }
}
