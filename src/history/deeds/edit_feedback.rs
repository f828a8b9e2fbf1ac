//! Edit feedback: the fields that have no deed of their own.

use uuid::Uuid;

use super::{code, each_feedback, named, optional, refer};
use crate::domain::deed::FeedbackEdit;
use crate::domain::entity::{Entity, Thing, Value};
use crate::domain::feedback::FeedbackKind;
use crate::domain::id::{FeedbackId, determined};
use crate::history::draft::{Draft, is_there};
use crate::history::error::{Result, refused};
use crate::history::words::Words;
use crate::store::Reader;

/// Sets the fields on each feedback. The text itself is immutable. Undo sets them back.
pub(super) fn apply(
    draft: &mut Draft<'_, '_>,
    feedback: &[FeedbackId],
    edits: &[FeedbackEdit],
) -> Result<Words> {
    let edited = each_feedback(draft, feedback, |draft, feedback| {
        let mut changed = false;
        for edit in edits {
            changed |= set(draft, feedback, edit)?;
        }
        Ok(changed)
    })?;
    if edited.is_empty() {
        return Ok(Words::plain("nothing to change"));
    }
    if let [FeedbackEdit::AnswerOwed(owed)] = edits {
        let verb = match owed {
            true => "noted that an answer is owed to",
            false => "waived the answer to",
        };
        return Ok(Words::about(verb, edited, ""));
    }
    let fields: Vec<&str> = edits.iter().map(word).collect();
    Ok(Words::about(
        "edited",
        edited,
        format!("({})", fields.join(", ")),
    ))
}

/// Sets one field; answers whether that changed it.
pub(super) fn set(draft: &mut Draft<'_, '_>, feedback: Thing, edit: &FeedbackEdit) -> Result<bool> {
    match edit {
        FeedbackEdit::Area(name) => {
            let area = name.as_deref().map(|name| draft.area(name)).transpose()?;
            draft.set(feedback, "area", refer(area))
        }
        FeedbackEdit::Kind(kind) => draft.set(feedback, "kind", code(kind.map(FeedbackKind::code))),
        FeedbackEdit::NeededBy(day) => {
            let day = day.map(|day| day.to_string());
            draft.set(feedback, "needed_by", optional(day.as_deref())?)
        }
        FeedbackEdit::ProductVersion(version) => {
            draft.set(feedback, "product_version", optional(version.as_deref())?)
        }
        FeedbackEdit::Edition(edition) => {
            draft.set(feedback, "edition", optional(edition.as_deref())?)
        }
        FeedbackEdit::Reporter(handle) => {
            let person = handle
                .as_ref()
                .map(|handle| draft.person(handle))
                .transpose()?;
            draft.set(feedback, "reporter", refer(person))
        }
        FeedbackEdit::Customer(name) => {
            let customer = match name {
                Some(name) => {
                    let company = draft.reference(feedback, "company")?;
                    Some(customer(draft, name, company)?.id)
                }
                None => None,
            };
            draft.set(feedback, "customer", refer(customer))
        }
        FeedbackEdit::Company(name) => {
            let company = match name {
                Some(name) => Some(company(draft, name)?.id),
                None => None,
            };
            draft.set(feedback, "company", refer(company))
        }
        FeedbackEdit::AnswerOwed(owed) => owe(draft, feedback, *owed),
    }
}

fn owe(draft: &mut Draft<'_, '_>, feedback: Thing, owed: bool) -> Result<bool> {
    if owed && !super::triage::has_addressee(draft, feedback)? {
        return Err(refused("nobody is known whom an answer could be owed to")
            .hint("set the reporter or the customer first")
            .into());
    }
    draft.set(feedback, "answer_owed", i64::from(owed))
}

/// The company of that name, made if new.
fn company(draft: &mut Draft<'_, '_>, name: &str) -> Result<Thing> {
    Ok(find_company(draft, name)?.0)
}

/// The company of that name, made if new; and whether it was known.
///
/// It is found by name, or by the identity that follows from its name whatever the case of its letters.
pub(super) fn find_company(draft: &mut Draft<'_, '_>, name: &str) -> Result<(Thing, bool)> {
    let (company, known) = company_named(draft.reader(), name)?;
    if !known {
        let fields = vec![("name", Value::Text(name.trim().to_owned()))];
        draft.create(company.entity, Some(company.id), fields)?;
    }
    Ok((company, known))
}

/// The company of that name, there or not; and whether it is there.
pub(in crate::history) fn company_named(reader: &Reader<'_>, name: &str) -> Result<(Thing, bool)> {
    let name = named("the name of a company", name)?;
    if let Some(key) = reader.company_by_name(name)? {
        return Ok((Thing::new(Entity::Company, key.id), true));
    }
    let id = determined("company", &[name.to_lowercase().as_bytes()]);
    let company = Thing::new(Entity::Company, id);
    Ok((company, is_there(reader, company)?))
}

/// The customer of that name at that company (or at none), made if new.
fn customer(draft: &mut Draft<'_, '_>, name: &str, company: Option<Uuid>) -> Result<Thing> {
    let (customer, known) = customer_named(draft.reader(), name, None, company)?;
    if !known {
        let fields = vec![
            ("name", Value::Text(name.trim().to_owned())),
            ("company", refer(company)),
        ];
        draft.create(customer.entity, Some(customer.id), fields)?;
    }
    Ok(customer)
}

/// The customer of that name at that company (or at none), there or not; and whether they are there. An e-mail address
/// tells customers apart.
pub(in crate::history) fn customer_named(
    reader: &Reader<'_>,
    name: &str,
    email: Option<&str>,
    company: Option<Uuid>,
) -> Result<(Thing, bool)> {
    let name = named("the name of a customer", name)?;
    let email = email.map(str::trim).filter(|email| !email.is_empty());
    if email.is_none() {
        let local = match company {
            Some(id) => reader.find(Entity::Company, id)?,
            None => None,
        };
        // A company that is not here yet has no customers.
        if local.is_some() == company.is_some()
            && let Some(key) = reader.customer_by_name(name, local)?
        {
            return Ok((Thing::new(Entity::Customer, key.id), true));
        }
    }
    let id = match email {
        Some(email) => customer_with(email),
        None => {
            let company = company.unwrap_or_default();
            let name = name.to_lowercase();
            determined("customer", &[name.as_bytes(), company.as_bytes()])
        }
    };
    let customer = Thing::new(Entity::Customer, id);
    Ok((customer, is_there(reader, customer)?))
}

/// The identity of the customer with that e-mail address.
pub(in crate::history) fn customer_with(email: &str) -> Uuid {
    let email = email.trim().to_lowercase();
    determined("customer", &[b"email", email.as_bytes()])
}

const fn word(edit: &FeedbackEdit) -> &'static str {
    match edit {
        FeedbackEdit::Area(_) => "area",
        FeedbackEdit::Kind(_) => "kind",
        FeedbackEdit::NeededBy(_) => "needed by",
        FeedbackEdit::ProductVersion(_) => "product version",
        FeedbackEdit::Edition(_) => "edition",
        FeedbackEdit::Reporter(_) => "reporter",
        FeedbackEdit::Customer(_) => "customer",
        FeedbackEdit::Company(_) => "company",
        FeedbackEdit::AnswerOwed(_) => "answer owed",
    }
}
