//! What a check found, and how it is shown: a file for each format.

mod grid;
mod html;
mod json;
mod junit;
mod sarif;
mod summary;
mod tables;
mod text;
mod words;

pub use grid::{Grid, Ground, Heading};
pub(crate) use tables::verdict;
pub use text::TextOptions;
pub(crate) use words::{sign, words};

#[cfg(doc)]
use crate::table::Table;
use crate::{
    baseline::{Comparison, Standing},
    coverage::{Counts, Coverage},
    engine::{NotApplicable, RuleFailure, Timing},
    finding::{Finding, RegionName},
    table::{Workbook, WorkbookError},
};
use oxrdf::NamedNode;
use std::io::{self, Write};
use viite_model::{Language, Outcome, Severity, State};

/// A thing that conforms to a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conforming {
    /// The rule's identifier.
    pub rule: String,
    /// The region, if the thing belongs to one.
    pub region: Option<RegionName>,
    /// The state that was judged, if the rule runs per state.
    pub state: Option<State>,
    /// The IRI of the thing.
    pub focus: String,
    /// What people call it.
    pub focus_label: String,
}

/// Everything that a check found, in a stable order.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The language of its texts.
    pub language: Language,
    /// The day on which the facts were judged.
    pub today: String,
    /// To which regions and states the check was bound; nothing means all.
    pub asked: Asked,
    /// How it stands against a baseline, when it was compared with one.
    pub baseline: Option<Comparison>,
    /// How many of the regions and states that were asked about have a description.
    pub descriptions: usize,
    /// The principles and guidelines of the reference, and what else the rules rest on, in their order.
    pub headings: Vec<Heading>,
    /// What does not conform, or could not be judged.
    pub findings: Vec<Finding>,
    /// What conforms, if the check was asked to list it; it is counted in any case.
    pub conforming: Vec<Conforming>,
    /// Every rule that ran, with what it concerned.
    pub coverage: Vec<Coverage>,
    /// Where a rule does not hold, and was not run. That is no pass.
    pub not_applicable: Vec<NotApplicable>,
    /// Rules that the repository switched off, by identifier. That is no pass.
    pub switched_off: Vec<String>,
    /// Rules that could not be run to their end.
    pub failures: Vec<RuleFailure>,
    /// How long every rule took. They differ from run to run, and stand in no format unless asked for.
    pub timings: Vec<Timing>,
}

/// The word of a severity in a language: *rikkomus*, *varning*, *info*.
pub fn severity_word(severity: Severity, language: Language) -> &'static str {
    words(language).severity(severity)
}

/// The bounds of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only these regions.
    pub regions: Vec<NamedNode>,
    /// Only these states.
    pub states: Vec<State>,
}

impl Report {
    /// Things per outcome, over all rules.
    pub fn counts(&self) -> Counts {
        self.coverage.iter().fold(Counts::default(), |mut sum, rule| {
            sum += rule.counts;
            sum
        })
    }

    /// Things per outcome, over the rules of one severity.
    pub fn counts_of(&self, severity: Severity) -> Counts {
        self.coverage.iter().filter(|rule| rule.severity == severity).fold(Counts::default(), |mut sum, rule| {
            sum += rule.counts;
            sum
        })
    }

    /// The coverage of a rule that ran.
    pub fn coverage_of(&self, rule: &str) -> Option<&Coverage> {
        self.coverage.iter().find(|coverage| coverage.rule == rule)
    }

    /// Every region and state against every principle and guideline.
    pub fn grid(&self) -> Grid<'_> {
        Grid::of(self)
    }

    /// The rules that concerned nothing. That is no pass.
    pub fn vacuous(&self) -> impl Iterator<Item = &Coverage> {
        self.coverage
            .iter()
            .filter(|rule| rule.concerned == 0 && !self.failed(&rule.rule) && !self.nowhere_applicable(&rule.rule))
    }

    /// Whether a rule holds nowhere in what was asked about, so that it was not run at all.
    pub fn nowhere_applicable(&self, rule: &str) -> bool {
        self.not_applicable.iter().any(|exempt| exempt.rule == rule)
            && self.coverage_of(rule).is_some_and(|coverage| coverage.concerned == 0)
    }

    /// Whether a rule could not be run to its end somewhere.
    pub fn failed(&self, rule: &str) -> bool {
        self.failures.iter().any(|failure| failure.rule == rule)
    }

    /// Whether something is violated at this severity or above that the baseline, if there is one, does not know.
    pub fn violates_at(&self, threshold: Severity) -> bool {
        self.findings.iter().any(|finding| {
            finding.outcome == Outcome::Violates
                && finding.severity <= threshold
                && finding.standing != Some(Standing::Known)
        })
    }

    /// Writes the report as JSON: `summary`, `findings`, `coverage`, `failures`.
    /// With a limit, only so many findings; the summary still counts them all and `truncated` says so.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_json(&self, limit: Option<usize>, to: impl Write) -> io::Result<()> {
        json::write(self, limit, false, to)
    }

    /// The same with `timings`, which differ from run to run.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_json_with_timings(&self, limit: Option<usize>, to: impl Write) -> io::Result<()> {
        json::write(self, limit, true, to)
    }

    /// Writes the report as SARIF 2.1.0.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_sarif(&self, to: impl Write) -> io::Result<()> {
        sarif::write(self, to)
    }

    /// Writes the report as JUnit XML. It names every thing, so the check must have been asked to list those that
    /// conform too. What violates at this severity or above is a failure (none: nothing is), the rest is skipped.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_junit(&self, fail_on: Option<Severity>, to: impl Write) -> io::Result<()> {
        junit::write(self, fail_on, to)
    }

    /// Writes the report as one page of HTML that loads nothing and works without scripts.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_html(&self, to: impl Write) -> io::Result<()> {
        html::write(self, to)
    }

    /// Writes the findings as CSV (RFC 4180), a row for each; see [`Table::write_csv`].
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_csv(&self, to: impl Write) -> io::Result<()> {
        tables::findings(self).write_csv(to)
    }

    /// Writes the report as a workbook: summary, findings, coverage, regions and guidelines.
    ///
    /// # Errors
    /// When there are more findings than a sheet has rows, or when the writer refuses.
    pub fn write_workbook(&self, to: impl Write) -> Result<(), WorkbookError> {
        let mut tables = [tables::summary(self), tables::findings(self), tables::coverage(self), tables::matrix(self)];
        tables[0].rows.push(tables::legend(self));
        let title = words(self.language).title;
        Workbook { title, language: self.language, day: &self.today, tables: &tables }.write(to)
    }

    /// Writes the report in short: how every region stands on every guideline, and what could not be judged.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_summary(&self, options: &TextOptions, to: impl Write) -> io::Result<()> {
        summary::write(self, options, to)
    }

    /// Writes the report for people.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_text(&self, options: &TextOptions, to: impl Write) -> io::Result<()> {
        text::write(self, options, to)
    }
}

#[cfg(test)]
mod tests;
