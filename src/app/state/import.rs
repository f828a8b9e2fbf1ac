//! An import on the screen: what somebody wants, what would come of it, and how far it has come.

use crate::domain::moment::Moment;
use crate::domain::pace::Pace;

/// What somebody wants imported, and how.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportWish {
    /// A file or a folder, as typed.
    pub path: String,
    /// Columns for fields, by their names; `None` for no column.
    pub map: Vec<(String, Option<String>)>,
    /// Where everything comes from.
    pub origin: Option<String>,
    /// The sheet of a workbook, by its name.
    pub sheet: Option<String>,
    /// The kind of file, by its stable name.
    pub kind: Option<String>,
    /// The name under which it is kept how the file is read, once it is imported.
    pub keep: Option<String>,
    /// Rows with faults are left out.
    pub skip_bad: bool,
}

/// A field of feedback and the column that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportField {
    /// Its stable name.
    pub name: String,
    /// The column; `None` when none does.
    pub column: Option<String>,
    /// Why that one, in few words.
    pub because: String,
    /// What is in the column, for example.
    pub example: String,
}

/// A row of the screen on which the cursor can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportRow<'a> {
    /// It imports.
    Import,
    /// Where everything comes from.
    Origin,
    /// Which sheet of a workbook is read.
    Sheet,
    /// Which kind of file it is.
    Kind,
    /// Under which name it is kept how the file is read.
    Keep,
    /// The column of a field.
    Field(&'a ImportField),
}

/// A line about how much becomes what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportCount {
    /// Of what: `feedback`.
    pub kind: String,
    /// How much: `3 new, 1 changed`.
    pub count: String,
    /// More about it, or the reason.
    pub about: String,
}

/// What an import would do, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportPlan {
    /// The files and what they are.
    pub files: Vec<(String, String)>,
    /// Which column holds what; empty where the file has no columns.
    pub fields: Vec<ImportField>,
    /// The columns, each with an example of its contents.
    pub columns: Vec<(String, String)>,
    /// Where everything comes from, and how that is known.
    pub origin: (String, String),
    /// How many of its things are here already as from another origin, in words behind that origin, where it may be taken.
    pub elsewhere: Option<(Option<String>, String)>,
    /// The sheet that is read, and how that is known, where a workbook has several.
    pub sheet: Option<(String, String)>,
    /// The names of all its sheets.
    pub sheets: Vec<String>,
    /// What kind of file it is, and how that is known.
    pub kind: (String, String),
    /// The kinds of files that are known: stable name, and what a person calls it.
    pub kinds: Vec<(&'static str, &'static str)>,
    /// The saved mapping that serves.
    pub saved: Option<String>,
    /// How much becomes what.
    pub counts: Vec<ImportCount>,
    /// The first new things: id and title.
    pub samples: Vec<(String, String)>,
    /// Fields that changed here and at their source.
    pub clashes: Vec<String>,
    /// The first faults, with line and column.
    pub faults: Vec<String>,
    /// Which columns are not used, and what was decided where the file does not say.
    pub notes: Vec<String>,
    /// Why it cannot be imported as it is; `None` when it can.
    pub obstacle: Option<String>,
}

/// What is being done at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStage {
    /// The plan is made.
    Planning,
    /// The plan is shown, and waits for a decision.
    Planned,
    /// It is imported.
    Importing,
    /// What was written is made durable.
    Storing,
}

/// How far the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportProgress {
    /// What is being done.
    pub stage: ImportStage,
    /// Bytes that are done with.
    pub done: u64,
    /// Bytes of all the files.
    pub of: u64,
    /// Things so far.
    pub things: u64,
}

/// The import on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The ticket of what is under way.
    pub ticket: u64,
    /// What is wanted.
    pub wish: ImportWish,
    /// What is being done.
    pub stage: ImportStage,
    /// What would come of it, once known.
    pub plan: Option<ImportPlan>,
    /// How far it has come, and since when.
    pub progress: Option<(Moment, ImportProgress)>,
    /// Another window writes, and this waits for it.
    pub waits: bool,
    /// What went wrong last.
    pub error: Option<String>,
    /// What the last key does here, when it did nothing.
    pub said: Option<String>,
    /// The place of the row under the cursor among all.
    pub cursor: usize,
    /// The first line of what is above the rows that is on the screen.
    pub scroll: usize,
    /// When the plan came that is shown.
    pub since: Moment,
    /// Whether the plan that is shown is not that of the wish, because the one of the wish could not be made.
    pub stale: bool,
}

impl Import {
    /// Whether something is under way that can be stopped.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.stage != ImportStage::Planned
    }

    /// The rows, from the top.
    #[must_use]
    pub fn rows(&self) -> Vec<ImportRow<'_>> {
        let mut rows = vec![ImportRow::Import, ImportRow::Origin];
        let Some(plan) = &self.plan else {
            return rows;
        };
        rows.extend(plan.sheet.as_ref().map(|_| ImportRow::Sheet));
        rows.extend([ImportRow::Kind, ImportRow::Keep]);
        rows.extend(plan.fields.iter().map(ImportRow::Field));
        rows
    }

    /// The row under the cursor.
    #[must_use]
    pub fn row(&self) -> Option<ImportRow<'_>> {
        self.rows().get(self.cursor).copied()
    }

    /// Whether the cursor is on the row that imports.
    #[must_use]
    pub fn on_import(&self) -> bool {
        self.cursor == 0
    }

    /// The other origin as from which things of it are here already, where it may be taken.
    #[must_use]
    pub fn known_origin(&self) -> Option<&str> {
        let plan = self.plan.as_ref()?;
        plan.elsewhere.as_ref()?.0.as_deref()
    }

    /// How fast it goes, at that time.
    #[must_use]
    pub fn pace(&self, now: Moment) -> Option<Pace> {
        let (begun, progress) = self.progress?;
        let elapsed = std::time::Duration::from_millis((now.0 - begun.0).max(0).unsigned_abs());
        Some(Pace::of(
            progress.done,
            progress.of,
            progress.things,
            elapsed,
        ))
    }
}
