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
        }
    }

    /// The field of that name, whatever the case; `_` and `-` are alike.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = plain(name);
        Self::ALL.iter().copied().find(|f| plain(f.name()) == name)
    }

    /// The plain names (see [`plain`]) that columns of this meaning have, the surest first.
    pub(super) const fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Title => &[
                "title",
                "summary",
                "subject",
                "headline",
                "idea_title",
                "ideatitle",
                "fields_summary",
                "opportunity_name",
                "source_subject",
            ],
            Self::Body => &[
                "body",
                "description",
                "details",
                "content",
                "text",
                "message",
                "feedback",
                "note",
                "comment",
                "idea_description",
                "ideadescription",
                "fields_description",
                "source_body",
            ],
            Self::Id => &[
                "number",
                "issue_key",
                "key",
                "issue_id",
                "issue_number",
                "ticket_id",
                "source_id",
                "source_record_id",
                "idea_id",
                "ideaid",
                "id",
                "pb_id",
                "ext_id",
                "external_id",
                "identifier",
                "uuid",
            ],
            Self::Received => &[
                "received",
                "received_at",
                "created",
                "created_at",
                "createdat",
                "date",
                "created_date",
                "creation_date",
                "creationdate",
                "createdtimestamp",
                "created_timestamp",
                "submitted",
                "submitted_at",
                "opened",
                "opened_at",
                "reported_at",
                "timestamp",
                "time",
                "fields_created",
                "date_time_opened",
                "opened_date",
                "date_opened",
                "create_date",
                "createddate",
            ],
            Self::Reporter => &[
                "reporter",
                "reported_by",
                "submitted_by",
                "filed_by",
                "submitter",
                "creator_email",
            ],
            Self::Customer => &[
                "customer",
                "customer_name",
                "contact",
                "contact_name",
                "requester",
                "author",
                "author_name",
                "author_login",
                "created_by",
                "createdby_name",
                "creator",
                "user",
                "user_name",
                "user_login",
                "username",
                "idea_creator_name",
                "ideacreatorname",
                "posted_by",
                "by",
                "source_author_name",
            ],
            Self::Email => &[
                "email",
                "e_mail",
                "customer_email",
                "user_email",
                "author_email",
                "contact_email",
                "requester_email",
                "ideacreatoremailaddress",
                "useremailaddress",
                "createdby_email",
                "source_author_email",
            ],
            Self::Company => &[
                "company",
                "company_name",
                "account",
                "account_name",
                "organization",
                "organisation",
                "organization_name",
                "organisation_name",
                "company_domain",
            ],
            Self::Tier => &[
                "tier",
                "plan",
                "company_tier",
                "account_tier",
                "subscription",
            ],
            Self::Revenue => &[
                "annual_revenue",
                "annualrevenue",
                "account_annual_revenue",
                "account_annualrevenue",
                "revenue",
                "arr",
            ],
            Self::State => &[
                "state",
                "status",
                "fields_status_name",
                "public_status_name",
                "publicstatusname",
            ],
            Self::Resolution => &[
                "resolution",
                "state_reason",
                "statereason",
                "close_reason",
                "fields_resolution_name",
            ],
            Self::Tags => &[
                "tags",
                "labels",
                "tag",
                "label",
                "keywords",
                "fields_labels",
            ],
            Self::Votes => &[
                "votes",
                "vote_count",
                "votes_count",
                "voters_count",
                "voterscount",
                "upvotes",
                "score",
                "likes",
                "reactions_total_count",
            ],
            Self::Url => &[
                "html_url",
                "url",
                "link",
                "permalink",
                "display_url",
                "displayurl",
                "web_url",
            ],
            Self::Owner => &[
                "owner",
                "assignee",
                "assigned_to",
                "owner_email",
                "owner_name",
                "assignee_login",
            ],
            Self::Importance => &["importance", "priority", "severity", "fields_priority_name"],
            Self::Kind => &["kind", "type", "issue_type", "feedback_type"],
            Self::Source => &["source", "channel", "source_origin", "via_channel"],
            Self::DuplicateOf => &[
                "duplicate_of",
                "original_number",
                "duplicate_id",
                "original_id",
                "original",
            ],
        }
    }
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
