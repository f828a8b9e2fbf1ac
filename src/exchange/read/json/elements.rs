//! JSON values in any arrangement: one after the other, in a list, in lists within a list, in a list that an object wraps.

use super::super::ReadError;
use super::super::text::Text;
use super::scan::Cursor;
use super::shape::EVERY;
use super::{Piece, Place, Unread};

/// How many lists within one another are taken for lists of objects: pages in a list, each of them a list.
const LISTS: usize = 2;

/// The elements of a text, one at a time; of wrapping objects only what lies at the path.
pub struct Elements<'f> {
    cursor: Cursor<'f>,
    /// The names of the members that lead to the elements; empty where nothing wraps them.
    path: Vec<String>,
    /// What is open around the cursor.
    open: Vec<Open>,
}

enum Open {
    List {
        /// Whether an element came before.
        further: bool,
    },
    Object {
        /// Where it begins.
        place: Place,
        /// Which name of the path is looked for in it.
        depth: usize,
        /// Whether a member came before.
        further: bool,
        /// Whether that name was found.
        found: bool,
    },
}

impl<'f> Elements<'f> {
    /// Reads `text`, in which elements lie at `path`.
    #[must_use]
    pub const fn new(text: Text<'f>, path: Vec<String>) -> Self {
        Self {
            cursor: Cursor::new(text),
            path,
            open: Vec::new(),
        }
    }

    /// The next element; `None` at the end.
    ///
    /// # Errors
    /// When reading cannot go on.
    pub fn next_element(&mut self) -> Result<Option<Piece>, ReadError> {
        loop {
            let next = self.cursor.peek()?;
            let place = self.cursor.place();
            let entered = match (self.open.last_mut(), next) {
                (None, None) => return Ok(None),
                (None, Some(_)) => self.enter(0)?,
                (Some(_), None) => return Err(ReadError::CutOff { line: place.line }),
                (Some(Open::List { .. }), Some(b']')) => {
                    self.cursor.step();
                    self.open.pop();
                    None
                }
                (Some(Open::List { further }), Some(_)) => {
                    if std::mem::replace(further, true) {
                        self.cursor.expect(b',')?;
                    }
                    self.enter(self.depth())?
                }
                (Some(Open::Object { .. }), Some(b'}')) => self.leave(),
                (Some(Open::Object { further, .. }), Some(_)) => {
                    if std::mem::replace(further, true) {
                        self.cursor.expect(b',')?;
                    }
                    self.member()?
                }
            };
            if entered.is_some() {
                return Ok(entered);
            }
        }
    }

    /// How many bytes of the file have been read.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.cursor.bytes()
    }

    /// How much of the path leads to where the cursor is.
    fn depth(&self) -> usize {
        let depth = |open: &Open| match open {
            Open::Object { depth, .. } => Some(depth + 1),
            Open::List { .. } => None,
        };
        self.open.iter().rev().find_map(depth).unwrap_or(0)
    }

    /// Goes into the next value, or takes it whole where it is an element.
    fn enter(&mut self, depth: usize) -> Result<Option<Piece>, ReadError> {
        let lists = self.open.iter().rev();
        let lists = lists.take_while(|open| matches!(open, Open::List { .. }));
        let lists = lists.count();
        let next = self.cursor.peek()?;
        let place = self.cursor.place();
        match next {
            Some(b'[') if lists < LISTS => {
                self.cursor.step();
                self.open.push(Open::List { further: false });
                Ok(None)
            }
            Some(b'{') if depth < self.path.len() => {
                self.cursor.step();
                self.open.push(Open::Object {
                    place,
                    depth,
                    further: false,
                    found: self.path.get(depth).is_some_and(|name| name == EVERY),
                });
                Ok(None)
            }
            _ => {
                let bytes = self.cursor.take(self.open.len())?;
                Ok(Some(Piece { place, bytes }))
            }
        }
    }

    /// Goes into the next member of a wrapping object, or steps over it.
    fn member(&mut self) -> Result<Option<Piece>, ReadError> {
        let key = self.cursor.key()?;
        let Some(Open::Object { depth, found, .. }) = self.open.last_mut() else {
            return Ok(None);
        };
        let inner = *depth + 1;
        let wanted = self.path.get(*depth).map(String::as_str);
        if wanted != Some(&key) && wanted != Some(EVERY) {
            self.cursor.skip(self.open.len())?;
            return Ok(None);
        }
        *found = true;
        self.enter(inner)
    }

    /// Leaves a wrapping object, which must have had the list.
    fn leave(&mut self) -> Option<Piece> {
        self.cursor.step();
        match self.open.pop() {
            Some(Open::Object {
                place,
                found: false,
                ..
            }) => {
                let bytes = Err(Unread::Without(self.path.join(".")));
                Some(Piece { place, bytes })
            }
            _ => None,
        }
    }
}
