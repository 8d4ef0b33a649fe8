//! What the readers and writers tell their users: a file per area, an entry per kind of note, and in it the Finnish, the
//! Swedish and the English text side by side, in this order.
//!
//! An entry says what became of the thing ([`Fate`]), `what` it is, and `why`, with what to do. `notes!` makes a function
//! of it: `tell(place, notes::tables::row_without_name())`. The arguments in braces are those of the function; the
//! compiler knows them, and a test sees to it that all three texts have the same ones.

pub(crate) mod archimate;
pub(crate) mod files;
pub(crate) mod mapping;
pub(crate) mod tables;
pub(crate) mod writing;

use crate::loss::Fate;
use viite_model::Text;

/// One note, without its place.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) fate: Fate,
    /// The name of the entry: stays the same when the words change.
    pub(crate) kind: &'static str,
    pub(crate) what: Text,
    pub(crate) why: Text,
}

macro_rules! notes {
    ($($(#[$doc:meta])* $fate:ident $kind:ident($($argument:ident),*) {
        what: $what_fi:literal, $what_sv:literal, $what_en:literal;
        why: $why_fi:literal, $why_sv:literal, $why_en:literal;
    })*) => {
        $($(#[$doc])* pub(crate) fn $kind($($argument: impl std::fmt::Display),*) -> $crate::notes::Note {
            $crate::notes::Note {
                fate: $crate::loss::Fate::$fate,
                kind: stringify!($kind),
                what: viite_model::Text {
                    fi: Some(format!($what_fi)),
                    sv: Some(format!($what_sv)),
                    en: Some(format!($what_en)),
                },
                why: viite_model::Text { fi: Some(format!($why_fi)), sv: Some(format!($why_sv)), en: Some(format!($why_en)) },
            }
        })*

        /// The texts as they stand here, for the test.
        #[cfg(test)]
        pub(super) const TEXTS: &[(&str, [[&str; 3]; 2])] = &[
            $((stringify!($kind), [[$what_fi, $what_sv, $what_en], [$why_fi, $why_sv, $why_en]])),*
        ];
    };
}
pub(crate) use notes;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The arguments of a text; one may stand twice.
    fn arguments(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split(['}', ':']).next()).collect()
    }

    #[test]
    fn every_note_has_its_own_name_and_three_texts_with_the_same_arguments() {
        let mut kinds = BTreeSet::new();
        for (kind, texts) in [archimate::TEXTS, files::TEXTS, mapping::TEXTS, tables::TEXTS, writing::TEXTS].concat() {
            assert!(kinds.insert(kind), "two notes are called {kind}");
            let [_, [fi, sv, en]] = texts;
            assert!(fi != en && sv != en && fi != sv, "why of {kind} is not translated");
            for [fi, sv, en] in texts {
                assert!([fi, sv, en].iter().all(|text| !text.trim().is_empty()), "{kind} lacks a text");
                assert_eq!(arguments(fi), arguments(en), "{kind}: Finnish and English");
                assert_eq!(arguments(sv), arguments(en), "{kind}: Swedish and English");
            }
        }
    }
}
