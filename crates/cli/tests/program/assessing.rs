//! `viite assess`: investments against the criteria of the reference.

use crate::support::Place;
use serde_json::Value;
use std::path::Path;

const PREFIXES: &str = "\
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix s0: <https://w3id.org/viite/source/s0#> .
@prefix nat: <https://w3id.org/viite/reference/service/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
";

/// An investment of this name, with these facts.
fn proposal(name: &str, facts: &str) -> String {
    format!("{PREFIXES}<#{name}> a viite:Investment ; rdfs:label \"{name}\"@fi ; {facts} .\n")
}

/// Assesses a proposal outside of any repository.
fn assess(proposal: &str, more: &[&str]) -> Value {
    let place = Place::empty();
    place.write("p.ttl", proposal);
    let arguments = [&["assess", "p.ttl", "--format", "json", "--lang", "en", "--fail-on", "never"], more].concat();
    place.viite(&arguments).good().json()
}

fn find<'a>(list: &'a Value, key: &str, id: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|item| item[key] == id).unwrap_or_else(|| panic!("no {id} in {list:#}"))
}

/// The outcome of each criterion of the first investment.
fn outcome<'a>(assessment: &'a Value, clause: &str) -> &'a str {
    find(&assessment["investments"][0]["criteria"], "clause", clause)["outcome"].as_str().unwrap()
}

fn follows<'a>(assessment: &'a Value, procedure: &str) -> &'a str {
    find(&assessment["investments"][0]["procedures"], "procedure", procedure)["outcome"].as_str().unwrap()
}

const MODEST: &str = "viite:commitmentYears 5.0 ; viite:regionsServed 1 ; viite:touches viite:Nothing ; \
    viite:significantBenefit false ; viite:investmentValue 1000.0 ; viite:ictValue 200.0 ; viite:lifeCycleCost 1.5 ; \
    viite:lifeCycleYears 3.0 ; viite:generalIncome 300.0 ; viite:integratesWith viite:Nothing";

#[test]
fn values_exactly_at_their_thresholds_leave_the_decision_to_the_region() {
    let assessment = assess(&proposal("Maltti", MODEST), &[]);
    for clause in ["s0:2.2-C1", "s0:2.2-C2", "s0:2.2-C3", "s0:2.2-C4", "s0:2.2-C5"] {
        assert_eq!(outcome(&assessment, clause), "does-not-meet", "{clause}");
    }
    assert_eq!(follows(&assessment, "procedure:joint-assessment"), "does-not-meet");
    assert_eq!(follows(&assessment, "procedure:own-decision"), "meets");
    let years = find(&assessment["investments"][0]["criteria"], "clause", "s0:2.2-C1");
    assert_eq!(years["thresholds"][0]["readings"][0]["margin"], 0, "exactly at the limit");
    assert_eq!(years["thresholds"][0]["operator"], "greater-than");
}

#[test]
fn a_little_more_than_a_threshold_is_assessed_jointly() {
    for (facts, clause) in [
        (MODEST.replace("commitmentYears 5.0", "commitmentYears 5.01"), "s0:2.2-C1"),
        (MODEST.replace("regionsServed 1", "regionsServed 2"), "s0:2.2-C2"),
        (MODEST.replace("touches viite:Nothing", "touches viite:Network"), "s0:2.2-C3"),
        (MODEST.replace("Benefit false", "Benefit true"), "s0:2.2-C4"),
        (MODEST.replace("ictValue 200.0", "ictValue 200.01"), "s0:2.2-C5"),
        (MODEST.replace("lifeCycleCost 1.5", "lifeCycleCost 1.51"), "s0:2.2-C5"),
    ] {
        let assessment = assess(&proposal("Maltti", &facts), &[]);
        assert_eq!(outcome(&assessment, clause), "meets", "{facts}");
        let joint = find(&assessment["investments"][0]["procedures"], "procedure", "procedure:joint-assessment");
        assert_eq!(joint["outcome"], "meets");
        assert_eq!(joint["because"][0]["id"], clause);
        assert_eq!(joint["decision_level"]["id"], "s0:B3-level1");
        let steps: Vec<&str> =
            joint["yearly_steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap()).collect();
        assert_eq!(steps, ["s0:2.2-clock.2", "s0:2.2-clock.3"]);
    }
}

#[test]
fn thirty_million_is_significant_and_goes_into_the_joint_proposal_when_it_is_essential() {
    let facts = MODEST.replace("investmentValue 1000.0", "investmentValue 30000000.0");
    let open = assess(&proposal("Suuri", &facts), &[]);
    assert_eq!(outcome(&open, "s0:2.2-significant"), "meets");
    assert_eq!(follows(&open, "procedure:joint-proposal"), "fact-missing", "nobody said whether it is essential");
    let essential = assess(&proposal("Suuri", &format!("{facts} ; viite:essentialToStructure true")), &[]);
    assert_eq!(follows(&essential, "procedure:joint-proposal"), "meets");
    assert_eq!(follows(&essential, "procedure:own-decision"), "does-not-meet");
}

#[test]
fn the_share_of_the_life_cycle_cost_is_a_parameter_and_both_readings_are_shown() {
    let facts = MODEST.replace("lifeCycleCost 1.5", "lifeCycleCost 3.0");
    for (share, expected) in [("whole", "meets"), ("yearly", "does-not-meet")] {
        let assessment = assess(&proposal("Elinkaari", &facts), &["--share", share]);
        assert_eq!(assessment["share"], share);
        assert_eq!(outcome(&assessment, "s0:2.2-C5"), expected);
        let criterion = find(&assessment["investments"][0]["criteria"], "clause", "s0:2.2-C5");
        let income = find(&criterion["thresholds"], "id", "s0:2.2-C5.income");
        let readings: Vec<(&str, f64)> = income["readings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|reading| (reading["share"].as_str().unwrap(), reading["amount"].as_f64().unwrap()))
            .collect();
        assert_eq!(readings, [("whole", 3.0), ("yearly", 1.0)]);
    }
}

#[test]
fn a_missing_fact_is_named_and_leaves_open_what_follows() {
    let assessment = assess(&proposal("Vajaa", "viite:regionsServed 1"), &[]);
    let years = find(&assessment["investments"][0]["criteria"], "clause", "s0:2.2-C1");
    assert_eq!(years["outcome"], "fact-missing");
    assert_eq!(years["missing"][0]["property"], "viite:commitmentYears");
    assert_eq!(follows(&assessment, "procedure:joint-assessment"), "fact-missing");
    assert_eq!(follows(&assessment, "procedure:own-decision"), "fact-missing");
    assert_eq!(assessment["summary"]["open"], 1);
}

#[test]
fn what_cannot_be_reckoned_with_is_told_and_not_guessed() {
    for (facts, fault) in [
        ("viite:commitmentYears \"5 v\"", "no-number"),
        ("viite:commitmentYears \"5,5\"", "no-number"),
        ("viite:commitmentYears -7.0", "negative"),
        ("viite:commitmentYears 4.0, 7.0", "several"),
    ] {
        let assessment = assess(&proposal("Outo", facts), &[]);
        let years = find(&assessment["investments"][0]["criteria"], "clause", "s0:2.2-C1");
        assert_eq!(
            (&years["outcome"], &years["missing"][0]["fault"]),
            (&"fact-missing".into(), &fault.into()),
            "{facts}"
        );
    }
}

#[test]
fn a_contract_speaks_for_its_investment() {
    let contract =
        "<#c> a viite:Contract ; rdfs:label \"Sopimus\"@fi ; viite:contractFor <#Ostos> ; viite:commitmentYears 6 .";
    let assessment = assess(&format!("{}{contract}", proposal("Ostos", "viite:regionsServed 1")), &[]);
    assert_eq!(outcome(&assessment, "s0:2.2-C1"), "meets");
}

#[test]
fn a_region_is_assessed_by_what_it_described_and_a_file_with_it() {
    let place = Place::repository();
    place.write("inv.ttl", proposal("Maltti", &MODEST.replace("viite:generalIncome 300.0 ; ", "")));
    let region = "<https://w3id.org/viite/reference/region/05> viite:generalIncome 300.0 .";
    place.write("income.ttl", format!("{PREFIXES}{region}"));
    place.viite(&["import", "inv.ttl", "income.ttl", "--region", "05"]).good();
    let json = |arguments: &[&str]| {
        let all = [arguments, &["--format", "json", "--fail-on", "never", "--lang", "en"]].concat();
        place.viite(&all).good().json()
    };
    let described = json(&["assess", "05"]);
    assert_eq!(outcome(&described, "s0:2.2-C5"), "does-not-meet", "the region told its income");
    assert_eq!(described["investments"][0]["state"], "current");

    place.write("more.ttl", proposal("Uusi", "viite:lifeCycleCost 2.0"));
    let file = json(&["assess", "more.ttl", "--region", "05", "--state", "current"]);
    assert_eq!(file["investments"].as_array().unwrap().len(), 1, "only what the file describes");
    assert_eq!(outcome(&file, "s0:2.2-C5"), "meets", "by the income that the region had told");
    assert_eq!(
        place.viite(&["log", "--format", "json"]).good().json().as_array().unwrap().len(),
        2,
        "nothing was imported"
    );
}

#[test]
fn the_example_is_assessed_in_three_languages() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/examples/investment-proposal.ttl");
    let example = example.to_string_lossy();
    let place = Place::empty();
    for (language, words) in [
        ("fi", ["tasan rajalla", "Yhteinen arviointi: seuraa", "puuttuu:"]),
        ("sv", ["exakt på gränsen", "Gemensam bedömning: följer", "saknas:"]),
        ("en", ["exactly at the limit", "Joint assessment: follows", "missing:"]),
    ] {
        // The portal breaks rules on purpose, so the exit code is 1.
        let run = place.viite(&["assess", &example, "--lang", language]).ends_with(1);
        for text in words {
            assert!(run.stdout.contains(text), "'{text}' is not in:\n{}", run.stdout);
        }
    }
    let json = place.viite(&["assess", &example, "--format", "json", "--fail-on", "never"]).good().json();
    assert_eq!(json["summary"]["investments"], 3);
    assert_eq!((&json["summary"]["joint"], &json["summary"]["own"]), (&2.into(), &1.into()));
    assert!(json["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "B3-phase-decision"));
}

#[test]
fn a_filled_template_is_assessed_and_its_faults_are_told_by_cell() {
    let place = Place::empty();
    place.viite(&["template", "--investment", "--lang", "fi", "--output", "empty.xlsx"]).good();
    place.viite(&["assess", "empty.xlsx"]).fails_with(&["describes nothing"]);
    let sheet = [
        "Tunniste *",
        "Nimi *",
        "Sitoumuksen pituus vuosina",
        "Elinkaarikustannus",
        "Yleinen tulorahoitus vuodessa",
        "Koskee rakennetta",
    ];
    let rows = [
        ["I-1", "Kuuskajon ajanvaraus", "5", "5 000 000,50", "1000000000", "ei mitään"],
        ["I-2", "Nollatulo", "viisi", "5000000", "0", ""],
        ["I-3", "", "5", "1", "1", ""],
    ];
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet().set_name("Investoinnit").unwrap();
    page.write_row(0, 0, sheet).unwrap();
    page.write_row_matrix(1, 0, rows).unwrap();
    place.write("filled.xlsx", book.save_to_buffer().unwrap());
    let assessed = place.viite(&["assess", "filled.xlsx", "--lang", "en"]).good();
    let text = &assessed.stdout;
    assert!(text.contains("commitment in years 5; more than 5 years: exactly at the limit"), "{text}");
    assert!(text.contains("over by 0.5"), "decimal commas and spaces are read: {text}");
    assert!(text.contains("(0: nothing can be a share of zero)"), "{text}");
    assert!(text.contains("· s0:2.2-C3"), "a word of the drop-down list is read as chosen: {text}");
    assert!(!text.contains("of Nollatulo exceeds"), "of an income of nothing, nothing is a share: {text}");
    for fault in ["Investoinnit!A4: a row without a name", "Investoinnit!C3 (I-2)", "'viisi': write a number"] {
        assert!(assessed.stderr.contains(fault), "{fault}: {}", assessed.stderr);
    }
}

#[test]
fn an_assessment_goes_into_a_workbook_or_csv() {
    let place = Place::empty();
    place.write("p.ttl", proposal("Maltti", MODEST));
    place.viite(&["assess", "p.ttl", "--output", "a.xlsx"]).good();
    assert!(place.path().join("a.xlsx").metadata().unwrap().len() > 5000);
    let csv = place.viite(&["assess", "p.ttl", "--format", "csv", "--lang", "en"]).good().stdout;
    assert!(csv.lines().any(|line| line.contains("s0:2.2-C1") && line.contains("exactly at the limit")), "{csv}");
    place.viite(&["assess", "p.ttl", "--format", "xlsx"]).fails_with(&["--output FILE.xlsx"]);
}

#[test]
fn bad_input_is_told_with_what_to_do() {
    let place = Place::repository();
    place.viite(&["assess", "Kainu"]).fails_with(&["there is no file Kainu either", "Kainuu"]);
    place.viite(&["assess", "none.ttl", "--region", "05"]).fails_with(&["there is no file none.ttl"]);
    place.write("broken.ttl", format!("{PREFIXES}<#a> a viite:Investment ;\n"));
    place.viite(&["assess", "broken.ttl"]).fails_with(&["broken.ttl:", "not well-formed"]);
    place.viite(&["assess", "05", "--share", "half"]).fails_with(&["whole, yearly"]);
    let none = place.viite(&["assess", "05", "--lang", "en"]).good();
    assert!(none.stdout.contains("No investments are described here"), "{}", none.stdout);
}
