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

/// A number as people write it: `1 250 000,50 €`, `0,5 %`, `-3.25`. The unit is the property's, not the value's.
pub(super) fn decimal(text: &str) -> Option<Literal> {
    let text = text.trim().trim_end_matches(['€', '%']).trim_end();
    let text = text.strip_suffix("EUR").or_else(|| text.strip_suffix("euroa")).unwrap_or(text);
    // Spaces of every kind part the thousands.
    let mut number: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if number.contains(',') && number.contains('.') {
        // The later one is the decimal mark.
        let grouping = if number.rfind(',') > number.rfind('.') { '.' } else { ',' };
        number.retain(|c| c != grouping);
    }
    let number = number.replace(',', ".").replace('\u{2212}', "-");
    let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    let valid = digits(unsigned) && digits(part) && !unsigned.is_empty();
    valid.then(|| Literal::new_typed_literal(number.trim_end_matches('.'), xsd::DECIMAL))
}

/// A whole number; spreadsheets write `3.0` for it too.
pub(super) fn integer(text: &str, datatype: &NamedNode) -> Option<Literal> {
    let number = decimal(text)?;
    let (whole, part) = number.value().split_once('.').unwrap_or((number.value(), ""));
    part.bytes().all(|digit| digit == b'0').then(|| Literal::new_typed_literal(whole, datatype.clone()))
}

/// A day as Excel counts them, when a table shows the number and not the day.
fn serial(text: &str) -> Option<Literal> {
    let number: u32 = text.parse().ok().filter(|_| text.len() == 5)?;
    let day = calamine::ExcelDateTime::new(f64::from(number), calamine::ExcelDateTimeType::DateTime, false);
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    Some(Literal::new_typed_literal(format!("{year:04}-{month:02}-{day:02}"), xsd::DATE))
}

/// A day: `2026-01-31`, `31.1.2026`, a day as Excel counts them, or a year, whose first or last day is meant.
/// A time of day after it is left out.
pub(super) fn date(text: &str, last: bool) -> Option<Literal> {
    let text = text.trim();
    let text = match text.split_once(['T', ' ']) {
        Some((day, time)) if time.contains(':') && day.len() >= 8 => day,
        _ => text,
    };
    if let Some(day) = serial(text) {
        return Some(day);
    }
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
    fn days_are_read_as_spreadsheets_write_them() {
        assert_eq!(day("45292", false).as_deref(), Some("2024-01-01"));
        assert_eq!(day("2024-02-01 00:00:00", false).as_deref(), Some("2024-02-01"));
        assert_eq!(day("1.2.2024 12:30", true).as_deref(), Some("2024-02-01"));
    }

    #[test]
    fn numbers_are_read_as_finns_write_them() {
        let number = |text: &str| decimal(text).map(|literal| literal.value().to_owned());
        for (text, value) in [
            ("1 250 000,50 €", "1250000.50"),
            ("0,5 %", "0.5"),
            ("1.250.000,5", "1250000.5"),
            ("1,250.5", "1250.5"),
            ("-3", "-3"),
            ("12\u{a0}000 EUR", "12000"),
        ] {
            assert_eq!(number(text).as_deref(), Some(value), "{text}");
        }
        for text in ["", "-", "noin 5", "5 M€", "1,2,3", "€"] {
            assert_eq!(number(text), None, "{text}");
        }
        let whole = |text: &str| integer(text, &xsd::INTEGER.into_owned()).map(|literal| literal.value().to_owned());
        assert_eq!((whole("3.0").as_deref(), whole("3,5").as_deref()), (Some("3"), None));
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
