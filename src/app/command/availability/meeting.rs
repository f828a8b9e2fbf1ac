//! Whether a command on the agenda of the weekly sync can run.

use crate::app::state::State;
use crate::app::target;
use crate::domain::meeting::{AgendaRow, QueuedItem, SectionBody};

use super::super::Reason;
use super::{Answer, require};

const NO_ITEM: Reason = Reason::new("there is no item of the agenda under the cursor");
const NOT_QUEUED: &str = "only a queued item has minutes of its own";

/// The agenda is there.
pub(in crate::app::command) fn known(state: &State) -> Answer {
    require(
        state.sync.found.is_some(),
        "the weekly sync is not known yet",
    )
}

/// What is under the cursor of the agenda can be shown elsewhere.
pub(super) fn openable(state: &State) -> Answer {
    let Some(row) = target::agenda_row(state) else {
        let part = target::agenda_part(state).map(|section| &section.body);
        return match part {
            Some(SectionBody::Feedback(_)) => Ok(()),
            Some(_) => Err(Reason::new("this is a question to those who attend")),
            None => Err(NO_ITEM),
        };
    };
    let whole = match row {
        AgendaRow::Step(_) => true,
        AgendaRow::Queued(item) => item.about.is_none(),
        AgendaRow::Plan(_) | AgendaRow::Requests(_) => false,
    };
    require(!whole, "all of it is here")
}

fn row(state: &State) -> Result<AgendaRow<'_>, Reason> {
    target::agenda_row(state).ok_or(NO_ITEM)
}

pub(in crate::app::command) fn notable(state: &State) -> Answer {
    require(
        !matches!(row(state)?, AgendaRow::Requests(_)),
        "nothing can be noted on requests; Enter shows them in the inbox",
    )
}

pub(in crate::app::command) fn unchanged(state: &State) -> Answer {
    require(
        matches!(row(state)?, AgendaRow::Plan(_)),
        "only a release item is asked for changes",
    )
}

pub(in crate::app::command) fn ownable(state: &State) -> Answer {
    let none = matches!(row(state)?, AgendaRow::Requests(group) if group.requests.is_empty());
    require(!none, "there are no requests to be assigned")
}

pub(in crate::app::command) fn step(state: &State) -> Answer {
    require(
        matches!(row(state)?, AgendaRow::Step(_)),
        "only an action step can be done; e says that an item was discussed",
    )
}

fn queued<'a>(state: &'a State, reason: &'static str) -> Result<&'a QueuedItem, Reason> {
    match row(state)? {
        AgendaRow::Queued(item) => Ok(item),
        _ => Err(Reason::new(reason)),
    }
}

pub(in crate::app::command) fn minuted(state: &State) -> Answer {
    queued(state, NOT_QUEUED).map(|_| ())
}

pub(in crate::app::command) fn fewer_minutes(state: &State) -> Answer {
    require(
        queued(state, NOT_QUEUED)?.minutes != Some(1),
        "it has one minute; X takes it off the agenda",
    )
}

pub(in crate::app::command) fn confidential(state: &State) -> Answer {
    queued(state, "only a queued item can be confidential").map(|_| ())
}

pub(in crate::app::command) fn movable(state: &State) -> Answer {
    queued(state, "only queued items are in an order of their own").map(|_| ())
}

pub(in crate::app::command) fn discussable(state: &State) -> Answer {
    match row(state)? {
        AgendaRow::Plan(_) | AgendaRow::Queued(_) => Ok(()),
        AgendaRow::Step(_) => Err(Reason::new("d marks an action step as done")),
        AgendaRow::Requests(_) => Err(Reason::new(
            "requests go as they get owners; a makes somebody their owner",
        )),
    }
}

pub(in crate::app::command) fn removable(state: &State) -> Answer {
    require(
        matches!(row(state)?, AgendaRow::Queued(_) | AgendaRow::Step(_)),
        "what the agenda shows by itself goes when it is dealt with",
    )
}
