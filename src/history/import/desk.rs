//! Looking: what an import would do with a thing, found out without doing it.
//!
//! A plan looks and an import looks and then does the steps, so what the one announces is what the other does.

use hashbrown::{HashMap, HashSet};
use uuid::Uuid;

use super::assess::{Assessment, Clash, Fate};
use super::last::{LastImported, Said};
use super::late::Late;
use super::names::Names;
use super::step::Step;
use crate::domain::entity::{DELETED, Entity, Thing, Value};
use crate::domain::id::{determined, random_bits};
use crate::domain::import::Brought;
use crate::history::draft::check_length;
use crate::history::error::{Error, Result};
use crate::history::fields::{chosen, field_of, is_live, place};
use crate::history::values;
use crate::history::words;
use crate::problem::{Kind, Problem};
use crate::store::{LocalId, NewContent, Packed, Reader};

/// What is known while an import goes on.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) names: Names,
    pub(super) last: LastImported,
    pub(super) late: Vec<Late>,
    /// Releases that wait for a name which another one has.
    pub(super) unnamed: HashSet<Uuid>,
    /// What would have been made by now, where nothing is written.
    pretended: Option<HashSet<u64>>,
    /// Of which feedback each would be a duplicate by now, where nothing is written; only of those that this import is
    /// about.
    pub(super) originals: HashMap<Uuid, Option<Uuid>>,
}

/// What an import does with one thing.
pub(super) struct Look<'r> {
    pub(super) thing: Thing,
    /// What it counts as: a comment is looked at with what it is about in hand.
    pub(super) kind: Entity,
    pub(super) is_new: bool,
    /// Whether nothing can be said before the end of the import.
    pub(super) waits: bool,
    pub(super) steps: Vec<Step<'r>>,
    pub(super) clashes: Vec<Clash>,
}

impl<'r> Look<'r> {
    /// A look at a thing that nothing is done with so far.
    pub(super) const fn at(thing: Thing, is_new: bool) -> Self {
        Self {
            thing,
            kind: thing.entity,
            is_new,
            waits: false,
            steps: Vec::new(),
            clashes: Vec::new(),
        }
    }

    /// What becomes of it.
    pub(super) const fn fate(&self) -> Fate {
        match (self.is_new, self.steps.is_empty()) {
            (true, _) => Fate::Create,
            (false, false) => Fate::Update,
            (false, true) => Fate::Unchanged,
        }
    }

    /// Takes the title and text of a feedback as they were packed before.
    pub(super) fn is_packed(&mut self, packed: &'r Packed) {
        for step in &mut self.steps {
            // No other text has a title.
            if let Step::Keep(_, content) = step
                && content.title.is_some()
            {
                content.packed = Some(packed);
            }
        }
    }

    /// What is told of it; it keeps its steps.
    pub(super) fn assessment(&mut self) -> Assessment {
        Assessment {
            fate: self.fate(),
            clashes: std::mem::take(&mut self.clashes),
        }
    }
}

/// A thing of the workspace, and what imports said of it.
pub(super) struct Row {
    pub(super) thing: Thing,
    pub(super) local: LocalId,
    values: Vec<Value>,
    said: Option<Said>,
}

impl Row {
    /// A field, as it would be after the steps so far.
    pub(super) fn get(&self, field: &str) -> &Value {
        place(self.thing.entity, field)
            .and_then(|place| self.values.get(place))
            .unwrap_or(&Value::Null)
    }

    /// A number, or a choice's code.
    pub(super) fn integer(&self, field: &str) -> Option<i64> {
        match self.get(field) {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// A choice; `None` where the field is empty.
    pub(super) fn choice<T>(
        &self,
        field: &str,
        from_code: fn(i64) -> Option<T>,
    ) -> Result<Option<T>> {
        let code = self.integer(field);
        code.map(|code| chosen(self.thing, field, code, from_code))
            .transpose()
    }

    /// Notes what a step makes of a field.
    pub(super) fn put(&mut self, field: &str, to: Value) {
        if let Some(place) = place(self.thing.entity, field) {
            self.values[place] = to;
        }
    }

    /// Whether it is not marked as deleted.
    pub(super) fn is_live(&self) -> bool {
        is_live(self.thing.entity, &self.values)
    }
}

/// A free text of a file.
#[derive(Clone, Copy)]
pub(super) struct Text<'r> {
    pub(super) title: Option<&'r str>,
    pub(super) body: &'r str,
    pub(super) original: Option<&'r str>,
}

impl Text<'_> {
    /// # Errors
    /// When it is longer than a text may be.
    pub(super) fn check(&self) -> Result<()> {
        let parts = [self.title, Some(self.body), self.original];
        parts.into_iter().flatten().try_for_each(check_length)
    }

    /// Whether a content holds it. Another original of the same text is the same text.
    pub(super) fn is_in(&self, reader: &Reader<'_>, content: &Value) -> Result<bool> {
        let Value::Content(id) = content else {
            return Ok(false);
        };
        Ok(reader.content(*id)?.is_some_and(|content| {
            content.body == self.body && content.title.as_deref() == self.title
        }))
    }
}

/// What is to become of a field that another tool has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    /// It says the same.
    Same,
    /// It changed there and not here.
    Apply,
    /// It changed here, and not there.
    Keep,
    /// It changed here and there; what was decided here stays.
    Clash,
}

impl Desk {
    /// A desk at which an import is done.
    pub(super) fn importing(action: LocalId) -> Self {
        Self {
            last: LastImported::before(action),
            ..Self::default()
        }
    }

    /// A desk at which nothing is done.
    pub(super) fn pretending() -> Self {
        Self {
            names: Names::pretending(),
            pretended: Some(HashSet::new()),
            ..Self::default()
        }
    }

    /// What an import does with a thing, references apart to what has not come yet.
    ///
    /// # Errors
    /// When it cannot be imported, with its line; and when the file cannot be read.
    pub(super) fn look<'r>(
        &mut self,
        reader: &Reader<'_>,
        brought: &'r Brought,
    ) -> Result<Look<'r>> {
        let before = self.late.len();
        let look = match brought {
            Brought::Feedback(record) => self.feedback(reader, record),
            Brought::Idea(record) => self.idea(reader, record),
            Brought::Release(record) => self.release(reader, record, false),
            Brought::Comment(reply) => self.reply(reader, reply, false),
        };
        let look = look.map_err(|error| at_line(brought.line(), error))?;
        if look.fate() != Fate::Unchanged {
            for late in &mut self.late[before..] {
                late.counted = true;
            }
        }
        if let (Some(pretended), true) = (
            &mut self.pretended,
            look.is_new && look.kind == look.thing.entity,
        ) {
            pretended.insert(random_bits(look.thing.id));
        }
        self.pretend_originals(&look.steps);
        Ok(look)
    }

    /// Whether nothing is written.
    pub(super) const fn pretends(&self) -> bool {
        self.pretended.is_some()
    }

    /// Whether a thing would have been made by now, where nothing is written.
    pub(super) fn is_pretended(&self, id: Uuid) -> bool {
        let pretended = self.pretended.as_ref();
        pretended.is_some_and(|pretended| pretended.contains(&random_bits(id)))
    }

    /// A thing of the workspace, deleted or not.
    pub(super) fn row(reader: &Reader<'_>, thing: Thing) -> Result<Option<Row>> {
        let Some(local) = reader.find(thing.entity, thing.id)? else {
            return Ok(None);
        };
        Ok(Some(Row {
            thing,
            local,
            values: reader.values(thing.entity, local)?,
            said: None,
        }))
    }

    /// What imports said of a thing.
    pub(super) fn said<'w>(&mut self, reader: &Reader<'_>, row: &'w mut Row) -> Result<&'w Said> {
        match &mut row.said {
            Some(said) => Ok(said),
            none => Ok(none.insert(self.last.about(reader, row.thing)?)),
        }
    }

    /// What the last import said of a field.
    pub(super) fn said_of(
        &mut self,
        reader: &Reader<'_>,
        row: &mut Row,
        field: &'static str,
    ) -> Result<Value> {
        let current = row.get(field).clone();
        let field = field_of(row.thing.entity, field)?;
        Ok(self.said(reader, row)?.of(field, &current))
    }

    /// Whether the last import left a thing with that mark of deletion.
    pub(super) fn was_left(
        &mut self,
        reader: &Reader<'_>,
        row: &mut Row,
        deleted: i64,
    ) -> Result<bool> {
        let left = self.said_of(reader, row, DELETED)? == Value::Integer(deleted);
        Ok(left && self.said(reader, row)?.anything)
    }

    /// Whether what a file brings may come (back) as that row: it is new, or an undo of an import took it away. What
    /// somebody removed here stays away.
    pub(super) fn may_come(&mut self, reader: &Reader<'_>, row: Option<&mut Row>) -> Result<bool> {
        match row {
            Some(row) => self.was_left(reader, row, 1),
            None => Ok(true),
        }
    }

    /// What is to become of a field.
    pub(super) fn rule(
        &mut self,
        reader: &Reader<'_>,
        row: &mut Row,
        field: &'static str,
        there: &Value,
    ) -> Result<Ruling> {
        if row.get(field) == there {
            return Ok(Ruling::Same);
        }
        let said = self.said_of(reader, row, field)?;
        Ok(if said == *row.get(field) {
            Ruling::Apply
        } else if said == *there {
            Ruling::Keep
        } else {
            Ruling::Clash
        })
    }

    /// Sets a field, whatever it was.
    pub(super) fn set<'r>(
        &mut self,
        look: &mut Look<'r>,
        row: &mut Row,
        field: &'static str,
        to: Value,
    ) {
        if *row.get(field) == to {
            return;
        }
        row.put(field, to.clone());
        let step = Step::Set(row.thing, field, to);
        self.names.push(&mut look.steps, step);
    }

    /// Sets a field where nobody has decided here; answers whether that changed it.
    pub(super) fn renew(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'_>,
        row: &mut Row,
        field: &'static str,
        there: Value,
    ) -> Result<bool> {
        match self.rule(reader, row, field, &there)? {
            Ruling::Same | Ruling::Keep => return Ok(false),
            Ruling::Clash => {
                let clash = self.clash(reader, row, field, &there)?;
                look.clashes.push(clash);
                return Ok(false);
            }
            Ruling::Apply => self.set(look, row, field, there),
        }
        Ok(true)
    }

    /// Sets a free text where nobody has changed it here; answers whether that changed it. A blank one is nothing.
    pub(super) fn renew_text<'r>(
        &mut self,
        reader: &Reader<'_>,
        look: &mut Look<'r>,
        row: &mut Row,
        field: &'static str,
        text: Text<'r>,
    ) -> Result<bool> {
        if text.body.trim().is_empty() || text.is_in(reader, row.get(field))? {
            return Ok(false);
        }
        let said = self.said_of(reader, row, field)?;
        if said == *row.get(field) {
            let content = keep(look, row.thing, text)?;
            self.set(look, row, field, content);
            return Ok(true);
        }
        if !text.is_in(reader, &said)? {
            let clash = self.text_clash(reader, row, field, text)?;
            look.clashes.push(clash);
        }
        Ok(false)
    }

    /// A field that changed here and there.
    pub(super) fn clash(
        &self,
        reader: &Reader<'_>,
        row: &Row,
        field: &'static str,
        there: &Value,
    ) -> Result<Clash> {
        Ok(Clash {
            field: field_of(row.thing.entity, field)?.word,
            here: self.shown(reader, row.thing.entity, field, row.get(field))?,
            there: self.shown(reader, row.thing.entity, field, there)?,
        })
    }

    /// A text that changed here and there.
    pub(super) fn text_clash(
        &self,
        reader: &Reader<'_>,
        row: &Row,
        field: &'static str,
        text: Text<'_>,
    ) -> Result<Clash> {
        Ok(Clash {
            field: field_of(row.thing.entity, field)?.word,
            here: self.shown(reader, row.thing.entity, field, row.get(field))?,
            there: words::quoted(text.title.unwrap_or(text.body)),
        })
    }

    /// A value as a person reads it.
    pub(super) fn shown(
        &self,
        reader: &Reader<'_>,
        entity: Entity,
        field: &'static str,
        value: &Value,
    ) -> Result<String> {
        if let Value::Thing(id) = value
            && let Some(name) = self.names.called(*id)
        {
            return Ok(name);
        }
        let shown = values::shown(reader, entity, field_of(entity, field)?, value)?;
        Ok(shown.unwrap_or_else(|| "nothing".to_owned()))
    }
}

/// Keeps a free text of a thing; a blank one is nothing. Whoever imports the same text keeps the same content.
///
/// # Errors
/// When it is longer than a text may be.
pub(super) fn keep<'r>(look: &mut Look<'r>, of: Thing, text: Text<'r>) -> Result<Value> {
    if text.body.trim().is_empty() {
        return Ok(Value::Null);
    }
    text.check()?;
    let mut parts = vec![of.id.as_bytes().as_slice(), text.body.as_bytes()];
    parts.extend(text.original.map(str::as_bytes));
    let id = determined("text", &parts);
    let content = NewContent {
        body: text.body,
        original: text.original,
        ..NewContent::default()
    };
    look.steps.push(Step::Keep(id, content));
    Ok(Value::Content(id))
}

/// The problem, with the line of the file at which it is.
pub(super) fn at_line(line: u64, error: Error) -> Error {
    match error {
        Error::Rule(problem) => {
            let summary = format!("line {line}: {}", problem.summary);
            Problem::new(Kind::Input, summary).into()
        }
        error => error,
    }
}
