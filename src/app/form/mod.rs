//! A form: all fields of an idea, edited at once. Only what was changed is stored, as one deed.

pub mod draft;
mod fields;
mod read;

use super::command::{Command, Context};
use super::effect::{Effect, Question};
use super::errands::{Awaited, FormStart};
use super::flight;
use super::input::{Edit, Reaction};
use super::key::{Code, Key};
use super::prompt::{self, draft as drafts};
use super::state::{Form, FormField, Overlay, State, Tone};
use crate::domain::deed::{Deed, Seen};
use crate::domain::id::IdeaId;
use crate::domain::idea::IdeaDetail;
use crate::problem::Problem;
use fields::{OPEN, TICKED};

/// The field whose lines are ticked, and not written.
pub const CHECKLIST: &str = "checklist";

/// How much of what somebody else wrote into a field is shown below one's own, in characters.
const OTHERS: usize = 160;

/// What is said at a field whose text was not stored because somebody else has changed it to that.
fn replaces(now: &str) -> String {
    match others(now) {
        None => "emptied meanwhile · Ctrl-s again stores yours".to_owned(),
        Some(words) => {
            format!("changed meanwhile; Ctrl-s again stores yours in place of {words}")
        }
    }
}

/// What is said at a field whose text was kept while somebody else has changed it to that.
fn changed_since(now: &str) -> String {
    match others(now) {
        None => "emptied since you wrote this".to_owned(),
        Some(words) => format!("changed since you wrote this, to {words}"),
    }
}

/// What somebody else wrote, as much of it as there is room for; nothing where they have emptied it.
fn others(now: &str) -> Option<String> {
    let words = now.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = words.chars().take(OTHERS).collect();
    let more = if shown.len() < words.len() { "…" } else { "" };
    (!words.is_empty()).then(|| format!("“{shown}{more}”"))
}

/// Why nothing can be typed into a field, and what serves; `None` where one types.
fn fixed<'a>(field: &FormField, elsewhere: &'a str) -> Option<&'a str> {
    match field.name {
        CHECKLIST => Some("Space ticks an item; ga_checklist in the configuration names them"),
        "tickets" => Some(elsewhere),
        _ => None,
    }
}

impl FormField {
    /// Takes note of what it holds in the workspace.
    fn hold(&mut self, words: impl Into<String>) {
        let words = words.into();
        let mut shown = self.input.clone();
        shown.set(words.as_str(), 0);
        self.original = shown.text;
        self.held = Some(words);
    }

    fn is_changed(&self) -> bool {
        self.input.text.trim() != self.original.trim()
    }
}

impl Form {
    /// What the fields that were changed held before that: so they are still to be when it is stored.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        let changed = self.fields.iter().filter(|field| field.is_changed());
        let seen = |field: &FormField| {
            Some(Seen::Field {
                idea: self.idea,
                field: field.name,
                words: field.held.clone()?,
            })
        };
        changed.filter_map(seen).collect()
    }

    /// It was not stored. A field that somebody else changed meanwhile shows what that is; stored again, it is replaced.
    pub fn refused(&mut self, problem: &Problem) {
        let why = problem.causes.first().unwrap_or(&problem.summary);
        let mut first = None;
        for (name, now) in &problem.meanwhile {
            let place = self.fields.iter().position(|field| field.name == name);
            if let Some((place, field)) = place.and_then(|at| Some((at, self.fields.get_mut(at)?)))
            {
                field.hold(now.as_str());
                field.error = field.is_changed().then(|| replaces(now));
                // The form adds to a release and takes out of none.
                if field.name == "release" && !now.is_empty() {
                    field.input.set(now.as_str(), now.len());
                    field.error = Some(read::is_in(now));
                }
                first = first.or(field.error.is_some().then_some(place));
            }
        }
        match (first, self.fields.get_mut(self.cursor)) {
            (Some(first), _) => self.cursor = first,
            (None, Some(field)) => field.error = Some(why.clone()),
            (None, None) => {}
        }
    }

    /// Whether nothing can be typed into the field in hand.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        let field = self.fields.get(self.cursor);
        field.is_some_and(|field| fixed(field, "").is_some())
    }
}

/// Asks for what the form of an idea needs; it opens when that has come.
pub fn ask(state: &mut State, idea: IdeaId, start: FormStart) -> Vec<Effect> {
    let effect = state.await_answer(Question::Idea(idea), Awaited::Form(idea, start));
    if let Effect::Ask { sequence, .. } = effect {
        state.errands.hold = Some(sequence);
    }
    vec![effect]
}

/// Opens the form of an idea.
pub fn open(state: &mut State, idea: &IdeaDetail, start: FormStart) -> Vec<Effect> {
    let form = Form {
        idea: idea.row.id,
        title: idea.row.title.clone(),
        fields: fields::of(state, idea),
        cursor: 0,
        top: 0,
    };
    state.overlays.push(Overlay::Form(Box::new(form)));
    drafts::begin(state);
    let name = draft::name(idea.row.id);
    let effects =
        vec![state.await_answer(Question::Draft(name.clone()), Awaited::Draft(name, false))];
    let place = |form: &Form, name: &str| form.fields.iter().position(|field| field.name == name);
    if let Some(form) = top(state) {
        form.cursor = match start {
            FormStart::Fields => 0,
            FormStart::Editor => place(form, "problem").unwrap_or(0),
        };
    }
    if start == FormStart::Editor {
        prompt::straight_on(state);
    }
    effects
}

fn top(state: &mut State) -> Option<&mut Form> {
    match state.overlays.last_mut() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// How what is only looked at in the form is changed.
fn elsewhere(state: &State) -> String {
    let by = |command: Command| match state.keymap.keys(Context::Idea, command).first() {
        Some(key) => key.clone(),
        None => format!("“{}” in the palette", command.row().title),
    };
    format!(
        "not in the form: behind Esc {} adds a ticket or another link, {} takes one away",
        by(Command::AddTicket),
        by(Command::RemoveTicket)
    )
}

/// Takes a key.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    let now = state.now;
    let elsewhere = elsewhere(state);
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
        Code::Char('e') if key.alt => match fixed(field, &elsewhere) {
            Some(why) => field.error = Some(why.to_owned()),
            None => return vec![Effect::Edit(field.input.text.clone())],
        },
        Code::Tab if key.shift => form.cursor = form.cursor.checked_sub(1).unwrap_or(last),
        Code::Tab if completes(field) => state.errands.typed = Some(now),
        Code::Tab => {
            form.cursor = if form.cursor == last {
                0
            } else {
                form.cursor + 1
            }
        }
        Code::Enter if plain && (!field.input.multiline || fixed(field, &elsewhere).is_some()) => {
            form.cursor = (form.cursor + 1).min(last);
        }
        Code::Enter if fixed(field, &elsewhere).is_none() => {
            field.input.edit(Edit::Newline);
            state.errands.typed = Some(now);
        }
        Code::Left | Code::Right
            if plain && !field.choices.is_empty() && chosen(field).is_some() =>
        {
            cycle(field, key.code == Code::Right);
            state.errands.typed = Some(now);
        }
        Code::Char(' ') if plain && field.name == CHECKLIST => {
            tick(field);
            state.errands.typed = Some(now);
        }
        _ => {
            let Some(way) = Edit::of(key) else {
                return Vec::new();
            };
            if let Some(why) = fixed(field, &elsewhere) {
                field.error = changes(way).then(|| why.to_owned());
                // Of a checklist the cursor stands on items, wherever in them.
                let by_lines = matches!(way, Edit::LineUp | Edit::LineDown);
                if changes(way) || field.name == CHECKLIST && !by_lines {
                    return Vec::new();
                }
            }
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

/// Whether a way of editing changes the text.
fn changes(way: Edit) -> bool {
    use Edit as E;
    !matches!(
        way,
        E::Left
            | E::Right
            | E::WordLeft
            | E::WordRight
            | E::LineStart
            | E::LineEnd
            | E::LineUp
            | E::LineDown
    )
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let now = state.now;
    let elsewhere = elsewhere(state);
    if let Some(form) = top(state)
        && let Some(field) = form.fields.get_mut(form.cursor)
    {
        if let Some(why) = fixed(field, &elsewhere) {
            field.error = Some(why.to_owned());
            return Vec::new();
        }
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
    let (effects, is_kept) = drafts::leave(state);
    if is_kept {
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
        if !field.is_changed() {
            continue;
        }
        match read::edits(state, field) {
            Ok(read) => edits.extend(read),
            Err(error) => wrong.push((place, error)),
        }
    }
    read::order(&mut edits);
    if let Some(fault) = read::lacks(&form, &edits) {
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
    flight::submit(state, deed)
}
