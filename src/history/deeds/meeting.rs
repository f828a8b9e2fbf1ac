//! Meetings: when, for how long, with whom.

use super::named;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::determined;
use crate::domain::moment::Moment;
use crate::domain::people::Handle;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

/// The longest meeting, in minutes: a day.
const LONGEST: u32 = 24 * 60;

/// Plans a meeting and invites people. One of the same kind at the same time is the same meeting, which stays as it is
/// but for those invited now. Undo takes it off, unless something was put on its agenda since.
pub(super) fn plan(
    draft: &mut Draft<'_, '_>,
    kind: &str,
    title: &str,
    at: Moment,
    minutes: u32,
    attendees: &[Handle],
) -> Result<Words> {
    let kind = named("the kind of a meeting", kind)?;
    let title = named("the title of a meeting", title)?;
    if !(1..=LONGEST).contains(&minutes) {
        return Err(refused("a meeting takes at least a minute and at most a day").into());
    }
    let begins = at.0.to_le_bytes();
    let id = determined("meeting", &[kind.to_lowercase().as_bytes(), &begins]);
    let meeting = Thing::new(Entity::Meeting, id);
    let mut changed = !is_live(draft, meeting)?;
    if changed {
        let fields = vec![
            ("kind", Value::Text(kind.to_owned())),
            ("title", Value::Text(title.to_owned())),
            ("at", Value::Integer(at.0)),
            ("minutes", Value::Integer(i64::from(minutes))),
        ];
        draft.create(Entity::Meeting, Some(id), fields)?;
    }
    for handle in attendees {
        let person = draft.person(handle)?;
        let key = determined("attendee", &[id.as_bytes(), person.as_bytes()]);
        if is_live(draft, Thing::new(Entity::Attendee, key))? {
            continue;
        }
        let fields = vec![
            ("meeting", Value::Thing(id)),
            ("person", Value::Thing(person)),
        ];
        draft.create(Entity::Attendee, Some(key), fields)?;
        changed = true;
    }
    Ok(if changed {
        Words::about("planned", vec![meeting], "")
    } else {
        Words::plain("planned already")
    })
}

fn is_live(draft: &Draft<'_, '_>, thing: Thing) -> Result<bool> {
    Ok(match draft.reader().find(thing.entity, thing.id)? {
        Some(local) => draft.reader().is_live(thing.entity, local)?,
        None => false,
    })
}
