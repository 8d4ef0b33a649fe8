//! The rules at hand: those that the program carries, and those of a repository's own folder.

use crate::rule::{self, Rule, RuleError};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Every shipped rule file: its path below `queries/checks`, and its text.
static SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Rules by identifier.
#[derive(Debug)]
pub struct Library {
    rules: BTreeMap<String, Rule>,
    switched_off: Vec<String>,
}

/// Why the rules could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LibraryError {
    /// A rule file is not as the contract says.
    #[error("a rule cannot be used\n{0}")]
    Rule(#[from] RuleError),
    /// Two files of one library carry the same identifier.
    #[error("two rules have the id '{id}': {first} and {second}; rename one file and its id")]
    Twice {
        /// The identifier.
        id: String,
        /// The file that was read first.
        first: String,
        /// The file that was read next.
        second: String,
    },
    /// A file switches off a rule that does not exist.
    #[error("{path} switches off a rule that does not exist: {unknown}")]
    Off {
        /// The file.
        path: PathBuf,
        /// The rule that it names.
        unknown: UnknownRule,
    },
    /// A rule file could not be read at all.
    #[error("cannot read {path}: {error}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// No rule has the identifier that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownRule {
    /// Neither the program nor the repository has one of that name.
    #[error("there is no rule '{id}'{}; 'viite rule' lists them", nearest.as_ref().map(|n| format!("; did you mean '{n}'?")).unwrap_or_default())]
    Nowhere {
        /// What was asked for.
        id: String,
        /// The rule whose name is nearest.
        nearest: Option<String>,
    },
    /// The repository switched it off.
    #[error("rule '{id}' is switched off by a file of the repository's own 'queries/checks'")]
    Off {
        /// The rule.
        id: String,
    },
}

impl Library {
    /// The rules that the program carries.
    ///
    /// # Errors
    /// When one of them breaks the contract, which a test of this crate rules out.
    pub fn shipped() -> Result<Self, LibraryError> {
        let mut library = Self { rules: BTreeMap::new(), switched_off: Vec::new() };
        for (file, source) in SHIPPED {
            library.add(Rule::parse(file, source)?)?;
        }
        Ok(library)
    }

    /// The shipped rules, with those of a folder over them: a rule there with the id of a shipped one replaces it,
    /// and a file that says `off: true` switches one off.
    /// A folder that does not exist adds nothing.
    ///
    /// # Errors
    /// When the folder cannot be read or holds a rule that breaks the contract.
    pub fn with_folder(folder: &Path) -> Result<Self, LibraryError> {
        let mut own = Self { rules: BTreeMap::new(), switched_off: Vec::new() };
        let mut off = Vec::new();
        let files = if folder.is_dir() { rule_files(folder)? } else { Vec::new() };
        for path in files {
            let source = fs::read_to_string(&path).map_err(|error| LibraryError::Read { path: path.clone(), error })?;
            let file = path.to_string_lossy();
            match rule::switched_off(&file, &source)? {
                Some(id) => off.push((path, id)),
                None => own.add(Rule::parse(&file, &source)?)?,
            }
        }
        let mut library = Self::shipped()?;
        for (id, mut rule) in own.rules {
            // A rule that takes the place of another stays in its family, wherever its file lies.
            if let Some(replaced) = library.rules.get(&id) {
                rule.family.clone_from(&replaced.family);
            }
            library.rules.insert(id, rule);
        }
        for (path, id) in off {
            let id = library.rule(&id).map_err(|unknown| LibraryError::Off { path, unknown })?.id.clone();
            library.rules.remove(&id);
            library.switched_off.push(id);
        }
        library.switched_off.sort();
        Ok(library)
    }

    fn add(&mut self, rule: Rule) -> Result<(), LibraryError> {
        if let Some(first) = self.rules.get(&rule.id) {
            return Err(LibraryError::Twice { id: rule.id, first: first.file.clone(), second: rule.file });
        }
        self.rules.insert(rule.id.clone(), rule);
        Ok(())
    }

    /// All rules, by identifier.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }

    /// The rules that the repository switched off, by identifier.
    pub fn switched_off(&self) -> &[String] {
        &self.switched_off
    }

    /// One rule, however its identifier is capitalised.
    ///
    /// # Errors
    /// When there is none; the error names the nearest.
    pub fn rule(&self, id: &str) -> Result<&Rule, UnknownRule> {
        self.rules.values().find(|rule| rule.id.eq_ignore_ascii_case(id)).ok_or_else(|| {
            match self.switched_off.iter().find(|off| off.eq_ignore_ascii_case(id)) {
                Some(off) => UnknownRule::Off { id: off.clone() },
                None => UnknownRule::Nowhere { id: id.to_owned(), nearest: self.nearest(id) },
            }
        })
    }

    /// A rule whose identifier begins as the text does, or shares its longest beginning.
    fn nearest(&self, id: &str) -> Option<String> {
        let wanted = id.to_lowercase();
        let shared =
            |rule: &Rule| rule.id.to_lowercase().bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
        self.rules().max_by_key(|rule| shared(rule)).filter(|rule| shared(rule) > 0).map(|rule| rule.id.clone())
    }
}

/// The rule files of a folder and those below it, in the order of their paths.
///
/// # Errors
/// When a folder cannot be read.
pub fn rule_files(folder: &Path) -> Result<Vec<PathBuf>, LibraryError> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), LibraryError> {
    let read = |error| LibraryError::Read { path: folder.to_owned(), error };
    for entry in fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "rq") {
            files.push(path);
        }
    }
    Ok(())
}
