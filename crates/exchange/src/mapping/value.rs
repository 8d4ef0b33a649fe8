//! What people write as the value of a property, and what it means.

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode};
use rustc_hash::FxHashMap;
use viite_model::label;

/// The values in a text that lists several: by line, semicolon or bar.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';', '|']).map(str::trim).filter(|value| !value.is_empty())
}

/// Yes or no in the three languages.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match label::key(text).as_str() {
        "true" | "1" | "x" | "kyllä" | "on" | "ja" | "yes" => Some(true),
        "false" | "0" | "ei" | "nej" | "no" => Some(false),
        _ => None,
    }
}

/// A day: `2026-01-31`, `31.1.2026`, or a year, whose first or last day is meant.
pub(super) fn date(text: &str, last: bool) -> Option<Literal> {
    let text = text.trim();
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u16>().ok())
            .flatten()
    };
    let (year, month, day) = if let Some(year) = number(text, 4..=4) {
        if last { (year, 12, 31) } else { (year, 1, 1) }
    } else if let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] {
        (number(year, 4..=4)?, number(month, 2..=2)?, number(day, 2..=2)?)
    } else if let [day, month, year] = text.split('.').map(str::trim).collect::<Vec<_>>()[..] {
        (number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?)
    } else {
        return None;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=days).contains(&day).then(|| Literal::new_typed_literal(format!("{year:04}-{month:02}-{day:02}"), xsd::DATE))
}

/// The codes that a text names: the whole of it, or every part of a list.
/// The parts that name none come second.
pub(super) fn codes<'t>(text: &'t str, known: &FxHashMap<String, NamedNode>) -> (Vec<NamedNode>, Vec<&'t str>) {
    if let Some(code) = known.get(&label::key(text)) {
        return (vec![code.clone()], Vec::new());
    }
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    for part in split(text).flat_map(|part| part.split(',')).map(str::trim) {
        match known.get(&label::key(part)) {
            Some(code) => found.push(code.clone()),
            None if part.is_empty() => {}
            None => unknown.push(part),
        }
    }
    (found, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, last: bool) -> Option<String> {
        date(text, last).map(|literal| literal.value().to_owned())
    }

    #[test]
    fn days_are_read_as_finns_write_them() {
        assert_eq!(day("31.1.2026", false).as_deref(), Some("2026-01-31"));
        assert_eq!(day(" 2024-02-29 ", false).as_deref(), Some("2024-02-29"));
        assert_eq!(day("2026", false).as_deref(), Some("2026-01-01"));
        assert_eq!(day("2026", true).as_deref(), Some("2026-12-31"));
    }

    #[test]
    fn days_that_do_not_exist_are_no_days() {
        for text in ["29.2.2023", "31.4.2026", "0.1.2026", "2026-13-01", "soon", "1.1.26", "", "-1.1.2026"] {
            assert_eq!(day(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_list_of_codes_names_the_unknown_ones() {
        let known: FxHashMap<String, NamedNode> =
            [("a b".to_owned(), NamedNode::new_unchecked("x:1"))].into_iter().collect();
        let (found, unknown) = codes("A-B; c, a  b", &known);
        assert_eq!((found.len(), unknown), (2, vec!["c"]));
    }
}
