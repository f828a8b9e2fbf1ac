//! Rows of help, the palette and the saved views.

use super::plan::{release_note, today};
use super::rows::{idea, row};
use crate::app::command::{self, Command as C, Context};
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

/// How the groups end in which the commands of other screens stand: below all that can be chosen.
pub(super) const ELSEWHERE: &str = "elsewhere";

/// Where commands of other screens have their meaning: what it is called, and the commands whose keys lead there.
const fn place_of(context: Context) -> Option<(&'static str, &'static [C])> {
    Some(match context {
        Context::Inbox => ("in the inbox", &[C::GoInbox]),
        Context::Text => ("in the text of a feedback", &[C::GoInbox, C::Open]),
        Context::Passage => (
            "while a passage is selected",
            &[C::GoInbox, C::Open, C::SelectPassage],
        ),
        Context::Ideas => ("in the ideas", &[C::GoIdeas]),
        Context::Idea => ("on the screen of an idea", &[C::GoIdeas, C::Open]),
        Context::Plan => ("in the release plan", &[C::GoPlan]),
        Context::Board => (
            "on the board of the release plan",
            &[C::GoPlan, C::TurnPlan],
        ),
        Context::Past => ("in what changed in the plan", &[C::GoPlan, C::PlanChanges]),
        Context::Timeline => ("in the timeline", &[C::GoTimeline]),
        Context::Sync => ("in the weekly sync", &[C::GoSync]),
        Context::Missing => (
            "in what is missing before the sync",
            &[C::GoSync, C::NextPane],
        ),
        Context::Present => ("while the sync is presented", &[C::GoSync, C::Present]),
        Context::Minutes => ("in the minutes", &[C::GoSync, C::WriteMinutes]),
        Context::Charts => ("in the charts", &[C::GoCharts]),
        Context::Absent | Context::Entry | Context::Picker | Context::Form => return None,
    })
}

/// The commands that have a meaning on other screens alone, each with where that is.
fn elsewhere(state: &State, grouped: bool) -> Vec<PickerRow> {
    let here = target::underneath(state);
    let mut found = Vec::new();
    for command in command::rows().filter(|row| !row.contexts.contains(&here)) {
        let place = command.contexts.iter().copied();
        let Some((context, (words, path))) = place
            .filter_map(|context| Some((context, place_of(context)?)))
            .next()
        else {
            continue;
        };
        // A plan that is a board already is one where it is opened.
        let path = match context {
            Context::Board if state.plan.board.wanted => &path[..1],
            _ => path,
        };
        let mut at = here;
        let mut keys = Vec::new();
        for step in path {
            let first = state.keymap.keys(at, *step).into_iter().next();
            let Some(first) =
                first.or_else(|| state.keymap.keys(context, *step).into_iter().next())
            else {
                continue;
            };
            keys.push(first);
            // What the next step is pressed on.
            at = match step {
                C::GoIdeas => Context::Ideas,
                C::GoPlan => Context::Plan,
                C::GoSync => Context::Sync,
                C::GoInbox => Context::Inbox,
                C::Open => Context::Text,
                _ => context,
            };
        }
        found.push(PickerRow {
            key: state.keymap.keys(context, command.command).join(" "),
            keys: state.keymap.keys(context, command.command),
            group: match grouped {
                true => format!("{}, {ELSEWHERE}", command.group.title()),
                false => format!("Commands {ELSEWHERE}"),
            },
            disabled: Some(format!("{words}: {}", keys.join(" "))),
            // Found by its name alone: what it does is not told here.
            ..row(Choice::Command(command.name), command.title, "")
        });
    }
    found
}

/// What the command line alone writes, for whoever looks for it here.
fn written() -> Vec<PickerRow> {
    [
        ("release notes", "intake release notes"),
        ("news of the last weeks", "intake news"),
        ("road map", "intake roadmap"),
    ]
    .into_iter()
    .map(|(label, command)| PickerRow {
        group: format!("Commands {ELSEWHERE}"),
        disabled: Some(format!("on the command line: {command}")),
        ..row(Choice::Close, label, "")
    })
    .collect()
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
    rows.extend(elsewhere(state, true));
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

/// Commands, ideas, releases, people and companies; at the end the commands of other screens, with where these are.
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
    rows.extend(state.vocabulary.companies.iter().map(|name| {
        let company = Choice::Company(name.clone());
        grouped("Companies", row(company, name, "shows its feedback"))
    }));
    rows.extend(elsewhere(state, false));
    rows.extend(written());
    rows
}
