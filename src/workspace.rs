//! The door: every front end asks and acts through [`Workspace`], and through nothing else.
//!
//! It delegates and decides nothing: reading goes to the store, writing to history, files of other tools to exchange. What
//! it adds is who asks and what time it is, so that neither the console nor the command line has to carry them around,
//! and that every error leaves as a [`Problem`].

mod acting;
mod asking;
mod clock;
mod drafts;
mod learned;
mod meetings;
#[cfg(test)]
mod plans_tests;
mod searching;

pub use asking::MOST_SUGGESTIONS;
pub use clock::Clock;
pub use meetings::MeetingName;

use learned::Learned;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate};
use uuid::Uuid;

use crate::domain::clocks::Clocks;
use crate::domain::file_health::{FileHealth, SearchHealth};
use crate::domain::id::Ids;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::history;
use crate::meeting::kinds::Kinds;
use crate::problem::Problem;
use crate::store::{FilterContext, OpenOptions, Reader, Store, StoreError};

/// How a workspace is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Make the file when there is none.
    pub create: bool,
    /// Who sits here; without it, whoever this copy knows to.
    pub me: Option<Handle>,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where fresh identities come from.
    pub ids: Ids,
    /// How long to wait for another process that writes.
    pub patience: Duration,
    /// Where nothing can be written beside the file, open it all the same, to read it.
    pub or_read: bool,
    /// Where the user's own kinds of meeting lie.
    pub meetings: Option<PathBuf>,
}

impl Default for Opening {
    fn default() -> Self {
        Self {
            create: true,
            me: None,
            clock: Clock::System,
            ids: Ids::Random,
            patience: Duration::from_secs(5),
            or_read: false,
            meetings: None,
        }
    }
}

/// A workspace, open.
pub struct Workspace {
    store: Store,
    me: Option<Handle>,
    clock: Clock,
    ids: Mutex<Ids>,
    device: Uuid,
    learned: RefCell<Learned>,
    /// The half-written texts as they were read or kept last, by the names that they are kept under.
    drafts: RefCell<BTreeMap<String, String>>,
    /// Whether what is being compared has become pointless.
    stopped: Arc<AtomicBool>,
    meetings: Option<PathBuf>,
    kinds: OnceCell<Kinds>,
}

/// The setting of this copy that says who sits here, where nobody said so when it was opened.
const ME: &str = "me";

type Result<T> = std::result::Result<T, Problem>;

impl Workspace {
    /// Opens the workspace at `path`.
    ///
    /// # Errors
    /// When the file is not a workspace, is newer than this program, is locked, or cannot be read or made.
    pub fn open(path: &Path, opening: Opening) -> Result<Self> {
        let options = OpenOptions {
            create: opening.create,
            patience: opening.patience,
            or_read: opening.or_read,
        };
        Self::of(Store::open(path, &options)?, opening)
    }

    /// An empty workspace in memory, where there is none at `path`; `None` when there is one. Whoever asks it or acts through
    /// it finds out what a new workspace would say, before one is made.
    ///
    /// # Errors
    /// When none can be made at `path`.
    pub fn absent(path: &Path, opening: Opening) -> Result<Option<Self>> {
        match Store::absent(path)? {
            Some(store) => Self::of(store, opening).map(Some),
            None => Ok(None),
        }
    }

    fn of(mut store: Store, opening: Opening) -> Result<Self> {
        let mut ids = opening.ids;
        let now = opening.clock.now();
        let fresh = ids.fresh(now);
        let known: std::result::Result<Option<String>, StoreError> =
            store.read(|reader| reader.setting("device"));
        let device = match known?.and_then(|text| Uuid::parse_str(&text).ok()) {
            Some(device) => device,
            None => {
                opening.clock.check()?;
                history::commit::found(&mut store, now)?;
                store.device(fresh)?
            }
        };
        let me = match opening.me {
            Some(me) => Some(me),
            None => store
                .read(|reader| reader.setting(ME))?
                .and_then(|me| Handle::parse(&me).ok()),
        };
        Ok(Self {
            store,
            me,
            clock: opening.clock,
            ids: Mutex::new(ids),
            device,
            learned: RefCell::default(),
            drafts: RefCell::default(),
            stopped: Arc::default(),
            meetings: opening.meetings,
            kinds: OnceCell::new(),
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Who sits here.
    #[must_use]
    pub fn me(&self) -> Option<&Handle> {
        self.me.as_ref()
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The clocks at the user's place.
    #[must_use]
    pub fn clocks(&self) -> Clocks {
        self.clock.clocks()
    }

    /// The first moment of a day at the user's place.
    #[must_use]
    pub fn start_of(&self, day: NaiveDate) -> Moment {
        self.clocks().start_of(day)
    }

    /// The Monday of the week it is.
    #[must_use]
    pub fn monday(&self) -> NaiveDate {
        self.monday_of(self.now())
    }

    /// The Monday of the week it was or will be then.
    fn monday_of(&self, at: Moment) -> NaiveDate {
        let day = self.clocks().day_of(at);
        day - Days::new(u64::from(day.weekday().num_days_from_monday()))
    }

    fn filter_context(&self) -> FilterContext {
        FilterContext {
            now: self.now(),
            me: self.me.clone(),
            clocks: self.clocks(),
        }
    }

    /// What a deed is done with.
    ///
    /// # Errors
    /// The system's clock says nonsense, and would date it.
    fn context(&self) -> Result<history::commit::Context> {
        self.clock.check()?;
        Ok(history::commit::Context {
            author: self.me.clone(),
            device: self.device,
            now: self.now(),
            clocks: self.clocks(),
            ids: Mutex::new(
                self.ids
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone(),
            ),
        })
    }

    /// Sets how long a deed waits for another process that writes.
    ///
    /// # Errors
    /// When the file cannot be reached.
    pub fn be_patient(&self, patience: Duration) -> Result<()> {
        Ok(self.store.be_patient(patience)?)
    }

    /// Reads one snapshot of the file, and the journal with it.
    fn snapshot<T>(&self, ask: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.store.read(ask)
    }

    /// Reads one snapshot of the file.
    fn read<T>(
        &self,
        ask: impl FnOnce(&Reader<'_>) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        Ok(self.store.read(ask)?)
    }
}

/// Caring for the file.
impl Workspace {
    /// Reads the whole file and says whether it is sound, and how large it is. Takes seconds on a large one.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn health(&self) -> Result<FileHealth> {
        Ok(self.store.health()?)
    }

    /// Why it could be opened only to be read, where that is so.
    #[must_use]
    pub const fn unwritable(&self) -> Option<&Problem> {
        self.store.unwritable()
    }

    /// Writes a copy of all that was stored up to now to a new file, whole or not at all. Answers its bytes.
    ///
    /// # Errors
    /// When there is something at `path` already, when it cannot be written, and when it was interrupted.
    pub fn backup(&self, path: &Path) -> Result<u64> {
        Ok(self.store.backup(path)?)
    }

    /// Where the journal and the rows disagree, in words; nothing when the workspace is sound. Reads all of the journal.
    /// `watch` is told how far that has come, in changes and of how many, and says whether to go on.
    ///
    /// # Errors
    /// When the file or its journal cannot be read, and [`Kind::Interrupted`](crate::problem::Kind::Interrupted) when `watch`
    /// breaks it off.
    pub fn disagreements(
        &self,
        mut watch: impl FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Vec<String>> {
        let found = history::rebuild::compare_watched(&self.store, &mut watch)?;
        let words = found.iter().map(ToString::to_string);
        Ok(words.collect())
    }

    /// Compares the search index with the rows: which feedback is in it and which is open for all, the words for a sample.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search_health(&self) -> Result<SearchHealth> {
        Ok(self.store.search_health()?)
    }

    /// Computes all that is derived again: counts, demand, search tables, and which actions are about which things. It
    /// follows every deed by itself; this is for a file that was damaged. Answers the derived tables and the indexes that were, and
    /// were made anew.
    ///
    /// # Errors
    /// Where there is other damage, which this does not mend: nothing is changed then. When the file cannot be written, or its
    /// journal cannot be read.
    pub fn rebuild(&mut self) -> Result<Vec<String>> {
        self.learned.get_mut().doubt();
        history::rebuild::rebuild_derived(&mut self.store)
    }

    /// A number which changes when another connection has written.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.store.data_version()?)
    }

    /// From now on what is done here is shown before it is on the disk: the caller waits for that, on another thread, by calling
    /// what this answers after each write. To be killed loses nothing then, either; a power failure before that loses what was
    /// done last.
    ///
    /// # Errors
    /// The log beside the file cannot be opened; then each write waits for the disk as before.
    pub fn wait_apart(&mut self) -> Result<impl Fn() -> Result<()> + Send + 'static> {
        let log = self.store.wait_apart()?;
        Ok(move || Ok(log.wait()?))
    }

    /// What stops a running read, from any thread: that read fails, or answers with what it has found by then; nothing else
    /// is harmed.
    pub fn interrupter(&self) -> impl Fn() + Send + 'static {
        let interrupter = self.store.interrupter();
        let stopped = Arc::clone(&self.stopped);
        move || {
            // Between two statements there is nothing that SQLite would stop, and comparing words takes longer than reading
            // them.
            stopped.store(true, Ordering::SeqCst);
            interrupter.interrupt();
        }
    }

    /// What may wait until the first frame is drawn: maps the file into memory, and with each further call reads some of the rows
    /// of lists, and some of who has asked for the ideas that are known. Answers whether there is more to do in another idle moment.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn settle_in(&self) -> Result<bool> {
        let more = self.store.settle_in()?;
        let learned = self.learned.borrow();
        Ok(self.read(|reader| learned.settle_in(reader))? || more)
    }

    /// Does what can wait for an idle moment: stores what was learned about the team's habits, brings up to date what ideas
    /// are known by, puts what was written into the search index proper, and moves what is in the write-ahead log to the
    /// file, without waiting for anybody. Answers whether there is more to do in another such moment.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn tidy(&mut self) -> Result<bool> {
        let learned = self.learned.get_mut();
        if let Some(habit) = learned.unsaved() {
            self.store.set_setting(learned::HABIT, &habit)?;
            learned.saved();
        }
        let tended = self.store.tend_profiles();
        let searched = self.store.tend_search();
        // Whatever became of it: the log would grow with every deed.
        self.store.empty_log()?;
        match searched.and(tended) {
            // There will be another idle moment.
            Err(error) if error.is_busy() => Ok(false),
            more => Ok(more?),
        }
    }
}
