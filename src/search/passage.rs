//! The passage of a text which shows the most of what is looked for, as one line.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::finder::{Finder, Seen, join};
use crate::domain::passage::{Passage, Place};

/// At most this many characters stand before the match: it is to be seen where a line is short.
const BEFORE: usize = 28;

/// About this many characters follow from the match on: as many as a wide screen shows.
const AFTER: usize = 180;

/// At most this many bytes of one match are shown: what stands in a row may lie a megabyte of dashes apart.
const LONGEST: usize = 1_024;

/// What stands at most this many characters apart is shown together, on a narrow screen, too.
const NEAR: usize = 100;

/// Where a text shows the most of what is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The first of the matches there.
    pub found: Range<usize>,
    /// How many different ones are not there of those that were to be shown: the fewer, the better it answers.
    pub missing: usize,
}

impl Finder {
    /// Where `text` has the most of what is not in `seen` (the title shows that already) close together: the first place
    /// with all of it, else the first of those with the most. Nothing behind a place with all of it is read. `None` when
    /// nothing of it is there.
    #[must_use]
    pub fn spot(&self, text: &str, seen: &Seen) -> Option<Spot> {
        let wanted = self.count().saturating_sub(seen.count());
        let mut near = Near::default();
        let mut best: Option<Spot> = None;
        self.walk(text, &mut |row, range| {
            if seen.has(row) {
                return true;
            }
            near.add(text, row, range);
            let missing = wanted.saturating_sub(near.times.len());
            if best.as_ref().is_none_or(|best| missing < best.missing) {
                let found = near.first();
                best = found.map(|found| Spot { found, missing });
            }
            missing > 0
        });
        best
    }

    /// The passage of `text` at its [`Finder::spot`], with all matches in it. `None` when there is none.
    #[must_use]
    pub fn passage(&self, text: &str, seen: &Seen, place: Place) -> Option<Passage> {
        let spot = self.spot(text, seen)?;
        Some(self.passage_at(text, &spot, place))
    }

    /// The passage of `text` there. Nothing behind it is read.
    #[must_use]
    pub fn passage_at(&self, text: &str, spot: &Spot, place: Place) -> Passage {
        let window = around(text, &spot.found);
        let mut marks: Vec<Range<usize>> = Vec::new();
        self.walk_until(
            text,
            &mut |_, range| {
                let mark = range.start.max(window.start)..range.end.min(window.end);
                if mark.start < mark.end {
                    marks.push(mark);
                }
                true
            },
            &mut |start| start >= window.end,
        );
        line(text, &window, &join(marks), place)
    }
}

/// The last matches of a walk, as far as they are near to each other.
#[derive(Default)]
struct Near {
    /// What was found, where, and at which character it ends.
    matches: VecDeque<(usize, Range<usize>, usize)>,
    /// How often each of it is there.
    times: HashMap<usize, usize>,
    /// How far the text is counted, in bytes and characters.
    counted: (usize, usize),
}

impl Near {
    /// Adds the next match; what is far from it goes, and what comes again behind the first.
    fn add(&mut self, text: &str, row: usize, range: Range<usize>) {
        let (bytes, characters) = self.counted;
        let between = text.get(bytes..range.end).unwrap_or("");
        let end = characters + between.chars().count();
        self.counted = (range.end.max(bytes), end);
        self.matches.push_back((row, range, end));
        *self.times.entry(row).or_default() += 1;
        while let Some((first, _, at)) = self.matches.front() {
            let times = self.times.get(first).copied().unwrap_or(0);
            if times < 2 && end - at <= NEAR {
                break;
            }
            match times {
                0 | 1 => drop(self.times.remove(first)),
                _ => drop(self.times.insert(*first, times - 1)),
            }
            self.matches.pop_front();
        }
    }

    fn first(&self) -> Option<Range<usize>> {
        self.matches.front().map(|(_, range, _)| range.clone())
    }
}

/// The bytes around a match that make its passage.
fn around(text: &str, found: &Range<usize>) -> Range<usize> {
    let found = found.start
        ..found
            .end
            .min(border(text, found.start.saturating_add(LONGEST)));
    border(text, begin(text, found.start)).min(found.start)..finish(text, found.end)
}

/// Where the passage begins: with the sentence or line of the match where that is near, else with a word.
fn begin(text: &str, found: usize) -> usize {
    let before = text.get(..found).unwrap_or("");
    let mut word = None;
    let mut last = found;
    for (count, (at, c)) in before.char_indices().rev().enumerate() {
        if c == '\n' || ends_sentence(c) && starts_blank(text, at + c.len_utf8()) {
            return skip_blanks(text, at + c.len_utf8(), found);
        }
        if count >= BEFORE {
            return word.unwrap_or(last);
        }
        if c.is_whitespace() {
            word = Some(at + c.len_utf8());
        }
        last = at;
    }
    skip_blanks(text, 0, found)
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？')
}

fn starts_blank(text: &str, at: usize) -> bool {
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    next.is_none_or(|c| c.is_whitespace() || !c.is_ascii())
}

fn skip_blanks(text: &str, from: usize, to: usize) -> usize {
    let between = text.get(from..to).unwrap_or("");
    from + (between.len() - between.trim_start().len())
}

/// Where the passage ends: with a word where there are any, else with a whole character.
fn finish(text: &str, found: usize) -> usize {
    let after = text.get(found..).unwrap_or("");
    let mut word = None;
    for (count, (at, c)) in after.char_indices().enumerate() {
        if count >= AFTER {
            return found + word.unwrap_or_else(|| border(text, found + at) - found);
        }
        if c.is_whitespace() {
            word = Some(at);
        }
    }
    text.len()
}

/// The first border between whole characters (with their marks) from `at` on.
fn border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return at;
    }
    cursor
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

/// The window as one line: what is blank in it becomes single blanks, and the marks move along.
fn line(text: &str, window: &Range<usize>, marks: &[Range<usize>], place: Place) -> Passage {
    let mut shown = String::with_capacity(window.len().min(1_024));
    let mut moved: Vec<Range<usize>> = Vec::with_capacity(marks.len());
    let mut marks = marks.iter().peekable();
    let mut open: Option<usize> = None;
    for (offset, c) in text.get(window.clone()).unwrap_or("").char_indices() {
        let at = window.start + offset;
        if let Some(start) = open
            && marks.peek().is_some_and(|mark| mark.end <= at)
        {
            moved.push(start..shown.len());
            open = None;
            marks.next();
        }
        if open.is_none() && marks.peek().is_some_and(|mark| mark.start <= at) {
            open = Some(shown.len());
        }
        if !c.is_whitespace() {
            shown.push(c);
        } else if !shown.is_empty() && !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    if let Some(start) = open {
        moved.push(start..shown.len());
    }
    let kept = shown.trim_end().len();
    shown.truncate(kept);
    moved.retain_mut(|mark| {
        mark.end = mark.end.min(kept);
        mark.start < mark.end
    });
    Passage {
        before: !starts_fresh(text, window.start),
        after: !text.get(window.end..).unwrap_or("").trim().is_empty(),
        text: shown,
        marks: moved,
        place,
    }
}

/// Whether a sentence, a line or the text begins there.
fn starts_fresh(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let blanks = before.len() - before.trim_end().len();
    let line = before[before.len() - blanks..].contains('\n');
    let before = before.trim_end();
    line || before.is_empty() || before.chars().next_back().is_some_and(ends_sentence)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::domain::safe_text::is_forbidden;
    use crate::search::Sought;

    fn passage(text: &str, words: &str) -> Option<Passage> {
        let sought: Vec<Sought<'_>> = words.split_whitespace().map(Sought::Unfinished).collect();
        Finder::new(&sought).passage(text, &Seen::default(), Place::Text)
    }

    fn shown(text: &str, words: &str) -> String {
        let Some(found) = passage(text, words) else {
            return String::new();
        };
        let parts = found.line().parts();
        let parts = parts.iter().map(|(part, marked)| match marked {
            true => format!("[{part}]"),
            false => part.to_string(),
        });
        parts.collect()
    }

    #[test]
    fn a_passage_begins_with_its_sentence_where_that_is_near() {
        let text = "Every quarter somebody takes screenshots. Our  auditors\nneed one file: the auditor's.";
        assert_eq!(
            shown(text, "audit"),
            "Our [auditors] need one file: the [auditor]'s."
        );
        assert_eq!(
            shown(text, "screens"),
            "…quarter somebody takes [screenshots]. Our auditors need one file: the auditor's."
        );
        assert_eq!(shown(text, "file"), "need one [file]: the auditor's.");
        assert_eq!(
            shown("a b c d e f g h i j k l m n o p q", "q"),
            "…d e f g h i j k l m n o p [q]"
        );
        assert_eq!(shown(text, "nobody"), "");
        assert_eq!(shown("release 7.1 today", "1"), "release 7.[1] today");
    }

    #[test]
    fn what_the_title_shows_is_not_looked_for_but_marked() {
        let finder = Finder::new(&[Sought::Unfinished("export"), Sought::Unfinished("audit")]);
        let seen = finder.seen("Export boards");
        assert!(seen.any() && !seen.all());
        let text = "An export would do. It is for auditors who want an export.";
        let found = finder.passage(text, &seen, Place::Text).expect("a passage");
        assert_eq!(found.text, "It is for auditors who want an export.");
        assert_eq!(found.marks.len(), 2);
        assert_eq!(finder.passage("export", &seen, Place::Text), None);
    }

    #[test]
    fn a_passage_has_as_many_of_the_words_as_are_near_to_each_other() {
        let long = "nothing to be seen here, ".repeat(8);
        let text =
            format!("The file menu is slow. {long}Our auditors want one file. An auditor, a file.");
        assert_eq!(
            shown(&text, "auditors file").split(". An").next(),
            Some("…to be seen here, Our [auditors] want one [file]")
        );
        // What comes again is begun with where the rest is near.
        let text = format!("a file, {}a file for auditors", "and so on ".repeat(8));
        assert!(shown(&text, "auditors file").ends_with("so on a [file] for [auditors]"));
        // All of it is nowhere together: the first.
        let text = format!("The file menu. {long}Our auditors.");
        assert!(shown(&text, "auditors file").starts_with("The [file] menu."));
        let finder = Finder::new(&[Sought::Unfinished("audit"), Sought::Unfinished("file")]);
        let missing = |text: &str, title: &str| {
            let spot = finder.spot(text, &finder.seen(title));
            spot.map(|spot| spot.missing)
        };
        assert_eq!(missing(&text, ""), Some(1));
        assert_eq!(missing(&text, "Files"), Some(0));
        assert_eq!(missing("a file of the auditor", ""), Some(0));
        assert_eq!(missing("a folder", ""), None);
    }

    #[test]
    fn a_passage_is_short_whatever_the_text() {
        let long = "x".repeat(1_000_000);
        for text in [
            format!("auditors {long}"),
            format!("{} auditors", "word ".repeat(200_000)),
            format!("auditors{}file", "-".repeat(1_000_000)),
            format!("auditors {}", "\u{1f468}\u{200d}".repeat(1_000)),
            format!("日本{}auditors", "語".repeat(100_000)),
        ] {
            let found = passage(&text, "auditors").expect("a passage");
            assert!(
                found.text.chars().count() <= BEFORE + AFTER + 40,
                "{}",
                found.text.len()
            );
        }
        let apart = format!("auditors{}file", "-".repeat(1_000_000));
        let found = Finder::new(&[Sought::Whole("auditors file")])
            .passage(&apart, &Seen::default(), Place::Text)
            .expect("a passage");
        assert!(found.text.len() < 2 * LONGEST);
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[a-zA-Z0-9 .'\\-日本語でทีเ่क्या한é\u{301}\u{200d}\u{1f468}\u{1f1ef}\u{fdfa}\u{fe0f}\u{1b}\u{202e}\\r\\n\u{0}½]{0,400}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn a_passage_cuts_no_character_and_has_the_match(text in any_text(), pick in any::<prop::sample::Index>()) {
            let words: Vec<&str> = text.split_whitespace().filter(|word| crate::search::is_searchable(word)).collect();
            if let Some(word) = (!words.is_empty()).then(|| words[pick.index(words.len())]) {
                let finder = Finder::new(&[Sought::Unfinished(word)]);
                let found = finder.passage(&text, &Seen::default(), Place::Text).expect("the word is there");
                prop_assert!(!found.marks.is_empty());
                prop_assert!(found.marks.windows(2).all(|pair| pair[0].end <= pair[1].start));
                for mark in &found.marks {
                    prop_assert!(found.text.get(mark.clone()).is_some_and(crate::search::is_searchable), "{:?}", found);
                }
                prop_assert!(!found.text.contains("  ") && !found.text.contains('\n'));
                // What is shown is made of whole characters of the text: each is one there, too.
                // A mark that stands on a blank stands alone where the blank is left out.
                let known = text.graphemes(true).flat_map(|whole| [whole, whole.trim_start()]);
                let known: std::collections::HashSet<&str> = known.collect();
                for grapheme in found.text.graphemes(true).filter(|g| !g.starts_with(' ')) {
                    prop_assert!(known.contains(grapheme), "{:?} of {:?}", grapheme, text);
                }
                let line = found.line();
                let joins = |c: char| matches!(c, '\u{200d}' | '\u{fe0f}');
                let drives = line.text.as_str().chars().any(|c| is_forbidden(c) && !joins(c));
                prop_assert!(!drives, "{:?}", line);
                for mark in &line.marks {
                    prop_assert!(line.text.as_str().get(mark.clone()).is_some_and(|m| !m.is_empty()));
                }
                let whole: String = line.parts().iter().map(|(part, _)| part.as_str().to_owned()).collect();
                prop_assert_eq!(whole.as_str(), line.text.as_str());
            }
        }
    }
}
