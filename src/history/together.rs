//! Many deeds in one go: each an action of its own, all in one durable transaction.
//!
//! Waiting for the disk costs more than the deed itself. Whoever tells a long story at once (the demo does) waits once,
//! and a story that breaks off leaves nothing behind.

use super::commit::{Context, act};
use super::error::Result as HistoryResult;
use super::import::{Coming, bring};
use crate::domain::deed::{Deed, Outcome};
use crate::domain::import::{Brought, ImportCounts};
use crate::problem::Problem;
use crate::store::{Reader, Store, Writer};

/// A transaction in which deeds are done one after another.
pub struct Together<'t, 'w> {
    writer: &'t mut Writer<'w>,
}

/// Does what `work` does in one durable transaction, or nothing of it.
///
/// # Errors
/// Those of `work`, and when the file cannot be written.
pub fn together<T>(
    store: &mut Store,
    work: impl FnOnce(&mut Together<'_, '_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    store.write(|writer| work(&mut Together { writer }))
}

impl<'w> Together<'_, 'w> {
    /// What has been written so far, as later deeds find it.
    #[must_use]
    pub fn reader(&self) -> &Reader<'w> {
        self.writer
    }

    /// Does a deed, as [`commit`](super::commit::commit) does.
    ///
    /// # Errors
    /// When the deed breaks a rule or names what is not there. The transaction is lost then: give the error on.
    pub fn commit(&mut self, context: &Context, deed: &Deed) -> Result<Outcome, Problem> {
        let done = act(self.writer, context, deed);
        self.settled(done)
    }

    /// Imports records, as [`import`](super::import::import) does.
    ///
    /// # Errors
    /// The first problem that the records answer with. The transaction is lost then: give the error on.
    pub fn import(
        &mut self,
        context: &Context,
        name: &str,
        things: &mut dyn Iterator<Item = Result<Brought, Problem>>,
    ) -> Result<(Outcome, ImportCounts), Problem> {
        let mut packer = self.writer.packer()?;
        let mut coming = things.map(|thing| Ok(Coming::packed(thing?, &mut packer)));
        let done = bring(self.writer, context, name, &mut coming, &mut |_, _| {});
        self.settled(done)
    }

    /// What is derived from an action bears its time, so it is computed before the next one begins.
    fn settled<T>(&mut self, done: HistoryResult<T>) -> Result<T, Problem> {
        let answer = done.map_err(Problem::from)?;
        self.writer.settle()?;
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deed::PersonEdit;
    use crate::domain::people::Role;
    use crate::history::tests::world::{World, handle};

    fn role(name: &str, role: Role) -> Deed {
        Deed::SavePerson {
            handle: handle(name),
            edit: PersonEdit {
                role: Some(role),
                ..PersonEdit::default()
            },
        }
    }

    #[test]
    fn each_deed_is_an_action_of_its_own_even_after_one_that_changed_nothing() {
        let mut world = World::new();
        let before = world
            .store
            .read(|reader| reader.actions(None, 100))
            .expect("actions");
        let nothing = Deed::SavePerson {
            handle: handle("dana"),
            edit: PersonEdit::default(),
        };
        let outcomes = together(&mut world.store, |together| {
            let nothing = together.commit(&world.context, &nothing)?;
            let sales = together.commit(&world.context, &role("dana", Role::Sales))?;
            let made = together.commit(&world.context, &role("lin", Role::Designer))?;
            Ok([nothing, sales, made])
        });
        let [nothing, sales, made] = outcomes.expect("done");
        assert_eq!(nothing.action, None);
        assert!(sales.action.is_some() && made.action.is_some());
        let after = world
            .store
            .read(|reader| reader.actions(None, 100))
            .expect("actions");
        assert_eq!(after.len(), before.len() + 2);
    }

    #[test]
    fn what_breaks_off_leaves_nothing() {
        let mut world = World::new();
        let before = world.dump();
        let broken = together(&mut world.store, |together| {
            together.commit(&world.context, &role("lin", Role::Designer))?;
            together.commit(
                &world.context,
                &Deed::Process {
                    feedback: Vec::new(),
                },
            )
        });
        assert!(broken.is_err());
        assert_eq!(world.dump(), before);
    }
}
