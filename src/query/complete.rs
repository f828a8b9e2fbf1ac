//! Completion: what could be typed at the cursor.

use std::ops::Range;

use crate::domain::listing::Vocabulary;

use super::about::About;
use super::field::{Field, IdeaField};
use super::lex::{Kind, Lexer, Part, Token, is_quote};
use super::print::name_value;
use super::value::NameField;

/// At most this many candidates are offered.
const MOST: usize = 50;

/// From this many letters on, a fixed value is offered without its field: `unp` for `is:unprocessed`.
const SHORTCUT: usize = 2;

/// One thing that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What replaces the range, quotes included where they are needed.
    pub insert: String,
    /// What to show for it: text from outside where it is a name.
    pub label: String,
    /// A line about it; may be empty. Text from outside where it is about a name.
    pub note: String,
}

/// What could be typed at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// The bytes of the filter that a candidate replaces; empty at a cursor between words.
    pub range: Range<usize>,
    /// The candidates, the likeliest first; may be empty.
    pub candidates: Vec<Candidate>,
}

/// What could be typed in `text` where the cursor is, in bytes from the start; a cursor inside a character or behind the
/// end is moved to the left.
///
/// Only what is before the cursor is compared; the whole word or value under it is replaced.
#[must_use]
pub fn complete(text: &str, cursor: usize, vocabulary: &Vocabulary) -> Completions {
    about(About::Feedback, text, cursor, vocabulary)
}

/// As [`complete`], for a filter about that.
pub(super) fn about(
    about: About,
    text: &str,
    cursor: usize,
    vocabulary: &Vocabulary,
) -> Completions {
    let mut cursor = cursor.min(text.len());
    while !text.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let token = Lexer::new(about, text)
        .take_while(|token| token.spot.start < cursor)
        .find(|token| cursor <= token.spot.end);
    let Some(Token { kind, spot }) = token else {
        return fields(about, "", cursor..cursor);
    };
    match kind {
        Kind::Open { .. } | Kind::Close => fields(about, "", cursor..cursor),
        Kind::Text { quoted: true, .. } => nothing(cursor),
        Kind::Or | Kind::And => word(about, text, cursor, spot.start..spot.end),
        Kind::Text { negated, .. } => word(
            about,
            text,
            cursor,
            spot.start + usize::from(negated)..spot.end,
        ),
        Kind::Field {
            negated,
            field,
            parts,
        } => {
            let values = parts.first().map_or(spot.end, |part| part.spot.start);
            if cursor < values {
                let mut found = word(
                    about,
                    text,
                    cursor,
                    spot.start + usize::from(negated)..values,
                );
                // The values that follow need a field before them.
                found.candidates.retain(|c| c.insert.ends_with(':'));
                return found;
            }
            if !about.has(field) {
                return nothing(cursor);
            }
            let part = parts.iter().find(|part| cursor <= part.spot.end);
            part.map_or_else(
                || nothing(cursor),
                |part| value(text, cursor, field, part, vocabulary),
            )
        }
    }
}

fn nothing(cursor: usize) -> Completions {
    Completions {
        range: cursor..cursor,
        candidates: Vec::new(),
    }
}

fn word(about: About, text: &str, cursor: usize, mut range: Range<usize>) -> Completions {
    range.start = range.start.min(cursor);
    let mut prefix = text.get(range.start..cursor).unwrap_or("");
    // A dash alone is a word, but whoever completes it is about to negate something.
    if prefix == "-" {
        range.start += 1;
        prefix = "";
    }
    fields(about, prefix, range)
}

/// The fields that begin with `prefix`, then fixed values that do.
fn fields(about: About, prefix: &str, range: Range<usize>) -> Completions {
    let mut candidates: Vec<Candidate> = about
        .fields()
        .iter()
        .filter(|row| starts(row.name, prefix))
        .map(|row| Candidate {
            insert: format!("{}:", row.name),
            label: format!("{}:", row.name),
            note: row.help.to_owned(),
        })
        .collect();
    if prefix.len() >= SHORTCUT {
        for row in about.fields() {
            let shortcuts = row.field.values().into_iter();
            candidates.extend(
                shortcuts
                    .filter(|value| {
                        !matches!(row.field, Field::Name(_)) && starts(value.word, prefix)
                    })
                    .map(|value| {
                        let insert = format!("{}:{}", row.name, value.word);
                        Candidate {
                            label: insert.clone(),
                            insert,
                            note: value.help.to_owned(),
                        }
                    }),
            );
        }
    }
    Completions { range, candidates }
}

fn value(
    text: &str,
    cursor: usize,
    field: Field,
    part: &Part,
    vocabulary: &Vocabulary,
) -> Completions {
    let typed = text.get(part.spot.start..cursor).unwrap_or("");
    let prefix = typed.strip_prefix(is_quote).unwrap_or(typed);
    let mut candidates = Vec::new();
    if let Field::Name(name) = field {
        names(name, prefix, vocabulary, &mut candidates);
    }
    if !part.quoted {
        // `sort:-a` is completed to `sort:-age`.
        let (sign, prefix) = match prefix.strip_prefix('-') {
            Some(rest) if field == Field::Sort => ("-", rest),
            _ => ("", prefix),
        };
        let fixed = field.values().into_iter();
        candidates.extend(
            fixed
                .filter(|value| starts(value.word, prefix))
                .map(|value| Candidate {
                    insert: format!("{sign}{}", value.word),
                    label: format!("{sign}{}", value.word),
                    note: value.help.to_owned(),
                }),
        );
    }
    if matches!(
        field,
        Field::Age | Field::Received | Field::Idea(IdeaField::Demand)
    ) {
        let examples = field.row().map_or(&[][..], |row| row.examples);
        candidates.extend(
            examples
                .iter()
                .filter(|example| starts(example, prefix))
                .map(|example| Candidate {
                    insert: (*example).to_owned(),
                    label: (*example).to_owned(),
                    note: "for example".to_owned(),
                }),
        );
    }
    candidates.truncate(MOST);
    // What a quote swallowed that is still open is left alone.
    let end = if part.unclosed { cursor } else { part.spot.end };
    Completions {
        range: part.spot.start..end,
        candidates,
    }
}

/// The names that begin with `prefix`, then those of which another word does.
fn names(field: NameField, prefix: &str, vocabulary: &Vocabulary, into: &mut Vec<Candidate>) {
    let prefix = prefix.strip_prefix('@').unwrap_or(prefix).to_lowercase();
    let mut later = Vec::new();
    let mut offer = |name: &str, note: &str| {
        let plain = name.strip_prefix('@').unwrap_or(name).to_lowercase();
        let first = plain.starts_with(&prefix);
        let inside = |text: &str| {
            text.to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word.starts_with(&prefix))
        };
        if first || inside(&plain) || inside(note) {
            let candidate = Candidate {
                insert: name_value(field, name),
                label: name.to_owned(),
                note: note.to_owned(),
            };
            let list = if first { &mut *into } else { &mut later };
            if list.len() < MOST {
                list.push(candidate);
            }
        }
    };
    let plain = match field {
        NameField::Owner => {
            for (handle, name, _) in &vocabulary.people {
                offer(&handle.to_string(), name);
            }
            &[][..]
        }
        NameField::Reporter => {
            for reporter in &vocabulary.reporters {
                let person = vocabulary
                    .people
                    .iter()
                    .find(|(handle, _, _)| handle.as_str() == reporter.trim_start_matches('@'));
                match person {
                    Some((handle, name, _)) => offer(&handle.to_string(), name),
                    None => offer(reporter, ""),
                }
            }
            &[][..]
        }
        NameField::Area => &vocabulary.areas,
        NameField::Tag => &vocabulary.tags,
        NameField::Company => &vocabulary.companies,
        NameField::Tier => &vocabulary.tiers,
        NameField::Segment => &vocabulary.segments,
        NameField::Source => &vocabulary.sources,
        NameField::Release => &vocabulary.releases,
        NameField::Edition => &vocabulary.editions,
        // Too many to be kept at hand; the console has a picker for ideas.
        NameField::Customer | NameField::Idea => &[],
    };
    for name in plain {
        offer(name, "");
    }
    into.append(&mut later);
}

fn starts(word: &str, prefix: &str) -> bool {
    word.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::people::Handle;
    use crate::query::{FIELDS, parse};

    fn vocabulary() -> Vocabulary {
        let person = |handle: &str, name: &str| {
            let handle = Handle::parse(handle).expect("a handle");
            (handle, name.to_owned(), "PM".to_owned())
        };
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Vocabulary {
            people: vec![person("hana", "Hana Kim"), person("omar", "Omar Haddad")],
            companies: names(&["Globex", "Acme, Inc.", "New Acme", "none"]),
            reporters: names(&["dana", "omar"]),
            tags: names(&["mobile", "日本語"]),
            ..Vocabulary::default()
        }
    }

    /// Completes where `|` is. Gives what would be replaced, and the candidates.
    fn at(marked: &str) -> (String, Vec<String>) {
        let cursor = marked.find('|').expect("a cursor");
        let text = marked.replacen('|', "", 1);
        let found = complete(&text, cursor, &vocabulary());
        let inserts = found.candidates.into_iter().map(|c| c.insert).collect();
        (text[found.range].to_owned(), inserts)
    }

    fn assert_at(marked: &str, replaced: &str, inserts: &[&str]) {
        let (range, found) = at(marked);
        assert_eq!(
            (range.as_str(), found),
            (replaced, inserts.iter().map(|i| (*i).to_owned()).collect()),
            "{marked}"
        );
    }

    #[test]
    fn fields_and_their_words_are_offered() {
        assert_at("dark ow|", "ow", &["owner:"]);
        assert_at("-(ta|gs", "tags", &["tag:"]);
        assert_at("-re|", "re", &["reporter:", "received:", "kind:request"]);
        assert_at("Unp|", "Unp", &["is:unprocessed"]);
        assert_at("o|wner:@hana x", "owner:", &["owner:"]);
        assert_eq!(at("|").1.len(), FIELDS.len());
        assert_eq!(at("-|"), (String::new(), at("|").1));
        assert_at("\"ow|", "", &[]);
        assert_at("zzz|", "zzz", &[]);
    }

    #[test]
    fn values_are_offered() {
        assert_at(
            "is:un|x a",
            "unx",
            &["unprocessed", "unlinked", "unassigned"],
        );
        assert_at("is:waiting,a|", "a", &["archived", "all"]);
        assert_at("sort:-|", "-", &["-age", "-importance", "-company"]);
        assert_at("age:|", "", &[">7d", "<2w", "7d..14d", "7d"]);
        assert_at("importance:c|", "c", &["critical"]);
    }

    #[test]
    fn names_are_offered_and_quoted() {
        assert_at("owner:|", "", &["@hana", "@omar", "me", "none"]);
        assert_at("owner:@O|", "@O", &["@omar"]);
        assert_at("owner:kim|", "kim", &["@hana"]);
        assert_at("reporter:|", "", &["dana", "@omar", "me", "none"]);
        assert_at("company:ac|", "ac", &["\"Acme, Inc.\"", "\"New Acme\""]);
        assert_at(
            "company:\"Acme, I| is:mine",
            "\"Acme, I",
            &["\"Acme, Inc.\""],
        );
        assert_at(
            "company:\"Acme|\" is:mine",
            "\"Acme\"",
            &["\"Acme, Inc.\"", "\"New Acme\""],
        );
        assert_at("company:n|", "n", &["\"New Acme\"", "\"none\"", "none"]);
        assert_at("tag:日|", "日", &["日本語"]);
    }

    proptest! {
        #[test]
        fn a_candidate_makes_a_filter_that_is_understood(
            text in r#"([-"\\(), :>a-o日]|is:|owner:|company:|tag:|sort:|age:){0,10}"#,
            cursor in 0usize..40,
        ) {
            let vocabulary = vocabulary();
            let found = complete(&text, cursor, &vocabulary);
            prop_assert!(text.get(found.range.clone()).is_some());
            for candidate in found.candidates {
                let mut after = text.clone();
                after.replace_range(found.range.clone(), &candidate.insert);
                // A field still lacks its value; otherwise a candidate adds no fault.
                if !candidate.insert.ends_with(':') {
                    let before = parse(&text).map_or_else(|faults| faults.len(), |_| 0);
                    let now = parse(&after).map_or_else(|faults| faults.len(), |_| 0);
                    prop_assert!(now <= before, "{:?} -> {:?}", text, after);
                }
            }
        }

        #[test]
        fn no_text_breaks_the_completion(text in any::<String>(), cursor in any::<usize>()) {
            let found = complete(&text, cursor, &vocabulary());
            prop_assert!(text.get(found.range).is_some());
            for cursor in 0..=text.len() {
                let _ = complete(&text, cursor, &vocabulary());
            }
        }
    }
}
