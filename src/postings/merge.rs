//! Segments into one.

use roaring::RoaringBitmap;

use super::prefixes::Prefixes;
use super::set::Set;
use super::{Broken, PREFIX, Row, base, list};

/// A row that was read from a segment: term, count, data.
pub type Read = (String, u32, Vec<u8>);

/// A segment that takes part.
pub struct Part<'a, E> {
    /// Its documents that live on.
    pub alive: RoaringBitmap,
    /// From where its lists count.
    pub base: u32,
    /// Its next row in the order of the terms, prefixes included.
    pub next: Box<dyn FnMut() -> Result<Option<Read>, E> + 'a>,
}

/// Gives the rows of a segment with all living documents of `parts`, each of which is in one of them only, to `sink`.
/// A row at a time of each part is in memory.
///
/// # Errors
/// When a row is broken or out of order, and those of the parts and of `sink`.
pub fn merge<E: From<Broken>>(
    parts: Vec<Part<'_, E>>,
    sink: &mut dyn FnMut(Row<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let first = parts.iter().filter_map(|part| part.alive.min()).min();
    let Some(base) = first.map(base) else {
        return Ok(());
    };
    let mut prefixes = Prefixes::new(base);
    let mut sources = Vec::new();
    for part in parts {
        let mut source = Source { part, head: None };
        source.advance(None)?;
        sources.push(source);
    }
    loop {
        let heads = sources.iter().filter_map(|source| source.head.as_ref());
        let Some(term) = heads.map(|head| &head.0).min().cloned() else {
            break;
        };
        let mut documents = RoaringBitmap::new();
        for source in &mut sources {
            if let Some((_, count, data)) = source.head.take_if(|head| head.0 == term) {
                documents |= list::decode(&data, count, source.part.base)? & &source.part.alive;
                source.advance(Some(&term))?;
            }
        }
        if documents.is_empty() {
            continue;
        }
        sink(Row {
            term: &term,
            count: u32::try_from(documents.len()).unwrap_or(u32::MAX),
            data: &list::encode(&documents, base),
        })?;
        let numbers: Vec<u32> = documents.iter().collect();
        prefixes.term(&term, Set::of(&numbers, base), sink)?;
    }
    prefixes.finish(sink)
}

struct Source<'a, E> {
    part: Part<'a, E>,
    head: Option<Read>,
}

impl<E: From<Broken>> Source<'_, E> {
    /// Goes on to the next term.
    fn advance(&mut self, before: Option<&str>) -> Result<(), E> {
        loop {
            self.head = (self.part.next)()?;
            match &self.head {
                Some((term, ..)) if term.ends_with(PREFIX) => {}
                Some((term, ..)) if before.is_some_and(|before| *term.as_str() <= *before) => {
                    return Err(Broken("a segment is out of order").into());
                }
                _ => return Ok(()),
            }
        }
    }
}
