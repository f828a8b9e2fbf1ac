//! What a deed may have changed of what is shown in many places at once.

use super::super::entity::{DELETED, Entity};

/// Which lists show something else since a deed. Feedback is not among them: its list, figures and detail are asked for after
/// every deed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// The ideas, with their demand and when each was changed last.
    pub ideas: bool,
    /// The release plan, with the demand of its ideas and who owes an update.
    pub plan: bool,
    /// The names that prompts complete.
    pub names: bool,
}

impl Touched {
    /// None of them.
    pub const NOTHING: Self = Self {
        ideas: false,
        plan: false,
        names: false,
    };

    /// Each of them.
    pub const ALL: Self = Self {
        ideas: true,
        plan: true,
        names: true,
    };

    /// Takes note that a row of that kind was made, or had this field set ([`DELETED`] stands for its making).
    ///
    /// What concerns an idea through other rows (a link, the company of whoever wants it) is not told by the kind of the row:
    /// [`Touched::note_idea`] is for that.
    pub fn note(&mut self, entity: Entity, field: &str) {
        match entity {
            // They stand by name in all of them.
            Entity::Person => *self = Self::ALL,
            Entity::Area => {
                self.ideas = true;
                self.names = true;
            }
            Entity::Company | Entity::FeedbackTag => self.names = true,
            Entity::Feedback => {
                self.names |= matches!(field, DELETED | "source" | "reporter" | "company");
            }
            Entity::Release => {
                self.ideas = true;
                self.plan = true;
            }
            // The last weekly sync decides who owes an update.
            Entity::ReleaseItem | Entity::Update | Entity::Meeting => self.plan = true,
            _ => {}
        }
    }

    /// Takes note that something about an idea has changed: the plan shows its title, owner, status and demand.
    pub const fn note_idea(&mut self) {
        self.ideas = true;
        self.plan = true;
    }
}
