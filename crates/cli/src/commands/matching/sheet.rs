//! The table of doubtful elements that a person fills in and gives back.

use super::{Open, Shown, decision, words::words};
use crate::output::write_whole;
use anyhow::{Context, Result, bail};
use oxrdf::NamedNode;
use std::{collections::BTreeMap, io::Write, path::Path};
use viite_model::{Language, ns};
use viite_query::facts::Facts;
use viite_review::Decision;

/// The columns of the file to fill in. The names are a contract: the file comes back.
const COLUMNS: [&str; 11] =
    ["decision", "element", "name", "class", "region", "state", "source", "resource", "label", "score", "reason"];

/// What may stand in the column of decisions.
fn verdict(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "accept" | "yes" | "kyllä" | "hyväksy" | "ja" | "godkänn" | "y" | "x" => Some(true),
        "reject" | "no" | "ei" | "hylkää" | "nej" | "avvisa" | "n" => Some(false),
        _ => None,
    }
}

pub(super) fn write_csv(path: &Path, open: &[Open], facts: &Facts<'_>, language: Language) -> Result<()> {
    write_whole(path, |file| {
        file.write_all("\u{feff}".as_bytes())?; // spreadsheets take UTF-8 for something else without it
        let mut csv = csv::Writer::from_writer(file);
        csv.write_record(COLUMNS)?;
        for Open { doubt, region, description, class, place } in open {
            for candidate in &doubt.candidates {
                let shown = Shown::of(candidate, facts, language);
                let row = [
                    "",
                    doubt.element.as_str(),
                    &doubt.name,
                    class,
                    region.as_ref().map_or("", |region| &region.code),
                    description.state.name(),
                    place,
                    &ns::shorten(&shown.resource),
                    &shown.label,
                    &format!("{:.2}", shown.score),
                    words(language).reason(shown.reason),
                ];
                csv.write_record(row.map(as_text))?;
            }
        }
        csv.flush()?;
        Ok(())
    })?;
    crate::output::note(format_args!(
        "{}: {} elements. Write 'accept' or 'reject' into the column 'decision', then: viite match apply {}",
        path.display(),
        open.len(),
        path.display()
    ));
    Ok(())
}

/// A cell that no spreadsheet takes for a formula.
fn as_text(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// A decision, and the line that it stands on.
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) decision: Decision,
}

pub(super) fn read_decisions(file: &str, bytes: &[u8]) -> Result<Vec<Row>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // Finnish and Swedish spreadsheets write semicolons.
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
    let headers = csv.headers().with_context(|| format!("{file} is no CSV file in UTF-8"))?.clone();
    let column = |name: &str| {
        headers.iter().position(|header| header.trim() == name).with_context(|| {
            format!("{file}:1: there is no column '{name}': take the file that 'viite match list --output' writes")
        })
    };
    let (decided, element, resource) = (column("decision")?, column("element")?, column("resource")?);
    let why = headers.iter().position(|header| header.trim() == "why");
    let mut rows = Vec::new();
    let mut accepted: BTreeMap<NamedNode, u64> = BTreeMap::new();
    for record in csv.records() {
        let record = record.with_context(|| format!("{file} cannot be read"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        if cell(decided).is_empty() {
            continue;
        }
        let same = verdict(cell(decided))
            .with_context(|| format!("{file}:{line}: '{}' is no decision: write accept or reject", cell(decided)))?;
        let node = |text: &str| {
            let iri = ns::expand(text).unwrap_or_else(|| text.trim_matches(['<', '>']).to_owned());
            NamedNode::new(iri).with_context(|| format!("{file}:{line}: '{text}' is no IRI"))
        };
        // An IRI begins like a prefixed name: only the resource is written short.
        let element =
            NamedNode::new(cell(element)).with_context(|| format!("{file}:{line}: '{}' is no IRI", cell(element)))?;
        if same && let Some(other) = accepted.insert(element.clone(), line) {
            bail!("{file}:{line}: line {other} has accepted another resource for this element already");
        }
        let reason = why.map(cell).filter(|why| !why.is_empty()).map(str::to_owned);
        rows.push(Row { line, decision: decision(&element, &node(cell(resource))?, same, reason) });
    }
    Ok(rows)
}
