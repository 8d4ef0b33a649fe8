//! `viite export`

use crate::{
    Ending,
    args::ExportArgs,
    output::{finish, results, write_whole},
    session::{Session, state},
};
use anyhow::{Result, bail};
use oxrdf::{GraphName, NamedNode, Quad};
use oxrdfio::{RdfFormat, RdfSerializer};
use std::{io::Write, sync::Arc};
use viite_model::ns;
use viite_store::Snapshot;

pub(crate) fn run(session: &Session, args: &ExportArgs) -> Result<Ending> {
    let format = format(&args.format)?;
    let repository = session.open()?;
    let snapshot = state(&repository, args.at)?;
    let graphs = graphs(&snapshot, &args.graph)?;
    match &args.output {
        Some(path) => write_whole(path, |file| write(&snapshot, &graphs, format, file))?,
        None => {
            let mut out = results();
            write(&snapshot, &graphs, format, &mut out)?;
            finish(out)?;
        }
    }
    Ok(Ending::Good)
}

/// A syntax by its name, media type or file ending.
fn format(name: &str) -> Result<RdfFormat> {
    let lower = name.to_ascii_lowercase();
    let named = match lower.as_str() {
        "nquads" | "n-quads" => Some(RdfFormat::NQuads),
        "ntriples" | "n-triples" => Some(RdfFormat::NTriples),
        "turtle" => Some(RdfFormat::Turtle),
        "trig" => Some(RdfFormat::TriG),
        "rdfxml" | "rdf/xml" => Some(RdfFormat::RdfXml),
        other => RdfFormat::from_extension(other).or_else(|| RdfFormat::from_media_type(other)),
    };
    match named {
        Some(format) => Ok(format),
        None => bail!("unknown format '{name}': it is one of nquads, trig, turtle, ntriples, rdfxml, jsonld"),
    }
}

/// The graphs that were asked for; none means everything.
fn graphs(snapshot: &Snapshot, asked: &[String]) -> Result<Vec<GraphName>> {
    asked
        .iter()
        .map(|text| {
            let iri = ns::expand(text).unwrap_or_else(|| text.trim_matches(['<', '>']).to_owned());
            let graph = GraphName::from(NamedNode::new(&iri)?);
            if !snapshot.graph_names().any(|name| GraphName::from(name) == graph) {
                bail!("there is no graph <{iri}>; 'viite at REV' lists those of a revision");
            }
            Ok(graph)
        })
        .collect()
}

fn write(snapshot: &Arc<Snapshot>, graphs: &[GraphName], format: RdfFormat, mut out: impl Write) -> Result<()> {
    if format == RdfFormat::NQuads && graphs.is_empty() {
        snapshot.write_nquads(out)?; // the snapshot's own order, without a copy
        return Ok(());
    }
    let mut quads: Vec<Quad> =
        snapshot.quads().filter(|quad| graphs.is_empty() || graphs.contains(&quad.graph_name)).collect();
    if format.supports_datasets() {
        // A graph at a time, so that it is written as one; within it the order of the snapshot stays.
        quads.sort_by_cached_key(|quad| quad.graph_name.to_string());
    } else {
        for quad in &mut quads {
            quad.graph_name = GraphName::DefaultGraph;
        }
        quads.dedup();
    }
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in ns::PREFIXES {
        serializer = serializer.with_prefix(*prefix, *iri)?;
    }
    let mut writer = serializer.for_writer(&mut out);
    for quad in &quads {
        writer.serialize_quad(quad)?;
    }
    writer.finish()?;
    Ok(())
}
