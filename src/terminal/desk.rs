//! The workspace as the worker sees it: each question of the console, put to the door.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::time::Duration;

use crate::app::effect::{Listed, Question, Writing};
use crate::app::message::Answer;
use crate::app::state::{ImportPlan, ImportProgress, ImportWish, Past, PastWish, Sync, SyncNote};
use crate::app::wider::Wider;
use crate::domain::chart::{Chart, ChartName};
use crate::domain::deed::{Deed, Foresight, LARGE, Outcome, Reversal, Reversed, Seen};
use crate::domain::id::{ActionId, MeetingId};
use crate::domain::listing::{Hit, IdeaQuery};
use crate::domain::meeting::{Running, Turn};
use crate::domain::moment::DAY;
use crate::domain::pace::Underway;
use crate::domain::passage::Searched;
use crate::exchange::report::{chart, markdown};
use crate::problem::{Kind, Problem, if_there};
use crate::workspace::{MOST_SUGGESTIONS, Workspace};

use super::door::{Door, Stop, Wait};
use super::importing::{self, Planned};
use super::{minutes, typed, views};

/// How long a deed waits for another window before the worker turns to something else meanwhile.
const PATIENCE: Duration = Duration::from_millis(150);

/// How many changes of one action are shown; an import has millions.
const MOST_CHANGES: usize = 500;

/// A workspace with what the worker remembers of it.
pub struct Desk {
    workspace: Workspace,
    /// The views of the configuration: name and filter.
    views: Vec<(String, String)>,
    /// The file's version when it was looked at last.
    version: i64,
    /// What an import would do, as it was shown last.
    plan: Option<Planned>,
    /// Whether all that is to be in memory is mapped, which waits for the first frame and idle moments behind it.
    settled: bool,
    /// What was done, undone and done again here: an undo of it needs no question.
    done: HashSet<ActionId>,
    /// The undos that were done here, each with what it has undone.
    undone: HashMap<ActionId, ActionId>,
}

impl Desk {
    /// A desk at an open workspace, with the views of the configuration.
    ///
    /// # Errors
    /// The workspace cannot be read.
    pub fn new(workspace: Workspace, views: Vec<(String, String)>) -> Result<Self, Problem> {
        let version = workspace.data_version()?;
        workspace.be_patient(PATIENCE)?;
        Ok(Self {
            workspace,
            views,
            version,
            plan: None,
            settled: false,
            done: HashSet::new(),
            undone: HashMap::new(),
        })
    }
}

/// What the header says about the next weekly sync. Where none is to come, or its kind has faults, the header says
/// nothing: the screen of the sync does.
fn next_sync(workspace: &Workspace) -> Result<Option<SyncNote>, Problem> {
    let sitting = match workspace.weekly_sync() {
        Ok(sitting) => sitting,
        Err(problem) if problem.kind == Kind::Storage => return Err(problem),
        Err(_) => return Ok(None),
    };
    let (_, gate) = workspace.gate(&sitting)?;
    Ok(Some(SyncNote::of(&sitting, &gate)))
}

/// How the weekly sync stands.
fn sync(workspace: &Workspace) -> Result<Sync, Problem> {
    let sitting = workspace.weekly_sync()?;
    let (agenda, gate) = workspace.gate(&sitting)?;
    Ok(Sync {
        agenda,
        gate,
        running: workspace.running(sitting.id)?,
        after: workspace.meeting_after(&sitting)?,
        interviews: owing(workspace)?,
    })
}

/// What changed in the release plan, or how it stood at the end of a day.
fn past(workspace: &Workspace, wish: PastWish) -> Result<Past, Problem> {
    let (since, of_sync) = match wish {
        PastWish::AsOf(day) => {
            let next = day.succ_opt().unwrap_or(day);
            let at = workspace.start_of(next).plus(-1).min(workspace.now());
            let plan = workspace.plan_at(at)?;
            return Ok(Past::Plan { at, plan });
        }
        PastWish::Since(day) => (workspace.start_of(day), false),
        PastWish::SinceSync => {
            // Without a sync there is none to look back to.
            let sync = workspace.weekly_sync();
            let agenda = sync.and_then(|sitting| workspace.agenda(&sitting));
            match if_there(agenda)?.and_then(|agenda| agenda.since) {
                Some(since) => (since, true),
                None => (workspace.now().plus(-7 * DAY), false),
            }
        }
    };
    let difference = workspace.plan_difference(since, None)?;
    Ok(Past::Changes {
        since,
        of_sync,
        difference,
    })
}

/// Who owes an interview this week.
fn owing(workspace: &Workspace) -> Result<Vec<String>, Problem> {
    let charts = workspace.charts(&[ChartName::Interviews])?;
    let owing = charts.iter().flat_map(Chart::owing);
    Ok(owing.map(str::to_owned).collect())
}

impl Door for Desk {
    fn answer(&mut self, question: Question) -> Result<Answer, Problem> {
        let workspace = &mut self.workspace;
        Ok(match question {
            Question::Inbox {
                query,
                anchor,
                limit,
            } => Answer::Inbox(workspace.inbox_on(&query, &anchor, limit)?),
            Question::Tally { query, before } => {
                Answer::Tally(workspace.tally_on(&query, before.as_deref())?)
            }
            Question::Wider(words) => {
                let (query, tally) = workspace.wider(&words)?;
                Answer::Wider(Wider { query, tally })
            }
            Question::Matching { query, limit } => {
                Answer::Matching(workspace.matching(&query, limit)?)
            }
            Question::Unassigned { area, limit } => {
                let (ids, total) = workspace.unassigned_in(area.as_deref(), limit)?;
                Answer::Unassigned(ids, total)
            }
            Question::Feedback(id) => Answer::Feedback(workspace.feedback(id)?.map(Box::new)),
            Question::Suggestions(id) => {
                Answer::Suggestions(id, workspace.suggestions(id, MOST_SUGGESTIONS)?)
            }
            Question::Reason(id, idea) => Answer::Reason(id, idea, workspace.reason(id, idea)?),
            Question::Hints(id) => Answer::Hints(id, workspace.hints(id)?),
            Question::Answering(ids, also) => Answer::Answering(workspace.answering(&ids, also)?),
            Question::Ideas => Answer::Ideas(workspace.ideas(&IdeaQuery::default())?),
            Question::Idea(id) => Answer::Idea(workspace.idea(id)?.map(Box::new)),
            Question::Plan => Answer::Plan(workspace.plan_at_once()?),
            Question::Timeline {
                about,
                before,
                limit,
            } => Answer::Timeline(workspace.timeline(about, before, limit)?),
            Question::Foreseen(reversal) => {
                Answer::Foreseen(reversal, workspace.foreseen(reversal)?)
            }
            Question::Changes(action) => Answer::Changes(workspace.changes(action, MOST_CHANGES)?),
            Question::Sync => Answer::Sync(Box::new(sync(workspace)?)),
            Question::NextSync => Answer::NextSync(next_sync(workspace)?.map(Box::new)),
            Question::Past(wish) => Answer::Past(Box::new(past(workspace, wish)?)),
            Question::Charts => Answer::Charts(workspace.charts(ChartName::ALL)?),
            Question::ChartMarkdown(name) => {
                let charts = workspace.charts(&[name])?;
                let page = charts.first().map(chart::figures);
                Answer::Text(page.map_or_else(String::new, |page| markdown::render(&page)))
            }
            Question::Header => Answer::Header(workspace.header()?),
            Question::Vocabulary => Answer::Vocabulary(Box::new(workspace.vocabulary()?)),
            Question::Views => Answer::Views(views::all(&self.views, workspace.views()?)),
            Question::Draft(prompt) => Answer::Draft(workspace.draft(&prompt)?),
            Question::Find {
                words,
                except,
                typed,
                limit,
            } => {
                let found = workspace.find(&words, except, typed, limit)?;
                let ids = found.iter().map(|row| row.id).collect::<Vec<_>>();
                let passages = match typed {
                    true => workspace.feedback_passages(&ids, &Searched::words(&words))?,
                    false => Vec::new(),
                };
                let mut passages = passages.into_iter().map(|(_, passage)| passage);
                let hits = found
                    .into_iter()
                    .map(|row| Hit::Feedback(Box::new(row), passages.next().flatten()));
                Answer::Found(hits.collect())
            }
            Question::Passages { query, of } => {
                Answer::Passages(workspace.feedback_passages(&of, &query.searched())?)
            }
            Question::IdeaPassages { words, of } => {
                Answer::IdeaPassages(workspace.idea_passages(&of, &words)?)
            }
            Question::Search {
                words,
                feedback,
                limit,
            } => Answer::Hits(workspace.search(&words, feedback, limit)?),
            Question::RankIdeas(searches) => Answer::Ranked(workspace.search_ideas(&searches)?),
            Question::Files(typed) => Answer::Files(importing::paths(&typed)),
            Question::Markdown(thing) => Answer::Text(workspace.markdown(thing)?),
            Question::AnswersOwed => Answer::Text(workspace.answers_owed()?),
            Question::Minutes(meeting) => {
                Answer::Minutes(Box::new(minutes::read(workspace, meeting)?))
            }
        })
    }

    fn prepare(&mut self) -> Result<bool, Problem> {
        self.workspace.prepare()
    }

    fn wait_apart(&mut self) -> Option<Wait> {
        // Where that cannot be, all is as safe, and keys wait for the disk.
        let wait = self.workspace.wait_apart().ok()?;
        Some(Box::new(wait))
    }

    fn commit(&mut self, deed: &Deed, seen: &[Seen]) -> Result<Outcome, Problem> {
        let outcome = self.workspace.commit_seen(deed, seen)?;
        self.done.extend(outcome.action);
        Ok(outcome)
    }

    fn plan_import(
        &mut self,
        wish: &ImportWish,
        watch: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<ImportPlan, Problem> {
        let before = self.plan.take();
        let (plan, shown) = importing::plan(&self.workspace, before, wish, watch)?;
        self.plan = Some(plan);
        Ok(shown)
    }

    fn import(
        &mut self,
        watch: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<Outcome, Problem> {
        let Some(plan) = &self.plan else {
            return Err(Problem::new(Kind::Internal, "there is no plan to import"));
        };
        let outcome = importing::import(&mut self.workspace, plan, watch)?;
        self.plan = None;
        self.done.extend(outcome.action);
        Ok(outcome)
    }

    fn reverse(
        &mut self,
        reversal: Reversal,
        confirmed: Option<ActionId>,
        watch: &mut dyn FnMut(&Underway) -> ControlFlow<()>,
    ) -> Result<Reversed, Problem> {
        let target = Cell::new(None);
        let done = &self.done;
        let sure = |seen: &Foresight| {
            target.set(Some(seen.action));
            // Another window may have done something since: what was confirmed is that action and no other.
            let is_meant =
                matches!(reversal, Reversal::Action { .. }) || confirmed == Some(seen.action);
            is_meant || seen.changes < LARGE && done.contains(&seen.action)
        };
        let reversed = self.workspace.reverse_watched(reversal, &sure, watch)?;
        if let (Reversed::Done(outcome), Some(target)) = (&reversed, target.get()) {
            self.done.extend(outcome.action);
            match (self.undone.remove(&target), outcome.action) {
                // It is in effect again by the will of whoever sits here.
                (Some(original), _) => self.done.extend([original]),
                (None, Some(undo)) => self.undone.extend([(undo, target)]),
                (None, None) => {}
            }
        }
        Ok(reversed)
    }

    fn turn(&mut self, meeting: MeetingId, turn: Turn) -> Result<Running, Problem> {
        self.workspace.turn(meeting, turn)
    }

    fn save_draft(&mut self, prompt: &str, text: Option<&str>) -> Result<bool, Problem> {
        self.workspace.save_draft(prompt, text)
    }

    fn write(&mut self, writing: &Writing) -> Result<String, Problem> {
        let workspace = &mut self.workspace;
        match writing {
            Writing::View {
                name,
                filter,
                renamed,
            } => views::write(workspace, &self.views, (name, filter), renamed.as_deref()),
            Writing::Me(me) => {
                workspace.set_me(me.clone())?;
                Ok("it is known who you are".to_owned())
            }
            Writing::Export { listed, path } => {
                let path = typed::path(path);
                match listed {
                    Listed::Feedback(query) => workspace.export_feedback(query, &path),
                    Listed::Ideas(ids) => workspace.export_ideas(ids, &path),
                    Listed::Plan => workspace.export_plan(&path),
                }
            }
            Writing::Minutes { meeting, path } => {
                minutes::write(workspace, *meeting, &typed::path(path))
            }
        }
    }

    fn has_changed(&mut self) -> Result<bool, Problem> {
        let version = self.workspace.data_version()?;
        Ok(std::mem::replace(&mut self.version, version) != version)
    }

    fn rest(&mut self) -> Result<bool, Problem> {
        if !self.settled {
            // What cannot be read is told where it is asked for, and keeps nobody from tidying up.
            self.settled = !self.workspace.settle_in().unwrap_or(false);
        }
        let more = self.workspace.tidy()?;
        Ok(more || !self.settled)
    }

    fn stop(&self) -> Stop {
        Box::new(self.workspace.interrupter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deed::{MeetingDeed, NewFeedback};
    use crate::domain::id::FeedbackId;
    use crate::workspace::Opening;

    /// A desk on a new workspace; with `weekly_sync` as that kind of meeting.
    fn desk(folder: &std::path::Path, weekly_sync: Option<&str>) -> Desk {
        let meetings = folder.join("meetings");
        if let Some(text) = weekly_sync {
            std::fs::create_dir(&meetings).expect("a folder");
            std::fs::write(meetings.join("weekly-sync.toml"), text).expect("a kind");
        }
        let opening = Opening {
            meetings: Some(meetings),
            ..Opening::default()
        };
        let workspace = Workspace::open(&folder.join("acme.db"), opening).expect("a workspace");
        Desk::new(workspace, Vec::new()).expect("a desk")
    }

    #[test]
    fn requests_without_an_owner_are_the_oldest_of_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut desk = desk(folder.path(), None);
        let ids = [3, 1, 2].map(|days| {
            let new = NewFeedback {
                title: format!("{days} days old"),
                received: Some(desk.workspace.now().plus(-days * DAY)),
                ..NewFeedback::default()
            };
            let done = desk.workspace.commit(&Deed::AddFeedback(Box::new(new)));
            FeedbackId(done.expect("added").made[0].id)
        });
        let found = desk.workspace.unassigned_in(None, 2).expect("found");
        assert_eq!(found, (vec![ids[0], ids[2]], 3));
    }

    #[test]
    fn the_header_counts_what_the_screen_of_the_sync_lists() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut desk = desk(folder.path(), None);
        let step = MeetingDeed::AddStep {
            meeting: None,
            item: None,
            text: "Call Globex".to_owned(),
            owner: None,
            due: "2020-01-01".parse().ok(),
        };
        desk.commit(&step.into(), &[]).expect("a step");
        let Ok(Answer::Sync(sync)) = desk.answer(Question::Sync) else {
            panic!("the sync");
        };
        assert_eq!(sync.agenda.rows().count(), 1);
        assert!(sync.after.is_some(), "what is put off has where to go");
        let Ok(Answer::NextSync(Some(note))) = desk.answer(Question::NextSync) else {
            panic!("the next sync");
        };
        assert_eq!(*note, SyncNote::of(sync.sitting(), &sync.gate));
        assert_eq!(note.missing, 1);
    }

    #[test]
    fn where_no_sync_is_to_come_the_header_says_nothing_and_the_screen_why() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut desk = desk(
            folder.path(),
            Some(
                "name = \"Sync\"\ncadence = \"none\"\nzone = \"UTC\"\nminutes = 30\n\n[[sections]]\ntitle = \"Queued\"\nshows = \"queued\"\n",
            ),
        );
        assert_eq!(desk.answer(Question::NextSync), Ok(Answer::NextSync(None)));
        let problem = desk.answer(Question::Sync).expect_err("no sync");
        assert_eq!(problem.kind, Kind::NotFound);
        assert!(!problem.hints.is_empty());
    }

    #[test]
    fn what_was_confirmed_is_undone_and_nothing_that_another_window_did_since() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut elsewhere = desk(folder.path(), None);
        let mut here = desk(folder.path(), None);
        let step = |text: &str| {
            Deed::from(MeetingDeed::AddStep {
                meeting: None,
                item: None,
                text: text.to_owned(),
                owner: None,
                due: None,
            })
        };
        elsewhere.commit(&step("Call Globex"), &[]).expect("a step");
        let mut reverse = |reversal, confirmed| {
            let reversed = here.reverse(reversal, confirmed, &mut |_| ControlFlow::Continue(()));
            reversed.expect("an answer")
        };
        let Reversed::Unsure(seen) = reverse(Reversal::Newest, None) else {
            panic!("it was not done here");
        };
        elsewhere.commit(&step("Call Hooli"), &[]).expect("a step");
        let Reversed::Unsure(other) = reverse(Reversal::Newest, Some(seen.action)) else {
            panic!("it is another one");
        };
        assert_ne!(other.action, seen.action);
        let is_done = |reversed| matches!(reversed, Reversed::Done(_));
        assert!(is_done(reverse(Reversal::Newest, Some(other.action))));
        // What was done again here is undone without a question.
        assert!(is_done(reverse(Reversal::LastUndone, None)));
        assert!(is_done(reverse(Reversal::Newest, None)));
    }
}
