//! Which columns of a file are read, and which are not.

use super::dialects::Columns;
use super::mapping::Field;
use super::source::Source;

/// How many columns that are not used are named in a line; the rest is counted.
const NAMED: usize = 12;

/// The columns of a file that hold no field.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Others<'s> {
    /// Those that the dialect reads itself: comments, versions, links and the like.
    pub read: Vec<&'s str>,
    /// Those that nothing reads.
    pub unused: Vec<&'s str>,
}

impl Source {
    /// The columns that hold no field; none where the file has no columns.
    #[must_use]
    pub fn others(&self) -> Others<'_> {
        let Some((table, mapping)) = self.mapping() else {
            return Others::default();
        };
        let columns = Columns(&table.columns);
        let names = self.dialect_of_table().map_or(&[][..], |known| known.reads);
        let places: Vec<usize> = names.iter().flat_map(|name| columns.places(name)).collect();
        let (read, unused): (Vec<usize>, Vec<usize>) = mapping
            .unmapped
            .iter()
            .partition(|place| places.contains(place));
        let named = |places: Vec<usize>| {
            let names = places
                .into_iter()
                .filter_map(|place| table.columns.get(place));
            names.map(String::as_str).collect()
        };
        Others {
            read: named(read),
            unused: named(unused),
        }
    }

    /// How many columns are read, which are not, and what parts tags; `None` where the file has no columns.
    #[must_use]
    pub fn columns_in_words(&self) -> Option<String> {
        let (table, mapping) = self.mapping()?;
        let unused = self.others().unused;
        let of = table.columns.len();
        let mut words = match (unused.len(), of) {
            (0, 1) => "its column is read".to_owned(),
            (0, of) => format!("all {of} columns are read"),
            (none, of) => {
                let mut names = unused[..none.min(NAMED)].join(", ");
                if let Some(more) = none.checked_sub(NAMED).filter(|more| *more > 0) {
                    names.push_str(&format!(" and {more} more"));
                }
                format!("{} of {of} columns are read; not used: {names}", of - none)
            }
        };
        if mapping.column(Field::Tags).is_some() {
            words.push_str(match mapping.tag_separator {
                Some(", ") => "; tags are parted by commas with a blank behind",
                Some(",") => "; tags are parted by commas",
                Some(";") => "; tags are parted by semicolons",
                Some("|") => "; tags are parted by bars",
                Some(_) => "; tags are parted by colons",
                None => "; tags are one in each cell, or a list",
            });
        }
        Some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::convert::Choices;

    fn source(header: &str, row: &str) -> Source {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, format!("{header}\n{row}\n")).expect("written");
        Source::open(&path, &Choices::default()).expect("a source")
    }

    #[test]
    fn what_a_dialect_reads_itself_is_not_told_as_unused() {
        let jira = source(
            "Summary,Issue key,Issue Type,Fix versions,Fix versions,Comment,Watchers,Security Level",
            "a,PT-1,Bug,1.0,2.0,,,secret",
        );
        let others = jira.others();
        let read = ["Fix versions", "Fix versions (2)", "Comment", "Watchers"];
        assert_eq!(others.read, read);
        assert_eq!(others.unused, ["Security Level"]);
        let words = jira.columns_in_words();
        assert_eq!(
            words.as_deref(),
            Some("7 of 8 columns are read; not used: Security Level")
        );
    }

    #[test]
    fn of_many_unused_columns_the_first_are_named() {
        let names: Vec<String> = (1..=14).map(|number| format!("x{number}")).collect();
        let header = format!("title,{}", names.join(","));
        let plain = source(&header, &format!("words{}", ",".repeat(14)));
        let words = plain.columns_in_words().expect("columns");
        assert!(
            words.starts_with("1 of 15 columns are read; not used: x1, x2,"),
            "{words}"
        );
        assert!(words.ends_with("x12 and 2 more"), "{words}");
        assert!(plain.others().read.is_empty());
        let one = source("title", "words");
        assert_eq!(
            one.columns_in_words().as_deref(),
            Some("its column is read")
        );
    }

    #[test]
    fn what_parts_tags_is_told() {
        for (cell, told) in [
            ("\"ui, night\"", "parted by commas with a blank behind"),
            ("ui;night", "parted by semicolons"),
            ("ui|night", "parted by bars"),
            ("\"ui,night\"", "parted by commas"),
            ("ui", "one in each cell, or a list"),
        ] {
            let words = source("title,tags", &format!("words,{cell}")).columns_in_words();
            let expected = format!("all 2 columns are read; tags are {told}");
            assert_eq!(words, Some(expected), "{cell}");
        }
    }
}
