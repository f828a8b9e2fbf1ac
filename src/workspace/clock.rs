//! The time, and the days that it makes at the user's place.

use chrono::{Local, NaiveDate, Utc};

use crate::domain::clocks::Clocks;
use crate::domain::moment::Moment;

/// Where the time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock and time zone.
    System,
    /// A time that stands still, and the clocks that show it: for tests and pictures.
    Fixed(Moment, Clocks),
}

impl Clock {
    /// The time.
    #[must_use]
    pub fn now(self) -> Moment {
        match self {
            Self::System => Utc::now().into(),
            Self::Fixed(now, _) => now,
        }
    }

    /// The clocks that show it.
    #[must_use]
    pub fn clocks(self) -> Clocks {
        match self {
            Self::System => Clocks::new(|at| at.at(&Local).offset().local_minus_utc() / 60),
            Self::Fixed(_, clocks) => clocks,
        }
    }

    /// The day it is.
    pub(super) fn today(self) -> NaiveDate {
        self.clocks().day_of(self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clocks::testing::{berlin, denver};
    use crate::domain::deed::{Deed, NewFeedback};
    use crate::domain::entity::Entity;
    use crate::domain::id::FeedbackId;
    use crate::workspace::{Opening, Workspace};

    /// A workspace that is opened where such clocks are, at noon of 1 July 2026 in UTC.
    fn workspace(clocks: Clocks) -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("a folder");
        let now = "2026-07-01T12:00:00Z".parse::<chrono::DateTime<Utc>>();
        let opening = Opening {
            clock: Clock::Fixed(now.expect("a time").into(), clocks),
            ..Opening::default()
        };
        let path = folder.path().join("acme.db");
        let workspace = Workspace::open(&path, opening).expect("a workspace");
        (folder, workspace)
    }

    #[test]
    fn a_day_on_the_other_side_of_a_change_is_found_and_called_by_its_name() {
        for clocks in [berlin(), denver(), Clocks::UTC] {
            let (_folder, mut workspace) = workspace(clocks);
            let on = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
            let new = NewFeedback {
                title: "Dark mode".to_owned(),
                received: Some(workspace.start_of(on(1, 15))),
                ..NewFeedback::default()
            };
            let deed = Deed::AddFeedback(Box::new(new));
            let made = workspace.commit(&deed).expect("it is added");
            let found = |words: &str| {
                let query = crate::query::parse(words).expect("a filter");
                workspace.tally_on(&query, None).expect("a count").total
            };
            assert_eq!(found("received:2026-01-15"), 1);
            assert_eq!(found("received:2026-01-14"), 0);
            let feedback = FeedbackId(made.first(Entity::Feedback).expect("it is there"));
            let until = workspace.start_of(on(12, 1));
            let snooze = |until| Deed::Snooze {
                feedback: vec![feedback],
                until,
            };
            let snoozed = workspace.commit(&snooze(until)).expect("it is snoozed");
            assert!(
                snoozed.words.ends_with("until 2026-12-01"),
                "{}",
                snoozed.words
            );
            // A time says which clocks show it: those of that day.
            let nine = clocks.at(on(12, 1), 9 * 60);
            let snoozed = workspace.commit(&snooze(nine)).expect("it is snoozed");
            let wanted = crate::domain::moment::clocks(clocks.ahead_at(nine));
            let wanted = format!("until 2026-12-01 09:00 {wanted}");
            assert!(snoozed.words.ends_with(&wanted), "{}", snoozed.words);
        }
    }
}
