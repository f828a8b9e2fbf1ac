//! How the objects of a JSON file are arranged, told by what stands around the first of them.

use super::super::ReadError;
use super::super::text::Text;
use super::scan::Cursor;

/// How the objects of a file are arranged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One a line.
    Lines,
    /// As values one after the other, lists of them, or under these names within the objects that wrap them.
    Values(Vec<String>),
}

/// Under what names the interfaces of other tools hand out lists, the surest first.
const LISTS: [&str; 21] = [
    "issues",
    "tickets",
    "conversations",
    "topic_list.topics",
    "notes",
    "posts",
    "topics",
    "features",
    "releases",
    "ideas",
    "suggestions",
    "messages",
    "results",
    "values",
    "items",
    "elements",
    "entries",
    "records",
    "nodes",
    "rows",
    "data",
];
/// Stands in a path for every name: the members of an object are the things, by their ids.
pub const EVERY: &str = "*";
/// Where Mattermost has its posts, beside a list of their ids in order.
const BY_ID: &str = "posts.*";

/// Under what names they hand out a single thing.
const SINGLES: [&str; 10] = [
    "ticket",
    "issue",
    "conversation",
    "note",
    "post",
    "topic",
    "feature",
    "release",
    "suggestion",
    "data",
];
/// What a thing has and a page of things has not.
const OF_A_THING: [&str; 11] = [
    "id", "key", "number", "title", "subject", "summary", "body", "content", "text", "details",
    "ts",
];

/// A member of the object that is looked at.
struct Member {
    /// Its name, behind the name of the object it is in.
    path: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A list whose first element is an object.
    Objects,
    /// A list of nothing.
    Empty,
    Object,
    /// Text, number, truth, or a list of such.
    Other,
}

/// The first object of a file.
struct First {
    members: Vec<Member>,
    /// In how many lists it lies.
    lists: usize,
    /// Whether it has a line for itself.
    line: bool,
}

impl Shape {
    /// The arrangement of a file that begins with a bracket; `head` is its beginning.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(text: Text<'_>, head: &str) -> Result<Self, ReadError> {
        let broken_first_line = || {
            let mut lines = head.lines().filter(|line| !line.trim().is_empty());
            head.trim_start().starts_with('{')
                && (lines.clone().count() == 1 || lines.any(is_object))
        };
        match First::look(&mut Cursor::new(text)) {
            Ok(Some(first)) => Ok(match first.wraps() {
                Some(path) => Self::Values(path.split('.').map(str::to_owned).collect()),
                None if first.line => Self::Lines,
                None => Self::Values(Vec::new()),
            }),
            Err(error @ (ReadError::Unreadable(_) | ReadError::NotEncoded { .. })) => Err(error),
            // Where only the first line is broken, the others are read.
            Ok(None) | Err(_) if broken_first_line() => Ok(Self::Lines),
            Ok(None) | Err(_) => Ok(Self::Values(Vec::new())),
        }
    }
}

/// Whether a line is a whole object.
fn is_object(line: &str) -> bool {
    line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
}

impl First {
    /// Looks for the first object; `None` where there is none.
    fn look(cursor: &mut Cursor<'_>) -> Result<Option<Self>, ReadError> {
        let mut lists = 0;
        // Deeper than in two lists nobody hands things out.
        while lists < 2 && cursor.peek()? == Some(b'[') {
            cursor.step();
            lists += 1;
        }
        if cursor.peek()? != Some(b'{') {
            return Ok(None);
        }
        let begin = cursor.place();
        let mut members = Vec::new();
        members_of(cursor, "", &mut members)?;
        let end = cursor.place().line;
        let behind = cursor.peek()?.is_none() || cursor.place().line > end;
        Ok(Some(Self {
            members,
            lists,
            line: lists == 0 && begin.line == end && behind,
        }))
    }

    /// The path to what it wraps; `None` where it is a thing itself.
    fn wraps(&self) -> Option<&str> {
        let is = |path: &str, kinds: &[Kind]| {
            let is = |member: &&Member| member.path == path && kinds.contains(&member.kind);
            self.members.iter().find(is).map(|m| m.path.as_str())
        };
        let order = is("order", &[Kind::Empty, Kind::Other]);
        if order.is_some() && is("posts", &[Kind::Object]).is_some() {
            return Some(BY_ID);
        }
        if OF_A_THING
            .iter()
            .any(|name| is(name, &[Kind::Other]).is_some())
        {
            return None;
        }
        let known = LISTS.iter().find_map(|path| is(path, &[Kind::Objects]));
        let known = known.or_else(|| LISTS.iter().find_map(|path| is(path, &[Kind::Empty])));
        if known.is_some() || self.lists > 0 {
            return known;
        }
        let any = |member: &&Member| member.kind == Kind::Objects && !member.path.contains('.');
        let any = self.members.iter().find(any).map(|m| m.path.as_str());
        any.or_else(|| SINGLES.iter().find_map(|path| is(path, &[Kind::Object])))
    }
}

/// Lists the members of the object at the cursor, and those of the objects in it, and steps over it.
fn members_of(
    cursor: &mut Cursor<'_>,
    prefix: &str,
    members: &mut Vec<Member>,
) -> Result<(), ReadError> {
    cursor.expect(b'{')?;
    if cursor.peek()? == Some(b'}') {
        cursor.step();
        return Ok(());
    }
    loop {
        let key = cursor.key()?;
        let path = format!("{prefix}{key}");
        let kind = match cursor.peek()? {
            Some(b'{') if prefix.is_empty() => {
                members_of(cursor, &format!("{key}."), members)?;
                Kind::Object
            }
            Some(b'[') => list(cursor)?,
            _ => {
                cursor.skip(0)?;
                Kind::Other
            }
        };
        members.push(Member { path, kind });
        if cursor.peek()? != Some(b',') {
            return cursor.expect(b'}');
        }
        cursor.step();
    }
}

/// What kind of list stands at the cursor, which steps over it.
fn list(cursor: &mut Cursor<'_>) -> Result<Kind, ReadError> {
    cursor.expect(b'[')?;
    let mut kind = match cursor.peek()? {
        Some(b']') => Kind::Empty,
        Some(b'{') => Kind::Objects,
        _ => Kind::Other,
    };
    while cursor.peek()? != Some(b']') {
        if cursor.peek()? != Some(b'{') {
            kind = Kind::Other;
        }
        cursor.skip(0)?;
        if cursor.peek()? == Some(b',') {
            cursor.step();
        } else {
            break;
        }
    }
    cursor.expect(b']')?;
    Ok(kind)
}
