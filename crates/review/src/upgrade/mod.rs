//! What another version of the reference does to the regions: which findings appear, disappear or change, and why.

mod apply;
mod resources;
mod tables;
mod words;

pub use apply::{NewPackage, Recognised, Upgraded, upgraded};
pub use resources::ResourceChange;

use crate::changes::Change;
use oxrdf::NamedNode;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    sync::Arc,
};
use viite_check::{Finding, Report, Rule, finding::RegionName};
use viite_model::{Language, Outcome, State};
use viite_store::Snapshot;

/// How many reasons are told of one finding.
const REASONS: usize = 4;

/// A package of the reference that is another than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackageChange {
    /// Its name.
    pub package: String,
    /// The version that the repository holds; none when it is new.
    pub from: Option<String>,
    /// The new version.
    pub to: String,
    /// How many facts are new.
    pub added: usize,
    /// How many are gone.
    pub removed: usize,
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Becomes {
    /// It is there only with the new version.
    Appears,
    /// The same thing comes out otherwise.
    Changes,
    /// It is there only with the old version.
    Disappears,
}

/// A finding that the new version makes, takes away or changes.
#[derive(Clone, Debug, Serialize)]
pub struct FindingChange {
    /// What becomes of it.
    pub becomes: Becomes,
    /// The region, if the thing belongs to one.
    pub region: Option<RegionName>,
    /// The state that was judged.
    pub state: Option<State>,
    /// The rule's identifier.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// The clause that it rests on.
    pub clause: String,
    /// The thing.
    pub thing: String,
    /// How it comes out with the old version, and what is said then.
    pub before: Option<Verdict>,
    /// How it comes out with the new version.
    pub after: Option<Verdict>,
    /// What in the reference, or in what is recognised of it, makes the difference.
    pub why: Vec<String>,
}

/// How a thing comes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The finding's identity.
    pub id: String,
    /// The outcome.
    pub outcome: Outcome,
    /// What is said of it.
    pub message: String,
}

impl Verdict {
    fn of(finding: &Finding) -> Self {
        Self { id: finding.id.clone(), outcome: finding.outcome, message: finding.message.clone() }
    }
}

/// What an upgrade of the reference does.
#[derive(Clone, Debug, Serialize)]
pub struct Upgrade {
    /// The language of its texts.
    pub language: Language,
    /// The day on which facts were judged.
    pub date: String,
    /// The packages that are other than before.
    pub packages: Vec<PackageChange>,
    /// The resources of the reference that are other than before.
    pub resources: Vec<ResourceChange>,
    /// Elements of regions that the new version recognises, and the old one did not.
    pub recognised: Vec<Recognised>,
    /// The findings, by region.
    pub findings: Vec<FindingChange>,
}

/// One side of an upgrade: what there is, and what the checks say of it.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The state of the repository.
    pub snapshot: &'a Arc<Snapshot>,
    /// What the checks say of it.
    pub report: &'a Report,
}

impl Upgrade {
    /// Compares what the checks say before and after.
    pub fn of(before: Checked<'_>, after: Checked<'_>, upgraded: Upgraded, rules: &[&Rule]) -> Self {
        let language = before.report.language;
        let resources = resources::changes(before.snapshot, after.snapshot, language);
        let reasons = Reasons {
            by_iri: resources.iter().map(|resource| (resource.iri.as_str(), resource)).collect(),
            recognised: &upgraded.recognised,
            rules: rules.iter().map(|rule| (rule.id.as_str(), *rule)).collect(),
            language,
        };
        let mut findings = Vec::new();
        let mut gone: Vec<&Finding> = Vec::new();
        let new: BTreeMap<&str, &Finding> = after.report.findings.iter().map(|f| (f.id.as_str(), f)).collect();
        let old: BTreeMap<&str, &Finding> = before.report.findings.iter().map(|f| (f.id.as_str(), f)).collect();
        for finding in &before.report.findings {
            match new.get(finding.id.as_str()) {
                None => gone.push(finding),
                Some(same) if same.outcome != finding.outcome || same.message != finding.message => {
                    findings.push(reasons.change(Becomes::Changes, same, Some(finding)));
                }
                Some(_) => {}
            }
        }
        for finding in after.report.findings.iter().filter(|finding| !old.contains_key(finding.id.as_str())) {
            // The same rule on the same thing, on other grounds: one change, and not one that goes and one that comes.
            let same = |other: &&Finding| {
                (&other.rule, &other.region, &other.state) == (&finding.rule, &finding.region, &finding.state)
                    && things(other).any(|thing| things(finding).any(|same| same == thing))
            };
            let earlier = gone.iter().position(same).map(|at| gone.swap_remove(at));
            let becomes = if earlier.is_some() { Becomes::Changes } else { Becomes::Appears };
            findings.push(reasons.change(becomes, finding, earlier));
        }
        findings.extend(gone.into_iter().map(|finding| reasons.change(Becomes::Disappears, finding, None)));
        findings.sort_by(|a, b| {
            let key = |change: &FindingChange| {
                (
                    change.region.is_none(),
                    change.region.clone(),
                    change.becomes,
                    change.rule.clone(),
                    change.thing.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        Self {
            language,
            date: before.report.today.clone(),
            packages: upgraded.packages,
            resources,
            recognised: upgraded.recognised,
            findings,
        }
    }

    /// Writes it as JSON. Keys are added, never renamed.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_json(&self, mut to: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut to, self)?;
        writeln!(to)
    }
}

/// What a finding is about.
fn things(finding: &Finding) -> impl Iterator<Item = &str> {
    std::iter::once(finding.focus.as_str()).chain(finding.members.iter().map(|member| member.value.as_str()))
}

/// What can make a difference.
struct Reasons<'a> {
    by_iri: BTreeMap<&'a str, &'a ResourceChange>,
    recognised: &'a [Recognised],
    rules: BTreeMap<&'a str, &'a Rule>,
    language: Language,
}

impl Reasons<'_> {
    fn change(&self, becomes: Becomes, shown: &Finding, earlier: Option<&Finding>) -> FindingChange {
        let (before, after) = match becomes {
            Becomes::Appears => (None, Some(shown)),
            Becomes::Changes => (earlier, Some(shown)),
            Becomes::Disappears => (Some(shown), None),
        };
        FindingChange {
            becomes,
            region: shown.region.clone(),
            state: shown.state,
            rule: shown.rule.clone(),
            title: shown.rule_title.clone(),
            clause: shown.clause.clone(),
            thing: shown.focus_label.clone(),
            before: before.map(Verdict::of),
            after: after.map(Verdict::of),
            why: self.why([before, after].into_iter().flatten()),
        }
    }

    /// What the finding names and is other than before; else what its rule reads and is other than before.
    fn why<'f>(&self, findings: impl Iterator<Item = &'f Finding>) -> Vec<String> {
        let findings: Vec<&Finding> = findings.collect();
        let mut iris: BTreeSet<&str> = BTreeSet::new();
        for finding in &findings {
            iris.insert(&finding.focus);
            iris.extend(finding.members.iter().map(|member| member.value.as_str()));
            iris.extend(finding.evidence.values().flat_map(|value| value.value.split(' ')));
        }
        let mut told: Vec<String> = self
            .recognised
            .iter()
            .filter(|recognised| {
                iris.contains(recognised.element.as_str()) || iris.contains(recognised.resource.as_str())
            })
            .map(|recognised| words::words(self.language).recognised(recognised))
            .collect();
        let named: Vec<&ResourceChange> = iris.iter().filter_map(|iri| self.by_iri.get(iri).copied()).collect();
        let read: Vec<&ResourceChange> = if named.is_empty() && told.is_empty() {
            let rule = findings.first().and_then(|finding| self.rules.get(finding.rule.as_str()));
            let terms: BTreeSet<NamedNode> = rule.map(|rule| rule.query().named_terms()).unwrap_or_default();
            self.by_iri.values().copied().filter(|resource| resource.touches(&terms)).collect()
        } else {
            named
        };
        let rest = (told.len() + read.len()).saturating_sub(REASONS);
        told.extend(read.into_iter().map(|resource| words::words(self.language).resource(resource)));
        told.truncate(REASONS);
        if rest > 0 {
            told.push(format!("… {rest} {}", words::words(self.language).more));
        }
        told
    }
}

impl Change {
    /// Its place in lists of words: added, changed, removed.
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}
