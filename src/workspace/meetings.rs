//! Meetings at the door: kinds, the diary, agendas, what is missing, minutes, and how one goes that is being held.

use chrono::NaiveDate;

use super::{Result, Workspace};
use crate::config;
use crate::domain::chart::{Chart, ChartName};
use crate::domain::difference::{PlanDifference, ReleaseChange};
use crate::domain::id::{AgendaItemId, MeetingId, ReleaseItemId};
use crate::domain::meeting::{
    Agenda, ChangedRelease, Gate, MeetingKind, MeetingState, Minutes, Running, Sitting, Turn,
    WEEKLY_SYNC,
};
use crate::domain::moment::Moment;
use crate::history;
use crate::meeting::agenda::{Ground, asked_since};
use crate::meeting::diary::{Diary, unknown};
use crate::meeting::kinds::Kinds;
use crate::problem::{Kind, Problem};
use crate::store::Reader;

/// Which meeting is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingName {
    /// A kind (its next meeting is meant), or the short id of a meeting.
    pub text: String,
    /// Of a kind, that of this day.
    pub day: Option<NaiveDate>,
    /// Of a kind with several side by side, that of this area or colleague, or after this release.
    pub scope: Option<String>,
}

impl Workspace {
    /// The kinds of meeting: those that come with the program, and those of the configuration. They are read when they are
    /// first asked for.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn meeting_kinds(&self) -> Result<&Kinds> {
        if let Some(kinds) = self.kinds.get() {
            return Ok(kinds);
        }
        let kinds = Kinds::load(self.meetings.as_deref());
        let kinds = kinds.map_err(|faults| config::problem(&faults))?;
        Ok(self.kinds.get_or_init(|| kinds))
    }

    /// The next meetings of every kind, or of one, the earliest first: of each kind one, or one for each area or PM.
    ///
    /// # Errors
    /// When the kinds have faults, or the file cannot be read.
    pub fn next_meetings(&self, kind: Option<&str>) -> Result<Vec<Sitting>> {
        let kinds = self.meeting_kinds()?;
        let kinds: Vec<&MeetingKind> = match kind {
            Some(text) => vec![self.kind_meant(text)?],
            None => kinds.all().iter().collect(),
        };
        let now = self.now();
        let mut found = Vec::new();
        for kind in kinds {
            found.extend(self.read(|reader| Diary::of(reader, kind, now)?.next())?);
        }
        found.sort_by_key(|sitting| (sitting.at.unwrap_or(sitting.until), sitting.id));
        Ok(found)
    }

    /// All meetings of a kind within so many days, the earliest first.
    ///
    /// # Errors
    /// As [`Workspace::next_meetings`].
    pub fn meetings_ahead(&self, kind: &str, days: u64) -> Result<Vec<Sitting>> {
        let (kind, now) = (self.kind_meant(kind)?, self.now());
        self.read(|reader| Diary::of(reader, kind, now)?.upcoming(days))
    }

    /// The one meeting that is meant.
    ///
    /// # Errors
    /// When there is none, or several, and as [`Workspace::next_meetings`].
    pub fn meeting(&self, name: &MeetingName) -> Result<Sitting> {
        let kinds = self.meeting_kinds()?;
        if kinds.meant(&name.text).is_none() && name.day.is_none() && name.scope.is_none() {
            let among = [crate::domain::entity::Entity::Meeting];
            if let crate::domain::listing::Resolved::One(found) =
                self.resolve(&name.text, &among)?
            {
                let sitting = self.meeting_of(MeetingId(found.thing.id))?;
                return sitting.ok_or_else(|| nothing(name));
            }
        }
        let (kind, now) = (self.kind_meant(&name.text)?, self.now());
        let mut found = self.store.read(|reader| {
            let diary = Diary::of(reader, kind, now)?;
            let scope = match &name.scope {
                None => None,
                Some(text) => Some(scope_meant(&diary, reader, text)?),
            };
            let mut found = match name.day {
                Some(day) => diary.on(day, scope)?.into_iter().collect(),
                None => diary.next()?,
            };
            found.retain(|sitting| scope.is_none() || sitting.occurrence.scope == scope);
            Ok::<_, Problem>(found)
        })?;
        // Of one scope the next is meant; of several nobody can tell.
        let first = found.first().map(|sitting| sitting.occurrence.scope);
        let alike = found.iter().all(|s| Some(s.occurrence.scope) == first);
        match (found.is_empty(), alike) {
            (true, _) => Err(nothing(name)),
            (_, true) => Ok(found.swap_remove(0)),
            (_, false) => {
                let mut problem =
                    Problem::new(Kind::Usage, format!("“{}” is held for several", name.text));
                for sitting in found.iter().take(10) {
                    problem = problem.because(sitting.scope_name.clone().unwrap_or_default());
                }
                Err(problem.hint("say which with --for NAME"))
            }
        }
    }

    /// The meeting whose minutes are meant: of a kind the one that is being held, else the one that was held last; else as
    /// [`Workspace::meeting`].
    ///
    /// # Errors
    /// When there is none, and as [`Workspace::next_meetings`].
    pub fn meeting_held(&self, name: &MeetingName) -> Result<Sitting> {
        let is_kind = self.meeting_kinds()?.meant(&name.text).is_some();
        if name.day.is_some() || !is_kind {
            return self.meeting(name);
        }
        let (kind, now) = (self.kind_meant(&name.text)?, self.now());
        let found = self.store.read(|reader| {
            let diary = Diary::of(reader, kind, now)?;
            let scope = match &name.scope {
                None => None,
                Some(text) => Some(scope_meant(&diary, reader, text)?),
            };
            Ok::<_, Problem>(diary.last(scope)?)
        })?;
        found.ok_or_else(|| {
            let words = format!("no meeting “{}” was held yet", name.text.trim());
            Problem::new(Kind::NotFound, words)
                .hint("“intake meeting start” begins one; --on DAY means that of a day")
        })
    }

    /// The meeting of that identity; `None` while nothing was done to it.
    ///
    /// # Errors
    /// As [`Workspace::next_meetings`].
    pub fn meeting_of(&self, id: MeetingId) -> Result<Option<Sitting>> {
        let Some(row) = self.read(|reader| reader.meeting(id))? else {
            return Ok(None);
        };
        let (kind, now) = (self.kind_of(&row.kind)?, self.now());
        self.read(|reader| Diary::of(reader, &kind, now)?.of_row(&row))
            .map(Some)
    }

    /// A meeting of a kind that is to be planned by hand for that moment.
    ///
    /// # Errors
    /// When there is no such kind or scope, and as [`Workspace::next_meetings`].
    pub fn meeting_by_hand(&self, kind: &str, at: Moment, scope: Option<&str>) -> Result<Sitting> {
        let (kind, now) = (self.kind_meant(kind)?, self.now());
        self.store.read(|reader| {
            let diary = Diary::of(reader, kind, now)?;
            let scope = match scope {
                None => None,
                Some(text) => Some(scope_meant(&diary, reader, text)?),
            };
            Ok(diary.by_hand(at, scope)?)
        })
    }

    /// The next weekly sync, or the one that is being held.
    ///
    /// # Errors
    /// When it has no cadence and none was planned, and as [`Workspace::next_meetings`].
    pub fn weekly_sync(&self) -> Result<Sitting> {
        self.meeting(&MeetingName {
            text: WEEKLY_SYNC.to_owned(),
            ..MeetingName::default()
        })
    }

    /// The meeting of the same kind and scope after this one.
    ///
    /// # Errors
    /// As [`Workspace::next_meetings`].
    pub fn meeting_after(&self, sitting: &Sitting) -> Result<Option<Sitting>> {
        let (kind, now) = (self.kind_of(&sitting.occurrence.kind)?, self.now());
        self.read(|reader| Diary::of(reader, &kind, now)?.after(sitting))
    }

    /// Since when the next weekly sync asks for updates of release items. Kinds with faults are told of where meetings are
    /// asked for, and keep nobody from the release plan.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn updates_asked_since(&self) -> Result<Moment> {
        let now = self.now();
        let kinds = self.meeting_kinds().ok();
        let Some(kind) = kinds.and_then(|kinds| kinds.named(WEEKLY_SYNC)) else {
            return Ok(asked_since(None, now));
        };
        self.read(|reader| {
            let diary = Diary::of(reader, kind, now)?;
            let before = match diary.next()?.first() {
                Some(next) => diary.before(next)?,
                None => diary.last(None)?,
            };
            Ok(asked_since(before.map(|before| before.end()), now))
        })
    }

    /// The agenda of a meeting as it stands.
    ///
    /// # Errors
    /// When a filter of its kind names what is not there, and as [`Workspace::next_meetings`].
    pub fn agenda(&self, sitting: &Sitting) -> Result<Agenda> {
        self.on_ground(sitting, |ground| ground.agenda(sitting.clone()))
    }

    /// What is missing before a meeting, with its agenda.
    ///
    /// # Errors
    /// As [`Workspace::agenda`].
    pub fn gate(&self, sitting: &Sitting) -> Result<(Agenda, Gate)> {
        self.on_ground(sitting, |ground| {
            let agenda = ground.agenda(sitting.clone())?;
            let gate = ground.gate(&agenda)?;
            Ok((agenda, gate))
        })
    }

    /// The minutes of a meeting as far as it has come.
    ///
    /// # Errors
    /// As [`Workspace::next_meetings`].
    pub fn minutes(&self, sitting: &Sitting) -> Result<Minutes> {
        self.on_ground(sitting, |ground| ground.minutes(sitting.clone()))
    }

    /// The charts that belong to the minutes of a weekly sync: what is counted by week until the week in which it was held,
    /// and while that is this week how things stand. Other meetings have none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn charts_of(&self, sitting: &Sitting) -> Result<Vec<Chart>> {
        if sitting.occurrence.kind != WEEKLY_SYNC {
            return Ok(Vec::new());
        }
        let held = sitting.held.0.or(sitting.at).unwrap_or(sitting.until);
        let (week, this_week) = (self.monday_of(held), self.monday());
        let names = match week < this_week {
            true => &[ChartName::Inbox, ChartName::Time, ChartName::Interviews][..],
            false => ChartName::ALL,
        };
        let mut charts = self.charts_until(week.min(this_week), names)?;
        charts.retain(|chart| !chart.is_empty());
        Ok(charts)
    }

    /// How a meeting goes that is being held at this copy.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn running(&self, meeting: MeetingId) -> Result<Running> {
        self.read(|reader| reader.running(meeting))
    }

    /// Takes up an item of a meeting (or none): the clock of the one before stops, that of this one starts. It is no deed:
    /// undo is for what was noted and decided.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn take_up(&mut self, meeting: MeetingId, item: Option<AgendaItemId>) -> Result<()> {
        let now = self.now();
        Ok(self.store.take_up(meeting, item, now)?)
    }

    /// Stops the clock of the item at hand, or starts it again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn hold(&mut self, meeting: MeetingId, paused: bool) -> Result<()> {
        let now = self.now();
        Ok(self.store.hold(meeting, paused, now)?)
    }

    /// Does a step of a meeting that is being held, and answers how it goes then. One that was ended meanwhile stays as it is.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn turn(&mut self, meeting: MeetingId, turn: Turn) -> Result<Running> {
        let known = self.meeting_of(meeting)?;
        let is_held = known.is_some_and(|known| known.state == MeetingState::Running);
        match turn {
            // Whatever waits for another window to write, a clock must not start in a meeting which that one has ended.
            _ if !is_held => {}
            Turn::TakeUp(item) => self.take_up(meeting, item)?,
            Turn::Hold(paused) => self.hold(meeting, paused)?,
        }
        self.running(meeting)
    }

    /// One snapshot of all that an agenda is made from.
    fn on_ground<T>(
        &self,
        sitting: &Sitting,
        ask: impl FnOnce(&Ground<'_, '_>) -> Result<T>,
    ) -> Result<T> {
        let kind = self.kind_of(&sitting.occurrence.kind)?;
        let (context, now) = (self.filter_context(), self.now());
        self.store.read(|reader| {
            let before = Diary::of(reader, &kind, now)?.before(sitting)?;
            let since = before.map(|before| before.end());
            let difference = match since {
                Some(since) => history::past::difference(&self.store, since, None)?,
                None => PlanDifference::default(),
            };
            let changes = |item: ReleaseItemId| -> Vec<String> {
                let changes = difference.of_item(item).iter();
                changes.map(|change| change.words()).collect()
            };
            let releases = difference.releases.iter();
            let releases: Vec<ChangedRelease> = releases
                .filter(|release| !release.changes.is_empty())
                .map(|release| ChangedRelease {
                    name: release.release.name.clone(),
                    changes: release.changes.iter().map(ReleaseChange::words).collect(),
                })
                .collect();
            ask(&Ground {
                reader,
                context: &context,
                kind: &kind,
                since,
                changes: &changes,
                releases: &releases,
            })
        })
    }

    /// The kind of a row; what its file would say where it is not here any more.
    fn kind_of(&self, id: &str) -> Result<MeetingKind> {
        let found = self.meeting_kinds()?.named(id).cloned();
        Ok(found.unwrap_or_else(|| unknown(id)))
    }

    fn kind_meant(&self, text: &str) -> Result<&MeetingKind> {
        let kinds = self.meeting_kinds()?;
        kinds.meant(text).ok_or_else(|| {
            let names: Vec<&str> = kinds.all().iter().map(|kind| kind.id.as_str()).collect();
            let problem = Problem::new(
                Kind::NotFound,
                format!("there is no kind of meeting “{}”", text.trim()),
            );
            match config::did_you_mean(text, &names) {
                Some(hint) => problem.hint(hint),
                None => problem.hint("“intake meeting kinds” lists them"),
            }
        })
    }
}

/// What a meeting is held for, by name.
fn scope_meant(
    diary: &Diary<'_, '_>,
    reader: &Reader<'_>,
    text: &str,
) -> Result<crate::domain::meeting::Scope> {
    let wanted = text.trim().trim_start_matches('@');
    let same = |name: &str| name.trim_start_matches('@').eq_ignore_ascii_case(wanted);
    if let Some((scope, _)) = diary.scopes().find(|(_, name)| same(name)) {
        return Ok(scope);
    }
    let releases = reader.releases()?.into_iter();
    let mut releases = releases.filter(|release| same(&release.name));
    if let Some(release) = releases.next() {
        return Ok(crate::domain::meeting::Scope::Release(release.id));
    }
    let known: Vec<&str> = diary.scopes().map(|(_, name)| name).take(10).collect();
    let problem = Problem::new(
        Kind::NotFound,
        format!("no such meeting is held for “{text}”"),
    );
    Err(match known.is_empty() {
        true => problem.hint("this kind is one for everybody: leave --for out"),
        false => problem.hint(format!("known are {}", known.join(", "))),
    })
}

fn nothing(name: &MeetingName) -> Problem {
    let words = match name.day {
        Some(day) => format!("there is no meeting “{}” on {day}", name.text.trim()),
        None => format!("no meeting “{}” is to come", name.text.trim()),
    };
    Problem::new(Kind::NotFound, words)
        .hint("“intake meeting list” shows what is to come; “intake meeting plan KIND WHEN” plans one by hand")
}
