//! How a table is laid out, told by its head: what parts the cells, what stands before the names of the columns, and
//! whether there are names.

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::exchange::looks;

/// The separators that are looked for, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The separator of a table with one column: the unit separator of ASCII, which nobody types.
pub const NONE: u8 = 0x1F;
/// How many records of the head are looked at.
const LOOKED_AT: usize = 200;
/// How many records may stand before the names of the columns.
const MOST_BEFORE: usize = 20;

/// How a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What parts the cells.
    pub separator: u8,
    /// How many records stand before the names of the columns, or before the first row.
    pub before: usize,
    /// Whether the first of those that follow names the columns.
    pub header: bool,
    /// Whether the first line says what parts the cells, as Excel writes it (`sep=;`).
    pub said: bool,
}

impl Layout {
    /// Guesses from the head of a file, of which the end may be cut off. `header` says whether it names its columns, where
    /// that is known.
    #[must_use]
    pub fn guess(head: &str, cut: bool, header: Option<bool>) -> Self {
        let said = said(head);
        let separator = said.unwrap_or_else(|| separator(head, cut));
        let records = records(head, separator, cut);
        let before = if said.is_some() {
            1
        } else {
            titles(&records).unwrap_or(0)
        };
        let rest = records.get(before..).unwrap_or_default();
        Self {
            separator,
            before,
            header: header.unwrap_or_else(|| has_header(rest)),
            said: said.is_some(),
        }
    }
}

/// What the line `sep=;` says, if it is the first.
fn said(head: &str) -> Option<u8> {
    let line = head.lines().next()?.trim_matches('"');
    let rest = line.get(..4).filter(|sep| sep.eq_ignore_ascii_case("sep="));
    match rest.map(|_| &line.as_bytes()[4..]) {
        Some(&[separator]) => Some(separator),
        _ => None,
    }
}

/// The separator by which the most records have the commonest number of cells, and of those the one that makes the most
/// cells; none where fewer than half have.
fn separator(head: &str, cut: bool) -> u8 {
    let mut best = (0, 1, NONE);
    for separator in SEPARATORS {
        let records = records(head, separator, cut);
        let (width, alike) = commonest(&records);
        // Out of a thousand, so that two shares can be compared.
        let share = alike * 1_000 / records.len().max(1);
        let one_column = width == 2 && records.first().is_some_and(|first| first.len() == 1);
        let no_title = one_column && titles(&records).is_none();
        if width < 2 || share * 2 < 1_000 && records[0].len() < 2 || no_title {
            continue;
        }
        if (share, width) > (best.0, best.1) {
            best = (share, width, separator);
        }
    }
    best.2
}

/// The commonest number of cells above one, and how many records have it.
fn commonest(records: &[Vec<String>]) -> (usize, usize) {
    let mut widths: Vec<usize> = records.iter().map(Vec::len).collect();
    widths.sort_unstable();
    let runs = widths.chunk_by(|a, b| a == b).filter(|run| run[0] > 1);
    runs.map(|run| (run[0], run.len()))
        .max_by_key(|&(width, alike)| (alike, width))
        .unwrap_or((1, 0))
}

/// How many records before the first wide one are titles and remarks: they have less than half as many cells with
/// something in them. `None` where the first line may be the name of the only column.
fn titles(records: &[Vec<String>]) -> Option<usize> {
    let (width, _) = commonest(records);
    let filled = |record: &Vec<String>| record.iter().filter(|c| !c.trim().is_empty()).count();
    let is_title = |record: &&Vec<String>| {
        let filled = filled(record);
        filled * 2 < width || width == 2 && filled == 1 && record[0].trim().contains(' ')
    };
    let before = records.iter().take_while(is_title).count();
    let only = width == 2 && before == 0;
    (!only && before <= MOST_BEFORE && before < records.len()).then_some(before)
}

/// Whether the first record names the columns: nothing in it looks like data. Years do name columns.
fn has_header(records: &[Vec<String>]) -> bool {
    let Some(first) = records.first() else {
        return true;
    };
    let is_year =
        |cell: &str| cell.len() == 4 && (cell.starts_with("19") || cell.starts_with("20"));
    let is_data = |cell: &str| {
        looks::is_date(cell)
            || looks::is_link(cell)
            || looks::is_email(cell)
            || looks::is_number(cell) && !is_year(cell)
    };
    let mut cells = first.iter().map(|cell| cell.trim());
    let numbered = cells.clone().next().is_some_and(is_data);
    let told = cells.any(|c| looks::is_date(c) || looks::is_link(c) || looks::is_email(c));
    !numbered && !told
}

/// The first records of the head. The last may be cut off and does not count then, unless it is the only one.
fn records(head: &str, separator: u8, cut: bool) -> Vec<Vec<String>> {
    let mut core = ReaderBuilder::new().delimiter(separator).build();
    let mut output = vec![0; head.len() + 1];
    let mut input = head.as_bytes();
    let (mut records, mut cells) = (Vec::new(), Vec::new());
    while records.len() < LOOKED_AT {
        let (outcome, read, written) = core.read_field(input, &mut output);
        input = &input[read..];
        match outcome {
            ReadFieldResult::Field { record_end } => {
                cells.push(String::from_utf8_lossy(&output[..written]).into_owned());
                if record_end {
                    records.push(std::mem::take(&mut cells));
                }
            }
            ReadFieldResult::End => {
                if cut && records.len() > 1 {
                    records.pop();
                }
                break;
            }
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(head: &str) -> (u8, usize, bool) {
        let layout = Layout::guess(head, false, None);
        (layout.separator, layout.before, layout.header)
    }

    #[test]
    fn separators_are_told_by_the_shape_of_the_table() {
        for (head, wanted) in [
            ("id,title\n1,a;b\n2,c", (b',', 0, true)),
            ("id;title\n1;a, b, c\n2;d, e", (b';', 0, true)),
            ("id\ttitle\n1\ta,b\n", (b'\t', 0, true)),
            ("id|title|body\n1|a|b, c\n", (b'|', 0, true)),
            (
                "title\nonly one, column\nand, another, one\n",
                (NONE, 0, true),
            ),
            ("title\nplain\n", (NONE, 0, true)),
            ("sep=;\nid;title\n1;a,b\n", (b';', 1, true)),
            ("\"sep=,\"\nid,title\n1,a;b\n", (b',', 1, true)),
            (
                "id,title,body\n1,a\n2,b,c\n3,d,e,f\n4,g,h,,\n",
                (b',', 0, true),
            ),
            ("id,title\n1,a,\n2,b,\n3,c,\n", (b',', 0, true)),
        ] {
            assert_eq!(told(head), wanted, "{head}");
        }
    }

    #[test]
    fn titles_before_the_names_are_told_from_them() {
        for (head, before) in [
            ("My feedback of May\n\nid,title,body\n1,a,b\n2,c,d\n", 1),
            ("Report,,\nby Dana,,\nid,title,body\n1,a,b\n", 2),
            ("All of it\nid,title\n1,a\n2,b\n", 1),
            ("id,title,body\n1,a,b\n", 0),
        ] {
            assert_eq!(told(head), (b',', before, true), "{head}");
        }
    }

    #[test]
    fn a_first_row_of_data_is_no_header() {
        for (head, header) in [
            (
                "17,It is dark,2024-01-02\n18,It is light,2024-01-03\n",
                false,
            ),
            ("It is dark,dana@globex.example\n", false),
            ("It is dark,https://a.example/1\n", false),
            ("Name,2024,2025\na,1,2\n", true),
            ("a,b,c\n1,2,3\n", true),
        ] {
            assert_eq!(told(head).2, header, "{head}");
        }
        assert!(!Layout::guess("a,b\nc,d\n", false, Some(false)).header);
    }
}
