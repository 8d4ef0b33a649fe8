//! `viite at`

use crate::{
    Ending,
    args::Format,
    commands::log,
    output::{finish, print_json, print_table, results, table},
    session::Session,
};
use anyhow::Result;
use clap::Args;
use oxrdf::GraphName;
use serde_json::json;
use std::{collections::BTreeMap, io::Write};
use viite_store::Snapshot;

/// What the repository held at a revision
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite at 3
  viite at 3 --format json
  viite query --at 3 'SELECT …'        ask that state
  viite export --at 3                  write it out")]
pub(crate) struct AtArgs {
    /// The revision
    pub(crate) revision: u64,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

pub(crate) fn run(session: &Session, args: &AtArgs) -> Result<Ending> {
    let repository = session.open()?;
    let revision = repository.revision(args.revision)?;
    let snapshot = repository.snapshot_at(args.revision)?;
    let graphs = graph_sizes(&snapshot);
    match args.format {
        Format::Json => print_json(&json!({
            "revision": revision,
            "facts": snapshot.len(),
            "graphs": graphs,
        }))?,
        Format::Text => {
            let mut out = results();
            let (language, facts) = (session.language, snapshot.len());
            log::write_revision(&mut out, &revision, language)?;
            let held = language.of([
                format!("Tietovarastossa oli silloin {facts} tietoa."),
                format!("Förrådet hade då {facts} uppgifter."),
                format!("The repository then held {facts} facts."),
            ]);
            writeln!(out, "\n{held}\n")?;
            let mut rows = table(&language.of([["tietoja", "verkko"], ["uppgifter", "graf"], ["facts", "graph"]]));
            let default = language.of(["(oletusverkko)", "(standardgrafen)", "(the default graph)"]);
            for (graph, facts) in &graphs {
                let graph = if graph.is_empty() { default } else { graph };
                rows.add_row([facts.to_string().as_str(), graph]);
            }
            print_table(&mut out, &rows)?;
            finish(out)?;
        }
    }
    Ok(Ending::Good)
}

/// Facts per graph; the default graph has the empty name.
pub(crate) fn graph_sizes(snapshot: &Snapshot) -> BTreeMap<String, u64> {
    let mut sizes = BTreeMap::new();
    for quad in snapshot.quads() {
        let name = match quad.graph_name {
            GraphName::NamedNode(node) => node.into_string(),
            GraphName::BlankNode(node) => node.to_string(),
            GraphName::DefaultGraph => String::new(),
        };
        *sizes.entry(name).or_default() += 1;
    }
    sizes
}
