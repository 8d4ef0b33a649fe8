//! What a description says, apart from how a format shows it.
//!
//! Every renderer reads this and nothing else: no text stands in two formats.

use crate::words::words;
use serde::Serialize;
use std::collections::BTreeMap;
use viite_model::Language;

/// A fact about a document itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Property {
    /// What a Word template calls it: `region`, `date`.
    pub key: &'static str,
    /// What a reader calls it, in the document's language.
    pub name: String,
    /// What it is.
    pub value: Phrase,
}

impl Property {
    /// A property that is told in the document's language.
    pub fn plain(key: &'static str, name: &str, value: impl Into<String>) -> Self {
        Self { key, name: name.to_owned(), value: Phrase::plain(value) }
    }
}

/// The longest text, in characters, that stands whole in the tables of a document for people.
pub const LONGEST: usize = 600;

/// A whole description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The language that it is written in.
    pub language: Language,
    /// What it describes: *Architecture description: Suolavuori*.
    pub title: String,
    /// What kind of document it is.
    pub subtitle: String,
    /// Facts about the document itself, such as its day and what it rests on.
    pub properties: Vec<Property>,
    /// What to know when reading it.
    pub notes: Vec<String>,
    /// The chapters, in order.
    pub chapters: Vec<Chapter>,
}

impl Document {
    /// Numbers chapters, sections, tables and figures, in their order.
    pub fn number(&mut self) {
        let (mut tables, mut figures) = (0, 0);
        for (chapter, of_chapter) in self.chapters.iter_mut().zip(1..) {
            chapter.number = of_chapter.to_string();
            for (section, of_section) in chapter.sections.iter_mut().zip(1..) {
                section.number = format!("{of_chapter}.{of_section}");
                for part in &mut section.parts {
                    match part {
                        Part::Table(table) => {
                            tables += 1;
                            table.number = tables;
                        }
                        Part::Figure(figure) => {
                            figures += 1;
                            figure.number = figures;
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// Cuts the texts of tables that are longer than [`LONGEST`] between two words, and notes that it did.
    ///
    /// Some models hold whole memoranda as the description of an element: on paper a row of pages nobody reads.
    pub fn shorten(&mut self) {
        let parts = self.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections).flat_map(|of| &mut of.parts);
        let tables = parts.filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        });
        let phrases = tables.flat_map(|table| table.rows.iter_mut().flatten()).flat_map(|cell| &mut cell.0);
        if phrases.filter_map(Phrase::shorten).count() > 0 {
            self.notes.push(words(self.language).shortened.to_owned());
        }
    }

    /// Leaves out the columns in which no row has a value, and names them below the last table that would have had them.
    ///
    /// A portfolio asks for more than most regions tell: on paper, columns of nothing take the room of what is told.
    pub fn leave_out_empty_columns(&mut self) {
        let told = words(self.language).columns_left_out;
        for section in self.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
            let left_out = section.leave_out_empty_columns();
            for (at, columns) in left_out.into_iter().rev() {
                section.parts.insert(at + 1, Part::Paragraph(format!("{told}: {}.", columns.join(", "))));
            }
        }
    }

    /// Every phrase of every table.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.chapters
            .iter()
            .flat_map(|chapter| &chapter.sections)
            .flat_map(|section| &section.parts)
            .filter_map(|part| match part {
                Part::Table(table) => Some(table),
                _ => None,
            })
            .flat_map(|table| table.rows.iter().flatten())
            .flat_map(|cell| &cell.0)
    }
}

/// A chapter: a viewpoint of JHS 179, or an annex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chapter {
    /// `3`
    pub number: String,
    /// What it is called.
    pub title: String,
    /// What it tells.
    pub about: Option<String>,
    /// The description products.
    pub sections: Vec<Section>,
}

/// A section: one description product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// `3.2`
    pub number: String,
    /// The product's identifier, which anchors lead to.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it tells.
    pub about: Option<String>,
    /// What it holds, in order.
    pub parts: Vec<Part>,
}

impl Section {
    /// Where the last table of each kind stands, and which columns all tables of that kind, such as one for each group,
    /// were left without.
    fn leave_out_empty_columns(&mut self) -> BTreeMap<usize, Vec<String>> {
        let mut kinds: BTreeMap<Vec<String>, (usize, Vec<bool>)> = BTreeMap::new();
        for (at, part) in self.parts.iter().enumerate() {
            if let Part::Table(table) = part
                && !table.matrix
            {
                let (last, told) = kinds.entry(table.columns.clone()).or_insert_with(|| (at, table.told()));
                *last = at;
                told.iter_mut().zip(table.told()).for_each(|(told, here)| *told |= here);
            }
        }
        for part in &mut self.parts {
            if let Part::Table(table) = part
                && !table.matrix
                && let Some((_, told)) = kinds.get(&table.columns)
            {
                table.keep(told);
            }
        }
        let left_out = |columns: Vec<String>, told: &[bool]| -> Vec<String> {
            columns.into_iter().zip(told).filter(|(_, told)| !**told).map(|(column, _)| column).collect()
        };
        let of_kind = kinds.into_iter().map(|(columns, (last, told))| (last, left_out(columns, &told)));
        of_kind.filter(|(_, columns)| !columns.is_empty()).collect()
    }

    /// Whether it says nothing but what is missing.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Missing(_)))
    }
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "what", rename_all = "lowercase")]
pub enum Part {
    /// A heading inside the section: the state that follows, or a group of things.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// There is nothing to show: what to deliver, and who can.
    Missing(String),
}

/// A table. Its first column names the row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Its number in the document, from 1.
    pub number: usize,
    /// What it shows.
    pub caption: String,
    /// The headers.
    pub columns: Vec<String>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Whether most cells hold a mark only, so that headers may stand upright.
    pub matrix: bool,
}

impl Table {
    /// The columns in which a row has a value. The first one stays in any case: it names the rows.
    fn told(&self) -> Vec<bool> {
        let has_value = |at: usize| self.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.0.is_empty()));
        (0..self.columns.len()).map(|at| at == 0 || has_value(at)).collect()
    }

    fn keep(&mut self, stays: &[bool]) {
        let mut at = stays.iter();
        self.columns.retain(|_| at.next().is_none_or(|stays| *stays));
        for row in &mut self.rows {
            let mut at = stays.iter();
            row.retain(|_| at.next().is_none_or(|stays| *stays));
        }
    }
}

/// A picture, with a text that says the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Its number in the document, from 1.
    pub number: usize,
    /// What it shows.
    pub caption: String,
    /// What a reader who cannot see it has to know.
    pub alternative: String,
    /// The picture, a whole SVG document.
    pub svg: String,
    /// Its size in CSS pixels.
    pub size: (u32, u32),
}

/// What stands in a cell: nothing, one thing or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell(pub Vec<Phrase>);

impl Cell {
    /// Its text on one line.
    pub fn line(&self) -> String {
        self.0.iter().map(Phrase::marked).collect::<Vec<_>>().join("; ")
    }
}

/// A name or a short text, with its language where that is not the document's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phrase {
    /// The text.
    pub text: String,
    /// The language of a text that does not exist in the document's.
    pub language: Option<Language>,
}

impl Phrase {
    /// A text in the document's language, or in none.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), language: None }
    }

    /// Cuts a text that is longer than [`LONGEST`]; none when it is not.
    fn shorten(&mut self) -> Option<()> {
        let (end, _) = self.text.char_indices().nth(LONGEST)?;
        // A text without spaces, such as a long address, is cut where it is.
        let between = self.text[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
        self.text.truncate(between);
        self.text.push_str(" …");
        Some(())
    }

    /// The text, with its language in brackets where that is not the document's.
    pub fn marked(&self) -> String {
        match self.language {
            Some(language) => format!("{} ({language})", self.text),
            None => self.text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_without_a_value_are_left_out_and_named_and_matrices_stay_whole() {
        let cell = |text: &str| if text.is_empty() { Cell::default() } else { Cell(vec![Phrase::plain(text)]) };
        let row = |texts: [&str; 4]| texts.map(cell).to_vec();
        let table = Table {
            number: 0,
            caption: String::new(),
            columns: ["Nimi", "Toimittaja", "Omistaja", "Vaihe"].map(str::to_owned).to_vec(),
            rows: vec![row(["", "", "Virasto", ""]), row(["Usva", "", "", ""])],
            matrix: false,
        };
        let section = Section {
            number: String::new(),
            id: String::new(),
            title: String::new(),
            about: None,
            parts: vec![
                Part::Table(Table { rows: vec![row(["Halla", "", "", ""])], ..table.clone() }),
                Part::Table(table.clone()),
                Part::Table(Table { matrix: true, ..table.clone() }),
            ],
        };
        let chapter = Chapter { number: String::new(), title: String::new(), about: None, sections: vec![section] };
        let mut document = Document {
            language: Language::Fi,
            title: String::new(),
            subtitle: String::new(),
            properties: Vec::new(),
            notes: Vec::new(),
            chapters: vec![chapter],
        };
        document.leave_out_empty_columns();
        let [Part::Table(first), Part::Table(cut), Part::Paragraph(told), Part::Table(matrix)] =
            &document.chapters[0].sections[0].parts[..]
        else {
            panic!("{document:#?}")
        };
        assert_eq!(first.rows, [[cell("Halla"), cell("")]], "what one table of a kind tells stays in all");
        assert_eq!(cut.columns, ["Nimi", "Omistaja"]);
        assert_eq!(cut.rows, [[cell(""), cell("Virasto")], [cell("Usva"), cell("")]]);
        assert!(told.ends_with(": Toimittaja, Vaihe."), "{told}");
        assert_eq!(matrix.columns.len(), 4);
    }

    #[test]
    fn a_text_is_cut_between_words_and_a_short_one_is_left_alone() {
        let mut long = Phrase::plain("ääkköset ".repeat(100));
        assert!(long.shorten().is_some());
        assert!(long.text.chars().count() <= LONGEST + 2 && long.text.ends_with("ääkköset …"), "{}", long.text);
        let mut address = Phrase::plain("å".repeat(700));
        assert!(address.shorten().is_some());
        assert_eq!(address.text.chars().count(), LONGEST + 2);
        let mut short = Phrase::plain("a".repeat(LONGEST));
        assert!(short.shorten().is_none() && short.text.len() == LONGEST);
        for language in Language::ALL {
            assert!(words(language).shortened.contains(&LONGEST.to_string()));
        }
    }
}
