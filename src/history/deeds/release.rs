//! Releases: versions with dates.

use super::{named, optional};
use crate::domain::deed::ReleaseEdit;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::ReleaseId;
use crate::domain::release::{ReleaseKind, ReleaseState};
use crate::history::commit::backlog;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

/// Makes a release. Undo removes it, unless something was put into it since.
pub(super) fn create(draft: &mut Draft<'_, '_>, edit: &ReleaseEdit) -> Result<Words> {
    let Some(name) = &edit.name else {
        return Err(refused("a release needs a name").into());
    };
    let name = free(draft, name, None)?;
    let release = draft.create(Entity::Release, None, vec![("name", Value::Text(name))])?;
    set(draft, release, edit)?;
    Ok(Words::about("created release", vec![release], ""))
}

/// Sets fields of a release. Undo sets them back.
pub(super) fn edit(
    draft: &mut Draft<'_, '_>,
    release: ReleaseId,
    edit: &ReleaseEdit,
) -> Result<Words> {
    let release = Thing::new(Entity::Release, release);
    draft.live(release)?;
    let mut changed = false;
    if let Some(name) = &edit.name {
        let name = free(draft, name, Some(release))?;
        changed |= draft.set(release, "name", Value::Text(name))?;
    }
    changed |= set(draft, release, edit)?;
    Ok(if changed {
        Words::about("changed release", vec![release], "")
    } else {
        Words::plain("nothing to change")
    })
}

fn set(draft: &mut Draft<'_, '_>, release: Thing, edit: &ReleaseEdit) -> Result<bool> {
    let mut changed = false;
    if let Some(kind) = edit.kind {
        if (kind == ReleaseKind::Backlog) != (release.id == backlog().0) {
            return Err(refused("there is one backlog, and it stays that").into());
        }
        changed |= draft.set(release, "kind", kind.code())?;
    }
    if let Some(date) = edit.date {
        let date = date.map(|date| date.to_string());
        changed |= draft.set(release, "date", optional(date.as_deref())?)?;
    }
    if let Some(state) = edit.state {
        if state == ReleaseState::Released && release.id == backlog().0 {
            return Err(refused("the backlog is never released").into());
        }
        changed |= draft.set(release, "state", state.code())?;
    }
    Ok(changed)
}

/// # Errors
/// When the name is blank, or another release has it.
fn free(draft: &Draft<'_, '_>, name: &str, own: Option<Thing>) -> Result<String> {
    let name = named("the name of a release", name)?;
    match draft.reader().release_by_name(name)? {
        Some(key) if own.map(|own| own.id) != Some(key.id) => {
            Err(refused(format!("there is a release “{name}” already")).into())
        }
        _ => Ok(name.to_owned()),
    }
}
