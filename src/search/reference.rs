//! How people name something of another tool: by its number or its link.

/// What somebody typed, read as the name of something of another tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What its id there may be, the likeliest first; each once.
    pub ids: Vec<String>,
    /// The link that was typed, as [`plain_link`] has it; none where it was an id.
    pub link: Option<String>,
    /// How else people and tools write that link; none where it was an id.
    pub spelled: Vec<String>,
}

/// Longer than this is no id, and nothing that one types.
const LONGEST: usize = 2_048;
const LONGEST_ID: usize = 64;

/// Reads a word as a reference: `1607002`, `PT-2`, `acme/app#12`, `https://support.example/tickets/31884`. `None` for one
/// that is no link and has no digit: what is called by letters alone is looked for as the word that it is.
#[must_use]
pub fn reference(word: &str) -> Option<Reference> {
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let is_link = word.contains("://") || word.starts_with("www.");
    if word.len() > LONGEST || !(is_link || has_digit(word)) {
        return None;
    }
    let mut ids: Vec<String> = Vec::new();
    let mut add = |id: &str| {
        let id = id.trim_matches(['#', '/', '.', ',']);
        let fits = has_digit(id) && id.len() <= LONGEST_ID;
        for id in [id.to_owned(), id.to_uppercase()] {
            if fits && !ids.contains(&id) {
                ids.push(id);
            }
        }
    };
    if is_link {
        let link = word.split('#').next().unwrap_or_default();
        let (path, asked) = link.split_once('?').unwrap_or((link, ""));
        for pair in asked.split('&') {
            add(pair.split_once('=').map_or(pair, |(_, value)| value));
        }
        // The id, or what follows it: `/browse/PT-2`, `/tickets/31884/comments`, `/t/a-title/123/4`.
        path.rsplit('/').take(3).for_each(&mut add);
    } else {
        add(word);
        if let Some((_, number)) = word.rsplit_once(['#', '!']) {
            add(number);
        }
    }
    (is_link || !ids.is_empty()).then(|| Reference {
        ids,
        link: is_link.then(|| plain_link(word)),
        spelled: if is_link { spelled(word) } else { Vec::new() },
    })
}

/// A link with either scheme, with and without `www.` and a slash at the end, and as it was typed.
fn spelled(link: &str) -> Vec<String> {
    let rest = link.split('#').next().unwrap_or_default();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.trim_end_matches('/');
    let mut all = vec![link.to_owned()];
    for start in ["https://", "https://www.", "http://", "http://www."] {
        all.push(format!("{start}{rest}"));
        all.push(format!("{start}{rest}/"));
    }
    all
}

/// A link without what two links to the same thing may differ by: its scheme, `www.`, a place on the page, and a slash at
/// the end.
#[must_use]
pub fn plain_link(link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let link = link.split_once("://").map_or(link, |(_, rest)| rest);
    let link = link.strip_prefix("www.").unwrap_or(link);
    link.trim_end_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_keys_and_links_are_references_and_words_are_not() {
        let ids = |word: &str| reference(word).map(|found| found.ids);
        assert_eq!(ids("1607002"), Some(vec!["1607002".to_owned()]));
        assert_eq!(ids("#12"), Some(vec!["12".to_owned()]));
        assert_eq!(ids("pt-2").expect("ids"), ["pt-2", "PT-2"]);
        assert_eq!(ids("acme/app#12").expect("ids")[2..], ["12"]);
        assert_eq!(ids("export"), None);
        assert_eq!(ids(&"9".repeat(65)), None);
        let first = |word: &str| ids(word).expect("ids")[0].clone();
        assert_eq!(first("https://support.example/tickets/31884"), "31884");
        assert_eq!(
            first("https://bugs.example/show_bug.cgi?id=1607002#c4"),
            "1607002"
        );
        assert_eq!(first("http://www.jira.example/browse/PT-2/"), "PT-2");
        assert!(
            ids("https://forum.example/t/a-title/123/4")
                .expect("ids")
                .contains(&"123".to_owned())
        );
    }

    #[test]
    fn a_link_is_looked_for_as_others_write_it() {
        let found = reference("http://wiki.example/Dark-Mode/").expect("a link");
        assert!(found.ids.is_empty());
        assert!(
            found
                .spelled
                .contains(&"https://wiki.example/Dark-Mode".to_owned())
        );
    }

    #[test]
    fn two_links_to_one_thing_are_one() {
        let one = plain_link("https://www.Support.example/tickets/31884/");
        assert_eq!(one, plain_link("support.example/tickets/31884#reply"));
        assert_ne!(one, plain_link("support.example/tickets/3188"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_has_few_ids(word in "\\PC*") {
            let ids = reference(&word).map_or(0, |found| found.ids.len());
            prop_assert!(ids <= 2 * word.len().max(1));
        }
    }
}
