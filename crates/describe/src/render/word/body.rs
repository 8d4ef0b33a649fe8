//! The text of the document: headings, paragraphs, tables, pages.

use super::tag;
use crate::{
    content::{Cell, Document, Figure, Part, Phrase, Section, Table},
    render::page::{LONG, MARGIN, SHORT, fitting, is_wide, widths},
    words::{Words, words},
};
use viite_model::xml::escape;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
/// A twentieth of a point in English Metric Units.
const EMU: usize = 635;

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
                Part::Figure(figure) => {
                    self.paragraph("Figure", &[drawing(figure, self.landscape)]);
                    let caption = format!("{} {}. {}", self.words.figure, figure.number, figure.caption);
                    self.paragraph("FigureCaption", &[run(&caption)]);
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

/// A picture: SVG for programs that show it, else PNG (the extension of Word 2016), with its text alternative.
fn drawing(figure: &Figure, landscape: bool) -> String {
    let (w, h) = fitting(figure, landscape);
    let (w, h, n) = (w * EMU, h * EMU, figure.number);
    let told = format!("name=\"{}\" descr=\"{}\"", escape(&figure.caption), escape(&figure.alternative));
    format!(
        "<w:r><w:drawing><wp:inline xmlns:wp=\"{DRAWING}/wordprocessingDrawing\" \
         distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{w}\" cy=\"{h}\"/><wp:docPr id=\"{n}\" {told}/>\
         <a:graphic xmlns:a=\"{DRAWING}/main\"><a:graphicData uri=\"{DRAWING}/picture\">\
         <pic:pic xmlns:pic=\"{DRAWING}/picture\"><pic:nvPicPr><pic:cNvPr id=\"{n}\" {told}/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"png{n}\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
         <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"svg{n}\"/>\
         </a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
         </a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

fn link(anchor: &str, text: &str) -> String {
    format!("<w:hyperlink w:anchor=\"{anchor}\" w:history=\"1\">{}</w:hyperlink>", run(text))
}

/// A bookmark's name: letters, digits and underscores, 40 at most.
fn anchor(id: &str) -> String {
    let name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(38).collect();
    format!("p_{name}")
}
