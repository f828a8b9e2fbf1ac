//! What is found by what, and that no text can break the terms.

use proptest::prelude::*;

use super::*;

fn cut(text: &str) -> Vec<String> {
    terms(text).iter().map(ToString::to_string).collect()
}

#[test]
fn words_are_folded() {
    for (text, expected) in [
        ("Dark MODE, please!", "dark mode please"),
        ("Crème brûlée e\u{301}", "creme brulee e"),
        (
            "Straße Łódź Ærø İstanbul ΟΔΟΣ",
            "strasse lodz aero istanbul οδοσ",
        ),
        ("l\u{2019}équipe don't", "l equipe don t"),
        ("v10.1 a_b 3,5", "v10 1 a b 3 5"),
        ("ﬁle ① ＡＢＣ ｶﾞ", "file 1 abc ガ"),
        ("Привет שָׁלוֹם مُحَمَّد", "привет שלום محمد"),
        ("हिन्दी क्या", "हिन्दी क्या"),
        ("한국어 검색", "한국어 검색"),
        ("C++ c# .NET", "c c net"),
        ("", ""),
        ("-- * () \"\"", ""),
    ] {
        assert_eq!(cut(text).join(" "), expected, "{text:?}");
    }
}

#[test]
fn scripts_without_blanks_become_bigrams() {
    for (text, expected) in [
        ("日本語", "日本 本語 語"),
        ("日 本", "日 本"),
        ("モバイルで", "モバ バイ イル ルで で"),
        ("PDF出力v2", "pdf 出力 力 v2"),
        ("が", "が"),
        ("か\u{3099}く", "がく く"),
        ("〇一 2026年", "〇一 一 2026 年"),
        ("ที่นี่", "ที่นี่ นี่"),
        ("日本。語", "日本 本 語"),
    ] {
        assert_eq!(cut(text).join(" "), expected, "{text:?}");
    }
}

#[test]
fn every_plain_character_folds_to_itself() {
    for c in '\u{3041}'..='\u{9fff}' {
        // What follows is skipped, and so the character is folded as a cluster.
        assert_eq!(cut(&format!("{c}")), cut(&format!("{c}\u{feff}")), "{c:?}");
    }
}

#[test]
fn pictures_are_terms_and_shapeless_characters_hide_nothing() {
    for (text, expected) in [
        ("fire\u{1f525}\u{1f525}x", "fire \u{1f525} \u{1f525} x"),
        ("\u{2764}\u{fe0f}", "\u{2764}"),
        ("\u{1f468}\u{200d}\u{1f469}", "\u{1f468}\u{1f469}"),
        ("\u{1f1ef}\u{1f1f5}", "\u{1f1ef}\u{1f1f5}"),
        ("a\u{200b}b\u{2060}c", "abc"),
        ("se\u{ad}cret \u{202e}gpj.exe", "secret gpj exe"),
        ("\u{feff}x \u{3164}\u{ad} \u{e0041}\u{e0042}", "x"),
        ("a\0b\u{1b}[2Jc\u{85}d\u{2028}e\u{9b}31m", "a b 2jc d e 31m"),
        ("1\u{fe0f}\u{20e3} x\r\ny", "1 x y"),
        ("\u{fffe}\u{ffff}\u{e000}", ""),
        ("→ │ ─ ■", ""),
    ] {
        assert_eq!(cut(text).join(" "), expected, "{text:?}");
        assert_eq!(is_searchable(text), !expected.is_empty(), "{text:?}");
    }
}

#[test]
fn terms_are_bounded() {
    let long = format!("e{}", "\u{301}".repeat(1_000));
    assert_eq!(cut(&long), ["e"]);
    assert_eq!(cut(&"x".repeat(1_000_000)), ["x".repeat(LONGEST_TERM)]);
    let marks = format!("ก{}", "\u{e49}".repeat(100_000));
    assert!(
        cut(&marks)
            .iter()
            .all(|term| term.chars().count() <= LONGEST_TERM)
    );
    let ligatures = "\u{fdfa}".repeat(10_000);
    assert_eq!(cut(&ligatures).len(), 30_001);
}

#[test]
fn expressions_hold_strings_only() {
    use Sought::{Unfinished, Whole};
    for (sought, expected) in [
        (
            &[Unfinished("dark"), Unfinished("Mod")][..],
            Some("\"dark\" * AND \"mod\" *"),
        ),
        (&[Whole("Dark mode")], Some("\"dark mode\"")),
        (&[Whole("dark"), Unfinished("*")], Some("\"dark\"")),
        (&[Unfinished("a\"b")], Some("\"a b\" *")),
        (
            &[Unfinished("NEAR(a"), Unfinished("OR")],
            Some("\"near a\" * AND \"or\" *"),
        ),
        (&[Unfinished("日本語")], Some("\"日本 本語\"")),
        (&[Unfinished("語")], Some("\"語\" *")),
        (&[Whole("出力 pdf")], Some("\"出力 力 pdf\"")),
        (&[Whole("PDF 語")], Some("\"pdf 語\" *")),
        (&[Unfinished("*"), Whole("\0")], None),
        (&[], None),
    ] {
        assert_eq!(match_expression(sought).as_deref(), expected, "{sought:?}");
    }
    let endless = "x.".repeat(100_000);
    assert!(match_expression(&[Unfinished(&endless)]).is_some_and(|e| e.len() < 200));
}

#[test]
fn matches_are_marked_where_they_stand() {
    use Sought::{Unfinished, Whole};
    let marked = |text: &str, sought: &[Sought<'_>]| -> Vec<String> {
        matches(text, sought)
            .into_iter()
            .map(|range| text[range].to_owned())
            .collect()
    };
    let text = "Exporting boards: the Board's export, e\u{301}xport";
    assert_eq!(
        marked(text, &[Unfinished("export")]),
        ["Exporting", "export", "e\u{301}xport"]
    );
    assert_eq!(
        marked(text, &[Whole("export")]),
        ["export", "e\u{301}xport"]
    );
    assert_eq!(marked(text, &[Whole("boards the")]), ["boards: the"]);
    assert_eq!(
        marked(text, &[Unfinished("board's"), Whole("the")]),
        ["the", "Board's"]
    );
    assert_eq!(marked("PDF出力する", &[Unfinished("力す")]), ["力す"]);
    assert_eq!(marked("PDF出力する", &[Unfinished("力")]), ["力"]);
    assert_eq!(marked("PDF出力する", &[Unfinished("る")]), ["る"]);
    assert_eq!(marked("出力する", &[Unfinished("出力する")]), ["出力する"]);
    assert_eq!(
        marked("日本日本", &[Unfinished("日"), Unfinished("本")]),
        ["日本日本"]
    );
    assert_eq!(marked(text, &[Unfinished("*")]), [""; 0]);
}

#[test]
fn keywords_tell_what_it_is_about() {
    let text = "Hello team, we would really like to export boards. Exporting a board as PDF would help: \
                auditors want the board as PDF each quarter. 10 boards. Thanks!";
    let found: Vec<String> = keywords(text, 5).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["boards", "board", "pdf", "exporting", "auditors"]);
    let found: Vec<String> = keywords("モバイルで通知が届かない", 50)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        found.contains(&"通知".to_owned()) && !found.contains(&"ない".to_owned()),
        "{found:?}"
    );
    assert!(keywords("the of and 10 x !", 5).is_empty());
}

fn is_term(term: &str) -> bool {
    !term.is_empty()
        && term.chars().count() <= LONGEST_TERM
        && term.chars().all(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && (!c.is_ascii() || c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z0-9 .'\\-日本語でทีเ่क्या한é\u{301}\u{200d}\u{1f468}\u{1f1ef}\u{fdfa}\u{fe0f}\\r\\n\u{0}½]{0,40}",
        "[abAB1 ,\u{2010}-\u{2027}é]{0,24}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn terms_have_term_characters_only(text in any_text()) {
        for term in terms(&text) {
            prop_assert!(is_term(term.as_str()), "{:?} in {:?}", term, text);
        }
        prop_assert_eq!(index_text("", &text), cut(&text).join(" "));
    }

    #[test]
    fn the_quick_ways_are_the_same_way(text in "[ -~\\n]{0,60}|[A-Ca-cé\u{301} ,]{0,40}|[a-zA-Z0-9]{28,40}|[a \u{3041}-\u{3096}\u{30a1}-\u{30fa}ー、\u{4e00}-\u{9fff}]{0,9}") {
        // What follows is above ASCII and skipped, so that every character is taken as a cluster.
        let slow: String = text.chars().flat_map(|c| [c, '\u{feff}']).collect();
        prop_assert_eq!(cut(&text), cut(&slow));
    }

    #[test]
    fn pieces_stand_in_order_on_whole_characters(text in any_text()) {
        let mut last = 0;
        super::cut::cut(&text, &mut |piece| {
            assert!(text.get(piece.range.clone()).is_some_and(|t| !t.is_empty()), "{piece:?}");
            assert!(piece.range.start >= last);
            last = piece.range.start;
        });
    }

    #[test]
    fn an_expression_is_strings_stars_and_and(texts in prop::collection::vec(any_text(), 0..4)) {
        let sought: Vec<Sought<'_>> = texts
            .iter()
            .enumerate()
            .map(|(i, text)| if i % 2 == 0 { Sought::Whole(text) } else { Sought::Unfinished(text) })
            .collect();
        for part in match_expression(&sought).iter().flat_map(|e| e.split(" AND ")) {
            let string = part.strip_suffix(" *").unwrap_or(part);
            let inside = string.strip_prefix('"').and_then(|s| s.strip_suffix('"'));
            prop_assert!(inside.is_some_and(|i| i.split(' ').all(is_term)), "{:?}", part);
        }
    }

    #[test]
    fn every_word_of_a_text_is_marked_in_it(text in any_text()) {
        for word in text.split_whitespace() {
            for sought in [Sought::Whole(word), Sought::Unfinished(word)] {
                let found = matches(&text, &[sought]);
                prop_assert_eq!(found.is_empty(), !is_searchable(word), "{:?} in {:?}", word, text);
                prop_assert!(found.windows(2).all(|pair| pair[0].end < pair[1].start));
                prop_assert!(found.into_iter().all(|range| text.get(range).is_some()));
            }
        }
    }

    #[test]
    fn a_text_fits_exactly_when_it_is_marked(text in any_text(), word in any_text(), whole in any::<bool>()) {
        for text in [text.clone(), text.chars().filter(char::is_ascii).collect(), text.to_uppercase()] {
            let sought = if whole { Sought::Whole(&word) } else { Sought::Unfinished(&word) };
            let marked = !matches(&text, &[sought]).is_empty();
            let asked = Asked::of(sought);
            prop_assert_eq!(asked.as_ref().is_some_and(|asked| asked.is_in(&text)), marked, "{:?} in {:?}", asked, text);
            let word_for_word = Asked::of(Sought::Whole(&word)).filter(|asked| !asked.is_open());
            if let Some(Fit::Whole) = word_for_word.map(|asked| asked.fit(&text)) {
                prop_assert!(marked);
            }
        }
    }

    #[test]
    fn keywords_are_terms_of_the_text(text in any_text(), limit in 0usize..9) {
        let all = terms(&text);
        let found = keywords(&text, limit);
        prop_assert!(found.len() <= limit && found.iter().all(|term| all.contains(term)));
    }
}
