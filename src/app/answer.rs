//! The words of an answer to a reporter, proposed from what is known.
//!
//! ```text
//! Hi @dana, thank you for your feedback. *Export boards as PDF* is planned for v10.2. Until then, this may help: print it.
//! ```
//!
//! It can be sent as it stands: it says what became of the request, promises nothing that is not known, and names nothing that
//! another customer wrote.
//!
//! A template from the settings may replace it where there are ideas to speak of. Its placeholders are those that the
//! configuration knows: `{reporter}` (or the customer from outside), `{message}` (whole sentences about every idea, with its
//! workaround), `{idea}`, `{status}`, `{outlook}` (where it stands, in a few words) and `{workaround}`; `{{` and `}}` are
//! braces. What is unknown leaves nothing behind, and no blank before it.

use crate::domain::answer::{AnswerFacts, AnswerIdea};
use crate::domain::idea::{IdeaKind, Status, Timeframe};
use crate::domain::release::ReleaseKind;

/// Proposes an answer: one line, for a person to read and change before it is stored.
#[must_use]
pub fn propose(facts: &AnswerFacts, template: Option<&str>) -> String {
    // A template speaks of ideas; where there are none to speak of, our own words serve.
    let about_ideas = !facts.ideas.is_empty() && facts.duplicate_of.is_none();
    let text = match template.filter(|_| about_ideas) {
        Some(template) => fill(template, facts),
        None => {
            let greeting = match mention(facts) {
                Some(name) => format!("Hi {name}, "),
                None => "Hi, ".to_owned(),
            };
            greeting + &sentences(facts)
        }
    };
    one_line(&text)
}

/// Whom to mention.
fn mention(facts: &AnswerFacts) -> Option<String> {
    let name = one_line(facts.addressee.as_deref()?);
    (!name.is_empty()).then_some(name)
}

fn sentences(facts: &AnswerFacts) -> String {
    // The title of the original are another customer's words: it is not told.
    match (&facts.duplicate_of, facts.ideas.is_empty()) {
        (Some(_), true) => "thank you for your feedback. Others have asked for this too, \
                            and your request counts together with theirs."
            .to_owned(),
        (Some(_), false) => format!(
            "thank you for your feedback; others have asked for this too. {}",
            message(facts)
        ),
        (None, false) => format!("thank you for your feedback. {}", message(facts)),
        (None, true) => format!(
            "thank you for your feedback on “{}”. We have read it and keep it in mind.",
            one_line(&facts.title)
        ),
    }
}

/// Sentences about every idea, in the order of the links.
fn message(facts: &AnswerFacts) -> String {
    let told: Vec<String> = facts
        .ideas
        .iter()
        .map(|idea| {
            let about = about(idea);
            match workaround(idea) {
                None => about,
                Some(workaround) => format!("{about} {}: {workaround}", helps(idea.status)),
            }
        })
        .map(|words| ended(&words))
        .collect();
    told.join(" ")
}

/// What introduces a workaround.
const fn helps(status: Status) -> &'static str {
    match status {
        Status::WontDo => "This may help instead",
        _ => "Until then, this may help",
    }
}

/// A sentence on where an idea stands.
fn about(idea: &AnswerIdea) -> String {
    let title = format!("*{}*", one_line(&idea.title));
    let is_bug = idea.kind == Some(IdeaKind::Bug);
    // What comes is the mend, not the bug.
    let (it, starts) = if is_bug {
        (format!("a fix for {title}"), format!("A fix for {title}"))
    } else {
        (title.clone(), title.clone())
    };
    let when = due(idea);
    let words = match idea.status {
        Status::New => format!(
            "We have noted it as {title} and count your request; it is not decided yet whether and when it comes"
        ),
        Status::UnderConsideration => {
            format!("We are considering {it}, and your request counts towards it")
        }
        Status::Planned => match when {
            Some(when) => format!("{starts} is planned {when}"),
            None => format!("{starts} is planned; there is no date for it yet"),
        },
        Status::InDevelopment => match when {
            Some(when) => format!("We are working on {it}: it is planned {when}"),
            None => format!("We are working on {it}; there is no date for it yet"),
        },
        Status::Postponed => {
            format!("We have postponed {title} for now; your request stays with it and counts")
        }
        Status::WontDo => {
            let verb = if is_bug { "fix" } else { "do" };
            match reason(idea) {
                // A reason that says what it is about says it for the whole sentence.
                Some(reason) if names(&reason, &idea.title) => {
                    format!("We have decided not to {verb} this: {reason}")
                }
                Some(reason) => format!("We have decided not to {verb} {title}: {reason}"),
                None => format!("We have decided not to {verb} {title}"),
            }
        }
        Status::Released => match release(idea) {
            Some(release) => format!("{starts} is available in {release}"),
            None => format!("{starts} is available now"),
        },
    };
    ended(&words)
}

/// When it comes, as far as it is known: `for v10.2`, `within the next 3 months`.
fn due(idea: &AnswerIdea) -> Option<String> {
    match (release(idea), idea.timeframe) {
        (Some(release), _) => Some(format!("for {release}")),
        (None, Some(Timeframe::ThreeMonths)) => Some("within the next 3 months".to_owned()),
        (None, Some(Timeframe::SixMonths)) => Some("within the next 6 months".to_owned()),
        (None, Some(Timeframe::Future) | None) => None,
    }
}

/// The release as one names it to a customer; the backlog is none.
fn release(idea: &AnswerIdea) -> Option<String> {
    let release = one_line(idea.release.as_deref()?);
    (!release.is_empty() && !release.eq_ignore_ascii_case(ReleaseKind::Backlog.word()))
        .then_some(release)
}

/// Whether a reason says the title of its idea.
fn names(reason: &str, title: &str) -> bool {
    let title = one_line(title).to_lowercase();
    !title.is_empty() && reason.to_lowercase().contains(&title)
}

fn reason(idea: &AnswerIdea) -> Option<String> {
    let reason = one_line(idea.reason.as_deref()?);
    (!reason.is_empty()).then_some(reason)
}

/// With a full stop, unless it ends a sentence by itself.
fn ended(words: &str) -> String {
    let words = words.trim_end();
    let text = words.trim_end_matches(['*', '"', '”', '’', ')', '»']);
    let ends = ['.', '!', '?', '…', '。', '！', '？'];
    if text.ends_with(ends) && !text.is_empty() && !words.ends_with('*') {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}

/// Where an idea stands, in a few words.
#[must_use]
pub fn standing(idea: &AnswerIdea) -> String {
    let later = |words: &str| match due(idea) {
        Some(when) => format!("{words} {when}"),
        None => words.to_owned(),
    };
    match idea.status {
        Status::New => "noted, not decided yet".to_owned(),
        Status::UnderConsideration => "under consideration".to_owned(),
        Status::Planned => later("planned"),
        Status::InDevelopment => later("in development"),
        Status::Postponed => "postponed".to_owned(),
        Status::WontDo => match reason(idea) {
            Some(reason) => format!("we won't do it: {reason}"),
            None => "we won't do it".to_owned(),
        },
        Status::Released => match release(idea) {
            Some(release) => format!("released in {release}"),
            None => "released".to_owned(),
        },
    }
}

/// What helps until then; nothing for what is out already.
fn workaround(idea: &AnswerIdea) -> Option<String> {
    let workaround = one_line(idea.workaround.as_deref()?);
    (idea.status != Status::Released && !workaround.is_empty()).then_some(workaround)
}

fn fill(template: &str, facts: &AnswerFacts) -> String {
    let each = |words: fn(&AnswerIdea) -> String| {
        facts.ideas.iter().map(words).collect::<Vec<_>>().join(", ")
    };
    let value = |name: &str| match name {
        "reporter" => Some(mention(facts).unwrap_or_default()),
        "idea" => Some(each(|idea| one_line(&idea.title))),
        "status" => Some(each(|idea| idea.status.word().to_owned())),
        "message" => Some(message(facts)),
        "outlook" => Some(each(standing)),
        "workaround" => {
            let known: Vec<String> = facts.ideas.iter().filter_map(workaround).collect();
            Some(match known.join("; ") {
                none if none.is_empty() => none,
                some => format!("; until then: {some}"),
            })
        }
        _ => None,
    };
    // Read once from left to right: what a title contains is never taken for a placeholder.
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            text.push_str(&rest[..1]);
            rest = &rest[2..];
            continue;
        }
        let filled = rest
            .find('}')
            .filter(|close| *close > 0)
            .and_then(|close| Some((value(&rest[1..close])?, close)));
        match filled {
            Some((value, close)) => {
                if value.is_empty() {
                    text.truncate(text.trim_end().len());
                }
                text.push_str(&value);
                rest = &rest[close + 1..];
            }
            None => {
                text.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deed::Seen;
    use crate::domain::feedback::State;
    use crate::domain::id::{FeedbackId, IdeaId};
    use uuid::Uuid;

    fn idea(title: &str, status: Status) -> AnswerIdea {
        AnswerIdea {
            id: IdeaId(Uuid::nil()),
            title: title.to_owned(),
            status,
            kind: None,
            release: None,
            timeframe: None,
            reason: None,
            workaround: None,
        }
    }

    fn facts(addressee: Option<&str>, ideas: Vec<AnswerIdea>) -> AnswerFacts {
        AnswerFacts {
            feedback: FeedbackId(Uuid::nil()),
            title: "PDF of a board".to_owned(),
            addressee: addressee.map(str::to_owned),
            resolution: None,
            duplicate_of: None,
            ideas,
            told: Vec::new(),
            stood: Seen::Stood {
                feedback: FeedbackId(Uuid::nil()),
                state: State::Unprocessed,
                hidden_until: None,
            },
        }
    }

    /// What is said behind greeting and thanks.
    fn said(idea: AnswerIdea) -> String {
        let text = propose(&facts(Some("@dana"), vec![idea]), None);
        let words = text.strip_prefix("Hi @dana, thank you for your feedback. ");
        words.expect("greeting and thanks").to_owned()
    }

    #[test]
    fn every_status_is_a_sentence_for_a_customer() {
        let with = |status, release: Option<&str>, timeframe| AnswerIdea {
            release: release.map(str::to_owned),
            timeframe,
            ..idea("Dark mode", status)
        };
        let three = Some(Timeframe::ThreeMonths);
        for (idea, words) in [
            (
                with(Status::New, None, None),
                "We have noted it as *Dark mode* and count your request; it is not decided yet whether and when it comes.",
            ),
            (
                with(Status::UnderConsideration, None, three),
                "We are considering *Dark mode*, and your request counts towards it.",
            ),
            (
                with(Status::Planned, Some("v10.2"), three),
                "*Dark mode* is planned for v10.2.",
            ),
            (
                with(Status::Planned, Some("Backlog"), three),
                "*Dark mode* is planned within the next 3 months.",
            ),
            (
                with(Status::Planned, Some("backlog"), Some(Timeframe::Future)),
                "*Dark mode* is planned; there is no date for it yet.",
            ),
            (
                with(Status::InDevelopment, Some("v10.2"), None),
                "We are working on *Dark mode*: it is planned for v10.2.",
            ),
            (
                with(Status::InDevelopment, None, None),
                "We are working on *Dark mode*; there is no date for it yet.",
            ),
            (
                with(Status::Postponed, Some("v10.2"), None),
                "We have postponed *Dark mode* for now; your request stays with it and counts.",
            ),
            (
                with(Status::WontDo, None, None),
                "We have decided not to do *Dark mode*.",
            ),
            (
                with(Status::Released, Some("v10.2"), None),
                "*Dark mode* is available in v10.2.",
            ),
            (
                with(Status::Released, None, None),
                "*Dark mode* is available now.",
            ),
        ] {
            assert_eq!(said(idea), words);
        }
    }

    #[test]
    fn a_bug_is_fixed_and_a_reason_ends_its_sentence_once() {
        let bug = |status| AnswerIdea {
            kind: Some(IdeaKind::Bug),
            ..idea("Calls freeze", status)
        };
        assert_eq!(
            said(bug(Status::Planned)),
            "A fix for *Calls freeze* is planned; there is no date for it yet."
        );
        for (reason, words) in [
            (
                "it harms\nreaders. ",
                "not to fix *Calls freeze*: it harms readers.",
            ),
            ("really?", "not to fix *Calls freeze*: really?"),
            (" ", "not to fix *Calls freeze*."),
            // Its title is not said twice.
            (
                "Calls freeze on phones that we no longer support.",
                "not to fix this: Calls freeze on phones that we no longer support.",
            ),
            (
                "we cannot help it: calls  freeze there",
                "not to fix this: we cannot help it: calls freeze there.",
            ),
        ] {
            let never = AnswerIdea {
                reason: Some(reason.to_owned()),
                ..bug(Status::WontDo)
            };
            assert_eq!(said(never), format!("We have decided {words}"));
        }
    }

    #[test]
    fn a_workaround_helps_until_then_or_instead() {
        for (status, words) in [
            (Status::Planned, " Until then, this may help: print it."),
            (Status::WontDo, " This may help instead: print it."),
            (Status::Released, " now."),
        ] {
            let helped = AnswerIdea {
                workaround: Some("print\nit".to_owned()),
                ..idea("PDF", status)
            };
            let said = said(helped);
            assert!(said.ends_with(words), "{said}");
        }
    }

    #[test]
    fn several_ideas_none_a_duplicate_and_nobody() {
        let two = vec![idea("A", Status::Postponed), idea("B", Status::Released)];
        assert_eq!(
            propose(&facts(Some("@dana"), two.clone()), None),
            "Hi @dana, thank you for your feedback. We have postponed *A* for now; \
             your request stays with it and counts. *B* is available now."
        );
        assert_eq!(
            propose(&facts(None, vec![]), None),
            "Hi, thank you for your feedback on “PDF of a board”. We have read it and keep it in mind."
        );
        let mut duplicate = facts(Some("Ada Lovelace"), vec![]);
        duplicate.duplicate_of = Some("Acme's auditors want boards as PDF".to_owned());
        assert_eq!(
            propose(&duplicate, None),
            "Hi Ada Lovelace, thank you for your feedback. Others have asked for this too, \
             and your request counts together with theirs."
        );
        duplicate.ideas = two;
        let told = propose(&duplicate, None);
        assert!(
            told.starts_with("Hi Ada Lovelace, thank you for your feedback; others have asked for this too. We have"),
            "{told}"
        );
        assert!(!told.contains("Acme"), "another customer's words: {told}");
    }

    #[test]
    fn whom_an_answer_greets_is_mentioned() {
        let told = propose(&facts(Some("@dana.k"), vec![idea("A", Status::New)]), None);
        assert_eq!(crate::domain::people::mentions(&told), ["dana.k"]);
    }

    #[test]
    fn a_template_is_filled_once_from_left_to_right() {
        let mut facts = facts(Some("@dana"), vec![idea("{status}", Status::Postponed)]);
        assert_eq!(
            propose(&facts, Some("{reporter}: {idea} {{{nothing}}} {status} {")),
            "@dana: {status} {{nothing}} Postponed {"
        );
        facts.addressee = None;
        assert_eq!(
            propose(&facts, Some("Hi {reporter}, re {outlook}")),
            "Hi, re postponed"
        );
        facts.ideas.clear();
        assert!(propose(&facts, Some("{reporter} re {idea}")).starts_with("Hi, thank you for"));
    }

    #[test]
    fn the_template_of_the_configuration_says_what_we_say() {
        let mut planned = idea("Export boards as PDF", Status::Planned);
        planned.release = Some("v10.2".to_owned());
        planned.workaround = Some("print it".to_owned());
        let mut facts = facts(Some("@dana"), vec![planned]);
        let built_in = crate::config::Settings::default().templates.answer;
        assert_eq!(propose(&facts, Some(&built_in)), propose(&facts, None));
        for field in crate::config::ANSWER_FIELDS {
            let filled = propose(&facts, Some(&format!("{{{field}}}")));
            assert!(
                !filled.contains('{') && !filled.is_empty(),
                "{field}: {filled}"
            );
        }
        facts.addressee = None;
        assert_eq!(propose(&facts, Some(&built_in)), propose(&facts, None));
    }
}
