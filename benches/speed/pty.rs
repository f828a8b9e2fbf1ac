//! The program in a pseudo-terminal of 200×50, and when its bytes arrive there.
//!
//! A program is started as a shell's own child would be, with nothing of the benchmark's memory to copy: `std` uses `posix_spawn` where
//! nothing is to be done between the fork and the program. A fork of the benchmark itself took one to three milliseconds, which
//! counted as the program's.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use super::bed;

/// Columns and rows.
pub const SIZE: (u16, u16) = (200, 50);

/// Ends a frame of the console: the end of a synchronized update.
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

/// What the floor's program writes once the terminal is in raw mode; then it writes each byte that it reads.
const READY: u8 = b'!';

/// With this argument the benchmark is the program of the floor.
pub const ECHO: &str = "--echo-one-byte-at-a-time";

/// What programs ask of a terminal before they draw, and what one answers: where the cursor is, and what kind it is.
const QUESTIONS: [(&[u8], &[u8]); 2] = [(b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b[c", b"\x1b[?62c")];

/// How long anything may take before the benchmark gives up.
const DEADLINE: Duration = Duration::from_secs(120);

/// A program in a pseudo-terminal.
pub struct Pty {
    child: Child,
    writer: Arc<Mutex<File>>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    started: Instant,
    seen: Vec<u8>,
    /// When the last of them arrived.
    at: Instant,
    /// Of the bytes seen, those before this place have been looked at.
    looked: usize,
}

impl Pty {
    /// Starts a command in a terminal that says nothing by itself, and is not its controlling one.
    pub fn start(command: Command) -> Self {
        Self::started(command, &[])
    }

    /// Starts a command in a controlling terminal of its own that answers what programs ask of it. `setsid` takes the terminal for
    /// it, which is about a millisecond more.
    pub fn start_answered(command: &Command) -> Self {
        let mut taker = Command::new("setsid");
        taker
            .args(["--ctty".as_ref(), command.get_program()])
            .args(command.get_args());
        Self::started(taker, &QUESTIONS)
    }

    fn started(mut command: Command, questions: &'static [(&'static [u8], &'static [u8])]) -> Self {
        let (mut reader, side) = terminal().expect("a pseudo-terminal");
        let writer = reader.try_clone().expect("a writer");
        let writer = Arc::new(Mutex::new(writer));
        let answering = Arc::clone(&writer);
        let (sender, chunks) = channel();
        thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                let chunk = (Instant::now(), bytes[..count].to_vec());
                if sender.send(chunk).is_err() {
                    return;
                }
                for (question, answer) in questions {
                    if find(&bytes[..count], question).is_some() {
                        tell(&answering, answer);
                    }
                }
            }
        });
        let same = || Stdio::from(side.try_clone().expect("another of it"));
        command
            .env("TERM", "xterm-256color")
            .stdin(same())
            .stdout(same())
            .stderr(same());
        let started = Instant::now();
        let child = command.spawn().expect("it starts");
        Self {
            child,
            writer,
            chunks,
            started,
            seen: Vec::new(),
            at: started,
            looked: 0,
        }
    }

    /// Starts the console on a workspace, with a configuration of its own that is empty.
    pub fn console(workspace: &Path) -> Self {
        let mut command = Command::new(bed::console());
        command.args(["--as", "@hana", "--workspace"]);
        command.arg(workspace);
        let home = bed::root().join("home");
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(variable, &home);
        }
        Self::start(command)
    }

    /// Starts the floor: this very program, see [`echo`].
    pub fn floor() -> Self {
        let mut command = Command::new(bed::installed(&std::env::current_exe().expect("a path")));
        command.arg(ECHO);
        Self::start(command)
    }

    /// How long it took from the start until then.
    pub fn since_start(&self, then: Instant) -> Duration {
        then.duration_since(self.started)
    }

    /// The program's number.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Types keys, and says when.
    pub fn press(&mut self, keys: &str) -> Instant {
        let now = Instant::now();
        tell(&self.writer, keys.as_bytes());
        now
    }

    /// Waits until the next frame has arrived as a whole, and says when.
    pub fn frame(&mut self) -> Instant {
        self.until(END_OF_FRAME)
    }

    /// Waits for the floor's byte.
    pub fn byte(&mut self) -> Instant {
        let byte = if self.looked == 0 { READY } else { b'x' };
        self.until(&[byte])
    }

    fn until(&mut self, mark: &[u8]) -> Instant {
        loop {
            if let Some(place) = find(&self.seen[self.looked..], mark) {
                self.looked += place + mark.len();
                return self.at;
            }
            match self.chunks.recv_timeout(DEADLINE) {
                Ok((at, bytes)) => {
                    self.at = at;
                    self.seen.extend_from_slice(&bytes);
                }
                Err(error) => panic!("waited in vain ({error}); the screen is\n{}", self.screen()),
            }
        }
    }

    /// Waits until nothing has arrived for a while; says when the last frame had, if there was one.
    pub fn settle(&mut self, still: Duration) -> Option<Instant> {
        let mut last = None;
        while let Ok((at, bytes)) = self.chunks.recv_timeout(still) {
            self.seen.extend_from_slice(&bytes);
            last = Some(at);
        }
        self.looked = self.seen.len();
        last
    }

    /// Waits until the screen has shown the same for a while, for programs that send what is there already again and again, or
    /// until `patience` ends; says when it last became another one, if it did.
    pub fn same_screen(&mut self, still: Duration, patience: Duration) -> Option<Instant> {
        let begun = Instant::now();
        let [columns, rows] = [SIZE.0, SIZE.1].map(|size| NonZero::new(size).expect("a size"));
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&self.seen);
        let mut shown = parser.screen().contents();
        let (mut last, mut since) = (None, begun);
        while since.elapsed() < still && begun.elapsed() < patience {
            let left = still.saturating_sub(since.elapsed());
            let Ok((at, bytes)) = self.chunks.recv_timeout(left) else {
                break;
            };
            self.seen.extend_from_slice(&bytes);
            parser.process(&bytes);
            let shows = parser.screen().contents();
            if shows != shown {
                (shown, last, since) = (shows, Some(at), at);
            }
        }
        self.looked = self.seen.len();
        last
    }

    /// What the terminal shows by what has been looked at.
    pub fn screen(&self) -> String {
        let [columns, rows] = [SIZE.0, SIZE.1].map(|size| NonZero::new(size).expect("a size"));
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&self.seen[..self.looked]);
        parser.screen().contents()
    }

    /// Forgets what the terminal has shown so far, so that a long session does not fill the memory.
    pub fn forget(&mut self) {
        self.seen.clear();
        self.looked = 0;
    }

    /// How much memory the program has for itself, in bytes; `None` where the system does not tell.
    pub fn anonymous_memory(&self) -> Option<u64> {
        memory(self.process(), "RssAnon:")
    }

    /// Ends the console by its key.
    pub fn quit(mut self) {
        // It closes one view after the other; a prompt takes it for a letter, and is left by Esc.
        for _ in 0..9 {
            self.press("\x1b");
            self.settle(Duration::from_millis(30));
            self.press("q");
            self.settle(Duration::from_millis(30));
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A line of what the system tells of a process's memory, in bytes.
pub fn memory(process: u32, line: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|text| text.strip_prefix(line))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1_024)
}

/// A pseudo-terminal of [`SIZE`]: the side that the benchmark holds, and the program's.
fn terminal() -> std::io::Result<(File, File)> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let name = ptsname(&ours, Vec::new())?;
    // It must not become the benchmark's own, which would be hung up with it.
    let ways = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let side = open(name, ways, Mode::empty())?;
    let size = Winsize {
        ws_row: SIZE.1,
        ws_col: SIZE.0,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&side, size)?;
    Ok((File::from(ours), File::from(side)))
}

fn tell(writer: &Mutex<File>, bytes: &[u8]) {
    let mut writer = writer.lock().expect("nobody stumbled");
    writer.write_all(bytes).expect("it reads");
    writer.flush().expect("it reads");
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

/// The program of the floor: takes the terminal in raw mode, says so, and writes each byte that it reads.
pub fn echo() {
    crossterm::terminal::enable_raw_mode().expect("a terminal");
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut byte = [READY];
    loop {
        output.write_all(&byte).expect("somebody reads");
        output.flush().expect("somebody reads");
        if input.read(&mut byte).unwrap_or(0) == 0 {
            return;
        }
    }
}
