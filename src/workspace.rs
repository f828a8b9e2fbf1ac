//! The door: every front end asks and acts through [`Workspace`], and through nothing else.
//!
//! It delegates and decides nothing: reading goes to the store, writing to history, files of other tools to exchange. What
//! it adds is who asks and what time it is, so that neither the console nor the command line has to carry them around,
//! and that every error leaves as a [`Problem`].

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::time::Duration;

use chrono::{Datelike, Days, Local, NaiveDate, NaiveTime, TimeZone, Utc};
use uuid::Uuid;

use crate::domain::answer::{AnswerFacts, AnswerIdea};
use crate::domain::deed::{Deed, Outcome, Reversal, Reversed};
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::{FeedbackDetail, FeedbackRow};
use crate::domain::file_health::FileHealth;
use crate::domain::id::{ActionId, FeedbackId, IdeaId, Ids, ShortId};
use crate::domain::idea::{IdeaDetail, IdeaRow, Suggestion};
use crate::domain::import::ImportCounts;
use crate::domain::listing::{
    Anchor, FeedbackWindow, Header, IdeaQuery, Resolved, Tally, Vocabulary,
};
use crate::domain::moment::Moment;
use crate::domain::outbox::{Delivery, MessageKind, OutboxMessage};
use crate::domain::people::{Area, Company, DutyWeek, Handle, Person};
use crate::domain::release::{PlannedRelease, ReleasePlan};
use crate::domain::timeline::{ChangeLine, TimelineEntry};
use crate::exchange;
use crate::exchange::convert::Choices;
use crate::exchange::plan::{self, Plan};
use crate::history;
use crate::problem::Problem;
use crate::query::{Expr, Has, Query, Term};
use crate::store::{FilterContext, OpenOptions, Store, StoreError};

/// Where the time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock and time zone.
    System,
    /// A time that stands still, in UTC: for tests and pictures.
    Fixed(Moment),
}

impl Clock {
    /// The time.
    #[must_use]
    pub fn now(self) -> Moment {
        match self {
            Self::System => Utc::now().into(),
            Self::Fixed(now) => now,
        }
    }

    /// Minutes east of UTC at that time.
    #[must_use]
    pub fn utc_offset(self, at: Moment) -> i32 {
        match self {
            Self::System => at.at(&Local).offset().local_minus_utc() / 60,
            Self::Fixed(_) => 0,
        }
    }

    /// The day it is.
    fn today(self) -> NaiveDate {
        match self {
            Self::System => self.now().at(&Local).date_naive(),
            Self::Fixed(now) => now.utc().date_naive(),
        }
    }

    /// How a day is turned into its first moment.
    fn day_start(self) -> fn(NaiveDate) -> Moment {
        match self {
            Self::System => first_local_moment,
            Self::Fixed(_) => Moment::start_of,
        }
    }
}

/// The first moment of a day at the user's place. Where midnight is skipped by daylight saving, the first hour there is.
fn first_local_moment(day: NaiveDate) -> Moment {
    (0..4)
        .filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0))
        .find_map(|time| Local.from_local_datetime(&day.and_time(time)).earliest())
        .map_or_else(
            || Moment::start_of(day),
            |time| time.with_timezone(&Utc).into(),
        )
}

/// How a workspace is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Make the file when there is none.
    pub create: bool,
    /// Who sits here.
    pub me: Option<Handle>,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where fresh identities come from.
    pub ids: Ids,
    /// How long to wait for another process that writes.
    pub patience: Duration,
}

impl Default for Opening {
    fn default() -> Self {
        Self {
            create: true,
            me: None,
            clock: Clock::System,
            ids: Ids::Random,
            patience: Duration::from_secs(5),
        }
    }
}

/// A workspace, open.
pub struct Workspace {
    store: Store,
    me: Option<Handle>,
    clock: Clock,
    ids: RefCell<Ids>,
    device: Uuid,
}

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
        };
        let mut store = Store::open(path, &options)?;
        let mut ids = opening.ids;
        let now = opening.clock.now();
        let fresh = ids.fresh(now);
        let known: std::result::Result<Option<String>, StoreError> =
            store.read(|reader| reader.setting("device"));
        let device = match known?.and_then(|text| Uuid::parse_str(&text).ok()) {
            Some(device) => device,
            None => {
                history::commit::found(&mut store, now)?;
                store.device(fresh)?
            }
        };
        Ok(Self {
            store,
            me: opening.me,
            clock: opening.clock,
            ids: RefCell::new(ids),
            device,
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

    /// Minutes east of UTC now.
    #[must_use]
    pub fn utc_offset(&self) -> i32 {
        self.clock.utc_offset(self.now())
    }

    /// The Monday of the week it is.
    #[must_use]
    pub fn monday(&self) -> NaiveDate {
        let today = self.clock.today();
        today - Days::new(u64::from(today.weekday().num_days_from_monday()))
    }

    /// The day it is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    fn filter_context(&self) -> FilterContext {
        FilterContext {
            now: self.now(),
            me: self.me.clone(),
            day_start: self.clock.day_start(),
        }
    }

    fn context(&self) -> history::commit::Context {
        history::commit::Context {
            author: self.me.clone(),
            device: self.device,
            now: self.now(),
            ids: RefCell::new(self.ids.borrow().clone()),
        }
    }
}

/// Asking.
impl Workspace {
    /// A window on the feedback that a filter shows.
    ///
    /// # Errors
    /// When the filter names what does not exist, or the file cannot be read.
    pub fn inbox(&self, query: &Query, anchor: &Anchor, limit: usize) -> Result<FeedbackWindow> {
        let context = self.filter_context();
        Ok(self
            .store
            .read(|reader| reader.feedback_window(query, &context, anchor, limit))?)
    }

    /// How many rows a filter shows, and how many come before one of them.
    ///
    /// # Errors
    /// As [`Workspace::inbox`].
    pub fn tally(&self, query: &Query, before: Option<&FeedbackRow>) -> Result<Tally> {
        let context = self.filter_context();
        Ok(self
            .store
            .read(|reader| reader.tally(query, &context, before))?)
    }

    /// The identities of all that a filter shows, at most `limit`.
    ///
    /// # Errors
    /// As [`Workspace::inbox`].
    pub fn matching(&self, query: &Query, limit: usize) -> Result<Vec<FeedbackId>> {
        let context = self.filter_context();
        Ok(self
            .store
            .read(|reader| reader.matching_ids(query, &context, limit))?)
    }

    /// One feedback and the ideas ranked for it; `None` when it is gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn feedback(&self, id: FeedbackId) -> Result<Option<(FeedbackDetail, Vec<Suggestion>)>> {
        self.read(|reader| {
            let Some(detail) = reader.feedback_detail(id)? else {
                return Ok(None);
            };
            let suggestions = reader.suggestions(id, MOST_SUGGESTIONS)?;
            Ok(Some((detail, suggestions)))
        })
    }

    /// All ideas, retired ones apart.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ideas(&self, query: &IdeaQuery) -> Result<Vec<IdeaRow>> {
        self.read(|reader| reader.ideas(query))
    }

    /// One idea with its evidence; `None` when it is gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea(&self, id: IdeaId) -> Result<Option<IdeaDetail>> {
        self.read(|reader| reader.idea_detail(id))
    }

    /// What answers to the reporters of these are made from, in their order; what is gone is left out. A duplicate
    /// without links of its own speaks of those of its original.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answering(&self, ids: &[FeedbackId]) -> Result<Vec<AnswerFacts>> {
        self.read(|reader| {
            let mut known: BTreeMap<IdeaId, Option<AnswerIdea>> = BTreeMap::new();
            let mut facts = Vec::new();
            for id in ids {
                let Some(detail) = reader.feedback_detail(*id)? else {
                    continue;
                };
                let original = match &detail.duplicate_of {
                    Some((original, ..)) if detail.links.is_empty() => {
                        reader.feedback_detail(*original)?
                    }
                    _ => None,
                };
                let mut ideas = Vec::new();
                for link in &original.as_ref().unwrap_or(&detail).links {
                    let idea = match known.entry(link.idea) {
                        Entry::Occupied(entry) => entry.into_mut(),
                        Entry::Vacant(entry) => {
                            let idea = reader.idea_detail(link.idea)?;
                            entry.insert(idea.as_ref().map(AnswerIdea::from))
                        }
                    };
                    ideas.extend(idea.clone());
                }
                facts.push(AnswerFacts::new(&detail, ideas));
            }
            Ok(facts)
        })
    }

    /// Ideas whose own words fit, best first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rank_ideas(&self, words: &str) -> Result<Vec<IdeaId>> {
        self.read(|reader| reader.ranked_ideas(words))
    }

    /// Feedback whose words fit, best first, apart from one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(
        &self,
        words: &str,
        except: Option<FeedbackId>,
        limit: usize,
    ) -> Result<Vec<FeedbackRow>> {
        self.read(|reader| reader.feedback_with_words(words, except, limit))
    }

    /// The release plan.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn plan(&self) -> Result<ReleasePlan> {
        self.read(|reader| reader.release_plan())
    }

    /// The figures of the header.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn header(&self) -> Result<Header> {
        let start = self.clock.day_start()(self.clock.today());
        self.read(|reader| reader.header(self.now(), start, self.monday(), self.me.as_ref()))
    }

    /// Names for completion.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn vocabulary(&self) -> Result<Vocabulary> {
        self.read(|reader| reader.vocabulary())
    }

    /// What a short id or a name means, among these kinds of things.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn resolve(&self, text: &str, among: &[Entity]) -> Result<Resolved> {
        self.read(|reader| reader.resolve(text, among))
    }

    /// What a person types for a thing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn short_id(&self, thing: Thing) -> Result<Option<ShortId>> {
        self.read(|reader| reader.short_id(thing.entity, thing.id))
    }

    /// Actions of a thing or of the workspace, newest first, older than `before`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn timeline(
        &self,
        about: Option<Thing>,
        before: Option<ActionId>,
        limit: usize,
    ) -> Result<Vec<TimelineEntry>> {
        history::timeline::timeline(&self.store, self.device, about, before, limit)
    }

    /// What an action changed, at most `limit` fields.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn changes(&self, action: ActionId, limit: usize) -> Result<Vec<ChangeLine>> {
        history::timeline::change_lines(&self.store, action, limit)
    }

    /// Colleagues by handle.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people(&self) -> Result<Vec<Person>> {
        self.read(|reader| reader.people())
    }

    /// Areas by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn areas(&self) -> Result<Vec<Area>> {
        self.read(|reader| reader.areas())
    }

    /// Companies by name, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn companies(&self, limit: usize) -> Result<Vec<Company>> {
        self.read(|reader| reader.companies(limit))
    }

    /// The weeks of the rotation from this one on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn duty_weeks(&self, limit: usize) -> Result<Vec<DutyWeek>> {
        self.read(|reader| reader.duty_weeks(self.monday(), limit))
    }

    /// Messages to people, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outbox(&self, limit: usize) -> Result<Vec<OutboxMessage>> {
        self.read(|reader| reader.outbox(limit))
    }

    /// A thing as Markdown, fit for a ticket or a message; a release item stands for its release. Empty for what has no
    /// Markdown of its own or is gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn markdown(&self, thing: Thing) -> Result<String> {
        self.read(|reader| {
            let text = match thing.entity {
                Entity::Feedback => reader
                    .feedback_detail(FeedbackId(thing.id))?
                    .map(|detail| exchange::markdown::feedback(&detail)),
                Entity::Idea => reader
                    .idea_detail(IdeaId(thing.id))?
                    .map(|detail| exchange::markdown::idea(&detail)),
                Entity::Release | Entity::ReleaseItem => {
                    let plan = reader.release_plan()?;
                    let here = |planned: &&PlannedRelease| {
                        planned.release.id.0 == thing.id
                            || planned.items.iter().any(|item| item.id.0 == thing.id)
                    };
                    let planned = plan.releases.iter().find(here);
                    planned.map(exchange::markdown::release)
                }
                _ => None,
            };
            Ok(text.unwrap_or_default())
        })
    }

    /// What is to be said to reporters and has not been delivered, as Markdown: the answers and questions that wait in
    /// the outbox, then the feedback whose reporter is owed an answer nobody has written yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answers_owed(&self) -> Result<String> {
        let waiting: Vec<OutboxMessage> = self
            .outbox(MOST_OWED)?
            .into_iter()
            .filter(|message| message.delivery != Delivery::Sent)
            .filter(|message| matches!(message.kind, MessageKind::Answer | MessageKind::Question))
            .collect();
        let owed = Query {
            expr: Some(Expr::Term(Term::Has(vec![Has::AnswerOwed]))),
            ..Query::default()
        };
        let owed = self.answering(&self.matching(&owed, MOST_OWED)?)?;
        let mut parts = Vec::new();
        if !waiting.is_empty() {
            let messages = exchange::markdown::messages(&waiting);
            parts.push(format!("## Written, not delivered\n\n{messages}"));
        }
        if !owed.is_empty() {
            let owed = exchange::markdown::answers_owed(&owed);
            parts.push(format!("## Answers owed\n\n{owed}"));
        }
        Ok(parts.join("\n"))
    }

    fn read<T>(
        &self,
        ask: impl FnOnce(&crate::store::Reader<'_>) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        Ok(self.store.read(ask)?)
    }
}

/// How many messages and answers are copied at most.
const MOST_OWED: usize = 500;

/// How many suggestions are ranked for a feedback: as many as there are digits.
const MOST_SUGGESTIONS: usize = 9;

/// Acting.
impl Workspace {
    /// Does a deed: its rows and its journal entry in one durable transaction, or nothing at all.
    ///
    /// # Errors
    /// When the deed breaks a rule or names what is not there, and when the file cannot be written.
    pub fn commit(&mut self, deed: &Deed) -> Result<Outcome> {
        let context = self.context();
        let outcome = history::commit::commit(&mut self.store, &context, deed);
        self.ids = context.ids;
        outcome
    }

    /// Fills a fresh workspace with the demo: a team, its feedback, ideas and release plan, as if it had worked for half
    /// a year. The deeds are those of another device, so that there is nothing to undo.
    ///
    /// # Errors
    /// When the workspace is not fresh, or the file cannot be written.
    pub fn fill_demo(&mut self) -> Result<()> {
        exchange::demo::fill(&mut self.store, self.clock.now())
    }

    /// Undoes or redoes.
    ///
    /// # Errors
    /// When the file cannot be written. What stands in the way of an undo is not an error but an answer.
    pub fn reverse(&mut self, reversal: Reversal) -> Result<Reversed> {
        let context = self.context();
        let outcome = history::undo::reverse(&mut self.store, &context, reversal);
        self.ids = context.ids;
        outcome
    }

    /// The half-written text of a prompt.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn draft(&self, prompt: &str) -> Result<Option<String>> {
        self.read(|reader| reader.draft(prompt))
    }

    /// Keeps half-written text; `None` drops it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_draft(&mut self, prompt: &str, text: Option<&str>) -> Result<()> {
        let now = self.now();
        match text {
            Some(text) => self.store.save_draft(prompt, text, now)?,
            None => self.store.clear_draft(prompt)?,
        }
        Ok(())
    }

    /// Saved views: name and filter.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn views(&self) -> Result<Vec<(String, String)>> {
        self.read(|reader| reader.saved_views())
    }

    /// Saves a view; an empty filter removes it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_view(&mut self, name: &str, filter: &str) -> Result<()> {
        if filter.is_empty() {
            self.store.remove_view(name)?;
        } else {
            self.store.save_view(name, filter)?;
        }
        Ok(())
    }
}

/// Files of other tools.
impl Workspace {
    /// What the import of a file would do. Nothing is written.
    ///
    /// # Errors
    /// When the file cannot be read or understood, a column that was asked for is missing, or no column holds a title
    /// or a text.
    pub fn plan_import(&self, path: &Path, choices: Choices) -> Result<Plan> {
        self.store.read(|reader| plan::plan(reader, path, choices))
    }

    /// Imports what was planned: all of it in one action, or nothing.
    ///
    /// # Errors
    /// When the plan has faults which are not to be left out, the file was changed since, or the workspace cannot be
    /// written.
    pub fn import(&mut self, plan: &Plan) -> Result<(Outcome, ImportCounts)> {
        let name = plan.table.path.file_name().unwrap_or_default();
        let name = name.to_string_lossy();
        let mut records = plan.records()?;
        let context = self.context();
        let imported = history::import::import(&mut self.store, &context, &name, &mut records);
        self.ids = context.ids;
        imported
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

    /// Where the journal and the rows disagree, in words; nothing when the workspace is sound. Reads all of the journal.
    ///
    /// # Errors
    /// When the file or its journal cannot be read.
    pub fn disagreements(&self) -> Result<Vec<String>> {
        let found = history::rebuild::compare(&self.store)?;
        let words = found.iter().map(ToString::to_string);
        Ok(words.collect())
    }

    /// Computes counts, demand and search tables again. They follow every deed by themselves; this is for a file that
    /// was damaged.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn rebuild(&mut self) -> Result<()> {
        Ok(self.store.write(|writer| writer.rebuild_derived())?)
    }

    /// A number which changes when another connection has written.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.store.data_version()?)
    }

    /// What stops a running read, from any thread: that read fails, nothing else.
    pub fn interrupter(&self) -> impl Fn() + Send + 'static {
        let interrupter = self.store.interrupter();
        move || interrupter.interrupt()
    }

    /// What may wait until the first frame is drawn: more memory for the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn settle_in(&self) -> Result<()> {
        Ok(self.store.settle_in()?)
    }

    /// Moves what is in the write-ahead log to the file, without waiting for anybody.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn checkpoint(&self) -> Result<()> {
        self.store.checkpoint_passive()?;
        Ok(())
    }
}
