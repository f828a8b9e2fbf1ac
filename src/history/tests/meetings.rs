//! Meetings: rows that come into being, and every way back.

mod items;

use chrono::NaiveDate;

use super::world::{NOW, World, handle};
use crate::domain::deed::{
    AgendaEdit, AgendaTarget, Deed, MeetingDeed, MeetingEdit, NewAgendaItem, NewFeedback, Outcome,
    Reversal, Reversed, Step, StepEdit, Subject,
};
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{ActionStepId, AgendaItemId};
use crate::domain::meeting::{MeetingState, Occurrence, Slot, WEEKLY_SYNC, generated_item};
use crate::domain::moment::{DAY, HOUR};
use crate::history::commit::commit;
use crate::history::undo::reverse;
use crate::store::{OpenOptions, Store};

const ZONE: &str = "America/Los_Angeles";

fn sync(day: u32) -> Occurrence {
    let day = NaiveDate::from_ymd_opt(2026, 11, day).expect("a date");
    Occurrence {
        kind: WEEKLY_SYNC.to_owned(),
        slot: Slot::Day(day),
        scope: None,
        title: "PM weekly sync".to_owned(),
    }
}

fn item(title: &str) -> NewAgendaItem {
    NewAgendaItem {
        title: title.to_owned(),
        ..NewAgendaItem::default()
    }
}

fn add(to: Option<Occurrence>, title: &str) -> Deed {
    let item = item(title);
    MeetingDeed::AddItem { to, item }.into()
}

fn start(meeting: Occurrence) -> Deed {
    MeetingDeed::Start {
        meeting,
        at: NOW,
        zone: ZONE.to_owned(),
        minutes: 30,
    }
    .into()
}

fn finish(meeting: Occurrence) -> Deed {
    MeetingDeed::Finish {
        meeting,
        at: NOW,
        zone: ZONE.to_owned(),
        minutes: 30,
    }
    .into()
}

fn postpone(meeting: Occurrence, days: i64) -> Deed {
    MeetingDeed::Move {
        meeting,
        to: NOW.plus(days * DAY),
        zone: ZONE.to_owned(),
    }
    .into()
}

fn item_of(outcome: &Outcome) -> AgendaItemId {
    AgendaItemId(outcome.first(Entity::AgendaItem).expect("an item"))
}

fn step_of(outcome: &Outcome) -> ActionStepId {
    ActionStepId(outcome.first(Entity::ActionStep).expect("a step"))
}

impl World {
    fn toggled(&mut self, outcome: &Outcome) -> Reversed {
        let action = outcome.action.expect("an action");
        let reversal = Reversal::Action {
            action,
            rest: false,
        };
        reverse(&mut self.store, &self.context, reversal).expect("an answer")
    }

    /// Undoes a deed and does it again, and that both lead where they should.
    fn there_and_back(&mut self, deed: Deed) -> Outcome {
        let before = self.dump();
        let outcome = self.done(deed);
        let after = self.dump();
        let undone = self.toggled(&outcome);
        assert!(matches!(undone, Reversed::Done(_)), "{undone:?}");
        assert_eq!(self.dump(), before, "undo of {}", outcome.words);
        let redone = self.toggled(&outcome);
        assert!(matches!(redone, Reversed::Done(_)), "{redone:?}");
        assert_eq!(self.dump(), after, "redo of {}", outcome.words);
        outcome
    }
}

#[test]
fn every_deed_has_its_way_back() {
    let mut world = World::new();
    let (idea, release) = (world.idea("Themes"), world.release("v1"));
    let plan = world.item(idea, release);
    let (today, next) = (sync(18), sync(25));
    let queued = world.there_and_back(add(None, "Pricing"));
    assert_eq!(queued.words, "queued for the next weekly sync");
    let queued = item_of(&queued);
    let planned = world.there_and_back(
        MeetingDeed::AddItem {
            to: Some(today.clone()),
            item: NewAgendaItem {
                about: vec![Subject::Idea(idea)],
                minutes: Some(5),
                documents: vec!["https://example.com/prfaq".to_owned()],
                confidential: true,
                presenter: Some(handle("omar")),
                ..NewAgendaItem::default()
            },
        }
        .into(),
    );
    assert_eq!(planned.words, "queued for “PM weekly sync” of 2026-11-18");
    let planned = item_of(&planned);
    let moved = world.there_and_back(postpone(today.clone(), 3));
    assert_eq!(moved.words, "moved to Tue 17 Nov 2026 01:00");
    let row = AgendaTarget::Generated {
        meeting: today.clone(),
        about: Subject::ReleaseItem(plan),
    };
    for deed in [
        MeetingDeed::Note {
            item: row.clone(),
            text: "Ships with the next beta.".to_owned(),
        },
        MeetingDeed::Note {
            item: row.clone(),
            text: "Omar asks design.".to_owned(),
        },
        MeetingDeed::Discuss {
            meeting: today.clone(),
            item: row.clone(),
        },
        MeetingDeed::Discuss {
            meeting: today.clone(),
            item: AgendaTarget::Item(queued),
        },
        MeetingDeed::EditItem {
            item: AgendaTarget::Item(queued),
            edits: vec![
                AgendaEdit::Title(Some("Pricing of guests".to_owned())),
                AgendaEdit::Presenter(Some(handle("dana"))),
                AgendaEdit::Minutes(Some(7)),
                AgendaEdit::Notes(Some("Per seat.".to_owned())),
                AgendaEdit::Confidential(true),
                AgendaEdit::AddDocument("https://example.com/prices".to_owned()),
                AgendaEdit::Discussed(false),
            ],
        },
        MeetingDeed::ReorderItem {
            item: queued,
            step: Step::Down,
            on: Some(today.clone()),
        },
        MeetingDeed::CarryOver {
            item: planned,
            from: today.clone(),
            to: next.clone(),
        },
        MeetingDeed::EditMeeting {
            meeting: today.clone(),
            edits: vec![
                MeetingEdit::Title("PM sync, short".to_owned()),
                MeetingEdit::Minutes(20),
                MeetingEdit::Notes(Some("Hana presides.".to_owned())),
                MeetingEdit::Invite(handle("dana")),
            ],
        },
        MeetingDeed::NoteMeeting {
            meeting: today.clone(),
            text: "Everybody was there.".to_owned(),
        },
        MeetingDeed::LinkMeeting {
            meeting: today.clone(),
            url: "https://example.com/recording".to_owned(),
            title: Some("recording".to_owned()),
        },
        MeetingDeed::Cancel {
            meeting: next.clone(),
        },
        MeetingDeed::Restore { meeting: next },
    ] {
        world.act_as("hana");
        let outcome = world.there_and_back(deed.clone().into());
        assert!(outcome.action.is_some(), "{deed:?}");
    }
    let generated = generated_item(today.id(), Thing::new(Entity::ReleaseItem, plan));
    let Value::Content(notes) = world.get(Entity::AgendaItem, generated, "notes") else {
        panic!("no notes");
    };
    let notes = world.store.read(|reader| reader.content(notes));
    let notes: Option<_> = notes.expect("a read");
    let notes = notes.map(|notes| notes.body);
    assert_eq!(
        notes.as_deref(),
        Some("Ships with the next beta.\n\nOmar asks design.")
    );
    let step = world.there_and_back(
        MeetingDeed::AddStep {
            meeting: Some(today.clone()),
            item: Some(row),
            text: "Ask design".to_owned(),
            owner: Some(handle("omar")),
            due: NaiveDate::from_ymd_opt(2026, 11, 20),
        }
        .into(),
    );
    assert_eq!(
        step.words,
        "noted action step “Ask design” for @omar until 2026-11-20"
    );
    let step = step_of(&step);
    for deed in [
        MeetingDeed::EditStep {
            step,
            edits: vec![
                StepEdit::Text("Ask design twice".to_owned()),
                StepEdit::Owner(None),
                StepEdit::Due(None),
            ],
        },
        MeetingDeed::FinishSteps { steps: vec![step] },
        MeetingDeed::ReopenSteps { steps: vec![step] },
        MeetingDeed::RemoveItems {
            items: vec![queued, planned],
        },
        MeetingDeed::RemoveSteps { steps: vec![step] },
    ] {
        world.act_as("hana");
        world.there_and_back(deed.into());
    }
    world.there_and_back(start(today.clone()));
    world.there_and_back(finish(today.clone()));
    world.there_and_back(MeetingDeed::Restore { meeting: today }.into());
}

#[test]
fn two_windows_that_prepare_the_same_meeting_make_one_row() {
    let mut world = World::new();
    let (idea, release) = (world.idea("Themes"), world.release("v1"));
    let plan = world.item(idea, release);
    let mut other =
        Store::open(world.store.path(), &OpenOptions::default()).expect("a second window");
    let row = AgendaTarget::Generated {
        meeting: sync(18),
        about: Subject::ReleaseItem(plan),
    };
    let note = |text: &str| -> Deed {
        MeetingDeed::Note {
            item: row.clone(),
            text: text.to_owned(),
        }
        .into()
    };
    let first = world.done(note("from the first"));
    let second = commit(&mut other, &world.context, &note("from the second")).expect("done");
    world.done(add(Some(sync(18)), "One"));
    commit(&mut other, &world.context, &add(Some(sync(18)), "Two")).expect("done");
    assert_eq!(world.live(Entity::Meeting).len(), 1);
    assert_eq!(world.live(Entity::AgendaItem).len(), 3);
    // Nothing of either is lost, and the first note cannot be taken from under the second.
    assert!(matches!(world.toggled(&first), Reversed::Refused { .. }));
    let generated = generated_item(sync(18).id(), Thing::new(Entity::ReleaseItem, plan));
    assert_ne!(
        world.get(Entity::AgendaItem, generated, "notes"),
        Value::Null,
        "{}",
        second.words
    );
}

#[test]
fn an_undo_takes_back_what_was_done_to_a_meeting_and_leaves_it_to_others() {
    let mut world = World::new();
    let moved = world.done(postpone(sync(25), 9));
    world.act_as("omar");
    world.done(add(Some(sync(25)), "Pricing"));
    // The row stays, because an item refers to it; it says nothing any more but what the calendar says.
    let undone = world.toggled(&moved);
    assert!(matches!(undone, Reversed::Done(_)), "{undone:?}");
    let meeting = sync(25).id();
    assert_eq!(world.get(Entity::Meeting, meeting, "at"), Value::Null);
    assert_eq!(world.number(Entity::Meeting, meeting, "deleted"), Some(0));
    let redone = world.toggled(&moved);
    assert!(matches!(redone, Reversed::Done(_)), "{redone:?}");
    assert_eq!(
        world.number(Entity::Meeting, meeting, "at"),
        Some(NOW.plus(9 * DAY).0)
    );
    // Somebody else has moved it since: that is not to be lost.
    world.act_as("omar");
    world.done(postpone(sync(25), 10));
    assert!(matches!(world.toggled(&moved), Reversed::Refused { .. }));
}

#[test]
fn a_note_that_brings_back_a_removed_item_is_undone() {
    let mut world = World::new();
    let (idea, release) = (world.idea("Themes"), world.release("v1"));
    let plan = world.item(idea, release);
    let start = world.dump();
    let note = |text: &str| -> Deed {
        let item = AgendaTarget::Generated {
            meeting: sync(18),
            about: Subject::ReleaseItem(plan),
        };
        let text = text.to_owned();
        MeetingDeed::Note { item, text }.into()
    };
    let generated = generated_item(sync(18).id(), Thing::new(Entity::ReleaseItem, plan));
    let first = world.there_and_back(note("Ships with the next beta."));
    let items = vec![generated];
    let removed = world.there_and_back(MeetingDeed::RemoveItems { items }.into());
    let second = world.there_and_back(note("Omar asks design."));
    assert_eq!(world.live(Entity::AgendaItem).len(), 1);
    for outcome in [second, removed, first] {
        let undone = world.toggled(&outcome);
        assert!(matches!(undone, Reversed::Done(_)), "{undone:?}");
    }
    assert_eq!(world.dump(), start);
}

#[test]
fn planning_one_by_hand_is_undone_unless_it_is_used() {
    let mut world = World::new();
    let meeting = Occurrence {
        kind: "sprint-planning".to_owned(),
        slot: Slot::At(NOW.plus(DAY)),
        scope: None,
        title: "Sprint planning".to_owned(),
    };
    let plan = |minutes, attendees: &[&str]| -> Deed {
        MeetingDeed::Plan {
            meeting: meeting.clone(),
            at: None,
            minutes,
            attendees: attendees.iter().map(|name| handle(name)).collect(),
        }
        .into()
    };
    assert!(world.refused(plan(Some(0), &[])).contains("minute"));
    world.refused(plan(Some(30), &["nobody"]));
    let before = world.dump();
    let planned = world.done(plan(Some(30), &["omar"]));
    assert_eq!(planned.words, "planned “Sprint planning”");
    assert_eq!(world.done(plan(Some(30), &["omar", "omar"])).action, None);
    let invited = world.done(plan(None, &["dana"]));
    assert_eq!(world.live(Entity::Attendee).len(), 2);
    let item = world.done(add(Some(meeting.clone()), "Scope"));
    assert!(matches!(world.toggled(&planned), Reversed::Refused { .. }));
    for outcome in [item, invited, planned] {
        let undone = world.toggled(&outcome);
        assert!(matches!(undone, Reversed::Done(_)), "{undone:?}");
    }
    assert_eq!(world.dump(), before);
}

#[test]
fn what_is_held_keeps_its_time_and_what_is_over_stays() {
    let mut world = World::new();
    let state = |world: &World| world.number(Entity::Meeting, sync(18).id(), "state");
    world.done(start(sync(18)));
    assert_eq!(state(&world), Some(MeetingState::Running.code()));
    assert_eq!(world.done(start(sync(18))).action, None);
    world.context.now = world.context.now.plus(HOUR);
    world.done(finish(sync(18)));
    assert_eq!(world.done(finish(sync(18))).action, None);
    let meeting = sync(18).id();
    assert_eq!(world.number(Entity::Meeting, meeting, "at"), Some(NOW.0));
    assert_eq!(world.number(Entity::Meeting, meeting, "minutes"), Some(30));
    let ended = world.number(Entity::Meeting, meeting, "finished");
    assert_eq!(ended, Some(NOW.plus(HOUR).0));
    assert!(world.refused(postpone(sync(18), 1)).contains("over"));
    let cancel = MeetingDeed::Cancel { meeting: sync(18) };
    assert!(world.refused(cancel.into()).contains("over"));
    assert!(world.refused(start(sync(18))).contains("over"));
    world.done(MeetingDeed::Restore { meeting: sync(18) }.into());
    assert_eq!(state(&world), Some(MeetingState::Running.code()));
    // A cancelled one is held after all when it is moved.
    world.done(MeetingDeed::Cancel { meeting: sync(25) }.into());
    world.done(postpone(sync(25), 2));
    assert_eq!(
        world.get(Entity::Meeting, sync(25).id(), "state"),
        Value::Null
    );
}

#[test]
fn what_is_heard_in_an_interview_is_feedback() {
    let mut world = World::new();
    let before = world.dump();
    let interview = Occurrence {
        kind: "interview".to_owned(),
        title: "User interview".to_owned(),
        ..sync(16)
    };
    let hear = |body: &str| -> Deed {
        MeetingDeed::Hear {
            meeting: interview.clone(),
            at: NOW,
            zone: ZONE.to_owned(),
            minutes: 30,
            feedback: Box::new(NewFeedback {
                body: body.to_owned(),
                source: "anything".to_owned(),
                ..NewFeedback::default()
            }),
        }
        .into()
    };
    let heard = world.done(hear("We copy the board by hand."));
    let feedback = heard.first(Entity::Feedback).expect("feedback");
    assert_eq!(
        world.get(Entity::Feedback, feedback, "source"),
        Value::Text("interview".to_owned())
    );
    let state = world.number(Entity::Meeting, interview.id(), "state");
    assert_eq!(state, Some(MeetingState::Finished.code()));
    let again = world.done(hear("And by mail."));
    assert_eq!(world.live(Entity::Feedback).len(), 2);
    for outcome in [again, heard] {
        assert!(matches!(world.toggled(&outcome), Reversed::Done(_)));
    }
    let left: Vec<Thing> = world.dump().into_iter().map(|(thing, _)| thing).collect();
    let was: Vec<Thing> = before.into_iter().map(|(thing, _)| thing).collect();
    assert_eq!(left, was);
}
