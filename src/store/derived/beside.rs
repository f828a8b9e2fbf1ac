//! The search index of an import, made beside its writing: another thread cuts the texts, while this one writes rows.
//!
//! It is given the text of each new feedback as it is written, so that nothing is read back. Whatever is changed once more
//! in the same transaction is read in the end, as after any deed.

use std::sync::mpsc::Sender;

use roaring::RoaringBitmap;

use super::index::{FEW, Said};
use crate::postings::{Broken, Builder, MOST_DOCUMENTS, Row};
use crate::store::aside::{Aside, Ended};
use crate::store::{Result, StoreError, Writer};

/// How many texts are handed over at once; what comes to fewer is for the tail.
const BATCH: usize = FEW as usize;
/// Or how many bytes of them, and how many such batches may wait: what is written while a segment is ended, which takes a
/// quarter of a second. A batch has some 300 kB, as a rule.
const BYTES: usize = 1 << 20;
const WAITING: usize = 24;

/// New feedback with its texts.
#[derive(Default)]
struct Batch {
    /// Number, when it was received, where its title ends and where its body does.
    items: Vec<(u32, i64, usize, usize)>,
    texts: String,
    /// Where the text begins that was kept last and belongs to nobody yet, and where its title ends.
    kept: Option<(usize, usize)>,
}

/// What comes of the texts.
enum Made {
    /// Some of the rows of a segment, in order.
    Rows(Rows),
    /// Behind the last of them: the documents of the segment.
    Segment(RoaringBitmap),
}

/// Whether a text was taken.
enum Told {
    No,
    Yes,
    /// It was, and those before it were handed over.
    Batch,
}

/// Rows of a segment.
#[derive(Default)]
struct Rows {
    /// The number of documents of each, where its term ends and where its data does.
    ends: Vec<(u32, usize, usize)>,
    bytes: Vec<u8>,
}

/// A piece of the index, or why there is none.
type Piece = std::result::Result<Made, Broken>;

/// The index in the making.
#[derive(Default)]
pub(in crate::store) struct Beside {
    batch: Batch,
    aside: Option<Aside<Batch, Piece>>,
    /// All that was handed over.
    told: RoaringBitmap,
    /// Nothing more is handed over.
    is_over: bool,
}

impl Batch {
    fn end(&self) -> usize {
        self.items.last().map_or(0, |(.., end)| *end)
    }
}

impl Beside {
    /// Takes note of a text that was kept: most often the next row is the feedback that it belongs to.
    pub(in crate::store) fn keep(&mut self, title: &str, body: &str) {
        let batch = &mut self.batch;
        let start = batch.end();
        batch.texts.truncate(start);
        batch.texts.push_str(title);
        batch.kept = Some((start, batch.texts.len()));
        batch.texts.push_str(body);
    }

    /// Takes a new feedback, whose text is the one that was kept last. Answers whether it did.
    fn tell(&mut self, document: u32, received: i64) -> Result<Told> {
        let Some((start, middle)) = self.batch.kept.take() else {
            return Ok(Told::No);
        };
        if self.is_over {
            return Ok(Told::No);
        }
        let end = self.batch.texts.len();
        if self.batch.items.len() < BATCH && start < BYTES {
            self.batch.items.push((document, received, middle, end));
            return Ok(Told::Yes);
        }
        // The next batch will take as much room.
        let mut next = Batch {
            items: Vec::with_capacity(BATCH),
            texts: String::with_capacity(end),
            kept: None,
        };
        next.items
            .push((document, received, middle - start, end - start));
        next.texts.push_str(&self.batch.texts[start..]);
        self.batch.texts.truncate(start);
        self.hand_over(next)?;
        Ok(Told::Batch)
    }

    /// Takes back the newest feedback, when it is that one: it has more texts.
    pub(super) fn withdraw(&mut self, document: u32) {
        let batch = &mut self.batch;
        if batch
            .items
            .last()
            .is_some_and(|(last, ..)| *last == document)
        {
            batch.items.pop();
            batch.kept = None;
            batch.texts.truncate(batch.end());
        }
    }

    fn hand_over(&mut self, next: Batch) -> Result<()> {
        let batch = std::mem::replace(&mut self.batch, next);
        self.told
            .extend(batch.items.iter().map(|(document, ..)| *document));
        let aside = match &mut self.aside {
            Some(aside) => aside,
            none => {
                let mut builder = Builder::default();
                let started = Aside::start(WAITING, move |batch, made: &Sender<_>| {
                    index(&mut builder, batch, made);
                });
                none.insert(started.map_err(|_| StoreError::from(Ended))?)
            }
        };
        Ok(aside.give(batch)?)
    }

    /// The feedback of which it told nobody yet.
    fn untold(&self) -> impl Iterator<Item = u32> {
        self.batch.items.iter().map(|(document, ..)| *document)
    }
}

/// Puts the terms of a batch into the segment in the making, or (behind the last) ends it.
fn index(builder: &mut Builder, batch: Option<Batch>, made: &Sender<Piece>) {
    let is_end = batch.is_none();
    let batch = batch.unwrap_or_default();
    let mut start = 0;
    for (document, received, middle, end) in &batch.items {
        if !builder.begin(*document) {
            let _ = made.send(Err(Broken("feedback is out of order")));
            return;
        }
        let said = [
            Said::Received(*received),
            Said::Text(&batch.texts[start..*middle]),
            Said::Text(&batch.texts[*middle..*end]),
        ];
        for said in said {
            said.each_term(|term| builder.term(term));
        }
        start = *end;
    }
    let documents = builder.documents().len();
    if documents > 0 && (is_end || documents + BATCH as u64 > MOST_DOCUMENTS) {
        end_segment(std::mem::take(builder), made);
    }
}

/// Gives the rows of a segment, in pieces, and its documents. Whoever does not take them wants them no more.
fn end_segment(builder: Builder, made: &Sender<Piece>) {
    let documents = builder.documents().clone();
    let mut rows = Rows::default();
    let finished = builder.finish(&mut |row| {
        rows.bytes.extend_from_slice(row.term.as_bytes());
        let term = rows.bytes.len();
        rows.bytes.extend_from_slice(row.data);
        rows.ends.push((row.count, term, rows.bytes.len()));
        if rows.bytes.len() >= BYTES {
            let _ = made.send(Ok(Made::Rows(std::mem::take(&mut rows))));
        }
        Ok::<_, std::convert::Infallible>(())
    });
    let Ok(()) = finished;
    let _ = made.send(Ok(Made::Rows(rows)));
    let _ = made.send(Ok(Made::Segment(documents)));
}

impl Writer<'_> {
    /// Has the texts of new feedback indexed beside from here on: there will be many.
    pub(in crate::store) fn index_beside(&mut self) {
        self.beside = Some(Beside::default());
    }

    /// Takes note that a feedback is to be indexed as it will be in the end.
    pub(super) fn reindex(&mut self, document: u32) {
        if let Some(beside) = &mut self.beside {
            beside.withdraw(document);
        }
        self.pending.indexed.insert(document);
    }

    /// Takes note that a new feedback is to be indexed; `is_kept`: its text is the one that was kept last.
    pub(super) fn index_new(&mut self, document: u32, received: i64, is_kept: bool) -> Result<()> {
        let told = match &mut self.beside {
            Some(beside) if is_kept => beside.tell(document, received)?,
            _ => Told::No,
        };
        match told {
            Told::No => {
                self.pending.indexed.insert(document);
                return Ok(());
            }
            Told::Yes => return Ok(()),
            Told::Batch => {}
        }
        // What is made meanwhile does not pile up. What comes to few is not wanted.
        let beside = self
            .beside
            .as_ref()
            .filter(|beside| beside.told.len() > FEW);
        let made: Vec<Piece> = match beside.and_then(|beside| beside.aside.as_ref()) {
            Some(aside) => aside.made().collect(),
            None => Vec::new(),
        };
        made.into_iter().try_for_each(|made| self.write_made(made?))
    }

    /// Says that no more feedback comes, so that the last part of the search index is made while other things are done.
    ///
    /// # Errors
    /// When a part of that could not be done.
    pub fn end_beside(&mut self) -> Result<()> {
        let Some(beside) = &mut self.beside else {
            return Ok(());
        };
        if beside.is_over {
            return Ok(());
        }
        beside.is_over = true;
        if beside.aside.is_some() {
            beside.hand_over(Batch::default())?;
        }
        if let Some(aside) = &mut beside.aside {
            aside.was_all()?;
        }
        Ok(())
    }

    /// Writes what was made beside, and answers what is left to be indexed.
    pub(super) fn settle_beside(&mut self) -> Result<RoaringBitmap> {
        self.end_beside()?;
        let Some(mut beside) = self.beside.take() else {
            return Ok(RoaringBitmap::new());
        };
        let Some(aside) = beside.aside.take() else {
            return Ok(beside.untold().collect());
        };
        if beside.told.len() <= FEW {
            return Ok(beside.told);
        }
        for made in aside.rest() {
            self.write_made(made??)?;
        }
        Ok(RoaringBitmap::new())
    }

    fn write_made(&mut self, made: Made) -> Result<()> {
        let rows = match made {
            Made::Segment(documents) => {
                return self.add_segment(self.next_stamp()?, &documents).map(drop);
            }
            Made::Rows(rows) => rows,
        };
        self.write_rows(self.next_segment()?, |sink| {
            let mut start = 0;
            for (count, middle, end) in rows.ends {
                let term = std::str::from_utf8(&rows.bytes[start..middle]);
                sink(Row {
                    term: term.map_err(|_| Broken("a term is no text"))?,
                    count,
                    data: &rows.bytes[middle..end],
                })?;
                start = end;
            }
            Ok(())
        })
    }
}
