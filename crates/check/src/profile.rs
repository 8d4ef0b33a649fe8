//! Profiles: which rules judge, in which state, how severely, and against which version of the reference.
//!
//! A file each, `data/profiles/<name>.toml`; a repository's own `data/profiles/` adds to the shipped ones and replaces them.
//!
//! ```toml
//! name = { fi = "…", sv = "…", en = "…" }
//! description = { fi = "…", sv = "…", en = "…" }
//! rules = ["G08-same-purpose", "G06-*"]   # without these two, all rules
//! families = ["kanta"]
//! except = ["P05-*"]
//! scopes = ["region", "repository"]
//! states = ["current"]
//! reference = "0.1.0"                     # only packages of this version
//! [severity]
//! "G07-*" = "warning"
//! ```

use crate::{Library, Rule, RuleScope, library::UnknownRule};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};
use viite_model::{Severity, State, Text};

/// Every shipped profile: its file's name, and its text.
static SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

/// A selection of rules, with what is asked of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name of its file without the ending: what `--profile` takes.
    #[serde(skip)]
    pub id: String,
    /// What people call it.
    pub name: Text,
    /// What it judges.
    pub description: Text,
    /// Rules by identifier, `*` standing for any letters.
    #[serde(default)]
    rules: Vec<String>,
    /// All rules of these families.
    #[serde(default)]
    families: Vec<String>,
    /// But not these.
    #[serde(default)]
    except: Vec<String>,
    /// Only rules of these scopes; none means all.
    #[serde(default)]
    scopes: Vec<RuleScope>,
    /// Only these states; none means all.
    #[serde(default)]
    pub states: Vec<State>,
    /// How much a rule matters here, by identifier or pattern; the first that fits counts.
    #[serde(default)]
    severity: BTreeMap<String, Severity>,
    /// The version of the reference that is judged against; none means all that the repository holds.
    pub reference: Option<String>,
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// There is none of this name.
    #[error("there is no profile '{name}'; there are {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// The file is not as it must be.
    #[error("{file}: the profile cannot be used: {what}")]
    File {
        /// The file.
        file: String,
        /// What is wrong, and where.
        what: String,
    },
    /// It names a rule that does not exist.
    #[error("{file}: {unknown}")]
    Rule {
        /// The file.
        file: String,
        /// The rule that it names.
        unknown: UnknownRule,
    },
    /// A file could not be read at all.
    #[error("cannot read {path}: {error}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// All profiles, by name: the shipped ones, and over them those of a folder, which need not exist.
///
/// # Errors
/// When a file cannot be read, or is no profile.
pub fn profiles(folder: &Path) -> Result<Vec<Profile>, ProfileError> {
    let mut profiles = BTreeMap::new();
    for (file, text) in SHIPPED {
        let profile = Profile::parse(file, text)?;
        profiles.insert(profile.id.clone(), profile);
    }
    let read = |path: &Path, error| ProfileError::Read { path: path.to_owned(), error };
    if folder.is_dir() {
        for entry in fs::read_dir(folder).map_err(|error| read(folder, error))? {
            let path = entry.map_err(|error| read(folder, error))?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let text = fs::read_to_string(&path).map_err(|error| read(&path, error))?;
                let profile = Profile::parse(&path.to_string_lossy(), &text)?;
                profiles.insert(profile.id.clone(), profile);
            }
        }
    }
    Ok(profiles.into_values().collect())
}

/// The profile of this name.
///
/// # Errors
/// As [`profiles`]; or when there is none, with the names of those that there are.
pub fn profile(folder: &Path, name: &str) -> Result<Profile, ProfileError> {
    let all = profiles(folder)?;
    let known = all.iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>().join(", ");
    all.into_iter()
        .find(|profile| profile.id.eq_ignore_ascii_case(name))
        .ok_or_else(|| ProfileError::Unknown { name: name.to_owned(), known })
}

impl Profile {
    fn parse(file: &str, text: &str) -> Result<Self, ProfileError> {
        let fault = |what: String| ProfileError::File { file: file.to_owned(), what };
        let profile: Self = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        for (key, text) in [("name", &profile.name), ("description", &profile.description)] {
            if let Some(language) = text.missing().next() {
                return Err(fault(format!("'{key}' has no text in '{language}'")));
            }
        }
        let id = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { id, ..profile })
    }

    /// The rules that it takes, by identifier.
    ///
    /// # Errors
    /// When it names a rule, without a pattern, that the library does not have.
    pub fn select<'a>(&self, library: &'a Library) -> Result<Vec<&'a Rule>, ProfileError> {
        for id in self.rules.iter().chain(&self.except).chain(self.severity.keys()).filter(|id| !id.contains('*')) {
            library.rule(id).map_err(|unknown| ProfileError::Rule { file: self.id.clone(), unknown })?;
        }
        let all = self.rules.is_empty() && self.families.is_empty();
        let named = |patterns: &[String], rule: &Rule| patterns.iter().any(|pattern| fits(pattern, &rule.id));
        Ok(library
            .rules()
            .filter(|rule| all || named(&self.rules, rule) || self.families.contains(&rule.family))
            .filter(|rule| !named(&self.except, rule))
            .filter(|rule| self.scopes.is_empty() || self.scopes.contains(&rule.scope))
            .collect())
    }

    /// How much a rule matters here.
    pub fn severity(&self, rule: &Rule) -> Severity {
        let own = self.severity.iter().find(|(pattern, _)| fits(pattern, &rule.id));
        own.map_or(rule.severity, |(_, severity)| *severity)
    }
}

/// Whether a text is as a pattern says, in which `*` stands for any letters. Case does not matter.
///
/// ```
/// use viite_check::profile::fits;
/// assert!(fits("G08-*", "g08-same-purpose"));
/// assert!(fits("*-owner", "B3-system-owner"));
/// assert!(!fits("G08", "G08-same-purpose"));
/// ```
pub fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty(); // no star
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> Vec<String> {
        let library = Library::shipped().unwrap();
        let rules = profile(Path::new("nowhere"), name).unwrap().select(&library).unwrap();
        rules.into_iter().map(|rule| rule.id.clone()).collect()
    }

    #[test]
    fn every_shipped_profile_names_rules_that_exist_and_takes_some() {
        for profile in profiles(Path::new("nowhere")).unwrap() {
            assert!(!shipped(&profile.id).is_empty(), "{}", profile.id);
        }
    }

    #[test]
    fn the_reference_and_the_regions_are_judged_by_different_rules() {
        assert!(shipped("national-reference").contains(&"actor-duties".to_owned()));
        assert!(!shipped("region-current-state").contains(&"actor-duties".to_owned()));
        assert_eq!(shipped("everything").len(), Library::shipped().unwrap().rules().count());
    }

    #[test]
    fn patterns_stand_for_rules_and_a_misspelt_name_is_told() {
        let parse = |text: &str| {
            let names = "name = { fi = 'a', sv = 'a', en = 'a' }\ndescription = { fi = 'a', sv = 'a', en = 'a' }\n";
            Profile::parse("own.toml", &format!("{names}{text}"))
        };
        let library = Library::shipped().unwrap();
        let kanta = parse("rules = ['G06-*']\nexcept = ['*-nothing']\n[severity]\n'G06-*' = 'info'").unwrap();
        let rules = kanta.select(&library).unwrap();
        assert!(rules.iter().any(|rule| rule.id == "G06-without-delay"));
        assert!(rules.iter().all(|rule| rule.id.starts_with("G06-") && kanta.severity(rule) == Severity::Info));
        let error = parse("rules = ['G06-without-dealy']").unwrap().select(&library).unwrap_err().to_string();
        assert!(
            error.contains("own: there is no rule 'G06-without-dealy'; did you mean 'G06-without-delay'"),
            "{error}"
        );
        assert!(parse("rule = ['G06']").unwrap_err().to_string().contains("unknown field `rule`"));
        assert!(
            Profile::parse("x.toml", "name = {}\ndescription = {}").unwrap_err().to_string().contains("no text in")
        );
    }

    #[test]
    fn an_unknown_profile_lists_those_that_there_are() {
        let error = profile(Path::new("nowhere"), "region").unwrap_err().to_string();
        assert!(error.contains("there is no profile 'region'; there are everything, investment-proposal"), "{error}");
    }
}
