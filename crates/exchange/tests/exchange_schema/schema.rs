//! What the schemas of the ArchiMate model exchange file format 3.1 ask of a file (`archimate3_Model.xsd`,
//! `archimate3_View.xsd`, `archimate3_Diagram.xsd` of The Open Group), in our own words: which elements stand in which
//! order, which attributes they need, identifiers that are names and unique, references that lead somewhere.

use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use viite_exchange::archimate::types;

/// An element of the file.
#[derive(Default)]
pub(crate) struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Tag>,
    text: String,
}

impl Tag {
    fn of(start: &BytesStart<'_>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            (text(attribute.key.as_ref()), attribute.unescape_value().unwrap().into_owned())
        });
        Self { name: text(start.name().as_ref()), attributes: attributes.collect(), ..Self::default() }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    fn walk<'t>(&'t self, visit: &mut impl FnMut(&'t Self)) {
        visit(self);
        self.children.iter().for_each(|child| child.walk(visit));
    }

    fn all(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.walk(&mut |tag| found.extend((tag.name == name).then_some(tag)));
        found
    }
}

fn parse(xml: &str) -> Tag {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open = vec![Tag::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Tag::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(Tag::of(&start)),
            Event::End(_) => {
                let tag = open.pop().unwrap();
                open.last_mut().unwrap().children.push(tag);
            }
            Event::Text(text) => open.last_mut().unwrap().text += text.unescape().unwrap().trim(),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "an element is not closed");
    open.remove(0).children.remove(0)
}

/// An element's place in its parent: its name, how often at least, how often at most.
type Part = (&'static str, usize, usize);
const MANY: usize = usize::MAX;

/// What stands in an element, in order; none for an element of text.
fn content(tag: &Tag) -> Option<&'static [Part]> {
    const NODE: &[Part] = &[("label", 0, MANY), ("documentation", 0, MANY), ("style", 0, 1), ("viewRef", 0, MANY)];
    Some(match (tag.name.as_str(), tag.get("xsi:type").unwrap_or_default()) {
        ("model", _) => &[
            ("name", 1, MANY),
            ("documentation", 0, MANY),
            ("properties", 0, 1),
            ("metadata", 0, 1),
            ("elements", 0, 1),
            ("relationships", 0, 1),
            ("organizations", 0, MANY),
            ("propertyDefinitions", 0, 1),
            ("views", 0, 1),
        ],
        ("elements", _) => &[("element", 1, MANY)],
        ("relationships", _) => &[("relationship", 1, MANY)],
        // Only what has no name of its own may be without.
        ("element", "Grouping" | "Location" | "AndJunction" | "OrJunction") | ("relationship", _) => {
            &[("name", 0, MANY), ("documentation", 0, MANY), ("properties", 0, 1)]
        }
        ("element", _) => &[("name", 1, MANY), ("documentation", 0, MANY), ("properties", 0, 1)],
        ("properties", _) => &[("property", 1, MANY)],
        ("property", _) => &[("value", 1, MANY)],
        ("propertyDefinitions", _) => &[("propertyDefinition", 1, MANY)],
        ("propertyDefinition", _) => &[("name", 1, MANY), ("documentation", 0, MANY)],
        ("organizations", _) => &[("item", 1, MANY)],
        ("item", _) => &[("label", 0, MANY), ("documentation", 0, MANY), ("item", 0, MANY)],
        ("views", _) => &[("viewpoints", 0, 1), ("diagrams", 0, 1)],
        ("diagrams", _) => &[("view", 1, MANY)],
        ("view", _) => &[
            ("name", 1, MANY),
            ("documentation", 0, MANY),
            ("properties", 0, 1),
            ("node", 0, MANY),
            ("connection", 0, MANY),
        ],
        ("node" | "connection", "Label" | "Relationship") => NODE,
        ("node", _) => {
            &[("label", 0, MANY), ("documentation", 0, MANY), ("style", 0, 1), ("viewRef", 0, MANY), ("node", 0, MANY)]
        }
        _ => return None,
    })
}

/// The attributes of an element: those that it must have, and those that it may.
fn attributes(tag: &Tag) -> (&'static [&'static str], &'static [&'static str]) {
    match (tag.name.as_str(), tag.get("xsi:type").unwrap_or_default()) {
        ("model", _) => (&["identifier", "xmlns", "xmlns:xsi", "xsi:schemaLocation"], &["version"]),
        ("element", _) => (&["identifier", "xsi:type"], &[]),
        ("relationship", "Access") => (&["identifier", "xsi:type", "source", "target"], &["accessType"]),
        ("relationship", "Influence") => (&["identifier", "xsi:type", "source", "target"], &["modifier"]),
        ("relationship", "Association") => (&["identifier", "xsi:type", "source", "target"], &["isDirected"]),
        ("relationship", _) => (&["identifier", "xsi:type", "source", "target"], &[]),
        ("property", _) => (&["propertyDefinitionRef"], &[]),
        ("propertyDefinition", _) => (&["identifier", "type"], &[]),
        ("item", _) => (&[], &["identifier", "identifierRef"]),
        ("view", _) => (&["identifier", "xsi:type"], &["viewpoint", "viewpointRef"]),
        ("node", "Element") => (&["identifier", "xsi:type", "elementRef", "x", "y", "w", "h"], &[]),
        ("node", _) => (&["identifier", "xsi:type", "x", "y", "w", "h"], &["conceptRef"]),
        ("viewRef", _) => (&["ref"], &[]),
        ("connection", _) => (&["identifier", "xsi:type", "relationshipRef", "source", "target"], &[]),
        ("name" | "documentation" | "value" | "label", _) => (&[], &["xml:lang"]),
        _ => (&[], &[]),
    }
}

/// What is not as the schemas have it.
pub(crate) fn faults(xml: &str) -> Vec<String> {
    let model = parse(xml);
    let mut faults = Vec::new();
    assert_eq!(model.name, "model");
    model.walk(&mut |tag| structure(tag, &mut faults));
    identifiers(&model, &mut faults);
    faults
}

fn structure(tag: &Tag, faults: &mut Vec<String>) {
    let shown = format!("<{} {}>", tag.name, tag.get("identifier").unwrap_or_default());
    let mut children = tag.children.iter().map(|child| child.name.as_str()).peekable();
    for (name, least, most) in content(tag).unwrap_or_default() {
        let mut count = 0;
        while children.next_if_eq(name).is_some() {
            count += 1;
        }
        if count < *least || count > *most {
            faults.push(format!("{shown} has {count} <{name}>"));
        }
    }
    if let Some(child) = children.next() {
        faults.push(format!("{shown} has <{child}> where none may stand"));
    }
    if content(tag).is_some() && !tag.text.is_empty() {
        faults.push(format!("{shown} has the text '{}'", tag.text));
    }
    let (must, may) = attributes(tag);
    for name in must.iter().filter(|name| tag.get(name).is_none()) {
        faults.push(format!("{shown} lacks {name}"));
    }
    for name in tag.attributes.keys().filter(|name| !must.contains(&name.as_str()) && !may.contains(&name.as_str())) {
        faults.push(format!("{shown} may not have {name}"));
    }
    let value = |name: &str, valid: &dyn Fn(&str) -> bool, faults: &mut Vec<String>| {
        if let Some(value) = tag.get(name).filter(|value| !valid(value)) {
            faults.push(format!("{shown} has {name}='{value}'"));
        }
    };
    value("accessType", &|word| ["Access", "Read", "Write", "ReadWrite"].contains(&word), faults);
    value("isDirected", &|word| ["true", "false"].contains(&word), faults);
    value("xml:lang", &is_language, faults);
    for name in ["x", "y"] {
        value(name, &|number| number.parse::<u32>().is_ok(), faults);
    }
    for name in ["w", "h"] {
        value(name, &|number| number.parse::<u32>().is_ok_and(|number| number > 0), faults);
    }
    if tag.name == "propertyDefinition" {
        let types = ["string", "boolean", "currency", "date", "time", "number"];
        value("type", &|word| types.contains(&word), faults);
    }
    let types: &[&str] = match tag.name.as_str() {
        "element" => types::ELEMENTS,
        "relationship" => types::RELATIONSHIPS,
        "view" => &["Diagram"],
        "node" => &["Element", "Container", "Label"],
        "connection" => &["Line", "Relationship", "NestingRelationship"],
        _ => return,
    };
    let junction = |word: &str| tag.name == "element" && ["AndJunction", "OrJunction"].contains(&word);
    value("xsi:type", &|word| types.contains(&word) || junction(word), faults);
}

/// `xs:language`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let short = |part: &str| (1..=8).contains(&part.len());
    short(first)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| short(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// `xs:NCName` (Namespaces in XML 1.0, production 4; XML 1.0, productions 4 and 4a).
fn is_name(id: &str) -> bool {
    const START: &[(u32, u32)] = &[
        (0x41, 0x5A),
        (0x5F, 0x5F),
        (0x61, 0x7A),
        (0xC0, 0xD6),
        (0xD8, 0xF6),
        (0xF8, 0x2FF),
        (0x370, 0x37D),
        (0x37F, 0x1FFF),
        (0x200C, 0x200D),
        (0x2070, 0x218F),
        (0x2C00, 0x2FEF),
        (0x3001, 0xD7FF),
        (0xF900, 0xFDCF),
        (0xFDF0, 0xFFFD),
        (0x10000, 0xEFFFF),
    ];
    const MORE: &[(u32, u32)] = &[(0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040)];
    let within = |ranges: &[(u32, u32)], c: char| ranges.iter().any(|(low, high)| (*low..=*high).contains(&c.into()));
    id.starts_with(|c| within(START, c)) && id.chars().all(|c| within(START, c) || within(MORE, c))
}

/// `xs:ID`, `xs:IDREF` and the keys of the schemas.
fn identifiers(model: &Tag, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    model.walk(&mut |tag| {
        if let Some(id) = tag.get("identifier") {
            if !is_name(id) {
                faults.push(format!("'{id}' is no name"));
            }
            if !seen.insert(id.to_owned()) {
                faults.push(format!("'{id}' stands twice"));
            }
        }
    });
    let ids = |tag: &Tag, name: &str| -> BTreeSet<String> {
        tag.all(name).iter().filter_map(|tag| tag.get("identifier")).map(str::to_owned).collect()
    };
    let mut refer = |tag: &Tag, name: &str, attribute: &str, known: &BTreeSet<String>| {
        for tag in tag.all(name) {
            if let Some(id) = tag.get(attribute).filter(|id| !known.contains(*id)) {
                faults.push(format!("{attribute}='{id}' of <{name}> leads nowhere"));
            }
        }
    };
    let (elements, relationships) = (ids(model, "element"), ids(model, "relationship"));
    let concepts: BTreeSet<String> = elements.union(&relationships).cloned().collect();
    refer(model, "relationship", "source", &concepts);
    refer(model, "relationship", "target", &concepts);
    refer(model, "property", "propertyDefinitionRef", &ids(model, "propertyDefinition"));
    refer(model, "item", "identifierRef", &seen);
    refer(model, "node", "elementRef", &elements);
    refer(model, "connection", "relationshipRef", &relationships);
    refer(model, "viewRef", "ref", &ids(model, "view"));
    for view in model.all("view") {
        let shown: BTreeSet<String> = ids(view, "node").union(&ids(view, "connection")).cloned().collect();
        refer(view, "connection", "source", &shown);
        refer(view, "connection", "target", &shown);
    }
}
