//! The engine on small repositories: scopes, outcomes, deviations, failures.

use oxrdfio::{RdfFormat, RdfParser};
use std::{sync::Arc, time::Duration};
use viite_check::{CheckOptions, Report, Rule, check};
use viite_model::{Language, Names, Outcome, Severity, State};
use viite_store::Snapshot;

const BASE: &str = "https://example.org/ea/";

/// Two regions with a system each, one of them with a target state too, and a reference that names a function.
const REPOSITORY: &str = r#"
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix region: <https://w3id.org/viite/reference/region/> .
@prefix func: <https://w3id.org/viite/reference/function/> .
@prefix s4: <https://w3id.org/viite/source/s4#> .
@prefix t: <https://example.org/t/> .

<https://w3id.org/viite/graph/reference/functions/1> {
  func:booking a viite:Function ; rdfs:label "Ajanvaraus"@fi, "Booking"@en .
  s4:G8 rdfs:label "Fewer systems"@en, "Färre system"@sv .
  region:A a viite:Region ; viite:code "A" ; rdfs:label "Alue A"@fi, "Area A"@en .
  region:B a viite:Region ; viite:code "B" ; rdfs:label "Alue B"@fi .
}
<https://example.org/ea/graph/provenance> {
  t:ga a viite:ArchitectureDescription ; viite:inRegion region:A ; viite:state viite:CurrentState .
  t:gat a viite:ArchitectureDescription ; viite:inRegion region:A ; viite:state viite:TargetState .
  t:gb a viite:ArchitectureDescription ; viite:inRegion region:B ; viite:state viite:CurrentState .
}
t:ga { t:a a viite:InformationSystem ; rdfs:label "Tyrsky"@fi ; viite:inRegion region:A ; viite:function func:booking ;
         viite:sourceFile "a.xml" ; viite:sourceLine 7 ; viite:sourceId "id-a" .
       t:a2 a viite:InformationSystem ; rdfs:label "Myrsky"@fi ; viite:inRegion region:A . }
t:gat { t:a a viite:InformationSystem ; rdfs:label "Tyrsky"@fi ; viite:inRegion region:A . }
t:gb { t:b a viite:InformationSystem ; rdfs:label "Usva"@fi ; viite:inRegion region:B ; viite:function func:booking . }
"#;

fn snapshot(more: &str) -> Arc<Snapshot> {
    let text = format!("{REPOSITORY}{more}");
    let quads: Vec<_> = RdfParser::from_format(RdfFormat::TriG).for_slice(&text).map(Result::unwrap).collect();
    Arc::new(Snapshot::from_quads(quads).unwrap())
}

fn rule(id: &str, scope: &str, query: &str) -> Rule {
    let header = format!("#+ id: {id}\n#+ severity: violation\n#+ scope: {scope}\n#+ clause: s4:G8\n#+ since: 0.1.0\n");
    let texts: String = ["title", "why", "fix"].map(|key| format!("#+ {key}: {{ fi: t, sv: t, en: t }}\n")).concat();
    let messages = "#+ message: { fi: '{focus} / {region}', sv: '{focus}', en: '{focus} in {region}, {state}' }\n\
                    #+ missing: { fi: '{focus}', sv: '{focus}', en: 'the function of {focus}' }\n";
    Rule::parse(&format!("test/{id}.rq"), &format!("{header}{texts}{messages}{query}")).unwrap()
}

/// A system that has a function violates; one that has none cannot be judged.
const FUNCTION: &str = "SELECT ?focus ?outcome ?function WHERE { \
    ?focus a viite:InformationSystem . \
    OPTIONAL { ?focus viite:function ?function } \
    BIND(IF(BOUND(?function), 'violates', 'not-assessable') AS ?outcome) }";

fn options() -> CheckOptions {
    CheckOptions::new(Language::En, "2026-01-01".to_owned())
}

fn run(snapshot: &Arc<Snapshot>, rules: &[Rule], options: &CheckOptions) -> Report {
    let names = Names::new(BASE).unwrap();
    check(snapshot, &names, &rules.iter().collect::<Vec<_>>(), options)
}

fn messages(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.message.as_str()).collect()
}

#[test]
fn a_region_rule_sees_one_region_in_one_state_at_a_time() {
    let report = run(&snapshot(""), &[rule("R", "region", FUNCTION)], &options());
    assert_eq!(
        messages(&report),
        [
            "Tyrsky in Area A, current state",
            "missing: the function of Myrsky",
            "missing: the function of Tyrsky",
            "Usva in Alue B, current state",
        ]
    );
    let coverage = &report.coverage[0];
    assert_eq!(coverage.concerned, 4);
    assert_eq!(coverage.counts.of(Outcome::Violates), 2);
    assert_eq!(coverage.counts.of(Outcome::NotAssessable), 2);
    assert_eq!(coverage.regions.len(), 3, "A now, A as planned, B now");
}

#[test]
fn a_finding_tells_its_evidence_its_clause_and_its_place() {
    let report = run(&snapshot(""), &[rule("R", "region", FUNCTION)], &options());
    let finding = &report.findings[0];
    assert_eq!(finding.evidence["function"].value, "https://w3id.org/viite/reference/function/booking");
    assert_eq!(finding.evidence["function"].label, "Booking");
    assert_eq!((finding.clause.as_str(), finding.clause_label.as_str()), ("s4:G8", "Fewer systems"));
    let source = finding.source.as_ref().unwrap();
    assert_eq!((source.file.as_str(), source.line, source.id.as_deref()), ("a.xml", Some(7), Some("id-a")));
    assert_eq!(finding.state, Some(State::Current));
}

#[test]
fn a_repository_rule_sees_everything_and_can_be_asked_about_one_region() {
    let rules = [rule("R", "repository", FUNCTION)];
    let all = run(&snapshot(""), &rules, &options());
    assert_eq!(all.coverage[0].concerned, 3, "each system once, whatever the states");
    let options = CheckOptions { regions: vec![viite_model::graphs::region("B")], ..options() };
    let one = run(&snapshot(""), &rules, &options);
    assert_eq!(one.findings.len(), 1);
    assert_eq!(one.findings[0].focus_label, "Usva");
    assert_eq!(one.findings[0].region.as_ref().unwrap().code, "B");
}

#[test]
fn a_reference_rule_does_not_see_regions() {
    let query = "SELECT ?focus ?outcome WHERE { ?focus a ?type . VALUES ?type { viite:Function viite:InformationSystem } BIND('conforms' AS ?outcome) }";
    let report = run(&snapshot(""), &[rule("R", "reference", query)], &options());
    assert_eq!(report.coverage[0].concerned, 1, "the one function");
    assert!(report.findings.is_empty());
}

#[test]
fn an_accepted_deviation_is_shown_as_such_until_it_ends() {
    let rules = [rule("R", "region", FUNCTION)];
    let id = run(&snapshot(""), &rules, &options()).findings[0].id.clone();
    let decision = |until: &str, more: &str| {
        snapshot(&format!(
            "<https://example.org/ea/graph/decisions> {{ t:d a viite:AcceptedDeviation ; viite:finding '{id}' ; \
             viite:authority 'Director' ; viite:validUntil '{until}'^^xsd:date {more} }}"
        ))
    };
    let found = |report: &Report| report.findings.iter().find(|finding| finding.id == id).unwrap().clone();
    let reason = "; viite:reason 'It is replaced this year'";

    let accepted = run(&decision("2026-12-31", reason), &rules, &options());
    assert_eq!(found(&accepted).outcome, Outcome::AcceptedDeviation);
    assert_eq!(found(&accepted).deviation.as_ref().unwrap().reason, "It is replaced this year");
    assert_eq!(accepted.coverage[0].counts.of(Outcome::AcceptedDeviation), 1);
    assert_eq!(accepted.coverage[0].counts.of(Outcome::Violates), 1, "the other region's stays");

    let ended = run(&decision("2025-12-31", reason), &rules, &options());
    assert_eq!(found(&ended).outcome, Outcome::Violates);
    let without_reason = run(&decision("2026-12-31", ""), &rules, &options());
    assert_eq!(found(&without_reason).outcome, Outcome::Violates);
}

#[test]
fn a_thing_with_several_rows_counts_once_by_its_worst() {
    let query = "SELECT ?focus ?outcome ?part WHERE { ?focus a viite:InformationSystem . \
        VALUES (?part ?outcome) { (1 'conforms') (2 'violates') (3 'not-assessable') } }";
    let report = run(&snapshot(""), &[rule("R", "repository", query)], &options());
    assert_eq!(report.coverage[0].concerned, 3);
    assert_eq!(report.coverage[0].counts.of(Outcome::Violates), 3);
    assert_eq!(report.findings.len(), 6, "what violates and what could not be judged, of each");
}

#[test]
fn a_rule_that_fails_is_named_and_the_others_still_run() {
    let endless = "SELECT ?focus ?outcome WHERE { \
        ?focus ?p1 ?a . ?b ?p2 ?c . ?d ?p3 ?e . ?f ?p4 ?g . ?h ?p5 ?i . ?j ?p6 ?k BIND('conforms' AS ?outcome) }";
    let wrong = "SELECT ?focus ?outcome WHERE { ?focus a viite:Function BIND('perhaps' AS ?outcome) }";
    let rules = [rule("E", "repository", endless), rule("R", "region", FUNCTION), rule("W", "repository", wrong)];
    let options = CheckOptions { timeout: Duration::from_millis(300), ..options() };
    let report = run(&snapshot(""), &rules, &options);
    let failed: Vec<&str> = report.failures.iter().map(|failure| failure.rule.as_str()).collect();
    assert_eq!(failed, ["E", "W"]);
    assert!(report.failures[0].error.contains("stopped after 0.3 s"), "{}", report.failures[0].error);
    assert!(report.failures[1].error.contains("\"perhaps\""), "{}", report.failures[1].error);
    assert_eq!(report.findings.len(), 4);
    assert_eq!(report.vacuous().count(), 0, "a rule that failed is not one that concerned nothing");
}

#[test]
fn a_rule_cannot_accept_a_deviation_itself() {
    let query = "SELECT ?focus ?outcome WHERE { ?focus a viite:Function BIND('accepted-deviation' AS ?outcome) }";
    let report = run(&snapshot(""), &[rule("R", "repository", query)], &options());
    assert_eq!(report.failures.len(), 1);
}

#[test]
fn two_runs_give_the_same_report() {
    let rules: Vec<Rule> = (0..8).map(|n| rule(&format!("R{n}"), "region", FUNCTION)).collect();
    let json = || {
        let mut json = Vec::new();
        run(&snapshot(""), &rules, &options()).write_json(None, &mut json).unwrap();
        json
    };
    assert_eq!(json(), json());
}

#[test]
fn the_threshold_looks_at_violations_only() {
    let query = "SELECT ?focus ?outcome WHERE { ?focus a viite:InformationSystem BIND('not-assessable' AS ?outcome) }";
    let report = run(&snapshot(""), &[rule("R", "region", query)], &options());
    assert_eq!(report.counts().of(Outcome::NotAssessable), 4);
    assert!(!report.violates_at(Severity::Info), "a missing fact is no pass, and no breach either");
}

#[test]
fn what_a_whole_delivery_lacks_is_one_finding_and_still_counts_every_thing() {
    let query = "SELECT ?focus ?outcome WHERE { ?focus a viite:InformationSystem BIND('not-assessable' AS ?outcome) }";
    let report = run(&snapshot(""), &[rule("R", "region", query)], &options());
    let members: Vec<usize> = report.findings.iter().map(|finding| finding.members.len()).collect();
    assert_eq!(members.iter().filter(|members| **members == 2).count(), 1, "{members:?}");
    assert_eq!((report.findings.len(), report.coverage[0].concerned), (3, 4));
}
