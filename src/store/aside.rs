//! A thread beside the one that writes: only one may hold the connection, but what goes into the file can be made ready
//! elsewhere.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

/// A thread that makes something of what it is given, in that order.
///
/// It ends when this goes out of scope, whatever is still to be done then: a transaction that is rolled back needs it no
/// more.
#[derive(Debug)]
pub struct Aside<I, O> {
    input: Option<SyncSender<Option<I>>>,
    output: Receiver<O>,
    thread: Option<JoinHandle<()>>,
}

/// The thread ended before it was told to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part of the work was not done")]
pub struct Ended;

impl<I: Send + 'static, O: Send + 'static> Aside<I, O> {
    /// Starts it. `work` is called with each thing that is given, and once with `None` when all of them were; it hands
    /// over what it made by the sender. So many things may wait for it.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(
        waiting: usize,
        mut work: impl FnMut(Option<I>, &Sender<O>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (input, given) = sync_channel::<Option<I>>(waiting);
        let (sender, output) = channel();
        let thread = Builder::new().spawn(move || {
            // Nobody tells of an end when what was given is wanted no more.
            while let Ok(thing) = given.recv() {
                let is_end = thing.is_none();
                work(thing, &sender);
                if is_end {
                    break;
                }
            }
        })?;
        Ok(Self {
            input: Some(input),
            output,
            thread: Some(thread),
        })
    }

    /// Gives it something to do; waits while too much waits already.
    ///
    /// # Errors
    /// When it panicked.
    pub fn give(&self, thing: I) -> Result<(), Ended> {
        let input = self.input.as_ref().ok_or(Ended)?;
        input.send(Some(thing)).map_err(|_| Ended)
    }

    /// Says that this was all; what was made of it can be taken later.
    ///
    /// # Errors
    /// When it panicked.
    pub fn was_all(&mut self) -> Result<(), Ended> {
        match self.input.take() {
            Some(input) => input.send(None).map_err(|_| Ended),
            None => Ok(()),
        }
    }

    /// What has been made so far and was not taken yet.
    pub fn made(&self) -> impl Iterator<Item = O> {
        self.output.try_iter()
    }

    /// What is still made of what it was given: waits for each until there is no more.
    ///
    /// # Errors
    /// When it panicked, behind the last.
    pub fn rest(mut self) -> impl Iterator<Item = Result<O, Ended>> {
        let mut ended = self.was_all().is_err();
        let mut over = false;
        std::iter::from_fn(move || {
            if over {
                return None;
            }
            if let Ok(made) = self.output.recv() {
                return Some(Ok(made));
            }
            over = true;
            let thread = self.thread.take();
            ended |= thread.is_some_and(|thread| thread.join().is_err());
            ended.then_some(Err(Ended))
        })
    }
}

impl<I, O> Drop for Aside<I, O> {
    fn drop(&mut self) {
        self.input = None;
        if let Some(thread) = self.thread.take() {
            // A panic was told where its work was asked for, or nobody wants that any more.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubling() -> Aside<u32, u32> {
        let mut sum = 0;
        let started = Aside::start(1, move |number: Option<u32>, made: &Sender<u32>| {
            sum += number.unwrap_or(0);
            let _ = made.send(number.map_or(sum, |number| number * 2));
        });
        started.expect("a thread")
    }

    #[test]
    fn everything_comes_back_in_order_and_the_end_last() {
        let aside = doubling();
        for number in 1..=5 {
            aside.give(number).expect("it works");
        }
        let mut all: Vec<u32> = aside.made().collect();
        all.extend(aside.rest().map(|made| made.expect("it works")));
        assert_eq!(all, [2, 4, 6, 8, 10, 15]);
    }

    #[test]
    fn one_that_is_wanted_no_more_ends() {
        let aside = doubling();
        aside.give(1).expect("it works");
        drop(aside);
    }

    #[test]
    fn a_panic_is_an_error_and_never_an_end() {
        let mut aside = Aside::start(0, |number: Option<u32>, made: &Sender<u32>| {
            assert_ne!(number, Some(2), "as it should be");
            let _ = made.send(1);
        })
        .expect("a thread");
        aside.give(1).expect("it works");
        let _ = aside.give(2);
        let _ = aside.was_all();
        let all: Vec<Result<u32, Ended>> = aside.rest().collect();
        assert_eq!(all, [Ok(1), Err(Ended)]);
    }
}
