//! What is shown for what is typed.

use super::*;
use crate::app::state::Input;
use crate::domain::id::IdeaId;
use proptest::prelude::*;

fn row(group: &str, label: &str, note: &str) -> PickerRow {
    PickerRow {
        group: group.to_owned(),
        ..rows::row(Choice::Close, label, note)
    }
}

fn picker(picking: Picking, typed: &str, all: Vec<PickerRow>) -> Picker {
    let mut picker = Picker {
        input: Input::line(typed),
        ..Picker::new(picking, all)
    };
    narrow(&mut picker);
    picker
}

fn labels(picker: &Picker) -> Vec<&str> {
    picker.rows.iter().map(|row| row.label.as_str()).collect()
}

#[test]
fn the_best_row_leads_and_groups_stay_together() {
    let all = vec![
        row("a", "expert mode", ""),
        row("b", "Export boards as PDF", ""),
        row("a", "unrelated", "export"),
        row("b", "extra report", ""),
    ];
    let found = picker(Picking::Palette, "export", all);
    assert_eq!(labels(&found)[0], "Export boards as PDF");
    let groups: Vec<&str> = found.rows.iter().map(|row| row.group.as_str()).collect();
    let mut once = groups.clone();
    once.dedup();
    assert_eq!(once, ["b", "a"]);
    assert!(labels(&found).contains(&"unrelated"));
    assert_eq!(found.rows[0].matches, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn letters_scattered_over_a_label_or_a_note_are_no_match() {
    let all = || {
        vec![
            row("", "Edit permissions of many channels at once", ""),
            row(
                "",
                "mouse on or off",
                "Let the mouse choose, or leave it to the terminal",
            ),
            row("", "order", "the next key: age, demand, status"),
            row("", "Terminals", "Under Consideration"),
            row("", "Wait for the export", ""),
        ]
    };
    let shown = |typed: &str| {
        let found = picker(Picking::Palette, typed, all());
        found
            .rows
            .into_iter()
            .map(|row| row.label)
            .collect::<Vec<_>>()
    };
    assert_eq!(shown("terminal"), ["Terminals", "mouse on or off"]);
    assert_eq!(shown("undo"), [""; 0]);
    assert_eq!(shown("consideration"), ["Terminals"]);
    assert_eq!(shown("port"), ["Wait for the export"]);
    // Pieces that begin words, in order.
    assert_eq!(shown("wexp"), ["Wait for the export"]);
    assert_eq!(shown("wfe"), ["Wait for the export"]);
    assert_eq!(shown("wxp"), [""; 0]);
    assert_eq!(shown("for wexp"), ["Wait for the export"]);
    assert_eq!(shown("for wxp"), [""; 0]);
    // One letter is looked for where words begin.
    assert_eq!(shown("u"), ["Terminals"]);
    assert_eq!(
        shown("many perm"),
        ["Edit permissions of many channels at once"]
    );
}

#[test]
fn one_letter_is_looked_for_within_words_only_where_a_script_has_no_blanks() {
    let all = || vec![row("", "Импорт писем", ""), row("", "予定の共有", "")];
    let shown = |typed: &str| {
        let found = picker(Picking::Palette, typed, all());
        found.rows.len()
    };
    assert_eq!(shown("п"), 1);
    assert_eq!(shown("м"), 0);
    assert_eq!(shown("мп"), 1);
    assert_eq!(shown("共"), 1);
}

#[test]
fn words_that_begin_so_come_before_those_that_have_it_within() {
    let all = vec![
        row("", "Unsorted bits", ""),
        row("", "Resort to mail", "sort"),
        row("", "Short replies to outside", ""),
        row("", "Sidebar sorting", ""),
        row("", "GitHub: sort issues", ""),
        row("", "Sort the sidebar by unread", ""),
        row("", "Schedule reports by text", ""),
        row("", "Order of rows", "how rows are sorted"),
    ];
    let found = picker(Picking::Palette, "sort", all.clone());
    let shown = [
        "Sort the sidebar by unread",
        "GitHub: sort issues",
        "Sidebar sorting",
        "Unsorted bits",
        "Resort to mail",
        "Order of rows",
    ];
    assert_eq!(labels(&found), shown);
    // Whatever the order of the words, their accents and their case.
    let found = picker(
        Picking::Palette,
        "Söring SIDEBAR".replace("ring", "rting").as_str(),
        all,
    );
    assert_eq!(labels(&found), ["Sidebar sorting"]);
}

#[test]
fn a_key_that_is_typed_into_the_help_leads() {
    let with = |label: &str, keys: &[&str]| PickerRow {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        ..row("", label, "")
    };
    let all = vec![
        with("export…", &[]),
        with("write in $EDITOR", &["E"]),
        with("inbox", &["g i"]),
        with("first row", &["g g", "Home"]),
        with("tab before", &["g T"]),
        with("timeline", &["g t"]),
        with("answer, done", &["e"]),
        with("page down", &["PgDn", "Ctrl-f"]),
    ];
    let first = |typed: &str| {
        let found = picker(Picking::Help, typed, all.clone());
        found.rows.first().map(|row| row.label.clone())
    };
    assert_eq!(first("e").as_deref(), Some("answer, done"));
    assert_eq!(first("E").as_deref(), Some("write in $EDITOR"));
    assert_eq!(first("ctrl-f").as_deref(), Some("page down"));
    assert_eq!(first("g").as_deref(), Some("inbox"));
    assert_eq!(first("g i").as_deref(), Some("inbox"));
    assert_eq!(first("gi").as_deref(), Some("inbox"));
    assert_eq!(first("gg").as_deref(), Some("first row"));
    assert_eq!(first("home").as_deref(), Some("first row"));
    assert_eq!(first("g t").as_deref(), Some("timeline"));
    assert_eq!(first("gT").as_deref(), Some("tab before"));
    assert_eq!(first("ex").as_deref(), Some("export…"));
}

#[test]
fn the_palette_finds_a_command_by_its_sequence_but_not_by_one_letter() {
    let with = |label: &str, keys: &[&str]| PickerRow {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        ..row("Commands", label, "")
    };
    let all = vec![
        with("export…", &[]),
        with("answer, done", &["e"]),
        with("weekly sync", &["g w"]),
        with("page down", &["PgDn", "Ctrl-f"]),
        row("Ideas", "Gw in names", ""),
    ];
    let found = |typed: &str| {
        let found = picker(Picking::Palette, typed, all.clone());
        found
            .rows
            .into_iter()
            .map(|row| row.label)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("g w")[0], "weekly sync");
    assert_eq!(found("gw"), ["weekly sync", "Gw in names"]);
    assert_eq!(found("ctrl-f"), ["page down"]);
    assert_eq!(found("e"), ["export…"]);
    assert_eq!(found("g"), ["Gw in names"]);
}

#[test]
fn matches_are_characters_even_behind_composed_letters() {
    let matches = |typed: &str, label: &str| {
        let found = picker(Picking::Palette, typed, vec![row("", label, "")]);
        found.rows[0].matches.clone()
    };
    assert_eq!(matches("ex", "e\u{301}e\u{301}x"), [2, 3, 4]);
    assert_eq!(matches("éx", "E\u{301}E\u{301}X"), [2, 3, 4]);
    // One character that is written as two letters, and one that is not seen.
    assert_eq!(matches("strasse", "Die Straße"), [4, 5, 6, 7, 8, 9]);
    assert_eq!(matches("ſTRA\u{200b}", "Die Straße"), [4, 5, 6, 7]);
    assert_eq!(matches("česká", "ČESKA\u{301} pošta"), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn what_shortens_the_agenda_is_found_by_the_item_above_it() {
    let all = vec![
        row("Pricing of guests", "5 instead of 10 min", "saves 5"),
        row("Hiring", "put off to Wed 2 Dec", "saves 12"),
    ];
    let found = picker(Picking::Shorten, "pricing", all.clone());
    assert_eq!(labels(&found), ["5 instead of 10 min"]);
    let found = picker(Picking::Shorten, "put off", all);
    assert_eq!(labels(&found), ["put off to Wed 2 Dec"]);
}

#[test]
fn the_last_row_makes_what_was_typed() {
    let link = Picking::LinkIdea(Vec::new(), None);
    let found = picker(
        link.clone(),
        " dark ",
        vec![row("", "Dark mode", ""), row("", "Other", "")],
    );
    assert_eq!(labels(&found), ["Dark mode", "create “dark”"]);
    assert_eq!(found.rows[1].choice, Choice::NewIdea("dark".into()));
    assert_eq!(
        labels(&picker(link, "", vec![row("", "Dark mode", "")])),
        ["Dark mode"]
    );
}

#[test]
fn what_resembles_a_mistyped_name_comes_before_making_an_idea() {
    let idea = |number: u128, title: &str| PickerRow {
        choice: Choice::Idea(IdeaId(uuid::Uuid::from_u128(number))),
        ..row("", title, "New")
    };
    let all = || {
        vec![
            idea(1, "Compliance export"),
            idea(2, "Export a board as PDF or CSV"),
            idea(3, "Expert mode"),
            idea(4, "Scheduled reports by mail"),
            row("new", "create “Save the map”", "a new idea"),
        ]
    };
    let link = Picking::LinkIdea(Vec::new(), None);
    let shown = |typed: &str| {
        let found = picker(link.clone(), typed, all());
        assert_eq!(found.cursor, 0, "{typed}");
        found.rows
    };
    let titles = |typed: &str| {
        let labels = shown(typed).into_iter();
        labels.map(|row| row.label).collect::<Vec<_>>()
    };
    let create = |typed: &str| format!("create “{typed}”");
    let exports = ["Compliance export", "Export a board as PDF or CSV"];
    // Swapped, missing, wrong, doubled, the first letter, and not typed to its end.
    for typed in ["expotr", "exort", "ezport", "exxport", "xeport", "expro"] {
        let found = titles(typed);
        assert!(
            exports
                .iter()
                .all(|title| found[..3].contains(&(*title).to_owned())),
            "{found:?}"
        );
        assert_eq!(found.last(), Some(&create(typed)));
    }
    let groups: Vec<String> = shown("expotr").into_iter().map(|row| row.group).collect();
    assert_eq!(
        (groups[0].as_str(), groups[2].as_str()),
        ("Did you mean", "Or is it new")
    );
    assert_eq!(shown("expotr")[0].matches, [0, 1, 2, 3, 4, 5]);
    // Each of several words, and what is right of them.
    let board = [
        "Export a board as PDF or CSV".to_owned(),
        create("baord export"),
    ];
    assert_eq!(titles("baord export"), board);
    assert_eq!(
        titles("schedlued"),
        ["Scheduled reports by mail".to_owned(), create("schedlued")]
    );
    // What fits needs no guess, and what resembles nothing makes an idea. Short words are like any other.
    assert_eq!(
        titles("expert"),
        ["Expert mode".to_owned(), create("expert")]
    );
    for typed in ["whiteboard", "baord whiteboard", "mpa", "cvs"] {
        assert_eq!(titles(typed), [create(typed)], "{typed}");
    }
    // Where the group says what becomes of it, it goes on saying so.
    let grouped = vec![PickerRow {
        group: "Becomes Won't Do".into(),
        ..idea(1, "Compliance export")
    }];
    let found = picker(Picking::WontDo(Vec::new()), "expotr", grouped);
    assert_eq!(found.rows[0].group, "Did you mean · Becomes Won't Do");
    // What has the word in its text is none that was mistyped.
    let mut found = picker(link, "", all());
    found.input = Input::line("expro");
    found.found = vec![idea(4, "Scheduled reports by mail")];
    narrow(&mut found);
    assert_eq!(
        labels(&found),
        ["Scheduled reports by mail", "create “expro”"]
    );
}

#[test]
fn the_cursor_passes_over_rows_that_cannot_be_chosen() {
    let mut gone = row("", "first", "");
    gone.disabled = Some("why".into());
    assert_eq!(
        picker(Picking::Palette, "", vec![gone, row("", "second", "")]).cursor,
        1
    );
}

proptest! {
    #[test]
    fn any_text_narrows_any_labels(typed in any::<String>(), all in prop::collection::vec(any::<String>(), 0..8)) {
        let rows = all.iter().map(|label| row("", label, label)).collect();
        let found = picker(Picking::Palette, &typed, rows);
        for row in &found.rows {
            let length = row.label.chars().count();
            prop_assert!(row.matches.iter().all(|place| *place < length));
        }
    }
}
