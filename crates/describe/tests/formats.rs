//! What each format holds of one small document, read back by readers that this crate did not write.

use calamine::Reader;
use std::io::{Cursor, Read};
use viite_describe::{
    content::{Cell, Chapter, Document, Figure, Part, Phrase, Property, Section, Table},
    render::{Format, Surroundings, pictures, write},
};
use viite_model::Language;

fn document() -> Document {
    let named = Phrase { text: "Ålderdom".to_owned(), language: Some(Language::Sv) };
    let table = |number, name: &str| {
        Part::Table(Table {
            number,
            caption: "Järjestelmät".to_owned(),
            columns: vec!["Järjestelmä".to_owned(), "Omistaja".to_owned()],
            rows: vec![
                vec![Cell(vec![Phrase::plain(name)]), Cell(vec![Phrase::plain("<Korpi & \"pojat\">"), named.clone()])],
                vec![Cell(vec![Phrase::plain("a|b\u{1}")]), Cell::default()],
            ],
            matrix: false,
        })
    };
    let section = |number: &str, id: &str, parts| Section {
        number: number.to_owned(),
        id: id.to_owned(),
        title: format!("Osa {id}"),
        about: Some("Mitä se kertoo.".to_owned()),
        parts,
    };
    let node = viite_diagram::Node::new("a", "<Korpi & \"pojat\">").concept("InformationSystem");
    let graph = viite_diagram::Graph { title: "Kartta".to_owned(), nodes: vec![node], ..Default::default() };
    let drawing = graph.draw(&viite_diagram::Paper::page(Language::Fi)).remove(0);
    let figure = Figure {
        number: 1,
        caption: drawing.title,
        alternative: drawing.alternative,
        svg: drawing.svg,
        size: drawing.size,
    };
    Document {
        language: Language::Fi,
        title: "Arkkitehtuurikuvaus: Korpi".to_owned(),
        subtitle: "Koe".to_owned(),
        properties: vec![Property::plain("region", "Alue", "Korpi")],
        notes: Vec::new(),
        chapters: vec![Chapter {
            number: "1".to_owned(),
            title: "Järjestelmät".to_owned(),
            about: None,
            sections: vec![
                section("1.1", "one", vec![Part::Figure(figure), table(1, "=1+1"), table(2, "Toinen")]),
                section("1.2", "two", vec![Part::Missing("Toimittaja: omistaja.".to_owned())]),
            ],
        }],
    }
}

fn written(format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&document(), format, Surroundings::default(), &mut bytes).unwrap();
    bytes
}

fn part(package: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(package)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Reads to the end, so that a fault in the markup is met.
fn well_formed(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{error} at {}", reader.buffer_position()),
        }
    }
}

#[test]
fn every_part_of_the_word_file_is_well_formed() {
    let package = written(Format::Word);
    let archive = zip::ZipArchive::new(Cursor::new(&package)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names.len(), 10);
    for name in names.iter().filter(|name| !name.ends_with(".png")) {
        well_formed(&part(&package, name));
    }
}

#[test]
fn the_word_file_has_headings_repeated_table_headers_and_the_language_of_its_texts() {
    let package = written(Format::Word);
    let body = part(&package, "word/document.xml");
    assert_eq!(body.matches("w:val=\"Heading1\"").count(), 1);
    assert_eq!(body.matches("w:val=\"Heading2\"").count(), 2);
    assert_eq!(body.matches("<w:tbl>").count(), 2);
    assert_eq!(body.matches("<w:tblHeader/>").count(), 2);
    assert!(body.contains("<w:lang w:val=\"sv-FI\"/>"), "{body}");
    assert!(part(&package, "word/styles.xml").contains("<w:lang w:val=\"fi-FI\""));
    assert!(part(&package, "docProps/core.xml").contains("<dc:title>Arkkitehtuurikuvaus: Korpi</dc:title>"));
    for anchor in ["c1", "p_one", "p_two"] {
        assert!(body.contains(&format!("w:anchor=\"{anchor}\"")) && body.contains(&format!("w:name=\"{anchor}\"")));
    }
}

#[test]
fn a_picture_stands_in_the_word_file_as_svg_and_as_pixels_with_its_text_alternative() {
    let package = written(Format::Word);
    let body = part(&package, "word/document.xml");
    let relationships = part(&package, "word/_rels/document.xml.rels");
    let told = "descr=\"Kartta: 1 kohde, 0 yhteyttä. &lt;Korpi &amp; &quot;pojat&quot;&gt;.\"";
    assert!(body.contains(told), "{body}");
    for (kind, of) in [("png", "a:blip"), ("svg", "asvg:svgBlip")] {
        let embedded = body.split(&format!("<{of} ")).nth(1).unwrap().split('>').next().unwrap();
        assert!(embedded.contains(&format!("r:embed=\"{kind}1\"")), "{embedded}");
        assert!(relationships.contains(&format!("Id=\"{kind}1\"")), "{relationships}");
        assert!(relationships.contains(&format!("Target=\"media/1.{kind}\"")), "{relationships}");
    }
    let mut png = Vec::new();
    zip::ZipArchive::new(Cursor::new(&package))
        .unwrap()
        .by_name("word/media/1.png")
        .unwrap()
        .read_to_end(&mut png)
        .unwrap();
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    well_formed(&part(&package, "word/media/1.svg"));
}

#[test]
fn html_holds_the_picture_and_markdown_refers_to_it_where_it_lies_beside() {
    let html = String::from_utf8(written(Format::Html)).unwrap();
    assert!(html.contains("<figcaption>Kuva 1. Kartta</figcaption>") && html.contains("<svg xmlns="), "{html}");
    let mut beside = Vec::new();
    let beside_it = Surroundings { pictures: Some("oma kuvaus-pictures"), ..Surroundings::default() };
    write(&document(), Format::Markdown, beside_it, &mut beside).unwrap();
    let beside = String::from_utf8(beside).unwrap();
    assert!(beside.contains("![Kuva 1. Kartta](oma%20kuvaus-pictures/01.svg)"), "{beside}");
    assert!(!String::from_utf8(written(Format::Markdown)).unwrap().contains("!["));
    let document = document();
    let [(name, svg)] = &pictures(&document, Format::Markdown)[..] else { panic!("one picture") };
    assert_eq!(name, "01.svg");
    well_formed(svg);
    assert!(pictures(&document, Format::Html).is_empty());
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(written(Format::Word), written(Format::Word));
}

#[test]
fn the_workbook_has_a_sheet_for_each_table_and_no_name_becomes_a_formula() {
    let mut workbook = calamine::Xlsx::new(Cursor::new(written(Format::Workbook))).unwrap();
    assert_eq!(workbook.sheet_names(), ["Sisällys", "1.1 Järjestelmät", "1.1 Järjestelmät 2"]);
    let sheet = workbook.worksheet_range("1.1 Järjestelmät").unwrap();
    assert_eq!(sheet.get_value((1, 0)).unwrap().to_string(), "=1+1");
    assert_eq!(workbook.worksheet_formula("1.1 Järjestelmät").unwrap().cells().count(), 0);
    assert_eq!(sheet.get_value((1, 1)).unwrap().to_string(), "<Korpi & \"pojat\">\nÅlderdom (sv)");
}

#[test]
fn markdown_and_html_hold_the_same_facts() {
    let [html, markdown] = [Format::Html, Format::Markdown].map(|format| String::from_utf8(written(format)).unwrap());
    assert!(html.contains("&lt;Korpi &amp; &quot;pojat&quot;&gt;<br><span lang=\"sv\">Ålderdom</span>"), "{html}");
    assert!(html.contains("<th scope=\"col\">Omistaja</th>") && html.contains("<th scope=\"row\">=1+1</th>"));
    assert!(markdown.contains("| =1+1 | &lt;Korpi &amp; \"pojat\"&gt;<br>Ålderdom (sv) |"), "{markdown}");
    assert!(markdown.contains("a\\|b"), "{markdown}");
    for text in [&html, &markdown] {
        assert!(text.contains("Toimittaja: omistaja."));
    }
}
