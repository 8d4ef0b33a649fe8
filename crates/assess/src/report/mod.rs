//! How an assessment is shown: a file for each format, and the words of each language.

mod json;
mod number;
mod table;
mod text;
mod words;

use crate::Assessment;
use std::io::{self, Write};
use viite_check::{
    Report,
    table::{Workbook, WorkbookError},
};

/// Writes an assessment for people, with what the rules found about the same things.
///
/// # Errors
/// When the writer refuses.
pub fn write_text(assessment: &Assessment, findings: &Report, color: bool, to: impl Write) -> io::Result<()> {
    text::write(assessment, findings, color, to)
}

/// Writes an assessment as JSON: `summary`, `investments` and `findings`. The keys do not depend on the language.
///
/// # Errors
/// When the writer refuses.
pub fn write_json(assessment: &Assessment, findings: &Report, to: impl Write) -> io::Result<()> {
    json::write(assessment, findings, to)
}

/// Writes a row for every criterion of every investment as CSV.
///
/// # Errors
/// When the writer refuses.
pub fn write_csv(assessment: &Assessment, to: impl Write) -> io::Result<()> {
    table::criteria(assessment).write_csv(to)
}

/// Writes a workbook: criteria, what follows, findings.
///
/// # Errors
/// When a table is larger than a sheet may be, or when the writer refuses.
pub fn write_workbook(assessment: &Assessment, findings: &Report, to: impl Write) -> Result<(), WorkbookError> {
    let tables = [table::criteria(assessment), table::procedures(assessment), table::findings(assessment, findings)];
    let title = words::words(assessment.language).title;
    Workbook { title, language: assessment.language, day: &assessment.today, tables: &tables }.write(to)
}
