//! What has the words of a filter.
//!
//! ```text
//!   all feedback ⊇ maybe: what has the terms ⊇ what matches ⊇ sure: what matches whatever its texts say
//! ```
//!
//! Of words both bounds are the same; between those of a phrase, or of what is made of phrases, only the texts tell.

use std::borrow::Cow;
use std::collections::HashSet;

use roaring::RoaringBitmap;

use super::rule::{Rule, Unproven};
use super::shelf::{Shelf, Shelved};
use crate::query::{Expr, Term};
use crate::search::{Asked, Sought, reference};
use crate::store::{Reader, Result, StoreError};

/// So many different alternatives of words and phrases count; those behind them do not.
const MOST_ALTERNATIVES: usize = 64;

/// After so many documents of lists, those of the next alternatives are read when somebody asks again: about a millisecond.
const MOST_LISTED: u64 = if cfg!(test) { 1 } else { 400_000 };

/// The part of a filter that is about nothing but words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::store) enum Texts {
    /// A word or a phrase.
    Asked(Asked),
    /// A word with a digit in it: what has it, and what it is the number or the link of at its source, by their local keys in
    /// ascending order, once they were looked up.
    Named(String, Asked, Vec<u32>),
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
            Expr::And(parts) => all(parts).map(Self::all),
            Expr::Or(parts) => all(parts).map(Self::any),
            Expr::Not(part) => Self::of(part).map(|part| Self::Not(Box::new(part))),
            Expr::Term(Term::Word(text)) => Self::word(text),
            Expr::Term(Term::Phrase(text)) => Asked::of(Sought::Whole(text)).map(Self::Asked),
            Expr::Term(_) => None,
        }
    }

    /// All of these. What several of them rule out is ruled out together, as alternatives.
    pub(in crate::store) fn all(parts: Vec<Self>) -> Self {
        let mut wanted = Vec::with_capacity(parts.len());
        let mut unwanted = Vec::new();
        for part in parts {
            match part {
                Self::Not(part) => unwanted.push(*part),
                part => wanted.push(part),
            }
        }
        if !unwanted.is_empty() {
            let together = Self::any(unwanted);
            wanted.push(Self::Not(Box::new(together)));
        }
        Self::All(wanted)
    }

    /// At least one of these: of those that find the same the first, and of very many the first.
    pub(in crate::store) fn any(parts: Vec<Self>) -> Self {
        let mut known = HashSet::new();
        let different = parts.into_iter().filter(|part| known.insert(part.clone()));
        Self::Any(different.take(MOST_ALTERNATIVES).collect())
    }

    /// A word, the last letters of which may be missing; `None` when nothing in it can be searched for.
    pub(in crate::store) fn word(text: &str) -> Option<Self> {
        let asked = Asked::of(Sought::Unfinished(text))?;
        Some(match reference(text) {
            Some(_) => Self::Named(text.to_owned(), asked, Vec::new()),
            None => Self::Asked(asked),
        })
    }

    /// Whether there is a word in it that may be a number or a link.
    fn may_name(&self) -> bool {
        match self {
            Self::Asked(_) => false,
            Self::Named(..) => true,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::may_name),
            Self::Not(part) => part.may_name(),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Found {
    /// The local keys of live feedback that may match, by its terms.
    pub(in crate::store) set: RoaringBitmap,
    /// What its texts must say, where the terms do not tell; a phrase has its words in a row.
    pub(in crate::store) unproven: Option<Unproven>,
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

/// What the terms tell of what matches.
#[derive(Clone, Debug, Default)]
struct Told {
    maybe: RoaringBitmap,
    /// `None` where that is the same.
    sure: Option<RoaringBitmap>,
}

impl Told {
    fn of(maybe: RoaringBitmap, sure: Option<RoaringBitmap>) -> Self {
        let sure = sure.filter(|sure| sure.len() < maybe.len());
        Self { maybe, sure }
    }

    /// What one of the two tells.
    fn or(self, other: Self) -> Self {
        let sure = match (self.sure, other.sure) {
            (None, None) => None,
            (Some(sure), None) => Some(sure | &other.maybe),
            (None, Some(sure)) => Some(sure | &self.maybe),
            (Some(one), Some(two)) => Some(one | two),
        };
        Self::of(self.maybe | other.maybe, sure)
    }
}

/// Alternatives of which some were looked up, so that whoever asks again is led on from there.
#[derive(Debug)]
pub(super) struct Begun {
    mark: (i64, i64),
    texts: Texts,
    /// How many of them were.
    done: usize,
    told: Told,
}

impl Reader<'_> {
    /// What has these words, with what only the texts can tell of it.
    ///
    /// What was found last is remembered: a list is followed by its count and by its next window.
    ///
    /// # Errors
    /// [`StoreError::Paused`] when somebody waits and there are many alternatives; the next call goes on with them.
    pub(in crate::store) fn find_texts(&self, texts: &Texts) -> Result<Found> {
        let shelf = self.shelf()?;
        let mark = shelf.mark();
        // The mark of the index does not tell when a link of a feedback becomes another one.
        let texts = match texts.may_name() {
            true => Cow::Owned(self.with_named(texts)?),
            false => Cow::Borrowed(texts),
        };
        let memory = &self.memory().found;
        let is_it = |known: &&Remembered| known.mark == mark && known.texts == *texts;
        if let Some(known) = memory.borrow().iter().find(is_it) {
            return Ok(known.found.clone());
        }
        let mut open = Vec::new();
        let told = self.all_of(&shelf, std::slice::from_ref(&texts), &mut open)?;
        self.memory().begun.borrow_mut().clear();
        let found = Found {
            set: told.maybe,
            unproven: told.sure.map(|sure| Unproven {
                sure,
                rule: Rule::all_of(&open),
            }),
        };
        let mut memory = memory.borrow_mut();
        memory.truncate(REMEMBERED - 1);
        memory.insert(
            0,
            Remembered {
                mark,
                texts: texts.into_owned(),
                found: found.clone(),
            },
        );
        Ok(found)
    }

    /// The same, however long that takes.
    pub(in crate::store) fn find_texts_whole(&self, texts: &Texts) -> Result<Found> {
        loop {
            self.memory().listed.set(0);
            match self.find_texts(texts) {
                Err(StoreError::Paused) => {}
                found => return found,
            }
        }
    }

    /// These with what their words name. Most words with a digit are the number of nothing, and words like any other.
    fn with_named(&self, texts: &Texts) -> Result<Texts> {
        let each = |parts: &[Texts]| {
            let named = parts.iter().map(|part| self.with_named(part));
            named.collect::<Result<Vec<_>>>()
        };
        Ok(match texts {
            Texts::Asked(_) => texts.clone(),
            Texts::Named(word, asked, _) => {
                let found = self.named_by(word)?;
                match found.is_empty() {
                    true => Texts::Asked(asked.clone()),
                    false => Texts::Named(word.clone(), asked.clone(), found.iter().collect()),
                }
            }
            Texts::All(parts) => Texts::All(each(parts)?),
            Texts::Any(parts) => Texts::Any(each(parts)?),
            Texts::Not(part) => Texts::Not(Box::new(self.with_named(part)?)),
        })
    }

    /// What the terms tell of what matches all parts; `open` takes those of which they do not tell all.
    fn all_of(&self, shelf: &Shelf, parts: &[Texts], open: &mut Vec<Texts>) -> Result<Told> {
        let mut asked = Vec::new();
        let mut rest = Vec::new();
        flatten(parts, &mut asked, &mut rest);
        let mut maybe = match asked.is_empty() {
            true => shelf.alive(),
            false => self.with_all_terms(shelf, &asked)?,
        };
        let phrases = asked.iter().filter(|asked| !asked.is_told_by_terms());
        open.extend(phrases.map(|asked| Texts::Asked((*asked).clone())));
        let mut sure = (!open.is_empty()).then(RoaringBitmap::new);
        for part in rest {
            if maybe.is_empty() {
                break;
            }
            let told = self.told_by_terms(shelf, part)?;
            maybe &= &told.maybe;
            sure = match (sure, told.sure) {
                (sure, None) => sure,
                (sure, Some(here)) => {
                    open.push(part.clone());
                    Some(sure.unwrap_or_else(|| maybe.clone()) & here)
                }
            };
        }
        let sure = sure.map(|sure| sure & &maybe);
        Ok(Told::of(maybe, sure))
    }

    /// What the terms tell of what this finds.
    fn told_by_terms(&self, shelf: &Shelf, texts: &Texts) -> Result<Told> {
        match texts {
            Texts::Asked(_) | Texts::All(_) => {
                self.all_of(shelf, std::slice::from_ref(texts), &mut Vec::new())
            }
            Texts::Named(_, asked, named) => {
                let asked = Texts::Asked(asked.clone());
                let told = self.all_of(shelf, &[asked], &mut Vec::new())?;
                Ok(told.or(Told::of(named.iter().collect(), None)))
            }
            Texts::Any(parts) => self.one_of(shelf, texts, parts),
            Texts::Not(part) => {
                let Told { maybe, sure } = self.told_by_terms(shelf, part)?;
                let alive = shelf.alive();
                Ok(match sure {
                    None => Told::of(alive - maybe, None),
                    Some(sure) => Told::of(&alive - sure, Some(alive - maybe)),
                })
            }
        }
    }

    /// What the terms tell of what at least one of these finds, as far as may be looked up at once.
    fn one_of(&self, shelf: &Shelf, texts: &Texts, parts: &[Texts]) -> Result<Told> {
        let waits = self.left().is_some();
        let begun = match waits {
            true => self.begun(shelf.mark(), texts),
            false => None,
        };
        let (from, mut told) = begun.unwrap_or_default();
        let mut done = from;
        let mut paused = None;
        while let Some(part) = parts.get(done) {
            // Each call comes a little further, whatever it had to read before.
            if done > from && waits && self.memory().listed.get() >= MOST_LISTED {
                paused = Some(StoreError::Paused);
                break;
            }
            match self.told_by_terms(shelf, part) {
                Ok(more) => told = told.or(more),
                Err(error) => {
                    paused = Some(error);
                    break;
                }
            }
            done += 1;
        }
        if waits {
            self.memory().begun.borrow_mut().push(Begun {
                mark: shelf.mark(),
                texts: texts.clone(),
                done,
                told: told.clone(),
            });
        }
        match paused {
            None => Ok(told),
            Some(error) => Err(error),
        }
    }

    /// How far these alternatives were looked up.
    fn begun(&self, mark: (i64, i64), texts: &Texts) -> Option<(usize, Told)> {
        let mut begun = self.memory().begun.borrow_mut();
        begun.retain(|begun| begun.mark == mark);
        let place = begun.iter().position(|begun| begun.texts == *texts)?;
        let Begun { done, told, .. } = begun.remove(place);
        Some((done, told))
    }

    /// What has every term of every one of these.
    pub(super) fn with_all_terms(&self, shelf: &Shelf, asked: &[&Asked]) -> Result<RoaringBitmap> {
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

/// What must all hold: words and phrases, and the rest.
fn flatten<'t>(parts: &'t [Texts], asked: &mut Vec<&'t Asked>, rest: &mut Vec<&'t Texts>) {
    for part in parts {
        match part {
            Texts::Asked(one) => asked.push(one),
            Texts::All(parts) => flatten(parts, asked, rest),
            other => rest.push(other),
        }
    }
}
