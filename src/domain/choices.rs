//! Choices: small closed lists of words, such as the status of an idea.

/// A closed set of choices, each with the number the database keeps, a stable machine name and a word for people.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal, $machine:literal, $word:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every choice, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The number that the database and the journal keep.
            #[must_use]
            pub const fn code(self) -> i64 {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The choice with that number.
            #[must_use]
            pub const fn from_code(code: i64) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The stable name in JSON, filters and arguments.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $machine,)+ }
            }

            /// The word on the screen.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Reads the stable name or the word, whatever the case; `-`, `_` and blanks are alike.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let plain = |t: &str| t.trim().to_lowercase().replace(['_', ' ', '\u{2019}', '\''], "-");
                let wanted = plain(text);
                Self::ALL.iter().copied().find(|c| plain(c.name()) == wanted || plain(c.word()) == wanted)
            }
        }
    };
}
pub(crate) use choices;
