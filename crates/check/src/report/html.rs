//! One page of HTML that needs nothing else: for people who read in a browser, on paper or with a screen reader.

use super::{
    Report, tables,
    words::{Words, sign, words},
};
use crate::{
    coverage::Coverage,
    finding::Finding,
    palette,
    table::{Cell, Table},
};
use askama::Template;
use std::{
    fmt::Write as _,
    io::{self, Write},
};
use viite_model::{Outcome, Severity};

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    words: &'a Words,
    day: String,
    totals: String,
    version: &'static str,
    colours: String,
    summary: Table,
    matrix: Table,
    coverage: Table,
    grounds: Vec<Ground<'a>>,
}

/// The findings of a region and state.
struct Ground<'a> {
    name: String,
    judged: Vec<Guideline<'a>>,
    /// What could not be judged.
    open: Vec<Guideline<'a>>,
}

struct Guideline<'a> {
    clause: &'a str,
    label: &'a str,
    rules: Vec<RuleFindings<'a>>,
}

struct RuleFindings<'a> {
    id: &'a str,
    title: &'a str,
    severity: Severity,
    coverage: Option<&'a Coverage>,
    findings: Vec<&'a Finding>,
}

pub(super) fn write(report: &Report, mut to: impl Write) -> io::Result<()> {
    let words = words(report.language);
    let page = Page {
        report,
        words,
        day: report.language.day(&report.today),
        totals: super::text::totals(report, words),
        version: env!("CARGO_PKG_VERSION"),
        colours: colours(),
        summary: tables::summary(report),
        matrix: tables::matrix(report),
        coverage: tables::coverage(report),
        grounds: grounds(report, words),
    };
    page.write_into(&mut to)
}

fn grounds<'a>(report: &'a Report, words: &Words) -> Vec<Ground<'a>> {
    let same = |a: &Finding, b: &Finding| (&a.region, a.state) == (&b.region, b.state);
    report
        .findings
        .chunk_by(same)
        .map(|group| {
            let (open, judged): (Vec<_>, Vec<_>) =
                group.iter().partition(|finding| finding.outcome == Outcome::NotAssessable);
            Ground {
                name: words.ground(group[0].region.as_ref(), group[0].state),
                judged: guidelines(report, &judged),
                open: guidelines(report, &open),
            }
        })
        .collect()
}

fn guidelines<'a>(report: &'a Report, findings: &[&'a Finding]) -> Vec<Guideline<'a>> {
    findings
        .chunk_by(|a, b| a.clause == b.clause)
        .map(|clause| Guideline {
            clause: &clause[0].clause,
            label: &clause[0].clause_label,
            rules: clause
                .chunk_by(|a, b| a.rule == b.rule)
                .map(|findings| RuleFindings {
                    id: &findings[0].rule,
                    title: &findings[0].rule_title,
                    severity: findings[0].severity,
                    coverage: report.coverage_of(&findings[0].rule),
                    findings: findings.to_vec(),
                })
                .collect(),
        })
        .collect()
}

fn class_of(cell: &Cell) -> String {
    let outcome = cell.outcome.map(Outcome::name).unwrap_or_default();
    let number = if cell.value.is_number() { "number" } else { "" };
    format!("{outcome} {number}").trim().to_owned()
}

/// How many things a finding is about.
fn count(finding: &Finding) -> u64 {
    finding.members.len() as u64 // things in memory
}

/// The palette as custom properties of CSS.
fn colours() -> String {
    let mut css = String::from(":root {");
    let pairs = Outcome::ALL.map(|outcome| (outcome.name(), palette::of(outcome)));
    for (name, pair) in pairs.into_iter().chain([("heading", palette::HEADING)]) {
        let _ = write!(css, " --{name}-background: #{:06x}; --{name}-text: #{:06x};", pair.background, pair.text);
    }
    css + " }"
}
