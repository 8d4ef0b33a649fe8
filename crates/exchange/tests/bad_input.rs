//! No input makes a reader panic, and every refusal says what, where and what to do.

use proptest::prelude::*;
use viite_exchange::{Fate, Fault, Import, Limits, ReadError, ReadOptions, read};
use viite_model::{Language, Names};

const EXCHANGE: &str = include_str!("fixtures/lakeshore.xml");
const ARCHI: &str = include_str!("fixtures/lakeshore.archimate");

fn import(file: &str, bytes: &[u8]) -> Result<Import, ReadError> {
    let names = Names::new("https://example.org/ea/").unwrap();
    read(file, bytes, &ReadOptions::new(&names, "99"))
}

#[test]
fn refusals_say_what_where_and_what_to_do() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE m [<!ENTITY a \"aaa\"><!ENTITY b \"&a;&a;\">]>\n<m>&b;</m>";
    let outside = "<!DOCTYPE m [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><m>&a;</m>";
    let cut = &EXCHANGE[..EXCHANGE.find("id-4").unwrap()];
    let deep = format!("<model xmlns='http://www.opengroup.org/xsd/archimate/3.0/'>{}", "<a>".repeat(500));
    let cases: [(&str, &[u8]); 18] = [
        ("empty.xml", b""),
        ("blank.archimate", b" \n\n"),
        ("bomb.xml", bomb.as_bytes()),
        ("outside.archimate", outside.as_bytes()),
        ("bomb.rdf", bomb.as_bytes()),
        ("cut.xml", cut.as_bytes()),
        ("crossed.xml", b"<model xmlns='http://www.opengroup.org/xsd/archimate/3.0/'>\n<a></b></model>"),
        ("deep.xml", deep.as_bytes()),
        ("page.xml", b"<!-- hello -->\n<html><body/></html>"),
        ("old.xml", b"<model xmlns='http://www.opengroup.org/xsd/archimate'/>"),
        ("table.csv", b"name;owner\nx;y\n"),
        ("nothing.json", b"{\"a\": 1}"),
        ("nothing.xml", b"<model xmlns='http://www.opengroup.org/xsd/archimate/3.0/'><name>Empty</name></model>"),
        ("book.xlsx", b"PK\x03\x04rest"),
        ("strange.xml", b"<?xml version='1.0' encoding='KOI8-R'?><a/>"),
        ("binary.xml", b"<a>\n\xFF\xFE</a>"),
        ("bad.ttl", b"@prefix a: <http://a/> .\na:x a:y a:z\na:b a:c a:d .\n"),
        ("bad.jsonld", b"{\"@id\": \"http://a/x\",\n \"http://a/p\": }"),
    ];
    let mut told = String::new();
    for (file, bytes) in cases {
        let error = import(file, bytes).expect_err(file);
        assert!(!error.help.is_empty() && error.file == file);
        told.push_str(&format!("{:?}: {error}\n", error.fault));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn xml_cut_off_anywhere_is_never_half_imported() {
    for text in [EXCHANGE, ARCHI] {
        let end = text.trim_end().len();
        for cut in (0..end).filter(|cut| text.is_char_boundary(*cut)).step_by(7) {
            let error = import("cut.xml", &text.as_bytes()[..cut]).expect_err("cut off");
            assert!(matches!(error.fault, Fault::Syntax | Fault::Empty | Fault::WrongKind), "{cut}: {error}");
        }
    }
}

#[test]
fn limits_end_the_reading_with_a_clear_error() {
    let names = Names::new("https://example.org/ea/").unwrap();
    for limits in [
        Limits { bytes: 100, ..Limits::default() },
        Limits { things: 5, ..Limits::default() },
        Limits { triples: 50, ..Limits::default() },
        Limits { depth: 3, ..Limits::default() },
    ] {
        let options = ReadOptions { limits, ..ReadOptions::new(&names, "99") };
        let error = read("m.xml", EXCHANGE.as_bytes(), &options).unwrap_err();
        assert_eq!(error.fault, Fault::TooLarge, "{error}");
    }
    let limits = Limits { text: 5, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::new(&names, "99") };
    let xml = "<archimate:model xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
               xmlns:archimate='http://www.archimatetool.com/archimate' name='ääääää'><folder name='B'>\
               <element xsi:type='archimate:Goal' id='g' name='g'/></folder></archimate:model>";
    let import = read("m.archimate", xml.as_bytes(), &options).unwrap();
    assert_eq!(import.losses[0].fate, Fate::Lost);
}

#[test]
fn a_cell_longer_than_any_fact_is_cut_and_noted() {
    let names = Names::new("https://example.org/ea/").unwrap();
    let limits = Limits { text: 100, ..Limits::default() };
    let table = format!("nimi;kuvaus\nKorpi;{}\n", "ä".repeat(1000));
    let import =
        read("systems.csv", table.as_bytes(), &ReadOptions { limits, ..ReadOptions::new(&names, "99") }).unwrap();
    let cut = import.losses.iter().find(|loss| loss.told(Language::En).what.contains("2000 bytes")).unwrap();
    assert_eq!(cut.at, "systems.csv:2:2");
    assert!(import.triples.iter().any(|triple| triple.object.to_string().contains(&"ä".repeat(50))));
}

#[test]
fn ten_thousand_things_of_one_identifier_stay_ten_thousand() {
    let mut xml = "<model xmlns='http://www.opengroup.org/xsd/archimate/3.0/' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><elements>".to_owned();
    for number in 0..10_000 {
        xml.push_str(&format!("<element identifier='a' xsi:type='Goal'><name>g{number}</name></element>"));
    }
    xml.push_str("</elements></model>");
    let import = import("m.xml", xml.as_bytes()).unwrap();
    assert_eq!(import.elements, 10_000);
    let labels = import.triples.iter().filter(|t| t.predicate == oxrdf::vocab::rdfs::LABEL);
    let subjects: std::collections::BTreeSet<String> = labels.map(|t| t.subject.to_string()).collect();
    assert_eq!(subjects.len(), 10_000);
    assert!(
        import.losses.last().unwrap().told(Language::En).what.contains("more notes") || import.losses.len() >= 9_999
    );
}

/// Changes some bytes, drops some, doubles some.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let change = (0..text.len(), 0..4_u8, any::<u8>(), 0..200_usize);
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, kind, byte, length) in changes {
            let at = at.min(bytes.len().saturating_sub(1));
            let end = (at + length).min(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                2 => bytes.insert(at, b"<>&\"'/ =-"[usize::from(byte) % 9]),
                _ => {
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
            if bytes.is_empty() {
                bytes.push(byte);
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_under_any_name_give_an_answer(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        file in "[a-z]{1,4}\\.(xml|archimate|ttl|trig|nt|nq|rdf|jsonld|n3|json|txt|owl|xyz)",
    ) {
        drop(import(&file, &bytes));
    }

    #[test]
    fn a_mutated_exchange_file_gives_an_answer_and_the_same_one_again(bytes in mutated(EXCHANGE)) {
        match (import("m.xml", &bytes), import("m.xml", &bytes)) {
            (Ok(first), Ok(second)) => {
                prop_assert_eq!(first.triples, second.triples);
                prop_assert_eq!(first.losses, second.losses);
            }
            (first, second) => prop_assert_eq!(first.err(), second.err()),
        }
    }

    #[test]
    fn a_mutated_archi_file_gives_an_answer(bytes in mutated(ARCHI)) {
        if let Ok(import) = import("m.archimate", &bytes) {
            prop_assert!(import.triples.iter().all(|t| t.subject.is_named_node()));
            prop_assert!(import.triples.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}

#[test]
fn a_kind_of_responsibility_is_understood_or_named() {
    let names = Names::new("https://example.org/ea/").unwrap();
    let tables = [
        ("services.csv", "nimi\nYksi\nKaksi\nKolme\nNelj\u{e4}\n"),
        (
            "responsibilities.csv",
            "kohde;toimija;vastuu\nYksi;Aa;A\nKaksi;Aa;vastuullinen\nKolme;Aa;pomo\nNelj\u{e4};Aa;\n",
        ),
    ];
    let tables = tables.map(|(file, text)| (file.to_owned(), text.as_bytes().to_vec()));
    let import = viite_exchange::read_tables("set", &tables, &ReadOptions::new(&names, "99")).unwrap();
    let count = |predicate: &str| {
        import.triples.iter().filter(|t| t.predicate.as_str().ends_with(&format!("ns#{predicate}"))).count()
    };
    assert_eq!((count("accountable"), count("responsible")), (1, 1));
    let told: Vec<_> = import.losses.iter().map(|loss| (loss.at.as_str(), loss.told(Language::En).what)).collect();
    assert!(
        told.iter().any(|(at, what)| at.starts_with("responsibilities.csv:4") && what.contains("'pomo'")),
        "{told:?}"
    );
    assert!(told.iter().any(|(at, what)| at.starts_with("responsibilities.csv:5") && what.contains("''")), "{told:?}");
}
