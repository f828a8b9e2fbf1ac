//! A pseudo-terminal with a program in it, and a terminal emulator that watches what the program prints.

use std::io::{Read, Write};
use std::num::NonZero;
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};

/// How long a test waits for a state before it fails. Generous: machines are busy, and nothing waits this long
/// unless it is broken.
const DEADLINE: Duration = Duration::from_secs(60);
/// After so long somebody presses a key again.
const PRESSED_AGAIN: Duration = Duration::from_millis(300);

struct Watched {
    parser: vt100::Parser,
    /// Whether the reader should leave the program's output where it is.
    blocked: bool,
}

type Shared = Arc<(Mutex<Watched>, Condvar)>;

/// One program in one pseudo-terminal.
pub struct Pty {
    shared: Shared,
    child: Box<dyn Child + Send + Sync>,
    writer: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    /// Kept open, so that the terminal outlives the program and can be looked at.
    slave: Option<Box<dyn SlavePty + Send>>,
    found: String,
}

impl Pty {
    /// Starts a command at 80×24.
    pub fn run(command: &[String]) -> Self {
        Self::run_with(command, &[])
    }

    /// Starts a command at 80×24 with more in its environment.
    pub fn run_with(command: &[String], environment: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(size(80, 24))
            .expect("a pseudo-terminal");
        let found = modes(&*pair.master);
        let mut builder = CommandBuilder::new(&command[0]);
        builder.args(&command[1..]);
        builder.env("TERM", "xterm-256color");
        builder.env("INTAKE_PROBE", "1");
        builder.env_remove("RUST_BACKTRACE");
        for (name, value) in environment {
            builder.env(name, value);
        }
        let child = pair.slave.spawn_command(builder).expect("it starts");
        let shared: Shared = Arc::new((
            Mutex::new(Watched {
                parser: emulator(80, 24),
                blocked: false,
            }),
            Condvar::new(),
        ));
        let reader = pair.master.try_clone_reader().expect("a reader");
        watch(reader, Arc::clone(&shared));
        Self {
            shared,
            child,
            writer: Some(pair.master.take_writer().expect("a writer")),
            master: Some(pair.master),
            slave: Some(pair.slave),
            found,
        }
    }

    /// Types into the terminal.
    pub fn type_in(&mut self, keys: &str) {
        let writer = self.writer.as_mut().expect("it is open");
        writer.write_all(keys.as_bytes()).expect("it is read");
        writer.flush().expect("it is read");
    }

    /// Presses a key, and again as long as the text is not on the screen: what is confirmed counts only once it could be read.
    pub fn insist(&mut self, key: &str, text: &str) {
        let end = Instant::now() + DEADLINE;
        while Instant::now() < end {
            self.type_in(key);
            let (lock, changed) = &*self.shared;
            let watched = lock.lock().expect("the reader is well");
            let (watched, _) = changed
                .wait_timeout_while(watched, PRESSED_AGAIN, |watched| {
                    !watched.parser.screen().contents().contains(text)
                })
                .expect("the reader is well");
            if watched.parser.screen().contents().contains(text) {
                return;
            }
        }
        self.wait_for_text(text);
    }

    /// Waits until the screen satisfies `reached`.
    pub fn wait_for(&self, what: &str, reached: impl Fn(&vt100::Screen) -> bool) {
        let (lock, changed) = &*self.shared;
        let mut watched = lock.lock().expect("the reader is well");
        let end = Instant::now() + DEADLINE;
        while !reached(watched.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited in vain for {what}; the screen is\n{}",
                watched.parser.screen().contents()
            );
            watched = changed
                .wait_timeout(watched, left)
                .expect("the reader is well")
                .0;
        }
    }

    /// Waits until the text is on the screen.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Looks at the screen as it is now.
    pub fn with_screen<T>(&self, look: impl Fn(&vt100::Screen) -> T) -> T {
        look(
            self.shared
                .0
                .lock()
                .expect("the reader is well")
                .parser
                .screen(),
        )
    }

    /// Sends a signal to the program, by its name without SIG.
    pub fn signal(&self, name: &str) {
        send(name, &self.child.process_id().expect("it runs").to_string());
    }

    /// Sends a signal to the process that has the terminal in the foreground.
    pub fn signal_foreground(&self, name: &str) {
        let leader = self
            .master()
            .process_group_leader()
            .expect("a foreground job");
        send(name, &leader.to_string());
    }

    /// Makes the terminal another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let (lock, _) = &*self.shared;
        lock.lock()
            .expect("the reader is well")
            .parser
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.master()
            .resize(size(columns, rows))
            .expect("it resizes");
    }

    /// Leaves what the program prints unread from here on.
    pub fn stop_reading(&self) {
        self.shared.0.lock().expect("the reader is well").blocked = true;
    }

    /// Waits for the program to end; one that does not is killed at the deadline.
    pub fn exit_code(&mut self) -> u32 {
        let mut killer = self.child.clone_killer();
        let (ended, has_ended) = channel::<()>();
        let watch = thread::spawn(move || {
            if has_ended.recv_timeout(DEADLINE) == Err(RecvTimeoutError::Timeout) {
                let _ = killer.kill();
            }
        });
        let status = self.child.wait().expect("it can be waited for");
        drop(ended);
        watch.join().expect("the watch is well");
        assert_eq!(status.signal(), None, "it should exit by itself");
        status.exit_code()
    }

    /// Pulls the terminal from under the program and waits for its end.
    pub fn hang_up(mut self) -> u32 {
        self.slave = None;
        self.stop_reading();
        self.writer = None;
        self.master = None;
        self.exit_code()
    }

    /// Whether the program has the terminal as a console needs it.
    pub fn is_taken(&self) -> bool {
        let raw = modes(self.master()) != self.found;
        raw && self.with_screen(|screen| {
            screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor()
        })
    }

    /// Asserts that screen, keyboard, mouse and cursor are as a shell leaves them.
    pub fn assert_released(&self) {
        self.wait_for("the terminal to be handed back", |screen| {
            !screen.alternate_screen()
                && !screen.bracketed_paste()
                && !screen.hide_cursor()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
    }

    /// Asserts that the terminal is exactly as the program found it, line modes included.
    pub fn assert_as_found(&self) {
        self.assert_released();
        self.assert_line_modes_as_found();
    }

    /// Asserts that the line modes are those that the program found.
    pub fn assert_line_modes_as_found(&self) {
        assert_eq!(modes(self.master()), self.found);
    }

    fn master(&self) -> &dyn MasterPty {
        &**self.master.as_ref().expect("it is open")
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A test that failed must not leave its program behind. What has ended already cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn watch(mut reader: Box<dyn Read + Send>, shared: Shared) {
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        loop {
            let (lock, changed) = &*shared;
            if lock.lock().expect("the test is well").blocked {
                return;
            }
            let count = reader.read(&mut bytes).unwrap_or(0);
            let mut watched = lock.lock().expect("the test is well");
            if count == 0 {
                return;
            }
            watched.parser.process(&bytes[..count]);
            changed.notify_all();
        }
    });
}

fn emulator(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(cells(rows), cells(columns), 0)
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("no test asks for an empty screen")
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("line modes"))
}

fn send(signal: &str, process: &str) {
    let status = Command::new("kill").args(["-s", signal, process]).status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "kill -s {signal}"
    );
}
