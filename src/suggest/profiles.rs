//! Ideas as bags of words, and the ranking of them.

use std::collections::HashMap;

use crate::search::Bag;

/// BM25: how soon a repeated word stops counting. Of 1.2, 2 and 3, the middle one was best over all sets.
const SATURATION: f64 = 2.0;
/// BM25: how much a long profile is discounted. 0.9 was better than 0.75 by two parts in a hundred, and as good as 1.
const LENGTH: f64 = 0.9;
/// What the answer to the title weighs beside the answer to the whole. Between 0.5 and 1 it makes no difference.
const TITLE: f64 = 0.7;
/// How much pull an idea loses each time its place in the order of freshness grows e-fold.
const FADING: f64 = 0.125;
/// Where the best answer has less than this share of what a perfect one would score, there is no suggestion. At 0.25 one in
/// ten feedback items whose idea does not exist yet is answered with nothing (four in ten where texts are short), and one
/// in a hundred of those whose idea does.
const FLOOR: f64 = 0.25;
/// The others need less: where one idea fits, a second that fits half as well is worth a look.
const NEXT_FLOOR: f64 = FLOOR / 2.0;

/// An idea that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The idea, as it was given to [`Profiles::set`].
    pub idea: i64,
    /// How well it fits, from 0 to 1: the share of what a perfect answer would score.
    pub score: f64,
    /// The stems that it shares with the feedback, the most telling first.
    pub shared: Vec<String>,
}

/// What a feedback asks with.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Asked {
    /// The words of its title.
    pub title: Bag,
    /// The words of title and body.
    pub whole: Bag,
}

impl Asked {
    /// The words of a feedback.
    #[must_use]
    pub fn of(title: &str, body: &str) -> Self {
        let title = Bag::of(title);
        let mut whole = title.clone();
        whole.add(body);
        Self { title, whole }
    }
}

/// The ideas of a workspace by their words.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    words: HashMap<Box<str>, usize>,
    /// By word: in which slots it occurs, and how often.
    postings: Vec<Vec<(u32, u32)>>,
    slots: Vec<Slot>,
    places: HashMap<i64, u32>,
    /// Places of ideas that went away.
    free: Vec<u32>,
    /// The length of all profiles together.
    length: u64,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    idea: i64,
    /// When it was last touched; of the order alone use is made.
    touched: i64,
    length: u32,
    words: Vec<usize>,
}

/// A word of a question: which it is, what it weighs, and how often it was said.
struct Weighed<'b> {
    stem: &'b str,
    postings: &'b [(u32, u32)],
    weight: f64,
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

    /// Knows an idea by these words from now on. `touched` grows with time.
    pub fn set(&mut self, idea: i64, profile: &Bag, touched: i64) {
        self.remove(idea);
        let place = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::default());
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        let mut words = Vec::new();
        for (stem, count) in profile.iter() {
            let word = match self.words.get(stem) {
                Some(word) => *word,
                None => {
                    self.words.insert(stem.into(), self.postings.len());
                    self.postings.push(Vec::new());
                    self.postings.len() - 1
                }
            };
            self.postings[word].push((place, count));
            words.push(word);
        }
        let length = profile.length();
        self.length += u64::from(length);
        self.places.insert(idea, place);
        self.slots[place as usize] = Slot {
            idea,
            touched,
            length,
            words,
        };
    }

    /// Takes note that something about an idea has changed which leaves its words as they are.
    pub fn touch(&mut self, idea: i64, touched: i64) {
        if let Some(place) = self.places.get(&idea) {
            self.slots[*place as usize].touched = touched;
        }
    }

    /// Knows an idea no longer.
    pub fn remove(&mut self, idea: i64) {
        let Some(place) = self.places.remove(&idea) else {
            return;
        };
        let slot = std::mem::take(&mut self.slots[place as usize]);
        self.length -= u64::from(slot.length);
        for word in slot.words {
            self.postings[word].retain(|(other, _)| *other != place);
        }
        self.free.push(place);
    }

    /// At most `limit` ideas that fit, best first, where freshness pulls so strongly (see
    /// [`Habit::pull`](super::Habit::pull)).
    #[must_use]
    pub fn rank(&self, asked: &Asked, pull: f64, limit: usize) -> Vec<Ranked> {
        let whole = self.weigh(&asked.whole);
        let title = self.weigh(&asked.title);
        let by_whole = self.scores(&whole);
        let by_title = self.scores(&title);
        let best = |scores: &[f64]| scores.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let (best_whole, best_title) = (best(&by_whole), best(&by_title));
        let order = self.freshness();
        let mut ranked: Vec<(f64, u32)> = (0..self.slots.len())
            .filter(|&place| by_whole[place] > 0.0)
            .map(|place| {
                let fit = by_whole[place] / best_whole + TITLE * by_title[place] / best_title;
                let age = f64::from(order[place]);
                (fit - pull * FADING * age.ln_1p(), place as u32)
            })
            .collect();
        ranked.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
        let perfect = |words: &[Weighed<'_>]| words.iter().map(|word| word.weight).sum::<f64>();
        let (perfect_whole, perfect_title) = (perfect(&whole), perfect(&title));
        ranked
            .into_iter()
            .map(|(_, place)| {
                let covers = |score: f64, perfect: f64| {
                    if perfect > 0.0 {
                        (score / perfect).min(1.0)
                    } else {
                        0.0
                    }
                };
                let score = (covers(by_whole[place as usize], perfect_whole)
                    + covers(by_title[place as usize], perfect_title))
                    / 2.0;
                (place, score)
            })
            .enumerate()
            .take_while(|(number, (_, score))| *number > 0 || *score >= FLOOR)
            .map(|(_, ranked)| ranked)
            .filter(|(_, score)| *score >= NEXT_FLOOR)
            .take(limit)
            .map(|(place, score)| Ranked {
                idea: self.slots[place as usize].idea,
                score,
                shared: shared(&whole, place),
            })
            .collect()
    }

    /// How many ideas were touched more lately than this one; `None` where it is not known.
    #[must_use]
    pub fn fresher(&self, idea: i64) -> Option<usize> {
        let place = *self.places.get(&idea)?;
        let touched = self.slots[place as usize].touched;
        let fresher = |place: &&u32| self.slots[**place as usize].touched > touched;
        Some(self.places.values().filter(fresher).count())
    }

    /// The words of a question that tell something, the heaviest first.
    fn weigh<'b>(&'b self, bag: &'b Bag) -> Vec<Weighed<'b>> {
        #[allow(clippy::cast_precision_loss)] // There are never so many ideas.
        let ideas = self.len() as f64;
        let mut words: Vec<Weighed<'_>> = bag
            .iter()
            .map(|(stem, said)| {
                let postings = self
                    .words
                    .get(stem)
                    .map_or(&[][..], |word| &self.postings[*word]);
                #[allow(clippy::cast_precision_loss)]
                let having = postings.len() as f64;
                let rarity = (1.0 + (ideas - having + 0.5) / (having + 0.5)).ln();
                Weighed {
                    stem,
                    postings,
                    weight: rarity * (1.0 + f64::from(said).ln()),
                }
            })
            .collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        words
    }

    /// The BM25 score of each slot.
    fn scores(&self, words: &[Weighed<'_>]) -> Vec<f64> {
        #[allow(clippy::cast_precision_loss)]
        let average = (self.length as f64 / self.len().max(1) as f64).max(1.0);
        let mut scores = vec![0.0; self.slots.len()];
        for word in words {
            for &(place, count) in word.postings {
                let count = f64::from(count);
                let length = f64::from(self.slots[place as usize].length) / average;
                let discount = SATURATION * (1.0 - LENGTH + LENGTH * length);
                scores[place as usize] +=
                    word.weight * count * (SATURATION + 1.0) / (count + discount);
            }
        }
        scores
    }

    /// The place of each slot in the order of freshness, from 0; those touched at once share one.
    fn freshness(&self) -> Vec<u32> {
        let mut by_time: Vec<(i64, u32)> = self
            .places
            .values()
            .map(|&place| (self.slots[place as usize].touched, place))
            .collect();
        by_time.sort_unstable_by(|a, b| b.cmp(a));
        let mut order = vec![0; self.slots.len()];
        let (mut rank, mut last) = (0, i64::MAX);
        for (number, (touched, place)) in by_time.into_iter().enumerate() {
            if touched != last {
                rank = u32::try_from(number).unwrap_or(u32::MAX);
                last = touched;
            }
            order[place as usize] = rank;
        }
        order
    }
}

/// The words of a question that are in a slot.
fn shared(words: &[Weighed<'_>], place: u32) -> Vec<String> {
    words
        .iter()
        .filter(|word| word.postings.iter().any(|(other, _)| *other == place))
        .map(|word| word.stem.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn profiles(ideas: &[&str]) -> Profiles {
        let mut profiles = Profiles::default();
        for (number, words) in (0..).zip(ideas) {
            profiles.set(number, &Bag::of(words), number);
        }
        profiles
    }

    fn ranked(profiles: &Profiles, title: &str, body: &str) -> Vec<i64> {
        let ranked = profiles.rank(&Asked::of(title, body), 0.0, 9);
        ranked.iter().map(|ranked| ranked.idea).collect()
    }

    #[test]
    fn what_shares_rare_words_comes_first_and_a_stranger_not_at_all() {
        let profiles = profiles(&[
            "Export a board as PDF",
            "Export members as CSV",
            "Export the audit log",
            "Dark mode",
        ]);
        let found = profiles.rank(&Asked::of("Exporting boards to PDF", ""), 0.0, 9);
        assert_eq!(found[0].idea, 0);
        assert_eq!(found[0].shared.len(), 3);
        assert_eq!(found[0].shared.last().map(String::as_str), Some("export"));
        assert!(
            found
                .iter()
                .all(|ranked| ranked.idea != 3 && ranked.score <= 1.0)
        );
        assert!(ranked(&profiles, "the coffee is cold", "").is_empty());
        assert!(ranked(&profiles, "", "").is_empty());
        assert!(ranked(&Profiles::default(), "export", "").is_empty());
    }

    #[test]
    fn the_title_names_the_matter() {
        let profiles = profiles(&["keyboard shortcuts", "printing layout"]);
        let wandering = "we print the layout, the printing of layouts, and so on";
        assert_eq!(ranked(&profiles, "keyboard shortcuts", wandering)[0], 0);
    }

    #[test]
    fn of_two_alike_the_fresher_comes_first_as_far_as_it_pulls() {
        let mut profiles = profiles(&["dark mode", "dark mode", "light"]);
        let first =
            |profiles: &Profiles, pull| profiles.rank(&Asked::of("dark mode", ""), pull, 1)[0].idea;
        assert_eq!(first(&profiles, 1.0), 1);
        profiles.touch(0, 9);
        assert_eq!((first(&profiles, 1.0), profiles.fresher(1)), (0, Some(2)));
    }

    proptest! {
        #[test]
        fn what_was_changed_step_by_step_ranks_like_what_was_made_at_once(
            steps in prop::collection::vec((0..6i64, "[abcde ]{0,12}", any::<bool>()), 0..30),
            title in "[abcde ]{0,8}",
        ) {
            let texts = |text: &str| text.replace(['a', 'b', 'c', 'd', 'e'], " word$0 ");
            let mut changed = Profiles::default();
            let mut last: std::collections::BTreeMap<i64, String> = Default::default();
            for (idea, text, stays) in steps {
                if stays {
                    changed.set(idea, &Bag::of(&texts(&text)), idea);
                    last.insert(idea, texts(&text));
                } else {
                    changed.remove(idea);
                    last.remove(&idea);
                }
            }
            let mut made = Profiles::default();
            for (idea, text) in &last {
                made.set(*idea, &Bag::of(text), *idea);
            }
            prop_assert_eq!(changed.len(), made.len());
            let asked = Asked::of(&texts(&title), "");
            let score = |profiles: &Profiles| {
                let mut all: Vec<(i64, i64)> = profiles
                    .rank(&asked, 0.5, 9)
                    .iter()
                    .map(|ranked| (ranked.idea, (ranked.score * 1e9) as i64))
                    .collect();
                all.sort_unstable();
                all
            };
            prop_assert_eq!(score(&changed), score(&made));
        }
    }
}
