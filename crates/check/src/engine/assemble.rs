//! From verdicts to findings: names, messages, places.

use super::{CheckOptions, verdict::Verdict};
use crate::{
    decisions::{Basis, Deviation},
    finding::{Finding, Member, RegionName, Source, Value},
    report::{Conforming, words},
    rule::Rule,
    scope::{self, Ground},
    template,
};
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use viite_model::{Outcome, State, Text, ns};
use viite_query::facts::Facts;
use viite_store::Snapshot;

/// Names of a list that stand in a sentence; the rest is counted.
const LISTED: usize = 10;

/// The same of what a whole delivery lacks: the names hardly matter.
const LISTED_OF_DELIVERY: usize = 3;

/// Puts findings together. Each thread has its own: it remembers names.
pub(crate) struct Assembler<'a> {
    pub(crate) facts: Facts<'a>,
    options: &'a CheckOptions,
    regions: RefCell<HashMap<NamedNode, RegionName>>,
}

impl<'a> Assembler<'a> {
    pub(crate) fn new(snapshot: &'a Arc<Snapshot>, options: &'a CheckOptions) -> Self {
        Self { facts: Facts::new(snapshot), options, regions: RefCell::default() }
    }

    /// The finding of a verdict.
    pub(crate) fn finding(&self, rule: &Rule, ground: &Ground, verdict: Verdict) -> Finding {
        let language = self.options.language;
        let state = ground.region.as_ref().map(|(_, state)| *state);
        let region = match &ground.region {
            Some((region, _)) => Some(region.clone()),
            None => self.region_of_all(verdict.things()),
        };
        let region = region.map(|region| self.region(&region));
        let evidence: BTreeMap<String, Value> =
            verdict.evidence.iter().map(|(name, terms)| (name.clone(), self.value(terms))).collect();
        let mut members: Vec<Member> = verdict.members.iter().map(|term| self.member(term)).collect();
        members.sort_by(|a, b| (&a.label, &a.value).cmp(&(&b.label, &b.value)));
        let focus_label = self.facts.label(&verdict.focus, language);
        let open = verdict.outcome == Outcome::NotAssessable;
        let things = || members.iter().map(|member| member.label.as_str());
        let fill = |text: &Text| {
            template::fill(text.get(language).unwrap_or_default(), |name| match name {
                // What a whole delivery lacks is told of all its things.
                "focus" if open && !members.is_empty() => Some(self.list(things(), LISTED_OF_DELIVERY)),
                "focus" => Some(focus_label.clone()),
                "region" => region.as_ref().map(|region| region.name.clone()),
                "state" => state.map(|state| words(language).state(state).to_owned()),
                "today" => Some(language.day(&self.options.today)),
                "members" if !members.is_empty() => Some(self.list(things(), LISTED)),
                "count" if !members.is_empty() => Some(members.len().to_string()),
                _ => evidence.get(name).map(|value| value.label.clone()),
            })
        };
        // An answer that makes it violate can be taken back, so the question stands beside it.
        let question = rule.question.as_ref().filter(|_| open || verdict.answer.is_some()).map(fill);
        let message = match &question {
            _ if open => format!("{} {}", words(language).missing, fill(&rule.missing)),
            Some(question) => words(language).said_no(question),
            None => fill(&rule.message),
        };
        let source = self.source(&verdict.focus);
        let deviation = verdict.deviation.map(|deviation| place(deviation, source.as_ref(), region.as_ref()));
        Finding {
            id: verdict.id,
            rule: rule.id.clone(),
            rule_title: rule.title.get(language).unwrap_or_default().to_owned(),
            severity: self.options.severity(rule),
            outcome: verdict.outcome,
            region,
            state,
            focus: value_of(&verdict.focus),
            focus_label,
            question,
            message,
            evidence,
            members,
            clause: ns::shorten(rule.clause.as_str()),
            clause_label: self.facts.label(&rule.clause.clone().into(), language),
            source,
            deviation,
            lapsed: verdict.lapsed,
            reopened: verdict.reopened,
            answer: verdict.answer,
            standing: None,
        }
    }

    /// The values of a variable, in one.
    pub(crate) fn value(&self, terms: &[Term]) -> Value {
        let mut values: Vec<(String, String)> =
            terms.iter().map(|term| (self.facts.label(term, self.options.language), value_of(term))).collect();
        values.sort();
        let value: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
        Value { value: value.join(" "), label: self.list(values.iter().map(|(label, _)| label.as_str()), LISTED) }
    }

    fn list<'b>(&self, labels: impl ExactSizeIterator<Item = &'b str>, most: usize) -> String {
        let rest = labels.len().saturating_sub(most);
        let shown: Vec<&str> = labels.take(most).collect();
        if rest == 0 { shown.join(", ") } else { words(self.options.language).list_and_more(&shown.join(", "), rest) }
    }

    fn member(&self, term: &Term) -> Member {
        Member {
            value: value_of(term),
            label: self.facts.label(term, self.options.language),
            source: self.source(term),
        }
    }

    pub(crate) fn source(&self, focus: &Term) -> Option<Source> {
        let subject = subject(focus)?;
        Source::of(&self.facts, &subject)
    }

    /// The region that all of the things belong to.
    fn region_of_all(&self, things: &[Term]) -> Option<NamedNode> {
        let mut regions = things.iter().map(|thing| self.region_of(thing));
        let first = regions.next()??;
        regions.all(|region| region.as_ref() == Some(&first)).then_some(first)
    }

    /// A thing that conforms, by its names.
    pub(crate) fn conforming(
        &self,
        rule: &Rule,
        region: Option<RegionName>,
        state: Option<State>,
        thing: &Term,
    ) -> Conforming {
        Conforming {
            rule: rule.id.clone(),
            region,
            state,
            focus: value_of(thing),
            focus_label: self.facts.label(thing, self.options.language),
        }
    }

    /// The region that a thing belongs to; a region belongs to itself.
    pub(crate) fn region_of(&self, thing: &Term) -> Option<NamedNode> {
        let subject = subject(thing)?;
        let nodes = |predicate| {
            self.facts.objects(&subject, predicate).into_iter().filter_map(|term| match term {
                Term::NamedNode(node) => Some(node),
                _ => None,
            })
        };
        if nodes(ns::rdf::TYPE).any(|class| class == ns::viite::REGION)
            && let Term::NamedNode(region) = thing
        {
            return Some(region.clone());
        }
        nodes(ns::viite::IN_REGION).min()
    }

    /// The kinds that a region is stated to be of.
    pub(crate) fn kinds(&self, region: &NamedNode) -> Vec<NamedNode> {
        let kinds = self.facts.objects(&region.clone().into(), ns::viite::KIND).into_iter();
        let mut kinds: Vec<NamedNode> = kinds
            .filter_map(|term| match term {
                Term::NamedNode(kind) => Some(kind),
                _ => None,
            })
            .collect();
        kinds.sort();
        kinds
    }

    pub(crate) fn region(&self, region: &NamedNode) -> RegionName {
        self.regions
            .borrow_mut()
            .entry(region.clone())
            .or_insert_with(|| scope::region_name(&self.facts, region, self.options.language))
            .clone()
    }

    /// The label of a kind of region, or of anything else that has an IRI.
    pub(crate) fn label(&self, node: &NamedNode) -> String {
        self.facts.label(&node.clone().into(), self.options.language)
    }

    /// A text of a rule in the language of the report.
    pub(crate) fn text(&self, text: &Text) -> String {
        text.get(self.options.language).unwrap_or_default().to_owned()
    }
}

/// A justification is as good as the place where it stands.
fn place(mut deviation: Deviation, source: Option<&Source>, region: Option<&RegionName>) -> Deviation {
    if deviation.basis == Basis::Justification {
        deviation.authority = match (source, region) {
            (Some(source), _) => source.to_string(),
            (None, Some(region)) => region.name.clone(),
            (None, None) => String::new(),
        };
    }
    deviation
}

fn subject(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}

pub(crate) fn value_of(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(_) => term.to_string(),
    }
}
