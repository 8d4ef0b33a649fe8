//! Words of a name: what makes two of them one, whatever their inflection.

use viite_model::{Language, label, name};

/// Endings that Finnish and Swedish write after a colon: *Kela:n*, *THL:s*.
const COLON_ENDINGS: &[&str] = &[
    "n", "s", "t", "a", "ä", "en", "in", "an", "än", "on", "un", "hin", "ssa", "ssä", "sta", "stä", "seen", "lla",
    "llä", "lta", "ltä", "lle", "ksi", "na", "nä", "ta", "tä", "iin", "ien", "tten", "een",
];

/// The words of a name in lower case, without punctuation. A full stop within a word goes, so that *Suomi.fi* is one.
pub(crate) fn words(name: &str) -> Vec<String> {
    let folded = label::key(name);
    let mut words = Vec::new();
    let mut word = String::new();
    let mut characters = folded.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character.is_alphanumeric() {
            word.push(character);
            continue;
        }
        let next_is_letter = characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !word.is_empty() && next_is_letter {
            if character == '.' {
                continue;
            }
            if matches!(character, ':' | '\'') {
                let rest = &folded[at + character.len_utf8()..];
                let ending = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
                if COLON_ENDINGS.contains(&ending) {
                    for _ in ending.chars() {
                        characters.next();
                    }
                }
            }
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The stems of words in a language, in their order.
pub(super) fn stems(words: &[String], language: Language) -> String {
    words.iter().map(|word| name::stem(word, Some(language))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_and_endings_after_a_colon_go() {
        assert_eq!(words("Suomi.fi-tunnistus"), ["suomifi", "tunnistus"]);
        assert_eq!(words("INT_Kela:n  Reseptikeskus (v1.2)"), ["int", "kela", "reseptikeskus", "v12"]);
        assert_eq!(words("Kanta:Omakanta"), ["kanta", "omakanta"]);
        assert_eq!(words(" -- "), Vec::<String>::new());
    }
}
