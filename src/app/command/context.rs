//! Where keys have their meaning.

/// Where keys have their meaning. Exactly one context is in force at a time; [`target::context`](super::super::target::context) tells which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// The list of feedback.
    Inbox,
    /// The text of the feedback in hand.
    Text,
    /// A passage of that text is being selected.
    Passage,
    /// The ideas: ranked for the feedback in hand, or the table.
    Ideas,
    /// The screen of one idea.
    Idea,
    /// The release plan: beside the feedback in hand, or the table.
    Plan,
    /// The release plan as a board.
    Board,
    /// A timeline.
    Timeline,
    /// The agenda of the weekly sync.
    Sync,
    /// What is missing before the weekly sync.
    Missing,
    /// The weekly sync while it is held, one item at a time.
    Present,
    /// The minutes of a meeting.
    Minutes,
    /// The charts.
    Charts,
    /// The past of the release plan.
    Past,
    /// A screen which this version does not have yet.
    Absent,
    /// Typing into a prompt.
    Entry,
    /// Choosing from a list that narrows as one types.
    Picker,
    /// A form.
    Form,
}

impl Context {
    /// Every context.
    pub const ALL: &'static [Self] = &[
        Self::Inbox,
        Self::Text,
        Self::Passage,
        Self::Ideas,
        Self::Idea,
        Self::Plan,
        Self::Board,
        Self::Timeline,
        Self::Sync,
        Self::Missing,
        Self::Present,
        Self::Minutes,
        Self::Charts,
        Self::Past,
        Self::Absent,
        Self::Entry,
        Self::Picker,
        Self::Form,
    ];

    /// Its name in the keymap.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Text => "text",
            Self::Passage => "passage",
            Self::Ideas => "ideas",
            Self::Idea => "idea",
            Self::Plan => "plan",
            Self::Board => "board",
            Self::Timeline => "timeline",
            Self::Sync => "sync",
            Self::Missing => "missing",
            Self::Present => "present",
            Self::Minutes => "minutes",
            Self::Charts => "charts",
            Self::Past => "past",
            Self::Absent => "absent",
            Self::Entry => "entry",
            Self::Picker => "picker",
            Self::Form => "form",
        }
    }

    /// Whether a key that no command has is typed into a text.
    #[must_use]
    pub const fn is_typing(self) -> bool {
        matches!(self, Self::Entry | Self::Picker | Self::Form)
    }
}

/// The contexts in which one looks at something, as opposed to typing or selecting.
pub const EVERYWHERE: &[Context] = &[
    Context::Inbox,
    Context::Text,
    Context::Ideas,
    Context::Idea,
    Context::Plan,
    Context::Board,
    Context::Timeline,
    Context::Sync,
    Context::Missing,
    Context::Present,
    Context::Minutes,
    Context::Charts,
    Context::Past,
    Context::Absent,
];

/// [`EVERYWHERE`], and while a passage is selected.
pub const LOOKING: &[Context] = &[
    Context::Inbox,
    Context::Text,
    Context::Passage,
    Context::Ideas,
    Context::Idea,
    Context::Plan,
    Context::Board,
    Context::Timeline,
    Context::Sync,
    Context::Missing,
    Context::Present,
    Context::Minutes,
    Context::Charts,
    Context::Past,
    Context::Absent,
];
