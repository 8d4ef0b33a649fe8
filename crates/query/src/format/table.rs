//! A table for people.

use super::Written;
use crate::error::QueryError;
use crate::run::Solutions;
use comfy_table::{ContentArrangement, Table, presets};
use oxrdf::vocab::xsd;
use oxrdf::{Term, Variable};
use std::io::Write;
use viite_model::ns;

/// Writes solutions as a table, no wider than `width` columns where it is given.
///
/// # Errors
/// What the query fails with on the way, and the writer's errors.
pub fn write_table(mut rows: Solutions<'_>, width: Option<u16>, mut writer: impl Write) -> Result<Written, QueryError> {
    let variables = rows.variables().to_vec();
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(variables.iter().map(Variable::as_str));
    let mut written = 0;
    for row in &mut rows {
        let row = row?;
        table.add_row(variables.iter().map(|variable| row.get(variable).map(readable).unwrap_or_default()));
        written += 1;
    }
    let truncated = rows.truncated();
    if !variables.is_empty() {
        writeln!(writer, "{table}")?;
    }
    let rows = if written == 1 { "row" } else { "rows" };
    let more = if truncated { ", cut off by the limit" } else { "" };
    writeln!(writer, "{written} {rows}{more}")?;
    writer.flush()?;
    Ok(Written { rows: written, truncated })
}

/// A term as people read it.
pub(crate) fn readable(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => ns::shorten(node.as_str()),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => match literal.language() {
            Some(language) => format!("{} @{language}", literal.value()),
            None if is_self_evident(literal.datatype().as_str()) => literal.value().to_owned(),
            None => format!("{} ^^{}", literal.value(), ns::shorten(literal.datatype().as_str())),
        },
    }
}

/// Datatypes that the value itself shows.
fn is_self_evident(datatype: &str) -> bool {
    [xsd::STRING, xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::BOOLEAN, xsd::DATE, xsd::DATE_TIME]
        .iter()
        .any(|known| known.as_str() == datatype)
}
