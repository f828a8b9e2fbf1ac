//! A home of its own for each test.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A home folder of its own.
pub struct Home {
    folder: tempfile::TempDir,
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("no signal"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder }
    }

    /// A home with a colleague, a release and three feedback items, known by their ids.
    pub fn with_work() -> (Self, [String; 3]) {
        let home = Self::new();
        home.ok(&["person", "add", "@hana", "--name", "Hana", "--role", "pm"]);
        home.ok(&[
            "person", "add", "@dana", "--name", "Dana", "--role", "sales",
        ]);
        home.ok(&["release", "add", "v10.2", "--date", "2026-12-16"]);
        let add = |title: &str, more: &[&str]| {
            let mut arguments = vec!["add", title, "--json"];
            arguments.extend(more);
            let made = home.json(&arguments);
            made["made"][0]["short_id"]
                .as_str()
                .expect("an id")
                .to_owned()
        };
        let ids = [
            add(
                "Dark mode on mobile",
                &["--company", "Globex", "--importance", "3"],
            ),
            add(
                "Boards as PDF",
                &[
                    "--reporter",
                    "@dana",
                    "--body",
                    "We want a file.\nEach quarter.",
                ],
            ),
            add(
                "Saved searches",
                &["--received", "2026-11-01", "--tag", "search"],
            ),
        ];
        (home, ids)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_intake"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn configure(&self, file: &str, text: &str) {
        let path = self.path("config/intake").join(file);
        let folder = path.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(arguments).output().expect("the program runs"))
    }

    /// As @hana, and it must go well.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let mut whole = vec!["--as", "@hana"];
        whole.extend(arguments);
        let said = self.run(&whole);
        assert_eq!(
            (said.code, said.err.as_str()),
            (0, ""),
            "{arguments:?}: {said:?}"
        );
        said.out
    }

    /// With that text on standard input, and it must go well.
    pub fn pipe(&self, arguments: &[&str], text: &str) {
        let said = self.piped(arguments, text);
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
    }

    /// With that text on standard input, which the program need not read.
    pub fn piped(&self, arguments: &[&str], text: &str) -> Said {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("runs");
        let mut pipe = child.stdin.take().expect("a pipe");
        if let Err(error) = pipe.write_all(text.as_bytes()) {
            assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
        }
        drop(pipe);
        Said::of(child.wait_with_output().expect("ends"))
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let out = self.ok(arguments);
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {out}"))
    }

    /// It must be refused with that code, and say all of these.
    pub fn refused(&self, arguments: &[&str], code: i32, words: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(
            (said.code, said.out.as_str()),
            (code, ""),
            "{arguments:?}: {said:?}"
        );
        for word in words {
            assert!(
                said.err.contains(word),
                "{arguments:?} does not say {word}: {}",
                said.err
            );
        }
        said.err
    }
}

pub fn titles(list: &Value) -> Vec<&str> {
    let rows = list.as_array().expect("an array");
    rows.iter()
        .map(|row| row["title"].as_str().expect("a title"))
        .collect()
}
