//! Which column means what: guessed from names and contents, shown, and overridden by hand.

use super::gather::shown;
use super::read::Table;
use super::{dates, looks};
use crate::problem::{Kind, Problem};

mod names;
mod synonyms;

pub use names::Field;

/// Why a column is taken for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody said so.
    Asked,
    /// The kind of file.
    Dialect,
    /// Its name.
    Name,
    /// What is in it.
    Contents,
}

/// One column that is taken for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// The field.
    pub field: Field,
    /// Its column, from 0.
    pub column: usize,
    /// Why.
    pub why: Why,
}

/// Which column means what.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Mapping {
    /// The fields found, in the order of [`Field::ALL`].
    pub mapped: Vec<Mapped>,
    /// The columns that are left out, by place.
    pub unmapped: Vec<usize>,
    /// What parts the tags of one cell; `None` when each cell is one tag, or a JSON list.
    pub tag_separator: Option<&'static str>,
    /// Which number of a date with slashes is the month.
    pub date_order: dates::Order,
    /// Whether the dates of receipt are numbers of days, as spreadsheets count them.
    pub date_serial: bool,
}

/// What may part tags: the blank after the comma tells a list from a comma within a tag.
const TAG_SEPARATORS: [&str; 5] = [", ", ";", "|", ",", ":"];

impl Mapping {
    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.mapped
            .iter()
            .find(|m| m.field == field)
            .map(|m| m.column)
    }

    /// Guesses the meaning of the columns from their names, then from samples of their contents; what was asked for
    /// (`title=Betreff`, `received=#3`, `votes=` for none) comes first.
    ///
    /// # Errors
    /// When what was asked for names an unknown field or column, and when there is neither a title nor a text.
    pub fn guess(
        table: &Table,
        samples: &[Vec<String>],
        asked: &[String],
    ) -> Result<Self, Problem> {
        Self::known(table, samples, asked, &[], &[], false)
    }

    /// As [`Mapping::guess`], where the meaning of some columns is `known`, and some fields are known to have `none`.
    /// What was asked for comes before what is known. With `textless` a file where nobody has said yet which column is the
    /// title or the text has a mapping, too: somebody who looks at it says so next.
    ///
    /// # Errors
    /// As [`Mapping::guess`]; a file of ids alone is refused whoever looks at it.
    pub fn known(
        table: &Table,
        samples: &[Vec<String>],
        asked: &[String],
        known: &[(Field, &str)],
        none: &[Field],
        textless: bool,
    ) -> Result<Self, Problem> {
        let columns = &table.columns;
        let mut taken: Vec<Option<Mapped>> = vec![None; columns.len()];
        let mut settled = Vec::new();
        for wish in asked {
            let (field, column) = read_wish(wish, columns)?;
            if let Some(column) = column {
                if let Some(other) = taken[column] {
                    let (name, other) = (&columns[column], other.field.name());
                    return Err(Problem::new(
                        Kind::Usage,
                        format!(
                            "cannot take the column “{name}” for both {other} and {}",
                            field.name()
                        ),
                    ));
                }
                taken[column] = Some(Mapped {
                    field,
                    column,
                    why: Why::Asked,
                });
            }
            settled.push(field);
        }
        for &(field, name) in known.iter().filter(|(field, _)| !settled.contains(field)) {
            let is = |column: &String| column.eq_ignore_ascii_case(name);
            if let Some(column) = columns.iter().position(is).filter(|&c| taken[c].is_none()) {
                let why = Why::Dialect;
                taken[column] = Some(Mapped { field, column, why });
            }
        }
        settled.extend(known.iter().map(|(field, _)| field));
        settled.extend(none);
        guess_by_name(columns, samples, &settled, &mut taken);
        guess_by_contents(samples, &settled, &mut taken);
        if !table.header {
            guess_words(samples, &settled, &mut taken);
        }
        let open = |column: usize| taken[column].is_none();
        let mut mapping = Self {
            unmapped: (0..columns.len()).filter(|&c| open(c)).collect(),
            mapped: taken.into_iter().flatten().collect(),
            ..Self::default()
        };
        mapping
            .mapped
            .sort_by_key(|m| Field::ALL.iter().position(|f| *f == m.field));
        if mapping.is_textless() && (!textless || ids_only(columns, samples)) {
            return Err(no_text(table, samples));
        }
        mapping.look_inside(samples);
        Ok(mapping)
    }

    /// Whether no column is taken for a title or a text.
    #[must_use]
    pub fn is_textless(&self) -> bool {
        self.column(Field::Title).is_none() && self.column(Field::Body).is_none()
    }

    /// What the contents of the mapped columns tell about how they are written.
    fn look_inside(&mut self, samples: &[Vec<String>]) {
        if let Some(column) = self.column(Field::Tags) {
            self.tag_separator = tag_separator(samples.iter().map(|row| row[column].as_str()));
        }
        let dates = [Field::Received, Field::NeededBy, Field::Renewal];
        let columns: Vec<usize> = dates.iter().filter_map(|&f| self.column(f)).collect();
        let cells = samples
            .iter()
            .flat_map(|row| columns.iter().map(|&c| row[c].as_str()));
        self.date_order = dates::order(cells);
        let received = self.column(Field::Received);
        let is_serial = |cell: &str| dates::serial(cell).is_some();
        self.date_serial = received.is_some_and(|c| all_of(samples, c, is_serial));
    }
}

/// Takes for each field the first column that has one of its names.
fn guess_by_name(
    columns: &[String],
    samples: &[Vec<String>],
    settled: &[Field],
    taken: &mut [Option<Mapped>],
) {
    let plain: &[String] = &columns
        .iter()
        .map(|name| names::plain(name))
        .collect::<Vec<_>>();
    for &field in Field::ALL.iter().filter(|field| !settled.contains(field)) {
        let named: Vec<usize> = field
            .synonyms()
            .iter()
            .flat_map(|synonym| (0..plain.len()).filter(move |&c| plain[c] == *synonym))
            .filter(|&column| taken[column].is_none())
            .collect();
        // Of several ids the one that never occurs twice.
        let unique = named.iter().find(|&&column| is_unique(samples, column));
        let chosen = match field {
            Field::Id => unique.or(named.first()),
            _ => named.first(),
        };
        if let Some(&column) = chosen {
            taken[column] = Some(Mapped {
                field,
                column,
                why: Why::Name,
            });
        }
    }
}

/// Takes the first column of dates for the date, and of links for the link, where no name told.
fn guess_by_contents(samples: &[Vec<String>], settled: &[Field], taken: &mut [Option<Mapped>]) {
    for (field, fits) in [
        (Field::Received, looks::is_date as fn(&str) -> bool),
        (Field::Url, looks::is_link),
    ] {
        if settled.contains(&field) || taken.iter().flatten().any(|m| m.field == field) {
            continue;
        }
        let column = (0..taken.len()).find(|&c| taken[c].is_none() && all_of(samples, c, fits));
        if let Some(column) = column {
            taken[column] = Some(Mapped {
                field,
                column,
                why: Why::Contents,
            });
        }
    }
}

/// Takes the columns of words for text and title, where there are no names: what is longer for the text.
fn guess_words(samples: &[Vec<String>], settled: &[Field], taken: &mut [Option<Mapped>]) {
    let length = |column: usize| samples.iter().map(|row| row[column].len()).sum::<usize>();
    let mut columns: Vec<usize> = (0..taken.len())
        .filter(|&c| taken[c].is_none() && most_of(samples, c, looks::is_words))
        .collect();
    columns.sort_by_key(|&column| length(column));
    let open = |field: &Field| !settled.contains(field);
    let body = (columns.len() > 1).then(|| columns.pop()).flatten();
    for (field, column) in [(Field::Title, columns.pop()), (Field::Body, body)] {
        if let Some(column) = column.filter(|_| open(&field)) {
            let why = Why::Contents;
            taken[column] = Some(Mapped { field, column, why });
        }
    }
    let ids = |c: usize| all_of(samples, c, looks::is_ids) && is_unique(samples, c);
    let id = (0..taken.len()).find(|&c| taken[c].is_none() && ids(c));
    if let Some(column) = id.filter(|_| open(&Field::Id)) {
        let (field, why) = (Field::Id, Why::Contents);
        taken[column] = Some(Mapped { field, column, why });
    }
}

/// Reads `field=column`.
fn read_wish(wish: &str, columns: &[String]) -> Result<(Field, Option<usize>), Problem> {
    let usage = |words: String| Problem::new(Kind::Usage, words);
    let Some((field, column)) = wish.split_once('=') else {
        return Err(usage(format!("cannot read the mapping “{wish}”"))
            .hint("write it as field=column, for example title=Betreff"));
    };
    let Some(field) = Field::named(field) else {
        let known: Vec<&str> = Field::ALL.iter().map(|f| f.name()).collect();
        return Err(
            usage(format!("there is no field “{}” to map", field.trim()))
                .hint(format!("the fields are {}", known.join(", "))),
        );
    };
    let column = column.trim();
    if column.is_empty() || column == "-" {
        return Ok((field, None));
    }
    let by_number = column
        .strip_prefix('#')
        .and_then(|n| n.parse::<usize>().ok())
        .and_then(|n| n.checked_sub(1))
        .filter(|&n| n < columns.len());
    columns
        .iter()
        .position(|name| name == column)
        .or_else(|| {
            columns
                .iter()
                .position(|name| name.to_lowercase() == column.to_lowercase())
        })
        .or(by_number)
        .map(|place| (field, Some(place)))
        .ok_or_else(|| {
            usage(format!("the file has no column “{column}”"))
                .hint(format!("its columns are {}", listed(columns)))
        })
}

/// Whether all that is in a file are ids.
fn ids_only(columns: &[String], samples: &[Vec<String>]) -> bool {
    let ids = |(place, name): (usize, &String)| {
        names::is_of_ids(name) && all_of(samples, place, looks::is_ids)
    };
    !samples.is_empty() && columns.iter().enumerate().all(ids)
}

/// Why there is nothing to import: no column holds words.
fn no_text(table: &Table, samples: &[Vec<String>]) -> Problem {
    let columns = &table.columns;
    let path = shown(&table.path);
    if ids_only(columns, samples) {
        return Problem::new(
            Kind::Input,
            format!("cannot import {path}: it has ids only"),
        )
        .because(format!(
            "its columns are {}, and none holds a title or a text",
            listed(columns)
        ))
        .hint("import the file that has the titles; ids alone make no feedback");
    }
    let problem = Problem::new(
        Kind::Input,
        format!("cannot import {path}: no column looks like a title or a text"),
    )
    .because(format!("its columns are {}", listed(columns)))
    .hint("say which is which, for example --map title=“column” --map body=“column”");
    if table.header {
        problem
    } else {
        problem.hint("its first line looks like data: where it names the columns, say --header")
    }
}

/// Column names in quotes, at most twenty of them.
fn listed(columns: &[String]) -> String {
    let mut words: Vec<String> = columns.iter().take(20).map(|c| format!("“{c}”")).collect();
    if columns.len() > 20 {
        words.push(format!("{} more", columns.len() - 20));
    }
    words.join(", ")
}

/// Whether all cells of a column that are not blank pass, and there is one.
fn all_of(samples: &[Vec<String>], column: usize, test: fn(&str) -> bool) -> bool {
    let mut cells = samples
        .iter()
        .map(|row| row[column].trim())
        .filter(|cell| !cell.is_empty())
        .peekable();
    cells.peek().is_some() && cells.all(test)
}

/// Whether more than half of the cells of a column pass.
fn most_of(samples: &[Vec<String>], column: usize, test: fn(&str) -> bool) -> bool {
    let passing = samples.iter().filter(|row| test(row[column].trim()));
    passing.count() * 2 > samples.len()
}

fn is_unique(samples: &[Vec<String>], column: usize) -> bool {
    let mut seen = std::collections::HashSet::new();
    samples
        .iter()
        .map(|row| row[column].trim())
        .all(|cell| !cell.is_empty() && seen.insert(cell))
}

/// What parts the tags of these cells. A colon counts only where most cells have one, because `scope:name` is one tag.
fn tag_separator<'t>(cells: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let cells: Vec<&str> = cells
        .map(str::trim)
        .filter(|cell| !cell.is_empty() && !cell.starts_with('['))
        .collect();
    TAG_SEPARATORS.into_iter().find(|separator| {
        let having = cells.iter().filter(|cell| cell.contains(separator)).count();
        match *separator {
            ":" => having * 2 > cells.len(),
            _ => having > 0,
        }
    })
}

#[cfg(test)]
mod tests;
