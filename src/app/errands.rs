//! What overlays have asked for, kept and promised.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::answer::AnswerFacts;
use crate::domain::id::{ActionId, AgendaItemId, FeedbackId, IdeaId, ReleaseItemId};
use crate::domain::moment::Moment;

use super::effect::Writing;
use super::state::{Overlay, PlanCursor, TurnDown};

/// What overlays have asked for, kept and promised: everything that outlives one key press but is not drawn.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Errands {
    /// Questions of overlays by sequence number, and what their answers are for.
    pub awaited: Vec<(u64, Awaited)>,
    /// An overlay was asked for that opens when the answer with this sequence number has come, or closes when the write with
    /// this ticket is done: keys wait until then.
    pub hold: Option<u64>,
    /// Drafts as last stored (or as the prompt proposed them), by name.
    pub drafts: BTreeMap<String, String>,
    /// Those of them that were typed in the prompt that is open.
    pub typed_drafts: BTreeSet<String>,
    /// Drafts that could not be stored, by name: as long as the console is open, they are here.
    pub unkept: BTreeMap<String, String>,
    /// When text was typed last that is not stored yet.
    pub typed: Option<Moment>,
    /// The table of ideas or the release plan as it was when the prompt for its filter was opened, for Esc.
    pub filter_before: Option<TableBefore>,
    /// What the answers and questions in the prompt are made from.
    pub facts: Vec<AnswerFacts>,
    /// Prompts and forms that were submitted: each is dropped when its deed is done, shown again when it is refused.
    pub submitted: Vec<Submitted>,
    /// Whether what is sought came back by an undo: where it is not shown then, that is said.
    pub takes_back: bool,
    /// The marks that the last deed on marked things has dealt with: they come back when it is undone.
    pub served: Option<Served>,
    /// The marked things that the last deed may have taken out of their list: those that are not in it any more lose their marks.
    pub sifting: Sifting,
    /// The answer that was in the prompt when several of them were left: there they go on.
    pub left: Option<FeedbackId>,
    /// How what was done last to a saved view is taken back, or done again, unless a deed was done since.
    pub view: Option<ViewBack>,
    /// The same of those that are being written, by ticket.
    pub views: Vec<(u64, ViewBack)>,
}

/// Marks that a deed has dealt with.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Served {
    /// The deed.
    pub action: Option<ActionId>,
    /// What has undone it.
    pub undone_by: Option<ActionId>,
    /// Marked feedback that it has left without marks.
    pub feedback: BTreeSet<FeedbackId>,
    /// Marked feedback that keeps its marks, because it is still in the list.
    pub kept: BTreeSet<FeedbackId>,
    /// Marked ideas that it has left without marks.
    pub ideas: BTreeSet<IdeaId>,
    /// Marked ideas that keep their marks, because the table still has them.
    pub kept_ideas: BTreeSet<IdeaId>,
    /// Marked release items.
    pub items: BTreeSet<ReleaseItemId>,
}

/// Marked things whose places in their lists are to be looked at.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sifting {
    /// Feedback, until it is known what the filter still shows.
    pub feedback: Option<BTreeSet<FeedbackId>>,
    /// Ideas, until the table has come anew.
    pub ideas: BTreeSet<IdeaId>,
}

/// What brings a saved view back to how it was. Views are no deeds, so no journal tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewBack {
    /// What is to be written.
    pub writing: Writing,
    /// Whether that does something again, instead of taking it back.
    pub again: bool,
}

/// The table of ideas or the release plan before its filter was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableBefore {
    /// Its filter.
    pub filter: String,
    /// The cursor of the table.
    pub cursor: usize,
    /// The cursor of the release plan.
    pub place: PlanCursor,
    /// Its first row or line on the screen.
    pub top: usize,
    /// The first column on the screen of the release plan as a board.
    pub left: usize,
}

/// What the answer to an overlay's question is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Awaited {
    /// To give all requests of the group with that row an owner, with that proposal.
    Requests(AgendaItemId, String),
    /// To write the answers for these, perhaps to say that this will not be done.
    Answers(Vec<FeedbackId>, Option<TurnDown>),
    /// To ask the reporters of these.
    Asking(Vec<FeedbackId>),
    /// To know what the reporters of what is in the prompt were told.
    Told,
    /// To choose which link of these is removed.
    Links(Vec<FeedbackId>),
    /// The half-written text of the prompt with that name; and whether it then goes straight to $EDITOR.
    Draft(String, bool),
    /// To fill the form of that idea.
    Form(IdeaId, FormStart),
    /// To show the checklist of that idea, or to show it anew.
    Checklist(IdeaId),
    /// The reason that idea already has, for the reason of Won't Do.
    Reason(IdeaId),
    /// To fill the picker of originals: the words it was asked for.
    Originals(String),
    /// To show what has these words below what fits by its label.
    Hits(String),
    /// To offer the files that begin like the path in the prompt.
    Files(String),
}

/// Where a form begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStart {
    /// At its first field.
    Fields,
    /// At its first long text, which goes straight to $EDITOR.
    Editor,
}

/// A prompt or form whose deed is on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Submitted {
    /// The ticket of the deed.
    pub ticket: u64,
    /// What to show again when the deed is refused.
    pub overlay: Overlay,
    /// The drafts to drop when it is done.
    pub drafts: Vec<String>,
}
