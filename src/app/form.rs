//! A form: all fields of an idea, edited at once. Only what was changed is stored, as one deed.

use super::effect::{Effect, Question};
use super::flight;
use super::input::{Edit, Reaction};
use super::key::{Code, Key};
use super::prompt::{draft, read, submit};
use super::state::{Awaited, Form, FormField, Input, Overlay, State, Tone};
use crate::domain::deed::{Deed, IdeaEdit};
use crate::domain::id::IdeaId;
use crate::domain::idea::{Effort, IdeaDetail, IdeaKind, Stage, Status, Timeframe};
use crate::domain::listing::Vocabulary;
use crate::domain::people::Handle;
use crate::domain::release::ReleaseState;

/// What a ticked item of the checklist begins with.
const TICKED: &str = "[x] ";
/// What an open item of the checklist begins with.
const OPEN: &str = "[ ] ";

/// Asks for what the form of an idea needs; it opens when that has come. `straight` goes on to $EDITOR at once.
pub fn ask(state: &mut State, idea: IdeaId, straight: bool) -> Vec<Effect> {
    let effect = state.await_answer(Question::Idea(idea), Awaited::Form(idea, straight));
    if let Effect::Ask { sequence, .. } = effect {
        state.errands.hold = Some(sequence);
    }
    vec![effect]
}

/// Opens the form of an idea.
pub fn open(state: &mut State, idea: &IdeaDetail, straight: bool) -> Vec<Effect> {
    let form = Form {
        idea: idea.row.id,
        title: idea.row.title.clone(),
        fields: fields(state, idea),
        cursor: 0,
        top: 0,
    };
    state.overlays.push(Overlay::Form(Box::new(form)));
    draft::begin(state);
    let name = draft_name(idea.row.id);
    let mut effects = vec![state.await_answer(Question::Draft(name.clone()), Awaited::Draft(name))];
    if straight {
        if let Some(form) = top(state) {
            form.cursor = 1;
        }
        effects.push(Effect::Edit(idea.problem.clone().unwrap_or_default()));
    }
    effects
}

fn fields(state: &State, idea: &IdeaDetail) -> Vec<FormField> {
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
        lines("checklist", "GA checklist", checklist(state, idea)),
        lines("tickets", "Tickets", tickets.join("\n")),
    ]
}

/// The checklist of the settings, one item in a line, and items ticked that the settings do not have any more.
fn checklist(state: &State, idea: &IdeaDetail) -> String {
    let done = |item: &str| {
        idea.checks
            .iter()
            .any(|(known, done)| known == item && *done)
    };
    let more = idea
        .checks
        .iter()
        .filter(|(item, done)| *done && !state.settings.checklist.contains(item));
    let items = state
        .settings
        .checklist
        .iter()
        .chain(more.map(|(item, _)| item));
    let items: Vec<String> = items
        .map(|item| format!("{}{item}", if done(item) { TICKED } else { OPEN }))
        .collect();
    items.join("\n")
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

fn top(state: &mut State) -> Option<&mut Form> {
    match state.overlays.last_mut() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// Takes a key.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    let now = state.now;
    let Some(form) = top(state) else {
        return Vec::new();
    };
    let plain = !key.control && !key.alt;
    let last = form.fields.len().saturating_sub(1);
    let Some(field) = form.fields.get_mut(form.cursor) else {
        return Vec::new();
    };
    match key.code {
        Code::Esc => return cancel(state),
        Code::Char('s') if key.control => return store(state),
        Code::Char('e') if key.alt => return vec![Effect::Edit(field.input.text.clone())],
        Code::Tab if key.shift => form.cursor = form.cursor.checked_sub(1).unwrap_or(last),
        Code::Tab if completes(field) => state.errands.typed = Some(now),
        Code::Tab => {
            form.cursor = if form.cursor == last {
                0
            } else {
                form.cursor + 1
            }
        }
        Code::Enter if plain && !field.input.multiline => form.cursor = (form.cursor + 1).min(last),
        Code::Enter => {
            field.input.edit(Edit::Newline);
            state.errands.typed = Some(now);
        }
        Code::Left | Code::Right
            if plain && !field.choices.is_empty() && chosen(field).is_some() =>
        {
            cycle(field, key.code == Code::Right);
            state.errands.typed = Some(now);
        }
        Code::Char(' ') if plain && field.name == "checklist" => {
            tick(field);
            state.errands.typed = Some(now);
        }
        _ => {
            let Some(way) = Edit::of(key) else {
                return Vec::new();
            };
            match field.input.edit(way) {
                Reaction::Edited => {
                    field.error = None;
                    state.errands.typed = Some(now);
                }
                Reaction::Moved => {}
                Reaction::Edge if way == Edit::LineUp => {
                    form.cursor = form.cursor.saturating_sub(1)
                }
                Reaction::Edge => form.cursor = (form.cursor + 1).min(last),
            }
        }
    }
    Vec::new()
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let now = state.now;
    if let Some(form) = top(state)
        && let Some(field) = form.fields.get_mut(form.cursor)
    {
        field.input.insert(text);
        field.error = None;
        state.errands.typed = Some(now);
    }
    Vec::new()
}

/// Takes the text that $EDITOR returned.
pub fn edited(state: &mut State, text: &str) -> Vec<Effect> {
    let now = state.now;
    if let Some(form) = top(state)
        && let Some(field) = form.fields.get_mut(form.cursor)
    {
        let text = text.trim_end();
        field.input.set(text, text.len());
        field.error = None;
        state.errands.typed = Some(now);
    }
    Vec::new()
}

/// Leaves the form; what was changed is kept as a draft.
fn cancel(state: &mut State) -> Vec<Effect> {
    let effects = draft::keep(state);
    if !effects.is_empty() {
        state.say(Tone::Plain, "kept as a draft", "e goes on with it");
    }
    state.overlays.pop();
    effects
}

/// Completes a choice of which the beginning is typed. Whether there was something to complete.
fn completes(field: &mut FormField) -> bool {
    let typed = field.input.text.trim().to_lowercase();
    if typed.is_empty() || chosen(field).is_some() {
        return false;
    }
    let bare = |word: &str| word.trim_start_matches('@').to_lowercase();
    let found = field
        .choices
        .iter()
        .find(|word| bare(word).starts_with(typed.trim_start_matches('@')));
    let Some(word) = found.cloned() else {
        return false;
    };
    field.input.set(word.as_str(), word.len());
    field.error = None;
    true
}

/// Which choice the field shows.
fn chosen(field: &FormField) -> Option<usize> {
    let typed = field.input.text.trim().to_lowercase();
    field
        .choices
        .iter()
        .position(|word| word.to_lowercase() == typed)
}

fn cycle(field: &mut FormField, forward: bool) {
    let count = field.choices.len();
    let Some(at) = chosen(field) else {
        return;
    };
    let next = if forward {
        (at + 1) % count
    } else {
        (at + count - 1) % count
    };
    let word = field.choices[next].clone();
    field.input.set(word.as_str(), word.len());
    field.error = None;
}

/// Ticks or unticks the item in the line of the cursor.
fn tick(field: &mut FormField) {
    let text = field.input.text.clone();
    let start = text[..field.input.cursor]
        .rfind('\n')
        .map_or(0, |place| place + 1);
    let mark = match &text[start..] {
        line if line.starts_with(OPEN) => TICKED,
        line if line.starts_with(TICKED) => OPEN,
        _ => return,
    };
    let text = format!("{}{mark}{}", &text[..start], &text[start + mark.len()..]);
    let cursor = field.input.cursor;
    field.input.set(text, cursor);
    field.error = None;
}

/// Stores what was changed, or shows what is wrong with it.
fn store(state: &mut State) -> Vec<Effect> {
    let Some(form) = top(state).map(|form| form.clone()) else {
        return Vec::new();
    };
    let (mut edits, mut wrong) = (Vec::new(), Vec::new());
    for (place, field) in form.fields.iter().enumerate() {
        if field.input.text.trim() == field.original.trim() {
            continue;
        }
        match read_field(state, field) {
            Ok(read) => edits.extend(read),
            Err(error) => wrong.push((place, error)),
        }
    }
    order(&mut edits);
    if let Some(fault) = rules(&form, &edits) {
        wrong.push(fault);
    }
    if !wrong.is_empty() {
        if let Some(form) = top(state) {
            for (place, error) in wrong.iter().rev() {
                form.cursor = *place;
                form.fields[*place].error = Some(error.clone());
            }
        }
        return Vec::new();
    }
    if edits.is_empty() {
        state.overlays.pop();
        state.say(Tone::Plain, "nothing was changed", "");
        return Vec::new();
    }
    let deed = Deed::EditIdeas {
        ideas: vec![form.idea],
        edits,
    };
    flight::submit(state, deed, Vec::new())
}

/// A status comes last: it may need the release or the reason of the same deed.
fn order(edits: &mut [IdeaEdit]) {
    edits.sort_by_key(|edit| matches!(edit, IdeaEdit::Status(_)));
}

/// What a status needs, told at the field that lacks it, before the deed is tried.
fn rules(form: &Form, edits: &[IdeaEdit]) -> Option<(usize, String)> {
    let place = |name: &str| form.fields.iter().position(|field| field.name == name);
    let empty =
        |name: &str| place(name).is_some_and(|at| form.fields[at].input.text.trim().is_empty());
    let status = edits.iter().find_map(|edit| match edit {
        IdeaEdit::Status(status) => Some(*status),
        _ => None,
    })?;
    match status {
        Status::Planned if empty("release") => {
            Some((place("release")?, "Planned needs a release".to_owned()))
        }
        Status::WontDo if empty("reason") => Some((
            place("reason")?,
            "Won't Do needs a reason that customers can read".to_owned(),
        )),
        _ => None,
    }
}

fn read_field(state: &State, field: &FormField) -> Result<Vec<IdeaEdit>, String> {
    let text = field.input.text.trim();
    let long = (!text.is_empty()).then(|| text.to_owned());
    // An emptied field is cleared.
    let or_clear = if text.is_empty() { "-" } else { text };
    let one_of = |words: &[String]| format!("“{text}” is none of: {}", words.join(", "));
    let edit = match field.name {
        "title" if text.is_empty() => return Err("an idea needs a title".to_owned()),
        "title" => IdeaEdit::Title(text.to_owned()),
        "problem" => IdeaEdit::Problem(long),
        "solution" => IdeaEdit::Solution(long),
        "workaround" => IdeaEdit::Workaround(long),
        "benefit" => IdeaEdit::Benefit(long),
        "reason" => IdeaEdit::Reason(long),
        "owner" => IdeaEdit::Owner(owner(
            or_clear,
            state.settings.me.as_ref(),
            &state.vocabulary,
        )?),
        "area" | "kind" | "edition" | "stage" => {
            submit::idea_edit(field.name, or_clear).map_err(|(_, error)| error)?
        }
        "status" => IdeaEdit::Status(Status::parse(text).ok_or_else(|| one_of(&field.choices))?),
        "effort" => IdeaEdit::Effort(match text {
            "" | "-" => None,
            _ => Some(Effort::parse(text).ok_or_else(|| one_of(&field.choices))?),
        }),
        "timeframe" => IdeaEdit::Timeframe(match text {
            "" | "-" => None,
            _ => Some(Timeframe::parse(text).ok_or_else(|| one_of(&field.choices))?),
        }),
        "release" if text.is_empty() => {
            return Err("cutting an item is a deed of its own: X in the release plan".to_owned());
        }
        "release" => {
            let planned = state.plan.plan.releases.iter();
            let found = planned
                .map(|planned| &planned.release)
                .find(|release| release.name.to_lowercase() == text.to_lowercase());
            IdeaEdit::Release(found.ok_or_else(|| one_of(&field.choices))?.id)
        }
        "checklist" => return checks(field),
        "tickets" => return Err("tickets are added by “add a ticket” in the palette".to_owned()),
        _ => return Ok(Vec::new()),
    };
    Ok(vec![edit])
}

fn owner(text: &str, me: Option<&Handle>, known: &Vocabulary) -> Result<Option<Handle>, String> {
    read::owner(text, me, known).map_err(|(_, error)| error)
}

/// The items that were ticked or unticked.
fn checks(field: &FormField) -> Result<Vec<IdeaEdit>, String> {
    let read = |text: &str| -> Result<Vec<(String, bool)>, String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(
                |line| match (line.strip_prefix(TICKED), line.strip_prefix(OPEN)) {
                    (Some(item), _) => Ok((item.trim().to_owned(), true)),
                    (_, Some(item)) => Ok((item.trim().to_owned(), false)),
                    _ => Err(format!(
                        "“{line}” is no item: write {TICKED}or {OPEN}before it"
                    )),
                },
            )
            .collect()
    };
    let (before, after) = (read(&field.original)?, read(&field.input.text)?);
    let was = |item: &str| before.iter().any(|(known, done)| known == item && *done);
    let mut edits: Vec<IdeaEdit> = after
        .iter()
        .filter(|(item, done)| *done != was(item))
        .map(|(item, done)| IdeaEdit::Check(item.clone(), *done))
        .collect();
    // A line that was taken out is an item that does not hold.
    let gone = before
        .iter()
        .filter(|(item, done)| *done && after.iter().all(|(kept, _)| kept != item));
    edits.extend(gone.map(|(item, _)| IdeaEdit::Check(item.clone(), false)));
    Ok(edits)
}

/// Under what name the half-edited form of an idea is kept.
#[must_use]
pub fn draft_name(idea: IdeaId) -> String {
    format!("idea:{idea}")
}

/// What was changed in a form, as text: for each field its name, the length of its text in bytes, and the text.
#[must_use]
pub fn draft(form: &Form) -> String {
    let changed = form
        .fields
        .iter()
        .filter(|field| field.input.text != field.original);
    changed
        .map(|field| {
            format!(
                "{} {}\n{}\n",
                field.name,
                field.input.text.len(),
                field.input.text
            )
        })
        .collect()
}

/// Puts what [`draft`] wrote back into a form. What cannot be read any more is left out.
pub fn restore(form: &mut Form, draft: &str) {
    let mut rest = draft;
    while let Some((head, after)) = rest.split_once('\n') {
        let Some((name, length)) = head.split_once(' ') else {
            return;
        };
        let Some(text) = length
            .parse()
            .ok()
            .and_then(|length: usize| after.get(..length))
        else {
            return;
        };
        if let Some(field) = form.fields.iter_mut().find(|field| field.name == name) {
            field.input.set(text, text.len());
        }
        rest = after[text.len()..].strip_prefix('\n').unwrap_or("");
    }
}
