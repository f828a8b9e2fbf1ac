//! An import without a plan before it tells the very plan, and does the very things, of one that was planned.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use intake::domain::deed::Deed;
use intake::domain::feedback::Importance;
use intake::domain::import::ImportRecord;
use intake::exchange::convert::Choices;
use intake::exchange::gather::Given;
use intake::exchange::plan::{Done, Plan, commit, import_at_once, plan};
use intake::exchange::progress::{Phase, Progress, Watch};
use intake::exchange::saved::SavedMapping;
use intake::history;
use intake::problem::{Kind, Problem};
use intake::store::StoreError;

use crate::world::{World, files};

/// One workspace that is told the plan first, and one that is not.
struct Two {
    planned: World,
    at_once: World,
}

/// Everything that is shown of a plan.
fn told(plan: &Plan) -> String {
    let origins: Vec<&String> = plan.origins().collect();
    format!(
        "{:#?}",
        (
            (plan.name(), &plan.saved, plan.origin(), origins),
            (plan.lines(), plan.counts, &plan.states, &plan.reasons),
            (&plan.samples, &plan.skipped, &plan.clashes, &plan.faults),
            (&plan.elsewhere, &plan.notes),
        )
    )
}

fn actions(world: &World) -> usize {
    let actions: Result<_, StoreError> = world.store.read(|reader| reader.actions(None, 999));
    actions.expect("actions").len()
}

impl Two {
    fn new() -> Self {
        let (planned, at_once) = (World::new(), World::new());
        Self { planned, at_once }
    }

    fn plan(&self, paths: &[Given], choices: &Choices) -> Result<Plan, Problem> {
        let planned: Result<_, StoreError> = self.planned.store.read(|reader| {
            let now = self.planned.context.now;
            Ok(plan(reader, paths, choices.clone(), now, &mut ()))
        });
        planned.expect("a reader")
    }

    fn at_once(&mut self, paths: &[Given], choices: &Choices) -> Option<(Plan, Option<Done>)> {
        let World { store, context, .. } = &mut self.at_once;
        import_at_once(store, context, paths, choices.clone(), &mut ()).expect("opened")
    }

    /// Imports files into both. Answers what was told; nothing where something was wrong.
    fn import(&mut self, paths: &[Given], choices: &Choices) -> Option<Plan> {
        let before = actions(&self.at_once);
        let plan = self.plan(paths, choices).expect("a plan");
        let Some((at_once, done)) = self.at_once(paths, choices) else {
            let checked = plan.check().and_then(|()| plan.check_origin());
            assert!(checked.is_err(), "{paths:?}: {plan:?}");
            assert_eq!(actions(&self.at_once), before, "{paths:?}");
            return None;
        };
        assert_eq!(told(&at_once), told(&plan), "{paths:?}");
        assert_eq!(done.is_some(), !plan.is_empty(), "{paths:?}");
        let made = usize::from(done.is_some());
        assert_eq!(actions(&self.at_once), before + made, "{paths:?}");
        if let Some((outcome, counts)) = done {
            let World { store, context, .. } = &mut self.planned;
            let (wanted, counted) = commit(store, context, &plan, &mut ()).expect("imported");
            assert_eq!(counts, counted, "{paths:?}");
            assert_eq!(outcome.words, wanted.words, "{paths:?}");
        }
        Some(plan)
    }

    /// A file for both.
    fn file(&self, name: &str, text: &str) -> Given {
        let path = self.planned.folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.into()
    }

    fn both(&mut self, work: impl Fn(&mut World)) {
        work(&mut self.planned);
        work(&mut self.at_once);
    }
}

#[test]
fn every_fixture_is_told_alike_new_known_and_together() {
    let mut fixtures = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"),
        &mut fixtures,
    );
    // A spreadsheet is read by the program itself, which this test is not.
    fixtures.retain(|path| path.extension().is_none_or(|end| end != "xls"));
    fixtures.sort();
    let skip_bad = Choices {
        skip_bad: true,
        ..Choices::default()
    };
    let (mut two, mut twins) = (Two::new(), Vec::new());
    for path in &fixtures {
        let paths = [path.clone().into()];
        if two.import(&paths, &skip_bad).is_none() {
            twins.push(path.file_name().expect("a name").to_string_lossy());
            continue;
        }
        assert!(two.import(&paths, &skip_bad).expect("an import").is_empty());
    }
    // What is in them is here by then as from another of the fixtures.
    assert_eq!(twins, ["topic.json", "posts.json"]);
    for reversed in [false, true] {
        let mut two = Two::new();
        if reversed {
            fixtures.reverse();
        }
        let given: Vec<Given> = fixtures.iter().cloned().map(Given::from).collect();
        two.import(&given, &skip_bad).expect("an import");
        two.import(&given, &skip_bad).expect("an import");
    }
}

#[test]
fn faults_refuse_the_file_or_are_left_out() {
    let mut two = Two::new();
    let text = "id,title,status,date,company\n1,a,open,2024-01-01,Acme\n2,b,closed,2024-01-02,\n3,,open,,\n2,c,open,,\n\
                4,d,open,soon,\n5\n6,e,open,2024-01-03,Acme\n";
    let faulty = [two.file("faulty.csv", text)];
    assert!(two.import(&faulty, &Choices::default()).is_none());
    let skip_bad = Choices {
        skip_bad: true,
        ..Choices::default()
    };
    let plan = two.import(&faulty, &skip_bad).expect("an import");
    assert_eq!((plan.counts.faulty, plan.counts.skipped), (2, 2));
    assert!(two.import(&faulty, &skip_bad).expect("again").is_empty());
    let long = format!("id,title,body\n1,a,{}\n", "x".repeat((1 << 20) + 1));
    let long = [two.file("long.csv", &long)];
    assert!(two.plan(&long, &Choices::default()).is_err());
    let World { store, context, .. } = &mut two.at_once;
    assert!(
        import_at_once(store, context, &long, Choices::default(), &mut ())
            .ok()
            .flatten()
            .is_none()
    );
    let empty = [two.file("empty.csv", "id,title\n")];
    let plan = two.import(&empty, &Choices::default()).expect("nothing");
    assert_eq!(plan.counts.total(), 0);
    assert_eq!(plan.notes.len(), 1);
}

#[test]
fn what_changed_here_and_there_clashes_alike() {
    let mut two = Two::new();
    let choices = Choices {
        origin: Some("desk".to_owned()),
        source: Some("tickets".to_owned()),
        ..Choices::default()
    };
    let table = |importance: &str, tag: &str| {
        let rows = (1..30).map(|id| format!("{id},Title {id},{importance},@dana,{tag},Acme\n"));
        let head = "id,title,priority,owner,tags,company\n";
        head.to_owned() + &rows.collect::<String>()
    };
    let first = [two.file("first.csv", &table("low", "one"))];
    two.import(&first, &choices).expect("an import");
    let feedback = (1..25)
        .map(|id| ImportRecord::identity_of("tickets", "desk", &id.to_string()))
        .collect::<Vec<_>>();
    two.both(|world| {
        let deed = Deed::SetImportance {
            feedback: feedback.clone(),
            importance: Some(Importance::Important),
        };
        history::commit::commit(&mut world.store, &world.context, &deed).expect("rated");
    });
    let mut paths = vec![two.file("second.csv", &table("critical", "two"))];
    paths.insert(0, two.file("before.csv", "id,title\n99,Before\n"));
    let plan = two.import(&paths, &choices).expect("an import");
    assert_eq!(plan.counts.clashes, 24);
    assert_eq!(plan.clashes[0].file, "second.csv");
    assert_eq!(plan.counts.feedback.update, 29);
}

#[test]
fn a_saved_mapping_reads_alike() {
    let mut two = Two::new();
    let file = [two.file("a.csv", "Words,Number\nSome words,7\nOther words,8\n")];
    let choices = Choices {
        map: vec!["title=Words".to_owned(), "id=Number".to_owned()],
        ..Choices::default()
    };
    let plan = two.plan(&file, &choices).expect("a plan");
    let text = SavedMapping::of(&plan).text().expect("a text");
    two.both(|world| {
        let saved = world.store.save_import_mapping("desk", &text);
        saved.expect("saved");
    });
    let plan = two.import(&file, &Choices::default()).expect("an import");
    assert_eq!(plan.saved.as_deref(), Some("desk"));
    let with = Choices {
        with: Some("desk".to_owned()),
        ..Choices::default()
    };
    assert!(two.import(&file, &with).expect("again").is_empty());
}

/// Breaks off in a phase.
struct Until(Phase);

impl Watch for Until {
    fn notice(&mut self, progress: &Progress) -> ControlFlow<()> {
        match progress.phase == self.0 {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}

#[test]
fn whoever_breaks_off_has_nothing_imported() {
    let mut two = Two::new();
    let rows: String = (0..2_000).map(|id| format!("{id},Title {id}\n")).collect();
    let file = [two.file("a.csv", &format!("id,title\n{rows}"))];
    for phase in [Phase::Importing, Phase::Storing] {
        let World { store, context, .. } = &mut two.at_once;
        let choices = Choices::default();
        let stopped = import_at_once(store, context, &file, choices, &mut Until(phase));
        let problem = stopped.expect_err("stopped");
        assert_eq!(problem.kind, Kind::Interrupted);
        assert_eq!(problem.summary, "stopped: nothing was imported");
        assert_eq!(actions(&two.at_once), 1);
    }
    // Nobody waits for a plan, so there is none.
    let plan = two.import(&file, &Choices::default()).expect("an import");
    assert_eq!(plan.counts.feedback.create, 2_000);
}
