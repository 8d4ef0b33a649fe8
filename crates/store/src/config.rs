//! `viite.toml`: what a repository is told by its owner.

use crate::StoreError;
use serde::{Deserialize, Serialize};
use std::path::Path;
use viite_model::Names;

/// The settings of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the IRIs of the repository's own things begin; it ends in `/` or `#`.
    #[serde(default = "default_base")]
    pub base: String,
}

fn default_base() -> String {
    Names::DEFAULT_BASE.to_owned()
}

impl Default for Config {
    fn default() -> Self {
        Self { base: default_base() }
    }
}

impl Config {
    pub(crate) const FILE: &str = "viite.toml";

    pub(crate) fn read(root: &Path) -> Result<Self, StoreError> {
        let path = root.join(Self::FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| StoreError::Config { path, reason: error.to_string() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(StoreError::io(&path, error)),
        }
    }

    pub(crate) fn write(&self, root: &Path) -> Result<(), StoreError> {
        let path = root.join(Self::FILE);
        let text = format!(
            "# Where the IRIs of this repository's own things begin: an absolute IRI that ends in / or #.\n\
             # Change it before the first import; IRIs already given out keep their beginning.\n\
             base = {}\n",
            toml::Value::from(self.base.as_str())
        );
        std::fs::write(&path, text).map_err(|error| StoreError::io(&path, error))
    }

    /// The maker of IRIs with this base.
    ///
    /// # Errors
    /// The base is no absolute IRI that ends in `/` or `#`.
    pub fn names(&self) -> Result<Names, StoreError> {
        Names::new(&self.base)
            .map_err(|error| StoreError::Config { path: Self::FILE.into(), reason: error.to_string() })
    }
}
