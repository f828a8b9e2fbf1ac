//! Random deeds: what people might do next in a small world.

mod meetings;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::Index;
use uuid::Uuid;

use super::world::{World, handle, queue};
use crate::domain::deed::{
    AfterCut, AreaEdit, CompanyEdit, Deed, FeedbackEdit, IdeaEdit, IdeaTarget, NewFeedback,
    NewIdea, PersonEdit, ReleaseEdit, Step, Subject,
};
use crate::domain::entity::Entity;
use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::id::{FeedbackId, IdeaId, ReleaseId, ReleaseItemId, TicketId};
use crate::domain::idea::{Effort, IdeaKind, Status, TicketKind, Timeframe};
use crate::domain::moment::DAY;
use crate::domain::people::Role;
use crate::domain::release::{Health, ReleaseState};

/// A deed of that number, on things which the indexes choose among those that are there.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub(super) who: usize,
    pub(super) deed: usize,
    pub(super) one: Index,
    pub(super) two: Index,
    pub(super) number: u8,
    pub(super) flag: bool,
}

pub(super) fn moves(most: usize) -> impl Strategy<Value = Vec<Move>> {
    let one = (
        0..3usize,
        0..DEEDS,
        any::<Index>(),
        any::<Index>(),
        any::<u8>(),
        any::<bool>(),
    );
    let one = one.prop_map(|(who, deed, one, two, number, flag)| Move {
        who,
        deed,
        one,
        two,
        number,
        flag,
    });
    proptest::collection::vec(one, 1..most)
}

const DEEDS: usize = 50;
/// From this number on a move is an import.
pub(super) const IMPORTS: usize = 48;
pub(super) const PEOPLE: [&str; 3] = ["hana", "omar", "dana"];

pub(super) struct Choice<'w> {
    pub(super) world: &'w World,
    pub(super) chosen: &'w Move,
}

impl Choice<'_> {
    fn pick(&self, entity: Entity, index: &Index) -> Uuid {
        let things = self.world.live(entity);
        if things.is_empty() {
            Uuid::from_u128(404)
        } else {
            index.get(&things).id
        }
    }

    fn feedback(&self) -> FeedbackId {
        FeedbackId(self.pick(Entity::Feedback, &self.chosen.one))
    }

    /// One or several.
    fn feedbacks(&self) -> Vec<FeedbackId> {
        let mut all = vec![self.feedback()];
        if self.chosen.flag {
            all.push(FeedbackId(self.pick(Entity::Feedback, &self.chosen.two)));
        }
        all
    }

    fn idea(&self) -> IdeaId {
        IdeaId(self.pick(Entity::Idea, &self.chosen.two))
    }

    fn other_idea(&self) -> IdeaId {
        IdeaId(self.pick(Entity::Idea, &self.chosen.one))
    }

    fn release(&self) -> ReleaseId {
        ReleaseId(self.pick(Entity::Release, &self.chosen.one))
    }

    fn item(&self) -> ReleaseItemId {
        ReleaseItemId(self.pick(Entity::ReleaseItem, &self.chosen.two))
    }

    fn target(&self) -> IdeaTarget {
        if self.chosen.number.is_multiple_of(4) {
            IdeaTarget::New(format!("Idea {}", self.chosen.number))
        } else {
            IdeaTarget::Existing(self.idea())
        }
    }

    fn subject(&self) -> Subject {
        match self.chosen.number % 3 {
            0 => Subject::Feedback(self.feedback()),
            1 => Subject::Idea(self.idea()),
            _ => Subject::ReleaseItem(self.item()),
        }
    }

    fn code<T: Copy>(&self, all: &[T]) -> T {
        all[usize::from(self.chosen.number) % all.len()]
    }

    fn some<T: Copy>(&self, all: &[T]) -> Option<T> {
        Some(self.code(all)).filter(|_| self.chosen.flag)
    }

    fn person(&self) -> crate::domain::people::Handle {
        handle(self.code(&PEOPLE))
    }

    fn text(&self) -> String {
        format!(
            "text {} for @{}",
            self.chosen.number % 8,
            self.code(&PEOPLE)
        )
    }

    fn word(&self) -> String {
        format!("word{}", self.chosen.number % 4)
    }

    fn feedback_edit(&self) -> FeedbackEdit {
        match self.chosen.one.index(8) {
            0 => FeedbackEdit::Area(self.some(&[()]).map(|()| "Boards".to_owned())),
            1 => FeedbackEdit::Kind(self.some(FeedbackKind::ALL)),
            2 => FeedbackEdit::NeededBy(NaiveDate::from_ymd_opt(2027, 3, 1)),
            3 => FeedbackEdit::Reporter(self.some(&[()]).map(|()| self.person())),
            4 => FeedbackEdit::Customer(self.some(&[()]).map(|()| self.word())),
            5 => FeedbackEdit::Company(self.some(&[()]).map(|()| self.word())),
            6 => FeedbackEdit::AnswerOwed(self.chosen.flag),
            _ => FeedbackEdit::Edition(self.some(&[()]).map(|()| self.word())),
        }
    }

    fn idea_edits(&self) -> Vec<IdeaEdit> {
        match self.chosen.one.index(10) {
            0 => vec![IdeaEdit::Title(self.text())],
            1 => vec![IdeaEdit::Problem(self.some(&[()]).map(|()| self.text()))],
            2 => vec![IdeaEdit::Owner(self.some(&[()]).map(|()| self.person()))],
            3 => vec![IdeaEdit::Status(self.code(Status::ALL))],
            4 => vec![
                IdeaEdit::Effort(self.some(Effort::ALL)),
                IdeaEdit::Kind(self.some(IdeaKind::ALL)),
            ],
            5 => vec![IdeaEdit::Timeframe(self.some(Timeframe::ALL))],
            6 => vec![IdeaEdit::Release(self.release())],
            7 => vec![IdeaEdit::Check(self.word(), self.chosen.flag)],
            8 => vec![IdeaEdit::Reason(self.some(&[()]).map(|()| self.text()))],
            _ => vec![
                IdeaEdit::Status(Status::WontDo),
                IdeaEdit::Reason(Some(self.text())),
            ],
        }
    }

    pub(super) fn deed(&self) -> Deed {
        let until = self
            .world
            .context
            .now
            .plus(i64::from(self.chosen.number) * DAY);
        match self.chosen.deed {
            0 | 1 => Deed::Link {
                feedback: self.feedbacks(),
                idea: self.target(),
                quote: None,
            },
            2 => Deed::Unlink {
                feedback: self.feedbacks(),
                idea: self.idea(),
            },
            3 | 4 => Deed::Assign {
                feedback: self.feedbacks(),
                owner: self.some(&[()]).map(|()| self.person()),
            },
            5 => Deed::SetImportance {
                feedback: self.feedbacks(),
                importance: self.some(Importance::ALL),
            },
            6 => Deed::Answer {
                answers: vec![(self.feedback(), self.text())],
            },
            7 => Deed::Process {
                feedback: self.feedbacks(),
            },
            8 => Deed::Ask {
                questions: vec![(self.feedback(), self.text())],
                until,
            },
            9 => Deed::WontDo {
                feedback: self.feedbacks(),
                idea: self.target(),
                reason: self.text(),
                cut: self.chosen.number.is_multiple_of(3),
                answers: match self.chosen.number.is_multiple_of(2) {
                    true => vec![(self.feedback(), self.text())],
                    false => Vec::new(),
                },
            },
            10 => Deed::Duplicate {
                feedback: vec![self.feedback()],
                of: FeedbackId(self.pick(Entity::Feedback, &self.chosen.two)),
            },
            11 => Deed::Snooze {
                feedback: self.feedbacks(),
                until,
            },
            12 => Deed::Archive {
                feedback: self.feedbacks(),
            },
            13 => Deed::Reopen {
                feedback: self.feedbacks(),
            },
            14 | 15 => Deed::Tag {
                feedback: self.feedbacks(),
                add: if self.chosen.flag {
                    vec![self.word()]
                } else {
                    Vec::new()
                },
                remove: if self.chosen.flag {
                    Vec::new()
                } else {
                    vec![self.word()]
                },
            },
            16 | 17 => Deed::EditFeedback {
                feedback: self.feedbacks(),
                edits: vec![self.feedback_edit()],
            },
            18 => Deed::Revise {
                feedback: self.feedback(),
                title: self.word(),
                body: self.text(),
            },
            19 => Deed::AddFeedback(Box::new(NewFeedback {
                title: self.text(),
                owner: self.some(&[()]).map(|()| self.person()),
                tags: vec![self.word()],
                edits: vec![self.feedback_edit()],
                ..NewFeedback::default()
            })),
            20 => Deed::Comment {
                on: vec![self.subject()],
                text: self.text(),
            },
            21 => Deed::CreateIdea(Box::new(NewIdea {
                title: self.text(),
                edits: self.idea_edits(),
                from: self.feedbacks(),
            })),
            22..=24 => Deed::EditIdeas {
                ideas: vec![self.idea()],
                edits: self.idea_edits(),
            },
            25 => Deed::MergeIdeas {
                from: self.idea(),
                into: self.other_idea(),
            },
            26 => Deed::AddTicket {
                idea: self.idea(),
                url: self.text(),
                key: None,
                kind: self.code(TicketKind::ALL),
            },
            27 => Deed::RemoveTicket {
                ticket: TicketId(self.pick(Entity::Ticket, &self.chosen.one)),
            },
            28 => Deed::CreateRelease(ReleaseEdit {
                name: Some(self.word()),
                ..ReleaseEdit::default()
            }),
            29 => Deed::EditRelease {
                release: self.release(),
                edit: ReleaseEdit {
                    name: Some(self.word()),
                    state: self.some(ReleaseState::ALL),
                    ..ReleaseEdit::default()
                },
            },
            30 | 31 => Deed::AddToRelease {
                ideas: vec![self.idea()],
                release: self.release(),
            },
            32 => Deed::MoveItems {
                items: vec![self.item()],
                to: self.release(),
            },
            33 => Deed::ReorderItem {
                item: self.item(),
                step: self.code(&[Step::Up, Step::Down]),
            },
            34 => match self.some(&[()]) {
                Some(()) => Deed::UpdateItems {
                    items: vec![self.item()],
                    text: Some(self.text()),
                    health: self.some(&Health::ALL[..3]),
                },
                None => Deed::NoChange {
                    items: vec![self.item()],
                },
            },
            35 => Deed::CutItem {
                item: self.item(),
                then: match self.chosen.number % 3 {
                    0 => AfterCut::Nothing,
                    1 => AfterCut::Postpone,
                    _ => AfterCut::MoveTo(self.release()),
                },
            },
            36 => queue(self.subject()),
            38.. => self.meeting_deed().into(),
            _ => match self.chosen.number % 4 {
                0 => Deed::SavePerson {
                    handle: self.person(),
                    edit: PersonEdit {
                        name: Some(self.word()),
                        email: None,
                        role: self.some(Role::ALL),
                    },
                },
                1 => Deed::SaveArea {
                    name: "Boards".to_owned(),
                    edit: AreaEdit {
                        owner: Some(self.some(&[()]).map(|()| self.person())),
                        add_keywords: vec![self.word()],
                        remove_keywords: vec!["word0".to_owned()],
                    },
                },
                2 => Deed::SaveCompany {
                    name: self.word(),
                    edit: CompanyEdit {
                        tier: Some(self.some(&["Enterprise"]).map(str::to_owned)),
                        ..CompanyEdit::default()
                    },
                },
                _ => Deed::SetDuty {
                    monday: NaiveDate::from_ymd_opt(2026, 11, 16).expect("a Monday"),
                    person: self.some(&[()]).map(|()| self.person()),
                },
            },
        }
    }
}
