//! What can be asked at the door. Every answer is one snapshot of the file.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use chrono::{Days, NaiveDate};

use super::learned::Learned;
use super::{Result, Workspace};
use crate::domain::answer::AnswerFacts;
use crate::domain::chart::{Chart, ChartName, WEEKS};
use crate::domain::difference::PlanDifference;
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::{FeedbackDetail, FeedbackRow};
use crate::domain::hints::{Hints, Reason};
use crate::domain::id::{ActionId, FeedbackId, IdeaId, ReleaseId, ShortId};
use crate::domain::idea::{IdeaDetail, IdeaRow, Suggestion};
use crate::domain::listing::{
    Anchor, FeedbackWindow, Header, Hit, IdeaQuery, Resolved, Tally, Vocabulary,
};
use crate::domain::moment::Moment;
use crate::domain::notes::{self, News, ReleaseNotes, Roadmap};
use crate::domain::outbox::OutboxMessage;
use crate::domain::passage::{Passage, Searched};
use crate::domain::people::{Area, Company, DutyWeek, Person};
use crate::domain::release::ReleasePlan;
use crate::domain::timeline::{ChangeLine, TimelineEntry};
use crate::exchange;
use crate::history;
use crate::meeting::agenda::asked_since;
use crate::query::{Query, Sort, SortKey};
use crate::search::Finder;
use crate::store::{Reader, StoreError};

/// How many suggestions are ranked for a feedback: as many as there are digits.
pub const MOST_SUGGESTIONS: usize = 9;

/// How many texts are read before it is told what they have shown by then: a millisecond or two, so that a list and its
/// count together keep nobody waiting.
const MOST_READ: usize = 160;

impl Workspace {
    /// A window on the feedback that a filter shows.
    ///
    /// # Errors
    /// When the filter names what does not exist, or the file cannot be read.
    pub fn inbox(&self, query: &Query, anchor: &Anchor, limit: usize) -> Result<FeedbackWindow> {
        let context = self.filter_context();
        self.store
            .read(|reader| reader.feedback_window(query, &context, anchor, limit))
            .map_err(|error| error.problem(query))
    }

    /// As [`Workspace::inbox`], but takes a few milliseconds at most for texts that have to be read to know what is in the
    /// list, and says where it stopped for that; whoever asks for the rest gets the same rows.
    ///
    /// # Errors
    /// As [`Workspace::inbox`].
    pub fn inbox_on(&self, query: &Query, anchor: &Anchor, limit: usize) -> Result<FeedbackWindow> {
        let context = self.filter_context();
        self.store
            .read(|reader| reader.feedback_window_some(query, &context, anchor, limit, MOST_READ))
            .map_err(|error| error.problem(query))
    }

    /// How many rows a filter shows, and how many come before one of them.
    ///
    /// # Errors
    /// As [`Workspace::inbox`].
    pub fn tally(&self, query: &Query, before: Option<&FeedbackRow>) -> Result<Tally> {
        let context = self.filter_context();
        self.store
            .read(|reader| reader.tally(query, &context, before))
            .map_err(|error| error.problem(query))
    }

    /// As [`Workspace::tally`], but takes a few milliseconds at most for texts that have to be read to count; whoever asks
    /// until it is whole gets the same figures.
    ///
    /// # Errors
    /// As [`Workspace::inbox`].
    pub fn tally_on(&self, query: &Query, before: Option<&FeedbackRow>) -> Result<Tally> {
        let context = self.filter_context();
        self.store
            .read(|reader| reader.tally_some(query, &context, before, MOST_READ))
            .map_err(|error| error.problem(query))
    }

    /// The identities of all that a filter shows, at most `limit`.
    ///
    /// # Errors
    /// As [`Workspace::inbox`].
    pub fn matching(&self, query: &Query, limit: usize) -> Result<Vec<FeedbackId>> {
        let context = self.filter_context();
        self.store
            .read(|reader| reader.matching_ids(query, &context, limit))
            .map_err(|error| error.problem(query))
    }

    /// The oldest requests of an area, or of none, that nobody owns, at most `limit`; and how many there are.
    ///
    /// # Errors
    /// As [`Workspace::inbox`].
    pub fn unassigned_in(
        &self,
        area: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<FeedbackId>, u64)> {
        let query = Query {
            sort: vec![Sort::by(SortKey::Age)],
            ..Query::unassigned_in(area)
        };
        let ids = self.matching(&query, limit)?;
        let total = match ids.len() < limit {
            true => ids.len() as u64,
            false => self.tally_on(&query, None)?.total,
        };
        Ok((ids, total))
    }

    /// Everything about one feedback; `None` when it is gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn feedback(&self, id: FeedbackId) -> Result<Option<FeedbackDetail>> {
        self.read(|reader| reader.feedback_detail(id))
    }

    /// Reads some of what suggestions are made from, as far as it is not in memory yet, and says whether that was all. Takes
    /// some milliseconds at most: whoever has something else to do meanwhile calls it again and again. A question about
    /// suggestions reads what is missing by itself.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn prepare(&self) -> Result<bool> {
        let version = self.store.data_version()?;
        if self.learned.borrow().is_ready(version) {
            return Ok(true);
        }
        self.read(|reader| self.learned.borrow_mut().prepare(reader, version))
    }

    /// At most `limit` ideas that fit a feedback, best first. Nothing rather than noise, and nothing for one that is gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn suggestions(&self, id: FeedbackId, limit: usize) -> Result<Vec<Suggestion>> {
        self.informed(|learned, reader| learned.suggestions(reader, id, limit))
    }

    /// Why an idea fits a feedback: the words they share, and how many of the feedback linked to it are like this one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reason(&self, feedback: FeedbackId, idea: IdeaId) -> Result<Reason> {
        self.informed(|learned, reader| learned.reason(reader, feedback, idea, &self.stopped))
    }

    /// What others like it tell about a feedback: who should own it, and what is probably the same item.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn hints(&self, feedback: FeedbackId) -> Result<Hints> {
        self.informed(|learned, reader| learned.hints(reader, feedback, &self.stopped))
    }

    /// Answers from what is known about the ideas, once all of it is.
    pub(super) fn informed<T>(
        &self,
        ask: impl FnOnce(&Learned, &Reader<'_>) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        self.stopped.store(false, Ordering::SeqCst);
        while !self.prepare()? {}
        self.read(|reader| ask(&self.learned.borrow(), reader))
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
    /// without links of its own speaks of those of its original. With `also` they are as if each were linked to that idea, too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answering(&self, ids: &[FeedbackId], also: Option<IdeaId>) -> Result<Vec<AnswerFacts>> {
        self.read(|reader| reader.answer_facts(ids, also))
    }

    /// For each feedback the passage around the first match that its title does not show, in the order asked for: as many
    /// as can be read without keeping anybody waiting, at least one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn feedback_passages(
        &self,
        of: &[FeedbackId],
        searched: &[Searched],
    ) -> Result<Vec<(FeedbackId, Option<Passage>)>> {
        self.read(|reader| reader.feedback_passages(of, &Finder::of(searched)))
    }

    /// As [`Workspace::feedback_passages`], for ideas.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_passages(
        &self,
        of: &[IdeaId],
        searched: &[Searched],
    ) -> Result<Vec<(IdeaId, Option<Passage>)>> {
        self.read(|reader| reader.idea_passages(of, &Finder::of(searched)))
    }

    /// What has all these words, the last of which may be unfinished: at most `limit` ideas and, if they are wanted, as
    /// many feedback items, best first each.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, words: &str, feedback: bool, limit: usize) -> Result<Vec<Hit>> {
        let finder = Finder::of(&Searched::words(words));
        if finder.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|reader| {
            let mut ideas = reader.ranked_ideas(words)?;
            ideas.truncate(limit);
            let passages = reader.idea_passages(&ideas, &finder)?;
            let hits = ideas.into_iter().enumerate();
            let mut hits: Vec<Hit> = hits
                .map(|(place, id)| {
                    Hit::Idea(id, passages.get(place).and_then(|(_, found)| found.clone()))
                })
                .collect();
            if feedback {
                let rows = reader.feedback_found(words, limit)?;
                let ids: Vec<FeedbackId> = rows.iter().map(|row| row.id).collect();
                let mut passages = reader.feedback_passages(&ids, &finder)?.into_iter();
                hits.extend(rows.into_iter().map(|row| {
                    let passage = passages.next().and_then(|(_, found)| found);
                    Hit::Feedback(Box::new(row), passage)
                }));
            }
            Ok(hits)
        })
    }

    /// The release plan, with which items owe an update.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn plan(&self) -> Result<ReleasePlan> {
        let asked = self.updates_asked_since()?;
        self.read(|reader| reader.release_plan(Some(asked)))
    }

    /// The release plan for the first frame, which does not wait until the kinds of meeting are read: as long as nobody has
    /// asked for those, the last weekly sync was held as long ago as one usually is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn plan_at_once(&self) -> Result<ReleasePlan> {
        if self.kinds.get().is_some() {
            return self.plan();
        }
        let asked = asked_since(None, self.now());
        self.read(|reader| reader.release_plan(Some(asked)))
    }

    /// The release plan as it stood at `at`, without the demand of its ideas.
    ///
    /// # Errors
    /// When the file or its journal cannot be read.
    pub fn plan_at(&self, at: Moment) -> Result<ReleasePlan> {
        history::past::plan_at(&self.store, at)
    }

    /// What changed in the release plan from `since` to `until`, which is now where it is not given.
    ///
    /// # Errors
    /// As [`Workspace::plan_at`].
    pub fn plan_difference(&self, since: Moment, until: Option<Moment>) -> Result<PlanDifference> {
        history::past::difference(&self.store, since, until)
    }

    /// The notes of a release; `None` when it is gone.
    ///
    /// # Errors
    /// As [`Workspace::plan_at`].
    pub fn release_notes(&self, release: ReleaseId) -> Result<Option<ReleaseNotes>> {
        self.snapshot(|reader| {
            let plan = reader.told_plan()?;
            let Some(told) = plan.iter().find(|told| told.release.id == release) else {
                return Ok(None);
            };
            let before = notes::predecessor(&told.release, &plan).and_then(|before| before.date);
            let were_beta = match before.and_then(|date| date.succ_opt()) {
                None => HashSet::new(),
                Some(next) => {
                    let ideas: Vec<IdeaId> = told.items.iter().map(|item| item.idea.idea).collect();
                    history::past::ideas_in_beta(reader, &ideas, self.start_of(next).plus(-1))?
                }
            };
            Ok(Some(ReleaseNotes::of(told, &plan, &were_beta)))
        })
    }

    /// What is new since a day, and what comes soon.
    ///
    /// # Errors
    /// As [`Workspace::plan_at`].
    pub fn news(&self, since: NaiveDate) -> Result<News> {
        let start = self.start_of(since);
        self.snapshot(|reader| {
            let mut released = reader.released_ideas(start)?;
            let ideas: Vec<IdeaId> = released.iter().map(|idea| idea.idea).collect();
            let before = history::past::ideas_released(reader, &ideas, start.plus(-1))?;
            released.retain(|idea| !before.contains(&idea.idea));
            let plan = reader.told_plan()?;
            Ok(News::of(since, self.clock.today(), released, &plan))
        })
    }

    /// What sales can tell: planned ideas with a clear release and a clear benefit.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn roadmap(&self) -> Result<Roadmap> {
        self.read(|reader| Ok(Roadmap::of(&reader.told_plan()?)))
    }

    /// Some charts of how the work goes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn charts(&self, names: &[ChartName]) -> Result<Vec<Chart>> {
        self.charts_until(self.monday(), names)
    }

    /// Some charts, of which those over time end with the week of that Monday.
    pub(super) fn charts_until(&self, last: NaiveDate, names: &[ChartName]) -> Result<Vec<Chart>> {
        let mondays: Vec<NaiveDate> = (0..WEEKS)
            .rev()
            .map(|week| last - Days::new(7 * week as u64))
            .collect();
        let next = last + Days::new(7);
        let bounds: Vec<Moment> = mondays
            .iter()
            .chain([&next])
            .map(|day| self.start_of(*day))
            .collect();
        let figures = self.read(|reader| reader.figures(names, mondays, &bounds, self.now()))?;
        Ok(names.iter().map(|name| figures.chart(*name)).collect())
    }

    /// The figures of the header.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn header(&self) -> Result<Header> {
        let start = self.start_of(self.clock.today());
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
        self.read(|reader| exchange::copy::thing(reader, thing))
    }

    /// What is to be said to reporters and has not been delivered, as Markdown: the answers and questions that wait in
    /// the outbox, then the feedback whose reporter is owed an answer nobody has written yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answers_owed(&self) -> Result<String> {
        let context = self.filter_context();
        Ok(self
            .store
            .read(|reader| exchange::copy::to_reporters(reader, &context))?)
    }
}
