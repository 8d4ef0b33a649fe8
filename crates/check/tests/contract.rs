//! What the header of a rule asks of the engine: applicability, recorded reasons, questions, clusters.

use oxrdfio::{RdfFormat, RdfParser};
use std::sync::Arc;
use viite_check::{CheckOptions, Report, Rule, check, decisions::Basis};
use viite_model::{Language, Names, Outcome};
use viite_store::Snapshot;

/// A county with two states and a city with one; four systems in the county's current state.
const REPOSITORY: &str = r#"
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix region: <https://w3id.org/viite/reference/region/> .
@prefix t: <https://example.org/t/> .

<https://w3id.org/viite/graph/reference/regions/1> {
  region:A a viite:Region ; viite:code "A" ; rdfs:label "County A"@en ; viite:kind viite:WellbeingServicesCounty .
  region:B a viite:Region ; viite:code "B" ; rdfs:label "City B"@en ; viite:kind viite:City .
  viite:City rdfs:label "city"@en .
  t:f rdfs:label "Booking"@en . t:g rdfs:label "Billing"@en .
}
<https://example.org/ea/graph/provenance> {
  t:ga a viite:ArchitectureDescription ; viite:inRegion region:A ; viite:state viite:CurrentState .
  t:gat a viite:ArchitectureDescription ; viite:inRegion region:A ; viite:state viite:TargetState .
  t:gb a viite:ArchitectureDescription ; viite:inRegion region:B ; viite:state viite:CurrentState .
}
t:ga {
  t:all a viite:InformationSystem ; rdfs:label "All"@en ; viite:inRegion region:A ; viite:function t:f, t:g .
  t:a a viite:InformationSystem ; rdfs:label "Ann"@en ; viite:inRegion region:A ; viite:function t:f ;
    viite:sourceFile "a.xml" ; viite:sourceLine 7 .
  t:b a viite:InformationSystem ; rdfs:label "Bea"@en ; viite:inRegion region:A ; viite:function t:g .
  t:c a viite:InformationSystem ; rdfs:label "Cay"@en ; viite:inRegion region:A .
}
t:gat { t:a a viite:InformationSystem ; rdfs:label "Ann"@en ; viite:inRegion region:A . }
t:gb { t:d a viite:InformationSystem ; rdfs:label "Dee"@en ; viite:inRegion region:B . }
"#;

const EVERY_SYSTEM: &str =
    "SELECT ?focus ?outcome WHERE { ?focus a viite:InformationSystem BIND('not-assessable' AS ?outcome) }";

const SHARED: &str = "SELECT ?focus ?outcome ?function WHERE { \
    ?focus a viite:InformationSystem . OPTIONAL { ?focus viite:function ?function . \
    { SELECT ?function (COUNT(DISTINCT ?s) AS ?n) { ?s viite:function ?function } GROUP BY ?function } } \
    BIND(IF(!BOUND(?function), 'not-assessable', IF(?n > 1, 'violates', 'conforms')) AS ?outcome) }";

fn snapshot(more: &str) -> Arc<Snapshot> {
    let text = format!("{REPOSITORY}{more}");
    let quads: Vec<_> = RdfParser::from_format(RdfFormat::TriG).for_slice(&text).map(Result::unwrap).collect();
    Arc::new(Snapshot::from_quads(quads).unwrap())
}

fn rule(header: &str, query: &str) -> Rule {
    let texts: String = ["title", "why", "fix", "message", "missing"]
        .map(|key| format!("#+ {key}: {{ fi: t, sv: t, en: t }}\n"))
        .concat();
    let message = if header.contains("cluster") { "'{count} for {function}: {members}'" } else { "t" };
    let texts =
        texts.replace("message: { fi: t, sv: t, en: t }", &format!("message: {{ fi: t, sv: t, en: {message} }}"));
    let source = format!(
        "#+ id: R\n#+ severity: violation\n#+ scope: region\n#+ clause: s4:G8\n#+ since: 0.1.0\n{header}\n{texts}{query}"
    );
    Rule::parse("test/R.rq", &source).unwrap_or_else(|error| panic!("{error}"))
}

fn run(more: &str, rule: &Rule, today: &str) -> Report {
    let options = CheckOptions::new(Language::En, today.to_owned());
    check(&snapshot(more), &Names::new("https://example.org/ea/").unwrap(), &[rule], &options)
}

fn outcomes(report: &Report) -> [u64; 4] {
    Outcome::ALL.map(|outcome| report.counts().of(outcome))
}

#[test]
fn a_rule_is_not_run_where_it_does_not_hold_and_says_why() {
    let county = rule("#+ applies: { regions: [viite:WellbeingServicesCounty], states: [current] }", EVERY_SYSTEM);
    let report = run("", &county, "2026-01-01");
    assert_eq!(report.counts().concerned(), 4, "the county's current systems");
    let reasons: Vec<_> =
        report.not_applicable.iter().map(|e| (e.region.as_ref().unwrap().code.as_str(), e.reason.as_str())).collect();
    assert_eq!(reasons, [("A", "does not concern target states"), ("B", "does not bind a region of this kind (city)")]);

    let later = rule("#+ applies: { from: 2027-01-01 }", EVERY_SYSTEM);
    let report = run("", &later, "2026-12-31");
    assert_eq!(report.counts().concerned(), 0);
    assert_eq!(report.not_applicable.len(), 3);
    assert!(report.nowhere_applicable("R"));
    assert_eq!(report.vacuous().count(), 0, "not to apply is not to concern nothing");
    assert_eq!(run("", &later, "2027-01-01").not_applicable, []);
}

#[test]
fn a_recorded_reason_makes_a_violation_an_accepted_deviation() {
    let query = "SELECT ?focus ?outcome ?justification WHERE { ?focus a viite:InformationSystem . \
        OPTIONAL { ?focus viite:businessReason ?justification } BIND('violates' AS ?outcome) }";
    let justifiable = rule("#+ justifiable: true", query);
    let without = run("", &justifiable, "2026-01-01");
    let with = run("t:ga { t:a viite:businessReason \"The ward moves\"@en }", &justifiable, "2026-01-01");
    assert_eq!(outcomes(&without), [6, 0, 0, 0]);
    assert_eq!(outcomes(&with), [5, 0, 1, 0]);
    let finding = with.findings.iter().find(|finding| finding.outcome == Outcome::AcceptedDeviation).unwrap();
    let deviation = finding.deviation.as_ref().unwrap();
    assert_eq!((deviation.basis, deviation.reason.as_str()), (Basis::Justification, "The ward moves"));
    assert_eq!(deviation.authority, "a.xml:7", "where it stands, since nobody decided it");
    assert!(without.findings.iter().any(|other| other.id == finding.id), "a reason is no part of the identity");
}

#[test]
fn an_answer_settles_what_data_cannot_judge() {
    let asked = rule("#+ question: { fi: 'Onko {focus}?', sv: 'Är {focus}?', en: 'Is {focus} liked?' }", EVERY_SYSTEM);
    let open = run("", &asked, "2026-01-01");
    assert_eq!(outcomes(&open), [0, 6, 0, 0]);
    assert_eq!(open.findings[0].question.as_deref(), Some("Is Ann liked?"));

    let answer = |thing: &str, yes: bool, more: &str| {
        format!(
            "<https://example.org/ea/graph/decisions> {{ t:x{thing} a viite:Answer ; viite:rule 'R' ; viite:about t:{thing} ; \
             viite:answer {yes} ; viite:reason 'Asked them' ; viite:authority 'Head' {more} }}"
        )
    };
    let both = run(&format!("{}{}", answer("b", true, ""), answer("c", false, "")), &asked, "2026-01-01");
    assert_eq!(outcomes(&both), [1, 4, 0, 1]);
    let no = both.findings.iter().find(|finding| finding.outcome == Outcome::Violates).unwrap();
    assert_eq!((no.focus_label.as_str(), no.answer.as_ref().unwrap().authority.as_str()), ("Cay", "Head"));

    let one_state = answer("a", true, "; viite:state viite:TargetState");
    assert_eq!(outcomes(&run(&one_state, &asked, "2026-01-01")), [0, 5, 0, 1], "the other state stays open");
    let ended = answer("b", true, "; viite:validUntil '2025-12-31'^^xsd:date");
    assert_eq!(outcomes(&run(&ended, &asked, "2026-01-01")), [0, 6, 0, 0]);
    let nobody = answer("b", true, "").replace("'Head'", "''");
    assert_eq!(outcomes(&run(&nobody, &asked, "2026-01-01")), [0, 6, 0, 0], "nobody's word settles nothing");
}

#[test]
fn things_that_share_a_function_are_one_finding() {
    let clustered = rule("#+ cluster: function", SHARED);
    let report = run("", &clustered, "2026-01-01");
    let mut messages: Vec<&str> =
        report.findings.iter().filter(|f| f.outcome == Outcome::Violates).map(|f| f.message.as_str()).collect();
    messages.sort_unstable();
    assert_eq!(messages, ["2 for Billing: All, Bea", "2 for Booking: All, Ann"]);
    assert_eq!(report.counts().of(Outcome::Violates), 3, "coverage counts things");
    let finding = report.findings.iter().find(|finding| finding.message.contains("Booking")).unwrap();
    assert_eq!(finding.focus, "https://example.org/t/a", "the member with the smallest IRI");
    assert_eq!(finding.members.iter().map(|member| member.label.as_str()).collect::<Vec<_>>(), ["All", "Ann"]);
    assert_eq!(finding.members[1].source.as_ref().unwrap().to_string(), "a.xml:7");

    let joined = run("t:ga { t:c viite:function t:f }", &clustered, "2026-01-01");
    let grown = joined.findings.iter().find(|finding| finding.message.contains("Booking")).unwrap();
    assert_eq!(grown.members.len(), 3);
    assert_ne!(grown.id, finding.id, "one more member makes another matter of it");
}

#[test]
fn a_deviation_of_a_cluster_excuses_its_members() {
    let clustered = rule("#+ cluster: function", SHARED);
    let found = run("", &clustered, "2026-01-01");
    let id = &found.findings.iter().find(|finding| finding.message.contains("Booking")).unwrap().id;
    let decision = |until: &str| {
        format!(
            "<https://example.org/ea/graph/decisions> {{ t:d a viite:AcceptedDeviation ; viite:finding '{id}' ; \
             viite:reason 'Both stay' ; viite:authority 'Director' ; viite:validUntil '{until}'^^xsd:date }}"
        )
    };
    let accepted = run(&decision("2026-12-31"), &clustered, "2026-01-01");
    assert_eq!(outcomes(&accepted), [2, 3, 1, 0], "'All' still violates for its other function");
    let lapsed = run(&decision("2025-12-31"), &clustered, "2026-01-01");
    assert_eq!(outcomes(&lapsed), outcomes(&found));
    let finding = lapsed.findings.iter().find(|finding| finding.id == *id).unwrap();
    assert_eq!(finding.lapsed.as_ref().unwrap().until.as_deref(), Some("2025-12-31"));
}
