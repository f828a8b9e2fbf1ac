use super::super::command::rows;
use super::*;
use crate::config::{self, Files, KeyPreset, Placed};

fn written(context: &str, command: &str, keys: &[&str]) -> config::Binding {
    let placed = |text: &str| Placed::built_in(text.to_owned());
    config::Binding {
        context: placed(context),
        command: placed(command),
        keys: keys.iter().map(|key| placed(key)).collect(),
    }
}

fn built(bindings: &[config::Binding]) -> Keymap {
    Keymap::build(KeyPreset::Default, bindings).expect("a keymap")
}

fn found(keymap: &Keymap, context: Context, keys: &str) -> Lookup {
    keymap.lookup(context, &Key::sequence(keys).expect("keys"))
}

#[test]
fn a_sequence_waits_for_its_end_and_offers_what_follows() {
    let keymap = Keymap::default();
    let Lookup::Pending(following) = found(&keymap, Context::Inbox, "g") else {
        panic!("g begins sequences");
    };
    assert!(following.contains(&(vec![Key::char('d')], Command::GoIdeas)));
    assert_eq!(
        found(&keymap, Context::Inbox, "g d"),
        Lookup::Command(Command::GoIdeas)
    );
    assert_eq!(found(&keymap, Context::Inbox, "g x"), Lookup::Nothing);
    assert_eq!(
        found(&keymap, Context::Inbox, "7"),
        Lookup::Command(Command::LinkSuggestion(7))
    );
}

#[test]
fn what_is_written_replaces_the_keys_of_its_command_there_and_only_there() {
    let keymap = built(&[
        written("inbox", "archive", &["D", "g a"]),
        written("plan", "zoom", &[]),
    ]);
    assert_eq!(keymap.keys(Context::Inbox, Command::Archive), ["D", "g a"]);
    assert_eq!(keymap.keys(Context::Text, Command::Archive), ["D", "g a"]);
    assert_eq!(found(&keymap, Context::Inbox, "d"), Lookup::Nothing);
    assert_eq!(found(&keymap, Context::Plan, "z"), Lookup::Nothing);
    assert_eq!(
        found(&keymap, Context::Ideas, "z"),
        Lookup::Command(Command::Zoom)
    );
}

#[test]
fn no_command_loses_a_key_without_a_word() {
    let told = |bindings: &[config::Binding]| {
        let faults = Keymap::build(KeyPreset::Default, bindings).expect_err("faults");
        faults
            .into_iter()
            .map(|fault| format!("{}; {}", fault.message, fault.hint.unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    // Once for each key that is written, in however many contexts it counts.
    assert_eq!(
        told(&[written("inbox", "archive", &["e"])]),
        [
            "`e` is `answer` already; choose another key, or write `answer = []` or other keys for it"
        ]
    );
    let [prefix] = &told(&[written("everywhere", "zoom", &["g"])])[..] else {
        panic!("one fault");
    };
    assert!(
        prefix.starts_with("`g` gets in the way of `g g`, which is `top`, and of "),
        "{prefix}"
    );
    let [longer] = &told(&[written("inbox", "archive", &["e a"])])[..] else {
        panic!("one fault");
    };
    assert!(
        longer.starts_with("`e a` gets in the way of `e`, which is `answer`"),
        "{longer}"
    );
    // Said so, it is right.
    for other in [&[][..], &["F5"]] {
        let keymap = built(&[
            written("inbox", "archive", &["e"]),
            written("inbox", "answer", other),
        ]);
        assert_eq!(
            found(&keymap, Context::Inbox, "e"),
            Lookup::Command(Command::Archive)
        );
        assert_eq!(keymap.keys(Context::Inbox, Command::Answer), other);
    }
    // Two commands may change places.
    built(&[
        written("everywhere", "undo", &["U"]),
        written("everywhere", "redo", &["u"]),
        written("timeline", "undo-this", &["U"]),
    ]);
}

#[test]
fn whoever_leaves_a_view_or_the_program_needs_a_key_for_it() {
    for name in ["quit", "close"] {
        let faults = Keymap::build(KeyPreset::Default, &[written("everywhere", name, &[])]);
        let faults = faults.expect_err("a fault");
        assert_eq!(faults.len(), 1);
        let expected = format!("`{name}` needs a key: nothing else does what it does");
        assert_eq!(faults[0].message, expected);
        assert!(faults[0].hint.is_some());
        built(&[written("everywhere", name, &["F10"])]);
    }
    let taken = [written("everywhere", "zoom", &["Ctrl-c"])];
    let faults = Keymap::build(KeyPreset::Default, &taken).expect_err("a fault");
    let hint = faults[0].hint.as_deref();
    assert_eq!(
        hint,
        Some("choose another key, or write other keys for `quit`")
    );
    // What can be done in other ways may have none.
    built(&[written("everywhere", "undo", &[])]);
}

#[test]
fn the_narrower_context_counts_before_the_wider_wherever_it_stands() {
    let narrow = written("plan", "zoom", &["Z"]);
    let wide = written("everywhere", "zoom", &["F11"]);
    for order in [[narrow.clone(), wide.clone()], [wide, narrow]] {
        let keymap = built(&order);
        assert_eq!(keymap.keys(Context::Plan, Command::Zoom), ["Z"]);
        assert_eq!(keymap.keys(Context::Inbox, Command::Zoom), ["F11"]);
    }
}

#[test]
fn the_keys_of_suggestions_count() {
    let keymap = built(&[written("everywhere", "link-suggestion", &["F1", "F2"])]);
    assert_eq!(
        found(&keymap, Context::Inbox, "F2"),
        Lookup::Command(Command::LinkSuggestion(2))
    );
    assert_eq!(found(&keymap, Context::Inbox, "2"), Lookup::Nothing);
}

#[test]
fn every_fault_is_found_at_once() {
    let faults = Keymap::build(
        KeyPreset::Default,
        &[
            written("inbux", "archive", &["D"]),
            written("inbox", "arcive", &["D"]),
            written("inbox", "snooze", &["Hyper-s"]),
            written("plan", "archive", &["D"]),
            written("entry", "submit", &["x"]),
            written("inbox", "ask", &["F5"]),
            written("inbox", "answer", &["F5 x"]),
        ],
    )
    .expect_err("faults");
    let told: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}; {}", fault.message, fault.hint.as_deref().unwrap_or("")))
        .collect();
    let told = told.join("\n");
    for part in [
        "no context `inbux`; did you mean `inbox`",
        "no command `arcive`; did you mean `archive`",
        "“Hyper” is no modifier",
        "`archive` does not work in plan; it works in inbox, text",
        "“x” could no longer be typed",
        "`F5 x` gets in the way of `F5`, which is `ask`",
    ] {
        assert!(told.contains(part), "{part} in\n{told}");
    }
    assert_eq!(faults.len(), 6, "{told}");
}

#[test]
fn presets_lose_no_command_and_have_no_clash() {
    for preset in [KeyPreset::Default, KeyPreset::Lazygit, KeyPreset::Linear] {
        let keymap = Keymap::build(preset, &[]).expect("a preset");
        for (scope, name, keys) in presets::lines(preset) {
            assert!(SCOPES.iter().any(|(known, _)| known == scope), "{scope}");
            assert!(command::named(name).is_some(), "{name}");
            assert!(
                keys.iter().all(|keys| Key::sequence(keys).is_ok()),
                "{name}"
            );
        }
        for (place, one) in keymap.bindings().iter().enumerate() {
            for other in &keymap.bindings()[place + 1..] {
                assert!(
                    one.context != other.context
                        || !(one.keys.starts_with(&other.keys)
                            || other.keys.starts_with(&one.keys)),
                    "{preset:?}: {one:?} {other:?}"
                );
            }
        }
        for row in rows().filter(|row| !row.keys.is_empty()) {
            for context in row.contexts {
                let keys = keymap.keys(*context, row.command);
                assert!(
                    !keys.is_empty(),
                    "{preset:?}: {} in {}",
                    row.name,
                    context.name()
                );
            }
        }
    }
}

#[test]
fn keys_that_point_to_a_side_move_on_the_board_with_every_preset() {
    for preset in [KeyPreset::Default, KeyPreset::Lazygit, KeyPreset::Linear] {
        let keymap = Keymap::build(preset, &[]).expect("a preset");
        let keys = |command| keymap.keys(Context::Board, command);
        assert_eq!(keys(Command::BoardLeft), ["h", "←"], "{preset:?}");
        assert_eq!(keys(Command::BoardRight), ["l", "→"], "{preset:?}");
        assert_eq!(keys(Command::BoardOpen), ["Enter"], "{preset:?}");
        assert_eq!(keys(Command::BoardBack), ["Esc"], "{preset:?}");
        assert!(
            keys(Command::TurnPlan).contains(&"b".to_owned()),
            "{preset:?}"
        );
    }
}

#[test]
fn the_commented_default_is_the_file_in_assets() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/keymap.toml");
    let made = commented_default();
    if std::env::var_os("INTAKE_WRITE").is_some() {
        std::fs::write(path, &made).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == made,
        "assets/keymap.toml is stale: INTAKE_WRITE=1 cargo test --lib keymap"
    );
}

#[test]
fn the_commented_default_says_the_default() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = Files::within(folder.path());
    let lines = commented_default();
    let said: Vec<&str> = lines
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.starts_with('[') || line.contains(" = ["))
        .collect();
    assert_eq!(
        said.iter().filter(|line| line.contains(" = [")).count(),
        rows().count()
    );
    std::fs::write(&files.keymap, said.join("\n")).expect("written");
    let (config, faults) = config::read(&files);
    assert_eq!(faults, []);
    let keymap = Keymap::build(KeyPreset::Default, &config.keymap);
    assert!(
        keymap == Ok(Keymap::default()),
        "the file changes what it says is the default"
    );
}

#[test]
fn the_default_keys_are_in_the_order_in_which_changed_ones_are_put() {
    let keymap = Keymap::default();
    let sorted = Keymap::in_order(keymap.bindings().to_vec());
    assert_eq!(keymap.bindings(), sorted.bindings());
}
