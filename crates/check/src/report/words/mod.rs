//! The words around findings: a file for each language, the same words in every format.

mod en;
mod fi;
mod sv;

use crate::{
    baseline::{Comparison, Standing},
    decisions::{Basis, Deviation},
    finding::{Finding, RegionName},
};
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
    language: Language,
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
    pub(crate) matrix: &'static str,
    pub(super) vacuous: &'static str,
    pub(super) not_applicable: &'static str,
    pub(super) failed: &'static str,
    pub(super) whole_repository: &'static str,
    // Columns.
    pub(super) finding: &'static str,
    pub(super) rule: &'static str,
    pub(super) what_is_judged: &'static str,
    pub(super) severity: &'static str,
    pub(crate) outcome: &'static str,
    pub(crate) clause: &'static str,
    pub(crate) guideline: &'static str,
    pub(crate) region: &'static str,
    pub(crate) region_code: &'static str,
    pub(crate) state: &'static str,
    pub(super) thing: &'static str,
    pub(crate) iri: &'static str,
    pub(super) message: &'static str,
    pub(super) fix: &'static str,
    pub(super) place: &'static str,
    pub(super) element: &'static str,
    pub(super) reason: &'static str,
    pub(super) authority: &'static str,
    pub(super) until: &'static str,
    pub(crate) concerned: &'static str,
    pub(crate) assessable: &'static str,
    pub(super) day: &'static str,
    pub(crate) value: &'static str,
    pub(super) described: &'static str,
    pub(super) rules: &'static str,
    pub(super) rules_vacuous: &'static str,
    pub(super) rules_failed: &'static str,
    pub(super) things_judged: &'static str,
    pub(crate) signs: &'static str,
    // Sentences and parts of them.
    pub(crate) missing: &'static str,
    pub(super) nothing_described: &'static str,
    pub(super) no_findings: &'static str,
    pub(super) more: &'static str,
    pub(super) folded: &'static str,
    pub(super) more_here: &'static str,
    pub(super) legend: &'static str,
    pub(crate) signs_only: &'static str,
    pub(crate) nothing_concerned: &'static str,
    pub(super) skip: &'static str,
    pub(super) contents: &'static str,
    pub(super) filter: &'static str,
    pub(super) day_of_report: &'static str,
    pub(super) fix_heading: &'static str,
    pub(super) things: Counted,
    findings_made: Counted,
    pub(super) rules_run: Counted,
    pub(crate) judges_reference: &'static str,
    pub(super) baseline: &'static str,
    pub(super) in_baseline: &'static str,
    pub(super) baseline_standing: &'static str,
    pub(super) switched_off: &'static str,
    pub(super) new: Counted,
    pub(super) known: Counted,
    pub(super) fixed: Counted,
    // Lines with parts to fill in.
    list_more: &'static str,
    accepted: &'static str,
    justified: &'static str,
    justified_until: &'static str,
    lapsed: &'static str,
    reopened: &'static str,
    no: &'static str,
    answered: &'static str,
    asked: &'static str,
}

impl Words {
    pub(crate) fn state(&self, state: State) -> &'static str {
        self.states[state as usize]
    }

    /// `Revonkorpi (X1), current state`
    pub(crate) fn ground(&self, region: Option<&RegionName>, state: Option<State>) -> String {
        let mut ground = match region {
            Some(region) => format!("{} ({})", region.name, region.code),
            None => self.whole_repository.to_owned(),
        };
        if let Some(state) = state {
            ground.push_str(", ");
            ground.push_str(self.state(state));
        }
        ground
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

    /// Why, by whom and until when it was accepted that something does not conform.
    pub(super) fn accepted(&self, deviation: &Deviation) -> String {
        let template = match deviation.basis {
            Basis::Decision => self.accepted,
            Basis::Justification if deviation.until.is_some() => self.justified_until,
            Basis::Justification => self.justified,
        };
        self.fill(template, &deviation.reason, &deviation.authority, deviation.until.as_deref())
    }

    fn fill(&self, template: &str, reason: &str, authority: &str, until: Option<&str>) -> String {
        let until = until.map(|until| self.language.day(until)).unwrap_or_default();
        template.replace("{reason}", reason).replace("{authority}", authority).replace("{until}", &until)
    }

    /// What stands below a finding: who accepted it or answered, why and until when.
    pub(super) fn aside(&self, finding: &Finding) -> Vec<String> {
        let mut lines: Vec<String> = finding.deviation.iter().map(|deviation| self.accepted(deviation)).collect();
        if let Some(lapsed) = &finding.lapsed {
            lines.push(self.fill(self.lapsed, "", &lapsed.authority, lapsed.until.as_deref()));
        }
        if let Some(reopened) = &finding.reopened {
            lines.push(self.fill(self.reopened, &reopened.reason, &reopened.authority, None));
        }
        if let Some(answer) = &finding.answer {
            lines.push(self.fill(self.answered, &answer.reason, &answer.authority, None));
        }
        if let Some(question) = finding.question.as_ref().filter(|_| finding.answer.is_none()) {
            lines.push(format!("{question} {} viite answer {} --yes|--no", self.asked, finding.id));
        }
        lines
    }

    /// What somebody said no to: the rule's own message tells of facts, and here there are none.
    pub(crate) fn said_no(&self, question: &str) -> String {
        format!("{question} – {}", self.no)
    }

    /// Whether the baseline knows a finding; nothing without one.
    pub(super) fn standing(&self, finding: &Finding) -> Option<&'static str> {
        finding.standing.map(|standing| match standing {
            Standing::New => self.new.one,
            Standing::Known => self.in_baseline,
        })
    }

    /// How many are new, known and fixed.
    pub(super) fn against(&self, comparison: &Comparison) -> String {
        let mut parts = vec![self.new.say(comparison.new), self.known.say(comparison.known)];
        let others =
            [(Outcome::AcceptedDeviation, &comparison.accepted), (Outcome::NotAssessable, &comparison.unknown)];
        for (outcome, gone) in others.into_iter().filter(|(_, gone)| !gone.is_empty()) {
            parts.push(self.counted(outcome, gone.len() as u64));
        }
        parts.push(self.fixed.say(comparison.fixed.len() as u64));
        parts.join(", ")
    }

    /// So many findings: fewer than things where one finding is about several.
    pub(super) fn findings_made(&self, number: usize) -> String {
        self.findings_made.say(number as u64)
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
