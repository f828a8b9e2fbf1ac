//! The rows of each picker.

use crate::app::command::{self, Context};
use crate::app::prompt::words::short;
use crate::app::state::{Choice, PickerRow, Picking, State};
use crate::app::target;
use crate::domain::answer::AnswerFacts;
use crate::domain::deed::{AfterCut, Deed, IdeaEdit};
use crate::domain::id::{FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::idea::{Effort, IdeaRow, Status, Timeframe};
use crate::domain::release::{Health, Release, ReleaseState};

/// A row that can be chosen.
pub(super) fn row(choice: Choice, label: impl Into<String>, note: impl Into<String>) -> PickerRow {
    PickerRow {
        choice,
        label: label.into(),
        note: note.into(),
        key: String::new(),
        group: String::new(),
        disabled: None,
        matches: Vec::new(),
    }
}

/// The rows of a picker anew, for those whose rows may come after it was opened.
#[must_use]
pub fn again(state: &State, picking: &Picking) -> Option<Vec<PickerRow>> {
    Some(match picking {
        Picking::LinkIdea(..) => ideas_by_suggestion(state),
        Picking::WontDo(_) => wont_do(state),
        Picking::Merge(from) => merge(state, *from),
        Picking::AddToRelease(_) => addable(state, picking),
        Picking::Release(ids) => releases(state, ids),
        Picking::Views => views(state),
        Picking::Palette => palette(state),
        _ => return None,
    })
}

fn idea(idea: &IdeaRow) -> PickerRow {
    let when = idea
        .when()
        .map_or_else(String::new, |when| format!(" · {when}"));
    row(
        Choice::Idea(idea.id),
        &idea.title,
        format!("{}{when}", idea.status.word()),
    )
}

/// Every idea: those which were ranked for the feedback in hand first, then the most wanted.
#[must_use]
pub fn ideas_by_suggestion(state: &State) -> Vec<PickerRow> {
    let suggested: Vec<&IdeaRow> = match &state.hand {
        Some(hand) if state.inbox.marks.is_empty() => {
            hand.suggestions.iter().map(|s| &s.idea).collect()
        }
        _ => Vec::new(),
    };
    let linked = |id: IdeaId| {
        let detail = state.hand.as_ref().and_then(|hand| hand.detail.as_ref());
        state.inbox.marks.is_empty()
            && detail.is_some_and(|detail| detail.links.iter().any(|link| link.idea == id))
    };
    let mut rest: Vec<&IdeaRow> = state
        .ideas
        .rows
        .iter()
        .filter(|row| suggested.iter().all(|idea| idea.id != row.id))
        .collect();
    rest.sort_by_key(|row| std::cmp::Reverse(row.demand));
    suggested
        .into_iter()
        .chain(rest)
        .map(|row| {
            let mut shown = idea(row);
            if linked(row.id) {
                shown.note = format!("linked · {}", shown.note);
            }
            shown
        })
        .collect()
}

/// Ideas that will not be done, then the others: choosing one of those says that it will not be done either.
#[must_use]
pub fn wont_do(state: &State) -> Vec<PickerRow> {
    let group = |never: bool| {
        if never {
            "Won't Do"
        } else {
            "becomes Won't Do"
        }
    };
    let mut rows: Vec<PickerRow> = Vec::new();
    for never in [true, false] {
        for found in ideas_by_suggestion(state) {
            let Choice::Idea(id) = found.choice else {
                continue;
            };
            if (status(state, id) == Some(Status::WontDo)) == never {
                rows.push(PickerRow {
                    group: group(never).to_owned(),
                    ..found
                });
            }
        }
    }
    if let Some(title) = target::feedback_row(state).map(|row| row.title.trim().to_owned())
        && !title.is_empty()
    {
        rows.push(row(
            Choice::NewIdea(title.clone()),
            format!("create “{}”", short(&title)),
            "a new idea",
        ));
    }
    rows
}

fn status(state: &State, id: IdeaId) -> Option<Status> {
    let of_hand = state
        .hand
        .iter()
        .flat_map(|hand| hand.suggestions.iter().map(|s| &s.idea));
    state
        .ideas
        .rows
        .iter()
        .chain(of_hand)
        .find(|row| row.id == id)
        .map(|row| row.status)
}

/// The ideas that any of these is linked to.
#[must_use]
pub fn links(facts: &[AnswerFacts]) -> Vec<PickerRow> {
    let mut rows: Vec<PickerRow> = Vec::new();
    for linked in facts.iter().flat_map(|facts| &facts.ideas) {
        if rows.iter().all(|row| row.choice != Choice::Idea(linked.id)) {
            rows.push(row(
                Choice::Idea(linked.id),
                &linked.title,
                linked.status.word(),
            ));
        }
    }
    rows
}

/// A feedback that these may be duplicates of.
#[must_use]
pub fn original(id: FeedbackId, title: String) -> PickerRow {
    row(Choice::Feedback(id), title, "")
}

/// Every other idea.
#[must_use]
pub fn merge(state: &State, from: IdeaId) -> Vec<PickerRow> {
    state
        .ideas
        .rows
        .iter()
        .filter(|row| row.id != from)
        .map(idea)
        .collect()
}

fn addable(state: &State, picking: &Picking) -> Vec<PickerRow> {
    let Picking::AddToRelease(release) = picking else {
        return Vec::new();
    };
    let planned = state
        .plan
        .plan
        .releases
        .iter()
        .find(|planned| planned.release.id == *release);
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

fn release_note(release: &Release) -> String {
    let date = release
        .date
        .map_or_else(|| release.kind.word().to_owned(), |date| date.to_string());
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
                release_note(release),
            )
        })
        .collect()
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
            row(
                Choice::Deed(Box::new(deed)),
                &release.name,
                release_note(release),
            )
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
    let holds = |planned: &crate::domain::release::PlannedRelease| {
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
            release_note(&planned.release),
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

/// Every status, each with its own key.
#[must_use]
pub fn statuses() -> Vec<PickerRow> {
    Status::ALL
        .iter()
        .map(|status| {
            let (key, note) = match status {
                Status::New => ("n", ""),
                Status::UnderConsideration => ("u", ""),
                Status::Planned => ("p", "asks for a release if it is in none"),
                Status::InDevelopment => ("i", ""),
                Status::Postponed => ("o", ""),
                Status::WontDo => ("w", "asks for a reason that customers can read"),
                Status::Released => ("r", ""),
            };
            PickerRow {
                key: key.to_owned(),
                ..row(Choice::Status(*status), status.word(), note)
            }
        })
        .collect()
}

fn edit(ids: &[IdeaId], edit: IdeaEdit, key: &str, label: &str, note: &str) -> PickerRow {
    let deed = Deed::EditIdeas {
        ideas: ids.to_vec(),
        edits: vec![edit],
    };
    PickerRow {
        key: key.to_owned(),
        ..row(Choice::Deed(Box::new(deed)), label, note)
    }
}

/// Every effort, each with its own key, and none.
#[must_use]
pub fn efforts(ids: &[IdeaId]) -> Vec<PickerRow> {
    let keys = ["1", "s", "m", "l", "x"];
    let notes = [
        "days",
        "a week",
        "some weeks",
        "a release",
        "several releases",
    ];
    let mut rows: Vec<PickerRow> = Effort::ALL
        .iter()
        .zip(keys.into_iter().zip(notes))
        .map(|(effort, (key, note))| {
            edit(
                ids,
                IdeaEdit::Effort(Some(*effort)),
                key,
                effort.word(),
                note,
            )
        })
        .collect();
    rows.push(edit(
        ids,
        IdeaEdit::Effort(None),
        "-",
        "unknown",
        "nobody has said",
    ));
    rows
}

/// Every timeframe, each with its own key, and none.
#[must_use]
pub fn timeframes(ids: &[IdeaId]) -> Vec<PickerRow> {
    let mut rows: Vec<PickerRow> = Timeframe::ALL
        .iter()
        .zip(["3", "6", "f"])
        .map(|(timeframe, key)| {
            edit(
                ids,
                IdeaEdit::Timeframe(Some(*timeframe)),
                key,
                timeframe.word(),
                "",
            )
        })
        .collect();
    rows.push(edit(
        ids,
        IdeaEdit::Timeframe(None),
        "-",
        "unknown",
        "nobody has said",
    ));
    rows
}

/// The saved views, then saving the current filter as one.
#[must_use]
pub fn views(state: &State) -> Vec<PickerRow> {
    let mut rows: Vec<PickerRow> = state
        .views
        .iter()
        .map(|(name, filter)| row(Choice::View(filter.clone()), name, filter))
        .collect();
    rows.push(row(
        Choice::Command("save-view"),
        "save the filter of the inbox under a name…",
        state.inbox.filter.clone(),
    ));
    rows
}

/// Every command of these contexts, with its keys and, where it cannot run now, the reason.
fn commands(
    state: &State,
    wanted: impl Fn(&command::Row) -> bool,
    grouped: bool,
) -> Vec<PickerRow> {
    let here = target::underneath(state);
    command::rows()
        .filter(|row| wanted(row))
        .map(|command| PickerRow {
            key: state.keymap.keys(here, command.command).join(" "),
            group: if grouped {
                command.group.title().to_owned()
            } else {
                "Commands".to_owned()
            },
            disabled: command
                .command
                .availability(state)
                .err()
                .map(|reason| reason.to_string()),
            ..row(Choice::Command(command.name), command.title, command.help)
        })
        .collect()
}

/// Every command that has a meaning beneath the palette or help, group by group.
#[must_use]
pub fn help(state: &State) -> Vec<PickerRow> {
    let here = target::underneath(state);
    let mut rows = commands(state, |row| row.contexts.contains(&here), true);
    // What typing keys do is listed for reading; it runs nowhere but in a text.
    for mut row in commands(
        state,
        |row| row.contexts.iter().all(|c| c.is_typing()),
        true,
    ) {
        row.disabled = Some("works while a text is typed".to_owned());
        rows.push(row);
    }
    rows
}

/// Commands, ideas, releases and people.
#[must_use]
pub fn palette(state: &State) -> Vec<PickerRow> {
    let here = target::underneath(state);
    let mine = |row: &command::Row| {
        row.contexts.contains(&here)
            && row.command != command::Command::Palette
            && here != Context::Passage
    };
    let grouped = |group: &str, row: PickerRow| PickerRow {
        group: group.to_owned(),
        ..row
    };
    let mut rows = commands(state, mine, false);
    rows.extend(
        state
            .ideas
            .rows
            .iter()
            .map(|row| grouped("Ideas", idea(row))),
    );
    rows.extend(state.plan.plan.releases.iter().map(|planned| {
        let release = &planned.release;
        grouped(
            "Releases",
            row(
                Choice::Release(release.id),
                &release.name,
                release_note(release),
            ),
        )
    }));
    rows.extend(state.vocabulary.people.iter().map(|(handle, name, role)| {
        grouped(
            "People",
            row(
                Choice::Person(handle.clone()),
                handle.to_string(),
                format!("{name} · {role} · shows what they own"),
            ),
        )
    }));
    rows
}
