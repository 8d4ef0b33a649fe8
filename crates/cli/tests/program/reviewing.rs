//! `viite review`

use crate::support::{EXCHANGE, Place};
use serde_json::Value;
use std::{fs, path::Path};

/// A region that delivered the exchange file.
fn delivered() -> Place {
    let place = Place::with_region();
    place.write("model.xml", EXCHANGE);
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    place
}

fn review(place: &Place, more: &[&str]) -> Value {
    place.viite(&[&["review", "X1", "--format", "json"], more].concat()).good().json()
}

#[test]
fn the_json_is_as_its_schema_says() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/review.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let place = delivered();
    for lang in ["fi", "sv", "en"] {
        let review = review(&place, &["--lang", lang]);
        let faults: Vec<String> = validator.iter_errors(&review).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}

#[test]
fn products_are_present_missing_or_not_to_be_told_from_facts() {
    let place = delivered();
    fs::create_dir_all(place.path().join("queries/describe/3-business")).unwrap();
    place.write("queries/describe/3-business/46-workflows.rq", "#+ id: workflows\n#+ off: true\n");
    let review = review(&place, &[]);
    let products = review["delivered"]["products"].as_array().unwrap();
    let presence = |id: &str| {
        let of = products.iter().find(|product| product["product"].as_str().unwrap().ends_with(id));
        of.unwrap_or_else(|| panic!("{id}"))["presence"].as_str().unwrap().to_owned()
    };
    assert_eq!(presence("/product-portfolio"), "present");
    assert_eq!(presence("/product-process-map"), "missing");
    // No query fills it, and the reference fills the other by itself: of neither is it known whether it was delivered.
    assert_eq!(presence("/product-workflows"), "unknown");
    assert_eq!(presence("/product-legislation"), "unknown");
}

#[test]
fn a_national_service_is_lacking_only_where_a_rule_finds_so() {
    let place = Place::with_region();
    place.write(
        "model.xml",
        EXCHANGE.replace(">Myrsky<", ">Suomi.fi-tunnistus<").replace("id-5\" source=\"id-2", "id-5\" source=\"id-1"),
    );
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    let review = review(&place, &[]);
    let standing = |id: &str| {
        let services = review["integrations"].as_array().unwrap();
        let of = services.iter().find(|service| service["service"]["iri"].as_str().unwrap().ends_with(id));
        of.unwrap_or_else(|| panic!("{id}"))["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!(standing("/suomifi-identification"), "has");
    assert_eq!(standing("/suomifi"), "has", "who uses a part uses the whole");
    assert_eq!(standing("/kanta-pharmaceutical-database"), "not-described");
}

#[test]
fn what_changed_is_told_in_elements_and_relationships() {
    let place = delivered();
    assert_eq!(review(&place, &[])["changes"]["firstDelivery"], true);
    place.write(
        "model.xml",
        EXCHANGE.replace(">Myrsky<", ">Myrskylä<").replace(
            r#"<relationship identifier="id-6" source="id-1" target="id-2" xsi:type="Flow"><name xml:lang="fi">Ajat</name></relationship>"#,
            "",
        ),
    );
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    let changes = &review(&place, &[])["changes"];
    assert_eq!(changes["firstDelivery"], false);
    assert_eq!(changes["since"], 3);
    let [element] = &changes["elements"].as_array().unwrap()[..] else { panic!("{changes}") };
    assert_eq!((&element["change"], &element["label"]), (&"changed".into(), &"Myrskylä".into()));
    assert_eq!(element["properties"][0]["before"][0], "Myrsky");
    let [relationship] = &changes["relationships"].as_array().unwrap()[..] else { panic!("{changes}") };
    assert_eq!((&relationship["change"], &relationship["source"]), (&"removed".into(), &"Tyrsky".into()));
    let text = place.viite(&["review", "X1", "--lang", "sv"]).good().stdout;
    assert!(text.contains("namn: Myrsky → Myrskylä"), "{text}");
}

#[test]
fn what_was_lost_in_reading_stands_in_the_review() {
    let place = Place::with_region();
    place.write("model.xml", EXCHANGE.replace("target=\"id-3\" xsi", "target=\"id-gone\" xsi"));
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    let file = &review(&place, &[])["delivered"]["files"][0];
    assert_eq!(file["reading"]["lost"], 2, "{file}");
    let note = &file["notes"][0];
    assert!(note["where"].as_str().unwrap().starts_with("model.xml:"), "{note}");
    // The next delivery is whole, and the notes of the first are gone.
    place.write("model.xml", EXCHANGE);
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    let file = &review(&place, &[])["delivered"]["files"][0];
    assert_eq!((&file["reading"]["lost"], file["notes"].as_array().unwrap().len()), (&0.into(), 0), "{file}");
}

#[test]
fn questions_come_by_how_many_checks_they_would_make_assessable() {
    let review = review(&delivered(), &[]);
    let questions = review["questions"].as_array().unwrap();
    let checks: Vec<u64> = questions.iter().map(|question| question["checks"].as_u64().unwrap()).collect();
    assert!(!checks.is_empty() && checks.is_sorted_by(|a, b| a >= b), "{checks:?}");
    let waiting: u64 = checks.iter().sum();
    assert!(waiting >= review["conformance"]["counts"]["not-assessable"].as_u64().unwrap(), "none is forgotten");
}

/// Notes are kept in three languages; repositories of before have them in English alone.
#[test]
fn notes_of_an_import_stand_in_the_language_of_the_review() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE.replace("target=\"id-2\"", "target=\"id-99\""));
    let said = place.viite(&["import", "a.xml", "--region", "X1", "--lang", "fi"]).good();
    assert!(said.stdout.contains("tiedostossa ei ole elementtiä eikä suhdetta"), "{}", said.stdout);
    let review = |language: &str| place.viite(&["review", "X1", "--lang", language, "--format", "md"]).good().stdout;
    for (language, text) in [("fi", "kohde 'id-99'"), ("sv", "målet 'id-99'"), ("en", "the target 'id-99'")] {
        assert!(review(language).contains(text), "{language}: {}", review(language));
    }
    place
        .viite(&[
            "update",
            "DELETE { GRAPH ?g { ?note rdfs:label ?text } } \
             WHERE { GRAPH ?g { ?note a viite:ImportNote ; rdfs:label ?text FILTER(LANG(?text) != 'en') } }",
        ])
        .good();
    assert!(review("fi").contains("the target 'id-99'"), "what older imports told is told in English");
}

#[test]
fn the_review_comes_in_every_format_and_language() {
    let place = delivered();
    for (lang, title) in
        [("fi", "Yhteensopivuusarvio"), ("sv", "Kompatibilitetsgranskning"), ("en", "Compatibility review")]
    {
        for format in ["text", "md", "html"] {
            let text = place.viite(&["review", "X1", "--lang", lang, "--format", format]).good().stdout;
            assert!(text.contains(&format!("{title}: Testikorpi")), "{lang} {format}");
            assert!(!text.contains("https://w3id.org/viite/reference"), "{lang} {format}: a name, not an IRI");
        }
        let file = format!("{lang}.docx");
        place.viite(&["review", "X1", "--lang", lang, "--output", &file]).good();
        assert!(fs::read(place.path().join(file)).unwrap().starts_with(b"PK"));
    }
    place.viite(&["review", "X1", "--format", "docx"]).fails_with(&["name a file with --output"]);
    place.viite(&["review", "X1", "--output", "review.pdf"]).fails_with(&["written as txt, json, md, html or docx"]);
}

#[test]
fn a_region_that_is_unknown_or_delivered_nothing_is_told_what_to_do() {
    let place = Place::with_region();
    place.viite(&["review", "Testikorppi"]).fails_with(&["there is no region 'Testikorppi'", "X1 (Testikorpi)"]);
    place.viite(&["review", "X1"]).fails_with(&["Testikorpi has delivered nothing", "viite import FILE --region X1"]);
    Place::empty().viite(&["review", "X1"]).ends_with(2);
}
