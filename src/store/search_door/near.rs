//! Words near to those that find nothing: another form of theirs, or what they may be mistyped for.
//!
//! Nothing here takes long, however large the index is: the terms that are looked at begin with the same two letters, and are
//! read from the index of the table alone, so many of them at most.

use super::shelf::Shelf;
use crate::domain::likeness::distance;
use crate::postings::{MARK, PREFIX};
use crate::query::Query;
use crate::search::{Asked, Sought, shorter};
use crate::store::{Reader, Result};

/// How many letters of a mistyped word are taken to be right.
const RIGHT: usize = 2;
/// Shorter words are like too many others.
const SHORTEST: usize = 4;
/// Words of so many letters may have two wrong, shorter ones one.
const LONG: usize = 7;
/// How many terms are looked at, at most.
const MOST_TERMS: usize = 8_000;
/// Of more words than these nobody mistyped one: it is a text that was pasted.
const MOST_WORDS: usize = 12;
/// Of how many that are equally near it is asked which is the most frequent.
const MOST_NEAREST: usize = 8;

impl Reader<'_> {
    /// The same search with words that are near to its own, where there are some: a shorter form of each, by which its
    /// other forms are found, too; and for a word that nothing has, the nearest that something has. What they find together
    /// is not looked at.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reworded(&self, query: &Query) -> Result<Option<Query>> {
        if query.texts().len() > MOST_WORDS {
            return Ok(None);
        }
        let shelf = self.shelf()?;
        let mut failed = None;
        let reworded = query.reword(&mut |word| {
            if failed.is_some() {
                return None;
            }
            self.near(&shelf, word).unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(reworded),
        }
    }

    /// The word to look for in the place of this one; `None` where there is none, or it is several terms.
    fn near(&self, shelf: &Shelf, word: &str) -> Result<Option<String>> {
        if let Some(version) = other_version(word)
            && !self.is_there(shelf, word)?
            && self.is_there(shelf, &version)?
        {
            return Ok(Some(version));
        }
        let Some(asked) = Asked::of(Sought::Unfinished(word)) else {
            return Ok(None);
        };
        let [term] = asked.terms() else {
            return self.joined(shelf, word, asked.terms().len());
        };
        let term = term.as_str();
        if let Some(shorter) = shorter(term)
            && self.is_begun(shelf, shorter)?
        {
            return Ok(Some(shorter.to_owned()));
        }
        if self.is_begun(shelf, term)? {
            return Ok(None);
        }
        self.nearest(shelf, term)
    }

    /// The word without its hyphens, where something has it so: `email` for `e-mail`. The other way round nothing tells where
    /// a word would be parted.
    fn joined(&self, shelf: &Shelf, word: &str, parts: usize) -> Result<Option<String>> {
        let joined = word.replace('-', "");
        let is_word = joined.chars().all(char::is_alphabetic);
        if !is_word || word.split('-').count() != parts {
            return Ok(None);
        }
        match Asked::of(Sought::Unfinished(&joined)) {
            Some(asked) if asked.terms().len() == 1 => {
                let is_there = self.is_begun(shelf, asked.terms()[0].as_str())?;
                Ok(is_there.then_some(joined))
            }
            _ => Ok(None),
        }
    }

    /// Whether any feedback has the terms of a word.
    fn is_there(&self, shelf: &Shelf, word: &str) -> Result<bool> {
        Ok(match Asked::of(Sought::Unfinished(word)) {
            Some(asked) => !self.with_all_terms(shelf, &[&asked])?.is_empty(),
            None => false,
        })
    }

    /// Whether any feedback has a term that begins so.
    fn is_begun(&self, shelf: &Shelf, prefix: &str) -> Result<bool> {
        Ok(!self
            .with_all(shelf, &[super::find::Wanted::Begun(prefix)])?
            .is_empty())
    }

    /// The term that a mistyped one was most likely meant to be; of several that are as near, the most frequent.
    fn nearest(&self, shelf: &Shelf, mistyped: &str) -> Result<Option<String>> {
        let letters: Vec<char> = mistyped.chars().collect();
        if letters.len() < SHORTEST || !letters.iter().all(|letter| letter.is_alphabetic()) {
            return Ok(None);
        }
        let begin: String = letters.iter().take(RIGHT).collect();
        let mut least = 1 + usize::from(letters.len() >= LONG);
        let mut nearest: Vec<String> = Vec::new();
        let mut look = |term: &str| {
            let far = term.chars().count().abs_diff(letters.len()) > least;
            if far || nearest.iter().any(|one| one == term) {
                return;
            }
            let other: Vec<char> = term.chars().collect();
            let away = distance(&letters, &other);
            if away < least {
                (least, nearest) = (away, Vec::new());
            }
            if away == least && nearest.len() < MOST_NEAREST {
                nearest.push(term.to_owned());
            }
        };
        let mut left = MOST_TERMS;
        for term in shelf.tail.terms_begun(&begin).take(left) {
            left -= 1;
            look(term);
        }
        let sql =
            "SELECT term FROM search_list WHERE segment = ?1 AND term >= ?2 AND term < ?3 LIMIT ?4";
        let mut statement = self.connection().prepare_cached(sql)?;
        for segment in &shelf.segments {
            let end = format!("{begin}{}", char::MAX);
            let most = i64::try_from(left).unwrap_or(i64::MAX);
            let mut rows = statement.query((segment.id, &begin, end, most))?;
            while let Some(row) = rows.next()? {
                left -= 1;
                let term = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
                if !term.ends_with(PREFIX) && !term.starts_with(MARK) {
                    look(term);
                }
            }
        }
        let mut best = None;
        for term in nearest {
            let wanted = super::find::Wanted::Whole(&term);
            let many = self.with_all(shelf, &[wanted])?.len();
            if many > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((many, term));
            }
        }
        Ok(best.map(|(_, term)| term))
    }
}

/// A version as others write it: `v10.4` for `10.4`, and the other way round. Terms are found from their beginning, so that the
/// one does not find the other.
fn other_version(word: &str) -> Option<String> {
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    match word.strip_prefix(['v', 'V']) {
        Some(number) => is_number(number).then(|| number.to_owned()),
        None => is_number(word).then(|| format!("v{word}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::query::parse;
    use crate::store::sample::sample;

    #[test]
    fn words_that_find_nothing_have_neighbours() {
        let (_folder, store, ()) = sample(|make| {
            for (age, title) in [
                "Export as a spreadsheet",
                "Notification sounds",
                "Exporting boards",
                "Since v10.4",
                "Before 3.2",
            ]
            .iter()
            .enumerate()
            {
                make.feedback(title, i64::try_from(age).expect("few"), &[]);
            }
        });
        let near = |text: &str| {
            let query = parse(text).expect("a filter");
            let found = store.read(|reader| reader.reworded(&query));
            found.expect("read").map(|query| query.to_string())
        };
        for (typed, meant) in [
            ("exports", Some("export")),
            ("spreadsheets", Some("spreadsheet")),
            ("notificaton", Some("notification")),
            ("ntoification", None),
            ("Exprot", Some("export")),
            (
                "exports is:unassigned -boards",
                Some("export is:unassigned -boards"),
            ),
            ("notificaton exports", Some("notification export")),
            ("notification", Some("notif")),
            ("zebra", None),
            ("spread-sheet", Some("spreadsheet")),
            ("Ex-Port board", Some("ExPort board")),
            ("zeb-ra", None),
            ("spread-", None),
            ("spread-1", None),
            ("\"exports\"", None),
            ("10.1", None),
            ("10.4", Some("v10.4")),
            ("10", Some("v10")),
            ("v10.4", None),
            ("V3.2", Some("3.2")),
            ("3.2", None),
            ("is:unassigned", None),
        ] {
            assert_eq!(near(typed).as_deref(), meant, "{typed}");
        }
    }
}
