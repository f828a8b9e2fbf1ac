//! What chats have in common.

/// Reactions that say: me too.
const YES: [&str; 3] = ["+1", "thumbsup", "heavy_plus_sign"];
/// Why what a chat itself notes is left out.
pub const NOTICE: &str = "join, leave or other notice";
/// Why what a program says is left out.
pub const BOT: &str = "message of a bot";
/// Why what was not said to all is left out.
pub const DIRECT: &str = "direct message";

/// How many people, each once, say yes with a thumb or a plus; of reactions by name and person.
#[must_use]
pub fn votes<'r>(reactions: impl Iterator<Item = (&'r str, &'r str)>) -> u32 {
    // Slack tells the colour of a thumb behind its name: `+1::skin-tone-2`.
    let name = |name: &'r str| name.split("::").next().unwrap_or_default();
    let mut people: Vec<&str> = reactions
        .filter(|(reaction, _)| YES.contains(&name(reaction)))
        .map(|(_, person)| person)
        .collect();
    people.sort_unstable();
    people.dedup();
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}
