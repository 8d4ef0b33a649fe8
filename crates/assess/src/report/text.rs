//! For people.

use super::{
    number::number,
    words::{Words, words},
};
use crate::{
    Assessment,
    assessment::{CriterionResult, InvestmentAssessment, Named, ProcedureResult, ThresholdResult},
    measure::{Reading, Verdict},
};
use oxsdatatypes::Decimal;
use std::{
    cmp::Ordering,
    collections::BTreeMap,
    io::{self, Write},
};
use viite_check::{Finding, Report};
use viite_model::{Language, Outcome};

pub(super) fn write(assessment: &Assessment, findings: &Report, color: bool, mut to: impl Write) -> io::Result<()> {
    let words = words(assessment.language);
    if assessment.investments.is_empty() {
        writeln!(to, "{}", words.none)?;
        return Ok(());
    }
    let style = Style { words, language: assessment.language, color };
    for investment in &assessment.investments {
        style.investment(investment, &mut to)?;
    }
    style.findings(findings, &mut to)?;
    writeln!(to, "\n{} {}.", words.share, words.share(assessment.share))?;
    let sorted = Sorted::of(assessment);
    writeln!(
        to,
        "{} {}: {} {}, {} {}, {} {}",
        assessment.investments.len(),
        words.investments[usize::from(assessment.investments.len() != 1)],
        sorted.follow,
        words.to_be_assessed,
        sorted.open,
        words.open,
        sorted.own,
        words.own,
    )
}

/// How many investments go which way.
pub(super) struct Sorted {
    pub(super) follow: usize,
    pub(super) open: usize,
    pub(super) own: usize,
}

impl Sorted {
    pub(super) fn of(assessment: &Assessment) -> Self {
        let mut sorted = Self { follow: 0, open: 0, own: 0 };
        for investment in &assessment.investments {
            match investment.verdict() {
                Verdict::Meets => sorted.follow += 1,
                Verdict::FactMissing => sorted.open += 1,
                Verdict::DoesNotMeet => sorted.own += 1,
            }
        }
        sorted
    }
}

struct Style {
    words: &'static Words,
    language: Language,
    color: bool,
}

impl Style {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn mark(&self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Meets => self.paint("33", "▲"),
            Verdict::DoesNotMeet => self.paint("2", "·"),
            Verdict::FactMissing => self.paint("36", "?"),
        }
    }

    fn investment(&self, investment: &InvestmentAssessment, to: &mut impl Write) -> io::Result<()> {
        let place = investment.source.as_ref().map(|place| format!("  [{place}]")).unwrap_or_default();
        writeln!(to, "{}, {}{place}\n", self.paint("1", &investment.label), self.words.state(investment.state))?;
        for criterion in &investment.criteria {
            self.criterion(criterion, to)?;
        }
        writeln!(to, "\n  {}", self.paint("1", self.words.what_follows))?;
        for procedure in &investment.procedures {
            self.procedure(procedure, to)?;
        }
        writeln!(to)
    }

    fn criterion(&self, criterion: &CriterionResult, to: &mut impl Write) -> io::Result<()> {
        let compare = if criterion.decides { String::new() } else { format!(" ({})", self.words.comparison) };
        writeln!(
            to,
            "  {} {}  {}: {}{compare}",
            self.mark(criterion.verdict),
            criterion.criterion.id,
            criterion.criterion.label,
            self.words.verdict(criterion.verdict)
        )?;
        for threshold in &criterion.thresholds {
            for reading in &threshold.readings {
                match (reading.gaps.is_empty(), reading.share) {
                    (true, _) => writeln!(to, "      {}", self.reading(threshold, reading))?,
                    // What decides tells its gaps below, with those of the criterion's other thresholds.
                    (false, Some(share)) if criterion.gaps.is_empty() => {
                        let verdict = self.words.verdict(Verdict::FactMissing);
                        writeln!(to, "      {}: {verdict}", self.words.share(share))?;
                    }
                    (false, _) => {}
                }
            }
        }
        for (name, gap) in &criterion.gaps {
            writeln!(to, "      {} {}", self.words.missing, self.words.gap(&name.label, gap))?;
        }
        Ok(())
    }

    /// `commitment in years 7; more than 5 years: over by 2`
    fn reading(&self, threshold: &ThresholdResult, reading: &Reading) -> String {
        let (words, language) = (self.words, self.language);
        let show = |value: Option<Decimal>| value.map(|value| number(value, language)).unwrap_or_default();
        let mut line = match reading.share {
            Some(share) => format!("{}: ", words.share(share)),
            None => String::new(),
        };
        line.push_str(&format!("{} {}", threshold.quantity.label, show(reading.amount)));
        if let Some(base) = &threshold.relative_to {
            let share = show(reading.value);
            let is = if share.starts_with('≈') { "" } else { "= " };
            line.push_str(&format!(" {} {} {} {is}{share} %", words.of, base.label, show(reading.base)));
        }
        line.push_str(&format!(
            "; {} {} {}: {}",
            words.operator(threshold.operator),
            number(threshold.limit, language),
            unit(words, threshold),
            margin(words, reading.margin, language),
        ));
        if reading.is_implausible() {
            line.push_str(&format!(" ({})", words.implausible));
        }
        if reading.share.is_some() {
            line.push_str(&format!(" ({})", words.verdict(reading.verdict)));
        }
        line
    }

    fn procedure(&self, procedure: &ProcedureResult, to: &mut impl Write) -> io::Result<()> {
        let words = self.words;
        let (mark, title) = (self.mark(procedure.verdict), &procedure.procedure.label);
        writeln!(to, "    {mark} {title}: {}", words.follows(procedure.verdict))?;
        if procedure.verdict == Verdict::DoesNotMeet {
            return Ok(());
        }
        if !procedure.open.is_empty() {
            let open: Vec<&str> = procedure.open.iter().map(|named| named.label.as_str()).collect();
            writeln!(to, "        {}: {}", words.depends_on, open.join("; "))?;
        }
        if procedure.verdict == Verdict::FactMissing {
            return Ok(());
        }
        writeln!(to, "        {}", procedure.definition)?;
        if !procedure.because.is_empty() {
            writeln!(to, "        {}: {}", words.because, ids(&procedure.because))?;
        }
        let actors: Vec<String> = procedure.actors.iter().map(|(actor, now)| self.actor(actor, now)).collect();
        writeln!(to, "        {}: {}", words.by_whom, actors.join("; "))?;
        let level = procedure.decision_level.as_ref().map_or(words.not_named, |level| &level.label);
        writeln!(to, "        {}: {level}", words.decision_level)?;
        for (step, season) in &procedure.steps {
            let season = season.as_ref().map(|season| format!("{}: ", season.label)).unwrap_or_default();
            writeln!(to, "        {}: {season}{} ({})", words.clock, step.label, step.id)?;
        }
        writeln!(to, "        {}: {}", words.clause, ids(&procedure.clauses))
    }

    fn actor(&self, actor: &Named, successors: &[Named]) -> String {
        if successors.is_empty() {
            return actor.label.clone();
        }
        let now: Vec<&str> = successors.iter().map(|successor| successor.label.as_str()).collect();
        format!("{} ({}: {})", actor.label, self.words.now, now.join(", "))
    }

    /// What the rules found, by rule, without what conforms.
    fn findings(&self, report: &Report, to: &mut impl Write) -> io::Result<()> {
        writeln!(to, "{}", self.paint("1", self.words.rules))?;
        if report.findings.is_empty() {
            return writeln!(to, "  {}", self.words.no_findings);
        }
        let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in &report.findings {
            by_rule.entry(&finding.rule).or_default().push(finding);
        }
        for (rule, findings) in by_rule {
            writeln!(to, "  {rule}  {}", findings[0].rule_title)?;
            for finding in findings {
                let mark = match finding.outcome {
                    Outcome::Violates => self.paint("31", "✗"),
                    Outcome::NotAssessable => self.paint("36", "?"),
                    Outcome::AcceptedDeviation => self.paint("2", "~"),
                    Outcome::Conforms => self.paint("32", "✓"),
                };
                writeln!(to, "    {mark} {}  [{}]", finding.message, finding.id)?;
            }
        }
        Ok(())
    }
}

fn ids(named: &[Named]) -> String {
    named.iter().map(|named| named.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// The unit of a limit: a sign where there is one, the word in the right number elsewhere.
pub(super) fn unit<'a>(words: &'a Words, threshold: &'a ThresholdResult) -> &'a str {
    let several = threshold.limit != Decimal::from(1);
    match threshold.unit.id.as_str() {
        "viite:Percent" => "%",
        "viite:Euro" => "€",
        "viite:Year" if several => words.years,
        "viite:RegionCount" if several => words.regions,
        "viite:AccountingPeriod" if several => words.periods,
        _ => &threshold.unit.label,
    }
}

/// How far a value is from its limit, in words.
pub(super) fn margin(words: &Words, margin: Option<Decimal>, language: Language) -> String {
    let Some(margin) = margin else {
        return String::new();
    };
    match margin.partial_cmp(&Decimal::default()) {
        Some(Ordering::Greater) => format!("{} {}", words.over, number(margin, language)),
        Some(Ordering::Less) => {
            let below = margin.checked_neg().unwrap_or(margin);
            format!("{} {}", words.under, number(below, language))
        }
        _ => words.exactly.to_owned(),
    }
}
