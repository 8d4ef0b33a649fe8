//! A baseline: what violated when it was taken. What was known then does not fail; what is new does.
//!
//! The ratchet turns one way. A finding that is fixed leaves the baseline when it is written again; one that is new
//! comes into it only when somebody says so.

use crate::{Report, finding::Finding};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use viite_model::{Outcome, State};

/// What violated once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<String, Known>,
}

/// A finding of a baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its identity.
    pub id: String,
    /// The rule's identifier.
    pub rule: String,
    /// The code of the region.
    pub region: Option<String>,
    /// The state that was judged.
    pub state: Option<State>,
    /// What was wrong, as it was told then.
    pub message: String,
}

/// Against a baseline, a finding is one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Not in the baseline: it fails.
    New,
    /// In the baseline: it does not.
    Known,
}

/// How a report stands against a baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What the baseline is called: a file, or a revision.
    pub name: String,
    /// Violations that are not in it.
    pub new: u64,
    /// Violations that are in it.
    pub known: u64,
    /// What is in it, and was accepted as a deviation since: nothing was mended.
    pub accepted: Vec<Known>,
    /// What is in it, and cannot be judged any more: a fact is missing now.
    pub unknown: Vec<Known>,
    /// What is in it and violates no longer, of the rules, regions and states that were judged.
    pub fixed: Vec<Known>,
}

/// Why a file is no baseline.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// It is no JSON of ours.
    #[error(
        "it is neither a baseline nor a JSON report of 'viite check' ({0}); write one with 'viite check --write-baseline FILE'"
    )]
    Syntax(#[from] serde_json::Error),
    /// A report that leaves findings out.
    #[error(
        "the report leaves findings out (--limit), so what is missing in it would count as new; write it without --limit"
    )]
    Truncated,
    /// The baseline would take in what is new.
    #[error(
        "{} violations are not in the baseline, such as {}: {}; mend them, accept them with 'viite waive', or say --grow-baseline",
        .0.len(), .0[0].id, .0[0].message
    )]
    Grows(Vec<Known>),
}

/// The file of a baseline, and the parts of a report that say the same.
#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    summary: Summary,
    findings: Vec<Entry>,
}

#[derive(Default, Deserialize)]
struct Summary {
    #[serde(default)]
    truncated: bool,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    rule: String,
    #[serde(default)]
    region: Option<Region>,
    #[serde(default)]
    state: Option<State>,
    #[serde(default)]
    message: String,
    /// Of a report only; a baseline holds violations alone.
    outcome: Option<Outcome>,
}

/// A code, or a region as reports have it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Region {
    Code(String),
    Name { code: String },
}

impl From<&Finding> for Known {
    fn from(finding: &Finding) -> Self {
        Self {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            region: finding.region.as_ref().map(|region| region.code.clone()),
            state: finding.state,
            message: finding.message.clone(),
        }
    }
}

impl Baseline {
    /// What violates in a report.
    pub fn of(report: &Report) -> Self {
        let violating = report.findings.iter().filter(|finding| finding.outcome == Outcome::Violates);
        Self { known: violating.map(|finding| (finding.id.clone(), finding.into())).collect() }
    }

    /// Reads a baseline, or a JSON report.
    ///
    /// # Errors
    /// When it is neither, or a report that leaves findings out.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let document: Document = serde_json::from_str(text)?;
        if document.summary.truncated {
            return Err(BaselineError::Truncated);
        }
        let known = document
            .findings
            .into_iter()
            .filter(|entry| entry.outcome.is_none_or(|outcome| outcome == Outcome::Violates))
            .map(|entry| {
                let region = entry.region.map(|region| match region {
                    Region::Code(code) | Region::Name { code } => code,
                });
                let known =
                    Known { id: entry.id, rule: entry.rule, region, state: entry.state, message: entry.message };
                (known.id.clone(), known)
            });
        Ok(Self { known: known.collect() })
    }

    /// The file: `findings`, each with `id`, `rule`, `region`, `state`, `message`, in a stable order.
    pub fn to_json(&self) -> serde_json::Value {
        let mut findings: Vec<&Known> = self.known.values().collect();
        findings.sort_by_key(|known| (&known.rule, &known.region, &known.message, &known.id));
        serde_json::json!({ "viite": "baseline", "findings": findings })
    }

    /// How many violations it holds.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Marks the violations of a report as new or known, and tells what was fixed.
    pub fn compare(&self, name: &str, report: &mut Report) {
        let mut now = BTreeSet::new();
        let mut else_known: BTreeMap<String, Outcome> = BTreeMap::new();
        let (mut new, mut known) = (0, 0);
        for finding in &mut report.findings {
            if finding.outcome == Outcome::Violates {
                let standing = if self.known.contains_key(&finding.id) { Standing::Known } else { Standing::New };
                *(if standing == Standing::Known { &mut known } else { &mut new }) += 1;
                finding.standing = Some(standing);
                now.insert(finding.id.clone());
            } else {
                else_known.insert(finding.id.clone(), finding.outcome);
            }
        }
        let (mut accepted, mut unknown, mut fixed) = (Vec::new(), Vec::new(), Vec::new());
        for gone in self.known.values().filter(|known| !now.contains(&known.id) && judged(report, known)) {
            match else_known.get(&gone.id) {
                Some(Outcome::AcceptedDeviation) => accepted.push(gone.clone()),
                Some(Outcome::NotAssessable) => unknown.push(gone.clone()),
                _ => fixed.push(gone.clone()),
            }
        }
        report.baseline = Some(Comparison { name: name.to_owned(), new, known, accepted, unknown, fixed });
    }

    /// The baseline after a check: without what was fixed, and with what the check did not look at.
    ///
    /// # Errors
    /// When it would take in what is new, and `grow` does not allow that.
    pub fn next(&self, report: &Report, grow: bool) -> Result<Self, BaselineError> {
        let now = Self::of(report);
        let new: Vec<Known> = now.known.values().filter(|known| !self.known.contains_key(&known.id)).cloned().collect();
        if !new.is_empty() && !grow {
            return Err(BaselineError::Grows(new));
        }
        let unseen = self.known.iter().filter(|(_, known)| !judged(report, known));
        let mut known: BTreeMap<String, Known> = unseen.map(|(id, known)| (id.clone(), known.clone())).collect();
        known.extend(now.known);
        Ok(Self { known })
    }
}

/// Whether the report would tell the finding if it were still there.
fn judged(report: &Report, known: &Known) -> bool {
    let Some(coverage) = report.coverage_of(&known.rule) else {
        return false; // the rule did not run
    };
    if report.failed(&known.rule) {
        return false;
    }
    let bounded = !report.asked.regions.is_empty() || !report.asked.states.is_empty();
    let region = known.region.as_deref();
    let seen = coverage
        .regions
        .iter()
        .any(|part| Some(part.region.code.as_str()) == region && (known.state.is_none() || part.state == known.state));
    // Without bounds a region that is gone is a region that was looked at.
    !bounded || seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_baseline_reads_what_it_writes() {
        let known = Known {
            id: "0123456789ab".to_owned(),
            rule: "R".to_owned(),
            region: Some("05".to_owned()),
            state: Some(State::Current),
            message: "wrong".to_owned(),
        };
        let baseline = Baseline { known: [(known.id.clone(), known)].into() };
        assert_eq!(Baseline::parse(&baseline.to_json().to_string()).unwrap(), baseline);
    }

    #[test]
    fn of_a_report_only_violations_are_known() {
        let report = r#"{ "summary": { "truncated": false }, "findings": [
            { "id": "a", "rule": "R", "outcome": "violates", "region": { "code": "05", "name": "x" }, "state": "current", "message": "m" },
            { "id": "b", "rule": "R", "outcome": "not-assessable", "region": null, "state": null, "message": "m" } ] }"#;
        let baseline = Baseline::parse(report).unwrap();
        assert_eq!(baseline.len(), 1);
        assert_eq!(baseline.known["a"].region.as_deref(), Some("05"));
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        assert!(matches!(Baseline::parse("{}"), Err(BaselineError::Syntax(_))));
        let short = r#"{ "summary": { "truncated": true }, "findings": [] }"#;
        assert!(matches!(Baseline::parse(short), Err(BaselineError::Truncated)));
    }
}
