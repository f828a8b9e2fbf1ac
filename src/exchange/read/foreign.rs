//! Files that are no text, told by their first bytes, so that nobody is shown a page of noise instead.

/// What a file is that is not read, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What it is, behind "it is".
    pub what: &'static str,
    /// What to do.
    pub hint: &'static str,
}

const PACKED: &str = "unpack it, and import what is in it";
const SAVE: &str = "save or export it as CSV, and import that";

/// First bytes, what begins with them, and what to do.
const BEGINNINGS: [(&[u8], &str, &str); 17] = [
    (b"\x1f\x8b", "compressed with gzip", PACKED),
    (b"BZh", "compressed with bzip2", PACKED),
    (b"\xfd7zXZ\0", "compressed with xz", PACKED),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard", PACKED),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", PACKED),
    (b"Rar!\x1a\x07", "a RAR archive", PACKED),
    (b"PK\x03\x04", "a zip archive", PACKED),
    (b"PK\x05\x06", "an empty zip archive", "export it again"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a binary Office file",
        SAVE,
    ),
    (b"SQLite format 3\0", "an SQLite database", SAVE),
    (b"%PDF-", "a PDF", SAVE),
    (b"{\\rtf", "rich text (RTF)", SAVE),
    (b"\x89PNG\r\n", "a picture (PNG)", PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", PICTURE),
    (b"GIF8", "a picture (GIF)", PICTURE),
    (b"\x7fELF", "a program", "give the path of an export"),
    (b"\xff\xfe\0\0", "in UTF-32", "save it as UTF-8"),
];
const PICTURE: &str = "import the export that it is attached to";

/// Beginnings of text that is no table, in lower case.
const TEXTS: [(&str, &str, &str); 6] = [
    ("<!doctype html", "a web page", PAGE),
    ("<html", "a web page", PAGE),
    ("<?xml", "XML", SAVE),
    ("<svg", "a picture (SVG)", PICTURE),
    ("http/1.", "an answer of a web server", BODY),
    (
        "-----begin",
        "a key or certificate",
        "give the path of an export",
    ),
];
const PAGE: &str = "download the export itself; this may be the page that asks to log in";
const BODY: &str = "keep only the JSON in it, and import that";

/// What the file is that begins with these bytes, if it is nothing that is read.
#[must_use]
pub fn of_bytes(head: &[u8]) -> Option<Foreign> {
    let known = BEGINNINGS.iter().find(|known| head.starts_with(known.0));
    if let Some(&(_, what, hint)) = known {
        return Some(Foreign { what, hint });
    }
    is_dbase(head).then_some(Foreign {
        what: "a dBase table",
        hint: SAVE,
    })
}

/// What the file is whose text begins so, if it is nothing that is read.
#[must_use]
pub fn of_text(head: &str) -> Option<Foreign> {
    let start: String = head.trim_start().chars().take(16).collect();
    let start = start.to_lowercase();
    let known = TEXTS.iter().find(|known| start.starts_with(known.0));
    if let Some(&(_, what, hint)) = known {
        return Some(Foreign { what, hint });
    }
    if is_recording(head) {
        let what = "a recording of requests to a web server";
        return Some(Foreign { what, hint: BODY });
    }
    let controls = |c: &char| c.is_control() && !c.is_whitespace() && *c != '\u{1b}';
    let noise = head.chars().filter(controls).count();
    (noise * 10 > head.chars().count()).then_some(Foreign {
        what: "no text",
        hint: SAVE,
    })
}

/// The header of a dBase table: its version, the day of the last change, and the lengths of header and record.
fn is_dbase(head: &[u8]) -> bool {
    matches!(
        head,
        [0x03 | 0x30 | 0x83 | 0x8B | 0xF5, _, 1..=12, 1..=31, ..]
    ) && head.len() >= 32
        && head[12..28].contains(&0)
}

/// Requests as test suites record them: the scheme or the request line, then the method.
fn is_recording(head: &str) -> bool {
    const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let mut lines = head.lines().map(str::trim);
    let (first, second) = (lines.next(), lines.next());
    let request = |line: &str| {
        let method = line.split(' ').next().unwrap_or_default();
        METHODS.contains(&method) && line.contains(" HTTP/")
    };
    matches!(first, Some("http" | "https")) && second.is_some_and(|line| METHODS.contains(&line))
        || first.is_some_and(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_export_is_called_by_its_name() {
        for (head, what) in [
            (&b"\x1f\x8b\x08\0"[..], "compressed with gzip"),
            (b"BZh91AY", "compressed with bzip2"),
            (b"PK\x03\x04\x14\0", "a zip archive"),
            (b"SQLite format 3\0\x10", "an SQLite database"),
            (
                b"\x03\x63\x07\x12\x12\0\0\0\x21\x01\x1f\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                "a dBase table",
            ),
        ] {
            assert_eq!(of_bytes(head).map(|foreign| foreign.what), Some(what));
        }
        for (head, what) in [
            ("\n <!DOCTYPE html><html>", "a web page"),
            ("<svg xmlns=\"a\", b=\"c\">", "a picture (SVG)"),
            (
                "https\nGET\napi.example\n",
                "a recording of requests to a web server",
            ),
            ("HTTP/1.1 200 OK\r\n", "an answer of a web server"),
            ("\u{1}\u{2}\u{0}\u{0}abc", "no text"),
        ] {
            assert_eq!(of_text(head).map(|foreign| foreign.what), Some(what));
        }
        for text in [
            "title,body\nhttps,GET\n",
            "https\nsomething\n",
            "a,\0,b\nc,d,\u{1b}[31me\n",
            "\"\t\n\u{b}\u{c}a\u{b}\u{c}\",b\nc,d\n",
            "",
        ] {
            assert_eq!(of_text(text), None, "{text}");
            assert_eq!(of_bytes(text.as_bytes()), None, "{text}");
        }
    }
}
