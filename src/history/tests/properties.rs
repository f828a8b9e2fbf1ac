//! What must hold whatever people do: random deeds over a small world.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::Index;
use uuid::Uuid;

use super::world::{World, handle};
use crate::domain::deed::{
    AfterCut, AreaEdit, CompanyEdit, Deed, FeedbackEdit, IdeaEdit, IdeaTarget, NewFeedback,
    NewIdea, PersonEdit, ReleaseEdit, Reversal, Reversed, Step, Subject,
};
use crate::domain::entity::Entity;
use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::id::{ActionId, FeedbackId, IdeaId, ReleaseId, ReleaseItemId, TicketId};
use crate::domain::idea::{Effort, IdeaKind, Status, TicketKind, Timeframe};
use crate::domain::import::ImportRecord;
use crate::domain::moment::DAY;
use crate::domain::people::Role;
use crate::domain::release::{Health, ReleaseState};
use crate::history::import::import;
use crate::history::rebuild::compare;
use crate::history::undo::reverse;
use crate::store::tests::derived::derived;

/// A deed of that number, on things which the indexes choose among those that are there.
#[derive(Clone, Debug)]
struct Move {
    who: usize,
    deed: usize,
    one: Index,
    two: Index,
    number: u8,
    flag: bool,
}

fn moves(most: usize) -> impl Strategy<Value = Vec<Move>> {
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

const DEEDS: usize = 38;
const PEOPLE: [&str; 3] = ["hana", "omar", "dana"];

struct Choice<'w> {
    world: &'w World,
    chosen: &'w Move,
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

    fn deed(&self) -> Deed {
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
                on: self.subject(),
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
            36 => Deed::Queue {
                about: self.subject(),
            },
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

impl World {
    /// A world with something of everything.
    fn furnished() -> Self {
        let mut world = Self::new();
        for name in ["One", "Two", "Three"] {
            world.feedback(name);
        }
        let release = world.release("v1");
        for name in ["Themes", "Export"] {
            let idea = world.idea(name);
            world.item(idea, release);
        }
        world
    }

    /// Does what is allowed of the moves, and answers its actions. What is refused changes nothing.
    fn play(&mut self, moves: &[Move]) -> Vec<ActionId> {
        let mut actions = Vec::new();
        for (number, chosen) in moves.iter().enumerate() {
            self.act_as(PEOPLE[chosen.who]);
            let deed = Choice {
                world: self,
                chosen,
            }
            .deed();
            let done = if chosen.deed == 19 && chosen.flag {
                self.import_some(number, chosen)
            } else {
                self.attempt(deed).ok().and_then(|outcome| outcome.action)
            };
            actions.extend(done);
        }
        actions
    }

    fn import_some(&mut self, number: usize, chosen: &Move) -> Option<ActionId> {
        let records = (0..3u8).map(|row| {
            Ok(ImportRecord {
                title: format!("Issue {row}"),
                body: format!("as of {}", chosen.number % 3),
                source: "test".to_owned(),
                source_id: Some(row.to_string()),
                owner: Some(handle(PEOPLE[usize::from(chosen.number) % 3])),
                tags: vec![format!("word{}", number % 3)],
                duplicate_of: (row == 2).then(|| "0".to_owned()),
                votes: u32::from(chosen.number % 2),
                ..ImportRecord::default()
            })
        });
        let mut records = records.collect::<Vec<_>>().into_iter();
        let done = import(&mut self.store, &self.context, "issues.csv", &mut records);
        done.expect("imports").0.action
    }

    fn toggle(&mut self, action: ActionId) -> Reversed {
        self.context.now = self.context.now.plus(1);
        let reversal = Reversal::Action {
            action,
            rest: false,
        };
        reverse(&mut self.store, &self.context, reversal).expect("an answer")
    }

    /// Journal and rows agree, and what is derived is what it would be if it were computed anew.
    fn is_sound(&mut self) -> Result<(), TestCaseError> {
        let differences = compare(&self.store).expect("compares");
        prop_assert!(differences.is_empty(), "{differences:#?}");
        let kept = self.derived();
        let anew: Result<(), crate::store::StoreError> =
            self.store.write(|writer| writer.rebuild_derived());
        anew.expect("rebuilds");
        prop_assert_eq!(kept, self.derived());
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// Undoing everything in reverse leads back to the start, redoing everything to the end.
    #[test]
    fn undo_all_is_the_start_and_redo_all_the_end(moves in moves(40)) {
        let mut world = World::furnished();
        let start = world.dump();
        let actions = world.play(&moves);
        let end = world.dump();
        world.is_sound()?;
        for action in actions.iter().rev() {
            let reversed = world.toggle(*action);
            prop_assert!(matches!(reversed, Reversed::Done(_)), "{reversed:#?}");
        }
        prop_assert_eq!(world.dump(), start);
        world.is_sound()?;
        for action in &actions {
            let reversed = world.toggle(*action);
            prop_assert!(matches!(reversed, Reversed::Done(_)), "{reversed:#?}");
        }
        prop_assert_eq!(world.dump(), end);
        world.is_sound()?;
    }

    /// Undoing and redoing in any order keeps every rule; what is refused changes nothing, and doing the rest is safe.
    #[test]
    fn any_order_of_undos_leaves_a_sound_workspace(
        moves in moves(30),
        order in proptest::collection::vec((any::<Index>(), any::<bool>()), 1..20),
    ) {
        let mut world = World::furnished();
        let actions = world.play(&moves);
        prop_assume!(!actions.is_empty());
        for (index, rest) in order {
            let before = world.dump();
            let action = *index.get(&actions);
            if let Reversed::Refused { rest: possible, obstacles, .. } = world.toggle(action) {
                prop_assert_eq!(world.dump(), before);
                prop_assert!(!obstacles.is_empty());
                if rest {
                    let reversal = Reversal::Action { action, rest: true };
                    let done = reverse(&mut world.store, &world.context, reversal).expect("an answer");
                    match done {
                        Reversed::Done(_) => prop_assert!(possible > 0),
                        _ => prop_assert_eq!(possible, 0),
                    }
                }
            }
            world.keeps_its_rules()?;
        }
        world.is_sound()?;
    }
}

impl World {
    /// Everything derived: counts, demand, mentions, copies, search.
    fn derived(&self) -> String {
        let read: Result<_, crate::store::StoreError> = self.store.read(derived);
        format!("{:#?}", read.expect("reads"))
    }

    /// No live row refers to one that is gone, and every idea keeps the rule of its status.
    fn keeps_its_rules(&self) -> Result<(), TestCaseError> {
        let rows = self.dump();
        let live: std::collections::HashSet<_> = rows.iter().map(|(thing, _)| *thing).collect();
        for (thing, values) in &rows {
            for (field, value) in thing.entity.fields().iter().zip(values) {
                if let (
                    crate::domain::entity::Kind::Thing(entity),
                    crate::domain::entity::Value::Thing(id),
                ) = (field.kind, value)
                {
                    let referred = crate::domain::entity::Thing { entity, id: *id };
                    prop_assert!(live.contains(&referred), "{thing:?}.{}", field.name);
                }
            }
            if thing.entity == Entity::Idea {
                let rule: crate::history::error::Result<_> = self
                    .store
                    .read(|reader| crate::history::deeds::missing_rule(reader, *thing));
                prop_assert_eq!(rule.expect("reads"), None);
            }
        }
        Ok(())
    }
}
