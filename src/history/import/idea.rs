//! An idea of a file: a feature of another tool.

use super::comments::is_merged;
use super::desk::{Desk, Look, Row, Text, keep};
use super::places::Places;
use super::step::Step;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::determined;
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, TicketKind, Timeframe};
use crate::domain::import::ImportIdea;
use crate::history::deeds::{code, named, optional, refer};
use crate::history::error::Result;
use crate::store::Reader;

impl Desk {
    /// What an import does with an idea. One that was merged into another here stays that.
    pub(super) fn idea<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &'r ImportIdea,
    ) -> Result<Look<'r>> {
        named("the title of an idea", &record.title)?;
        for text in [problem(record), reason(record)] {
            text.check()?;
        }
        let idea = Thing::new(Entity::Idea, record.key.idea());
        match Self::row(reader, idea)? {
            Some(row) if row.is_live() => self.known_idea(reader, record, row),
            Some(row) if is_merged(&row) => Ok(Look::at(idea, false)),
            _ if self.pretends() => {
                let mut look = Look::at(idea, true);
                if let Some(owner) = self.person(reader, &mut look, record.owner.as_ref())? {
                    self.names.need(&mut look.steps, owner);
                }
                self.introduce_authors(reader, &mut look, &record.comments)?;
                Ok(look)
            }
            _ => self.new_idea(reader, record, idea),
        }
    }

    fn new_idea<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &'r ImportIdea,
        idea: Thing,
    ) -> Result<Look<'r>> {
        let mut look = Look::at(idea, true);
        let status = record.status.unwrap_or(Status::New);
        let problem = keep(&mut look, idea, problem(record))?;
        let reason = keep(&mut look, idea, reason(record))?;
        let missing = status == Status::WontDo && reason == Value::Null;
        let mut fields = vec![
            ("source", Value::Text(record.key.source.clone())),
            ("origin", Value::Text(record.key.origin.clone())),
            ("source_id", Value::Text(record.key.id.clone())),
            ("problem", problem),
            ("reason", reason),
            ("reason_missing", Value::Integer(i64::from(missing))),
            ("votes", Value::Integer(i64::from(record.votes))),
        ];
        fields.extend(self.idea_fields(reader, &mut look, record)?);
        self.names.push(&mut look.steps, Step::Make(idea, fields));
        self.ticket(reader, &mut look, record)?;
        self.comments(reader, &mut look, &record.comments)?;
        let places = Places {
            releases: record.releases.clone(),
            status,
            promotes: record.status.is_none(),
            repairs: true,
        };
        self.settle(reader, &mut look, &places, false)?;
        Ok(look)
    }

    fn known_idea<'r>(
        &mut self,
        reader: &Reader<'_>,
        record: &'r ImportIdea,
        mut row: Row,
    ) -> Result<Look<'r>> {
        let mut look = Look::at(row.thing, false);
        let before = row.choice("status", Status::from_code)?;
        let votes = Value::Integer(i64::from(record.votes));
        self.set(&mut look, &mut row, "votes", votes);
        for (field, value) in self.idea_fields(reader, &mut look, record)? {
            self.renew(reader, &mut look, &mut row, field, value)?;
        }
        self.renew_text(reader, &mut look, &mut row, "problem", problem(record))?;
        self.renew_text(reader, &mut look, &mut row, "reason", reason(record))?;
        self.mark_missing_reason(&mut look, &mut row);
        self.ticket(reader, &mut look, record)?;
        self.comments(reader, &mut look, &record.comments)?;
        let status = row.choice("status", Status::from_code)?;
        let places = Places {
            releases: record.releases.clone(),
            status: status.unwrap_or(Status::New),
            promotes: false,
            repairs: status != before,
        };
        self.settle(reader, &mut look, &places, false)?;
        Ok(look)
    }

    /// The fields of which the file tells; what it does not tell stays as it is.
    fn idea_fields(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        record: &ImportIdea,
    ) -> Result<Vec<(&'static str, Value)>> {
        let owner = self.person(reader, look, record.owner.as_ref())?;
        let area = self.area(reader, record.area.as_deref())?;
        let title = named("the title of an idea", &record.title)?;
        let mut fields = vec![
            ("title", Value::Text(title.to_owned())),
            ("owner", refer(owner)),
            ("area", refer(area)),
            ("kind", code(record.kind.map(IdeaKind::code))),
            ("status", code(record.status.map(Status::code))),
            ("effort", code(record.effort.map(Effort::code))),
            ("timeframe", code(record.timeframe.map(Timeframe::code))),
            ("edition", optional(record.edition.as_deref())?),
            ("stage", code(record.stage.map(Stage::code))),
        ];
        fields.retain(|(_, value)| *value != Value::Null);
        Ok(fields)
    }

    /// A Won't Do without a reason is marked as such.
    fn mark_missing_reason(&mut self, look: &mut Look<'_>, row: &mut Row) {
        let wont = row.integer("status") == Some(Status::WontDo.code());
        let missing = wont && *row.get("reason") == Value::Null;
        if missing || *row.get("reason") != Value::Null {
            let missing = Value::Integer(i64::from(missing));
            self.set(look, row, "reason_missing", missing);
        }
    }

    /// The link to the idea at its source.
    fn ticket(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        record: &ImportIdea,
    ) -> Result<()> {
        let url = optional(record.url.as_deref())?;
        if url == Value::Null {
            return Ok(());
        }
        let key = optional(record.ticket_key.as_deref())?;
        let idea = look.thing;
        let id = determined("ticket", &[idea.id.as_bytes()]);
        let thing = Thing::new(Entity::Ticket, id);
        let mut row = Self::row(reader, thing)?;
        if let Some(row) = row.as_mut().filter(|row| row.is_live()) {
            self.renew(reader, look, row, "url", url)?;
            if key != Value::Null {
                self.renew(reader, look, row, "ticket_key", key)?;
            }
        } else if self.may_come(reader, row.as_mut())? {
            let fields = vec![
                ("idea", Value::Thing(idea.id)),
                ("url", url),
                ("ticket_key", key),
                ("kind", Value::Integer(TicketKind::Implementation.code())),
            ];
            self.names.push(&mut look.steps, Step::Make(thing, fields));
        }
        Ok(())
    }
}

fn problem(record: &ImportIdea) -> Text<'_> {
    Text {
        title: None,
        body: record.problem.as_deref().unwrap_or_default(),
        original: record.original.as_deref(),
    }
}

fn reason(record: &ImportIdea) -> Text<'_> {
    Text {
        title: None,
        body: record.reason.as_deref().unwrap_or_default(),
        original: None,
    }
}
