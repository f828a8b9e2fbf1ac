//! How telling a word is: the more, the fewer have it.

use hashbrown::HashMap;

use crate::search::{Bag, number};

/// How much of what people say has a word: counted among some feedback.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// By the numbers of the words.
    having: HashMap<i64, u32>,
    texts: usize,
}

/// Where there are fewer, a word is as telling as if there were so many: that both of two have it says nothing about the word. A choice:
/// a single idea would never be suggested without it, and where there are more than so many nothing changes.
const FEWEST: usize = 64;

/// How telling a word is that so many of all have.
pub(super) fn rarity(all: usize, having: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // There are never so many.
    let (all, having) = (all.max(FEWEST) as f64, having as f64);
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}

impl Usage {
    /// Counts what a feedback says.
    pub fn add(&mut self, said: &Bag) {
        for (stem, _) in said.iter() {
            *self.having.entry(number(stem)).or_default() += 1;
        }
        self.texts += 1;
    }

    /// How many feedback were counted.
    #[must_use]
    pub fn texts(&self) -> usize {
        self.texts
    }

    /// How telling a word is.
    #[must_use]
    pub fn rarity(&self, stem: &str) -> f64 {
        let having = self.having.get(&number(stem)).copied();
        rarity(self.texts, having.unwrap_or(0) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Stems;

    #[test]
    fn what_everybody_says_tells_nothing_and_two_texts_tell_nothing_of_a_word() {
        let stems = Stems::default();
        let mut usage = Usage::default();
        let new = usage.rarity("print");
        for _ in 0..2 {
            usage.add(&Bag::of(&stems, "printing"));
        }
        assert!(usage.rarity("print") > 0.6 * new);
        for number in 0..200 {
            usage.add(&Bag::of(&stems, &format!("printing, print w{number}w")));
        }
        assert_eq!(usage.texts(), 202);
        assert!(usage.rarity("print") < 0.01 * usage.rarity("w7w"));
        assert!(usage.rarity("print") > 0.0 && usage.rarity("w7w") < usage.rarity("scan"));
    }
}
