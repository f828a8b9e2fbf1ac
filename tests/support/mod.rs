//! A console without a terminal: keys in, screen out, on a real workspace with the clock, identities and zone pinned.

pub mod picture;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use intake::app::effect::Effect;
use intake::app::key::Key;
use intake::app::keymap::Keymap;
use intake::app::message::Message;
use intake::app::state::{Settings, State};
use intake::app::update::{start, update};
use intake::config::{Placed, Themes};
use intake::domain::id::Ids;
use intake::domain::moment::Moment;
use intake::domain::people::Handle;
use intake::terminal::desk::Desk;
use intake::terminal::worker::Door;
use intake::view::colour::Depth;
use intake::view::theme::Theme;
use intake::workspace::{Clock, Opening, Workspace};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Saturday, 14 November 2026, 10:00 UTC.
pub const NOW: Moment = Moment(1_794_650_400_000);

/// The console and what it has asked of the world.
pub struct Console {
    /// The workspace behind it.
    pub desk: Desk,
    /// What it knows.
    pub state: State,
    /// What it has copied.
    pub copied: Vec<String>,
    theme: Theme,
    path: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

/// How a console is set up.
pub struct SetUp {
    /// Columns and rows.
    pub size: (u16, u16),
    /// Who sits there.
    pub me: &'static str,
    /// Theme.
    pub theme: &'static str,
    /// Colours.
    pub depth: Depth,
    /// Without drawn things.
    pub plain: bool,
}

impl Default for SetUp {
    fn default() -> Self {
        Self {
            size: (120, 36),
            me: "hana",
            theme: "dark",
            depth: Depth::True,
            plain: false,
        }
    }
}

/// The demo, made once: every console gets a copy of the closed file.
fn demo_file() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("demo.db");
        let opening = Opening {
            clock: Clock::Fixed(NOW),
            ids: Ids::Seeded(1),
            ..Opening::default()
        };
        let mut workspace = Workspace::open(&path, opening).expect("a workspace");
        workspace.fill_demo().expect("the demo can be made");
        drop(workspace);
        (folder, path)
    });
    path
}

impl Console {
    /// A console on the demo.
    pub fn demo(set_up: &SetUp) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("acme.db");
        std::fs::copy(demo_file(), &path).expect("a copy of the demo");
        let mut console = Self::on(path, Some(folder), set_up);
        console.begin();
        console
    }

    /// The same workspace in a second window.
    pub fn second_window(&self, set_up: &SetUp) -> Self {
        let mut console = Self::on(self.path.clone(), None, set_up);
        console.begin();
        console
    }

    fn on(path: PathBuf, folder: Option<tempfile::TempDir>, set_up: &SetUp) -> Self {
        let me = Handle::parse(set_up.me).ok();
        let opening = Opening {
            me: me.clone(),
            clock: Clock::Fixed(NOW),
            ids: Ids::Seeded(if folder.is_some() { 1 << 32 } else { 1 << 33 }),
            ..Opening::default()
        };
        let workspace = Workspace::open(&path, opening).expect("the workspace opens");
        let settings = Settings {
            me,
            workspace: "acme.db".to_owned(),
            mouse: false,
            reduced_motion: true,
            plain: set_up.plain,
            editions: ["Team", "Enterprise E10", "Enterprise E20"]
                .map(str::to_owned)
                .to_vec(),
            checklist: ["scalable", "documented", "secure"]
                .map(str::to_owned)
                .to_vec(),
            waiting_days: 5,
            answer_template: None,
            utc_offset: 0,
        };
        let theme = Theme::named(
            &Themes::default(),
            &Placed::built_in(set_up.theme.to_owned()),
            set_up.depth,
        );
        Self {
            desk: Desk::new(workspace, Vec::new()).expect("a desk"),
            state: State::new(settings, Keymap::default(), set_up.size, NOW),
            copied: Vec::new(),
            theme: theme.expect("a built-in theme"),
            path,
            _folder: folder,
        }
    }

    /// Asks the first questions.
    pub fn begin(&mut self) {
        let effects = start(&mut self.state);
        self.carry_out(effects);
    }

    /// Presses keys: written as in the keymap and divided by blanks; `text:like_this` is typed letter by letter, an
    /// underscore for a blank.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            if let Some(text) = word.strip_prefix("text:") {
                for character in text.chars() {
                    self.key(Key::char(if character == '_' { ' ' } else { character }));
                }
            } else {
                self.key(Key::parse(word).unwrap_or_else(|_| panic!("{word} is no key")));
            }
        }
        self
    }

    fn key(&mut self, key: Key) {
        self.tell(Message::Key(key));
    }

    /// Lets something happen.
    pub fn tell(&mut self, message: Message) -> &mut Self {
        let effects = update(&mut self.state, message);
        self.carry_out(effects);
        self
    }

    /// Carries effects out at once, in order, until nothing is left to do.
    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut waiting: VecDeque<Effect> = effects.into();
        let mut done = 0;
        while let Some(effect) = waiting.pop_front() {
            done += 1;
            assert!(done < 10_000, "the console never comes to rest: {effect:?}");
            let message = match effect {
                Effect::Ask { sequence, question } => Message::Answer {
                    sequence,
                    answer: Door::answer(&mut self.desk, question),
                },
                Effect::Commit { ticket, deed } => Message::Done {
                    ticket,
                    outcome: Door::commit(&mut self.desk, *deed),
                },
                Effect::Reverse { ticket, reversal } => Message::Reversed {
                    ticket,
                    outcome: Door::reverse(&mut self.desk, reversal),
                },
                Effect::SaveDraft { prompt, text } => {
                    Door::save_draft(&mut self.desk, &prompt, text.as_deref())
                        .expect("a draft can be kept");
                    continue;
                }
                Effect::Copy(text) => {
                    self.copied.push(text);
                    continue;
                }
                _ => continue,
            };
            waiting.extend(update(&mut self.state, message));
        }
    }

    /// The screen as cells, and where the cursor stands.
    pub fn buffer(&self) -> (Buffer, Option<(u16, u16)>) {
        let (width, height) = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = intake::view::screen(&self.state, &self.theme, &mut buffer);
        (buffer, cursor)
    }

    /// The letters on the screen.
    pub fn screen(&self) -> String {
        picture::text(&self.buffer().0)
    }

    /// The letters on the screen with their styles.
    pub fn styled(&self) -> String {
        picture::styled(&self.buffer().0)
    }
}
