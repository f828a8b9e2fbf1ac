//! Pages, as an interface gives the messages of a channel. They do not tell the channel, and a message stands on several of
//! them: the root of a thread on each page of its answers. So those that lie in one folder come from that folder, not each from
//! itself, and a message is the same on all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::gather::Given;
use super::source::{Contents, Source};

/// Lets the pages of a folder come from there: where the folder was named, and where several of its pages were. A single page
/// that was named by itself may lie anywhere, among downloads for example.
pub(super) fn together(sources: &mut [Source], files: &[Given]) {
    let mut counts: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for page in sources.iter().filter(|source| source.is_page()) {
        *counts.entry(folder_of(&page.path)).or_default() += 1;
    }
    if counts.is_empty() {
        return;
    }
    let found = files.iter().filter(|file| file.found);
    let named: BTreeSet<PathBuf> = found.map(|file| folder_of(&file.path)).collect();
    for page in sources.iter_mut().filter(|source| source.is_page()) {
        let folder = folder_of(&page.path);
        let is_one_of = named.contains(&folder) || counts.get(&folder).is_some_and(|it| *it > 1);
        if let Some(name) = called(&folder).filter(|_| is_one_of) {
            page.place = name;
        }
    }
}

impl Source {
    fn is_page(&self) -> bool {
        match &self.contents {
            Contents::Documents { dialect, .. } => dialect.0.has_pages(),
            Contents::Rows { .. } | Contents::Mail { .. } | Contents::Slack(_) => false,
        }
    }

    /// Whether it is a page of those that come from their folder.
    #[must_use]
    pub fn is_page_of_folder(&self) -> bool {
        self.is_page() && self.place != self.name
    }
}

fn folder_of(page: &Path) -> PathBuf {
    page.parent().unwrap_or(page).to_owned()
}

/// What a folder is called, also where it was named as `.`; the root has no name.
fn called(folder: &Path) -> Option<String> {
    let here = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let whole = fs::canonicalize(here).ok()?;
    Some(whole.file_name()?.to_string_lossy().into_owned())
}
