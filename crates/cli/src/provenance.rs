//! Where a description came from (PROV-O): which file, when, by whom. It stands in the provenance graph.

use crate::{commands::ImportedFile, regions::Region};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term, vocab::xsd};
use std::collections::HashSet;
use viite_model::{State, ns};
use viite_store::{CommitInfo, Writer};

macro_rules! term {
    ($name:ident = $iri:literal) => {
        const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);
    };
}
term!(ACTIVITY = "http://www.w3.org/ns/prov#Activity");
term!(ENDED_AT = "http://www.w3.org/ns/prov#endedAtTime");
term!(GENERATED_BY = "http://www.w3.org/ns/prov#wasGeneratedBy");
term!(USED = "http://www.w3.org/ns/prov#used");
term!(CREATOR = "http://purl.org/dc/terms/creator");
term!(FORMAT = "http://purl.org/dc/terms/format");

/// How many facts a note changed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Noted {
    pub(crate) added: usize,
    pub(crate) removed: usize,
}

/// Notes that a graph holds what a file says, in place of what was noted of the graph before.
pub(crate) fn note(
    writer: &mut Writer<'_>,
    provenance: &NamedNode,
    graph: &NamedNode,
    region: &Region,
    state: State,
    file: &ImportedFile,
) -> Noted {
    let import = NamedNode::new_unchecked(format!("{}/import", graph.as_str()));
    let time = Literal::new_typed_literal(jiff::Timestamp::now().to_string(), xsd::DATE_TIME);
    let author = CommitInfo::by_user("").author;
    let text = |text: &str| Term::from(Literal::from(text));
    let mut facts: Vec<(&NamedNode, NamedNodeRef<'_>, Term)> = vec![
        (graph, ns::rdf::TYPE, ns::viite::DESCRIPTION.into_owned().into()),
        (graph, ns::viite::IN_REGION, region.iri.clone().into()),
        (graph, ns::viite::STATE, state.iri().into()),
        (graph, ns::viite::SOURCE_FILE, text(&file.file)),
        (graph, FORMAT, text(&file.format)),
        (graph, GENERATED_BY, import.clone().into()),
        (&import, ns::rdf::TYPE, ACTIVITY.into_owned().into()),
        (&import, ENDED_AT, time.into()),
        (&import, CREATOR, text(&author)),
    ];
    for source in &file.sources {
        // The archived file, by its digest: hexadecimal, so the IRI is valid.
        let archived = NamedNode::new_unchecked(format!("urn:blake3:{}", source.digest));
        facts.push((&import, USED, archived.into()));
    }
    let new: HashSet<Quad> = facts
        .into_iter()
        .map(|(subject, predicate, object)| Quad::new(subject.clone(), predicate, object, provenance.clone()))
        .collect();
    let mut old: HashSet<Quad> = writer.snapshot().graph_quads(provenance).into_iter().collect();
    old.retain(|quad| quad.subject == graph.clone().into() || quad.subject == import.clone().into());
    let mut noted = Noted::default();
    for quad in new.difference(&old) {
        writer.insert(quad);
        noted.added += 1;
    }
    for quad in old.difference(&new) {
        writer.remove(quad);
        noted.removed += 1;
    }
    noted
}
