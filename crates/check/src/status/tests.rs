use super::*;
use crate::coverage::{Coverage, RegionCoverage};
use viite_model::{Outcome, Severity};

fn counts(violates: u64, open: u64, conforms: u64) -> Counts {
    let mut counts = Counts::default();
    for (outcome, number) in
        [(Outcome::Violates, violates), (Outcome::NotAssessable, open), (Outcome::Conforms, conforms)]
    {
        (0..number).for_each(|_| counts.add(outcome));
    }
    counts
}

fn region(code: &str, name: &str) -> RegionName {
    RegionName { code: code.to_owned(), name: name.to_owned() }
}

fn report(counts: Counts) -> Report {
    let heading = |clause: &str, label: &str| Heading { clause: clause.to_owned(), label: label.to_owned() };
    Report {
        language: Language::En,
        today: "2026-01-31".to_owned(),
        headings: vec![heading("s0:P1", "From the customer's view"), heading("s4:G8", "Fewer systems")],
        coverage: vec![Coverage {
            rule: "G08-same-purpose".to_owned(),
            family: "duplicates".to_owned(),
            title: "One system".to_owned(),
            why: String::new(),
            fix: String::new(),
            severity: Severity::Violation,
            clause: "s4:G8-SA".to_owned(),
            clause_label: "Fewer systems".to_owned(),
            concerned: counts.concerned(),
            counts,
            regions: vec![RegionCoverage {
                region: region("X1", "Revonkorpi"),
                state: Some(State::Current),
                concerned: counts.concerned(),
                counts,
            }],
        }],
        ..Report::default()
    }
}

fn status() -> Status {
    let (now, before) = (report(counts(1, 0, 3)), report(counts(2, 2, 0)));
    let since = Since { revision: 7, day: "2025-12-01".to_owned() };
    Status::new(&now, Some((since, &before)), &[region("X1", "Revonkorpi"), region("X2", "Suolavuori")])
}

#[test]
fn every_region_stands_against_every_guideline_with_the_change() {
    let status = status();
    let standing = &status.regions[0].guidelines[1];
    assert_eq!((standing.concerned, standing.assessable), (4, Some(1.0)));
    assert_eq!(standing.before.unwrap().assessable, Some(0.5));
    let table = status.by_guideline();
    assert_eq!(table.rows.len(), 4, "two regions, two guidelines");
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    let changes: Vec<String> = table.rows[1].iter().rev().take(2).map(|cell| cell.value.text(Language::En)).collect();
    assert_eq!(changes, ["+50%", "−1"]);
}

#[test]
fn a_region_that_nobody_describes_is_no_pass_and_a_guideline_without_rule_is_named() {
    let mut text = Vec::new();
    status().write_text(false, false, &mut text).unwrap();
    insta::assert_snapshot!(String::from_utf8(text).unwrap());
}

#[test]
fn a_region_that_was_not_there_before_has_no_change() {
    let now = report(counts(1, 0, 0));
    let before = Report { coverage: Vec::new(), ..report(counts(0, 0, 0)) };
    let since = Since { revision: 1, day: "2025-12-01".to_owned() };
    let status = Status::new(&now, Some((since, &before)), &[region("X1", "Revonkorpi")]);
    assert!(status.regions[0].total.before.is_none());
}
