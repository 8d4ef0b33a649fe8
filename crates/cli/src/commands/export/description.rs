//! `viite export --region R`: a region's description as an ArchiMate model exchange file or as our workbook.

use crate::{
    output::note,
    regions::Regions,
    session::{Session, names, state},
};
use anyhow::{Result, bail};
use oxrdf::{GraphName, NamedNode, Triple};
use viite_exchange::{Mapping, WriteOptions, write_open_exchange, write_workbook};
use viite_model::State;

/// A form in which tools and people take a region's description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Archimate,
    Workbook,
}

/// The file; what the form cannot carry is told.
pub(super) fn file(session: &Session, form: Form, region: &str, shown: State, at: Option<u64>) -> Result<Vec<u8>> {
    let repository = session.open()?;
    let snapshot = state(&repository, at)?;
    let names = names(&repository)?;
    let regions = Regions::of(&snapshot, &names)?;
    let region = regions.find(region, session.language)?;
    let prefix = names.description(&region.code, shown, "");
    let mut facts: Vec<Triple> = snapshot
        .quads()
        .filter(|quad| matches!(&quad.graph_name, GraphName::NamedNode(graph) if graph.as_str().starts_with(prefix.as_str())))
        .map(Triple::from)
        .collect();
    if facts.is_empty() {
        bail!("{} has no description of its {shown} state: 'viite region list' shows what there is", region.code);
    }
    // Two files of a region may say the same.
    facts.sort_by_cached_key(ToString::to_string);
    facts.dedup();
    let labels = viite_query::facts::Facts::new(&snapshot);
    let label = |thing: &NamedNode| Some(labels.label(&thing.clone().into(), session.language));
    let options = WriteOptions {
        names: &names,
        region: &region.code,
        language: session.language,
        title: region.name(session.language),
        mapping: Mapping::archimate(),
        label: &label,
    };
    let (bytes, losses) = match form {
        Form::Archimate => {
            let (xml, losses) = write_open_exchange(&facts, &options)?;
            (format!("{xml}\n").into_bytes(), losses)
        }
        Form::Workbook => write_workbook(&facts, &options)?,
    };
    for loss in losses {
        note(format_args!("not carried: {}: {}", loss.what, loss.why));
    }
    Ok(bytes)
}
