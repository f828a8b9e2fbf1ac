//! Filters and orders: applied while they are typed, wrong ones pointed at.

use super::super::effect::Effect;
use super::super::prompt::{self, names as named, words};
use super::super::state::{
    Before, Inbox, Load, Overlay, Pane, Purpose, RowList, Screen, State, Tone,
};
use super::super::{stray, wider};
use super::{answers, ideas, inbox, navigate, searching};
use crate::domain::listing::{IdeaSort, Vocabulary};
use crate::domain::passage::Searched;
use crate::domain::people::Handle;
use crate::problem::{Kind, Problem};
use crate::query::{self, About, NameField, Query, Sort, SortKey, Term, Wanted};
use crate::search::is_searchable;

/// The orders of the inbox, one after another; the first is the list's own, which is by age: a key that changes nothing
/// to be seen looks broken.
const ORDERS: [Option<Sort>; 4] = [
    None,
    Some(Sort::by(SortKey::Age).reverse()),
    Some(Sort::by(SortKey::Importance)),
    Some(Sort::by(SortKey::Company)),
];

/// Shows what this filter matches, if it can be understood; else nothing changes and its first fault is told. With
/// [`Load::Anew`] the cursor stays on its row if that still matches.
pub(super) fn set(state: &mut State, filter: &str, load: Load) -> Vec<Effect> {
    match query::parse(filter) {
        Ok(query) => apply(state, filter, query, load),
        Err(faults) => {
            if let Some(fault) = faults.first() {
                state.say(Tone::Error, fault.message.clone(), fault.hint.clone());
            }
            Vec::new()
        }
    }
}

fn apply(state: &mut State, filter: &str, query: Query, load: Load) -> Vec<Effect> {
    let searched = query.searched();
    let other_words = searched != state.inbox.query.searched();
    if !searched.is_empty() {
        state.search = searched;
    } else if let Some(before) = &state.inbox.before_typing {
        // The name of a condition was a word until its colon was typed.
        state.search.clone_from(&before.search);
    }
    // What is searched for comes best first: whoever types looks at the top.
    let best_first = other_words && query.is_ranked(is_searchable);
    let load = match load {
        Load::Anew if best_first => Load::Start,
        load => load,
    };
    if query != state.inbox.query {
        searching::begin(state, load);
    }
    state.inbox.filter = filter.to_owned();
    state.inbox.query = query;
    state.inbox.wider = None;
    inbox::forget_errand(state);
    state.forget("tally");
    state.forget("passages");
    vec![inbox::ask(state, load)]
}

/// Shows what the words of the filter find without its other conditions, or whom they name or words near to them find.
pub(super) fn widen(state: &mut State) -> Vec<Effect> {
    match wider::sought(state) {
        Some(words) => show_view(state, &words.to_string()),
        None => Vec::new(),
    }
}

/// The same while the filter is typed: the prompt goes on with the words alone.
pub fn widen_typed(state: &mut State) -> Vec<Effect> {
    let Some(words) = wider::sought(state) else {
        return Vec::new();
    };
    let text = words.to_string();
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() {
        prompt.input.set(text.as_str(), text.len());
        prompt.error = None;
        prompt.chosen = None;
        prompt.completions.clear();
    }
    filter_typed(state, &text)
}

/// The text in the filter prompt has changed: what it matches is shown at once. What is not typed to its end waits, and
/// the prompt says for what; the rest applies.
pub fn filter_typed(state: &mut State, text: &str) -> Vec<Effect> {
    remember(state);
    let (known, waits) = understood(state, About::Feedback, &state.vocabulary, text);
    say_of(state, &Purpose::Filter, text, &known, waits);
    show(state, text, known)
}

/// What can be understood of a filter that is being typed, and what the rest waits for.
pub(super) fn understood(
    state: &State,
    about: About,
    vocabulary: &Vocabulary,
    text: &str,
) -> (Query, Option<String>) {
    let (mut known, faults) = about.parse_typed(text);
    let mut waits = faults
        .first()
        .map(|fault| stray::fault(state, about, text, fault));
    // Names are judged one by one: each that is unknown waits.
    while let Some(unknown) = named::unknown_name(vocabulary, &known) {
        known = known.without_name(unknown.word(), &unknown.name);
        waits.get_or_insert_with(|| named::words(&unknown));
    }
    (known, waits)
}

/// Shows what `query` finds, unless that is shown already: from its first row. Whoever types has their hands in the prompt
/// and looks at the top; where the cursor came to be by what was half typed means nothing.
fn show(state: &mut State, text: &str, query: Query) -> Vec<Effect> {
    if query == state.inbox.query {
        text.clone_into(&mut state.inbox.filter);
        return Vec::new();
    }
    apply(state, text, query, Load::Start)
}

/// Keeps the list as it is before its filter is typed.
fn remember(state: &mut State) {
    if state.inbox.before_typing.is_none() {
        state.inbox.before_typing = Some(as_it_is(state));
    }
}

fn as_it_is(state: &State) -> Box<Before> {
    Box::new(Before {
        inbox: state.inbox.clone(),
        hand: state.hand.clone(),
        search: state.search.clone(),
    })
}

/// Says in the prompt what is waited for, else which word is text that looks like a condition, else what can be done.
pub(super) fn say_of(
    state: &mut State,
    purpose: &Purpose,
    text: &str,
    known: &Query,
    waits: Option<String>,
) {
    let words = waits.map(|words| format!("not yet: {words}"));
    let words = words.or_else(|| stray::in_prompt(state, purpose, text, known));
    hint(state, purpose, words);
}

/// Says that in the prompt, or what can be done.
fn hint(state: &mut State, purpose: &Purpose, words: Option<String>) {
    let words = words.unwrap_or_else(|| words::about(state, purpose).hint);
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut()
        && prompt.purpose == *purpose
    {
        prompt.hint = words;
    }
}

fn asks_for_me(term: &Term) -> bool {
    Query::default().and(term.clone()).asks_for_me()
}

/// The list could not be read for the filter that is being typed: it names what the workspace does not know (yet). That name
/// waits, and the rest applies; if it has another such name, this is called for that, too. `None` when no filter is being typed.
pub(super) fn waits(state: &mut State, problem: &Problem) -> Option<Vec<Effect>> {
    let typing = matches!(state.overlays.last(), Some(Overlay::Prompt(prompt)) if prompt.purpose == Purpose::Filter);
    if !typing || problem.kind == Kind::Storage {
        return None;
    }
    let remedy = problem
        .hints
        .first()
        .map_or_else(String::new, |hint| format!(": {hint}"));
    hint(
        state,
        &Purpose::Filter,
        Some(format!("not yet: {}{remedy}", problem.summary)),
    );
    let query = state.inbox.query.clone();
    let rest = match problem.blames.as_deref() {
        Some((field, name)) => query.clone().without_name(field, name),
        // Nobody has said who asks.
        None => query.clone().retain(|term| !asks_for_me(term)),
    };
    if rest == query {
        return Some(Vec::new());
    }
    let filter = state.inbox.filter.clone();
    Some(apply(state, &filter, rest, Load::Start))
}

/// The filter prompt was accepted: keys wait until its rows are there.
pub fn accept_filter(state: &mut State, text: &str, query: Query) -> Vec<Effect> {
    let before = state.inbox.before_typing.take();
    if let Some(before) = before.as_ref().filter(|_| query.searched().is_empty()) {
        state.search.clone_from(&before.search);
    }
    let is_it = |text: &str| query::parse(text).is_ok_and(|read| read == query);
    // What would find something else when it is read again, as an open phrase does, is written as it is meant.
    let begun = format!("{text}*\"");
    let text = match () {
        () if is_it(text) => text.to_owned(),
        () if is_it(&begun) => begun,
        () => query.to_string(),
    };
    let effects = show(state, &text, query);
    state.inbox.before_reading = before.filter(|_| state.asked("inbox"));
    state.flight.settling = true;
    effects
}

/// The list could not be read for the filter that was accepted or chosen: it names what the workspace does not know. Nothing has
/// changed, and the filter is in the prompt with its fault. `None` where it is no other filter that the list is read for.
pub(super) fn refused(state: &mut State, problem: &Problem) -> Option<Vec<Effect>> {
    let before = state.inbox.before_reading.take()?;
    if !matches!(problem.kind, Kind::Usage | Kind::NotFound | Kind::Refused) {
        return None;
    }
    let text = state.inbox.filter.clone();
    // No way back leads to a list that cannot be read.
    if let Some(step) = state.back.last_mut()
        && step.list.as_ref().is_some_and(|list| list.filter == text)
    {
        step.list = None;
    }
    state.inbox.before_typing = Some(before);
    let mut effects = refuse_filter(state);
    let is_here =
        state.screen == Screen::Console && state.focus == Pane::Inbox && state.overlays.is_empty();
    if !is_here {
        // Who has gone on meanwhile is told, and not led back.
        state.inbox.before_typing = None;
        answers::tell(state, problem);
        return Some(effects);
    }
    effects.extend(prompt::open(state, Purpose::Filter, &text));
    let remedy = problem.hints.first();
    let remedy = remedy.map_or_else(String::new, |hint| format!("; {hint}"));
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() {
        prompt.error = Some((None, format!("{}{remedy}", problem.summary)));
    }
    // What was typed behind it was meant for what it would have found.
    state.flight.typed_ahead.clear();
    Some(effects)
}

/// The filter that Enter was pressed on is wrong: the list is what it was before it was typed, and the prompt stays.
pub fn refuse_filter(state: &mut State) -> Vec<Effect> {
    let before = state.inbox.before_typing.clone();
    let effects = cancel_filter(state);
    state.inbox.before_typing = before;
    effects
}

/// The filter prompt was left: the list from before it is back as it was, and looked at once more.
pub fn cancel_filter(state: &mut State) -> Vec<Effect> {
    let Some(before) = state.inbox.before_typing.take() else {
        return Vec::new();
    };
    let Before {
        inbox,
        hand,
        search,
    } = *before;
    if inbox.filter == state.inbox.filter && inbox.query == state.inbox.query {
        state.search = search;
        return Vec::new();
    }
    state.hand = hand;
    put_back(state, inbox, search)
}

/// Shows a list again as it was, and looks at it once more.
pub(super) fn put_back(state: &mut State, inbox: Inbox, search: Vec<Searched>) -> Vec<Effect> {
    state.search = search;
    let marks = std::mem::take(&mut state.inbox.marks);
    state.inbox = Inbox { marks, ..inbox };
    inbox::forget_errand(state);
    for kind in ["inbox", "tally", "passages", "wider"] {
        state.forget(kind);
    }
    vec![inbox::ask(state, Load::Anew)]
}

/// Shows the inbox with this filter, as a saved view does.
pub fn show_view(state: &mut State, filter: &str) -> Vec<Effect> {
    // From another view it is a list that goes when one comes back there.
    let elsewhere = state.screen != Screen::Console
        || state.zoomed && matches!(state.focus, Pane::Ideas | Pane::Plan);
    let list = RowList {
        filter: filter.to_owned(),
        inbox: state.inbox.clone(),
        search: state.search.clone(),
    };
    let mut effects = navigate::to_pane(
        state,
        Pane::Inbox,
        state.zoomed && state.focus == Pane::Inbox,
    );
    state.flight.settling = true;
    let before = as_it_is(state);
    effects.extend(set(state, filter, Load::Start));
    state.inbox.before_reading = Some(before).filter(|_| state.asked("inbox"));
    // One that cannot be understood shows nothing else.
    let is_shown = state.inbox.filter == filter;
    if let Some(step) = state.back.last_mut().filter(|_| elsewhere && is_shown) {
        step.list = Some(Box::new(list));
    }
    effects
}

/// Shows the feedback of a company.
pub fn show_company(state: &mut State, name: &str) -> Vec<Effect> {
    let wanted = vec![Wanted::Named(name.to_owned())];
    let query = Query::default().and(Term::Name(NameField::Company, wanted));
    show_view(state, &query.to_string())
}

/// Shows the unprocessed feedback of somebody.
pub fn show_owner(state: &mut State, owner: &Handle) -> Vec<Effect> {
    let wanted = vec![Wanted::Named(owner.to_string())];
    let query = Query::default()
        .and(Term::Is(vec![query::Is::Unprocessed]))
        .and(Term::Name(NameField::Owner, wanted));
    show_view(state, &query.to_string())
}

/// Orders the inbox, or the table of ideas, by the next key.
pub(super) fn next_order(state: &mut State) -> Vec<Effect> {
    if state.screen == Screen::Console && state.focus == Pane::Ideas {
        use IdeaSort as By;
        let orders = [By::Demand, By::Status, By::When, By::Title, By::Changed];
        let place = orders.iter().position(|order| *order == state.ideas.order);
        state.ideas.order = orders[place.map_or(0, |place| (place + 1) % orders.len())];
        ideas::arrange(state);
        return Vec::new();
    }
    let now = state.inbox.query.sort.first().copied();
    let place = ORDERS.iter().position(|order| *order == now).unwrap_or(0);
    let query = state.inbox.query.clone();
    let query = match ORDERS[(place + 1) % ORDERS.len()] {
        Some(sort) => query.sort_by(sort),
        None => Query {
            sort: Vec::new(),
            ..query
        },
    };
    let filter = query.to_string();
    apply(state, &filter, query, Load::Anew)
}

/// Takes away what was filtered since the list was opened from another view, else what is not of the filter that the console
/// started with; nothing where nothing was.
pub(super) fn back_one(state: &mut State) -> Option<Vec<Effect>> {
    let list = state.row_list();
    let before = list.map_or(&state.inbox.home, |list| &list.filter).clone();
    if state.inbox.filter == before {
        return None;
    }
    Some(set(state, &before, Load::Anew))
}
