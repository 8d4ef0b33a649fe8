//! Texts that a spreadsheet would run as formulas: quoted when CSV is written, and as they were when it is read.

use std::borrow::Cow;

/// What a formula begins with; a tab or a carriage return may hide it.
const FIRST: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a spreadsheet would run a text that it reads from CSV.
pub(crate) fn runs(text: &str) -> bool {
    text.starts_with(FIRST)
}

/// A text with an apostrophe before it where it would be run, or be taken for one that [`plain`] frees.
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    if runs(text.trim_start_matches('\'')) { format!("'{text}").into() } else { text.into() }
}

/// A text without the apostrophe that [`quoted`] put before it.
pub(crate) fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if runs(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_run_is_quoted_and_nothing_else() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("'=1"), "''=1");
        assert_eq!(quoted("'t Hooft"), "'t Hooft");
        assert_eq!(plain("'t Hooft"), "'t Hooft");
        assert_eq!(plain("'-5"), "-5");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "['=+@\\-\t\ra-c]{0,6}") {
            let written = quoted(&text);
            prop_assert!(!runs(&written));
            prop_assert_eq!(plain(&written), text.as_str());
        }
    }
}
