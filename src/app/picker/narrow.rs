//! Which rows of a picker are shown for what was typed, and in which order.

use std::cmp::Reverse;

use super::commands::ELSEWHERE;
use super::fitting::Typed;
use super::rows;
use crate::app::state::{Choice, Picker, PickerRow, Picking};

/// At most this many bytes of a label are matched, which bounds the work per key for hostile titles.
const LONGEST: usize = 400;

/// Shows the rows that match what was typed: groups in the order of their best row, the best row first within.
/// When nothing is typed, every row as it stands. The cursor goes to the first row that can be chosen; where Enter would be
/// taken back with regret, only to one that fits.
pub fn narrow(picker: &mut Picker) {
    let typed = picker.input.text.trim();
    picker.rows = match picker.picking {
        // The store found these by their words, anywhere in the text: a title need not match.
        Picking::Duplicate(_) => picker.all.clone(),
        _ if typed.is_empty() => picker.all.clone(),
        _ => {
            // There the headings are the names.
            let by_group = picker.picking == Picking::Shorten;
            // There whoever types a letter begins a name.
            let by_letter = picker.picking != Picking::Palette;
            matching(&picker.all, typed, by_group, by_letter)
        }
    };
    if !typed.is_empty() {
        let known = |row: &&PickerRow| picker.rows.iter().all(|shown| shown.choice != row.choice);
        let found: Vec<PickerRow> = picker.found.iter().filter(known).cloned().collect();
        picker.rows.extend(found);
        if nothing_fits(&picker.picking, &picker.rows) {
            let mut meant = resembling(&picker.picking, &picker.all, typed);
            meant.append(&mut picker.rows);
            picker.rows = meant;
        }
    }
    if matches!(picker.picking, Picking::Palette | Picking::Help) {
        picker
            .rows
            .sort_by_key(|row| row.group.ends_with(ELSEWHERE));
    }
    if let Some(mut row) = creating(&picker.picking, typed) {
        if picker.rows.iter().any(|row| row.group.starts_with(MEANT)) {
            row.group = OR_NEW.to_owned();
        }
        picker.rows.push(row);
    }
    picker.cursor = beginning(picker);
    picker.top = 0;
}

/// Where the cursor begins. Nothing but a likeness speaks for what `m` and `w` offer before a word is typed, and what they do
/// ends the feedback: where nothing is like it, no row is chosen. Nor is another idea taken there in
/// the place of one that is out.
fn beginning(picker: &Picker) -> usize {
    let unasked = picker.input.text.trim().is_empty();
    let careful = unasked && matches!(picker.picking, Picking::Duplicate(_) | Picking::WontDo(_));
    let first_is_out = picker
        .rows
        .first()
        .is_some_and(|row| row.disabled.is_some());
    if matches!(picker.picking, Picking::WontDo(_)) && !unasked && first_is_out {
        return 0;
    }
    let fits = |row: &PickerRow| !careful || rows::is_likely(row);
    let mut rows = picker.rows.iter();
    let first = rows.position(|row| row.disabled.is_none() && fits(row));
    first.unwrap_or(if careful { picker.rows.len() } else { 0 })
}

fn matching(all: &[PickerRow], typed: &str, by_group: bool, by_letter: bool) -> Vec<PickerRow> {
    let is_keys = by_letter || typed.chars().count() > 1;
    let words = Typed::of(typed);
    let mut found: Vec<(u32, PickerRow)> = Vec::new();
    for row in all {
        let beside = if by_group { &row.group } else { &row.note };
        // The note (a handle, a release, an explanation) counts, but less, and is not marked.
        let fits = words.fits(clip(&row.label), clip(beside));
        let by_key = by_key(row, typed).filter(|_| is_keys);
        let score = match (by_key, &fits) {
            (Some(score), _) => score,
            (None, Some((score, _))) => *score,
            (None, None) => continue,
        };
        let mut row = row.clone();
        row.matches = fits.map_or_else(Vec::new, |(_, places)| places);
        row.matches.sort_unstable();
        row.matches.dedup();
        found.push((score, row));
    }
    let mut groups: Vec<(String, u32)> = Vec::new();
    for (score, row) in &found {
        match groups.iter_mut().find(|(group, _)| *group == row.group) {
            Some((_, best)) => *best = (*best).max(*score),
            None => groups.push((row.group.clone(), *score)),
        }
    }
    let best = |group: &str| {
        groups
            .iter()
            .find(|(known, _)| known == group)
            .map_or(0, |(_, best)| *best)
    };
    let place = |group: &str| groups.iter().position(|(known, _)| known == group);
    found.sort_by(|(a, one), (b, other)| {
        best(&other.group)
            .cmp(&best(&one.group))
            .then_with(|| place(&one.group).cmp(&place(&other.group)))
            .then_with(|| b.cmp(a))
    });
    found.into_iter().map(|(_, row)| row).collect()
}

/// Whether what was typed may be a name that was mistyped: nothing of what is known by its name fits. Into which idea another
/// one is merged is not guessed.
fn nothing_fits(picking: &Picking, rows: &[PickerRow]) -> bool {
    match picking {
        Picking::LinkIdea(..) | Picking::WontDo(_) | Picking::AddToRelease(_) => {
            !rows.iter().any(is_idea)
        }
        Picking::Palette | Picking::Help => rows.is_empty(),
        _ => false,
    }
}

const fn is_idea(row: &PickerRow) -> bool {
    matches!(row.choice, Choice::Idea(_))
}

/// So many rows that resemble what was typed are offered: more are none that was meant.
const FEW: usize = 5;

/// What stands above them.
const MEANT: &str = "Did you mean";

/// What stands above making an idea then.
const OR_NEW: &str = "Or is it new";

/// The rows whose names resemble what was typed, the likeliest group first and the likeliest row first within, each under what
/// its group says of it.
fn resembling(picking: &Picking, all: &[PickerRow], typed: &str) -> Vec<PickerRow> {
    let words = Typed::of(typed);
    let everything = matches!(picking, Picking::Palette | Picking::Help);
    let named = all.iter().filter(|row| everything || is_idea(row));
    let mut found: Vec<(u32, PickerRow)> = named
        .filter_map(|row| {
            let (score, matches) = words.resembles(clip(&row.label))?;
            let group = match row.group.as_str() {
                "" => MEANT.to_owned(),
                group => format!("{MEANT} · {group}"),
            };
            let row = PickerRow {
                matches,
                group,
                ..row.clone()
            };
            Some((score, row))
        })
        .collect();
    found.sort_by_key(|(score, _)| Reverse(*score));
    found.truncate(FEW);
    let found: Vec<PickerRow> = found.into_iter().map(|(_, row)| row).collect();
    let groups: Vec<String> = found.iter().map(|row| row.group.clone()).collect();
    let mut together = found;
    together.sort_by_key(|row| groups.iter().position(|group| *group == row.group));
    together
}

/// How well a row fits by its key: whoever types one key into the help asks what that does. What can be done comes before
/// what cannot, and a whole key before the beginning of a sequence.
fn by_key(row: &PickerRow, typed: &str) -> Option<u32> {
    let whole = row.keys.iter().any(|keys| is_key(keys, typed));
    let begins = |key: &String| key.split_once(' ').is_some_and(|(first, _)| first == typed);
    let score = match (whole, row.keys.iter().any(begins)) {
        (true, _) => BY_KEY + 2,
        (false, true) => BY_KEY,
        (false, false) => return None,
    };
    Some(score + u32::from(row.disabled.is_none()))
}

/// Whether what was typed are those keys, with or without blanks between them. A letter is another key than its capital; of
/// a key that has a name or is held with another (`Home`, `Ctrl-x`) the case says nothing.
fn is_key(keys: &str, typed: &str) -> bool {
    let typed: String = typed.split_whitespace().collect();
    let mut left = typed.as_str();
    for key in keys.split(' ') {
        let same = |typed: &str| match key.chars().count() {
            1 => key == typed,
            _ => key.eq_ignore_ascii_case(typed),
        };
        match left.split_at_checked(key.len()) {
            Some((first, behind)) if same(first) => left = behind,
            _ => return false,
        }
    }
    left.is_empty()
}

/// A score above every other.
const BY_KEY: u32 = 1_000_000;

/// As much of a text as is looked at.
pub(super) fn clip(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last row of a picker in which a new idea can be made.
fn creating(picking: &Picking, typed: &str) -> Option<PickerRow> {
    let makes = matches!(picking, Picking::LinkIdea(..) | Picking::WontDo(_));
    (makes && !typed.is_empty()).then(|| {
        let choice = Choice::NewIdea(typed.to_owned());
        rows::row(choice, format!("create “{typed}”"), "a new idea")
    })
}

#[cfg(test)]
mod tests;
