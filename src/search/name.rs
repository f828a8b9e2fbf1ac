//! Names, compared as a search compares text.

use super::{Term, terms};

/// A name that somebody typed, to be found among those that there are: without regard to case, accents and what parts its words, so
/// that `muller sohne` is `Müller & Söhne`.
#[derive(Debug)]
pub struct Name {
    /// In small letters, for names that have no terms (`***`).
    small: String,
    terms: Vec<Term>,
}

impl Name {
    /// The name as it was typed.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            small: text.to_lowercase(),
            terms: terms(text),
        }
    }

    /// The first word of it as it is compared; `None` where it has none.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.terms.first().map(Term::as_str)
    }

    /// Which of these it is: those written so, whatever the case (`C#` is not `C++`), else all that have the same words.
    pub fn among<'a, T>(&self, all: impl Iterator<Item = (T, &'a str)> + Clone) -> Vec<T> {
        let is_written = |(_, name): &(T, &str)| name.to_lowercase() == self.small;
        let found: Vec<T> = all.clone().filter(is_written).map(|(it, _)| it).collect();
        if !found.is_empty() || self.terms.is_empty() {
            return found;
        }
        let same = all.filter(|(_, name)| terms(name) == self.terms);
        same.map(|(it, _)| it).collect()
    }

    /// Whether that name begins with it.
    #[must_use]
    pub fn begins(&self, name: &str) -> bool {
        let Some((last, before)) = self.terms.split_last() else {
            return name.to_lowercase().starts_with(&self.small);
        };
        let others = terms(name);
        let other = others.get(before.len());
        others.starts_with(before)
            && other.is_some_and(|other| other.as_str().starts_with(last.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_words_and_by_how_they_begin() {
        for (typed, name, is_it, begins) in [
            ("muller", "Müller & Söhne", false, true),
            ("muller söh", "Müller & Söhne", false, true),
            ("MULLER SOHNE", "Müller & Söhne", true, true),
            ("müller", "Muller", true, true),
            ("acme inc", "Acme, Inc.", true, true),
            ("acme gm", "Acme, Inc.", false, false),
            ("strasse", "Straße", true, true),
            ("日本", "日本語", false, true),
            ("mull er", "Müller", false, false),
            ("***", "***", true, true),
            ("***", "Acme", false, false),
            ("", "Acme", false, true),
        ] {
            let sought = Name::of(typed);
            let found = sought.among([((), name)].into_iter());
            assert_eq!(!found.is_empty(), is_it, "{typed}: {name}");
            assert_eq!(sought.begins(name), begins, "{typed}: {name}");
        }
        let languages = [(1, "C++"), (2, "c#")];
        assert_eq!(Name::of("C#").among(languages.into_iter()), [2]);
        assert_eq!(Name::of("c").among(languages.into_iter()), [1, 2]);
    }
}
