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
    let words = |words: Vec<&'static str>| words.into_iter().map(str::to_owned).collect::<Vec<_>>();
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
        line(idea, "title", "Title", Vec::new()),
        lines(idea, "problem", "Problem"),
        lines(idea, "solution", "Proposed solution"),
        lines(idea, "workaround", "Workaround"),
        lines(idea, "benefit", "Benefit"),
        line(
            idea,
            "status",
            "Status",
            words(Status::ALL.iter().map(|c| c.word()).collect()),
        ),
        lines(idea, "reason", "Reason for customers"),
        line(idea, "owner", "Owner", people.collect()),
        line(idea, "area", "Area", state.vocabulary.areas.clone()),
        line(
            idea,
            "kind",
            "Kind",
            words(IdeaKind::ALL.iter().map(|c| c.word()).collect()),
        ),
        line(
            idea,
            "effort",
            "Effort",
            words(Effort::ALL.iter().map(|c| c.word()).collect()),
        ),
        line(
            idea,
            "release",
            "Release",
            releases.map(|release| release.name.clone()).collect(),
        ),
        line(
            idea,
            "timeframe",
            "Timeframe",
            words(Timeframe::ALL.iter().map(|c| c.word()).collect()),
        ),
        line(idea, "edition", "Edition", state.settings.editions.clone()),
        line(
            idea,
            "stage",
            "Stage",
            words(Stage::ALL.iter().map(|c| c.word()).collect()),
        ),
        ticked(CHECKLIST, "GA checklist", checklist(state, idea)),
        field("tickets", "Tickets", Input::lines(tickets.join("\n"))),
    ]
}

/// The checklist of the settings, one item in a line, and items ticked that the settings do not have any more.
fn checklist(state: &State, idea: &IdeaDetail) -> String {
    let entries = idea.checklist(&state.settings.checklist).into_iter();
    let lines = entries.map(|(item, done)| format!("{}{item}", if done { TICKED } else { OPEN }));
    lines.collect::<Vec<_>>().join("\n")
}

fn field(name: &'static str, label: &'static str, input: Input) -> FormField {
    FormField {
        name,
        label,
        original: input.text.clone(),
        held: None,
        input,
        choices: Vec::new(),
        error: None,
    }
}

/// A field of one line, with what can be chosen in it.
fn line(
    idea: &IdeaDetail,
    name: &'static str,
    label: &'static str,
    choices: Vec<String>,
) -> FormField {
    let mut field = field(name, label, Input::line(held(idea, name)));
    field.hold(held(idea, name));
    FormField { choices, ..field }
}

/// A field of several lines.
fn lines(idea: &IdeaDetail, name: &'static str, label: &'static str) -> FormField {
    let mut field = field(name, label, Input::lines(held(idea, name)));
    field.hold(held(idea, name));
    field
}

fn held(idea: &IdeaDetail, name: &str) -> String {
    idea.words(name).unwrap_or_default()
}

/// Lines that are ticked: the cursor begins in the mark of the first.
fn ticked(name: &'static str, label: &'static str, text: String) -> FormField {
    let mut field = field(name, label, Input::lines(text));
    field.input.cursor = OPEN.find(' ').unwrap_or(0).min(field.input.text.len());
    field
}
