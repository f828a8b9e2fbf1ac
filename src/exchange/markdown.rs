//! Markdown for other tools: what one copies out of the console into a mail, a chat or a page.
//!
//! Everything that came from outside is escaped: it is shown as the words it is, and makes no heading, table, link,
//! picture, mention or HTML wherever it is pasted. Control and direction characters become visible marks ([`SafeText`]).

use crate::domain::answer::AnswerFacts;
use crate::domain::feedback::FeedbackDetail;
use crate::domain::idea::{IdeaDetail, Status};
use crate::domain::moment::Moment;
use crate::domain::outbox::OutboxMessage;
use crate::domain::people::Handle;
use crate::domain::release::PlannedRelease;
use crate::domain::safe_text::SafeText;

/// Escapes a text for one line of Markdown: line ends become blanks.
#[must_use]
pub fn inline(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    escape(SafeText::line(&joined).as_str())
}

/// Escapes a text of several lines; each line stays a line, blank lines part paragraphs.
#[must_use]
pub fn block(text: &str) -> String {
    let safe = SafeText::block(text);
    let lines: Vec<String> = safe
        .as_str()
        .lines()
        .map(|line| escape(line.trim()))
        .collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The text as a quotation: every line of it begins with `>`.
#[must_use]
pub fn quotation(text: &str) -> String {
    block(text)
        .lines()
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Takes the meaning from every character that has one in Markdown, HTML or a chat where it stands. Others stay as they are:
/// what was copied is read as plain text in a mail, too, where each escape is seen.
fn escape(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let mut before = None;
    let mut list_number = true;
    let tildes = line.matches('~').count();
    for (at, character) in line.char_indices() {
        let rest = &line[at + character.len_utf8()..];
        let next = rest.chars().next();
        let first = at == 0;
        let number_before = list_number && !first;
        list_number &= character.is_ascii_digit();
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        match character {
            '&' if is_reference(rest) => escaped.push_str("&amp;"),
            // What looks like an arrow or a comparison begins no element, and no name of a chat.
            '<' if !next.is_some_and(|c| c == ' ' || c == '=' || c.is_ascii_digit()) => {
                escaped.push_str("&lt;");
            }
            '>' if first => escaped.push_str("&gt;"),
            // A reference of its own, because a chat would ring whom a mere backslash lets it mention. In an address nobody is.
            '@' if !before.is_some_and(char::is_alphanumeric) => escaped.push_str("&#64;"),
            // The same on the sites where tickets live: a number behind it is a reference, and “fixes” before it closes one.
            '#' if next.is_some_and(|c| c.is_ascii_digit()) => escaped.push_str("&#35;"),
            '-' if next.is_some_and(|c| c.is_ascii_digit()) && ends_with(&escaped, "gh") => {
                escaped.push_str("&#45;");
            }
            // Without its scheme a bare link stays text in every dialect.
            ':' if ends_with_scheme(&escaped) => escaped.push_str("&#58;"),
            // `www.` alone is a link in some dialects.
            '.' if ends_with(&escaped, "www") => escaped.push_str("&#46;"),
            _ => {
                let means = match character {
                    '`' | '[' | ']' | '{' | '}' | '|' => true,
                    '\\' => next.is_none_or(|c| c.is_ascii_punctuation()),
                    '*' => first || !blank(before) || !blank(next),
                    '_' => {
                        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                        !(word(before) && word(next))
                    }
                    '~' => !next.is_some_and(|c| c.is_ascii_digit()) || tildes > 1,
                    '!' => next == Some('['),
                    '#' => first,
                    // A link needs both; the bracket alone would do.
                    '(' => before == Some(']'),
                    '-' | '+' | '=' => first && (blank(next) || next == Some(character)),
                    '.' | ')' => number_before && blank(next),
                    _ => false,
                };
                if means {
                    escaped.push('\\');
                }
                escaped.push(character);
            }
        }
        before = Some(character);
    }
    escaped
}

/// Whether an `&` before it begins the name or the number of a character.
fn is_reference(rest: &str) -> bool {
    let rest = rest.strip_prefix('#').unwrap_or(rest).as_bytes();
    let is_named = |byte: &&u8| byte.is_ascii_alphanumeric();
    let length = rest.iter().take(41).take_while(is_named).count();
    (1..=40).contains(&length) && rest.get(length) == Some(&b';')
}

/// Names that ring many people in a chat.
const MANY: [&str; 5] = ["all", "channel", "everyone", "here", "team"];

/// A document in which these colleagues, and nobody else, are mentioned as their names are written.
#[must_use]
pub(super) fn mentioning(document: &str, colleagues: &[Handle]) -> String {
    const AT: &str = "&#64;";
    let mut pieces = document.split(AT);
    let mut told = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_named = |handle: &&Handle| {
            let goes_on = |rest: &str| {
                let mut letters = rest.chars();
                match letters.next() {
                    // A name may have it within; at its end it ends a sentence.
                    Some('.') => letters.next().is_some_and(char::is_alphanumeric),
                    Some(c) => c.is_alphanumeric() || matches!(c, '_' | '-' | '\\' | '/'),
                    None => false,
                }
            };
            let rest = piece.strip_prefix(handle.as_str());
            rest.is_some_and(|rest| !goes_on(rest)) && !MANY.contains(&handle.as_str())
        };
        told.push_str(match colleagues.iter().any(|handle| is_named(&handle)) {
            true => "@",
            false => AT,
        });
        told.push_str(piece);
    }
    told
}

/// The same with every heading so many levels deeper: part of a larger document. What came from outside makes no heading,
/// so each `#` at the beginning of a line is ours.
#[must_use]
pub(super) fn deeper(text: &str, levels: usize) -> String {
    let line = |line: &str| match line.starts_with('#') {
        true => format!("{}{line}\n", "#".repeat(levels)),
        false => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn ends_with_scheme(text: &str) -> bool {
    [
        "http",
        "https",
        "ftp",
        "mailto",
        "javascript",
        "data",
        "file",
        "xmpp",
        "vbscript",
    ]
    .iter()
    .any(|scheme| ends_with(text, scheme))
}

/// Whether a text ends so, in whatever case. Looks at no more of it: a line may have a million letters.
fn ends_with(text: &str, end: &str) -> bool {
    let (text, end) = (text.as_bytes(), end.as_bytes());
    let from = text.len().checked_sub(end.len());
    from.is_some_and(|from| text[from..].eq_ignore_ascii_case(end))
}

/// A link as Markdown, when it is one that a browser may open; else its escaped text.
pub(super) fn link(words: &str, url: &str) -> String {
    let plain = url.starts_with("https://") || url.starts_with("http://");
    let harmless = url
        .chars()
        .all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '|' | '`' | '\\'));
    if plain && harmless {
        format!("[{}](<{url}>)", inline(words))
    } else {
        format!("{} {}", inline(words), inline(url))
            .trim()
            .to_owned()
    }
}

/// `- **name**: value`, when there is a value.
pub(super) fn fact(lines: &mut Vec<String>, name: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        lines.push(format!("- **{name}**: {value}"));
    }
}

pub(super) fn day(moment: Moment) -> String {
    moment.utc().format("%Y-%m-%d").to_string()
}

/// A feedback: what was said, by whom, what came of it, and what its reporter was told or asked.
#[must_use]
pub fn feedback(detail: &FeedbackDetail) -> String {
    let row = &detail.row;
    let mut facts = Vec::new();
    let text = |text: &Option<String>| text.as_deref().map(inline);
    fact(&mut facts, "Company", text(&row.company));
    fact(&mut facts, "Tier", text(&row.tier));
    let customer = detail.customer.as_ref().map(|c| inline(&c.name));
    fact(&mut facts, "Customer", customer);
    let reporter = detail.reporter.as_ref().map(|p| inline(&p.name));
    fact(&mut facts, "Reporter", reporter);
    fact(
        &mut facts,
        "Importance",
        row.importance.map(|i| i.word().to_owned()),
    );
    fact(&mut facts, "State", Some(row.state.word().to_owned()));
    fact(
        &mut facts,
        "Owner",
        row.owner.as_ref().map(|o| inline(o.as_str())),
    );
    fact(&mut facts, "Received", Some(day(row.received)));
    fact(&mut facts, "Source", Some(inline(&row.source)));
    fact(&mut facts, "Tags", Some(inline(&detail.tags.join(", "))));
    fact(
        &mut facts,
        "Link",
        detail.url.as_deref().map(|url| link(url, url)),
    );
    let mut parts = vec![format!("# {}", inline(&row.title)), facts.join("\n")];
    if !detail.body.trim().is_empty() {
        parts.push(quotation(&detail.body));
    }
    if !detail.links.is_empty() {
        let linked: Vec<String> = detail
            .links
            .iter()
            .map(|l| {
                format!(
                    "- {}: {}",
                    inline(&l.title),
                    when(l.status, l.release.as_deref(), None)
                )
            })
            .collect();
        parts.push(format!("## Ideas\n\n{}", linked.join("\n")));
    }
    let said = detail.comments.iter().filter(|said| said.to_reporter);
    let said: Vec<String> = said
        .map(|said| {
            let by = said
                .author
                .as_deref()
                .map_or_else(String::new, |by| format!(", {}", inline(by)));
            format!("{}{by}:\n\n{}", day(said.at), quotation(&said.text))
        })
        .collect();
    if !said.is_empty() {
        parts.push(format!("## Told the reporter\n\n{}", said.join("\n\n")));
    }
    parts.join("\n\n") + "\n"
}

/// `Planned for v10.2`, `Under Consideration, 6 months`.
fn when(status: Status, release: Option<&str>, timeframe: Option<&str>) -> String {
    match (release, timeframe) {
        (Some(release), _) => format!("{} for {}", status.word(), inline(release)),
        (None, Some(timeframe)) => format!("{}, {timeframe}", status.word()),
        (None, None) => status.word().to_owned(),
    }
}

/// An idea with its evidence: fit for a ticket or a proposal.
#[must_use]
pub fn idea(detail: &IdeaDetail) -> String {
    let row = &detail.row;
    let mut facts = Vec::new();
    let timeframe = row.timeframe.map(crate::domain::idea::Timeframe::word);
    let status = when(row.status, row.release.as_deref(), timeframe);
    fact(&mut facts, "Status", Some(status));
    fact(
        &mut facts,
        "Owner",
        row.owner.as_ref().map(|o| inline(o.as_str())),
    );
    fact(&mut facts, "Area", row.area.as_deref().map(inline));
    fact(&mut facts, "Demand", Some(row.demand.to_string()));
    fact(
        &mut facts,
        "Effort",
        row.effort.map(|e| e.word().to_owned()),
    );
    fact(&mut facts, "Edition", row.edition.as_deref().map(inline));
    let mut parts = vec![format!("# {}", inline(&row.title)), facts.join("\n")];
    let texts = detail.texts();
    parts.extend(texts.map(|(name, text)| format!("## {name}\n\n{}", block(text))));
    if !detail.tickets.is_empty() {
        let tickets: Vec<String> = detail
            .tickets
            .iter()
            .map(|t| format!("- {}", link(t.key.as_deref().unwrap_or(&t.url), &t.url)))
            .collect();
        parts.push(format!("## Tickets\n\n{}", tickets.join("\n")));
    }
    if !detail.evidence.is_empty() {
        let evidence: Vec<String> = detail
            .evidence
            .iter()
            .map(|one| {
                let who = one.customer.as_deref().map(inline).unwrap_or_default();
                let weight = one
                    .importance
                    .map_or("unset", crate::domain::feedback::Importance::word);
                let line =
                    format!("- {} ({who}, {weight})", inline(&one.title)).replace("(, ", "(");
                match &one.quote {
                    Some(quote) => format!("{line}: “{}”", inline(quote)),
                    None => line,
                }
            })
            .collect();
        parts.push(format!("## Evidence\n\n{}", evidence.join("\n")));
    }
    parts.join("\n\n") + "\n"
}

/// A release and its items as a table.
#[must_use]
pub fn release(planned: &PlannedRelease) -> String {
    let release = &planned.release;
    let mut facts = Vec::new();
    fact(&mut facts, "State", Some(release.state.word().to_owned()));
    fact(
        &mut facts,
        "Date",
        release.date.map(|date| date.to_string()),
    );
    let mut rows = vec![
        "| Item | Owner | Health | Last update |".to_owned(),
        "|---|---|---|---|".to_owned(),
    ];
    for item in &planned.items {
        let owner = item.owner.as_ref().map(|o| inline(o.as_str()));
        let update = item.update.as_ref().map(|update| {
            let words = update
                .text
                .as_deref()
                .map_or_else(|| "no change".to_owned(), inline);
            format!("{}: {words}", day(update.at))
        });
        rows.push(format!(
            "| {} | {} | {} | {} |",
            inline(&item.title),
            owner.unwrap_or_default(),
            item.health.word_of(item.status),
            update.unwrap_or_default()
        ));
    }
    let head = format!("# {}", inline(&release.name));
    [head, facts.join("\n"), rows.join("\n")].join("\n\n") + "\n"
}

/// Words of ours to somebody: what could be markup is escaped as everywhere, but for emphasis, and colleagues are mentioned.
fn told(text: &str, colleagues: &[Handle]) -> String {
    mentioning(&block(text).replace("\\*", "*"), colleagues)
}

/// What an answer is about, as one finds it: the short id, the title, and the item at its source.
fn reference(title: &str, detail: Option<&FeedbackDetail>) -> String {
    let title = format!("“{}”", inline(title));
    let Some(detail) = detail else {
        return title;
    };
    let number = detail.source_id.as_deref().unwrap_or("link");
    let source = match (&detail.url, &detail.source_id) {
        (Some(url), _) => format!(" · {} {}", inline(&detail.row.source), link(number, url)),
        (None, Some(id)) => format!(" · {} {}", inline(&detail.row.source), inline(id)),
        (None, None) => String::new(),
    };
    format!("`{}` {title}{source}", detail.short)
}

/// Messages of the outbox, each below a line on what it is, whom it is to and what it is about; the words as they are to be
/// sent. `about` knows the feedback, and `colleagues` are mentioned.
#[must_use]
pub fn messages(
    messages: &[OutboxMessage],
    about: &[FeedbackDetail],
    colleagues: &[Handle],
) -> String {
    let paragraphs: Vec<String> = messages
        .iter()
        .map(|message| {
            let to = message
                .to
                .as_deref()
                .map_or_else(|| "nobody known".to_owned(), inline);
            let feedback = message.feedback.as_ref().map(|(id, title)| {
                let detail = about.iter().find(|detail| detail.row.id == *id);
                reference(title, detail)
            });
            let idea = || {
                message
                    .idea
                    .as_ref()
                    .map(|(_, title)| reference(title, None))
            };
            let on = feedback.or_else(idea);
            let on = on.map_or_else(String::new, |on| format!(", on {on}"));
            let to = mentioning(&to, colleagues);
            let head = format!("**{}** to {to}{on}", message.kind.word());
            match message.text.trim() {
                "" => head,
                text => format!("{head}:\n\n{}", told(text, colleagues)),
            }
        })
        .collect();
    paragraphs.join("\n\n---\n\n") + "\n"
}

/// The answers that are owed: whom, about what, and what there is to say. `about` knows the feedback, and `colleagues` are
/// mentioned.
#[must_use]
pub fn answers_owed(
    owed: &[AnswerFacts],
    about: &[FeedbackDetail],
    colleagues: &[Handle],
) -> String {
    let lines: Vec<String> = owed
        .iter()
        .map(|facts| {
            let to = facts
                .addressee
                .as_deref()
                .map_or_else(|| "nobody known".to_owned(), inline);
            let ideas: Vec<String> = facts
                .ideas
                .iter()
                .map(|i| {
                    let timeframe = i.timeframe.map(crate::domain::idea::Timeframe::word);
                    let when = when(i.status, i.release.as_deref(), timeframe);
                    format!("{} ({when})", inline(&i.title))
                })
                .collect();
            let what = if ideas.is_empty() {
                String::new()
            } else {
                format!(": {}", ideas.join("; "))
            };
            let detail = about.iter().find(|detail| detail.row.id == facts.feedback);
            let to = mentioning(&to, colleagues);
            format!("- {to}, on {}{what}", reference(&facts.title, detail))
        })
        .collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests;
