//! How much the team's links go to ideas that were touched lately.

/// A running mean of how surprising the links were to somebody who expects each idea alike.
///
/// When an idea is linked to, let `u` be the share of ideas that were touched more lately. If links go to any idea alike,
/// `−ln u` is 1 on average; if they go to ideas that are fresh, it is more. Duplicates of bugs come soon after each other
/// (a mean of 3.5 was measured); questions about fixed topics come at random (1.0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habit {
    sum: f64,
    weight: f64,
}

/// What was seen long ago counts less: a link weighs half after some 140 others. A choice: a week of a busy rotation; no set is long
/// enough to tell it from another.
const MEMORY: f64 = 0.995;
/// So many links of indifference are assumed before the first is seen. A choice: so that the first links of a workspace decide nothing.
const DOUBT: f64 = 20.0;
/// How the mean becomes a pull, and the most it may be. With both, recall at 1 on Eclipse is 0.721 in a model, where a fixed pull of 1
/// has 0.706 and none 0.648; on topics in random order no pull is learned, and nothing is lost (0.720, with the fixed one 0.684).
const EAGERNESS: f64 = 0.8;
const MOST: f64 = 1.2;

impl Default for Habit {
    fn default() -> Self {
        Self {
            sum: 0.0,
            weight: 0.0,
        }
    }
}

impl Habit {
    /// Takes note of a link to an idea than which `fresher` of `ideas` were touched more lately.
    pub fn notice(&mut self, fresher: usize, ideas: usize) {
        if ideas < 2 {
            return;
        }
        #[allow(clippy::cast_precision_loss)] // There are never so many ideas.
        let share = ((fresher as f64 + 0.5) / ideas as f64).min(1.0);
        self.sum = self.sum * MEMORY - share.ln();
        self.weight = self.weight * MEMORY + 1.0;
    }

    /// How strongly freshness pulls: 0 where it tells nothing.
    #[must_use]
    pub fn pull(&self) -> f64 {
        let mean = (self.sum + DOUBT) / (self.weight + DOUBT);
        (EAGERNESS * (mean - 1.0)).clamp(0.0, MOST)
    }

    /// As a text that [`Habit::read`] reads.
    #[must_use]
    pub fn write(&self) -> String {
        format!("{} {}", self.sum, self.weight)
    }

    /// What [`Habit::write`] wrote; nothing learned from anything else.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let parts: Option<(f64, f64)> = text
            .split_once(' ')
            .and_then(|(sum, weight)| Some((sum.parse().ok()?, weight.parse().ok()?)));
        match parts {
            Some((sum, weight)) if sum.is_finite() && weight.is_finite() && weight >= 0.0 => {
                Self { sum, weight }
            }
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_fresh_ideas_pull_and_links_to_any_do_not() {
        let mut fresh = Habit::default();
        let mut any = Habit::default();
        assert!(fresh.pull() < 1e-9);
        for number in 0..300 {
            fresh.notice(number % 5, 100);
            any.notice(number % 100, 100);
        }
        assert!(fresh.pull() > 1.0, "{}", fresh.pull());
        assert!(any.pull() < 0.1, "{}", any.pull());
        assert_eq!(Habit::read(&fresh.write()), fresh);
        for nonsense in ["", "a b", "1", "NaN 2", "1 -3"] {
            assert_eq!(Habit::read(nonsense), Habit::default());
        }
    }
}
