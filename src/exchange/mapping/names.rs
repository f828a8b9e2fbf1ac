//! The fields a column can be taken for, and the names other tools give them.

/// What a column can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The title.
    Title,
    /// The text.
    Body,
    /// The id at its source.
    Id,
    /// When it was received.
    Received,
    /// The colleague who filed it.
    Reporter,
    /// Who wants it.
    Customer,
    /// Their e-mail address.
    Email,
    /// Their organisation.
    Company,
    /// The tier of the organisation.
    Tier,
    /// The annual revenue of the organisation.
    Revenue,
    /// Where it stands at its source.
    State,
    /// Why it is closed there.
    Resolution,
    /// Tags.
    Tags,
    /// Votes.
    Votes,
    /// A link to it.
    Url,
    /// Who is responsible for it.
    Owner,
    /// How much it matters.
    Importance,
    /// What sort of feedback it is.
    Kind,
    /// Where it came from.
    Source,
    /// The id of the item that it repeats.
    DuplicateOf,
    /// The product area.
    Area,
    /// When it is needed.
    NeededBy,
    /// The version of the product that it is about.
    Version,
    /// The edition of the product that it is about.
    Edition,
    /// The mail domain of the organisation.
    Domain,
    /// The segment of the organisation.
    Segment,
    /// When the contract of the organisation is renewed.
    Renewal,
    /// The e-mail address of the colleague who filed it.
    ReporterEmail,
    /// The e-mail address of who is responsible for it.
    OwnerEmail,
    /// A remark on it.
    Comment,
}

impl Field {
    /// Every field, in the order in which they are looked for and shown.
    pub const ALL: &'static [Self] = &[
        Self::Title,
        Self::Body,
        Self::Id,
        Self::Received,
        Self::Reporter,
        Self::Customer,
        Self::Email,
        Self::Company,
        Self::Tier,
        Self::Revenue,
        Self::State,
        Self::Resolution,
        Self::Tags,
        Self::Votes,
        Self::Url,
        Self::Owner,
        Self::Importance,
        Self::Kind,
        Self::Source,
        Self::DuplicateOf,
        Self::Area,
        Self::NeededBy,
        Self::Version,
        Self::Edition,
        Self::Domain,
        Self::Segment,
        Self::Renewal,
        Self::ReporterEmail,
        Self::OwnerEmail,
        Self::Comment,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Id => "id",
            Self::Received => "received",
            Self::Reporter => "reporter",
            Self::Customer => "customer",
            Self::Email => "email",
            Self::Company => "company",
            Self::Tier => "tier",
            Self::Revenue => "revenue",
            Self::State => "state",
            Self::Resolution => "resolution",
            Self::Tags => "tags",
            Self::Votes => "votes",
            Self::Url => "url",
            Self::Owner => "owner",
            Self::Importance => "importance",
            Self::Kind => "kind",
            Self::Source => "source",
            Self::DuplicateOf => "duplicate-of",
            Self::Area => "area",
            Self::NeededBy => "needed-by",
            Self::Version => "version",
            Self::Edition => "edition",
            Self::Domain => "domain",
            Self::Segment => "segment",
            Self::Renewal => "renewal",
            Self::ReporterEmail => "reporter-email",
            Self::OwnerEmail => "owner-email",
            Self::Comment => "comment",
        }
    }

    /// The field of that name, whatever the case; `_` and `-` are alike.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = plain(name);
        Self::ALL.iter().copied().find(|f| plain(f.name()) == name)
    }
}

/// Whether a column of that name holds ids, of whatever thing.
pub(super) fn is_of_ids(name: &str) -> bool {
    let plain = plain(name);
    let fields = [Field::Id, Field::DuplicateOf];
    let known = |field: &Field| field.synonyms().contains(&plain.as_str());
    let last = plain.rsplit('_').next().unwrap_or_default();
    fields.iter().any(known) || ["id", "ids", "key", "keys", "number", "uuid"].contains(&last)
}

/// A name in lower case, with one `_` for whatever is neither letter nor digit.
#[must_use]
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            plain.push(character);
        } else if !plain.is_empty() && !plain.ends_with('_') {
            plain.push('_');
        }
    }
    plain.trim_end_matches('_').to_owned()
}
