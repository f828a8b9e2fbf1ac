//! Reading mail: a message by itself, a mailbox in one file (mbox), and a folder of messages (Maildir, or `.eml` files).
//!
//! One message is in memory at a time. Beside it a mailbox keeps which message answers which (see `threads`), because
//! a reply becomes a comment on the message that began the conversation.

mod mbox;
mod message;
mod threads;

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

pub use message::{Author, Message, Text};
pub use threads::Threads;

use super::stamp::Stamp;
use super::{Fault, HEAD, ReadError, Spot, open};
use crate::domain::moment::Moment;

/// The largest message that is read, in bytes: 50 MiB.
pub const LARGEST_MESSAGE: usize = 50 << 20;
/// The most messages in a folder.
const MOST_MESSAGES: usize = 250_000;
/// Header fields of which a message has at least one.
const FIELDS: [&str; 12] = [
    "content-type",
    "date",
    "delivered-to",
    "from",
    "message-id",
    "mime-version",
    "received",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
];

/// How messages are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One message in a file.
    Single,
    /// One after the other in a file.
    Mbox,
    /// Each in a file of its own, in a folder.
    Folder,
}

/// The bytes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The line where it begins, or in a folder its [number](Mailbox::file).
    pub line: u64,
    /// The message, without what the mailbox added.
    pub bytes: Vec<u8>,
    /// When it was delivered, by the line that begins it in an mbox.
    pub delivered: Option<Moment>,
    /// What the name of its file in a Maildir tells (`S` seen, `T` trashed, `D` draft, …).
    pub flags: String,
}

/// What reading a message gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextMessage {
    /// A message.
    Message(Raw),
    /// One that cannot be used.
    Fault(Fault),
    /// There are no more.
    End,
}

/// A fault of the message that begins in that line.
pub fn fault(line: u64, words: impl Into<String>) -> Fault {
    let spot = Spot::Row;
    let words = words.into();
    Fault { line, spot, words }
}

/// Messages that can be read as often as wanted.
#[derive(Clone, Debug)]
pub struct Mailbox {
    path: PathBuf,
    kind: Kind,
    /// The files of a folder, in the order of their names.
    files: Vec<PathBuf>,
    /// Length and time of the last change, by which a change between plan and import is noticed.
    stamp: Stamp,
    /// Which message answers which.
    pub threads: Threads,
    /// What a person should know about it.
    pub notes: Vec<String>,
}

impl Mailbox {
    /// The file of the message with that number, where each has its own.
    #[must_use]
    pub fn file(&self, number: u64) -> Option<&Path> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        self.files.get(place).map(PathBuf::as_path)
    }

    /// Looks at a file or folder; `None` when it holds no mail. `wish` overrides what its content tells.
    ///
    /// # Errors
    /// When it cannot be read, or holds too much.
    pub fn open(path: &Path, wish: Option<Kind>) -> Result<Option<Self>, ReadError> {
        let Some(kind) = recognise(path, wish)? else {
            return Ok(None);
        };
        let (files, stamp, notes) = match kind {
            Kind::Folder => folder(path)?,
            Kind::Single | Kind::Mbox => (Vec::new(), Stamp::of(path)?, Vec::new()),
        };
        let mut mailbox = Self {
            path: path.to_owned(),
            kind,
            files,
            stamp,
            threads: Threads::default(),
            notes,
        };
        mailbox.look()?;
        Ok(Some(mailbox))
    }

    /// Finds out what all messages together tell: conversations, the mailing list, attachments.
    fn look(&mut self) -> Result<(), ReadError> {
        let mut messages = self.messages()?;
        let (mut threads, mut attachments) = (Threads::default(), 0);
        loop {
            match messages.next_message()? {
                NextMessage::End => break,
                NextMessage::Fault(_) => {}
                NextMessage::Message(raw) => {
                    if let Ok(message) = Message::read(&raw) {
                        attachments += message.attachments();
                        threads.add(&message);
                    }
                }
            }
        }
        self.threads = threads;
        if attachments > 0 {
            let words = match attachments {
                1 => "1 attachment is".to_owned(),
                many => format!("{many} attachments are"),
            };
            self.notes.push(format!("{words} not imported"));
        }
        if self.threads.is_full() {
            let most = threads::MOST;
            self.notes.push(format!(
                "replies are put to what they answer among the first {most} messages"
            ));
        }
        Ok(())
    }

    /// How it is stored.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// How many bytes it has.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.stamp.bytes
    }

    /// When it was last written; 1970 where the system does not say.
    #[must_use]
    pub fn written(&self) -> Moment {
        self.stamp.written()
    }

    /// Its messages from the first on.
    ///
    /// # Errors
    /// When it cannot be read, or was changed since it was looked at.
    pub fn messages(&self) -> Result<Messages, ReadError> {
        let now = match self.kind {
            Kind::Folder => folder(&self.path)?.1,
            Kind::Single | Kind::Mbox => Stamp::of(&self.path)?,
        };
        if now != self.stamp {
            return Err(ReadError::Changed);
        }
        Ok(Messages(match self.kind {
            Kind::Mbox => Inner::Mbox(Box::new(mbox::Mbox::new(open(&self.path)?))),
            Kind::Single => Inner::files(vec![self.path.clone()]),
            Kind::Folder => Inner::files(self.files.clone()),
        }))
    }
}

/// The messages of a mailbox.
pub struct Messages(Inner);

enum Inner {
    Mbox(Box<mbox::Mbox>),
    Files {
        left: std::vec::IntoIter<PathBuf>,
        number: u64,
        bytes: u64,
    },
}

impl Inner {
    fn files(files: Vec<PathBuf>) -> Self {
        Self::Files {
            left: files.into_iter(),
            number: 0,
            bytes: 0,
        }
    }
}

impl Messages {
    /// The next message, what is wrong with it, or the end.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_message(&mut self) -> Result<NextMessage, ReadError> {
        match &mut self.0 {
            Inner::Mbox(mbox) => mbox.next_message(),
            Inner::Files {
                left,
                number,
                bytes,
            } => {
                let Some(path) = left.next() else {
                    return Ok(NextMessage::End);
                };
                *number += 1;
                let next = single(&path, *number)?;
                if let NextMessage::Message(raw) = &next {
                    *bytes += raw.bytes.len() as u64;
                }
                Ok(next)
            }
        }
    }

    /// How many bytes have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        match &self.0 {
            Inner::Mbox(mbox) => mbox.bytes(),
            Inner::Files { bytes, .. } => *bytes,
        }
    }
}

/// A message in a file of its own.
fn single(path: &Path, line: u64) -> Result<NextMessage, ReadError> {
    let mut bytes = Vec::new();
    open(path)?
        .take(LARGEST_MESSAGE as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(ReadError::Unreadable)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if bytes.len() > LARGEST_MESSAGE {
        let words = format!("the message in {name} is larger than 50 MiB");
        return Ok(NextMessage::Fault(fault(line, words)));
    }
    // https://cr.yp.to/proto/maildir.html: the flags stand behind `:2,`, or `;2,` where a colon cannot be in a name.
    let flags = name.rsplit_once(":2,").or(name.rsplit_once(";2,"));
    Ok(NextMessage::Message(Raw {
        line,
        bytes,
        delivered: None,
        flags: flags.map(|(_, flags)| flags.to_owned()).unwrap_or_default(),
    }))
}

/// What kind of mailbox this is, if it is one.
fn recognise(path: &Path, wish: Option<Kind>) -> Result<Option<Kind>, ReadError> {
    let about = fs::metadata(path).map_err(ReadError::Unreadable)?;
    if about.is_dir() {
        let maildir = path.join("cur").is_dir() && path.join("new").is_dir();
        let mail = wish.is_some() || maildir || !eml_files(path)?.is_empty();
        return Ok(mail.then_some(Kind::Folder));
    }
    if let Some(Kind::Single | Kind::Mbox) = wish {
        return Ok(wish);
    }
    if !about.is_file() {
        // Opening a pipe would wait for somebody who writes to it.
        return Err(ReadError::NoFile);
    }
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEAD as u64).read_to_end(&mut head))
        .map_err(ReadError::Unreadable)?;
    let first = head.split(|b| *b == b'\n').find(|line| !blank(line));
    Ok(if first.and_then(mbox::postmark).is_some() {
        Some(Kind::Mbox)
    } else if is_eml(path) && !head.is_empty() || begins_with_fields(&head) {
        Some(Kind::Single)
    } else {
        None
    })
}

fn blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

fn is_eml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("eml"))
}

/// Whether everything up to the first blank line is header fields, one of them a field of mail.
fn begins_with_fields(head: &[u8]) -> bool {
    let mut known = false;
    for (place, line) in head.split(|b| *b == b'\n').enumerate() {
        if blank(line) {
            return known;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if place == 0 {
                return false;
            }
            continue;
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else {
            return false;
        };
        let name = line[..colon].to_ascii_lowercase();
        if name.iter().any(|b| !b.is_ascii_graphic()) {
            return false;
        }
        known |= FIELDS.iter().any(|field| field.as_bytes() == name);
    }
    known
}

type Listing = (Vec<PathBuf>, Stamp, Vec<String>);

/// The messages of a folder, how much they are and when the last was written, and what is left aside.
fn folder(path: &Path) -> Result<Listing, ReadError> {
    let mut files = Vec::new();
    for part in ["cur", "new"] {
        let part = path.join(part);
        if part.is_dir() {
            files.extend(entries(&part)?);
        }
    }
    if files.is_empty() {
        files = eml_files(path)?;
    }
    files.retain(|file| file.is_file());
    // By name alone: a message that was read moves from `new` to `cur`.
    files.sort_by_cached_key(|file| file.file_name().map(std::ffi::OsStr::to_owned));
    if files.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut stamp = Stamp::default();
    for file in &files {
        match Stamp::of(file) {
            Err(ReadError::Empty) => {}
            other => stamp.add(other?),
        }
    }
    let inside = entries(path)?
        .into_iter()
        .filter(|entry| entry.join("cur").is_dir())
        .filter_map(|entry| Some(entry.file_name()?.to_string_lossy().into_owned()))
        .collect::<Vec<_>>();
    let notes = match inside.as_slice() {
        [] => Vec::new(),
        inside => vec![format!(
            "the folders inside are not read, give them by name: {}",
            inside.join(", ")
        )],
    };
    Ok((files, stamp, notes))
}

fn eml_files(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut files = entries(path)?;
    files.retain(|file| is_eml(file));
    Ok(files)
}

/// What is in a folder, without what is hidden in it except for folders.
fn entries(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(ReadError::Unreadable)? {
        found.push(entry.map_err(ReadError::Unreadable)?.path());
        if found.len() > MOST_MESSAGES {
            return Err(ReadError::TooMany(MOST_MESSAGES));
        }
    }
    found.sort();
    Ok(found)
}
