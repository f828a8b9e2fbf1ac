//! Writing a text in the user's own editor.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::problem::{Kind, Problem};

/// The editor where nobody has named one.
const FALLBACK: &str = "vi";

/// The longest text that is taken from an editor, in bytes: nobody has written more than that by hand.
const LONGEST: u64 = 4 << 20;

/// Whoever reads a text, and leaves it as it is, takes longer: an editor that comes back within that has opened a window of its own.
const AT_ONCE: Duration = Duration::from_secs(1);

/// A command line: the program and its own arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

impl Editor {
    /// The first of the choices that is set and not blank, or `vi`.
    ///
    /// # Errors
    /// The command line has a quote that is never closed.
    pub fn choose<'a>(choices: impl IntoIterator<Item = Option<&'a str>>) -> Result<Self, Problem> {
        let line = choices
            .into_iter()
            .flatten()
            .find(|choice| !choice.trim().is_empty())
            .unwrap_or(FALLBACK);
        match split(line) {
            Some(words) if !words.is_empty() => Ok(Self { words }),
            _ => Err(Problem::new(
                Kind::Configuration,
                format!("cannot start the editor {line}"),
            )
            .because("a quotation mark in its command line is never closed")
            .hint("correct $VISUAL, $EDITOR or the `editor` setting")),
        }
    }

    /// Lets the user edit `text` in a temporary file in `folder` and returns what they made of it, without line
    /// ends at its end. The terminal must have been lent. The folder is made if it is not there. The file can be read by its owner only, and its name ends
    /// in `.md`, so that editors colour it.
    ///
    /// # Errors
    /// The file cannot be written or read back, the editor cannot be started or says that it failed. No work is
    /// lost: where the file differs from `text` it is kept, and the problem names it.
    pub fn edit(&self, text: &str, folder: &Path) -> Result<String, Problem> {
        let file = create(folder, text).map_err(|(path, error)| {
            Problem::new(
                Kind::Storage,
                format!("cannot write the text for the editor to {}", path.display()),
            )
            .caused_by(&error)
        })?;
        let begun = Instant::now();
        match self.run(&file) {
            Ok(edited) if came_back_at_once(text, &edited, begun.elapsed()) => {
                Err(self.did_not_wait(&file))
            }
            Ok(edited) => {
                // A file that cannot be removed is a nuisance; a text that is thrown away for it would be a loss.
                let _ = fs::remove_file(&file);
                Ok(edited.trim_end_matches(['\n', '\r']).to_owned())
            }
            Err(problem) => Err(keep_or_remove(problem, &file, text)),
        }
    }

    fn run(&self, file: &Path) -> Result<String, Problem> {
        let line = self.words.join(" ");
        let (program, arguments) = self
            .words
            .split_first()
            .ok_or_else(|| Problem::new(Kind::Internal, "cannot start an editor without a name"))?;
        let status = Command::new(program)
            .args(arguments)
            .arg(file)
            .status()
            .map_err(|error| {
                Problem::new(
                    Kind::Configuration,
                    format!("cannot start the editor {line}"),
                )
                .caused_by(&error)
                .hint("name an editor in $VISUAL, $EDITOR or the `editor` setting")
            })?;
        if !status.success() {
            return Err(Problem::new(
                Kind::Refused,
                format!("the editor {line} ended with {status}, so its text was not taken"),
            ));
        }
        let read = is_readable(file).and_then(|()| fs::read_to_string(file));
        read.map_err(|error| {
            Problem::new(Kind::Input, "cannot read what the editor wrote").caused_by(&error)
        })
    }

    /// The editor still has the file, and is going to write into it: it stays.
    fn did_not_wait(&self, file: &Path) -> Problem {
        let line = self.words.join(" ");
        let summary = format!("the editor {line} came back at once with nothing changed");
        Problem::new(Kind::Refused, summary)
            .hint("one with a window of its own has to wait: name it “code --wait” or “gvim --nofork”")
            .hint(format!("the text is in {}", named(file)))
    }
}

/// Whether an editor that left the text as it was has come back before anybody could have read it.
fn came_back_at_once(text: &str, edited: &str, took: Duration) -> bool {
    took < AT_ONCE && edited.trim_end() == text.trim_end()
}

/// # Errors
/// When what an editor left is no ordinary file, which might never end or lie elsewhere, or too long to be read while somebody waits.
fn is_readable(file: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(file)?;
    let wrong = match found.len() {
        _ if !found.is_file() => "it is no ordinary file any more".to_owned(),
        length if length > LONGEST => format!(
            "it has {} MiB, and a text may have {}",
            length.div_ceil(1 << 20),
            LONGEST >> 20
        ),
        _ => return Ok(()),
    };
    Err(io::Error::new(io::ErrorKind::InvalidData, wrong))
}

/// Creates the file with the text in it. The name is random, so nobody else can have put a file or a link there;
/// if somebody has, that is an error and not an overwritten file.
fn create(folder: &Path, text: &str) -> Result<PathBuf, (PathBuf, io::Error)> {
    let path = folder.join(format!("intake-{}.md", uuid::Uuid::new_v4().simple()));
    let write = || -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        file.write_all(text.as_bytes())?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n")?;
        }
        Ok(())
    };
    match write() {
        Ok(()) => Ok(path),
        Err(error) => {
            if error.kind() != io::ErrorKind::AlreadyExists {
                // Half a file of a text that the caller still has.
                let _ = fs::remove_file(&path);
            }
            Err((path, error))
        }
    }
}

fn keep_or_remove(problem: Problem, file: &Path, text: &str) -> Problem {
    let left = is_readable(file).and_then(|()| fs::read(file));
    let untouched = left.is_ok_and(|bytes| {
        let trim = |bytes: &[u8]| bytes.trim_ascii_end().to_vec();
        trim(&bytes) == trim(text.as_bytes())
    });
    if untouched && fs::remove_file(file).is_ok() {
        return problem;
    }
    problem.hint(format!("what you wrote is kept in {}", named(file)))
}

fn named(file: &Path) -> String {
    from_home(file, std::env::home_dir().as_deref())
}

/// A path as a shell takes it, from the home directory where it lies there: that is shorter, and the name at its end has room.
fn from_home(file: &Path, home: Option<&Path>) -> String {
    match home.map(|home| file.strip_prefix(home)) {
        Some(Ok(rest)) => format!("~/{}", rest.display()),
        _ => file.display().to_string(),
    }
}

/// Splits a command line as a shell does, as far as editors need it: words between blanks, `'…'`, `"…"` and `\`.
/// Nothing is expanded. None where a quote is never closed.
fn split(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next()? {
                        '\'' => break,
                        quoted => word.push(quoted),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next()? {
                        '"' => break,
                        '\\' => match letters.next()? {
                            escaped @ ('"' | '\\' | '$' | '`') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        quoted => word.push(quoted),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(letters.next()?),
            blank if blank.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn shell(script: &str) -> Editor {
        Editor {
            words: ["sh", "-c", script, "editor"].map(str::to_owned).to_vec(),
        }
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        fs::read_dir(folder)
            .expect("the folder is there")
            .map(|entry| entry.expect("it can be read").path())
            .collect()
    }

    #[test]
    fn command_lines_are_split_as_a_shell_does() {
        let words = |line| split(line).map(|words| words.join("|"));
        assert_eq!(words("vim"), Some("vim".into()));
        assert_eq!(words("  code --wait\t-n "), Some("code|--wait|-n".into()));
        assert_eq!(
            words(r#"'/My Apps/ed' "a \"b\" \n" c\ d ''"#),
            Some(r#"/My Apps/ed|a "b" \n|c d|"#.into())
        );
        assert_eq!(words("$(id) `id`"), Some("$(id)|`id`".into()));
        for open in ["'a", "\"a", "\"a\\", "a\\"] {
            assert_eq!(words(open), None, "{open}");
        }
    }

    #[test]
    fn the_first_editor_that_is_set_is_taken() {
        let choose = |choices: [Option<&str>; 3]| Editor::choose(choices).map(|it| it.words);
        assert_eq!(
            choose([None, Some(" "), Some("nano -w")]),
            Ok(vec!["nano".into(), "-w".into()])
        );
        assert_eq!(choose([None; 3]), Ok(vec!["vi".into()]));
        let problem = choose([Some("'vi"), None, None]).expect_err("it is never closed");
        assert_eq!(problem.kind, Kind::Configuration);
        assert!(problem.summary.contains("'vi"));
    }

    #[test]
    fn the_edited_text_comes_back_and_the_file_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let edited = shell("printf 'more\\n\\n' >> \"$1\"").edit("some", folder.path());
        assert_eq!(edited, Ok("some\nmore".into()));
        assert!(files(folder.path()).is_empty());
    }

    #[test]
    fn the_file_is_private_and_named_as_markdown() {
        let folder = tempfile::tempdir().expect("a folder");
        let problem = shell("echo kept > \"$1\"; exit 3").edit("some", folder.path());
        let problem = problem.expect_err("the editor failed");
        let [file] = &files(folder.path())[..] else {
            panic!("one file should be kept");
        };
        let mode = fs::metadata(file)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(file.extension().is_some_and(|extension| extension == "md"));
        assert!(problem.hints[0].contains(&*file.to_string_lossy()));
        assert_eq!(fs::read_to_string(file).expect("it is text"), "kept\n");
    }

    #[test]
    fn a_failed_editor_that_wrote_nothing_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let problem = shell("exit 1").edit("some", folder.path());
        assert!(problem.is_err_and(|problem| problem.hints.is_empty()));
        assert!(files(folder.path()).is_empty());
    }

    #[test]
    fn what_is_not_text_is_kept_and_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let problem = shell("printf '\\377' > \"$1\"").edit("some", folder.path());
        let problem = problem.expect_err("it is not UTF-8");
        assert_eq!(problem.kind, Kind::Input);
        assert_eq!(files(folder.path()).len(), 1);
        assert!(problem.hints[0].contains("kept in"));
    }

    #[test]
    fn what_is_no_ordinary_file_or_too_long_is_kept_and_never_read() {
        let before = |script: &str| {
            let folder = tempfile::tempdir().expect("a folder");
            let problem = shell(script).edit("some", folder.path());
            let problem = problem.expect_err("it is not read");
            assert_eq!(files(folder.path()).len(), 1, "{script}");
            assert!(problem.hints[0].contains("kept in"), "{script}");
            problem.causes.join(" ")
        };
        for script in [
            "rm \"$1\"; mkfifo \"$1\"",
            "rm \"$1\"; ln -s /etc/passwd \"$1\"",
            "rm \"$1\"; mkdir \"$1\"",
            "rm \"$1\"; mkfifo \"$1\"; exit 1",
        ] {
            let why = before(script);
            assert!(script.ends_with("exit 1") || why == "it is no ordinary file any more");
        }
        assert_eq!(
            before("truncate -s 5M \"$1\""),
            "it has 5 MiB, and a text may have 4"
        );
    }

    #[test]
    fn an_editor_that_does_not_wait_is_told_of_and_its_file_stays() {
        let soon = AT_ONCE / 2;
        assert!(came_back_at_once("some", "some\n", soon));
        assert!(!came_back_at_once("some", "some", AT_ONCE));
        assert!(!came_back_at_once("some", "more", soon));
        let folder = tempfile::tempdir().expect("a folder");
        let file = create(folder.path(), "some").expect("a file");
        let problem = Editor::choose([Some("code -n")]).expect("a command line");
        let problem = problem.did_not_wait(&file);
        assert_eq!(
            problem.summary,
            "the editor code -n came back at once with nothing changed"
        );
        assert!(problem.hints[0].contains("code --wait"));
        assert!(problem.hints[1].contains(&*file.to_string_lossy()));
        assert_eq!(files(folder.path()), [file]);
    }

    #[test]
    fn what_lies_at_home_is_named_from_there() {
        let file = Path::new("/home/hana/.local/state/intake/intake-1.md");
        let named = |home: Option<&str>| from_home(file, home.map(Path::new));
        assert_eq!(
            named(Some("/home/hana")),
            "~/.local/state/intake/intake-1.md"
        );
        assert_eq!(named(Some("/home/han")), file.display().to_string());
        assert_eq!(named(None), file.display().to_string());
    }

    #[test]
    fn a_folder_that_is_not_there_is_made_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("state").join("intake");
        assert_eq!(
            shell("echo more > \"$1\"").edit("some", &folder),
            Ok("more".into())
        );
        let mode = fs::metadata(&folder)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn an_editor_that_is_not_there_says_what_to_do() {
        let folder = tempfile::tempdir().expect("a folder");
        let editor = Editor::choose([Some("/nowhere/editor")]).expect("it is a command line");
        let problem = editor
            .edit("some", folder.path())
            .expect_err("it is not there");
        assert!(problem.hints[0].contains("$EDITOR"));
        assert!(files(folder.path()).is_empty());
    }
}
