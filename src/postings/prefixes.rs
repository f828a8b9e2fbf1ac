//! The rows of prefixes, made while the terms of a segment go by in their order.

use std::rc::Rc;

use roaring::{MultiOps, RoaringBitmap};

use super::{FEW_TERMS, LONGEST_PREFIX, MARK, PREFIX, Row, list};

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
    terms: usize,
    /// The lists of those that are not in `all` yet: most prefixes never have more.
    few: Vec<Rc<RoaringBitmap>>,
    all: RoaringBitmap,
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
        documents: &Rc<RoaringBitmap>,
        sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if term.starts_with(MARK) {
            return Ok(());
        }
        let mut ends = term.char_indices().skip(1).map(|(end, _)| end);
        let mut is_over = false;
        for level in &mut self.levels {
            let end = ends.next().unwrap_or(term.len());
            let letters = if is_over { "" } else { &term[..end] };
            if level.letters != letters {
                level.end(self.base, sink)?;
                level.letters.push_str(letters);
            }
            if !is_over {
                level.add(documents);
            }
            is_over |= end == term.len();
        }
        Ok(())
    }

    /// Gives the last rows.
    pub(super) fn finish<E>(
        mut self,
        sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let base = self.base;
        self.levels
            .iter_mut()
            .try_for_each(|level| level.end(base, sink))
    }
}

impl Level {
    fn add(&mut self, documents: &Rc<RoaringBitmap>) {
        self.terms += 1;
        self.few.push(Rc::clone(documents));
        if self.few.len() >= AT_ONCE {
            self.gather();
        }
    }

    fn gather(&mut self) {
        self.all |= self.few.iter().map(|list| &**list).union();
        self.few.clear();
    }

    /// Ends the prefix, with a row where it has more than a few terms, and makes room for the next.
    fn end<E>(
        &mut self,
        base: u32,
        sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.terms > FEW_TERMS {
            self.gather();
            self.letters.push(PREFIX);
            sink(Row {
                term: &self.letters,
                count: u32::try_from(self.all.len()).unwrap_or(u32::MAX),
                data: &list::encode(&self.all, base),
            })?;
            self.all.clear();
        }
        self.letters.clear();
        self.few.clear();
        self.terms = 0;
        Ok(())
    }
}
