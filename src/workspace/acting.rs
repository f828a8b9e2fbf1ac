//! What can be done at the door: deeds, undo, imports, and what only this copy keeps.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use super::learned::Observed;
use super::{Result, Workspace};
use crate::domain::deed::{
    Deed, Foreseen, IdeaTarget, MeetingDeed, Outcome, Reversal, Reversed, Seen,
};
use crate::domain::id::{IdeaId, MeetingId};
use crate::domain::people::Handle;
use crate::exchange;
use crate::exchange::convert::Choices;
use crate::exchange::export::{self, Exported, Format, What, dump, file};
use crate::exchange::gather::Given;
use crate::exchange::plan::{self, Done, Plan};
use crate::exchange::progress::Watch;
use crate::exchange::saved::{self, SavedMapping};
use crate::history;
use crate::problem::{Kind, Problem};
use crate::query::Query;

impl Workspace {
    /// Does a deed: its rows and its journal entry in one durable transaction, or nothing at all.
    ///
    /// # Errors
    /// When the deed breaks a rule or names what is not there, and when the file cannot be written.
    pub fn commit(&mut self, deed: &Deed) -> Result<Outcome> {
        self.commit_seen(deed, &[])
    }

    /// The same for whoever had seen this when they began.
    ///
    /// # Errors
    /// As [`Workspace::commit`]; and when something is otherwise now, which the problem tells.
    pub fn commit_seen(&mut self, deed: &Deed, seen: &[Seen]) -> Result<Outcome> {
        let observed = self.observe(deed);
        // Before the deed: where it waits for another window, or fails, so does this.
        if let Some(meeting) = self.begins_afresh(deed)? {
            self.store.forget_time(meeting)?;
        }
        let context = self.context()?;
        let outcome = history::commit::commit_seen(&mut self.store, &context, deed, seen);
        self.ids = context.ids;
        if let (Some(observed), Ok(outcome)) = (observed, &outcome)
            && outcome.action.is_some()
        {
            self.learned.get_mut().notice(observed);
        }
        self.learn();
        outcome
    }

    /// The meeting that a deed begins, where it was not begun before, or that was undone: no clock of it counts any more.
    fn begins_afresh(&self, deed: &Deed) -> Result<Option<MeetingId>> {
        let Deed::Meeting(deed) = deed else {
            return Ok(None);
        };
        let MeetingDeed::Start { meeting, .. } = &**deed else {
            return Ok(None);
        };
        let id = meeting.id();
        let known = self.meeting_of(id)?;
        Ok(Some(id).filter(|_| known.is_none_or(|known| known.held.0.is_none())))
    }

    /// What a link to one idea tells about the habit, found out while the ideas still are as they were. It counts only where
    /// the link is made: one that waits for another window is tried again and again. What cannot be found out is not learned,
    /// and the deed is done nevertheless.
    fn observe(&mut self, deed: &Deed) -> Option<Observed> {
        let Deed::Link {
            idea: IdeaTarget::Existing(idea),
            ..
        } = deed
        else {
            return None;
        };
        if !self.learned.get_mut().heeds() {
            return None;
        }
        let idea = self.read(|reader| reader.local_idea(*idea)).ok()??;
        self.learned.get_mut().observe(idea)
    }

    /// Learns what was just written from here, as far as anything is in memory to learn it.
    fn learn(&mut self) {
        let taught = self.store.take_taught();
        if taught.is_empty() {
            return;
        }
        let learned = &mut self.learned;
        let read = self
            .store
            .read(|reader| learned.get_mut().taught(reader, taught));
        // The deed is done. What could not be read now is read with the next question, or that one tells why not.
        if read.is_err() {
            self.learned.get_mut().doubt();
        }
    }

    /// Fills a fresh workspace with the demo: a team, its feedback, ideas and release plan, as if it had worked for half
    /// a year. The deeds are those of another device, so that there is nothing to undo.
    ///
    /// # Errors
    /// When the workspace is not fresh, or the file cannot be written.
    pub fn fill_demo(&mut self) -> Result<()> {
        let filled = exchange::demo::fill(&mut self.store, self.clock.now());
        self.learned.get_mut().doubt();
        filled
    }

    /// Undoes or redoes.
    ///
    /// # Errors
    /// When the file cannot be written. What stands in the way of an undo is not an error but an answer.
    pub fn reverse(&mut self, reversal: Reversal) -> Result<Reversed> {
        self.reverse_watched(reversal, &|_| true, &mut |_| ControlFlow::Continue(()))
    }

    /// The same, where somebody waits: asked whether that very action shall be reversed without a question, told how far it is
    /// where it takes long, and asked whether to go on.
    ///
    /// # Errors
    /// As [`Workspace::reverse`]; and when `watch` breaks off, which leaves everything as it was.
    pub fn reverse_watched(
        &mut self,
        reversal: Reversal,
        sure: &history::undo::Sure<'_>,
        watch: &mut history::undo::Watch<'_>,
    ) -> Result<Reversed> {
        let context = self.context()?;
        let outcome =
            history::undo::reverse_watched(&mut self.store, &context, reversal, sure, watch);
        self.ids = context.ids;
        self.learn();
        outcome
    }

    /// What [`Workspace::reverse`] would reverse.
    ///
    /// # Errors
    /// When there is no such action, or the file cannot be read.
    pub fn foreseen(&self, reversal: Reversal) -> Result<Foreseen> {
        history::undo::foreseen(&self.store, &self.context()?, reversal)
    }

    /// Saved views: name and filter.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn views(&self) -> Result<Vec<(String, String)>> {
        self.read(|reader| reader.saved_views())
    }

    /// Says who sits here: until the workspace is closed, and in this copy wherever it is opened without saying so. It is no
    /// deed: it is taken back by saying something else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_me(&mut self, me: Option<Handle>) -> Result<()> {
        let name = me.as_ref().map_or("", Handle::as_str);
        self.store.set_setting(super::ME, name)?;
        self.me = me;
        Ok(())
    }

    /// Saves a view; an empty filter removes it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_view(&mut self, name: &str, filter: &str) -> Result<()> {
        if filter.is_empty() {
            self.store.remove_view(name)?;
        } else {
            self.store.save_view(name, filter)?;
        }
        Ok(())
    }
}

/// Files of other tools.
impl Workspace {
    /// What the import of files would do. Nothing is written.
    ///
    /// # Errors
    /// When the file cannot be read or understood, a column that was asked for is missing, or no column holds a title
    /// or a text, and when `watch` breaks off.
    pub fn plan_import(
        &self,
        files: &[Given],
        choices: Choices,
        watch: &mut dyn Watch,
    ) -> Result<Plan> {
        let now = self.now();
        self.store
            .read(|reader| plan::plan(reader, files, choices, now, watch))
    }

    /// Saved mappings of imports: name and mapping.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn import_mappings(&self) -> Result<Vec<(String, SavedMapping)>> {
        self.store.read(saved::all)
    }

    /// The saved mapping of that name.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn import_mapping(&self, name: &str) -> Result<SavedMapping> {
        self.store.read(|reader| saved::named(reader, name))
    }

    /// Saves a mapping, in place of an earlier one of that name.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_import_mapping(&mut self, name: &str, mapping: &SavedMapping) -> Result<()> {
        Ok(self.store.save_import_mapping(name, &mapping.text()?)?)
    }

    /// Forgets a saved mapping.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_import_mapping(&mut self, name: &str) -> Result<()> {
        Ok(self.store.remove_import_mapping(name)?)
    }

    /// Imports what was planned: all of it in one action, or nothing.
    ///
    /// # Errors
    /// When the plan has faults which are not to be left out, the file was changed since, the workspace cannot be
    /// written, or `watch` breaks off.
    pub fn import(&mut self, plan: &Plan, watch: &mut dyn Watch) -> Result<Done> {
        let context = self.context()?;
        let imported = plan::commit(&mut self.store, &context, plan, watch);
        self.ids = context.ids;
        self.learn();
        imported
    }

    /// Imports files without a plan before it, so that they are read once: all of it in one action, or nothing. The plan
    /// that comes with it says what was done; `None` when something is wrong, which planning and importing tell.
    ///
    /// # Errors
    /// As [`Workspace::plan_import`] while the files are looked at; and when `watch` breaks off.
    pub fn import_at_once(
        &mut self,
        files: &[Given],
        choices: Choices,
        watch: &mut dyn Watch,
    ) -> Result<Option<(Plan, Option<Done>)>> {
        let context = self.context()?;
        let imported = plan::import_at_once(&mut self.store, &context, files, choices, watch);
        self.ids = context.ids;
        self.learn();
        imported
    }

    /// Writes what was asked for, in one snapshot of the file. `writer` should be buffered.
    ///
    /// # Errors
    /// When the filter names what does not exist, the format does not suit, the workspace cannot be read, or the export
    /// cannot be written.
    pub fn export(
        &self,
        request: (&What, Format),
        writer: &mut (dyn Write + Send),
    ) -> Result<Exported> {
        let context = self.filter_context();
        self.store
            .read(|reader| export::export(reader, &context, self.device, request, writer))
    }

    /// The same to a file, which appears when it is whole. Once `stopped` says so, nothing is left of it.
    ///
    /// # Errors
    /// As [`Workspace::export`]; and when the file is there and `replace` does not say so.
    pub fn export_to_file(
        &self,
        request: (&What, Format),
        path: &Path,
        replace: bool,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result<Exported> {
        self.refuse_own(path)?;
        let context = self.filter_context();
        self.store.read(|reader| {
            let target = (path, replace);
            export::to_file(reader, &context, self.device, request, target, stopped)
        })
    }

    /// Writes a report to a file, which appears when it is whole.
    ///
    /// # Errors
    /// When the file is there and `replace` does not say so, is this workspace, or cannot be written.
    pub fn write_file(&self, path: &Path, replace: bool, bytes: &[u8]) -> Result<()> {
        self.refuse_own(path)?;
        file::write(path, replace, bytes)
    }

    fn refuse_own(&self, path: &Path) -> Result<()> {
        if self.store.owns(path) {
            let words = format!("cannot write {}: it is this workspace", path.display());
            return Err(Problem::new(Kind::Refused, words).hint("name another file"));
        }
        Ok(())
    }

    /// Writes the feedback that a filter shows to a new file, in the format that its name tells, and says so.
    ///
    /// # Errors
    /// When the file is there, its name tells no format, the filter names what does not exist, or the file cannot be
    /// written.
    pub fn export_feedback(&self, query: &Query, path: &Path) -> Result<String> {
        self.export_new(&What::Feedback(query.clone()), path)
    }

    /// The same with these ideas, in this order.
    ///
    /// # Errors
    /// As [`Workspace::export_feedback`].
    pub fn export_ideas(&self, ids: &[IdeaId], path: &Path) -> Result<String> {
        self.export_new(&What::TheseIdeas(ids.to_vec()), path)
    }

    /// The same with the release plan.
    ///
    /// # Errors
    /// As [`Workspace::export_feedback`].
    pub fn export_plan(&self, path: &Path) -> Result<String> {
        self.export_new(&What::Releases(self.updates_asked_since()?), path)
    }

    fn export_new(&self, what: &What, path: &Path) -> Result<String> {
        let format = Format::told_by(path)?;
        let done = self.export_to_file((what, format), path, false, &|| false)?;
        Ok(format!("wrote {} to {}", done.words(what), path.display()))
    }

    /// Makes this empty workspace what the dump at `path` holds, with its history: all of it, or nothing. It goes on as
    /// the copy that the dump was made of, so that undo goes on where it was.
    ///
    /// # Errors
    /// When something was done in this workspace already, the dump is damaged or of a newer version, and when the
    /// workspace cannot be written.
    pub fn restore(&mut self, path: &Path) -> Result<dump::Counts> {
        let counts = dump::restore(&mut self.store, path)?;
        self.device = self.store.device(self.device)?;
        self.learned.get_mut().doubt();
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Opening;

    #[test]
    fn who_sits_here_is_known_to_the_copy_unless_somebody_says_otherwise() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let open = |me: Option<&str>| {
            let me = me.and_then(|me| Handle::parse(me).ok());
            let opening = Opening {
                me,
                ..Opening::default()
            };
            Workspace::open(&path, opening).expect("a workspace")
        };
        let me = |workspace: &Workspace| workspace.me().map(ToString::to_string);
        let mut workspace = open(None);
        assert_eq!(me(&workspace), None);
        workspace.set_me(Handle::parse("hana").ok()).expect("kept");
        assert_eq!(me(&workspace).as_deref(), Some("@hana"));
        let header = workspace.header().expect("a header");
        assert_eq!(header.me, workspace.me().cloned());
        drop(workspace);
        assert_eq!(me(&open(Some("omar"))).as_deref(), Some("@omar"));
        let mut workspace = open(None);
        assert_eq!(me(&workspace).as_deref(), Some("@hana"));
        workspace.set_me(None).expect("kept");
        drop(workspace);
        assert_eq!(me(&open(None)), None);
    }
}
