//! Where a description came from (PROV-O): which file, when, by whom. It stands in the provenance graph.

use crate::{commands::ImportedFile, regions::Region};
use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, vocab::xsd};
use std::collections::HashSet;
use viite_exchange::{Fate, Loss};
use viite_model::{Language, State, ns};
use viite_store::{Writer, user};

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

/// How many notes of one kind are kept word for word; all are counted.
const KEPT_NOTES: usize = 200;

/// Notes that a graph holds what a file says, and what was lost in reading it, in place of what was noted of the graph
/// before.
pub(crate) fn note(
    writer: &mut Writer<'_>,
    provenance: &NamedNode,
    graph: &NamedNode,
    region: &Region,
    state: State,
    file: &ImportedFile,
    losses: &[Loss],
) -> Noted {
    let import = import_of(graph);
    let time = Literal::new_typed_literal(jiff::Timestamp::now().to_string(), xsd::DATE_TIME);
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
    ];
    facts.extend(user().map(|author| (&import, CREATOR, text(&author))));
    for source in &file.sources {
        // The archived file, by its digest: hexadecimal, so the IRI is valid.
        let archived = NamedNode::new_unchecked(format!("urn:blake3:{}", source.digest));
        facts.push((&import, USED, archived.into()));
    }
    let notes = notes(&import, losses);
    facts.extend(notes.iter().map(|(subject, predicate, object)| (subject, *predicate, object.clone())));
    let new: HashSet<Quad> = facts
        .into_iter()
        .map(|(subject, predicate, object)| Quad::new(subject.clone(), predicate, object, provenance.clone()))
        .collect();
    replace(writer, provenance, graph, &new)
}

/// Takes away what was noted of a graph that holds nothing any more.
pub(crate) fn forget(writer: &mut Writer<'_>, provenance: &NamedNode, graph: &NamedNode) -> Noted {
    replace(writer, provenance, graph, &HashSet::new())
}

/// Makes the provenance of a graph and of its import just these facts.
fn replace(writer: &mut Writer<'_>, provenance: &NamedNode, graph: &NamedNode, new: &HashSet<Quad>) -> Noted {
    let import = import_of(graph);
    let mut old: HashSet<Quad> = writer.snapshot().graph_quads(provenance).into_iter().collect();
    let of_import = |subject: &NamedOrBlankNode| match subject {
        NamedOrBlankNode::NamedNode(node) => {
            node == graph
                || node
                    .as_str()
                    .strip_prefix(import.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        NamedOrBlankNode::BlankNode(_) => false,
    };
    old.retain(|quad| of_import(&quad.subject));
    let mut noted = Noted::default();
    for quad in new.difference(&old) {
        writer.insert(quad);
        noted.added += 1;
    }
    for quad in old.difference(new) {
        writer.remove(quad);
        noted.removed += 1;
    }
    noted
}

/// The activity that made a graph what it is.
fn import_of(graph: &NamedNode) -> NamedNode {
    NamedNode::new_unchecked(format!("{}/import", graph.as_str()))
}

/// What was lost in reading, as facts: how many of each kind, and word for word what was left out or mended.
fn notes(import: &NamedNode, losses: &[Loss]) -> Vec<(NamedNode, NamedNodeRef<'static>, Term)> {
    let mut facts: Vec<(NamedNode, NamedNodeRef<'static>, Term)> = Vec::new();
    for (fate, count) in [
        (Fate::Lost, ns::viite::NOTES_LOST),
        (Fate::Mended, ns::viite::NOTES_MENDED),
        (Fate::Kept, ns::viite::NOTES_KEPT),
        (Fate::Aside, ns::viite::NOTES_ASIDE),
    ] {
        let of_fate: Vec<&Loss> = losses.iter().filter(|loss| loss.fate == fate).collect();
        facts.push((import.clone(), count, Literal::from(of_fate.len() as u64).into()));
        let name = match fate {
            Fate::Lost => "lost",
            Fate::Mended => "mended",
            Fate::Kept | Fate::Aside => continue,
        };
        for (number, loss) in of_fate.into_iter().take(KEPT_NOTES).enumerate() {
            let note = NamedNode::new_unchecked(format!("{}/{name}/{}", import.as_str(), number + 1));
            let texts = [(ns::rdfs::LABEL, &loss.what), (ns::viite::REASON, &loss.why)];
            for (predicate, text) in texts {
                // In every language: who reads the provenance later may speak another than who imported.
                facts.extend(Language::ALL.into_iter().filter_map(|language| {
                    let text = Literal::new_language_tagged_literal_unchecked(text.exact(language)?, language.tag());
                    Some((note.clone(), predicate, text.into()))
                }));
            }
            facts.extend([
                (import.clone(), ns::viite::IMPORT_NOTE, note.clone().into()),
                (note.clone(), ns::rdf::TYPE, ns::viite::IMPORT_NOTE_CLASS.into_owned().into()),
                (note.clone(), ns::viite::FATE, Literal::from(name).into()),
                (note, ns::viite::NOTED_AT, Literal::from(loss.at.as_str()).into()),
            ]);
        }
    }
    facts
}
