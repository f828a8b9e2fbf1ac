//! The words of an answer to a reporter, proposed from what is known.
//!
//! ```text
//! @dana linked to *Export boards as PDF*: planned for v10.2; until then: print from the browser
//! ```
//!
//! A template from the settings may replace the sentence about the ideas. Its placeholders are those that the configuration
//! knows: `{reporter}` (or the customer from outside), `{idea}`, `{status}`, `{outlook}` (where it stands, as one says it
//! to a customer) and `{workaround}`; `{{` and `}}` are braces. What is unknown leaves nothing behind, and no double blanks.

use crate::domain::answer::{AnswerFacts, AnswerIdea};
use crate::domain::idea::{Status, Timeframe};

/// Proposes an answer: one line, for a person to read and change before it is stored.
#[must_use]
pub fn propose(facts: &AnswerFacts, template: Option<&str>) -> String {
    // A template speaks of ideas; where there are none to speak of, our own words serve.
    let about_ideas = !facts.ideas.is_empty() && facts.duplicate_of.is_none();
    let text = match template.filter(|_| about_ideas) {
        Some(template) => fill(template, facts),
        None => {
            let words = sentence(facts);
            match mention(facts) {
                // A name from outside is no handle: it is addressed, not mentioned.
                Some(name) if name.starts_with('@') => format!("{name} {words}"),
                Some(name) => format!("{name}: {words}"),
                None => capitalised(&words),
            }
        }
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whom to mention.
fn mention(facts: &AnswerFacts) -> Option<String> {
    let name = one_line(facts.addressee.as_deref()?);
    (!name.is_empty()).then_some(name)
}

fn sentence(facts: &AnswerFacts) -> String {
    let ideas = ideas(facts);
    match (&facts.duplicate_of, ideas.is_empty()) {
        (Some(original), true) => format!(
            "thank you, we already have this as *{}* and count your request with it",
            one_line(original)
        ),
        (Some(_), false) => {
            format!("thank you, others asked for this too; it is linked to {ideas}")
        }
        (None, false) => format!("linked to {ideas}"),
        (None, true) => format!(
            "thank you for “{}”: we have read it and keep it in mind",
            one_line(&facts.title)
        ),
    }
}

/// Every idea with where it stands.
fn ideas(facts: &AnswerFacts) -> String {
    let told: Vec<String> = facts
        .ideas
        .iter()
        .map(|idea| {
            let mut words = format!("*{}*: {}", one_line(&idea.title), standing(idea));
            if let Some(workaround) = workaround(idea) {
                words.push_str("; until then: ");
                words.push_str(&workaround);
            }
            words
        })
        .collect();
    told.join(" · ")
}

/// Where an idea stands, as one says it to a customer.
#[must_use]
pub fn standing(idea: &AnswerIdea) -> String {
    let when = idea.release.as_deref().map(one_line);
    let later = |words: &str| match (&when, idea.timeframe) {
        (Some(release), _) => format!("{words} for {release}"),
        (None, Some(Timeframe::ThreeMonths)) => format!("{words} within 3 months"),
        (None, Some(Timeframe::SixMonths)) => format!("{words} within 6 months"),
        (None, Some(Timeframe::Future)) => format!("{words} for the future"),
        (None, None) => words.to_owned(),
    };
    match idea.status {
        Status::New => "we have noted it".to_owned(),
        Status::UnderConsideration => "under consideration".to_owned(),
        Status::Planned => later("planned"),
        Status::InDevelopment => later("in development"),
        Status::Postponed => "postponed".to_owned(),
        Status::WontDo => match idea.reason.as_deref().map(one_line) {
            Some(reason) if !reason.is_empty() => format!("we won't do it: {reason}"),
            _ => "we won't do it".to_owned(),
        },
        Status::Released => match when {
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

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{FeedbackId, IdeaId};
    use uuid::Uuid;

    fn idea(title: &str, status: Status) -> AnswerIdea {
        AnswerIdea {
            id: IdeaId(Uuid::nil()),
            title: title.to_owned(),
            status,
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
        }
    }

    #[test]
    fn an_answer_says_where_the_idea_stands() {
        let mut planned = idea("Export boards as PDF", Status::Planned);
        planned.release = Some("v10.2".to_owned());
        assert_eq!(
            propose(&facts(Some("@dana"), vec![planned.clone()]), None),
            "@dana linked to *Export boards as PDF*: planned for v10.2"
        );
        planned.workaround = Some("print from\nthe browser".to_owned());
        assert_eq!(
            propose(&facts(Some("@dana"), vec![planned]), None),
            "@dana linked to *Export boards as PDF*: planned for v10.2; until then: print from the browser"
        );
        let mut never = idea("Blink tags", Status::WontDo);
        never.reason = Some("they harm readers".to_owned());
        assert_eq!(
            propose(&facts(Some("@dana"), vec![never]), None),
            "@dana linked to *Blink tags*: we won't do it: they harm readers"
        );
        let mut considered = idea("Dark mode", Status::InDevelopment);
        considered.timeframe = Some(Timeframe::ThreeMonths);
        assert_eq!(
            propose(&facts(Some("@dana"), vec![considered]), None),
            "@dana linked to *Dark mode*: in development within 3 months"
        );
    }

    #[test]
    fn several_ideas_none_a_duplicate_and_nobody() {
        let two = vec![idea("A", Status::New), idea("B", Status::Released)];
        assert_eq!(
            propose(&facts(Some("@dana"), two), None),
            "@dana linked to *A*: we have noted it · *B*: released"
        );
        assert_eq!(
            propose(&facts(None, vec![]), None),
            "Thank you for “PDF of a board”: we have read it and keep it in mind"
        );
        let mut duplicate = facts(Some("Ada Lovelace"), vec![]);
        duplicate.duplicate_of = Some("Boards as PDF".to_owned());
        assert_eq!(
            propose(&duplicate, None),
            "Ada Lovelace: thank you, we already have this as *Boards as PDF* and count your request with it"
        );
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
            propose(&facts, Some("{reporter} re {outlook}")),
            "re postponed"
        );
        facts.ideas.clear();
        assert!(propose(&facts, Some("{reporter} re {idea}")).starts_with("Thank you for"));
    }

    #[test]
    fn the_template_of_the_configuration_says_what_we_say() {
        let mut planned = idea("Export boards as PDF", Status::Planned);
        planned.release = Some("v10.2".to_owned());
        planned.workaround = Some("print it".to_owned());
        let facts = facts(Some("@dana"), vec![planned]);
        let built_in = crate::config::Settings::default().templates.answer;
        assert_eq!(propose(&facts, Some(&built_in)), propose(&facts, None));
        for field in crate::config::ANSWER_FIELDS {
            let filled = propose(&facts, Some(&format!("{{{field}}}")));
            assert!(
                !filled.contains('{') && !filled.is_empty(),
                "{field}: {filled}"
            );
        }
    }
}
