//! Samples and properties of [`SafeText`].

use proptest::prelude::*;

use super::characters::{JOINER, is_forbidden};
use super::*;

/// Every character of the output is allowed where it stands, and nothing in it is invisible.
fn assert_safe(text: &str, block: bool) {
    for c in text.chars() {
        let kept = matches!(c, JOINER | '\u{fe0e}' | '\u{fe0f}') || (block && c == '\n');
        assert!(kept || !is_forbidden(c), "{c:?} in {text:?}");
    }
    for grapheme in text.graphemes(true) {
        assert!(
            grapheme == "\n" || grapheme.width() > 0,
            "invisible {grapheme:?} in {text:?}"
        );
    }
}

#[test]
fn terminal_sequences_become_visible() {
    for (sample, expected) in [
        ("\x1b[2J\x1b[H", "␛[2J␛[H"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x1b]2;t\x1b\\", "␛]2;t␛\\"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x1b]52;c;?\x07", "␛]52;c;?␇"),
        (
            "\x1b]8;;http://x\x1b\\ok\x1b]8;;\x1b\\",
            "␛]8;;http://x␛\\ok␛]8;;␛\\",
        ),
        ("\x1b]8;;\x1b[0m\x1b[>0q", "␛]8;;␛[0m␛[>0q"),
        ("\x1b]0;unterminated", "␛]0;unterminated"),
        ("\x1b[21t", "␛[21t"),
        ("\x1b[6n", "␛[6n"),
        ("\x1bP$q\"p\x1b\\", "␛P$q\"p␛\\"),
        ("\x1b_Gf=1\x1b\\", "␛_Gf=1␛\\"),
        ("\x1b[?1049l", "␛[?1049l"),
        ("\x1b[?1000h", "␛[?1000h"),
        ("\x1bc", "␛c"),
        ("\x1bkname\x1b\\", "␛kname␛\\"),
        ("\u{9b}31m", "‹9B›31m"),
        ("\u{9d}0;t\u{9c}", "‹9D›0;t‹9C›"),
        (&String::from_utf8_lossy(b"\x9b31m"), "\u{fffd}31m"),
        ("a\x08\x08X", "a␈␈X"),
        ("\x0e\x0f\x7f\x00", "␎␏␡␀"),
        ("\x1b", "␛"),
    ] {
        assert_eq!(SafeText::line(sample).as_str(), expected);
        assert_eq!(SafeText::block(sample).as_str(), expected);
    }
}

#[test]
fn plain_text_stays_as_it_is_and_is_cut_like_any_other() {
    let (plain, other) = (SafeText::line("a ~board"), SafeText::line("a ~boärd"));
    assert!(plain.is_plain() && !other.is_plain());
    assert_eq!((plain.as_str(), plain.width()), ("a ~board", 8));
    for limit in 0..10 {
        let cut = |text: &SafeText| text.truncated(limit).as_str().replace('ä', "a");
        assert_eq!(cut(&plain), cut(&other), "{limit}");
    }
    assert!(!SafeText::line("tab\t").is_empty() && !SafeText::line("\x7f").is_plain());
}

#[test]
fn deceptive_unicode_becomes_visible() {
    for (sample, expected) in [
        ("\u{202e}gpj.exe", "‹202E›gpj.exe"),
        ("\u{2066}a\u{2069}", "‹2066›a‹2069›"),
        ("\u{61c}\u{200e}\u{200f}", "‹61C›‹200E›‹200F›"),
        ("a\u{200b}b\u{2060}c", "a‹200B›b‹2060›c"),
        ("\u{e0041}\u{e0042}", "‹E0041›‹E0042›"),
        ("\u{feff}x", "‹FEFF›x"),
        ("a\u{2028}b\u{2029}c\u{85}d", "a‹2028›b‹2029›c‹85›d"),
        ("\u{3164}\u{ad}", "‹3164›‹AD›"),
        ("\u{fdfd}", "\u{fdfd}"),
        ("\u{fffe}\u{ffff}", "‹FFFE›‹FFFF›"),
        ("a\u{200d}b", "a‹200D›b"),
        ("\u{1f468}\u{200d}", "\u{1f468}‹200D›"),
        ("a\u{fe0f}", "a‹FE0F›"),
        ("a\u{1161}", "a‹1161›"),
        (
            &String::from_utf8_lossy(b"\xc0\xaf \xed\xa0\x80 \xf0\x9f"),
            "\u{fffd}\u{fffd} \u{fffd}\u{fffd}\u{fffd} \u{fffd}",
        ),
    ] {
        assert_eq!(SafeText::line(sample).as_str(), expected);
        assert_safe(expected, false);
    }
}

#[test]
fn living_scripts_and_emoji_stay_as_they_are() {
    for text in [
        "モバイルで通知が届かない",
        "看板导出",
        "تصدير اللوحة إلى ملف",
        "ส่งออกกระดานเป็นไฟล์",
        "बोर्ड को निर्यात करें",
        "보드 내보내기",
        "\u{1100}\u{1161}\u{11a8}",
        "Việt Nam e\u{301}\u{323}",
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}",
        "\u{1f469}\u{1f3fd}\u{200d}\u{1f4bb}",
        "\u{2764}\u{fe0f}",
        "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
        "1\u{fe0f}\u{20e3}",
        "\u{1f1e9}\u{1f1ea}",
    ] {
        assert_eq!(SafeText::line(text).as_str(), text);
        assert_safe(text, false);
    }
}

#[test]
fn combining_marks_are_bounded() {
    let stacked = format!("e{}!", "\u{301}".repeat(1000));
    let expected = format!("e{}‹+›!", "\u{301}".repeat(MAX_MARKS));
    assert_eq!(SafeText::line(&stacked).as_str(), expected);
    assert_eq!(SafeText::line("\u{301}x").as_str(), "◌\u{301}x");
    assert_eq!(SafeText::block("a\n\u{301}x").as_str(), "a\n◌\u{301}x");
    let family = "\u{1f468}\u{200d}".repeat(1000) + "\u{1f468}";
    let longest = SafeText::line(&family)
        .as_str()
        .graphemes(true)
        .map(str::len)
        .max();
    assert!(longest < Some(80));
}

#[test]
fn lines_and_tabs_take_the_shape_that_was_asked_for() {
    // A line end of its own, too, and never the way back to the start of a line.
    assert_eq!(SafeText::line("safe\revil").as_str(), "safe␊evil");
    assert_eq!(
        SafeText::block("safe\revil\r\r\n").as_str(),
        "safe\nevil\n\n"
    );
    let block = SafeText::block_with_offsets("a\rb\nc");
    assert_eq!(block.original_range(1..3), 1..3);
    assert_eq!(block.safe_range(2..5), 2..5);
    assert_eq!(SafeText::line("a\tb\r\nc\nd").as_str(), "a b␊c␊d");
    assert_eq!(
        SafeText::block("a\tb\r\nc\n\td").as_str(),
        "a   b\nc\n    d"
    );
    assert_eq!(SafeText::block("通\tb\t\tc").as_str(), "通  b       c");
}

#[test]
fn truncation_counts_cells_and_keeps_graphemes_whole() {
    let title = SafeText::line("モバイルで通知");
    assert_eq!(title.width(), 14);
    assert_eq!(title.truncated(14).as_str(), "モバイルで通知");
    assert_eq!(title.truncated(13).as_str(), "モバイルで通…");
    assert_eq!(title.truncated(12).as_str(), "モバイルで…");
    assert_eq!(title.truncated(1).as_str(), "…");
    assert_eq!(title.truncated(0).as_str(), "");
    let family = SafeText::line("\u{1f468}\u{200d}\u{1f469}abc");
    assert_eq!(family.width(), 5);
    assert_eq!(family.truncated(2).as_str(), "…");
    let name = SafeText::line("通知");
    assert_eq!(
        format!("{name}|{name:6}|{name:>6}|{name:-^7}|"),
        "通知|通知  |  通知|-通知--|"
    );
    assert_eq!(format!("{name:5.3}|{name:.4}|{name:.0}|"), "通…  |通知||");
}

#[test]
fn a_chosen_passage_is_found_in_the_original_and_back() {
    let original = "ab\r\n\tc\u{202e}d é";
    let block = SafeText::block_with_offsets(original);
    assert_eq!(block.text().as_str(), "ab\n    c‹202E›d é");
    let safe = |part: &str| {
        let start = block.text().as_str().find(part).unwrap_or(usize::MAX);
        start..start + part.len()
    };
    for (shown, stored) in [
        ("ab", "ab"),
        ("ab\n", "ab\r\n"),
        ("  c", "\tc"),
        ("202", "\u{202e}"),
        ("d é", "d é"),
    ] {
        assert_eq!(&original[block.original_range(safe(shown))], stored);
    }
    let quote = original.find("c\u{202e}d").unwrap_or(usize::MAX);
    let shown = block.safe_range(quote..quote + "c\u{202e}d".len());
    assert_eq!(&block.text().as_str()[shown], "c‹202E›d");
    assert_eq!(block.original_range(0..usize::MAX), 0..original.len());
    assert_eq!(SafeText::block_with_offsets("").original_range(0..9), 0..0);
}

/// Ordinary text mixed with the characters that have rules of their own.
fn hostile() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        '\x1b',
        '\r',
        '\n',
        '\t',
        '\u{9b}',
        '\u{202e}',
        JOINER,
        '\u{fe0f}',
        '\u{301}',
        '\u{20e3}',
        '\u{1f468}',
        '\u{1f3fd}',
        '\u{2764}',
        '\u{1100}',
        '\u{1161}',
        '\u{11a8}',
        '\u{1f1e9}',
        '\u{93f}',
        '\u{915}',
        '\u{94d}',
        '\u{e0041}',
        '1',
        'e',
        ' ',
        '通',
    ]);
    let any = prop_oneof![3 => special, 1 => any::<char>()];
    prop::collection::vec(any, 0..60).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn output_is_safe_and_making_it_safe_again_changes_nothing(text in hostile()) {
        let line = SafeText::line(&text);
        assert_safe(line.as_str(), false);
        prop_assert_eq!(&SafeText::line(line.as_str()), &line);
        let block = SafeText::block(&text);
        assert_safe(block.as_str(), true);
        prop_assert_eq!(&SafeText::block(block.as_str()), &block);
    }

    #[test]
    fn every_single_character_is_safe(c in any::<char>()) {
        assert_safe(SafeText::line(&c.to_string()).as_str(), false);
        assert_safe(SafeText::line(&format!("a{c}b")).as_str(), false);
    }

    #[test]
    fn offsets_grow_and_lie_on_boundaries(text in hostile()) {
        let block = SafeText::block_with_offsets(&text);
        prop_assert_eq!(block.text(), &SafeText::block(&text));
        let mut last = 0;
        for safe in 0..=block.text().as_str().len() {
            let original = block.original_range(safe..safe).start;
            prop_assert!(original >= last && text.is_char_boundary(original));
            last = original;
            let range = block.original_range(0..safe);
            prop_assert!(range.start == 0 && text.is_char_boundary(range.end));
        }
        prop_assert_eq!(last, text.len());
        for start in text.char_indices().map(|(at, _)| at) {
            let shown = block.safe_range(start..text.len());
            prop_assert!(block.text().as_str().is_char_boundary(shown.start));
            prop_assert_eq!(shown.end, block.text().as_str().len());
        }
    }

    #[test]
    fn truncation_never_exceeds_its_limit(text in hostile(), limit in 0_usize..40) {
        let cut = SafeText::line(&text).truncated(limit);
        prop_assert!(cut.width() <= limit);
        assert_safe(cut.as_str(), false);
    }
}

#[test]
fn a_row_shows_what_the_whole_line_would_show_and_looks_at_its_beginning_alone() {
    for letter in [
        "a",
        "é",
        "コ",
        "👨\u{200d}👩\u{200d}👧",
        "e\u{301}\u{302}\u{303}",
    ] {
        let long = letter.repeat(20_000);
        let whole = SafeText::line(&long);
        work::take();
        let row = SafeText::row(&long);
        assert!(work::take() <= ROW, "{letter}");
        assert!(row.as_str().ends_with('…'), "{letter}");
        assert!(
            !row.as_str().contains('‹'),
            "{letter}: it is cut within a letter"
        );
        for cells in [0, 1, 80, 300] {
            assert_eq!(
                row.truncated(cells),
                whole.truncated(cells),
                "{letter} {cells}"
            );
        }
    }
    for whole in ["", "Dark mode", "a\nb\u{1b}[2J", &"é".repeat(ROW / 2)] {
        assert_eq!(SafeText::row(whole), SafeText::line(whole));
    }
    // One letter without an end is cut somewhere.
    assert!(!beginning(&format!("a{}", "\u{301}".repeat(20_000))).is_empty());
}
