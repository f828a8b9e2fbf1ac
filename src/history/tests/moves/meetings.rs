//! What people might do to meetings and what stands on their agendas.

use chrono::NaiveDate;
use proptest::sample::Index;

use super::Choice;
use crate::domain::deed::{
    AgendaEdit, AgendaTarget, MeetingDeed, MeetingEdit, NewAgendaItem, NewFeedback, Step, StepEdit,
};
use crate::domain::entity::Entity;
use crate::domain::id::{ActionStepId, AgendaItemId};
use crate::domain::meeting::{Occurrence, Slot, WEEKLY_SYNC};
use crate::domain::moment::DAY;
use crate::history::tests::world::NOW;

impl Choice<'_> {
    /// One of a few meetings, so that deeds meet.
    fn meeting(&self, index: &Index) -> Occurrence {
        let day = [18, 25][index.index(2)];
        let by_hand = self.chosen.number.is_multiple_of(5);
        Occurrence {
            kind: if by_hand { "training" } else { WEEKLY_SYNC }.to_owned(),
            slot: match by_hand {
                true => Slot::At(NOW.plus(DAY)),
                false => Slot::Day(NaiveDate::from_ymd_opt(2026, 11, day).expect("a date")),
            },
            scope: None,
            title: self.word(),
        }
    }

    fn agenda_item(&self) -> AgendaItemId {
        AgendaItemId(self.pick(Entity::AgendaItem, &self.chosen.two))
    }

    fn agenda_target(&self) -> AgendaTarget {
        match self.chosen.flag {
            true => AgendaTarget::Item(self.agenda_item()),
            false => AgendaTarget::Generated {
                meeting: self.meeting(&self.chosen.one),
                about: self.subject(),
            },
        }
    }

    fn agenda_edit(&self) -> AgendaEdit {
        match self.chosen.number % 8 {
            0 => AgendaEdit::Title(self.some(&[()]).map(|()| self.word())),
            1 => AgendaEdit::Presenter(self.some(&[()]).map(|()| self.person())),
            2 => AgendaEdit::Minutes(self.some(&[5, 10])),
            3 => AgendaEdit::Notes(self.some(&[()]).map(|()| self.text())),
            4 => AgendaEdit::Confidential(self.chosen.flag),
            5 => AgendaEdit::AddDocument("https://example.com/a".to_owned()),
            6 => AgendaEdit::RemoveDocument("https://example.com/a".to_owned()),
            _ => AgendaEdit::Discussed(self.chosen.flag),
        }
    }

    pub(super) fn meeting_deed(&self) -> MeetingDeed {
        let meeting = self.meeting(&self.chosen.one);
        let steps = || {
            vec![ActionStepId(
                self.pick(Entity::ActionStep, &self.chosen.one),
            )]
        };
        let (at, zone, minutes) = (NOW, "Europe/Berlin".to_owned(), 30);
        match self.chosen.deed {
            38 => MeetingDeed::AddItem {
                to: self.some(&[()]).map(|()| meeting),
                item: NewAgendaItem {
                    title: self.word(),
                    about: self
                        .some(&[()])
                        .map(|()| self.subject())
                        .into_iter()
                        .collect(),
                    documents: vec!["https://example.com/a".to_owned()],
                    ..NewAgendaItem::default()
                },
            },
            39 => MeetingDeed::EditItem {
                item: self.agenda_target(),
                edits: vec![self.agenda_edit()],
            },
            40 => MeetingDeed::Note {
                item: self.agenda_target(),
                text: self.word(),
            },
            41 => match self.chosen.flag {
                true => MeetingDeed::RemoveItems {
                    items: vec![self.agenda_item()],
                },
                false => MeetingDeed::ReorderItem {
                    item: self.agenda_item(),
                    step: self.code(&[Step::Up, Step::Down]),
                    on: self.chosen.flag.then(|| meeting.clone()),
                },
            },
            42 => MeetingDeed::Discuss {
                meeting,
                item: self.agenda_target(),
            },
            43 => MeetingDeed::CarryOver {
                item: self.agenda_item(),
                from: meeting,
                to: self.meeting(&self.chosen.two),
            },
            44 => MeetingDeed::AddStep {
                meeting: self.some(&[()]).map(|()| meeting),
                item: self.some(&[()]).map(|()| self.agenda_target()),
                text: self.word(),
                owner: self.some(&[()]).map(|()| self.person()),
                due: NaiveDate::from_ymd_opt(2026, 11, 20),
            },
            45 => match self.chosen.number % 4 {
                0 => MeetingDeed::FinishSteps { steps: steps() },
                1 => MeetingDeed::ReopenSteps { steps: steps() },
                2 => MeetingDeed::RemoveSteps { steps: steps() },
                _ => MeetingDeed::EditStep {
                    step: steps()[0],
                    edits: vec![StepEdit::Text(self.word()), StepEdit::Owner(None)],
                },
            },
            46 => match self.chosen.number % 5 {
                0 => MeetingDeed::Move {
                    meeting,
                    to: NOW.plus(DAY * i64::from(self.chosen.number)),
                    zone,
                },
                1 => MeetingDeed::Cancel { meeting },
                2 => MeetingDeed::Restore { meeting },
                3 => MeetingDeed::EditMeeting {
                    meeting,
                    edits: vec![
                        MeetingEdit::Title(self.word()),
                        MeetingEdit::Minutes(45),
                        MeetingEdit::Invite(self.person()),
                    ],
                },
                _ => MeetingDeed::Plan {
                    meeting,
                    at: self.some(&[NOW]),
                    minutes: self.some(&[15]),
                    attendees: vec![self.person()],
                },
            },
            _ => match self.chosen.number % 5 {
                0 => MeetingDeed::Start {
                    meeting,
                    at,
                    zone,
                    minutes,
                },
                1 => MeetingDeed::Finish {
                    meeting,
                    at,
                    zone,
                    minutes,
                },
                2 => MeetingDeed::NoteMeeting {
                    meeting,
                    text: self.text(),
                },
                3 => MeetingDeed::LinkMeeting {
                    meeting,
                    url: self.text(),
                    title: None,
                },
                _ => MeetingDeed::Hear {
                    meeting,
                    at,
                    zone,
                    minutes,
                    feedback: Box::new(NewFeedback {
                        title: self.text(),
                        ..NewFeedback::default()
                    }),
                },
            },
        }
    }
}
