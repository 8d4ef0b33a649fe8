//! The three languages, and texts that exist in them.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A language that Viite speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Finnish
    Fi,
    /// Swedish
    Sv,
    /// English
    #[default]
    En,
}

impl Language {
    /// All of them, in the order in which documents list them.
    pub const ALL: [Self; 3] = [Self::Fi, Self::Sv, Self::En];

    /// The language tag: `fi`, `sv` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// Of a text in Finnish, Swedish and English, the one in this language.
    ///
    /// ```
    /// use viite_model::Language;
    /// assert_eq!(Language::Sv.of(["kyllä", "ja", "yes"]), "ja");
    /// ```
    pub fn of<T>(self, [fi, sv, en]: [T; 3]) -> T {
        match self {
            Self::Fi => fi,
            Self::Sv => sv,
            Self::En => en,
        }
    }

    /// The language of a locale such as `sv_FI.UTF-8`, or none that Viite speaks.
    pub fn from_locale(locale: &str) -> Option<Self> {
        locale.get(..2)?.parse().ok()
    }

    /// A day (`2019-12-31`) as the language writes it: `31.12.2019` in the Finnish and Swedish of Finland.
    /// What is no day stays as it is.
    ///
    /// ```
    /// use viite_model::Language;
    /// assert_eq!(Language::Sv.day("2023-01-09"), "9.1.2023");
    /// assert_eq!(Language::En.day("2023-01-09"), "2023-01-09");
    /// assert_eq!(Language::Fi.day("-0044-03-15"), "-0044-03-15");
    /// ```
    pub fn day(self, text: &str) -> String {
        match (&text.split('-').collect::<Vec<_>>()[..], self) {
            ([year, month, day], Self::Fi | Self::Sv) => {
                format!("{}.{}.{year}", day.trim_start_matches('0'), month.trim_start_matches('0'))
            }
            _ => text.to_owned(),
        }
    }

    /// A decimal number as it is written in the language, digits in threes from five digits on.
    /// What is no such number stays as it is.
    ///
    /// ```
    /// use viite_model::Language;
    /// assert_eq!(Language::Fi.number("2900000.50"), "2\u{a0}900\u{a0}000,5");
    /// assert_eq!(Language::En.number("-12345"), "−12,345");
    /// assert_eq!(Language::Sv.number("7.0"), "7");
    /// assert_eq!(Language::Sv.number("2026"), "2026");
    /// assert_eq!(Language::Sv.number("1.0E6"), "1.0E6");
    /// ```
    pub fn number(self, text: &str) -> String {
        let (group, point) = match self {
            Self::Fi | Self::Sv => ('\u{a0}', ','),
            Self::En => (',', '.'),
        };
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("−", digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
            return text.to_owned();
        }
        let mut out = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && whole.len() > 4 && (whole.len() - at).is_multiple_of(3) {
                out.push(group);
            }
            out.push(digit);
        }
        let part = part.trim_end_matches('0');
        if !part.is_empty() {
            out.push(point);
            out.push_str(part);
        }
        out
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A text that names none of the three languages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language '{0}': it is one of fi, sv, en")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(tag))
            .ok_or_else(|| UnknownLanguage(tag.to_owned()))
    }
}

/// One text in up to three languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Finnish
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fi: Option<String>,
    /// Swedish
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sv: Option<String>,
    /// English
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Text {
    /// The text in this very language.
    pub fn exact(&self, language: Language) -> Option<&str> {
        match language {
            Language::Fi => self.fi.as_deref(),
            Language::Sv => self.sv.as_deref(),
            Language::En => self.en.as_deref(),
        }
    }

    /// The text in this language, else in English, Finnish or Swedish, in that order.
    ///
    /// ```
    /// use viite_model::{Language, Text};
    /// let text = Text { fi: Some("tiedonhallinta".into()), ..Text::default() };
    /// assert_eq!(text.get(Language::Sv), Some("tiedonhallinta"));
    /// ```
    pub fn get(&self, language: Language) -> Option<&str> {
        [language, Language::En, Language::Fi, Language::Sv].into_iter().find_map(|language| self.exact(language))
    }

    /// The languages in which the text is missing.
    pub fn missing(&self) -> impl Iterator<Item = Language> + '_ {
        Language::ALL.into_iter().filter(|language| self.exact(*language).is_none())
    }
}
