//! A person's keys, through the console's state, down to a workspace on disk and back: every verb as it is really used.

#[path = "support/hands.rs"]
mod hands;

use hands::{Hands, NOW, workspace};
use intake::app::key::Key;
use intake::app::message::Message;
use intake::app::state::{Overlay, Screen};
use intake::app::update::update;
use intake::domain::deed::{Deed, NewFeedback, ReleaseEdit};
use intake::domain::feedback::State as FeedbackState;
use intake::domain::idea::Status;
use intake::domain::moment::Moment;
use intake::domain::people::Handle;

struct Console {
    hands: Hands,
    _folder: tempfile::TempDir,
}

impl Console {
    fn new(deeds: &[Deed]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let me = Handle::parse("hana").ok();
        let mut workspace = workspace(&folder.path().join("acme.db"), me, 1);
        for deed in deeds {
            workspace.commit(deed).expect("a deed");
        }
        let mut console = Self {
            hands: Hands::on(workspace, (120, 36), false),
            _folder: folder,
        };
        console.hands.begin();
        // Whoever is not on duty starts with what is theirs: here all is to be seen.
        console
            .typed("/")
            .keys("Ctrl-u")
            .typed("is:unprocessed")
            .keys("Enter");
        console
    }

    /// All keys at once, as a fast typist's: each is taken before anything asked for by the ones before has come.
    fn keys(&mut self, keys: &str) -> &mut Self {
        let mut effects = Vec::new();
        for key in Key::sequence(keys).expect("keys") {
            effects.extend(update(&mut self.hands.state, Message::Key(key)));
        }
        self.hands.carry_out(effects);
        assert!(
            self.hands.state.flight.typed_ahead.is_empty(),
            "keys wait for ever"
        );
        self
    }

    fn typed(&mut self, text: &str) -> &mut Self {
        let mut effects = Vec::new();
        for character in text.chars() {
            effects.extend(update(
                &mut self.hands.state,
                Message::Key(Key::char(character)),
            ));
        }
        self.hands.carry_out(effects);
        self
    }

    fn titles(&self) -> Vec<&str> {
        self.hands
            .state
            .inbox
            .rows
            .iter()
            .map(|row| row.title.as_str())
            .collect()
    }

    fn words(&self) -> &str {
        self.hands
            .state
            .notice
            .as_ref()
            .map_or("", |notice| notice.words.as_str())
    }
}

fn feedback(title: &str, minutes: i64) -> Deed {
    Deed::AddFeedback(Box::new(NewFeedback {
        title: title.into(),
        body: format!("Please: {title}, every week."),
        received: Some(Moment(NOW.0 - minutes * 60_000)),
        ..NewFeedback::default()
    }))
}

fn three() -> Console {
    Console::new(&[
        feedback("Dark mode", 3),
        feedback("Export a board", 2),
        feedback("Saved searches", 1),
    ])
}

#[test]
fn an_inbox_is_taken_to_zero_without_leaving_the_keyboard() {
    let mut console = three();
    assert_eq!(
        console.titles().len(),
        3,
        "{:?}",
        console.hands.state.inbox.filter
    );
    // A new idea from the first, titled like it; then its answer; the next item comes under the cursor by itself.
    console.keys("C Enter");
    assert_eq!(
        console.hands.state.ideas.rows.len(),
        1,
        "{}",
        console.words()
    );
    console.keys("e Enter");
    assert_eq!(console.titles().len(), 2, "{}", console.words());
    console.keys("P");
    assert_eq!(console.titles().len(), 1);
    console.keys("d");
    assert!(console.titles().is_empty());
    console.keys("u u u");
    assert_eq!(console.titles().len(), 3, "{}", console.words());
}

#[test]
fn a_typist_faster_than_the_disk_answers_what_was_meant() {
    let mut console = three();
    let first = console.hands.state.inbox.rows[0].id;
    console.keys("C Enter e Enter");
    let gone = console
        .hands
        .state
        .inbox
        .rows
        .iter()
        .all(|row| row.id != first);
    assert!(gone, "{:?}", console.titles());
    assert_eq!(console.titles().len(), 2);
}

#[test]
fn wont_do_keeps_the_reason_and_goes_on_to_the_answer() {
    let mut console = three();
    // Nothing here is like it, so no row is chosen until somebody does.
    console.keys("w Down Enter");
    console.typed("too few ask").keys("Enter");
    let Some(Overlay::Prompt(prompt)) = console.hands.state.overlays.last() else {
        panic!("no answer is open: {}", console.words());
    };
    assert!(
        prompt
            .input
            .text
            .contains("not to do *Dark mode*: too few ask."),
        "{}",
        prompt.input.text
    );
    let ideas = |console: &Console| console.hands.state.ideas.rows.len();
    assert_eq!(ideas(&console), 0, "nothing is stored yet");
    console.keys("Enter");
    assert_eq!(console.hands.state.ideas.rows[0].status, Status::WontDo);
    assert_eq!(console.titles().len(), 2, "{}", console.words());
    console.keys("u");
    assert_eq!(console.titles().len(), 3, "{}", console.words());
    assert_eq!(ideas(&console), 0, "one undo takes all of it back");
}

#[test]
fn half_written_text_is_there_after_esc() {
    let mut console = three();
    console.keys("c");
    console.typed("half").keys("Esc c");
    let Some(Overlay::Prompt(prompt)) = console.hands.state.overlays.last() else {
        panic!("no prompt");
    };
    assert_eq!(prompt.input.text, "half");
    console.keys("Ctrl-s c");
    let Some(Overlay::Prompt(prompt)) = console.hands.state.overlays.last() else {
        panic!("no prompt");
    };
    assert_eq!(prompt.input.text, "", "the draft went with its comment");
}

#[test]
fn an_idea_is_planned_edited_and_cut_from_its_release() {
    let mut console = Console::new(&[
        feedback("Export a board", 2),
        Deed::CreateRelease(ReleaseEdit {
            name: Some("v10.2".into()),
            ..ReleaseEdit::default()
        }),
    ]);
    console.keys("C Enter g d S p");
    let Some(Overlay::Picker(picker)) = console.hands.state.overlays.last() else {
        panic!("no release is asked for: {}", console.words());
    };
    assert!(picker.rows.iter().any(|row| row.label == "v10.2"));
    console.typed("v10").keys("Enter");
    assert_eq!(
        console.hands.state.ideas.rows[0].release.as_deref(),
        Some("v10.2"),
        "{}",
        console.words()
    );
    console.keys("e");
    console.typed("!").keys("Ctrl-s");
    assert_eq!(
        console.hands.state.ideas.rows[0].title,
        "Export a board!",
        "{}",
        console.words()
    );
    console.keys("g r j X p");
    assert_eq!(
        console.hands.state.ideas.rows[0].status,
        Status::Postponed,
        "{}",
        console.words()
    );
}

#[test]
fn a_refused_deed_brings_its_prompt_back() {
    let mut console = three();
    console.keys("a Ctrl-u");
    console.typed("nobody-here").keys("Enter");
    let Some(Overlay::Prompt(prompt)) = console.hands.state.overlays.last() else {
        panic!("the prompt is gone: {}", console.words());
    };
    assert_eq!(prompt.input.text, "nobody-here");
    assert!(prompt.error.is_some());
    assert!(
        console
            .hands
            .state
            .inbox
            .rows
            .iter()
            .all(|row| row.state == FeedbackState::Unprocessed && row.owner.is_none())
    );
}

/// What stands on the agenda, by title.
fn agenda(console: &Console) -> Vec<String> {
    let found = console.hands.state.sync.found.as_ref().expect("an agenda");
    let rows = found.agenda.rows();
    rows.map(|row| row.title().to_owned()).collect()
}

#[test]
fn a_weekly_sync_is_prepared_without_leaving_the_keyboard() {
    let mut console = three();
    // Two of the inbox are queued, one of them with more than its title; nothing is queued twice.
    console.keys("Q Enter j Q");
    console
        .typed(" 10m @hana https://example.com/a !")
        .keys("Enter");
    assert!(console.words().contains("queued"), "{}", console.words());
    console.keys("Q Enter");
    assert!(console.words().contains("already"), "{}", console.words());
    console.keys("g w");
    assert_eq!(console.hands.state.screen, Screen::Sync);
    // Requests without an area, then what is queued.
    assert_eq!(
        agenda(&console),
        ["Requests without an area", "Dark mode", "Export a board"]
    );
    console.keys("C").typed("Offsite 3m").keys("Enter");
    console.keys("Alt-↑ ]");
    let planned = |console: &Console| {
        let found = console.hands.state.sync.found.as_ref().expect("an agenda");
        found.agenda.planned
    };
    let before = planned(&console);
    console.keys("X");
    assert_eq!(planned(&console), before - 4, "{}", console.words());
    console.keys("u");
    assert!(agenda(&console).contains(&"Offsite".to_owned()));
    // A promise, which is kept.
    console.keys("+").typed("call Globex friday").keys("Enter");
    assert_eq!(agenda(&console)[0], "call Globex", "{}", console.words());
    console.keys("g g d");
    assert!(!agenda(&console).contains(&"call Globex".to_owned()));
    // All requests get an owner at once, and one undo takes that back.
    console.keys("g g a").typed("@hana").keys("Enter");
    assert!(
        !agenda(&console).contains(&"Requests without an area".to_owned()),
        "{:?} {}",
        agenda(&console),
        console.words()
    );
    console.keys("u");
    assert_eq!(agenda(&console)[0], "Requests without an area");
    // Esc leads back to the inbox, whose header knows how much is missing.
    console.keys("Esc");
    assert_eq!(console.hands.state.screen, Screen::Console);
    assert!(console.hands.state.sync.note.is_some());
}
