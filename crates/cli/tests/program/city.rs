//! A model in the convention of a Finnish city: a data store is a Product, and whoever owns it is joined by *vastaa*.

use crate::support::{Place, Run};

const EXCHANGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="id-m">
  <name xml:lang="fi">Testikorven tiedonhallintamalli</name>
  <elements>
    <element identifier="id-1" xsi:type="Product"><name xml:lang="fi">Asiakasrekisteri</name></element>
    <element identifier="id-2" xsi:type="Product"><name xml:lang="fi">Avustusrekisteri</name></element>
    <element identifier="id-3" xsi:type="BusinessActor"><name xml:lang="fi">Sosiaalitoimi</name></element>
    <element identifier="id-4" xsi:type="BusinessRole"><name xml:lang="fi">Rekisterivastaava</name></element>
    <element identifier="id-5" xsi:type="BusinessProcess"><name xml:lang="fi">Päätöksenteko</name></element>
    <element identifier="id-6" xsi:type="ApplicationComponent"><name xml:lang="fi">Usva</name></element>
    <element identifier="id-7" xsi:type="Representation"><name xml:lang="fi">Tietosuojaseloste</name></element>
  </elements>
  <relationships>
    <relationship identifier="id-11" source="id-3" target="id-1" xsi:type="Association"><name xml:lang="fi">vastaa</name></relationship>
    <relationship identifier="id-12" source="id-4" target="id-2" xsi:type="Association"><name xml:lang="fi">vastaa</name></relationship>
    <relationship identifier="id-13" source="id-3" target="id-2" xsi:type="Association"><name xml:lang="fi">käyttää</name></relationship>
    <relationship identifier="id-14" source="id-1" target="id-5" xsi:type="Serving"/>
    <relationship identifier="id-15" source="id-6" target="id-1" xsi:type="Association"/>
    <relationship identifier="id-16" source="id-7" target="id-1" xsi:type="Association"/>
  </relationships>
</model>
"#;

const ARCHI: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:archimate="http://www.archimatetool.com/archimate"
    name="Testikorven tiedonhallintamalli" id="id-m" version="5.0.0">
  <folder name="Business" id="f1" type="business">
    <element xsi:type="archimate:Product" name="Asiakasrekisteri" id="1"/>
    <element xsi:type="archimate:Product" name="Avustusrekisteri" id="2"/>
    <element xsi:type="archimate:BusinessActor" name="Sosiaalitoimi" id="3"/>
    <element xsi:type="archimate:BusinessRole" name="Rekisterivastaava" id="4"/>
    <element xsi:type="archimate:BusinessProcess" name="Päätöksenteko" id="5"/>
    <element xsi:type="archimate:ApplicationComponent" name="Usva" id="6"/>
    <element xsi:type="archimate:Representation" name="Tietosuojaseloste" id="7"/>
  </folder>
  <folder name="Relations" id="f2" type="relations">
    <element xsi:type="archimate:AssociationRelationship" name="vastaa" id="11" source="3" target="1"/>
    <element xsi:type="archimate:AssociationRelationship" name="vastaa" id="12" source="4" target="2"/>
    <element xsi:type="archimate:AssociationRelationship" name="käyttää" id="13" source="3" target="2"/>
    <element xsi:type="archimate:ServingRelationship" id="14" source="1" target="5"/>
    <element xsi:type="archimate:AssociationRelationship" id="15" source="6" target="1"/>
    <element xsi:type="archimate:AssociationRelationship" id="16" source="7" target="1"/>
  </folder>
</archimate:model>
"#;

/// Every data store with its owner, process and system.
fn stores(place: &Place) -> String {
    let ask = "SELECT ?store ?says ?of { VALUES ?p { viite:owner viite:relatedProcess viite:inSystem } \
               ?s a viite:DataStore ; viite:inRegion region:X1 ; rdfs:label ?store ; ?p ?o . \
               ?o rdfs:label ?of . BIND(STRAFTER(STR(?p), '#') AS ?says) } ORDER BY ?store ?says ?of";
    let Run { stdout, .. } = place.viite(&["query", ask, "--format", "csv"]).good();
    stdout.replace("\r\n", "\n")
}

const DESCRIBED: &str = "store,says,of\n\
    Asiakasrekisteri,inSystem,Usva\n\
    Asiakasrekisteri,owner,Sosiaalitoimi\n\
    Asiakasrekisteri,relatedProcess,Päätöksenteko\n\
    Avustusrekisteri,owner,Rekisterivastaava\n";

#[test]
fn with_its_profile_products_are_data_stores_and_whoever_answers_for_them_their_owner() {
    for (file, text) in [("a.xml", EXCHANGE), ("a.archimate", ARCHI)] {
        let place = Place::with_region();
        place.write(file, text);
        place.viite(&["import", file, "--region", "X1", "--mapping", "city"]).good();
        assert_eq!(stores(&place), DESCRIBED, "{file}: an association of another name makes nobody an owner");
    }
}

#[test]
fn without_it_products_stay_in_the_words_of_archimate() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    assert_eq!(stores(&place), "store,says,of\n");
    let ask = "SELECT ?name { ?s a archimate:Product ; rdfs:label ?name } ORDER BY ?name";
    let names = place.viite(&["query", ask, "--format", "csv"]).good().stdout;
    assert_eq!(names.replace("\r\n", "\n"), "name\nAsiakasrekisteri\nAvustusrekisteri\n");
}

#[test]
fn the_check_of_a_mapping_tells_what_each_profile_leaves() {
    let place = Place::empty();
    place.write("a.archimate", ARCHI);
    let check = |arguments: &[&str]| {
        let all = [&["mapping", "check", "a.archimate", "--format", "json"], arguments].concat();
        place.viite(&all).ends_with(1).json().to_string()
    };
    let (city, usual) = (check(&["--mapping", "city"]), check(&[]));
    assert!(usual.contains("Product") && usual.contains("Representation"), "{usual}");
    assert!(!city.contains("Product") && city.contains("Representation"), "{city}");
}
