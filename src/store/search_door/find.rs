//! What has the words of a filter.

use roaring::RoaringBitmap;

use super::shelf::{Shelf, Shelved};
use crate::query::{Expr, Term};
use crate::search::{Asked, Sought, reference};
use crate::store::{Reader, Result};

/// The part of a filter that is about nothing but words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) enum Texts {
    /// A word or a phrase.
    Asked(Asked),
    /// A word with a digit in it: what has it, and what it is the number or the link of at its source.
    Named(String, Asked),
    /// All of them.
    All(Vec<Texts>),
    /// At least one of them.
    Any(Vec<Texts>),
    /// What this does not find.
    Not(Box<Texts>),
}

impl Texts {
    /// `None` when something else than words is in it. What cannot be searched for is to be dropped before.
    pub(in crate::store) fn of(expr: &Expr) -> Option<Self> {
        let all = |parts: &[Expr]| parts.iter().map(Self::of).collect::<Option<Vec<_>>>();
        match expr {
            Expr::And(parts) => all(parts).map(Self::All),
            Expr::Or(parts) => all(parts).map(Self::Any),
            Expr::Not(part) => Self::of(part).map(|part| Self::Not(Box::new(part))),
            Expr::Term(Term::Word(text)) => Self::word(text),
            Expr::Term(Term::Phrase(text)) => Asked::of(Sought::Whole(text)).map(Self::Asked),
            Expr::Term(_) => None,
        }
    }
}

impl Texts {
    /// Whether there is a word in it that may be a number or a link.
    fn may_name(&self) -> bool {
        match self {
            Self::Asked(_) => false,
            Self::Named(..) => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::may_name),
            Self::Not(part) => part.may_name(),
        }
    }

    /// A word, the last letters of which may be missing; `None` when nothing in it can be searched for.
    pub(in crate::store) fn word(text: &str) -> Option<Self> {
        let asked = Asked::of(Sought::Unfinished(text))?;
        Some(match reference(text) {
            Some(_) => Self::Named(text.to_owned(), asked),
            None => Self::Asked(asked),
        })
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Found {
    /// The local keys of live feedback that has all terms.
    pub(in crate::store) set: RoaringBitmap,
    /// Phrases whose words it has, but maybe not in a row.
    pub(in crate::store) unproven: Vec<Asked>,
}

/// How many searches are remembered: that of a list, and those for the order of its best.
const REMEMBERED: usize = 3;

/// What was found, as the index was at a mark.
#[derive(Debug)]
pub(super) struct Remembered {
    mark: (i64, i64),
    texts: Texts,
    found: Found,
}

impl Reader<'_> {
    /// What has these words, its phrases apart where only the texts can tell.
    ///
    /// What was found last is remembered: a list is followed by its count and by its next window.
    pub(in crate::store) fn find_texts(&self, texts: &Texts) -> Result<Found> {
        let shelf = self.shelf()?;
        let mark = shelf.mark();
        let memory = &self.memory().found;
        let is_it = |known: &&Remembered| known.mark == mark && known.texts == *texts;
        if let Some(known) = memory.borrow().iter().find(is_it) {
            return Ok(known.found.clone());
        }
        let (set, unproven) = self.all_of(&shelf, std::slice::from_ref(texts))?;
        let found = Found { set, unproven };
        // The mark of the index does not tell when a link of a feedback becomes another one.
        if texts.may_name() {
            return Ok(found);
        }
        let mut memory = memory.borrow_mut();
        memory.truncate(REMEMBERED - 1);
        memory.insert(
            0,
            Remembered {
                mark,
                texts: texts.clone(),
                found: found.clone(),
            },
        );
        Ok(found)
    }

    /// What all parts find, and the phrases among them which are to be proven yet.
    fn all_of(&self, shelf: &Shelf, parts: &[Texts]) -> Result<(RoaringBitmap, Vec<Asked>)> {
        let mut asked = Vec::new();
        let mut rest = Vec::new();
        let mut named = Vec::new();
        flatten(parts, &mut asked, &mut named, &mut rest);
        let mut known = Vec::new();
        for (word, one) in named {
            let found = self.named_by(word)?;
            // Most words with a digit are the number of nothing, and words like any other.
            match found.is_empty() {
                true => asked.push(one),
                false => known.push((one, found)),
            }
        }
        let mut set = if asked.is_empty() {
            shelf.alive()
        } else {
            self.with_all_terms(shelf, &asked)?
        };
        for (one, found) in known {
            if set.is_empty() {
                break;
            }
            let words = Texts::Asked(one.clone());
            set &= self.proven(shelf, &words)? | found;
        }
        for part in rest {
            if set.is_empty() {
                break;
            }
            match part {
                Texts::Not(part) => set -= self.proven(shelf, part)?,
                part => set &= self.proven(shelf, part)?,
            }
        }
        let unproven = asked.into_iter().filter(|asked| !asked.is_told_by_terms());
        Ok((set, unproven.cloned().collect()))
    }

    /// What this finds, its phrases proven.
    fn proven(&self, shelf: &Shelf, texts: &Texts) -> Result<RoaringBitmap> {
        match texts {
            Texts::Asked(_) | Texts::Named(..) | Texts::All(_) => {
                let (set, unproven) = self.all_of(shelf, std::slice::from_ref(texts))?;
                self.prove(shelf.mark(), set, &unproven)
            }
            Texts::Any(parts) => {
                let mut found = RoaringBitmap::new();
                for part in parts {
                    found |= self.proven(shelf, part)?;
                }
                Ok(found)
            }
            Texts::Not(part) => Ok(shelf.alive() - self.proven(shelf, part)?),
        }
    }

    /// What has every term of every one of these.
    fn with_all_terms(&self, shelf: &Shelf, asked: &[&Asked]) -> Result<RoaringBitmap> {
        self.with_all(shelf, &wanted(asked))
    }

    /// What has all of these.
    pub(super) fn with_all(&self, shelf: &Shelf, wanted: &[Wanted<'_>]) -> Result<RoaringBitmap> {
        let mut found = RoaringBitmap::new();
        for segment in &shelf.segments {
            let here = self.in_segment(segment, wanted)?;
            found |= here;
        }
        let tail = wanted.iter().map(|wanted| match wanted {
            Wanted::Whole(term) => shelf.tail.find(term),
            Wanted::Begun(prefix) => shelf.tail.find_prefix(prefix),
        });
        found |= tail.reduce(|all, some| all & some).unwrap_or_default();
        Ok(found)
    }

    fn in_segment(&self, segment: &Shelved, wanted: &[Wanted<'_>]) -> Result<RoaringBitmap> {
        let mut found: Option<RoaringBitmap> = None;
        for wanted in wanted {
            if found.as_ref().is_some_and(RoaringBitmap::is_empty) {
                break;
            }
            let here = match wanted {
                Wanted::Whole(term) => self.with_term(segment, term)?,
                Wanted::Begun(prefix) => self.with_prefix(segment, prefix)?,
            };
            found = Some(match found {
                Some(found) => found & here,
                None => here,
            });
        }
        let mut found = found.unwrap_or_default();
        segment.only_alive(&mut found);
        Ok(found)
    }
}

/// A term or the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    Whole(&'a str),
    Begun(&'a str),
}

/// Each term once, those first which are probably rare: they end the work in a segment that has none of them.
fn wanted<'a>(asked: &[&'a Asked]) -> Vec<Wanted<'a>> {
    let mut wanted = Vec::new();
    for asked in asked {
        let last = asked.terms().len().saturating_sub(1);
        for (place, term) in asked.terms().iter().enumerate() {
            let one = if asked.is_open() && place == last {
                Wanted::Begun(term.as_str())
            } else {
                Wanted::Whole(term.as_str())
            };
            if !wanted.contains(&one) {
                wanted.push(one);
            }
        }
    }
    wanted.sort_by_key(|wanted| match wanted {
        Wanted::Whole(term) => (0, usize::MAX - term.len()),
        Wanted::Begun(prefix) => (1, usize::MAX - prefix.len()),
    });
    wanted
}

/// What must all hold: words and phrases, words that may name something, and the rest.
fn flatten<'t>(
    parts: &'t [Texts],
    asked: &mut Vec<&'t Asked>,
    named: &mut Vec<(&'t str, &'t Asked)>,
    rest: &mut Vec<&'t Texts>,
) {
    for part in parts {
        match part {
            Texts::Asked(one) => asked.push(one),
            Texts::Named(word, one) => named.push((word, one)),
            Texts::All(parts) => flatten(parts, asked, named, rest),
            other => rest.push(other),
        }
    }
}
