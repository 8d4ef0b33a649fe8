//! The upgrade as text and as a table.

use super::{
    Becomes, FindingChange, Upgrade, Verdict,
    words::{Words, words},
};
use std::io::{self, Write};
use viite_check::table::{Cell, Column, Table, Workbook, WorkbookError};

impl Upgrade {
    /// Writes it for a terminal: the packages, then the findings by region, each with its cause.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_text(&self, mut to: impl Write) -> io::Result<()> {
        let words = words(self.language);
        if self.packages.is_empty() {
            return writeln!(to, "{}", words.nothing);
        }
        writeln!(to, "{}", words.packages)?;
        let [come, go] = words.facts;
        for package in &self.packages {
            let from = package.from.as_deref().unwrap_or(words.new);
            let (added, removed) = (package.added, package.removed);
            writeln!(to, "  {}  {from} → {}  {added} {come}, {removed} {go}", package.package, package.to)?;
        }
        if !self.recognised.is_empty() {
            writeln!(to, "\n{}", words.recognised)?;
            for recognised in &self.recognised {
                writeln!(to, "  {}", words.recognised(recognised))?;
            }
        }
        if self.findings.is_empty() {
            return writeln!(to, "\n{}", words.no_findings);
        }
        let count = |becomes| self.findings.iter().filter(|change| change.becomes == becomes).count();
        let counts: Vec<String> = [Becomes::Appears, Becomes::Changes, Becomes::Disappears]
            .into_iter()
            .map(|becomes| format!("{} {}", words.becoming(becomes), count(becomes)))
            .collect();
        writeln!(to, "\n{}: {}", words.findings, counts.join(", "))?;
        let mut last = None;
        for change in &self.findings {
            if last != Some(&change.region) {
                last = Some(&change.region);
                let region = change.region.as_ref().map(|region| format!("{} ({})", region.name, region.code));
                writeln!(to, "\n{}", region.as_deref().unwrap_or(words.reference))?;
            }
            let state = change.state.map(|state| format!("  ({})", words.states[state as usize])).unwrap_or_default();
            writeln!(to, "  {}  {}  {}{state}", words.becoming(change.becomes), change.rule, change.title)?;
            for verdict in [&change.before, &change.after].into_iter().flatten() {
                writeln!(to, "    {}: {}", words.outcomes[verdict.outcome as usize], verdict.message)?;
            }
            writeln!(to, "    {} {}", words.why, why(change, words))?;
        }
        Ok(())
    }

    /// The findings that differ.
    pub fn table(&self) -> Table {
        let words = words(self.language);
        let verdict = |verdict: &Option<Verdict>| match verdict {
            None => Cell::from(words.no_finding),
            Some(verdict) => {
                let outcome = words.outcomes[verdict.outcome as usize];
                Cell::from(format!("{outcome}: {}", verdict.message)).colored(verdict.outcome)
            }
        };
        Table {
            name: words.findings.to_owned(),
            caption: words.title.to_owned(),
            columns: [
                (words.region, 24),
                (words.state, 12),
                (words.becomes, 14),
                (words.rule, 26),
                (words.clause, 12),
                (words.thing, 28),
                (words.before, 44),
                (words.after, 44),
                (words.why, 60),
            ]
            .map(|(heading, width)| Column::new(heading, width))
            .to_vec(),
            rows: self
                .findings
                .iter()
                .map(|change| {
                    vec![
                        change.region.as_ref().map(|region| region.name.clone()).into(),
                        change.state.map(|state| words.states[state as usize]).into(),
                        words.becoming(change.becomes).into(),
                        change.rule.as_str().into(),
                        change.clause.as_str().into(),
                        change.thing.as_str().into(),
                        verdict(&change.before),
                        verdict(&change.after),
                        why(change, words).into(),
                    ]
                })
                .collect(),
            keys: 3,
            printed: None,
        }
    }

    /// Writes a workbook.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_workbook(&self, to: impl Write) -> Result<(), WorkbookError> {
        let title = words(self.language).title;
        Workbook { title, language: self.language, day: &self.date, tables: &[self.table()] }.write(to)
    }
}

fn why(change: &FindingChange, words: &Words) -> String {
    if change.why.is_empty() { words.unknown_why.to_owned() } else { change.why.join("; ") }
}
