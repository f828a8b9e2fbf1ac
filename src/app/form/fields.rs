//! The fields of an idea's form, with what they hold and what can be chosen.

use super::CHECKLIST;
use crate::app::state::{FormField, Input, State};
use crate::domain::idea::{Effort, IdeaDetail, IdeaKind, Stage, Status, Timeframe};
use crate::domain::release::ReleaseState;

/// What a ticked item of the checklist begins with.
pub(super) const TICKED: &str = "[x] ";
/// What an open item of the checklist begins with.
pub(super) const OPEN: &str = "[ ] ";

/// The fields of an idea, in the order of the form.
pub(super) fn of(state: &State, idea: &IdeaDetail) -> Vec<FormField> {
    let own = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let long = |text: &Option<String>| text.clone().unwrap_or_default();
    let words = |words: Vec<&'static str>| words.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let row = &idea.row;
    let people = state
        .vocabulary
        .people
        .iter()
        .map(|(handle, _, _)| handle.to_string());
    let releases = state
        .plan
        .plan
        .releases
        .iter()
        .map(|planned| &planned.release);
    let releases = releases.filter(|release| release.state != ReleaseState::Released);
    let tickets: Vec<String> = idea
        .tickets
        .iter()
        .map(|ticket| {
            let key = ticket
                .key
                .as_deref()
                .map_or_else(String::new, |key| format!("{key} "));
            format!("{} {key}{}", ticket.kind.word(), ticket.url)
        })
        .collect();
    vec![
        field("title", "Title", row.title.clone(), Vec::new()),
        lines("problem", "Problem", long(&idea.problem)),
        lines("solution", "Proposed solution", long(&idea.solution)),
        lines("workaround", "Workaround", long(&idea.workaround)),
        lines("benefit", "Benefit", long(&idea.benefit)),
        field(
            "status",
            "Status",
            row.status.word().to_owned(),
            words(Status::ALL.iter().map(|c| c.word()).collect()),
        ),
        lines("reason", "Reason for customers", long(&idea.reason)),
        field(
            "owner",
            "Owner",
            row.owner
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            people.collect(),
        ),
        field(
            "area",
            "Area",
            own(row.area.as_deref()),
            state.vocabulary.areas.clone(),
        ),
        field(
            "kind",
            "Kind",
            own(row.kind.map(IdeaKind::word)),
            words(IdeaKind::ALL.iter().map(|c| c.word()).collect()),
        ),
        field(
            "effort",
            "Effort",
            own(row.effort.map(Effort::word)),
            words(Effort::ALL.iter().map(|c| c.word()).collect()),
        ),
        field(
            "release",
            "Release",
            own(row.release.as_deref()),
            releases.map(|release| release.name.clone()).collect(),
        ),
        field(
            "timeframe",
            "Timeframe",
            own(row.timeframe.map(Timeframe::word)),
            words(Timeframe::ALL.iter().map(|c| c.word()).collect()),
        ),
        field(
            "edition",
            "Edition",
            own(row.edition.as_deref()),
            state.settings.editions.clone(),
        ),
        field(
            "stage",
            "Stage",
            own(row.stage.map(Stage::word)),
            words(Stage::ALL.iter().map(|c| c.word()).collect()),
        ),
        ticked(CHECKLIST, "GA checklist", checklist(state, idea)),
        lines("tickets", "Tickets", tickets.join("\n")),
    ]
}

/// The checklist of the settings, one item in a line, and items ticked that the settings do not have any more.
fn checklist(state: &State, idea: &IdeaDetail) -> String {
    let entries = idea.checklist(&state.settings.checklist).into_iter();
    let lines = entries.map(|(item, done)| format!("{}{item}", if done { TICKED } else { OPEN }));
    lines.collect::<Vec<_>>().join("\n")
}

fn field(name: &'static str, label: &'static str, text: String, choices: Vec<String>) -> FormField {
    let input = Input::line(text);
    FormField {
        name,
        label,
        original: input.text.clone(),
        input,
        choices,
        error: None,
    }
}

fn lines(name: &'static str, label: &'static str, text: String) -> FormField {
    let input = Input::lines(text);
    FormField {
        original: input.text.clone(),
        input,
        ..field(name, label, String::new(), Vec::new())
    }
}

/// Lines that are ticked: the cursor begins in the mark of the first.
fn ticked(name: &'static str, label: &'static str, text: String) -> FormField {
    let mut field = lines(name, label, text);
    field.input.cursor = OPEN.find(' ').unwrap_or(0).min(field.input.text.len());
    field
}
