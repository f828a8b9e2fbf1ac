//! Charts as data: what is counted, not how it is drawn.

use chrono::NaiveDate;

use super::choices::choices;
use super::id::IdeaId;
use super::moment::{DAY, Moment};
use super::people::Handle;

/// How many weeks a chart over time shows, this one included.
pub const WEEKS: usize = 12;

/// How many ideas the chart of demand shows.
pub const TOP_IDEAS: usize = 8;

/// How many owners the chart of load shows.
pub const MOST_OWNERS: usize = 15;

/// Where the ages of what is unprocessed are parted, in days; the last part is open.
pub const AGES: [i64; 6] = [1, 3, 7, 14, 28, 84];

choices! {
    /// The charts there are.
    ChartName {
        /// What came in and what was processed, week by week.
        Inbox = 0, "inbox", "Inbox per week";
        /// How old what is unprocessed is.
        Age = 1, "age", "Age of what is unprocessed";
        /// How long it took from receiving to processing, week by week.
        Time = 2, "time", "Days until processed";
        /// Who wants the most wanted ideas.
        Demand = 3, "demand", "Demand of the top ideas";
        /// What lies with whom.
        Load = 4, "load", "Load per owner";
        /// Who held how many interviews, week by week.
        Interviews = 5, "interviews", "Interviews per week";
    }
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Columns beside each other over time.
    Columns,
    /// Columns on top of each other over time.
    StackedColumns,
    /// Lines over time.
    Lines,
    /// Bars from left to right, the parts of one behind each other.
    Bars,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Which it is.
    pub name: ChartName,
    /// What has to be known to read it.
    pub note: String,
    /// How it is drawn.
    pub shape: Shape,
    /// What its places are called: weeks, ages, ideas, owners. May have come from outside.
    pub labels: Vec<String>,
    /// What is counted at each place.
    pub series: Vec<Series>,
    /// What each place stands for; empty where that is nothing which can be opened.
    pub leads: Vec<Lead>,
}

/// What a place of a chart stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// Unprocessed feedback of at least so many days, and of less than so many.
    Age(Option<i64>, Option<i64>),
    /// An idea.
    Idea(IdeaId),
    /// What lies with somebody; `None` for nobody.
    Owner(Option<Handle>),
    /// What was received in the week that begins on that Monday.
    Week(NaiveDate),
}

/// One thing that is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is called. May have come from outside.
    pub name: String,
    /// The figure at each place; `None` where there is none.
    pub values: Vec<Option<f64>>,
}

impl Chart {
    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let all = self.series.iter().flat_map(|series| &series.values);
        all.into_iter()
            .all(|value| value.is_none_or(|value| value == 0.0))
    }

    /// Of the interviews: who has held none in the last week that is shown, which is this one, and so owes one.
    #[must_use]
    pub fn owing(&self) -> Vec<&str> {
        let of_interviews = self.name == ChartName::Interviews;
        let owes = |series: &&Series| series.values.last() == Some(&Some(0.0));
        let owing = self.series.iter().filter(|_| of_interviews).filter(owes);
        owing.map(|series| series.name.as_str()).collect()
    }

    /// The largest figure that is drawn: of a place as a whole where parts are on top of each other.
    #[must_use]
    pub fn highest(&self) -> f64 {
        let value = |series: &Series, place: usize| {
            series.values.get(place).copied().flatten().unwrap_or(0.0)
        };
        let at = |place: usize| {
            let values = self.series.iter().map(|series| value(series, place));
            match self.shape {
                Shape::StackedColumns | Shape::Bars => values.sum(),
                Shape::Columns | Shape::Lines => values.fold(0.0, f64::max),
            }
        };
        (0..self.labels.len()).map(at).fold(0.0, f64::max)
    }
}

/// A figure as it is read: without a fraction where it has none, else with one digit.
#[must_use]
pub fn figure(value: f64) -> String {
    if (value - value.round()).abs() < 0.05 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    }
}

/// What was counted in one week.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct WeekFigures {
    /// What came in.
    pub received: u64,
    /// What was processed or archived.
    pub processed: u64,
    /// Of what was processed, how many milliseconds that took: median and 90th percentile.
    pub took: Option<(i64, i64)>,
}

/// A tier, or none, and what its companies want.
pub type TierDemand = (Option<String>, i64);

/// Who wants an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaFigures {
    /// Which.
    pub idea: IdeaId,
    /// Its title.
    pub title: String,
    /// The demand of each tier.
    pub tiers: Vec<TierDemand>,
}

/// What lies with an owner.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct OwnerFigures {
    /// Who; `None` for nobody.
    pub owner: Option<Handle>,
    /// Unprocessed feedback.
    pub unprocessed: u64,
    /// Feedback that waits for an answer.
    pub waiting: u64,
    /// Items of releases to come.
    pub items: u64,
}

/// What the charts are drawn from.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Figures {
    /// The Monday of each week, the oldest first.
    pub mondays: Vec<NaiveDate>,
    /// What was counted in each week.
    pub weeks: Vec<WeekFigures>,
    /// How much of what is unprocessed has which age, by [`AGES`].
    pub ages: Vec<u64>,
    /// The most wanted ideas, the most wanted first.
    pub demand: Vec<IdeaFigures>,
    /// Owners, the most loaded first.
    pub owners: Vec<OwnerFigures>,
    /// Interviews that were held in each week, by who held them.
    pub interviews: Vec<(Handle, Vec<u64>)>,
}

/// The moments where [`AGES`] are parted at `now`, the youngest first.
#[must_use]
pub fn age_bounds(now: Moment) -> Vec<Moment> {
    AGES.iter().map(|days| now.plus(-days * DAY)).collect()
}

/// The place of a share among figures in order: 0.5 for the median. By the nearest rank, so it is one of them.
#[must_use]
pub fn percentile(sorted: &[i64], share: f64) -> Option<i64> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss
    )]
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

impl Figures {
    /// One of the charts.
    #[must_use]
    pub fn chart(&self, name: ChartName) -> Chart {
        match name {
            ChartName::Inbox => self.inbox(),
            ChartName::Age => self.age(),
            ChartName::Time => self.time(),
            ChartName::Demand => self.demand(),
            ChartName::Load => self.load(),
            ChartName::Interviews => self.interviews(),
        }
    }

    fn week_labels(&self) -> Vec<String> {
        self.mondays
            .iter()
            .map(|day| day.format("%-d %b").to_string())
            .collect()
    }

    fn over_weeks(&self, name: &str, value: impl Fn(&WeekFigures) -> Option<f64>) -> Series {
        Series {
            name: name.to_owned(),
            values: self.weeks.iter().map(value).collect(),
        }
    }

    fn inbox(&self) -> Chart {
        Chart {
            name: ChartName::Inbox,
            note: "Feedback received and processed in the week that begins on that Monday."
                .to_owned(),
            shape: Shape::Columns,
            labels: self.week_labels(),
            series: vec![
                self.over_weeks("in", |week| Some(count(week.received))),
                self.over_weeks("out", |week| Some(count(week.processed))),
            ],
            leads: self.mondays.iter().copied().map(Lead::Week).collect(),
        }
    }

    fn age(&self) -> Chart {
        let mut labels = vec!["under a day".to_owned()];
        labels.extend(AGES.windows(2).map(|pair| match pair {
            [from, to] if to % 7 == 0 && from % 7 == 0 => {
                format!("{} to {} weeks", from / 7, to / 7)
            }
            [from, 7] => format!("{from} days to a week"),
            [1, to] => format!("1 to {to} days"),
            [from, to] => format!("{from} to {to} days"),
            _ => String::new(),
        }));
        labels.push("12 weeks and more".to_owned());
        Chart {
            name: ChartName::Age,
            note: "What waits for an answer or is snoozed is not counted until it comes back."
                .to_owned(),
            shape: Shape::Bars,
            labels,
            series: vec![Series {
                name: "unprocessed".to_owned(),
                values: self.ages.iter().map(|age| Some(count(*age))).collect(),
            }],
            leads: age_leads(),
        }
    }

    fn time(&self) -> Chart {
        Chart {
            name: ChartName::Time,
            note: "From receiving to processing, of what was processed in that week: half took no longer than the median, nine of ten no longer than the 90th percentile.".to_owned(),
            shape: Shape::Lines,
            labels: self.week_labels(),
            series: vec![
                self.over_weeks("median", |week| week.took.map(|(median, _)| days(median))),
                self.over_weeks("90th percentile", |week| week.took.map(|(_, most)| days(most))),
            ],
            leads: Vec::new(),
        }
    }

    fn demand(&self) -> Chart {
        let mut tiers: Vec<(&Option<String>, i64)> = Vec::new();
        for (tier, demand) in self.demand.iter().flat_map(|idea| &idea.tiers) {
            match tiers.iter_mut().find(|(known, _)| *known == tier) {
                Some((_, sum)) => *sum += demand,
                None => tiers.push((tier, *demand)),
            }
        }
        // Companies without a tier come last; of the rest, the one that wants most comes first.
        tiers.sort_by_key(|(tier, sum)| (tier.is_none(), std::cmp::Reverse(*sum), (*tier).clone()));
        let of_tier = |tier: &Option<String>| Series {
            name: tier.clone().unwrap_or_else(|| "no tier".to_owned()),
            values: self
                .demand
                .iter()
                .map(|idea| {
                    let found = idea.tiers.iter().find(|(known, _)| known == tier);
                    #[allow(clippy::cast_precision_loss)] // A demand is far below 2^52.
                    Some(found.map_or(0.0, |(_, demand)| *demand as f64))
                })
                .collect(),
        };
        Chart {
            name: ChartName::Demand,
            note: "The most wanted ideas that are neither released nor declined; by the tier of the companies.".to_owned(),
            shape: Shape::Bars,
            labels: self.demand.iter().map(|idea| idea.title.clone()).collect(),
            series: tiers.iter().map(|(tier, _)| of_tier(tier)).collect(),
            leads: self.demand.iter().map(|idea| Lead::Idea(idea.idea)).collect(),
        }
    }

    fn load(&self) -> Chart {
        let of = |name: &str, value: fn(&OwnerFigures) -> u64| Series {
            name: name.to_owned(),
            values: self
                .owners
                .iter()
                .map(|owner| Some(count(value(owner))))
                .collect(),
        };
        let label = |owner: &OwnerFigures| match &owner.owner {
            Some(owner) => format!("@{}", owner.as_str()),
            None => "nobody".to_owned(),
        };
        Chart {
            name: ChartName::Load,
            note: "Open feedback, and items of releases to come.".to_owned(),
            shape: Shape::Bars,
            labels: self.owners.iter().map(label).collect(),
            series: vec![
                of("unprocessed", |owner| owner.unprocessed),
                of("waiting", |owner| owner.waiting),
                of("release items", |owner| owner.items),
            ],
            leads: self
                .owners
                .iter()
                .map(|owner| Lead::Owner(owner.owner.clone()))
                .collect(),
        }
    }

    fn interviews(&self) -> Chart {
        let series = self.interviews.iter().map(|(who, weeks)| Series {
            name: format!("@{}", who.as_str()),
            values: weeks.iter().map(|held| Some(count(*held))).collect(),
        });
        Chart {
            name: ChartName::Interviews,
            note: "User interviews that were held, by product manager.".to_owned(),
            shape: Shape::StackedColumns,
            labels: self.week_labels(),
            series: series.collect(),
            leads: Vec::new(),
        }
    }
}

/// What the parts of [`AGES`] stand for.
fn age_leads() -> Vec<Lead> {
    let from = std::iter::once(None).chain(AGES.iter().copied().map(Some));
    let to = AGES.iter().copied().map(Some).chain([None]);
    from.zip(to).map(|(from, to)| Lead::Age(from, to)).collect()
}

#[allow(clippy::cast_precision_loss)] // A count is far below 2^52.
const fn count(number: u64) -> f64 {
    number as f64
}

#[allow(clippy::cast_precision_loss)] // A time in milliseconds is far below 2^52.
fn days(milliseconds: i64) -> f64 {
    milliseconds.max(0) as f64 / DAY as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_the_nearest_rank() {
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!(percentile(&ten, 0.5), Some(5));
        assert_eq!(percentile(&ten, 0.9), Some(9));
        assert_eq!(percentile(&[7], 0.9), Some(7));
        assert_eq!(percentile(&[], 0.5), None);
    }

    #[test]
    fn ages_have_a_name_each() {
        let chart = Figures {
            ages: vec![1; AGES.len() + 1],
            ..Figures::default()
        }
        .chart(ChartName::Age);
        assert_eq!(
            chart.labels,
            [
                "under a day",
                "1 to 3 days",
                "3 days to a week",
                "1 to 2 weeks",
                "2 to 4 weeks",
                "4 to 12 weeks",
                "12 weeks and more"
            ]
        );
        assert_eq!(chart.leads.len(), chart.labels.len());
        assert_eq!(chart.leads[2], Lead::Age(Some(3), Some(7)));
    }

    #[test]
    fn whoever_held_no_interview_this_week_owes_one() {
        let held = |who: &str, weeks: [u64; 2]| {
            let who = Handle::parse(who).expect("a handle");
            (who, weeks.to_vec())
        };
        let figures = Figures {
            interviews: vec![held("hana", [0, 1]), held("omar", [2, 0])],
            ..Figures::default()
        };
        assert_eq!(figures.chart(ChartName::Interviews).owing(), ["@omar"]);
        assert!(figures.chart(ChartName::Load).owing().is_empty());
    }

    #[test]
    fn the_highest_figure_is_that_of_what_is_drawn_together() {
        let series = |values: [f64; 2]| Series {
            name: String::new(),
            values: values.map(Some).to_vec(),
        };
        let mut chart = Chart {
            name: ChartName::Load,
            note: String::new(),
            shape: Shape::Bars,
            labels: vec![String::new(), String::new()],
            series: vec![series([1.0, 4.0]), series([5.0, 0.5])],
            leads: Vec::new(),
        };
        assert!((chart.highest() - 6.0).abs() < 1e-9);
        chart.shape = Shape::Columns;
        assert!((chart.highest() - 5.0).abs() < 1e-9);
        assert_eq!([figure(3.0), figure(2.26)], ["3", "2.3"]);
    }
}
