//! From a key to the bytes that the console answers with, on a pseudo-terminal.

use std::time::Duration;

use super::bed::Bed;
use super::book::Book;
use super::measure::{Draw, Times, Work, in_turn};
use super::pty::Pty;

const MOVES: usize = 300;
/// So long must nothing arrive until the console counts as at rest.
const STILL: Duration = Duration::from_millis(25);

/// Measures keys that move, search and do a deed.
pub fn measure(bed: &Bed, book: &mut Book) {
    let moved = moves(bed, book);
    search(bed, &moved, book);
    deeds(bed, &moved, book);
}

/// A console at rest.
fn ready(workspace: &std::path::Path) -> Pty {
    let mut console = Pty::console(workspace);
    console.frame();
    console.settle(Duration::from_millis(700));
    console
}

/// Presses a key; how long until the next frame was there, the console being at rest before and after.
fn answer(console: &mut Pty, key: &str) -> Duration {
    console.forget();
    let pressed = console.press(key);
    let drawn = console.frame();
    console.settle(STILL);
    drawn.duration_since(pressed)
}

fn echo(floor: &mut Pty) -> Duration {
    let pressed = floor.press("x");
    let echoed = floor.byte();
    std::thread::sleep(STILL / 5);
    echoed.duration_since(pressed)
}

fn moves(bed: &Bed, book: &mut Book) -> Times {
    let mut floor = Pty::floor();
    floor.byte();
    let mut console = ready(&bed.workspace);
    let echoed: Work<'_> = Box::new(|_| echo(&mut floor));
    let moved: Work<'_> = Box::new(|_| answer(&mut console, "j"));
    let [echoed, moved] = in_turn(MOVES, [echoed, moved]);
    book.times("move key", bed.items, &moved, Some(&echoed));
    console.quit();
    moved
}

/// Types words into the filter letter by letter, and takes them back.
fn search(bed: &Bed, moved: &Times, book: &mut Book) {
    let mut console = ready(&bed.workspace);
    let (mut first, mut whole) = (Vec::new(), Vec::new());
    let mut draw = Draw::of(3);
    console.press("/");
    console.settle(Duration::from_millis(200));
    for word in ["export", "the way", "people", "steat", "mobile"] {
        for letter in std::iter::once(' ').chain(word.chars()) {
            console.forget();
            // People do not type in step with anything.
            std::thread::sleep(Duration::from_micros(draw.below(5_000) as u64));
            let pressed = console.press(&letter.to_string());
            let drawn = console.frame();
            let last = console.settle(Duration::from_millis(150)).unwrap_or(drawn);
            if letter != ' ' {
                first.push(drawn.duration_since(pressed));
                whole.push(last.max(drawn).duration_since(pressed));
            }
        }
        for _ in 0..=word.len() {
            console.press("\x7f");
            console.settle(Duration::from_millis(40));
        }
        console.settle(Duration::from_millis(400));
    }
    book.times("search key", bed.items, &Times::new(first), Some(moved));
    book.times(
        "search key, until all is there",
        bed.items,
        &Times::new(whole),
        None,
    );
    drop(console);
}

/// Marks items processed: the frame that follows the key must not wait for the disk.
fn deeds(bed: &Bed, moved: &Times, book: &mut Book) {
    let copy = bed.copy();
    let mut console = ready(copy.path());
    let mut times: Vec<Duration> = (0..41).map(|_| answer(&mut console, "P")).collect();
    times.remove(0);
    book.times("deed key", bed.items, &Times::new(times), Some(moved));
    console.quit();
}
