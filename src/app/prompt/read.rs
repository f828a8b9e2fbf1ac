//! Reading what was typed into a prompt, without knowing anything but the words.
//!
//! Every fault names what would be understood, and the column where it can be told.

use chrono::NaiveDate;

use crate::app::when;
use crate::domain::clocks::Clocks;
use crate::domain::deed::{PersonEdit, ReleaseEdit};
use crate::domain::idea::TicketKind;
use crate::domain::likeness::distance;
use crate::domain::listing::Vocabulary;
use crate::domain::moment::Moment;
use crate::domain::people::{Handle, Role};
use crate::domain::release::Health;

/// What is wrong with a text: the column in characters from 0, when one place is to blame, and what.
pub type Fault = (Option<usize>, String);

/// Whether the words say that a field is to be empty.
#[must_use]
pub fn clears(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "-" | "none" | "nobody" | "no one" | "nothing"
    )
}

/// Somebody, or nobody. The start of exactly one known handle suffices; `me` is whoever sits here.
///
/// # Errors
/// When the text is empty, or no mention name.
pub fn owner(text: &str, me: Option<&Handle>, known: &Vocabulary) -> Result<Option<Handle>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err((
            None,
            "who? write a name such as @hana, or - for nobody".into(),
        ));
    }
    if clears(text) {
        return Ok(None);
    }
    if let ("me" | "@me", Some(me)) = (text, me) {
        return Ok(Some(me.clone()));
    }
    let handle = Handle::parse(text).map_err(|error| {
        let bare = text.strip_prefix('@').unwrap_or(text);
        let bad = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        let column = bare
            .chars()
            .position(bad)
            .map(|place| place + text.chars().count() - bare.chars().count());
        (column, error.to_string())
    })?;
    let people = || known.people.iter().map(|(handle, _, _)| handle);
    if people().any(|known| *known == handle) {
        return Ok(Some(handle));
    }
    let mut starting = people().filter(|known| known.as_str().starts_with(handle.as_str()));
    Ok(Some(match (starting.next(), starting.next()) {
        (Some(only), None) => only.clone(),
        _ => handle,
    }))
}

/// A new colleague: the mention name, and in any order the name, what they do and the e-mail address.
///
/// # Errors
/// When the first word is no mention name, or somebody has it.
pub fn person(text: &str, known: &Vocabulary) -> Result<(Handle, PersonEdit), Fault> {
    let text = text.trim().replace(',', " ");
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
    if first.is_empty() {
        return Err((None, "who? write @hana Hana Ito pm hana@example.org".into()));
    }
    let handle = Handle::parse(first).map_err(|error| (Some(0), error.to_string()))?;
    if let Some((_, name, _)) = known.people.iter().find(|(known, ..)| *known == handle) {
        return Err((Some(0), format!("{handle} is known already: {name}")));
    }
    let mut edit = PersonEdit::default();
    let mut name: Vec<&str> = Vec::new();
    for word in rest.split_whitespace() {
        let is_address = word.split_once('@').is_some_and(|(who, _)| !who.is_empty());
        match Role::parse(word).filter(|_| edit.role.is_none()) {
            Some(role) => edit.role = Some(role),
            None if is_address && edit.email.is_none() => edit.email = Some(Some(word.to_owned())),
            None => name.push(word),
        }
    }
    edit.name = (!name.is_empty()).then(|| name.join(" "));
    Ok((handle, edit))
}

/// Tags to add and to remove: `mobile -export`; between commas a tag may have blanks, but a word with a sign begins another.
///
/// # Errors
/// When no tag is named, or one is both added and removed.
pub fn tags(text: &str) -> Result<(Vec<String>, Vec<String>), Fault> {
    let parts: Vec<String> = match text.contains(',') {
        true => text.split(',').flat_map(signed).collect(),
        false => text.split_whitespace().map(str::to_owned).collect(),
    };
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    for part in &parts {
        let (list, tag) = match part.strip_prefix('-') {
            Some(tag) => (&mut remove, tag),
            None => (&mut add, part.strip_prefix('+').unwrap_or(part)),
        };
        let tag = tag.trim().trim_start_matches('#').to_owned();
        if !tag.is_empty() && !list.contains(&tag) {
            list.push(tag);
        }
    }
    if let Some(both) = add.iter().find(|tag| remove.contains(tag)) {
        return Err((None, format!("“{both}” is both added and removed")));
    }
    if add.is_empty() && remove.is_empty() {
        return Err((
            None,
            "name a tag: mobile adds it, -mobile removes it".into(),
        ));
    }
    Ok((add, remove))
}

/// What stands between two commas, as the tags that it names: each word with a sign begins one.
fn signed(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match parts.last_mut() {
            Some(part) if !(word.starts_with(['-', '+']) && word.len() > 1) => {
                part.push(' ');
                part.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    parts
}

/// A health that stands at the beginning of an update, but not so that it would be stored as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeantHealth<'a> {
    /// Which was probably meant.
    pub health: Health,
    /// What was typed for it.
    pub typed: &'a str,
    /// The words behind it; may be empty.
    pub words: &'a str,
}

impl MeantHealth<'_> {
    /// The update as it would have to be typed.
    #[must_use]
    pub fn mended(&self) -> String {
        format!("{}: {}", self.health.name(), self.words)
    }
}

/// The health that was probably meant by an update which would be stored as words alone: one that is mistyped (`at-rsik: waits`),
/// or that no colon parts from the words (`at risk waits`).
#[must_use]
pub fn meant_health(text: &str) -> Option<MeantHealth<'_>> {
    let text = text.trim();
    if !matches!(update(text), Ok((None, _))) {
        return None;
    }
    let heads = text.char_indices().filter_map(|(place, c)| match c {
        ':' => Some((place, place + 1)),
        c if c.is_whitespace() => Some((place, place)),
        _ => None,
    });
    // The longest name of a health has two words.
    let heads = heads.chain([(text.len(), text.len())]).take(3);
    heads.into_iter().find_map(|(end, rest)| {
        let typed = text[..end].trim_end();
        let health = near_health(typed)?;
        let words = text[rest..].trim_start_matches([':', ' ']).trim();
        Some(MeantHealth {
            health,
            typed,
            words,
        })
    })
}

/// The health that is called so, or so but for a slip or two.
fn near_health(typed: &str) -> Option<Health> {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let typed = letters(&typed.replace(['-', '_'], " "));
    let all = Health::ALL.iter().filter(|health| **health != Health::Cut);
    let (away, begins, health) = all
        .map(|health| {
            let word = letters(health.word());
            // Of two that are as near, the one that begins alike.
            let begins = word.iter().zip(&typed).take_while(|(a, b)| a == b).count();
            (distance(&typed, &word), std::cmp::Reverse(begins), *health)
        })
        .min_by_key(|(away, begins, _)| (*away, *begins))?;
    // “A risk” begins many a sentence.
    (away * 4 <= health.word().len() && begins.0 > 1).then_some(health)
}

/// An update of release items: a health, words, or `at-risk: words`.
///
/// # Errors
/// When there is nothing, or the health is one that is set otherwise.
pub fn update(text: &str) -> Result<(Option<Health>, Option<String>), Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err((None, "say how it does: at-risk: waits for review".into()));
    }
    let (health, words) = match text.split_once(':') {
        Some((before, words)) if Health::parse(before).is_some() => {
            (Health::parse(before), words.trim())
        }
        _ => match Health::parse(text) {
            Some(health) => (Some(health), ""),
            None => (None, text),
        },
    };
    if health == Some(Health::Cut) {
        return Err((Some(0), "cutting is a deed of its own: Esc, then X".into()));
    }
    Ok((health, (!words.is_empty()).then(|| words.to_owned())))
}

/// A release's name, with its date as the last word if it has one, or `-` to clear the date.
///
/// # Errors
/// When there is no name, or the last word looks like a date and is none.
pub fn release(text: &str, today: NaiveDate) -> Result<ReleaseEdit, Fault> {
    let text = text.trim_end();
    let (name, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let looks = |word: &str| {
        word.split('-').count() == 3
            && word.chars().all(|c| c.is_ascii_digit() || c == '-')
            && !word.starts_with('-')
    };
    let (name, date) = if let Some((name, date)) = named_day(text, today) {
        (name, Some(Some(date)))
    } else if looks(last) {
        let date = NaiveDate::parse_from_str(last, "%Y-%m-%d").map_err(|_| {
            let column = text.chars().count() - last.chars().count();
            (
                Some(column),
                format!("“{last}” is no date: write it as 2027-02-16"),
            )
        })?;
        (name, Some(Some(date)))
    } else if last == "-" {
        (name, Some(None))
    } else {
        (text, None)
    };
    let name = name.trim();
    if name.is_empty() {
        return Err((Some(0), "a release needs a name: v10.4 2027-02-16".into()));
    }
    Ok(ReleaseEdit {
        name: Some(name.to_owned()),
        date,
        ..ReleaseEdit::default()
    })
}

/// A day with the name of its month at the end of a text: `v10.4 16 Feb 2027`. A weekday or a span may belong to the name.
fn named_day(text: &str, today: NaiveDate) -> Option<(&str, NaiveDate)> {
    let now = Moment::start_of(today);
    let ends = text.char_indices().rev().filter(|(_, c)| c.is_whitespace());
    let mut found = None;
    for (place, _) in ends.take(3) {
        let words: Vec<&str> = text[place..].split_whitespace().collect();
        if when::names_month(&words)
            && let Ok(day) = when::day(&text[place..], now, Clocks::UTC)
        {
            found = Some((&text[..place], day));
        }
    }
    found
}

/// A ticket: a link, and in any order its key and what it is for.
///
/// # Errors
/// When there is no link, or more words than a key and a kind.
pub fn ticket(text: &str) -> Result<(String, Option<String>, TicketKind), Fault> {
    let (mut url, mut key, mut kind) = (None, None, None);
    let mut column = 0;
    for word in text.split(' ') {
        let here = column;
        column += word.chars().count() + 1;
        if word.is_empty() {
            continue;
        }
        let lower = word.to_lowercase();
        if url.is_none() && (lower.starts_with("https://") || lower.starts_with("http://")) {
            url = Some(word.to_owned());
        } else if let (None, Some(found)) = (kind, TicketKind::parse(word)) {
            kind = Some(found);
        } else if key.is_none() {
            key = Some(word.to_owned());
        } else {
            let kinds: Vec<&str> = TicketKind::ALL.iter().map(|kind| kind.name()).collect();
            return Err((
                Some(here),
                format!(
                    "“{word}” is too much: a link, a key and one of {}",
                    kinds.join(", ")
                ),
            ));
        }
    }
    let url = url.ok_or_else(|| (None, "paste the link: https://…".to_owned()))?;
    Ok((url, key, kind.unwrap_or(TicketKind::Implementation)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(handles: &[&str]) -> Vocabulary {
        Vocabulary {
            people: handles
                .iter()
                .filter_map(|handle| {
                    Some((Handle::parse(handle).ok()?, String::new(), String::new()))
                })
                .collect(),
            ..Vocabulary::default()
        }
    }

    #[test]
    fn an_owner_is_named_by_the_start_of_a_handle() {
        let known = known(&["hana", "hanna", "omar"]);
        let read = |text| owner(text, Handle::parse("hana").ok().as_ref(), &known);
        assert_eq!(read("@om"), Ok(Handle::parse("omar").ok()));
        assert_eq!(
            read("han"),
            Ok(Handle::parse("han").ok()),
            "two begin so: the deed will refuse it"
        );
        assert_eq!(read("hana"), Ok(Handle::parse("hana").ok()));
        assert_eq!(read("me"), Ok(Handle::parse("hana").ok()));
        assert_eq!(read(" - "), Ok(None));
        assert_eq!(read("").expect_err("empty").0, None);
        assert_eq!(read("@o!ar").expect_err("no handle").0, Some(2));
    }

    #[test]
    fn a_colleague_is_a_mention_name_and_whatever_else_is_known() {
        let known = known(&["hana"]);
        let read = |text| person(text, &known);
        let (handle, edit) =
            read("@Omar Omar Haddad, engineer, omar@acme.example").expect("somebody");
        assert_eq!(handle.to_string(), "@omar");
        assert_eq!(edit.name.as_deref(), Some("Omar Haddad"));
        assert_eq!(edit.role, Some(Role::Engineer));
        assert_eq!(edit.email, Some(Some("omar@acme.example".to_owned())));
        let (_, bare) = read("noor").expect("somebody");
        assert_eq!((bare.name, bare.role, bare.email), (None, None, None));
        assert_eq!(read("@hana Hana").expect_err("known").0, Some(0));
        assert!(read(" ").is_err());
        assert!(read("Omar! Haddad").is_err());
    }

    #[test]
    fn tags_are_added_and_removed() {
        let both = |add: &[&str], remove: &[&str]| {
            let own = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
            Ok((own(add), own(remove)))
        };
        assert_eq!(
            tags("mobile +export -ios"),
            both(&["mobile", "export"], &["ios"])
        );
        assert_eq!(
            tags("md, code -foo +dark mode"),
            Ok((
                vec!["md".into(), "code".into(), "dark mode".into()],
                vec!["foo".into()]
            ))
        );
        assert_eq!(
            tags("needs design, -old tag"),
            both(&["needs design"], &["old tag"])
        );
        assert!(tags(" - + ").is_err());
        assert!(tags("a -a").is_err());
    }

    #[test]
    fn an_update_has_health_or_words_or_both() {
        assert_eq!(
            update("At risk: waits"),
            Ok((Some(Health::AtRisk), Some("waits".into())))
        );
        assert_eq!(update("on-track"), Ok((Some(Health::OnTrack), None)));
        assert_eq!(
            update("note: ready"),
            Ok((None, Some("note: ready".into())))
        );
        assert!(update("cut: gone").is_err());
        assert!(update(" ").is_err());
    }

    #[test]
    fn a_health_that_would_be_stored_as_words_is_noticed() {
        for (text, mended) in [
            ("at rsik waits for review", "at-risk: waits for review"),
            ("at-rsik: waits", "at-risk: waits"),
            ("At risk waits", "at-risk: waits"),
            ("atrisk", "at-risk: "),
            ("of track no tester", "off-track: no tester"),
            ("on-trak", "on-track: "),
            ("at risk for now: waits", "at-risk: for now: waits"),
        ] {
            let meant = meant_health(text).map(|meant| meant.mended());
            assert_eq!(meant.as_deref(), Some(mended), "{text}");
        }
        for text in [
            "at-risk: waits",
            "on track",
            "note: ready",
            "a risk was found",
            "tracked down",
            "cut: gone",
            "",
            "日本語 レビュー",
        ] {
            assert_eq!(meant_health(text), None, "{text}");
        }
    }

    #[test]
    fn a_release_ends_with_its_date() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        let release = |text: &str| release(text, today);
        let read = release("v10.4 ESR 2027-02-16").expect("a release");
        assert_eq!(read.name.as_deref(), Some("v10.4 ESR"));
        assert_eq!(read.date, Some(NaiveDate::from_ymd_opt(2027, 2, 16)));
        for text in ["v10.4 16 Feb 2027", "v10.4 feb 16"] {
            let read = release(text).expect("a release");
            assert_eq!(read.name.as_deref(), Some("v10.4"), "{text}");
            assert_eq!(read.date, Some(NaiveDate::from_ymd_opt(2027, 2, 16)));
        }
        let may = release("Plan of May").expect("a release");
        assert_eq!((may.name.as_deref(), may.date), (Some("Plan of May"), None));
        assert_eq!(release("v10.4 -").expect("a release").date, Some(None));
        assert_eq!(release("v10.4").expect("a release").date, None);
        assert_eq!(release("v10.4 2027-02-30").expect_err("no date").0, Some(6));
        assert_eq!(release("2027-02-16").expect_err("no name").0, Some(0));
    }

    #[test]
    fn a_ticket_is_a_link_a_key_and_a_kind_in_any_order() {
        assert_eq!(
            ticket("MM-12  design https://x.test/MM-12"),
            Ok((
                "https://x.test/MM-12".into(),
                Some("MM-12".into()),
                TicketKind::Design
            ))
        );
        assert_eq!(
            ticket("https://x.test a b").expect_err("too much").0,
            Some(17)
        );
        assert!(ticket("MM-12").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_at_a_column_in_it(text in "\\PC{0,30}") {
            let columns = [
                owner(&text, None, &known(&["hana"])).err(),
                tags(&text).err(),
                update(&text).err(),
                release(&text, NaiveDate::MIN).err(),
                ticket(&text).err(),
            ];
            for (column, _) in columns.into_iter().flatten() {
                prop_assert!(column.is_none_or(|column| column <= text.chars().count()));
            }
        }
    }
}
