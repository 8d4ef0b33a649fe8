//! Graphs in the syntaxes of RDF.

use super::{Format, Written};
use crate::error::QueryError;
use crate::run::Triples;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use std::io::Write;
use viite_model::ns;

/// The syntax that a format stands for when the answer is a graph.
pub(super) const fn of(format: Format) -> Option<RdfFormat> {
    match format {
        Format::Table | Format::Turtle => Some(RdfFormat::Turtle),
        Format::Json => Some(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        Format::Xml => Some(RdfFormat::RdfXml),
        Format::NTriples => Some(RdfFormat::NTriples),
        Format::TriG => Some(RdfFormat::TriG),
        Format::NQuads => Some(RdfFormat::NQuads),
        Format::Csv | Format::Tsv => None,
    }
}

/// Sorted by subject and predicate where the syntax groups by them, as found elsewhere.
pub(super) fn write(mut triples: Triples<'_>, format: RdfFormat, writer: impl Write) -> Result<Written, QueryError> {
    let mut written = 0;
    let mut serializer = RdfSerializer::from_format(format);
    if matches!(format, RdfFormat::NTriples | RdfFormat::NQuads) {
        let mut serializer = serializer.for_writer(writer);
        for triple in &mut triples {
            serializer.serialize_triple(&triple?)?;
            written += 1;
        }
        serializer.finish()?.flush()?;
    } else {
        let mut all = triples.by_ref().collect::<Result<Vec<_>, _>>()?;
        all.sort_by_cached_key(ToString::to_string);
        for (prefix, iri) in ns::PREFIXES.iter().filter(|(_, iri)| is_used(iri, &all)) {
            serializer = serializer
                .with_prefix(*prefix, *iri)
                .map_err(|error| QueryError::Evaluation(format!("the prefix {prefix}: {error}")))?;
        }
        let mut serializer = serializer.for_writer(writer);
        for triple in &all {
            serializer.serialize_triple(triple)?;
            written += 1;
        }
        serializer.finish()?.flush()?;
    }
    Ok(Written { rows: written, truncated: triples.truncated() })
}

fn is_used(namespace: &str, triples: &[Triple]) -> bool {
    triples.iter().any(|triple| {
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str(),
            NamedOrBlankNode::BlankNode(_) => "",
        };
        let object = match &triple.object {
            Term::NamedNode(node) => node.as_str(),
            Term::Literal(literal) => literal.datatype().as_str(),
            Term::BlankNode(_) => "",
        };
        [subject, triple.predicate.as_str(), object].iter().any(|iri| iri.starts_with(namespace))
    })
}
