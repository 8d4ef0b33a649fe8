//! What the parser says of a text that is no SPARQL, in words and at the place that people mean.

use crate::error::SyntaxError;
use crate::lexical::Look;
use spargebra::SparqlSyntaxError;

/// A fault of the text as a whole.
pub(crate) fn no_place(expected: String) -> SyntaxError {
    SyntaxError { line: 1, column: 1, expected, excerpt: String::new() }
}

/// What the parser says, in words.
pub(crate) fn syntax_error(text: &str, look: &Look, error: &SparqlSyntaxError) -> SyntaxError {
    if text.trim().is_empty() {
        return no_place("there is no text: expected SELECT, ASK, CONSTRUCT or DESCRIBE".to_owned());
    }
    if let Some(fault) = &look.unpaired {
        return at(text, fault.line, fault.column, fault.what.clone());
    }
    // The parser says "error at LINE:COLUMN: expected …".
    let message = error.to_string();
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, expected) = rest.split_once(": expected ")?;
        Some((line.parse().ok()?, column.parse().ok()?, expected))
    });
    match place {
        Some((line, column, expected)) => explained(text, line, column, expected),
        None => no_place(message),
    }
}

/// A fault at a place of the text.
pub(crate) fn at(text: &str, line: usize, column: usize, expected: String) -> SyntaxError {
    SyntaxError { line, column, expected, excerpt: text.lines().nth(line - 1).unwrap_or_default().to_owned() }
}

/// Turns the grammar's own terms into words, and its place into the one that people mean.
fn explained(text: &str, line: usize, column: usize, expected: &str) -> SyntaxError {
    let mut tokens = split_tokens(expected.strip_prefix("one of ").unwrap_or(expected));
    // Comments and space fit anywhere, and the end of the text is no help.
    tokens.retain(|token| token != "\"#\"" && token != "[_]" && !token.contains(r"'\t'"));
    let excerpt = text.lines().nth(line - 1).unwrap_or_default();
    let before = |column: usize| excerpt.chars().take(column - 1).collect::<String>();

    // Faults that the grammar's actions find are sentences, and stand behind what is wrong.
    let sentences: Vec<_> = tokens.iter().filter(|t| t.contains(' ') && !is_class(t)).collect();
    if sentences.iter().any(|sentence| *sentence == "Prefix not found") {
        let before = before(column);
        let name = before.rsplit(|c: char| c.is_whitespace() || "(){}[],;^/|!".contains(c)).next().unwrap_or_default();
        let prefix = name.split(':').next().unwrap_or_default();
        let known: Vec<_> = viite_model::ns::PREFIXES.iter().map(|(prefix, _)| format!("{prefix}:")).collect();
        return at(
            text,
            line,
            column - name.chars().count(),
            format!(
                "the prefix {prefix}: is not declared: expected PREFIX {prefix}: <…> before the query, or one of the known {}",
                known.join(" ")
            ),
        );
    }
    if let [sentence, ..] = &sentences[..] {
        return at(text, line, column, (*sentence).clone());
    }

    // Keywords are tried by their length, so the place is behind them: go back to where they start.
    let keywords: Vec<_> =
        tokens.iter().map(String::as_str).filter(|t| t.chars().all(|c| c.is_ascii_uppercase())).collect();
    let longest = keywords.iter().map(|word| word.len()).max().unwrap_or_default();
    if !keywords.is_empty() && keywords.len() == tokens.len() && longest < column {
        let column = column - longest;
        let expected = if before(column).trim().is_empty() && line == 1 {
            "expected PREFIX or BASE, or the query itself: SELECT, ASK, CONSTRUCT or DESCRIBE (INSERT, DELETE or another operation in an update)".to_owned()
        } else {
            format!("this part cannot be read: expected a pattern, or {}", list(&keywords))
        };
        return at(text, line, column, expected);
    }
    let mut words: Vec<_> =
        tokens.iter().filter(|t| !is_class(t)).map(|t| if is_quote(t) { "a string" } else { t }).collect();
    words.dedup();
    let classes = tokens.iter().filter(|t| is_class(t)).count();
    let expected = match (words.is_empty(), classes) {
        (false, 0) => format!("expected {}", list(&words)),
        (false, _) => format!("expected a name, a variable or {}", list(&words)),
        (true, 1..) => "expected a name, a variable or a value".to_owned(),
        (true, 0) => "all is read up to here, but something in it is not allowed: does a BIND or AS name a variable that is in use already, or does a SELECT with GROUP BY name one that is neither grouped nor aggregated?".to_owned(),
    };
    at(text, line, column, expected)
}

/// The opening of a string, as the grammar writes it.
fn is_quote(token: &str) -> bool {
    token.chars().all(|c| matches!(c, '"' | '\'' | '\\'))
}

/// A class of characters, as the grammar writes it.
fn is_class(token: &str) -> bool {
    token.starts_with('[')
}

fn list(words: &[&str]) -> String {
    match words {
        [only] => (*only).to_owned(),
        _ => format!("one of {}", words.join(", ")),
    }
}

/// Splits at commas outside quotes and brackets.
fn split_tokens(list: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let (mut token, mut quote, mut depth) = (String::new(), None, 0_usize);
    let mut chars = list.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quote.is_some() => {
                token.push(c);
                token.extend(chars.next());
                continue;
            }
            '"' | '\'' if quote.is_none() => quote = Some(c),
            _ if quote == Some(c) => quote = None,
            '[' if quote.is_none() => depth += 1,
            ']' if quote.is_none() => depth = depth.saturating_sub(1),
            ',' if quote.is_none() && depth == 0 => {
                tokens.push(std::mem::take(&mut token).trim().to_owned());
                continue;
            }
            _ => {}
        }
        token.push(c);
    }
    tokens.push(token.trim().to_owned());
    tokens
}

#[cfg(test)]
mod tests {
    use crate::parse::{parse_update, prepare};

    fn error(text: &str) -> String {
        prepare(text).unwrap_err().to_string()
    }

    #[test]
    fn a_fault_is_shown_in_its_line() {
        insta::assert_snapshot!(error("SELECT ?s WHERE {\n  ?s a viite:Service ;\n     viite:state }\n"), @r#"
        line 3, column 18: expected a name, a variable or one of "$", a string, "(", "*", "+", "-", ".", "/", ":", "<", "<<", "<<(", "?", "[", a string, "_:", "false", "true", "|"
          3 |      viite:state }
            |                  ^
        "#);
        insta::assert_snapshot!(error("SELECT ?s {\n\t?s\ta\t; }"), @r#"
        line 2, column 2: this part cannot be read: expected a pattern, or OPTIONAL
          2 | 	?s	a	; }
            | 	^
        "#);
        insta::assert_snapshot!(error("SELEC ?s {}"), @r#"
        line 1, column 1: expected PREFIX or BASE, or the query itself: SELECT, ASK, CONSTRUCT or DESCRIBE (INSERT, DELETE or another operation in an update)
          1 | SELEC ?s {}
            | ^
        "#);
        insta::assert_snapshot!(error("SELECT ?s { ?s a viite:X OPTINAL { ?s ?p ?o } }"), @r#"
        line 1, column 26: this part cannot be read: expected a pattern, or OPTIONAL
          1 | SELECT ?s { ?s a viite:X OPTINAL { ?s ?p ?o } }
            |                          ^
        "#);
        insta::assert_snapshot!(error("SELECT ?s { ?s a viite:X . FILTER(?x > 3 }"), @r#"
        line 1, column 42: } does not close the ( of line 1, column 34: expected )
          1 | SELECT ?s { ?s a viite:X . FILTER(?x > 3 }
            |                                          ^
        "#);
        insta::assert_snapshot!(error("SELECT ?s { BIND(1 AS ?s) ?s ?p ?o BIND(2 AS ?s) }"), @r#"
        line 1, column 51: all is read up to here, but something in it is not allowed: does a BIND or AS name a variable that is in use already, or does a SELECT with GROUP BY name one that is neither grouped nor aggregated?
          1 | SELECT ?s { BIND(1 AS ?s) ?s ?p ?o BIND(2 AS ?s) }
            |                                                   ^
        "#);
        insta::assert_snapshot!(error("SELECT ?s ?o { ?s a ?o } GROUP BY ?s"), @r#"
        line 1, column 37: The SELECT contains a variable that is unbound
          1 | SELECT ?s ?o { ?s a ?o } GROUP BY ?s
            |                                     ^
        "#);
        insta::assert_snapshot!(error(""), @r#"line 1, column 1: there is no text: expected SELECT, ASK, CONSTRUCT or DESCRIBE"#);
    }

    #[test]
    fn an_unknown_prefix_is_named_with_those_that_are_known() {
        let message = error("SELECT ?s {\n  ?s unknown:x ?o }");
        assert!(message.starts_with("line 2, column 6: the prefix unknown: is not declared"), "{message}");
        assert!(message.contains("viite: actor:"), "{message}");
    }

    #[test]
    fn updates_are_explained_too() {
        let message = parse_update("INSERT DATA { <http://e/a> a ?x }", None).unwrap_err().to_string();
        assert!(message.contains("Variables are not allowed in INSERT DATA"), "{message}");
    }
}
