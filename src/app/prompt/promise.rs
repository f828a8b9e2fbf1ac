//! Promises: what is to be done, and at its end, in any order, who does it and until when.
//!
//! Whoever is named with words behind the name that are no day is named for nothing: the text is refused then, because it would
//! be somebody else's promise, without a day.

use chrono::NaiveDate;

use crate::app::state::{MeetingPrompt, State};
use crate::app::{date, when};
use crate::domain::people::{Handle, mentions};

use super::meeting::some;
use super::read::{self, Fault};
use super::words::short;

/// What was promised.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Promise {
    /// What is to be done.
    pub text: String,
    /// Who does it: `None` where nothing is said of that, nobody for `-`.
    pub owner: Option<Option<Handle>>,
    /// Until when.
    pub due: Option<NaiveDate>,
}

/// Takes the last word off, and whatever blanks are before it.
pub(super) fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let start = text
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace())
        .map_or(0, |(place, c)| place + c.len_utf8());
    let (rest, word) = text.split_at(start);
    (!word.is_empty()).then_some((rest.trim_end(), word))
}

/// What ends a sentence says nothing.
fn bare(text: &str) -> &str {
    text.trim_end_matches(['.', ',', ';'])
}

/// A colleague at the end of a text.
pub(super) fn mentioned(state: &State, word: &str) -> Option<Handle> {
    if !word.starts_with('@') {
        return None;
    }
    read::owner(bare(word), state.settings.me.as_ref(), &state.vocabulary).ok()?
}

/// Takes a day off the end of a text: a word, or several that together are nothing else, such as `next week`.
fn last_day<'t>(state: &State, text: &'t str) -> Option<(&'t str, NaiveDate)> {
    let day = |text: &str| {
        let read = |text| when::day(text, state.now, state.settings.clocks).ok();
        read(text).or_else(|| read(bare(text)))
    };
    let (one, word) = last_word(text)?;
    // The most words that are one: `in 2 weeks` is more than `2 weeks`.
    let (mut before, mut most) = (one, None);
    for _ in 0..4 {
        let Some((rest, _)) = last_word(before) else {
            break;
        };
        let several = text[rest.len()..].trim();
        if when::says_day(&several.split_whitespace().collect::<Vec<_>>())
            && let Some(day) = day(several)
        {
            most = Some((rest, day));
        }
        before = rest;
    }
    most.or_else(|| Some((one, day(word)?)))
}

/// Takes off what only leads to the day that stood behind it: `by`, `until`, `on the`.
fn without_lead(text: &str) -> &str {
    let mut rest = text;
    while let Some((before, word)) = last_word(rest)
        && matches!(
            bare(word).to_lowercase().as_str(),
            "by" | "until" | "on" | "the"
        )
    {
        rest = before;
    }
    rest
}

/// Reads a promise.
///
/// # Errors
/// When nothing is to be done, or somebody is named with words behind the name that are no day.
pub(super) fn read(state: &State, text: &str) -> Result<Promise, Fault> {
    let (mut rest, mut owner, mut due) = (text.trim(), None, None);
    // Only there: `call Globex - friday` is nobody's by no means.
    if let Some((before, "-")) = last_word(rest) {
        owner = Some(None);
        rest = before;
    }
    while let Some((before, word)) = last_word(rest) {
        if let (None, Some(who)) = (&owner, mentioned(state, word)) {
            owner = Some(Some(who));
            rest = before;
        } else if let (None, Some((before, day))) = (due, last_day(state, rest)) {
            due = Some(day);
            rest = without_lead(before);
        } else {
            break;
        }
    }
    if owner.is_none()
        && let Some(at) = named_in(state, rest)
    {
        return Err(no_day(text, rest, at));
    }
    Ok(Promise {
        text: some(
            bare_end(rest),
            "what is to be done? call Globex @omar friday",
        )?,
        owner,
        due,
    })
}

/// Reads a promise that is changed. Where its words stand as they `were`, they are nothing else: whoever moves “plan for monday” to
/// another day has not promised “plan”.
///
/// # Errors
/// As [`read`].
pub(super) fn read_again(state: &State, text: &str, was: &str) -> Result<Promise, Fault> {
    const IT: &str = "it";
    let behind = text.trim_start().strip_prefix(was);
    let behind = behind.filter(|it| it.is_empty() || it.starts_with(char::is_whitespace));
    if let Some(behind) = behind
        && let Ok(promise) = read(state, &format!("{IT}{behind}"))
        && promise.text == IT
    {
        return Ok(Promise {
            text: was.to_owned(),
            ..promise
        });
    }
    read(state, text)
}

/// A text without the comma that parted it from who and when.
fn bare_end(text: &str) -> &str {
    text.trim_end_matches([',', ';'])
}

/// Where the last colleague is named in a text who is known here.
fn named_in(state: &State, text: &str) -> Option<usize> {
    let is_known = |name: &String| {
        let mut people = state.vocabulary.people.iter();
        people.any(|(handle, ..)| handle.as_str() == name)
    };
    let mut places = text
        .match_indices('@')
        .map(|(at, _)| at)
        .collect::<Vec<_>>();
    places.reverse();
    places.into_iter().find(|at| {
        let word = text[*at..].split_whitespace().next().unwrap_or_default();
        let within = !text[..*at].ends_with(|c: char| c.is_alphanumeric());
        within && mentions(word).iter().any(is_known)
    })
}

/// What is wrong with a text of which `rest` was not read, where somebody is named at `at`.
fn no_day(text: &str, rest: &str, at: usize) -> Fault {
    let name = rest[at..].split_whitespace().next().unwrap_or_default();
    let behind = rest[at + name.len()..].trim();
    let name = bare(name);
    let lead = text.len() - text.trim_start().len();
    let place = lead + rest.len() - behind.len();
    let column = text[..place].chars().count();
    let words = match behind {
        "" => format!("{name} is part of the text: say at its end whose it is, - for nobody"),
        behind => format!(
            "“{}” behind {name} is no day: write friday, 2w or dec 1, or end with whose it is, - for nobody",
            short(behind)
        ),
    };
    (Some(column), words)
}

/// The text of a promise as it is typed, to be changed.
#[must_use]
pub fn written(
    state: &State,
    text: &str,
    owner: Option<&Handle>,
    due: Option<NaiveDate>,
) -> String {
    // Else whoever is named in it would be taken for who does it.
    let nobody = (owner.is_none() && named_in(state, text).is_some()).then(|| "-".to_owned());
    let ends = [
        owner.map(ToString::to_string),
        due.map(|due| due.to_string()),
        nobody,
    ];
    let words = std::iter::once(text.to_owned()).chain(ends.into_iter().flatten());
    words.collect::<Vec<_>>().join(" ")
}

/// Who and until when, as they are understood; `None` where the text says neither.
pub(super) fn understood(state: &State, prompt: &MeetingPrompt, text: &str) -> Option<String> {
    let (is_new, enter) = match prompt {
        MeetingPrompt::Step { .. } => (true, "Enter notes it"),
        MeetingPrompt::EditStep(..) => (false, "Enter changes it"),
        _ => return None,
    };
    let promise = match prompt {
        MeetingPrompt::EditStep(_, was) => read_again(state, text, was),
        _ => read(state, text),
    }
    .ok()?;
    if is_new && promise.owner.is_none() && promise.due.is_none() {
        return None;
    }
    let me = state.settings.me.clone();
    let owner = promise.owner.unwrap_or_else(|| me.filter(|_| is_new));
    let owner = owner.map_or_else(|| "nobody".to_owned(), |owner| owner.to_string());
    let today = when::today(state.now, state.settings.clocks);
    let due = promise.due.map(|day| date::with_weekday(day, today));
    let due = due.unwrap_or_else(|| "no day".to_owned());
    Some(format!("{owner} · {due} · {enter}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::bench::Bench;

    fn on_bench() -> State {
        let mut state = Bench::with(Bench::world(1), Some("hana"), (120, 36)).state;
        let omar = Handle::parse("omar").expect("a handle");
        state.vocabulary.people = vec![(omar, "Omar Haddad".to_owned(), String::new())];
        state
    }

    /// The text, who (`-` for nobody, nothing where it is not said) and until when.
    fn told(state: &State, text: &str) -> (String, String, bool) {
        let promise = read(state, text).expect(text);
        let owner = match promise.owner {
            None => String::new(),
            Some(None) => "-".to_owned(),
            Some(Some(owner)) => owner.to_string(),
        };
        (promise.text, owner, promise.due.is_some())
    }

    #[test]
    fn the_words_of_a_promise_that_are_left_as_they_were_say_neither_who_nor_when() {
        let state = on_bench();
        let omar = Handle::parse("omar").ok();
        let day = NaiveDate::from_ymd_opt(2026, 12, 4);
        for was in [
            "Decide which alerts to switch on",
            "Move the launch to monday",
            "Extend the trial by 2 weeks",
            "Ask @omar",
        ] {
            for (owner, due) in [(&omar, day), (&omar, None), (&None, day), (&None, None)] {
                let typed = written(&state, was, owner.as_ref(), due);
                let promise = read_again(&state, &typed, was).expect(was);
                let told = (promise.text.as_str(), promise.owner.flatten(), promise.due);
                assert_eq!(told, (was, owner.clone(), due), "{typed}");
            }
        }
        // Other words are read as those of a new one.
        let promise = read_again(&state, "Move it to friday", "Move the launch to monday");
        assert!(promise.expect("a promise").due.is_some());
    }

    #[test]
    fn who_and_when_stand_at_the_end_of_a_promise_in_any_order() {
        let state = on_bench();
        for (text, wanted, owner, due) in [
            ("call Globex @omar by friday", "call Globex", "@omar", true),
            ("call Globex 2w @omar", "call Globex", "@omar", true),
            ("call Globex @omar on friday", "call Globex", "@omar", true),
            ("call Globex @omar, friday", "call Globex", "@omar", true),
            ("call Globex, @omar friday.", "call Globex", "@omar", true),
            ("call Globex @omar.", "call Globex", "@omar", false),
            (
                "call Globex @omar on the 2nd of December",
                "call Globex",
                "@omar",
                true,
            ),
            ("call Globex @omar dec 1.", "call Globex", "@omar", true),
            (
                "call Globex @omar this friday",
                "call Globex",
                "@omar",
                true,
            ),
            ("call Globex @omar in 2 weeks", "call Globex", "@omar", true),
            (
                "call Globex @omar until 2 weeks",
                "call Globex",
                "@omar",
                true,
            ),
            (
                "tell @omar what Globex said -",
                "tell @omar what Globex said",
                "-",
                false,
            ),
            ("tell @omar friday @hana", "tell @omar", "@hana", true),
            (
                "write to omar@globex.test today",
                "write to omar@globex.test",
                "",
                true,
            ),
            ("ship  2026-12-01", "ship", "", true),
            ("go on", "go on", "", false),
            ("call Globex - friday", "call Globex -", "", true),
        ] {
            let wanted = (wanted.to_owned(), owner.to_owned(), due);
            assert_eq!(told(&state, text), wanted, "{text}");
        }
        assert!(read(&state, "@omar friday").is_err());
    }

    #[test]
    fn words_behind_somebody_that_are_no_day_are_named_instead_of_stored() {
        let state = on_bench();
        for (text, words, column) in [
            ("call @omar end of month", "end of month", 11),
            (" call @omar 12/5", "12/5", 12),
            ("call @omar eow", "eow", 11),
            ("call @omar 31.12.", "31.12.", 11),
            ("call @omar mon 14:30", "mon 14:30", 11),
            ("call @omar soon friday", "soon", 11),
        ] {
            let (at, fault) = read(&state, text).expect_err(text);
            assert!(
                fault.starts_with(&format!("“{words}” behind @omar is no day")),
                "{fault}"
            );
            assert_eq!(at, Some(column), "{text}");
        }
    }

    #[test]
    fn what_is_written_of_a_promise_is_read_as_the_same() {
        let state = on_bench();
        let omar = Handle::parse("omar").ok();
        let day = NaiveDate::from_ymd_opt(2026, 12, 1);
        for (text, owner, due) in [
            ("call Globex", None, None),
            ("call Globex", omar.clone(), day),
            ("tell @omar what Globex said", None, day),
            ("tell @omar what Globex said", None, None),
            ("tell @omar what Globex said", omar, None),
        ] {
            let promise = read(&state, &written(&state, text, owner.as_ref(), due)).expect(text);
            assert_eq!(promise.text, text);
            assert_eq!(promise.owner.flatten(), owner);
            assert_eq!(promise.due, due);
        }
    }
}
