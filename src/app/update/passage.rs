//! Selecting a passage of the text in hand, to be the quote of a link.
//!
//! `v` puts a cursor into the text, at the first line on the screen; `v` again begins the passage there. The cursor and the
//! passage are byte offsets into the original body, on grapheme borders, whatever the screen makes of it.

use unicode_segmentation::UnicodeSegmentation;

use super::super::command::Command;
use super::super::document::hand_document;
use super::super::effect::Effect;
use super::super::state::{Selection, State};
use super::inbox::in_view;
use super::scroll::text_room;

/// Puts a cursor into the text.
pub(super) fn select(state: &mut State) -> Vec<Effect> {
    let lines = lines(state);
    let from = state.hand.as_ref().map_or(0, |hand| hand.scroll);
    let first = lines.iter().skip(from).chain(&lines).flatten().next();
    let head = first.map_or(0, |line| line.0);
    if let Some(hand) = &mut state.hand {
        hand.selection = Some(Selection {
            anchor: head,
            head,
            active: false,
        });
    }
    Vec::new()
}

/// The lines of the text as drawn: for those of the body the bytes they cover.
fn lines(state: &State) -> Vec<Option<(usize, usize)>> {
    let (width, _) = text_room(state);
    let lines = hand_document(state, width).into_iter();
    lines
        .map(|line| line.body.map(|body| (body.start, body.end)))
        .collect()
}

/// Runs a command of the selection.
pub(super) fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let lines = lines(state);
    let (_, room) = text_room(state);
    let Some(hand) = &mut state.hand else {
        return Vec::new();
    };
    let (Some(detail), Some(mut selection)) = (&hand.detail, hand.selection) else {
        hand.selection = None;
        return Vec::new();
    };
    let body = detail.body.as_str();
    let head = selection.head;
    use Command as C;
    selection.head = match command {
        C::PassageBegin => {
            selection.anchor = head;
            selection.active = true;
            head
        }
        C::PassageLeave => {
            hand.selection = selection.active.then_some(Selection {
                anchor: head,
                head,
                active: false,
            });
            return Vec::new();
        }
        C::PassageSwap => std::mem::replace(&mut selection.anchor, head),
        C::PassageStart => 0,
        C::PassageEnd => body.len(),
        C::PassageNext => next(body, head),
        C::PassagePrevious => previous(body, head),
        C::PassageNextWord => words(body)
            .find(|start| *start > head)
            .unwrap_or(body.len()),
        C::PassagePreviousWord => words(body)
            .take_while(|start| *start < head)
            .last()
            .unwrap_or(0),
        C::PassageNextSentence => sentences(body)
            .find(|start| *start > head)
            .unwrap_or(body.len()),
        C::PassagePreviousSentence => sentences(body)
            .take_while(|start| *start < head)
            .last()
            .unwrap_or(0),
        C::PassageNextLine => beside(body, &lines, head, true),
        C::PassagePreviousLine => beside(body, &lines, head, false),
        _ => head,
    };
    if !selection.active {
        selection.anchor = selection.head;
    }
    hand.selection = Some(selection);
    if let Some(line) = line_of(&lines, selection.head) {
        hand.scroll = in_view(hand.scroll, line, room, lines.len());
    }
    Vec::new()
}

fn next(body: &str, at: usize) -> usize {
    let rest = body.get(at..).unwrap_or_default();
    at + rest.graphemes(true).next().map_or(0, str::len)
}

fn previous(body: &str, at: usize) -> usize {
    let before = body.get(..at).unwrap_or_default();
    before
        .grapheme_indices(true)
        .next_back()
        .map_or(0, |(place, _)| place)
}

fn words(body: &str) -> impl Iterator<Item = usize> {
    body.unicode_word_indices().map(|(place, _)| place)
}

/// Where sentences and lines begin, blank ones apart.
fn sentences(body: &str) -> impl Iterator<Item = usize> {
    body.split_sentence_bound_indices()
        .filter(|(_, sentence)| !sentence.trim().is_empty())
        .map(|(place, sentence)| place + (sentence.len() - sentence.trim_start().len()))
}

fn line_of(lines: &[Option<(usize, usize)>], at: usize) -> Option<usize> {
    lines
        .iter()
        .rposition(|line| line.is_some_and(|(start, _)| start <= at))
}

/// The same column, in graphemes, of the body's next or previous line as drawn.
fn beside(body: &str, lines: &[Option<(usize, usize)>], at: usize, down: bool) -> usize {
    let Some(here) = line_of(lines, at) else {
        return at;
    };
    let start = lines[here].map_or(at, |(start, _)| start);
    let column = body
        .get(start..at)
        .unwrap_or_default()
        .graphemes(true)
        .count();
    let other = if down {
        lines[here + 1..].iter().flatten().next()
    } else {
        lines[..here].iter().rev().flatten().next()
    };
    let Some((start, end)) = other.copied() else {
        return if down { body.len() } else { 0 };
    };
    let line = body.get(start..end).unwrap_or_default();
    line.grapheme_indices(true)
        .nth(column)
        .map_or(end, |(place, _)| start + place)
}
