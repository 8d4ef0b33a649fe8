//! Cells as people fill them: what stands for nothing, and what is only decoration.

use crate::mapping::Value;
use viite_model::label;

/// Words for "nothing here" in any column.
const NOTHING: &[&str] = &[
    "n/a",
    "#n/a",
    "na",
    "n.a.",
    "?",
    "??",
    "null",
    "nan",
    "none",
    "ei tiedossa",
    "ei tiedetä",
    "okänt",
    "unknown",
    "tbd",
];

/// Words that mean nothing unless the column is for numbers, or for yes and no.
const NO: &[&str] = &[
    "0",
    "0.0",
    "0,0",
    "ei",
    "ei ole",
    "ei mitään",
    "nej",
    "inget",
    "ingen",
    "inga",
    "saknas",
    "no",
    "puuttuu",
    "tyhjä",
];

/// Whether a text says that there is nothing: empty, dashes, or a word for it.
pub(super) fn is_blank(text: &str) -> bool {
    let key = label::key(text);
    key.is_empty() || NOTHING.contains(&key.as_str())
}

/// Whether a value of a known kind says that there is nothing.
pub(super) fn says_nothing(text: &str, value: &Value) -> bool {
    let counts = match value {
        Value::Boolean | Value::Decimal | Value::Integer(_) => true,
        // "Nothing" may be one of the words to choose from.
        Value::Code(codes) => codes.contains_key(&label::key(text)),
        _ => false,
    };
    !counts && NO.contains(&label::key(text).as_str())
}

/// A header without line breaks, stars and colons.
pub(super) fn header(cell: &str) -> String {
    let words = cell.split(|c: char| c.is_whitespace() || c == '*').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").trim_end_matches([':', ' ']).to_owned()
}

/// A header without what stands in brackets at its end: `Omistaja (pakollinen)`.
pub(super) fn unbracketed(header: &str) -> &str {
    let cut = header.strip_suffix(')').and_then(|rest| rest.rfind('(')).filter(|at| *at > 0);
    cut.map_or(header, |at| header[..at].trim_end())
}

/// A name on one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_nothing_in_many_ways() {
        for text in ["", " ", "-", "–", "---", "N/A", "?", "ei tiedossa"] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["0", "ei", "x", "A"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn no_and_nought_are_answers_where_the_question_is_yes_or_how_much() {
        assert!(says_nothing("Ei", &Value::Text) && says_nothing("0", &Value::Text));
        assert!(!says_nothing("ei", &Value::Boolean) && !says_nothing("0", &Value::Decimal));
        assert!(!says_nothing("eilinen", &Value::Text));
    }

    #[test]
    fn headers_lose_their_decoration() {
        assert_eq!(header(" Järjestelmän\nnimi * :"), "Järjestelmän nimi");
        assert_eq!(unbracketed("Omistaja (pakollinen)"), "Omistaja");
        assert_eq!(unbracketed("(vapaa)"), "(vapaa)");
    }
}
