//! Scenes in the order of their times, and what the later ones know of the earlier.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{Datelike, NaiveDate};

use super::assets::{Assets, CompanyText, wrong};
use crate::domain::deed::{Deed, Outcome};
use crate::domain::entity::{Entity, Value};
use crate::domain::feedback::Quote;
use crate::domain::id::{
    AgendaItemId, ContentId, FeedbackId, IdeaId, Ids, PersonId, ReleaseId, ReleaseItemId,
    determined,
};
use crate::domain::import::ImportRecord;
use crate::domain::moment::{DAY, HOUR, MINUTE, Moment};
use crate::domain::people::Handle;
use crate::history::commit::{Context, backlog};
use crate::history::together::together;
use crate::problem::Problem;
use crate::store::{Reader, Store, StoreError};

/// Keeps the identities of the demo apart from those that a seeded front end draws.
const SEED: u64 = 0x64_65_6d_6f << 16;

/// The name of a release that every workspace has.
const BACKLOG: &str = "backlog";

/// A feedback of the story, by its place in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Told(usize);

/// What a scene makes, so that later ones can name it.
pub(super) enum Makes {
    /// Nothing that is named later.
    Nothing,
    /// A feedback.
    Feedback(Told),
    /// The idea of that title.
    Idea(String),
    /// The release of that name.
    Release(String),
    /// The release item of the idea of that title.
    Item(String),
    /// The colleague of that mention name.
    Person(String),
    /// The item of an agenda that is called so.
    Topic(String),
}

type Then<'s> = Box<dyn Fn(&Known) -> Result<Deed, Problem> + 's>;

enum Act<'s> {
    Deed(Then<'s>, Makes),
    Import(String, Vec<(Told, ImportRecord)>),
}

struct Scene<'s> {
    at: Moment,
    author: &'s str,
    act: Act<'s>,
}

/// What the scenes so far have made.
#[derive(Default)]
pub(super) struct Known {
    feedback: HashMap<Told, FeedbackId>,
    revisions: HashMap<Told, ContentId>,
    ideas: HashMap<String, IdeaId>,
    releases: HashMap<String, ReleaseId>,
    items: HashMap<String, ReleaseItemId>,
    people: HashMap<String, PersonId>,
    topics: HashMap<String, AgendaItemId>,
}

impl Known {
    pub(super) fn feedback(&self, told: Told) -> Result<FeedbackId, Problem> {
        let known = self.feedback.get(&told).copied();
        known.ok_or_else(|| wrong("a feedback is dealt with before it has come"))
    }

    pub(super) fn all(&self, told: &[Told]) -> Result<Vec<FeedbackId>, Problem> {
        told.iter().map(|told| self.feedback(*told)).collect()
    }

    pub(super) fn quote(&self, told: Told, range: (usize, usize)) -> Result<Quote, Problem> {
        let revision = self.revisions.get(&told).copied();
        Ok(Quote {
            revision: revision.ok_or_else(|| wrong("a quote is taken before its text has come"))?,
            start: range.0,
            end: range.1,
        })
    }

    pub(super) fn idea(&self, title: &str) -> Result<IdeaId, Problem> {
        known(&self.ideas, "idea", title)
    }

    pub(super) fn item(&self, idea: &str) -> Result<ReleaseItemId, Problem> {
        known(&self.items, "release item", idea)
    }

    pub(super) fn release(&self, name: &str) -> Result<ReleaseId, Problem> {
        if name == BACKLOG {
            return Ok(backlog());
        }
        known(&self.releases, "release", name)
    }

    pub(super) fn person(&self, name: &str) -> Result<PersonId, Problem> {
        known(&self.people, "colleague", name)
    }

    pub(super) fn topic(&self, title: &str) -> Result<AgendaItemId, Problem> {
        known(&self.topics, "topic", title)
    }

    fn learn(&mut self, makes: &Makes, outcome: &Outcome) {
        let made = |entity| outcome.first(entity);
        match makes {
            // Colleagues are found by their mention name.
            Makes::Nothing | Makes::Person(_) => {}
            Makes::Feedback(told) => {
                let id = made(Entity::Feedback).map(FeedbackId);
                self.feedback.extend(id.map(|id| (*told, id)));
            }
            Makes::Idea(title) => {
                let id = made(Entity::Idea).map(IdeaId);
                self.ideas.extend(id.map(|id| (title.clone(), id)));
            }
            Makes::Release(name) => {
                let id = made(Entity::Release).map(ReleaseId);
                self.releases.extend(id.map(|id| (name.clone(), id)));
            }
            Makes::Item(idea) => {
                let id = made(Entity::ReleaseItem).map(ReleaseItemId);
                self.items.extend(id.map(|id| (idea.clone(), id)));
            }
            Makes::Topic(title) => {
                let id = made(Entity::AgendaItem).map(AgendaItemId);
                self.topics.extend(id.map(|id| (title.clone(), id)));
            }
        }
    }
}

fn known<T: Copy>(all: &HashMap<String, T>, what: &str, name: &str) -> Result<T, Problem> {
    let found = all.get(name).copied();
    found.ok_or_else(|| wrong(format!("there is no {what} “{name}” yet")))
}

/// The story while it is being written.
pub(super) struct Story<'s> {
    pub(super) assets: &'s Assets,
    pub(super) now: Moment,
    scenes: Vec<Scene<'s>>,
    told: usize,
    titles: HashMap<String, Told>,
}

impl<'s> Story<'s> {
    pub(super) fn new(assets: &'s Assets, now: Moment) -> Self {
        Self {
            assets,
            now,
            scenes: Vec::new(),
            told: 0,
            titles: HashMap::new(),
        }
    }

    /// The moment so many milliseconds before now.
    pub(super) fn ago(&self, milliseconds: i64) -> Moment {
        self.now.plus(-milliseconds)
    }

    /// The day so many days from today.
    pub(super) fn day(&self, days: i64) -> NaiveDate {
        self.now.plus(days * DAY).utc().date_naive()
    }

    /// The next day of that month and day, today included: `03-31`.
    pub(super) fn next(&self, month_day: &str) -> Result<NaiveDate, Problem> {
        let today = self.day(0);
        let in_year = |year: i32| format!("{year}-{month_day}").parse::<NaiveDate>();
        let day = in_year(today.year()).map_err(|error| wrong(format!("{month_day}: {error}")))?;
        if day >= today {
            return Ok(day);
        }
        in_year(today.year() + 1).map_err(|error| wrong(format!("{month_day}: {error}")))
    }

    /// A feedback that comes in the story; its title names it to later scenes.
    pub(super) fn introduce(&mut self, title: &str) -> Told {
        let told = Told(self.told);
        self.told += 1;
        self.titles.entry(title.to_owned()).or_insert(told);
        told
    }

    /// The feedback of that title.
    pub(super) fn titled(&self, title: &str) -> Result<Told, Problem> {
        known(&self.titles, "feedback", title)
    }

    /// The company of that name.
    pub(super) fn company(&self, name: &str) -> Result<&'s CompanyText, Problem> {
        let companies: &'s [CompanyText] = &self.assets.world.companies;
        let found = companies.iter().find(|company| company.0 == name);
        found.ok_or_else(|| wrong(format!("there is no company “{name}”")))
    }

    /// Somebody does something.
    pub(super) fn scene(
        &mut self,
        at: Moment,
        author: &'s str,
        deed: impl Fn(&Known) -> Result<Deed, Problem> + 's,
    ) {
        self.making(at, author, Makes::Nothing, deed);
    }

    /// Somebody makes what later scenes name.
    pub(super) fn making(
        &mut self,
        at: Moment,
        author: &'s str,
        makes: Makes,
        deed: impl Fn(&Known) -> Result<Deed, Problem> + 's,
    ) {
        let act = Act::Deed(Box::new(deed), makes);
        self.scenes.push(Scene { at, author, act });
    }

    /// Somebody imports a file.
    pub(super) fn importing(
        &mut self,
        at: Moment,
        author: &'s str,
        name: String,
        records: Vec<(Told, ImportRecord)>,
    ) {
        let act = Act::Import(name, records);
        self.scenes.push(Scene { at, author, act });
    }

    /// Plays the scenes in the order of their times; those of the same time as they were written.
    pub(super) fn play(mut self, store: &mut Store) -> Result<(), Problem> {
        self.scenes.sort_by_key(|scene| scene.at);
        let mut context = Context {
            author: None,
            device: determined("device", &[b"demo"]),
            now: self.now,
            clocks: crate::domain::clocks::Clocks::UTC,
            ids: Mutex::new(Ids::Seeded(SEED)),
        };
        let mut known = Known::default();
        together(store, |together| {
            for scene in self.scenes {
                context.now = scene.at.min(self.now);
                context.author = Some(handle(scene.author)?);
                match scene.act {
                    Act::Deed(deed, makes) => {
                        let outcome = together.commit(&context, &deed(&known)?)?;
                        known.learn(&makes, &outcome);
                        if let Makes::Person(name) = &makes {
                            let mut people = together.reader().people()?.into_iter();
                            let found = people.find(|person| person.handle.as_str() == name);
                            known.people.extend(found.map(|one| (name.clone(), one.id)));
                        }
                    }
                    Act::Import(name, records) => {
                        let (told, records): (Vec<_>, Vec<_>) = records.into_iter().unzip();
                        let came: Vec<_> = records.iter().map(ImportRecord::identity).collect();
                        together.import(
                            &context,
                            &name,
                            &mut records.into_iter().map(|r| Ok(r.into())),
                        )?;
                        for (told, id) in told.into_iter().zip(came) {
                            let revision = revision(together.reader(), id)?;
                            known.feedback.insert(told, id);
                            known.revisions.extend(revision.map(|id| (told, id)));
                        }
                    }
                }
            }
            Ok(())
        })
    }
}

/// The text of a feedback, for quotes.
fn revision(reader: &Reader<'_>, id: FeedbackId) -> Result<Option<ContentId>, StoreError> {
    let Some(field) = Entity::Feedback.field("content") else {
        return Ok(None);
    };
    let local = reader.expect(Entity::Feedback, id.0)?;
    Ok(match reader.value(Entity::Feedback, local, field)? {
        Value::Content(id) => Some(ContentId(id)),
        _ => None,
    })
}

/// A mention name of the assets.
pub(super) fn handle(name: &str) -> Result<Handle, Problem> {
    Handle::parse(name).map_err(|error| wrong(error.to_string()))
}

/// Milliseconds of an age such as `6d1h` or `58m`.
pub(super) fn age(text: &str) -> Result<i64, Problem> {
    let mut total = 0;
    let mut number = String::new();
    for character in text.chars() {
        let unit = match character {
            'd' => DAY,
            'h' => HOUR,
            'm' => MINUTE,
            digit => {
                number.push(digit);
                continue;
            }
        };
        let count: i64 = number
            .parse()
            .map_err(|_| wrong(format!("“{text}” is no age")))?;
        total += count * unit;
        number.clear();
    }
    if number.is_empty() && total > 0 {
        Ok(total)
    } else {
        Err(wrong(format!("“{text}” is no age")))
    }
}
