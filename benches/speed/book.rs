//! What was measured: cells of a table, kept from run to run so that one group can be measured anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::bed;
use super::measure::Times;

/// What is told of one kind of work at one size.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Cell {
    /// The figures.
    pub text: String,
    /// Those of the floor in the same run.
    pub floor: Option<String>,
    /// How many times the floor it is.
    pub ratio: Option<f64>,
    /// The median in seconds, of times.
    #[serde(default)]
    pub median: Option<f64>,
}

/// All that was measured, by kind of work and number of items.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Book {
    cells: BTreeMap<String, BTreeMap<u64, Cell>>,
    /// The part of the machine that others used at most, from 0 to 1, by number of items.
    busy: BTreeMap<u64, f64>,
}

fn file() -> PathBuf {
    bed::root().join("figures.json")
}

impl Book {
    /// The book as the last run left it.
    pub fn read() -> Self {
        let text = fs::read_to_string(file()).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps it for the next run.
    pub fn keep(&self) {
        let text = serde_json::to_string_pretty(self).expect("plain data");
        fs::create_dir_all(bed::root()).expect("a folder");
        fs::write(file(), text).expect("it is written");
    }

    /// Notes how busy others kept the machine before some work.
    pub fn note_busy(&mut self, items: u64, busy: f64) {
        let most = self.busy.entry(items).or_default();
        *most = most.max(busy);
    }

    /// The part of the machine that others used at most.
    pub fn busiest(&self) -> f64 {
        self.busy.values().copied().fold(0.0, f64::max)
    }

    /// Begins a size anew.
    pub fn forget_busy(&mut self, items: u64) {
        self.busy.remove(&items);
    }

    /// Notes times beside those of the floor.
    pub fn times(&mut self, row: &str, items: u64, times: &Times, floor: Option<&Times>) {
        let middle = times.percentile(50);
        self.note(
            row,
            items,
            Cell {
                text: format!("{} / {}", shown(middle), shown(times.percentile(99))),
                floor: floor.map(|floor| {
                    format!(
                        "{} / {}",
                        shown(floor.percentile(50)),
                        shown(floor.percentile(99))
                    )
                }),
                ratio: floor.map(|floor| middle.as_secs_f64() / floor.percentile(50).as_secs_f64()),
                median: Some(middle.as_secs_f64()),
            },
        );
    }

    /// Notes times of which the longest counts.
    pub fn times_with_longest(&mut self, row: &str, items: u64, times: &Times) {
        let [middle, most] = [50, 99].map(|hundredths| shown(times.percentile(hundredths)));
        self.note(
            row,
            items,
            Cell {
                text: format!("{middle} / {most}, max {}", shown(times.longest())),
                ..Cell::default()
            },
        );
    }

    /// Notes one figure beside that of the floor, where a quotient says something.
    pub fn figure(
        &mut self,
        row: &str,
        items: u64,
        text: String,
        floor: Option<String>,
        ratio: Option<f64>,
    ) {
        let cell = Cell {
            text,
            floor,
            ratio,
            median: None,
        };
        self.note(row, items, cell);
    }

    fn note(&mut self, row: &str, items: u64, cell: Cell) {
        let floor = cell.floor.as_deref().unwrap_or("–");
        let ratio = cell
            .ratio
            .map_or(String::new(), |ratio| format!("{ratio:.1}×"));
        println!(
            "{items:>9}  {row:<34} {:<38} floor {floor:<20} {ratio}",
            cell.text
        );
        self.cells
            .entry(row.to_owned())
            .or_default()
            .insert(items, cell);
        self.keep();
    }

    /// What was noted of some work.
    pub fn cell(&self, row: &str, items: u64) -> Option<&Cell> {
        self.cells.get(row)?.get(&items)
    }
}

/// A time with three digits that mean something.
pub fn shown(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        0.0..1e-5 => format!("{:.1} µs", seconds * 1e6),
        1e-5..1e-3 => format!("{:.3} ms", seconds * 1e3),
        1e-3..1e-2 => format!("{:.2} ms", seconds * 1e3),
        1e-2..0.1 => format!("{:.1} ms", seconds * 1e3),
        0.1..10.0 => format!("{seconds:.2} s"),
        _ => format!("{seconds:.0} s"),
    }
}

/// A number of bytes.
pub fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
