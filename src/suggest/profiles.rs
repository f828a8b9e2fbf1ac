//! Ideas as bags of words: which words occur in which idea.

mod ranking;

use std::cell::{OnceCell, RefCell};

use hashbrown::HashMap;

use crate::search::number;

use ranking::Room;
pub use ranking::{Asked, Ranked};

/// The ideas of a workspace by their words.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    /// Words by their numbers. Their letters are not kept: there may be a hundred thousand of them and more, each of which
    /// would lie somewhere else in memory; that any two of so many have the same number is as likely as one in three billion.
    words: HashMap<i64, u32>,
    /// By word: in which slots it occurs, and how often. In no order.
    postings: Vec<Vec<Posting>>,
    slots: Vec<Slot>,
    places: HashMap<i64, u32>,
    /// Places of ideas that went away.
    free: Vec<u32>,
    /// The length of all profiles together.
    length: u64,
    /// What the age of each slot costs it, computed when it is asked for first after a change.
    ages: OnceCell<Vec<f64>>,
    /// How much the length of each slot discounts what it says; the same.
    discounts: OnceCell<Vec<f64>>,
    /// Room for the scores of a question: to get it anew and give it back costs more than to add up a word.
    room: RefCell<Room>,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    idea: i64,
    /// When it was last touched; only the order among the slots matters.
    touched: i64,
    length: u32,
    /// Its words, in order.
    words: Vec<u32>,
}

/// A slot and how often a word occurs in it, in four bytes: of a large workspace there are some million of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Posting(u32);

impl Posting {
    /// Of 32 bits these many hold the count: 1,023 at most, where a word has long stopped counting.
    const COUNT: u32 = 10;
    const MOST: u32 = (1 << Self::COUNT) - 1;
    /// More slots than this (four million) are not ranked.
    const SLOTS: usize = 1 << (32 - Self::COUNT);

    fn new(place: u32, count: u32) -> Self {
        Self(place << Self::COUNT | count.min(Self::MOST))
    }

    fn place(self) -> u32 {
        self.0 >> Self::COUNT
    }

    fn count(self) -> u32 {
        self.0 & Self::MOST
    }
}

impl Profiles {
    /// How many ideas there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Knows an idea by these words and their counts from now on. `touched` grows with time. Of a word that comes more than
    /// once the counts add up; with none left it does not count.
    ///
    /// What it was known by is compared, and only the difference is worked off: a link changes a few of a thousand words.
    pub fn set<'w>(
        &mut self,
        idea: i64,
        words: impl IntoIterator<Item = (&'w str, i64)>,
        touched: i64,
    ) {
        self.ages.take();
        self.discounts.take();
        let Some(place) = self.place_for(idea) else {
            return;
        };
        let mut said: Vec<(u32, i64)> = Vec::new();
        for (stem, count) in words {
            said.push((self.word(stem), count));
        }
        said.sort_unstable_by_key(|(word, _)| *word);
        said.dedup_by(|(word, count), (before, all)| {
            let same = word == before;
            if same {
                *all = all.saturating_add(*count);
            }
            same
        });
        let mut now: Vec<(u32, u32)> = Vec::with_capacity(said.len());
        for (word, count) in said {
            if let Ok(count @ 1..) = u32::try_from(count) {
                now.push((word, count));
            }
        }
        let length = now
            .iter()
            .fold(0, |all: u32, (_, count)| all.saturating_add(*count));
        let before = std::mem::take(&mut self.slots[place as usize]);
        for word in &before.words {
            if now.binary_search_by_key(word, |(word, _)| *word).is_err() {
                self.forget(*word, place);
            }
        }
        for (word, count) in &now {
            let posting = Posting::new(place, *count);
            let postings = &mut self.postings[*word as usize];
            let known = match before.words.binary_search(word) {
                Ok(_) => postings.iter_mut().find(|known| known.place() == place),
                Err(_) => None,
            };
            match known {
                Some(known) => *known = posting,
                None => postings.push(posting),
            }
        }
        self.length = self.length - u64::from(before.length) + u64::from(length);
        self.slots[place as usize] = Slot {
            idea,
            touched,
            length,
            words: now.into_iter().map(|(word, _)| word).collect(),
        };
    }

    /// Takes note that something about an idea has changed which leaves its words as they are.
    pub fn touch(&mut self, idea: i64, touched: i64) {
        if let Some(place) = self.places.get(&idea) {
            self.slots[*place as usize].touched = touched;
            self.ages.take();
        }
    }

    /// Knows an idea no longer.
    pub fn remove(&mut self, idea: i64) {
        let Some(place) = self.places.remove(&idea) else {
            return;
        };
        self.ages.take();
        self.discounts.take();
        let slot = std::mem::take(&mut self.slots[place as usize]);
        self.length -= u64::from(slot.length);
        for word in slot.words {
            self.forget(word, place);
        }
        self.free.push(place);
    }

    fn place_for(&mut self, idea: i64) -> Option<u32> {
        if let Some(place) = self.places.get(&idea) {
            return Some(*place);
        }
        let place = match self.free.pop() {
            Some(place) => place,
            None if self.slots.len() < Posting::SLOTS => {
                self.slots.push(Slot::default());
                u32::try_from(self.slots.len() - 1).ok()?
            }
            None => return None,
        };
        self.places.insert(idea, place);
        Some(place)
    }

    fn word(&mut self, stem: &str) -> u32 {
        let postings = &mut self.postings;
        *self.words.entry(number(stem)).or_insert_with(|| {
            postings.push(Vec::new());
            u32::try_from(postings.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn forget(&mut self, word: u32, place: u32) {
        let postings = &mut self.postings[word as usize];
        if let Some(at) = postings.iter().position(|known| known.place() == place) {
            postings.swap_remove(at);
        }
    }
}
