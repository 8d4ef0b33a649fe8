//! Placeholders in the text of a template: `{{title}}`, however Word has cut it into runs.

use super::template::TemplateError;
use quick_xml::{Reader, events::Event};
use std::ops::Range;
use viite_model::xml::escape;

/// Where the content goes.
pub(super) const CONTENT: &str = "content";

/// A piece of text in the markup, and the paragraph that it stands in.
pub(super) struct Piece {
    pub(super) at: Range<usize>,
    pub(super) text: String,
    pub(super) paragraph: usize,
}

/// Every piece of text of a part, in order.
pub(super) fn pieces(part: &str, xml: &str) -> Result<Vec<Piece>, TemplateError> {
    let fault = |error: quick_xml::Error| TemplateError::Markup { part: part.to_owned(), error };
    let mut reader = Reader::from_str(xml);
    let (mut pieces, mut paragraphs, mut inside, mut count) = (Vec::new(), Vec::new(), false, 0);
    loop {
        let from = reader.buffer_position() as usize;
        match reader.read_event().map_err(fault)? {
            Event::Start(tag) if tag.name().as_ref() == b"w:p" => {
                count += 1;
                paragraphs.push(count);
            }
            Event::End(tag) if tag.name().as_ref() == b"w:p" => {
                paragraphs.pop();
            }
            Event::Start(tag) if tag.name().as_ref() == b"w:t" => inside = true,
            Event::End(tag) if tag.name().as_ref() == b"w:t" => inside = false,
            Event::Text(text) if inside => pieces.push(Piece {
                at: from..reader.buffer_position() as usize,
                text: text.unescape().map_err(fault)?.into_owned(),
                paragraph: paragraphs.last().copied().unwrap_or_default(),
            }),
            Event::Eof => return Ok(pieces),
            _ => {}
        }
    }
}

/// The part with every placeholder replaced, but that of the content; `value` knows what stands for which.
pub(super) fn fill(part: &str, xml: &str, value: impl Fn(&str) -> String) -> Result<String, TemplateError> {
    let pieces = pieces(part, xml)?;
    let mut filled = String::with_capacity(xml.len());
    let mut written = 0;
    for paragraph in pieces.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let whole: String = paragraph.iter().map(|piece| piece.text.as_str()).collect();
        let found = placeholders(&whole);
        if found.iter().all(|(_, name)| *name == CONTENT) {
            continue;
        }
        let mut begin = 0;
        for piece in paragraph {
            let of_piece = begin..begin + piece.text.len();
            begin = of_piece.end;
            // What is left of the piece, and the values of the placeholders that begin in it.
            let (mut text, mut at) = (String::new(), of_piece.start);
            for (range, name) in found.iter().filter(|(_, name)| *name != CONTENT) {
                if range.end <= of_piece.start || range.start >= of_piece.end {
                    continue;
                }
                if range.start >= of_piece.start {
                    text.push_str(&whole[at..range.start]);
                    text.push_str(&value(name));
                }
                at = range.end.min(of_piece.end);
            }
            text.push_str(&whole[at..of_piece.end]);
            filled.push_str(&xml[written..piece.at.start]);
            filled.push_str(&escape(&text));
            written = piece.at.end;
        }
    }
    filled.push_str(&xml[written..]);
    Ok(filled)
}

/// The placeholders of a text with their names.
pub(super) fn placeholders(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let Some(end) = text[start..].find("}}").map(|at| start + at) else { break };
        found.push((start..end + 2, text[start + 2..end].trim()));
        from = end + 2;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(xml: &str) -> String {
        fill("x.xml", xml, |name| format!("<{name}>")).unwrap()
    }

    #[test]
    fn a_placeholder_that_is_cut_into_runs_is_replaced_once() {
        assert_eq!(
            filled("<w:p><w:r><w:t>Otsikko: {{ti</w:t></w:r><w:r><w:t>tle</w:t></w:r><w:r><w:t>}}!</w:t></w:r></w:p>"),
            "<w:p><w:r><w:t>Otsikko: &lt;title&gt;</w:t></w:r><w:r><w:t></w:t></w:r><w:r><w:t>!</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn several_in_one_run_and_what_stands_between_them() {
        assert_eq!(
            filled("<w:p><w:t>{{a}} – {{ b }} &amp;</w:t></w:p>"),
            "<w:p><w:t>&lt;a&gt; – &lt;b&gt; &amp;</w:t></w:p>"
        );
    }

    #[test]
    fn paragraphs_do_not_run_into_each_other_and_the_content_waits() {
        let apart = "<w:p><w:t>{{ti</w:t></w:p><w:p><w:t>tle}}</w:t></w:p><w:p><w:t>{{content}}</w:t></w:p>";
        assert_eq!(filled(apart), apart);
    }
}
