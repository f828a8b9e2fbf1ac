//! The beginning, and the passing of time.

use std::collections::BTreeSet;

use super::super::effect::{Effect, Question};
use super::super::errands::Errands;
use super::super::keymap::Keymap;
use super::super::state::{
    Charts, Flight, Ideas, Inbox, Load, Matches, MinutesView, Pane, PastView, Plan, PresentView,
    Screen, Settings, State, SyncView, TimelineView, Tone,
};
use super::super::verbs;
use super::{deeds, filter, searching};
use crate::domain::deed::Touched;
use crate::domain::listing::{Header, IdeaSort, Vocabulary};
use crate::domain::moment::{MINUTE, Moment};
use crate::domain::people::Handle;
use crate::query::Query;

impl State {
    /// A console that knows nothing yet; see [`start`].
    #[must_use]
    pub fn new(settings: Settings, keymap: Keymap, size: (u16, u16), now: Moment) -> Self {
        Self {
            size,
            now,
            settings,
            keymap,
            header: None,
            vocabulary: Vocabulary::default(),
            views: Vec::new(),
            screen: Screen::Console,
            focus: Pane::Inbox,
            zoomed: false,
            inbox: Inbox::default(),
            hand: None,
            ideas: Ideas {
                rows: Vec::new(),
                shown: Vec::new(),
                filter: String::new(),
                query: Query::default(),
                order: IdeaSort::Demand,
                cursor: 0,
                top: 0,
                loaded: false,
                matches: Matches::default(),
                found: Vec::new(),
                marks: BTreeSet::new(),
                range_from: None,
                sought: Vec::new(),
                left_at: None,
            },
            idea: None,
            plan: Plan::default(),
            timeline: TimelineView::default(),
            sync: SyncView::default(),
            present: PresentView::default(),
            minutes: MinutesView::default(),
            charts: Charts::default(),
            past: PastView::default(),
            overlays: Vec::new(),
            pending: Vec::new(),
            notice: None,
            flight: Flight::default(),
            again: None,
            back: Vec::new(),
            search: Vec::new(),
            leaving: false,
            errands: Errands::default(),
            idle: false,
            warned: None,
            turned: false,
        }
    }
}

/// The first question: the header says who is on duty, which decides the list that is shown. Everything else follows.
pub fn start(state: &mut State) -> Vec<Effect> {
    state.flight.settling = true;
    let mut effects = vec![state.ask(Question::Header)];
    if state.settings.mouse {
        effects.push(Effect::Mouse(true));
    }
    effects
}

/// The header has come, or could not be read. The first one decides where the console starts.
pub(super) fn header(state: &mut State, header: Option<Header>) -> Vec<Effect> {
    if let Some(header) = header {
        // Where neither the start nor the configuration said who sits here, this copy may know it.
        if state.settings.me.is_none() {
            state.settings.me.clone_from(&header.me);
        }
        state.header = Some(header);
    }
    if state.inbox.loaded || state.asked("inbox") {
        return Vec::new();
    }
    // A filter of the user's own is there from the beginning.
    if state.inbox.home.is_empty() {
        state.inbox.home = home(state).to_owned();
    }
    let mut effects = filter::set(state, &state.inbox.home.clone(), Load::Start);
    if effects.is_empty() {
        // It cannot be understood, which was told; the list is shown nevertheless.
        state.inbox.home = home(state).to_owned();
        effects = filter::set(state, &state.inbox.home.clone(), Load::Start);
    }
    effects.push(state.ask(Question::Plan));
    effects
}

/// Somebody sits here from now on, or nobody known: what is theirs is shown anew.
pub(super) fn be(state: &mut State, me: Option<Handle>) -> Vec<Effect> {
    let (words, hint) = match &me {
        Some(me) => (format!("you are {me}"), "what you do bears that name"),
        None => (
            "nobody is said to sit here".to_owned(),
            "what you do bears no name",
        ),
    };
    state.say(Tone::Done, words, hint);
    state.settings.me = me;
    let mut effects = vec![state.ask(Question::Header)];
    effects.extend(deeds::reload(state, Touched::ALL));
    effects
}

/// The first window of the inbox has come, and the feedback in hand is asked for: now what the first frame does not show,
/// behind it. Questions are answered in their order, and the table of all ideas would keep the first frame waiting.
pub(super) fn behind_the_first_window(state: &mut State) -> Vec<Effect> {
    [
        Question::Ideas,
        Question::Views,
        Question::Vocabulary,
        Question::NextSync,
    ]
    .map(|question| state.ask(question))
    .into()
}

/// The filter that the console starts with: the PM on duty sees what nobody owns yet, everyone else what is theirs. Where
/// no rotation says who is on duty, nobody looks after the rest, so everything is shown.
fn home(state: &State) -> &'static str {
    let on_duty = state
        .header
        .as_ref()
        .and_then(|header| header.on_duty.as_ref());
    match (&state.settings.me, on_duty) {
        (None, _) | (_, None) => "is:unprocessed",
        (Some(me), Some(on_duty)) if me == on_duty => "is:unprocessed is:unassigned",
        (Some(_), Some(_)) => "is:unprocessed is:mine",
    }
}

/// Time has passed. Once a minute what the clock brings back (a snooze or a wait that is over) is asked for; where somebody is in
/// the middle of something then, as soon as they are not.
pub(super) fn tick(state: &mut State, now: Moment) -> Vec<Effect> {
    let minutes = |moment: Moment| moment.0.div_euclid(MINUTE);
    state.turned |= minutes(now) != minutes(state.now);
    state.now = now;
    searching::tick(state);
    let mut effects = verbs::tick(state);
    let idle = state.overlays.is_empty()
        && state.flight.deed.is_none()
        && state.flight.questions.is_empty();
    if state.turned && idle && state.inbox.loaded {
        state.turned = false;
        effects.extend(deeds::reload(state, Touched::NOTHING));
    }
    effects
}
