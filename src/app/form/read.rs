//! What the fields of a form turn into when it is stored.

use super::fields::{OPEN, TICKED};
use crate::app::prompt::{read, submit};
use crate::app::state::{Form, FormField, IdeaField, State};
use crate::domain::deed::IdeaEdit;
use crate::domain::idea::{Effort, Status, Timeframe};
use crate::domain::listing::Vocabulary;
use crate::domain::people::Handle;

/// A status comes last: it may need the release or the reason of the same deed.
pub(super) fn order(edits: &mut [IdeaEdit]) {
    edits.sort_by_key(|edit| matches!(edit, IdeaEdit::Status(_)));
}

/// What a status needs, told at the field that lacks it, before the deed is tried.
pub(super) fn lacks(form: &Form, edits: &[IdeaEdit]) -> Option<(usize, String)> {
    let place = |name: &str| form.fields.iter().position(|field| field.name == name);
    let empty =
        |name: &str| place(name).is_some_and(|at| form.fields[at].input.text.trim().is_empty());
    let status = edits.iter().find_map(|edit| match edit {
        IdeaEdit::Status(status) => Some(*status),
        _ => None,
    })?;
    match status {
        Status::Planned if empty("release") => {
            Some((place("release")?, "Planned needs a release".to_owned()))
        }
        Status::WontDo if empty("reason") => Some((
            place("reason")?,
            "Won't Do needs a reason that customers can read".to_owned(),
        )),
        _ => None,
    }
}

/// What a changed field turns into.
///
/// # Errors
/// When its words are no value of that field.
pub(super) fn edits(state: &State, field: &FormField) -> Result<Vec<IdeaEdit>, String> {
    let text = field.input.text.trim();
    let long = (!text.is_empty()).then(|| text.to_owned());
    // An emptied field is cleared.
    let or_clear = if text.is_empty() { "-" } else { text };
    let one_of = |words: &[String]| format!("“{text}” is none of: {}", words.join(", "));
    let word = |of| submit::idea_edit(of, or_clear).map_err(|(_, error)| error);
    let edit = match field.name {
        "title" if text.is_empty() => return Err("an idea needs a title".to_owned()),
        "title" => IdeaEdit::Title(text.to_owned()),
        "problem" => IdeaEdit::Problem(long),
        "solution" => IdeaEdit::Solution(long),
        "workaround" => IdeaEdit::Workaround(long),
        "benefit" => IdeaEdit::Benefit(long),
        "reason" => IdeaEdit::Reason(long),
        "owner" => IdeaEdit::Owner(owner(
            or_clear,
            state.settings.me.as_ref(),
            &state.vocabulary,
        )?),
        "area" => word(IdeaField::Area)?,
        "kind" => word(IdeaField::Kind)?,
        "edition" => word(IdeaField::Edition)?,
        "stage" => word(IdeaField::Stage)?,
        "status" => IdeaEdit::Status(Status::parse(text).ok_or_else(|| one_of(&field.choices))?),
        "effort" => IdeaEdit::Effort(match text {
            "" | "-" => None,
            _ => Some(Effort::parse(text).ok_or_else(|| one_of(&field.choices))?),
        }),
        "timeframe" => IdeaEdit::Timeframe(match text {
            "" | "-" => None,
            _ => Some(Timeframe::parse(text).ok_or_else(|| one_of(&field.choices))?),
        }),
        "release" if !field.original.trim().is_empty() => {
            return Err(is_in(field.original.trim()));
        }
        "release" => {
            let planned = state.plan.plan.releases.iter();
            let found = planned
                .map(|planned| &planned.release)
                .find(|release| release.name.to_lowercase() == text.to_lowercase());
            IdeaEdit::Release(found.ok_or_else(|| one_of(&field.choices))?.id)
        }
        "checklist" => return checks(field),
        _ => return Ok(Vec::new()),
    };
    Ok(vec![edit])
}

fn owner(text: &str, me: Option<&Handle>, known: &Vocabulary) -> Result<Option<Handle>, String> {
    read::owner(text, me, known).map_err(|(_, error)| error)
}

/// The items that were ticked or unticked.
fn checks(field: &FormField) -> Result<Vec<IdeaEdit>, String> {
    let read = |text: &str| -> Result<Vec<(String, bool)>, String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(
                |line| match (line.strip_prefix(TICKED), line.strip_prefix(OPEN)) {
                    (Some(item), _) => Ok((item.trim().to_owned(), true)),
                    (_, Some(item)) => Ok((item.trim().to_owned(), false)),
                    _ => Err(format!(
                        "“{line}” is no item: write {TICKED}or {OPEN}before it"
                    )),
                },
            )
            .collect()
    };
    let (before, after) = (read(&field.original)?, read(&field.input.text)?);
    let was = |item: &str| before.iter().any(|(known, done)| known == item && *done);
    let mut edits: Vec<IdeaEdit> = after
        .iter()
        .filter(|(item, done)| *done != was(item))
        .map(|(item, done)| IdeaEdit::Check(item.clone(), *done))
        .collect();
    // A line that was taken out is an item that does not hold.
    let gone = before
        .iter()
        .filter(|(item, done)| *done && after.iter().all(|(kept, _)| kept != item));
    edits.extend(gone.map(|(item, _)| IdeaEdit::Check(item.clone(), false)));
    Ok(edits)
}

/// What is said of an idea that is to be added to a release, and is in one.
pub(super) fn is_in(release: &str) -> String {
    format!("it is in {release}: < and > in the release plan move it, X cuts it")
}
