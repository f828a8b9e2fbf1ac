//! A release of a file: a version of another tool.

use hashbrown::{HashMap, HashSet};
use uuid::Uuid;

use super::desk::{Desk, Look, Row, Ruling};
use super::late::{Late, To};
use super::step::Step;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::import::ImportRelease;
use crate::domain::release::{ReleaseKind, ReleaseState};
use crate::history::commit::backlog;
use crate::history::deeds::{code, named, optional};
use crate::history::draft::is_there;
use crate::history::error::Result;
use crate::store::Reader;

impl Desk {
    /// What an import does with a release. The first that speaks of one is heard; there is one backlog, and it stays that.
    ///
    /// One that is not there, and whose name another one has that waits for a new name, waits with it.
    pub(super) fn release<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &'r ImportRelease,
        at_end: bool,
    ) -> Result<Look<'r>> {
        let name = named("the name of a release", &record.name)?;
        let own = record.key.release().0;
        if let Some(id) = self.names.release_of(&record.key) {
            return Ok(Look::at(Thing::new(Entity::Release, id), false));
        }
        let id = self.release_meant(reader, record, name)?;
        let waits = self.unnamed.contains(&own) || (id != own && self.unnamed.contains(&id));
        if waits && !at_end {
            self.unnamed.insert(own);
            let release = Thing::new(Entity::Release, own);
            self.later(release, To::Release(record.clone()));
            let mut look = Look::at(release, false);
            look.waits = true;
            return Ok(look);
        }
        let release = Thing::new(Entity::Release, id);
        if !self.names.release_came(&record.key, id) || id == backlog().0 {
            return Ok(Look::at(release, false));
        }
        match Self::row(reader, release)? {
            Some(row) if row.is_live() => {
                let name = Some(name).filter(|_| id == own);
                self.known_release(reader, record, name, row)
            }
            _ => self.new_release(record, name, release),
        }
    }

    fn release_meant(
        &self,
        reader: &Reader<'_>,
        record: &ImportRelease,
        name: &str,
    ) -> Result<Uuid> {
        let own = record.key.release().0;
        if record.kind == Some(ReleaseKind::Backlog) {
            return Ok(backlog().0);
        }
        if is_there(reader, Thing::new(Entity::Release, own))? {
            return Ok(own);
        }
        Ok(self.names.release_named(reader, name)?.unwrap_or(own))
    }

    fn new_release<'r>(
        &mut self,
        record: &ImportRelease,
        name: &str,
        release: Thing,
    ) -> Result<Look<'r>> {
        let mut look = Look::at(release, true);
        let mut fields = fields(record)?;
        fields.push(("name", Value::Text(name.to_owned())));
        look.steps.push(Step::Make(release, fields));
        self.names.named(release.id, name);
        Ok(look)
    }

    fn known_release<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &ImportRelease,
        name: Option<&str>,
        mut row: Row,
    ) -> Result<Look<'r>> {
        let mut look = Look::at(row.thing, false);
        if let Some(name) = name {
            self.rename(reader, &mut look, &mut row, name)?;
        }
        for (field, value) in fields(record)? {
            self.renew(reader, &mut look, &mut row, field, value)?;
        }
        Ok(look)
    }

    /// No two releases have one name: a name that another has is not taken, unless the other has a new one by the end of
    /// the import. Were it not looked at again then, the same file would bring the name the next time.
    fn rename(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        row: &mut Row,
        name: &str,
    ) -> Result<()> {
        let id = row.thing.id;
        let there = Value::Text(name.to_owned());
        let named = self.names.release_named(reader, name)?;
        if named.is_some_and(|other| other != id) {
            if self.rule(reader, row, "name", &there)? == Ruling::Apply {
                self.unnamed.insert(id);
                self.later(row.thing, To::Name(name.to_owned()));
            }
            return Ok(());
        }
        let before = row.get("name").clone();
        if self.rule(reader, row, "name", &there)? == Ruling::Apply
            && let Value::Text(before) = &before
        {
            self.names.gave_up(before);
            self.names.named(id, name);
        }
        self.renew(reader, look, row, "name", there).map(drop)
    }

    /// Decides who has the names for which releases waited: the first who asked, if nobody keeps it. Names may go round.
    pub(super) fn give_names(&mut self, reader: &Reader<'_>, late: &[Late]) -> Result<()> {
        let mut asked = HashSet::new();
        let mut claims: HashMap<Uuid, &str> = HashMap::new();
        let mut followers: HashMap<Uuid, Uuid> = HashMap::new();
        for late in late {
            let name = match &late.to {
                To::Name(name) => name.as_str(),
                To::Release(record) => named("the name of a release", &record.name)?,
                _ => continue,
            };
            let id = late.thing.id;
            if claims.contains_key(&id) || !asked.insert(name.to_ascii_lowercase()) {
                continue;
            }
            claims.insert(id, name);
            if let Some(holder) = self.names.release_named(reader, name)? {
                followers.insert(holder, id);
            }
        }
        // Whoever keeps a name keeps its follower from leaving its own, and so on.
        let holders = followers.keys().copied();
        let stay: Vec<Uuid> = holders.filter(|id| !claims.contains_key(id)).collect();
        for mut holder in stay {
            while let Some(follower) = followers.get(&holder) {
                claims.remove(follower);
                holder = *follower;
            }
        }
        // All names are given up before the first is taken.
        for id in claims.keys() {
            let release = Thing::new(Entity::Release, *id);
            if let Some(row) = Self::row(reader, release)?.filter(Row::is_live)
                && let Value::Text(before) = row.get("name")
            {
                self.names.gave_up(before);
            }
        }
        for (id, name) in claims {
            self.names.named(id, name);
        }
        Ok(())
    }

    /// Gives a release the name for which it waited, if it was decided that it has it.
    pub(super) fn take_name(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        name: &str,
    ) -> Result<()> {
        if self.names.release_named(reader, name)? == Some(look.thing.id)
            && let Some(mut row) = Self::row(reader, look.thing)?
        {
            self.set(look, &mut row, "name", Value::Text(name.to_owned()));
        }
        Ok(())
    }
}

/// The fields of which the file tells; what it does not tell stays as it is.
fn fields(record: &ImportRelease) -> Result<Vec<(&'static str, Value)>> {
    let date = record.date.map(|date| date.to_string());
    let mut fields = vec![
        ("kind", code(record.kind.map(ReleaseKind::code))),
        ("date", optional(date.as_deref())?),
        ("state", code(record.state.map(ReleaseState::code))),
    ];
    fields.retain(|(_, value)| *value != Value::Null);
    Ok(fields)
}
