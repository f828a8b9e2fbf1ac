//! Chats: pages of Slack and Mattermost as their interfaces gave them. The figures were found with Python's json module.

use intake::domain::import::Brought;

use crate::world::{World, corpus};

/// What a page brings: its feedback and its replies; and how much is left out, by the reason.
fn counts(world: &World, path: &std::path::Path) -> (usize, usize, Vec<(String, u64)>) {
    let plan = world.plan(path).expect("a plan");
    let mut watch = ();
    let things = plan.things(&mut watch).expect("no faults");
    let things: Vec<_> = things.map(|thing| thing.expect("a thing")).collect();
    let is_reply = |thing: &&Brought| matches!(thing, Brought::Comment(_));
    let replies = things.iter().filter(is_reply).count();
    let reasons = plan
        .reasons
        .iter()
        .map(|(words, count)| ((*words).to_string(), *count))
        .collect();
    (things.len() - replies, replies, reasons)
}

fn reasons(told: &[(&str, u64)]) -> Vec<(String, u64)> {
    told.iter()
        .map(|(reason, count)| ((*reason).to_owned(), *count))
        .collect()
}

#[test]
fn pages_of_chats_are_read_with_their_threads_and_without_notices() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import/perceval-fixtures");
    let notice = "join, leave or other notice";
    let bot = "message of a bot";
    let world = World::new();
    for (name, feedback, replies, left_out) in [
        (
            "slack/slack_history.json",
            4,
            0,
            reasons(&[(notice, 2), (bot, 1)]),
        ),
        (
            "slack/slack_history_20150323.json",
            2,
            0,
            reasons(&[(notice, 1), (bot, 2)]),
        ),
        ("slack/slack_history_next.json", 2, 0, Vec::new()),
        ("mattermost/mattermost_posts.json", 4, 1, Vec::new()),
        (
            "mattermost/mattermost_posts_next.json",
            2,
            0,
            reasons(&[(notice, 2)]),
        ),
    ] {
        let found = counts(&world, &folder.join(name));
        assert_eq!(found, (feedback, replies, left_out), "{name}");
    }
}

#[test]
fn what_holds_no_messages_brings_nothing() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("import/perceval-fixtures");
    let world = World::new();
    for name in [
        "slack/slack_error.json",
        "slack/slack_info.json",
        "slack/slack_members1.json",
        "slack/slack_user_U0001.json",
        "slack/slack_history_empty.json",
        "mattermost/mattermost_channel.json",
        "mattermost/mattermost_posts_empty.json",
        "mattermost/mattermost_user_sduenas.json",
    ] {
        let refused = world.plan(&folder.join(name)).expect_err(name);
        let reason = "no column looks like a title or a text";
        assert!(refused.summary.contains(reason), "{name}: {refused:?}");
    }
    let error = counts(&world, &folder.join("mattermost/mattermost_erros.json"));
    assert_eq!(error, (0, 0, reasons(&[("error of the server", 1)])));
}
