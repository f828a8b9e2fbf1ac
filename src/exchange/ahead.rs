//! Reading ahead: one thread reads a file and converts it, while another writes what has come so far.
//!
//! ```text
//!             batches, as many as may wait by number and by bytes
//!   reads  ────────────────────────────────────────────────────────▶  works
//!   drops  ◀────────────────────────────────────────────────────────
//!             what it is done with, and how much it has taken
//! ```

use std::cell::RefCell;
use std::mem;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;

/// How many things are handed over at once, so that handing over costs little.
const BATCH: usize = 64;
/// How many batches may wait: enough for both to go on while the other has no processor, because more threads work than
/// there are of them. Of usual things that is some megabytes.
const WAITING: usize = 32;
/// A batch is full with so many bytes, too, and so many may wait in all: of long texts a few are enough to be ahead.
const BATCH_BYTES: usize = WAITING_BYTES / 16;
const WAITING_BYTES: usize = 8 << 20;

/// Things that are handed over at once, and how many bytes they take.
struct Batch<T> {
    items: Vec<T>,
    bytes: usize,
}

impl<T> Batch<T> {
    /// The next of these items; none at their end.
    fn next(items: &mut dyn Iterator<Item = T>, size: impl Fn(&T) -> usize) -> Self {
        let mut batch = Self {
            items: Vec::with_capacity(BATCH),
            bytes: 0,
        };
        while batch.items.len() < BATCH && batch.bytes < BATCH_BYTES {
            let Some(item) = items.next() else { break };
            batch.bytes += size(&item);
            batch.items.push(item);
        }
        batch
    }
}

/// What comes back for each batch that is taken.
struct Back<D> {
    /// How many bytes no longer wait.
    taken: usize,
    /// What the work is done with.
    done: Vec<D>,
}

impl<D> Back<D> {
    /// Drops what is done, and answers how many bytes no longer wait.
    fn settle(self) -> usize {
        drop(self.done);
        self.taken
    }
}

/// Gives `items` to `work`, which runs in a thread of its own. It may stop before the last one. What it is done with it hands
/// back, to be dropped by the thread that made it: freeing the memory of another thread takes longer, and this one has
/// less to do.
///
/// `size` says how many bytes an item takes, about. However long the items are, no more of them wait than some megabytes and
/// what one batch can have: that is little more than one item.
///
/// The items come from the calling thread, and so does the notice of whoever waits for them. If reading panics, `work` is
/// ended by a panic, too: a part of the items must not be taken for all.
pub fn read_ahead<T: Send, D: Send, R: Send>(
    items: &mut dyn Iterator<Item = T>,
    size: impl Fn(&T) -> usize,
    work: impl FnOnce(&mut dyn Iterator<Item = T>, &mut dyn FnMut(D)) -> R + Send,
) -> R {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let (giver, taken) = channel();
        let working = scope.spawn(move || {
            let done = RefCell::new(Vec::with_capacity(BATCH));
            let mut items = until_the_end(receiver, giver, &done);
            work(&mut items, &mut |item| done.borrow_mut().push(item))
        });
        let mut waiting = 0;
        loop {
            let batch = Batch::next(items, &size);
            let is_end = batch.items.is_empty();
            waiting += batch.bytes;
            if sender.send(batch).is_err() || is_end {
                break;
            }
            // As long as too much waits there is a batch to be taken, so that something comes back; unless the work has ended.
            waiting -= taken.try_iter().map(Back::settle).sum::<usize>();
            while waiting > WAITING_BYTES
                && let Ok(back) = taken.recv()
            {
                waiting -= back.settle();
            }
        }
        drop(taken);
        working.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// What is in the batches, up to the empty one that ends them. For each that is taken, what is done by then goes back.
fn until_the_end<T, D>(
    batches: Receiver<Batch<T>>,
    giver: Sender<Back<D>>,
    done: &RefCell<Vec<D>>,
) -> impl Iterator<Item = T> {
    let next = move || {
        let batch = batches.recv().expect("the file is read to its end");
        let back = Back {
            taken: batch.bytes,
            done: mem::replace(&mut *done.borrow_mut(), Vec::with_capacity(BATCH)),
        };
        // Who has read to the end drops nothing any more.
        let _ = giver.send(back);
        (!batch.items.is_empty()).then_some(batch.items)
    };
    std::iter::from_fn(next).fuse().flatten()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Hands nothing back.
    fn work_on<T: Send, R: Send>(
        items: &mut dyn Iterator<Item = T>,
        work: impl FnOnce(&mut dyn Iterator<Item = T>) -> R + Send,
    ) -> R {
        read_ahead(items, |_| 1, |items, _: &mut dyn FnMut(())| work(items))
    }

    #[test]
    fn what_is_handed_back_is_dropped_by_the_reader() {
        struct Made(thread::ThreadId, Arc<AtomicUsize>);
        impl Drop for Made {
            fn drop(&mut self) {
                if thread::current().id() == self.0 {
                    self.1.fetch_add(1, Ordering::SeqCst);
                }
            }
        }
        let dropped = Arc::default();
        let here = thread::current().id();
        let mut items = (0..10_000).map(|_| Made(here, Arc::clone(&dropped)));
        read_ahead(&mut items, |_| 1, |items, done| items.for_each(done));
        let dropped = dropped.load(Ordering::SeqCst);
        // The last ones may be handed back when the reader is gone.
        assert!(dropped >= 5_000, "{dropped}");
    }

    #[test]
    fn of_long_things_no_more_than_some_megabytes_wait() {
        const LONG: usize = 1 << 20;
        let read = AtomicUsize::new(0);
        let mut items = (0..200).inspect(|_| {
            read.fetch_add(LONG, Ordering::SeqCst);
        });
        let mut most = 0;
        let worked = read_ahead(
            &mut items,
            |_| LONG,
            |items, done| {
                // As far ahead as it goes while nothing is taken.
                while read.load(Ordering::SeqCst) <= WAITING_BYTES {
                    thread::yield_now();
                }
                for (place, item) in items.enumerate() {
                    most = most.max(read.load(Ordering::SeqCst) - place * LONG);
                    done(item);
                }
                most
            },
        );
        // What waits, the batch that is full already, and what is worked on.
        assert!(worked <= WAITING_BYTES + 3 * LONG, "{worked}");
        assert_eq!(read.into_inner(), 200 * LONG);
    }

    #[test]
    fn the_work_may_end_while_the_reader_waits_for_room() {
        let mut items = std::iter::repeat(());
        let size = |(): &()| WAITING_BYTES + 1;
        let count = read_ahead(&mut items, size, |items, done| {
            items.take(3).map(done).count()
        });
        assert_eq!(count, 3);
    }

    #[test]
    fn everything_arrives_in_order() {
        let wanted: Vec<u32> = (0..1_000).collect();
        let got = work_on(&mut wanted.iter().copied(), |items| {
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
        assert_eq!(work_on(&mut items, |items| items.nth(2)), Some(3));
        assert!(read as usize <= BATCH * (WAITING + 2), "{read}");
    }

    #[test]
    fn a_panic_of_the_work_is_a_panic_of_the_reader() {
        let caught = std::panic::catch_unwind(|| {
            work_on(&mut (0..100), |items| {
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
            work_on(&mut items, |items| {
                let count = items.count();
                *worked.lock().expect("nobody panicked with it") = Some(count);
            });
        });
        assert!(caught.is_err());
        assert_eq!(*worked.lock().expect("nobody panicked with it"), None);
    }
}
