//! Which rules run, and what is asked of them: the profile, bounded by the other arguments.

use super::{CheckArgs, profiles_folder};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use viite_check::{Library, Rule, RuleScope, engine, profile};
use viite_model::{Severity, State, graphs};
use viite_store::{Repository, Snapshot};

/// The rules of a check.
pub(super) struct Selection<'a> {
    pub(super) rules: Vec<&'a Rule>,
    pub(super) states: Vec<State>,
    pub(super) severities: BTreeMap<String, Severity>,
    reference: Option<String>,
}

impl<'a> Selection<'a> {
    /// What the arguments ask for: a profile; else the rules that are named; else all that judge regions, or all that
    /// judge the reference.
    pub(super) fn of(library: &'a Library, repository: &Repository, args: &CheckArgs) -> Result<Self> {
        let mut selection =
            Self { rules: Vec::new(), states: Vec::new(), severities: BTreeMap::new(), reference: None };
        let named = !args.rule.is_empty();
        selection.rules = match &args.profile {
            Some(name) => {
                let profile = profile::profile(&profiles_folder(repository), name)?;
                let rules = profile.select(library)?;
                selection.severities = rules.iter().map(|rule| (rule.id.clone(), profile.severity(rule))).collect();
                selection.states.clone_from(&profile.states);
                selection.reference.clone_from(&profile.reference);
                rules
            }
            // A rule that is named runs, whatever it judges.
            None if named => library.rules().collect(),
            None if args.reference => library.rules().filter(|rule| rule.scope == RuleScope::Reference).collect(),
            None => library.rules().filter(|rule| engine::runs_by_default(rule)).collect(),
        };
        if named {
            let wanted = wanted(library, &args.rule)?;
            selection.rules.retain(|rule| wanted.contains(rule.id.as_str()));
        }
        selection.bound_families(library, &args.family)?;
        if let Some(level) = args.severity {
            let severities = &selection.severities;
            let severity = |rule: &Rule| severities.get(&rule.id).copied().unwrap_or(rule.severity);
            selection.rules.retain(|rule| severity(rule) <= level.severity());
        }
        selection.bound_states(&args.state)?;
        if selection.rules.is_empty() {
            bail!("no rule is left of what was asked for; 'viite rule' lists them with family and severity");
        }
        Ok(selection)
    }

    fn bound_families(&mut self, library: &Library, families: &[String]) -> Result<()> {
        let known: BTreeSet<&str> = library.rules().map(|rule| rule.family.as_str()).collect();
        if let Some(unknown) = families.iter().find(|family| !known.contains(family.as_str())) {
            let known: Vec<&str> = known.into_iter().collect();
            bail!("there is no family '{unknown}'; there are {}", known.join(", "));
        }
        self.rules.retain(|rule| families.is_empty() || families.contains(&rule.family));
        Ok(())
    }

    fn bound_states(&mut self, asked: &[State]) -> Result<()> {
        if asked.is_empty() {
            return Ok(());
        }
        if let Some(state) = asked.iter().find(|state| !self.states.is_empty() && !self.states.contains(state)) {
            bail!("the profile does not judge the {state} state");
        }
        self.states = asked.to_vec();
        Ok(())
    }

    /// The version of the reference that the profile judges against; the repository must hold it.
    pub(super) fn reference(&self, snapshot: &Snapshot) -> Result<Option<String>> {
        let Some(version) = &self.reference else { return Ok(None) };
        let versions: BTreeSet<String> = snapshot
            .graph_names()
            .filter_map(|graph| {
                let graph = graph.to_string();
                graphs::package(graph.trim_matches(['<', '>'])).map(|(_, version)| version.to_owned())
            })
            .collect();
        if !versions.contains(version) {
            let versions: Vec<&str> = versions.iter().map(String::as_str).collect();
            bail!(
                "the profile judges against version {version} of the reference; the repository holds {}",
                versions.join(", ")
            );
        }
        Ok(Some(version.clone()))
    }
}

/// The identifiers of the rules that were named, each name fitting at least one.
fn wanted<'a>(library: &'a Library, names: &[String]) -> Result<BTreeSet<&'a str>> {
    let mut wanted = BTreeSet::new();
    for name in names {
        if !name.contains('*') {
            wanted.insert(library.rule(name)?.id.as_str());
            continue;
        }
        let before = wanted.len();
        wanted.extend(library.rules().map(|rule| rule.id.as_str()).filter(|id| profile::fits(name, id)));
        if wanted.len() == before {
            bail!("no rule fits '{name}'; 'viite rule' lists them");
        }
    }
    Ok(wanted)
}
