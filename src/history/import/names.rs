//! Who and what a file names: found in the workspace, or made when something refers to it.
//!
//! Whoever looks must not write, so what is not there yet is remembered with its fields, and the step that makes it comes
//! right before the first one that refers to it. What only a decision names that does not apply is never made.

use hashbrown::{HashMap, HashSet};
use uuid::Uuid;

use super::step::Step;
use crate::domain::entity::{Entity, Field, Thing, Value};
use crate::domain::id::determined;
use crate::domain::import::{ImportCompany, ImportCustomer, ImportKey, ImportPerson};
use crate::domain::people::Handle;
use crate::domain::release::ReleaseKind;
use crate::history::commit::backlog;
use crate::history::deeds::{self, optional, refer};
use crate::history::draft::is_there;
use crate::history::error::Result;
use crate::history::fields::place;
use crate::store::Reader;

/// The facts about a company that a file may add.
const COMPANY: [&str; 5] = ["tier", "domain", "revenue", "segment", "renewal"];
/// The facts about a colleague that a file may add.
const PERSON: [&str; 2] = ["name", "email"];

/// Who and what the things of one import name.
#[derive(Default)]
pub(super) struct Names {
    people: HashMap<Handle, Uuid>,
    emails: HashMap<String, Option<Uuid>>,
    companies: HashMap<String, Uuid>,
    areas: HashMap<String, Uuid>,
    /// Customers that would be made with an e-mail address, by the name at their company by which they are found then.
    customers: HashMap<(String, Option<Uuid>), Uuid>,
    /// The companies of customers that would be made with an e-mail address, as the first who names them says.
    employers: HashMap<Uuid, Option<Uuid>>,
    /// Customers that were found by name at their company. Nobody who comes later takes their place.
    found: HashMap<Option<Uuid>, HashMap<String, Uuid>>,
    releases: HashMap<ImportKey, Uuid>,
    /// The names of releases that this import gave or took.
    release_names: HashMap<String, Option<Uuid>>,
    spoken_of: HashSet<Uuid>,
    /// The facts that somebody who is there lacks.
    lacking: HashMap<Uuid, Vec<&'static str>>,
    absent: HashMap<Uuid, Absent>,
    /// Nothing is written: what would have been made is remembered.
    pretends: bool,
}

/// What is not in the workspace.
struct Absent {
    thing: Thing,
    fields: Vec<(&'static str, Value)>,
    /// It would have been made by now.
    made: bool,
}

impl Names {
    /// Names for a look that nothing follows.
    pub(super) fn pretending() -> Self {
        Self {
            pretends: true,
            ..Self::default()
        }
    }

    /// Adds a step, after those that make what it refers to.
    pub(super) fn push<'r>(&mut self, steps: &mut Vec<Step<'r>>, step: Step<'r>) {
        if !self.absent.is_empty() {
            for id in step.references() {
                self.need(steps, id);
            }
        }
        steps.push(step);
    }

    /// Makes a thing that is not there yet.
    pub(super) fn need(&mut self, steps: &mut Vec<Step<'_>>, id: Uuid) {
        let Some(mut absent) = self.absent.remove(&id) else {
            return;
        };
        if !absent.made {
            absent.made = true;
            let given = |fact: &&'static str| absent.fields.iter().all(|(name, _)| name != fact);
            let lacking = facts(absent.thing.entity).iter().copied();
            self.lacking.insert(id, lacking.filter(given).collect());
            let make = Step::Make(absent.thing, absent.fields.clone());
            self.push(steps, make);
        }
        if self.pretends {
            self.absent.insert(id, absent);
        }
    }

    /// What somebody is called who is not there yet.
    pub(super) fn called(&self, id: Uuid) -> Option<String> {
        let absent = self.absent.get(&id)?;
        match absent.fields.first() {
            Some((_, Value::Text(name))) if absent.thing.entity == Entity::Person => {
                Some(format!("@{name}"))
            }
            Some((_, Value::Text(name))) => Some(name.clone()),
            _ => None,
        }
    }

    /// The colleague that a file means.
    pub(super) fn person(
        &mut self,
        reader: &Reader<'_>,
        steps: &mut Vec<Step<'_>>,
        person: &ImportPerson,
    ) -> Result<Uuid> {
        let email = person.email.as_deref().map(str::trim);
        let email = email.filter(|email| !email.is_empty());
        let id = match email {
            Some(email) => self.by_email(reader, email)?,
            None => None,
        };
        let id = match id {
            Some(id) => id,
            None => self.by_handle(reader, &person.handle)?,
        };
        if person.name.is_none() && email.is_none() {
            return Ok(id);
        }
        let given = [optional(person.name.as_deref())?, optional(email)?];
        let facts = PERSON.into_iter().zip(given).collect();
        let filled = self.fill(steps, Thing::new(Entity::Person, id), facts);
        if let Some(email) = email.filter(|_| filled.contains(&"email")) {
            self.emails.insert(email.to_lowercase(), Some(id));
        }
        Ok(id)
    }

    fn by_email(&mut self, reader: &Reader<'_>, email: &str) -> Result<Option<Uuid>> {
        let folded = email.to_lowercase();
        if let Some(known) = self.emails.get(&folded) {
            return Ok(*known);
        }
        let found = reader.person_by_email(email)?.map(|key| key.id);
        if let Some(id) = found {
            self.take_stock(reader, Thing::new(Entity::Person, id))?;
        }
        self.emails.insert(folded, found);
        Ok(found)
    }

    fn by_handle(&mut self, reader: &Reader<'_>, handle: &Handle) -> Result<Uuid> {
        if let Some(known) = self.people.get(handle) {
            return Ok(*known);
        }
        let id = match reader.person_by_handle(handle.as_str())? {
            Some(key) => {
                self.take_stock(reader, Thing::new(Entity::Person, key.id))?;
                key.id
            }
            None => {
                let id = determined("person", &[handle.as_str().as_bytes()]);
                let fields = vec![("handle", Value::Text(handle.as_str().to_owned()))];
                self.is_absent(Thing::new(Entity::Person, id), fields);
                id
            }
        };
        self.people.insert(handle.clone(), id);
        Ok(id)
    }

    /// The company that a file means.
    pub(super) fn company(
        &mut self,
        reader: &Reader<'_>,
        steps: &mut Vec<Step<'_>>,
        company: &ImportCompany,
    ) -> Result<Uuid> {
        let id = match self.companies.get(&company.name) {
            Some(id) => *id,
            None => {
                let (thing, known) = deeds::company_named(reader, &company.name)?;
                if known {
                    self.take_stock(reader, thing)?;
                } else {
                    let fields = vec![("name", Value::Text(company.name.trim().to_owned()))];
                    self.is_absent(thing, fields);
                }
                self.companies.insert(company.name.clone(), thing.id);
                thing.id
            }
        };
        let says_more = company.tier.is_some()
            || company.domain.is_some()
            || company.revenue.is_some()
            || company.segment.is_some()
            || company.renewal.is_some();
        if !says_more {
            return Ok(id);
        }
        let given = [
            optional(company.tier.as_deref())?,
            optional(company.domain.as_deref())?,
            company.revenue.map_or(Value::Null, Value::Integer),
            optional(company.segment.as_deref())?,
            optional(company.renewal.map(|day| day.to_string()).as_deref())?,
        ];
        let facts = COMPANY.into_iter().zip(given).collect();
        self.fill(steps, Thing::new(Entity::Company, id), facts);
        Ok(id)
    }

    /// The customer that a file means.
    pub(super) fn customer(
        &mut self,
        reader: &Reader<'_>,
        customer: &ImportCustomer,
        company: Option<Uuid>,
    ) -> Result<Uuid> {
        let email = customer.email.as_deref();
        let found = self.found.get(&company).filter(|_| email.is_none());
        if let Some(id) = found.and_then(|found| found.get(&customer.name)) {
            return Ok(*id);
        }
        let (thing, known) = deeds::customer_named(reader, &customer.name, email, company)?;
        if known {
            if email.is_none() {
                let found = self.found.entry(company).or_default();
                found.insert(customer.name.clone(), thing.id);
            }
            return Ok(thing.id);
        }
        let email = optional(email)?;
        if self.pretends && email == Value::Null {
            let key = (customer.name.trim().to_ascii_lowercase(), company);
            if let Some(id) = self.customers.get(&key) {
                return Ok(*id);
            }
        }
        self.introduce_customer(customer, company)?;
        let fields = vec![
            ("name", Value::Text(customer.name.trim().to_owned())),
            ("email", email),
            ("company", refer(company)),
        ];
        self.is_absent(thing, fields);
        Ok(thing.id)
    }

    /// Remembers a customer with an e-mail address, who would be found by name from now on.
    pub(super) fn introduce_customer(
        &mut self,
        customer: &ImportCustomer,
        company: Option<Uuid>,
    ) -> Result<()> {
        if self.pretends
            && let Some(email) = &customer.email
            && !email.trim().is_empty()
        {
            let id = deeds::customer_with(email);
            let key = (customer.name.trim().to_ascii_lowercase(), company);
            self.customers.entry(key).or_insert(id);
            self.employers.entry(id).or_insert(company);
        }
        Ok(())
    }

    /// The company of a customer. Only an address finds one without naming it: a name alone is looked up among those who have none.
    pub(super) fn company_of(
        &self,
        reader: &Reader<'_>,
        customer: &ImportCustomer,
    ) -> Result<Option<Uuid>> {
        const EMPLOYER: &Field = Entity::Customer.its("company");
        let email = customer.email.as_deref().map(str::trim);
        let Some(email) = email.filter(|email| !email.is_empty()) else {
            return Ok(None);
        };
        let id = deeds::customer_with(email);
        let Some((local, true)) = reader.find_live(Entity::Customer, id)? else {
            return Ok(self.employers.get(&id).copied().flatten());
        };
        Ok(match reader.value(Entity::Customer, local, EMPLOYER)? {
            Value::Thing(id) if is_there(reader, Thing::new(Entity::Company, id))? => Some(id),
            _ => None,
        })
    }

    /// The area that a file means.
    pub(super) fn area(&mut self, reader: &Reader<'_>, name: &str) -> Result<Uuid> {
        if let Some(known) = self.areas.get(name) {
            return Ok(*known);
        }
        let (thing, known) = deeds::area_named(reader, name)?;
        if !known {
            let fields = vec![("name", Value::Text(name.trim().to_owned()))];
            self.is_absent(thing, fields);
        }
        self.areas.insert(name.to_owned(), thing.id);
        Ok(thing.id)
    }

    /// The release with that key: one of this import, one that came from there before, or one whose name is its id.
    ///
    /// Who has that name is certain at the end only: the release with that key may come, and the name go to another one.
    pub(super) fn release(
        &self,
        reader: &Reader<'_>,
        key: &ImportKey,
        at_end: bool,
    ) -> Result<Option<Uuid>> {
        if let Some(id) = self.release_of(key) {
            return Ok(Some(id));
        }
        let id = key.release().0;
        if is_there(reader, Thing::new(Entity::Release, id))? {
            return Ok(Some(id));
        }
        if !at_end {
            return Ok(None);
        }
        self.release_named(reader, &key.id)
    }

    /// The release that came with that key in this import.
    pub(super) fn release_of(&self, key: &ImportKey) -> Option<Uuid> {
        self.releases.get(key).copied()
    }

    /// The release of that name.
    pub(super) fn release_named(&self, reader: &Reader<'_>, name: &str) -> Result<Option<Uuid>> {
        match self.release_names.get(&name.to_ascii_lowercase()) {
            Some(given) => Ok(*given),
            None => Ok(reader.release_by_name(name)?.map(|key| key.id)),
        }
    }

    /// A release of that key came. Answers whether it is the first that speaks of that release.
    pub(super) fn release_came(&mut self, key: &ImportKey, id: Uuid) -> bool {
        self.releases.insert(key.clone(), id);
        self.spoken_of.insert(id)
    }

    /// A release is not called that any more.
    pub(super) fn gave_up(&mut self, name: &str) {
        self.release_names.insert(name.to_ascii_lowercase(), None);
    }

    /// A release is called that now.
    pub(super) fn named(&mut self, id: Uuid, name: &str) {
        self.release_names
            .insert(name.to_ascii_lowercase(), Some(id));
    }

    /// The release that serves what is planned for none.
    pub(super) fn backlog(&mut self, reader: &Reader<'_>) -> Result<Uuid> {
        let shelf = Thing::new(Entity::Release, backlog());
        if !self.absent.contains_key(&shelf.id) && !is_there(reader, shelf)? {
            let fields = vec![
                ("name", Value::Text("backlog".to_owned())),
                ("kind", Value::Integer(ReleaseKind::Backlog.code())),
            ];
            self.is_absent(shelf, fields);
        }
        Ok(shelf.id)
    }

    fn is_absent(&mut self, thing: Thing, fields: Vec<(&'static str, Value)>) {
        self.absent.entry(thing.id).or_insert(Absent {
            thing,
            fields,
            made: false,
        });
    }

    /// Notes what somebody who is there lacks.
    fn take_stock(&mut self, reader: &Reader<'_>, thing: Thing) -> Result<()> {
        if self.lacking.contains_key(&thing.id) {
            return Ok(());
        }
        let values = reader.values(thing.entity, reader.expect(thing.entity, thing.id)?)?;
        let lacks = |fact: &&'static str| {
            place(thing.entity, fact).and_then(|place| values.get(place)) == Some(&Value::Null)
        };
        let lacking = facts(thing.entity).iter().copied().filter(lacks).collect();
        self.lacking.insert(thing.id, lacking);
        Ok(())
    }

    /// Adds facts where there are none; answers which.
    fn fill(
        &mut self,
        steps: &mut Vec<Step<'_>>,
        thing: Thing,
        facts: Vec<(&'static str, Value)>,
    ) -> Vec<&'static str> {
        let mut filled = Vec::new();
        for (fact, value) in facts {
            if value == Value::Null {
                continue;
            }
            if let Some(absent) = self.absent.get_mut(&thing.id).filter(|absent| !absent.made) {
                if absent.fields.iter().all(|(name, _)| *name != fact) {
                    absent.fields.push((fact, value));
                    filled.push(fact);
                }
                continue;
            }
            let lacking = self.lacking.entry(thing.id).or_default();
            if let Some(place) = lacking.iter().position(|lacks| *lacks == fact) {
                lacking.swap_remove(place);
                steps.push(Step::Set(thing, fact, value));
                filled.push(fact);
            }
        }
        filled
    }
}

/// The facts that a file may add.
const fn facts(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Company => &COMPANY,
        Entity::Person => &PERSON,
        _ => &[],
    }
}
