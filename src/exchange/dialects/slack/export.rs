//! The export of a Slack workspace, as its archive or unpacked: lists of channels and members, and for each channel a
//! folder with a file of messages for each day.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde_json::{Map, Value};

use crate::domain::moment::Moment;
use crate::exchange::dialects::value;
use crate::exchange::read::pack::{OpenPack, Pack};
use crate::exchange::read::{Document, Documents, Fault, NextDocument, ReadError, Spot};

const MEMBERS: &str = "users.json";
/// The lists of what has messages, and whether these were said to a few alone.
const LISTS: [(&str, bool); 4] = [
    ("channels.json", false),
    ("groups.json", false),
    ("mpims.json", true),
    ("dms.json", true),
];
/// The name of the team, which some tools add.
const TEAM: &str = "team.json";

/// Somebody in a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Member {
    /// Full name, or what they are called.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Whether it is a guest, or of another workspace.
    pub outsider: bool,
    /// Whether it is a program.
    pub bot: bool,
    /// What mentions are written as.
    pub mention: String,
}

/// Where messages are.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Channel {
    /// Its id; its name where the export has no id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the messages were said to a few alone.
    pub direct: bool,
    /// The names of the files with its messages, a day each.
    days: Vec<String>,
}

/// What stands beside the messages.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// The members, by id.
    pub members: HashMap<String, Member>,
    /// The names of the channels, by id.
    pub channels: HashMap<String, String>,
    /// The id of the team.
    pub team: Option<String>,
    /// The host of the workspace, where the export tells it.
    pub host: Option<String>,
}

/// An export.
#[derive(Clone, Debug)]
pub struct Export {
    pack: Pack,
    channels: Vec<Channel>,
    /// What stands beside the messages.
    pub directory: Directory,
    /// What a person should know about it.
    pub notes: Vec<String>,
}

/// What reading a message gives.
#[derive(Debug)]
pub enum NextPost<'e> {
    /// A message; its line is its number in the export.
    Post(&'e Channel, Document),
    /// One that cannot be used, or a whole day.
    Fault(Fault),
    /// There are no more.
    End,
}

/// Whether a folder is an unpacked export. Other tools have files with these names, too (Zendesk keeps its lists in objects).
#[must_use]
pub fn is_export(folder: &Path) -> bool {
    let is_list = |name: &str| {
        let path = folder.join(name);
        path.is_file() && begins_a_list(&path).unwrap_or_default()
    };
    is_list(MEMBERS) && LISTS.iter().any(|(list, _)| is_list(list))
}

/// Whether the first sign of a file, within what an editor may put before it, is that of a list.
fn begins_a_list(path: &Path) -> io::Result<bool> {
    let mut begin = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut begin)?;
    let begin = begin.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&begin);
    Ok(begin.trim_ascii_start().first() == Some(&b'['))
}

impl Export {
    /// Looks at a file or folder; `None` when it is no export.
    ///
    /// # Errors
    /// When it cannot be read, holds too much, or is an archive that is refused.
    pub fn open(path: &Path) -> Result<Option<Self>, ReadError> {
        let pack = if path.is_dir() {
            is_export(path).then(|| Pack::of_folder(path)).transpose()?
        } else {
            let is_zip = Pack::claims(path)?;
            is_zip.then(|| Pack::of_zip(path)).transpose()?
        };
        let Some((pack, base)) = pack.and_then(|pack| base_of(&pack).map(|base| (pack, base)))
        else {
            return Ok(None);
        };
        let mut opened = pack.open()?;
        let directory = Directory::default();
        let mut export = Self {
            channels: Vec::new(),
            directory,
            notes: Vec::new(),
            pack: pack.clone(),
        };
        export.look(&mut opened, &base)?;
        Ok(Some(export))
    }

    fn look(&mut self, pack: &mut OpenPack<'_>, base: &str) -> Result<(), ReadError> {
        self.members(&self.list(pack, base, MEMBERS)?);
        if let Some(team) = self.list(pack, base, TEAM)?.first() {
            let domain = team.get("domain").and_then(value::text);
            self.directory.host = domain.map(|domain| format!("{domain}.slack.com"));
        }
        let mut days = days_by_folder(&self.pack, base);
        for (list, direct) in LISTS {
            for channel in self.list(pack, base, list)? {
                let told = |key| channel.get(key).and_then(value::text).map(str::to_owned);
                let (id, name) = (told("id"), told("name"));
                let Some(id) = id.or_else(|| name.clone()) else {
                    continue;
                };
                let name = name.unwrap_or_else(|| id.clone());
                let found = days.remove(&name).or_else(|| days.remove(&id));
                self.directory.channels.insert(id.clone(), name.clone());
                self.channels.push(Channel {
                    id,
                    name,
                    direct,
                    days: found.unwrap_or_default(),
                });
            }
        }
        if !days.is_empty() {
            let names: Vec<_> = days.keys().take(5).map(String::as_str).collect();
            let more = if days.len() > names.len() { " …" } else { "" };
            self.notes.push(format!(
                "folders that no list of channels names are not read: {}{more}",
                names.join(", ")
            ));
        }
        Ok(())
    }

    /// The objects of a list; none where there is no such file.
    fn list(
        &self,
        pack: &mut OpenPack<'_>,
        base: &str,
        list: &str,
    ) -> Result<Vec<Map<String, Value>>, ReadError> {
        let name = format!("{base}{list}");
        if self.pack.bytes_of(&name) == 0 {
            return Ok(Vec::new());
        }
        let mut documents = Documents::of_list(pack.file(&name)?)?;
        let mut objects = Vec::new();
        loop {
            match documents.next_document()? {
                NextDocument::Document(mut document) => {
                    document
                        .object
                        .retain(|key, _| KEPT.contains(&key.as_str()));
                    objects.push(document.object);
                }
                NextDocument::Fault(_) => {}
                NextDocument::End => return Ok(objects),
            }
        }
    }

    fn members(&mut self, users: &[Map<String, Value>]) {
        self.directory.team = most_frequent(users, "team_id");
        let team = self.directory.team.as_deref();
        for user in users {
            if let Some(id) = user.get("id").and_then(value::text) {
                let member = Member::read(&Value::Object(user.clone()), team);
                self.directory.members.insert(id.to_owned(), member);
            }
        }
    }

    /// How many bytes its messages have.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let days = self.channels.iter().flat_map(|channel| &channel.days);
        days.map(|day| self.pack.bytes_of(day)).sum()
    }

    /// When something in it was last written.
    #[must_use]
    pub fn written(&self) -> Moment {
        self.pack.written()
    }

    /// Its messages, channel by channel and day by day.
    ///
    /// # Errors
    /// When it cannot be read, or was changed since it was looked at.
    pub fn posts(&self) -> Result<Posts<'_>, ReadError> {
        let channels = self.channels.iter();
        let left: Vec<_> = channels
            .flat_map(|channel| channel.days.iter().map(move |day| (channel, day.as_str())))
            .collect();
        Ok(Posts {
            pack: self.pack.open()?,
            export: self,
            left: left.into_iter(),
            day: None,
            number: 0,
            bytes: 0,
        })
    }
}

/// What is kept of a member or channel; the rest could fill the memory.
const KEPT: [&str; 12] = [
    "id",
    "name",
    "real_name",
    "profile",
    "team_id",
    "domain",
    "enterprise_user",
    "is_restricted",
    "is_ultra_restricted",
    "is_stranger",
    "is_bot",
    "is_app_user",
];

impl Member {
    /// Somebody as a list of members or a message describes them, in the workspace of that team.
    pub fn read(user: &Value, team: Option<&str>) -> Self {
        let told = |path: &str| value::at(user, path).and_then(value::text);
        let is = |key: &str| value::at(user, key).is_some_and(|is| *is == true);
        let elsewhere = told("team_id").or(told("team")).zip(team);
        let elsewhere = elsewhere.is_some_and(|(of, team)| of != team);
        let grid = value::at(user, "enterprise_user").is_some();
        let guest = is("is_restricted") || is("is_ultra_restricted") || is("is_stranger");
        let name = [
            "profile.real_name",
            "real_name",
            "profile.display_name",
            "name",
        ];
        let name = name.iter().find_map(|path| told(path));
        Self {
            name: name.map(str::to_owned),
            email: told("profile.email").map(str::to_owned),
            outsider: guest || elsewhere && !grid,
            bot: is("is_bot") || told("id") == Some("USLACKBOT"),
            mention: told("name").or(name).unwrap_or_default().to_owned(),
        }
    }
}

/// What stands before the names of the files of an export: nothing, or the folder that somebody packed.
fn base_of(pack: &Pack) -> Option<String> {
    let has = |name: &str| pack.bytes_of(name) > 0;
    let bases = pack.names().filter_map(|name| name.strip_suffix(MEMBERS));
    let is = |base: &&str| {
        base.matches('/').count() <= 1
            && (base.is_empty() || base.ends_with('/'))
            && LISTS.iter().any(|(list, _)| has(&format!("{base}{list}")))
    };
    bases
        .filter(is)
        .min_by_key(|base| base.len())
        .map(str::to_owned)
}

/// The files of messages by the name of the folder that they are in.
fn days_by_folder(pack: &Pack, base: &str) -> BTreeMap<String, Vec<String>> {
    let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in pack.names() {
        let inside = name.strip_prefix(base).and_then(|n| n.split_once('/'));
        if let Some((folder, day)) = inside
            && day.ends_with(".json")
            && !day.contains('/')
        {
            days.entry(folder.to_owned())
                .or_default()
                .push(name.to_owned());
        }
    }
    days
}

fn most_frequent(objects: &[Map<String, Value>], key: &str) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in objects
        .iter()
        .filter_map(|o| o.get(key).and_then(value::text))
    {
        *counts.entry(text).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(text, _)| text.to_owned())
}

/// The messages of an export.
pub struct Posts<'e> {
    export: &'e Export,
    pack: OpenPack<'e>,
    left: std::vec::IntoIter<(&'e Channel, &'e str)>,
    day: Option<(&'e Channel, &'e str, Documents)>,
    number: u64,
    /// How many bytes the days before the current one have.
    bytes: u64,
}

impl<'e> Posts<'e> {
    /// How many bytes have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        match &self.day {
            Some((_, _, documents)) => self.bytes + documents.bytes(),
            None => self.bytes,
        }
    }

    /// The next message, what is wrong with it, or the end. What is wrong with a day does not end the others.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_post(&mut self) -> Result<NextPost<'e>, ReadError> {
        loop {
            let Some((channel, name, documents)) = &mut self.day else {
                match self.left.next() {
                    None => return Ok(NextPost::End),
                    Some((channel, name)) => {
                        let documents = self.pack.file(name).and_then(Documents::of_list);
                        match documents {
                            Ok(documents) => self.day = Some((channel, name, documents)),
                            Err(error) => return self.broken(name, error),
                        }
                    }
                }
                continue;
            };
            let (channel, name) = (*channel, *name);
            match documents.next_document() {
                Ok(NextDocument::Document(mut document)) => {
                    self.number += 1;
                    document.line = self.number;
                    return Ok(NextPost::Post(channel, document));
                }
                Ok(NextDocument::Fault(fault)) => {
                    return Ok(self.fault(format!("{name}, {fault}")));
                }
                Ok(NextDocument::End) => self.leave(name),
                Err(error) => {
                    self.leave(name);
                    return self.broken(name, error);
                }
            }
        }
    }

    fn leave(&mut self, name: &str) {
        self.day = None;
        self.bytes += self.export.pack.bytes_of(name);
    }

    fn broken(&mut self, name: &str, error: ReadError) -> Result<NextPost<'e>, ReadError> {
        match error {
            ReadError::Unreadable(_) | ReadError::Changed | ReadError::Pack(_) => Err(error),
            error => Ok(self.fault(format!("{name}: {error}"))),
        }
    }

    fn fault(&mut self, words: String) -> NextPost<'e> {
        self.number += 1;
        NextPost::Fault(Fault {
            line: self.number,
            spot: Spot::Row,
            words,
        })
    }
}
