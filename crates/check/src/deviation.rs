//! Deviations that an authority accepted: facts in the decisions graph, keyed by a finding's identity.
//!
//! ```turtle
//! [] a viite:AcceptedDeviation ;
//!    viite:finding "3f9a0c12b7de" ;
//!    viite:reason "The ward moves in 2026." ;
//!    viite:authority "Director of data management" ;
//!    dcterms:date "2025-02-01"^^xsd:date ;
//!    viite:validUntil "2026-12-31"^^xsd:date .
//! ```

use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term};
use serde::Serialize;
use std::collections::HashMap;
use viite_model::{Names, ns};
use viite_query::facts::Facts;

macro_rules! term {
    ($local:literal) => {
        NamedNodeRef::new_unchecked(concat!("https://w3id.org/viite/ns#", $local))
    };
}
const ACCEPTED_DEVIATION: NamedNodeRef<'static> = term!("AcceptedDeviation");
const FINDING: NamedNodeRef<'static> = term!("finding");
const REASON: NamedNodeRef<'static> = term!("reason");
const AUTHORITY: NamedNodeRef<'static> = term!("authority");
const VALID_UNTIL: NamedNodeRef<'static> = term!("validUntil");
const DATE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/date");

/// One accepted deviation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deviation {
    /// Why it was accepted.
    pub reason: String,
    /// Who accepted it.
    pub authority: String,
    /// When.
    pub date: Option<String>,
    /// The last day on which it holds.
    pub until: String,
}

impl Deviation {
    /// Whether it still holds. Dates are compared as they are written, `YYYY-MM-DD`.
    pub fn holds(&self, today: &str) -> bool {
        self.until.as_str() >= today
    }
}

/// The deviations of a snapshot by finding. One that lacks its reason, authority or end is none:
/// it would excuse a violation for ever, or on nobody's word.
pub(crate) fn deviations(facts: &Facts<'_>, names: &Names) -> HashMap<String, Deviation> {
    let decisions = names.decisions();
    let text = |subject: &NamedOrBlankNode, predicate| {
        facts
            .objects_in(subject, predicate, decisions.as_ref())
            .into_iter()
            .map(|term| match term {
                Term::Literal(literal) => literal.destruct().0,
                other => facts.label(&other, viite_model::Language::En),
            })
            .max() // of two ends, the later one
    };
    facts
        .subjects_in(ns::rdf::TYPE, ACCEPTED_DEVIATION.into(), decisions.as_ref())
        .into_iter()
        .filter_map(|subject| {
            let deviation = Deviation {
                reason: text(&subject, REASON)?,
                authority: text(&subject, AUTHORITY)?,
                date: text(&subject, DATE),
                until: text(&subject, VALID_UNTIL)?,
            };
            Some((text(&subject, FINDING)?, deviation))
        })
        .collect()
}
