//! How it began: colleagues, areas, companies, releases, the rotation.

use chrono::{Datelike, Days};

use super::assets::{Assets, choice};
use super::story::{Makes, Story, handle};
use crate::domain::deed::{AreaEdit, CompanyEdit, Deed, PersonEdit, ReleaseEdit};
use crate::domain::moment::{DAY, MINUTE};
use crate::domain::people::Role;
use crate::domain::release::{ReleaseKind, ReleaseState};
use crate::problem::Problem;

/// How many days ago the team began.
const BEGAN: i64 = 200;

/// Who set it up.
const FOUNDER: &str = "ruth";

/// How many weeks of the rotation are behind and ahead of this one.
const WEEKS_BEHIND: usize = 3;
const WEEKS: usize = 10;

pub(super) fn tell(story: &mut Story<'_>) -> Result<(), Problem> {
    people(story)?;
    companies(story)?;
    releases(story)?;
    rotation(story)
}

fn people(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets: &Assets = story.assets;
    let mut at = story.ago(BEGAN * DAY);
    for (name, full, role) in &assets.world.people {
        at = at.plus(MINUTE);
        let handle = handle(name)?;
        let edit = PersonEdit {
            name: Some(full.clone()),
            email: Some(Some(format!("{name}@messenger.example"))),
            role: Some(choice(Role::parse, role)?),
        };
        story.making(at, FOUNDER, Makes::Person(name.clone()), move |_| {
            let (handle, edit) = (handle.clone(), edit.clone());
            Ok(Deed::SavePerson { handle, edit })
        });
    }
    for (name, owner, keywords) in &assets.world.areas {
        at = at.plus(MINUTE);
        let owner = handle(owner)?;
        story.scene(at, FOUNDER, move |_| {
            Ok(Deed::SaveArea {
                name: name.clone(),
                edit: AreaEdit {
                    owner: Some(Some(owner.clone())),
                    add_keywords: keywords.clone(),
                    remove_keywords: Vec::new(),
                },
            })
        });
    }
    Ok(())
}

fn companies(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets: &Assets = story.assets;
    let mut at = story.ago((BEGAN - 1) * DAY);
    for (name, tier, revenue, segment, renewal, manager, _) in &assets.world.companies {
        at = at.plus(MINUTE);
        let letters = name.to_lowercase().replace(' ', "-");
        let edit = CompanyEdit {
            domain: Some(Some(format!("{letters}.example"))),
            tier: Some(Some(tier.clone())),
            revenue: Some(Some(*revenue)),
            segment: Some(Some(segment.clone())),
            renewal: Some(Some(story.next(renewal)?)),
        };
        story.scene(at, manager, move |_| {
            let (name, edit) = (name.clone(), edit.clone());
            Ok(Deed::SaveCompany { name, edit })
        });
    }
    Ok(())
}

/// Releases are planned long before they are active or out.
fn releases(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets: &Assets = story.assets;
    let mut at = story.ago((BEGAN - 2) * DAY);
    for (name, kind, state, days) in &assets.world.releases {
        at = at.plus(MINUTE);
        let edit = ReleaseEdit {
            name: Some(name.clone()),
            kind: Some(choice(ReleaseKind::parse, kind)?),
            date: Some(Some(story.day(*days))),
            state: None,
        };
        story.making(at, FOUNDER, Makes::Release(name.clone()), move |_| {
            Ok(Deed::CreateRelease(edit.clone()))
        });
        let state = choice(ReleaseState::parse, state)?;
        let then = match state {
            ReleaseState::Planned => continue,
            ReleaseState::Active => story.ago(31 * DAY),
            ReleaseState::Released => story.now.plus(days * DAY),
        };
        story.scene(then, FOUNDER, move |known| {
            Ok(Deed::EditRelease {
                release: known.release(name)?,
                edit: ReleaseEdit {
                    state: Some(state),
                    ..ReleaseEdit::default()
                },
            })
        });
    }
    Ok(())
}

fn rotation(story: &mut Story<'_>) -> Result<(), Problem> {
    let assets: &Assets = story.assets;
    let order = &assets.world.rotation;
    let today = story.day(0);
    let this = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let mut at = story.ago(28 * DAY);
    for week in 0..WEEKS {
        at = at.plus(MINUTE);
        let monday = this - Days::new(7 * WEEKS_BEHIND as u64) + Days::new(7 * week as u64);
        let turn = (week + order.len() * WEEKS_BEHIND - WEEKS_BEHIND) % order.len();
        let person = handle(&order[turn])?;
        story.scene(at, FOUNDER, move |_| {
            let person = Some(person.clone());
            Ok(Deed::SetDuty { monday, person })
        });
    }
    Ok(())
}
