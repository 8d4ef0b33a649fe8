//! JSON for programs. Keys are a contract: add, never rename.

use super::Report;
use crate::{
    baseline::Comparison,
    coverage::{Counts, Coverage},
    engine::{NotApplicable, RuleFailure, Timing},
    finding::Finding,
};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};
use viite_model::Severity;

#[derive(Serialize)]
struct Document<'a> {
    summary: Summary<'a>,
    findings: &'a [Finding],
    coverage: &'a [Coverage],
    not_applicable: &'a [NotApplicable],
    failures: &'a [RuleFailure],
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a Comparison>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<&'a [Timing]>,
}

#[derive(Serialize)]
struct Summary<'a> {
    language: &'a str,
    today: &'a str,
    /// Regions and states that have a description.
    descriptions: usize,
    /// How many findings there are, also when not all are listed.
    findings: usize,
    truncated: bool,
    /// Things judged, by outcome; a thing counts once per rule.
    outcomes: Counts,
    /// The same by the severity of the rule.
    severities: BTreeMap<&'a str, Counts>,
    rules_run: usize,
    rules_concerning_nothing: Vec<&'a str>,
    /// Rules that the repository switched off.
    rules_switched_off: &'a [String],
    rules_failed: Vec<&'a str>,
}

pub(super) fn write(report: &Report, limit: Option<usize>, timed: bool, mut to: impl Write) -> io::Result<()> {
    let shown = limit.map_or(report.findings.len(), |limit| limit.min(report.findings.len()));
    let mut rules_failed: Vec<&str> = report.failures.iter().map(|f| f.rule.as_str()).collect();
    rules_failed.dedup();
    let document = Document {
        summary: Summary {
            language: report.language.tag(),
            today: &report.today,
            descriptions: report.descriptions,
            findings: report.findings.len(),
            truncated: shown < report.findings.len(),
            outcomes: report.counts(),
            severities: Severity::ALL
                .into_iter()
                .map(|severity| (severity.name(), report.counts_of(severity)))
                .collect(),
            rules_run: report.coverage.len(),
            rules_concerning_nothing: report.vacuous().map(|rule| rule.rule.as_str()).collect(),
            rules_switched_off: &report.switched_off,
            rules_failed,
        },
        findings: &report.findings[..shown],
        coverage: &report.coverage,
        not_applicable: &report.not_applicable,
        failures: &report.failures,
        baseline: report.baseline.as_ref(),
        timings: timed.then_some(report.timings.as_slice()),
    };
    serde_json::to_writer_pretty(&mut to, &document)?;
    writeln!(to)
}
