//! Feedback as people write it, made up: words with the frequencies of a language, 30 to 120 of them, about topics.
//!
//! Everything follows from an item's number, so a file of a million items need not be kept in memory to know what is in it.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use intake::domain::moment::{MINUTE, Moment};

use super::measure::Draw;

/// Words that there are.
const WORDS: usize = 40_000;
/// Ideas, each of which has words of its own.
pub const IDEAS: usize = 2_000;
const COMPANIES: usize = 5_000;
/// When the first item was received; each of the others came a minute later.
const FIRST: Moment = Moment(1_700_000_000_000);
/// One in so many items is linked to the idea that it is about, unless it is unprocessed.
const LINKED: u64 = 6;

/// The most frequent words of English, most frequent first.
const COMMON: &str = "the of and to a in is it you that he was for on are with as I his they be at one have this from or \
    had by hot but some what there we can out other were all your when up use word how said an each she which do their \
    time if will way about many then them would write like so these her long make thing see him two has look more day \
    could go come did my sound no most number who over know water than call first people may down side been now find";

/// The words of the language, most frequent first.
pub struct Language {
    words: Vec<String>,
}

impl Language {
    /// The language: first the words of English, then longer and longer ones of syllables.
    pub fn new() -> Self {
        const STARTS: &[&str] = &[
            "s", "t", "c", "p", "r", "m", "d", "b", "f", "l", "n", "h", "g", "w", "v", "st", "tr",
            "pr", "ch", "sh", "pl", "gr", "br", "k", "j", "qu", "z",
        ];
        const MIDDLES: &[&str] = &["e", "a", "i", "o", "u", "ea", "io", "ou", "ai", "y"];
        const ENDS: &[&str] = &[
            "", "n", "r", "t", "s", "l", "d", "nt", "ng", "st", "m", "ck", "x",
        ];
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        let mut known: HashSet<String> = words.iter().cloned().collect();
        let mut draw = Draw::of(7);
        while words.len() < WORDS {
            let syllables = match words.len() {
                0..400 => 1,
                400..4_000 => 2,
                _ => 2 + draw.below(2),
            };
            let word: String = (0..syllables)
                .flat_map(|_| [STARTS, MIDDLES, ENDS])
                .map(|parts| parts[draw.zipf(parts.len())])
                .collect();
            // Where the short ones are used up, a longer one does.
            let word = if known.contains(&word) {
                word + MIDDLES[draw.below(10)] + "r"
            } else {
                word
            };
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        Self { words }
    }

    fn word(&self, draw: &mut Draw) -> &str {
        &self.words[draw.zipf(self.words.len())]
    }

    /// A word of the topic: neither very frequent nor unheard of.
    fn topical(&self, topic: usize, draw: &mut Draw) -> &str {
        let place = draw.zipf(8);
        let mut of_topic = Draw::of((topic * 8 + place) as u64 + 1_000_000);
        &self.words[1_000 + of_topic.below(20_000)]
    }

    /// Words about a topic; one in `among` is one of the topic's own.
    fn phrase(&self, topic: usize, length: usize, among: usize, draw: &mut Draw) -> Vec<&str> {
        (0..length)
            .map(|_| match draw.below(among) {
                0 => self.topical(topic, draw),
                _ => self.word(draw),
            })
            .collect()
    }

    /// The item of that number.
    pub fn item(&self, number: u64) -> Item {
        let mut draw = Draw::of(number + 1);
        let topic = draw.zipf(IDEAS);
        let title_length = 4 + draw.below(6);
        let title = self.phrase(topic, title_length, 3, &mut draw).join(" ");
        let length = 30 + draw.below(91);
        let body = sentences(&self.phrase(topic, length, 12, &mut draw), &mut draw);
        Item {
            number,
            topic,
            title,
            body,
            company: draw.zipf(COMPANIES),
            unprocessed: draw.below(10) < 4,
            priority: ["", "low", "medium", "high", "critical"][draw.below(5)],
            tags: ["", "", "billing", "mobile;ux", "api"][draw.below(5)],
        }
    }

    /// What the idea of that number is called, and what hurts.
    pub fn idea(&self, topic: usize) -> (String, String) {
        let mut draw = Draw::of(topic as u64 + 500_000_000);
        let title = self.phrase(topic, 5, 2, &mut draw).join(" ");
        let problem = self.phrase(topic, 40, 6, &mut draw).join(" ");
        (format!("{title} {topic}"), problem)
    }
}

/// Words as text: a full stop now and then, and a comma.
fn sentences(words: &[&str], draw: &mut Draw) -> String {
    let mut text = String::new();
    for word in words {
        match draw.below(14) {
            _ if text.is_empty() => {}
            0 => text.push_str(". "),
            1 => text.push_str(", "),
            _ => text.push(' '),
        }
        text.push_str(word);
    }
    text.push('.');
    text
}

/// One feedback.
pub struct Item {
    number: u64,
    /// The idea it is about.
    pub topic: usize,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    company: usize,
    unprocessed: bool,
    priority: &'static str,
    tags: &'static str,
}

impl Item {
    fn line(&self, out: &mut String) {
        let Self {
            number,
            title,
            body,
            company,
            priority,
            tags,
            ..
        } = self;
        let state = if self.unprocessed { "open" } else { "closed" };
        let seconds = received(*number).0 / 1_000;
        let day = chrono::DateTime::from_timestamp(seconds, 0).expect("a moment of our time");
        let day = day.format("%Y-%m-%dT%H:%M:%SZ");
        let customer = number % 7;
        out.clear();
        let _ = writeln!(
            out,
            "F-{number},{title},\"{body}\",{day},Company {company},Customer {company}-{customer},{state},{priority},{tags}"
        );
    }

    /// Whether it is linked to its idea.
    pub fn is_linked(&self) -> bool {
        !self.unprocessed && Draw::of(self.number + 77).next().is_multiple_of(LINKED)
    }
}

/// When the item of that number was received.
fn received(number: u64) -> Moment {
    Moment(FIRST.0 + number as i64 * MINUTE)
}

/// The number of the item that was received then.
pub fn number_of(received: Moment) -> u64 {
    ((received.0 - FIRST.0) / MINUTE) as u64
}

/// Writes so many items as CSV.
pub fn write_csv(language: &Language, items: u64, path: &Path) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    writeln!(
        out,
        "id,title,body,created_at,company,customer,status,priority,tags"
    )?;
    let mut line = String::new();
    for number in 0..items {
        language.item(number).line(&mut line);
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}
