//! The file that a new rule starts from, with its cases: it runs, and shows every part of the contract.

use super::RuleScope;
use viite_model::ns;

/// The rule file and the case file of a new rule.
pub fn starter(id: &str, clause: &str, scope: RuleScope) -> (String, String) {
    let scope_name = scope.name();
    let (region, in_region) = match scope {
        RuleScope::Region => (" ; viite:inRegion ?region", " ; viite:inRegion region:test"),
        _ => ("", ""),
    };
    let rule = format!(
        "\
#+ id: {id}
#+ severity: warning
#+ scope: {scope_name}
#+ clause: {clause}
#+ since: {version}
#+ title:
#+   fi: Järjestelmällä on omistaja
#+   sv: Systemet har en ägare
#+   en: The system has an owner
#+ why:
#+   fi: Kerro, mitä sääntö tarkoittaa ja miksi se on tärkeä.
#+   sv: Berätta vad regeln betyder och varför den är viktig.
#+   en: Tell what the rule means and why it matters.
#+ fix:
#+   fi: Kerro, mitä arkkitehti tekee havainnolle.
#+   sv: Berätta vad arkitekten gör åt en iakttagelse.
#+   en: Tell what the architect does about a finding.
#+ message:
#+   fi: \"{{focus}} on merkitty omistajattomaksi\"
#+   sv: \"{{focus}} anges sakna ägare\"
#+   en: \"{{focus}} is said to have no owner\"
#+ missing:
#+   fi: \"järjestelmän {{focus}} omistaja\"
#+   sv: \"ägaren till {{focus}}\"
#+   en: \"the owner of {{focus}}\"
# A row for everything that the rule concerns, the conforming things too; queries/checks/README.md tells the rest.
SELECT ?focus ?outcome ?owner WHERE {{
  ?focus a viite:InformationSystem{region} .
  OPTIONAL {{ ?focus viite:owner ?owner }}
  BIND(IF(!BOUND(?owner), \"not-assessable\", IF(ISIRI(?owner), \"conforms\", \"violates\")) AS ?outcome)
}}
",
        version = env!("CARGO_PKG_VERSION"),
    );
    let prefixes: String = ["viite", "region", "actor", "rdfs"]
        .iter()
        .filter_map(|prefix| Some(format!("@prefix {prefix}: <{}> .\n", ns::expand(&format!("{prefix}:"))?)))
        .collect();
    let system = |name: &str, more: &str| {
        format!("  case:{name} a viite:InformationSystem{in_region} ; rdfs:label \"{name}\"@fi{more} .\n")
    };
    let cases = format!(
        "\
@prefix case: <https://w3id.org/viite/case#> .
{prefixes}
case:conforms {{
{conforms}}}
case:violates {{
{violates}}}
case:not-assessable {{
{open}}}
case:out-of-scope {{
  case:d a viite:Service{in_region} ; rdfs:label \"d\"@fi .
}}
",
        conforms = system("a", " ; viite:owner actor:thl"),
        violates = system("b", " ; viite:owner \"-\""),
        open = system("c", ""),
    );
    (rule, cases)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CheckOptions, Rule, cases};
    use viite_model::Language;

    #[test]
    fn a_new_rule_keeps_the_contract_and_answers_its_cases() {
        for scope in [RuleScope::Region, RuleScope::Repository] {
            let (rule, trig) = starter("G08-new", "s4:G8", scope);
            let rule = Rule::parse("own/G08-new.rq", &rule).unwrap();
            let cases = cases::parse(&trig).unwrap();
            assert_eq!(cases::missing_kinds(&cases), [""; 0]);
            let nothing = viite_store::Snapshot::from_quads(Vec::<oxrdf::Quad>::new()).unwrap();
            for case in &cases {
                cases::run(&rule, case, &nothing, &CheckOptions::new(Language::En, "2026-01-01")).unwrap();
            }
        }
    }
}
