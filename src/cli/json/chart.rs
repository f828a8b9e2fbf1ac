//! Charts as JSON.

use serde::Serialize;

use crate::domain::chart::Chart;

/// A chart: its figures by label.
#[derive(Debug, Serialize)]
pub struct ChartJson {
    chart: &'static str,
    title: &'static str,
    note: String,
    labels: Vec<String>,
    series: Vec<SeriesJson>,
}

#[derive(Debug, Serialize)]
struct SeriesJson {
    name: String,
    values: Vec<Option<f64>>,
}

impl From<&Chart> for ChartJson {
    fn from(chart: &Chart) -> Self {
        let series = chart.series.iter().map(|series| SeriesJson {
            name: series.name.clone(),
            values: series.values.clone(),
        });
        Self {
            chart: chart.name.name(),
            title: chart.name.word(),
            note: chart.note.clone(),
            labels: chart.labels.clone(),
            series: series.collect(),
        }
    }
}
