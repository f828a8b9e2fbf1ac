//! The ideas that a filter shows: its conditions are told from their rows, its words by their texts and comments.

use crate::domain::idea::IdeaRow;
use crate::domain::listing::IdeaQuery;
use crate::domain::people::Handle;
use crate::query::{IdeaTexts, Query};
use crate::search::{Finder, is_searchable};
use crate::store::{Reader, Result};

impl Reader<'_> {
    /// The ideas that `query` shows and that meet `filter`, in the order of `query`: the same that the table of the console
    /// shows. `me` is whoever asks.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn filtered_ideas(
        &self,
        query: &IdeaQuery,
        filter: &Query,
        me: Option<&Handle>,
    ) -> Result<Vec<IdeaRow>> {
        // Signs alone are no word: see `retain_text`.
        let filter = filter.clone().retain_text(is_searchable);
        let mut rows = self.ideas(query)?;
        let found = filter.searches();
        let found = found.iter().map(|each| self.ideas_with(each));
        let found = found.collect::<Result<Vec<_>>>()?;
        let texts = IdeaTexts::of(&filter, &found, Finder::has_all);
        rows.retain(|row| filter.holds(row, me, &mut |term| texts.has(row, term)));
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::entity::Value;
    use crate::query::About;
    use crate::store::Store;
    use crate::store::sample::sample;

    /// Ideas whose words stand in titles, texts and what else a table shows.
    fn shelf() -> (tempfile::TempDir, Store) {
        let (folder, store, ()) = sample(|make| {
            let omar = Value::Thing(make.person("omar", "Omar Haddad"));
            let boards = Value::Thing(make.area("Boards", None, &[]));
            let auditors = make.content("auditors need a file");
            let boards_file = make.content("a file of all boards");
            make.idea(
                "Exporting things",
                &[("owner", omar.clone()), ("problem", auditors.clone())],
            );
            make.idea(
                "Dark mode",
                &[("area", boards.clone()), ("benefit", auditors)],
            );
            make.idea("Q & A for auditors", &[("problem", boards_file)]);
            make.idea("Omar's export", &[("owner", omar), ("area", boards)]);
        });
        (folder, store)
    }

    fn found(store: &Store, text: &str) -> Vec<String> {
        let filter = About::Ideas.parse(text).expect("a filter");
        let query = IdeaQuery::default();
        let rows = store.read(|reader| reader.filtered_ideas(&query, &filter, None));
        let rows = rows.expect("ideas").into_iter();
        rows.map(|row| row.title).collect()
    }

    #[test]
    fn each_word_may_stand_somewhere_else() {
        let (_folder, store) = shelf();
        for text in [
            "omar auditors",
            "(omar auditors) or zzz",
            "auditors -boards file omar",
        ] {
            assert_eq!(found(&store, text), ["Exporting things"], "{text}");
        }
        assert_eq!(found(&store, "boards auditors").len(), 2);
        // Signs are no part of words.
        assert_eq!(found(&store, "dark & auditors"), ["Dark mode"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn an_alternative_never_finds_less(
            words in prop::collection::vec(prop::sample::select(
                vec!["omar", "audit", "file", "boards", "\"a file\"", "-dark", "export", "owner:none", "area:boards"],
            ), 1..4),
            other in prop::sample::select(vec!["zzz", "mode", "-omar", "status:new"]),
        ) {
            let (_folder, store) = shelf();
            let words = words.join(" ");
            let all = found(&store, &format!("({words}) or {other}"));
            for title in found(&store, &words) {
                prop_assert!(all.contains(&title), "{}: {}", words, title);
            }
        }
    }
}
