//! The table of ideas.

use intake::domain::id::IdeaId;
use intake::domain::listing::{IdeaQuery, IdeaSort};

use crate::support::{Console, SetUp};

#[test]
fn the_table_of_ideas_stands_in_the_orders_of_the_command_line() {
    let mut console = Console::demo(&SetUp::default());
    console.press("g d");
    let workspace = console.workspace();
    for sort in [
        IdeaSort::Demand,
        IdeaSort::Status,
        IdeaSort::When,
        IdeaSort::Title,
        IdeaSort::Changed,
    ] {
        let query = IdeaQuery {
            sort,
            ..IdeaQuery::default()
        };
        let listed = workspace.ideas(&query).expect("ideas");
        let listed: Vec<IdeaId> = listed.iter().map(|idea| idea.id).collect();
        let ideas = &console.state.ideas;
        let shown = ideas.shown.iter().map(|place| ideas.rows[*place].id);
        assert_eq!(shown.collect::<Vec<IdeaId>>(), listed, "{sort:?}");
        console.press("O");
    }
}
