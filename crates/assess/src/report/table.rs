//! The assessment as tables, for CSV and a workbook.

use super::{
    number::number,
    text::{margin, unit},
    words::{Words, words},
};
use crate::{
    Assessment, InvestmentAssessment,
    assessment::{CriterionResult, Named},
    measure::Verdict,
};
use viite_check::{
    Report,
    table::{Cell, Column, Table},
};
use viite_model::Outcome;

/// A row for every reading of every criterion.
pub(super) fn criteria(assessment: &Assessment) -> Table {
    let words = words(assessment.language);
    let rows = assessment.investments.iter().flat_map(|investment| {
        investment.criteria.iter().flat_map(move |result| criterion(assessment, words, investment, result))
    });
    Table {
        name: words.criteria.to_owned(),
        caption: format!("{} {}", words.share, words.share(assessment.share)),
        columns: vec![
            Column::new(words.investment, 28),
            Column::new(words.state, 12),
            Column::new(words.clause, 24),
            Column::new(words.criterion, 36),
            Column::new(words.quantity, 36),
            Column::new(words.value, 18),
            Column::new(words.threshold, 20),
            Column::new(words.margin, 26),
            Column::new(words.outcome, 16),
            Column::new(words.missing.trim_end_matches(':'), 44),
        ],
        rows: rows.collect(),
        keys: 1,
        printed: None,
    }
}

fn criterion(
    assessment: &Assessment,
    words: &Words,
    investment: &InvestmentAssessment,
    result: &CriterionResult,
) -> Vec<Vec<Cell>> {
    let language = assessment.language;
    let gaps: Vec<String> = result.gaps.iter().map(|(name, gap)| words.gap(&name.label, gap)).collect();
    let row = |quantity: String, value: String, limit: String, margin: String, verdict: Verdict| {
        vec![
            investment.label.as_str().into(),
            words.state(investment.state).into(),
            result.criterion.id.as_str().into(),
            result.criterion.label.as_str().into(),
            quantity.into(),
            value.into(),
            limit.into(),
            margin.into(),
            verdict_cell(words.verdict(verdict), verdict),
            gaps.join("; ").into(),
        ]
    };
    let mut rows = Vec::new();
    for threshold in &result.thresholds {
        let sign = unit(words, threshold);
        let limit = format!("{} {} {sign}", words.operator(threshold.operator), number(threshold.limit, language));
        for reading in &threshold.readings {
            let quantity = match reading.share {
                Some(share) => format!("{} ({})", threshold.quantity.label, words.share(share)),
                None => threshold.quantity.label.clone(),
            };
            let mut value = reading.value.map(|value| format!("{} {sign}", number(value, language)));
            if let Some(value) = value.as_mut().filter(|_| reading.is_implausible()) {
                value.push_str(&format!(" ({})", words.implausible));
            }
            let margin = margin(words, reading.margin, language);
            rows.push(row(quantity, value.unwrap_or_default(), limit.clone(), margin, reading.verdict));
        }
    }
    if let Some(property) = &result.judged_by {
        rows.push(row(property.label.clone(), String::new(), String::new(), String::new(), result.verdict));
    }
    rows
}

/// A row for every procedure of every investment.
pub(super) fn procedures(assessment: &Assessment) -> Table {
    let words = words(assessment.language);
    let mut rows = Vec::new();
    for investment in &assessment.investments {
        for result in &investment.procedures {
            let steps: Vec<&Named> = result.steps.iter().map(|(step, _)| step).collect();
            let actors: Vec<&Named> = result.actors.iter().map(|(actor, _)| actor).collect();
            rows.push(vec![
                investment.label.as_str().into(),
                words.state(investment.state).into(),
                result.procedure.label.as_str().into(),
                verdict_cell(words.follows(result.verdict), result.verdict),
                list(&result.because.iter().collect::<Vec<_>>(), |named| &named.id),
                list(&result.open.iter().collect::<Vec<_>>(), |named| &named.label),
                list(&actors, |named| &named.label),
                result.decision_level.as_ref().map_or(words.not_named, |level| &level.label).into(),
                list(&steps, |named| &named.label),
                list(&result.clauses.iter().collect::<Vec<_>>(), |named| &named.id),
                result.definition.as_str().into(),
            ]);
        }
    }
    Table {
        name: words.what_follows.to_owned(),
        caption: words.what_follows.to_owned(),
        columns: vec![
            Column::new(words.investment, 28),
            Column::new(words.state, 12),
            Column::new(words.procedure, 30),
            Column::new(words.outcome, 14),
            Column::new(words.because, 24),
            Column::new(words.depends_on, 36),
            Column::new(words.by_whom, 36),
            Column::new(words.decision_level, 20),
            Column::new(words.clock, 36),
            Column::new(words.clause, 30),
            Column::new(words.what, 60),
        ],
        rows,
        keys: 1,
        printed: None,
    }
}

/// What the rules of investments found.
pub(super) fn findings(assessment: &Assessment, report: &Report) -> Table {
    let words = words(assessment.language);
    let rows = report.findings.iter().map(|finding| {
        vec![
            finding.focus_label.as_str().into(),
            finding.message.as_str().into(),
            Cell::from(words.found(finding.outcome)).colored(finding.outcome),
            finding.rule_title.as_str().into(),
            finding.clause.as_str().into(),
            finding.rule.as_str().into(),
            finding.id.as_str().into(),
        ]
    });
    Table {
        name: words.findings.to_owned(),
        caption: words.rules.to_owned(),
        columns: vec![
            Column::new(words.thing, 28),
            Column::new(words.finding, 60),
            Column::new(words.outcome, 16),
            Column::new(words.what, 44),
            Column::new(words.clause, 24),
            Column::new(words.rule, 26),
            Column::new("id", 14),
        ],
        rows: rows.collect(),
        keys: 1,
        printed: None,
    }
}

fn list(named: &[&Named], part: impl Fn(&Named) -> &str) -> Cell {
    named.iter().map(|named| part(named)).collect::<Vec<_>>().join("; ").into()
}

/// A criterion that is met calls for work, and a missing fact for an answer; neither is a breach.
fn verdict_cell(text: &str, verdict: Verdict) -> Cell {
    Cell::from(text).colored((verdict == Verdict::FactMissing).then_some(Outcome::NotAssessable))
}
