//! A message as RFC 5322 and MIME describe it, read by mail-parser within limits.

use std::borrow::Cow;

use mail_parser::{HeaderName, HeaderValue, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Raw, fault};
use crate::domain::moment::Moment;
use crate::exchange::html;
use crate::exchange::looks::is_email;
use crate::exchange::read::{Fault, LONGEST_FIELD};

/// How long all header fields of a message may be together, in bytes: 1 MiB.
const LONGEST_HEADER: usize = 1 << 20;
/// How many parts a message may have: each may lie in the one before it.
const MOST_PARTS: usize = 1_000;
/// How often its bytes may be looked at: once for each part, when no part ends as it should.
const MOST_WORK: usize = 2 << 30;
/// How many messages before it a reply may name.
const MOST_EARLIER: usize = 100;

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Name, or else the address.
    pub name: String,
    /// E-mail address, where there is one.
    pub email: Option<String>,
}

/// A message that fits the limits.
pub struct Message<'m> {
    raw: &'m Raw,
    /// Its own header fields.
    header: mail_parser::Message<'static>,
    /// Its parts, not decoded.
    parts: mail_parser::Message<'m>,
}

/// The text of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Readable.
    pub text: String,
    /// What it was made from, where that was HTML.
    pub original: Option<String>,
}

impl<'m> Message<'m> {
    /// Reads a message.
    ///
    /// # Errors
    /// When it passes a limit, or has no header at all.
    pub fn read(raw: &'m Raw) -> Result<Self, Fault> {
        let refused = |words: &str| fault(raw.line, words);
        let bytes = raw.bytes.as_slice();
        let (header, _) = bytes.split_at(header_length(bytes));
        if header.len() > LONGEST_HEADER {
            return Err(refused("the header of the message is longer than 1 MiB"));
        }
        let parts = parts(bytes);
        if parts > MOST_PARTS || parts.saturating_mul(bytes.len()) > MOST_WORK {
            return Err(refused("the message has too many parts"));
        }
        // The parts are not decoded: a message that is encoded inside of a message would be read by recursion.
        let structure = MessageParser::new()
            .with_mime_headers()
            .default_header_ignore()
            .ignore_header(HeaderName::ContentTransferEncoding);
        let none = || refused("it is no message: it has no header");
        Ok(Self {
            raw,
            header: MessageParser::default()
                .parse_headers(&in_utf8(header))
                .ok_or_else(none)?
                .into_owned(),
            parts: structure.parse(bytes).ok_or_else(none)?,
        })
    }

    /// Its subject as it came, in one line; blank when it has none.
    #[must_use]
    pub fn subject(&self) -> String {
        let subject = self.header.subject().unwrap_or_default();
        let line: Vec<&str> = subject.split(['\r', '\n']).map(str::trim).collect();
        line.join(" ").trim().to_owned()
    }

    /// Who wrote it.
    #[must_use]
    pub fn author(&self) -> Option<Author> {
        let first = self.header.from()?.first()?;
        let name = first
            .name()
            .map(in_one_line)
            .filter(|name| !name.is_empty());
        let address = first.address().map(in_one_line).filter(|a| !a.is_empty());
        let (name, address) = match (name, address) {
            (Some(written), None) => archived(&written).unwrap_or((written, None)),
            (name, Some(address)) => (name.unwrap_or_else(|| address.clone()), Some(address)),
            (None, None) => return None,
        };
        let email = address.filter(|address| is_email(address));
        Some(Author { name, email })
    }

    /// When it was written, and the zone in minutes east of UTC; else when it was delivered.
    #[must_use]
    pub fn date(&self) -> Option<(Moment, Option<i32>)> {
        let written = self.header.date().filter(|date| date.is_valid());
        let written = written
            .filter(|date| (1970..=2200).contains(&date.year))
            .map(|date| {
                let east = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
                let east = if date.tz_before_gmt { -east } else { east };
                (Moment(date.to_timestamp() * 1_000), Some(east))
            });
        written.or_else(|| self.raw.delivered.map(|at| (at, None)))
    }

    /// Its Message-ID.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.header
            .message_id()
            .map(str::trim)
            .filter(|id| !id.is_empty() && id.len() <= 1_000)
    }

    /// The ids of the messages before it, that which began the conversation first, as `References` and `In-Reply-To` tell.
    #[must_use]
    pub fn earlier(&self) -> Vec<&str> {
        let ids = [HeaderName::References, HeaderName::InReplyTo];
        let ids = ids
            .into_iter()
            .filter_map(|name| self.header.header(name))
            .flat_map(|value| match value {
                HeaderValue::Text(id) => vec![id.as_ref()],
                HeaderValue::TextList(ids) => ids.iter().map(AsRef::as_ref).collect(),
                _ => Vec::new(),
            });
        ids.take(MOST_EARLIER).collect()
    }

    /// The mailing list that it went through, by its `List-Id`.
    #[must_use]
    pub fn list(&self) -> Option<String> {
        let list = match self.header.header(HeaderName::ListId)? {
            HeaderValue::Address(address) => address.first()?,
            _ => return None,
        };
        let id = list.address().or(list.name())?.trim();
        (!id.is_empty()).then(|| id.to_lowercase())
    }

    /// Why it is nobody's words, where that is so: a machine has sent it (RFC 3834), it reports a delivery (RFC 6522), it is
    /// an invitation (RFC 6047), or its mailbox says that it is a draft or was deleted.
    #[must_use]
    pub fn no_words(&self) -> Option<&'static str> {
        let field = |name: &'static str| self.header.header_raw(name).map(str::trim);
        let automatic = field("Auto-Submitted").is_some_and(|value| {
            let word = value.split([';', ' ']).next().unwrap_or_default();
            !word.eq_ignore_ascii_case("no")
        });
        let replied = ["X-Autoreply", "X-Autorespond"]
            .iter()
            .any(|name| field(name).is_some())
            || field("Precedence").is_some_and(|value| value.eq_ignore_ascii_case("auto_reply"));
        // https://www-archive.mozilla.org/releases/mozilla1.0/mailnews: a message with flag 8 is gone at the next compacting.
        let deleted = field("X-Mozilla-Status")
            .and_then(|value| u32::from_str_radix(value, 16).ok())
            .is_some_and(|flags| flags & 8 != 0);
        let bounced = field("Return-Path") == Some("<>")
            || self
                .author()
                .is_some_and(|author| author.name.to_lowercase().contains("mailer-daemon"));
        if self.raw.flags.contains('T') || deleted {
            Some("deleted in the mail program")
        } else if self.raw.flags.contains('D') {
            Some("draft")
        } else if self.is("multipart", "report") || bounced {
            Some("delivery report")
        } else if self.parts.parts.iter().any(is_calendar) {
            Some("calendar invitation")
        } else if automatic || replied {
            Some("automatic message")
        } else {
            None
        }
    }

    fn is(&self, kind: &str, subtype: &str) -> bool {
        self.header.content_type().is_some_and(|content| {
            content.ctype().eq_ignore_ascii_case(kind)
                && content
                    .subtype()
                    .is_some_and(|s| s.eq_ignore_ascii_case(subtype))
        })
    }

    /// How many files are attached to it.
    #[must_use]
    pub fn attachments(&self) -> usize {
        self.parts.attachments.len()
    }

    /// Its text: the parts that are plain text, else those of HTML made readable.
    ///
    /// # Errors
    /// When it is longer than a field may be.
    pub fn text(&self) -> Result<Text, Fault> {
        let (mut texts, mut originals) = (Vec::new(), Vec::new());
        for part in self.text_parts() {
            let too_long = || {
                fault(
                    self.raw.line,
                    "the text of the message is longer than 1 MiB",
                )
            };
            match &part.body {
                PartType::Text(text) => texts.push(self.decoded(part, text)),
                PartType::Html(markup) => {
                    let markup = self.decoded(part, markup);
                    if markup.len() > LONGEST_FIELD {
                        return Err(too_long());
                    }
                    texts.push(html::readable(&markup).0);
                    originals.push(markup);
                }
                _ => {}
            }
            if texts.iter().map(String::len).sum::<usize>() > LONGEST_FIELD {
                return Err(too_long());
            }
        }
        texts.retain(|text| !text.trim().is_empty());
        let original = (!originals.is_empty()).then(|| originals.join("\n"));
        let text = texts.join("\n").replace("\r\n", "\n");
        let text = text.trim_matches('\n').trim_end().to_owned();
        Ok(Text { text, original })
    }

    /// The parts that are its text. In a message that was cut off they are no longer told apart: then it is the first.
    fn text_parts(&self) -> Vec<&MessagePart<'m>> {
        let parts = &self.parts.parts;
        let told = self.parts.text_body.iter();
        let told: Vec<_> = told.filter_map(|id| parts.get(*id as usize)).collect();
        if !told.is_empty() {
            return told;
        }
        let cut = |part: &&MessagePart<'_>| {
            let file = part
                .content_disposition()
                .is_some_and(|d| d.is_attachment());
            part.is_encoding_problem && !file
        };
        let is_text = |part: &&MessagePart<'_>| {
            matches!(part.body, PartType::Text(_) | PartType::Html(_))
                && part
                    .content_type()
                    .is_none_or(|c| c.ctype().eq_ignore_ascii_case("text"))
        };
        parts.iter().filter(cut).find(is_text).into_iter().collect()
    }

    /// The text of a part, decoded by reading the part as a message of its own: it holds no others. What is in no told
    /// character set and not in UTF-8 is read as Windows-1252, which such messages mostly are.
    fn decoded(&self, part: &MessagePart<'_>, text: &str) -> String {
        let encoding = part
            .headers
            .iter()
            .find(|header| header.name == HeaderName::ContentTransferEncoding);
        let bytes = |from: u32, to: u32| self.raw.bytes.get(from as usize..to as usize);
        let alone = bytes(part.offset_header, part.offset_end).filter(|_| encoding.is_some());
        let text = alone.and_then(text_of).unwrap_or_else(|| text.to_owned());
        let told = part
            .content_type()
            .is_some_and(|c| c.has_attribute("charset"));
        if told || !text.contains(char::REPLACEMENT_CHARACTER) {
            return text;
        }
        let mut older = b"Content-Type: text/plain; charset=windows-1252\n".to_vec();
        if let Some(header) = encoding {
            let field = bytes(header.offset_field, header.offset_end);
            older.extend_from_slice(field.unwrap_or_default().trim_ascii_end());
            older.push(b'\n');
        }
        older.push(b'\n');
        older.extend_from_slice(bytes(part.offset_body, part.offset_end).unwrap_or_default());
        text_of(&older).unwrap_or(text)
    }
}

/// The text of a message that is nothing but text.
fn text_of(bytes: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse(bytes)?;
    match message.parts.into_iter().next()?.body {
        PartType::Text(text) | PartType::Html(text) => Some(text.into_owned()),
        _ => None,
    }
}

/// Header fields as UTF-8 (RFC 6532); older programs wrote them in Windows-1252.
fn in_utf8(header: &[u8]) -> Cow<'_, [u8]> {
    match std::str::from_utf8(header) {
        Ok(_) => Cow::Borrowed(header),
        Err(_) => {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(header);
            Cow::Owned(text.into_owned().into_bytes())
        }
    }
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An author as archives of mailing lists hide them from machines: `dana at acme.example (Dana Miller)`.
fn archived(written: &str) -> Option<(String, Option<String>)> {
    let (address, name) = written.split_once(" (").unwrap_or((written, ""));
    let (local, host) = address.split_once(" at ")?;
    let email = format!("{local}@{host}");
    let name = name.trim_end_matches(')').to_owned();
    let name = if name.is_empty() { email.clone() } else { name };
    is_email(&email).then_some((name, Some(email)))
}

fn is_calendar(part: &MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|content| {
        content.ctype().eq_ignore_ascii_case("text")
            && content
                .subtype()
                .is_some_and(|s| s.eq_ignore_ascii_case("calendar"))
            && content.has_attribute("method")
    })
}

/// How many bytes the header fields and the blank line behind them have; all that there are where none is missing to the limit.
fn header_length(bytes: &[u8]) -> usize {
    let head = &bytes[..bytes.len().min(LONGEST_HEADER + 3)];
    let end = |ends: &[u8]| {
        let place = head.windows(ends.len()).position(|window| window == ends);
        place.map(|place| place + ends.len())
    };
    let ends = [end(b"\n\n"), end(b"\n\r\n")];
    ends.into_iter().flatten().min().unwrap_or(bytes.len())
}

/// How many parts there may be at most: each says what it is, or lies in one that does.
fn parts(bytes: &[u8]) -> usize {
    let field = b"content-type";
    bytes
        .split(|b| *b == b'\n')
        .filter(|line| {
            let line = line.trim_ascii_start();
            line.get(..field.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(field))
        })
        .count()
}
