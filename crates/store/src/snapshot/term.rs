//! How a term is written in the dictionary: one tag byte, then what the kind needs.
//!
//! | tag | kind | content |
//! |---|---|---|
//! | `b` | blank node | label |
//! | `i` | IRI | the IRI |
//! | `l` | language-tagged string | tag, NUL, value |
//! | `s` | simple string | value |
//! | `t` | literal of another datatype | datatype IRI, NUL, value |
//! | `x` | literal of an XSD datatype | local name of the datatype, NUL, value |
//!
//! Neither language tags nor IRIs contain NUL, so the first NUL always ends them. Terms sort by
//! these bytes: kinds, datatypes and namespaces stand together.

use oxrdf::{BlankNode, Literal, NamedNode, NamedNodeRef, Term, TermRef};
use spareval::ExpressionTerm;
use std::str::FromStr;

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// Appends the encoding of a term.
pub(crate) fn encode(term: TermRef<'_>, out: &mut Vec<u8>) {
    match term {
        TermRef::NamedNode(node) => encode_iri(node, out),
        TermRef::BlankNode(node) => {
            out.push(b'b');
            out.extend_from_slice(node.as_str().as_bytes());
        }
        TermRef::Literal(literal) => {
            let value = literal.value().as_bytes();
            if let Some(language) = literal.language() {
                out.push(b'l');
                out.extend_from_slice(language.as_bytes());
                out.push(0);
            } else {
                let datatype = literal.datatype();
                if datatype == oxrdf::vocab::xsd::STRING {
                    out.push(b's');
                } else if let Some(local) = datatype.as_str().strip_prefix(XSD) {
                    out.push(b'x');
                    out.extend_from_slice(local.as_bytes());
                    out.push(0);
                } else {
                    out.push(b't');
                    out.extend_from_slice(datatype.as_str().as_bytes());
                    out.push(0);
                }
            }
            out.extend_from_slice(value);
        }
    }
}

/// Appends the encoding of an IRI.
pub(crate) fn encode_iri(node: NamedNodeRef<'_>, out: &mut Vec<u8>) {
    out.push(b'i');
    out.extend_from_slice(node.as_str().as_bytes());
}

/// The pieces of an encoded term.
enum Parts<'a> {
    Blank(&'a str),
    Iri(&'a str),
    Language(&'a str, &'a str),
    String(&'a str),
    Typed(&'a str, &'a str),
    Xsd(&'a str, &'a str),
}

fn parts(encoded: &[u8]) -> Parts<'_> {
    let text = |bytes| {
        // Only the bytes of `str`s go in, and a checksum guards the file that they come from.
        std::str::from_utf8(bytes).expect("the dictionary holds UTF-8")
    };
    let (tag, content) = encoded.split_first().map_or((b's', &[][..]), |(tag, rest)| (*tag, rest));
    let pair = || {
        let end = content.iter().position(|byte| *byte == 0).unwrap_or(content.len());
        (text(&content[..end]), text(content.get(end + 1..).unwrap_or_default()))
    };
    match tag {
        b'b' => Parts::Blank(text(content)),
        b'i' => Parts::Iri(text(content)),
        b'l' => {
            let (language, value) = pair();
            Parts::Language(language, value)
        }
        b't' => {
            let (datatype, value) = pair();
            Parts::Typed(datatype, value)
        }
        b'x' => {
            let (local, value) = pair();
            Parts::Xsd(local, value)
        }
        _ => Parts::String(text(content)),
    }
}

/// The term of an encoding that [`encode`] made.
pub(crate) fn decode(encoded: &[u8]) -> Term {
    match parts(encoded) {
        Parts::Blank(label) => BlankNode::new_unchecked(label).into(),
        Parts::Iri(iri) => NamedNode::new_unchecked(iri).into(),
        Parts::Language(language, value) => Literal::new_language_tagged_literal_unchecked(value, language).into(),
        Parts::String(value) => Literal::new_simple_literal(value).into(),
        Parts::Typed(datatype, value) => Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into(),
        Parts::Xsd(local, value) => {
            Literal::new_typed_literal(value, NamedNode::new_unchecked(format!("{XSD}{local}"))).into()
        }
    }
}

/// The same as the evaluator's own kind of term, without the way over [`Term`].
pub(crate) fn decode_expression(encoded: &[u8]) -> ExpressionTerm {
    match parts(encoded) {
        Parts::Blank(label) => ExpressionTerm::BlankNode(BlankNode::new_unchecked(label)),
        Parts::Iri(iri) => ExpressionTerm::NamedNode(NamedNode::new_unchecked(iri)),
        Parts::Language(language, value) => {
            ExpressionTerm::LangStringLiteral { value: value.to_owned(), language: language.to_owned() }
        }
        Parts::String(value) => ExpressionTerm::StringLiteral(value.to_owned()),
        Parts::Typed(..) => decode(encoded).into(),
        Parts::Xsd("integer", value) => oxsdatatypes::Integer::from_str(value)
            .map_or_else(|_| decode(encoded).into(), ExpressionTerm::IntegerLiteral),
        Parts::Xsd("boolean", value) => oxsdatatypes::Boolean::from_str(value)
            .map_or_else(|_| decode(encoded).into(), ExpressionTerm::BooleanLiteral),
        Parts::Xsd(..) => decode(encoded).into(),
    }
}

/// Appends the term as N-Quads writes it (canonical form of RDF 1.1 N-Quads).
pub(crate) fn write_nquads(encoded: &[u8], out: &mut Vec<u8>) {
    match parts(encoded) {
        Parts::Blank(label) => {
            out.extend_from_slice(b"_:");
            out.extend_from_slice(label.as_bytes());
        }
        Parts::Iri(iri) => write_iri(&[iri], out),
        Parts::Language(language, value) => {
            write_string(value, out);
            out.push(b'@');
            out.extend_from_slice(language.as_bytes());
        }
        Parts::String(value) => write_string(value, out),
        Parts::Typed(datatype, value) => {
            write_string(value, out);
            out.extend_from_slice(b"^^");
            write_iri(&[datatype], out);
        }
        Parts::Xsd(local, value) => {
            write_string(value, out);
            out.extend_from_slice(b"^^");
            write_iri(&[XSD, local], out);
        }
    }
}

fn write_iri(pieces: &[&str], out: &mut Vec<u8>) {
    out.push(b'<');
    for piece in pieces {
        out.extend_from_slice(piece.as_bytes());
    }
    out.push(b'>');
}

fn write_string(value: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = value.as_bytes();
    while let Some(special) = rest.iter().position(|byte| matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x7f)) {
        out.extend_from_slice(&rest[..special]);
        match rest[special] {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            8 => out.extend_from_slice(b"\\b"),
            12 => out.extend_from_slice(b"\\f"),
            other => out.extend_from_slice(format!("\\u{other:04X}").as_bytes()),
        }
        rest = &rest[special + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::vocab::xsd;
    use proptest::prelude::*;

    fn terms() -> impl Strategy<Value = Term> {
        let any = ".*";
        prop_oneof![
            "[a-z]{1,8}".prop_map(|s| NamedNode::new_unchecked(format!("http://example.org/{s}")).into()),
            "[a-z][a-z0-9]{0,8}".prop_map(|s| BlankNode::new_unchecked(s).into()),
            any.prop_map(|s| Literal::new_simple_literal(s).into()),
            (any, "[a-z]{2}(-[a-z]{2})?")
                .prop_map(|(s, l)| Literal::new_language_tagged_literal_unchecked(s, l).into()),
            (any, prop::sample::select(vec![xsd::INTEGER, xsd::DATE, xsd::BOOLEAN, xsd::ANY_URI]))
                .prop_map(|(s, d)| Literal::new_typed_literal(s, d).into()),
            any.prop_map(|s| Literal::new_typed_literal(s, NamedNode::new_unchecked("http://example.org/t")).into()),
        ]
    }

    proptest! {
        #[test]
        fn what_was_encoded_decodes_to_the_same_term(term in terms()) {
            let mut encoded = Vec::new();
            encode(term.as_ref(), &mut encoded);
            prop_assert_eq!(decode(&encoded), term.clone());
            prop_assert!(decode_expression(&encoded) == ExpressionTerm::from(term));
        }

        #[test]
        fn what_is_written_as_nquads_reads_back(term in terms()) {
            let mut encoded = Vec::new();
            encode(term.as_ref(), &mut encoded);
            let mut line = b"<http://example.org/s> <http://example.org/p> ".to_vec();
            write_nquads(&encoded, &mut line);
            line.extend_from_slice(b" .\n");
            let quad = oxttl::NQuadsParser::new().for_slice(&line).next().unwrap().unwrap();
            prop_assert_eq!(quad.object, term);
        }
    }
}
