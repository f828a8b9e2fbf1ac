//! Feedback that is dated in the future.

use crate::import::with_file;

const FILE: &str = "Ticket,Summary,Opened\n7,Dark mode,2199-01-02\n8,Boards as PDF,2020-01-02\n";

#[test]
fn what_is_dated_in_the_future_is_told_by_plan_list_and_doctor() {
    let (home, file) = with_file("tickets.csv", FILE);
    let arguments = ["import", &file, "--map", "id=Ticket"];
    let dry = home.ok(&[&arguments[..], &["--dry-run"]].concat());
    let told = "1 item is dated in the future, 2199-01-02 (line 2)";
    assert!(dry.contains(told), "{dry}");
    let done = home.ok(&[&arguments[..], &["--yes"]].concat());
    assert!(done.contains(told), "{done}");

    let listed = home.ok(&["list", "age:<0m"]);
    assert!(listed.contains("+99y"), "{listed}");
    assert!(!listed.contains("Boards as PDF"), "{listed}");
    let found = home.run(&["doctor"]).out;
    assert!(
        found.contains("1 feedback item is dated in the future"),
        "{found}"
    );
    assert!(found.contains("intake list 'age:<0m'"), "{found}");

    home.ok(&["undo"]);
    let found = home.run(&["doctor"]).out;
    assert!(!found.contains("future"), "{found}");
}
