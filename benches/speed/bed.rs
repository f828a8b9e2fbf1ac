//! The workspaces that are measured: made once by the program itself, and kept under `target/bench`.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use intake::domain::deed::{Deed, IdeaEdit, NewIdea, PersonEdit, ReleaseEdit};
use intake::domain::entity::Entity;
use intake::domain::id::{FeedbackId, IdeaId, ReleaseId};
use intake::domain::listing::{Anchor, IdeaQuery};
use intake::domain::people::Handle;
use intake::query::{self, Query};
use intake::workspace::{Opening, Workspace};

use super::data::{self, IDEAS, Language};
use super::import;

/// How many ideas each of the releases holds.
const PLANNED: usize = 15;

/// One workspace with what it was made from.
pub struct Bed {
    /// How many feedback items there are.
    pub items: u64,
    /// The folder of both, which the benchmarks may write to.
    pub folder: PathBuf,
    /// The items as CSV.
    pub csv: PathBuf,
    /// The workspace.
    pub workspace: PathBuf,
}

/// Where everything is kept.
pub fn root() -> PathBuf {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    temporary.parent().unwrap_or(temporary).join("bench")
}

/// A program as it lies on a disk once it is installed: copied as a whole. The linker writes a program page by page, and the system
/// keeps it in as many pieces; to look at them first takes a start about a millisecond, which is over after the next restart.
pub fn installed(program: &Path) -> PathBuf {
    static COPIED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
    let folder = root().join("bin");
    let copy = folder.join(program.file_name().expect("a name"));
    let mut copied = COPIED.lock().expect("nobody stumbled");
    if !copied.contains(&copy) {
        fs::create_dir_all(&folder).expect("a folder");
        let _ = fs::remove_file(&copy);
        fs::copy(program, &copy).expect("it is copied");
        copied.push(copy.clone());
    }
    copy
}

/// The program that is measured.
pub fn console() -> PathBuf {
    installed(Path::new(env!("CARGO_BIN_EXE_intake")))
}

/// Who works in the workspaces.
pub fn me() -> Handle {
    Handle::parse("hana").expect("a handle")
}

/// Opens a workspace.
pub fn open(path: &Path) -> Workspace {
    let opening = Opening {
        me: Some(me()),
        ..Opening::default()
    };
    Workspace::open(path, opening).expect("a workspace")
}

/// A workspace as the console has it at rest: by then the worker has called this until nothing was left.
pub fn settle(workspace: &Workspace) {
    while workspace.settle_in().expect("it is mapped") {}
}

/// A filter.
pub fn filter(text: &str) -> Query {
    query::parse(text).expect("a filter")
}

/// Identities of feedback that the filter shows, at most `limit`.
pub fn some_feedback(workspace: &Workspace, text: &str, limit: usize) -> Vec<FeedbackId> {
    workspace
        .matching(&filter(text), limit)
        .expect("identities")
}

/// The version of the schema that this program makes.
fn schema() -> i64 {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty.db");
    drop(open(&path));
    let connection = rusqlite::Connection::open(&path).expect("a connection");
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0));
    version.expect("a version")
}

impl Bed {
    /// The workspace of so many items, made if it is not there yet for today's schema.
    pub fn ready(items: u64, language: &Language) -> Self {
        let folder = root().join(format!("{items}-of-schema-{}", schema()));
        let bed = Self {
            items,
            csv: folder.join("feedback.csv"),
            workspace: folder.join("acme.db"),
            folder,
        };
        if !bed.workspace.exists() {
            bed.make(language);
        }
        bed
    }

    fn make(&self, language: &Language) {
        eprintln!("making a workspace of {} items", self.items);
        forget_older(&self.folder, self.items);
        fs::create_dir_all(&self.folder).expect("a folder");
        data::write_csv(language, self.items, &self.csv).expect("a CSV file");
        let unfinished = self.folder.join("unfinished.db");
        remove(&unfinished);
        let imported = import::by_the_program(&unfinished, &self.csv);
        eprintln!("  imported in {:.1?}", imported.wall);
        let mut workspace = open(&unfinished);
        commit(
            &mut workspace,
            Deed::SavePerson {
                handle: me(),
                edit: PersonEdit::default(),
            },
        );
        link(&mut workspace, language);
        plan(&mut workspace);
        workspace.tidy().expect("a checkpoint");
        drop(workspace);
        fs::rename(&unfinished, &self.workspace).expect("it is renamed");
        eprintln!("  made");
    }

    /// A copy to write to, which goes when it is dropped.
    pub fn copy(&self) -> Copy {
        let path = self.folder.join("copy.db");
        remove(&path);
        fs::copy(&self.workspace, &path).expect("a copy");
        let file = fs::File::open(&path).expect("the copy");
        file.sync_all().expect("it is on the disk");
        Copy(path)
    }
}

/// A workspace that is removed in the end.
pub struct Copy(PathBuf);

impl Copy {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

/// Removes a workspace with its log.
pub fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        let _ = fs::remove_file(PathBuf::from(name));
    }
}

/// Workspaces of as many items, but of other schemas, are of no use any more; the disk has little room.
fn forget_older(folder: &Path, items: u64) {
    let older = fs::read_dir(root()).into_iter().flatten().flatten();
    for entry in older {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&format!("{items}-of-schema-")) && entry.path() != folder {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn commit(workspace: &mut Workspace, deed: Deed) -> Option<uuid::Uuid> {
    let outcome = workspace.commit(&deed).expect("a deed");
    outcome.made.first().map(|thing| thing.id)
}

/// Makes the ideas, each with the processed feedback that is about it.
fn link(workspace: &mut Workspace, language: &Language) {
    let mut about: HashMap<usize, Vec<FeedbackId>> = HashMap::new();
    let processed = filter("is:processed");
    let mut anchor = Anchor::Start;
    loop {
        let window = workspace.inbox(&processed, &anchor, 1_000).expect("rows");
        for row in &window.rows {
            let item = language.item(data::number_of(row.received));
            if item.is_linked() {
                about.entry(item.topic).or_default().push(row.id);
            }
        }
        match window.rows.last() {
            Some(last) if window.after => anchor = Anchor::After(Box::new(last.clone())),
            _ => break,
        }
    }
    for topic in 0..IDEAS {
        let (title, problem) = language.idea(topic);
        commit(
            workspace,
            Deed::CreateIdea(Box::new(NewIdea {
                title,
                edits: vec![IdeaEdit::Problem(Some(problem))],
                from: about.remove(&topic).unwrap_or_default(),
            })),
        );
        if topic % 100 == 0 {
            workspace.tidy().expect("a checkpoint");
        }
    }
}

/// Puts the most wanted ideas into three releases.
fn plan(workspace: &mut Workspace) {
    let wanted = workspace.ideas(&IdeaQuery::default()).expect("ideas");
    let wanted: Vec<IdeaId> = wanted.iter().map(|idea| idea.id).collect();
    for (number, ideas) in wanted.chunks(PLANNED).take(3).enumerate() {
        let made = commit(
            workspace,
            Deed::CreateRelease(ReleaseEdit {
                name: Some(format!("2.{number}")),
                ..ReleaseEdit::default()
            }),
        );
        let release = ReleaseId(made.expect("a release"));
        commit(
            workspace,
            Deed::AddToRelease {
                ideas: ideas.to_vec(),
                release,
            },
        );
    }
    let things = [Entity::Release, Entity::Idea];
    assert!(workspace.resolve("2.0", &things).is_ok());
}
