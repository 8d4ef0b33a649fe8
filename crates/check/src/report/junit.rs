//! JUnit XML, which build servers read: a suite for each region and state, a case for each rule and thing.
//! Elements and attributes are those that the schemas of Jenkins and Surefire share.

use super::{Conforming, Report, words, words::Words};
use crate::{
    baseline::Standing,
    engine::RuleFailure,
    finding::{Finding, RegionName},
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};
use viite_model::{Outcome, Severity, State};

/// The region and state of a suite; what belongs to no region comes last.
type Ground<'a> = (bool, Option<&'a RegionName>, Option<State>);
/// A rule and a thing.
type CaseKey<'a> = (&'a str, &'a str, &'a str);

#[derive(Default)]
struct Suite<'a> {
    /// From which severity on a violation fails; none: never.
    fail_on: Option<Severity>,
    /// What was found; nothing where the thing conforms.
    cases: BTreeMap<CaseKey<'a>, Vec<&'a Finding>>,
    errors: Vec<&'a RuleFailure>,
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        self.cases.len() + self.errors.len()
    }

    fn errors(&self) -> usize {
        self.errors.len()
    }

    fn failures(&self) -> usize {
        self.worst().filter(|worst| fails(worst, self.fail_on)).count()
    }

    fn skipped(&self) -> usize {
        self.worst().filter(|worst| !fails(worst, self.fail_on)).count()
    }

    fn worst(&self) -> impl Iterator<Item = &Finding> {
        self.cases.values().filter_map(|findings| worst(findings, self.fail_on))
    }
}

/// What the baseline knows does not fail, nor what matters less: it is skipped, as what was accepted and what could not be
/// judged.
fn fails(finding: &Finding, fail_on: Option<Severity>) -> bool {
    finding.outcome == Outcome::Violates
        && finding.standing != Some(Standing::Known)
        && fail_on.is_some_and(|threshold| finding.severity <= threshold)
}

fn worst<'a>(findings: &[&'a Finding], fail_on: Option<Severity>) -> Option<&'a Finding> {
    findings.iter().copied().min_by_key(|finding| (!fails(finding, fail_on), finding.outcome))
}

fn suites(report: &Report, fail_on: Option<Severity>) -> BTreeMap<Ground<'_>, Suite<'_>> {
    let empty = || Suite { fail_on, ..Suite::default() };
    let mut suites: BTreeMap<Ground<'_>, Suite<'_>> = BTreeMap::new();
    for Conforming { rule, region, state, focus, focus_label } in &report.conforming {
        let suite = suites.entry((region.is_none(), region.as_ref(), *state)).or_insert_with(empty);
        suite.cases.entry((rule, focus_label, focus)).or_default();
    }
    for finding in &report.findings {
        let suite =
            suites.entry((finding.region.is_none(), finding.region.as_ref(), finding.state)).or_insert_with(empty);
        if finding.members.is_empty() {
            suite.cases.entry((&finding.rule, &finding.focus_label, &finding.focus)).or_default().push(finding);
        }
        for member in &finding.members {
            suite.cases.entry((&finding.rule, &member.label, &member.value)).or_default().push(finding);
        }
    }
    for failure in &report.failures {
        suites
            .entry((failure.region.is_none(), failure.region.as_ref(), None))
            .or_insert_with(empty)
            .errors
            .push(failure);
    }
    suites
}

pub(super) fn write(report: &Report, fail_on: Option<Severity>, mut to: impl Write) -> io::Result<()> {
    let words = words(report.language);
    let suites = suites(report, fail_on);
    let mut xml = Writer::new_with_indent(&mut to, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", words.title))
        .with_attribute(("tests", sum(&suites, Suite::tests).as_str()))
        .with_attribute(("failures", sum(&suites, Suite::failures).as_str()))
        .with_attribute(("errors", sum(&suites, Suite::errors).as_str()))
        .write_inner_content(|xml| {
            for (ground, suite) in &suites {
                write_suite(report, words, *ground, suite, xml)?;
            }
            Ok(())
        })?;
    writeln!(to)
}

fn sum<'a>(suites: &BTreeMap<Ground<'a>, Suite<'a>>, number: impl Fn(&Suite<'a>) -> usize) -> String {
    suites.values().map(number).sum::<usize>().to_string()
}

fn write_suite(
    report: &Report,
    words: &Words,
    (_, region, state): Ground<'_>,
    suite: &Suite<'_>,
    xml: &mut Writer<impl Write>,
) -> io::Result<()> {
    let name = words.ground(region, state);
    let switched_off = report.switched_off.join(" ");
    xml.create_element("testsuite")
        .with_attribute(("name", allowed(&name).as_str()))
        .with_attribute(("tests", suite.tests().to_string().as_str()))
        .with_attribute(("failures", suite.failures().to_string().as_str()))
        .with_attribute(("errors", suite.errors().to_string().as_str()))
        .with_attribute(("skipped", suite.skipped().to_string().as_str()))
        .with_attribute(("timestamp", format!("{}T00:00:00", report.today).as_str()))
        .write_inner_content(|xml| {
            let properties = [
                ("viite.version", env!("CARGO_PKG_VERSION")),
                ("viite.language", report.language.tag()),
                ("viite.region", region.map_or("", |region| &region.code)),
                ("viite.state", state.map_or("", State::name)),
                ("viite.switched-off", switched_off.as_str()),
            ];
            xml.create_element("properties").write_inner_content(|xml| {
                for (name, value) in properties.into_iter().filter(|(_, value)| !value.is_empty()) {
                    let property = xml.create_element("property").with_attribute(("name", name));
                    property.with_attribute(("value", allowed(value).as_str())).write_empty()?;
                }
                Ok(())
            })?;
            for ((rule, label, focus), findings) in &suite.cases {
                write_case(report, words, rule, &format!("{label} <{focus}>"), (findings, suite.fail_on), xml)?;
            }
            for failure in &suite.errors {
                case(xml, &failure.rule, words.failed).write_inner_content(|xml| {
                    xml.create_element("error")
                        .with_attribute(("message", allowed(&failure.error).as_str()))
                        .with_attribute(("type", "rule"))
                        .write_empty()?;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_case(
    report: &Report,
    words: &Words,
    rule: &str,
    name: &str,
    (findings, fail_on): (&[&Finding], Option<Severity>),
    xml: &mut Writer<impl Write>,
) -> io::Result<()> {
    let Some(worst) = worst(findings, fail_on) else {
        case(xml, rule, name).write_empty()?;
        return Ok(());
    };
    case(xml, rule, name).write_inner_content(|xml| {
        let message = match &worst.deviation {
            None if worst.standing == Some(Standing::Known) => format!("{}: {}", words.in_baseline, worst.message),
            Some(deviation) => format!("{}: {}", words.outcome(worst.outcome), words.accepted(deviation)),
            None => worst.message.clone(),
        };
        let (element, kind) =
            if fails(worst, fail_on) { ("failure", Some(worst.severity.name())) } else { ("skipped", None) };
        let mut element = xml.create_element(element).with_attribute(("message", allowed(&message).as_str()));
        if let Some(kind) = kind {
            element = element.with_attribute(("type", kind));
        }
        element.write_text_content(BytesText::new(&allowed(&detail(report, words, findings))))?;
        Ok(())
    })?;
    Ok(())
}

/// All that was found about the thing, with its places, the clause and what to do.
fn detail(report: &Report, words: &Words, findings: &[&Finding]) -> String {
    let mut lines = Vec::new();
    for finding in findings {
        let place = finding.source.as_ref().map(|source| format!(", {source}")).unwrap_or_default();
        lines.push(format!("{}: {} [{}{place}]", words.outcome(finding.outcome), finding.message, finding.id));
    }
    if let Some(first) = findings.first() {
        lines.push(format!("{}: {} {}", words.clause, first.clause, first.clause_label));
        if let Some(rule) = report.coverage_of(&first.rule) {
            lines.push(format!("{}: {}", words.fix, rule.fix.trim()));
        }
    }
    lines.join("\n")
}

fn case<'a, W: Write>(xml: &'a mut Writer<W>, rule: &str, name: &str) -> quick_xml::writer::ElementWriter<'a, W> {
    xml.create_element("testcase")
        .with_attribute(("classname", allowed(rule).as_str()))
        .with_attribute(("name", allowed(name).as_str()))
        .with_attribute(("time", "0"))
}

/// The text without the characters that XML 1.0 does not allow, in whatever way they are written.
fn allowed(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..))
        .collect()
}
