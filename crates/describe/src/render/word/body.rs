//! The text of the document: headings, paragraphs, tables, pages.

use super::tag;
use crate::{
    content::{Cell, Document, Part, Phrase, Section, Table},
    render::xml::escape,
    words::{Words, words},
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
/// From so many columns on, a product stands on pages in landscape.
const WIDE: usize = 5;
/// A4 with margins of 2 cm, in twentieths of a point.
const SHORT: usize = 11906;
const LONG: usize = 16838;
const MARGIN: usize = 1134;

pub(super) fn document(document: &Document) -> String {
    let mut body = Body { words: words(document.language), xml: String::new(), bookmarks: 0, landscape: false };
    body.front(document);
    for chapter in &document.chapters {
        // The heading stands on the page of what follows it.
        body.turn(chapter.sections.first().is_some_and(is_wide));
        body.heading(1, &format!("{} {}", chapter.number, chapter.title), &format!("c{}", chapter.number));
        if let Some(about) = &chapter.about {
            body.paragraph("Normal", &[run(about)]);
        }
        for section in &chapter.sections {
            body.section(section);
        }
    }
    let last = page(body.landscape);
    format!("{HEAD}<w:document {NAMESPACES}><w:body>{}{last}</w:body></w:document>", body.xml)
}

pub(super) fn footer(document: &Document) -> String {
    format!(
        "{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}\
         <w:r><w:t xml:space=\"preserve\">  ·  </w:t></w:r>\
         <w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>",
        run(&document.title)
    )
}

struct Body {
    words: &'static Words,
    xml: String,
    bookmarks: usize,
    landscape: bool,
}

impl Body {
    /// The title page and the table of contents, which Word fills with page numbers when asked (F9).
    fn front(&mut self, document: &Document) {
        self.paragraph("Title", &[run(&document.title)]);
        self.paragraph("Subtitle", &[run(&document.subtitle)]);
        for (name, value) in &document.properties {
            self.paragraph("Normal", &[bold(&format!("{name}: ")), phrase(value)]);
        }
        for note in &document.notes {
            self.paragraph("Normal", &[run(note)]);
        }
        self.paragraph("TOCHeading", &[run(self.words.contents)]);
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
             <w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        let mut first = Some(begin.to_owned());
        for chapter in &document.chapters {
            let entry = link(&format!("c{}", chapter.number), &format!("{} {}", chapter.number, chapter.title));
            let runs: Vec<String> = first.take().into_iter().chain([entry]).collect();
            self.paragraph("TOC1", &runs);
            for section in &chapter.sections {
                let entry = link(&anchor(&section.id), &format!("{} {}", section.number, section.title));
                self.paragraph("TOC2", &[entry]);
            }
        }
        let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>".to_owned();
        self.paragraph("Normal", &first.into_iter().chain([end]).collect::<Vec<_>>());
    }

    fn section(&mut self, section: &Section) {
        self.turn(is_wide(section));
        self.heading(2, &format!("{} {}", section.number, section.title), &anchor(&section.id));
        if let Some(about) = &section.about {
            self.paragraph("Normal", &[run(about)]);
        }
        for part in &section.parts {
            match part {
                Part::Heading(text) => self.paragraph("Heading3", &[run(text)]),
                Part::Paragraph(text) => self.paragraph("Normal", &[run(text)]),
                Part::Missing(text) => self.paragraph("Missing", &[bold(self.words.missing), run(&format!(" {text}"))]),
                // What the picture shows is told in words; the picture itself needs a renderer that Word has not.
                Part::Figure(figure) => {
                    let caption = format!("{} {}. {}", self.words.figure, figure.number, figure.caption);
                    self.paragraph("Caption", &[run(&caption)]);
                    self.paragraph("Normal", &[run(&figure.alternative)]);
                }
                Part::Table(table) => self.table(table),
            }
        }
    }

    fn paragraph(&mut self, style: &str, runs: &[String]) {
        self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", runs.concat()));
    }

    fn heading(&mut self, level: usize, text: &str, anchor: &str) {
        self.bookmarks += 1;
        self.xml.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading{level}\"/></w:pPr>\
             <w:bookmarkStart w:id=\"{0}\" w:name=\"{anchor}\"/>{1}<w:bookmarkEnd w:id=\"{0}\"/></w:p>",
            self.bookmarks,
            run(text)
        ));
    }

    /// Ends the pages of one orientation before those of the other.
    fn turn(&mut self, landscape: bool) {
        if self.landscape != landscape {
            self.xml.push_str(&format!("<w:p><w:pPr>{}</w:pPr></w:p>", page(self.landscape)));
            self.landscape = landscape;
        }
    }

    fn table(&mut self, table: &Table) {
        let caption = format!("{} {}. {}", self.words.table, table.number, table.caption);
        self.paragraph("Caption", &[run(&caption)]);
        let width = if self.landscape { LONG } else { SHORT } - 2 * MARGIN;
        let widths = widths(table, width);
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Facts\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:firstRow=\"1\" w:firstColumn=\"1\"/>\
             <w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            escape(&caption)
        ));
        let header: Vec<String> = table.columns.iter().map(|column| bold(column)).collect();
        self.row(&widths, &header, true);
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            self.row(&widths, &cells, false);
        }
        self.xml.push_str("</w:tbl>");
        self.paragraph("Normal", &[]); // Word joins tables that touch
    }

    fn row(&mut self, widths: &[usize], cells: &[String], header: bool) {
        let repeat = if header { "<w:tblHeader/>" } else { "" };
        let fill = if header { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF1F6\"/>" } else { "" };
        self.xml.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>"));
        for (cell, width) in cells.iter().zip(widths) {
            self.xml.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{fill}</w:tcPr>\
                 <w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr>{cell}</w:p></w:tc>"
            ));
        }
        self.xml.push_str("</w:tr>");
    }
}

fn is_wide(section: &Section) -> bool {
    section.parts.iter().any(|part| matches!(part, Part::Table(table) if table.columns.len() >= WIDE))
}

/// What a character of a table takes, in twentieths of a point.
const CHARACTER: usize = 95;

/// Columns as wide as their texts ask for, and where there is room none so narrow that a word breaks.
fn widths(table: &Table, whole: usize) -> Vec<usize> {
    let texts = |at: usize| {
        let cells = table.rows.iter().filter_map(move |row| row.get(at)).flat_map(|cell| &cell.0);
        cells.map(|phrase| phrase.text.as_str()).chain([table.columns[at].as_str()])
    };
    let word = |at: usize| texts(at).flat_map(str::split_whitespace).map(|word| word.chars().count()).max();
    let text = |at: usize| texts(at).map(|text| text.chars().count()).max();
    let columns = 0..table.columns.len();
    // A cell has margins besides its text.
    let least: Vec<usize> = columns.clone().map(|at| (word(at).unwrap_or_default() + 2) * CHARACTER).collect();
    let wished: Vec<usize> = columns.map(|at| (text(at).unwrap_or_default().min(60) + 2) * CHARACTER).collect();
    let (sum, wish) = (least.iter().sum::<usize>().max(1), wished.iter().sum::<usize>());
    if sum >= whole {
        return least.into_iter().map(|width| width * whole / sum).collect();
    }
    let more = (wish - sum).max(1);
    least.into_iter().zip(wished).map(|(least, wish)| least + (wish - least) * (whole - sum) / more).collect()
}

fn page(landscape: bool) -> String {
    let (width, height, orientation) =
        if landscape { (LONG, SHORT, " w:orient=\"landscape\"") } else { (SHORT, LONG, "") };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orientation}/>\
         <w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
    )
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

fn bold(text: &str) -> String {
    format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

fn phrase(phrase: &Phrase) -> String {
    match phrase.language {
        Some(language) => format!(
            "<w:r><w:rPr><w:lang w:val=\"{}\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>{}",
            tag(language),
            escape(&phrase.text),
            run(&format!(" ({language})"))
        ),
        None => run(&phrase.text),
    }
}

fn cell(cell: &Cell) -> String {
    cell.0.iter().map(phrase).collect::<Vec<_>>().join("<w:r><w:br/></w:r>")
}

fn link(anchor: &str, text: &str) -> String {
    format!("<w:hyperlink w:anchor=\"{anchor}\" w:history=\"1\">{}</w:hyperlink>", run(text))
}

/// A bookmark's name: letters, digits and underscores, 40 at most.
fn anchor(id: &str) -> String {
    let name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(38).collect();
    format!("p_{name}")
}
