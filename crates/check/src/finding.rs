//! What a rule says about one thing, with the facts that led to it and the place that they came from.

use crate::{
    baseline::Standing,
    decisions::{Answer, Deviation},
};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use serde::Serialize;
use std::{collections::BTreeMap, fmt};
use viite_model::{Outcome, Severity, State, ns};
use viite_query::facts::Facts;

/// A value as a program and as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The IRI, or the literal's lexical form.
    pub value: String,
    /// What people call it.
    pub label: String,
}

/// A region that a finding belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RegionName {
    /// Its code: `05`.
    pub code: String,
    /// Its name in the language of the report.
    pub name: String,
}

/// The place in an imported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The file's name.
    pub file: String,
    /// The line, counted from 1, in files that have lines.
    pub line: Option<u64>,
    /// The cell, in a workbook: `Tietojärjestelmät!A2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The identifier that the element has there.
    pub id: Option<String>,
}

impl Source {
    /// The place of a thing, in whichever graph it stands; none without a file.
    pub fn of(facts: &Facts<'_>, thing: &NamedOrBlankNode) -> Option<Self> {
        Self::read(|property| {
            facts.objects(thing, property).into_iter().find_map(|term| match term {
                Term::Literal(literal) => Some(literal.destruct().0),
                _ => None,
            })
        })
    }

    /// The place of a thing, by what is said of it (`viite:sourceFile` and its kin); none without a file.
    pub(crate) fn read(said: impl Fn(NamedNodeRef<'_>) -> Option<String>) -> Option<Self> {
        let sheet = said(ns::viite::SOURCE_SHEET);
        Some(Self {
            file: said(ns::viite::SOURCE_FILE)?,
            line: said(ns::viite::SOURCE_LINE).and_then(|line| line.parse().ok()),
            cell: sheet.and_then(|sheet| Some(format!("{sheet}!{}", said(ns::viite::SOURCE_CELL)?))),
            id: said(ns::viite::SOURCE_ID),
        })
    }
}

impl Source {
    /// The place without the file: `:12` or `Tietojärjestelmät!A2`.
    pub(crate) fn place_in_file(&self) -> Option<String> {
        self.cell.clone().or_else(|| self.line.map(|line| format!(":{line}")))
    }
}

impl fmt::Display for Source {
    /// `model.xml:12`, and in a workbook `model.xlsx: Tietojärjestelmät!A2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match (&self.cell, self.line) {
            (Some(cell), _) => write!(f, ": {cell}"),
            (None, Some(line)) => write!(f, ":{line}"),
            (None, None) => Ok(()),
        }
    }
}

/// One of the things that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its IRI.
    pub value: String,
    /// What people call it.
    pub label: String,
    /// Where it stands in the file that it came from.
    pub source: Option<Source>,
}

/// A thing that does not conform, or cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable over runs: a hash of rule, thing, state and evidence.
    pub id: String,
    /// The rule's identifier.
    pub rule: String,
    /// The rule's title.
    pub rule_title: String,
    /// How much it matters.
    pub severity: Severity,
    /// Violates, not assessable or accepted deviation.
    pub outcome: Outcome,
    /// The region, if the thing belongs to one.
    pub region: Option<RegionName>,
    /// The state that was judged, if the rule runs per state.
    pub state: Option<State>,
    /// The IRI of the thing that was judged; where there are members, the smallest of them.
    pub focus: String,
    /// What people call it.
    pub focus_label: String,
    /// What is wrong; or, when it could not be judged, which fact is missing.
    pub message: String,
    /// What a person is asked, where data cannot judge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The facts, by the rule's variable. Several values of a cluster stand in one, by their names.
    pub evidence: BTreeMap<String, Value>,
    /// The things of a cluster, or those that a delivery tells a fact of for none, by name; none where one is judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// The clause that the rule rests on: `s4:G8`.
    pub clause: String,
    /// What the clause is called.
    pub clause_label: String,
    /// Where the thing stands in the file that it came from.
    pub source: Option<Source>,
    /// Who accepted it, why and until when, if somebody did.
    pub deviation: Option<Deviation>,
    /// The deviation that was accepted once and has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lapsed: Option<Deviation>,
    /// The deviation that was accepted on other facts than those of today: somebody has to decide again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopened: Option<Deviation>,
    /// What a person answered, where that is why it violates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Whether the baseline knows it, when one was given and it violates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

impl Finding {
    /// The order of reports: by region and state, then by guideline, then the worst first.
    pub(crate) fn order(&self) -> impl Ord + '_ {
        (
            // What belongs to no region comes last.
            self.region.is_none(),
            &self.region,
            self.state,
            clause_order(&self.clause),
            self.severity,
            &self.rule,
            self.outcome,
            // Not by name: names differ between languages, and the same findings would stand in another order.
            (&self.focus, &self.id),
        )
    }

    /// The guideline, principle or measure that the clause belongs to: `s4:G8` for `s4:G8-SA`.
    pub fn clause_family(&self) -> &str {
        clause_family(&self.clause)
    }
}

/// Cuts a clause down to what it is a part of.
pub(crate) fn clause_family(clause: &str) -> &str {
    let local = clause.find(':').map_or(0, |colon| colon + 1);
    // The number of a chapter has dots of its own: 2.2.
    let is_chapter = clause[local..].starts_with(|c: char| c.is_ascii_digit());
    let ends = |c: char| c == '-' || (c == '.' && !is_chapter);
    clause[local..].find(ends).map_or(clause, |end| &clause[..local + end])
}

/// Clauses in the order of their documents: G2 before G10.
pub(crate) fn clause_order(clause: &str) -> (&str, u32, &str) {
    let family = clause_family(clause);
    let letters = family.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = family[letters.len()..].parse().unwrap_or(0);
    (letters, number, clause)
}

/// The values of a rule's variables.
pub(crate) type Evidence = BTreeMap<String, Vec<Term>>;

/// A finding's identity: what it is about, never how it is worded.
pub(crate) fn identity(rule: &str, focus: &Term, state: Option<State>, evidence: &Evidence) -> String {
    let mut parts = vec![rule.to_owned(), focus.to_string(), state.map_or("", State::name).to_owned()];
    parts.extend(said(evidence));
    hash(parts)
}

/// The identity of a fact that a whole delivery lacks: it does not hang on the things that the delivery holds.
pub(crate) fn delivery_identity(rule: &str, region: &NamedNode, state: State) -> String {
    hash(vec![rule.to_owned(), "delivery".to_owned(), region.to_string(), state.name().to_owned()])
}

fn said(evidence: &Evidence) -> impl Iterator<Item = String> {
    evidence.iter().flat_map(|(name, terms)| std::iter::once(name.clone()).chain(terms.iter().map(Term::to_string)))
}

/// The identity of a cluster: its things and what they share. One more member makes another matter of it.
pub(crate) fn cluster_identity(rule: &str, state: Option<State>, members: &[Term], hubs: &[Term]) -> String {
    let mut parts = vec![rule.to_owned(), "cluster".to_owned(), state.map_or("", State::name).to_owned()];
    for (kind, terms) in [("member", members), ("hub", hubs)] {
        let mut terms: Vec<String> = terms.iter().map(ToString::to_string).collect();
        terms.sort();
        parts.extend(terms.into_iter().flat_map(|term| [kind.to_owned(), term]));
    }
    hash(parts)
}

fn hash(parts: Vec<String>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        // Every part is closed by a byte that UTF-8 never has, so that parts cannot run into each other.
        hasher.update(part.as_bytes());
        hasher.update(&[0xff]);
    }
    hasher.finalize().to_hex()[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::Literal;

    #[test]
    fn a_place_is_a_line_or_a_cell() {
        let place = |sheet: Option<&'static str>| {
            Source::read(move |property| match property {
                ns::viite::SOURCE_FILE => Some("m.xlsx".to_owned()),
                ns::viite::SOURCE_LINE => Some("2".to_owned()),
                ns::viite::SOURCE_SHEET => sheet.map(str::to_owned),
                ns::viite::SOURCE_CELL => Some("A2".to_owned()),
                _ => None,
            })
        };
        assert_eq!(place(Some("System")).unwrap().to_string(), "m.xlsx: System!A2");
        assert_eq!(place(None).unwrap().to_string(), "m.xlsx:2");
        assert!(Source::read(|_| None).is_none());
    }

    #[test]
    fn clauses_stand_in_the_order_of_their_document() {
        let mut clauses = ["s4:G10", "s4:G8-SA", "s4:G8", "s0:P1.4", "s4:G2"];
        clauses.sort_by_key(|clause| clause_order(clause));
        assert_eq!(clauses, ["s0:P1.4", "s4:G2", "s4:G8", "s4:G8-SA", "s4:G10"]);
        assert_eq!(clause_family("s0:P1.4"), "s0:P1");
        assert_eq!(clause_family("s0:2.2-C5"), "s0:2.2");
    }

    #[test]
    fn the_identity_depends_on_rule_thing_state_and_evidence_and_not_on_their_order() {
        let focus = Term::from(NamedNode::new_unchecked("http://example.org/a"));
        let one = Term::from(Literal::from(1));
        let said = |pairs: &[(&str, i32)]| {
            let mut evidence = Evidence::new();
            for (name, value) in pairs {
                evidence.entry((*name).to_owned()).or_default().push(Literal::from(*value).into());
            }
            evidence
        };
        let both = said(&[("x", 1), ("y", 2)]);
        let id = identity("R", &focus, None, &both);
        assert_eq!(id.len(), 12);
        assert_eq!(id, identity("R", &focus, None, &said(&[("y", 2), ("x", 1)])));
        for other in [
            identity("S", &focus, None, &both),
            identity("R", &one, None, &both),
            identity("R", &focus, Some(State::Target), &both),
            identity("R", &focus, None, &said(&[("x", 2), ("y", 1)])),
            identity("R", &focus, None, &said(&[("x", 1)])),
            identity("R", &focus, None, &said(&[("x", 1), ("y", 2), ("y", 3)])),
        ] {
            assert_ne!(id, other);
        }
    }
}
