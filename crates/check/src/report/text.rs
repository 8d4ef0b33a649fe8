//! Text for people: by region and guideline, with the missing facts spelled out and coverage beside it.

use super::{
    Report, words,
    words::{Words, sign},
};
use crate::{
    baseline::Standing,
    coverage::Coverage,
    finding::{Finding, RegionName, Source},
};
use std::io::{self, Write};
use viite_model::{Outcome, Severity, State};

/// How the text is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextOptions {
    /// Colour, for a terminal.
    pub color: bool,
    /// At most so many findings; the rest is counted.
    pub limit: Option<usize>,
    /// Of the missing facts that one rule asks for in a region, at most so many; the rest is counted.
    pub fold: Option<usize>,
}

pub(super) fn write(report: &Report, options: &TextOptions, mut to: impl Write) -> io::Result<()> {
    let words = words(report.language);
    let paint = Paint(options.color);
    if report.descriptions == 0 {
        writeln!(to, "{}\n", words.nothing_described)?;
    }
    let shown = options.limit.unwrap_or(usize::MAX).min(report.findings.len());
    findings(&report.findings[..shown], words, paint, options.fold, &mut to)?;
    if shown < report.findings.len() {
        writeln!(to, "… {} {}\n", report.findings.len() - shown, words.more)?;
    }
    if report.findings.is_empty() {
        writeln!(to, "{}\n", words.no_findings)?;
    }
    coverage(report, words, paint, &mut to)?;
    failures(report, words, paint, &mut to)?;
    baseline(report, words, paint, &mut to)?;
    writeln!(to, "{}", totals(report, words))
}

/// Colours, or none.
#[derive(Clone, Copy)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    pub(super) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn severity(self, severity: Severity, words: &Words) -> String {
        let code = match severity {
            Severity::Violation => "31",
            Severity::Warning => "33",
            Severity::Info => "36",
        };
        self.with(code, words.severity(severity))
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The region and state that findings are grouped by.
type Ground<'a> = (&'a Option<RegionName>, Option<State>);

fn findings(
    findings: &[Finding],
    words: &Words,
    paint: Paint,
    fold: Option<usize>,
    to: &mut impl Write,
) -> io::Result<()> {
    let ground = |finding: &Finding| (finding.region.clone(), finding.state);
    for group in findings.chunk_by(|a, b| ground(a) == ground(b)) {
        heading((&group[0].region, group[0].state), words, paint, to)?;
        // Of each ground first what is wrong, then what could not be judged.
        let (open, judged): (Vec<_>, Vec<_>) =
            group.iter().partition(|finding| finding.outcome == Outcome::NotAssessable);
        by_guideline(&judged, words, paint, None, to)?;
        if !open.is_empty() {
            writeln!(to, "  {}", paint.bold(words.missing_facts))?;
            by_guideline(&open, words, paint, fold, to)?;
        }
    }
    Ok(())
}

fn heading((region, state): Ground<'_>, words: &Words, paint: Paint, to: &mut impl Write) -> io::Result<()> {
    let heading = words.ground(region.as_ref(), state);
    writeln!(to, "{}\n", paint.bold(&heading))
}

fn by_guideline(
    findings: &[&Finding],
    words: &Words,
    paint: Paint,
    fold: Option<usize>,
    to: &mut impl Write,
) -> io::Result<()> {
    for clause in findings.chunk_by(|a, b| a.clause == b.clause) {
        writeln!(to, "  {}  {}", clause[0].clause, clause[0].clause_label)?;
        for rule in clause.chunk_by(|a, b| a.rule == b.rule) {
            let first = rule[0];
            let severity = paint.severity(first.severity, words);
            writeln!(to, "    {severity}  {}  {}", first.rule, first.rule_title)?;
            let shown = fold.filter(|fold| fold + 1 < rule.len()).unwrap_or(rule.len());
            let mut by_name = rule.to_vec();
            by_name.sort_by(|a, b| (&a.focus_label, &a.message).cmp(&(&b.focus_label, &b.message)));
            for finding in &by_name[..shown] {
                write_finding(finding, words, paint, to)?;
            }
            if shown < rule.len() {
                writeln!(to, "      … {} {} --rule {}", rule.len() - shown, words.folded, first.rule)?;
            }
        }
        writeln!(to)?;
    }
    Ok(())
}

fn write_finding(finding: &Finding, words: &Words, paint: Paint, to: &mut impl Write) -> io::Result<()> {
    let place: String = places(finding).iter().map(|place| format!(", {place}")).collect();
    let known =
        if finding.standing == Some(Standing::Known) { format!(", {}", words.in_baseline) } else { String::new() };
    let tail = format!("  [{}{place}{known}]", finding.id);
    writeln!(to, "      {} {}{}", sign(finding.outcome), finding.message, paint.dim(&tail))?;
    for line in words.aside(finding) {
        writeln!(to, "        {line}")?;
    }
    Ok(())
}

/// Places that stand beside a finding; the formats for programs have them all.
const PLACES: usize = 3;

/// Where the thing stands, or the things; the file's name only once.
fn places(finding: &Finding) -> Vec<String> {
    let sources: Vec<&Source> = match &finding.members[..] {
        [] => finding.source.iter().collect(),
        members => members.iter().filter_map(|member| member.source.as_ref()).collect(),
    };
    let mut last = None;
    let mut places: Vec<String> = sources
        .iter()
        .take(PLACES)
        .map(|source| match last.replace(&source.file) {
            Some(file) if *file == source.file => source.place_in_file().unwrap_or_else(|| source.to_string()),
            _ => source.to_string(),
        })
        .collect();
    if sources.len() > PLACES {
        places.push("…".to_owned());
    }
    places
}

pub(super) fn coverage(report: &Report, words: &Words, paint: Paint, to: &mut impl Write) -> io::Result<()> {
    let ran: Vec<&Coverage> = report.coverage.iter().filter(|rule| rule.concerned > 0).collect();
    if !ran.is_empty() {
        let columns: Vec<&str> =
            [words.concerned].into_iter().chain(Outcome::ALL.map(|outcome| words.outcome(outcome))).collect();
        let first = ran.iter().map(|rule| rule.rule.chars().count()).max().unwrap_or_default();
        writeln!(to, "{}", paint.bold(words.coverage))?;
        writeln!(to, "  {:first$}  {}", words.rule, columns.join("  "))?;
        for rule in ran {
            write!(to, "  {:first$}", rule.rule)?;
            let numbers = [rule.concerned].into_iter().chain(Outcome::ALL.map(|outcome| rule.counts.of(outcome)));
            for (column, number) in columns.iter().zip(numbers) {
                write!(to, "  {number:>width$}", width = column.chars().count())?;
            }
            writeln!(to)?;
        }
        writeln!(to)?;
    }
    let vacuous: Vec<&Coverage> = report.vacuous().collect();
    if !vacuous.is_empty() {
        writeln!(to, "{}", paint.bold(words.vacuous))?;
        for rule in vacuous {
            writeln!(to, "  {}  {}", rule.rule, rule.title)?;
        }
        writeln!(to)?;
    }
    if !report.switched_off.is_empty() {
        writeln!(to, "{}\n  {}\n", paint.bold(words.switched_off), report.switched_off.join("\n  "))?;
    }
    let nowhere: Vec<&Coverage> = report.coverage.iter().filter(|rule| report.nowhere_applicable(&rule.rule)).collect();
    if !nowhere.is_empty() {
        writeln!(to, "{}", paint.bold(words.not_applicable))?;
        for rule in nowhere {
            let mut reasons: Vec<&str> =
                report.not_applicable.iter().filter(|e| e.rule == rule.rule).map(|e| e.reason.as_str()).collect();
            reasons.sort_unstable();
            reasons.dedup();
            writeln!(to, "  {}  {}: {}", rule.rule, rule.title, reasons.join("; "))?;
        }
        writeln!(to)?;
    }
    Ok(())
}

pub(super) fn failures(report: &Report, words: &Words, paint: Paint, to: &mut impl Write) -> io::Result<()> {
    if report.failures.is_empty() {
        return Ok(());
    }
    writeln!(to, "{}", paint.bold(words.failed))?;
    for failure in &report.failures {
        write!(to, "  {}", failure.rule)?;
        if let Some(region) = &failure.region {
            write!(to, "  {} ({})", region.name, region.code)?;
        }
        writeln!(to, "  {}", failure.error)?;
    }
    writeln!(to)
}

/// What was fixed since the baseline, and how many are new and known.
fn baseline(report: &Report, words: &Words, paint: Paint, to: &mut impl Write) -> io::Result<()> {
    let Some(comparison) = &report.baseline else { return Ok(()) };
    writeln!(to, "{} {}", paint.bold(words.baseline), comparison.name)?;
    for fixed in &comparison.fixed {
        let region = fixed.region.as_deref().map(|code| format!("{code}  ")).unwrap_or_default();
        writeln!(to, "  ✓ {}  {region}{}", fixed.rule, fixed.message)?;
    }
    writeln!(to, "  {}\n", words.against(comparison))
}

/// How much was judged, and how it came out, in a line.
pub(super) fn totals(report: &Report, words: &Words) -> String {
    let counts = report.counts();
    let outcomes = Outcome::ALL.map(|outcome| words.counted(outcome, counts.of(outcome)));
    format!(
        "{}, {}: {}; {}",
        words.rules_run.say(report.coverage.len() as u64),
        words.things.say(counts.concerned()),
        outcomes.join(", "),
        words.findings_made(report.findings.len())
    )
}
