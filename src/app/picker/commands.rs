//! Rows of help, the palette and the saved views.

use super::plan::{release_note, today};
use super::rows::{idea, row};
use crate::app::command::{self, Context};
use crate::app::state::{Choice, PickerRow, State};
use crate::app::target;

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

/// Every command of these contexts, with its keys, by which it is found, and, where it cannot run now, the reason.
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
            keys: state.keymap.keys(here, command.command),
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

/// Every command that has a meaning beneath the palette or help, group by group; each is found by its keys, too.
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
                release_note(release, today(state)),
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
