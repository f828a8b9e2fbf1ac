//! A release of a file: a version of another tool.

use uuid::Uuid;

use super::desk::{Desk, Look, Row, Ruling};
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
    pub(super) fn release<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &'r ImportRelease,
    ) -> Result<Look<'r>> {
        let name = named("the name of a release", &record.name)?;
        let own = record.key.release().0;
        let id = self.release_meant(reader, record, name)?;
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
        self.names.renamed(release.id, None, name);
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

    /// No two releases have one name: a name that another has is not taken.
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
            return Ok(());
        }
        let before = row.get("name").clone();
        if self.rule(reader, row, "name", &there)? == Ruling::Apply
            && let Value::Text(before) = &before
        {
            self.names.renamed(id, Some(before), name);
        }
        self.renew(reader, look, row, "name", there).map(drop)
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
