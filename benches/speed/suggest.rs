//! Suggestions: for one item after another, right after the start, and right after a link.

use intake::domain::deed::{Deed, IdeaTarget};
use intake::domain::listing::IdeaQuery;

use super::bed::{self, Bed};
use super::book::Book;
use super::measure::{Draw, Times, time};

const MOST: usize = 9;
const WARM: usize = 500;
const STARTS: usize = 9;
const LINKS: usize = 40;

/// Measures suggestions.
pub fn measure(bed: &Bed, book: &mut Book) {
    let workspace = bed::open(&bed.workspace);
    let some = bed::some_feedback(&workspace, "is:unprocessed", 20_000);
    let mut draw = Draw::of(13);
    let mut any = || some[draw.below(some.len())];
    let starts = (0..STARTS).map(|_| {
        let fresh = bed::open(&bed.workspace);
        let id = any();
        time(|| fresh.suggestions(id, MOST).expect("suggestions"))
    });
    let starts = Times::new(starts.collect());
    book.times(
        "suggestion, the first after the start",
        bed.items,
        &starts,
        None,
    );
    // As the console does when nothing has been asked for a moment; and it asks for the text of an item first, which is
    // measured with the questions.
    while !workspace.prepare().expect("suggestions") {}
    bed::settle(&workspace);
    let warm = (0..WARM).map(|_| {
        let id = any();
        workspace.feedback(id).expect("a text");
        time(|| workspace.suggestions(id, MOST).expect("suggestions"))
    });
    let warm = Times::new(warm.collect());
    book.times("suggestion, warm", bed.items, &warm, None);
    drop(workspace);
    let copy = bed.copy();
    let mut workspace = bed::open(copy.path());
    let ideas = workspace.ideas(&IdeaQuery::default()).expect("ideas");
    let id = any();
    workspace.suggestions(id, MOST).expect("suggestions");
    let learned = (0..LINKS).map(|number| {
        let link = Deed::Link {
            feedback: vec![any()],
            idea: IdeaTarget::Existing(ideas[number * 7 % ideas.len()].id),
            quote: None,
        };
        workspace.commit(&link).expect("a link");
        time(|| workspace.suggestions(id, MOST).expect("suggestions"))
    });
    let learned = Times::new(learned.collect());
    book.times(
        "suggestion, the first after a link",
        bed.items,
        &learned,
        None,
    );
}
