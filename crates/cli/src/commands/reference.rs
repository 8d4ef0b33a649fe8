//! `viite reference`

use crate::{
    Ending,
    args::{Format, ReferenceArgs},
    commands::at::graph_sizes,
    output::{finish, note, print_json, print_table, results, table},
    session::Session,
};
use anyhow::Result;
use serde_json::json;
use viite_model::graphs::REFERENCE_GRAPHS;

pub(crate) fn run(session: &Session, args: &ReferenceArgs) -> Result<Ending> {
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let packages: Vec<(String, String, String, u64)> = graph_sizes(&snapshot)
        .into_iter()
        .filter_map(|(graph, facts)| {
            let (package, version) = graph.strip_prefix(REFERENCE_GRAPHS)?.split_once('/')?;
            Some((package.to_owned(), version.to_owned(), graph.clone(), facts))
        })
        .collect();
    match args.format {
        Format::Json => print_json(
            &packages
                .iter()
                .map(|(package, version, graph, facts)| {
                    json!({"package": package, "version": version, "graph": graph, "facts": facts})
                })
                .collect::<Vec<_>>(),
        )?,
        Format::Text => {
            let mut rows = table(&["package", "version", "facts", "graph"]);
            for (package, version, graph, facts) in &packages {
                rows.add_row([package, version, &facts.to_string(), graph]);
            }
            if packages.is_empty() {
                note("The repository holds no package of the reference; 'viite init' loads it into a new one.");
            }
            let mut out = results();
            print_table(&mut out, &rows)?;
            finish(out)?;
        }
    }
    Ok(Ending::Good)
}
