//! Tests of the documents: lines cover the body, wherever it is wrapped and whatever it contains.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::app::bench;
use crate::domain::clocks::Clocks;
use crate::domain::feedback::{Comment, FeedbackDetail, FeedbackLink, FeedbackRow, Quote, State};
use crate::domain::id::{CommentId, FeedbackId, IdeaId, InsightId};
use crate::domain::idea::Status;
use crate::domain::moment::{DAY, Moment};
use crate::domain::passage::Searched;

const NOW: Moment = Moment(1_800_000_000_000);

fn detail(body: &str) -> FeedbackDetail {
    let row = FeedbackRow {
        id: FeedbackId(Uuid::nil()),
        title: "Title".to_owned(),
        company: None,
        tier: None,
        importance: None,
        received: Moment(NOW.0 - DAY),
        state: State::Unprocessed,
        hidden_until: None,
        owner: None,
        area: None,
        source: "forum".to_owned(),
        reporter: None,
        kind: None,
        links: 0,
        votes: 0,
    };
    FeedbackDetail {
        body: body.to_owned(),
        ..bench::detail(row)
    }
}

fn quoted(body: &str, range: Range<usize>) -> FeedbackDetail {
    let mut detail = detail(body);
    detail.links.push(FeedbackLink {
        id: InsightId(Uuid::nil()),
        idea: IdeaId(Uuid::nil()),
        title: "Idea".to_owned(),
        status: Status::New,
        release: None,
        quote: Some(Quote {
            revision: detail.revision,
            start: range.start,
            end: range.end,
        }),
    });
    detail
}

fn pieces(lines: &[Line], ink: Ink) -> Vec<String> {
    lines
        .iter()
        .flat_map(|line| &line.pieces)
        .filter(|piece| piece.ink == ink)
        .map(|piece| piece.text.to_string())
        .collect()
}

#[test]
fn quotes_links_and_mentions_have_their_inks() {
    let body = "ask @dana about it, see https://example.org/a?b=1.\n> earlier mail\nWe would pay for that.";
    let start = body.find("We would").unwrap_or_default();
    let lines = feedback_document(
        &quoted(body, start..body.len()),
        None,
        &Searched::words("earlier"),
        NOW,
        Clocks::UTC,
        80,
    );
    assert_eq!(pieces(&lines, Ink::Quote), ["We would pay for that."]);
    assert_eq!(pieces(&lines, Ink::Link), ["https://example.org/a?b=1"]);
    assert_eq!(pieces(&lines, Ink::Mention), ["@dana"]);
    assert_eq!(pieces(&lines, Ink::Match), ["earlier"]);
}

#[test]
fn a_body_that_is_empty_says_so() {
    let lines = feedback_document(&detail("  \n"), None, &[], NOW, Clocks::UTC, 80);
    assert!(
        lines
            .iter()
            .any(|line| line.text().contains("No text came with it"))
    );
}

#[test]
fn what_is_dated_in_the_future_says_how_far_ahead() {
    let mut dated = detail("Words.");
    let document = |dated: &FeedbackDetail| {
        let lines = feedback_document(dated, None, &[], NOW, Clocks::UTC, 80);
        pieces(&lines, Ink::Warning)
    };
    assert!(document(&dated).is_empty());
    dated.row.received = Moment(NOW.0 + 3 * DAY);
    assert_eq!(document(&dated), [" (in 3d)"]);
}

#[test]
fn the_line_of_the_passage_is_that_which_has_most_of_the_words() {
    let filler = "Nothing of it is told in this line.\n".repeat(9);
    let mut told = detail(&format!("The file menu.\n{filler}Our auditors.\n{filler}"));
    let line = |detail: &FeedbackDetail, words: &str| {
        let search = Searched::words(words);
        let lines = feedback_document(detail, None, &search, NOW, Clocks::UTC, 40);
        let line = line_of_passage(detail, &lines, &search, NOW, 40)?;
        Some(lines[line].text())
    };
    assert_eq!(
        line(&told, "auditors file").as_deref(),
        Some("The file menu.")
    );
    assert_eq!(line(&told, "auditors").as_deref(), Some("Our auditors."));
    let comment = |text: String| Comment {
        id: CommentId(Uuid::nil()),
        author: None,
        at: NOW,
        text,
        to_reporter: false,
    };
    told.comments = [
        filler.clone(),
        format!("{filler}An auditor wants a file."),
        "auditor, file".to_owned(),
    ]
    .map(comment)
    .into();
    let shown = line(&told, "auditor file");
    assert_eq!(shown.as_deref(), Some("  An auditor wants a file."));
    assert_eq!(line(&told, "nowhere"), None);
}

#[test]
fn a_vowel_which_is_a_cluster_of_its_own_stays_with_its_letter() {
    // Found by the property below: an Ahom vowel sign at a place where the line is full.
    let text = "\n\u{d81}០A®\u{10eb0}Aa\u{b82}®🎞\u{11720}A0a\u{10a69}0000";
    let safe = SafeText::block(text);
    for range in wrap(safe.as_str(), 8) {
        let line = SafeText::line(&safe.as_str()[range]);
        assert!(line.width() <= 8, "{line:?}");
    }
}

proptest! {
    #[test]
    fn wrapped_lines_fit_and_lose_only_blanks(text in "\\PC{0,200}(\n\\PC{0,80}){0,3}", width in 2usize..100) {
        let safe = SafeText::block(&text);
        let safe = safe.as_str();
        let lines = wrap(safe, width);
        let mut at = 0;
        for range in &lines {
            prop_assert!(safe[at..range.start].chars().all(char::is_whitespace), "lost {:?}", &safe[at..range.start]);
            let line = SafeText::line(&safe[range.clone()]);
            let one_cluster = line.as_str().chars().count() <= 8;
            prop_assert!(line.width() <= width || one_cluster, "{:?} is wider than {}", line, width);
            at = range.end;
        }
        prop_assert!(safe[at..].chars().all(char::is_whitespace));
    }

    #[test]
    fn body_lines_name_the_original_bytes_they_show(text in ".{0,120}(\r?\n.{0,60}){0,3}", a in 0usize..200, b in 0usize..200) {
        let start = (0..=a.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let end = (0..=b.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let lines = feedback_document(&quoted(&text, start.min(end)..start.max(end)), None, &Searched::words("a"), NOW, Clocks::UTC, 40);
        let mut last = 0;
        for range in lines.iter().filter_map(|line| line.body.clone()) {
            prop_assert!(range.start >= last && range.end <= text.len());
            prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            last = range.start;
        }
    }
}
