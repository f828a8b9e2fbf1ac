//! What Tab offers in a prompt.

use super::preview::takes_mentions;
use super::read::meant_health;
use crate::app::state::{
    Completion, FeedbackField, FieldPrompt, IdeaField, Overlay, Pane, Prompt, Purpose, State,
};
use crate::app::when;
use crate::domain::feedback::FeedbackKind;
use crate::domain::idea::{IdeaKind, Stage, TicketKind};
use crate::domain::listing::Vocabulary;
use crate::domain::people::Role;
use crate::domain::release::Health;
use crate::query::About;

/// At most this many are offered.
pub const MOST: usize = 50;

/// What could be typed at the cursor of a prompt, the likeliest first.
#[must_use]
pub fn offers(state: &State, prompt: &Prompt) -> Vec<Completion> {
    let (text, cursor) = (prompt.input.text.as_str(), prompt.input.cursor);
    let known = &state.vocabulary;
    let mut offers = match &prompt.purpose {
        Purpose::Filter => filter(About::Feedback, text, cursor, known),
        Purpose::FilterTable(Pane::Ideas) => filter(
            About::Ideas,
            text,
            cursor,
            &self::known(state, About::Ideas),
        ),
        Purpose::Assign(_) | Purpose::AssignIdeas(_) => handles(text, known),
        Purpose::Answer(_) | Purpose::Ask(_) | Purpose::Comment(_) | Purpose::Approve(_) => {
            mention(text, cursor, known)
        }
        Purpose::Tags(_) => tag(text, cursor, known),
        Purpose::PlanSince | Purpose::PlanAsOf => words(
            text,
            ["yesterday", "last wednesday", "1w", "2w", "1mo", "3mo"],
        ),
        Purpose::StepDue(_) => words(text, ["tomorrow", "monday", "3d", "1w", "2w"]),
        Purpose::Snooze(_) => {
            let all = [
                "tomorrow 9",
                "monday",
                "next week",
                "eod",
                "3d",
                "1w",
                "2w",
                "4w",
            ];
            let is_over = |text: &str| when::is_over(text, state.now, state.settings.clocks);
            words(text, all.into_iter().filter(|offer| !is_over(offer)))
        }
        Purpose::Update(_) => {
            let mentions = mention(text, cursor, known);
            if let (true, Some(meant)) = (mentions.is_empty(), meant_health(text)) {
                let text = meant.mended();
                vec![Completion {
                    cursor: text.len(),
                    label: format!("{}:", meant.health.name()),
                    text,
                    note: format!("instead of “{}”", meant.typed),
                }]
            } else if mentions.is_empty() && !text[..cursor].contains(':') {
                let healths = Health::ALL.iter().filter(|health| **health != Health::Cut);
                words(text, healths.map(|health| format!("{}: ", health.name())))
            } else {
                mentions
            }
        }
        Purpose::SaveView => words(text, state.views.iter().map(|(name, _)| name.clone())),
        Purpose::Field(field) => of_field(state, field, text, cursor),
        Purpose::Meeting(prompt) => super::meeting::offers(state, prompt, text, cursor),
        _ => Vec::new(),
    };
    offers.truncate(MOST);
    offers
}

/// Offers the files that were found for what was typed, unless it is another text by now.
pub fn files(state: &mut State, typed: &str, found: Vec<String>) {
    let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() else {
        return;
    };
    if prompt.purpose != Purpose::ImportPath || prompt.input.text != typed {
        return;
    }
    let offer = |path: String| Completion {
        cursor: path.len(),
        label: path.clone(),
        text: path,
        note: String::new(),
    };
    prompt.completions = found.into_iter().take(MOST).map(offer).collect();
    prompt.chosen = None;
}

/// What a field of feedback can be set to; empty when it is free text.
fn feedback_words(state: &State, field: FeedbackField) -> Vec<String> {
    match field {
        FeedbackField::Area => state.vocabulary.areas.clone(),
        FeedbackField::Edition => state.settings.editions.clone(),
        FeedbackField::Company => state.vocabulary.companies.clone(),
        FeedbackField::Kind => own(FeedbackKind::ALL.iter().map(|kind| kind.word())),
        FeedbackField::NeededBy => own(["tomorrow", "monday", "1w", "2w", "1mo"]),
        FeedbackField::Reporter | FeedbackField::Customer | FeedbackField::Version => Vec::new(),
    }
}

/// What a field of ideas can be set to.
fn idea_words(state: &State, field: IdeaField) -> Vec<String> {
    match field {
        IdeaField::Area => state.vocabulary.areas.clone(),
        IdeaField::Edition => state.settings.editions.clone(),
        IdeaField::Kind => own(IdeaKind::ALL.iter().map(|kind| kind.word())),
        IdeaField::Stage => own(Stage::ALL.iter().map(|stage| stage.word())),
    }
}

fn own<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

fn of_field(state: &State, field: &FieldPrompt, text: &str, cursor: usize) -> Vec<Completion> {
    match field {
        FieldPrompt::Feedback(FeedbackField::Reporter, _) => handles(text, &state.vocabulary),
        FieldPrompt::Feedback(field, _) => words(text, feedback_words(state, *field)),
        FieldPrompt::Idea(field, _) => words(text, idea_words(state, *field)),
        FieldPrompt::Ticket(_) => {
            let (start, word) = word_at(text, cursor);
            TicketKind::ALL
                .iter()
                .filter(|kind| !word.is_empty() && kind.name().starts_with(&word.to_lowercase()))
                .map(|kind| replaced(text, start, cursor, kind.name(), kind.name(), ""))
                .collect()
        }
        FieldPrompt::NewFeedback => mention(text, cursor, &state.vocabulary),
        FieldPrompt::Me => handles(text, &state.vocabulary),
        FieldPrompt::NewPerson => roles(text, cursor),
        FieldPrompt::Release(_) => Vec::new(),
    }
}

/// What a colleague does, once a handle stands before it.
fn roles(text: &str, cursor: usize) -> Vec<Completion> {
    let (start, word) = word_at(text, cursor);
    let typed = word.to_lowercase();
    let begun = start > 0 && !typed.is_empty();
    let fitting = Role::ALL
        .iter()
        .filter(|role| begun && role.name().starts_with(&typed));
    fitting
        .map(|role| replaced(text, start, cursor, role.name(), role.name(), ""))
        .collect()
}

/// The names that a filter about that can have. Those of ideas which the store does not list are in memory.
#[must_use]
pub fn known(state: &State, about: About) -> Vocabulary {
    let mut known = state.vocabulary.clone();
    if about == About::Ideas {
        let releases = state.plan.plan.releases.iter();
        known.releases = releases
            .map(|planned| planned.release.name.clone())
            .collect();
        let of_ideas = state.ideas.rows.iter();
        let mut editions: Vec<String> = of_ideas.filter_map(|row| row.edition.clone()).collect();
        editions.extend(state.settings.editions.iter().cloned());
        editions.sort_by_cached_key(|name| name.to_lowercase());
        editions.dedup_by_key(|name| name.to_lowercase());
        known.editions = editions;
    }
    known
}

fn filter(about: About, text: &str, cursor: usize, known: &Vocabulary) -> Vec<Completion> {
    let found = about.complete(text, cursor, known);
    let range = found.range;
    found
        .candidates
        .into_iter()
        .map(|candidate| {
            replaced(
                text,
                range.start,
                range.end,
                &candidate.insert,
                &candidate.label,
                &candidate.note,
            )
        })
        .collect()
}

/// Colleagues whose handle or name has what was typed; those that begin with it first.
pub(super) fn handles(text: &str, known: &Vocabulary) -> Vec<Completion> {
    let typed = text.trim().trim_start_matches('@').to_lowercase();
    people(&typed, known)
        .into_iter()
        .map(|(handle, note)| Completion {
            cursor: handle.len(),
            text: handle.clone(),
            label: handle,
            note,
        })
        .collect()
}

fn people(typed: &str, known: &Vocabulary) -> Vec<(String, String)> {
    let mut found: Vec<_> = known
        .people
        .iter()
        .filter(|(handle, name, _)| {
            handle.as_str().contains(typed) || name.to_lowercase().contains(typed)
        })
        .collect();
    found.sort_by_key(|(handle, _, _)| !handle.as_str().starts_with(typed));
    found
        .into_iter()
        .map(|(handle, name, role)| {
            let known = [name.as_str(), role.as_str()];
            let known: Vec<&str> = known.into_iter().filter(|it| !it.is_empty()).collect();
            (handle.to_string(), known.join(" · "))
        })
        .collect()
}

/// A mention under the cursor, at the beginning of a word or behind what opens one: `@da`, `(@da`. An address is none.
pub(super) fn mention(text: &str, cursor: usize, known: &Vocabulary) -> Vec<Completion> {
    let (from, word) = word_at(text, cursor);
    let Some((before, typed)) = word.rsplit_once('@') else {
        return Vec::new();
    };
    if before.ends_with(|last: char| last.is_alphanumeric() || "._-+".contains(last)) {
        return Vec::new();
    }
    let start = from + before.len();
    people(&typed.to_lowercase(), known)
        .into_iter()
        .map(|(handle, note)| replaced(text, start, cursor, &format!("{handle} "), &handle, &note))
        .collect()
}

/// Whether a mention is begun and its names are offered: Enter takes the first of them, for a half one reaches nobody.
#[must_use]
pub fn is_half_mentioned(prompt: &Prompt) -> bool {
    let mentions = takes_mentions(&prompt.purpose)
        && prompt
            .completions
            .iter()
            .all(|offer| offer.label.starts_with('@'));
    let typed = prompt.input.text[..prompt.input.cursor].to_lowercase();
    let is_whole = |offer: &Completion| typed.ends_with(&offer.label.to_lowercase());
    mentions
        && prompt.chosen.is_none()
        && !prompt.completions.is_empty()
        && !prompt.completions.iter().any(is_whole)
}

fn tag(text: &str, cursor: usize, known: &Vocabulary) -> Vec<Completion> {
    let (start, word) = word_at(text, cursor);
    let bare = word.trim_start_matches(['+', '-', '#']);
    let start = start + (word.len() - bare.len());
    let typed = bare.to_lowercase();
    known
        .tags
        .iter()
        .filter(|tag| tag.to_lowercase().starts_with(&typed))
        .map(|tag| replaced(text, start, cursor, tag, tag, ""))
        .collect()
}

/// Words that begin with (or else contain) the whole text.
fn words<S: Into<String>>(text: &str, words: impl IntoIterator<Item = S>) -> Vec<Completion> {
    let typed = text.trim().to_lowercase();
    let mut found: Vec<String> = words
        .into_iter()
        .map(Into::into)
        .filter(|word| word.to_lowercase().contains(&typed))
        .collect();
    found.sort_by_key(|word| !word.to_lowercase().starts_with(&typed));
    found
        .into_iter()
        .map(|word| Completion {
            cursor: word.len(),
            label: word.trim_end_matches([':', ' ']).to_owned(),
            text: word,
            note: String::new(),
        })
        .collect()
}

/// Where the word before the cursor begins, and what there is of it up to the cursor.
fn word_at(text: &str, cursor: usize) -> (usize, &str) {
    let before = &text[..cursor];
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace() || *c == ',')
        .map_or(0, |(place, c)| place + c.len_utf8());
    (start, &before[start..])
}

fn replaced(
    text: &str,
    start: usize,
    end: usize,
    with: &str,
    label: &str,
    note: &str,
) -> Completion {
    Completion {
        text: format!("{}{with}{}", &text[..start], &text[end..]),
        cursor: start + with.len(),
        label: label.to_owned(),
        note: note.to_owned(),
    }
}
