//! What a connection remembers: of the search index, and what it reads packed texts by. Nothing in it grows with the
//! workspace beyond a few bits an item.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use roaring::RoaringBitmap;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::best::Head;
use super::find::{Begun, Remembered};
use super::proof::Proofs;
use super::shelf::Shelf;
use crate::domain::moment::Moment;
use crate::search::Stems;
use crate::store::lists::Walked;
use crate::store::texts::Texts;
use crate::store::{Reader, Result};

/// What changes whenever the file does: what SQLite says about other connections, and what this one has written.
pub(in crate::store) type Version = (i64, u64);

/// What is remembered.
#[derive(Debug, Default)]
pub(in crate::store) struct Memory {
    pub(super) shelf: RefCell<Shelf>,
    pub(super) proofs: RefCell<Proofs>,
    pub(super) found: RefCell<Vec<Remembered>>,
    /// Alternatives of which the rest is to be looked up.
    pub(super) begun: RefCell<Vec<Begun>>,
    head: RefCell<Option<Box<Head>>>,
    pub(in crate::store) walks: RefCell<Vec<Walked>>,
    /// How much may still be read for the answer that is being made.
    pub(super) left: Cell<Option<u32>>,
    /// How much was read for the answer before it.
    pub(super) spent: Cell<u32>,
    /// How many documents were in the lists that were read for it.
    pub(super) listed: Cell<u64>,
    open: RefCell<Option<(Version, Arc<RoaringBitmap>)>>,
    hidden: RefCell<Option<Hidden>>,
    sets: Sets,
    /// What packed texts are read by.
    pub(in crate::store) texts: Texts,
    /// The stems of words that were met, of which nothing can be rolled back.
    pub(in crate::store) stems: Stems,
}

/// What was hidden by a snooze or a question, and when that was so.
#[derive(Debug)]
struct Hidden {
    version: Version,
    /// From this moment until the first of them comes back.
    during: Range<Moment>,
    rows: Arc<RoaringBitmap>,
}

/// Sets that SQL can ask by their numbers, as long as somebody holds them.
#[derive(Clone, Debug, Default)]
struct Sets(Arc<Mutex<Lent>>);

/// The newest number, and the sets by theirs.
type Lent = (i64, Vec<(i64, Weak<RoaringBitmap>)>);

impl Sets {
    fn add(&self, set: &Arc<RoaringBitmap>) -> i64 {
        let mut sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sets.1.retain(|(_, set)| set.strong_count() > 0);
        sets.0 += 1;
        let number = sets.0;
        sets.1.push((number, Arc::downgrade(set)));
        number
    }

    fn get(&self, number: i64) -> Option<Arc<RoaringBitmap>> {
        let sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = sets.1.iter().find(|(known, _)| *known == number);
        found.and_then(|(_, set)| set.upgrade())
    }
}

/// A set that a statement asks for, and there is none of that number (any more): a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("a set of matches was forgotten before it was asked")]
struct Forgotten;

impl Memory {
    /// For a connection, which gets the function [`FOUND`](super::FOUND) and those of [`Texts`].
    pub(in crate::store) fn of(connection: &Connection) -> Result<Self> {
        let memory = Self {
            texts: Texts::of(connection)?,
            ..Self::default()
        };
        let sets = memory.sets.clone();
        connection.create_scalar_function(
            "found",
            2,
            FunctionFlags::SQLITE_UTF8
                | FunctionFlags::SQLITE_DETERMINISTIC
                | FunctionFlags::SQLITE_DIRECTONLY,
            move |asked| {
                // Looked up once for each statement.
                let set: Arc<Arc<RoaringBitmap>> = asked.get_or_create_aux(
                    0,
                    |number| -> std::result::Result<_, Box<dyn std::error::Error + Send + Sync>> {
                        Ok(sets.get(number.as_i64()?).ok_or(Forgotten)?)
                    },
                )?;
                let local = u32::try_from(asked.get::<i64>(1)?);
                Ok(local.is_ok_and(|local| set.contains(local)))
            },
        )?;
        Ok(memory)
    }

    /// Another memory for the same connection, to be thrown away: for a transaction that may be rolled back.
    pub(in crate::store) fn apart(&self) -> Self {
        Self {
            sets: self.sets.clone(),
            texts: self.texts.clone(),
            stems: self.stems.clone(),
            ..Self::default()
        }
    }

    /// The best of the search that was answered last.
    pub(in crate::store) fn remembered_head(&self) -> Option<Head> {
        self.head.borrow().as_deref().cloned()
    }

    /// Keeps the best of a search for the next window on it.
    pub(in crate::store) fn remember_head(&self, head: &Head) {
        *self.head.borrow_mut() = Some(Box::new(head.clone()));
    }

    /// A number by which SQL can ask whether a local key is in the set, for as long as the caller holds it.
    pub(in crate::store) fn lend(&self, set: &Arc<RoaringBitmap>) -> i64 {
        self.sets.add(set)
    }
}

impl Reader<'_> {
    pub(in crate::store) fn version(&self) -> Result<Version> {
        let other = self.first("PRAGMA data_version", [], |row| row.get(0))?;
        Ok((other.unwrap_or(0), self.connection().total_changes()))
    }

    /// The local keys of all open feedback, hidden ones included, as remembered or read.
    pub(in crate::store) fn open_bits(&self) -> Result<Arc<RoaringBitmap>> {
        let version = self.version()?;
        let mut remembered = self.memory().open.borrow_mut();
        match &*remembered {
            Some((known, open)) if *known == version => Ok(Arc::clone(open)),
            _ => {
                let open = Arc::new(self.open_feedback()?);
                *remembered = Some((version, Arc::clone(&open)));
                Ok(open)
            }
        }
    }

    /// The local keys of what is hidden at `now`, as remembered or read. There is little of it.
    pub(in crate::store) fn hidden_feedback(&self, now: Moment) -> Result<Arc<RoaringBitmap>> {
        let version = self.version()?;
        let mut remembered = self.memory().hidden.borrow_mut();
        if let Some(known) = &*remembered
            && known.version == version
            && known.during.contains(&now)
        {
            return Ok(Arc::clone(&known.rows));
        }
        let sql = "SELECT id, hidden_until FROM feedback INDEXED BY feedback_hidden
             WHERE state < 2 AND deleted = 0 AND hidden_until > 0 AND hidden_until > ?1";
        let hidden = self.collect(sql, [now.0], |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, i64>(1)?))
        })?;
        let back = hidden.iter().map(|(_, until)| *until).min();
        let rows = Arc::new(hidden.into_iter().map(|(local, _)| local).collect());
        *remembered = Some(Hidden {
            version,
            during: now..Moment(back.unwrap_or(i64::MAX)),
            rows: Arc::clone(&rows),
        });
        Ok(rows)
    }
}
