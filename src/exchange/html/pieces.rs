//! HTML cut into tags and the text between them, in one pass.

/// A piece of HTML. Comments, scripts and styles are none.
pub enum Piece<'h> {
    /// Text between tags, with its entities.
    Text(&'h str),
    /// A tag.
    Tag {
        /// Its name, in lower case.
        name: String,
        /// Whether it ends an element.
        closing: bool,
        /// How many attributes it may have at most.
        attributes: usize,
    },
    /// Something whose reading depends on rules that are not followed here.
    Odd,
}

/// The pieces of some HTML.
pub struct Pieces<'h> {
    rest: &'h str,
}

impl<'h> Pieces<'h> {
    /// Starts at its beginning.
    pub const fn new(html: &'h str) -> Self {
        Self { rest: html }
    }

    /// Takes everything up to the next `end`, and `end` itself; all that is left where there is none.
    fn take_past(&mut self, end: &str) -> &'h str {
        let place = self.rest.find(end);
        let (taken, rest) = match place {
            Some(place) => (&self.rest[..place], &self.rest[place + end.len()..]),
            None => (self.rest, ""),
        };
        self.rest = rest;
        taken
    }

    /// What follows `<`, when it is no tag: a comment, a doctype or the like.
    fn markup(&mut self) -> Option<Piece<'h>> {
        if let Some(comment) = self.rest.strip_prefix("!--") {
            self.rest = comment;
            let early = comment.starts_with('>') || comment.starts_with("->");
            let comment = self.take_past("-->");
            return (early || comment.contains("--!>")).then_some(Piece::Odd);
        }
        self.take_past(">");
        None
    }

    /// A tag, from its name on.
    fn tag(&mut self, closing: bool) -> Option<Piece<'h>> {
        let ends = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let name = self.rest[..end].to_ascii_lowercase();
        self.rest = &self.rest[end..];
        let attributes = self.attributes()?;
        if closing {
            return Some(Piece::Tag {
                name,
                closing,
                attributes,
            });
        }
        match name.as_str() {
            "script" | "style" => {
                self.skip_element(&name);
                None
            }
            "svg" | "math" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes"
            | "noscript" | "plaintext" | "template" | "select" | "frameset" => Some(Piece::Odd),
            _ => Some(Piece::Tag {
                name,
                closing,
                attributes,
            }),
        }
    }

    /// Passes the attributes and the end of a tag, and counts at least as many as there are; `None` where it never ends.
    fn attributes(&mut self) -> Option<usize> {
        let (mut count, mut before, mut quote) = (0, ' ', None);
        for (place, c) in self.rest.char_indices() {
            match quote {
                Some(mark) if c == mark => quote = None,
                Some(_) => {}
                None if c == '>' => {
                    self.rest = &self.rest[place + 1..];
                    return Some(count);
                }
                None if matches!(c, '"' | '\'') && before == '=' => quote = Some(c),
                None => count += usize::from(c.is_ascii_whitespace() || matches!(c, '/' | '=')),
            }
            if !c.is_ascii_whitespace() {
                before = c;
            }
        }
        self.rest = "";
        None
    }

    /// Passes the contents of a script or style, and the tag that ends it.
    fn skip_element(&mut self, name: &str) {
        while !self.rest.is_empty() {
            self.take_past("</");
            let here = self.rest.get(..name.len());
            if here.is_some_and(|here| here.eq_ignore_ascii_case(name)) {
                self.take_past(">");
                return;
            }
        }
    }
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        while !self.rest.is_empty() {
            let Some(inside) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Piece::Text(text));
            };
            let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
            let closed = inside.strip_prefix('/');
            let piece = if starts(inside) || closed.is_some_and(starts) {
                self.rest = closed.unwrap_or(inside);
                self.tag(closed.is_some())
            } else if inside.starts_with(['!', '?', '/']) {
                self.rest = inside;
                self.markup()
            } else {
                let (text, rest) = self.rest.split_at(1);
                self.rest = rest;
                Some(Piece::Text(text))
            };
            if piece.is_some() {
                return piece;
            }
        }
        None
    }
}
