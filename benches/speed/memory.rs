//! The memory that the console has for itself after a long session. An hour of use is played as keys without pauses.

use std::time::Duration;

use super::bed::Bed;
use super::book::{Book, megabytes};
use super::pty::Pty;

const ROUNDS: usize = 60;

/// What is done again and again: moving, paging, orders, the text, a filter, ideas, the plan, the timeline, and deeds.
const KEYS: [&str; 14] = [
    "jjjjjjjjjjjjjjjjjjjj",
    "\x04\x04\x04\x15\x15",
    "G",
    "gg",
    "OOOO",
    "JJJKKK",
    "1",
    "u",
    "P",
    "jjjA",
    "/mobile\r\x1b",
    "gdjjjj\r\x1bgi",
    "grjjjjjgi",
    "gtjjjjj\x1bgi",
];

/// Measures the memory after a session of a few thousand keys.
pub fn measure(bed: &Bed, book: &mut Book) {
    let copy = bed.copy();
    let mut console = Pty::console(copy.path());
    console.frame();
    console.settle(Duration::from_secs(1));
    let fresh = console.anonymous_memory();
    let mut keys = 0;
    for _ in 0..ROUNDS {
        for pressed in KEYS {
            console.press(pressed);
            console.settle(Duration::from_millis(30));
            console.forget();
            keys += pressed.len();
        }
    }
    console.settle(Duration::from_secs(1));
    let (Some(fresh), Some(used)) = (fresh, console.anonymous_memory()) else {
        println!("the system does not tell how much memory a process has for itself");
        return;
    };
    let text = format!(
        "{} ({} at rest after the start)",
        megabytes(used),
        megabytes(fresh)
    );
    println!("           after {keys} keys");
    book.figure("memory", bed.items, text, None, None);
    console.quit();
}
