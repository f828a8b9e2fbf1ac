//! A feedback of a file.

use std::collections::HashSet;

use uuid::Uuid;

use super::desk::{Desk, Look, Row};
use super::late::To;
use super::revisions::{keep_revision, text};
use super::step::Step;
use crate::domain::entity::{Entity, Field, Thing, Value};
use crate::domain::feedback::{FeedbackKind, Importance};
use crate::domain::import::{ImportPerson, ImportRecord};
use crate::history::deeds::{self, code, named, optional, refer};
use crate::history::error::Result;
use crate::store::Reader;

/// A field with a value.
type Given = (&'static Field, Value);

/// A record with its names resolved.
struct Arrival {
    /// Whether the company is not what the file says, but what is known of its customer.
    company_is_known: bool,
    /// Facts about it at its source: these always apply.
    facts: [Given; 4],
    /// What colleagues correct and decide: each applies where nobody has.
    decisions: [Given; 10],
}

/// A field of a feedback, looked for when the program is compiled and not for each record of a file.
macro_rules! field {
    ($name:literal) => {
        const { Entity::Feedback.its($name) }
    };
}

/// How many fields of a new feedback a file may tell.
const FIELDS: usize = 21;

impl Desk {
    /// What an import does with a feedback.
    pub(super) fn feedback<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &'r ImportRecord,
    ) -> Result<Look<'r>> {
        text(record).check()?;
        let feedback = Thing::new(Entity::Feedback, record.identity());
        match Self::row(reader, feedback)? {
            Some(row) if row.is_live() => {
                let row = self.as_pretended(row);
                self.known_feedback(reader, record, row)
            }
            _ if self.pretends() => self.introduce(reader, record, feedback),
            gone => self.new_feedback(reader, record, feedback, gone.is_some()),
        }
    }

    /// Only who is known from now on, and of what it is a duplicate: what becomes of a new feedback needs no look at all it
    /// says.
    fn introduce<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &ImportRecord,
        feedback: Thing,
    ) -> Result<Look<'r>> {
        let mut look = Look::at(feedback, true);
        let named = [record.reporter.as_ref(), record.owner.as_ref()];
        for person in named.into_iter().flatten() {
            let id = self.names.person(reader, &mut look.steps, person)?;
            self.names.need(&mut look.steps, id);
        }
        let company = match &record.company {
            Some(company) => Some(self.names.company(reader, &mut look.steps, company)?),
            None => None,
        };
        if let Some(id) = company {
            self.names.need(&mut look.steps, id);
        }
        if let Some(customer) = &record.customer {
            self.names.introduce_customer(customer, company)?;
        }
        self.introduce_authors(reader, &mut look, &record.comments)?;
        if let Some(id) = record.original()
            && let Some(original) = self.original(reader, feedback, id)?
        {
            self.originals.insert(feedback.id, Some(original));
        }
        Ok(look)
    }

    /// `was_here`: its row is there, marked as deleted.
    fn new_feedback<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &'r ImportRecord,
        feedback: Thing,
        was_here: bool,
    ) -> Result<Look<'r>> {
        let mut look = Look::at(feedback, true);
        // Its text, itself and its tags: so much it has as a rule.
        look.steps.reserve(2 + record.tags.len());
        let arrival = self.arrival(reader, &mut look, record)?;
        let (triage, is_open) = self.triage(reader, feedback, record)?;
        let content = keep_revision(&mut look, record, None);
        let importance = arrival.importance();
        let identity = [
            (field!("content"), content),
            (field!("source"), Value::Text(record.source.clone())),
            (field!("origin"), Value::Text(record.origin.clone())),
            (
                field!("source_id"),
                text_or_nothing(record.source_id.as_deref()),
            ),
        ];
        let [state, resolution, original] = triage.map(|(_, value)| value);
        let triage = [
            (field!("state"), state),
            (field!("resolution"), resolution),
            (field!("duplicate_of"), original),
        ];
        let mut fields = Vec::with_capacity(FIELDS);
        let is_given = |(_, value): &Given| *value != Value::Null;
        fields.extend(identity.into_iter().filter(is_given));
        fields.extend(arrival.facts.into_iter().filter(is_given));
        fields.extend(arrival.decisions.into_iter().filter(is_given));
        fields.extend(triage.into_iter().filter(is_given));
        let make = if was_here {
            let named = fields.into_iter();
            let named = named.map(|(field, value)| (field.name, value));
            Step::Make(feedback, named.collect())
        } else {
            Step::New(feedback, fields)
        };
        self.names.push(&mut look.steps, make);
        if is_open && let Some(id) = record.original() {
            self.later(feedback, To::Original { id, decided: true });
        }
        for tag in &record.tags {
            put_tag(&mut look, tag, !was_here)?;
        }
        self.comments(reader, &mut look, &record.comments)?;
        self.links(reader, &mut look, record, importance)?;
        Ok(look)
    }

    fn known_feedback<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &'r ImportRecord,
        mut row: Row,
    ) -> Result<Look<'r>> {
        let mut look = Look::at(row.thing, false);
        let arrival = self.arrival(reader, &mut look, record)?;
        if record.untold.has(field!("content")) && record.body.is_empty() {
            self.renew_title(reader, &mut look, &mut row, record)?;
        } else if self.renew_revision(reader, &mut look, &mut row, record)? {
            self.replied(&mut look, &mut row);
        }
        let importance = row.integer("importance");
        for (field, value) in arrival.facts {
            if record.tells(field, &value) {
                self.set(&mut look, &mut row, field.name, value);
            }
        }
        for (field, value) in arrival.decisions {
            // What is known of a customer by now is for what is new: the file says nothing about it.
            let is_known = arrival.company_is_known && field.place == field!("company").place;
            if is_known || !record.tells(field, &value) {
                continue;
            }
            let renewed = self.renew(reader, &mut look, &mut row, field.name, value)?;
            if renewed && field.place == field!("importance").place {
                self.rate_links(reader, &mut look, &row, record, importance)?;
            }
        }
        if record.tells_state() {
            self.renew_triage(reader, &mut look, &mut row, record)?;
        }
        if !record.tags.is_empty() || !record.untold.tags {
            self.renew_tags(reader, &mut look, &row, record)?;
        }
        let added = self.comments(reader, &mut look, &record.comments)?;
        let customer = record.customer.as_ref();
        let customer = customer.map(|customer| customer.name.trim());
        self.heard(reader, &mut look, &mut row, customer, &added)?;
        let importance = row.get("importance").clone();
        self.links(reader, &mut look, record, importance)?;
        Ok(look)
    }

    fn arrival(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        record: &ImportRecord,
    ) -> Result<Arrival> {
        let reporter = self.person(reader, look, record.reporter.as_ref())?;
        let owner = self.person(reader, look, record.owner.as_ref())?;
        let company = match &record.company {
            Some(company) => Some(self.names.company(reader, &mut look.steps, company)?),
            None => None,
        };
        let customer = match &record.customer {
            Some(customer) => Some(self.names.customer(reader, customer, company)?),
            None => None,
        };
        // What a file does not say of a customer who is known is known all the same, and found by.
        let known = match (company, &record.customer) {
            (None, Some(customer)) => self.names.company_of(reader, customer)?,
            _ => None,
        };
        let company = company.or(known);
        let area = self.area(reader, record.area.as_deref())?;
        let needed_by = record.needed_by.map(|day| day.to_string());
        Ok(Arrival {
            company_is_known: known.is_some(),
            facts: [
                (field!("url"), text_or_nothing(record.url.as_deref())),
                (field!("received"), Value::Integer(record.received.0)),
                (
                    field!("received_offset"),
                    code(record.received_offset.map(i64::from)),
                ),
                (field!("votes"), Value::Integer(i64::from(record.votes))),
            ],
            decisions: [
                (field!("reporter"), refer(reporter)),
                (field!("customer"), refer(customer)),
                (field!("company"), refer(company)),
                (field!("owner"), refer(owner)),
                (field!("area"), refer(area)),
                (
                    field!("importance"),
                    code(record.importance.map(Importance::code)),
                ),
                (field!("kind"), code(record.kind.map(FeedbackKind::code))),
                (field!("needed_by"), optional(needed_by.as_deref())?),
                (
                    field!("product_version"),
                    optional(record.product_version.as_deref())?,
                ),
                (field!("edition"), optional(record.edition.as_deref())?),
            ],
        })
    }

    /// The colleague that is named, if one is.
    pub(super) fn person(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        person: Option<&ImportPerson>,
    ) -> Result<Option<Uuid>> {
        match person {
            Some(person) => self.names.person(reader, &mut look.steps, person).map(Some),
            None => Ok(None),
        }
    }

    /// The area that is named, if one is.
    pub(super) fn area(&mut self, reader: &Reader<'_>, area: Option<&str>) -> Result<Option<Uuid>> {
        match area.filter(|area| !area.trim().is_empty()) {
            Some(area) => self.names.area(reader, area).map(Some),
            None => Ok(None),
        }
    }

    /// Links which carry the old importance of the feedback carry the new one, apart from those of which the file tells.
    fn rate_links(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        row: &Row,
        record: &ImportRecord,
        old: Option<i64>,
    ) -> Result<()> {
        let (links, _) = self.links_of(reader, record)?;
        let told: HashSet<Uuid> = links
            .iter()
            .filter(|(_, told)| told.is_some())
            .map(|(idea, _)| deeds::insight_key(row.thing.id, *idea))
            .collect();
        for link in reader.insights_of_feedback(row.local)? {
            if link.importance == old && !told.contains(&link.key.id) {
                let insight = Thing::new(Entity::Insight, link.key.id);
                let importance = row.get("importance").clone();
                let step = Step::Set(insight, "importance", importance);
                self.names.push(&mut look.steps, step);
            }
        }
        Ok(())
    }

    fn renew_tags<'r>(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'r>,
        row: &Row,
        record: &'r ImportRecord,
    ) -> Result<()> {
        let feedback = row.thing;
        let held = reader.tags_of(row.local)?;
        let mut wanted = HashSet::new();
        for tag in &record.tags {
            let thing = Thing::new(Entity::FeedbackTag, deeds::tag_key(feedback.id, tag));
            let is_held = held.iter().any(|held| held.key.id == thing.id);
            if wanted.insert(thing.id) && !is_held {
                let mut gone = Self::row(reader, thing)?;
                if self.may_come(reader, gone.as_mut())? {
                    put_tag(look, tag, false)?;
                }
            }
        }
        for tag in held.iter().filter(|tag| !wanted.contains(&tag.key.id)) {
            let thing = Thing::new(Entity::FeedbackTag, tag.key.id);
            let Some(mut tag) = Self::row(reader, thing)? else {
                continue;
            };
            if self.was_left(reader, &mut tag, 0)? {
                self.names.push(&mut look.steps, Step::delete(thing));
            }
        }
        Ok(())
    }
}

impl Arrival {
    fn importance(&self) -> Value {
        let importance = self
            .decisions
            .iter()
            .find(|(field, _)| field.place == field!("importance").place);
        importance.map_or(Value::Null, |(_, value)| value.clone())
    }
}

/// Tags a feedback; `is_new`: it is not there yet, so nothing else has tagged it.
fn put_tag(look: &mut Look<'_>, tag: &str, is_new: bool) -> Result<()> {
    let tag = named("a tag", tag)?;
    let feedback = look.thing.id;
    let thing = Thing::new(Entity::FeedbackTag, deeds::tag_key(feedback, tag));
    let (feedback, tag) = (Value::Thing(feedback), Value::Text(tag.to_owned()));
    if !is_new {
        let fields = vec![("feedback", feedback), ("tag", tag)];
        look.steps.push(Step::Make(thing, fields));
        return Ok(());
    }
    let is_it = |step: &Step<'_>| matches!(step, Step::New(made, _) if *made == thing);
    if !look.steps.iter().any(is_it) {
        const OF: &Field = Entity::FeedbackTag.its("feedback");
        const TAG: &Field = Entity::FeedbackTag.its("tag");
        let fields = vec![(OF, feedback), (TAG, tag)];
        look.steps.push(Step::New(thing, fields));
    }
    Ok(())
}

fn text_or_nothing(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.to_owned()))
}
