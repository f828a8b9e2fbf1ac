//! The demo with what it lacks, and the reports on it.

use intake::domain::chart::ChartName;
use intake::domain::deed::{Deed, IdeaEdit, NewIdea, ReleaseEdit};
use intake::domain::entity::Entity;
use intake::domain::id::{IdeaId, Ids, ReleaseId};
use intake::domain::idea::{IdeaKind, Stage, Status, TicketKind};
use intake::domain::listing::{IdeaQuery, Resolved};
use intake::domain::moment::{DAY, Moment};
use intake::domain::people::Handle;
use intake::domain::release::{ReleaseKind, ReleaseState};
use intake::exchange::report::page::Page;
use intake::exchange::report::{chart, notes, plan, roadmap};
use intake::workspace::{Clock, Opening, Workspace};

/// 20 November 2026, 16:00 UTC, a Friday.
pub const NOW: Moment = Moment(1_795_190_400_000);

/// A workspace in a scratch folder.
pub struct World {
    pub workspace: Workspace,
    _folder: tempfile::TempDir,
}

impl World {
    /// The demo.
    pub fn demo() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let opening = Opening {
            me: Handle::parse("hana").ok(),
            clock: Clock::Fixed(NOW, intake::domain::clocks::Clocks::UTC),
            ids: Ids::Seeded(1),
            ..Opening::default()
        };
        let path = folder.path().join("demo.db");
        let mut workspace = Workspace::open(&path, opening).expect("a workspace");
        workspace.fill_demo().expect("filled");
        Self {
            workspace,
            _folder: folder,
        }
    }

    /// The demo, and of everything that release notes tell something.
    pub fn told() -> Self {
        let mut world = Self::demo();
        let next = world.release("v10.2");
        world.make(
            "The old export as XML goes away in v11",
            &[
                IdeaEdit::Kind(Some(IdeaKind::Deprecation)),
                IdeaEdit::Workaround(Some(
                    "Use the export as CSV, which has every field of it.".to_owned(),
                )),
                IdeaEdit::Release(next),
            ],
        );
        world.make("TLS 1.1 is refused", &[
            IdeaEdit::Kind(Some(IdeaKind::BreakingChange)),
            IdeaEdit::Workaround(Some("Upgrade clients and proxies to TLS 1.2 or later first.\n\nInternal second paragraph.".to_owned())),
            IdeaEdit::Release(next),
        ]);
        world.make(
            "Uploads of more than 2 GB stop at the end",
            &[
                IdeaEdit::Kind(Some(IdeaKind::Bug)),
                IdeaEdit::Workaround(Some("ask @omar about the patch".to_owned())),
                IdeaEdit::Release(world.release("v10.3")),
            ],
        );
        let export = world.idea("Export a board as PDF or CSV");
        world.done(Deed::EditIdeas {
            ideas: vec![export],
            edits: vec![IdeaEdit::Stage(Some(Stage::GeneralAvailability))],
        });
        for (key, url) in [
            ("Demo", "https://example.com/demo"),
            ("PRFAQ", "https://example.com/prfaq"),
        ] {
            world.done(Deed::AddTicket {
                idea: export,
                url: url.to_owned(),
                key: Some(key.to_owned()),
                kind: TicketKind::Material,
            });
        }
        let patch = world.made(Deed::CreateRelease(ReleaseEdit {
            name: Some("v10.1.3".to_owned()),
            kind: Some(ReleaseKind::Security),
            date: Some(Some((NOW.plus(-DAY)).utc().date_naive())),
            state: Some(ReleaseState::Released),
        }));
        let fix = world.make(
            "Links in old mails could be used twice",
            &[
                IdeaEdit::Kind(Some(IdeaKind::Bug)),
                IdeaEdit::Release(ReleaseId(patch)),
            ],
        );
        world.done(Deed::EditIdeas {
            ideas: vec![fix],
            edits: vec![IdeaEdit::Status(Status::Released)],
        });
        world
    }

    pub fn done(&mut self, deed: Deed) {
        self.workspace
            .commit(&deed)
            .unwrap_or_else(|problem| panic!("{problem:?}"));
    }

    fn made(&mut self, deed: Deed) -> uuid::Uuid {
        let done = self
            .workspace
            .commit(&deed)
            .unwrap_or_else(|problem| panic!("{problem:?}"));
        done.made[0].id
    }

    fn make(&mut self, title: &str, edits: &[IdeaEdit]) -> IdeaId {
        IdeaId(self.made(Deed::CreateIdea(Box::new(NewIdea {
            title: title.to_owned(),
            edits: edits.to_vec(),
            ..NewIdea::default()
        }))))
    }

    pub fn release(&self, name: &str) -> ReleaseId {
        match self
            .workspace
            .resolve(name, &[Entity::Release])
            .expect("an answer")
        {
            Resolved::One(found) => ReleaseId(found.thing.id),
            other => panic!("{other:?}"),
        }
    }

    pub fn idea(&self, title: &str) -> IdeaId {
        let ideas = self.workspace.ideas(&IdeaQuery::default()).expect("ideas");
        ideas
            .iter()
            .find(|idea| idea.title == title)
            .expect("that idea")
            .id
    }

    pub fn notes(&self, release: &str) -> Page {
        let found = self
            .workspace
            .release_notes(self.release(release))
            .expect("notes");
        notes::page(&found.expect("that release"))
    }

    pub fn news(&self) -> Page {
        let since = NOW.plus(-14 * DAY).utc().date_naive();
        notes::news(&self.workspace.news(since).expect("news"))
    }

    pub fn roadmap(&self) -> Page {
        roadmap::page(&self.workspace.roadmap().expect("a road map"))
    }

    pub fn plan_at(&self, days_ago: i64) -> Page {
        let then = self
            .workspace
            .plan_at(NOW.plus(-days_ago * DAY))
            .expect("a plan");
        plan::plan(&then, "as it stood")
    }

    pub fn difference(&self, days: i64) -> Page {
        let found = self.workspace.plan_difference(NOW.plus(-days * DAY), None);
        plan::difference(&found.expect("a difference"), "since then")
    }

    pub fn charts(&self) -> Page {
        let charts = self.workspace.charts(ChartName::ALL).expect("charts");
        chart::page(&charts, "20 Nov 2026")
    }

    /// Every report there is, by the name of its file.
    pub fn all(&self) -> Vec<(&'static str, Page)> {
        vec![
            ("plan", self.plan_at(0)),
            ("difference", self.difference(30)),
            ("notes", self.notes("v10.2")),
            ("security", self.notes("v10.1.3")),
            ("news", self.news()),
            ("roadmap", self.roadmap()),
            ("charts", self.charts()),
        ]
    }
}
