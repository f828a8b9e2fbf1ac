//! The thread that reads the terminal.
//!
//! It waits in one `poll` on two descriptors: the terminal, and a pipe through which the loop pauses it. So an
//! idle console wakes up for nothing, and a pause takes effect at once: while an editor runs, not one of its
//! keystrokes is read here.
//!
//! crossterm parses the bytes. It reads in its variant for `/dev/tty` (a feature of the crate), because the
//! other one spins for ever once the terminal has gone away.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crossterm::event;
use rustix::event::{PollFd, PollFlags};

use super::happening::{Happening, Obituary};
use super::translate;

/// How long crossterm is asked for more after an event. It may hold parsed events back that `poll` knows
/// nothing of, and only asking with a positive time brings them out.
const DRAIN: Duration = Duration::from_millis(20);

/// How long a pause waits for the thread. It answers at once, unless the terminal sent half an escape
/// sequence and crossterm waits for the rest; then the next byte is lost to it whatever we do.
const PAUSE: Duration = Duration::from_millis(300);

/// How often in a row the terminal may claim to have input and give none before it counts as gone.
const EMPTY_READS: u32 = 100;

const PAUSE_BYTE: u8 = b'p';
const RESUME_BYTE: u8 = b'r';

/// The reading thread; dropping it ends the thread.
#[derive(Debug)]
pub struct Input {
    pipe: PipeWriter,
    paused: Receiver<()>,
}

impl Input {
    /// Starts to read standard input, which must be a terminal in raw mode.
    ///
    /// # Errors
    /// The system refuses a pipe or a thread.
    pub fn listen(queue: Sender<Happening>) -> io::Result<Self> {
        let (reader, pipe) = io::pipe()?;
        let (acknowledge, paused) = channel();
        let mut listener = Listener {
            queue,
            pipe: reader,
            acknowledge,
            empty_reads: 0,
        };
        thread::Builder::new().name("input".into()).spawn(move || {
            let _obituary = Obituary::new("input", listener.queue.clone());
            listener.listen();
        })?;
        Ok(Self { pipe, paused })
    }

    /// Stops reading; when this returns the thread does not touch the terminal.
    pub fn pause(&mut self) {
        // The late answer to an earlier pause is not the answer to this one.
        while self.paused.try_recv().is_ok() {}
        // Where the thread has ended (the terminal is gone) nothing reads, which is what was asked for.
        if self.pipe.write_all(&[PAUSE_BYTE]).is_ok() {
            let _ = self.paused.recv_timeout(PAUSE);
        }
    }

    /// Reads again.
    pub fn resume(&mut self) {
        let _ = self.pipe.write_all(&[RESUME_BYTE]);
    }
}

/// Why the thread stops waiting.
enum Wake {
    Command(u8),
    Input,
    Gone,
    Ended,
}

struct Listener {
    queue: Sender<Happening>,
    pipe: PipeReader,
    acknowledge: Sender<()>,
    empty_reads: u32,
}

impl Listener {
    fn listen(&mut self) {
        loop {
            match self.wait() {
                Wake::Command(PAUSE_BYTE) => {
                    if self.acknowledge.send(()).is_err() || !self.wait_for_resume() {
                        return;
                    }
                }
                Wake::Command(_) => {}
                Wake::Input => {
                    if !self.read() {
                        let _ = self.queue.send(Happening::TerminalGone);
                        return;
                    }
                }
                Wake::Gone => {
                    let _ = self.queue.send(Happening::TerminalGone);
                    return;
                }
                Wake::Ended => return,
            }
        }
    }

    /// Commands come first: a pause must not read one key more.
    fn wait(&mut self) -> Wake {
        loop {
            let stdin = rustix::stdio::stdin();
            let mut descriptors = [
                PollFd::new(&self.pipe, PollFlags::IN),
                PollFd::from_borrowed_fd(stdin, PollFlags::IN),
            ];
            match rustix::event::poll(&mut descriptors, None) {
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return Wake::Gone,
            }
            let [command, input] = descriptors.map(|descriptor| descriptor.revents());
            if !command.is_empty() {
                return self.command().map_or(Wake::Ended, Wake::Command);
            }
            if input.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                return Wake::Gone;
            }
            if input.contains(PollFlags::IN) {
                return Wake::Input;
            }
        }
    }

    fn wait_for_resume(&mut self) -> bool {
        loop {
            match self.command() {
                Some(RESUME_BYTE) => return true,
                // A pause on top of a pause: the one who asked waits for a word.
                Some(_) => {
                    if self.acknowledge.send(()).is_err() {
                        return false;
                    }
                }
                None => return false,
            }
        }
    }

    /// The next command; none when the other end is gone.
    fn command(&mut self) -> Option<u8> {
        let mut byte = [0];
        self.pipe.read_exact(&mut byte).is_ok().then_some(byte[0])
    }

    /// Sends on what the terminal has; says whether the terminal is still there.
    fn read(&mut self) -> bool {
        let mut empty = true;
        loop {
            match event::poll(DRAIN) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => return false,
            }
            let Ok(event) = event::read() else {
                return false;
            };
            empty = false;
            if let Some(message) = translate::message(event)
                && self.queue.send(Happening::Typed(message)).is_err()
            {
                return true;
            }
        }
        self.empty_reads = if empty { self.empty_reads + 1 } else { 0 };
        self.empty_reads < EMPTY_READS
    }
}
