//! Which ideas have the words and phrases of a filter.
//!
//! Each is looked for by itself: one may stand in a text, the next be the owner, and the idea has both. What is searched for
//! together only says which answer best.

use std::collections::{HashMap, HashSet};

use super::tree::{Query, Term};
use crate::domain::id::IdeaId;
use crate::domain::idea::IdeaRow;
use crate::domain::passage::Searched;

impl Query {
    /// What is searched for in the texts of ideas, no search twice: each word and phrase by itself, and all that a match has
    /// together. What is found, in the same order, is what [`IdeaTexts::of`] takes. Nothing without words.
    #[must_use]
    pub fn searches(&self) -> Vec<Vec<Searched>> {
        let each = self.every_text().into_iter().filter_map(Term::searched);
        let each = each.map(|searched| vec![searched]);
        let mut all: Vec<Vec<Searched>> = Vec::new();
        for search in each.chain([self.searched()]) {
            if !search.is_empty() && !all.contains(&search) {
                all.push(search);
            }
        }
        all
    }
}

/// The words and phrases of a filter, and which ideas have them. `F` tells whether a title has one of them: how a text is cut
/// into words is not known here.
#[derive(Debug)]
pub struct IdeaTexts<'q, F> {
    each: Vec<Text<'q, F>>,
    /// Tells whether a title has all that a match has; nothing where a match has none of them.
    all_in_title: Option<F>,
    ranks: HashMap<IdeaId, usize>,
}

#[derive(Debug)]
struct Text<'q, F> {
    term: &'q Term,
    in_title: F,
    /// As it is looked for in what a table shows: a word may begin anywhere there.
    shown: Option<String>,
    /// Whose texts or comments have it.
    found: HashSet<IdeaId>,
}

impl<'q, F: Fn(&str) -> bool> IdeaTexts<'q, F> {
    /// Those of `query`, with what its [searches](Query::searches) have `found`; what is missing there has found nothing.
    pub fn of(query: &'q Query, found: &[Vec<IdeaId>], title: impl Fn(&[Searched]) -> F) -> Self {
        let searches = query.searches();
        let found = |search: &[Searched]| {
            let place = searches.iter().position(|each| each == search);
            let found = place.and_then(|place| found.get(place));
            found.into_iter().flatten().copied()
        };
        let text = |term: &'q Term| {
            let search = [term.searched()?];
            Some(Text {
                term,
                in_title: title(&search),
                shown: match term {
                    Term::Word(word) => Some(word.to_lowercase()),
                    _ => None,
                },
                found: found(&search).collect(),
            })
        };
        let searched = query.searched();
        Self {
            each: query.every_text().into_iter().filter_map(text).collect(),
            all_in_title: (!searched.is_empty()).then(|| title(&searched)),
            ranks: found(&searched).zip(0..).collect(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// Whether the idea has it: in its title, its texts and comments, or in what else a table shows of it.
    pub fn has(&self, row: &IdeaRow, term: &Term) -> bool {
        let Some(text) = self.each.iter().find(|text| text.term == term) else {
            return false;
        };
        text.found.contains(&row.id)
            || (text.in_title)(&row.title)
            || text.shown.as_ref().is_some_and(|word| row.shows(word))
    }

    /// Whether the texts or comments of the idea have any of it.
    #[must_use]
    pub fn are_in(&self, idea: IdeaId) -> bool {
        self.each.iter().any(|text| text.found.contains(&idea))
    }

    /// Where the idea stands among those that are shown, the lowest first: those with all that a match has in their title,
    /// which are equal; then those whose texts or comments have all of it, each in a place of its own, the best first; then the
    /// others. What is equal stands in the order that the list has otherwise.
    #[must_use]
    pub fn place(&self, row: &IdeaRow) -> (u8, usize) {
        let is_in_title = self
            .all_in_title
            .as_ref()
            .is_some_and(|has| has(&row.title));
        match self.ranks.get(&row.id) {
            _ if self.is_empty() || is_in_title => (0, 0),
            Some(rank) => (1, *rank),
            None => (2, 0),
        }
    }
}
