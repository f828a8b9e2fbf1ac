//! Whom the words of a search name: a company, a customer or a colleague. Names are no text of a feedback, so that the words
//! find nothing where only the name is meant.

use crate::domain::people::called;
use crate::query::{Expr, NameField, Query, Term, Wanted};
use crate::store::{Reader, Result};

/// So many names may begin with what is typed; of more none is meant.
const MOST: usize = 3;
/// So many names are read at most: customers may share one.
const MOST_READ: usize = 20;
/// Fewer letters begin too many names.
const SHORTEST: usize = 3;

impl Reader<'_> {
    /// The filters by whom these words may mean, the likeliest first: companies and customers of that name, else those whose names
    /// begin so, then what such a colleague owns, and has filed. None where something else stands beside the words.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn named(&self, words: &Query) -> Result<Vec<Query>> {
        let Some(name) = as_name(words) else {
            return Ok(Vec::new());
        };
        let companies = self.names_meant("company", &name)?;
        let customers = self.names_meant("customer", &name)?;
        let people = self.handles_begun(&name)?;
        let found = [
            (NameField::Company, companies),
            (NameField::Customer, customers),
            (NameField::Owner, people.clone()),
            (NameField::Reporter, people),
        ];
        let found = found.into_iter().filter(|(_, names)| !names.is_empty());
        Ok(found
            .map(|(field, names)| {
                let wanted = names.into_iter().map(Wanted::Named).collect();
                Query::default().and(Term::Name(field, wanted))
            })
            .collect())
    }

    /// The names in a table that are the text, else those that begin with it, if they are few.
    fn names_meant(&self, table: &'static str, text: &str) -> Result<Vec<String>> {
        let found = self.names_begun(table, text, MOST_READ)?;
        let mut names: Vec<String> = found.into_iter().map(|(_, name)| name).collect();
        names.dedup();
        let is_it = |name: &&String| name.to_lowercase() == text.to_lowercase();
        let same: Vec<String> = names.iter().filter(is_it).cloned().collect();
        Ok(if same.is_empty() {
            few(text, names)
        } else {
            same
        })
    }

    /// The mention names of the colleagues who are called so, else of those whose mention name or full name begins so.
    fn handles_begun(&self, text: &str) -> Result<Vec<String>> {
        let sql = "SELECT handle, coalesce(name, '') FROM person WHERE deleted = 0 AND handle <> '' ORDER BY handle";
        let all: Vec<(String, String)> =
            self.collect(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let people = all
            .iter()
            .map(|(handle, name)| (handle, handle.as_str(), name.as_str()));
        let mut meant: Vec<&String> = called(text, people.clone());
        if meant.is_empty() {
            let folded = text.to_lowercase();
            let bare = folded.strip_prefix('@').unwrap_or(&folded);
            let begun = people.filter(|(_, handle, name)| {
                handle.starts_with(bare) || name.to_lowercase().starts_with(&folded)
            });
            meant = begun.map(|(handle, ..)| handle).collect();
            if meant.len() > MOST || text.chars().count() < SHORTEST {
                meant.clear();
            }
        }
        Ok(meant
            .into_iter()
            .map(|handle| format!("@{handle}"))
            .collect())
    }
}

/// Names that begin with the text, where they are few enough that they may be meant.
fn few(text: &str, names: Vec<String>) -> Vec<String> {
    match names.len() {
        1..=MOST if text.chars().count() >= SHORTEST => names,
        _ => Vec::new(),
    }
}

/// The words as one name; `None` where there is anything else, or an alternative.
fn as_name(words: &Query) -> Option<String> {
    let parts = match words.expr.as_ref()? {
        Expr::And(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let text = |part: &Expr| match part {
        Expr::Term(Term::Word(text) | Term::Phrase(text)) => Some(text.clone()),
        _ => None,
    };
    let texts: Option<Vec<String>> = parts.iter().map(text).collect();
    Some(texts?.join(" "))
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
        });
        for (words, expected) in [
            ("globex", &["company:Globex"][..]),
            ("GLOB", &["company:Globex"]),
            ("gl", &[]),
            ("éclair", &["company:\"ÉCLAIR & Söhne\""]),
            ("\"Éclair & SÖHNE\"", &["company:\"ÉCLAIR & Söhne\""]),
            ("łódź müller", &["company:\"Łódź Müller\",\"łódź MÜLLER\""]),
            ("éclat", &[]),
            ("acme", &["company:\"Acme GmbH\",\"Acme, Inc.\""]),
            ("\"acme gmbh\"", &["company:\"Acme GmbH\""]),
            ("acme gmbh", &["company:\"Acme GmbH\""]),
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
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
}
