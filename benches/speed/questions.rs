//! The other questions of the console, of which the first frame waits for some.

use intake::domain::listing::IdeaQuery;

use super::bed::{self, Bed};
use super::book::Book;
use super::measure::{Draw, Work, in_turn, time};

const ROUNDS: usize = 40;

/// Measures each question.
pub fn measure(bed: &Bed, book: &mut Book) {
    let workspace = bed::open(&bed.workspace);
    bed::settle(&workspace);
    let some = bed::some_feedback(&workspace, "is:unprocessed", 5_000);
    let ideas = workspace.ideas(&IdeaQuery::default()).expect("ideas");
    let (mut any, mut wanted) = (Draw::of(19), Draw::of(23));
    let open: Work<'_> = Box::new(|_| time(|| bed::open(&bed.workspace)));
    let header: Work<'_> = Box::new(|_| time(|| workspace.header().expect("figures")));
    let plan: Work<'_> = Box::new(|_| time(|| workspace.plan().expect("a plan")));
    let all: Work<'_> =
        Box::new(|_| time(|| workspace.ideas(&IdeaQuery::default()).expect("ideas")));
    let names: Work<'_> = Box::new(|_| time(|| workspace.vocabulary().expect("names")));
    let timeline: Work<'_> =
        Box::new(|_| time(|| workspace.timeline(None, None, 100).expect("actions")));
    let feedback: Work<'_> = Box::new(|_| {
        let id = some[any.below(some.len())];
        time(|| workspace.feedback(id).expect("a feedback"))
    });
    let idea: Work<'_> = Box::new(|_| {
        let id = ideas[wanted.zipf(ideas.len())].id;
        time(|| workspace.idea(id).expect("an idea"))
    });
    let works = [open, header, plan, all, names, timeline, feedback, idea];
    let names = [
        "open",
        "header",
        "plan",
        "ideas",
        "vocabulary",
        "timeline",
        "feedback",
        "idea",
    ];
    for (name, times) in names.iter().zip(in_turn(ROUNDS, works)) {
        book.times(&format!("question: {name}"), bed.items, &times, None);
    }
}
