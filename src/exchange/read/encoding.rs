//! In which encoding a file is written: what its byte order mark says, else whether it is UTF-8, else what its bytes are
//! most likely to be.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::ReadError;

/// How many bytes are looked at in one go.
const PIECE: usize = 64 * 1024;
/// How many bytes beyond ASCII are enough to guess by.
const ENOUGH: usize = 1 << 20;
/// So many characters of UTF-8 without a broken byte before them are no chance.
const CONVINCING: usize = 64;
/// Fewer bytes beyond ASCII than this tell nothing: they are taken for the commonest encoding.
const TOO_FEW: usize = 8;

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);

    /// The encoding of that name, by the [labels of the web](https://encoding.spec.whatwg.org/#names-and-labels):
    /// `windows-1252`, `latin1`, `utf-16le`, `shift_jis`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label_no_replacement(name.as_bytes()).map(Self)
    }

    /// What a person calls it: `Windows-1252`, `UTF-16LE`.
    #[must_use]
    pub fn name(self) -> String {
        self.0.name().replace("windows", "Windows")
    }

    /// What a file is, with its encoding unless that is UTF-8: `CSV, in Windows-1252`.
    #[must_use]
    pub fn behind(self, words: &str) -> String {
        if self == Self::UTF_8 {
            words.to_owned()
        } else {
            format!("{words}, in {}", self.name())
        }
    }

    /// A decoder of a text in it; `None` where it is UTF-8 already.
    pub(super) fn decoder(self) -> Option<encoding_rs::Decoder> {
        (self != Self::UTF_8).then(|| self.0.new_decoder_with_bom_removal())
    }

    /// What the byte order mark at the beginning of a file tells.
    #[must_use]
    pub fn of_mark(head: &[u8]) -> Option<Self> {
        encoding_rs::Encoding::for_bom(head).map(|(encoding, _)| Self(encoding))
    }

    /// What the beginning of a file tells where every other byte is a zero, as in UTF-16.
    #[must_use]
    pub fn of_zeros(head: &[u8]) -> Option<Self> {
        let pairs = head.chunks_exact(2);
        let (all, mut first, mut second) = (pairs.len(), 0, 0);
        for pair in pairs {
            first += usize::from(pair[0] == 0);
            second += usize::from(pair[1] == 0);
        }
        // A third of the characters are ASCII in what has separators and line ends between words of any script but CJK.
        let mostly = |some: usize, others: usize| all > 1 && some * 3 > all && others * 20 < all;
        if mostly(second, first) {
            Some(Self(encoding_rs::UTF_16LE))
        } else if mostly(first, second) {
            Some(Self(encoding_rs::UTF_16BE))
        } else {
            None
        }
    }

    /// Guesses from the bytes of a file without a byte order mark: from the first that tell that it is UTF-8, because that
    /// is what most are and whoever reads on notices a broken byte, else from all of them. What holds more characters of UTF-8 than broken bytes
    /// is UTF-8 with broken bytes in it: reading them in an encoding that knows no broken bytes would garble the others.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn guess(mut input: impl Read) -> Result<Self, ReadError> {
        let mut evidence = Evidence::default();
        let mut buffer = vec![0; PIECE];
        let mut held = 0;
        loop {
            let read = match input.read(&mut buffer[held..]) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                read => read.map_err(ReadError::Unreadable)?,
            };
            let filled = held + read;
            let rest = evidence.weigh(&buffer[..filled]);
            if read == 0 {
                evidence.broken += usize::from(rest > 0);
                return Ok(evidence.verdict());
            }
            if evidence.broken == 0 && evidence.characters >= CONVINCING {
                return Ok(Self::UTF_8);
            }
            buffer.copy_within(filled - rest..filled, 0);
            held = rest;
        }
    }
}

/// What the bytes of a file speak for.
struct Evidence {
    /// Characters of UTF-8 beyond ASCII.
    characters: usize,
    /// Bytes that are no UTF-8.
    broken: usize,
    detector: EncodingDetector,
    fed: usize,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            characters: 0,
            broken: 0,
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            fed: 0,
        }
    }
}

impl Evidence {
    /// Takes bytes into account; answers how many at their end may be the beginning of a character.
    fn weigh(&mut self, bytes: &[u8]) -> usize {
        if bytes.is_ascii() {
            return 0;
        }
        let mut rest = bytes;
        let cut = loop {
            let (good, wrong) = match std::str::from_utf8(rest) {
                Ok(_) => (rest.len(), Some(0)),
                Err(error) => (error.valid_up_to(), error.error_len()),
            };
            self.characters += rest[..good].iter().filter(|&&b| b >= 0xC0).count();
            match wrong {
                Some(0) => break 0,
                None => break rest.len() - good,
                Some(length) => {
                    self.broken += 1;
                    rest = &rest[good + length..];
                }
            }
        };
        if self.broken > 0 && self.fed < ENOUGH {
            self.detector.feed(&bytes[..bytes.len() - cut], false);
            self.fed += bytes.len();
        }
        cut
    }

    fn verdict(self) -> Encoding {
        if self.broken == 0 || self.characters >= self.broken {
            return Encoding::UTF_8;
        }
        if self.broken < TOO_FEW {
            return Encoding(encoding_rs::WINDOWS_1252);
        }
        Encoding(self.detector.guess(None, Utf8Detection::Deny))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(bytes: &[u8]) -> String {
        let encoding = Encoding::of_mark(bytes).or_else(|| Encoding::of_zeros(bytes));
        let encoding = encoding.map_or_else(|| Encoding::guess(bytes), Ok);
        encoding.expect("read").name()
    }

    #[test]
    fn marks_and_zeros_tell() {
        assert_eq!(guess(b"\xef\xbb\xbfa"), "UTF-8");
        assert_eq!(guess(b"\xff\xfea\0"), "UTF-16LE");
        assert_eq!(guess(b"\xfe\xff\0a"), "UTF-16BE");
        let text: Vec<u16> = "title,Größe\nx,私\n".encode_utf16().collect();
        let little: Vec<u8> = text.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = text.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(guess(&little), "UTF-16LE");
        assert_eq!(guess(&big), "UTF-16BE");
        assert_eq!(guess(b"title,body\na,\0\n"), "UTF-8");
    }

    #[test]
    fn older_encodings_are_guessed_from_all_of_the_file() {
        let guess_of = |encoding: &'static encoding_rs::Encoding, text: &str| {
            let text = format!("{}\n{text}", "title,body\n".repeat(20_000));
            guess(&encoding.encode(&text).0)
        };
        assert_eq!(
            guess_of(encoding_rs::WINDOWS_1252, "Größe – “naïve”, très déçu"),
            "Windows-1252"
        );
        assert_eq!(
            guess_of(encoding_rs::WINDOWS_1251, "Тёмная тема, пожалуйста"),
            "Windows-1251"
        );
        assert_eq!(
            guess_of(encoding_rs::SHIFT_JIS, "ダークモードを追加してください"),
            "Shift_JIS"
        );
        assert_eq!(guess("Größe, ダーク".as_bytes()), "UTF-8");
    }

    #[test]
    fn what_is_convincingly_utf8_is_not_read_to_its_end() {
        struct Counting<'b>(&'b [u8], usize);
        impl Read for Counting<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                let read = self.0.read(buffer)?;
                self.1 += read;
                Ok(read)
            }
        }
        let bytes = "Größe, naïve, 私\n".repeat(20_000);
        let mut input = Counting(bytes.as_bytes(), 0);
        assert_eq!(Encoding::guess(&mut input).expect("read"), Encoding::UTF_8);
        assert_eq!(input.1, PIECE);
    }

    #[test]
    fn utf8_with_a_few_broken_bytes_stays_utf8() {
        let mut bytes = "Größe, naïve, 私".repeat(10_000).into_bytes();
        bytes.extend(b"\xff broken \xe9");
        assert_eq!(guess(&bytes), "UTF-8");
        assert_eq!(guess(b"na\xefve"), "Windows-1252");
    }
}
