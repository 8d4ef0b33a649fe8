//! `viite compare`

use crate::support::{EXCHANGE, Place};
use serde_json::Value;

/// The target: one of the systems gives way to another with a function of its own, which a project brings.
fn target() -> String {
    EXCHANGE
        .replace(r#"<element identifier="id-2" xsi:type="ApplicationComponent"><name xml:lang="fi">Myrsky</name></element>"#,
            r#"<element identifier="id-20" xsi:type="ApplicationComponent"><name xml:lang="fi">Tyven</name></element>
               <element identifier="id-21" xsi:type="ApplicationFunction"><name xml:lang="fi">Laskutus</name></element>
               <element identifier="id-22" xsi:type="ApplicationFunction"><name xml:lang="fi">Arkistointi</name></element>
               <element identifier="id-23" xsi:type="WorkPackage"><name xml:lang="fi">Laskutuksen uudistus</name></element>"#)
        .replace(r#"<relationship identifier="id-5" source="id-2" target="id-3" xsi:type="Assignment"/>"#,
            r#"<relationship identifier="id-24" source="id-20" target="id-21" xsi:type="Assignment"/>
               <relationship identifier="id-25" source="id-1" target="id-22" xsi:type="Assignment"/>
               <relationship identifier="id-26" source="id-23" target="id-20" xsi:type="Association"/>"#)
        .replace(r#"target="id-2" xsi:type="Flow""#, r#"target="id-20" xsi:type="Flow""#)
}

fn described() -> Place {
    let place = Place::with_region();
    place.viite(&["region", "add", "X2", "--name", "Toinen", "--lang", "fi"]).good();
    place.write("model.xml", EXCHANGE);
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    place
}

fn thing<'a>(compared: &'a Value, by: &str, label: &str) -> &'a Value {
    let things = compared["things"].as_array().unwrap();
    let found = things.iter().find(|thing| thing["by"] == by && thing["label"] == label);
    found.unwrap_or_else(|| panic!("{by} {label} is not in {compared:#}"))
}

#[test]
fn the_gap_from_current_to_target_names_the_projects_that_close_it_or_says_that_none_does() {
    let place = described();
    place.write("target.xml", target());
    place.viite(&["import", "target.xml", "--region", "X1", "--state", "target"]).good();
    let compared = place.viite(&["compare", "X1", "--lang", "fi", "--format", "json"]).good().json();
    let billing = thing(&compared, "function", "Laskutus");
    assert_eq!((&billing["inA"], &billing["inB"]), (&false.into(), &true.into()));
    assert_eq!(billing["carriedInB"][0], "Tyven");
    assert_eq!(billing["projects"][0]["label"], "Laskutuksen uudistus", "through the system that carries it");
    assert_eq!(thing(&compared, "function", "Arkistointi")["projects"], Value::Array(Vec::new()));
    assert_eq!(thing(&compared, "function", "Ajanvaraus")["inA"], true);
    let text = place.viite(&["compare", "X1", "--lang", "fi"]).good().stdout;
    assert!(text.contains("Laskutuksen uudistus") && text.contains("mikään kuvattu hanke ei toteuta tätä"), "{text}");
    // Nobody can tell what closes a gap where no project is described.
    place.write("target.xml", target().replace("\"WorkPackage\"", "\"Resource\""));
    place.viite(&["import", "target.xml", "--region", "X1", "--state", "target"]).good();
    let text = place.viite(&["compare", "X1", "--lang", "en"]).good().stdout;
    assert!(text.contains("no project is described") && !text.contains("closes this"), "{text}");
}

#[test]
fn two_regions_are_compared_by_name_and_by_what_their_things_stand_for() {
    let place = described();
    let other =
        EXCHANGE.replace("id-", "xx-").replace(">Tyrsky<", ">Halla<").replace(">Ajanvaraus<", ">ajanvarauksen<");
    place.write("other.xml", other);
    place.viite(&["import", "other.xml", "--region", "X2"]).good();
    let compared = place.viite(&["compare", "X1", "X2", "--format", "json"]).good().json();
    let functions: Vec<&Value> =
        compared["things"].as_array().unwrap().iter().filter(|thing| thing["by"] == "function").collect();
    let [booking] = functions[..] else { panic!("{compared:#}") };
    assert_eq!((&booking["inA"], &booking["inB"]), (&true.into(), &true.into()));
    assert_eq!(booking["carriedInB"].as_array().unwrap().len(), 2);
    assert!(booking["projects"].is_null(), "between regions there is no gap to close");
    // Neither describes data groups: nothing is said to be lacking.
    assert!(compared["things"].as_array().unwrap().iter().all(|thing| thing["by"] != "data-group"));
}

#[test]
fn what_a_side_describes_nothing_of_is_not_said_to_be_lacking() {
    let place = described();
    let systems_only = EXCHANGE.lines().filter(|line| !line.contains("<relationship") && !line.contains("Function"));
    place.write(
        "other.xml",
        systems_only.filter(|line| !line.contains("relationships>")).collect::<Vec<_>>().join("\n"),
    );
    place.viite(&["import", "other.xml", "--region", "X2"]).good();
    let compared = place.viite(&["compare", "X1", "X2", "--format", "json"]).good().json();
    assert!(thing(&compared, "function", "Appointment booking")["inB"].is_null(), "{compared:#}");
    let text = place.viite(&["compare", "X1", "X2"]).good().stdout;
    assert!(text.contains("B describes none, so what it lacks cannot be told"), "{text}");
}

#[test]
fn two_revisions_are_compared_and_the_result_comes_as_text_csv_and_workbook() {
    let place = described();
    place.write("model.xml", target());
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    let csv = place.viite(&["compare", "X1", "--at", "4", "--format", "csv"]).good().stdout;
    assert!(csv.contains("Functions,Laskutus,lacks,,has,Tyven"), "{csv}");
    let now = place.viite(&["compare", "X1", "--at", "4", "--at", "5", "--format", "csv"]).good().stdout;
    assert_eq!(csv.lines().count(), now.lines().count());
    place.viite(&["compare", "X1", "--at", "4", "--output", "erot.xlsx"]).good();
    assert!(std::fs::read(place.path().join("erot.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn what_cannot_be_compared_is_told_with_what_to_do() {
    let place = described();
    place.viite(&["compare", "X1"]).fails_with(&["no description of its target state", "--region X1 --state target"]);
    place.viite(&["compare", "X1", "X2"]).fails_with(&["Toinen has no description of its current state"]);
    place.viite(&["compare", "X1", "X1"]).fails_with(&["both sides are the same"]);
    place.viite(&["compare", "X1", "Tionen"]).fails_with(&["there is no region 'Tionen'", "X2 (Toinen)"]);
    place.viite(&["compare", "X1", "--at", "99"]).fails_with(&["99"]);
    place.viite(&["compare", "X1", "--at", "1"]).fails_with(&["at revision 1"]);
}
