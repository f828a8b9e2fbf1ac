//! The side of the console: it starts the process that reads, and believes it nothing.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::Signal;

use super::frame::{self, Frame, Order};
use super::refusal::SheetError;
use super::{COMMAND, LARGEST_SHEET};

/// How long may pass without anything from the child.
const PATIENCE: Timespec = Timespec {
    tv_sec: 20,
    tv_nsec: 0,
};
/// How much is read of what a dying child says, in bytes.
const LAST_WORDS: u64 = 4_096;

/// A process that reads a spreadsheet. It ends with this value.
pub struct Reading {
    child: Child,
    answer: BufReader<Patient>,
    buffer: Vec<u8>,
    bytes: u64,
}

impl Reading {
    /// Starts `program` on that file.
    ///
    /// # Errors
    /// When the file cannot be opened or is too large, or the program cannot be started.
    pub fn start(program: &Path, path: &Path, order: &Order) -> Result<Self, SheetError> {
        let file = File::open(path).map_err(SheetError::Unreadable)?;
        let bytes = file.metadata().map_err(SheetError::Unreadable)?.len();
        if bytes > LARGEST_SHEET {
            return Err(SheetError::TooLarge(bytes));
        }
        let order = serde_json::to_string(order).map_err(io::Error::other);
        let mut child = Command::new(program)
            .arg(COMMAND)
            .arg(order.map_err(SheetError::NotStarted)?)
            .env_clear()
            .stdin(file)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(SheetError::NotStarted)?;
        let answer = BufReader::new(Patient(child.stdout.take()));
        Ok(Self {
            child,
            answer,
            buffer: Vec::new(),
            bytes,
        })
    }

    /// How many bytes the file has.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next frame.
    ///
    /// # Errors
    /// When the child refuses the file, says nonsense or nothing, or has died.
    pub fn next_frame(&mut self) -> Result<Frame, SheetError> {
        match frame::read(&mut self.answer, &mut self.buffer) {
            Ok(Some(Frame::Refused(refusal))) => Err(SheetError::Refused(refusal)),
            Ok(Some(frame)) => Ok(frame),
            Ok(None) => Err(self.post_mortem()),
            Err(error) => Err(match error.kind() {
                ErrorKind::InvalidData => SheetError::Garbled,
                ErrorKind::TimedOut => SheetError::Silent,
                _ => SheetError::Unreadable(error),
            }),
        }
    }

    /// The number of the process.
    #[cfg(test)]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// What it died of. It closes its answer when it is dead, and otherwise is as good as that.
    fn post_mortem(&mut self) -> SheetError {
        let _ = self.child.kill();
        let status = match self.child.wait() {
            Ok(status) => status,
            Err(error) => return SheetError::BrokeDown(error.to_string()),
        };
        let words = last_words(self.child.stderr.take());
        let starved = ["memory allocation of", "capacity overflow"];
        if starved.iter().any(|sign| words.contains(sign)) {
            return SheetError::Memory;
        }
        match status.signal().and_then(Signal::from_named_raw) {
            Some(Signal::XCPU) => SheetError::Computing,
            Some(Signal::INT) => SheetError::Stopped,
            _ => SheetError::BrokeDown(status.to_string()),
        }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        // Both fail only for a child that is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the runtime or a panic said at the end.
fn last_words(said: Option<ChildStderr>) -> String {
    let mut words = Vec::new();
    if let Some(said) = said {
        let _ = said.take(LAST_WORDS).read_to_end(&mut words);
    }
    String::from_utf8_lossy(&words).into_owned()
}

/// The answer of the child, waited for no longer than [`PATIENCE`].
struct Patient(Option<ChildStdout>);

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(pipe) = &mut self.0 else {
            return Ok(0);
        };
        let mut waiting = [PollFd::new(pipe, PollFlags::IN)];
        match poll(&mut waiting, Some(&PATIENCE)) {
            Ok(0) => Err(ErrorKind::TimedOut.into()),
            Ok(_) => pipe.read(buffer),
            // `Interrupted` among others, after which the caller tries again.
            Err(error) => Err(error.into()),
        }
    }
}
