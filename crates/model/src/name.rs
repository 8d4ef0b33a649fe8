//! When two names are nearly the same name: what is left of them without decoration and inflection.

use crate::{Language, label};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;

/// Words that tell what kind of thing a name names, not which one.
const KINDS: &[&str] = &[
    "järjestelmä",
    "tietojärjestelmä",
    "sovellus",
    "ohjelmisto",
    "oy",
    "oyj",
    "ab",
    "abp",
    "ltd",
    "system",
    "systemet",
    "informationssystem",
    "informationssystemet",
    "applikation",
    "programvara",
    "application",
    "software",
    "the",
];

/// What is left of a name when spelling, brackets, versions, legal forms, kinds of thing, inflection and the order of
/// its words are taken away. Names with one key are near-identical; two different things may still share a key, so a
/// match is a hint and never a proof.
///
/// The language chooses the stemmer (Snowball); without one, Finnish.
///
/// ```
/// use viite_model::{Language, name::key};
/// let fi = Some(Language::Fi);
/// assert_eq!(key("Sähköinen ajanvaraus", fi), key("Ajanvaraus, sähköinen (v. 2.1)", fi));
/// assert_eq!(key("Laskutuksen järjestelmä", fi), key("Laskutus", fi));
/// assert_ne!(key("Sosiaalikaari", fi), key("Hoitokaari", fi));
/// ```
pub fn key(name: &str, language: Option<Language>) -> String {
    let folded = label::key(name);
    let bare = without_brackets(&folded);
    let stemmed = |words: &mut dyn Iterator<Item = &str>| -> String {
        let stems: BTreeSet<String> = words.map(|word| stem(word, language)).collect();
        stems.into_iter().collect::<Vec<_>>().join(" ")
    };
    let telling = stemmed(&mut words(&bare).filter(|word| !KINDS.contains(word) && !is_version(word)));
    // A name that is nothing but decoration is told by its decoration.
    if telling.is_empty() { stemmed(&mut words(&folded)) } else { telling }
}

/// How like two names are, from 0 to 1: how few letters of their keys differ (Damerau-Levenshtein, by the longer key).
/// 1 is said of names with one key; what has no key is like nothing.
///
/// ```
/// use viite_model::{Language, name::similarity};
/// let fi = Some(Language::Fi);
/// assert_eq!(similarity(("Ajanvaraus", fi), ("ajanvarauksen järjestelmä", fi)), 1.0);
/// assert!(similarity(("Potilasportti", fi), ("Potilasportaali", fi)) > 0.6);
/// assert!(similarity(("Laskutus", fi), ("Kuvantaminen", fi)) < 0.3);
/// ```
pub fn similarity(a: (&str, Option<Language>), b: (&str, Option<Language>)) -> f64 {
    let (a, b) = (key(a.0, a.1), key(b.0, b.1));
    if a.is_empty() || b.is_empty() { 0.0 } else { strsim::normalized_damerau_levenshtein(&a, &b) }
}

/// A word in lower case without its inflection (Snowball); without a language, as Finnish.
///
/// ```
/// use viite_model::{Language, name::stem};
/// assert_eq!(stem("varauksen", Some(Language::Fi)), stem("varaus", Some(Language::Fi)));
/// ```
pub fn stem(word: &str, language: Option<Language>) -> String {
    let language = language.unwrap_or(Language::Fi);
    let stemmer = Stemmer::create(match language {
        Language::Fi => Algorithm::Finnish,
        Language::Sv => Algorithm::Swedish,
        Language::En => Algorithm::English,
    });
    let stem = stemmer.stem(word);
    match language {
        Language::Fi => finnish(&stem),
        // The definite form of long neuter words stays in Snowball: arkivet.
        Language::Sv => stem.strip_suffix("et").filter(|rest| rest.len() > 4).unwrap_or(&stem).to_owned(),
        Language::En => stem.into_owned(),
    }
}

/// What different stems that Snowball leaves of one Finnish word have in common.
fn finnish(stem: &str) -> String {
    let swapped = |from: &str, to: &str| stem.strip_suffix(from).map(|rest| format!("{rest}{to}"));
    // -us, -uus: tunnistuks-en, valtuud-et, valtuuks-ien, tunnistu-sta
    if let Some(one) = ["uud", "uut", "uuks"].iter().find_map(|ending| swapped(ending, "uus")) {
        return one;
    }
    if let Some(one) = swapped("ks", "s").or_else(|| swapped("yst", "ys")) {
        return one;
    }
    // -nen: tunnistautumin-en, tunnistautumis-en
    if let Some(one) = ["umis", "amis", "ämis", "ymis", "emis"].iter().find(|ending| stem.ends_with(**ending)) {
        return format!("{}{}", &stem[..stem.len() - one.len()], one.replace('s', "n"));
    }
    // Consonant gradation before the last vowel: tiedo-n, varano-n (Snowball has made one n of two).
    let Some((last, vowel)) = stem.char_indices().next_back().filter(|(_, c)| "aeiouyäö".contains(*c)) else {
        return stem.to_owned();
    };
    let body = &stem[..last];
    let body = ["nt", "nk", "mp", "lt", "rt"].iter().find(|strong| body.ends_with(**strong)).map_or_else(
        || body.strip_suffix('d').map_or(body.to_owned(), |rest| format!("{rest}t")),
        |strong| body[..body.len() - strong.len() + 1].to_owned(),
    );
    format!("{body}{vowel}")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// `2`, `2019`, `v3`
fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflection_goes_by_the_language() {
        assert_eq!(key("Fakturering", Some(Language::Sv)), key("Faktureringen", Some(Language::Sv)));
        assert_eq!(key("Ajanvaraukset", Some(Language::Fi)), key("ajanvarauksessa", Some(Language::Fi)));
        assert_eq!(key("Bookings", Some(Language::En)), key("booking", Some(Language::En)));
    }

    #[test]
    fn a_name_of_decoration_alone_keeps_it() {
        assert_ne!(key("Järjestelmä 2", None), key("Järjestelmä 3", None));
        assert_eq!(key("(?)", None), "");
        assert!(similarity(("", None), ("", None)).abs() < f64::EPSILON, "nothing is like nothing");
    }

    #[test]
    fn likeness_is_the_same_from_both_sides() {
        let (a, b) = (("Hoitokaari", None), ("Sosiaalikaari", None));
        assert!((similarity(a, b) - similarity(b, a)).abs() < f64::EPSILON);
    }

    #[test]
    fn forms_of_a_finnish_word_have_one_stem() {
        for forms in [
            "varanto varannon varantoon varannossa varantoa",
            "potilastieto potilastiedon potilastietoa potilastiedossa",
            "tunnistus tunnistuksen tunnistukseen tunnistuksella",
            "tunnistautuminen tunnistautumisen tunnistautumiseen",
            "valtuudet valtuuksien valtuuksiin valtuuksissa",
            "arkisto arkiston arkistoon arkistossa",
            "viestit viestien viesteihin viesteissä",
            "palveluväylä palveluväylän palveluväylään palveluväylässä",
        ] {
            let mut words = forms.split(' ').map(|word| (word, stem(word, Some(Language::Fi))));
            let (_, first) = words.next().unwrap();
            for (word, stem) in words {
                assert_eq!(stem, first, "{word}");
            }
        }
        for (one, other) in [("valtuudet", "valtuusto"), ("viestit", "viestintä"), ("palvelu", "palvelin")] {
            assert_ne!(stem(one, Some(Language::Fi)), stem(other, Some(Language::Fi)));
        }
    }

    #[test]
    fn definite_forms_of_swedish_words_have_the_stem_of_the_indefinite() {
        for (one, other) in [("patientdataarkiv", "patientdataarkivets"), ("kodtjänst", "kodtjänstens")] {
            assert_eq!(stem(one, Some(Language::Sv)), stem(other, Some(Language::Sv)));
        }
    }
}
