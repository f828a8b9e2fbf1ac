//! The dictionary of a workspace, made from the first texts of its first large import.
//!
//! It stays in the file for ever, so it must hold nothing that somebody will want to have erased. What it is trained on is
//! therefore not the texts but what many of them have in common: single words, and two words with what is between them, each
//! from [`OFTEN`] texts that differ, without digits, and out of order, so that no sentence is left.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// So many texts are looked at; fewer in tests, so that those which import some have packed ones.
pub(super) const ENOUGH: usize = if cfg!(test) { 600 } else { 2_000 };

/// And of each so many bytes: one that is a book tells no more about the others.
const BYTES: usize = 2 << 10;

/// What so many texts say tells about none of them.
const OFTEN: u32 = 20;

/// The size of a dictionary in bytes. Twice as much gains a hundredth, and is read whenever a workspace is opened.
const SIZE: usize = 16 << 10;

/// From here on (in the order of Unicode) stand the scripts that are written without blanks: each letter counts as a word.
const WITHOUT_BLANKS: char = '\u{2e80}';

/// Texts that a dictionary is made from.
#[derive(Default)]
pub(super) struct Samples {
    texts: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Samples {
    pub(super) fn take(&mut self, title: Option<&str>, body: &str) {
        self.texts.push_str(up_to(title.unwrap_or_default(), BYTES));
        self.texts.push('\n');
        self.texts.push_str(up_to(body, BYTES));
        self.ends.push(self.texts.len());
    }

    /// The dictionary; nothing where they have too little in common.
    pub(super) fn dictionary(&self) -> Option<Vec<u8>> {
        let (mut common, mut sizes) = (Vec::new(), Vec::new());
        for sample in self.in_common() {
            common.extend_from_slice(sample.as_bytes());
            sizes.push(sample.len());
        }
        let dictionary = zstd::dict::from_continuous(&common, &sizes, SIZE);
        dictionary.ok().filter(|made| !made.is_empty())
    }

    /// Of each text that has any of it, what it has in common with many others.
    pub(super) fn in_common(&self) -> Vec<String> {
        // What comes again and again as a whole, such as a report of a machine, is one text.
        let mut texts: Vec<&str> = Vec::with_capacity(self.ends.len());
        let (mut seen, mut start) = (HashSet::new(), 0);
        for end in &self.ends {
            let text = &self.texts[start..*end];
            start = *end;
            if seen.insert(text) {
                texts.push(text);
            }
        }
        let words = Often::of(&texts, |text, take| {
            words(text).for_each(|(start, end)| take(&text[start..end]));
        });
        let pairs = Often::of(&texts, |text, take| {
            each_pair(text, &words, |_, pair| take(pair));
        });
        let common = texts.iter().zip(0..).map(|(text, number)| {
            let mut parts = parts(text, &words, &pairs);
            parts.sort_by_cached_key(|part| hash(&(number, part)));
            parts.join(" ")
        });
        common.filter(|sample| !sample.is_empty()).collect()
    }
}

/// What many texts have.
struct Often<'t>(HashSet<&'t str>);

impl<'t> Often<'t> {
    fn of(texts: &[&'t str], parts: impl Fn(&'t str, &mut dyn FnMut(&'t str))) -> Self {
        // In how many texts, and which was the last of them.
        let mut counts: HashMap<&str, (u32, usize)> = HashMap::new();
        for (number, text) in texts.iter().enumerate() {
            parts(text, &mut |part| {
                let (count, last) = counts.entry(part).or_insert((0, usize::MAX));
                if *last != number {
                    (*count, *last) = (*count + 1, number);
                }
            });
        }
        counts.retain(|_, (count, _)| *count >= OFTEN);
        Self(counts.into_keys().collect())
    }

    fn has(&self, part: &str) -> bool {
        self.0.contains(part)
    }
}

/// The pairs of a text that many have, and the words which are in none of these.
fn parts<'t>(text: &'t str, words: &Often<'_>, pairs: &Often<'_>) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut paired = HashSet::new();
    each_pair(text, words, |ends, pair| {
        if pairs.has(pair) {
            parts.push(pair);
            paired.extend(ends);
        }
    });
    for (start, end) in self::words(text) {
        if words.has(&text[start..end]) && !paired.contains(&start) {
            parts.push(&text[start..end]);
        }
    }
    parts
}

/// Gives each two neighbours which many texts have, and where the two begin.
fn each_pair<'t>(text: &'t str, words: &Often<'_>, mut take: impl FnMut([usize; 2], &'t str)) {
    let mut before: Option<(usize, usize)> = None;
    for (start, end) in self::words(text) {
        if !words.has(&text[start..end]) {
            before = None;
            continue;
        }
        if let Some((first, middle)) = before
            && joins(&text[middle..start])
        {
            take([first, start], &text[first..end]);
        }
        before = Some((start, end));
    }
}

/// Whether two words are taken as a pair with that between them: nothing that is part of an address.
fn joins(between: &str) -> bool {
    let is_blank = between.ends_with(char::is_whitespace)
        && between
            .chars()
            .all(|c| c.is_whitespace() || ",;:.!?()\"'’".contains(c));
    is_blank || ["", "'", "’"].contains(&between)
}

/// Where the words of a text begin and end. What has a digit is none.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = letters.next()?;
            if !first.is_alphanumeric() {
                continue;
            }
            let mut end = start + first.len_utf8();
            let mut has_digit = first.is_numeric();
            if first < WITHOUT_BLANKS {
                while let Some((at, next)) =
                    letters.next_if(|(_, next)| next.is_alphanumeric() && *next < WITHOUT_BLANKS)
                {
                    end = at + next.len_utf8();
                    has_digit |= next.is_numeric();
                }
            }
            if !has_digit {
                return Some((start, end));
            }
        }
    })
}

fn up_to(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
