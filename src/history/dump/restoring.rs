//! Making an empty workspace of the pieces of another one.

use uuid::Uuid;

use super::{ActionPiece, Piece};
use crate::domain::entity::{Entity, Field, Kind, Thing, Value};
use crate::history::commit::FOUND;
use crate::history::error::{Error, Result};
use crate::history::journal::{self, Change, MOST_THINGS};
use crate::history::rebuild::differences;
use crate::history::touching;
use crate::problem::{Kind as ProblemKind, Problem};
use crate::store::{ActionRecord, Content, LocalId, NewAction, NewContent, Reader, Store, Writer};

/// How many rows a refusal names.
const NAMED: usize = 5;

/// Makes an empty workspace one of these pieces, all of it or nothing. Each comes with its line, for messages.
///
/// It goes on as the copy `device`, so that whoever restores their own workspace can undo what they did last.
///
/// # Errors
/// When something was done in this workspace already, a piece cannot be had or does not fit the others, and when the
/// file cannot be written.
pub fn restore(
    store: &mut Store,
    device: Uuid,
    pieces: &mut dyn Iterator<Item = std::result::Result<(u64, Piece), Problem>>,
) -> std::result::Result<(), Problem> {
    let done: Result<()> = store.write_many(|writer| fill(writer, device, pieces));
    done.map_err(Problem::from)
}

fn fill(
    writer: &mut Writer<'_>,
    device: Uuid,
    pieces: &mut dyn Iterator<Item = std::result::Result<(u64, Piece), Problem>>,
) -> Result<()> {
    if !writer.is_fresh(FOUND)? {
        return Err(not_empty().into());
    }
    writer.forget_founding()?;
    writer.put_device(device)?;
    writer.pack_texts()?;
    let mut restoring = Restoring {
        writer,
        stage: Stage::Contents,
        unfinished: Vec::new(),
        later: Vec::new(),
        open: None,
        fields: (0, 0),
    };
    for piece in pieces {
        let (line, piece) = piece?;
        let taken = restoring.take(line, piece);
        taken.map_err(|error| unfit(line, error))?;
    }
    restoring.advance(Stage::Rest)?;
    agree(writer)?;
    touching::rebuild(writer)?;
    Ok(writer.rebuild_derived()?)
}

/// A piece that the file cannot hold is a fault of the piece, not of the file.
fn unfit(line: u64, error: Error) -> Error {
    match error {
        Error::Store(error) if error.breaks_a_rule() => wrong(line, "a workspace cannot hold it")
            .caused_by(&error)
            .into(),
        other => other,
    }
}

/// Refuses rows that are not what the actions made of them: undo would go astray there.
fn agree(reader: &Reader<'_>) -> Result<()> {
    let differences = differences(reader)?;
    if differences.is_empty() {
        return Ok(());
    }
    let words = "its rows are not what its actions made of them";
    let mut problem = Problem::new(ProblemKind::Input, words);
    let named = differences.iter().take(NAMED);
    problem.causes = named.map(ToString::to_string).collect();
    Err(problem.into())
}

fn not_empty() -> Problem {
    Problem::new(
        ProblemKind::Refused,
        "a dump is restored into an empty workspace only, and something was done in this one",
    )
    .hint("name a new file: intake -w NEW.db import DUMP")
}

/// Where in the order of pieces it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Contents,
    Actions,
    Rows,
    Changes,
    Rest,
}

impl Stage {
    const fn of(piece: &Piece) -> Self {
        match piece {
            Piece::Content(..) => Self::Contents,
            Piece::Action(_) => Self::Actions,
            Piece::Row { .. } => Self::Rows,
            Piece::Changes { .. } => Self::Changes,
            Piece::View(..) | Piece::Mapping(..) => Self::Rest,
        }
    }
}

/// The changes of one action while they come.
struct Open {
    line: u64,
    action: ActionRecord,
    sequence: u32,
    things: usize,
    changes: Vec<Change>,
    written: u64,
}

/// A workspace on its way back.
struct Restoring<'r, 'w> {
    writer: &'r mut Writer<'w>,
    stage: Stage,
    /// Actions that one which comes later undoes, with their lines.
    unfinished: Vec<(u64, LocalId, Uuid)>,
    /// References to rows that come later, with their lines.
    later: Vec<(u64, Entity, LocalId, &'static Field, Value)>,
    open: Option<Open>,
    /// How many fields the actions say that they changed, and of how many changes have come.
    fields: (u64, u64),
}

impl Restoring<'_, '_> {
    fn take(&mut self, line: u64, piece: Piece) -> Result<()> {
        let stage = Stage::of(&piece);
        if stage < self.stage {
            return Err(wrong(line, "it stands after what may refer to it").into());
        }
        self.advance(stage)?;
        match piece {
            Piece::Content(id, content) => self.content(line, id, &content),
            Piece::Action(action) => self.action(line, &action),
            Piece::Row {
                thing,
                made_by,
                fields,
            } => self.row(line, thing, made_by, fields),
            Piece::Changes {
                action,
                chunk,
                changes,
            } => self.changes(line, action, chunk, changes),
            Piece::View(name, filter) => Ok(self.writer.put_view(&name, &filter)?),
            Piece::Mapping(name, mapping) => Ok(self.writer.put_mapping(&name, &mapping)?),
        }
    }

    /// Goes on to a stage, after what the ones before it left open.
    fn advance(&mut self, stage: Stage) -> Result<()> {
        if self.stage < Stage::Rows && stage >= Stage::Rows {
            self.finish_actions()?;
        }
        if self.stage < Stage::Changes && stage >= Stage::Changes {
            self.finish_rows()?;
        }
        if self.stage < Stage::Rest && stage == Stage::Rest {
            self.close()?;
            let (said, here) = self.fields;
            if said != here {
                let words = format!("the actions changed {said} fields, and {here} are here");
                return Err(Problem::new(ProblemKind::Input, words).into());
            }
        }
        self.stage = stage;
        Ok(())
    }

    fn content(&mut self, line: u64, id: Uuid, content: &Content) -> Result<()> {
        if self.writer.find_content(id)?.is_some() {
            return Err(wrong(line, format!("the text {id} is there twice")).into());
        }
        if let Some(previous) = content.previous
            && self.writer.find_content(previous)?.is_none()
        {
            return Err(wrong(line, format!("there is no text {previous} before it")).into());
        }
        let content = NewContent {
            title: content.title.as_deref(),
            body: &content.body,
            original: content.original.as_deref(),
            previous: content.previous,
            packed: None,
        };
        self.writer.add_content(id, &content)?;
        Ok(())
    }

    fn action(&mut self, line: u64, action: &ActionPiece) -> Result<()> {
        if self.writer.find_action(action.id)?.is_some() {
            return Err(wrong(line, format!("the action {} is there twice", action.id)).into());
        }
        let undoes = match action.undoes {
            Some(id) => Some(self.known_action(line, id)?.key.local),
            None => None,
        };
        let local = self.writer.append_action(&NewAction {
            id: action.id,
            author: &action.author,
            device: action.device,
            at: action.at,
            verb: &action.verb,
            words: "",
            undoes,
        })?;
        self.writer
            .finish_action(local, &action.words, action.changes, None)?;
        self.fields.0 = self.fields.0.saturating_add(action.changes);
        self.unfinished
            .extend(action.undone_by.map(|by| (line, local, by)));
        Ok(())
    }

    fn known_action(&self, line: u64, id: Uuid) -> Result<ActionRecord> {
        let found = self.writer.find_action(id)?;
        Ok(found.ok_or_else(|| wrong(line, format!("there is no action {id}")))?)
    }

    fn finish_actions(&mut self) -> Result<()> {
        for (line, local, by) in std::mem::take(&mut self.unfinished) {
            let undo = self.known_action(line, by)?;
            if undo.undoes.map(|key| key.local) != Some(local) {
                return Err(wrong(line, format!("the action {by} does not undo this one")).into());
            }
            self.writer.mark_undone(local, Some(undo.key.local))?;
        }
        Ok(())
    }

    fn row(
        &mut self,
        line: u64,
        thing: Thing,
        made_by: Uuid,
        fields: Vec<(&'static Field, Value)>,
    ) -> Result<()> {
        let Thing { entity, id } = thing;
        if self.writer.find(entity, id)?.is_some() {
            return Err(wrong(line, format!("the {} {id} is there twice", entity.name())).into());
        }
        let maker = self.known_action(line, made_by)?.key.local;
        let (mut here, mut later) = (Vec::new(), Vec::new());
        for (field, value) in fields {
            match self.missing(field, &value)? {
                None => here.push((field, value)),
                Some(missing) if matches!(field.kind, Kind::Content) => {
                    return Err(wrong(line, missing).into());
                }
                Some(_) => later.push((field, value)),
            }
        }
        let local = self.writer.put_row(entity, id, maker, &here)?;
        let later = later.into_iter();
        self.later
            .extend(later.map(|(field, value)| (line, entity, local, field, value)));
        Ok(())
    }

    fn finish_rows(&mut self) -> Result<()> {
        for (line, entity, local, field, value) in std::mem::take(&mut self.later) {
            if let Some(missing) = self.missing(field, &value)? {
                return Err(wrong(line, missing).into());
            }
            self.writer.put_field(entity, local, field, &value)?;
        }
        Ok(())
    }

    /// What a value refers to and is not there, in words.
    fn missing(&self, field: &Field, value: &Value) -> Result<Option<String>> {
        Ok(match (field.kind, value) {
            (Kind::Thing(entity), Value::Thing(id)) if self.writer.find(entity, *id)?.is_none() => {
                Some(format!("there is no {} {id}", entity.name()))
            }
            (_, Value::Content(id)) if self.writer.find_content(*id)?.is_none() => {
                Some(format!("there is no text {id}"))
            }
            _ => None,
        })
    }

    fn changes(&mut self, line: u64, action: Uuid, chunk: u32, changes: Vec<Change>) -> Result<()> {
        for change in &changes {
            let Thing { entity, id } = change.thing;
            if self.writer.find(entity, id)?.is_none() {
                return Err(wrong(line, format!("there is no {} {id}", entity.name())).into());
            }
            for value in [&change.from, &change.to] {
                if let Some(missing) = self.missing(change.field, value)? {
                    return Err(wrong(line, missing).into());
                }
            }
        }
        self.open(line, action, chunk)?;
        if let Some(open) = &mut self.open {
            open.things += 1;
            if open.things > MOST_THINGS {
                let most = format!("chunk {chunk} has more than {MOST_THINGS} things");
                return Err(wrong(line, most).into());
            }
            open.changes.extend(changes);
        }
        Ok(())
    }

    /// Makes the chunk of an action the one that takes changes.
    fn open(&mut self, line: u64, action: Uuid, chunk: u32) -> Result<()> {
        let next = match &self.open {
            Some(open) if open.action.key.id == action && open.sequence == chunk => return Ok(()),
            Some(open) if open.action.key.id == action => open.sequence + 1,
            _ => 0,
        };
        if chunk != next {
            let words = format!("chunk {chunk} of the action {action} stands where {next} belongs");
            return Err(wrong(line, words).into());
        }
        self.flush()?;
        if let Some(open) = &mut self.open
            && open.action.key.id == action
        {
            (open.sequence, open.things) = (chunk, 0);
            return Ok(());
        }
        self.close()?;
        let action = self.known_action(line, action)?;
        if self.writer.chunk_count(action.key.local)? > 0 {
            return Err(wrong(line, "the changes of an action stand apart").into());
        }
        self.open = Some(Open {
            line,
            action,
            sequence: chunk,
            things: 0,
            changes: Vec::new(),
            written: 0,
        });
        Ok(())
    }

    /// Writes the changes that came as a chunk.
    fn flush(&mut self) -> Result<()> {
        if let Some(open) = &mut self.open
            && !open.changes.is_empty()
        {
            let changes = std::mem::take(&mut open.changes);
            open.written += changes.len() as u64;
            self.fields.1 += changes.len() as u64;
            let (data, version) = (journal::encode(&changes)?, u32::from(journal::VERSION));
            let action = open.action.key.local;
            self.writer
                .append_chunk(action, open.sequence, version, &data)?;
        }
        Ok(())
    }

    /// Ends the changes of an action: they must be as many as it says.
    fn close(&mut self) -> Result<()> {
        self.flush()?;
        match self.open.take() {
            Some(open) if open.written != open.action.changes => {
                let (id, said) = (open.action.key.id, open.action.changes);
                let words = format!(
                    "the action {id} changed {said} fields, and from here on stand {}",
                    open.written
                );
                Err(wrong(open.line, words).into())
            }
            _ => Ok(()),
        }
    }
}

fn wrong(line: u64, words: impl std::fmt::Display) -> Problem {
    Problem::new(ProblemKind::Input, format!("line {line}: {words}"))
}
