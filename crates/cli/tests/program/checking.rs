use crate::support::{EXCHANGE, Place};
use std::fs;

/// A rule of the repository's own, so that these tests do not depend on the shipped ones.
const RULE: &str = "\
#+ id: T1-same-function
#+ severity: warning
#+ scope: region
#+ clause: s4:G8
#+ since: 0.1.0
#+ title: { fi: Yksi järjestelmä tehtävää kohti, sv: Ett system per uppgift, en: One system for one function }
#+ why: { fi: Miksi, sv: Varför, en: Why }
#+ fix: { fi: Korjaa, sv: Rätta, en: Mend it }
#+ message: { fi: '{focus} ja {other}', sv: '{focus} och {other}', en: '{focus} and {other} have one function' }
#+ missing: { fi: '{focus}: tehtävä', sv: 'uppgiften för {focus}', en: 'the function of {focus}' }
SELECT DISTINCT ?focus ?outcome ?other WHERE {
  ?focus a viite:InformationSystem ; viite:inRegion ?region .
  OPTIONAL { ?focus viite:function ?f }
  OPTIONAL { ?focus viite:function ?f . ?other viite:function ?f ; a viite:InformationSystem . FILTER(?other != ?focus) }
  BIND(IF(!BOUND(?f), 'not-assessable', IF(BOUND(?other), 'violates', 'conforms')) AS ?outcome)
}
";

fn place() -> Place {
    let place = Place::with_region();
    let folder = place.path().join("queries/checks/own");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("T1-same-function.rq"), RULE).unwrap();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place
}

#[test]
fn the_json_keeps_the_contract() {
    let place = place();
    let json = place.viite(&["check", "--rule", "T1-same-function", "--format", "json"]).good().json();
    assert_eq!(json["summary"]["outcomes"]["violates"], 2);
    assert_eq!(json["summary"]["severities"]["warning"]["violates"], 2);
    assert_eq!(json["summary"]["rules_run"], 1);
    assert_eq!(json["summary"]["rules_concerning_nothing"], serde_json::json!([]));
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2);
    for key in ["id", "rule", "severity", "outcome", "focus", "message", "evidence", "clause", "source"] {
        assert!(findings.iter().all(|finding| !finding[key].is_null()), "{key}");
    }
    let messages: Vec<&str> = findings.iter().map(|finding| finding["message"].as_str().unwrap()).collect();
    assert!(messages.contains(&"Tyrsky and Myrsky have one function"), "{messages:?}");
    assert_eq!(findings[0]["source"]["file"], "a.xml");
    assert_eq!(findings[0]["clause"], "s4:G8");
    assert_eq!(json["coverage"][0]["rule"], "T1-same-function");
    assert_eq!(json["coverage"][0]["concerned"], 2);
}

#[test]
fn the_exit_code_follows_the_threshold() {
    let place = place();
    let rule = ["check", "--rule", "t1-same-function"];
    for (threshold, code) in [("violation", 0), ("warning", 1), ("info", 1), ("never", 0)] {
        place.viite(&[&rule[..], &["--fail-on", threshold]].concat()).ends_with(code);
    }
    place.viite(&rule).good();
}

#[test]
fn messages_come_in_the_language_that_was_asked_for() {
    let place = place();
    for (language, message) in [("fi", "Tyrsky ja Myrsky"), ("sv", "Tyrsky och Myrsky")] {
        let text = place.viite(&["check", "--rule", "T1-same-function", "--lang", language]).good().stdout;
        assert!(text.contains(message), "{text}");
    }
}

#[test]
fn findings_keep_their_identity_and_order_from_run_to_run() {
    let place = place();
    let run = || place.viite(&["check", "--format", "json", "--fail-on", "never"]).good().stdout;
    assert_eq!(run(), run());
}

#[test]
fn a_region_without_a_description_is_no_pass() {
    let place = place();
    let json =
        place.viite(&["check", "--region", "05", "--rule", "T1-same-function", "--format", "json"]).good().json();
    assert_eq!(json["summary"]["rules_concerning_nothing"], serde_json::json!(["T1-same-function"]));
    let text = place.viite(&["check", "--region", "05"]).good().stdout;
    assert!(text.contains("Nothing is described here yet"), "{text}");
    place.viite(&["check", "--region", "Testikorp"]).fails_with(&["there is no region", "X1 (Testikorpi)"]);
    let nothing = Place::repository().viite(&["check"]).good().stdout;
    assert!(nothing.contains("Nothing is described here yet"), "{nothing}");
}

#[test]
fn an_unknown_rule_is_named_with_the_nearest() {
    place().viite(&["check", "--rule", "T1-same"]).fails_with(&["there is no rule 'T1-same'", "T1-same-function"]);
}

#[test]
fn a_broken_rule_is_told_by_file_and_line() {
    let place = place();
    let file = place.path().join("queries/checks/own/T1-same-function.rq");
    fs::write(&file, RULE.replace("{other}", "{others}")).unwrap();
    place.viite(&["check"]).fails_with(&["T1-same-function.rq:9:", "names {others}"]);
    fs::write(&file, RULE.replace("SELECT DISTINCT", "SELECT DISTINCTLY")).unwrap();
    place.viite(&["check"]).fails_with(&["T1-same-function.rq:11:"]);
}

#[test]
fn a_rule_that_runs_too_long_is_told_the_others_still_run_and_the_code_is_2() {
    let place = place();
    let slow = RULE.replace("T1-same-function", "T2-slow").replace(
        "  ?focus a viite:InformationSystem",
        "  ?a ?b ?c . ?d ?e ?h . ?i ?j ?k . ?l ?m ?n .\n  ?focus a viite:InformationSystem",
    );
    fs::write(place.path().join("queries/checks/own/T2-slow.rq"), slow).unwrap();
    let run = place
        .viite(&["check", "--rule", "T1-same-function", "--rule", "T2-slow", "--timeout", "0.5", "--format", "json"])
        .ends_with(2);
    let json = run.json();
    assert_eq!(json["summary"]["rules_failed"], serde_json::json!(["T2-slow"]));
    assert_eq!(json["findings"].as_array().unwrap().len(), 2);
    assert!(run.stderr.contains("T2-slow"), "{}", run.stderr);
}

#[test]
fn own_rules_replace_shipped_ones_of_the_same_id() {
    let place = place();
    let shipped = place.viite(&["rule", "--format", "json"]).good().json();
    let id = shipped
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .find(|id| *id != "T1-same-function")
        .unwrap()
        .to_owned();
    let own = RULE.replace("T1-same-function", &id);
    fs::write(place.path().join(format!("queries/checks/own/{id}.rq")), own).unwrap();
    let rule = place.viite(&["rule", &id, "--format", "json"]).good().json();
    assert_eq!(rule["title"]["en"], "One system for one function");
}

#[test]
fn the_reference_itself_can_be_judged() {
    let json = place().viite(&["check", "--reference", "--format", "json", "--fail-on", "never"]).good().json();
    assert!(json["summary"]["rules_run"].as_u64().unwrap() > 0);
}

#[test]
fn text_has_no_colour_in_a_pipe_and_a_limit_is_told() {
    let place = place();
    let text = place.viite(&["check", "--rule", "T1-same-function", "--limit", "1"]).good().stdout;
    assert!(!text.contains('\x1b'), "{text}");
    assert!(text.contains("… 1 more findings"), "{text}");
}
