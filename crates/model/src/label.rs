//! When two names are the same name, whoever wrote them.

use unicode_normalization::UnicodeNormalization;

/// What is left of a name when case, spacing, hyphens and ways of encoding are taken away.
///
/// Names that people write for one thing differ in these; names of different things do not.
/// Diacritics stay: *sää* and *saa* are different words.
///
/// ```
/// use viite_model::label::key;
/// assert_eq!(key("Suomi.fi-tunnistus"), key("  suomi.fi –  TUNNISTUS"));
/// assert_ne!(key("Säätieto"), key("Saatieto"));
/// ```
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut gap = false;
    // Twice over NFKC: lower case of a composed letter may come out decomposed.
    for character in name.nfkc().flat_map(char::to_lowercase).nfkc() {
        match character {
            // soft hyphen and zero-width characters: invisible, so no difference
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' => gap = true,
            _ if character.is_whitespace() || character.is_control() => gap = true,
            _ => {
                if gap && !key.is_empty() {
                    key.push(' ');
                }
                gap = false;
                key.push(match character {
                    '\u{2018}' | '\u{2019}' => '\'',
                    '\u{201c}' | '\u{201d}' => '"',
                    other => other,
                });
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn composed_and_decomposed_letters_are_one() {
        assert_eq!(key("A\u{308}kta"), key("Äkta"));
    }

    #[test]
    fn a_name_of_hyphens_alone_has_no_key() {
        assert_eq!(key(" -- \u{ad}"), "");
    }

    #[test]
    fn a_key_is_its_own_key() {
        for name in ["İstanbul", "ﬁ", "Å – B", "ΣΑΣ", "x\u{0}y"] {
            assert_eq!(key(&key(name)), key(name), "{name:?}");
        }
    }
}
