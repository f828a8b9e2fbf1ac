//! Where the command line's words go, and why a command stops early.
//!
//! Text is printed as [`SafeText`] whether or not a terminal reads it: what is piped ends in a terminal, a mail or a
//! chat soon enough. JSON carries texts as they came, with every character that could drive a terminal or hide there
//! as its number: any reader of JSON gets the same text.

use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, Write};

use serde::Serialize;

use super::report;
use crate::config::ColourMode;
use crate::domain::passage::Marked;
use crate::domain::safe_text::{SafeText, is_forbidden};
use crate::problem::{Kind, Problem};
use crate::view::colour::Depth;

/// Why a command ends before its last line.
#[derive(Debug)]
pub enum Stop {
    /// Something is wrong; it goes to standard error, and its kind decides the exit code.
    Problem(Problem),
    /// Nobody reads on, as in `intake list | head`: no error.
    Closed,
    /// The output cannot be written, as on a full disk.
    Unwritten(io::Error),
    /// All is said; leave with that code.
    Code(u8),
}

/// What a command answers.
pub type Result<T = ()> = std::result::Result<T, Stop>;

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::Unwritten(error)
        }
    }
}

/// The weight of a piece of text. Without colours all look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As the terminal has it.
    Plain,
    /// What matters most.
    Strong,
    /// The heading of a section, above what is strong.
    Section,
    /// What may be overlooked.
    Faint,
    /// Well.
    Good,
    /// To be looked after.
    Warning,
    /// Wrong.
    Bad,
    /// What was searched for.
    Found,
}

impl Tone {
    /// The escape sequence; the terminal's own sixteen colours, so that every theme stays readable.
    const fn sequence(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\u{1b}[1m",
            Self::Section => "\u{1b}[1;4m",
            Self::Faint => "\u{1b}[2m",
            Self::Good => "\u{1b}[32m",
            Self::Warning => "\u{1b}[33m",
            Self::Bad => "\u{1b}[31m",
            Self::Found => "\u{1b}[30;43m",
        }
    }

    /// The text in this weight, or plain.
    pub fn paint(self, text: &str, colours: bool) -> String {
        match self.sequence() {
            sequence if colours && !sequence.is_empty() => format!("{sequence}{text}\u{1b}[0m"),
            _ => text.to_owned(),
        }
    }
}

/// Standard output, or whatever stands for it in a test.
pub struct Output {
    writer: BufWriter<Box<dyn Write>>,
    width: Option<usize>,
    colours: bool,
    stored: Option<&'static str>,
}

impl Output {
    /// Standard output. A terminal gets lines as wide as it is, and colours unless `NO_COLOR` forbids them.
    #[must_use]
    pub fn standard() -> Self {
        let stdout = io::stdout();
        let width = stdout.is_terminal().then(|| terminal_width(&stdout));
        Self::new(Box::new(stdout), width, width.is_some() && colours_wanted())
    }

    /// Writes to `writer`; a width says that a terminal reads it.
    #[must_use]
    pub fn new(writer: Box<dyn Write>, width: Option<usize>, colours: bool) -> Self {
        Self {
            writer: BufWriter::new(writer),
            width,
            colours,
            stored: None,
        }
    }

    /// Remembers that what was asked for is done and stored. What cannot be written from here on is only the report of it, and
    /// whoever does not get it should not do the same again: `told_by` says where it can be read.
    pub const fn stored(&mut self, told_by: &'static str) {
        self.stored = Some(told_by);
    }

    /// What is wrong where the output cannot be written, and the exit code of that.
    pub(super) fn unwritten(&self, error: &io::Error) -> (Problem, u8) {
        let (words, code) = match self.stored {
            Some(_) => (
                "it was stored; only the report of it could not be written",
                UNREPORTED,
            ),
            None => ("cannot write the output", report::exit_code(Kind::Storage)),
        };
        let problem = Problem::new(Kind::Storage, words).caused_by(error);
        let problem = self.stored.into_iter().fold(problem, Problem::hint);
        (problem, code)
    }

    /// How wide a line may be; `None` when no terminal reads it and every line is as long as it is.
    #[must_use]
    pub const fn width(&self) -> Option<usize> {
        self.width
    }

    /// One line in one weight.
    ///
    /// # Errors
    /// When nobody reads on, or the disk is full.
    pub fn line(&mut self, tone: Tone, text: &SafeText) -> Result {
        let text = tone.paint(text.as_str(), self.colours);
        Ok(writeln!(self.writer, "{text}")?)
    }

    /// One line in one weight, whose marks stand out.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn marked(&mut self, tone: Tone, text: &Marked) -> Result {
        let parts = text.parts().into_iter();
        let parts = parts.map(|(part, found)| (if found { Tone::Found } else { tone }, part));
        self.pieces(&parts.collect::<Vec<_>>())
    }

    /// One line of several pieces.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn pieces(&mut self, pieces: &[(Tone, SafeText)]) -> Result {
        for (tone, text) in pieces {
            write!(self.writer, "{}", tone.paint(text.as_str(), self.colours))?;
        }
        Ok(writeln!(self.writer)?)
    }

    /// One line of the program's own words around texts from anywhere, made safe.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn say(&mut self, text: &str) -> Result {
        self.line(Tone::Plain, &SafeText::line(text))
    }

    /// One line behind an indent, made safe. Where it is too wide for the terminal that reads it, it goes on below, further in.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn hanging(&mut self, tone: Tone, indent: &str, text: &str) -> Result {
        let whole = SafeText::line(&format!("{indent}{text}"));
        let narrow = self.width.map(|width| width.max(20));
        let Some(width) = narrow.filter(|width| whole.width() > *width) else {
            return self.line(tone, &whole);
        };
        let further = format!("{indent}      ");
        let text = SafeText::line(text);
        // Ids, dates and options stay whole.
        let options = textwrap::Options::new(width)
            .initial_indent(indent)
            .subsequent_indent(&further)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for piece in textwrap::wrap(text.as_str(), options) {
            self.line(tone, &SafeText::line(&piece))?;
        }
        Ok(())
    }

    /// Several lines, made safe; wrapped where a terminal reads them.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn prose(&mut self, indent: &'static str, text: &str) -> Result {
        let safe = SafeText::block(text.trim_end());
        for line in safe.as_str().lines() {
            let width = self.width.map(|width| width.clamp(20, PROSE));
            match width {
                // What has nothing to wrap keeps its blanks: drawings and code.
                Some(width) if SafeText::line(line).width() + indent.len() > width => {
                    let options = textwrap::Options::new(width)
                        .initial_indent(indent)
                        .subsequent_indent(indent);
                    for piece in textwrap::wrap(line, options) {
                        writeln!(self.writer, "{}", piece.trim_end())?;
                    }
                }
                _ => writeln!(self.writer, "{}", format!("{indent}{line}").trim_end())?,
            }
        }
        Ok(())
    }

    /// Text as it is, for what another program reads: a script of completions, a man page, a default file.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn verbatim(&mut self, text: &[u8]) -> Result {
        Ok(self.writer.write_all(text)?)
    }

    /// One object of JSON on lines of its own, indented.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn object<T: Serialize>(&mut self, value: &T) -> Result {
        let json = serde_json::to_string_pretty(value).map_err(json_error)?;
        self.verbatim(harmless(json).as_bytes())?;
        Ok(writeln!(self.writer)?)
    }

    /// An array of JSON, one value per line: what is long can be read while it is written.
    ///
    /// # Errors
    /// As [`Output::line`]; and those of `values`.
    pub fn array<T: Serialize>(&mut self, values: impl IntoIterator<Item = Result<T>>) -> Result {
        let mut array = Array::default();
        for value in values {
            array.push(self, &value?)?;
        }
        array.end(self)
    }

    /// Sends what is still held back.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn flush(&mut self) -> Result {
        Ok(self.writer.flush()?)
    }
}

/// An array of JSON while it is written.
#[derive(Debug, Default)]
pub struct Array {
    begun: bool,
}

impl Array {
    /// Writes one more value.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn push<T: Serialize>(&mut self, output: &mut Output, value: &T) -> Result {
        let before = if self.begun { ",\n" } else { "[\n" };
        self.begun = true;
        output.verbatim(before.as_bytes())?;
        let json = serde_json::to_string(value).map_err(json_error)?;
        output.verbatim(harmless(json).as_bytes())
    }

    /// Ends the array; one without values is `[]`.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn end(self, output: &mut Output) -> Result {
        let end = if self.begun { "\n]\n" } else { "[]\n" };
        output.verbatim(end.as_bytes())
    }
}

/// JSON with `\u` and a number for each character that a text may not send to a terminal. Such characters stand in
/// strings only, the line ends between values apart; JSON itself wants it of the C0 controls and no others.
fn harmless(json: String) -> String {
    let forbidden = |c: char| c != '\n' && is_forbidden(c);
    if !json.contains(forbidden) {
        return json;
    }
    let mut text = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if forbidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

fn json_error(error: serde_json::Error) -> Stop {
    io::Error::from(error).into()
}

/// The exit code where all is done and only the report of it could not be written: doing it again would do it twice.
const UNREPORTED: u8 = 8;

/// Prose is never wider than this.
const PROSE: usize = 88;

/// Whether colours are welcome on a terminal, as the environment says: `NO_COLOR`, `TERM`.
#[must_use]
pub fn colours_wanted() -> bool {
    Depth::of(ColourMode::Auto, |name| std::env::var(name).ok()) != Depth::None
}

/// The columns of the terminal behind `stdout`; 80 where it does not say.
fn terminal_width(stdout: &io::Stdout) -> usize {
    rustix::termios::tcgetwinsize(stdout)
        .ok()
        .map(|size| usize::from(size.ws_col))
        .filter(|columns| *columns > 0)
        .unwrap_or(80)
}

/// What is printed, for tests.
#[cfg(test)]
pub(super) mod paper {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use super::Output;

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("alone").extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What `print` prints for a terminal of that width, or for a pipe; without colours.
    pub(in crate::cli) fn printed(width: Option<usize>, print: impl FnOnce(&mut Output)) -> String {
        let paper = Paper::default();
        let mut output = Output::new(Box::new(paper.clone()), width, false);
        print(&mut output);
        output.flush().expect("paper takes it");
        let bytes = paper.0.lock().expect("alone").clone();
        String::from_utf8(bytes).expect("text")
    }
}
