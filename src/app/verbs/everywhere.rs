//! Verbs that work everywhere.

use crate::app::command::{Command, Context};
use crate::app::effect::{Effect, Listed, Question};
use crate::app::errands::FormStart;
use crate::app::picker::{self, commands};
use crate::app::state::{MeetingPrompt, Pane, Picking, Purpose, Screen, State};
use crate::app::{form, prompt, target};
use crate::domain::deed::{AgendaTarget, Subject};
use crate::domain::entity::{Entity, Thing};
use crate::domain::id::{AgendaItemId, FeedbackId, IdeaId, ReleaseItemId};

use super::inbox;

/// `/`: filters what has the focus: the inbox, or the table or board that fills the screen.
pub fn filter(state: &mut State) -> Vec<Effect> {
    let table = state.screen == Screen::Console && state.zoomed;
    let (purpose, text) = match state.focus {
        Pane::Ideas if table => (
            Purpose::FilterTable(Pane::Ideas),
            state.ideas.filter.clone(),
        ),
        Pane::Plan if table => (Purpose::FilterTable(Pane::Plan), state.plan.filter.clone()),
        _ => (Purpose::Filter, spaced(&state.inbox.filter)),
    };
    prompt::open(state, purpose, &text)
}

/// A filter with a blank behind it, so that the next condition can be typed at once.
fn spaced(filter: &str) -> String {
    match filter.trim_end() {
        "" => String::new(),
        filter => format!("{filter} "),
    }
}

/// `'`: the saved views.
pub fn views(state: &mut State) -> Vec<Effect> {
    let all = commands::views(state);
    picker::open(
        state,
        Picking::Views,
        "views",
        "Enter shows it · Delete forgets it · Alt-r renames it",
        all,
    );
    vec![state.ask(Question::Views)]
}

/// Saves the filter of the inbox as a view.
pub fn save_view(state: &mut State) -> Vec<Effect> {
    if state.inbox.filter.trim().is_empty() {
        return state.refuse("the inbox has no filter to be saved", "/ sets one");
    }
    prompt::open(state, Purpose::SaveView, "")
}

/// Asks for the file that takes what the list shows.
pub fn export(state: &mut State) -> Vec<Effect> {
    let table = state.screen == Screen::Console && state.zoomed;
    let shown = match state.focus {
        Pane::Ideas if table => {
            let ideas = &state.ideas;
            let rows = ideas
                .shown
                .iter()
                .filter_map(|place| ideas.rows.get(*place));
            Listed::Ideas(rows.map(|row| row.id).collect())
        }
        Pane::Plan if state.screen == Screen::Console => Listed::Plan,
        _ => Listed::Feedback(state.inbox.query.clone()),
    };
    prompt::open(state, Purpose::Export(shown), "")
}

/// `:`: commands, ideas, releases and people.
pub fn palette(state: &mut State) -> Vec<Effect> {
    let all = commands::palette(state);
    picker::open(
        state,
        Picking::Palette,
        "palette",
        "a command, idea, release, person, company or feedback · Enter",
        all,
    );
    Vec::new()
}

/// `?`: every key that works here.
pub fn help(state: &mut State) -> Vec<Effect> {
    let all = commands::help(state);
    picker::open(
        state,
        Picking::Help,
        "all keys",
        "type to narrow · Enter runs it",
        all,
    );
    Vec::new()
}

/// What a comment or an agenda item about that thing is on.
fn subject(thing: Thing) -> Option<Subject> {
    match thing.entity {
        Entity::Feedback => Some(Subject::Feedback(FeedbackId(thing.id))),
        Entity::Idea => Some(Subject::Idea(IdeaId(thing.id))),
        Entity::ReleaseItem => Some(Subject::ReleaseItem(ReleaseItemId(thing.id))),
        _ => None,
    }
}

/// `E`: writes in $EDITOR: the texts of the idea that fills the screen, elsewhere a comment or an update.
pub fn editor(state: &mut State) -> Vec<Effect> {
    let Some(thing) = target::thing(state) else {
        return Vec::new();
    };
    if state.screen == Screen::Idea && thing.entity == Entity::Idea {
        return form::ask(state, IdeaId(thing.id), FormStart::Editor);
    }
    let purpose = match subject(thing) {
        Some(Subject::ReleaseItem(item)) => Purpose::Update(vec![item]),
        Some(Subject::Feedback(_)) if comments_on_marked(state) => {
            Purpose::Comment(inbox::commented(state))
        }
        Some(subject) => Purpose::Comment(vec![subject]),
        None if thing.entity == Entity::AgendaItem => {
            let title = target::title(state).unwrap_or_default();
            let item = AgendaTarget::Item(AgendaItemId(thing.id));
            Purpose::Meeting(MeetingPrompt::Note(item, title))
        }
        None => return state.refuse("there is nothing to write about here", ""),
    };
    prompt::open_in_editor(state, purpose)
}

/// Whether what is marked in the inbox is meant here: elsewhere those marks are out of sight.
fn comments_on_marked(state: &State) -> bool {
    let here = target::underneath(state);
    Command::CommentFeedback.row().contexts.contains(&here)
}

/// `Q`: queues it, or all that is marked, for the next weekly sync.
pub fn queue(state: &mut State) -> Vec<Effect> {
    let about: Vec<Subject> = match target::underneath(state) {
        Context::Inbox | Context::Text | Context::Passage => inbox::commented(state),
        Context::Ideas | Context::Idea => target::ideas(state)
            .into_iter()
            .map(Subject::Idea)
            .collect(),
        Context::Plan | Context::Board => {
            let items = target::release_items(state).into_iter();
            items.map(Subject::ReleaseItem).collect()
        }
        _ => target::thing(state).and_then(subject).into_iter().collect(),
    };
    match about.is_empty() {
        false => super::sync::queue(state, about),
        true => state.refuse("only feedback, ideas and release items can be queued", ""),
    }
}
