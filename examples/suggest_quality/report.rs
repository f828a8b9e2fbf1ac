//! What a replay found, as text.

use std::fmt::Write as _;
use std::time::Duration;

use crate::labelled::Labelled;
use crate::replay::{KEYS_WITHOUT, RANKS, Replay, Said};

impl Replay {
    /// Recall, silence, keys and times, line by line.
    pub fn report(mut self, path: &str, set: &Labelled) -> String {
        let questions = self.ranks.len();
        let mut told = format!(
            "{path}: {} items, {} ideas, {questions} questions\n",
            set.items.len(),
            self.ideas.len()
        );
        for (count, what) in [
            (set.alone, "items have no group, and are alone"),
            (set.cut, "bodies were cut at 1 MiB"),
        ] {
            if count > 0 {
                line(&mut told, "  of them", &format!("{count} {what}"));
            }
        }
        for rank in RANKS {
            let found = self.ranks.iter().flatten().filter(|r| **r <= rank).count();
            let recall = format!("{:.3}", share(found, questions));
            line(&mut told, &format!("recall at {rank}"), &recall);
        }
        // The sum of nothing is −0.
        let reciprocal =
            0.0 + (self.ranks.iter().flatten().map(|rank| part(1, *rank))).sum::<f64>();
        let mean = reciprocal / part(questions.max(1), 1);
        line(&mut told, "mean reciprocal rank", &format!("{mean:.3}"));
        let (wrongly, rightly) = self.silent;
        for (how, silent, of, whose) in [
            ("wrongly", wrongly, questions, "exists"),
            ("rightly", rightly, self.firsts, "does not"),
        ] {
            let said = format!(
                "{:.3} ({silent} of {of} whose idea {whose})",
                share(silent, of)
            );
            line(&mut told, &format!("nothing suggested, {how}"), &said);
        }
        let keys = |rank: &Option<usize>| match rank {
            Some(1..=9) => 1,
            _ => KEYS_WITHOUT,
        };
        let keys: usize = self.ranks.iter().map(keys).sum();
        let keys = format!(
            "{:.2} (1 for a digit, else {KEYS_WITHOUT}: i, letters, Enter)",
            share(keys, questions)
        );
        line(&mut told, "keys per item", &keys);
        let right: Vec<String> = self.believed.iter().map(Said::rate).collect();
        line(&mut told, "first right, by its bar", &right.join(", "));
        line(&mut told, "the same of its company", &self.same.to_string());
        if self.owner.of > 0 {
            let owner = self.owner.to_string();
            line(&mut told, "the owner of its component", &owner);
        }
        let last = self.times.split_off(self.times.len() * 9 / 10);
        self.times.extend(&last);
        for (what, times) in [
            ("time per suggestion", self.times),
            ("  of the last tenth", last),
            ("time for owner and same", self.hint_times),
            ("time per link", self.link_times),
            ("time per deed beside that", self.other_times),
        ] {
            line(&mut told, what, &spread(times));
        }
        told
    }
}

impl Said {
    /// `0.62 of 865`: how often it was right.
    fn rate(&self) -> String {
        format!("{:.2} of {}", share(self.rightly, self.said), self.said)
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let wrongly = self.said - self.rightly;
        write!(
            f,
            "{:.3} of {} that have one found; {wrongly} wrong ({:.3} of {} asked)",
            share(self.possible - self.silent, self.possible),
            self.possible,
            share(wrongly, self.of),
            self.of
        )
    }
}

fn line(told: &mut String, what: &str, figures: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(told, "{what:<26} {figures}");
}

fn share(some: usize, whole: usize) -> f64 {
    part(some, whole.max(1))
}

#[allow(clippy::cast_precision_loss)] // Counts of a labelled set.
fn part(some: usize, whole: usize) -> f64 {
    some as f64 / whole as f64
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100);
    format!(
        "median {:?}, 99th percentile {:?}",
        at(50).copied().unwrap_or_default(),
        at(99).copied().unwrap_or_default()
    )
}
