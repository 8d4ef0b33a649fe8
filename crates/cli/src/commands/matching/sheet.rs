//! The table of doubtful elements that a person fills in and gives back.

use super::{Open, Shown, decision, words::words};
use crate::{output::write_whole, session::today};
use anyhow::{Context, Result, bail};
use oxrdf::NamedNode;
use std::{collections::BTreeMap, io::Write, path::Path};
use viite_check::table::{Cell, Column, Table, Workbook};
use viite_exchange::{Limits, Place};
use viite_model::{Language, ns};
use viite_query::facts::Facts;
use viite_review::Decision;

/// The columns of the file to fill in. The names are a contract: the file comes back.
const COLUMNS: [&str; 12] = [
    "decision", "why", "name", "label", "class", "region", "state", "source", "score", "reason", "element", "resource",
];
const WIDTHS: [u16; 12] = [12, 30, 36, 36, 20, 8, 10, 30, 8, 26, 40, 30];

/// What may stand in the column of decisions.
fn verdict(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "accept" | "yes" | "kyllä" | "hyväksy" | "ja" | "godkänn" | "y" | "x" => Some(true),
        "reject" | "no" | "ei" | "hylkää" | "nej" | "avvisa" | "n" => Some(false),
        _ => None,
    }
}

/// Writes the doubtful elements, a row for each candidate: a workbook, or CSV by the ending of the file.
pub(super) fn write(path: &Path, open: &[Open], facts: &Facts<'_>, language: Language) -> Result<()> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let table = table(open, facts, language);
    match ending.as_str() {
        "xlsx" => write_whole(path, |file| {
            let title = words(language).doubtful;
            Ok(Workbook { title, language, day: &today(), tables: &[table] }.write(file)?)
        })?,
        "csv" => write_whole(path, |file| {
            file.write_all("\u{feff}".as_bytes())?; // spreadsheets take UTF-8 for something else without it
            Ok(table.write_csv(file)?)
        })?,
        _ => bail!("the ending of {} tells no format: the list is written as .xlsx or .csv", path.display()),
    }
    let (path, count) = (path.display(), open.len());
    let [accept, reject] = words(language).verdicts;
    crate::output::note(language.of([
        format!("{path}: {count} elementtiä. Kirjoita sarakkeeseen 'decision' '{accept}' tai '{reject}', sitten: viite match apply {path}"),
        format!("{path}: {count} element. Skriv '{accept}' eller '{reject}' i kolumnen 'decision', sedan: viite match apply {path}"),
        format!("{path}: {count} elements. Write '{accept}' or '{reject}' into the column 'decision', then: viite match apply {path}"),
    ]));
    Ok(())
}

fn table(open: &[Open], facts: &Facts<'_>, language: Language) -> Table {
    let [accept, reject] = words(language).verdicts;
    let mut rows = Vec::new();
    for Open { doubt, region, description, class, place } in open {
        for candidate in &doubt.candidates {
            let shown = Shown::of(candidate, facts, language);
            rows.push(vec![
                Cell::default(),
                Cell::default(),
                doubt.name.as_str().into(),
                shown.label.as_str().into(),
                class.as_str().into(),
                region.as_ref().map(|region| region.code.as_str()).into(),
                description.state.name().into(),
                place.as_str().into(),
                format!("{:.2}", shown.score).into(),
                words(language).reason(shown.reason).into(),
                doubt.element.as_str().into(),
                ns::shorten(&shown.resource).into(),
            ]);
        }
    }
    let columns = COLUMNS.into_iter().zip(WIDTHS).map(|(heading, width)| Column::new(heading, width));
    Table {
        name: words(language).doubtful.to_owned(),
        caption: words(language).doubtful.to_owned(),
        columns: columns
            .map(|column| if column.heading == "decision" { column.choosing([accept, reject]) } else { column })
            .collect(),
        rows,
        keys: 3,
        printed: None,
    }
}

/// A decision, and the place that it stands at: a line, or a cell of a sheet.
pub(super) struct Row {
    pub(super) place: String,
    pub(super) decision: Decision,
}

/// A row of the file: where it stands, and its cells.
struct Line {
    number: u32,
    cells: Vec<String>,
}

/// What a file says, whichever format it has.
struct Filled {
    file: String,
    sheet: Option<String>,
    lines: Vec<Line>,
}

impl Filled {
    /// The lines of CSV, or of the first sheet of a workbook that has any.
    fn read(file: &str, bytes: &[u8]) -> Result<Self> {
        if let Some(sheets) = viite_exchange::sheets(file, bytes, &Limits::default())? {
            let sheet = sheets.into_iter().find(|sheet| !sheet.rows.is_empty());
            let sheet = sheet.with_context(|| format!("{file} has no filled sheet"))?;
            let lines = sheet.rows.into_iter().map(|(number, cells)| Line { number, cells }).collect();
            return Ok(Self { file: file.to_owned(), sheet: Some(sheet.name), lines });
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        // Finnish and Swedish spreadsheets write semicolons.
        let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
        let mut csv =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(bytes);
        let mut lines = Vec::new();
        for record in csv.records() {
            let record = record.with_context(|| format!("{file} is no CSV file in UTF-8"))?;
            let number = record.position().map_or(0, csv::Position::line);
            lines.push(Line {
                number: u32::try_from(number).unwrap_or(u32::MAX),
                cells: record.iter().map(str::to_owned).collect(),
            });
        }
        Ok(Self { file: file.to_owned(), sheet: None, lines })
    }

    fn place(&self, line: u32, column: usize) -> String {
        match &self.sheet {
            Some(sheet) => {
                let cell = Place::new(line, u32::try_from(column + 1).unwrap_or(u32::MAX)).cell();
                format!("{}:{sheet}!{cell}", self.file)
            }
            None => format!("{}:{line}", self.file),
        }
    }
}

pub(super) fn read_decisions(file: &str, bytes: &[u8]) -> Result<Vec<Row>> {
    let filled = Filled::read(file, bytes)?;
    let (header, lines) = filled.lines.split_first().with_context(|| format!("{file} is empty"))?;
    let position = |name: &str| header.cells.iter().position(|heading| heading.trim() == name);
    let column = |name: &str| {
        position(name).with_context(|| {
            let at = filled.place(header.number, 0);
            format!("{at}: there is no column '{name}': take the file that 'viite match list --output' writes")
        })
    };
    let (decided, element, resource) = (column("decision")?, column("element")?, column("resource")?);
    let why = position("why");
    let mut rows = Vec::new();
    let mut accepted: BTreeMap<NamedNode, String> = BTreeMap::new();
    for line in lines {
        // A text that began like a formula got an apostrophe when it was written.
        let cell = |at: usize| line.cells.get(at).map_or("", |cell| cell.trim().trim_start_matches('\''));
        let at = |column| filled.place(line.number, column);
        if cell(decided).is_empty() {
            continue;
        }
        let same = verdict(cell(decided))
            .with_context(|| format!("{}: '{}' is no decision: write accept or reject", at(decided), cell(decided)))?;
        let no_iri = |column| format!("{}: '{}' is no IRI", at(column), cell(column));
        // An IRI begins like a prefixed name: only the resource is written short.
        let node = NamedNode::new(cell(element)).with_context(|| no_iri(element))?;
        let expanded = ns::expand(cell(resource)).unwrap_or_else(|| cell(resource).trim_matches(['<', '>']).to_owned());
        let of = NamedNode::new(expanded).with_context(|| no_iri(resource))?;
        if same && let Some(other) = accepted.insert(node.clone(), at(decided)) {
            bail!("{}: {other} has accepted another resource for this element already", at(decided));
        }
        let reason = why.map(cell).filter(|why| !why.is_empty()).map(str::to_owned);
        rows.push(Row { place: at(element), decision: decision(&node, &of, same, reason) });
    }
    Ok(rows)
}
