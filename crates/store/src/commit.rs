//! What a revision says of itself.

/// Who makes a revision, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitInfo {
    /// A person, or a program that acts for one.
    pub author: String,
    /// One line for the log.
    pub message: String,
}

impl CommitInfo {
    /// By whoever runs the program.
    pub fn by_user(message: impl Into<String>) -> Self {
        Self { author: user().unwrap_or_else(|| "unknown".to_owned()), message: message.into() }
    }
}

/// The user's name: as `VIITE_AUTHOR` has it, else as the operating system knows it.
pub fn user() -> Option<String> {
    ["VIITE_AUTHOR", "USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}
