//! SARIF 2.1.0 (OASIS), which code-review tools and editors read. Section numbers are those of the standard.

use super::{Report, words};
use crate::{
    baseline::{Known, Standing},
    coverage::Coverage,
    finding::{Finding, Source},
};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use viite_model::{Outcome, Severity};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name of our fingerprint (3.27.17); a new way to compute it gets a new number.
const FINGERPRINT: &str = "viiteFinding/v1";

pub(super) fn write(report: &Report, mut to: impl Write) -> io::Result<()> {
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| result(report, finding))
        .chain(report.vacuous().map(|rule| {
            let why = words(report.language).vacuous;
            not_applicable(report, &rule.rule, &format!("{}: {why}", rule.title))
        }))
        .chain(report.not_applicable.iter().map(|exempt| {
            let ground = words(report.language).ground(exempt.region.as_ref(), exempt.state);
            not_applicable(report, &exempt.rule, &format!("{ground}: {}", exempt.reason))
        }))
        .chain(report.baseline.iter().flat_map(|baseline| &baseline.fixed).map(|fixed| absent(report, fixed)))
        .collect();
    let notifications: Vec<Value> = report
        .failures
        .iter()
        .map(|failure| {
            json!({
                "level": "error",
                "message": { "text": failure.error },
                "associatedRule": { "id": failure.rule },
            })
        })
        .collect();
    let switched_off: Vec<Value> = report
        .switched_off
        .iter()
        .map(|rule| json!({ "level": "note", "message": { "text": format!("{}: {rule}", words(report.language).switched_off) } }))
        .collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Viite",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": report.language.tag(),
                "rules": report.coverage.iter().map(rule).collect::<Vec<_>>(),
            } },
            "language": report.language.tag(),
            "invocations": [{
                "executionSuccessful": report.failures.is_empty(),
                "toolExecutionNotifications": notifications,
                "toolConfigurationNotifications": switched_off,
            }],
            "results": results,
            "properties": { "today": report.today, "outcomes": report.counts() },
        }],
    });
    serde_json::to_writer_pretty(&mut to, &document)?;
    writeln!(to)
}

/// A rule's metadata (3.49).
fn rule(rule: &Coverage) -> Value {
    let (why, fix) = (rule.why.trim(), rule.fix.trim());
    json!({
        "id": rule.rule,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": why },
        "help": {
            "text": format!("{fix}\n\n{}: {}", rule.clause, rule.clause_label),
            "markdown": format!("{fix}\n\n`{}`: {}", rule.clause, rule.clause_label),
        },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": [rule.family],
            "clause": rule.clause,
            "clauseLabel": rule.clause_label,
            "concerned": rule.concerned,
            "outcomes": rule.counts,
        },
    })
}

fn result(report: &Report, finding: &Finding) -> Value {
    // A result that is no failure has the level "none" (3.27.10).
    let (kind, level) = match finding.outcome {
        Outcome::Violates | Outcome::AcceptedDeviation => ("fail", level(finding.severity)),
        // What only a person can answer is for review; where a fact is missing, the matter is open.
        Outcome::NotAssessable if finding.question.is_some() => ("review", "none"),
        Outcome::NotAssessable => ("open", "none"),
        Outcome::Conforms => ("pass", "none"),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": index(report, &finding.rule),
        "kind": kind,
        "level": level,
        "message": { "text": finding.message },
        "locations": [place(&finding.focus_label, &finding.focus, finding.source.as_ref())],
        "partialFingerprints": { FINGERPRINT: finding.id },
        "properties": {
            "outcome": finding.outcome,
            "severity": finding.severity,
            "region": finding.region,
            "state": finding.state,
            "clause": finding.clause,
            "evidence": finding.evidence,
        },
    });
    if let Some(standing) = finding.standing {
        // 3.27.24: a result that the baseline knows is unchanged.
        result["baselineState"] = match standing {
            Standing::New => "new",
            Standing::Known => "unchanged",
        }
        .into();
    }
    let others: Vec<Value> = finding
        .members
        .iter()
        .filter(|member| member.value != finding.focus)
        .map(|member| place(&member.label, &member.value, member.source.as_ref()))
        .collect();
    if !others.is_empty() {
        result["relatedLocations"] = others.into();
    }
    if let Some(deviation) = &finding.deviation {
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": words(report.language).accepted(deviation),
            "properties": { "authority": deviation.authority, "until": deviation.until },
        }]);
    }
    result
}

/// A rule that concerned nothing, or does not hold (3.27.9: it does not apply to what was analysed).
fn not_applicable(report: &Report, rule: &str, why: &str) -> Value {
    json!({
        "ruleId": rule,
        "ruleIndex": index(report, rule),
        "kind": "notApplicable",
        "level": "none",
        "message": { "text": why },
    })
}

/// Where a rule stands in the list of rules; -1 is nowhere (3.27.6).
fn index(report: &Report, rule: &str) -> i64 {
    report.coverage.iter().position(|other| other.rule == rule).and_then(|at| i64::try_from(at).ok()).unwrap_or(-1)
}

/// A finding of the baseline that is there no longer.
fn absent(report: &Report, fixed: &Known) -> Value {
    json!({
        "ruleId": fixed.rule,
        "ruleIndex": index(report, &fixed.rule),
        "kind": "pass",
        "level": "none",
        "baselineState": "absent",
        "message": { "text": fixed.message },
        "partialFingerprints": { FINGERPRINT: fixed.id },
    })
}

/// A thing by its names, and its place in the imported file, if it has one (3.28).
fn place(label: &str, iri: &str, source: Option<&Source>) -> Value {
    let mut names = vec![json!({ "name": label, "fullyQualifiedName": iri, "kind": "resource" })];
    let Some(source) = source else {
        return json!({ "logicalLocations": names });
    };
    if let Some(cell) = &source.cell {
        names.push(json!({ "name": cell, "kind": "cell" }));
    }
    if let Some(id) = &source.id {
        names.push(json!({ "name": id, "kind": "element" }));
    }
    json!({ "physicalLocation": physical(source), "logicalLocations": names })
}

fn physical(source: &Source) -> Value {
    let mut physical = Map::from_iter([("artifactLocation".to_owned(), json!({ "uri": relative_uri(&source.file) }))]);
    // The row of a sheet is no line of the file: its cell is a logical place.
    if let Some(line) = source.line.filter(|_| source.cell.is_none()) {
        physical.insert("region".to_owned(), json!({ "startLine": line }));
    }
    physical.into()
}

/// A file's name as a relative URI (RFC 3986): what may not stand in a path is percent-encoded.
fn relative_uri(file: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    file.replace('\\', "/")
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Violation => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::relative_uri;

    #[test]
    fn any_name_of_a_file_becomes_a_uri() {
        assert_eq!(relative_uri("malli 1.xml"), "malli%201.xml");
        assert_eq!(relative_uri("C:\\mallit\\ä.xml"), "C%3A/mallit/%C3%A4.xml");
    }
}
