//! The words around findings: a file for each language, the same words in every format.

mod en;
mod fi;
mod sv;

use crate::{decisions::Basis, finding::Finding};
use viite_model::{Language, Outcome, Severity, State};

/// A noun with its number.
pub(crate) struct Counted {
    one: &'static str,
    many: &'static str,
}

impl Counted {
    /// `1 thing`, `3 things`.
    pub(crate) fn say(&self, number: u64) -> String {
        format!("{number} {}", if number == 1 { self.one } else { self.many })
    }
}

/// The words of one language.
pub(crate) struct Words {
    states: [&'static str; 2],
    severities: [&'static str; 3],
    outcomes: [&'static str; 4],
    counted_outcomes: [Counted; 4],
    // What a report is made of.
    pub(super) title: &'static str,
    pub(super) in_short: &'static str,
    pub(super) summary: &'static str,
    pub(super) findings: &'static str,
    pub(super) missing_facts: &'static str,
    pub(super) not_judged: &'static str,
    pub(super) coverage: &'static str,
    pub(super) matrix: &'static str,
    pub(super) vacuous: &'static str,
    pub(super) not_applicable: &'static str,
    pub(super) failed: &'static str,
    pub(super) whole_repository: &'static str,
    // Columns.
    pub(super) finding: &'static str,
    pub(super) rule: &'static str,
    pub(super) what_is_judged: &'static str,
    pub(super) severity: &'static str,
    pub(super) outcome: &'static str,
    pub(super) clause: &'static str,
    pub(super) guideline: &'static str,
    pub(super) region: &'static str,
    pub(super) region_code: &'static str,
    pub(super) state: &'static str,
    pub(super) thing: &'static str,
    pub(super) iri: &'static str,
    pub(super) message: &'static str,
    pub(super) fix: &'static str,
    pub(super) place: &'static str,
    pub(super) element: &'static str,
    pub(super) reason: &'static str,
    pub(super) authority: &'static str,
    pub(super) until: &'static str,
    pub(super) concerned: &'static str,
    pub(super) assessable: &'static str,
    pub(super) day: &'static str,
    pub(super) value: &'static str,
    pub(super) described: &'static str,
    pub(super) rules: &'static str,
    pub(super) rules_vacuous: &'static str,
    pub(super) rules_failed: &'static str,
    pub(super) things_judged: &'static str,
    pub(super) signs: &'static str,
    // Sentences and parts of them.
    pub(crate) missing: &'static str,
    pub(super) nothing_described: &'static str,
    pub(super) no_findings: &'static str,
    pub(super) more: &'static str,
    pub(super) folded: &'static str,
    pub(super) more_here: &'static str,
    pub(super) legend: &'static str,
    pub(super) things: Counted,
    pub(super) rules_run: Counted,
    // Lines with parts to fill in.
    list_more: &'static str,
    accepted: &'static str,
    justified: &'static str,
    lapsed: &'static str,
    answered: &'static str,
    asked: &'static str,
    language: Language,
}

impl Words {
    pub(crate) fn state(&self, state: State) -> &'static str {
        self.states[state as usize]
    }

    pub(crate) fn severity(&self, severity: Severity) -> &'static str {
        self.severities[severity as usize]
    }

    pub(crate) fn outcome(&self, outcome: Outcome) -> &'static str {
        self.outcomes[outcome as usize]
    }

    /// A list of names of which the last ones are only counted.
    pub(crate) fn list_and_more(&self, list: &str, rest: usize) -> String {
        self.list_more.replace("{list}", list).replace("{rest}", &rest.to_string())
    }

    /// What stands below a finding: who accepted it or answered, why and until when.
    pub(super) fn aside(&self, finding: &Finding) -> Vec<String> {
        let fill = |template: &str, reason: &str, authority: &str, until: Option<&str>| {
            let until = until.map(|until| self.language.day(until)).unwrap_or_default();
            template.replace("{reason}", reason).replace("{authority}", authority).replace("{until}", &until)
        };
        let mut lines = Vec::new();
        if let Some(accepted) = &finding.deviation {
            let template = match accepted.basis {
                Basis::Decision => self.accepted,
                Basis::Justification => self.justified,
            };
            lines.push(fill(template, &accepted.reason, &accepted.authority, accepted.until.as_deref()));
        }
        if let Some(lapsed) = &finding.lapsed {
            lines.push(fill(self.lapsed, "", &lapsed.authority, lapsed.until.as_deref()));
        }
        if let Some(answer) = &finding.answer {
            lines.push(fill(self.answered, &answer.reason, &answer.authority, None));
        }
        if let Some(question) = &finding.question {
            lines.push(format!("{question} {} viite answer {} --yes|--no", self.asked, finding.id));
        }
        lines
    }

    /// So many things that came out so.
    pub(crate) fn counted(&self, outcome: Outcome, number: u64) -> String {
        self.counted_outcomes[outcome as usize].say(number)
    }
}

/// The sign of an outcome, where there is no room for the word.
pub(crate) const fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Violates => "✗",
        Outcome::NotAssessable => "?",
        Outcome::AcceptedDeviation => "~",
        Outcome::Conforms => "✓",
    }
}

/// The words of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &fi::WORDS,
        Language::Sv => &sv::WORDS,
        Language::En => &en::WORDS,
    }
}
