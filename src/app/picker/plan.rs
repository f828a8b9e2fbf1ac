//! Rows about releases: where ideas can go, and what becomes of what is cut.

use chrono::NaiveDate;

use super::rows::{idea, row};
use crate::app::date::date;
use crate::app::state::{Choice, PickerRow, State};
use crate::app::when;
use crate::domain::deed::{AfterCut, Deed, IdeaEdit};
use crate::domain::id::{IdeaId, ReleaseId, ReleaseItemId};
use crate::domain::idea::{IdeaRow, Status};
use crate::domain::release::{Health, PlannedRelease, Release, ReleaseState};

/// Every idea that is not in that release yet, the most wanted first.
#[must_use]
pub fn addable(state: &State, release: ReleaseId) -> Vec<PickerRow> {
    let planned = state
        .plan
        .plan
        .releases
        .iter()
        .find(|planned| planned.release.id == release);
    let inside = |id: IdeaId| {
        planned.is_some_and(|planned| {
            planned
                .items
                .iter()
                .any(|item| item.idea == id && item.health != Health::Cut)
        })
    };
    let mut ideas: Vec<&IdeaRow> = state
        .ideas
        .rows
        .iter()
        .filter(|row| !inside(row.id))
        .collect();
    ideas.sort_by_key(|row| std::cmp::Reverse(row.demand));
    ideas.into_iter().map(idea).collect()
}

/// The day it is for whoever sits here.
pub(super) fn today(state: &State) -> NaiveDate {
    when::today(state.now, state.settings.clocks)
}

/// Its date (or its kind, without one), and its state once it is not merely planned.
pub(super) fn release_note(release: &Release, today: NaiveDate) -> String {
    let date = release
        .date
        .map_or_else(|| release.kind.word().to_owned(), |day| date(day, today));
    match release.state {
        ReleaseState::Planned => date,
        state => format!("{date} · {}", state.word()),
    }
}

fn open_releases(state: &State) -> impl Iterator<Item = &Release> {
    let planned = state
        .plan
        .plan
        .releases
        .iter()
        .map(|planned| &planned.release);
    planned.filter(|release| release.state != ReleaseState::Released)
}

/// The releases that are not out.
#[must_use]
pub fn releases(state: &State, ids: &[IdeaId]) -> Vec<PickerRow> {
    let inside = |release: &Release| {
        let planned = state
            .plan
            .plan
            .releases
            .iter()
            .find(|planned| planned.release.id == release.id);
        planned.is_some_and(|planned| {
            ids.iter().all(|id| {
                planned
                    .items
                    .iter()
                    .any(|item| item.idea == *id && item.health != Health::Cut)
            })
        })
    };
    open_releases(state)
        .map(|release| PickerRow {
            disabled: inside(release).then(|| "it is in this release already".to_owned()),
            ..row(
                Choice::Release(release.id),
                &release.name,
                release_note(release, today(state)),
            )
        })
        .collect()
}

/// The releases that are not out and have one of these items not yet; choosing one moves the items there.
#[must_use]
pub fn move_to(state: &State, items: &[ReleaseItemId]) -> Vec<PickerRow> {
    let planned = state.plan.plan.releases.iter();
    let here =
        |planned: &&PlannedRelease| planned.items.iter().any(|item| items.contains(&item.id));
    let open = planned.filter(|planned| planned.release.state != ReleaseState::Released);
    open.filter(|planned| !here(planned))
        .map(|planned| {
            let deed = Deed::MoveItems {
                items: items.to_vec(),
                to: planned.release.id,
            };
            of_release(state, &planned.release, deed)
        })
        .collect()
}

/// The row of a release; choosing it does that deed.
fn of_release(state: &State, release: &Release, deed: Deed) -> PickerRow {
    let note = release_note(release, today(state));
    row(Choice::Deed(Box::new(deed)), &release.name, note)
}

/// The releases that are not out; choosing one plans the ideas for it.
#[must_use]
pub fn plan_for(state: &State, ids: &[IdeaId]) -> Vec<PickerRow> {
    open_releases(state)
        .map(|release| {
            let deed = Deed::EditIdeas {
                ideas: ids.to_vec(),
                edits: vec![
                    IdeaEdit::Release(release.id),
                    IdeaEdit::Status(Status::Planned),
                ],
            };
            of_release(state, release, deed)
        })
        .collect()
}

/// What can become of an idea whose item is cut: the releases from this one on, Postponed, or nothing where that is allowed.
#[must_use]
pub fn after_cut(state: &State, cut: ReleaseItemId) -> Vec<PickerRow> {
    let releases = &state.plan.plan.releases;
    let Some(place) = releases
        .iter()
        .position(|planned| planned.items.iter().any(|item| item.id == cut))
    else {
        return Vec::new();
    };
    let Some(item) = releases[place].items.iter().find(|item| item.id == cut) else {
        return Vec::new();
    };
    let holds = |planned: &PlannedRelease| {
        planned
            .items
            .iter()
            .any(|other| other.idea == item.idea && other.id != cut && other.health != Health::Cut)
    };
    let mut rows: Vec<PickerRow> = Vec::new();
    let later = releases[place + 1..].iter().chain(&releases[..place]);
    for planned in
        later.filter(|planned| planned.release.state != ReleaseState::Released && !holds(planned))
    {
        let mut row = row(
            Choice::AfterCut(AfterCut::MoveTo(planned.release.id)),
            format!("move to {}", planned.release.name),
            release_note(&planned.release, today(state)),
        );
        if rows.is_empty() {
            row.key = "n".to_owned();
        }
        rows.push(row);
    }
    rows.push(PickerRow {
        key: "p".to_owned(),
        ..row(
            Choice::AfterCut(AfterCut::Postpone),
            "postpone the idea",
            "its status becomes Postponed",
        )
    });
    let elsewhere = releases.iter().any(holds);
    rows.push(PickerRow {
        key: "x".to_owned(),
        disabled: (item.status == Status::Planned && !elsewhere)
            .then(|| "it is Planned and in no other release".to_owned()),
        ..row(
            Choice::AfterCut(AfterCut::Nothing),
            "only cut it",
            if elsewhere {
                "it stays in another release"
            } else {
                "its status stays"
            },
        )
    });
    rows
}

/// Whether ideas that are put off or will not be done are cut from the releases that are not out, too; no row where they are in
/// none. `then` says what either answer does.
#[must_use]
pub fn also_cut(
    state: &State,
    ideas: &[IdeaId],
    status: Status,
    then: impl Fn(bool) -> Choice,
) -> Vec<PickerRow> {
    let planned = state.plan.plan.releases.iter();
    let holds = |planned: &&PlannedRelease| {
        let mut items = planned.items.iter();
        planned.release.state != ReleaseState::Released
            && items.any(|item| ideas.contains(&item.idea) && item.health != Health::Cut)
    };
    let releases: Vec<&str> = planned
        .filter(holds)
        .map(|planned| planned.release.name.as_str())
        .collect();
    if releases.is_empty() {
        return Vec::new();
    }
    let them = if ideas.len() == 1 { "it" } else { "them" };
    let choice = |key: &str, cut, label, note| PickerRow {
        key: key.to_owned(),
        ..row(then(cut), label, note)
    };
    vec![
        choice(
            "x",
            true,
            format!("cut {them} from {}", releases.join(", ")),
            "marked as cut there".to_owned(),
        ),
        choice(
            "k",
            false,
            format!("keep {them} there"),
            format!("the plan says: {}", Health::OnTrack.word_of(status)),
        ),
    ]
}
