//! Names for blank nodes that depend on what is said of them, so that a second import names them alike.
//!
//! Blank nodes that hang together are labelled by RDFC-1.0 (<https://www.w3.org/TR/rdf-canon/>), each such
//! group by itself: a change to one group leaves the names in the others as they are.

use crate::effort::{Counted, within};
use crate::{Fault, Limits, ReadError};
use oxrdf::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};
use rustc_hash::FxHashMap;
use sophia_api::term::{BnodeId, IriRef, LanguageTag, SimpleTerm};
use sophia_c14n::{C14nError, rdfc10};
use std::collections::HashSet;
use viite_model::Names;

/// Levels of indirection through which RDFC-1.0 tells blank nodes apart.
const DEPTH: f32 = 100.0;
/// Blank nodes that look alike at first sight and are told apart by trying every order.
const ALIKE: usize = rdfc10::DEFAULT_PERMUTATION_LIMIT;
/// Bytes hashed per file and per triple: a few times what honest graphs need.
const EFFORT: (u64, u64) = (20_000_000, 2_000);

type SophiaQuad = ([SimpleTerm<'static>; 3], Option<SimpleTerm<'static>>);

/// Replaces every blank node by an IRI of the region.
pub(crate) fn skolemise(
    triples: Vec<Triple>,
    file: &str,
    names: &Names,
    region: &str,
    limits: &Limits,
) -> Result<Vec<Triple>, ReadError> {
    let groups = groups(&triples);
    let mut iris: FxHashMap<BlankNode, NamedNode> = FxHashMap::default();
    let mut copies: FxHashMap<String, usize> = FxHashMap::default();
    let mut effort = EFFORT.0 + EFFORT.1 * triples.len() as u64;
    for group in groups {
        let (hash, labels) = canonical(&group, file, limits, &mut effort)?;
        // Two groups that say the same are two things all the same.
        let copy = copies.entry(hash.clone()).or_insert(0);
        *copy += 1;
        let hash = if *copy == 1 { hash } else { format!("{hash}~{copy}") };
        for (node, label) in labels {
            let iri = names.thing(region, &format!("blank~{hash}~{label}"));
            iris.insert(node, iri);
        }
    }
    let name = |node: BlankNode| match iris.get(&node) {
        Some(iri) => iri.clone(),
        None => names.thing(region, &format!("blank~{}", node.as_str())), // none is left out above
    };
    Ok(triples
        .into_iter()
        .map(|triple| Triple {
            subject: match triple.subject {
                NamedOrBlankNode::BlankNode(node) => name(node).into(),
                named @ NamedOrBlankNode::NamedNode(_) => named,
            },
            predicate: triple.predicate,
            object: match triple.object {
                Term::BlankNode(node) => name(node).into(),
                other => other,
            },
        })
        .collect())
}

/// The triples about blank nodes, by blank nodes that hang together.
fn groups(triples: &[Triple]) -> Vec<Vec<&Triple>> {
    let mut number: FxHashMap<&BlankNode, usize> = FxHashMap::default();
    let mut parent: Vec<usize> = Vec::new();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    let mut owner: Vec<(usize, &Triple)> = Vec::new();
    for triple in triples {
        let mut first = None;
        for node in nodes(triple) {
            let at = *number.entry(node).or_insert_with(|| {
                parent.push(parent.len());
                parent.len() - 1
            });
            match first {
                None => first = Some(at),
                Some(other) => {
                    let (left, right) = (root(&mut parent, other), root(&mut parent, at));
                    parent[left.max(right)] = left.min(right);
                }
            }
        }
        if let Some(at) = first {
            owner.push((at, triple));
        }
    }
    let mut groups: Vec<Vec<&Triple>> = vec![Vec::new(); parent.len()];
    for (at, triple) in owner {
        groups[root(&mut parent, at)].push(triple);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn nodes(triple: &Triple) -> impl Iterator<Item = &BlankNode> {
    let subject = match &triple.subject {
        NamedOrBlankNode::BlankNode(node) => Some(node),
        NamedOrBlankNode::NamedNode(_) => None,
    };
    let object = match &triple.object {
        Term::BlankNode(node) => Some(node),
        _ => None,
    };
    subject.into_iter().chain(object)
}

/// A hash of what a group says, and the canonical label of every blank node in it.
fn canonical(
    group: &[&Triple],
    file: &str,
    limits: &Limits,
    effort: &mut u64,
) -> Result<(String, Vec<(BlankNode, String)>), ReadError> {
    let mut members: Vec<&BlankNode> = group.iter().flat_map(|triple| nodes(triple)).collect();
    members.sort_unstable_by_key(|node| node.as_str());
    members.dedup();
    let refuse = |why: String| {
        let example = group.first().map(ToString::to_string).unwrap_or_default();
        ReadError::new(
            file,
            None,
            Fault::Refused,
            format!(
                "{} blank nodes that hang together cannot be told apart with reasonable effort ({why}); \
                 one of them is in: {example}",
                members.len()
            ),
            "give these nodes IRIs, so that they have names of their own",
        )
    };
    if members.len() > limits.blank_nodes {
        return Err(refuse(format!("at most {} may hang together", limits.blank_nodes)));
    }
    let labels: Vec<(BlankNode, String)> = if let [only] = members[..] {
        vec![(only.clone(), "c14n0".to_owned())]
    } else {
        let dataset: HashSet<SophiaQuad> = group.iter().map(|triple| sophia(triple)).collect();
        let count = members.len() as f32; // a rounded count will do
        let depth = (DEPTH / count).min(1.0);
        let labelled =
            within(effort, || rdfc10::relabel_with::<Counted, _>(&dataset, depth, ALIKE).map(|(_, labels)| labels));
        let labels = labelled
            .ok_or_else(|| refuse("they are too much alike".to_owned()))?
            .map_err(|error: C14nError<_>| refuse(error.to_string()))?;
        members
            .iter()
            .map(|node| {
                let label = labels
                    .get(node.as_str())
                    .map(|label| label.to_string())
                    .ok_or_else(|| refuse("one has no label".to_owned()))?;
                Ok(((*node).clone(), label))
            })
            .collect::<Result<_, ReadError>>()?
    };
    let by_node: FxHashMap<&BlankNode, &str> = labels.iter().map(|(node, label)| (node, label.as_str())).collect();
    let mut lines: Vec<String> = group
        .iter()
        .map(|triple| {
            let subject = match &triple.subject {
                NamedOrBlankNode::BlankNode(node) => format!("_:{}", by_node[node]),
                NamedOrBlankNode::NamedNode(node) => node.to_string(),
            };
            let object = match &triple.object {
                Term::BlankNode(node) => format!("_:{}", by_node[node]),
                other => other.to_string(),
            };
            format!("{subject} {} {object} .\n", triple.predicate)
        })
        .collect();
    lines.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for line in &lines {
        hasher.update(line.as_bytes());
    }
    Ok((hasher.finalize().to_hex()[..24].to_owned(), labels))
}

fn sophia(triple: &Triple) -> SophiaQuad {
    let iri = |node: &NamedNode| SimpleTerm::Iri(IriRef::new_unchecked(node.as_str().to_owned().into()));
    let blank = |node: &BlankNode| SimpleTerm::BlankNode(BnodeId::new_unchecked(node.as_str().to_owned().into()));
    let subject = match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => iri(node),
        NamedOrBlankNode::BlankNode(node) => blank(node),
    };
    let object = match &triple.object {
        Term::NamedNode(node) => iri(node),
        Term::BlankNode(node) => blank(node),
        Term::Literal(literal) => {
            let value = literal.value().to_owned().into();
            match literal.language() {
                Some(tag) => {
                    SimpleTerm::LiteralLanguage(value, LanguageTag::new_unchecked(tag.to_owned().into()), None)
                }
                None => SimpleTerm::LiteralDatatype(
                    value,
                    IriRef::new_unchecked(literal.datatype().as_str().to_owned().into()),
                ),
            }
        }
    };
    ([subject, iri(&triple.predicate), object], None)
}
