//! A console without a terminal: keys in, screen out, on a real workspace with the clock, identities and zone pinned.

pub mod hands;
pub mod picture;

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use hands::{Hands, workspace, workspace_at};
use intake::app::effect::Effect;
use intake::app::key::Key;
use intake::app::message::Message;
use intake::app::update::update;
use intake::config::{Placed, Themes};
use intake::domain::moment::Moment;
use intake::domain::people::Handle;
use intake::view::colour::Depth;
use intake::view::theme::Theme;
use intake::workspace::Workspace;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The console, how it is drawn, and what it has asked of the world.
pub struct Console {
    hands: Hands,
    /// What it has copied.
    pub copied: Vec<String>,
    theme: Theme,
    path: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

impl Deref for Console {
    type Target = Hands;

    fn deref(&self) -> &Hands {
        &self.hands
    }
}

impl DerefMut for Console {
    fn deref_mut(&mut self) -> &mut Hands {
        &mut self.hands
    }
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
        let mut workspace = workspace(&path, None, 1);
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

    /// The same workspace, as the command line opens it.
    pub fn workspace(&self) -> Workspace {
        workspace(&self.path, self.state.settings.me.clone(), 1 << 34)
    }

    /// The same workspace in a second window.
    pub fn second_window(&self, set_up: &SetUp) -> Self {
        let mut console = Self::on(self.path.clone(), None, set_up);
        console.begin();
        console
    }

    /// The console is gone without a word, as after a crash, and begins anew at that time.
    pub fn anew(&mut self, now: Moment, set_up: &SetUp) -> &mut Self {
        let me = Handle::parse(set_up.me).ok();
        // Identities are made from the time, so that none is made twice.
        let workspace = workspace_at(&self.path, me, now.0.unsigned_abs(), now);
        self.hands = Hands::on(workspace, set_up.size, set_up.plain);
        self.hands.state.settings.reduced_motion = false;
        self.begin();
        self
    }

    fn on(path: PathBuf, folder: Option<tempfile::TempDir>, set_up: &SetUp) -> Self {
        let me = Handle::parse(set_up.me).ok();
        let seed = if folder.is_some() { 1 << 32 } else { 1 << 33 };
        let theme = Theme::named(
            &Themes::default(),
            &Placed::built_in(set_up.theme.to_owned()),
            set_up.depth,
        );
        Self {
            hands: Hands::on(workspace(&path, me, seed), set_up.size, set_up.plain),
            copied: Vec::new(),
            theme: theme.expect("a built-in theme"),
            path,
            _folder: folder,
        }
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
        let effects = update(&mut self.hands.state, message);
        for effect in self.hands.carry_out(effects) {
            if let Effect::Copy(text) = effect {
                self.copied.push(text);
            }
        }
        self
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
