//! Whom or what the words of a search name: a company, a customer, a colleague, an area or a tag. Names are no text of a feedback,
//! so that the words find nothing where only the name is meant.

use std::ops::Range;

use crate::domain::people::called;
use crate::query::{Expr, NameField, Query, Term, Wanted};
use crate::search::Name;
use crate::store::{Reader, Result, vocabulary};

/// So many names may begin with what is typed; of more none is meant.
const MOST: usize = 3;
/// So many names are read at most: customers may share one.
const MOST_READ: usize = 20;
/// Fewer letters begin too many names.
const SHORTEST: usize = 3;
/// No more are looked for where so many filters were found: each is counted.
const MOST_OFFERED: usize = 6;
/// Of more words than these none is a name beside the others: each beginning and end would be looked up.
const MOST_WORDS: usize = 6;

/// A filter by what words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The filter: a condition, and the words beside the name.
    pub query: Query,
    /// Whether all words are one name as it stands, not only how one begins.
    pub exact: bool,
    /// By what field.
    pub field: NameField,
}

/// The names that a text may mean, and whether it is one of them.
type Meant = (Vec<String>, bool);

impl Reader<'_> {
    /// The filters by what these words may mean, the likeliest first: companies and customers of that name, else those whose names
    /// begin so, then what such a colleague owns, and has filed, then areas and tags; where all of
    /// them are none of these, the same of the words at the beginning or the end, beside the others. None where something else stands beside the words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn named(&self, words: &Query) -> Result<Vec<Named>> {
        let Some(parts) = texts(words) else {
            return Ok(Vec::new());
        };
        let few = Few::read(self)?;
        let mut found = Vec::new();
        for name in divided(parts.len()) {
            if found.len() >= MOST_OFFERED || found.iter().any(|named: &Named| named.exact) {
                break;
            }
            let text = parts[name.clone()].iter().map(|(text, _)| text.as_str());
            let text = text.collect::<Vec<&str>>().join(" ");
            let beside = parts.iter().enumerate();
            let beside = beside.filter(|(place, _)| !name.contains(place));
            let beside: Vec<&Expr> = beside.map(|(_, (_, part))| part).collect();
            for (field, (names, is_it)) in self.meant(&few, &text)? {
                let wanted = names.into_iter().map(Wanted::Named).collect();
                let query = Query::default().and(Term::Name(field, wanted));
                let beside = beside.iter().copied();
                found.push(Named {
                    query: beside.fold(query, |query, part| query.and(part.clone())),
                    exact: is_it && name.len() == parts.len(),
                    field,
                });
            }
        }
        Ok(found)
    }

    /// What a text may mean, by field.
    fn meant(&self, few: &Few, text: &str) -> Result<Vec<(NameField, Meant)>> {
        let people = few.people_meant(text);
        let found = [
            (NameField::Company, self.names_meant("company", text)?),
            (NameField::Customer, self.names_meant("customer", text)?),
            (NameField::Owner, people.clone()),
            (NameField::Reporter, people),
            (NameField::Area, begun(text, few.areas.clone())),
            (NameField::Tag, begun(text, few.tags.clone())),
        ];
        let found = found
            .into_iter()
            .filter(|(_, (names, _))| !names.is_empty());
        Ok(found.collect())
    }

    /// The names in a table that are the text, else those that begin with it, if they are few.
    fn names_meant(&self, table: &'static str, text: &str) -> Result<Meant> {
        let found = self.names_begun(table, text, MOST_READ)?;
        let mut names: Vec<String> = found.into_iter().map(|(_, name)| name).collect();
        names.dedup();
        Ok(begun(text, names))
    }
}

/// Names of which there are few.
struct Few {
    /// Mention names and full names.
    people: Vec<(String, String)>,
    areas: Vec<String>,
    tags: Vec<String>,
}

impl Few {
    fn read(reader: &Reader<'_>) -> Result<Self> {
        let people = "SELECT handle, coalesce(name, '') FROM person WHERE deleted = 0 AND handle <> '' ORDER BY handle";
        let areas = "SELECT name FROM area WHERE deleted = 0 ORDER BY name";
        Ok(Self {
            people: reader.collect(people, [], |row| Ok((row.get(0)?, row.get(1)?)))?,
            areas: reader.collect(areas, [], |row| row.get(0))?,
            tags: vocabulary::tags(reader)?,
        })
    }

    /// The mention names of the colleagues who are called so, else of those whose mention name or full name begins so.
    fn people_meant(&self, text: &str) -> Meant {
        let people = self.people.iter();
        let people = people.map(|(handle, name)| (handle, handle.as_str(), name.as_str()));
        let mut meant: Vec<&String> = called(text, people.clone());
        let sought = Name::of(text);
        if meant.is_empty() {
            meant = sought.among(people.clone().map(|(handle, _, name)| (handle, name)));
        }
        let is_it = !meant.is_empty();
        if !is_it {
            let bare = text.to_lowercase();
            let bare = bare.strip_prefix('@').unwrap_or(&bare);
            let begun =
                people.filter(|(_, handle, name)| handle.starts_with(bare) || sought.begins(name));
            meant = begun.map(|(handle, ..)| handle).collect();
            if meant.len() > MOST || text.chars().count() < SHORTEST {
                meant.clear();
            }
        }
        let handles = meant.into_iter().map(|handle| format!("@{handle}"));
        (handles.collect(), is_it)
    }
}

/// Those of these names that are the text; else those that begin with it, where they are few enough that they may be meant.
fn begun(text: &str, mut names: Vec<String>) -> Meant {
    let sought = Name::of(text);
    let same = sought.among(names.iter().map(|name| (name, name.as_str())));
    if !same.is_empty() {
        return (same.into_iter().cloned().collect(), true);
    }
    names.retain(|name| sought.begins(name));
    if names.len() > MOST || text.chars().count() < SHORTEST {
        names.clear();
    }
    (names, false)
}

/// The places of the words that may be a name: all of them, else those at the beginning or the end, the most first.
fn divided(words: usize) -> impl Iterator<Item = Range<usize>> {
    let most = if words <= MOST_WORDS { words } else { 1 };
    let fewer = (1..most).rev();
    let beside = fewer.flat_map(move |many| [0..many, words - many..words]);
    std::iter::once(0..words).chain(beside)
}

/// The words and phrases, each with its condition; `None` where there is anything else, or an alternative.
fn texts(words: &Query) -> Option<Vec<(String, Expr)>> {
    let parts = match words.expr.as_ref()? {
        Expr::And(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let text = |part: &Expr| match part {
        Expr::Term(Term::Word(text) | Term::Phrase(text)) => Some((text.clone(), part.clone())),
        _ => None,
    };
    parts.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use crate::query::parse;
    use crate::store::sample::sample;

    #[test]
    fn words_may_name_a_company_a_customer_or_a_colleague() {
        let (_folder, store, ()) = sample(|make| {
            for name in [
                "Globex",
                "Acme, Inc.",
                "Acme GmbH",
                "ÉCLAIR & Söhne",
                "Łódź Müller",
                "łódź MÜLLER",
            ] {
                make.company(name, "Enterprise");
            }
            for number in 0..5 {
                make.company(&format!("Initech {number}"), "Enterprise");
            }
            make.person("omar", "Omar Haddad");
            make.person("jd", "José Díaz");
            make.area("cdt-parser", None, &[]);
        });
        for (words, expected) in [
            ("globex", &["company:Globex"][..]),
            ("GLOB", &["company:Globex"]),
            ("gl", &[]),
            ("éclair", &["company:\"ÉCLAIR & Söhne\""]),
            ("\"Éclair & SÖHNE\"", &["company:\"ÉCLAIR & Söhne\""]),
            ("łódź müller", &["company:\"Łódź Müller\",\"łódź MÜLLER\""]),
            ("éclat", &[]),
            ("eclair sohne", &["company:\"ÉCLAIR & Söhne\""]),
            ("lodz", &["company:\"Łódź Müller\",\"łódź MÜLLER\""]),
            ("acme inc", &["company:\"Acme, Inc.\""]),
            ("jose diaz", &["owner:@jd", "reporter:@jd"]),
            ("acme", &["company:\"Acme GmbH\",\"Acme, Inc.\""]),
            ("\"acme gmbh\"", &["company:\"Acme GmbH\""]),
            (
                "acme darker",
                &["company:\"Acme GmbH\",\"Acme, Inc.\" darker"],
            ),
            ("acme gmbh", &["company:\"Acme GmbH\""]),
            ("globex \"dark mode\"", &["company:Globex \"dark mode\""]),
            ("dark mode globex", &["company:Globex dark mode"]),
            ("a b c d e globex", &["company:Globex a b c d e"]),
            ("a b c d e f globex", &[]),
            ("cdt-pars", &["area:cdt-parser"]),
            ("initech", &[]),
            ("initech 3", &["company:\"Initech 3\""]),
            ("omar", &["owner:@omar", "reporter:@omar"]),
            ("omar haddad", &["owner:@omar", "reporter:@omar"]),
            ("hadd", &[]),
            ("globex or acme", &[]),
            ("-globex", &[]),
            ("is:mine", &[]),
        ] {
            let query = parse(words).expect("a filter");
            let found = store
                .read(|reader| reader.named(&query))
                .expect("an answer");
            let found: Vec<String> = found.iter().map(|it| it.query.to_string()).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
}
