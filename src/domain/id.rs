//! Identities: what never changes about a thing, and the short form that a person types.

use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};

use sha1::{Digest, Sha1};
use uuid::Uuid;

use super::moment::Moment;

/// The name space of every identity that is computed from what a thing *is* rather than drawn at random.
///
/// Two people who import the same file, or link the same feedback to the same idea, arrive at the same identity.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f1c_52a6_3c0e_5d7b_9a44_1e6f_0b27_c3d9);

/// Where fresh identities come from: chance, or (in tests and the demo) a counter, so that screens can be pinned.
#[derive(Clone, Debug)]
pub enum Ids {
    /// The operating system's randomness.
    Random,
    /// A repeatable sequence that starts at this number.
    Seeded(u64),
}

impl Ids {
    /// A fresh identity for a thing that is made at `now` (UUID version 7: ordered by time, random at the end).
    ///
    /// All 74 bits after the time are random, without the counter that version 7 allows: short ids are made from the
    /// last bits, and a counter would make the ids of one bulk deed differ in their very last character only.
    #[must_use]
    pub fn fresh(&mut self, now: Moment) -> Uuid {
        let random = match self {
            Self::Random => Uuid::new_v4(),
            Self::Seeded(next) => {
                *next += 1;
                Uuid::new_v5(&NAMESPACE, &next.to_le_bytes())
            }
        };
        let mut bytes = [0; 10];
        bytes[..3].copy_from_slice(&random.as_bytes()[..3]);
        bytes[3..].copy_from_slice(&random.as_bytes()[9..]);
        uuid::Builder::from_unix_timestamp_millis(now.0.max(0).unsigned_abs(), &bytes).into_uuid()
    }
}

/// The identity of a thing which is determined by `parts` (UUID version 5).
///
/// Parts are joined by a byte that cannot occur in text (0xFF), so that `["ab","c"]` and `["a","bc"]` differ.
#[must_use]
pub fn determined(kind: &str, parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha1::new();
    hash.update(NAMESPACE.as_bytes());
    hash.update(kind.as_bytes());
    for part in parts {
        hash.update([0xFF]);
        hash.update(part);
    }
    let [hash @ .., _, _, _, _] = <[u8; 20]>::from(hash.finalize());
    uuid::Builder::from_sha1_bytes(hash).into_uuid()
}

/// Hashes identities for maps. They are random or hashed already, so that mixing their words once is enough.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdentityHasher(u64);

/// What makes a map of identities quick.
pub type ByIdentity = BuildHasherDefault<IdentityHasher>;

impl Hasher for IdentityHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn write_isize(&mut self, word: isize) {
        self.write_u64(word as u64);
    }
}

/// The alphabet of short ids: Crockford's base 32, lower case, without the letters that are taken for digits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many base-32 characters the random bits of an identity give.
pub const SHORT_LENGTH: usize = 11;

/// The last seven bytes of an identity as a number of 56 bits: random in version 7, hashed in version 5.
#[must_use]
pub fn random_bits(id: Uuid) -> u64 {
    (id.as_u128() & ((1 << 56) - 1)) as u64
}

/// The random bits of an identity in base 32: 11 characters for the 55 highest of the 56 bits.
#[must_use]
pub fn random_text(id: Uuid) -> String {
    let bits = random_bits(id) >> 1;
    (0..SHORT_LENGTH)
        .rev()
        .map(|place| ALPHABET[(bits >> (place * 5) & 31) as usize] as char)
        .collect()
}

/// Reads a prefix of [`random_text`] back as the lowest and highest [`random_bits`] that start with it.
///
/// Letters which are easily misread are accepted for what they resemble (`o` as 0, `i` and `l` as 1).
/// `None` when a character is not of the alphabet, or there are none or more than [`SHORT_LENGTH`].
#[must_use]
pub fn random_range(prefix: &str) -> Option<(u64, u64)> {
    let mut low: u64 = 0;
    let mut length = 0;
    for character in prefix.chars() {
        let character = match character.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let digit = ALPHABET.iter().position(|&a| a as char == character)?;
        low = low << 5 | digit as u64;
        length += 1;
        if length > SHORT_LENGTH {
            return None;
        }
    }
    if length == 0 {
        return None;
    }
    let shift = 5 * (SHORT_LENGTH - length) + 1;
    let low = low << shift;
    Some((low, low | ((1u64 << shift) - 1)))
}

macro_rules! identity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

identity!(
    /// One feedback.
    FeedbackId
);
identity!(
    /// One idea.
    IdeaId
);
identity!(
    /// One release.
    ReleaseId
);
identity!(
    /// One idea in one release.
    ReleaseItemId
);
identity!(
    /// One colleague.
    PersonId
);
identity!(
    /// One product area.
    AreaId
);
identity!(
    /// One company.
    CompanyId
);
identity!(
    /// One customer.
    CustomerId
);
identity!(
    /// One link from a feedback to an idea.
    InsightId
);
identity!(
    /// One comment.
    CommentId
);
identity!(
    /// One ticket.
    TicketId
);
identity!(
    /// One piece of immutable free text.
    ContentId
);
identity!(
    /// One message of the outbox.
    MessageId
);
identity!(
    /// One occurrence of a kind of meeting.
    MeetingId
);
identity!(
    /// One item of a meeting.
    AgendaItemId
);
identity!(
    /// One action step from a meeting.
    ActionStepId
);
identity!(
    /// One undoable deed.
    ActionId
);

/// What a person types for a thing: a kind letter and the shortest unique prefix of its random bits, as in `f7kq2`.
///
/// The store finds the shortest unique prefix; it is never shorter than three characters, so that ids stay recognisable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShortId(pub String);

impl fmt::Display for ShortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_determined_is_a_uuid_of_version_5() {
        let parts: [&[u8]; 2] = ["\u{e9}".as_bytes(), &[b'x'; 700]];
        let name = [b"kind\xFF\xC3\xA9\xFF".as_slice(), &[b'x'; 700]].concat();
        let wanted = Uuid::new_v5(&NAMESPACE, &name);
        assert_eq!(determined("kind", &parts), wanted);
        assert_eq!(determined("kind", &[]), Uuid::new_v5(&NAMESPACE, b"kind"));
    }

    #[test]
    fn a_short_prefix_reads_back_as_the_range_it_came_from() {
        let id = Ids::Random.fresh(Moment(1_700_000_000_000));
        let text = random_text(id);
        let bits = random_bits(id);
        for length in 1..=SHORT_LENGTH {
            let (low, high) = random_range(&text[..length]).expect("own alphabet");
            assert!(low <= bits && bits <= high);
        }
        assert_eq!(random_range(&text), Some((bits & !1, bits | 1)));
    }

    #[test]
    fn fresh_identities_are_of_version_seven_and_seeded_ones_repeat() {
        let now = Moment(1_700_000_000_000);
        let (mut one, mut two) = (Ids::Seeded(1), Ids::Seeded(1));
        let (a, b) = (one.fresh(now), one.fresh(now));
        assert_eq!((a, b), (two.fresh(now), two.fresh(now)));
        assert_ne!(random_text(a), random_text(b));
        assert_eq!(Ids::Random.fresh(now).get_version_num(), 7);
    }

    #[test]
    fn misread_letters_are_forgiven_and_others_are_not() {
        assert_eq!(random_range("oil"), random_range("011"));
        assert_eq!(random_range("u"), None);
        assert_eq!(random_range(""), None);
        assert_eq!(random_range("0123456789ab"), None);
    }

    #[test]
    fn what_is_determined_is_a_uuid_of_version_five_of_its_parts() {
        for length in [0, 1, 15, 40, 63, 64, 65, 200, 5_000] {
            let text = "é".repeat(length);
            let name = ["text".as_bytes(), b"a", text.as_bytes()].join(&0xFF);
            let expected = Uuid::new_v5(&NAMESPACE, &name);
            assert_eq!(determined("text", &[b"a", text.as_bytes()]), expected);
        }
    }

    #[test]
    fn the_border_between_parts_counts() {
        assert_ne!(
            determined("x", &[b"ab", b"c"]),
            determined("x", &[b"a", b"bc"])
        );
    }
}
