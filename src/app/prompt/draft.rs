//! Half-written text: kept when a prompt is left, and while one types, so that neither Esc nor a crash loses it.
//!
//! Only prompts for sentences keep drafts. A name, a tag or a day is quickly typed again, and an old one waiting in the
//! prompt would turn the next `a Enter` into somebody else's assignment.

use super::basis;
use crate::app::effect::Effect;
use crate::app::form;
use crate::app::state::{FieldPrompt, Overlay, Prompt, Purpose, State, Tone};
use crate::domain::deed::Subject;
use crate::domain::id::FeedbackId;
use crate::problem::Problem;

/// How long after the last key typed text is stored, in milliseconds: hands that type rest as long between two words.
pub const PAUSE: i64 = 100;

/// Under what name the text of a prompt is kept; `None` when it is not.
#[must_use]
pub fn name(purpose: &Purpose) -> Option<String> {
    Some(match purpose {
        Purpose::Answer(queue) => answer_name(queue.answers.get(queue.at)?.0),
        Purpose::Ask(ids) => several("ask", ids.first().map(ToString::to_string), ids.len()),
        Purpose::WontDo(ids, ..) => wont_do_name(ids),
        Purpose::Comment(on) => several("comment", on.first().map(short_id), on.len()),
        Purpose::Approve(id) => format!("approve:{id}"),
        Purpose::NewIdea(ids, _) => {
            several("new-idea", ids.first().map(ToString::to_string), ids.len())
        }
        Purpose::StatusReason(ids, _) => {
            several("reason", ids.first().map(ToString::to_string), ids.len())
        }
        Purpose::Update(items) => several(
            "update",
            items.first().map(ToString::to_string),
            items.len(),
        ),
        Purpose::Meeting(prompt) => return super::meeting::draft(prompt),
        Purpose::Field(FieldPrompt::NewFeedback) => "new-feedback".to_owned(),
        _ => return None,
    })
}

/// Several things at once are known by the first; the number keeps them apart from that one alone.
fn several(what: &str, first: Option<String>, count: usize) -> String {
    match (first, count) {
        (None, _) => what.to_owned(),
        (Some(first), 1) => format!("{what}:{first}"),
        (Some(first), count) => format!("{what}:{first}+{count}"),
    }
}

/// Under what name the reason is kept why these will not get what they ask for.
fn wont_do_name(feedback: &[FeedbackId]) -> String {
    let first = feedback.first().map(ToString::to_string);
    several("wont-do", first, feedback.len())
}

/// Under what name the answer to the reporter of a feedback is kept.
#[must_use]
pub fn answer_name(feedback: FeedbackId) -> String {
    format!("answer:{feedback}")
}

fn short_id(subject: &Subject) -> String {
    match subject {
        Subject::Feedback(id) => id.to_string(),
        Subject::Idea(id) => id.to_string(),
        Subject::ReleaseItem(id) => id.to_string(),
    }
}

/// The names and texts of everything that is being written in an overlay.
fn texts(overlay: &Overlay) -> Vec<(String, String)> {
    match overlay {
        Overlay::Prompt(prompt) => prompt_texts(prompt),
        Overlay::Form(form) => vec![(form::draft::name(form.idea), form::draft::write(form))],
        Overlay::Picker(_) | Overlay::Import(_) => Vec::new(),
    }
}

fn prompt_texts(prompt: &Prompt) -> Vec<(String, String)> {
    let Purpose::Answer(queue) = &prompt.purpose else {
        return name(&prompt.purpose)
            .map(|name| (name, prompt.input.text.clone()))
            .into_iter()
            .collect();
    };
    queue
        .answers
        .iter()
        .enumerate()
        .map(|(place, (id, text))| {
            let text = if place == queue.at {
                &prompt.input.text
            } else {
                text
            };
            (answer_name(*id), text.clone())
        })
        .collect()
}

/// The names of the drafts that an overlay keeps; with answers that tell why not, of the reason before them, too.
#[must_use]
pub fn names(overlay: &Overlay) -> Vec<String> {
    let mut names: Vec<String> = texts(overlay).into_iter().map(|(name, _)| name).collect();
    if let Overlay::Prompt(prompt) = overlay
        && let Purpose::Answer(queue) = &prompt.purpose
    {
        let turned_down = queue.turns_down.iter();
        names.extend(turned_down.map(|it| wont_do_name(&it.feedback)));
    }
    names
}

/// Remembers what a prompt or form proposes by itself: that is no draft.
pub fn begin(state: &mut State) {
    if let Some(overlay) = state.overlays.last() {
        for (name, text) in texts(overlay) {
            state.errands.typed_drafts.remove(&name);
            state.errands.drafts.insert(name, text);
        }
    }
}

/// Stores what was typed in the prompt or form on top, which is left; what was stored of it, too: another window may have
/// sent it meanwhile. With it whether there is a draft now.
pub fn leave(state: &mut State) -> (Vec<Effect>, bool) {
    for name in state.overlays.last().map(names).unwrap_or_default() {
        if state.errands.typed_drafts.remove(&name) {
            state.errands.drafts.remove(&name);
        }
    }
    let effects = keep(state);
    let kept = |effect: &Effect| matches!(effect, Effect::SaveDraft { text: Some(_), .. });
    let is_kept = effects.iter().any(kept);
    (effects, is_kept)
}

/// Stores whatever has been typed since it was stored last.
pub fn keep(state: &mut State) -> Vec<Effect> {
    state.errands.typed = None;
    let written: Vec<_> = state.overlays.iter().flat_map(texts).collect();
    let mut effects = Vec::new();
    for (prompt, text) in written {
        if state.errands.drafts.get(&prompt) == Some(&text) {
            continue;
        }
        state.errands.drafts.insert(prompt.clone(), text.clone());
        state.errands.typed_drafts.insert(prompt.clone());
        state.errands.unkept.remove(&prompt);
        let text = (!text.trim().is_empty()).then(|| basis::mark(state, &prompt, text));
        effects.push(Effect::SaveDraft { prompt, text });
    }
    effects
}

/// Stores typed text once the hands have rested a little.
pub fn tick(state: &mut State) -> Vec<Effect> {
    match state.errands.typed {
        Some(typed) if state.now.0.saturating_sub(typed.0) >= PAUSE => keep(state),
        _ => Vec::new(),
    }
}

/// A draft could not be stored: it stays here, and is stored when it is left or the console is. Whether its own prompt says
/// so, behind which nothing else is to be seen.
pub fn unkept(state: &mut State, name: String, text: Option<String>, problem: &Problem) -> bool {
    let Some(text) = text else {
        return false;
    };
    if state.errands.drafts.get(&name) != Some(&basis::split(&text).0) {
        // Newer text is on its way.
        return true;
    }
    state.errands.drafts.remove(&name);
    let said = hint(state, &name, || format!("not kept yet: {problem}"));
    state.errands.unkept.insert(name, text);
    said
}

/// Another window has written under the same name: nothing of either is lost, and that is said where the text is being
/// written.
pub fn beside(state: &mut State, name: &str) {
    if !hint(state, name, || format!("{BESIDE} · {BOTH}")) {
        state.say(Tone::Plain, BESIDE, BOTH);
    }
}

/// Puts words into the hint of the prompt on top, where it writes the draft of that name; whether it does.
fn hint(state: &mut State, name: &str, words: impl FnOnce() -> String) -> bool {
    match state.overlays.last_mut() {
        Some(Overlay::Prompt(prompt)) if prompt_texts(prompt).iter().any(|(it, _)| it == name) => {
            prompt.hint = words();
            true
        }
        _ => false,
    }
}

/// Tries once more to store what could not be stored.
pub fn retry(state: &mut State) -> Vec<Effect> {
    let unkept = std::mem::take(&mut state.errands.unkept);
    let again = |(prompt, text)| Effect::SaveDraft {
        prompt,
        text: Some(text),
    };
    unkept.into_iter().map(again).collect()
}

/// Forgets drafts whose deed is done.
pub fn drop(state: &mut State, names: &[String]) -> Vec<Effect> {
    names
        .iter()
        .map(|prompt| {
            state.errands.drafts.remove(prompt);
            state.errands.unkept.remove(prompt);
            Effect::SaveDraft {
                prompt: prompt.clone(),
                text: None,
            }
        })
        .collect()
}

/// A draft was found: it takes the place of what the prompt proposed, unless the person has typed meanwhile.
pub fn found(state: &mut State, wanted: &str, text: &str) {
    let (text, bases) = basis::split(text);
    let text = text.as_str();
    let doubt = basis::doubt(state, wanted, &bases);
    let proposed = state.errands.drafts.get(wanted).cloned();
    let Some(overlay) = state.overlays.last_mut() else {
        return;
    };
    let untouched = texts(overlay)
        .into_iter()
        .any(|(name, text)| name == wanted && Some(&text) == proposed.as_ref());
    if !untouched {
        return;
    }
    match overlay {
        Overlay::Form(form) => form::draft::restore(form, text),
        Overlay::Picker(_) | Overlay::Import(_) => {}
        Overlay::Prompt(prompt) => {
            let mut current = true;
            if let Purpose::Answer(queue) = &mut prompt.purpose {
                let at = queue.at;
                queue.doubts.extend(doubt);
                for (place, (id, answer)) in queue.answers.iter_mut().enumerate() {
                    if answer_name(*id) == wanted {
                        text.clone_into(answer);
                        current = place == at;
                    }
                }
            }
            if current {
                prompt.input.set(text, text.len());
                if !prompt.hint.starts_with(DRAFT) {
                    basis::say(prompt);
                    prompt.hint = format!("{DRAFT}{}", prompt.hint);
                }
            }
        }
    }
    let kept = state.overlays.last().map(texts).unwrap_or_default();
    for (name, text) in kept {
        if name == wanted {
            state.errands.drafts.insert(name, text);
        }
    }
}

/// What is said when two windows write the same draft.
const BESIDE: &str = "another window of yours wrote here, too: both texts are kept";

/// And how they are seen.
const BOTH: &str = "the same key shows both once this is left";

/// What the hint of a prompt begins with when its text is a draft.
const DRAFT: &str = "your draft · ";
