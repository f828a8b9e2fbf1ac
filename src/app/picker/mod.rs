//! Pickers: a list that narrows as one types, and a row to be chosen.

pub mod checklist;
pub mod choose;
pub mod commands;
mod fitting;
pub mod narrow;
pub mod plan;
pub mod rows;

use super::effect::{Effect, Question};
use super::errands::Awaited;
use super::input::{Edit, Reaction};
use super::key::{Code, Key};
use super::state::{Choice, Overlay, Picker, PickerRow, Picking, State};
use super::target;
use crate::domain::id::FeedbackId;
use crate::domain::listing::Hit;
use crate::domain::passage::Searched;
use crate::search::Finder;

/// At most this many ideas, and as many feedback items, are found by their texts.
const MOST_FOUND: usize = 12;

/// What stands above feedback which is offered as an original because it has words of the title. None of it is chosen before
/// somebody goes there: words in common are no proof.
const LIKE_IT: &str = "With words of its title";

/// Opens a picker with these rows.
pub fn open(
    state: &mut State,
    picking: Picking,
    title: impl Into<String>,
    hint: &str,
    all: Vec<PickerRow>,
) {
    let mut picker = Picker {
        title: title.into(),
        hint: hint.to_owned(),
        ..Picker::new(picking, all)
    };
    narrow::narrow(&mut picker);
    state.overlays.push(Overlay::Picker(Box::new(picker)));
}

/// Puts the cursor of the picker on top onto the first such row: what is set now. Where there is none it stays.
pub fn begin_at(state: &mut State, is_set: impl Fn(&PickerRow) -> bool) {
    let page = page(state.size.1);
    if let Some(picker) = top(state)
        && let Some(place) = picker.rows.iter().position(is_set)
    {
        picker.cursor = place;
        picker.top = (place + 1).saturating_sub(page);
    }
}

/// How many rows a picker moves by for a page; the view draws at most as many.
#[must_use]
pub fn page(height: u16) -> usize {
    usize::from(height.saturating_sub(10)).clamp(3, 20)
}

/// Takes a key.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    let page = page(state.size.1);
    let Some(picker) = top(state) else {
        return Vec::new();
    };
    let plain = !key.control && !key.alt;
    match key.code {
        Code::Esc => {
            state.overlays.pop();
            Vec::new()
        }
        Code::Enter => choose::chosen(state),
        Code::Tab => step(picker, if key.shift { -1 } else { 1 }, page),
        Code::Down if plain => step(picker, 1, page),
        Code::Up if plain => step(picker, -1, page),
        Code::PageDown => step(picker, page as isize, page),
        Code::PageUp => step(picker, -(page as isize), page),
        Code::Delete
            if plain
                && matches!(picker.picking, Picking::Views)
                && picker.input.text.is_empty() =>
        {
            choose::forget_view(state)
        }
        Code::Char('r') if key.alt && matches!(picker.picking, Picking::Views) => {
            choose::rename_view(state)
        }
        Code::Char(character) if plain && chooses(picker, character) => {
            if let Some(place) = direct(picker, character) {
                picker.cursor = place;
            }
            choose::chosen(state)
        }
        _ => match Edit::of(key).map(|way| picker.input.edit(way)) {
            Some(Reaction::Edited) => changed(state),
            _ => Vec::new(),
        },
    }
}

/// Whether that character chooses a row, instead of going into the search text.
#[must_use]
pub fn chooses(picker: &Picker, character: char) -> bool {
    let ticks = character == ' ' && matches!(picker.picking, Picking::Checklist(_));
    ticks || picker.input.text.is_empty() && direct(picker, character).is_some()
}

/// Takes pasted text.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(picker) = top(state) else {
        return Vec::new();
    };
    picker.input.insert(text);
    changed(state)
}

/// Fills the picker on top again after what its rows are made from has come: ideas, releases, views.
pub fn refresh(state: &mut State) {
    let Some(Overlay::Picker(picker)) = state.overlays.last() else {
        return;
    };
    let Some(all) = rows::again(state, &picker.picking, &picker.all) else {
        return;
    };
    if let Some(picker) = top(state) {
        if picker.all == all {
            return;
        }
        picker.all = all;
        show_anew(picker);
    }
}

/// Feedback was found for the picker of originals: for what was typed, or for the title of the one in hand.
pub fn originals(state: &mut State, words: &str, hits: &[Hit]) {
    let Some(Overlay::Picker(picker)) = state.overlays.last() else {
        return;
    };
    let Picking::Duplicate(except) = &picker.picking else {
        return;
    };
    let typed = picker.input.text.trim();
    if !typed.is_empty() && typed != words || typed.is_empty() && except.len() > 1 {
        return;
    }
    let (mut all, group) = match typed.is_empty() {
        true => (rows::same(state, except), LIKE_IT),
        false => (Vec::new(), ""),
    };
    // The words of a title are no search: marking them in every row would hide what matters.
    let finder = Finder::of(&Searched::words(typed));
    for row in hits
        .iter()
        .filter_map(|hit| rows::hit(picker, hit, &finder, state.now))
    {
        let itself = matches!(row.choice, Choice::Feedback(id) if except.contains(&id));
        if !itself && all.iter().all(|known| known.choice != row.choice) {
            let group = group.to_owned();
            all.push(PickerRow { group, ..row });
        }
    }
    let Some(picker) = top(state) else {
        return;
    };
    picker.all = all;
    show_found(picker);
}

/// What the words find has come. Unless somebody has moved meanwhile, the cursor goes to the best of it, however quickly they
/// were typed: what stood first before was all that was known.
fn show_found(picker: &mut Picker) {
    if std::mem::replace(&mut picker.settled, true) {
        show_anew(picker);
    } else {
        narrow::narrow(picker);
    }
}

/// Shows the rows anew. Whoever is about to press Enter keeps the row they are looking at.
fn show_anew(picker: &mut Picker) {
    let before = picker.rows.get(picker.cursor).map(|row| row.choice.clone());
    let scrolled = picker.top;
    narrow::narrow(picker);
    let mut rows = picker.rows.iter();
    if let Some(place) = rows.position(|row| Some(&row.choice) == before.as_ref()) {
        (picker.cursor, picker.top) = (place, scrolled);
    }
}

/// Asks for what has these words in its text or comments.
fn search(state: &mut State, words: String, feedback: bool) -> Effect {
    let question = Question::Search {
        words: words.clone(),
        feedback,
        limit: MOST_FOUND,
    };
    state.await_answer(question, Awaited::Hits(words))
}

/// Shows what was found for the words of the picker on top, unless it has others by now.
pub fn hits(state: &mut State, words: &str, hits: &[Hit]) {
    let Some(Overlay::Picker(picker)) = state.overlays.last() else {
        return;
    };
    if picker.input.text.trim() != words {
        return;
    }
    let finder = Finder::of(&Searched::words(words));
    let found: Vec<PickerRow> = hits
        .iter()
        .filter_map(|hit| rows::hit(picker, hit, &finder, state.now))
        .collect();
    let Some(picker) = top(state) else {
        return;
    };
    picker.found = found;
    show_found(picker);
}

pub(super) fn top(state: &mut State) -> Option<&mut Picker> {
    match state.overlays.last_mut() {
        Some(Overlay::Picker(picker)) => Some(picker),
        _ => None,
    }
}

/// Moves the cursor, over what cannot be chosen too: its reason is shown there. Where no row is chosen, it comes in from
/// above the first or from below the last.
fn step(picker: &mut Picker, by: isize, page: usize) -> Vec<Effect> {
    let last = picker.rows.len().saturating_sub(1);
    picker.settled = true;
    picker.cursor = match by {
        by if picker.cursor > last && by > 0 => last.min(by.unsigned_abs() - 1),
        1 if picker.cursor == last => 0,
        -1 if picker.cursor == 0 => last,
        by => picker.cursor.saturating_add_signed(by).min(last),
    };
    picker.top = picker
        .top
        .min(picker.cursor)
        .max((picker.cursor + 1).saturating_sub(page));
    Vec::new()
}

/// The row with that key, in the pickers whose keys choose directly.
fn direct(picker: &Picker, character: char) -> Option<usize> {
    let direct = matches!(
        picker.picking,
        Picking::Status(_)
            | Picking::Effort(_)
            | Picking::Timeframe(_)
            | Picking::AfterCut(_)
            | Picking::AlsoCut(_)
            | Picking::UndoRest(_)
    );
    let mut rows = picker.rows.iter();
    let place = rows.position(|row| row.key == character.to_string());
    place.filter(|_| direct)
}

fn changed(state: &mut State) -> Vec<Effect> {
    let Some(picker) = top(state) else {
        return Vec::new();
    };
    let words = picker.input.text.trim().to_owned();
    picker.settled = false;
    only_fitting(picker, &words);
    narrow::narrow(picker);
    match &picker.picking {
        Picking::Palette
        | Picking::LinkIdea(..)
        | Picking::WontDo(_)
        | Picking::Merge(_)
        | Picking::AddToRelease(_) => {
            let feedback = picker.picking == Picking::Palette;
            state.forget("search");
            match words.is_empty() {
                true => Vec::new(),
                false => vec![search(state, words, feedback)],
            }
        }
        Picking::Duplicate(ids) => {
            let about = ids.clone();
            find(state, &words, &about)
        }
        _ => Vec::new(),
    }
}

/// Takes away what was found for other words and, as far as one sees, does not have these: Enter must never take it. The
/// answer that is on its way brings back what has them elsewhere.
fn only_fitting(picker: &mut Picker, words: &str) {
    let finder = Finder::of(&Searched::words(words));
    let fits = |row: &PickerRow| {
        let passage = row.passage.as_ref();
        let passage = passage.map_or("", |passage| passage.text.as_str());
        !words.is_empty() && finder.seen(&format!("{}\n{passage}", row.label)).all()
    };
    picker.found.retain(fits);
    if matches!(picker.picking, Picking::Duplicate(_)) {
        picker.all.retain(fits);
    }
}

/// Asks for feedback with these words; without any, for what has enough words of the title of the one it is about. For several nothing
/// is offered before a word is typed: what is like one of them would be taken for what all of them are.
pub(super) fn find(state: &mut State, typed: &str, about: &[FeedbackId]) -> Vec<Effect> {
    let words = match (typed.is_empty(), about) {
        (false, _) => typed.to_owned(),
        (true, [one]) => title_of(state, *one),
        (true, _) => String::new(),
    };
    let Some(except) = about.first().filter(|_| !words.is_empty()) else {
        return Vec::new();
    };
    let question = Question::Find {
        words: words.clone(),
        except: *except,
        typed: !typed.is_empty(),
        limit: 50,
    };
    vec![state.await_answer(question, Awaited::Originals(words))]
}

/// The title of a feedback that is on the screen.
fn title_of(state: &State, id: FeedbackId) -> String {
    let shown = state.inbox.rows.iter().find(|row| row.id == id);
    let row = shown.or_else(|| target::feedback_row(state).filter(|row| row.id == id));
    row.map_or_else(String::new, |row| row.title.clone())
}
