//! What answers a search best.
//!
//! Among the newest that match, and older ones with all words in the title, those come first which have the words in the title
//! rather than in the text, whole rather than begun, and in a row rather than apart, and whose title says little else; a word
//! that few of the titles have counts more. The newest first of equals.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::{Found, Texts};
use crate::domain::listing::MOST_RANKED;
use crate::search::{Asked, Fit, share};
use crate::store::{Reader, Result};

/// How many matches are put in order, the newest and some by their titles; the others follow by age. Each is read, for several
/// words with its text, and that is most of what a search costs. Tests have more matches than that.
pub(in crate::store) const RANKED: usize = if cfg!(test) { 5 } else { MOST_RANKED };

/// So many different words count for the order: for each of them every row is looked at.
const MOST_SCORED: usize = 32;

// The weights say what comes before what, and no more: they were chosen by hand so that the rules above hold among each other,
// and are held by a set of searches with the answer that people expect first (`score/tests.rs`). Whoever changes one tries them.
//
// - The title beats the text whatever else is so: a word begun there (3) is more than one that is whole in the text (2).
// - For all words to stand in a row (3) is less than to have them in the title, but makes up for one of two that is not (2).
// - What else the title says counts least: less than whether a word is whole or begun (1), else short old titles would
//   stand before better answers. It is told in halves, so that among titles of like length the newest still comes first.

/// What a word in the title is worth, whole and begun; and in the text.
const IN_TITLE: (f32, f32) = (4.0, 3.0);
const IN_TEXT: (f32, f32) = (2.0, 1.0);
/// What it is worth, for each word, that all of them stand in a row.
const IN_A_ROW: (f32, f32) = (3.0, 2.0);
/// What it is worth, for each word, that the title has all of them and nothing else; half of that where they are half of it.
const NOTHING_ELSE: f32 = 0.75;

/// A feedback with its place among the best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::store) struct Ranked {
    /// Its local key.
    pub(in crate::store) local: i64,
    /// When it was received.
    pub(in crate::store) received: i64,
    /// How well it answers.
    score: f32,
}

impl Ranked {
    /// Sorts the best first, the newest of equals first.
    pub(in crate::store) fn compare(&self, other: &Self) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then(other.place().cmp(&self.place()))
    }

    /// Where it stands by age: when it was received, and its local key.
    pub(in crate::store) const fn place(&self) -> (i64, i64) {
        (self.received, self.local)
    }
}

/// A feedback with all words that are looked for in its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Titled {
    /// Its local key.
    pub(in crate::store) local: i64,
    received: i64,
    halves: u8,
}

impl Titled {
    /// A feedback with that title, which has all words.
    pub(super) fn of(local: i64, received: i64, asked: &[Asked], title: &str) -> Self {
        Self {
            local,
            received,
            halves: halves(asked, title),
        }
    }

    /// Sorts those first whose title says the least beside the words, the newest first of equals.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let key = |it: &Self| (it.halves, it.received, it.local);
        key(other).cmp(&key(self))
    }
}

/// How many halves of a title the words are.
fn halves(asked: &[Asked], title: &str) -> u8 {
    let share = share(asked, title);
    u8::from(share >= 0.5) + u8::from(share >= 1.0)
}

/// What is known of the words that are looked for, before the rows are read.
#[derive(Clone, Debug)]
pub(in crate::store) struct Scale {
    asked: Vec<Asked>,
    /// All of them in a row, where there are several.
    in_a_row: Option<Asked>,
    /// What each word counts.
    weights: Vec<f32>,
    /// A word alone: what has it whole.
    whole: Option<Found>,
}

/// A row that is to be scored.
struct Row {
    local: i64,
    received: i64,
    title: String,
    body: String,
}

impl Reader<'_> {
    /// Puts rows (local keys) into the order of how well they answer; the scale then scores others alike.
    pub(in crate::store) fn rank(
        &self,
        locals: &[i64],
        asked: Vec<Asked>,
    ) -> Result<(Vec<Ranked>, Scale)> {
        let in_a_row = (asked.len() > 1).then(|| Asked::in_a_row(&asked)).flatten();
        let asked = different(asked);
        let mut scale = Scale {
            in_a_row,
            weights: vec![1.0; asked.len()],
            whole: None,
            asked,
        };
        if let [one] = scale.asked.as_slice()
            && one.is_open()
            && one.is_told_by_terms()
        {
            scale.whole = Some(self.find_texts(&Texts::Asked(one.closed()))?);
        }
        let mut rows = Vec::with_capacity(locals.len());
        for local in locals {
            rows.extend(self.to_score(*local, &scale)?);
        }
        scale.weigh(&rows);
        let mut ranked: Vec<Ranked> = rows.iter().map(|row| scale.score(row)).collect();
        ranked.sort_by(Ranked::compare);
        Ok((ranked, scale))
    }

    /// What a row would score that is not among those that the scale was made for; `None` when it is gone.
    pub(in crate::store) fn score(&self, local: i64, scale: &Scale) -> Result<Option<Ranked>> {
        Ok(self.to_score(local, scale)?.map(|row| scale.score(&row)))
    }

    fn to_score(&self, local: i64, scale: &Scale) -> Result<Option<Row>> {
        let sql = if scale.in_a_row.is_some() {
            "SELECT f.received, f.title, coalesce(body_of(t.body, t.packed), '') FROM feedback f
             LEFT JOIN content t ON t.id = f.content WHERE f.id = ?1"
        } else {
            "SELECT received, title, '' FROM feedback WHERE id = ?1"
        };
        self.first(sql, [local], |row| {
            Ok(Row {
                local,
                received: row.get(0)?,
                title: row.get(1)?,
                body: row.get(2)?,
            })
        })
    }
}

/// A word that is typed again asks for nothing else; every row would be read for it once more.
fn different(asked: Vec<Asked>) -> Vec<Asked> {
    let mut known = HashSet::new();
    let different = asked.into_iter().filter(|one| known.insert(one.clone()));
    different.take(MOST_SCORED).collect()
}

impl Scale {
    /// Whether the title of a feedback has all words.
    pub(in crate::store) fn is_titled(&self, title: &str) -> bool {
        self.asked.iter().all(|asked| asked.is_in(title))
    }

    /// A word that few of the titles have counts more.
    fn weigh(&mut self, rows: &[Row]) {
        if self.asked.len() < 2 {
            return;
        }
        for (asked, weight) in self.asked.iter().zip(&mut self.weights) {
            let titles = rows.iter().filter(|row| asked.is_in(&row.title)).count();
            *weight = (1.0 + rows.len() as f32 / (1.0 + titles as f32)).ln();
        }
    }

    fn score(&self, row: &Row) -> Ranked {
        let mut score = 0.0;
        let mut in_title = true;
        let all: f32 = self.weights.iter().sum();
        for (asked, weight) in self.asked.iter().zip(&self.weights) {
            score += weight
                * match asked.fit(&row.title) {
                    Fit::Not => {
                        in_title = false;
                        self.in_text(asked, row)
                    }
                    fit => worth(fit, IN_TITLE),
                };
        }
        if in_title {
            score += all * NOTHING_ELSE * f32::from(halves(&self.asked, &row.title)) / 2.0;
        }
        if let Some(in_a_row) = &self.in_a_row {
            let fit = in_a_row.fit(&row.title).max(in_a_row.fit(&row.body));
            score += all * worth(fit, IN_A_ROW);
        }
        Ranked {
            local: row.local,
            received: row.received,
            score,
        }
    }

    /// What a word is worth that the title does not have: it is in the text, or in a comment.
    fn in_text(&self, asked: &Asked, row: &Row) -> f32 {
        let is_whole = match (&self.whole, u32::try_from(row.local)) {
            (Some(whole), Ok(local)) => whole.set.contains(local),
            _ => asked.fit(&row.body) == Fit::Whole,
        };
        if is_whole { IN_TEXT.0 } else { IN_TEXT.1 }
    }
}

fn worth(fit: Fit, (whole, begun): (f32, f32)) -> f32 {
    match fit {
        Fit::Not => 0.0,
        Fit::Begun => begun,
        Fit::Whole => whole,
    }
}

#[cfg(test)]
mod tests;
