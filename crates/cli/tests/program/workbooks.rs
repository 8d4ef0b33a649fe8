//! Workbooks and tables: the template, and what people fill in or made themselves.

use crate::support::Place;

#[test]
fn the_template_is_written_and_says_when_nobody_filled_it() {
    let place = Place::with_region();
    place.viite(&["template", "--lang", "sv", "--output", "t.xlsx"]).good();
    assert!(std::fs::read(place.path().join("t.xlsx")).unwrap().starts_with(b"PK"));
    place.viite(&["import", "t.xlsx", "--region", "X1"]).fails_with(&["describes nothing"]);
    place.viite(&["template", "--lang", "fi"]).good();
    assert!(place.path().join("arkkitehtuurikuvaus.xlsx").exists());
}

#[test]
fn a_table_of_windows_is_read_with_a_note() {
    let place = Place::with_region();
    place.write("palvelut.csv", b"sep=;\r\nnimi;k\xE4ytt\xE4j\xE4ryhm\xE4\r\nHy\xF6ty;Kansalaiset\r\n");
    let json = place.viite(&["import", "palvelut.csv", "--region", "X1", "--format", "json"]).good().json();
    assert_eq!(json["elements"], 1);
    assert!(json["losses"][0]["why"].as_str().unwrap().contains("windows-1252"), "{json}");
    let query = "SELECT ?line { ?s rdfs:label ?name ; viite:usedBy viite:Citizens ; viite:sourceLine ?line FILTER(STR(?name) = 'Hyöty') }";
    assert!(place.viite(&["query", query, "--format", "csv"]).good().stdout.contains('3'));
}

#[test]
fn a_profile_is_proposed_and_then_used() {
    let place = Place::with_region();
    place.write("salkku.csv", "Tunnus;Järjestelmänimi;Omistaja;Oma sarake\n1;Effica;Terveys;x\n");
    place.viite(&["mapping", "guess", "salkku.csv", "--output", "salkku.toml"]).good();
    place.viite(&["mapping", "check", "salkku.csv", "--mapping", "salkku.toml"]).ends_with(1);
    let json = place.viite(&["mapping", "check", "salkku.csv", "--format", "json"]).ends_with(1).json();
    assert_eq!(json[0]["name"], "Oma sarake");
    place.viite(&["import", "salkku.csv", "--region", "X1", "--mapping", "salkku.toml"]).good();
    place.viite(&["import", "salkku.csv", "--region", "X1", "--mapping", "nothing"]).fails_with(&["nothing", "city"]);
    assert!(place.viite(&["mapping", "list"]).good().stdout.contains("city"));
}

#[test]
fn the_matrix_is_written_with_what_is_known_and_nothing_is_made_of_it() {
    let place = Place::with_region();
    place.viite(&["export", "--matrix", "responsibilities", "--output", "m.xlsx"]).good();
    place.viite(&["import", "m.xlsx", "--region", "X1"]).fails_with(&["nobody has filled the matrix"]);
}

#[test]
fn a_description_written_for_other_tools_says_the_same_when_it_is_read() {
    let place = Place::with_region();
    place.write("a.xml", crate::support::EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place.viite(&["export", "--format", "archimate", "--region", "X1", "--output", "out.xml", "--lang", "fi"]).good();
    let json = place.viite(&["import", "out.xml", "--region", "X1", "--as", "a.xml", "--format", "json"]).good().json();
    assert_eq!((json["elements"].as_u64(), json["relationships"].as_u64()), (Some(3), Some(3)), "{json}");
    place.viite(&["export", "--format", "archimate"]).fails_with(&["--region"]);
}

#[test]
fn a_description_written_as_our_workbook_reads_back_as_the_same_things() {
    let place = Place::with_region();
    let table = "id;nimi;tyyppi;omistaja;tietoryhmä;kuvaus\n\
        a;Tyrsky;tietojärjestelmä;Testiyksikkö;Testitiedot;=1+1\nb;Myrsky;tietojärjestelmä;Testiyksikkö;;\n\
        c;Testipalvelu;palvelu;;;\n";
    place.write("a.csv", table);
    place.viite(&["import", "a.csv", "--region", "X1", "--text-lang", "fi"]).good();
    for lang in ["fi", "sv", "en"] {
        let file = format!("{lang}.xlsx");
        place.viite(&["export", "--format", "xlsx", "--region", "X1", "--output", &file, "--lang", lang]).good();
        place.viite(&["region", "add", lang, "--name", lang, "--lang", "en"]).good();
        place.viite(&["import", &file, "--region", lang, "--text-lang", "fi"]).good();
        let facts = |region: &str| {
            let query = format!(
                "SELECT ?class ?name ?owner ?data ?text {{ ?r viite:code '{region}' . ?s viite:inRegion ?r ; a ?class ; rdfs:label ?name . \
                 FILTER(STRSTARTS(STR(?class), STR(viite:))) OPTIONAL {{ ?s viite:owner/rdfs:label ?owner }} \
                 OPTIONAL {{ ?s viite:dataGroup/rdfs:label ?data }} OPTIONAL {{ ?s dcterms:description ?text }} }} ORDER BY ?class ?name ?owner ?data"
            );
            place.viite(&["query", &query, "--format", "csv"]).good().stdout
        };
        assert_eq!(facts(lang), facts("X1"));
        assert!(facts("X1").contains("Tyrsky,Testiyksikkö,Testitiedot,=1+1"), "{}", facts("X1"));
    }
    place.viite(&["export", "--format", "xlsx", "--region", "X1"]).fails_with(&["--output FILE.xlsx"]);
    place.viite(&["export", "--format", "xlsx"]).fails_with(&["--region"]);
    place
        .viite(&["export", "--format", "xlsx", "--region", "05", "--output", "x.xlsx"])
        .fails_with(&["no description"]);
    assert!(!place.path().join("x.xlsx").exists());
}
