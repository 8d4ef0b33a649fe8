//! The integration map: every national service, and whether the region has, plans or lacks it.

use super::{Ground, ReviewError, Thing, node};
use oxrdf::NamedNode;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use viite_check::Finding;
use viite_model::{Outcome, State};

const QUERY: &str = include_str!("../../../../queries/review/national-services.rq");

/// How a region stands on a national service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A use is described in the current state.
    Has,
    /// A use is described in the target state only, or there is a transition plan.
    Plans,
    /// A rule finds that it should be used, or used otherwise, and is not.
    Lacks,
    /// A rule asks for it, and a fact is missing.
    Unknown,
    /// Nothing describes a use, and no rule asks for it here. That is neither a lack nor a pass.
    NotDescribed,
}

/// A national service.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Integration {
    /// The service.
    pub service: Thing,
    /// How the region stands on it.
    pub standing: Standing,
    /// Who uses it now.
    pub users: Vec<Thing>,
    /// Who is to use it, and the plans of a transition.
    pub planned: Vec<Thing>,
    /// What the checks say that names it.
    pub findings: Vec<String>,
}

/// What is told of a service.
#[derive(Default)]
struct Told {
    wholes: BTreeSet<NamedNode>,
    users: BTreeMap<State, BTreeSet<NamedNode>>,
    plans: BTreeSet<NamedNode>,
}

pub(super) fn gather(ground: &Ground<'_>) -> Result<Vec<Integration>, ReviewError> {
    let mut services: BTreeMap<NamedNode, Told> = BTreeMap::new();
    for (state, scope) in &ground.states {
        for row in ground.ask("use of national services", QUERY, scope)? {
            let Some(service) = node(&row, "service") else { continue };
            let told = services.entry(service).or_default();
            told.wholes.extend(node(&row, "whole"));
            if let Some(user) = node(&row, "user") {
                told.users.entry(*state).or_default().insert(user);
            }
            told.plans.extend(node(&row, "plan"));
        }
    }
    let mut integrations: Vec<Integration> = services
        .iter()
        .map(|(service, told)| {
            // Who uses a part uses the whole; the other way round it stays open which part is meant.
            let parts = services.iter().filter(|(_, other)| other.wholes.contains(service));
            let all: Vec<&Told> = std::iter::once(told).chain(parts.map(|(_, part)| part)).collect();
            let users = |state| all.iter().filter_map(move |told| told.users.get(&state)).flatten();
            let current: BTreeSet<&NamedNode> = users(State::Current).collect();
            let target: BTreeSet<&NamedNode> = users(State::Target).chain(&told.plans).collect();
            let named: Vec<&Finding> = ground.order.report.findings.iter().filter(|f| names(f, service)).collect();
            let outcome = |outcome| named.iter().any(|finding| finding.outcome == outcome);
            let of_whole = told
                .wholes
                .iter()
                .any(|whole| services.get(whole).is_some_and(|whole| whole.users.contains_key(&State::Current)));
            let standing = match () {
                () if !current.is_empty() => Standing::Has,
                () if !target.is_empty() => Standing::Plans,
                () if outcome(Outcome::Violates) => Standing::Lacks,
                () if of_whole || outcome(Outcome::NotAssessable) => Standing::Unknown,
                () => Standing::NotDescribed,
            };
            let things = |users: &BTreeSet<&NamedNode>| {
                let mut things: Vec<Thing> = users.iter().map(|user| ground.thing(user)).collect();
                things.sort();
                things
            };
            let mut findings: Vec<String> = named.iter().map(|finding| finding.message.clone()).collect();
            findings.dedup();
            Integration {
                service: Thing { place: None, ..ground.thing(service) },
                standing,
                users: things(&current),
                planned: things(&target.into_iter().filter(|user| !current.contains(user)).collect()),
                findings,
            }
        })
        .collect();
    integrations.sort_by(|a, b| (a.standing, &a.service.label).cmp(&(b.standing, &b.service.label)));
    Ok(integrations)
}

/// Whether a finding of the current state is about the use of a service.
fn names(finding: &Finding, service: &NamedNode) -> bool {
    finding.outcome != Outcome::AcceptedDeviation
        && finding.state != Some(State::Target)
        && finding.evidence.values().any(|value| value.value.split(' ').any(|iri| iri == service.as_str()))
}
