//! Keys in, effects and state out, on a small world that is all loaded.

mod answers;
mod begin;
mod drafts;
mod fields;
mod forms;
mod ideas;
mod inbox;
mod likely;
mod linking;
mod palette;
mod people;
mod prompts;
mod quicker;
mod sync;
mod writing;

use uuid::Uuid;

use crate::app::bench;
use crate::app::effect::{Effect, Question};
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::app::message::{Answer, Message};
use crate::app::state::{Form, Hand, Overlay, Pane, Picker, PickerRow, Prompt, Settings, State};
use crate::app::update::update;
use crate::domain::answer::{AnswerFacts, AnswerIdea};
use crate::domain::deed::{Deed, IdeaEdit, Outcome, Seen, Touched};
use crate::domain::feedback::{FeedbackDetail, FeedbackRow};
use crate::domain::hints::{Hints, LikelyOwner, OwnerReason};
use crate::domain::id::{
    ActionId, ContentId, FeedbackId, IdeaId, PersonId, ReleaseId, ReleaseItemId, ShortId,
};
use crate::domain::idea::{IdeaDetail, IdeaRow, Status, Suggestion};
use crate::domain::listing::Vocabulary;
use crate::domain::moment::{DAY, Moment};
use crate::domain::people::{Handle, Person, Role};
use crate::domain::release::{
    Health, PlannedRelease, Release, ReleaseItem, ReleaseKind, ReleasePlan, ReleaseState,
};
use crate::problem::{Kind, Problem};

pub(super) fn feedback_id(number: u128) -> FeedbackId {
    FeedbackId(Uuid::from_u128(0xF00 + number))
}

pub(super) fn idea_id(number: u128) -> IdeaId {
    IdeaId(Uuid::from_u128(0xD00 + number))
}

pub(super) fn release_id(number: u128) -> ReleaseId {
    ReleaseId(Uuid::from_u128(0xE00 + number))
}

pub(super) fn item_id(number: u128) -> ReleaseItemId {
    ReleaseItemId(Uuid::from_u128(0xA00 + number))
}

pub(super) fn handle(name: &str) -> Handle {
    Handle::parse(name).expect("a mention name")
}

/// Saturday, 21 November 2026, noon.
pub(super) const NOW: Moment = Moment(1_795_262_400_000);

pub(super) const BODY: &str = "Every quarter we take screenshots. We would pay for a button.";

fn row(number: u128, title: &str) -> FeedbackRow {
    FeedbackRow {
        id: feedback_id(number),
        title: title.to_owned(),
        company: Some("Globex".to_owned()),
        tier: None,
        importance: None,
        received: Moment(NOW.0 - DAY),
        state: crate::domain::feedback::State::Unprocessed,
        hidden_until: None,
        owner: None,
        area: None,
        source: "salesforce".to_owned(),
        reporter: Some(handle("dana")),
        kind: None,
        links: 0,
        votes: 0,
    }
}

pub(super) fn detail(number: u128, title: &str) -> FeedbackDetail {
    FeedbackDetail {
        short: ShortId("f7kq".to_owned()),
        body: BODY.to_owned(),
        reporter: Some(Person {
            id: PersonId(Uuid::from_u128(1)),
            handle: handle("dana"),
            name: "Dana".to_owned(),
            email: None,
            role: Role::Sales,
        }),
        tags: vec!["export".to_owned()],
        answer_owed: true,
        ..bench::detail(row(number, title))
    }
}

pub(super) fn idea(number: u128, title: &str, status: Status) -> IdeaRow {
    IdeaRow {
        demand: i64::try_from(number).expect("small"),
        changed: NOW,
        ..bench::idea_row(idea_id(number), title, status)
    }
}

pub(super) fn idea_detail(row: IdeaRow) -> IdeaDetail {
    IdeaDetail {
        row,
        short: ShortId("d3xm".to_owned()),
        problem: Some("Screenshots take a day".to_owned()),
        solution: None,
        workaround: None,
        benefit: None,
        reason: None,
        tickets: Vec::new(),
        checks: vec![("secure".to_owned(), true)],
        placements: Vec::new(),
        wanted: None,
        evidence: Vec::new(),
        comments: Vec::new(),
    }
}

fn item(number: u128, release: u128, of: u128, status: Status) -> ReleaseItem {
    ReleaseItem {
        id: item_id(number),
        release: release_id(release),
        idea: idea_id(of),
        title: "Export".to_owned(),
        owner: None,
        status,
        effort: None,
        demand: Some(0),
        health: Health::OnTrack,
        update: None,
        owes_update: false,
        position: number.to_string(),
    }
}

fn planned(number: u128, name: &str, items: Vec<ReleaseItem>) -> PlannedRelease {
    PlannedRelease {
        release: Release {
            id: release_id(number),
            short: ShortId(format!("r{number}")),
            name: name.to_owned(),
            kind: ReleaseKind::Feature,
            date: None,
            state: if number == 1 {
                ReleaseState::Released
            } else {
                ReleaseState::Planned
            },
        },
        items,
    }
}

/// Three feedback, the first in hand with two ideas ranked for it; four ideas; releases v1 (out), v2 (with idea 1), v3.
pub(super) fn world() -> State {
    let settings = Settings {
        me: Some(handle("hana")),
        reduced_motion: false,
        editions: vec!["Team".to_owned()],
        checklist: vec!["scalable".to_owned(), "secure".to_owned()],
        ..bench::settings()
    };
    let mut state = State::new(settings, Keymap::default(), (120, 36), NOW);
    state.inbox.rows = vec![
        row(1, "Hand a board to our auditors"),
        row(2, "Dark mode"),
        row(3, "Saved searches"),
    ];
    state.inbox.loaded = true;
    let ideas = vec![
        idea(1, "Export a board as PDF", Status::Planned),
        idea(2, "Compliance export", Status::New),
        idea(3, "Blinking text", Status::WontDo),
        idea(4, "Scheduled reports", Status::New),
    ];
    let suggestion = |row: &IdeaRow| Suggestion {
        idea: row.clone(),
        score: 0.5,
        linked: false,
    };
    state.hand = Some(Hand {
        id: feedback_id(1),
        detail: Some(Box::new(detail(1, "Hand a board to our auditors"))),
        may_go: Vec::new(),
        ranking: vec![suggestion(&ideas[0]), suggestion(&ideas[1])],
        suggestions: vec![suggestion(&ideas[0]), suggestion(&ideas[1])],
        thawed: true,
        in_sight: 9,
        ranked: true,
        since: NOW,
        glanced: None,
        reasons: Vec::new(),
        hints: Some(Hints {
            owner: Some(LikelyOwner {
                owner: handle("omar"),
                why: OwnerReason::Items(4),
            }),
            same: Vec::new(),
        }),
        scroll: 0,
        selection: None,
        cursor_idea: 0,
        pinned: false,
    });
    state.ideas.shown = (0..ideas.len()).collect();
    state.ideas.rows = ideas;
    state.ideas.loaded = true;
    state.plan.plan = ReleasePlan {
        releases: vec![
            planned(1, "v1", Vec::new()),
            planned(2, "v2", vec![item(1, 2, 1, Status::Planned)]),
            planned(3, "v3", Vec::new()),
        ],
    };
    state.plan.loaded = true;
    state.plan.cursor.release = 1;
    state.plan.cursor.item = Some(0);
    state.vocabulary = Vocabulary {
        people: ["hana", "omar", "dana"]
            .map(|name| (handle(name), name.to_uppercase(), "PM".to_owned()))
            .to_vec(),
        tags: vec!["mobile".to_owned(), "export".to_owned()],
        areas: vec!["Boards".to_owned()],
        ..Vocabulary::default()
    };
    state
}

/// The world with the first two feedback marked.
pub(super) fn marked() -> State {
    let mut state = world();
    state.inbox.marks.extend([feedback_id(1), feedback_id(2)]);
    state
}

/// The table of ideas fills the screen; its first row is in hand.
pub(super) fn table() -> State {
    let mut state = world();
    (state.focus, state.zoomed) = (Pane::Ideas, true);
    state
}

/// The release plan has the focus; the item of v2 is in hand.
pub(super) fn release_plan() -> State {
    let mut state = world();
    (state.focus, state.zoomed) = (Pane::Plan, true);
    state
}

/// These ideas of the world, with these statuses, are what is ranked for the feedback in hand.
pub(super) fn suggest(state: &mut State, ideas: &[(u128, Status)]) {
    for (number, status) in ideas {
        let mut rows = state.ideas.rows.iter_mut();
        let row = rows.find(|row| row.id == idea_id(*number));
        row.expect("an idea of the world").status = *status;
    }
    let known = |number: u128| {
        state
            .ideas
            .rows
            .iter()
            .find(|row| row.id == idea_id(number))
    };
    let ranked = ideas.iter().filter_map(|(number, _)| known(*number));
    let ranked: Vec<Suggestion> = ranked
        .map(|idea| Suggestion {
            idea: idea.clone(),
            score: 0.5,
            linked: false,
        })
        .collect();
    let hand = state.hand.as_mut().expect("a feedback in hand");
    hand.ranking.clone_from(&ranked);
    hand.suggestions = ranked;
}

/// Presses keys as the keymap writes them: `I 3`, `Ctrl-s`.
pub(super) fn keys(state: &mut State, keys: &str) -> Vec<Effect> {
    let keys = Key::sequence(keys).expect("keys");
    keys.into_iter()
        .flat_map(|key| update(state, Message::Key(key)))
        .collect()
}

/// Types a text, letter by letter.
pub(super) fn typed(state: &mut State, text: &str) -> Vec<Effect> {
    text.chars()
        .flat_map(|c| update(state, Message::Key(Key::char(c))))
        .collect()
}

/// Answers the newest question that fits.
pub(super) fn reply(
    state: &mut State,
    effects: &[Effect],
    wanted: impl Fn(&Question) -> bool,
    answer: Result<Answer, Problem>,
) -> Vec<Effect> {
    let sequence = effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Ask { sequence, question } if wanted(question) => Some(*sequence),
            _ => None,
        })
        .expect("the question was asked");
    update(state, Message::Answer { sequence, answer })
}

/// The ticket of what else is written.
pub(super) fn ticket(effects: &[Effect]) -> u64 {
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Write { ticket, .. } => Some(*ticket),
        _ => None,
    });
    ticket.expect("it is written")
}

/// It was written, or not.
pub(super) fn wrote(
    state: &mut State,
    effects: &[Effect],
    outcome: Result<String, Problem>,
) -> Vec<Effect> {
    let ticket = ticket(effects);
    update(state, Message::Written { ticket, outcome })
}

/// Answers what an answer or a question to reporters is made from.
pub(super) fn tell(state: &mut State, effects: &[Effect], facts: Vec<AnswerFacts>) -> Vec<Effect> {
    let wanted = |question: &Question| matches!(question, Question::Answering(..));
    reply(state, effects, wanted, Ok(Answer::Answering(facts)))
}

pub(super) fn facts(number: u128, ideas: &[u128]) -> AnswerFacts {
    let told = |number: &u128| AnswerIdea {
        id: idea_id(*number),
        title: format!("Idea {number}"),
        status: Status::New,
        kind: None,
        release: None,
        timeframe: None,
        reason: None,
        workaround: None,
    };
    AnswerFacts {
        feedback: feedback_id(number),
        title: format!("Feedback {number}"),
        addressee: Some("@dana".to_owned()),
        resolution: None,
        duplicate_of: None,
        ideas: ideas.iter().map(told).collect(),
        told: Vec::new(),
        stood: Seen::stood(&row(number, "")),
    }
}

/// The one deed among effects.
pub(super) fn deed(effects: &[Effect]) -> Deed {
    let deeds: Vec<&Deed> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Commit { deed, .. } => Some(deed.as_ref()),
            _ => None,
        })
        .collect();
    assert_eq!(deeds.len(), 1, "{effects:?}");
    deeds[0].clone()
}

/// The deed comes back, done or refused.
pub(super) fn done(state: &mut State, effects: &[Effect], refused: Option<&str>) -> Vec<Effect> {
    let outcome = match refused {
        None => Ok(Outcome {
            reverses: None,
            touched: Touched::ALL,
            about: Vec::new(),
            things: Vec::new(),
            action: Some(ActionId(Uuid::from_u128(9))),
            words: "done".to_owned(),
            made: Vec::new(),
        }),
        Some(words) => Err(Problem::new(Kind::Refused, words)),
    };
    came_back(state, effects, outcome)
}

/// The deed comes back, refused with this problem, and what is shown has been asked for anew.
pub(super) fn refused(state: &mut State, effects: &[Effect], problem: Problem) -> Vec<Effect> {
    let effects = came_back(state, effects, Err(problem));
    state.flight.settling = false;
    effects
}

fn came_back(
    state: &mut State,
    effects: &[Effect],
    outcome: Result<Outcome, Problem>,
) -> Vec<Effect> {
    let ticket = effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Commit { ticket, .. } => Some(*ticket),
            _ => None,
        })
        .expect("a deed");
    update(state, Message::Done { ticket, outcome })
}

pub(super) fn prompt(state: &State) -> &Prompt {
    match state.overlays.last() {
        Some(Overlay::Prompt(prompt)) => prompt,
        other => panic!("no prompt but {other:?}"),
    }
}

pub(super) fn picker(state: &State) -> &Picker {
    match state.overlays.last() {
        Some(Overlay::Picker(picker)) => picker,
        other => panic!("no picker but {other:?}"),
    }
}

pub(super) fn form(state: &State) -> &Form {
    match state.overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form but {other:?}"),
    }
}

pub(super) fn labels(state: &State) -> Vec<String> {
    picker(state)
        .rows
        .iter()
        .map(|row| row.label.clone())
        .collect()
}

/// The deed that edits the first idea.
pub(super) fn edited(edits: Vec<IdeaEdit>) -> Deed {
    Deed::EditIdeas {
        ideas: vec![idea_id(1)],
        edits,
    }
}

#[test]
fn every_command_that_is_no_key_of_a_prompt_or_a_list_is_handled_by_somebody() {
    use super::NOT_HERE;
    use crate::app::bench::Bench;
    use crate::app::command::{Command, Group, rows};
    use crate::app::update::run;
    let elsewhere = [Group::Writing, Group::Choosing];
    let mut ran = 0;
    for row in rows().filter(|row| !elsewhere.contains(&row.group)) {
        for way in [
            "j",
            "Tab",
            "g d",
            "g d Enter",
            "g r",
            "g r b",
            "g t",
            "g w",
            "g c",
        ] {
            let mut bench = Bench::new(3);
            bench.keys(way);
            if row.command.availability(&bench.state).is_err() {
                continue;
            }
            ran += 1;
            run(&mut bench.state, row.command);
            assert!(!bench.notice().contains(NOT_HERE), "{} at {way}", row.name);
            break;
        }
    }
    assert!(ran > 90, "{ran}");
    // One of those that are says where it belongs.
    let mut state = world();
    run(&mut state, Command::Submit);
    let notice = state.notice.expect("a refusal");
    assert!(notice.words.contains(NOT_HERE), "{notice:?}");
}
