//! Whether a command on the weekly sync that is being held can run.

use crate::app::present::{alike, is_held};
use crate::app::state::State;
use crate::app::target;
use crate::domain::meeting::{AgendaRow, AgendaState};

use super::super::Reason;
use super::{Answer, meeting, require};

/// It is being held.
pub(in crate::app::command) fn held(state: &State) -> Answer {
    meeting::known(state)?;
    require(
        is_held(state),
        "the weekly sync is not being held; P begins it",
    )
}

/// A queued item at hand which was not put off yet.
pub(in crate::app::command) fn queued(state: &State) -> Answer {
    match target::agenda_row(state) {
        Some(AgendaRow::Queued(item)) => {
            let carried = item.state == AgendaState::CarriedOver;
            require(!carried, "it was carried over already")
        }
        Some(AgendaRow::Plan(_)) => Err(Reason::new(
            "the release plan is on every agenda; e goes on",
        )),
        Some(AgendaRow::Step(_)) => Err(Reason::new(
            "an open action step is on the next agenda by itself; e goes on",
        )),
        Some(AgendaRow::Requests(_)) => Err(Reason::new(
            "requests without an owner are on the next agenda by themselves; e goes on",
        )),
        None => Err(Reason::new("there is no queued item at hand")),
    }
}

/// A request at hand.
pub(in crate::app::command) fn request(state: &State) -> Answer {
    let requests = matches!(target::agenda_row(state), Some(AgendaRow::Requests(_)));
    require(requests, "there is no request at hand")
}

/// A request at hand, and somebody who is likely to take it.
pub(in crate::app::command) fn likely(state: &State) -> Answer {
    request(state)?;
    let likely = alike(state).is_some();
    require(
        likely,
        "nobody is likely to take this request; a names somebody",
    )
}

/// A request at hand, or an item that is about something.
pub(super) fn openable(state: &State) -> Answer {
    match request(state) {
        Ok(()) => Ok(()),
        Err(_) => meeting::openable(state),
    }
}

/// A request at hand, and somebody who could take it.
pub(in crate::app::command) fn take_request(state: &State) -> Answer {
    request(state)?;
    require(
        state.settings.me.is_some(),
        "Intake does not know who you are: set `me` in the configuration or start it with --as @name",
    )
}
