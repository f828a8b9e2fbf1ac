//! The demo: a workspace in which a team has worked for half a year.
//!
//! It is told as a story: every scene has a time, an author and a deed, and the scenes are played in the order of their
//! times through history, like everything else that is ever written. So the timelines are real, the rules hold, and
//! nothing is drawn by chance: the same `now` makes the same workspace.
//!
//! ```text
//!   assets/demo/*.toml ── assets ──> world, ideas, desk ── scenes ──> story ── in order of time ──> history
//! ```
//!
//! The scenes are played on a device of their own, so that `u` on a fresh demo undoes nothing.

mod assets;
mod desk;
mod held;
mod ideas;
mod story;
mod world;

use self::assets::Assets;
use self::story::Story;
use crate::domain::moment::Moment;
use crate::problem::Problem;
use crate::store::Store;

/// Fills an empty workspace with the demo as it stands at `now`.
///
/// # Errors
/// When the file cannot be written, or is not empty enough: a deed meets what it wants to make.
pub fn fill(store: &mut Store, now: Moment) -> Result<(), Problem> {
    let assets = Assets::load()?;
    let mut story = Story::new(&assets, now);
    world::tell(&mut story)?;
    ideas::tell(&mut story)?;
    desk::tell(&mut story)?;
    held::tell(&mut story)?;
    story.play(store)?;
    for (name, filter) in &assets.world.views {
        store.save_view(name, filter)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
