//! The styles of a template, and those of ours that it lacks.

use super::{STYLES, template::TemplateError};
use quick_xml::{Reader, events::Event};
use std::{collections::BTreeMap, ops::Range};

/// A style: its identifier, its name that every language version of Word knows, and its definition.
struct Style {
    id: String,
    name: String,
    at: Range<usize>,
}

/// Our style → that of the template that has its name, or ours as it was added.
pub(super) type Ids = BTreeMap<String, String>;

/// Our styles for documents in a language.
pub(super) fn ours(language: &str) -> String {
    STYLES.replace("{language}", language)
}

/// The styles of a template with those of ours that it lacks, and what ours are called in it. The document's language
/// becomes that of its text.
pub(super) fn merged(part: &str, theirs: &str, ours: &str, language: &str) -> Result<(String, Ids), TemplateError> {
    let known = read(part, theirs)?;
    let wanted = read("styles.xml", ours)?;
    let mut ids = Ids::new();
    let mut lacking = Vec::new();
    for style in &wanted {
        let same = known.iter().find(|known| known.name.eq_ignore_ascii_case(&style.name));
        let taken = known.iter().any(|known| known.id == style.id);
        let id = match (same, taken) {
            (Some(same), _) => same.id.clone(),
            (None, true) => format!("Viite{}", style.id),
            (None, false) => style.id.clone(),
        };
        if same.is_none() {
            lacking.push(style);
        }
        ids.insert(style.id.clone(), id);
    }
    let mut added = String::new();
    for style in lacking {
        let mut definition = ours[style.at.clone()].to_owned();
        for (ours, theirs) in ids.iter().filter(|(ours, theirs)| ours != theirs) {
            for (tag, attribute) in [("w:style ", "w:styleId"), ("w:basedOn ", "w:val"), ("w:next ", "w:val")] {
                definition = renamed(&definition, tag, attribute, ours, theirs);
            }
        }
        added.push_str(&definition);
    }
    let mut merged = theirs.to_owned();
    match merged.rfind("</w:styles>") {
        Some(end) => merged.insert_str(end, &added),
        None => return Err(TemplateError::Package(format!("its part {part} holds no styles"))),
    }
    Ok((in_language(&merged, language), ids))
}

/// The definition with one reference to a style renamed.
fn renamed(definition: &str, tag: &str, attribute: &str, from: &str, to: &str) -> String {
    let Some(start) = definition.find(&format!("<{tag}")) else { return definition.to_owned() };
    let end = definition[start..].find('>').map_or(definition.len(), |at| start + at);
    let element = definition[start..end].replace(&format!("{attribute}=\"{from}\""), &format!("{attribute}=\"{to}\""));
    [&definition[..start], &element, &definition[end..]].concat()
}

/// The defaults speak the document's language.
fn in_language(styles: &str, language: &str) -> String {
    let Some(defaults) = styles.find("</w:rPrDefault>") else { return styles.to_owned() };
    let Some(start) = styles[..defaults].find("<w:lang ") else { return styles.to_owned() };
    let end = styles[start..].find("/>").map_or(styles.len(), |at| start + at + 2);
    [&styles[..start], &format!("<w:lang w:val=\"{language}\"/>"), &styles[end..]].concat()
}

fn read(part: &str, xml: &str) -> Result<Vec<Style>, TemplateError> {
    let mut reader = Reader::from_str(xml);
    let mut styles = Vec::new();
    let mut open: Option<Style> = None;
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| TemplateError::Markup { part: part.to_owned(), error })?;
        match event {
            Event::Start(tag) if tag.name().as_ref() == b"w:style" => {
                open = Some(Style { id: value(&tag, b"w:styleId"), name: String::new(), at: from..from });
            }
            Event::Empty(tag) | Event::Start(tag) if tag.name().as_ref() == b"w:name" => {
                if let Some(style) = &mut open {
                    style.name = value(&tag, b"w:val");
                }
            }
            Event::End(tag) if tag.name().as_ref() == b"w:style" => {
                if let Some(mut style) = open.take() {
                    style.at.end = reader.buffer_position() as usize;
                    styles.push(style);
                }
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

fn value(tag: &quick_xml::events::BytesStart<'_>, name: &[u8]) -> String {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    found.and_then(|attribute| attribute.unescape_value().ok()).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_known_by_its_name_in_a_finnish_template_and_what_is_lacking_is_added() {
        let theirs = r#"<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="en-US"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:styleId="Normaali"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Otsikko1"><w:name w:val="Heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Missing"><w:name w:val="Oma tyyli"/></w:style></w:styles>"#;
        let (styles, ids) = merged("styles.xml", theirs, &ours("fi-FI"), "fi-FI").unwrap();
        assert_eq!((ids["Normal"].as_str(), ids["Heading1"].as_str()), ("Normaali", "Otsikko1"));
        assert_eq!(ids["Missing"], "ViiteMissing", "another style has the identifier");
        assert!(
            styles.contains(r#"w:styleId="ViiteMissing"><w:name w:val="Missing"/><w:basedOn w:val="Normaali"/>"#),
            "{styles}"
        );
        assert_eq!(styles.matches(r#"<w:name w:val="Heading 1"/>"#).count(), 1);
        assert!(!styles.contains(r#"<w:name w:val="heading 1"/>"#), "{styles}");
        assert!(styles.contains(r#"<w:lang w:val="fi-FI"/>"#), "{styles}");
    }
}
