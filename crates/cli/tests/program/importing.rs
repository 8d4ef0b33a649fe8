use crate::support::{ARCHI, EXCHANGE, Place, TURTLE};
use std::fs;

#[test]
fn the_json_keeps_the_contract() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    let json = place.viite(&["import", "a.xml", "--region", "X1", "--format", "json"]).good().json();
    assert_eq!(json["elements"], 3);
    assert_eq!(json["relationships"], 3);
    assert_eq!(json["properties"], 0);
    assert!(json["triples"].as_u64().unwrap() > 0);
    assert!(json["losses"].is_array());
    assert_eq!(json["removed"], 0);
    assert_eq!(json["revision"], 3);
    let revision = &place.viite(&["log", "--format", "json"]).good().json()[0];
    assert_eq!(json["added"], revision["added"], "what it says that it added is what the log says");
}

#[test]
fn losses_say_where_what_and_why() {
    let place = Place::with_region();
    let broken = EXCHANGE.replace("target=\"id-2\"", "target=\"id-99\"");
    place.write("a.xml", broken);
    let json = place.viite(&["import", "a.xml", "--region", "X1", "--format", "json"]).good().json();
    let losses = json["losses"].as_array().unwrap();
    assert!(!losses.is_empty());
    for loss in losses {
        for key in ["where", "what", "why"] {
            assert!(loss[key].is_string(), "{loss}");
        }
    }
    assert!(losses.iter().any(|loss| loss["where"].as_str().unwrap().starts_with("a.xml:")), "{losses:?}");
}

#[test]
fn every_kind_of_file_is_told_by_its_content() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.write("b.archimate", ARCHI);
    place.write("c.ttl", TURTLE);
    let json =
        place.viite(&["import", "a.xml", "b.archimate", "c.ttl", "--region", "X1", "--format", "json"]).good().json();
    let formats: Vec<&str> = json["files"].as_array().unwrap().iter().map(|f| f["format"].as_str().unwrap()).collect();
    assert_eq!(formats, ["ArchiMate exchange", "Archi", "Turtle"]);
    assert_eq!(place.revisions(), 3, "one revision for the whole delivery");
    for name in ["Tyrsky", "Usva", "Halla"] {
        place.viite(&["show", name]).good();
    }
}

#[test]
fn a_dry_run_tells_the_same_and_changes_nothing() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    let before = place.export();
    let arguments = ["import", "a.xml", "--region", "X1", "--format", "json"];
    let dry = place.viite(&[&arguments[..], &["--dry-run"]].concat()).good().json();
    assert!(before == place.export());
    assert_eq!(place.revisions(), 2);
    assert_eq!(dry["dry_run"], true);
    assert!(dry["revision"].is_null());
    let wet = place.viite(&arguments).good().json();
    for key in ["elements", "relationships", "properties", "triples", "added", "removed", "losses"] {
        assert_eq!(dry[key], wet[key], "{key}");
    }
}

#[test]
fn the_same_file_again_changes_nothing() {
    let place = Place::with_region();
    for (name, content) in [("a.xml", EXCHANGE), ("b.archimate", ARCHI), ("c.ttl", TURTLE)] {
        place.write(name, content);
        place.viite(&["import", name, "--region", "X1"]).good();
        let (before, revisions) = (place.export(), place.revisions());
        let again = place.viite(&["import", name, "--region", "X1"]).good();
        assert!(again.stdout.contains("Nothing changed"), "{}", again.stdout);
        let json = place.viite(&["import", name, "--region", "X1", "--format", "json"]).good().json();
        assert_eq!((&json["added"], &json["removed"]), (&0.into(), &0.into()));
        assert!(before == place.export());
        assert_eq!(revisions, place.revisions());
    }
}

#[test]
fn a_changed_file_replaces_what_it_said_before() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place.write("a.xml", EXCHANGE.replace("Myrsky", "Puuska"));
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let export = place.export();
    assert!(export.contains("Puuska") && !export.contains("Myrsky"));
    assert_eq!(export.matches("endedAtTime").count(), 1, "one note of where it came from");
    assert_eq!(place.revisions(), 4);
}

#[test]
fn states_are_kept_apart() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place.viite(&["import", "a.xml", "--region", "X1", "--state", "target"]).good();
    let regions = place.viite(&["region", "list", "--format", "json"]).good().json();
    let one = regions.as_array().unwrap().iter().find(|region| region["code"] == "X1").unwrap();
    assert_eq!(one["described"], serde_json::json!(["current", "target"]));
    let run = place.viite(&["import", "a.xml", "--region", "X1", "--state", "future"]).ends_with(2);
    assert!(run.stderr.contains("current, target"), "{}", run.stderr);
}

#[test]
fn a_region_goes_by_its_code_or_its_name() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    let json = place.viite(&["import", "a.xml", "--region", "testikorpi", "--format", "json"]).good().json();
    assert_eq!(json["region"], "X1");
}

#[test]
fn an_unknown_region_is_an_error_that_names_the_nearest_and_the_way_out() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    let before = place.export();
    place.viite(&["import", "a.xml", "--region", "Testikorp"]).fails_with(&[
        "there is no region 'Testikorp'",
        "X1 (Testikorpi)",
        "viite region add",
        "viite region list",
    ]);
    place.viite(&["import", "a.xml", "--region", "055"]).fails_with(&["05 ("]);
    assert!(before == place.export());
}

#[test]
fn the_file_is_archived_byte_for_byte_and_its_origin_noted() {
    let place = Place::with_region();
    let path = place.write("a.xml", EXCHANGE);
    let json = place.viite(&["import", "a.xml", "--region", "X1", "--format", "json"]).good().json();
    let digest = blake3_of(&fs::read(path).unwrap());
    assert_eq!(json["files"][0]["sources"][0]["digest"], digest);
    let revision = &place.viite(&["log", "--format", "json"]).good().json()[0];
    assert_eq!(revision["sources"][0]["digest"], digest);
    let origin = "ASK { ?g a viite:ArchitectureDescription ; viite:inRegion region:X1 ; viite:state viite:CurrentState ; \
                  prov:wasGeneratedBy [ prov:used ?file ; dcterms:creator 'Tester' ] }";
    assert_eq!(place.viite(&["query", "--format", "csv", origin]).good().stdout.trim(), "true");
}

fn blake3_of(bytes: &[u8]) -> String {
    viite_store::Digest::of(bytes).to_string()
}

#[test]
fn facts_carry_their_place_in_the_file() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let query = "SELECT ?line ?id { ?s rdfs:label 'Tyrsky'@fi ; viite:sourceFile 'a.xml' ; viite:sourceLine ?line ; viite:sourceId ?id }";
    let csv = place.viite(&["query", "--format", "csv", query]).good().stdout;
    assert_eq!(csv.replace('\r', ""), "line,id\n6,id-1\n");
}

#[test]
fn a_folder_is_read_as_a_set_of_tables() {
    let place = Place::with_region();
    fs::create_dir(place.path().join("tables")).unwrap();
    place.write("tables/systems.csv", "id;name;function\nS1;Tyrsky;Ajanvaraus\nS2;Myrsky;Laskutus\n");
    place.write("tables/integrations.csv", "id;source;target;data group\nI1;Tyrsky;Myrsky;Ajat\n");
    let json = place.viite(&["import", "tables", "--region", "X1", "--format", "json"]).good().json();
    assert_eq!(json["files"][0]["file"], "tables");
    assert_eq!(json["files"][0]["format"], "CSV");
    let revision = &place.viite(&["log", "--format", "json"]).good().json()[0];
    let names: Vec<&str> =
        revision["sources"].as_array().unwrap().iter().map(|source| source["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["tables/integrations.csv", "tables/systems.csv"]);
    let linked = "ASK { ?a rdfs:label ?x . ?b rdfs:label ?y . ?a viite:integratesWith ?b \
                  FILTER(STR(?x) = 'Tyrsky' && STR(?y) = 'Myrsky') }";
    assert_eq!(place.viite(&["query", "--format", "csv", linked]).good().stdout.trim(), "true");
    assert!(place.viite(&["import", "tables/", "--region", "X1"]).good().stdout.contains("Nothing changed"));
    fs::create_dir(place.path().join("void")).unwrap();
    place.viite(&["import", "void", "--region", "X1"]).fails_with(&["without CSV tables"]);
}

#[test]
fn another_file_of_the_same_name_does_not_take_the_place_of_the_first() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let other = EXCHANGE.replace("id-", "other-");
    place.write("a.xml", &other);
    let before = place.export();
    place.viite(&["import", "a.xml", "--region", "X1"]).fails_with(&["a.xml", "--as", "--replace"]);
    assert_eq!(place.export(), before);
    place.viite(&["import", "a.xml", "--region", "X1", "--as", "hospital"]).good();
    assert!(place.export().contains("current/hospital"));
    place.viite(&["import", "a.xml", "--region", "X1", "--replace", "--dry-run"]).good();
}

#[test]
fn a_strict_import_refuses_what_had_to_be_mended() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1", "--strict", "--dry-run"]).good();
    place.write("b.xml", EXCHANGE.replace("target=\"id-2\"", "target=\"id-99\""));
    let said = ["b.xml:", "id-99", "Nothing was imported"];
    place.viite(&["import", "b.xml", "--region", "X1", "--strict"]).fails_with(&said);
}

#[test]
fn the_summary_speaks_the_readers_language() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    let said = |language: &str| {
        place.viite(&["import", "a.xml", "--region", "X1", "--dry-run", "--lang", language]).good().stdout
    };
    assert!(said("fi").contains("Mitään ei muutettu"));
    assert!(said("sv").contains("Inget ändrades"));
}

/// Two services and an authority as a catalogue of public services publishes them.
const CPSV: &str = "\
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/booking> a cpsv:PublicService ; dct:title \"Testikorven ajanvaraus\"@fi ;
    cv:hasCompetentAuthority <https://example.org/board> ; dct:requires <https://example.org/login> ;
    cpsv:hasInput <https://example.org/referral> .
<https://example.org/login> a cpsv:PublicService ; dct:title \"Testikorven kirjautuminen\"@fi .
<https://example.org/board> a cv:PublicOrganisation ; skos:prefLabel \"Testikorven lautakunta\"@fi .
<https://example.org/referral> a cv:Evidence ; dct:title \"Testilähete\"@fi .
<https://example.org/rule> a cpsv:Rule ; dct:title \"Testisääntö\"@fi .
";

#[test]
fn public_services_in_cpsv_ap_become_services_of_the_region() {
    let place = Place::with_region();
    place.write("palvelut.ttl", CPSV);
    place.viite(&["import", "palvelut.ttl", "--region", "X1"]).good();
    let asked = "SELECT ?name ?actor ?used ?data { ?s a viite:Service ; viite:inRegion ?region ; rdfs:label ?name ; \
        viite:responsible/rdfs:label ?actor ; viite:uses/rdfs:label ?used ; viite:dataGroup/rdfs:label ?data }";
    let rows = place.viite(&["query", asked, "--format", "csv"]).good().stdout;
    assert!(
        rows.contains("Testikorven ajanvaraus,Testikorven lautakunta,Testikorven kirjautuminen,Testilähete"),
        "{rows}"
    );
    let left = "ASK { <https://example.org/rule> a <http://purl.org/vocab/cpsv#Rule> }";
    assert!(place.viite(&["query", left]).good().stdout.contains("true"), "what has no word of ours stays as it is");
    let unmapped = place.viite(&["mapping", "check", "palvelut.ttl", "--format", "json"]).ends_with(1).json();
    assert_eq!((unmapped.as_array().unwrap().len(), &unmapped[0]["count"]), (1, &1.into()), "{unmapped}");
    place.viite(&["import", "palvelut.ttl", "--region", "X1"]).good();
    assert_eq!(place.revisions(), 3, "importing it again changes nothing");
}

#[test]
fn a_model_in_the_ontology_of_archimate_is_read_as_a_model() {
    let place = Place::with_region();
    let model = "@prefix archimate: <https://purl.org/archimate#> . @prefix : <https://example.org/m#> .
        :a a archimate:ApplicationComponent ; archimate:name \"Tyrsky\" ; archimate:serving :b ; archimate:assignment :f .
        :b a archimate:ApplicationComponent ; archimate:name \"Myrsky\" .
        :f a archimate:ApplicationFunction ; archimate:name \"Testitoiminto\" .";
    place.write("malli.ttl", model);
    place.viite(&["import", "malli.ttl", "--region", "X1"]).good();
    let asked = "SELECT ?a ?b ?f { ?s a viite:InformationSystem ; rdfs:label ?a ; viite:integratesWith/rdfs:label ?b ; \
        viite:function/rdfs:label ?f }";
    assert!(place.viite(&["query", asked, "--format", "csv"]).good().stdout.contains("Tyrsky,Myrsky,Testitoiminto"));
}

#[test]
fn a_mapping_of_rdf_of_ones_own_is_a_query_and_its_faults_are_told() {
    let place = Place::with_region();
    place.write(
        "oma.ttl",
        "<https://example.org/x> a <https://example.org/ns#Thing> ; <https://example.org/ns#called> \"Oma\" .",
    );
    place.write(
        "oma.rq",
        "CONSTRUCT { ?x a viite:InformationSystem ; rdfs:label ?name } WHERE { ?x <https://example.org/ns#called> ?name }",
    );
    place.viite(&["import", "oma.ttl", "--region", "X1", "--mapping", "oma.rq"]).good();
    let asked = "ASK { ?x a viite:InformationSystem ; rdfs:label 'Oma' ; viite:inRegion ?region }";
    assert!(place.viite(&["query", asked]).good().stdout.contains("true"));
    place.write("oma.rq", "SELECT ?x WHERE { ?x ?p ?o }");
    place.viite(&["import", "oma.ttl", "--region", "X1", "--mapping", "oma.rq"]).fails_with(&["no CONSTRUCT query"]);
    place.viite(&["import", "oma.ttl", "--region", "X1", "--mapping", "nix.rq"]).fails_with(&["cannot read nix.rq"]);
    assert!(place.viite(&["mapping", "list"]).good().stdout.contains("CPSV-AP"));
}

/// A model with these identifiers.
fn model(system: &str, service: &str, link: &str, name: &str) -> String {
    format!(
        r#"<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m-{system}">
        <name>Malli</name>
        <elements>
          <element identifier="{system}" xsi:type="ApplicationComponent"><name>{name}</name></element>
          <element identifier="{service}" xsi:type="ApplicationService"><name>Palvelu</name></element>
        </elements>
        <relationships>
          <relationship identifier="{link}" xsi:type="Realization" source="{system}" target="{service}"/>
        </relationships></model>"#
    )
}

#[test]
fn what_a_tool_gave_new_identifiers_stays_the_same_when_a_person_says_so() {
    let place = Place::with_region();
    place.write("a.xml", model("id-1", "id-2", "id-3", "Korpi"));
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let before = place.export();
    place.write("a.xml", model("uuid-8", "uuid-9", "uuid-7", "Korpi"));
    place.viite(&["import", "a.xml", "--region", "X1"]).fails_with(&["--replace", "--same-names"]);
    assert_eq!(place.export(), before, "nothing is assumed");
    place.viite(&["import", "a.xml", "--region", "X1", "--same-names"]).good();
    let export = place.export();
    assert!(export.contains("/X1/1>"), "{export}");
    assert!(export.contains("\"uuid-8\"") && !export.contains("/X1/uuid-8>"), "{export}");
    // From now on the new identifiers are known, also when a name changes.
    let revisions = place.revisions();
    place.viite(&["import", "a.xml", "--region", "X1", "--lang", "fi"]).good();
    assert_eq!(
        place.revisions(),
        revisions,
        "importing a file again changes nothing, whatever the language of its reader"
    );
    place.write("a.xml", model("uuid-8", "uuid-9", "uuid-7", "Korpi uusi"));
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    assert!(!place.export().contains("/X1/uuid-8>"));
}

#[test]
fn a_new_version_under_a_new_name_is_told_and_can_be_taken_out_again() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let before = place.export();
    let file = place.write("a-2026.xml", EXCHANGE.replace("Tyrsky", "Tyyni"));
    let said = place.viite(&["import", "a-2026.xml", "--region", "X1", "--lang", "en"]).good().stdout;
    assert!(said.contains("stand in a.xml too") && said.contains("--as a.xml"), "{said}");
    assert!(before != place.export());
    let json = place.viite(&["import", "a-2026.xml", "--region", "X1", "--dry-run", "--format", "json"]).good().json();
    assert_eq!(json["files"][0]["alike"]["file"], "a.xml");

    fs::remove_file(file).unwrap(); // its name is enough
    let withdraw = ["import", "a-2026.xml", "--region", "X1", "--withdraw", "--format", "json"];
    let dry = place.viite(&[&withdraw[..], &["--dry-run"]].concat()).good().json();
    assert_eq!((dry["dry_run"].as_bool(), dry["revision"].as_u64()), (Some(true), None));
    let done = place.viite(&withdraw).good().json();
    assert_eq!(done["removed"], dry["removed"]);
    assert!(before == place.export(), "the repository is as it was before the import");
    place.viite(&["verify"]).good();
    place.viite(&withdraw).fails_with(&["a-2026.xml", "files that have: a.xml"]);
}
