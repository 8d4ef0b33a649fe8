//! What people write around a name, as `data/mappings/names.toml` lists it.

use super::words::words;
use serde::Deserialize;
use std::{collections::BTreeSet, sync::LazyLock};

const LISTS: &str = include_str!("../../../../data/mappings/names.toml");

/// The lists of words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decoration {
    connections: Vec<String>,
    compounds: Vec<String>,
    installations: Vec<String>,
    vendors: Vec<String>,
    within: Vec<String>,
    legal: Vec<String>,
    generic: Vec<String>,
}

impl Decoration {
    /// The lists that come with the program; a test proves that they can be read.
    pub(crate) fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Decoration> =
            LazyLock::new(|| toml::from_str(LISTS).expect("data/mappings/names.toml is valid: a test reads it"));
        &SHIPPED
    }

    /// Whether the word says nothing of which thing is meant, whatever kind of thing it is.
    pub(crate) fn is_general(&self, word: &str) -> bool {
        self.vendors.iter().chain(&self.legal).any(|w| w == word) || is_version(word)
    }

    /// Whether the word only says that the name is that of a system, or of one of its installations.
    pub(crate) fn is_installation(&self, word: &str) -> bool {
        self.installations.iter().any(|w| w == word)
    }

    /// The words without what joins them to the name before them: *i Kanta*.
    pub(crate) fn without_joint<'w>(&self, words: &'w [String]) -> &'w [String] {
        match words {
            [joint, rest @ ..] if !rest.is_empty() && self.within.contains(joint) => rest,
            words => words,
        }
    }

    /// Whether the word only says that the name is that of a connection.
    pub(crate) fn is_connection(&self, word: &str) -> bool {
        self.connections.iter().any(|w| w == word)
    }

    /// Whether a name is also what anybody's service of the kind is called, whatever its spelling.
    pub(crate) fn is_generic(&self, name: &[String]) -> bool {
        static GENERIC: LazyLock<BTreeSet<String>> =
            LazyLock::new(|| Decoration::shipped().generic.iter().map(|name| words(name).concat()).collect());
        GENERIC.contains(&name.concat())
    }

    /// The word without *integraatio* and the like that has grown to its end.
    pub(crate) fn without_compound<'w>(&self, word: &'w str) -> Option<&'w str> {
        self.compounds
            .iter()
            .filter_map(|ending| word.strip_suffix(ending.as_str()))
            // What is left must be a name of its own.
            .find(|rest| rest.chars().count() >= 6)
    }
}

/// `v2`, `v12`, `r4`, `2019`; a small number alone may as well tell the second from the first.
fn is_version(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    word.strip_prefix(['v', 'r']).is_some_and(digits) || (digits(word) && word.len() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_lower_case_without_repetition() {
        let lists = Decoration::shipped();
        for list in [
            &lists.connections,
            &lists.compounds,
            &lists.installations,
            &lists.vendors,
            &lists.within,
            &lists.legal,
            &lists.generic,
        ] {
            assert!(list.iter().all(|word| *word == word.to_lowercase()));
            assert!(list.iter().enumerate().all(|(at, word)| !list[..at].contains(word)), "{list:?}");
        }
    }

    #[test]
    fn versions_go_and_a_serial_number_stays() {
        for word in ["v2", "v12", "2019", "21"] {
            assert!(Decoration::shipped().is_general(word), "{word}");
        }
        assert!(!Decoration::shipped().is_general("2"));
    }
}
