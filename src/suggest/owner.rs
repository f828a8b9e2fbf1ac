//! Who should probably own a feedback: a vote of what is like it.

use std::collections::BTreeMap;

/// A voice weighs this power of how well its idea fits, so that the best has the say. 2 was better than 1 by some parts in
/// a hundred of those who were named rightly.
const SHARPNESS: i32 = 2;
/// What one keyword of an area weighs, and how many count: a team that wrote them down meant them, so two of them outvote
/// what is usually like it (no labelled set has keywords to measure it by).
const KEYWORD: f64 = 1.0;
const MOST_KEYWORDS: u8 = 3;
/// Below this share of all voices nobody is named. With owners of products, components and of twelve shares of the
/// components of a labelled set, 42, 20 and 24 of 100 feedback were given an owner, and 84, 78 and 75 % of them the right
/// one; at one half 58, 30 and 38 of 100, and 78, 70 and 64 %.
const SHARE: f64 = 0.6;
/// Nobody is named by one idea that hardly fits: less than a third of what was asked, squared. A choice: below it the first idea is
/// right for one in seven.
const FLOOR: f64 = 0.1;

/// Somebody who owns something like the feedback.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice<O> {
    owner: O,
    weight: f64,
    items: u32,
}

impl<O> Voice<O> {
    /// The owner of an idea that fits so well (0 to 1), or of a feedback that is so alike.
    #[must_use]
    pub fn of_one(owner: O, fit: f64) -> Self {
        Self {
            owner,
            weight: fit.powi(SHARPNESS),
            items: 1,
        }
    }

    /// The owners of the feedback linked to an idea that fits so well, with how many each owns: together they weigh as much
    /// as the owner of the idea.
    pub fn of_linked(owners: Vec<(O, u32)>, fit: f64) -> impl Iterator<Item = Self> {
        let all: u32 = owners.iter().map(|(_, items)| *items).sum();
        owners.into_iter().map(move |(owner, items)| Self {
            owner,
            weight: fit.powi(SHARPNESS) * f64::from(items) / f64::from(all.max(1)),
            items,
        })
    }
}

/// Who was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<O> {
    /// Who.
    pub owner: O,
    /// How many ideas and feedback like it are theirs.
    pub items: u32,
    /// Whether the keywords of the area said more than those.
    pub by_area: bool,
}

/// Who has most of the voices, together with the owner of the area of whose keywords so many are said. Nobody where that is
/// too little of all, or too little at all.
#[must_use]
pub fn likely_owner<O: Ord + Clone>(
    voices: &[Voice<O>],
    area: Option<(&O, usize)>,
) -> Option<Named<O>> {
    let mut votes: BTreeMap<&O, (f64, u32)> = BTreeMap::new();
    for voice in voices {
        let vote = votes.entry(&voice.owner).or_default();
        vote.0 += voice.weight;
        vote.1 += voice.items;
    }
    let said = area.map_or(0.0, |(_, said)| {
        KEYWORD * f64::from(u8::try_from(said).unwrap_or(u8::MAX).min(MOST_KEYWORDS))
    });
    if let Some((owner, _)) = area {
        votes.entry(owner).or_default().0 += said;
    }
    let all: f64 = votes.values().map(|(weight, _)| weight).sum();
    let (owner, (weight, items)) = votes
        .into_iter()
        .max_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b))?;
    let by_area = area.is_some_and(|(of_area, _)| of_area == owner) && said >= weight / 2.0;
    (weight >= FLOOR && weight >= SHARE * all).then(|| Named {
        owner: owner.clone(),
        items,
        by_area,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_owns_most_of_what_is_like_it_is_named_and_nobody_where_opinions_differ() {
        let voices = |second: &'static str| {
            let linked = vec![("hana", 3), ("lin", 1)];
            let mut voices = vec![Voice::of_one("hana", 0.6), Voice::of_one(second, 0.5)];
            voices.extend(Voice::of_linked(linked, 0.6));
            voices
        };
        let named = likely_owner(&voices("hana"), None).expect("an owner");
        assert_eq!(
            (named.owner, named.items, named.by_area),
            ("hana", 5, false)
        );
        assert_eq!(likely_owner(&voices("omar"), Some((&"lin", 1))), None);
        assert_eq!(likely_owner::<&str>(&[], None), None);
        assert_eq!(likely_owner(&[Voice::of_one("hana", 0.3)], None), None);
    }

    #[test]
    fn keywords_of_an_area_are_a_voice_and_alone_enough() {
        let named = likely_owner(&[], Some((&"omar", 1))).expect("an owner");
        assert!(named.by_area && named.items == 0);
        let others = [Voice::of_one("hana", 0.9)];
        assert_eq!(likely_owner(&others, Some((&"omar", 1))), None);
        let named = likely_owner(&others, Some((&"omar", 9))).expect("an owner");
        assert_eq!(named.owner, "omar");
    }
}
