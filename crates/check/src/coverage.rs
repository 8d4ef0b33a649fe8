//! How many things a rule concerned, and how they came out: it stands beside every verdict.

use crate::finding::{RegionName, clause_family, clause_order};
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::ops::AddAssign;
use viite_model::{Outcome, Severity, State};

/// Things per outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; Outcome::ALL.len()]);

impl Counts {
    /// Counts one more thing.
    pub fn add(&mut self, outcome: Outcome) {
        self.0[outcome as usize] += 1;
    }

    /// How many things came out so.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.0[outcome as usize]
    }

    /// How many things the rule concerned.
    pub fn concerned(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The worst outcome of a thing; none when nothing was concerned.
    pub fn worst(&self) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| self.of(*outcome) > 0)
    }

    /// The share of things that could be judged; none when nothing was concerned.
    pub fn assessable(&self) -> Option<f64> {
        let concerned = self.concerned();
        (concerned > 0).then(|| (concerned - self.of(Outcome::NotAssessable)) as f64 / concerned as f64)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }
}

/// `{"violates": 1, "not-assessable": 0, "accepted-deviation": 0, "conforms": 3}`
impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for outcome in Outcome::ALL {
            map.serialize_entry(outcome.name(), &self.of(outcome))?;
        }
        map.end()
    }
}

/// One rule's coverage.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// The rule's identifier.
    pub rule: String,
    /// The family that it belongs to.
    pub family: String,
    /// The rule's title.
    pub title: String,
    /// What it means and why it matters.
    #[serde(skip)] // `viite rule ID` tells it
    pub why: String,
    /// What the architect does about a finding.
    #[serde(skip)]
    pub fix: String,
    /// How much it matters.
    pub severity: Severity,
    /// The clause that it rests on.
    pub clause: String,
    /// What the clause is called.
    pub clause_label: String,
    /// How many things it concerned. None: the rule is vacuous here, which is no pass.
    pub concerned: u64,
    /// The same by outcome.
    #[serde(flatten)]
    pub counts: Counts,
    /// The same for every region and state in which it ran.
    pub regions: Vec<RegionCoverage>,
}

impl Coverage {
    /// The guideline, principle or measure that the rule rests on; in the order of the documents: G2 before G10.
    pub fn clause_order(&self) -> (&str, u32, &str) {
        clause_order(clause_family(&self.clause))
    }
}

/// One rule's coverage in one region and state.
#[derive(Clone, Debug, Serialize)]
pub struct RegionCoverage {
    /// The region.
    pub region: RegionName,
    /// The state.
    pub state: Option<State>,
    /// How many things the rule concerned there.
    pub concerned: u64,
    /// The same by outcome.
    #[serde(flatten)]
    pub counts: Counts,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_concerned_is_neither_a_pass_nor_a_share() {
        assert_eq!((Counts::default().worst(), Counts::default().assessable()), (None, None));
        let mut counts = Counts::default();
        counts.add(Outcome::NotAssessable);
        assert_eq!(counts.assessable(), Some(0.0));
    }

    #[test]
    fn counts_add_up_and_are_written_by_outcome() {
        let mut counts = Counts::default();
        counts.add(Outcome::Conforms);
        counts.add(Outcome::Violates);
        counts += counts;
        assert_eq!(counts.concerned(), 4);
        assert_eq!(counts.worst(), Some(Outcome::Violates));
        assert_eq!(
            serde_json::to_string(&counts).unwrap(),
            r#"{"violates":2,"not-assessable":0,"accepted-deviation":0,"conforms":2}"#
        );
    }
}
