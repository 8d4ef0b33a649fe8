//! How long every rule took, on stderr: it is no part of the result.

use crate::output::{note, table};
use viite_check::Report;

/// Tells it, the slowest first.
pub(super) fn tell(report: &Report) {
    let mut timings: Vec<_> = report.timings.iter().collect();
    timings.sort_by(|a, b| b.seconds.total_cmp(&a.seconds).then_with(|| a.rule.cmp(&b.rule)));
    let mut rows = table(&["rule", "runs", "rows", "seconds", "longest"]);
    for timing in timings {
        rows.add_row([
            timing.rule.clone(),
            timing.runs.to_string(),
            timing.rows.to_string(),
            format!("{:.3}", timing.seconds),
            format!("{:.3}", timing.longest),
        ]);
    }
    for line in rows.lines() {
        note(line.trim_end());
    }
}
