//! Times of interleaved runs, and what is told of them.

use std::time::{Duration, Instant};

/// The times of one kind of work, sorted.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// The times as they were taken.
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self(times)
    }

    /// The time that so many of a hundred runs do not exceed.
    pub fn percentile(&self, hundredths: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        let place = (self.0.len() * hundredths).div_ceil(100).saturating_sub(1);
        self.0.get(place.min(last)).copied().unwrap_or_default()
    }

    /// The longest.
    pub fn longest(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }
}

/// How long `work` takes.
pub fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    std::hint::black_box(work());
    started.elapsed()
}

/// One kind of work: does it once, and says how long that took.
pub type Work<'a> = Box<dyn FnMut(usize) -> Duration + 'a>;

/// Does each kind of work in turn, `rounds` times, so that whatever else the machine does meets all of them alike. A first
/// round does not count.
pub fn in_turn<const N: usize>(rounds: usize, mut works: [Work<'_>; N]) -> [Times; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for round in 0..=rounds {
        for (work, times) in works.iter_mut().zip(&mut times) {
            let taken = work(round);
            if round > 0 {
                times.push(taken);
            }
        }
    }
    times.map(Times::new)
}

/// Waits, for `patience` at most, until others leave the machine alone; says how busy it was in the end, from 0 to 1.
pub fn wait_for_quiet(patience: Duration) -> f64 {
    let started = Instant::now();
    loop {
        let busy = busy(Duration::from_millis(300)).unwrap_or(0.0);
        if busy < 0.1 || started.elapsed() >= patience {
            return busy;
        }
    }
}

/// The part of all cores that is at work while this process sleeps; `None` where the system does not tell.
fn busy(while_asleep: Duration) -> Option<f64> {
    let before = ticks()?;
    std::thread::sleep(while_asleep);
    let after = ticks()?;
    let all = after.0.saturating_sub(before.0) as f64;
    let idle = after.1.saturating_sub(before.1) as f64;
    (all > 0.0).then(|| 1.0 - idle / all)
}

/// Ticks of all cores since the start of the machine, and the idle ones among them.
fn ticks() -> Option<(u64, u64)> {
    let text = std::fs::read_to_string("/proc/stat").ok()?;
    let line = text.lines().next()?;
    let ticks: Vec<u64> = line
        .split_whitespace()
        .skip(1)
        .filter_map(|tick| tick.parse().ok())
        .collect();
    Some((ticks.iter().sum(), ticks.get(3)? + ticks.get(4)?))
}

/// Numbers that follow no order, the same ones each time.
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// Those that begin with `seed`.
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The next one (splitmix64).
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The next one from 0 to 1, without 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The next one below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.unit() * bound as f64) as usize
    }

    /// A rank below `count`, after Zipf: the second is half as frequent as the first, the third a third.
    pub fn zipf(&mut self, count: usize) -> usize {
        let rank = ((count + 1) as f64).powf(self.unit()) - 1.0;
        (rank as usize).min(count - 1)
    }
}
