//! Random files: what another tool might bring, about few enough things that files meet each other and local deeds.

use chrono::NaiveDate;

use super::moves::PEOPLE;
use super::world::handle;
use crate::domain::feedback::{FeedbackKind, Importance, Resolution};
use crate::domain::idea::{Effort, Status};
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportCompany, ImportCustomer, ImportIdea, ImportKey,
    ImportLink, ImportPerson, ImportPlace, ImportRecord, ImportRelease, ImportReply, ImportState,
};
use crate::domain::moment::Moment;
use crate::domain::release::{Health, ReleaseKind, ReleaseState};

/// Throws that follow from a seed.
pub(super) struct Dice {
    seed: u64,
    /// Whether what is said about one thing is said the same everywhere in the file.
    agrees: bool,
}

impl Dice {
    pub(super) const fn of(seed: u64) -> Self {
        Self {
            seed,
            agrees: false,
        }
    }

    fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64.
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides as u64).expect("small")
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }

    fn some<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (self.roll(2) == 0).then(|| self.one(all))
    }

    fn several<T: Copy>(&mut self, all: &[T]) -> Vec<T> {
        all.iter().copied().filter(|_| self.roll(3) == 0).collect()
    }

    /// The same things in another order.
    pub(super) fn shuffle(&mut self, things: &mut [Brought]) {
        for place in (1..things.len()).rev() {
            things.swap(place, self.roll(place + 1));
        }
    }
}

/// The file of that seed: everything in it at most once, in any order.
pub(super) fn file(seed: u64) -> Vec<Brought> {
    things(&mut Dice::of(seed))
}

/// A file in which nothing contradicts: each colleague and company is told of in one way, and duplicates do not lead back.
pub(super) fn agreeing_file(seed: u64) -> Vec<Brought> {
    things(&mut Dice { seed, agrees: true })
}

fn things(dice: &mut Dice) -> Vec<Brought> {
    let mut things = Vec::new();
    for id in dice.several(&["r0", "r1", "r2"]) {
        things.push(Brought::Release(release(dice, id)));
    }
    for id in dice.several(&["d0", "d1", "d2", "d3"]) {
        things.push(Brought::Idea(Box::new(idea(dice, id))));
    }
    for id in dice.several(&["f0", "f1", "f2", "f3"]) {
        things.push(feedback(dice, id).into());
    }
    for id in dice.several(&["f0", "d1", "x"]) {
        things.push(Brought::Comment(ImportReply {
            line: 9,
            on: key(id),
            comment: comment(dice, "reply"),
        }));
    }
    dice.shuffle(&mut things);
    things
}

fn key(id: &str) -> ImportKey {
    ImportKey {
        source: "test".to_owned(),
        origin: "there".to_owned(),
        id: id.to_owned(),
    }
}

fn text(dice: &mut Dice, what: &str) -> String {
    format!("{what} as of {}", dice.roll(3))
}

fn person(dice: &mut Dice) -> Option<ImportPerson> {
    let name = dice.some(&["hana", "omar", "dana", "zoe"])?;
    let full_name = dice.some(&["A Name", "Another"]).filter(|_| !dice.agrees);
    Some(ImportPerson {
        handle: handle(name),
        name: full_name.map(str::to_owned),
        email: dice.some(&[()]).map(|()| format!("{name}@there.example")),
    })
}

fn day(dice: &mut Dice) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2027, 3, dice.some(&[1, 2])?)
}

fn comment(dice: &mut Dice, id: &str) -> ImportComment {
    ImportComment {
        source_id: Some(id.to_owned()),
        author: match dice.roll(3) {
            0 => Some(ImportAuthor::Outsider("Ada".to_owned())),
            1 => person(dice).map(ImportAuthor::Colleague),
            _ => None,
        },
        at: Moment(1_000),
        text: text(dice, id),
        original: dice.some(&["<p>so</p>"]).map(str::to_owned),
        to_reporter: dice.roll(2) == 0,
    }
}

fn comments(dice: &mut Dice) -> Vec<ImportComment> {
    let ids = dice.several(&["c0", "c1"]);
    ids.into_iter().map(|id| comment(dice, id)).collect()
}

fn release(dice: &mut Dice, id: &str) -> ImportRelease {
    ImportRelease {
        line: 2,
        key: key(id),
        name: match dice.roll(4) {
            0 if !dice.agrees => dice.one(&["v1", "V1", "word1", "new"]).to_owned(),
            1 => format!("{id}-new"),
            _ => id.to_owned(),
        },
        kind: dice.some(&ReleaseKind::ALL[..3]),
        date: day(dice),
        state: dice.some(ReleaseState::ALL),
    }
}

fn idea(dice: &mut Dice, id: &str) -> ImportIdea {
    let releases = dice.several(&["r0", "r1", "r2", "r9"]);
    ImportIdea {
        line: 3,
        key: key(id),
        title: text(dice, id),
        problem: dice
            .some(&["It hurts.", "It still hurts."])
            .map(str::to_owned),
        original: dice.some(&["<p>It hurts.</p>"]).map(str::to_owned),
        url: dice.some(&["https://there.example/1"]).map(str::to_owned),
        ticket_key: dice.some(&["T-1", "T-2"]).map(str::to_owned),
        status: dice.some(Status::ALL),
        reason: dice.some(&["Because.", "For good."]).map(str::to_owned),
        owner: person(dice),
        area: dice.some(&["Boards", "Mobile"]).map(str::to_owned),
        effort: dice.some(Effort::ALL),
        votes: u32::from(dice.roll(2) == 0),
        releases: releases
            .into_iter()
            .map(|id| ImportPlace {
                release: key(id),
                health: dice.some(Health::ALL),
            })
            .collect(),
        comments: comments(dice),
        ..ImportIdea::default()
    }
}

fn feedback(dice: &mut Dice, id: &str) -> ImportRecord {
    let ideas = dice.several(&["d0", "d1", "d2", "d9"]);
    let original = dice.some(&["f0", "f1", "f2", "f9"]);
    ImportRecord {
        line: 4,
        title: id.to_owned(),
        body: text(dice, id),
        original: dice.some(&["<p>so</p>"]).map(str::to_owned),
        source: key(id).source,
        origin: key(id).origin,
        source_id: Some(id.to_owned()),
        received: Moment(1_000),
        reporter: person(dice),
        customer: dice.some(&["Ada", "Bob"]).map(|name| ImportCustomer {
            name: name.to_owned(),
            email: dice
                .some(&["ada@there.example"])
                .filter(|_| !dice.agrees)
                .map(str::to_owned),
        }),
        company: dice.some(&["Globex", "word1"]).map(|name| ImportCompany {
            name: name.to_owned(),
            tier: dice.some(&["Enterprise"]).map(str::to_owned),
            revenue: dice.some(&[100, 200]).filter(|_| !dice.agrees),
            renewal: day(dice).filter(|_| !dice.agrees),
            ..ImportCompany::default()
        }),
        state: dice.one(&[
            ImportState::Unprocessed,
            ImportState::Unprocessed,
            ImportState::Processed(Resolution::NoAction),
            ImportState::Archived,
        ]),
        owner: person(dice),
        area: dice.some(&["Boards", "Mobile"]).map(str::to_owned),
        tags: dice
            .several(&["word0", "word1"])
            .into_iter()
            .map(str::to_owned)
            .collect(),
        importance: dice.some(Importance::ALL),
        kind: dice.some(FeedbackKind::ALL),
        needed_by: day(dice),
        edition: dice.some(PEOPLE.as_slice()).map(str::to_owned),
        comments: comments(dice),
        ideas: ideas
            .into_iter()
            .map(|id| ImportLink {
                idea: key(id),
                importance: dice.some(Importance::ALL),
            })
            .collect(),
        duplicate_of: original
            .filter(|of| *of != id && dice.roll(2) == 0)
            // Of two that name each other, the one that comes first would be the duplicate.
            .filter(|of| !dice.agrees || *of < id || *of == "f9")
            .map(str::to_owned),
        ..ImportRecord::default()
    }
}
