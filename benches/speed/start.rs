//! From the start of the program to its first complete frame on a pseudo-terminal.

use std::fs::File;
use std::path::{Path, PathBuf};

use rustix::fs::{Advice, fadvise};

use super::bed::Bed;
use super::book::Book;
use super::measure::{Work, in_turn};
use super::pty::Pty;

const WARM: usize = 60;
const COLD: usize = 25;

/// Measures the start, warm and with the file evicted from the system's cache.
pub fn measure(bed: &Bed, book: &mut Book) {
    check(&bed.workspace);
    let floor: Work<'_> = Box::new(|_| start_the_floor());
    let warm: Work<'_> = Box::new(|_| start(&bed.workspace));
    let [floor, warm] = in_turn(WARM, [floor, warm]);
    book.times("start, warm", bed.items, &warm, Some(&floor));
    let floor: Work<'_> = Box::new(|_| start_the_floor());
    let cold: Work<'_> = Box::new(|_| {
        evict(&bed.workspace);
        start(&bed.workspace)
    });
    let [floor, cold] = in_turn(COLD, [floor, cold]);
    book.times("start, cold", bed.items, &cold, Some(&floor));
}

fn start(workspace: &Path) -> std::time::Duration {
    let mut console = Pty::console(workspace);
    let drawn = console.frame();
    let taken = console.since_start(drawn);
    console.settle(std::time::Duration::from_millis(30));
    console.quit();
    taken
}

fn start_the_floor() -> std::time::Duration {
    let mut floor = Pty::floor();
    floor.byte();
    floor.press("x");
    let echoed = floor.byte();
    floor.since_start(echoed)
}

/// The first frame must be a whole one: list, count, the text in hand, release plan. Whatever comes later may change no more than
/// what is measured elsewhere (the suggestions).
fn check(workspace: &Path) {
    let mut console = Pty::console(workspace);
    console.frame();
    let first = console.screen();
    console.settle(std::time::Duration::from_millis(500));
    let settled = console.screen();
    let same = first
        .lines()
        .zip(settled.lines())
        .filter(|(first, settled)| first == settled);
    let (same, all) = (same.count(), settled.lines().count());
    println!("           the first frame has {same} of the {all} lines that are there in the end");
    assert!(
        first.contains("Inbox"),
        "no list in the first frame:\n{first}"
    );
    console.quit();
}

/// Takes the file out of the system's cache, as far as the system follows the advice.
fn evict(workspace: &Path) {
    for ending in ["", "-wal"] {
        let mut name = workspace.as_os_str().to_owned();
        name.push(ending);
        if let Ok(file) = File::open(PathBuf::from(name)) {
            file.sync_all().expect("it is on the disk");
            fadvise(&file, 0, None, Advice::DontNeed).expect("the advice is taken");
        }
    }
}
