//! Edit ideas: any of their fields, and the rules of their status.

use super::{code, each, named, optional, placing, refer};
use crate::domain::deed::IdeaEdit;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::id::{IdeaId, determined};
use crate::domain::idea::{Effort, IdeaKind, Stage, Status, Timeframe};
use crate::domain::release::Health;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{self, Words, slot};
use crate::store::Reader;

/// Sets the fields on each idea. The rules are checked at the end, so that a deed may bring the release along with
/// Planned, and the reason along with Won't Do. Undo sets the fields back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    ideas: &[IdeaId],
    edits: &[IdeaEdit],
) -> Result<Words> {
    // Where each was before, for the words.
    let mut were = Vec::new();
    let edited = each(draft, Entity::Idea, ideas, |draft, idea| {
        let was = Before::of(draft, idea)?;
        let changed = edit(draft, idea, edits)?;
        if changed {
            were.push((idea, was));
        }
        Ok(changed)
    })?;
    if edited.is_empty() {
        return Ok(Words::plain("nothing to change"));
    }
    // The reason and the release are what the status asks for, and the cut is what it comes to; the status is what was meant.
    let mut others = edits.iter().filter(|e| !matches!(e, IdeaEdit::Status(_)));
    let meant = edits.iter().find_map(|edit| match edit {
        IdeaEdit::Status(status) => Some(*status),
        _ => None,
    });
    if let Some(status) = meant
        && others.all(|e| {
            matches!(
                e,
                IdeaEdit::Reason(_) | IdeaEdit::Release(_) | IdeaEdit::Cut
            )
        })
    {
        let mut rest = format!("to {}", status.word());
        if status.is_set_aside() {
            rest.push_str(&all_left(draft, &were)?);
        }
        if status != Status::Released {
            rest.push_str(&untold(&were));
        }
        return Ok(Words::about("set", edited, rest));
    }
    Ok(match edits {
        [IdeaEdit::Owner(Some(owner))] => Words::about("gave", edited, format!("to {owner}")),
        _ => {
            let fields: Vec<&str> = edits.iter().map(word).collect();
            Words::about("edited", edited, format!("({})", fields.join(", "))).by_name()
        }
    })
}

/// What became of the places in the plan of an idea that is put off or will not be done, as the end of a sentence: it was in these releases
/// to come, as they are named.
pub(super) fn left(draft: &Draft<'_, '_>, idea: Thing, was_in: Option<String>) -> Result<String> {
    Ok(match (placing::named_to_come(draft, idea)?, was_in) {
        (Some(releases), _) => format!(", still in {releases}"),
        (None, Some(releases)) => format!(", cut from {releases}"),
        (None, None) => String::new(),
    })
}

/// How an idea was in the plan before it was edited.
struct Before {
    /// In which releases to come.
    to_come: Option<String>,
    /// In whose notes: those of the releases that brought it.
    told_in: Option<String>,
}

impl Before {
    fn of(draft: &Draft<'_, '_>, idea: Thing) -> Result<Self> {
        let was_released = placing::status(draft, idea)? == Some(Status::Released);
        Ok(Self {
            to_come: placing::named_to_come(draft, idea)?,
            told_in: match was_released {
                true => placing::named_out(draft, idea)?,
                false => None,
            },
        })
    }
}

/// Of how many ideas it is told where they were cut.
const MOST_NAMED: usize = 5;

/// What became of the places in the plan of all that were put off or turned down, as the end of a sentence. Of several, those that were
/// cut are named.
fn all_left(draft: &Draft<'_, '_>, were: &[(Thing, Before)]) -> Result<String> {
    if let [(one, was)] = were {
        return left(draft, *one, was.to_come.clone());
    }
    let mut cut = Vec::new();
    for (idea, was) in were {
        if let (Some(releases), None) = (&was.to_come, placing::named_to_come(draft, *idea)?) {
            cut.push(format!("{} from {releases}", slot(*idea)));
        }
    }
    Ok(listed("cut ", &cut))
}

/// Whose notes do not tell any more what is not released any more, as the end of a sentence.
fn untold(were: &[(Thing, Before)]) -> String {
    if let [(_, was)] = were {
        let told = was.told_in.as_ref();
        return told.map_or_else(String::new, |releases| {
            format!(", no longer in the notes of {releases}")
        });
    }
    let told = were.iter().filter_map(|(idea, was)| {
        let releases = was.told_in.as_ref()?;
        Some(format!("{} of {releases}", slot(*idea)))
    });
    listed("no longer in the notes: ", &told.collect::<Vec<_>>())
}

/// `, cut “A” from v2, “B” from v3 and 4 more`
fn listed(verb: &str, parts: &[String]) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let named = parts[..parts.len().min(MOST_NAMED)].join(", ");
    match parts.len().saturating_sub(MOST_NAMED) {
        0 => format!(", {verb}{named}"),
        more => format!(", {verb}{named} and {more} more"),
    }
}

/// Sets the fields of one idea and checks the rules; answers whether anything changed.
pub(super) fn edit(draft: &mut Draft<'_, '_>, idea: Thing, edits: &[IdeaEdit]) -> Result<bool> {
    let says_status = edits.iter().any(|e| matches!(e, IdeaEdit::Status(_)));
    let mut changed = false;
    for edit in edits {
        changed |= set(draft, idea, edit)?;
        if matches!(edit, IdeaEdit::Release(_)) && !says_status {
            changed |= placing::plan(draft, idea)?;
        }
    }
    check(draft, idea)?;
    Ok(changed)
}

/// # Errors
/// When the idea breaks a rule of its status.
pub(super) fn check(draft: &Draft<'_, '_>, idea: Thing) -> Result<()> {
    let Some(rule) = missing_rule(draft.reader(), idea)? else {
        return Ok(());
    };
    let name = words::name(draft.reader(), idea)?;
    let problem = refused(format!("{name}: {rule}"));
    Err(match rule {
        PLANNED => problem.hint("add it to a release; the release “backlog” will do"),
        _ => problem.hint("give the reason that a customer may read"),
    }
    .into())
}

const PLANNED: &str = "Planned needs a release in which it is not cut";
const WONT_DO: &str = "Won't Do needs a reason that can be shown to a customer";

/// The rule of its status that an idea breaks, if it does.
pub(in crate::history) fn missing_rule(
    reader: &Reader<'_>,
    idea: Thing,
) -> Result<Option<&'static str>> {
    let local = reader.expect(Entity::Idea, idea.id)?;
    let number = |name: &str| -> Result<Value> {
        let field = crate::history::fields::field_of(Entity::Idea, name)?;
        Ok(reader.value(Entity::Idea, local, field)?)
    };
    let Value::Integer(status) = number("status")? else {
        return Ok(None);
    };
    Ok(match Status::from_code(status) {
        Some(Status::Planned) if !is_placed(reader, idea)? => Some(PLANNED),
        Some(Status::WontDo)
            if number("reason")? == Value::Null
                && number("reason_missing")? != Value::Integer(1) =>
        {
            Some(WONT_DO)
        }
        _ => None,
    })
}

/// Whether an idea sits in a release that is there, and is not cut from it.
pub(in crate::history) fn is_placed(reader: &Reader<'_>, idea: Thing) -> Result<bool> {
    let local = reader.expect(Entity::Idea, idea.id)?;
    for item in reader.items_of_idea(local)? {
        if item.health != Health::Cut.code()
            && reader.is_live(Entity::Release, item.release.local)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn set(draft: &mut Draft<'_, '_>, idea: Thing, edit: &IdeaEdit) -> Result<bool> {
    match edit {
        IdeaEdit::Title(title) => {
            let title = named("the title of an idea", title)?;
            draft.set(idea, "title", Value::Text(title.to_owned()))
        }
        IdeaEdit::Problem(text) => set_text(draft, idea, "problem", text.as_deref()),
        IdeaEdit::Solution(text) => set_text(draft, idea, "solution", text.as_deref()),
        IdeaEdit::Workaround(text) => set_text(draft, idea, "workaround", text.as_deref()),
        IdeaEdit::Benefit(text) => set_text(draft, idea, "benefit", text.as_deref()),
        IdeaEdit::Reason(text) => {
            let mut changed = set_text(draft, idea, "reason", text.as_deref())?;
            changed |= draft.set(idea, "reason_missing", 0)?;
            Ok(changed)
        }
        IdeaEdit::Owner(handle) => {
            let person = handle
                .as_ref()
                .map(|handle| draft.person(handle))
                .transpose()?;
            draft.set(idea, "owner", refer(person))
        }
        IdeaEdit::Area(name) => {
            let area = name.as_deref().map(|name| draft.area(name)).transpose()?;
            draft.set(idea, "area", refer(area))
        }
        IdeaEdit::Kind(kind) => draft.set(idea, "kind", code(kind.map(IdeaKind::code))),
        IdeaEdit::Status(status) => draft.set(idea, "status", status.code()),
        IdeaEdit::Effort(effort) => draft.set(idea, "effort", code(effort.map(Effort::code))),
        IdeaEdit::Timeframe(timeframe) => {
            draft.set(idea, "timeframe", code(timeframe.map(Timeframe::code)))
        }
        IdeaEdit::Edition(edition) => draft.set(idea, "edition", optional(edition.as_deref())?),
        IdeaEdit::Stage(stage) => draft.set(idea, "stage", code(stage.map(Stage::code))),
        IdeaEdit::Release(release) => placing::place(draft, idea, *release),
        IdeaEdit::Cut => placing::cut(draft, idea),
        IdeaEdit::Check(item, done) => tick(draft, idea, item, *done),
    }
}

/// Sets a free text; the same words again change nothing.
pub(super) fn set_text(
    draft: &mut Draft<'_, '_>,
    idea: Thing,
    field: &'static str,
    text: Option<&str>,
) -> Result<bool> {
    let text = text.unwrap_or_default();
    if let Some(current) = draft.reference(idea, field)?
        && let Some(content) = draft.reader().content(current)?
        && content.body == text
    {
        return Ok(false);
    }
    let value = draft.write_text(text)?;
    draft.set(idea, field, value)
}

fn tick(draft: &mut Draft<'_, '_>, idea: Thing, item: &str, done: bool) -> Result<bool> {
    let item = named("an item of the checklist", item)?;
    let folded = item.to_lowercase();
    let id = determined("idea_check", &[idea.id.as_bytes(), folded.as_bytes()]);
    let check = Thing::new(Entity::IdeaCheck, id);
    if draft.is_live(check)? {
        return draft.set(check, "done", i64::from(done));
    }
    if !done {
        return Ok(false);
    }
    let fields = vec![
        ("idea", Value::Thing(idea.id)),
        ("item", Value::Text(item.to_owned())),
        ("done", Value::Integer(1)),
    ];
    draft.create(Entity::IdeaCheck, Some(id), fields)?;
    Ok(true)
}

const fn word(edit: &IdeaEdit) -> &'static str {
    match edit {
        IdeaEdit::Title(_) => "title",
        IdeaEdit::Problem(_) => "problem",
        IdeaEdit::Solution(_) => "proposed solution",
        IdeaEdit::Workaround(_) => "workaround",
        IdeaEdit::Benefit(_) => "benefit",
        IdeaEdit::Reason(_) => "reason",
        IdeaEdit::Owner(_) => "owner",
        IdeaEdit::Area(_) => "area",
        IdeaEdit::Kind(_) => "kind",
        IdeaEdit::Status(_) => "status",
        IdeaEdit::Effort(_) => "effort",
        IdeaEdit::Timeframe(_) => "timeframe",
        IdeaEdit::Edition(_) => "edition",
        IdeaEdit::Stage(_) => "stage",
        IdeaEdit::Release(_) => "release",
        IdeaEdit::Cut => "cut",
        IdeaEdit::Check(..) => "checklist",
    }
}
