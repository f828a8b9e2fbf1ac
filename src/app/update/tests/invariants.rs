//! Whatever is typed, the state stays sound.

use proptest::prelude::*;

use crate::app::bench::Bench;
use crate::app::command::{Context, rows};
use crate::app::key::Key;
use crate::app::message::{Message, Mouse};
use crate::app::state::{Overlay, Screen, State};
use crate::app::target;
use crate::domain::moment::SECOND;

/// Something that happens: a key, mostly one that means something; the worker, the clock, the mouse, the window.
#[derive(Clone, Debug)]
enum Event {
    Keys(Vec<Key>),
    Work(usize),
    Settle,
    Tick(i64),
    Resize(u16, u16),
    Mouse(Mouse, u16, u16),
    Changed,
    Paste(String),
}

fn event() -> impl Strategy<Value = Event> {
    let bound: Vec<Vec<Key>> = rows()
        .flat_map(|row| row.keys)
        .filter_map(|keys| Key::sequence(keys).ok())
        // Leaving ends the story.
        .filter(|keys| *keys != [Key::char('q')] && *keys != [Key::control('c')])
        .collect();
    prop_oneof![
        12 => proptest::sample::select(bound).prop_map(Event::Keys),
        2 => "[a-z0-9:+ -]".prop_map(|text| Event::Keys(text.chars().map(Key::char).collect())),
        4 => (1usize..4).prop_map(Event::Work),
        3 => Just(Event::Settle),
        1 => (0i64..120).prop_map(Event::Tick),
        1 => (0u16..220, 0u16..60).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        1 => (0u16..220, 0u16..60).prop_map(|(column, row)| Event::Mouse(Mouse::Press, column, row)),
        1 => (0u16..220, 0u16..60).prop_map(|(column, row)| Event::Mouse(Mouse::WheelDown, column, row)),
        1 => Just(Event::Changed),
        1 => "\\PC{0,6}".prop_map(Event::Paste),
    ]
}

fn happen(bench: &mut Bench, event: &Event) {
    match event {
        Event::Keys(keys) => {
            for key in keys {
                bench.send(Message::Key(*key));
            }
        }
        Event::Work(times) => {
            for _ in 0..*times {
                bench.work_once();
            }
        }
        Event::Settle => bench.settle(),
        Event::Tick(seconds) => {
            let now = bench.state.now.plus(seconds * SECOND);
            bench.send(Message::Tick(now));
        }
        Event::Resize(columns, rows) => bench.send(Message::Resize(*columns, *rows)),
        Event::Mouse(action, column, row) => bench.send(Message::Mouse {
            action: *action,
            column: *column,
            row: *row,
        }),
        Event::Changed => bench.send(Message::Changed),
        Event::Paste(text) => bench.send(Message::Paste(text.clone())),
    }
}

fn sound(bench: &Bench) {
    let state: &State = &bench.state;
    let inbox = &state.inbox;
    assert!(inbox.cursor < inbox.rows.len().max(1));
    assert!(inbox.top <= inbox.cursor);
    for id in &inbox.marks {
        assert!(
            bench.world.feedback.iter().any(|row| row.id == *id),
            "an unknown mark"
        );
    }
    assert!(state.ideas.cursor < state.ideas.shown.len().max(1));
    assert!(
        state
            .ideas
            .shown
            .iter()
            .all(|index| *index < state.ideas.rows.len())
    );
    let places = target::plan_places(state);
    if places.is_empty() {
        // A filter that finds nothing: what is not shown is not in hand.
        assert!(target::planned_release(state).is_none());
    } else {
        assert!(places.contains(&state.plan.cursor));
    }
    assert!(state.timeline.cursor < state.timeline.entries.len().max(1));
    assert_eq!(state.flight.deed.is_some(), state.flight.sent.is_some());
    assert!(state.back.len() <= 20);
    if let Some(hand) = &state.hand {
        assert!(hand.cursor_idea < hand.suggestions.len().max(1));
        if let (Some(detail), Some(selection)) = (&hand.detail, hand.selection) {
            for place in [selection.anchor, selection.head] {
                assert!(detail.body.is_char_boundary(place));
            }
        }
    }
    for overlay in &state.overlays {
        match overlay {
            Overlay::Import(import) => assert!(import.cursor < import.rows().len()),
            Overlay::Prompt(prompt) => {
                assert!(!prompt.label.is_empty());
                assert!(prompt.input.text.is_char_boundary(prompt.input.cursor));
            }
            Overlay::Picker(picker) => {
                assert!(!picker.title.is_empty());
                assert!(picker.cursor <= picker.rows.len());
            }
            Overlay::Form(form) => assert!(form.cursor < form.fields.len()),
        }
    }
    if state.screen == Screen::Idea {
        assert!(state.idea.is_some());
    }
    // A sequence that has begun can be ended.
    if !state.pending.is_empty() {
        let context: Context = target::context(state);
        assert_ne!(
            state.keymap.lookup(context, &state.pending),
            crate::app::keymap::Lookup::Nothing
        );
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_state_stays_sound_and_comes_to_rest(
        feedback in 0usize..150,
        columns in prop_oneof![Just(40u16), Just(80), Just(120), Just(200)],
        events in proptest::collection::vec(event(), 1..60),
    ) {
        let mut bench = Bench::with(Bench::world(feedback), Some("hana"), (columns, 30));
        let _ = crate::app::update::run(&mut bench.state, crate::app::command::Command::ToggleMouse);
        for event in &events {
            happen(&mut bench, event);
            sound(&bench);
        }
        bench.settle();
        sound(&bench);
        // Nothing waits for ever.
        prop_assert!(bench.state.flight.deed.is_none());
        prop_assert!(bench.state.flight.typed_ahead.is_empty(), "{:?}", bench.state.flight);
    }
}
