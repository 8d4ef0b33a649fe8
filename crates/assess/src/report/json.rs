//! For programs.

use super::text::Sorted;
use crate::{
    Assessment, InvestmentAssessment,
    assessment::{CriterionResult, Named, ProcedureResult, ThresholdResult},
    measure::{Gap, Reading},
    statement::Fault,
};
use oxsdatatypes::Decimal;
use serde_json::{Number, Value, json};
use std::io::{self, Write};
use viite_check::Report;

pub(super) fn write(assessment: &Assessment, findings: &Report, mut to: impl Write) -> io::Result<()> {
    let sorted = Sorted::of(assessment);
    let document = json!({
        "region": assessment.region,
        "today": assessment.today,
        "language": assessment.language,
        "share": assessment.share,
        "summary": {
            "investments": assessment.investments.len(),
            "joint": sorted.follow,
            "open": sorted.open,
            "own": sorted.own,
            "findings": findings.findings.len(),
        },
        "investments": assessment.investments.iter().map(investment).collect::<Vec<_>>(),
        "findings": findings.findings,
    });
    serde_json::to_writer_pretty(&mut to, &document)?;
    writeln!(to)
}

fn investment(investment: &InvestmentAssessment) -> Value {
    json!({
        "investment": investment.investment.as_str(),
        "label": investment.label,
        "state": investment.state,
        "source": investment.source,
        "outcome": investment.verdict(),
        "criteria": investment.criteria.iter().map(criterion).collect::<Vec<_>>(),
        "procedures": investment.procedures.iter().map(procedure).collect::<Vec<_>>(),
    })
}

fn criterion(criterion: &CriterionResult) -> Value {
    json!({
        "clause": criterion.criterion.id,
        "label": criterion.criterion.label,
        "place": criterion.place,
        "qualifier": criterion.qualifier,
        "decides": criterion.decides,
        "outcome": criterion.verdict,
        "thresholds": criterion.thresholds.iter().map(threshold).collect::<Vec<_>>(),
        "judged_by": criterion.judged_by,
        "missing": criterion.gaps.iter().map(|(name, gap)| missing(name, gap)).collect::<Vec<_>>(),
    })
}

fn threshold(threshold: &ThresholdResult) -> Value {
    json!({
        "id": threshold.threshold.id,
        "label": threshold.threshold.label,
        "quantity": threshold.quantity,
        "relative_to": threshold.relative_to,
        "operator": threshold.operator,
        "limit": decimal(threshold.limit),
        "unit": threshold.unit,
        "outcome": threshold.verdict,
        "readings": threshold.readings.iter().map(reading).collect::<Vec<_>>(),
    })
}

fn reading(reading: &Reading) -> Value {
    let number = |value: Option<Decimal>| value.map_or(Value::Null, decimal);
    json!({
        "share": reading.share,
        "amount": number(reading.amount),
        "base": number(reading.base),
        "value": number(reading.value),
        "margin": number(reading.margin),
        "outcome": reading.verdict,
        "implausible": reading.is_implausible(),
    })
}

fn procedure(procedure: &ProcedureResult) -> Value {
    json!({
        "procedure": procedure.procedure.id,
        "label": procedure.procedure.label,
        "definition": procedure.definition,
        "outcome": procedure.verdict,
        "because": procedure.because,
        "depends_on": procedure.open,
        "actors": procedure.actors.iter().map(|(actor, now)| json!({
            "id": actor.id,
            "label": actor.label,
            "successors": now,
        })).collect::<Vec<_>>(),
        "decision_level": procedure.decision_level,
        "yearly_steps": procedure.steps.iter().map(|(step, season)| json!({
            "id": step.id,
            "label": step.label,
            "season": season,
        })).collect::<Vec<_>>(),
        "clauses": procedure.clauses,
    })
}

fn missing(name: &Named, gap: &Gap) -> Value {
    let (fault, said) = match &gap.fault {
        None => ("missing", Vec::new()),
        Some(Fault::NoNumber(text)) => ("no-number", vec![text.as_str()]),
        Some(Fault::Zero(text)) => ("zero", vec![text.as_str()]),
        Some(Fault::Negative(text)) => ("negative", vec![text.as_str()]),
        Some(Fault::NoYesOrNo(text)) => ("no-yes-or-no", vec![text.as_str()]),
        Some(Fault::Several(texts)) => ("several", texts.iter().map(String::as_str).collect()),
    };
    json!({ "property": name.id, "label": name.label, "fault": fault, "said": said })
}

/// As a number; verdicts are reached before it is rounded to what JSON readers hold.
fn decimal(value: Decimal) -> Value {
    let text = value.to_string();
    if let Ok(whole) = text.parse::<i64>() {
        return whole.into();
    }
    text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}
