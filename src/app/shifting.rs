//! Where `<` and `>` take release items: each goes one release on from the one that it lies in, wherever the cursor is.

use crate::domain::id::{ReleaseId, ReleaseItemId};
use crate::domain::release::{PlannedRelease, ReleaseState};

use super::state::State;
use super::target;

/// The chosen items by the release that they go to, in the order in which they can go: the nearest later or earlier one that is not out.
///
/// # Errors
/// Says why, and what to do instead, where any of them can go nowhere: a deed is done to all of them or to none.
pub fn shifts(state: &State, later: bool) -> Result<Vec<(ReleaseId, Vec<ReleaseItemId>)>, String> {
    let chosen = target::release_items(state);
    let releases = &state.plan.plan.releases;
    let mut shifts: Vec<(ReleaseId, Vec<ReleaseItemId>)> = Vec::new();
    for (at, planned) in releases.iter().enumerate() {
        let here = planned.items.iter().map(|item| item.id);
        let here: Vec<ReleaseItemId> = here.filter(|id| chosen.contains(id)).collect();
        if here.is_empty() {
            continue;
        }
        if is_out(planned) {
            return Err(format!(
                "{} is out: its items stay; X cuts what was not in it after all",
                planned.release.name
            ));
        }
        let (mut before, mut after) = (releases.iter().take(at), releases.iter().skip(at + 1));
        let to = match later {
            true => after.find(|planned| !is_out(planned)),
            false => before.rfind(|planned| !is_out(planned)),
        };
        let Some(to) = to.map(|planned| planned.release.id) else {
            let side = if later { "after" } else { "before" };
            return Err(format!(
                "there is no release {side} {} that is not out; C makes one",
                planned.release.name
            ));
        };
        match shifts.iter_mut().find(|(known, _)| *known == to) {
            Some((_, items)) => items.extend(here),
            None => shifts.push((to, here)),
        }
    }
    // One idea may lie in two releases: the item that is further on makes room first.
    if later {
        shifts.reverse();
    }
    Ok(shifts)
}

/// What was shipped stays where it is, and nothing comes to it.
fn is_out(planned: &PlannedRelease) -> bool {
    planned.release.state == ReleaseState::Released
}
