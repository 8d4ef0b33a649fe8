//! Deviations, answers, profiles and baselines, as an architect meets them.

use crate::support::{EXCHANGE, Place};
use serde_json::Value;
use std::fs;

const RULE: &str = "\
#+ id: T1-same-function
#+ severity: violation
#+ scope: region
#+ clause: s4:G8
#+ since: 0.1.0
#+ title: { fi: Yksi järjestelmä, sv: Ett system, en: One system }
#+ why: { fi: Miksi, sv: Varför, en: Why }
#+ fix: { fi: Korjaa, sv: Rätta, en: Mend it }
#+ message: { fi: '{focus} ja {other}', sv: '{focus} och {other}', en: '{focus} and {other} have one function' }
#+ missing: { fi: '{focus}: tehtävä', sv: 'uppgiften för {focus}', en: 'the function of {focus}' }
SELECT DISTINCT ?focus ?outcome ?other WHERE {
  ?focus a viite:InformationSystem ; viite:inRegion ?region ; viite:function ?f .
  ?other viite:function ?f ; a viite:InformationSystem . FILTER(?other != ?focus)
  BIND('violates' AS ?outcome)
}
";

const ASKED: &str = "\
#+ id: T2-liked
#+ severity: warning
#+ scope: region
#+ clause: s0:P1
#+ since: 0.1.0
#+ title: { fi: Pidetty, sv: Omtyckt, en: Liked }
#+ why: { fi: Miksi, sv: Varför, en: Why }
#+ fix: { fi: Korjaa, sv: Rätta, en: Mend it }
#+ message: { fi: '{focus}', sv: '{focus}', en: 'nobody likes {focus}' }
#+ missing: { fi: vastaus, sv: svar, en: 'an answer about {focus}' }
#+ question: { fi: 'Pidetäänkö järjestelmästä {focus}?', sv: 'Är {focus} omtyckt?', en: 'Is {focus} liked?' }
SELECT ?focus ?outcome WHERE {
  ?focus a viite:InformationSystem ; viite:inRegion ?region . BIND('not-assessable' AS ?outcome)
}
";

fn place() -> Place {
    let place = Place::with_region();
    let folder = place.path().join("queries/checks/own");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("T1-same-function.rq"), RULE).unwrap();
    fs::write(folder.join("T2-liked.rq"), ASKED).unwrap();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place
}

fn check(place: &Place, more: &[&str]) -> Value {
    let base = ["check", "--rule", "T*", "--format", "json", "--fail-on", "never"];
    place.viite(&[&base[..], more].concat()).good().json()
}

fn finding(report: &Value, rule: &str) -> Value {
    let findings = report["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["rule"] == rule).unwrap().clone()
}

#[test]
fn a_deviation_is_accepted_listed_and_withdrawn() {
    let place = place();
    let id = finding(&check(&place, &[]), "T1-same-function")["id"].as_str().unwrap().to_owned();
    let waive = |until: &str, reason: &str| {
        place.viite(&["waive", &id, "--reason", reason, "--authority", "Director", "--until", until])
    };
    waive("2020-01-01", "Later").fails_with(&["2020-01-01 is past"]);
    waive("soon", "Later").fails_with(&["'soon' is no day"]);
    waive("2099-12-31", " ").fails_with(&["the reason is empty"]);
    place
        .viite(&["waive", "ffffffffffff", "--reason", "r", "--authority", "a", "--until", "2099-12-31"])
        .fails_with(&["there is no finding 'ffffffffffff' now"]);
    let open = finding(&check(&place, &[]), "T2-liked")["id"].as_str().unwrap().to_owned();
    place
        .viite(&["waive", &open, "--reason", "r", "--authority", "a", "--until", "2099-12-31"])
        .fails_with(&["a missing fact cannot be waived", "viite answer"]);

    let before = place.revisions();
    waive("2099-12-31", "Both stay until the move").good();
    waive("2099-12-31", "Both stay until the move").good();
    assert_eq!(place.revisions(), before + 1, "the same words twice change nothing");
    let report = check(&place, &[]);
    let accepted = report["findings"].as_array().unwrap().iter().find(|finding| finding["id"] == id.as_str()).unwrap();
    assert_eq!(accepted["outcome"], "accepted-deviation");
    assert_eq!(accepted["deviation"]["authority"], "Director");
    let text = place.viite(&["check", "--rule", "T1*", "--lang", "fi"]).ends_with(1).stdout;
    assert!(text.contains("Both stay until the move; hyväksynyt Director, voimassa 31.12.2099 asti"), "{text}");
    let list = place.viite(&["waive", "--list", "--format", "json"]).good().json();
    assert_eq!((&list[0]["finding"], &list[0]["standing"]), (&Value::from(id.as_str()), &Value::from("holds")));

    place.viite(&["waive", &id, "--withdraw"]).good();
    assert_eq!(finding(&check(&place, &[]), "T1-same-function")["outcome"], "violates");
    place.viite(&["waive", &id, "--withdraw"]).fails_with(&["no deviation is recorded"]);
}

#[test]
fn an_answer_settles_a_question() {
    let place = place();
    let open = finding(&check(&place, &[]), "T2-liked");
    assert!(open["question"].as_str().unwrap().starts_with("Is "));
    let id = open["id"].as_str().unwrap();
    place.viite(&["answer", id, "--reason", "r", "--authority", "a"]).ends_with(2);
    let answer = |word: &str| place.viite(&["answer", id, word, "--reason", "Asked them", "--authority", "Head"]);
    answer("--no").good();
    let liked = |report: &Value| report["coverage"].as_array().unwrap()[1].clone();
    assert_eq!(liked(&check(&place, &[]))["violates"], 1);
    let no = finding(&check(&place, &["--rule", "T2-liked"]), "T2-liked");
    assert_eq!(no["answer"]["authority"], "Head");
    let same = finding(&check(&place, &[]), "T1-same-function")["id"].as_str().unwrap().to_owned();
    place.viite(&["answer", &same, "--yes", "--reason", "r", "--authority", "a"]).fails_with(&["the facts judge it"]);
    answer("--yes").good();
    assert_eq!(liked(&check(&place, &[]))["conforms"], 1, "the later answer takes the place of the first");
}

#[test]
fn an_answer_settles_the_question_that_was_asked_and_no_other() {
    let place = Place::empty();
    place.viite(&["init", "."]).good();
    place.viite(&["region", "add", "X1", "--name", "Testikorpi", "--kind", "county", "--lang", "fi"]).good();
    let drawn_without_links = EXCHANGE.replace("xsi:type=\"Flow\"", "xsi:type=\"Association\"");
    place.write("a.xml", drawn_without_links);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let duties = || {
        let json = place.viite(&["check", "--rule", "B4-use-obligation", "--fail-on", "never", "--format", "json"]);
        json.good().json()["findings"].as_array().unwrap().clone()
    };
    let open = duties();
    assert!(open.len() > 2 && open.iter().all(|finding| finding["outcome"] == "not-assessable"), "{open:#?}");
    let messages = open.iter().find(|f| f["evidence"]["service"]["value"].as_str().unwrap().ends_with("messages"));
    let id = messages.unwrap()["id"].as_str().unwrap();
    place.viite(&["answer", id, "--yes", "--reason", "In use since spring", "--authority", "Head"]).good();
    assert_eq!(duties().len(), open.len() - 1, "one duty is settled, the others stay open");
    place.viite(&["answer", id, "--withdraw"]).good();
    place.viite(&["answer", id, "--no", "--reason", "Not yet", "--authority", "Head"]).good();
    let violating: Vec<_> = duties().into_iter().filter(|finding| finding["outcome"] == "violates").collect();
    assert_eq!(violating.len(), 1);
    let message = violating[0]["message"].as_str().unwrap();
    assert!(message.ends_with("? – no"), "it says what was answered, and invents no facts: {message}");
}

#[test]
fn an_answer_is_listed_and_withdrawn() {
    let place = place();
    let open = finding(&check(&place, &[]), "T2-liked");
    let id = open["id"].as_str().unwrap();
    place.viite(&["answer", id, "--no", "--reason", "Asked them", "--authority", "Head"]).good();
    let text = place.viite(&["check", "--rule", "T2*", "--lang", "en"]).stdout;
    assert!(text.contains("Asked them; answered by Head"), "{text}");
    let again = place.viite(&["answer", id, "--yes", "--reason", "They do now", "--authority", "Head", "--lang", "sv"]);
    let said = again.good().stdout;
    assert!(said.starts_with("Är ") && said.contains(": ja, Head"), "the question, not the breach: {said}");
    place
        .viite(&["answer", id, "--no", "--reason", "r", "--authority", "a"])
        .fails_with(&["T2-liked is answered: yes, says Head", "--withdraw"]);
    let list = place.viite(&["answer", "--list", "--format", "json"]).good().json();
    assert_eq!(
        (&list[0]["finding"], &list[0]["yes"], &list[0]["reason"]),
        (&id.into(), &true.into(), &"They do now".into())
    );
    assert!(place.viite(&["answer", "--list", "--lang", "fi"]).good().stdout.contains("kyllä"));

    place.viite(&["answer", "8c", "--withdraw"]).fails_with(&["'8c' is too short"]);
    place.viite(&["answer", id, "--withdraw"]).good();
    assert_eq!(place.viite(&["answer", "--list", "--lang", "sv"]).good().stdout, "Inga svar är antecknade.\n");
    assert_eq!(finding(&check(&place, &[]), "T2-liked")["outcome"], "not-assessable");
    place.viite(&["answer", id, "--withdraw"]).fails_with(&["no answer is recorded"]);
}

#[test]
fn a_deviation_is_decided_again_when_its_facts_change() {
    let place = place();
    let report = check(&place, &[]);
    let of_tyrsky = |finding: &&Value| finding["rule"] == "T1-same-function" && finding["focus_label"] == "Tyrsky";
    let id = report["findings"].as_array().unwrap().iter().find(of_tyrsky).unwrap()["id"].as_str().unwrap().to_owned();
    let because = ["--reason", "Both stay", "--authority", "Director", "--until", "2099-12-31"];
    place.viite(&[&["waive", &id][..], &because].concat()).good();
    // A third system takes the place of the second, so the thing violates in another way.
    place.write("a.xml", EXCHANGE.replace("id-2", "id-9").replace("Myrsky", "Puuska"));
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let report = check(&place, &["--rule", "T1-same-function"]);
    let findings = report["findings"].as_array().unwrap();
    let reopened: Vec<_> = findings.iter().filter(|finding| finding["reopened"]["authority"] == "Director").collect();
    assert_eq!(reopened.len(), 1, "{findings:#?}");
    assert_eq!(reopened[0]["outcome"], "violates");
    let text = place.viite(&["check", "--rule", "T1*", "--lang", "en"]).stdout;
    assert!(
        text.contains("Director accepted a deviation here (Both stay), but the facts have changed since"),
        "{text}"
    );
}

#[test]
fn a_baseline_lets_only_what_is_new_fail_and_never_grows_by_itself() {
    let place = place();
    let rule = ["check", "--rule", "T1-same-function"];
    let with = |more: &[&str]| place.viite(&[&rule[..], more].concat());
    with(&["--write-baseline", "known.json"]).ends_with(1);
    let known = with(&["--baseline", "known.json"]).good().stdout;
    assert!(known.contains("0 new, 2 known, 0 fixed") && known.contains("in the baseline"), "{known}");
    let revision = place.revisions().to_string();

    let third = EXCHANGE.replace(
        "<element identifier=\"id-3\"",
        "<element identifier=\"id-9\" xsi:type=\"ApplicationComponent\"><name xml:lang=\"fi\">Puuska</name></element><element identifier=\"id-3\"",
    );
    let third = third.replace(
        "<relationship identifier=\"id-6\"",
        "<relationship identifier=\"id-8\" source=\"id-9\" target=\"id-3\" xsi:type=\"Assignment\"/><relationship identifier=\"id-6\"",
    );
    place.write("a.xml", third);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    for baseline in ["known.json", &revision] {
        let json = with(&["--baseline", baseline, "--format", "json"]).ends_with(1).json();
        assert_eq!((&json["baseline"]["new"], &json["baseline"]["known"]), (&Value::from(4), &Value::from(2)));
    }
    // Whoever accepts a deviation mends nothing.
    let first = with(&["--format", "json", "--baseline", "known.json"]).ends_with(1).json();
    let known_one = first["findings"].as_array().unwrap().iter().find(|f| f["standing"] == "known").unwrap();
    let waived = known_one["id"].as_str().unwrap();
    let because = ["--reason", "r", "--authority", "a", "--until", "2099-12-31"];
    place.viite(&[&["waive", waived][..], &because].concat()).good();
    let text = with(&["--baseline", "known.json", "--lang", "en"]).ends_with(1).stdout;
    assert!(text.contains("4 new, 1 known, 1 accepted deviation, 0 fixed"), "{text}");
    place.viite(&["waive", waived, "--withdraw"]).good();
    let info = place.viite(&["check", "--rule", "T1*", "--format", "junit", "--fail-on", "never"]).good().stdout;
    assert!(info.contains("failures=\"0\""), "a build server fails what the exit code fails: {info}");
    let before = fs::read_to_string(place.path().join("known.json")).unwrap();
    let refused = with(&["--write-baseline", "known.json"]).ends_with(2);
    assert!(refused.stderr.contains("4 violations are not in the baseline"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(place.path().join("known.json")).unwrap(), before);
    let every = |format: &str| with(&["--baseline", "known.json", "--format", format]).ends_with(1).stdout;
    let sarif: Value = serde_json::from_str(&every("sarif")).unwrap();
    let states = |state: &str| {
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        results.iter().filter(|result| result["baselineState"] == state).count()
    };
    assert_eq!((states("new"), states("unchanged"), states("absent")), (4, 2, 0));
    let junit = every("junit");
    assert!(junit.contains("failures=\"3\""), "every thing has something new: {junit}");
    assert_eq!(every("csv").matches("in the baseline").count(), 2);
    assert!(every("html").contains("4 new, 2 known, 0 fixed"));
    with(&["--write-baseline", "known.json", "--grow-baseline"]).ends_with(1);

    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let fixed = with(&["--baseline", "known.json", "--write-baseline", "known.json"]).good().stdout;
    assert!(fixed.contains("0 new, 2 known, 4 fixed"), "{fixed}");
    with(&["--baseline", "known.json"]).good();
    assert!(!fs::read_to_string(place.path().join("known.json")).unwrap().contains("Puuska"), "it lost what was fixed");
    with(&["--baseline", "nowhere.json"]).fails_with(&["nowhere.json cannot be read"]);
    place.write("other.json", "[]");
    with(&["--baseline", "other.json"]).fails_with(&["neither a baseline nor a JSON report"]);
}

#[test]
fn a_profile_says_what_runs_and_what_is_asked() {
    let place = place();
    fs::create_dir_all(place.path().join("data/profiles")).unwrap();
    let names = "name = { fi = 'Oma', sv = 'Egen', en = 'Own' }\ndescription = { fi = 'a', sv = 'b', en = 'c' }\n";
    place.write(
        "data/profiles/own.toml",
        format!("{names}rules = ['T1-*']\nstates = ['current']\n[severity]\n'T1-*' = 'info'\n"),
    );
    let json = place.viite(&["check", "--profile", "own", "--format", "json"]).good().json();
    assert_eq!(json["summary"]["rules_run"], 1);
    assert!(json["findings"].as_array().unwrap().iter().all(|finding| finding["severity"] == "info"));
    let list = place.viite(&["check", "--profile", "list", "--lang", "sv"]).good().stdout;
    assert!(list.contains("Egen") && list.contains("region-current-state"), "{list}");
    place.viite(&["check", "--profile", "ours"]).fails_with(&["there is no profile 'ours'; there are", "own"]);
    place.viite(&["check", "--profile", "own", "--state", "target"]).fails_with(&["does not judge the target state"]);
    place.write("data/profiles/own.toml", format!("{names}reference = '9.9.9'\n"));
    place.viite(&["check", "--profile", "own"]).fails_with(&["version 9.9.9", "the repository holds 0.1.0"]);
}

#[test]
fn a_check_is_bounded_by_state_family_severity_and_revision() {
    let place = place();
    let count = |more: &[&str]| check(&place, more)["summary"]["outcomes"]["violates"].clone();
    assert_eq!(count(&["--state", "current"]), 2);
    assert_eq!(count(&["--state", "target"]), 0);
    assert_eq!(count(&["--at", "2"]), 0, "before the import");
    assert_eq!(check(&place, &["--severity", "violation"])["summary"]["rules_run"], 1);
    let families = place.viite(&["check", "--family", "own", "--format", "json", "--fail-on", "never"]).good().json();
    assert_eq!(families["summary"]["rules_run"], 2);
    place.viite(&["check", "--family", "ours"]).fails_with(&["there is no family 'ours'; there are", "own"]);
    place.viite(&["check", "--rule", "T9-*"]).fails_with(&["no rule fits 'T9-*'"]);
    let timed = place.viite(&["check", "--rule", "T1*", "--timings", "--format", "json"]).ends_with(1).json();
    assert_eq!(timed["timings"][0]["rows"], 2);
}

#[test]
fn a_rule_of_the_reference_says_that_it_judges_no_region() {
    let text = place().viite(&["check", "--rule", "actor-duties", "--region", "X1"]).good().stdout;
    assert!(text.contains("judges the reference itself, and nothing of the region"), "{text}");
    assert!(!text.contains("Concerned nothing"), "{text}");
}

#[test]
fn a_repository_can_switch_a_rule_off() {
    let place = place();
    place.write("queries/checks/own/off.rq", "#+ id: G07-availability\n#+ off: true\n");
    place.viite(&["rule", "G07-availability"]).fails_with(&["rule 'G07-availability' is switched off"]);
    let report = check(&place, &[]);
    assert_eq!(report["summary"]["rules_switched_off"][0], "G07-availability");
    let text = place.viite(&["check", "--family", "duplicates", "--lang", "en", "--fail-on", "never"]).good().stdout;
    assert!(text.contains("Switched off in this repository, which is no pass\n  G07-availability"), "{text}");
    place.write("queries/checks/own/off.rq", "#+ id: G07-availabilty\n#+ off: true\n");
    place.viite(&["rule"]).fails_with(&["off.rq switches off a rule that does not exist", "G07-availability"]);
    let lint = place.viite(&["rule", "lint"]).ends_with(1).stdout;
    assert!(lint.contains("off.rq:1: it switches off nothing: there is no rule 'G07-availabilty'"), "{lint}");
}
