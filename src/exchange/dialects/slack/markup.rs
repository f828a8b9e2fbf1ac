//! The text of Slack messages, made readable (<https://docs.slack.dev/messaging/formatting-message-text>): links and
//! mentions stand in angle brackets, and `&`, `<` and `>` of the text itself are written as in HTML.

/// The text with its links and mentions written out. `person` and `channel` know names by id.
pub fn readable<'n>(
    text: &'n str,
    person: impl Fn(&str) -> Option<&'n str>,
    channel: impl Fn(&str) -> Option<&'n str>,
) -> String {
    let mut readable = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        readable.push_str(&unescaped(before));
        let Some((inside, after)) = behind.split_once('>') else {
            readable.push('<');
            rest = behind;
            continue;
        };
        let (target, label) = match inside.split_once('|') {
            Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
            None => (inside, None),
        };
        readable.push_str(&match target.split_at_checked(1) {
            Some(("@", id)) => named('@', person(id).or(label).unwrap_or(id)),
            Some(("#", id)) => named('#', channel(id).or(label).unwrap_or(id)),
            Some(("!", command)) => special(command, label),
            _ => link(target, label),
        });
        rest = after;
    }
    readable.push_str(&unescaped(rest));
    readable
}

fn named(sign: char, name: &str) -> String {
    let name = unescaped(name);
    format!("{sign}{}", name.trim_start_matches(sign))
}

/// `<!here>`, `<!subteam^S1|@support>`, `<!date^1392734382^{date}|18 February>`.
fn special(command: &str, label: Option<&str>) -> String {
    label.map_or_else(|| format!("@{}", unescaped(command)), unescaped)
}

/// A link with what it is called, unless that is the link itself.
fn link(url: &str, label: Option<&str>) -> String {
    let url = unescaped(url);
    let url = url.strip_prefix("mailto:").unwrap_or(&url);
    let Some(label) = label.map(unescaped) else {
        return url.to_owned();
    };
    let bare = |text: &str| {
        let text = text.trim_start_matches("https://");
        text.trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned()
    };
    if bare(url) == bare(&label) {
        return url.to_owned();
    }
    format!("{label} ({url})")
}

/// `&amp;` comes last, so that `&amp;lt;` is what somebody wrote: `&lt;`.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn mentions_and_links_are_written_out() {
        let person = |id: &str| (id == "U1").then_some("dana");
        let channel = |id: &str| (id == "C1").then_some("requests");
        for (text, wanted) in [
            ("<@U1> and <@U2|omar>, <@U3>", "@dana and @omar, @U3"),
            ("see <#C1> or <#C2|general>", "see #requests or #general"),
            (
                "<https://acme.example/a?b=1&amp;c=2|the page>",
                "the page (https://acme.example/a?b=1&c=2)",
            ),
            ("<http://acme.example|acme.example>", "http://acme.example"),
            (
                "<mailto:dana@acme.example|dana@acme.example>",
                "dana@acme.example",
            ),
            ("<!here> <!subteam^S1|@support>", "@here @support"),
            (
                "a &lt; b &amp;&amp; c &gt; d, &amp;lt;",
                "a < b && c > d, &lt;",
            ),
            ("a < b", "a < b"),
            ("<", "<"),
            ("<>", ""),
            ("<é|>", "é"),
        ] {
            assert_eq!(readable(text, person, channel), wanted, "{text}");
        }
    }
}
