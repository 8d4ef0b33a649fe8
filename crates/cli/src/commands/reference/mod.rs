//! `viite reference`

mod upgrade;

use crate::{
    Ending,
    args::Format,
    commands::at::graph_sizes,
    output::{finish, note, print_json, print_table, results, table},
    session::Session,
};
use anyhow::Result;
use clap::{Args, Subcommand};
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use serde_json::json;
use std::{collections::BTreeMap, io::Write};
use upgrade::UpgradeArgs;
use viite_model::{
    Language,
    graphs::{REFERENCE_GRAPHS, package},
    ns,
};
use viite_query::{Answer, QueryOptions, facts::Facts};
use viite_store::{DefaultGraph, Scope, Snapshot};

/// The packages of the national reference that the repository holds, and another version of it
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  viite reference
  viite reference --format json
  viite reference upgrade --dry-run                          to the version that this program carries
  viite reference upgrade --to 1.1 --from new/ --dry-run     what packages in a folder would change"
)]
pub(crate) struct ReferenceArgs {
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(subcommand)]
    pub(crate) command: Option<ReferenceCommand>,
}

/// What to do with the reference.
#[derive(Debug, Subcommand)]
pub(crate) enum ReferenceCommand {
    Upgrade(UpgradeArgs),
}

pub(crate) fn run(session: &Session, args: &ReferenceArgs) -> Result<Ending> {
    if let Some(ReferenceCommand::Upgrade(upgrade)) = &args.command {
        return upgrade::run(session, upgrade);
    }
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let packages: Vec<(String, String, String, u64)> = graph_sizes(&snapshot)
        .into_iter()
        .filter_map(|(graph, facts)| {
            let (package, version) = package(&graph)?;
            Some((package.to_owned(), version.to_owned(), graph.clone(), facts))
        })
        .collect();
    let counts = counts(&snapshot)?;
    match args.format {
        Format::Json => print_json(&json!({
            "packages": packages
                .iter()
                .map(|(package, version, graph, facts)| {
                    json!({"package": package, "version": version, "graph": graph, "facts": facts})
                })
                .collect::<Vec<_>>(),
            "counts": counts,
        }))?,
        Format::Text => {
            let [package, version, facts, class, things] = match session.language {
                Language::Fi => ["paketti", "versio", "tosiasioita", "luokka", "lukumäärä"],
                Language::Sv => ["paket", "version", "fakta", "klass", "antal"],
                Language::En => ["package", "version", "facts", "class", "things"],
            };
            let mut rows = table(&[package, version, facts]);
            for (package, version, _, facts) in &packages {
                rows.add_row([package, version, &facts.to_string()]);
            }
            if packages.is_empty() {
                note(session.language.of([
                    "Tietovarastossa ei ole viitteen paketteja; 'viite init' lataa ne uuteen.",
                    "Förrådet har inget paket av referensen; 'viite init' laddar den i ett nytt.",
                    "The repository holds no package of the reference; 'viite init' loads it into a new one.",
                ]));
            }
            let names = Facts::new(&snapshot);
            let mut things = table(&[class, "", things]);
            for (class, number) in &counts {
                let iri = NamedNode::new(format!("{}{class}", ns::VIITE))?;
                things.add_row([
                    names.label(&iri.into(), session.language),
                    format!("viite:{class}"),
                    number.to_string(),
                ]);
            }
            let mut out = results();
            print_table(&mut out, &rows)?;
            writeln!(out)?;
            print_table(&mut out, &things)?;
            finish(out)?;
        }
    }
    Ok(Ending::Good)
}

/// How many things of each class of the vocabulary the reference holds, by the class's name.
fn counts(snapshot: &Snapshot) -> Result<BTreeMap<String, u64>> {
    let graphs = snapshot.graph_names().filter(|graph| match graph {
        NamedOrBlankNode::NamedNode(graph) => graph.as_str().starts_with(REFERENCE_GRAPHS),
        NamedOrBlankNode::BlankNode(_) => false,
    });
    let scope = Scope { default: DefaultGraph::Graphs(graphs.map(Into::into).collect()), named: None };
    let query =
        viite_query::prepare("SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) { ?thing a ?class } GROUP BY ?class")?;
    let Answer::Solutions(rows) = query.run(snapshot, &QueryOptions { scope, ..QueryOptions::default() })? else {
        return Ok(BTreeMap::new());
    };
    let mut counts = BTreeMap::new();
    for row in rows {
        let row = row?;
        if let (Some(Term::NamedNode(class)), Some(Term::Literal(number))) = (row.get("class"), row.get("n"))
            && let Some(name) = class.as_str().strip_prefix(ns::VIITE)
            && let Ok(number) = number.value().parse()
        {
            counts.insert(name.to_owned(), number);
        }
    }
    Ok(counts)
}
