//! The report as tables, for CSV, the workbook and the page.

use super::{Report, words, words::sign};
use crate::{
    coverage::Counts,
    table::{Cell, Column, Table, Value},
};
use viite_model::{Outcome, Severity};

/// What was judged, and how it came out.
pub(super) fn summary(report: &Report) -> Table {
    let words = words(report.language);
    let counts = report.counts();
    let mut rows: Vec<Vec<Cell>> = vec![
        vec![words.day.into(), Value::Day(report.today.clone()).into()],
        vec![words.described.into(), (report.descriptions as u64).into()],
        vec![words.rules.into(), (report.coverage.len() as u64).into()],
        vec![words.rules_vacuous.into(), (report.vacuous().count() as u64).into()],
        vec![words.rules_failed.into(), (report.failures.len() as u64).into()],
        vec![words.things_judged.into(), counts.concerned().into()],
    ];
    rows.extend(Outcome::ALL.map(|outcome| {
        vec![Cell::from(words.outcome(outcome)).colored(outcome), Cell::from(counts.of(outcome)).colored(outcome)]
    }));
    if !report.switched_off.is_empty() {
        rows.push(vec![words.switched_off.into(), report.switched_off.join(", ").into()]);
    }
    rows.push(vec![words.assessable.into(), counts.assessable().map(Value::Share).into()]);
    rows.extend(Severity::ALL.map(|severity| {
        let violates = report.counts_of(severity).of(Outcome::Violates);
        let outcome = words.outcome(Outcome::Violates);
        vec![format!("{outcome}: {}", words.severity(severity)).into(), violates.into()]
    }));
    Table {
        name: words.summary.to_owned(),
        caption: format!("{}, {}", words.title, report.language.day(&report.today)),
        columns: vec![Column::new(words.summary, 34), Column::new(words.value, 60)],
        rows,
        keys: 1,
        printed: None,
    }
}

/// What the signs of the matrix mean.
pub(super) fn legend(report: &Report) -> Vec<Cell> {
    let words = words(report.language);
    vec![words.signs.into(), words.legend.into()]
}

/// A row for each finding; of one about several things, a row for each of them.
pub(super) fn findings(report: &Report) -> Table {
    let words = words(report.language);
    let things = report.findings.iter().flat_map(|finding| {
        let own = (finding.focus_label.as_str(), finding.focus.as_str(), finding.source.as_ref());
        let members =
            finding.members.iter().map(|member| (member.label.as_str(), member.value.as_str(), member.source.as_ref()));
        let alone = finding.members.is_empty().then_some(own);
        alone.into_iter().chain(members).map(move |thing| (finding, thing))
    });
    let rows = things.map(|(finding, (label, iri, source))| {
        let deviation = finding.deviation.as_ref();
        let fix = report.coverage_of(&finding.rule).map(|rule| rule.fix.as_str());
        vec![
            finding.region.as_ref().map(|region| region.code.as_str()).into(),
            finding.region.as_ref().map(|region| region.name.as_str()).into(),
            finding.state.map(|state| words.state(state)).into(),
            finding.clause.as_str().into(),
            Cell::from(words.outcome(finding.outcome)).colored(finding.outcome),
            words.severity(finding.severity).into(),
            label.into(),
            finding.message.as_str().into(),
            fix.map(str::trim).into(),
            source.map(ToString::to_string).into(),
            source.and_then(|source| source.id.as_deref()).into(),
            finding.clause_label.as_str().into(),
            deviation.map(|deviation| deviation.reason.as_str()).into(),
            deviation.map(|deviation| deviation.authority.as_str()).into(),
            deviation.and_then(|deviation| deviation.until.clone()).map(Value::Day).into(),
            finding.rule.as_str().into(),
            iri.into(),
            finding.id.as_str().into(),
            words.standing(finding).into(),
        ]
    });
    Table {
        name: words.findings.to_owned(),
        caption: words.findings.to_owned(),
        columns: vec![
            Column::new(words.region_code, 7),
            Column::new(words.region, 16),
            Column::new(words.state, 10),
            Column::new(words.clause, 13),
            Column::new(words.outcome, 13),
            Column::new(words.severity, 16),
            Column::new(words.thing, 18),
            Column::new(words.message, 40),
            Column::new(words.fix, 40),
            Column::new(words.place, 16),
            Column::new(words.element, 18),
            Column::new(words.guideline, 30),
            Column::new(words.reason, 30),
            Column::new(words.authority, 20),
            Column::new(words.until, 12),
            Column::new(words.rule, 26),
            Column::new(words.iri, 40),
            Column::new(words.finding, 14),
            Column::new(words.baseline_standing, 16),
        ],
        rows: rows.collect(),
        keys: 0,
        printed: Some(10),
    }
}

/// How many things each rule concerned, and how they came out.
pub(super) fn coverage(report: &Report) -> Table {
    let words = words(report.language);
    let rows = report.coverage.iter().map(|rule| {
        let mut row: Vec<Cell> = vec![
            rule.rule.as_str().into(),
            rule.title.as_str().into(),
            words.severity(rule.severity).into(),
            rule.clause.as_str().into(),
            rule.clause_label.as_str().into(),
            rule.concerned.into(),
        ];
        row.extend(Outcome::ALL.map(|outcome| colored_count(rule.counts, outcome)));
        row.push(rule.counts.assessable().map(Value::Share).into());
        row
    });
    let mut columns = vec![
        Column::new(words.rule, 30),
        Column::new(words.what_is_judged, 50),
        Column::new(words.severity, 13),
        Column::new(words.clause, 16),
        Column::new(words.guideline, 36),
        Column::new(words.concerned, 11),
    ];
    columns.extend(Outcome::ALL.map(|outcome| Column::new(words.outcome(outcome), 13)));
    columns.push(Column::new(words.assessable, 12));
    Table {
        name: words.coverage.to_owned(),
        caption: words.coverage.to_owned(),
        columns,
        rows: rows.collect(),
        keys: 1,
        printed: None,
    }
}

/// Every region against every guideline that something was concerned by.
pub(super) fn matrix(report: &Report) -> Table {
    let words = words(report.language);
    let grid = report.grid();
    let concerned = grid.concerned();
    let rows = grid.telling().map(|((region, state), counts)| {
        let mut row: Vec<Cell> = vec![
            region.code.as_str().into(),
            region.name.as_str().into(),
            state.map(|state| words.state(state)).into(),
        ];
        row.extend(concerned.iter().map(|column| verdict(counts[*column])));
        row
    });
    let mut columns =
        vec![Column::new(words.region_code, 7), Column::new(words.region, 26), Column::new(words.state, 12)];
    columns.extend(concerned.iter().map(|column| {
        let heading = &grid.headings[*column];
        Column::new(format!("{} {}", heading.short(), heading.label), 17)
    }));
    Table {
        name: words.matrix.to_owned(),
        caption: words.legend.to_owned(),
        columns,
        rows: rows.collect(),
        keys: 3,
        printed: None,
    }
}

/// A number of things in the colour of their outcome; none without colour.
fn colored_count(counts: Counts, outcome: Outcome) -> Cell {
    let count = counts.of(outcome);
    Cell::from(count).colored((count > 0).then_some(outcome))
}

/// The worst outcome, how many things have it, and of how many: `✗ 2/9`.
pub(crate) fn verdict(counts: Counts) -> Cell {
    match counts.worst() {
        Some(worst) => {
            Cell::from(format!("{} {}/{}", sign(worst), counts.of(worst), counts.concerned())).colored(worst)
        }
        None => "–".into(),
    }
}
