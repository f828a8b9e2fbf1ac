//! What an import would do, for whoever wants to see it before it is done.

use super::counting::Counting;
use super::desk::Desk;
use crate::domain::import::{Brought, ImportCounts};
use crate::problem::Problem;
use crate::store::Reader;

/// What becomes of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is made, or comes back after an undo.
    Create,
    /// It changes.
    Update,
    /// Nothing.
    Unchanged,
}

/// A field that changed here and at its source since the last import.
///
/// What was decided here stays. The text of a feedback is the exception: the new one is shown, and the one that was typed
/// in here is the revision before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What the timeline calls the field.
    pub field: &'static str,
    /// What it is here, in words.
    pub here: String,
    /// What it is at its source, in words.
    pub there: String,
}

/// What an import does with a thing, or would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// What becomes of it.
    pub fate: Fate,
    /// Where here and there disagree.
    pub clashes: Vec<Clash>,
}

/// Goes through the things of an import, in their order and each once, without importing them.
///
/// It is the very look which an import takes at a thing before it writes, so that the two cannot disagree.
pub struct Assessing {
    desk: Desk,
    counting: Counting,
}

impl Default for Assessing {
    fn default() -> Self {
        Self {
            desk: Desk::pretending(),
            counting: Counting::default(),
        }
    }
}

impl Assessing {
    /// What an import would do with the next thing, references apart to what comes after it: [`Assessing::conclude`] knows
    /// about those.
    ///
    /// # Errors
    /// When it could not be imported, and when the file cannot be read.
    pub fn assess(&mut self, reader: &Reader<'_>, thing: &Brought) -> Result<Assessment, Problem> {
        let mut look = self.desk.look(reader, thing).map_err(Problem::from)?;
        self.counting.first(&look);
        Ok(look.assessment())
    }

    /// What an import of these things would count.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conclude(mut self, reader: &Reader<'_>) -> Result<ImportCounts, Problem> {
        let waiting = self.desk.take_late(reader).map_err(Problem::from)?;
        for late in waiting {
            let look = self.desk.look_again(reader, &late).map_err(Problem::from)?;
            self.counting.again(&late, &look);
        }
        Ok(self.counting.counts)
    }
}
