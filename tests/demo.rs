//! The demo through the door, as whoever opens it finds it.

use intake::domain::deed::{Reversal, Reversed};
use intake::domain::id::Ids;
use intake::domain::moment::Moment;
use intake::domain::people::Handle;
use intake::workspace::{Clock, Opening, Workspace};

/// 20 November 2026, 16:00 UTC.
const NOW: Moment = Moment(1_795_190_400_000);

#[test]
fn whoever_opens_it_has_nothing_to_undo_and_sees_the_day_before_them() {
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
    let undone = workspace.reverse(Reversal::Newest).expect("an answer");
    // All of it was done elsewhere.
    assert_eq!(undone, Reversed::NotYours);
    let header = workspace.header().expect("figures");
    assert_eq!(header.done_today, 12);
    assert_eq!(header.on_duty, Handle::parse("hana").ok());
    assert_eq!(header.unassigned, 37);
    assert!(workspace.views().expect("views").len() >= 4);
    assert!(workspace.duty_weeks(10).expect("weeks").len() >= 4);
    assert!(workspace.people().expect("people").len() >= 10);
    assert!(workspace.companies(100).expect("companies").len() >= 25);
    assert_eq!(workspace.areas().expect("areas").len(), 8);
    assert!(workspace.fill_demo().is_err());
    assert_eq!(workspace.header().expect("figures"), header);
}
