//! The rotation: who looks at the inbox in which week.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::determined;
use crate::domain::people::Handle;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::Words;

/// Puts somebody (or nobody) on duty in the week of that Monday. Undo sets back who it was.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    monday: NaiveDate,
    person: Option<&Handle>,
) -> Result<Words> {
    if monday.weekday() != Weekday::Mon {
        let start = monday.week(Weekday::Mon).checked_first_day();
        let mut problem = refused(format!("{monday} is not a Monday"));
        if let Some(start) = start {
            problem = problem.hint(format!("its week starts on {start}"));
        }
        return Err(problem.into());
    }
    let day = monday.to_string();
    let week = Thing::new(Entity::DutyWeek, determined("duty_week", &[day.as_bytes()]));
    let live = draft.is_live(week)?;
    let Some(handle) = person else {
        let changed = live && draft.delete(week)?;
        return Ok(Words::plain(if changed {
            format!("nobody is on duty in the week of {day}")
        } else {
            format!("nobody was on duty in the week of {day}")
        }));
    };
    let person = Value::Thing(draft.person(handle)?);
    let changed = if live {
        draft.set(week, "person", person)?
    } else {
        let fields = vec![("monday", Value::Text(day.clone())), ("person", person)];
        draft.create(Entity::DutyWeek, Some(week.id), fields)?;
        true
    };
    let already = if changed { "" } else { "already " };
    Ok(Words::plain(format!(
        "{handle} is {already}on duty in the week of {day}"
    )))
}
