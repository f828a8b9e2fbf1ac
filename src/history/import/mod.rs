//! Import: what another tool knows becomes one action, whatever its size, and so one undo step.
//!
//! The identity of a thing follows from where it comes from, so a file that is imported again meets its own rows:
//!
//! | the row | what happens |
//! |---|---|
//! | is not there | it is made |
//! | was undone | it comes back, in the new action |
//! | says the same | nothing |
//! | has another text | a new revision of a feedback |
//! | has another state, owner, tag, status, release … | it applies where the local value still is the last imported one |
//! | was removed here (a tag, a link, a comment) | it stays away |
//!
//! Looking and doing are apart: a `desk` looks at each thing and answers the `step`s to do, as plain data. An import
//! does them; whoever only wants to know what it would do ([`Assessing`]) leaves it at looking. What refers to something
//! that comes later in the same import (`late`) is looked at again at the end.

mod assess;
mod comments;
mod counting;
mod desk;
mod feedback;
mod idea;
mod last;
mod late;
mod names;
mod places;
mod release;
mod revisions;
mod step;
mod triage;

pub use self::assess::{Assessing, Assessment, Clash, Fate};

use self::counting::Counting;
use self::desk::{Desk, at_line};
use self::step::Doing;
use super::commit::Context;
use super::draft::Draft;
use super::error::{Result, noun};
use super::words::Words;
use crate::domain::deed::Outcome;
use crate::domain::entity::Entity;
use crate::domain::import::{Brought, ImportCounts, Imported};
use crate::problem::Problem;
use crate::store::{NewContent, Packed, Packer, Store, Writer};

/// The verb of an import.
pub(super) const IMPORT: &str = "import";

/// A thing on its way into the workspace.
#[derive(Debug)]
pub struct Coming {
    /// The thing.
    pub thing: Brought,
    /// Title and text of a feedback, packed already; of anything else, what its texts can be packed by.
    pub packed: Option<Packed>,
}

impl Coming {
    /// A thing with its texts packed, as far as there is something to pack them by. Who packs sees the things in their order.
    #[must_use]
    pub fn packed(thing: Brought, packer: &mut Packer) -> Self {
        let packed = match &thing {
            Brought::Feedback(record) => packer.pack(&NewContent {
                title: Some(&record.title),
                body: &record.body,
                ..NewContent::default()
            }),
            Brought::Idea(_) | Brought::Release(_) | Brought::Comment(_) => packer.ready(),
        };
        Self { thing, packed }
    }
}

/// Imports things: all of them in one action, or (when one is faulty) nothing.
///
/// `name` is what the timeline calls their file. `seen` is handed each thing when it is done with, and what became of it,
/// references apart to what comes after it. Undo removes what was made and sets back what was changed, as far as
/// nobody has worked on it since.
///
/// # Errors
/// The first problem that the things answer with; and when the file cannot be written.
pub fn import(
    store: &mut Store,
    context: &Context,
    name: &str,
    things: &mut dyn Iterator<Item = std::result::Result<Coming, Problem>>,
    seen: &mut dyn FnMut(Coming, Assessment),
) -> std::result::Result<(Outcome, ImportCounts), Problem> {
    let done: Result<(Outcome, ImportCounts)> =
        store.write_many(|writer| bring(writer, context, name, things, seen));
    done.map_err(Problem::from)
}

/// Imports things within a transaction.
pub(super) fn bring(
    writer: &mut Writer<'_>,
    context: &Context,
    name: &str,
    things: &mut dyn Iterator<Item = std::result::Result<Coming, Problem>>,
    seen: &mut dyn FnMut(Coming, Assessment),
) -> Result<(Outcome, ImportCounts)> {
    let mut draft = Draft::begin(writer, context, IMPORT, None)?;
    draft.forget_made();
    draft.expect_many()?;
    let mut desk = Desk::importing(draft.action());
    let (mut doing, mut counting) = (Doing::default(), Counting::default());
    for coming in things {
        let coming = coming?;
        let thing = &coming.thing;
        let mut look = desk.look(draft.reader(), thing)?;
        if let Some(packed) = &coming.packed {
            draft.pack_like(packed)?;
            look.is_packed(packed);
        }
        counting.first(&look);
        let assessment = look.assessment();
        if look.kind == Entity::Feedback && !look.is_new {
            // What hangs on it is looked for by more than its identity.
            draft.index()?;
        }
        doing
            .all(&mut draft, look.steps)
            .map_err(|error| at_line(thing.line(), error))?;
        seen(coming, assessment);
    }
    draft.came_to_an_end()?;
    draft.index()?;
    for late in desk.take_late(draft.reader())? {
        let look = desk.look_again(draft.reader(), &late)?;
        counting.again(&late, &look);
        doing.all(&mut draft, look.steps)?;
    }
    let counts = counting.counts;
    let outcome = draft.finish(&Words::plain(words(name, &counts)))?;
    Ok((outcome, counts))
}

/// `imported 12 feedback, 4 ideas and 2 releases from jira.csv, 3 feedback changed`.
fn words(name: &str, counts: &ImportCounts) -> String {
    let created = list(counts, |counted| counted.created);
    let updated = list(counts, |counted| counted.updated);
    let mut words = match (created, updated) {
        (None, None) => format!("nothing new in {name}"),
        (None, Some(updated)) => format!("imported changes to {updated} from {name}"),
        (Some(created), None) => format!("imported {created} from {name}"),
        (Some(created), Some(updated)) => {
            format!("imported {created} from {name}, {updated} changed")
        }
    };
    if counts.lost_comments > 0 {
        words.push_str(&format!(
            "; left out {}, because what they are about is not here",
            several(Entity::Comment, counts.lost_comments)
        ));
    }
    words
}

/// `12 feedback, 4 ideas and 2 releases`; nothing where there are none.
fn list(counts: &ImportCounts, number: impl Fn(&Imported) -> u64) -> Option<String> {
    let kinds = [
        (Entity::Feedback, number(&counts.feedback)),
        (Entity::Idea, number(&counts.ideas)),
        (Entity::Release, number(&counts.releases)),
        (Entity::Comment, number(&counts.comments)),
    ];
    let some = kinds.into_iter().filter(|(_, count)| *count > 0);
    let mut words: Vec<String> = some.map(|(kind, count)| several(kind, count)).collect();
    let last = words.pop()?;
    Some(if words.is_empty() {
        last
    } else {
        format!("{} and {last}", words.join(", "))
    })
}

fn several(entity: Entity, count: u64) -> String {
    let noun = noun(entity, usize::try_from(count).unwrap_or(usize::MAX));
    format!("{count} {noun}")
}
