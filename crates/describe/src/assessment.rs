//! The annexes that are not queries: the state of conformance, and what is missing.

use crate::{
    content::{Cell, Chapter, Part, Phrase, Section, Table},
    naming::Naming,
    words::Words,
};
use std::collections::BTreeMap;
use viite_check::{Counts, Finding, Report, decisions::Basis};
use viite_model::Outcome;

/// How the region stands on the clauses; the counts by clause only when the report is of the `whole` region.
pub(crate) fn chapter(report: &Report, whole: bool, words: &Words, naming: &Naming<'_>) -> Chapter {
    let mut chapter = Chapter {
        number: String::new(),
        title: words.assessment.to_owned(),
        about: Some(words.assessment_about.to_owned()),
        sections: vec![
            section(
                "conformance",
                words.conformance,
                words.conformance_about,
                by_clause(report, words, naming),
                words.no_findings,
            ),
            section("findings", words.findings, words.findings_about, findings(report, words), words.no_findings),
            section(
                "deviations",
                words.deviations,
                words.deviations_about,
                deviations(report, words, naming),
                words.no_deviations,
            ),
            section("not-assessable", words.unjudged, words.unjudged_about, unjudged(report, words), words.no_unjudged),
        ],
    };
    if !whole {
        chapter.sections.remove(0);
    }
    chapter
}

/// The products that could not be filled; none when there are no chapters at all.
pub(crate) fn gaps(chapters: &[Chapter], words: &Words) -> Option<Chapter> {
    let rows: Vec<Vec<Cell>> = chapters
        .iter()
        .flat_map(|chapter| &chapter.sections)
        .filter(|section| section.is_empty())
        .filter_map(|section| match section.parts.first() {
            Some(Part::Missing(what)) => Some(vec![cell(&section.title), cell(what)]),
            _ => None,
        })
        .collect();
    if chapters.is_empty() {
        return None;
    }
    let table = table(words.empty_products, &[words.product, words.what_to_deliver], rows);
    Some(Chapter {
        number: String::new(),
        title: words.gaps.to_owned(),
        about: Some(words.gaps_about.to_owned()),
        sections: vec![section("missing-content", words.empty_products, "", table, words.no_gaps)],
    })
}

fn section(id: &str, title: &str, about: &str, table: Table, otherwise: &str) -> Section {
    let part = if table.rows.is_empty() { Part::Paragraph(otherwise.to_owned()) } else { Part::Table(table) };
    Section {
        number: String::new(),
        id: id.to_owned(),
        title: title.to_owned(),
        about: (!about.is_empty()).then(|| about.to_owned()),
        parts: vec![part],
    }
}

fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        number: 0,
        caption: caption.to_owned(),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        rows,
        matrix: false,
    }
}

fn cell(text: impl Into<String>) -> Cell {
    Cell(vec![Phrase::plain(text)])
}

fn by_clause(report: &Report, words: &Words, naming: &Naming<'_>) -> Table {
    let mut clauses: BTreeMap<(&str, u32, &str), Counts> = BTreeMap::new();
    for rule in report.coverage.iter().filter(|rule| rule.concerned > 0) {
        *clauses.entry(rule.clause_order()).or_default() += rule.counts;
    }
    let rows = clauses
        .into_iter()
        .map(|((_, _, clause), counts)| {
            let number = |outcome| cell(counts.of(outcome).to_string());
            vec![
                cell(naming.clause(clause)),
                cell(counts.concerned().to_string()),
                number(Outcome::Conforms),
                number(Outcome::Violates),
                number(Outcome::NotAssessable),
                number(Outcome::AcceptedDeviation),
            ]
        })
        .collect();
    let columns = [
        words.clause,
        words.concerned,
        words.outcome(Outcome::Conforms),
        words.outcome(Outcome::Violates),
        words.outcome(Outcome::NotAssessable),
        words.outcome(Outcome::AcceptedDeviation),
    ];
    table(words.conformance, &columns, rows)
}

fn of(report: &Report, outcome: Outcome) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.outcome == outcome).collect();
    findings.sort_by_key(|finding| finding.severity); // stable: the rest of the report's order stays
    findings
}

fn findings(report: &Report, words: &Words) -> Table {
    let rows = of(report, Outcome::Violates)
        .into_iter()
        .map(|finding| {
            vec![
                cell(&finding.focus_label),
                cell(&finding.message),
                cell(clause_of(finding)),
                cell(words.severity_of(finding.severity)),
                cell(place(finding)),
            ]
        })
        .collect();
    let columns = [words.thing, words.finding, words.clause, words.severity, words.place];
    table(words.findings, &columns, rows)
}

/// `B3 Integration needs are described`: the clause by its own number, as the table of conformance has it.
fn clause_of(finding: &Finding) -> String {
    let number = finding.clause.split_once(':').map_or(finding.clause.as_str(), |(_, number)| number);
    format!("{number} {}", finding.clause_label)
}

fn place(finding: &Finding) -> String {
    finding.source.as_ref().map_or_else(String::new, |source| {
        let line = source.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}", source.file)
    })
}

fn deviations(report: &Report, words: &Words, naming: &Naming<'_>) -> Table {
    let rows = of(report, Outcome::AcceptedDeviation)
        .into_iter()
        .filter_map(|finding| {
            let deviation = finding.deviation.as_ref()?;
            // A reason that the description itself gives is nobody's acceptance.
            let (basis, authority) = match deviation.basis {
                Basis::Decision => (words.decided.to_owned(), deviation.authority.as_str()),
                Basis::Justification => (format!("{}: {}", words.justified, deviation.authority), ""),
            };
            Some(vec![
                cell(&finding.focus_label),
                cell(&finding.message),
                cell(&deviation.reason),
                cell(basis),
                if authority.is_empty() { Cell::default() } else { cell(authority) },
                cell(deviation.until.as_deref().map(|until| naming.day(until)).unwrap_or_default()),
            ])
        })
        .collect();
    let columns = [words.thing, words.finding, words.reason, words.basis, words.authority, words.until];
    table(words.deviations, &columns, rows)
}

/// One row a rule: a list of every missing fact would fill the document.
fn unjudged(report: &Report, words: &Words) -> Table {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in of(report, Outcome::NotAssessable) {
        rules.entry(&finding.rule).or_default().push(finding);
    }
    // What many things lack may be one finding of all of them.
    let things = |findings: &Vec<&Finding>| findings.iter().map(|finding| finding.members.len().max(1)).sum::<usize>();
    let mut rules: Vec<(usize, Vec<&Finding>)> =
        rules.into_values().map(|findings| (things(&findings), findings)).collect();
    rules.sort_by_key(|(things, _)| std::cmp::Reverse(*things));
    let rows = rules
        .into_iter()
        .map(|(things, findings)| {
            vec![cell(&findings[0].rule_title), cell(things.to_string()), cell(&findings[0].message)]
        })
        .collect();
    table(words.unjudged, &[words.rule, words.things, words.fact], rows)
}
