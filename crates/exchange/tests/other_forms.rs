//! The same models in other forms: exchange 2.1, coArchi folders, zip archives.

use std::io::{Cursor, Write};
use viite_exchange::{Fate, Import, ReadOptions, read, read_files};
use viite_model::{Names, ns};
use zip::{ZipWriter, write::SimpleFileOptions};

const OLD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="id-m">
  <name xml:lang="fi">Vanha</name>
  <elements>
    <element identifier="id-a" xsi:type="ApplicationComponent"><label xml:lang="fi">Effica</label>
      <properties><property identifierref="propid-1"><value xml:lang="fi">Virasto</value></property></properties></element>
    <element identifier="id-b" xsi:type="InfrastructureService"><label xml:lang="fi">Alusta</label></element>
    <element identifier="id-c" xsi:type="ApplicationComponent"><label xml:lang="fi">Pegasos</label></element>
  </elements>
  <relationships>
    <relationship identifier="id-r" source="id-a" target="id-c" xsi:type="UsedByRelationship"/>
  </relationships>
  <organization><item><label xml:lang="fi">Sovellukset</label><item identifierref="id-a"/></item></organization>
  <propertydefs><propertydef identifier="propid-1" name="Omistaja" type="string"/></propertydefs>
  <views><view identifier="id-v" viewpoint="Layered"><label xml:lang="fi">Kuva</label>
    <node identifier="id-n" elementref="id-a" x="0" y="0" w="1" h="1"/>
    <connection identifier="id-k" relationshipref="id-r" source="id-n" target="id-n"/></view></views>
</model>"#;

/// A folder as coArchi 1 keeps it; folders are called by type or by identifier.
const FOLDER: &[(&str, &str)] = &[
    (
        "model/folder.xml",
        "<archimate:model xmlns:archimate=\"http://www.archimatetool.com/archimate\" name=\"Malli\" id=\"m\"><purpose>Miksi</purpose></archimate:model>",
    ),
    (
        "model/application/folder.xml",
        "<archimate:Folder xmlns:archimate=\"http://www.archimatetool.com/archimate\" name=\"Application\" id=\"f\" type=\"application\"/>",
    ),
    (
        "model/application/id-9/folder.xml",
        "<archimate:Folder xmlns:archimate=\"http://www.archimatetool.com/archimate\" name=\"Omat\" id=\"id-9\"/>",
    ),
    (
        "model/application/id-9/ApplicationComponent_a.xml",
        "<archimate:ApplicationComponent xmlns:archimate=\"http://www.archimatetool.com/archimate\" name=\"Effica\" id=\"a\" documentation=\"x\"><properties key=\"omistaja\" value=\"Virasto\"/></archimate:ApplicationComponent>",
    ),
    (
        "model/application/DataObject_b.xml",
        "<archimate:DataObject xmlns:archimate=\"http://www.archimatetool.com/archimate\" name=\"Tiedot\" id=\"b\"/>",
    ),
    (
        "model/relations/AccessRelationship_r.xml",
        "<archimate:AccessRelationship xmlns:archimate=\"http://www.archimatetool.com/archimate\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"r\" accessType=\"1\"><source xsi:type=\"archimate:ApplicationComponent\" href=\"ApplicationComponent_a.xml#a\"/><target xsi:type=\"archimate:DataObject\" href=\"DataObject_b.xml#b\"/></archimate:AccessRelationship>",
    ),
    (
        "model/diagrams/ArchimateDiagramModel_v.xml",
        "<archimate:ArchimateDiagramModel xmlns:archimate=\"http://www.archimatetool.com/archimate\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" name=\"Kuva\" id=\"v\"><children xsi:type=\"archimate:DiagramObject\" id=\"n\"><bounds x=\"1\"/><sourceConnections xsi:type=\"archimate:Connection\" id=\"k\" source=\"n\" target=\"o\"><archimateRelationship xsi:type=\"archimate:AccessRelationship\" href=\"AccessRelationship_r.xml#r\"/></sourceConnections><archimateElement xsi:type=\"archimate:ApplicationComponent\" href=\"ApplicationComponent_a.xml#a\"/></children></archimate:ArchimateDiagramModel>",
    ),
];

fn names() -> Names {
    Names::new("https://example.org/ea/").unwrap()
}

#[track_caller]
fn has(import: &Import, wanted: &[&str]) {
    let short = |iri: &str| match iri.strip_prefix("https://example.org/ea/region/99/") {
        Some(id) => format!("<{id}>"),
        None => ns::shorten(iri),
    };
    let facts: Vec<String> = import
        .triples
        .iter()
        .map(|t| {
            let object = match &t.object {
                oxrdf::Term::NamedNode(node) => short(node.as_str()),
                oxrdf::Term::Literal(literal) => literal.value().to_owned(),
                other => other.to_string(),
            };
            format!(
                "{} {} {object}",
                short(t.subject.to_string().trim_matches(['<', '>'])),
                short(t.predicate.as_str())
            )
        })
        .collect();
    for fact in wanted {
        assert!(facts.iter().any(|known| known == fact), "{fact}\n{}\n{:#?}", facts.join("\n"), import.losses);
    }
}

fn folder() -> Vec<(String, Vec<u8>)> {
    FOLDER.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_exchange_file_of_archimate_2_is_read_as_archimate_3() {
    let import = read("old.xml", OLD.as_bytes(), &ReadOptions::new(&names(), "99")).unwrap();
    assert_eq!((import.elements, import.relationships, import.properties, import.views), (3, 1, 1, 1));
    has(
        &import,
        &[
            "<b> rdf:type archimate:TechnologyService",
            "<a> archimate:serving <c>",
            "<a> viite:integratesWith <c>",
            "<a> viite:owner <named~Actor~virasto>",
            "<a> viite:sourceFolder Sovellukset",
            "<a> viite:shownIn <v>",
            "<r> viite:shownIn <v>",
        ],
    );
    assert!(!import.losses.iter().any(|loss| loss.fate == Fate::Lost), "{:#?}", import.losses);
}

#[test]
fn a_folder_of_coarchi_is_one_model() {
    let import = read_files("repo", folder(), &ReadOptions::new(&names(), "99")).unwrap();
    assert_eq!((import.elements, import.relationships, import.properties, import.views), (2, 1, 1, 1));
    has(
        &import,
        &[
            "<a> rdf:type viite:InformationSystem",
            "<a> viite:dataGroup <b>",
            "<r> archimate:accessType read",
            "<a> viite:sourceFolder Application / Omat",
            "<a> viite:sourceFile model/application/id-9/ApplicationComponent_a.xml",
            "<a> viite:shownIn <v>",
            "<r> viite:shownIn <v>",
        ],
    );
    assert!(import.losses.iter().all(|loss| loss.fate == Fate::Aside), "{:#?}", import.losses);
}

#[test]
fn a_zip_archive_holds_what_is_in_it() {
    let names = names();
    let options = ReadOptions::new(&names, "99");
    let zipped = read("repo.zip", &archive(&folder()), &options).unwrap();
    let plain = read_files("repo.zip", folder(), &options).unwrap();
    assert_eq!(zipped.triples, plain.triples);
    let model = ("model.xml".to_owned(), include_bytes!("fixtures/lakeshore.archimate").to_vec());
    let image = ("images/logo.png".to_owned(), vec![0x89, b'P', b'N', b'G']);
    let with_images = read("lakeshore.archimate", &archive(&[model.clone(), image]), &options).unwrap();
    let alone = read("lakeshore.archimate", &model.1, &options).unwrap();
    assert_eq!(with_images.triples, alone.triples);
}

#[test]
fn a_folder_of_other_things_is_refused() {
    let files = vec![("a.xml".to_owned(), b"<x/>".to_vec()), ("b.xml".to_owned(), b"<y/>".to_vec())];
    let error = read_files("repo", files, &ReadOptions::new(&names(), "99")).unwrap_err();
    assert!(error.to_string().contains("coArchi"), "{error}");
}

#[test]
fn a_folder_of_ten_thousand_files_is_one_model() {
    let head = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:archimate='http://www.archimatetool.com/archimate'";
    let mut files = folder();
    files.extend((0..10_000).map(|number| {
        let text = format!("<archimate:ApplicationComponent {head} name='Järjestelmä {number}' id='c{number}'/>");
        (format!("model/application/ApplicationComponent_c{number}.xml"), text.into_bytes())
    }));
    let import = read_files("repo", files, &ReadOptions::new(&names(), "99")).unwrap();
    assert_eq!((import.elements, import.relationships), (10_002, 1));
}
