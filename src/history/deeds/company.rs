//! Companies: who wants it, and what that weighs.

use super::{code, edit_feedback, optional};
use crate::domain::deed::CompanyEdit;
use crate::history::draft::Draft;
use crate::history::error::{Result, refused};
use crate::history::words::{Words, slot};

/// Makes or changes a company. Undo takes it back.
pub(super) fn apply(draft: &mut Draft<'_, '_>, name: &str, edit: &CompanyEdit) -> Result<Words> {
    if edit.revenue.flatten().is_some_and(|revenue| revenue < 0) {
        return Err(refused("an annual revenue is not less than nothing").into());
    }
    let (company, known) = edit_feedback::find_company(draft, name)?;
    let mut changed = !known;
    for (field, text) in [
        ("domain", &edit.domain),
        ("tier", &edit.tier),
        ("segment", &edit.segment),
    ] {
        if let Some(text) = text {
            changed |= draft.set(company, field, optional(text.as_deref())?)?;
        }
    }
    if let Some(revenue) = edit.revenue {
        changed |= draft.set(company, "revenue", code(revenue))?;
    }
    if let Some(renewal) = edit.renewal {
        let renewal = renewal.map(|day| day.to_string());
        changed |= draft.set(company, "renewal", optional(renewal.as_deref())?)?;
    }
    Ok(match (known, changed) {
        (false, _) => Words::plain(format!("added company {}", slot(company))),
        (true, true) => Words::plain(format!("changed company {}", slot(company))),
        (true, false) => Words::plain("nothing to change"),
    })
}
