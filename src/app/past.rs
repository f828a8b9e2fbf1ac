//! The past of the release plan as lines. The view draws them, `update` scrolls by them.

use crate::domain::difference::{ItemDifference, ReleaseChange};
use crate::domain::id::IdeaId;
use crate::domain::release::{PlannedRelease, Release, ReleaseItem};

use super::layout::Cells;
use super::state::Past;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PastLine<'a> {
    /// Nothing: between two releases.
    Blank,
    /// A release in which something changed.
    Changed(&'a Release),
    /// What changed about the release above.
    About(&'a ReleaseChange),
    /// What changed about an item of it.
    Item(&'a ItemDifference),
    /// A release as it was.
    Was(&'a PlannedRelease),
    /// An item as it was.
    ItemWas(&'a ReleaseItem),
    /// The release above had no items.
    Empty,
}

impl PastLine<'_> {
    /// Whether the cursor can stand on it.
    #[must_use]
    pub const fn is_spot(self) -> bool {
        !matches!(self, Self::Blank | Self::Empty)
    }

    /// The idea of which it tells.
    #[must_use]
    pub const fn idea(self) -> Option<IdeaId> {
        match self {
            Self::Item(item) => Some(item.idea),
            Self::ItemWas(item) => Some(item.idea),
            _ => None,
        }
    }
}

/// Where the lines are: below the title, and the names of the columns of the plan.
#[must_use]
pub fn rows(body: Cells) -> Cells {
    body.below(2)
}

/// The lines, release by release.
#[must_use]
pub fn lines(past: &Past) -> Vec<PastLine<'_>> {
    let mut lines = Vec::new();
    match past {
        Past::Changes { difference, .. } => {
            for release in &difference.releases {
                part(&mut lines, PastLine::Changed(&release.release));
                lines.extend(release.changes.iter().map(PastLine::About));
                lines.extend(release.items.iter().map(PastLine::Item));
            }
        }
        Past::Plan { plan, .. } => {
            for planned in &plan.releases {
                part(&mut lines, PastLine::Was(planned));
                lines.extend(planned.items.iter().map(PastLine::ItemWas));
                if planned.items.is_empty() {
                    lines.push(PastLine::Empty);
                }
            }
        }
    }
    lines
}

fn part<'a>(lines: &mut Vec<PastLine<'a>>, heading: PastLine<'a>) {
    if !lines.is_empty() {
        lines.push(PastLine::Blank);
    }
    lines.push(heading);
}

/// The places of the lines on which the cursor can stand.
#[must_use]
pub fn spots(lines: &[PastLine<'_>]) -> Vec<usize> {
    let spots = lines.iter().enumerate().filter(|(_, line)| line.is_spot());
    spots.map(|(place, _)| place).collect()
}
