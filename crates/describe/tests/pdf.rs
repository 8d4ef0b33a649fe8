//! The PDF is tagged, says its language and embeds its fonts. Built by `make test-pdf` only: the typesetter takes minutes.

use std::{fs, io::Write as _, process::Command};
use viite_describe::{
    content::{Cell, Chapter, Document, Figure, Part, Phrase, Property, Section, Table},
    render::{Format, Surroundings, write},
};
use viite_diagram::{Graph, Node, Paper};
use viite_model::Language;

fn document(language: Language) -> Document {
    let node = Node::new("a", "<Korpi & \"pojat\"> 健").concept("InformationSystem");
    let graph = Graph { title: "Kartta".to_owned(), nodes: vec![node], ..Graph::default() };
    let drawing = graph.draw(&Paper::page(language)).remove(0);
    let figure = Figure {
        number: 1,
        caption: drawing.title,
        alternative: drawing.alternative,
        svg: drawing.svg,
        size: drawing.size,
    };
    let named = Phrase { text: "Ålderdom".to_owned(), language: Some(Language::Sv) };
    let row = |at: usize| {
        // markup of the typesetter, and characters that no font of ours has
        let text = format!("#strong[{at}] $x$ \\ *a* @b 健🏥\u{feff}\u{e012}\u{1}");
        vec![Cell(vec![Phrase::plain(text)]), Cell(vec![named.clone()])]
    };
    let table = Table {
        number: 1,
        caption: "Järjestelmät".to_owned(),
        columns: vec!["Järjestelmä".to_owned(), "Omistaja".to_owned()],
        rows: (0..200).map(row).collect(),
        matrix: false,
    };
    let parts = vec![
        Part::Heading("Nykytila".to_owned()),
        Part::Figure(figure),
        Part::Table(table),
        Part::Missing("Toimittaja: omistaja.".to_owned()),
    ];
    let section =
        Section { number: "1.1".to_owned(), id: "one".to_owned(), title: "Osa".to_owned(), about: None, parts };
    Document {
        language,
        title: "Arkkitehtuurikuvaus: Korpi".to_owned(),
        subtitle: "Koe".to_owned(),
        properties: vec![Property::plain("region", "Alue", "Korpi")],
        notes: Vec::new(),
        chapters: vec![Chapter {
            number: "1".to_owned(),
            title: "Järjestelmät".to_owned(),
            about: None,
            sections: vec![section],
        }],
    }
}

fn written(language: Language) -> Vec<u8> {
    let mut pdf = Vec::new();
    write(&document(language), Format::Pdf, Surroundings::default(), &mut pdf).unwrap();
    pdf
}

fn count(pdf: &[u8], mark: &str) -> usize {
    pdf.windows(mark.len()).filter(|window| *window == mark.as_bytes()).count()
}

#[test]
fn the_pdf_claims_pdf_ua_1_and_has_what_that_asks_for() {
    let pdf = written(Language::Fi);
    for mark in [
        "<pdfuaid:part>1<",
        "/MarkInfo",
        "/StructTreeRoot",
        "/Lang (fi-FI)",
        "/DisplayDocTitle true",
        "/Outlines",
        "/Alt", // of the picture
    ] {
        assert!(count(&pdf, mark) > 0, "{mark} is missing");
    }
    assert_eq!(count(&pdf, "/FontFile2"), 2, "both fonts are embedded");
    assert!(count(&pdf, "/TH") >= 2, "the headers of the table are headers");
}

#[test]
fn the_language_of_the_document_is_that_of_the_pdf_and_the_same_document_gives_the_same_bytes() {
    assert!(count(&written(Language::Sv), "/Lang (sv-FI)") > 0);
    assert_eq!(written(Language::En), written(Language::En));
}

#[test]
fn an_independent_reader_finds_the_title_the_tags_and_the_text_as_text() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&written(Language::Fi)).unwrap();
    let Ok(info) = Command::new("pdfinfo").arg(file.path()).output() else {
        eprintln!("pdfinfo (poppler-utils) is not installed: the PDF was not read by another program");
        return;
    };
    let info = String::from_utf8_lossy(&info.stdout).into_owned();
    assert!(info.contains("Title:           Arkkitehtuurikuvaus: Korpi"), "{info}");
    assert!(info.contains("Tagged:          yes") && info.contains("JavaScript:      no"), "{info}");
    let text = file.path().with_extension("txt");
    if Command::new("pdftotext")
        .arg("-layout")
        .arg(file.path())
        .arg(&text)
        .status()
        .is_ok_and(|status| status.success())
    {
        let text = fs::read_to_string(text).unwrap();
        assert!(text.contains("#strong[7] $x$ \\ *a* @b"), "markup in a name stays text: {text}");
        // The table goes over several pages, and its header stands on each.
        assert!(text.matches("Omistaja").count() > 2, "{text}");
    }
}
