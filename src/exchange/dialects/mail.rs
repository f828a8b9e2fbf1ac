//! Mail: a message is feedback from its author, and a reply is a comment on the message that began the conversation.

use super::{Dialect, Ground, Reads};
use crate::domain::import::{
    Brought, ImportAuthor, ImportComment, ImportCompany, ImportCustomer, ImportRecord, ImportReply,
};
use crate::exchange::read::mail::{Author, Kind, Mailbox, Message, Raw, Text};
use crate::exchange::verdict::{Skip, Verdict};

/// A message in a file.
pub const EML: Dialect = dialect("eml", "an e-mail message", Kind::Single);
/// Messages one after the other in a file.
pub const MBOX: Dialect = dialect("mbox", "a mailbox, mbox", Kind::Mbox);
/// A folder of messages.
pub const MAILDIR: Dialect = dialect("maildir", "a folder of e-mail messages", Kind::Folder);

const fn dialect(name: &'static str, words: &'static str, kind: Kind) -> Dialect {
    Dialect {
        name,
        words,
        tool: "email",
        reads: Reads::Mail(kind),
    }
}

/// The dialect of that kind of mailbox.
#[must_use]
pub const fn of(kind: Kind) -> &'static Dialect {
    match kind {
        Kind::Single => &EML,
        Kind::Mbox => &MBOX,
        Kind::Folder => &MAILDIR,
    }
}

/// Where single messages come from: their files are named by chance, and the Message-ID tells them apart anyway.
const SINGLE: &str = "single messages";

/// Mail providers whose addresses say nothing about where somebody works.
const PROVIDERS: [&str; 26] = [
    "aol.com",
    "fastmail.com",
    "free.fr",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "web.de",
    "yandex.ru",
];
/// Those with a domain in many countries.
const PROVIDERS_ANYWHERE: [&str; 3] = ["yahoo.", "hotmail.", "outlook."];

/// What a message brings.
pub fn translate(ground: &Ground<'_>, mailbox: &Mailbox, raw: &Raw) -> Verdict {
    let message = match Message::read(raw) {
        Ok(message) => message,
        Err(fault) => return Verdict::Faults(vec![fault]),
    };
    if let Some(reason) = message.no_words() {
        return Verdict::Skipped(raw.line, Skip::Not(reason));
    }
    let text = match message.text() {
        Ok(text) => text,
        Err(fault) => return Verdict::Faults(vec![fault]),
    };
    let single = (mailbox.kind() == Kind::Single).then(|| SINGLE.to_owned());
    let origin = ground.origin(mailbox.threads.list().or(single));
    match mailbox.threads.root(&message) {
        Some(root) => reply(ground, &origin, root, raw.line, &message, text),
        None => feedback(ground, origin, raw.line, &message, text).into(),
    }
}

fn feedback(
    ground: &Ground<'_>,
    origin: String,
    line: u64,
    message: &Message<'_>,
    text: Text,
) -> ImportRecord {
    let author = message.author();
    let (received, received_offset) = message.date().unwrap_or((ground.written, None));
    ImportRecord {
        line,
        title: title(&message.subject(), message.list().is_some()),
        body: text.text,
        original: text.original,
        source: ground.source(),
        origin,
        source_id: message.id().map(str::to_owned),
        received,
        received_offset,
        company: author.as_ref().and_then(company),
        customer: author.map(|Author { name, email }| ImportCustomer { name, email }),
        ..ImportRecord::default()
    }
}

fn reply(
    ground: &Ground<'_>,
    origin: &str,
    root: &str,
    line: u64,
    message: &Message<'_>,
    text: Text,
) -> Verdict {
    if text.text.is_empty() {
        return Verdict::Skipped(line, Skip::Blank);
    }
    let author = message.author();
    let (at, _) = message.date().unwrap_or((ground.written, None));
    let comment = ImportComment {
        source_id: message.id().map(str::to_owned),
        author: author.map(|author| ImportAuthor::Outsider(author.name)),
        at,
        text: text.text,
        original: text.original,
        to_reporter: true,
    };
    let on = ground.key(origin, root);
    Verdict::Brings(vec![Brought::Comment(ImportReply { line, on, comment })])
}

/// The organisation that an address belongs to.
pub fn company(author: &Author) -> Option<ImportCompany> {
    let (_, domain) = author.email.as_deref()?.rsplit_once('@')?;
    let domain = domain.to_lowercase();
    let provider = PROVIDERS.contains(&domain.as_str())
        || PROVIDERS_ANYWHERE.iter().any(|p| domain.starts_with(p));
    (!provider).then(|| ImportCompany {
        name: domain.clone(),
        domain: Some(domain),
        ..ImportCompany::default()
    })
}

/// What mail programs write before the subject of what is answered or passed on.
const PREFIXES: [&str; 11] = [
    "re", "fwd", "fw", "aw", "wg", "antw", "sv", "vs", "tr", "rif", "odp",
];

/// The subject without what mail programs and, for a message of a list, the list put before it.
fn title(subject: &str, of_list: bool) -> String {
    let mut title = subject.trim();
    loop {
        let shorter = without_prefix(title)
            .or_else(|| of_list.then(|| without_tag(title)).flatten())
            .map(str::trim)
            .filter(|rest| !rest.is_empty());
        match shorter {
            Some(rest) => title = rest,
            None => return title.to_owned(),
        }
    }
}

/// Without `Re:`, `RE[2]:`, `Fwd:`, or Netscape's `[Fwd: …]`.
fn without_prefix(title: &str) -> Option<&str> {
    if let Some(inner) = title
        .strip_prefix("[Fwd:")
        .and_then(|t| t.strip_suffix(']'))
    {
        return Some(inner);
    }
    let (prefix, rest) = title.split_once(':')?;
    let word = prefix
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')'));
    let known = PREFIXES
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known));
    known.then_some(rest)
}

/// Without the `[name]` that a mailing list puts first.
fn without_tag(title: &str) -> Option<&str> {
    title
        .strip_prefix('[')?
        .split_once(']')
        .map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_what_the_author_wrote() {
        for (subject, list, wanted) in [
            ("Re: AW: Fwd: Export to PDF", false, "Export to PDF"),
            ("RE[2]: Re : x", false, "x"),
            ("[Fwd: Map of Argentina]", false, "Map of Argentina"),
            ("Re: [dev] Re: [dev] Builds", true, "Builds"),
            ("[URGENT] Login fails", false, "[URGENT] Login fails"),
            ("Re:", false, "Re:"),
            ("Retention: how long?", false, "Retention: how long?"),
            ("[all of it]", true, "[all of it]"),
        ] {
            assert_eq!(title(subject, list), wanted);
        }
    }

    #[test]
    fn an_address_tells_the_company_unless_it_is_of_a_mail_provider() {
        let of = |email: &str| {
            let author = Author {
                name: "Dana".to_owned(),
                email: Some(email.to_owned()),
            };
            company(&author).and_then(|company| company.domain)
        };
        assert_eq!(of("dana@Acme.example").as_deref(), Some("acme.example"));
        assert_eq!(of("dana@gmail.com"), None);
        assert_eq!(of("dana@yahoo.co.uk"), None);
    }
}
