//! Colleagues and areas by name, and what was probably meant by a name that nobody has.

use uuid::Uuid;

use super::draft::Draft;
use super::error::{Error, Result, refused};
use super::fields::{is_live, place};
use crate::domain::entity::{Entity, Value};
use crate::domain::id::determined;
use crate::domain::likeness::nearest;
use crate::domain::people::Handle;

impl Draft<'_, '_> {
    /// The colleague who does this; made on their first deed. `None` when nobody said who they are.
    pub(super) fn author(&mut self) -> Result<Option<Uuid>> {
        let known = self.known_author();
        match self.author_handle() {
            Some(_) if known.is_some() => Ok(known),
            Some(handle) => {
                let author = self.person_or_new(handle)?;
                self.keep_author(author);
                Ok(Some(author))
            }
            None => Ok(None),
        }
    }

    /// The colleague of that mention name, made if new.
    pub(super) fn person_or_new(&mut self, handle: &Handle) -> Result<Uuid> {
        if let Some(key) = self.reader().person_by_handle(handle.as_str())? {
            return Ok(key.id);
        }
        let id = determined("person", &[handle.as_str().as_bytes()]);
        let fields = vec![("handle", Value::Text(handle.as_str().to_owned()))];
        Ok(self.create_in_passing(Entity::Person, id, fields)?.id)
    }

    /// The colleague of that mention name. Oneself is made on the first deed.
    ///
    /// # Errors
    /// A problem with the nearest names when there is no such colleague.
    pub(super) fn person(&mut self, handle: &Handle) -> Result<Uuid> {
        if self.is_author(handle) {
            return self.person_or_new(handle);
        }
        match self.reader().person_by_handle(handle.as_str())? {
            Some(key) => Ok(key.id),
            None => Err(self.unknown_person(handle)?),
        }
    }

    fn unknown_person(&self, handle: &Handle) -> Result<Error> {
        let known = self.known(Entity::Person, "handle")?;
        let mut problem = refused(format!("there is no colleague {handle}"));
        if let Some(near) = nearest(handle.as_str(), known.iter().map(String::as_str)) {
            problem = problem.hint(format!("did you mean @{near}?"));
        }
        Ok(problem
            .hint(format!("“intake person add {handle}” adds a colleague"))
            .into())
    }

    /// The area of that name.
    ///
    /// # Errors
    /// A problem with the nearest name when there is no such area.
    pub(super) fn area(&self, name: &str) -> Result<Uuid> {
        if let Some(key) = self.reader().area_by_name(name.trim())? {
            return Ok(key.id);
        }
        let known = self.known(Entity::Area, "name")?;
        let mut problem = refused(format!("there is no area “{}”", name.trim()));
        if let Some(near) = nearest(name.trim(), known.iter().map(String::as_str)) {
            problem = problem.hint(format!("did you mean “{near}”?"));
        }
        Err(problem.hint("“intake area add NAME” adds an area").into())
    }

    /// The names of the live things of a kind.
    fn known(&self, entity: Entity, field: &str) -> Result<Vec<String>> {
        let mut known = Vec::new();
        let Some(place) = place(entity, field) else {
            return Ok(known);
        };
        self.reader().visit_rows(entity, |_, values| {
            if let (Some(Value::Text(name)), true) = (values.get(place), is_live(entity, &values)) {
                known.push(name.clone());
            }
            Ok::<(), Error>(())
        })?;
        Ok(known)
    }
}
