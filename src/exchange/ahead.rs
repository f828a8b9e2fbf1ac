//! Reading ahead: one thread reads a file and converts it, while another writes what has come so far.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// How many things are handed over at once, so that handing over costs little.
const BATCH: usize = 64;
/// How many batches may wait: enough for both to go on while the other pauses, and no more than a megabyte or two.
const WAITING: usize = 8;

/// Gives `items` to `work`, which runs in a thread of its own. It may stop before the last one.
///
/// The items come from the calling thread, and so does the notice of whoever waits for them. If reading panics, `work` is
/// ended by a panic, too: a part of the items must not be taken for all.
pub fn read_ahead<T: Send, R: Send>(
    items: &mut dyn Iterator<Item = T>,
    work: impl FnOnce(&mut dyn Iterator<Item = T>) -> R + Send,
) -> R {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Vec<T>>(WAITING);
        let working = scope.spawn(move || work(&mut until_the_end(receiver)));
        loop {
            let batch: Vec<T> = items.take(BATCH).collect();
            let is_end = batch.is_empty();
            if sender.send(batch).is_err() || is_end {
                break;
            }
        }
        working.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// What is in the batches, up to the empty one that ends them.
fn until_the_end<T>(batches: Receiver<Vec<T>>) -> impl Iterator<Item = T> {
    let next = move || {
        let batch = batches.recv().expect("the file is read to its end");
        (!batch.is_empty()).then_some(batch)
    };
    std::iter::from_fn(next).fuse().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_arrives_in_order() {
        let wanted: Vec<u32> = (0..1_000).collect();
        let got = read_ahead(&mut wanted.iter().copied(), |items| {
            items.collect::<Vec<u32>>()
        });
        assert_eq!(got, wanted);
    }

    #[test]
    fn who_has_had_enough_ends_the_reading() {
        let mut read = 0_u32;
        let mut items = std::iter::from_fn(|| {
            read += 1;
            Some(read)
        });
        assert_eq!(read_ahead(&mut items, |items| items.nth(2)), Some(3));
        assert!(read as usize <= BATCH * (WAITING + 2), "{read}");
    }

    #[test]
    fn a_panic_of_the_work_is_a_panic_of_the_reader() {
        let caught = std::panic::catch_unwind(|| {
            read_ahead(&mut (0..100), |items| {
                assert!(items.count() > 100, "as it should be");
            })
        });
        assert!(caught.is_err());
    }

    #[test]
    fn a_panic_of_the_reader_never_looks_like_the_end() {
        let worked = std::sync::Mutex::new(None);
        let caught = std::panic::catch_unwind(|| {
            let mut items = (0..1_000).inspect(|item| assert!(*item < 500, "as it should be"));
            read_ahead(&mut items, |items| {
                let count = items.count();
                *worked.lock().expect("nobody panicked with it") = Some(count);
            });
        });
        assert!(caught.is_err());
        assert_eq!(*worked.lock().expect("nobody panicked with it"), None);
    }
}
