//! Deviations that an authority accepted, keyed by a finding's identity.
//!
//! ```turtle
//! [] a viite:AcceptedDeviation ;
//!    viite:finding "3f9a0c12b7de" ;
//!    viite:reason "The ward moves in 2026." ;
//!    viite:authority "Director of data management" ;
//!    dcterms:date "2025-02-01"^^xsd:date ;
//!    viite:validUntil "2026-12-31"^^xsd:date .
//! ```

use super::{ACCEPTED_DEVIATION, AUTHORITY, DATE, FINDING, Graph, REASON, VALID_UNTIL};
use oxrdf::NamedOrBlankNode;
use serde::Serialize;

/// On what an accepted deviation rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// An authority decided.
    Decision,
    /// The description itself gives a reason, and the clause lets a reason stand.
    Justification,
}

/// One accepted deviation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deviation {
    /// On what it rests.
    pub basis: Basis,
    /// Why it was accepted.
    pub reason: String,
    /// Who accepted it; of a justification, where it stands.
    pub authority: String,
    /// When.
    pub date: Option<String>,
    /// The last day on which it holds. A justification holds as long as the description gives it.
    pub until: Option<String>,
}

impl Deviation {
    /// Whether it still holds. Dates are compared as they are written, `YYYY-MM-DD`.
    pub fn holds(&self, today: &str) -> bool {
        self.until.as_deref().is_none_or(|until| until >= today)
    }
}

/// The deviations with their node and finding. One that lacks its reason, authority or end is none:
/// it would excuse a violation for ever, or on nobody's word.
pub(super) fn read(graph: &Graph<'_>) -> Vec<(NamedOrBlankNode, String, Deviation)> {
    let deviations = graph.members(ACCEPTED_DEVIATION).into_iter().filter_map(|subject| {
        let deviation = Deviation {
            basis: Basis::Decision,
            reason: graph.text(&subject, REASON)?,
            authority: graph.text(&subject, AUTHORITY)?,
            date: graph.text(&subject, DATE),
            until: Some(graph.text(&subject, VALID_UNTIL)?),
        };
        let finding = graph.text(&subject, FINDING)?;
        Some((subject, finding, deviation))
    });
    deviations.collect()
}
