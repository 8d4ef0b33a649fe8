//! The report in short: how every region stands on every guideline, and what could not be judged.

use super::{
    Report,
    text::{self, Paint, TextOptions},
    words,
    words::Words,
};
use crate::{
    coverage::{Counts, Coverage},
    finding::{Finding, RegionName, clause_order},
};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};
use viite_model::{Outcome, State};

/// Findings that stand as examples below a guideline, or a rule that could not judge.
const EXAMPLES: usize = 2;

pub(super) fn write(report: &Report, options: &TextOptions, mut to: impl Write) -> io::Result<()> {
    let words = words(report.language);
    let paint = Paint(options.color);
    writeln!(to, "{}\n", paint.bold(words.in_short))?;
    for ((region, state), clauses) in by_ground(report) {
        let total = clauses.values().fold(Counts::default(), |mut sum, (_, counts)| {
            sum += *counts;
            sum
        });
        if state.is_none() && total.concerned() == total.of(Outcome::Conforms) {
            continue; // a region that nobody describes, and of which the reference is complete
        }
        let heading = words.ground(Some(region), state);
        writeln!(to, "{}: {}", paint.bold(&heading), outcomes(words, total))?;
        for ((_, _, clause), (label, counts)) in &clauses {
            if counts.concerned() == counts.of(Outcome::Conforms) {
                continue; // nothing to tell: the coverage below counts it
            }
            writeln!(to, "  {clause}  {label}: {}", outcomes(words, *counts))?;
            let findings = report.findings.iter().filter(|finding| {
                finding.clause == *clause
                    && finding.region.as_ref() == Some(region)
                    && finding.outcome == Outcome::Violates
            });
            examples(words, findings, &mut to)?;
        }
        writeln!(to)?;
    }
    not_judged(report, words, paint, &mut to)?;
    text::coverage(report, words, paint, &mut to)?;
    text::failures(report, words, paint, &mut to)?;
    writeln!(to, "{}", text::totals(report, words))
}

type Clauses<'a> = BTreeMap<(&'a str, u32, &'a str), (&'a str, Counts)>;

/// Things per region and state, and in them per clause.
fn by_ground(report: &Report) -> BTreeMap<(&RegionName, Option<State>), Clauses<'_>> {
    let mut grounds: BTreeMap<_, Clauses<'_>> = BTreeMap::new();
    for rule in &report.coverage {
        for part in &rule.regions {
            let entry = grounds
                .entry((&part.region, part.state))
                .or_default()
                .entry(clause_order(&rule.clause))
                .or_insert((&rule.clause_label, Counts::default()));
            entry.1 += part.counts;
        }
    }
    grounds
}

fn outcomes(words: &Words, counts: Counts) -> String {
    let parts: Vec<String> = Outcome::ALL
        .into_iter()
        .filter(|outcome| counts.of(*outcome) > 0)
        .map(|outcome| words.counted(outcome, counts.of(outcome)))
        .collect();
    if parts.is_empty() { "0".to_owned() } else { parts.join(", ") }
}

fn examples<'a>(words: &Words, mut findings: impl Iterator<Item = &'a Finding>, to: &mut impl Write) -> io::Result<()> {
    for finding in findings.by_ref().take(EXAMPLES) {
        writeln!(to, "      {}", finding.message)?;
    }
    match findings.count() {
        0 => Ok(()),
        rest => writeln!(to, "      … {rest} {}", words.more_here),
    }
}

fn not_judged(report: &Report, words: &Words, paint: Paint, to: &mut impl Write) -> io::Result<()> {
    let mut open: Vec<&Coverage> =
        report.coverage.iter().filter(|rule| rule.counts.of(Outcome::NotAssessable) > 0).collect();
    open.sort_by_key(|rule| (clause_order(&rule.clause), &rule.rule));
    if open.is_empty() {
        return Ok(());
    }
    writeln!(to, "{}", paint.bold(words.not_judged))?;
    for rule in open {
        writeln!(
            to,
            "  {}  {}: {} / {}",
            rule.clause,
            rule.title,
            rule.counts.of(Outcome::NotAssessable),
            rule.concerned
        )?;
        let findings = report
            .findings
            .iter()
            .filter(|finding| finding.rule == rule.rule && finding.outcome == Outcome::NotAssessable);
        examples(words, findings, to)?;
    }
    writeln!(to)
}
