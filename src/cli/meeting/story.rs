//! The week that `tests/stories/weekly_sync.rs` tells in the console, told by commands: it comes to the same minutes.

use std::fs;
use std::path::PathBuf;

use clap::Parser;

use crate::cli::arguments::Arguments;
use crate::cli::output::paper::printed;
use crate::cli::session::Session;
use crate::config::Config;
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::Ids;
use crate::domain::listing::{Anchor, IdeaQuery};
use crate::domain::meeting::AgendaRow;
use crate::domain::moment::{DAY, HOUR, MINUTE, Moment};
use crate::domain::people::Handle;
use crate::query;
use crate::workspace::{Clock, Opening, Workspace};

/// When the demo is made, the day before the sync, and when that begins.
const NOW: Moment = Moment(1_794_650_400_000);
const TUESDAY: Moment = Moment(NOW.0 + 3 * DAY);
const NINE: Moment = Moment(NOW.0 + 4 * DAY + 7 * HOUR);

/// A workspace to which one command after the other comes, each at its time.
struct World {
    folder: PathBuf,
    commands: u64,
}

impl Drop for World {
    fn drop(&mut self) {
        // What is left of a test harms nobody.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl World {
    fn demo() -> Self {
        let folder = format!("intake-story-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder).expect("a folder");
        let mut world = Self {
            folder,
            commands: 0,
        };
        world.at(NOW).fill_demo().expect("the demo");
        world
    }

    fn at(&mut self, now: Moment) -> Workspace {
        self.commands += 1;
        let opening = Opening {
            me: Handle::parse("hana").ok(),
            clock: Clock::Fixed(now, crate::domain::clocks::Clocks::UTC),
            ids: Ids::Seeded(self.commands << 32),
            ..Opening::default()
        };
        Workspace::open(&self.folder.join("demo.db"), opening).expect("opened")
    }

    fn intake(&mut self, now: Moment, words: &[&str]) -> String {
        let workspace = self.at(now);
        let words = std::iter::once(&"intake").chain(words);
        let arguments = Arguments::try_parse_from(words).expect("arguments");
        printed(None, |output| {
            let mut session = Session {
                workspace,
                maker: None,
                config: &Config::default(),
                output,
            };
            let command = arguments.command.expect("a command");
            command.run(&mut session).expect("done");
        })
    }

    /// What one types for the agenda item with that title.
    fn item(&mut self, title: &str) -> String {
        let workspace = self.at(NINE);
        let sitting = workspace.weekly_sync().expect("the sync");
        let agenda = workspace.agenda(&sitting).expect("its agenda");
        let row = agenda.rows().find(|row| row.title() == title);
        match row {
            Some(AgendaRow::Plan(item)) => item.short.to_string(),
            Some(AgendaRow::Queued(item)) => item.short.to_string(),
            other => panic!("no {title}: {other:?}"),
        }
    }
}

#[test]
fn the_week_of_the_console_comes_to_the_same_minutes_by_commands() {
    let mut world = World::demo();
    let workspace = world.at(TUESDAY);
    let query = query::parse("is:unprocessed is:unassigned").expect("a filter");
    let window = workspace.inbox(&query, &Anchor::Start, 1).expect("a list");
    let first = window.rows.first().expect("a request").id;
    let first = workspace.short_id(Thing::new(Entity::Feedback, first));
    let first = first.expect("read").expect("an id").to_string();
    let ideas = workspace.ideas(&IdeaQuery::default()).expect("ideas");
    let idea = ideas.first().expect("an idea").title.clone();
    drop(workspace);
    world.intake(TUESDAY, &["assign", &first, "@jonas"]);
    world.intake(
        TUESDAY,
        &["meeting", "add", "--about", &idea, "--minutes", "5"],
    );
    let board = world.item("Export a board as PDF or CSV");
    let words = "waits for the review";
    let update = [
        "release", "update", &board, "--health", "at-risk", "--text", words,
    ];
    world.intake(TUESDAY, &update);

    world.intake(NINE, &["meeting", "start"]);
    world.intake(NINE, &["meeting", "discussed", &board]);
    let later = NINE.plus(6 * MINUTE);
    let retention = world.item("Data retention per channel");
    let note = "omar asks the two customers first";
    world.intake(later, &["meeting", "note", &retention, note]);
    let step = [
        "meeting",
        "step",
        "ask the two customers",
        "--owner",
        "@omar",
    ];
    let step = [&step[..], &["--due", "2026-11-27", "--item", &retention]].concat();
    world.intake(later, &step);
    world.intake(later, &["meeting", "discussed", &retention]);
    let jira = world.item("Two-way sync of cards with Jira");
    world.intake(later, &["meeting", "carry", &jira]);
    world.intake(later, &["meeting", "finish"]);
    let minutes = world.intake(later, &["minutes", "--format", "markdown"]);
    assert_eq!(
        minutes,
        include_str!("../../../tests/stories/weekly_sync.md")
    );
}
