//! Good and bad configuration files, and what the files that come with the program promise.

use proptest::prelude::*;

use super::*;
use crate::problem::Kind;

fn files() -> Files {
    Files::within(std::path::Path::new("/c"))
}

fn parse(settings: &str, keymap: &str, theme: &str) -> Result<Config, Vec<Fault>> {
    let found = |text: &str| Ok(Some(text.to_owned()));
    let (config, faults) = understand(&files(), &found(settings), &found(keymap), &found(theme));
    match faults.is_empty() {
        true => Ok(config),
        false => Err(faults),
    }
}

/// The faults as a person sees them, without the folder.
fn faults(settings: &str, keymap: &str, theme: &str) -> Vec<String> {
    let faults = parse(settings, keymap, theme).err().unwrap_or_default();
    faults
        .iter()
        .map(|fault| fault.to_string().replacen("/c/", "", 1))
        .collect()
}

#[test]
fn a_value_of_any_length_is_quoted_in_part() {
    let long = format!("mouse = {}", "7".repeat(100_000));
    let expected = format!(
        "config.toml:1:9: `mouse` expects true or false, not the number {}…",
        "7".repeat(40)
    );
    assert_eq!(faults(&long, "", ""), [expected]);
}

#[test]
fn every_bad_setting_is_found_with_its_place() {
    for (text, expected) in [
        (
            "mose = true",
            "1:1: unknown setting `mose`; did you mean `mouse`?",
        ),
        (
            "\n  mouse = \"yes\"",
            "2:11: `mouse` expects true or false, not the text \"yes\"",
        ),
        (
            "mouse = 1",
            "1:9: `mouse` expects true or false, not the number 1",
        ),
        (
            "plain = 1979-05-27",
            "1:9: `plain` expects true or false, not a date",
        ),
        (
            "me = \"hana\"",
            "1:6: `me` expects a mention name; write it as \"@hana\"",
        ),
        (
            "me = \"@ha na\"",
            "1:6: `me` expects a mention name; write it as \"@hana\"",
        ),
        (
            "me = [\"@hana\"]",
            "1:6: `me` expects text in quotes, not a list",
        ),
        (
            "workspace = \"acme.db\"",
            "1:13: `workspace` expects a path that does not depend on where you are; begin it with / or ~/",
        ),
        (
            "theme = \"drak\"",
            "1:9: there is no theme `drak`; did you mean `dark`?",
        ),
        (
            "colour = \"colourful\"",
            "1:10: `colour` cannot be \"colourful\"; known are `auto`, `never`, `16`, `256`, `truecolor`",
        ),
        (
            "colour = 256",
            "1:10: `colour` expects text in quotes, not the number 256",
        ),
        (
            "color = \"auto\"",
            "1:1: unknown setting `color`; did you mean `colour`?",
        ),
        (
            "keys = \"lazigit\"",
            "1:8: `keys` cannot be \"lazigit\"; did you mean `lazygit`?",
        ),
        (
            "waiting_days = 0",
            "1:16: `waiting_days` expects 1 to 365, not 0",
        ),
        (
            "waiting_days = -3",
            "1:16: `waiting_days` expects 1 to 365, not -3",
        ),
        (
            "waiting_days = 99999999999999999999",
            "1:16: `waiting_days` expects 1 to 365, not 99999999999999999999",
        ),
        (
            "waiting_days = 5.5",
            "1:16: `waiting_days` expects a whole number, not the number 5.5",
        ),
        (
            "editions = \"Team\"",
            "1:12: `editions` expects a list of texts, not the text \"Team\"",
        ),
        (
            "editions = [\"Team\", 10]",
            "1:21: `editions` expects text in quotes, not the number 10",
        ),
        (
            "editions = [\"Team\", \" \"]",
            "1:21: `editions` holds an empty text",
        ),
        (
            "editions = [\"版\", \"版\"]",
            "1:18: `editions` has \"版\" twice",
        ),
        (
            "views = true",
            "1:9: `views` expects a table, as in `[views]`, not true",
        ),
        (
            "[views]\nMine = 3",
            "2:8: `Mine` expects text in quotes, not the number 3",
        ),
        ("[views]\n\"\" = \"is:mine\"", "2:1: a view needs a name"),
        (
            "me = \"@\\u001b[2J\"",
            "1:6: `me` expects a mention name; write it as \"@hana\"",
        ),
        ("user = \"@hana\"", "1:1: unknown setting `user`"),
        ("\"\\u001b\" = 1", "1:1: unknown setting `\\u{1b}`"),
        (
            "[mouse]\nx = 1",
            "1:1: `mouse` expects true or false, not a table",
        ),
        (
            "[[views]]\nx = \"\"",
            "1:1: `views` expects a table, as in `[views]`, not a list",
        ),
        ("theme = \"\"", "1:9: `theme` holds an empty text"),
        (
            "[views\nMine = \"\"",
            "1:7: this is not TOML: unclosed table, expected `]`",
        ),
        (
            "me = \"@hana\ntheme = \"dark\"",
            "1:12: this is not TOML: invalid basic string, expected `\"`",
        ),
        (
            "[templates]\nanswr = \"x\"",
            "2:1: unknown template `answr`; did you mean `answer`?",
        ),
        (
            "[templates]\nanswer = \"{repoter}\"",
            "2:10: `answer` has the unknown name `{repoter}`; use {reporter}, {message}, {idea}, {status}, {outlook}, \
             {workaround}; a brace of its own is written twice, as in {{",
        ),
        (
            "mouse = true\nmouse = true",
            "2:1: this is not TOML: duplicate key",
        ),
        (
            "\u{feff}mouse = 1",
            "1:9: `mouse` expects true or false, not the number 1",
        ),
    ] {
        assert_eq!(
            faults(text, "", ""),
            [format!("config.toml:{expected}")],
            "{text}"
        );
    }
}

#[test]
fn every_bad_binding_is_found_with_its_place() {
    for (text, expected) in [
        (
            "q = \"quit\"",
            "1:5: `q` expects a table, as in `[inbox]`, not the text \"quit\"",
        ),
        (
            "[inbox]\nassign = true",
            "2:10: `assign` expects a key, a list of keys, or false; write \"x\", [\"x\", \"g x\"], or [] for no key",
        ),
        (
            "[inbox]\nassign = \"\"",
            "2:10: `assign` holds an empty text",
        ),
        (
            "[inbox]\nassign = [\"a\",\n  7]",
            "3:3: `assign` expects text in quotes, not the number 7",
        ),
    ] {
        assert_eq!(
            faults("", text, ""),
            [format!("keymap.toml:{expected}")],
            "{text}"
        );
    }
}

#[test]
fn every_bad_theme_is_found_with_its_place() {
    for (text, expected) in [
        (
            "accent = 1",
            "1:10: `accent` expects a table, as in `[mine]`, not the number 1",
        ),
        (
            "[mine]\naccent = \"red\"",
            "2:10: `accent` expects a table, as in `accent = { fg = \"red\" }`, not the text \"red\"",
        ),
        (
            "[mine]\nkey = { fg = \"gren\" }",
            "2:14: `gren` is not a colour; did you mean `green`?",
        ),
        (
            "[mine]\nkey = { fg = \"#12345\" }",
            "2:14: `#12345` is not a colour; use a name such as `red` or `bright-black`, `#rrggbb`, a number from \
             0 to 255, or `default`",
        ),
        (
            "[mine]\nkey = { bolt = true }",
            "2:9: unknown part of a style `bolt`; did you mean `bold`?",
        ),
        (
            "[mine]\nkey = { bold = 1 }",
            "2:16: `bold` expects true or false, not the number 1",
        ),
        (
            "[mine]\nbase = \"darc\"",
            "2:8: there is no theme `darc`; did you mean `dark`?",
        ),
        ("[mine]\nbase = \"mine\"", "2:8: `mine` builds on itself"),
    ] {
        assert_eq!(
            faults("", "", text),
            [format!("theme.toml:{expected}")],
            "{text}"
        );
    }
    let circle = "[a]\nbase = \"b\"\n[b]\nbase = \"a\"";
    assert_eq!(
        faults("", "", circle),
        [
            "theme.toml:2:8: `a` builds on itself",
            "theme.toml:4:8: `b` builds on itself"
        ]
    );
}

#[test]
fn the_faults_of_all_files_come_at_once_and_in_order() {
    let found = faults(
        "theme = dark\nmouse = 1\n=\nplain = \"no\"\nplain = true\neditor = x\n",
        "[inbox]\nassign = 1\nlink = [1]\n",
        "[mine]\nkey = { fg = \"gren\", bg = \"rde\" }\n",
    );
    let places: Vec<&str> = found
        .iter()
        .filter_map(|fault| fault.split(": ").next())
        .collect();
    assert_eq!(
        places,
        [
            "config.toml:1:9",
            "config.toml:2:9",
            "config.toml:3:1",
            "config.toml:4:9",
            "config.toml:5:1",
            "config.toml:6:10",
            "keymap.toml:2:10",
            "keymap.toml:3:9",
            "theme.toml:2:14",
            "theme.toml:2:27",
        ],
        "{found:#?}"
    );
}

#[test]
fn all_faults_make_one_problem() {
    let faults = parse("mouse = 1\nplain = 1", "", "")
        .err()
        .unwrap_or_default();
    let problem = problem(&faults);
    assert_eq!(problem.kind, Kind::Configuration);
    assert_eq!(problem.summary, "cannot use the configuration: 2 faults");
    assert_eq!(problem.causes.len(), 2);
    assert!(problem.causes[1].starts_with("/c/config.toml:2:9: `plain`"));
}

#[test]
fn a_good_configuration_is_read_whole() -> Result<(), Vec<Fault>> {
    let config = parse(
        r##"
            me = "@hana"
            workspace = "~/acme.db"
            start_filter = "is:mine"
            editor = "hx"
            theme = "mine"
            colour = "256"
            keys = "lazygit"
            mouse = true
            reduced_motion = true
            plain = true
            waiting_days = 0x0a
            editions = ["Cloud"]
            ga_checklist = []
            templates.answer = "{{{reporter}}} see {idea}"
            [views]
            Zoo = "tag:zoo"
            Ant = ""
        "##,
        "[inbox]\nlink = \"L\"\nassign = [\"a\", \"g a\"]\narchive = false\nsnooze = []\n[text]\nsubmit = \"Ctrl-s\"",
        "[mine]\nbase = \"dark\"\naccent = { fg = \"208\", bold = true }\n[dark]\nbad = { fg = \"#ff0000\" }",
    )?;
    let settings = &config.settings;
    assert_eq!(settings.me.as_ref().map(|me| me.as_str()), Some("@hana"));
    assert_eq!(settings.workspace.as_deref(), Some("~/acme.db"));
    assert_eq!(
        settings.start_filter,
        Some(Placed::built_in("is:mine".to_owned()))
    );
    assert_eq!(settings.editor.as_deref(), Some("hx"));
    assert_eq!(settings.theme.as_str(), "mine");
    assert_eq!(settings.colour, ColourMode::Palette);
    assert_eq!(settings.keys, KeyPreset::Lazygit);
    assert!(settings.mouse && settings.reduced_motion && settings.plain);
    assert_eq!(settings.waiting_days, 10);
    assert_eq!(settings.editions, ["Cloud"]);
    assert!(settings.ga_checklist.is_empty());
    assert_eq!(settings.templates.answer, "{{{reporter}}} see {idea}");
    let views: Vec<(&str, &str)> = settings
        .views
        .iter()
        .map(|view| (view.name.as_str(), view.filter.as_str()))
        .collect();
    assert_eq!(views, [("Zoo", "tag:zoo"), ("Ant", "")]);

    let bindings: Vec<(&str, &str, Vec<&str>)> = config
        .keymap
        .iter()
        .map(|binding| {
            let keys = binding.keys.iter().map(|key| key.as_str()).collect();
            (binding.context.as_str(), binding.command.as_str(), keys)
        })
        .collect();
    assert_eq!(
        bindings,
        [
            ("inbox", "link", vec!["L"]),
            ("inbox", "assign", vec!["a", "g a"]),
            ("inbox", "archive", vec![]),
            ("inbox", "snooze", vec![]),
            ("text", "submit", vec!["Ctrl-s"]),
        ]
    );
    let wrong = config.keymap[1].keys[1].fault("`g a` is taken", None);
    assert_eq!(wrong.to_string(), "/c/keymap.toml:3:16: `g a` is taken");

    let mine = config.themes.styles("mine");
    let dark = Themes::default().styles("dark");
    assert_eq!(mine["accent"].fg.as_deref(), Some("208"));
    assert_eq!(mine["bad"].fg.as_deref(), Some("#ff0000"));
    assert_eq!(mine["title"], dark["title"]);
    assert_eq!(mine.len(), dark.len());
    Ok(())
}

#[test]
fn the_commented_default_says_exactly_the_default() {
    let uncommented: String = COMMENTED_DEFAULT
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.is_empty() && !setting.starts_with(' ') => setting,
            _ => line,
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    assert_eq!(parse(&uncommented, "", ""), Ok(Config::default()));
    assert_eq!(parse(COMMENTED_DEFAULT, "", ""), Ok(Config::default()));
    // A setting that is missing from the file would hold its default all the same: ask for each by name.
    let field_names = format!("{:#?}", Settings::default());
    for line in field_names
        .lines()
        .filter(|line| line.starts_with("    ") && !line.starts_with("     ") && line.contains(':'))
    {
        let field = line.trim().split(':').next().unwrap_or_default();
        let setting = format!("\n#{field} = ");
        let table = format!("\n#[{field}]");
        assert!(
            COMMENTED_DEFAULT.contains(&setting) || COMMENTED_DEFAULT.contains(&table),
            "{field} is not in the commented default"
        );
        assert!(
            include_str!("../../docs/configuration.md").contains(&format!("`{field}`")),
            "{field} is not in the documentation"
        );
    }
}

#[test]
fn files_that_cannot_be_read_are_faults() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let files = Files::within(folder.path());
    assert_eq!(read(&files), (Config::default(), Vec::new()));

    std::fs::write(&files.settings, b"# caf\xc3\xa9\nme = \"\xe9\"\n")?;
    std::fs::create_dir(&files.keymap)?;
    std::fs::write(&files.theme, vec![b'#'; (256 << 10) + 1])?;
    let faults = read(&files).1;
    let found = faults.iter().map(|fault| {
        let place = fault.place.map(|place| (place.line, place.column));
        (fault.file.clone(), place, fault.message.as_str())
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            (files.settings.clone(), Some((2, 7)), "this is not UTF-8"),
            (files.keymap.clone(), None, "this is not a file"),
            (files.theme.clone(), None, "the file is larger than 256 KiB"),
        ]
    );

    let blocked = Files::within(&files.settings);
    let faults = read(&blocked).1;
    assert_eq!(faults.len(), 3);
    assert!(faults[0].message.starts_with("cannot read the file"));
    Ok(())
}

#[test]
fn a_fault_of_a_theme_hides_none_of_the_setting() {
    let told = faults("theme = \"drak\"", "", "[mine]\nkey = { fg = \"gren\" }");
    assert_eq!(
        told,
        [
            "config.toml:1:9: there is no theme `drak`; did you mean `dark`?",
            "theme.toml:2:14: `gren` is not a colour; did you mean `green`?"
        ]
    );
    // A theme with a fault is there all the same.
    let told = faults("theme = \"mine\"", "", "[mine]\nkey = { fg = \"gren\" }");
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn an_unreadable_theme_file_is_not_blamed_on_the_setting() {
    let broken = faults("theme = \"mine\"", "", "[mine\n");
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].starts_with("theme.toml:1:"));
}

proptest! {
    /// A broken file is a fault and never a crash, and every place lies in the file.
    #[test]
    fn any_text_is_read_or_refused(text in "([a-z_]{1,8}|[\\[\\]{}=\"'.,#\\n\\t é🙂]|mouse|views|-?[0-9]{1,3}|true){0,40}") {
        for faults in [parse(&text, "", ""), parse("", &text, ""), parse("", "", &text)] {
            for fault in faults.err().unwrap_or_default() {
                let place = fault.place.map_or((1, 1), |place| (place.line, place.column));
                let line = text.split('\n').nth(place.0 - 1);
                prop_assert!(line.is_some_and(|line| place.1 <= line.chars().count() + 1), "{fault}");
            }
        }
    }
}
