//! From bytes to text: the byte order mark decides, then the XML declaration, then UTF-8.

use crate::notes::Note;
use crate::notes::files as notes;
use crate::{Fault, Place, ReadError, place::place_of};
use std::borrow::Cow;

/// A text, and what to say about how it was told from the bytes.
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    /// Set when the file says one encoding and holds another.
    pub(crate) mended: Option<Note>,
}

impl Decoded<'_> {
    /// Notes it when the XML declaration claims another encoding than the one that the bytes are in.
    fn really_in(mut self, encoding: &str) -> Self {
        let is = |declared: &String| {
            let declared = declared.to_ascii_uppercase();
            declared.starts_with(encoding) || (encoding == "UTF-16" && declared.ends_with("UCS-2"))
        };
        self.mended = declared_encoding(self.text.as_bytes())
            .filter(|declared| !is(declared))
            .map(|declared| notes::declared_otherwise(declared, encoding));
        self
    }
}

const HELP: &str = "save the file as UTF-8 and import it again";

/// Reads UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 and windows-1252.
pub(crate) fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<Decoded<'b>, ReadError> {
    let fail = |place, problem: String| Err(ReadError::new(file, place, Fault::Encoding, problem, HELP));
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, b'<', ..] | [b'<', 0, 0, 0, ..] => {
            return fail(None, "the file is in UTF-32".into());
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => return utf8(file, rest).map(|decoded| decoded.really_in("UTF-8")),
        [0xFF, 0xFE, rest @ ..] => return utf16(file, rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return utf16(file, rest, u16::from_be_bytes),
        // XML 1.0, appendix F: without a mark, the first two characters of a document tell.
        [b'<', 0, b'?' | b'!' | b'a'..=b'z', 0, ..] => {
            return utf16(file, bytes, u16::from_le_bytes);
        }
        [0, b'<', 0, b'?' | b'!' | b'a'..=b'z', ..] => {
            return utf16(file, bytes, u16::from_be_bytes);
        }
        _ => {}
    }
    let Some(declared) = declared_encoding(bytes) else {
        return utf8(file, bytes);
    };
    match declared.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => utf8(file, bytes),
        // Letters beyond ASCII that are whole characters of UTF-8 are hardly ever anything else ("Ã¤" is no word).
        "iso-8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252" | "iso-8859-15" | "latin-9"
            if str::from_utf8(bytes).is_ok() =>
        {
            let decoded = utf8(file, bytes)?;
            Ok(if bytes.is_ascii() { decoded } else { decoded.really_in("UTF-8") })
        }
        // Every program that writes "ISO-8859-1" with bytes 80-9F means windows-1252.
        "iso-8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252" => {
            Ok(Decoded { text: Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect()), mended: None })
        }
        "iso-8859-15" | "latin-9" => {
            Ok(Decoded { text: Cow::Owned(bytes.iter().map(|&byte| latin_9(byte)).collect()), mended: None })
        }
        "utf-16" | "utf-16le" | "utf-16be" | "ucs-2" => utf8(file, bytes).map(|decoded| decoded.really_in("UTF-8")),
        _ => fail(
            Some(Place::START),
            format!("the file says that it is in the encoding '{declared}', which Viite does not read"),
        ),
    }
}

fn utf8<'b>(file: &str, bytes: &'b [u8]) -> Result<Decoded<'b>, ReadError> {
    match str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), mended: None }),
        Err(error) => {
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            let place = place_of(&String::from_utf8_lossy(valid), valid.len());
            let byte = rest.first().copied().unwrap_or_default();
            Err(ReadError::new(
                file,
                Some(place),
                Fault::Encoding,
                format!("byte {byte:#04X} begins no character of UTF-8"),
                if begins_as_xml(valid) {
                    "let its first line say its encoding (encoding=\"windows-1252\"), or save it as UTF-8"
                } else {
                    HELP
                },
            ))
        }
    }
}

fn begins_as_xml(start: &[u8]) -> bool {
    start.trim_ascii_start().starts_with(b"<")
}

/// A table that is no UTF-8, as programs of Windows write it: windows-1252, in which every byte is a character.
pub(crate) fn decode_table<'b>(file: &str, bytes: &'b [u8]) -> Result<Decoded<'b>, ReadError> {
    let binary = bytes.iter().any(|byte| *byte < b' ' && !byte.is_ascii_whitespace());
    match decode(file, bytes) {
        Err(error) if error.fault == Fault::Encoding && !binary => Ok(Decoded {
            text: Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect()),
            mended: Some(notes::read_as_windows_1252()),
        }),
        decoded => decoded,
    }
}

fn utf16<'b>(file: &str, bytes: &'b [u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded<'b>, ReadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match character {
            Ok(character) => text.push(character),
            Err(error) => {
                return Err(ReadError::new(
                    file,
                    Some(place_of(&text, text.len())),
                    Fault::Encoding,
                    format!("{:#06X} is half a character of UTF-16", error.unpaired_surrogate()),
                    HELP,
                ));
            }
        }
    }
    if !rest.is_empty() {
        return Err(ReadError::new(
            file,
            Some(place_of(&text, text.len())),
            Fault::Encoding,
            "the file ends within a character of UTF-16",
            "it was cut off: get it again from where it came",
        ));
    }
    Ok(Decoded { text: Cow::Owned(text), mended: None }.really_in("UTF-16"))
}

/// The encoding that an XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let head = &bytes[start..bytes.len().min(start + 300)];
    if !head.starts_with(b"<?xml") {
        return None;
    }
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let head = String::from_utf8_lossy(&head[..end]).into_owned();
    let (_, after) = head.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(after[1..].split_once(quote)?.0.trim().to_owned())
}

fn windows_1252(byte: u8) -> char {
    /// The characters of bytes 80-9F; the five unassigned ones stay controls.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn latin_9(byte: u8) -> char {
    match byte {
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode("f", bytes).unwrap().text.into_owned()
    }

    #[test]
    fn marks_and_declarations_tell_the_encoding() {
        assert_eq!(text("\u{feff}ä".as_bytes()), "ä");
        assert_eq!(text(&[0xFF, 0xFE, 0xE4, 0]), "ä");
        assert_eq!(text(&[0xFE, 0xFF, 0, 0xE4]), "ä");
        assert_eq!(text(&[b'<', 0, b'?', 0, 0xE4, 0]), "<?ä");
        assert!(text(b"<?xml version='1.0' encoding='ISO-8859-1'?>\xE4\x80").ends_with("ä€"));
        assert!(text(b"<?xml version=\"1.0\" encoding=\"windows-1252\"?>\x99").ends_with('™'));
        assert!(text(b"<?xml version=\"1.0\" encoding = \"ISO-8859-15\"?>\xA4").ends_with('€'));
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        let error = decode("m.xml", b"<?xml version='1.0' encoding='EBCDIC-FI'?>").err().unwrap();
        assert_eq!(error.fault, Fault::Encoding);
        assert!(error.to_string().contains("EBCDIC-FI"), "{error}");
    }

    #[test]
    fn a_stray_byte_is_named_with_its_place() {
        let error = decode("m.xml", b"<?xml version='1.0'?>\n<a>\xE4</a>").err().unwrap();
        assert_eq!(error.location(), "m.xml:2:4");
        assert!(error.problem.contains("0xE4"), "{error}");
    }

    #[test]
    fn a_table_of_windows_is_read_and_noted() {
        let decoded = decode_table("t.csv", b"nimi;ty\xF6\n\x93a\x94;\x80").unwrap();
        assert_eq!(decoded.text, "nimi;työ\n“a”;€");
        assert!(decoded.mended.unwrap().kind.contains("windows_1252"));
        let error = decode_table("t.csv", b"nimi;\x00\xF6").err().unwrap();
        assert!(!error.to_string().contains("XML"), "{error}");
    }

    #[test]
    fn a_false_claim_of_utf_16_is_mended() {
        let decoded = decode("f", b"<?xml version='1.0' encoding='utf-16'?><a/>").unwrap();
        assert!(decoded.mended.is_some());
    }
    #[test]
    fn a_declaration_that_the_bytes_belie_is_mended_and_noted() {
        const XML: &str = "<?xml version='1.0' encoding='CLAIM'?><a>Häkki</a>";
        let utf_16 = |claim: &str| -> Vec<u8> {
            let text = format!("\u{feff}{}", XML.replace("CLAIM", claim));
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        let utf_8 = |claim: &str| XML.replace("CLAIM", claim).into_bytes();
        let marked = |claim: &str| [b"\xEF\xBB\xBF", utf_8(claim).as_slice()].concat();
        for (bytes, noted) in [
            (utf_8("ISO-8859-1"), true),
            (utf_8("windows-1252"), true),
            (utf_8("ISO-8859-15"), true),
            (marked("ISO-8859-1"), true),
            (marked("utf-8"), false),
            (utf_16("UTF-8"), true),
            (utf_16("UTF-16"), false),
            (utf_16("ISO-10646-UCS-2"), false),
        ] {
            let decoded = decode("f", &bytes).unwrap();
            assert!(decoded.text.contains("Häkki"), "{}", decoded.text);
            assert_eq!(decoded.mended.is_some(), noted, "{}", decoded.text);
        }
        let ascii = decode("f", b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>").unwrap();
        assert!(ascii.mended.is_none());
    }
}
