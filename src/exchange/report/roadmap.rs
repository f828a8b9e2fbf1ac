//! The road map for the call with sales: what comes, when, and what it brings.

use super::notes::{dated, name};
use super::page::{Block, Line, Page, Span};
use crate::domain::idea::Ticket;
use crate::domain::notes::{Roadmap, ToldItem};

/// The road map.
#[must_use]
pub fn page(roadmap: &Roadmap) -> Page {
    let mut page = Page::new("Road map");
    page.lead = vec![Span::text(
        "What is planned with a date. Plans change; please promise nothing that is not released.",
    )];
    for told in &roadmap.releases {
        page.blocks.push(Block::Section(dated(&told.release)));
        page.blocks.extend(told.items.iter().flat_map(item));
    }
    if roadmap.releases.is_empty() {
        let words = "No planned idea has both a release with a date and a benefit.";
        page.blocks.push(Block::Words(vec![Span::text(words)]));
    }
    page
}

fn item(item: &ToldItem) -> Vec<Block> {
    let idea = &item.idea;
    let mut blocks = vec![Block::Part(name(idea))];
    blocks.extend(idea.benefit.clone().map(Block::Prose));
    let links: Line = idea.materials.iter().map(material).collect();
    if !links.is_empty() {
        blocks.push(Block::Words(links));
    }
    blocks
}

/// A link by its name, which people write where trackers have their keys, else by its address.
fn material(ticket: &Ticket) -> Span {
    let key = ticket
        .key
        .as_deref()
        .map(str::trim)
        .filter(|key| !key.is_empty());
    Span::Link {
        words: key.unwrap_or(&ticket.url).to_owned(),
        url: ticket.url.clone(),
    }
}
