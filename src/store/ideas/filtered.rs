//! The ideas that a filter shows: its conditions are told from their rows, its words by their texts and comments.

use std::collections::HashSet;

use crate::domain::id::IdeaId;
use crate::domain::idea::IdeaRow;
use crate::domain::listing::IdeaQuery;
use crate::domain::people::Handle;
use crate::query::{Query, Term};
use crate::search::Finder;
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
        let mut rows = self.ideas(query)?;
        let found = filter.searches();
        let found = found.iter().map(|each| self.ideas_with(each));
        let found = found.collect::<Result<Vec<_>>>()?;
        let texts: Vec<Text<'_>> = texts(filter, &found);
        let has = |row: &IdeaRow, term: &Term| {
            let text = texts.iter().find(|text| text.term == term);
            text.is_some_and(|text| text.is_in(row))
        };
        rows.retain(|row| filter.holds(row, me, &mut |term| has(row, term)));
        Ok(rows)
    }
}

/// A word or a phrase of a filter, and what is known of where it is.
struct Text<'q> {
    term: &'q Term,
    /// As it is looked for in titles; `None` for signs alone.
    asked: Option<Finder>,
    /// As it is looked for in what a table shows.
    shown: Option<String>,
    /// Whose texts have it.
    found: HashSet<IdeaId>,
}

/// Each word and phrase of the filter, with what the [searches](Query::searches) for it have found.
fn texts<'q>(filter: &'q Query, found: &[Vec<IdeaId>]) -> Vec<Text<'q>> {
    let together = filter.wants_every_text();
    let text = |(place, term): (usize, &'q Term)| {
        let finder = Finder::of(&Query::default().and(term.clone()).searched());
        let found = found.get(if together { 0 } else { place + 1 });
        Text {
            term,
            asked: (!finder.is_empty()).then_some(finder),
            shown: match term {
                Term::Word(word) => Some(word.to_lowercase()),
                _ => None,
            },
            found: found.into_iter().flatten().copied().collect(),
        }
    };
    filter
        .every_text()
        .into_iter()
        .enumerate()
        .map(text)
        .collect()
}

impl Text<'_> {
    fn is_in(&self, row: &IdeaRow) -> bool {
        let in_title = |finder: &Finder| finder.seen(&row.title).all();
        self.found.contains(&row.id)
            || self.asked.as_ref().is_some_and(in_title)
            || self.shown.as_ref().is_some_and(|word| row.shows(word))
    }
}
