//! Documents that are written into a person's own Word file.

use std::io::{Cursor, Read, Write};
use viite_describe::{
    content::{Cell, Chapter, Document, Figure, Part, Phrase, Property, Section, Table},
    render::{Format, Surroundings, Template, write},
};
use viite_model::Language;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"/></Types>"#;
const RELATIONSHIPS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
const OF_TEXT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>"#;
const STYLES: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Normaali"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Otsikko1"><w:name w:val="heading 1"/></w:style></w:styles>"#;
const HEADER: &str = r#"<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Korpi {{date}}</w:t></w:r></w:p></w:hdr>"#;

const PAGES: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId7"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="2000"/><w:titlePg/></w:sectPr>"#;

/// A template with these paragraphs and tables.
fn template(body: &str) -> Vec<u8> {
    with_pages(body, PAGES)
}

fn with_pages(body: &str, pages: &str) -> Vec<u8> {
    let text = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}{pages}</w:body></w:document>"#
    );
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/_rels/document2.xml.rels", OF_TEXT),
        ("word/document2.xml", &text),
        ("word/styles.xml", STYLES),
        ("word/header1.xml", HEADER),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A paragraph whose text stands in these runs.
fn paragraph(runs: &[&str]) -> String {
    let runs: String = runs.iter().map(|run| format!("<w:r><w:t>{run}</w:t></w:r>")).collect();
    format!("<w:p>{runs}</w:p>")
}

fn document() -> Document {
    let figure = Figure {
        number: 1,
        caption: "Kartta".to_owned(),
        alternative: "Yksi ruutu.".to_owned(),
        svg: r#"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"></svg>"#.to_owned(),
        size: (20, 20),
    };
    let table = Table {
        number: 1,
        caption: "Salkku".to_owned(),
        columns: (1..=6).map(|at| format!("Sarake {at}")).collect(),
        rows: vec![vec![Cell(vec![Phrase::plain("Korpi")]); 6]],
        matrix: false,
    };
    let section = |number: &str, parts| Section {
        number: number.to_owned(),
        id: format!("s{number}"),
        title: format!("Osa {number}"),
        about: None,
        parts,
    };
    Document {
        language: Language::Fi,
        title: "Kuvaus: A & B".to_owned(),
        subtitle: "Koe".to_owned(),
        properties: vec![Property::plain("date", "Päiväys", "24.12.2026")],
        notes: vec!["Huomautus.".to_owned()],
        chapters: vec![Chapter {
            number: "1".to_owned(),
            title: "Järjestelmät".to_owned(),
            about: None,
            sections: vec![section("1.1", vec![Part::Figure(figure)]), section("1.2", vec![Part::Table(table)])],
        }],
    }
}

fn written(template: &[u8]) -> Vec<u8> {
    let template = Template::read(template).unwrap();
    let surroundings = Surroundings { template: Some(&template), ..Surroundings::default() };
    let mut bytes = Vec::new();
    write(&document(), Format::Word, surroundings, &mut bytes).unwrap();
    bytes
}

fn part(package: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(package)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    let mut reader = quick_xml::Reader::from_str(&text);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    text
}

#[test]
fn the_content_stands_in_its_place_between_the_template_s_own_title_page_and_end() {
    let body = [paragraph(&["{{ti", "tle}}"]), paragraph(&["{{content}}"]), paragraph(&["Liite"])].concat();
    let package = written(&template(&body));
    let text = part(&package, "word/document2.xml");
    let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("no {what} in {text}"));
    assert!(
        place("Kuvaus: A &amp; B") < place("Huomautus.") && place("Huomautus.") < place("1 Järjestelmät"),
        "{text}"
    );
    assert!(place("Sarake 6") < place("Liite"), "{text}");
    assert!(!text.contains("{{"), "{text}");
    assert!(!text.contains(r#"<w:pStyle w:val="Title"/>"#), "the template has a title page of its own: {text}");
    assert!(part(&package, "word/header1.xml").contains("Korpi 24.12.2026"));
}

#[test]
fn its_pages_and_styles_hold_and_what_it_lacks_is_added() {
    let package = written(&template(&paragraph(&["{{content}}"])));
    let text = part(&package, "word/document2.xml");
    assert!(text.contains(r#"<w:pStyle w:val="Otsikko1"/>"#) && !text.contains(r#""Heading1""#), "{text}");
    assert!(text.contains(r#"<w:pStyle w:val="Title"/>"#), "it has no title page, so it gets ours: {text}");
    // The wide table turns its page; the header goes with it, the exception of the first page does not.
    assert!(text.contains(r#"<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>"#), "{text}");
    assert_eq!(text.matches(r#"r:id="rId7""#).count(), 2, "{text}");
    assert_eq!(text.matches("<w:titlePg/>").count(), 1, "{text}");
    let styles = part(&package, "word/styles.xml");
    assert!(
        styles.contains(r#"w:styleId="TableText""#) && styles.contains(r#"<w:basedOn w:val="Normaali"/>"#),
        "{styles}"
    );
    let types = part(&package, "[Content_Types].xml");
    assert!(types.contains("wordprocessingml.document.main+xml") && types.contains(r#"Extension="png""#), "{types}");
    assert!(part(&package, "word/_rels/document2.xml.rels").contains("media/1.png"));
    assert!(zip::ZipArchive::new(Cursor::new(&package)).unwrap().by_name("word/media/1.svg").is_ok());
}

#[test]
fn a_template_that_tells_no_pages_gets_ours() {
    for pages in ["", "<w:sectPr/>", "<w:sectPr></w:sectPr>"] {
        let text = part(&written(&with_pages(&paragraph(&["{{content}}"]), pages)), "word/document2.xml");
        assert_eq!(text.matches("<w:sectPr").count(), 2, "{pages}: {text}");
        assert!(text.contains(r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#), "{pages}: {text}");
    }
}

#[test]
fn a_table_of_contents_of_the_template_is_not_doubled() {
    let own = r#"<w:p><w:r><w:instrText> TOC \o "1-3" </w:instrText></w:r></w:p>"#;
    let text = part(&written(&template(&[own, &paragraph(&["{{content}}"])].concat())), "word/document2.xml");
    assert_eq!(text.matches(" TOC ").count(), 1, "{text}");
    let text = part(&written(&template("")), "word/document2.xml");
    assert_eq!(text.matches(" TOC ").count(), 1, "without one it gets ours: {text}");
}

#[test]
fn what_is_no_template_says_why() {
    let fault = |bytes: &[u8]| Template::read(bytes).unwrap_err().to_string();
    assert!(fault(b"nothing").contains(".docx"));
    let unknown = fault(&template(&paragraph(&["{{titel}}"])));
    assert!(unknown.contains("{{titel}}") && unknown.contains("{{title}}"), "{unknown}");
    for misplaced in [
        paragraph(&["Tähän {{content}} tulee"]),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph(&["{{content}}"])),
        paragraph(&["{{content}}"]).repeat(2),
    ] {
        assert!(fault(&template(&misplaced)).contains("alone in a paragraph"), "{misplaced}");
    }
    let cut = &template("")[..600];
    assert!(!fault(cut).is_empty());
}
