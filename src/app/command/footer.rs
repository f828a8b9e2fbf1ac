//! The keys in the footer: the most useful commands of the present context that can run now.

use super::super::missing::remedy_words;
use super::super::present::{alike, is_held, is_through};
use super::super::state::{Overlay, Pane, Screen, State};
use super::super::target;
use super::{Command as C, Context};
use crate::domain::meeting::AgendaRow;

/// One key of the footer and what it does; with neither, room that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The key, as it is written.
    pub key: String,
    /// What it does.
    pub words: String,
    /// Cells that it takes at least, key and words and the blank between them, so that what follows stays where it is.
    pub room: usize,
    /// Whatever else has no room: all keys, and the way back from a deed.
    pub stays: bool,
}

/// The most useful commands of a context, the most useful first.
const fn useful(context: Context) -> &'static [C] {
    match context {
        Context::Inbox => &[
            C::LinkSuggestion(1),
            C::Link,
            C::Assign,
            C::Answer,
            C::Ask,
            C::WontDo,
            C::Snooze,
            C::Filter,
            C::Undo,
            C::Help,
        ],
        Context::Text => &[
            C::LinkSuggestion(1),
            C::Link,
            C::SelectPassage,
            C::Assign,
            C::Answer,
            C::Ask,
            C::WontDo,
            C::OpenSource,
            C::Undo,
            C::Back,
            C::Help,
        ],
        Context::Passage => &[
            C::PassageBegin,
            C::LinkSuggestion(1),
            C::Link,
            C::PassageNextLine,
            C::PassageNextWord,
            C::PassageNextSentence,
            C::PassageSwap,
            C::PassageLeave,
            C::Help,
        ],
        Context::Ideas => &[
            C::Open,
            C::LinkSuggestion(1),
            C::EditIdea,
            C::IdeaStatus,
            C::IdeaRelease,
            C::IdeaEffort,
            C::MergeIdea,
            C::NewIdea,
            C::Order,
            C::Filter,
            C::Undo,
            C::Back,
            C::Help,
        ],
        Context::Idea => &[
            C::Open,
            C::EditIdea,
            C::IdeaStatus,
            C::IdeaRelease,
            C::IdeaEffort,
            C::CommentIdea,
            C::AddTicket,
            C::RemoveTicket,
            C::ItemTimeline,
            C::Undo,
            C::Back,
            C::Help,
        ],
        Context::Plan | Context::Board => &[
            C::UpdateItem,
            C::NoChange,
            C::MoveToNextRelease,
            C::AddToRelease,
            C::CutItem,
            C::TurnPlan,
            C::MoveToPreviousRelease,
            C::AssignItem,
            C::NewRelease,
            C::PlanChanges,
            C::PlanAsOf,
            C::Zoom,
            C::Undo,
            C::Back,
            C::BoardBack,
            C::Help,
        ],
        Context::Timeline => &[C::Open, C::UndoThis, C::Redo, C::Back, C::Help],
        Context::Sync => &[
            C::NoteItem,
            C::ItemUnchanged,
            C::FinishStep,
            C::Present,
            C::WriteMinutes,
            C::AddStep,
            C::ItemOwner,
            C::FewerMinutes,
            C::MoreMinutes,
            C::Discussed,
            C::NewItem,
            C::RemoveItem,
            C::Confidential,
            C::Open,
            C::NextPane,
            C::Undo,
            C::Back,
            C::Help,
        ],
        Context::Missing => &[
            C::MissingAssign,
            C::MissingDone,
            C::MissingNote,
            C::MissingNoChange,
            C::MissingPlace,
            C::MissingReason,
            C::MissingAnswer,
            C::MissingWaive,
            C::MissingShorten,
            C::Zoom,
            C::NextPane,
            C::Mark,
            C::Undo,
            C::Back,
            C::Help,
        ],
        Context::Present => &[
            C::GoOn,
            C::NoteItem,
            C::ItemUnchanged,
            C::FinishStep,
            C::AssignArea,
            C::AddStep,
            C::CarryOver,
            C::FinishMeeting,
            C::PauseClock,
            C::ItemOwner,
            C::NextItem,
            C::PreviousItem,
            C::Undo,
            C::Back,
            C::Help,
        ],
        Context::Minutes => &[
            C::WriteMinutes,
            C::CopyMarkdown,
            C::Down,
            C::Undo,
            C::Back,
            C::Help,
        ],
        Context::Past => &[
            C::Open,
            C::PlanChanges,
            C::PlanSince,
            C::PlanAsOf,
            C::Back,
            C::Help,
        ],
        Context::Charts => &[C::NextPane, C::Open, C::CopyMarkdown, C::Back, C::Help],
        Context::Absent => &[
            C::Back,
            C::GoInbox,
            C::GoIdeas,
            C::GoPlan,
            C::GoTimeline,
            C::Help,
        ],
        Context::Entry => &[C::Submit, C::Complete, C::EntryEditor, C::Cancel],
        Context::Picker => &[
            C::Submit,
            C::ChoiceDown,
            C::ChoiceUp,
            C::RenameView,
            C::DeleteRight,
            C::Cancel,
        ],
        Context::Form => &[
            C::SubmitAll,
            C::FieldDown,
            C::FieldUp,
            C::EntryEditor,
            C::Cancel,
        ],
    }
}

/// The same where the agenda is through: there is nothing at hand to go on from.
const AT_THE_END: &[C] = &[
    C::FinishMeeting,
    C::PreviousItem,
    C::WriteMinutes,
    C::AddStep,
    C::Undo,
    C::Back,
    C::Help,
];

/// What the footer says: the keys that do something now, the most useful first. The view shows as many as there is room
/// for.
#[must_use]
pub fn footer(state: &State) -> Vec<Item> {
    // The screen of an import has a line of keys of its own, and there Enter accepts nothing: it changes a row.
    if matches!(state.overlays.last(), Some(Overlay::Import(_))) {
        return Vec::new();
    }
    let context = target::context(state);
    let multiline =
        matches!(state.overlays.last(), Some(Overlay::Prompt(prompt)) if prompt.input.multiline);
    let mut items = Vec::new();
    let commands = match context {
        Context::Present if is_through(state) => AT_THE_END,
        other => useful(other),
    };
    for command in commands {
        // In a text of several lines Enter begins a new one.
        let command = match command {
            C::Submit if multiline => &C::SubmitAll,
            other => other,
        };
        // The checklist of a form is ticked, and the tickets are edited elsewhere.
        let is_fixed =
            matches!(state.overlays.last(), Some(Overlay::Form(form)) if form.is_fixed());
        if is_fixed && matches!(command, C::EntryEditor) {
            continue;
        }
        let lacks_row = context == Context::Missing && target::missing(state).is_none();
        if lacks_row && matches!(command, C::Zoom) {
            continue;
        }
        // In the list of views it forgets one.
        if matches!(command, C::DeleteRight) && C::RenameView.availability(state).is_err() {
            continue;
        }
        let room = room(state, context, *command);
        if (command.availability(state).is_ok() || waits(state, *command))
            && let Some(key) = key(state, context, *command)
        {
            let words = words(state, *command);
            let stays = matches!(command, C::Help | C::Undo | C::UndoThis);
            items.push(Item {
                key,
                words,
                room,
                stays,
            });
        } else if room > 0 {
            items.push(Item {
                room,
                ..Item::default()
            });
        }
    }
    items
}

/// Whether the key is heard and only waits until the feedback in hand is read: nearly always before anybody could see that it
/// cannot run yet, and the keys beside it would move twice.
fn waits(state: &State, command: C) -> bool {
    let unread = state
        .hand
        .as_ref()
        .is_some_and(|hand| hand.detail.is_none());
    matches!(command, C::Answer | C::Ask | C::SelectPassage) && unread && state.asked("feedback")
}

/// Room for the numbers of the suggestions, as many as can be drawn, for whatever is in hand: the ideas come and go with each
/// feedback, and nothing beside them is to move.
fn room(state: &State, context: Context, command: C) -> usize {
    let most = target::numbers(state);
    // Whoever marks is mostly on rows that are not marked yet.
    let none = state.hand.is_none() || most == 0 || target::ranked_for_another(state);
    if !matches!(command, C::LinkSuggestion(_)) || none {
        return 0;
    }
    let key = range(state, context, most).map_or(0, |key| key.chars().count());
    match key {
        0 => 0,
        key => key + 1 + words(state, command).chars().count(),
    }
}

/// The first key of a command; for the suggestions all numbers that are drawn.
fn key(state: &State, context: Context, command: C) -> Option<String> {
    let first = state.keymap.keys(context, command).into_iter().next();
    let C::LinkSuggestion(_) = command else {
        return first;
    };
    range(state, context, target::numbered(state))
}

/// The keys of so many suggestions.
fn range(state: &State, context: Context, most: usize) -> Option<String> {
    let keys = |number| state.keymap.keys(context, C::LinkSuggestion(number));
    let first = keys(1).into_iter().next();
    let last = u8::try_from(most).unwrap_or(u8::MAX);
    let last = keys(last).into_iter().next();
    match (first, last) {
        (Some(first), Some(last)) if first != last => Some(format!("{first}-{last}")),
        (first, _) => first,
    }
}

/// What the command does: to the marked ones, if there are any.
fn words(state: &State, command: C) -> String {
    if target::underneath(state) == Context::Missing {
        return of_missing(state, command);
    }
    let title = command.row().title;
    let number = state.inbox.marks.len();
    let marked = match number {
        0 => None,
        1 => Some("the marked one".to_owned()),
        2 => Some("both".to_owned()),
        more => Some(more.to_string()),
    };
    match (command, marked) {
        (C::LinkSuggestion(_), Some(which)) => format!("link {which} to"),
        (C::Link, Some(which)) => format!("link {which} to…"),
        (C::Assign | C::Answer | C::Ask | C::WontDo | C::Snooze, Some(which))
            if matches!(state.focus, Pane::Inbox | Pane::Feedback) =>
        {
            let (verb, rest) = title.split_at(title.find([',', '…']).unwrap_or(title.len()));
            format!("{verb} {which}{rest}")
        }
        (C::Present, _) if is_held(state) => "resume".to_owned(),
        // Beside its key the short word does, and more keys have room.
        (C::MoveToNextRelease, _) => "later".to_owned(),
        (C::MoveToPreviousRelease, _) => "earlier".to_owned(),
        (C::AddToRelease, _) => "add…".to_owned(),
        (C::TurnPlan, _) if target::on_board(state) => "table".to_owned(),
        (C::TurnPlan, _) => "board".to_owned(),
        (C::GoOn, _) => "discussed".to_owned(),
        (C::PreviousItem, _) if is_through(state) => "go back".to_owned(),
        (C::NextPane, _) if target::underneath(state) == Context::Sync => "missing".to_owned(),
        (C::LinkSuggestion(_) | C::Link, None) if quoting(state) => {
            format!("{title}, with the quote")
        }
        (C::AssignArea, _) => match alike(state) {
            Some((owner, requests)) => format!("{} to {owner}", requests.len()),
            None => title.to_owned(),
        },
        // As the prompt that it opens.
        (C::NoteItem, _) => match target::agenda_row(state) {
            Some(AgendaRow::Plan(_)) => "update…".to_owned(),
            Some(AgendaRow::Step(_)) => "change…".to_owned(),
            _ => title.to_owned(),
        },
        (C::DeleteRight, _) => "forget".to_owned(),
        (C::NextPane, _) if state.screen == Screen::Charts => "next chart".to_owned(),
        _ => title.to_owned(),
    }
}

/// What the command does to what is missing there.
fn of_missing(state: &State, command: C) -> String {
    let kind = target::lacking(state).first().map(|missing| missing.kind);
    let remedy = kind.and_then(|kind| remedy_words(command, kind));
    match (remedy, state.sync.marks.len()) {
        (Some(words), 0) => words.to_owned(),
        (Some(words), marked) => format!("{words} ({marked} marked)"),
        (None, _) => match command {
            C::Zoom => "show it".to_owned(),
            C::NextPane => "agenda".to_owned(),
            command => command.row().title.to_owned(),
        },
    }
}

fn quoting(state: &State) -> bool {
    target::quote(state).is_some()
}
