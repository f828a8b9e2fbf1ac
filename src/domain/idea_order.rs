//! The order of ideas in a table: one for the console, the command line and what is exported.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use super::idea::{IdeaRow, Timeframe};
use super::listing::IdeaSort;
use super::release::{Release, ReleaseKind};

/// An order of ideas. Whatever it goes by, the most wanted come first within, and no two ideas are alike.
#[derive(Clone, Debug)]
pub struct IdeaOrder {
    sort: IdeaSort,
    /// Where each release stands in the plan, by its name.
    places: HashMap<String, When>,
}

/// When an idea comes. What is due first is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    /// In the release at that place of the plan.
    Release(usize),
    /// As far as its timeframe says.
    Timeframe(Timeframe),
    /// It waits in a backlog, at that place of the plan.
    Backlog(usize),
    /// Nobody has said.
    Never,
}

impl IdeaOrder {
    /// The order by `sort`; `releases` are all releases in the order of the plan.
    pub fn new<'a>(sort: IdeaSort, releases: impl IntoIterator<Item = &'a Release>) -> Self {
        let mut places = HashMap::new();
        for (place, release) in releases.into_iter().enumerate() {
            let when = match release.kind {
                ReleaseKind::Backlog => When::Backlog(place),
                _ => When::Release(place),
            };
            // Of several with one name the first counts.
            places.entry(release.name.clone()).or_insert(when);
        }
        Self { sort, places }
    }

    /// Which of two ideas comes first.
    #[must_use]
    pub fn compare(&self, a: &IdeaRow, b: &IdeaRow) -> Ordering {
        let first = match self.sort {
            IdeaSort::Demand => Ordering::Equal,
            IdeaSort::Title => by_title(a, b),
            IdeaSort::Status => a.status.cmp(&b.status),
            IdeaSort::When => self.when(a).cmp(&self.when(b)),
            IdeaSort::Changed => b.changed.cmp(&a.changed),
        };
        let wanted = |row: &IdeaRow| (Reverse(row.demand), Reverse(row.votes));
        first
            .then_with(|| wanted(a).cmp(&wanted(b)))
            .then_with(|| by_title(a, b))
            .then_with(|| a.id.cmp(&b.id))
    }

    fn when(&self, row: &IdeaRow) -> When {
        match (&row.release, row.timeframe) {
            // One that the plan does not have (yet) stands behind those that it has.
            (Some(name), _) => *self.places.get(name).unwrap_or(&When::Release(usize::MAX)),
            (None, Some(timeframe)) => When::Timeframe(timeframe),
            (None, None) => When::Never,
        }
    }
}

/// From A to Z whatever the case, else by their letters.
fn by_title(a: &IdeaRow, b: &IdeaRow) -> Ordering {
    let folded = |row: &IdeaRow| row.title.to_lowercase();
    folded(a)
        .cmp(&folded(b))
        .then_with(|| a.title.cmp(&b.title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{IdeaId, ReleaseId, ShortId};
    use crate::domain::idea::Status;
    use crate::domain::moment::Moment;
    use crate::domain::release::ReleaseState;

    fn idea(title: &str) -> IdeaRow {
        IdeaRow::bare(IdeaId(uuid::Uuid::nil()), title, Status::New, Moment(0))
    }

    fn release(name: &str, kind: ReleaseKind) -> Release {
        Release {
            id: ReleaseId(uuid::Uuid::nil()),
            short: ShortId(name.to_owned()),
            name: name.to_owned(),
            kind,
            date: None,
            state: ReleaseState::Planned,
        }
    }

    fn titles(sort: IdeaSort, mut rows: Vec<IdeaRow>) -> Vec<String> {
        let releases = [
            release("v2", ReleaseKind::Feature),
            release("v10", ReleaseKind::Feature),
            release("later", ReleaseKind::Backlog),
        ];
        let order = IdeaOrder::new(sort, &releases);
        rows.sort_by(|a, b| order.compare(a, b));
        rows.into_iter().map(|row| row.title).collect()
    }

    #[test]
    fn what_is_due_first_goes_by_the_plan_and_the_backlog_waits_behind_timeframes() {
        let of = |title: &str, release: Option<&str>, timeframe: Option<Timeframe>| IdeaRow {
            release: release.map(str::to_owned),
            timeframe,
            ..idea(title)
        };
        let rows = vec![
            of("nobody has said", None, None),
            of("waits", Some("later"), Some(Timeframe::ThreeMonths)),
            of("some day", None, Some(Timeframe::Future)),
            of("soon", None, Some(Timeframe::ThreeMonths)),
            of("unknown", Some("v99"), None),
            of("second", Some("v10"), Some(Timeframe::ThreeMonths)),
            IdeaRow {
                votes: 1,
                ..of("wanted second", Some("v10"), None)
            },
            of("first", Some("v2"), None),
        ];
        assert_eq!(
            titles(IdeaSort::When, rows),
            [
                "first",
                "wanted second",
                "second",
                "unknown",
                "soon",
                "some day",
                "waits",
                "nobody has said",
            ]
        );
    }

    #[test]
    fn titles_go_from_a_to_z_in_every_script_and_settle_what_is_as_much_wanted() {
        let rows = || {
            ["Ähren", "zebra", "äpfel", "Zoo", "apples"]
                .map(idea)
                .to_vec()
        };
        let sorted = ["apples", "zebra", "Zoo", "Ähren", "äpfel"];
        for sort in [IdeaSort::Title, IdeaSort::Demand, IdeaSort::Changed] {
            assert_eq!(titles(sort, rows()), sorted, "{sort:?}");
        }
    }
}
