//! Inks of documents, states and figures to roles.

use super::theme::Role;
use crate::app::document::Ink;
use crate::domain::feedback::Importance;
use crate::domain::idea::Status;
use crate::domain::release::Standing;
use crate::domain::safe_text::SafeText;

/// The role of an ink.
pub fn role(ink: Ink) -> Role {
    match ink {
        Ink::Plain => Role::Text,
        Ink::Dim => Role::Dim,
        Ink::Faint | Ink::Replied => Role::Faint,
        Ink::Title => Role::Title,
        Ink::Heading => Role::Header,
        Ink::Section => Role::Accent,
        Ink::Quote => Role::Quote,
        Ink::Link => Role::Link,
        Ink::Mention => Role::Mention,
        Ink::Good => Role::Good,
        Ink::Warning => Role::Warning,
        Ink::Bad => Role::Bad,
        Ink::Match => Role::Match,
    }
}

/// An importance in three cells: more triangles, more important; a dot when nobody said.
pub fn importance(importance: Option<Importance>) -> (SafeText, Role) {
    let (marks, role) = match importance {
        None => ("·", Role::ImportanceNone),
        Some(Importance::NotImportant) => ("▽", Role::ImportanceNone),
        Some(Importance::NiceToHave) => ("▲", Role::ImportanceNice),
        Some(Importance::Important) => ("▲▲", Role::ImportanceImportant),
        Some(Importance::Critical) => ("▲▲▲", Role::ImportanceCritical),
    };
    (SafeText::from_static(marks), role)
}

/// The role of a status.
pub fn status(status: Status) -> Role {
    match status {
        Status::New => Role::StatusNew,
        Status::UnderConsideration => Role::StatusConsidered,
        Status::Planned => Role::StatusPlanned,
        Status::InDevelopment => Role::StatusDevelopment,
        Status::Postponed => Role::StatusPostponed,
        Status::WontDo => Role::StatusWontDo,
        Status::Released => Role::StatusReleased,
    }
}

/// A status in words, `brief` where there is no room for all of them.
pub fn status_word(status: Status, brief: bool) -> SafeText {
    SafeText::from_static(match status {
        Status::UnderConsideration if brief => "Under Cons.",
        Status::InDevelopment if brief => "In Dev.",
        status => status.word(),
    })
}

/// The symbol and role of how an item stands; without drawn symbols it is a letter.
pub fn standing(standing: Standing, plain: bool) -> (&'static str, Role) {
    let (symbol, letter, role) = match standing {
        Standing::OnTrack => ("●", "+", Role::Good),
        Standing::AtRisk => ("◐", "?", Role::Warning),
        Standing::OffTrack => ("○", "!", Role::Bad),
        // No tick: that is what a marked row and a discussed one have.
        Standing::Done => ("◆", "=", Role::StatusReleased),
        Standing::Gone => ("✕", "x", Role::Faint),
    };
    (if plain { letter } else { symbol }, role)
}
