//! What a key and its frame cost where titles have a megabyte: counted in bytes, not in time.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::screen;
use super::theme::Theme;
use crate::app::bench::Bench;
use crate::domain::safe_text::work;

/// A family takes 18 bytes and two cells.
const FAMILY: &str = "👨\u{200d}👩\u{200d}👧";

/// A frame may make safe and measure so many bytes: rows of some kilobytes, some of them more than once.
const MOST: usize = 3_000_000;

fn draw(bench: &Bench) {
    let (width, height) = bench.state.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    screen(
        &bench.state,
        &Theme::from_styles(|_| Style::new()),
        &mut buffer,
    );
}

#[test]
fn titles_without_an_end_cost_no_more_than_what_is_seen_of_them() {
    let mut world = Bench::world(20);
    let endless = FAMILY.repeat(50_000);
    let titles = world.feedback.iter_mut().map(|row| &mut row.title);
    let titles = titles.chain(world.ideas.iter_mut().map(|row| &mut row.title));
    let items = world.plan.releases.iter_mut();
    let items = items.flat_map(|planned| &mut planned.items);
    for title in titles.chain(items.map(|item| &mut item.title)) {
        title.insert_str(0, &endless);
    }
    let mut bench = Bench::with(world, None, (120, 36));
    draw(&bench);
    work::take();
    for keys in [
        "j", "k", "x", "z", "j", "z", "Tab", "J", "Tab", "j", "Tab", "j", "z", "j", "b", "l", "b",
        "Esc", "g d", "j", "Enter", "Esc", "g i", "i", "d", "Esc", "w", "Esc", ":", "d", "Esc",
        "?", "Esc", "m", "Esc", "g r", "r", "d", "Esc", "X", "Esc", "g i",
    ] {
        bench.keys(keys);
        draw(&bench);
        let cost = work::take();
        assert!(cost < MOST, "{keys}: {cost} bytes");
    }
}
