//! The Markdown of every report, as it is kept here.

use intake::exchange::report::markdown::render;
use intake::exchange::report::text;

use crate::pages::World;

#[test]
fn every_report_reads_as_it_is_kept() {
    for (name, page) in World::told().all() {
        insta::assert_snapshot!(name, render(&page));
    }
}

#[test]
fn the_plan_of_another_day_is_another() {
    let world = World::told();
    insta::assert_snapshot!("plan_of_last_month", render(&world.plan_at(30)));
    let nothing = world.difference(0);
    insta::assert_snapshot!("no_difference", render(&nothing));
}

#[test]
fn charts_are_bars_of_characters_in_a_terminal() {
    let lines = text::render(&World::demo().charts());
    let lines: Vec<String> = lines.iter().map(|(_, line)| line.to_string()).collect();
    insta::assert_snapshot!("charts_text", lines.join("\n"));
}
