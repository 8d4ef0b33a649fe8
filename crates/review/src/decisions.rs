//! What people decided about identity: facts in the decisions graph, which every later import follows.

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, vocab::xsd};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use viite_model::{Names, ns};
use viite_store::Snapshot;

macro_rules! term {
    ($name:ident = $iri:literal) => {
        const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);
    };
}
term!(IDENTITY_DECISION = "https://w3id.org/viite/ns#IdentityDecision");
term!(ELEMENT = "https://w3id.org/viite/ns#decidedElement");
term!(RESOURCE = "https://w3id.org/viite/ns#decidedResource");
term!(SAME = "https://w3id.org/viite/ns#isSame");
term!(REASON = "https://w3id.org/viite/ns#reason");
term!(CREATOR = "http://purl.org/dc/terms/creator");
term!(DATE = "http://purl.org/dc/terms/date");

/// That an element is, or is not, a resource of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The region's element.
    pub element: NamedNode,
    /// The resource of the reference.
    pub resource: NamedNode,
    /// Whether the one stands for the other.
    pub same: bool,
    /// Who decided.
    pub author: String,
    /// On which day: `2026-01-31`.
    pub date: String,
    /// Why, if the person said it.
    pub reason: Option<String>,
}

impl Decision {
    /// The decision as facts of the decisions graph. A pair has one decision: what is decided again has the same IRI.
    pub fn quads(&self, names: &Names) -> Vec<Quad> {
        let graph = names.decisions();
        let pair = format!("{} {}", self.element.as_str(), self.resource.as_str());
        let node = NamedNode::new_unchecked(format!(
            "{}identity/{}",
            names.base(),
            &viite_store::Digest::of(pair.as_bytes()).to_string()[..16]
        )); // a valid base and hexadecimal digits
        let mut facts: Vec<(NamedNodeRef<'_>, Term)> = vec![
            (ns::rdf::TYPE, IDENTITY_DECISION.into_owned().into()),
            (ELEMENT, self.element.clone().into()),
            (RESOURCE, self.resource.clone().into()),
            (SAME, Literal::from(self.same).into()),
            (CREATOR, Literal::from(self.author.as_str()).into()),
            (DATE, Literal::new_typed_literal(self.date.as_str(), xsd::DATE).into()),
        ];
        facts.extend(self.reason.iter().map(|reason| (REASON, Literal::from(reason.as_str()).into())));
        facts.into_iter().map(|(predicate, object)| Quad::new(node.clone(), predicate, object, graph.clone())).collect()
    }
}

/// All decisions about identity.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    decisions: BTreeMap<NamedNode, Decision>,
    rejected: FxHashSet<(NamedNode, NamedNode)>,
}

impl Decisions {
    /// Reads them from the decisions graph. What lacks the element, the resource or the verdict decides nothing.
    pub fn of(snapshot: &Snapshot, names: &Names) -> Self {
        let mut facts: BTreeMap<NamedNode, Vec<Quad>> = BTreeMap::new();
        let mut nodes: BTreeSet<NamedNode> = BTreeSet::new();
        for quad in snapshot.graph_quads(&names.decisions()) {
            let NamedOrBlankNode::NamedNode(node) = &quad.subject else { continue };
            if quad.predicate == ns::rdf::TYPE && quad.object == Term::from(IDENTITY_DECISION.into_owned()) {
                nodes.insert(node.clone());
            }
            facts.entry(node.clone()).or_default().push(quad);
        }
        let mut all = Self::default();
        for node in nodes {
            let quads = facts.remove(&node).unwrap_or_default();
            let Some(decision) = decision(&quads) else { continue };
            if !decision.same {
                all.rejected.insert((decision.element.clone(), decision.resource.clone()));
            }
            all.decisions.insert(node, decision);
        }
        all
    }

    /// The elements that people have linked, with what they stand for.
    pub fn accepted(&self) -> impl Iterator<Item = (&NamedNode, &NamedNode)> {
        self.iter().filter(|decision| decision.same).map(|decision| (&decision.element, &decision.resource))
    }

    /// Whether somebody said that the element is not the resource.
    pub fn rejected(&self, element: &NamedNode, resource: &NamedNode) -> bool {
        // No allocation for the many imports without decisions.
        !self.rejected.is_empty() && self.rejected.contains(&(element.clone(), resource.clone()))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.values()
    }
}

fn decision(quads: &[Quad]) -> Option<Decision> {
    let object = |predicate: NamedNodeRef<'_>| quads.iter().find(|quad| quad.predicate == predicate).map(|q| &q.object);
    let node = |predicate| match object(predicate)? {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    };
    let text = |predicate| match object(predicate)? {
        Term::Literal(text) => Some(text.value().to_owned()),
        _ => None,
    };
    Some(Decision {
        element: node(ELEMENT)?,
        resource: node(RESOURCE)?,
        same: matches!(text(SAME)?.as_str(), "true" | "1"),
        author: text(CREATOR).unwrap_or_default(),
        date: text(DATE).unwrap_or_default(),
        reason: text(REASON),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_reads_back_as_it_was_written() {
        let names = Names::new("https://example.org/ea/").unwrap();
        let decision = Decision {
            element: NamedNode::new_unchecked("https://example.org/ea/region/99/1"),
            resource: NamedNode::new_unchecked("https://example.org/reference/a"),
            same: false,
            author: "Aino".into(),
            date: "2026-01-31".into(),
            reason: Some("a product of the same name".into()),
        };
        let snapshot = Snapshot::from_quads(decision.quads(&names)).unwrap();
        let decisions = Decisions::of(&snapshot, &names);
        assert_eq!(decisions.iter().collect::<Vec<_>>(), [&decision]);
        assert!(decisions.rejected(&decision.element, &decision.resource));
        assert_eq!(decisions.accepted().count(), 0);
    }
}
