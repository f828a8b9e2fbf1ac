//! The small world: what its workspace holds, how questions about it are answered, and what deeds do to it.

use uuid::Uuid;

use super::super::effect::Question;
use super::super::message::Answer;
use super::super::state::{Past, PastWish, Sync, SyncNote};
use super::super::wider::Wider;
use crate::domain::chart::Chart;
use crate::domain::deed::{
    Deed, Foreseen, Foresight, IdeaTarget, Outcome, Reversal, Reversed, Touched,
};
use crate::domain::difference::between;
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::{FeedbackDetail, FeedbackLink, FeedbackRow, State as FeedbackState};
use crate::domain::hints::{Hints, Reason};
use crate::domain::id::{
    ActionId, FeedbackId, IdeaId, InsightId, ReleaseId, ReleaseItemId, ShortId,
};
use crate::domain::idea::{Evidence, IdeaDetail, IdeaRow, Suggestion};
use crate::domain::listing::{Anchor, FeedbackWindow, Header, Hit, Tally};
use crate::domain::passage::{Passage, Place, Searched};
use crate::domain::people::Handle;
use crate::domain::release::{PlannedRelease, ReleaseItem, ReleasePlan};
use crate::domain::timeline::{ChangeLine, TimelineEntry};
use crate::query::{Query, Term};
use crate::search::{Finder, shorter};

use super::meeting::{minutes, take_in, weekly_sync};
use super::stock::{detail, idea, item, link, release, row};
use super::{NOW, feedback_id};

/// The text of every feedback.
const BODY: &str = "We need it. Every quarter!\nSomebody takes screenshots by hand.";

/// What the workspace holds.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub feedback: Vec<FeedbackRow>,
    pub links: Vec<(FeedbackId, IdeaId)>,
    pub ideas: Vec<IdeaRow>,
    pub plan: ReleasePlan,
    pub sync: Sync,
    pub done: Vec<(ActionId, Deed)>,
    pub on_duty: Option<Handle>,
    /// Which lists a deed touches.
    pub touched: Touched,
    /// What the next undo is answered with.
    pub reversed: Option<Reversed>,
    /// What others like it tell about every feedback.
    pub hints: Hints,
    /// The charts.
    pub charts: Vec<Chart>,
    /// How many requests of each area nobody owns.
    pub unassigned: u64,
}

/// What an undo of that action would reverse.
pub(crate) fn foresight(action: ActionId) -> Foresight {
    Foresight {
        action,
        words: "did something".to_owned(),
        at: NOW,
        changes: 1,
    }
}

impl World {
    pub(super) fn new(feedback: usize) -> Self {
        let ideas: Vec<IdeaRow> = (0..6).map(idea).collect();
        let items = |release: usize, numbers: std::ops::Range<usize>| {
            numbers
                .map(|number| item(release, number))
                .collect::<Vec<_>>()
        };
        let releases = [(0, 0..2), (1, 2..5), (2, 5..5)];
        let releases = releases
            .into_iter()
            .map(|(number, numbers)| PlannedRelease {
                release: release(number),
                items: items(number, numbers),
            });
        let feedback: Vec<FeedbackRow> = (0..feedback).map(row).collect();
        Self {
            sync: weekly_sync(&feedback),
            feedback,
            links: Vec::new(),
            ideas,
            plan: ReleasePlan {
                releases: releases.collect(),
            },
            done: Vec::new(),
            on_duty: None,
            touched: Touched::ALL,
            reversed: None,
            hints: Hints::default(),
            charts: Vec::new(),
            unassigned: 0,
        }
    }

    fn matching(&self, query: &Query) -> Vec<&FeedbackRow> {
        let open = query.to_string().contains("is:unprocessed");
        let words: Vec<String> = query
            .texts()
            .into_iter()
            .filter_map(|term| match term {
                Term::Word(word) | Term::Phrase(word) => Some(word.to_lowercase()),
                _ => None,
            })
            .collect();
        let unassigned = query.to_string().contains("is:unassigned");
        self.feedback
            .iter()
            .filter(|row| !open || row.state == FeedbackState::Unprocessed)
            .filter(|row| !unassigned || row.owner.is_none())
            .filter(|row| {
                words
                    .iter()
                    .all(|word| row.title.to_lowercase().contains(word) || BODY.contains(word))
            })
            .collect()
    }

    fn window(&self, query: &Query, anchor: &Anchor, limit: usize) -> FeedbackWindow {
        let rows = self.matching(query);
        let place = |row: &FeedbackRow| rows.partition_point(|known| known.id < row.id);
        let (from, to) = match anchor {
            Anchor::Start => (0, limit),
            Anchor::End => (rows.len().saturating_sub(limit), rows.len()),
            Anchor::Around(row) => (place(row).saturating_sub(limit / 2), place(row) + limit / 2),
            Anchor::After(row) => (place(row) + 1, place(row) + 1 + limit),
            Anchor::Before(row) => (place(row).saturating_sub(limit), place(row)),
        };
        let (from, to) = (from.min(rows.len()), to.min(rows.len()));
        let at = match anchor {
            Anchor::Around(row) => place(row) - from,
            _ => 0,
        };
        FeedbackWindow {
            rows: rows[from..to].iter().map(|row| (*row).clone()).collect(),
            before: from > 0,
            after: to < rows.len(),
            at,
            unfinished: false,
        }
    }

    pub fn answer(&self, question: &Question) -> Option<Answer> {
        Some(match question {
            Question::Inbox {
                query,
                anchor,
                limit,
            } => Answer::Inbox(self.window(query, anchor, *limit)),
            Question::Tally { query, before } => {
                let rows = self.matching(query);
                let place = |row: &FeedbackRow| rows.partition_point(|known| known.id < row.id);
                Answer::Tally(Tally {
                    total: rows.len() as u64,
                    before: before.as_ref().map(|row| place(row) as u64),
                    whole: true,
                })
            }
            Question::Wider(words) => {
                let near = words.reword(&mut |word| shorter(word).map(str::to_owned));
                let query = match near.filter(|_| self.matching(words).is_empty()) {
                    Some(near) => near,
                    None => words.clone(),
                };
                let tally = Tally {
                    total: self.matching(&query).len() as u64,
                    before: None,
                    whole: true,
                };
                Answer::Wider(Wider { query, tally })
            }
            Question::Matching { query, limit } => {
                let rows = self.matching(query);
                Answer::Matching(rows.iter().take(*limit).map(|row| row.id).collect())
            }
            Question::Feedback(id) => Answer::Feedback(self.detail(*id)),
            Question::Suggestions(id) => Answer::Suggestions(*id, self.suggestions(*id)),
            Question::Reason(id, idea) => Answer::Reason(
                *id,
                *idea,
                Reason {
                    words: vec!["quarter".to_owned(), "screenshots".to_owned()],
                    items: 2,
                    ..Reason::default()
                },
            ),
            Question::Hints(id) => Answer::Hints(*id, self.hints.clone()),
            Question::Ideas => Answer::Ideas(self.ideas.clone()),
            Question::Idea(id) => Answer::Idea(self.idea(*id)),
            Question::Plan => Answer::Plan(self.plan.clone()),
            Question::Timeline { before, limit, .. } => {
                Answer::Timeline(self.timeline(*before, *limit))
            }
            Question::Foreseen(reversal) => {
                let done = self.done.last().filter(|_| *reversal == Reversal::Newest);
                let seen = done.map(|(action, _)| foresight(*action));
                Answer::Foreseen(*reversal, seen.map_or(Foreseen::Nothing, Foreseen::It))
            }
            Question::Changes(_) => Answer::Changes(vec![ChangeLine {
                thing: "a thing".to_owned(),
                field: "state".to_owned(),
                from: None,
                to: Some("processed".to_owned()),
            }]),
            Question::Sync => Answer::Sync(Box::new(self.sync.clone())),
            Question::NextSync => Answer::NextSync(Some(Box::new(SyncNote::of(
                self.sync.sitting(),
                &self.sync.gate,
            )))),
            Question::Minutes(_) => Answer::Minutes(Box::new(minutes(&self.sync))),
            Question::Past(PastWish::AsOf(_)) => Answer::Past(Box::new(Past::Plan {
                at: NOW,
                plan: self.plan.clone(),
            })),
            Question::Past(wish) => Answer::Past(Box::new(Past::Changes {
                since: NOW,
                of_sync: *wish == PastWish::SinceSync,
                difference: between(&ReleasePlan::default(), &self.plan),
            })),
            Question::Charts => Answer::Charts(self.charts.clone()),
            Question::ChartMarkdown(name) => Answer::Text(format!("# {}", name.word())),
            Question::Header => Answer::Header(Header {
                unprocessed: self.feedback.len() as u64,
                on_duty: self.on_duty.clone(),
                ..Header::default()
            }),
            Question::Vocabulary => Answer::Vocabulary(Box::default()),
            Question::Views => Answer::Views(Vec::new()),
            Question::Draft(_) => Answer::Draft(None),
            Question::Files(_) => Answer::Files(Vec::new()),
            Question::Find { .. } => Answer::Found(Vec::new()),
            Question::RankIdeas(searches) => Answer::Ranked(vec![Vec::new(); searches.len()]),
            Question::Passages { query, of } => {
                let passage = |id: &FeedbackId| self.passage(*id, &query.searched());
                Answer::Passages(of.iter().map(|id| (*id, passage(id))).collect())
            }
            Question::IdeaPassages { of, .. } => {
                Answer::IdeaPassages(of.iter().map(|id| (*id, None)).collect())
            }
            Question::Search {
                words,
                feedback,
                limit,
            } => {
                let searched = Searched::words(words);
                let rows = self
                    .feedback
                    .iter()
                    .filter(|_| *feedback && BODY.contains(words));
                let hits = rows.take(*limit).map(|row| {
                    let passage = self.passage(row.id, &searched);
                    Hit::Feedback(Box::new(row.clone()), passage)
                });
                Answer::Hits(hits.collect())
            }
            Question::Markdown(_) | Question::AnswersOwed => Answer::Text("- a thing".to_owned()),
            Question::Answering(..) => Answer::Answering(Vec::new()),
            Question::Unassigned { limit, .. } => {
                let ids = self.feedback.iter().map(|row| row.id).take(*limit);
                Answer::Unassigned(ids.collect(), self.unassigned)
            }
        })
    }

    fn passage(&self, id: FeedbackId, searched: &[Searched]) -> Option<Passage> {
        let row = self.feedback.iter().find(|row| row.id == id)?;
        let finder = Finder::of(searched);
        finder.passage(BODY, &finder.seen(&row.title), Place::Text)
    }

    fn suggestions(&self, id: FeedbackId) -> Vec<Suggestion> {
        // Everybody has suggestions of their own, in another order, so that a mixed-up one would be seen.
        let turn = (id.0.as_u128() % 3) as usize;
        let mut ideas = self.ideas.clone();
        ideas.rotate_left(turn.min(self.ideas.len()));
        let suggestions = ideas.into_iter().take(4).map(|idea| Suggestion {
            linked: self.links.contains(&(id, idea.id)),
            idea,
            score: 0.5,
        });
        suggestions.collect()
    }

    fn detail(&self, id: FeedbackId) -> Option<Box<FeedbackDetail>> {
        let row = self.feedback.iter().find(|row| row.id == id)?.clone();
        let links: Vec<FeedbackLink> = self
            .links
            .iter()
            .filter(|(from, _)| *from == id)
            .map(|(_, idea)| link(*idea))
            .collect();
        Some(Box::new(FeedbackDetail {
            short: ShortId(format!("f{}", id.0.as_u128() % 1000)),
            body: BODY.to_owned(),
            origin: "acme".to_owned(),
            url: Some("https://example.com/1".to_owned()),
            links,
            ..detail(row)
        }))
    }

    fn idea(&self, id: IdeaId) -> Option<Box<IdeaDetail>> {
        let row = self.ideas.iter().find(|row| row.id == id)?.clone();
        let evidence = self.feedback.iter().take(3).map(|row| Evidence {
            id: InsightId(row.id.0),
            feedback: row.id,
            title: row.title.clone(),
            customer: None,
            importance: None,
            received: row.received,
            quote: None,
        });
        Some(Box::new(IdeaDetail {
            short: ShortId("d1".to_owned()),
            problem: None,
            solution: None,
            workaround: None,
            benefit: None,
            reason: None,
            tickets: Vec::new(),
            placements: Vec::new(),
            wanted: None,
            evidence: evidence.collect(),
            checks: Vec::new(),
            comments: Vec::new(),
            row,
        }))
    }

    fn timeline(&self, before: Option<ActionId>, limit: usize) -> Vec<TimelineEntry> {
        let newer =
            |(action, _): &&(ActionId, Deed)| before.is_some_and(|before| *action >= before);
        let older = self.done.iter().rev().skip_while(newer).take(limit);
        let entries = older.map(|(action, _)| TimelineEntry {
            action: *action,
            author: "@hana".to_owned(),
            here: true,
            at: NOW,
            words: "did something".to_owned(),
            changes: 1,
            about: Some(Thing::new(Entity::Feedback, feedback_id(0))),
            lasts: false,
            undoes: None,
            undone_by: None,
        });
        entries.collect()
    }

    pub(crate) fn do_deed(&mut self, deed: &Deed) -> Outcome {
        let action = ActionId(Uuid::from_u128(0xA000_0000 + self.done.len() as u128));
        self.done.push((action, deed.clone()));
        take_in(&mut self.sync, deed);
        match deed {
            Deed::Process { feedback } => self.put(feedback, FeedbackState::Processed),
            Deed::Archive { feedback } => self.put(feedback, FeedbackState::Archived),
            Deed::Reopen { feedback } => self.put(feedback, FeedbackState::Unprocessed),
            Deed::Assign { feedback, owner } => {
                for row in self
                    .feedback
                    .iter_mut()
                    .filter(|row| feedback.contains(&row.id))
                {
                    row.owner.clone_from(owner);
                }
            }
            Deed::Link {
                feedback,
                idea: IdeaTarget::Existing(idea),
                ..
            } => {
                for id in feedback {
                    self.links.push((*id, *idea));
                }
                for row in self
                    .feedback
                    .iter_mut()
                    .filter(|row| feedback.contains(&row.id))
                {
                    row.links += 1;
                }
            }
            Deed::MoveItems { items, to } => self.shift(items, *to),
            Deed::SpreadItems { moves } => {
                for (to, items) in moves {
                    self.shift(items, *to);
                }
            }
            _ => {}
        }
        Outcome {
            reverses: None,
            touched: self.touched,
            about: Vec::new(),
            things: Vec::new(),
            action: Some(action),
            words: match deed {
                Deed::Link { feedback, .. } if feedback.len() == 1 => "linked to “it”".to_owned(),
                _ => "done".to_owned(),
            },
            made: Vec::new(),
        }
    }

    fn put(&mut self, ids: &[FeedbackId], state: FeedbackState) {
        for row in self.feedback.iter_mut().filter(|row| ids.contains(&row.id)) {
            row.state = state;
        }
    }

    fn shift(&mut self, items: &[ReleaseItemId], to: ReleaseId) {
        let mut moved = Vec::new();
        for planned in &mut self.plan.releases {
            let (going, staying) = planned
                .items
                .drain(..)
                .partition(|item| items.contains(&item.id));
            planned.items = staying;
            moved.extend::<Vec<ReleaseItem>>(going);
        }
        for planned in self
            .plan
            .releases
            .iter_mut()
            .filter(|planned| planned.release.id == to)
        {
            planned.items.append(&mut moved);
        }
    }
}
