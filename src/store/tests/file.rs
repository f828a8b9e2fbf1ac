//! Whose file it is, who may read it, and who else has it open.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use rusqlite::Connection;
use uuid::Uuid;

use super::{act, scratch};
use crate::domain::moment::Moment;
use crate::problem::{Kind, Problem};
use crate::store::care::Checkpointing;
use crate::store::migrations::{APPLICATION_ID, VERSION};
use crate::store::{DraftName, LocalId, NewContent, OpenOptions, Store, StoreError};

pub(super) fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, &OpenOptions::default())
}

/// Everything in a folder: name, bytes and time of the last change.
pub(super) fn state(folder: &Path) -> Vec<(String, Vec<u8>, SystemTime)> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let changed = entry.metadata().and_then(|m| m.modified());
            (
                entry.file_name().to_string_lossy().into_owned(),
                fs::read(entry.path()).expect("readable"),
                changed.expect("a time"),
            )
        })
        .collect();
    entries.sort();
    entries
}

/// Asserts that opening is refused without a trace, and answers what a person is told.
pub(super) fn refused(path: &Path) -> Problem {
    let folder = path.parent().expect("a folder");
    let before = state(folder);
    let problem = Problem::from(open(path).expect_err("a refusal"));
    assert_eq!(state(folder), before, "the folder was touched");
    assert!(!problem.hints.is_empty(), "{problem:?}");
    assert!(
        problem.summary.contains(&path.display().to_string()),
        "{problem:?}"
    );
    problem
}

#[test]
fn what_is_not_ours_is_refused_and_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Dear diary").expect("a file");
    assert!(refused(&text).summary.contains("not a workspace"));

    let long = folder.path().join("long.txt");
    fs::write(&long, "x".repeat(10_000)).expect("a file");
    refused(&long);

    let other = folder.path().join("other.db");
    let connection = Connection::open(&other).expect("SQLite");
    let made = connection.execute_batch("CREATE TABLE photo (id INTEGER PRIMARY KEY);");
    made.expect("a table");
    drop(connection);
    refused(&other);

    let logged = folder.path().join("logged.db");
    let connection = Connection::open(&logged).expect("SQLite");
    let made = connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA application_id = 7; CREATE TABLE photo (id INTEGER PRIMARY KEY);",
    );
    made.expect("a table");
    drop(connection);
    refused(&logged);

    let torn = folder.path().join("torn.db");
    fs::write(&torn, b"SQLite format 3\0").expect("a file");
    refused(&torn);
}

#[test]
fn a_newer_workspace_is_refused_by_its_version() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("newer.db");
    drop(open(&path).expect("a workspace"));
    let connection = Connection::open(&path).expect("SQLite");
    connection
        .pragma_update(None, "user_version", VERSION + 6)
        .expect("a version");
    drop(connection);
    let problem = refused(&path);
    let words = format!("schema {}; this one knows {VERSION}", VERSION + 6);
    assert!(problem.summary.contains(&words), "{problem:?}");
    assert_eq!(problem.hints, ["update Intake"]);
}

#[test]
fn a_file_with_our_mark_and_no_schema_is_refused_without_a_recital() {
    for version in [0, -5] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("odd.db");
        drop(open(&path).expect("a workspace"));
        let connection = Connection::open(&path).expect("SQLite");
        connection
            .pragma_update(None, "user_version", version)
            .expect("a version");
        drop(connection);
        let problem = refused(&path);
        assert_eq!(problem.causes, ["its header names no schema"]);
    }
}

#[test]
fn a_newer_version_that_is_only_in_the_log_is_refused_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("newer.db");
    let first = open(&path).expect("a workspace");
    let connection = Connection::open(&path).expect("SQLite");
    connection
        .pragma_update(None, "user_version", VERSION + 1)
        .expect("a version");
    assert!(matches!(open(&path), Err(StoreError::Newer { .. })));
    drop((first, connection));
}

#[test]
fn an_empty_file_becomes_a_workspace_and_an_absent_one_only_if_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty.db");
    fs::write(&empty, "").expect("a file");
    let store = open(&empty).expect("a workspace");
    let connection = store.read(|reader| {
        let id = reader.first("PRAGMA application_id", [], |row| row.get::<_, i32>(0))?;
        Ok::<_, StoreError>(id)
    });
    assert_eq!(connection.expect("an id"), Some(APPLICATION_ID));

    let absent = folder.path().join("absent.db");
    let options = OpenOptions {
        create: false,
        ..OpenOptions::default()
    };
    let error = Store::open(&absent, &options).expect_err("no file");
    assert_eq!(Problem::from(error).kind, Kind::NotFound);
    assert!(!absent.exists());
}

#[test]
fn a_folder_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).expect("a folder");
    assert!(matches!(open(&inner), Err(StoreError::Folder { .. })));
    assert!(matches!(
        open(&folder.path().join("..")),
        Err(StoreError::Folder { .. })
    ));
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_but_a_folder_may_be_one() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let real = folder.path().join("real");
    fs::create_dir(&real).expect("a folder");
    drop(open(&real.join("intake.db")).expect("a workspace"));
    let link = folder.path().join("link.db");
    symlink(real.join("intake.db"), &link).expect("a link");
    assert!(matches!(open(&link), Err(StoreError::Link { .. })));
    let dangling = folder.path().join("dangling.db");
    symlink(real.join("nothing"), &dangling).expect("a link");
    assert!(matches!(open(&dangling), Err(StoreError::Link { .. })));
    assert!(!real.join("nothing").exists());
    let by_folder = folder.path().join("by-folder");
    symlink(&real, &by_folder).expect("a link");
    drop(open(&by_folder.join("intake.db")).expect("the same workspace"));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_is_made() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one").join("two").join("intake.db");
    let mut store = open(&path).expect("a workspace");
    store.write(|writer| act(writer, 1)).expect("a write");
    let mode = |path: &Path| {
        let metadata = fs::metadata(path).expect("it exists");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(&folder.path().join("one")), 0o700);
    assert_eq!(mode(&folder.path().join("one").join("two")), 0o700);
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.clone().into_os_string();
        name.push(suffix);
        assert_eq!(mode(Path::new(&name)), 0o600, "{suffix}");
    }
}

#[cfg(unix)]
#[test]
fn an_empty_file_that_becomes_a_workspace_becomes_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty.db");
    fs::write(&path, "").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).expect("a mode");
    drop(open(&path).expect("a workspace"));
    let metadata = fs::metadata(&path).expect("it exists");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
}

/// Runs `only_the_owner_may_read_what_is_made` in a process whose umask takes nothing away.
#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it_whatever_the_umask() {
    let test = "store::tests::file::only_the_owner_may_read_what_is_made";
    let output = std::process::Command::new("sh")
        .args(["-c", "umask 000; exec \"$0\" --exact \"$1\""])
        .arg(std::env::current_exe().expect("this program"))
        .arg(test)
        .output()
        .expect("a shell");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("1 passed"), "{told}");
}

#[test]
fn an_error_a_panic_and_an_empty_deed_leave_nothing_behind() {
    let (_folder, mut store) = scratch();
    let failed = store.write(|writer| {
        act(writer, 1)?;
        Err::<(), _>(StoreError::UnknownContent(Uuid::nil()))
    });
    assert!(failed.is_err());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.write(|writer| -> Result<(), StoreError> {
            act(writer, 1)?;
            panic!("on purpose")
        })
    }));
    assert!(panicked.is_err());
    let dropped = store.write(|writer| {
        let action = act(writer, 1)?;
        writer.drop_action(action)
    });
    dropped.expect("a dropped action");
    let second = store.write(|writer| {
        let kept = act(writer, 1)?;
        let action = act(writer, 2)?;
        writer.drop_action(action)?;
        Ok::<_, StoreError>(kept)
    });
    let third = store.write(|writer| {
        let action = act(writer, 3)?;
        writer.drop_action(action)?;
        act(writer, 4)
    });
    let actions = store.read(|reader| reader.actions(None, 9));
    let kept: Vec<LocalId> = actions
        .expect("a read")
        .iter()
        .map(|a| a.key.local)
        .collect();
    assert_eq!(kept, [third.expect("a write"), second.expect("a write")]);
}

/// Sets a pragma of the connection behind a store.
fn pragma(store: &Store, name: &str, value: i64) {
    let set = store.read(|reader| {
        let sql = format!("PRAGMA {name} = {value}");
        reader.connection().execute_batch(&sql)?;
        Ok::<_, StoreError>(())
    });
    set.expect("a pragma");
}

#[test]
fn a_full_disk_and_a_read_only_one_are_told_apart_and_nothing_is_lost() {
    let (_folder, mut store) = scratch();
    store.write(|writer| act(writer, 1)).expect("a write");
    let long = "x".repeat(1 << 20);
    let write = |store: &mut Store| {
        let written = store.write(|writer| {
            writer.add_content(
                Uuid::nil(),
                &NewContent {
                    body: &long,
                    ..NewContent::default()
                },
            )
        });
        Problem::from(written.expect_err("a refusal"))
    };
    pragma(&store, "max_page_count", 1);
    let full = write(&mut store);
    assert_eq!(full.kind, Kind::Storage);
    assert!(full.hints[0].contains("make room"), "{full:?}");
    pragma(&store, "query_only", 1);
    let read_only = write(&mut store);
    assert!(read_only.hints[0].contains("writable"), "{read_only:?}");
    let read = store.read(|reader| {
        assert_eq!(reader.find_content(Uuid::nil())?, None);
        reader.actions(None, 9)
    });
    assert_eq!(read.expect("a read").len(), 1);
}

#[test]
fn nothing_is_written_to_a_file_that_was_deleted_moved_or_replaced_while_it_was_open() {
    let (folder, mut store) = scratch();
    store.write(|writer| act(writer, 1)).expect("a write");
    let path = store.path().to_owned();
    let away = folder.path().join("away.db");
    let refused = |store: &mut Store| {
        let written = store.write(|writer| act(writer, 2));
        assert!(matches!(written, Err(StoreError::Gone { .. })));
        let kept = store.keep_draft(&DraftName::of("a", None), None, Some("b"), Moment(1));
        assert!(matches!(kept, Err(StoreError::Gone { .. })));
    };
    fs::rename(&path, &away).expect("moved");
    refused(&mut store);
    fs::write(&path, "another one").expect("replaced");
    refused(&mut store);
    fs::rename(&away, &path).expect("put back");
    let meanwhile = store.write(|writer| {
        fs::rename(&path, &away).expect("moved while it is written to");
        act(writer, 2)
    });
    assert!(matches!(meanwhile, Err(StoreError::Gone { .. })));
    fs::rename(&away, &path).expect("put back");
    store.write(|writer| act(writer, 2)).expect("a write");
    let actions = store.read(|reader| reader.actions(None, 9));
    assert_eq!(actions.expect("a read").len(), 2);
}

#[test]
fn a_read_that_has_become_pointless_can_be_stopped() {
    let (_folder, store) = scratch();
    let stopper = store.interrupter();
    let endless =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    let (begun, begins) = std::sync::mpsc::channel();
    let answer = std::thread::scope(|scope| {
        let reading = scope.spawn(move || {
            begun.send(()).expect("somebody waits");
            store.read(|reader| reader.first(endless, [], |row| row.get::<_, i64>(0)))
        });
        begins.recv().expect("it begins");
        // An interrupt before the statement runs is lost, so it is repeated until the reading has ended.
        while !reading.is_finished() {
            stopper.interrupt();
            std::thread::yield_now();
        }
        reading.join().expect("no panic")
    });
    assert!(answer.expect_err("it was stopped").is_interrupted());
}

#[test]
fn a_checkpoint_empties_the_log_and_changes_nothing() {
    let (_folder, mut store) = scratch();
    assert!(store.settle_in().expect("mapped"));
    store.write(|writer| act(writer, 1)).expect("a write");
    let checkpoint = store
        .checkpoint(Checkpointing::Passive)
        .expect("a checkpoint");
    assert!(checkpoint.log > 0);
    assert_eq!(checkpoint.copied, checkpoint.log);
    let actions = store.read(|reader| reader.actions(None, 9));
    assert_eq!(actions.expect("a read").len(), 1);
}

#[test]
fn what_belongs_to_this_copy_is_kept() {
    let (_folder, mut store) = scratch();
    let device = store.device(Uuid::new_v4()).expect("a device");
    assert_eq!(store.device(Uuid::new_v4()).expect("a device"), device);
    store.set_setting("device", "nonsense").expect("a setting");
    let fresh = Uuid::new_v4();
    assert_eq!(store.device(fresh).expect("a device"), fresh);
    let answer = DraftName::of("answer", None);
    for (known, text) in [
        (None, Some("Dear")),
        (Some("Dear"), Some("Dear Dana")),
        (Some("Dear Dana"), None),
    ] {
        let kept = store.keep_draft(&answer, known, text, Moment(1));
        kept.expect("a draft");
        let draft = store.read(|reader| reader.draft(&answer));
        assert_eq!(draft.expect("a read").as_deref(), text);
    }
    store.save_view("mine", "is:mine").expect("a view");
    store.save_view("all", "").expect("a view");
    store.remove_view("all").expect("a view");
    store
        .read(|reader| {
            let views = reader.saved_views()?;
            assert_eq!(views, [("mine".to_owned(), "is:mine".to_owned())]);
            Ok::<_, StoreError>(())
        })
        .expect("a read");
}
