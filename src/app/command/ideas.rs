//! Rows: deeds on ideas.

use super::availability::{always, idea, one_idea, ticket};
use super::everywhere::row;
use super::{Command as C, Context, Group, Row};

/// In the list and on the screen of one idea.
const HERE: &[Context] = &[Context::Ideas, Context::Idea];

pub(super) const IDEAS: &[Row] = &[
    row!(Ideas: C::EditIdea, "edit-idea", "edit", HERE, ["e"], one_idea, "Edit all fields of the idea in a form"),
    row!(Ideas: C::AssignIdea, "assign-idea", "owner…", HERE, ["a"], idea, "Make somebody the owner of the idea"),
    row!(Ideas: C::IdeaStatus, "idea-status", "status…", HERE, ["S"], idea, "Set where it stands; Planned needs a release, Won't Do a reason"),
    row!(Ideas: C::IdeaEffort, "idea-effort", "effort…", HERE, ["f"], idea, "Set the effort, XS to XL"),
    row!(Ideas: C::IdeaRelease, "idea-release", "release…", HERE, ["r"], idea, "Put it into a release"),
    row!(Ideas: C::IdeaTimeframe, "idea-timeframe", "timeframe…", HERE, ["T"], idea, "Say when, if no release is known"),
    row!(Ideas: C::MergeIdea, "merge-idea", "merge into…", HERE, ["m"], one_idea, "Merge it into another idea, with its insights and comments"),
    row!(Ideas: C::CommentIdea, "comment-idea", "comment…", HERE, ["c"], one_idea, "Write a comment on the idea"),
    row!(Ideas: C::NewIdea, "new-idea", "new idea…", HERE, ["C"], always, "Make a new idea"),
    row!(Ideas: C::IdeaArea, "idea-area", "area of the idea…", HERE, [], idea, "Set the product area of the idea"),
    row!(Ideas: C::IdeaKind, "idea-kind", "kind of the idea…", HERE, [], idea, "Say what it is: a feature, an improvement, a bug, a deprecation or a breaking change"),
    row!(Ideas: C::IdeaEdition, "idea-edition", "edition of the idea…", HERE, [], idea, "Set which edition carries it"),
    row!(Ideas: C::IdeaStage, "idea-stage", "stage…", HERE, [], idea, "Set its maturity: experimental, beta, general availability"),
    row!(Ideas: C::AddTicket, "add-ticket", "add a link…", HERE, ["L"], one_idea, "Link a ticket, a design, or material to the idea: a demo, a PRFAQ, a recording"),
    row!(Ideas: C::RemoveTicket, "remove-ticket", "remove a link…", &[Context::Idea], ["-"], ticket, "Take a ticket or another link away from the idea"),
    row!(Ideas: C::Checklist, "checklist", "checklist…", HERE, ["t"], one_idea, "Tick what general availability needs"),
];
