//! Rows: deeds on feedback, and the selection of a passage.

use crate::domain::feedback::Importance as I;

use super::availability::{
    always, assign_to_me, feedback, feedback_loaded, feedback_text, linkable, linked, snoozable,
    suggestions,
};
use super::everywhere::row;
use super::{Command as C, Context, Group, Row};

/// In the list and in the text of what is in hand.
const HERE: &[Context] = &[Context::Inbox, Context::Text];
/// Where the suggestions count.
const LINK: &[Context] = &[
    Context::Inbox,
    Context::Text,
    Context::Passage,
    Context::Ideas,
];
const QUOTE: &[Context] = &[Context::Inbox, Context::Text, Context::Passage];
const TEXT: &[Context] = &[Context::Text];
const PASSAGE_ONLY: &[Context] = &[Context::Passage];

pub(super) const FEEDBACK: &[Row] = &[
    row!(Feedback: C::LinkSuggestion(1), "link-suggestion", "link", LINK, ["1", "2", "3", "4", "5", "6", "7", "8", "9"], suggestions, "Link to the suggested idea with that number; a selected passage becomes the quote"),
    row!(Feedback: C::Link, "link-to", "link to…", QUOTE, ["i"], linkable, "Link to an idea, found by a few letters; the last row makes a new one"),
    row!(Feedback: C::Unlink, "unlink", "unlink…", HERE, ["-"], linked, "Take a link to an idea away"),
    row!(Feedback: C::NewIdeaFromFeedback, "idea-from-feedback", "new idea…", HERE, ["C"], feedback, "Make an idea from this feedback and link it"),
    row!(Feedback: C::Assign, "assign", "assign…", HERE, ["a"], feedback, "Make somebody the owner; the likely owner is filled in, so that Enter suffices"),
    row!(Feedback: C::AssignToMe, "assign-to-me", "to me", HERE, ["A"], assign_to_me, "Make me the owner"),
    row!(Feedback: C::SetImportance(Some(I::NotImportant)), "importance-0", "not important", HERE, ["I 0"], feedback, "Set the importance to not important"),
    row!(Feedback: C::SetImportance(Some(I::NiceToHave)), "importance-1", "nice to have", HERE, ["I 1"], feedback, "Set the importance to nice to have"),
    row!(Feedback: C::SetImportance(Some(I::Important)), "importance-2", "important", HERE, ["I 2"], feedback, "Set the importance to important"),
    row!(Feedback: C::SetImportance(Some(I::Critical)), "importance-3", "critical", HERE, ["I 3"], feedback, "Set the importance to critical"),
    row!(Feedback: C::SetImportance(None), "importance-unset", "importance unknown", HERE, ["I -"], feedback, "Clear the importance: nobody has said"),
    row!(Feedback: C::Answer, "answer", "answer, done", HERE, ["e"], feedback_loaded, "Answer the reporter and mark it processed; the answer is shown first"),
    row!(Feedback: C::Process, "process", "processed, no answer", HERE, ["P"], feedback, "Mark it processed; no answer is needed"),
    row!(Feedback: C::Ask, "ask", "ask…", HERE, ["r"], feedback_loaded, "Ask the reporter and wait; it comes back on a reply or when the wait is over"),
    row!(Feedback: C::WontDo, "wont-do", "won't do…", HERE, ["w"], feedback, "Link to an idea that will not be done, say why, and answer; all of it is one deed"),
    row!(Feedback: C::Duplicate, "duplicate", "duplicate of…", HERE, ["m"], feedback, "Mark it as the same as another feedback"),
    row!(Feedback: C::Snooze, "snooze", "snooze…", HERE, ["s"], snoozable, "Hide it until a time: 4h, tomorrow 9, mon 14:30, next week, dec 1"),
    row!(Feedback: C::Archive, "archive", "archive", HERE, ["d"], feedback, "Put it away: it is not feedback"),
    row!(Feedback: C::Reopen, "reopen", "reopen", HERE, ["R"], feedback, "Make it unprocessed again"),
    row!(Feedback: C::Tags, "tags", "tags…", HERE, ["t"], feedback, "Add and remove tags"),
    row!(Feedback: C::CommentFeedback, "comment", "comment…", HERE, ["c"], feedback, "Write an internal comment"),
    row!(Feedback: C::NewFeedback, "new-feedback", "new feedback…", HERE, [], always, "Type in a feedback by hand"),
    row!(Feedback: C::FeedbackArea, "area", "area…", HERE, [], feedback, "Set the product area"),
    row!(Feedback: C::FeedbackKind, "kind", "kind…", HERE, [], feedback, "Say whether it is a request, a bug, a question or praise"),
    row!(Feedback: C::NeededBy, "needed-by", "needed by…", HERE, [], feedback, "Set the day by which the customer needs it"),
    row!(Feedback: C::ProductVersion, "version", "version…", HERE, [], feedback, "Set the version of the product it speaks of"),
    row!(Feedback: C::FeedbackEdition, "edition", "edition…", HERE, [], feedback, "Set the edition it speaks of"),
    row!(Feedback: C::Reporter, "reporter", "reporter…", HERE, [], feedback, "Correct who filed it"),
    row!(Feedback: C::Customer, "customer", "customer…", HERE, [], feedback, "Correct who wants it"),
    row!(Feedback: C::Company, "company", "company…", HERE, [], feedback, "Correct the organisation of whoever wants it"),
    row!(Feedback: C::WaiveAnswer, "waive-answer", "no answer owed", HERE, [], feedback, "Say that the reporter need not be answered"),
];

pub(super) const PASSAGE: &[Row] = &[
    row!(Passage: C::SelectPassage, "select-passage", "select a passage", TEXT, ["v"], feedback_text, "Put a cursor into the text to select a passage as the quote"),
    row!(Passage: C::PassageBegin, "passage-begin", "begin, begin anew", PASSAGE_ONLY, ["v"], always, "Begin the passage at the cursor"),
    row!(Passage: C::PassageNextLine, "passage-next-line", "line", PASSAGE_ONLY, ["j", "↓"], always, "Move the cursor to the next line"),
    row!(Passage: C::PassagePreviousLine, "passage-previous-line", "line before", PASSAGE_ONLY, ["k", "↑"], always, "Move the cursor to the line before"),
    row!(Passage: C::PassageNextSentence, "passage-next-sentence", "sentence", PASSAGE_ONLY, [")"], always, "Move the cursor to the next sentence"),
    row!(Passage: C::PassagePreviousSentence, "passage-previous-sentence", "sentence before", PASSAGE_ONLY, ["("], always, "Move the cursor to the sentence before"),
    row!(Passage: C::PassageNextWord, "passage-next-word", "word", PASSAGE_ONLY, ["w"], always, "Move the cursor to the next word"),
    row!(Passage: C::PassagePreviousWord, "passage-previous-word", "word before", PASSAGE_ONLY, ["b"], always, "Move the cursor to the word before"),
    row!(Passage: C::PassageNext, "passage-next", "character", PASSAGE_ONLY, ["l", "→"], always, "Move the cursor to the next character"),
    row!(Passage: C::PassagePrevious, "passage-previous", "character before", PASSAGE_ONLY, ["h", "←"], always, "Move the cursor to the character before"),
    row!(Passage: C::PassageStart, "passage-start", "start of the text", PASSAGE_ONLY, ["g g", "Home"], always, "Move the cursor to the start of the text"),
    row!(Passage: C::PassageEnd, "passage-end", "end of the text", PASSAGE_ONLY, ["G", "End"], always, "Move the cursor to the end of the text"),
    row!(Passage: C::PassageSwap, "passage-swap", "other end", PASSAGE_ONLY, ["o"], always, "Go on at the other end of the passage"),
    row!(Passage: C::PassageLeave, "passage-leave", "leave", PASSAGE_ONLY, ["Esc", "q"], always, "Forget the passage, then leave the selection"),
];
