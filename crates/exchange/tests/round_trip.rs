//! What a reader read and a writer wrote reads back as the same facts.

use oxrdf::{NamedNode, Triple};
use std::collections::BTreeSet;
use viite_exchange::{Import, Mapping, ReadOptions, WriteOptions, read, read_tables, write_open_exchange};
use viite_model::{Language, Names, ns};

fn names() -> Names {
    Names::new("https://example.org/ea/").unwrap()
}

fn options(names: &Names) -> ReadOptions<'_> {
    ReadOptions { language: Some(Language::Fi), ..ReadOptions::new(names, "99") }
}

fn written(facts: &[Triple]) -> (String, Vec<viite_exchange::Loss>) {
    let names = names();
    let label = |_: &NamedNode| None;
    let options = WriteOptions {
        names: &names,
        region: "99",
        language: Language::Fi,
        title: "Malli",
        mapping: Mapping::archimate(),
        label: &label,
    };
    write_open_exchange(facts, &options).unwrap()
}

/// Facts without where in a file they stood, and without the model's own name.
fn meaning(import: &Import) -> BTreeSet<String> {
    // Of a specialisation the class comes back, not the word.
    let place = ["specialisation", "sourceFile", "sourceLine", "sourceSheet", "sourceCell", "sourceId", "sourceType"];
    let about_place = |triple: &&Triple| {
        let name = triple.predicate.as_str().strip_prefix(ns::VIITE).unwrap_or_default();
        !place.contains(&name) && !triple.subject.to_string().contains("/graph/")
    };
    import.triples.iter().filter(about_place).map(ToString::to_string).collect()
}

#[track_caller]
fn comes_back(import: &Import) {
    let (xml, losses) = written(&import.triples);
    let again = read("again.xml", xml.as_bytes(), &options(&names())).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    let (before, after) = (meaning(import), meaning(&again));
    let lost: Vec<&String> = before.difference(&after).collect();
    let new: Vec<&String> = after.difference(&before).collect();
    assert!(lost.is_empty() && new.is_empty(), "lost {lost:#?}\nnew {new:#?}\nlosses {losses:#?}\n{xml}");
}

#[test]
fn an_exchange_file_comes_back() {
    let names = names();
    comes_back(&read("a.xml", include_bytes!("fixtures/lakeshore.xml"), &options(&names)).unwrap());
}

#[test]
fn an_archi_file_comes_back() {
    let names = names();
    comes_back(&read("a.archimate", include_bytes!("fixtures/lakeshore.archimate"), &options(&names)).unwrap());
}

#[test]
fn tables_come_back_with_what_only_properties_say() {
    let names = names();
    let tables = [
        (
            "systems.csv",
            "id;nimi;omistaja;toiminto;voimassa asti;kuvaus\nj1;Effica;Virasto;Ajanvaraus|Kirjaus;31.12.2025;pitkä <&> teksti\nj2;Pegasos;;;;\n",
        ),
        ("integrations.csv", "id;lähde;kohde;rajapintastandardi\ni1;j1;j2;HL7\n"),
    ];
    let tables = tables.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    comes_back(&read_tables("set", &tables, &options(&names)).unwrap());
}

#[test]
fn the_file_has_its_parts_in_the_order_of_the_schema_and_identifiers_that_are_names() {
    let names = names();
    let import =
        read("a.csv", b"id;nimi;tyyppi;omistaja\n1 b;Effica;j\xC3\xA4rjestelm\xC3\xA4;=Virasto\n", &options(&names))
            .unwrap();
    let (xml, losses) = written(&import.triples);
    let parts = ["<name", "<elements>", "<propertyDefinitions>"].map(|part| xml.find(part).unwrap());
    assert!(parts.is_sorted(), "{xml}");
    assert!(xml.contains("identifier=\"id-1_b\""), "{xml}");
    let kinds: Vec<&str> = losses.iter().map(|loss| loss.kind).collect();
    assert_eq!(kinds, ["identifiers_changed"]);
}

#[test]
fn what_has_no_place_in_the_format_is_told() {
    let names = names();
    let text = "@prefix viite: <https://w3id.org/viite/ns#> . <http://e.org/1> a viite:Clause ; viite:number 3 .";
    let import = read("a.ttl", text.as_bytes(), &options(&names)).unwrap();
    let (_, losses) = written(&import.triples);
    assert!(!losses.is_empty());
}
