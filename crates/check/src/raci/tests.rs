use super::*;
use crate::table::Cell;
use oxrdf::NamedNode;
use oxrdfio::{RdfFormat, RdfParser};
use std::sync::Arc;
use viite_model::{Names, State, graphs};
use viite_store::Snapshot;

const FACTS: &str = r#"
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix region: <https://w3id.org/viite/reference/region/> .
@prefix actor: <https://w3id.org/viite/reference/actor/> .
@prefix s0: <https://w3id.org/viite/source/s0#> .
@prefix t: <https://example.org/t/> .

<https://w3id.org/viite/graph/reference/actors/1> {
  actor:old a viite:Actor ; rdfs:label "Vanha Oy"@fi ; viite:validUntil "2020-01-31"^^xsd:date .
  s0:M2 a viite:Measure ; rdfs:label "Toimenpide 2"@fi .
  s0:M10 a viite:Measure ; rdfs:label "Toimenpide 10"@fi .
  [] a viite:Responsibility ; viite:object s0:M2 ; viite:actor actor:old ; viite:responsibilityKind viite:Medverkande .
  region:A viite:code "A" ; rdfs:label "Alue A"@fi .
}
<https://example.org/ea/graph/provenance> {
  t:g a viite:ArchitectureDescription ; viite:inRegion region:A ; viite:state viite:CurrentState .
}
t:g {
  t:booking a viite:Service ; rdfs:label "Ajanvaraus"@fi ; viite:inRegion region:A ;
    viite:accountable t:unit, t:drawn ; viite:accountable actor:old ; viite:responsible t:unit .
  t:care a viite:Service ; rdfs:label "Hoito"@fi ; viite:inRegion region:A ; viite:responsible t:unit .
  t:led a viite:Service ; rdfs:label "Johdettu"@fi ; viite:inRegion region:A ; viite:accountable t:unit .
  t:owned a viite:Service ; rdfs:label "Omistettu"@fi ; viite:inRegion region:A ; viite:owner t:unit ; viite:responsible t:unit .
  t:lonely a viite:InformationSystem ; rdfs:label "Yksin"@fi ; viite:inRegion region:A .
  t:picture a viite:Service ; rdfs:label "Kanta"@fi ; viite:inRegion region:A ; viite:correspondsTo actor:kanta .
  t:drawn a viite:Actor ; rdfs:label "Vanha"@fi ; viite:correspondsTo actor:old .
  t:unit a viite:Actor ; rdfs:label "Yksikkö"@fi .
}
"#;

fn raci(region: Option<&str>, classes: &[&str]) -> Result<Raci, RaciError> {
    let quads: Vec<_> = RdfParser::from_format(RdfFormat::TriG).for_slice(FACTS).map(Result::unwrap).collect();
    let snapshot = Arc::new(Snapshot::from_quads(quads).unwrap());
    let names = Names::new("https://example.org/ea/").unwrap();
    let region: Option<NamedNode> = region.map(graphs::region);
    let ground = region.as_ref().map(|region| (region, State::Current));
    Raci::of(&snapshot, &names, ground, classes, Language::En, "2026-01-01")
}

#[test]
fn a_regions_matrix_holds_its_things_with_those_who_are_named_and_the_gaps() {
    let raci = raci(Some("A"), &[]).unwrap();
    let found: Vec<(&str, Vec<Gap>)> =
        raci.objects.iter().map(|object| (object.label.as_str(), object.gaps.iter().copied().collect())).collect();
    assert_eq!(
        found,
        [
            ("Yksin", vec![Gap::Nobody]),
            ("Ajanvaraus", vec![Gap::SeveralAccountable, Gap::EndedActor]),
            ("Hoito", vec![Gap::NoAccountable]),
            ("Johdettu", vec![Gap::NoResponsible]),
            ("Omistettu", vec![]), // an owner is accountable
        ]
    );
    let names: Vec<&str> = raci.actors.iter().map(|actor| actor.label.as_str()).collect();
    assert_eq!(names, ["Vanha Oy", "Yksikkö"], "a picture of an actor is the actor");
    let unit = &raci.objects[1].named["https://example.org/t/unit"];
    assert_eq!(unit.iter().copied().collect::<Vec<_>>(), [Kind::Accountable, Kind::Responsible]);
}

#[test]
fn the_reference_keeps_the_sources_words_and_the_order_of_its_measures() {
    let raci = raci(None, &["Measure"]).unwrap();
    let labels: Vec<&str> = raci.objects.iter().map(|object| object.label.as_str()).collect();
    assert_eq!(labels, ["Toimenpide 2", "Toimenpide 10"]);
    assert!(raci.objects[0].gaps.contains(&Gap::NoResponsible), "a contributor alone answers for nothing");
    assert!(raci.objects[1].gaps.contains(&Gap::Nobody));
    let matrix = raci.matrix();
    assert_eq!(matrix.rows[0][1], Cell::from("M2 Toimenpide 2"));
    assert_eq!(matrix.rows[0].last().unwrap(), &Cell::from("co"));
}

#[test]
fn the_matrix_is_text_and_every_table_is_whole() {
    let raci = raci(Some("A"), &[]).unwrap();
    for table in [raci.matrix(), raci.by_object()] {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.name);
    }
    let mut text = Vec::new();
    raci.write_text(false, &mut text).unwrap();
    insta::assert_snapshot!(String::from_utf8(text).unwrap());
}

#[test]
fn a_region_that_nobody_describes_is_told() {
    let error = raci(Some("B"), &[]).unwrap_err().to_string();
    assert!(error.contains("has no description of its current state"), "{error}");
}
