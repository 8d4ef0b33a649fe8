//! The rule file at hand: its header, and errors that point into it.

use super::RuleError;

/// A rule file.
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) source: &'a str,
}

impl<'a> Place<'a> {
    pub(super) fn error(&self, line: usize, what: impl Into<String>) -> RuleError {
        RuleError { file: self.file.to_owned(), line, what: what.into() }
    }

    /// An error at the header line that sets `key`.
    pub(super) fn at_key(&self, key: &str, what: impl Into<String>) -> RuleError {
        let line = self
            .source
            .lines()
            .position(|line| {
                line.strip_prefix("#+").is_some_and(|rest| rest.trim_start().starts_with(&format!("{key}:")))
            })
            .map_or(1, |index| index + 1);
        self.error(line, what)
    }

    /// The YAML of the `#+` lines, and the line on which they begin.
    pub(super) fn header(&self) -> Result<(String, usize), RuleError> {
        viite_query::library::header(self.source)
            .ok_or_else(|| self.error(1, "no header: begin the file with '#+ id: …' lines"))
    }

    /// The header as a value of its own kind.
    pub(super) fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, RuleError> {
        let (yaml, first_line) = self.header()?;
        serde_norway::from_str(&yaml).map_err(|error| {
            let line = first_line + error.location().map_or(0, |at| at.line().saturating_sub(1));
            self.error(line, format!("the header is not as it must be: {}", without_place(&error)))
        })
    }

    pub(super) fn family_and_stem(&self) -> Result<(&'a str, &'a str), RuleError> {
        let (folder, name) = self.file.rsplit_once('/').unwrap_or(("", self.file));
        let family = folder.rsplit('/').next().unwrap_or(folder);
        let stem = name.strip_suffix(".rq").ok_or_else(|| self.error(1, "a rule file must end in .rq"))?;
        if family.is_empty() {
            return Err(self.error(1, "a rule file must lie in the folder of its family"));
        }
        Ok((family, stem))
    }

    pub(super) fn select_line(&self) -> usize {
        self.source
            .lines()
            .position(|line| line.trim_start().to_ascii_uppercase().starts_with("SELECT"))
            .map_or(1, |index| index + 1)
    }
}

/// The message alone: serde's own line counts from the header's first line, and would mislead.
fn without_place(error: &serde_norway::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
