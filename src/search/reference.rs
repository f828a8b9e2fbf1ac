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
    let is_link = is_link(word);
    if word.len() > LONGEST || !(is_link || has_digit(word)) {
        return None;
    }
    let mut ids: Vec<String> = Vec::new();
    let mut add_as_it_is = |id: &str| {
        let fits = has_digit(id) && id.len() <= LONGEST_ID;
        if fits && !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    };
    let mut add = |id: &str| {
        let id = id.trim_matches(['#', '/', '.', ',']);
        add_as_it_is(id);
        add_as_it_is(&id.to_uppercase());
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
        // Some tools have the sign in the id itself.
        add_as_it_is(word);
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            add_as_it_is(&format!("#{word}"));
        }
    }
    (is_link || !ids.is_empty()).then(|| Reference {
        ids,
        link: is_link.then(|| plain_link(word)),
        spelled: if is_link { spelled(word) } else { Vec::new() },
    })
}

fn is_link(word: &str) -> bool {
    let start = word.get(..4).unwrap_or_default();
    word.contains("://") || start.eq_ignore_ascii_case("www.")
}

/// A link without its scheme, `www.` and a place on the page; its host in small letters.
fn address(link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let link = link.split_once("://").map_or(link, |(_, rest)| rest);
    let (host, path) = link.split_at(link.find(['/', '?']).unwrap_or(link.len()));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    format!("{host}{path}")
}

/// A link with either scheme, with and without `www.`, a slash at the end and what is asked of the page, and as it was typed.
fn spelled(link: &str) -> Vec<String> {
    let address = address(link);
    let mut all = vec![link.to_owned()];
    let page = address.split('?').next().filter(|page| *page != address);
    for rest in std::iter::once(address.as_str()).chain(page) {
        let rest = rest.trim_end_matches('/');
        for start in ["https://", "https://www.", "http://", "http://www."] {
            all.push(format!("{start}{rest}"));
            all.push(format!("{start}{rest}/"));
        }
    }
    all
}

/// A link without what two links to the same thing may differ by: its scheme, `www.`, a place on the page, and a slash at
/// the end.
#[must_use]
pub fn plain_link(link: &str) -> String {
    address(link).trim_end_matches('/').to_lowercase()
}

/// Whether two links, as [`plain_link`] has them, lead to the same: the one that was typed may ask something more of the page.
#[must_use]
pub fn leads_to(typed: &str, link: &str) -> bool {
    let page = typed.split('?').next().unwrap_or_default();
    link == typed || link == page.trim_end_matches('/')
}

/// Whether that is the key of a ticket, in small letters: `pt-2`.
fn is_key(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(project, number)| {
        let is_project = project.starts_with(|c: char| c.is_ascii_lowercase())
            && project.bytes().all(|b| b.is_ascii_alphanumeric());
        is_project && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What of a link stands in a text, however the link is spelled there: with the terms in a row, the last of which may be a
/// beginning where the link may not be typed to its end. Nothing for what is no link to a page.
#[must_use]
pub fn in_texts(word: &str) -> Vec<(String, bool)> {
    let plain = plain_link(word);
    let (page, asks) = plain.split_once('?').unwrap_or((&plain, ""));
    let Some((_, path)) = page.split_once('/') else {
        return Vec::new();
    };
    if !is_link(word) || path.is_empty() {
        return Vec::new();
    }
    let name = page.rsplit('/').next().unwrap_or_default();
    let mut found = Vec::new();
    // Elsewhere what is asked tells which page it is: `show_bug.cgi?id=12`, `index2.php?topic=7`.
    let asks_for_one = asks.bytes().any(|byte| byte.is_ascii_digit());
    let is_id = name.bytes().all(|byte| byte.is_ascii_digit()) || is_key(name);
    if !asks.is_empty()
        && (is_id || name.bytes().any(|byte| byte.is_ascii_digit()) && !asks_for_one)
    {
        found.push((page.to_owned(), true));
    }
    let is_whole = word.contains('#');
    found.push((plain, is_whole));
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_keys_and_links_are_references_and_words_are_not() {
        let ids = |word: &str| reference(word).map(|found| found.ids);
        assert_eq!(ids("1607002").expect("ids")[0], "1607002");
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

    #[test]
    fn an_id_is_tried_with_its_sign_too() {
        let ids = |word: &str| reference(word).expect("a reference").ids;
        assert_eq!(ids("#12"), ["12", "#12"]);
        assert_eq!(ids("12"), ["12", "#12"]);
    }

    #[test]
    fn a_link_is_looked_for_in_small_letters_and_without_what_it_asks() {
        let spelled = |word: &str| reference(word).expect("a link").spelled;
        let plain = "https://support.example/Tickets/7".to_owned();
        for typed in [
            "HTTP://Support.Example/Tickets/7",
            "WWW.support.example/Tickets/7?page=2#top",
            "https://support.example/Tickets/7/?page=2",
        ] {
            assert!(spelled(typed).contains(&plain), "{typed}");
        }
        assert!(!spelled("https://support.example/tickets/7").contains(&plain));
        assert!(leads_to("a.example/7?page=2", "a.example/7"));
        assert!(!leads_to("a.example/7", "a.example/7?page=2"));
        assert!(!leads_to("a.example/7?page=2", "a.example/7?page=3"));
    }

    #[test]
    fn a_link_in_a_text_is_its_host_and_page() {
        let all = |word: &str| -> Vec<String> {
            let found = in_texts(word).into_iter();
            let text = |(text, whole)| if whole { text } else { format!("{text}*") };
            found.map(text).collect()
        };
        assert_eq!(
            all("http://www.Jira.example/browse/PT-2/"),
            ["jira.example/browse/pt-2*"]
        );
        assert_eq!(
            all("www.jira.example/browse/PT-2#c"),
            ["jira.example/browse/pt-2"]
        );
        assert_eq!(
            all("https://jira.example/browse/PT-2?page=3"),
            [
                "jira.example/browse/pt-2",
                "jira.example/browse/pt-2?page=3*"
            ]
        );
        assert_eq!(
            all("https://bugs.example/show_bug.cgi?id=12"),
            ["bugs.example/show_bug.cgi?id=12*"]
        );
        for none in ["PT-2", "https://", "https://jira.example/", "a/b"] {
            assert!(all(none).is_empty(), "{none}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_has_few_ids(word in "\\PC*") {
            let ids = reference(&word).map_or(0, |found| found.ids.len());
            prop_assert!(ids <= 2 * word.len().max(1));
        }
    }
}
