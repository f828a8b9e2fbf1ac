//! What happened: actions as a person reads them.

use super::entity::Thing;
use super::id::ActionId;
use super::moment::Moment;

/// One action of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The action.
    pub action: ActionId,
    /// Who did it: a handle with `@`, or a name.
    pub author: String,
    /// Whether it was done on this device.
    pub here: bool,
    /// When.
    pub at: Moment,
    /// What was done, in words fit for a person: `linked 2 feedback to “Export boards”`.
    pub words: String,
    /// How many fields it changed.
    pub changes: u32,
    /// What it is about, when that is one thing.
    pub about: Option<Thing>,
    /// Whether it can never be undone: it founded the workspace.
    pub lasts: bool,
    /// It undoes that action.
    pub undoes: Option<ActionId>,
    /// It is undone by that action.
    pub undone_by: Option<ActionId>,
}

/// One field changed by an action, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    /// The thing, by name.
    pub thing: String,
    /// The field, in words.
    pub field: String,
    /// What it was; `None` when it was nothing.
    pub from: Option<String>,
    /// What it became.
    pub to: Option<String>,
}
