//! Half-written texts at the door: whose they are, and what each prompt knows of what is stored.

use super::{Result, Workspace};
use crate::store::DraftName;

impl Workspace {
    /// The half-written text of a prompt, of whoever sits here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn draft(&self, prompt: &str) -> Result<Option<String>> {
        let name = DraftName::of(prompt, self.me.as_ref());
        let text = self.read(|reader| reader.draft(&name))?;
        self.know_draft(&name, text.clone());
        Ok(text)
    }

    /// Keeps half-written text in place of what was read or kept here last; `None` drops that. Whether another window has
    /// written there meanwhile, whose text is kept before this one from now on.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_draft(&mut self, prompt: &str, text: Option<&str>) -> Result<bool> {
        let name = DraftName::of(prompt, self.me.as_ref());
        let known = self.drafts.get_mut().get(name.own()).cloned();
        let now = self.now();
        let kept = self.store.keep_draft(&name, known.as_deref(), text, now)?;
        self.know_draft(&name, text.map(str::to_owned));
        Ok(kept)
    }

    fn know_draft(&self, name: &DraftName, text: Option<String>) {
        let mut known = self.drafts.borrow_mut();
        match text {
            Some(text) => known.insert(name.own().to_owned(), text),
            None => known.remove(name.own()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Handle;
    use crate::workspace::Opening;

    fn window(folder: &tempfile::TempDir, me: &str) -> Workspace {
        let opening = Opening {
            me: Handle::parse(me).ok(),
            ..Opening::default()
        };
        Workspace::open(&folder.path().join("w.intake"), opening).expect("a workspace")
    }

    fn keep(workspace: &mut Workspace, text: Option<&str>) -> bool {
        workspace.save_draft("comment", text).expect("it is kept")
    }

    fn draft(workspace: &Workspace) -> Option<String> {
        workspace.draft("comment").expect("a draft")
    }

    #[test]
    fn a_deed_takes_away_the_draft_that_it_was_made_of_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let [mut one, mut other] = [window(&folder, "hana"), window(&folder, "hana")];
        keep(&mut one, Some("AAA"));
        assert_eq!(draft(&other).as_deref(), Some("AAA"));
        assert!(!keep(&mut other, Some("AAA BBB unsaved")));
        keep(&mut one, None);
        assert_eq!(draft(&one).as_deref(), Some("AAA BBB unsaved"));
        keep(&mut one, None);
        assert_eq!(draft(&other), None);
    }

    #[test]
    fn two_windows_keep_both_texts_as_they_grow_and_say_so_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let [mut one, mut other] = [window(&folder, "hana"), window(&folder, "hana")];
        assert!(!keep(&mut one, Some("one")));
        assert!(keep(&mut other, Some("two")));
        assert!(!keep(&mut one, Some("one and more")));
        assert!(!keep(&mut other, Some("two and more")));
        let third = window(&folder, "hana");
        assert_eq!(
            draft(&third).as_deref(),
            Some("one and more\n\ntwo and more")
        );
        keep(&mut one, None);
        assert_eq!(draft(&third).as_deref(), Some("two and more"));
    }

    #[test]
    fn nobody_gets_what_somebody_else_is_writing() {
        let folder = tempfile::tempdir().expect("a folder");
        let [mut hana, mut omar] = [window(&folder, "hana"), window(&folder, "omar")];
        keep(&mut hana, Some("for me"));
        assert_eq!(draft(&omar), None);
        keep(&mut omar, Some("mine"));
        assert_eq!(draft(&hana).as_deref(), Some("for me"));
    }
}
