//! `viite export`

mod description;
mod matrix;

use crate::{
    Ending,
    output::deliver,
    session::{Session, state},
};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum, ValueHint};
use description::Form;
use oxrdf::{GraphName, NamedNode, Quad};
use oxrdfio::{RdfFormat, RdfSerializer};
use std::{io::Write, path::PathBuf, sync::Arc};
use viite_model::{State, ns};
use viite_store::Snapshot;

/// Write out what the repository holds, in an order that is always the same
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite export --format nquads > everything.nq
  viite export --format trig --at 3 --output third.trig
  viite export --format turtle --graph https://w3id.org/viite/graph/reference/actors/0.1.0
  viite export --format archimate --region 05 --output model.xml
  viite export --format xlsx --region 05 --lang fi --output kuvaus.xlsx
  viite export --format csv --region 05 --output tables.zip   or the name of a new folder
  viite export --matrix responsibilities --lang sv --output matris.xlsx
  viite import matris.xlsx --region 05      take the filled matrix back")]
pub(crate) struct ExportArgs {
    /// nquads, trig, turtle, ntriples, rdfxml or jsonld; with --region archimate (the exchange format), xlsx (our
    /// workbook) or csv (its tables)
    #[arg(long, default_value = "nquads")]
    pub(crate) format: String,
    /// The state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
    /// Only this graph; may be given several times
    #[arg(long, value_name = "IRI")]
    pub(crate) graph: Vec<String>,
    /// Only the description of this region, by code or name
    #[arg(long, value_name = "CODE", conflicts_with = "graph")]
    pub(crate) region: Option<String>,
    /// Which state of the region
    #[arg(long, default_value_t, requires = "region")]
    pub(crate) state: State,
    /// A workbook to fill: who answers for what, of the reference or of a region
    #[arg(long, value_enum, requires = "output", conflicts_with_all = ["format", "graph"])]
    pub(crate) matrix: Option<MatrixKind>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// What a matrix shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatrixKind {
    /// Actors across, what they answer for down
    Responsibilities,
}

pub(crate) fn run(session: &Session, args: &ExportArgs) -> Result<Ending> {
    if let Some(MatrixKind::Responsibilities) = args.matrix {
        let bytes = matrix::workbook(session, args.region.as_deref(), args.at)?;
        deliver(args.output.as_deref(), |out| Ok(out.write_all(&bytes)?))?;
        return Ok(Ending::Good);
    }
    match (&args.region, Form::named(&args.format)) {
        (Some(region), Some(form)) => {
            description::write(session, form, region, (args.state, args.at), args.output.as_deref())?;
            return Ok(Ending::Good);
        }
        (None, Some(_)) => {
            bail!("--format {} writes the description of one region: name it with --region", args.format)
        }
        (Some(_), None) => {
            bail!(
                "--region goes with --format archimate, xlsx or csv, or with --matrix; for RDF name the graphs with --graph"
            )
        }
        (None, None) => {}
    }
    let format = format(&args.format)?;
    let repository = session.open()?;
    let snapshot = state(&repository, args.at)?;
    let graphs = graphs(&snapshot, &args.graph)?;
    deliver(args.output.as_deref(), |out| write(&snapshot, &graphs, format, out))?;
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
        None => bail!(
            "unknown format '{name}': it is one of nquads, trig, turtle, ntriples, rdfxml, jsonld, archimate, xlsx, csv"
        ),
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
