//! CSV, TSV, JSON and XML as the W3C defines them for solutions and booleans.

use super::{Format, Written, cannot_hold};
use crate::error::QueryError;
use crate::run::Solutions;
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use std::io::Write;

pub(super) fn write(
    mut rows: Solutions<'_>,
    format: QueryResultsFormat,
    writer: impl Write,
) -> Result<Written, QueryError> {
    let variables = rows.variables().to_vec();
    let mut serializer =
        QueryResultsSerializer::from_format(format).serialize_solutions_to_writer(writer, variables)?;
    let mut written = 0;
    for row in &mut rows {
        serializer.serialize(&row?)?;
        written += 1;
    }
    serializer.finish()?.flush()?;
    Ok(Written { rows: written, truncated: rows.truncated() })
}

pub(super) fn write_boolean(value: bool, format: Format, mut writer: impl Write) -> Result<Written, QueryError> {
    match format.of_results() {
        Some(results) => {
            QueryResultsSerializer::from_format(results).serialize_boolean_to_writer(&mut writer, value)?;
        }
        None if format == Format::Table => writeln!(writer, "{value}")?,
        None => {
            return Err(cannot_hold(format, "yes or no", |f| f == Format::Table || f.of_results().is_some()));
        }
    }
    writer.flush()?;
    Ok(Written { rows: 1, truncated: false })
}
