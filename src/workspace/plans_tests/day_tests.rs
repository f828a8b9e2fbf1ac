//! A day of work at the door: everything is looked at and everything is done once.

use crate::domain::chart::ChartName;
use crate::domain::deed::{AfterCut, Deed, FeedbackEdit, IdeaEdit, IdeaTarget, NewFeedback};
use crate::domain::deed::{MeetingDeed, NewAgendaItem, NewIdea, ReleaseEdit, Reversal, Reversed};
use crate::domain::deed::{Step, Subject};
use crate::domain::entity::{Entity, Thing};
use crate::domain::feedback::Importance;
use crate::domain::id::{FeedbackId, IdeaId, ReleaseId, ReleaseItemId};
use crate::domain::idea::TicketKind;
use crate::domain::listing::{Anchor, IdeaQuery, IdeaSort};
use crate::domain::moment::DAY;
use crate::domain::passage::Searched;
use crate::domain::people::Handle;
use crate::query::{self, About, FIELDS, Field, NameField, Query};
use crate::workspace::{Opening, Workspace};

fn filter(text: &str) -> Query {
    query::parse(text).expect("a filter")
}

/// A workspace in which a team has worked for half a year.
pub(super) fn office() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("a folder");
    let opening = Opening {
        me: Handle::parse("hana").ok(),
        ..Opening::default()
    };
    let path = folder.path().join("acme.db");
    let mut workspace = Workspace::open(&path, opening).expect("a workspace");
    workspace.fill_demo().expect("a demo");
    (folder, workspace)
}

/// Every list, from everywhere.
pub(super) fn look_at_lists(workspace: &Workspace) {
    let filters = [
        "",
        "is:unprocessed",
        "is:unprocessed is:unassigned",
        "is:unprocessed is:mine",
        "is:waiting",
        "is:snoozed",
        "is:processed",
        "is:archived",
        "is:duplicate",
        "has:answer-owed",
        "is:unprocessed export",
        "is:unprocessed \"export to\"",
        "expo",
        "e",
        "is:unprocessed owner:@omar importance:>=2 age:>2d",
        "company:globex",
        "tag:mobile",
        "area:boards is:unprocessed",
        "is:unprocessed -export",
        "reporter:@dana",
        "idea:none is:unprocessed",
    ];
    let sorts = [
        "",
        "sort:-age",
        "sort:importance",
        "sort:-importance",
        "sort:company",
        "sort:-company",
    ];
    for (text, sort) in filters
        .iter()
        .flat_map(|text| sorts.map(|sort| (text, sort)))
    {
        look_at_list(workspace, &format!("{text} {sort}"));
    }
    for condition in conditions(workspace) {
        for rest in [
            "",
            "is:unprocessed",
            "is:unprocessed sort:importance",
            "export",
        ] {
            look_at_list(workspace, &format!("{condition} {rest}"));
        }
    }
}

/// One list, from everywhere.
fn look_at_list(workspace: &Workspace, text: &str) {
    let query = filter(text);
    let window = workspace.inbox(&query, &Anchor::Start, 3);
    let window = window.unwrap_or_else(|refused| panic!("{text}: {refused:?}"));
    let row = window.rows.last().cloned();
    let mut anchors = vec![Anchor::End];
    if let Some(row) = row.clone().map(Box::new) {
        anchors.extend([
            Anchor::Around(row.clone()),
            Anchor::After(row.clone()),
            Anchor::Before(row),
        ]);
    }
    for anchor in anchors {
        workspace.inbox(&query, &anchor, 3).expect("rows");
        workspace.inbox_on(&query, &anchor, 3).expect("rows");
    }
    workspace.tally(&query, None).expect("a count");
    workspace.tally_on(&query, None).expect("a count");
    workspace.tally(&query, row.as_ref()).expect("a count");
    workspace.matching(&query, 5).expect("identities");
}

/// Every condition that the grammar has, each with every word that it takes, or with a name that the demo has.
fn conditions(workspace: &Workspace) -> Vec<String> {
    let mut conditions = Vec::new();
    for row in FIELDS {
        let mut values: Vec<String> = row
            .field
            .values()
            .iter()
            .map(|value| value.word.to_owned())
            .collect();
        match row.field {
            Field::Name(field) => values.push(name_in_the_demo(workspace, field)),
            Field::Age | Field::Received | Field::Importance | Field::Sort => {
                values.extend(row.examples.iter().map(|example| (*example).to_owned()));
            }
            Field::Is | Field::Has | Field::Kind | Field::Idea(_) => {}
        }
        assert!(!values.is_empty(), "{}: is not asked for", row.name);
        let condition = |value: String| format!("{}:{value}", row.name);
        conditions.extend(values.into_iter().map(condition));
    }
    conditions
}

/// A value of a field that takes names.
fn name_in_the_demo(workspace: &Workspace, field: NameField) -> String {
    let known = workspace.vocabulary().expect("names");
    let person = || known.people[0].0.to_string();
    let name = match field {
        NameField::Owner => return person(),
        NameField::Reporter => return format!("@{}", known.reporters[0].trim_start_matches('@')),
        NameField::Area => known.areas[0].clone(),
        NameField::Tag => known.tags[0].clone(),
        NameField::Company => known.companies[0].clone(),
        NameField::Tier => known.tiers[0].clone(),
        NameField::Segment => known.segments[0].clone(),
        NameField::Source => known.sources[0].clone(),
        NameField::Idea => workspace.ideas(&IdeaQuery::default()).expect("ideas")[0]
            .title
            .clone(),
        NameField::Customer => customer(workspace),
        NameField::Release | NameField::Edition => panic!("ideas alone have it"),
    };
    format!("\"{name}\"")
}

/// Somebody who wants something in the demo.
fn customer(workspace: &Workspace) -> String {
    let mut all = workspace
        .matching(&filter("is:all"), 500)
        .expect("feedback")
        .into_iter();
    let named = all.find_map(|id| workspace.feedback(id).expect("a feedback")?.customer);
    named.expect("a customer").name
}

/// Everything else that is asked at the door.
pub(super) fn look_at_things(workspace: &Workspace) {
    let feedback = workspace.matching(&filter("is:all"), 40).expect("feedback");
    for id in &feedback {
        workspace.feedback(*id).expect("a feedback");
        while !workspace.prepare().expect("what ideas are known by") {}
        let suggested = workspace.suggestions(*id, 9).expect("suggestions");
        if let Some(first) = suggested.first() {
            workspace.reason(*id, first.idea.id).expect("a reason");
        }
        workspace
            .hints(*id)
            .expect("an owner, and what is the same");
        workspace
            .markdown(Thing::new(Entity::Feedback, *id))
            .expect("a text");
    }
    workspace.answering(&feedback, None).expect("facts");
    for area in [None, Some("Boards")] {
        workspace.unassigned_in(area, 5).expect("requests");
    }
    workspace.charts(ChartName::ALL).expect("charts");
    for sort in [
        IdeaSort::Demand,
        IdeaSort::Title,
        IdeaSort::Status,
        IdeaSort::When,
        IdeaSort::Changed,
    ] {
        let words = "export".to_owned();
        workspace
            .ideas(&IdeaQuery {
                sort,
                words,
                ..IdeaQuery::default()
            })
            .expect("ideas");
    }
    let ideas = workspace.ideas(&IdeaQuery::default()).expect("ideas");
    for idea in ideas.iter().take(10) {
        workspace.idea(idea.id).expect("an idea");
        workspace
            .markdown(Thing::new(Entity::Idea, idea.id))
            .expect("a text");
        workspace
            .timeline(Some(Thing::new(Entity::Idea, idea.id)), None, 20)
            .expect("a history");
    }
    for words in ["exports", "exprot", "exports of xyzzy"] {
        let words = query::parse(words).expect("words");
        workspace.wider(&words).expect("a count");
    }
    let filter = About::Ideas
        .parse("export boa status:new")
        .expect("a filter");
    workspace
        .filtered_ideas(&IdeaQuery::default(), &filter)
        .expect("ideas");
    workspace
        .search_ideas(&[Searched::words("export"), Vec::new()])
        .expect("ideas");
    workspace
        .find("export boa", feedback[0], true, 10)
        .expect("feedback");
    let searched = Searched::words("export boa");
    workspace
        .feedback_passages(&feedback, &searched)
        .expect("passages");
    let found: Vec<IdeaId> = ideas.iter().map(|idea| idea.id).collect();
    workspace
        .idea_passages(&found[..10], &searched)
        .expect("passages");
    workspace.search("export boa", true, 20).expect("hits");
    workspace.plan_at_once().expect("a plan");
    workspace.plan().expect("a plan");
    workspace.header().expect("figures");
    workspace.vocabulary().expect("names");
    let thing = Thing::new(Entity::Feedback, feedback[0]);
    let short = workspace
        .short_id(thing)
        .expect("a short id")
        .expect("it is there");
    let among = [Entity::Feedback, Entity::Idea, Entity::Release];
    for text in [short.0.as_str(), "export", "q4"] {
        workspace.resolve(text, &among).expect("an answer");
    }
    workspace
        .timeline(Some(thing), None, 20)
        .expect("a history");
    let newest = workspace.timeline(None, None, 20).expect("a history");
    let last = newest.last().map(|entry| entry.action);
    workspace.timeline(None, last, 20).expect("a history");
    workspace.changes(newest[0].action, 50).expect("changes");
    workspace.people().expect("people");
    workspace.areas().expect("areas");
    workspace.companies(20).expect("companies");
    workspace.duty_weeks(8).expect("weeks");
    workspace.outbox(20).expect("messages");
    workspace.draft("answer").expect("a draft");
    workspace.views().expect("views");
}

/// Does a deed, undoes it and does it again.
fn act(workspace: &mut Workspace, deed: Deed) -> Option<uuid::Uuid> {
    let outcome = workspace.commit(&deed).expect("a deed");
    for reversal in [Reversal::Newest, Reversal::LastUndone] {
        let reversed = workspace.reverse(reversal).expect("it is reversed");
        assert!(
            matches!(reversed, Reversed::Done(_)),
            "{deed:?}: {reversed:?}"
        );
    }
    outcome.made.first().map(|thing| thing.id)
}

/// The verbs of the inbox.
pub(super) fn triage(workspace: &mut Workspace) {
    let some = workspace
        .matching(&filter("is:unprocessed"), 30)
        .expect("feedback");
    let ideas = workspace.ideas(&IdeaQuery::default()).expect("ideas");
    let (idea, now) = (ideas[0].id, workspace.now());
    let one = |place: usize| -> Vec<FeedbackId> { vec![some[place]] };
    let me = Handle::parse("omar").ok();
    let to = IdeaTarget::Existing(idea);
    let heard = NewFeedback {
        title: "Export for auditors".into(),
        ..NewFeedback::default()
    };
    let edits = vec![
        FeedbackEdit::Company(Some("Globex".into())),
        FeedbackEdit::Customer(Some("Lee".into())),
        FeedbackEdit::AnswerOwed(true),
    ];
    for deed in [
        Deed::Link {
            feedback: one(0),
            idea: to.clone(),
            quote: None,
        },
        Deed::Unlink {
            feedback: one(0),
            idea,
        },
        Deed::Assign {
            feedback: one(0),
            owner: me,
        },
        Deed::SetImportance {
            feedback: one(1),
            importance: Some(Importance::Critical),
        },
        Deed::Answer {
            answers: vec![(some[1], "Thank you.".into())],
        },
        Deed::Process {
            feedback: some[2..6].to_vec(),
        },
        Deed::Ask {
            questions: vec![(some[6], "Which one?".into())],
            until: now.plus(DAY),
        },
        Deed::WontDo {
            feedback: one(7),
            idea: to,
            reason: "It would be two products.".into(),
            cut: false,
            answers: Vec::new(),
        },
        Deed::Duplicate {
            feedback: one(8),
            of: some[9],
        },
        Deed::Snooze {
            feedback: one(10),
            until: now.plus(DAY),
        },
        Deed::Archive { feedback: one(11) },
        Deed::Reopen { feedback: one(2) },
        Deed::Tag {
            feedback: one(12),
            add: vec!["mobile".into()],
            remove: Vec::new(),
        },
        Deed::EditFeedback {
            feedback: one(13),
            edits,
        },
        Deed::Revise {
            feedback: some[14],
            title: "Another".into(),
            body: "Text".into(),
        },
        Deed::Comment {
            on: vec![Subject::Feedback(some[15])],
            text: "Ask @omar".into(),
        },
        MeetingDeed::AddItem {
            to: None,
            item: NewAgendaItem {
                about: vec![Subject::Feedback(some[16])],
                ..NewAgendaItem::default()
            },
        }
        .into(),
        Deed::AddFeedback(Box::new(heard)),
    ] {
        act(workspace, deed);
    }
}

/// The verbs of ideas and of the plan.
pub(super) fn decide(workspace: &mut Workspace) {
    let some = workspace
        .matching(&filter("is:unprocessed"), 5)
        .expect("feedback");
    let make = |title: &str, from: &[FeedbackId]| {
        let title = title.to_owned();
        Deed::CreateIdea(Box::new(NewIdea {
            title,
            from: from.to_vec(),
            ..NewIdea::default()
        }))
    };
    let release = ReleaseEdit {
        name: Some("9.0".into()),
        ..ReleaseEdit::default()
    };
    let release = act(workspace, Deed::CreateRelease(release))
        .map(ReleaseId)
        .expect("a release");
    let mut made = |deed| IdeaId(act(workspace, deed).expect("an idea"));
    let (idea, other) = (
        made(make("Boards as PDF", &some)),
        made(make("Boards as files", &some[..2])),
    );
    let edits = vec![
        IdeaEdit::Title("Boards as PDF files".into()),
        IdeaEdit::Problem(Some("It hurts.".into())),
    ];
    let url = "https://example.org/7".to_owned();
    for deed in [
        Deed::EditIdeas {
            ideas: vec![idea],
            edits,
        },
        Deed::AddTicket {
            idea,
            url,
            key: None,
            kind: TicketKind::Material,
        },
        Deed::AddToRelease {
            ideas: vec![idea, other],
            release,
        },
        Deed::Comment {
            on: vec![Subject::Idea(idea)],
            text: "Soon".into(),
        },
        Deed::MergeIdeas {
            from: other,
            into: idea,
        },
    ] {
        act(workspace, deed);
    }
    let plan = workspace.plan().expect("a plan");
    let planned = plan
        .releases
        .iter()
        .find(|planned| planned.release.id == release);
    let item: ReleaseItemId = planned.expect("the release").items[0].id;
    for deed in [
        Deed::UpdateItems {
            items: vec![item],
            text: Some("It goes well.".into()),
            health: None,
        },
        Deed::NoChange { items: vec![item] },
        Deed::CutItem {
            item,
            then: AfterCut::Postpone,
        },
    ] {
        act(workspace, deed);
    }
    // There is nothing above or below it: the look is what counts here.
    let _ = workspace.commit(&Deed::ReorderItem {
        item,
        step: Step::Up,
    });
    workspace
        .save_draft("answer", Some("Thank"))
        .expect("it is kept");
    workspace.save_view("Mine", "is:mine").expect("it is kept");
    workspace.tidy().expect("a checkpoint");
}
