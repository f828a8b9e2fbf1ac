//! Every screen by the keys that lead there, at the sizes at which it is laid out otherwise.

use crate::snapshot;
use crate::support::{Console, SetUp};

/// What is shown, and by which keys.
const SCENES: &[(&str, &str)] = &[
    ("start", ""),
    ("linked", "j 1"),
    ("marked", "x j x"),
    ("answer", "1 e"),
    ("text", "Tab J J"),
    ("passage", "Tab v w w w"),
    ("pick_idea", "i text:export"),
    ("palette", ": text:release"),
    ("palette_search", ": text:auditors"),
    ("pick_idea_by_text", "i text:auditors"),
    ("help", "?"),
    ("which_key", "g"),
    ("snooze", "s text:3h"),
    ("filter_fault", "/ text:_is:foo"),
    ("filter_unknown", "/ text:_owner:@haan Enter"),
    ("filtered_to_nothing", "/ text:_zzzz Enter"),
    ("search", "/ Ctrl-u text:audit"),
    ("search_company", "/ Ctrl-u text:hooli"),
    ("search_elsewhere", "/ Ctrl-u text:status:planned"),
    ("palette_company", ": text:hooli"),
    ("search_half_typed", "/ Ctrl-u text:audit_owner:"),
    ("search_table", "z / Ctrl-u text:audit Enter j"),
    ("search_ideas", "g d / text:audit"),
    ("filter_ideas", "g d / text:status:planned_effort:>=l_own"),
    ("inbox_table", "z"),
    ("ideas_table", "g d"),
    ("idea", "g d Enter"),
    ("idea_end", "g d Enter G"),
    ("idea_form", "g d e"),
    ("idea_form_checklist", "g d e S-Tab S-Tab"),
    ("plan_table", "g r j j"),
    ("plan_board", "g r b l j x"),
    ("plan_board_filter", "g r b / text:hana"),
    ("plan_board_ends", "g r b l l l l G"),
    ("plan_update", "g r j c text:at_risk:_waits"),
    ("plan_filter", "g r / text:hana"),
    (
        "plan_far",
        "g r j j j j j j j j j j j j j j j j j j j j j j j j j j j",
    ),
    ("merge", "g d m"),
    ("wont_do_planned", "g d S w"),
    ("minutes_none", "g w W"),
    ("timeline", "g t Enter"),
    ("pick_original", "m"),
    ("pick_wont_do", "w"),
    ("views", "'"),
    ("present", "g w P"),
    ("held", "g w P g r j j j"),
    ("minutes", "g w P e F"),
    ("absent", "g o"),
    ("sync", "g w"),
    ("sync_queued", "g w G"),
    ("sync_new", "g w C text:Pricing_10m"),
    ("sync_missing", "g w Tab"),
    ("queue", "Q"),
    ("plan_changes", "g r d"),
    ("plan_as_of", "g r t text:2w Enter"),
    ("charts", "g c"),
    ("charts_last", "g c G"),
    ("charts_weeks", "g c Enter"),
    ("charts_demand", "g c j j j Enter"),
    ("charts_interviews", "g c G Enter"),
];

fn shown(set_up: &SetUp, keys: &str) -> String {
    let mut console = Console::demo(set_up);
    console.press(keys);
    console.styled()
}

/// All scenes on one demo: each begins where the console starts.
fn scenes(size: (u16, u16), names: Option<&[&str]>) {
    for (name, keys) in SCENES {
        if names.is_some_and(|names| !names.contains(name)) {
            continue;
        }
        let set_up = SetUp {
            size,
            ..SetUp::default()
        };
        snapshot(
            format!("{name}_{}x{}", size.0, size.1),
            shown(&set_up, keys),
        );
    }
}

#[test]
fn every_screen_at_120_by_36() {
    scenes((120, 36), None);
}

#[test]
fn the_screens_that_are_laid_out_by_width_at_80_by_24() {
    scenes(
        (80, 24),
        Some(&[
            "start",
            "search",
            "answer",
            "text",
            "help",
            "snooze",
            "inbox_table",
            "ideas_table",
            "idea",
            "idea_end",
            "plan_table",
            "plan_board",
            "present",
            "held",
            "idea_form",
            "idea_form_checklist",
            "sync",
            "sync_queued",
            "queue",
            "charts",
            "charts_last",
            "charts_weeks",
            "charts_demand",
            "sync_missing",
            "plan_changes",
            "plan_as_of",
        ]),
    );
}

#[test]
fn the_screens_that_are_laid_out_by_width_at_200_by_50() {
    scenes(
        (200, 50),
        Some(&[
            "start",
            "linked",
            "search",
            "inbox_table",
            "ideas_table",
            "plan_table",
            "plan_board",
            "sync",
            "charts",
            "charts_demand",
            "sync_missing",
            "plan_changes",
            "plan_as_of",
        ]),
    );
}
