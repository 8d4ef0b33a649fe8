//! What the command line means here: which repository, which language, who writes.

use crate::args::Global;
use anyhow::{Context, Result};
use std::{env, path::PathBuf, sync::Arc, time::Duration};
use viite_check::Library;
use viite_model::{Language, Names};
use viite_store::{Repository, Snapshot};

/// The arguments that every command takes, resolved.
pub(crate) struct Session {
    repository: Option<PathBuf>,
    pub(crate) language: Language,
    /// The language that was named on the command line, if one was.
    pub(crate) explicit_language: Option<Language>,
    pub(crate) wait: Duration,
}

impl Session {
    pub(crate) fn new(global: Global) -> Self {
        Self {
            repository: global.repository,
            explicit_language: global.lang,
            language: global.lang.unwrap_or_else(locale_language),
            wait: global.wait,
        }
    }

    /// The same session in another repository.
    pub(crate) fn within(&self, repository: PathBuf) -> Self {
        Self { repository: Some(repository), ..*self }
    }

    /// Opens the repository that was named, or the nearest one above the folder at hand.
    pub(crate) fn open(&self) -> Result<Repository> {
        let repository = match &self.repository {
            Some(dir) => Repository::open(dir)?,
            None => Repository::discover(&env::current_dir().context("the folder at hand cannot be read")?)?,
        };
        Ok(repository)
    }

    /// Whether the command line names a repository.
    pub(crate) fn names_repository(&self) -> bool {
        self.repository.is_some()
    }

    /// The rules that hold in a repository.
    pub(crate) fn library(repository: &Repository) -> Result<Library> {
        Ok(Library::with_folder(&repository.root().join("queries/checks"))?)
    }
}

/// A repository's state: the newest, or that at a revision.
pub(crate) fn state(repository: &Repository, at: Option<u64>) -> Result<Arc<Snapshot>> {
    Ok(match at {
        None => repository.snapshot()?,
        Some(number) => repository.snapshot_at(number)?,
    })
}

/// The maker of IRIs of a repository.
pub(crate) fn names(repository: &Repository) -> Result<Names> {
    Ok(repository.config().names()?)
}

fn locale_language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|locale| !locale.is_empty())
        .and_then(|locale| Language::from_locale(&locale))
        .unwrap_or_default()
}

/// Today, as the rules see it.
pub(crate) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
