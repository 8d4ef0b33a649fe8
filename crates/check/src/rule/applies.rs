//! Where and when a rule holds: a clause has a first day, sometimes a last one, and those whom it binds.

use oxrdf::NamedNode;
use serde::{Deserialize, Serialize};
use viite_model::{Language, State, ns};

/// The part of the world that a rule judges; what is not set sets no bound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Applies {
    /// The first day on which the clause binds, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day on which it binds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Only these states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<State>,
    /// Only regions of these kinds, prefixed names such as `viite:WellbeingServicesCounty`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
}

/// Why a rule is not run somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Exempt {
    NotYet(String),
    NoLonger(String),
    State(State),
    Kind(NamedNode),
}

impl Applies {
    /// What is wrong with the bounds as they are written.
    pub(super) fn fault(&self, per_region: bool) -> Option<String> {
        for date in [&self.from, &self.until].into_iter().flatten() {
            if date.len() != 10 || date.parse::<oxsdatatypes::Date>().is_err() {
                return Some(format!("'{date}' is no day: write it as 2023-01-01"));
            }
        }
        if let (Some(from), Some(until)) = (&self.from, &self.until)
            && from > until
        {
            return Some(format!("the rule ends on {until}, before it begins on {from}"));
        }
        let bounds_regions = !self.states.is_empty() || !self.regions.is_empty();
        if bounds_regions && !per_region {
            return Some("'states' and 'regions' bound rules of scope region only".to_owned());
        }
        let unknown = self.regions.iter().find(|kind| kind_iri(kind).is_none())?;
        Some(format!("'{unknown}' is no kind of region: write a name such as viite:WellbeingServicesCounty"))
    }

    /// Why the rule does not judge this region in this state on this day. A region whose kind nobody stated is judged.
    pub(crate) fn exempts(&self, today: &str, state: Option<State>, kinds: &[NamedNode]) -> Option<Exempt> {
        if let Some(from) = self.from.as_deref().filter(|from| today < *from) {
            return Some(Exempt::NotYet(from.to_owned()));
        }
        if let Some(until) = self.until.as_deref().filter(|until| today > *until) {
            return Some(Exempt::NoLonger(until.to_owned()));
        }
        if let Some(state) = state.filter(|state| !self.states.is_empty() && !self.states.contains(state)) {
            return Some(Exempt::State(state));
        }
        let bound: Vec<NamedNode> = self.regions.iter().filter_map(|kind| kind_iri(kind)).collect();
        let free = !bound.is_empty() && !kinds.iter().any(|kind| bound.contains(kind));
        kinds.first().filter(|_| free).cloned().map(Exempt::Kind)
    }
}

impl Exempt {
    /// The reason in words; `label` names a kind of region.
    pub(crate) fn text(&self, language: Language, label: impl Fn(&NamedNode) -> String) -> String {
        let day = |date: &str| language.day(date);
        match (self, language) {
            (Self::NotYet(from), Language::Fi) => format!("voimassa vasta {} alkaen", day(from)),
            (Self::NotYet(from), Language::Sv) => format!("gäller först från {}", day(from)),
            (Self::NotYet(from), Language::En) => format!("holds only from {} on", day(from)),
            (Self::NoLonger(until), Language::Fi) => format!("oli voimassa {} asti", day(until)),
            (Self::NoLonger(until), Language::Sv) => format!("gällde till {}", day(until)),
            (Self::NoLonger(until), Language::En) => format!("held until {}", day(until)),
            (Self::State(State::Current), Language::Fi) => "ei koske nykytilaa".to_owned(),
            (Self::State(State::Current), Language::Sv) => "gäller inte nuläget".to_owned(),
            (Self::State(State::Current), Language::En) => "does not concern current states".to_owned(),
            (Self::State(State::Target), Language::Fi) => "ei koske tavoitetilaa".to_owned(),
            (Self::State(State::Target), Language::Sv) => "gäller inte målbilden".to_owned(),
            (Self::State(State::Target), Language::En) => "does not concern target states".to_owned(),
            (Self::Kind(kind), Language::Fi) => format!("ei koske tällaista aluetta ({})", label(kind)),
            (Self::Kind(kind), Language::Sv) => format!("gäller inte en sådan region ({})", label(kind)),
            (Self::Kind(kind), Language::En) => format!("does not bind a region of this kind ({})", label(kind)),
        }
    }
}

fn kind_iri(name: &str) -> Option<NamedNode> {
    NamedNode::new(ns::expand(name)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn county() -> Vec<NamedNode> {
        vec![kind_iri("viite:WellbeingServicesCounty").unwrap()]
    }

    #[test]
    fn a_rule_holds_from_its_first_day_to_its_last() {
        let applies =
            Applies { from: Some("2023-01-01".into()), until: Some("2025-12-31".into()), ..Applies::default() };
        assert_eq!(applies.exempts("2022-12-31", None, &[]), Some(Exempt::NotYet("2023-01-01".into())));
        assert_eq!(applies.exempts("2023-01-01", None, &[]), None);
        assert_eq!(applies.exempts("2025-12-31", None, &[]), None);
        assert_eq!(applies.exempts("2026-01-01", None, &[]), Some(Exempt::NoLonger("2025-12-31".into())));
    }

    #[test]
    fn a_region_is_free_only_when_its_kind_is_known_and_another() {
        let applies = Applies { regions: vec!["viite:City".into()], ..Applies::default() };
        assert_eq!(applies.exempts("2026-01-01", Some(State::Current), &[]), None);
        assert!(matches!(applies.exempts("2026-01-01", Some(State::Current), &county()), Some(Exempt::Kind(_))));
        let both = Applies { regions: vec!["viite:City".into(), "viite:WellbeingServicesCounty".into()], ..applies };
        assert_eq!(both.exempts("2026-01-01", Some(State::Current), &county()), None);
    }

    #[test]
    fn bounds_that_cannot_be_meant_are_faults() {
        let from = |from: &str| Applies { from: Some(from.to_owned()), ..Applies::default() };
        assert!(from("2023").fault(true).unwrap().contains("no day"));
        assert!(Applies { until: Some("2022-01-01".into()), ..from("2023-01-01") }.fault(true).is_some());
        let target = Applies { states: vec![State::Target], ..Applies::default() };
        assert!(target.fault(true).is_none());
        assert!(target.fault(false).unwrap().contains("scope region"));
        let kind = Applies { regions: vec!["county".into()], ..Applies::default() };
        assert!(kind.fault(true).unwrap().contains("no kind of region"));
    }
}
