//! The time, and the days that it makes at the user's place.

use std::time::{Duration, SystemTime};

use chrono::{Local, NaiveDate};

use crate::domain::clocks::Clocks;
use crate::domain::moment::Moment;
use crate::problem::{Kind, Problem};

/// The first moment behind the year 9999, the last one that dates are written with.
const END: Moment = Moment(253_402_300_800_000);

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
            // A clock that is set to nonsense while a console is open must not end it.
            Self::System => system(SystemTime::now()).clamp(Moment(0), END),
            Self::Fixed(now, _) => now,
        }
    }

    /// Refuses a clock that is set to before 1970 or behind the year 9999: what is done would be dated like that for ever.
    ///
    /// # Errors
    /// What the clock says, and that it is to be set.
    pub(super) fn check(self) -> Result<(), Problem> {
        match self {
            Self::System => sensible(system(SystemTime::now())),
            Self::Fixed(..) => Ok(()),
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

/// What the system's clock says, before 1970 as well.
fn system(time: SystemTime) -> Moment {
    let milliseconds = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => Moment(milliseconds(since)),
        Err(before) => Moment(-milliseconds(before.duration())),
    }
}

fn sensible(now: Moment) -> Result<(), Problem> {
    if (Moment(0)..END).contains(&now) {
        return Ok(());
    }
    let words = format!(
        "cannot tell the time: the system's clock says {}",
        now.rfc3339()
    );
    Err(Problem::new(Kind::Refused, words)
        .because("what is done now would be dated like that for ever")
        .hint("set the clock (“date” shows it), then try again"))
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

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
    fn a_clock_that_was_never_set_is_refused_and_ends_nothing() {
        let day = Duration::from_secs(24 * 60 * 60);
        let epoch = SystemTime::UNIX_EPOCH;
        let before = system(epoch - 20_000 * day);
        assert_eq!(before, Moment(-20_000 * crate::domain::moment::DAY));
        let problem = sensible(before).expect_err("it is refused");
        assert!(
            problem.summary.ends_with("says 1915-03-31T00:00:00Z"),
            "{problem:?}"
        );
        sensible(system(epoch + 2_933_000 * day)).expect_err("it is refused");
        assert_eq!(sensible(system(epoch)), Ok(()));
        assert_eq!(sensible(system(epoch + 20_000 * day)), Ok(()));
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
