//! Undo and redo: an action that reverses another one.
//!
//! ```text
//!   A  assigned to @omar        undone by U ─┐   u: my newest action in effect, on this device
//!   B  archived                              │
//!   U  undid: assigned to @omar  reverses A ◄┘   U: reverses U, so that A is in effect again
//! ```
//!
//! A reversal goes through the changes of the action, last first, and sets each field back that still is what the action
//! left. Then it looks at what that did: no live row may refer to one that is gone, and every rule of the product must
//! hold. If anything stands in the way, the whole transaction is rolled back and the obstacles are named; with `rest`,
//! what they concern is left out instead.

mod about;
mod reversing;
mod told;

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;

use super::commit::{Context, FOUND, look_for_touched};
use super::draft::Draft;
use super::error::{Error, Result, refused};
use super::journal::{self, Change};
use super::obstacle::Found as Blocking;
use super::words::{self, Words};
use crate::domain::deed::{Foreseen, Foresight, Outcome, Reversal, Reversed};
use crate::domain::entity::{DELETED, Thing, Value};
use crate::domain::id::ActionId;
use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};
use crate::store::{ActionRecord, LocalId, Located, Reader, Store};

use reversing::SetBack;
use told::{Told, stopped};

pub use told::Watch;

/// How many obstacles are named.
const NAMED: usize = 20;

/// How often the rest is tried again without what stood in its way. Each time more is left out, so it ends; this bounds
/// how long it takes.
const TRIES: usize = 50;

/// Whether an action may be reversed without a question.
pub type Sure<'s> = dyn Fn(&Foresight) -> bool + 's;

/// What a reversal would reverse.
///
/// # Errors
/// When there is no such action, or the file cannot be read.
pub fn foreseen(
    store: &Store,
    context: &Context,
    reversal: Reversal,
) -> std::result::Result<Foreseen, Problem> {
    match found(store, context, reversal)? {
        Found::It(_, seen) => Ok(Foreseen::It(seen)),
        Found::Nothing => Ok(Foreseen::Nothing),
        Found::NotYours => Ok(Foreseen::NotYours),
    }
}

/// What there is to reverse.
enum Found {
    It(Box<ActionRecord>, Foresight),
    Nothing,
    NotYours,
}

fn found(
    store: &Store,
    context: &Context,
    reversal: Reversal,
) -> std::result::Result<Found, Problem> {
    let found = store.read(|reader| {
        let Some(target) = target(reader, context, reversal)? else {
            let others = reversal == Reversal::Newest && reader.newest_of_all(FOUND)?.is_some();
            return Ok(if others {
                Found::NotYours
            } else {
                Found::Nothing
            });
        };
        let words = words::resolve(reader, &target.words)?;
        let seen = Foresight {
            action: ActionId(target.key.id),
            // What is done again was done before it was undone.
            words: words.strip_prefix(UNDID).unwrap_or(&words).to_owned(),
            at: target.at,
            changes: target.changes,
        };
        Ok::<_, Error>(Found::It(Box::new(target), seen))
    });
    found.map_err(Problem::from)
}

/// How the words of an undo begin.
const UNDID: &str = "undid: ";

/// Undoes or redoes an action, and tells nobody how far it is: see [`reverse_watched`].
///
/// # Errors
/// As [`reverse_watched`].
pub fn reverse(
    store: &mut Store,
    context: &Context,
    reversal: Reversal,
) -> std::result::Result<Reversed, Problem> {
    reverse_watched(store, context, reversal, &|_| true, &mut |_| {
        ControlFlow::Continue(())
    })
}

/// Undoes or redoes an action, if `sure` says so of it; else answers what it would reverse.
///
/// Undoing appends an action, which can be undone in turn. An action which made things marks them as deleted. Colleagues,
/// customers, companies and areas that came along with a deed stay if later work refers to them.
///
/// # Errors
/// When there is no such action, its journal cannot be read, the file cannot be written, or `watch` breaks off. That something
/// stands in the way is not an error but an answer.
pub fn reverse_watched(
    store: &mut Store,
    context: &Context,
    reversal: Reversal,
    sure: &Sure<'_>,
    watch: &mut Watch<'_>,
) -> std::result::Result<Reversed, Problem> {
    let (target, seen) = match found(store, context, reversal)? {
        Found::It(target, seen) => (target, seen),
        Found::Nothing => return Ok(Reversed::Nothing),
        Found::NotYours => return Ok(Reversed::NotYours),
    };
    if target.verb == FOUND {
        return Err(refused("the founding of a workspace cannot be undone"));
    }
    if !sure(&seen) {
        return Ok(Reversed::Unsure(seen));
    }
    let rest = matches!(reversal, Reversal::Action { rest: true, .. });
    let words = match target.undoes {
        Some(_) => format!("doing again: {}", seen.words),
        None => format!("undoing: {}", seen.words),
    };
    let mut told = Told::new(words, target.changes, watch);
    run(store, context, &target, rest, &mut told).map_err(|error| match Problem::from(error) {
        problem if problem.kind == Kind::Interrupted => stopped(),
        problem => problem,
    })
}

/// The action to reverse, if there is one.
fn target(
    reader: &Reader<'_>,
    context: &Context,
    reversal: Reversal,
) -> Result<Option<ActionRecord>> {
    match reversal {
        Reversal::Newest => newest_in_effect(reader, context),
        Reversal::LastUndone => {
            let author = context.author.as_ref().map_or("", Handle::as_str);
            let undo = reader.newest_undo(author, context.device)?;
            let newest = newest_in_effect(reader, context)?;
            // Something done since has taken the place of what was undone.
            let since = |undo: &ActionRecord| {
                newest
                    .as_ref()
                    .is_some_and(|newest| newest.key.local > undo.key.local)
            };
            Ok(undo.filter(|undo| !since(undo)))
        }
        Reversal::Action { action, .. } => named(reader, action).map(Some),
    }
}

/// The newest deed of this hand that is in effect. Who does something is made a colleague by it at the latest, so nothing
/// older is theirs: who has just come, and has done nothing, does not read what all others ever did.
fn newest_in_effect(reader: &Reader<'_>, context: &Context) -> Result<Option<ActionRecord>> {
    let (author, since) = match &context.author {
        Some(handle) => (handle.as_str(), reader.first_known(handle.as_str())?),
        None => ("", Some(LocalId(0))),
    };
    Ok(match since {
        Some(since) => reader.newest_in_effect(author, context.device, since)?,
        None => None,
    })
}

/// The action to reverse when that one is named: itself, or the undo that keeps it from being in effect. An undo or redo
/// stands for the deed which it is about.
fn named(reader: &Reader<'_>, action: ActionId) -> Result<ActionRecord> {
    let gone = || {
        Problem::new(Kind::NotFound, "there is no such action in this workspace")
            .hint("“intake log” lists the actions")
    };
    let mut found = reader.find_action(action.0)?.ok_or_else(gone)?;
    while let Some(original) = found.undoes {
        found = reader.action(original.local)?.ok_or_else(gone)?;
    }
    match found.undone_by {
        Some(undo) => Ok(reader.action(undo.local)?.ok_or_else(gone)?),
        None => Ok(found),
    }
}

fn run(
    store: &mut Store,
    context: &Context,
    target: &ActionRecord,
    rest: bool,
    told: &mut Told<'_, '_>,
) -> Result<Reversed> {
    let strict = attempt(store, context, target, &Manner::default(), told)?;
    let found = match strict {
        Attempt::Done(outcome) if outcome.action.is_some() => return Ok(Reversed::Done(outcome)),
        Attempt::Done(_) | Attempt::Counted(_) => return Ok(Reversed::Nothing),
        Attempt::Blocked(found) => found,
    };
    let manner = Manner {
        tolerant: true,
        counting: !rest,
        ..Manner::default()
    };
    let possible = match loosen(store, context, target, manner, told)? {
        Attempt::Done(outcome) if outcome.action.is_some() => return Ok(Reversed::Done(outcome)),
        Attempt::Counted(count) => usize::try_from(count).unwrap_or(usize::MAX),
        Attempt::Done(_) | Attempt::Blocked(_) => 0,
    };
    Ok(Reversed::Refused {
        action: ActionId(target.key.id),
        obstacles: found.into_iter().map(|found| found.obstacle).collect(),
        rest: possible,
    })
}

/// Leaves out what stands in the way of a rule, until nothing does.
fn loosen(
    store: &mut Store,
    context: &Context,
    target: &ActionRecord,
    mut manner: Manner,
    told: &mut Told<'_, '_>,
) -> Result<Attempt> {
    for _ in 0..TRIES {
        match attempt(store, context, target, &manner, told)? {
            Attempt::Blocked(found) => {
                let before = manner.without.len();
                manner
                    .without
                    .extend(found.into_iter().flat_map(|found| found.blame));
                if manner.without.len() == before {
                    break;
                }
            }
            done => return Ok(done),
        }
    }
    Ok(Attempt::Blocked(Vec::new()))
}

/// How a reversal is tried.
#[derive(Default)]
struct Manner {
    /// Things that are left as they are.
    without: HashSet<Thing>,
    /// Leave out what was changed since, instead of refusing.
    tolerant: bool,
    /// Only count what could be done.
    counting: bool,
}

enum Attempt {
    Done(Outcome),
    Counted(u64),
    Blocked(Vec<Blocking>),
}

/// What ends a transaction without a commit.
enum Stop {
    // The largest by far, and the rarest.
    Failed(Box<Error>),
    Blocked(Vec<Blocking>),
    Counted(u64),
}

impl Located for Stop {
    fn at(self, path: &Path) -> Self {
        match self {
            Self::Failed(error) => Self::Failed(Box::new(error.at(path))),
            other => other,
        }
    }
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(Box::new(error.into()))
    }
}

fn attempt(
    store: &mut Store,
    context: &Context,
    target: &ActionRecord,
    manner: &Manner,
    told: &mut Told<'_, '_>,
) -> Result<Attempt> {
    let (verb, words) = if target.undoes.is_some() {
        ("redo", target.words.replacen("undid", "redid", 1))
    } else {
        ("undo", format!("{UNDID}{}", target.words))
    };
    told.begin_anew();
    let done: std::result::Result<(Outcome, about::About), Stop> = store.write(|writer| {
        // Another window may have been faster.
        let now = writer.action(target.key.local)?;
        if now.is_none_or(|action| action.undone_by.is_some()) {
            return Err(Stop::Counted(0));
        }
        let draft = Draft::begin(writer, context, verb, Some(target.key.local))?;
        let SetBack {
            mut draft,
            found,
            first,
        } = SetBack::of(draft, target, manner, told)?;
        if !found.is_empty() {
            return Err(Stop::Blocked(found));
        }
        let about = about::about(&draft, &first)?;
        if manner.counting {
            return Err(Stop::Counted(draft.count()));
        }
        if !draft.is_empty() {
            draft.mark_reversed(target)?;
        }
        let mut outcome = draft.finish(&Words::plain(words))?;
        outcome.reverses = Some(ActionId(target.key.id));
        look_for_touched(writer, &mut outcome)?;
        Ok((outcome, about))
    });
    match done {
        Ok((mut outcome, about)) => {
            // It is done, whatever keeps these from being read.
            let rows = store.read(|reader| about::rows(reader, &about.feedback));
            outcome.about = rows.unwrap_or_default();
            outcome.things = about.things;
            Ok(Attempt::Done(outcome))
        }
        Err(Stop::Blocked(found)) => Ok(Attempt::Blocked(found)),
        Err(Stop::Counted(count)) => Ok(Attempt::Counted(count)),
        Err(Stop::Failed(error)) => Err(*error),
    }
}

/// Whether a change is the making of its thing.
pub(super) fn makes(change: &Change) -> bool {
    change.field.name == DELETED && change.from == Value::Null
}

/// The changes of a chunk by thing.
pub(super) fn things(
    reader: &Reader<'_>,
    action: LocalId,
    sequence: u32,
) -> Result<Vec<(Thing, Vec<Change>)>> {
    let chunk = reader
        .chunk(action, sequence)?
        .ok_or_else(|| journal::Fault::Damaged(format!("piece {sequence} is missing")))?;
    let mut changes = journal::decode(&chunk.data)?;
    changes.sort_by_key(|change| change.thing);
    let mut things: Vec<(Thing, Vec<Change>)> = Vec::new();
    for change in changes {
        match things.last_mut() {
            Some((thing, changes)) if *thing == change.thing => changes.push(change),
            _ => things.push((change.thing, vec![change])),
        }
    }
    Ok(things)
}
