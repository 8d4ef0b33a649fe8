//! The text of the document: headings, paragraphs, tables, pages.

use super::{styles::Ids, tag};
use crate::{
    content::{Cell, Document, Figure, Part, Phrase, Property, Section, Table},
    render::page::{CHAPTER, Page, SECTION, fitting, turns, upright, widths},
    words::{Words, words},
};
use viite_model::xml::escape;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
/// A twentieth of a point in English Metric Units.
const EMU: usize = 635;

/// How the text is set: on which pages, in which styles, after which front matter.
pub(super) struct Setting {
    /// The pages, as the markup tells them.
    pub(super) page: Page,
    /// How a section tells its pages: their size, headers and footers.
    pub(super) section: String,
    /// What our styles are called, where that is something else.
    pub(super) styles: Ids,
    /// Whether there is to be a title page.
    pub(super) title: bool,
    /// Whether there is to be a table of contents.
    pub(super) contents: bool,
    /// The first number for bookmarks and pictures.
    pub(super) first_id: usize,
}

impl Setting {
    /// Ours: upright A4.
    pub(super) fn ours() -> Self {
        let section = section("<w:footerReference w:type=\"default\" r:id=\"rId3\"/>");
        Self { page: Page::A4, section, styles: Ids::new(), title: true, contents: true, first_id: 0 }
    }

    fn page(&self, wide: bool) -> Page {
        if wide { self.page.wide() } else { self.page }
    }

    fn style<'a>(&'a self, ours: &'a str) -> &'a str {
        self.styles.get(ours).map_or(ours, String::as_str)
    }

    /// How a section tells its pages. What holds for the first pages of a document, such as a title page without a
    /// header, is said by the first section only.
    pub(super) fn pages(&self, wide: bool, first: bool) -> String {
        let Page { width, height, .. } = self.page(wide);
        let orientation = if width > height { " w:orient=\"landscape\"" } else { "" };
        let size = format!("<w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orientation}/>");
        let mut told = replaced(&self.section, "w:pgSz", &size);
        if !first {
            for once in ["w:titlePg", "w:pgNumType", "w:type"] {
                told = replaced(&told, once, "");
            }
        }
        told
    }
}

/// How a section of ours tells its pages, which have these headers and footers.
pub(super) fn section(parts: &str) -> String {
    let Page { width, height, top, right, bottom, left } = Page::A4;
    format!(
        "<w:sectPr>{parts}<w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
    )
}

/// The markup with an empty element replaced, if it is there.
fn replaced(markup: &str, element: &str, by: &str) -> String {
    let begins = |at: &usize| markup[at + 1 + element.len()..].starts_with([' ', '/', '>']);
    let tag = format!("<{element}");
    let mut starts = markup.match_indices(&tag).map(|(at, _)| at);
    let Some(start) = starts.find(begins) else { return markup.to_owned() };
    let end = markup[start..].find("/>").map_or(markup.len(), |at| start + at + 2);
    [&markup[..start], by, &markup[end..]].concat()
}

/// The content of a document as paragraphs and tables.
pub(super) struct Content {
    pub(super) xml: String,
    /// Whether its last pages are in landscape.
    pub(super) is_wide: bool,
    /// Whether it told the pages of a section before its last.
    pub(super) has_turned: bool,
}

/// The whole text.
pub(super) fn document(document: &Document) -> String {
    let setting = Setting::ours();
    let content = Body::of(document, &setting);
    let last = setting.pages(content.is_wide, !content.has_turned);
    format!("{HEAD}<w:document {NAMESPACES}><w:body>{}{last}</w:body></w:document>", content.xml)
}

pub(super) fn footer(document: &Document) -> String {
    format!(
        "{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}\
         <w:r><w:t xml:space=\"preserve\">  ·  </w:t></w:r>\
         <w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>",
        run(&document.title)
    )
}

pub(super) struct Body<'a> {
    setting: &'a Setting,
    words: &'static Words,
    xml: String,
    ids: usize,
    landscape: bool,
    turned: bool,
    /// What stands on the page above the next part, as far as that has to fit on it.
    above: usize,
}

impl<'a> Body<'a> {
    /// Everything that a document says, but for the pages of its last section.
    pub(super) fn of(document: &Document, setting: &'a Setting) -> Content {
        let mut body = Body {
            setting,
            words: words(document.language),
            xml: String::new(),
            ids: setting.first_id,
            landscape: false,
            turned: false,
            above: 0,
        };
        body.front(document);
        for chapter in &document.chapters {
            let turns = turns(chapter);
            // The heading stands on the page of what follows it.
            body.turn(turns.first().is_some_and(|wide| *wide));
            body.heading(1, &format!("{} {}", chapter.number, chapter.title), &format!("c{}", chapter.number));
            body.above = CHAPTER;
            if let Some(about) = &chapter.about {
                body.kept("Normal", about);
            }
            for (section, wide) in chapter.sections.iter().zip(turns) {
                body.turn(wide);
                body.section(section);
            }
        }
        Content { xml: body.xml, is_wide: body.landscape, has_turned: body.turned }
    }

    /// The title page and the table of contents, which Word fills with page numbers when asked (F9).
    fn front(&mut self, document: &Document) {
        if self.setting.title {
            self.paragraph("Title", &[run(&document.title)]);
            self.paragraph("Subtitle", &[run(&document.subtitle)]);
            for Property { name, value, .. } in &document.properties {
                self.paragraph("Normal", &[bold(&format!("{name}: ")), phrase(value)]);
            }
        }
        for note in &document.notes {
            self.paragraph("Normal", &[run(note)]);
        }
        if self.setting.contents {
            self.contents(document);
        }
    }

    fn contents(&mut self, document: &Document) {
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
        self.heading(2, &format!("{} {}", section.number, section.title), &anchor(&section.id));
        if let Some(about) = &section.about {
            self.kept("Normal", about);
        }
        self.above += SECTION;
        for part in &section.parts {
            match part {
                Part::Heading(text) => self.paragraph("Heading3", &[run(text)]),
                Part::Paragraph(text) => self.paragraph("Normal", &[run(text)]),
                Part::Missing(text) => self.paragraph("Missing", &[bold(self.words.missing), run(&format!(" {text}"))]),
                Part::Figure(figure) => {
                    self.ids += 1;
                    let page = self.setting.page(self.landscape);
                    self.paragraph("Figure", &[drawing(figure, page, self.above, self.ids)]);
                    let caption = format!("{} {}. {}", self.words.figure, figure.number, figure.caption);
                    self.paragraph("FigureCaption", &[run(&caption)]);
                }
                Part::Table(table) => self.table(table),
            }
            self.above = 0;
        }
    }

    fn paragraph(&mut self, style: &str, runs: &[String]) {
        let style = self.setting.style(style);
        self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", runs.concat()));
    }

    /// A paragraph that stays on the page of what follows it, whatever its style says.
    fn kept(&mut self, style: &str, text: &str) {
        let style = self.setting.style(style);
        let kept = format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:keepNext/></w:pPr>{}</w:p>", run(text));
        self.xml.push_str(&kept);
    }

    fn heading(&mut self, level: usize, text: &str, anchor: &str) {
        self.ids += 1;
        let id = self.ids;
        let bookmark = format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{anchor}\"/>");
        self.paragraph(&format!("Heading{level}"), &[bookmark, run(text), format!("<w:bookmarkEnd w:id=\"{id}\"/>")]);
    }

    /// Ends the pages of one orientation before those of the other.
    fn turn(&mut self, landscape: bool) {
        if self.landscape != landscape {
            let pages = self.setting.pages(self.landscape, !self.turned);
            self.xml.push_str(&format!("<w:p><w:pPr>{LOW}{pages}</w:pPr></w:p>"));
            (self.landscape, self.turned) = (landscape, true);
        }
    }

    fn table(&mut self, table: &Table) {
        let caption = format!("{} {}. {}", self.words.table, table.number, table.caption);
        self.kept("Caption", &caption);
        let widths = widths(table, self.setting.page(self.landscape).room().0);
        let width: usize = widths.iter().sum();
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{}\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:firstRow=\"1\" w:firstColumn=\"1\"/>\
             <w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            self.setting.style("Facts"),
            escape(&caption)
        ));
        let header: Vec<String> = table.columns.iter().map(|column| bold(column)).collect();
        self.row(&widths, &header, Some(if table.matrix { upright(table) } else { 0 }));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            self.row(&widths, &cells, None);
        }
        self.xml.push_str("</w:tbl>");
        self.xml.push_str(&format!("<w:p><w:pPr>{LOW}</w:pPr></w:p>")); // Word joins tables that touch
    }

    /// A row; the header, with the height at which its words stand upright or 0, is repeated on every page.
    fn row(&mut self, widths: &[usize], cells: &[String], header: Option<usize>) {
        let (mut of_row, mut of_cell) = (String::new(), "");
        if let Some(height) = header {
            let tall = format!("<w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/>");
            of_row = format!("{}<w:tblHeader/>", if height > 0 { &tall } else { "" });
            of_cell = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF1F6\"/>";
        }
        let upright = "<w:textDirection w:val=\"btLr\"/><w:vAlign w:val=\"center\"/>";
        self.xml.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{of_row}</w:trPr>"));
        let style = self.setting.style("TableText").to_owned();
        for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let turned = if header.is_some_and(|height| height > 0) && at > 0 { upright } else { "" };
            self.xml.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{of_cell}{turned}</w:tcPr>\
                 <w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{cell}</w:p></w:tc>"
            ));
        }
        self.xml.push_str("</w:tr>");
    }
}

/// The height of a paragraph without text: so low that it finds room below a table that fills its page, and makes no page
/// of its own.
const LOW: &str = "<w:spacing w:before=\"0\" w:after=\"200\" w:line=\"20\" w:lineRule=\"exact\"/>";

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
fn drawing(figure: &Figure, page: Page, above: usize, id: usize) -> String {
    let (w, h) = fitting(figure, page, above);
    let (w, h, n) = (w * EMU, h * EMU, figure.number);
    let told = format!("name=\"{}\" descr=\"{}\"", escape(&figure.caption), escape(&figure.alternative));
    format!(
        "<w:r><w:drawing><wp:inline xmlns:wp=\"{DRAWING}/wordprocessingDrawing\" \
         distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{w}\" cy=\"{h}\"/><wp:docPr id=\"{id}\" {told}/>\
         <a:graphic xmlns:a=\"{DRAWING}/main\"><a:graphicData uri=\"{DRAWING}/picture\">\
         <pic:pic xmlns:pic=\"{DRAWING}/picture\"><pic:nvPicPr><pic:cNvPr id=\"{id}\" {told}/><pic:cNvPicPr/></pic:nvPicPr>\
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
