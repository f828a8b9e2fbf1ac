//! Questions about words: what has them, and what has words near to them.

use super::{Result, Workspace};
use crate::domain::feedback::FeedbackRow;
use crate::domain::id::{FeedbackId, IdeaId};
use crate::domain::idea::IdeaRow;
use crate::domain::listing::{FEW, IdeaQuery, Tally};
use crate::domain::passage::Searched;
use crate::query::{NameField, Query};
use crate::search::parted;
use crate::store::Named;

/// What may make other words of those that find nothing.
type Step<'a> = &'a dyn Fn(&Query) -> Result<Option<Query>>;

/// Searching.
impl Workspace {
    /// How many rows these words find, without other conditions. Where that is little, what is found by a company, customer,
    /// colleague, area or tag that they name, if that is more, and by a company whose name they are in any case; where it is
    /// nothing, by the words near to them: another form of theirs, what they may be mistyped for, or those of a phrase apart;
    /// else by all of them but one, or by one of them, whichever finds most. A name that is known is not taken for a slip, even
    /// if nothing has it. It comes with the filter that finds it, and takes as long as [`Workspace::tally_on`], for several words
    /// a few times as long.
    ///
    /// # Errors
    /// As [`Workspace::inbox`].
    pub fn wider(&self, words: &Query) -> Result<(Query, Tally)> {
        let tally = self.tally_on(words, None)?;
        if tally.total >= FEW || !tally.whole {
            return Ok((words.clone(), tally));
        }
        let mut known = None;
        for Named {
            query,
            exact,
            field,
        } in self.read(|reader| reader.named(words))?
        {
            let of_them = self.tally_on(&query, None)?;
            let is_company = exact && field == NameField::Company;
            if of_them.total > tally.total || is_company && of_them.total > 0 {
                return Ok((query, of_them));
            }
            if exact && known.is_none() {
                known = Some((query, of_them));
            }
        }
        match known {
            _ if tally.total > 0 => Ok((words.clone(), tally)),
            Some(known) => Ok(known),
            None => self.near(words, tally),
        }
    }

    /// By which words near to these something is found, and how much.
    fn near(&self, words: &Query, tally: Tally) -> Result<(Query, Tally)> {
        let (mut near, mut tally) = (words.clone(), tally);
        let reworded = |near: &Query| self.read(|reader| reader.reworded(near));
        let apart = |near: &Query| Ok(near.apart(parted));
        let steps: [Step<'_>; 3] = [&reworded, &apart, &reworded];
        for step in steps {
            if tally.total > 0 || !tally.whole {
                break;
            }
            if let Some(other) = step(&near)? {
                tally = self.tally_on(&other, None)?;
                near = other;
            }
        }
        for fewer in [Query::without_each_word, Query::each_word_alone] {
            if tally.total > 0 || !tally.whole {
                break;
            }
            if let Some(most) = self.most_of(fewer(&near))? {
                return Ok(most);
            }
        }
        Ok(match tally.total {
            0 => (words.clone(), tally),
            _ => (near, tally),
        })
    }

    /// Which of these filters finds most, and how much; `None` where none finds anything.
    fn most_of(&self, queries: Vec<Query>) -> Result<Option<(Query, Tally)>> {
        let mut most: Option<(Query, Tally)> = None;
        for query in queries {
            let tally = self.tally_on(&query, None)?;
            if tally.total > most.as_ref().map_or(0, |(_, most)| most.total) {
                most = Some((query, tally));
            }
        }
        Ok(most)
    }

    /// The ideas that `query` shows and that meet the filter, in the order of `query`. Who asks is who sits here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn filtered_ideas(&self, query: &IdeaQuery, filter: &Query) -> Result<Vec<IdeaRow>> {
        self.read(|reader| reader.filtered_ideas(query, filter, self.me.as_ref()))
    }

    /// For each search the ideas whose texts or comments have all of it, best first; none where there is nothing to search for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search_ideas(&self, searches: &[Vec<Searched>]) -> Result<Vec<Vec<IdeaId>>> {
        self.read(|reader| {
            let found = searches.iter().map(|each| reader.ideas_with(each));
            found.collect()
        })
    }

    /// Feedback whose words fit, best first, apart from one. Where nobody `typed` them, because they are the title of that one,
    /// only what is like it by more than a single word.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(
        &self,
        words: &str,
        except: FeedbackId,
        typed: bool,
        limit: usize,
    ) -> Result<Vec<FeedbackRow>> {
        let found = self.read(|reader| reader.feedback_with_words(words, Some(except), limit))?;
        if typed {
            return Ok(found);
        }
        self.informed(|learned, reader| learned.alike(reader, except, found, &self.stopped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deed::{Deed, FeedbackEdit, NewFeedback, PersonEdit};
    use crate::domain::people::Handle;
    use crate::workspace::Opening;

    #[test]
    fn a_name_is_offered_where_its_words_find_little_and_it_finds_more() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("acme.db");
        let mut workspace = Workspace::open(&path, Opening::default()).expect("a workspace");
        let mut add = |title: &str, company: &str| {
            let new = NewFeedback {
                title: title.to_owned(),
                edits: vec![FeedbackEdit::Company(Some(company.to_owned()))],
                ..NewFeedback::default()
            };
            let deed = Deed::AddFeedback(Box::new(new));
            workspace.commit(&deed).expect("it is added");
        };
        add("The omr is down", "Umbrella");
        add("Globex asks for exports", "Globex");
        add("Dark mode", "Globex");
        add("Exports for Initech", "Initech");
        for _ in 0..FEW {
            add("Boards of Acme", "Umbrella");
            add("Tables", "Acme");
            add("More tables", "Acme");
        }
        let colleague = Deed::SavePerson {
            handle: Handle::parse("omar").expect("a mention name"),
            edit: PersonEdit::default(),
        };
        workspace.commit(&colleague).expect("they are added");
        for (words, expected, total) in [
            ("globex", "company:Globex", 2),
            // It finds no more than the word, but may be what is meant.
            ("initech", "company:Initech", 1),
            ("init", "init", 1),
            // A name beside words comes before these are left out.
            ("globex dark mode", "company:Globex dark mode", 1),
            ("dark mode glob", "company:Globex dark mode", 1),
            // It is known, and no slip.
            ("omar", "owner:@omar", 0),
            ("omur", "omr", 1),
            // What is one finds nothing, its words do.
            ("mode-dark", "mode dark", 1),
            ("\"mode dark\"", "mode dark", 1),
            ("\"mode darl\"", "mode dark", 1),
            ("\"dark mode zebra\"", "dark mode", 1),
            // Those are enough.
            ("acme", "acme", FEW),
            ("exporting", "export", 2),
            // Nothing has all of them: the word that is in nothing else is left out, or all but one.
            ("board zebra", "board", FEW),
            ("zebra tab more", "tab more", FEW),
            ("exporting zebra", "export", 2),
            ("dark export tab", "tab", 2 * FEW),
            ("zebra giraffe", "zebra giraffe", 0),
        ] {
            let query = crate::query::parse(words).expect("a filter");
            let (found, tally) = workspace.wider(&query).expect("a count");
            assert_eq!(
                (found.to_string().as_str(), tally.total),
                (expected, total),
                "{words}"
            );
        }
    }
}
