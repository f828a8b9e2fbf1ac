//! Which file it is, and who may make it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::home::{Home, titles};

#[test]
fn a_fresh_home_has_no_workspace_and_nothing_makes_one_by_mistake() {
    let home = Home::new();
    home.refused(
        &["list"],
        3,
        &["there is no workspace at", "intake.db", "hint:"],
    );
    home.refused(
        &["-w", "nowhere.db", "show", "f123"],
        3,
        &["nowhere.db", "--workspace names"],
    );
    assert!(!home.path("data").exists());
    home.ok(&["add", "First"]);
    assert!(home.path("data/intake/intake.db").exists());
}

#[test]
fn the_workspace_is_chosen_by_argument_then_environment_then_configuration() {
    let home = Home::new();
    let [one, two, three] = ["one.db", "two.db", "three.db"].map(|name| home.path(name));
    home.configure(
        "config.toml",
        &format!("workspace = \"{}\"", three.display()),
    );
    let add = |title: &str, argument: bool, environment: bool| {
        let mut arguments = vec!["add", title];
        if argument {
            arguments.extend(["-w", one.to_str().expect("UTF-8")]);
        }
        let mut command = home.command(&arguments);
        if environment {
            command.env("INTAKE_WORKSPACE", &two);
        }
        assert!(command.status().expect("runs").success());
    };
    add("first", true, true);
    add("second", false, true);
    add("third", false, false);
    for (file, title) in [(&one, "first"), (&two, "second"), (&three, "third")] {
        let list = home.json(&["-w", file.to_str().expect("UTF-8"), "list", "--json"]);
        assert_eq!(titles(&list), [title]);
    }
}

#[test]
fn two_processes_at_once_both_get_their_turn() {
    let (home, _) = Home::with_work();
    let children: Vec<_> = (0..8)
        .map(|n| {
            home.command(&["add", &format!("parallel {n}")])
                .spawn()
                .expect("runs")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("ends");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert_eq!(titles(&home.json(&["list", "parallel", "--json"])).len(), 8);
}

#[test]
fn the_demo_leaves_nothing_behind_and_never_touches_a_file_of_ones_own() {
    let home = Home::new();
    home.configure("config.toml", "me = \"@somebody\"\n");
    // There is no terminal here, so the console ends before it begins.
    let said = home.run(&["demo"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    assert!(said.err.contains("terminal"), "{said:?}");
    assert!(!home.path("data").exists());
    let left = std::fs::read_dir(home.path("state/intake")).expect("a folder");
    assert_eq!(left.count(), 0);
}

#[test]
fn the_demo_takes_no_file() {
    let home = Home::new();
    let file = home.path("mine.db").display().to_string();
    let words = [
        "the demo cannot be made at",
        "mine.db",
        "leave out --workspace",
    ];
    home.refused(&["demo", "-w", &file], 2, &words);
    home.refused(&["-w", &file, "demo"], 2, &words);
    let help = home.run(&["demo", "--help"]).out;
    assert!(
        help.contains("--as") && !help.contains("--workspace"),
        "{help}"
    );
    assert!(!home.path("mine.db").exists());
}

#[test]
fn a_mistyped_folder_is_not_made() {
    let home = Home::new();
    let file = home.path("no/such/folder/x.db").display().to_string();
    let words = [
        "there is no folder",
        "no/such/folder",
        "--workspace names that file",
        "make the folder first",
    ];
    for arguments in [&["add", "A wish"][..], &["import", "-", "--yes"], &[]] {
        home.refused(&[&["-w", &file], arguments].concat(), 3, &words);
    }
    home.configure("config.toml", &format!("workspace = \"{file}\""));
    home.refused(&["add", "A wish"], 3, &["config.toml names that file"]);
    assert!(!home.path("no").exists());
}

#[test]
fn an_empty_file_holds_no_workspace_until_something_is_written() {
    let home = Home::new();
    std::fs::write(home.path("empty.db"), "").expect("a file");
    let file = home.path("empty.db").display().to_string();
    let words = ["there is no workspace at", "that file is empty"];
    home.refused(&["-w", &file, "list"], 3, &words);
    home.refused(&["-w", &file, "undo"], 3, &words);
    assert!(
        home.ok(&["-w", &file, "doctor"])
            .contains("there is no workspace at")
    );
    assert_eq!(std::fs::metadata(&file).expect("a file").len(), 0);
    home.ok(&["-w", &file, "add", "A wish"]);
    assert_eq!(
        titles(&home.json(&["-w", &file, "list", "--json"])),
        ["A wish"]
    );
}

/// What the program says where no file may be larger than so many blocks, of 512 bytes or 1024, as the shell has it.
fn limited(home: &Home, blocks: u64, arguments: &[&str]) -> Output {
    let command = home.command(arguments);
    let mut limited = Command::new("sh");
    let limit = format!("ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    limited.args(["-c", &limit]).arg(command.get_program());
    limited.args(command.get_args()).env_clear();
    let variables = command.get_envs();
    limited.envs(variables.filter_map(|(name, value)| Some((name, value?))));
    limited.output().expect("the program runs")
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_refused_leaves_no_new_workspace_behind() {
    let home = Home::new();
    let [good, faulty, dump] = ["good.csv", "faulty.csv", "dump.jsonl"].map(|name| {
        let path = home.path(name);
        path.display().to_string()
    });
    fs::write(&good, "title,id\nDark mode,1\n").expect("a file");
    fs::write(&faulty, "title,id,created_at\nDark mode,1,one day\n").expect("a file");
    let at = |name: &str| home.path(name).display().to_string();
    home.ok(&["-w", &at("old.db"), "add", "A wish"]);
    let whole = home.ok(&["-w", &at("old.db"), "export", "all"]);
    fs::write(&dump, &whole[..whole.len() - 40]).expect("a file");
    fs::create_dir(home.path("new")).expect("a folder");
    let new = at("new/new.db");
    for (arguments, code) in [
        // There is nobody to ask.
        (&["import", &good][..], 2),
        (&["import", &faulty, "--yes"], 6),
        (&["import", "nothing.csv", "--yes"], 6),
        (&["import", &dump], 6),
        (&["add", "  "], 4),
        (&["idea", "add", "Dark mode", "--owner", "@no body"], 2),
    ] {
        let said = home.run(&[&["-w", &new], arguments].concat());
        assert_eq!(said.code, code, "{arguments:?}: {said:?}");
        assert!(names(&home.path("new")).is_empty(), "{arguments:?}");
    }
    home.ok(&["-w", &new, "import", &good, "--dry-run"]);
    home.ok(&["-w", &new, "import", "--formats"]);
    assert!(names(&home.path("new")).is_empty());
    home.ok(&["-w", &new, "import", &good, "--yes"]);
    assert_eq!(names(&home.path("new")), ["new.db"]);
}

#[test]
fn where_there_is_no_room_for_a_new_workspace_nothing_is_left_of_it() {
    let home = Home::new();
    fs::create_dir(home.path("new")).expect("a folder");
    let new = home.path("new/new.db").display().to_string();
    let refused = limited(&home, 16, &["-w", &new, "add", "First"]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let words = String::from_utf8_lossy(&refused.stderr);
    for word in [&new, "make room", "nothing was lost"] {
        assert!(words.contains(word), "{word}: {words}");
    }
    assert!(names(&home.path("new")).is_empty());
}

#[test]
fn at_the_limit_of_a_files_size_all_that_was_said_to_be_done_is_kept() {
    let home = Home::new();
    home.ok(&["add", "First"]);
    let file = home.path("data/intake/intake.db");
    let size = fs::metadata(&file).expect("a file").len();
    let body = "word ".repeat(12_000);
    let add = |title: &str| {
        let arguments = ["--as", "@hana", "add", title, "--body", &body];
        limited(&home, size / 512 + 16, &arguments)
    };
    let mut kept = 1;
    let refused = loop {
        assert!(kept < 200, "the limit is never reached");
        let said = add(&format!("Number {kept}"));
        if !said.status.success() {
            break said;
        }
        assert!(String::from_utf8_lossy(&said.stdout).starts_with("added “Number"));
        kept += 1;
    };
    assert!(kept > 1, "{refused:?}");
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let words = String::from_utf8_lossy(&refused.stderr);
    let path = file.display().to_string();
    for word in ["cannot write", &path, "make room", "nothing was lost"] {
        assert!(words.contains(word), "{word}: {words}");
    }
    let list = home.json(&["list", "-n", "500", "--json"]);
    assert_eq!(titles(&list).len(), kept);
    let doctor = home.run(&["doctor"]);
    assert!(doctor.out.contains("is sound"), "{doctor:?}");
}

#[test]
fn a_device_is_no_workspace_and_is_not_called_empty() {
    let home = Home::new();
    for command in [&["list"][..], &["add", "Words"]] {
        let arguments = [&["-w", "/dev/null"], command].concat();
        home.refused(&arguments, 1, &["/dev/null", "it is not an ordinary file"]);
    }
}
