//! What the region must answer: each missing fact once, with everything that it is missing of.

use super::{Thing, conformance::things};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use viite_check::{Finding, Report};
use viite_model::Outcome;

/// A fact that is missing, or a question where data cannot judge.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The question, or the fact to add; `…` stands for each of the things.
    pub text: String,
    /// Whether a person answers it with `viite answer`, and no fact of a description does.
    pub asked: bool,
    /// Of what.
    pub things: Vec<Thing>,
    /// How many checks wait for it: each rule judges each thing in each state once.
    pub checks: usize,
    /// The rules that wait.
    pub rules: Vec<String>,
    /// The clauses that these rest on.
    pub clauses: Vec<String>,
    /// What these are called.
    #[serde(skip)]
    pub clause_labels: Vec<String>,
    /// The findings, for `viite answer` and `viite explain`.
    pub findings: Vec<String>,
}

#[derive(Default)]
struct Waiting<'a> {
    things: BTreeSet<Thing>,
    checks: usize,
    rules: BTreeSet<&'a str>,
    clauses: BTreeMap<&'a str, &'a str>,
    findings: Vec<String>,
}

/// The things of a finding as its text names them: at most three of those that a whole delivery lacks a fact of.
fn named(finding: &Finding) -> String {
    if finding.members.is_empty() {
        return finding.focus_label.clone();
    }
    let labels: Vec<&str> = finding.members.iter().take(3).map(|member| member.label.as_str()).collect();
    labels.join(", ")
}

/// The text with `…` in place of the things, and of the number of those that it only counts.
fn without_names(text: &str, finding: &Finding) -> String {
    let text = text.replace(&named(finding), "…");
    let counted = format!(" {} ", finding.members.len().saturating_sub(3));
    match text.split_once("… ").filter(|_| finding.members.len() > 3) {
        // "… and 4 more conform to"
        Some((before, after)) => match after.split_once(&counted) {
            Some((_, rest)) => {
                let word = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                format!("{before}…{}", &rest[word..])
            }
            None => text,
        },
        None => text,
    }
}

pub(super) fn gather(report: &Report) -> Vec<Question> {
    let mut questions: BTreeMap<(String, bool), Waiting<'_>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.outcome == Outcome::NotAssessable) {
        let text = match &finding.question {
            Some(question) => question,
            None => finding.message.split_once(": ").map_or(finding.message.as_str(), |(_, fact)| fact),
        };
        // "the function of X" asks the same of X and of Y; what is asked of the region itself names it.
        let of_region = finding.region.as_ref().is_some_and(|region| region.name == finding.focus_label);
        let text = if of_region { text.to_owned() } else { without_names(text, finding) };
        let waiting = questions.entry((text, finding.question.is_some())).or_default();
        let things = things(finding);
        waiting.checks += things.len();
        waiting.things.extend(things);
        waiting.rules.insert(&finding.rule);
        waiting.clauses.insert(&finding.clause, &finding.clause_label);
        waiting.findings.push(finding.id.clone());
    }
    let owned = |texts: BTreeSet<&str>| texts.into_iter().map(str::to_owned).collect();
    let mut questions: Vec<Question> = questions
        .into_iter()
        .map(|((text, asked), waiting)| Question {
            text,
            asked,
            things: waiting.things.into_iter().collect(),
            checks: waiting.checks,
            rules: owned(waiting.rules),
            clause_labels: waiting.clauses.values().map(|&label| label.to_owned()).collect(),
            clauses: waiting.clauses.into_keys().map(str::to_owned).collect(),
            findings: waiting.findings,
        })
        .collect();
    questions.sort_by(|a, b| b.checks.cmp(&a.checks).then_with(|| a.text.cmp(&b.text)));
    questions
}
