//! The rows of pickers: feedback, ideas and their choices.

use std::ops::Range;

use super::narrow::clip;
use super::{commands, plan};
use crate::app::prompt::words::short;
use crate::app::state::{Choice, Picker, PickerRow, Picking, State};
use crate::app::target;
use crate::domain::deed::{Deed, IdeaEdit};
use crate::domain::id::{FeedbackId, IdeaId};
use crate::domain::idea::{Effort, IdeaRow, Status, Timeframe};
use crate::domain::listing::Hit;
use crate::domain::moment::Moment;
use crate::domain::passage::Passage;
use crate::domain::safe_text::beginning;
use crate::search::Finder;

/// The row of what nobody has said.
pub const UNKNOWN: &str = "unknown";

/// A row that can be chosen.
pub fn row(choice: Choice, label: impl Into<String>, note: impl Into<String>) -> PickerRow {
    let mut label = label.into();
    // It is copied and drawn with every letter that is typed.
    label.truncate(beginning(&label).len());
    PickerRow {
        choice,
        label,
        note: note.into(),
        key: String::new(),
        keys: Vec::new(),
        group: String::new(),
        disabled: None,
        matches: Vec::new(),
        passage: None,
    }
}

/// The rows of a picker anew, for those whose rows may come (or change) after it was opened; `now` are the present ones.
#[must_use]
pub fn again(state: &State, picking: &Picking, now: &[PickerRow]) -> Option<Vec<PickerRow>> {
    Some(match picking {
        Picking::LinkIdea(..) => ideas_by_suggestion(state),
        Picking::WontDo(_) => wont_do(state),
        Picking::Merge(from) => merge(state, *from),
        Picking::AddToRelease(release) => plan::addable(state, *release),
        // Rows that plan an idea carry their deed with them.
        Picking::Release(ids) => match now.first().map(|row| &row.choice) {
            Some(Choice::Deed(_)) => plan::plan_for(state, ids),
            _ => plan::releases(state, ids),
        },
        Picking::MoveItems(items) => plan::move_to(state, items),
        Picking::Views => commands::views(state),
        Picking::Palette => commands::palette(state),
        _ => return None,
    })
}

/// A row for an idea, with where it stands and when it comes.
pub(super) fn idea(idea: &IdeaRow) -> PickerRow {
    let when = idea
        .when()
        .map_or_else(String::new, |when| format!(" · {when}"));
    row(
        Choice::Idea(idea.id),
        &idea.title,
        format!("{}{when}", idea.status.word()),
    )
}

/// The ideas which were ranked for the feedback in hand, when it alone is acted on.
fn suggested(state: &State) -> Vec<&IdeaRow> {
    let hand = state.hand.as_ref();
    let hand = hand.filter(|_| state.inbox.marks.is_empty());
    let suggestions = hand.into_iter().flat_map(|hand| &hand.suggestions);
    suggestions.map(|suggestion| &suggestion.idea).collect()
}

/// Every idea: those which were ranked for the feedback in hand first, then the most wanted.
fn ranked(state: &State) -> Vec<&IdeaRow> {
    let suggested = suggested(state);
    let mut rest: Vec<&IdeaRow> = state
        .ideas
        .rows
        .iter()
        .filter(|row| suggested.iter().all(|idea| idea.id != row.id))
        .collect();
    rest.sort_by_key(|row| std::cmp::Reverse(row.demand));
    suggested.into_iter().chain(rest).collect()
}

/// A row for an idea that says whether the feedback in hand is linked to it.
fn linkable(state: &State, row: &IdeaRow) -> PickerRow {
    let detail = state.hand.as_ref().and_then(|hand| hand.detail.as_ref());
    let linked = state.inbox.marks.is_empty()
        && detail.is_some_and(|detail| detail.links.iter().any(|link| link.idea == row.id));
    let mut shown = idea(row);
    if linked {
        shown.note = format!("linked · {}", shown.note);
    }
    shown
}

/// Every idea, the likeliest first.
#[must_use]
pub fn ideas_by_suggestion(state: &State) -> Vec<PickerRow> {
    ranked(state)
        .into_iter()
        .map(|row| linkable(state, row))
        .collect()
}

/// What stands above feedback that is probably the same, and above what is less alike: it is worth a look.
const SAME: &str = "Probably the same";
const MAYBE_SAME: &str = "Maybe the same";

/// What `w` offers, from above: whether the idea is among those ranked for the feedback, whether it is Won't Do already, and
/// the words.
const WONT_DO: [(bool, bool, &str); 4] = [
    (true, true, "Like this one · Won't Do"),
    (true, false, "Like this one · becomes Won't Do"),
    (false, true, "Won't Do"),
    (false, false, "Becomes Won't Do"),
];

/// Whether more than a word in common speaks for a row that is offered before anything was typed.
pub(super) fn is_likely(row: &PickerRow) -> bool {
    let mut likely = WONT_DO.iter().filter(|(ranked, ..)| *ranked);
    row.group == SAME || likely.any(|(.., words)| row.group == *words)
}

/// The ideas ranked for the feedback in hand, then all others; of both those first that will not be done. Choosing another one
/// says that it will not be done either. What is out cannot be turned down, and says so where it is looked for.
#[must_use]
pub fn wont_do(state: &State) -> Vec<PickerRow> {
    let fitting = suggested(state).len();
    let ideas: Vec<(usize, &IdeaRow)> = ranked(state).into_iter().enumerate().collect();
    let mut rows: Vec<PickerRow> = Vec::new();
    for (is_ranked, is_never, group) in WONT_DO {
        let of_it = ideas.iter().filter(|(place, row)| {
            row.status != Status::Released
                && (*place < fitting, row.status == Status::WontDo) == (is_ranked, is_never)
        });
        rows.extend(of_it.map(|(_, row)| PickerRow {
            group: group.to_owned(),
            ..linkable(state, row)
        }));
    }
    let is_out = ideas
        .iter()
        .filter(|(_, row)| row.status == Status::Released);
    rows.extend(is_out.map(|(_, row)| PickerRow {
        group: "Is out".to_owned(),
        disabled: Some("it is out: link it instead".to_owned()),
        ..linkable(state, row)
    }));
    let title = target::feedback_row(state).map(|row| row.title.trim().to_owned());
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        rows.push(PickerRow {
            group: "New".to_owned(),
            ..row(
                Choice::NewIdea(title.clone()),
                format!("create “{}”", short(&title)),
                "a new idea",
            )
        });
    }
    rows
}

/// The ideas that one or more feedback are linked to, each once.
#[must_use]
pub fn links<'a>(links: impl Iterator<Item = (IdeaId, &'a str, Status)>) -> Vec<PickerRow> {
    let mut rows: Vec<PickerRow> = Vec::new();
    for (id, title, status) in links {
        if rows.iter().all(|row| row.choice != Choice::Idea(id)) {
            rows.push(row(Choice::Idea(id), title, status.word()));
        }
    }
    rows
}

/// What was found by its words, as a row of `picker`; `None` for an idea that it does not offer.
pub(super) fn hit(picker: &Picker, hit: &Hit, finder: &Finder, now: Moment) -> Option<PickerRow> {
    // Titles of a megabyte come with files of others.
    let in_text = |row: PickerRow, passage: &Option<Passage>, group: &str| PickerRow {
        matches: characters(clip(&row.label), &finder.all(clip(&row.label))),
        label: clip(&row.label).to_owned(),
        passage: passage.clone(),
        group: group.to_owned(),
        ..row
    };
    match hit {
        Hit::Idea(id, passage) => {
            let offered = picker.all.iter();
            let mut offered = offered.filter(|row| row.choice == Choice::Idea(*id));
            let row = offered.next()?.clone();
            Some(in_text(row, passage, "Ideas, by their text"))
        }
        Hit::Feedback(found, passage) => {
            let company = found.company.as_deref().unwrap_or_default();
            let gap = if company.is_empty() { "" } else { " · " };
            let note = format!("{company}{gap}{}", found.received.dated(now));
            let row = row(Choice::Feedback(found.id), &found.title, note);
            Some(in_text(row, passage, "Feedback"))
        }
    }
}

/// The places of characters that lie in these ranges of bytes.
fn characters(text: &str, ranges: &[Range<usize>]) -> Vec<usize> {
    let within = |at: usize| ranges.iter().any(|range| range.contains(&at));
    let places = text.char_indices().enumerate();
    places
        .filter(|(_, (at, _))| within(*at))
        .map(|(place, _)| place)
        .collect()
}

/// What is probably the same as the feedback in hand, when it alone is acted on.
#[must_use]
pub fn same(state: &State, ids: &[FeedbackId]) -> Vec<PickerRow> {
    let hand = state.hand.as_ref().filter(|hand| ids == [hand.id]);
    let same = hand.and_then(|hand| hand.hints.as_ref());
    same.map_or(&[][..], |hints| &hints.same)
        .iter()
        .map(|item| {
            let age = item.row.received.dated(state.now);
            let note = format!("{item} · {age}");
            PickerRow {
                group: if item.is_sure() { SAME } else { MAYBE_SAME }.to_owned(),
                ..row(Choice::Feedback(item.row.id), &item.row.title, note)
            }
        })
        .collect()
}

/// Every other idea, and what its status would be.
#[must_use]
pub fn merge(state: &State, from: IdeaId) -> Vec<PickerRow> {
    let mut known = state.ideas.rows.iter().chain(target::idea_row(state));
    let going = known.find(|row| row.id == from).map(|row| row.status);
    let others = state.ideas.rows.iter().filter(|row| row.id != from);
    let rows = others.map(|row| {
        let mut shown = idea(row);
        match going.map(|going| row.status.of_both(going)) {
            Some(None) => shown.disabled = Some("one is Won't Do: first S on either".to_owned()),
            Some(Some(both)) if both != row.status => {
                shown.note = format!("{} → {}", row.status.word(), both.word());
            }
            _ => {}
        }
        shown
    });
    rows.collect()
}

/// Every status, each with its own key.
#[must_use]
pub fn statuses() -> Vec<PickerRow> {
    Status::ALL
        .iter()
        .map(|status| {
            let (key, note) = match status {
                Status::New => ("n", ""),
                Status::UnderConsideration => ("u", ""),
                Status::Planned => ("p", "asks for a release if it is in none"),
                Status::InDevelopment => ("i", ""),
                Status::Postponed => ("o", "asks whether the plan keeps it"),
                Status::WontDo => ("w", "asks for a reason that customers can read"),
                Status::Released => ("r", ""),
            };
            PickerRow {
                key: key.to_owned(),
                ..row(Choice::Status(*status), status.word(), note)
            }
        })
        .collect()
}

fn edit(ids: &[IdeaId], edit: IdeaEdit, key: &str, label: &str, note: &str) -> PickerRow {
    let deed = Deed::EditIdeas {
        ideas: ids.to_vec(),
        edits: vec![edit],
    };
    PickerRow {
        key: key.to_owned(),
        ..row(Choice::Deed(Box::new(deed)), label, note)
    }
}

/// Every effort, each with its own key, and none.
#[must_use]
pub fn efforts(ids: &[IdeaId]) -> Vec<PickerRow> {
    let keys = ["1", "s", "m", "l", "x"];
    let notes = [
        "days",
        "a week",
        "some weeks",
        "a release",
        "several releases",
    ];
    let mut rows: Vec<PickerRow> = Effort::ALL
        .iter()
        .zip(keys.into_iter().zip(notes))
        .map(|(effort, (key, note))| {
            edit(
                ids,
                IdeaEdit::Effort(Some(*effort)),
                key,
                effort.word(),
                note,
            )
        })
        .collect();
    rows.push(edit(
        ids,
        IdeaEdit::Effort(None),
        "-",
        UNKNOWN,
        "nobody has said",
    ));
    rows
}

/// Every timeframe, each with its own key, and none.
#[must_use]
pub fn timeframes(ids: &[IdeaId]) -> Vec<PickerRow> {
    let mut rows: Vec<PickerRow> = Timeframe::ALL
        .iter()
        .zip(["3", "6", "f"])
        .map(|(timeframe, key)| {
            edit(
                ids,
                IdeaEdit::Timeframe(Some(*timeframe)),
                key,
                timeframe.word(),
                "",
            )
        })
        .collect();
    rows.push(edit(
        ids,
        IdeaEdit::Timeframe(None),
        "-",
        UNKNOWN,
        "nobody has said",
    ));
    rows
}
