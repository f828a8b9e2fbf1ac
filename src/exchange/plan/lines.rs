//! How much becomes what, a line for each kind, as both front ends show it.

use super::{Counts, Fates, Plan};

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
        let Counts {
            feedback,
            ideas,
            releases,
            replies,
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
        lines.extend(counted(
            "replies",
            replies,
            "comments that stand apart from what they are on",
        ));
        for (reason, count) in &self.reasons {
            lines.extend(counted("left out", *count, reason));
        }
        let stays = "changed here and at the source: what was decided here stays";
        lines.extend(counted("clashes", clashes, stays));
        let fault = match self.choices.skip_bad {
            true => "have faults and are left out",
            false => "have faults: nothing is imported",
        };
        lines.extend(counted("rows", faulty, fault));
        lines
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
