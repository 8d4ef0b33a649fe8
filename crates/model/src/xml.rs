//! Text in XML and HTML.
//!
//! ```
//! assert_eq!(viite_model::xml::escape("<a>\u{1}"), "&lt;a&gt;");
//! ```

/// The text with what markup would read as its own written out; characters that XML 1.0 forbids are left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_and_what_xml_forbids_is_left_out() {
        assert_eq!(escape("<a href=\"x\">&\u{1}\u{ffff}å</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;å&lt;/a&gt;");
    }
}
