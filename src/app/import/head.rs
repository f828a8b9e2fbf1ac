//! The head of the screen of an import as lines: what the files are, and how much becomes what. The view draws them, keys scroll
//! by them.

use crate::app::document::wrap;
use crate::app::state::{Import, ImportCount, ImportPlan};
use crate::domain::safe_text::SafeText;

/// Cells for the names of fields and kinds.
pub const NAMES: u16 = 17;
/// How many files are named.
const FILES: usize = 2;
/// Fewest cells for a reason, however long the count before it is.
const LEAST_REASON: u16 = 20;
/// Lines below the head: a blank one, some rows, a blank one, the keys.
const BELOW: u16 = 8;

/// A line of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadLine {
    /// A file, and what it is.
    File(SafeText, SafeText),
    /// How many files there are beside those that are named.
    More(SafeText),
    /// How much becomes what.
    Count {
        /// Of what; nothing where a reason goes on.
        kind: SafeText,
        /// How much; nothing where a reason goes on.
        count: SafeText,
        /// The column of the reason.
        at: u16,
        /// The reason, or a piece of it.
        about: SafeText,
    },
}

/// The cells of a line of the screen of an import, and how many lines the head may have there.
#[must_use]
pub fn room((columns, rows): (u16, u16)) -> (u16, usize) {
    let width = columns.saturating_sub(2).min(116).saturating_sub(4);
    let height = rows.saturating_sub(2).min(44).saturating_sub(2);
    (width, usize::from(height.saturating_sub(BELOW)).max(1))
}

/// All lines of the head at that width. A reason begins two cells behind the counts of its kind, and takes as many lines as it
/// needs.
#[must_use]
pub fn head(plan: &ImportPlan, width: u16) -> Vec<HeadLine> {
    let named = plan.files.iter().take(FILES);
    let mut lines: Vec<HeadLine> = named
        .map(|(name, words)| HeadLine::File(SafeText::line(name), SafeText::line(words)))
        .collect();
    if let Some(more) = plan.files.len().checked_sub(FILES).filter(|more| *more > 0) {
        lines.push(HeadLine::More(SafeText::line(&format!("and {more} more"))));
    }
    for count in &plan.counts {
        let alike = plan.counts.iter().filter(|other| other.kind == count.kind);
        let longest = alike
            .map(|other| SafeText::line(&other.count).cells())
            .max();
        let at = (NAMES + longest.unwrap_or(0) + 2).min(width.saturating_sub(LEAST_REASON));
        lines.extend(of_count(count, at, width));
    }
    lines
}

fn of_count(count: &ImportCount, at: u16, width: u16) -> Vec<HeadLine> {
    let about = SafeText::line(&count.about);
    let room = usize::from(width.saturating_sub(at)).max(2);
    let mut pieces = wrap(about.as_str(), room);
    if pieces.is_empty() {
        pieces.push(0..0);
    }
    let line = |(place, piece): (usize, std::ops::Range<usize>)| {
        let first = |text: &str| SafeText::line(if place == 0 { text } else { "" });
        HeadLine::Count {
            kind: first(&count.kind),
            count: first(&count.count),
            at,
            about: SafeText::line(&about.as_str()[piece]),
        }
    };
    pieces.into_iter().enumerate().map(line).collect()
}

/// Scrolls the head by so many lines; never beyond its last one.
pub(super) fn scroll(import: &mut Import, size: (u16, u16), lines: isize) {
    let (width, room) = room(size);
    let all = import
        .plan
        .as_ref()
        .map_or(0, |plan| head(plan, width).len());
    let most = all.saturating_sub(room);
    import.scroll = import
        .scroll
        .min(most)
        .saturating_add_signed(lines)
        .min(most);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_reason_is_in_the_head_behind_its_count() {
        let left = |name: &str| ImportCount {
            kind: "left out".to_owned(),
            count: "1 file".to_owned(),
            about: format!("{name}.json: no column looks like a title or a text"),
        };
        let plan = ImportPlan {
            counts: vec![left("apps"), left("organization_memberships")],
            ..ImportPlan::default()
        };
        for width in [34, 74, 112] {
            let lines = head(&plan, width);
            let mut words = String::new();
            for line in &lines {
                let HeadLine::Count { at, about, .. } = line else {
                    panic!("{line:?}");
                };
                assert!(*at <= 17 + 6 + 2, "{at}");
                assert!(at + about.cells() <= width, "{about:?}");
                words.push_str(about.as_str());
                words.push(' ');
            }
            let words: Vec<&str> = words.split_whitespace().collect();
            let said: Vec<&str> = plan
                .counts
                .iter()
                .flat_map(|count| count.about.split_whitespace())
                .collect();
            if width > 60 {
                assert_eq!(words, said);
            }
            // The kind and the count stand before the first line of each.
            let firsts = lines.iter().filter(
                |line| matches!(line, HeadLine::Count { count, .. } if count.as_str() == "1 file"),
            );
            assert_eq!(firsts.count(), 2);
        }
    }
}
