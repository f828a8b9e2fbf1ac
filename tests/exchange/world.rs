//! A workspace to import into, and the folder of real files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use intake::domain::id::Ids;
use intake::domain::moment::Moment;
use intake::exchange::convert::Choices;
use intake::exchange::plan::{Plan, commit, plan};
use intake::history::commit::{Context, found};
use intake::problem::Problem;
use intake::store::{OpenOptions, Store, StoreError};
use uuid::Uuid;

/// 21 November 2026.
pub const NOW: Moment = Moment(1_795_219_200_000);

/// The folder of real files, where somebody has laid them out.
pub fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("INTAKE_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: INTAKE_CORPUS is not set");
    }
    folder
}

/// A workspace in a folder of its own.
pub struct World {
    pub store: Store,
    pub context: Context,
    pub folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(&folder.path().join("world.db"), &OpenOptions::default())
            .expect("a workspace");
        found(&mut store, NOW).expect("founded");
        let context = Context {
            author: None,
            device: Uuid::from_u128(1),
            now: NOW,
            clocks: intake::domain::clocks::Clocks::UTC,
            ids: Mutex::new(Ids::Seeded(1)),
        };
        Self {
            store,
            context,
            folder,
        }
    }

    /// What an import of this file would do.
    pub fn plan(&self, path: &Path) -> Result<Plan, Problem> {
        let planned: Result<_, StoreError> = self.store.read(|reader| {
            Ok(plan(
                reader,
                &[path.to_owned().into()],
                Choices::default(),
                self.context.now,
                &mut (),
            ))
        });
        planned.expect("a reader")
    }

    /// Imports a file; answers how much was made, changed and left as it was.
    pub fn import(&mut self, path: &Path) -> (u64, u64, u64) {
        let plan = self.plan(path).expect("a plan");
        let (_, counts) = commit(&mut self.store, &self.context, &plan, &mut ()).expect("imported");
        let counts = counts.feedback;
        (counts.created, counts.updated, counts.unchanged)
    }
}

/// Every file below a folder.
pub fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}
