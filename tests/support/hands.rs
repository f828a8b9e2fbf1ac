//! A console on a real workspace without a terminal: its worker is played by a loop that answers each effect at once, in
//! order. The clock, the identities and the zone are pinned.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::Path;

use intake::app::effect::Effect;
use intake::app::keymap::Keymap;
use intake::app::message::Message;
use intake::app::state::{Settings, State};
use intake::app::update::{start, update};
use intake::domain::id::Ids;
use intake::domain::moment::Moment;
use intake::domain::people::Handle;
use intake::terminal::desk::Desk;
use intake::terminal::door::Door;
use intake::workspace::{Clock, Opening, Workspace};

/// Saturday, 14 November 2026, 10:00 UTC.
pub const NOW: Moment = Moment(1_794_650_400_000);

/// Opens the workspace at that path for a person; `seed` makes its identities.
pub fn workspace(path: &Path, me: Option<Handle>, seed: u64) -> Workspace {
    workspace_at(path, me, seed, NOW)
}

/// The same at another time.
pub fn workspace_at(path: &Path, me: Option<Handle>, seed: u64, now: Moment) -> Workspace {
    let opening = Opening {
        me,
        clock: Clock::Fixed(now, intake::domain::clocks::Clocks::UTC),
        ids: Ids::Seeded(seed),
        ..Opening::default()
    };
    Workspace::open(path, opening).expect("the workspace opens")
}

/// The console and what is behind it.
pub struct Hands {
    /// What it knows.
    pub state: State,
    desk: Desk,
}

impl Hands {
    /// A console on that workspace; it has asked nothing yet.
    pub fn on(workspace: Workspace, size: (u16, u16), plain: bool) -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let settings = Settings {
            me: workspace.me().cloned(),
            workspace: "acme.db".to_owned(),
            mouse: false,
            reduced_motion: true,
            plain,
            editions: texts(&["Team", "Enterprise E10", "Enterprise E20"]),
            checklist: texts(&["scalable", "documented", "secure"]),
            waiting_days: 5,
            answer_template: None,
            clocks: intake::domain::clocks::Clocks::UTC,
        };
        Self {
            state: State::new(settings, Keymap::default(), size, workspace.now()),
            desk: Desk::new(workspace, Vec::new()).expect("a desk"),
        }
    }

    /// Asks the first questions.
    pub fn begin(&mut self) {
        let effects = start(&mut self.state);
        self.carry_out(effects);
    }

    /// Carries effects out at once, in order, until nothing is left to do; what is not the worker's comes back.
    pub fn carry_out(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut waiting: VecDeque<Effect> = effects.into();
        let mut others = Vec::new();
        let mut done = 0;
        while let Some(effect) = waiting.pop_front() {
            done += 1;
            assert!(done < 10_000, "the console never comes to rest: {effect:?}");
            let message = match effect {
                Effect::Ask { sequence, question } => Message::Answer {
                    sequence,
                    answer: self.desk.answer(question),
                },
                Effect::Commit { ticket, deed, seen } => Message::Done {
                    ticket,
                    outcome: self.desk.commit(&deed, &seen),
                },
                Effect::Reverse {
                    ticket,
                    reversal,
                    confirmed,
                } => Message::Reversed {
                    ticket,
                    outcome: self
                        .desk
                        .reverse(reversal, confirmed, &mut |_| ControlFlow::Continue(())),
                },
                Effect::Turn { meeting, turn } => Message::Turned(
                    self.desk
                        .turn(meeting, turn)
                        .map(|running| (meeting, running)),
                ),
                Effect::Write { ticket, writing } => Message::Written {
                    ticket,
                    outcome: self.desk.write(&writing),
                },
                Effect::PlanImport { ticket, wish } => Message::ImportPlanned {
                    ticket,
                    plan: self
                        .desk
                        .plan_import(&wish, &mut |_| ControlFlow::Continue(()))
                        .map(Box::new),
                },
                Effect::Import { ticket } => Message::Imported {
                    ticket,
                    outcome: self.desk.import(&mut |_| ControlFlow::Continue(())),
                },
                Effect::SaveDraft { prompt, text } => {
                    let kept = self.desk.save_draft(&prompt, text.as_deref());
                    kept.expect("a draft can be kept");
                    continue;
                }
                other => {
                    others.push(other);
                    continue;
                }
            };
            waiting.extend(update(&mut self.state, message));
        }
        others
    }
}
