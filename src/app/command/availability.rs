//! Whether a command can run now, and if not, why: what help says is what happens when the key is pressed.

pub(super) mod meeting;
pub(super) mod present;

use crate::domain::feedback::State as Shown;
use crate::domain::release::Health;

use super::super::empty::empty_words;
use super::super::shifting::shifts;
use super::super::state::{Again, Overlay, Pane, Picking, Screen, State};
use super::super::target;
use super::super::wider;
use super::{Command, Context, Reason};

type Answer = Result<(), Reason>;

fn require(holds: bool, reason: &'static str) -> Answer {
    if holds {
        Ok(())
    } else {
        Err(Reason::new(reason))
    }
}

/// Why there is nothing to act on, and what the empty pane itself says helps.
fn nothing(state: &State, pane: Pane, words: &str) -> Reason {
    match empty_words(state, pane) {
        Some(empty) => with_remedy(empty.why, empty.help),
        None => Reason(words.to_owned().into()),
    }
}

/// A reason with the key that helps, and what it does.
fn with_remedy(words: String, help: Option<(String, &'static str)>) -> Reason {
    Reason(match help {
        Some((key, does)) => format!("{words}; {key} {does}").into(),
        None => words.into(),
    })
}

pub(super) fn always(_: &State) -> Answer {
    Ok(())
}

pub(super) fn feedback(state: &State) -> Answer {
    match target::feedback(state).is_empty() {
        false => Ok(()),
        true => Err(nothing(
            state,
            Pane::Inbox,
            "there is no feedback under the cursor",
        )),
    }
}

/// With its detail: its reporter, links and comments.
pub(super) fn feedback_loaded(state: &State) -> Answer {
    feedback(state)?;
    let loaded = state
        .hand
        .as_ref()
        .is_some_and(|hand| hand.detail.is_some());
    require(loaded, "the feedback is still being read")
}

pub(super) fn feedback_text(state: &State) -> Answer {
    feedback_loaded(state)?;
    let text = state.hand.as_ref().and_then(|hand| hand.detail.as_ref());
    require(
        text.is_some_and(|detail| !detail.body.trim().is_empty()),
        "it has no text beyond its title",
    )
}

pub(super) fn assign_to_me(state: &State) -> Answer {
    feedback(state)?;
    require(
        state.settings.me.is_some(),
        "Intake does not know who you are: “who I am” in the palette says it",
    )
}

/// What is no longer to be done, or waits for a reply, hides behind nothing: it is to be reopened first.
pub(super) fn snoozable(state: &State) -> Answer {
    let ids = target::feedback(state);
    feedback(state)?;
    let known = state.inbox.rows.iter().chain(target::feedback_row(state));
    let mut states = known
        .filter(|row| ids.contains(&row.id))
        .map(|row| row.shown_state(state.now));
    let Some(settled) = states.find(|shown| *shown != Shown::Unprocessed) else {
        return Ok(());
    };
    let what = match ids.len() {
        1 => "it is",
        _ => "one of them is",
    };
    let keys = state.keymap.keys(Context::Inbox, Command::Reopen);
    let key = keys.first().map(|key| format!(": {key}"));
    let is = settled.word().to_lowercase();
    Err(Reason(
        format!("{what} {is}, reopen it first{}", key.unwrap_or_default()).into(),
    ))
}

pub(super) fn linkable(state: &State) -> Answer {
    feedback(state)
}

pub(super) fn linked(state: &State) -> Answer {
    feedback(state)?;
    if !state.inbox.marks.is_empty() {
        return Ok(());
    }
    let links = match state.hand.as_ref().and_then(|hand| hand.detail.as_ref()) {
        Some(detail) => !detail.links.is_empty(),
        None => target::feedback_row(state).is_some_and(|row| row.links > 0),
    };
    require(links, "it is linked to no idea")
}

/// Whether any suggestion is numbered on the screen.
pub(super) fn suggestions(state: &State) -> Answer {
    suggestion(state, 1)
}

/// Whether the suggestion with that number is drawn for the feedback in hand.
pub(super) fn suggestion(state: &State, number: u8) -> Answer {
    feedback(state)?;
    if target::ranked_for_another(state) {
        return Err(Reason(match state.inbox.marks.len() {
            1 => "these ideas are for an item that is not marked; i finds one for the marked one".into(),
            marked => format!("these ideas are for an item that is not marked; i finds one for the {marked} marked").into(),
        }));
    }
    let ranked = state.hand.as_ref().is_some_and(|hand| hand.ranked);
    require(ranked, "the ideas for this feedback are still being ranked")?;
    match target::numbered(state) {
        0 => Err(Reason::new(
            "no idea is numbered on the screen; i finds one by name",
        )),
        drawn if usize::from(number) > drawn || number == 0 => Err(Reason(
            format!("there is no number {number} on the screen").into(),
        )),
        _ => Ok(()),
    }
}

pub(super) fn idea(state: &State) -> Answer {
    match target::ideas(state).is_empty() {
        false => Ok(()),
        true => Err(nothing(
            state,
            Pane::Ideas,
            "there is no idea under the cursor",
        )),
    }
}

/// For what is done to one idea at a time.
pub(super) fn one_idea(state: &State) -> Answer {
    idea(state)?;
    require(
        target::ideas(state).len() == 1,
        "this is done to one idea at a time; Esc clears the marks",
    )
}

/// An idea on the screen with links to tickets or material.
pub(super) fn ticket(state: &State) -> Answer {
    let detail = state.idea.as_ref().and_then(|view| view.detail.as_ref());
    require(
        detail.is_some_and(|detail| !detail.tickets.is_empty()),
        "it has no tickets or other links; L adds one",
    )
}

pub(super) fn release(state: &State) -> Answer {
    require(
        target::release(state).is_some(),
        "there is no release yet; C makes one",
    )
}

pub(super) fn item(state: &State) -> Answer {
    if !target::release_items(state).is_empty() {
        return Ok(());
    }
    let Some(planned) = target::planned_release(state) else {
        return Err(nothing(
            state,
            Pane::Plan,
            "there is no release item under the cursor",
        ));
    };
    let name = &planned.release.name;
    let (words, command, does) = match planned.items.is_empty() {
        true => (
            format!("{name} has no items yet"),
            Command::AddToRelease,
            "adds an idea",
        ),
        false => (
            format!("this is {name} as a whole, not an item of it"),
            Command::Down,
            "goes to the next item",
        ),
    };
    let keys = state.keymap.keys(Context::Plan, command);
    Err(with_remedy(
        words,
        keys.first().map(|key| (key.clone(), does)),
    ))
}

/// For what is done to one item at a time.
pub(super) fn one_item(state: &State) -> Answer {
    item(state)?;
    require(
        target::chosen_item(state).is_some(),
        "this is done to one release item at a time; Esc clears the marks",
    )
}

pub(super) fn item_here(state: &State) -> Answer {
    one_item(state)?;
    let cut = target::chosen_item(state).is_some_and(|item| item.health == Health::Cut);
    require(!cut, "it is cut already")
}

pub(super) fn previous_release(state: &State) -> Answer {
    shift(state, false)
}

pub(super) fn next_release(state: &State) -> Answer {
    shift(state, true)
}

fn shift(state: &State, later: bool) -> Answer {
    item(state)?;
    let shifts = shifts(state, later);
    shifts.map(drop).map_err(|words| Reason(words.into()))
}

/// One thing under the cursor.
pub(super) fn thing(state: &State) -> Answer {
    require(
        target::thing(state).is_some(),
        "there is nothing under the cursor",
    )
}

/// One thing under the cursor, the text on the screen, or a chart in hand.
pub(super) fn copyable(state: &State) -> Answer {
    match state.screen {
        Screen::Minutes => minutes(state),
        Screen::Charts => require(
            state.charts.chart().is_some(),
            "the charts are still being counted",
        ),
        _ => thing(state),
    }
}

/// The minutes on the screen.
fn minutes(state: &State) -> Answer {
    require(
        state.minutes.text.is_some(),
        "the minutes are still being read",
    )
}

/// Minutes to be written: those on the screen, or those of a weekly sync that is held or was.
pub(super) fn writable(state: &State) -> Answer {
    match state.screen {
        Screen::Minutes => minutes(state),
        _ => Ok(()),
    }
}

/// Something that can be opened.
pub(super) fn anything(state: &State) -> Answer {
    match target::underneath(state) {
        Context::Idea => {
            let evidence = state.idea.as_ref().and_then(|idea| idea.detail.as_ref());
            require(
                evidence.is_some_and(|detail| !detail.evidence.is_empty()),
                "no feedback is linked to this idea yet",
            )
        }
        Context::Timeline => entry(state),
        Context::Sync => meeting::openable(state),
        Context::Present => present::openable(state),
        Context::Charts => chart(state),
        Context::Past => require(
            target::past_idea(state).is_some(),
            "there is no item under the cursor",
        ),
        Context::Minutes | Context::Absent => Err(Reason::new("there is nothing to open")),
        _ => thing(state),
    }
}

/// A chart; of the one that fills the screen a row that stands for a list.
fn chart(state: &State) -> Answer {
    let charts = &state.charts;
    require(
        charts.chart().is_some(),
        "the charts are still being counted",
    )?;
    let listed = charts.row.is_none() || charts.lead().is_some();
    require(listed, "there is no list behind this figure")
}

pub(super) fn entry(state: &State) -> Answer {
    require(
        state.timeline.entries.get(state.timeline.cursor).is_some(),
        "nothing was done here yet",
    )
}

/// An action that can be undone, or done again.
pub(super) fn undoable(state: &State) -> Answer {
    entry(state)?;
    let entry = state.timeline.entries.get(state.timeline.cursor);
    require(
        entry.is_none_or(|entry| !entry.lasts),
        "the founding of a workspace cannot be undone",
    )
}

/// Rows that can be marked.
pub(super) fn markable(state: &State) -> Answer {
    let rows = match target::underneath(state) {
        Context::Inbox | Context::Text => !state.inbox.rows.is_empty(),
        Context::Ideas => state.zoomed && !state.ideas.shown.is_empty(),
        Context::Plan | Context::Board => state
            .plan
            .plan
            .releases
            .iter()
            .any(|planned| !planned.items.is_empty()),
        Context::Missing => target::missing(state).is_some(),
        _ => false,
    };
    require(rows, "there is no list to mark in")
}

pub(super) fn sortable(state: &State) -> Answer {
    let sortable = state.screen == Screen::Console
        && (state.focus == Pane::Inbox || (state.focus == Pane::Ideas && state.zoomed));
    require(sortable, "the inbox and the table of ideas can be ordered")
}

pub(super) fn filterable(state: &State) -> Answer {
    let here = target::underneath(state);
    let reason = match here {
        Context::Sync | Context::Missing | Context::Present | Context::Minutes => {
            "the weekly sync is not filtered; g i shows the inbox"
        }
        Context::Timeline => "a timeline is not filtered; g i shows the inbox",
        Context::Charts => "charts are not filtered; g i shows the inbox",
        _ => return Ok(()),
    };
    Err(Reason::new(reason))
}

pub(super) fn searched(state: &State) -> Answer {
    require(
        !state.search.is_empty(),
        "nothing was searched for yet; / searches",
    )
}

pub(super) fn widenable(state: &State) -> Answer {
    require(
        wider::sought(state).is_some(),
        "the filter has no words beside other conditions",
    )
}

/// Whether the saved views are listed.
pub(super) fn views(state: &State) -> Answer {
    let top = state.overlays.last();
    let listed = matches!(top, Some(Overlay::Picker(picker)) if picker.picking == Picking::Views);
    require(listed, "only saved views are renamed")
}

pub(super) fn repeatable(state: &State) -> Answer {
    let deed = match &state.again {
        None => return Err(Reason::new("no deed was done yet")),
        Some(Again::Nothing(words)) => {
            return Err(Reason(
                format!("the last deed is not to be repeated: {words}").into(),
            ));
        }
        Some(Again::Deed(deed)) => deed,
    };
    require(
        super::super::update::again(state, deed).is_some(),
        "the last deed was done to something else than what is under the cursor",
    )
}

pub(super) fn source(state: &State) -> Answer {
    require(
        super::super::update::source_link(state).is_some(),
        "it has no link to where it came from",
    )
}
