//! Windows on the lists, as the console asks for them, beside reading a hundred rows by their key.

use intake::domain::listing::Anchor;
use intake::workspace::Workspace;

use super::bed::{self, Bed};
use super::book::Book;
use super::measure::{Draw, Times, Work, in_turn, time};

const ROUNDS: usize = 300;
const ROWS: usize = 100;

/// The orders of a list.
const SORTS: [&str; 6] = [
    "age",
    "-age",
    "importance",
    "-importance",
    "company",
    "-company",
];

/// Measures paging, jumping to the end, every order, and how many rows there are.
pub fn measure(bed: &Bed, book: &mut Book) {
    let workspace = bed::open(&bed.workspace);
    bed::settle(&workspace);
    let bare = rusqlite::Connection::open(&bed.workspace).expect("a connection");
    for (row, sorts, anchor) in [
        ("next window", &SORTS[..1], None),
        ("jump to the end", &SORTS[..1], Some(Anchor::End)),
        ("window in any order", &SORTS[..], None),
        (
            "jump to the end in any order",
            &SORTS[..],
            Some(Anchor::End),
        ),
    ] {
        let mut walks: Vec<Walk> = sorts.iter().map(|sort| Walk::new(sort)).collect();
        let windows: Work<'_> = Box::new(|round| {
            let count = walks.len();
            walks[round % count].step(&workspace, anchor.as_ref())
        });
        let mut draw = Draw::of(11);
        let floor: Work<'_> = Box::new(|_| hundred_rows(&bare, bed.items, &mut draw));
        let [windows, floor] = in_turn(ROUNDS, [windows, floor]);
        book.times(row, bed.items, &windows, Some(&floor));
    }
    let unprocessed = bed::filter("is:unprocessed");
    let counts =
        (0..ROUNDS).map(|_| time(|| workspace.tally(&unprocessed, None).expect("a count")));
    book.times(
        "number of open items",
        bed.items,
        &Times::new(counts.collect()),
        None,
    );
}

/// One window after the other, from the start on.
struct Walk {
    query: intake::query::Query,
    next: Anchor,
}

impl Walk {
    fn new(sort: &str) -> Self {
        Self {
            query: bed::filter(&format!("is:unprocessed sort:{sort}")),
            next: Anchor::Start,
        }
    }

    fn step(&mut self, workspace: &Workspace, anchor: Option<&Anchor>) -> std::time::Duration {
        let anchor = anchor.unwrap_or(&self.next).clone();
        let mut window = Default::default();
        let taken = time(|| window = workspace.inbox(&self.query, &anchor, ROWS).expect("rows"));
        self.next = match window.rows.last() {
            Some(last) if window.after => Anchor::After(Box::new(last.clone())),
            _ => Anchor::Start,
        };
        taken
    }
}

/// The floor: bare SQLite, a hundred rows by their key from anywhere on.
fn hundred_rows(bare: &rusqlite::Connection, items: u64, draw: &mut Draw) -> std::time::Duration {
    let first = draw.below(items as usize - ROWS) as i64;
    let mut statement = bare
        .prepare_cached("SELECT * FROM feedback WHERE id = ?1")
        .expect("a statement");
    time(|| {
        for id in first..first + ROWS as i64 {
            let found = statement.query_row([id + 1], |row| row.get::<_, i64>(0));
            std::hint::black_box(found.is_ok());
        }
    })
}
