//! A description written as our workbook, or as its tables, reads back as the same facts.

use oxrdf::{NamedNode, Triple};
use std::collections::BTreeSet;
use viite_exchange::{
    Import, Loss, Mapping, ReadOptions, WriteOptions, read, read_tables, write_tables, write_workbook,
};
use viite_model::{Language, Names, ns};

/// Tables with what is awkward: names that begin as formulas, twins, lists, links by identifier and by name.
const TABLES: &[(&str, &str)] = &[
    (
        "systems.csv",
        "id;nimi;kuvaus;omistaja;toiminto;sisältää henkilötietoja;voimassa asti;toimittaja\n\
         j1;Effica;'=1+1;Virasto;Ajanvaraus|Kirjaus;kyllä;31.12.2025;'@Toimittaja\n\
         j2;Sama;\"'- yksi\n- kaksi\";;;ei;;\n\
         j3;Sama;;;;;;\n",
    ),
    ("integrations.csv", "id;lähde;kohde;tietoryhmä\ni1;j1;j2;Potilastiedot\ni2;j3;Muu järjestelmä;\n"),
    ("data-groups.csv", "id;nimi\nt1;Potilastiedot\n"),
    ("actors.csv", "id;nimi\na1;Virasto\n"),
    ("responsibilities.csv", "id;vastuun kohde;toimija;vastuu\nv1;Effica;Virasto;tilivelvollinen\n"),
];

fn names() -> Names {
    Names::new("https://example.org/ea/").unwrap()
}

fn reading(names: &Names) -> ReadOptions<'_> {
    ReadOptions { language: Some(Language::Fi), ..ReadOptions::new(names, "99") }
}

fn described() -> Import {
    let tables: Vec<_> = TABLES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    read_tables("set", &tables, &reading(&names())).unwrap()
}

fn with<T>(language: Language, write: impl FnOnce(&WriteOptions<'_>) -> T) -> T {
    let names = names();
    write(&WriteOptions {
        names: &names,
        region: "99",
        language,
        title: "Malli",
        mapping: Mapping::archimate(),
        label: &|_: &NamedNode| None,
    })
}

/// Facts without where in a file they stood.
fn meaning(facts: &[Triple]) -> BTreeSet<String> {
    let place = ["sourceFile", "sourceLine", "sourceSheet", "sourceCell"];
    let said = |t: &&Triple| !place.contains(&t.predicate.as_str().strip_prefix(ns::VIITE).unwrap_or_default());
    facts.iter().filter(said).map(ToString::to_string).collect()
}

#[track_caller]
fn same(before: &Import, after: &Import, losses: &[Loss]) {
    let (old, new) = (meaning(&before.triples), meaning(&after.triples));
    let lost: Vec<&String> = old.difference(&new).collect();
    let added: Vec<&String> = new.difference(&old).collect();
    assert!(lost.is_empty() && added.is_empty(), "lost {lost:#?}\nadded {added:#?}\n{losses:#?}");
    assert!(losses.is_empty(), "{losses:#?}");
}

#[test]
fn a_workbook_comes_back() {
    let before = described();
    let (bytes, losses) = with(Language::Fi, |options| write_workbook(&before.triples, options)).unwrap();
    same(&before, &read("a.xlsx", &bytes, &reading(&names())).unwrap(), &losses);
}

#[test]
fn tables_come_back_and_no_cell_of_them_runs() {
    let before = described();
    let (files, losses) = with(Language::Fi, |options| write_tables(&before.triples, options)).unwrap();
    assert!(files.iter().any(|(name, _)| name == "Tietojärjestelmät.csv"), "{files:?}");
    for (name, bytes) in &files {
        let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            assert!(record.unwrap().iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{name}\n{text}");
        }
    }
    same(&before, &read_tables("set", &files, &reading(&names())).unwrap(), &losses);
}

#[test]
fn another_language_has_its_own_headers_and_words_and_says_what_changed() {
    let before = described();
    let (files, losses) = with(Language::Sv, |options| write_tables(&before.triples, options)).unwrap();
    let (_, text) = files.iter().find(|(name, _)| name == "Informationssystem.csv").unwrap();
    let text = String::from_utf8_lossy(text);
    assert!(text.contains("Innehåller personuppgifter") && text.contains(",ja,"), "{text}");
    assert!(
        losses.iter().any(|loss| loss.told(Language::En).what.starts_with("the language 'fi' of rdfs:label")),
        "{losses:#?}"
    );
}

#[test]
fn what_the_form_has_no_place_for_is_told_with_numbers() {
    let names = names();
    let import = read("a.xml", include_bytes!("fixtures/lakeshore.xml"), &reading(&names)).unwrap();
    let (bytes, losses) = with(Language::Fi, |options| write_workbook(&import.triples, options)).unwrap();
    let again = read("b.xlsx", &bytes, &reading(&names)).unwrap();
    let told: Vec<&str> = losses.iter().map(|loss| loss.told(Language::En).what).collect();
    assert!(told.iter().any(|what| what.starts_with("viite:View (")), "{told:#?}");
    assert!(told.iter().any(|what| what.starts_with("relationship ")), "{told:#?}");
    // Every system of the model is in the workbook, under its identifier.
    let systems = |import: &Import| -> BTreeSet<String> {
        let of = import.triples.iter().filter(|t| t.object.to_string().ends_with("ns#InformationSystem>"));
        of.filter(|t| t.predicate == ns::rdf::TYPE).map(|t| t.subject.to_string()).collect()
    };
    assert!(!systems(&import).is_empty());
    assert_eq!(systems(&import), systems(&again));
}
