//! Graphs in the syntaxes of RDF.

use super::{Format, Written};
use crate::error::QueryError;
use crate::run::Triples;
use oxrdf::GraphNameRef;
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
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in ns::PREFIXES {
        serializer = serializer
            .with_prefix(*prefix, *iri)
            .map_err(|error| QueryError::Evaluation(format!("the prefix {prefix}: {error}")))?;
    }
    let mut serializer = serializer.for_writer(writer);
    let mut written = 0;
    if matches!(format, RdfFormat::NTriples | RdfFormat::NQuads) {
        for triple in &mut triples {
            serializer.serialize_triple(&triple?)?;
            written += 1;
        }
    } else {
        let mut all = triples.by_ref().collect::<Result<Vec<_>, _>>()?;
        all.sort_by_cached_key(ToString::to_string);
        for triple in &all {
            serializer.serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))?;
            written += 1;
        }
    }
    serializer.finish()?.flush()?;
    Ok(Written { rows: written, truncated: triples.truncated() })
}
