//! Keys in, screen out: every screen of the console, styles included, with clock, identities and zone pinned.
//!
//! A changed screen is reviewed with `cargo insta review`, or written anew with `INSTA_UPDATE=always cargo test --test
//! screens`. The README's picture comes from here too: `INTAKE_WRITE=1 cargo test --test screens`.

mod ideas;
mod import;
mod inbox;
mod looks;
mod plan;
mod scenes;
mod sizes;
#[path = "../support/mod.rs"]
mod support;
mod sync;
#[path = "../stories/weekly_sync.rs"]
mod weekly_sync;
mod windows;

use support::hands::NOW;

/// Holds a screen against the one that is kept under that name. All are kept by this file, whoever draws them: a test that
/// moves to another file keeps its screens.
fn snapshot(name: impl AsRef<str>, screen: impl AsRef<str>) {
    insta::assert_snapshot!(name.as_ref(), screen.as_ref());
}

#[test]
fn the_clock_of_these_tests_is_a_saturday_morning() {
    assert_eq!(NOW.rfc3339(), "2026-11-14T10:00:00Z");
}
