//! Problems on standard error, and the exit code of each kind.
//!
//! ```text
//! error:   cannot understand the filter
//! because: is:unprocesed age:>7
//!             ^^^^^^^^^^
//!          column 4: is: does not know “unprocesed”
//! hint:    write is:unprocessed
//! ```
//!
//! Every cause begins in the same cell, so that a line of carets stands under what it points at.

use std::fmt::Write as _;

use clap::error::ContextValue;

use super::output::Tone;
use crate::domain::safe_text::SafeText;
use crate::problem::{Kind, Problem};

/// The exit code of a kind of problem; `docs/command-line.md` lists them.
#[must_use]
pub const fn exit_code(kind: Kind) -> u8 {
    match kind {
        Kind::Internal | Kind::Storage | Kind::Busy => 1,
        Kind::Usage => 2,
        Kind::NotFound => 3,
        Kind::Refused => 4,
        Kind::Configuration => 5,
        Kind::Input => 6,
        Kind::Interrupted => 130,
    }
}

/// How many cells of what was typed a problem repeats.
const REPEATED: usize = 60;

/// A text whose quoted parts are not longer than helps: an argument may be a whole file.
#[must_use]
pub(super) fn brief(text: &str) -> String {
    let mut told = String::with_capacity(text.len().min(1 << 10));
    let mut rest = text;
    while let Some((before, quoted)) = rest.split_once('“') {
        let end = quoted.find('”').unwrap_or(quoted.len());
        told.push_str(before);
        told.push('“');
        told.push_str(&shortened(&quoted[..end]));
        rest = &quoted[end..];
    }
    told + rest
}

/// As much of a text as is repeated.
#[must_use]
pub(super) fn shortened(text: &str) -> String {
    let safe = SafeText::block(text);
    match safe.width() > REPEATED {
        true => safe.truncated(REPEATED).to_string(),
        false => text.to_owned(),
    }
}

/// What clap says, which repeats what was typed.
#[must_use]
pub(super) fn repeating_little(rendered: &str, error: &clap::Error) -> String {
    let typed = error.context().filter_map(|(_, value)| match value {
        ContextValue::String(typed) => Some(typed),
        _ => None,
    });
    let cut = |text: String, typed: &String| text.replace(typed.as_str(), &shortened(typed));
    brief(
        &typed
            .filter(|typed| typed.len() > REPEATED)
            .fold(rendered.to_owned(), cut),
    )
}

/// What clap says, with another tip where a word behind `-` in a filter was taken for an option: what clap offers would be
/// another search.
#[must_use]
pub(super) fn advising_quotes(rendered: &str, arguments: &[String]) -> String {
    let usage = rendered
        .lines()
        .find_map(|line| line.strip_prefix("Usage: "));
    let Some(usage) = usage.filter(|usage| usage.contains("[FILTER]")) else {
        return rendered.to_owned();
    };
    let command = usage.split(" [").next().unwrap_or_default();
    let example = quoted_filter(command, usage.contains("<WHAT>"), arguments)
        .unwrap_or_else(|| format!("{command} -- 'mode -mobile'"));
    let tip = format!("  tip: write the filter in one pair of quotes behind --: {example}");
    let lines = rendered.lines().map(|line| match line {
        line if line.starts_with("  tip: to pass '") => tip.as_str(),
        line => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

/// The command as it was meant; `None` where it is not plain which words are those of the filter.
fn quoted_filter(command: &str, of_what: bool, arguments: &[String]) -> Option<String> {
    let mut words = command
        .split(' ')
        .map(ToOwned::to_owned)
        .collect::<Vec<String>>();
    let names = words.get(1..)?;
    let place = arguments
        .windows(names.len())
        .position(|some| some == names)?;
    let mut rest = arguments.get(place + names.len()..)?.iter();
    if of_what {
        words.push(rest.next()?.clone());
    }
    let (options, filter): (Vec<&String>, Vec<&String>) = rest.partition(|word| *word == "--json");
    let is_plain = |word: &&String| {
        let is_option = ["--", "-n", "-w", "-o"]
            .iter()
            .any(|start| word.starts_with(start));
        !is_option && !word.contains('\'')
    };
    if !filter.iter().all(is_plain) {
        return None;
    }
    words.extend(options.into_iter().cloned());
    let filter: Vec<&str> = filter.into_iter().map(String::as_str).collect();
    Some(format!("{} -- '{}'", words.join(" "), filter.join(" ")))
}

/// A problem as lines of text, each with its line end. What somebody stopped is no error.
#[must_use]
pub fn lines(problem: &Problem, colours: bool) -> String {
    let mut text = String::new();
    if problem.kind == Kind::Interrupted {
        let _ = writeln!(text, "{}", SafeText::line(&problem.summary));
        return text;
    }
    part(&mut text, "error:", Tone::Bad, colours, [&problem.summary]);
    part(&mut text, "because:", Tone::Faint, colours, &problem.causes);
    part(&mut text, "hint:", Tone::Good, colours, &problem.hints);
    text
}

/// Lines behind a word that stands before the first of them only.
fn part<'a>(
    text: &mut String,
    word: &str,
    tone: Tone,
    colours: bool,
    said: impl IntoIterator<Item = &'a String>,
) {
    let said: Vec<String> = said.into_iter().map(|piece| brief(piece)).collect();
    let said = said.iter().flat_map(|piece| piece.lines());
    for (place, line) in said.enumerate() {
        let word = if place == 0 { word } else { "" };
        let blanks = " ".repeat(9_usize.saturating_sub(word.len()));
        let word = tone.paint(word, colours && !word.is_empty());
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{word}{blanks}{}", SafeText::line(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_what_they_point_at_and_nothing_drives_the_terminal() {
        let problem = Problem::new(Kind::Usage, "cannot understand the filter")
            .because("is:unprocesed \u{1b}[2J")
            .because("   ^^^^^^^^^^")
            .hint("write is:unprocessed\nor nothing");
        assert_eq!(
            lines(&problem, false),
            "error:   cannot understand the filter\n\
             because: is:unprocesed ␛[2J\n\
             \u{20}           ^^^^^^^^^^\n\
             hint:    write is:unprocessed\n\
             \u{20}        or nothing\n"
        );
        assert!(lines(&problem, true).starts_with("\u{1b}[31merror:\u{1b}[0m   cannot"));
    }

    #[test]
    fn every_kind_has_a_code_that_is_not_success() {
        let kinds = [
            Kind::Usage,
            Kind::Configuration,
            Kind::NotFound,
            Kind::Refused,
            Kind::Input,
            Kind::Storage,
            Kind::Busy,
            Kind::Internal,
            Kind::Interrupted,
        ];
        assert!(kinds.into_iter().all(|kind| exit_code(kind) != 0));
    }
}
