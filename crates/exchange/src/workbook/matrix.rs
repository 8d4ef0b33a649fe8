//! The matrix of responsibilities: things down, actors across, a letter where they meet.
//!
//! What is known is written in; the rest is left for people to fill. The sources say *ansvarig* and *medverkande*, which
//! is neither R, A, C nor I: those words stand as they are, and come back as nothing, so that none is invented.

use super::template::cut;
use crate::Place;
use crate::loss::LossReport;
use crate::mapping::{Context, Facts};
use crate::notes::tables as notes;
use crate::table::grid::Grid;
use oxrdf::{Literal, NamedNode};
use rust_xlsxwriter::{Color, DataValidation, DataValidationErrorStyle, Format, Workbook as Xlsx, XlsxError};
use viite_model::{Language, Text, label, ns};

/// In the first cell of the row with the actors' identifiers; by it a sheet is known to be a matrix.
const MARK: &str = "viite:responsibilities";

/// Columns before the first actor, rows before the first thing.
const COLUMNS: usize = 3;

/// The kinds that a cell may say, each with its letter, the direct property, and the words for it.
const KINDS: &[(&str, &str, &str, &[&str])] = &[
    ("R", "Responsible", "responsible", &["r", "vastuutaho", "vastuullinen", "ansvarig (r)", "responsible"]),
    ("A", "Accountable", "accountable", &["a", "tilivelvollinen", "ytterst ansvarig", "accountable"]),
    ("C", "Consulted", "consulted", &["c", "kuultava", "konsultoitava", "rådfrågas", "konsulteras", "consulted"]),
    ("I", "Informed", "informed", &["i", "tiedotettava", "informeras", "informed"]),
];

/// Words of the sources, as they are written in.
const SOURCE_WORDS: &[(&str, &str)] = &[("Ansvarig", "ansvarig"), ("Medverkande", "medverkande")];

/// A thing or an actor of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// What it is.
    pub iri: NamedNode,
    /// Its name.
    pub label: String,
    /// What sort of thing it is, to sort and filter by.
    pub kind: String,
}

/// Who is known to have which responsibility for what.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// Things, down.
    pub objects: Vec<Axis>,
    /// Actors, across.
    pub actors: Vec<Axis>,
    /// Index of the thing, index of the actor, and the kind: `viite:Accountable`, `viite:Ansvarig`.
    pub known: Vec<(usize, usize, NamedNode)>,
}

impl Matrix {
    /// The matrix as an `.xlsx` file to fill.
    ///
    /// # Errors
    /// What the writer cannot write, such as more actors than a sheet has columns.
    pub fn write(&self, language: Language) -> Result<Vec<u8>, XlsxError> {
        let text = |fi: &str, sv: &str, en: &str| {
            let text = Text { fi: Some(fi.into()), sv: Some(sv.into()), en: Some(en.into()) };
            text.get(language).unwrap_or_default().to_owned()
        };
        let heading = Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0xDD_E6_F0));
        let upright = heading.clone().set_rotation(90);
        let small = Format::new().set_font_color(Color::Gray).set_font_size(8);
        let known = Format::new().set_italic().set_background_color(Color::RGB(0xEE_EE_EE));
        let mut xlsx = Xlsx::new();
        let page = xlsx.add_worksheet();
        page.set_name(text("Vastuumatriisi", "Ansvarsmatris", "Responsibility matrix"))?;
        let headings = [
            text("Tunniste", "Identifierare", "Identifier"),
            text("Kohde", "Föremål", "Thing"),
            text("Laji", "Slag", "Kind"),
        ];
        for (column, heading_text) in (0..).zip(headings) {
            page.write_string_with_format(0, column, heading_text, &heading)?;
        }
        page.write_string_with_format(1, 0, MARK, &small)?;
        page.set_column_width(0, 24)?.set_column_width(1, 60)?.set_column_width(2, 20)?;
        page.set_freeze_panes(2, COLUMNS as u16)?;
        for (column, actor) in (COLUMNS as u16..).zip(&self.actors) {
            page.write_string_with_format(0, column, &actor.label, &upright)?;
            page.write_string_with_format(1, column, ns::shorten(actor.iri.as_str()), &small)?;
            page.set_column_width(column, 7)?;
        }
        for (row, object) in (2..).zip(&self.objects) {
            page.write_string_with_format(row, 0, ns::shorten(object.iri.as_str()), &small)?;
            page.write_string(row, 1, &object.label)?;
            page.write_string(row, 2, &object.kind)?;
        }
        for object in 0..self.objects.len() {
            for actor in 0..self.actors.len() {
                let kinds = self.known.iter().filter(|(o, a, _)| (*o, *a) == (object, actor));
                let words: Vec<&str> = kinds.filter_map(|(_, _, kind)| word(kind)).collect();
                if !words.is_empty() {
                    let (row, column) = (object as u32 + 2, (actor + COLUMNS) as u16); // the writer has checked both
                    page.write_string_with_format(row, column, words.join(", "), &known)?;
                }
            }
        }
        if let (Ok(rows), Ok(columns)) = (u32::try_from(self.objects.len()), u16::try_from(self.actors.len())) {
            let title = text("R, A, C tai I", "R, A, C eller I", "R, A, C or I");
            let help = text(
                "R toteuttaa, A on tilivelvollinen (yksi), C:tä kuullaan, I:lle tiedotetaan. Useita: R, C. Lähteen sanat jätetään ennalleen tai korvataan.",
                "R utför, A är ytterst ansvarig (en), C rådfrågas, I informeras. Flera: R, C. Källans ord lämnas som de är eller ersätts.",
                "R carries out, A is accountable (one), C is consulted, I is informed. Several: R, C. The source's words stay or are replaced.",
            );
            let letters = DataValidation::new()
                .allow_list_strings(&["R", "A", "C", "I"])?
                .set_error_style(DataValidationErrorStyle::Information)
                .show_error_message(false)
                .set_input_title(title)?
                .set_input_message(cut(&help, 255))?;
            if rows > 0 && columns > 0 {
                page.add_data_validation(2, COLUMNS as u16, rows + 1, columns + COLUMNS as u16 - 1, &letters)?;
            }
        }
        xlsx.save_to_buffer()
    }
}

/// How a kind is written: a letter, or the source's word.
fn word(kind: &NamedNode) -> Option<&'static str> {
    let name = kind.as_str().strip_prefix(ns::VIITE)?;
    let letter = KINDS.iter().find(|(_, kind, ..)| *kind == name).map(|(letter, ..)| *letter);
    letter.or_else(|| SOURCE_WORDS.iter().find(|(kind, _)| *kind == name).map(|(_, word)| *word))
}

/// Whether a sheet is a matrix of responsibilities.
pub(crate) fn is_matrix(grid: &Grid) -> bool {
    grid.rows.iter().take(5).any(|row| row.cells.first().is_some_and(|cell| cell.trim() == MARK))
}

/// What a filled matrix says, as `viite:Responsibility` facts and the direct ones; how many there are.
pub(crate) fn read(grid: &Grid, context: Context<'_>, facts: &mut Facts, losses: &mut LossReport) -> u64 {
    let marked = grid.rows.iter().position(|row| row.cells.first().is_some_and(|cell| cell.trim() == MARK));
    let Some((ids, rows)) = marked.map(|at| (&grid.rows[at], &grid.rows[at + 1..])) else { return 0 };
    let names = grid.rows.first().map(|row| row.cells.clone()).unwrap_or_default();
    let actors: Vec<Option<NamedNode>> = ids.cells.iter().map(|cell| resource(cell)).collect();
    let mut count = 0;
    for row in rows {
        let label_of =
            |column: usize, cells: &[String]| cells.get(column).map(|text| text.trim().to_owned()).unwrap_or_default();
        let Some(object) = row.cells.first().and_then(|cell| resource(cell)) else {
            losses.tell(row.place, notes::matrix_row_of_nothing());
            continue;
        };
        for (column, cell) in row.cells.iter().enumerate().skip(COLUMNS).filter(|(_, cell)| !cell.trim().is_empty()) {
            let place = row.at(column);
            let Some(actor) = actors.get(column).and_then(Option::as_ref) else {
                losses.tell(place, notes::matrix_column_of_nobody(cell.trim()));
                continue;
            };
            for part in cell.split([',', '/', ';', '+', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
                let key = label::key(part);
                if SOURCE_WORDS.iter().any(|(_, word)| *word == key) {
                    continue; // what the source says stays what the source says
                }
                let Some((letter, kind, direct, _)) = KINDS.iter().find(|(.., words)| words.contains(&key.as_str()))
                else {
                    losses.tell(place, notes::matrix_letter_unknown(part));
                    continue;
                };
                let node = context.thing(&format!(
                    "responsibility~{}~{}~{letter}",
                    ns::shorten(object.as_str()),
                    ns::shorten(actor.as_str())
                ));
                let name = format!("{}: {} ({letter})", label_of(1, &row.cells), label_of(column, &names));
                responsibility(&node, [&object, actor], [kind, direct], name, context, facts);
                source(&node, place, context, facts, losses);
                count += 1;
            }
        }
    }
    count
}

fn responsibility(
    node: &NamedNode,
    [object, actor]: [&NamedNode; 2],
    [kind, direct]: [&str; 2],
    name: String,
    context: Context<'_>,
    facts: &mut Facts,
) {
    let viite = |name: &str| NamedNode::new_unchecked(format!("{}{name}", ns::VIITE)); // names of this module
    facts.add(node, ns::rdf::TYPE, ns::viite::RESPONSIBILITY);
    facts.add(node, viite("object"), object.clone());
    facts.add(node, viite("actor"), actor.clone());
    facts.add(node, viite("responsibilityKind"), viite(kind));
    facts.add(object, viite(direct), actor.clone());
    let tag = context.language.map(Language::tag);
    let named = tag.and_then(|tag| Literal::new_language_tagged_literal(&name, tag).ok());
    facts.add(node, ns::rdfs::LABEL, named.unwrap_or_else(|| Literal::from(name)));
}

fn source(node: &NamedNode, place: Place, context: Context<'_>, facts: &mut Facts, losses: &LossReport) {
    let viite = |name: &str| NamedNode::new_unchecked(format!("{}{name}", ns::VIITE)); // names of this module
    facts.add(node, ns::viite::IN_REGION, viite_model::graphs::region(context.region));
    facts.add(node, ns::viite::SOURCE_FILE, Literal::from(losses.file_of(place)));
    facts.add(node, ns::viite::SOURCE_LINE, Literal::from(i64::from(place.line)));
    facts.add(node, viite("sourceSheet"), Literal::from(losses.sheet_of(place).unwrap_or_default()));
    facts.add(node, viite("sourceCell"), Literal::from(place.cell()));
}

/// The thing that a cell names: `actor:kela`, `<https://…>`.
fn resource(cell: &str) -> Option<NamedNode> {
    let text = cell.trim();
    let iri = ns::expand(text).or_else(|| Some(text.strip_prefix('<')?.strip_suffix('>')?.to_owned()))?;
    NamedNode::new(iri).ok()
}
