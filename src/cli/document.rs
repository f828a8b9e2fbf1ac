//! What is read by people outside of Intake: where it goes, and as what.

use std::path::Path;

use clap::{Args, ValueEnum};

use super::arguments::{Format, ToFile};
use super::output::{Output, Result, Tone};
use super::session::Session;
use crate::domain::safe_text::SafeText;
use crate::domain::weight::Weight;
use crate::exchange::report::page::Page;
use crate::exchange::report::text;
use crate::exchange::report::{html, markdown};
use crate::problem::{Kind, Problem};

/// Where a report goes.
#[derive(Debug, Default, Args)]
pub(super) struct Document {
    /// The format; else the extension of the file tells, else text
    #[arg(long, value_enum)]
    format: Option<Written>,
    #[command(flatten)]
    to: ToFile,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Written {
    /// Lines for a terminal
    Text,
    /// A document to paste
    Markdown,
    /// A page that stands alone
    Html,
    /// A drawing; of charts alone
    Svg,
}

impl Document {
    /// Refuses JSON where anything was said about the report as well.
    pub(super) fn refuse_json(&self, format: Format) -> Result {
        let asked = self.format.is_some() || self.to.is_asked();
        if format.json && asked {
            let both = Problem::new(Kind::Usage, "--json goes to standard output alone");
            return Err(both.hint("leave --format, --output and --force out").into());
        }
        Ok(())
    }

    /// Writes a report.
    pub(super) fn write(&self, session: &mut Session<'_>, page: &Page) -> Result {
        self.write_as(session, page, None)
    }

    /// Writes a report which is a drawing, too.
    pub(super) fn write_drawn(
        &self,
        session: &mut Session<'_>,
        page: &Page,
        drawn: &dyn Fn() -> String,
    ) -> Result {
        self.write_as(session, page, Some(drawn))
    }

    fn write_as(
        &self,
        session: &mut Session<'_>,
        page: &Page,
        drawn: Option<&dyn Fn() -> String>,
    ) -> Result {
        let file = self.to.file();
        let bytes = match self.written(file)? {
            Written::Text if file.is_none() => return print(session.output, page),
            Written::Text => lines(page),
            Written::Markdown => markdown::render(page),
            Written::Html => html::render(page),
            Written::Svg => match drawn {
                Some(drawn) => drawn(),
                None => {
                    let none = Problem::new(Kind::Usage, "this report is no drawing");
                    return Err(none.hint("--format svg is for “intake charts”").into());
                }
            },
        };
        let Some(path) = file else {
            // A terminal is driven by none of it: a report holds no control character.
            return session.output.verbatim(bytes.as_bytes());
        };
        session
            .workspace
            .write_file(path, self.to.force, bytes.as_bytes())?;
        session.output.stored(WHOLE);
        session.output.say(&format!("wrote {}", path.display()))
    }

    fn written(&self, file: Option<&Path>) -> std::result::Result<Written, Problem> {
        let Some(path) = file.filter(|_| self.format.is_none()) else {
            return Ok(self.format.unwrap_or(Written::Text));
        };
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
            "html" | "htm" => Ok(Written::Html),
            "md" | "markdown" => Ok(Written::Markdown),
            "txt" => Ok(Written::Text),
            "svg" => Ok(Written::Svg),
            _ => {
                let words = format!("cannot tell the format from the name {}", path.display());
                let problem = Problem::new(Kind::Usage, words);
                Err(problem.hint("name it *.md, *.html or *.txt, or say it with --format"))
            }
        }
    }
}

/// What there is to say of a file that was written.
pub(super) const WHOLE: &str = "the file that --output names is there and whole";

fn print(output: &mut Output, page: &Page) -> Result {
    for (weight, line) in text::render(page) {
        let tone = match weight {
            Weight::Plain => Tone::Plain,
            Weight::Strong => Tone::Strong,
            Weight::Section => Tone::Section,
            Weight::Faint => Tone::Faint,
        };
        output.line(tone, &line)?;
    }
    Ok(())
}

fn lines(page: &Page) -> String {
    let lines = text::render(page);
    let lines = lines
        .iter()
        .map(|(_, line): &(Weight, SafeText)| format!("{line}\n"));
    lines.collect()
}
