//! A message in, effects out.
//!
//! ```text
//! key ─> must it wait? ──yes──> typed ahead, played when all is there
//!          │ no
//!          ├─ overlay on top ─> its keys, translated by the keymap ─> verbs::key
//!          └─ keymap.lookup(context, pending) ─> Command ─> available? ─> run ─> a topic here, or verbs::run
//! ```
//!
//! What was asked comes back as an answer with its sequence number; a stale one finds nobody. One file per topic.

mod again;
mod answers;
mod board;
mod charts;
mod copy;
mod deeds;
mod filter;
mod hand;
mod idea;
mod idea_filter;
mod ideas;
mod inbox;
mod keys;
mod marks;
mod minutes;
mod missing;
mod mouse;
mod navigate;
mod passage;
mod past;
mod plan;
mod present;
mod scroll;
mod search;
mod searching;
mod start;
mod sync;
mod tables;
#[cfg(test)]
mod tests;
mod timeline;
mod undoing;
mod unshown;
mod views;
mod writing;

use crate::domain::deed::{Reversal, Touched};

use super::command::{Command, Group};
use super::effect::Effect;
use super::import;
use super::message::Message;
use super::prompt;
use super::state::{Absent, PastWish, Screen, State};
use super::verbs;

pub use answers::in_one_line;
pub use filter::{
    accept_filter, cancel_filter, filter_typed, refuse_filter, show_company, show_owner, show_view,
    widen_typed,
};
pub use navigate::{go_back, open_feedback, open_idea, show_release};
pub use past::show_past;
pub use searching::late_at;
pub use start::start;
pub use tables::{accept_table, before as table_before, cancel_table, filter_table, refuse_table};
pub use timeline::open_timeline;

pub(super) use again::again;
pub(super) use copy::source_link;
pub(super) use deeds::imported;
pub(super) use marks::MOST as MOST_AT_ONCE;
pub(super) use searching::is_on as is_searching;
pub(super) use undoing::is_fresh;
pub(super) use views::back as view_before;

/// Takes in what happened and says what is to be done.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let mut effects = match message {
        Message::Key(key) => keys::typed(state, key),
        Message::Paste(text) => verbs::paste(state, &text),
        Message::Mouse {
            action,
            column,
            row,
        } => mouse::mouse(state, action, column, row),
        Message::Resize(columns, rows) => {
            state.size = (columns, rows);
            unshown::resized(state);
            board::settle(state);
            sync::settle(state);
            inbox::settle(state)
        }
        Message::Tick(now) => start::tick(state, now),
        Message::Answer { sequence, answer } => answers::answered(state, sequence, answer),
        Message::Done { ticket, outcome } => deeds::done(state, ticket, &outcome),
        Message::Reversed { ticket, outcome } => deeds::reversed(state, ticket, outcome),
        Message::Reversing { ticket, underway } => {
            undoing::advanced(state, ticket, underway);
            Vec::new()
        }
        Message::Turned(outcome) => present::turned(state, outcome),
        Message::Written { ticket, outcome } => writing::written(state, ticket, outcome),
        Message::Waits { ticket } => deeds::waits(state, ticket),
        message @ (Message::ImportProgress { .. }
        | Message::ImportPlanned { .. }
        | Message::Imported { .. }) => import::heard(state, message),
        Message::Changed => {
            undoing::overtaken(state);
            hand::freeze(state);
            deeds::reload(state, Touched::ALL)
        }
        Message::Edited(text) => {
            keys::returned(state);
            verbs::edited(state, text)
        }
        Message::Told(told) => {
            copy::told(state, told);
            Vec::new()
        }
        Message::Unkept {
            prompt,
            text,
            problem,
        } => {
            if !prompt::draft::unkept(state, prompt, text, &problem) {
                answers::tell(state, &problem);
            }
            Vec::new()
        }
        Message::Unconfirmed(problem) => {
            answers::tell(state, &problem);
            Vec::new()
        }
        Message::KeptBeside(prompt) => {
            prompt::draft::beside(state, &prompt);
            Vec::new()
        }
        Message::Resumed => vec![Effect::Redraw],
    };
    effects.extend(idea_filter::ask_passages(state));
    effects.extend(keys::replay(state));
    effects
}

/// Runs a command, or says why it cannot run. Help and the palette run what was chosen through this, too.
pub fn run(state: &mut State, command: Command) -> Vec<Effect> {
    if let Err(reason) = command.availability(state) {
        return state.refuse(reason.to_string(), "");
    }
    let deeds = matches!(
        command.row().group,
        Group::Feedback | Group::Ideas | Group::Plan
    );
    if deeds || command == Command::Queue {
        // A deed acts on the range that is being marked.
        marks::end_range(state);
    }
    use Command as C;
    match command {
        C::Down
        | C::Up
        | C::HalfPageDown
        | C::HalfPageUp
        | C::PageDown
        | C::PageUp
        | C::Top
        | C::Bottom
        | C::ScrollDown
        | C::ScrollUp => scroll::run(state, command),
        C::NextPane => navigate::pane(state, true),
        C::PreviousPane => navigate::pane(state, false),
        C::Open | C::BoardOpen => navigate::open(state),
        C::Back | C::BoardBack => navigate::back(state),
        C::Close => navigate::close(state),
        C::Zoom => navigate::zoom(state),
        C::GoInbox | C::GoIdeas | C::GoPlan => navigate::go(state, command),
        C::GoSync => sync::open(state),
        C::Present => present::open(state),
        C::NextItem => present::step(state, true),
        C::PreviousItem => present::step(state, false),
        C::GoOn => present::discussed(state),
        C::CarryOver => present::carry_over(state),
        C::FinishStep if state.screen == Screen::Present => present::step_done(state),
        C::PauseClock => present::pause(state),
        C::FinishMeeting => present::finish(state),
        C::ItemOwner if present::request(state).is_some() => present::assign_request(state),
        C::TakeRequest => present::take_request(state),
        C::AssignArea => present::assign_all(state),
        C::WriteMinutes => minutes::write(state),
        C::CopyMarkdown if state.screen == Screen::Minutes => minutes::copy(state),
        C::GoOutbox => navigate::absent(state, Absent::Outbox),
        C::TurnPlan => navigate::turn_plan(state),
        C::BoardLeft => board::sideways(state, false),
        C::BoardRight => board::sideways(state, true),
        C::PlanChanges => past::show_past(state, PastWish::SinceSync),
        C::GoCharts => charts::open(state),
        C::GoTimeline => timeline::open_timeline(state, None, "workspace".to_owned()),
        C::ItemTimeline => timeline::of_item(state),
        C::UndoThis => timeline::undo_this(state),
        C::NextMatch => search::find(state, true),
        C::PreviousMatch => search::find(state, false),
        C::Order => filter::next_order(state),
        C::Widen => filter::widen(state),
        C::Mark => marks::mark(state),
        C::Range => marks::range(state),
        C::MarkAll => marks::mark_all(state),
        C::Undo | C::Redo if views::means(state, command) => views::reverse(state),
        C::Undo => vec![state.reverse(Reversal::Newest, None)],
        C::Redo => vec![state.reverse(Reversal::LastUndone, None)],
        C::Repeat => again::repeat(state),
        C::CopyId => copy::id(state),
        C::CopyMarkdown => copy::markdown(state),
        C::CopyAnswersOwed => copy::answers_owed(state),
        C::OpenSource => copy::open_source(state),
        C::ToggleMouse => mouse::toggle(state),
        C::NextTheme => vec![Effect::NextTheme],
        C::Redraw => vec![Effect::Redraw],
        C::Suspend => vec![Effect::Suspend],
        C::Quit => navigate::quit(state),
        C::SelectPassage => passage::select(state),
        command if command.row().group == Group::Passage => passage::run(state, command),
        // Prompts, pickers, forms, and every deed.
        command => verbs::run(state, command),
    }
}
