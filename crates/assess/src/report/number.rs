//! Numbers as the languages write them.

use oxsdatatypes::Decimal;
use viite_model::Language;

/// Decimals that are shown; what is exact beyond them is in the margin, and in the verdict.
const SHOWN: usize = 4;

/// A number with its thousands apart and the decimal sign of the language: `1 234 567,5`.
pub(super) fn number(value: Decimal, language: Language) -> String {
    let text = value.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("\u{2212}", digits),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let shown = &fraction[..fraction.len().min(SHOWN)];
    let cut = fraction.len() > SHOWN;
    let shown = if cut { shown } else { shown.trim_end_matches('0') };
    let mut out = String::from(if cut { "≈ " } else { "" });
    out.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && whole.len() > 4 {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    if !shown.is_empty() {
        out.push(if language == Language::En { '.' } else { ',' });
        out.push_str(shown);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_has_them() {
        let write = |text: &str, language| number(text.parse().unwrap(), language);
        assert_eq!(write("30000000", Language::Fi), "30\u{a0}000\u{a0}000");
        assert_eq!(write("0.50", Language::Sv), "0,5");
        assert_eq!(write("-1234.5", Language::En), "\u{2212}1234.5");
        assert_eq!(write("0.333333333333333333", Language::En), "≈ 0.3333");
        assert_eq!(write("0", Language::Fi), "0");
    }
}
