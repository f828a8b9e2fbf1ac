//! Reading ahead: one thread reads a file and converts it, while another writes what has come so far.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::thread;

/// How many things are handed over at once, so that handing over costs little.
const BATCH: usize = 64;
/// How many batches may wait: enough for both to go on while the other has no processor, because more threads work than
/// there are of them. Of usual things that is some megabytes; of the longest texts that are taken it is as much as the file.
const WAITING: usize = 32;

/// Gives `items` to `work`, which runs in a thread of its own. It may stop before the last one. What it is done with it hands
/// back, to be dropped by the thread that made it: freeing the memory of another thread takes longer, and this one has
/// less to do.
///
/// The items come from the calling thread, and so does the notice of whoever waits for them. If reading panics, `work` is
/// ended by a panic, too: a part of the items must not be taken for all.
pub fn read_ahead<T: Send, D: Send, R: Send>(
    items: &mut dyn Iterator<Item = T>,
    work: impl FnOnce(&mut dyn Iterator<Item = T>, &mut dyn FnMut(D)) -> R + Send,
) -> R {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Vec<T>>(WAITING);
        let (giver, finished) = channel::<Vec<D>>();
        let working = scope.spawn(move || {
            let mut done = Vec::with_capacity(BATCH);
            work(&mut until_the_end(receiver), &mut |item| {
                done.push(item);
                if done.len() == BATCH {
                    let done = std::mem::replace(&mut done, Vec::with_capacity(BATCH));
                    // Who has read to the end drops nothing any more.
                    let _ = giver.send(done);
                }
            })
        });
        loop {
            let batch: Vec<T> = items.take(BATCH).collect();
            let is_end = batch.is_empty();
            if sender.send(batch).is_err() || is_end {
                break;
            }
            finished.try_iter().for_each(drop);
        }
        drop(finished);
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

    /// Hands nothing back.
    fn work_on<T: Send, R: Send>(
        items: &mut dyn Iterator<Item = T>,
        work: impl FnOnce(&mut dyn Iterator<Item = T>) -> R + Send,
    ) -> R {
        read_ahead(items, |items, _: &mut dyn FnMut(())| work(items))
    }

    #[test]
    fn what_is_handed_back_is_dropped_by_the_reader() {
        struct Made(
            thread::ThreadId,
            std::sync::Arc<std::sync::atomic::AtomicU32>,
        );
        impl Drop for Made {
            fn drop(&mut self) {
                if thread::current().id() == self.0 {
                    self.1.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                }
            }
        }
        let dropped = std::sync::Arc::default();
        let here = thread::current().id();
        let mut items = (0..10_000).map(|_| Made(here, std::sync::Arc::clone(&dropped)));
        read_ahead(&mut items, |items, done| items.for_each(done));
        let dropped = dropped.load(std::sync::atomic::Ordering::SeqCst) as usize;
        // The last ones may be handed back when the reader is gone.
        assert!(dropped >= 5_000, "{dropped}");
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
