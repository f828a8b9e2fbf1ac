//! Reports on the demo and on a few deeds more: as Markdown, held to what is kept here, and as HTML in a real browser.

mod browser;
mod golden;
mod minutes;
mod pages;
