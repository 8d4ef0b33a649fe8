mod formats;

use super::*;
use crate::{
    coverage::RegionCoverage,
    decisions::{Basis, Deviation},
    finding::{RegionName, Source, Value},
};

fn finding(id: &str, outcome: Outcome, message: &str) -> Finding {
    Finding {
        id: id.to_owned(),
        rule: "G08-same-purpose".to_owned(),
        rule_title: "One system for one purpose".to_owned(),
        severity: Severity::Violation,
        outcome,
        region: Some(RegionName { code: "X1".to_owned(), name: "Revonkorpi".to_owned() }),
        state: Some(State::Current),
        focus: "http://example.org/a".to_owned(),
        focus_label: "Tyrsky".to_owned(),
        message: message.to_owned(),
        evidence: [(
            "other".to_owned(),
            Value { value: "http://example.org/b".to_owned(), label: "Myrsky".to_owned() },
        )]
        .into(),
        clause: "s4:G8".to_owned(),
        clause_label: "Fewer systems".to_owned(),
        source: Some(Source { file: "model.xml".to_owned(), line: Some(12), cell: None, id: Some("id-1".to_owned()) }),
        question: None,
        members: Vec::new(),
        deviation: None,
        lapsed: None,
        reopened: None,
        answer: None,
        standing: None,
    }
}

fn report(language: Language) -> Report {
    let mut counts = Counts::default();
    for outcome in Outcome::ALL {
        counts.add(outcome);
    }
    let region = RegionName { code: "X1".to_owned(), name: "Revonkorpi".to_owned() };
    let coverage = |rule: &str, counts: Counts| Coverage {
        rule: rule.to_owned(),
        family: "duplicates".to_owned(),
        why: "Every system costs.".to_owned(),
        fix: "Choose one of them.".to_owned(),
        title: "One system for one purpose".to_owned(),
        severity: Severity::Violation,
        clause: "s4:G8".to_owned(),
        clause_label: "Fewer systems".to_owned(),
        concerned: counts.concerned(),
        counts,
        regions: vec![RegionCoverage {
            region: region.clone(),
            state: Some(State::Current),
            concerned: counts.concerned(),
            counts,
        }],
    };
    let accepted = Finding {
        deviation: Some(Deviation {
            basis: Basis::Decision,
            reason: "The ward moves next year".to_owned(),
            authority: "Director".to_owned(),
            date: None,
            until: Some("2099-12-31".to_owned()),
        }),
        ..finding("cccccccccccc", Outcome::AcceptedDeviation, "Tyrsky and Puuska do the same")
    };
    Report {
        language,
        today: "2026-01-01".to_owned(),
        asked: Asked::default(),
        baseline: None,
        descriptions: 1,
        headings: vec![Heading { clause: "s4:G8".to_owned(), label: "Fewer systems".to_owned() }],
        findings: vec![
            finding("aaaaaaaaaaaa", Outcome::Violates, "Tyrsky and Myrsky do the same"),
            finding("bbbbbbbbbbbb", Outcome::NotAssessable, "missing: the function of Usva"),
            accepted,
        ],
        conforming: vec![Conforming {
            rule: "G08-same-purpose".to_owned(),
            region: Some(region.clone()),
            state: Some(State::Current),
            focus: "http://example.org/d".to_owned(),
            focus_label: "Halla".to_owned(),
        }],
        coverage: vec![coverage("G08-same-purpose", counts), coverage("G09-wills", Counts::default())],
        not_applicable: Vec::new(),
        switched_off: Vec::new(),
        failures: Vec::new(),
        timings: Vec::new(),
    }
}

fn text(report: &Report, options: &TextOptions) -> String {
    let mut text = Vec::new();
    report.write_text(options, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn the_text_groups_by_region_and_guideline_and_spells_out_missing_facts() {
    insta::assert_snapshot!(text(&report(Language::En), &TextOptions::default()));
}

#[test]
fn the_text_speaks_finnish_and_swedish() {
    assert!(text(&report(Language::Fi), &TextOptions::default()).contains("Revonkorpi (X1), nykytila"));
    assert!(text(&report(Language::Sv), &TextOptions::default()).contains("Revonkorpi (X1), nuläge"));
}

#[test]
fn colour_only_when_asked_for() {
    assert!(!text(&report(Language::En), &TextOptions::default()).contains('\x1b'));
    let options = TextOptions { color: true, ..TextOptions::default() };
    assert!(text(&report(Language::En), &options).contains("\x1b[31mviolation\x1b[0m"));
}

#[test]
fn a_limit_cuts_the_list_and_not_the_totals() {
    let options = TextOptions { limit: Some(1), ..TextOptions::default() };
    let text = text(&report(Language::En), &options);
    assert!(text.contains("… 2 more findings"), "{text}");
    assert!(text.contains("4 things judged"), "{text}");

    let mut json = Vec::new();
    report(Language::En).write_json(Some(1), &mut json).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 1);
    assert_eq!(json["summary"]["findings"], 3);
    assert_eq!(json["summary"]["truncated"], true);
    assert_eq!(json["summary"]["outcomes"]["conforms"], 1);
}

#[test]
fn the_summary_says_how_every_region_stands() {
    let mut summary = Vec::new();
    report(Language::En).write_summary(&TextOptions::default(), &mut summary).unwrap();
    insta::assert_snapshot!(String::from_utf8(summary).unwrap());
}

#[test]
fn the_json_keeps_its_keys() {
    let mut json = Vec::new();
    report(Language::En).write_json(None, &mut json).unwrap();
    insta::assert_snapshot!(String::from_utf8(json).unwrap());
}

#[test]
fn a_rule_that_concerned_nothing_is_named() {
    let report = report(Language::En);
    assert_eq!(report.vacuous().map(|rule| rule.rule.as_str()).collect::<Vec<_>>(), ["G09-wills"]);
    assert!(report.violates_at(Severity::Violation));
    assert!(report.violates_at(Severity::Info));
}

#[test]
fn missing_facts_of_one_rule_are_folded_and_never_what_violates() {
    let mut many = report(Language::En);
    let asked = many.findings.iter().find(|finding| finding.outcome == Outcome::NotAssessable).unwrap().clone();
    let wrong = many.findings.iter().find(|finding| finding.outcome == Outcome::Violates).unwrap().clone();
    many.findings = [vec![wrong; 8], vec![asked.clone(); 8]].concat();
    let text = text(&many, &TextOptions { fold: Some(5), ..TextOptions::default() });
    assert_eq!(text.matches("      ✗ ").count(), 8, "{text}");
    assert_eq!(text.matches("      ? ").count(), 5, "{text}");
    assert!(text.contains(&format!("… 3 more of the kind; all of them: --rule {}", asked.rule)), "{text}");
}
