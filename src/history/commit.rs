//! Committing: a deed becomes an action.

use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use super::deeds;
use super::draft::Draft;
use super::error::Result;
use super::seen;
use super::words::Words;
use crate::domain::clocks::Clocks;
use crate::domain::deed::{Deed, Outcome, Seen, Touched};
use crate::domain::entity::{Entity, Value};
use crate::domain::id::{Ids, ReleaseId, determined};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::domain::release::ReleaseKind;
use crate::problem::Problem;
use crate::store::{Store, Writer};

/// Who acts, on which copy, and when.
#[derive(Debug)]
pub struct Context {
    /// Who; `None` when nobody said.
    pub author: Option<Handle>,
    /// The copy of the workspace.
    pub device: Uuid,
    /// When.
    pub now: Moment,
    /// The clocks where they act, for days and times in the words.
    pub clocks: Clocks,
    /// Where fresh identities come from.
    pub ids: Mutex<Ids>,
}

impl Context {
    /// A fresh identity.
    pub(super) fn fresh(&self) -> Uuid {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.fresh(self.now)
    }
}

/// The verb of the action which founds a workspace; nobody's deed, and not to be undone.
pub(super) const FOUND: &str = "found";

/// The release `backlog`: the shelf for planned work without a date, in every workspace.
#[must_use]
pub fn backlog() -> ReleaseId {
    ReleaseId(determined("release", &[b"backlog"]))
}

/// Does a deed: its rows, its journal and what is derived from them in one durable transaction, or nothing at all.
///
/// A deed that changes nothing makes no action; its words say so.
///
/// # Errors
/// When the deed breaks a rule or names what is not there, and when the file cannot be written.
pub fn commit(
    store: &mut Store,
    context: &Context,
    deed: &Deed,
) -> std::result::Result<Outcome, Problem> {
    commit_seen(store, context, deed, &[])
}

/// The same for whoever had seen this before: looked at again in the transaction that does the deed.
///
/// # Errors
/// As [`commit`]; and when something is otherwise now.
pub fn commit_seen(
    store: &mut Store,
    context: &Context,
    deed: &Deed,
    seen: &[Seen],
) -> std::result::Result<Outcome, Problem> {
    let done: Result<Outcome> = store.write(|writer| {
        seen::check(writer, context.now, deed, seen)?;
        let mut outcome = act(writer, context, deed)?;
        look_for_touched(writer, &mut outcome)?;
        Ok(outcome)
    });
    done.map_err(Problem::from)
}

/// Does a deed within a transaction.
pub(super) fn act(writer: &mut Writer<'_>, context: &Context, deed: &Deed) -> Result<Outcome> {
    let mut draft = Draft::begin(writer, context, deeds::verb(deed), None)?;
    let words = deeds::apply(&mut draft, deed)?;
    draft.finish(&words)
}

/// Finds out which lists show something else now, which the only action of the transaction has done.
pub(super) fn look_for_touched(writer: &mut Writer<'_>, outcome: &mut Outcome) -> Result<()> {
    outcome.touched = match outcome.action {
        Some(_) => writer.touched()?,
        None => Touched::NOTHING,
    };
    Ok(())
}

/// Gives a fresh workspace what every workspace has: the release `backlog`. Does nothing when it is there.
///
/// It is an action of its own, by nobody and on no device, so that it is never anybody's newest deed.
///
/// # Errors
/// When the file cannot be written.
pub fn found(store: &mut Store, now: Moment) -> std::result::Result<(), Problem> {
    let there: Result<bool> =
        store.read(|reader| Ok(reader.find(Entity::Release, backlog().0)?.is_some()));
    if there.map_err(Problem::from)? {
        return Ok(());
    }
    let context = Context {
        author: None,
        device: Uuid::nil(),
        now,
        clocks: Clocks::UTC,
        ids: Mutex::new(Ids::Random),
    };
    let founded: Result<()> = store.write(|writer| {
        // Another window may have been faster.
        if writer.find(Entity::Release, backlog().0)?.is_some() {
            return Ok(());
        }
        let mut draft = Draft::begin(writer, &context, FOUND, None)?;
        let fields = vec![
            ("name", Value::Text("backlog".to_owned())),
            ("kind", Value::Integer(ReleaseKind::Backlog.code())),
        ];
        draft.create(Entity::Release, Some(backlog().0), fields)?;
        draft.finish(&Words::plain("founded the workspace"))?;
        Ok(())
    });
    founded.map_err(Problem::from)
}
