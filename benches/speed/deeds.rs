//! Deeds, durable, beside writing 40 KB and waiting for the disk in the same folder; and a bulk of 10,000.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use intake::domain::deed::{Deed, IdeaTarget, Reversal, Reversed};
use intake::domain::id::{FeedbackId, IdeaId};
use intake::domain::listing::IdeaQuery;
use intake::workspace::Workspace;

use super::bed::{self, Bed};
use super::book::{Book, shown};
use super::measure::{Draw, Times, Work, in_turn, time};

const ROUNDS: usize = 150;
const BULK: usize = 10_000;
const BULKS: usize = 5;
/// A write of the floor.
const WRITE: usize = 40 << 10;
/// The file that it writes to: as a log, it is there already and written from its start on again.
const FILE: u64 = 8 << 20;
/// After so many deeds the hands rest, and the log is moved to the file.
const REST: usize = 10;

/// Measures deeds.
pub fn measure(bed: &Bed, book: &mut Book) {
    let copy = bed.copy();
    let mut workspace = bed::open(copy.path());
    bed::settle(&workspace);
    let ideas = workspace.ideas(&IdeaQuery::default()).expect("ideas");
    let ideas: Vec<IdeaId> = ideas.iter().map(|idea| idea.id).collect();
    // Those of one list stand side by side; a PM goes through them, but not without a gap.
    let some = bed::some_feedback(&workspace, "is:unprocessed", ROUNDS * 12);
    let some: Vec<FeedbackId> = some.into_iter().step_by(3).collect();
    let (links, rest) = some.split_at(ROUNDS + 1);
    let (answers, processes) = rest.split_at(ROUNDS + 1);
    let disk = copy.path().with_file_name("floor");
    for (row, deeds) in [
        ("deed: link", Kind::Link(&ideas, links)),
        ("deed: answer", Kind::Answer(answers)),
        ("deed: process", Kind::Process(processes)),
    ] {
        let mut floor = Floor::new(&disk);
        let floor: Work<'_> = Box::new(|_| floor.write());
        let workspace = &mut workspace;
        let deed: Work<'_> = Box::new(|round| {
            let deed = deeds.deed(round);
            let taken = time(|| workspace.commit(&deed).expect("a deed"));
            if round % REST == 0 {
                workspace.tidy().expect("a checkpoint");
            }
            taken
        });
        let [floor, deed] = in_turn(ROUNDS, [floor, deed]);
        book.times(row, bed.items, &deed, Some(&floor));
    }
    let _ = std::fs::remove_file(disk);
    bulk(&mut workspace, bed, book);
}

enum Kind<'a> {
    Link(&'a [IdeaId], &'a [FeedbackId]),
    Answer(&'a [FeedbackId]),
    Process(&'a [FeedbackId]),
}

impl Kind<'_> {
    fn deed(&self, round: usize) -> Deed {
        match self {
            Self::Link(ideas, feedback) => Deed::Link {
                feedback: vec![feedback[round]],
                idea: IdeaTarget::Existing(ideas[round * 7 % ideas.len()]),
                quote: None,
            },
            Self::Answer(feedback) => Deed::Answer {
                answers: vec![(
                    feedback[round],
                    "Thank you: it is planned for the next release.".to_owned(),
                )],
            },
            Self::Process(feedback) => Deed::Process {
                feedback: vec![feedback[round]],
            },
        }
    }
}

/// The floor of a deed.
struct Floor {
    file: File,
    bytes: Vec<u8>,
    place: u64,
}

impl Floor {
    fn new(path: &Path) -> Self {
        let file = File::create(path).expect("a file");
        let mut draw = Draw::of(17);
        let bytes: Vec<u8> = (0..WRITE).map(|_| draw.next() as u8).collect();
        for place in (0..FILE).step_by(WRITE) {
            file.write_all_at(&bytes, place).expect("it is written");
        }
        file.sync_all().expect("it is on the disk");
        Self {
            file,
            bytes,
            place: 0,
        }
    }

    fn write(&mut self) -> Duration {
        self.place = (self.place + WRITE as u64) % FILE;
        time(|| {
            self.file
                .write_all_at(&self.bytes, self.place)
                .expect("it is written");
            self.file.sync_data().expect("it is on the disk");
        })
    }
}

/// Marks many items processed in one deed, and takes it back.
fn bulk(workspace: &mut Workspace, bed: &Bed, book: &mut Book) {
    let feedback = bed::some_feedback(workspace, "is:unprocessed", BULK);
    let count = feedback.len();
    let deed = Deed::Process { feedback };
    let (mut done, mut undone) = (Vec::new(), Vec::new());
    for _ in 0..BULKS {
        done.push(time(|| workspace.commit(&deed).expect("a deed")));
        workspace.tidy().expect("a checkpoint");
        undone.push(time(|| {
            let undone = workspace.reverse(Reversal::Newest).expect("an undo");
            assert!(matches!(undone, Reversed::Done(_)));
        }));
        workspace.tidy().expect("a checkpoint");
    }
    for (row, times) in [("bulk: process", done), ("bulk: its undo", undone)] {
        let mut text = shown(Times::new(times).percentile(50));
        if count < BULK {
            text = format!("{text} ({count} items)");
        }
        book.figure(row, bed.items, text, None, None);
    }
}
