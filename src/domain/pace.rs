//! How fast long work goes, and how long it will still take.

use std::fmt;
use std::time::Duration;

/// How far long work has come, and what it is: told now and then to whoever waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underway {
    /// What is being done: `undoing: imported 100000 feedback from issues.json`.
    pub words: String,
    /// How much of it is done.
    pub done: u64,
    /// Of how much. All of it may be done, and what was done is being stored.
    pub of: u64,
}

impl Underway {
    /// How much of it is done, from 0 to 100.
    #[must_use]
    pub fn percent(&self) -> u8 {
        Pace::of(self.done, self.of, 0, Duration::ZERO).percent
    }
}

/// How fast long work goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How much of it is done, from 0 to 100.
    pub percent: u8,
    /// Things a second so far.
    pub rate: u64,
    /// How long the rest takes at that speed; unknown at the very beginning.
    pub left: Option<Duration>,
}

impl Pace {
    /// The pace of work of which `done` parts `of` so many (such as bytes of a file) took that long, and held so many things.
    #[must_use]
    pub fn of(done: u64, of: u64, things: u64, elapsed: Duration) -> Self {
        let share = match of {
            0 => 0.0,
            of => (done as f64 / of as f64).clamp(0.0, 1.0),
        };
        let seconds = elapsed.as_secs_f64();
        let left = (share > 0.0).then(|| Duration::from_secs_f64(seconds * (1.0 - share) / share));
        Self {
            percent: (share * 100.0) as u8,
            rate: if seconds > 0.0 {
                (things as f64 / seconds) as u64
            } else {
                0
            },
            left,
        }
    }
}

/// `42% · 3400/s · 12s left`; without a rate where nothing is counted.
impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.percent)?;
        if self.rate > 0 || self.left.is_none() {
            write!(f, " · {}/s", self.rate)?;
        }
        let Some(left) = self.left else {
            return Ok(());
        };
        // A second more than is left is kinder than a second less.
        match left.as_secs() + 1 {
            seconds @ ..60 => write!(f, " · {seconds}s left"),
            seconds @ ..3_600 => write!(f, " · {}m {:02}s left", seconds / 60, seconds % 60),
            seconds => write!(f, " · {}h {:02}m left", seconds / 3_600, seconds / 60 % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_told_in_few_words() {
        let words = |done, of, things, seconds| {
            Pace::of(done, of, things, Duration::from_secs(seconds)).to_string()
        };
        assert_eq!(words(0, 100, 0, 0), "0% · 0/s");
        assert_eq!(words(25, 100, 500, 5), "25% · 100/s · 16s left");
        assert_eq!(words(10, 100, 500, 10), "10% · 50/s · 1m 31s left");
        assert_eq!(words(10, 100, 0, 10), "10% · 1m 31s left");
        assert_eq!(words(1, 1000, 7, 7), "0% · 1/s · 1h 56m left");
        assert_eq!(words(100, 100, 900, 9), "100% · 100/s · 1s left");
        // A file that has grown since it was looked at, and one without bytes.
        assert_eq!(words(120, 100, 9, 9), "100% · 1/s · 1s left");
        assert_eq!(words(5, 0, 9, 9), "0% · 1/s");
    }
}
