//! Whether two feedback are probably the same item: the same wish, told twice.

use super::Asked;
use crate::search::Bag;

/// Two feedback of one customer or company that are this alike are probably the same. Among 64 strangers the likest is as
/// alike in about one of 100 cases, and four in ten of those that people marked as duplicates are (in other words, by other
/// people: who tells the same twice says it more alike). Where all 64 are about the same component, three in 100.
pub const SAME: f64 = 0.4;
/// Two feedback that have only their reporter in common: colleagues file for many customers, so it must be the same text
/// but for some words.
pub const SAME_TEXT: f64 = 0.8;

/// How alike two feedback are, from 0 to 1: the mean of the likenesses of their titles and of all their words, each word
/// weighed by how telling it is.
///
/// Of what was tried (shared weight over all weight, over the lesser weight; the cosine of all words; the better of that
/// and the cosine of the titles) this finds most at one false alarm in 100: 0.49 and 0.41 on two sets, the cosine alone
/// 0.39 and 0.07.
#[must_use]
pub fn likeness(one: &Asked, other: &Asked, rarity: impl Fn(&str) -> f64) -> f64 {
    let whole = cosine(&one.whole, &other.whole, &rarity);
    if whole == 0.0 {
        return 0.0;
    }
    // “Feature request” names nothing that another title could have or lack.
    if one.title.is_empty() || other.title.is_empty() {
        return whole;
    }
    (whole + cosine(&one.title, &other.title, &rarity)) / 2.0
}

/// Where neither of two feedback has so many different telling words, title and text are often one and the same, and the mean is that
/// of a single short row of words: two in common make it 0.6. There they have this many in common and are this alike, or are the same
/// text but for a word. That leaves a sixth of the false alarms among short questions to a bank, and finds as much in the longer texts of Eclipse and
/// SeaMonkey (`docs/suggestions.md`).
const FEW_WORDS: usize = 8;
const SHARED_BY_SHORT: usize = 3;
const SAME_SHORT: f64 = 0.5;

/// Whether two feedback of one customer or company, which are so alike and have so many words in common, are probably the same.
#[must_use]
pub fn is_same_wish(one: &Asked, other: &Asked, alike: f64, shared: usize) -> bool {
    let is_short = |asked: &Asked| asked.whole.iter().take(FEW_WORDS).count() < FEW_WORDS;
    if is_short(one) && is_short(other) {
        return alike >= SAME_TEXT || (alike >= SAME_SHORT && shared >= SHARED_BY_SHORT);
    }
    alike >= SAME
}

/// So many telling words in common are more than chance. A single one (“urgent”, “card”) leads anywhere, however much of a short text
/// it is.
pub const SHARED: usize = 2;

/// The words that two feedback have in common, the most telling first.
#[must_use]
pub fn in_common(one: &Asked, other: &Asked, rarity: impl Fn(&str) -> f64) -> Vec<String> {
    let stems = one.whole.iter().map(|(stem, _)| stem);
    let shared = stems.filter(|stem| other.whole.count_of(stem).is_some());
    let mut shared: Vec<&str> = shared.collect();
    shared.sort_by(|a, b| rarity(b).total_cmp(&rarity(a)));
    shared.into_iter().map(str::to_owned).collect()
}

/// How alike a feedback is where one seeks an original of another, and how many words of that one's title are in its own; `None`
/// where it is not worth a look. It is where it has at least two telling words of that one's title, or is as alike as what is
/// probably the same. The list is looked through by somebody, so one too many does less harm there than one too few.
#[must_use]
pub fn worth_a_look(
    one: &Asked,
    other: &Asked,
    rarity: impl Fn(&str) -> f64,
) -> Option<(f64, usize)> {
    let shared = |bag: &Bag| {
        let shared = one.title.iter();
        shared
            .filter(|(stem, _)| bag.count_of(stem).is_some())
            .count()
    };
    let alike = likeness(one, other, rarity);
    let is_worth = shared(&other.whole) >= SHARED || alike >= SAME;
    is_worth.then(|| (alike, shared(&other.title)))
}

/// The cosine of two bags whose words are damped by how often they are said and weighed by their rarity.
fn cosine(one: &Bag, other: &Bag, rarity: &impl Fn(&str) -> f64) -> f64 {
    let weight = |stem: &str, count: u32| rarity(stem) * (1.0 + f64::from(count).ln());
    let length = |bag: &Bag| {
        bag.iter()
            .map(|(stem, count)| weight(stem, count).powi(2))
            .sum::<f64>()
    };
    let common: f64 = one
        .iter()
        .filter_map(|(stem, count)| {
            let there = other.count_of(stem)?;
            Some(weight(stem, count) * weight(stem, there))
        })
        .sum();
    if common == 0.0 {
        return 0.0;
    }
    (common / (length(one) * length(other)).sqrt()).min(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::Stems;

    #[test]
    fn one_word_in_common_is_no_likeness_and_two_of_the_title_are() {
        let stems = Stems::default();
        let like = |one: (&str, &str), other: (&str, &str)| {
            let [one, other] = [one, other].map(|(title, body)| Asked::of(&stems, title, body));
            worth_a_look(&one, &other, |_| 1.0).is_some()
        };
        let away = ("Out of office", "For anything urgent please write to Dana.");
        assert!(!like(("Urgent", "The export stopped working."), away));
        assert!(!like(("Urgent export", "It stopped."), away));
        assert!(like(("Urgent write-up", "For the board."), away));
        assert!(like(("Urgent", ""), ("Urgent!", "")));
    }

    #[test]
    fn words_in_common_are_told_the_most_telling_first() {
        let asked = |title: &str| Asked::of(&Stems::default(), title, "");
        let (one, other) = (asked("Boards for auditors"), asked("Audit a board"));
        assert_eq!(in_common(&one, &other, |_| 1.0), ["board"]);
        let other = asked("The auditor's boards");
        let rarity = |stem: &str| if stem == "board" { 0.5 } else { 2.0 };
        assert_eq!(in_common(&one, &other, rarity), ["auditor", "board"]);
    }

    fn alike(one: (&str, &str), other: (&str, &str)) -> f64 {
        let asked = |(title, body): (&str, &str)| Asked::of(&Stems::default(), title, body);
        likeness(&asked(one), &asked(other), |stem| {
            if stem == "board" { 0.5 } else { 2.0 }
        })
    }

    #[test]
    fn the_same_wish_in_other_words_is_alike_and_another_one_is_not() {
        let export = (
            "Export a board for our auditors",
            "A file with every card, please",
        );
        let again = (
            "Exporting boards for auditors",
            "Please give us the cards as a file",
        );
        assert!(alike(export, again) > SAME);
        let other = ("Board templates", "Start a board from a file");
        assert!(alike(export, other) < SAME);
        assert!(alike(export, export) > 0.999);
        assert!(alike(export, ("", "")) == 0.0 && alike(("", ""), ("", "")) == 0.0);
        let untitled = ("Feature request", export.1);
        assert!(alike(untitled, ("Help", export.1)) > SAME_TEXT);
        assert!(alike(untitled, ("Help", other.1)) < SAME_TEXT);
    }

    #[test]
    fn short_texts_must_have_more_in_common() {
        let asked = |title: &str, body: &str| Asked::of(&Stems::default(), title, body);
        let same = |one: &Asked, other: &Asked| {
            let shared = in_common(one, other, |_| 1.0).len();
            is_same_wish(one, other, likeness(one, other, |_| 1.0), shared)
        };
        let rates = asked("What are your rates of exchange?", "");
        let old = asked("Wrong exchange rate for a purchase", "");
        let transfer = asked("Exchange rate of the transfer today", "");
        assert!(likeness(&rates, &transfer, |_| 1.0) > 0.6 && !same(&rates, &transfer));
        assert!(same(&old, &asked("The exchange rate of my purchase", "")));
        assert!(same(&rates, &asked("Rates of exchange", "")));
        // A longer one says more with the same.
        let long = asked("Rates of exchange", "alpha beta gamma delta epsilon zeta");
        assert!(same(&rates, &long) && same(&long, &rates));
    }

    proptest! {
        #[test]
        fn it_is_a_share_and_the_same_both_ways(one in any::<String>(), other in any::<String>()) {
            let (there, back) = (alike((&one, &other), (&other, "")), alike((&other, ""), (&one, &other)));
            prop_assert!((0.0..=1.0).contains(&there));
            prop_assert!((there - back).abs() < 1e-9);
        }
    }
}
