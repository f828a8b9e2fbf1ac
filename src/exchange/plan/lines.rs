//! How much becomes what, a line for each kind, as both front ends show it.

use super::{Counts, Fates, Plan};
use crate::exchange::gather::some_of;

/// How many places of what is left out a line names.
const PLACES: usize = 3;
/// How many files that are left out have a line of their own.
const FILES: usize = 5;
/// What the rest of them is said to be.
const NOT_UNDERSTOOD: &str = "not understood; --json names them all";
/// How many files that are left out have a line of their own where one scrolls, and what the rest of them is said to be there.
const MANY_FILES: (usize, &str) = (500, "not understood, either");

/// A line of the table of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of what: `feedback`, `left out`.
    pub kind: &'static str,
    /// How much: `3 new, 1 changed`.
    pub count: String,
    /// More about it, or the reason.
    pub about: String,
}

impl Plan {
    /// How much becomes what.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        self.lines_with((FILES, NOT_UNDERSTOOD))
    }

    /// The same for a screen on which one scrolls: every file that is left out has its line.
    #[must_use]
    pub fn all_lines(&self) -> Vec<Line> {
        self.lines_with(MANY_FILES)
    }

    /// `files` is how many files that are left out have a line, and what the rest is said to be.
    fn lines_with(&self, files: (usize, &str)) -> Vec<Line> {
        let Counts {
            feedback,
            ideas,
            releases,
            replies,
            lost_replies,
            clashes,
            faulty,
            ..
        } = self.counts;
        let states = self
            .states
            .iter()
            .map(|(state, count)| format!("{count} {state}"));
        let mut lines = Vec::new();
        lines.extend(fates(
            "feedback",
            feedback,
            states.collect::<Vec<_>>().join(", "),
        ));
        lines.extend(fates("ideas", ideas, String::new()));
        lines.extend(fates("releases", releases, String::new()));
        let apart = "comments that stand apart from what they are on";
        lines.extend(fates("replies", replies, apart.to_owned()));
        let lost = "comments on what is neither here nor in the file";
        lines.extend(counted("left out", lost_replies, lost));
        for (reason, count) in &self.reasons {
            lines.extend(counted("left out", *count, &self.left_out(reason, *count)));
        }
        lines.extend(self.files_left_out(files));
        lines.extend(self.folders_left_out());
        let stays = "what was decided here stays";
        lines.extend(counted("clashes", clashes, stays));
        let fault = match self.choices.skip_bad {
            true => "have faults and are left out",
            false => "have faults: nothing is imported",
        };
        lines.extend(counted("rows", faulty, fault));
        lines
    }

    /// The first files of a folder that are not understood, each with its reason, and how many more there are.
    fn files_left_out(&self, (most, rest): (usize, &str)) -> Vec<Line> {
        let line = |count: &str, about: String| Line {
            kind: "left out",
            count: count.to_owned(),
            about,
        };
        let named = self.left_out.iter().take(most);
        let mut lines: Vec<Line> = named
            .map(|left| line("1 file", format!("{}: {}", left.file, left.words)))
            .collect();
        match self.left_out.len().saturating_sub(most) {
            0 => {}
            1 => lines.push(line("1 more file", rest.to_owned())),
            more => lines.push(line(&format!("{more} more files"), rest.to_owned())),
        }
        lines
    }

    /// The folders that nobody has looked into, the first few by name.
    fn folders_left_out(&self) -> Option<Line> {
        let count = match self.folders.len() {
            0 => return None,
            1 => "1 folder".to_owned(),
            several => format!("{several} folders"),
        };
        let it = if self.folders.len() == 1 {
            "it"
        } else {
            "them"
        };
        let names = some_of(&self.folders);
        Some(Line {
            kind: "left out",
            count,
            about: format!("{names}; give {it} by name to read {it}"),
        })
    }

    /// A reason, and the places of the first pieces that are left out for it, as far as the plan names them.
    fn left_out(&self, reason: &str, count: u64) -> String {
        let one_file = self.sources.len() == 1;
        let skipped = self.skipped.iter();
        let places: Vec<String> = skipped
            .filter(|skipped| skipped.what.reason() == reason)
            .take(PLACES)
            .map(|skipped| match (self.message(skipped), one_file) {
                (Some(message), true) => message,
                (Some(message), false) => format!("{}/{message}", skipped.file),
                (None, true) => skipped.line.to_string(),
                (None, false) => format!("{} line {}", skipped.file, skipped.line),
            })
            .collect();
        if places.is_empty() {
            return reason.to_owned();
        }
        let are_lines = one_file && self.sources.iter().all(|it| it.message(1).is_none());
        let line = if are_lines { "line " } else { "" };
        let more = if count > PLACES as u64 { " …" } else { "" };
        format!("{reason} ({line}{}{more})", places.join(", "))
    }
}

fn fates(kind: &'static str, fates: Fates, about: String) -> Option<Line> {
    let parts = [
        (fates.create, "new"),
        (fates.update, "changed"),
        (fates.unchanged, "here already"),
    ];
    let words: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let count = words.join(", ");
    (!count.is_empty()).then_some(Line { kind, count, about })
}

fn counted(kind: &'static str, count: u64, about: &str) -> Option<Line> {
    let (count, about) = (
        Some(count).filter(|count| *count > 0)?.to_string(),
        about.to_owned(),
    );
    Some(Line { kind, count, about })
}
