//! The rows of prefixes, made while the terms of a segment go by in their order.

use super::set::Set;
use super::{FEW_TERMS, LONGEST_PREFIX, MARK, PREFIX, Row};

/// How many lists are put together at once, which takes hardly more time than for two of them.
const AT_ONCE: usize = 256;

/// What the terms that went by last have in common, for each number of letters.
pub(super) struct Prefixes {
    base: u32,
    levels: Vec<Level>,
}

/// The terms that begin with the same letters.
#[derive(Default)]
struct Level {
    letters: String,
    /// How many there are.
    terms: usize,
    /// What they have, in a few lists: of each term, or of several together.
    few: Vec<Set>,
}

impl Prefixes {
    pub(super) fn new(base: u32) -> Self {
        let levels = (0..LONGEST_PREFIX).map(|_| Level::default()).collect();
        Self { base, levels }
    }

    /// Takes note of a term and its documents; gives the rows of prefixes that no later term begins with to `sink`.
    pub(super) fn term<E>(
        &mut self,
        term: &str,
        documents: Set,
        sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if term.starts_with(MARK) {
            return Ok(());
        }
        let mut ends = term.char_indices().skip(1).map(|(end, _)| end);
        let mut letters = [""; LONGEST_PREFIX];
        let mut depth = 0;
        for place in &mut letters {
            let end = ends.next().unwrap_or(term.len());
            *place = &term[..end];
            depth += 1;
            if end == term.len() {
                break;
            }
        }
        let levels = self.levels.iter().zip(&letters);
        let same = levels.take_while(|(level, letters)| level.letters == **letters);
        let same = same.count();
        self.end(same, sink)?;
        for (level, letters) in self.levels.iter_mut().zip(&letters[..depth]).skip(same) {
            level.letters.push_str(letters);
        }
        if let Some(deepest) = self.levels[..depth].last_mut() {
            deepest.add(1, documents, self.base);
        }
        Ok(())
    }

    /// Gives the last rows.
    pub(super) fn finish<E>(
        mut self,
        sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.end(0, sink)
    }

    /// Ends all prefixes of more letters than that, the longest first: what each has is a part of what the next one has.
    fn end<E>(
        &mut self,
        letters: usize,
        sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for place in (letters..self.levels.len()).rev() {
            let (shorter, longer) = self.levels.split_at_mut(place);
            if let Some(level) = longer.first_mut() {
                level.end(self.base, shorter.last_mut(), sink)?;
            }
        }
        Ok(())
    }
}

impl Level {
    /// Takes the documents of so many terms.
    fn add(&mut self, terms: usize, documents: Set, base: u32) {
        self.terms += terms;
        self.few.push(documents);
        if self.few.len() >= AT_ONCE {
            self.gather(base);
        }
    }

    fn gather(&mut self, base: u32) {
        let all = Set::union(&self.few, base);
        self.few.clear();
        self.few.push(all);
    }

    /// Ends the prefix, with a row where it has more than a few terms, and makes room for the next. What it has goes to the
    /// one that is a letter shorter.
    fn end<E>(
        &mut self,
        base: u32,
        shorter: Option<&mut Self>,
        sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.terms > FEW_TERMS {
            if self.few.len() > 1 {
                self.gather(base);
            }
            if let Some(all) = self.few.first() {
                self.letters.push(PREFIX);
                let data = all.as_bits(base).unwrap_or_else(|| all.as_gaps(base));
                sink(Row {
                    term: &self.letters,
                    count: all.count(),
                    data: &data,
                })?;
            }
        }
        if let Some(shorter) = shorter {
            let mut terms = std::mem::take(&mut self.terms);
            for documents in self.few.drain(..) {
                shorter.add(std::mem::take(&mut terms), documents, base);
            }
        }
        self.letters.clear();
        self.few.clear();
        self.terms = 0;
        Ok(())
    }
}
