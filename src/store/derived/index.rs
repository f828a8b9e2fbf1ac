//! Keeping the search index of feedback.
//!
//! A deed writes a row of the tail for each text that it changed; by which terms a few of them are found then is written by
//! an idle moment, and whoever searches before cuts them for itself. When there are many, or many at once, they become a
//! segment: their texts are read, cut, and written as posting lists; what the segments before knew about them is dead.

use std::collections::BTreeMap;
use std::ops::Range;

use roaring::RoaringBitmap;
use rusqlite::{Row, params};

use crate::domain::moment::DAY;
use crate::postings::{Broken, Builder, MARK, MOST_DOCUMENTS, Part, base, merge};
use crate::search::each_term;
use crate::store::search_door::shelf::{Segment, document};
use crate::store::{Reader, Result, StoreError, Writer};

/// Up to so many changed texts of one deed go to the tail; more of them become a segment at once.
pub(super) const FEW: u64 = 512;

/// The terms of up to so many changed texts of one deed are put off: it is somebody who waits, and not for much else.
pub(in crate::store) const PUT_OFF: u64 = 8;

/// Every so many rows the next deed writes down what was put off, where no moment was idle: a command line has none, and
/// each of its searches would cut all of that again.
const TURN: i64 = 64;

/// From so many rows of the tail on it becomes a segment in an idle moment: before, the segments would be many and small.
pub(in crate::store) const WORTH_A_SEGMENT: i64 = 512;

/// A tail of so many rows becomes a segment whatever else is to be done: every window holds it in memory.
const LONGEST_TAIL: i64 = 4_096;

/// So many segments of less than half the full size may stand side by side.
const SMALL_SEGMENTS: usize = 8;

/// How many feedback items are read at once where nearly all of them are wanted.
const STRETCH: u32 = 4_096;

/// No stamp of a segment and no row of the tail has such a number, or one beyond it: there are not that many deeds.
pub(in crate::store) const HIGHEST_STAMP: i64 = 1 << 62;

impl Writer<'_> {
    /// Indexes the texts of these feedback items as they are now. Answers of which it was put off: where that is noted, it is
    /// noted, too, that they may be open or not as their rows say.
    pub(super) fn settle_search(&mut self, changed: RoaringBitmap) -> Result<RoaringBitmap> {
        if changed.is_empty() {
            return Ok(changed);
        }
        if changed.len() > FEW {
            self.write_segments(&(changed | self.in_tail()?))?;
            return Ok(RoaringBitmap::new());
        }
        let (first, stretch) = self.next_in_tail()?;
        // A tail that is longer has seen no idle moment for a while, and the next search would have to cut all of it.
        let later = changed.len() <= PUT_OFF && stretch < WORTH_A_SEGMENT;
        for (sequence, document) in (first..).zip(&changed) {
            let terms = if later {
                None
            } else {
                Some(self.terms_of(document)?)
            };
            self.run(
                "INSERT INTO search_tail (sequence, feedback, terms) VALUES (?1, ?2, ?3)",
                params![sequence, document, terms],
            )?;
        }
        let next = first.saturating_add_unsigned(changed.len());
        if later && first / TURN != next / TURN {
            self.write_terms()?;
        }
        // Counting reads all of it, which a deed has no time for.
        if stretch >= LONGEST_TAIL && self.tail_rows()? >= LONGEST_TAIL {
            let all = self.in_tail()?;
            self.write_segments(&all)?;
        }
        Ok(if later { changed } else { RoaringBitmap::new() })
    }

    /// Makes a segment of the tail, where it is long enough; otherwise writes down the terms that were put off.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub(in crate::store) fn fold_search(&mut self) -> Result<()> {
        if self.tail_rows()? < WORTH_A_SEGMENT {
            return self.write_terms();
        }
        let all = self.in_tail()?;
        self.write_segments(&all)
    }

    /// Writes down the terms that deeds have put off, and which of that feedback is open. A row keeps its number: whoever has
    /// read it has cut the same text, or a later row tells of another.
    fn write_terms(&mut self) -> Result<()> {
        let sql = "SELECT sequence, feedback FROM search_tail WHERE terms IS NULL";
        let put_off: Vec<(i64, i64)> =
            self.collect(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut documents = RoaringBitmap::new();
        for (sequence, feedback) in put_off {
            let terms = self.terms_of(document(feedback)?)?;
            let sql = "UPDATE search_tail SET terms = ?2 WHERE sequence = ?1";
            self.run(sql, params![sequence, terms])?;
            documents.insert(document(feedback)?);
        }
        self.settle_open(&documents)
    }

    /// Makes one segment of several small ones, or of what is mostly dead, where there are such.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub(in crate::store) fn merge_search(&mut self) -> Result<()> {
        let segments = self.segments()?;
        let merged = to_merge(&segments);
        if merged.is_empty() {
            return Ok(());
        }
        self.merge_segments(merged)
    }

    /// Makes a segment of the tail, however short it is.
    #[cfg(test)]
    pub(in crate::store) fn fold_tail(&mut self) -> Result<()> {
        let all = self.in_tail()?;
        self.write_segments(&all)
    }

    /// Makes one segment of all.
    #[cfg(test)]
    pub(in crate::store) fn merge_all(&mut self) -> Result<()> {
        let all = self.segments()?;
        self.merge_segments(all)
    }

    /// Writes segments of these feedback items, all of the tail among them, as they are now. What other segments know
    /// about them is dead from then on.
    pub(super) fn write_segments(&mut self, documents: &RoaringBitmap) -> Result<()> {
        let before = self.segments()?;
        let mut builder = Builder::default();
        let mut rest = documents.clone();
        while let Some(first) = rest.min() {
            let last = first.saturating_add(STRETCH - 1);
            let here: RoaringBitmap = rest.range(first..=last).collect();
            rest.remove_range(first..=last);
            self.each_text(first..=last, &here, &mut |document, text| {
                if builder.documents().max() != Some(document) && !builder.begin(document) {
                    return Err(Broken("feedback is out of order").into());
                }
                text.each_term(|term| builder.term(term));
                Ok(())
            })?;
            if builder.documents().len() + u64::from(STRETCH) > MOST_DOCUMENTS {
                self.write_segment(std::mem::take(&mut builder))?;
            }
        }
        // Even an empty one: its stamp tells other windows that the tail is no more.
        self.write_segment(builder)?;
        for segment in before {
            let dies = &segment.documents & documents;
            if dies.is_empty() {
                continue;
            }
            self.run(
                "UPDATE search_segment SET dead = ?2, stamp = ?3 WHERE id = ?1",
                params![
                    segment.id,
                    bytes_of(segment.dead | dies)?,
                    self.next_stamp()?
                ],
            )?;
        }
        self.settle_open(&self.put_off()?)?;
        self.run("DELETE FROM search_tail", []).map(drop)
    }

    fn write_segment(&mut self, builder: Builder) -> Result<()> {
        let id = self.add_segment(self.next_stamp()?, builder.documents())?;
        self.write_rows(id, |sink| builder.finish(sink))
    }

    /// Adds a segment without rows yet; answers its number.
    pub(super) fn add_segment(&self, stamp: i64, documents: &RoaringBitmap) -> Result<i64> {
        self.run(
            "INSERT INTO search_segment (id, stamp, documents, dead)
             VALUES (?1, ?2, ?3, ?4)",
            params![
                self.next_segment()?,
                stamp,
                bytes_of(documents.clone())?,
                bytes_of(RoaringBitmap::new())?
            ],
        )?;
        Ok(self.connection().last_insert_rowid())
    }

    pub(super) fn write_rows(
        &self,
        segment: i64,
        rows: impl FnOnce(&mut dyn FnMut(crate::postings::Row<'_>) -> Result<()>) -> Result<()>,
    ) -> Result<()> {
        let sql =
            "INSERT INTO search_list (segment, term, documents, data) VALUES (?1, ?2, ?3, ?4)";
        let mut statement = self.connection().prepare_cached(sql)?;
        rows(&mut |row| {
            statement.execute(params![segment, row.term, row.count, row.data])?;
            Ok(())
        })
    }

    fn merge_segments(&mut self, segments: Vec<Segment>) -> Result<()> {
        let numbers: Vec<i64> = segments.iter().map(|segment| segment.id).collect();
        let mut alive = RoaringBitmap::new();
        for segment in &segments {
            alive |= segment.living();
        }
        let id = self.add_segment(self.next_stamp()?, &alive)?;
        let sql = "SELECT term, documents, data FROM search_list WHERE segment = ?1 ORDER BY term";
        let mut statements = Vec::new();
        for _ in &segments {
            statements.push(self.connection().prepare(sql)?);
        }
        let mut parts = Vec::new();
        for (segment, statement) in segments.iter().zip(&mut statements) {
            let mut rows = statement.query([segment.id])?;
            parts.push(Part {
                alive: segment.living(),
                base: segment.base,
                next: Box::new(move || {
                    let row = rows.next()?;
                    let read = |row: &Row<'_>| {
                        Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?, row.get(2)?))
                    };
                    Ok::<_, StoreError>(row.map(read).transpose()?)
                }),
            });
        }
        self.write_rows(id, |sink| merge(parts, sink))?;
        drop(statements);
        for number in numbers {
            self.run("DELETE FROM search_list WHERE segment = ?1", [number])?;
            self.run("DELETE FROM search_segment WHERE id = ?1", [number])?;
        }
        Ok(())
    }

    fn in_tail(&self) -> Result<RoaringBitmap> {
        let rows: Vec<i64> =
            self.collect("SELECT feedback FROM search_tail", [], |row| row.get(0))?;
        rows.into_iter().map(document).collect()
    }
}

/// The terms of one feedback, as they are said.
#[derive(Default)]
struct Told {
    all: String,
    places: Vec<Range<usize>>,
}

impl Told {
    fn add(&mut self, term: &str) {
        let start = self.all.len();
        self.all.push_str(term);
        self.places.push(start..self.all.len());
    }

    /// Each of them once, in order, with blanks between them.
    fn terms(&self) -> String {
        let places = self.places.iter();
        let mut terms: Vec<&str> = places.map(|place| &self.all[place.clone()]).collect();
        terms.sort_unstable();
        terms.dedup();
        terms.join(" ")
    }
}

/// Which segments are to become one: the smallest, where there are too many small ones; and each that is mostly dead.
fn to_merge(segments: &[Segment]) -> Vec<Segment> {
    let living = |segment: &Segment| segment.documents.len() - segment.dead.len();
    let mut small: Vec<&Segment> = segments.iter().collect();
    small.retain(|segment| living(segment) < MOST_DOCUMENTS / 2);
    small.sort_by_key(|segment| living(segment));
    let mut merged: Vec<&Segment> = segments.iter().collect();
    merged.retain(|segment| segment.dead.len() > living(segment));
    if small.len() > SMALL_SEGMENTS {
        small.truncate(SMALL_SEGMENTS);
        merged = small;
    }
    let mut all = 0;
    merged.retain(|segment| {
        all += living(segment);
        all <= MOST_DOCUMENTS
    });
    merged.into_iter().cloned().collect()
}

/// A set of documents for the file.
fn bytes_of(mut documents: RoaringBitmap) -> Result<Vec<u8>> {
    documents.optimize();
    let mut bytes = Vec::with_capacity(documents.serialized_size());
    documents
        .serialize_into(&mut bytes)
        .map_err(|_| Broken("a set of documents cannot be written"))?;
    Ok(bytes)
}

/// A text of a feedback, or when it was received.
pub(in crate::store) enum Said<'t> {
    /// Title, body or comment.
    Text(&'t str),
    /// When, in milliseconds since 1970.
    Received(i64),
}

impl Said<'_> {
    /// Gives the terms by which it is found to `sink`.
    pub(in crate::store) fn each_term(&self, mut sink: impl FnMut(&str)) {
        match self {
            Said::Text(text) => each_term(text, sink),
            Said::Received(at) => sink(&week(*at)),
        }
    }
}

/// The term of the week of a moment; such terms sort as the weeks do. What is before 1970 counts to the first.
pub(in crate::store) fn week(at: i64) -> String {
    let weeks = at.div_euclid(7 * DAY).clamp(0, 99_999);
    format!("{MARK}{weeks:05}")
}

/// What sorts after the term of every week.
pub(in crate::store) fn after_last_week() -> String {
    format!("{MARK}~")
}

impl Reader<'_> {
    /// Gives the texts of live feedback to `sink`: for each of `wanted`, which are within `stretch`, in their order,
    /// when it was received, title and body as they are now, and the comments on it.
    pub(in crate::store) fn each_text(
        &self,
        stretch: std::ops::RangeInclusive<u32>,
        wanted: &RoaringBitmap,
        sink: &mut dyn FnMut(u32, Said<'_>) -> Result<()>,
    ) -> Result<()> {
        let bounds = [*stretch.start(), *stretch.end()];
        // All comments of the stretch at once, where most of it is wanted.
        let dense = wanted.len() * 4 > u64::from(bounds[1] - bounds[0]);
        if !dense && bounds[0] < bounds[1] {
            return wanted.iter().try_for_each(|document| {
                let one = RoaringBitmap::from([document]);
                self.each_text(document..=document, &one, sink)
            });
        }
        let mut comments = self.comments_on(bounds)?;
        let mut statement = self.connection().prepare_cached(
            "SELECT f.id, f.received, title_of(t.title, t.packed), body_of(t.body, t.packed) FROM feedback f NOT INDEXED LEFT JOIN content t ON t.id = f.content
             WHERE f.id BETWEEN ?1 AND ?2 AND f.deleted = 0 ORDER BY f.id",
        )?;
        let mut rows = statement.query(bounds)?;
        while let Some(row) = rows.next()? {
            let document = row.get(0)?;
            if !wanted.contains(document) {
                continue;
            }
            sink(document, Said::Received(row.get(1)?))?;
            for column in 2..4 {
                if let Some(text) = row
                    .get_ref(column)?
                    .as_str_or_null()
                    .map_err(rusqlite::Error::from)?
                {
                    sink(document, Said::Text(text))?;
                }
            }
            for comment in comments.remove(&document).unwrap_or_default() {
                sink(document, Said::Text(&comment))?;
            }
        }
        Ok(())
    }

    /// The terms by which a feedback is found as it is now, as a row of the tail has them.
    ///
    /// A text that cannot be read has none: one damaged text must not take the search of all others away, and the doctor
    /// says what is wrong with it.
    pub(in crate::store) fn terms_of(&self, document: u32) -> Result<String> {
        let mut said = Told::default();
        let one = RoaringBitmap::from([document]);
        let read = self.each_text(document..=document, &one, &mut |_, text| {
            text.each_term(|term| said.add(term));
            Ok(())
        });
        match read {
            Ok(()) => Ok(said.terms()),
            Err(error) if error.is_unreadable_text() => Ok(String::new()),
            Err(error) => Err(error),
        }
    }

    /// The comments on each feedback of a stretch.
    fn comments_on(&self, bounds: [u32; 2]) -> Result<BTreeMap<u32, Vec<String>>> {
        let sql = "SELECT c.feedback, body_of(t.body, t.packed) FROM comment c INDEXED BY comment_by_feedback JOIN content t ON t.id = c.text
             WHERE c.feedback IS NOT NULL AND c.feedback BETWEEN ?1 AND ?2 AND c.deleted = 0
             ORDER BY c.feedback, c.at, c.id";
        let mut comments: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for (feedback, text) in self.collect(sql, bounds, |row| Ok((row.get(0)?, row.get(1)?)))? {
            comments.entry(feedback).or_default().push(text);
        }
        Ok(comments)
    }

    /// The number that comes after every stamp of a segment and every row of the tail.
    pub(super) fn next_stamp(&self) -> Result<i64> {
        Ok(self.last_stamp()?.saturating_add(1))
    }

    /// The largest of those numbers.
    pub(in crate::store) fn last_stamp(&self) -> Result<i64> {
        let sql = "SELECT max(coalesce((SELECT max(sequence) FROM search_tail), 0),
            coalesce((SELECT max(stamp) FROM search_segment), 0))";
        Ok(self.first(sql, [], |row| row.get(0))?.unwrap_or(0))
    }

    /// The number of the next segment.
    pub(super) fn next_segment(&self) -> Result<i64> {
        let sql = "SELECT coalesce(max(id), 0) + 1 FROM search_segment";
        Ok(self.first(sql, [], |row| row.get(0))?.unwrap_or(1))
    }

    /// The number of the next row of the tail, and how far the tail stretches from its first row to the last: it has no
    /// more rows than that.
    fn next_in_tail(&self) -> Result<(i64, i64)> {
        let sql = "SELECT (SELECT max(sequence) FROM search_tail), (SELECT min(sequence) FROM search_tail),
            (SELECT max(stamp) FROM search_segment)";
        let found = self.first(sql, [], |row| {
            let (last, first) = (row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?);
            let stamp = row.get::<_, Option<i64>>(2)?;
            let stretch = last.zip(first).map_or(0, |(last, first)| {
                last.saturating_sub(first).saturating_add(1)
            });
            let next = last.max(stamp).unwrap_or(0).max(0).saturating_add(1);
            Ok((next, stretch))
        })?;
        Ok(found.unwrap_or((1, 0)))
    }

    /// Feedback of which deeds have put off to write by which terms it is found. Whether it is open stands in its row alone.
    pub(in crate::store) fn put_off(&self) -> Result<RoaringBitmap> {
        let sql = "SELECT feedback FROM search_tail WHERE terms IS NULL";
        let rows: Vec<i64> = self.collect(sql, [], |row| row.get(0))?;
        rows.into_iter().map(document).collect()
    }

    fn tail_rows(&self) -> Result<i64> {
        let sql = "SELECT count(*) FROM search_tail";
        Ok(self.first(sql, [], |row| row.get(0))?.unwrap_or(0))
    }

    /// Every segment, with its documents.
    pub(in crate::store) fn segments(&self) -> Result<Vec<Segment>> {
        let sql = "SELECT id, documents, dead FROM search_segment ORDER BY id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut segments = Vec::new();
        while let Some(row) = rows.next()? {
            let [documents, dead] = [1, 2].map(|column| {
                let bytes = row
                    .get_ref(column)?
                    .as_blob()
                    .map_err(rusqlite::Error::from)?;
                RoaringBitmap::deserialize_from(bytes).map_err(|_| {
                    StoreError::Index(Broken("a part of the index has no list of its documents"))
                })
            });
            let (documents, dead) = (documents?, dead?);
            // A few bytes can say that it holds everything.
            if documents.len() > MOST_DOCUMENTS {
                return Err(Broken("a part of the index has more documents than fit").into());
            }
            segments.push(Segment {
                id: row.get(0)?,
                base: base(documents.min().unwrap_or(0)),
                dead: dead & &documents,
                documents,
            });
        }
        Ok(segments)
    }

    /// Whether [`Writer::fold_search`] or [`Writer::merge_search`] has anything to do.
    pub(in crate::store) fn search_wants_tending(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM search_tail WHERE terms IS NULL LIMIT 1";
        Ok(self.first(sql, [], |_| Ok(()))?.is_some()
            || self.tail_rows()? >= WORTH_A_SEGMENT
            || !to_merge(&self.segments()?).is_empty())
    }
}
