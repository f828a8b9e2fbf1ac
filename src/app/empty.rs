//! Why a pane is empty, and which key helps.

use super::command::{Command, Context};
use super::state::{Pane, Screen, State};
use super::stray;
use super::target;
use super::update;
use super::wider;
use crate::domain::chart::ChartName;
use crate::domain::meeting::{Section, SectionBody};
use crate::query::{About, Stray};

/// What comes within so many milliseconds is not announced.
pub const AT_ONCE: i64 = 150;

/// Why the screen of charts shows none yet; what comes in a moment is not announced.
#[must_use]
pub fn charts_words(state: &State) -> Option<&'static str> {
    let charts = &state.charts;
    let waits = charts.charts.is_empty() && state.asked("charts");
    (waits && state.now.0 - charts.since.0 >= AT_ONCE).then_some("counting …")
}

/// What a chart says that has nothing to draw, and what would change that.
#[must_use]
pub const fn no_figures(name: ChartName) -> &'static str {
    match name {
        ChartName::Inbox => "Nothing came in or went out in these twelve weeks",
        ChartName::Age => "Nothing is unprocessed",
        ChartName::Time => "Nothing was processed in these twelve weeks",
        ChartName::Demand => {
            "No open idea is wanted yet: linking feedback to ideas shows who wants what"
        }
        ChartName::Load => "Nothing lies with anybody",
        ChartName::Interviews => {
            "No product manager is known: “new colleague” in the palette makes one"
        }
    }
}

/// What an empty pane says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Empty {
    /// Why there is nothing.
    pub why: String,
    /// The key that helps, as it is written, and what it does; none while one has to wait.
    pub help: Option<(String, &'static str)>,
}

/// Why the pane shows nothing, and what helps. `None` while it has something to show, or is still being read for the first
/// time: what comes in a moment is not announced.
#[must_use]
pub fn empty_words(state: &State, pane: Pane) -> Option<Empty> {
    match pane {
        Pane::Inbox => inbox(state),
        Pane::Feedback => feedback(state),
        Pane::Ideas if state.zoomed => table(state),
        Pane::Ideas => suggestions(state),
        Pane::Plan => plan(state),
    }
}

fn empty(
    why: impl Into<String>,
    state: &State,
    command: Command,
    does: &'static str,
) -> Option<Empty> {
    let context = target::underneath(state);
    let context = if command.row().contexts.contains(&context) {
        context
    } else {
        command
            .row()
            .contexts
            .first()
            .copied()
            .unwrap_or(Context::Inbox)
    };
    let key = state.keymap.keys(context, command).into_iter().next();
    Some(Empty {
        why: why.into(),
        help: key.map(|key| (key, does)),
    })
}

fn inbox(state: &State) -> Option<Empty> {
    let inbox = &state.inbox;
    if !inbox.loaded || !inbox.rows.is_empty() {
        return None;
    }
    if update::is_searching(state) {
        return Some(Empty {
            why: "searching …".to_owned(),
            help: None,
        });
    }
    let header = state.header.as_ref();
    let open = header.map_or(0, |header| header.unprocessed);
    let stray = About::Feedback.stray(&inbox.query);
    if let Some(figures) = wider::figures(state) {
        return match wider::is_any(state) {
            true => empty(figures, state, Command::Widen, "shows all of them"),
            false => empty(figures, state, Command::Back, "takes it away"),
        };
    }
    let list = state.row_list();
    if list.is_some() || inbox.filter != inbox.home {
        if let Some(Stray::Elsewhere { about, .. }) = &stray {
            let why = stray::words(stray.as_ref()?);
            return empty(why, state, stray::leads_to(*about), "shows them");
        }
        let does = match list {
            Some(list) if list.filter == inbox.filter => "leads back",
            _ => "takes it away",
        };
        let why = stray.as_ref().map(stray::words);
        let why = why.unwrap_or_else(|| "nothing matches this filter".to_owned());
        return empty(why, state, Command::Back, does);
    }
    if open > 0 {
        let why = if inbox.home.contains("is:mine") {
            format!("nothing is yours; {open} unprocessed belong to others or to nobody")
        } else {
            format!("everything has an owner; {open} are unprocessed")
        };
        return empty(why, state, Command::Views, "chooses another view");
    }
    let waiting = header.map_or(0, |header| header.waiting + header.snoozed);
    let done = header.map_or(0, |header| header.done_today);
    if waiting > 0 || done > 0 {
        let why = format!("all done: {done} today; {waiting} snoozed or waiting");
        return empty(why, state, Command::GoPlan, "shows the release plan");
    }
    let dealt_with = header.map_or(0, |header| header.dealt_with);
    if dealt_with > 0 {
        let why = format!("nothing is unprocessed; {dealt_with} are processed or archived");
        return empty(
            why,
            state,
            Command::Filter,
            "filters; emptied with Ctrl-u it shows everything",
        );
    }
    empty(
        "no feedback yet: `intake import FILE` brings some in",
        state,
        Command::Palette,
        "then import reads a file, new feedback types one in",
    )
}

fn feedback(state: &State) -> Option<Empty> {
    match &state.hand {
        // That the list is being searched is said where it stands.
        None if update::is_searching(state) => None,
        // Whoever stands in the inbox needs no key to it.
        None if state.inbox.loaded && state.focus == Pane::Inbox => Some(Empty {
            why: "no feedback in hand".to_owned(),
            help: None,
        }),
        None if state.inbox.loaded => empty(
            "no feedback in hand",
            state,
            Command::GoInbox,
            "shows the inbox",
        ),
        Some(hand) if hand.detail.is_none() && hand.ranked => {
            empty("this feedback is gone", state, Command::Back, "goes back")
        }
        _ => None,
    }
}

fn table(state: &State) -> Option<Empty> {
    if !state.ideas.loaded || !state.ideas.shown.is_empty() {
        return None;
    }
    if state.ideas.rows.is_empty() {
        return empty("no ideas yet", state, Command::NewIdea, "makes one");
    }
    let stray = About::Ideas.stray(&state.ideas.query);
    let why = stray.as_ref().map(stray::words);
    empty(
        why.unwrap_or_else(|| "no idea has these words".to_owned()),
        state,
        Command::Back,
        "takes the filter away",
    )
}

fn suggestions(state: &State) -> Option<Empty> {
    let hand = state.hand.as_ref()?;
    if !hand.ranked {
        let waits = state.now.0 - hand.since.0 >= AT_ONCE;
        return waits.then(|| Empty {
            why: "comparing it with all ideas …".to_owned(),
            help: None,
        });
    }
    if !hand.suggestions.is_empty() {
        return None;
    }
    if state.ideas.loaded && state.ideas.rows.is_empty() {
        return empty(
            "no ideas yet",
            state,
            Command::NewIdeaFromFeedback,
            "makes one from this feedback",
        );
    }
    empty(
        "no idea is like this one",
        state,
        Command::Link,
        "finds one by name or makes it",
    )
}

fn plan(state: &State) -> Option<Empty> {
    if state.plan.loaded && !state.plan.filter.is_empty() && target::plan_places(state).is_empty() {
        let why = "nothing in the plan has these words";
        let back = match target::on_board(state) {
            true => Command::BoardBack,
            false => Command::Back,
        };
        return empty(why, state, back, "shows all of it");
    }
    if !state.plan.loaded || !state.plan.plan.releases.is_empty() {
        return None;
    }
    empty("no release yet", state, Command::NewRelease, "makes one")
}

/// What a part of the agenda says in which nothing stands.
#[must_use]
pub fn nothing_in(state: &State, section: &Section) -> Empty {
    let (why, command, does) = match &section.body {
        SectionBody::Plan(_) => (
            "nothing is in a release to come",
            Command::GoPlan,
            "shows the release plan",
        ),
        SectionBody::Steps(_) => ("no action step is open", Command::AddStep, "notes one"),
        SectionBody::Unassigned { .. } => (
            "every request has an owner",
            Command::GoInbox,
            "shows the inbox",
        ),
        _ => ("nothing is queued", Command::NewItem, "queues an item"),
    };
    let keys = state.keymap.keys(Context::Sync, command);
    Empty {
        why: why.to_owned(),
        help: keys.into_iter().next().map(|key| (key, does)),
    }
}

/// What the screen of the weekly sync says while it has no agenda: what is wrong, or, after a moment, that it is being read.
#[must_use]
pub fn no_agenda(state: &State) -> Option<(String, String)> {
    if let Some(trouble) = &state.sync.trouble {
        return Some(trouble.clone());
    }
    let since = state.sync.since?;
    let waits = state.now.0.saturating_sub(since.0) >= AT_ONCE;
    waits.then(|| ("reading the agenda …".to_owned(), String::new()))
}

/// What a screen that comes later is, and what serves meanwhile.
#[must_use]
pub fn absent_words(state: &State) -> Option<(&'static str, &'static str)> {
    use super::state::Absent;
    let Screen::Absent(absent) = state.screen else {
        return None;
    };
    Some(match absent {
        Absent::Outbox => (
            "The outbox comes with a later version",
            "Meanwhile: every answer and assignment is stored; the palette copies all answers owed as Markdown, and \
             has:answer-owed filters the inbox",
        ),
    })
}
