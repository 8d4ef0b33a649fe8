//! Every number of the documents' own is there, and no other.

use crate::{instances, subjects, values};
use std::collections::BTreeSet;

/// `s0:M1` … `s0:M18`
fn numbered(prefix: &str, numbers: impl IntoIterator<Item = u32>) -> BTreeSet<String> {
    numbers.into_iter().map(|number| format!("{prefix}{number}")).collect()
}

/// What is part of a thing, of that class.
fn parts(whole: &str, class: &str) -> BTreeSet<String> {
    subjects("dcterms:isPartOf", whole).intersection(&instances(class)).cloned().collect()
}

fn each_has(things: &BTreeSet<String>, property: &str) {
    for thing in things {
        assert!(!values(thing, property).is_empty(), "{thing} has no {property}");
    }
}

#[test]
fn nine_principles_with_all_their_points() {
    assert_eq!(instances("viite:Principle"), numbered("s0:P", 1..=9));
    for (principle, points) in (1..).zip([5, 2, 4, 4, 1, 5, 2, 2, 3]) {
        let principle = format!("s0:P{principle}");
        let expected = numbered(&format!("{principle}."), 1..=points);
        let found = parts(&principle, "viite:Clause");
        assert!(found.is_superset(&expected), "{principle}: {found:?}");
    }
}

#[test]
fn eighteen_measures_with_principles_years_and_a_responsible() {
    let measures = instances("viite:Measure");
    assert_eq!(measures, numbered("s0:M", 1..=18));
    for property in ["viite:principle", "viite:validFrom", "viite:validUntil", "viite:number"] {
        each_has(&measures, property);
    }
    let responsible = subjects("viite:responsibilityKind", "viite:Ansvarig");
    for measure in &measures {
        let of_measure = subjects("viite:object", measure);
        assert!(of_measure.intersection(&responsible).next().is_some(), "nobody is responsible for {measure}");
    }
}

#[test]
fn sixteen_guidelines_in_four_groups_with_a_duty_for_each_of_six_roles() {
    assert_eq!(instances("viite:Guideline"), numbered("s4:G", 1..=16));
    let roles = instances("viite:Role");
    assert_eq!(roles, ["SA", "SP", "YP", "K", "NA", "IL"].map(|role| format!("s4:{role}")).into());
    for number in 1..=16 {
        let guideline = format!("s4:G{number}");
        for role in &roles {
            let duty = format!("{guideline}-{}", role.trim_start_matches("s4:"));
            assert_eq!(values(&duty, "viite:guideline"), BTreeSet::from([guideline.clone()]), "{duty}");
            assert_eq!(values(&duty, "viite:role"), BTreeSet::from([role.clone()]), "{duty}");
        }
        assert_eq!(values(&guideline, "viite:group").len(), 1, "{guideline}");
    }
    let groups: Vec<_> = [1..=5, 6..=9, 10..=13, 14..=16]
        .map(|numbers| {
            numbers.flat_map(|number| values(&format!("s4:G{number}"), "viite:group")).collect::<BTreeSet<_>>()
        })
        .into();
    assert!(groups.iter().all(|group| group.len() == 1), "{groups:?}");
    assert_eq!(groups.iter().flatten().collect::<BTreeSet<_>>().len(), 4);
}

#[test]
fn five_grounds_for_assessment_with_their_numbers() {
    let criteria = instances("viite:InvestmentCriterion");
    assert!(criteria.is_superset(&numbered("s0:2.2-C", 1..=5)), "{criteria:?}");
    let numbers: Vec<_> =
        instances("viite:Threshold").iter().flat_map(|threshold| values(threshold, "viite:value")).collect();
    for number in ["5", "0.5", "20", "30000000", "5000000"] {
        assert!(numbers.iter().any(|found| found == number), "no threshold of {number}: {numbers:?}");
    }
}

#[test]
fn the_road_map_has_eleven_titles_and_three_dated_projects() {
    assert_eq!(instances("viite:RoadmapClass"), numbered("s0:B5-", 1..=11));
    let projects = instances("viite:Project");
    assert_eq!(projects, numbered("s0:B5-project", 1..=3));
    each_has(&projects, "viite:validUntil");
}

#[test]
fn twenty_one_capabilities_four_lines_six_phases_three_levels_eighteen_counties() {
    assert_eq!(instances("viite:Capability"), numbered("s0:B6-C", 1..=21));
    assert_eq!(instances("viite:DevelopmentLine"), numbered("s0:B3-line", 1..=4));
    assert_eq!(instances("viite:ProjectPhase"), numbered("s0:B3-phase", 1..=6));
    assert_eq!(instances("viite:DecisionLevel"), numbered("s0:B3-level", 1..=3));
    let counties = instances("viite:Actor").into_iter().filter(|actor| actor.starts_with("actor:county-2018-"));
    assert_eq!(counties.count(), 18);
}

#[test]
fn twenty_one_counties_of_today_with_their_codes_and_five_areas() {
    let regions = instances("viite:Region");
    for code in (1..=19).filter(|code| *code != 20) {
        let region = format!("region:{code:02}");
        assert_eq!(values(&region, "viite:code").len(), 1, "{region}");
    }
    for code in ["20", "21", "90", "91"] {
        assert!(regions.contains(&format!("region:{code}")), "{code} is missing: {regions:?}");
    }
    assert_eq!(instances("viite:CollaborationArea").len(), 5);
}

#[test]
fn the_defined_terms_of_both_documents() {
    assert!(instances("viite:DefinedTerm").len() >= 9);
    for term in ["customer", "digital-service", "ict-investment", "county", "collaboration-area"] {
        assert!(
            instances("viite:DefinedTerm").contains(&format!("s0:B1-{term}")),
            "{term}: {:?}",
            instances("viite:DefinedTerm")
        );
    }
}
