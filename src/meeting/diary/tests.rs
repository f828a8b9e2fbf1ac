//! Meetings as people find them: next, moved, cancelled, side by side; agendas and what is missing, through the door.

mod agenda;
mod gate;

use std::path::Path;

use chrono::NaiveDate;

use crate::domain::deed::{
    AgendaTarget, AreaEdit, Deed, FeedbackEdit, IdeaEdit, MeetingDeed, NewAgendaItem, NewFeedback,
    NewIdea, PersonEdit, ReleaseEdit, Step, Subject,
};
use crate::domain::entity::Entity;
use crate::domain::id::{AgendaItemId, FeedbackId, Ids, ReleaseId, ReleaseItemId};
use crate::domain::idea::{Status, TicketKind};
use crate::domain::meeting::{
    AgendaRow, ChangedRelease, MeetingState, MissingKind, Occurrence, SectionBody, Sitting, shown,
};
use crate::domain::moment::{DAY, HOUR, MINUTE, Moment};
use crate::domain::people::{Handle, Role};
use crate::workspace::{Clock, MeetingName, Opening, Workspace};

fn at(text: &str) -> Moment {
    let at = chrono::DateTime::parse_from_rfc3339(text).expect("a moment");
    Moment(at.timestamp_millis())
}

/// A workspace at a moment; `own` are files of kinds of meeting.
struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new(own: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("meetings")).expect("a folder");
        for (name, text) in own {
            let path = folder.path().join("meetings").join(name);
            std::fs::write(path, text).expect("a file");
        }
        Self { folder }
    }

    fn open(&self, now: &str) -> Workspace {
        open(self.folder.path(), at(now))
    }
}

fn open(folder: &Path, now: Moment) -> Workspace {
    let opening = Opening {
        me: Handle::parse("hana").ok(),
        clock: Clock::Fixed(now, crate::domain::clocks::Clocks::UTC),
        ids: Ids::Seeded(now.0.unsigned_abs()),
        meetings: Some(folder.join("meetings")),
        ..Opening::default()
    };
    Workspace::open(&folder.join("intake.db"), opening).expect("a workspace")
}

fn done(workspace: &mut Workspace, deed: impl Into<Deed>) -> crate::domain::deed::Outcome {
    let deed = deed.into();
    match workspace.commit(&deed) {
        Ok(outcome) => outcome,
        Err(problem) => panic!("{problem:?}"),
    }
}

fn colleague(workspace: &mut Workspace, name: &str, role: Role) {
    let edit = PersonEdit {
        role: Some(role),
        ..PersonEdit::default()
    };
    let handle = Handle::parse(name).expect("a handle");
    done(workspace, Deed::SavePerson { handle, edit });
}

fn when(sitting: &Sitting) -> String {
    sitting.at.map_or_else(
        || format!("by {}", shown(sitting.until, &sitting.zone)),
        |at| shown(at, &sitting.zone),
    )
}

fn postpone(sitting: &Sitting, days: i64) -> MeetingDeed {
    MeetingDeed::Move {
        meeting: sitting.occurrence.clone(),
        to: sitting.at.expect("a time").plus(days * DAY),
        zone: sitting.zone.clone(),
    }
}

#[test]
fn a_holiday_move_moves_one_meeting_and_no_other() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-19T12:00:00Z");
    let sync = workspace.weekly_sync().expect("the sync");
    assert_eq!(when(&sync), "Wed 25 Nov 2026 09:00");
    assert_eq!(shown(sync.prepare, &sync.zone), "Tue 24 Nov 2026 00:00");
    done(&mut workspace, postpone(&sync, -1));
    let moved = workspace.weekly_sync().expect("the sync");
    assert_eq!(when(&moved), "Tue 24 Nov 2026 09:00");
    assert_eq!(moved.id, sync.id);
    assert!(moved.is_moved());
    let after = workspace.meeting_after(&moved).expect("read");
    assert_eq!(
        after.as_ref().map(when).as_deref(),
        Some("Wed 2 Dec 2026 09:00")
    );
    // On the Wednesday, when it was held the day before, the next one is that of the week after.
    let later = world.open("2026-11-25T12:00:00Z");
    let next = later.weekly_sync().expect("the sync");
    assert_eq!(when(&next), "Wed 2 Dec 2026 09:00");
    // Found by the day of the calendar as by the day on which it is held.
    for day in ["2026-11-24", "2026-11-25"] {
        let name = MeetingName {
            text: "weekly-sync".to_owned(),
            day: day.parse().ok(),
            scope: None,
        };
        assert_eq!(
            later.meeting(&name).map(|found| found.id),
            Ok(sync.id),
            "{day}"
        );
    }
}

#[test]
fn one_that_is_moved_past_the_next_and_one_that_is_cancelled_are_known() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-19T12:00:00Z");
    let sync = workspace.weekly_sync().expect("the sync");
    let cancel = MeetingDeed::Cancel {
        meeting: sync.occurrence.clone(),
    };
    done(&mut workspace, cancel);
    let next = workspace.weekly_sync().expect("the sync");
    assert_eq!(when(&next), "Wed 2 Dec 2026 09:00");
    done(&mut workspace, postpone(&next, 8));
    let days: Vec<String> = workspace
        .meetings_ahead("weekly-sync", 30)
        .expect("read")
        .iter()
        .map(when)
        .collect();
    assert_eq!(
        days,
        [
            "Wed 9 Dec 2026 09:00",
            "Thu 10 Dec 2026 09:00",
            "Wed 16 Dec 2026 09:00"
        ]
    );
}

#[test]
fn the_sync_is_at_nine_on_both_sides_of_a_change_of_the_clocks() {
    let world = World::new(&[]);
    for (now, utc) in [
        ("2026-03-05T12:00:00Z", "2026-03-11T16:00:00Z"),
        ("2026-03-01T12:00:00Z", "2026-03-04T17:00:00Z"),
        ("2026-10-29T12:00:00Z", "2026-11-04T17:00:00Z"),
        ("2026-12-30T12:00:00Z", "2026-12-30T17:00:00Z"),
        ("2026-12-30T18:00:00Z", "2027-01-06T17:00:00Z"),
    ] {
        let sync = world.open(now).weekly_sync().expect("the sync");
        assert_eq!(sync.at.map(Moment::rfc3339).as_deref(), Some(utc), "{now}");
    }
}

#[test]
fn every_manager_owes_one_interview_a_week_and_every_area_has_its_review() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-12-31T12:00:00Z");
    for name in ["hana", "omar"] {
        colleague(&mut workspace, name, Role::ProductManager);
    }
    let boards = AreaEdit {
        owner: Some(Handle::parse("omar").ok()),
        ..AreaEdit::default()
    };
    let area = Deed::SaveArea {
        name: "Boards".to_owned(),
        edit: boards,
    };
    done(&mut workspace, area);
    let owed = |workspace: &Workspace| -> Vec<String> {
        let found = workspace.next_meetings(Some("interview")).expect("read");
        let name =
            |s: &Sitting| format!("{} {}", s.scope_name.clone().unwrap_or_default(), when(s));
        let mut names: Vec<String> = found.iter().map(name).collect();
        names.sort();
        names
    };
    // The 53rd week of 2026 ends on 3 January.
    assert_eq!(
        owed(&workspace),
        [
            "@hana by Sun 3 Jan 2027 23:59",
            "@omar by Sun 3 Jan 2027 23:59"
        ]
    );
    let name = MeetingName {
        text: "interview".to_owned(),
        day: None,
        scope: Some("@hana".to_owned()),
    };
    let mine = workspace.meeting(&name).expect("mine");
    let hear = MeetingDeed::Hear {
        meeting: mine.occurrence,
        at: workspace.now(),
        zone: mine.zone,
        minutes: mine.minutes,
        feedback: Box::new(NewFeedback {
            body: "We copy the board by hand.".to_owned(),
            ..NewFeedback::default()
        }),
    };
    done(&mut workspace, hear);
    assert_eq!(
        owed(&workspace),
        [
            "@hana by Sun 10 Jan 2027 23:59",
            "@omar by Sun 3 Jan 2027 23:59"
        ]
    );
    let review = workspace
        .next_meetings(Some("growth-review"))
        .expect("read");
    assert_eq!(review.len(), 1);
    assert_eq!(review[0].scope_name.as_deref(), Some("Boards"));
    assert_eq!(when(&review[0]), "by Thu 31 Dec 2026 23:59");
    assert_eq!(
        review[0].attendees,
        [Handle::parse("omar").expect("a handle")]
    );
}

const RETROSPECTIVE: &str = "name = \"Retro\"\ncadence = \"2 days after each release\"\ntime = \"10:00\"\n\
                             zone = \"Europe/Berlin\"\nminutes = 45\n";

#[test]
fn a_meeting_after_a_release_follows_its_date_and_keeps_what_is_on_it() {
    let world = World::new(&[("release-retrospective.toml", RETROSPECTIVE)]);
    let mut workspace = world.open("2026-11-19T12:00:00Z");
    let date = |text: &str| Some(Some(text.parse::<NaiveDate>().expect("a date")));
    let edit = ReleaseEdit {
        name: Some("v10.2".to_owned()),
        date: date("2026-12-16"),
        ..ReleaseEdit::default()
    };
    let made = done(&mut workspace, Deed::CreateRelease(edit));
    let retro = |workspace: &Workspace| {
        let name = MeetingName {
            text: "release-retrospective".to_owned(),
            ..MeetingName::default()
        };
        workspace.meeting(&name).expect("a retrospective")
    };
    let first = retro(&workspace);
    assert_eq!(when(&first), "Fri 18 Dec 2026 10:00");
    assert_eq!(first.scope_name.as_deref(), Some("v10.2"));
    let add = MeetingDeed::AddItem {
        to: Some(first.occurrence.clone()),
        item: NewAgendaItem {
            title: "The migration".to_owned(),
            ..NewAgendaItem::default()
        },
    };
    done(&mut workspace, add);
    let release = crate::domain::id::ReleaseId(made.first(Entity::Release).expect("a release"));
    let edit = ReleaseEdit {
        date: date("2026-12-18"),
        ..ReleaseEdit::default()
    };
    done(&mut workspace, Deed::EditRelease { release, edit });
    let slipped = retro(&workspace);
    // Two days after a Friday is a Sunday.
    assert_eq!(when(&slipped), "Mon 21 Dec 2026 10:00");
    assert_eq!(slipped.id, first.id);
    let agenda = workspace.agenda(&slipped).expect("an agenda");
    assert!(agenda.sections.is_empty());
}

/// A release plan with something to say about everything, on the Monday before a sync.
fn furnished(world: &World) -> (Workspace, ReleaseItemId) {
    let mut workspace = world.open("2026-11-09T12:00:00Z");
    colleague(&mut workspace, "hana", Role::ProductManager);
    colleague(&mut workspace, "omar", Role::ProductManager);
    let release = done(
        &mut workspace,
        Deed::CreateRelease(ReleaseEdit {
            name: Some("v10.2".to_owned()),
            ..ReleaseEdit::default()
        }),
    );
    let release = crate::domain::id::ReleaseId(release.first(Entity::Release).expect("made"));
    let mut items = Vec::new();
    for (title, owner) in [("Export boards", Some("omar")), ("Legal hold", None)] {
        let idea = done(
            &mut workspace,
            Deed::CreateIdea(Box::new(NewIdea {
                title: title.to_owned(),
                edits: vec![IdeaEdit::Owner(owner.and_then(|o| Handle::parse(o).ok()))],
                from: Vec::new(),
            })),
        );
        let idea = crate::domain::id::IdeaId(idea.first(Entity::Idea).expect("made"));
        let added = Deed::AddToRelease {
            ideas: vec![idea],
            release,
        };
        let added = done(&mut workspace, added);
        items.push(ReleaseItemId(
            added.first(Entity::ReleaseItem).expect("made"),
        ));
    }
    done(
        &mut workspace,
        NewFeedback {
            title: "Export for auditors".to_owned(),
            ..NewFeedback::default()
        },
    );
    (world.open("2026-11-16T12:00:00Z"), items[0])
}

impl From<NewFeedback> for Deed {
    fn from(new: NewFeedback) -> Self {
        Self::AddFeedback(Box::new(new))
    }
}

#[test]
fn a_meeting_whose_kind_is_gone_is_still_shown() {
    let world = World::new(&[]);
    let mut workspace = world.open("2026-11-16T12:00:00Z");
    let occurrence = Occurrence {
        kind: "book-club".to_owned(),
        slot: crate::domain::meeting::Slot::At(at("2026-11-20T12:00:00Z")),
        scope: None,
        title: "Book club".to_owned(),
    };
    let plan = MeetingDeed::Plan {
        meeting: occurrence.clone(),
        at: None,
        minutes: None,
        attendees: Vec::new(),
    };
    done(&mut workspace, plan);
    let found = workspace
        .meeting_of(occurrence.id())
        .expect("read")
        .expect("there");
    assert_eq!(when(&found), "Fri 20 Nov 2026 12:00");
    assert!(workspace.agenda(&found).is_ok());
}
