//! A half-edited form as text, to be kept as a draft.

use super::CHECKLIST;
use crate::app::state::{Form, FormField};
use crate::domain::id::IdeaId;

/// Under what name the half-edited form of an idea is kept.
#[must_use]
pub fn name(idea: IdeaId) -> String {
    format!("idea:{idea}")
}

/// What was changed in a form, as text: for each field its name, the length of its text in bytes, that of what the field held
/// before, and both texts.
#[must_use]
pub fn write(form: &Form) -> String {
    let changed = form
        .fields
        .iter()
        .filter(|field| field.input.text != field.original);
    changed.map(entry).collect()
}

fn entry(field: &FormField) -> String {
    let (name, text) = (field.name, &field.input.text);
    match &field.held {
        Some(held) => format!("{name} {} {}\n{text}\n{held}\n", text.len(), held.len()),
        None => format!("{name} {}\n{text}\n", text.len()),
    }
}

/// Puts what [`write()`] wrote back into a form. What cannot be read any more is left out. Where two windows wrote (a blank line
/// stands between what either did) a text that both changed has both, and of a choice the later is taken. A field that has
/// changed since keeps what it held then: it is not stored as if that were still so.
pub fn restore(form: &mut Form, draft: &str) {
    let mut rest = draft;
    let mut restored: Vec<&str> = Vec::new();
    while let Some(entry) = Entry::read(rest) {
        if let Some(field) = form
            .fields
            .iter_mut()
            .find(|field| field.name == entry.name)
        {
            put_back(field, &entry, restored.contains(&field.name));
            restored.push(field.name);
        }
        rest = entry.rest.trim_start_matches('\n');
    }
    // Nobody goes on writing at a text that is another by now without having seen that.
    let changed = form.fields.iter().position(|field| field.error.is_some());
    form.cursor = changed.unwrap_or(form.cursor);
}

/// A field in a draft.
struct Entry<'d> {
    name: &'d str,
    text: &'d str,
    /// What the field held before; older drafts do not tell.
    held: Option<&'d str>,
    rest: &'d str,
}

impl<'d> Entry<'d> {
    fn read(draft: &'d str) -> Option<Self> {
        let (head, after) = draft.split_once('\n')?;
        let mut head = head.split(' ');
        let name = head.next()?;
        let length: usize = head.next()?.parse().ok()?;
        let (text, rest) = after.split_at_checked(length)?;
        let (held, rest) = match head.next() {
            None => (None, rest),
            Some(length) => {
                let rest = rest.strip_prefix('\n')?;
                let (held, rest) = rest.split_at_checked(length.parse().ok()?)?;
                (Some(held), rest)
            }
        };
        Some(Self {
            name,
            text,
            held,
            rest,
        })
    }
}

fn put_back(field: &mut FormField, entry: &Entry<'_>, again: bool) {
    let mut text = entry.text.to_owned();
    let both = again && field.name != CHECKLIST;
    if both && field.choices.is_empty() && field.input.text != text {
        let between = if field.input.multiline { "\n\n" } else { " / " };
        text = format!("{}{between}{text}", field.input.text);
    }
    let cursor = match field.name {
        CHECKLIST => field.input.cursor,
        _ => text.len(),
    };
    field.input.set(text.as_str(), cursor);
    if let (Some(then), Some(now)) = (entry.held, field.held.clone())
        && then != now
        && field.error.is_none()
    {
        field.hold(then);
        field.error = Some(super::changed_since(&now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::Input;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn form(texts: &[String]) -> Form {
        let fields = ["title", "problem", "solution"].into_iter().zip(texts);
        Form {
            idea: IdeaId(Uuid::nil()),
            title: String::new(),
            fields: fields
                .map(|(name, text)| FormField {
                    name,
                    label: name,
                    input: Input::lines(text.as_str()),
                    original: String::new(),
                    held: None,
                    choices: Vec::new(),
                    error: None,
                })
                .collect(),
            cursor: 0,
            top: 0,
        }
    }

    #[test]
    fn of_two_windows_both_texts_are_restored_and_the_later_choice() {
        let texts = |texts: [&str; 3]| texts.map(str::to_owned);
        let mut restored = form(&texts(["", "", ""]));
        restored.fields[0].input = Input::line("");
        let mut one = form(&texts(["one", "slow", "cache"]));
        one.fields[0].input = Input::line("one");
        let mut other = form(&texts(["other", "slow", ""]));
        other.fields[2].input = Input::lines("rewrite");
        let both = format!("{}\n\n{}", write(&one), write(&other));
        restore(&mut restored, &both);
        let restored: Vec<_> = restored
            .fields
            .iter()
            .map(|it| it.input.text.as_str())
            .collect();
        assert_eq!(restored, ["one / other", "slow", "cache\n\nrewrite"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_restored(texts in prop::collection::vec(any::<String>(), 3)) {
            let written = form(&texts);
            let mut restored = form(&[String::new(), String::new(), String::new()]);
            restore(&mut restored, &write(&written));
            for (field, wanted) in restored.fields.iter().zip(&written.fields) {
                prop_assert_eq!(&field.input.text, &wanted.input.text);
            }
        }

        #[test]
        fn any_text_is_no_more_than_ignored(text in any::<String>(), pairs in "([a-z]{1,5} [0-9]{1,3}\n){0,4}") {
            restore(&mut form(&[String::new(), String::new(), String::new()]), &text);
            restore(&mut form(&[String::new(), String::new(), String::new()]), &format!("{pairs}{text}"));
        }
    }
}
