//! Prompts: a line (or lines) of text at the foot of the screen. A prompt is a state, never a loop of its own.
//!
//! ```text
//! open ──> type ──> Enter / Ctrl-s ──> read ──> deed on its way ──> done: draft dropped
//!           │  ^                        │ wrong: error at its column      └─ refused: the prompt is back, with why
//!           │  └────────────────────────┘
//!           └──> Esc: text kept as a draft
//! ```

mod basis;
pub mod complete;
pub mod draft;
mod meeting;
mod mention;
pub mod names;
mod preview;
pub mod promise;
pub mod read;
pub mod submit;
pub mod told;
pub mod turning;
pub mod words;

use super::answer;
use super::effect::{Effect, Question};
use super::errands::Awaited;
use super::input::{Edit, Reaction};
use super::key::{Code, Key};
use super::state::{
    AnswerQueue, FieldPrompt, Input, MeetingPrompt, Overlay, Pane, Prompt, Purpose, State, Tone,
    TurnDown,
};
use super::{flight, import, update, verbs};
use crate::domain::answer::AnswerFacts;
use crate::domain::deed::{Deed, PersonEdit};
use crate::domain::id::FeedbackId;
pub use preview::{add_hint, said_last, understood};
use submit::Submission;

/// Opens a prompt with this text in it; a draft under its name takes the text's place when it is found.
pub fn open(state: &mut State, purpose: Purpose, text: &str) -> Vec<Effect> {
    let words = words::about(state, &purpose);
    let input = if words.multiline {
        Input::lines(text)
    } else if keeps_lines(&purpose) {
        Input::paragraphs(text)
    } else {
        Input::line(text)
    };
    let name = draft::name(&purpose);
    let asked = told::ask(state, &purpose);
    let seen = told::seen(state, &purpose);
    let named = matches!(
        purpose,
        Purpose::WriteMinutes(_) | Purpose::NewIdea(..) | Purpose::RenameView(_)
    );
    let proposed = !text.is_empty() && (asks_for_person(&purpose) || named);
    if let Purpose::FilterTable(pane) = purpose {
        state.errands.filter_before = Some(update::table_before(state, pane, text));
    }
    state.overlays.push(Overlay::Prompt(Box::new(Prompt {
        purpose,
        seen,
        label: words.label,
        hint: if proposed {
            format!("{} · typing replaces the name", words.hint)
        } else {
            words.hint
        },
        input,
        proposed,
        error: None,
        completions: Vec::new(),
        chosen: None,
    })));
    draft::begin(state);
    let mut effects: Vec<Effect> = name
        .map(|name| state.await_answer(Question::Draft(name.clone()), Awaited::Draft(name, false)))
        .into_iter()
        .collect();
    effects.extend(asked);
    effects
}

/// Whether people read the text as it was written, with its paragraphs, although Enter ends it.
const fn keeps_lines(purpose: &Purpose) -> bool {
    matches!(
        purpose,
        Purpose::Answer(_) | Purpose::Ask(_) | Purpose::Approve(_) | Purpose::Update(_)
    )
}

/// Whether the whole text is somebody's name.
pub(super) const fn asks_for_person(purpose: &Purpose) -> bool {
    matches!(
        purpose,
        Purpose::Assign(_)
            | Purpose::AssignIdeas(_)
            | Purpose::Field(FieldPrompt::Me)
            | Purpose::Meeting(MeetingPrompt::StepOwner(..) | MeetingPrompt::Presenter(..))
    )
}

/// Opens a prompt whose text, or what there is of it already, goes straight to $EDITOR.
pub fn open_in_editor(state: &mut State, purpose: Purpose) -> Vec<Effect> {
    let effects = open(state, purpose, "");
    straight_on(state);
    effects
}

/// The overlay on top goes to $EDITOR as soon as its draft is there; keys wait until then.
pub(super) fn straight_on(state: &mut State) {
    if let Some((sequence, Awaited::Draft(_, straight))) = state.errands.awaited.last_mut() {
        *straight = true;
        state.errands.hold = Some(*sequence);
    }
}

/// Opens the answers to these reporters, one after the other in one prompt; those that were left before begin where they were.
/// `turns_down` is what is stored with them.
pub fn open_answers(
    state: &mut State,
    facts: Vec<AnswerFacts>,
    turns_down: Option<TurnDown>,
) -> Vec<Effect> {
    let template = state.settings.answer_template.clone();
    let answers: Vec<(FeedbackId, String)> = facts
        .iter()
        .map(|facts| {
            let proposed = answer::propose(facts, template.as_deref());
            // As it will stand in the prompt, so that a look at it is no change.
            (facts.feedback, Input::line(proposed).text)
        })
        .collect();
    let left = state.errands.left.take();
    let at = answers.iter().position(|(id, _)| Some(*id) == left);
    let at = at.unwrap_or(0);
    let Some((here, text)) = answers.get(at).cloned() else {
        return state.refuse("the feedback is gone", "");
    };
    let others = answers.iter().map(|(id, _)| *id).filter(|id| *id != here);
    let others: Vec<String> = others.map(draft::answer_name).collect();
    state.errands.facts = facts;
    let queue = AnswerQueue {
        answers,
        at,
        turns_down,
        doubts: Vec::new(),
    };
    let mut effects = open(state, Purpose::Answer(queue), &text);
    for name in others {
        effects
            .push(state.await_answer(Question::Draft(name.clone()), Awaited::Draft(name, false)));
    }
    effects
}

/// Opens the question to these reporters; a single one is mentioned already.
pub fn open_question(state: &mut State, facts: Vec<AnswerFacts>) -> Vec<Effect> {
    let ids: Vec<FeedbackId> = facts.iter().map(|facts| facts.feedback).collect();
    let text = match facts.as_slice() {
        [] => return state.refuse("the feedback is gone", ""),
        [one] => one
            .addressee
            .as_deref()
            .map_or_else(String::new, |name| format!("{} ", flight::address(name))),
        _ => String::new(),
    };
    state.errands.facts = facts;
    open(state, Purpose::Ask(ids), &text)
}

/// Takes a key.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    let Some(prompt) = top(state) else {
        return Vec::new();
    };
    let plain = !key.control && !key.alt;
    match key.code {
        Code::Esc => cancel(state),
        Code::Enter if plain && complete::is_half_mentioned(prompt) => complete(state, true),
        Code::Enter if plain && prompt.input.multiline => edit(state, Edit::Newline),
        Code::Enter => submit(state),
        Code::Char('s') if key.control && complete::is_half_mentioned(prompt) => {
            mention::store(state)
        }
        Code::Char('s') if key.control => submit(state),
        Code::Tab => complete(state, !key.shift),
        Code::Char('a') if key.alt && prompt.purpose == Purpose::Filter => {
            update::widen_typed(state)
        }
        Code::Char('n') if key.alt => add_named(state),
        Code::Char('r') if key.alt => basis::write_anew(state),
        Code::Char('e') if key.alt => vec![Effect::Edit(prompt.input.text.clone())],
        Code::Up | Code::Down if plain && !prompt.completions.is_empty() => {
            complete(state, key.code == Code::Down)
        }
        Code::Up | Code::Down if plain && matches!(prompt.purpose, Purpose::Answer(_)) => {
            // Within its lines first, then to the next message.
            let down = key.code == Code::Down;
            let way = if down { Edit::LineDown } else { Edit::LineUp };
            if prompt.input.edit(way) == Reaction::Edge {
                walk(state, down);
            }
            Vec::new()
        }
        _ => Edit::of(key).map_or_else(Vec::new, |way| edit(state, way)),
    }
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(prompt) = top(state) else {
        return Vec::new();
    };
    if std::mem::take(&mut prompt.proposed) {
        prompt.input.set("", 0);
    }
    prompt.input.insert(text);
    changed(state)
}

/// Takes the text that $EDITOR returned.
pub fn edited(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(prompt) = top(state) else {
        return Vec::new();
    };
    let text = text.trim_end();
    prompt.input.set(text, text.len());
    changed(state)
}

/// Leaves the prompt. What was typed is kept as a draft; a filter becomes what it was.
pub fn cancel(state: &mut State) -> Vec<Effect> {
    let (mut effects, is_kept) = draft::leave(state);
    if is_kept {
        state.say(
            Tone::Plain,
            "kept as a draft",
            "the same key goes on with it",
        );
    }
    let Some(Overlay::Prompt(prompt)) = state.overlays.pop() else {
        return effects;
    };
    match prompt.purpose {
        Purpose::Filter => effects.extend(update::cancel_filter(state)),
        Purpose::FilterTable(pane) => {
            effects.extend(update::cancel_table(state, pane));
        }
        Purpose::Answer(queue) => {
            state.errands.left = queue.answers.get(queue.at).map(|(id, _)| *id);
            if queue.turns_down.is_some() {
                turning::left(state);
            }
        }
        _ => {}
    }
    effects
}

fn top(state: &mut State) -> Option<&mut Prompt> {
    match state.overlays.last_mut() {
        Some(Overlay::Prompt(prompt)) => Some(prompt),
        _ => None,
    }
}

fn edit(state: &mut State, way: Edit) -> Vec<Effect> {
    let reaction = top(state).map(|prompt| {
        if std::mem::take(&mut prompt.proposed) && matches!(way, Edit::Type(_)) {
            prompt.input.set("", 0);
        }
        prompt.input.edit(way)
    });
    if reaction == Some(Reaction::Edited) {
        changed(state)
    } else {
        Vec::new()
    }
}

/// Adds whoever is named and nobody knows as a colleague; the prompt stays.
fn add_named(state: &mut State) -> Vec<Effect> {
    let named = match state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => add_hint(state, prompt),
        _ => None,
    };
    let Some((handle, _)) = named else {
        return Vec::new();
    };
    if let Some(prompt) = top(state) {
        prompt.error = None;
    }
    let edit = PersonEdit::default();
    vec![state.commit(Deed::SavePerson { handle, edit })]
}

/// The text has changed: its error is stale, what is offered is another, and a filter shows at once what it finds.
fn changed(state: &mut State) -> Vec<Effect> {
    state.errands.typed = Some(state.now);
    let Some(prompt) = top(state) else {
        return Vec::new();
    };
    prompt.error = None;
    prompt.chosen = None;
    let prompt = prompt.clone();
    if prompt.purpose == Purpose::ImportPath {
        return ask_files(state, &prompt.input.text);
    }
    let offers = if prompt.input.text.is_empty() {
        Vec::new()
    } else {
        complete::offers(state, &prompt)
    };
    if let Some(prompt) = top(state) {
        prompt.completions = offers;
    }
    show_filter(state, &prompt.purpose, &prompt.input.text)
}

/// Shows what a filter finds while it is typed; its fault goes into the prompt.
fn show_filter(state: &mut State, purpose: &Purpose, text: &str) -> Vec<Effect> {
    match purpose {
        Purpose::Filter => update::filter_typed(state, text),
        Purpose::FilterTable(pane) => update::filter_table(state, *pane, text),
        _ => Vec::new(),
    }
}

/// Asks which files there are: the answer is what is offered then.
fn ask_files(state: &mut State, typed: &str) -> Vec<Effect> {
    let typed = typed.to_owned();
    vec![state.await_answer(Question::Files(typed.clone()), Awaited::Files(typed))]
}

/// Takes what is offered next (or before), and shows what there is when nothing was shown.
fn complete(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(prompt) = top(state).map(|prompt| prompt.clone()) else {
        return Vec::new();
    };
    if prompt.purpose == Purpose::ImportPath && prompt.completions.is_empty() {
        return ask_files(state, &prompt.input.text);
    }
    let offers = if prompt.completions.is_empty() {
        complete::offers(state, &prompt)
    } else {
        prompt.completions.clone()
    };
    let count = offers.len();
    let Some(prompt) = top(state) else {
        return Vec::new();
    };
    if count == 0 {
        return Vec::new();
    }
    let next = match (prompt.chosen, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    };
    prompt
        .input
        .set(offers[next].text.as_str(), offers[next].cursor);
    prompt.proposed = false;
    prompt.error = None;
    // With one offer there is nothing left to choose from: what follows it is offered, if that is the value of a field.
    (prompt.completions, prompt.chosen) = if count == 1 {
        (Vec::new(), None)
    } else {
        (offers, Some(next))
    };
    let filters = matches!(
        prompt.purpose,
        Purpose::Filter | Purpose::FilterTable(Pane::Ideas)
    );
    if count == 1 && filters && prompt.input.text.ends_with(':') {
        let prompt = prompt.clone();
        let values = complete::offers(state, &prompt);
        if let Some(prompt) = top(state) {
            prompt.completions = values;
        }
    }
    let Some(prompt) = top(state) else {
        return Vec::new();
    };
    let (purpose, text) = (prompt.purpose.clone(), prompt.input.text.clone());
    state.errands.typed = Some(state.now);
    show_filter(state, &purpose, &text)
}

fn submit(state: &mut State) -> Vec<Effect> {
    let Some(mut prompt) = top(state).map(|prompt| prompt.clone()) else {
        return Vec::new();
    };
    let mut read = submit::submission(state, &prompt);
    // A name that only one colleague's begins with is that colleague's.
    if let (Err(_), true, [only]) = (
        &read,
        asks_for_person(&prompt.purpose),
        prompt.completions.as_slice(),
    ) {
        let (text, cursor) = (only.text.clone(), only.cursor);
        prompt.input.set(text.as_str(), cursor);
        read = submit::submission(state, &prompt);
    }
    if read.is_ok() && basis::hold_back(state) {
        return Vec::new();
    }
    match read {
        Err(fault) => {
            let effects = match &prompt.purpose {
                Purpose::Filter => update::refuse_filter(state),
                Purpose::FilterTable(pane) => update::refuse_table(state, *pane),
                _ => Vec::new(),
            };
            if let Some(prompt) = top(state) {
                prompt.error = Some(fault);
            }
            effects
        }
        Ok(Submission::Deed(deed)) => flight::submit(state, deed),
        Ok(Submission::Answers(turns_down)) => {
            let mut effects = draft::keep(state);
            effects.extend(verbs::inbox::answer_to_turn_down(state, turns_down));
            effects
        }
        Ok(Submission::Filter(query)) => {
            state.overlays.pop();
            update::accept_filter(state, prompt.input.text.trim_end(), query)
        }
        Ok(Submission::Keep(pane)) => {
            state.overlays.pop();
            update::accept_table(state, pane, prompt.input.text.trim_end())
        }
        Ok(Submission::Write(writing)) => {
            state.overlays.pop();
            vec![state.write(writing)]
        }
        Ok(Submission::WriteFirst(writing)) => {
            let effect = state.write(writing);
            state.errands.hold = Some(state.flight.last);
            vec![effect]
        }
        Ok(Submission::ImportPath(path)) => {
            state.overlays.pop();
            import::begin(state, path)
        }
        Ok(Submission::ImportOrigin(origin)) => {
            state.overlays.pop();
            import::take_origin(state, &origin)
        }
        Ok(Submission::ImportKeep(name)) => {
            state.overlays.pop();
            import::take_name(state, &name)
        }
        Ok(Submission::Past(wish)) => {
            state.overlays.pop();
            update::show_past(state, wish)
        }
        Ok(Submission::NextAnswer) => {
            walk(state, true);
            Vec::new()
        }
    }
}

/// Goes to the next (or the previous) message of several; what was typed stays with its message.
fn walk(state: &mut State, forward: bool) {
    let Some(prompt) = top(state) else {
        return;
    };
    let Purpose::Answer(queue) = &mut prompt.purpose else {
        return;
    };
    let next = if forward {
        queue.at + 1
    } else {
        queue.at.wrapping_sub(1)
    };
    let Some((_, text)) = queue.answers.get(next).cloned() else {
        return;
    };
    if let Some((_, answer)) = queue.answers.get_mut(queue.at) {
        prompt.input.text.trim().clone_into(answer);
    }
    queue.at = next;
    prompt.input.set(text.as_str(), text.len());
    prompt.error = None;
    prompt.completions.clear();
    prompt.chosen = None;
    let purpose = prompt.purpose.clone();
    let words = words::about(state, &purpose);
    if let Some(prompt) = top(state) {
        prompt.label = words.label;
        prompt.hint = words.hint;
        basis::say(prompt);
    }
}
