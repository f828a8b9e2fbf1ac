//! What a dictionary is made from.

use uuid::Uuid;

use super::{MANY, body};
use crate::store::texts::samples::Samples;

/// A dictionary of such texts, with what `more` adds to each of them.
fn samples(more: impl Fn(u128) -> String) -> Samples {
    let mut samples = Samples::default();
    for number in 0..MANY {
        let body = format!("{} {}", body(number), more(number));
        samples.take(Some("Board is slow"), &body);
    }
    samples
}

#[test]
fn a_dictionary_holds_nothing_that_only_few_have_said() {
    // A name in nineteen texts; an address and a telephone number that come again and again; and three words of which each is
    // frequent, but not beside the others.
    let samples = samples(|number| match number {
        0..19 => "Ask Wilhelmina about it".to_owned(),
        19 => "alpha beta gamma".to_owned(),
        20..60 => "write to board@customer.example or call +49 151 2342342".to_owned(),
        60..100 => "alpha".to_owned(),
        100..140 => "beta".to_owned(),
        140..180 => "gamma".to_owned(),
        _ => String::new(),
    });
    let common = samples.in_common().join("\n");
    let dictionary = samples.dictionary().expect("a dictionary");
    let dictionary = String::from_utf8_lossy(&dictionary);
    for kept in [&common, &*dictionary] {
        for secret in ["ilhelm", "board@", "customer.ex", "151", "2342", "own1"] {
            assert!(!kept.contains(secret), "{secret}");
        }
        // No sentence, though each of its words is frequent.
        for secret in ["alpha beta", "beta gamma"] {
            assert!(!kept.contains(secret), "{secret}");
        }
        assert!(kept.contains("board"));
    }
    assert!(common.contains("alpha"));
}

#[test]
fn the_same_text_again_and_again_is_one_text() {
    let mut samples = samples(|_| String::new());
    for _ in 0..50 {
        samples.take(None, "Wilhelmina cannot log in");
    }
    assert!(!samples.in_common().join("\n").contains("Wilhelmina"));
}

#[test]
fn texts_without_anything_in_common_make_no_dictionary() {
    let mut samples = Samples::default();
    for number in 0..MANY {
        samples.take(None, &Uuid::from_u128(number).to_string());
    }
    assert!(samples.dictionary().is_none());
    assert!(Samples::default().dictionary().is_none());
}

#[test]
fn scripts_without_blanks_are_taken_by_their_letters() {
    let mut samples = Samples::default();
    for number in 0..MANY {
        samples.take(None, &format!("{number} 検索が遅い"));
    }
    let common = samples.in_common();
    assert!(common[0].contains("検索"), "{common:?}");
    assert!(!common[0].contains("検索が"), "{common:?}");
}
