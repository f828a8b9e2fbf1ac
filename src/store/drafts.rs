//! Half-written texts of prompts: each kept for whoever writes it, and never one over another.

use rusqlite::params;

use super::{Reader, Result, Store, StoreError, Writer};
use crate::domain::moment::Moment;
use crate::domain::people::Handle;

/// What stands between two texts that are kept as one draft.
const BETWEEN: &str = "\n\n";

/// Under which names the half-written text of a prompt lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftName {
    /// Where it is written: the prompt, and who writes in it.
    own: String,
    /// Where it was written before drafts said whose they are.
    older: Option<String>,
}

impl DraftName {
    /// The draft of a prompt that this person writes in.
    #[must_use]
    pub fn of(prompt: &str, me: Option<&Handle>) -> Self {
        match me {
            Some(me) => Self {
                own: format!("{prompt} {me}"),
                older: Some(prompt.to_owned()),
            },
            None => Self {
                own: prompt.to_owned(),
                older: None,
            },
        }
    }

    /// The name under which it is written.
    #[must_use]
    pub fn own(&self) -> &str {
        &self.own
    }
}

impl Reader<'_> {
    /// The half-written text of a prompt.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn draft(&self, name: &DraftName) -> Result<Option<String>> {
        Ok(self.found_draft(name)?.map(|(_, text)| text))
    }

    /// The half-written text, and under which of its names it lies.
    fn found_draft<'n>(&self, name: &'n DraftName) -> Result<Option<(&'n str, String)>> {
        for name in std::iter::once(&name.own).chain(&name.older) {
            let text = self.first("SELECT text FROM draft WHERE prompt = ?1", [name], |row| {
                row.get(0)
            })?;
            if let Some(text) = text {
                return Ok(Some((name, text)));
            }
        }
        Ok(None)
    }
}

impl Store {
    /// Keeps the half-written text of a prompt in place of `known`, which is what this prompt has read or written last; without
    /// a text drops that. What another window wrote meanwhile stays, before the text; whether it does so from now on.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_draft(
        &mut self,
        name: &DraftName,
        known: Option<&str>,
        text: Option<&str>,
        now: Moment,
    ) -> Result<bool> {
        self.write(|writer| {
            let found = writer.found_draft(name)?;
            let (text, beside) = match &found {
                Some((_, stored)) => settle(stored, known, text.unwrap_or_default()),
                None => (text.unwrap_or_default().to_owned(), false),
            };
            let stored = Some(text).filter(|text| !text.is_empty());
            let found = found.as_ref();
            if found.map(|(_, text)| text) != stored.as_ref() {
                if let Some((at, _)) = found {
                    writer.remove_draft(at)?;
                }
                if let Some(text) = &stored {
                    writer.put_draft(&name.own, text, now)?;
                }
            }
            Ok::<_, StoreError>(beside)
        })
    }
}

impl Writer<'_> {
    fn put_draft(&self, name: &str, text: &str, now: Moment) -> Result<()> {
        self.run(
            "INSERT INTO draft (prompt, text, at) VALUES (?1, ?2, ?3)
             ON CONFLICT (prompt) DO UPDATE SET text = excluded.text, at = excluded.at",
            params![name, text, now.0],
        )?;
        Ok(())
    }

    fn remove_draft(&self, name: &str) -> Result<()> {
        self.run("DELETE FROM draft WHERE prompt = ?1", [name])?;
        Ok(())
    }
}

/// What is stored in place of `stored` by a prompt that knew `known` and now has this text (none: what it knew is done with);
/// and whether the text has only now come beside another.
///
/// ```text
/// stored        known   text    becomes
/// mine          mine    mine+   mine+
/// yours         mine    mine+   yours ¶ mine+    both are kept, and that is said
/// yours ¶ mine  mine    mine+   yours ¶ mine+    beside another a text grows in its place
/// yours ¶ mine  mine    –       yours            and goes alone
/// ```
fn settle(stored: &str, known: Option<&str>, text: &str) -> (String, bool) {
    let place = known.and_then(|known| Some((passage(stored, known)?, known.len())));
    if let Some((start, length)) = place {
        let (before, after) = (&stored[..start], &stored[start + length..]);
        let settled = match text.is_empty() {
            false => format!("{before}{text}{after}"),
            // One of the two separators goes with it.
            true => match before.strip_suffix(BETWEEN) {
                Some(before) => format!("{before}{after}"),
                None => after.strip_prefix(BETWEEN).unwrap_or(after).to_owned(),
            },
        };
        return (settled, false);
    }
    if text.is_empty() || passage(stored, text).is_some() {
        return (stored.to_owned(), false);
    }
    (format!("{stored}{BETWEEN}{text}"), true)
}

/// Where a text stands by itself in what is stored: the last place, because what comes later is put behind.
fn passage(stored: &str, text: &str) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    let alone = |&(start, _): &(usize, &str)| {
        let (before, after) = (&stored[..start], &stored[start + text.len()..]);
        (before.is_empty() || before.ends_with(BETWEEN))
            && (after.is_empty() || after.starts_with(BETWEEN))
    };
    let mut places = stored.rmatch_indices(text);
    places.find(alone).map(|(start, _)| start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::OpenOptions;

    fn settled(stored: &str, known: Option<&str>, text: &str) -> String {
        settle(stored, known, text).0
    }

    #[test]
    fn a_text_takes_the_place_of_what_its_prompt_knew_and_of_nothing_else() {
        assert_eq!(settled("mine", Some("mine"), "mine+"), "mine+");
        assert_eq!(
            settle("yours", None, "mine"),
            ("yours\n\nmine".into(), true)
        );
        assert_eq!(settled("yours", Some("mine"), "mine+"), "yours\n\nmine+");
        let both = "yours\n\nmine";
        assert_eq!(
            settle(both, Some("mine"), "mine+"),
            ("yours\n\nmine+".into(), false)
        );
        assert_eq!(settled(both, Some("yours"), "yours+"), "yours+\n\nmine");
        assert_eq!(settle(both, Some("others"), "mine"), (both.into(), false));
        // A word in another text is not the text.
        assert_eq!(
            settled("all mine", Some("mine"), "mine+"),
            "all mine\n\nmine+"
        );
    }

    #[test]
    fn what_is_done_with_goes_alone() {
        assert_eq!(settled("mine", Some("mine"), ""), "");
        assert_eq!(settled("mine and more", Some("mine"), ""), "mine and more");
        assert_eq!(settled("yours", None, ""), "yours");
        for (both, left) in [
            ("yours\n\nmine", "yours"),
            ("mine\n\nyours", "yours"),
            ("a\n\nmine\n\nb", "a\n\nb"),
        ] {
            assert_eq!(settled(both, Some("mine"), ""), left);
        }
    }

    fn handle(name: &str) -> Handle {
        Handle::parse(name).expect("a handle")
    }

    #[test]
    fn drafts_are_of_whoever_writes_and_older_ones_open_for_whoever_asks() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store =
            Store::open(&folder.path().join("w.intake"), &OpenOptions::default()).expect("a store");
        let nobody = DraftName::of("comment", None);
        let [hana, omar] =
            ["hana", "omar"].map(|name| DraftName::of("comment", Some(&handle(name))));
        let mut keep = |name: &DraftName, known, text| {
            let kept = store.keep_draft(name, known, text, Moment(1));
            let draft = store.read(|reader| reader.draft(name));
            (draft.expect("a read"), kept.expect("it is kept"))
        };
        keep(&nobody, None, Some("old"));
        // Who has read it goes on with it, and it is theirs then.
        let kept = keep(&hana, Some("old"), Some("older"));
        assert_eq!(kept, (Some("older".into()), false));
        assert_eq!(keep(&omar, None, Some("new")), (Some("new".into()), false));
        assert_eq!(keep(&hana, Some("older"), None), (None, false));
        let draft = |name| store.read(|reader| reader.draft(name)).expect("a read");
        assert_eq!([draft(&hana), draft(&nobody)], [None, None]);
        assert_eq!(draft(&omar).as_deref(), Some("new"));
    }
}
