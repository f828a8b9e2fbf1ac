//! Every answer of segments and tail is that of a plain scan.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use proptest::prelude::*;
use roaring::RoaringBitmap;

use super::*;

/// Documents and their terms: what a plain scan looks through.
type Plain = BTreeMap<u32, BTreeSet<String>>;

/// A segment as its caller keeps it.
#[derive(Clone, Debug, Default)]
struct Segment {
    base: u32,
    documents: RoaringBitmap,
    rows: BTreeMap<String, (u32, Vec<u8>)>,
}

impl Segment {
    fn built(plain: &Plain) -> Self {
        let mut builder = Builder::default();
        for (document, terms) in plain {
            assert!(builder.begin(*document));
            for term in terms.iter().chain(terms) {
                builder.term(term);
            }
        }
        let documents = builder.documents().clone();
        Self::gathered(documents, |sink| builder.finish(sink))
    }

    fn gathered(
        documents: RoaringBitmap,
        rows: impl FnOnce(&mut dyn FnMut(Row<'_>) -> Result<(), Broken>) -> Result<(), Broken>,
    ) -> Self {
        let mut segment = Self {
            base: base(documents.min().unwrap_or(0)),
            documents,
            rows: BTreeMap::new(),
        };
        rows(&mut |row| {
            let kept = (row.count, row.data.to_vec());
            let before = segment.rows.insert(row.term.to_owned(), kept);
            assert_eq!(before, None, "{} twice", row.term);
            Ok(())
        })
        .expect("rows");
        segment
    }

    fn merged(parts: &[(Self, RoaringBitmap)]) -> Self {
        let mut documents = RoaringBitmap::new();
        let sources = parts.iter().map(|(segment, dead)| {
            let alive = &segment.documents - dead;
            documents |= &alive;
            let mut rows = segment.rows.iter();
            Part {
                alive,
                base: segment.base,
                next: Box::new(move || {
                    let row = rows.next();
                    Ok(row.map(|(term, (count, data))| (term.clone(), *count, data.clone())))
                }),
            }
        });
        let sources: Vec<Part<'_, Broken>> = sources.collect();
        Self::gathered(documents, |sink| merge(sources, sink))
    }

    fn list(&self, term: &str) -> Option<RoaringBitmap> {
        let (count, data) = self.rows.get(term)?;
        Some(decode(data, *count, self.base).expect("a list"))
    }

    /// As the caller does it: the row of the prefix, or those of its few terms.
    fn prefix(&self, prefix: &str) -> RoaringBitmap {
        if let Some(list) = self.list(&format!("{prefix}{PREFIX}")) {
            return list;
        }
        let terms = self.rows.range(prefix.to_owned()..);
        let terms = terms.take_while(|(term, _)| term.starts_with(prefix));
        let terms: Vec<&String> = terms.map(|(term, _)| term).collect();
        if prefix.chars().count() <= LONGEST_PREFIX {
            assert!(terms.len() <= FEW_TERMS, "{prefix} has no row: {terms:?}");
        }
        let whole = terms.into_iter().filter(|term| !term.ends_with(PREFIX));
        whole.fold(RoaringBitmap::new(), |found, term| {
            found | self.list(term).expect("a row")
        })
    }
}

fn scan(plain: &Plain, fits: impl Fn(&str) -> bool) -> RoaringBitmap {
    let found = plain
        .iter()
        .filter(|(_, terms)| terms.iter().any(|term| fits(term)));
    found.map(|(document, _)| *document).collect()
}

/// A segment answers every question about the terms of `plain` as a scan does.
fn agrees(segment: &Segment, plain: &Plain) {
    let all: BTreeSet<&String> = plain.values().flatten().collect();
    let rows = segment.rows.keys();
    let kept: BTreeSet<&String> = rows.filter(|term| !term.ends_with(PREFIX)).collect();
    assert_eq!(kept, all);
    assert!(segment.documents.iter().eq(plain.keys().copied()));
    for term in &all {
        assert_eq!(
            segment.list(term),
            Some(scan(plain, |t| t == term.as_str()))
        );
    }
    let letters = |term: &str| -> Vec<String> {
        let ends = term.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.map(|end| term[..end].to_owned()).collect()
    };
    let asked = all.iter().filter(|term| !term.starts_with(MARK));
    let prefixes: BTreeSet<String> = asked.flat_map(|term| letters(term)).collect();
    for prefix in prefixes {
        assert_eq!(
            segment.prefix(&prefix),
            scan(plain, |t| t.starts_with(&prefix)),
            "{prefix}"
        );
    }
}

/// Few letters, so that prefixes are shared; scripts of two and three bytes; what is no word.
fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[ab0][abcdefgh]{0,3}",
        2 => "ab[a-z][a-z]?",
        2 => "[日本語]{1,2}",
        1 => "é[ab]{0,9}",
        1 => "#[0-2]",
    ]
}

fn plain(most: u32) -> impl Strategy<Value = Plain> {
    let documents = prop_oneof![Just(1_u32), Just(3), Just(70_000), Just(40_000_000)];
    let terms = prop::collection::vec(prop::collection::btree_set(term(), 1..12), 1..most as usize);
    (documents, 0..100_u32, terms).prop_map(|(stride, start, terms)| {
        let numbered = terms.into_iter().zip(0..);
        numbered
            .map(|(terms, place)| (start + place * stride, terms))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_segment_answers_like_a_scan(plain in plain(90)) {
        agrees(&Segment::built(&plain), &plain);
    }

    #[test]
    fn merged_segments_answer_like_a_scan_of_what_lives(
        plain in plain(90),
        parts in prop::collection::vec(0..4_usize, 90),
        dies in prop::collection::vec(prop::bool::weighted(0.2), 90),
    ) {
        let mut apart = vec![Plain::new(); 4];
        let mut dead = vec![RoaringBitmap::new(); 4];
        let mut living = Plain::new();
        for (place, (document, terms)) in plain.iter().enumerate() {
            let part = parts[place];
            apart[part].insert(*document, terms.clone());
            if dies[place] {
                dead[part].insert(*document);
                // Changed since: another segment has it as it is now.
                let now = BTreeSet::from(["changed".to_owned()]);
                apart[(part + 1) % 4].insert(*document, now.clone());
                living.insert(*document, now);
            } else {
                living.insert(*document, terms.clone());
            }
        }
        let parts: Vec<(Segment, RoaringBitmap)> =
            apart.iter().map(Segment::built).zip(dead).collect();
        let merged = Segment::merged(&parts);
        agrees(&merged, &living);
        prop_assert_eq!(&merged.rows, &Segment::built(&living).rows);
    }

    #[test]
    fn a_tail_answers_like_a_scan_of_the_last_entries(
        entries in prop::collection::vec((0..9_u32, prop::collection::btree_set(term(), 0..6)), 0..40)
    ) {
        let mut tail = Tail::default();
        let mut last = Plain::new();
        for (document, terms) in &entries {
            tail.put(*document, terms.iter().map(String::as_str));
            last.insert(*document, terms.clone());
        }
        let here: RoaringBitmap = last.keys().copied().collect();
        prop_assert_eq!(tail.documents(), &here);
        prop_assert_eq!(tail.alive(), &scan(&last, |_| true));
        let all: BTreeSet<&String> = entries.iter().flat_map(|(_, terms)| terms).collect();
        for term in all {
            prop_assert_eq!(tail.find(term), scan(&last, |t| t == term.as_str()));
            for (at, c) in term.char_indices() {
                let prefix = &term[..at + c.len_utf8()];
                prop_assert_eq!(tail.find_prefix(prefix), scan(&last, |t| t.starts_with(prefix)));
            }
        }
        for (document, terms) in tail.terms() {
            prop_assert!(last[&document].iter().map(String::as_str).eq(terms));
        }
    }

    #[test]
    fn a_list_comes_back(
        first in prop_oneof![0..99_u32, Just(u32::MAX - 9_999)],
        gaps in prop::collection::vec(prop_oneof![1..3_u32, 1..200_u32, Just(20_000)], 0..600),
    ) {
        let mut documents = RoaringBitmap::new();
        let mut next = Some(first);
        for gap in gaps {
            documents.extend(next);
            next = next.and_then(|next| next.checked_add(gap));
        }
        let base = base(first);
        let data = encode(&documents, base);
        let count = u32::try_from(documents.len()).expect("few");
        prop_assert_eq!(decode(&data, count, base), Ok(documents));
    }

    #[test]
    fn no_bytes_are_believed(data in prop::collection::vec(any::<u8>(), 0..60), count in any::<u32>(), base in any::<u32>()) {
        if let Ok(documents) = decode(&data, count, base) {
            prop_assert_eq!(documents.len(), u64::from(count));
            prop_assert!(documents.min().is_none_or(|first| first >= base));
        }
        for count in 0..70 {
            if let Ok(documents) = decode(&data, count, base) {
                prop_assert_eq!(documents.len(), u64::from(count));
            }
        }
    }
}

#[test]
fn a_document_out_of_order_is_refused() {
    let mut builder = Builder::default();
    assert!(builder.begin(5));
    assert!(!builder.begin(5));
    assert!(!builder.begin(4));
    assert!(builder.begin(6));
}

#[test]
fn a_segment_out_of_order_or_broken_is_refused() {
    let part = |rows: Vec<(&'static str, u32, Vec<u8>)>| {
        let mut rows = rows.into_iter();
        Part::<Broken> {
            alive: RoaringBitmap::from_iter([1, 2]),
            base: 0,
            next: Box::new(move || Ok(rows.next().map(|(t, c, d)| (t.to_owned(), c, d)))),
        }
    };
    let merged = |rows| merge(vec![part(rows)], &mut |_| Ok(()));
    assert_eq!(
        merged(vec![("a", 1, vec![1]), ("b", 2, vec![1, 1])]),
        Ok(())
    );
    assert!(merged(vec![("b", 1, vec![1]), ("a", 1, vec![1])]).is_err());
    assert!(merged(vec![("a", 1, vec![1]), ("a", 1, vec![1])]).is_err());
    assert!(merged(vec![("a", 2, vec![1])]).is_err());
    assert!(merged(vec![("a", 1, vec![0x80])]).is_err());
}

#[test]
fn nothing_makes_no_rows() {
    let none = |_: Row<'_>| -> Result<(), Infallible> { panic!("a row of nothing") };
    let mut sink = none;
    assert_eq!(Builder::default().finish(&mut sink), Ok(()));
    assert!(Segment::merged(&[]).rows.is_empty());
}
