//! The ranking of ideas for a feedback.

use super::{Posting, Profiles, Slot};
use crate::search::{Bag, Stems, number};
use crate::suggest::rarity::rarity;

/// BM25: how soon a repeated word stops counting. Of 1.2, 2 and 3, the middle one was best over all sets.
const SATURATION: f64 = 2.0;
/// BM25: how much a long profile is discounted. 0.9 was better than 0.75 by two parts in a hundred, and as good as 1.
const LENGTH: f64 = 0.9;
/// What the answer to the title weighs beside the answer to the whole. Between 0.5 and 1 it makes no difference.
const TITLE: f64 = 0.7;
/// How much pull an idea loses each time its place in the order of freshness grows e-fold. Only its product with the pull counts, which
/// `Habit` measures: see there.
const FADING: f64 = 0.125;
/// Where the best answer has less than this share of what a perfect one would score, there is no suggestion. Chosen on Eclipse
/// so that of a hundred right ideas one is lost; there a tenth of the feedback whose idea does not exist yet is answered with
/// nothing, and 15 and 49 of 100 in two other sets (0.25: 3, 5 and 36 of 100; 0.45: 21, 32 and 60, but 4, 7 and 4 of 100 right ideas
/// are lost).
const FLOOR: f64 = 0.35;
/// The others need less: where one idea fits, a second that fits a third as well is worth a look. At 0.125 six in a thousand of
/// the right ideas behind the first place are lost on Eclipse, at 0.25 nine in a hundred.
const NEXT_FLOOR: f64 = 0.125;

/// So many words in common that no other idea has are enough to go by: one word is little, though it be all that was asked. Of
/// 3 and 5, 3 tells right first ideas from wrong ones better on Eclipse and SeaMonkey, and as well on the topics.
const ENOUGH: f64 = 3.0;

/// A word that weighs less than this part of the heaviest one of a question is left out: nearly every idea has it, so it takes longest
/// and tells nothing. On Eclipse and SeaMonkey no figure changes by it.
const SLIGHT: f64 = 1.0 / 64.0;
/// A word that so many times as many ideas have as are asked about is looked up in each of those, instead of walking through all that
/// have it. Of 0, 8, 16, 32 and never, 32 was the fastest with 2,000 ideas.
const MANY: usize = 32;

/// An idea that fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The idea, as it was given to [`Profiles::set`].
    pub idea: i64,
    /// How well it fits, from 0 to 1: the share of what a perfect answer would score.
    pub score: f64,
    /// How far it is to be believed, from 0 to 1: less where little of what was asked is shared, or little at all. It says about how
    /// often such an idea is the right one (`docs/suggestions.md` has the figures).
    pub sure: f64,
    /// By what it is ordered: both answers by their best, less what its age costs.
    pub(in crate::suggest) fit: f64,
}

/// What a feedback asks with.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Asked {
    /// The words of its title.
    pub title: Bag,
    /// The words of title and body.
    pub whole: Bag,
    /// Ideas that are known by these words as well, because the feedback is linked to them.
    taught: Vec<i64>,
}

impl Asked {
    /// The words of a feedback.
    #[must_use]
    pub fn of(stems: &Stems, title: &str, body: &str) -> Self {
        let title = Bag::of(stems, title);
        let mut whole = title.clone();
        whole.add(stems, body);
        let taught = Vec::new();
        Self {
            title,
            whole,
            taught,
        }
    }

    /// The same of a feedback that has taught these ideas: its own words do not count there, or a link would prove itself right.
    #[must_use]
    pub fn having_taught(mut self, ideas: impl IntoIterator<Item = i64>) -> Self {
        self.taught.extend(ideas);
        self
    }
}

/// An idea that the feedback which asks has taught, as it is without that.
struct Taught<'a> {
    place: u32,
    own: &'a Bag,
    discount: f64,
}

impl Taught<'_> {
    /// How often it has a word from others, where it has the word at all.
    fn left(&self, stem: &str, postings: &[Posting]) -> Option<u32> {
        let posting = postings.iter().find(|known| known.place() == self.place)?;
        let own = self.own.count_of(stem).unwrap_or(0);
        Some(posting.count().saturating_sub(own))
    }

    fn score(&self, words: &[Weighed<'_>]) -> f64 {
        let left = |word: &Weighed<'_>| self.left(word.stem, word.postings).unwrap_or(0);
        let scores = words.iter();
        let scores = scores.map(|word| bm25(word.weight, f64::from(left(word)), self.discount));
        scores.sum()
    }
}

/// What a word that an idea says so often scores there.
fn bm25(weight: f64, count: f64, discount: f64) -> f64 {
    weight * (SATURATION + 1.0) * count / (count + discount)
}

/// A word of a question: which it is, what it weighs, and where it occurs.
struct Weighed<'b> {
    stem: &'b str,
    /// Its place among the words of all ideas; nothing where none has it.
    word: Option<u32>,
    postings: &'b [Posting],
    /// How many ideas have it, not counting those that have it from whoever asks.
    having: usize,
    weight: f64,
}

/// What a ranking needs beside the profiles: what each slot scores by all words and by those of the title, and what fits.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    by_whole: Vec<f64>,
    by_title: Vec<f64>,
    fitting: Vec<(f64, u32, f64)>,
}

/// Answers, from what the ideas are known by.
impl Profiles {
    /// At most `limit` ideas that fit, best first, where freshness pulls so strongly (see
    /// [`Habit::pull`](crate::suggest::Habit::pull)).
    #[must_use]
    pub fn rank(&self, asked: &Asked, pull: f64, limit: usize) -> Vec<Ranked> {
        let taught = self.taught(asked);
        let whole = self.weigh(&asked.whole, &taught);
        // A title that names nothing (“Feature request”) is no question: the whole answers for it.
        let title = match asked.title.is_empty() {
            true => self.weigh(&asked.whole, &taught),
            false => self.weigh_some(&whole, &asked.title, &taught),
        };
        let mut room = self.room.borrow_mut();
        let Room {
            by_whole,
            by_title,
            fitting,
        } = &mut *room;
        self.score(&whole, by_whole);
        self.score(&title, by_title);
        for taught in &taught {
            by_whole[taught.place as usize] = taught.score(&whole);
            by_title[taught.place as usize] = taught.score(&title);
        }
        // To divide costs more than all else that is done with a slot.
        let part = |best: f64| 1.0 / best.max(f64::MIN_POSITIVE);
        let best = |scores: &[f64]| part(scores.iter().copied().fold(0.0, f64::max));
        let perfect = |words: &[Weighed<'_>]| part(words.iter().map(|word| word.weight).sum());
        let (best_whole, best_title) = (best(by_whole), TITLE * best(by_title));
        let (perfect_whole, perfect_title) = (perfect(&whole), perfect(&title));
        let ages = self.ages();
        // Freshness orders what fits. It never hides an idea: whether any fits is told by the score alone.
        let mut best_score = 0.0_f64;
        fitting.clear();
        for (place, ((by_whole, by_title), age)) in
            by_whole.iter().zip(by_title).zip(ages).enumerate()
        {
            if *by_whole <= 0.0 {
                continue;
            }
            let fit = by_whole * best_whole + *by_title * best_title - pull * age;
            let covers = |score: f64, perfect: f64| (score * perfect).min(1.0);
            let score = (covers(*by_whole, perfect_whole) + covers(*by_title, perfect_title)) / 2.0;
            best_score = best_score.max(score);
            if score >= NEXT_FLOOR {
                fitting.push((fit, u32::try_from(place).unwrap_or(u32::MAX), score));
            }
        }
        if best_score < FLOOR {
            return Vec::new();
        }
        // Places differ from window to window; which idea a digit means must not.
        let idea = |place: u32| self.slots[place as usize].idea;
        let best_first = |(a, one, _): &(f64, u32, f64), (b, other, _): &(f64, u32, f64)| {
            b.total_cmp(a).then_with(|| idea(*one).cmp(&idea(*other)))
        };
        // Of a thousand that fit somehow, few are shown: the others need no order.
        if fitting.len() > limit {
            fitting.select_nth_unstable_by(limit, best_first);
            fitting.truncate(limit);
        }
        fitting.sort_unstable_by(best_first);
        let sure = self.surety([&whole, &title], fitting, &taught);
        let ranked = fitting.iter().zip(sure);
        let ranked = ranked.map(|(&(fit, place, score), sure)| Ranked {
            idea: idea(place),
            score,
            sure,
            fit,
        });
        ranked.collect()
    }

    /// How far each of some ideas is to be believed, with their places and scores. Neither the order nor what is suggested goes by it.
    ///
    /// The score lets one word that an idea says again and again stand for others that it never says. So the mean is taken of it and
    /// of the share of the words that are there at all; and that counts for less the less telling all that is shared is.
    fn surety(
        &self,
        asked: [&[Weighed<'_>]; 2],
        ideas: &[(f64, u32, f64)],
        taught: &[Taught<'_>],
    ) -> Vec<f64> {
        // Where few ideas have a word, one walk through them tells; where many do, it is looked up in those that are asked about.
        let mut number_of = vec![u32::MAX; self.slots.len()];
        for (number, (_, place, _)) in (0..u32::MAX).zip(ideas) {
            number_of[*place as usize] = number;
        }
        let mut covered = vec![0.0; ideas.len()];
        let mut telling = vec![0.0; ideas.len()];
        for (which, words) in asked.into_iter().enumerate() {
            let all: f64 = words.iter().map(|word| word.weight).sum();
            for word in words {
                let share = word.weight / all;
                let rarity = if which == 0 {
                    self.rarity_of(word.having)
                } else {
                    0.0
                };
                let mut shared = |number: usize| {
                    if !is_own(taught, ideas[number].1, word) {
                        covered[number] += share;
                        telling[number] += rarity;
                    }
                };
                if word.postings.len() > MANY * ideas.len() {
                    for (number, (_, place, _)) in ideas.iter().enumerate() {
                        let own = &self.slots[*place as usize].words;
                        if word
                            .word
                            .is_some_and(|word| own.binary_search(&word).is_ok())
                        {
                            shared(number);
                        }
                    }
                    continue;
                }
                for posting in word.postings {
                    let number = number_of[posting.place() as usize];
                    if number != u32::MAX {
                        shared(number as usize);
                    }
                }
            }
        }
        let enough = ENOUGH * self.rarity_of(1);
        let sure = ideas.iter().zip(covered).zip(telling);
        sure.map(|(((_, _, score), covered), telling)| {
            (score * covered / 2.0 * (telling / enough).min(1.0)).sqrt()
        })
        .collect()
    }

    /// At most `most` stems that an idea shares with a feedback, the most telling first. Zeros alone tell nothing: they are
    /// the end of a figure such as 4,000.
    #[must_use]
    pub fn shared(&self, asked: &Asked, idea: i64, most: usize) -> Vec<String> {
        let Some(place) = self.places.get(&idea) else {
            return Vec::new();
        };
        let taught = self.taught(asked);
        let words = self.weigh(&asked.whole, &taught);
        let own = &self.slots[*place as usize].words;
        let here = |word: &&Weighed<'_>| {
            let has = |word: u32| own.binary_search(&word).is_ok();
            word.word.is_some_and(has) && !is_own(&taught, *place, word)
        };
        let shared = words.iter().filter(here);
        let shared = shared.filter(|word| word.stem.bytes().any(|byte| byte != b'0'));
        let shared = shared.take(most);
        shared.map(|word| word.stem.to_owned()).collect()
    }

    /// How telling a word is that so many ideas have.
    fn rarity_of(&self, having: usize) -> f64 {
        rarity(self.len(), having)
    }

    /// The ideas that a feedback has taught, as far as they are known.
    fn taught<'a>(&self, asked: &'a Asked) -> Vec<Taught<'a>> {
        let places = asked.taught.iter();
        let places = places.filter_map(|idea| self.places.get(idea).copied());
        let taught = places.map(|place| {
            let own = &asked.whole;
            let said = own.iter().fold(0, |all: u32, (_, count)| all + count);
            let length = self.slots[place as usize].length.saturating_sub(said);
            Taught {
                place,
                own,
                discount: discount(length, self.average()),
            }
        });
        taught.collect()
    }

    /// How many ideas were touched more lately than this one; `None` where it is not known.
    #[must_use]
    pub fn fresher(&self, idea: i64) -> Option<usize> {
        let place = *self.places.get(&idea)?;
        let touched = self.slots[place as usize].touched;
        let fresher = |place: &&u32| self.slots[**place as usize].touched > touched;
        Some(self.places.values().filter(fresher).count())
    }

    /// The words of a question, the heaviest first.
    fn weigh<'b>(&'b self, bag: &'b Bag, taught: &[Taught<'_>]) -> Vec<Weighed<'b>> {
        // All are looked up before any is weighed: each lies somewhere else in memory, and they are fetched side by side.
        let mut found = Vec::with_capacity(bag.iter().len());
        for (stem, said) in bag.iter() {
            found.push((stem, said, self.words.get(&number(stem))));
        }
        let words = found
            .into_iter()
            .map(|(stem, said, word)| self.weighed(stem, said, word.copied(), taught));
        heaviest_first(words.collect())
    }

    /// The same for those words of a question that are in `bag`, too: they need not be looked up again.
    fn weigh_some<'b>(
        &'b self,
        words: &[Weighed<'b>],
        bag: &Bag,
        taught: &[Taught<'_>],
    ) -> Vec<Weighed<'b>> {
        let mut some: Vec<Weighed<'b>> = Vec::with_capacity(words.len());
        for word in words {
            let said = bag.count_of(word.stem);
            some.extend(said.map(|said| self.weighed(word.stem, said, word.word, taught)));
        }
        // Of equal weight they come in the order of a bag, as if they had been looked up.
        some.sort_by(|a, b| a.stem.cmp(b.stem));
        heaviest_first(some)
    }

    fn weighed<'b>(
        &'b self,
        stem: &'b str,
        said: u32,
        word: Option<u32>,
        taught: &[Taught<'_>],
    ) -> Weighed<'b> {
        let postings = word.map_or(&[][..], |word| &self.postings[word as usize]);
        let own = taught.iter();
        let own = own.filter(|taught| taught.left(stem, postings) == Some(0));
        let having = postings.len() - own.count();
        Weighed {
            stem,
            word,
            postings,
            having,
            weight: self.rarity_of(having) * (1.0 + f64::from(said).ln()),
        }
    }

    /// Adds up the BM25 scores of each slot, in place of what is there.
    fn score(&self, words: &[Weighed<'_>], scores: &mut Vec<f64>) {
        let discounts = self.discounts();
        scores.clear();
        scores.resize(discounts.len(), 0.0);
        for word in words {
            for posting in word.postings {
                let (place, count) = (posting.place() as usize, f64::from(posting.count()));
                scores[place] += bm25(word.weight, count, discounts[place]);
            }
        }
    }

    /// How much what each slot says is discounted by its length.
    fn discounts(&self) -> &[f64] {
        self.discounts.get_or_init(|| {
            let average = self.average();
            let discount = |slot: &Slot| discount(slot.length, average);
            self.slots.iter().map(discount).collect()
        })
    }

    /// How long a profile is on average.
    fn average(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // There are never so many ideas.
        let average = self.length as f64 / self.len().max(1) as f64;
        average.max(1.0)
    }

    /// What the age of each slot costs: by its place in the order of freshness; those touched at once share one.
    fn ages(&self) -> &[f64] {
        self.ages.get_or_init(|| {
            let mut by_time: Vec<(i64, u32)> = self
                .places
                .values()
                .map(|&place| (self.slots[place as usize].touched, place))
                .collect();
            by_time.sort_unstable_by(|a, b| b.cmp(a));
            let mut ages = vec![0.0; self.slots.len()];
            let (mut age, mut last) = (0.0, None);
            for (number, (touched, place)) in by_time.into_iter().enumerate() {
                if last != Some(touched) {
                    #[allow(clippy::cast_precision_loss)]
                    let fresher = number as f64;
                    (age, last) = (FADING * fresher.ln_1p(), Some(touched));
                }
                ages[place as usize] = age;
            }
            ages
        })
    }
}

/// How much what an idea says is discounted by its length.
fn discount(length: u32, average: f64) -> f64 {
    SATURATION * (1.0 - LENGTH + LENGTH * f64::from(length) / average)
}

/// Whether an idea has a word from whoever asks, and from nobody else.
fn is_own(taught: &[Taught<'_>], place: u32, word: &Weighed<'_>) -> bool {
    let mut taught = taught.iter();
    taught.any(|taught| taught.place == place && taught.left(word.stem, word.postings) == Some(0))
}

/// Those that tell anything beside the others, the heaviest first.
fn heaviest_first(mut words: Vec<Weighed<'_>>) -> Vec<Weighed<'_>> {
    words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let heaviest = words.first().map_or(0.0, |word| word.weight);
    let tells = |word: &Weighed<'_>| word.weight >= SLIGHT * heaviest;
    words.truncate(words.partition_point(tells));
    words
}

#[cfg(test)]
mod tests;
