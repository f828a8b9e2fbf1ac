//! Times of day as a person types them: `9`, `9am`, `14:30`, `noon`, `eod`.

/// Minutes since midnight that a word stands for.
const NAMED: &[(&str, u32)] = &[
    ("morning", 9 * 60),
    ("noon", 12 * 60),
    ("midday", 12 * 60),
    ("afternoon", 14 * 60),
    ("eod", 17 * 60),
    ("evening", 18 * 60),
    ("tonight", 18 * 60),
];

/// Words for a time of the very day on which they are typed: once it is over, they do not mean that of tomorrow.
pub(super) fn is_of_today(word: &str) -> bool {
    matches!(word, "eod" | "tonight")
}

/// The minutes since midnight that a word means by itself: it says that it is a time.
pub(super) fn alone(word: &str) -> Option<u32> {
    let named = NAMED.iter().find(|(name, _)| *name == word);
    if let Some((_, minutes)) = named {
        return Some(*minutes);
    }
    if let Some(hour) = word.strip_suffix("am") {
        return twelve(hour, 0);
    }
    if let Some(hour) = word.strip_suffix("pm") {
        return twelve(hour, 12);
    }
    let (hour, minute) = word.split_once(':')?;
    of(hour, minute).filter(|_| minute.len() == 2)
}

/// What a word means behind a day, where a bare hour suffices.
pub(super) fn behind_a_day(word: &str) -> Option<u32> {
    alone(word).or_else(|| of(word.strip_suffix('h').unwrap_or(word), "0"))
}

/// `9`, `9:30` and the like with `am` or `pm` behind it.
fn twelve(word: &str, more: u32) -> Option<u32> {
    let (hour, minute) = word.split_once(':').unwrap_or((word, "0"));
    let minutes = of(hour, minute)?;
    let hour = minutes / 60;
    (1..=12)
        .contains(&hour)
        .then_some((hour % 12 + more) * 60 + minutes % 60)
}

fn of(hour: &str, minute: &str) -> Option<u32> {
    let figure = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (hour, minute) = (figure(hour)?, figure(minute)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
